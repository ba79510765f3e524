/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/axis.h"

#include <math.h>
#include <string.h>

#define HOUR 3600.0
#define DAY 86400.0
#define LOG_LEAST 1e-8 /* half of it has nine decimals */
#define LOG_MOST 1e15
#define EPOCH_JULIAN 719163 /* GDate's number of 1970-01-01 */

static void clear_tick(gpointer data)
{
	struct tick *tick = data;

	g_free(tick->text);
	g_free(tick->under);
}

/* A value that a logarithmic axis can print without exponents. */
static double within_log(double value, double otherwise)
{
	return value > 0 && isfinite(value) ? CLAMP(value, LOG_LEAST, LOG_MOST) : otherwise;
}

static void init_log(struct axis *axis)
{
	double high = within_log(axis->high, 10), low = within_log(axis->low, high / 1000);

	axis->low = low;
	axis->high = MAX(high, low);
	/* One value, or nearly: it stands in the middle. */
	if (high / low < 4) {
		axis->low = sqrt(low * high) / 2;
		axis->high = sqrt(low * high) * 2;
	}
}

void axis_init(struct axis *axis, enum axis_kind kind, double low, double high)
{
	*axis = (struct axis){ .kind = kind, .low = low, .high = high };
	axis->ticks = g_array_new(FALSE, FALSE, sizeof(struct tick));
	g_array_set_clear_func(axis->ticks, clear_tick);
	if (kind == AXIS_LOG) {
		init_log(axis);
	} else if (!isfinite(low) || !isfinite(high)) {
		axis->low = 0;
		axis->high = 1;
	} else if (kind == AXIS_TIME && high - low < HOUR) {
		axis->low = low - DAY / 2;
		axis->high = low + DAY / 2;
	} else if (high <= low) {
		axis->high = low + (low == 0 ? 1 : fabs(low));
	}
}

void axis_clear(struct axis *axis)
{
	g_clear_pointer(&axis->ticks, g_array_unref);
}

double axis_at(const struct axis *axis, double value)
{
	if (axis->kind == AXIS_LOG)
		return axis->from + log(CLAMP(value, axis->low, axis->high) / axis->low) /
		                            log(axis->high / axis->low) * (axis->to - axis->from);
	return axis->from +
	       (value - axis->low) / (axis->high - axis->low) * (axis->to - axis->from);
}

static void add_tick(struct axis *axis, double value, char *text, char *under)
{
	struct tick tick = { value, text, under };

	g_array_append_val(axis->ticks, tick);
}

/* The smallest of 1, 2, 5 × 10ⁿ that gives at most about a third more parts than asked for. */
static double number_step(const struct axis *axis, guint about)
{
	static const double factors[] = { 1, 2, 5, 10 };
	double rough = (axis->high - axis->low) / MAX(about, 1) / 1.33;
	double power = pow(10, floor(log10(rough)));
	double step = 10 * power;

	for (guint i = 0; i < G_N_ELEMENTS(factors); i++) {
		step = factors[i] * power;
		if (step >= rough * (1 - 1e-9))
			break;
	}
	return axis->whole && axis->kind == AXIS_NUMBER ? MAX(step, 1) : step;
}

/* Digits with a comma between thousands and a true minus. */
static char *number_text(double value, int decimals)
{
	char format[16], digits[G_ASCII_DTOSTR_BUF_SIZE + 300];
	GString *text = g_string_new(value < 0 ? "−" : "");
	size_t whole;

	g_snprintf(format, sizeof format, "%%.%df", decimals);
	g_ascii_formatd(digits, sizeof digits, format, fabs(value));
	whole = strcspn(digits, ".");
	for (size_t i = 0; digits[i]; i++) {
		if (i > 0 && i < whole && (whole - i) % 3 == 0)
			g_string_append_c(text, ',');
		g_string_append_c(text, digits[i]);
	}
	return g_string_free(text, FALSE);
}

static int decimals_of(double step)
{
	return step >= 1 ? 0 : (int)MIN(ceil(-log10(step) - 1e-9), 9);
}

/* "20 million", as sentences say it; all ticks of a linear axis are told by the same unit, and one
 * that ends at a million is of less. */
static char *large_text(const struct axis *axis, double value, double step)
{
	static const struct {
		double from;
		const char *name;
	} scales[] = { { 1e9, "\u00a0billion" }, { 1e6, "\u00a0million" } };
	double largest = MAX(fabs(axis->low), fabs(axis->high));

	for (guint i = 0; i < G_N_ELEMENTS(scales) && value != 0; i++)
		if (axis->kind == AXIS_LOG
		            ? value >= scales[i].from
		            : largest > scales[i].from && step * 10 >= scales[i].from) {
			g_autofree char *digits = number_text(value / scales[i].from,
			                                      decimals_of(step / scales[i].from));

			return g_strconcat(digits, scales[i].name, NULL);
		}
	return number_text(value, decimals_of(step));
}

static char *value_text(const struct axis *axis, double value, double step)
{
	g_autofree char *percent = NULL;

	if (axis->kind != AXIS_SHARE)
		return separators_apply(axis->separators, large_text(axis, value, step));
	percent = number_text(value * 100, decimals_of(step * 100));
	return separators_apply(axis->separators, g_strconcat(percent, "\u00a0%", NULL));
}

/* The numbers of the first and of the last tick, in steps from nought. */
static void tick_span(const struct axis *axis, double step, double span[2])
{
	span[0] = ceil(axis->low / step - 1e-6);
	span[1] = floor(axis->high / step + 1e-6);
}

static void tick_numbers(struct axis *axis, double step)
{
	double span[2];

	tick_span(axis, step, span);
	for (double i = span[0]; i <= span[1]; i++)
		add_tick(axis, i * step, value_text(axis, i * step, step), NULL);
}

/* One tick tells no scale: where an axis begins between two, there may be twice as many as asked
 * for. */
static double telling_step(const struct axis *axis, guint about)
{
	double step = number_step(axis, about), span[2];

	tick_span(axis, step, span);
	return span[1] - span[0] < 1 ? number_step(axis, 2 * MAX(about, 1)) : step;
}

/* A bound that stands less than a third of a step beyond its last tick stays where it is, and so
 * does one beyond which more than a fifth of the axis would be empty: a low chart has few steps,
 * and needs its height. */
static double nice_bound(double bound, double step)
{
	double beyond = fmod(bound, step) / step, next = ceil(bound / step - 1e-6) * step;
	gboolean stays = beyond < 1e-6 ||
	                 (bound > step && (beyond < 0.34 || next - bound > 0.2 * next));

	return stays ? bound : next;
}

/* The n-th of …, 0.1, 0.2, 0.5, 1, 2, 5, 10, …; nought is 1. */
static double log_value(int n)
{
	static const double factors[] = { 1, 2, 5 };
	int decade = (int)floor(n / 3.0);

	/* A power that is divided by is exact, and prints like it. */
	return decade < 0 ? factors[n - 3 * decade] / pow(10, -decade)
	                  : factors[n - 3 * decade] * pow(10, decade);
}

/* The number of the first log_value() that is not below the value. */
static int log_number(double value)
{
	int n = 3 * (int)floor(log10(value));

	while (log_value(n) < value * (1 - 1e-9))
		n++;
	return n;
}

/* How many whole powers of ten are among these numbers. */
static int count_decades(int first, int last)
{
	return (int)(floor(last / 3.0) - ceil(first / 3.0)) + 1;
}

/* All of 1, 2, 5 where there is room or nothing better, else powers of ten, or some of them. */
static void tick_log(struct axis *axis, guint about)
{
	int first = log_number(axis->low), last = log_number(axis->high * (1 + 1e-8)) - 1;
	int decades = count_decades(first, last), step = 1;

	if (last - first + 1 > 1.2 * about && decades > 1)
		step = 3;
	while (step > 1 && 3.0 * decades / step > 1.34 * MAX(about, 2))
		step += 3;
	for (int n = first; n <= last; n++)
		if (n % step == 0)
			add_tick(axis, log_value(n), value_text(axis, log_value(n), log_value(n)),
			         NULL);
}

static void tick_log_nice(struct axis *axis, guint about)
{
	int low = log_number(axis->low);

	axis->low = log_value(log_value(low) > axis->low * (1 + 1e-9) ? low - 1 : low);
	axis->high = log_value(log_number(axis->high));
	tick_log(axis, about);
}

void axis_tick_nice(struct axis *axis, guint about)
{
	double step = number_step(axis, about);

	if (axis->kind == AXIS_LOG) {
		tick_log_nice(axis, about);
		return;
	}
	if (axis->high > 0)
		axis->high = nice_bound(axis->high, step);
	if (axis->low < 0)
		axis->low = -nice_bound(-axis->low, step);
	tick_numbers(axis, step);
}

/* A distance between time ticks. */
struct pace {
	double seconds;  /* roughly, for months */
	int months;      /* 0: exactly so many seconds */
	int offset_days; /* 4: Mondays, as 1970-01-05 was one */
};

static const struct pace paces[] = {
	{ HOUR, 0, 0 },           { 3 * HOUR, 0, 0 },     { 6 * HOUR, 0, 0 },
	{ 12 * HOUR, 0, 0 },      { DAY, 0, 0 },          { 2 * DAY, 0, 0 },
	{ 7 * DAY, 0, 4 },        { 14 * DAY, 0, 4 },     { 30.4 * DAY, 1, 0 },
	{ 60.9 * DAY, 2, 0 },     { 91.3 * DAY, 3, 0 },   { 182.6 * DAY, 6, 0 },
	{ 365.2 * DAY, 12, 0 },   { 730.5 * DAY, 24, 0 }, { 1826.2 * DAY, 60, 0 },
	{ 3652.5 * DAY, 120, 0 },
};

static struct pace choose_pace(const struct axis *axis, guint about)
{
	guint i = 0;

	while (i + 1 < G_N_ELEMENTS(paces) &&
	       (axis->high - axis->low) / paces[i].seconds > about * 1.33)
		i++;
	return paces[i];
}

static void date_of(GDate *date, double seconds)
{
	g_date_clear(date, 1);
	g_date_set_julian(date, (guint32)CLAMP(floor(seconds / DAY) + EPOCH_JULIAN, 1, 3000000));
}

/* The n-th tick of a pace, counted from 1970, in seconds. */
static double pace_value(struct pace pace, gint64 n)
{
	gint64 month = 1970 * 12 + n * pace.months;
	GDate date;

	if (!pace.months)
		return n * pace.seconds + pace.offset_days * DAY;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, 1, (GDateMonth)(month % 12 + 1), (GDateYear)(month / 12));
	return ((double)g_date_get_julian(&date) - EPOCH_JULIAN) * DAY;
}

static char *day_text(const GDate *date)
{
	static const char *const months[] = { "",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

	return g_strdup_printf("%d %s", g_date_get_day(date), months[g_date_get_month(date)]);
}

/* What a tick says, and what stands below it unless the tick before has the same. */
static void time_texts(struct pace pace, double seconds, char **text, char **under)
{
	GDate date;
	g_autofree char *day = NULL;

	date_of(&date, seconds);
	day = day_text(&date);
	if (pace.seconds < DAY)
		*text = g_strdup_printf("%02d:00", (int)(fmod(seconds, DAY) / HOUR));
	else if (pace.months == 0)
		*text = g_strdup(day);
	else if (pace.months < 12)
		*text = g_strdup(strchr(day, ' ') + 1);
	else
		*text = g_strdup_printf("%d", g_date_get_year(&date));
	if (pace.seconds < DAY)
		*under = g_steal_pointer(&day);
	else if (pace.months < 12)
		*under = g_strdup_printf("%d", g_date_get_year(&date));
	else
		*under = NULL;
}

static void tick_times(struct axis *axis, guint about)
{
	struct pace pace = choose_pace(axis, about);
	gint64 n = (gint64)floor(axis->low / pace.seconds) - 2;
	g_autofree char *before = NULL;

	for (; pace_value(pace, n) <= axis->high; n++) {
		double value = pace_value(pace, n);
		char *text, *under;

		if (value < axis->low)
			continue;
		time_texts(pace, value, &text, &under);
		add_tick(axis, value, text, g_strcmp0(before, under) == 0 ? NULL : g_strdup(under));
		g_free(before);
		before = under;
	}
}

void axis_tick(struct axis *axis, guint about)
{
	if (axis->kind == AXIS_TIME)
		tick_times(axis, about);
	else if (axis->kind == AXIS_LOG)
		tick_log(axis, about);
	else
		tick_numbers(axis, telling_step(axis, about));
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/format.h"

#include <math.h>

#include "base/expression.h"
#include "base/fixed.h"
#include "report/document.h"

#define MINUS "\u2212"
#define SPACE "\u00a0"
#define NOT_KNOWN "not known"

/* Takes the digits over. */
static char *join_sign(double value, const char *before, char *digits, const char *after)
{
	gboolean zero = strspn(digits, "0.,") == strlen(digits);
	char *text = g_strconcat(value < 0 && !zero ? MINUS : "", before, digits, after, NULL);

	g_free(digits);
	return text;
}

/* The digits of |value| with so many decimals. */
static char *group_digits(double value, int decimals)
{
	char plain[FIXED_SIZE];

	fixed_print(plain, fabs(value), (guint)decimals);
	return separators_group(plain);
}

/* As it will stand after rounding: what decides the unit, so that 59.7 s is a minute. */
static double rounded(double value, int decimals)
{
	double scale = pow(10, decimals);

	return round(value * scale) / scale;
}

static char *format_count(double value)
{
	return join_sign(value, "", group_digits(round(value), 0), "");
}

/* CPUs, GPUs or nodes. Of a small cluster, or a small kind of node, the mean in use is a part of
 * one, which is not none. */
static char *format_held(double value)
{
	double size = rounded(fabs(value), 1);
	gboolean whole = fabs(value - round(value)) < 1e-9;

	if (size == 0 && !whole)
		return g_strdup(value < 0 ? ">" SPACE MINUS "0.1" : "<" SPACE "0.1");
	return join_sign(value, "", group_digits(value, !whole && size < 10 ? 1 : 0), "");
}

/* Parts that are added up may miss the whole by the last bits of a number. */
static gboolean is_all(double percent)
{
	return percent >= 100 - 1e-9;
}

/* Of so many per cent: none between 10 and 99.5, unless it is `fine`. */
static int share_decimals(double percent, gboolean fine)
{
	return percent > 0 && (rounded(percent, 1) < 10 ||
	                       (!is_all(percent) && (fine || percent >= 99.5)))
	               ? 1
	               : 0;
}

/* Below it, on it or above it; products miss it by the last bits of a number. */
static int side_of(double percent, double line)
{
	double apart = percent - line;

	return fabs(apart) < 1e-9 ? 0 : apart < 0 ? -1 : 1;
}

/* With a decimal where it takes one to tell on which side of the line it is; 0: there is none. */
static char *format_share(double value, gboolean fine, double line)
{
	double percent = fabs(value) * 100, judge = line * 100;
	int decimals = share_decimals(percent, fine), side = side_of(percent, judge);

	if (line > 0 && value > 0 && side_of(rounded(percent, decimals), judge) != side) {
		decimals = 1;
		if (side != 0 && side_of(rounded(percent, decimals), judge) != side)
			return join_sign(value, side < 0 ? "<" SPACE : ">" SPACE,
			                 group_digits(judge, side_of(round(judge), judge) != 0),
			                 SPACE "%");
	}
	if (percent > 0 && percent < 0.05)
		return g_strconcat(value < 0 ? ">" SPACE MINUS : "<" SPACE, "0.1" SPACE "%", NULL);
	if (round(percent) > 999)
		return g_strconcat(value < 0 ? "<" SPACE MINUS : ">" SPACE, "999" SPACE "%", NULL);
	if (percent > 99.9 && !is_all(percent))
		return g_strconcat(value < 0 ? "<" SPACE MINUS : ">" SPACE, "99.9" SPACE "%", NULL);
	return join_sign(value, "", group_digits(decimals > 0 ? percent : round(percent), decimals),
	                 SPACE "%");
}

/* "$" stands at the number, "CHF" apart from it. */
static char *currency_before(const char *currency)
{
	gboolean is_word = g_ascii_isalpha(currency[strlen(currency) - 1]);

	return g_strconcat(currency, is_word ? SPACE : "", NULL);
}

static double three_digits(double value)
{
	double scale = value >= 1000 ? pow(10, floor(log10(value)) - 2) : 1;

	return round(value / scale) * scale;
}

/* "1.24 million", of three digits; NULL of what is less than one, or will be. */
static char *in_millions(double value)
{
	static const struct {
		double from;
		const char *name;
	} scales[] = { { 1e9, SPACE "billion" }, { 1e6, SPACE "million" } };
	double amount = three_digits(fabs(value));

	for (guint i = 0; i < G_N_ELEMENTS(scales); i++) {
		double scaled = amount / scales[i].from;
		int decimals = scaled < 10 ? 2 : scaled < 100 ? 1 : 0;

		if (scaled >= 1) {
			g_autofree char *digits = group_digits(scaled, decimals);

			return g_strconcat(digits, scales[i].name, NULL);
		}
	}
	return NULL;
}

/* So little is what differences of sums leave of nothing. */
#define LEAST_MONEY 1e-4

static char *format_currency(const struct format *format, double value)
{
	g_autofree char *before = currency_before(format->currency);
	if (fabs(value) >= LEAST_MONEY && round(fabs(value)) == 0)
		return g_strconcat(value < 0 ? ">" SPACE MINUS : "<" SPACE, before, "1", NULL);
	char *millions = in_millions(value);

	return join_sign(value, before,
	                 millions ? millions : group_digits(three_digits(fabs(value)), 0), "");
}

static char *format_rate(const struct format *format, double value)
{
	g_autofree char *before = currency_before(format->currency);
	gboolean fine = fabs(value) < 1;
	char *digits = group_digits(value, fine ? 4 : 2);

	for (size_t end = strlen(digits); fine && end > strlen("0.00") && digits[end - 1] == '0';
	     end--)
		digits[end - 1] = '\0';
	return join_sign(value, before, digits, "");
}

/* So little is what differences of sums leave of nothing. */
#define LEAST_HOURS 1e-6

static char *format_hours(double value)
{
	gboolean any = fabs(value) >= LEAST_HOURS;
	int decimals = any && rounded(fabs(value), 1) < 100 ? 1 : 0;
	if (any && rounded(fabs(value), 1) == 0)
		return g_strdup(value < 0 ? ">" SPACE MINUS "0.1" : "<" SPACE "0.1");
	char *millions = round(fabs(value)) < 1e6 ? NULL : in_millions(value);

	return join_sign(value, "", millions ? millions : group_digits(value, decimals), "");
}

static char *format_seconds(double value)
{
	double seconds = fabs(value), days = rounded(seconds / 86400, 1);

	if (round(seconds) < 60)
		return join_sign(value, "", group_digits(round(seconds), 0), SPACE "s");
	if (round(seconds / 60) < 60)
		return join_sign(value, "", group_digits(round(seconds / 60), 0), SPACE "min");
	if (rounded(seconds / 3600, 1) < 48)
		return join_sign(value, "", group_digits(seconds / 3600, 1), SPACE "h");
	/* A period of 42 days was not measured to the tenth. */
	return join_sign(value, "", group_digits(days, days == floor(days) ? 0 : 1), SPACE "days");
}

static char *format_bytes(double value)
{
	static const char *units[] = { SPACE "B",   SPACE "KiB", SPACE "MiB",
		                       SPACE "GiB", SPACE "TiB", SPACE "PiB" };
	double amount = fabs(value);
	guint unit = 0;
	int decimals;

	while (round(amount) >= 1024 && unit + 1 < G_N_ELEMENTS(units)) {
		amount /= 1024;
		unit++;
	}
	decimals = unit > 0 && rounded(amount, 1) < 10 ? 1 : 0;
	return join_sign(value, "", group_digits(amount, decimals), units[unit]);
}

static char *format_number(double value)
{
	double size = fabs(value);

	if (value == 0 || size >= 1000)
		return format_count(value);
	return join_sign(value, "",
	                 group_digits(value, rounded(size, 2) < 10    ? 2
	                                     : rounded(size, 1) < 100 ? 1
	                                                              : 0),
	                 "");
}

static char *print_value(const struct format *format, enum unit unit, double value)
{
	switch (unit) {
	case UNIT_SHARE:
		return format_share(value, FALSE, 0);
	case UNIT_CURRENCY:
		return format_currency(format, value);
	case UNIT_RATE:
		return format_rate(format, value);
	case UNIT_HOURS:
		return format_hours(value);
	case UNIT_SECONDS:
		return format_seconds(value);
	case UNIT_BYTES:
		return format_bytes(value);
	case UNIT_NUMBER:
		return format_number(value);
	case UNIT_CPUS:
	case UNIT_GPUS:
	case UNIT_NODES:
		return format_held(value);
	case UNIT_TIME:
		return format_hour(format, (gint64)value);
	default:
		return format_count(value);
	}
}

char *format_value(const struct format *format, enum unit unit, double value)
{
	if (!isfinite(value))
		return g_strdup(NOT_KNOWN);
	return separators_apply(format->separators, print_value(format, unit, value));
}

char *format_share_by(const struct format *format, double value, double line)
{
	if (!isfinite(value))
		return g_strdup(NOT_KNOWN);
	return separators_apply(format->separators, format_share(value, FALSE, line));
}

char *format_whole(const struct format *format, double value)
{
	if (round(value * 100) == 0)
		return g_strdup("<" SPACE "1" SPACE "%");
	return separators_apply(format->separators,
	                        join_sign(value, "", group_digits(round(fabs(value) * 100), 0),
	                                  SPACE "%"));
}

char *format_exact(const struct format *format, double value)
{
	char plain[G_ASCII_DTOSTR_BUF_SIZE];

	g_ascii_formatd(plain, sizeof plain, "%.10g", fabs(value));
	if (strchr(plain, 'e'))
		return join_sign(value, "", g_strdup(plain), "");
	return separators_apply(format->separators,
	                        join_sign(value, "", separators_group(plain), ""));
}

#define LEAST_RATIO 0.0005

/* Of what is printed: who takes 7.9 % off 8.7 % has 0.8 points, whatever was rounded. */
static char *points_between(double then, double now, gboolean fine, double *difference)
{
	double before = then * 100, after = now * 100;
	int before_decimals = share_decimals(before, fine),
	    after_decimals = share_decimals(after, fine);

	*difference = rounded(after, after_decimals) - rounded(before, before_decimals);
	return group_digits(fabs(*difference), MAX(before_decimals, after_decimals));
}

char *format_change(const struct format *format, enum change change, double then, double now,
                    gboolean fine)
{
	double difference = now / then - 1;
	gboolean points = change == CHANGE_POINTS;
	g_autofree char *digits = points ? points_between(then, now, fine, &difference)
	                                 : format_share(fabs(difference), FALSE, 0);
	g_autofree char *amount = NULL;

	if (points ? strspn(digits, "0.") == strlen(digits) : fabs(difference) < LEAST_RATIO)
		return g_strdup("unchanged");
	amount = separators_apply(format->separators, g_steal_pointer(&digits));
	return g_strdup_printf("%s%s %s%s", amount,
	                       points ? format_word(amount, SPACE "point", SPACE "points") : "",
	                       difference > 0 ? "more" : "less",
	                       change == CHANGE_DAILY ? " a day" : "");
}

const char *format_word(const char *number, const char *one, const char *several)
{
	return g_strcmp0(number, "1") == 0 ? one : several;
}

const char *format_grade(enum grade grade)
{
	switch (grade) {
	case GRADE_A:
		return "computed with a list of the nodes";
	case GRADE_B:
		return "size of the cluster not known";
	case GRADE_C:
		return "memory that jobs held not known";
	case GRADE_D:
		return "unmeasured";
	default:
		return "";
	}
}

static char *format_figure(const struct format *format, const struct figure *figure)
{
	if (figure->whole)
		return format_whole(format, figure->value);
	if (figure->unit != UNIT_SHARE || !isfinite(figure->value))
		return format_value(format, figure->unit, figure->value);
	return separators_apply(format->separators,
	                        format_share(figure->value, figure->fine, figure->line));
}

void format_figures(const struct format *format, struct figures *figures)
{
	for (guint i = 0; i < figures_count(figures); i++) {
		struct figure *figure = figures_nth(figures, i);

		if (figure->text)
			continue;
		figure->text = figure->has_value ? format_figure(format, figure)
		                                 : g_strdup(NOT_KNOWN);
	}
}

struct row_values {
	const struct dataset *dataset;
	const struct figures *figures;
	guint row;
};

/* A column hides a figure of the same id, also where its cell is empty. */
static gboolean row_value(const char *id, double *value, void *data)
{
	const struct row_values *values = data;
	int column = dataset_column_find(values->dataset, id);
	const struct dataset_cell *cell;
	const struct figure *figure;

	if (column >= 0) {
		cell = dataset_cell(values->dataset, values->row, (guint)column);
		*value = cell->value;
		return cell->has_value;
	}
	figure = figures_find(values->figures, id);
	if (!figure || !figure->has_value)
		return FALSE;
	*value = figure->value;
	return TRUE;
}

static const double *row_curve(const char *id, guint *count, void *data)
{
	const struct row_values *values = data;
	const struct curve *curve = figures_curve(values->figures, id);

	if (!curve)
		return NULL;
	*count = curve->count;
	return curve->values;
}

static struct expression *parsed(const char *text, const struct dataset *dataset, guint column)
{
	const struct dataset_column *about = dataset->columns->pdata[column];
	g_autoptr(GError) error = NULL;
	struct expression *expression = text ? expression_new(text, &error) : NULL;

	if (text && !expression)
		g_error("column %s of %s: %s", about->id, dataset->id, error->message);
	return expression;
}

/* A cell's own expression goes before its column's, a value that was given before both. */
static void derive_cell(struct dataset *dataset, guint row, guint column,
                        const struct expression *of_column, const struct figures *figures)
{
	struct dataset_cell *cell = dataset_own_cell(dataset, row, column);
	struct row_values values = { dataset, figures, row };
	const struct expression_source source = { row_value, row_curve, &values };
	struct expression *own = parsed(dataset_expression(dataset, cell), dataset, column);
	const struct expression *expression = own ? own : of_column;

	if (expression)
		cell->has_value = cell->is_given ||
		                  expression_evaluate(expression, &source, &cell->value);
	expression_free(own);
}

static void say_value(const struct format *format, struct dataset *dataset,
                      struct dataset_cell *cell, const struct dataset_column *column)
{
	g_autofree char *text = column->exact   ? format_exact(format, cell->value)
	                        : column->whole ? format_whole(format, cell->value)
	                        : column->line > 0
	                                ? format_share_by(format, cell->value, column->line)
	                                : format_value(format, column->unit, cell->value);

	dataset_cell_say(dataset, cell, text);
}

void format_dataset(const struct format *format, struct dataset *dataset,
                    const struct figures *figures)
{
	for (guint column = 0; column < dataset->columns->len; column++) {
		const struct dataset_column *about = dataset->columns->pdata[column];
		struct expression *expression = parsed(about->expression, dataset, column);

		for (guint row = 0; row < dataset->rows->len; row++) {
			struct dataset_cell *cell = dataset_own_cell(dataset, row, column);

			derive_cell(dataset, row, column, expression, figures);
			if (cell->has_value && !cell->text)
				say_value(format, dataset, cell, about);
		}
		expression_free(expression);
	}
}

char *format_date(const struct format *format, gint64 seconds)
{
	struct civil civil = zone_civil(format->zone, seconds);

	return g_strdup_printf("%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

char *format_hour(const struct format *format, gint64 seconds)
{
	struct civil civil = zone_civil(format->zone, seconds);

	return g_strdup_printf("%04d-%02d-%02d %02d:%02d", civil.year, civil.month, civil.day,
	                       civil.hour, civil.minute);
}

char *format_month(const struct format *format, gint64 seconds)
{
	static const char *names[] = { "January",   "February", "March",    "April",
		                       "May",       "June",     "July",     "August",
		                       "September", "October",  "November", "December" };
	struct civil civil = zone_civil(format->zone, seconds);

	return g_strdup_printf("%s %d", names[civil.month - 1], civil.year);
}

char *format_period(const char *first, const char *last)
{
	return g_str_equal(first, last) ? g_strdup(first)
	                                : g_strdup_printf("%s to %s", first, last);
}

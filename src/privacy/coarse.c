/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/coarse.h"

#include "record/value.h"

#define MINUTE G_GINT64_CONSTANT(60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

static const gint64 steps[] = {
	0, 10, 30, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 30 * MINUTE, HOUR,
		2 * HOUR, 3 * HOUR, 4 * HOUR,
	6 * HOUR, 8 * HOUR, 12 * HOUR, 18 * HOUR, DAY, 2 * DAY, 3 * DAY, 4 * DAY, 5 * DAY, 7 * DAY,
		10 * DAY, 14 * DAY,
	21 * DAY, 30 * DAY,
};

/* Tenths of a power of ten of days. */
static const gint64 decade[] = { 10, 15, 20, 30, 50, 70, 100 };

static gint64 nearest(const gint64 *values, guint count, gint64 unit, gint64 seconds)
{
	gint64 best = values[0] * unit;

	for (guint i = 1; i < count; i++)
		if (ABS(values[i] * unit - seconds) < ABS(best - seconds))
			best = values[i] * unit;
	return best;
}

gint64 coarse_seconds(gint64 seconds)
{
	gint64 unit = DAY;

	if (seconds <= 30 * DAY)
		return nearest(steps, G_N_ELEMENTS(steps), 1, seconds);
	while (seconds > 100 * unit && unit < G_MAXINT64 / 2000)
		unit *= 10;
	return nearest(decade, G_N_ELEMENTS(decade), unit, seconds);
}

/* As sacct prints it. */
static void append_clock(gint64 seconds, GString *line)
{
	gint64 days = seconds / DAY;

	if (days > 0)
		g_string_append_printf(line, "%" G_GINT64_FORMAT "-", days);
	g_string_append_printf(line, "%02d:%02d:%02d", (int)(seconds % DAY / HOUR),
	                       (int)(seconds % HOUR / MINUTE), (int)(seconds % MINUTE));
}

/* UNLIMITED, Partition_Limit: words of Slurm's, and its database's numbers for them. */
static gboolean is_mark(struct slice text)
{
	gint64 seconds;

	return !g_ascii_isdigit(text.data[0]) ||
	       (value_limit_minutes(text, &seconds) &&
	        (seconds == VALUE_UNKNOWN || seconds == VALUE_UNLIMITED));
}

/* To the nearest. */
static gint64 whole_seconds(gint64 milliseconds)
{
	return milliseconds / 1000 + (milliseconds % 1000 >= 500);
}

void coarse_append_clock(gint64 milliseconds, GString *line)
{
	append_clock(coarse_seconds(whole_seconds(milliseconds)), line);
}

void coarse_append_duration(struct slice text, gboolean minutes, GString *line)
{
	gboolean clock = memchr(text.data, ':', text.length) != NULL;
	gint64 milliseconds, whole;

	if (is_mark(text)) {
		g_string_append_len(line, text.data, (gssize)text.length);
		return;
	}
	if (!(clock ? value_duration(text, &milliseconds) : value_seconds(text, &milliseconds)) ||
	    milliseconds == VALUE_UNKNOWN || milliseconds == VALUE_UNLIMITED)
		return;
	whole = whole_seconds(milliseconds);
	if (clock)
		append_clock(coarse_seconds(whole), line);
	else if (minutes && whole < G_MAXINT64 / 60)
		g_string_append_printf(line, "%" G_GINT64_FORMAT, coarse_seconds(whole * 60) / 60);
	else
		g_string_append_printf(line, "%" G_GINT64_FORMAT, coarse_seconds(whole));
}

/* 123 → 120, 996 → 1000. */
static void append_two_digits(struct slice digits, GString *line)
{
	guint leading = (guint)(digits.data[0] - '0') * 10 + (guint)(digits.data[1] - '0');

	if (digits.length > 2 && digits.data[2] >= '5')
		leading++;
	g_string_append_printf(line, "%u", leading);
	for (size_t i = 2; i < digits.length; i++)
		g_string_append_c(line, '0');
}

static size_t digits_from(struct slice text, size_t at)
{
	while (at < text.length && g_ascii_isdigit(text.data[at]))
		at++;
	return at;
}

void coarse_append_amount(struct slice text, GString *line)
{
	size_t zeros = 0, whole, end;

	while (zeros + 1 < text.length && text.data[zeros] == '0' &&
	       g_ascii_isdigit(text.data[zeros + 1]))
		zeros++;
	text = (struct slice){ text.data + zeros, text.length - zeros };
	whole = end = digits_from(text, 0);
	if (end < text.length && text.data[end] == '.')
		end = digits_from(text, end + 1);
	if (whole >= 2)
		append_two_digits((struct slice){ text.data, whole }, line);
	else
		g_string_append_len(line, text.data, (gssize)MIN(end, 3));
	g_string_append_len(line, text.data + end, (gssize)(text.length - end));
}

static void append_cut(struct slice text, enum time_step step, GString *line)
{
	static const char *const clocks[] = {
		[TIMES_MINUTE] = "00", [TIMES_HOUR] = "00:00", [TIMES_DAY] = "00:00:00"
	};
	/* Seconds need not be printed. */
	size_t clock = text.length == 16 ? 16 : 19, rest = clock;
	size_t kept = MIN(19 - strlen(clocks[step]), clock);

	/* A fraction goes, an offset stays. */
	if (rest < text.length && text.data[rest] == '.')
		for (rest++; rest < text.length && g_ascii_isdigit(text.data[rest]);)
			rest++;
	g_string_append_len(line, text.data, (gssize)kept);
	g_string_append_len(line, clocks[step], (gssize)(clock - kept));
	g_string_append_len(line, text.data + rest, (gssize)(text.length - rest));
}

void coarse_append_time(struct slice text, enum time_step step, struct zone *zone, GString *line)
{
	gint64 seconds;

	if (value_is_clock(text)) {
		append_cut(text, step, line);
		return;
	}
	if (!value_count(text, &seconds) || seconds == VALUE_UNKNOWN) {
		/* Unknown, None */
		g_string_append_len(line, text.data, (gssize)text.length);
		return;
	}
	if (step == TIMES_DAY && zone)
		seconds = zone_day_start(zone, zone_day(zone, seconds));
	else
		seconds -= seconds % (step == TIMES_DAY ? DAY : step == TIMES_HOUR ? HOUR : MINUTE);
	g_string_append_printf(line, "%" G_GINT64_FORMAT, seconds);
}

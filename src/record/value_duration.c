/* SPDX-License-Identifier: Apache-2.0 */
#include "record/clock.h"
#include "record/value.h"

#define MAX_DAYS 1000000

/* Digits at *at, at most nine of them. -1 when there is none or too many. */
static gint64 take_number(struct slice text, size_t *at)
{
	size_t begin = *at;
	gint64 number = 0;

	for (; *at < text.length && g_ascii_isdigit(text.data[*at]); (*at)++) {
		if (*at - begin >= 9)
			return -1;
		number = number * 10 + (text.data[*at] - '0');
	}
	return *at > begin ? number : -1;
}

/* .mmm, or ,mmm as many countries have it, or nothing, to the end. */
static gboolean take_milliseconds(struct slice text, size_t at, gint64 *milliseconds)
{
	gint64 place = 100;

	*milliseconds = 0;
	if (at == text.length)
		return TRUE;
	if ((text.data[at] != '.' && text.data[at] != ',') || at + 1 == text.length)
		return FALSE;
	for (at++; at < text.length; at++, place /= 10) {
		if (!g_ascii_isdigit(text.data[at]))
			return FALSE;
		*milliseconds += (text.data[at] - '0') * place;
	}
	return TRUE;
}

/* The numbers between colons, and whether the first had days before it. */
struct clock {
	gint64 days, part[3];
	guint parts;
	gboolean has_days;
};

static gboolean take_clock(struct slice text, size_t *at, struct clock *clock)
{
	*clock = (struct clock){ .days = 0 };
	do {
		gint64 number = take_number(text, at);

		if (number < 0 || clock->parts == 3)
			return FALSE;
		if (*at < text.length && text.data[*at] == '-') {
			if (clock->parts > 0 || clock->has_days)
				return FALSE;
			clock->has_days = TRUE;
			clock->days = number;
		} else {
			clock->part[clock->parts++] = number;
		}
	} while (*at < text.length && (text.data[*at] == ':' || text.data[*at] == '-') && ++*at);
	return TRUE;
}

static gboolean parse(struct slice text, gint64 *milliseconds)
{
	struct clock clock;
	size_t at = 0;
	gint64 hours, minutes, seconds;

	if (!take_clock(text, &at, &clock) || clock.parts < 2 ||
	    (clock.has_days && clock.parts != 3))
		return FALSE;
	hours = clock.parts == 3 ? clock.part[0] : 0;
	minutes = clock.part[clock.parts - 2];
	seconds = clock.part[clock.parts - 1];
	if (minutes > 59 || seconds > 59 || clock.days > MAX_DAYS ||
	    hours > (clock.has_days ? 23 : MAX_DAYS * 24))
		return FALSE;
	if (!take_milliseconds(text, at, milliseconds))
		return FALSE;
	*milliseconds += (clock.days * 86400 + hours * 3600 + minutes * 60 + seconds) * 1000;
	return TRUE;
}

/* "1 days 02:03:04" and "1 day, 2:03:04", as Python has it. */
static gboolean parse_words(struct slice text, gint64 *milliseconds)
{
	static const char *const words[] = { " days ", " day ", " days, ", " day, " };
	size_t at = 0;
	gint64 days = take_number(text, &at);
	struct slice rest = { text.data + at, text.length - at };

	for (guint i = 0; i < G_N_ELEMENTS(words) && days >= 0 && days <= MAX_DAYS; i++) {
		struct slice clock = { rest.data + strlen(words[i]),
			               rest.length - strlen(words[i]) };

		if (!slice_starts(rest, words[i]) || !parse(clock, milliseconds) ||
		    *milliseconds >= 86400000)
			continue;
		*milliseconds += days * 86400000;
		return TRUE;
	}
	return FALSE;
}

static const char *const unknown[] = { "", "Partition_Limit", "INVALID", "Unknown", "None" };

static G_NO_INLINE gboolean read_any(struct slice text, gint64 *milliseconds)
{
	if (text.length > 0 && g_ascii_isdigit(text.data[0]))
		return parse(text, milliseconds) || parse_words(text, milliseconds);
	*milliseconds = VALUE_UNLIMITED;
	if (slice_is(text, "UNLIMITED"))
		return TRUE;
	*milliseconds = VALUE_UNKNOWN;
	for (guint i = 0; i < G_N_ELEMENTS(unknown); i++)
		if (slice_is(text, unknown[i]))
			return TRUE;
	return value_is_nothing(text);
}

/* Most are MM:SS.mmm or HH:MM:SS. */
gboolean value_duration(struct slice text, gint64 *milliseconds)
{
	if (text.length == 9 && clock_is_minutes(text.data))
		*milliseconds = clock_milliseconds(text.data);
	else if (text.length == 8 && clock_is_hours(text.data))
		*milliseconds = clock_seconds(text.data) * 1000;
	else
		return read_any(text, milliseconds);
	return TRUE;
}

gboolean value_limit_minutes(struct slice text, gint64 *seconds)
{
	gint64 value;

	if (text.length > 0 && g_ascii_isdigit(text.data[0]) && value_count(text, &value)) {
		*seconds = VALUE_UNKNOWN;
		return value == VALUE_UNKNOWN || !__builtin_mul_overflow(value, 60, seconds);
	}
	if (!value_duration(text, &value))
		return FALSE;
	*seconds = value == VALUE_UNKNOWN || value == VALUE_UNLIMITED ? value : value / 1000;
	return TRUE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "record/day_memo.h"

#define FIRST_YEAR 1990
#define LAST_YEAR 2100
#define FIRST_SECOND G_GINT64_CONSTANT(631152000) /* 1990-01-01 */
#define LAST_SECOND G_GINT64_CONSTANT(4133980799) /* 2100-12-31 */

/* What stands in a time field, before a zone gives it meaning. */
struct printed {
	enum { PRINTED_UNKNOWN, PRINTED_SECONDS, PRINTED_CIVIL } form;
	gint64 seconds;
	struct civil civil;
};

static gboolean is_unknown(struct slice text)
{
	return slice_empty(text) || slice_is(text, "Unknown") || slice_is(text, "None") ||
	       slice_is(text, "NaT") || slice_is(text, "0") || value_is_nothing(text);
}

/* Two digits; what is no digit shows in *bad. */
static inline int two(const char *at, guint *bad)
{
	guint tens = (guint)(guchar)at[0] - '0';
	guint ones = (guint)(guchar)at[1] - '0';

	*bad |= (tens > 9) | (ones > 9);
	return (int)(tens * 10 + ones);
}

static gboolean day_exists(const struct civil *civil)
{
	static const guint8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	gboolean leap = civil->year % 4 == 0 && (civil->year % 100 != 0 || civil->year % 400 == 0);

	return civil->year >= FIRST_YEAR && civil->year <= LAST_YEAR && civil->month >= 1 &&
	       civil->month <= 12 && civil->day >= 1 &&
	       civil->day <= days[civil->month - 1] + (leap && civil->month == 2);
}

/* YYYY-MM-DDTHH:MM:SS, in three words that overlap: YYYY-MM-, DDTHH:MM, HH:MM:SS. */
static gboolean parse_civil(const char *at, struct civil *civil)
{
	static const struct shape date_shape = { G_GUINT64_CONSTANT(0x00ffff00ffffffff),
						 G_GUINT64_CONSTANT(0x2d00002d00000000) };
	guint64 date = digits_load(at), clock = digits_load(at + 11), day = digits_load(at + 8);
	struct shape day_shape = { G_GUINT64_CONSTANT(0xffff00ffff00ffff),
				   G_GUINT64_CONSTANT(0x00003a0000000000) | (guint64)(guchar)at[10]
										    << 16 };

	if (!digits_take(&date, date_shape) || !digits_take(&day, day_shape) ||
	    !digits_take(&clock, CLOCK_SHAPE) || (at[10] != 'T' && at[10] != ' '))
		return FALSE;
	civil->year = digits_pair(date, 0) * 100 + digits_pair(date, 2);
	civil->month = digits_pair(date, 5);
	civil->day = digits_pair(day, 0);
	civil->hour = digits_pair(clock, 0);
	civil->minute = digits_pair(clock, 3);
	civil->second = digits_pair(clock, 6);
	return day_exists(civil) && civil->hour <= 23 && civil->minute <= 59 && civil->second <= 59;
}

/* Days since 1970-01-01 of a Gregorian date: years counted from March make the leap day the last of
 * a year. */
static gint64 days_since_1970(const struct civil *civil)
{
	gint64 year = civil->year - (civil->month <= 2);
	gint64 month = (civil->month + 9) % 12;

	return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 +
	       civil->day - 1 - 719468;
}

static gint64 as_utc(const struct civil *civil)
{
	return days_since_1970(civil) * 86400 + civil->hour * 3600 + civil->minute * 60 +
	       civil->second;
}

/* Z, UTC, +01, +0100, +01:00 */
static gboolean parse_offset(struct slice text, gint64 *offset)
{
	guint bad = 0;
	int hours, minutes = 0;
	gboolean colon = text.length == 6 && text.data[3] == ':';

	*offset = 0;
	if (slice_is(text, "Z") || slice_is(text, " UTC"))
		return TRUE;
	if ((text.length != 3 && text.length != 5 && !colon) ||
	    (text.data[0] != '+' && text.data[0] != '-'))
		return FALSE;
	hours = two(text.data + 1, &bad);
	if (text.length > 3)
		minutes = two(text.data + 3 + colon, &bad);
	*offset = (hours * 3600 + minutes * 60) * (text.data[0] == '-' ? -1 : 1);
	return !bad && hours <= 14 && minutes <= 59;
}

/* .123 at the front is dropped: sacct has whole seconds, databases print more. */
static struct slice skip_fraction(struct slice text)
{
	size_t at = 1;

	if (text.length < 2 || text.data[0] != '.')
		return text;
	while (at < text.length && g_ascii_isdigit(text.data[at]))
		at++;
	return at == 1 ? text : (struct slice){ text.data + at, text.length - at };
}

static gboolean parse_iso(struct slice text, struct printed *printed)
{
	struct slice rest = { text.data + 19, text.length - 19 };
	gint64 offset;

	printed->form = PRINTED_CIVIL;
	if (!parse_civil(text.data, &printed->civil))
		return FALSE;
	if (rest.length == 0)
		return TRUE;
	rest = skip_fraction(rest);
	if (rest.length == 0)
		return TRUE;
	if (!parse_offset(rest, &offset))
		return FALSE;
	printed->form = PRINTED_SECONDS;
	printed->seconds = as_utc(&printed->civil) - offset;
	return TRUE;
}

/* YYYY-MM-DDTHH:MM, as a SLURM_TIME_FORMAT or a spreadsheet has it. */
static gboolean parse_minute(struct slice text, struct printed *printed)
{
	char full[20];

	memcpy(full, text.data, 16);
	memcpy(full + 16, ":00", 4);
	return parse_iso((struct slice){ full, 19 }, printed);
}

static gboolean parse(struct slice text, struct printed *printed)
{
	gint64 whole;

	if (text.length >= 19 && text.data[4] == '-')
		return parse_iso(text, printed);
	if (text.length == 16 && text.data[4] == '-')
		return parse_minute(text, printed);
	printed->form = PRINTED_UNKNOWN;
	if (is_unknown(text))
		return TRUE;
	printed->form = PRINTED_SECONDS;
	printed->seconds = VALUE_UNKNOWN;
	if (!value_count(text, &whole))
		return FALSE;
	printed->seconds = whole;
	if (whole == 0 || whole == VALUE_UNKNOWN)
		printed->form = PRINTED_UNKNOWN;
	return printed->form == PRINTED_UNKNOWN || (whole >= FIRST_SECOND && whole <= LAST_SECOND);
}

gboolean value_is_time(struct slice text)
{
	struct printed printed;

	return parse(text, &printed);
}

gboolean value_time(struct slice text, struct zone *zone, gboolean late, gint64 *seconds,
		    gboolean *ambiguous)
{
	struct printed printed;
	gboolean civil;

	if (!parse(text, &printed))
		return FALSE;
	civil = printed.form == PRINTED_CIVIL;
	if (civil)
		*seconds = late ? zone_seconds_late(zone, &printed.civil)
				: zone_seconds(zone, &printed.civil);
	else
		*seconds = printed.form == PRINTED_UNKNOWN ? VALUE_UNKNOWN : printed.seconds;
	if (ambiguous)
		*ambiguous = civil && zone_seconds(zone, &printed.civil) !=
					      zone_seconds_late(zone, &printed.civil);
	return TRUE;
}

gboolean day_memo_learn(struct day_memo *memo, struct slice text, struct zone *zone,
			gint64 *seconds)
{
	gint32 day;
	guint at;

	if (!value_time(text, zone, FALSE, seconds, NULL))
		return FALSE;
	if (text.length != 19 || text.data[4] != '-')
		return TRUE;
	day = zone_day(zone, *seconds);
	if (zone_day_plain(zone, day)) {
		at = text.data[9] & 15;
		memcpy(memo->of[at].text, text.data, 11);
		memcpy(memo->of[at].text + 11, "00:00:00", 8);
		memo->of[at].midnight = zone_day_start(zone, day);
	}
	return TRUE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zone.h"

#include <string.h>

#include "base/error.h"
#include "base/terminal.h"

enum {
	DAY_SECONDS = 86400,
	HOUR_SECONDS = 3600,
	HOURS = 128, /* that are remembered */
	/* A day this close to a change is not plain, so that a repeated hour on the other side of
	 * midnight is seen. No zone has set its clocks back further since 1990. */
	MARGIN_SECONDS = 6 * 3600,
	FIRST_DAY = 7305, /* 1990-01-01 */
	LAST_DAY = 47846, /* 2100-12-31 */
};

#define FIRST_SECOND G_GINT64_CONSTANT(-62135596800) /* 0001-01-01 */
#define LAST_SECOND G_GINT64_CONSTANT(253402300799)  /* 9999-12-31 23:59:59 */

enum state {
	STATE_UNKNOWN,
	STATE_PLAIN,  /* 24 hours of one offset, each local time once */
	STATE_CHANGE, /* anything else */
};

struct day {
	gint32 shift : 30; /* from the midnight of the same date in UTC to the start of this day */
	guint32 state : 2;
};

struct hour {
	gint64 number; /* since 1970 */
	int interval;
	gboolean known;
};

struct zone {
	char *name;
	GTimeZone *data; /* NULL: floating */
	gint32 typical_offset;
	struct hour hours[HOURS];
	struct day days[]; /* FIRST_DAY … LAST_DAY, each filled when first asked for; none when
	                      floating */
};

static inline gint64 floor_days(gint64 seconds)
{
	return seconds / DAY_SECONDS - (seconds % DAY_SECONDS < 0);
}

static inline gint64 floor_hours(gint64 seconds)
{
	return seconds / HOUR_SECONDS - (seconds % HOUR_SECONDS < 0);
}

static inline gint64 utc_midnight(gint32 day)
{
	return (gint64)day * DAY_SECONDS;
}

static int interval_searched(const struct zone *zone, gint64 seconds)
{
	return g_time_zone_find_interval(zone->data, G_TIME_TYPE_UNIVERSAL, seconds);
}

/* GLib searches from the first interval on, a hundred years back. An hour of one interval is
 * remembered; one with a change is not. */
static int interval_at(struct zone *zone, gint64 seconds)
{
	gint64 number = floor_hours(seconds);
	struct hour *hour = &zone->hours[(guint64)number % HOURS];
	int interval;

	if (hour->known && hour->number == number)
		return hour->interval;
	interval = interval_searched(zone, seconds);
	hour->known = interval_searched(zone, number * HOUR_SECONDS) ==
		      interval_searched(zone, (number + 1) * HOUR_SECONDS - 1);
	hour->number = number;
	hour->interval = interval;
	return interval;
}

static inline gint32 offset_of(const struct zone *zone, int interval)
{
	return g_time_zone_get_offset(zone->data, interval);
}

/* The name may come from the data, and GLib makes a path of it. In the zone database what is a zone
 * begins with a capital; "localtime", this machine's own zone, its tables and the zones with leap
 * seconds do not. "UTC+1" is none, and for GLib as for POSIX an hour behind UTC, not ahead. */
static gboolean plausible(const char *name)
{
	static const char letters[] = G_CSET_A_2_Z G_CSET_a_2_z "0123456789_+-/";
	size_t length = strspn(name, letters);

	return g_ascii_isupper(*name) && name[length] == '\0' &&
	       (strchr(name, '/') || !g_ascii_isdigit(name[length - 1]));
}

struct zone *zone_new(const char *name, GError **error)
{
	g_autoptr(GTimeZone) data = NULL;
	struct zone *zone;

	if (name == NULL)
		return g_new0(struct zone, 1);
	if (plausible(name))
		data = g_time_zone_new_identifier(name);
	if (data == NULL) {
		g_autofree char *shown = terminal_escape(slice_of(name));

		error_failed(error, "%s: not a time zone; one is called like Europe/Berlin", shown);
		return NULL;
	}
	zone = g_malloc0(sizeof(struct zone) + (LAST_DAY - FIRST_DAY + 1) * sizeof(struct day));
	zone->name = g_strdup(name);
	zone->data = g_steal_pointer(&data);
	zone->typical_offset = offset_of(
		zone, interval_at(zone, utc_midnight((FIRST_DAY + LAST_DAY) / 2)));
	return zone;
}

void zone_free(struct zone *zone)
{
	if (zone == NULL)
		return;
	if (zone->data)
		g_time_zone_unref(zone->data);
	g_free(zone->name);
	g_free(zone);
}

const char *zone_name(const struct zone *zone)
{
	return zone->name;
}

/* The first instant of an interval that begins after `low` and not after `high`. */
static gint64 interval_start(struct zone *zone, int interval, gint64 low, gint64 high)
{
	while (high - low > 1) {
		gint64 middle = low + (high - low) / 2;

		if (interval_at(zone, middle) < interval)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* The instant after which the clock never again shows a date before this one. No offset reaches a
 * day, so the intervals that matter lie within a day of the same midnight in UTC. */
static gint64 changed_start(struct zone *zone, gint32 day)
{
	gint64 midnight = utc_midnight(day);
	gint64 low = midnight - DAY_SECONDS, high = midnight + DAY_SECONDS;
	int first = interval_at(zone, low);

	for (int i = interval_at(zone, high); i >= first; i--) {
		gint64 start = midnight - offset_of(zone, i);
		int there = interval_at(zone, start);

		/* An interval that begins at midnight may have set the clock back to it: the same
		 * date was shown before. */
		if (there == i &&
		    start - 1 + offset_of(zone, interval_at(zone, start - 1)) < midnight)
			return start;
		if (there > i)
			return interval_start(zone, i + 1, low, high);
	}
	return low;
}

static struct day day_made(struct zone *zone, gint32 day)
{
	gint64 midnight = utc_midnight(day);
	int interval = interval_at(zone, midnight - zone->typical_offset);
	gint64 start = midnight - offset_of(zone, interval);

	if (interval_at(zone, start - MARGIN_SECONDS) == interval &&
	    interval_at(zone, start + DAY_SECONDS + MARGIN_SECONDS) == interval)
		return (struct day){ (gint32)(start - midnight), STATE_PLAIN };
	return (struct day){ (gint32)(changed_start(zone, day) - midnight), STATE_CHANGE };
}

static inline struct day day_of(struct zone *zone, gint32 day)
{
	struct day *known;

	if (day < FIRST_DAY || day > LAST_DAY)
		return day_made(zone, day);
	known = &zone->days[day - FIRST_DAY];
	if (known->state == STATE_UNKNOWN)
		*known = day_made(zone, day);
	return *known;
}

static inline gint32 day_number(int year, int month, int day)
{
	/* Years that begin in March have their odd day last. */
	if (month < 3) {
		year--;
		month += 12;
	}
	return 365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day -
	       719469;
}

struct civil zone_day_civil(gint32 day)
{
	/* Counted from 1 March of the year 0; the calendar repeats after 400 years, 146097 days. */
	guint32 count = (guint32)(CLAMP(day, FIRST_SECOND / DAY_SECONDS,
	                                LAST_SECOND / DAY_SECONDS) +
	                          719468);
	guint32 in_cycle = count % 146097;
	guint32 year = (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / 146096) / 365;
	guint32 in_year = in_cycle - (365 * year + year / 4 - year / 100);
	guint32 month = (5 * in_year + 2) / 153;
	struct civil civil = { .day = (int)(in_year - (153 * month + 2) / 5 + 1) };

	civil.month = (int)(month < 10 ? month + 3 : month - 9);
	civil.year = (int)(year + count / 146097 * 400) + (civil.month < 3);
	return civil;
}

int zone_day_weekday(gint32 day)
{
	/* 1970-01-01 was a Thursday. */
	int weekday = (day % 7 + 3) % 7;

	return weekday < 0 ? weekday + 7 : weekday;
}

/* What the printed time would be in UTC. */
static inline gint64 as_utc(const struct civil *civil)
{
	return utc_midnight(day_number(civil->year, civil->month, civil->day)) +
	       civil->hour * 3600 + civil->minute * 60 + civil->second;
}

/* A printed time means an instant under every offset that is in force at that very instant. Where
 * there is none the last offset that has ended by then counts. */
static gint64 changed_seconds(struct zone *zone, gint64 printed, gboolean late)
{
	int last = interval_at(zone, printed + DAY_SECONDS);
	gint64 skipped = printed, found = 0;
	gboolean any = FALSE;

	for (int i = interval_at(zone, printed - DAY_SECONDS); i <= last; i++) {
		gint64 seconds = printed - offset_of(zone, i);
		int there = interval_at(zone, seconds);

		if (there == i && (late || !any)) {
			found = seconds;
			any = TRUE;
		}
		if (there > i)
			skipped = seconds;
	}
	return any ? found : skipped;
}

static inline gint64 seconds_of(struct zone *zone, const struct civil *civil, gboolean late)
{
	gint64 printed = as_utc(civil);
	struct day day;

	if (zone->data == NULL)
		return printed;
	day = day_of(zone, (gint32)floor_days(printed));
	return day.state == STATE_PLAIN ? printed + day.shift
	                                : changed_seconds(zone, printed, late);
}

gint64 zone_seconds(struct zone *zone, const struct civil *civil)
{
	return seconds_of(zone, civil, FALSE);
}

gint64 zone_seconds_late(struct zone *zone, const struct civil *civil)
{
	return seconds_of(zone, civil, TRUE);
}

gboolean zone_day_plain(struct zone *zone, gint32 day)
{
	return zone->data == NULL || day_of(zone, day).state == STATE_PLAIN;
}

gint64 zone_day_start(struct zone *zone, gint32 day)
{
	return utc_midnight(day) + (zone->data ? day_of(zone, day).shift : 0);
}

gint32 zone_day(struct zone *zone, gint64 seconds)
{
	gint64 inside = CLAMP(seconds, FIRST_SECOND, LAST_SECOND);
	gint32 day = (gint32)floor_days(inside + zone->typical_offset);

	if (zone->data == NULL)
		return day;
	while (inside < zone_day_start(zone, day))
		day--;
	while (inside >= zone_day_start(zone, day + 1))
		day++;
	return day;
}

static struct civil civil_of(gint64 printed)
{
	gint64 day = floor_days(printed);
	int rest = (int)(printed - day * DAY_SECONDS);
	struct civil civil = zone_day_civil((gint32)day);

	civil.hour = rest / 3600;
	civil.minute = rest / 60 % 60;
	civil.second = rest % 60;
	return civil;
}

struct civil zone_civil(struct zone *zone, gint64 seconds)
{
	gint64 inside = CLAMP(seconds, FIRST_SECOND, LAST_SECOND);
	struct day day;

	if (zone->data == NULL)
		return civil_of(inside);
	day = day_of(zone, zone_day(zone, inside));
	if (day.state == STATE_PLAIN)
		return civil_of(inside - day.shift);
	return civil_of(inside + offset_of(zone, interval_at(zone, inside)));
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/zone.h"

enum { HOUR = 3600, DAY = 86400 };

/* A printed time "2017-10-15T00:30:00". */
static struct civil parsed(const char *text)
{
	struct civil civil;

	ck_assert_msg(sscanf(text, "%d-%d-%dT%d:%d:%d", &civil.year, &civil.month, &civil.day,
	                     &civil.hour, &civil.minute, &civil.second) == 6,
	              "%s", text);
	return civil;
}

static void print(struct civil civil, char *text, size_t size)
{
	snprintf(text, size, "%04d-%02d-%02dT%02d:%02d:%02d", civil.year, civil.month, civil.day,
	         civil.hour, civil.minute, civil.second);
}

static void assert_civil(struct civil civil, const char *expected)
{
	char text[80];

	print(civil, text, sizeof(text));
	ck_assert_str_eq(text, expected);
}

/* An assertion of Check writes to a file even when it holds: too slow for a million of them. */
static void require(gboolean holds, const struct zone *zone, gint64 seconds)
{
	if (!holds)
		ck_abort_msg("%s at %" G_GINT64_FORMAT,
		             zone_name(zone) ? zone_name(zone) : "floating", seconds);
}

static gboolean same(struct civil a, struct civil b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;
}

START_TEST(a_floating_time_is_taken_as_printed)
{
	static const struct {
		const char *text;
		gint64 seconds;
	} rows[] = {
		{ "1970-01-01T00:00:00", 0 },
		{ "1990-01-01T00:00:00", 631152000 },
		{ "2000-02-29T12:34:56", 951827696 },
		{ "2025-03-30T02:30:00", 1743301800 },
		{ "2100-02-28T23:59:59", 4107542399 },
		{ "2100-03-01T00:00:00", 4107542400 },
		{ "2100-12-31T23:59:59", 4133980799 },
		{ "1969-12-31T23:59:59", -1 },
		{ "1900-03-01T00:00:00", -2203891200 },
		{ "0001-01-01T00:00:00", -62135596800 },
		{ "9999-12-31T23:59:59", 253402300799 },
	};
	struct zone *zone = zone_new(NULL, NULL);

	ck_assert_ptr_null(zone_name(zone));
	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct civil civil = parsed(rows[i].text);

		ck_assert_int_eq(zone_seconds(zone, &civil), rows[i].seconds);
		ck_assert_int_eq(zone_seconds_late(zone, &civil), rows[i].seconds);
		assert_civil(zone_civil(zone, rows[i].seconds), rows[i].text);
	}
	zone_free(zone);
}
END_TEST

START_TEST(every_day_follows_the_day_before)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	struct zone *zone = zone_new(NULL, NULL);
	struct civil civil = parsed("1890-01-01T00:00:00");
	gint32 day = (gint32)(zone_seconds(zone, &civil) / DAY);
	int weekday = 2; /* a Wednesday */

	for (; civil.year < 2210; day++) {
		gboolean leap = (civil.year % 4 == 0 && civil.year % 100 != 0) ||
		                civil.year % 400 == 0;
		int length = lengths[civil.month - 1] + (leap && civil.month == 2);
		gboolean right = same(zone_day_civil(day), civil) &&
		                 zone_day_weekday(day) == weekday &&
		                 zone_day(zone, (gint64)day * DAY + 12345) == day &&
		                 zone_seconds(zone, &civil) == (gint64)day * DAY &&
		                 zone_day_start(zone, day) == (gint64)day * DAY;

		require(right, zone, (gint64)day * DAY);
		weekday = (weekday + 1) % 7;
		civil.day++;
		if (civil.day > length) {
			civil.day = 1;
			civil.month++;
		}
		if (civil.month > 12) {
			civil.month = 1;
			civil.year++;
		}
	}
	zone_free(zone);
}
END_TEST

START_TEST(a_day_before_the_epoch_has_a_weekday)
{
	ck_assert_int_eq(zone_day_weekday(0), 3);
	ck_assert_int_eq(zone_day_weekday(-1), 2);
	ck_assert_int_eq(zone_day_weekday(-4), 6);
	ck_assert_int_eq(zone_day_weekday(-7), 3);
	ck_assert_int_eq(zone_day_weekday(G_MAXINT32), (int)(((gint64)G_MAXINT32 + 3) % 7));
}
END_TEST

/* In these rows, from the zone database: a printed time, its first and its second meaning. */
START_TEST(a_printed_time_on_a_change_day_has_the_documented_meanings)
{
	static const struct {
		const char *zone, *text;
		gint64 first, late;
	} rows[] = {
		/* forward 02:00 → 03:00 at 1743296400 */
		{ "Europe/Berlin", "2025-03-30T00:00:00", 1743289200, 1743289200 },
		{ "Europe/Berlin", "2025-03-30T01:59:59", 1743296399, 1743296399 },
		{ "Europe/Berlin", "2025-03-30T02:30:00", 1743298200, 1743298200 },
		{ "Europe/Berlin", "2025-03-30T03:00:00", 1743296400, 1743296400 },
		/* back 03:00 → 02:00 at 1761440400 */
		{ "Europe/Berlin", "2025-10-26T01:59:59", 1761436799, 1761436799 },
		{ "Europe/Berlin", "2025-10-26T02:00:00", 1761436800, 1761440400 },
		{ "Europe/Berlin", "2025-10-26T02:59:59", 1761440399, 1761443999 },
		{ "Europe/Berlin", "2025-10-26T03:00:00", 1761444000, 1761444000 },
		/* forward 00:00 → 01:00 at 1508036400, back 00:00 → 23:00 at 1518919200 */
		{ "America/Sao_Paulo", "2017-10-14T23:59:59", 1508036399, 1508036399 },
		{ "America/Sao_Paulo", "2017-10-15T00:30:00", 1508038200, 1508038200 },
		{ "America/Sao_Paulo", "2017-10-15T01:00:00", 1508036400, 1508036400 },
		{ "America/Sao_Paulo", "2018-02-17T23:30:00", 1518917400, 1518921000 },
		{ "America/Sao_Paulo", "2018-02-18T00:00:00", 1518922800, 1518922800 },
		/* half an hour: back 02:00 → 01:30 at 1743865200, forward at 1759591800 */
		{ "Australia/Lord_Howe", "2025-04-06T01:29:59", 1743863399, 1743863399 },
		{ "Australia/Lord_Howe", "2025-04-06T01:30:00", 1743863400, 1743865200 },
		{ "Australia/Lord_Howe", "2025-04-06T02:00:00", 1743867000, 1743867000 },
		{ "Australia/Lord_Howe", "2025-10-05T02:15:00", 1759592700, 1759592700 },
		{ "Australia/Lord_Howe", "2025-10-05T02:30:00", 1759591800, 1759591800 },
		/* the whole of 2011-12-30 skipped, at 1325239200 */
		{ "Pacific/Apia", "2011-12-29T23:59:59", 1325239199, 1325239199 },
		{ "Pacific/Apia", "2011-12-30T12:00:00", 1325282400, 1325282400 },
		{ "Pacific/Apia", "2011-12-31T00:00:00", 1325239200, 1325239200 },
		/* back 00:01 → 23:01 of the day before at 1194143460: both dates twice */
		{ "America/St_Johns", "2007-11-03T23:30:00", 1194141600, 1194145200 },
		{ "America/St_Johns", "2007-11-04T00:00:30", 1194143430, 1194147030 },
		{ "America/St_Johns", "2007-11-04T00:01:00", 1194147060, 1194147060 },
		/* summer time after the last change that the zone database lists one by one */
		{ "Europe/Berlin", "2080-07-01T12:00:00", 3487053600, 3487053600 },
		{ "Europe/Berlin", "2100-01-15T12:00:00", 4103694000, 4103694000 },
		{ "Asia/Kolkata", "2025-01-01T00:00:00", 1735669800, 1735669800 },
		{ "UTC", "2025-01-01T00:00:00", 1735689600, 1735689600 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct zone *zone = zone_new(rows[i].zone, NULL);
		struct civil civil = parsed(rows[i].text);
		gint64 first = zone_seconds(zone, &civil), late = zone_seconds_late(zone, &civil);

		ck_assert_msg(first == rows[i].first, "%s %s is off by %" G_GINT64_FORMAT,
		              rows[i].zone, rows[i].text, first - rows[i].first);
		ck_assert_msg(late == rows[i].late, "%s %s, late, is off by %" G_GINT64_FORMAT,
		              rows[i].zone, rows[i].text, late - rows[i].late);
		zone_free(zone);
	}
}
END_TEST

START_TEST(a_change_day_begins_when_its_date_does)
{
	static const struct {
		const char *zone, *date;
		gint64 start, length;
	} rows[] = {
		{ "Europe/Berlin", "2025-03-30T00:00:00", 1743289200, 23 * HOUR },
		{ "Europe/Berlin", "2025-10-26T00:00:00", 1761429600, 25 * HOUR },
		{ "Europe/Berlin", "2025-07-01T00:00:00", 1751320800, 24 * HOUR },
		{ "America/Sao_Paulo", "2017-10-15T00:00:00", 1508036400, 23 * HOUR },
		{ "America/Sao_Paulo", "2018-02-17T00:00:00", 1518832800, 25 * HOUR },
		{ "Australia/Lord_Howe", "2025-04-06T00:00:00", 1743858000, 24 * HOUR + HOUR / 2 },
		{ "Australia/Lord_Howe", "2025-10-05T00:00:00", 1759584600, 24 * HOUR - HOUR / 2 },
		{ "Pacific/Apia", "2011-12-29T00:00:00", 1325152800, 24 * HOUR },
		{ "Pacific/Apia", "2011-12-30T00:00:00", 1325239200, 0 },
		{ "Pacific/Apia", "2011-12-31T00:00:00", 1325239200, 24 * HOUR },
		{ "America/St_Johns", "2007-11-03T00:00:00", 1194057000, 25 * HOUR },
		{ "America/St_Johns", "2007-11-04T00:00:00", 1194147000, 24 * HOUR },
		/* back 01:00 → 00:00 of the same day: midnight twice, the date from the first on */
		{ "America/Havana", "2026-10-31T00:00:00", 1793419200, 24 * HOUR },
		{ "America/Havana", "2026-11-01T00:00:00", 1793505600, 25 * HOUR },
		{ "Atlantic/Azores", "2025-10-25T00:00:00", 1761350400, 24 * HOUR },
		{ "Atlantic/Azores", "2025-10-26T00:00:00", 1761436800, 25 * HOUR },
		/* back 00:00 → 23:00 of the day before, forward 00:00 → 01:00 */
		{ "Asia/Beirut", "2025-10-25T00:00:00", 1761339600, 25 * HOUR },
		{ "Asia/Beirut", "2025-03-30T00:00:00", 1743285600, 23 * HOUR },
	};
	struct zone *floating = zone_new(NULL, NULL);

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct zone *zone = zone_new(rows[i].zone, NULL);
		struct civil date = parsed(rows[i].date);
		gint32 day = (gint32)(zone_seconds(floating, &date) / DAY);
		gint64 start = zone_day_start(zone, day);

		ck_assert_msg(start == rows[i].start, "%s %s begins %" G_GINT64_FORMAT " s late",
		              rows[i].zone, rows[i].date, start - rows[i].start);
		ck_assert_int_eq(zone_day_start(zone, day + 1) - start, rows[i].length);
		zone_free(zone);
	}
	zone_free(floating);
}
END_TEST

static const char *const sampled_zones[] = {
	"UTC",
	"Europe/Berlin",
	"Europe/London",
	"Europe/Dublin",
	"America/New_York",
	"America/Sao_Paulo",
	"America/St_Johns",
	"America/Havana",
	"America/Caracas",
	"Asia/Tehran",
	"Asia/Kolkata",
	"Asia/Kathmandu",
	"Asia/Pyongyang",
	"Asia/Gaza",
	"Asia/Beirut",
	"Atlantic/Azores",
	"Australia/Lord_Howe",
	"Australia/Sydney",
	"Africa/Casablanca",
	"Africa/Cairo",
	"Pacific/Apia",
	"Pacific/Kwajalein",
	"Pacific/Kiritimati",
	"Pacific/Chatham",
	"Pacific/Marquesas",
	"Antarctica/Troll",
	"Antarctica/Casey",
	"Antarctica/Vostok",
	"America/Godthab",
	"Etc/GMT+12",
	"EST5EDT",
};

static struct civil civil_by_glib(GTimeZone *data, gint64 seconds)
{
	g_autoptr(GDateTime) utc = g_date_time_new_from_unix_utc(seconds);
	g_autoptr(GDateTime) local = g_date_time_to_timezone(utc, data);

	return (struct civil){
		g_date_time_get_year(local),         g_date_time_get_month(local),
		g_date_time_get_day_of_month(local), g_date_time_get_hour(local),
		g_date_time_get_minute(local),       g_date_time_get_second(local),
	};
}

/* The time is GLib's; back again, it is one of the meanings of what is printed, which all print the
 * same. */
static void require_instant(struct zone *zone, GTimeZone *data, gint64 seconds)
{
	struct civil expected = civil_by_glib(data, seconds);
	gint64 first = zone_seconds(zone, &expected), late = zone_seconds_late(zone, &expected);

	require(same(zone_civil(zone, seconds), expected), zone, seconds);
	require(first <= seconds && seconds <= late, zone, seconds);
	require(same(zone_civil(zone, first), expected), zone, seconds);
	require(same(zone_civil(zone, late), expected), zone, seconds);
}

/* Its day holds the instant and has its date, unless the clock goes back over midnight later that
 * night. */
static void require_day(struct zone *zone, gint64 seconds)
{
	gint32 day = zone_day(zone, seconds);
	struct civil civil = zone_civil(zone, seconds);
	struct civil date = { civil.year, civil.month, civil.day, 0, 0, 0 };

	require(zone_day_start(zone, day) <= seconds, zone, seconds);
	require(seconds < zone_day_start(zone, day + 1), zone, seconds);
	if (same(zone_day_civil(day), date))
		return;
	require(same(zone_day_civil(day + 1), date), zone, seconds);
	require(zone_seconds_late(zone, &civil) > seconds, zone, seconds);
}

START_TEST(ordinary_days_agree_with_glib)
{
	const char *name = sampled_zones[_i];
	struct zone *zone = zone_new(name, NULL);
	g_autoptr(GTimeZone) data = g_time_zone_new_identifier(name);

	/* 1989 to 2101, at a different time each day. */
	for (gint64 seconds = 599616000; seconds < 4165516800; seconds += 3 * DAY + 4507) {
		require_instant(zone, data, seconds);
		require_day(zone, seconds);
	}
	zone_free(zone);
}
END_TEST

START_TEST(the_days_around_each_change_agree_with_glib)
{
	const char *name = sampled_zones[_i];
	struct zone *zone = zone_new(name, NULL);
	g_autoptr(GTimeZone) data = g_time_zone_new_identifier(name);
	int before = g_time_zone_find_interval(data, G_TIME_TYPE_UNIVERSAL, 599616000);

	for (gint64 seconds = 599616000 + DAY; seconds < 4165516800; seconds += DAY) {
		int interval = g_time_zone_find_interval(data, G_TIME_TYPE_UNIVERSAL, seconds);

		if (interval == before)
			continue;
		before = interval;
		for (gint64 near = seconds - 2 * DAY; near < seconds + DAY; near += 1800) {
			require_instant(zone, data, near);
			require_instant(zone, data, near - 1);
			require_day(zone, near);
			require_day(zone, near - 1);
		}
	}
	zone_free(zone);
}
END_TEST

START_TEST(instants_far_from_now_agree_with_glib)
{
	static const gint64 instants[] = {
		-62135500000, -30000000000, -2208988800, -1,         0,          1,
		631151999,    631152000,    4133894400,  4133980799, 4133980800, 4134067200,
		32503680000,  253402200000,
	};

	for (size_t i = 0; i < G_N_ELEMENTS(sampled_zones); i++) {
		struct zone *zone = zone_new(sampled_zones[i], NULL);
		g_autoptr(GTimeZone) data = g_time_zone_new_identifier(sampled_zones[i]);

		for (size_t j = 0; j < G_N_ELEMENTS(instants); j++) {
			require_instant(zone, data, instants[j]);
			require_day(zone, instants[j]);
		}
		zone_free(zone);
	}
}
END_TEST

START_TEST(an_instant_out_of_all_years_is_the_nearest_inside)
{
	static const char *const names[] = { NULL, "Asia/Kolkata", "America/New_York" };

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		struct zone *zone = zone_new(names[i], NULL);
		struct civil first = zone_civil(zone, -62135596800),
			     last = zone_civil(zone, 253402300799);
		struct civil low = zone_civil(zone, G_MININT64),
			     high = zone_civil(zone, G_MAXINT64);

		ck_assert_mem_eq(&low, &first, sizeof(first));
		ck_assert_mem_eq(&high, &last, sizeof(last));
		ck_assert_int_eq(zone_day(zone, G_MININT64), zone_day(zone, -62135596800));
		ck_assert_int_eq(zone_day(zone, G_MAXINT64), zone_day(zone, 253402300799));
		zone_free(zone);
	}
}
END_TEST

START_TEST(a_name_that_is_not_a_zone_is_refused)
{
	static const char *const rows[] = {
		"",
		"Europe",
		"Europe/",
		"Europe/Nowhere",
		"europe berlin",
		"/etc/localtime",
		"localtime",
		"posix/localtime",
		"../zoneinfo/UTC",
		"Europe/../UTC",
		":UTC",
		"zone.tab",
		"leapseconds",
		"right/UTC",
		"+01:00",
		"01:00",
		"EST5EDT,M3.2.0,M11.1.0",
		"UTC+1",
		"GMT-5",
		"EST5",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;
		g_autofree char *expected = g_strconcat(
			rows[i], ": not a time zone; one is called like Europe/Berlin", NULL);

		ck_assert_msg(zone_new(rows[i], &error) == NULL, "%s", rows[i]);
		ck_assert(g_error_matches(error, error_quark(), ERROR_FAILED));
		ck_assert_str_eq(error->message, expected);
	}
}
END_TEST

START_TEST(a_zone_keeps_its_name)
{
	struct zone *zone = zone_new("Europe/Berlin", NULL);

	ck_assert_str_eq(zone_name(zone), "Europe/Berlin");
	zone_free(zone);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("zone");
	TCase *tcase = tcase_create("zone");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_set_timeout(tcase, 60);
	tcase_add_test(tcase, a_floating_time_is_taken_as_printed);
	tcase_add_test(tcase, every_day_follows_the_day_before);
	tcase_add_test(tcase, a_day_before_the_epoch_has_a_weekday);
	tcase_add_test(tcase, a_printed_time_on_a_change_day_has_the_documented_meanings);
	tcase_add_test(tcase, a_change_day_begins_when_its_date_does);
	tcase_add_loop_test(tcase, ordinary_days_agree_with_glib, 0, G_N_ELEMENTS(sampled_zones));
	tcase_add_loop_test(tcase, the_days_around_each_change_agree_with_glib, 0,
	                    G_N_ELEMENTS(sampled_zones));
	tcase_add_test(tcase, instants_far_from_now_agree_with_glib);
	tcase_add_test(tcase, an_instant_out_of_all_years_is_the_nearest_inside);
	tcase_add_test(tcase, a_name_that_is_not_a_zone_is_refused);
	tcase_add_test(tcase, a_zone_keeps_its_name);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

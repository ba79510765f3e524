/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/zone_guess.h"

#include <stdlib.h>

#include "fixture_jobs.h"

static struct zone *floating;
static struct zone_guess *guess;

static void setup(void)
{
	floating = zone_new(NULL, NULL);
	guess = zone_guess_new();
}

static void teardown(void)
{
	zone_guess_free(guess);
	zone_free(floating);
}

/* A job that ran from one instant, as a clock in that zone showed it. */
static void run(struct zone *zone, gint64 start, gint64 seconds)
{
	struct civil from = zone_civil(zone, start), to = zone_civil(zone, start + seconds);
	struct job job = job_on("c1", 1, 1);
	job.start = zone_seconds(floating, &from);
	job.end_printed = zone_seconds(floating, &to);
	job.elapsed_seconds = seconds;
	job.end = MAX(job.start, job.end_printed);
	zone_guess_add(guess, &job);
}

#define Y2026 G_GINT64_CONSTANT(1767225600)

/* A year of jobs, one that began every five hours and ran for twelve and a bit. */
static void run_year(const char *name)
{
	struct zone *zone = zone_new(name, NULL);
	for (gint64 at = Y2026; at < Y2026 + 365 * DAY; at += 5 * HOUR)
		run(zone, at, 12 * HOUR + at % 1000);
	zone_free(zone);
}

static const struct {
	const char *zone, *guessed;
} years[] = {
	{ "Europe/London", "Europe/London" },
	{ "Europe/Paris", "Europe/Berlin" },
	{ "Europe/Helsinki", "Europe/Athens" },
	{ "America/Los_Angeles", "America/New_York" },
	{ "America/Santiago", "America/Santiago" },
	{ "Australia/Melbourne", "Australia/Sydney" },
	{ "Australia/Lord_Howe", "Australia/Lord_Howe" },
	{ "Pacific/Auckland", "Pacific/Auckland" },
	{ "Asia/Jerusalem", "Asia/Jerusalem" },
	{ "Africa/Cairo", "Africa/Cairo" },
	{ "UTC", "" },
	{ "Asia/Tokyo", "" },
};

START_TEST(a_year_of_long_jobs_tells_the_rule_of_its_zone)
{
	run_year(years[_i].zone);
	g_auto(GStrv) zones = zone_guess_zones(guess);
	g_autofree char *all = g_strjoinv(" ", zones);
	/* Jobs that begin and end far from a change do not tell zones apart that change at one
	 * instant. */
	ck_assert_msg(*years[_i].guessed ? strstr(all, years[_i].guessed) != NULL : *all == '\0',
	              "%s: %s", years[_i].zone, all);
	ck_assert_uint_le(g_strv_length(zones), 4);
}
END_TEST

/* Start, End, elapsed time, and what is said. */
static const struct {
	const char *start, *end;
	gint64 elapsed_seconds;
	const char *words;
} cases[] = {
	/* the last Sunday of October: the hour from two to three comes twice */
	{ "2026-10-25 02:45:00", "2026-10-25 02:15:00", 1800,
	  "clocks changed on 2026-10-25: a zone such as Europe/Berlin (central Europe)" },
	{ "2026-10-25 01:45:00", "2026-10-25 01:15:00", 1800,
	  "clocks changed on 2026-10-25: a zone such as Europe/London (western Europe) or Asia/Jerusalem (Israel)" },
	/* the first Sunday of November, and the second of March, at two */
	{ "2026-11-01 00:30:00", "2026-11-01 03:30:00", 4 * HOUR,
	  "clocks changed on 2026-11-01: a zone such as America/New_York (the United States and Canada)" },
	{ "2026-03-08 01:45:00", "2026-03-08 03:15:00", 1800,
	  "clocks changed on 2026-03-08: a zone such as America/New_York (the United States and Canada)" },
	/* the first Sunday of October in the south; half an hour */
	{ "2026-10-04 01:45:00", "2026-10-04 03:15:00", 1800,
	  "clocks changed on 2026-10-04: a zone such as Australia/Sydney (south-eastern Australia)" },
	{ "2026-10-04 01:45:00", "2026-10-04 02:45:00", 1800,
	  "clocks changed on 2026-10-04: a zone such as Australia/Lord_Howe (Lord Howe Island)" },
	/* a day on which nobody's clock changes */
	{ "2026-06-14 01:45:00", "2026-06-14 03:15:00", 5400,
	  "no job crosses a clock change: the zone cannot be told" },
	{ "2026-06-14 01:45:00", "2026-06-14 03:15:00", 1800,
	  "no job crosses a clock change: the zone cannot be told" },
	/* just another length: it was suspended */
	{ "2026-10-25 01:00:00", "2026-10-25 09:00:00", 1234,
	  "no job crosses a clock change: the zone cannot be told" },
	/* an hour that is skipped in one zone, and printed */
	{ "2026-03-08 02:10:00", "2026-03-08 02:20:00", 600,
	  "clocks did not change as in America/New_York (the United States and Canada): UTC is possible" },
};

static gint64 seconds_of(const char *text)
{
	gint64 seconds;
	ck_assert(value_time(slice_of(text), floating, FALSE, &seconds, NULL));
	return seconds;
}

static void print(const char *start, const char *end, gint64 elapsed_seconds)
{
	struct job job = job_on("c1", 1, 1);
	job.start = seconds_of(start);
	job.end_printed = seconds_of(end);
	job.end = MAX(job.start, job.end_printed);
	job.elapsed_seconds = elapsed_seconds;
	zone_guess_add(guess, &job);
}

START_TEST(one_job_tells_what_it_can)
{
	print(cases[_i].start, cases[_i].end, cases[_i].elapsed_seconds);
	g_autofree char *words = zone_guess_words(guess);
	ck_assert_str_eq(words, cases[_i].words);
}
END_TEST

START_TEST(two_changes_are_both_named)
{
	print("2026-10-25 02:45:00", "2026-10-25 02:15:00", 1800);
	print("2026-03-29 01:45:00", "2026-03-29 03:15:00", 1800);
	g_autofree char *words = zone_guess_words(guess);
	ck_assert_str_eq(words, "clocks changed on 2026-03-29 … 2026-10-25: a zone such as "
	                        "Europe/Berlin (central Europe)");
}
END_TEST

START_TEST(a_year_without_changes_is_said_to_have_none)
{
	run_year("UTC");
	g_autofree char *words = zone_guess_words(guess);
	ck_assert_str_eq(words, "clocks did not change: UTC, or another zone without summer time");
}
END_TEST

START_TEST(one_suspended_job_makes_no_zone_of_utc)
{
	struct zone *utc = zone_new("UTC", NULL);
	for (gint64 at = Y2026; at < Y2026 + 365 * DAY; at += 5 * HOUR)
		run(utc, at, 12 * HOUR);
	print("2026-03-29 00:00:00", "2026-03-29 08:00:00", 7 * HOUR);
	g_auto(GStrv) zones = zone_guess_zones(guess);
	ck_assert_uint_eq(g_strv_length(zones), 0);
	zone_free(utc);
}
END_TEST

START_TEST(slices_of_two_zones_disagree)
{
	run_year("Europe/Berlin");
	run_year("America/New_York");
	g_auto(GStrv) zones = zone_guess_zones(guess);
	g_autofree char *words = zone_guess_words(guess);
	ck_assert_uint_eq(g_strv_length(zones), 0);
	ck_assert_str_eq(words, "jobs disagree on when clocks changed: the zone cannot be told");
}
END_TEST

START_TEST(a_job_that_has_not_ended_tells_nothing)
{
	struct job job = job_on("c1", 1, 1);
	job.start = seconds_of("2026-10-25 01:00:00");
	job.end = job.end_printed = VALUE_UNKNOWN;
	zone_guess_add(guess, &job);
	g_autofree char *words = zone_guess_words(guess);
	ck_assert_str_eq(words, "no job crosses a clock change: the zone cannot be told");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("zone_guess");
	TCase *all = tcase_create("all");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_loop_test(all, a_year_of_long_jobs_tells_the_rule_of_its_zone, 0,
	                    G_N_ELEMENTS(years));
	tcase_add_loop_test(all, one_job_tells_what_it_can, 0, G_N_ELEMENTS(cases));
	tcase_add_test(all, two_changes_are_both_named);
	tcase_add_test(all, a_year_without_changes_is_said_to_have_none);
	tcase_add_test(all, one_suspended_job_makes_no_zone_of_utc);
	tcase_add_test(all, slices_of_two_zones_disagree);
	tcase_add_test(all, a_job_that_has_not_ended_tells_nothing);
	suite_add_tcase(suite, all);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

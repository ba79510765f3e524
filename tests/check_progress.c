/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <string.h>

#include "base/progress.h"

enum { INTERVAL_USEC = 200 * 1000 };

static void collect(const char *line, void *data)
{
	g_ptr_array_add(data, g_strdup(line ? line : "over"));
}

static const char *line(const GPtrArray *lines, guint n)
{
	ck_assert_uint_lt(n, lines->len);
	return lines->pdata[n];
}

START_TEST(a_short_read_only_ends)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	gint64 start_usec = g_get_monotonic_time();
	struct progress *progress = progress_new("Reading", 100, collect, lines);

	for (int i = 0; i < 100; i++)
		progress_add(progress, 1);
	progress_free(progress);
	if (g_get_monotonic_time() - start_usec < INTERVAL_USEC)
		ck_assert_uint_eq(lines->len, 1);
	ck_assert_str_eq(line(lines, lines->len - 1), "over");
}
END_TEST

START_TEST(a_long_read_tells_share_speed_and_time_left)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	struct progress *progress = progress_new("Reading", 1000 * 1000 * 1000, collect, lines);

	g_usleep(INTERVAL_USEC + 1000);
	progress_add(progress, 990 * 1000 * 1000); /* so much that the rest is seconds, also where
	                                              the machine paused */
	ck_assert(g_str_has_prefix(line(lines, 0), "Reading: 99 %, "));
	ck_assert_ptr_nonnull(strstr(line(lines, 0), " MB/s, "));
	ck_assert(g_str_has_suffix(line(lines, 0), " s left"));
	progress_free(progress);
}
END_TEST

START_TEST(a_slow_read_has_minutes_left)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	struct progress *progress = progress_new("Reading", 1000 * 1000, collect, lines);

	g_usleep(INTERVAL_USEC + 1000);
	progress_add(progress, 100);
	ck_assert(g_str_has_suffix(line(lines, 0), " min left"));
	progress_free(progress);
}
END_TEST

START_TEST(without_a_total_there_is_no_share)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	struct progress *progress = progress_new("Reading", 0, collect, lines);

	g_usleep(INTERVAL_USEC + 1000);
	progress_add(progress, 310 * 1000 * 1000);
	ck_assert(g_str_has_prefix(line(lines, 0), "Reading: 310 MB, "));
	ck_assert(g_str_has_suffix(line(lines, 0), " MB/s"));
	progress_free(progress);
}
END_TEST

START_TEST(a_file_that_grows_is_never_more_than_read)
{
	g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
	struct progress *progress = progress_new("Reading", 10, collect, lines);

	g_usleep(INTERVAL_USEC + 1000);
	progress_add(progress, 20);
	ck_assert(g_str_has_prefix(line(lines, 0), "Reading: 100 %, "));
	progress_free(progress);
}
END_TEST

START_TEST(a_silent_progress_prints_nothing)
{
	struct progress *progress = progress_new("Reading", 10, NULL, NULL);

	g_usleep(INTERVAL_USEC + 1000);
	progress_add(progress, 5);
	progress_free(progress);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("progress");
	TCase *tcase = tcase_create("progress");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, a_short_read_only_ends);
	tcase_add_test(tcase, a_long_read_tells_share_speed_and_time_left);
	tcase_add_test(tcase, a_slow_read_has_minutes_left);
	tcase_add_test(tcase, without_a_total_there_is_no_share);
	tcase_add_test(tcase, a_file_that_grows_is_never_more_than_read);
	tcase_add_test(tcase, a_silent_progress_prints_nothing);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

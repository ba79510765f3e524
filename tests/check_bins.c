/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "charts/bins.h"

#define HOUR 3600.0
#define NEW_YEAR 1735689600.0 /* 2025-01-01, a Wednesday */

static struct chart *hours(guint count)
{
	struct chart *chart = chart_new(CHART_AREA, "t");
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);

	for (guint i = 0; i < count; i++)
		chart_point_add(series, NEW_YEAR + i * HOUR, i % 24, NULL, NULL);
	return chart;
}

static GArray *points_of(struct chart *chart)
{
	return ((struct chart_series *)g_ptr_array_index(chart->series, 0))->points;
}

START_TEST(few_points_are_left_alone)
{
	struct chart *chart = hours(100);
	const char *span = "?";
	g_autoptr(GArray) bins = bins_new(points_of(chart), 50, TRUE, &span);

	ck_assert_uint_eq(bins->len, 100);
	ck_assert_ptr_null(span);
	ck_assert_double_eq(g_array_index(bins, struct bin, 30).mean, 6);
	chart_free(chart);
}
END_TEST

START_TEST(a_year_of_hours_becomes_days_on_a_wide_chart_and_weeks_on_a_narrow_one)
{
	struct chart *chart = hours(8760);
	const char *daily, *weekly;
	g_autoptr(GArray) days = bins_new(points_of(chart), 640, TRUE, &daily);
	g_autoptr(GArray) weeks = bins_new(points_of(chart), 300, TRUE, &weekly);

	ck_assert_str_eq(daily, "daily");
	ck_assert_uint_eq(days->len, 365);
	ck_assert_str_eq(weekly, "weekly");
	ck_assert_uint_eq(weeks->len, 53);
	chart_free(chart);
}
END_TEST

START_TEST(a_bin_knows_mean_peak_and_middle)
{
	struct chart *chart = hours(8760);
	const char *span;
	g_autoptr(GArray) bins = bins_new(points_of(chart), 640, TRUE, &span);
	const struct bin *bin = &g_array_index(bins, struct bin, 200);

	ck_assert_double_eq_tol(bin->mean, 11.5, 1e-9);
	ck_assert_double_eq(bin->high, 23);
	ck_assert_double_eq_tol(bin->x, NEW_YEAR + 200 * 24 * HOUR + 11.5 * HOUR, 1e-3);
	chart_free(chart);
}
END_TEST

START_TEST(an_outline_keeps_ends_and_extremes)
{
	struct chart *chart = hours(8760);
	GArray *points = points_of(chart);
	g_autoptr(GArray) outline = NULL;
	double highest = -1, lowest = 99;

	g_array_index(points, struct chart_point, 5000).y = 77;
	g_array_index(points, struct chart_point, 7000).y = -5;
	outline = bins_outline(points, 500);
	ck_assert_uint_le(outline->len, 4 * 501);
	ck_assert_double_eq(g_array_index(outline, struct canvas_point, 0).x, NEW_YEAR);
	ck_assert_double_eq(g_array_index(outline, struct canvas_point, outline->len - 1).x,
	                    NEW_YEAR + 8759 * HOUR);
	for (guint i = 0; i < outline->len; i++) {
		highest = MAX(highest, g_array_index(outline, struct canvas_point, i).y);
		lowest = MIN(lowest, g_array_index(outline, struct canvas_point, i).y);
		ck_assert(i == 0 || g_array_index(outline, struct canvas_point, i).x >
		                            g_array_index(outline, struct canvas_point, i - 1).x);
	}
	ck_assert_double_eq(highest, 77);
	ck_assert_double_eq(lowest, -5);
	chart_free(chart);
}
END_TEST

START_TEST(no_points_make_no_bins)
{
	struct chart *chart = hours(0);
	const char *span;
	g_autoptr(GArray) bins = bins_new(points_of(chart), 640, TRUE, &span);
	g_autoptr(GArray) outline = bins_outline(points_of(chart), 640);

	ck_assert_uint_eq(bins->len, 0);
	ck_assert_uint_eq(outline->len, 0);
	chart_free(chart);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("bins");
	TCase *tests = tcase_create("bins");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tests);
	tcase_add_test(tests, few_points_are_left_alone);
	tcase_add_test(tests,
	               a_year_of_hours_becomes_days_on_a_wide_chart_and_weeks_on_a_narrow_one);
	tcase_add_test(tests, a_bin_knows_mean_peak_and_middle);
	tcase_add_test(tests, an_outline_keeps_ends_and_extremes);
	tcase_add_test(tests, no_points_make_no_bins);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

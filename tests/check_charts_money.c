/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "fixture_charts.h"

#define LONG_ENOUGH 60 /* days: of fewer than 56 no money is shown */

static double at(const struct chart *chart, guint series, guint row)
{
	return g_array_index(((const struct chart_series *)chart->series->pdata[series])->points, struct chart_point, row).y;
}

START_TEST(in_each_scenario_the_ranges_in_the_middle_add_up_to_the_first)
{
	static const char *const scenarios[] = { "low", "expected", "high" };
	struct world world;
	world_init(&world);
	world.days = LONG_ENOUGH;
	fill_plainly(&world);
	struct report *report = report_of(&world);
	const struct chart *chart = find_chart(report, "ranges");
	ck_assert_ptr_nonnull(chart);
	ck_assert_uint_eq(chart->series->len, 3);
	for (guint s = 0; s < 3; s++) {
		const struct chart_series *series = chart->series->pdata[s];
		g_autofree char *total = g_strdup_printf("saving.total.%s", scenarios[s]);
		ck_assert_str_eq(series->label, scenarios[s]);
		ck_assert_uint_eq(series->points->len, 5);
		ck_assert_double_eq_tol(at(chart, s, 1) + at(chart, s, 2) + at(chart, s, 3), at(chart, s, 0), 0.01);
		ck_assert_double_eq(at(chart, s, 0), figures_value(report->figures, total, NAN));
	}
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(where_no_use_is_measured_what_users_hand_back_has_no_range)
{
	struct world world;
	world_init(&world);
	world.days = LONG_ENOUGH;
	add(&world, "user_0001", "group_A", job_on("n1", 1, 10), 0, 240);
	struct report *report = report_of(&world);
	const struct chart *chart = find_chart(report, "ranges");
	ck_assert_ptr_nonnull(chart);
	for (guint s = 0; s < 3; s++) {
		ck_assert_uint_eq(((const struct chart_series *)chart->series->pdata[s])->points->len, 4);
		ck_assert_double_eq_tol(at(chart, s, 1) + at(chart, s, 2), at(chart, s, 0), 0.01);
	}
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(of_a_few_days_no_money_is_drawn)
{
	struct world world;
	world_init(&world);
	fill_plainly(&world);
	struct report *report = report_of(&world);
	ck_assert_ptr_null(find_chart(report, "ranges"));
	ck_assert_ptr_null(find_chart(report, "bridge"));
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(where_the_nodes_are_not_known_there_are_no_ranges)
{
	struct world world;
	world_init(&world);
	world.nodes = NULL;
	world.days = LONG_ENOUGH;
	fill_plainly(&world);
	struct report *report = report_of(&world);
	ck_assert_ptr_null(find_chart(report, "ranges"));
	report_free(report);
	world_clear(&world);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("charts_money");
	TCase *cases = tcase_create("charts_money");
	tcase_add_test(cases, in_each_scenario_the_ranges_in_the_middle_add_up_to_the_first);
	tcase_add_test(cases, where_no_use_is_measured_what_users_hand_back_has_no_range);
	tcase_add_test(cases, where_the_nodes_are_not_known_there_are_no_ranges);
	tcase_add_test(cases, of_a_few_days_no_money_is_drawn);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

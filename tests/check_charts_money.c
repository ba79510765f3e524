/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "fixture_charts.h"
#include "fixture_report.h"

#define LONG_ENOUGH 60 /* days: of fewer than 56 no money is shown */

static double at(const struct chart *chart, guint series, guint row)
{
	return g_array_index(((const struct chart_series *)chart->series->pdata[series])->points,
	                     struct chart_point, row)
	        .y;
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
		ck_assert_double_eq_tol(at(chart, s, 1) + at(chart, s, 2) + at(chart, s, 3),
		                        at(chart, s, 0), 0.01);
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
		ck_assert_uint_eq(
			((const struct chart_series *)chart->series->pdata[s])->points->len, 4);
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

START_TEST(of_several_kinds_of_node_the_cost_curve_says_that_it_has_one)
{
	static const char *const nodes[] = { FOUR_NODES, FOUR_NODES
		                             "NodeName=n5 CPUTot=20 RealMemory=102400\n" };
	for (int more = 0; more < 2; more++) {
		struct world world;
		world_init(&world);
		world.days = LONG_ENOUGH;
		world.nodes = nodes[more];
		fill_plainly(&world);
		struct report *report = report_of(&world);
		const char *says =
			strstr(find_chart(report, "cost-curve")->subtitle,
		               "; of 2 kinds of node only the one that costs most in all");
		ck_assert_int_eq(says != NULL, more);
		report_free(report);
		world_clear(&world);
	}
}
END_TEST

/* What a line across the demand says; NULL: no such line. */
static const char *line_of(const struct report *report, const char *begin)
{
	const struct chart *chart = find_chart(report, "demand");
	for (guint i = 0; i < chart->lines->len; i++) {
		const struct chart_line *line = &g_array_index(chart->lines, struct chart_line, i);
		if (g_str_has_prefix(line->label, begin))
			return line->label;
	}
	return NULL;
}

START_TEST(of_a_few_days_it_is_not_marked_what_is_best_to_own)
{
	for (int few = 0; few < 2; few++) {
		struct world world;
		world_init(&world);
		world.days = few ? world.days : LONG_ENOUGH;
		fill_plainly(&world);
		struct report *report = report_of(&world);
		ck_assert_int_eq(line_of(report, "best to own") != NULL, !few);
		report_free(report);
		world_clear(&world);
	}
}
END_TEST

static const char *second_part(const struct report *report)
{
	const struct chart_series *series = find_chart(report, "ranges")->series->pdata[1];
	return g_array_index(series->points, struct chart_point, 2).label;
}

static void expect_headline(const struct report *report, const char *dataset, const char *begin)
{
	const char *headline = report_dataset(report, dataset)->headline;
	ck_assert_msg(headline && g_str_has_prefix(headline, begin), "%s: %s, not %s", dataset,
	              headline, begin);
}

/* Three of four nodes are always needed; a fourth for twenty hours, for which to rent is
 * cheaper. */
START_TEST(where_nothing_is_rented_nobody_is_told_of_rent)
{
	for (int rents = 0; rents < 2; rents++) {
		struct world world;
		world_init(&world);
		world.days = LONG_ENOUGH;
		job_use_millicores(add(&world, "user_0001", "group_A", job_on("n[1-3]", 3, 30), 0,
		                       LONG_ENOUGH * 24),
		                   30000);
		if (rents)
			job_use_millicores(add(&world, "user_0001", "group_A", job_on("n4", 1, 10),
			                       0, 20),
			                   10000);
		struct report *report = report_of(&world);
		ck_assert_str_eq(second_part(report),
		                 rents ? "Power and support, less rent" : "Power and support");
		ck_assert_str_eq(line_of(report, "best to own"), "best to own: 30");
		expect_headline(report, "choices",
		                rents ? "Owning 3 nodes and renting the rest costs least: "
		                      : "Owning 3 nodes costs least: ");
		ck_assert_str_eq(dataset_cell_in(report_dataset(report, "bridge"), 1, "step")->text,
		                 rents ? "Own fewer, rent peaks" : "Own fewer nodes");
		report_free(report);
		world_clear(&world);
	}
}
END_TEST

/* All nodes are worth owning, or none is, where a machine costs a fiftieth to rent. */
START_TEST(what_is_best_to_own_is_marked_where_it_is_some_of_the_nodes)
{
	for (int rents = 0; rents < 2; rents++) {
		struct world world;
		g_autoptr(GString) prices = g_string_new(PLAIN_PRICES);
		world_init(&world);
		world.days = LONG_ENOUGH;
		if (rents)
			g_string_replace(prices, "[vcpu_hour]\nexpected=1\n",
			                 "[vcpu_hour]\nexpected=0.001\n", 0);
		world.prices = prices->str;
		job_use_millicores(add(&world, "user_0001", "group_A", job_on("n[1-4]", 4, 40), 0,
		                       LONG_ENOUGH * 24),
		                   40000);
		struct report *report = report_of(&world);
		ck_assert_ptr_null(line_of(report, "best to own"));
		ck_assert_str_eq(find_chart(report, "cost-curve")->description,
		                 rents ? "Cost rises with each node that is owned."
		                       : "Cost falls as nodes replace rent, to the last of them.");
		expect_headline(report, "choices",
		                rents ? "Renting nodes for all work costs least: "
		                      : "Owning all 4 nodes costs least: ");
		if (rents)
			ck_assert_str_eq(
				dataset_cell_in(report_dataset(report, "bridge"), 1, "step")->text,
				"Rent nodes for all work");
		report_free(report);
		world_clear(&world);
	}
}
END_TEST

START_TEST(what_is_owned_today_is_marked_in_the_cost_curve)
{
	struct world world;
	world_init(&world);
	world.days = LONG_ENOUGH;
	fill_plainly(&world);
	struct report *report = report_of(&world);
	const struct chart *chart = find_chart(report, "cost-curve");
	ck_assert_str_eq(g_array_index(chart->lines, struct chart_line, 2).label, "owned today: 4");
	ck_assert_ptr_nonnull(strstr(chart->subtitle, "; P85 is enough for 85 of 100 minutes"));
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(one_node_is_called_one_node)
{
	static const struct {
		const char *nodes, *headline;
	} cases[] = {
		{ "NodeName=n1 CPUTot=10 RealMemory=102400\n",
		  "Owning the one node costs least: " },
		{ FOUR_NODES, "Owning 1 node costs least: " },
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct world world;
		world_init(&world);
		world.days = LONG_ENOUGH;
		world.nodes = cases[i].nodes;
		add(&world, "user_0001", "group_A", job_on("n1", 1, 10), 0, LONG_ENOUGH * 24);
		struct report *report = report_of(&world);
		const struct dataset *bridge = report_dataset(report, "bridge");
		expect_headline(report, "choices", cases[i].headline);
		/* Of use that is not known users can save nothing, nor hand anything back. */
		ck_assert_uint_eq(bridge->rows->len, 3);
		ck_assert_str_eq(dataset_cell_in(bridge, 2, "step")->text, "To pay");
		report_free(report);
		world_clear(&world);
	}
}
END_TEST

START_TEST(without_an_inventory_nothing_is_said_of_what_to_own)
{
	struct world world;
	world_init(&world);
	world.days = LONG_ENOUGH;
	world.nodes = NULL;
	add(&world, "user_0001", "group_A", job_on("n1", 1, 10), 0, LONG_ENOUGH * 24);
	struct report *report = report_of(&world);
	ck_assert_ptr_null(report_dataset(report, "choices")->headline);
	ck_assert_ptr_null(report_dataset(report, "bridge")->headline);
	ck_assert_uint_eq(report_dataset(report, "bridge")->rows->len, 0);
	report_free(report);
	world_clear(&world);
}
END_TEST

/* Jobs of ten cores and a day in January, February and March: how many cores each keeps busy, 0:
 * there is none. With a fifth above, five are six, and of four more five ninths are not needed,
 * 2.2; one is two, and none of eight more is needed. Of use that is not known: how many days each
 * is long. */
static const struct {
	int busy[3];
	gboolean known;
	const char *headline;
} month_cases[] = {
	{ { 5, 5, 5 }, TRUE, "In each month 22\xc2\xa0% of what jobs held was not needed" },
	{ { 5, 9, 1 }, TRUE,
	  "Between 0\xc2\xa0% and 80\xc2\xa0% of what jobs held in a month was not needed" },
	{ { 1, 0, 5 }, TRUE,
	  "Between 22\xc2\xa0% and 80\xc2\xa0% of what jobs held in a month was not needed" },
	{ { 1, 2, 1 }, FALSE, "Jobs held most in 2025-02: 48.0 node-hours" },
};

START_TEST(the_months_are_called_what_is_in_them)
{
	static const int days[] = { 5, 36, 65 };
	struct world world;
	world_init(&world);
	world.days = 90;
	for (int month = 0; month < 3; month++) {
		int busy = month_cases[_i].busy[month], from = days[month] * 24;
		gboolean known = month_cases[_i].known;
		if (busy == 0)
			continue;
		struct job *job = add(&world, "user_0001", "group_A", job_on("n1", 1, 10), from,
		                      known ? 24 : 24 * busy);
		if (known)
			job_use_millicores(job, busy * 1000);
	}
	struct report *report = report_of(&world);
	expect_headline(report, "ledger_months", month_cases[_i].headline);
	report_free(report);
	world_clear(&world);
}
END_TEST

/* Whether the title of the bridge does, where people give back this share of what they do not
 * need. */
static gboolean tells_hours_handed_back(const char *adoption)
{
	struct world world;
	g_autofree char *prices = g_strdup_printf("%s[adoption]\nexpected=%s\n", PLAIN_BUT_ADOPTION,
	                                          adoption);
	world_init(&world);
	world.days = LONG_ENOUGH;
	world.prices = prices;
	job_use_millicores(add(&world, "user_0001", "group_A", job_on("n1", 1, 10), 0,
	                       LONG_ENOUGH * 24),
	                   2000);
	struct report *report = report_of(&world);
	gboolean tells = strstr(find_chart(report, "bridge")->title, "handed back") != NULL;
	ck_assert_double_gt(figures_value(report->figures, "saving.returned.expected", 0), 0.01);
	report_free(report);
	world_clear(&world);
	return tells;
}

START_TEST(what_is_next_to_nothing_is_not_in_the_title_of_the_bridge)
{
	ck_assert(tells_hours_handed_back("0.8"));
	ck_assert(!tells_hours_handed_back("0.01"));
}
END_TEST

/* A step of less than one would be printed as “> −$1”, and no bar can be seen. */
START_TEST(a_step_of_next_to_nothing_is_not_in_the_bridge)
{
	struct world world;
	world_init(&world);
	world.days = LONG_ENOUGH;
	world.prices = PLAIN_BUT_ADOPTION "[adoption]\nexpected=0.00001\n";
	job_use_millicores(add(&world, "user_0001", "group_A", job_on("n1", 1, 10), 0,
	                       LONG_ENOUGH * 24),
	                   2000);
	job_use_millicores(add(&world, "user_0001", "group_A", job_on("n2", 1, 10), 24, 24), 2000);
	struct report *report = report_of(&world);
	const struct chart_series *series = find_chart(report, "bridge")->series->pdata[0];
	double asked = figures_value(report->figures, "saving.users.expected", 0);
	ck_assert(asked > 1e-4 && asked < 0.5);
	for (guint i = 0; i < series->points->len; i++) {
		const struct chart_point *point = &g_array_index(series->points, struct chart_point,
		                                                 i);
		ck_assert_double_eq(point->x, i);
		ck_assert_ptr_null(strchr(point->value_text, '>'));
	}
	report_free(report);
	world_clear(&world);
}
END_TEST

static const struct dataset_cell *cell_of(const struct report *report, const char *finding,
                                          const char *column)
{
	const struct dataset *findings = report_dataset(report, "findings");
	for (guint row = 0; row < findings->rows->len; row++)
		if (g_strcmp0(dataset_cell_in(findings, row, "id")->text, finding) == 0)
			return dataset_cell_in(findings, row, column);
	ck_abort_msg("%s has no row", finding);
}

/* In the workbook another price may make it worth while to rent. */
START_TEST(what_acting_takes_is_told_where_there_is_something_to_gain_or_may_be)
{
	struct world world;
	world_init(&world);
	world.days = LONG_ENOUGH;
	job_use_millicores(add(&world, "user_0001", "group_A", job_on("n[1-4]", 4, 40), 0,
	                       LONG_ENOUGH * 24),
	                   40000);
	struct report *report = report_of(&world);
	ck_assert_str_eq(cell_of(report, "own-or-rent", "outcome")->text, "nothing to do");
	ck_assert(cell_of(report, "own-or-rent", "effort")->has_value);
	ck_assert_str_eq(cell_of(report, "groups", "outcome")->text, "nothing to do");
	ck_assert(!cell_of(report, "groups", "effort")->has_value);
	const struct dataset *programmes = report_dataset(report, "programmes");
	static const char *const apart[] = { "effort", "cost" };
	for (guint i = 0; i < G_N_ELEMENTS(apart); i++) {
		const struct dataset_column *column =
			programmes->columns->pdata[dataset_column_find(programmes, apart[i])];
		ck_assert_msg(!column->total, "%s of programmes, who share users, is summed",
		              apart[i]);
	}
	report_free(report);
	world_clear(&world);
}
END_TEST

static struct block *list_of(gboolean ordered, const char *words)
{
	struct block *list = block_new(BLOCK_LIST), *paragraph = block_new(BLOCK_PARAGRAPH);
	list->ordered = ordered;
	block_add_inline(paragraph, inline_new(INLINE_TEXT, words));
	return block_add(list, block_add(block_new(BLOCK_ITEM), paragraph));
}

START_TEST(the_first_thing_to_do_is_the_first_point_of_a_list_in_order)
{
	struct world world;
	world_init(&world);
	struct report *report = report_of(&world);
	struct composition c = { .report = report };
	const struct finding finding = { .kind = &finding_peak, .verdict = VERDICT_NOTHING };
	for (int ordered = 0; ordered < 2; ordered++) {
		struct page *page = page_new("findings/peak", "Peak", "Findings");
		page->title = g_strdup("The peak");
		g_ptr_array_add(page->blocks, list_of(FALSE, "Who did it: user_0001"));
		if (ordered)
			g_ptr_array_add(page->blocks, list_of(TRUE, "Ask user_0002"));
		struct dataset *findings = findings_begin(&c);
		findings_add(findings, &finding, page, report->figures);
		ck_assert_str_eq(dataset_cell_in(findings, 0, "action")->text,
		                 ordered ? "Ask user_0002" : "");
		/* It is no table for everybody any more. */
		ck_assert_int_eq(findings->people != FALSE, ordered);
		page_free(page);
	}
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
	tcase_add_test(cases, of_several_kinds_of_node_the_cost_curve_says_that_it_has_one);
	tcase_add_test(cases, of_a_few_days_no_money_is_drawn);
	tcase_add_test(cases, where_nothing_is_rented_nobody_is_told_of_rent);
	tcase_add_test(cases, what_is_best_to_own_is_marked_where_it_is_some_of_the_nodes);
	tcase_add_test(cases, of_a_few_days_it_is_not_marked_what_is_best_to_own);
	tcase_add_test(cases, what_is_owned_today_is_marked_in_the_cost_curve);
	tcase_add_test(cases, a_step_of_next_to_nothing_is_not_in_the_bridge);
	tcase_add_test(cases, one_node_is_called_one_node);
	tcase_add_test(cases, without_an_inventory_nothing_is_said_of_what_to_own);
	tcase_add_loop_test(cases, the_months_are_called_what_is_in_them, 0,
	                    G_N_ELEMENTS(month_cases));
	tcase_add_test(cases, what_is_next_to_nothing_is_not_in_the_title_of_the_bridge);
	tcase_add_test(cases, what_acting_takes_is_told_where_there_is_something_to_gain_or_may_be);
	tcase_add_test(cases, the_first_thing_to_do_is_the_first_point_of_a_list_in_order);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <signal.h>
#include <string.h>

#include "base/figure.h"

#define ck_assert_near(a, b) ck_assert_double_eq_tol(a, b, 1e-12)

static void assert_has_none(const struct figure *figure, const char *reason)
{
	ck_assert_msg(!figure->has_value, "%s has a value", figure->id);
	ck_assert_str_eq(figure->reason, reason);
}

START_TEST(a_figure_is_found_by_id_and_by_order)
{
	struct figures *figures = figures_new();
	struct figure *jobs = figures_add(figures, "jobs", UNIT_COUNT, 12, "Jobs");

	figures_add(figures, "hours", UNIT_HOURS, 3.5, "Core-hours");
	ck_assert_uint_eq(figures_count(figures), 2);
	ck_assert_ptr_eq(figures_nth(figures, 0), jobs);
	ck_assert_ptr_eq(figures_find(figures, "jobs"), jobs);
	ck_assert_ptr_null(figures_find(figures, "job"));
	ck_assert_str_eq(figures_nth(figures, 1)->label, "Core-hours");
	ck_assert_int_eq(figures_nth(figures, 1)->unit, UNIT_HOURS);
	ck_assert(jobs->has_value);
	ck_assert_near(figures_value(figures, "jobs", -1), 12);
	ck_assert_near(figures_value(figures, "nothing", -1), -1);
	figures_free(figures);
}
END_TEST

START_TEST(a_figure_without_a_value_says_why)
{
	struct figures *figures = figures_new();
	struct figure *figure = figures_add_missing(figures, "price", UNIT_RATE,
	                                            "No price was given.", "Price");

	assert_has_none(figure, "No price was given.");
	ck_assert_near(figures_value(figures, "price", 7), 7);
	figures_free(figures);
}
END_TEST

START_TEST(a_text_is_no_number)
{
	struct figures *figures = figures_new();
	struct figure *text = figures_add_text(figures, "cluster", "Synthetic", "Cluster");
	struct figure *derived = figures_derive(figures, "twice", UNIT_NUMBER, "cluster * 2",
	                                        "Twice");

	ck_assert_str_eq(text->text, "Synthetic");
	ck_assert_int_eq(text->unit, UNIT_TEXT);
	ck_assert_near(figures_value(figures, "cluster", -1), -1);
	assert_has_none(derived, "There is no number for cluster.");
	figures_free(figures);
}
END_TEST

START_TEST(a_derived_figure_has_value_expression_and_the_worst_grade)
{
	struct figures *figures = figures_new();
	struct figure *cost;

	figures_add(figures, "hours", UNIT_HOURS, 100, "Hours")->grade = GRADE_A;
	figures_add(figures, "price", UNIT_RATE, 0.05, "Price");
	figures_add(figures, "share", UNIT_SHARE, 0.5, "Share")->grade = GRADE_C;
	cost = figures_derive(figures, "cost", UNIT_CURRENCY, "hours * price * share", "Cost");
	ck_assert(cost->has_value);
	ck_assert_near(cost->value, 2.5);
	ck_assert_str_eq(cost->expression, "hours * price * share");
	ck_assert_int_eq(cost->grade, GRADE_C);
	ck_assert_ptr_null(cost->reason);
	ck_assert_int_eq(
		figures_derive(figures, "again", UNIT_CURRENCY, "cost + 1", "Again")->grade,
		GRADE_C);
	ck_assert_int_eq(figures_derive(figures, "twice", UNIT_RATE, "price * 2", "Twice")->grade,
	                 GRADE_NONE);
	figures_free(figures);
}
END_TEST

START_TEST(a_derived_figure_takes_the_first_reason_of_what_it_stands_on)
{
	struct figures *figures = figures_new();
	struct figure *sum, *further;

	figures_add(figures, "hours", UNIT_HOURS, 100, "Hours");
	figures_add_missing(figures, "price", UNIT_RATE, "No price was given.", "Price");
	figures_add_missing(figures, "power", UNIT_NUMBER, "No power was given.", "Power")->grade =
		GRADE_D;
	sum = figures_derive(figures, "sum", UNIT_CURRENCY, "hours * price + power", "Sum");
	further = figures_derive(figures, "further", UNIT_CURRENCY, "hours + sum", "Further");
	assert_has_none(sum, "No price was given.");
	ck_assert_int_eq(sum->grade, GRADE_D);
	ck_assert_str_eq(further->reason, "No price was given.");
	figures_free(figures);
}
END_TEST

START_TEST(a_division_by_zero_gives_no_value)
{
	struct figures *figures = figures_new();
	struct figure *mean;

	figures_add(figures, "hours", UNIT_HOURS, 0, "Hours");
	figures_add(figures, "jobs", UNIT_COUNT, 0, "Jobs");
	mean = figures_derive(figures, "mean", UNIT_HOURS, "hours / jobs", "Mean");
	assert_has_none(mean, "it would be a division by zero");
	figures_free(figures);
}
END_TEST

/* cost = nodes × price + rent, price = list ÷ life. */
static struct figures *costs_new(void)
{
	struct figures *figures = figures_new();

	figures_add(figures, "list", UNIT_CURRENCY, 100, "List price");
	figures_add(figures, "life", UNIT_NUMBER, 5, "Life");
	figures_add(figures, "life.low", UNIT_NUMBER, 4, "Life, low");
	figures_add(figures, "nodes", UNIT_NODES, 3, "Nodes");
	figures_derive(figures, "rent", UNIT_CURRENCY, "nodes * 2", "Rent");
	figures_derive(figures, "price", UNIT_CURRENCY, "list / life", "Price");
	figures_derive(figures, "cost", UNIT_CURRENCY, "nodes * price + rent", "Cost")->grade =
		GRADE_B;
	return figures;
}

START_TEST(a_set_over_another_derives_anew_what_hangs_on_what_is_there)
{
	struct figures *figures = costs_new(), *over = figures_over(figures);

	figures_derive(over, "life", UNIT_NUMBER, "life.low", "Life");
	figures_derive_anew(over, "cost");
	ck_assert_near(figures_value(over, "cost", 0), 81);
	ck_assert_near(figures_value(over, "price", 0), 25);
	ck_assert_near(figures_value(over, "nodes", 0), 3);
	/* What hangs on nothing of it is the other's, and the other is as it was. */
	ck_assert_uint_eq(figures_count(over), 3);
	ck_assert_ptr_eq(figures_find(over, "rent"), figures_find(figures, "rent"));
	ck_assert_near(figures_value(figures, "cost", 0), 66);
	ck_assert_ptr_null(figures_find(over, "nobody"));
	figures_free(over);
	figures_free(figures);
}
END_TEST

START_TEST(curves_are_known_in_a_set_over_another)
{
	struct figures *figures = figures_new(), *over;
	double *costs = g_new(double, 3);

	costs[0] = 9;
	costs[1] = 4;
	costs[2] = 6;
	figures_add_curve(figures, "costs", UNIT_CURRENCY, costs, 3, "Costs");
	figures_add(figures, "price", UNIT_RATE, 0, "Price");
	figures_add_curve(figures, "k", UNIT_NODES,
	                  g_memdup2((double[]){ 0, 1, 2 }, 3 * sizeof(double)), 3, "Nodes");
	figures_derive(figures, "keep", UNIT_NODES, "least(costs + k * price)", "Keep");
	over = figures_over(figures);
	figures_add(over, "price", UNIT_RATE, 10, "Price");
	figures_derive_anew(over, "keep");
	ck_assert_near(figures_value(figures, "keep", -1), 1);
	ck_assert_near(figures_value(over, "keep", -1), 0);
	ck_assert_uint_eq(figures_curves(over), 0);
	figures_free(over);
	figures_free(figures);
}
END_TEST

START_TEST(what_would_be_is_a_figure_with_the_steps_to_it)
{
	struct figures *figures = costs_new(), *short_life = figures_over(figures),
		       *nothing = figures_over(figures);
	struct figure *supposed;

	figures_add(short_life, "life", UNIT_NUMBER, 0, "Life");
	figures_add(nothing, "list.of.others", UNIT_CURRENCY, 7, "Other list");
	supposed = figures_suppose(figures, "cost.short", short_life, "cost",
	                           "Cost of a short life");
	assert_has_none(supposed, "it would be a division by zero");
	ck_assert_int_eq(supposed->grade, GRADE_B);
	supposed = figures_suppose(figures, "cost.same", nothing, "cost", "Cost all the same");
	ck_assert_near(supposed->value, 66);
	ck_assert_ptr_eq(supposed->what_if, nothing);
	ck_assert_str_eq(supposed->target, "cost");
	ck_assert_ptr_null(supposed->expression);
	figures_free(figures);
}
END_TEST

START_TEST(a_figure_has_words_of_its_own_for_no_value)
{
	struct figures *figures = figures_new();
	struct figure *share, *rest, *other;

	figures_add(figures, "cost", UNIT_CURRENCY, 5, "Cost");
	figures_add(figures, "saving", UNIT_CURRENCY, -2, "Saving");
	figures_add_missing(figures, "price", UNIT_RATE, "No price was given.", "Price");
	share = figures_derive_or(figures, "share", UNIT_SHARE, "cost / max(0, saving)", "Share",
	                          "nothing is saved");
	rest = figures_derive_or(figures, "rest", UNIT_SHARE, "1 - share", "Rest",
	                         "nothing is saved");
	other = figures_derive_or(figures, "other", UNIT_SHARE, "price / max(0, saving)", "Other",
	                          "nothing is saved");
	assert_has_none(share, "nothing is saved");
	ck_assert(figure_is_live(share));
	assert_has_none(rest, "nothing is saved");
	ck_assert(figure_is_live(rest));
	/* No other saving would tell it. */
	assert_has_none(other, "No price was given.");
	ck_assert(!figure_is_live(other));
	ck_assert(figure_is_live(figures_find(figures, "cost")));
	figures_free(figures);
}
END_TEST

START_TEST(an_id_that_nobody_added_gives_no_value)
{
	struct figures *figures = figures_new();
	struct figure *figure = figures_derive(figures, "a", UNIT_NUMBER, "b + 1", "A");

	assert_has_none(figure, "There is no number for b.");
	figures_free(figures);
}
END_TEST

START_TEST(an_id_added_twice_aborts)
{
	struct figures *figures = figures_new();

	figures_add(figures, "a", UNIT_NUMBER, 1, "A");
	figures_add(figures, "a", UNIT_NUMBER, 1, "A");
}
END_TEST

START_TEST(a_bad_expression_aborts)
{
	figures_derive(figures_new(), "a", UNIT_NUMBER, "1 +", "A");
}
END_TEST

START_TEST(every_grade_and_unit_has_a_name_of_its_own)
{
	g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

	for (int unit = 0; unit < UNITS; unit++)
		ck_assert(g_hash_table_add(seen, (char *)unit_name((enum unit)unit)));
	ck_assert_str_eq(unit_name(UNIT_CURRENCY), "currency");
	ck_assert_str_eq(grade_name(GRADE_NONE), "");
	ck_assert_str_eq(grade_name(GRADE_A), "A");
	ck_assert_str_eq(grade_name(GRADE_D), "D");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("figure");
	TCase *tcase = tcase_create("figure");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, a_figure_is_found_by_id_and_by_order);
	tcase_add_test(tcase, a_figure_without_a_value_says_why);
	tcase_add_test(tcase, a_text_is_no_number);
	tcase_add_test(tcase, a_derived_figure_has_value_expression_and_the_worst_grade);
	tcase_add_test(tcase, a_derived_figure_takes_the_first_reason_of_what_it_stands_on);
	tcase_add_test(tcase, a_division_by_zero_gives_no_value);
	tcase_add_test(tcase, a_set_over_another_derives_anew_what_hangs_on_what_is_there);
	tcase_add_test(tcase, curves_are_known_in_a_set_over_another);
	tcase_add_test(tcase, what_would_be_is_a_figure_with_the_steps_to_it);
	tcase_add_test(tcase, a_figure_has_words_of_its_own_for_no_value);
	tcase_add_test(tcase, an_id_that_nobody_added_gives_no_value);
	tcase_add_test_raise_signal(tcase, an_id_added_twice_aborts, SIGTRAP);
	tcase_add_test_raise_signal(tcase, a_bad_expression_aborts, SIGTRAP);
	tcase_add_test(tcase, every_grade_and_unit_has_a_name_of_its_own);
	srunner_set_fork_status(runner, CK_FORK); /* some end their process, as they should */
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "charts/axis.h"

#define DAY 86400.0
#define NEW_YEAR 1735689600.0 /* 2025-01-01 */

/* "0 50 100", a second line after a slash: "Jan/2025 Feb". */
static char *ticks_text(const struct axis *axis)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < axis->ticks->len; i++) {
		const struct tick *tick = &g_array_index(axis->ticks, struct tick, i);

		g_string_append_printf(text, "%s%s%s%s", i ? "|" : "", tick->text,
		                       tick->under ? "/" : "", tick->under ? tick->under : "");
	}
	return g_string_free(text, FALSE);
}

START_TEST(ticks_are_round_and_readable)
{
	static const struct {
		enum axis_kind kind;
		double low, high;
		guint about;
		const char *ticks;
	} cases[] = {
		{ AXIS_NUMBER, 0, 100, 4, "0|20|40|60|80|100" },
		{ AXIS_NUMBER, 0, 8760, 4, "0|2,000|4,000|6,000|8,000" },
		{ AXIS_NUMBER, 0, 2.4e9, 4,
		  "0|0.5\u00a0billion|1.0\u00a0billion|1.5\u00a0billion|2.0\u00a0billion" },
		{ AXIS_NUMBER, 0, 2.1e7, 4,
		  "0|5\u00a0million|10\u00a0million|15\u00a0million|20\u00a0million" },
		{ AXIS_NUMBER, 0, 1e6, 2, "0|500,000|1,000,000" },
		{ AXIS_NUMBER, 1.0e6, 1.1e6, 2, "1,000,000|1,050,000|1,100,000" },
		{ AXIS_NUMBER, -50, 50, 2, "−50|0|50" },
		{ AXIS_NUMBER, 20, 96, 2, "20|40|60|80" },
		{ AXIS_NUMBER, 0, 0.3, 3, "0.0|0.1|0.2|0.3" },
		{ AXIS_NUMBER, 0, 0, 1, "0|1" },
		{ AXIS_NUMBER, NAN, INFINITY, 1, "0|1" },
		{ AXIS_SHARE, 0, 1, 4,
		  "0\u00a0%|20\u00a0%|40\u00a0%|60\u00a0%|80\u00a0%|100\u00a0%" },
		{ AXIS_SHARE, 0, 0.01, 2, "0.0\u00a0%|0.5\u00a0%|1.0\u00a0%" },
		{ AXIS_LOG, 1, 100, 9, "1|2|5|10|20|50|100" },
		{ AXIS_LOG, 1, 1e6, 7, "1|10|100|1,000|10,000|100,000|1\u00a0million" },
		{ AXIS_LOG, 3, 2e6, 3, "100|10,000|1\u00a0million" },
		{ AXIS_LOG, 0.02, 30, 4, "0.1|1|10" },
		{ AXIS_LOG, 5, 5, 4, "5|10" },
		{ AXIS_LOG, 60, 500, 1, "100|200|500" },
		{ AXIS_LOG, 0, 10, 5, "0.01|0.1|1|10" },
		{ AXIS_LOG, -3, 0, 5, "0.01|0.1|1|10" },
		{ AXIS_LOG, NAN, INFINITY, 5, "0.01|0.1|1|10" },
		{ AXIS_TIME, NEW_YEAR, NEW_YEAR + 364.9 * DAY, 4, "Jan/2025|Apr|Jul|Oct" },
		{ AXIS_TIME, NEW_YEAR - 20 * DAY, NEW_YEAR + 70 * DAY, 4, "Jan/2025|Feb|Mar" },
		{ AXIS_TIME, NEW_YEAR - 40 * DAY, NEW_YEAR + 20 * DAY, 2, "Dec/2024|Jan/2025" },
		{ AXIS_TIME, NEW_YEAR, NEW_YEAR + 20 * DAY, 3, "6 Jan/2025|13 Jan|20 Jan" },
		{ AXIS_TIME, NEW_YEAR, NEW_YEAR + 1.4 * DAY, 3, "00:00/1 Jan|12:00|00:00/2 Jan" },
		{ AXIS_TIME, NEW_YEAR, NEW_YEAR + 1500 * DAY, 5, "2025|2026|2027|2028|2029" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = NULL;
		struct axis axis;

		axis_init(&axis, cases[i].kind, cases[i].low, cases[i].high);
		axis_tick(&axis, cases[i].about);
		text = ticks_text(&axis);
		ck_assert_str_eq(text, cases[i].ticks);
		axis_clear(&axis);
	}
}
END_TEST

START_TEST(a_logarithmic_axis_gives_each_decade_the_same_room_and_holds_every_value)
{
	struct axis axis;

	axis_init(&axis, AXIS_LOG, 3, 70000);
	axis_tick_nice(&axis, 6);
	axis.from = 100;
	axis.to = 700;
	ck_assert_double_eq_tol(axis.low, 2, 1e-9);
	ck_assert_double_eq_tol(axis.high, 1e5, 1e-9);
	ck_assert_double_eq_tol(axis_at(&axis, 100) - axis_at(&axis, 10),
	                        axis_at(&axis, 10000) - axis_at(&axis, 1000), 1e-9);
	ck_assert_double_eq_tol(axis_at(&axis, 1e5), 700, 1e-9);
	ck_assert_double_eq_tol(axis_at(&axis, 0), 100, 1e-9);
	ck_assert_double_eq_tol(axis_at(&axis, -7), 100, 1e-9);
	axis_clear(&axis);
}
END_TEST

START_TEST(a_logarithmic_axis_of_one_value_has_it_inside_and_ticks_beside_it)
{
	for (double value = 3e-9; value < 1e16; value *= 13.7) {
		struct axis axis;

		axis_init(&axis, AXIS_LOG, value, value);
		axis_tick_nice(&axis, 4);
		axis.from = 0;
		axis.to = 1;
		ck_assert_uint_ge(axis.ticks->len, 3);
		ck_assert_uint_le(axis.ticks->len, 5);
		ck_assert_double_ge(axis_at(&axis, value), 0);
		ck_assert_double_le(axis_at(&axis, value), 1);
		for (guint i = 1; i < axis.ticks->len; i++)
			ck_assert_str_ne(g_array_index(axis.ticks, struct tick, i).text,
			                 g_array_index(axis.ticks, struct tick, i - 1).text);
		axis_clear(&axis);
	}
}
END_TEST

START_TEST(a_nice_axis_holds_its_values_and_begins_at_a_tick)
{
	for (double high = 0.003; high < 3e9; high *= 1.37) {
		struct axis axis;

		axis_init(&axis, AXIS_NUMBER, 0, high);
		axis_tick_nice(&axis, 4);
		ck_assert_double_ge(axis.high, high);
		ck_assert_double_le(axis.high, 2.1 * high);
		ck_assert_uint_ge(axis.ticks->len, 3);
		ck_assert_uint_le(axis.ticks->len, 7);
		ck_assert_double_eq(g_array_index(axis.ticks, struct tick, 0).value, 0);
		axis_clear(&axis);
	}
}
END_TEST

/* A low chart has two steps or three: one that is hardly begun would leave a third of it empty. */
START_TEST(a_nice_axis_leaves_no_more_than_a_fifth_empty)
{
	for (guint about = 2; about < 9; about++) {
		for (double high = 0.003; high < 3e9; high *= 1.07) {
			struct axis axis;

			axis_init(&axis, AXIS_NUMBER, 0, high);
			axis_tick_nice(&axis, about);
			ck_assert_double_ge(axis.high, high * (1 - 1e-9));
			ck_assert_double_le(axis.high, 1.25 * high * (1 + 1e-9));
			ck_assert_uint_ge(axis.ticks->len, 2);
			axis_clear(&axis);
		}
	}
}
END_TEST

START_TEST(whole_numbers_have_no_ticks_between)
{
	struct axis axis;
	g_autofree char *text = NULL;

	axis_init(&axis, AXIS_NUMBER, 0, 2);
	axis.whole = TRUE;
	axis_tick_nice(&axis, 6);
	text = ticks_text(&axis);
	ck_assert_str_eq(text, "0|1|2");
	axis_clear(&axis);
}
END_TEST

START_TEST(values_become_px_in_proportion)
{
	struct axis axis;

	axis_init(&axis, AXIS_NUMBER, 10, 20);
	axis.from = 300;
	axis.to = 100;
	ck_assert_double_eq(axis_at(&axis, 10), 300);
	ck_assert_double_eq(axis_at(&axis, 15), 200);
	ck_assert_double_eq(axis_at(&axis, 20), 100);
	axis_clear(&axis);
}
END_TEST

START_TEST(one_instant_is_shown_in_the_middle_of_a_day)
{
	struct axis axis;

	axis_init(&axis, AXIS_TIME, NEW_YEAR, NEW_YEAR);
	ck_assert_double_eq(axis.high - axis.low, DAY);
	ck_assert_double_eq((axis.high + axis.low) / 2, NEW_YEAR);
	axis_clear(&axis);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("axis");
	TCase *tests = tcase_create("axis");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tests);
	tcase_add_test(tests, ticks_are_round_and_readable);
	tcase_add_test(tests,
	               a_logarithmic_axis_gives_each_decade_the_same_room_and_holds_every_value);
	tcase_add_test(tests, a_logarithmic_axis_of_one_value_has_it_inside_and_ticks_beside_it);
	tcase_add_test(tests, a_nice_axis_holds_its_values_and_begins_at_a_tick);
	tcase_add_test(tests, a_nice_axis_leaves_no_more_than_a_fifth_empty);
	tcase_add_test(tests, whole_numbers_have_no_ticks_between);
	tcase_add_test(tests, values_become_px_in_proportion);
	tcase_add_test(tests, one_instant_is_shown_in_the_middle_of_a_day);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "measure/presence.h"

#define HOUR G_GINT64_CONSTANT(3600)
#define T0 G_GINT64_CONSTANT(1735689600)

static gboolean in_hour(const struct presence *presence, gint64 hour)
{
	return presence_hours(presence, T0 + hour * HOUR, T0 + (hour + 1) * HOUR);
}

/* So many hours from each of these on, and nothing else; whatever was there before. */
START_TEST(every_hour_of_work_and_no_other_is_remembered)
{
	static const int begins[] = { 100, 0, 7, 203, 64 }, lengths[] = { 1, 2, 7, 8, 9, 40 };
	int length = lengths[_i];
	struct presence presence = { 0 };
	for (guint i = 0; i < G_N_ELEMENTS(begins); i++)
		presence_add(&presence, T0 + begins[i] * HOUR, T0 + (begins[i] + length) * HOUR);
	for (int hour = -50; hour < 400; hour++) {
		gboolean expected = FALSE;
		for (guint i = 0; i < G_N_ELEMENTS(begins); i++)
			expected |= hour >= begins[i] && hour < begins[i] + length;
		ck_assert_msg(in_hour(&presence, hour) == expected, "hour %d of %d", hour, length);
	}
	presence_clear(&presence);
}
END_TEST

START_TEST(a_begun_hour_counts_and_none_at_all_does_not)
{
	struct presence presence = { 0 };
	presence_add(&presence, T0, T0);
	ck_assert(!presence_hours(&presence, 0, T0 * 2));
	presence_add(&presence, T0 + 3599, T0 + 3601);
	ck_assert(in_hour(&presence, 0) && in_hour(&presence, 1) && !in_hour(&presence, 2));
	ck_assert(!presence_hours(&presence, T0 + 2 * HOUR, T0 + 900 * HOUR));
	ck_assert(presence_hours(&presence, T0 - 900 * HOUR, T0 + 900 * HOUR));
	presence_clear(&presence);
}
END_TEST

START_TEST(an_hour_of_which_a_part_is_asked_for_does_not_count)
{
	struct presence presence = { 0 };
	presence_add(&presence, T0, T0 + 3 * HOUR);
	ck_assert_int_eq(presence_hours(&presence, T0 + 1, T0 + 3 * HOUR), 2);
	ck_assert_int_eq(presence_hours(&presence, T0, T0 + 3 * HOUR - 1), 2);
	ck_assert_int_eq(presence_hours_touched(&presence, T0 + 1, T0 + HOUR + 1), 2);
	ck_assert_int_eq(presence_hours_touched(&presence, T0 + HOUR, T0 + 2 * HOUR), 1);
	ck_assert_int_eq(presence_hours_touched(&presence, 0, G_MAXINT64), 3);
	presence_clear(&presence);
}
END_TEST

START_TEST(two_are_merged_into_all_hours_of_both)
{
	struct presence one = { 0 }, other = { 0 }, none = { 0 };
	presence_add(&one, T0 + 500 * HOUR, T0 + 501 * HOUR);
	presence_add(&other, T0, T0 + HOUR);
	presence_add(&other, T0 + 900 * HOUR, T0 + 901 * HOUR);
	presence_merge(&one, &other);
	presence_merge(&one, &none);
	ck_assert(in_hour(&one, 0) && in_hour(&one, 500) && in_hour(&one, 900));
	ck_assert(!in_hour(&one, 1) && !in_hour(&one, 499) && !in_hour(&one, 899));
	presence_clear(&one);
	presence_clear(&other);
}
END_TEST

/* Hours are kept in blocks of 512, of which one begins 168 hours behind T0. */
START_TEST(stretches_come_out_as_they_went_in)
{
	static const gint64 stretches[][2] = { { -344, -343 }, { 0, 1 },     { 2, 5 },
		                               { 168, 169 },   { 170, 176 }, { 679, 681 },
		                               { 1183, 1192 } };
	struct presence presence = { 0 };
	gint64 from = 0, to = 0;
	for (guint i = G_N_ELEMENTS(stretches); i-- > 0;)
		presence_add(&presence, T0 + stretches[i][0] * HOUR, T0 + stretches[i][1] * HOUR);
	for (guint i = 0; i < G_N_ELEMENTS(stretches); i++) {
		ck_assert(presence_next(&presence, &from, &to));
		ck_assert_int_eq(from, T0 + stretches[i][0] * HOUR);
		ck_assert_int_eq(to, T0 + stretches[i][1] * HOUR);
	}
	ck_assert(!presence_next(&presence, &from, &to));
	presence_clear(&presence);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("presence");
	TCase *tests = tcase_create("presence");
	tcase_add_loop_test(tests, every_hour_of_work_and_no_other_is_remembered, 0, 6);
	tcase_add_test(tests, a_begun_hour_counts_and_none_at_all_does_not);
	tcase_add_test(tests, an_hour_of_which_a_part_is_asked_for_does_not_count);
	tcase_add_test(tests, two_are_merged_into_all_hours_of_both);
	tcase_add_test(tests, stretches_come_out_as_they_went_in);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

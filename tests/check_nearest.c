/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char *const known[] = { "inventory", "internal", "institution", "saving.total.low", "saving.total.high", "run", "report" };

static void expect_hint(const char *given, const char *hint)
{
	struct nearest nearest;
	g_autofree char *made = NULL;

	nearest_init(&nearest, given);
	for (guint i = 0; i < G_N_ELEMENTS(known); i++)
		nearest_try(&nearest, known[i]);
	made = nearest_hint(&nearest, "--");
	ck_assert_str_eq(made, hint);
}

START_TEST(who_slips_is_told_what_was_meant)
{
	expect_hint("inventroy", "; did you mean --inventory?");
	expect_hint("inventry", "; did you mean --inventory?");
	expect_hint("innstitution", "; did you mean --institution?");
	expect_hint("Report", "; did you mean --report?");
	expect_hint("saving.totl.high", "; did you mean --saving.total.high?");
	expect_hint("rum", "; did you mean --run?");
}
END_TEST

START_TEST(who_means_something_else_is_told_nothing)
{
	char endless[4096] = "";

	memset(endless, 'a', sizeof endless - 1);
	expect_hint("founded", "");
	expect_hint("frobnicate", "");
	expect_hint("rm", "");
	expect_hint("", "");
	expect_hint(endless, "");
}
END_TEST

START_TEST(of_two_that_are_as_near_the_first_is_told)
{
	struct nearest nearest;

	nearest_init(&nearest, "saving");
	nearest_try(&nearest, "savings");
	nearest_try(&nearest, "savin");
	ck_assert_str_eq(nearest.name, "savings");
	nearest_try(&nearest, "saving");
	ck_assert_uint_eq(nearest.distance, 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("nearest");
	TCase *cases = tcase_create("nearest");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_test(cases, who_slips_is_told_what_was_meant);
	tcase_add_test(cases, who_means_something_else_is_told_nothing);
	tcase_add_test(cases, of_two_that_are_as_near_the_first_is_told);
	suite_add_tcase(suite, cases);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static const char *const known[] = {
	"inventory",         "internal", "institution", "saving.total.low",
	"saving.total.high", "run",      "report"
};

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
	expect_hint("ru", "");
	expect_hint("", "");
	expect_hint(endless, "");
}
END_TEST

/* From abcdefghijkl, of which three letters may be others; -1: too many are. */
static const struct {
	const char *name;
	int distance;
} apart[] = {
	{ "abcdefghijkl", 0 }, { "abcdefghijk", 1 },  { "abcdefghijklm", 1 }, { "abxdefghijkl", 1 },
	  { "bacdefghijkl", 1 },
	{ "abcdefghijlk", 1 }, { "acbxefghijkl", 2 }, { "cabdefghijkl", 2 },  { "bcadefghijkl", 2 },
	  { "cbadefghijkl", 2 },
	{ "badcfeghijkl", 3 }, { "abcdefghi", 3 },    { "badcfehgijkl", -1 }, { "abcdefgh", -1 },
	  { "xxxxefghijkl", -1 },
};

START_TEST(letters_that_differ_are_counted)
{
	struct nearest nearest;

	nearest_init(&nearest, "abcdefghijkl");
	nearest_try(&nearest, apart[_i].name);
	ck_assert_msg((nearest.name ? (int)nearest.distance : -1) == apart[_i].distance, "%s: %u",
	              apart[_i].name, nearest.distance);
}
END_TEST

START_TEST(no_known_name_is_too_long_to_be_tried)
{
	char endless[4096] = "";
	struct nearest nearest;

	memset(endless, 'a', sizeof endless - 1);
	nearest_init(&nearest, "aaa");
	nearest_try(&nearest, endless);
	ck_assert_ptr_null(nearest.name);
	/* Of as many letters as there is room for all are looked at. */
	endless[64] = '\0';
	nearest_init(&nearest, endless);
	nearest_try(&nearest, endless);
	ck_assert_ptr_nonnull(nearest.name);
	ck_assert_uint_eq(nearest.distance, 0);
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
	tcase_add_loop_test(cases, letters_that_differ_are_counted, 0, G_N_ELEMENTS(apart));
	tcase_add_test(cases, no_known_name_is_too_long_to_be_tried);
	tcase_add_test(cases, of_two_that_are_as_near_the_first_is_told);
	suite_add_tcase(suite, cases);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

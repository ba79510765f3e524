/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>

#include "base/error.h"

START_TEST(a_failure_and_a_misuse_have_their_own_codes)
{
	g_autoptr(GError) failed = NULL, usage = NULL;

	ck_assert(!error_failed(&failed, "%s:%d: not a number", "file", 7));
	ck_assert(!error_usage(&usage, "--%s needs a value", "output"));
	ck_assert(g_error_matches(failed, error_quark(), ERROR_FAILED));
	ck_assert(g_error_matches(usage, error_quark(), ERROR_USAGE));
	ck_assert_str_eq(failed->message, "file:7: not a number");
	ck_assert_str_eq(usage->message, "--output needs a value");
}
END_TEST

START_TEST(the_first_error_stays)
{
	g_autoptr(GError) error = NULL;

	error_failed(&error, "first");
	ck_assert(!error_usage(&error, "second"));
	ck_assert_str_eq(error->message, "first");
	ck_assert_int_eq(error->code, ERROR_FAILED);
}
END_TEST

START_TEST(nobody_has_to_listen)
{
	ck_assert(!error_failed(NULL, "%d", 1));
	ck_assert(!error_usage(NULL, "%d", 1));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("error");
	TCase *tcase = tcase_create("error");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, a_failure_and_a_misuse_have_their_own_codes);
	tcase_add_test(tcase, the_first_error_stays);
	tcase_add_test(tcase, nobody_has_to_listen);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

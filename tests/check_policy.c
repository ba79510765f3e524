/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "privacy/policy.h"

static const struct {
	const char *header;
	enum transform transform;
} expected[] = {
	{ "User", TRANSFORM_PSEUDONYM },
	{ "user", TRANSFORM_PSEUDONYM },
	{ " USER ", TRANSFORM_PSEUDONYM },
	{ "user_name", TRANSFORM_PSEUDONYM },
	{ "Account", TRANSFORM_PSEUDONYM },
	{ "Group", TRANSFORM_PSEUDONYM },
	{ "State", TRANSFORM_STATE },
	{ "NodeList", TRANSFORM_HOSTS },
	{ "JobID", TRANSFORM_JOB },
	{ "JobIDRaw", TRANSFORM_JOB },
	{ "Cluster", TRANSFORM_WORD },
	{ "Partition", TRANSFORM_WORD },
	{ "QOS", TRANSFORM_WORD },
	{ "Submit", TRANSFORM_KEEP },
	{ "start_time", TRANSFORM_KEEP },
	{ "ReqMem", TRANSFORM_KEEP },
	{ "AllocTRES", TRANSFORM_TRES },
	{ "ExitCode", TRANSFORM_KEEP },
	{ "UID", TRANSFORM_DROP },
	{ "id_user", TRANSFORM_DROP },
	{ "GID", TRANSFORM_DROP },
	{ "JobName", TRANSFORM_DROP },
	{ "Comment", TRANSFORM_DROP },
	{ "AdminComment", TRANSFORM_DROP },
	{ "WorkDir", TRANSFORM_DROP },
	{ "SubmitLine", TRANSFORM_DROP },
	{ "StdOut", TRANSFORM_DROP },
	{ "AssocID", TRANSFORM_DROP },
	{ "WCKey", TRANSFORM_DROP },
	{ "Reservation", TRANSFORM_DROP },
	{ "McsLabel", TRANSFORM_DROP },
	{ "DBIndex", TRANSFORM_DROP },
	{ "MaxRSSNode", TRANSFORM_DROP },
	{ "FieldOfALaterSlurm", TRANSFORM_DROP },
	{ "", TRANSFORM_DROP },
};

START_TEST(each_column_has_its_policy)
{
	ck_assert_msg(policy_for(NULL, slice_of(expected[_i].header)).transform == expected[_i].transform,
	              "%s is %s", expected[_i].header,
	              transform_name(policy_for(NULL, slice_of(expected[_i].header)).transform));
}
END_TEST

START_TEST(free_text_is_dropped_and_a_name_never_kept)
{
	for (int column = 0; column < COLUMNS; column++) {
		const struct column_info *info = column_info((enum column)column);
		enum transform transform = policy_for(NULL, slice_of(info->name)).transform;

		if (info->kind == VALUE_TEXT)
			ck_assert_msg(transform == TRANSFORM_DROP, "%s", info->name);
		if (info->kind == VALUE_PERSON)
			ck_assert_msg(transform == TRANSFORM_PSEUDONYM, "%s", info->name);
		if (info->kind == VALUE_STATE)
			ck_assert_msg(transform == TRANSFORM_STATE, "%s", info->name);
	}
}
END_TEST

START_TEST(every_policy_says_why_in_one_sentence)
{
	for (int column = 0; column < COLUMNS; column++) {
		const char *name = column_info((enum column)column)->name;
		const char *why = policy_for(NULL, slice_of(name)).why;

		ck_assert_msg(why && g_ascii_isupper(*why) && g_str_has_suffix(why, "."), "%s", name);
	}
	ck_assert_ptr_nonnull(policy_for(NULL, slice_of("Unheard")).why);
}
END_TEST

START_TEST(an_unknown_column_is_dropped_for_its_own_reason)
{
	ck_assert_str_ne(policy_for(NULL, slice_of("Unheard")).why, policy_for(NULL, slice_of("JobName")).why);
	ck_assert_str_eq(transform_name(policy_for(NULL, slice_of("Unheard")).transform), "dropped");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("policy");
	TCase *tests = tcase_create("policy");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(tests, each_column_has_its_policy, 0, G_N_ELEMENTS(expected));
	tcase_add_test(tests, free_text_is_dropped_and_a_name_never_kept);
	tcase_add_test(tests, every_policy_says_why_in_one_sentence);
	tcase_add_test(tests, an_unknown_column_is_dropped_for_its_own_reason);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

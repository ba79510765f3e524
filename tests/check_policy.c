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
	ck_assert_msg(policy_for(NULL, slice_of(expected[_i].header)).transform ==
	                      expected[_i].transform,
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

		ck_assert_msg(why && g_ascii_isupper(*why) && g_str_has_suffix(why, "."), "%s",
		              name);
	}
	ck_assert_ptr_nonnull(policy_for(NULL, slice_of("Unheard")).why);
}
END_TEST

START_TEST(an_unknown_column_is_dropped_for_its_own_reason)
{
	ck_assert_str_ne(policy_for(NULL, slice_of("Unheard")).why,
	                 policy_for(NULL, slice_of("JobName")).why);
	ck_assert_str_eq(transform_name(policy_for(NULL, slice_of("Unheard")).transform),
	                 "dropped");
}
END_TEST

START_TEST(words_and_types_are_never_just_kept)
{
	for (int column = 0; column < COLUMNS; column++) {
		const struct column_info *info = column_info((enum column)column);
		struct terms terms = terms_of(PROFILE_RESEARCH);
		enum transform transform;

		terms.keep[column] = TRUE;
		transform = policy_for(&terms, slice_of(info->name)).transform;
		ck_assert_msg(transform != TRANSFORM_DROP, "%s", info->name);
		ck_assert_msg((info->kind == VALUE_WORD) == (transform == TRANSFORM_WORD), "%s",
		              info->name);
		ck_assert_msg((info->kind == VALUE_TRES) == (transform == TRANSFORM_TRES), "%s",
		              info->name);
		ck_assert_msg((info->kind == VALUE_TEXT) == (transform == TRANSFORM_TEXT), "%s",
		              info->name);
	}
}
END_TEST

static const struct {
	const char *header;
	enum transform transform;
} coarse[] = {
	{ "JobIDRaw", TRANSFORM_RENUMBER }, { "Submit", TRANSFORM_TIME },       { "End",
	  TRANSFORM_TIME },
	{ "Elapsed", TRANSFORM_DURATION },  { "wallclock_req", TRANSFORM_DURATION }, { "TotalCPU",
	  TRANSFORM_DURATION },
	{ "MaxRSS", TRANSFORM_AMOUNT },     { "TRESUsageInTot", TRANSFORM_USAGE },   { "ReqTRES",
	  TRANSFORM_HELD },
	{ "NodeList", TRANSFORM_DROP },     { "MaxVMSize", TRANSFORM_DROP },    { "CPUTimeRAW",
	  TRANSFORM_DROP },
	{ "ExitCode", TRANSFORM_DROP },     { "UserCPU", TRANSFORM_DROP },      { "Priority",
	  TRANSFORM_DROP },     { "ReqMem", TRANSFORM_KEEP },
	{ "User", TRANSFORM_PSEUDONYM },    { "JobName", TRANSFORM_DROP },      { "Unheard",
	  TRANSFORM_DROP },
};

START_TEST(the_profile_share_rounds_and_drops)
{
	struct terms terms = terms_of(PROFILE_SHARE);
	struct policy policy = policy_for(&terms, slice_of(coarse[_i].header));

	ck_assert_msg(policy.transform == coarse[_i].transform, "%s is %s", coarse[_i].header,
	              transform_name(policy.transform));
	ck_assert(g_str_has_suffix(policy.why, "."));
}
END_TEST

START_TEST(the_hand_has_the_last_word)
{
	struct terms terms = terms_of(PROFILE_SHARE);

	terms.keep[COLUMN_NODE_LIST] = terms.keep[COLUMN_PRIORITY] = terms.drop[COLUMN_USER] = TRUE;
	ck_assert(policy_for(&terms, slice_of("NodeList")).transform == TRANSFORM_HOSTS);
	ck_assert(policy_for(&terms, slice_of("Priority")).transform == TRANSFORM_KEEP);
	ck_assert(policy_for(&terms, slice_of("User")).transform == TRANSFORM_DROP);
	ck_assert(policy_drops_by_default(COLUMN_JOB_NAME) &&
	          !policy_drops_by_default(COLUMN_USER));
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
	tcase_add_test(tests, words_and_types_are_never_just_kept);
	tcase_add_loop_test(tests, the_profile_share_rounds_and_drops, 0, G_N_ELEMENTS(coarse));
	tcase_add_test(tests, the_hand_has_the_last_word);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

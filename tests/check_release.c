/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fixture_anonymize.h"
#include "privacy/coarse.h"

static void assert_on(const struct terms *terms, const char *export, const char *expected)
{
	GError *error = NULL;
	g_autofree char *text = anonymized_on(terms, export, NULL, &error);

	ck_assert_msg(text != NULL, "%s", error ? error->message : "");
	ck_assert_str_eq(text, expected);
}

/* Words */

START_TEST(a_word_of_few_users_is_a_token_and_one_of_enough_stays)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.min_users = 2;
	assert_on(&terms,
	          "User|Partition|QOS|End\nann|lab|ours|None\nbob|lab|x,lab|None\nann|own|normal|"
	          "None\n",
	          "User|Partition|QOS|End\nuser_0001|lab|qos_1|None\nuser_0002|lab|qos_2,lab|None\n"
	          "user_0001|partition_1|normal|None\n");
	ck_assert_uint_eq(release->words_tokens, 3);
}
END_TEST

/* Of QOS it has enough users, of partitions too few. */
START_TEST(a_word_that_stays_in_one_column_stays_in_all)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.min_users = 2;
	assert_on(&terms,
	          "User|Partition|QOS|End\nann|blue|x|None\nbob|y|blue|None\nann||blue|None\n",
	          "User|Partition|QOS|End\nuser_0001|blue|qos_1|None\n"
	          "user_0002|partition_1|blue|None\nuser_0001||blue|None\n");
}
END_TEST

/* In columns that are the same in row after row, which are not looked at again once it is known
 * what becomes of them. */
START_TEST(the_users_of_a_word_are_counted_in_each_row)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.min_users = 2;
	assert_on(&terms,
	          "JobID|User|State|Partition|AllocCPUS|End\n1|ann|COMPLETED|site|4|None\n2|bob|"
	          "COMPLETED|site|4|None\n"
	          "3|ann|COMPLETED|other,debug|4|None\n4|bob|COMPLETED|other,debug|4|None\n",
	          "JobID|User|State|Partition|AllocCPUS|End\n1|user_0001|COMPLETED|site|4|None\n2|"
	          "user_0002|COMPLETED|site|4|None\n"
	          "3|user_0001|COMPLETED|other,debug|4|None\n4|user_0002|COMPLETED|other,debug|4|"
	          "None\n");
}
END_TEST

START_TEST(a_token_stays_the_same_in_a_later_export)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	assert_on(&terms, "User|Partition|End\nann|own|None\n",
	          "User|Partition|End\nuser_0001|partition_1|None\n");
	terms.min_users = 1;
	assert_on(&terms, "User|Partition|End\nbob|new|None\nbob|own|None\n",
	          "User|Partition|End\nuser_0002|new|None\nuser_0002|partition_1|None\n");
}
END_TEST

START_TEST(a_row_of_no_user_counts_for_none)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.min_users = 1;
	assert_on(&terms, "JobID|User|Cluster|End\n1||own|None\n2||own|None\n",
	          "JobID|User|Cluster|End\n1||cluster_1|None\n2||cluster_1|None\n");
}
END_TEST

START_TEST(what_can_be_read_once_has_tokens_at_once)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.at_once = TRUE;
	terms.min_users = 1;
	assert_on(&terms, "User|Partition|End\nann|own|None\nbob|debug|None\n",
	          "User|Partition|End\nuser_0001|partition_1|None\nuser_0002|debug|None\n");
}
END_TEST

static const struct {
	const char *in, *out;
} resources[] = {
	{ "cpu=4,mem=16G,node=1,billing=4,1=4,1001=2",
	  "cpu=4,mem=16G,node=1,billing=4,1=4,1001=2" },
	{ "cpu=1,gres/gpu:a100=2,gres/gpu=2", "cpu=1,gres/gpu:a100=2,gres/gpu=2" },
	{ "gres/gpu:1g.5gb=2", "gres/gpu:1g.5gb=2" },
	{ "gres/gpu:nvidia_a100_80gb_pcie=2", "gres/gpu:nvidia_a100_80gb_pcie=2" },
	{ "gres/gpu:smith=2", "gres/gpu:gres_1=2" },
	{ "license/smith=2,cpu=1", "license/license_1=2,cpu=1" },
	{ "license/tool@smith=2", "license/license_1=2" },
	{ "smith=2,cpu=1", "word_1=2,cpu=1" },
	{ "gres/smith:jones=1", "gres/gres_1:gres_2=1" },
	{ "gpu:a100:4", "gpu:a100:4" },
	{ "gpu:4(S:0-1)", "gpu:4(S:0-1)" },
	{ "gpu:smith:4(IDX:0,2),gpu:2", "gpu:gres_1:4(IDX:0,2),gpu:2" },
	{ "gpu:4(smith)", "gpu:4" },
	{ "smith", "gres_1" },
	{ "(null)", "(null)" },
	{ "PER_NODE:gres:gpu:2", "PER_NODE:gres:gpu:2" },
};

START_TEST(types_of_resources_are_words)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);
	g_autofree char *in = g_strdup_printf("User|AllocTRES|End\nann|%s|None\n",
	                                      resources[_i].in);
	g_autofree char *out = g_strdup_printf("User|AllocTRES|End\nuser_0001|%s|None\n",
	                                       resources[_i].out);

	assert_on(&terms, in, out);
}
END_TEST

START_TEST(a_node_called_after_somebody_is_not)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	assert_on(&terms,
	          "User|NodeList|End\nann|cn01|None\nann|bob01|None\nann|gpu-BOB-[1-2],cn2|"
	          "None\nbob|bob|None\n",
	          "User|NodeList|End\nuser_0001|cn01|None\nuser_0001|host_1-01|None\n"
	          "user_0001|gpu-host_2-[1-2],cn2|None\nuser_0002|host_1|None\n");
}
END_TEST

/* The name, of which the digit is a part, stands behind the node; so does the partition that gets a
 * token. */
START_TEST(a_node_that_only_later_proves_to_be_called_so_is_not)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	assert_on(&terms, "User|NodeList|End\nann|zoe2-lab-7|None\nann|own-7|None\nzoe2|cn1|None\n",
	          "User|NodeList|End\nuser_0001|host_1-lab-7|None\nuser_0001|own-7|None\nuser_0002|"
	          "cn1|None\n");
	ck_assert_ptr_null(release->late_word);
	terms.at_once = TRUE;
	assert_on(&terms, "User|NodeList|Partition|End\nann|own-7|debug|None\nann|cn1|own|None\n",
	          "User|NodeList|Partition|End\nuser_0001|own-7|debug|None\nuser_0001|cn1|"
	          "partition_1|None\n");
	ck_assert_str_eq(release->late_word, "own");
}
END_TEST

START_TEST(what_can_be_read_once_tells_of_a_name_that_it_saw_too_late)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.at_once = TRUE;
	assert_on(&terms, "User|Partition|End\nann|gpu-long|None\ngpu|debug|None\n",
	          "User|Partition|End\nuser_0001|gpu-long|None\nuser_0002|debug|None\n");
	ck_assert_str_eq(release->late_word, "gpu-long");
}
END_TEST

START_TEST(what_can_be_read_once_minds_no_name_that_goes_on_behind_a_word)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.at_once = TRUE;
	assert_on(&terms, "User|Partition|End\nann|debug|None\ndebug2|debug|None\n",
	          "User|Partition|End\nuser_0001|debug|None\nuser_0002|debug|None\n");
	ck_assert_ptr_null(release->late_word);
}
END_TEST

/* Whose name has a number and whose has none. */
START_TEST(what_can_be_read_once_tells_of_a_node_that_was_called_so)
{
	static const char *const logins[] = { "zoe2", "zoe" };
	const char *login = logins[_i];
	struct terms terms = terms_of(PROFILE_RESEARCH);
	g_autofree char *text = g_strdup_printf("User|NodeList|End\nann|%s-lab-7|None\n"
	                                        "%s|cn1|None\n", login, login);
	g_autofree char *expected = g_strdup_printf("User|NodeList|End\nuser_0001|%s-lab-7|None\n"
	                                            "user_0002|cn1|None\n", login);

	terms.at_once = TRUE;
	assert_on(&terms, text, expected);
	ck_assert_str_eq(release->late_word, "zoe");
}
END_TEST

/* Columns */

START_TEST(a_dropped_column_can_be_kept_and_a_kept_one_dropped)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.keep[COLUMN_JOB_NAME] = terms.keep[COLUMN_UID] = terms.drop[COLUMN_N_TASKS] = TRUE;
	assert_on(&terms,
	          "User|UID|JobName|NTasks|Comment|End\nann|7|for bob, "
	          "Ann-2|1|x|None\nbob|8|a\tb|1|x|None\n"
	          "bob|8|a\x7f"
	          "b|1|x|None\n",
	          "User|UID|JobName|End\nuser_0001|7|for user_0002, "
	          "user_0001-2|None\nuser_0002|8||None\nuser_0002|8||None\n");
	ck_assert_uint_eq(release->values_blanked, 2);
}
END_TEST

START_TEST(pseudonyms_in_a_dropped_column_are_nobodys_names)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.drop[COLUMN_USER] = TRUE;
	assert_on(&terms, "User|Account|End\nuser_0007|phys|None\nann|phys|None\n",
	          "Account|End\ngroup_A|None\ngroup_A|None\n");
	ck_assert_uint_eq(mapping_count(mapping, NAME_USER), 1);
}
END_TEST

START_TEST(what_stands_behind_a_state_is_about_somebody)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	assert_on(&terms, "User|State|End\nann|FAILED smith|None\n",
	          "User|State|End\nuser_0001|FAILED|None\n");
}
END_TEST

/* The profile share */

START_TEST(times_are_cut_to_the_day_in_every_form)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.times = TIMES_DAY;
	assert_on(&terms,
	          "User|Submit|End\nann|2024-02-29T23:59:59|2024-02-29 "
	          "10:20:30\nann|1709250000|Unknown\n"
	          "ann|2024-02-29T10:00:00.123+01:00|None\n"
	          "ann|2024-02-29T23:59|2024-02-29 00:00\n",
	          "User|Submit|End\nuser_0001|2024-02-29T00:00:00|2024-02-29 "
	          "00:00:00\nuser_0001|1709164800|Unknown\n"
	          "user_0001|2024-02-29T00:00:00+01:00|None\n"
	          "user_0001|2024-02-29T00:00|2024-02-29 00:00\n");
	terms.times = TIMES_HOUR;
	assert_on(&terms, "User|End\nann|2024-02-29T23:59:59\nann|2024-02-29T23:59\n",
	          "User|End\nuser_0001|2024-02-29T23:00:00\nuser_0001|2024-02-29T23:00\n");
	terms.times = TIMES_MINUTE;
	assert_on(&terms, "User|End\nann|2024-02-29T23:59:59\nann|2024-02-29T23:59\n",
	          "User|End\nuser_0001|2024-02-29T23:59:00\nuser_0001|2024-02-29T23:59\n");
}
END_TEST

static const struct {
	gint64 seconds, becomes;
} durations[] = {
	{ 0, 0 }, { 4, 0 }, { 7, 10 }, { 29, 30 }, { 61, 60 }, { 100, 120 }, { 3600, 3600 }, { 5000,
	  3600 }, { 86399, 86400 },
	{ 31 * 86400, 30 * 86400 }, { 44 * 86400, 50 * 86400 }, { 1234 * 86400, 1000 * 86400 },
};

START_TEST(durations_become_the_nearest_step)
{
	ck_assert_int_eq(coarse_seconds(durations[_i].seconds), durations[_i].becomes);
}
END_TEST

START_TEST(a_sum_of_rounded_durations_stays_near)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(7);
	double exact = 0, rounded = 0;

	for (int i = 0; i < 20000; i++) {
		gint64 seconds = (gint64)(60 * pow(2, g_rand_double(rand) * 12));

		exact += (double)seconds;
		rounded += (double)coarse_seconds(seconds);
	}
	ck_assert_double_eq_tol(rounded / exact, 1, 0.03);
}
END_TEST

START_TEST(the_profile_share_tells_days_and_rounded_amounts)
{
	struct terms terms = terms_of(PROFILE_SHARE);

	terms.min_users = 1;
	terms.shuffle = FALSE;
	assert_on(
		&terms,
		"JobIDRaw|User|Account|End|ElapsedRaw|TimelimitRaw|NodeList|TotalCPU|MaxRSS|"
	        "MaxVMSize|TRESUsageInTot\n"
		"17|ann|phys|2024-02-29T23:59:59|3700|90|cn01|1-02:03:04|123456K|5G|cpu=00:10:31,"
	        "energy=7,mem=1234K,pages=3\n"
		"17.batch||phys|None|3.5|UNLIMITED|cn01|01:03.123|1.25G|5G|cpu=00:00:01,mem=0\n"
		"18|ann|phys|None|60|4294967295|||||\n"
		"19|ann|phys|None|60|4294967294|||||\n"
		"20|ann|phys|None|3.600|90|||||\n"
		"21|ann|phys|None|5.5||||125K||\n",
		"JobIDRaw|User|Account|End|ElapsedRaw|TimelimitRaw|TotalCPU|MaxRSS|TRESUsageInTot\n"
		"1|user_0001|group_A|2024-02-29T00:00:00|3600|60|1-00:00:00|120000K|cpu=00:10:00,"
	        "mem=1200K\n"
		"1.batch||group_A|None|0|UNLIMITED|00:01:00|1.2G|cpu=00:00:00,mem=0\n"
		"2|user_0001|group_A|None|60|4294967295|||\n"
		"3|user_0001|group_A|None|60|4294967294|||\n"
		"4|user_0001|group_A|None||60|||\n"
		"5|user_0001|group_A|None|10|||130K|\n");
	ck_assert_uint_eq(release->blanked[COLUMN_ELAPSED_RAW], 1);
}
END_TEST

START_TEST(the_profile_share_tells_of_resources_what_a_report_reads)
{
	struct terms terms = terms_of(PROFILE_SHARE);

	terms.min_users = 1;
	terms.shuffle = FALSE;
	assert_on(&terms,
	          "JobIDRaw|User|End|AllocTRES|ReqTRES|AllocGRES\n"
	          "1|ann|None|billing=4,cpu=4,energy=8728193,mem=8G,node=1|cpu=4,mem=8G,node=1|gpu:"
	          "a100:2\n"
	          "2|ann|None|cpu=4,energy=8728193,gres/gpu:a100=2,gres/gpu=2,license/"
	          "x=1|1=4,2=8192,3=564291,4=1,1001=2|gpu:2\n"
	          "3|ann|None|energy=8728193|(null)|gpu:a100:1(S:0)\n"
	          "4|ann|None|cpu=4,mem=8G|fs/disk=17,pages=3,vmem=9K|\n",
	          "JobIDRaw|User|End|AllocTRES|ReqTRES|AllocGRES\n"
	          "1|user_0001|None|cpu=4,mem=8G,node=1|cpu=4,mem=8G,node=1|gpu:a100:2\n"
	          "2|user_0001|None|cpu=4,gres/gpu:a100=2,gres/gpu=2|1=4,2=8192,4=1,1001=2|gpu:2\n"
	          "3|user_0001|None||(null)|gpu:a100:1(S:0)\n"
	          "4|user_0001|None|cpu=4,mem=8G||\n");
}
END_TEST

START_TEST(the_profile_share_adds_up_what_has_no_total)
{
	struct terms terms = terms_of(PROFILE_SHARE);

	terms.min_users = 1;
	terms.shuffle = FALSE;
	assert_on(&terms,
	          "JobIDRaw|User|End|UserCPU|ReqCPUS|SystemCPU\n"
	          "1|ann|None|01:00:31.500|4|00:59.600\n"
	          "2|ann|None|00:10:00|4|\n"
	          "3|ann|None|00:10:00|4|soon\n"
	          "4|ann|None|UNLIMITED|4|00:01:00\n"
	          "5|ann|None|||\n",
	          "JobIDRaw|User|End|TotalCPU|ReqCPUS\n"
	          "1|user_0001|None|01:00:00|4\n"
	          "2|user_0001|None||4\n"
	          "3|user_0001|None||4\n"
	          "4|user_0001|None||4\n"
	          "5|user_0001|None||\n");
	ck_assert_uint_eq(release->blanked[COLUMN_TOTAL_CPU], 1);
	/* Where there is one it counts, as it does for a report. */
	assert_on(&terms,
	          "JobIDRaw,User,End,SystemCPU,UserCPU,TotalCPU\n"
	          "1,ann,None,00:01:00,01:00:00,\n"
	          "2,ann,None,00:01:00,01:00:00,00:00:00\n"
	          "3,ann,None,00:01:00,01:00:00,INVALID\n"
	          "4,ann,None,00:01:00,,INVALID\n",
	          "JobIDRaw,User,End,TotalCPU\n"
	          "1,user_0001,None,01:00:00\n"
	          "2,user_0001,None,00:00:00\n"
	          "3,user_0001,None,01:00:00\n"
	          "4,user_0001,None,INVALID\n");
	/* What is kept or dropped by hand is not added up. */
	terms.keep[COLUMN_USER_CPU] = TRUE;
	assert_on(&terms, "JobIDRaw|User|End|UserCPU|SystemCPU\n1|ann|None|00:01:01|00:01:00\n",
	          "JobIDRaw|User|End|UserCPU\n1|user_0001|None|00:01:01\n");
	terms.keep[COLUMN_USER_CPU] = FALSE;
	terms.drop[COLUMN_SYSTEM_CPU] = TRUE;
	assert_on(&terms,
	          "JobIDRaw|User|End|UserCPU|SystemCPU|TotalCPU\n1|ann|None|00:01:01|00:01:00|\n",
	          "JobIDRaw|User|End|TotalCPU\n1|user_0001|None|\n");
}
END_TEST

START_TEST(small_groups_are_one)
{
	struct terms terms = terms_of(PROFILE_SHARE);
	g_auto(GStrv) pieces = NULL;
	g_autofree char *text = NULL;

	terms.min_users = 2;
	text = anonymized_on(&terms,
	                     "User|Account|Partition|End\nann|big|big|None\nbob|big|one|None\nbob|"
	                     "one|one|None\ncat|two|one|None\n",
	                     NULL, NULL);
	ck_assert_ptr_nonnull(text);
	ck_assert_ptr_nonnull(strstr(text, "|" PSEUDONYM_OTHER "|"));
	pieces = g_strsplit(text, PSEUDONYM_OTHER, -1);
	ck_assert_uint_eq(g_strv_length(pieces), 3);
	ck_assert_ptr_null(strstr(text, "|one|"));
}
END_TEST

/* Alone, "few" would be the one group_OTHER; with "last" it is not told from it. So it is for
 * accounts and for groups. */
START_TEST(small_groups_that_are_few_together_take_another_along)
{
	struct terms terms = terms_of(PROFILE_SHARE);

	terms.min_users = 2;
	terms.shuffle = FALSE;
	assert_on(&terms,
	          "User|Account|Group|End\nann|big|g1|None\nbob|big|g1|None\nbob|few|g2|None\nann|"
	          "last|g1|None\n"
	          "cat|last|g3|None\ncat|big|g1|None\n",
	          "User|Account|Group|End\nuser_0001|group_A|group_A|None\nuser_0002|group_A|group_"
	          "A|None\n"
	          "user_0002|group_OTHER|group_OTHER|None\nuser_0001|group_OTHER|group_A|None\n"
	          "user_0003|group_OTHER|group_OTHER|None\nuser_0003|group_A|group_A|None\n");
}
END_TEST

/* As accounts are, where an export has no others. */
START_TEST(small_unix_groups_that_are_few_together_take_another_along)
{
	struct terms terms = terms_of(PROFILE_SHARE);

	terms.min_users = 2;
	terms.shuffle = FALSE;
	assert_on(
		&terms,
		"User|Group|End\nann|big|None\nbob|big|None\nbob|few|None\nann|last|None\ncat|last|"
	        "None\ncat|big|None\n",
		"User|Group|End\nuser_0001|group_A|None\nuser_0002|group_A|None\nuser_0002|group_"
	        "OTHER|None\n"
		"user_0001|group_OTHER|None\nuser_0003|group_OTHER|None\nuser_0003|group_A|None\n");
}
END_TEST

START_TEST(renumbering_keeps_steps_and_arrays_together)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.renumber = TRUE;
	assert_on(&terms,
	          "JobID|JobIDRaw|End\n900_3|905|None\n900_3.batch|905.batch|None\n900_[4-9%2]|900|"
	          "None\n17+1|18|None\n905|905|None\n",
	          "JobID|JobIDRaw|End\n1_3|2|None\n1_3.batch|2.batch|None\n1_[4-9%2]|1|None\n3+1|4|"
	          "None\n2|2|None\n");
}
END_TEST

START_TEST(renumbering_tells_runs_apart_that_a_cut_time_does_not)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.renumber = TRUE;
	terms.times = TIMES_DAY;
	assert_on(&terms,
	          "JobIDRaw|Submit\n905|2024-01-01T08:00:00\n906|2024-01-01T08:00:00\n905|2024-01-"
	          "01T09:00:00\n"
	          "905.batch|\n905.0|2024-01-01T08:00:00\n905.1|2024-01-01T09:00:00\n905|2024-01-"
	          "01T08:00:00\n905.2|Unknown\n",
	          "JobIDRaw|Submit\n1|2024-01-01T00:00:00\n2|2024-01-01T00:00:00\n3|2024-01-01T00:"
	          "00:00\n"
	          "3.batch|\n1.0|2024-01-01T00:00:00\n3.1|2024-01-01T00:00:00\n1|2024-01-01T00:00:"
	          "00\n1.2|Unknown\n");
}
END_TEST

/* A spreadsheet makes 905 of 905.0; where no row has a user all are jobs. */
START_TEST(renumbering_knows_a_step_without_its_point)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.renumber = TRUE;
	assert_on(&terms,
	          "JobIDRaw|User|Submit\n905|ann|2024-01-01T08:00:00\n905||2024-01-01T08:00:"
	          "10\n905|ann|2024-01-01T09:00:00\n",
	          "JobIDRaw|User|Submit\n1|user_0001|2024-01-01T08:00:00\n1||2024-01-01T08:00:"
	          "10\n2|user_0001|2024-01-01T09:00:00\n");
	assert_on(&terms,
	          "JobIDRaw|User|Submit\n905||2024-01-01T08:00:00\n905||2024-01-01T09:00:00\n",
	          "JobIDRaw|User|Submit\n1||2024-01-01T08:00:00\n2||2024-01-01T09:00:00\n");
}
END_TEST

START_TEST(renumbering_keeps_steps_with_the_run_in_which_they_began)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.renumber = TRUE;
	terms.times = TIMES_DAY;
	assert_on(&terms,
	          "JobIDRaw|Submit\n905|2024-01-01T08:00:00\n905.batch|2024-01-01T08:00:10\n905.0|"
	          "2024-01-01T08:10:00\n"
	          "905|2024-01-01T09:00:00\n905.batch|2024-01-01T10:00:00\n906.batch|2024-01-01T10:"
	          "00:00\n906|2024-01-01T09:00:00\n",
	          "JobIDRaw|Submit\n1|2024-01-01T00:00:00\n1.batch|2024-01-01T00:00:00\n1.0|2024-"
	          "01-01T00:00:00\n"
	          "2|2024-01-01T00:00:00\n2.batch|2024-01-01T00:00:00\n3.batch|2024-01-01T00:00:"
	          "00\n3|2024-01-01T00:00:00\n");
}
END_TEST

START_TEST(a_word_of_many_that_holds_a_part_of_a_name_of_few_gets_a_token)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	assert_on(&terms,
	          "User|Account|QOS\nann|smith_lab|smith-q\nbob|x1|smith-q\ncid|x2|smith-q\ndan|x3|"
	          "smith-q\neve|x4|smith-q\n"
	          "ann|smith_lab|weird-q\nbob|x1|weird-q\ncid|x2|weird-q\ndan|x3|weird-q\neve|x4|"
	          "weird-q\n",
	          "User|Account|QOS\nuser_0001|group_A|qos_1\nuser_0002|group_B|qos_1\nuser_0003|"
	          "group_C|qos_1\n"
	          "user_0004|group_D|qos_1\nuser_0005|group_E|qos_1\nuser_0001|group_A|weird-"
	          "q\nuser_0002|group_B|weird-q\n"
	          "user_0003|group_C|weird-q\nuser_0004|group_D|weird-q\nuser_0005|group_E|weird-"
	          "q\n");
}
END_TEST

/* Of two users, each with an account, who are enough for a partition that names nobody. */
static const struct {
	const char *users[2], *accounts[2], *partition;
	gboolean stays;
} of_many[] = {
	{ { "ann", "bob" }, { "x1", "x2" }, "site", TRUE },
	/* the letters of one account, and of as many as are enough */
	{ { "ann", "bob" }, { "abc_def", "x2" }, "abc-site", FALSE },
	{ { "ann", "bob" }, { "phys_one", "phys_two" }, "phys-site", TRUE },
	/* what many sites call a partition, and many an account */
	{ { "ann", "bob" }, { "gpu_smith", "x2" }, "gpu-site", TRUE },
	{ { "ann", "bob" }, { "lab_smith", "x2" }, "lab-site", TRUE },
	/* the whole name of somebody, however common, and in a longer word if it is no shorter than
	 * three letters */
	{ { "gpu", "bob" }, { "x1", "x2" }, "gpu-site", FALSE },
	{ { "jo", "bob" }, { "x1", "x2" }, "jo", FALSE },
	{ { "jo", "bob" }, { "x1", "x2" }, "jo-site", TRUE },
};

START_TEST(a_word_of_many_stays_unless_it_holds_a_name)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);
	const char *const *users = of_many[_i].users, *const *accounts = of_many[_i].accounts,
			  *partition = of_many[_i].partition;
	const char *shown = of_many[_i].stays ? partition : "partition_1";
	g_autofree char *text =
		g_strdup_printf("User|Account|Partition|End\n%s|%s|%s|None\n%s|%s|%s|None\n",
	                        users[0], accounts[0], partition, users[1], accounts[1], partition);
	g_autofree char *expected = g_strdup_printf("User|Account|Partition|End\nuser_0001|group_A|"
	                                            "%s|None\nuser_0002|group_B|%s|None\n",
	                                            shown, shown);

	terms.min_users = 2;
	assert_on(&terms, text, expected);
}
END_TEST

START_TEST(renamed_nodes_keep_their_number_and_class)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.nodes = NODES_RENAME;
	assert_on(&terms,
	          "User|NodeList|End\nann|cn[001-003]|None\nann|cn002,gpu7.hpc.example.edu|"
	          "None\nann|None assigned|None\n"
	          "ann|cn[001,003]|None\nann|gpu[7-8]|None\nann|n1x,nx1|None\nann|cn[001-003]gpu[|"
	          "None\nann|gpu7,cn[001-003]|None\n",
	          "User|NodeList|End\nuser_0001|na[0001-0003]|None\nuser_0001|na0002,nb0004|None\n"
	          "user_0001|None "
	          "assigned|None\nuser_0001|na[0001,0003]|None\nuser_0001|nb[0004-0005]|None\n"
	          "user_0001|nc0006,nd0007|None\nuser_0001||None\nuser_0001|na[0001-0003],nb0004|"
	          "None\n");
}
END_TEST

START_TEST(a_range_of_renamed_nodes_has_numbers_of_one_length)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.nodes = NODES_RENAME;
	assert_on(&terms, "User|NodeList|End\nann|cn[1-10001]|None\n",
	          "User|NodeList|End\nuser_0001|na[0001-9999,10000-10001]|None\n");
}
END_TEST

/* Shuffling */

/* The rank correlation of the number of each user and of when they first appear. */
static double rank_correlation(const char *text, guint count)
{
	g_autofree guint *order = g_new0(guint, count + 1);
	guint seen = 0;
	double squares = 0;

	for (const char *at = text; (at = strstr(at, "user_")); at++) {
		guint number = (guint)strtoul(at + 5, NULL, 10);

		ck_assert_uint_le(number, count);
		if (!order[number])
			order[number] = ++seen;
	}
	ck_assert_uint_eq(seen, count);
	for (guint i = 1; i <= count; i++)
		squares += ((double)i - order[i]) * ((double)i - order[i]);
	return 1 - 6 * squares / ((double)count * ((double)count * count - 1));
}

static char *crowd(void)
{
	g_autoptr(GString) text = g_string_new("User|End\n");

	for (guint i = 0; i < 1000; i++)
		g_string_append_printf(text, "u%u|None\n", i);
	return g_strdup(text->str);
}

/* The mean of nine, so that chance fails it once in a billion times. */
START_TEST(shuffled_numbers_tell_no_order)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);
	g_autofree char *export = crowd(), *plain = anonymized_on(&terms, export, NULL, NULL);
	double sum = 0;

	ck_assert_double_eq_tol(rank_correlation(plain, 1000), 1, 1e-9);
	terms.shuffle = TRUE;
	for (int i = 0; i < 9; i++) {
		g_autofree char *text = NULL;

		mapping_anew();
		text = anonymized_on(&terms, export, NULL, NULL);
		sum += rank_correlation(text, 1000);
	}
	ck_assert_double_lt(fabs(sum / 9), 0.1);
}
END_TEST

START_TEST(two_mappings_share_no_order)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);
	g_autofree char *export = crowd(), *one = NULL, *again = NULL, *other = NULL;

	terms.shuffle = TRUE;
	one = anonymized_on(&terms, export, NULL, NULL);
	terms.shuffle = FALSE;
	again = anonymized_on(&terms, export, NULL, NULL);
	ck_assert_str_eq(one, again);
	terms.shuffle = TRUE;
	mapping_anew();
	other = anonymized_on(&terms, export, NULL, NULL);
	ck_assert_str_ne(one, other);
}
END_TEST

/* Contents */

START_TEST(what_is_in_a_column_is_counted_and_not_told)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);
	g_autofree char *text =
		anonymized_on(&terms,
	                      "User|Comment|Odd|End\nann|x||None\nann|y||None\nbob||z|None\n", NULL,
	                      NULL);
	static const struct {
		const char *column, *kind;
		guint filled, distinct;
		enum transform transform;
	} wanted[] = {
		{ "User", "name", 3, 2, TRANSFORM_PSEUDONYM }, { "Comment", "free text", 2, 2,
		  TRANSFORM_DROP },
		{ "Odd", "unknown", 1, 1, TRANSFORM_DROP },    { "End", "time", 3, 1,
		  TRANSFORM_KEEP },
	};

	ck_assert_ptr_nonnull(text);
	ck_assert_uint_eq(contents_rows(release->contents), 3);
	ck_assert_uint_eq(contents_count(release->contents), G_N_ELEMENTS(wanted));
	for (guint i = 0; i < G_N_ELEMENTS(wanted); i++) {
		const struct column_content *column = contents_column(release->contents, i);

		ck_assert_str_eq(column->column, wanted[i].column);
		ck_assert_str_eq(column->kind, wanted[i].kind);
		ck_assert_uint_eq(column->filled, wanted[i].filled);
		ck_assert_int_eq(column->distinct, wanted[i].distinct);
		ck_assert(column->policy.transform == wanted[i].transform);
	}
}
END_TEST

START_TEST(different_values_are_counted_up_to_a_bound)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);
	g_autoptr(GString) export = g_string_new("JobID|User|End\n");
	g_autofree char *text = NULL;

	for (guint i = 1; i <= 9999; i++)
		g_string_append_printf(export, "%u|u%u|None\n", i, i % 10);
	text = anonymized_on(&terms, export->str, NULL, NULL);
	ck_assert_int_eq(contents_column(release->contents, 0)->distinct, 9999);
	ck_assert_int_eq(contents_column(release->contents, 1)->distinct, 10);
}
END_TEST

/* Canaries */

#define CANARY "Xylander"

static const char *plausible(enum value_kind kind)
{
	static const char *const texts[] = {
		[VALUE_JOB] = "12", [VALUE_PERSON] = "ann", [VALUE_WORD] = "batch",
			[VALUE_NUMBER] = "4",
		[VALUE_TIME] = "2024-01-31T10:11:12", [VALUE_DURATION] = "01:02:03",
			[VALUE_MEMORY] = "4G",
		[VALUE_TRES] = "cpu=4,mem=4G", [VALUE_HOSTS] = "cn01", [VALUE_STATE] = "COMPLETED",
			[VALUE_CODE] = "0:0",
		[VALUE_TEXT] = "",
	};

	return texts[kind];
}

/* Forms in which something else than what a column holds may stand in it, % for the canary. */
static const char *const anywhere[] = { "%",    "% %",       "a % b", "%,batch",
	                                "12 %", "/home/%/x", "12_%",  "0:%" };
static const char *const in_jobs[] = { "12.%", "12_3.%", "12+%", "12.batch%" };
static const char *const in_states[] = { "CANCELLED by %", "FAILED %", "CANCELLED+%" };
static const char *const in_resources[] = {
	"cpu=4,gres/gpu:%=1", "%=3", "gres/%=1", "license/%=2", "gpu:%:2", "gpu:2(%)", "bb/%=1",
		"cpu=%", "mem=4G,fs/%=1",
	"gpu:%", "gres:%:1", "billing=1,%:4=2", "PER_NODE:%:2",
};
static const char *const in_hosts[] = { "cn01.%.org", "cn[01-02].%.edu,cn3" };

static const char *pick(GRand *rand, const char *const *forms, guint count)
{
	return forms[g_rand_int_range(rand, 0, (gint32)count)];
}

static const char *form_for(GRand *rand, enum value_kind kind)
{
	if (g_rand_int_range(rand, 0, 3) == 0 && kind != VALUE_HOSTS)
		return pick(rand, anywhere, G_N_ELEMENTS(anywhere));
	switch (kind) {
	case VALUE_JOB:
		return pick(rand, in_jobs, G_N_ELEMENTS(in_jobs));
	case VALUE_STATE:
		return pick(rand, in_states, G_N_ELEMENTS(in_states));
	case VALUE_TRES:
		return pick(rand, in_resources, G_N_ELEMENTS(in_resources));
	case VALUE_HOSTS:
		return pick(rand, in_hosts, G_N_ELEMENTS(in_hosts));
	default:
		return "%";
	}
}

static void append_field(GRand *rand, int column, GString *line)
{
	enum value_kind kind = column < COLUMNS ? column_info((enum column)column)->kind
	                                        : VALUE_TEXT;
	gboolean planted = g_rand_int_range(rand, 0, 4) == 0;
	g_auto(GStrv) parts = NULL;
	g_autofree char *canary = NULL, *field = NULL;

	if (!planted) {
		g_string_append(line, plausible(kind));
		return;
	}
	canary = g_strdup_printf(CANARY "%c%d", 'a' + g_rand_int_range(rand, 0, 3), column);
	parts = g_strsplit(form_for(rand, kind), "%", -1);
	field = g_strjoinv(canary, parts);
	g_string_append(line, field);
}

/* A log of some of all columns, in any order, and one that nobody knows. */
static char *random_log(GRand *rand)
{
	g_autoptr(GString) text = g_string_new("JobID|User|State|Start|End");
	int columns[12];

	for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
		columns[i] = g_rand_int_range(rand, 0, COLUMNS + 1);
		g_string_append_printf(text, "|%s",
		                       columns[i] < COLUMNS
		                               ? column_info((enum column)columns[i])->name
		                               : "Later");
	}
	for (int row = 1; row <= 12; row++) {
		g_string_append_printf(text,
		                       "\n%d|u%d|COMPLETED|2024-01-31T10:11:12|2024-01-31T11:11:12",
		                       row, row % 3);
		for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
			g_string_append_c(text, '|');
			append_field(rand, columns[i], text);
		}
	}
	g_string_append_c(text, '\n');
	return g_strdup(text->str);
}

START_TEST(a_canary_in_any_column_appears_in_no_output)
{
	g_autoptr(GRand) rand = g_rand_new_with_seed(20240131);
	guint64 written = 0;

	for (int log = 0; log < 2000; log++) {
		struct terms terms = terms_of(log % 3 == 1 ? PROFILE_SHARE : PROFILE_RESEARCH);
		g_autofree char *export = random_log(rand), *text = NULL;
		GError *error = NULL;

		terms.nodes = log % 3 == 2 ? NODES_RENAME : terms.nodes;
		text = anonymized_on(&terms, export, NULL, &error);
		ck_assert_msg(text != NULL, "%s", error ? error->message : "");
		ck_assert_msg(!strcasestr(text, CANARY), "%s\nof\n%s", text, export);
		written += release->rows_written;
	}
	/* That rows come out at all. */
	ck_assert_uint_gt(written, 1000);
}
END_TEST

/* With the columns that are dropped kept by hand, the test would see it. */
START_TEST(a_canary_is_seen_where_it_is_let_through)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);
	g_autofree char *text = NULL;

	terms.keep[COLUMN_COMMENT] = TRUE;
	text = anonymized_on(&terms, "User|Comment|End\nann|" CANARY "|None\n", NULL, NULL);
	ck_assert_ptr_nonnull(strcasestr(text, CANARY));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("release");
	TCase *tests = tcase_create("release");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, a_word_of_few_users_is_a_token_and_one_of_enough_stays);
	tcase_add_test(tests, a_word_that_stays_in_one_column_stays_in_all);
	tcase_add_test(tests, the_users_of_a_word_are_counted_in_each_row);
	tcase_add_test(tests, a_token_stays_the_same_in_a_later_export);
	tcase_add_test(tests, a_row_of_no_user_counts_for_none);
	tcase_add_test(tests, what_can_be_read_once_has_tokens_at_once);
	tcase_add_loop_test(tests, types_of_resources_are_words, 0, G_N_ELEMENTS(resources));
	tcase_add_test(tests, a_node_called_after_somebody_is_not);
	tcase_add_test(tests, a_node_that_only_later_proves_to_be_called_so_is_not);
	tcase_add_test(tests, what_can_be_read_once_tells_of_a_name_that_it_saw_too_late);
	tcase_add_test(tests, what_can_be_read_once_minds_no_name_that_goes_on_behind_a_word);
	tcase_add_loop_test(tests, what_can_be_read_once_tells_of_a_node_that_was_called_so, 0, 2);
	tcase_add_test(tests, a_dropped_column_can_be_kept_and_a_kept_one_dropped);
	tcase_add_test(tests, pseudonyms_in_a_dropped_column_are_nobodys_names);
	tcase_add_test(tests, what_stands_behind_a_state_is_about_somebody);
	tcase_add_test(tests, times_are_cut_to_the_day_in_every_form);
	tcase_add_loop_test(tests, durations_become_the_nearest_step, 0, G_N_ELEMENTS(durations));
	tcase_add_test(tests, a_sum_of_rounded_durations_stays_near);
	tcase_add_test(tests, the_profile_share_tells_days_and_rounded_amounts);
	tcase_add_test(tests, the_profile_share_tells_of_resources_what_a_report_reads);
	tcase_add_test(tests, the_profile_share_adds_up_what_has_no_total);
	tcase_add_test(tests, small_groups_are_one);
	tcase_add_test(tests, small_groups_that_are_few_together_take_another_along);
	tcase_add_test(tests, small_unix_groups_that_are_few_together_take_another_along);
	tcase_add_test(tests, renumbering_keeps_steps_and_arrays_together);
	tcase_add_test(tests, renumbering_tells_runs_apart_that_a_cut_time_does_not);
	tcase_add_test(tests, renumbering_knows_a_step_without_its_point);
	tcase_add_test(tests, renumbering_keeps_steps_with_the_run_in_which_they_began);
	tcase_add_test(tests, a_word_of_many_that_holds_a_part_of_a_name_of_few_gets_a_token);
	tcase_add_loop_test(tests, a_word_of_many_stays_unless_it_holds_a_name, 0,
	                    G_N_ELEMENTS(of_many));
	tcase_add_test(tests, renamed_nodes_keep_their_number_and_class);
	tcase_add_test(tests, a_range_of_renamed_nodes_has_numbers_of_one_length);
	tcase_add_test(tests, shuffled_numbers_tell_no_order);
	tcase_add_test(tests, two_mappings_share_no_order);
	tcase_add_test(tests, what_is_in_a_column_is_counted_and_not_told);
	tcase_add_test(tests, different_values_are_counted_up_to_a_bound);
	tcase_add_test(tests, a_canary_in_any_column_appears_in_no_output);
	tcase_add_test(tests, a_canary_is_seen_where_it_is_let_through);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

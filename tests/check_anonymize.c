/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture_anonymize.h"
#include "record/column.h"

#define TWELVE "User,Account,Group,ReqCPUS,ReqMem,NNodes,NodeList,AllocTRES,ReqGRES,Submit,Start,End"

/* On terms on which one user makes a word nobody's own. */
static char *anonymized(const char *one, const char *other, GError **error)
{
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.min_users = 1;
	return anonymized_on(&terms, one, other, error);
}

static void assert_becomes(const char *export, const char *expected)
{
	GError *error = NULL;
	g_autofree char *text = anonymized(export, NULL, &error);

	ck_assert_msg(text != NULL, "%s", error ? error->message : "");
	ck_assert_str_eq(text, expected);
}

static void assert_refused(const char *one, const char *other, const char *why)
{
	GError *error = NULL;
	g_autofree char *text = anonymized(one, other, &error);

	ck_assert_ptr_null(text);
	ck_assert_msg(strstr(error->message, why) != NULL, "\"%s\" does not say \"%s\"",
	              error->message, why);
	g_error_free(error);
}

static void assert_columns(const GPtrArray *columns, const char *expected)
{
	g_autoptr(GString) joined = g_string_new(NULL);

	for (guint i = 0; i < columns->len; i++)
		g_string_append_printf(joined, "%s%s", i > 0 ? "," : "",
		                       (char *)g_ptr_array_index(columns, i));
	ck_assert_str_eq(joined->str, expected);
}

START_TEST(the_twelve_columns_come_out_as_promised)
{
	assert_becomes(TWELVE "\n"
	               "jsmith,physics,physics-group,4,16384,1,node0001,cpu=4,gpu:0,"
	               "2024-09-30 14:30:00,2024-09-30 14:31:00,2024-09-30 15:30:00\n",
	               TWELVE "\n"
	               "user_0001,group_A,group_A,4,16384,1,node0001,cpu=4,gpu:0,"
	               "2024-09-30 14:30:00,2024-09-30 14:31:00,2024-09-30 15:30:00\n");
	ck_assert_uint_eq(release->rows_read, 1);
	ck_assert_uint_eq(release->rows_written, 1);
	ck_assert_uint_eq(release->values_blanked, 0);
	ck_assert_uint_eq(release->columns_dropped->len, 0);
	assert_columns(release->columns_kept, TWELVE);
	ck_assert_str_eq(release->delimiter, ",");
}
END_TEST

START_TEST(the_same_with_bars)
{
	g_autofree char *bars = g_strdup(TWELVE);
	g_autofree char *in = NULL, *out = NULL;

	g_strdelimit(bars, ",", '|');
	in = g_strconcat(bars, "\njsmith|physics|physics-group|4|16384|1|node0001|cpu=4|gpu:0|"
	                 "2024-09-30 14:30:00|2024-09-30 14:31:00|2024-09-30 15:30:00\n", NULL);
	out = g_strconcat(bars, "\nuser_0001|group_A|group_A|4|16384|1|node0001|cpu=4|gpu:0|"
	                  "2024-09-30 14:30:00|2024-09-30 14:31:00|2024-09-30 15:30:00\n", NULL);
	assert_becomes(in, out);
	ck_assert_str_eq(release->delimiter, "|");
}
END_TEST

static const struct {
	const char *in, *out;
} values[] = {
	/* names */
	{ "User|End\nann|Unknown\nbob|Unknown\nann|Unknown\n",
	  "User|End\nuser_0001|Unknown\nuser_0002|Unknown\nuser_0001|Unknown\n" },
	{ "Account|Group\nx|y\ny|x\n", "Account|Group\ngroup_A|group_A\ngroup_B|group_B\n" },
	{ "User|Account\nann|pi\n|physics\n", "User|Account\nuser_0001|group_A\n|group_B\n" },
	{ "User|Account\nann|\n ann |\n", "User|Account\nuser_0001|\nuser_0001|\n" },
	{ "User|Group\nzo\xc3\xab|domain users\n", "User|Group\nuser_0001|group_A\n" },
	/* states */
	{ "User|State\nann|CANCELLED by 1234\nann|CANCELLED\nann|COMPLETED\n",
	  "User|State\nuser_0001|CANCELLED\nuser_0001|CANCELLED\nuser_0001|COMPLETED\n" },
	{ "User|State\nann|CANCELLED by bob\n", "User|State\nuser_0001|CANCELLED\n" },
	{ "User|State\nann|\n", "User|State\nuser_0001|\n" },
	{ "User|State\nmysecret|mysecret\nann|FAILED\n", "User|State\nuser_0001|FAILED\n" },
	/* hosts */
	{ "User|NodeList\nann|cn01.hpc.example.edu\n", "User|NodeList\nuser_0001|cn01\n" },
	{ "User|NodeList\nann|cn[01-03,7].example.edu,gpu1.example.edu,cn9\n",
	  "User|NodeList\nuser_0001|cn[01-03,7],gpu1,cn9\n" },
	{ "User|NodeList\nann|cn[1-2]\nann|cn[\nann|cn[1-\nann|cn[2-1]\nann|cn[]\nann|cn1,\nann|cn[1-2],cn[3]\n",
	  "User|NodeList\nuser_0001|cn[1-2]\nuser_0001|\nuser_0001|\nuser_0001|\nuser_0001|\nuser_0001|\nuser_0001|cn[1-2],cn[3]\n" },
	/* what is somebody's may be how another name begins, which stays */
	{ "User|NodeList\nannasmit|annasmithlab1\nannasmit|annasmit5\nannasmit|annasmithlab2,annasmit6\n",
	  "User|NodeList\nuser_0001|annasmithlab1\nuser_0001|host_1-5\nuser_0001|annasmithlab2,host_1-6\n" },
	{ "User|NodeList\nann|g3.x-7\nann|None assigned\n",
	  "User|NodeList\nuser_0001|g3.x-7\nuser_0001|None assigned\n" },
	{ "User|NodeList\nann|g3.x,g3.y\n", "User|NodeList\nuser_0001|g3.x,g3.y\n" },
	/* which may be one with a number, after others of its letters */
	{ "User|NodeList\nann12|ann7\nann12|ann8\nann12|ann12\n",
	  "User|NodeList\nuser_0001|ann7\nuser_0001|ann8\nuser_0001|host_1\n" },
	/* no node is none, whoever is called so */
	{ "User|NodeList\nnone|None assigned\nnone|None\nnone|(null)\n",
	  "User|NodeList\nuser_0001|None assigned\nuser_0001|None\nuser_0001|(null)\n" },
	{ "User,NodeList\nnone,None assigned\nnone,None\n",
	  "User,NodeList\nuser_0001,None assigned\nuser_0001,None\n" },
	/* a domain begins behind a name with dots, and behind the number */
	{ "User|NodeList\na.smith|a.smith-01.example.org,a.smith-02.example.org\n",
	  "User|NodeList\nuser_0001|host_1-01,host_1-02\n" },
	/* a node is called one thing, in a range and by itself */
	{ "User|NodeList\nanna|anna[01-02]\nanna|anna01\n",
	  "User|NodeList\nuser_0001|host_1-[01-02]\nuser_0001|host_1-01\n" },
	{ "User|NodeList\nx1y2|x1y2-01\n4711|cn4711\n_812|cn_812\n",
	  "User|NodeList\nuser_0001|host_1-01\nuser_0002|cn4711\nuser_0003|cnhost_2\n" },
	/* kept when of their kind, else blank */
	{ "User|ReqCPUS|Start\nann|four|Unknown\n", "User|ReqCPUS|Start\nuser_0001||Unknown\n" },
	{ "walltime_used,user\n01:00:00,ann\n3600.5,bob\n",
	  "walltime_used,user\n01:00:00,user_0001\n3600.5,user_0002\n" },
	{ "User|Partition\nann|batch,gpu\nann|my home\n",
	  "User|Partition\nuser_0001|batch,gpu\nuser_0001|\n" },
	{ "JobID|User\n12_3|ann\n12.batch|\nann's job|ann\n",
	  "JobID|User\n12_3|user_0001\n12.batch|\n" },
	{ "User|ReqMem|AllocTRES\nann|16?|billing=2,cpu=2,gres/gpu=1,mem=1000M,node=1\n",
	  "User|ReqMem|AllocTRES\nuser_0001|16?|billing=2,cpu=2,gres/gpu=1,mem=1000M,node=1\n" },
	{ "User|AllocTRES|End\nann|cn[01-02]|None\nbob|cn[01-02],cpu=1|None\n",
	  "User|AllocTRES|End\nuser_0001||None\nuser_0002||None\n" },
	/* of the database, in which 256 is 1:0 */
	{ "id_user\tuser\texit_code\tderived_ec\ttime_end\n5\tann\t256\t9\t1700000000\n5\tbob\t0\t100000\t1700000000\n",
	  "user\texit_code\tderived_ec\ttime_end\nuser_0001\t256\t9\t1700000000\nuser_0002\t0\t\t1700000000\n" },
	/* a blanked value among those that stay: first, in the middle, last, all */
	{ "NNodes|ReqCPUS|Elapsed|NTasks|End\nx|1|01:00|1|None\n1|x|01:00|1|None\n1|1|x|1|None\n1|1|01:00|x|None\n"
	  "x|x|x|x|None\n1|1|01:00|1|None\n",
	  "NNodes|ReqCPUS|Elapsed|NTasks|End\n|1|01:00|1|None\n1||01:00|1|None\n1|1||1|None\n1|1|01:00||None\n"
	  "||||None\n1|1|01:00|1|None\n" },
	/* a row whose job id, state or time is none is not written, wherever that stands */
	{ "JobID|ReqCPUS|Start|End\nx|1|None|None\n1|1|x|None\n1|1|None|x\n1|1|None|None\n",
	  "JobID|ReqCPUS|Start|End\n1|1|None|None\n" },
	/* dropped columns among those that stay: first, in the middle, last */
	{ "Comment|JobID|JobName|Start|End|Extra\na|1|b|None|None|c\n|2||None||\n",
	  "JobID|Start|End\n1|None|None\n2|None|\n" },
	{ "JobID|User|End\r\n1|ann|None\r\n1|bob|\r\n",
	  "JobID|User|End\n1|user_0001|None\n1|user_0002|\n" },
	{ "JobID|User|NTasks|\n1|ann|3|\n2||x|\n", "JobID|User|NTasks\n1|user_0001|3\n2||\n" },
	{ "JobID<1f>ReqCPUS<1f>Comment<1f>End\n1<1f>2<1f>x<1f>None\n1<1f>x<1f>x<1f>None\n",
	  "JobID<1f>ReqCPUS<1f>End\n1<1f>2<1f>None\n1<1f><1f>None\n" },
	/* what was seen a row ago is not taken for another text of its length */
	{ "User|Account|Partition\nann|one|gpu\nbob|one|gpu\nann|two|gpu\nann|one|cpu\nann|one|g u\nann|one|gpu\n",
	  "User|Account|Partition\nuser_0001|group_A|gpu\nuser_0002|group_A|gpu\nuser_0001|group_B|gpu\n"
	  "user_0001|group_A|cpu\nuser_0001|group_A|\nuser_0001|group_A|gpu\n" },
	{ "ReqCPUS|ReqMem|User\n16|4000M|a\n16|4000X|a\n1x|4000M|a\n16|4000M|a\n16|4|a\n1|64|a\n",
	  "ReqCPUS|ReqMem|User\n16|4000M|user_0001\n16||user_0001\n|4000M|user_0001\n16|4000M|user_0001\n"
	  "16|4|user_0001\n1|64|user_0001\n" },
	{ "User|Start\na|2024-02-28T10:00:00\na|2024-02-28T23:59:59\na|2024-02-28T24:00:00\na|2024-02-28x10:00:00\n"
	  "a|2024-02-28 10:00:00\na|2024-02-38T10:00:00\na|2024-02-28T10:60:00\na|2023-02-28T10:00:00\n",
	  "User|Start\nuser_0001|2024-02-28T10:00:00\nuser_0001|2024-02-28T23:59:59\n"
	  "user_0001|2024-02-28 10:00:00\nuser_0001|2023-02-28T10:00:00\n" },
	{ "User|Start\na|0000000001710000000\na|0000000001710:00:00\n",
	  "User|Start\nuser_0001|0000000001710000000\n" },
	/* a word that is a name: a token, and not the name's pseudonym, which all who know the
	 * partition would then know */
	{ "User|Account|Partition\nann|physics|physics\nann|physics|Physics,batch\n",
	  "User|Account|Partition\nuser_0001|group_A|partition_1\nuser_0001|group_A|partition_2,batch\n" },
	{ "User|Account|Cluster|QOS|AllocTRES\nann|physics|ann|physics|cpu=1,gres/gpu:ann=1,license/physics=1\n",
	  "User|Account|Cluster|QOS|AllocTRES\nuser_0001|group_A|cluster_1|qos_1|cpu=1,gres/gpu:gres_1=1,license/license_1=1\n" },
	/* by gpu a report knows GPUs: it stays, whoever is called so */
	{ "User|Account|ReqGRES|AllocTRES|TRESUsageInAve\nann|gpu|gpu:a100:2|gres/gpu:a100=2,gres/gpu=2|gres/gpuutil=50,gres/ann=1\n",
	  "User|Account|ReqGRES|AllocTRES|TRESUsageInAve\n"
	  "user_0001|group_A|gpu:a100:2|gres/gpu:a100=2,gres/gpu=2|gres/gpuutil=50,gres/gres_1=1\n" },
	{ "User|Partition\nl4|l4\n", "User|Partition\nuser_0001|partition_1\n" },
	/* a part of a word may be a name, but three digits are the model of a GPU */
	{ "User|Partition\n100|gpu-a100\nann|gpu-ann\n4711|p4711\n_812|p_812\n",
	  "User|Partition\nuser_0001|gpu-a100\nuser_0002|partition_1\nuser_0003|partition_2\nuser_0004|partition_3\n" },
	/* a word that looks like a token, or like a pseudonym, and would be one: a token of its
	 * own */
	{ "User|QOS|Partition\nann|ann|qos_1\na|qos_1|group_A\nb|qos_1|group_A\nc|qos_1|group_A\nd|qos_1|group_A\ne|qos_1|group_A\n",
	  "User|QOS|Partition\nuser_0001|qos_1|partition_1\nuser_0002|qos_2|partition_2\nuser_0003|qos_2|partition_2\n"
	  "user_0004|qos_2|partition_2\nuser_0005|qos_2|partition_2\nuser_0006|qos_2|partition_2\n" },
	/* columns: spelling and order as in the file, the unknown gone */
	{ "end_time|UID|JobName|user|Spin\nUnknown|7|secret|ann|up\n",
	  "end_time|user\nUnknown|user_0001\n" },
	{ "user|END\nann|Unknown\n", "user|END\nuser_0001|Unknown\n" },
	/* a comma file is quoted where it must be */
	{ "User,AllocTRES,ReqCPUS\n\"ann\",\"cpu=4,mem=16G\",\"4\"\n",
	  "User,AllocTRES,ReqCPUS\nuser_0001,\"cpu=4,mem=16G\",4\n" },
	{ "User,NodeList\n\"a,b\",\"cn[1,2].example.edu\"\n",
	  "User,NodeList\nuser_0001,\"cn[1,2]\"\n" },
	/* nothing that a terminal would obey, or that ends a line, however many have it */
	{ "User,AllocTRES,Partition\n\"ann\",\"cpu=4,gres/gpu:a\nb=1\",\"x\"\n"
	  "ann,\"cpu=4,gres/gpu:\033[31m=1\",\"\342\200\256hctab\"\n\"ann\",\"billing=4,\033]0;a\007=1\",\"\302\23331m\"\n",
	  "User,AllocTRES,Partition\nuser_0001,,x\nuser_0001,,\nuser_0001,,\n" },
	/* no row at all */
	{ "User|End\n", "User|End\n" },
};

START_TEST(each_value_becomes_what_its_column_says)
{
	assert_becomes(values[_i].in, values[_i].out);
}
END_TEST

START_TEST(what_is_taken_away_is_counted)
{
	assert_becomes(
		"User|State|ReqCPUS|Comment\nann|CANCELLED by 7|4|x\nann|FAILED|x|y\nbob|FOO|x|y\n",
		"User|State|ReqCPUS\nuser_0001|CANCELLED|4\nuser_0001|FAILED|\n");
	ck_assert_uint_eq(release->uids_removed, 1);
	ck_assert_uint_eq(release->values_blanked, 1);
	ck_assert_uint_eq(release->rows_set_aside, 1);
	ck_assert_uint_eq(release->rows_written, 2);
	assert_columns(release->columns_dropped, "Comment");
	ck_assert_uint_eq(release->users, 1);
	ck_assert_uint_eq(release->input_sha256->len, 1);
}
END_TEST

START_TEST(what_is_the_same_in_many_rows_is_counted_in_each)
{
	assert_becomes("User|State|Partition|ReqCPUS|ReqMem\n"
	               "ann|CANCELLED by 7|ann|x|1G\nann|CANCELLED by 7|ann|x|1G\nann|CANCELLED by "
	               "7|ann|x|1G\n",
	               "User|State|Partition|ReqCPUS|ReqMem\n"
	               "user_0001|CANCELLED|partition_1||1G\nuser_0001|CANCELLED|partition_1||1G\n"
	               "user_0001|CANCELLED|partition_1||1G\n");
	ck_assert_uint_eq(release->uids_removed, 3);
	ck_assert_uint_eq(release->words_replaced, 3);
	ck_assert_uint_eq(release->values_blanked, 3);
}
END_TEST

/* In a mapping of an earlier version the token of a partition may be what it is called: it stays as
 * it is, and is counted nevertheless. */
START_TEST(a_word_replaced_by_itself_is_counted_in_each_row)
{
	ck_assert(g_file_set_contents_full(
		map, "kind,name,pseudonym\n\"partition\",\"partition_1\",\"partition_1\"\n", -1,
		G_FILE_SET_CONTENTS_NONE, 0600, NULL));
	mapping_anew();
	assert_becomes("Account|Partition\npartition_1|partition_1\npartition_1|partition_1\n",
	               "Account|Partition\ngroup_A|partition_1\ngroup_A|partition_1\n");
	g_unlink(map);
	ck_assert_uint_eq(release->words_replaced, 2);
}
END_TEST

/* Around the length up to which texts are remembered, twice each. */
START_TEST(a_long_text_comes_out_whole)
{
	g_autoptr(GString) text = g_string_new("User|AllocTRES|End\n");
	g_autoptr(GString) out = g_string_new(text->str);

	for (int length = 230; length < 270; length++)
		for (int again = 0; again < 2; again++) {
			g_autofree char *name = g_strnfill((gsize)length, 'x');

			g_string_append_printf(text, "ann|%s=1|None\n", name);
			g_string_append_printf(out, "user_0001|%s=1|None\n", name);
		}
	assert_becomes(text->str, out->str);
}
END_TEST

/* Rows as long as any buffer, and so many others that they fill several. */
START_TEST(many_rows_and_very_long_ones_come_out_in_order)
{
	g_autoptr(GString) text = g_string_new("JobID|User|AllocTRES|NTasks\n");
	g_autoptr(GString) out = g_string_new(text->str);
	g_autofree char *name = g_strnfill(400000, 'x');

	for (int i = 1; i <= 30000; i++) {
		const char *tres = i % 10000 == 5 ? name : "cpu";
		const char *end = i % 7 == 0 ? "x" : "1234567";

		g_string_append_printf(text, "%d|u%d|%s=1|%s\n", i, i % 50, tres, end);
		g_string_append_printf(out, "%d|user_%04d|%s=1|%s\n", i, (i - 1) % 50 + 1, tres,
		                       i % 7 == 0 ? "" : end);
	}
	assert_becomes(text->str, out->str);
	ck_assert_uint_eq(release->values_blanked, 30000 / 7);
}
END_TEST

START_TEST(no_digest_is_made_that_nobody_wants)
{
	char *paths[] = { first, NULL };
	const struct raw_exports exports = { paths, NULL, TRUE };
	struct progress *silent = progress_new("", 0, NULL, NULL);
	const struct terms terms = terms_of(PROFILE_RESEARCH);
	struct words *words = words_new(mapping, &terms);
	const struct disguise disguise = { &terms, mapping, words };
	struct sink *sink = sink_open(shared, 0644, NULL);

	ck_assert(g_file_set_contents(first, "User|End\nann|None\n", -1, NULL));
	ck_assert(anonymize(&exports, &disguise, sink, release, silent, NULL));
	ck_assert(sink_close(sink, NULL, NULL));
	ck_assert_uint_eq(release->input_sha256->len, 0);
	ck_assert_uint_eq(release->rows_written, 1);
	words_free(words);
	progress_free(silent);
}
END_TEST

START_TEST(a_dropped_column_is_shown_escaped)
{
	assert_becomes("User|End|\x1b[2Jhi\nann|Unknown|x\n", "User|End\nuser_0001|Unknown\n");
	assert_columns(release->columns_dropped, "\\x1b[2Jhi");
}
END_TEST

/* What reading would recover, the shareable file has too: nothing of the free text, and no column
 * shifted. */
START_TEST(a_mended_row_is_written_as_it_was_meant)
{
	assert_becomes("JobID|JobName|State|User|Account\n1|a|b|COMPLETED|ann|pi\n2|x\ny|FAILED|"
	               "bob|la|b\n",
	               "JobID|State|User|Account\n1|COMPLETED|user_0001|group_A\n2|FAILED|user_"
	               "0002|group_B\n");
	ck_assert_uint_eq(release->rows_set_aside, 0);
	assert_becomes("Account|User|State\npi|ann|FAILED\npi|x|ann|FAILED\npi|ann|FAILED\n",
	               "Account|User|State\ngroup_A|user_0001|FAILED\ngroup_C|user_0001|"
	               "FAILED\ngroup_A|user_0001|FAILED\n");
	assert_becomes("JobID,State,AllocTRES,User\n1,COMPLETED,cpu=4,mem=1G,ann\n",
	               "JobID,State,AllocTRES,User\n1,COMPLETED,\"cpu=4,mem=1G\",user_0001\n");
}
END_TEST

START_TEST(the_shareable_file_keeps_a_delimiter_of_any_length)
{
	assert_becomes("JobID<1f>User<1f>State\n1<1f>ann<1f>COMPLETED\n",
	               "JobID<1f>User<1f>State\n1<1f>user_0001<1f>COMPLETED\n");
}
END_TEST

START_TEST(damaged_rows_are_not_written_and_counted)
{
	assert_becomes("User|End|JobName\nann|Unknown|a\nann|x|Unknown|a\nb\xff|Unknown|c\nbob|Unk",
	               "User|End\nuser_0001|Unknown\n");
	ck_assert_uint_eq(release->rows_read, 4);
	ck_assert_uint_eq(release->rows_written, 1);
	ck_assert_uint_eq(release->rows_set_aside, 3);
	ck_assert_uint_eq(release->users, 1);
}
END_TEST

/* Without ids a step would be one of the job that is written before it. */
START_TEST(steps_are_not_written_where_their_job_is_not)
{
	assert_becomes("User|State|End\nann|FAILED|None\n|FAILED|None\nbob|nonsense|None\n|FAILED|"
	               "None\n|FAILED|None\n"
	               "cat|FAILED|None\n|FAILED|None\n",
	               "User|State|End\nuser_0001|FAILED|None\n|FAILED|None\nuser_0002|FAILED|"
	               "None\n|FAILED|None\n");
	ck_assert_uint_eq(release->rows_set_aside, 3);
	ck_assert_uint_eq(release->unwritten[UNWRITTEN_STEP], 2);
	assert_becomes("JobID|User|State\n1|ann|FAILED\n2|bob|nonsense\n2.0||FAILED\n",
	               "JobID|User|State\n1|user_0001|FAILED\n2.0||FAILED\n");
}
END_TEST

START_TEST(several_files_become_one_with_one_header)
{
	GError *error = NULL;
	g_autofree char *text = anonymized("User|End|JobName\nann|Unknown|x\n",
	                                   "Comment|USER|End\ny|bob|Unknown\ny|ann|None\n", &error);

	ck_assert_msg(text != NULL, "%s", error ? error->message : "");
	ck_assert_str_eq(text, "User|End\nuser_0001|Unknown\nuser_0002|Unknown\nuser_0001|None\n");
	assert_columns(release->columns_dropped, "JobName,Comment");
	ck_assert_uint_eq(release->input_sha256->len, 2);
	ck_assert_str_ne(g_ptr_array_index(release->input_sha256, 0),
	                 g_ptr_array_index(release->input_sha256, 1));
}
END_TEST

#define APART "anonymize each with the same mapping, and report on them together"

static const struct {
	const char *one, *other, *why;
} refused[] = {
	{ "User|End\nuser_0001|Unknown\n", NULL,
	  "first.psv, line 2: the user is a pseudonym already (user_0001)" },
	{ "User|End\nann|Unknown\nuser_0002|Unknown\n", NULL,
	  "first.psv, line 3: the user is a pseudonym already (user_0002): "
	  "this file has been anonymized, and `reclaim report` reads it as it is; where a login is called so, give it another name in the export" },
	{ "User|End\nann|Unknown\nuser_0412|Unknown\n", NULL,
	  "first.psv, line 3: the user is a pseudonym" },
	{ "User|End\na|None\n", "User|Start\na|None\n",
	  "second.psv: has no column End, which first.psv has; "
	  "export all with the same columns, or " APART },
	{ "User|End\na|None\n", "User|End|State\na|None|FAILED\n",
	  "second.psv: has a column State, which first.psv has not; export all with the same columns, or " APART },
	{ "User|End\na|None\n", "End|User\nNone|a\n",
	  "second.psv: column End stands where first.psv has User; " APART },
	{ "User|End\na|None\n", "User|End|User\na|None|a\n",
	  "has a column twice that first.psv has once, or the reverse; " APART },
	{ "User|End\na|None\n", "User,End\na,None\n",
	  "second.psv: its columns are delimited otherwise than those of first.psv; " APART },
	{ "User|End\na|None\nEnd|User\nNone|a\n", NULL,
	  "first.psv, line 3: a header of other columns" },
	{ "JobName|Comment\na|b\n", NULL, "first.psv: none of its columns may be shared" },
	{ "", NULL, "first.psv" },
};

START_TEST(what_cannot_be_shared_is_refused_with_the_reason)
{
	assert_refused(refused[_i].one, refused[_i].other, refused[_i].why);
}
END_TEST

START_TEST(a_partition_that_only_later_proves_a_name_takes_a_second_run)
{
	const char *export = "User|Partition\nann|bob\nbob|bob\n";

	assert_becomes(export, "User|Partition\nuser_0001|partition_1\nuser_0002|partition_1\n");
	ck_assert_ptr_null(release->late_word);
	ck_assert_uint_eq(release->rows_read, 2);
	ck_assert_uint_eq(release->words_replaced, 2);
}
END_TEST

START_TEST(the_same_mapping_gives_the_same_pseudonyms_to_a_later_export)
{
	assert_becomes("User|End\nann|Unknown\nbob|Unknown\n",
	               "User|End\nuser_0001|Unknown\nuser_0002|Unknown\n");
	assert_becomes("User|End\ncarl|Unknown\nbob|Unknown\n",
	               "User|End\nuser_0003|Unknown\nuser_0002|Unknown\n");
}
END_TEST

/* One odd name in every column in turn: it may come out of none of them. */
START_TEST(a_name_in_any_column_does_not_come_out)
{
	for (int column = 0; column < COLUMNS; column++) {
		const char *name = column_info((enum column)column)->name;
		g_autofree char *export =
			g_strdup_printf("User|End|%s\nann|Unknown|J. Q. Xylander\n", name);
		g_autofree char *text = NULL;

		text = anonymized(export, NULL, NULL);
		ck_assert_msg(text && !strstr(text, "Xylander"), "%s", name);
	}
}
END_TEST

static const char *one_of(GRand *rand, const char *const *texts, guint count)
{
	guint i = (guint)g_rand_int_range(rand, 0, (gint32)count + 4);

	return texts[i < count ? i : 0];
}

/* Of each column a few texts, of which most stay: rows of them are alike, and then one is not. */
static char *random_row(GRand *rand, guint number)
{
	static const char *const who[] = {
		"ann|physics|gpu", "bob|physics|batch", "|physics|gpu", "ann||gpu,own", "||",
		"carl|math|own"
	};
	static const char *const states[] = {
		"COMPLETED",        "CANCELLED by 1234", "FAILED",     "",      "OUT_OF_MEMORY",
		"CANCELLED by ann", "FAILED  by 7",      "CANCELLED ", " by 7", "LOST by 7"
	};
	static const char *const starts[] = { "2025-01-01T10:00:00", "2025-01-01T23:59:59",
		                              "Unknown", "2025-01-02T00:00:00" };
	static const char *const asked[] = { "4|16G|cpu=4,mem=16G", "4|16G|cpu=4,gres/gpu:a100=1",
		                             "1|4G|cpu=1", "x|4G|", "||" };
	static const char *const hosts[] = { "cn01", "cn02", "cn02.example.edu", "gpu[1-3]",
		                             "",     "ann7", "None assigned" };
	static const char *const used[] = { "10|00:01.003|",
		                            "1000|1-00:00:00|512K",
		                            "x|00:01|",
		                            "||",
		                            "0||x",
		                            "12345678|23:59:59|",
		                            "1|24:00:00|",
		                            "1|-10:30:59|",
		                            "1|3-24:00:00|",
		                            "1|12345-01:02:03|",
		                            "1|1x-01:02:03|",
		                            "1|00:00:60|",
		                            "23:59:59|00:61.000|" };
	static const char *const ids[] = { "", "_7", "_[1-3]", ".batch", "+1", "_123456789012" };

#define ONE_OF(texts) one_of(rand, texts, G_N_ELEMENTS(texts))
	return g_strdup_printf("%u%s|note|%s|%s|%s|%s|%s|%s\n", number, ONE_OF(ids), ONE_OF(who),
	                       ONE_OF(states), ONE_OF(starts), ONE_OF(asked), ONE_OF(hosts),
	                       ONE_OF(used));
}

#define SOME_COLUMNS "JobID|Comment|User|Account|Partition|State|Start|AllocCPUS|ReqMem|AllocTRES|NodeList|ElapsedRaw|TotalCPU|MaxRSS\n"

/* What is made of a row does not hang on those before it. */
START_TEST(a_row_becomes_the_same_among_others_and_alone)
{
	GRand *rand = g_rand_new_with_seed(3);
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
	GString *all = g_string_new(SOME_COLUMNS);
	struct terms terms = terms_of(PROFILE_RESEARCH);
	g_autofree char *together = NULL;
	const char *at;

	terms.min_users = 1;
	for (guint i = 0; i < 100; i++) {
		g_ptr_array_add(rows, random_row(rand, i));
		g_string_append(all, g_ptr_array_index(rows, i));
	}
	witnessed = TRUE;
	together = anonymized_on(&terms, all->str, NULL, NULL);
	witnessed = FALSE;
	ck_assert_ptr_nonnull(together);
	at = strchr(together, '\n') + 1;
	for (guint i = 0; i < rows->len; i++) {
		g_autofree char *export = g_strconcat(SOME_COLUMNS,
		                                      (char *)g_ptr_array_index(rows, i), NULL);
		g_autofree char *alone = anonymized_on(&terms, export, NULL, NULL);
		const char *row = strchr(alone, '\n') + 1;

		ck_assert_msg(g_str_has_prefix(at, row),
		              "\"%s\" of \"%s\" does not stand before \"%.200s\"", row, export, at);
		at += strlen(row);
	}
	ck_assert_str_eq(at, "");
	g_string_free(all, TRUE);
	g_rand_free(rand);
}
END_TEST

/* All that may be asked of columns there, in any order, not all of them. */
static GPtrArray *some_columns(GRand *rand)
{
	static const char *const all[] = { "JobID",     "JobIDRaw",  "User",      "Account",
		                           "Group",     "Partition", "State",     "Start",
		                           "End",       "Elapsed",   "ElapsedRaw", "AllocCPUS",
		                           "ReqCPUS",   "AllocTRES", "ReqTRES",   "NodeList",
		                           "ExitCode",  "Priority" };
	GPtrArray *columns = g_ptr_array_new();

	for (guint i = 0; i < G_N_ELEMENTS(all); i++)
		if (i == 2 || g_rand_int_range(rand, 0, 5) > 0)
			g_ptr_array_insert(columns,
			                   g_rand_int_range(rand, 0, (gint32)columns->len + 1),
			                   (gpointer)all[i]);
	return columns;
}

/* What stands there: mostly what most rows have. */
static const char *some_value(GRand *rand, const char *column)
{
	static const struct {
		const char *column, *texts[5];
	} stock[] = {
		{ "User", { "ann", "bob", "", "carl" } },
		{ "Account", { "physics", "math", "" } },
		{ "Group", { "physics", "own", "" } },
		{ "Partition", { "batch", "gpu", "own" } },
		{ "State", { "COMPLETED", "CANCELLED by 7", "LOST" } },
		{ "Start", { "2025-01-01T10:00:00", "2025-02-01T10:00:00", "Unknown", "None" } },
		{ "End", { "2025-02-03T10:00:00", "2025-02-01T10:00:07", "Unknown" } },
		{ "Elapsed", { "00:10:00", "1-00:00:00", "40-00:00:00" } },
		{ "ElapsedRaw", { "600", "86400", "3456000", "" } },
		{ "AllocCPUS", { "4", "44", "x" } },
		{ "ReqCPUS", { "4", "1", "" } },
		{ "AllocTRES", { "billing=4,cpu=4,mem=16G,node=1", "cpu=4,gres/gpu:a100=1,mem=16G",
		                 "" } },
		{ "ReqTRES", { "billing=4,cpu=4,mem=16G,node=1", "cpu=4,gres/gpu=2,mem=16G", "" } },
		{ "NodeList", { "cn01", "cn02", "None assigned", "(null)", "" } },
		{ "ExitCode", { "0:0", "1:0" } },
		{ "Priority", { "1", "2" } },
	};

	for (guint i = 0; i < G_N_ELEMENTS(stock); i++)
		if (strcmp(stock[i].column, column) == 0)
			return one_of(rand, stock[i].texts, 1 + (guint)!!stock[i].texts[1] +
			                                     (guint)!!stock[i].texts[2] +
			                                     (guint)!!stock[i].texts[3] +
			                                     (guint)!!stock[i].texts[4]);
	return NULL;
}

static void append_some_row(GString *export, GRand *rand, const GPtrArray *columns, guint number)
{
	static const char *const steps[] = { "", ".batch", "_7", ".0" };
	const char *step = one_of(rand, steps, G_N_ELEMENTS(steps));

	for (guint i = 0; i < columns->len; i++) {
		const char *text = some_value(rand, columns->pdata[i]);

		g_string_append(export, i == 0 ? "" : "|");
		if (text)
			g_string_append(export, text);
		else
			g_string_append_printf(export, "%u%s", number, step);
	}
	g_string_append_c(export, '\n');
}

/* By marks, without them, and when the file is read again. */
START_TEST(what_a_witness_sees_is_what_the_file_says_whatever_columns_it_has)
{
	GRand *rand = g_rand_new_with_seed((guint32)_i);
	g_autoptr(GPtrArray) columns = some_columns(rand);
	struct terms terms = terms_of(PROFILE_RESEARCH);
	GString *export = g_string_new(NULL);
	g_autofree char *text = NULL;

	terms.min_users = 1;
	for (guint i = 0; i < columns->len; i++)
		g_string_append_printf(export, "%s%s", i == 0 ? "" : "|",
		                       (char *)columns->pdata[i]);
	g_string_append_c(export, '\n');
	for (guint i = 1; i < 60; i++)
		append_some_row(export, rand, columns, i);
	witnessed = TRUE;
	text = anonymized_on(&terms, export->str, NULL, NULL);
	g_string_free(export, TRUE);
	g_rand_free(rand);
}
END_TEST

static char *delimited_by(const char *text, const char *from, const char *to)
{
	const char *at = text, *end = text + strlen(text), *next;
	GString *joined = g_string_sized_new((gsize)(end - at));

	/* Not g_strsplit(): strstr() reads to the end each time, with sanitizers. */
	for (; (next = memmem(at, (size_t)(end - at), from, strlen(from)));
	     at = next + strlen(from)) {
		g_string_append_len(joined, at, next - at);
		g_string_append(joined, to);
	}
	g_string_append(joined, at);
	return g_string_free(joined, FALSE);
}

/* More users than texts are remembered, some of whom a partition is called after: what is
 * remembered of one is not taken for another's, and a row that is put together field by field, as
 * with a delimiter of several bytes, becomes the same and counts as much. */
START_TEST(a_row_becomes_the_same_in_stretches_and_field_by_field)
{
	GRand *rand = g_rand_new_with_seed(7);
	GString *all = g_string_new(SOME_COLUMNS);
	g_autofree char *wide = NULL, *stretches = NULL, *fields = NULL, *narrow = NULL;
	guint64 uids, words, blanked, rows;
	struct terms terms = terms_of(PROFILE_RESEARCH);

	terms.min_users = 1;
	for (guint i = 0; i < 12000; i++) {
		g_autofree char *row = random_row(rand, i);

		if (g_rand_int_range(rand, 0, 3) == 0)
			g_string_append(all, row);
		else
			g_string_append_printf(all,
			                       "%u|note|u%d|pi_%d|%s|COMPLETED|2025-01-0%dT10:00:"
			                       "00|1|4G|cpu=1|cn[01-0%d],cn7|10||\n",
			                       i, g_rand_int_range(rand, 0, 5000),
			                       g_rand_int_range(rand, 0, 9),
			                       i % 7 == 0 ? "carl" : "batch", 1 + i % 9, 2 + i % 8);
	}
	wide = delimited_by(all->str, "|", "<>");
	stretches = anonymized_on(&terms, all->str, NULL, NULL);
	uids = release->uids_removed;
	words = release->words_replaced;
	blanked = release->values_blanked;
	rows = release->rows_written;
	mapping_anew();
	fields = anonymized_on(&terms, wide, NULL, NULL);
	narrow = delimited_by(fields, "<>", "|");
	ck_assert(strcmp(narrow, stretches) == 0); /* either is too long to be shown */
	ck_assert_ptr_null(strstr(stretches, "carl"));
	ck_assert(uids > 0 && words > 0 && blanked > 0 && rows > 11000);
	ck_assert_uint_eq(release->uids_removed, uids);
	ck_assert_uint_eq(release->words_replaced, words);
	ck_assert_uint_eq(release->values_blanked, blanked);
	ck_assert_uint_eq(release->rows_written, rows);
	g_string_free(all, TRUE);
	g_rand_free(rand);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("anonymize");
	TCase *tests = tcase_create("anonymize");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, the_twelve_columns_come_out_as_promised);
	tcase_add_test(tests, the_same_with_bars);
	tcase_add_test(tests, a_row_becomes_the_same_among_others_and_alone);
	tcase_add_loop_test(tests,
	                    what_a_witness_sees_is_what_the_file_says_whatever_columns_it_has, 0,
	                    300);
	tcase_add_test(tests, a_row_becomes_the_same_in_stretches_and_field_by_field);
	tcase_set_timeout(tests, 60);
	tcase_add_loop_test(tests, each_value_becomes_what_its_column_says, 0,
	                    G_N_ELEMENTS(values));
	tcase_add_test(tests, what_is_taken_away_is_counted);
	tcase_add_test(tests, what_is_the_same_in_many_rows_is_counted_in_each);
	tcase_add_test(tests, a_word_replaced_by_itself_is_counted_in_each_row);
	tcase_add_test(tests, a_long_text_comes_out_whole);
	tcase_add_test(tests, many_rows_and_very_long_ones_come_out_in_order);
	tcase_add_test(tests, no_digest_is_made_that_nobody_wants);
	tcase_add_test(tests, a_dropped_column_is_shown_escaped);
	tcase_add_test(tests, a_mended_row_is_written_as_it_was_meant);
	tcase_add_test(tests, the_shareable_file_keeps_a_delimiter_of_any_length);
	tcase_add_test(tests, damaged_rows_are_not_written_and_counted);
	tcase_add_test(tests, steps_are_not_written_where_their_job_is_not);
	tcase_add_test(tests, several_files_become_one_with_one_header);
	tcase_add_loop_test(tests, what_cannot_be_shared_is_refused_with_the_reason, 0,
	                    G_N_ELEMENTS(refused));
	tcase_add_test(tests, a_partition_that_only_later_proves_a_name_takes_a_second_run);
	tcase_add_test(tests, the_same_mapping_gives_the_same_pseudonyms_to_a_later_export);
	tcase_add_test(tests, a_name_in_any_column_does_not_come_out);
	suite_add_tcase(suite, tests);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

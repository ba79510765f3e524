/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "record/keys.h"
#include "record/reader.h"

#define MB G_GINT64_CONSTANT(1048576)
#define GB (1024 * MB)
#define DAY "2024-03-05T"

static char *folder, *paths[4];
static struct zone *zone;
static struct reader *reader;
static struct keys *hindsight;

static void setup(void)
{
	folder = g_dir_make_tmp("check-reader-XXXXXX", NULL);
	zone = zone_new(NULL, NULL);
}

static void teardown(void)
{
	reader_close(reader);
	reader = NULL;
	g_clear_pointer(&hindsight, keys_free);
	zone_free(zone);
	for (guint i = 0; i < 3 && paths[i]; i++) {
		g_unlink(paths[i]);
		g_clear_pointer(&paths[i], g_free);
	}
	ck_assert_int_eq(g_rmdir(folder), 0);
	g_free(folder);
}

static void store(guint n, const char *text)
{
	g_autofree char *name = g_strdup_printf("%u.psv", n);

	paths[n] = g_build_filename(folder, name, NULL);
	ck_assert(g_file_set_contents(paths[n], text, -1, NULL));
}

static guint64 bytes_stored(void)
{
	guint64 sum = 0;

	for (char **stored = paths; *stored; stored++) {
		GStatBuf status;

		ck_assert_int_eq(g_stat(*stored, &status), 0);
		sum += (guint64)status.st_size;
	}
	return sum;
}

static void open_text(const char *text)
{
	GError *error = NULL;

	store(0, text);
	reader = reader_open(paths, zone, &error);
	ck_assert_msg(reader != NULL, "%s", error ? error->message : "");
}

static void assert_identity(void)
{
	const struct reading *reading = reader_reading(reader);

	ck_assert_uint_eq(reading->rows, reading->jobs + reading->steps + reading->duplicates +
						 reading_set_aside(reading));
}

static struct job next_job(void)
{
	GError *error = NULL;
	struct job job;

	ck_assert_msg(reader_next(reader, &job, &error), "%s",
		      error ? error->message : "no more jobs");
	assert_identity();
	return job;
}

static void assert_end(void)
{
	GError *error = NULL;
	struct job job;

	ck_assert(!reader_next(reader, &job, &error));
	ck_assert_ptr_null(error);
	ck_assert(!reader_next(reader, &job, &error));
	ck_assert_ptr_null(error);
	assert_identity();
}

/* The only job of a file. */
static struct job only_job(const char *text)
{
	struct job job;

	open_text(text);
	job = next_job();
	return job;
}

/* A job's row, complete */

START_TEST(a_job_is_read_from_its_row)
{
	struct job job = only_job(
		"JobIDRaw|JobID|Cluster|User|Account|Group|Partition|QOS|State|Submit|Eligible|"
		"Start|End|ElapsedRaw|"
		"TimelimitRaw|ReqCPUS|AllocCPUS|ReqMem|AllocTRES|NNodes|NodeList|TotalCPU\n"
		"78|70_3|lab|alice|physics|physics_grp|batch|normal|COMPLETED|" DAY "10:00:00|" DAY
		"10:00:10|" DAY "10:01:00|" DAY "11:01:00|3600|120|3|4|4G|billing=4,cpu=4,gres/"
						"gpu:a100=2,gres/gpu=2,mem=8G,node=2|2|"
		"cn[01-02]|02:00:00\n");

	ck_assert(slice_is(job.id, "70_3"));
	ck_assert(slice_is(job.cluster, "lab"));
	ck_assert(slice_is(job.user, "alice"));
	ck_assert(slice_is(job.account, "physics"));
	ck_assert(slice_is(job.group, "physics_grp"));
	ck_assert(slice_is(job.partition, "batch"));
	ck_assert(slice_is(job.qos, "normal"));
	ck_assert(slice_is(job.nodelist, "cn[01-02]"));
	ck_assert(slice_is(job.gpu_type, "a100"));
	ck_assert_int_eq(job.state, STATE_COMPLETED);
	ck_assert_int_eq(job.submit, 1709632800);
	ck_assert_int_eq(job.eligible, 1709632810);
	ck_assert_int_eq(job.start, 1709632860);
	ck_assert_int_eq(job.end, 1709636460);
	ck_assert_int_eq(job.elapsed_seconds, 3600);
	ck_assert_int_eq(job.limit_seconds, 7200);
	ck_assert_int_eq(job.nodes, 2);
	ck_assert_int_eq(job.cpus, 4);
	ck_assert_int_eq(job.gpus, 2);
	ck_assert_int_eq(job.mig_slices, 0);
	ck_assert_int_eq(job.memory_bytes, 8 * GB);
	ck_assert_int_eq(job.cpu_used_milliseconds, 7200000);
	ck_assert_int_eq(job.memory_peak_bytes, VALUE_UNKNOWN);
	ck_assert_int_eq(job.gpu_util, VALUE_UNKNOWN);
	ck_assert_int_eq(job.steps, 0);
	ck_assert(job.ran);
	ck_assert(!job.flagged && !job.piece && !job.exclusive && !job.whole_node_memory);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->sha256->len, 1);
	ck_assert_uint_eq(reader_bytes_read(reader), bytes_stored());
}
END_TEST

/* Preferences, one quantity after the other */

enum quantity { CPUS, NODES, MEMORY, GPUS, ELAPSED, LIMIT, USED, PEAK, RAN, WHOLE, EXCLUSIVE };

static gint64 quantity_of(const struct job *job, enum quantity quantity)
{
	switch (quantity) {
	case CPUS:
		return job->cpus;
	case NODES:
		return job->nodes;
	case MEMORY:
		return job->memory_bytes;
	case GPUS:
		return job->gpus;
	case ELAPSED:
		return job->elapsed_seconds;
	case LIMIT:
		return job->limit_seconds;
	case USED:
		return job->cpu_used_milliseconds;
	case PEAK:
		return job->memory_peak_bytes;
	case RAN:
		return job->ran;
	case WHOLE:
		return job->whole_node_memory;
	default:
		return job->exclusive;
	}
}

static const struct {
	const char *header, *row;
	enum quantity quantity;
	gint64 value;
} preferences[] = {
	{ "AllocCPUS|AllocTRES|NCPUS|ReqCPUS", "4|cpu=5|6|7", CPUS, 4 },
	{ "AllocCPUS|AllocTRES|NCPUS|ReqCPUS", "0|cpu=5|6|7", CPUS, 5 },
	{ "AllocCPUS|AllocTRES|NCPUS|ReqCPUS", "||6|7", CPUS, 6 },
	{ "AllocCPUS|AllocTRES|NCPUS|ReqCPUS", "|||7", CPUS, 7 },
	{ "NodeList|NNodes|AllocTRES", "a[1-3]|4|node=5", NODES, 3 },
	{ "NNodes|AllocTRES", "4|cpu=1", NODES, 4 },
	{ "NNodes|AllocTRES", "4|node=5", NODES, 5 },
	{ "nodes_req|User", "2|alice", NODES, 2 },
	{ "User|Account", "alice|physics", NODES, 1 },
	{ "AllocTRES|ReqMem|ReqTRES", "mem=8G|4G|mem=2G", MEMORY, 8 * GB },
	{ "AllocTRES|ReqMem|ReqTRES", "cpu=1|4G|mem=2G", MEMORY, 4 * GB },
	{ "AllocTRES|ReqMem|ReqTRES", "||mem=2G", MEMORY, 2 * GB },
	{ "ReqMem|NNodes|AllocCPUS", "16384|2|8", MEMORY, 16 * GB },
	{ "ReqMem|NNodes|AllocCPUS", "4000Mn|2|8", MEMORY, 8000 * MB },
	{ "ReqMem|NNodes|AllocCPUS", "1Gc|2|8", MEMORY, 8 * GB },
	{ "ReqMem|NNodes|AllocCPUS", "1Gc|2|", MEMORY, GB },
	{ "ReqMem|NNodes|AllocCPUS", "2147486448Mn|2|8", MEMORY, 8 * 2800 * MB },
	{ "ReqMem|NNodes|AllocCPUS", "9223372036854775807|1|1", MEMORY, VALUE_UNLIMITED },
	{ "ReqMem|AllocTRES", "2147483647|mem=250G", MEMORY, 250 * GB },
	{ "ReqMem|AllocTRES", "2147483647|mem=250G", WHOLE, TRUE },
	{ "ReqMem|AllocTRES", "0n|mem=250G", WHOLE, TRUE },
	{ "ReqMem|AllocTRES", "0n|", MEMORY, VALUE_UNKNOWN },
	{ "ReqMem|AllocTRES", "0n|", WHOLE, TRUE },
	{ "ReqMem|AllocTRES", "0n|node=1", WHOLE, TRUE },
	{ "ReqMem|AllocTRES", "0n|billing=1,cpu=1,node=1", WHOLE, FALSE },
	{ "ReqMem|AllocTRES", "0|cpu=1,node=1", MEMORY, VALUE_UNKNOWN },
	{ "ReqMem|AllocTRES", "2147483647|cpu=1,node=1", WHOLE, FALSE },
	{ "ReqMem|AllocTRES", "2147483647|cpu=1,node=1", MEMORY, VALUE_UNKNOWN },
	{ "ReqMem|AllocTRES", "0n|mem=1M", WHOLE, FALSE }, /* of a node whose memory nobody told
	                                                      Slurm of */
	{ "ReqMem|AllocTRES|ReqTRES", "0n||mem=2G", MEMORY, VALUE_UNKNOWN },
	{ "ReqMem|AllocTRES", "1G|mem=250G", WHOLE, FALSE },
	{ "ReqMem|AllocTRES", "16?|", MEMORY, VALUE_UNKNOWN },
	{ "AllocTRES|ReqTRES", "cpu=1|gres/gpu=4", GPUS, 0 },
	{ "AllocTRES|ReqTRES", "|gres/gpu=4", GPUS, 4 },
	{ "AllocTRES|ReqTRES", "cpu=many|gres/gpu=4", GPUS, 4 },
	{ "AllocTRES|AllocGRES", "cpu=1|gpu:4", GPUS, 4 },
	{ "ReqGRES|NNodes", "gpu:a100:2|3", GPUS, 6 },
	{ "gpus_req|User", "3|alice", GPUS, 3 },
	{ "Elapsed|User", "00:10:00|alice", ELAPSED, 600 },
	{ "ElapsedRaw|Elapsed", "601|00:10:00", ELAPSED, 601 },
	{ "run_time|User", "9982.0|alice", ELAPSED, 9982 },
	{ "walltime_used|User", "1-00:00:05|alice", ELAPSED, 86405 },
	{ "cpu_time_used|User", "00:01:00|alice", USED, 60000 },
	{ "User|Account", "alice|physics", ELAPSED, 3600 }, /* End − Start … */
	{ "Suspended|User", "00:10:00|alice", ELAPSED, 3000 }, /* … − Suspended */
	{ "time_suspended|User", "600|alice", ELAPSED, 3000 },
	{ "time_suspended|User", "0|alice", ELAPSED, 3600 },
	{ "time_suspended|User", "1709632800|alice", ELAPSED, 3600 },
	{ "TimelimitRaw|Timelimit", "60|02:00:00", LIMIT, 3600 },
	{ "TimelimitRaw|Timelimit", "|02:00:00", LIMIT, 7200 },
	{ "TimelimitRaw|Timelimit", "UNLIMITED|UNLIMITED", LIMIT, VALUE_UNLIMITED },
	{ "TimelimitRaw|Timelimit", "Partition_Limit|Partition_Limit", LIMIT, VALUE_UNKNOWN },
	{ "wallclock_req|User", "172800.0|alice", LIMIT, 172800 },
	{ "TotalCPU|User", "00:00:00|alice", USED, VALUE_UNKNOWN },
	{ "TotalCPU|User", "00:01.500|alice", USED, 1500 },
	{ "TotalCPU|TRESUsageInTot", "00:00:00|cpu=00:01:00", USED, 60000 },
	{ "UserCPU|SystemCPU", "00:01.500|00:01:00", USED, 61500 },
	{ "UserCPU|SystemCPU", "00:00:00|00:00:00", USED, VALUE_UNKNOWN },
	{ "UserCPU|SystemCPU", "00:01:00|", USED, VALUE_UNKNOWN },
	{ "UserCPU|SystemCPU", "UNLIMITED|00:01:00", USED, VALUE_UNKNOWN },
	{ "UserCPU|User", "00:01:00|alice", USED, VALUE_UNKNOWN },
	{ "UserCPU|SystemCPU|TotalCPU", "00:01:00|00:01:00|00:03:00", USED, 180000 },
	{ "UserCPU|SystemCPU|TotalCPU", "00:01:00|00:01:00|00:00:00", USED, VALUE_UNKNOWN },
	{ "UserCPU|SystemCPU|TotalCPU", "00:01:00|00:01:00|", USED, 120000 },
	{ "UserCPU|SystemCPU|cpu_time_used", "|00:01:00|7", USED, 7000 },
	{ "UserCPU|SystemCPU|cpu_time_used", "00:01:00||7", USED, 7000 },
	{ "UserCPU|SystemCPU|TRESUsageInTot", "00:00:00|00:00:00|cpu=00:01:00", USED, 60000 },
	{ "MaxRSS|NTasks", "1024K|", PEAK, MB },
	{ "MaxRSS|NTasks", "1024K|4", PEAK, 4 * MB },
	{ "MaxRSS|TRESUsageInTot", "1024K|mem=3M", PEAK, 3 * MB },
	{ "MaxRSS|TRESUsageInTot", "0|mem=0", PEAK, VALUE_UNKNOWN },
	{ "NodeList|NNodes", "None assigned|1", RAN, FALSE },
	{ "NodeList|NNodes", "None assigned|1", NODES, 0 },
	{ "NodeList|NNodes", "None assigned|1", ELAPSED, 0 },
	{ "NodeList|NNodes", "cn1|1", RAN, TRUE },
	{ "NodeList|NNodes", "|2", RAN, TRUE },
	{ "NodeList|NNodes", "|2", NODES, 2 },
	{ "NodeList|NNodes", "cn[1-|2", RAN, TRUE },
	{ "NodeList|ElapsedRaw", "|0", RAN, FALSE },
	{ "ElapsedRaw|NNodes", "0|1", RAN, FALSE },
	{ "Exclusive|User", "NO|alice", EXCLUSIVE, FALSE },
	{ "Exclusive|User", "|alice", EXCLUSIVE, FALSE },
	{ "Exclusive|User", "0|alice", EXCLUSIVE, FALSE },
	{ "Exclusive|User", "YES|alice", EXCLUSIVE, TRUE },
};

START_TEST(each_quantity_has_its_order_of_preference)
{
	g_autofree char *text = g_strconcat("JobID|State|Start|End|", preferences[_i].header,
					    "\n1|COMPLETED|" DAY "10:00:00|" DAY "11:00:00|",
					    preferences[_i].row, "\n", NULL);
	struct job job = only_job(text);

	ck_assert_msg(quantity_of(&job, preferences[_i].quantity) == preferences[_i].value,
		      "%s: %s: %" G_GINT64_FORMAT, preferences[_i].header, preferences[_i].row,
		      quantity_of(&job, preferences[_i].quantity));
}
END_TEST

START_TEST(the_type_of_gpus_may_stand_in_what_was_asked_for_alone)
{
	struct job job = only_job("JobID|State|Start|End|AllocTRES|ReqTRES\n"
	                          "1|COMPLETED|" DAY "10:00:00|" DAY
	                          "11:00:00|gres/gpu=4|gres/gpu:a100=2\n");

	ck_assert_int_eq(job.gpus, 4);
	ck_assert(slice_is(job.gpu_type, "a100"));
}
END_TEST

START_TEST(elapsed_is_never_lessened_by_suspension)
{
	struct job job = only_job("JobID|State|Start|End|ElapsedRaw|Suspended\n"
				  "1|COMPLETED|" DAY "10:00:00|" DAY "10:01:29|3|00:01:26\n");

	ck_assert_int_eq(job.elapsed_seconds, 3);
	ck_assert_int_eq(job.end - job.start, 89);
}
END_TEST

/* The whole time at most; what is unknown, or cannot have been, takes nothing away, and the latter
 * is counted. */
START_TEST(a_job_was_suspended_for_no_longer_than_it_lasted)
{
	static const struct {
		const char *suspended;
		gint64 elapsed;
		guint64 unreadable;
	} rows[] = { { "00:10:00", 3000, 0 },
		     { "01:00:00", 0, 0 },
		     { "", 3600, 0 },
		     { "01:00:01", 3600, 1 },
		     { "long", 3600, 1 } };
	g_autofree char *text = g_strconcat("JobID|State|Start|End|Suspended\n1|COMPLETED|" DAY
	                                    "10:00:00|" DAY "11:00:00|",
	                                    rows[_i].suspended, "\n", NULL);
	struct job job = only_job(text);

	ck_assert_int_eq(job.elapsed_seconds, rows[_i].elapsed);
	ck_assert_uint_eq(reader_reading(reader)->unreadable[COLUMN_SUSPENDED],
	                  rows[_i].unreadable);
}
END_TEST

START_TEST(a_running_job_has_no_end_and_a_pending_one_no_start)
{
	struct job job = only_job("JobID|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NodeList\n"
				  "1|RUNNING|" DAY "10:00:00|" DAY "10:00:00|Unknown|174|8|cn1\n"
				  "17_[1-900%5]|PENDING|" DAY
				  "10:00:00|Unknown|Unknown|0|1|None assigned\n"
				  "18|PENDING|" DAY "10:00:00|" DAY "10:00:00|Unknown|174|8|cn1\n"
				  "19|CANCELLED|" DAY "10:00:00|Unknown|" DAY "11:00:00|174|8|\n");

	ck_assert(job.ran);
	ck_assert_int_eq(job.end, VALUE_UNKNOWN);
	ck_assert_int_eq(job.elapsed_seconds, 174);
	job = next_job();
	ck_assert(!job.ran);
	ck_assert_int_eq(job.start, VALUE_UNKNOWN);
	ck_assert_int_eq(job.state, STATE_PENDING);
	job = next_job();
	ck_assert(job.ran); /* before it was put back in the queue */
	job = next_job();
	ck_assert(!job.ran);
	assert_end();
}
END_TEST

/* Without ids */

#define TWELVE                                                                                     \
	"User|Account|Group|ReqCPUS|ReqMem|NNodes|NodeList|AllocTRES|ReqTRES|Submit|Start|End\n"

START_TEST(without_ids_nobody_may_be_written_as_such)
{
	static const char *const nobodies[] = { "", "NULL", "\\N", "NA" };
	g_autofree char *text = g_strconcat("User|Account|Start|End\nalice|physics|" DAY
	                                    "10:00:00|" DAY "10:01:00\n",
	                                    nobodies[_i],
	                                    "|physics|" DAY "10:00:00|" DAY "10:01:00\n", NULL);
	struct job job = only_job(text);

	ck_assert_int_eq(job.steps, 1);
	assert_end();
}
END_TEST

START_TEST(without_ids_a_row_of_nobody_is_a_step)
{
	struct job job = only_job(
		TWELVE "alice|physics|grp|2|1000M|1|cn005|cpu=2,mem=1000M,node=1|cpu=2|" DAY
		       "10:00:00|" DAY "10:00:00|" DAY "10:01:00\n"
		       "|physics||2||1|cn005|cpu=2,mem=1000M,node=1||" DAY "10:00:00|" DAY
		       "10:00:00|" DAY "10:01:00\n"
		       "bob|physics|grp|2|1000M|1|cn005|cpu=2,mem=1000M,node=1|cpu=2|" DAY
		       "10:00:00|" DAY "10:00:00|" DAY "10:02:00\n");

	ck_assert(slice_is(job.user, "alice"));
	ck_assert_int_eq(job.steps, 1);
	ck_assert_int_eq(job.elapsed_seconds, 60);
	ck_assert_int_eq(job.cpus, 2);
	job = next_job();
	ck_assert(slice_is(job.user, "bob"));
	ck_assert_int_eq(job.steps, 0);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->jobs, 2);
	ck_assert_uint_eq(reader_reading(reader)->steps, 1);
}
END_TEST

START_TEST(without_ids_and_users_every_row_is_a_job)
{
	struct job job = only_job(
		"cpus_req,mem_req,nodes_alloc,nodelist,tres_alloc,gres_used,submit_time,start_time,"
		"end_time\n"
		"4,16384,1,cn1,\"1=4,2=16384,4=1\",gpu:2," DAY "10:00:00," DAY "10:00:00," DAY
		"11:00:00\n"
		"1,1024,0,,\"\",," DAY "10:00:00,Unknown,Unknown\n");

	ck_assert_int_eq(job.cpus, 4);
	ck_assert_int_eq(job.memory_bytes, 16 * GB);
	ck_assert_int_eq(job.gpus, 2);
	ck_assert_int_eq(job.elapsed_seconds, 3600);
	job = next_job();
	ck_assert(!job.ran);
	assert_end();
	ck_assert(!reader_reading(reader)->has[COLUMN_USER]);
}
END_TEST

START_TEST(unquoted_commas_in_a_comma_file_are_set_aside_and_not_misread)
{
	struct job job = only_job("User,Account,Group,ReqCPUS,ReqMem,NNodes,NodeList,AllocTRES,"
				  "ReqGRES,Submit,Start,End\n"
				  "alice,physics,grp,2,1000,1,cn1,cpu=2,mem=1000M,gpu:0," DAY
				  "10:00:00," DAY "10:00:00," DAY "10:01:00\n"
				  "bob,physics,grp,2,1000,1,cn1,cpu=2,gpu:0," DAY "10:00:00," DAY
				  "10:00:00," DAY "10:01:00\n");

	ck_assert(slice_is(job.user, "bob"));
	ck_assert(job.flagged);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->set_aside[ASIDE_FIELD_COUNT], 1);
	ck_assert_uint_eq(reader_reading(reader)->flagged, 1);
}
END_TEST

/* The only reading in which each field looks right had no use in its column but what was given. */
START_TEST(a_row_is_not_put_together_with_values_that_nobody_could_read)
{
	struct job job = only_job("JobID|User|State|Start|End|ElapsedRaw|Account|TRESUsageInTot\n"
	                          "1|alice|COMPLETED|" DAY "10:00:00|" DAY
	                          "10:01:00|60|physics||60|billing=2,cpu=2,mem=1G\n"
	                          "2|alice|COMPLETED|" DAY "10:00:00|" DAY
	                          "10:01:00|60|physics|lab|cpu=00:00:02,mem=1G\n");

	ck_assert(slice_is(job.id, "2"));
	ck_assert(slice_is(job.account, "physics|lab"));
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->set_aside[ASIDE_FIELD_COUNT], 1);
	ck_assert_uint_eq(reading_unreadable(reader_reading(reader)), 0);
}
END_TEST

/* Steps */

#define STEPS                                                                                      \
	"JobID|State|Start|End|ElapsedRaw|NodeList|TotalCPU|MaxRSS|NTasks|TRESUsageInTot|"         \
	"TRESUsageInAve\n"
#define JOB(id, cpu) id "|COMPLETED|" DAY "10:00:00|" DAY "11:00:00|3600|cn1|" cpu "||||\n"
#define STEP(id, from, to, rest) id "|COMPLETED|" DAY from "|" DAY to "|1|cn1|" rest "\n"

static const struct {
	const char *text;
	gint64 peak_bytes, cpu_milliseconds, gpu_util;
} folds[] = {
	/* one step */
	{ JOB("1", "00:10:00") STEP("1.batch", "10:00:00", "11:00:00", "00:10:00|2048K|1||"),
	  2 * MB, 600000, VALUE_UNKNOWN },
	/* one after the other: the larger counts */
	{ JOB("1", "00:10:00") STEP("1.0", "10:00:00", "10:30:00", "00:05:00|2048K|1||")
		  STEP("1.1", "10:30:00", "11:00:00", "00:05:00|3072K|1||"),
	  3 * MB, 600000, VALUE_UNKNOWN },
	/* side by side with the batch script: all count */
	{ JOB("1", "00:10:00") STEP("1.batch", "10:00:00", "11:00:00", "00:00:01|1024K|1||")
		  STEP("1.0", "10:00:00", "10:40:00", "00:05:00|2048K|1||")
			  STEP("1.1", "10:30:00", "10:50:00", "00:05:00|4096K|1||"),
	  7 * MB, 600000, VALUE_UNKNOWN },
	/* every task has its own; the total says it itself */
	{ JOB("1", "00:10:00") STEP("1.0", "10:00:00", "11:00:00", "00:05:00|1024K|8||"), 8 * MB,
	  600000, VALUE_UNKNOWN },
	{ JOB("1", "00:10:00")
		  STEP("1.0", "10:00:00", "11:00:00", "00:05:00|1024K|8|cpu=00:05:00,mem=5M|"),
	  5 * MB, 600000, VALUE_UNKNOWN },
	/* steps that are over in the second in which they began still had it */
	{ JOB("1", "00:10:00") STEP("1.0", "10:00:00", "10:00:00", "00:00:00|1024K|1||")
		  STEP("1.1", "10:00:00", "10:00:00", "00:00:00|2048K|1||"),
	  3 * MB, 600000, VALUE_UNKNOWN },
	/* a step still runs, a step has no times */
	{ JOB("1", "00:10:00") "1.0|RUNNING|" DAY "10:00:00|Unknown|1|cn1||1024K|1||\n" STEP(
		  "1.1", "10:30:00", "11:00:00", "|1024K|1||"),
	  2 * MB, 600000, VALUE_UNKNOWN },
	{ JOB("1", "00:10:00") "1.0|COMPLETED|Unknown|Unknown|1|cn1||1024K|1||\n" STEP(
		  "1.1", "10:30:00", "11:00:00", "|1024K|1||"),
	  2 * MB, 600000, VALUE_UNKNOWN },
	/* CPU time: the sum of the steps, then what TRES says; nought is no measurement */
	{ JOB("1", "00:00:00") STEP("1.batch", "10:00:00", "11:00:00", "00:01:00||||")
		  STEP("1.0", "10:00:00", "11:00:00", "00:00:30.500||||"),
	  VALUE_UNKNOWN, 90500, VALUE_UNKNOWN },
	{ JOB("1", "00:00:00") STEP("1.0", "10:00:00", "11:00:00", "00:00:00|||cpu=00:00:20|"),
	  VALUE_UNKNOWN, 20000, VALUE_UNKNOWN },
	{ JOB("1", "00:00:00")
		  STEP("1.0", "10:00:00", "11:00:00", "00:00:00|0|1|cpu=00:00:00,mem=0|"),
	  VALUE_UNKNOWN, VALUE_UNKNOWN, VALUE_UNKNOWN },
	/* GPUs: the busiest step; nought is a measurement */
	{ JOB("1", "00:10:00")
		  STEP("1.batch", "10:00:00", "11:00:00", "|||cpu=00:00:01|gres/gpuutil=0")
			  STEP("1.0", "10:00:00", "11:00:00", "||2|cpu=00:00:01|gres/gpuutil=90"),
	  VALUE_UNKNOWN, 600000, 180 },
	{ JOB("1", "00:10:00") STEP("1.batch", "10:00:00", "11:00:00", "||||gres/gpuutil=0"),
	  VALUE_UNKNOWN, 600000, 0 },
};

START_TEST(steps_are_folded_into_their_job)
{
	g_autofree char *text = g_strconcat(STEPS, folds[_i].text, NULL);
	struct job job = only_job(text);

	ck_assert_int_eq(job.memory_peak_bytes, folds[_i].peak_bytes);
	ck_assert_int_eq(job.cpu_used_milliseconds, folds[_i].cpu_milliseconds);
	ck_assert_int_eq(job.gpu_util, folds[_i].gpu_util);
	ck_assert_int_gt(job.steps, 0);
	ck_assert_int_eq(job.elapsed_seconds, 3600);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->jobs, 1);
	ck_assert_int_eq((gint64)reader_reading(reader)->steps, job.steps);
}
END_TEST

START_TEST(a_step_belongs_to_the_job_beside_it_or_to_none)
{
	struct job job = only_job(
		STEPS JOB("1", "00:10:00") STEP("3.0", "10:00:00", "11:00:00", "|1024K|1||")
			STEP("2.0", "10:00:00", "11:00:00", "|1024K|1||") JOB("2", "00:10:00")
				STEP("2.1", "10:00:00", "11:00:00", "|2048K|1||")
					STEP("1.0", "10:00:00", "11:00:00", "|2048K|1||"));

	ck_assert_int_eq(job.steps, 0);
	ck_assert_int_eq(job.memory_peak_bytes, VALUE_UNKNOWN);
	ck_assert(job.flagged);
	job = next_job();
	ck_assert_int_eq(job.memory_peak_bytes, 3 * MB);
	ck_assert_int_eq(job.steps, 2);
	ck_assert(job.flagged);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->set_aside[ASIDE_ORPHAN_STEP], 2);
	ck_assert_uint_eq(reader_reading(reader)->examples->len, 2);
}
END_TEST

START_TEST(array_tasks_and_components_have_their_own_steps)
{
	struct job job = only_job("JobIDRaw|JobID|State|Start|ElapsedRaw|TotalCPU\n"
				  "12|5_0|COMPLETED|" DAY "10:00:00|60|00:10:00\n"
				  "12.batch|5_0.batch|COMPLETED|" DAY "10:00:00|60|00:10:00\n"
				  "163|162+1|COMPLETED|" DAY "10:00:00|60|00:10:00\n"
				  "163.0|162+1.0|COMPLETED|" DAY "10:00:00|60|00:10:00\n");

	ck_assert_int_eq(job.steps, 1);
	ck_assert(slice_is(job.id, "5_0"));
	job = next_job();
	ck_assert_int_eq(job.steps, 1);
	ck_assert(slice_is(job.id, "162+1"));
	assert_end();
}
END_TEST

START_TEST(steps_are_of_the_job_on_their_own_cluster)
{
	struct job job = only_job("JobID|Cluster|State|Start|ElapsedRaw|TotalCPU\n"
				  "7|a|COMPLETED|" DAY "10:00:00|60|\n"
				  "7.batch|b|COMPLETED|" DAY "10:00:00|60|00:10:00\n"
				  "7|b|COMPLETED|" DAY "10:00:00|60|\n"
				  "7.0|b|COMPLETED|" DAY "10:00:00|60|00:20:00\n");

	ck_assert(slice_is(job.cluster, "a"));
	ck_assert_int_eq(job.steps, 0);
	job = next_job();
	ck_assert(slice_is(job.cluster, "b"));
	ck_assert_int_eq(job.steps, 2);
	ck_assert_int_eq(job.cpu_used_milliseconds, 1800000);
	assert_end();
}
END_TEST

START_TEST(runs_of_a_requeued_job_are_jobs_of_their_own)
{
	struct job job =
		only_job("JobID|State|Submit|Start|End|ElapsedRaw\n"
			 "7|REQUEUED|" DAY "10:00:00|" DAY "10:00:00|" DAY "10:01:00|60\n"
			 "7.batch|CANCELLED|" DAY "10:00:00|" DAY "10:00:00|" DAY "10:01:00|60\n"
			 "7|COMPLETED|" DAY "10:01:00|" DAY "10:02:00|" DAY "10:04:00|120\n"
			 "7.batch|COMPLETED|" DAY "10:02:00|" DAY "10:02:00|" DAY "10:04:00|120\n");

	ck_assert_int_eq(job.state, STATE_REQUEUED);
	ck_assert_int_eq(job.steps, 1);
	job = next_job();
	ck_assert_int_eq(job.elapsed_seconds, 120);
	ck_assert_int_eq(job.steps, 1);
	assert_end();
}
END_TEST

/* Rows set aside */

#define ALL                                                                                        \
	"JobID|User|Partition|State|Submit|Start|End|ElapsedRaw|Timelimit|ReqCPUS|ReqMem|"         \
	"AllocTRES|NodeList|MaxRSS\n"
#define GOOD(id)                                                                                   \
	id "|alice|batch|COMPLETED|" DAY "10:00:00|" DAY "10:00:00|" DAY                           \
	   "11:00:00|3600|02:00:00|1|1G|cpu=1|cn1|\n"

static const struct {
	const char *row;
	enum set_aside reason;
} bad_rows[] = {
	{ "9|alice|batch", ASIDE_FIELD_COUNT },
	{ "9|alice|batch|COMPLETED||||3600||1|1G|cpu=1|cn1||", ASIDE_FIELD_COUNT },
	{ "9|al\xffice|batch|COMPLETED||||3600||1|1G|cpu=1|cn1|", ASIDE_NOT_UTF8 },
	{ "job|alice|batch|COMPLETED||||3600||1|1G|cpu=1|cn1|", ASIDE_JOB_ID },
	{ "|alice|batch|COMPLETED||||3600||1|1G|cpu=1|cn1|", ASIDE_JOB_ID },
	{ "9|alice|batch|normal||||3600||1|1G|cpu=1|cn1|", ASIDE_STATE },
	{ "9|alice|batch|COMPLETED|soon|||3600||1|1G|cpu=1|cn1|", ASIDE_TIME },
	{ "9|alice|batch|COMPLETED|||2024-02-30T00:00:00|3600||1|1G|cpu=1|cn1|", ASIDE_TIME },
	{ "9|alice|batch|COMPLETED||" DAY "11:00:00|" DAY "10:00:00|||1|1G|cpu=1|cn1|",
	  ASIDE_REVERSED },
	{ "9|alice|batch|COMPLETED||" DAY "11:00:00|" DAY "10:00:00|3600||1|1G|cpu=1|cn1|",
	  ASIDE_REVERSED },
	{ "9|alice||PENDING|" DAY "10:00:00|Unknown|Unknown|0||0|16?||cn1|", ASIDE_PLACEHOLDER },
	{ "9|alice||PENDING|" DAY "10:00:00|Unknown|Unknown|0||0|||None assigned|",
	  ASIDE_PLACEHOLDER },
	{ "9.0|alice|batch|COMPLETED||||3600||1|1G|cpu=1|cn1|", ASIDE_ORPHAN_STEP },
	{ "1.0||||soon||||||||cn1|", ASIDE_TIME },
	{ "1.0|||x|||||||||cn1|", ASIDE_STATE },
};

START_TEST(a_bad_row_is_set_aside_with_its_reason_and_its_neighbours_marked)
{
	g_autofree char *text =
		g_strconcat(ALL GOOD("1"), bad_rows[_i].row, "\n" GOOD("2") GOOD("3"), NULL);
	struct job job = only_job(text);
	const struct reading *reading = reader_reading(reader);
	const struct set_aside_example *example;

	ck_assert(job.flagged);
	ck_assert_int_eq(job.steps, 0);
	job = next_job();
	ck_assert(slice_is(job.id, "2"));
	ck_assert(job.flagged);
	job = next_job();
	ck_assert(!job.flagged);
	assert_end();
	ck_assert_uint_eq(reading->rows, 4);
	ck_assert_uint_eq(reading->jobs, 3);
	ck_assert_uint_eq(reading->flagged, 2);
	ck_assert_uint_eq(reading_set_aside(reading), 1);
	ck_assert_msg(reading->set_aside[bad_rows[_i].reason] == 1, "%s", bad_rows[_i].row);
	ck_assert_uint_eq(reading->examples->len, 1);
	example = g_ptr_array_index(reading->examples, 0);
	ck_assert_str_eq(example->file, "0.psv");
	ck_assert_uint_eq(example->line, 3);
	ck_assert_int_eq(example->reason, bad_rows[_i].reason);
	ck_assert_ptr_nonnull(example->sample);
}
END_TEST

static const struct {
	const char *row;
	enum column column;
} unreadable[] = {
	{ "9|alice|batch|COMPLETED||||3600|long|1|1G|cpu=1|cn1|", COLUMN_TIMELIMIT },
	{ "9|alice|batch|COMPLETED||||99999999999||1|1G|cpu=1|cn1|", COLUMN_ELAPSED_RAW },
	{ "9|alice|batch|COMPLETED||||x||1|1G|cpu=1|cn1|", COLUMN_ELAPSED_RAW },
	{ "9|alice|batch|COMPLETED||||3600||one|1G||cn1|", COLUMN_REQ_CPUS },
	{ "9|alice|batch|COMPLETED||||3600||2000000000|1G||cn1|", COLUMN_REQ_CPUS },
	{ "9|alice|batch|COMPLETED||||3600||1|much|cpu=1|cn1|", COLUMN_REQ_MEM },
	{ "9|alice|batch|COMPLETED||||3600||1|100Mcd|cpu=1|cn1|", COLUMN_REQ_MEM },
	{ "9|alice|batch|COMPLETED||||3600||1|8000000Tc|cpu=9|cn1|", COLUMN_REQ_MEM },
	{ "9|alice|batch|COMPLETED||||3600||1|1G|cpu=1|cn1|lots", COLUMN_MAX_RSS },
	{ "9|alice|batch|COMPLETED||||3600||1|1G|cpu=1|cn[|", COLUMN_NODE_LIST },
	{ "9|alice|batch|COMPLETED||||3600||1|1G|cpu=x|cn1|", COLUMN_ALLOC_TRES },
};

/* Twice, since what fields of a burst say is remembered. */
START_TEST(a_value_that_cannot_be_read_is_counted_by_column_and_the_job_kept_without_it)
{
	const char *row = unreadable[_i].row;
	g_autofree char *text = g_strconcat(ALL GOOD("1"), row, "\n1", row, "\n", NULL);
	struct job job = only_job(text);
	const struct reading *reading = reader_reading(reader);

	job = next_job();
	ck_assert(slice_is(job.id, "9"));
	ck_assert_int_eq(job.memory_peak_bytes, VALUE_UNKNOWN);
	if (unreadable[_i].column == COLUMN_REQ_MEM)
		ck_assert_int_eq(job.memory_bytes, VALUE_UNKNOWN);
	if (unreadable[_i].column != COLUMN_ELAPSED_RAW &&
	    unreadable[_i].column != COLUMN_NODE_LIST)
		ck_assert_int_eq(job.elapsed_seconds, 3600);
	job = next_job();
	ck_assert(slice_is(job.id, "19"));
	ck_assert(!job.flagged);
	assert_end();
	ck_assert_uint_eq(reading_set_aside(reading), 0);
	ck_assert_uint_eq(reading_unreadable(reading), 2);
	ck_assert_msg(reading->unreadable[unreadable[_i].column] == 2, "%s", row);
}
END_TEST

/* What one column says is taken for both where they say the same. */
START_TEST(uses_that_cannot_be_read_are_counted_in_either_column)
{
	static const struct {
		const char *uses;
		guint64 total, average;
	} rows[] = { { "mem=x|mem=x", 1, 1 },
		     { "mem=1G|mem=x", 0, 1 },
		     { "mem=x|mem=1G", 1, 0 },
		     { "mem=1G|mem=1G", 0, 0 } };
	g_autofree char *text = g_strconcat(
		"JobID|User|State|Start|End|ElapsedRaw|AllocCPUS|NodeList|TRESUsageInTot|"
	        "TRESUsageInAve\n"
		"9|alice|COMPLETED|2024-01-01T00:00:00|2024-01-01T01:00:00|3600|1|cn1||\n"
		"9.0||COMPLETED|2024-01-01T00:00:00|2024-01-01T01:00:00|3600|1|cn1|",
		rows[_i].uses, "\n", NULL);
	struct job job = only_job(text);

	ck_assert_int_eq(job.memory_peak_bytes,
	                 rows[_i].total ? VALUE_UNKNOWN : G_GINT64_CONSTANT(1) << 30);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->unreadable[COLUMN_TRES_USAGE_IN_TOT],
	                  rows[_i].total);
	ck_assert_uint_eq(reader_reading(reader)->unreadable[COLUMN_TRES_USAGE_IN_AVE],
	                  rows[_i].average);
}
END_TEST

START_TEST(the_first_ten_odd_rows_are_shown)
{
	g_autoptr(GString) text = g_string_new(ALL);
	const struct set_aside_example *example;
	const struct reading *reading;

	for (guint i = 1; i <= 20; i++)
		g_string_append_printf(text, GOOD("%u") "bad %u\n", i, i);
	only_job(text->str);
	for (guint i = 2; i <= 20; i++)
		next_job();
	assert_end();
	reading = reader_reading(reader);
	ck_assert_uint_eq(reading->set_aside[ASIDE_FIELD_COUNT], 20);
	ck_assert_uint_eq(reading->examples->len, 10);
	for (guint i = 0; i < 10; i++) {
		g_autofree char *sample = g_strdup_printf("bad %u", i + 1);

		example = g_ptr_array_index(reading->examples, i);
		ck_assert_uint_eq(example->line, 2 * i + 3);
		ck_assert_str_eq(example->sample, sample);
	}
}
END_TEST

START_TEST(every_reason_has_its_words)
{
	ck_assert_uint_gt(strlen(set_aside_name((enum set_aside)_i)), 5);
}
END_TEST

START_TEST(a_placeholder_that_has_run_is_a_job)
{
	struct job job = only_job(ALL "9|alice||COMPLETED|" DAY "10:00:00|" DAY "10:00:00|" DAY
				      "10:00:01|1||0|16?|cpu=2|cn1|\n");

	ck_assert_int_eq(job.cpus, 2);
	ck_assert_int_eq(job.memory_bytes, VALUE_UNKNOWN);
	ck_assert(job.ran);
	assert_end();
}
END_TEST

START_TEST(a_step_of_a_bad_job_is_no_step_of_the_one_before)
{
	struct job job = only_job(ALL GOOD("1") "9|alice|batch|normal||||3600||1|1G|cpu=1|cn1|\n"
						"9.0|||COMPLETED||||3600||1|||cn1|1G\n");

	ck_assert_int_eq(job.steps, 0);
	ck_assert_int_eq(job.memory_peak_bytes, VALUE_UNKNOWN);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->set_aside[ASIDE_STATE], 1);
	ck_assert_uint_eq(reader_reading(reader)->set_aside[ASIDE_ORPHAN_STEP], 1);
}
END_TEST

START_TEST(a_step_of_a_bad_second_run_is_no_step_of_the_first)
{
	struct job job = only_job("JobID|State|Start|ElapsedRaw|TotalCPU\n"
				  "7|REQUEUED|" DAY "10:00:00|60|\n"
				  "7|normal|" DAY "10:05:00|60|\n"
				  "7.batch|COMPLETED|" DAY "10:05:00|60|00:00:50\n");

	ck_assert_int_eq(job.steps, 0);
	ck_assert_int_eq(job.cpu_used_milliseconds, VALUE_UNKNOWN);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->set_aside[ASIDE_ORPHAN_STEP], 1);
}
END_TEST

START_TEST(without_ids_a_step_behind_a_bad_row_is_nobodys)
{
	struct job job = only_job("User|State|Start|ElapsedRaw|TotalCPU\n"
				  "alice|COMPLETED|" DAY "10:00:00|60|\n"
				  "bob|COMPLETED|60|\n"
				  "|COMPLETED|" DAY "10:05:00|60|00:00:50\n");

	ck_assert_int_eq(job.steps, 0);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->set_aside[ASIDE_FIELD_COUNT], 1);
	ck_assert_uint_eq(reader_reading(reader)->set_aside[ASIDE_ORPHAN_STEP], 1);
}
END_TEST

START_TEST(a_file_cut_at_any_byte_keeps_its_account)
{
	static const char whole[] =
		ALL GOOD("1") GOOD("2") "2.batch|||COMPLETED||||3600||1|||cn1|5K\n" GOOD("3");

	for (size_t length = strlen(ALL); length < sizeof whole; length++) {
		g_autofree char *text = g_strndup(whole, length);
		struct job job;
		guint jobs = 0;

		open_text(text);
		while (reader_next(reader, &job, NULL)) {
			assert_identity();
			jobs++;
		}
		assert_identity();
		ck_assert_uint_eq(jobs, reader_reading(reader)->jobs);
		ck_assert_uint_le(reading_set_aside(reader_reading(reader)), 1);
		reader_close(reader);
		reader = NULL;
		g_unlink(paths[0]);
		g_clear_pointer(&paths[0], g_free);
	}
}
END_TEST

/* Several files */

#define SMALL "JobIDRaw|Cluster|User|State|Submit|Start|End|ElapsedRaw\n"
#define RUN(id, cluster, submit)                                                                   \
	id "|" cluster "|alice|COMPLETED|" DAY submit "|" DAY submit "|" DAY "11:00:00|3600\n"

START_TEST(a_job_in_two_files_is_counted_once_with_its_steps)
{
	GError *error = NULL;
	struct job job;

	store(0,
	      SMALL RUN("1", "a", "10:00:00") RUN("2", "a", "10:00:00") "2.0|a||COMPLETED||||1\n");
	store(1, SMALL RUN("2", "a", "10:00:00") "2.0|a||COMPLETED||||1\n" RUN("2", "a", "10:30:00")
			 RUN("2", "b", "10:00:00") RUN("3", "a", "10:00:00"));
	reader = reader_open(paths, zone, &error);
	ck_assert_ptr_null(error);
	for (guint i = 0; i < 5; i++)
		job = next_job();
	ck_assert(slice_is(job.id, "3"));
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->rows, 8);
	ck_assert_uint_eq(reader_reading(reader)->duplicates, 2);
	ck_assert_uint_eq(reader_reading(reader)->steps, 1);
	ck_assert(reader_reading(reader)->key_table);
	ck_assert_uint_eq(reader_reading(reader)->sha256->len, 2);
	ck_assert_uint_eq(reader_bytes_read(reader), bytes_stored());
}
END_TEST

START_TEST(a_step_does_not_reach_into_the_file_before)
{
	struct job job;

	store(0, SMALL RUN("1", "a", "10:00:00"));
	store(1, SMALL "1.0|a||COMPLETED||||1\n");
	reader = reader_open(paths, zone, NULL);
	job = next_job();
	ck_assert_int_eq(job.steps, 0);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->set_aside[ASIDE_ORPHAN_STEP], 1);
}
END_TEST

#define SLICE "JobIDRaw|User|State|Submit|Start|End|ElapsedRaw|TotalCPU|AllocCPUS\n"

START_TEST(of_a_job_in_two_files_one_row_is_marked)
{
	static const char row[] = "1|alice|COMPLETED|" DAY "09:00:00|" DAY "10:00:00|" DAY
				  "11:00:00|3600|02:00:00|1\n";
	g_autofree char *text = g_strconcat(SLICE, row, "damaged\n", NULL);

	store(0, text);
	store(1, text);
	reader = reader_open(paths, zone, NULL);
	next_job();
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->duplicates, 1);
	ck_assert_uint_eq(reader_reading(reader)->flagged, 1);
}
END_TEST

START_TEST(of_a_job_in_two_files_the_ended_row_counts)
{
	GError *error = NULL;
	struct job job;

	store(0, SLICE "1|alice|RUNNING|" DAY "09:00:00|" DAY "10:00:00|Unknown|600||1\n"
		       "1.0||RUNNING|" DAY "10:00:00|" DAY "10:00:00|Unknown|600||1\n"
		       "2|bob|RUNNING|" DAY "09:00:00|" DAY "10:00:00|Unknown|600||1\n"
		       "3|carl|COMPLETED|" DAY "09:00:00|" DAY "10:00:00|" DAY "11:00:00|3600||1\n"
		       "4|dan|PENDING|" DAY "09:00:00|Unknown|Unknown|0||1\n");
	store(1, SLICE "1|alice|COMPLETED|" DAY "09:00:00|" DAY "10:00:00|" DAY
	               "11:00:00|3600|01:00:00|1\n"
	               "3|carl|RUNNING|" DAY "09:00:00|" DAY "10:00:00|Unknown|600||1\n"
	               "4|dan|RUNNING|" DAY "09:00:00|" DAY "10:00:00|Unknown|60||1\n"
	               "2|bob|RUNNING|" DAY "09:00:00|" DAY "10:00:00|Unknown|300||1\n");
	reader = reader_open(paths, zone, &error);
	ck_assert_ptr_null(error);
	job = next_job();
	ck_assert(slice_is(job.user, "carl") && job.state == STATE_COMPLETED);
	job = next_job();
	ck_assert(slice_is(job.user, "alice") && job.state == STATE_COMPLETED);
	ck_assert_int_eq(job.cpu_used_milliseconds, 3600000);
	job = next_job();
	ck_assert(slice_is(job.user, "bob") && job.elapsed_seconds == 600);
	job = next_job();
	ck_assert(slice_is(job.user, "dan") && job.state == STATE_RUNNING);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->rows, 9);
	ck_assert_uint_eq(reader_reading(reader)->jobs, 4);
	ck_assert_uint_eq(reader_reading(reader)->duplicates, 5);
	ck_assert_uint_eq(reader_reading(reader)->steps, 0);
}
END_TEST

/* Whatever the order in which the pieces come, and when one comes again. */
START_TEST(pieces_of_a_job_are_added)
{
	static const char *const pieces[] = {
		"1|alice|RUNNING|" DAY "09:00:00|" DAY "10:00:00|" DAY "11:00:00|3600|02:00:00|1\n",
		"1|alice|RUNNING|" DAY "09:00:00|" DAY "11:00:00|" DAY "12:00:00|3600|02:00:00|1\n",
		"1|alice|COMPLETED|" DAY "09:00:00|" DAY "12:00:00|" DAY
		"12:30:00|1800|02:00:00|1\n",
	};
	static const guint orders[][4] = { { 0, 1, 2, 2 }, { 2, 1, 0, 2 }, { 1, 0, 2, 1 } };
	g_autofree char *one = g_strconcat(SLICE, pieces[orders[_i][0]], NULL);
	g_autofree char *rest = g_strconcat(SLICE, pieces[orders[_i][1]], pieces[orders[_i][2]],
					    _i == 0 ? "" : pieces[orders[_i][0]], NULL);
	gint64 sum = 0, waits = 0, used = 0, jobs = 0;
	GError *error = NULL;
	struct job job;

	store(0, one);
	store(1, rest);
	reader = reader_open(paths, zone, &error);
	ck_assert_ptr_null(error);
	for (guint i = 0; i < 3; i++) {
		job = next_job();
		sum += job.elapsed_seconds;
		jobs += !job.piece;
		waits += job.submit != VALUE_UNKNOWN;
		used += job.cpu_used_milliseconds != VALUE_UNKNOWN;
	}
	assert_end();
	ck_assert_int_eq(sum, 9000);
	ck_assert_int_eq(jobs, 1);
	ck_assert_int_eq(waits, 1);
	ck_assert_int_eq(used, 1);
	ck_assert_uint_eq(reader_reading(reader)->pieces, 2);
	ck_assert_uint_eq(reader_reading(reader)->duplicates, _i == 0 ? 0 : 1);
}
END_TEST

/* Reads all, and then again with what the first reading taught. */
static void open_with_hindsight(void)
{
	struct job job;

	reader = reader_open(paths, zone, NULL);
	while (reader_next(reader, &job, NULL))
		;
	hindsight = reader_steal_hindsight(reader);
	ck_assert_ptr_nonnull(hindsight);
	reader_close(reader);
	reader = reader_open(paths, zone, NULL);
	reader_use_hindsight(reader, hindsight);
}

START_TEST(pieces_of_a_job_are_one_job_when_they_were_seen_before)
{
	struct job job;

	store(0, SLICE "1|alice|COMPLETED|" DAY "09:00:00|" DAY "10:00:00|" DAY
	               "11:00:00|3600|02:00:00|1\n");
	store(1, SLICE "1|alice|COMPLETED|" DAY "09:00:00|" DAY "11:00:00|" DAY
	               "12:30:00|5400|02:00:00|1\n"
	               "2|alice|COMPLETED|" DAY "09:00:00|" DAY "11:00:00|" DAY
	               "12:00:00|3600|00:30:00|1\n");
	open_with_hindsight();
	job = next_job();
	ck_assert(slice_is(job.id, "2"));
	job = next_job();
	ck_assert(slice_is(job.id, "1"));
	ck_assert(slice_is(job.user, "alice"));
	ck_assert(!job.piece);
	ck_assert_int_eq(job.end - job.start, 9000);
	ck_assert_int_eq(job.elapsed_seconds, 9000);
	ck_assert_int_eq(job.cpu_used_milliseconds, 7200000);
	ck_assert_int_eq(job.start - job.submit, 3600);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->pieces, 1);
	ck_assert_ptr_null(reader_steal_hindsight(reader));
}
END_TEST

/* Of which one stands twice, first without use. */
START_TEST(a_piece_without_use_is_one_all_the_same)
{
	struct job job;

	store(0, SLICE "1|alice|COMPLETED|" DAY "09:00:00|" DAY "10:00:00|" DAY
	               "11:00:00|3600|00:00:00|1\n");
	store(1, SLICE "1|alice|COMPLETED|" DAY "09:00:00|" DAY "10:00:00|" DAY
	               "11:00:00|3600|02:00:00|1\n"
	               "1|alice|COMPLETED|" DAY "09:00:00|" DAY "11:00:00|" DAY
	               "12:30:00|5400|00:00:00|1\n");
	open_with_hindsight();
	job = next_job();
	ck_assert_int_eq(job.elapsed_seconds, 9000);
	ck_assert_int_eq(job.cpu_used_milliseconds, 7200000);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->pieces, 1);
	ck_assert_uint_eq(reader_reading(reader)->duplicates, 1);
}
END_TEST

#define TASK(state, start, end, seconds)                                                           \
	"7|alice|" state "|" DAY "09:00:00|" DAY start "|" end "|" seconds "|00:00:00|1\n"

/* Of two exports: two that overlap others show it; and one of the two that run in one of them has
 * ended in the other. */
START_TEST(tasks_under_one_id_are_told_apart_by_when_they_ran)
{
	gint64 seconds = 0;
	guint jobs = 0;
	struct job job;

	store(0, SLICE TASK("COMPLETED", "10:00:00", DAY "12:00:00", "7200")
		       TASK("COMPLETED", "10:00:00", DAY "14:00:00", "14400")
		       TASK("RUNNING", "11:00:00", "Unknown", "1800"));
	store(1, SLICE TASK("COMPLETED", "10:00:00", DAY "12:00:00", "7200")
		       TASK("COMPLETED", "11:00:00", DAY "15:00:00", "14400")
		       TASK("RUNNING", "13:00:00", "Unknown", "600"));
	open_with_hindsight();
	while (reader_next(reader, &job, NULL))
		;
	ck_assert(reader_reading(reader)->reconsiders);
	reader_close(reader);
	reader = reader_open(paths, zone, NULL);
	reader_use_hindsight(reader, hindsight);
	for (; reader_next(reader, &job, NULL); jobs++)
		seconds += job.elapsed_seconds;
	ck_assert_uint_eq(jobs, 4);
	ck_assert_int_eq(seconds, 36600);
	ck_assert_uint_eq(reader_reading(reader)->shared, 3);
	ck_assert_uint_eq(reader_reading(reader)->duplicates, 2);
}
END_TEST

#define USE "JobID|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NodeList|TotalCPU|MaxRSS\n"
#define SPAN "COMPLETED|" DAY "09:00:00|" DAY "10:00:00|" DAY "11:00:00|3600|1|cn1|"

/* -X prints no steps, and a TotalCPU of nought. */
START_TEST(of_a_job_in_two_files_the_row_with_steps_counts_when_it_was_seen_before)
{
	struct job job;

	store(0, USE "1|" SPAN "00:00:00|\n" "2|" SPAN "00:00:00|\n");
	store(1, USE "1|" SPAN "00:40:00|\n"
	             "1.batch|" SPAN "00:40:00|2G\n"
	             "3|" SPAN "00:40:00|\n");
	open_with_hindsight();
	job = next_job();
	ck_assert(slice_is(job.id, "2"));
	job = next_job();
	ck_assert(slice_is(job.id, "1"));
	ck_assert_int_eq(job.memory_peak_bytes, G_GINT64_CONSTANT(2) << 30);
	ck_assert_int_eq(job.cpu_used_milliseconds, 2400000);
	job = next_job();
	ck_assert(slice_is(job.id, "3"));
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->duplicates, 1);
	ck_assert_uint_eq(reader_reading(reader)->steps, 1);
}
END_TEST

START_TEST(a_job_whose_use_is_in_a_later_file_is_counted_as_such)
{
	store(0, USE "1|" SPAN "00:00:00|\n");
	store(1, USE "1|" SPAN "00:40:00|\n" "1.batch|" SPAN "00:40:00|2G\n");
	reader = reader_open(paths, zone, NULL);
	next_job();
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->measured_later, 1);
	ck_assert_uint_eq(reader_reading(reader)->duplicates, 2);
}
END_TEST

#define CUT_HEADER "JobIDRaw|State|Start|End|ElapsedRaw"

/* So many jobs, the last with another start. */
static const struct {
	const char *header, *row, *last;
	guint jobs;
	enum time_step step;
} cuts[] = {
	{ CUT_HEADER, "COMPLETED|2024-05-01T00:00:00|2024-05-02T00:00:00|60", NULL, 100,
	  TIMES_DAY },
	{ CUT_HEADER, "COMPLETED|2024-05-01T00:00:00|2024-05-02T00:00:00|60", NULL, 99,
	  TIMES_SECOND },
	{ CUT_HEADER, "COMPLETED|2024-05-01T00:00:00|2024-05-02T00:00:00|60",
	  "COMPLETED|2024-05-01T00:00:01|2024-05-02T00:00:00|60", 100, TIMES_SECOND },
	{ CUT_HEADER, "PENDING|None|Unknown|0", "COMPLETED|1714521600|1714525200|3600", 100,
	  TIMES_SECOND },
	{ CUT_HEADER, "COMPLETED|1714521600.0|1714525200.0|3600.0", NULL, 100, TIMES_SECOND },
	{ CUT_HEADER, "COMPLETED|2024-05-01T00:00:00+02:00|2024-05-02T00:00:00+02:00|60", NULL, 100,
	  TIMES_DAY },
	{ CUT_HEADER, "COMPLETED|2024-05-01 00:00:00|2024-05-02 00:00:00|60", NULL, 100,
	  TIMES_DAY },
	{ "JobIDRaw|State|Submit|End|ElapsedRaw",
	  "COMPLETED|2024-05-01T09:00:00|2024-05-02T00:00:00|60", NULL, 100, TIMES_SECOND },
	{ "JobIDRaw|State|ElapsedRaw", "COMPLETED|60", NULL, 1000, TIMES_SECOND },
	/* A thousand jobs show that no time has seconds, or no minutes either. */
	{ CUT_HEADER, "COMPLETED|2024-05-01T09:30:00|2024-05-01T10:30:00|3630", NULL, 1000,
	  TIMES_MINUTE },
	{ CUT_HEADER, "COMPLETED|2024-05-01T09:30:00|2024-05-01T10:30:00|3630", NULL, 999,
	  TIMES_SECOND },
	{ CUT_HEADER, "COMPLETED|2024-05-01T09:00:00|2024-05-01T10:00:00|3630", NULL, 1000,
	  TIMES_HOUR },
	{ CUT_HEADER, "COMPLETED|2024-05-01T09:00:00|2024-05-01T10:00:00|3630",
	  "COMPLETED|2024-05-01T09:00:00|2024-05-01T10:01:00|3630", 1000, TIMES_MINUTE },
	{ CUT_HEADER, "COMPLETED|2024-05-01T09:00:00|2024-05-01T10:00:00|3630",
	  "COMPLETED|2024-05-01T09:00:01|2024-05-01T10:00:00|3599", 1000, TIMES_SECOND },
	{ CUT_HEADER, "COMPLETED|2024-05-01 09:30:00.000|2024-05-01 10:30:00.000|3630", NULL, 1000,
	  TIMES_MINUTE },
	{ CUT_HEADER, "COMPLETED|2024-05-01T09:30|2024-05-01 10:30|3630", NULL, 1000,
	  TIMES_MINUTE },
	{ CUT_HEADER, "COMPLETED|2024-05-01T09:00|2024-05-01T10:00|3630", NULL, 1000, TIMES_HOUR },
	{ CUT_HEADER, "COMPLETED|2024-05-01T00:00|2024-05-01T00:00|3630", NULL, 100, TIMES_DAY },
	{ "JobIDRaw|State|Submit|End|ElapsedRaw",
	  "COMPLETED|2024-05-01T09:00:07|2024-05-02T00:00:00|60", NULL, 1000, TIMES_SECOND },
	{ CUT_HEADER, "COMPLETED|1714521600|1714525200|3600", NULL, 1000, TIMES_HOUR },
	{ CUT_HEADER, "COMPLETED|1714521600|1714525260|3600", NULL, 1000, TIMES_MINUTE },
	{ CUT_HEADER, "COMPLETED|1714521600|1714525260|3600",
	  "COMPLETED|1714521600|1714525261|3600", 1000, TIMES_SECOND },
};

START_TEST(to_what_the_times_of_a_file_are_cut_is_known)
{
	g_autoptr(GString) text = g_string_new(NULL);

	g_string_append_printf(text, "%s\n", cuts[_i].header);
	for (guint i = 1; i <= cuts[_i].jobs; i++)
		g_string_append_printf(text, "%u|%s\n", i,
		                       i == cuts[_i].jobs && cuts[_i].last ? cuts[_i].last
		                                                           : cuts[_i].row);
	open_text(text->str);
	for (guint i = 0; i < cuts[_i].jobs; i++)
		next_job();
	assert_end();
	ck_assert_int_eq(times_cut_to(reader_reading(reader)->has, reader_reading(reader)->finer,
	                              reader_reading(reader)->jobs),
	                 cuts[_i].step);
}
END_TEST

/* It is not even checked; but of files that may share jobs it is read. */
START_TEST(use_that_nobody_asks_for_is_not_read)
{
	struct job job;

	store(0, USE "1|" SPAN "00:40:00|many\n");
	reader = reader_open(paths, zone, NULL);
	reader_spare_use(reader);
	job = next_job();
	ck_assert_int_eq(job.cpu_used_milliseconds, VALUE_UNKNOWN);
	ck_assert_int_eq(job.memory_peak_bytes, VALUE_UNKNOWN);
	ck_assert_int_eq(job.end - job.start, 3600);
	ck_assert_int_eq(job.start - job.submit, 3600);
	ck_assert_int_eq(job.cpus, 1);
	assert_end();
	ck_assert_uint_eq(reading_unreadable(reader_reading(reader)), 0);
	reader_close(reader);
	reader = reader_open(paths, zone, NULL);
	reader_spare_use(reader);
	reader_expect_duplicates(reader);
	job = next_job();
	ck_assert_int_eq(job.cpu_used_milliseconds, 2400000);
	assert_end();
	ck_assert_uint_eq(reading_unreadable(reader_reading(reader)), 1);
}
END_TEST

static const struct {
	const char *end, *elapsed;
	gint64 seconds;
	guint unreadable;
} spans[] = {
	{ "2024-03-05T11:00:00", "3600", 3600, 0 },
	{ "2024-03-05T11:00:00", "7200", 7200, 0 },        /* a change of clocks */
	{ "2024-03-05T11:00:00", "93600", 93600, 0 },      /* and times that are cut to the day */
	{ "2024-03-05T11:00:00", "93601", 3600, 1 },
	{ "2024-03-05T11:00:00", "2147483647", 3600, 1 },
	{ "2024-03-05T10:00:00", "200000", 200000, 0 },    /* it is not printed when it ended */
	{ "Unknown", "200000", 200000, 0 },
	{ "2024-03-08T10:00:00", "200000", 200000, 0 },    /* suspended for a while */
	{ "2024-03-07T10:00:00", "172800.0", 172800, 0 },
	{ "2024-03-05T11:00:00", "3600.000", 3600, 0 },
	{ "2024-03-05T10:00:04", "3.600", 3, 0 },          /* of a table with decimals */
	{ "2024-03-05T10:00:03", "3.000", 3, 0 },
	{ "2024-03-05T11:00:00", "3.600", 3600, 1 },       /* of one with points between
	                                                      thousands */
	{ "2024-03-05T10:50:00", "3.000", 3000, 1 },
	{ "2024-03-05T11:00:00", "1000.250", 1000, 0 },    /* between thousands there would be two
	                                                      points */
	{ "Unknown", "3.600", 0, 1 },
	{ "2024-03-05T11:00:00", "0.500", 0, 0 },
	{ "2024-03-06T10:00:00", "86.40", 86, 0 },
};

/* From 2024-03-05T10:00:00 on. */
START_TEST(a_job_cannot_have_run_longer_than_its_times_allow)
{
	g_autofree char *text = g_strdup_printf("JobIDRaw|User|State|Start|End|ElapsedRaw\n1|a|"
	                                        "COMPLETED|2024-03-05T10:00:00|%s|%s\n",
	                                        spans[_i].end, spans[_i].elapsed);
	struct job job = only_job(text);

	ck_assert_int_eq(job.elapsed_seconds, spans[_i].seconds);
	ck_assert_uint_eq(reader_reading(reader)->unreadable[COLUMN_ELAPSED_RAW],
	                  spans[_i].unreadable);
}
END_TEST

/* Jobs from `first` to `last`, each some seconds behind the one before. */
static void append_jobs(GString *text, guint first, guint last)
{
	for (guint i = first; i <= last; i++)
		g_string_append_printf(text, "%u|a|u|COMPLETED|%u|%u|%u|9\n", i, 1709632800 + i,
		                       1709632800 + i, 1709632809 + i);
}

START_TEST(many_jobs_are_told_apart)
{
	g_autoptr(GString) text = g_string_new(SMALL);
	struct job job;
	guint jobs = 0;

	append_jobs(text, 1, 20000);
	store(0, text->str);
	store(1, text->str);
	reader = reader_open(paths, zone, NULL);
	while (reader_next(reader, &job, NULL))
		jobs++;
	ck_assert_uint_eq(jobs, 20000);
	ck_assert_uint_eq(reader_reading(reader)->duplicates, 20000);
}
END_TEST

/* Bursts of some jobs, with what lies between two jobs now and then: steps, rows of which the time
 * is none, the job before once more, or the one before that. */
static char *text_of_bursts(gboolean apart)
{
	GString *text = g_string_new(NULL);
	GRand *random = g_rand_new_with_seed(5);
	gsize begin = 0, end = 0; /* of the job before */
	guint user = 0, group = 0;

	g_string_append(text, apart ? "Group|JobID|User|State|Account|Submit|Partition|Start|QOS|"
	                              "End|Cluster|ElapsedRaw\n"
	                            : "JobID|Cluster|User|Account|Group|Partition|QOS|State|Submit|"
	                              "Start|End|ElapsedRaw\n");
	for (guint id = 1; id <= 20000; id++) {
		const char *times = g_rand_int_range(random, 0, 20) ? "1709632800" : "never";
		gsize here = text->len;

		user = g_rand_int_range(random, 0, 4) ? user
		                                      : (guint)g_rand_int_range(random, 0, 3);
		group = g_rand_int_range(random, 0, 9) ? group
		                                       : (guint)g_rand_int_range(random, 0, 3);
		for (guint again = 0; again <= (id % 7 == 0); again++) {
			if (apart)
				g_string_append_printf(
					text,
					"g%u|%u|u%u|FAILED|a|%s|p|1709632800|q|1709632801|c|1\n",
					group, id, user, times);
			else
				g_string_append_printf(
					text,
					"%u|c|u%u|a|g%u|p|q|FAILED|%s|1709632800|1709632801|1\n",
					id, user, group, times);
			if (!apart && id % 5 == 0)
				g_string_append_printf(
					text,
					"%u.0|c||a||||FAILED|1709632800|1709632800|1709632801|1\n",
					id);
		}
		if (id % 11 == 0) {
			g_autofree char *before = g_strndup(text->str + begin, end - begin);

			g_string_append(text, before);
			continue;
		}
		begin = here;
		end = text->len;
	}
	g_rand_free(random);
	return g_string_free(text, FALSE);
}

static char *names_of(const struct job *job)
{
	const struct slice names[] = { job->cluster, job->user,      job->account,
		                       job->group,   job->partition, job->qos };
	GString *all = g_string_new(NULL);

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_string_append_len(all, names[i].data, (gssize)names[i].length);
		g_string_append_c(all, '|');
	}
	return g_string_free(all, FALSE);
}

START_TEST(a_job_is_said_to_repeat_only_the_names_of_the_job_given_before_it)
{
	g_autofree char *text = text_of_bursts(_i == 1), *before = g_strdup("");
	guint jobs = 0, same = 0, told = 0;
	struct job job;

	store(0, text);
	reader = reader_open(paths, zone, NULL);
	reader_expect_duplicates(reader);
	while (reader_next(reader, &job, NULL)) {
		g_autofree char *names = names_of(&job);

		ck_assert_msg(!job.repeats || g_str_equal(names, before), "job %u: %s behind %s",
		              jobs, names, before);
		ck_assert(job.user.length == 2 && job.cluster.length == 1 && job.qos.length == 1);
		same += g_str_equal(names, before);
		told += job.repeats;
		jobs++;
		g_free(before);
		before = g_steal_pointer(&names);
	}
	ck_assert_uint_gt(jobs, 18000);
	ck_assert_uint_gt(reader_reading(reader)->duplicates, 2000);
	ck_assert_uint_gt(reader_reading(reader)->set_aside[ASIDE_TIME], 500);
	/* Behind a row that is set aside, and where a piece begins, it is not told. */
	ck_assert_uint_gt(told, same / 2);
}
END_TEST

/* Each piece is held against all others, which must end somewhere. */
START_TEST(what_stands_in_ever_so_many_pieces_is_no_job)
{
	g_autoptr(GString) text = g_string_new(SMALL);
	struct job job;

	for (guint i = 0; i < 10010; i++)
		g_string_append_printf(text, "1|a|u|COMPLETED|1709632800|%u|%u|9\n",
		                       1709632800 + 20 * i, 1709632809 + 20 * i);
	store(0, text->str);
	paths[1] = NULL;
	open_with_hindsight();
	reader_expect_duplicates(reader);
	while (reader_next(reader, &job, NULL))
		;
	ck_assert(reader_reading(reader)->reconsiders);
}
END_TEST

START_TEST(a_repeated_header_makes_one_file_several)
{
	struct job job =
		only_job(SMALL RUN("1", "a", "10:00:00") RUN("2", "a", "10:00:00")
				 SMALL RUN("3", "a", "10:00:00") SMALL RUN("3", "a", "10:00:00")
					 RUN("4", "a", "10:00:00"));
	guint jobs = 1;

	while (reader_next(reader, &job, NULL))
		jobs++;
	ck_assert_uint_eq(jobs, 4);
	ck_assert_uint_eq(reader_reading(reader)->duplicates, 1);
	ck_assert_uint_eq(reader_reading(reader)->repeated_headers, 2);
	ck_assert_uint_eq(reader_reading(reader)->uncompared, 2);
	ck_assert(reader_reading(reader)->key_table);
}
END_TEST

static const struct {
	guint first, second, jobs; /* the parts of one file: up to `first`, and from `second` to
	                              `jobs` */
	gboolean joined;
} joints[] = {
	{ 10, 11, 20, FALSE },       { 10, 10, 20, TRUE },       { 10, 1, 10, TRUE },
	{ 40000, 40001, 50000, FALSE }, { 40000, 39800, 50000, TRUE },
};

/* Exports that overlap, joined without their headers: of few jobs each is remembered, of many a
 * sample, and read as several all are compared. */
START_TEST(a_job_that_stands_again_makes_one_file_several)
{
	g_autoptr(GString) text = g_string_new(SMALL);
	guint repeated = joints[_i].first + 1 - joints[_i].second, jobs = 0;
	struct job job;

	append_jobs(text, 1, joints[_i].first);
	append_jobs(text, joints[_i].second, joints[_i].jobs);
	store(0, text->str);
	paths[1] = NULL;
	reader = reader_open(paths, zone, NULL);
	while (reader_next(reader, &job, NULL))
		jobs++;
	ck_assert_int_eq(reader_reading(reader)->joined, joints[_i].joined);
	ck_assert_int_eq(reader_reading(reader)->uncompared > 0, joints[_i].joined);
	ck_assert_int_eq(reader_reading(reader)->key_table, joints[_i].joined);
	if (!joints[_i].joined) {
		ck_assert_uint_eq(jobs, joints[_i].jobs);
		return;
	}
	reader_close(reader);
	reader = reader_open(paths, zone, NULL);
	reader_expect_duplicates(reader);
	for (jobs = 0; reader_next(reader, &job, NULL);)
		jobs++;
	ck_assert_uint_eq(jobs, joints[_i].jobs);
	ck_assert_uint_eq(reader_reading(reader)->duplicates, repeated);
}
END_TEST

/* Also behind the byte order mark that each of the files began with. */
START_TEST(a_header_of_other_columns_is_told)
{
	GError *error = NULL;
	g_autofree char *text = g_strconcat("JobID|User|Account|State\n1|alice|pi|COMPLETED\n",
	                                    _i ? "\xef\xbb\xbf" : "",
	                                    "JobID|Account|User|State\n2|pi|bob|COMPLETED\n", NULL);

	only_job(text);
	next_job();
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->set_aside[ASIDE_HEADER], 1);
	ck_assert(!reading_agrees(reader_reading(reader), &error));
	ck_assert_str_eq(error->message,
	                 "a header of other columns stands among the rows: exports that "
	                 "differ were joined; give each as a file of its own");
	g_error_free(error);
}
END_TEST

/* ~ stands before a name, behind one and in quotes; within one it stays, and that is another. */
static const struct {
	const char *form, *row;
} unseen_forms[] = {
	{ "~JobID|User~|Acc~ount|State", "1|alice|pi|COMPLETED" },
	{ "JobID|~ User ~|Acc~ount|~~State~", "1|alice|pi|COMPLETED" },
	{ "~JobID,User~,Acc~ount,State", "1,alice,pi,COMPLETED" },
	{ "\"JobID\",\"~User~\",\"Acc~ount\",\"State\"", "1,alice,pi,COMPLETED" },
	{ "JobID%20|User%20~|Acc~ount|State%10", "1|alice|pi|COMPLETED" },
};

static const char *const unseen[] = { "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d",
	                              "\xef\xbb\xbf", "\xc2\xa0" };

START_TEST(what_is_not_seen_about_a_name_is_no_part_of_it)
{
	const char *form = unseen_forms[_i % (int)G_N_ELEMENTS(unseen_forms)].form,
		   *row = unseen_forms[_i % (int)G_N_ELEMENTS(unseen_forms)].row,
		   *sign = unseen[_i / (int)G_N_ELEMENTS(unseen_forms)];
	g_auto(GStrv) parts = g_strsplit(form, "~", -1);
	g_autofree char *header = g_strjoinv(sign, parts),
			*text = g_strconcat(header, "\n", row, "\n", header, "\n", NULL);
	struct job job = only_job(text);

	ck_assert(slice_is(job.user, "alice"));
	ck_assert(slice_empty(job.account));
	ck_assert_int_eq(job.state, STATE_COMPLETED);
	assert_end();
	ck_assert_uint_eq(reader_reading(reader)->repeated_headers, 1);
	ck_assert_uint_eq(reader_reading(reader)->unknown_columns->len, 1);
}
END_TEST

START_TEST(columns_are_known_by_file)
{
	struct job job;

	store(0, "JobID|User|Nonsense|State\n1|alice|x|COMPLETED\n");
	store(1, "JobID|State|Nonsense|MaxRSS|Other\n2|COMPLETED|x||y\n");
	reader = reader_open(paths, zone, NULL);
	while (reader_next(reader, &job, NULL))
		;
	ck_assert(reader_reading(reader)->has[COLUMN_USER]);
	ck_assert(!reader_reading(reader)->all_have[COLUMN_USER]);
	ck_assert(reader_reading(reader)->all_have[COLUMN_STATE]);
	ck_assert(reader_reading(reader)->has[COLUMN_MAX_RSS]);
	ck_assert(!reader_reading(reader)->all_have[COLUMN_MAX_RSS]);
	ck_assert(!reader_reading(reader)->has[COLUMN_GROUP]);
	ck_assert_uint_eq(reader_reading(reader)->unknown_columns->len, 2);
	ck_assert_str_eq(g_ptr_array_index(reader_reading(reader)->unknown_columns, 0), "Nonsense");
	ck_assert_str_eq(g_ptr_array_index(reader_reading(reader)->unknown_columns, 1), "Other");
}
END_TEST

START_TEST(a_later_file_that_cannot_be_opened_ends_it)
{
	GError *error = NULL;
	struct job job;

	store(0, SMALL RUN("1", "a", "10:00:00"));
	paths[1] = g_build_filename(folder, "absent.psv", NULL);
	reader = reader_open(paths, zone, NULL);
	next_job();
	ck_assert(!reader_next(reader, &job, &error));
	ck_assert(g_str_has_prefix(error->message, paths[1]));
	ck_assert(g_str_has_suffix(error->message,
	                           "/absent.psv: cannot be opened: No such file or directory"));
	g_clear_error(&error);
	ck_assert(!reader_next(reader, &job, &error));
	ck_assert_ptr_null(error);
}
END_TEST

START_TEST(a_list_of_something_else_is_refused)
{
	GError *error = NULL;

	store(0, "Cluster|Account|User|Partition|Share\nlab|root|||1\n");
	ck_assert_ptr_null(reader_open(paths, zone, &error));
	ck_assert_str_eq(error->message, "0.psv: has neither job ids nor times of jobs; "
					 "run sacct with --parsable2");
	g_error_free(error);
}
END_TEST

/* Clock changes: 25 October 2026 in Berlin repeats 02:00 to 03:00 (the first time until 01:00 UTC).
 */

static const struct {
	const char *row; /* Submit|Start|End|ElapsedRaw */
	gint64 submit, start, end;
} changes[] = {
	/* from one meaning to the other, both ways of crossing */
	{ "2026-10-25T02:40:00|2026-10-25T02:45:00|2026-10-25T02:15:00|1800", 1792888800,
	  1792889100, 1792890900 },
	{ "2026-10-25T01:00:00|2026-10-25T01:30:00|2026-10-25T02:30:00|7200", 1792882800,
	  1792884600, 1792891800 },
	{ "2026-10-25T02:10:00|2026-10-25T02:30:00|2026-10-25T03:30:00|3600", 1792890600,
	  1792891800, 1792895400 },
	{ "2026-10-25T02:10:00|2026-10-25T02:30:00|2026-10-25T03:30:00|7200", 1792887000,
	  1792888200, 1792895400 },
	/* nothing tells: the earlier */
	{ "2026-10-25T02:00:00|2026-10-25T02:10:00|2026-10-25T02:20:00|600", 1792886400, 1792887000,
	  1792887600 },
	/* the shorter wait */
	{ "2026-10-25T02:10:00|2026-10-25T06:00:00|2026-10-25T07:00:00|3600", 1792890600,
	  1792904400, 1792908000 },
	/* spring: an hour is missing */
	{ "2026-03-29T01:40:00|2026-03-29T01:45:00|2026-03-29T03:15:00|1800", 1774744800,
	  1774745100, 1774746900 },
};

START_TEST(elapsed_time_tells_the_repeated_hours_apart)
{
	g_autofree char *text = g_strconcat("JobID|State|Submit|Start|End|ElapsedRaw\n1|COMPLETED|",
					    changes[_i].row, "\n", NULL);
	struct job job;

	zone_free(zone);
	zone = zone_new("Europe/Berlin", NULL);
	job = only_job(text);
	ck_assert_int_eq(job.submit, changes[_i].submit);
	ck_assert_int_eq(job.start, changes[_i].start);
	ck_assert_int_eq(job.end, changes[_i].end);
	assert_end();
}
END_TEST

START_TEST(an_end_before_the_start_is_legal_where_the_zone_is_not_known)
{
	struct job job = only_job("JobID|State|Start|End|ElapsedRaw\n"
				  "1|COMPLETED|2026-10-25T02:45:00|2026-10-25T02:15:00|1800\n");

	ck_assert_int_eq(job.elapsed_seconds, 1800);
	ck_assert_int_eq(job.end - job.start, 1800);
	assert_end();
}
END_TEST

/* Jobs 1 to `count`, which waited a minute and ran for so long, `later` seconds behind each other's
 * begin. */
static void store_shifted(guint file, guint count, gint64 later, guint elapsed)
{
	g_autoptr(GString)
		text = g_string_new("JobIDRaw|User|State|Submit|Start|End|ElapsedRaw|AllocCPUS\n");

	for (guint i = 1; i <= count; i++) {
		gint64 start = G_GINT64_CONSTANT(1709632860) + i * 3601 + later;

		g_string_append_printf(text,
		                       "%u|a|COMPLETED|%" G_GINT64_FORMAT "|%" G_GINT64_FORMAT
		                       "|%" G_GINT64_FORMAT "|%u|4\n",
		                       i, start - 60, start, start + elapsed, elapsed);
	}
	store(file, text->str);
}

static const struct {
	guint jobs, elapsed;
	gint64 later, again; /* of the second file and the third */
	guint twins;
} shifted[] = {
	{ 60, 3600, 3600, 3600, 6 },   { 60, 3600, -20700, -20700, 6 }, { 49, 3600, 3600, 3600, 5 },
	{ 40, 3600, 3600, 3600, 0 },   { 60, 59, 3600, 3600, 0 },       { 60, 3600, 0, 0, 0 },
	{ 60, 3600, 3601, 3601, 0 },   { 60, 3600, 15 * 3600, 15 * 3600, 0 }, { 60, 3600, 3600,
	  7200, 0 },
};

START_TEST(jobs_that_stand_at_times_of_two_zones_are_counted)
{
	struct job job;

	store_shifted(0, shifted[_i].jobs, 0, shifted[_i].elapsed);
	store_shifted(1, shifted[_i].jobs, shifted[_i].later, shifted[_i].elapsed);
	store_shifted(2, shifted[_i].jobs, shifted[_i].again, shifted[_i].elapsed);
	reader = reader_open(paths, zone, NULL);
	while (reader_next(reader, &job, NULL))
		continue;
	ck_assert_uint_eq(reader_reading(reader)->twins, shifted[_i].twins);
	assert_identity();
}
END_TEST

static const struct {
	const char *zone, *row; /* NULL: not known; Start|End|ElapsedRaw */
	gint64 seconds;         /* -1: set aside */
} ends[] = {
	/* put back by half an hour */
	{ NULL, "2026-10-25T01:45:00|2026-10-25T01:40:00|1500", 1500 },
	{ NULL, "2026-10-25T02:59:00|2026-10-25T02:02:00|240", 240 },   /* cut to the minute */
	{ NULL, "2026-10-25T02:45:00|2026-10-25T02:15:00|900", -1 },
	{ NULL, "2026-10-25T11:00:00|2026-10-25T10:00:00|3600", -1 },
	{ NULL, "2026-10-25T11:00:00|2026-10-25T10:00:00|200000", -1 },
	/* sacct prints no less than nought */
	{ NULL, "2026-10-25T11:00:00|2026-10-25T10:00:00|0", 0 },
	{ NULL, "2026-10-25T11:00:00|2026-10-25T10:00:00|", -1 },
	{ "UTC", "2026-10-25T02:45:00|2026-10-25T02:15:00|1800", -1 },
	{ "Europe/Berlin", "2026-10-25T02:45:00|2026-10-25T02:15:00|1800", 1800 },
	{ "Europe/Berlin", "2026-10-26T02:45:00|2026-10-26T02:15:00|1800", -1 },
};

START_TEST(an_end_before_the_start_is_set_aside_otherwise)
{
	g_autofree char *text = g_strconcat("JobID|State|Start|End|ElapsedRaw\n1|COMPLETED|",
	                                    ends[_i].row,
	                                    "\n"
	                                    "2|COMPLETED|" DAY "10:00:00|" DAY "11:00:00|3600\n",
	                                    NULL);
	struct job job;

	if (ends[_i].zone) {
		zone_free(zone);
		zone = zone_new(ends[_i].zone, NULL);
	}
	job = only_job(text);
	ck_assert_int_eq(job.elapsed_seconds, ends[_i].seconds >= 0 ? ends[_i].seconds : 3600);
	while (reader_next(reader, &job, NULL))
		continue;
	ck_assert_uint_eq(reader_reading(reader)->set_aside[ASIDE_REVERSED], ends[_i].seconds < 0);
}
END_TEST

static TCase *cases(void)
{
	TCase *all = tcase_create("all");

	tcase_add_checked_fixture(all, setup, teardown);
	tcase_add_test(all, a_job_is_read_from_its_row);
	tcase_add_loop_test(all, each_quantity_has_its_order_of_preference, 0,
			    G_N_ELEMENTS(preferences));
	tcase_add_test(all, the_type_of_gpus_may_stand_in_what_was_asked_for_alone);
	tcase_add_test(all, elapsed_is_never_lessened_by_suspension);
	tcase_add_loop_test(all, a_job_was_suspended_for_no_longer_than_it_lasted, 0, 5);
	tcase_add_test(all, a_running_job_has_no_end_and_a_pending_one_no_start);
	tcase_add_test(all, without_ids_a_row_of_nobody_is_a_step);
	tcase_add_loop_test(all, without_ids_nobody_may_be_written_as_such, 0, 4);
	tcase_add_test(all, without_ids_and_users_every_row_is_a_job);
	tcase_add_test(all, unquoted_commas_in_a_comma_file_are_set_aside_and_not_misread);
	tcase_add_loop_test(all, steps_are_folded_into_their_job, 0, G_N_ELEMENTS(folds));
	tcase_add_test(all, a_step_belongs_to_the_job_beside_it_or_to_none);
	tcase_add_test(all, of_a_job_in_two_files_the_ended_row_counts);
	tcase_add_loop_test(all, pieces_of_a_job_are_added, 0, 3);
	tcase_add_test(all, pieces_of_a_job_are_one_job_when_they_were_seen_before);
	tcase_add_test(all, a_piece_without_use_is_one_all_the_same);
	tcase_add_test(all, tasks_under_one_id_are_told_apart_by_when_they_ran);
	tcase_add_test(all, of_a_job_in_two_files_one_row_is_marked);
	tcase_add_test(all,
	               of_a_job_in_two_files_the_row_with_steps_counts_when_it_was_seen_before);
	tcase_add_test(all, a_job_whose_use_is_in_a_later_file_is_counted_as_such);
	tcase_add_test(all, array_tasks_and_components_have_their_own_steps);
	tcase_add_test(all, steps_are_of_the_job_on_their_own_cluster);
	tcase_add_test(all, a_row_is_not_put_together_with_values_that_nobody_could_read);
	tcase_add_test(all, runs_of_a_requeued_job_are_jobs_of_their_own);
	tcase_add_loop_test(
		all, a_value_that_cannot_be_read_is_counted_by_column_and_the_job_kept_without_it,
		0, G_N_ELEMENTS(unreadable));
	tcase_add_loop_test(all, a_bad_row_is_set_aside_with_its_reason_and_its_neighbours_marked,
			    0, G_N_ELEMENTS(bad_rows));
	tcase_add_loop_test(all, uses_that_cannot_be_read_are_counted_in_either_column, 0, 4);
	tcase_add_test(all, the_first_ten_odd_rows_are_shown);
	tcase_add_loop_test(all, every_reason_has_its_words, 0, ASIDES);
	tcase_add_test(all, a_placeholder_that_has_run_is_a_job);
	tcase_add_test(all, a_step_of_a_bad_job_is_no_step_of_the_one_before);
	tcase_add_test(all, a_step_of_a_bad_second_run_is_no_step_of_the_first);
	tcase_add_test(all, without_ids_a_step_behind_a_bad_row_is_nobodys);
	tcase_add_test(all, a_step_does_not_reach_into_the_file_before);
	tcase_add_test(all, a_file_cut_at_any_byte_keeps_its_account);
	tcase_add_test(all, a_job_in_two_files_is_counted_once_with_its_steps);
	tcase_add_loop_test(all, a_job_cannot_have_run_longer_than_its_times_allow, 0,
	                    G_N_ELEMENTS(spans));
	tcase_add_test(all, many_jobs_are_told_apart);
	tcase_add_loop_test(all, a_job_is_said_to_repeat_only_the_names_of_the_job_given_before_it,
	                    0, 2);
	tcase_add_test(all, what_stands_in_ever_so_many_pieces_is_no_job);
	tcase_add_test(all, a_repeated_header_makes_one_file_several);
	tcase_add_loop_test(all, a_job_that_stands_again_makes_one_file_several, 0,
	                    G_N_ELEMENTS(joints));
	tcase_add_loop_test(all, a_header_of_other_columns_is_told, 0, 2);
	tcase_add_loop_test(all, to_what_the_times_of_a_file_are_cut_is_known, 0,
	                    G_N_ELEMENTS(cuts));
	tcase_add_test(all, use_that_nobody_asks_for_is_not_read);
	tcase_add_loop_test(all, what_is_not_seen_about_a_name_is_no_part_of_it, 0,
	                    G_N_ELEMENTS(unseen_forms) * G_N_ELEMENTS(unseen));
	tcase_add_test(all, columns_are_known_by_file);
	tcase_add_test(all, a_later_file_that_cannot_be_opened_ends_it);
	tcase_add_test(all, a_list_of_something_else_is_refused);
	tcase_add_loop_test(all, elapsed_time_tells_the_repeated_hours_apart, 0,
			    G_N_ELEMENTS(changes));
	tcase_add_test(all, an_end_before_the_start_is_legal_where_the_zone_is_not_known);
	tcase_add_loop_test(all, jobs_that_stand_at_times_of_two_zones_are_counted, 0,
	                    G_N_ELEMENTS(shifted));
	tcase_add_loop_test(all, an_end_before_the_start_is_set_aside_otherwise, 0,
	                    G_N_ELEMENTS(ends));
	return all;
}

int main(void)
{
	Suite *suite = suite_create("reader");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, cases());
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

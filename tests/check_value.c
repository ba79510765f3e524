/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "record/value.h"

#define MB G_GINT64_CONSTANT(1048576)
#define GB (1024 * MB)
#define UNKNOWN VALUE_UNKNOWN
#define UNLIMITED VALUE_UNLIMITED

/* Job ids */

static const struct {
	const char *text, *base;
	gboolean step;
} job_names[] = {
	{ "12", "12", FALSE },
	{ "12_3", "12_3", FALSE },
	{ "162+1", "162+1", FALSE },
	{ "17_[1-900%5]", "17_[1-900%5]", FALSE },
	{ "30_[1-2,6,8-20]", "30_[1-2,6,8-20]", FALSE },
	{ "12.batch", "12", TRUE },
	{ "12_3.extern", "12_3", TRUE },
	{ "162+0.0", "162+0", TRUE },
	{ "7.interactive", "7", TRUE },
};

static const char *const no_job_names[] = {
	"",       "x",   "x12", "12 ",    "12x",    "12_",    "12_x", "12_[1",
	"12_[a]", "12+", "12.", "12.a b", "12.0.1", "12.smith", "12.batch2", ".batch", "-1",
		"123456789012345678901",
	"12\n",
};

START_TEST(a_job_id_is_told_from_its_step)
{
	struct job_name name;

	ck_assert_msg(value_job(slice_of(job_names[_i].text), &name), "%s", job_names[_i].text);
	ck_assert(slice_is(name.base, job_names[_i].base));
	ck_assert_int_eq(name.step, job_names[_i].step);
}
END_TEST

START_TEST(what_is_no_job_id_is_refused)
{
	struct job_name name;

	ck_assert_msg(!value_job(slice_of(no_job_names[_i]), &name), "%s", no_job_names[_i]);
}
END_TEST

/* Times */

static const struct {
	const char *text;
	gint64 seconds; /* floating */
} times[] = {
	{ "2024-01-02T03:04:05", 1704164645 },
	{ "2024-01-02 03:04:05", 1704164645 },
	{ "2024-02-29T23:59:59", 1709251199 },
	{ "1990-01-01T00:00:00", 631152000 },
	{ "2100-12-31T23:59:59", 4133980799 },
	{ "2024-01-02T03:04", 1704164640 },
	{ "2024-01-02 03:04", 1704164640 },
	{ "2024-01-02T03:04:05.678", 1704164645 },
	{ "2024-01-02T03:04:05Z", 1704164645 },
	{ "2024-01-02T03:04:05+01", 1704161045 },
	{ "2024-01-02T03:04:05+0130", 1704159245 },
	{ "2024-01-02T03:04:05-05:00", 1704182645 },
	{ "2024-01-02 03:04:05.678+00:00", 1704164645 },
	{ "2024-01-02 03:04:05 UTC", 1704164645 },
	{ "2024-01-02 03:04:05.678 UTC", 1704164645 },
	{ "1704164645", 1704164645 },
	{ "1704164645.0", 1704164645 },
	{ "0", UNKNOWN },
	{ "4294967294", UNKNOWN },
	{ "Unknown", UNKNOWN },
	{ "None", UNKNOWN },
	{ "NaT", UNKNOWN },
	{ "NULL", UNKNOWN },
	{ "NA", UNKNOWN },
	{ "", UNKNOWN },
};

static const char *const no_times[] = {
	"yesterday",
	"2024-01-02",
	"2024-01-02T03",
	"2024-01-02T03:4",
	"2024-01-02T03:60",
	"2024-01-02X03:04",
	"2024-01-02T03:04:5",
	"2024-01-02T03:04Z",
	"2024-01-02T03:04:5x",
	"2024-13-01T00:00:00",
	"2024-00-01T00:00:00",
	"2024-01-00T00:00:00",
	"2023-02-29T00:00:00",
	"2100-02-29T00:00:00",
	"2024-04-31T00:00:00",
	"1989-12-31T23:59:59",
	"2101-01-01T00:00:00",
	"9999-01-01T00:00:00",
	"2024-01-02T24:00:00",
	"2024-01-02T03:60:00",
	"2024-01-02T03:04:60",
	"2024-01-02T03:04:05+",
	"2024-01-02T03:04:05+1",
	"2024-01-02T03:04:05+15",
	"2024-01-02T03:04:05+0x00",
	"2024-01-02T03:04:05 ",
	"2024-01-02T03:04:05 CET",
	"2024-01-02T03:04:05.",
	"2024-01-02X03:04:05",
	"2024/01/02T03:04:05",
	"2O24-01-02T03:04:05",
	"12",
	"-5",
	"4133980800",
	"631151999",
	"11:24:39",
	"2024-01-02T03:04:05\xff",
	"\xb2\xb0\xb2\xb4-01-02T03:04:05",
};

START_TEST(a_time_is_read_as_printed)
{
	struct zone *zone = zone_new(NULL, NULL);
	gint64 seconds = -1;
	gboolean ambiguous = TRUE;

	ck_assert_msg(value_time(slice_of(times[_i].text), zone, FALSE, &seconds, &ambiguous), "%s",
		      times[_i].text);
	ck_assert_int_eq(seconds, times[_i].seconds);
	ck_assert(!ambiguous);
	ck_assert(value_is_time(slice_of(times[_i].text)));
	zone_free(zone);
}
END_TEST

START_TEST(what_is_no_time_is_refused)
{
	struct zone *zone = zone_new(NULL, NULL);
	gint64 seconds;

	ck_assert_msg(!value_time(slice_of(no_times[_i]), zone, FALSE, &seconds, NULL), "%s",
		      no_times[_i]);
	ck_assert(!value_is_time(slice_of(no_times[_i])));
	zone_free(zone);
}
END_TEST

START_TEST(a_repeated_hour_has_two_meanings)
{
	struct zone *zone = zone_new("Europe/Berlin", NULL);
	struct slice text = slice_of("2026-10-25T02:15:00");
	gint64 early, late;
	gboolean ambiguous = FALSE;

	ck_assert(value_time(text, zone, FALSE, &early, &ambiguous));
	ck_assert(ambiguous);
	ck_assert(value_time(text, zone, TRUE, &late, NULL));
	ck_assert_int_eq(early, 1792887300);
	ck_assert_int_eq(late - early, 3600);
	ck_assert(value_time(slice_of("2026-10-25T04:15:00"), zone, FALSE, &early, &ambiguous));
	ck_assert(!ambiguous);
	zone_free(zone);
}
END_TEST

/* Durations */

static const struct {
	const char *text;
	gint64 milliseconds;
} durations[] = {
	{ "00:00:00", 0 },
	{ "01:02:03", 3723000 },
	{ "1-02:03:04", 93784000 },
	{ "45-02:03:04", G_GINT64_CONSTANT(3895384000) },
	{ "174-22:31:23", G_GINT64_CONSTANT(15114683000) },
	{ "02:03", 123000 },
	{ "00:02.003", 2003 },
	{ "00:02.5", 2500 },
	{ "59:59.999", 3599999 },
	{ "01:00:00.250", 3600250 },
	{ "00:02,345", 2345 },
	{ "1-01:00:00,25", 90000250 },
	{ "100:00:00", 360000000 },
	{ "0 days 01:02:03", 3723000 },
	{ "1 days 02:03:04.250000", 93784250 },
	{ "1 day, 2:03:04", 93784000 },
	{ "45 days, 2:03:04", G_GINT64_CONSTANT(3895384000) },
	{ "UNLIMITED", UNLIMITED },
	{ "Partition_Limit", UNKNOWN },
	{ "INVALID", UNKNOWN },
	{ "NA", UNKNOWN },
	{ "NULL", UNKNOWN },
	{ "\\N", UNKNOWN },
	{ "", UNKNOWN },
};

static const char *const no_durations[] = {
	"5",
	"1:2:3:4",
	"00:60",
	"60:00",
	"00:00:60",
	"00:60:00",
	"1-24:00:00",
	"1-00:00",
	"1-1-00:00:00",
	"-1:00",
	"00:00:",
	"00:00.",
	"00:00,",
	"00:00,1,5",
	"00:00.1x",
	"60:00.000",
	"00:60.000",
	"00:00.12x",
	"00:00:00x",
	"1-",
	"99999999-00:00:00",
	"1 days",
	"1 days 24:00:00",
	"1 days 1-00:00:00",
	"1 week 00:00:00",
	"-1 days 00:00:00",
	"99999999 days 00:00:00",
	"9999999999:00:00",
	"unlimited",
	":",
	"00;00:00",
	"0\xff:00:00",
};

START_TEST(a_duration_is_read_in_milliseconds)
{
	gint64 milliseconds = -1;

	ck_assert_msg(value_duration(slice_of(durations[_i].text), &milliseconds), "%s",
		      durations[_i].text);
	ck_assert_int_eq(milliseconds, durations[_i].milliseconds);
}
END_TEST

START_TEST(what_is_no_duration_is_refused)
{
	gint64 milliseconds;

	ck_assert_msg(!value_duration(slice_of(no_durations[_i]), &milliseconds), "%s",
		      no_durations[_i]);
}
END_TEST

START_TEST(a_raw_time_limit_is_in_minutes)
{
	gint64 seconds;

	ck_assert(value_limit_minutes(slice_of("1440"), &seconds));
	ck_assert_int_eq(seconds, 86400);
	ck_assert(value_limit_minutes(slice_of("1-00:00:00"), &seconds));
	ck_assert_int_eq(seconds, 86400);
	ck_assert(value_limit_minutes(slice_of("UNLIMITED"), &seconds));
	ck_assert_int_eq(seconds, UNLIMITED);
	ck_assert(value_limit_minutes(slice_of("Partition_Limit"), &seconds));
	ck_assert_int_eq(seconds, UNKNOWN);
	ck_assert(!value_limit_minutes(slice_of("9223372036854775807"), &seconds));
	ck_assert(!value_limit_minutes(slice_of("soon"), &seconds));
}
END_TEST

/* Counts */

static const struct {
	const char *text;
	gint64 count;
} counts[] = {
	{ "0", 0 },
	{ "7", 7 },
	{ "99825.0", 99825 },
	{ "1024.000", 1024 },
	{ "4.00", 4 },
	{ "1K", 1024 },
	{ "1.50K", 1536 },
	{ "0.00K", 0 },
	{ "9223372036854775807", G_MAXINT64 },
	{ "4294967294", UNKNOWN },
	{ "18446744073709551615", UNKNOWN },
	{ "", UNKNOWN },
	{ "NA", UNKNOWN },
	{ "NULL", UNKNOWN },
	{ "\\N", UNKNOWN },
};

static const char *const no_counts[] = {
	"-1",
	"+1",
	"1.5",
	"1.000", /* may be 1000 */
	"128.000",
	"1,5",
	"x",
	"1x",
	" 1",
	"1 ",
	"1.",
	".5",
	"1KK",
	"9223372036854775808",
	"99999999999999999999",
	"1.0000000001",
	"16E",
	"\xff",
};

START_TEST(a_count_is_whole)
{
	gint64 count = -1;

	ck_assert_msg(value_count(slice_of(counts[_i].text), &count), "%s", counts[_i].text);
	ck_assert_int_eq(count, counts[_i].count);
}
END_TEST

START_TEST(what_is_no_count_is_refused)
{
	gint64 count;

	ck_assert_msg(!value_count(slice_of(no_counts[_i]), &count), "%s", no_counts[_i]);
}
END_TEST

/* Memory */

static const struct {
	const char *text;
	gint64 bytes;
	enum memory_per per;
} memories[] = {
	{ "16384", 16 * GB, MEMORY_PER_JOB },
	{ "16384.0", 16 * GB, MEMORY_PER_JOB },
	{ "16G", 16 * GB, MEMORY_PER_JOB },
	{ "1.234G", G_GINT64_CONSTANT(1324997410), MEMORY_PER_JOB },
	{ "62.50G", 64000 * MB, MEMORY_PER_JOB },
	{ "2252800K", 2200 * MB, MEMORY_PER_JOB },
	{ "2T", 2048 * GB, MEMORY_PER_JOB },
	{ "4000Mn", 4000 * MB, MEMORY_PER_NODE },
	{ "2Gc", 2 * GB, MEMORY_PER_CPU },
	{ "2147486448Mn", 2800 * MB, MEMORY_PER_CPU }, /* 2^31 + 2800 */
	{ "2147487648Mn", 4000 * MB, MEMORY_PER_CPU },
	{ "9223372036854779808", 4000 * MB, MEMORY_PER_CPU }, /* 2^63 + 4000 */
	/* 2^32 has no such mark */
	{ "4294967296", G_GINT64_CONSTANT(4294967296) * MB, MEMORY_PER_JOB },
	{ "8589934591", G_GINT64_CONSTANT(8589934591) * MB, MEMORY_PER_JOB },
	{ "2164260863", G_GINT64_CONSTANT(16777215) * MB, MEMORY_PER_CPU },
	{ "2147483647", UNLIMITED, MEMORY_PER_JOB },
	{ "2147483647Mn", UNLIMITED, MEMORY_PER_NODE },
	{ "9223372036854775807", UNLIMITED, MEMORY_PER_JOB },
	{ "18446744073709551614", UNKNOWN, MEMORY_PER_JOB },
	{ "18446744073709551615", UNKNOWN, MEMORY_PER_JOB },
	{ "4294967294", UNKNOWN, MEMORY_PER_JOB },
	{ "0", UNKNOWN, MEMORY_WHOLE_NODE },
	{ "0n", UNKNOWN, MEMORY_WHOLE_NODE },
	{ "0.0", UNKNOWN, MEMORY_WHOLE_NODE },
	{ "9223372036854775808", UNKNOWN, MEMORY_WHOLE_NODE }, /* nought per CPU */
	{ "16?", UNKNOWN, MEMORY_PER_JOB },
	{ "NONE", UNKNOWN, MEMORY_PER_JOB },
	{ "", UNKNOWN, MEMORY_PER_JOB },
	{ "NA", UNKNOWN, MEMORY_PER_JOB },
	{ "NULL", UNKNOWN, MEMORY_PER_JOB },
};

static const char *const no_memories[] = {
	"n",
	"c",
	"G",
	"1x",
	"1GG",
	"1Gx",
	"1Gnc",
	"-1G",
	"1.G",
	"?",
	"x?",
	"16 G",
	"1e9",
	"18446744073709551616",
	"9000000000000T",
	"16.384", /* may be 16384 */
	"64.000",
	"8.000n",
	"8589934592", /* bytes: 8 GiB */
	"34359738368",
	"34359738368.0",
	"3221225472", /* 3 GiB, which would be 1 PiB per CPU by its mark */
	"9223372036871553024",
	"16g",
	"\xffG",
};

START_TEST(requested_memory_has_a_unit_and_something_it_is_for)
{
	gint64 bytes = -1;
	enum memory_per per;

	ck_assert_msg(value_memory(slice_of(memories[_i].text), &bytes, &per), "%s",
		      memories[_i].text);
	ck_assert_int_eq(bytes, memories[_i].bytes);
	ck_assert_int_eq(per, memories[_i].per);
}
END_TEST

START_TEST(what_is_no_memory_is_refused)
{
	gint64 bytes;
	enum memory_per per;

	ck_assert_msg(!value_memory(slice_of(no_memories[_i]), &bytes, &per), "%s",
		      no_memories[_i]);
}
END_TEST

START_TEST(used_memory_without_a_unit_is_in_bytes)
{
	gint64 bytes;

	ck_assert(value_bytes(slice_of("43279701"), &bytes));
	ck_assert_int_eq(bytes, 43279701);
	ck_assert(value_bytes(slice_of("42320K"), &bytes));
	ck_assert_int_eq(bytes, 42320 * 1024);
	ck_assert(value_bytes(slice_of("0.07M"), &bytes));
	ck_assert_int_eq(bytes, 73400);
	ck_assert(value_bytes(slice_of("1?"), &bytes));
	ck_assert_int_eq(bytes, UNKNOWN);
	ck_assert(value_bytes(slice_of("18446744073709551614"), &bytes));
	ck_assert_int_eq(bytes, UNKNOWN);
	ck_assert(!value_bytes(slice_of("123.456"), &bytes)); /* may be 123456 */
	ck_assert(!value_bytes(slice_of("4000Mn"), &bytes));
	ck_assert(!value_bytes(slice_of("-4K"), &bytes));
}
END_TEST

/* TRES */

static const struct {
	const char *text;
	gboolean usage;
	gint64 cpus, nodes, memory_bytes, gpus, mig_slices, gpu_util, cpu_milliseconds;
	const char *gpu_type;
} tres_lists[] = {
	{ "", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 0, 0, UNKNOWN, UNKNOWN, "" },
	{ "(null)", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 0, 0, UNKNOWN, UNKNOWN, "" },
	{ "NA", TRUE, UNKNOWN, UNKNOWN, UNKNOWN, 0, 0, UNKNOWN, UNKNOWN, "" },
	{ "billing=13,cpu=1,gres/gpu:a100=1,gres/gpu=1,mem=10000M,node=1", FALSE, 1, 1, 10000 * MB,
	  1, 0, UNKNOWN, UNKNOWN, "a100" },
	{ "cpu=4,gres/gpu:a100=1,gres/gpu:v100=2,mem=16G,node=2", FALSE, 4, 2, 16 * GB, 3, 0,
	  UNKNOWN, UNKNOWN, "a100" },
	{ "cpu=4,gres/gpu=8", FALSE, 4, UNKNOWN, UNKNOWN, 8, 0, UNKNOWN, UNKNOWN, "" },
	{ "cpu=1,gres/gpu:1g.5gb=2,gres/gpu=2", FALSE, 1, UNKNOWN, UNKNOWN, 0, 2, UNKNOWN, UNKNOWN,
	  "1g.5gb" },
	{ "gres/gpu:a100=1,gres/gpu:a100_3g.20gb=3,gres/gpu=4", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 1,
	  3, UNKNOWN, UNKNOWN, "a100" },
	/* the type of whole ones, wherever it stands; and no fewer of these than are named */
	{ "gres/gpu:1g.5gb=2,gres/gpu:a100=1,gres/gpu=3", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 1, 2,
	  UNKNOWN, UNKNOWN, "a100" },
	{ "gres/gpu=2,gres/gpu:a100=4", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 4, 0, UNKNOWN, UNKNOWN,
	  "a100" },
	{ "cpu=2,energy=18446744073709551614,fs/disk=1.5G,license/matlab@srv:1700=3,mem=0", FALSE,
	  2, UNKNOWN, UNKNOWN, 0, 0, UNKNOWN, UNKNOWN, "" },
	{ "1=64,2=256000,3=18446744073709551614,4=2,5=64,1001=8", FALSE, 64, 2, 250 * GB, 8, 0,
	  UNKNOWN, UNKNOWN, "" },
	{ "cpu=7-17:04:32,energy=0,fs/disk=65134,gres/gpuutil=95,mem=12756K,pages=32,vmem=211312K",
	  TRUE, UNKNOWN, UNKNOWN, 12756 * 1024, 0, 0, 95, G_GINT64_CONSTANT(666272000), "" },
	{ "gres/gpuutil:a100=40,gres/gpuutil:v100=30,mem=512", TRUE, UNKNOWN, UNKNOWN, 512, 0, 0,
	  70, UNKNOWN, "" },
	{ "gpu", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 1, 0, UNKNOWN, UNKNOWN, "" },
	{ "gpu:0", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 0, 0, UNKNOWN, UNKNOWN, "" },
	{ "gpu:4", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 4, 0, UNKNOWN, UNKNOWN, "" },
	{ "gpu:a100:4", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 4, 0, UNKNOWN, UNKNOWN, "a100" },
	{ "gpu:a100", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 1, 0, UNKNOWN, UNKNOWN, "a100" },
	{ "gpu:tesla:2(IDX:0,2),craynetwork:0", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 2, 0, UNKNOWN,
	  UNKNOWN, "tesla" },
	/* what has a sign stands behind what has none */
	{ "gpu:a100:4,cpu=8,mem=4G,node=2", FALSE, 8, 2, 4 * GB, 4, 0, UNKNOWN, UNKNOWN, "a100" },
	{ "PER_NODE:gres:gpu:2", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 2, 0, UNKNOWN, UNKNOWN, "" },
	{ "7696487:2", FALSE, UNKNOWN, UNKNOWN, UNKNOWN, 2, 0, UNKNOWN, UNKNOWN, "" },
};

static const char *const no_tres_lists[] = {
	"cpu=4, mem=8G", "CPU=4,mem=8G", "cpu=4,GRES/gpu=2", "cpu=4,_x=1",
	"cpu=",        "=4",         "cpu=x",
	"cpu=-1",      "mem=x",      "node=1.5",
	"cpu=1,",      ",cpu=1",     "cpu=1,,mem=1G",
	"billing=x",   "gres/gpu=x", "gres/gpu:a100=",
	"gpu:a100:x",  "some words", "cpu=1,mem=99999999999999999999",
	"cn001 cn002",
};

static void check_tres(const char *text, guint _i)
{
	struct tres tres;

	ck_assert_msg(value_tres(slice_of(text), tres_lists[_i].usage, &tres), "%s", text);
	ck_assert_int_eq(tres.cpus, tres_lists[_i].cpus);
	ck_assert_int_eq(tres.nodes, tres_lists[_i].nodes);
	ck_assert_int_eq(tres.memory_bytes, tres_lists[_i].memory_bytes);
	ck_assert_int_eq(tres.gpus, tres_lists[_i].gpus);
	ck_assert_int_eq(tres.mig_slices, tres_lists[_i].mig_slices);
	ck_assert_int_eq(tres.gpu_util, tres_lists[_i].gpu_util);
	ck_assert_int_eq(tres.cpu_milliseconds, tres_lists[_i].cpu_milliseconds);
	ck_assert(slice_is(tres.gpu_type, tres_lists[_i].gpu_type));
}

/* Also where more of them follow, so that as many bytes can be looked at together everywhere. */
START_TEST(a_list_of_resources_gives_each_once)
{
	const char *text = tres_lists[_i].text;
	g_autofree char *longer = g_strconcat(text, *text ? "," : "", "license/of_a_long_name=12",
	                                      NULL);

	check_tres(text, (guint)_i);
	if (!g_str_equal(text, "(null)"))
		check_tres(longer, (guint)_i);
}
END_TEST

START_TEST(what_is_no_list_of_resources_is_refused)
{
	struct tres tres;

	ck_assert_msg(!value_tres(slice_of(no_tres_lists[_i]), FALSE, &tres), "%s",
		      no_tres_lists[_i]);
}
END_TEST

/* States */

START_TEST(every_state_is_read_by_the_name_it_has)
{
	enum job_state state;

	ck_assert(value_state(slice_of(state_name((enum job_state)_i)), &state));
	ck_assert_int_eq(state, _i);
}
END_TEST

START_TEST(a_state_is_its_first_word)
{
	enum job_state state;

	ck_assert(value_state(slice_of("CANCELLED by 5001"), &state));
	ck_assert_int_eq(state, STATE_CANCELLED);
	ck_assert(value_state(slice_of("COMPLETING"), &state));
	ck_assert_int_eq(state, STATE_RUNNING);
	ck_assert(value_state(slice_of("?"), &state));
	ck_assert_int_eq(state, STATE_UNKNOWN);
	ck_assert(value_state(slice_of(""), &state));
	ck_assert_int_eq(state, STATE_UNKNOWN);
	ck_assert(value_state(slice_of("11"), &state));
	ck_assert_int_eq(state, STATE_OUT_OF_MEMORY);
	ck_assert(value_state(slice_of("1024"), &state));
	ck_assert_int_eq(state, STATE_REQUEUED);
	ck_assert(!value_state(slice_of("12"), &state));
	ck_assert(!value_state(slice_of("FOO"), &state));
	ck_assert(!value_state(slice_of("COMPLETE"), &state));
	ck_assert(!value_state(slice_of("COMPLETEDx"), &state));
}
END_TEST

static const struct {
	const char *text;
	enum job_state state;
} flag_words[] = {
	{ "COMPLETING", STATE_RUNNING },     { "CONFIGURING", STATE_RUNNING },
	{ "POWER_UP_NODE", STATE_RUNNING },  { "SIGNALING", STATE_RUNNING },
	{ "STOPPED", STATE_SUSPENDED },      { "REQUEUE_FED", STATE_REQUEUED },
	{ "REQUEUE_HOLD", STATE_REQUEUED },  { "SPECIAL_EXIT", STATE_REQUEUED },
	{ "RESV_DEL_HOLD", STATE_PENDING },  { "EXPEDITING", STATE_PENDING },
	{ "LAUNCH_FAILED", STATE_NODE_FAIL }, { "RECONFIG_FAIL", STATE_BOOT_FAIL },
	{ "STAGE_OUT", STATE_UNKNOWN },      { "UPDATE_DB", STATE_UNKNOWN },
	/* Of the database: a flag that sacct prints in the place of a state, or a state beside one
	 * that it does not print. */
	{ "32771", STATE_RUNNING },          { "8388611", STATE_UNKNOWN },
	{ "16385", STATE_RUNNING },          { "1048576", STATE_REQUEUED },
	{ "2048", STATE_REQUEUED },          { "4101", STATE_REQUEUED },
	{ "65538", STATE_SUSPENDED },        { "524292", STATE_REVOKED },
	{ "2097152", STATE_PENDING },        { "4194305", STATE_RUNNING },
	{ "515", STATE_COMPLETED },          { "261", STATE_FAILED },
	{ "131081", STATE_BOOT_FAIL },       { "262145", STATE_RUNNING },
	{ "16777216", STATE_PENDING },       { "8192", STATE_RESIZING },
	/* Of two flags sacct prints this one. */
	{ "33795", STATE_RUNNING },          { "9216", STATE_RESIZING },
};

START_TEST(a_flag_beside_a_state_is_what_it_is_to_the_account)
{
	enum job_state state;

	ck_assert_msg(value_state(slice_of(flag_words[_i].text), &state), "%s",
	              flag_words[_i].text);
	ck_assert_msg(state == flag_words[_i].state, "%s: %s", flag_words[_i].text,
	              state_name(state));
}
END_TEST

START_TEST(a_number_with_a_flag_or_a_state_that_slurm_has_not_is_no_state)
{
	enum job_state state;

	ck_assert(!value_state(slice_of("268"), &state));
	ck_assert(!value_state(slice_of("33554432"), &state));
	ck_assert(!value_state(slice_of("4294967294"), &state));
	ck_assert(!value_state(slice_of("-1"), &state));
}
END_TEST

START_TEST(an_open_state_is_one_that_has_not_ended)
{
	ck_assert(state_is_open(STATE_PENDING));
	ck_assert(state_is_open(STATE_RUNNING));
	ck_assert(state_is_open(STATE_SUSPENDED));
	ck_assert(state_is_open(STATE_RESIZING));
	ck_assert(!state_is_open(STATE_REQUEUED));
	ck_assert(!state_is_open(STATE_COMPLETED));
}
END_TEST

/* Read as words, of which each length is put together otherwise. */
START_TEST(numbers_of_every_length_are_read_to_the_last_digit)
{
	gint64 ten = 1;

	for (guint digits = 1; digits <= 18; digits++, ten *= 10)
		for (gint64 number = ten; number < 10 * ten && number > 0; number += ten / 7 + 1) {
			g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, number);
			gint64 count;

			ck_assert(value_count(slice_of(text), &count));
			ck_assert_int_eq(count, number);
			for (guint i = 0; i < digits; i++) {
				char kept = text[i];

				text[i] = "/:a "[(guint64)number % 4];
				ck_assert(!value_count(slice_of(text), &count));
				text[i] = kept;
			}
		}
}
END_TEST

static TCase *cases(void)
{
	TCase *all = tcase_create("all");

	tcase_add_test(all, numbers_of_every_length_are_read_to_the_last_digit);
	tcase_add_loop_test(all, a_job_id_is_told_from_its_step, 0, G_N_ELEMENTS(job_names));
	tcase_add_loop_test(all, what_is_no_job_id_is_refused, 0, G_N_ELEMENTS(no_job_names));
	tcase_add_loop_test(all, a_time_is_read_as_printed, 0, G_N_ELEMENTS(times));
	tcase_add_loop_test(all, what_is_no_time_is_refused, 0, G_N_ELEMENTS(no_times));
	tcase_add_test(all, a_repeated_hour_has_two_meanings);
	tcase_add_loop_test(all, a_duration_is_read_in_milliseconds, 0, G_N_ELEMENTS(durations));
	tcase_add_loop_test(all, what_is_no_duration_is_refused, 0, G_N_ELEMENTS(no_durations));
	tcase_add_test(all, a_raw_time_limit_is_in_minutes);
	tcase_add_loop_test(all, a_count_is_whole, 0, G_N_ELEMENTS(counts));
	tcase_add_loop_test(all, what_is_no_count_is_refused, 0, G_N_ELEMENTS(no_counts));
	tcase_add_loop_test(all, requested_memory_has_a_unit_and_something_it_is_for, 0,
			    G_N_ELEMENTS(memories));
	tcase_add_loop_test(all, what_is_no_memory_is_refused, 0, G_N_ELEMENTS(no_memories));
	tcase_add_test(all, used_memory_without_a_unit_is_in_bytes);
	tcase_add_loop_test(all, a_list_of_resources_gives_each_once, 0, G_N_ELEMENTS(tres_lists));
	tcase_add_loop_test(all, what_is_no_list_of_resources_is_refused, 0,
			    G_N_ELEMENTS(no_tres_lists));
	tcase_add_loop_test(all, every_state_is_read_by_the_name_it_has, STATE_PENDING, STATES);
	tcase_add_test(all, a_state_is_its_first_word);
	tcase_add_loop_test(all, a_flag_beside_a_state_is_what_it_is_to_the_account, 0,
	                    G_N_ELEMENTS(flag_words));
	tcase_add_test(all, a_number_with_a_flag_or_a_state_that_slurm_has_not_is_no_state);
	tcase_add_test(all, an_open_state_is_one_that_has_not_ended);
	return all;
}

int main(void)
{
	Suite *suite = suite_create("value");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, cases());
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "record/column.h"
#include "record/clock.h"
#include "record/digits.h"

/* What `sacct --helpformat` of 22.05 lists, beside the two of older versions and those that came
 * later. */
static const char sacct_fields[] =
	"Account AdminComment AllocCPUS AllocNodes AllocTRES AssocID AveCPU AveCPUFreq AveDiskRead "
	"AveDiskWrite "
	"AvePages AveRSS AveVMSize BlockID Cluster Comment Constraints ConsumedEnergy "
	"ConsumedEnergyRaw Container "
	"CPUTime CPUTimeRAW DBIndex DerivedExitCode Elapsed ElapsedRaw Eligible End ExitCode Flags "
	"GID Group JobID "
	"JobIDRaw JobName Layout MaxDiskRead MaxDiskReadNode MaxDiskReadTask MaxDiskWrite "
	"MaxDiskWriteNode "
	"MaxDiskWriteTask MaxPages MaxPagesNode MaxPagesTask MaxRSS MaxRSSNode MaxRSSTask "
	"MaxVMSize MaxVMSizeNode "
	"MaxVMSizeTask McsLabel MinCPU MinCPUNode MinCPUTask NCPUS NNodes NodeList NTasks "
	"Partition Priority QOS "
	"QOSRAW Reason ReqCPUFreq ReqCPUFreqGov ReqCPUFreqMax ReqCPUFreqMin ReqCPUS ReqMem "
	"ReqNodes ReqTRES "
	"Reservation ReservationId Reserved ResvCPU ResvCPURAW Start State Submit SubmitLine "
	"Suspended SystemComment "
	"SystemCPU Timelimit TimelimitRaw TotalCPU TRESUsageInAve TRESUsageInMax "
	"TRESUsageInMaxNode "
	"TRESUsageInMaxTask TRESUsageInMin TRESUsageInMinNode TRESUsageInMinTask TRESUsageInTot "
	"TRESUsageOutAve "
	"TRESUsageOutMax TRESUsageOutMaxNode TRESUsageOutMaxTask TRESUsageOutMin "
	"TRESUsageOutMinNode "
	"TRESUsageOutMinTask TRESUsageOutTot UID User UserCPU WCKey WCKeyID WorkDir "
	"ReqGRES AllocGRES Planned PlannedCPU PlannedCPURAW FailedNode Extra Licenses StdIn StdOut "
	"StdErr Restarts "
	"QOSREQ SLUID ReqReservation SegmentSize";

START_TEST(the_table_is_in_the_order_of_the_enumeration)
{
	ck_assert_int_eq(column_info((enum column)_i)->column, _i);
	ck_assert_ptr_nonnull(column_info((enum column)_i)->aliases);
}
END_TEST

START_TEST(every_name_and_alias_finds_its_own_column)
{
	const struct column_info *info = column_info((enum column)_i);
	struct slice aliases = slice_of(info->aliases);
	enum column found;

	ck_assert(column_find(slice_of(info->name), &found));
	ck_assert_int_eq(found, info->column);
	while (aliases.length > 0) {
		ck_assert(column_find(slice_cut(&aliases, ' '), &found));
		ck_assert_int_eq(found, info->column);
	}
}
END_TEST

START_TEST(every_field_of_sacct_is_known)
{
	struct slice rest = slice_of(sacct_fields);
	guint count = 0;

	while (rest.length > 0) {
		struct slice name = slice_cut(&rest, ' ');

		ck_assert_msg(column_known(name), "%.*s", (int)name.length, name.data);
		count++;
	}
	ck_assert_int_eq(count, 125);
}
END_TEST

static const struct {
	const char *name;
	enum column column;
} spellings[] = {
	{ "jobid", COLUMN_JOB_ID },
	{ "JOBIDRAW", COLUMN_JOB_ID_RAW },
	{ "job_id", COLUMN_JOB_ID },
	{ "cpus_req", COLUMN_REQ_CPUS },
	{ "mem_req", COLUMN_REQ_MEM },
	{ "nodes_alloc", COLUMN_ALLOC_NODES },
	{ "nodelist", COLUMN_NODE_LIST },
	{ "tres_alloc", COLUMN_ALLOC_TRES },
	{ "gres_used", COLUMN_ALLOC_GRES },
	{ "submit_time", COLUMN_SUBMIT },
	{ "start_time", COLUMN_START },
	{ "end_time", COLUMN_END },
	{ "wallclock_req", COLUMN_LIMIT_SECONDS },
	{ "time_suspended", COLUMN_SUSPENDED },
	{ "run_time", COLUMN_ELAPSED_RAW },
	{ "processors_req", COLUMN_REQ_CPUS },
	{ "nodes_req", COLUMN_REQ_NODES },
	{ "gpus_req", COLUMN_REQ_GPUS },
	{ "Reserved", COLUMN_PLANNED },
	{ "Job ID", COLUMN_JOB_ID },
	{ "Elapsed.Raw", COLUMN_ELAPSED_RAW },
	{ "req-mem", COLUMN_REQ_MEM },
	{ "Submit Time", COLUMN_SUBMIT },
};

START_TEST(a_column_is_found_by_any_spelling)
{
	enum column column;

	ck_assert_msg(column_find(slice_of(spellings[_i].name), &column), "%s", spellings[_i].name);
	ck_assert_int_eq(column, spellings[_i].column);
}
END_TEST

START_TEST(an_unknown_name_is_no_column)
{
	ck_assert(!column_known(slice_of("JobIDs")));
	ck_assert(!column_known(slice_of("")));
	ck_assert(!column_known(slice_of("job_id id_job")));
	ck_assert(!column_known(slice_of("User.1")));
	ck_assert(!column_known(slice_of("-")));
	ck_assert(!column_known(
		slice_of("J.o.b.I.D.J.o.b.I.D.J.o.b.I.D.J.o.b.I.D.J.o.b.I.D.J.o.b.I.D.J.o.b.I.D")));
}
END_TEST

static const struct {
	enum value_kind kind;
	const char *text;
	gboolean valid;
} values[] = {
	{ VALUE_JOB, "12_3.batch", TRUE },
	{ VALUE_JOB, "x", FALSE },
	{ VALUE_JOB, "12345678901234567890", TRUE },
	{ VALUE_JOB, "123456789012345678901", FALSE },
	{ VALUE_JOB, "1234567x", FALSE },
	{ VALUE_PERSON, "domain users", TRUE },
	{ VALUE_PERSON, "a\tb", FALSE },
	{ VALUE_WORD, "batch", TRUE },
	{ VALUE_WORD, "a\x1b[1m", FALSE },
	{ VALUE_NUMBER, "-3.5", TRUE },
	{ VALUE_NUMBER, "2.17M", TRUE },
	{ VALUE_NUMBER, "three", FALSE },
	{ VALUE_NUMBER, "9999999999999999999", TRUE },
	{ VALUE_NUMBER, "99999999999999999999", FALSE },
	{ VALUE_NUMBER, "12345/78", FALSE },
	{ VALUE_NUMBER, "123:", FALSE },
	{ VALUE_TIME, "2024-01-02T03:04:05", TRUE },
	{ VALUE_TIME, "noon", FALSE },
	{ VALUE_DURATION, "1-02:03:04", TRUE },
	{ VALUE_DURATION, "1440", TRUE },
	{ VALUE_DURATION, "7200.25", TRUE },
	{ VALUE_DURATION, "long", FALSE },
	{ VALUE_DURATION, "23:59:59", TRUE },
	{ VALUE_DURATION, "99:59:59", TRUE },
	{ VALUE_DURATION, "23:60:00", FALSE },
	{ VALUE_DURATION, "23:59:5:", FALSE },
	{ VALUE_DURATION, "59:59.999", TRUE },
	{ VALUE_DURATION, "60:00.000", FALSE },
	{ VALUE_DURATION, "00:60.000", FALSE },
	{ VALUE_DURATION, "59:59,999", TRUE },
	{ VALUE_DURATION, "59:59;999", FALSE },
	{ VALUE_DURATION, "59:59.99x", FALSE },
	{ VALUE_DURATION, "999999999", TRUE },
	{ VALUE_DURATION, "99999999x", FALSE },
	{ VALUE_MEMORY, "2Gc", TRUE },
	{ VALUE_MEMORY, "43279701", TRUE },
	{ VALUE_MEMORY, "much", FALSE },
	{ VALUE_TRES, "cpu=1,mem=1G", TRUE },
	{ VALUE_TRES, "cpu=00:00:01", TRUE },
	{ VALUE_TRES, "cpu=a", FALSE },
	{ VALUE_HOSTS, "cn[1-3]", TRUE },
	{ VALUE_HOSTS, "cn[", FALSE },
	{ VALUE_STATE, "CANCELLED by 5", TRUE },
	{ VALUE_STATE, "alice", FALSE },
	{ VALUE_CODE, "0:15", TRUE },
	{ VALUE_CODE, "0", TRUE },
	{ VALUE_CODE, "256", TRUE },
	{ VALUE_CODE, "65535", TRUE },
	{ VALUE_CODE, "65536", FALSE },
	{ VALUE_CODE, "4294967294", FALSE },
	{ VALUE_CODE, "0:", FALSE },
	{ VALUE_CODE, ":0", FALSE },
	{ VALUE_CODE, "a:b", FALSE },
	{ VALUE_TEXT, "anything |\t at all", TRUE },
};

START_TEST(a_value_is_of_its_kind_or_not)
{
	ck_assert_msg(column_value_valid(values[_i].kind, slice_of(values[_i].text)) ==
			      values[_i].valid,
		      "%s", values[_i].text);
	ck_assert(column_value_valid(values[_i].kind, slice_of("")));
}
END_TEST

/* Every byte in every place of what is read eight at a time. */
START_TEST(one_wrong_byte_makes_no_clock_and_no_number)
{
	for (int place = 0; place < 9; place++)
		for (int byte = 1; byte < 256; byte++) {
			char clock[] = "19:45:31", minutes[] = "45:31.807", digits[] = "19453180";
			gboolean digit = byte >= '0' && byte <= '9',
				 sixty = byte >= '0' && byte <= '5';
			gboolean colon = byte == ':', first = place % 3 == 0;

			minutes[place] = (char)byte;
			ck_assert_int_eq(clock_is_minutes(minutes),
					 place == 2 ? colon : place == 5 ? byte == '.'
					 : first && place < 6 ? sixty : digit);
			if (place == 8)
				continue;
			clock[place] = digits[place] = (char)byte;
			ck_assert_int_eq(digits_only(slice_of(digits)), digit);
			ck_assert_int_eq(clock_is_time(clock), place % 3 == 2 ? colon
			                                       : place == 0
			                                               ? byte == '0' || byte == '1'
			                                       : first ? sixty
			                                               : digit);
		}
}
END_TEST

/* What stands behind the digits, more of them even, counts for nothing. */
START_TEST(a_number_that_is_read_ahead_ends_where_its_text_does)
{
	static const char *const behind[] = { "|9999999", "99999999",
		                              "\377\377\377\377\377\377\377\377",
		                              "\n\n\n\n\n\n\n\n" };
	static const char *const texts[] = {
		"0",      "7",       "10",        "907",      "4096", "86399",
		"604800", "3153600", "98765432",  "12345678", "-1",   "1.5",
		"12a",    "",        "123456789", "1234567:", "/234", "123:"
	};

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
		for (guint j = 0; j < G_N_ELEMENTS(behind); j++) {
			g_autofree char *bytes = g_strconcat(texts[i], behind[j], NULL);
			struct slice text = { bytes, strlen(texts[i]) };
			gint64 number = -1, ahead = -1;

			ck_assert_msg(digits_number(text, &number) == (i < 10), "%s", texts[i]);
			ck_assert_msg(digits_number_ahead(text, &ahead) == (i < 10), "%s before %s",
			              texts[i], behind[j]);
			ck_assert_int_eq(number, i < 10 ? g_ascii_strtoll(texts[i], NULL, 10) : -1);
			ck_assert_int_eq(ahead, number);
		}
}
END_TEST

START_TEST(one_byte_joins_two_numbers_and_no_more)
{
	static const struct {
		const char *text;
		gboolean joined;
		guint others;
	} texts[] = {
		{ "", TRUE, 0 },       { "1", TRUE, 0 },       { "1234567890123456", TRUE, 0 },
		  { "1_2", TRUE, 2 },
		{ "_", FALSE, 1 },     { "_1", FALSE, 1 },     { "1_", FALSE, 2 },
		  { "1_2_3", FALSE, 10 },
		{ "1-2", FALSE, 2 },   { "1__2", FALSE, 6 },   { "123456789012345_", FALSE,
		  1 << 15 }, { "1\3772", FALSE, 2 },
		{ "12345678901234_6", TRUE, 1 << 14 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		char beyond[2 * DIGITS_BESIDE] = "_2_2_2_2_2_2_2_2_2_2_2_2_2_2_2";
		struct slice text = { beyond, strlen(texts[i].text) };

		memcpy(beyond, texts[i].text, text.length);
		ck_assert_msg(digits_joined(text, '_') == texts[i].joined, "%s", texts[i].text);
		ck_assert_msg(digits_others(text) == texts[i].others, "%s", texts[i].text);
	}
}
END_TEST

START_TEST(the_last_hour_of_a_day_is_the_twenty_third)
{
	static const char no_day[20];

	ck_assert(clock_is_time("23:59:59"));
	ck_assert(clock_is_time("20:00:00"));
	ck_assert(!clock_is_time("24:00:00"));
	ck_assert(!clock_is_time("29:00:00"));
	ck_assert(clock_is_on_day("2024-01-30T23:59:59", "2024-01-30T00:00:00"));
	ck_assert(!clock_is_on_day("2024-01-30T24:00:00", "2024-01-30T00:00:00"));
	ck_assert(!clock_is_on_day("2024-01-20T23:59:59", "2024-01-30T00:00:00"));
	ck_assert(!clock_is_on_day("2023-01-30T23:59:59", "2024-01-30T00:00:00"));
	/* Where no day is known yet, noughts are no time of it. */
	ck_assert(!clock_is_on_day(no_day, no_day));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("column");
	TCase *all = tcase_create("all");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(all, the_table_is_in_the_order_of_the_enumeration, 0, COLUMNS);
	tcase_add_loop_test(all, every_name_and_alias_finds_its_own_column, 0, COLUMNS);
	tcase_add_test(all, every_field_of_sacct_is_known);
	tcase_add_loop_test(all, a_column_is_found_by_any_spelling, 0, G_N_ELEMENTS(spellings));
	tcase_add_test(all, an_unknown_name_is_no_column);
	tcase_add_loop_test(all, a_value_is_of_its_kind_or_not, 0, G_N_ELEMENTS(values));
	tcase_add_test(all, one_wrong_byte_makes_no_clock_and_no_number);
	tcase_add_test(all, a_number_that_is_read_ahead_ends_where_its_text_does);
	tcase_add_test(all, one_byte_joins_two_numbers_and_no_more);
	tcase_add_test(all, the_last_hour_of_a_day_is_the_twenty_third);
	suite_add_tcase(suite, all);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

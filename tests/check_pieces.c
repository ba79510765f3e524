/* SPDX-License-Identifier: Apache-2.0 */
/* Where a file is cut into pieces, and how many threads read them, must not show. */
#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "record/reader.h"

#define JOBS 12000 /* some MB of rows: several pieces */
#define HEADER "JobIDRaw|User|Account|JobName|State|Submit|Start|End|ElapsedRaw|AllocCPUS|ReqMem|NodeList|TotalCPU|MaxRSS|NTasks\n"

static char *folder, *paths[3];
static struct zone *zone;

static void setup(void)
{
	folder = g_dir_make_tmp("check-pieces-XXXXXX", NULL);
	zone = zone_new(NULL, NULL);
}

static void teardown(void)
{
	for (guint i = 0; i < 2 && paths[i]; i++) {
		g_unlink(paths[i]);
		g_clear_pointer(&paths[i], g_free);
	}
	zone_free(zone);
	ck_assert_int_eq(g_rmdir(folder), 0);
	g_free(folder);
}

static void store(guint n, const GString *text)
{
	g_autofree char *name = g_strdup_printf("%u.psv", n);

	if (!paths[n])
		paths[n] = g_build_filename(folder, name, NULL);
	ck_assert(g_file_set_contents(paths[n], text->str, (gssize)text->len, NULL));
}

static void add_job(GString *text, int id, const char *state, int day)
{
	g_string_append_printf(text,
			       "%d|user%d|lab|name|%s|2024-03-%02dT10:00:00|2024-03-%02dT10:00:00|"
			       "2024-03-%02dT11:00:00|3600|%d|4G|cn%03d|01:00:00||\n",
			       id, id % 37, state, day, day, day, id % 64 + 1, id % 200);
}

static void add_step(GString *text, int id, const char *step, int day)
{
	g_string_append_printf(
		text,
		"%d.%s||lab|step|COMPLETED|2024-03-%02dT10:00:00|2024-03-%02dT10:00:00|"
		"2024-03-%02dT11:00:00|3600|1||cn001|00:10:00|%dK|1\n",
		id, step, day, day, day, id % 5000 + 1);
}

/* Everything that may stand near the end of a piece. */
static void add_oddity(GString *text, int id, int way)
{
	switch (way) {
	case 0: /* a row too short to be one */
		g_string_append_printf(text, "%d|someone\n", id);
		break;
	case 1: /* a name with a delimiter, and one with a line end */
		g_string_append_printf(text,
		                       "%d|ann|lab|a|b\nc|COMPLETED|2024-03-01T10:00:00|"
		                       "2024-03-01T10:00:00|2024-03-01T11:00:00|3600|1|1G|cn1|||\n",
		                       id);
		break;
	case 2: /* a step of nobody */
		add_step(text, id + 700000, "0", 3);
		break;
	case 3: /* steps before their job */
		add_step(text, id, "batch", 2);
		add_step(text, id, "0", 2);
		add_job(text, id, "COMPLETED", 2);
		break;
	case 4: /* a job that is refused, with a step */
		add_job(text, id, "NONSENSE", 2);
		add_step(text, id, "batch", 2);
		break;
	case 5:
		g_string_append(text, "\n# a comment\n");
		break;
	default: /* many steps */
		add_job(text, id, "COMPLETED", 4);
		for (int i = 0; i < 40; i++)
			add_step(text, id, "batch", 4);
		break;
	}
}

/* An export in which every `odd`-th job is something odd; 0: none is. */
static GString *make_export(const char *before, int odd)
{
	GString *text = g_string_new(before);

	g_string_append(text, HEADER);
	for (int i = 1; i <= JOBS; i++) {
		add_job(text, i, i % 9 ? "COMPLETED" : "FAILED", i % 28 + 1);
		if (i % 3 == 0)
			add_step(text, i, "batch", i % 28 + 1);
		if (odd > 0 && i % odd == 0)
			add_oddity(text, i + 100000, i / odd % 7);
	}
	return text;
}

static char *job_text(const struct job *job)
{
	return g_strdup_printf("%.*s %.*s %.*s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
	                       " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
	                       " %d %d",
	                       (int)job->id.length, job->id.data, (int)job->user.length,
	                       job->user.data, (int)job->nodelist.length, job->nodelist.data,
	                       job->start, job->cpus, job->steps, job->memory_peak_bytes,
	                       job->cpu_used_milliseconds, job->state, job->flagged);
}

/* What a reading gave: its account, and its jobs in order of their texts. */
struct found {
	GPtrArray *jobs;
	char *account;
};

static gint by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Jobs in the middle of which an odd row stands in the next piece are flagged in the account
 * alone. */
static void finish(struct found *found, const struct reading *reading, guint64 lines_before)
{
	GString *text = g_string_new(NULL);

	g_ptr_array_sort(found->jobs, by_text);
	g_string_printf(text,
	                "%" G_GUINT64_FORMAT " rows %" G_GUINT64_FORMAT " jobs %" G_GUINT64_FORMAT
	                " steps %" G_GUINT64_FORMAT " duplicates %" G_GUINT64_FORMAT
	                " flagged %" G_GUINT64_FORMAT " mended %" G_GUINT64_FORMAT " headers",
	                reading->rows, reading->jobs, reading->steps, reading->duplicates,
	                reading->flagged, reading->mended, reading->repeated_headers);
	for (guint i = 0; i < ASIDES; i++)
		g_string_append_printf(text, " %" G_GUINT64_FORMAT, reading->set_aside[i]);
	for (guint i = 0; i < reading->examples->len; i++) {
		const struct set_aside_example *example = g_ptr_array_index(reading->examples, i);

		g_string_append_printf(text, "; line %" G_GUINT64_FORMAT " %s",
		                       example->line - lines_before,
		                       set_aside_name(example->reason));
	}
	ck_assert_uint_eq(reading->rows, reading->jobs + reading->steps + reading->duplicates +
						 reading_set_aside(reading));
	ck_assert_uint_eq(reading->jobs, found->jobs->len);
	found->account = g_string_free(text, FALSE);
}

static void found_clear(struct found *found)
{
	g_ptr_array_unref(found->jobs);
	g_free(found->account);
}

static struct found read_one_by_one(guint64 lines_before)
{
	struct found found = { g_ptr_array_new_with_free_func(g_free), NULL };
	struct reader *reader = reader_open(paths, zone, NULL);
	GError *error = NULL;
	struct job job;

	ck_assert_ptr_nonnull(reader);
	while (reader_next(reader, &job, &error))
		g_ptr_array_add(found.jobs, job_text(&job));
	ck_assert_ptr_null(error);
	finish(&found, reader_reading(reader), lines_before);
	reader_close(reader);
	return found;
}

#define TAKERS 5

static gboolean take(void *data, const struct job *job, GError **error)
{
	(void)error;
	g_ptr_array_add(data, job_text(job));
	return TRUE;
}

static struct found read_together(void)
{
	struct found found = { g_ptr_array_new_with_free_func(g_free), NULL };
	struct reader *reader = reader_open(paths, zone, NULL);
	struct taker takers[TAKERS];
	GError *error = NULL;

	ck_assert_ptr_nonnull(reader);
	for (guint i = 0; i < TAKERS; i++)
		takers[i] = (struct taker){ take, g_ptr_array_new(), NULL, NULL };
	ck_assert(reader_each(reader, takers, TAKERS, NULL, NULL, &error));
	for (guint i = 0; i < TAKERS; i++)
		g_ptr_array_extend_and_steal(found.jobs, takers[i].data);
	finish(&found, reader_reading(reader), 0);
	reader_close(reader);
	return found;
}

/* Whether a job is flagged that stands at the edge of a piece is in the account, not in its
 * text. */
static void assert_same(const struct found *a, const struct found *b)
{
	ck_assert_str_eq(a->account, b->account);
	ck_assert_uint_eq(a->jobs->len, b->jobs->len);
	for (guint i = 0; i < a->jobs->len; i++) {
		const char *left = g_ptr_array_index(a->jobs, i),
			   *right = g_ptr_array_index(b->jobs, i);

		ck_assert_msg(strncmp(left, right, strlen(left) - 1) == 0, "%s\n%s", left, right);
	}
}

/* As of a file with commas, of which no pieces can be cut: by many more than are handed on at
 * once. */
START_TEST(rows_that_are_read_one_by_one_are_all_handed_on)
{
	GString *text = g_string_new("JobID,User,State,Submit,Start,End,AllocCPUS\n");
	struct found one, together;

	for (guint i = 1; i <= 9000; i++)
		g_string_append_printf(text,
		                       "%u,ann,COMPLETED,2025-01-01T00:00:00,2025-01-01T00:00:00,"
		                       "2025-01-01T01:00:00,1\n",
		                       i);
	store(0, text);
	one = read_one_by_one(0);
	together = read_together();
	ck_assert_uint_eq(one.jobs->len, 9000);
	ck_assert_uint_eq(together.jobs->len, 9000);
	found_clear(&one);
	found_clear(&together);
	g_string_free(text, TRUE);
}
END_TEST

/* Comments before the header move every piece. */
START_TEST(where_a_file_is_cut_does_not_show)
{
	static const guint moves[] = { 0, 1, 700, 9000, 21000 };
	struct found first = { NULL, NULL };

	for (guint i = 0; i < G_N_ELEMENTS(moves); i++) {
		GString *before = g_string_new(NULL), *text;
		struct found found;

		for (guint k = 0; k < moves[i]; k++)
			g_string_append(before, "# comment\n");
		text = make_export(before->str, _i);
		store(0, text);
		found = read_one_by_one(moves[i]);
		if (i == 0)
			first = found;
		else {
			assert_same(&first, &found);
			found_clear(&found);
		}
		g_string_free(text, TRUE);
		g_string_free(before, TRUE);
	}
	ck_assert_uint_gt(first.jobs->len, JOBS - 1);
	found_clear(&first);
}
END_TEST

START_TEST(many_threads_find_what_one_finds)
{
	GString *text = make_export("", _i);
	struct found alone, together;

	store(0, text);
	alone = read_one_by_one(0);
	for (int i = 0; i < 5; i++) {
		together = read_together();
		assert_same(&alone, &together);
		found_clear(&together);
	}
	found_clear(&alone);
	g_string_free(text, TRUE);
}
END_TEST

/* The second half of the first file stands in the second again, and what follows. */
START_TEST(threads_count_a_job_of_several_files_once)
{
	GString *first = make_export("", 50), *second = g_string_new(HEADER);
	struct found alone, together;

	for (int i = JOBS / 2; i <= JOBS + 2000; i++)
		add_job(second, i, i % 9 ? "COMPLETED" : "FAILED", i % 28 + 1);
	store(0, first);
	store(1, second);
	alone = read_one_by_one(0);
	together = read_together();
	assert_same(&alone, &together);
	ck_assert_ptr_nonnull(strstr(alone.account, " 6001 duplicates"));
	found_clear(&together);
	found_clear(&alone);
	g_string_free(first, TRUE);
	g_string_free(second, TRUE);
}
END_TEST

/* Behind the header in the middle all is searched for repetitions. */
START_TEST(threads_see_a_repeated_header)
{
	GString *text = make_export("", 0);
	struct found alone, together;

	g_string_append(text, HEADER);
	for (int i = JOBS; i > JOBS - 6000; i--) {
		add_job(text, i, i % 9 ? "COMPLETED" : "FAILED", i % 28 + 1);
		add_job(text, i + 50000, "COMPLETED", 1);
		add_job(text, i + 50000, "COMPLETED", 1);
	}
	store(0, text);
	alone = read_one_by_one(0);
	together = read_together();
	assert_same(&alone, &together);
	ck_assert_ptr_nonnull(strstr(alone.account, " 6000 duplicates"));
	ck_assert_ptr_nonnull(strstr(alone.account, " 1 headers"));
	found_clear(&together);
	found_clear(&alone);
	g_string_free(text, TRUE);
}
END_TEST

static gboolean refuse_late(void *data, const struct job *job, GError **error)
{
	gint64 id = g_ascii_strtoll(job->id.data, NULL, 10);

	(void)data;
	if (id % 3000 != 0)
		return TRUE;
	g_set_error(error, g_quark_from_static_string("test"), 1, "job %" G_GINT64_FORMAT, id);
	return FALSE;
}

START_TEST(of_several_errors_the_first_in_the_file_is_told)
{
	GString *text = make_export("", 0);

	store(0, text);
	for (int i = 0; i < 20; i++) {
		struct reader *reader = reader_open(paths, zone, NULL);
		struct taker takers[TAKERS];
		GError *error = NULL;

		for (guint k = 0; k < TAKERS; k++)
			takers[k] = (struct taker){ refuse_late, NULL, NULL, NULL };
		ck_assert(!reader_each(reader, takers, TAKERS, NULL, NULL, &error));
		ck_assert_str_eq(error->message, "0.psv: job 3000");
		g_clear_error(&error);
		reader_close(reader);
	}
	g_string_free(text, TRUE);
}
END_TEST

/* The account is that of the rows before, and the message has the line. */
START_TEST(a_damaged_second_file_ends_all_threads)
{
	GString *text = make_export("", 0), *other = g_string_new("User|Shoe\na|b\n");
	struct reader *reader;
	struct taker takers[TAKERS];
	GError *error = NULL;

	store(0, text);
	store(1, other);
	reader = reader_open(paths, zone, NULL);
	for (guint k = 0; k < TAKERS; k++)
		takers[k] = (struct taker){ take, g_ptr_array_new_with_free_func(g_free), NULL,
			                    NULL };
	ck_assert(!reader_each(reader, takers, TAKERS, NULL, NULL, &error));
	ck_assert_ptr_nonnull(strstr(error->message, "1.psv"));
	ck_assert_uint_eq(reader_reading(reader)->jobs, JOBS);
	g_clear_error(&error);
	reader_close(reader);
	for (guint k = 0; k < TAKERS; k++)
		g_ptr_array_unref(takers[k].data);
	g_string_free(text, TRUE);
	g_string_free(other, TRUE);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("pieces");
	TCase *cases = tcase_create("pieces");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, rows_that_are_read_one_by_one_are_all_handed_on);
	tcase_add_loop_test(cases, where_a_file_is_cut_does_not_show, 0, 4);
	tcase_add_loop_test(cases, many_threads_find_what_one_finds, 0, 4);
	tcase_add_test(cases, threads_count_a_job_of_several_files_once);
	tcase_add_test(cases, threads_see_a_repeated_header);
	tcase_add_test(cases, of_several_errors_the_first_in_the_file_is_told);
	tcase_add_test(cases, a_damaged_second_file_ends_all_threads);
	suite_add_tcase(suite, cases);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "base/error.h"
#include "base/jobs.h"

#define COUNT 100

/* What is known of jobs while they run. */
struct trace {
	GThread *caller;
	gint begun[COUNT], done[COUNT]; /* by number */
	gint here;                      /* the last of the caller's own; −1: none yet */
	gint wrong;                     /* began too early, or elsewhere, or in another order */
	guint fails[2];                 /* numbers of those that fail; COUNT: none */
};

static void trace_init(struct trace *trace)
{
	*trace = (struct trace){ .caller = g_thread_self(), .here = -1, .fails = { COUNT, COUNT } };
}

static gboolean finish(struct trace *trace, guint which, GError **error)
{
	g_atomic_int_inc(&trace->begun[which]);
	g_usleep(which % 7 * 50);
	if (which == trace->fails[0] || which == trace->fails[1])
		return error_failed(error, "job %u", which);
	g_atomic_int_set(&trace->done[which], 1);
	return TRUE;
}

static gboolean run_first(void *data, guint which, GError **error)
{
	return finish(data, which, error);
}

/* After the one before it. */
static gboolean run_next(void *data, guint which, GError **error)
{
	struct trace *trace = data;

	if (!g_atomic_int_get(&trace->done[which - 1]))
		g_atomic_int_inc(&trace->wrong);
	return finish(trace, which, error);
}

static gboolean run_here(void *data, guint which, GError **error)
{
	struct trace *trace = data;

	if (g_thread_self() != trace->caller || trace->here >= (gint)which)
		g_atomic_int_inc(&trace->wrong);
	trace->here = (gint)which;
	return finish(trace, which, error);
}

/* In threes: one for the caller, one that comes after it, one for whoever has time. */
static void list(struct job *jobs)
{
	for (guint i = 0; i < COUNT; i++)
		jobs[i] = i % 3 == 0   ? (struct job){ run_here, i, JOB_NONE, TRUE }
		          : i % 3 == 1 ? (struct job){ run_next, i, (int)i - 1, FALSE }
		                       : (struct job){ run_first, i, JOB_NONE, FALSE };
}

static const guint crews[] = { 1, 2, 3, 16 };

START_TEST(each_job_is_done_once_in_its_place)
{
	struct job jobs[COUNT];
	struct trace trace;

	list(jobs);
	trace_init(&trace);
	ck_assert(jobs_run(jobs, COUNT, &trace, crews[_i], NULL));
	ck_assert_int_eq(trace.wrong, 0);
	for (guint i = 0; i < COUNT; i++)
		ck_assert_int_eq(trace.begun[i], 1);
}
END_TEST

START_TEST(of_two_that_fail_the_first_is_told)
{
	static const guint pairs[][2] = { { 98, 4 }, { 20, 21 }, { 0, 99 }, { 35, 31 } };

	for (guint pair = 0; pair < G_N_ELEMENTS(pairs); pair++) {
		guint first = MIN(pairs[pair][0], pairs[pair][1]);
		g_autofree char *message = g_strdup_printf("job %u", first);
		g_autoptr(GError) error = NULL;
		struct job jobs[COUNT];
		struct trace trace;

		list(jobs);
		trace_init(&trace);
		trace.fails[0] = pairs[pair][0];
		trace.fails[1] = pairs[pair][1];
		ck_assert(!jobs_run(jobs, COUNT, &trace, crews[_i], &error));
		ck_assert_str_eq(error->message, message);
		ck_assert_int_eq(trace.wrong, 0);
		for (guint i = 0; i < first; i++)
			ck_assert_int_eq(trace.begun[i], 1);
		ck_assert_int_eq(trace.begun[first % 3 == 0 ? first + 1 : first],
		                 first % 3 == 0 ? 0 : 1);
	}
}
END_TEST

START_TEST(nothing_to_do_is_done)
{
	ck_assert(jobs_run(NULL, 0, NULL, crews[_i], NULL));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("jobs");
	TCase *jobs = tcase_create("jobs");
	tcase_add_loop_test(jobs, each_job_is_done_once_in_its_place, 0, G_N_ELEMENTS(crews));
	tcase_add_loop_test(jobs, of_two_that_fail_the_first_is_told, 0, G_N_ELEMENTS(crews));
	tcase_add_loop_test(jobs, nothing_to_do_is_done, 0, G_N_ELEMENTS(crews));
	suite_add_tcase(suite, jobs);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

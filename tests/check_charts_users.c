/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "fixture_charts.h"

#define JOBS 10 /* of a user: as many as it takes to be advised */

/* Each user has jobs of its own length; the first `idle` keep one core in twenty busy, the first
 * `wasteful` use an eighth of their memory, and the first `silent` are not measured. */
static struct report *report_on(struct world *world, guint users, guint idle, guint wasteful,
                                guint silent)
{
	world_init(world);
	for (guint u = 0; u < users; u++)
		for (int i = 0; i < JOBS; i++) {
			g_autofree char *name = g_strdup_printf("user_%04u", u + 1);
			struct job *job = add(world, name, "group_A", job_on("n1", 1, 2), i * 20,
			                      1 + (int)(u % 12));
			job->memory_bytes = 8 * GIB;
			if (u < silent)
				continue;
			job_use_millicores(job, u < idle ? 100 : 1900);
			job->memory_peak_bytes = u < wasteful ? GIB : 6 * GIB;
		}
	return report_of(world);
}

static guint points_of(const struct chart *chart)
{
	guint count = 0;
	for (guint i = 0; i < chart->series->len; i++)
		count += ((const struct chart_series *)chart->series->pdata[i])->points->len;
	return count;
}

/* The value of a column in a user's only row of a table. */
static double told(const struct report *report, const char *table, const char *user,
                   const char *column)
{
	const struct dataset *dataset = report_dataset(report, table);
	double value = NAN;
	for (guint row = 0; row < dataset->rows->len; row++)
		if (g_str_equal(dataset_cell(dataset, row, 0)->text, user)) {
			const struct dataset_cell *cell =
				dataset_cell(dataset, row,
			                     (guint)dataset_column_find(dataset, column));
			ck_assert_msg(isnan(value), "%s has two rows in %s", user, table);
			value = cell->has_value ? cell->value : value;
		}
	ck_assert_msg(!isnan(value), "%s of %s is not in %s", column, user, table);
	return value;
}

static void assert_told(const struct report *report, const char *id,
                        const struct chart_point *point)
{
	if (g_str_equal(id, "efficiency")) {
		ck_assert_double_eq(point->x, told(report, "users", point->label, "cpu_hours"));
		ck_assert_double_eq(point->y, told(report, "users", point->label, "efficiency"));
	} else {
		ck_assert_double_eq_tol(point->x,
		                        told(report, "users", point->label, "asked") / (double)GIB,
		                        1e-9);
		ck_assert_double_eq_tol(point->y,
		                        point->x *
		                                told(report, "users", point->label, "memory_used"),
		                        1e-9);
	}
}

START_TEST(no_mark_says_more_of_a_user_than_the_tables)
{
	static const char *const ids[] = { "efficiency", "requested" };
	struct world world;
	struct report *report = report_on(&world, 30, 3, 4, 2);
	for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
		const struct chart *chart = find_chart(report, ids[i]);
		ck_assert_ptr_nonnull(chart);
		ck_assert_uint_eq(points_of(chart), 28);
		for (guint s = 0; s < chart->series->len; s++) {
			const struct chart_series *series = chart->series->pdata[s];
			for (guint p = 0; p < series->points->len; p++)
				assert_told(report, ids[i],
				            &g_array_index(series->points, struct chart_point, p));
		}
	}
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(the_title_says_how_many_and_what_is_theirs_and_the_subtitle_who_is_missing)
{
	struct world world;
	struct report *report = report_on(&world, 24, 4, 6, 2);
	const struct chart *efficiency = find_chart(report, "efficiency"),
			   *requested = find_chart(report, "requested");
	/* Hours 1…12, twice: of 156 the third and fourth user have 7, the third to the sixth 18. */
	ck_assert_str_eq(efficiency->title,
	                 "The typical job of 2 of 22 users keeps less than 15\u00a0% of its CPUs "
	                 "busy; they have 4.5\u00a0% of the core-hours");
	ck_assert_str_eq(requested->title, "4 of 22 users asked for more than twice the memory "
	                                   "that was used; they have 12\u00a0% of the core-hours");
	ck_assert(g_str_has_suffix(efficiency->subtitle, "; 2 users have no judged job"));
	ck_assert(g_str_has_suffix(requested->subtitle, "; 2 users are not measured"));
	report_free(report);
	world_clear(&world);
}
END_TEST

/* Ten jobs of a kind: so long, of this limit, that use so much of 8 GiB. */
static void add_kind(struct world *world, const char *user, int from, int hours,
                     gint64 limit_seconds, gint64 peak_bytes)
{
	for (int i = 0; i < JOBS; i++) {
		struct job *job = add(world, user, "group_A", job_on("n1", 1, 2), from + i * 20,
		                      hours);
		job->memory_bytes = 8 * GIB;
		job->limit_seconds = limit_seconds;
		job_use_millicores(job, 1900);
		job->memory_peak_bytes = peak_bytes;
	}
}

START_TEST(advice_is_drawn_by_the_largest_cut_and_each_kind_has_a_name_of_its_own)
{
	static const char *const names[] = { "user_0003, 2 cores",
		                             "user_0002, 2 cores, up to 1-00:00:00",
		                             "user_0002, 2 cores, up to 2-00:00:00",
		                             "user_0001, 2 cores" };
	static const double advised[] = { 2, 3, 4, 6 };
	struct world world;
	world_init(&world);
	add_kind(&world, "user_0001", 0, 12, 86400, 5 * GIB);
	add_kind(&world, "user_0002", 300, 3, 2 * 86400, 3 * GIB);
	add_kind(&world, "user_0002", 600, 2, 86400, 2 * GIB);
	add_kind(&world, "user_0003", 900, 1, 86400, GIB);
	/* asks for what it needs: no cut */
	add_kind(&world, "user_0004", 1200, 12, 86400, 13 * GIB / 2);
	struct report *report = report_of(&world);
	const struct chart *chart = find_chart(report, "advice");
	ck_assert_str_eq(chart->title,
	                 "Of 5 kinds of jobs 3 could ask for half of their memory, or less");
	for (guint s = 0; s < 2; s++) {
		const struct chart_series *series = chart->series->pdata[s];
		ck_assert_uint_eq(series->points->len, G_N_ELEMENTS(names));
		for (guint i = 0; i < series->points->len; i++) {
			const struct chart_point *point = &g_array_index(series->points,
			                                                 struct chart_point, i);
			ck_assert_str_eq(point->label, names[i]);
			/* What is used and a fifth, up to whole GiB. */
			ck_assert_double_eq(point->y, s == 0 ? 8 : advised[i]);
		}
	}
	report_free(report);
	world_clear(&world);
}
END_TEST

/* Of the second user's kinds of jobs one asks for 8 GiB and too much time, and one, as heavy, for
 * 16 GiB, of which it needs all. */
START_TEST(what_could_ask_for_no_less_has_no_row_and_counts_in_what_its_user_asks_for)
{
	struct world world;
	world_init(&world);
	add_kind(&world, "user_0001", 0, 24, 86400, 13 * GIB / 2);
	add_kind(&world, "user_0002", 300, 12, 86400, 13 * GIB / 2);
	add_kind(&world, "user_0002", 600, 12, 43200, 13 * GIB / 2);
	for (guint i = 0; i < JOBS; i++) {
		struct job *job = &g_array_index(world.jobs, struct job, 2 * JOBS + i);
		job->memory_bytes = 16 * GIB;
		job->memory_peak_bytes = 27 * GIB / 2;
	}
	struct report *report = report_of(&world);
	const struct dataset *advice = report_dataset(report, "advice");
	ck_assert_uint_eq(advice->rows->len, 1);
	ck_assert_str_eq(dataset_cell(advice, 0, 0)->text, "user_0002");
	ck_assert_str_eq(
		dataset_cell(advice, 0, (guint)dataset_column_find(advice, "command"))->text,
		"sbatch --time=15:00:00");
	ck_assert_str_eq(
		dataset_cell(advice, 0, (guint)dataset_column_find(advice, "memory"))->text, "");
	ck_assert(!dataset_cell(advice, 0, (guint)dataset_column_find(advice, "cpus"))->has_value);
	ck_assert_double_eq(told(report, "users", "user_0001", "asked"), 8.0 * GIB);
	ck_assert_double_eq_tol(told(report, "users", "user_0002", "asked"), 12.0 * GIB, 1);
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(where_no_advice_halves_the_memory_the_title_does_not_count_noughts)
{
	struct world world;
	world_init(&world);
	add_kind(&world, "user_0001", 0, 12, 86400, 5 * GIB);
	add_kind(&world, "user_0002", 300, 12, 86400, 5 * GIB);
	struct report *report = report_of(&world);
	ck_assert_str_eq(find_chart(report, "advice")->title,
	                 "None of 2 kinds of jobs could ask for half of their memory, but some for "
	                 "less than today");
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(of_one_kind_of_job_with_advice_none_is_some)
{
	static const struct { gint64 peak; const char *title; } cases[] = {
		{ 5 * GIB, "The one kind of job with advice on memory could ask for less of it" },
		{ GIB,
		  "The one kind of job with advice on memory could ask for half of it, or less" },
	};
	struct world world;
	world_init(&world);
	add_kind(&world, "user_0001", 0, 12, 86400, cases[_i].peak);
	struct report *report = report_of(&world);
	ck_assert_str_eq(find_chart(report, "advice")->title, cases[_i].title);
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(of_many_idle_users_it_is_said_how_many_are_drawn)
{
	struct world world;
	world_init(&world);
	for (guint u = 0; u < 14; u++)
		for (int i = 0; i < 20; i++) {
			g_autofree char *name = g_strdup_printf("user_%04u", u + 1);
			job_use_millicores(add(&world, name, "group_A", job_on("n1", 1, 2), i * 20,
			                       1 + (int)u),
			                   100);
		}
	struct report *report = report_of(&world);
	const struct chart *chart = find_chart(report, "idle");
	ck_assert_uint_eq(points_of(chart), 12);
	ck_assert_ptr_nonnull(strstr(chart->title, "The typical job of 14 users"));
	ck_assert_ptr_nonnull(strstr(chart->subtitle, "; of 14 users the 12 whose jobs cost most"));
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(one_cpu_is_and_several_are)
{
	struct world world;
	world_init(&world);
	add(&world, "user_0001", "group_A", job_on("n1", 1, 1), 0, (int)world.days * 24);
	struct report *report = report_of(&world);
	ck_assert_str_eq(find_chart(report, "duration")->title,
	                 "Half of the time 1 CPU is enough; the busiest minute takes 1");
	ck_assert_ptr_nonnull(strstr(find_chart(report, "demand")->title,
	                             "; 1 CPU was enough in 85 of 100 minutes"));
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(where_all_do_well_the_title_says_so)
{
	struct world world;
	struct report *report = report_on(&world, 6, 0, 0, 0);
	ck_assert_str_eq(
		find_chart(report, "efficiency")->title,
		"The typical job of each of 6 users keeps at least 15\u00a0% of its CPUs busy");
	ck_assert_str_eq(find_chart(report, "requested")->title,
	                 "Each of 6 users used at least half of the memory asked for");
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(of_thousands_three_hundred_are_drawn_and_it_is_said)
{
	struct world world;
	struct report *report = report_on(&world, 2000, 100, 100, 0);
	static const char *const ids[] = { "efficiency", "requested" };
	for (guint i = 0; i < G_N_ELEMENTS(ids); i++) {
		const struct chart *chart = find_chart(report, ids[i]);
		ck_assert_uint_eq(points_of(chart), CHART_MARKS);
		ck_assert_ptr_nonnull(
			strstr(chart->subtitle,
		               "; of 2,000 users the 300 with most core-hours are drawn"));
		ck_assert_ptr_nonnull(strstr(chart->title, "100 of 2,000 users"));
	}
	report_free(report);
	world_clear(&world);
}
END_TEST

/* All have as much to be advised of. */
START_TEST(the_example_of_advice_is_the_first_of_the_table)
{
	struct world world;
	struct report *report = report_on(&world, 12, 0, 12, 0);
	const struct dataset *advice = report_dataset(report, "advice");
	const char *first = dataset_cell(advice, 0, 0)->text;
	ck_assert_uint_eq(advice->rows->len, 12);
	ck_assert_str_eq(figures_find(report->figures, "advice.example.user")->text, first);
	ck_assert_str_ne(dataset_cell(advice, 11, 0)->text, first);
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(of_few_users_there_is_a_sentence)
{
	struct world world;
	struct report *report = report_on(&world, 6, 0, 0, 2);
	ck_assert_ptr_nonnull(find_chart(report, "efficiency")->thin);
	ck_assert_ptr_nonnull(find_chart(report, "requested")->thin);
	report_free(report);
	world_clear(&world);
}
END_TEST

/* So many jobs that use ninety-five of a hundred of their CPUs and a quarter of their memory. */
static struct report *report_of_serious(struct world *world, int jobs)
{
	world_init(world);
	for (int i = 0; i < jobs; i++) {
		struct job *job = add(world, "user_0001", "group_A", job_on("n1", 1, 2), i * 2, 1);
		job->memory_bytes = 8 * GIB;
		job->memory_peak_bytes = 2 * GIB;
		job_use_millicores(job, 1900);
	}
	return report_of(world);
}

static const struct chart_point *cell_of(const struct chart *chart, guint row, guint column)
{
	return &g_array_index(((const struct chart_series *)chart->series->pdata[row])->points,
	                      struct chart_point, column);
}

START_TEST(what_serious_jobs_use_is_drawn_where_there_are_twenty)
{
	struct world world;
	struct report *report = report_of_serious(&world, 19);
	ck_assert_ptr_nonnull(find_chart(report, "serious")->thin);
	report_free(report);
	world_clear(&world);
	report = report_of_serious(&world, 20);
	const struct chart *chart = find_chart(report, "serious");
	ck_assert_ptr_null(chart->thin);
	ck_assert_uint_eq(chart->series->len, 10);
	ck_assert_str_eq(((const struct chart_series *)chart->series->pdata[0])->label, "90–100 %");
	ck_assert_str_eq(cell_of(chart, 0, 2)->label, "20–30 %");
	ck_assert_str_eq(cell_of(chart, 0, 2)->value_text, "100\u00a0%");
	ck_assert_str_eq(cell_of(chart, 1, 2)->value_text, "–");
	ck_assert_str_eq(chart->title, "Jobs with 0\u00a0% of the core-hours use at least half of "
	                               "both their CPUs and their memory; "
	                               "jobs with 0\u00a0%, less than half of both");
	report_free(report);
	world_clear(&world);
}
END_TEST

/* Two groups of six, jobs that hold GPUs: of bars there would be enough. */
static struct report *report_unmeasured(struct world *world)
{
	world_init(world);
	for (guint u = 0; u < 12; u++)
		for (int i = 0; i < JOBS; i++) {
			g_autofree char *name = g_strdup_printf("user_%04u", u + 1);
			add(world, name, u % 2 ? "group_A" : "group_B", job_on("n1", 1, 2), i * 20,
			    1 + (int)u)
				->gpus = 1;
		}
	return report_of(world);
}

/* Unknown is not nought. */
START_TEST(where_nobody_is_measured_there_is_none)
{
	static const char *const ids[] = { "efficiency", "requested", "memory", "serial",
		                           "groups",     "gpus",      "serious" };
	static const char *const unknown[] = { "useful", "excess_low", "excess", "excess_high" };
	struct world world;
	struct report *report = report_unmeasured(&world);
	ck_assert_uint_ge(report_dataset(report, "groups")->rows->len, 2);
	for (guint i = 0; i < G_N_ELEMENTS(ids); i++)
		ck_assert_msg(!find_chart(report, ids[i]), "%s is drawn", ids[i]);
	for (guint i = 0; i < G_N_ELEMENTS(unknown); i++)
		ck_assert_msg(!dataset_cell_in(report_dataset(report, "ledger_months"), 0,
		                               unknown[i])
		                       ->has_value,
		              "%s is told", unknown[i]);
	report_free(report);
	world_clear(&world);
}
END_TEST

/* Of two cores, for two hours; it failed. */
START_TEST(classes_larger_than_any_job_are_not_drawn)
{
	struct world world;
	world_init(&world);
	add(&world, "user_0001", "group_A", job_on("n1", 1, 2), 0, 2)->state = STATE_FAILED;
	struct report *report = report_of(&world);
	ck_assert_uint_eq(points_of(find_chart(report, "sizes")), 2 * 2);
	ck_assert_str_eq(find_chart(report, "sizes")->title,
	                 "100\u00a0% of the jobs hold at most four cores, with 100\u00a0% of the "
	                 "core-hours");
	ck_assert_uint_eq(points_of(find_chart(report, "lengths")), 2 * 4);
	ck_assert_str_eq(find_chart(report, "endings")->title,
	                 "“Failed” is how all of them ended, with 4.0 core-hours");
	report_free(report);
	world_clear(&world);
}
END_TEST

/* One job in two days of ten. */
START_TEST(of_a_cluster_that_is_mostly_empty_it_is_not_said_that_no_cpus_are_enough)
{
	struct world world;
	world_init(&world);
	add(&world, "user_0001", "group_A", job_on("n1", 1, 2), 0, 48);
	struct report *report = report_of(&world);
	ck_assert_str_eq(find_chart(report, "duration")->title,
	                 "Half of the time no CPU is in use; the busiest minute takes 2");
	report_free(report);
	world_clear(&world);
}
END_TEST

/* A group each for thirteen shares of one job, the largest first; then one with the least again,
 * and one that held nothing. */
START_TEST(of_many_groups_those_with_most_are_drawn_and_the_one_with_least)
{
	struct world world;
	world_init(&world);
	for (int i = 0; i < 15; i++) {
		g_autofree char *group = g_strdup_printf("group_%c", 'A' + i),
				*user = g_strdup_printf("user_%04d", i + 1);
		struct job *job = add(&world, user, group, job_on("n1", 1, 10), i * 10,
		                      i < 14 ? 10 : 0);
		job_use_millicores(job, 500 * MIN(i, 12));
	}
	struct report *report = report_of(&world);
	const GArray *points =
		((const struct chart_series *)find_chart(report, "groups")->series->pdata[0])
			->points;
	const char *best = figures_find(report->figures, "groups.best")->text;
	ck_assert_uint_eq(points->len, 12);
	ck_assert(g_str_has_suffix(find_chart(report, "groups")->subtitle, "; 12 of 14 groups"));
	ck_assert_str_eq(g_array_index(points, struct chart_point, 0).label, "group_A");
	ck_assert_str_eq(g_array_index(points, struct chart_point, 10).label, "group_K");
	ck_assert_str_eq(g_array_index(points, struct chart_point, 11).label, best);
	ck_assert_msg(g_str_equal(best, "group_M") || g_str_equal(best, "group_N"), "%s", best);
	report_free(report);
	world_clear(&world);
}
END_TEST

/* A third group that is not measured: nobody knows that it needed all it held. */
START_TEST(a_group_of_which_nothing_is_judged_has_no_bar)
{
	static const char *const groups[] = { "group_A", "group_B", "group_C" };
	for (guint measured = 2; measured <= G_N_ELEMENTS(groups); measured++) {
		struct world world;
		world_init(&world);
		for (guint g = 0; g < G_N_ELEMENTS(groups); g++)
			for (guint u = 0; u < 6; u++) {
				g_autofree char *user = g_strdup_printf("user_%04u", 6 * g + u + 1);
				struct job *job = add(&world, user, groups[g], job_on("n1", 1, 2),
				                      (int)(6 * g + u) * 10, 10);
				if (g < measured)
					job_use_millicores(job, 100 + 900 * g);
			}
		struct report *report = report_of(&world);
		const struct chart *chart = find_chart(report, "groups");
		const GArray *points =
			((const struct chart_series *)chart->series->pdata[0])->points;
		ck_assert_uint_eq(points->len, measured);
		for (guint i = 0; i < measured; i++)
			ck_assert_str_eq(g_array_index(points, struct chart_point, i).label,
			                 groups[i]);
		ck_assert_int_eq(strstr(chart->subtitle, "nothing could be judged") != NULL,
		                 measured < G_N_ELEMENTS(groups));
		report_free(report);
		world_clear(&world);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("charts_users");
	TCase *cases = tcase_create("charts_users");
	tcase_set_timeout(cases, 120);
	tcase_add_test(cases, no_mark_says_more_of_a_user_than_the_tables);
	tcase_add_test(cases,
	               the_title_says_how_many_and_what_is_theirs_and_the_subtitle_who_is_missing);
	tcase_add_test(cases,
	               what_could_ask_for_no_less_has_no_row_and_counts_in_what_its_user_asks_for);
	tcase_add_test(cases, where_no_advice_halves_the_memory_the_title_does_not_count_noughts);
	tcase_add_loop_test(cases, of_one_kind_of_job_with_advice_none_is_some, 0, 2);
	tcase_add_test(cases, of_many_idle_users_it_is_said_how_many_are_drawn);
	tcase_add_test(cases, one_cpu_is_and_several_are);
	tcase_add_test(cases, classes_larger_than_any_job_are_not_drawn);
	tcase_add_test(cases,
	               of_a_cluster_that_is_mostly_empty_it_is_not_said_that_no_cpus_are_enough);
	tcase_add_test(cases, where_all_do_well_the_title_says_so);
	tcase_add_test(cases,
	               advice_is_drawn_by_the_largest_cut_and_each_kind_has_a_name_of_its_own);
	tcase_add_test(cases, of_thousands_three_hundred_are_drawn_and_it_is_said);
	tcase_add_test(cases, the_example_of_advice_is_the_first_of_the_table);
	tcase_add_test(cases, of_few_users_there_is_a_sentence);
	tcase_add_test(cases, what_serious_jobs_use_is_drawn_where_there_are_twenty);
	tcase_add_test(cases, where_nobody_is_measured_there_is_none);
	tcase_add_test(cases, of_many_groups_those_with_most_are_drawn_and_the_one_with_least);
	tcase_add_test(cases, a_group_of_which_nothing_is_judged_has_no_bar);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture_analysis.h"

#include "measure/habits.h"

START_TEST(sizes_lengths_and_waits_change_at_their_edges)
{
	static const gint64 sizes[] = { 1, 4, 16, 64, 256, 1024 }; /* the last of each */
	/* the first of the next */
	static const gint64 lengths[] = { 60, 300, 3600, 21600, 86400, 604800 };
	ck_assert_uint_eq(habits_size(0), 0);
	for (guint i = 0; i < G_N_ELEMENTS(sizes); i++) {
		ck_assert_uint_eq(habits_size(sizes[i]), i);
		ck_assert_uint_eq(habits_size(sizes[i] + 1), i + 1);
	}
	for (guint i = 0; i < G_N_ELEMENTS(lengths); i++) {
		ck_assert_uint_eq(habits_length(lengths[i] - 1), i);
		ck_assert_uint_eq(habits_length(lengths[i]), i + 1);
	}
	for (guint i = 0; i + 1 < HABITS_WAITS; i++) {
		ck_assert_uint_eq(habits_wait_step(habits_wait_edges[i]), i);
		ck_assert_uint_eq(habits_wait_step(habits_wait_edges[i] + 1), i + 1);
	}
	ck_assert_uint_eq(habits_wait_step(0), 0);
	ck_assert_uint_eq(habits_wait_step(G_GINT64_CONSTANT(1) << 40), HABITS_WAITS - 1);
	ck_assert_uint_eq(habits_length(G_GINT64_CONSTANT(1) << 40), HABITS_LENGTHS - 1);
	ck_assert_uint_eq(habits_size(G_GINT64_CONSTANT(1) << 40), HABITS_SIZES - 1);
}
END_TEST

/* Every number has one place, whichever way it is found. */
START_TEST(steps_are_those_that_a_plain_search_finds)
{
	for (gint64 seconds = 0; seconds < 700000; seconds++) {
		guint step = 0;
		while (habits_wait_edges[step] < seconds)
			step++;
		ck_assert_uint_eq(habits_wait_step(seconds), step);
	}
}
END_TEST

static struct own_habits habits_on(struct job job, const char *nodes)
{
	struct world world;
	world_init(&world);
	world.nodes = nodes;
	g_array_append_val(world.jobs, job);
	analyse(&world);
	struct own_habits own = ((const struct member *)world.tally->members->pdata[0])->habits;
	world_clear(&world);
	return own;
}

static struct own_habits habits_of(struct job job)
{
	return habits_on(job, FOUR_NODES);
}

/* Slurm gives whole cores: of two threads each, two CPUs are one. */
START_TEST(a_job_on_the_threads_of_one_core_holds_no_core_in_vain)
{
	static const char nodes[] =
		"NodeName=n1 CPUTot=20 Sockets=2 CoresPerSocket=5 RealMemory=102400\n"
		"NodeName=n2 CPUTot=10 RealMemory=102400\n";
	struct job job = job_on("n1", 1, 2);
	job_use_millicores(&job, 1000);
	ck_assert_int_eq(habits_on(job, nodes).serial_jobs, 0);
	ck_assert_int_eq(habits_of(job).serial_jobs, 1);
	job = job_on("n1", 1, 6);
	job_use_millicores(&job, 1000);
	ck_assert_int_eq(habits_on(job, nodes).serial_jobs, 1);
	ck_assert_int_eq(habits_on(job, nodes).serial_needed_seconds, 2 * HOUR);
	job = job_on("n[1-2]", 2, 4);
	job_use_millicores(&job, 1000);
	ck_assert_int_eq(habits_on(job, nodes).serial_needed_seconds, 3 * HOUR);
}
END_TEST

START_TEST(a_job_that_still_runs_is_not_short)
{
	struct job job = job_on("n1", 1, 2);
	job.elapsed_seconds = 299;
	ck_assert_int_eq(habits_of(job).five_jobs, 1);
	ck_assert_int_eq(habits_of(job).five_cpu_seconds, 598);
	ck_assert_int_eq(habits_of(job).short_jobs, 0);
	job.elapsed_seconds = 59;
	ck_assert_int_eq(habits_of(job).five_jobs, 1);
	ck_assert_int_eq(habits_of(job).short_jobs, 1);
	job.state = STATE_RUNNING;
	ck_assert_int_eq(habits_of(job).five_jobs, 0);
	ck_assert_int_eq(habits_of(job).short_jobs, 0);
	job.state = STATE_COMPLETED;
	job.elapsed_seconds = 300;
	ck_assert_int_eq(habits_of(job).five_jobs, 0);
}
END_TEST

START_TEST(a_job_that_uses_one_core_of_ten_is_serial)
{
	struct job job = job_on("n1", 1, 10);
	job_use_millicores(&job, 1200);
	ck_assert_int_eq(habits_of(job).serial_cpu_seconds, 10 * HOUR);
	ck_assert_int_eq(habits_of(job).serial_needed_seconds, HOUR);
	job_use_millicores(&job, 1201);
	ck_assert_int_eq(habits_of(job).serial_jobs, 0);
	job_use_millicores(&job, 1000);
	job.state = STATE_FAILED;
	ck_assert_int_eq(habits_of(job).serial_jobs, 0);
	job.state = STATE_COMPLETED;
	job.gpus = 1;
	ck_assert_int_eq(habits_of(job).serial_jobs, 0);
	job.gpus = 0;
	job.cpu_used_milliseconds = VALUE_UNKNOWN;
	ck_assert_int_eq(habits_of(job).serial_jobs, 0);
}
END_TEST

START_TEST(a_job_is_spread_when_cpus_and_memory_fit_on_fewer_nodes)
{
	struct job job = job_on("n[1-3]", 3, 20);
	ck_assert_int_eq(habits_of(job).spread_jobs, 0); /* memory unknown */
	job.memory_bytes = 120 * GIB;
	ck_assert_int_eq(habits_of(job).spread_jobs, 1);
	ck_assert_int_eq(habits_of(job).spread_node_seconds, 3 * HOUR);
	ck_assert_int_eq(habits_of(job).spread_needed_seconds, 2 * HOUR);
	job.memory_bytes = 201 * GIB;
	ck_assert_int_eq(habits_of(job).spread_jobs, 0);
	job.memory_bytes = 3 * GIB;
	job.cpus = 21;
	ck_assert_int_eq(habits_of(job).spread_jobs, 0);
}
END_TEST

START_TEST(gpu_seconds_are_idle_busy_or_unmeasured)
{
	struct job job = job_on("n1", 1, 2);
	job.gpus = 4;
	struct own_habits unmeasured = habits_of(job);
	ck_assert_int_eq(unmeasured.gpu_idle_seconds + unmeasured.gpu_busy_seconds, 0);
	job.gpu_util = 0;
	ck_assert_int_eq(habits_of(job).gpu_idle_seconds, 4 * HOUR);
	job.gpu_util = 3;
	ck_assert_int_eq(habits_of(job).gpu_busy_seconds, 4 * HOUR);
}
END_TEST

START_TEST(a_piece_adds_hours_and_no_job)
{
	struct job job = job_on("n1", 1, 4);
	job.state = STATE_FAILED;
	job.piece = TRUE;
	ck_assert_int_eq(habits_of(job).failed_jobs, 0);
	ck_assert_int_eq(habits_of(job).failed_cpu_seconds, 4 * HOUR);
	ck_assert_int_eq(habits_of(job).failed_node_seconds, HOUR);
}
END_TEST

/* Where in the table of serious jobs it lies: ten times the tenth of CPUs and that of memory; -1:
 * nowhere. */
static int tenths_of(struct job job)
{
	struct world world;
	int place = -1;
	world_init(&world);
	g_array_append_val(world.jobs, job);
	analyse(&world);
	for (int i = 0; i < HABITS_TENTHS * HABITS_TENTHS; i++) {
		const struct habits_sum *sum =
			&world.tally->habits.serious[i / HABITS_TENTHS][i % HABITS_TENTHS];
		if (sum->jobs == 0)
			continue;
		ck_assert_int_eq(place, -1);
		ck_assert_int_eq(sum->jobs, 1);
		ck_assert_int_eq(sum->cpu_seconds, job.elapsed_seconds * job.cpus);
		place = i;
	}
	world_clear(&world);
	return place;
}

START_TEST(a_serious_job_lies_by_what_it_used_of_cpus_and_of_memory)
{
	struct job job = job_on("n1", 1, 10);
	job.memory_bytes = 40 * GIB;
	job.memory_peak_bytes = 20 * GIB;
	job_use_millicores(&job, 5000);
	ck_assert_int_eq(tenths_of(job), 55);
	job_use_millicores(&job, 4999);
	job.memory_peak_bytes--;
	ck_assert_int_eq(tenths_of(job), 44);
	job_use_millicores(&job, 0);
	job.memory_peak_bytes = 0;
	ck_assert_int_eq(tenths_of(job), 0);
	job_use_millicores(&job, 10000);
	job.memory_peak_bytes = 40 * GIB;
	ck_assert_int_eq(tenths_of(job), 99);
	job_use_millicores(&job, 12000);
	job.memory_peak_bytes = 50 * GIB;
	ck_assert_int_eq(tenths_of(job), 99);
}
END_TEST

START_TEST(a_job_of_less_than_a_core_hour_or_not_judged_by_both_is_not_serious)
{
	struct job serious = job_on("n1", 1, 1), job;
	serious.memory_bytes = 4 * GIB;
	serious.memory_peak_bytes = GIB;
	job_use_millicores(&serious, 1000);
	ck_assert_int_eq(tenths_of(serious), 92);
	job = serious;
	job.elapsed_seconds--;
	ck_assert_int_eq(tenths_of(job), -1);
	job = serious;
	job.state = STATE_FAILED;
	ck_assert_int_eq(tenths_of(job), -1);
	job = serious;
	job.piece = TRUE;
	ck_assert_int_eq(tenths_of(job), -1);
	job = serious;
	job.memory_bytes = VALUE_UNKNOWN;
	ck_assert_int_eq(tenths_of(job), -1);
	job.memory_bytes = VALUE_UNLIMITED;
	ck_assert_int_eq(tenths_of(job), -1);
	job.memory_bytes = 0;
	ck_assert_int_eq(tenths_of(job), -1);
	job = serious;
	job.memory_peak_bytes = VALUE_UNKNOWN;
	ck_assert_int_eq(tenths_of(job), -1);
	job = serious;
	job.cpu_used_milliseconds = VALUE_UNKNOWN;
	ck_assert_int_eq(tenths_of(job), -1);
}
END_TEST

START_TEST(a_wait_counts_in_the_hour_in_which_it_began)
{
	struct world world;
	world_init(&world);
	struct job *job = add(&world, "user_0001", "group_A", job_on("n1", 1, 1), 5, 1);
	job->eligible = T0 + 3 * HOUR + 1800; /* a Wednesday, 3:30 */
	analyse(&world);
	ck_assert_int_eq(world.tally->habits.hours[2 * 24 + 3][habits_wait_step(5400)], 1);
	world_clear(&world);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("habits");
	TCase *cases = tcase_create("habits");
	tcase_add_test(cases, sizes_lengths_and_waits_change_at_their_edges);
	tcase_add_test(cases, steps_are_those_that_a_plain_search_finds);
	tcase_add_test(cases, a_job_that_still_runs_is_not_short);
	tcase_add_test(cases, a_job_that_uses_one_core_of_ten_is_serial);
	tcase_add_test(cases, a_job_on_the_threads_of_one_core_holds_no_core_in_vain);
	tcase_add_test(cases, a_job_is_spread_when_cpus_and_memory_fit_on_fewer_nodes);
	tcase_add_test(cases, gpu_seconds_are_idle_busy_or_unmeasured);
	tcase_add_test(cases, a_piece_adds_hours_and_no_job);
	tcase_add_test(cases, a_serious_job_lies_by_what_it_used_of_cpus_and_of_memory);
	tcase_add_test(cases, a_job_of_less_than_a_core_hour_or_not_judged_by_both_is_not_serious);
	tcase_add_test(cases, a_wait_counts_in_the_hour_in_which_it_began);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture_analysis.h"

#include "finding/advice.h"

START_TEST(steps_are_those_that_a_plain_search_finds)
{
	guint step = 0;
	for (gint64 units = 0; units < 100000; units++) {
		step += units > need_edge(step);
		ck_assert_uint_eq(need_step(units), step);
	}
	ck_assert_int_eq(need_edge(16), 16);
	ck_assert_int_eq(need_edge(17), 18);
	ck_assert_int_eq(need_edge(24), 32);
	ck_assert_int_eq(need_edge(25), 36);
	ck_assert_uint_lt(need_step(G_MAXINT64), NEED_STEPS);
}
END_TEST

/* Of 8 cores of one node and 64 GiB for a day: so much was used for so long. */
static struct job *add_job(struct world *world, gint64 gib, gint64 minutes, gint64 millicores)
{
	struct job *job = add(world, "user_0001", "group_A", job_on("n1", 1, 8), 0, 1);
	job->end = job->start + minutes * 60;
	job->elapsed_seconds = minutes * 60;
	job->limit_seconds = DAY;
	job->memory_bytes = 64 * GIB;
	job->memory_peak_bytes = gib * GIB;
	job_use_millicores(job, millicores);
	return job;
}

static GArray *advice_of(struct world *world)
{
	analyse(world);
	return advice_list(&world->analysis->evidence);
}

#define ADVICE(list, i) (&g_array_index(list, struct advice, i))

START_TEST(advice_is_what_nearly_all_jobs_needed_and_a_headroom)
{
	struct world world;
	world_init(&world);
	for (int i = 0; i < 19; i++)
		add_job(&world, 5, 50, 1000);
	add_job(&world, 40, 300, 7900); /* the twentieth is beyond the 95th percentile */
	g_autoptr(GArray) list = advice_of(&world);
	ck_assert_uint_eq(list->len, 1);
	const struct advice *advice = ADVICE(list, 0);
	ck_assert_int_eq(advice->jobs, 20);
	ck_assert_int_eq(advice->memory_bytes, 6 * GIB); /* 5 × 1.2 */
	ck_assert_int_eq(advice->cpus, 2);               /* ⌈1 × 1.2⌉, as it never uses a second */
	ck_assert_int_eq(advice->seconds, 75 * 60);      /* 52.5 min, the edge, × 1.2 = 63 min */
	ck_assert_int_eq(advice->failed, 2);             /* one job, by memory and by time */
	ck_assert_int_eq(advice->cpus_covered, 19);
	ck_assert_int_eq(advice->asked_bytes, 64 * GIB);
	ck_assert(advice_halves_memory(advice));
	g_autofree char *command = advice_command(advice);
	ck_assert_str_eq(command, "sbatch --mem=6G --cpus-per-task=2 --time=01:15:00");
	assert_value(&world, "advice.kinds", 1);
	assert_value(&world, "advice.memory.halved", 1);
	ck_assert_str_eq(figure(&world, "advice.example.command")->text, command);
	world_clear(&world);
}
END_TEST

START_TEST(the_ninety_fifth_of_a_hundred_jobs_decides)
{
	for (int small = 94; small <= 95; small++) {
		struct world world;
		world_init(&world);
		for (int i = 0; i < 100; i++)
			add_job(&world, i < small ? 5 : 40, 50, 1000);
		g_autoptr(GArray) list = advice_of(&world);
		ck_assert_int_eq(ADVICE(list, 0)->memory_bytes, (small == 95 ? 6 : 48) * GIB);
		world_clear(&world);
	}
}
END_TEST

START_TEST(nothing_is_advised_on_nine_jobs)
{
	struct world world;
	world_init(&world);
	for (int i = 0; i < 9; i++)
		add_job(&world, 5, 50, 1000);
	add_job(&world, 5, 50, 1000)->limit_seconds = 2 * DAY; /* of another kind */
	g_autoptr(GArray) list = advice_of(&world);
	ck_assert_uint_eq(list->len, 0);
	assert_value(&world, "advice.kinds", 0);
	ck_assert_str_eq(figure(&world, "advice.example.command")->text, "");
	world_clear(&world);
}
END_TEST

START_TEST(a_job_that_was_cut_needed_more_than_any)
{
	struct world world;
	world_init(&world);
	for (int i = 0; i < 20; i++)
		add_job(&world, 5, 50, 1000);
	add_job(&world, 5, 1440, 1000)->state = STATE_TIMEOUT;
	add_job(&world, 5, 1440, 1000)->state = STATE_TIMEOUT; /* the 21st of 22 is one */
	add_job(&world, 5, 10, 1000)->state = STATE_OUT_OF_MEMORY; /* the 20th of 21 is none */
	g_autoptr(GArray) list = advice_of(&world);
	const struct advice *advice = ADVICE(list, 0);
	ck_assert_int_eq(advice->seconds, 0);
	ck_assert_int_eq(advice->memory_bytes, 6 * GIB);
	ck_assert_int_eq(advice->jobs, 23);
	ck_assert_int_eq(advice->failed, 1);
	world_clear(&world);
}
END_TEST

START_TEST(no_more_is_advised_than_is_asked_for)
{
	struct world world;
	world_init(&world);
	for (int i = 0; i < 10; i++) {
		struct job *job = add_job(&world, 60, 1400, 8000);
		job->memory_bytes = 60 * GIB;
	}
	g_autoptr(GArray) list = advice_of(&world);
	ck_assert_int_eq(ADVICE(list, 0)->memory_bytes, 0);
	ck_assert_int_eq(ADVICE(list, 0)->cpus, 8);
	ck_assert_int_eq(ADVICE(list, 0)->seconds, DAY);
	ck_assert_int_eq(ADVICE(list, 0)->failed, 0);
	world_clear(&world);
}
END_TEST

/* What would be enough is what they ask for, or more: there is nothing to type, and they are no
 * example. */
START_TEST(who_asks_for_what_is_needed_is_told_nothing)
{
	struct world world;
	world_init(&world);
	for (int i = 0; i < 10; i++) {
		struct job *job = add_job(&world, 60, 1400, 8000);
		job->memory_bytes = 72 * GIB; /* 60 × 1.2 */
	}
	g_autoptr(GArray) list = advice_of(&world);
	ck_assert_uint_eq(list->len, 1);
	const struct advice *advice = ADVICE(list, 0);
	ck_assert_int_eq(advice->memory_bytes, 72 * GIB);
	ck_assert(!advice_lowers_memory(advice));
	ck_assert(!advice_lowers_cpus(advice));
	ck_assert(!advice_lowers_time(advice));
	ck_assert(!advice_lowers(advice));
	assert_value(&world, "advice.kinds", 0);
	assert_value(&world, "advice.fitting", 1);
	assert_value(&world, "advice.memory.kinds", 1);
	ck_assert_str_eq(figure(&world, "advice.example.user")->text, "");
	world_clear(&world);
}
END_TEST

/* Both kinds of jobs could ask for less of all; the first has twice the core-hours and would free a
 * quarter of its cores at most, the second most of it. */
START_TEST(the_example_is_the_kind_that_would_free_most)
{
	struct world world;
	world_init(&world);
	for (int i = 0; i < 10; i++) {
		add_job(&world, 45, 600, 6000);
		add_job(&world, 4, 300, 6000)->limit_seconds = 2 * DAY;
	}
	g_autoptr(GArray) list = advice_of(&world);
	ck_assert_uint_eq(list->len, 2);
	ck_assert_int_eq(ADVICE(list, 0)->memory_bytes, 60 * GIB);
	g_autofree char *command = advice_command(ADVICE(list, 1));
	ck_assert_ptr_nonnull(strstr(command, "--mem=5G"));
	ck_assert_str_eq(figure(&world, "advice.example.command")->text, command);
	world_clear(&world);
}
END_TEST

START_TEST(of_jobs_on_several_nodes_memory_is_of_each_and_cores_are_not_told)
{
	struct world world;
	world_init(&world);
	for (int i = 0; i < 10; i++) {
		struct job *job = add_job(&world, 9, 50, 1000);
		job->nodes = 3;
		job->nodelist = slice_of("n[1-3]");
	}
	g_autoptr(GArray) list = advice_of(&world);
	ck_assert_int_eq(ADVICE(list, 0)->memory_bytes, 4 * GIB); /* 3 × 1.2 */
	ck_assert_int_eq(ADVICE(list, 0)->asked_bytes, 64 * GIB / 3 >> 20 << 20);
	ck_assert_int_eq(ADVICE(list, 0)->cpus, 0);
	world_clear(&world);
}
END_TEST

START_TEST(what_was_not_asked_for_is_told_as_well)
{
	struct world world;
	world_init(&world);
	for (int i = 0; i < 10; i++) {
		struct job *job = add_job(&world, 5, 50, 1000);
		job->memory_bytes = VALUE_UNKNOWN;
		job->limit_seconds = VALUE_UNKNOWN;
	}
	g_autoptr(GArray) list = advice_of(&world);
	const struct advice *advice = ADVICE(list, 0);
	g_autofree char *command = advice_command(advice);
	ck_assert_int_eq(advice->asked_bytes, 0);
	ck_assert_str_eq(command, "sbatch --mem=6G --cpus-per-task=2 --time=01:15:00");
	ck_assert(!advice_halves_memory(advice));
	world_clear(&world);
}
END_TEST

/* What nine jobs say of memory is too little, what none says of CPUs nothing. */
START_TEST(each_need_is_told_only_where_enough_jobs_say_it)
{
	struct world world;
	world_init(&world);
	for (int i = 0; i < 10; i++) {
		struct job *job = add_job(&world, 5, 50, 1000);
		job->cpu_used_milliseconds = i > 0 ? VALUE_UNKNOWN : job->cpu_used_milliseconds;
		job->memory_peak_bytes = i > 0 ? job->memory_peak_bytes : VALUE_UNKNOWN;
		add(&world, "", "group_A", *job, 0, 1); /* to nobody anything */
	}
	g_autoptr(GArray) list = advice_of(&world);
	ck_assert_uint_eq(list->len, 1);
	const struct advice *advice = ADVICE(list, 0);
	g_autofree char *command = advice_command(advice);
	ck_assert_str_eq(advice->user, "user_0001");
	ck_assert_int_eq(advice->memory_bytes, 0);
	ck_assert_int_eq(advice->cpus, 0);
	ck_assert_str_eq(command, "sbatch --time=01:15:00");
	ck_assert(!advice_halves_memory(advice));
	world_clear(&world);
}
END_TEST

/* Whether less time than the limit is advised or the limit itself. */
START_TEST(jobs_that_time_cut_are_told_to_have_had_too_little)
{
	for (int minutes = 50; minutes <= 1400; minutes += 1350) {
		struct world world;
		world_init(&world);
		for (int i = 0; i < 40; i++)
			add_job(&world, 5, minutes, 1000);
		add_job(&world, 5, 1440, 1000)->state = STATE_TIMEOUT;
		g_autoptr(GArray) list = advice_of(&world);
		ck_assert_int_eq(ADVICE(list, 0)->seconds, minutes == 50 ? 75 * 60 : DAY);
		ck_assert_int_eq(ADVICE(list, 0)->failed, 1);
		world_clear(&world);
	}
}
END_TEST

static void count_kind(struct families **families, const struct rules *rules, gint64 cpus,
                       int times)
{
	for (int i = 0; i < times; i++) {
		struct job job = job_on("n1", 1, cpus);
		job_use_millicores(&job, 1000);
		struct judged judged = ledger_judge(&job, rules);
		families_add(families, &judged);
	}
}

static gint64 jobs_up_to(const struct family *family, enum need_kind kind, gint64 units)
{
	const struct need need = family_need(family, kind);
	return need_jobs_up_to(&need, units);
}

/* Of three needs each becomes wider in turn, to either side and in numbers of every width, beside
 * the others. */
START_TEST(what_is_needed_is_counted_beside_what_else_is)
{
	static const int times[] = { 1, 200, 300, 70000 };
	struct assumptions *assumptions = assumptions_new();
	struct families *families = NULL;
	struct rules rules;
	rules_init(&rules, assumptions);
	gint64 all = 0, half = 0;
	for (guint i = 0; i < 4 * G_N_ELEMENTS(times); i++) {
		guint size = i * 7 % 16 + 1;
		gint64 jobs = times[i / 4];
		for (gint64 k = 0; k < jobs; k++) {
			struct job job = job_on("n1", 1, 16);
			job_use_millicores(&job, 1000 * size - 1);
			job.memory_peak_bytes = size * (gint64)1 << NEED_MEMORY_SHIFT;
			struct judged judged = ledger_judge(&job, &rules);
			families_add(&families, &judged);
		}
		all += jobs;
		half += size <= 8 ? jobs : 0;
	}
	ck_assert_uint_eq(families->count, 1);
	const struct family *family = families->of[0];
	ck_assert_int_eq(jobs_up_to(family, NEED_TIME, G_MAXINT64), all);
	ck_assert_int_eq(jobs_up_to(family, NEED_MEMORY, G_MAXINT64), all);
	ck_assert_int_eq(jobs_up_to(family, NEED_MEMORY, 8), half);
	ck_assert_int_eq(jobs_up_to(family, NEED_MEMORY, 16), all);
	ck_assert_int_eq(jobs_up_to(family, NEED_CPUS, 8 * NEED_CPU_UNITS), half);
	ck_assert_int_eq(jobs_up_to(family, NEED_CPUS, 16 * NEED_CPU_UNITS), all);
	families_free(families);
	assumptions_free(assumptions);
}
END_TEST

static GByteArray *bytes_of(const struct families *families)
{
	GByteArray *tape = g_byte_array_new();
	families_put(tape, families);
	return tape;
}

static void assert_same(const struct families *one, const struct families *other)
{
	g_autoptr(GByteArray) first = bytes_of(one), second = bytes_of(other);
	ck_assert_uint_eq(first->len, second->len);
	ck_assert_mem_eq(first->data, second->data, first->len);
}

/* More kinds than are kept, from few cores to many, from many to few, and in two parts: it is the
 * same. */
START_TEST(which_kinds_are_kept_does_not_depend_on_the_order)
{
	struct assumptions *assumptions = assumptions_new();
	struct families *up = NULL, *down = NULL, *even = NULL, *odd = NULL;
	struct rules rules;
	rules_init(&rules, assumptions);
	for (int i = 1; i <= 100; i++) {
		count_kind(&up, &rules, i, i);
		count_kind(&down, &rules, 101 - i, 101 - i);
		count_kind(i % 2 ? &odd : &even, &rules, i, i);
	}
	families_merge(&even, odd);
	ck_assert_uint_eq(up->count, FAMILIES_MOST);
	ck_assert_int_eq(family_request(&up->keys[0]).cpus, 100);
	ck_assert_int_eq(family_request(&up->keys[0]).limit_seconds, VALUE_UNKNOWN);
	const struct need time = family_need(up->of[0], NEED_TIME);
	ck_assert_int_eq(need_jobs(&time), 100);
	ck_assert_int_eq(up->rest_jobs, (100 - FAMILIES_MOST) * (101 - FAMILIES_MOST) / 2);
	assert_same(up, down);
	assert_same(up, even);
	g_autoptr(GByteArray) bytes = bytes_of(up);
	struct families *again = NULL;
	struct tape tape;
	tape_init(&tape, (struct slice){ (const char *)bytes->data, bytes->len });
	families_read(&tape, &again);
	ck_assert_ptr_null(tape.wrong);
	ck_assert_ptr_eq(tape.at, tape.end);
	assert_same(up, again);
	families_free(up);
	families_free(down);
	families_free(even);
	families_free(odd);
	families_free(again);
	assumptions_free(assumptions);
}
END_TEST

START_TEST(numbers_are_written_as_one_types_them)
{
	g_autofree char *small = advice_memory(GIB * 3 / 8), *large = advice_memory(18 * GIB);
	g_autofree char *brief = advice_time(900), *longer = advice_time(2 * DAY + 12 * HOUR);
	ck_assert_str_eq(small, "384M");
	ck_assert_str_eq(large, "18G");
	ck_assert_str_eq(brief, "00:15:00");
	ck_assert_str_eq(longer, "2-12:00:00");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("advice");
	TCase *cases = tcase_create("advice");
	tcase_add_test(cases, steps_are_those_that_a_plain_search_finds);
	tcase_add_test(cases, advice_is_what_nearly_all_jobs_needed_and_a_headroom);
	tcase_add_test(cases, the_ninety_fifth_of_a_hundred_jobs_decides);
	tcase_add_test(cases, nothing_is_advised_on_nine_jobs);
	tcase_add_test(cases, a_job_that_was_cut_needed_more_than_any);
	tcase_add_test(cases, no_more_is_advised_than_is_asked_for);
	tcase_add_test(cases, who_asks_for_what_is_needed_is_told_nothing);
	tcase_add_test(cases, the_example_is_the_kind_that_would_free_most);
	tcase_add_test(cases, of_jobs_on_several_nodes_memory_is_of_each_and_cores_are_not_told);
	tcase_add_test(cases, what_was_not_asked_for_is_told_as_well);
	tcase_add_test(cases, each_need_is_told_only_where_enough_jobs_say_it);
	tcase_add_test(cases, jobs_that_time_cut_are_told_to_have_had_too_little);
	tcase_add_test(cases, which_kinds_are_kept_does_not_depend_on_the_order);
	tcase_add_test(cases, what_is_needed_is_counted_beside_what_else_is);
	tcase_add_test(cases, numbers_are_written_as_one_types_them);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

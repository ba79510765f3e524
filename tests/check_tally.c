/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/tally.h"

#include <string.h>

#include "fixture_jobs.h"

/* Three kinds of node: c1…c8 with 10 CPUs and 100 GiB, f1…f2 with 40 and 1000, g1…g2 with 20, 200
 * and 4 GPUs. */
static struct inventory *usual_inventory(void)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (int i = 1; i <= 8; i++)
		g_string_append_printf(text, "NodeName=c%d CPUTot=10 RealMemory=102400\n", i);
	for (int i = 1; i <= 2; i++)
		g_string_append_printf(text, "NodeName=f%d CPUTot=40 RealMemory=1024000\n", i);
	for (int i = 1; i <= 2; i++)
		g_string_append_printf(text,
		                       "NodeName=g%d CPUTot=20 RealMemory=204800 Gres=gpu:a100:4\n",
		                       i);
	struct inventory *inventory = inventory_from(text->str);
	inventory_finish(inventory);
	return inventory;
}

/* Everything a tally needs and borrows. Pools: of equal size in order of label. */
struct world {
	struct assumptions *assumptions;
	struct inventory *inventory;
	struct zone *zone;
	struct rules rules;
};

enum { POOL_C, POOL_G, POOL_F, POOLS };

/* The window is a week from T0. */
static void world_init(struct world *world, const char *zone)
{
	world->assumptions = assumptions_new();
	world->inventory = usual_inventory();
	world->zone = zone_new(zone, NULL);
	ck_assert_ptr_nonnull(world->zone);
	rules_init(&world->rules, world->assumptions);
	world->rules.from = T0;
	world->rules.to = T0 + 7 * DAY;
	ck_assert_uint_eq(inventory_pools(world->inventory), POOLS);
	ck_assert_int_eq(inventory_pool(world->inventory, POOL_C)->shape.cpus, 10);
	ck_assert_int_eq(inventory_pool(world->inventory, POOL_G)->shape.gpus, 4);
	ck_assert_int_eq(inventory_pool(world->inventory, POOL_F)->shape.cpus, 40);
}

static void world_clear(struct world *world)
{
	inventory_free(world->inventory);
	assumptions_free(world->assumptions);
	zone_free(world->zone);
}

static struct tally *tally_of(const struct world *world)
{
	return tally_new(&world->rules, world->inventory, world->zone);
}

static gint64 sum_of(const struct tally *tally, const struct series *series)
{
	gsize count;
	g_autofree gint64 *values = series_values(series, tally->rules.from, tally->rules.to,
	                                          &count);
	gint64 sum = 0;
	for (gsize i = 0; i < count; i++)
		sum += values[i];
	return sum;
}

static gint64 minute_of(const struct tally *tally, const struct series *series, gint64 minute)
{
	gsize count;
	g_autofree gint64 *values = series_values(series, tally->rules.from, tally->rules.to,
	                                          &count);
	return values[minute];
}

/* All members, one scenario. */
static gint64 ledger_of(const struct tally *tally, guint pool, enum scenario scenario,
                        enum ledger_class class)
{
	gint64 sum = 0;
	for (guint i = 0; i < tally->members->len; i++)
		sum += ((const struct member *)tally->members->pdata[i])
		               ->pools[pool]
		               .ledger.of[scenario][class];
	return sum;
}

/* By hand: half a node from 21:00 on 31 January to 03:00 on 2 February, of Berlin, where these are
 * two months. */
START_TEST(a_job_is_in_the_months_that_it_ran_in)
{
	struct world world;
	world_init(&world, "Europe/Berlin");
	world.rules.to = T0 + 60 * DAY;
	struct tally *tally = tally_of(&world);
	struct job job = job_on("c1", 1, 5);
	job_time_set(&job, T0 + 30 * DAY + 20 * HOUR, 30 * HOUR);
	tally_add(tally, &job);
	tally_order(tally);
	const struct months *months = &tally->months;
	ck_assert_uint_eq(months->of->len, 2);
	ck_assert_int_eq(months->first, 2025 * 12);
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		ck_assert_int_eq(
			g_array_index(months->of, struct ledger, 0).of[s][LEDGER_UNMEASURED],
			MICRO / 2 * 3 * HOUR);
		ck_assert_int_eq(
			g_array_index(months->of, struct ledger, 1).of[s][LEDGER_UNMEASURED],
			MICRO / 2 * 27 * HOUR);
	}
	tally_free(tally);
	world_clear(&world);
}
END_TEST

/* What lies outside a window that is decided on later is taken back from the months that it is
 * in. */
START_TEST(what_is_taken_back_is_taken_back_from_its_month)
{
	struct world world;
	world_init(&world, NULL);
	world.rules.undecided = TRUE;
	struct tally *tally = tally_of(&world);
	struct job job = job_on("c1", 1, 5);
	job_time_set(&job, T0 + 30 * DAY, 29 * DAY);
	tally_add(tally, &job);
	tally_settle(tally, T0 + 31 * DAY - 2 * HOUR, T0 + 31 * DAY + HOUR);
	tally_order(tally);
	const struct months *months = &tally->months;
	ck_assert_uint_eq(months->of->len, 2);
	ck_assert_int_eq(
		g_array_index(months->of, struct ledger, 0).of[SCENARIO_LOW][LEDGER_UNMEASURED],
		MICRO / 2 * 2 * HOUR);
	ck_assert_int_eq(
		g_array_index(months->of, struct ledger, 1).of[SCENARIO_LOW][LEDGER_UNMEASURED],
		MICRO / 2 * HOUR);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(totals_count_whole_jobs_and_waits_only_of_those_that_ran)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	struct job job = job_on("c1", 1, 4);
	job.gpus = 1;
	job_use_millicores(&job, 2500);
	tally_add(tally, &job);
	struct job unmeasured = job_on("c[1-2]", 2, 6);
	job_time_set(&unmeasured, T0 + HOUR, 100);
	unmeasured.eligible = VALUE_UNKNOWN;
	tally_add(tally, &unmeasured);
	struct job pending = job_on("None assigned", 0, 8);
	pending.state = STATE_CANCELLED;
	pending.elapsed_seconds = 0;
	pending.start = T0 + 9999;
	tally_add(tally, &pending);
	tally_order(tally);
	const struct use *use = &tally->total;
	ck_assert_int_eq(use->jobs, 3);
	ck_assert_int_eq(use->ran, 2);
	ck_assert_int_eq(use->cpu_seconds, 4 * 3600 + 6 * 100);
	ck_assert_int_eq(use->gpu_seconds, 3600);
	ck_assert_int_eq(use->node_seconds, 3600 + 200);
	ck_assert_int_eq(use->wall_seconds, 3700);
	ck_assert_int_eq(use->cpu_used_milliseconds, 2500 * 3600);
	ck_assert_int_eq(use->cpu_measured_seconds, 4 * 3600);
	ck_assert_int_eq(use->wait_submit_seconds, 120);
	ck_assert_int_eq(use->wait_eligible_seconds, 120);
	ck_assert_int_eq(tally->wait_without_eligible, 1);
	ck_assert_int_eq(tally->states[STATE_COMPLETED].jobs, 2);
	ck_assert_int_eq(tally->states[STATE_CANCELLED].jobs, 1);
	/* 0.4 of a node for an hour, and 0.3 of each of two for 100 seconds. */
	gint64 held = 0;
	for (enum ledger_class c = 0; c < LEDGER_CLASSES; c++)
		held += ledger_of(tally, POOL_C, SCENARIO_EXPECTED, c);
	ck_assert_int_eq(held, 400000 * 3600 + 2 * 300000 * 100);
	ck_assert_int_eq(sum_of(tally, tally->nodes[POOL_C]), held);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(a_further_piece_of_a_job_adds_hours_and_no_job)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	struct job job = job_on("c1", 1, 4);
	job.exclusive = TRUE;
	tally_add(tally, &job);
	job_time_set(&job, T0 + HOUR, HOUR);
	job.submit = job.eligible = VALUE_UNKNOWN;
	job.piece = TRUE;
	tally_add(tally, &job);
	struct member *member = tally->members->pdata[0];
	tally_order(tally);
	ck_assert_int_eq(tally->total.jobs, 1);
	ck_assert_int_eq(tally->total.ran, 1);
	ck_assert_int_eq(tally->total.cpu_seconds, 2 * 4 * HOUR);
	ck_assert_int_eq(tally->states[STATE_COMPLETED].jobs, 1);
	ck_assert_int_eq(member->use.jobs, 1);
	ck_assert_int_eq(member->took_all_jobs, 1);
	ck_assert_int_eq(member->took_all_cpu_seconds, 2 * 4 * HOUR);
	struct day_use *day = &g_array_index(tally->days.of, struct day_use, 0);
	ck_assert_int_eq(day->jobs_ended, 1);
	ck_assert_int_eq(day->cpu_seconds, 2 * 4 * HOUR);
	ck_assert_int_eq(minute_of(tally, tally->cpus, 61), 4 * 60);
	job.nodelist = slice_of("elsewhere");
	tally_add(tally, &job);
	ck_assert_int_eq(tally->jobs_unplaced, 0);
	ck_assert_int_eq(tally->cpu_seconds_unplaced, 4 * HOUR);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(minutes_hold_cpu_seconds_micro_nodes_and_excess)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	/* Ten minutes from second 30 on, eight CPUs of ten, one busy: right-sized to 2 in the
	 * expected scenario. */
	struct job job = job_on("c1", 1, 8);
	job_time_set(&job, T0 + 30, 600);
	job_use_millicores(&job, 1000);
	tally_add(tally, &job);
	ck_assert_int_eq(minute_of(tally, tally->cpus, 0), 8 * 30);
	ck_assert_int_eq(minute_of(tally, tally->cpus, 1), 8 * 60);
	ck_assert_int_eq(minute_of(tally, tally->cpus, 10), 8 * 30);
	ck_assert_int_eq(minute_of(tally, tally->cpus, 11), 0);
	ck_assert_int_eq(minute_of(tally, tally->nodes[POOL_C], 1), 800000 * 60);
	ck_assert_int_eq(minute_of(tally, tally->excess[POOL_C * SCENARIOS + SCENARIO_EXPECTED], 0),
	                 600000 * 30);
	ck_assert_int_eq(minute_of(tally, tally->excess[POOL_C * SCENARIOS + SCENARIO_HIGH], 1),
	                 700000 * 60);
	ck_assert_int_eq(ledger_of(tally, POOL_C, SCENARIO_EXPECTED, LEDGER_CPU), 600000 * 600);
	ck_assert_int_eq(ledger_of(tally, POOL_C, SCENARIO_EXPECTED, LEDGER_USEFUL), 200000 * 600);
	ck_assert_int_eq(sum_of(tally, tally->nodes[POOL_G]), 0);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(a_job_longer_than_the_window_is_clipped_where_it_meets_capacity)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	struct job job = job_on("c1", 1, 5);
	job_time_set(&job, T0 - 3 * DAY, 30 * DAY);
	tally_add(tally, &job);
	tally_order(tally);
	ck_assert_int_eq(tally->total.cpu_seconds, 30 * DAY * 5);
	ck_assert_int_eq(tally->cpu_seconds_inside, 7 * DAY * 5);
	ck_assert_int_eq(sum_of(tally, tally->cpus), 7 * DAY * 5);
	ck_assert_int_eq(ledger_of(tally, POOL_C, SCENARIO_LOW, LEDGER_UNMEASURED),
	                 500000 * (gint64)7 * DAY);
	ck_assert_int_eq(minute_of(tally, tally->nodes[POOL_C], 0), 500000 * 60);
	ck_assert_int_eq(minute_of(tally, tally->nodes[POOL_C], 7 * 1440 - 1), 500000 * 60);
	/* By day it is whole: it began on 29 December. */
	ck_assert_int_eq(tally->days.of->len, 31);
	ck_assert_int_eq(g_array_index(tally->days.of, struct day_use, 0).cpu_seconds, DAY * 5);
	ck_assert_int_eq(g_array_index(tally->days.of, struct day_use, 30).jobs_ended, 1);
	/* And one wholly outside meets no capacity at all. */
	struct job outside = job_on("c2", 1, 5);
	job_time_set(&outside, T0 + 90 * DAY, HOUR);
	tally_add(tally, &outside);
	ck_assert_int_eq(tally->cpu_seconds_inside, 7 * DAY * 5);
	ck_assert_int_eq(sum_of(tally, tally->cpus), 7 * DAY * 5);
	tally_order(tally);
	ck_assert_int_eq(tally->total.cpu_seconds, 30 * DAY * 5 + HOUR * 5);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(a_running_job_holds_its_nodes_and_is_unfinished)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	struct job job = job_on("c1", 1, 10);
	job.state = STATE_RUNNING;
	job.end = VALUE_UNKNOWN;
	job_use_millicores(&job, 10);
	tally_add(tally, &job);
	tally_order(tally);
	ck_assert_int_eq(tally->total.cpu_seconds, 36000);
	ck_assert_int_eq(sum_of(tally, tally->cpus), 36000);
	ck_assert_int_eq(ledger_of(tally, POOL_C, SCENARIO_HIGH, LEDGER_UNFINISHED), MICRO * 3600);
	ck_assert_int_eq(g_array_index(tally->days.of, struct day_use, 0).jobs_ended, 0);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(a_job_on_several_kinds_of_node_is_split_evenly)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	/* 20 CPUs and 5 GPUs on two c, one f and one g: 5 CPUs on each, which is 0.5, 0.125 and
	 * 0.25 of such a node. A GPU and a quarter on each are 2, 1 and 2 whole ones in order of
	 * pools; 1.25 of 4 is 0.3125 of g's node. */
	struct job job = job_on("c[1-2],f1,g2", 4, 20);
	job.gpus = 5;
	tally_add(tally, &job);
	ck_assert_int_eq(sum_of(tally, tally->nodes[POOL_C]), 2 * 500000 * (gint64)3600);
	ck_assert_int_eq(sum_of(tally, tally->nodes[POOL_F]), 125000 * (gint64)3600);
	ck_assert_int_eq(sum_of(tally, tally->nodes[POOL_G]), 312500 * (gint64)3600);
	ck_assert_int_eq(sum_of(tally, tally->gpus[POOL_C]) + sum_of(tally, tally->gpus[POOL_F]) +
	                     sum_of(tally, tally->gpus[POOL_G]), 5 * 3600);
	ck_assert_int_eq(sum_of(tally, tally->cpus), 20 * 3600);
	ck_assert_int_eq(ledger_of(tally, POOL_G, SCENARIO_EXPECTED, LEDGER_UNMEASURED),
	                 312500 * (gint64)3600);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(an_exclusive_job_takes_whole_nodes)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	struct job job = job_on("c[1-3]", 3, 3);
	job.exclusive = TRUE;
	job_use_millicores(&job, 3000);
	tally_add(tally, &job);
	ck_assert_int_eq(sum_of(tally, tally->nodes[POOL_C]), 3 * MICRO * 3600);
	ck_assert_int_eq(ledger_of(tally, POOL_C, SCENARIO_LOW, LEDGER_WHOLE_NODE),
	                 3 * 900000 * (gint64)3600);
	ck_assert_int_eq(ledger_of(tally, POOL_C, SCENARIO_LOW, LEDGER_USEFUL),
	                 3 * 100000 * (gint64)3600);
	const struct member *member = tally->members->pdata[0];
	ck_assert_int_eq(member->took_all_jobs, 1);
	ck_assert_int_eq(member->took_all_cpu_seconds, 3 * 3600);
	ck_assert_int_eq(member->pools[POOL_C].took_all_excess[SCENARIO_LOW],
	                 3 * 900000 * (gint64)3600);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(a_job_whose_nodes_are_unknown_is_in_totals_and_in_no_pool)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	static const char *const lists[] = { "", "x1", "c1,x1", "c[1-" };
	for (guint i = 0; i < G_N_ELEMENTS(lists); i++) {
		struct job job = job_on(lists[i], 1, 2);
		tally_add(tally, &job);
	}
	ck_assert_int_eq(tally->jobs_unplaced, 4);
	ck_assert_int_eq(tally->cpu_seconds_unplaced, 4 * 2 * 3600);
	ck_assert_int_eq(tally->cpu_seconds_inside, 4 * 2 * 3600);
	ck_assert_int_eq(sum_of(tally, tally->cpus), 4 * 2 * 3600);
	for (guint p = 0; p < POOLS; p++)
		ck_assert_int_eq(sum_of(tally, tally->nodes[p]), 0);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(more_lists_than_are_remembered_are_placed_all_the_same)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	guint64 state = 5;
	gint64 expected[POOLS] = { 0 };
	for (int i = 0; i < 60000; i++) {
		/* The same nodes in other words, over and over: c0[1-8] does not exist. */
		g_autoptr(GString) list = g_string_new(NULL);
		gint64 nodes = 0;
		for (int n = 0; n < 6; n++) {
			guint pool = chance(&state, POOLS),
			      node = 1 + chance(&state, pool == POOL_C ? 8 : 2);
			g_string_append_printf(list, "%s%c%u", n ? "," : "", "cgf"[pool], node);
			expected[pool] += pool == POOL_C ? 100000 : pool == POOL_G ? 50000 : 25000;
			nodes++;
		}
		struct job job = job_on(list->str, nodes, nodes);
		job_time_set(&job, T0, 1);
		tally_add(tally, &job);
	}
	for (guint p = 0; p < POOLS; p++)
		ck_assert_int_eq(sum_of(tally, tally->nodes[p]), expected[p]);
	ck_assert_int_eq(tally->jobs_unplaced, 0);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(days_are_local_days_with_their_changes_of_clock)
{
	struct world world;
	world_init(&world, "Europe/Berlin");
	struct tally *tally = tally_of(&world);
	/* 30 March 2025 has 23 hours in Berlin: from 29 March 12:00 CET (11:00 UTC) for 36 hours =
	 * 12 + 23 + 1. */
	struct job job = job_on("c1", 1, 2);
	job_time_set(&job, G_GINT64_CONSTANT(1743246000), 36 * HOUR);
	job.gpus = 1;
	tally_add(tally, &job);
	tally_order(tally);
	ck_assert_int_eq(tally->days.of->len, 3);
	static const gint64 hours[] = { 12, 23, 1 };
	const struct days *group = tally->group_days->pdata[0];
	for (guint i = 0; i < 3; i++) {
		const struct day_use *day = &g_array_index(tally->days.of, struct day_use, i);
		ck_assert_int_eq(day->cpu_seconds, hours[i] * 2 * HOUR);
		ck_assert_int_eq(day->gpu_seconds, hours[i] * HOUR);
		ck_assert_int_eq(day->node_seconds, hours[i] * HOUR);
		ck_assert_int_eq(day->jobs_ended, i == 2);
		ck_assert_mem_eq(day, &g_array_index(group->of, struct day_use, i), sizeof *day);
	}
	/* Days before the first come in front, with those between. */
	struct job early = job_on("c1", 1, 2);
	job_time_set(&early, G_GINT64_CONSTANT(1743246000) - 10 * DAY, HOUR);
	tally_add(tally, &early);
	tally_order(tally);
	ck_assert_int_eq(tally->days.of->len, 13);
	ck_assert_int_eq(g_array_index(tally->days.of, struct day_use, 0).cpu_seconds, 2 * HOUR);
	ck_assert_int_eq(g_array_index(tally->days.of, struct day_use, 5).cpu_seconds, 0);
	ck_assert_int_eq(g_array_index(tally->days.of, struct day_use, 11).cpu_seconds, 46 * HOUR);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

/* In Berlin 30 March 2025 has 23 hours, and 26 October 25. */
START_TEST(a_wait_begins_in_the_hour_that_the_clock_shows)
{
	static const struct {
		gint64 eligible;
		guint hour;
	} waits[] = {
		{ 1743285600, 5 * 24 + 23 }, /* Saturday, 29 March, 23:00 */
		{ 1743294600, 6 * 24 + 1 },  /* Sunday at 01:30, before the change */
		{ 1743298200, 6 * 24 + 3 },  /* … and an hour later at 03:30 */
		{ 1743330600, 6 * 24 + 12 },
		{ 1743371700, 6 * 24 + 23 },
		{ 1761438600, 6 * 24 + 2 },  /* Sunday, 26 October, at 02:30 */
		{ 1761442200, 6 * 24 + 2 },  /* … and again */
		{ 1761478200, 6 * 24 + 12 },
		{ 1761517800, 6 * 24 + 23 },
	};
	struct world world;
	world_init(&world, "Europe/Berlin");
	for (guint i = 0; i < G_N_ELEMENTS(waits); i++) {
		struct tally *tally = tally_of(&world);
		struct job job = job_on("c1", 1, 2);
		gint64 jobs = 0;
		job_time_set(&job, waits[i].eligible + 2 * HOUR, HOUR);
		job.eligible = waits[i].eligible;
		tally_add(tally, &job);
		for (guint step = 0; step < HABITS_WAITS; step++)
			jobs += tally->habits.hours[waits[i].hour][step];
		ck_assert_msg(jobs == 1, "wait %u does not begin in hour %u of the week", i,
		              waits[i].hour);
		tally_free(tally);
	}
	world_clear(&world);
}
END_TEST

START_TEST(waits_fall_into_the_first_step_that_holds_them)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	static const gint64 waits[] = { 0, 1, 20, 21, 300, 86400, 40000000 };
	for (guint i = 0; i < G_N_ELEMENTS(waits); i++) {
		struct job job = job_on("c1", 1, 1);
		job.eligible = job.start - waits[i];
		tally_add(tally, &job);
	}
	/* A start before the job was eligible (clocks differ) is no wait. */
	struct job early = job_on("c1", 1, 1);
	early.eligible = early.start + 5;
	tally_add(tally, &early);
	gint64 jobs = 0;
	for (guint bin = 0; bin < WAIT_BINS; bin++) {
		gint64 expected = bin == 0;
		for (guint i = 0; i < G_N_ELEMENTS(waits); i++)
			expected += (bin == WAIT_BINS - 1 || waits[i] <= waits_edge_seconds(bin)) &&
			            (bin == 0 || waits[i] > waits_edge_seconds(bin - 1));
		ck_assert_int_eq(tally->waits.jobs[bin], expected);
		jobs += tally->waits.jobs[bin];
	}
	ck_assert_int_eq(jobs, 8);
	ck_assert_int_eq(waits_edge_seconds(0), 0);
	ck_assert_int_eq(waits_edge_seconds(20), 20);
	ck_assert_int_eq(waits_edge_seconds(21), 22);
	ck_assert_int_gt(waits_edge_seconds(WAIT_BINS - 1), 365 * DAY);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(efficiency_is_of_judged_jobs_and_what_exceeds_is_counted_and_used_at_its_limit)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	struct job job = job_on("c1", 1, 10);
	job.memory_bytes = 50 * GIB;
	job.memory_peak_bytes = 20 * GIB;
	job_use_millicores(&job, 1499); /* 14.99 % is in the 14th per cent */
	tally_add(tally, &job);
	job_use_millicores(&job, 10000);
	job.memory_peak_bytes = 80 * GIB;
	tally_add(tally, &job);
	job_use_millicores(&job, 10001);
	tally_add(tally, &job);
	job.state = STATE_FAILED;
	tally_add(tally, &job);
	const struct member *member = tally->members->pdata[0];
	ck_assert_uint_eq(member->efficiency[14], 1);
	ck_assert_uint_eq(member->efficiency[100], 2);
	ck_assert_int_eq(tally->used_above_held, 2);
	ck_assert_int_eq(tally->peak_above_asked, 3);
	ck_assert_int_eq(member->judged_memory_jobs, 3);
	ck_assert_int_eq(member->memory_asked_mib_seconds, 3 * 50 * 1024 * 3600);
	ck_assert_int_eq(member->memory_peak_mib_seconds, (20 + 50 + 50) * 1024 * 3600);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(memory_is_known_when_it_was_asked_for_in_any_way)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	struct job job = job_on("c1", 1, 2);
	tally_add(tally, &job);
	ck_assert_int_eq(tally->cpu_seconds_memory_known, 0);
	job.memory_bytes = GIB;
	tally_add(tally, &job);
	job.memory_bytes = VALUE_UNLIMITED;
	tally_add(tally, &job);
	job.memory_bytes = VALUE_UNKNOWN;
	job.whole_node_memory = TRUE;
	tally_add(tally, &job);
	ck_assert_int_eq(tally->cpu_seconds_memory_known, 3 * 2 * 3600);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(jobs_that_took_all_are_kept_with_what_they_used_of_a_node)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	/* All memory of two nodes; 30 GiB used at most, 15 on each. */
	struct job job = job_on("c[1-2]", 2, 2);
	job.memory_bytes = 200 * GIB;
	job.memory_peak_bytes = 30 * GIB;
	job_use_millicores(&job, 2000);
	tally_add(tally, &job);
	job.memory_peak_bytes = 50 * GIB;
	tally_add(tally, &job);
	job.memory_peak_bytes = VALUE_UNKNOWN;
	tally_add(tally, &job);
	const struct member *member = tally->members->pdata[0];
	ck_assert_int_eq(member->took_all_jobs, 3);
	ck_assert_int_eq(member->took_all_judged, 2);
	ck_assert_int_eq(member->took_all_peak_mib, (15 + 25) * 1024);
	ck_assert_int_eq(member->took_all_peak_max_mib, 25 * 1024);
	/* 15 and 25 + 20 % of 100 GiB: 0.82 and 0.7 of each node were not needed; the third job is
	 * not judged for memory. */
	ck_assert_int_eq(member->pools[POOL_C].took_all_excess[SCENARIO_EXPECTED],
	                 2 * (820000 + 700000) * (gint64)3600);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(jobs_that_took_all_count_where_they_ended)
{
	struct world world;
	world_init(&world, NULL);
	world.rules.declared = TRUE;
	struct tally *tally = tally_of(&world);
	/* Half of it lies in the period, which it ends after: the next has it, and this one its
	 * hours. */
	struct job job = job_on("c1", 1, 2);
	job.memory_bytes = 100 * GIB;
	job.memory_peak_bytes = 10 * GIB;
	job_time_set(&job, T0 + 7 * DAY - HOUR, 2 * HOUR);
	tally_add(tally, &job);
	const struct member *member = tally->members->pdata[0];
	ck_assert_int_eq(tally->jobs_outside, 1);
	ck_assert_int_eq(member->took_all_jobs, 0);
	ck_assert_int_eq(member->took_all_cpu_seconds, 0);
	ck_assert_int_eq(member->took_all_judged, 0);
	ck_assert_int_gt(member->pools[POOL_C].took_all_excess[SCENARIO_EXPECTED], 0);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

START_TEST(users_are_grouped_as_the_rules_say)
{
	struct world world;
	world_init(&world, NULL);
	for (enum group_by by = GROUP_BY_ACCOUNT; by <= GROUP_BY_GROUP; by++) {
		world.rules.group_by = by;
		struct tally *tally = tally_of(&world);
		static const char *const accounts[] = { "group_A", "group_B", "group_A",
			                                "group_B" };
		for (guint i = 0; i < G_N_ELEMENTS(accounts); i++) {
			struct job job = job_on("c1", 1, 1);
			job.account = slice_of(accounts[i]);
			job.group = slice_of("group_C");
			job.user = slice_of(i == 3 ? "user_0002" : "user_0001");
			tally_add(tally, &job);
		}
		ck_assert_uint_eq(intern_count(tally->users), 2);
		ck_assert_uint_eq(intern_count(tally->groups), by == GROUP_BY_ACCOUNT ? 2 : 1);
		ck_assert_uint_eq(tally->members->len, by == GROUP_BY_ACCOUNT ? 3 : 2);
		ck_assert_int_eq(((const struct member *)tally->members->pdata[0])->use.jobs,
		                 by == GROUP_BY_ACCOUNT ? 2 : 3);
		tally_free(tally);
	}
	world_clear(&world);
}
END_TEST

START_TEST(names_are_told_each_time_unless_they_are_said_to_repeat)
{
	static const struct {
		const char *user, *account;
		gboolean repeats, told;
	} jobs[] = {
		{ "", "", TRUE, TRUE }, /* there is none before it */
		{ "", "", TRUE, FALSE },
		{ "user_0001", "group_A", FALSE, TRUE },
		{ "user_0001", "group_A", TRUE, FALSE },
		{ "user_0001", "group_A", FALSE, TRUE },
		{ "user_0001", "group_B", FALSE, TRUE },
		{ "user_0002", "group_B", FALSE, TRUE },
		{ "a_name_of_many_bytes_1", "group_B", FALSE, TRUE },
		{ "a_name_of_many_bytes_1", "group_B", TRUE, FALSE },
		{ "a_name_of_many_bytes_2", "group_B", FALSE, TRUE },
	};
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	for (guint i = 0; i < G_N_ELEMENTS(jobs); i++) {
		struct job job = job_on("c1", 1, 1);
		job.user = slice_of(jobs[i].user);
		job.account = slice_of(jobs[i].account);
		job.repeats = jobs[i].repeats;
		ck_assert_msg(tally_add(tally, &job) == jobs[i].told, "job %u", i);
	}
	ck_assert_uint_eq(tally->members->len, 6);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

/* tally(a) + tally(b) = tally(a + b) */

enum { JOBS = 4000 };

static void add_random_job(struct tally *tally, int number)
{
	static const char *const lists[] = { "c1", "c2", "c[1-4]",    "c[5-8],f1", "f[1-2]",
		                             "g1", "g2", "g[1-2],c3", "x9",        "" };
	static const gint64 nodes[] = { 1, 1, 4, 5, 2, 1, 1, 3, 1, 1 };
	guint64 state = (guint64)number * 7919;
	guint which = chance(&state, G_N_ELEMENTS(lists));
	g_autofree char *user = g_strdup_printf("user_%04u", chance(&state, 40));
	g_autofree char *account = g_strdup_printf("group_%u", chance(&state, 7));
	struct job job = job_on(lists[which], nodes[which], nodes[which] + chance(&state, 30));
	job.user = slice_of(user);
	job.account = slice_of(account);
	job.state = chance(&state, 2) ? STATE_COMPLETED : (enum job_state)chance(&state, STATES);
	job_time_set(&job, T0 - 2 * DAY + chance(&state, 10 * DAY), chance(&state, 2 * DAY));
	job.eligible = chance(&state, 5) ? job.start - chance(&state, 10000) : VALUE_UNKNOWN;
	job.memory_bytes = chance(&state, 4) ? (gint64)chance(&state, 300000) << 20
	                                     : VALUE_UNLIMITED;
	job.memory_peak_bytes = chance(&state, 3) ? (gint64)(1 + chance(&state, 300000)) << 20
	                                          : VALUE_UNKNOWN;
	if (chance(&state, 3))
		job.cpu_used_milliseconds = 1 + job.elapsed_seconds *
		                                        chance(&state, (guint32)job.cpus * 1050);
	job.gpus = which >= 5 && which <= 7 ? chance(&state, 5) : 0;
	job.gpu_util = job.gpus > 0 && chance(&state, 2) ? chance(&state, 3) * 40 : VALUE_UNKNOWN;
	job.exclusive = !chance(&state, 12);
	job.whole_node_memory = !chance(&state, 12);
	job.ran = chance(&state, 15) > 0;
	tally_add(tally, &job);
}

static void assert_series_equal(const struct series *a, const struct series *b, gint64 step)
{
	gsize count;
	gint64 from = T0 - 5 * DAY, to = T0 + 15 * DAY;
	g_autofree gint64 *left = series_values(a, from, to, &count),
			  *right = series_values(b, from, to, &count);
	ck_assert_uint_eq(count, (gsize)((to - from) / step));
	ck_assert_mem_eq(left, right, count * sizeof *left);
}

static void assert_days_equal(const struct days *a, const struct days *b)
{
	ck_assert_int_eq(a->first, b->first);
	ck_assert_uint_eq(a->of->len, b->of->len);
	ck_assert_mem_eq(a->of->data, b->of->data, a->of->len * sizeof(struct day_use));
}

static const struct member *member_named(const struct tally *tally, const char *user,
                                         const char *group)
{
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		if (strcmp(intern_text(tally->users, member->user), user) == 0 &&
		    strcmp(intern_text(tally->groups, member->group), group) == 0)
			return member;
	}
	return NULL;
}

static void assert_members_equal(const struct tally *a, const struct tally *b)
{
	ck_assert_uint_eq(a->members->len, b->members->len);
	for (guint i = 0; i < a->members->len; i++) {
		const struct member *left = a->members->pdata[i];
		const struct member *right = member_named(b, intern_text(a->users, left->user),
		                                          intern_text(a->groups, left->group));
		ck_assert_ptr_nonnull(right);
		ck_assert_mem_eq(&left->use, &right->use, sizeof left->use);
		ck_assert_mem_eq(left->efficiency, right->efficiency, sizeof left->efficiency);
		ck_assert_mem_eq(left->pools, right->pools, POOLS * sizeof *left->pools);
		ck_assert_int_eq(left->judged_memory_jobs, right->judged_memory_jobs);
		ck_assert_int_eq(left->memory_asked_mib_seconds, right->memory_asked_mib_seconds);
		ck_assert_int_eq(left->memory_peak_mib_seconds, right->memory_peak_mib_seconds);
		ck_assert_int_eq(left->took_all_jobs, right->took_all_jobs);
		ck_assert_int_eq(left->took_all_cpu_seconds, right->took_all_cpu_seconds);
		ck_assert_int_eq(left->took_all_judged, right->took_all_judged);
		ck_assert_int_eq(left->took_all_peak_mib, right->took_all_peak_mib);
		ck_assert_int_eq(left->took_all_peak_max_mib, right->took_all_peak_max_mib);
	}
}

static void assert_all_series_equal(const struct tally *a, const struct tally *b)
{
	assert_series_equal(a->cpus, b->cpus, 60);
	for (guint p = 0; p < POOLS; p++) {
		assert_series_equal(a->nodes[p], b->nodes[p], 60);
		assert_series_equal(a->gpus[p], b->gpus[p], 60);
		assert_series_equal(a->light[p], b->light[p], 60);
		for (guint s = 0; s < SCENARIOS; s++)
			assert_series_equal(a->excess[p * SCENARIOS + s],
			                    b->excess[p * SCENARIOS + s], 60);
	}
	ck_assert_uint_eq(a->group_cpus->len, b->group_cpus->len);
	for (guint g = 0; g < a->group_cpus->len; g++) {
		gint64 other = intern_find(b->groups, slice_of(intern_text(a->groups, g)));
		ck_assert_int_ge(other, 0);
		assert_series_equal(a->group_cpus->pdata[g], b->group_cpus->pdata[other], 3600);
		assert_days_equal(a->group_days->pdata[g], b->group_days->pdata[other]);
	}
}

static void assert_tallies_equal(struct tally *a, struct tally *b)
{
	tally_order(a);
	tally_order(b);
	ck_assert_mem_eq(&a->rows, &b->rows, sizeof a->rows);
	ck_assert_mem_eq(&a->total, &b->total, sizeof a->total);
	ck_assert_mem_eq(a->states, b->states, sizeof a->states);
	ck_assert_mem_eq(a->waits.jobs, b->waits.jobs, sizeof a->waits.jobs);
	ck_assert_uint_eq(intern_count(a->users), intern_count(b->users));
	assert_members_equal(a, b);
	assert_all_series_equal(a, b);
	assert_days_equal(&a->days, &b->days);
	ck_assert_int_eq(a->jobs_unplaced, b->jobs_unplaced);
	ck_assert_int_eq(a->cpu_seconds_unplaced, b->cpu_seconds_unplaced);
	ck_assert_int_eq(a->gpu_seconds_fitting, b->gpu_seconds_fitting);
	ck_assert_int_eq(a->gpu_seconds_beyond, b->gpu_seconds_beyond);
	ck_assert_int_eq(a->cpu_seconds_fitting, b->cpu_seconds_fitting);
	ck_assert_int_eq(a->cpu_seconds_beyond, b->cpu_seconds_beyond);
	ck_assert_int_eq(a->cpu_seconds_inside, b->cpu_seconds_inside);
	ck_assert_int_eq(a->cpu_seconds_memory_known, b->cpu_seconds_memory_known);
	ck_assert_int_eq(a->used_above_held, b->used_above_held);
	ck_assert_int_eq(a->peak_above_asked, b->peak_above_asked);
	ck_assert_int_eq(a->wait_without_eligible, b->wait_without_eligible);
}

/* What a reader would have told of so many jobs. */
static void account(struct tally *tally, guint64 jobs, enum column column)
{
	struct reading reading = {
		.rows = 2 * jobs + 7, .jobs = jobs, .steps = jobs, .duplicates = 3
	};
	reading.set_aside[ASIDE_TIME] = 4;
	reading.has[column] = TRUE;
	tally_account(tally, &reading);
}

START_TEST(two_tallies_merged_are_the_tally_of_all_in_any_order)
{
	struct world world;
	world_init(&world, "Europe/Berlin");
	struct tally *whole = tally_of(&world), *backward = tally_of(&world), *a = tally_of(&world),
		     *b = tally_of(&world);
	for (int i = 0; i < JOBS; i++) {
		add_random_job(whole, i);
		add_random_job(backward, JOBS - 1 - i);
		add_random_job(i % 3 == 0 || i > 3000 ? a : b, i);
	}
	struct tally *parts[] = { whole, backward };
	for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
		account(parts[i], JOBS / 2, COLUMN_USER);
		account(parts[i], JOBS / 2, COLUMN_ACCOUNT);
	}
	account(a, JOBS / 2, COLUMN_USER);
	account(b, JOBS / 2, COLUMN_ACCOUNT);
	tally_merge(a, b);
	assert_tallies_equal(whole, backward);
	assert_tallies_equal(whole, a);
	ck_assert_int_eq(whole->rows.set_aside[ASIDE_TIME], 8);
	ck_assert_int_eq(whole->rows.read,
	                 whole->rows.used + whole->rows.steps + whole->rows.duplicates + 8);
	ck_assert(whole->rows.has[COLUMN_USER] && whole->rows.has[COLUMN_ACCOUNT]);
	/* Nothing is the same for lack of anything to be different. */
	ck_assert_int_gt(whole->jobs_unplaced, 100);
	ck_assert_int_gt(whole->peak_above_asked, 100);
	ck_assert_int_gt(whole->used_above_held, 20);
	ck_assert_int_gt(ledger_of(whole, POOL_G, SCENARIO_EXPECTED, LEDGER_GPU), 0);
	tally_free(whole);
	tally_free(backward);
	tally_free(a);
	tally_free(b);
	world_clear(&world);
}
END_TEST

START_TEST(what_is_laid_down_meanwhile_is_neither_lost_nor_counted_twice)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *whole = tally_of(&world), *a = tally_of(&world), *b = tally_of(&world),
		     *shelf = tally_of(&world);
	for (int i = 0; i < JOBS; i++) {
		add_random_job(whole, i);
		add_random_job(i % 2 ? a : b, i);
		if (i % 700 == 0)
			tally_unload(i % 3 ? a : b, shelf);
	}
	ck_assert_uint_gt(bundle_days(shelf->cluster), 4);
	ck_assert_uint_gt(shelf->members->len, a->members->len);
	tally_unload(shelf, a);
	ck_assert_uint_eq(shelf->members->len, 0);
	ck_assert_uint_eq(bundle_days(shelf->cluster), 0);
	tally_merge(a, b);
	assert_tallies_equal(whole, a);
	tally_free(whole);
	tally_free(a);
	tally_free(b);
	tally_free(shelf);
	world_clear(&world);
}
END_TEST

static void assert_same_in_window(struct tally *a, struct tally *b)
{
	gsize count;
	tally_order(a);
	tally_order(b);
	assert_members_equal(a, b);
	ck_assert_int_eq(a->cpu_seconds_inside, b->cpu_seconds_inside);
	for (guint p = 0; p < POOLS; p++) {
		g_autofree gint64 *left = series_values(a->nodes[p], b->rules.from, b->rules.to,
		                                        &count);
		g_autofree gint64 *right = series_values(b->nodes[p], b->rules.from, b->rules.to,
		                                         &count);
		ck_assert_mem_eq(left, right, count * sizeof *left);
	}
}

/* From when the first job ended to when the last did; what others held before and after is taken
 * back. */
START_TEST(a_window_that_shows_at_the_end_is_the_one_that_was_known_before)
{
	struct world world;
	world_init(&world, NULL);
	world.rules.undecided = TRUE;
	struct tally *forward = tally_of(&world), *backward = tally_of(&world),
		     *a = tally_of(&world), *b = tally_of(&world);
	struct tally *c = tally_of(&world), *shelf = tally_of(&world);
	guint pinned = 0, moved = 0;
	for (int i = 0; i < JOBS; i++) {
		add_random_job(forward, i);
		add_random_job(backward, JOBS - 1 - i);
		add_random_job(i % 3 == 0 || i > 3000 ? a : b, i);
		add_random_job(c, i);
		if (i % 500 == 499) {
			guint before = c->members->len;
			tally_unload(c, shelf);
			pinned += c->members->len;
			moved += before - c->members->len;
		}
	}
	ck_assert_uint_gt(pinned, 0);
	ck_assert_uint_gt(moved, 0);
	tally_unload(shelf, c);
	tally_free(shelf);
	tally_merge(a, b);
	world.rules.undecided = FALSE;
	world.rules.from = forward->extent.first_end / 60 * 60;
	world.rules.to = (forward->extent.last_end + 59) / 60 * 60;
	struct tally *known = tally_of(&world);
	for (int i = 0; i < JOBS; i++)
		add_random_job(known, i);
	struct tally *others[] = { forward, backward, a, c };
	for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
		ck_assert_int_eq(others[i]->extent.first_end, forward->extent.first_end);
		/* Something is to be taken back, and not everything is kept for that. */
		ck_assert_int_gt(others[i]->cpu_seconds_inside, known->cpu_seconds_inside);
		ck_assert_uint_gt(others[i]->edges->len, 10);
		tally_settle(others[i], world.rules.from, world.rules.to);
		assert_same_in_window(others[i], known);
	}
	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		tally_free(others[i]);
	tally_free(known);
	tally_free(b);
	world_clear(&world);
}
END_TEST

START_TEST(the_ledger_is_what_was_held_and_its_excess_is_the_series)
{
	struct world world;
	world_init(&world, NULL);
	struct tally *tally = tally_of(&world);
	for (int i = 0; i < JOBS; i++)
		add_random_job(tally, i);
	for (guint p = 0; p < POOLS; p++)
		for (enum scenario s = 0; s < SCENARIOS; s++) {
			gint64 held = 0, excess = 0;
			for (enum ledger_class c = 0; c < LEDGER_CLASSES; c++) {
				held += ledger_of(tally, p, s, c);
				excess += ledger_class_is_excess(c) ? ledger_of(tally, p, s, c) : 0;
			}
			ck_assert_int_eq(held, sum_of(tally, tally->nodes[p]));
			ck_assert_int_eq(excess, sum_of(tally, tally->excess[p * SCENARIOS + s]));
			ck_assert_int_gt(excess, 0);
		}
	gint64 by_state = 0, by_member = 0, by_group_day = 0, by_day = 0;
	for (enum job_state s = 0; s < STATES; s++)
		by_state += tally->states[s].cpu_seconds;
	for (guint i = 0; i < tally->members->len; i++)
		by_member += ((const struct member *)tally->members->pdata[i])->use.cpu_seconds;
	tally_order(tally);
	for (guint i = 0; i < tally->days.of->len; i++)
		by_day += g_array_index(tally->days.of, struct day_use, i).cpu_seconds;
	for (guint g = 0; g < tally->group_days->len; g++) {
		const struct days *days = tally->group_days->pdata[g];
		for (guint i = 0; i < days->of->len; i++)
			by_group_day += g_array_index(days->of, struct day_use, i).cpu_seconds;
	}
	ck_assert_int_eq(by_state, tally->total.cpu_seconds);
	ck_assert_int_eq(by_member, tally->total.cpu_seconds);
	/* Days are of jobs that ran only. */
	ck_assert_int_gt(by_day, 0);
	ck_assert_int_lt(by_day, tally->total.cpu_seconds);
	ck_assert_int_eq(by_group_day, by_day);
	ck_assert_int_eq(sum_of(tally, tally->cpus), tally->cpu_seconds_inside);
	tally_free(tally);
	world_clear(&world);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("tally");
	TCase *cases = tcase_create("tally");
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, a_job_is_in_the_months_that_it_ran_in);
	tcase_add_test(cases, what_is_taken_back_is_taken_back_from_its_month);
	tcase_add_test(cases, totals_count_whole_jobs_and_waits_only_of_those_that_ran);
	tcase_add_test(cases, a_further_piece_of_a_job_adds_hours_and_no_job);
	tcase_add_test(cases, minutes_hold_cpu_seconds_micro_nodes_and_excess);
	tcase_add_test(cases, a_job_longer_than_the_window_is_clipped_where_it_meets_capacity);
	tcase_add_test(cases, a_running_job_holds_its_nodes_and_is_unfinished);
	tcase_add_test(cases, a_job_on_several_kinds_of_node_is_split_evenly);
	tcase_add_test(cases, an_exclusive_job_takes_whole_nodes);
	tcase_add_test(cases, a_job_whose_nodes_are_unknown_is_in_totals_and_in_no_pool);
	tcase_add_test(cases, more_lists_than_are_remembered_are_placed_all_the_same);
	tcase_add_test(cases, days_are_local_days_with_their_changes_of_clock);
	tcase_add_test(cases, a_wait_begins_in_the_hour_that_the_clock_shows);
	tcase_add_test(cases, waits_fall_into_the_first_step_that_holds_them);
	tcase_add_test(
		cases,
		efficiency_is_of_judged_jobs_and_what_exceeds_is_counted_and_used_at_its_limit);
	tcase_add_test(cases, memory_is_known_when_it_was_asked_for_in_any_way);
	tcase_add_test(cases, jobs_that_took_all_are_kept_with_what_they_used_of_a_node);
	tcase_add_test(cases, jobs_that_took_all_count_where_they_ended);
	tcase_add_test(cases, users_are_grouped_as_the_rules_say);
	tcase_add_test(cases, names_are_told_each_time_unless_they_are_said_to_repeat);
	tcase_add_test(cases, two_tallies_merged_are_the_tally_of_all_in_any_order);
	tcase_add_test(cases, what_is_laid_down_meanwhile_is_neither_lost_nor_counted_twice);
	tcase_add_test(cases, a_window_that_shows_at_the_end_is_the_one_that_was_known_before);
	tcase_add_test(cases, the_ledger_is_what_was_held_and_its_excess_is_the_series);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

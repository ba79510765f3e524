/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture_analysis.h"

static void assert_scenarios(const struct world *world, const char *id, double expected)
{
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		g_autofree char *full = g_strdup_printf("%s.%s", id, scenario_name(s));
		assert_value(world, full, expected);
	}
}

START_TEST(every_figure_of_a_plain_case_is_what_the_hand_computes)
{
	struct world world;
	world_init(&world);
	fill_plainly(&world);
	analyse(&world);
	assert_value(&world, "jobs.count", 2);
	assert_value(&world, "cpu.hours", 30 * 240);
	assert_value(&world, "node.hours", 3 * 240);
	assert_value(&world, "wall.hours", 2 * 240);
	assert_value(&world, "cpu.used.hours", 10.5 * 240);
	assert_value(&world, "capacity.nodes", 4);
	assert_value(&world, "capacity.cpus", 40);
	assert_value(&world, "utilization", 0.75);
	assert_value(&world, "utilization.is_bound", 0);
	assert_missing(&world, "utilization.gpus", "have no GPUs");
	assert_value(&world, "demand.cpus.mean", 30);
	assert_value(&world, "demand.cpus.p50", 30);
	assert_value(&world, "demand.cpus.peak", 30);
	assert_value(&world, "ledger.hours", 720);
	assert_value(&world, "ledger.cpu.hours", 1.8 * 240);
	assert_value(&world, "ledger.useful.hours", 1.2 * 240);
	assert_value(&world, "ledger.excess.share", 0.6);
	assert_value(&world, "coverage", 1);
	assert_value(&world, "pool.1.capital", 7500);
	assert_value(&world, "pool.1.cash", 1500);
	assert_value(&world, "pool.1.rent", 20);
	assert_value(&world, "cost.total", 36000);
	/* K* = 3 and K*' = 2; of 1.8 node-years given back 1 makes a node go, 0.8 are returned. */
	assert_scenarios(&world, "saving.infrastructure", 9000);
	assert_scenarios(&world, "saving.users", 9000);
	assert_scenarios(&world, "saving.returned", 7200);
	assert_scenarios(&world, "saving.total", 25200);
	assert_scenarios(&world, "saving.purchase", 15000);
	assert_scenarios(&world, "saving.running", 3000);
	assert_scenarios(&world, "saving.now", 3000);
	assert_value(&world, "programme.top_users.hours", 432);
	assert_value(&world, "programme.top_users.gross", 1.8 * 9000);
	assert_value(&world, "programme.top_users.users", 2);
	/* Four hours for the one who has something to give back, at 80 an hour; nobody took all of
	 * a node, and nothing is to be rented. */
	assert_value(&world, "programme.top_users.helped", 1);
	assert_value(&world, "acting.top_users.hours", 4);
	assert_value(&world, "acting.top_users.cost", 320);
	assert_value(&world, "payback.top_users", 320 / (1.8 * 9000));
	assert_value(&world, "acting.took_all.hours", 0);
	assert_missing(&world, "payback.took_all", "nothing comes of it");
	assert_value(&world, "acting.rents.cost", 0);
	assert_value(&world, "payback.rents", 0);
	/* That user, and the group that is to be trained, for sixteen hours. */
	assert_value(&world, "acting.users", 1);
	assert_value(&world, "acting.groups", 1);
	assert_value(&world, "acting.training.hours", 16);
	assert_value(&world, "acting.hours", 4 + 16);
	assert_value(&world, "acting.people.cost", 20 * 80);
	/* Of 30 cores one has 20: a difference of 10 between the two ÷ twice their sum. */
	assert_value(&world, "power.gini", 10.0 / 60);
	assert_value(&world, "top50.share", 1);
	assert_value(&world, "own.keep", 3);
	assert_value(&world, "own.keep.cpus", 30);
	assert_value(&world, "own.bursts.deepest", 0);
	assert_value(&world, "own.need", 3 * 8760);
	assert_value(&world, "own.burst.share", 0);
	assert_value(&world, "own.p85.nodes", 3);
	assert_value(&world, "own.p85.burst", 0);
	assert_value(&world, "own.p85.cost", 27000);
	assert_value(&world, "own.p85.saving", 9000);
	assert_value(&world, "own.bursts.longest", 0);
	assert_value(&world, "own.bursts.time", 0);
	assert_value(&world, "wait.median", 60);
	world_clear(&world);
}
END_TEST

/* A third node is needed for twenty hours of 240, for which it pays to own one; for eleven once an
 * idle job gives back. */
START_TEST(renting_is_set_up_also_where_only_what_users_give_back_makes_it_pay)
{
	static const char *const conditions[] = { "acting.rents", "own_or_rent.gain",
		                                  "own_or_rent.nothing", "own.p85.better",
		                                  "demand.is_gpus" };
	struct world world;
	world_init(&world);
	job_use_millicores(add(&world, "user_0001", "group_A", job_on("n[1-2]", 2, 20), 0, 240),
	                   20000);
	job_use_millicores(add(&world, "user_0001", "group_A", job_on("n3", 1, 10), 0, 10), 10000);
	job_use_millicores(add(&world, "user_0002", "group_A", job_on("n3", 1, 10), 10, 10), 800);
	analyse(&world);
	assert_value(&world, "own.keep", 3);
	assert_value(&world, "own.burst", 0);
	assert_value(&world, "own.keep_users", 2);
	assert_value(&world, "pool.1.burst_users.expected", 11 * 36.5);
	assert_value(&world, "acting.rents", 1);
	/* Conditions of the words are no figures for the summary of the workbook. */
	for (guint i = 0; i < G_N_ELEMENTS(conditions); i++)
		ck_assert_msg(figures_find(world.analysis->evidence.figures, conditions[i])->detail,
		              "%s", conditions[i]);
	world_clear(&world);
}
END_TEST

/* Ten heaviest, of whom one also took all of a node's memory, as the twelfth did; the eleventh has
 * nothing to learn. */
START_TEST(who_is_in_several_programmes_is_helped_once_and_who_is_in_none_not_at_all)
{
	struct world world;
	world_init(&world);
	for (int i = 1; i <= 12; i++) {
		g_autofree char *user = g_strdup_printf("user_%04d", i);
		struct job *job = add(&world, user, "group_A", job_on("n1", 1, i == 12 ? 1 : 10), 0,
		                      i < 11    ? 20
		                      : i == 11 ? 10
		                                : 2);
		job_use_millicores(job, i == 12 ? 1000 : i == 11 ? 10000 : 5000);
		if (i == 1 || i == 12) {
			job->memory_bytes = 100 * GIB;
			job->memory_peak_bytes = 20 * GIB;
		}
	}
	analyse(&world);
	assert_value(&world, "programme.top_users.users", 10);
	assert_value(&world, "programme.top_users.helped", 9);
	assert_value(&world, "programme.took_all.helped", 2);
	assert_value(&world, "acting.users", 11);
	assert_value(&world, "acting.groups", 0);
	world_clear(&world);
}
END_TEST

START_TEST(without_an_inventory_no_money_is_put_on_nodes)
{
	struct world world;
	world_init(&world);
	world.nodes = NULL;
	fill_plainly(&world);
	analyse(&world);
	ck_assert(!world.analysis->evidence.has_capacity);
	assert_missing(&world, "cost.total", "list of the cluster");
	assert_missing(&world, "capacity.cpus", "list of the cluster");
	assert_missing(&world, "saving.infrastructure.expected", "list of the cluster");
	assert_missing(&world, "saving.users.expected", "list of the cluster");
	assert_missing(&world, "saving.now.expected", "list of the cluster");
	assert_value(&world, "acting.rents", 0);
	assert_value(&world, "acting.hours", 4 + 16);
	/* Not none. */
	assert_missing(&world, "pool.1.keep.expected", "list of the cluster");
	assert_missing(&world, "pool.1.burst_users.low", "list of the cluster");
	assert_missing(&world, "pool.1.now.keep_users.high", "list of the cluster");
	/* What comes back, 1.8 nodes, is worth what a node of the inferred kind costs. */
	assert_scenarios(&world, "saving.returned", 16200);
	assert_scenarios(&world, "saving.total", 16200);
	assert_missing(&world, "utilization.gpus", "list of the cluster");
	/* 30 CPUs of at least 30. */
	assert_value(&world, "utilization", 1);
	assert_value(&world, "utilization.is_bound", 1);
	world_clear(&world);
}
END_TEST

static const struct {
	const char *nodes;
	gint64 memory_bytes; /* of the large job */
	enum grade grade;
} grades[] = {
	{ FOUR_NODES, GIB, GRADE_A },
	{ NULL, GIB, GRADE_B },
	/* Jobs that do not say what memory they held may have held more of the nodes than their
	 * CPUs. */
	{ FOUR_NODES, VALUE_UNKNOWN, GRADE_C },
	{ NULL, VALUE_UNKNOWN, GRADE_C },
};

START_TEST(the_total_is_graded_by_what_it_stands_on)
{
	struct world world;
	world_init(&world);
	world.nodes = grades[_i].nodes;
	fill_plainly(&world);
	g_array_index(world.jobs, struct job, 0).memory_bytes = grades[_i].memory_bytes;
	g_array_index(world.jobs, struct job, 1).memory_bytes = GIB;
	analyse(&world);
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		g_autofree char *id = g_strconcat("saving.total.", scenario_name(s), NULL);
		ck_assert_str_eq(grade_name(figure(&world, id)->grade),
		                 grade_name(grades[_i].grade));
	}
	/* The large job holds twenty of thirty CPUs. */
	assert_value(&world, "memory.known.share",
	             grades[_i].memory_bytes == VALUE_UNKNOWN ? 1.0 / 3 : 1);
	world_clear(&world);
}
END_TEST

START_TEST(without_use_only_the_nodes_can_be_judged)
{
	struct world world;
	world_init(&world);
	add(&world, "user_0001", "group_A", job_on("n[1-2]", 2, 20), 0, 240);
	analyse(&world);
	ck_assert(!world.analysis->evidence.has_usage);
	assert_scenarios(&world, "saving.infrastructure", 18000);
	assert_scenarios(&world, "saving.total", 18000);
	/* Unknown, not nought. */
	assert_missing(&world, "saving.users.expected", "measured");
	assert_missing(&world, "saving.returned.expected", "measured");
	assert_missing(&world, "cpu.used.hours", "TotalCPU");
	assert_missing(&world, "acting.top_users.hours", "measured");
	assert_missing(&world, "payback.training", "measured");
	assert_value(&world, "acting.users", 0);
	assert_value(&world, "acting.groups", 0);
	assert_value(&world, "coverage", 0);
	assert_value(&world, "ledger.unmeasured.share", 1);
	assert_value(&world, "ledger.excess.hours", 0);
	world_clear(&world);
}
END_TEST

START_TEST(without_inventory_and_use_there_is_no_saving_at_all)
{
	struct world world;
	world_init(&world);
	world.nodes = NULL;
	add(&world, "user_0001", "group_A", job_on("n[1-2]", 2, 20), 0, 240);
	analyse(&world);
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		g_autofree char *id = g_strconcat("saving.total.", scenario_name(s), NULL);
		assert_missing(&world, id, "cannot be estimated");
	}
	world_clear(&world);
}
END_TEST

/* Jobs on nodes that are not those of the inventory would make all of it look idle. */
static const struct {
	const char *nodelist, *reason;
} elsewhere[] = {
	{ "", "keep it when sharing (--nodes=rename), which --profile share does not" },
	{ "x1", "does not list" },
};

START_TEST(an_inventory_that_the_work_did_not_run_on_tells_nothing)
{
	struct world world;
	world_init(&world);
	fill_plainly(&world);
	struct job *other = add(&world, "user_0001", "group_A",
	                        job_on(elsewhere[_i].nodelist, 1, 10), 0, 240);
	job_use_millicores(other, 500);
	analyse(&world);
	ck_assert(!world.analysis->evidence.has_capacity);
	assert_missing(&world, "cost.total", elsewhere[_i].reason);
	assert_missing(&world, "saving.infrastructure.high", elsewhere[_i].reason);
	/* Not none of the nodes that the list has. */
	assert_missing(&world, "pool.1.keep.expected", elsewhere[_i].reason);
	assert_missing(&world, "pool.1.now.burst_users.low", elsewhere[_i].reason);
	assert_value(&world, "own_or_rent.gain", 0);
	world_clear(&world);
}
END_TEST

START_TEST(a_little_work_elsewhere_does_not_matter_and_makes_no_money)
{
	struct world world;
	world_init(&world);
	fill_plainly(&world);
	struct job *other = add(&world, "user_0001", "group_A", job_on("x1", 1, 10), 0, 10);
	job_use_millicores(other, 500);
	analyse(&world);
	ck_assert(world.analysis->evidence.has_capacity);
	assert_value(&world, "cost.total", 36000);
	assert_missing(&world, "pool.2.nodes", "inventory");
	assert_missing(&world, "pool.2.keep.expected", "inventory");
	ck_assert_double_gt(value(&world, "pool.2.returned.expected"), 0);
	assert_scenarios(&world, "saving.returned", 7200);
	world_clear(&world);
}
END_TEST

START_TEST(without_jobs_every_figure_says_so)
{
	struct world world;
	world_init(&world);
	analyse(&world);
	assert_value(&world, "jobs.count", 0);
	assert_missing(&world, "wait.median", "submitted");
	assert_missing(&world, "demand.cpus.peak", "no job ran");
	assert_missing(&world, "utilization", "no job ran");
	assert_missing(&world, "own.fit", "no job held a core");
	assert_missing(&world, "cost.total", "no job ran");
	assert_missing(&world, "saving.infrastructure.expected", "no job ran");
	assert_missing(&world, "saving.total.expected", "cannot be estimated");
	for (guint i = 0; i < world.analysis->findings->len; i++) {
		const struct finding *finding = world.analysis->findings->pdata[i];
		ck_assert_msg(finding->verdict == VERDICT_UNKNOWN, "%s", finding->kind->id);
	}
	world_clear(&world);
}
END_TEST

START_TEST(what_is_outside_the_period_is_in_totals_only)
{
	struct world world;
	world_init(&world);
	/* Twenty days, of which the ten of the period count against capacity; and one day after
	 * it. */
	add(&world, "user_0001", "group_A", job_on("n1", 1, 10), -120, 480);
	add(&world, "user_0001", "group_A", job_on("n2", 1, 10), 250, 24);
	/* Still running at the end. */
	struct job *running = add(&world, "user_0001", "group_A", job_on("n3", 1, 10), 120, 120);
	running->state = STATE_RUNNING;
	running->end = VALUE_UNKNOWN;
	analyse(&world);
	assert_value(&world, "cpu.hours", 10 * (480 + 24 + 120));
	assert_value(&world, "ledger.hours", 240 + 120);
	assert_value(&world, "ledger.unfinished.hours", 120);
	assert_value(&world, "utilization", (240.0 + 120) / (4 * 240));
	assert_value(&world, "demand.cpus.p50", 10);
	assert_value(&world, "demand.cpus.p85", 20);
	world_clear(&world);
}
END_TEST

START_TEST(waits_are_percentiles_of_jobs_that_ran)
{
	struct world world;
	world_init(&world);
	/* Ten waits: eight of no time, one of 100 s, one of 1000 s; and one job that never ran. */
	for (int i = 0; i < 11; i++) {
		struct job job = job_on(i == 10 ? "None assigned" : "n1", i < 10, 1);
		struct job *added = add(&world, "user_0001", "group_A", job, i, 1);
		added->eligible = added->start - (i < 8 ? 0 : i == 8 ? 100 : 1000);
	}
	analyse(&world);
	assert_value(&world, "wait.median", 0);
	/* Nine of ten waited 100 s at most, which is in the step that ends at 100 or a tenth
	 * more. */
	ck_assert_double_ge(value(&world, "wait.p90"), 100);
	ck_assert_double_le(value(&world, "wait.p90"), 110);
	assert_value(&world, "wait.eligible.hours", 1100 / 3600.0);
	assert_value(&world, "jobs.ran", 10);
	world_clear(&world);
}
END_TEST

/* Any jobs */

static void fill_randomly(struct world *world, guint64 seed)
{
	static const char *const lists[] = { "n1",     "n2",     "n3",     "n4",
		                             "n[1-2]", "n[3-4]", "n[1-4]", "g1" };
	static const gint64 nodes[] = { 1, 1, 1, 1, 2, 2, 4, 1 };
	guint64 state = seed;
	for (int i = 0; i < 300; i++) {
		guint which = chance(&state, G_N_ELEMENTS(lists));
		g_autofree char *user = g_strdup_printf("user_%04u", chance(&state, 30));
		g_autofree char *group = g_strdup_printf("group_%u", chance(&state, 5));
		struct job job = job_on(lists[which], nodes[which],
		                        nodes[which] * (1 + chance(&state, 3)));
		struct job *added = add(world, user, group, job, (int)chance(&state, 230),
		                        1 + (int)chance(&state, 12));
		if (chance(&state, 6))
			job_use_millicores(added, 1 + chance(&state, (guint32)added->cpus * 900));
		added->memory_bytes = (1 + chance(&state, 40)) * GIB;
		if (chance(&state, 3))
			added->memory_peak_bytes = added->memory_bytes / (1 + chance(&state, 20));
		added->gpus = which == 7 ? 1 + chance(&state, 4) : 0;
		added->gpu_util = added->gpus > 0 ? chance(&state, 2) * 70 : VALUE_UNKNOWN;
		added->exclusive = !chance(&state, 25);
		added->state = chance(&state, 8) ? STATE_COMPLETED : STATE_FAILED;
	}
}

/* Programmes are disjoint and hold all excess, in every pool and scenario. */
static void assert_programmes_hold_all_excess(const struct world *world)
{
	const struct people *people = world->analysis->evidence.people;
	for (guint p = 0; p < people->pools; p++)
		for (enum scenario s = 0; s < SCENARIOS; s++) {
			gint64 claimed = 0, excess = 0, of_groups = 0;
			for (enum programme g = 0; g < PROGRAMMES; g++) {
				ck_assert_int_ge(people->claims[p][g][s], 0);
				claimed += people->claims[p][g][s];
			}
			for (enum ledger_class c = LEDGER_MEMORY; c <= LEDGER_WHOLE_NODE; c++) {
				for (guint u = 0; u < people->users->len; u++)
					excess += ((struct party *)people->users->pdata[u])
					                  ->pools[p]
					                  .ledger.of[s][c];
				for (guint u = 0; u < people->groups->len; u++)
					of_groups += ((struct party *)people->groups->pdata[u])
					                     ->pools[p]
					                     .ledger.of[s][c];
			}
			ck_assert_int_eq(claimed, excess);
			ck_assert_int_eq(claimed, of_groups);
			ck_assert_int_gt(claimed, 0);
		}
}

START_TEST(the_total_is_its_parts_never_above_the_cost_and_grows_with_the_scenario)
{
	struct world world;
	world_init(&world);
	world.prices = NULL;
	world.nodes = FOUR_NODES "NodeName=g1 CPUTot=20 RealMemory=204800 Gres=gpu:a100:4\n";
	fill_randomly(&world, (guint64)_i);
	analyse(&world);
	double before = 0;
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		const char *name = scenario_name(s);
		g_autofree char *total = g_strconcat("saving.total.", name, NULL);
		g_autofree char *infrastructure = g_strconcat("saving.infrastructure.", name, NULL);
		g_autofree char *users = g_strconcat("saving.users.", name, NULL);
		g_autofree char *returned = g_strconcat("saving.returned.", name, NULL);
		g_autofree char *purchase = g_strconcat("saving.purchase.", name, NULL);
		g_autofree char *running = g_strconcat("saving.running.", name, NULL);
		ck_assert_double_ge(value(&world, infrastructure), -1e-6);
		ck_assert_double_ge(value(&world, users), -1e-6);
		ck_assert_double_ge(value(&world, returned), 0);
		assert_value(&world, total,
		             value(&world, infrastructure) + value(&world, users) +
		                     value(&world, returned));
		/* The same money by kind. */
		assert_value(&world, total,
		             value(&world, purchase) + value(&world, running) +
		                     value(&world, returned));
		ck_assert_double_le(value(&world, total), value(&world, "cost.total") + 1e-6);
		ck_assert_double_ge(value(&world, total), before - 1e-6);
		before = value(&world, total);
	}
	assert_programmes_hold_all_excess(&world);
	world_clear(&world);
}
END_TEST

/* Owning costs 0.3 of the purchase a year, and rent 20 an hour. A job is idle all the time, and
 * another beside it for 10 hours of 240, which are 365 of a year: a second node is kept where it
 * costs less than 7,300. One more ran on a node that the inventory lacks. As it is, 3 nodes go, and
 * of the 225 × 36.5 hours that users free 7,847.5 are handed back, worth 7,847.5 ÷ 8,760 of a node;
 * with two kept before users give back, none are. What acting costs is 264 times an hour of
 * staff. */
static const struct {
	const char *staff_hour;
	double even;  /* purchase of a node */
	double vcpus; /* in a core: so many that 365 hours of rent cost a node's year; 0: what two
	                 nodes more save is enough at any rent */
} even_cases[] = {
	{ "130", 130 * 264 / (3 + 7847.5 / 8760) / 0.3, 9000 / 365.0 / 10 },
	{ "110", 110 * 264 / (3 + 7847.5 / 8760) / 0.3, 9000 / 365.0 / 10 },
	{ "107", 7300 / 0.3, 9000 / 365.0 / 10 }, /* from 28,440 to 21,900 in one step */
	{ "85", 7300 / 0.3, 0 },
	{ "80", 80 * 264 / 3.0 / 0.3, 0 },
};

START_TEST(the_break_even_is_on_a_line_or_where_a_plan_changes)
{
	struct world world;
	world_init(&world);
	g_autofree char *prices =
		g_strdup_printf("[node_purchase]\nlow=20000\nhigh=40000\n[vcpus_per_core]\nlow="
	                        "4\nhigh=1\n[staff_hour]\nexpected=%s\n" PLAIN_PRICES,
	                        even_cases[_i].staff_hour);
	world.prices = prices;
	job_use_millicores(add(&world, "user_0001", "group_A", job_on("n1", 1, 10), 0, 240), 500);
	job_use_millicores(add(&world, "user_0002", "group_A", job_on("n2", 1, 10), 0, 10), 500);
	job_use_millicores(add(&world, "user_0002", "group_A", job_on("x1", 1, 1), 0, 1), 1000);
	analyse(&world);
	assert_value(&world, "saving.total.expected", (3 + 7847.5 / 8760) * 9000);
	assert_value(&world, "acting.hours", 264);
	double even = value(&world, "breakeven.node_purchase");
	ck_assert_msg(fabs(even - even_cases[_i].even) < 1e-3, "%.6f, not %.6f", even,
	              even_cases[_i].even);
	if (even_cases[_i].vcpus > 0)
		ck_assert_double_eq_tol(value(&world, "breakeven.vcpus_per_core"),
		                        even_cases[_i].vcpus, 1e-6);
	else
		assert_missing(&world, "breakeven.vcpus_per_core", "no accepted value");
	world_clear(&world);
}
END_TEST

/* Three kinds of node. */
static void analyse_randomly(struct world *world, guint64 seed, const char *prices)
{
	world_init(world);
	world->prices = prices;
	world->nodes =
		"NodeName=n1 CPUTot=10 RealMemory=102400\nNodeName=n2 CPUTot=10 RealMemory=102400\n"
		"NodeName=n3 CPUTot=12 RealMemory=51200\nNodeName=n4 CPUTot=12 RealMemory=51200\n"
		"NodeName=g1 CPUTot=20 RealMemory=204800 Gres=gpu:a100:4\n";
	fill_randomly(world, seed);
	analyse(world);
}

static double saving_at(guint64 seed, const char *prices, const struct assumption *price, double at)
{
	g_autofree char *all = g_strdup_printf("%s[%s]\nexpected = %.17g\n", prices, price->key,
	                                       at);
	struct world world;
	analyse_randomly(&world, seed, all);
	double saving = value(&world, "saving.total.expected");
	world_clear(&world);
	return saving;
}

static void assert_breaks_even(const struct world *world, guint64 seed,
                               const struct assumption *price)
{
	g_autofree char *id = g_strconcat("breakeven.", price->key, NULL);
	const struct figure *even = figure(world, id);
	double cost = value(world, "acting.cost"), least = 1e-5 * cost,
	       as_is = price->value[SCENARIO_EXPECTED];
	double worst = price->value[SCENARIO_LOW] > price->value[SCENARIO_HIGH] ? price->most
	                                                                        : price->least;
	if (!even->has_value) {
		ck_assert_msg(strstr(even->reason, "no accepted value") != NULL, "%s: %s", id,
		              even->reason);
		ck_assert_double_gt(saving_at(seed, world->prices, price, worst), cost);
		return;
	}
	double step = worst > as_is ? 1e-6 : -1e-6, behind = even->value * (1 + step);
	ck_assert_double_ge((even->value - as_is) * step, 0);
	ck_assert_double_ge((worst - even->value) * step, 0);
	behind = worst > as_is ? fmin(behind, worst) : fmax(behind, worst);
	ck_assert_double_ge(saving_at(seed, world->prices, price, even->value * (1 - step)),
	                    cost - least);
	ck_assert_double_le(saving_at(seed, world->prices, price, behind), cost + least);
}

/* A run with a price just better, or just worse, says so; at the one a plan may change, and the
 * saving fall by a step. */
START_TEST(from_the_break_even_on_a_year_saves_no_more_than_acting_costs)
{
	for (double part = 0.25; part < 1; part += 0.3) {
		struct world world;
		analyse_randomly(&world, (guint64)_i, NULL);
		double hour = part * value(&world, "saving.total.expected") /
		              value(&world, "acting.hours");
		world_clear(&world);
		g_autofree char *prices = g_strdup_printf("[staff_hour]\nexpected = %.17g\n", hour);
		guint keys = 0;
		analyse_randomly(&world, (guint64)_i, prices);
		for (enum assumption_key key = ASSUME_NODE_PURCHASE; key <= ASSUME_RENT_OVERHEAD;
		     key++) {
			const struct assumption *price = assumptions_get(world.assumptions, key);
			if (price->value[SCENARIO_LOW] == price->value[SCENARIO_HIGH])
				continue;
			assert_breaks_even(&world, (guint64)_i, price);
			keys++;
		}
		ck_assert_uint_eq(keys, 14);
		world_clear(&world);
	}
}
END_TEST

START_TEST(users_and_groups_and_classes_sum_to_the_cluster)
{
	struct world world;
	world_init(&world);
	world.nodes = FOUR_NODES "NodeName=g1 CPUTot=20 RealMemory=204800 Gres=gpu:a100:4\n";
	fill_randomly(&world, 77);
	analyse(&world);
	const struct people *people = world.analysis->evidence.people;
	const GPtrArray *of[] = { people->users, people->groups };
	for (guint k = 0; k < G_N_ELEMENTS(of); k++) {
		gint64 allocated = 0, cpu_seconds = 0;
		for (guint i = 0; i < of[k]->len; i++) {
			const struct party *party = of[k]->pdata[i];
			allocated += party->allocated;
			cpu_seconds += party->use.cpu_seconds;
			ck_assert(i == 0 ||
			          party->weight <= ((struct party *)of[k]->pdata[i - 1])->weight);
		}
		ck_assert_int_eq(cpu_seconds, world.tally->total.cpu_seconds);
		ck_assert_double_eq_tol(micro_hours(allocated), value(&world, "ledger.hours"),
		                        1e-6);
	}
	static const char *const classes[] = { "useful", "memory",     "cpu",
		                               "both",   "gpu",        "whole_node",
		                               "failed", "unfinished", "unmeasured" };
	double sum = 0, share = 0;
	for (guint i = 0; i < G_N_ELEMENTS(classes); i++) {
		g_autofree char *hours = g_strdup_printf("ledger.%s.hours", classes[i]);
		g_autofree char *part = g_strdup_printf("ledger.%s.share", classes[i]);
		sum += value(&world, hours);
		share += value(&world, part);
	}
	ck_assert_double_eq_tol(sum, value(&world, "ledger.hours"), 1e-6);
	ck_assert_double_eq_tol(share, 1, 1e-9);
	world_clear(&world);
}
END_TEST

/* Programmes */

/* A job of one node and ten CPUs with one busy: 0.8 of the node is excess in the expected
 * scenario. */
static void add_wasteful(struct world *world, const char *user, const char *group, int from,
                         int hours)
{
	job_use_millicores(add(world, user, group, job_on("n1", 1, 10), from, hours), 1000);
}

/* Of three one held most of a day in vain, one nothing, and one less than a node-hour. */
START_TEST(who_has_nothing_to_give_back_takes_no_time)
{
	struct world world;
	world_init(&world);
	add_wasteful(&world, "user_0001", "group_A", 0, 24);
	job_use_millicores(add(&world, "user_0002", "group_A", job_on("n2", 1, 10), 0, 20), 10000);
	job_use_millicores(add(&world, "user_0003", "group_A", job_on("n3", 1, 10), 0, 20), 10000);
	add_wasteful(&world, "user_0003", "group_A", 30, 1);
	analyse(&world);
	assert_value(&world, "programme.top_users.users", 3);
	assert_value(&world, "programme.top_users.hours", 0.8 * 25);
	assert_value(&world, "programme.top_users.helped", 1);
	assert_value(&world, "acting.top_users.hours", 4);
	assert_value(&world, "acting.users", 1);
	world_clear(&world);
}
END_TEST

START_TEST(each_hour_of_excess_goes_to_the_first_programme_that_claims_it)
{
	struct world world;
	world_init(&world);
	world.prices = "[top_users]\nexpected=1\n";
	/* user_0001 has most cost, and took a node whole for part of it: 10 h there, 40 h as a top
	 * user. */
	struct job *whole = add(&world, "user_0001", "group_A", job_on("n1", 1, 10), 0, 10);
	job_use_millicores(whole, 1000);
	whole->exclusive = TRUE;
	add_wasteful(&world, "user_0001", "group_A", 10, 40);
	/* user_0002 has 20 idle jobs of an hour: 10 % of its CPUs. */
	for (int i = 0; i < 20; i++)
		add_wasteful(&world, "user_0002", "group_B", 50 + i, 1);
	/* user_0003 is in group_B, of which over a quarter is excess; user_0004 in group_C, where
	 * little is; user_0005 is mostly in group_B and, as a whole, in its programme. */
	add_wasteful(&world, "user_0003", "group_B", 70, 5);
	add_wasteful(&world, "user_0005", "group_B", 82, 6);
	add_wasteful(&world, "user_0005", "group_C", 75, 2);
	add_wasteful(&world, "user_0004", "group_C", 77, 3);
	struct job *good = add(&world, "user_0004", "group_C", job_on("n2", 1, 10), 0, 40);
	job_use_millicores(good, 10000);
	analyse(&world);
	assert_value(&world, "programme.took_all.hours", 0.8 * 10);
	assert_value(&world, "programme.top_users.hours", 0.8 * 40);
	assert_value(&world, "programme.idle_jobs.hours", 0.8 * 20);
	assert_value(&world, "programme.training.hours", 0.8 * 13);
	assert_value(&world, "programme.others.hours", 0.8 * 3);
	assert_value(&world, "programme.took_all.users", 1);
	assert_value(&world, "programme.top_users.users", 1);
	assert_value(&world, "programme.idle_jobs.users", 1);
	assert_value(&world, "programme.training.users", 2);
	assert_value(&world, "programme.others.users", 1);
	assert_value(&world, "ledger.excess.hours", 0.8 * 86);
	assert_programmes_hold_all_excess(&world);
	/* user_0005 is mostly in group_B. */
	for (guint i = 0; i < world.analysis->evidence.people->users->len; i++) {
		const struct party *user = world.analysis->evidence.people->users->pdata[i];
		ck_assert_msg(strcmp(user->name, "user_0005") != 0 ||
		                      strcmp(user->home, "group_B") == 0,
		              "%s", user->home);
	}
	world_clear(&world);
}
END_TEST

START_TEST(a_user_in_several_groups_is_one_user)
{
	struct world world;
	world_init(&world);
	world.prices = "[top_users]\nexpected=0\n[training_share]\nexpected=1\n";
	add_wasteful(&world, "user_0001", "group_A", 0, 5);
	add_wasteful(&world, "user_0001", "group_B", 5, 5);
	add_wasteful(&world, "user_0001", "group_C", 10, 5);
	analyse(&world);
	assert_value(&world, "programme.others.users", 1);
	assert_value(&world, "users.count", 1);
	assert_value(&world, "groups.count", 3);
	world_clear(&world);
}
END_TEST

START_TEST(nobody_is_promised_what_nobody_named_can_give_back)
{
	struct world world;
	world_init(&world);
	world.has_no_users = world.has_no_groups = TRUE;
	for (int i = 0; i < 30; i++)
		add_wasteful(&world, "", "", i, 1);
	analyse(&world);
	assert_value(&world, "programme.others.hours", 0.8 * 30);
	assert_value(&world, "programme.top_users.users", 0);
	assert_scenarios(&world, "saving.users", 0);
	assert_scenarios(&world, "saving.returned", 0);
	world_clear(&world);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("saving");
	TCase *cases = tcase_create("saving");
	tcase_set_timeout(cases, 60);
	tcase_add_test(cases, every_figure_of_a_plain_case_is_what_the_hand_computes);
	tcase_add_test(cases,
	               who_is_in_several_programmes_is_helped_once_and_who_is_in_none_not_at_all);
	tcase_add_test(cases, who_has_nothing_to_give_back_takes_no_time);
	tcase_add_test(cases, without_an_inventory_no_money_is_put_on_nodes);
	tcase_add_loop_test(cases, the_total_is_graded_by_what_it_stands_on, 0,
	                    G_N_ELEMENTS(grades));
	tcase_add_test(cases, without_use_only_the_nodes_can_be_judged);
	tcase_add_test(cases, without_inventory_and_use_there_is_no_saving_at_all);
	tcase_add_loop_test(cases, an_inventory_that_the_work_did_not_run_on_tells_nothing, 0,
	                    G_N_ELEMENTS(elsewhere));
	tcase_add_test(cases, a_little_work_elsewhere_does_not_matter_and_makes_no_money);
	tcase_add_test(cases, without_jobs_every_figure_says_so);
	tcase_add_test(cases, what_is_outside_the_period_is_in_totals_only);
	tcase_add_test(cases, waits_are_percentiles_of_jobs_that_ran);
	tcase_add_loop_test(cases,
	                    the_total_is_its_parts_never_above_the_cost_and_grows_with_the_scenario,
	                    0, 20);
	tcase_add_loop_test(cases, from_the_break_even_on_a_year_saves_no_more_than_acting_costs, 0,
	                    2);
	tcase_add_loop_test(cases, the_break_even_is_on_a_line_or_where_a_plan_changes, 0,
	                    G_N_ELEMENTS(even_cases));
	tcase_add_test(cases, users_and_groups_and_classes_sum_to_the_cluster);
	tcase_add_test(cases, renting_is_set_up_also_where_only_what_users_give_back_makes_it_pay);
	tcase_add_test(cases, each_hour_of_excess_goes_to_the_first_programme_that_claims_it);
	tcase_add_test(cases, a_user_in_several_groups_is_one_user);
	tcase_add_test(cases, nobody_is_promised_what_nobody_named_can_give_back);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

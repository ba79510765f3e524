/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/ledger.h"

#include <math.h>
#include <string.h>

#include "fixture_jobs.h"

/* A node on which shares are easy to read: a CPU is a tenth of it, a GiB a hundredth, a GPU a
 * quarter. */
static const struct node_shape node = {
	.cpus = 10, .cores = 10, .memory_kib = 100 * GIB_KIB, .gpus = 4
};

static struct rules usual_rules(void)
{
	struct assumptions *assumptions = assumptions_new();
	struct rules rules;
	rules_init(&rules, assumptions);
	assumptions_free(assumptions);
	return rules;
}

/* What one node gives to a job, in micro-nodes, in one scenario. Returns the sum. */
static gint64 judge(const struct job *job, const struct node_shape *shape,
                    const struct rules *rules, enum scenario scenario, gint64 micro[LEDGER_CLASSES])
{
	gint64 sum = 0;
	struct ledger ledger = { 0 };
	struct booked booked;
	struct judged judged = ledger_judge(job, rules);
	ledger_book(&judged, shape, &booked);
	ledger_add(&ledger, &booked, 1);
	for (enum ledger_class c = 0; c < LEDGER_CLASSES; c++) {
		micro[c] = ledger.of[scenario][c];
		sum += ledger_class_is_excess(c) ? micro[c] : 0;
	}
	ck_assert_int_eq(sum, booked.excess[scenario]);
	return booked.taken;
}

/* What a job gives in one scenario, every class asserted: those not named are 0. */
struct split {
	gint64 useful, memory, cpu, both, gpu, whole_node, failed, unfinished, unmeasured;
};

static void assert_judged(const struct job *job, enum scenario scenario, struct split expected)
{
	struct rules rules = usual_rules();
	gint64 micro[LEDGER_CLASSES];
	const gint64 wanted[LEDGER_CLASSES] = {
		[LEDGER_USEFUL] = expected.useful, [LEDGER_MEMORY] = expected.memory,
			[LEDGER_CPU] = expected.cpu,
		[LEDGER_BOTH] = expected.both, [LEDGER_GPU] = expected.gpu,
			[LEDGER_WHOLE_NODE] = expected.whole_node,
		[LEDGER_FAILED] = expected.failed, [LEDGER_UNFINISHED] = expected.unfinished,
		[LEDGER_UNMEASURED] = expected.unmeasured,
	};
	gint64 sum = 0, taken = judge(job, &node, &rules, scenario, micro);
	for (enum ledger_class c = 0; c < LEDGER_CLASSES; c++) {
		ck_assert_msg(micro[c] == wanted[c],
		              "%s, %s: %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT,
		              scenario_name(scenario), ledger_class_name(c), micro[c], wanted[c]);
		sum += micro[c];
	}
	ck_assert_int_eq(sum, taken);
}

/* The gates */

enum measured { NOTHING, CPU = 1, MEMORY = 2, GPU = 4 };

/* LEDGER_CLASSES: it passes, and is judged. */
static const struct {
	enum job_state state;
	gint64 seconds;
	int measured;
	enum ledger_class class;
} gates[] = {
	/* What failed is failed work, whole, however short and measured or not. */
	{ STATE_FAILED, 7200, CPU | MEMORY, LEDGER_FAILED },
	{ STATE_FAILED, 10, NOTHING, LEDGER_FAILED },
	{ STATE_OUT_OF_MEMORY, 7200, CPU | MEMORY, LEDGER_FAILED },
	{ STATE_NODE_FAIL, 7200, CPU | MEMORY, LEDGER_FAILED },
	{ STATE_BOOT_FAIL, 7200, NOTHING, LEDGER_FAILED },
	{ STATE_DEADLINE, 7200, CPU, LEDGER_FAILED },
	{ STATE_PREEMPTED, 7200, CPU, LEDGER_FAILED },
	{ STATE_REQUEUED, 7200, MEMORY, LEDGER_FAILED },
	/* What has not ended is unfinished, also when something of it is measured. */
	{ STATE_RUNNING, 7200, NOTHING, LEDGER_UNFINISHED },
	{ STATE_RUNNING, 7200, CPU | MEMORY, LEDGER_UNFINISHED },
	{ STATE_SUSPENDED, 10, NOTHING, LEDGER_UNFINISHED },
	{ STATE_RESIZING, 7200, CPU, LEDGER_UNFINISHED },
	/* Too short for the sampling, or without use. */
	{ STATE_COMPLETED, 299, CPU | MEMORY, LEDGER_UNMEASURED },
	{ STATE_COMPLETED, 7200, NOTHING, LEDGER_UNMEASURED },
	{ STATE_CANCELLED, 100, CPU | MEMORY, LEDGER_UNMEASURED },
	{ STATE_TIMEOUT, 7200, NOTHING, LEDGER_UNMEASURED },
	{ STATE_COMPLETED, 300, CPU, LEDGER_CLASSES },
	{ STATE_COMPLETED, 300, MEMORY, LEDGER_CLASSES },
	{ STATE_COMPLETED, 300, GPU, LEDGER_CLASSES },
	/* Sessions that end by limit or by hand: from an hour on. */
	{ STATE_TIMEOUT, 3599, CPU | MEMORY, LEDGER_FAILED },
	{ STATE_CANCELLED, 3599, CPU, LEDGER_FAILED },
	{ STATE_TIMEOUT, 3600, CPU, LEDGER_CLASSES },
	{ STATE_CANCELLED, 3600, CPU | MEMORY, LEDGER_CLASSES },
	/* How it ended is not known. */
	{ STATE_UNKNOWN, 7200, CPU | MEMORY, LEDGER_UNMEASURED },
	{ STATE_REVOKED, 7200, CPU | MEMORY, LEDGER_UNMEASURED },
};

START_TEST(the_gates_take_a_job_whole_or_let_it_be_judged)
{
	/* Half a node by its CPUs, of which one is busy. */
	struct job job = job_on("n1", 1, 5);
	job_time_set(&job, T0, gates[_i].seconds);
	job.state = gates[_i].state;
	job.memory_bytes = 20 * GIB;
	if (gates[_i].measured & CPU)
		job_use_millicores(&job, 1000);
	if (gates[_i].measured & MEMORY)
		job.memory_peak_bytes = GIB;
	if (gates[_i].measured & GPU)
		job.gpu_util = 50;
	struct rules rules = usual_rules();
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		gint64 micro[LEDGER_CLASSES];
		ck_assert_int_eq(judge(&job, &node, &rules, s, micro), 500000);
		if (gates[_i].class != LEDGER_CLASSES)
			ck_assert_int_eq(micro[gates[_i].class], 500000);
		else if (gates[_i].measured & CPU)
			/* n = ⌈1 × 1.5⌉ = ⌈1.2⌉ = 2, or 1 in the high scenario, and never more than
			 * 5. */
			ck_assert_int_gt(micro[LEDGER_CPU], 0);
	}
	ck_assert_int_eq(ledger_judge(&job, &rules).judges_cpu,
	                 gates[_i].class == LEDGER_CLASSES && gates[_i].measured & CPU);
	ck_assert_int_eq(ledger_judge(&job, &rules).judges_memory,
	                 gates[_i].class == LEDGER_CLASSES && gates[_i].measured & MEMORY &&
	                         gates[_i].state == STATE_COMPLETED);
}
END_TEST

START_TEST(a_job_without_nodes_takes_nothing)
{
	struct job job = job_on("", 0, 5);
	assert_judged(&job, SCENARIO_EXPECTED, (struct split){ 0 });
}
END_TEST

/* CPUs */

static const struct {
	gint64 cpus, millicores, excess[SCENARIOS];
} cores[] = {
	/* u = 3 of 10. a = (3 − 1) ÷ (10 − 1) = 2/9. low: n = ⌈4.5⌉ = 5, (10 − 5)(1 − 2/9) = 3.8889
	 * CPUs; expected: n = ⌈3.6⌉ = 4, 6 × 7/9 = 4.6667; high: n = 3. */
	{ 10, 3000, { 388889, 466667, 700000 } },
	/* One that never uses two needs one: a = 0, n = 1 in all. */
	{ 10, 500, { 900000, 900000, 900000 } },
	/* u = 1: n = ⌈1.5⌉ = ⌈1.2⌉ = 2, or 1. */
	{ 10, 1000, { 800000, 800000, 900000 } },
	/* u = 1.5 of 4: a = 0.5 ÷ 3 = 1/6; n = 3, 2, 2: 1 × 5/6 and 2 × 5/6 CPUs; high 2. */
	{ 4, 1500, { 83333, 166667, 200000 } },
	/* A little more than 3 is 4, not 3, in the high scenario; in low and expected n = 5 and 4,
	 * a = 2.001 ÷ 9: 5 × (1 − 0.222333) = 3.888333, 6 × 0.777667 = 4.666. */
	{ 10, 3001, { 388833, 466600, 600000 } },
	/* All busy, and busier than that. */
	{ 10, 10000, { 0, 0, 0 } },
	{ 10, 12000, { 0, 0, 0 } },
	/* n = ⌈9.5 × 1.2⌉ = 12 is more than there are; high: n = 10. */
	{ 10, 9500, { 0, 0, 0 } },
	/* A single CPU is needed, however idle. */
	{ 1, 10, { 0, 0, 0 } },
};

START_TEST(cpus_are_right_sized_as_the_model_says)
{
	/* Shares are the same in seventeen years, whose milliseconds need wider words. */
	static const gint64 seconds[] = { 7200, G_GINT64_CONSTANT(1) << 29 };
	for (guint i = 0; i < G_N_ELEMENTS(seconds); i++) {
		struct job job = job_on("n1", 1, cores[_i].cpus);
		job_time_set(&job, T0, seconds[i]);
		job_use_millicores(&job, cores[_i].millicores);
		for (enum scenario s = 0; s < SCENARIOS; s++) {
			gint64 held = cores[_i].cpus * 100000, excess = cores[_i].excess[s];
			assert_judged(&job, s,
			              (struct split){ .cpu = excess, .useful = held - excess });
		}
	}
}
END_TEST

START_TEST(every_node_of_a_job_keeps_a_cpu)
{
	/* Two whole nodes, half a core busy: n ≥ 2, a = 0, so 18 of 20 CPUs are idle, 9 of 10 on
	 * each node. */
	struct job job = job_on("n[1-2]", 2, 20);
	job_use_millicores(&job, 500);
	for (enum scenario s = 0; s < SCENARIOS; s++)
		assert_judged(&job, s, (struct split){ .cpu = 900000, .useful = 100000 });
}
END_TEST

/* Memory */

START_TEST(memory_is_right_sized_to_the_peak_and_headroom)
{
	/* 50 of 100 GiB, peak 10: enough are 15, 12 and 11. Its CPU is not measured. */
	struct job job = job_on("n1", 1, 1);
	job.memory_bytes = 50 * GIB;
	job.memory_peak_bytes = 10 * GIB;
	assert_judged(&job, SCENARIO_LOW, (struct split){ .memory = 350000, .useful = 150000 });
	assert_judged(&job, SCENARIO_EXPECTED,
	              (struct split){ .memory = 380000, .useful = 120000 });
	assert_judged(&job, SCENARIO_HIGH, (struct split){ .memory = 390000, .useful = 110000 });
}
END_TEST

START_TEST(memory_beyond_the_request_is_used_at_the_request)
{
	struct job job = job_on("n1", 1, 1);
	job.memory_bytes = 50 * GIB;
	job.memory_peak_bytes = 60 * GIB;
	assert_judged(&job, SCENARIO_EXPECTED, (struct split){ .useful = 500000 });
}
END_TEST

START_TEST(unlimited_memory_and_whole_node_memory_take_the_node)
{
	struct job job = job_on("n1", 1, 1);
	job_use_millicores(&job, 1000);
	job.memory_peak_bytes = 10 * GIB;
	job.memory_bytes = VALUE_UNLIMITED;
	assert_judged(&job, SCENARIO_EXPECTED,
	              (struct split){ .memory = 880000, .useful = 120000 });
	job.memory_bytes = GIB;
	job.whole_node_memory = TRUE;
	assert_judged(&job, SCENARIO_EXPECTED,
	              (struct split){ .memory = 880000, .useful = 120000 });
}
END_TEST

START_TEST(memory_is_split_evenly_over_nodes)
{
	/* 100 GiB on 4 nodes are 25 on each; 10 + 20 % are 3 on each; the CPUs, 4 on 4 nodes, are a
	 * tenth of each. */
	struct job job = job_on("n[1-4]", 4, 4);
	job.memory_bytes = 100 * GIB;
	job.memory_peak_bytes = 10 * GIB;
	assert_judged(&job, SCENARIO_EXPECTED,
	              (struct split){ .memory = 150000, .useful = 30000, .unmeasured = 70000 });
}
END_TEST

/* Both, and the parts of each */

START_TEST(what_needs_both_to_be_freed_is_a_class_of_its_own)
{
	/* Five CPUs with one busy half the time, and 50 GiB with 10 used: neither alone frees a
	 * micro-node. */
	struct job job = job_on("n1", 1, 5);
	job_use_millicores(&job, 500);
	job.memory_bytes = 50 * GIB;
	job.memory_peak_bytes = 10 * GIB;
	assert_judged(&job, SCENARIO_EXPECTED, (struct split){ .both = 380000, .useful = 120000 });
	/* Eight CPUs: 0.8 → 0.5 by the CPUs alone, → 0.12 with the memory. */
	job.cpus = 8;
	assert_judged(&job, SCENARIO_EXPECTED,
	              (struct split){ .cpu = 300000, .both = 380000, .useful = 120000 });
	/* 90 GiB beside them: 0.9 → 0.8 by memory alone. */
	job.memory_bytes = 90 * GIB;
	assert_judged(&job, SCENARIO_EXPECTED,
	              (struct split){ .memory = 100000, .both = 680000, .useful = 120000 });
}
END_TEST

/* GPUs */

START_TEST(gpus_that_nobody_used_are_idle_after_the_grace_time)
{
	/* Two of four GPUs, one CPU of ten, busy. */
	struct job job = job_on("n1", 1, 1);
	job.gpus = 2;
	job.gpu_util = 0;
	job_use_millicores(&job, 1000);
	assert_judged(&job, SCENARIO_EXPECTED, (struct split){ .gpu = 400000, .useful = 100000 });
	job_time_set(&job, T0, 1800);
	job_use_millicores(&job, 1000);
	assert_judged(&job, SCENARIO_EXPECTED, (struct split){ .useful = 500000 });
}
END_TEST

START_TEST(gpus_without_a_measurement_are_held_and_not_useful)
{
	struct job job = job_on("n1", 1, 1);
	job.gpus = 4;
	job_use_millicores(&job, 1000);
	assert_judged(&job, SCENARIO_EXPECTED,
	              (struct split){ .useful = 100000, .unmeasured = 900000 });
}
END_TEST

START_TEST(beside_a_busy_gpu_cpus_and_memory_cost_nothing)
{
	struct job job = job_on("n1", 1, 8);
	job.gpus = 4;
	job.gpu_util = 350;
	job_use_millicores(&job, 100);
	job.memory_bytes = 90 * GIB;
	job.memory_peak_bytes = GIB;
	assert_judged(&job, SCENARIO_HIGH, (struct split){ .useful = 1000000 });
}
END_TEST

START_TEST(idle_gpus_come_after_idle_cpus)
{
	/* 0.8 by CPUs of which one is busy, 0.5 by idle GPUs: 0.3 are the CPUs', 0.4 the GPUs', 0.1
	 * useful. */
	struct job job = job_on("n1", 1, 8);
	job.gpus = 2;
	job.gpu_util = 0;
	job_use_millicores(&job, 800);
	assert_judged(&job, SCENARIO_EXPECTED,
	              (struct split){ .cpu = 300000, .gpu = 400000, .useful = 100000 });
}
END_TEST

/* Whole nodes and sessions */

START_TEST(an_exclusive_job_takes_the_node_whole)
{
	struct job job = job_on("n1", 1, 2);
	job.exclusive = TRUE;
	job_use_millicores(&job, 2000);
	assert_judged(&job, SCENARIO_EXPECTED,
	              (struct split){ .whole_node = 800000, .useful = 200000 });
	/* Unmeasured, it is unmeasured whole; failed, failed whole. */
	job.cpu_used_milliseconds = VALUE_UNKNOWN;
	assert_judged(&job, SCENARIO_EXPECTED, (struct split){ .unmeasured = 1000000 });
	job.state = STATE_FAILED;
	assert_judged(&job, SCENARIO_EXPECTED, (struct split){ .failed = 1000000 });
}
END_TEST

START_TEST(a_session_is_judged_for_cpus_and_gpus_but_not_for_memory)
{
	struct job job = job_on("n1", 1, 10);
	job.state = STATE_TIMEOUT;
	job_use_millicores(&job, 500);
	job.memory_bytes = 10 * GIB;
	job.memory_peak_bytes = GIB / 10;
	assert_judged(&job, SCENARIO_EXPECTED, (struct split){ .cpu = 900000, .failed = 100000 });
	/* All memory held: freeing CPUs frees nothing, and memory is not judged. */
	job.memory_bytes = 100 * GIB;
	assert_judged(&job, SCENARIO_EXPECTED, (struct split){ .failed = 1000000 });
	job.memory_bytes = 10 * GIB;
	job.gpus = 4;
	job.gpu_util = 0;
	job.state = STATE_CANCELLED;
	assert_judged(&job, SCENARIO_EXPECTED, (struct split){ .gpu = 900000, .failed = 100000 });
}
END_TEST

START_TEST(took_all_is_proved_by_the_request_not_by_an_inferred_node)
{
	struct pool given = { .shape = node }, inferred = { .shape = node, .inferred = TRUE };
	struct job job = job_on("n[1-2]", 2, 2);
	ck_assert(!ledger_took_all(&job, &given));
	job.memory_bytes = 200 * GIB - 2048;
	ck_assert(!ledger_took_all(&job, &given));
	job.memory_bytes = 200 * GIB;
	ck_assert(ledger_took_all(&job, &given));
	ck_assert(!ledger_took_all(&job, &inferred));
	job.nodes = 0;
	ck_assert(!ledger_took_all(&job, &given));
	job.nodes = 2;
	job.memory_bytes = VALUE_UNLIMITED;
	ck_assert(ledger_took_all(&job, &inferred));
	job.memory_bytes = GIB;
	job.exclusive = TRUE;
	ck_assert(ledger_took_all(&job, &inferred));
	job.exclusive = FALSE;
	job.whole_node_memory = TRUE;
	ck_assert(ledger_took_all(&job, &inferred));
}
END_TEST

/* All jobs there can be */

static struct job random_job(guint64 *state)
{
	struct job job = job_on("n1", 1 + chance(state, 4), 0);
	job.cpus = job.nodes + chance(state, 40);
	job.state = chance(state, 2) ? STATE_COMPLETED : (enum job_state)chance(state, STATES);
	job_time_set(&job, T0, chance(state, 3) ? 1 + chance(state, 20000) : chance(state, 400));
	if (chance(state, 5))
		job.memory_bytes = chance(state, 20) ? (gint64)chance(state, 500000) << 20
		                                     : VALUE_UNLIMITED;
	if (chance(state, 3))
		job.memory_peak_bytes = 1 + ((gint64)chance(state, 300000) << 20);
	if (chance(state, 3))
		job.cpu_used_milliseconds = 1 + job.elapsed_seconds *
		                                        chance(state, (guint32)job.cpus * 1100);
	job.gpus = chance(state, 3) ? 0 : chance(state, 9);
	if (job.gpus > 0 && chance(state, 2))
		job.gpu_util = chance(state, 2) * chance(state, 400);
	job.exclusive = !chance(state, 10);
	job.whole_node_memory = !chance(state, 20);
	return job;
}

static double part(double amount, double whole)
{
	return amount <= 0 || whole <= 0 ? 0 : MIN(1, amount / whole);
}

/* max(CPU share, memory share, GPU share), at most 1; exclusive jobs take the node. */
static double dominant_share(const struct job *job, const struct node_shape *shape)
{
	double nodes = (double)job->nodes;
	double memory = job->memory_bytes == VALUE_UNLIMITED || job->whole_node_memory
	                        ? 1
	                        : part((double)MAX(0, job->memory_bytes) / 1024,
	                               nodes * (double)shape->memory_kib);
	double cpu = part((double)job->cpus, nodes * (double)shape->cpus);
	double gpu = part((double)job->gpus, nodes * (double)shape->gpus);
	return job->exclusive ? 1 : fmax(fmax(cpu, memory), gpu);
}

START_TEST(classes_sum_to_the_dominant_share_and_more_optimism_is_never_less_excess)
{
	struct rules rules = usual_rules();
	guint64 state = 2026;
	int with_excess = 0;
	for (int i = 0; i < 30000; i++) {
		struct job job = random_job(&state);
		struct node_shape shape = { .cpus = 1 + chance(&state, 64),
			                    .memory_kib = chance(&state, 1000) * GIB_KIB / 2,
			                    .gpus = chance(&state, 5) };
		gboolean measured = job.cpu_used_milliseconds != VALUE_UNKNOWN ||
		                    job.memory_peak_bytes != VALUE_UNKNOWN ||
		                    job.gpu_util != VALUE_UNKNOWN;
		double share = dominant_share(&job, &shape);
		gint64 before = 0;
		for (enum scenario s = 0; s < SCENARIOS; s++) {
			gint64 micro[LEDGER_CLASSES], sum = 0, excess = 0, least = 0;
			gint64 taken = judge(&job, &shape, &rules, s, micro);
			for (enum ledger_class c = 0; c < LEDGER_CLASSES; c++) {
				sum += micro[c];
				excess += ledger_class_is_excess(c) ? micro[c] : 0;
				least = MIN(least, micro[c]);
			}
			gboolean exact = sum == taken &&
			                 fabs((double)taken - share * (double)MICRO) <= 0.51;
			/* Unknown is neither waste nor useful. */
			gboolean fair = measured || excess + micro[LEDGER_USEFUL] == 0;
			if (!exact || !fair || least < 0 || excess < before)
				ck_abort_msg("job %d, %s: takes %" G_GINT64_FORMAT
				             ", classes sum to %" G_GINT64_FORMAT
				             ", excess %" G_GINT64_FORMAT
				             " after %" G_GINT64_FORMAT,
				             i, scenario_name(s), taken, sum, excess, before);
			before = excess;
		}
		with_excess += before > 0;
	}
	ck_assert_int_gt(with_excess, 3000);
}
END_TEST

START_TEST(numbers_beyond_every_machine_do_no_harm)
{
	struct rules rules = usual_rules();
	const struct node_shape large = { .cpus = G_MAXINT32,
		                          .memory_kib = (gint64)G_MAXINT32 * 1024,
		                          .gpus = G_MAXINT32 };
	struct job job = job_on("n[1-100000]", 100000, 1000000000);
	job_time_set(&job, T0, (gint64)111 * 366 * DAY);
	job.memory_bytes = job.memory_peak_bytes = G_MAXINT64 - 1;
	job.cpu_used_milliseconds = G_MAXINT64 - 1;
	job.gpus = 1000000000;
	job.gpu_util = G_MAXINT64 - 1;
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		gint64 micro[LEDGER_CLASSES], sum = 0;
		gint64 taken = judge(&job, s == SCENARIO_HIGH ? &node : &large, &rules, s, micro);
		for (enum ledger_class c = 0; c < LEDGER_CLASSES; c++)
			sum += micro[c];
		ck_assert_int_eq(sum, taken);
		ck_assert_int_le(taken, MICRO);
	}
	/* 10,000 nodes of 2 TiB, half of the memory held and a quarter used: 0.5 → 0.3. */
	const struct node_shape fat = { .cpus = 128, .memory_kib = 2048 * GIB_KIB };
	job = job_on("n[1-10000]", 10000, 10000);
	job.memory_bytes = 10000 * 1024 * GIB;
	job.memory_peak_bytes = 10000 * 512 * GIB;
	gint64 micro[LEDGER_CLASSES];
	ck_assert_int_eq(judge(&job, &fat, &rules, SCENARIO_EXPECTED, micro), 500000);
	ck_assert_int_eq(micro[LEDGER_MEMORY], 200000);
}
END_TEST

START_TEST(excess_is_five_of_the_classes)
{
	int excess = 0;
	for (enum ledger_class c = 0; c < LEDGER_CLASSES; c++) {
		ck_assert(*ledger_class_name(c));
		excess += ledger_class_is_excess(c);
	}
	ck_assert_int_eq(excess, 5);
	ck_assert(!ledger_class_is_excess(LEDGER_USEFUL) &&
	          !ledger_class_is_excess(LEDGER_UNMEASURED));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("ledger");
	TCase *cases = tcase_create("ledger");
	tcase_add_loop_test(cases, the_gates_take_a_job_whole_or_let_it_be_judged, 0,
	                    G_N_ELEMENTS(gates));
	tcase_add_test(cases, a_job_without_nodes_takes_nothing);
	tcase_add_loop_test(cases, cpus_are_right_sized_as_the_model_says, 0, G_N_ELEMENTS(cores));
	tcase_add_test(cases, every_node_of_a_job_keeps_a_cpu);
	tcase_add_test(cases, memory_is_right_sized_to_the_peak_and_headroom);
	tcase_add_test(cases, memory_beyond_the_request_is_used_at_the_request);
	tcase_add_test(cases, unlimited_memory_and_whole_node_memory_take_the_node);
	tcase_add_test(cases, memory_is_split_evenly_over_nodes);
	tcase_add_test(cases, what_needs_both_to_be_freed_is_a_class_of_its_own);
	tcase_add_test(cases, gpus_that_nobody_used_are_idle_after_the_grace_time);
	tcase_add_test(cases, gpus_without_a_measurement_are_held_and_not_useful);
	tcase_add_test(cases, beside_a_busy_gpu_cpus_and_memory_cost_nothing);
	tcase_add_test(cases, idle_gpus_come_after_idle_cpus);
	tcase_add_test(cases, an_exclusive_job_takes_the_node_whole);
	tcase_add_test(cases, a_session_is_judged_for_cpus_and_gpus_but_not_for_memory);
	tcase_add_test(cases, took_all_is_proved_by_the_request_not_by_an_inferred_node);
	tcase_add_test(cases,
	               classes_sum_to_the_dominant_share_and_more_optimism_is_never_less_excess);
	tcase_add_test(cases, numbers_beyond_every_machine_do_no_harm);
	tcase_add_test(cases, excess_is_five_of_the_classes);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

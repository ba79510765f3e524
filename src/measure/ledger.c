/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/ledger.h"

#include <string.h>

const char *ledger_class_name(enum ledger_class class)
{
	static const char *const names[LEDGER_CLASSES] = {
		[LEDGER_USEFUL] = "useful work",
		[LEDGER_MEMORY] = "memory asked beyond need",
		[LEDGER_CPU] = "idle CPUs",
		[LEDGER_BOTH] = "idle CPUs and memory together",
		[LEDGER_GPU] = "idle GPUs",
		[LEDGER_WHOLE_NODE] = "whole nodes taken for a part",
		[LEDGER_FAILED] = "work that failed",
		[LEDGER_UNFINISHED] = "unfinished work",
		[LEDGER_UNMEASURED] = "unmeasured",
	};
	return names[class];
}

static gboolean state_is_failed_work(enum job_state state)
{
	switch (state) {
	case STATE_FAILED:
	case STATE_OUT_OF_MEMORY:
	case STATE_NODE_FAIL:
	case STATE_BOOT_FAIL:
	case STATE_DEADLINE:
	case STATE_PREEMPTED:
	case STATE_REQUEUED:
		return TRUE;
	default:
		return FALSE;
	}
}

static gboolean state_is_session_end(enum job_state state)
{
	return state == STATE_TIMEOUT || state == STATE_CANCELLED;
}

/* Jobs that end these ways are judged; without a State column nothing is known about the end. */
static gboolean passes_gates(const struct job *job, const struct rules *rules)
{
	if (job->elapsed_seconds < rules->sampling_limit_seconds || job->elapsed_seconds == 0)
		return FALSE;
	return job->state == STATE_COMPLETED ||
	       (state_is_session_end(job->state) && job->elapsed_seconds >= rules->idle_session_seconds);
}

gboolean ledger_judges_cpu(const struct job *job, const struct rules *rules)
{
	return passes_gates(job, rules) && job->cpu_used_milliseconds != VALUE_UNKNOWN && job->cpus > 0;
}

gboolean ledger_judges_memory(const struct job *job, const struct rules *rules)
{
	return passes_gates(job, rules) && job->state == STATE_COMPLETED && job->memory_peak_bytes != VALUE_UNKNOWN;
}

gboolean ledger_took_all(const struct job *job, const struct pool *pool)
{
	if (job->exclusive || job->whole_node_memory || job->memory_bytes == VALUE_UNLIMITED)
		return TRUE;
	/* An inferred node is as large as the largest job on it, which proves nothing about that job. */
	if (pool->inferred || job->memory_bytes == VALUE_UNKNOWN || job->nodes <= 0 || pool->shape.memory_kib <= 0)
		return FALSE;
	return job->memory_bytes / 1024 / job->nodes >= pool->shape.memory_kib;
}

/* amount ÷ (nodes × capacity) of a node in micro-nodes, rounded once, at most a whole node. */
static gint64 share(gint64 amount, gint64 nodes, gint64 capacity)
{
	gint64 whole, product;
	if (amount <= 0 || capacity <= 0)
		return 0;
	if (!__builtin_mul_overflow(nodes, capacity, &whole) && whole < G_MAXINT64 / 2 &&
	    !__builtin_mul_overflow(MIN(amount, whole), MICRO, &product) && product < G_MAXINT64 / 2)
		return (gint64)((guint64)(product + whole / 2) / (guint64)whole);
	__int128_t large = (__int128_t)nodes * capacity; /* memory of many large nodes */
	return amount >= large ? MICRO : (gint64)(((__int128_t)amount * MICRO + large / 2) / large);
}

static gint64 dominant(gint64 cpu, gint64 memory, gint64 gpu)
{
	return MAX(cpu, MAX(memory, gpu));
}

static gint64 memory_share(gint64 bytes, gint64 nodes, const struct node_shape *shape)
{
	if (bytes == VALUE_UNLIMITED)
		return MICRO;
	return bytes == VALUE_UNKNOWN ? 0 : share(bytes / 1024, nodes, shape->memory_kib);
}

/* CPUs that would have been enough, in millionths. u used, n = ⌈u(1 + headroom)⌉, at least one per node; the high scenario
 * takes n, the others p − (p − n)(1 − a) with a = max(0, u − 1) ÷ (p − 1): a parallel job with serial phases needs more
 * cores than its mean, one that never uses two needs one (doc/model.md). Exact: shares are rounded once, later. */
static gint64 enough_of_large(const struct job *job, gint64 factor, gboolean certain)
{
	__int128_t core = (__int128_t)job->elapsed_seconds * 1000; /* the milliseconds of one */
	__int128_t held = core * job->cpus, used = MIN(held, job->cpu_used_milliseconds);
	gint64 enough = (gint64)((used * factor + core * 1000 - 1) / (core * 1000));
	enough = MIN(job->cpus, MAX(enough, job->nodes));
	if (certain || job->cpus <= 1)
		return enough * MICRO;
	__int128_t sure = held - MAX(used, core); /* (p − 1)(1 − a) cores */
	return job->cpus * MICRO - (gint64)((job->cpus - enough) * MICRO * sure / (core * (job->cpus - 1)));
}

/* The same in words of 64 bits, which nearly every job fits. */
static gint64 enough_microcpus(const struct job *job, const struct rules *rules, const struct holding *holding,
                               enum scenario scenario)
{
	gint64 factor = 1000 + rules->cpu_headroom_permille[scenario], core = holding->core, used = holding->used;
	if (core == 0)
		return enough_of_large(job, factor, scenario == SCENARIO_HIGH);
	gint64 enough = (gint64)((guint64)(used * factor + core * 1000 - 1) / (guint64)(core * 1000));
	enough = MIN(job->cpus, MAX(enough, job->nodes));
	if (scenario == SCENARIO_HIGH || job->cpus <= 1 || enough == job->cpus)
		return enough * MICRO;
	guint64 sure = (guint64)(core * job->cpus - MAX(used, core));
	return job->cpus * MICRO - (gint64)((__uint128_t)((guint64)(job->cpus - enough) * MICRO) * sure /
	                                    (guint64)(core * (job->cpus - 1)));
}

/* A thousand times four milliseconds of every CPU still fits. */
#define MOST_SECONDS (G_GINT64_CONSTANT(1) << 28)
#define MOST_CPUS (G_GINT64_CONSTANT(1) << 12)

static void measure_cores(const struct job *job, const struct rules *rules, struct holding *holding)
{
	if (job->elapsed_seconds > MOST_SECONDS || job->cpus > MOST_CPUS ||
	    MAX(rules->cpu_headroom_permille[SCENARIO_LOW], rules->cpu_headroom_permille[SCENARIO_HIGH]) > 3000)
		return;
	holding->core = job->elapsed_seconds * 1000;
	holding->used = MIN(holding->core * job->cpus, job->cpu_used_milliseconds);
}

/* 64 PiB: beyond every node, and small enough for every headroom. */
#define LARGEST_PEAK (G_GINT64_CONSTANT(1) << 56)

static gint64 enough_memory(const struct job *job, const struct rules *rules, enum scenario scenario)
{
	gint64 factor = 1000 + rules->memory_headroom_permille[scenario];
	gint64 peak = MIN(job->memory_peak_bytes, LARGEST_PEAK);
	return peak / 1000 * factor + peak % 1000 * factor / 1000;
}

/* What would have been enough of one node, by each resource. */
struct enough {
	gint64 cpu, memory, gpu;
};

static struct enough enough_shares(const struct job *job, const struct node_shape *shape, const struct rules *rules,
                                   enum scenario scenario, const struct holding *held)
{
	struct enough enough = { held->cpu, held->memory, held->gpu };
	if (held->judges_cpu)
		enough.cpu = MIN(held->cpu,
		                 share(enough_microcpus(job, rules, held, scenario), job->nodes, shape->cpus * MICRO));
	if (held->judges_memory)
		enough.memory = MIN(held->memory, memory_share(enough_memory(job, rules, scenario), job->nodes, shape));
	if (job->gpu_util == 0 && job->gpus > 0 && job->elapsed_seconds > rules->gpu_grace_seconds)
		enough.gpu = 0;
	return enough;
}

/* The largest remaining share over the resources whose use is known; the rest of what remains is held, not useful. */
static gint64 useful_share(const struct job *job, const struct holding *held, const struct enough *enough,
                           gint64 remaining)
{
	gint64 cpu = held->judges_cpu ? enough->cpu : 0;
	gint64 memory = held->judges_memory ? enough->memory : 0;
	gint64 gpu = job->gpu_util != VALUE_UNKNOWN ? enough->gpu : 0;
	return MIN(remaining, dominant(cpu, memory, gpu));
}

void ledger_split(const struct job *job, const struct node_shape *shape, const struct rules *rules,
                  const struct holding *holding, enum scenario scenario, gint64 micro[LEDGER_CLASSES])
{
	struct enough enough = enough_shares(job, shape, rules, scenario, holding);
	gint64 s0 = holding->shared;
	gint64 sm = dominant(holding->cpu, enough.memory, holding->gpu);
	gint64 sc = dominant(enough.cpu, holding->memory, holding->gpu);
	gint64 smc = dominant(enough.cpu, enough.memory, holding->gpu);
	gint64 smcg = dominant(enough.cpu, enough.memory, enough.gpu);
	memset(micro, 0, LEDGER_CLASSES * sizeof *micro);
	micro[LEDGER_WHOLE_NODE] = holding->taken - s0;
	micro[LEDGER_MEMORY] = s0 - sm;
	micro[LEDGER_CPU] = s0 - sc;
	micro[LEDGER_BOTH] = s0 - smc - (s0 - sm) - (s0 - sc);
	micro[LEDGER_GPU] = smc - smcg;
	if (state_is_session_end(job->state)) {
		micro[LEDGER_FAILED] = smcg;
		return;
	}
	micro[LEDGER_USEFUL] = useful_share(job, holding, &enough, smcg);
	micro[LEDGER_UNMEASURED] = smcg - micro[LEDGER_USEFUL];
}

static gboolean is_measured(const struct job *job)
{
	return job->cpu_used_milliseconds != VALUE_UNKNOWN || job->memory_peak_bytes != VALUE_UNKNOWN ||
	       job->gpu_util != VALUE_UNKNOWN;
}

/* The class that takes a job whole, or LEDGER_CLASSES when it is to be judged. */
static enum ledger_class gate(const struct job *job, const struct rules *rules)
{
	if (state_is_failed_work(job->state))
		return LEDGER_FAILED;
	if (state_is_open(job->state))
		return LEDGER_UNFINISHED;
	if (job->elapsed_seconds < rules->sampling_limit_seconds || !is_measured(job))
		return LEDGER_UNMEASURED;
	if (state_is_session_end(job->state) && job->elapsed_seconds < rules->idle_session_seconds)
		return LEDGER_FAILED;
	return passes_gates(job, rules) ? LEDGER_CLASSES : LEDGER_UNMEASURED;
}

struct holding ledger_hold(const struct job *job, const struct node_shape *shape, const struct rules *rules)
{
	struct holding holding = { .whole = LEDGER_UNMEASURED };
	if (job->nodes <= 0)
		return holding;
	holding.cpu = share(job->cpus, job->nodes, shape->cpus);
	holding.memory = job->whole_node_memory ? MICRO : memory_share(job->memory_bytes, job->nodes, shape);
	holding.gpu = share(job->gpus, job->nodes, shape->gpus);
	holding.shared = dominant(holding.cpu, holding.memory, holding.gpu);
	holding.taken = job->exclusive ? MICRO : holding.shared;
	holding.whole = gate(job, rules);
	holding.judges_cpu = ledger_judges_cpu(job, rules);
	holding.judges_memory = ledger_judges_memory(job, rules);
	if (holding.judges_cpu)
		measure_cores(job, rules, &holding);
	return holding;
}

gint64 ledger_judge(const struct job *job, const struct node_shape *shape, const struct rules *rules,
                    enum scenario scenario, gint64 micro[LEDGER_CLASSES])
{
	struct holding holding = ledger_hold(job, shape, rules);
	if (holding.whole == LEDGER_CLASSES) {
		ledger_split(job, shape, rules, &holding, scenario, micro);
	} else {
		memset(micro, 0, LEDGER_CLASSES * sizeof *micro);
		micro[holding.whole] = holding.taken;
	}
	return holding.taken;
}

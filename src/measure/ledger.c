/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/ledger.h"

#include "base/divide.h"

const char *ledger_class_name(enum ledger_class class)
{
	static const char *const names[LEDGER_CLASSES] = {
		[LEDGER_USEFUL] = "useful work",
		[LEDGER_MEMORY] = "memory alone asked beyond need",
		[LEDGER_CPU] = "idle CPUs alone",
		[LEDGER_BOTH] = "idle CPUs and memory, only together",
		[LEDGER_GPU] = "idle GPUs",
		[LEDGER_WHOLE_NODE] = "whole nodes taken for a part",
		[LEDGER_FAILED] = "work that failed",
		[LEDGER_UNFINISHED] = "unfinished work",
		[LEDGER_UNMEASURED] = "unmeasured",
	};
	return names[class];
}

const char *ledger_class_id(enum ledger_class class)
{
	static const char *const ids[LEDGER_CLASSES] = {
		[LEDGER_USEFUL] = "useful",         [LEDGER_MEMORY] = "memory",
			[LEDGER_CPU] = "cpu",
		[LEDGER_BOTH] = "both",             [LEDGER_GPU] = "gpu",
			[LEDGER_WHOLE_NODE] = "whole_node",
		[LEDGER_FAILED] = "failed",         [LEDGER_UNFINISHED] = "unfinished",
		[LEDGER_UNMEASURED] = "unmeasured",
	};
	return ids[class];
}

gint64 ledger_held(const struct ledger *ledger)
{
	gint64 sum = 0;
	for (enum ledger_class class = 0; class < LEDGER_CLASSES; class++)
		sum += ledger->of[SCENARIO_EXPECTED][class];
	return sum;
}

gint64 ledger_excess(const struct ledger *ledger, enum scenario scenario)
{
	gint64 sum = 0;
	for (enum ledger_class class = 0; class < LEDGER_CLASSES; class++)
		sum += ledger_class_is_excess(class) ? ledger->of[scenario][class] : 0;
	return sum;
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

gboolean ledger_took_all(const struct job *job, const struct pool *pool)
{
	if (job->exclusive || job->whole_node_memory || job->memory_bytes == VALUE_UNLIMITED)
		return TRUE;
	/* An inferred node is as large as the largest job on it, which proves nothing about that
	 * job. */
	if (pool->inferred || job->memory_bytes == VALUE_UNKNOWN || job->nodes <= 0 ||
	    pool->shape.memory_kib <= 0)
		return FALSE;
	gint64 all;
	return !__builtin_mul_overflow(pool->shape.memory_kib * 1024, job->nodes, &all) &&
	       job->memory_bytes >= all;
}

static gint64 share_of_large(gint64 amount, gint64 nodes, gint64 capacity)
{
	__int128_t large = (__int128_t)nodes * capacity; /* memory of many large nodes */
	return amount >= large ? MICRO : (gint64)(((__int128_t)amount * MICRO + large / 2) / large);
}

/* amount ÷ (nodes × capacity) of a node in micro-nodes, rounded once, at most a whole node. */
static inline gint64 share(gint64 amount, gint64 nodes, gint64 capacity)
{
	if (amount <= 0 || capacity <= 0)
		return 0;
	/* Their product times MICRO fits. */
	if (nodes > 1 << 10 || capacity > G_GINT64_CONSTANT(1) << 32)
		return share_of_large(amount, nodes, capacity);
	guint64 whole = (guint64)(nodes * capacity);
	return (gint64)divide(MIN((guint64)amount, whole) * MICRO + whole / 2, whole);
}

static inline gint64 dominant(gint64 cpu, gint64 memory, gint64 gpu)
{
	return MAX(cpu, MAX(memory, gpu));
}

static inline gint64 memory_share(gint64 bytes, gint64 nodes, const struct node_shape *shape)
{
	if (bytes == VALUE_UNLIMITED)
		return MICRO;
	return bytes == VALUE_UNKNOWN ? 0 : share(bytes / 1024, nodes, shape->memory_kib);
}

/* CPUs that would have been enough, in millionths. u used, n = ⌈u(1 + headroom)⌉, at least one per
 * node; the high scenario takes n, the others p − (p − n)(1 − a) with a = max(0, u − 1) ÷ (p − 1):
 * a parallel job with serial phases needs more cores than its mean, one that never uses two needs
 * one (doc/model.md). Exact: shares are rounded once, later. */
static gint64 enough_of_large(const struct job *job, gint64 factor, gboolean certain)
{
	__int128_t core = (__int128_t)job->elapsed_seconds * 1000; /* the milliseconds of one */
	__int128_t held = core * job->cpus, used = MIN(held, job->cpu_used_milliseconds);
	gint64 enough = (gint64)((used * factor + core * 1000 - 1) / (core * 1000));
	enough = MIN(job->cpus, MAX(enough, job->nodes));
	if (certain || job->cpus <= 1)
		return enough * MICRO;
	__int128_t sure = held - MAX(used, core); /* (p − 1)(1 − a) cores */
	return job->cpus * MICRO -
	       (gint64)((job->cpus - enough) * MICRO * sure / (core * (job->cpus - 1)));
}

/* a × b ÷ c, which fits. */
static inline gint64 part_of(guint64 a, guint64 b, guint64 c)
{
	guint64 product;
	if (!__builtin_mul_overflow(a, b, &product))
		return (gint64)divide(product, c);
	return (gint64)((__uint128_t)a * b / c);
}

/* The same in words of 64 bits, which nearly every job fits. */
static inline gint64 enough_microcpus(const struct judged *judged, enum scenario scenario)
{
	const struct job *job = judged->job;
	gint64 factor = 1000 + judged->rules->cpu_headroom_permille[scenario], core = judged->core,
	       used = judged->used;
	if (core == 0)
		return enough_of_large(job, factor, scenario == SCENARIO_HIGH);
	gint64 enough = (gint64)divide((guint64)(used * factor + core * 1000 - 1),
	                               (guint64)(core * 1000));
	enough = MIN(job->cpus, MAX(enough, job->nodes));
	if (scenario == SCENARIO_HIGH || job->cpus <= 1 || enough == job->cpus)
		return enough * MICRO;
	guint64 sure = (guint64)(core * job->cpus - MAX(used, core));
	return job->cpus * MICRO - part_of((guint64)(job->cpus - enough) * MICRO, sure,
	                                   (guint64)(core * (job->cpus - 1)));
}

/* A thousand times four milliseconds of every CPU still fits. */
#define MOST_SECONDS (G_GINT64_CONSTANT(1) << 28)
#define MOST_CPUS (G_GINT64_CONSTANT(1) << 12)

static void measure_cores(struct judged *judged)
{
	const struct job *job = judged->job;
	const struct rules *rules = judged->rules;
	if (job->elapsed_seconds > MOST_SECONDS || job->cpus > MOST_CPUS ||
	    MAX(rules->cpu_headroom_permille[SCENARIO_LOW],
	        rules->cpu_headroom_permille[SCENARIO_HIGH]) > 3000)
		return;
	judged->core = job->elapsed_seconds * 1000;
	judged->used = MIN(judged->core * job->cpus, job->cpu_used_milliseconds);
}

/* 64 PiB: beyond every node, and small enough for every headroom. */
#define LARGEST_PEAK (G_GINT64_CONSTANT(1) << 56)

static gint64 enough_memory(const struct job *job, const struct rules *rules,
                            enum scenario scenario)
{
	gint64 factor = 1000 + rules->memory_headroom_permille[scenario];
	gint64 peak = MIN(job->memory_peak_bytes, LARGEST_PEAK);
	return peak / 1000 * factor + peak % 1000 * factor / 1000;
}

static gboolean is_measured(const struct job *job)
{
	return job->cpu_used_milliseconds != VALUE_UNKNOWN ||
	       job->memory_peak_bytes != VALUE_UNKNOWN || job->gpu_util != VALUE_UNKNOWN;
}

/* The class that takes a job whole, or LEDGER_CLASSES when it is to be judged. Without a State
 * column nothing is known about the end. */
static enum ledger_class gate(const struct job *job, const struct rules *rules, gboolean open)
{
	if (state_is_failed_work(job->state))
		return LEDGER_FAILED;
	if (open)
		return LEDGER_UNFINISHED;
	if (job->elapsed_seconds < rules->sampling_limit_seconds || !is_measured(job))
		return LEDGER_UNMEASURED;
	if (state_is_session_end(job->state) && job->elapsed_seconds < rules->idle_session_seconds)
		return LEDGER_FAILED;
	if (job->elapsed_seconds == 0)
		return LEDGER_UNMEASURED;
	return job->state == STATE_COMPLETED || state_is_session_end(job->state)
	               ? LEDGER_CLASSES
	               : LEDGER_UNMEASURED;
}

struct judged ledger_judge(const struct job *job, const struct rules *rules)
{
	struct judged judged = { .job = job, .rules = rules, .open = state_is_open(job->state) };
	judged.whole = gate(job, rules, judged.open);
	if (judged.whole != LEDGER_CLASSES)
		return judged;
	judged.session = state_is_session_end(job->state);
	judged.judges_cpu = job->cpu_used_milliseconds != VALUE_UNKNOWN && job->cpus > 0;
	judged.judges_memory = job->state == STATE_COMPLETED &&
	                       job->memory_peak_bytes != VALUE_UNKNOWN;
	judged.idle_gpus = job->gpu_util == 0 && job->gpus > 0 &&
	                   job->elapsed_seconds > rules->gpu_grace_seconds;
	if (judged.judges_cpu)
		measure_cores(&judged);
	return judged;
}

/* Micro-nodes of one node, by each resource. */
struct shares {
	gint64 cpu, memory, gpu;
};

/* Judgement carried out on one node. */
struct booking {
	const struct judged *judged;
	const struct node_shape *shape;
	struct shares held;
	gint64 shared; /* the dominant share */
	struct booked *booked;
};

static inline void hold(struct booking *booking)
{
	const struct job *job = booking->judged->job;
	const struct node_shape *shape = booking->shape;
	struct shares *held = &booking->held;
	held->cpu = share(job->cpus, job->nodes, shape->cpus);
	held->memory = job->whole_node_memory ? MICRO
	                                      : memory_share(job->memory_bytes, job->nodes, shape);
	held->gpu = share(job->gpus, job->nodes, shape->gpus);
	booking->shared = dominant(held->cpu, held->memory, held->gpu);
	/* it wants no other beside it */
	booking->booked->taken = job->exclusive ? MICRO : booking->shared;
}

/* What would have been enough. */
static inline struct shares enough_shares(const struct booking *booking, enum scenario scenario)
{
	const struct judged *judged = booking->judged;
	const struct job *job = judged->job;
	const struct node_shape *shape = booking->shape;
	struct shares enough = booking->held;
	if (judged->judges_cpu)
		enough.cpu = MIN(enough.cpu, share(enough_microcpus(judged, scenario), job->nodes,
		                                   shape->cpus * MICRO));
	if (judged->judges_memory)
		enough.memory = MIN(enough.memory,
		                    memory_share(enough_memory(job, judged->rules, scenario),
		                                 job->nodes, shape));
	if (judged->idle_gpus)
		enough.gpu = 0;
	return enough;
}

static inline void put(const struct booking *booking, enum scenario scenario,
                       enum ledger_class class, gint64 share)
{
	struct booked *booked = booking->booked;
	booked->at[booked->count] = (guint)scenario * LEDGER_CLASSES + class;
	booked->share[booked->count] = share;
	booked->count += share != 0;
}

/* The largest share over the resources whose use is known; the rest of what remains is held, not
 * useful. */
static inline gint64 useful_share(const struct judged *judged, const struct shares *enough)
{
	gint64 cpu = judged->judges_cpu ? enough->cpu : 0;
	gint64 memory = judged->judges_memory ? enough->memory : 0;
	gint64 gpu = judged->job->gpu_util != VALUE_UNKNOWN ? enough->gpu : 0;
	return dominant(cpu, memory, gpu);
}

/* What remains when excess is taken off. */
static inline void book_rest(const struct booking *booking, enum scenario scenario,
                             const struct shares *enough, gint64 rest)
{
	if (booking->judged->session) {
		put(booking, scenario, LEDGER_FAILED, rest);
		return;
	}
	gint64 useful = MIN(rest, useful_share(booking->judged, enough));
	put(booking, scenario, LEDGER_USEFUL, useful);
	put(booking, scenario, LEDGER_UNMEASURED, rest - useful);
}

/* Splits what is taken by classes. Returns the excess. */
static inline gint64 split(const struct booking *booking, enum scenario scenario)
{
	const struct shares *held = &booking->held, enough = enough_shares(booking, scenario);
	gint64 s0 = booking->shared, taken = booking->booked->taken;
	gint64 smc = dominant(enough.cpu, enough.memory, held->gpu), sc = smc, smcg = smc;
	if (booking->judged->judges_memory) {
		gint64 sm = dominant(held->cpu, enough.memory, held->gpu);
		sc = dominant(enough.cpu, held->memory, held->gpu);
		put(booking, scenario, LEDGER_MEMORY, s0 - sm);
		put(booking, scenario, LEDGER_BOTH, s0 - smc - (s0 - sm) - (s0 - sc));
	}
	put(booking, scenario, LEDGER_CPU, s0 - sc);
	if (booking->judged->idle_gpus) {
		smcg = dominant(enough.cpu, enough.memory, enough.gpu);
		put(booking, scenario, LEDGER_GPU, smc - smcg);
	}
	put(booking, scenario, LEDGER_WHOLE_NODE, taken - s0);
	book_rest(booking, scenario, &enough, smcg);
	return taken - smcg;
}

/* A node taken whole leaves nothing. */
static inline gint64 tilt(const struct booking *booking)
{
	const struct job *job = booking->judged->job;
	gboolean known = booking->shape->memory_kib > 0 &&
	                 (job->memory_bytes != VALUE_UNKNOWN || job->whole_node_memory);
	return known && !job->exclusive ? booking->held.memory - booking->held.cpu : 0;
}

void ledger_book(const struct judged *judged, const struct node_shape *shape, struct booked *booked)
{
	struct booking booking = { .judged = judged, .shape = shape, .booked = booked };
	booked->taken = booked->tilt = 0;
	booked->count = 0;
	for (enum scenario s = 0; s < SCENARIOS; s++)
		booked->excess[s] = 0;
	if (judged->job->nodes <= 0)
		return;
	hold(&booking);
	booked->tilt = tilt(&booking);
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		if (judged->whole != LEDGER_CLASSES)
			put(&booking, s, judged->whole, booked->taken);
		else
			booked->excess[s] = split(&booking, s);
	}
}

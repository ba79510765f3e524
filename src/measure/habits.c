/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/habits.h"

#include "base/divide.h"

#include <string.h>

#define MINUTE 60
#define FIVE_MINUTES 300
#define HOUR 3600
#define DAY 86400
#define BRIEF (4 * HOUR)

const gint64 habits_wait_edges[HABITS_WAITS] = {
	MINUTE,   FIVE_MINUTES, HOUR / 4, HOUR / 2, HOUR,    2 * HOUR, 4 * HOUR,
	8 * HOUR, 12 * HOUR,    DAY,      2 * DAY,  4 * DAY, 7 * DAY,  G_MAXINT64,
};

static const gint64 length_edges[HABITS_LENGTHS] = { MINUTE, FIVE_MINUTES, HOUR,      6 * HOUR,
	                                             DAY,    7 * DAY,      G_MAXINT64 };

/* Between one power of two and the next there is at most one edge: a table says which, and one
 * comparison the rest. */
#define MOST_BITS 21
static const guint8 first_wait[MOST_BITS + 1] = { 0, 0, 0, 0, 0, 0, 0, 1,  1,  1,  2,
	                                          3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 };
static const guint8 first_length[MOST_BITS + 1] = { 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2,
	                                            2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6 };

static inline guint bits_of(gint64 number)
{
	return number > 0 ? 64 - (guint)__builtin_clzll((guint64)number) : 0;
}

guint habits_wait_step(gint64 seconds)
{
	guint step = first_wait[MIN(bits_of(seconds), MOST_BITS)];
	return step + (seconds > habits_wait_edges[step]);
}

guint habits_length(gint64 elapsed_seconds)
{
	guint length = first_length[MIN(bits_of(elapsed_seconds), MOST_BITS)];
	return length + (elapsed_seconds >= length_edges[length]);
}

/* Powers of four. */
guint habits_size(gint64 cpus)
{
	return MIN((bits_of(cpus - 1) + 1) / 2, HABITS_SIZES - 1);
}

gboolean habits_state_failed(enum job_state state)
{
	const guint failed = 1u << STATE_FAILED | 1u << STATE_TIMEOUT | 1u << STATE_OUT_OF_MEMORY |
	                     1u << STATE_NODE_FAIL | 1u << STATE_CANCELLED | 1u << STATE_BOOT_FAIL |
	                     1u << STATE_DEADLINE | 1u << STATE_PREEMPTED | 1u << STATE_REQUEUED;
	return failed >> state & 1;
}

static void add_wait(struct habits *habits, struct habits_cell *cell,
                     const struct habits_wait *wait, gint64 cpu_seconds)
{
	guint step = habits_wait_step(wait->seconds);
	cell->waits[step]++;
	cell->waited_cpu_seconds[step] += cpu_seconds;
	habits->hours[wait->hour][step]++;
}

static void add_limit(struct habits *habits, const struct job *job)
{
	if (job->limit_seconds == VALUE_UNKNOWN || job->limit_seconds == VALUE_UNLIMITED ||
	    job->limit_seconds <= 0)
		return;
	habits->limits[MIN(HABITS_LIMITS - 1, divide((guint64)job->elapsed_seconds * 100,
	                                             (guint64)job->limit_seconds))]++;
	habits->limits_above_4 += job->limit_seconds > 4 * job->elapsed_seconds;
}

/* What it asked for, and used of it, is known; an amount of memory that is not is below nought, or
 * beyond all. */
static gboolean is_serious(const struct judged *judged, gint64 cpu_seconds)
{
	const struct job *job = judged->job;
	return judged->judges_cpu && judged->judges_memory && !job->piece &&
	       cpu_seconds >= HABITS_SERIOUS_CPU_SECONDS && job->memory_bytes > 0 &&
	       job->memory_bytes <= G_MAXINT64 / HABITS_TENTHS;
}

static void add_serious(struct habits *habits, const struct job *job, gint64 cpu_seconds)
{
	guint64 cpu = divide((guint64)job->cpu_used_milliseconds / (1000 / HABITS_TENTHS),
	                     (guint64)cpu_seconds);
	guint64 peak = (guint64)MIN(job->memory_peak_bytes, job->memory_bytes);
	guint64 memory = divide(peak * HABITS_TENTHS, (guint64)job->memory_bytes);
	struct habits_sum *sum =
		&habits->serious[MIN(cpu, HABITS_TENTHS - 1)][MIN(memory, HABITS_TENTHS - 1)];
	sum->jobs++;
	sum->cpu_seconds += cpu_seconds;
}

void habits_add_serial(struct own_habits *own, const struct judged *judged, gint64 least_cpus)
{
	const struct job *job = judged->job;
	if (job->cpus <= least_cpus)
		return;
	own->serial_jobs += !job->piece;
	own->serial_cpu_seconds += job->elapsed_seconds * job->cpus;
	own->serial_needed_seconds += job->elapsed_seconds * least_cpus;
}

static void add_gpus(struct own_habits *own, const struct job *job)
{
	if (job->gpu_util == VALUE_UNKNOWN)
		return;
	*(job->gpu_util == 0 ? &own->gpu_idle_seconds
	                     : &own->gpu_busy_seconds) += job->elapsed_seconds * job->gpus;
}

static void add_short(struct own_habits *own, const struct job *job, gint64 cpu_seconds)
{
	own->five_jobs++;
	own->five_cpu_seconds += cpu_seconds;
	if (job->elapsed_seconds >= MINUTE)
		return;
	own->short_jobs++;
	own->short_cpu_seconds += cpu_seconds;
	own->short_array_jobs += !slice_empty(job->id) &&
	                         memchr(job->id.data, '_', job->id.length) != NULL;
}

void habits_add(struct habits *habits, struct own_habits *own, const struct judged *judged,
                const struct habits_wait *wait)
{
	const struct job *job = judged->job;
	if (!job->ran)
		return;
	gint64 cpu_seconds = job->elapsed_seconds * job->cpus;
	guint length = habits_length(job->elapsed_seconds);
	struct habits_cell *cell = &habits->cells[habits_size(job->cpus)][length];
	cell->jobs += !job->piece;
	cell->cpus += job->piece ? 0 : job->cpus;
	cell->cpu_seconds += cpu_seconds;
	if (wait->seconds >= 0 && !job->piece)
		add_wait(habits, cell, wait, cpu_seconds);
	if (job->elapsed_seconds < FIVE_MINUTES && !job->piece && !state_is_open(job->state))
		add_short(own, job, cpu_seconds);
	if (job->state == STATE_COMPLETED && !job->piece) {
		add_limit(habits, job);
	} else if (habits_state_failed(job->state)) {
		own->failed_jobs += !job->piece;
		own->failed_cpu_seconds += cpu_seconds;
		own->failed_node_seconds += job->elapsed_seconds * job->nodes;
	}
	if (habits_is_light(job)) {
		own->light_cpu_seconds += cpu_seconds;
		own->brief_cpu_seconds += job->elapsed_seconds <= BRIEF ? cpu_seconds : 0;
	}
	if (job->gpus > 0)
		add_gpus(own, job);
	if (is_serious(judged, cpu_seconds))
		add_serious(habits, job, cpu_seconds);
}

static gint64 parts(gint64 whole, gint64 part)
{
	return part > 0 ? (whole + part - 1) / part : 0;
}

void habits_add_spread(struct own_habits *own, const struct job *job,
                       const struct node_shape *shape)
{
	if (job->memory_bytes == VALUE_UNKNOWN || job->memory_bytes == VALUE_UNLIMITED ||
	    job->whole_node_memory || job->cpus == 0)
		return;
	gint64 nodes = MAX(parts(job->cpus, shape->cpus),
	                   parts(job->memory_bytes >> 10, shape->memory_kib));
	nodes = MAX(nodes, parts(job->gpus, shape->gpus));
	if (nodes >= job->nodes)
		return;
	own->spread_jobs += !job->piece;
	own->spread_node_seconds += job->elapsed_seconds * job->nodes;
	own->spread_needed_seconds += job->elapsed_seconds * nodes;
}

static void add_integers(gint64 *into, const gint64 *from, size_t size)
{
	for (size_t i = 0; i < size / sizeof *into; i++)
		into[i] += from[i];
}

void habits_merge(struct habits *into, const struct habits *from)
{
	add_integers((gint64 *)into, (const gint64 *)from, sizeof *into);
}

void own_habits_merge(struct own_habits *into, const struct own_habits *from)
{
	add_integers((gint64 *)into, (const gint64 *)from, sizeof *into);
}

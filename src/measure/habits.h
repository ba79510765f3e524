/* SPDX-License-Identifier: Apache-2.0 */
/* habits: how people use the cluster, in whole jobs: how large and how long jobs are and how long
 * they wait, how well limits fit, what ended badly, cores and GPUs that did nothing, jobs on more
 * nodes than they fill (doc/model.md, "Habits"). Nothing but arrays of gint64, so that merging is
 * adding. */
#ifndef MEASURE_HABITS_H
#define MEASURE_HABITS_H

#include "measure/ledger.h"

/* Cores held: 1, to 4, 16, 64, 256, 1024, more. */
#define HABITS_SIZES 7
/* Elapsed time: below a minute, 5 minutes, an hour, 6 hours, a day, a week; and from there on. */
#define HABITS_LENGTHS 7
/* Waits: up to habits_wait_edges[] seconds; the last has no upper end. */
#define HABITS_WAITS 14
extern const gint64 habits_wait_edges[HABITS_WAITS];
#define HABITS_HOURS (7 * 24) /* from Monday, midnight, local time */
/* Elapsed time of the limit, in whole per cents; the last also holds what ran beyond. */
#define HABITS_LIMITS 101
/* A share of what a job held that it used, in tenths; the last also holds all of it, and what is
 * more. */
#define HABITS_TENTHS 10
/* A serious job held at least so much: an hour of one core. */
#define HABITS_SERIOUS_CPU_SECONDS 3600
/* How many numbers there are in each. */
#define HABITS_NUMBERS (sizeof(struct habits) / sizeof(gint64))
#define OWN_HABITS_NUMBERS (sizeof(struct own_habits) / sizeof(gint64))

struct habits_cell {
	gint64 jobs, cpus;                      /* that ran; the sum of what they held */
	gint64 cpu_seconds;
	gint64 waits[HABITS_WAITS];             /* jobs of which the wait is known … */
	gint64 waited_cpu_seconds[HABITS_WAITS]; /* … and what they held */
};

struct habits_sum {
	gint64 jobs, cpu_seconds;
};

struct habits {
	struct habits_cell cells[HABITS_SIZES][HABITS_LENGTHS];
	gint64 hours[HABITS_HOURS][HABITS_WAITS]; /* jobs, by the hour of the week in which they
	                                             could have started */
	gint64 limits[HABITS_LIMITS];             /* completed jobs with a limit */
	gint64 limits_above_4;                    /* … whose limit is more than four times what they
	                                             ran */
	/* jobs judged by both, by CPU time and by memory used of what they held */
	struct habits_sum serious[HABITS_TENTHS][HABITS_TENTHS];
};

/* The same of one user. */
struct own_habits {
	/* ran, ended and did not complete */
	gint64 failed_jobs, failed_cpu_seconds, failed_node_seconds;
	gint64 short_jobs, short_cpu_seconds;                        /* ended within a minute */
	/* of those the elements of arrays, by JobID: 123_4 */
	gint64 short_array_jobs;
	gint64 five_jobs, five_cpu_seconds;                          /* ended within five minutes */
	gint64 serial_jobs, serial_cpu_seconds; /* judged jobs without GPUs on two CPUs or more that
	                                           used 1.2 or less */
	gint64 serial_needed_seconds;           /* what those need with one core on each node */
	gint64 gpu_idle_seconds, gpu_busy_seconds; /* GPU-seconds of jobs whose GPU use was
	                                              measured: nought, or not */
	gint64 spread_jobs, spread_node_seconds;   /* would have fitted on fewer nodes of their
	                                              kind */
	gint64 spread_needed_seconds;              /* node-seconds on those */
	gint64 light_cpu_seconds, brief_cpu_seconds; /* of jobs on one node, of at most a day; of at
	                                                most four hours */
};

/* How long a job waited, or below nought when that is not known; and the hour of the week from
 * which on it waited. */
struct habits_wait {
	gint64 seconds;
	guint hour;
};

guint habits_size(gint64 cpus);
guint habits_length(gint64 elapsed_seconds);
guint habits_wait_step(gint64 seconds);

/* Of so many jobs that ran some fail or are cancelled: where none did, they were left out of the
 * export. */
#define HABITS_SOME_FAIL 1000

/* Whether a job that ran and ended thus did not complete. */
gboolean habits_state_failed(enum job_state state);

/* On one node for at most a day: needs no fast network, and could run elsewhere. */
static inline gboolean habits_is_light(const struct job *job)
{
	return job->nodes == 1 && job->elapsed_seconds <= 86400;
}

void habits_add(struct habits *habits, struct own_habits *own, const struct judged *judged,
                const struct habits_wait *wait);

/* Whether a job kept one CPU busy, of more that it held and could be judged by. */
static inline gboolean habits_is_serial(const struct judged *judged)
{
	const struct job *job = judged->job;
	return judged->judges_cpu && job->ran && job->cpus > 1 && job->gpus == 0 &&
	       job->cpu_used_milliseconds <= 1200 * job->elapsed_seconds;
}

/* Of a serial job. `least_cpus` are those of one core on each of its nodes: fewer no job can
 * have. */
void habits_add_serial(struct own_habits *own, const struct judged *judged, gint64 least_cpus);

/* A job on several nodes, all of this shape. */
void habits_add_spread(struct own_habits *own, const struct job *job,
                       const struct node_shape *shape);

void habits_merge(struct habits *into, const struct habits *from);
void own_habits_merge(struct own_habits *into, const struct own_habits *from);

#endif

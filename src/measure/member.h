/* SPDX-License-Identifier: Apache-2.0 */
/* member: what one user in one group did, in sums that a tally keeps and adds. */
#ifndef MEASURE_MEMBER_H
#define MEASURE_MEMBER_H

#include "measure/families.h"
#include "measure/habits.h"
#include "measure/ledger.h"
#include "measure/presence.h"

/* Sums over whole jobs. */
struct use {
	gint64 jobs, ran;
	gint64 cpu_seconds, gpu_seconds, node_seconds, wall_seconds; /* elapsed × what was held */
	/* of jobs where it is measured; uncapped */
	gint64 cpu_used_milliseconds;
	gint64 cpu_measured_seconds;                                 /* cpu_seconds of those jobs */
	/* gpu_seconds of jobs whose GPU use is measured */
	gint64 gpu_measured_seconds;
	gint64 wait_submit_seconds, wait_eligible_seconds;           /* of jobs that ran */
};

/* What happened in one pool: micro-node-seconds inside the window. */
struct pool_use {
	struct ledger ledger;
	gint64 took_all_excess[SCENARIOS]; /* the excess of jobs that took all of the node */
	/* Of jobs that take a larger share of a node's memory than of its CPUs, by how much; and
	 * the reverse. */
	gint64 memory_beyond_cpus, cpus_beyond_memory;
};

/* What a member did in one partition. */
struct stay {
	struct member *member;
	struct stay *next; /* the same member in another, or NULL */
	guint32 partition; /* number in tally->partitions */
	struct use use;
	struct ledger ledger; /* of all pools */
	gint64 held[];        /* millionths of a node × seconds, in each pool: inventory_pools() of
	                         them */
};

#define EFFICIENCY_BINS 101 /* whole per cents, 0 … 100 */

/* One user in one group. */
struct member {
	guint32 user, group; /* numbers in tally->users and tally->groups */
	struct member *next; /* the same user in another group, or NULL */
	struct use use;
	guint32 efficiency[EFFICIENCY_BINS]; /* judged jobs by CPU efficiency */
	gint64 judged_memory_jobs;
	/* of those: mean over time asked and used */
	gint64 memory_asked_mib_seconds, memory_peak_mib_seconds;
	gint64 took_all_jobs, took_all_cpu_seconds;
	/* sum and maximum of their peaks */
	gint64 took_all_judged, took_all_peak_mib, took_all_peak_max_mib;
	struct own_habits habits;
	struct families *families; /* what jobs that asked for the same needed; NULL: none */
	struct pool_use *pools; /* inventory_pools() of them */
	struct stay *stays;     /* NULL: none */
	struct presence at_work, at_gpus; /* when CPUs, and when GPUs, were held by jobs of the
	                                     totals */
};

/* Every field is a gint64 that adds. */
static inline void use_add(struct use *restrict into, const struct use *restrict from)
{
	gint64 *to = (gint64 *)into;
	const gint64 *add = (const gint64 *)from;
#pragma GCC unroll 16
	for (size_t i = 0; i < sizeof *into / sizeof *to; i++)
		to[i] += add[i];
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* advice: what to type. For jobs of one user that asked for the same, the memory, CPUs and time
 * that nearly all of them needed, and a headroom (doc/model.md, "Advice"). */
#ifndef FINDING_ADVICE_H
#define FINDING_ADVICE_H

#include "finding/finding.h"

/* Of fewer judged jobs nothing is advised. */
#define ADVICE_LEAST 10

/* What would be enough; nought where that is not known. It is to be typed where it is less than
 * what they ask for. */
struct advice {
	const char *user; /* a pseudonym; borrowed */
	struct family_request request;
	gint64 jobs;      /* that completed and are judged, and those that time or memory cut */
	gint64 cpu_seconds;
	gint64 asked_bytes; /* memory on each node, mean of what they asked for; 0: not known */
	gint64 memory_bytes, cpus, seconds; /* on each node, of a job on one node, at most */
	gint64 cpus_covered, cpus_jobs;     /* jobs that kept no more than those busy, of those that
	                                       say so */
	gint64 failed;    /* at most so many of the jobs would have needed more memory or time */
};

/* All kinds of jobs of which something would be enough, most core-hours first, ties by user and
 * request: an array of struct advice. No time is where durations are rounded. g_array_unref() frees
 * it. */
GArray *advice_list(const struct evidence *evidence);

/* Whether that is less than what they ask for; and so of anything at all. */
gboolean advice_lowers_memory(const struct advice *advice);
gboolean advice_lowers_cpus(const struct advice *advice);
gboolean advice_lowers_time(const struct advice *advice);
gboolean advice_lowers(const struct advice *advice);

struct advice_asked {
	double bytes;        /* on each node, a mean … */
	double core_seconds; /* … weighted by these */
};

/* The memory that each user asked for, over the list: struct advice_asked by name, which is
 * borrowed. g_hash_table_unref() frees it. */
GHashTable *advice_asked(const GArray *list);

/* "sbatch --mem=6G --cpus-per-task=2 --time=04:00:00", of what is lower. The caller frees it. */
char *advice_command(const struct advice *advice);

/* "6G", "2-12:00:00": as one types them; the caller frees it. */
char *advice_memory(gint64 bytes);
char *advice_time(gint64 seconds);

/* Asks for half of the memory that was asked for, or less. */
gboolean advice_halves_memory(const struct advice *advice);

#endif

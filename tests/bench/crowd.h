/* SPDX-License-Identifier: Apache-2.0 */
/* crowd: the people of a large synthetic cluster, what each of them runs again and again, and the
 * nodes they run it on. */
#ifndef BENCH_CROWD_H
#define BENCH_CROWD_H

#include <glib.h>

#define PEOPLE 2000
#define ACCOUNTS 150

struct nodes {
	const char *stem, *partition;
	guint count, cpus, memory_mib, gpus;
};

enum { NODES_THIN, NODES_FAT, NODES_GPU, NODES_KINDS };
extern const struct nodes nodes[NODES_KINDS];

/* What kind of work it is; five numbers are quartiles. */
struct work {
	guint nodes_kind, nodes_most, gpus_most;
	guint memory_mib_per_cpu;
	gint32 cpus[5]; /* of each node */
	gint32 elapsed_seconds[5], burst_jobs[5];
	guint arrays_permille; /* of bursts */
};

struct person {
	char user[16], account[16], group[16];
	const struct work *work;
	guint busy_permille; /* of the CPU time held */
};

struct crowd {
	struct person people[PEOPLE];
	guint16 turns[65536]; /* who submits next: the k-th in rank as often as 1/k */
};

/* Owned by the caller, g_free(). Bears logins and project names that stand for nobody, or
 * pseudonyms. */
struct crowd *crowd_new(guint64 seed, gboolean pseudonyms);

#endif

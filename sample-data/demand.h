/* SPDX-License-Identifier: Apache-2.0 */
/* demand: the plan of the year → jobs as they are submitted: what each asks, and what it would do
 * if it ran. */
#ifndef SAMPLE_DEMAND_H
#define SAMPLE_DEMAND_H

#include "people.h"

/* All times are seconds since 2025-01-01 00:00:00. */
#define DAY 86400
#define EXPORTED (365 * DAY - 60) /* when the export was made: the last End there is */
#define NEVER G_GINT64_CONSTANT(-1)

#define NODES_MAX 32 /* of one job */

enum outcome {
	OUTCOME_COMPLETED, OUTCOME_FAILED, OUTCOME_TIMEOUT, OUTCOME_CANCELLED,
	OUTCOME_OUT_OF_MEMORY, OUTCOME_NODE_FAIL,
};

struct job {
	guint32 id;    /* JobIDRaw */
	guint32 array; /* id of its array; 0: none */
	int task;      /* number in it */
	guint person;
	const struct kind *kind;

	int nodes;
	int cpus, gpus, memory_mb; /* on each node */
	gint64 limit_seconds, run_seconds;
	gint64 patience_seconds;   /* given up when it has waited so long; NEVER */
	enum outcome outcome;      /* if it runs to its end */
	int cpu_permille, memory_permille, gpu_percent;
	struct job *next;          /* waits for this job's end; NULL */

	gint64 submit, eligible, start, end; /* from the schedule; NEVER: not yet */
	guint8 places[NODES_MAX];            /* numbers of its nodes in the pool */
};

/* Jobs (free with g_ptr_array_unref) in order of submission, numbered. */
GPtrArray *demand_new(guint64 seed);

#endif

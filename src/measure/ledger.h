/* SPDX-License-Identifier: Apache-2.0 */
/* ledger: every allocated second of a node lands in exactly one class (doc/model.md, "The ledger"). */
#ifndef MEASURE_LEDGER_H
#define MEASURE_LEDGER_H

#include "measure/inventory.h"
#include "measure/rules.h"

enum ledger_class {
	LEDGER_USEFUL,
	LEDGER_MEMORY,     /* excess that right-sized memory alone would free */
	LEDGER_CPU,        /* … idle CPUs alone … */
	LEDGER_BOTH,       /* … only both together … */
	LEDGER_GPU,        /* … idle GPUs, after both … */
	LEDGER_WHOLE_NODE, /* … sharing the node instead of taking it whole */
	LEDGER_FAILED,
	LEDGER_UNFINISHED,
	LEDGER_UNMEASURED,
	LEDGER_CLASSES
};

#define MICRO G_GINT64_CONSTANT(1000000) /* micro-nodes in a node */

const char *ledger_class_name(enum ledger_class class); /* "useful work", … */

/* Excess: MEMORY … WHOLE_NODE. */
static inline gboolean ledger_class_is_excess(enum ledger_class class)
{
	return class >= LEDGER_MEMORY && class <= LEDGER_WHOLE_NODE;
}

/* What a job takes of one node of a shape, in micro-nodes, whatever the scenario. */
struct holding {
	gint64 cpu, memory, gpu; /* by each resource */
	gint64 shared, taken;    /* the dominant share; and a whole node when the job wants no other beside it */
	gboolean judges_cpu, judges_memory;
	gint64 core, used; /* milliseconds of one CPU, and used of all; core is 0 when products would not fit in 63 bits */
	enum ledger_class whole; /* the class that takes all of it, or LEDGER_CLASSES: it is to be judged */
};

struct holding ledger_hold(const struct job *job, const struct node_shape *shape, const struct rules *rules);

/* What one node gives to a job that is to be judged, by class, in micro-nodes; `taken` in all. */
void ledger_split(const struct job *job, const struct node_shape *shape, const struct rules *rules,
                  const struct holding *holding, enum scenario scenario, gint64 micro[LEDGER_CLASSES]);

/* What one node of this shape gives to a job that holds `job->nodes` such nodes, by class, in micro-nodes; at most MICRO in
 * all. Returns the sum. */
gint64 ledger_judge(const struct job *job, const struct node_shape *shape, const struct rules *rules,
                    enum scenario scenario, gint64 micro[LEDGER_CLASSES]);

/* Whether the job passes the gates and its CPU use is measured, so that its CPU efficiency means something. */
gboolean ledger_judges_cpu(const struct job *job, const struct rules *rules);

/* The same for memory. */
gboolean ledger_judges_memory(const struct job *job, const struct rules *rules);

/* Whether the job took all memory of its nodes, or the nodes whole. */
gboolean ledger_took_all(const struct job *job, const struct pool *pool);

#endif

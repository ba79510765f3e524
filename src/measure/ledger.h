/* SPDX-License-Identifier: Apache-2.0 */
/* ledger: every allocated second of a node lands in exactly one class (doc/model.md, "The
 * ledger"). */
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
const char *ledger_class_id(enum ledger_class class);   /* "useful", of figures and columns */

/* Excess: MEMORY … WHOLE_NODE. */
static inline gboolean ledger_class_is_excess(enum ledger_class class)
{
	return class >= LEDGER_MEMORY && class <= LEDGER_WHOLE_NODE;
}

/* What is to become of a job's time, whatever nodes it held. Job and rules are borrowed. */
struct judged {
	const struct job *job;
	const struct rules *rules;
	enum ledger_class whole; /* the class that takes all of it, or LEDGER_CLASSES: it is to be
	                            judged */
	gboolean open;           /* it has not ended */
	/* Only of a job that is to be judged: */
	gboolean session;        /* it ended as sessions do */
	gboolean judges_cpu, judges_memory; /* its use is measured, so that its efficiency means
	                                       something */
	gboolean idle_gpus;
	gint64 core, used; /* milliseconds of one CPU, and used of all; core is 0 when products
	                      would not fit in 63 bits */
};

/* A ledger, in micro-node-seconds. */
struct ledger {
	gint64 of[SCENARIOS][LEDGER_CLASSES];
};

/* How many numbers there are in a ledger. */
#define LEDGER_NUMBERS (SCENARIOS * LEDGER_CLASSES)

/* Of one node, in micro-nodes. */
struct booked {
	gint64 taken; /* at most MICRO */
	gint64 tilt;  /* the share of its memory less the share of its CPUs; 0 of a job without a
	                 known share of both */
	gint64 excess[SCENARIOS];
	guint count;  /* of what goes into the ledger: where, of LEDGER_NUMBERS, and how much */
	guint at[LEDGER_NUMBERS];
	gint64 share[LEDGER_NUMBERS];
};

struct judged ledger_judge(const struct job *job, const struct rules *rules);

/* What one node of this shape gives to a job that holds `job->nodes` such nodes, by the class that
 * it belongs to in each scenario. */
void ledger_book(const struct judged *judged, const struct node_shape *shape,
                 struct booked *booked);

/* Adds it, times `factor`. */
static inline void ledger_add(struct ledger *ledger, const struct booked *booked, gint64 factor)
{
	gint64 *numbers = &ledger->of[0][0];
	for (guint i = 0; i < booked->count; i++)
		numbers[booked->at[i]] += booked->share[i] * factor;
}

static inline void ledger_merge(struct ledger *into, const struct ledger *from)
{
	gint64 *to = &into->of[0][0];
	const gint64 *add = &from->of[0][0];
	for (guint i = 0; i < LEDGER_NUMBERS; i++)
		to[i] += add[i];
}

/* All classes of a scenario together. What is held is the same in each. */
gint64 ledger_held(const struct ledger *ledger);
gint64 ledger_excess(const struct ledger *ledger, enum scenario scenario);

/* Whether the job took all memory of its nodes, or the nodes whole. */
gboolean ledger_took_all(const struct job *job, const struct pool *pool);

#endif

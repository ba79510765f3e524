/* SPDX-License-Identifier: Apache-2.0 */
/* inventory: which nodes there are, and of what shape. Given (`scontrol show node`), or inferred
 * from the largest share of each node that any one job took. Nodes of one shape are a pool. */
#ifndef MEASURE_INVENTORY_H
#define MEASURE_INVENTORY_H

#include "record/job.h"

struct node_shape {
	gint64 cpus;       /* as Slurm counts them */
	gint64 cores;      /* physical; equal to cpus when not known better */
	gint64 memory_kib; /* 0: not known */
	gint64 gpus;
	char *gpu_type;    /* NULL when none is named */
};

struct pool {
	char *label;       /* "64 cores, 250 GiB", "4 × a100, 64 cores" */
	struct node_shape shape;
	guint nodes;       /* how many nodes: in the last list when given, seen when inferred */
	gboolean inferred; /* shapes from jobs: capacity unknown, at least what was seen */
};

struct inventory;

struct inventory *inventory_new(void);
void inventory_free(struct inventory *inventory);

/* Finished, of these pools (struct pool, whose labels are made anew; taken): no node can be found
 * in it, and the one list holds always. */
struct inventory *inventory_of_pools(GPtrArray *pools, gboolean given);

/* All nodes as a table that inventory_load() reads, in the order of their names, whatever the day
 * from which they were listed; equal inventories have equal texts. The caller frees it. */
char *inventory_text(const struct inventory *inventory);

/* Reads `scontrol show node`, with or without -o, what `sinfo` prints, or a table such as
 * `anonymize` or inventory_text() makes. It holds from a day on, "2025-07-01", until that of a
 * later day does; "": from the beginning. Lines that name a day themselves hold from that. Error
 * with file and line: no node, a node twice with another shape, a number that is none. */
gboolean inventory_load(struct inventory *inventory, const char *path, const char *date,
                        GError **error);

/* Learns from a job the nodes that were not given. */
void inventory_learn(struct inventory *inventory, const struct job *job);

/* Ends learning: pools are numbered, largest first. More can be learned, and this said again. */
void inventory_finish(struct inventory *inventory);

/* Whether any node was given, and how many node names were seen that the inventory lacks. */
gboolean inventory_given(const struct inventory *inventory);
guint inventory_rented(const struct inventory *inventory); /* lines with CLOUD nodes, which nobody
                                                              owns: left out */
guint inventory_learned(const struct inventory *inventory);

guint inventory_pools(const struct inventory *inventory);
const struct pool *inventory_pool(const struct inventory *inventory, guint number);

/* The lists that were given, the earliest first, each with the day from which it holds ("": the
 * beginning) and how many nodes of a pool are in it, and whether a node is. */
guint inventory_steps(const struct inventory *inventory);
const char *inventory_step_date(const struct inventory *inventory, guint step);
guint inventory_step_nodes(const struct inventory *inventory, guint step, guint pool);
gboolean inventory_step_has(const struct inventory *inventory, guint step, const char *node);

/* How many of a job's nodes lie in each pool: counts[0 … inventory_pools()]. FALSE when its list
 * names an unknown node, is missing or malformed: the job cannot be placed. */
gboolean inventory_place(const struct inventory *inventory, struct slice nodelist, guint *counts);

#endif

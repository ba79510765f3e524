/* SPDX-License-Identifier: Apache-2.0 */
/* nodes: a list of nodes, as `scontrol show node` prints it, or as rows under a header: of `sinfo`,
 * or a table such as node,cpus,cores,memory_mb,gpus,gpu_type, which may also say whether a node was
 * given or inferred from what jobs took of it, and from which day it is listed. */
#ifndef RECORD_NODES_H
#define RECORD_NODES_H

#include "base/slice.h"

#define NODES_HEADER "node,cpus,cores,memory_mb,gpus,gpu_type"
#define NODES_HEADER_DATED NODES_HEADER ",from"
#define NODES_HEADER_SOURCE NODES_HEADER ",source"
#define NODES_GIVEN "given"
#define NODES_INFERRED "inferred"

/* A node has at most so many CPUs, cores or GPUs, and so much memory. Slurm has 16 bits for a
 * count: more comes of a row that is wrong, and a list in which a node was inferred of it must be
 * read again. */
#define NODES_MOST_COUNT (1 << 20)
#define NODES_MOST_MIB G_MAXINT32

struct node {
	struct slice name;
	gint64 cpus;  /* as Slurm counts them */
	gint64 cores; /* physical; equal to cpus when not known better */
	gint64 memory_mib;
	gint64 gpus;
	struct slice gpu_type; /* empty when none is named */
	struct slice from;     /* the day from which the list holds of which this is a line; empty
	                          when it says none */
	gboolean inferred;     /* it is at least so large */
	gboolean rented;       /* Slurm calls it a CLOUD node: there while it is paid for, and
	                          nobody's own */
};

/* Whether it is a day such as 2025-01-31. */
gboolean nodes_is_date(struct slice text);

struct node_taker {
	gboolean (*take)(const struct node *node, void *data, GError **error);
	void *data;
};

/* Gives each node of the file to the taker, once for each day from which a list holds. Error with
 * file and line: no list of nodes, a number that is none, a node without processors or memory that
 * was not inferred, a node twice and not alike, or what the taker says. */
gboolean nodes_each(const char *path, const struct node_taker *taker, GError **error);

/* The same of text in memory, which errors call by a name. */
gboolean nodes_each_of(struct slice text, const char *name, const struct node_taker *taker,
                       GError **error);

#endif

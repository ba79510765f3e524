/* SPDX-License-Identifier: Apache-2.0 */
/* nodes_table: nodes as rows under a header: what `sinfo` prints, or a table that somebody
 * keeps. */
#ifndef RECORD_NODES_TABLE_H
#define RECORD_NODES_TABLE_H

#include "record/nodes.h"

#define NODES_TABLE_COLUMNS 64

struct nodes_table {
	guint8 kinds[NODES_TABLE_COLUMNS]; /* what each column holds */
	guint columns;                     /* 0: no header was seen yet */
	char delimiter;                    /* ' ' for any number of blanks */
	gboolean sinfo;                    /* memory is in MiB, cores are counted by socket */
	gboolean cores_by_socket;
	double memory_unit;                /* in MiB; 0 when each figure must say its own */
};

/* Whether the line is a header that names nodes; then the table is ready for rows. */
gboolean nodes_table_begin(struct nodes_table *table, struct slice line);

/* Whether the columns say enough: CPUs, or what they are counted from, and memory. The error says
 * what to do. */
gboolean nodes_table_suffices(const struct nodes_table *table, GError **error);

/* One row. The name may be a list of nodes; texts point into the line. Error: another number of
 * fields than the header, a number that is none, memory without a unit. */
gboolean nodes_table_row(const struct nodes_table *table, struct slice line, struct node *node,
                         GError **error);

#endif

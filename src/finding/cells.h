/* SPDX-License-Identifier: Apache-2.0 */
/* cells: which groups may be told by time: of those that a report shows, the ones whose users hide each other in every stretch
 * of time that is told, too. */
#ifndef FINDING_CELLS_H
#define FINDING_CELLS_H

#include "measure/tally.h"

/* A stretch of time, seconds [from, to), and whether the GPUs or the CPUs held in it are told. */
struct cell {
	gint64 from, to;
	gboolean gpu;
};

/* By group: whether it may be told in all of these cells. In each at least as many of its users as a shown group has were at
 * work, or none; and so were, together, those of the groups that are not told, which is what the cluster's own numbers leave.
 * The caller frees it. */
gboolean *cells_shown(const struct tally *tally, const struct cell *cells, guint count);

/* How many users of the group were at work in it. */
guint cell_users(const struct tally *tally, const struct cell *cell, guint group);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* cells: of which groups that a report shows something narrower than all that they did may be told,
 * too: what they did in a stretch of time, on a kind of node, with GPUs. Of those whose users hide
 * each other in it. */
#ifndef FINDING_CELLS_H
#define FINDING_CELLS_H

#include "measure/tally.h"

enum cell_of {
	CELL_CPUS, CELL_GPUS,      /* held in a stretch of time */
	CELL_POOL, CELL_GPU_HOURS, /* held at all, on a kind of node; and of GPUs */
};

struct cell {
	enum cell_of of;
	gint64 from, to; /* seconds [from, to); of a stretch */
	gint64 but_from, but_to; /* a part of it that is not in the cell: what is left when that
	                            part is told */
	guint pool;      /* of CELL_POOL */
};

/* Of the groups that `shown` says, by number, those stay that may be told in all of these cells. In
 * each, the users that a shown group has in it hide each other, or there are none; and so do,
 * together, those of the groups that are not told, which is what the cluster's own numbers leave.
 * Where the whole cluster's do not, at least two groups are not told. `apart`: by user, who must
 * hide each other among themselves, too, as all others can be taken off; or NULL. */
void cells_leave_out(const struct tally *tally, const struct cell *cells, guint count,
                     const gboolean *apart, gboolean *shown);

/* All groups, to begin with; the caller frees it. */
gboolean *cells_all(const struct tally *tally);

/* Whether the users of the group hide each other in it, or nobody is in it. */
gboolean cell_hides(const struct tally *tally, const struct cell *cell, guint group);

/* The same of all users of groups that are not shown, together. */
gboolean cell_hides_rest(const struct tally *tally, const struct cell *cell, const gboolean *shown);

/* Whether that one may be told in all of these cells, and no other group: its users hide each
 * other, and so do all others. */
gboolean cells_tell(const struct tally *tally, const struct cell *cells, guint count, guint group);

#endif

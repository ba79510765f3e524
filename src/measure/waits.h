/* SPDX-License-Identifier: Apache-2.0 */
/* waits: how long jobs waited, as a count for each of many steps, so that they add up whatever
 * their order. */
#ifndef MEASURE_WAITS_H
#define MEASURE_WAITS_H

#include <glib.h>

/* Steps that grow by about a tenth: see waits_edge_seconds(). The last has no upper end. */
#define WAIT_BINS 180

struct waits {
	gint64 jobs[WAIT_BINS];
	gint64 edges[WAIT_BINS]; /* seconds: waits_edge_seconds() */
	guint8 starts[65];       /* by how many bits a wait has, the first bin it can be in */
};

void waits_init(struct waits *waits);

/* Less than no wait is none. */
void waits_add(struct waits *waits, gint64 seconds);
void waits_merge(struct waits *waits, const struct waits *other);

/* The upper edge of the step up to which so large a part of the jobs waited; -1 of no jobs. */
gint64 waits_percentile(const struct waits *waits, gint64 per_cent);

/* The upper edge of a step. */
gint64 waits_edge_seconds(guint bin);

#endif

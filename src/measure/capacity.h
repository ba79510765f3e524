/* SPDX-License-Identifier: Apache-2.0 */
/* capacity: how many nodes of a pool there were, and when: N(t) of doc/model.md. */
#ifndef MEASURE_CAPACITY_H
#define MEASURE_CAPACITY_H

#include "base/zone.h"
#include "measure/inventory.h"

struct capacity_step {
	gint64 from;  /* seconds since 1970; until the next step */
	gint64 nodes;
};

/* The steps of a given pool within [from, to), the first at `from`: what is listed for a later day
 * holds before it when nothing else does. At least one; g_array_unref() frees. */
GArray *capacity_steps(const struct inventory *inventory, struct zone *zone, guint pool,
                       gint64 from, gint64 to);

/* The same of one node: 1 while it is listed, else 0. */
GArray *capacity_steps_of_node(const struct inventory *inventory, struct zone *zone,
                               const char *node, gint64 from, gint64 to);

/* Node-seconds until `to`, and the nodes there are in the end. */
gint64 capacity_node_seconds(const GArray *steps, gint64 to);
gint64 capacity_last(const GArray *steps);

#endif

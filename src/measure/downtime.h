/* SPDX-License-Identifier: Apache-2.0 */
/* downtime: when which nodes were away, so that capacity by kind of node and minute is known
 * (doc/model.md). */
#ifndef MEASURE_DOWNTIME_H
#define MEASURE_DOWNTIME_H

#include "measure/inventory.h"
#include "measure/rules.h"
#include "record/events.h"

struct downtime;

struct downtime *downtime_new(void);
void downtime_free(struct downtime *downtime);

/* Reads the events of a file, with times in the zone. */
gboolean downtime_load(struct downtime *downtime, const char *path, struct zone *zone,
                       GError **error);

/* Ends reading: the events of a node are put together, so that a second counts once, and as planned
 * when any of them says so. */
void downtime_settle(struct downtime *downtime);

/* Whether a job held, for a minute or longer of a given period, a node that was said to be down
 * then. Draining nodes run what they have, and maintenance may be a job. Settled; several threads
 * may ask. */
gboolean downtime_contradicts(const struct downtime *downtime, const struct job *job,
                              const struct rules *rules);

/* Node-seconds away in each minute of the period of one pool: down, and planned. Of a time in which
 * the inventory does not list a node nothing counts: it was not owned. Borrows nothing; the caller
 * frees both. */
struct away {
	gint64 *down, *planned;
	gsize minutes;
};

struct away downtime_away(const struct downtime *downtime, const struct inventory *inventory,
                          struct zone *zone, guint pool, const struct rules *rules);
void away_clear(struct away *away);

guint64 downtime_events(const struct downtime *downtime);     /* of nodes, that say one is away */
guint64 downtime_unreadable(const struct downtime *downtime); /* rows */

/* Nodes with events that the inventory does not list. */
guint downtime_unlisted(const struct downtime *downtime, const struct inventory *inventory);

#endif

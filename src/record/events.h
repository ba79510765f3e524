/* SPDX-License-Identifier: Apache-2.0 */
/* events: when nodes were away, as `sacctmgr list event --parsable2` prints it: rows under a
 * header, by the names of its columns; or a table node,start,end,state of one's own. */
#ifndef RECORD_EVENTS_H
#define RECORD_EVENTS_H

#include "base/zone.h"
#include "base/slice.h"

#define EVENTS_HEADER "node,start,end,state"

enum event_state {
	EVENT_DOWN,    /* DOWN, FAIL, and whatever else Slurm notes */
	EVENT_DRAIN,   /* takes no new job: may still run what it has */
	EVENT_PLANNED, /* MAINT: a reservation for maintenance */
	EVENT_PRESENT, /* reserved, or switched off until it is needed: it is there */
	EVENT_STATES
};

/* Texts point into the line. */
struct event {
	struct slice nodes;       /* a node, or a list of them */
	struct slice start, end;  /* as printed; an end that is not known is empty */
	gint64 from, to;          /* seconds since 1970; `to` VALUE_UNKNOWN: it had not ended */
	enum event_state state;
};

/* "DOWN", "DRAIN", "MAINT", "RESERVED": what events_each() reads as that state. */
const char *event_state_name(enum event_state state);

struct event_taker {
	gboolean (*take)(const struct event *event, void *data, GError **error);
	void *data;
};

/* Gives each event of a node to the taker; those of the whole cluster are none. *unreadable counts
 * rows that are cut or have no nodes or times that could be read. A reason may hold the delimiter.
 * Error with the file: it has no such columns, or what the taker says. */
gboolean events_each(const char *path, struct zone *zone, const struct event_taker *taker,
                     guint64 *unreadable, GError **error);

/* The same of text in memory. */
gboolean events_each_of(struct slice text, struct zone *zone, const struct event_taker *taker,
                        guint64 *unreadable, GError **error);

#endif

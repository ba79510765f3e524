/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/downtime.h"

#include "base/intern.h"
#include "measure/capacity.h"
#include "measure/series.h"
#include "record/value.h"

struct stretch {
	gint64 from, to; /* G_MAXINT64: without end */
	enum event_state state;
};

struct downtime {
	struct intern *names;
	GPtrArray *stretches; /* GArray of struct stretch, by name: apart from each other and in
	                         order once settled */
	GPtrArray *downs;     /* the same of EVENT_DOWN alone, as they were given */
	guint64 events, unreadable;
};

static void unref_array(gpointer array)
{
	g_array_unref(array);
}

struct downtime *downtime_new(void)
{
	struct downtime *downtime = g_new0(struct downtime, 1);
	downtime->names = intern_new();
	downtime->stretches = g_ptr_array_new_with_free_func(unref_array);
	downtime->downs = g_ptr_array_new_with_free_func(unref_array);
	return downtime;
}

void downtime_free(struct downtime *downtime)
{
	if (!downtime)
		return;
	intern_free(downtime->names);
	g_ptr_array_unref(downtime->stretches);
	g_ptr_array_unref(downtime->downs);
	g_free(downtime);
}

struct adding {
	struct downtime *downtime;
	struct stretch stretch;
};

static void add_host(struct slice host, void *data)
{
	const struct adding *adding = data;
	struct downtime *downtime = adding->downtime;
	guint32 number = intern_get(downtime->names, host);
	if (number == downtime->stretches->len) {
		g_ptr_array_add(downtime->stretches,
		                g_array_new(FALSE, FALSE, sizeof(struct stretch)));
		g_ptr_array_add(downtime->downs, g_array_new(FALSE, FALSE, sizeof(struct stretch)));
	}
	g_array_append_val((GArray *)downtime->stretches->pdata[number], adding->stretch);
	if (adding->stretch.state == EVENT_DOWN)
		g_array_append_val((GArray *)downtime->downs->pdata[number], adding->stretch);
}

static gboolean add_event(const struct event *event, void *data, G_GNUC_UNUSED GError **error)
{
	struct downtime *downtime = data;
	gint64 to = event->to == VALUE_UNKNOWN ? G_MAXINT64 : event->to;
	struct adding adding = { downtime, { event->from, to, event->state } };
	if (event->state == EVENT_PRESENT || to <= event->from)
		return TRUE;
	downtime->events++;
	hosts_each(event->nodes, add_host, &adding);
	return TRUE;
}

gboolean downtime_load(struct downtime *downtime, const char *path, struct zone *zone,
                       GError **error)
{
	const struct event_taker taker = { add_event, downtime };
	return events_each(path, zone, &taker, &downtime->unreadable, error);
}

/* Settling */

static gint by_time(gconstpointer a, gconstpointer b)
{
	const gint64 *left = a, *right = b;
	return (*left > *right) - (*left < *right);
}

/* Instants at which any of them begins or ends, in order. */
static GArray *edges_of(const GArray *given)
{
	GArray *edges = g_array_new(FALSE, FALSE, sizeof(gint64));
	for (guint i = 0; i < given->len; i++) {
		const struct stretch *stretch = &g_array_index(given, struct stretch, i);
		g_array_append_val(edges, stretch->from);
		g_array_append_val(edges, stretch->to);
	}
	g_array_sort(edges, by_time);
	return edges;
}

/* What is said of the time between two edges: EVENT_PRESENT when nothing is. */
static enum event_state said_of(const GArray *given, gint64 from, gint64 to)
{
	enum event_state state = EVENT_PRESENT;
	for (guint i = 0; i < given->len; i++) {
		const struct stretch *stretch = &g_array_index(given, struct stretch, i);
		if (stretch->from > from || stretch->to < to)
			continue;
		if (stretch->state == EVENT_PLANNED)
			return EVENT_PLANNED;
		state = EVENT_DOWN; /* draining or down, it takes no new job */
	}
	return state;
}

static GArray *put_together(const GArray *given)
{
	GArray *apart = g_array_new(FALSE, FALSE, sizeof(struct stretch));
	g_autoptr(GArray) edges = edges_of(given);
	for (guint i = 0; i + 1 < edges->len; i++) {
		struct stretch stretch = { g_array_index(edges, gint64, i),
			                   g_array_index(edges, gint64, i + 1), EVENT_PRESENT };
		if (stretch.from == stretch.to)
			continue;
		stretch.state = said_of(given, stretch.from, stretch.to);
		if (stretch.state != EVENT_PRESENT)
			g_array_append_val(apart, stretch);
	}
	return apart;
}

void downtime_settle(struct downtime *downtime)
{
	for (guint i = 0; i < downtime->stretches->len; i++) {
		GArray *given = downtime->stretches->pdata[i];
		downtime->stretches->pdata[i] = put_together(given);
		g_array_unref(given);
	}
}

/* Asking */

#define CONTRADICTION 60 /* seconds */

struct asking {
	const struct downtime *downtime;
	gint64 from, to;
	gboolean contradicts;
};

static void ask_host(struct slice host, void *data)
{
	struct asking *asking = data;
	gint64 number = intern_find(asking->downtime->names, host);
	if (number < 0)
		return;
	const GArray *downs = asking->downtime->downs->pdata[number];
	for (guint i = 0; i < downs->len; i++) {
		const struct stretch *down = &g_array_index(downs, struct stretch, i);
		asking->contradicts |= MIN(down->to, asking->to) - MAX(down->from, asking->from) >=
		                       CONTRADICTION;
	}
}

gboolean downtime_contradicts(const struct downtime *downtime, const struct job *job,
                              const struct rules *rules)
{
	if (!job->ran || job->start == VALUE_UNKNOWN || slice_empty(job->nodelist))
		return FALSE;
	struct asking asking = { downtime, job->start, job->start + job->elapsed_seconds, FALSE };
	if (rules->declared) {
		asking.from = MAX(asking.from, rules->from);
		asking.to = MIN(asking.to, rules->to);
	}
	if (asking.to - asking.from < CONTRADICTION)
		return FALSE;
	hosts_each(job->nodelist, ask_host, &asking);
	return asking.contradicts;
}

/* The pool of a node that the inventory lists, or -1. */
static gint64 pool_of(const struct inventory *inventory, const char *name, guint *counts)
{
	if (!inventory_place(inventory, slice_of(name), counts))
		return -1;
	for (guint p = 0; p < inventory_pools(inventory); p++)
		if (counts[p] > 0)
			return inventory_pool(inventory, p)->inferred ? -1 : (gint64)p;
	return -1;
}

/* What a node was away while it was owned. */
static void add_away(const GArray *stretches, const GArray *owned, gint64 to, struct series *down,
                     struct series *planned)
{
	for (guint i = owned->len; i-- > 0;) {
		const struct capacity_step *step = &g_array_index(owned, struct capacity_step, i);
		for (guint k = 0; step->nodes > 0 && k < stretches->len; k++) {
			const struct stretch *stretch = &g_array_index(stretches, struct stretch,
			                                               k);
			series_add(stretch->state == EVENT_PLANNED ? planned : down,
			           MAX(stretch->from, step->from), MIN(stretch->to, to), 1);
		}
		to = step->from;
	}
}

struct away downtime_away(const struct downtime *downtime, const struct inventory *inventory,
                          struct zone *zone, guint pool, const struct rules *rules)
{
	struct series *down = series_new(60), *planned = series_new(60);
	g_autofree guint *counts = g_new0(guint, inventory_pools(inventory) + 1);
	struct away away;
	for (guint i = 0; i < downtime->stretches->len; i++) {
		const char *node = intern_text(downtime->names, i);
		if (pool_of(inventory, node, counts) != (gint64)pool)
			continue;
		g_autoptr(GArray) owned = capacity_steps_of_node(inventory, zone, node, rules->from,
		                                                 rules->to);
		add_away(downtime->stretches->pdata[i], owned, rules->to, down, planned);
	}
	away.down = series_values(down, rules->from, rules->to, &away.minutes);
	away.planned = series_values(planned, rules->from, rules->to, &away.minutes);
	series_free(down);
	series_free(planned);
	return away;
}

void away_clear(struct away *away)
{
	g_clear_pointer(&away->down, g_free);
	g_clear_pointer(&away->planned, g_free);
}

guint64 downtime_events(const struct downtime *downtime)
{
	return downtime->events;
}

guint64 downtime_unreadable(const struct downtime *downtime)
{
	return downtime->unreadable;
}

guint downtime_unlisted(const struct downtime *downtime, const struct inventory *inventory)
{
	g_autofree guint *counts = g_new0(guint, inventory_pools(inventory) + 1);
	guint unlisted = 0;
	for (guint i = 0; i < downtime->stretches->len; i++)
		unlisted += pool_of(inventory, intern_text(downtime->names, i), counts) < 0;
	return unlisted;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"

#include "measure/stock.h"

#define NO_EVENTS "no list of events was given: nodes that were down count as idle"
#define NO_PLANNED "an accounting export does not say which idle nodes were kept for a waiting job: they count as idle"

/* What became of all node-seconds that were owned: each is in one class, in micro-node-seconds. */
struct owned_time {
	gint64 owned, allocated, down, planned_down;
	gint64 both; /* allocated, and said to be down */
};

/* One pool's minutes. */
struct counting {
	struct stock stock;
	struct owned_time *sum;
};

static void add_minutes(struct owned_time *sum, const struct stretch *stretch, gint64 held)
{
	gint64 owned = stretch->owned * NODE_MINUTE, minutes = stretch->minutes;
	gint64 allocated = MIN(held, owned), planned = MIN(stretch->planned, owned - allocated);
	gint64 down = MIN(stretch->down, owned - allocated - planned);
	sum->owned += owned * minutes;
	sum->allocated += allocated * minutes;
	sum->planned_down += planned * minutes;
	sum->down += down * minutes;
	sum->both += (stretch->down + stretch->planned - down - planned) * minutes;
}

/* Of a pool's bundle, the nodes that were held. */
static void take_minutes(void *data, const gint64 *levels, gsize count)
{
	struct counting *counting = data;
	for (gint64 left = (gint64)count; left > 0;) {
		struct stretch stretch = stock_next(&counting->stock, left);
		add_minutes(counting->sum, &stretch, levels[0]);
		left -= stretch.minutes;
	}
}

static struct owned_time owned_time_of(const struct evidence *evidence, guint pool)
{
	const struct tally *tally = evidence->tally;
	const GArray *steps = evidence->capacities->pdata[pool];
	const struct away *away = evidence->away ? &g_array_index(evidence->away, struct away, pool)
	                                         : NULL;
	struct owned_time sum = { 0 };
	struct counting counting = {
		stock_from(capacity_last(steps), steps, away, tally->rules.from), &sum
	};
	bundle_each(tally->pools[pool], tally->rules.from, tally->rules.to, take_minutes,
	            &counting);
	return sum;
}

static void add_hours(struct evidence *evidence, const char *name, gint64 micro, const char *reason,
                      const char *label)
{
	g_autofree char *hours = g_strdup_printf("capacity.%s.hours", name);
	g_autofree char *share = g_strdup_printf("capacity.%s.share", name);
	g_autofree char *expression = g_strdup_printf("%s / capacity.owned.hours", hours);
	if (reason)
		figures_add_missing(evidence->figures, hours, UNIT_HOURS, reason, label);
	else
		figures_add(evidence->figures, hours, UNIT_HOURS, micro_hours(micro), label);
	figures_derive(evidence->figures, share, UNIT_SHARE, expression, label)->fine = TRUE;
}

static void add_classes(struct evidence *evidence, const struct owned_time *sum)
{
	const char *none = evidence->no_capacity, *no_events = none             ? none
	                                                       : evidence->away ? NULL
	                                                                        : NO_EVENTS;
	gint64 idle = sum->owned - sum->allocated - sum->down - sum->planned_down;
	if (none)
		figures_add_missing(evidence->figures, "capacity.owned.hours", UNIT_HOURS, none,
		                    "Node-hours owned");
	else
		figures_add(evidence->figures, "capacity.owned.hours", UNIT_HOURS,
		            micro_hours(sum->owned), "Node-hours owned")
			->definition = g_strdup("The nodes of the inventory × the period. Each of "
		                                "their hours is allocated, down, planned "
		                                "down or idle, by the minute and kind of node; "
		                                "what is more than one of these is the "
		                                "first of: allocated, planned down, down.");
	add_hours(evidence, "allocated", sum->allocated, none, "Allocated");
	add_hours(evidence, "down", sum->down, no_events, "Down");
	add_hours(evidence, "planned_down", sum->planned_down, no_events, "Planned down");
	add_hours(evidence, "planned", 0, none ? none : NO_PLANNED, "Planned");
	add_hours(evidence, "idle", idle, none, "Idle");
	figures_derive(evidence->figures, "capacity.up.share", UNIT_SHARE,
	               "capacity.allocated.hours / (capacity.owned.hours - capacity.down.hours - "
	               "capacity.planned_down.hours)",
	               "Share of the node-hours in which a node was up that were allocated")
		->fine = TRUE;
	if (no_events)
		figures_add_missing(evidence->figures, "capacity.both.hours", UNIT_HOURS, no_events,
		                    "Allocated and said to be down");
	else
		figures_add(evidence->figures, "capacity.both.hours", UNIT_HOURS,
		            micro_hours(sum->both),
		            "Node-hours allocated on nodes that were said to be down, counted as "
		            "allocated");
}

static void add_sum(struct owned_time *into, const struct owned_time *from)
{
	into->owned += from->owned;
	into->allocated += from->allocated;
	into->down += from->down;
	into->planned_down += from->planned_down;
	into->both += from->both;
}

static void add_pool(struct evidence *evidence, guint pool, const struct owned_time *sum)
{
	g_autofree char *down = g_strdup_printf("pool.%u.down", pool + 1);
	g_autofree char *planned = g_strdup_printf("pool.%u.planned_down", pool + 1);
	figures_add(evidence->figures, down, UNIT_HOURS, micro_hours(sum->down), "Node-hours down")
		->detail = TRUE;
	figures_add(evidence->figures, planned, UNIT_HOURS, micro_hours(sum->planned_down),
	            "Node-hours planned down")
		->detail = TRUE;
}

static void add_events(struct evidence *evidence)
{
	const struct downtime *downtime = evidence->told.downtime;
	struct figures *figures = evidence->figures;
	figures_add(figures, "has.events", UNIT_COUNT, downtime != NULL,
	            "A list of events was given");
	figures_add(figures, "events.count", UNIT_COUNT,
	            downtime ? (double)downtime_events(downtime) : 0,
	            "Events that say that a node was away");
	figures_add(figures, "events.unreadable", UNIT_COUNT,
	            downtime ? (double)downtime_unreadable(downtime) : 0,
	            "Rows of events that could not be read");
	figures_add(figures, "events.unlisted", UNIT_COUNT,
	            downtime ? downtime_unlisted(downtime, evidence->tally->inventory) : 0,
	            "Nodes with events that the inventory does not list");
	figures_add(figures, "events.jobs", UNIT_COUNT, (double)evidence->told.jobs_on_down,
	            "Jobs that held a node while it was said to be down");
}

void figures_of_away(struct evidence *evidence)
{
	struct owned_time sum = { 0 };
	for (guint p = 0; p < inventory_pools(evidence->tally->inventory); p++) {
		if (!evidence->has_capacity || !evidence->capacities->pdata[p])
			continue;
		struct owned_time of_pool = owned_time_of(evidence, p);
		add_sum(&sum, &of_pool);
		if (evidence->away)
			add_pool(evidence, p, &of_pool);
	}
	add_classes(evidence, &sum);
	add_events(evidence);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/best_plans.h"

#include <math.h>

struct plan {
	double fewer, rented;
};

struct listing {
	const struct pool_sizing *sizing;
	const struct needed *need;
	GArray *from, *fewer, *rented; /* double */
};

/* What the last of so many nodes is needed for, a year: no more than what each before it is. */
static double last_hours(const struct listing *listing, const gint64 *beyond, gint64 nodes)
{
	return nodes > 0 ? pool_sizing_hours(listing->sizing, beyond[nodes - 1] - beyond[nodes])
	                 : INFINITY;
}

/* The smallest number with the least cost, given that it is at most `nodes`. */
static gint64 cheapest(const struct listing *listing, const gint64 *beyond, gint64 nodes,
                       double hours)
{
	while (last_hours(listing, beyond, nodes) <= hours)
		nodes--;
	return nodes;
}

/* As many as are cheapest after the programmes. They free no hours but those of nodes that go, and
 * of rent. */
static struct plan plan_of_fewest(const struct listing *listing, gint64 nodes)
{
	return (struct plan){ (double)(listing->sizing->owned - nodes),
		              pool_sizing_hours(listing->sizing, listing->need->users[nodes]) };
}

/* As many as before the programmes: all that they free is handed back, but for the rent. */
static struct plan plan_of_most(const struct listing *listing, gint64 nodes)
{
	const struct needed *need = listing->need;
	gint64 returned = need->less - (need->now[nodes] - need->users[nodes]);
	struct plan plan = plan_of_fewest(listing, nodes);
	plan.fewer += pool_sizing_hours(listing->sizing, returned) / HOURS_A_YEAR;
	return plan;
}

static double worth(struct plan plan, double hours)
{
	return plan.fewer * hours - plan.rented;
}

/* One that goes on does not begin again. */
static void add(struct listing *listing, double from, struct plan plan)
{
	guint last = listing->from->len - 1;
	if (listing->from->len > 0 && g_array_index(listing->fewer, double, last) == plan.fewer &&
	    g_array_index(listing->rented, double, last) == plan.rented)
		return;
	g_array_append_val(listing->from, from);
	g_array_append_val(listing->fewer, plan.fewer);
	g_array_append_val(listing->rented, plan.rented);
}

/* The better of two, from here up to `until`: both are lines, so that they change places at most
 * once. */
static void add_better(struct listing *listing, double from, double until, struct plan a,
                       struct plan b)
{
	gboolean a_first = worth(a, from) > worth(b, from) ||
	                   (worth(a, from) == worth(b, from) && a.fewer >= b.fewer);
	struct plan first = a_first ? a : b, second = a_first ? b : a;
	double meet = second.fewer > first.fewer
	                      ? (second.rented - first.rented) / (second.fewer - first.fewer)
	                      : INFINITY;
	add(listing, from, first);
	if (meet > from && meet < until)
		add(listing, meet, second);
}

struct best_plans best_plans_of(const struct pool_sizing *sizing, enum scenario scenario)
{
	struct listing listing = { sizing, &sizing->need[scenario],
		                   g_array_new(FALSE, FALSE, sizeof(double)),
		                   g_array_new(FALSE, FALSE, sizeof(double)),
		                   g_array_new(FALSE, FALSE, sizeof(double)) };
	gint64 keep = sizing->owned, fewest = sizing->owned;
	for (double from = 0, until; isfinite(from); from = until) {
		keep = cheapest(&listing, listing.need->now, keep, from);
		fewest = cheapest(&listing, listing.need->users, fewest, from);
		until = MIN(last_hours(&listing, listing.need->now, keep),
		            last_hours(&listing, listing.need->users, fewest));
		add_better(&listing, from, until, plan_of_fewest(&listing, fewest),
		           plan_of_most(&listing, keep));
	}
	struct best_plans plans = { .count = listing.from->len };
	plans.from_hours = (double *)(void *)g_array_free(listing.from, FALSE);
	plans.fewer_nodes = (double *)(void *)g_array_free(listing.fewer, FALSE);
	plans.rented_hours = (double *)(void *)g_array_free(listing.rented, FALSE);
	return plans;
}

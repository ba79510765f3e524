/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/capacity.h"

#include "record/value.h"

static gint64 step_begin(const struct inventory *inventory, struct zone *zone, guint step,
                         gint64 from)
{
	g_autofree char *midnight = g_strconcat(inventory_step_date(inventory, step), "T00:00:00",
	                                        NULL);
	gint64 begin;

	if (step == 0 || !value_time(slice_of(midnight), zone, FALSE, &begin, NULL))
		return from;
	/* Demand is counted by minutes. */
	return MAX(from, begin - begin % 60);
}

/* Of all nodes of a pool, or of one node. */
struct listed {
	guint pool;
	const char *node;
};

static gint64 count_listed(const struct inventory *inventory, guint step,
                           const struct listed *listed)
{
	if (listed->node)
		return inventory_step_has(inventory, step, listed->node);
	return inventory_step_nodes(inventory, step, listed->pool);
}

static GArray *steps_of(const struct inventory *inventory, struct zone *zone,
                        const struct listed *listed, gint64 from, gint64 to)
{
	GArray *steps = g_array_new(FALSE, FALSE, sizeof(struct capacity_step));

	for (guint i = 0; i < inventory_steps(inventory); i++) {
		struct capacity_step step = { step_begin(inventory, zone, i, from),
			                      count_listed(inventory, i, listed) };

		if (i > 0 && step.from >= to)
			break;
		if (steps->len > 0 &&
		    g_array_index(steps, struct capacity_step, steps->len - 1).from == step.from)
			g_array_set_size(steps, steps->len - 1);
		g_array_append_val(steps, step);
	}
	return steps;
}

GArray *capacity_steps(const struct inventory *inventory, struct zone *zone, guint pool,
                       gint64 from, gint64 to)
{
	return steps_of(inventory, zone, &(struct listed){ pool, NULL }, from, to);
}

GArray *capacity_steps_of_node(const struct inventory *inventory, struct zone *zone,
                               const char *node, gint64 from, gint64 to)
{
	return steps_of(inventory, zone, &(struct listed){ 0, node }, from, to);
}

gint64 capacity_node_seconds(const GArray *steps, gint64 to)
{
	gint64 sum = 0;

	for (guint i = steps->len; i-- > 0;) {
		const struct capacity_step *step = &g_array_index(steps, struct capacity_step, i);

		sum += step->nodes * (to - step->from);
		to = step->from;
	}
	return sum;
}

gint64 capacity_last(const GArray *steps)
{
	return g_array_index(steps, struct capacity_step, steps->len - 1).nodes;
}

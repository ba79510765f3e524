/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/tally_parts.h"

void member_free(gpointer data)
{
	struct member *member = data;
	presence_clear(&member->at_work);
	presence_clear(&member->at_gpus);
	families_free(member->families);
	for (struct stay *stay = member->stays, *next; stay; stay = next) {
		next = stay->next;
		g_free(stay);
	}
	g_free(member->pools);
	g_free(member);
}

static void edge_clear(void *data)
{
	struct edge *edge = data;
	g_free(edge->places);
}

static GArray *edges_new(void)
{
	GArray *edges = g_array_new(FALSE, FALSE, sizeof(struct edge));
	g_array_set_clear_func(edges, edge_clear);
	return edges;
}

static void new_series(struct tally *tally, guint pools)
{
	tally->cluster = bundle_new(60, 1);
	tally->cpus = bundle_series(tally->cluster, 0);
	tally->moments = bundle_new(60, MOMENTS);
	tally->pools = g_new0(struct bundle *, pools + 1);
	tally->nodes = g_new0(struct series *, pools + 1);
	tally->gpus = g_new0(struct series *, pools + 1);
	tally->light = g_new0(struct series *, pools + 1);
	tally->excess = g_new0(struct series *, pools * SCENARIOS + 1);
	for (guint p = 0; p < pools; p++) {
		tally->pools[p] = bundle_new(60, 1 + SCENARIOS);
		tally->nodes[p] = bundle_series(tally->pools[p], 0);
		for (guint s = 0; s < SCENARIOS; s++)
			tally->excess[p * SCENARIOS + s] = bundle_series(tally->pools[p], 1 + s);
		tally->gpus[p] = series_new(60);
		tally->light[p] = series_new(60);
	}
}

static void free_series(struct tally *tally)
{
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		bundle_free(tally->pools[p]);
		series_free(tally->gpus[p]);
		series_free(tally->light[p]);
	}
	g_free(tally->pools);
	g_free(tally->nodes);
	g_free(tally->gpus);
	g_free(tally->light);
	g_free(tally->excess);
	bundle_free(tally->cluster);
	bundle_free(tally->moments);
}

void tally_drop_pools(struct tally *tally)
{
	bundle_clear(tally->moments);
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		bundle_clear(tally->pools[p]);
		series_clear(tally->light[p]);
	}
}

void tally_groups_fill(struct tally *tally)
{
	while (tally->group_cpus->len < intern_count(tally->groups)) {
		g_ptr_array_add(tally->group_cpus, series_new(3600));
		g_ptr_array_add(tally->group_days, days_new());
	}
}

void tally_groups_begin(struct tally *tally)
{
	tally->group_cpus = g_ptr_array_new_with_free_func((GDestroyNotify)series_free);
	tally->group_days = g_ptr_array_new_with_free_func(days_free);
	tally_groups_fill(tally);
}

struct tally *tally_new(const struct rules *rules, const struct inventory *inventory,
                        struct zone *zone)
{
	guint pools = inventory_pools(inventory);
	struct tally *tally = g_new0(struct tally, 1);
	tally->rules = *rules;
	tally->inventory = inventory;
	tally->zone = zone;
	tally->users = intern_new();
	tally->groups = intern_new();
	tally->partitions = intern_new();
	tally->clusters = intern_new();
	tally->members = g_ptr_array_new_with_free_func(member_free);
	tally->member_of = g_ptr_array_new();
	tally->places = places_new(pools);
	extent_init(&tally->extent);
	tally->edges = edges_new();
	tally->edges_prune = EDGES_FIRST;
	tally->held = edges_new();
	new_series(tally, pools);
	tally_groups_begin(tally);
	tally->pooling.other = tally->pooling.former = -1;
	days_init(&tally->days);
	months_init(&tally->months);
	waits_init(&tally->waits);
	return tally;
}

void tally_free(struct tally *tally)
{
	if (!tally)
		return;
	free_series(tally);
	g_ptr_array_unref(tally->group_cpus);
	g_ptr_array_unref(tally->group_days);
	days_clear(&tally->days);
	months_clear(&tally->months);
	g_ptr_array_unref(tally->member_of);
	g_ptr_array_unref(tally->members);
	places_free(tally->places);
	g_array_unref(tally->edges);
	g_array_unref(tally->held);
	intern_free(tally->users);
	intern_free(tally->groups);
	intern_free(tally->partitions);
	intern_free(tally->clusters);
	g_free(tally);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/places.h"

#include "base/intern.h"

struct places {
	struct intern *lists;
	gsize bytes;    /* of their texts */
	GArray *ends;   /* guint, by list: where its places end; they begin where those of the list before end */
	GArray *of;     /* struct place */
	guint *counts;  /* inventory_pools() of them, for one list */
};

/* Beyond this all is forgotten, and remembered anew. */
#define PLACES_MOST_LISTS 16384
#define PLACES_MOST_BYTES (1 << 20)

struct places *places_new(guint pools)
{
	struct places *places = g_new0(struct places, 1);
	places->lists = intern_new();
	places->ends = g_array_new(FALSE, FALSE, sizeof(guint));
	places->of = g_array_new(FALSE, FALSE, sizeof(struct place));
	places->counts = g_new0(guint, pools + 1);
	return places;
}

void places_free(struct places *places)
{
	intern_free(places->lists);
	g_array_unref(places->ends);
	g_array_unref(places->of);
	g_free(places->counts);
	g_free(places);
}

static void places_forget(struct places *places)
{
	intern_free(places->lists);
	places->lists = intern_new();
	places->bytes = 0;
	g_array_set_size(places->ends, 0);
	g_array_set_size(places->of, 0);
}

/* A list that cannot be placed has no place. */
static void places_learn(struct places *places, const struct inventory *inventory, struct slice list)
{
	guint pools = inventory_place(inventory, list, places->counts) ? inventory_pools(inventory) : 0;
	for (guint p = 0; p < pools; p++) {
		struct place place = { p, places->counts[p] };
		if (place.nodes > 0)
			g_array_append_val(places->of, place);
	}
	places->bytes += list.length;
	g_array_append_val(places->ends, places->of->len);
}

const struct place *places_find(struct places *places, const struct inventory *inventory, struct slice list,
                                       guint *count)
{
	if (intern_count(places->lists) >= PLACES_MOST_LISTS || places->bytes >= PLACES_MOST_BYTES)
		places_forget(places);
	guint32 number = intern_get(places->lists, list);
	if (number == places->ends->len)
		places_learn(places, inventory, list);
	guint begin = number == 0 ? 0 : g_array_index(places->ends, guint, number - 1);
	*count = g_array_index(places->ends, guint, number) - begin;
	return *count > 0 ? &g_array_index(places->of, struct place, begin) : NULL;
}

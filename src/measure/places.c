/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/places.h"

#include <string.h>

#include "base/intern.h"

/* A list's places among all. */
struct span {
	guint begin, count;
};

/* Most lists are one name; such as were looked for last are found without a search. */
struct known {
	struct short_text name;
	struct span span;
};

#define KNOWN_BITS 12
#define MULTIPLIER G_GUINT64_CONSTANT(0x9e3779b97f4a7c15) /* 2⁶⁴ ÷ the golden ratio: its top bits
                                                             mix all others */

struct places {
	struct known known[1 << KNOWN_BITS];
	struct intern *lists;
	gsize bytes;    /* of their texts */
	GArray *spans;  /* struct span, by list */
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
	places->spans = g_array_new(FALSE, FALSE, sizeof(struct span));
	places->of = g_array_new(FALSE, FALSE, sizeof(struct place));
	places->counts = g_new0(guint, pools + 1);
	return places;
}

void places_free(struct places *places)
{
	intern_free(places->lists);
	g_array_unref(places->spans);
	g_array_unref(places->of);
	g_free(places->counts);
	g_free(places);
}

static void places_forget(struct places *places)
{
	intern_free(places->lists);
	places->lists = intern_new();
	memset(places->known, 0, sizeof places->known);
	places->bytes = 0;
	g_array_set_size(places->spans, 0);
	g_array_set_size(places->of, 0);
}

/* A list that cannot be placed has no place. */
static void places_learn(struct places *places, const struct inventory *inventory,
                         struct slice list)
{
	guint pools = inventory_place(inventory, list, places->counts) ? inventory_pools(inventory)
	                                                               : 0;
	struct span span = { places->of->len, 0 };
	for (guint p = 0; p < pools; p++) {
		struct place place = { p, places->counts[p] };
		if (place.nodes > 0)
			g_array_append_val(places->of, place);
	}
	places->bytes += list.length;
	span.count = places->of->len - span.begin;
	g_array_append_val(places->spans, span);
}

static struct span search(struct places *places, const struct inventory *inventory,
                          struct slice list)
{
	if (intern_count(places->lists) >= PLACES_MOST_LISTS || places->bytes >= PLACES_MOST_BYTES)
		places_forget(places);
	guint32 number = intern_get(places->lists, list);
	if (number == places->spans->len)
		places_learn(places, inventory, list);
	return g_array_index(places->spans, struct span, number);
}

static G_NO_INLINE struct span learn(struct places *places, const struct inventory *inventory,
                                     struct slice list, struct known *known)
{
	struct short_text name;
	struct span span = search(places, inventory, list);
	if (short_text(list, &name))
		*known = (struct known){ name, span };
	return span;
}

const struct place *places_find(struct places *places, const struct inventory *inventory,
                                struct slice list, guint *count)
{
	struct short_text name;
	struct span span;
	gboolean is_short = short_text(list, &name);
	struct known *known =
		&places->known[(name.head * 31 + name.tail) * MULTIPLIER >> (64 - KNOWN_BITS)];
	if (is_short && name.length > 0 && short_text_equal(&known->name, &name))
		span = known->span;
	else
		span = learn(places, inventory, list, known);
	*count = span.count;
	return &g_array_index(places->of, struct place, span.begin);
}

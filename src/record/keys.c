/* SPDX-License-Identifier: Apache-2.0 */
#include "record/keys.h"

#include "record/value.h"

#define FIRST_SIZE 4096 /* a power of two */

/* Two instants stand in the lower bits of a place's second half, as far as they fit: half a year,
 * after which they begin anew. */
#define MARK_BITS 24
#define MARK_MASK ((G_GUINT64_CONSTANT(1) << MARK_BITS) - 1)
#define MARKS_MASK ((G_GUINT64_CONSTANT(1) << 2 * MARK_BITS) - 1)

/* Above them the facts; what is above those is the key's. */
#define FACTS_SHIFT (2 * MARK_BITS)
#define FACTS_MASK (G_GUINT64_CONSTANT(15) << FACTS_SHIFT)
#define NOTES_MASK (MARKS_MASK | FACTS_MASK)

/* Open addressing with steps of one. A first half of nought marks a free place; no job has it (see
 * key_of). */
struct keys {
	struct key *places;
	guint64 size, count;
};

/* The halves of a 128-bit product, folded: every bit of both numbers has its say. */
static guint64 fold(guint64 a, guint64 b)
{
	__uint128_t product = (__uint128_t)a * b;

	return (guint64)product ^ (guint64)(product >> 64);
}

static void mix(struct key *key, guint64 word)
{
	key->half[0] = fold(key->half[0] ^ word, G_GUINT64_CONSTANT(0x9e3779b97f4a7c15));
	key->half[1] =
		fold(key->half[1] + word, G_GUINT64_CONSTANT(0xd6e8feb86659fd93)) ^ key->half[0];
}

/* With its length, so that no two texts run into one another. */
static void mix_text(struct key *key, struct slice text)
{
	mix(key, text.length);
	while (text.length > 0) {
		guint64 word = 0;
		size_t length = MIN(text.length, sizeof word);

		memcpy(&word, text.data, length);
		mix(key, word);
		text.data += length;
		text.length -= length;
	}
}

struct key key_of(struct slice cluster, struct slice id, gint64 seconds)
{
	struct key key = { { G_GUINT64_CONSTANT(0x243f6a8885a308d3),
			     G_GUINT64_CONSTANT(0x13198a2e03707344) } };

	mix_text(&key, cluster);
	mix_text(&key, id);
	mix(&key, (guint64)seconds);
	mix(&key, 1);
	key.half[0] |= key.half[0] == 0;
	key.half[1] &= ~NOTES_MASK;
	return key;
}

struct keys *keys_new(void)
{
	struct keys *keys = g_new0(struct keys, 1);

	keys->size = FIRST_SIZE;
	keys->places = g_new0(struct key, keys->size);
	return keys;
}

void keys_free(struct keys *keys)
{
	if (!keys)
		return;
	g_free(keys->places);
	g_free(keys);
}

static struct key *place_of(struct key *places, guint64 size, struct key key)
{
	guint64 at = key.half[0] & (size - 1);

	while (places[at].half[0] && (places[at].half[0] != key.half[0] ||
				      (places[at].half[1] ^ key.half[1]) & ~NOTES_MASK))
		at = (at + 1) & (size - 1);
	return &places[at];
}

static void grow(struct keys *keys)
{
	guint64 size = keys->size * 2;
	struct key *places = g_new0(struct key, size);

	for (guint64 i = 0; i < keys->size; i++)
		if (keys->places[i].half[0])
			*place_of(places, size, keys->places[i]) = keys->places[i];
	g_free(keys->places);
	keys->places = places;
	keys->size = size;
}

static guint64 mark_of(gint64 seconds)
{
	return (guint64)seconds & MARK_MASK;
}

static guint64 marks_of(guint64 start, guint64 end)
{
	return start << MARK_BITS | end;
}

static guint facts_of(const struct key *place)
{
	return (guint)((place->half[1] & FACTS_MASK) >> FACTS_SHIFT);
}

static void add_facts(struct key *place, guint facts)
{
	place->half[1] |= (guint64)facts << FACTS_SHIFT;
}

static enum sighting see_again(struct key *place, guint facts)
{
	guint before = facts_of(place) & KEY_MEASURES;

	if ((facts & before) != before || facts == before)
		return SIGHTING_AGAIN;
	add_facts(place, facts);
	return SIGHTING_BETTER;
}

static guint64 first_of(const struct key *place)
{
	return place->half[1] >> MARK_BITS & MARK_MASK;
}

static guint64 last_of(const struct key *place)
{
	return place->half[1] & MARK_MASK;
}

/* What a place covers grows by what adjoins it. FALSE when this does not. */
static gboolean extend(struct key *place, guint64 start, guint64 end)
{
	guint64 first = first_of(place), last = last_of(place);

	if (start != last && end != first)
		return FALSE;
	place->half[1] &= ~MARKS_MASK;
	place->half[1] |= start == last ? marks_of(first, end) : marks_of(start, last);
	return TRUE;
}

/* The same times say nothing new, and no time takes none. */
static gboolean says_other_times(const struct key *place, guint64 start, guint64 end)
{
	return start != end && (start != first_of(place) || end != last_of(place));
}

/* Whether one mark is of an instant before the other's, of two that are less than a quarter of a
 * year apart. */
static gboolean is_before(guint64 one, guint64 other)
{
	return ((other - one) & MARK_MASK) - 1 < MARK_MASK / 2;
}

static gboolean is_beside(const struct key *place, guint64 start, guint64 end)
{
	return is_before(start, last_of(place)) && is_before(first_of(place), end);
}

/* What a place covers is one stretch: of a job in pieces that do not adjoin it stays the first. */
static enum sighting see_elsewhen(struct key *place, guint64 start, guint64 end, guint facts)
{
	gboolean adjoins = extend(place, start, end);

	if (!adjoins && (facts_of(place) & KEY_CUT))
		return SIGHTING_AGAIN;
	if (!adjoins && is_beside(place, start, end))
		return SIGHTING_BESIDE;
	add_facts(place, facts | KEY_CUT);
	return SIGHTING_PIECE;
}

static void fill(struct keys *keys, struct key *place, struct key key, guint facts)
{
	*place = key;
	add_facts(place, facts);
	keys->count++;
	if (keys->count > keys->size / 4 * 3)
		grow(keys);
}

enum sighting keys_see(struct keys *keys, struct key key, gint64 start, gint64 end, guint facts)
{
	struct key *place = place_of(keys->places, keys->size, key);
	guint64 first = mark_of(start), last = mark_of(end);

	if (!place->half[0]) {
		key.half[1] |= marks_of(first, last);
		fill(keys, place, key, facts);
		return SIGHTING_NEW;
	}
	if (start == VALUE_UNKNOWN || end == VALUE_UNKNOWN || !says_other_times(place, first, last))
		return see_again(place, facts);
	return see_elsewhen(place, first, last, facts);
}

void keys_note(struct keys *keys, struct key key, guint facts)
{
	struct key *place = place_of(keys->places, keys->size, key);

	if (place->half[0])
		add_facts(place, facts);
	else
		fill(keys, place, key, facts);
}

guint keys_facts(const struct keys *keys, struct key key)
{
	return facts_of(place_of(keys->places, keys->size, key));
}

gboolean keys_begin_after(const struct keys *keys, struct key key, gint64 start)
{
	return is_before(mark_of(start), first_of(place_of(keys->places, keys->size, key)));
}

gboolean keys_have(const struct keys *keys, struct key key)
{
	return place_of(keys->places, keys->size, key)->half[0] != 0;
}

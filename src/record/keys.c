/* SPDX-License-Identifier: Apache-2.0 */
#include "record/keys.h"

#define FIRST_SIZE 4096 /* a power of two */

/* Open addressing with steps of one. A key of two noughts marks a free place; no job gets it (see
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
	key.half[1] |= key.half[0] == 0;
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

	while ((places[at].half[0] | places[at].half[1]) &&
	       (places[at].half[0] != key.half[0] || places[at].half[1] != key.half[1]))
		at = (at + 1) & (size - 1);
	return &places[at];
}

static void grow(struct keys *keys)
{
	guint64 size = keys->size * 2;
	struct key *places = g_new0(struct key, size);

	for (guint64 i = 0; i < keys->size; i++)
		if (keys->places[i].half[0] | keys->places[i].half[1])
			*place_of(places, size, keys->places[i]) = keys->places[i];
	g_free(keys->places);
	keys->places = places;
	keys->size = size;
}

gboolean keys_add(struct keys *keys, struct key key)
{
	struct key *place = place_of(keys->places, keys->size, key);

	if (place->half[0] | place->half[1])
		return FALSE;
	*place = key;
	keys->count++;
	if (keys->count > keys->size / 4 * 3)
		grow(keys);
	return TRUE;
}

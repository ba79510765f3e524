/* SPDX-License-Identifier: Apache-2.0 */
#include "base/intern.h"

#define MULTIPLIER G_GUINT64_CONSTANT(0x9e3779b97f4a7c15)

enum { FIRST_SLOTS = 64, ARENA_BLOCK = 64 * 1024 };

struct slot {
	guint32 hash;
	guint32 after; /* number + 1; 0: a free slot */
};

struct intern {
	struct slot *slots; /* open addressing, linear, at most half full */
	guint32 mask;       /* slots − 1 */
	GArray *texts;      /* struct slice by number */
	GStringChunk *arena;
	guint32 last; /* jobs come in bursts: the text asked for before is often asked for again */
};

struct intern *intern_new(void)
{
	struct intern *intern = g_new0(struct intern, 1);

	intern->slots = g_new0(struct slot, FIRST_SLOTS);
	intern->mask = FIRST_SLOTS - 1;
	intern->texts = g_array_new(FALSE, FALSE, sizeof(struct slice));
	intern->arena = g_string_chunk_new(ARENA_BLOCK);
	return intern;
}

void intern_free(struct intern *intern)
{
	if (intern == NULL)
		return;
	g_string_chunk_free(intern->arena);
	g_array_free(intern->texts, TRUE);
	g_free(intern->slots);
	g_free(intern);
}

static inline guint64 load64(const char *at)
{
	guint64 word;

	memcpy(&word, at, sizeof(word));
	return word;
}

static inline guint64 load32(const char *at)
{
	guint32 word;

	memcpy(&word, at, sizeof(word));
	return word;
}

static inline guint64 mix(guint64 hash, guint64 word)
{
	hash = (hash ^ word) * MULTIPLIER;
	return hash ^ (hash >> 29);
}

/* The last, partial block is read as two loads that may overlap, never beyond the text. */
static guint64 hash_tail(guint64 hash, const char *at, size_t length)
{
	if (length >= 8)
		return mix(mix(hash, load64(at)), load64(at + length - 8));
	if (length >= 4)
		return mix(hash, load32(at) | load32(at + length - 4) << 32);
	if (length > 0)
		return mix(hash, (guint64)(guchar)at[0] | (guint64)(guchar)at[length / 2] << 8 |
		                         (guint64)(guchar)at[length - 1] << 16);
	return hash;
}

static guint32 hash_of(struct slice text)
{
	guint64 hash = MULTIPLIER ^ text.length;
	const char *at = text.data;
	size_t length = text.length;

	for (; length >= 16; at += 16, length -= 16)
		hash = mix(mix(hash, load64(at)), load64(at + 8));
	hash = hash_tail(hash, at, length) * MULTIPLIER;
	return (guint32)(hash >> 32);
}

static inline struct slice text_of(const struct intern *intern, guint32 number)
{
	return g_array_index(intern->texts, struct slice, number);
}

/* The slot that holds this text, or the free one where it belongs. */
static struct slot *slot_of(const struct intern *intern, struct slice text, guint32 hash)
{
	for (guint32 i = hash & intern->mask;; i = (i + 1) & intern->mask) {
		struct slot *slot = &intern->slots[i];

		if (slot->after == 0)
			return slot;
		if (slot->hash == hash && slice_equal(text_of(intern, slot->after - 1), text))
			return slot;
	}
}

static void grow(struct intern *intern)
{
	guint32 old_count = intern->mask + 1;
	g_autofree struct slot *old = intern->slots;

	g_assert(old_count <= G_MAXUINT32 / 4);
	intern->slots = g_new0(struct slot, (gsize)old_count * 2);
	intern->mask = old_count * 2 - 1;
	for (guint32 i = 0; i < old_count; i++) {
		guint32 at = old[i].hash & intern->mask;

		if (old[i].after == 0)
			continue;
		while (intern->slots[at].after != 0)
			at = (at + 1) & intern->mask;
		intern->slots[at] = old[i];
	}
}

static void add(struct intern *intern, struct slice text, guint32 hash)
{
	struct slice kept = { NULL, text.length };

	if (intern->texts->len >= (intern->mask + 1) / 2)
		grow(intern);
	kept.data = g_string_chunk_insert_len(intern->arena, text.length > 0 ? text.data : "",
	                                      (gssize)text.length);
	g_array_append_val(intern->texts, kept);
	*slot_of(intern, text, hash) = (struct slot){ hash, intern->texts->len };
}

guint32 intern_get(struct intern *intern, struct slice text)
{
	guint32 hash;
	const struct slot *slot;

	if (intern->texts->len > 0 && slice_equal(text_of(intern, intern->last), text))
		return intern->last;
	hash = hash_of(text);
	slot = slot_of(intern, text, hash);
	if (slot->after != 0)
		return intern->last = slot->after - 1;
	add(intern, text, hash);
	return intern->last = intern->texts->len - 1;
}

gint64 intern_find(const struct intern *intern, struct slice text)
{
	return (gint64)slot_of(intern, text, hash_of(text))->after - 1;
}

const char *intern_text(const struct intern *intern, guint32 number)
{
	g_assert(number < intern->texts->len);
	return text_of(intern, number).data;
}

gboolean intern_is(const struct intern *intern, guint32 number, struct slice text)
{
	struct slice known = text_of(intern, number);

	return known.length == text.length && bytes_equal(known.data, text.data, text.length);
}

guint32 intern_count(const struct intern *intern)
{
	return intern->texts->len;
}

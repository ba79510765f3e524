/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/packed.h"

#include <string.h>

/* A block is a bit for each number that is not nought; if any is not, how many bits each of those takes; and these, one
 * behind the other from the lowest bit on. */
typedef guint16 mask;

G_STATIC_ASSERT(sizeof(mask) * 8 == PACKED_BLOCK);

/* 0, -1, 1, -2 … are 0, 1, 2, 3 … */
static inline guint64 fold(gint64 number)
{
	return (guint64)number << 1 ^ (guint64)(number >> 63);
}

static inline gint64 unfold(guint64 folded)
{
	return (gint64)(folded >> 1 ^ -(folded & 1));
}

/* What is left of the last word is written whole: behind it is room. */
static guint8 *put_bits(guint8 *to, const guint64 *folded, mask which, guint width)
{
	guint64 word = 0;
	guint used = 0;
	for (; which; which &= (mask)(which - 1)) {
		guint64 next = folded[__builtin_ctz(which)];
		word |= next << used;
		used += width;
		if (used < 64)
			continue;
		memcpy(to, &word, sizeof word);
		to += sizeof word;
		used -= 64;
		word = used > 0 ? next >> (width - used) : 0;
	}
	memcpy(to, &word, sizeof word);
	return to + (used + 7) / 8;
}

static guint8 *put_block(guint8 *to, const gint64 *numbers, guint count)
{
	guint64 folded[PACKED_BLOCK], all = 0;
	guint which = 0;
	for (guint i = 0; i < count; i++) {
		all |= folded[i] = fold(numbers[i]);
		which |= (guint)(folded[i] != 0) << i;
	}
	mask head = (mask)which;
	memcpy(to, &head, sizeof head);
	to += sizeof head;
	if (all == 0)
		return to;
	guint width = 64 - (guint)__builtin_clzll(all);
	*to++ = (guint8)width;
	return put_bits(to, folded, head, width);
}

guint8 *packed_put(guint8 *to, const gint64 *numbers, guint count)
{
	for (guint at = 0; at < count; at += PACKED_BLOCK)
		to = put_block(to, numbers + at, MIN(PACKED_BLOCK, count - at));
	return to;
}

/* Bits that begin anywhere in a byte may end in a ninth. */
static inline guint64 bits_at(const guint8 *bytes, guint at, guint width)
{
	guint64 word, shift = at % 8;
	memcpy(&word, bytes + at / 8, sizeof word);
	word >>= shift;
	if (shift + width > 64)
		word |= (guint64)bytes[at / 8 + sizeof word] << (64 - shift);
	return word & G_MAXUINT64 >> (64 - width);
}

static const guint8 *get_block(const guint8 *from, gint64 *numbers, guint count)
{
	guint8 bytes[(PACKED_BLOCK + 2) * sizeof(guint64)] = { 0 };
	mask which;
	memcpy(&which, from, sizeof which);
	from += sizeof which;
	memset(numbers, 0, count * sizeof *numbers);
	if (which == 0)
		return from;
	guint width = *from++, at = 0, length = ((guint)__builtin_popcount(which) * width + 7) / 8;
	memcpy(bytes, from, length);
	for (; which; which &= (mask)(which - 1), at += width)
		numbers[__builtin_ctz(which)] = unfold(bits_at(bytes, at, width));
	return from + length;
}

const guint8 *packed_get(const guint8 *from, gint64 *numbers, guint count)
{
	for (guint at = 0; at < count; at += PACKED_BLOCK)
		from = get_block(from, numbers + at, MIN(PACKED_BLOCK, count - at));
	return from;
}

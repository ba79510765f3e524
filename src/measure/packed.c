/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/packed.h"

#include <string.h>

G_STATIC_ASSERT(sizeof(((struct packed_block *)NULL)->which) * 8 == PACKED_BLOCK);

/* Of a block the bits that say which; if any is set, how many bits each of its numbers takes; and
 * these, one behind the other from the lowest bit on. What is left of the last word is written
 * whole. */
static guint8 *put_bits(guint8 *to, const struct packed_block *block, guint width)
{
	guint64 word = 0;
	guint used = 0;
	for (guint which = block->which; which; which &= which - 1) {
		guint64 next = block->folded[__builtin_ctz(which)];
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

guint8 *packed_put(guint8 *to, struct packed_block *block)
{
	memcpy(to, &block->which, sizeof block->which);
	to += sizeof block->which;
	if (block->which == 0)
		return to;
	guint width = 64 - (guint)__builtin_clzll(block->all);
	*to++ = (guint8)width;
	to = put_bits(to, block, width);
	block->which = 0;
	block->all = 0;
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

const guint8 *packed_get(const guint8 *from, struct packed_block *block)
{
	memcpy(&block->which, from, sizeof block->which);
	from += sizeof block->which;
	if (block->which == 0)
		return from;
	guint8 bytes[(PACKED_BLOCK + 2) * sizeof(guint64)] = { 0 };
	guint width = *from++, at = 0,
	      length = ((guint)__builtin_popcount(block->which) * width + 7) / 8;
	memcpy(bytes, from, length);
	for (guint which = block->which; which; which &= which - 1, at += width)
		block->folded[__builtin_ctz(which)] = bits_at(bytes, at, width);
	return from + length;
}

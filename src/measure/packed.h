/* SPDX-License-Identifier: Apache-2.0 */
/* packed: whole numbers, many of them nought and neighbours alike in size, in as few bytes as is
 * quickly done. In memory only: the bytes are in no file. */
#ifndef MEASURE_PACKED_H
#define MEASURE_PACKED_H

#include <glib.h>

#define PACKED_BLOCK 16

/* Some numbers, of which only those that are not nought are there; folded: 0, -1, 1, -2 … are 0, 1,
 * 2, 3 … */
struct packed_block {
	guint16 which; /* a bit for each, from the lowest on */
	guint64 all;   /* folded, or'ed together */
	guint64 folded[PACKED_BLOCK];
};

/* What a block takes at most, with what is written behind its end. */
#define PACKED_MOST (sizeof(guint16) + 1 + (PACKED_BLOCK + 1) * sizeof(guint64))

/* A number that is not nought, in a block that has none there. */
static inline void packed_set(struct packed_block *block, guint at, gint64 number)
{
	guint64 folded = (guint64)number << 1 ^ (guint64)(number >> 63);
	block->which |= (guint16)(1u << at);
	block->all |= folded;
	block->folded[at] = folded;
}

static inline gint64 packed_number(const struct packed_block *block, guint at)
{
	guint64 folded = block->folded[at];
	return (gint64)(folded >> 1 ^ -(folded & 1));
}

/* Returns where the bytes end, and leaves the block empty. */
guint8 *packed_put(guint8 *to, struct packed_block *block);

/* Fills an empty block; returns where its bytes end. */
const guint8 *packed_get(const guint8 *from, struct packed_block *block);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/series_parts.h"

#include <string.h>

#include "measure/packed.h"

/* Chunks */

static guint parts_of(const struct bundle *bundle)
{
	return bundle->per_day / PART + 1;
}

static void drop_high(const struct bundle *bundle, struct chunk *chunk)
{
	for (guint i = 0; chunk->high && i < parts_of(bundle); i++)
		g_free(chunk->high[i]);
	g_clear_pointer(&chunk->high, g_free);
}

void chunk_free(const struct bundle *bundle, struct chunk *chunk)
{
	if (chunk)
		drop_high(bundle, chunk);
	g_free(chunk);
}

gint64 chunk_carried(const struct bundle *bundle, const struct chunk *chunk, guint at)
{
	guint size = PART * bundle->width;
	const gint32 *part = chunk->high[at / size];
	return part ? (gint64)part[at % size] * (G_GINT64_CONSTANT(1) << 32) : 0;
}

void chunk_carry(const struct bundle *bundle, struct chunk *chunk, guint at, gint64 high)
{
	guint size = PART * bundle->width;
	if (!chunk->high)
		chunk->high = g_new0(gint32 *, parts_of(bundle));
	if (!chunk->high[at / size])
		chunk->high[at / size] = g_new0(gint32, size);
	chunk->high[at / size][at % size] += (gint32)high;
}

/* Packing */

static gsize chunk_size(const struct bundle *bundle)
{
	return sizeof(struct chunk) + sizeof(gint32) * (bundle->per_day + 1) * bundle->width;
}

/* With a width that the compiler knows there is no loop over it. In most steps of most days nothing
 * changes. */
static G_ALWAYS_INLINE inline void put_changes(const struct bundle *bundle,
                                               const struct chunk *chunk, guint begin, guint width,
                                               struct packed_block *blocks)
{
	guint end = MIN(begin + PACKED_BLOCK, bundle->per_day + 1);
	const gint32 *low = chunk->low + begin * width;
	for (guint step = begin; step < end; step++, low += width) {
		gint32 any = chunk->high != NULL;
		for (guint i = 0; i < width; i++)
			any |= low[i];
		for (guint i = 0; any != 0 && i < width; i++) {
			gint64 change = chunk->high ? cell(bundle, chunk, step * width + i)
			                            : low[i];
			if (change != 0)
				packed_set(&blocks[i], step - begin, change);
		}
	}
}

/* Steps by as many as a block has, and of these each series by itself: their sizes differ. */
static guint8 *pack(const struct bundle *bundle, const struct chunk *chunk)
{
	struct packed_block blocks[BUNDLE_MOST];
	guint steps = bundle->per_day + 1, width = bundle->width;
	g_autofree guint8 *bytes = g_malloc((steps / PACKED_BLOCK + 1) * width * PACKED_MOST);
	guint8 *end = bytes;
	for (guint i = 0; i < width; i++)
		blocks[i].which = 0, blocks[i].all = 0;
	for (guint begin = 0; begin < steps; begin += PACKED_BLOCK) {
		if (width == QUAD)
			put_changes(bundle, chunk, begin, QUAD, blocks);
		else if (width == 1)
			put_changes(bundle, chunk, begin, 1, blocks);
		else
			put_changes(bundle, chunk, begin, width, blocks);
		for (guint i = 0; i < width; i++)
			end = packed_put(end, &blocks[i]);
	}
	return g_memdup2(bytes, (gsize)(end - bytes));
}

/* Into a chunk that is nought. */
static void unpack(const struct bundle *bundle, struct chunk *chunk, const guint8 *packed)
{
	struct packed_block block;
	for (guint begin = 0; begin <= bundle->per_day; begin += PACKED_BLOCK)
		for (guint i = 0; i < bundle->width; i++) {
			packed = packed_get(packed, &block);
			for (guint which = block.which; which; which &= which - 1) {
				guint step = (guint)__builtin_ctz(which);
				add_cell(bundle, chunk, (begin + step) * bundle->width + i,
				         packed_number(&block, step));
			}
		}
}

/* Days */

/* Room for days before the first, in one move however many, and for some more the more there are:
 * days that come one by one from the last to the first cost little, too. */
static void extend_back(struct bundle *bundle, gint64 day)
{
	guint old = bundle->days->len;
	guint more = MAX((guint)(bundle->first_day - day), old / 8);
	g_array_set_size(bundle->days, old + more);
	memmove(day_at(bundle, more), day_at(bundle, 0), old * sizeof(struct day));
	memset(day_at(bundle, 0), 0, more * sizeof(struct day));
	bundle->first_day -= more;
}

struct day *bundle_day(struct bundle *bundle, gint64 day)
{
	if (bundle->days->len == 0)
		bundle->first_day = day;
	if (day < bundle->first_day)
		extend_back(bundle, day);
	guint index = (guint)(day - bundle->first_day);
	if (index >= bundle->days->len)
		g_array_set_size(bundle->days, index + 1);
	return day_at(bundle, index);
}

/* Of the open days the one furthest from this one, but for one that is in use. */
static guint furthest(const struct bundle *bundle, gint64 day, gint64 in_use)
{
	const gint64 *open = (const gint64 *)(const void *)bundle->open->data;
	guint found = 0;
	gint64 most = -1;
	for (guint i = 0; i < bundle->open->len; i++)
		if (open[i] != in_use && ABS(open[i] - day) > most) {
			most = ABS(open[i] - day);
			found = i;
		}
	return found;
}

/* The chunk it had: the caller's, and nought. */
static struct chunk *close_day(struct bundle *bundle, guint which)
{
	struct day *closed = bundle_day(bundle, g_array_index(bundle->open, gint64, which));
	struct chunk *chunk = g_steal_pointer(&closed->open);
	closed->packed = pack(bundle, chunk);
	g_array_remove_index_fast(bundle->open, which);
	drop_high(bundle, chunk);
	memset(chunk, 0, chunk_size(bundle));
	return chunk;
}

struct chunk *bundle_close_furthest(struct bundle *bundle, gint64 day, gint64 in_use)
{
	return bundle->open->len < bundle->open_most
	               ? NULL
	               : close_day(bundle, furthest(bundle, day, in_use));
}

void bundle_close(struct bundle *bundle)
{
	while (bundle->open->len > 0)
		chunk_free(bundle, close_day(bundle, bundle->open->len - 1));
}

static void count_again(struct bundle *bundle)
{
	if (++bundle->opened_again < OPENED_AGAIN * bundle->open_most)
		return;
	bundle->opened_again = 0;
	bundle->open_most *= 2;
}

struct chunk *bundle_open_day(struct bundle *bundle, gint64 number, gint64 in_use)
{
	struct day *day = bundle_day(bundle, number);
	if (day->open)
		return day->open;
	struct chunk *chunk = bundle_close_furthest(bundle, number, in_use);
	if (!chunk)
		chunk = g_malloc0(chunk_size(bundle));
	g_array_append_val(bundle->open, number);
	day->open = chunk;
	if (day->packed) {
		unpack(bundle, chunk, day->packed);
		g_clear_pointer(&day->packed, g_free);
		count_again(bundle);
	}
	return chunk;
}

const struct chunk *bundle_look(const struct bundle *bundle, guint index, struct chunk **unpacked)
{
	const struct day *day = day_at(bundle, index);
	if (!day->packed)
		return day->open;
	chunk_free(bundle, *unpacked);
	*unpacked = g_malloc0(chunk_size(bundle));
	unpack(bundle, *unpacked, day->packed);
	return *unpacked;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* series_parts: how a series lies in memory, for the files series_*.c, and nobody else. */
#ifndef MEASURE_SERIES_PARTS_H
#define MEASURE_SERIES_PARTS_H

#include "measure/series.h"

/* Differences of resource-seconds between neighbouring steps of a day, made when first touched: the
 * running sum over them is the series. One step more than the day has stands for the first of the
 * day after, so that what happens in the last touches one chunk, too. Those of all series of a
 * bundle lie side by side.
 *
 * What begins and what ends in a step nearly balance: 32 bits are enough for nearly all. What goes
 * beyond is carried into cells of their own, made for a few steps at a time. */
struct chunk {
	gint32 **high; /* NULL: nothing was carried; else parts, each NULL or gint32[PART ×
	                  width] */
	gint32 low[];  /* [(per_day + 1) × width] */
};

#define PART 16 /* steps */

#define QUAD 4 /* the width that most cells are in */

/* A day without changes has neither; no day has both. */
struct day {
	struct chunk *open;
	guint8 *packed; /* by packed.h */
};

/* Jobs come about in the order of time: of the days that they are at, some are open. When one more
 * is, the day is packed that is furthest from it. Where packed days are asked for again and again,
 * there is no such order, and more are left open, in the end all. */
#define OPEN_FIRST 8
#define OPENED_AGAIN 4 /* so often, for each that may be open, before twice as many may be */

/* A job of any length touches at most four steps. */
struct bundle {
	guint step, per_day, width;
	gint64 first_day;   /* of the first in `days` */
	GArray *days;       /* struct day */
	GArray *open;       /* gint64: which of them are open */
	guint open_most, opened_again;
	struct series *of;  /* width of them */
};

struct series {
	struct bundle *bundle;
	guint at;       /* in each step */
	gboolean alone; /* and owns the bundle */
};

static inline struct day *day_at(const struct bundle *bundle, guint index)
{
	return &g_array_index(bundle->days, struct day, index);
}

/* The day with that number since 1970, made if need be; not opened. */
struct day *bundle_day(struct bundle *bundle, gint64 day);

/* Cells: numbers of steps × width */

/* Adds so much times 2³² to a cell. */
void chunk_carry(const struct bundle *bundle, struct chunk *chunk, guint at, gint64 high);

/* What was carried from it, where anything was in the chunk. */
gint64 chunk_carried(const struct bundle *bundle, const struct chunk *chunk, guint at);
void chunk_free(const struct bundle *bundle, struct chunk *chunk); /* NULL: nothing */

static inline gint64 cell(const struct bundle *bundle, const struct chunk *chunk, guint at)
{
	return chunk->low[at] + (chunk->high ? chunk_carried(bundle, chunk, at) : 0);
}

static inline void add_cell(const struct bundle *bundle, struct chunk *chunk, guint at,
                            gint64 amount)
{
	gint64 sum = chunk->low[at] + amount;
	gint32 low = (gint32)sum;
	chunk->low[at] = low;
	if (G_UNLIKELY(sum != low))
		chunk_carry(bundle, chunk, at, (sum - low) >> 32);
}

/* Open days */

/* Packs the open day furthest from this one, but for one that is in use, when enough are open.
 * Returns its chunk, nought again; NULL when there is room for one more. */
struct chunk *bundle_close_furthest(struct bundle *bundle, gint64 day, gint64 in_use);

/* The chunk of a day that may be packed, or new. */
struct chunk *bundle_open_day(struct bundle *bundle, gint64 number, gint64 in_use);

/* Until the next that is asked for, and then also if that is told that this day is in use. */
static inline struct chunk *chunk_beside(struct bundle *bundle, gint64 day, gint64 in_use)
{
	guint64 index = (guint64)(day - bundle->first_day);
	struct chunk *found = index < bundle->days->len ? day_at(bundle, (guint)index)->open : NULL;
	return found ? found : bundle_open_day(bundle, day, in_use);
}

static inline struct chunk *chunk_at(struct bundle *bundle, gint64 day)
{
	return chunk_beside(bundle, day, day);
}

/* The chunk of a day by its place in `days`, to read: NULL for one without changes. What was
 * unpacked for it is the caller's, and goes with the next. */
const struct chunk *bundle_look(const struct bundle *bundle, guint index, struct chunk **unpacked);

#endif

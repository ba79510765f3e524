/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/series.h"

#include <string.h>

#include "measure/packed.h"

/* Differences of resource-seconds between neighbouring steps of a day, made when first touched: the running sum over them
 * is the series. One step more than the day has stands for the first of the day after, so that what happens in the last
 * touches one chunk, too. Those of all series of a bundle lie side by side.
 *
 * What begins and what ends in a step nearly balance: 32 bits are enough for nearly all. What goes beyond is carried into
 * cells of their own, made for a few steps at a time. */
struct chunk {
	gint32 **high; /* NULL: nothing was carried; else parts_of() parts, each NULL or gint32[PART × width] */
	gint32 low[];  /* [(per_day + 1) × width] */
};

#define PART 16 /* steps */

#define QUAD 4 /* the width that most cells are in */

/* A day without changes has neither; no day has both. */
struct day {
	struct chunk *open;
	guint8 *packed; /* by packed.h */
};

/* Jobs come about in the order of time: of the days that they are at, some are open. When one more is, the day is packed that
 * is furthest from it. Where packed days are asked for again and again, there is no such order, and more are left open, in the
 * end all. */
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

struct bundle *bundle_new(gint64 step_seconds, guint count)
{
	g_assert(step_seconds > 0 && SERIES_DAY % step_seconds == 0 && count > 0 && count <= BUNDLE_MOST);
	struct bundle *bundle = g_new0(struct bundle, 1);
	bundle->step = (guint)step_seconds;
	bundle->per_day = (guint)(SERIES_DAY / step_seconds);
	bundle->width = count;
	bundle->days = g_array_new(FALSE, TRUE, sizeof(struct day));
	bundle->open = g_array_new(FALSE, FALSE, sizeof(gint64));
	bundle->open_most = OPEN_FIRST;
	bundle->of = g_new0(struct series, count);
	for (guint i = 0; i < count; i++)
		bundle->of[i] = (struct series){ bundle, i, FALSE };
	return bundle;
}

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

static void chunk_free(const struct bundle *bundle, struct chunk *chunk)
{
	if (chunk)
		drop_high(bundle, chunk);
	g_free(chunk);
}

static inline struct day *day_at(const struct bundle *bundle, guint index)
{
	return &g_array_index(bundle->days, struct day, index);
}

void bundle_clear(struct bundle *bundle)
{
	for (guint i = 0; i < bundle->days->len; i++) {
		chunk_free(bundle, day_at(bundle, i)->open);
		g_free(day_at(bundle, i)->packed);
	}
	g_array_set_size(bundle->days, 0);
	g_array_set_size(bundle->open, 0);
}

void bundle_free(struct bundle *bundle)
{
	if (!bundle)
		return;
	bundle_clear(bundle);
	g_array_unref(bundle->days);
	g_array_unref(bundle->open);
	g_free(bundle->of);
	g_free(bundle);
}

struct series *bundle_series(struct bundle *bundle, guint number)
{
	g_assert(number < bundle->width);
	return &bundle->of[number];
}

struct series *series_new(gint64 step_seconds)
{
	struct series *series = bundle_series(bundle_new(step_seconds, 1), 0);
	series->alone = TRUE;
	return series;
}

void series_free(struct series *series)
{
	if (!series)
		return;
	g_assert(series->alone);
	bundle_free(series->bundle);
}

/* Cells: numbers of steps × width */

static gint64 high_part(const struct bundle *bundle, const struct chunk *chunk, guint at)
{
	guint size = PART * bundle->width;
	const gint32 *part = chunk->high[at / size];
	return part ? (gint64)part[at % size] * (G_GINT64_CONSTANT(1) << 32) : 0;
}

static inline gint64 cell(const struct bundle *bundle, const struct chunk *chunk, guint at)
{
	return chunk->low[at] + (chunk->high ? high_part(bundle, chunk, at) : 0);
}

static void carry(const struct bundle *bundle, struct chunk *chunk, guint at, gint64 high)
{
	guint size = PART * bundle->width;
	if (!chunk->high)
		chunk->high = g_new0(gint32 *, parts_of(bundle));
	if (!chunk->high[at / size])
		chunk->high[at / size] = g_new0(gint32, size);
	chunk->high[at / size][at % size] += (gint32)high;
}

static inline void add_cell(const struct bundle *bundle, struct chunk *chunk, guint at, gint64 amount)
{
	gint64 sum = chunk->low[at] + amount;
	gint32 low = (gint32)sum;
	chunk->low[at] = low;
	if (G_UNLIKELY(sum != low))
		carry(bundle, chunk, at, (sum - low) >> 32);
}

/* Days */

static gsize chunk_size(const struct bundle *bundle)
{
	return sizeof(struct chunk) + sizeof(gint32) * (bundle->per_day + 1) * bundle->width;
}

/* With a width that the compiler knows there is no loop over it. In most steps of most days nothing changes. */
static G_ALWAYS_INLINE inline void put_changes(const struct bundle *bundle, const struct chunk *chunk, guint begin,
                                               guint width, struct packed_block *blocks)
{
	guint end = MIN(begin + PACKED_BLOCK, bundle->per_day + 1);
	const gint32 *low = chunk->low + begin * width;
	for (guint step = begin; step < end; step++, low += width) {
		gint32 any = chunk->high != NULL;
		for (guint i = 0; i < width; i++)
			any |= low[i];
		for (guint i = 0; any != 0 && i < width; i++) {
			gint64 change = chunk->high ? cell(bundle, chunk, step * width + i) : low[i];
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
				add_cell(bundle, chunk, (begin + step) * bundle->width + i, packed_number(&block, step));
			}
		}
}

/* Room for days before the first, in one move however many, and for some more the more there are: days that come one by one
 * from the last to the first cost little, too. */
static void extend_back(struct bundle *bundle, gint64 day)
{
	guint old = bundle->days->len;
	guint more = MAX((guint)(bundle->first_day - day), old / 8);
	g_array_set_size(bundle->days, old + more);
	memmove(day_at(bundle, more), day_at(bundle, 0), old * sizeof(struct day));
	memset(day_at(bundle, 0), 0, more * sizeof(struct day));
	bundle->first_day -= more;
}

static struct day *day_get(struct bundle *bundle, gint64 day)
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

/* Packs a day when enough are open. Its chunk, nought again; NULL when there is room for one more. */
static struct chunk *close_furthest(struct bundle *bundle, gint64 day, gint64 in_use)
{
	if (bundle->open->len < bundle->open_most)
		return NULL;
	guint which = furthest(bundle, day, in_use);
	struct day *closed = day_get(bundle, g_array_index(bundle->open, gint64, which));
	struct chunk *chunk = g_steal_pointer(&closed->open);
	closed->packed = pack(bundle, chunk);
	g_array_remove_index_fast(bundle->open, which);
	drop_high(bundle, chunk);
	memset(chunk, 0, chunk_size(bundle));
	return chunk;
}

static void count_again(struct bundle *bundle)
{
	if (++bundle->opened_again < OPENED_AGAIN * bundle->open_most)
		return;
	bundle->opened_again = 0;
	bundle->open_most *= 2;
}

static G_NO_INLINE struct chunk *open_day(struct bundle *bundle, gint64 number, gint64 in_use)
{
	struct day *day = day_get(bundle, number);
	if (day->open)
		return day->open;
	struct chunk *chunk = close_furthest(bundle, number, in_use);
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

/* Until the next that is asked for, and then also if that is told that this day is in use. */
static inline struct chunk *chunk_beside(struct bundle *bundle, gint64 day, gint64 in_use)
{
	guint64 index = (guint64)(day - bundle->first_day);
	struct chunk *found = index < bundle->days->len ? day_at(bundle, (guint)index)->open : NULL;
	return found ? found : open_day(bundle, day, in_use);
}

static inline struct chunk *chunk(struct bundle *bundle, gint64 day)
{
	return chunk_beside(bundle, day, day);
}

/* To read: NULL for a day without changes. What was unpacked for it is the caller's, and goes with the next. */
static const struct chunk *look(const struct bundle *bundle, guint index, struct chunk **unpacked)
{
	const struct day *day = day_at(bundle, index);
	if (!day->packed)
		return day->open;
	chunk_free(bundle, *unpacked);
	*unpacked = g_malloc0(chunk_size(bundle));
	unpack(bundle, *unpacked, day->packed);
	return *unpacked;
}

/* Four cells at once, modulo 2³². */
typedef guint32 quad __attribute__((vector_size(QUAD * sizeof(guint32))));

static inline quad quad_load(const gint32 *from)
{
	quad value;
	memcpy(&value, from, sizeof value);
	return value;
}

/* Of a sum of numbers with a sign that has a sign which neither had, the top bit is set. */
static inline quad quad_overflow(quad a, quad b, quad sum)
{
	return (a ^ sum) & (b ^ sum);
}

static inline gboolean quad_any_top_bit(quad value)
{
	guint64 halves[2];
	memcpy(halves, &value, sizeof halves);
	return ((halves[0] | halves[1]) & G_GUINT64_CONSTANT(0x8000000080000000)) != 0;
}

static void add_quad_singly(const struct bundle *bundle, struct chunk *chunk, guint at, quad amount)
{
	for (guint i = 0; i < QUAD; i++)
		add_cell(bundle, chunk, at + i, (gint32)amount[i]);
}

/* To neighbours. */
static inline void add_two_quads(const struct bundle *bundle, struct chunk *chunk, guint at, quad first, quad second)
{
	quad one = quad_load(chunk->low + at), other = quad_load(chunk->low + at + QUAD);
	quad sum = one + first, other_sum = other + second;
	if (G_UNLIKELY(quad_any_top_bit(quad_overflow(one, first, sum) | quad_overflow(other, second, other_sum)))) {
		add_quad_singly(bundle, chunk, at, first);
		add_quad_singly(bundle, chunk, at + QUAD, second);
		return;
	}
	memcpy(chunk->low + at, &sum, sizeof sum);
	memcpy(chunk->low + at + QUAD, &other_sum, sizeof other_sum);
}

/* Adding */

/* The chunks in which a span begins and ends. */
struct ends {
	struct chunk *from, *to;
};

static inline struct ends ends_of(struct bundle *bundle, const struct series_span *span)
{
	struct chunk *from = chunk(bundle, span->from.day);
	return (struct ends){ from, span->to.day == span->from.day ? from : chunk_beside(bundle, span->to.day, span->from.day) };
}

/* By amount × step at the edge, spread over two steps so that the sum from there on is exact. */
static inline void rise(const struct bundle *bundle, struct chunk *chunk, const struct series_edge *edge, guint which,
                        gint64 amount)
{
	guint at = edge->step * bundle->width + which;
	gint64 first = amount * edge->left;
	add_cell(bundle, chunk, at, first);
	add_cell(bundle, chunk, at + bundle->width, amount * bundle->step - first);
}

static void add_singly(struct bundle *bundle, const struct series_span *span, const gint64 *amounts)
{
	struct ends ends = ends_of(bundle, span);
	for (guint i = 0; i < bundle->width; i++) {
		rise(bundle, ends.from, &span->from, i, amounts[i]);
		rise(bundle, ends.to, &span->to, i, -amounts[i]);
	}
}

/* Times the seconds of a minute these fit 32 bits with a sign. */
static inline gboolean are_small(const gint64 *amounts)
{
	return (guint64)(amounts[0] | amounts[1] | amounts[2] | amounts[3]) < 1 << 25;
}

static inline void add_quads(struct bundle *bundle, const struct series_span *span, const gint64 *amounts)
{
	struct ends ends = ends_of(bundle, span);
	quad rises = { (guint32)amounts[0], (guint32)amounts[1], (guint32)amounts[2], (guint32)amounts[3] };
	quad all = rises * bundle->step, begins = rises * span->from.left, ends_here = rises * span->to.left;
	add_two_quads(bundle, ends.from, span->from.step * QUAD, begins, all - begins);
	add_two_quads(bundle, ends.to, span->to.step * QUAD, -ends_here, ends_here - all);
}

static G_ALWAYS_INLINE inline void add_one(struct bundle *bundle, const struct series_span *span, gint64 amount)
{
	struct ends ends = ends_of(bundle, span);
	gint64 all = amount * bundle->step, begins = amount * span->from.left, ends_here = amount * span->to.left;
	add_cell(bundle, ends.from, span->from.step, begins);
	add_cell(bundle, ends.from, span->from.step + 1, all - begins);
	add_cell(bundle, ends.to, span->to.step, -ends_here);
	add_cell(bundle, ends.to, span->to.step + 1, ends_here - all);
}

void bundle_add(struct bundle *bundle, const struct series_span *span, const gint64 *amounts)
{
	if (bundle->width == QUAD && bundle->step <= 60 && are_small(amounts))
		add_quads(bundle, span, amounts);
	else if (bundle->width == 1)
		add_one(bundle, span, amounts[0]);
	else
		add_singly(bundle, span, amounts);
}

void series_add_span(struct series *series, const struct series_span *span, gint64 amount)
{
	g_assert(series->alone);
	add_one(series->bundle, span, amount);
}

void bundle_mark(struct bundle *bundle, const struct series_edge *edge, guint number)
{
	struct chunk *day = chunk(bundle, edge->day);
	guint at = edge->step * bundle->width + number;
	add_cell(bundle, day, at, 1);
	add_cell(bundle, day, at + bundle->width, -1);
}

void series_add(struct series *series, gint64 from, gint64 to, gint64 amount)
{
	if (to <= from || amount == 0)
		return;
	struct series_span span = series_span(series->bundle->step, from, to);
	if (series->alone) {
		add_one(series->bundle, &span, amount);
		return;
	}
	/* Of several, the others rise by nought. */
	gint64 amounts[BUNDLE_MOST] = { 0 };
	amounts[series->at] = amount;
	bundle_add(series->bundle, &span, amounts);
}

static void merge_high(const struct bundle *bundle, struct chunk *into, const struct chunk *from)
{
	guint cells = (bundle->per_day + 1) * bundle->width, size = PART * bundle->width;
	for (guint at = 0; at < cells; at++)
		if (from->high[at / size] && from->high[at / size][at % size] != 0)
			carry(bundle, into, at, from->high[at / size][at % size]);
}

static void merge_chunk(const struct bundle *bundle, struct chunk *into, const struct chunk *from)
{
	guint cells = (bundle->per_day + 1) * bundle->width, at = 0;
	for (; at + 2 * QUAD <= cells; at += 2 * QUAD)
		add_two_quads(bundle, into, at, quad_load(from->low + at), quad_load(from->low + at + QUAD));
	for (; at < cells; at++)
		add_cell(bundle, into, at, from->low[at]);
	if (from->high)
		merge_high(bundle, into, from);
}

void bundle_merge(struct bundle *bundle, const struct bundle *other)
{
	g_assert(bundle->step == other->step && bundle->width == other->width);
	struct chunk *unpacked = NULL;
	for (guint i = 0; i < other->days->len; i++) {
		const struct chunk *from = look(other, i, &unpacked);
		if (from)
			merge_chunk(bundle, chunk(bundle, other->first_day + i), from);
	}
	chunk_free(bundle, unpacked);
}

/* A day that the other has and this one has not. */
static void take_day(struct bundle *bundle, gint64 number, struct day *from)
{
	if (from->open) {
		chunk_free(bundle, close_furthest(bundle, number, number));
		g_array_append_val(bundle->open, number);
	}
	*day_get(bundle, number) = *from;
	*from = (struct day){ NULL, NULL };
}

void bundle_move(struct bundle *bundle, struct bundle *other)
{
	g_assert(bundle->step == other->step && bundle->width == other->width);
	struct chunk *unpacked = NULL;
	for (guint i = 0; i < other->days->len; i++) {
		struct day *from = day_at(other, i);
		if (!from->open && !from->packed)
			continue;
		const struct day *into = day_get(bundle, other->first_day + i);
		if (into->open || into->packed)
			merge_chunk(bundle, chunk(bundle, other->first_day + i), look(other, i, &unpacked));
		else
			take_day(bundle, other->first_day + i, from);
	}
	chunk_free(bundle, unpacked);
	bundle_clear(other);
}

guint bundle_days(const struct bundle *bundle)
{
	guint days = 0;
	for (guint i = 0; i < bundle->days->len; i++)
		days += day_at(bundle, i)->open || day_at(bundle, i)->packed;
	return days;
}

void series_merge(struct series *series, const struct series *other)
{
	bundle_merge(series->bundle, other->bundle);
}

void series_move(struct series *series, struct series *other)
{
	bundle_move(series->bundle, other->bundle);
}

void series_clear(struct series *series)
{
	g_assert(series->alone);
	bundle_clear(series->bundle);
}

/* Reading */

/* The number of the day's first step in a window. */
static gint64 first_step(const struct bundle *bundle, guint day, gint64 from)
{
	return ((bundle->first_day + day) * SERIES_DAY - from) / bundle->step;
}

struct walk {
	const struct bundle *bundle;
	bundle_taker take;
	void *data;
	gint64 done, steps; /* of the window */
	gint64 levels[BUNDLE_MOST];
};

/* All steps before this one that were not given out: nothing changed since. */
static inline void walk_to(struct walk *walk, gint64 step)
{
	gint64 until = MIN(step, walk->steps);
	if (until <= walk->done)
		return;
	walk->take(walk->data, walk->levels, (gsize)(until - walk->done));
	walk->done = until;
}

/* With a width that the compiler knows there is no loop over it. */
static inline void walk_step(struct walk *walk, const struct chunk *chunk, guint at, guint width, gint64 step)
{
	gint64 changes[BUNDLE_MOST], any = 0;
	for (guint i = 0; i < width; i++)
		any |= changes[i] = cell(walk->bundle, chunk, at + i);
	if (any == 0)
		return;
	walk_to(walk, step);
	for (guint i = 0; i < width; i++)
		walk->levels[i] += changes[i];
}

static void walk_day(struct walk *walk, const struct chunk *chunk, gint64 first)
{
	guint width = walk->bundle->width;
	for (guint step = 0; step <= walk->bundle->per_day; step++)
		if (width == QUAD)
			walk_step(walk, chunk, step * QUAD, QUAD, first + step);
		else
			walk_step(walk, chunk, step * width, width, first + step);
}

void bundle_each(const struct bundle *bundle, gint64 from, gint64 to, bundle_taker take, void *data)
{
	struct walk walk = { .bundle = bundle, .take = take, .data = data, .steps = (to - from) / bundle->step };
	g_assert(from % bundle->step == 0 && to % bundle->step == 0 && from <= to);
	struct chunk *unpacked = NULL;
	for (guint i = 0; i < bundle->days->len && walk.done < walk.steps; i++) {
		const struct chunk *day = look(bundle, i, &unpacked);
		if (day)
			walk_day(&walk, day, first_step(bundle, i, from));
	}
	walk_to(&walk, walk.steps);
	chunk_free(bundle, unpacked);
}

struct values {
	gint64 *values, count;
};

/* From what is held before the day on; adds those of its steps that lie in the window. What is held after it. */
static gint64 add_day(const struct series *series, const struct chunk *chunk, gint64 level, gint64 first,
                      struct values *to)
{
	const struct bundle *bundle = series->bundle;
	guint before = (guint)CLAMP(-first, 0, bundle->per_day), end = (guint)CLAMP(to->count - first, 0, bundle->per_day);
	guint step = 0, at = series->at;
	for (; step < before; step++, at += bundle->width)
		level += cell(bundle, chunk, at);
	for (; step < end; step++, at += bundle->width)
		to->values[first + step] += level += cell(bundle, chunk, at);
	for (; step <= bundle->per_day; step++, at += bundle->width)
		level += cell(bundle, chunk, at);
	return level;
}

/* A day without changes. */
static void add_level(gint64 level, gint64 *values, gint64 first, gint64 end)
{
	for (gint64 step = MAX(first, 0); level != 0 && step < end; step++)
		values[step] += level;
}

void series_add_values(const struct series *series, gint64 from, gint64 to, gint64 *values)
{
	const struct bundle *bundle = series->bundle;
	gint64 steps = (to - from) / bundle->step, level = 0;
	g_assert(from % bundle->step == 0 && to % bundle->step == 0 && from <= to);
	struct values into = { values, steps };
	struct chunk *unpacked = NULL;
	for (guint i = 0; i < bundle->days->len && first_step(bundle, i, from) < steps; i++) {
		gint64 first = first_step(bundle, i, from);
		const struct chunk *day = look(bundle, i, &unpacked);
		if (day)
			level = add_day(series, day, level, first, &into);
		else
			add_level(level, values, first, MIN(first + bundle->per_day, steps));
	}
	chunk_free(bundle, unpacked);
}

gint64 *series_values(const struct series *series, gint64 from, gint64 to, gsize *count)
{
	*count = (gsize)((to - from) / series->bundle->step);
	gint64 *values = g_new0(gint64, *count + 1);
	series_add_values(series, from, to, values);
	return values;
}

/* Where the steps of a bundle's days are walked through, one series alone. */
struct changes {
	void (*each)(gint64 step, gint64 change, void *data);
	void *data;
};

static void change_at(const struct changes *changes, gint64 step, gint64 change)
{
	if (change != 0)
		changes->each(step, change, changes->data);
}

/* What the day before says of this one's first step counts with what this one says. Returns what this one says of the
 * next. */
static gint64 each_of_day(const struct series *series, guint day, gint64 before, const struct changes *changes)
{
	const struct bundle *bundle = series->bundle;
	struct chunk *unpacked = NULL;
	const struct chunk *chunk = look(bundle, day, &unpacked);
	gint64 first = (bundle->first_day + day) * bundle->per_day;
	change_at(changes, first, before + (chunk ? cell(bundle, chunk, series->at) : 0));
	for (guint step = 1; chunk && step < bundle->per_day; step++)
		change_at(changes, first + step, cell(bundle, chunk, step * bundle->width + series->at));
	gint64 next = chunk ? cell(bundle, chunk, bundle->per_day * bundle->width + series->at) : 0;
	chunk_free(bundle, unpacked);
	return next;
}

void series_each_change(const struct series *series, void (*each)(gint64 step, gint64 change, void *data), void *data)
{
	const struct bundle *bundle = series->bundle;
	const struct changes changes = { each, data };
	gint64 next = 0;
	for (guint day = 0; day < bundle->days->len; day++)
		next = each_of_day(series, day, next, &changes);
	change_at(&changes, (bundle->first_day + bundle->days->len) * bundle->per_day, next);
}

static void take_any(gint64 step, gint64 change, void *data)
{
	(void)step;
	*(gboolean *)data |= change != 0;
}

gboolean series_is_nought(const struct series *series)
{
	gboolean any = FALSE;
	series_each_change(series, take_any, &any);
	return !any;
}

void series_change(struct series *series, gint64 step, gint64 change)
{
	struct bundle *bundle = series->bundle;
	gint64 day = (step >= 0 ? step : step - bundle->per_day + 1) / bundle->per_day;
	guint of_day = (guint)(step - day * bundle->per_day);
	add_cell(bundle, chunk(bundle, day), of_day * bundle->width + series->at, change);
}

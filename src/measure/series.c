/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/series_parts.h"

#include <string.h>

struct bundle *bundle_new(gint64 step_seconds, guint count)
{
	g_assert(step_seconds > 0 && SERIES_DAY % step_seconds == 0 && count > 0 &&
	         count <= BUNDLE_MOST);
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
static inline void add_two_quads(const struct bundle *bundle, struct chunk *chunk, guint at,
                                 quad first, quad second)
{
	quad one = quad_load(chunk->low + at), other = quad_load(chunk->low + at + QUAD);
	quad sum = one + first, other_sum = other + second;
	if (G_UNLIKELY(quad_any_top_bit(quad_overflow(one, first, sum) |
	                                quad_overflow(other, second, other_sum)))) {
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
	struct chunk *from = chunk_at(bundle, span->from.day);
	return (struct ends){ from, span->to.day == span->from.day
		                            ? from
		                            : chunk_beside(bundle, span->to.day, span->from.day) };
}

/* By amount × step at the edge, spread over two steps so that the sum from there on is exact. */
static inline void rise(const struct bundle *bundle, struct chunk *chunk,
                        const struct series_edge *edge, guint which, gint64 amount)
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

static inline void add_quads(struct bundle *bundle, const struct series_span *span,
                             const gint64 *amounts)
{
	struct ends ends = ends_of(bundle, span);
	quad rises = { (guint32)amounts[0], (guint32)amounts[1], (guint32)amounts[2],
		       (guint32)amounts[3] };
	quad all = rises * bundle->step, begins = rises * span->from.left,
	     ends_here = rises * span->to.left;
	add_two_quads(bundle, ends.from, span->from.step * QUAD, begins, all - begins);
	add_two_quads(bundle, ends.to, span->to.step * QUAD, -ends_here, ends_here - all);
}

static G_ALWAYS_INLINE inline void add_one(struct bundle *bundle, const struct series_span *span,
                                           gint64 amount)
{
	struct ends ends = ends_of(bundle, span);
	gint64 all = amount * bundle->step, begins = amount * span->from.left,
	       ends_here = amount * span->to.left;
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
	struct chunk *day = chunk_at(bundle, edge->day);
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
			chunk_carry(bundle, into, at, from->high[at / size][at % size]);
}

static void merge_chunk(const struct bundle *bundle, struct chunk *into, const struct chunk *from)
{
	guint cells = (bundle->per_day + 1) * bundle->width, at = 0;
	for (; at + 2 * QUAD <= cells; at += 2 * QUAD)
		add_two_quads(bundle, into, at, quad_load(from->low + at),
		              quad_load(from->low + at + QUAD));
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
		const struct chunk *from = bundle_look(other, i, &unpacked);
		if (from)
			merge_chunk(bundle, chunk_at(bundle, other->first_day + i), from);
	}
	chunk_free(bundle, unpacked);
}

/* A day that the other has and this one has not. */
static void take_day(struct bundle *bundle, gint64 number, struct day *from)
{
	if (from->open) {
		chunk_free(bundle, bundle_close_furthest(bundle, number, number));
		g_array_append_val(bundle->open, number);
	}
	*bundle_day(bundle, number) = *from;
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
		const struct day *into = bundle_day(bundle, other->first_day + i);
		if (into->open || into->packed)
			merge_chunk(bundle, chunk_at(bundle, other->first_day + i),
			            bundle_look(other, i, &unpacked));
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

void series_change(struct series *series, gint64 step, gint64 change)
{
	struct bundle *bundle = series->bundle;
	gint64 day = (step >= 0 ? step : step - bundle->per_day + 1) / bundle->per_day;
	guint of_day = (guint)(step - day * bundle->per_day);
	add_cell(bundle, chunk_at(bundle, day), of_day * bundle->width + series->at, change);
}

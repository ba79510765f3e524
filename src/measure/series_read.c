/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/series_parts.h"

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
static inline void walk_step(struct walk *walk, const struct chunk *chunk, guint at, guint width,
                             gint64 step)
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
	struct walk walk = {
		.bundle = bundle, .take = take, .data = data, .steps = (to - from) / bundle->step
	};
	g_assert(from % bundle->step == 0 && to % bundle->step == 0 && from <= to);
	struct chunk *unpacked = NULL;
	for (guint i = 0; i < bundle->days->len && walk.done < walk.steps; i++) {
		const struct chunk *day = bundle_look(bundle, i, &unpacked);
		if (day)
			walk_day(&walk, day, first_step(bundle, i, from));
	}
	walk_to(&walk, walk.steps);
	chunk_free(bundle, unpacked);
}

struct values {
	gint64 *values, count;
};

/* From what is held before the day on; adds those of its steps that lie in the window. What is held
 * after it. */
static gint64 add_day(const struct series *series, const struct chunk *chunk, gint64 level,
                      gint64 first, struct values *to)
{
	const struct bundle *bundle = series->bundle;
	guint before = (guint)CLAMP(-first, 0, bundle->per_day),
	      end = (guint)CLAMP(to->count - first, 0, bundle->per_day);
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
		const struct chunk *day = bundle_look(bundle, i, &unpacked);
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

/* What the day before says of this one's first step counts with what this one says. Returns what
 * this one says of the next. */
static gint64 each_of_day(const struct series *series, guint day, gint64 before,
                          const struct changes *changes)
{
	const struct bundle *bundle = series->bundle;
	struct chunk *unpacked = NULL;
	const struct chunk *chunk = bundle_look(bundle, day, &unpacked);
	gint64 first = (bundle->first_day + day) * bundle->per_day;
	change_at(changes, first, before + (chunk ? cell(bundle, chunk, series->at) : 0));
	for (guint step = 1; chunk && step < bundle->per_day; step++)
		change_at(changes, first + step,
		          cell(bundle, chunk, step * bundle->width + series->at));
	gint64 next = chunk ? cell(bundle, chunk, bundle->per_day * bundle->width + series->at) : 0;
	chunk_free(bundle, unpacked);
	return next;
}

void series_each_change(const struct series *series,
                        void (*each)(gint64 step, gint64 change, void *data), void *data)
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

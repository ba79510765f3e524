/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/series.h"

#include <string.h>

#define DAY 86400

/* Differences of resource-seconds between neighbouring steps, in one chunk a day, made when first touched: the running sum
 * over them is the series. A job of any length touches at most four steps. */
struct series {
	guint step, per_day;
	gint64 first_day;  /* of days->pdata[0] */
	GPtrArray *days;   /* gint64[per_day], or NULL for a day without changes */
};

struct series *series_new(gint64 step_seconds)
{
	g_assert(step_seconds > 0 && DAY % step_seconds == 0);
	struct series *series = g_new0(struct series, 1);
	series->step = (guint)step_seconds;
	series->per_day = (guint)(DAY / step_seconds);
	series->days = g_ptr_array_new_with_free_func(g_free);
	return series;
}

void series_free(struct series *series)
{
	if (!series)
		return;
	g_ptr_array_unref(series->days);
	g_free(series);
}

static inline gint64 floor_div(gint64 a, gint64 b)
{
	return a / b - (a % b < 0);
}

/* Room for days before the first, in one move however many, and for as many again as there are: days that come one by one
 * from the last to the first cost little, too. */
static void extend_back(struct series *series, gint64 day)
{
	guint old = series->days->len;
	guint more = MAX((guint)(series->first_day - day), old);
	g_ptr_array_set_size(series->days, (int)(old + more));
	gpointer *days = series->days->pdata;
	memmove(days + more, days, old * sizeof *days);
	memset(days, 0, more * sizeof *days);
	series->first_day -= more;
}

static gint64 *new_chunk(struct series *series, gint64 day)
{
	if (series->days->len == 0)
		series->first_day = day;
	if (day < series->first_day)
		extend_back(series, day);
	guint index = (guint)(day - series->first_day);
	if (index >= series->days->len)
		g_ptr_array_set_size(series->days, (int)index + 1);
	if (!series->days->pdata[index])
		series->days->pdata[index] = g_new0(gint64, series->per_day);
	return series->days->pdata[index];
}

static inline gint64 *chunk(struct series *series, gint64 day)
{
	guint64 index = (guint64)(day - series->first_day);
	gint64 *found = index < series->days->len ? series->days->pdata[index] : NULL;
	return found ? found : new_chunk(series, day);
}

static struct series_edge edge(gint64 step_seconds, gint64 at)
{
	gint64 day = floor_div(at, DAY);
	guint second = (guint)(at - day * DAY), missed = second % (guint)step_seconds;
	return (struct series_edge){ day, second / (guint)step_seconds, missed, (guint)step_seconds - missed };
}

struct series_span series_span(gint64 step_seconds, gint64 from, gint64 to)
{
	return (struct series_span){ edge(step_seconds, from), edge(step_seconds, to) };
}

/* The series rises by amount × step at the edge, spread over two steps so that the sum from there on is exact. */
static inline void rise(struct series *series, const struct series_edge *at, gint64 amount)
{
	gint64 *of = chunk(series, at->day);
	of[at->step] += amount * at->left;
	if (at->missed == 0)
		return;
	if (at->step + 1 < series->per_day)
		of[at->step + 1] += amount * at->missed;
	else
		chunk(series, at->day + 1)[0] += amount * at->missed;
}

void series_add_span(struct series *series, const struct series_span *span, gint64 amount)
{
	if (amount == 0)
		return;
	rise(series, &span->from, amount);
	rise(series, &span->to, -amount);
}

void series_add(struct series *series, gint64 from, gint64 to, gint64 amount)
{
	if (to <= from || amount == 0)
		return;
	struct series_span span = series_span(series->step, from, to);
	series_add_span(series, &span, amount);
}

void series_merge(struct series *series, const struct series *other)
{
	g_assert(series->step == other->step);
	for (guint i = 0; i < other->days->len; i++) {
		const gint64 *from = other->days->pdata[i];
		if (!from)
			continue;
		gint64 *into = chunk(series, other->first_day + i);
		for (guint k = 0; k < series->per_day; k++)
			into[k] += from[k];
	}
}

gint64 *series_values(const struct series *series, gint64 from, gint64 to, gsize *count)
{
	g_assert(from % series->step == 0 && to % series->step == 0 && from <= to);
	g_autofree gint64 *unchanged = g_new0(gint64, series->per_day);
	gint64 start = floor_div(from, series->step), steps = (to - from) / series->step, level = 0;
	gint64 *values = g_new0(gint64, steps + 1);
	*count = (gsize)steps;
	for (guint i = 0; i < series->days->len; i++) {
		const gint64 *changes = series->days->pdata[i] ? series->days->pdata[i] : unchanged;
		gint64 first = (series->first_day + i) * series->per_day - start, step = 0;
		gint64 before = CLAMP(-first, 0, series->per_day), end = CLAMP(steps - first, 0, series->per_day);
		if (end == 0)
			break;
		if (changes == unchanged && before == series->per_day)
			continue;
		for (; step < before; step++)
			level += changes[step];
		for (; step < end; step++)
			values[first + step] = level += changes[step];
	}
	return values;
}

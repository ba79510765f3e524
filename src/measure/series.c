/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/series.h"

#include <string.h>

#define DAY 86400

/* Differences of resource-seconds between neighbouring steps, in one chunk a day, made when first touched: the running sum
 * over them is the series. A job of any length touches at most four steps; those of all series of a bundle lie side by
 * side. */
struct bundle {
	guint step, per_day, width;
	gint64 first_day;   /* of days->pdata[0] */
	GPtrArray *days;    /* gint64[per_day × width], or NULL for a day without changes */
	struct series *of;  /* width of them */
};

struct series {
	struct bundle *bundle;
	guint at;       /* in each step */
	gboolean alone; /* and owns the bundle */
};

struct bundle *bundle_new(gint64 step_seconds, guint count)
{
	g_assert(step_seconds > 0 && DAY % step_seconds == 0 && count > 0 && count <= BUNDLE_MOST);
	struct bundle *bundle = g_new0(struct bundle, 1);
	bundle->step = (guint)step_seconds;
	bundle->per_day = (guint)(DAY / step_seconds);
	bundle->width = count;
	bundle->days = g_ptr_array_new_with_free_func(g_free);
	bundle->of = g_new0(struct series, count);
	for (guint i = 0; i < count; i++)
		bundle->of[i] = (struct series){ bundle, i, FALSE };
	return bundle;
}

void bundle_free(struct bundle *bundle)
{
	if (!bundle)
		return;
	g_ptr_array_unref(bundle->days);
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

static inline gint64 floor_div(gint64 a, gint64 b)
{
	return a / b - (a % b < 0);
}

/* Room for days before the first, in one move however many, and for as many again as there are: days that come one by one
 * from the last to the first cost little, too. */
static void extend_back(struct bundle *bundle, gint64 day)
{
	guint old = bundle->days->len;
	guint more = MAX((guint)(bundle->first_day - day), old);
	g_ptr_array_set_size(bundle->days, (int)(old + more));
	gpointer *days = bundle->days->pdata;
	memmove(days + more, days, old * sizeof *days);
	memset(days, 0, more * sizeof *days);
	bundle->first_day -= more;
}

static gint64 *new_chunk(struct bundle *bundle, gint64 day)
{
	if (bundle->days->len == 0)
		bundle->first_day = day;
	if (day < bundle->first_day)
		extend_back(bundle, day);
	guint index = (guint)(day - bundle->first_day);
	if (index >= bundle->days->len)
		g_ptr_array_set_size(bundle->days, (int)index + 1);
	if (!bundle->days->pdata[index])
		bundle->days->pdata[index] = g_new0(gint64, (gsize)bundle->per_day * bundle->width);
	return bundle->days->pdata[index];
}

static inline gint64 *chunk(struct bundle *bundle, gint64 day)
{
	guint64 index = (guint64)(day - bundle->first_day);
	gint64 *found = index < bundle->days->len ? bundle->days->pdata[index] : NULL;
	return found ? found : new_chunk(bundle, day);
}

static inline struct series_edge edge(guint step_seconds, gint64 at)
{
	gint64 day = floor_div(at, DAY);
	guint second = (guint)(at - day * DAY), step = second / step_seconds, missed = second - step * step_seconds;
	return (struct series_edge){ day, step, missed, step_seconds - missed };
}

struct series_span series_span(gint64 step_seconds, gint64 from, gint64 to)
{
	return (struct series_span){ edge((guint)step_seconds, from), edge((guint)step_seconds, to) };
}

static inline struct series_edge hour_edge(const struct series_edge *minute)
{
	guint hour = minute->step / 60, missed = (minute->step - hour * 60) * 60 + minute->missed;
	return (struct series_edge){ minute->day, hour, missed, 3600 - missed };
}

struct series_span series_span_hours(const struct series_span *minutes)
{
	return (struct series_span){ hour_edge(&minutes->from), hour_edge(&minutes->to) };
}

/* All series rise by amount × step at the edge, spread over two steps so that the sum from there on is exact. With a
 * width that the compiler knows there is no loop. */
static inline __attribute__((always_inline)) void rise(struct bundle *bundle, const struct series_edge *at,
                                                       const gint64 *amounts, gint64 sign, guint width)
{
	gint64 *of = chunk(bundle, at->day) + (gsize)at->step * width, *next = of + width;
	gint64 left = sign * at->left, missed = sign * at->missed;
	if (at->step + 1 == bundle->per_day && missed != 0)
		next = chunk(bundle, at->day + 1);
	for (guint i = 0; i < width; i++)
		of[i] += amounts[i] * left;
	for (guint i = 0; i < width && missed != 0; i++)
		next[i] += amounts[i] * missed;
}

static inline __attribute__((always_inline)) void rise_and_fall(struct bundle *bundle, const struct series_span *span,
                                                                const gint64 *amounts, guint width)
{
	rise(bundle, &span->from, amounts, 1, width);
	rise(bundle, &span->to, amounts, -1, width);
}

void bundle_add(struct bundle *bundle, const struct series_span *span, const gint64 *amounts)
{
	switch (bundle->width) {
	case 1:
		rise_and_fall(bundle, span, amounts, 1);
		break;
	case 4:
		rise_and_fall(bundle, span, amounts, 4);
		break;
	default:
		rise_and_fall(bundle, span, amounts, bundle->width);
	}
}

void series_add_span(struct series *series, const struct series_span *span, gint64 amount)
{
	g_assert(series->alone);
	rise_and_fall(series->bundle, span, &amount, 1);
}

/* One of several: the others rise by nought. */
static void add_beside(struct series *series, const struct series_span *span, gint64 amount)
{
	gint64 amounts[BUNDLE_MOST] = { 0 };
	amounts[series->at] = amount;
	bundle_add(series->bundle, span, amounts);
}

void series_add(struct series *series, gint64 from, gint64 to, gint64 amount)
{
	if (to <= from || amount == 0)
		return;
	struct series_span span = series_span(series->bundle->step, from, to);
	if (series->alone)
		rise_and_fall(series->bundle, &span, &amount, 1);
	else
		add_beside(series, &span, amount);
}

void bundle_merge(struct bundle *bundle, const struct bundle *other)
{
	g_assert(bundle->step == other->step && bundle->width == other->width);
	for (guint i = 0; i < other->days->len; i++) {
		const gint64 *from = other->days->pdata[i];
		if (!from)
			continue;
		gint64 *into = chunk(bundle, other->first_day + i);
		for (guint k = 0; k < bundle->per_day * bundle->width; k++)
			into[k] += from[k];
	}
}

void series_merge(struct series *series, const struct series *other)
{
	bundle_merge(series->bundle, other->bundle);
}

gint64 *series_values(const struct series *series, gint64 from, gint64 to, gsize *count)
{
	const struct bundle *bundle = series->bundle;
	guint per_day = bundle->per_day, width = bundle->width;
	g_assert(from % bundle->step == 0 && to % bundle->step == 0 && from <= to);
	g_autofree gint64 *unchanged = g_new0(gint64, (gsize)per_day * width);
	gint64 start = floor_div(from, bundle->step), steps = (to - from) / bundle->step, level = 0;
	gint64 *values = g_new0(gint64, steps + 1);
	*count = (gsize)steps;
	for (guint i = 0; i < bundle->days->len; i++) {
		const gint64 *changes = bundle->days->pdata[i] ? bundle->days->pdata[i] : unchanged;
		gint64 first = (bundle->first_day + i) * per_day - start, step = 0;
		gint64 before = CLAMP(-first, 0, per_day), end = CLAMP(steps - first, 0, per_day);
		if (end == 0)
			break;
		if (changes == unchanged && before == per_day)
			continue;
		changes += series->at;
		for (; step < before; step++)
			level += changes[step * width];
		for (; step < end; step++)
			values[first + step] = level += changes[step * width];
	}
	return values;
}

void series_each_change(const struct series *series, void (*each)(gint64 step, gint64 change, void *data), void *data)
{
	const struct bundle *bundle = series->bundle;
	for (guint i = 0; i < bundle->days->len; i++) {
		const gint64 *changes = bundle->days->pdata[i];
		gint64 first = (bundle->first_day + i) * bundle->per_day;
		for (guint step = 0; changes && step < bundle->per_day; step++) {
			gint64 change = changes[step * bundle->width + series->at];
			if (change != 0)
				each(first + step, change, data);
		}
	}
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
	gint64 day = floor_div(step, bundle->per_day);
	chunk(bundle, day)[(gsize)(step - day * bundle->per_day) * bundle->width + series->at] += change;
}

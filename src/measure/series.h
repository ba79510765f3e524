/* SPDX-License-Identifier: Apache-2.0 */
/* series: how much of something was held in each step of time, exactly: a step holds
 * resource-seconds, in integers. Adding costs the same for a second and for a year. */
#ifndef MEASURE_SERIES_H
#define MEASURE_SERIES_H

#include <glib.h>

struct series;

/* step_seconds divides a day: 60 or 3600. */
struct series *series_new(gint64 step_seconds);
void series_free(struct series *series);

/* `amount` was held during [from, to), seconds since 1970. */
void series_add(struct series *series, gint64 from, gint64 to, gint64 amount);

/* Several series that are always added to together. */
#define BUNDLE_MOST 8

struct bundle;

struct bundle *bundle_new(gint64 step_seconds, guint count);
void bundle_free(struct bundle *bundle);

/* As if nothing had been added. */
void bundle_clear(struct bundle *bundle);

/* One of them; the bundle's. */
struct series *bundle_series(struct bundle *bundle, guint number);

/* A span of time, found once for all series of one step that something is added to. */
struct series_edge {
	gint64 day;  /* since 1970 */
	guint step;  /* of the day */
	guint left;  /* seconds of the step that come after */
};

struct series_span {
	struct series_edge from, to;
};

#define SERIES_DAY 86400

/* So far days before 1970 are numbers not below nought, which divide quickly. */
#define SERIES_DAYS_BEFORE (G_GINT64_CONSTANT(1) << 40)

static inline struct series_edge series_edge(guint step_seconds, gint64 at)
{
	gint64 day = (gint64)((guint64)(at + SERIES_DAYS_BEFORE * SERIES_DAY) / SERIES_DAY) -
	             SERIES_DAYS_BEFORE;
	guint second = (guint)(at - day * SERIES_DAY), step = second / step_seconds;
	return (struct series_edge){ day, step, (step + 1) * step_seconds - second };
}

static inline struct series_span series_span(guint step_seconds, gint64 from, gint64 to)
{
	return (struct series_span){ series_edge(step_seconds, from),
		                     series_edge(step_seconds, to) };
}

/* The same edge in steps of an hour, of one in steps of a minute. */
static inline struct series_edge series_edge_hour(const struct series_edge *minute)
{
	guint hour = minute->step / 60, minutes_after = (hour + 1) * 60 - minute->step - 1;
	return (struct series_edge){ minute->day, hour, minutes_after * 60 + minute->left };
}

static inline struct series_span series_span_hours(const struct series_span *minutes)
{
	return (struct series_span){ series_edge_hour(&minutes->from),
		                     series_edge_hour(&minutes->to) };
}

/* Counts something that happens in the step of the edge: `number`'s value rises by one in that step
 * alone. */
void bundle_mark(struct bundle *bundle, const struct series_edge *edge, guint number);

/* As series_add(), to a series that is in no bundle. */
void series_add_span(struct series *series, const struct series_span *span, gint64 amount);

/* An amount for each series of the bundle, as series_add() does; `from` is before `to`. */
void bundle_add(struct bundle *bundle, const struct series_span *span, const gint64 *amounts);
void bundle_merge(struct bundle *bundle, const struct bundle *other);

/* Packs what is still open: nothing more comes for now. */
void bundle_close(struct bundle *bundle);

/* As bundle_merge(), and leaves the other empty. */
void bundle_move(struct bundle *bundle, struct bundle *other);

/* How many days anything changes on: what a bundle takes of memory goes by them. */
guint bundle_days(const struct bundle *bundle);

/* Of two that are in no bundle. */
void series_merge(struct series *series, const struct series *other);
void series_move(struct series *series, struct series *other);
void series_clear(struct series *series);

/* The steps of [from, to), both multiples of the step: resource-seconds each. The caller frees;
 * *count says how many. */
gint64 *series_values(const struct series *series, gint64 from, gint64 to, gsize *count);

/* Adds them to so many values. */
void series_add_values(const struct series *series, gint64 from, gint64 to, gint64 *values);

/* Runs of steps of [from, to), both multiples of the step, in order of time: what each series of a
 * bundle has in each of `count` steps. */
typedef void (*bundle_taker)(void *data, const gint64 *levels, gsize count);
void bundle_each(const struct bundle *bundle, gint64 from, gint64 to, bundle_taker take,
                 void *data);

/* Calls `each` for every step, counted from 1970, at which the series rises or falls, in order of
 * time, with by how many resource-seconds a step it does. */
void series_each_change(const struct series *series,
                        void (*each)(gint64 step, gint64 change, void *data), void *data);

/* Whether there is no such step. */
gboolean series_is_nought(const struct series *series);

/* The series rises by so much at that step, and stays so: with all changes of another, it becomes
 * that other. */
void series_change(struct series *series, gint64 step, gint64 change);

#endif

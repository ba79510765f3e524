/* SPDX-License-Identifier: Apache-2.0 */
/* days: what was held on each local day, and how many jobs ended on it. */
#ifndef MEASURE_DAYS_H
#define MEASURE_DAYS_H

#include <glib.h>

struct day_use {
	gint64 jobs_ended, cpu_seconds, gpu_seconds, node_seconds;
};

/* A run of local days (zone.h) without gaps. */
struct days {
	gint32 first;
	GArray *of; /* struct day_use */
};

/* How many numbers there are in a day. */
#define DAY_NUMBERS (sizeof(struct day_use) / sizeof(gint64))

void days_init(struct days *days);
void days_clear(struct days *days);
struct days *days_new(void);
void days_free(gpointer days);
void days_merge(struct days *into, const struct days *from);

/* As days_merge(), and leaves the other empty. */
void days_move(struct days *into, struct days *from);

/* For days_get(): room is made for a day, and for all between. */
struct day_use *days_make(struct days *days, gint32 day);

/* The day, made when it is new; until the next. */
static inline struct day_use *days_get(struct days *days, gint32 day)
{
	guint index = (guint)(day - days->first);
	return index < days->of->len ? &g_array_index(days->of, struct day_use, index)
	                             : days_make(days, day);
}

#endif

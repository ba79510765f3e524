/* SPDX-License-Identifier: Apache-2.0 */
/* survey: a first look over all jobs, for what must be known before they are counted: node shapes,
 * and when jobs ended. */
#ifndef MEASURE_SURVEY_H
#define MEASURE_SURVEY_H

#include "measure/inventory.h"

/* When jobs that ended began and ended; VALUE_UNKNOWN when none did. Adds and merges in any
 * order. */
struct extent {
	gint64 first_start, first_end, last_end;
};

void extent_init(struct extent *extent);

/* Whether a time is before another, where the unknown comes after everything. */
static inline gboolean extent_before(gint64 seconds, gint64 other)
{
	return (guint64)seconds - (guint64)VALUE_UNKNOWN - 1 <
	       (guint64)other - (guint64)VALUE_UNKNOWN - 1;
}

/* A job that ended; its end is known. */
static inline void extent_take(struct extent *extent, gint64 start, gint64 end)
{
	if (extent_before(start, extent->first_start))
		extent->first_start = start;
	if (extent_before(end, extent->first_end))
		extent->first_end = end;
	/* The unknown is below everything. */
	if (end > extent->last_end)
		extent->last_end = end;
}

void extent_add(struct extent *extent, const struct job *job);
void extent_merge(struct extent *extent, const struct extent *other);

struct survey {
	struct extent extent;
	gint64 jobs;
};

void survey_init(struct survey *survey);
void survey_add(struct survey *survey, struct inventory *inventory, const struct job *job);

#endif

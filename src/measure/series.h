/* SPDX-License-Identifier: Apache-2.0 */
/* series: how much of something was held in each step of time, exactly: a step holds resource-seconds, in integers. Adding
 * costs the same for a second and for a year. */
#ifndef MEASURE_SERIES_H
#define MEASURE_SERIES_H

#include <glib.h>

struct series;

/* step_seconds divides a day: 60 or 3600. */
struct series *series_new(gint64 step_seconds);
void series_free(struct series *series);

/* `amount` was held during [from, to), seconds since 1970. */
void series_add(struct series *series, gint64 from, gint64 to, gint64 amount);
void series_merge(struct series *series, const struct series *other);

/* The steps of [from, to), both multiples of the step: resource-seconds each. The caller frees; *count says how many. */
gint64 *series_values(const struct series *series, gint64 from, gint64 to, gsize *count);

#endif

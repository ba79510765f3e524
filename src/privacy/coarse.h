/* SPDX-License-Identifier: Apache-2.0 */
/* coarse: times, durations and amounts, rounded so far that they single no job out, and still in
 * the form in which they stood.
 *
 * Durations become the nearest of 0, 10 and 30 seconds; 1, 2, 5, 10, 20 and 30 minutes; 1, 2, 3, 4,
 * 6, 8, 12 and 18 hours; 1, 2, 3, 4, 5, 7, 10, 14, 21 and 30 days; then 1, 1.5, 2, 3, 5 and 7 times
 * a power of ten of days. What is rounded up and down evens out in sums. */
#ifndef PRIVACY_COARSE_H
#define PRIVACY_COARSE_H

#include "privacy/terms.h"

gint64 coarse_seconds(gint64 seconds);

/* All append what stands for a text that has been checked to be of its kind. A clock, seconds or
 * (`minutes`) minutes. */
void coarse_append_duration(struct slice text, gboolean minutes, GString *line);

/* As a clock. */
void coarse_append_clock(gint64 milliseconds, GString *line);

/* Two digits of a number, and its unit. */
void coarse_append_amount(struct slice text, GString *line);

/* The minute, hour or day that it is in: by the clock that is printed, or, where it is a number of
 * seconds, in the zone (NULL: UTC). */
void coarse_append_time(struct slice text, enum time_step step, struct zone *zone, GString *line);

#endif

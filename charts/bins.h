/* SPDX-License-Identifier: Apache-2.0 */
/* bins: so many points that they would share a pixel, brought down to what can be seen. */
#ifndef CHARTS_BINS_H
#define CHARTS_BINS_H

#include "charts/chart.h"

struct bin {
	double x, mean, high; /* x: the mean of the points' */
};

/* One bin per point, or, when there are more than two points a px, one per day, week or 4 weeks
 * (time) or per px. *span becomes "daily", "weekly", "four-weekly", or NULL for other bins.
 * GArray of struct bin; the caller unrefs it. */
GArray *bins_new(const GArray *points, double width, gboolean time, const char **span);

/* The points that draw the same line: of each px column the first, lowest, highest and last.
 * GArray of struct canvas_point in the points' own units; the caller unrefs it. */
GArray *bins_outline(const GArray *points, double width);

#endif

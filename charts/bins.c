/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/bins.h"

#include <math.h>

#include "charts/paint.h"

#define DAY 86400.0

static const struct chart_point *point_at(const GArray *points, guint i)
{
	return &g_array_index(points, struct chart_point, i);
}

static double extent_of(const GArray *points)
{
	return points->len == 0 ? 0 : point_at(points, points->len - 1)->x - point_at(points, 0)->x;
}

/* The bins' size in x, 0 for one per point; days and weeks begin at *origin. */
static double bin_size(const GArray *points, double width, gboolean time, const char **span,
                       double *origin)
{
	static const struct {
		double size;
		const char *name;
	} spans[] = {
		{ DAY, "daily" },
		{ 7 * DAY, "weekly" },
		{ 28 * DAY, "four-weekly" },
	};
	double extent = extent_of(points);

	*span = NULL;
	*origin = points->len > 0 ? point_at(points, 0)->x : 0;
	if (points->len <= 2 * width || extent <= 0)
		return 0;
	if (time)
		for (guint i = 0; i < G_N_ELEMENTS(spans); i++) {
			if (extent / spans[i].size > width * 0.8)
				continue;
			*span = spans[i].name;
			*origin = 4 * DAY; /* a Monday */
			return spans[i].size;
		}
	return extent / width;
}

GArray *bins_new(const GArray *points, double width, gboolean time, const char **span)
{
	GArray *bins = g_array_new(FALSE, FALSE, sizeof(struct bin));
	double origin, size = bin_size(points, width, time, span, &origin);
	double last = NAN;
	guint count = 0;

	for (guint i = 0; i < points->len; i++) {
		const struct chart_point *point = point_at(points, i);
		double number = size > 0 ? floor((point->x - origin) / size) : i;
		struct bin *bin;

		if (number != last) {
			g_array_append_val(bins, ((struct bin){ point->x, point->y, point->y }));
			last = number;
			count = 1;
			continue;
		}
		bin = &g_array_index(bins, struct bin, bins->len - 1);
		count++;
		bin->x += (point->x - bin->x) / count;
		bin->mean += (point->y - bin->mean) / count;
		bin->high = MAX(bin->high, point->y);
	}
	return bins;
}

static void keep(GArray *outline, const GArray *points, guint i, guint *kept)
{
	if (i <= *kept)
		return;
	points_add(outline,
	           (struct canvas_point){ point_at(points, i)->x, point_at(points, i)->y });
	*kept = i;
}

static void keep_column(GArray *outline, const GArray *points, guint first, guint end)
{
	guint low = first, high = first, kept = first;

	for (guint i = first; i < end; i++) {
		if (point_at(points, i)->y < point_at(points, low)->y)
			low = i;
		if (point_at(points, i)->y > point_at(points, high)->y)
			high = i;
	}
	points_add(outline,
	           (struct canvas_point){ point_at(points, first)->x, point_at(points, first)->y });
	keep(outline, points, MIN(low, high), &kept);
	keep(outline, points, MAX(low, high), &kept);
	keep(outline, points, end - 1, &kept);
}

GArray *bins_outline(const GArray *points, double width)
{
	GArray *outline = points_new();
	double extent = extent_of(points), size = extent > 0 ? extent / width : 1;
	guint first = 0;

	for (guint i = 1; i <= points->len; i++) {
		double column = floor((point_at(points, first)->x - point_at(points, 0)->x) / size);

		if (i < points->len &&
		    floor((point_at(points, i)->x - point_at(points, 0)->x) / size) == column)
			continue;
		keep_column(outline, points, first, i);
		first = i;
	}
	return outline;
}

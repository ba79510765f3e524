/* SPDX-License-Identifier: Apache-2.0 */
/* kind: one way to draw a chart. Each has a file of its own and a row in draw.c's table. */
#ifndef CHARTS_KIND_H
#define CHARTS_KIND_H

#include "charts/chart.h"

/* The functions are only called when the chart holds at least one point. */
struct kind {
	double (*height)(const struct chart *chart, double width);
	void (*draw)(const struct chart *chart, struct canvas *canvas);
	double least; /* the share of that height with which it can do, unless that depends on its
	                 words: */
	double (*least_height)(const struct chart *chart, double width);
};

extern const struct kind area_kind, curve_kind, bars_kind, pareto_kind, stack_kind, waterfall_kind,
	heat_kind, columns_kind, multiples_kind, scatter_kind,
	ranges_kind, spark_kind;

static inline const struct chart_series *chart_series_at(const struct chart *chart, guint i)
{
	return g_ptr_array_index(chart->series, i);
}

static inline const struct chart_point *series_point_at(const struct chart_series *series, guint i)
{
	return &g_array_index(series->points, struct chart_point, i);
}

/* The pale fill that goes with a series' ink, INK_TINT_4 for others. */
enum ink ink_tint(enum ink ink);

/* All points of all series in order: GPtrArray of const struct chart_point *, borrowed; the
 * caller unrefs it. */
GPtrArray *chart_all_points(const struct chart *chart);

/* The first series that has a point. */
const struct chart_series *chart_first_series(const struct chart *chart);

/* Whether any point is emphasised, so that the others stand back. */
gboolean chart_has_strong(const struct chart *chart);

#endif

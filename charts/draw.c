/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "charts/kind.h"
#include "charts/paint.h"

#define THIN_LINE 18.0

static const struct kind *const kinds[CHART_KINDS] = {
	[CHART_AREA] = &area_kind,           [CHART_CURVE] = &curve_kind,
	[CHART_BARS] = &bars_kind,           [CHART_PARETO] = &pareto_kind,
	[CHART_STACK] = &stack_kind,         [CHART_WATERFALL] = &waterfall_kind,
	[CHART_HEAT] = &heat_kind,           [CHART_COLUMNS] = &columns_kind,
	[CHART_MULTIPLES] = &multiples_kind, [CHART_SCATTER] = &scatter_kind,
	[CHART_RANGES] = &ranges_kind,       [CHART_SPARK] = &spark_kind,
};

GPtrArray *chart_all_points(const struct chart *chart)
{
	GPtrArray *points = g_ptr_array_new();

	for (guint i = 0; i < chart->series->len; i++) {
		const struct chart_series *series = chart_series_at(chart, i);

		for (guint j = 0; j < series->points->len; j++)
			g_ptr_array_add(points, (gpointer)series_point_at(series, j));
	}
	return points;
}

gboolean chart_has_strong(const struct chart *chart)
{
	g_autoptr(GPtrArray) points = chart_all_points(chart);

	for (guint i = 0; i < points->len; i++)
		if (((const struct chart_point *)points->pdata[i])->strong)
			return TRUE;
	return FALSE;
}

const struct chart_series *chart_first_series(const struct chart *chart)
{
	for (guint i = 0; i < chart->series->len; i++)
		if (chart_series_at(chart, i)->points->len > 0)
			return chart_series_at(chart, i);
	return NULL;
}

enum ink ink_tint(enum ink ink)
{
	return ink >= INK_SERIES_1 && ink <= INK_SERIES_4 ? INK_TINT_1 + (ink - INK_SERIES_1)
	                                                  : INK_TINT_4;
}

/* The sentence that stands instead of the chart; NULL when there is something to draw. */
static const char *thin_of(const struct chart *chart)
{
	if (chart->thin)
		return chart->thin;
	return chart_first_series(chart) ? NULL : "There is no data for this chart.";
}

static double thin_height(const char *thin, double width)
{
	g_autoptr(GPtrArray) lines = text_lines(thin, SIZE_BODY, WEIGHT_NORMAL, width - 32);

	return lines->len * THIN_LINE + 28;
}

static void draw_thin(const char *thin, struct canvas *canvas)
{
	g_autoptr(GPtrArray) lines = text_lines(thin, SIZE_BODY, WEIGHT_NORMAL, canvas->width - 32);
	double top = (canvas->height - lines->len * THIN_LINE) / 2;

	paint_rect(canvas, 0, 0, (struct canvas_point){ 3, canvas->height }, INK_QUIET);
	for (guint i = 0; i < lines->len; i++)
		paint_text(canvas, 16, paint_centred(top + (i + 0.5) * THIN_LINE, SIZE_BODY),
		           lines->pdata[i], lettering_of(SIZE_BODY, INK_MUTED));
}

double chart_height(const struct chart *chart, double width)
{
	const char *thin = thin_of(chart);

	return ceil(thin ? thin_height(thin, width) : kinds[chart->kind]->height(chart, width));
}

double chart_least_height(const struct chart *chart, double width)
{
	const struct kind *kind = kinds[chart->kind];
	double height = chart_height(chart, width);

	if (thin_of(chart))
		return height;
	return ceil(kind->least_height ? kind->least_height(chart, width) : height * kind->least);
}

void chart_draw(const struct chart *chart, struct canvas *canvas)
{
	const char *thin = thin_of(chart);

	if (thin)
		draw_thin(thin, canvas);
	else
		kinds[chart->kind]->draw(chart, canvas);
}

char *chart_svg(const struct chart *chart, double width)
{
	struct canvas *canvas = canvas_svg_new(width, chart_height(chart, width), chart->id,
	                                       chart->title, chart->description);

	chart_draw(chart, canvas);
	return canvas_svg_finish(canvas);
}

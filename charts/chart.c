/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/chart.h"

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

static void clear_point(gpointer data)
{
	struct chart_point *point = data;

	g_free(point->label);
	g_free(point->value_text);
	g_free(point->x_text);
	g_free(point->tooltip);
}

static void clear_line(gpointer data)
{
	g_free(((struct chart_line *)data)->label);
}

static void free_series(gpointer data)
{
	struct chart_series *series = data;

	g_free(series->label);
	g_array_unref(series->points);
	g_free(series);
}

struct chart *chart_new(enum chart_kind kind, const char *id)
{
	struct chart *chart = g_new0(struct chart, 1);

	chart->kind = kind;
	chart->id = g_strdup(id);
	chart->series = g_ptr_array_new_with_free_func(free_series);
	chart->lines = g_array_new(FALSE, FALSE, sizeof(struct chart_line));
	g_array_set_clear_func(chart->lines, clear_line);
	return chart;
}

void chart_free(struct chart *chart)
{
	if (!chart)
		return;
	g_free(chart->id);
	g_free(chart->title);
	g_free(chart->subtitle);
	g_free(chart->source);
	g_free(chart->description);
	g_free(chart->x_title);
	g_free(chart->y_title);
	g_free(chart->diagonal);
	g_free(chart->thin);
	g_ptr_array_unref(chart->series);
	g_array_unref(chart->lines);
	g_free(chart);
}

static double finite_or_zero(double value)
{
	return isfinite(value) ? value : 0;
}

struct chart_series *chart_series_add(struct chart *chart, const char *label, enum ink ink)
{
	struct chart_series *series = g_new(struct chart_series, 1);

	series->label = g_strdup(label);
	series->ink = ink ? ink : INK_SERIES_1;
	series->points = g_array_new(FALSE, FALSE, sizeof(struct chart_point));
	g_array_set_clear_func(series->points, clear_point);
	g_ptr_array_add(chart->series, series);
	return series;
}

struct chart_point *chart_point_add(struct chart_series *series, double x, double y,
                                    const char *label, const char *value_text)
{
	struct chart_point point = {
		.x = finite_or_zero(x),
		.y = finite_or_zero(y),
		.label = g_strdup(label),
		.value_text = g_strdup(value_text),
	};

	g_array_append_val(series->points, point);
	return &g_array_index(series->points, struct chart_point, series->points->len - 1);
}

void chart_line_add(struct chart *chart, double value, gboolean vertical, const char *label,
                    enum ink ink)
{
	struct chart_line line = { finite_or_zero(value), vertical, g_strdup(label),
		                   ink ? ink : INK_MUTED };

	g_array_append_val(chart->lines, line);
}

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
	double height = chart_height(chart, width);

	return thin_of(chart) ? height : ceil(height * kinds[chart->kind]->least);
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

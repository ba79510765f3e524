/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/chart.h"

#include <math.h>

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

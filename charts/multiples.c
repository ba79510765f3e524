/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "charts/axis.h"
#include "charts/bins.h"
#include "charts/kind.h"
#include "charts/paint.h"

#define PANEL 150.0 /* the least width of one */
#define GAP 20.0
#define HEAD 20.0
#define PLOT 64.0
#define FOOT 18.0
#define TITLE_ROW 22.0

struct panels {
	const struct chart *chart;
	struct canvas *canvas;
	guint across;
	double width, left, top; /* of one panel's plot; of the first */
	struct axis x, y;
};

static guint panels_across(const struct chart *chart, double width)
{
	guint room = (guint)MAX((width + GAP) / (PANEL + GAP), 1);

	return MIN(room, chart->series->len);
}

static double multiples_height(const struct chart *chart, double width)
{
	guint across = panels_across(chart, width),
	      down = (chart->series->len + across - 1) / across;

	return down * (HEAD + PLOT + FOOT) + (chart->y_title ? TITLE_ROW : 0);
}

static void scale_panels(struct panels *panels)
{
	g_autoptr(GPtrArray) points = chart_all_points(panels->chart);
	double x_low = INFINITY, x_high = -INFINITY, low = 0, high = 0;

	for (guint i = 0; i < points->len; i++) {
		const struct chart_point *point = points->pdata[i];

		x_low = MIN(x_low, point->x);
		x_high = MAX(x_high, point->x);
		low = MIN(low, point->y);
		high = MAX(high, point->y);
	}
	axis_init(&panels->x, panels->chart->x_time ? AXIS_TIME : AXIS_NUMBER, x_low, x_high);
	axis_init(&panels->y, panels->chart->y_share ? AXIS_SHARE : AXIS_NUMBER, low,
	          panels->chart->y_max > 0 ? panels->chart->y_max : high);
	panels->x.separators = panels->y.separators = panels->chart->separators;
	axis_tick_nice(&panels->y, 2);
}

static void lay_panels(struct panels *panels)
{
	double ticks = 0;

	for (guint i = 0; i < panels->y.ticks->len; i++)
		ticks = MAX(ticks, text_width(g_array_index(panels->y.ticks, struct tick, i).text,
		                              SIZE_SMALL, WEIGHT_NORMAL));
	panels->left = ticks + 6;
	panels->top = panels->chart->y_title ? TITLE_ROW : 0;
	panels->across = panels_across(panels->chart, panels->canvas->width);
	panels->width = (panels->canvas->width - panels->left + GAP) / panels->across - GAP;
	axis_tick(&panels->x, (guint)MAX(panels->width / 60, 2));
}

/* Ticks are printed once, at the left of the first panel of a row. */
static void draw_levels(const struct panels *panels, gboolean first)
{
	struct lettering lettering = lettering_of(SIZE_SMALL, INK_MUTED);

	lettering.anchor = ANCHOR_END;
	for (guint i = 0; i < panels->y.ticks->len; i++) {
		const struct tick *tick = &g_array_index(panels->y.ticks, struct tick, i);
		double y = axis_at(&panels->y, tick->value);

		paint_hairline(panels->canvas, (struct canvas_point){ panels->x.from, y },
		               (struct canvas_point){ panels->x.to, y },
		               tick->value == 0 ? INK_MUTED : INK_GRID);
		if (first)
			paint_text(panels->canvas, panels->x.from - 6, paint_centred(y, SIZE_SMALL),
			           tick->text, lettering);
	}
}

static void draw_ticks(const struct panels *panels)
{
	struct lettering lettering = lettering_of(SIZE_SMALL, INK_MUTED);
	double free_from = panels->x.from;

	for (guint i = 0; i < panels->x.ticks->len; i++) {
		const struct tick *tick = &g_array_index(panels->x.ticks, struct tick, i);
		double width = text_width(tick->text, SIZE_SMALL, WEIGHT_NORMAL);
		double left = axis_at(&panels->x, tick->value) - width / 2;

		left = CLAMP(left, panels->x.from, panels->x.to - width);
		if (left < free_from)
			continue;
		paint_text(panels->canvas, left, panels->y.from + 14, tick->text, lettering);
		free_from = left + width + 10;
	}
}

static void draw_marks(const struct panels *panels, const struct chart_series *series)
{
	g_autoptr(GArray) line = points_new();
	double zero = axis_at(&panels->y, 0);
	const char *span;
	g_autoptr(GArray) bins =
		bins_new(series->points, panels->width, panels->chart->x_time, &span);

	for (guint i = 0; i < bins->len; i++) {
		const struct bin *bin = &g_array_index(bins, struct bin, i);

		points_add(line, (struct canvas_point){ axis_at(&panels->x, bin->x),
		                                        axis_at(&panels->y, bin->mean) });
	}
	if (bins->len == 0)
		return;
	points_add(line, (struct canvas_point){ points_data(line)[line->len - 1].x, zero });
	points_add(line, (struct canvas_point){ points_data(line)[0].x, zero });
	paint_path(panels->canvas, line,
	           (struct stroke){ .fill = ink_tint(series->ink), .closed = TRUE });
	g_array_set_size(line, bins->len);
	paint_path(panels->canvas, line, (struct stroke){ .line = series->ink, .width = 1.5 });
	if (bins->len == 1)
		paint_dot(panels->canvas, points_data(line)[0], 3, series->ink);
}

static const struct chart_point *strong_point(const struct chart_series *series)
{
	for (guint i = 0; i < series->points->len; i++)
		if (series_point_at(series, i)->strong)
			return series_point_at(series, i);
	return NULL;
}

/* The series' name, and at the right the value of its emphasised point. */
static void draw_head(const struct panels *panels, const struct chart_series *series, double y)
{
	struct lettering lettering = { SIZE_BODY, WEIGHT_BOLD, ANCHOR_START, INK_TEXT, FALSE };
	const struct chart_point *strong = strong_point(series);
	g_autofree char *value = text_fit(strong ? strong->value_text : NULL, SIZE_BODY,
	                                  WEIGHT_NORMAL, panels->width);
	double room =
		panels->width - (*value ? text_width(value, SIZE_BODY, WEIGHT_NORMAL) + 10 : 0);

	paint_name(panels->canvas, (struct canvas_point){ panels->x.from, y }, series->label,
	           lettering, room);
	if (!strong)
		return;
	lettering = (struct lettering){ SIZE_BODY, WEIGHT_NORMAL, ANCHOR_END, series->ink, FALSE };
	paint_text(panels->canvas, panels->x.to, y, value, lettering);
	paint_dot(panels->canvas,
	          (struct canvas_point){ axis_at(&panels->x, strong->x),
	                                 axis_at(&panels->y, strong->y) },
	          3.5, series->ink);
}

static void draw_panel(struct panels *panels, guint i)
{
	const struct chart_series *series = chart_series_at(panels->chart, i);
	guint column = i % panels->across, row = i / panels->across;
	double top = panels->top + row * (HEAD + PLOT + FOOT);

	panels->x.from = panels->left + column * (panels->width + GAP);
	panels->x.to = panels->x.from + panels->width;
	panels->y.to = top + HEAD;
	panels->y.from = top + HEAD + PLOT;
	draw_levels(panels, column == 0);
	draw_marks(panels, series);
	draw_head(panels, series, top + SIZE_BODY);
	if (i + panels->across >= panels->chart->series->len)
		draw_ticks(panels);
}

static void multiples_draw(const struct chart *chart, struct canvas *canvas)
{
	struct panels panels = { .chart = chart, .canvas = canvas };

	scale_panels(&panels);
	lay_panels(&panels);
	if (chart->y_title)
		paint_fit(canvas, (struct canvas_point){ 0, SIZE_SMALL }, chart->y_title,
		          lettering_of(SIZE_SMALL, INK_MUTED), canvas->width);
	for (guint i = 0; i < chart->series->len; i++)
		draw_panel(&panels, i);
	axis_clear(&panels.x);
	axis_clear(&panels.y);
}

const struct kind multiples_kind = { .height = multiples_height,
	                             .draw = multiples_draw,
	                             .least = 1 };

/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/bins.h"
#include "charts/frame.h"
#include "charts/kind.h"
#include "charts/paint.h"

static double curve_height(const struct chart *chart, double width)
{
	return CLAMP(width * 0.45, 260, 360) + (chart->y_title ? 16 : 0) +
	       (chart->x_title ? 18 : 0);
}

static void draw_series(struct frame *frame, const struct chart_series *series, GArray *ends)
{
	g_autoptr(GArray) outline = bins_outline(series->points, frame->plot.width);
	struct canvas_point *points = (struct canvas_point *)outline->data;
	struct frame_end end;

	for (guint i = 0; i < outline->len; i++)
		points[i] = frame_at(frame, points[i].x, points[i].y);
	if (outline->len == 1)
		paint_dot(frame->canvas, points[0], 4, series->ink);
	else
		paint_path(frame->canvas, outline,
		           (struct stroke){ .line = series->ink, .width = 2.25 });
	labels_avoid(&frame->labels, outline);
	end = (struct frame_end){ points[outline->len - 1].y, series->label, series->ink };
	g_array_append_val(ends, end);
}

static void curve_draw(const struct chart *chart, struct canvas *canvas)
{
	struct frame_plan plan =
		frame_plan_of(chart, (struct box){ 0, 0, canvas->width, canvas->height });
	g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(struct frame_end));
	struct frame frame;

	for (guint i = 0; i < chart->series->len; i++)
		plan.right = frame_end_room(&plan, chart_series_at(chart, i)->label);
	plan.right = frame_lines_room(&plan, chart);
	frame_init(&frame, canvas, &plan);
	paint_hairline(canvas, frame_at(&frame, frame.x.low, 0), frame_at(&frame, frame.x.high, 0),
	               INK_MUTED);
	for (guint i = 0; i < chart->series->len; i++)
		if (chart_series_at(chart, i)->points->len > 0)
			draw_series(&frame, chart_series_at(chart, i), ends);
	frame_lines(&frame, chart, ends);
	for (guint i = 0; i < chart->series->len; i++)
		frame_points(&frame, chart_series_at(chart, i));
	frame_ends(&frame, ends);
	frame_clear(&frame);
}

const struct kind curve_kind = { .height = curve_height, .draw = curve_draw, .least = 0.5 };

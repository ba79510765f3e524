/* SPDX-License-Identifier: Apache-2.0 */

#include "charts/bins.h"
#include "charts/frame.h"
#include "charts/kind.h"
#include "charts/paint.h"

static double area_height(const struct chart *chart, double width)
{
	return CLAMP(width * 0.42, 240, 340) + (chart->y_title ? 16 : 0) +
	       (chart->x_title ? 18 : 0);
}

static void add_end(GArray *ends, double y, const char *text, enum ink ink)
{
	struct frame_end end = { y, text, ink };

	g_array_append_val(ends, end);
}

/* The points of a line through the bins' means or peaks. */
static GArray *line_of(const struct frame *frame, const GArray *bins, gboolean high)
{
	GArray *line = points_new();

	for (guint i = 0; i < bins->len; i++) {
		const struct bin *bin = &g_array_index(bins, struct bin, i);

		points_add(line, frame_at(frame, bin->x, high ? bin->high : bin->mean));
	}
	return line;
}

/* The area under a line. */
static void fill_under(const struct frame *frame, const GArray *line, enum ink ink)
{
	const struct canvas_point *points = points_data(line);
	g_autoptr(GArray) outline = points_new();
	double zero = axis_at(&frame->y, 0);

	points_add(outline, (struct canvas_point){ points[0].x, zero });
	g_array_append_vals(outline, points, line->len);
	points_add(outline, (struct canvas_point){ points[line->len - 1].x, zero });
	paint_path(frame->canvas, outline, (struct stroke){ .fill = ink, .closed = TRUE });
}

static void draw_line(struct frame *frame, const GArray *line, enum ink ink, double width)
{
	if (line->len == 1)
		paint_dot(frame->canvas, points_data(line)[0], 4, ink);
	else
		paint_path(frame->canvas, line, (struct stroke){ .line = ink, .width = width });
	labels_avoid(&frame->labels, line);
}

static void draw_steps(struct frame *frame, const struct chart_series *series, GArray *ends)
{
	g_autoptr(GArray) line = points_new();
	struct canvas_point at = { 0, 0 };

	for (guint i = 0; i < series->points->len; i++) {
		const struct chart_point *point = series_point_at(series, i);
		struct canvas_point next = frame_at(frame, point->x, point->y);

		if (i > 0)
			points_add(line, (struct canvas_point){ next.x, at.y });
		points_add(line, next);
		at = next;
	}
	at.x = frame->plot.x + frame->plot.width;
	points_add(line, at);
	draw_line(frame, line, series->ink, 2);
	add_end(ends, at.y, series->label, series->ink);
}

static void draw_area(struct frame *frame, const struct chart_series *series, const GArray *bins,
                      gboolean binned)
{
	g_autoptr(GArray) mean = line_of(frame, bins, FALSE);
	g_autoptr(GArray) high = line_of(frame, bins, TRUE);
	gboolean dense = mean->len > frame->plot.width / 2;

	if (binned)
		fill_under(frame, high, INK_TINT_4);
	fill_under(frame, mean, ink_tint(series->ink));
	draw_line(frame, mean, series->ink, dense ? 1.25 : 2);
	if (binned)
		labels_avoid(&frame->labels, high);
}

static double last_y(const struct frame *frame, const GArray *bins, gboolean high)
{
	const struct bin *bin = &g_array_index(bins, struct bin, bins->len - 1);

	return axis_at(&frame->y, high ? bin->high : bin->mean);
}

static void area_draw(const struct chart *chart, struct canvas *canvas)
{
	struct frame_plan plan =
		frame_plan_of(chart, (struct box){ 0, 0, canvas->width, canvas->height });
	const struct chart_series *demand = chart_series_at(chart, 0);
	g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(struct frame_end));
	g_autofree char *mean = NULL, *peak = NULL;
	g_autoptr(GArray) bins = NULL;
	struct frame frame;
	const char *span;

	bins = bins_new(demand->points, canvas->width * 0.85, chart->x_time, &span);
	if (span) {
		mean = g_strdup_printf("%s mean", span);
		peak = g_strdup_printf("%s peak", span);
	}
	for (guint i = 1; i < chart->series->len; i++)
		plan.right = frame_end_room(&plan, chart_series_at(chart, i)->label);
	plan.right = frame_end_room(&plan, mean);
	plan.right = frame_lines_room(&plan, chart);
	frame_init(&frame, canvas, &plan);
	if (bins->len > 0)
		draw_area(&frame, demand, bins, bins->len < demand->points->len);
	if (bins->len > 0 && span) {
		add_end(ends, last_y(&frame, bins, FALSE), mean, demand->ink);
		add_end(ends, last_y(&frame, bins, TRUE), peak, INK_MUTED);
	}
	paint_hairline(canvas, frame_at(&frame, frame.x.low, 0), frame_at(&frame, frame.x.high, 0),
	               INK_MUTED);
	for (guint i = 1; i < chart->series->len; i++)
		if (chart_series_at(chart, i)->points->len > 0)
			draw_steps(&frame, chart_series_at(chart, i), ends);
	frame_lines(&frame, chart, ends);
	frame_points(&frame, demand);
	frame_ends(&frame, ends);
	frame_clear(&frame);
}

const struct kind area_kind = { .height = area_height, .draw = area_draw, .least = 0.5 };

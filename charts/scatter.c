/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "charts/frame.h"
#include "charts/kind.h"
#include "charts/legend.h"
#include "charts/mark.h"
#include "charts/paint.h"

#define LABEL_AWAY 9.0 /* px from the middle of a mark to its label */

static enum mark mark_of(guint series)
{
	static const enum mark marks[] = { MARK_DOT, MARK_DIAMOND, MARK_SQUARE, MARK_RING };

	return marks[series % G_N_ELEMENTS(marks)];
}

static double scatter_height(const struct chart *chart, double width)
{
	return CLAMP(width * 0.55, 280, 440) + legend_height(chart, width) +
	       (chart->y_title ? 16 : 0) + (chart->x_title ? 18 : 0);
}

/* What is drawn, with the number of its series. */
struct drawn {
	const struct chart_point *point;
	guint series;
};

static GArray *drawn_points(const struct chart *chart)
{
	GArray *drawn = g_array_new(FALSE, FALSE, sizeof(struct drawn));

	for (guint s = 0; s < chart->series->len; s++)
		for (guint i = 0; i < chart_series_at(chart, s)->points->len; i++) {
			struct drawn one = { series_point_at(chart_series_at(chart, s), i), s };

			if (drawn->len < CHART_MARKS)
				g_array_append_val(drawn, one);
		}
	return drawn;
}

static void widen(double range[2], double value, gboolean log)
{
	if (log && value <= 0)
		return;
	range[0] = MIN(range[0], value);
	range[1] = MAX(range[1], value);
}

/* A logarithmic axis begins at the least that it can show, another at nought. */
static void set_ranges(struct frame_plan *plan, const struct chart *chart, const GArray *drawn)
{
	double x[2] = { chart->x_log ? INFINITY : 0, chart->x_log ? -INFINITY : 0 };
	double y[2] = { chart->y_log ? INFINITY : 0, chart->y_log ? -INFINITY : 0 };

	for (guint i = 0; i < drawn->len; i++) {
		const struct chart_point *point = g_array_index(drawn, struct drawn, i).point;

		widen(x, point->x, chart->x_log);
		widen(y, point->y, chart->y_log);
	}
	for (guint i = 0; i < chart->lines->len; i++) {
		const struct chart_line *line = &g_array_index(chart->lines, struct chart_line, i);

		if (line->vertical)
			widen(x, line->value, chart->x_log);
		else
			widen(y, line->value, chart->y_log);
	}
	/* The diagonal ends in the corner. */
	if (chart->diagonal)
		x[1] = y[1] = MAX(x[1], y[1]);
	plan->x_low = x[0];
	plan->x_high = x[1];
	plan->y_low = y[0];
	plan->y_high = y[1];
}

static struct frame_plan plan_of(const struct chart *chart, struct canvas *canvas,
                                 const GArray *drawn)
{
	double top = legend_height(chart, canvas->width);
	struct frame_plan plan =
		frame_plan_of(chart, (struct box){ 0, top, canvas->width, canvas->height - top });

	set_ranges(&plan, chart, drawn);
	plan.x_kind = chart->x_log ? AXIS_LOG : chart->x_time ? AXIS_TIME : AXIS_NUMBER;
	plan.y_kind = chart->y_log ? AXIS_LOG : plan.y_kind;
	plan.x_grid = TRUE;
	return plan;
}

static void draw_mark(struct frame *frame, const struct drawn *drawn, enum ink ink)
{
	struct canvas_point at = frame_at(frame, drawn->point->x, drawn->point->y);
	g_autoptr(GArray) across = points_new();

	frame->canvas->class->begin(frame->canvas, drawn->point->tooltip);
	mark_paint(frame->canvas, at, mark_of(drawn->series), ink);
	frame->canvas->class->end(frame->canvas);
	points_add(across, (struct canvas_point){ at.x - MARK_RADIUS, at.y - MARK_RADIUS });
	points_add(across, (struct canvas_point){ at.x + MARK_RADIUS, at.y + MARK_RADIUS });
	labels_avoid(&frame->labels, across);
}

static void add_place(GArray *places, double x, double y, enum anchor anchor)
{
	struct place place = { x, y, anchor };

	g_array_append_val(places, place);
}

/* Right and left of the mark, above and below, then across its corners: never so far that it could
 * be another's. */
static GArray *label_places(struct canvas_point at)
{
	GArray *places = g_array_new(FALSE, FALSE, sizeof(struct place));
	double near = LABEL_AWAY * 0.6, level = paint_centred(at.y, SIZE_BODY);

	add_place(places, at.x + LABEL_AWAY, level, ANCHOR_START);
	add_place(places, at.x - LABEL_AWAY, level, ANCHOR_END);
	add_place(places, at.x, at.y - LABEL_AWAY, ANCHOR_MIDDLE);
	add_place(places, at.x, at.y + LABEL_AWAY + SIZE_BODY * 0.72, ANCHOR_MIDDLE);
	for (int below = 0; below < 2; below++) {
		double base = below ? at.y + near + SIZE_BODY * 0.72 : at.y - near;

		add_place(places, at.x + near, base, ANCHOR_START);
		add_place(places, at.x - near, base, ANCHOR_END);
	}
	return places;
}

static void label_point(struct frame *frame, const struct chart_point *point)
{
	struct lettering lettering = { SIZE_BODY, WEIGHT_NORMAL, ANCHOR_START, INK_TEXT, TRUE };
	g_autoptr(GArray) places = label_places(frame_at(frame, point->x, point->y));
	g_autofree char *fitted =
		text_fit(point->label, SIZE_BODY, WEIGHT_NORMAL, frame->plot.width * 0.6);

	if (*fitted)
		labels_place_clear(&frame->labels, places, fitted, lettering);
}

/* Above the line, from its upper end down, then below it. */
static void label_diagonal(struct frame *frame, const char *text, struct canvas_point from,
                           struct canvas_point to)
{
	struct lettering lettering = { SIZE_BODY, WEIGHT_BOLD, ANCHOR_START, INK_SERIES_4, TRUE };
	g_autofree char *fitted = text_fit(text, SIZE_BODY, WEIGHT_BOLD, frame->plot.width * 0.6);
	g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(struct place));

	for (double part = 0.95; part > 0; part -= 0.05) {
		double x = from.x + (to.x - from.x) * part, y = from.y + (to.y - from.y) * part;

		add_place(places, x - 10, y - 3, ANCHOR_END);
	}
	for (double part = 0.95; part > 0; part -= 0.05)
		add_place(places, from.x + (to.x - from.x) * part + 10,
		          from.y + (to.y - from.y) * part + 8, ANCHOR_START);
	if (*fitted)
		labels_place(&frame->labels, places, fitted, lettering);
}

/* Straight, since both axes are of one kind. */
static void draw_diagonal(struct frame *frame, const char *text)
{
	double low = MAX(frame->x.low, frame->y.low), high = MIN(frame->x.high, frame->y.high);
	g_autoptr(GArray) line = points_new();

	if (low >= high || frame->x.kind != frame->y.kind)
		return;
	points_add(line, frame_at(frame, low, low));
	points_add(line, frame_at(frame, high, high));
	paint_path(frame->canvas, line,
	           (struct stroke){ .line = INK_SERIES_4, .width = 1.5, .dashed = TRUE });
	labels_avoid(&frame->labels, line);
	label_diagonal(frame, text, points_data(line)[0], points_data(line)[1]);
}

static void scatter_draw(const struct chart *chart, struct canvas *canvas)
{
	g_autoptr(GArray) drawn = drawn_points(chart);
	struct frame_plan plan = plan_of(chart, canvas, drawn);
	struct frame frame;

	legend_draw(chart, canvas, mark_of);
	frame_init(&frame, canvas, &plan);
	for (guint i = 0; i < drawn->len; i++) {
		const struct drawn *one = &g_array_index(drawn, struct drawn, i);

		draw_mark(&frame, one, chart_series_at(chart, one->series)->ink);
	}
	if (chart->diagonal)
		draw_diagonal(&frame, chart->diagonal);
	frame_lines(&frame, chart, NULL);
	for (guint i = 0; i < drawn->len; i++)
		if (g_array_index(drawn, struct drawn, i).point->strong)
			label_point(&frame, g_array_index(drawn, struct drawn, i).point);
	frame_clear(&frame);
}

const struct kind scatter_kind = { .height = scatter_height, .draw = scatter_draw, .least = 0.6 };

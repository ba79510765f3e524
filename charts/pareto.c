/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "charts/frame.h"
#include "charts/kind.h"
#include "charts/paint.h"

#define UPPER 0.56 /* of the height: the bars' panel */

static double pareto_height(const struct chart *chart, double width)
{
	return CLAMP(width * 0.62, 380, 480) + (chart->x_title ? 18 : 0);
}

static double share_after(const struct chart_series *series, guint rank)
{
	double sum = 0, before = 0;

	for (guint i = 0; i < series->points->len; i++) {
		sum += series_point_at(series, i)->y;
		if (i < rank)
			before = sum;
	}
	return sum > 0 ? CLAMP(before / sum, 0, 1) : 0;
}

/* Bars too thin for themselves, as one outline; of ranks that share a px the first speaks. */
static void draw_outline(const struct frame *frame, const struct chart_series *series, enum ink ink)
{
	g_autoptr(GArray) outline = points_new();
	guint count = series->points->len, stride = (guint)MAX(count / frame->plot.width, 1);

	points_add(outline, frame_at(frame, 0.5, 0));
	for (guint i = 0; i < count; i += stride) {
		double y = series_point_at(series, i)->y;

		points_add(outline, frame_at(frame, i + 0.5, y));
		points_add(outline, frame_at(frame, MIN(i + stride, count) + 0.5, y));
	}
	points_add(outline, frame_at(frame, count + 0.5, 0));
	paint_path(frame->canvas, outline, (struct stroke){ .fill = ink, .closed = TRUE });
}

static void draw_bar(const struct frame *frame, const struct chart_point *point, guint i,
                     enum ink ink)
{
	struct canvas_point base = frame_at(frame, i + 1, 0),
			    top = frame_at(frame, i + 1, point->y);
	double pitch = frame->plot.width / (frame->x.high - frame->x.low);
	double thickness = pitch > 3 ? MIN(pitch * 0.8, 40) : MAX(pitch, 1);

	frame->canvas->class->begin(frame->canvas, point->tooltip);
	paint_rect(frame->canvas, base.x - thickness / 2, base.y,
	           (struct canvas_point){ thickness, top.y - base.y }, ink);
	frame->canvas->class->end(frame->canvas);
}

static void draw_bars(struct frame *frame, const struct chart *chart,
                      const struct chart_series *series)
{
	gboolean any_strong = chart_has_strong(chart);
	gboolean thin = frame->plot.width / series->points->len <= 3;
	enum ink plain = any_strong ? INK_QUIET : series->ink;

	if (thin)
		draw_outline(frame, series, plain);
	for (guint i = 0; i < series->points->len; i++) {
		const struct chart_point *point = series_point_at(series, i);

		if (point->strong)
			draw_bar(frame, point, i, series->ink);
		else if (!thin)
			draw_bar(frame, point, i, plain);
	}
}

/* Above the first, for the others may be as high. */
static void label_first(struct frame *frame, const struct chart_series *series)
{
	const struct chart_point *point = series_point_at(series, 0);
	struct lettering lettering = { SIZE_BODY, WEIGHT_BOLD, ANCHOR_START, series->ink, TRUE };
	double thickness = MIN(frame->plot.width / series->points->len * 0.8, 40);
	struct canvas_point at = frame_at(frame, 1, point->y);
	g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(struct place));
	struct place place = { at.x - thickness / 2, at.y - 6, ANCHOR_START };
	double room = frame->plot.x + frame->plot.width - place.x;
	g_autofree char *value = NULL, *name = NULL, *joined = NULL, *text = NULL;

	if (!point->label)
		return;
	/* Where both are too long the name is cut and not the value. */
	value = point->value_text ? g_strdup_printf(": %s", point->value_text) : g_strdup("");
	name = text_fit(point->label, SIZE_BODY, WEIGHT_BOLD,
	                room - text_width(value, SIZE_BODY, WEIGHT_BOLD));
	joined = *name ? g_strconcat(name, value, NULL) : g_strdup(point->value_text);
	text = text_fit(joined, SIZE_BODY, WEIGHT_BOLD, room);
	g_array_append_val(places, place);
	if (*text)
		labels_place(&frame->labels, places, text, lettering);
}

static void draw_cumulative(struct frame *frame, const struct chart_series *series)
{
	guint count = series->points->len, stride = (guint)MAX(count / frame->plot.width, 1);
	g_autoptr(GArray) line = points_new();
	double sum = 0, total = 0;

	for (guint i = 0; i < count; i++)
		total += series_point_at(series, i)->y;
	points_add(line, frame_at(frame, 0.5, 0));
	for (guint i = 0; i < count; i++) {
		sum += series_point_at(series, i)->y;
		if (i % stride == 0 || i + 1 == count)
			points_add(line, frame_at(frame, i + 1, total > 0 ? sum / total : 0));
	}
	labels_avoid(&frame->labels, line);
	paint_path(frame->canvas, line, (struct stroke){ .line = INK_SERIES_3, .width = 2.25 });
}

static void mark_crossings(const struct frame *frame, const struct chart *chart,
                           const struct chart_series *series)
{
	for (guint i = 0; i < chart->lines->len; i++) {
		const struct chart_line *line = &g_array_index(chart->lines, struct chart_line, i);

		if (line->vertical && line->value >= 1 && line->value <= series->points->len)
			paint_dot(frame->canvas,
			          frame_at(frame, line->value,
			                   share_after(series, (guint)line->value)),
			          4, INK_SERIES_3);
	}
}

static struct frame_plan upper_plan(const struct chart *chart, const struct canvas *canvas)
{
	struct frame_plan plan =
		frame_plan_of(chart, (struct box){ 0, 0, canvas->width, canvas->height * UPPER });

	plan.x_low = 0.5;
	plan.x_high = chart_first_series(chart)->points->len + 0.5;
	plan.x_kind = AXIS_NUMBER;
	plan.x_title = NULL;
	plan.x_bare = TRUE;
	plan.below = 6;
	plan.y_high *= 1.1; /* for the name above the first bar */
	plan.left = 46; /* "100 %" in the panel below, which has the same left edge */
	return plan;
}

static void draw_upper(const struct chart *chart, struct canvas *canvas, struct frame *frame)
{
	const struct chart_series *series = chart_first_series(chart);
	struct frame_plan plan = upper_plan(chart, canvas);

	frame_init(frame, canvas, &plan);
	draw_bars(frame, chart, series);
	paint_hairline(canvas, frame_at(frame, frame->x.low, 0), frame_at(frame, frame->x.high, 0),
	               INK_MUTED);
	label_first(frame, series);
}

static void draw_lower(const struct chart *chart, struct canvas *canvas, const struct frame *upper)
{
	const struct chart_series *series = chart_first_series(chart);
	double top = ceil(canvas->height * UPPER) + 8;
	struct frame_plan plan = upper_plan(chart, canvas);
	struct frame frame;

	plan.area.y = top;
	plan.area.height = canvas->height - top;
	plan.y_kind = AXIS_SHARE;
	plan.y_low = 0;
	plan.y_high = plan.y_max = 1;
	plan.y_title =
		chart->series->len > 1 ? chart_series_at(chart, 1)->label : "Cumulative share";
	plan.x_title = chart->x_title;
	plan.x_bare = FALSE;
	plan.below = 0;
	plan.left = upper->plot.x;
	frame_init(&frame, canvas, &plan);
	draw_cumulative(&frame, series);
	paint_hairline(canvas, frame_at(&frame, frame.x.low, 0), frame_at(&frame, frame.x.high, 0),
	               INK_MUTED);
	frame_lines(&frame, chart, NULL);
	mark_crossings(&frame, chart, series);
	frame_clear(&frame);
}

static void pareto_draw(const struct chart *chart, struct canvas *canvas)
{
	struct frame upper;

	draw_upper(chart, canvas, &upper);
	draw_lower(chart, canvas, &upper);
	frame_clear(&upper);
}

const struct kind pareto_kind = { .height = pareto_height, .draw = pareto_draw, .least = 0.6 };

/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/frame.h"

#include <math.h>

#include "charts/kind.h"
#include "charts/paint.h"

#define EDGE 8.0       /* air at the right and above a plot without title */
#define TITLE_ROW 26.0 /* the y title, above the highest tick */
#define TICK_ROW 22.0
#define UNDER_ROW 14.0
#define X_TITLE_ROW 18.0
#define END_GAP 15.0
#define END_AIR 8.0 /* between the plot and what stands at its right */
#define DAY 86400.0
#define MANY_DAYS 28 /* that hours more at its begin are nothing to */

static void widen(struct frame_plan *plan, double x, double y)
{
	plan->x_low = MIN(plan->x_low, x);
	plan->x_high = MAX(plan->x_high, x);
	plan->y_low = MIN(plan->y_low, y);
	plan->y_high = MAX(plan->y_high, y);
	plan->x_whole = plan->x_whole && x == floor(x);
	plan->y_whole = plan->y_whole && y == floor(y);
}

struct frame_plan frame_plan_of(const struct chart *chart, struct box area)
{
	g_autoptr(GPtrArray) points = chart_all_points(chart);
	struct frame_plan plan = {
		.area = area,
		.x_kind = chart->x_time ? AXIS_TIME : AXIS_NUMBER,
		.y_kind = chart->y_share ? AXIS_SHARE : AXIS_NUMBER,
		.x_low = INFINITY,
		.x_high = -INFINITY,
		.y_max = chart->y_max,
		.x_whole = TRUE,
		.y_whole = TRUE,
		.x_title = chart->x_title,
		.y_title = chart->y_title,
		.right = EDGE,
		.separators = chart->separators,
	};

	for (guint i = 0; i < points->len; i++)
		widen(&plan, ((const struct chart_point *)points->pdata[i])->x,
		      ((const struct chart_point *)points->pdata[i])->y);
	for (guint i = 0; i < chart->lines->len; i++) {
		const struct chart_line *line = &g_array_index(chart->lines, struct chart_line, i);

		if (line->vertical)
			widen(&plan, line->value, 0);
		else
			widen(&plan, plan.x_low, line->value);
	}
	/* A year that begins with its first job, just after midnight, has its January too. */
	if (chart->x_time && plan.x_high - plan.x_low > MANY_DAYS * DAY)
		plan.x_low = floor(plan.x_low / DAY) * DAY;
	return plan;
}

double frame_end_room(const struct frame_plan *plan, const char *text)
{
	double room = text ? text_width(text, SIZE_BODY, WEIGHT_BOLD) + 10 : 0;

	return MAX(plan->right, MIN(room, plan->area.width * 0.35));
}

double frame_lines_room(const struct frame_plan *plan, const struct chart *chart)
{
	double room = plan->right;

	for (guint i = 0; i < chart->lines->len; i++) {
		const struct chart_line *line = &g_array_index(chart->lines, struct chart_line, i);

		if (!line->vertical)
			room = MAX(room, frame_end_room(plan, line->label));
	}
	return room;
}

static double widest_tick(const struct axis *axis)
{
	double width = 0;

	for (guint i = 0; i < axis->ticks->len; i++)
		width = MAX(width, text_width(g_array_index(axis->ticks, struct tick, i).text,
		                              SIZE_SMALL, WEIGHT_NORMAL));
	return width;
}

static void lay_y(struct frame *frame, const struct frame_plan *plan)
{
	struct box *plot = &frame->plot;
	double top = plan->y_title ? TITLE_ROW : EDGE, below = plan->below;
	guint about;

	if (!plan->x_bare)
		below += TICK_ROW + (plan->x_kind == AXIS_TIME ? UNDER_ROW : 0);
	if (plan->x_title)
		below += X_TITLE_ROW;
	plot->y = plan->area.y + top;
	plot->height = MAX(plan->area.height - top - below, 20);
	axis_init(&frame->y, plan->y_kind, plan->y_low,
	          plan->y_max > 0 ? plan->y_max : plan->y_high);
	frame->y.whole = plan->y_whole;
	frame->y.separators = plan->separators;
	about = (guint)MAX(plot->height / 58, 2);
	if (plan->y_max > 0)
		axis_tick(&frame->y, about);
	else
		axis_tick_nice(&frame->y, about);
	frame->y.from = plot->y + plot->height;
	frame->y.to = plot->y;
}

static void lay_x(struct frame *frame, const struct frame_plan *plan)
{
	struct box *plot = &frame->plot;
	double left = MAX(widest_tick(&frame->y) + 8, plan->left);
	guint about;

	plot->x = plan->area.x + left;
	plot->width = MAX(plan->area.width - left - plan->right, 20);
	axis_init(&frame->x, plan->x_kind, plan->x_low, plan->x_high);
	frame->x.whole = plan->x_whole || frame->x.high - frame->x.low >= 5;
	frame->x.separators = plan->separators;
	about = (guint)MAX(plot->width / (plan->x_kind == AXIS_TIME ? 50 : 80), 2);
	if (plan->x_kind == AXIS_LOG)
		axis_tick_nice(&frame->x, about);
	else if (!plan->x_bare)
		axis_tick(&frame->x, about);
	frame->x.from = plot->x;
	frame->x.to = plot->x + plot->width;
}

static void paint_y(struct frame *frame)
{
	struct box plot = frame->plot;
	struct lettering lettering = lettering_of(SIZE_SMALL, INK_MUTED);

	lettering.anchor = ANCHOR_END;
	for (guint i = 0; i < frame->y.ticks->len; i++) {
		const struct tick *tick = &g_array_index(frame->y.ticks, struct tick, i);
		double y = axis_at(&frame->y, tick->value);

		paint_hairline(frame->canvas, (struct canvas_point){ plot.x, y },
		               (struct canvas_point){ plot.x + plot.width, y }, INK_GRID);
		paint_text(frame->canvas, plot.x - 8, paint_centred(y, SIZE_SMALL), tick->text,
		           lettering);
	}
}

/* The left edge of a text centred on x that stays between the edges of the canvas. */
static double centred_inside(const struct frame *frame, double x, double width)
{
	return CLAMP(x - width / 2, 0, MAX(frame->canvas->width - width, 0));
}

/* The smallest n so that every n-th tick's text stands clear of the next. */
static guint tick_stride(const struct frame *frame)
{
	double widest = widest_tick(&frame->x) + 10;
	double apart = frame->plot.width / MAX(frame->x.ticks->len, 2);

	return (guint)MAX(ceil(widest / apart), 1);
}

static void paint_x(struct frame *frame, gboolean grid)
{
	struct lettering lettering = lettering_of(SIZE_SMALL, INK_MUTED);
	double bottom = frame->plot.y + frame->plot.height;
	guint stride = tick_stride(frame);

	for (guint i = 0; i < frame->x.ticks->len; i += stride) {
		const struct tick *tick = &g_array_index(frame->x.ticks, struct tick, i);
		double x = axis_at(&frame->x, tick->value);
		double width = text_width(tick->text, SIZE_SMALL, WEIGHT_NORMAL);

		if (grid)
			paint_hairline(frame->canvas, (struct canvas_point){ x, frame->plot.y },
			               (struct canvas_point){ x, bottom }, INK_GRID);
		paint_hairline(frame->canvas, (struct canvas_point){ x, bottom },
		               (struct canvas_point){ x, bottom + 4 }, INK_MUTED);
		paint_text(frame->canvas, centred_inside(frame, x, width), bottom + 16, tick->text,
		           lettering);
		if (!tick->under)
			continue;
		width = text_width(tick->under, SIZE_SMALL, WEIGHT_NORMAL);
		paint_text(frame->canvas, centred_inside(frame, x, width), bottom + 16 + UNDER_ROW,
		           tick->under, lettering);
	}
}

static void paint_titles(const struct frame *frame, const struct frame_plan *plan)
{
	struct lettering lettering = lettering_of(SIZE_SMALL, INK_MUTED);

	if (plan->y_title)
		paint_fit(frame->canvas,
		          (struct canvas_point){ plan->area.x, plan->area.y + SIZE_SMALL },
		          plan->y_title, lettering, plan->area.width);
	lettering.anchor = ANCHOR_END;
	if (plan->x_title)
		paint_fit(frame->canvas,
		          (struct canvas_point){ frame->plot.x + frame->plot.width,
		                                 plan->area.y + plan->area.height - 4 },
		          plan->x_title, lettering, frame->plot.width);
}

void frame_init(struct frame *frame, struct canvas *canvas, const struct frame_plan *plan)
{
	frame->canvas = canvas;
	lay_y(frame, plan);
	lay_x(frame, plan);
	labels_init(&frame->labels, canvas, frame->plot);
	paint_y(frame);
	if (!plan->x_bare)
		paint_x(frame, plan->x_grid);
	paint_titles(frame, plan);
}

void frame_clear(struct frame *frame)
{
	axis_clear(&frame->x);
	axis_clear(&frame->y);
	labels_clear(&frame->labels);
}

struct canvas_point frame_at(const struct frame *frame, double x, double y)
{
	return (struct canvas_point){ axis_at(&frame->x, x), axis_at(&frame->y, y) };
}

static void add_place(GArray *places, double x, double y, enum anchor anchor)
{
	struct place place = { x, y, anchor };

	g_array_append_val(places, place);
}

/* Above and below the line, at its right end, its left end, and every eighth between. */
static GArray *level_places(const struct box *plot, double y)
{
	GArray *places = g_array_new(FALSE, FALSE, sizeof(struct place));

	for (int below = 0; below < 2; below++) {
		double base = below ? y + SIZE_BODY + 3 : y - 5;

		add_place(places, plot->x + plot->width - 4, base, ANCHOR_END);
		add_place(places, plot->x + 6, base, ANCHOR_START);
		for (int i = 1; i < 8; i++)
			add_place(places, plot->x + plot->width * i / 8, base, ANCHOR_MIDDLE);
	}
	return places;
}

/* Right of the line, then left of it, from the top down. */
static GArray *upright_places(const struct box *plot, double x)
{
	GArray *places = g_array_new(FALSE, FALSE, sizeof(struct place));

	for (double y = plot->y + SIZE_BODY; y < plot->y + plot->height; y += SIZE_BODY + 4) {
		add_place(places, x + 6, y, ANCHOR_START);
		add_place(places, x - 6, y, ANCHOR_END);
	}
	return places;
}

static void draw_marked(struct frame *frame, const struct chart_line *line)
{
	struct box plot = frame->plot;
	struct canvas_point from = { plot.x, plot.y },
			    to = { plot.x + plot.width, plot.y + plot.height };
	g_autoptr(GArray) points = points_new();

	if (line->vertical)
		from.x = to.x = axis_at(&frame->x, line->value);
	else
		from.y = to.y = axis_at(&frame->y, line->value);
	points_add(points, from);
	points_add(points, to);
	paint_path(frame->canvas, points,
	           (struct stroke){ .line = line->ink, .width = 1.5, .dashed = TRUE });
	labels_avoid(&frame->labels, points);
}

/* At the right of the plot no label covers anything. */
static gboolean fits_at_end(const struct frame *frame, const struct chart_line *line,
                            const GArray *ends)
{
	double room = frame->canvas->width - frame->plot.x - frame->plot.width - END_AIR;

	return !line->vertical && (ends->len + 1) * END_GAP <= frame->plot.height &&
	       text_width(line->label, SIZE_BODY, WEIGHT_BOLD) <= room;
}

static void label_line(struct frame *frame, const struct chart_line *line, GArray *ends)
{
	struct frame_end end = { axis_at(&frame->y, line->value), line->label, line->ink };
	struct lettering lettering = { SIZE_BODY, WEIGHT_BOLD, ANCHOR_START, line->ink, TRUE };
	g_autofree char *label = NULL;
	g_autoptr(GArray) places = NULL;

	if (!line->label || !*line->label)
		return;
	if (ends && fits_at_end(frame, line, ends)) {
		g_array_append_val(ends, end);
		return;
	}
	places = line->vertical ? upright_places(&frame->plot, axis_at(&frame->x, line->value))
	                        : level_places(&frame->plot, axis_at(&frame->y, line->value));
	label = text_fit(line->label, SIZE_BODY, WEIGHT_BOLD,
	                 frame->plot.width * (line->vertical ? 0.48 : 0.9));
	labels_place(&frame->labels, places, label, lettering);
}

static gboolean is_within(const struct frame *frame, const struct chart_line *line)
{
	const struct axis *axis = line->vertical ? &frame->x : &frame->y;

	return line->value >= axis->low && line->value <= axis->high;
}

void frame_lines(struct frame *frame, const struct chart *chart, GArray *ends)
{
	const struct chart_line *lines = (const struct chart_line *)chart->lines->data;

	for (guint i = 0; i < chart->lines->len; i++)
		if (is_within(frame, &lines[i]))
			draw_marked(frame, &lines[i]);
	for (guint i = 0; i < chart->lines->len; i++)
		if (is_within(frame, &lines[i]))
			label_line(frame, &lines[i], ends);
}

static char *point_text(const struct chart_point *point)
{
	if (point->label && point->value_text)
		return g_strdup_printf("%s: %s", point->label, point->value_text);
	return g_strdup(point->label ? point->label : point->value_text);
}

/* Above, right, left and below the dot, ever further away. */
static GArray *point_places(struct canvas_point at)
{
	GArray *places = g_array_new(FALSE, FALSE, sizeof(struct place));

	for (double away = 0; away < 60; away += 14) {
		add_place(places, at.x, at.y - 9 - away, ANCHOR_MIDDLE);
		add_place(places, at.x + 8, at.y + 4 - away, ANCHOR_START);
		add_place(places, at.x - 8, at.y + 4 - away, ANCHOR_END);
		add_place(places, at.x + 8, at.y + 4 + away, ANCHOR_START);
		add_place(places, at.x - 8, at.y + 4 + away, ANCHOR_END);
		add_place(places, at.x, at.y + 17 + away, ANCHOR_MIDDLE);
	}
	return places;
}

static void draw_point(struct frame *frame, const struct chart_point *point, enum ink ink)
{
	struct canvas_point at = frame_at(frame, point->x, point->y);
	struct lettering lettering = { SIZE_BODY, WEIGHT_BOLD, ANCHOR_START, ink, TRUE };
	g_autoptr(GArray) places = point_places(at);
	g_autofree char *text = point->strong ? point_text(point) : NULL;
	g_autofree char *fitted = NULL;

	frame->canvas->class->begin(frame->canvas, point->tooltip);
	paint_dot(frame->canvas, at, point->strong ? 4.5 : 3, ink);
	frame->canvas->class->end(frame->canvas);
	fitted = text_fit(text, SIZE_BODY, WEIGHT_BOLD, frame->plot.width * 0.9);
	if (*fitted)
		labels_place(&frame->labels, places, fitted, lettering);
}

void frame_points(struct frame *frame, const struct chart_series *series)
{
	for (guint i = 0; i < series->points->len; i++) {
		const struct chart_point *point = series_point_at(series, i);

		if (point->strong || point->tooltip)
			draw_point(frame, point, series->ink);
	}
}

static int by_height(gconstpointer a, gconstpointer b)
{
	const struct frame_end *left = a, *right = b;

	return left->y < right->y ? -1 : left->y > right->y;
}

void frame_ends(struct frame *frame, GArray *ends)
{
	struct box plot = frame->plot;
	double low = plot.y + 5, high = plot.y + plot.height - 5;
	guint count = MIN(ends->len, (guint)((high - low) / END_GAP) + 1);
	g_autofree double *y = g_new(double, count);
	double x = plot.x + plot.width + END_AIR;

	g_array_sort(ends, by_height);
	for (guint i = 0; i < count; i++)
		y[i] = g_array_index(ends, struct frame_end, i).y;
	labels_spread(y, count, END_GAP, low, high);
	for (guint i = 0; i < count; i++) {
		const struct frame_end *end = &g_array_index(ends, struct frame_end, i);
		struct lettering lettering = { SIZE_BODY, WEIGHT_BOLD, ANCHOR_START, end->ink,
			                       FALSE };

		if (end->text)
			paint_fit(frame->canvas,
			          (struct canvas_point){ x, paint_centred(y[i], SIZE_BODY) },
			          end->text, lettering, frame->canvas->width - x);
	}
}

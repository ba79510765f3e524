/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/kind.h"
#include "charts/lanes.h"
#include "charts/paint.h"

#define PITCH 30.0
#define THICKNESS (19.0 / PITCH) /* of the pitch */
#define LEAST 0.6                /* of the height: bars move closer, down to what words need */
#define MOST 1.5                 /* and apart, so that little stays empty beside a higher chart */
#define AIR 5.0                  /* between names in several lines */

/* With rows of this pitch, or as much higher as names in several lines need. */
static double height_of(const struct chart *chart, double width, double pitch)
{
	g_autoptr(GPtrArray) points = chart_all_points(chart);
	struct canvas canvas = { .width = width };
	struct lanes lanes = { 0 };

	lanes_init(&lanes, &canvas, points);
	return points->len * MAX(pitch, lanes_name_height(&lanes, points) + AIR) + 2;
}

static double waterfall_height(const struct chart *chart, double width)
{
	return height_of(chart, width, PITCH);
}

static double waterfall_least(const struct chart *chart, double width)
{
	return height_of(chart, width, PITCH * LEAST);
}

/* Where a bar begins and ends, and from where the next one goes on. */
static void step_span(const struct chart_point *point, double before, double span[2])
{
	span[0] = point->total ? 0 : before;
	span[1] = point->total ? point->y : before + point->y;
}

static void set_scale(struct lanes *lanes, const GPtrArray *points)
{
	double span[2] = { 0, 0 };

	lanes->low = lanes->high = 0;
	for (guint i = 0; i < points->len; i++) {
		step_span(points->pdata[i], span[1], span);
		lanes->low = MIN(lanes->low, span[1]);
		lanes->high = MAX(lanes->high, span[1]);
	}
}

static enum ink step_ink(const struct chart_point *point)
{
	if (point->total)
		return INK_SERIES_3;
	return point->y < 0 ? INK_SERIES_1 : INK_SERIES_2;
}

/* The level that one bar hands to the next. */
static void draw_bridge(const struct lanes *lanes, guint row, double level)
{
	double x = lanes_at(lanes, level) - 0.5, half = THICKNESS * lanes->pitch / 2;

	paint_hairline(lanes->canvas,
	               (struct canvas_point){ x, lanes_middle(lanes, row) + half },
	               (struct canvas_point){ x, lanes_middle(lanes, row + 1) - half },
	               INK_MUTED);
}

/* A step of nought has no bar that would hand the level on. */
static void draw_pause(const struct lanes *lanes, guint row, double level)
{
	double x = lanes_at(lanes, level) - 0.5, half = THICKNESS * lanes->pitch / 2;

	paint_hairline(lanes->canvas, (struct canvas_point){ x, lanes_middle(lanes, row) - half },
	               (struct canvas_point){ x, lanes_middle(lanes, row) + half }, INK_MUTED);
}

static void waterfall_draw(const struct chart *chart, struct canvas *canvas)
{
	g_autoptr(GPtrArray) points = chart_all_points(chart);
	double pitch = CLAMP((canvas->height - 2) / points->len, PITCH * LEAST, PITCH * MOST);
	struct lanes lanes = { .top = 1, .pitch = pitch, .name_height = pitch };
	double span[2] = { 0, 0 };

	lanes_init(&lanes, canvas, points);
	set_scale(&lanes, points);
	for (guint i = 0; i < points->len; i++) {
		const struct chart_point *point = points->pdata[i];
		enum weight weight = lanes_weight(point);

		step_span(point, span[1], span);
		canvas->class->begin(canvas, point->tooltip);
		lanes_name(&lanes, i, point->label, weight);
		lanes_bar(&lanes, i, span, THICKNESS * pitch, step_ink(point));
		lanes_value(&lanes, i, point->value_text, weight,
		            lanes_at(&lanes, MAX(span[0], span[1])));
		canvas->class->end(canvas);
		if (span[0] == span[1])
			draw_pause(&lanes, i, span[1]);
		if (i + 1 < points->len)
			draw_bridge(&lanes, i, span[1]);
	}
	lanes_zero(&lanes, 0, points->len);
}

const struct kind waterfall_kind = { .height = waterfall_height,
	                             .draw = waterfall_draw,
	                             .least_height = waterfall_least };

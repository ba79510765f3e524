/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/kind.h"
#include "charts/lanes.h"
#include "charts/paint.h"

#define HEAD 44.0 /* the stack itself */
#define STACK 32.0
#define PITCH 25.0
#define PITCH_OF_TWO 31.0 /* where a name takes two lines */
#define THICKNESS 13.0

static void lay(struct lanes *lanes, struct canvas *canvas, const GPtrArray *points)
{
	*lanes = (struct lanes){ .top = HEAD };
	lanes_init(lanes, canvas, points);
	lanes->pitch = lanes_are_cut(lanes, points) ? PITCH_OF_TWO : PITCH;
	lanes->name_height = lanes->pitch;
}

static double stack_height(const struct chart *chart, double width)
{
	g_autoptr(GPtrArray) points = chart_all_points(chart);
	struct canvas canvas = { .width = width };
	struct lanes lanes;

	lay(&lanes, &canvas, points);
	return HEAD + points->len * lanes.pitch + 2;
}

static double sum_of(const GPtrArray *points)
{
	double sum = 0;

	for (guint i = 0; i < points->len; i++)
		sum += MAX(((const struct chart_point *)points->pdata[i])->y, 0);
	return sum;
}

/* Each part has its series' ink; in a single series those not emphasised stand back. */
static GArray *part_inks(const struct chart *chart)
{
	GArray *inks = g_array_new(FALSE, FALSE, sizeof(enum ink));
	gboolean single = chart->series->len == 1, any_strong = chart_has_strong(chart);

	for (guint i = 0; i < chart->series->len; i++) {
		const struct chart_series *series = chart_series_at(chart, i);

		for (guint j = 0; j < series->points->len; j++) {
			enum ink ink = series->ink;

			if (single && any_strong && !series_point_at(series, j)->strong)
				ink = INK_QUIET;
			g_array_append_val(inks, ink);
		}
	}
	return inks;
}

/* One part twice: in the stack, and below it on a row of its own beside its name and value. */
static void draw_part(const struct lanes *lanes, guint row, const struct chart_point *point,
                      double before, enum ink ink)
{
	double from = lanes_at(lanes, before), to = lanes_at(lanes, before + MAX(point->y, 0));
	double span[2] = { before, before + MAX(point->y, 0) };
	enum weight weight = point->strong ? WEIGHT_BOLD : WEIGHT_NORMAL;
	double gap = to - from > 3 ? 1 : 0;

	lanes->canvas->class->begin(lanes->canvas, point->tooltip);
	if (to > from)
		paint_rect(lanes->canvas, from, 0,
		           (struct canvas_point){ MAX(to - from - gap, 0.75), STACK }, ink);
	lanes_name(lanes, row, point->label, weight);
	lanes_bar(lanes, row, span, THICKNESS, ink);
	lanes_value(lanes, row, point->value_text, weight, to);
	lanes->canvas->class->end(lanes->canvas);
}

/* A thread from the part in the stack down to its row. */
static void draw_thread(const struct lanes *lanes, guint row, double value)
{
	double x = lanes_at(lanes, value);

	paint_hairline(lanes->canvas, (struct canvas_point){ x, STACK + 2 },
	               (struct canvas_point){ x, lanes_middle(lanes, row) }, INK_GRID);
}

static void stack_draw(const struct chart *chart, struct canvas *canvas)
{
	g_autoptr(GPtrArray) points = chart_all_points(chart);
	g_autoptr(GArray) inks = part_inks(chart);
	struct lanes lanes;
	struct lettering lettering = { SIZE_BODY, WEIGHT_BOLD, ANCHOR_START, INK_TEXT, FALSE };
	double before = 0;

	lay(&lanes, canvas, points);
	lanes.low = 0;
	lanes.high = MAX(sum_of(points), chart->y_max);
	paint_fit(canvas, (struct canvas_point){ 0, paint_centred(STACK / 2, SIZE_BODY) },
	          chart->y_title, lettering, lanes.names);
	for (guint i = 0; i < points->len; i++) {
		draw_thread(&lanes, i, before);
		before += MAX(((const struct chart_point *)points->pdata[i])->y, 0);
	}
	before = 0;
	for (guint i = 0; i < points->len; i++) {
		draw_part(&lanes, i, points->pdata[i], before, g_array_index(inks, enum ink, i));
		before += MAX(((const struct chart_point *)points->pdata[i])->y, 0);
	}
}

const struct kind stack_kind = { .height = stack_height, .draw = stack_draw, .least = 1 };

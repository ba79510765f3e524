/* SPDX-License-Identifier: Apache-2.0 */

#include "charts/kind.h"
#include "charts/lanes.h"
#include "charts/paint.h"

#define PITCH 27.0
#define THICKNESS 17.0
#define ABREAST 16.0 /* of bars that share a row but would cover each other */
#define THIN 11.0
#define NAME_ROW 17.0 /* a name above its bars */
#define VALUE_ROW 15.0 /* below it the values of a tornado, whose bars leave no room at their
                          ends */
#define LEAST 0.25    /* of the width that is worth drawing bars in beside names */
#define CLOSEST 0.78  /* of the pitch: what words need */
#define LOWEST 0.9    /* of the height: where names stand above their bars, half of it is not
                         bars */
#define HEAD 24.0 /* the names of several series */
#define FOOT 20.0 /* the x title */

struct bars {
	const struct chart *chart;
	struct lanes lanes;
	guint count; /* of rows */
	guint abreast; /* lines per row; 1 when its bars lie on opposite sides of zero */
	double above;  /* px above each row's bars for its name; 0: names stand left of the bars */
	guint value_rows; /* of these, lines for values under the name; 0: values stand at the bars'
	                     ends */
	double closer; /* of what distances and thicknesses would be, where the canvas is low; 1:
	                  all of it */
	gboolean any_strong;
};

static guint row_count(const struct chart *chart)
{
	guint rows = 0;

	for (guint i = 0; i < chart->series->len; i++)
		rows = MAX(rows, chart_series_at(chart, i)->points->len);
	return rows;
}

/* Whether the first two series lie on the two sides of zero. */
static gboolean is_tornado(const struct chart *chart)
{
	const struct chart_series *left, *right;
	gboolean below = FALSE;

	if (chart->series->len != 2)
		return FALSE;
	left = chart_series_at(chart, 0);
	right = chart_series_at(chart, 1);
	for (guint i = 0; i < MIN(left->points->len, right->points->len); i++) {
		if (series_point_at(left, i)->y > 0 || series_point_at(right, i)->y < 0)
			return FALSE;
		below = below || series_point_at(left, i)->y < 0;
	}
	return below;
}

static guint abreast_count(const struct chart *chart)
{
	return is_tornado(chart) ? 1 : chart->series->len;
}

static double pitch_of(const struct chart *chart)
{
	return MAX(PITCH, abreast_count(chart) * ABREAST + 8);
}

static double head_of(const struct chart *chart)
{
	return chart->series->len > 1 ? HEAD : 0;
}

static void set_scale(struct bars *bars, const GPtrArray *points)
{
	struct lanes *lanes = &bars->lanes;

	lanes->low = lanes->high = 0;
	for (guint i = 0; i < points->len; i++) {
		lanes->low = MIN(lanes->low, ((const struct chart_point *)points->pdata[i])->y);
		lanes->high = MAX(lanes->high, ((const struct chart_point *)points->pdata[i])->y);
	}
	if (bars->chart->y_max > 0)
		lanes->high = MAX(lanes->high, bars->chart->y_max);
}

/* Values at the bars' ends: the column at the right becomes air on both sides. */
static void make_room_for_ends(struct lanes *lanes)
{
	double values = lanes->canvas->width - lanes->right;

	if (lanes->low < 0)
		lanes->left += values;
	if (lanes->high <= 0)
		lanes->right = lanes->canvas->width;
}

/* At the edge of its side; below the other's where both are too long for one line. */
static void edge_value(const struct bars *bars, guint row, const struct chart_point *point)
{
	const struct lanes *lanes = &bars->lanes;
	struct lettering lettering = lettering_of(SIZE_BODY, INK_TEXT);
	gboolean left = point->y < 0;
	double line = !left && bars->value_rows == 2 ? 1.5 : 0.5;
	double middle = lanes_middle(lanes,
	                             row - 0.5 + (NAME_ROW + line * VALUE_ROW + 1) / lanes->pitch);

	lettering.anchor = left ? ANCHOR_START : ANCHOR_END;
	if (point->y != 0)
		paint_fit(lanes->canvas,
		          (struct canvas_point){ left ? 0 : lanes->canvas->width,
		                                 paint_centred(middle, SIZE_BODY) },
		          point->value_text, lettering, lanes->canvas->width);
}

static void end_value(const struct bars *bars, double row, const struct chart_point *point)
{
	const struct lanes *lanes = &bars->lanes;
	struct lettering lettering = lettering_of(SIZE_BODY, INK_TEXT);
	double x = lanes_at(lanes, point->y),
	       y = paint_centred(lanes_middle(lanes, row), SIZE_BODY);
	double room = point->y < 0 ? x - (bars->above > 0 ? 6 : lanes->names + 12)
	                           : lanes->canvas->width - x - 6;

	if (point->y == 0)
		return;
	lettering.anchor = point->y < 0 ? ANCHOR_END : ANCHOR_START;
	paint_fit(lanes->canvas, (struct canvas_point){ x + (point->y < 0 ? -6 : 6), y },
	          point->value_text, lettering, room);
}

static void draw_bar(const struct bars *bars, guint series_index, guint index)
{
	const struct chart_series *series = chart_series_at(bars->chart, series_index);
	const struct chart_point *point = series_point_at(series, index);
	const struct lanes *lanes = &bars->lanes;
	enum weight weight = point->strong ? WEIGHT_BOLD : WEIGHT_NORMAL;
	gboolean several = bars->chart->series->len > 1;
	gboolean stands_back = !several && bars->any_strong && !point->strong;
	double span[2] = { 0, point->y }, row = index + bars->above / 2 / lanes->pitch;

	if (bars->abreast > 1)
		row += (series_index - (bars->abreast - 1) / 2.0) * ABREAST * bars->closer /
		       lanes->pitch;
	lanes->canvas->class->begin(lanes->canvas, point->tooltip);
	lanes_bar(lanes, row, span, (bars->abreast > 1 ? THIN : THICKNESS) * bars->closer,
	          stands_back ? INK_QUIET : series->ink);
	if (bars->value_rows > 0)
		edge_value(bars, index, point);
	else if (several)
		end_value(bars, row, point);
	else
		lanes_value(lanes, row, point->value_text, weight,
		            lanes_at(lanes, MAX(point->y, 0)));
	lanes->canvas->class->end(lanes->canvas);
}

static const struct chart_point *point_of_row(const struct chart *chart, guint row)
{
	for (guint i = 0; i < chart->series->len; i++)
		if (row < chart_series_at(chart, i)->points->len)
			return series_point_at(chart_series_at(chart, i), row);
	return NULL;
}

/* The two names stand on their side of zero. */
static void draw_tornado_head(const struct bars *bars)
{
	double zero = lanes_at(&bars->lanes, 0);

	for (guint i = 0; i < 2; i++) {
		const struct chart_series *series = chart_series_at(bars->chart, i);
		struct lettering lettering = { SIZE_BODY, WEIGHT_BOLD,
			                       i ? ANCHOR_START : ANCHOR_END, series->ink, FALSE };
		double room = (i ? bars->lanes.canvas->width - zero : zero) - 8;

		paint_fit(bars->lanes.canvas,
		          (struct canvas_point){ zero + (i ? 8 : -8), SIZE_BODY }, series->label,
		          lettering, room);
	}
}

/* Names with a patch of their ink, as many as fit. */
static void draw_head(const struct bars *bars)
{
	struct canvas *canvas = bars->lanes.canvas;
	double x = 0;

	for (guint i = 0; i < bars->chart->series->len; i++) {
		const struct chart_series *series = chart_series_at(bars->chart, i);
		struct lettering lettering = { SIZE_BODY, WEIGHT_BOLD, ANCHOR_START, series->ink,
			                       FALSE };
		g_autofree char *name =
			text_fit(series->label, SIZE_BODY, WEIGHT_BOLD, canvas->width - x - 16);

		if (!*name)
			continue;
		paint_rect(canvas, x, 2, (struct canvas_point){ 10, 10 }, series->ink);
		paint_text(canvas, x + 16, SIZE_BODY, name, lettering);
		x += 16 + text_width(name, SIZE_BODY, WEIGHT_BOLD) + 18;
	}
}

/* How many lines the two values of a row take: of a tornado that has no room for them at the bars'
 * ends. */
static guint value_rows(const struct bars *bars)
{
	double room = bars->lanes.canvas->width, widest = 0;

	for (guint row = 0; row < bars->count; row++) {
		double width = 0;

		for (guint i = 0; i < bars->chart->series->len; i++)
			if (row < chart_series_at(bars->chart, i)->points->len)
				width += text_width(series_point_at(chart_series_at(bars->chart, i),
				                                    row)
				                            ->value_text,
				                    SIZE_BODY, WEIGHT_NORMAL);
		widest = MAX(widest, width);
	}
	return widest + 8 <= room ? 1 : 2;
}

/* Where a name would be cut, or leave next to nothing for bars, it stands above its own. */
static void put_names_above(struct bars *bars, const GPtrArray *points)
{
	struct lanes *lanes = &bars->lanes;
	double values = lanes->canvas->width - lanes->right;
	double room = lanes->right - lanes->left - (lanes->low < 0 ? values : 0);

	if (lanes->names == 0 ||
	    (room >= LEAST * lanes->canvas->width && !lanes_are_cut(lanes, points)))
		return;
	bars->value_rows = is_tornado(bars->chart) ? value_rows(bars) : 0;
	bars->above = NAME_ROW + bars->value_rows * VALUE_ROW;
	lanes->pitch += bars->above;
	lanes->names = lanes->canvas->width;
	lanes->left = 0;
	lanes->right = bars->value_rows > 0 ? lanes->canvas->width : lanes->right;
}

static double total_height(const struct bars *bars)
{
	return bars->lanes.top + bars->count * bars->lanes.pitch +
	       (bars->chart->x_title ? FOOT : 0) + 4;
}

/* On a canvas that is lower than suits them. */
static void move_closer(struct bars *bars)
{
	double rows = bars->count * (bars->lanes.pitch - bars->above),
	       missing = total_height(bars) - bars->lanes.canvas->height;

	bars->closer = missing > 0 && rows > 0 ? CLAMP(1 - missing / rows, CLOSEST, 1) : 1;
	bars->lanes.pitch -= (bars->lanes.pitch - bars->above) * (1 - bars->closer);
}

/* A canvas without height is as high as it takes. */
static void bars_init(struct bars *bars, const struct chart *chart, struct canvas *canvas)
{
	g_autoptr(GPtrArray) points = chart_all_points(chart);

	*bars = (struct bars){ .chart = chart,
		               .count = row_count(chart),
		               .abreast = abreast_count(chart) };
	bars->any_strong = chart_has_strong(chart);
	lanes_init(&bars->lanes, canvas, points);
	bars->lanes.top = head_of(chart);
	bars->lanes.pitch = pitch_of(chart);
	set_scale(bars, points);
	put_names_above(bars, points);
	if (chart->series->len > 1 && bars->value_rows == 0)
		make_room_for_ends(&bars->lanes);
	bars->closer = 1;
	if (canvas->height > 0)
		move_closer(bars);
}

static double bars_height(const struct chart *chart, double width)
{
	struct canvas canvas = { .width = width };
	struct bars bars;

	bars_init(&bars, chart, &canvas);
	return total_height(&bars);
}

static void draw_name(const struct bars *bars, guint row)
{
	const struct chart_point *point = point_of_row(bars->chart, row);
	/* Names above stand in the middle of their part of the row. */
	double at = bars->above > 0 ? row - 0.5 + (NAME_ROW / 2 + 2) / bars->lanes.pitch : row;

	lanes_name(&bars->lanes, at, point->label, point->strong ? WEIGHT_BOLD : WEIGHT_NORMAL);
}

/* Not through the names above bars. */
static void draw_zero(const struct bars *bars)
{
	if (bars->above == 0)
		lanes_zero(&bars->lanes, 0, bars->count);
	for (guint row = 0; row < bars->count && bars->above > 0; row++)
		lanes_zero(&bars->lanes, row + (bars->above + 3) / bars->lanes.pitch, row + 1);
}

static void bars_draw(const struct chart *chart, struct canvas *canvas)
{
	struct bars bars;

	bars_init(&bars, chart, canvas);
	if (is_tornado(chart))
		draw_tornado_head(&bars);
	else if (chart->series->len > 1)
		draw_head(&bars);
	for (guint row = 0; row < bars.count; row++)
		draw_name(&bars, row);
	for (guint i = 0; i < chart->series->len; i++)
		for (guint row = 0; row < chart_series_at(chart, i)->points->len; row++)
			draw_bar(&bars, i, row);
	draw_zero(&bars);
	if (chart->x_title)
		paint_fit(canvas,
		          (struct canvas_point){ bars.lanes.left,
		                                 bars.lanes.top + bars.count * bars.lanes.pitch +
		                                         15 },
		          chart->x_title, lettering_of(SIZE_SMALL, INK_MUTED),
		          canvas->width - bars.lanes.left);
}

const struct kind bars_kind = { .height = bars_height, .draw = bars_draw, .least = LOWEST };

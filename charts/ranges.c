/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/kind.h"
#include "charts/lanes.h"
#include "charts/mark.h"
#include "charts/paint.h"

#define PITCH 30.0
#define STACKED_PITCH 64.0 /* name, range and values below each other */
#define HEAD 26.0
#define FOOT 20.0      /* the x title */
#define GAP 16.0       /* between columns */
#define NEAR 6.0       /* between columns where room is scarce */
#define MARK_ROOM 14.0 /* of a heading's mark */
#define LEAST 150.0    /* px of the ranges that are worth drawing beside names and values */
#define EDGE (MARK_RADIUS + 2)

struct ranges {
	const struct chart *chart;
	struct lanes lanes;
	guint rows, columns; /* a column a series */
	double column;       /* width of a column of values with the gap before it */
	gboolean stacked;
};

static enum mark mark_of(guint series)
{
	static const enum mark marks[] = { MARK_RING, MARK_DOT, MARK_DIAMOND, MARK_SQUARE };

	return marks[series % G_N_ELEMENTS(marks)];
}

static const struct chart_point *point_at(const struct chart *chart, guint column, guint row)
{
	const struct chart_series *series = chart_series_at(chart, column);

	return row < series->points->len ? series_point_at(series, row) : NULL;
}

/* The first of a row, which names it. */
static const struct chart_point *row_head(const struct chart *chart, guint row)
{
	const struct chart_point *point = NULL;

	for (guint i = 0; i < chart->series->len && !point; i++)
		point = point_at(chart, i, row);
	return point;
}

static double bold_width(const char *text)
{
	return text ? text_width(text, SIZE_BODY, WEIGHT_BOLD) : 0;
}

static void measure(struct ranges *ranges)
{
	const struct chart *chart = ranges->chart;

	for (guint i = 0; i < ranges->columns; i++) {
		const struct chart_series *series = chart_series_at(chart, i);

		ranges->rows = MAX(ranges->rows, series->points->len);
		ranges->column = MAX(ranges->column, bold_width(series->label) + MARK_ROOM + GAP);
		for (guint row = 0; row < series->points->len; row++) {
			const struct chart_point *point = series_point_at(series, row);

			ranges->column = MAX(ranges->column, bold_width(point->value_text) + GAP);
			ranges->lanes.names = MAX(ranges->lanes.names, bold_width(point->label));
			ranges->lanes.low = MIN(ranges->lanes.low, point->y);
			ranges->lanes.high = MAX(ranges->lanes.high, point->y);
		}
	}
}

/* Names, ranges and values side by side where all of them fit, else below each other. */
static void ranges_init(struct ranges *ranges, const struct chart *chart, double width)
{
	struct lanes *lanes = &ranges->lanes;

	*ranges = (struct ranges){ .chart = chart, .columns = chart->series->len };
	measure(ranges);
	ranges->stacked = lanes->names + ranges->columns * ranges->column + LEAST + GAP > width;
	lanes->top = HEAD;
	lanes->pitch = ranges->stacked ? STACKED_PITCH : PITCH;
	if (ranges->stacked) {
		ranges->column = width / ranges->columns;
		lanes->names = width;
		lanes->left = EDGE;
		lanes->right = width - EDGE;
	} else {
		lanes->left = lanes->names + GAP + EDGE;
		lanes->right = width - ranges->columns * ranges->column - EDGE;
	}
}

static double ranges_height(const struct chart *chart, double width)
{
	struct ranges ranges;

	ranges_init(&ranges, chart, width);
	return HEAD + ranges.rows * ranges.lanes.pitch + (chart->x_title ? FOOT : 4);
}

/* In its column: side by side all end at the right; stacked, the outer ones stand at the edges. */
static void column_text(const struct ranges *ranges, guint column, double y, const char *text,
                        struct lettering lettering)
{
	double width = ranges->lanes.canvas->width,
	       room = ranges->column - (ranges->stacked ? NEAR : GAP);
	double right = width - (ranges->columns - 1 - column) * ranges->column;
	double x = right;

	lettering.anchor = ANCHOR_END;
	if (ranges->stacked && column + 1 < ranges->columns) {
		lettering.anchor = column ? ANCHOR_MIDDLE : ANCHOR_START;
		x = column ? right - ranges->column / 2 : 0;
	}
	paint_fit(ranges->lanes.canvas, (struct canvas_point){ x, y }, text, lettering, room);
}

/* Where a heading's mark stands: before its text. */
static double heading_mark(const struct ranges *ranges, guint column, double text)
{
	double right =
		ranges->lanes.canvas->width - (ranges->columns - 1 - column) * ranges->column;

	if (!ranges->stacked || column + 1 == ranges->columns)
		return right - text - MARK_ROOM + MARK_RADIUS;
	return column ? right - ranges->column / 2 - text / 2 - MARK_ROOM + MARK_RADIUS : EDGE;
}

static void draw_heading(const struct ranges *ranges, guint column)
{
	const struct chart_series *series = chart_series_at(ranges->chart, column);
	struct lettering lettering = lettering_of(SIZE_BODY, INK_MUTED);
	g_autofree char *label =
		text_fit(series->label, SIZE_BODY, WEIGHT_NORMAL, ranges->column - GAP - MARK_ROOM);
	double text = text_width(label, SIZE_BODY, WEIGHT_NORMAL), y = SIZE_BODY;
	double x = heading_mark(ranges, column, text);

	if (!*label)
		return;
	mark_paint(ranges->lanes.canvas, (struct canvas_point){ x, y - SIZE_BODY * 0.36 },
	           mark_of(column), series->ink);
	paint_text(ranges->lanes.canvas, x - MARK_RADIUS + MARK_ROOM, y, label, lettering);
}

static double range_middle(const struct ranges *ranges, guint row)
{
	return lanes_middle(&ranges->lanes, row) + (ranges->stacked ? 2 : 0);
}

static void draw_mark(const struct ranges *ranges, guint column, guint row)
{
	const struct chart_point *point = point_at(ranges->chart, column, row);
	struct canvas *canvas = ranges->lanes.canvas;

	if (!point)
		return;
	canvas->class->begin(canvas, point->tooltip);
	mark_paint(canvas,
	           (struct canvas_point){ lanes_at(&ranges->lanes, point->y),
	                                  range_middle(ranges, row) },
	           mark_of(column), chart_series_at(ranges->chart, column)->ink);
	canvas->class->end(canvas);
}

/* The middle one, which is what is expected, over the others. */
static void draw_marks(const struct ranges *ranges, guint row)
{
	guint middle = ranges->columns / 2;

	for (guint i = 0; i < ranges->columns; i++)
		if (i != middle)
			draw_mark(ranges, i, row);
	draw_mark(ranges, middle, row);
}

static void draw_span(const struct ranges *ranges, guint row)
{
	const struct chart_point *head = row_head(ranges->chart, row);
	double low = head->y, high = head->y, y = range_middle(ranges, row);

	for (guint i = 0; i < ranges->columns; i++) {
		const struct chart_point *point = point_at(ranges->chart, i, row);

		low = MIN(low, point ? point->y : low);
		high = MAX(high, point ? point->y : high);
	}
	if (low < high)
		paint_line(ranges->lanes.canvas,
		           (struct canvas_point){ lanes_at(&ranges->lanes, low), y },
		           (struct canvas_point){ lanes_at(&ranges->lanes, high), y },
		           (struct stroke){ .line = INK_QUIET, .width = 3 });
}

static void draw_texts(const struct ranges *ranges, guint row)
{
	const struct chart_point *head = row_head(ranges->chart, row);
	struct lettering lettering = lettering_of(SIZE_BODY, INK_TEXT);
	double middle = lanes_middle(&ranges->lanes, row);
	double name = paint_centred(ranges->stacked ? middle - 18 : middle, SIZE_BODY);
	double values = paint_centred(ranges->stacked ? middle + 20 : middle, SIZE_BODY);

	lettering.weight = head->strong ? WEIGHT_BOLD : WEIGHT_NORMAL;
	paint_fit(ranges->lanes.canvas, (struct canvas_point){ 0, name }, head->label, lettering,
	          ranges->lanes.names);
	for (guint i = 0; i < ranges->columns; i++) {
		const struct chart_point *point = point_at(ranges->chart, i, row);

		if (point)
			column_text(ranges, i, values, point->value_text, lettering);
	}
}

/* The headings leave the ranges' column free where there is one. */
static void draw_nought(const struct ranges *ranges)
{
	struct lettering lettering = lettering_of(SIZE_SMALL, INK_MUTED);

	lettering.anchor = ANCHOR_MIDDLE;
	paint_text(ranges->lanes.canvas, lanes_at(&ranges->lanes, 0), SIZE_BODY, "0", lettering);
}

/* Where the ranges lie, and not through names and values. */
static void draw_zero(const struct ranges *ranges, guint row)
{
	double half = ranges->stacked ? 9 : ranges->lanes.pitch / 2;
	double x = lanes_at(&ranges->lanes, 0), y = range_middle(ranges, row);

	paint_hairline(ranges->lanes.canvas, (struct canvas_point){ x, y - half },
	               (struct canvas_point){ x, y + half }, INK_MUTED);
}

static void draw_row(const struct ranges *ranges, guint row)
{
	struct canvas *canvas = ranges->lanes.canvas;
	double top = HEAD + row * ranges->lanes.pitch;

	paint_hairline(canvas, (struct canvas_point){ 0, top },
	               (struct canvas_point){ canvas->width, top }, INK_GRID);
	draw_texts(ranges, row);
	draw_zero(ranges, row);
	draw_span(ranges, row);
	draw_marks(ranges, row);
}

static void ranges_draw(const struct chart *chart, struct canvas *canvas)
{
	struct ranges ranges;

	ranges_init(&ranges, chart, canvas->width);
	ranges.lanes.canvas = canvas;
	for (guint i = 0; i < ranges.columns; i++)
		draw_heading(&ranges, i);
	if (!ranges.stacked)
		draw_nought(&ranges);
	for (guint row = 0; row < ranges.rows; row++)
		draw_row(&ranges, row);
	if (chart->x_title)
		paint_fit(canvas, (struct canvas_point){ 0, canvas->height - 5 }, chart->x_title,
		          lettering_of(SIZE_SMALL, INK_MUTED), canvas->width);
}

const struct kind ranges_kind = { .height = ranges_height, .draw = ranges_draw, .least = 1 };

/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "charts/kind.h"
#include "charts/paint.h"

#define GUTTER 10.0
#define TITLE_ROW 20.0
#define LABEL_ROW 20.0
#define LABEL_LINE 13.0 /* each further line of the columns' names */
#define LABEL_LINES 3
#define LABEL_MOST 72.0 /* px of a name that stands in one line */
#define LABEL_AIR 4.0
#define KEY_ROW 30.0

/* Where the cells lie, and what the ramp spans. */
struct grid {
	const struct chart *chart;
	struct canvas *canvas;
	double left, top, width, height; /* px; of one cell the last two */
	double gap;                      /* between cells */
	guint columns;
	guint lines; /* of the columns' names over their cells; 0: not even so do all fit */
	double low, high;
	const struct chart_point *lowest, *highest; /* NULL: nothing is told */
	gboolean printed; /* the values fit their cells */
};

static gboolean is_told(const struct chart_point *point)
{
	return point->y >= 0;
}

static void measure_cells(struct grid *grid)
{
	g_autoptr(GPtrArray) points = chart_all_points(grid->chart);

	grid->printed = TRUE;
	for (guint i = 0; i < points->len; i++) {
		const struct chart_point *point = points->pdata[i];

		if (is_told(point) && (!grid->lowest || point->y < grid->lowest->y))
			grid->lowest = point;
		if (is_told(point) && (!grid->highest || point->y > grid->highest->y))
			grid->highest = point;
		if (point->value_text && text_width(point->value_text, SIZE_SMALL, WEIGHT_NORMAL) >
		                                 grid->width - grid->gap - 2)
			grid->printed = FALSE;
	}
	grid->low = grid->lowest ? grid->lowest->y : 0;
	grid->high = grid->chart->y_max > 0 ? grid->chart->y_max
	             : grid->highest        ? grid->highest->y
	                                    : 0;
}

static const struct chart_series *longest_row(const struct grid *grid)
{
	for (guint i = 0; i < grid->chart->series->len; i++)
		if (chart_series_at(grid->chart, i)->points->len == grid->columns)
			return chart_series_at(grid->chart, i);
	return NULL;
}

static double small_width(const char *text)
{
	return text ? text_width(text, SIZE_SMALL, WEIGHT_NORMAL) : 0;
}

/* The lines in which every column's name fits over its cells; 0: too many, or a word is too
 * long. */
static guint name_lines(const struct grid *grid)
{
	const struct chart_series *series = longest_row(grid);
	double room = grid->width - LABEL_AIR;
	guint most = 1;

	for (guint i = 0; i < grid->columns; i++) {
		const char *label = series_point_at(series, i)->label;
		g_autoptr(GPtrArray) lines = text_lines(label, SIZE_SMALL, WEIGHT_NORMAL, room);
		g_auto(GStrv) words = g_strsplit(label ? label : "", " ", -1);

		for (guint w = 0; words[w]; w++)
			if (small_width(words[w]) > room)
				return 0;
		most = MAX(most, lines->len);
	}
	return most <= LABEL_LINES ? most : 0;
}

static void lay_grid(struct grid *grid, const struct chart *chart, double width)
{
	double names = 0;

	*grid = (struct grid){ .chart = chart };
	for (guint i = 0; i < chart->series->len; i++) {
		const struct chart_series *series = chart_series_at(chart, i);

		names = MAX(names, series->label
		                           ? text_width(series->label, SIZE_BODY, WEIGHT_NORMAL)
		                           : 0);
		grid->columns = MAX(grid->columns, series->points->len);
	}
	if (chart->y_title)
		names = MAX(names, text_width(chart->y_title, SIZE_SMALL, WEIGHT_NORMAL));
	names = MIN(names, width * 0.3);
	grid->left = names > 0 ? names + GUTTER : 0;
	grid->width = (width - grid->left) / grid->columns;
	grid->lines = name_lines(grid);
	grid->top = (chart->x_title ? TITLE_ROW : 0) + LABEL_ROW +
	            LABEL_LINE * (MAX(grid->lines, 1) - 1);
	grid->height = CLAMP(grid->width, 25, 34);
	grid->gap = MIN(1.5, grid->width * 0.1);
	measure_cells(grid);
}

static double heat_height(const struct chart *chart, double width)
{
	struct grid grid;

	lay_grid(&grid, chart, width);
	return grid.top + chart->series->len * grid.height +
	       (grid.printed || !grid.lowest ? 2 : KEY_ROW);
}

static enum ink heat_ink(const struct grid *grid, double value)
{
	double share =
		grid->high > grid->low ? (value - grid->low) / (grid->high - grid->low) : 0.5;

	return INK_HEAT_1 + (int)CLAMP(floor(share * 7), 0, 6);
}

static void draw_cell(const struct grid *grid, const struct chart_point *point, double x, double y)
{
	struct lettering lettering = lettering_of(SIZE_SMALL, INK_TEXT);
	enum ink ink = is_told(point) ? heat_ink(grid, point->y) : INK_PAPER;
	double gap = grid->gap;
	struct box box = { x + gap / 2, y + gap / 2, grid->width - gap, grid->height - gap };
	struct stroke stroke = { .fill = ink };

	if (point->strong) {
		stroke.line = INK_SERIES_2;
		stroke.width = 2;
	}
	grid->canvas->class->begin(grid->canvas, point->tooltip);
	grid->canvas->class->rect(grid->canvas, box, stroke);
	lettering.anchor = ANCHOR_MIDDLE;
	lettering.ink = ink >= INK_HEAT_5 ? INK_PAPER : INK_TEXT;
	if (grid->printed)
		paint_text(grid->canvas, x + grid->width / 2,
		           paint_centred(y + grid->height / 2, SIZE_SMALL), point->value_text,
		           lettering);
	grid->canvas->class->end(grid->canvas);
}

static void draw_row(const struct grid *grid, guint row)
{
	const struct chart_series *series = chart_series_at(grid->chart, row);
	double y = grid->top + row * grid->height;

	paint_fit(grid->canvas,
	          (struct canvas_point){ 0, paint_centred(y + grid->height / 2, SIZE_BODY) },
	          series->label, lettering_of(SIZE_BODY, INK_TEXT), grid->left - GUTTER);
	for (guint i = 0; i < series->points->len; i++)
		draw_cell(grid, series_point_at(series, i), grid->left + i * grid->width, y);
}

/* Over the middle of its cells, in the lines that all of them take; the last one stands on them. */
static void draw_name_over(const struct grid *grid, guint column, const char *label)
{
	g_autoptr(GPtrArray)
		lines = text_lines(label, SIZE_SMALL, WEIGHT_NORMAL, grid->width - LABEL_AIR);
	struct lettering lettering = lettering_of(SIZE_SMALL, INK_MUTED);
	double x = grid->left + (column + 0.5) * grid->width;

	lettering.anchor = ANCHOR_MIDDLE;
	for (guint i = 0; i < lines->len; i++)
		paint_text(grid->canvas, x, grid->top - 7 - LABEL_LINE * (lines->len - 1 - i),
		           lines->pdata[i], lettering);
}

/* Names that are too wide for all: every n-th, and in any case the first and the last, which is
 * often a sum. */
static void draw_some_names(const struct grid *grid, const struct chart_series *series)
{
	struct lettering lettering = lettering_of(SIZE_SMALL, INK_MUTED);
	guint last = grid->columns - 1, stride, apart;
	double widest = 0;
	gboolean short_last = small_width(series_point_at(series, last)->label) <= grid->width;

	for (guint i = 0; i < grid->columns; i++)
		widest = MAX(widest, small_width(series_point_at(series, i)->label));
	widest = MIN(widest, LABEL_MOST);
	stride = (guint)MAX(ceil((widest + LABEL_AIR) / grid->width), 1);
	apart = short_last ? stride : 2 * stride; /* a long last name stretches to the left */
	for (guint i = 0; i < last && (i == 0 || i + apart <= last); i += stride)
		paint_fit(grid->canvas,
		          (struct canvas_point){ grid->left + i * grid->width, grid->top - 7 },
		          series_point_at(series, i)->label, lettering,
		          grid->width * stride - LABEL_AIR);
	lettering.anchor = ANCHOR_END;
	paint_fit(grid->canvas,
	          (struct canvas_point){ grid->left + grid->columns * grid->width, grid->top - 7 },
	          series_point_at(series, last)->label, lettering,
	          short_last ? grid->width : widest);
}

static void draw_column_names(const struct grid *grid)
{
	const struct chart_series *series = longest_row(grid);

	for (guint i = 0; i < grid->columns && grid->lines > 0; i++)
		draw_name_over(grid, i, series_point_at(series, i)->label);
	if (grid->lines == 0)
		draw_some_names(grid, series);
}

static void draw_titles(const struct grid *grid)
{
	struct lettering lettering = lettering_of(SIZE_SMALL, INK_MUTED);

	if (grid->chart->y_title)
		paint_fit(grid->canvas, (struct canvas_point){ 0, grid->top - 7 },
		          grid->chart->y_title, lettering, grid->left - GUTTER);
	if (grid->chart->x_title)
		paint_fit(grid->canvas, (struct canvas_point){ grid->left, SIZE_SMALL },
		          grid->chart->x_title, lettering, grid->canvas->width - grid->left);
}

/* The ramp between the lowest and the highest value, where cells are too small to print theirs. */
static void draw_key(const struct grid *grid)
{
	struct lettering lettering = lettering_of(SIZE_SMALL, INK_MUTED);
	double y = grid->top + grid->chart->series->len * grid->height + 12;
	double ends = 2 * MAX(small_width(grid->lowest->value_text),
	                      small_width(grid->highest->value_text)) +
	              24;
	/* Amounts that need it take the room below the rows' names, too. */
	double x = grid->left + 7 * 18 + ends > grid->canvas->width ? 0 : grid->left;
	double room = (grid->canvas->width - x - 7 * 18) / 2 - 12;
	g_autofree char *low = text_fit(grid->lowest->value_text, SIZE_SMALL, WEIGHT_NORMAL, room);

	paint_text(grid->canvas, x, paint_centred(y + 6, SIZE_SMALL), low, lettering);
	x += *low ? text_width(low, SIZE_SMALL, WEIGHT_NORMAL) + 6 : 0;
	for (int i = 0; i < 7; i++)
		paint_rect(grid->canvas, x + i * 18, y, (struct canvas_point){ 18, 12 },
		           INK_HEAT_1 + i);
	paint_fit(grid->canvas,
	          (struct canvas_point){ x + 7 * 18 + 6, paint_centred(y + 6, SIZE_SMALL) },
	          grid->highest->value_text, lettering, room);
}

static void heat_draw(const struct chart *chart, struct canvas *canvas)
{
	struct grid grid;

	lay_grid(&grid, chart, canvas->width);
	grid.canvas = canvas;
	draw_titles(&grid);
	draw_column_names(&grid);
	for (guint i = 0; i < chart->series->len; i++)
		draw_row(&grid, i);
	if (!grid.printed && grid.lowest)
		draw_key(&grid);
}

const struct kind heat_kind = { .height = heat_height, .draw = heat_draw, .least = 1 };

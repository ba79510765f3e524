/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_charts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "charts/palette.h"
#include "render/xlsx_sheets.h"

#define FONT "Arial"
#define SERIES 4
#define ROWS 17           /* that a chart takes */
#define MARGIN 6          /* pixels around it */
#define FEWEST_ROWS 10    /* for the sake of one page */
#define SURE 0.98         /* of a page: no two programs print rows of quite the same height */
#define WIDEST 900
#define DEFAULT_WIDTH 480.0 /* of the library, in pixels */
#define DEFAULT_HEIGHT 288.0
#define MOST_STEPS 10
#define MOST_LITERAL 250  /* bytes of text within a formula */

struct bar {
	const char *column;
	enum ink ink;  /* INK_NONE: takes its room and is not seen */
	gboolean told; /* its values are written at it */
	gboolean light; /* … in white, within it */
};

enum place { ON_SUMMARY, BELOW };

static const struct plan {
	const char *dataset, *category; /* "sizing_" begins the ids of several */
	lxw_chart_type type;
	enum place place;
	gboolean legend;
	struct bar bars[SERIES];
} plans[] = {
	{ "bridge", "step", LXW_CHART_COLUMN_STACKED, ON_SUMMARY, FALSE,
	  { { "base", INK_NONE, FALSE, FALSE },
	    { "total", INK_SERIES_3, TRUE, TRUE },
	    { "saved", INK_HEAT_4, TRUE, FALSE },
	    { "added", INK_SERIES_2, TRUE, FALSE } } },
	{ "ledger", "class", LXW_CHART_BAR, ON_SUMMARY, FALSE, { { "share", INK_SERIES_1, TRUE,
	  FALSE } } },
	{ "ledger_months", "month", LXW_CHART_COLUMN_STACKED, BELOW, TRUE,
	  { { "useful", INK_SERIES_1, FALSE, FALSE },
	    { "excess", INK_SERIES_2, FALSE, FALSE },
	    { "rest", INK_TINT_4, FALSE, FALSE } } },
	{ "choices", "level", LXW_CHART_COLUMN, BELOW, FALSE,
	  { { "cost", INK_SERIES_1, TRUE, FALSE } } },
	{ "sizing_", "k", LXW_CHART_SCATTER_STRAIGHT, BELOW, TRUE,
	  { { "together", INK_SERIES_1, FALSE, FALSE },
	    { "net", INK_SERIES_2, FALSE, FALSE },
	    { "own", INK_SERIES_4, FALSE, FALSE } } },
};

/* What a chart of money counts in, from so much on: whole amounts would lie over each other. */
static const struct scale {
	double from;
	const char *commas, *word; /* a comma of a number format stands for three digits less */
} scales[] = {
	{ 1e14, ",,,,", " trillion" },
	{ 1e11, ",,,", " billion" },
	{ 1e7, ",,", " million" },
	{ 0, "", NULL },
};

static lxw_chart_font font_of(double size, gboolean bold, enum ink ink)
{
	return (lxw_chart_font){ .name = (char *)FONT,
		                 .size = size,
		                 .bold = bold,
		                 .color = palette_entry(ink)->light };
}

/* The library takes a formula's cell for 0: what programs show before they compute comes from
 * here. It frees what it is given. */
static void remember(lxw_series_range *kept, const struct range *range)
{
	for (guint i = range->dataset->results; i < range->dataset->rows->len; i++) {
		const struct dataset_cell *cell = dataset_cell(range->dataset, i, range->index);
		lxw_series_data_point *point = calloc(1, sizeof *point);

		g_assert(point);
		point->no_data = !cell->has_value;
		point->number = cell->has_value ? cell->value / range->factor : 0;
		STAILQ_INSERT_TAIL(kept->data_cache, point, list_pointers);
	}
	kept->num_data_points = (uint16_t)(range->dataset->rows->len - range->dataset->results);
	kept->ignore_cache = TRUE;
}

static void remember_title(lxw_series_range *kept, const char *title)
{
	lxw_series_data_point *point = calloc(1, sizeof *point);

	g_assert(point);
	point->is_string = TRUE;
	point->string = strdup(title);
	STAILQ_INSERT_TAIL(kept->data_cache, point, list_pointers);
	kept->num_data_points = 1;
	kept->has_string_cache = kept->ignore_cache = TRUE;
}

/* The largest amount that any bar shows; 0 of what is no money. */
static double most_money(const struct plan *plan, const struct dataset *dataset)
{
	double most = 0;

	for (guint i = 0; i < SERIES && plan->bars[i].column; i++) {
		int index = dataset_column_find(dataset, plan->bars[i].column);
		const struct dataset_column *column = dataset->columns->pdata[index];

		for (guint row = dataset->results;
		     column->unit == UNIT_CURRENCY && row < dataset->rows->len; row++)
			most = MAX(most, fabs(dataset_cell(dataset, row, (guint)index)->value));
	}
	return most;
}

static const struct scale *scale_of(double most)
{
	guint i = 0;

	while (most < scales[i].from)
		i++;
	return &scales[i];
}

/* Three digits of the largest, at least. */
static char *scaled_format(double most)
{
	const struct scale *scale = scale_of(most);

	return g_strconcat("#,##0", most < 100 * scale->from ? ".0" : "", scale->commas, NULL);
}

/* Of money, nothing is told of a column that is not there. Amounts side by side leave their
 * currency to the axis, and so do scaled ones. */
static char *told_format(const struct plan *plan, const struct range *range)
{
	double most = most_money(plan, range->dataset);
	g_autofree char *amount = scaled_format(most);

	if (plan->type == LXW_CHART_BAR)
		return g_strdup(range->number_format);
	if (plan->type == LXW_CHART_COLUMN_STACKED && !scale_of(most)->word)
		return g_strconcat(range->number_format, ";", NULL);
	return g_strdup_printf("%s;-%s;", amount, amount);
}

static void tell_values(lxw_chart_series *series, const struct bar *bar, const struct range *range,
                        const struct plan *plan)
{
	lxw_chart_font font = font_of(9, TRUE, bar->light ? INK_PAPER : INK_TEXT);
	gboolean stacked = plan->type == LXW_CHART_COLUMN_STACKED;
	g_autofree char *format = told_format(plan, range);

	chart_series_set_labels(series);
	chart_series_set_labels_num_format(series, format);
	chart_series_set_labels_font(series, &font);
	chart_series_set_labels_position(series,
	                                 !stacked     ? LXW_CHART_LABEL_POSITION_OUTSIDE_END
	                                 : bar->light ? LXW_CHART_LABEL_POSITION_INSIDE_END
	                                              : LXW_CHART_LABEL_POSITION_INSIDE_BASE);
}

static void add_bar(lxw_chart *chart, const struct plan *plan, const struct bar *bar,
                    const struct range *category, const struct range *range)
{
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
	lxw_chart_fill fill = { .none = bar->ink == INK_NONE };
	lxw_chart_line line = { .none = TRUE };

	if (bar->ink != INK_NONE)
		fill.color = palette_entry(bar->ink)->light;
	chart_series_set_categories(series, category->sheet->name,
	                            category->first + category->dataset->results,
	                            (lxw_col_t)category->column, category->last,
	                            (lxw_col_t)category->column);
	chart_series_set_values(series, range->sheet->name, range->first + range->dataset->results,
	                        (lxw_col_t)range->column, range->last, (lxw_col_t)range->column);
	chart_series_set_name_range(series, range->sheet->name, range->first - 1,
	                            (lxw_col_t)range->column);
	remember(series->values, range);
	if (plan->type == LXW_CHART_SCATTER_STRAIGHT) {
		remember(series->categories, category);
		line = (lxw_chart_line){ .color = fill.color, .width = 2 };
		chart_series_set_marker_type(series, LXW_CHART_MARKER_NONE);
	} else {
		chart_series_set_fill(series, &fill);
	}
	chart_series_set_line(series, &line);
	if (bar->told)
		tell_values(series, bar, range, plan);
}

/* Scaled amounts have their unit beside the axis, once. */
static void scale_axis(lxw_chart_axis *axis, const struct plan *plan, const struct range *range)
{
	double most = most_money(plan, range->dataset);
	const struct scale *scale = scale_of(most);
	const char *currency = range->sheet->book->report->currency;
	lxw_chart_font font = font_of(9, FALSE, INK_TEXT);

	font.rotation = -90;
	if (!scale->word) {
		chart_axis_set_num_format(axis, range->number_format);
		return;
	}
	g_autofree char *format = scaled_format(most);
	g_autofree char *name = g_strconcat(currency, scale->word, NULL);

	chart_axis_set_num_format(axis, format);
	chart_axis_set_name(axis, name);
	chart_axis_set_name_font(axis, &font);
}

static void set_axes(lxw_chart *chart, const struct plan *plan, const struct range *range)
{
	gboolean lying = plan->type == LXW_CHART_BAR;
	/* The library's axes are those of the paper. */
	lxw_chart_axis *categories = lying ? chart->y_axis : chart->x_axis;
	lxw_chart_axis *values = lying ? chart->x_axis : chart->y_axis;
	lxw_chart_font font = font_of(9, FALSE, INK_TEXT);
	lxw_chart_line grid = { .color = palette_entry(INK_GRID)->light, .width = 0.75 };
	lxw_chart_line none = { .none = TRUE };

	chart_axis_set_num_font(categories, &font);
	chart_axis_set_num_font(values, &font);
	scale_axis(values, plan, range);
	chart_axis_set_line(values, &none);
	chart_axis_set_major_tick_mark(categories, LXW_CHART_AXIS_TICK_MARK_NONE);
	chart_axis_set_min(values, 0);
	if (lying) {
		/* Shares, the first row on top; the values at the bars say what the axis would. */
		chart_axis_major_gridlines_set_visible(chart->x_axis, LXW_FALSE);
		chart_axis_major_gridlines_set_visible(chart->y_axis, LXW_FALSE);
		chart_axis_set_reverse(categories);
		chart_axis_set_max(values, 1);
		chart_axis_off(values);
	} else {
		chart_axis_major_gridlines_set_line(values, &grid);
	}
}

static void set_legend(lxw_chart *chart, const struct plan *plan)
{
	lxw_chart_font font = font_of(9, FALSE, INK_TEXT);

	chart_legend_set_position(chart,
	                          plan->legend ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
	if (plan->legend)
		chart_legend_set_font(chart, &font);
}

static char *quoted(const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, "\"", -1);

	return g_strjoinv("\"\"", parts);
}

/* The cell that holds the title, in the current row, beneath the chart. */
static void write_title(struct sheet *sheet, guint column, const struct dataset *dataset)
{
	lxw_format *format = book_format(sheet->book, LOOK_NOTE, NULL);
	g_autofree char *headline = quoted(dataset->headline), *title = quoted(dataset->title);
	g_autofree char *formula =
		g_strdup_printf("=IF(%s=0,\"%s\",\"%s, with inputs of your own\")",
	                        NAME_INPUTS_CHANGED, headline, title);

	if (strlen(headline) > MOST_LITERAL)
		sheet_text(sheet, column, LOOK_NOTE, dataset->headline);
	else
		sheet_check(sheet, worksheet_write_formula_str(sheet->worksheet, sheet->row,
		                                               (lxw_col_t)column, formula, format,
		                                               dataset->headline));
}

static void set_title(lxw_chart *chart, struct sheet *sheet, guint column,
                      const struct dataset *dataset)
{
	lxw_chart_font font = font_of(11, TRUE, INK_SERIES_3);

	write_title(sheet, column, dataset);
	chart_title_set_name_range(chart, sheet->name, sheet->row, (lxw_col_t)column);
	chart_title_set_name_font(chart, &font);
	remember_title(chart->title.range, dataset->headline);
}

static const struct range *range_of(const struct sheet *sheet, const char *dataset,
                                    const char *column)
{
	g_autofree char *id = g_strconcat(dataset, ".", column, NULL);

	return g_hash_table_lookup(sheet->book->ranges, id);
}

static lxw_chart *draw(struct sheet *sheet, const struct plan *plan, const struct dataset *dataset)
{
	lxw_chart *chart = workbook_add_chart(sheet->book->workbook, (uint8_t)plan->type);
	const struct range *category = range_of(sheet, dataset->id, plan->category), *last = NULL;
	lxw_chart_line frame = { .color = palette_entry(INK_GRID)->light, .width = 0.75 };

	for (guint i = 0; i < SERIES && plan->bars[i].column; i++) {
		const struct range *range = range_of(sheet, dataset->id, plan->bars[i].column);

		g_assert(range);
		add_bar(chart, plan, &plan->bars[i], category, range);
		last = range;
	}
	set_axes(chart, plan, last);
	set_legend(chart, plan);
	if (plan->type == LXW_CHART_SCATTER_STRAIGHT) {
		double most = dataset_cell(dataset, dataset->rows->len - 1, category->index)->value;

		chart_axis_set_name(chart->x_axis, ((const struct dataset_column *)category->dataset
		                                            ->columns->pdata[category->index])
		                                           ->title);
		chart_axis_set_min(chart->x_axis, 0);
		chart_axis_set_max(chart->x_axis, most);
		if (most < MOST_STEPS) /* there is no half of a node */
			chart_axis_set_major_unit(chart->x_axis, 1);
	} else {
		/* Of stacked columns the amounts stand inside, in white. */
		chart_set_series_gap(chart, plan->type == LXW_CHART_COLUMN_STACKED ? 20 : 60);
	}
	chart_chartarea_set_line(chart, &frame);
	return chart;
}

static void insert(struct sheet *sheet, const struct plan *plan, const struct dataset *dataset,
                   guint column, double width, guint rows)
{
	lxw_chart *chart = draw(sheet, plan, dataset);
	lxw_chart_options options = {
		.x_offset = MARGIN,
		.y_offset = MARGIN,
		.x_scale = (width - 2 * MARGIN) / DEFAULT_WIDTH,
		.y_scale = (rows * ROW_POINTS * PIXELS_A_POINT - 2 * MARGIN) / DEFAULT_HEIGHT,
		.object_position = LXW_OBJECT_MOVE_DONT_SIZE,
		.description = dataset->headline,
	};

	set_title(chart, sheet, column, dataset);
	sheet_check(sheet, worksheet_insert_chart_opt(sheet->worksheet, sheet->row,
	                                              (lxw_col_t)column, chart, &options));
}

static void reserve_rest(struct sheet *sheet, guint rows)
{
	for (guint i = 1; i < rows; i++)
		sheet_row(sheet, ROW_POINTS);
}

/* Behind the last row, and before another, unless that is 0. */
static void end_page(struct sheet *sheet, guint before)
{
	lxw_row_t breaks[] = { before > 0 ? before : sheet->rows, before > 0 ? sheet->rows : 0, 0 };

	sheet_check(sheet, worksheet_set_h_pagebreaks(sheet->worksheet, breaks));
}

static gboolean can_draw(const struct sheet *sheet, const struct plan *plan,
                         const struct dataset *dataset)
{
	return dataset && dataset->headline && range_of(sheet, dataset->id, plan->category);
}

static gboolean is_of(const struct plan *plan, const struct dataset *dataset, enum place place)
{
	gboolean several = g_str_has_suffix(plan->dataset, "_");

	return plan->place == place && (several ? g_str_has_prefix(dataset->id, plan->dataset)
	                                        : g_str_equal(dataset->id, plan->dataset));
}

void chart_below(struct sheet *sheet, const struct dataset *dataset)
{
	for (guint i = 0; i < G_N_ELEMENTS(plans); i++) {
		if (!is_of(&plans[i], dataset, BELOW) || !can_draw(sheet, &plans[i], dataset))
			continue;
		sheet_row(sheet, ROW_POINTS);
		sheet_row(sheet, ROW_POINTS);
		insert(sheet, &plans[i], dataset, 0,
		       MIN(WIDEST, sheet_pixels(sheet, 0, sheet->widths->len)), ROWS);
		reserve_rest(sheet, ROWS);
		/* Table and chart on one page. */
		worksheet_fit_to_pages(sheet->worksheet, 1, 1);
	}
}

/* How many rows charts may take on the page that the heading above them is on, or of the next one,
 * if they are too few. */
static guint rows_left(const struct sheet *sheet)
{
	double left = sheet_page_points(sheet) * SURE - sheet->above - sheet->height;
	int rows = (int)(left / ROW_POINTS);

	return rows >= FEWEST_ROWS ? MIN((guint)rows, ROWS) : 0;
}

void charts_on_summary(struct sheet *sheet, guint columns)
{
	guint wide = columns - 2; /* the first chart covers these, the second the rest */
	guint at = 0, head = sheet->rows, rows = 0;
	gboolean fits = TRUE;

	for (guint i = 0; i < G_N_ELEMENTS(plans); i++) {
		const struct dataset *dataset = report_dataset(sheet->book->report,
		                                               plans[i].dataset);

		if (plans[i].place != ON_SUMMARY || !can_draw(sheet, &plans[i], dataset))
			continue;
		if (at == 0) {
			sheet_section(sheet, "In pictures", columns);
			rows = rows_left(sheet);
			fits = rows > 0;
			rows = fits ? rows : ROWS;
			sheet_row(sheet, ROW_POINTS);
		}
		insert(sheet, &plans[i], dataset, at,
		       sheet_pixels(sheet, at, at == 0 ? wide : columns), rows);
		at = wide;
	}
	if (at == 0)
		return;
	reserve_rest(sheet, rows);
	end_page(sheet, fits ? 0 : head);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/pdf_layout.h"

#define TILE_LEAST 108.0 /* width */
#define TILE_GAP 10.0
#define TILE_PADDING 9.0
#define COLUMN_LEAST 130.0
#define COLUMN_GAP 22.0
#define TILE_LINES 3

static void add_words(struct pdf_flow *flow, enum pdf_style style, const char *words, double before)
{
	if (!words || !*words)
		return;
	(style == STYLE_CAPTION ? pdf_flow_title : pdf_flow_text)(
		flow, pdf_text_of(flow->setter, pdf_flow_type(flow, style), words), before, "P");
	pdf_flow_keep(flow);
}

static double least_height(const struct pdf_flow *flow, const struct chart *chart, double width)
{
	double scale = flow->sheet->px;

	return chart_least_height(chart, width / scale) * scale;
}

static double suiting_height(const struct pdf_flow *flow, const struct chart *chart, double width)
{
	double scale = flow->sheet->px;

	return MAX(chart_height(chart, width / scale) * scale * flow->sheet->chart,
	           least_height(flow, chart, width));
}

/* A chart of more rows than a leaf can hold is drawn smaller. */
static struct pdf_box *chart_box(const struct pdf_flow *flow, const struct chart *chart)
{
	double most = pdf_sheet_height(flow->sheet) * 0.75;
	double least = least_height(flow, chart, flow->width);
	double height = flow->chart_height > 0 ? flow->chart_height
	                                       : suiting_height(flow, chart, flow->width);
	struct pdf_box *box = pdf_box_new(BOX_CHART, flow->x, 0, flow->width, MIN(height, most));

	box->chart = chart;
	box->scale = flow->sheet->px * MIN(box->height / least, 1);
	pdf_box_tag(box, "Figure");
	return box;
}

void pdf_flow_chart(struct pdf_flow *flow, const struct chart *chart)
{
	struct pdf_slug *slug;

	pdf_flow_open(flow, "Div");
	pdf_flow_open(flow, "Caption");
	add_words(flow, STYLE_CAPTION, chart->title, flow->sheet->brief ? 8 : 16);
	add_words(flow, STYLE_SMALL, chart->subtitle, 1);
	pdf_flow_close(flow);
	if (chart->thin) {
		add_words(flow, STYLE_BODY, chart->thin, 4);
	} else {
		slug = pdf_flow_add(flow, chart_box(flow, chart), 5);
		slug->most = slug->height;
		slug->least = MIN(least_height(flow, chart, flow->width), slug->height);
		pdf_flow_keep(flow);
		add_words(flow, STYLE_SMALL, chart->source, 3);
	}
	slug = flow->galley->slugs->pdata[flow->galley->slugs->len - 1];
	slug->keep = FALSE;
	pdf_flow_close(flow);
}

static const char *value_words(const struct figure *figure)
{
	return figure->text ? figure->text : "";
}

/* The largest at which every value stands on one line that can do so: those beside others are of
 * their size. */
static double value_size(const struct pdf_flow *flow, const GPtrArray *figures, double width)
{
	struct pdf_type type = pdf_flow_type(flow, STYLE_VALUE);
	double least = type.size * 0.55;

	for (guint i = 0; i < figures->len; i++) {
		struct pdf_text *text =
			pdf_text_of(flow->setter, type, value_words(figures->pdata[i]));
		double wide = pdf_text_width(text) / type.size;

		while (wide * least <= width && wide * type.size > width)
			type.size = MAX(type.size - 0.5, least);
		pdf_text_unref(text);
	}
	return type.size;
}

static char *tile_foot(const struct report *report, const struct figure *figure)
{
	static const char *const grades[] = { "", "Grade A: with a list of the nodes",
		                              "Grade B: cluster’s size not known",
		                              "Grade C: memory held not known",
		                              "Grade D: unmeasured" };
	char *change;

	if (!figure->has_value && figure->reason)
		return g_strdup(figure->reason);
	change = report_change(report, figure->id);
	return change ? change : g_strdup(grades[figure->grade]);
}

static struct pdf_box *make_tile(const struct pdf_flow *flow, const struct figure *figure, double x,
                                 double width, double size)
{
	struct pdf_box *tile = pdf_box_new(BOX_GROUP, x, 0, width, 0);
	struct pdf_type label = pdf_flow_type(flow, STYLE_SMALL_BOLD),
			small = pdf_flow_type(flow, STYLE_SMALL),
			value = pdf_flow_type(flow, STYLE_VALUE);
	cairo_rectangle_t place = { TILE_PADDING, 0, width - 2 * TILE_PADDING, 0 };
	g_autofree char *foot = tile_foot(flow->report, figure);

	small.size *= 0.9;
	small.leading *= 0.9;
	value.size = size;
	pdf_box_add_text(tile, pdf_text_of(flow->setter, label, figure->label), &place, TILE_LINES,
	                 "P");
	pdf_box_add_text(tile, pdf_text_of(flow->setter, value, value_words(figure)), &place, 2,
	                 "P");
	if (*foot)
		pdf_box_add_text(tile, pdf_text_of(flow->setter, small, foot), &place, TILE_LINES,
		                 "P");
	pdf_box_tag(tile, "Div");
	return tile;
}

/* Part `n` of every tile in the row begins where the longest of those above it ends. */
static double align_part(struct pdf_box *row, guint n, double y)
{
	double end = y;

	for (guint i = 0; i < row->children->len; i++) {
		const struct pdf_box *tile = row->children->pdata[i];

		if (n < tile->children->len) {
			struct pdf_box *part = tile->children->pdata[n];

			part->y = y;
			end = MAX(end, y + part->height);
		}
	}
	return end;
}

/* The ground goes under what is already there. */
static void finish_tiles(struct pdf_box *row)
{
	double y = align_part(row, 0, TILE_PADDING);

	y = align_part(row, 1, y + 3);
	y = align_part(row, 2, y + 2);
	row->height = y + TILE_PADDING;
	for (guint i = 0; i < row->children->len; i++) {
		struct pdf_box *tile = row->children->pdata[i];

		tile->height = row->height;
		g_ptr_array_insert(tile->children, 0,
		                   pdf_box_fill(0, 0, tile->width, 1.6, INK_SERIES_1));
		g_ptr_array_insert(tile->children, 0,
		                   pdf_box_fill(0, 0, tile->width, tile->height, INK_HEAT_1));
	}
}

void pdf_flow_tiles(struct pdf_flow *flow, const GPtrArray *figure_ids)
{
	g_autoptr(GPtrArray) known = g_ptr_array_new();
	guint across = (guint)MAX((flow->width + TILE_GAP) / (TILE_LEAST + TILE_GAP), 1), rows;
	double width, size;

	for (guint i = 0; figure_ids && i < figure_ids->len; i++) {
		struct figure *figure = figures_find(flow->report->figures, figure_ids->pdata[i]);

		if (figure)
			g_ptr_array_add(known, figure);
	}
	if (known->len == 0)
		return;
	rows = (known->len + across - 1) / across;
	across = (known->len + rows - 1) / rows;
	width = (flow->width - TILE_GAP * (across - 1)) / across;
	size = value_size(flow, known, width - 2 * TILE_PADDING);
	for (guint first = 0; first < known->len; first += across) {
		struct pdf_box *row = pdf_box_new(BOX_GROUP, flow->x, 0, flow->width, 0);

		for (guint i = first; i < MIN(first + across, known->len); i++)
			pdf_box_add(row, make_tile(flow, known->pdata[i],
			                           (i - first) * (width + TILE_GAP), width,
			                           size));
		finish_tiles(row);
		pdf_flow_add(flow, row, first == 0 ? (flow->sheet->brief ? 10 : 16) : TILE_GAP);
	}
}

/* Charts side by side are of one height: the mean of what suits each, but enough for all. */
static double common_height(const struct pdf_flow *flow, const GPtrArray *columns, double width)
{
	double sum = 0, least = 0;
	guint count = 0;

	for (guint i = 0; i < columns->len; i++) {
		const struct block *column = columns->pdata[i];
		const struct block *first = column->children && column->children->len == 1
		                                    ? column->children->pdata[0]
		                                    : NULL;

		if (first && first->kind == BLOCK_CHART && first->chart && !first->chart->thin) {
			sum += suiting_height(flow, first->chart, width);
			least = MAX(least, least_height(flow, first->chart, width));
			count++;
		}
	}
	return count > 1 ? MAX(sum / count, least) : 0;
}

static struct pdf_box *make_column(const struct pdf_flow *flow, const struct block *column,
                                   double x, double width)
{
	struct pdf_box *box = pdf_box_new(BOX_GROUP, x, 0, width, 0);
	struct pdf_galley *galley = pdf_galley_new();
	struct pdf_flow inner = *flow;

	pdf_flow_init(&inner, galley);
	inner.x = 0;
	inner.width = width;
	inner.frame = NULL;
	pdf_flow_blocks(&inner, column->children);
	pdf_flow_clear(&inner);
	pdf_galley_stack(galley, box);
	pdf_galley_free(galley);
	if (box->children)
		pdf_box_tag(box, "Div");
	return box;
}

/* Charts side by side end on one line, however many lines their captions have: the column that is
 * shorter by that has the higher chart. */
static struct pdf_box *make_levelled(struct pdf_flow *flow, const struct block *column, double x,
                                     double width, double height)
{
	struct pdf_box *box = make_column(flow, column, x, width);
	double common = flow->chart_height;

	if (common <= 0 || box->height >= height)
		return box;
	flow->chart_height += height - box->height;
	pdf_box_free(box);
	box = make_column(flow, column, x, width);
	flow->chart_height = common;
	return box;
}

static double highest_column(const struct pdf_flow *flow, const GPtrArray *columns, double width)
{
	double highest = 0;

	for (guint i = 0; i < columns->len; i++) {
		struct pdf_box *column = make_column(flow, columns->pdata[i], 0, width);

		highest = MAX(highest, column->height);
		pdf_box_free(column);
	}
	return highest;
}

void pdf_flow_columns(struct pdf_flow *flow, const GPtrArray *columns)
{
	double width = (flow->width - COLUMN_GAP * (columns->len - 1)) / columns->len, highest;
	struct pdf_box *row = pdf_box_new(BOX_GROUP, flow->x, 0, flow->width, 0);

	flow->chart_height = common_height(flow, columns, width);
	highest = flow->chart_height > 0 ? highest_column(flow, columns, width) : 0;
	for (guint i = 0; width >= COLUMN_LEAST && i < columns->len; i++) {
		struct pdf_box *column = make_levelled(flow, columns->pdata[i],
		                                       i * (width + COLUMN_GAP), width, highest);

		pdf_box_add(row, column);
		row->height = MAX(row->height, column->height);
	}
	flow->chart_height = 0;
	if (row->children && row->height <= pdf_sheet_height(flow->sheet)) {
		pdf_flow_add(flow, row, flow->sheet->brief ? 8 : 14);
		return;
	}
	/* No room side by side: one after the other. */
	pdf_box_free(row);
	for (guint i = 0; i < columns->len; i++)
		pdf_flow_blocks(flow, ((const struct block *)columns->pdata[i])->children);
}

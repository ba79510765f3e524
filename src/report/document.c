/* SPDX-License-Identifier: Apache-2.0 */
#include "report/document.h"

#include <math.h>

#define TEXTS_ROOM 512 /* most datasets are small */

static void assumption_row_free(struct assumption_row *row)
{
	g_free(row->key);
	g_free(row->label);
	g_free(row->unit_text);
	g_free(row->source);
	g_free(row->date);
	g_free(row);
}

static void clear_drawings(struct dataset *dataset)
{
	for (guint row = 0; row < dataset->rows->len; row++)
		for (guint column = 0; column < dataset->columns->len; column++)
			chart_free(dataset_cell(dataset, row, column)->drawing);
}

void dataset_free(struct dataset *dataset)
{
	g_free(dataset->id);
	g_free(dataset->title);
	g_free(dataset->note);
	g_free(dataset->headline);
	clear_drawings(dataset);
	g_ptr_array_unref(dataset->columns);
	g_ptr_array_unref(dataset->rows);
	g_string_chunk_free(dataset->texts);
	if (dataset->pages)
		g_ptr_array_unref(dataset->pages);
	g_free(dataset);
}

static void check_free(struct report_check *check)
{
	g_free(check->words);
	g_free(check->left);
	g_free(check->right);
	g_free(check);
}

struct report *report_new(void)
{
	struct report *report = g_new0(struct report, 1);

	report->figures = figures_new();
	report->assumptions = g_ptr_array_new_with_free_func((GDestroyNotify)assumption_row_free);
	report->datasets = g_ptr_array_new_with_free_func((GDestroyNotify)dataset_free);
	report->checks = g_ptr_array_new_with_free_func((GDestroyNotify)check_free);
	report->pages = g_ptr_array_new_with_free_func((GDestroyNotify)page_free);
	return report;
}

void report_free(struct report *report)
{
	if (!report)
		return;
	g_ptr_array_unref(report->pages);
	page_free(report->summary);
	page_free(report->mail);
	g_ptr_array_unref(report->checks);
	g_ptr_array_unref(report->datasets);
	g_ptr_array_unref(report->assumptions);
	figures_free(report->figures);
	g_free(report->title);
	g_free(report->institution);
	g_free(report->cluster);
	g_free(report->period);
	g_free(report->classification);
	g_free(report->notice);
	g_free(report->export_hash);
	g_free(report->currency);
	g_free(report->zone);
	g_free(report->version);
	g_free(report->language);
	g_free(report->accent);
	g_clear_pointer(&report->logo, g_bytes_unref);
	g_free(report->mail_from);
	g_free(report->mail_to);
	g_free(report->mail_subject);
	g_free(report);
}

const struct dataset *report_dataset(const struct report *report, const char *id)
{
	for (guint i = 0; i < report->datasets->len; i++) {
		const struct dataset *dataset = report->datasets->pdata[i];

		if (g_str_equal(dataset->id, id))
			return dataset;
	}
	return NULL;
}

struct dataset *report_add_dataset(struct report *report, const char *id, const char *title, const char *note)
{
	struct dataset *dataset = dataset_new(id, title, note);
	g_ptr_array_add(report->datasets, dataset);
	return dataset;
}

struct dataset *report_add_sheet(struct report *report, const char *id, const char *title, const char *note)
{
	struct dataset *dataset = report_add_dataset(report, id, title, note);
	dataset->sheet = TRUE;
	return dataset;
}

char *report_change(const struct report *report, const char *id)
{
	g_autofree char *change = g_strconcat("change.", id, NULL);
	const struct figure *figure = figures_find(report->figures, change);

	if (!figure || !figure->has_value)
		return NULL;
	return g_strconcat(figure->text, g_str_has_suffix(figure->text, "unchanged") ? NULL : " than before", NULL);
}

void report_add_check(struct report *report, const struct report_check *check)
{
	g_ptr_array_add(report->checks, g_memdup2(check, sizeof *check));
}

gboolean report_check_holds(const struct report_check *check)
{
	double left = check->left_value, right = check->right_value;
	double slack = CHECK_TOLERANCE * MAX(1, MAX(fabs(left), fabs(right)));

	return check->relation == CHECK_EQUAL ? fabs(left - right) <= slack : left <= right + slack;
}

int dataset_column_find(const struct dataset *dataset, const char *id)
{
	for (guint i = 0; i < dataset->columns->len; i++) {
		const struct dataset_column *column = dataset->columns->pdata[i];

		if (g_str_equal(column->id, id))
			return (int)i;
	}
	return -1;
}

const struct dataset_cell *dataset_cell(const struct dataset *dataset, guint row, guint column)
{
	return (const struct dataset_cell *)dataset->rows->pdata[row] + column;
}

struct dataset_cell *dataset_own_cell(struct dataset *dataset, guint row, guint column)
{
	return (struct dataset_cell *)dataset->rows->pdata[row] + column;
}

const struct dataset_cell *dataset_cell_in(const struct dataset *dataset, guint row, const char *column)
{
	int index = dataset_column_find(dataset, column);
	g_assert(index >= 0);
	return dataset_cell(dataset, row, (guint)index);
}

struct inline_node *inline_new(enum inline_kind kind, const char *text)
{
	struct inline_node *node = g_new0(struct inline_node, 1);

	node->kind = kind;
	node->text = g_strdup(text);
	return node;
}

struct inline_node *inline_add(struct inline_node *parent, struct inline_node *child)
{
	if (!parent->children)
		parent->children = g_ptr_array_new_with_free_func((GDestroyNotify)inline_free);
	g_ptr_array_add(parent->children, child);
	return parent;
}

void inline_free(struct inline_node *node)
{
	if (!node)
		return;
	g_free(node->text);
	g_free(node->target);
	if (node->children)
		g_ptr_array_unref(node->children);
	g_free(node);
}

struct block *block_new(enum block_kind kind)
{
	struct block *block = g_new0(struct block, 1);

	block->kind = kind;
	block->inlines = g_ptr_array_new_with_free_func((GDestroyNotify)inline_free);
	block->children = g_ptr_array_new_with_free_func((GDestroyNotify)block_free);
	block->figure_ids = g_ptr_array_new_with_free_func(g_free);
	return block;
}

struct block *block_add(struct block *parent, struct block *child)
{
	g_ptr_array_add(parent->children, child);
	return parent;
}

struct block *block_add_inline(struct block *block, struct inline_node *child)
{
	g_ptr_array_add(block->inlines, child);
	return block;
}

static void table_view_free(struct table_view *view)
{
	if (!view)
		return;
	if (view->grid)
		dataset_free(view->grid);
	if (view->picked)
		dataset_free(view->picked);
	g_array_unref(view->columns);
	g_free(view->caption);
	g_free(view->rest_note);
	g_free(view);
}

void block_free(struct block *block)
{
	if (!block)
		return;
	g_free(block->anchor);
	g_free(block->text);
	g_ptr_array_unref(block->inlines);
	g_ptr_array_unref(block->children);
	g_ptr_array_unref(block->figure_ids);
	table_view_free(block->table);
	if (block->chart)
		chart_free(block->chart);
	g_free(block);
}

struct table_view *table_view_new(const struct dataset *dataset, const char *caption)
{
	struct table_view *view = g_new0(struct table_view, 1);

	view->dataset = dataset;
	view->columns = g_array_new(FALSE, FALSE, sizeof(guint));
	view->caption = g_strdup(caption);
	view->anchors = -1;
	return view;
}

static gboolean has_drawing(const struct dataset *dataset, guint column)
{
	for (guint row = 0; row < dataset->rows->len; row++)
		if (dataset_cell(dataset, row, column)->drawing)
			return TRUE;
	return FALSE;
}

void table_view_add_column(struct table_view *view, const char *id)
{
	int column = dataset_column_find(view->dataset, id);
	guint index = (guint)column;

	g_assert(column >= 0);
	if (!((const struct dataset_column *)view->dataset->columns->pdata[index])->drawn || has_drawing(view->dataset, index))
		g_array_append_val(view->columns, index);
}

guint table_view_rows(const struct table_view *view)
{
	guint all = view->dataset->rows->len;

	return view->rows == 0 ? all : MIN(view->rows, all);
}

struct page *page_new(const char *id, const char *nav, const char *section)
{
	struct page *page = g_new0(struct page, 1);

	page->id = g_strdup(id);
	page->nav = g_strdup(nav);
	page->section = g_strdup(section);
	page->blocks = g_ptr_array_new_with_free_func((GDestroyNotify)block_free);
	return page;
}

void page_free(struct page *page)
{
	if (!page)
		return;
	g_free(page->id);
	g_free(page->title);
	g_free(page->nav);
	g_free(page->section);
	g_free(page->parent);
	g_ptr_array_unref(page->blocks);
	g_free(page);
}

static void dataset_column_free(struct dataset_column *column)
{
	g_free(column->id);
	g_free(column->title);
	g_free(column->help);
	g_free(column->expression);
	g_free(column);
}

struct dataset *dataset_new(const char *id, const char *title, const char *note)
{
	struct dataset *dataset = g_new0(struct dataset, 1);

	dataset->id = g_strdup(id);
	dataset->title = g_strdup(title);
	dataset->note = g_strdup(note);
	dataset->columns = g_ptr_array_new_with_free_func((GDestroyNotify)dataset_column_free);
	dataset->rows = g_ptr_array_new_with_free_func(g_free);
	dataset->texts = g_string_chunk_new(TEXTS_ROOM);
	return dataset;
}

struct dataset_column *dataset_add_column(struct dataset *dataset, const char *id,
                                          const char *title, enum unit unit)
{
	struct dataset_column *column = g_new0(struct dataset_column, 1);

	g_assert(dataset->rows->len == 0);
	column->id = g_strdup(id);
	column->title = g_strdup(title);
	column->unit = unit;
	g_ptr_array_add(dataset->columns, column);
	return column;
}

void dataset_add_row(struct dataset *dataset)
{
	g_ptr_array_add(dataset->rows, g_new0(struct dataset_cell, dataset->columns->len));
}

static const char *keep(struct dataset *dataset, const char *text)
{
	return text && *text ? g_string_chunk_insert(dataset->texts, text) : text ? "" : NULL;
}

void dataset_cell_say(struct dataset *dataset, struct dataset_cell *cell, const char *text)
{
	cell->text = keep(dataset, text);
}

static void copy_columns(struct dataset *into, const struct dataset *from)
{
	for (guint i = 0; i < from->columns->len; i++) {
		const struct dataset_column *column = from->columns->pdata[i];
		struct dataset_column *copy = dataset_add_column(into, column->id, column->title, column->unit);

		copy->help = g_strdup(column->help);
		copy->total = column->total;
		copy->csv_only = column->csv_only;
		copy->no_csv = column->no_csv;
		copy->figures = column->figures;
		copy->drawn = column->drawn;
	}
}

static void copy_row(struct dataset *into, const struct dataset *from, guint row)
{
	dataset_add_row(into);
	for (guint i = 0; i < from->columns->len; i++) {
		struct dataset_cell *cell = dataset_own_cell(into, into->rows->len - 1, i);

		*cell = *dataset_cell(from, row, i);
		cell->text = keep(into, cell->text);
		cell->expression = keep(into, cell->expression);
		cell->drawing = NULL;
	}
}

struct dataset *dataset_pick(const struct dataset *dataset, guint column, const char *text)
{
	struct dataset *picked = dataset_new(dataset->id, dataset->title, dataset->note);

	copy_columns(picked, dataset);
	for (guint row = 0; row < dataset->rows->len; row++)
		if (g_strcmp0(dataset_cell(dataset, row, column)->text, text) == 0)
			copy_row(picked, dataset, row);
	return picked;
}

static struct dataset_cell *last_row_cell(struct dataset *dataset, const char *column)
{
	int index = dataset_column_find(dataset, column);

	g_assert(index >= 0 && dataset->rows->len > 0);
	return dataset_own_cell(dataset, dataset->rows->len - 1, (guint)index);
}

void dataset_set(struct dataset *dataset, const char *column, double value)
{
	struct dataset_cell *cell = last_row_cell(dataset, column);

	cell->value = value;
	cell->has_value = cell->is_given = TRUE;
}

void dataset_set_text(struct dataset *dataset, const char *column, const char *text)
{
	dataset_cell_say(dataset, last_row_cell(dataset, column), text);
}

void dataset_set_drawing(struct dataset *dataset, const char *column, struct chart *drawing)
{
	struct dataset_cell *cell = last_row_cell(dataset, column);

	chart_free(cell->drawing);
	cell->drawing = drawing;
	dataset_set_text(dataset, column, drawing->title);
}

void dataset_set_expression(struct dataset *dataset, const char *column, const char *expression)
{
	last_row_cell(dataset, column)->expression = keep(dataset, expression);
}

static void add_inlines_text(GString *text, const GPtrArray *inlines)
{
	for (guint i = 0; i < inlines->len; i++) {
		const struct inline_node *node = inlines->pdata[i];

		if (node->text)
			g_string_append(text, node->text);
		if (node->children)
			add_inlines_text(text, node->children);
	}
}

char *inlines_text(const GPtrArray *inlines)
{
	GString *text = g_string_new(NULL);

	add_inlines_text(text, inlines);
	return g_string_free(text, FALSE);
}

static void add_line(GString *text, const char *line)
{
	if (line && *line) {
		g_string_append(text, line);
		g_string_append_c(text, '\n');
	}
}

static void add_table_text(GString *text, const struct table_view *view)
{
	guint rows = table_view_rows(view);

	add_line(text, view->caption);
	for (guint c = 0; c < view->columns->len; c++) {
		guint index = g_array_index(view->columns, guint, c);
		const struct dataset_column *column = view->dataset->columns->pdata[index];

		add_line(text, column->title);
		for (guint r = 0; r < rows; r++)
			add_line(text, dataset_cell(view->dataset, r, index)->text);
	}
	add_line(text, view->rest_note);
}

static void add_series_text(GString *text, const struct chart_series *series)
{
	add_line(text, series->label);
	for (guint i = 0; i < series->points->len; i++) {
		const struct chart_point *point = &g_array_index(series->points, struct chart_point,
		                                                 i);

		add_line(text, point->label);
		add_line(text, point->value_text);
		add_line(text, point->x_text);
		add_line(text, point->tooltip);
	}
}

static void add_chart_text(GString *text, const struct chart *chart)
{
	const char *words[] = { chart->title,   chart->subtitle, chart->source, chart->description,
		                chart->x_title, chart->y_title,  chart->diagonal,    chart->thin };

	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		add_line(text, words[i]);
	for (guint i = 0; i < chart->series->len; i++)
		add_series_text(text, chart->series->pdata[i]);
	for (guint i = 0; i < chart->lines->len; i++)
		add_line(text, g_array_index(chart->lines, struct chart_line, i).label);
}

static void add_block_text(GString *text, const struct block *block)
{
	g_autofree char *words = inlines_text(block->inlines);

	add_line(text, words);
	if (block->kind == BLOCK_CODE)
		add_line(text, block->text);
	if (block->table)
		add_table_text(text, block->table);
	if (block->chart)
		add_chart_text(text, block->chart);
	for (guint i = 0; i < block->children->len; i++)
		add_block_text(text, block->children->pdata[i]);
}

char *block_text(const struct block *block)
{
	GString *text = g_string_new(NULL);

	add_block_text(text, block);
	if (text->len > 0)
		g_string_truncate(text, text->len - 1);
	return g_string_free(text, FALSE);
}

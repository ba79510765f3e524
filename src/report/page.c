/* SPDX-License-Identifier: Apache-2.0 */
#include "report/page.h"

struct inline_node *inline_new(enum inline_kind kind, const char *text)
{
	struct inline_node *node = g_new0(struct inline_node, 1);

	node->kind = kind;
	node->text = g_strdup(text);
	return node;
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
		if (dataset_drawing(dataset, dataset_cell(dataset, row, column)))
			return TRUE;
	return FALSE;
}

void table_view_add_column(struct table_view *view, const char *id)
{
	int column = dataset_column_find(view->dataset, id);
	guint index = (guint)column;

	g_assert(column >= 0);
	if (!((const struct dataset_column *)view->dataset->columns->pdata[index])->drawn ||
	    has_drawing(view->dataset, index))
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
	g_free(page->template);
	g_free(page->parent);
	g_ptr_array_unref(page->blocks);
	g_free(page);
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

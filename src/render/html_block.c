/* SPDX-License-Identifier: Apache-2.0 */
#include "render/html.h"

#include "base/error.h"
#include "report/format.h"

static gboolean add_inlines(const struct html_page *page, xmlNode *parent, const GPtrArray *inlines,
                            GError **error);

static const struct figure *find_figure(const struct html_page *page, const char *id,
                                        GError **error)
{
	const struct figure *figure = figures_find(page->report->figures, id);

	if (!figure)
		error_failed(error, "page %s: there is no figure “%s”", page->page->id, id);
	return figure;
}

static gboolean add_figure(const struct html_page *page, xmlNode *parent,
                           const struct inline_node *node, GError **error)
{
	const struct figure *figure = find_figure(page, node->target, error);
	g_autofree char *address = NULL;
	xmlNode *element;

	if (!figure)
		return FALSE;
	address = html_figure_address(page, figure->id);
	element = html_add(parent, "figure");
	html_set(element, "href", address);
	html_set(element, "title", figure->reason ? figure->reason : figure->definition);
	html_text(element, node->text);
	return TRUE;
}

/* A page that no template made is told by its name. */
static gboolean leads_nowhere(const struct html_page *page, const struct inline_node *link,
                              GError **error)
{
	g_autofree char *where = page->page->template
	                                 ? g_strdup_printf("%s, line %d", page->page->template,
	                                                   link->line)
	                                 : g_strconcat("page ", page->page->id, NULL);

	return error_failed(error, "%s: a link leads to “%s”, which is not there", where,
	                    link->target);
}

static gboolean add_link(const struct html_page *page, xmlNode *parent,
                         const struct inline_node *node, GError **error)
{
	g_autofree char *address = html_address(page, node->target);
	xmlNode *element;

	if (!address)
		return leads_nowhere(page, node, error);
	element = html_add(parent, "link");
	html_set(element, "href", address);
	return add_inlines(page, element, node->children, error);
}

static gboolean add_inline(const struct html_page *page, xmlNode *parent,
                           const struct inline_node *node, GError **error)
{
	switch (node->kind) {
	case INLINE_STRONG:
		return add_inlines(page, html_add(parent, "strong"), node->children, error);
	case INLINE_EMPHASIS:
		return add_inlines(page, html_add(parent, "em"), node->children, error);
	case INLINE_CODE:
		html_text(html_add(parent, "code"), node->text);
		return TRUE;
	case INLINE_LINK:
		return add_link(page, parent, node, error);
	case INLINE_FIGURE:
		return add_figure(page, parent, node, error);
	default:
		html_text(parent, node->text);
		return TRUE;
	}
}

static gboolean add_inlines(const struct html_page *page, xmlNode *parent, const GPtrArray *inlines,
                            GError **error)
{
	for (guint i = 0; inlines && i < inlines->len; i++)
		if (!add_inline(page, parent, inlines->pdata[i], error))
			return FALSE;
	return TRUE;
}

/* One kind of block each; `element` is what page.xsl knows it by. */

static gboolean add_words(const struct html_page *page, xmlNode *element, const struct block *block,
                          GError **error)
{
	return add_inlines(page, element, block->inlines, error);
}

static gboolean add_heading(const struct html_page *page, xmlNode *element,
                            const struct block *block, GError **error)
{
	g_autofree char *level = g_strdup_printf("%d", block->level);
	g_autofree char *anchor = block->anchor ? html_place(page, block->anchor) : NULL;

	html_set(element, "level", level);
	html_set(element, "anchor", anchor);
	return add_inlines(page, element, block->inlines, error);
}

static gboolean add_children(const struct html_page *page, xmlNode *element,
                             const struct block *block, GError **error)
{
	html_set(element, "ordered", block->ordered ? "yes" : NULL);
	html_set(element, "tone", block->text);
	return html_add_blocks(page, element, block->children, error);
}

/* Line by line: cleaning would make one line of it. */
static gboolean add_code(const struct html_page *page, xmlNode *element, const struct block *block,
                         GError **error)
{
	g_auto(GStrv) lines = g_strsplit(block->text ? block->text : "", "\n", -1);

	(void)page;
	(void)error;
	for (char **line = lines; *line; line++)
		html_text(html_add(element, "line"), *line);
	return TRUE;
}

static void add_tile(const struct html_page *page, xmlNode *parent, const struct figure *figure)
{
	g_autofree char *address = html_figure_address(page, figure->id);
	g_autofree char *change = report_change(page->report, figure->id);
	xmlNode *tile = html_add(parent, "tile");

	html_set(tile, "label", figure->label);
	html_set(tile, "value", figure->text);
	html_set(tile, "change", change);
	html_set(tile, "href", address);
	html_set(tile, "missing", figure->has_value ? NULL : "yes");
	html_set(tile, "reason", figure->reason);
	html_set(tile, "definition", figure->definition);
	if (figure->grade != GRADE_NONE && figure->has_value) {
		html_set(tile, "grade", grade_name(figure->grade));
		html_set(tile, "meaning", format_grade(figure->grade));
	}
}

static gboolean add_tiles(const struct html_page *page, xmlNode *element, const struct block *block,
                          GError **error)
{
	for (guint i = 0; i < block->figure_ids->len; i++) {
		const struct figure *figure = find_figure(page, block->figure_ids->pdata[i], error);

		if (!figure)
			return FALSE;
		add_tile(page, element, figure);
	}
	return TRUE;
}

/* Each id leads to what is said of its figure. */
static void add_figure_links(const struct html_page *page, xmlNode *element, const char *ids)
{
	g_auto(GStrv) each = g_strsplit(ids, " ", -1);

	for (guint i = 0; each[i]; i++) {
		g_autofree char *address = html_figure_address(page, each[i]);
		xmlNode *link = html_add(element, "link");

		html_set(link, "href", address);
		html_text(link, each[i]);
	}
}

#define A_FEW_WORDS 18 /* characters */

/* A word and a few are not broken for the sake of many in another column. */
static gboolean is_short(const char *text)
{
	return !strchr(text, ' ') || g_utf8_strlen(text, -1) <= A_FEW_WORDS;
}

static void add_cell(const struct html_page *page, xmlNode *row, const struct dataset *dataset,
                     const struct dataset_column *column, const struct dataset_cell *cell)
{
	xmlNode *element = html_add(row, "cell");
	const struct chart *drawing = dataset_drawing(dataset, cell);
	char number[G_ASCII_DTOSTR_BUF_SIZE];

	if (column->unit != UNIT_TEXT) {
		html_set(element, "numeric", "yes");
		if (cell->has_value)
			html_set(element, "value",
			         g_ascii_dtostr(number, sizeof number, cell->value));
	}
	html_set(element, "drawn", drawing ? "yes" : NULL);
	if (column->unit == UNIT_TEXT && !drawing && cell->text && is_short(cell->text))
		html_set(element, "word", "yes");
	if (drawing && !page->mailed)
		html_add_spark(element, drawing);
	else if (cell->text && *cell->text && column->figures)
		add_figure_links(page, element, cell->text);
	else if (cell->text && *cell->text)
		html_text(element, cell->text);
	else
		html_set(element, "missing", "yes");
}

static void add_columns(xmlNode *element, const struct table_view *view)
{
	for (guint i = 0; i < view->columns->len; i++) {
		const struct dataset_column *column =
		        view->dataset->columns->pdata[g_array_index(view->columns, guint, i)];
		xmlNode *node = html_add(element, "column");

		html_set(node, "numeric", column->unit != UNIT_TEXT ? "yes" : NULL);
		html_set(node, "drawn", column->drawn ? "yes" : NULL);
		html_set(node, "title", column->help);
		html_text(node, column->title);
	}
}

/* The first cell of a row that there is a page about leads there. */
static void add_first_cell(const struct html_page *page, xmlNode *row,
                           const struct table_view *view, guint number)
{
	const struct dataset *dataset = view->dataset;
	guint column = g_array_index(view->columns, guint, 0);
	const struct dataset_cell *cell = dataset_cell(dataset, number, column);
	const char *about = dataset->pages && number < dataset->pages->len
	                            ? dataset->pages->pdata[number]
	                            : NULL;
	g_autofree char *address = about && !page->mailed ? html_address(page, about) : NULL;
	xmlNode *element;

	if (!address || !cell->text) {
		add_cell(page, row, dataset, dataset->columns->pdata[column], cell);
		return;
	}
	element = html_add(html_add(row, "cell"), "link");
	html_set(element, "href", address);
	html_text(element, cell->text);
}

static void add_row(const struct html_page *page, xmlNode *element, const struct table_view *view,
                    guint row)
{
	xmlNode *node = html_add(element, "row");

	if (view->anchors >= 0) {
		g_autofree char *anchor = html_row_anchor(
			dataset_cell(view->dataset, row, (guint)view->anchors)->text);
		g_autofree char *place = html_place(page, anchor);

		html_set(node, "anchor", place);
	}

	add_first_cell(page, node, view, row);
	for (guint i = 1; i < view->columns->len; i++) {
		guint column = g_array_index(view->columns, guint, i);

		add_cell(page, node, view->dataset, view->dataset->columns->pdata[column],
		         dataset_cell(view->dataset, row, column));
	}
}

static gboolean add_table(const struct html_page *page, xmlNode *element, const struct block *block,
                          GError **error)
{
	const struct table_view *view = block->table;
	g_autofree char *file = g_strdup_printf("tables/%s.csv", view->dataset->id);
	g_autofree char *address = g_strconcat(page->root, file, NULL);
	guint rows = table_view_rows(view);

	(void)error;
	html_set(element, "caption", view->caption);
	html_set(element, "fixed", view->grid ? "yes" : NULL);
	html_set(element, "rest", view->rest_note);
	html_set(element, "csv", g_hash_table_contains(page->files, file) ? address : NULL);
	add_columns(element, view);
	for (guint row = 0; row < rows; row++)
		add_row(page, element, view, row);
	return TRUE;
}

static gboolean add_chart(const struct html_page *page, xmlNode *element, const struct block *block,
                          GError **error)
{
	if (page->mailed) {
		html_add_picture(element, block->chart);
		return TRUE;
	}
	if (html_add_chart(page, element, block->chart, error))
		return TRUE;
	g_prefix_error(error, "page %s: ", page->page->id);
	return FALSE;
}

static const struct block_writer {
	const char *element;
	gboolean (*add)(const struct html_page *, xmlNode *, const struct block *, GError **);
} writers[] = {
	[BLOCK_HEADING] = { "heading", add_heading },
	[BLOCK_PARAGRAPH] = { "paragraph", add_words },
	[BLOCK_LEDE] = { "lede", add_words },
	[BLOCK_LIST] = { "list", add_children },
	[BLOCK_ITEM] = { "item", add_children },
	[BLOCK_CODE] = { "code-block", add_code },
	[BLOCK_TABLE] = { "table", add_table },
	[BLOCK_CHART] = { "chart", add_chart },
	[BLOCK_TILES] = { "tiles", add_tiles },
	[BLOCK_CALLOUT] = { "callout", add_children },
	[BLOCK_COLUMNS] = { "columns", add_children },
	[BLOCK_COLUMN] = { "column", add_children },
};

gboolean html_add_blocks(const struct html_page *page, xmlNode *parent, const GPtrArray *blocks,
                         GError **error)
{
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = blocks->pdata[i];
		const struct block_writer *writer = &writers[block->kind];

		if (!writer->add(page, html_add(parent, writer->element), block, error))
			return FALSE;
	}
	return TRUE;
}

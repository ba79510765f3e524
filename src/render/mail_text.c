/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "render/mail.h"

#define LINE 72

static void add_blocks(GString *text, const struct report *report, const GPtrArray *blocks,
                       const char *indent);

static void add_gap(GString *text)
{
	if (text->len > 0 && !g_str_has_suffix(text->str, "\n\n"))
		g_string_append_c(text, '\n');
}

/* Words in lines; `first` stands before the first, `indent` before the others. */
static void add_words(GString *text, const char *words, const char *first, const char *indent)
{
	g_autofree char *clean = text_clean(words);
	g_auto(GStrv) pieces = g_strsplit(clean, " ", -1);
	glong at = 0, margin = g_utf8_strlen(first, -1);

	g_string_append(text, first);
	for (char **piece = pieces; *piece; piece++) {
		glong length = g_utf8_strlen(*piece, -1);

		if (length == 0)
			continue;
		if (at > 0 && margin + at + 1 + length > LINE) {
			g_string_append_printf(text, "\n%s", indent);
			margin = (glong)strlen(indent);
			at = 0;
		}
		g_string_append_printf(text, "%s%s", at > 0 ? " " : "", *piece);
		at += (at > 0) + length;
	}
	g_string_append_c(text, '\n');
}

static void add_heading(GString *text, const char *words)
{
	glong begin, length;

	add_gap(text);
	begin = (glong)text->len;
	add_words(text, words, "", "");
	length = g_utf8_strlen(text->str + begin, -1) - 1;
	for (glong i = 0; i < MIN(length, LINE); i++)
		g_string_append_c(text, '-');
	g_string_append(text, "\n\n");
}

static void add_tiles(GString *text, const struct report *report, const GPtrArray *ids)
{
	add_gap(text);
	for (guint i = 0; i < ids->len; i++) {
		const struct figure *figure = figures_find(report->figures, ids->pdata[i]);
		g_autofree char *change = report_change(report, figure->id);
		g_autofree char *words = g_strdup_printf("%s: %s%s%s%s", figure->label,
		                                         figure->text, change ? " (" : "",
		                                         change ? change : "", change ? ")" : "");

		add_words(text, words, "  ", "    ");
	}
}

static void add_chart(GString *text, const struct chart *chart)
{
	g_autoptr(GPtrArray) lines = mail_chart_lines(chart);

	add_gap(text);
	add_words(text, chart->title, "", "");
	add_words(text, chart->thin ? chart->thin : chart->subtitle, "", "");
	for (guint i = 0; i < lines->len; i++)
		add_words(text, lines->pdata[i], "  ", "    ");
	if (!chart->thin)
		add_words(text, chart->source, "", "");
}

static void add_list(GString *text, const GPtrArray *items, const char *indent)
{
	g_autofree char *deeper = g_strconcat(indent, "  ", NULL);

	add_gap(text);
	for (guint i = 0; i < items->len; i++) {
		g_autofree char *words = block_text(items->pdata[i]);
		g_autofree char *first = g_strconcat(indent, "* ", NULL);


		add_words(text, words, first, deeper);
	}
}

static void add_row(GString *text, const struct table_view *view, guint row)
{
	GString *words = g_string_new(NULL);

	for (guint i = 0; i < view->columns->len; i++) {
		guint column = g_array_index(view->columns, guint, i);
		const struct dataset_column *about = view->dataset->columns->pdata[column];
		const struct dataset_cell *cell = dataset_cell(view->dataset, row, column);

		g_string_append_printf(words, "%s%s%s%s",
		                       i > 1   ? "; "
		                       : i > 0 ? ": "
		                               : "",
		                       i > 0 ? about->title : "", i > 0 ? " " : "",
		                       cell->text && *cell->text ? cell->text : "–");
	}
	add_words(text, words->str, "* ", "  ");
	g_string_free(words, TRUE);
}

static void add_table(GString *text, const struct table_view *view)
{
	add_gap(text);
	if (view->caption)
		add_words(text, view->caption, "", "");
	for (guint row = 0; row < table_view_rows(view); row++)
		add_row(text, view, row);
}

static void add_block(GString *text, const struct report *report, const struct block *block,
                      const char *indent)
{
	g_autofree char *words = NULL;

	switch (block->kind) {
	case BLOCK_HEADING:
		words = inlines_text(block->inlines);
		add_heading(text, words);
		break;
	case BLOCK_PARAGRAPH:
	case BLOCK_LEDE:
		add_gap(text);
		words = inlines_text(block->inlines);
		add_words(text, words, indent, indent);
		break;
	case BLOCK_LIST:
		add_list(text, block->children, indent);
		break;
	case BLOCK_TILES:
		add_tiles(text, report, block->figure_ids);
		break;
	case BLOCK_CHART:
		add_chart(text, block->chart);
		break;
	case BLOCK_TABLE:
		add_table(text, block->table);
		break;
	case BLOCK_CODE:
		add_gap(text);
		g_string_append_printf(text, "%s\n", block->text);
		break;
	default:
		add_blocks(text, report, block->children, indent);
	}
}

static void add_blocks(GString *text, const struct report *report, const GPtrArray *blocks,
                       const char *indent)
{
	for (guint i = 0; i < blocks->len; i++)
		add_block(text, report, blocks->pdata[i], indent);
}

GPtrArray *mail_chart_lines(const struct chart *chart)
{
	GPtrArray *lines = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; !chart->thin && i < chart->series->len; i++) {
		const struct chart_series *series = chart->series->pdata[i];

		for (guint j = 0; j < series->points->len; j++) {
			const struct chart_point *point = &g_array_index(series->points,
			                                                 struct chart_point, j);

			if (point->label && point->value_text)
				g_ptr_array_add(lines, g_strdup_printf("%s: %s", point->label,
				                                       point->value_text));
		}
	}
	for (guint i = 0; !chart->thin && i < chart->lines->len; i++)
		g_ptr_array_add(lines,
		                g_strdup(g_array_index(chart->lines, struct chart_line, i).label));
	return lines;
}

static void add_foot(GString *text, const struct report *report)
{
	const char *facts[] = { report->institution, report->cluster, report->period,
		                report->notice };

	g_string_append(text, "\n-- \n");
	add_words(text, report->title, "", "");
	for (guint i = 0; i < G_N_ELEMENTS(facts); i++)
		if (facts[i] && *facts[i])
			add_words(text, facts[i], "", "");
}

GString *mail_text(const struct report *report)
{
	GString *text = g_string_new(NULL);

	add_blocks(text, report, report->mail->blocks, "");
	add_foot(text, report);
	return text;
}

static void add_picture_words(GString *text, const GPtrArray *blocks)
{
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = blocks->pdata[i];

		if (block->kind == BLOCK_CHART && !block->chart->thin)
			mail_picture_words(block->chart, text);
		add_picture_words(text, block->children);
	}
}

GString *mail_words(const struct report *report, const struct page *page)
{
	GString *text = g_string_new(NULL);

	add_blocks(text, report, page->blocks, "");
	add_picture_words(text, page->blocks);
	return text;
}

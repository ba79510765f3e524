/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <qpdf/qpdf-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "charts/palette.h"
#include "render/pdf_layout.h"
#include "render/render.h"
#include "tests/fixture_report.h"

#define WORDS "Nodes are owned or rented, and every hour of them lands in one class. "

/* Making blocks. */

static struct block *words(enum block_kind kind, const char *text)
{
	return block_add_inline(block_new(kind), inline_new(INLINE_TEXT, text));
}

static struct block *heading(int level, const char *text)
{
	struct block *block = words(BLOCK_HEADING, text);

	block->level = level;
	return block;
}

static char *repeated(const char *text, guint times)
{
	GString *all = g_string_new(NULL);

	for (guint i = 0; i < times; i++)
		g_string_append(all, text);
	return g_string_free(all, FALSE);
}

static struct block *paragraph_of(guint sentences)
{
	g_autofree char *text = repeated(WORDS, sentences);

	return words(BLOCK_PARAGRAPH, text);
}

static struct block *linked(const char *target)
{
	struct block *block = words(BLOCK_PARAGRAPH, "see ");
	struct inline_node *node =
		inline_add(inline_new(INLINE_LINK, NULL), inline_new(INLINE_TEXT, "there"));

	node->target = g_strdup(target);
	return block_add_inline(block, node);
}

/* A table of `rows` rows whose first column says `name`. */
static struct block *table_of(struct report *report, guint rows, const char *name)
{
	struct dataset *dataset = dataset_new("things", "Things", "A row is a thing.");
	struct block *block = block_new(BLOCK_TABLE);

	dataset_add_column(dataset, "name", "Name", UNIT_TEXT);
	dataset_add_column(dataset, "why", "Why", UNIT_TEXT);
	dataset_add_column(dataset, "hours", "Core-hours", UNIT_HOURS);
	for (guint i = 0; i < rows; i++) {
		dataset_add_row(dataset);
		dataset_set_text(dataset, "name", name);
		dataset_set_text(dataset, "why", "asked for more than it used");
		dataset_set_text(dataset, "hours", "1,234,567");
	}
	g_ptr_array_add(report->datasets, dataset);
	block->table = table_view_new(dataset, "Things that wait");
	table_view_add_column(block->table, "name");
	table_view_add_column(block->table, "why");
	table_view_add_column(block->table, "hours");
	return block;
}

static struct block *chart_of(const char *label, guint bars)
{
	struct block *block = block_new(BLOCK_CHART);
	struct chart_series *series;

	block->chart = chart_new(CHART_BARS, "things");
	block->chart->title = g_strdup(label);
	block->chart->description = g_strdup("Bars of one length.");
	series = chart_series_add(block->chart, label, INK_SERIES_1);
	for (guint i = 0; i < bars; i++)
		chart_point_add(series, i, 10, label, "10");
	return block;
}

static struct report *report_on(int paper)
{
	struct report *report = fixture_report();

	report->paper = (enum paper)paper;
	return report;
}

/* A page of its own, the only one. */
static struct page *only_page(struct report *report)
{
	struct page *page = page_new("only", "Only", "Test");

	page->title = g_strdup("The only page");
	g_ptr_array_set_size(report->pages, 0);
	g_ptr_array_add(report->pages, page);
	g_ptr_array_add(page->blocks, heading(1, "The only page"));
	return page;
}

static void add(struct page *page, struct block *block)
{
	g_ptr_array_add(page->blocks, block);
}

/* Files and what libqpdf finds in them. */

struct files {
	char *folder, *summary, *report;
	gsize summary_length, report_length;
};

static void remove_files(const char *folder)
{
	const char *const names[] = { "executive-summary.pdf", "report.pdf", "" };

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(folder, "out", names[i], NULL);

		remove(path);
	}
	remove(folder);
}

static void render_one(const struct report *report, enum pdf_document document,
                       struct outdir *outdir)
{
	g_autoptr(GError) error = NULL;
	struct pdf_draft *draft = pdf_draft_new(report, document, NULL, &error);

	ck_assert_msg(draft && render_pdf(draft, outdir, &error), "%s",
	              error ? error->message : "");
	pdf_draft_free(draft);
}

static struct files render(const struct report *report)
{
	struct files files = { .folder = g_dir_make_tmp("check-pdf-XXXXXX", NULL) };
	g_autofree char *out = g_build_filename(files.folder, "out", NULL);
	g_autofree char *summary = g_build_filename(out, "executive-summary.pdf", NULL);
	g_autofree char *whole = g_build_filename(out, "report.pdf", NULL);
	g_autoptr(GError) error = NULL;
	struct outdir *outdir = outdir_open(out, &error);

	ck_assert_msg(outdir != NULL, "%s", error ? error->message : "");
	render_one(report, PDF_SUMMARY, outdir);
	if (report->approval)
		render_one(report, PDF_APPROVAL, outdir);
	render_one(report, PDF_REPORT, outdir);
	ck_assert_msg(outdir_close(outdir, &error), "%s", error ? error->message : "");
	ck_assert(g_file_get_contents(summary, &files.summary, &files.summary_length, NULL));
	ck_assert(g_file_get_contents(whole, &files.report, &files.report_length, NULL));
	remove_files(files.folder);
	return files;
}

static void files_clear(struct files *files)
{
	g_free(files->folder);
	g_free(files->summary);
	g_free(files->report);
}

static qpdf_data open_bytes(const char *bytes, gsize length)
{
	qpdf_data qpdf = qpdf_init();

	qpdf_silence_errors(qpdf);
	ck_assert_int_eq(qpdf_read_memory(qpdf, "PDF", bytes, length, NULL), QPDF_SUCCESS);
	ck_assert_int_eq(qpdf_check_pdf(qpdf), QPDF_SUCCESS);
	ck_assert(!qpdf_more_warnings(qpdf));
	return qpdf;
}

static int page_count(const char *bytes, gsize length)
{
	qpdf_data qpdf = open_bytes(bytes, length);
	int pages = qpdf_get_num_pages(qpdf);

	qpdf_cleanup(&qpdf);
	return pages;
}

static int summary_pages(const struct report *report)
{
	struct files files = render(report);
	int pages = page_count(files.summary, files.summary_length);

	files_clear(&files);
	return pages;
}

static void count(GHashTable *counts, const char *what)
{
	guint before = GPOINTER_TO_UINT(g_hash_table_lookup(counts, what));

	g_hash_table_insert(counts, g_strdup(what), GUINT_TO_POINTER(before + 1));
}

static gboolean heads_column(qpdf_data qpdf, qpdf_oh head)
{
	qpdf_oh attributes = qpdf_oh_get_key(qpdf, head, "/A");

	return qpdf_oh_is_dictionary(qpdf, attributes) &&
	       qpdf_oh_is_name_and_equals(qpdf, qpdf_oh_get_key(qpdf, attributes, "/Scope"),
	                                  "/Column");
}

/* Counts the structure elements of each type below `node`: "/P" → number. Figures count by their
 * Alt, too, and those without as "no Alt"; heads of tables that say so as "of a column". */
static void count_elements(qpdf_data qpdf, qpdf_oh node, GHashTable *counts)
{
	if (qpdf_oh_is_array(qpdf, node)) {
		for (int i = 0; i < qpdf_oh_get_array_n_items(qpdf, node); i++)
			count_elements(qpdf, qpdf_oh_get_array_item(qpdf, node, i), counts);
	} else if (qpdf_oh_is_dictionary(qpdf, node)) {
		if (qpdf_oh_has_key(qpdf, node, "/S")) {
			g_autofree char *type =
				g_strdup(qpdf_oh_get_name(qpdf, qpdf_oh_get_key(qpdf, node, "/S")));
			qpdf_oh alt = qpdf_oh_get_key(qpdf, node, "/Alt");

			count(counts, type);
			if (strcmp(type, "/TH") == 0 && heads_column(qpdf, node))
				count(counts, "of a column");
			if (strcmp(type, "/Figure") == 0)
				count(counts, qpdf_oh_is_string(qpdf, alt)
				                      ? qpdf_oh_get_utf8_value(qpdf, alt)
				                      : "no Alt");
		}
		count_elements(qpdf, qpdf_oh_get_key(qpdf, node, "/K"), counts);
	}
}

static GHashTable *elements(const char *bytes, gsize length)
{
	GHashTable *counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	qpdf_data qpdf = open_bytes(bytes, length);

	count_elements(qpdf, qpdf_oh_get_key(qpdf, qpdf_get_root(qpdf), "/StructTreeRoot"), counts);
	qpdf_cleanup(&qpdf);
	return counts;
}

static guint element_count(GHashTable *counts, const char *type)
{
	return GPOINTER_TO_UINT(g_hash_table_lookup(counts, type));
}

/* Boxes on leaves. */

static void expect_inside(const struct pdf_sheet *sheet, const struct pdf_box *box, double x,
                          double y)
{
	x += box->x;
	y += box->y;
	ck_assert_double_ge(x, -0.01);
	ck_assert_double_ge(y, -0.01);
	ck_assert_double_le(x + box->width, sheet->width + 0.01);
	ck_assert_double_le(y + box->height, sheet->height + 0.01);
	if (box->kind == BOX_LINE) {
		ck_assert_double_le(pdf_text_line_width(box->text, box->line), box->width + 0.1);
		ck_assert_double_le(y + box->height, sheet->height - 50); /* above the foot */
	}
	for (guint i = 0; box->children && i < box->children->len; i++)
		expect_inside(sheet, box->children->pdata[i], x, y);
}

static void expect_all_inside(const struct pdf_book *book)
{
	for (guint i = 0; i < book->sections->len; i++) {
		const struct pdf_section *section = book->sections->pdata[i];

		for (guint j = 0; j < section->leaves->len; j++) {
			const struct pdf_leaf *leaf = section->leaves->pdata[j];

			for (guint k = 0; k < leaf->placed->len; k++) {
				const struct pdf_placed *placed =
					&g_array_index(leaf->placed, struct pdf_placed, k);

				expect_inside(&book->sheet, placed->box, placed->x, placed->y);
			}
		}
	}
}

/* What is printed on a leaf: lines and pictures, as they stand on the paper. */
struct print {
	cairo_rectangle_t place;
	const char *words; /* of a line */
};

static void add_prints(GArray *prints, const struct pdf_box *box, double x, double y)
{
	struct print print = { { x + box->x, y + box->y, box->width, box->height }, "" };

	if (box->kind == BOX_LINE) {
		double slack = box->width - pdf_text_line_width(box->text, box->line);
		enum anchor align = box->text->type.align;

		print.place.x += align == ANCHOR_END      ? slack
		                 : align == ANCHOR_MIDDLE ? slack / 2
		                                          : 0;
		print.place.width -= slack;
		print.words = box->text->string->str;
	}
	if (box->kind == BOX_LINE || box->kind == BOX_PICTURE || box->kind == BOX_CHART)
		g_array_append_val(prints, print);
	for (guint i = 0; box->children && i < box->children->len; i++)
		add_prints(prints, box->children->pdata[i], x + box->x, y + box->y);
}

static gboolean overlap(const cairo_rectangle_t *a, const cairo_rectangle_t *b)
{
	return a->x + 0.1 < b->x + b->width && b->x + 0.1 < a->x + a->width &&
	       a->y + 0.1 < b->y + b->height && b->y + 0.1 < a->y + a->height;
}

static void expect_apart(const struct pdf_leaf *leaf)
{
	g_autoptr(GArray) prints = g_array_new(FALSE, FALSE, sizeof(struct print));
	const struct print *all;

	for (guint i = 0; i < leaf->placed->len; i++) {
		const struct pdf_placed *placed =
			&g_array_index(leaf->placed, struct pdf_placed, i);

		add_prints(prints, placed->box, placed->x, placed->y);
	}
	all = (const struct print *)prints->data;
	for (guint i = 0; i < prints->len; i++)
		for (guint j = 0; j < i; j++)
			if (overlap(&all[i].place, &all[j].place))
				ck_abort_msg("“%s” over “%s”", all[i].words, all[j].words);
}

static void expect_all_apart(const struct pdf_book *book)
{
	for (guint i = 0; i < book->sections->len; i++) {
		const struct pdf_section *section = book->sections->pdata[i];

		for (guint j = 0; j < section->leaves->len; j++)
			expect_apart(section->leaves->pdata[j]);
	}
}

static const struct pdf_section *last_section(const struct pdf_book *book)
{
	return book->sections->pdata[book->sections->len - 1];
}

static const struct pdf_placed *nth_placed(const struct pdf_leaf *leaf, guint n)
{
	return &g_array_index(leaf->placed, struct pdf_placed, n);
}

/* How many lines of the text of the first or last line box stand on this leaf. */
static guint lines_with(const struct pdf_leaf *leaf, const struct pdf_text *text)
{
	guint count = 0;

	for (guint i = 0; i < leaf->placed->len; i++)
		count += nth_placed(leaf, i)->box->text == text;
	return count;
}

START_TEST(the_summary_is_one_page_and_the_report_has_a_leaf_for_each_section)
{
	struct report *report = report_on(_i);
	struct pdf_book *book = pdf_book_report(report);
	struct files files = render(report);

	ck_assert_int_eq(page_count(files.summary, files.summary_length), 1);
	ck_assert_int_eq(page_count(files.report, files.report_length), (int)pdf_book_leaves(book));
	ck_assert_uint_eq(book->sections->len, report->pages->len + 1);
	ck_assert_uint_ge(pdf_book_leaves(book), book->sections->len);
	files_clear(&files);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

static void expect_paper(const char *bytes, gsize count, const double *size)
{
	qpdf_data qpdf = open_bytes(bytes, count);
	int pages = qpdf_get_num_pages(qpdf);

	for (int i = 0; i < pages; i++) {
		qpdf_oh box = qpdf_oh_get_key(qpdf, qpdf_get_page_n(qpdf, (size_t)i), "/MediaBox");

		for (int side = 0; side < 2; side++) {
			qpdf_oh length = qpdf_oh_get_array_item(qpdf, box, 2 + side);

			ck_assert_double_eq_tol(qpdf_oh_get_numeric_value(qpdf, length), size[side],
			                        0.01);
		}
	}
	qpdf_cleanup(&qpdf);
}

START_TEST(every_leaf_is_of_the_paper_that_the_site_has)
{
	static const double sizes[][2] = { [PAPER_A4] = { 595.28, 841.89 },
		                           [PAPER_LETTER] = { 612, 792 } };
	struct report *report = report_on(_i);
	struct files files = render(report);

	expect_paper(files.summary, files.summary_length, sizes[_i]);
	expect_paper(files.report, files.report_length, sizes[_i]);
	files_clear(&files);
	report_free(report);
}
END_TEST

START_TEST(the_same_report_gives_the_same_bytes)
{
	struct report *report = report_on(_i);
	struct files one = render(report), two = render(report);

	ck_assert_uint_eq(one.report_length, two.report_length);
	ck_assert_int_eq(memcmp(one.report, two.report, one.report_length), 0);
	ck_assert_uint_eq(one.summary_length, two.summary_length);
	ck_assert_int_eq(memcmp(one.summary, two.summary, one.summary_length), 0);
	files_clear(&one);
	files_clear(&two);
	report_free(report);
}
END_TEST

/* In a box or those in it; NULL: none does. */
static const struct pdf_text *text_that_says(const struct pdf_box *box, const char *words)
{
	const struct pdf_text *found = box->text && strcmp(box->text->string->str, words) == 0
	                                       ? box->text
	                                       : NULL;

	for (guint i = 0; !found && box->children && i < box->children->len; i++)
		found = text_that_says(box->children->pdata[i], words);
	return found;
}

static double size_of(const struct pdf_book *book, const char *words)
{
	const struct pdf_leaf *leaf = last_section(book)->leaves->pdata[0];
	const struct pdf_text *text = NULL;

	for (guint i = 0; !text && i < leaf->placed->len; i++)
		text = text_that_says(nth_placed(leaf, i)->box, words);
	ck_assert_msg(text != NULL, "%s is not there", words);
	return text->type.size;
}

START_TEST(values_side_by_side_are_of_one_size)
{
	static const char *const values[] = { "65", "Rp 1.78 billion", "31.1 %" };
	struct report *report = fixture_report();
	struct block *tiles = block_new(BLOCK_TILES);
	struct pdf_book *book;

	for (guint i = 0; i < G_N_ELEMENTS(values); i++) {
		g_autofree char *id = g_strdup_printf("tile.%u", i);

		figures_add_text(report->figures, id, values[i], "A value");
		g_ptr_array_add(tiles->figure_ids, g_steal_pointer(&id));
	}
	figures_add_text(report->figures, "tile.fill", "1", "Another");
	g_ptr_array_add(tiles->figure_ids, g_strdup("tile.fill"));
	add(only_page(report), tiles);
	book = pdf_book_report(report);
	ck_assert_double_lt(size_of(book, values[1]), 17);
	for (guint i = 0; i < G_N_ELEMENTS(values); i++)
		ck_assert_double_eq_tol(size_of(book, values[i]), size_of(book, values[1]), 0.01);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

START_TEST(a_summary_with_a_table_of_a_hundred_rows_is_one_page)
{
	struct report *report = report_on(_i);
	struct pdf_book *book;

	add(report->summary, table_of(report, 100, "user_0001"));
	ck_assert_int_eq(summary_pages(report), 1);
	book = pdf_book_summary(report);
	ck_assert_uint_gt(book->sheet.rows, 1); /* rows were dropped, not the end of the page */
	ck_assert_double_ge(book->sheet.type * 9.2, 7.5);
	expect_all_inside(book);
	expect_all_apart(book);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

START_TEST(a_summary_with_far_too_many_words_is_one_page_and_says_so)
{
	struct report *report = report_on(_i);
	struct block *column = block_new(BLOCK_COLUMN), *columns = block_new(BLOCK_COLUMNS);
	struct pdf_book *book;
	const struct pdf_leaf *leaf;

	block_add(block_add(columns, block_add(column, paragraph_of(300))),
	          block_add(block_new(BLOCK_COLUMN), paragraph_of(300)));
	add(report->summary, columns);
	add(report->summary, paragraph_of(500));
	ck_assert_int_eq(summary_pages(report), 1);
	book = pdf_book_summary(report);
	leaf = last_section(book)->leaves->pdata[0];
	ck_assert_ptr_nonnull(strstr(
		nth_placed(leaf, leaf->placed->len - 1)->box->text->string->str, "report.pdf"));
	expect_all_inside(book);
	expect_all_apart(book);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

static void expect_charts_roomy(const struct pdf_box *box, guint *charts)
{
	if (box->kind == BOX_CHART) {
		double least = chart_least_height(box->chart, box->width / box->scale);

		ck_assert_double_ge(box->height / box->scale, least - 0.01);
		(*charts)++;
	}
	for (guint i = 0; box->children && i < box->children->len; i++)
		expect_charts_roomy(box->children->pdata[i], charts);
}

static guint count_roomy_charts(const struct pdf_section *section)
{
	guint charts = 0;

	for (guint i = 0; i < section->leaves->len; i++) {
		const struct pdf_leaf *leaf = section->leaves->pdata[i];

		for (guint j = 0; j < leaf->placed->len; j++)
			expect_charts_roomy(nth_placed(leaf, j)->box, &charts);
	}
	return charts;
}

START_TEST(a_chart_is_as_high_as_its_rows_need_however_crowded_the_page)
{
	struct report *report = report_on(_i);
	struct page *page = report->summary;
	struct pdf_book *book;

	add(page, chart_of("user_0001", 10));
	add(page, paragraph_of(40));
	book = pdf_book_summary(report);
	ck_assert_double_lt(book->sheet.chart, 1);
	ck_assert_uint_gt(count_roomy_charts(last_section(book)), 1);
	pdf_book_free(book);
	page = only_page(report);
	add(page, chart_of("user_0001", 90));
	book = pdf_book_report(report);
	ck_assert_uint_eq(count_roomy_charts(last_section(book)), 1);
	expect_all_inside(book);
	expect_all_apart(book);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

/* How far down on the leaf each chart of a box ends. */
static void find_chart_ends(const struct pdf_box *box, double y, GArray *ends)
{
	double end = y + box->height;

	if (box->kind == BOX_CHART)
		g_array_append_val(ends, end);
	for (guint i = 0; box->children && i < box->children->len; i++) {
		const struct pdf_box *child = box->children->pdata[i];

		find_chart_ends(child, y + child->y, ends);
	}
}

START_TEST(charts_side_by_side_end_on_one_line)
{
	struct report *report = report_on(_i);
	struct block *columns = block_new(BLOCK_COLUMNS), *left = chart_of("user_0001", 10),
		     *right = chart_of("user_0002", 10);
	g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(double));
	const struct pdf_leaf *leaf;
	struct pdf_book *book;

	right->chart->subtitle = repeated(WORDS, 4);
	block_add(columns, block_add(block_new(BLOCK_COLUMN), left));
	block_add(columns, block_add(block_new(BLOCK_COLUMN), right));
	add(only_page(report), columns);
	book = pdf_book_report(report);
	leaf = last_section(book)->leaves->pdata[0];
	for (guint i = 0; i < leaf->placed->len; i++)
		find_chart_ends(nth_placed(leaf, i)->box, nth_placed(leaf, i)->y, ends);
	ck_assert_uint_eq(ends->len, 2);
	ck_assert_double_eq_tol(g_array_index(ends, double, 0), g_array_index(ends, double, 1),
	                        0.01);
	expect_all_inside(book);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

/* Smaller type may save whole lines, more than was wanted. */
START_TEST(what_smaller_type_saves_the_charts_have)
{
	guint smaller = 0, roomy = 0;

	for (guint sentences = 10; sentences < 60; sentences++) {
		struct report *report = report_on(_i);
		struct pdf_book *book;

		add(report->summary, paragraph_of(sentences));
		book = pdf_book_summary(report);
		smaller += book->sheet.type < 1;
		roomy += book->sheet.type < 1 && book->sheet.chart > 0.75;
		pdf_book_free(book);
		report_free(report);
	}
	ck_assert_uint_gt(smaller, 0);
	ck_assert_uint_gt(roomy, 0);
}
END_TEST

START_TEST(a_roomy_summary_fills_its_page)
{
	struct report *report = report_on(_i);
	struct pdf_book *book = pdf_book_summary(report);

	ck_assert_double_ge(book->sheet.chart, 1);
	ck_assert_double_eq(book->sheet.type, 1);
	ck_assert_double_ge(pdf_galley_height(last_section(book)->galley),
	                    pdf_sheet_height(&book->sheet) * 0.8);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

/* Logos. */

static cairo_status_t take(void *bytes, const unsigned char *data, unsigned length)
{
	g_byte_array_append(bytes, data, length);
	return CAIRO_STATUS_SUCCESS;
}

/* A square one hides what is behind it. */
static GBytes *picture(int width, int height)
{
	cairo_format_t format = width == height ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32;
	cairo_surface_t *surface = cairo_image_surface_create(format, width, height);
	cairo_t *cairo = cairo_create(surface);
	GByteArray *bytes = g_byte_array_new();

	cairo_set_source_rgba(cairo, 0.5, 0, 0.1, 0.7);
	cairo_paint(cairo);
	cairo_destroy(cairo);
	ck_assert_int_eq(cairo_surface_write_to_png_stream(surface, take, bytes),
	                 CAIRO_STATUS_SUCCESS);
	cairo_surface_destroy(surface);
	return g_byte_array_free_to_bytes(bytes);
}

static const struct {
	int width, height;
} logos[] = { { 1000, 30 }, { 30, 1000 }, { 1000, 1000 }, { 320, 120 }, { 1, 1 } };

static struct report *report_with_logo(guint logo, enum paper paper)
{
	struct report *report = report_on((int)paper);

	report->logo = picture(logos[logo].width, logos[logo].height);
	report->approval = report->pages->pdata[0];
	return report;
}

/* The one picture on the first leaf. */
static const struct pdf_box *picture_in(const struct pdf_box *box)
{
	const struct pdf_box *found = box->kind == BOX_PICTURE ? box : NULL;

	for (guint i = 0; !found && box->children && i < box->children->len; i++)
		found = picture_in(box->children->pdata[i]);
	return found;
}

static const struct pdf_box *first_picture(const struct pdf_book *book)
{
	const struct pdf_section *section = book->sections->pdata[0];
	const struct pdf_leaf *leaf = section->leaves->pdata[0];
	const struct pdf_box *found = NULL;

	for (guint i = 0; !found && i < leaf->placed->len; i++)
		found = picture_in(nth_placed(leaf, i)->box);
	return found;
}

static void expect_logo(struct pdf_book *book, guint logo)
{
	const struct pdf_box *box = first_picture(book);
	double shape = (double)logos[logo].width / logos[logo].height;

	ck_assert_ptr_nonnull(box);
	ck_assert_double_le(box->width, MIN(logos[logo].width, book->sheet.width * 0.4));
	ck_assert_double_le(box->height, MIN(logos[logo].height, book->sheet.height * 0.08));
	ck_assert_double_eq_tol(box->width / box->height / shape, 1, 0.001);
	expect_all_inside(book);
	expect_all_apart(book);
	pdf_book_free(book);
}

START_TEST(a_logo_of_any_shape_is_in_front_of_every_paper_and_covers_nothing)
{
	g_autofree char *word = repeated("unbreakable", 60);

	for (guint logo = 0; logo < G_N_ELEMENTS(logos); logo++)
		for (guint wordy = 0; wordy < 2; wordy++) {
			struct report *report = report_with_logo(logo, (enum paper)_i);
			struct page *page = (struct page *)report->approval;

			if (wordy) {
				g_free(report->institution);
				report->institution = g_strdup(word);
				g_free(report->title);
				report->title = g_strdup(word);
				g_free(page->nav);
				page->nav = g_strdup(word);
				g_ptr_array_insert(page->blocks, 0, heading(1, word));
			}
			expect_logo(pdf_book_report(report), logo);
			expect_logo(pdf_book_approval(report), logo);
			expect_logo(pdf_book_summary(report), logo);
			report_free(report);
		}
}
END_TEST

/* Words in the colours of the paper, and the band that they must stand on. */
static void expect_on_band(const struct pdf_box *box, double y, double *band_end)
{
	y += box->y;
	if (box->kind == BOX_FILL && box->ink == INK_SERIES_3)
		*band_end = y + box->height;
	if (box->kind == BOX_LINE &&
	    (box->text->type.ink == INK_PAPER || box->text->type.ink == INK_TINT_1))
		ck_assert_double_le(y + box->height, *band_end);
	for (guint i = 0; box->children && i < box->children->len; i++)
		expect_on_band(box->children->pdata[i], y, band_end);
}

START_TEST(the_band_of_the_cover_is_behind_all_of_its_words)
{
	g_autofree char *word = repeated("W", 400);

	for (int logo = 0; logo < 2; logo++) {
		struct report *report = logo ? report_with_logo(3, (enum paper)_i) : report_on(_i);
		struct pdf_book *book;
		const struct pdf_leaf *leaf;
		double band_end = 0;

		g_free(report->institution);
		report->institution = g_strdup(word);
		g_free(report->cluster);
		report->cluster = g_strdup(word);
		book = pdf_book_report(report);
		leaf = ((const struct pdf_section *)book->sections->pdata[0])->leaves->pdata[0];
		for (guint i = 0; i < leaf->placed->len; i++)
			expect_on_band(nth_placed(leaf, i)->box, nth_placed(leaf, i)->y, &band_end);
		ck_assert_double_gt(band_end, 300);
		pdf_book_free(book);
		report_free(report);
	}
}
END_TEST

START_TEST(the_logo_is_a_figure_that_is_called_as_the_institution)
{
	struct report *bare = report_on(_i),
		      *report = report_with_logo(2 + (guint)_i, (enum paper)_i);
	struct files without = render(bare), with;
	g_autoptr(GHashTable) before = elements(without.report, without.report_length);
	g_autoptr(GHashTable) whole = NULL, summary = NULL;

	report->approval = NULL; /* the folder has no room for it */
	with = render(report);
	whole = elements(with.report, with.report_length);
	summary = elements(with.summary, with.summary_length);
	ck_assert_uint_eq(element_count(whole, "/Figure"), element_count(before, "/Figure") + 1);
	ck_assert_uint_eq(element_count(whole, "Synthetic institution"), 1);
	ck_assert_uint_eq(element_count(summary, "Synthetic institution"), 1);
	ck_assert_uint_eq(element_count(whole, "no Alt") + element_count(summary, "no Alt"), 0);
	ck_assert_int_eq(page_count(with.summary, with.summary_length), 1);
	files_clear(&without);
	files_clear(&with);
	report_free(bare);
	report_free(report);
}
END_TEST

START_TEST(a_logo_gives_way_before_words_do)
{
	struct report *report = report_with_logo(2, (enum paper)_i);
	struct pdf_book *book;

	add(report->summary, paragraph_of(500));
	book = pdf_book_summary(report);
	ck_assert_ptr_null(first_picture(book));
	ck_assert_uint_eq(last_section(book)->leaves->len, 1);
	expect_all_inside(book);
	expect_all_apart(book);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

START_TEST(a_logo_that_does_not_unpack_is_none)
{
	struct report *report = report_on(PAPER_A4);
	struct pdf_book *book;

	report->logo = g_bytes_new_static("\x89PNG", 4);
	book = pdf_book_summary(report);
	ck_assert_ptr_null(book->logo);
	ck_assert_ptr_null(first_picture(book));
	pdf_book_free(book);
	report_free(report);
}
END_TEST

/* What can be read in a document of this colour: words, and what they stand on. */
static void expect_legible(const guint32 *inks, const char *accent)
{
	static const enum ink pairs[][2] = {
		{ INK_SERIES_1, INK_PAPER },  { INK_SERIES_3, INK_PAPER }, { INK_SERIES_1,
		  INK_HEAT_1 },
		{ INK_SERIES_3, INK_HEAT_1 }, { INK_TEXT, INK_HEAT_1 },    { INK_MUTED,
		  INK_HEAT_1 },
		{ INK_TINT_1, INK_SERIES_3 }, { INK_PAPER, INK_SERIES_3 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(pairs); i++) {
		double contrast = palette_contrast(inks[pairs[i][0]], inks[pairs[i][1]]);

		ck_assert_msg(contrast >= PALETTE_LEGIBLE, "%s: %d on %d, %.2f",
		              accent ? accent : "none", pairs[i][0], pairs[i][1], contrast);
	}
}

START_TEST(a_colour_of_the_site_is_in_words_only_where_they_can_be_read)
{
	static const struct {
		const char *accent;
		guint32 heading; /* 0: the program's */
	} cases[] = {
		{ NULL, 0 },
		{ "#7a1020", 0x7a1020 },
		{ "#010101", 0x010101 },
		{ "#767676", 0x767676 }, /* the palest grey with enough contrast */
		{ "#777777", 0 },
		{ "#c2410c", 0xc2410c },
		{ "#0000FF", 0x0000ff },
		{ "#ffff00", 0 },
		{ "#ffffff", 0 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		guint32 inks[INKS];
		guint32 own = palette_entry(INK_SERIES_3)->light;

		pdf_inks(inks, cases[i].accent);
		ck_assert_uint_eq(inks[INK_SERIES_3], cases[i].heading ? cases[i].heading : own);
		ck_assert_uint_eq(inks[INK_TEXT], palette_entry(INK_TEXT)->light);
		expect_legible(inks, cases[i].accent);
	}
}
END_TEST

/* As where a template says of nothing that it is there. */
START_TEST(a_list_of_nothing_has_no_tag)
{
	struct report *report = report_on(PAPER_A4);
	struct page *page = only_page(report);
	guint lists[2];

	add(page, paragraph_of(1));
	for (int i = 0; i < 2; i++) {
		struct files files = render(report);
		g_autoptr(GHashTable) counts = elements(files.report, files.report_length);

		lists[i] = element_count(counts, "/L");
		files_clear(&files);
		add(page, block_new(BLOCK_LIST));
	}
	ck_assert_uint_eq(lists[0], lists[1]);
	report_free(report);
}
END_TEST

START_TEST(every_kind_of_block_is_tagged)
{
	static const char *const types[] = { "/Document", "/Sect",    "/H1",   "/H2",  "/H3",
		                             "/P",        "/L",       "/LI",   "/Lbl", "/LBody",
		                             "/Table",    "/Caption", "/TR",   "/TH",  "/TD",
		                             "/Figure",   "/Code",    "/Link", "/TOC", "/TOCI",
		                             "/Div" };
	struct report *report = report_on(_i);
	struct files files = render(report);
	g_autoptr(GHashTable) counts = elements(files.report, files.report_length);

	for (guint i = 0; i < G_N_ELEMENTS(types); i++)
		ck_assert_msg(element_count(counts, types[i]) > 0, "no %s", types[i]);
	ck_assert_uint_eq(element_count(counts, "/Document"), 1);
	ck_assert_uint_eq(element_count(counts, "/Sect"), report->pages->len + 1);
	ck_assert_uint_eq(element_count(counts, "/TR"), 1 + 12 + 1 + 20);
	ck_assert_uint_eq(element_count(counts, "of a column"), element_count(counts, "/TH"));
	ck_assert_uint_eq(element_count(counts, "no Alt"), 0);
	files_clear(&files);
	report_free(report);
}
END_TEST

START_TEST(a_drawing_in_a_table_is_a_figure_that_says_what_it_shows)
{
	static const char words[] = "From 0 CPUs to 4";
	struct report *bare = report_on(_i), *report = report_on(_i);
	struct files without = render(bare), with;
	g_autoptr(GHashTable) before = elements(without.report, without.report_length);
	g_autoptr(GHashTable) after = NULL;

	add(report->pages->pdata[2], fixture_drawn_table(report, words));
	with = render(report);
	after = elements(with.report, with.report_length);
	ck_assert_uint_eq(element_count(after, "/Figure"), element_count(before, "/Figure") + 1);
	ck_assert_uint_eq(element_count(after, "/TD"), element_count(before, "/TD") + 6);
	ck_assert_uint_eq(element_count(after, words), 1);
	ck_assert_uint_eq(element_count(after, "no Alt"), 0);
	files_clear(&without);
	files_clear(&with);
	report_free(bare);
	report_free(report);
}
END_TEST

START_TEST(the_file_says_what_it_is_and_nothing_about_this_machine)
{
	struct report *report = fixture_report();
	struct files files = render(report);
	qpdf_data qpdf = open_bytes(files.report, files.report_length);
	qpdf_oh root = qpdf_get_root(qpdf), preferences;

	ck_assert_str_eq(qpdf_get_info_key(qpdf, "/Title"), "Savings report");
	ck_assert_str_eq(qpdf_get_info_key(qpdf, "/Author"), "Synthetic institution");
	ck_assert_str_eq(qpdf_get_info_key(qpdf, "/CreationDate"), "D:20260101000000Z");
	ck_assert_str_eq(qpdf_get_info_key(qpdf, "/ModDate"), "D:20260101000000Z");
	ck_assert_str_eq(qpdf_get_info_key(qpdf, "/Creator"), "reclaim 1.0");
	ck_assert(g_str_has_prefix(qpdf_get_info_key(qpdf, "/Producer"), "cairo "));
	ck_assert_str_eq(qpdf_oh_get_utf8_value(qpdf, qpdf_oh_get_key(qpdf, root, "/Lang")), "en");
	ck_assert(qpdf_oh_has_key(qpdf, root, "/Outlines"));
	preferences = qpdf_oh_get_key(qpdf, root, "/ViewerPreferences");
	ck_assert(qpdf_oh_get_bool_value(qpdf,
	                                 qpdf_oh_get_key(qpdf, preferences, "/DisplayDocTitle")));
	qpdf_cleanup(&qpdf);
	files_clear(&files);
	report_free(report);
}
END_TEST

/* Places that links may lead to, by name. */
static int place_count(const struct files *files)
{
	static const char *const keys[] = { "/Names", "/Dests", "/Names" };
	qpdf_data qpdf = open_bytes(files->report, files->report_length);
	qpdf_oh at = qpdf_get_root(qpdf);
	int count;

	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		at = qpdf_oh_get_key(qpdf, at, keys[i]);
	count = qpdf_oh_get_array_n_items(qpdf, at) / 2;
	qpdf_cleanup(&qpdf);
	return count;
}

START_TEST(a_link_is_one_and_a_heading_is_a_place_to_lead_to)
{
	struct report *report = report_on(PAPER_A4);
	struct page *page = only_page(report);
	guint links[2];
	int places[2];

	add(page, paragraph_of(1));
	for (int i = 0; i < 2; i++) {
		struct files files = render(report);
		g_autoptr(GHashTable) counts = elements(files.report, files.report_length);

		links[i] = element_count(counts, "/Link");
		places[i] = place_count(&files);
		files_clear(&files);
		add(page, heading(2, "More"));
		add(page, linked("https://example.org/"));
	}
	ck_assert_uint_eq(links[1], links[0] + 1);
	ck_assert_int_eq(places[1], places[0] + 1);
	report_free(report);
}
END_TEST

START_TEST(hostile_names_break_nothing)
{
	static const char *const names[] = {
		"",
		"x' name='y",
		"<b>&amp;</b> \\ ) ( % %%EOF",
		"=cmd|' /C calc'!A0",
		"a\nb\tc\rd",
		"\x01\x1b[31mred\x7f",
		"\u202egnirts desrever\u202c",
		"\u4e2d\u6587 \U0001F600 \u0627\u0644",
		"e\u0301\u0301\u0301\u0301",
		"bad \xff\xfe bytes \xc3",
		"1.42\u00a0million and fi fl \u2212 \u2219 \u2215",
	};

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		struct report *report = fixture_report();
		struct page *page = only_page(report);
		struct files files;

		g_free(report->institution);
		report->institution = g_utf8_make_valid(names[i], -1);
		add(page, words(BLOCK_PARAGRAPH, names[i]));
		add(page, heading(2, names[i]));
		add(page, table_of(report, 3, names[i]));
		add(page, linked(names[i]));
		files = render(report);
		ck_assert_int_ge(page_count(files.report, files.report_length), 2);
		files_clear(&files);
		report_free(report);
	}
}
END_TEST

static void take_text(void *data, const char *file, const char *text, gsize length)
{
	(void)file;
	g_string_append_len(data, text, (gssize)length);
}

static char *text_of(const struct report *report, enum pdf_document document)
{
	GString *text = g_string_new(NULL);
	const struct legible legible = { take_text, text };

	pdf_draft_free(pdf_draft_new(report, document, &legible, NULL));
	return g_string_free(text, FALSE);
}

START_TEST(what_is_in_a_file_and_not_on_its_leaves_is_looked_through_too)
{
	static const char *const there[] = { "Bars of one length.", "\nfrom within\n",
		                             "https://example.org/~ford é", "\nreclaim 1.0\n" };
	struct report *report = fixture_report();
	struct block *chart = chart_of("from within", 1);
	g_autofree char *whole = NULL, *summary = text_of(report, PDF_SUMMARY);

	g_free(chart->chart->title);
	chart->chart->title = g_strdup("Things");
	add(report->pages->pdata[0], chart);
	add(report->pages->pdata[0], linked("https://example.org/~ford é"));
	whole = text_of(report, PDF_REPORT);
	for (guint i = 0; i < G_N_ELEMENTS(there); i++)
		ck_assert_msg(strstr(whole, there[i]) != NULL, "%s", there[i]);
	ck_assert_ptr_nonnull(strstr(summary, "\nreclaim 1.0\n"));
	report_free(report);
}
END_TEST

START_TEST(what_the_typeface_lacks_is_shown_by_its_number)
{
	struct pdf_setter *setter = pdf_setter_new(NULL);
	struct pdf_text *text =
		pdf_text_of(setter, (struct pdf_type){ 10, 14, FACE_PLAIN, INK_TEXT, ANCHOR_START },
	                    "a\u4e2d\x01 b\u00a0c");

	ck_assert_str_eq(text->string->str, "a[U+4E2D][U+0001] b c");
	pdf_text_unref(text);
	pdf_setter_free(setter);
}
END_TEST

static const struct {
	const char *words, *whole;
	double least; /* width that has room for it */
} unbroken[] = {
	{ "a cost of $1.42\u00a0million a year of cost", "$1.42 million", 70 },
	{ "no list of nodes was given (--inventory), so none", "--inventory", 70 },
	{ "For well-known jobs: sbatch --cpus-per-task=21 --time=3-00:00:00",
	  "--cpus-per-task=21", 100 },
	{ "For well-known jobs: sbatch --cpus-per-task=21 --time=3-00:00:00",
	  "--time=3-00:00:00", 100 },
	{ "Of such lengths it is jobs of 17–64 cores – all", "17–64", 60 },
};

START_TEST(a_sum_an_option_and_a_range_are_on_one_line)
{
	struct pdf_setter *setter = pdf_setter_new(NULL);
	struct pdf_type type = { 10, 14, FACE_PLAIN, INK_TEXT, ANCHOR_START };
	guint broken = 0;

	for (double width = unbroken[_i].least; width < 250; width += 1) {
		struct pdf_text *text = pdf_text_of(setter, type, unbroken[_i].words);
		gsize begin = (gsize)(strstr(text->string->str, unbroken[_i].whole) -
		                      text->string->str);

		pdf_text_break(text, width, 0);
		for (guint i = 0; i < text->lines->len; i++) {
			gsize start = g_array_index(text->lines, struct pdf_line, i).start;

			ck_assert_msg(start <= begin || start >= begin + strlen(unbroken[_i].whole),
			              "a line at %g: %s", width, text->string->str + start);
		}
		broken += text->lines->len > 1;
		pdf_text_unref(text);
	}
	ck_assert_uint_gt(broken, 50);
	pdf_setter_free(setter);
}
END_TEST

START_TEST(a_title_is_broken_into_lines_of_one_length)
{
	static const char *const titles[] = { "Own 65 nodes instead of 108, and rent the peaks",
		                              "Few", "Unbreakable-words-of-some-length" };
	struct pdf_setter *setter = pdf_setter_new(NULL);
	struct pdf_type type = { 22, 27, FACE_BOLD, INK_TEXT, ANCHOR_START };
	struct pdf_text *text = pdf_text_of(setter, type, titles[_i]);
	double width = pdf_text_width(text) * 0.95, balanced;
	guint lines;

	pdf_text_break(text, width, 0);
	lines = text->lines->len;
	balanced = pdf_text_balanced(text, width);
	pdf_text_break(text, balanced, 0);
	ck_assert_double_le(balanced, width);
	ck_assert_double_ge(balanced + 0.01, MIN(pdf_text_word_width(text), width));
	ck_assert_uint_eq(text->lines->len, lines);
	if (_i == 0)
		ck_assert_double_gt(pdf_text_line_width(text, 1),
		                    pdf_text_line_width(text, 0) * 0.7);
	pdf_text_unref(text);
	pdf_setter_free(setter);
}
END_TEST

/* The second line of the one text that begins so, as a part of its first. */
static double second_line(const struct pdf_leaf *leaf, const char *begin)
{
	for (guint i = 0; i < leaf->placed->len; i++) {
		const struct pdf_box *box = nth_placed(leaf, i)->box;

		if (box->text && box->line == 1 && g_str_has_prefix(box->text->string->str, begin))
			return pdf_text_line_width(box->text, 1) /
			       pdf_text_line_width(box->text, 0);
	}
	ck_abort_msg("%s… has no two lines", begin);
}

START_TEST(no_word_stands_alone_under_a_title)
{
	static const char many[] = "all the nodes that are owned and may be rented instead, the "
				   "most are idle on most of the days of a week, and at night";
	g_autofree char *section = g_strconcat("Of ", many, NULL);
	g_autofree char *caption = g_strconcat("In ", many, NULL);
	struct report *report = fixture_report();
	struct page *page = only_page(report);
	struct block *table = table_of(report, 3, "user");
	struct pdf_book *book;
	const struct pdf_leaf *leaf;

	g_free(table->table->caption);
	table->table->caption = g_strdup(caption);
	add(page, heading(4, section));
	add(page, table);
	book = pdf_book_report(report);
	leaf = last_section(book)->leaves->pdata[0];
	ck_assert_double_gt(second_line(leaf, "Of all"), 0.6);
	ck_assert_double_gt(second_line(leaf, "In all"), 0.6);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

START_TEST(a_text_held_to_two_lines_ends_in_an_ellipsis)
{
	struct pdf_setter *setter = pdf_setter_new(NULL);
	struct pdf_type type = { 10, 14, FACE_PLAIN, INK_TEXT, ANCHOR_START };
	g_autofree char *long_words = repeated(WORDS, 50);
	struct pdf_text *text = pdf_text_of(setter, type, long_words);

	pdf_text_break(text, 100, 2);
	ck_assert_uint_eq(text->lines->len, 2);
	ck_assert(g_str_has_suffix(text->string->str, "…"));
	ck_assert(g_utf8_validate(text->string->str, -1, NULL));
	pdf_text_unref(text);
	pdf_setter_free(setter);
}
END_TEST

START_TEST(long_words_and_labels_stay_on_the_page)
{
	struct report *report = report_on(_i);
	struct page *page = only_page(report);
	g_autofree char *word = repeated("unbreakable", 60);
	struct block *list = block_new(BLOCK_LIST), *callout = block_new(BLOCK_CALLOUT),
		     *code = block_new(BLOCK_CODE);
	struct pdf_book *book;

	code->text = g_strdup(word);
	add(page, heading(1, word));
	add(page, words(BLOCK_LEDE, word));
	add(page, words(BLOCK_PARAGRAPH, word));
	add(page, block_add(list, block_add(block_new(BLOCK_ITEM), words(BLOCK_PARAGRAPH, word))));
	add(page, block_add(callout, words(BLOCK_PARAGRAPH, word)));
	add(page, code);
	add(page, table_of(report, 5, word));
	add(page, chart_of(word, 10));
	g_free(page->nav);
	page->nav = g_strdup(word);
	g_free(report->title);
	report->title = g_strdup(word);
	g_free(report->classification);
	report->classification = g_strdup(word);
	for (guint i = 0; i < figures_count(report->figures); i++) {
		struct figure *figure = figures_nth(report->figures, i);

		g_free(figure->text);
		figure->text = g_strdup(word);
		g_free(figure->label);
		figure->label = g_strdup(word);
	}
	book = pdf_book_report(report);
	expect_all_inside(book);
	expect_all_apart(book);
	pdf_book_free(book);
	book = pdf_book_summary(report);
	expect_all_inside(book);
	expect_all_apart(book);
	pdf_book_free(book);
	ck_assert_int_eq(summary_pages(report), 1);
	report_free(report);
}
END_TEST

START_TEST(a_table_repeats_its_head_on_every_leaf)
{
	struct report *report = report_on(_i);
	struct page *page = only_page(report);
	struct pdf_book *book;
	const struct pdf_section *section;

	add(page, table_of(report, 150, "user_0001"));
	book = pdf_book_report(report);
	section = last_section(book);
	ck_assert_uint_ge(section->leaves->len, 3);
	for (guint i = 1; i < section->leaves->len; i++)
		ck_assert(nth_placed(section->leaves->pdata[i], 0)->again);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

/* Of this leaf, which repeat no head. */
static guint rows_on(const struct pdf_leaf *leaf)
{
	guint rows = 0;

	for (guint i = 0; i < leaf->placed->len; i++) {
		const GPtrArray *tags = nth_placed(leaf, i)->box->opens;

		rows += tags && strcmp(tags->pdata[tags->len - 1], "TR") == 0;
	}
	return rows;
}

/* Of two long names beside many numbers each has its part of the room. */
START_TEST(long_names_beside_numbers_share_the_room)
{
	struct report *report = report_on(PAPER_A4);
	struct dataset *people = dataset_new("people", "People", "A row is a user.");
	struct block *block = block_new(BLOCK_TABLE);
	struct pdf_book *book;

	dataset_add_column(people, "name", "User", UNIT_TEXT);
	dataset_add_column(people, "account", "Account", UNIT_TEXT);
	block->table = table_view_new(people, "People");
	table_view_add_column(block->table, "name");
	table_view_add_column(block->table, "account");
	for (guint i = 0; i < 8; i++) {
		g_autofree char *id = g_strdup_printf("cost%u", i);

		dataset_add_column(people, id, "Cost in the period", UNIT_CURRENCY);
		table_view_add_column(block->table, id);
	}
	for (guint i = 0; i < 60; i++) {
		dataset_add_row(people);
		dataset_set_text(people, "name", "firstname.lastname-zsqxmc8");
		dataset_set_text(people, "account", "institute-for-theoretical-and-applied-acphyx");
		for (guint n = 0; n < 8; n++) {
			g_autofree char *id = g_strdup_printf("cost%u", n);

			dataset_set_text(people, id, "$11,800");
		}
	}
	g_ptr_array_add(report->datasets, people);
	add(only_page(report), block);
	book = pdf_book_report(report);
	ck_assert_uint_ge(rows_on(last_section(book)->leaves->pdata[0]), 12);
	expect_all_apart(book);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

START_TEST(a_small_table_is_on_one_leaf)
{
	guint moved = 0;

	for (guint above = 15; above < 40; above++) {
		struct report *report = fixture_report();
		struct page *page = only_page(report);
		struct pdf_book *book;
		const struct pdf_section *section;

		for (guint i = 0; i < above; i++)
			add(page, words(BLOCK_PARAGRAPH, "A line."));
		add(page, table_of(report, 6, "user_0001"));
		add(page, paragraph_of(60)); /* or the little that is left over would be spared */
		book = pdf_book_report(report);
		section = last_section(book);
		for (guint i = 0; i < section->leaves->len; i++) {
			guint rows = rows_on(section->leaves->pdata[i]);

			ck_assert(rows == 0 || rows == 7);
			moved += rows > 0 && i > 0;
		}
		pdf_book_free(book);
		report_free(report);
	}
	ck_assert_uint_gt(moved, 0);
	ck_assert_uint_lt(moved, 25);
}
END_TEST

START_TEST(what_a_row_is_called_is_broken_after_what_stands_above_numbers)
{
	static const struct {
		const char *name;
		guint lines;
	} rows[] = { { "4 × h100, 64 cores, 512 GiB", 1 },
		     { "general-purpose-large-memory-accelerated-preemptible-queue-01", 2 } };
	static const char *const heads[] = { "Owned",
		                             "In use, mean",
		                             "In use, highest minute",
		                             "Needed, 85 of 100 minutes",
		                             "Best to own",
		                             "To rent beside them, node-hours a year",
		                             "Cost of a node, a year",
		                             "Rent, an hour" };
	struct report *report = fixture_report();
	struct dataset *dataset = dataset_new("kinds", "Kinds", "A row is a kind.");
	struct block *block = block_new(BLOCK_TABLE);
	struct pdf_book *book;
	const struct pdf_leaf *leaf;
	const struct pdf_text *text = NULL;

	dataset_add_column(dataset, "kind", "Kind of node", UNIT_TEXT);
	for (guint i = 0; i < G_N_ELEMENTS(heads); i++) {
		g_autofree char *id = g_strdup_printf("column_%u", i);

		dataset_add_column(dataset, id, heads[i], UNIT_COUNT);
	}
	dataset_add_row(dataset);
	dataset_set_text(dataset, "kind", rows[_i].name);
	g_ptr_array_add(report->datasets, dataset);
	block->table = table_view_new(dataset, "Kinds of node");
	for (guint i = 0; i < dataset->columns->len; i++)
		table_view_add_column(
			block->table,
			((const struct dataset_column *)dataset->columns->pdata[i])->id);
	add(only_page(report), block);
	book = pdf_book_report(report);
	leaf = last_section(book)->leaves->pdata[0];
	for (guint i = 0; !text && i < leaf->placed->len; i++)
		text = text_that_says(nth_placed(leaf, i)->box, rows[_i].name);
	ck_assert_ptr_nonnull(text);
	ck_assert_uint_eq(text->lines->len, rows[_i].lines);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

static guint lines_of(const struct pdf_book *book, const char *words)
{
	const struct pdf_leaf *leaf = last_section(book)->leaves->pdata[0];
	const struct pdf_text *text = NULL;

	for (guint i = 0; !text && i < leaf->placed->len; i++)
		text = text_that_says(nth_placed(leaf, i)->box, words);
	ck_assert_ptr_nonnull(text);
	return text->lines->len;
}

/* A row with so many numbers, and what it is called. */
static struct block *wide_table(struct report *report, guint numbers, const char *name)
{
	struct dataset *dataset = dataset_new("wide", "Wide", "A row is a thing.");
	struct block *block = block_new(BLOCK_TABLE);

	dataset_add_column(dataset, "name", "Name", UNIT_TEXT);
	block->table = table_view_new(dataset, "Wide");
	table_view_add_column(block->table, "name");
	for (guint i = 0; i < numbers; i++) {
		g_autofree char *id = g_strdup_printf("column_%u", i);

		dataset_add_column(dataset, id, "So many", UNIT_COUNT);
		table_view_add_column(block->table, id);
	}
	dataset_add_row(dataset);
	dataset_set_text(dataset, "name", name);
	for (guint i = 0; i < numbers; i++) {
		g_autofree char *id = g_strdup_printf("column_%u", i);
		g_autofree char *number = g_strdup_printf("%u 456 789", 100 + i);

		dataset_set_text(dataset, id, number);
	}
	g_ptr_array_add(report->datasets, dataset);
	return block;
}

/* In the smallest type ten of them are too, but for what stands between them. */
START_TEST(columns_are_closer_before_a_number_is_broken)
{
	struct report *report = report_on(_i);
	struct pdf_book *book;

	add(only_page(report), wide_table(report, 10, "one"));
	book = pdf_book_report(report);
	ck_assert_uint_eq(lines_of(book, "100 456 789"), 1);
	ck_assert_uint_eq(lines_of(book, "109 456 789"), 1);
	expect_all_inside(book);
	expect_all_apart(book);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

START_TEST(no_head_of_numbers_is_broken_more_than_its_neighbour)
{
	static const char *const heads[] = { "Cores held", "Time limit", "Memory asked, mean",
		                             "Memory to ask", "Cores to ask", "Time to ask",
		                             "Enough for, at least", "Too little for, at most" };
	struct report *report = fixture_report();
	struct block *block = wide_table(report, G_N_ELEMENTS(heads), "one");
	const struct dataset *dataset = block->table->dataset;
	struct pdf_book *book;

	for (guint i = 0; i < G_N_ELEMENTS(heads); i++) {
		struct dataset_column *column = dataset->columns->pdata[i + 1];
		g_autofree char *id = g_strdup(column->id);

		g_free(column->title);
		column->title = g_strdup(heads[i]);
		dataset_set_text((struct dataset *)dataset, id, "9");
	}
	add(only_page(report), block);
	book = pdf_book_report(report);
	ck_assert_uint_le(lines_of(book, "Enough for, at least"), 2);
	ck_assert_uint_le(lines_of(book, "Too little for, at most"), 2);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

/* At the size of other tables eight of them are wider than the paper. */
START_TEST(a_number_is_on_one_line_and_type_is_smaller_before_it_is_broken)
{
	struct report *report = report_on(_i);
	struct pdf_book *book;

	add(only_page(report), wide_table(report, 8, "one"));
	book = pdf_book_report(report);
	ck_assert_uint_eq(lines_of(book, "100 456 789"), 1);
	ck_assert_uint_eq(lines_of(book, "107 456 789"), 1);
	expect_all_inside(book);
	expect_all_apart(book);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

START_TEST(a_table_that_is_too_wide_in_any_type_stays_on_the_paper)
{
	g_autofree char *name = repeated("unbreakable", 20);

	for (guint numbers = 6; numbers < 30; numbers += 6) {
		struct report *report = report_on(_i);
		struct pdf_book *book;

		add(only_page(report), wide_table(report, numbers, name));
		book = pdf_book_report(report);
		expect_all_inside(book);
		expect_all_apart(book);
		pdf_book_free(book);
		report_free(report);
	}
}
END_TEST

/* Fewer rows than it may show. */
START_TEST(under_a_table_that_is_all_there_stands_no_rest)
{
	struct report *report = fixture_report();
	struct block *block = table_of(report, 10, "user_0001");
	struct pdf_book *book;
	const struct pdf_leaf *leaf;

	block->table->rows = 20;
	add(only_page(report), block);
	book = pdf_book_report(report);
	leaf = last_section(book)->leaves->pdata[0];
	ck_assert_ptr_null(nth_placed(leaf, leaf->placed->len - 1)->box->text);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

START_TEST(a_table_of_thousands_is_cut_and_says_where_the_rest_is)
{
	struct report *report = fixture_report();
	struct page *page = only_page(report);
	struct pdf_book *book;
	const struct pdf_leaf *leaf;
	const struct pdf_section *section;

	add(page, table_of(report, 5000, "user_0001"));
	book = pdf_book_report(report);
	section = last_section(book);
	leaf = section->leaves->pdata[section->leaves->len - 1];
	ck_assert_str_eq(nth_placed(leaf, leaf->placed->len - 1)->box->text->string->str,
	                 "and 4,900 more, in tables/things.csv");
	pdf_book_free(book);
	report_free(report);
}
END_TEST

static const struct pdf_text *text_below(const struct pdf_section *section, const char *heading)
{
	const GPtrArray *slugs = section->galley->slugs;

	for (guint i = 0; i + 1 < slugs->len; i++) {
		const struct pdf_text *text = ((const struct pdf_slug *)slugs->pdata[i])->box->text;

		if (text && strcmp(text->string->str, heading) == 0)
			return ((const struct pdf_slug *)slugs->pdata[i + 1])->box->text;
	}
	ck_abort_msg("no heading %s", heading);
}

static const struct pdf_box *box_of(const struct pdf_section *section, const char *heading)
{
	const GPtrArray *slugs = section->galley->slugs;

	for (guint i = 0; i < slugs->len; i++) {
		const struct pdf_box *box = ((const struct pdf_slug *)slugs->pdata[i])->box;

		if (box->text && strcmp(box->text->string->str, heading) == 0)
			return box;
	}
	ck_abort_msg("no heading %s", heading);
}

/* Lines of a paragraph are no longer than can be read, and what is in a list or a frame is set
 * in. */
START_TEST(what_follows_narrower_blocks_is_as_wide_as_what_precedes_them)
{
	struct report *report = fixture_report();
	struct page *page = only_page(report);
	struct block *item = block_add(block_new(BLOCK_ITEM), paragraph_of(1));
	struct block *warning = block_add(block_new(BLOCK_CALLOUT), paragraph_of(1));
	struct pdf_book *book;
	const struct pdf_box *before, *after;
	const struct pdf_frame *frame;

	add(page, heading(2, "Before"));
	add(page, paragraph_of(8));
	add(page, block_add(block_new(BLOCK_LIST), item));
	warning->text = g_strdup("warning");
	add(page, warning);
	add(page, heading(2, "After"));
	add(page, paragraph_of(1));
	book = pdf_book_report(report);
	before = box_of(last_section(book), "Before");
	after = box_of(last_section(book), "After");
	ck_assert_double_eq_tol(after->x, before->x, 1e-6);
	ck_assert_double_eq_tol(after->width, before->width, 1e-6);
	frame = last_section(book)->galley->frames->pdata[0];
	ck_assert_int_eq(frame->fill, INK_TINT_2); /* a warning is seen to be one */
	pdf_book_free(book);
	report_free(report);
}
END_TEST

START_TEST(a_list_in_order_is_numbered_from_one)
{
	struct report *report = fixture_report();
	struct page *page = only_page(report);
	struct block *list = block_new(BLOCK_LIST);
	g_autoptr(GString) labels = g_string_new(NULL);
	struct pdf_book *book;
	const GPtrArray *slugs;

	list->ordered = TRUE;
	for (int i = 0; i < 2; i++)
		block_add(list, block_add(block_new(BLOCK_ITEM), paragraph_of(1)));
	add(page, list);
	book = pdf_book_report(report);
	slugs = last_section(book)->galley->slugs;
	for (guint i = 0; i < slugs->len; i++) {
		const struct pdf_box *box = ((const struct pdf_slug *)slugs->pdata[i])->box;

		if (box->kind == BOX_GROUP && box->children && box->children->len == 1) {
			box = box->children->pdata[0];
			box = box->children->pdata[0];
			g_string_append_printf(labels, "%s ", box->text->string->str);
		}
	}
	ck_assert_str_eq(labels->str, "1. 2. ");
	pdf_book_free(book);
	report_free(report);
}
END_TEST

/* The same heading and paragraph at every height of the leaf. */
START_TEST(headings_keep_what_follows_and_paragraphs_are_split_two_lines_from_their_ends)
{
	guint broken = 0;

	for (guint above = 30; above < 60; above++) {
		struct report *report = fixture_report();
		struct page *page = only_page(report);
		struct pdf_book *book;
		const struct pdf_section *section;
		const struct pdf_text *text;
		guint here;

		for (guint i = 0; i < above; i++)
			add(page, words(BLOCK_PARAGRAPH, "A line."));
		add(page, heading(2, "A heading"));
		add(page, paragraph_of(8));
		add(page, paragraph_of(60)); /* or the little that is left over would be spared */
		book = pdf_book_report(report);
		section = last_section(book);
		text = text_below(section, "A heading");
		for (guint i = 0; i < section->leaves->len; i++) {
			const struct pdf_leaf *leaf = section->leaves->pdata[i];
			const struct pdf_text *last =
				nth_placed(leaf, leaf->placed->len - 1)->box->text;

			here = lines_with(leaf, text);
			ck_assert_uint_ne(here, 1);
			ck_assert_str_ne(last->string->str, "A heading");
			broken += here > 0 && here < text->lines->len;
		}
		ck_assert_uint_ge(text->lines->len, 4);
		pdf_book_free(book);
		report_free(report);
	}
	ck_assert_uint_gt(broken, 0); /* it was split somewhere, or nothing was tried */
}
END_TEST

/* A heading keeps what follows, and so do eighty. */
START_TEST(what_is_kept_together_and_higher_than_a_leaf_is_on_several)
{
	struct report *report = report_on(_i);
	struct page *page = only_page(report);
	struct pdf_book *book;
	const GPtrArray *leaves;

	for (guint i = 0; i < 80; i++)
		add(page, heading(2, "A heading"));
	add(page, paragraph_of(1));
	book = pdf_book_report(report);
	leaves = last_section(book)->leaves;
	ck_assert_uint_ge(leaves->len, 3);
	for (guint i = 0; i < leaves->len; i++)
		ck_assert_uint_gt(((const struct pdf_leaf *)leaves->pdata[i])->placed->len, 0);
	expect_all_inside(book);
	expect_all_apart(book);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

/* Words in a frame are set in. */
static gboolean is_framed(const struct pdf_placed *placed)
{
	return placed->box->kind == BOX_LINE && placed->box->x > 0;
}

/* A bar is no wider than a stroke. */
static gboolean is_ground(const struct pdf_placed *placed)
{
	return placed->box->kind == BOX_FILL && placed->box->width > 10;
}

static guint fills_on(const struct pdf_leaf *leaf)
{
	guint fills = 0;

	for (guint i = 0; i < leaf->placed->len; i++)
		fills += nth_placed(leaf, i)->box->kind == BOX_FILL;
	return fills;
}

/* How many grounds are behind these words; what is behind a part of them is behind them all. */
static guint grounds_behind(const struct pdf_leaf *leaf, const struct pdf_placed *words)
{
	double from = words->y, to = from + words->box->height;
	guint grounds = 0;

	for (guint i = 0; i < leaf->placed->len; i++) {
		const struct pdf_placed *placed = nth_placed(leaf, i);
		double end = placed->y + placed->box->height;

		if (!is_ground(placed) || placed->y >= to || end <= from + 0.01)
			continue;
		ck_assert(placed->y <= from && end >= to);
		grounds++;
	}
	return grounds;
}

static void expect_grounds(const struct pdf_leaf *leaf)
{
	for (guint i = 0; i < leaf->placed->len; i++) {
		const struct pdf_placed *placed = nth_placed(leaf, i);

		if (placed->box->kind == BOX_LINE)
			ck_assert_uint_eq(grounds_behind(leaf, placed), is_framed(placed));
	}
}

/* Two that follow one another have a ground and a bar each, and code has a ground alone. */
START_TEST(what_is_framed_stands_on_a_ground_on_every_leaf)
{
	struct report *report = report_on(_i);
	struct page *page = only_page(report);
	struct pdf_book *book;
	const GPtrArray *leaves;

	for (guint frame = 0; frame < 2; frame++) {
		struct block *callout = block_new(BLOCK_CALLOUT);

		for (guint i = 0; i < 6; i++)
			block_add(callout, paragraph_of(frame == 0 ? 1 : 12));
		add(page, callout);
		if (frame > 0)
			continue;
		add(page, block_add(block_new(BLOCK_CALLOUT), paragraph_of(1)));
		add(page, words(BLOCK_PARAGRAPH, "Between them."));
		add(page, block_new(BLOCK_CODE));
		((struct block *)page->blocks->pdata[page->blocks->len - 1])->text =
			g_strdup("sbatch --mem=6G\n");
	}
	book = pdf_book_report(report);
	leaves = last_section(book)->leaves;
	ck_assert_uint_ge(leaves->len, 2);
	ck_assert_uint_eq(fills_on(leaves->pdata[0]), 2 + 2 + 1 + 2);
	ck_assert_uint_eq(fills_on(leaves->pdata[1]), 2);
	for (guint i = 0; i < leaves->len; i++)
		expect_grounds(leaves->pdata[i]);
	pdf_book_free(book);
	report_free(report);
}
END_TEST

static struct block *demand_chart(void)
{
	struct block *block = block_new(BLOCK_CHART);
	struct chart_series *series;

	block->chart = chart_new(CHART_AREA, "demand");
	block->chart->title = g_strdup("What was in use");
	block->chart->description = g_strdup("Rises and falls.");
	series = chart_series_add(block->chart, "CPUs", INK_SERIES_1);
	for (guint i = 0; i < 50; i++)
		chart_point_add(series, i, i % 7, NULL, NULL);
	return block;
}

static double filled(const struct pdf_book *book, guint leaf)
{
	return pdf_leaf_filled(last_section(book)->leaves->pdata[leaf], &book->sheet);
}

/* The same heading, words and chart, or table, at every height of the leaf. */
START_TEST(words_under_a_heading_stay_with_the_chart_or_table_that_they_lead_to)
{
	guint led = 0;

	for (guint above = 0; above < 60; above++) {
		struct report *report = fixture_report();
		struct page *page = only_page(report);
		struct pdf_book *book;
		const struct pdf_section *section;

		for (guint i = 0; i < above; i++)
			add(page, words(BLOCK_PARAGRAPH, "A line."));
		add(page, heading(2, "A heading"));
		add(page, words(BLOCK_PARAGRAPH, "Words."));
		add(page, _i ? table_of(report, 4, "user_0001") : demand_chart());
		add(page, paragraph_of(60));
		book = pdf_book_report(report);
		section = last_section(book);
		for (guint i = 0; i < section->leaves->len; i++) {
			const struct pdf_leaf *leaf = section->leaves->pdata[i];
			const struct pdf_text *last =
				nth_placed(leaf, leaf->placed->len - 1)->box->text;

			ck_assert(!last || strcmp(last->string->str, "Words.") != 0);
			led += last != NULL;
		}
		pdf_book_free(book);
		report_free(report);
	}
	ck_assert_uint_gt(led, 60);
}
END_TEST

/* A finding at every height of the leaf: words, two charts, and a few words more. */
START_TEST(no_leaf_but_a_sections_last_is_less_than_a_third_full)
{
	guint turned = 0;

	for (guint above = 1; above < 100; above += 2) {
		struct report *report = report_on(_i);
		struct page *page = only_page(report);
		struct pdf_book *book;

		add(page, paragraph_of(above));
		add(page, heading(2, "What we saw"));
		add(page, demand_chart());
		add(page, chart_of("user_0001", 10));
		add(page, table_of(report, above / 3, "user_0001"));
		add(page, heading(2, "What to do"));
		add(page, paragraph_of(3));
		book = pdf_book_report(report);
		for (guint i = 0; i + 1 < last_section(book)->leaves->len; i++, turned++)
			ck_assert_msg(filled(book, i) >= 1 / 3.0,
			              "%u sentences: leaf %u is %.2f full", above, i,
			              filled(book, i));
		expect_all_inside(book);
		expect_all_apart(book);
		pdf_book_free(book);
		report_free(report);
	}
	ck_assert_uint_gt(turned, 40);
}
END_TEST

/* With each sentence more, until they are too many. */
START_TEST(a_chart_gives_way_to_the_last_few_words_of_a_section)
{
	guint gave_way = 0;
	double high = 0;

	for (guint sentences = 20; sentences < 90; sentences++) {
		struct report *report = fixture_report();
		struct page *page = only_page(report);
		struct pdf_book *book;
		const struct pdf_section *section;

		add(page, demand_chart());
		add(page, paragraph_of(sentences));
		book = pdf_book_report(report);
		section = last_section(book);
		for (guint i = 0; i < section->galley->slugs->len; i++) {
			const struct pdf_slug *slug = section->galley->slugs->pdata[i];

			high = MAX(high, slug->most);
			if (slug->most > 0 && slug->height < slug->most) {
				gave_way++;
				ck_assert_double_ge(slug->height, slug->least);
				ck_assert(section->leaves->len == 1 ||
				          filled(book, section->leaves->len - 1) >= 1 / 3.0);
			}
		}
		pdf_book_free(book);
		report_free(report);
	}
	ck_assert_double_gt(high, 0);
	ck_assert_uint_gt(gave_way, 3);
	ck_assert_uint_lt(gave_way, 40); /* where there is room it is as high as suits it */
}
END_TEST

/* The lowest chart of the last section, as a part of what it would be. */
static double lowest_chart(const struct pdf_book *book)
{
	const GPtrArray *slugs = last_section(book)->galley->slugs;
	double lowest = 1;

	for (guint i = 0; i < slugs->len; i++) {
		const struct pdf_slug *slug = slugs->pdata[i];

		if (slug->most > 0)
			lowest = MIN(lowest, slug->height / slug->most);
	}
	return lowest;
}

/* With each sentence more above it, until it has no room there however low it is; but not lower
 * than its rows need. */
START_TEST(a_chart_is_lower_rather_than_leave_a_leaf_half_empty)
{
	double emptiest = 1, lowest = 1;

	for (guint sentences = 20; sentences < 60; sentences++) {
		struct report *report = fixture_report();
		struct page *page = only_page(report);
		struct pdf_book *book;

		add(page, paragraph_of(sentences));
		add(page, _i ? chart_of("user_0001", 16) : demand_chart());
		add(page, paragraph_of(70));
		book = pdf_book_report(report);
		ck_assert_uint_gt(last_section(book)->leaves->len, 1);
		emptiest = MIN(emptiest, filled(book, 0));
		lowest = MIN(lowest, lowest_chart(book));
		ck_assert_uint_eq(count_roomy_charts(last_section(book)), 1);
		expect_all_inside(book);
		expect_all_apart(book);
		pdf_book_free(book);
		report_free(report);
	}
	ck_assert_msg(_i || emptiest > 0.75, "a leaf is %.2f full", emptiest);
	ck_assert_msg(lowest < 0.95 && lowest > 0.549, "a chart is lowered to %.3f", lowest);
}
END_TEST

/* The size of the words at the end of the last section. */
static double last_size(const struct pdf_book *book)
{
	const GPtrArray *slugs = last_section(book)->galley->slugs;

	return ((const struct pdf_slug *)slugs->pdata[slugs->len - 1])->box->text->type.size;
}

/* With each sentence more: on one leaf as they are, then smaller, then on two as they are. */
START_TEST(type_gives_way_a_little_to_the_last_few_words_of_a_section)
{
	guint gave_way = 0;
	double usual = 0;

	for (guint sentences = 20; sentences < 90; sentences++) {
		struct report *report = fixture_report();
		struct page *page = only_page(report);
		struct pdf_book *book;

		add(page, paragraph_of(sentences));
		book = pdf_book_report(report);
		usual = MAX(usual, last_size(book));
		if (last_size(book) < usual) {
			gave_way++;
			ck_assert_double_ge(last_size(book), usual * 0.9);
			ck_assert(last_section(book)->leaves->len == 1 ||
			          filled(book, last_section(book)->leaves->len - 1) >= 1 / 3.0);
			expect_all_inside(book);
		}
		pdf_book_free(book);
		report_free(report);
	}
	ck_assert_uint_gt(gave_way, 3);
	ck_assert_uint_lt(gave_way, 30);
}
END_TEST

START_TEST(links_lead_to_pages_headings_and_https_only)
{
	static const struct {
		const char *target;
		gboolean leads;
	} cases[] = {
		{ "users", TRUE },
		{ "findings/own-or-rent", TRUE },
		{ "method#figures", TRUE },
		{ "#decisions", TRUE },
		{ "https://example.org/", TRUE },
		{ "nowhere", FALSE },
		{ "#nowhere", FALSE },
		{ "javascript:alert(1)", FALSE },
		{ "file:///etc/passwd", FALSE },
		{ "http://plain/", FALSE },
		{ "", FALSE },
	};
	struct report *report = fixture_report();
	struct pdf_targets *targets = pdf_targets_new(report->pages);

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *link =
			pdf_targets_link(targets, report->pages->pdata[0], cases[i].target);

		ck_assert_msg((link != NULL) == cases[i].leads, "%s", cases[i].target);
	}
	pdf_targets_free(targets);
	report_free(report);
}
END_TEST

START_TEST(a_link_cannot_end_its_own_attribute)
{
	g_autofree char *link =
		pdf_targets_link(NULL, NULL, "https://example.org/a'b c\\(d)\xc3\xa9");

	ck_assert_str_eq(link, "uri='https://example.org/a%27b%20c%5C%28d%29%C3%A9'");
}
END_TEST

/* The draft, completed and read back. */
static gboolean sound(const GByteArray *draft, guint pages, const GPtrArray *alts, GError **error)
{
	g_autoptr(GByteArray) bytes = pdf_complete(draft, alts, "en", error);

	return bytes && pdf_verify(bytes, pages, error);
}

START_TEST(damaged_bytes_are_refused)
{
	struct report *report = fixture_report();
	struct pdf_book *book = pdf_book_summary(report);
	g_autoptr(GPtrArray) alts = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GByteArray) draft = pdf_paint(book, alts, NULL);
	g_autoptr(GError) error = NULL;

	ck_assert(!sound(draft, 2, alts, &error));
	ck_assert_str_eq(error->message,
	                 "the finished file does not read back: 1 pages instead of 2");
	g_clear_error(&error);
	ck_assert(!sound(draft, 0, alts, &error));
	ck_assert_str_eq(error->message,
	                 "the finished file does not read back: 1 pages instead of 0");
	g_clear_error(&error);
	ck_assert(sound(draft, 1, alts, &error));
	g_byte_array_set_size(draft, draft->len / 2);
	ck_assert(!sound(draft, 1, alts, &error));
	ck_assert(g_str_has_prefix(error->message, "the finished file does not read back: "));
	pdf_book_free(book);
	report_free(report);
}
END_TEST

/* The byte behind the last of these words. */
static guint8 *byte_behind(GByteArray *draft, const char *words)
{
	gsize length = strlen(words);
	guint8 *found = NULL;

	for (gsize i = 0; i + length < draft->len; i++)
		if (memcmp(draft->data + i, words, length) == 0)
			found = draft->data + i + length;
	ck_assert_ptr_nonnull(found);
	return found;
}

/* A stream that cannot be unpacked, and a table of contents that is elsewhere, which a reader could
 * find. */
static const char *const damaged[] = { "\nstream\n", "\nstartxref\n" };

START_TEST(a_file_with_one_damaged_byte_is_refused)
{
	struct report *report = fixture_report();
	struct pdf_book *book = pdf_book_summary(report);
	g_autoptr(GPtrArray) alts = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GByteArray) draft = pdf_paint(book, alts, NULL);
	g_autoptr(GError) error = NULL;

	*byte_behind(draft, damaged[_i]) ^= 0x01;
	ck_assert(!sound(draft, 1, alts, &error));
	ck_assert(g_str_has_prefix(error->message, "the finished file does not read back: "));
	pdf_book_free(book);
	report_free(report);
}
END_TEST

START_TEST(a_report_without_institution_pages_or_figures_renders)
{
	struct report *report = fixture_report();
	struct page *page = only_page(report);
	struct block *columns = block_new(BLOCK_COLUMNS), *tiles = block_new(BLOCK_TILES);
	struct files files;

	g_clear_pointer(&report->institution, g_free);
	g_clear_pointer(&report->cluster, g_free);
	g_clear_pointer(&report->notice, g_free);
	g_clear_pointer(&report->export_hash, g_free);
	add(page, block_add(columns, block_new(BLOCK_COLUMN)));
	add(page, block_new(BLOCK_LIST));
	add(page, block_new(BLOCK_CODE));
	add(page, block_new(BLOCK_CALLOUT));
	g_ptr_array_add(tiles->figure_ids, g_strdup("no.such.figure"));
	add(page, tiles);
	add(page, table_of(report, 0, ""));
	files = render(report);
	ck_assert_int_eq(page_count(files.report, files.report_length), 2);
	files_clear(&files);
	report_free(report);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("pdf");
	TCase *pdf = tcase_create("pdf");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_set_timeout(pdf, 120);
	tcase_add_loop_test(
		pdf, the_summary_is_one_page_and_the_report_has_a_leaf_for_each_section,
		PAPER_A4, PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, every_leaf_is_of_the_paper_that_the_site_has, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, the_same_report_gives_the_same_bytes, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_loop_test(
		pdf, a_summary_with_a_table_of_a_hundred_rows_is_one_page,
		PAPER_A4, PAPER_LETTER + 1);
	tcase_add_loop_test(
		pdf, a_summary_with_far_too_many_words_is_one_page_and_says_so,
		PAPER_A4, PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, a_chart_is_as_high_as_its_rows_need_however_crowded_the_page,
	                    PAPER_A4, PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, charts_side_by_side_end_on_one_line, PAPER_A4, PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, what_smaller_type_saves_the_charts_have, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, a_roomy_summary_fills_its_page, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, a_logo_of_any_shape_is_in_front_of_every_paper_and_covers_nothing,
	                    PAPER_A4, PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, the_band_of_the_cover_is_behind_all_of_its_words, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, the_logo_is_a_figure_that_is_called_as_the_institution, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, a_logo_gives_way_before_words_do, PAPER_A4, PAPER_LETTER + 1);
	tcase_add_test(pdf, a_logo_that_does_not_unpack_is_none);
	tcase_add_test(pdf, a_colour_of_the_site_is_in_words_only_where_they_can_be_read);
	tcase_add_test(pdf, a_list_of_nothing_has_no_tag);
	tcase_add_loop_test(pdf, every_kind_of_block_is_tagged, PAPER_A4, PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, a_drawing_in_a_table_is_a_figure_that_says_what_it_shows, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_test(pdf, the_file_says_what_it_is_and_nothing_about_this_machine);
	tcase_add_test(pdf, hostile_names_break_nothing);
	tcase_add_test(pdf, a_link_is_one_and_a_heading_is_a_place_to_lead_to);
	tcase_add_test(pdf, what_is_in_a_file_and_not_on_its_leaves_is_looked_through_too);
	tcase_add_test(pdf, what_the_typeface_lacks_is_shown_by_its_number);
	tcase_add_loop_test(pdf, a_sum_an_option_and_a_range_are_on_one_line, 0,
	                    G_N_ELEMENTS(unbroken));
	tcase_add_loop_test(pdf, a_title_is_broken_into_lines_of_one_length, 0, 3);
	tcase_add_test(pdf, no_word_stands_alone_under_a_title);
	tcase_add_test(pdf, a_text_held_to_two_lines_ends_in_an_ellipsis);
	tcase_add_loop_test(pdf, long_words_and_labels_stay_on_the_page, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_test(pdf, long_names_beside_numbers_share_the_room);
	tcase_add_test(pdf, a_small_table_is_on_one_leaf);
	tcase_add_loop_test(pdf, what_a_row_is_called_is_broken_after_what_stands_above_numbers, 0,
	                    2);
	tcase_add_loop_test(pdf, a_table_repeats_its_head_on_every_leaf, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, columns_are_closer_before_a_number_is_broken, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_test(pdf, no_head_of_numbers_is_broken_more_than_its_neighbour);
	tcase_add_loop_test(pdf, a_number_is_on_one_line_and_type_is_smaller_before_it_is_broken,
	                    PAPER_A4, PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, a_table_that_is_too_wide_in_any_type_stays_on_the_paper, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_test(pdf, values_side_by_side_are_of_one_size);
	tcase_add_test(pdf, under_a_table_that_is_all_there_stands_no_rest);
	tcase_add_test(pdf, a_table_of_thousands_is_cut_and_says_where_the_rest_is);
	tcase_add_test(pdf, a_list_in_order_is_numbered_from_one);
	tcase_add_test(pdf, what_follows_narrower_blocks_is_as_wide_as_what_precedes_them);
	tcase_add_test(
		pdf, headings_keep_what_follows_and_paragraphs_are_split_two_lines_from_their_ends);
	tcase_add_loop_test(
		pdf, words_under_a_heading_stay_with_the_chart_or_table_that_they_lead_to, 0, 2);
	tcase_add_loop_test(pdf, what_is_kept_together_and_higher_than_a_leaf_is_on_several,
	                    PAPER_A4, PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, what_is_framed_stands_on_a_ground_on_every_leaf, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_loop_test(pdf, no_leaf_but_a_sections_last_is_less_than_a_third_full, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_test(pdf, a_chart_gives_way_to_the_last_few_words_of_a_section);
	tcase_add_loop_test(pdf, a_chart_is_lower_rather_than_leave_a_leaf_half_empty, 0, 2);
	tcase_add_test(pdf, type_gives_way_a_little_to_the_last_few_words_of_a_section);
	tcase_add_test(pdf, links_lead_to_pages_headings_and_https_only);
	tcase_add_test(pdf, a_link_cannot_end_its_own_attribute);
	tcase_add_test(pdf, damaged_bytes_are_refused);
	tcase_add_loop_test(pdf, a_file_with_one_damaged_byte_is_refused, 0, G_N_ELEMENTS(damaged));
	tcase_add_test(pdf, a_report_without_institution_pages_or_figures_renders);
	suite_add_tcase(suite, pdf);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

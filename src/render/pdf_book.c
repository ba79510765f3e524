/* SPDX-License-Identifier: Apache-2.0 */
#include "render/logo.h"
#include "render/pdf_layout.h"

#define CASE_LOGO_WIDTH 150.0
#define CASE_LOGO_HEIGHT 34.0
#define CASE_LOGO_GAP 16.0 /* at its left */
#define CASE_LOGO_FOOT 6.0 /* below it, to the title */

static const struct pdf_sheet report_sheet = {
	.left = 62,
	.right = 62,
	.top = 76,
	.bottom = 70,
	.measure = 420,
	.px = 0.74,
	.type = 1,
	.chart = 1,
};

/* Few pages, for people who read all of them. */
static const struct pdf_sheet approval_sheet = {
	.left = 56,
	.right = 56,
	.top = 58,
	.bottom = 54,
	.measure = 500, /* all of it */
	.px = 0.6,
	.type = 0.86,
	.chart = 1,
};

static struct pdf_section *section_new(const struct pdf_book *book, const struct pdf_sheet *sheet,
                                       const struct page *page,
                                       void (*fill)(struct pdf_flow *flow, gpointer data),
                                       gpointer data)
{
	struct pdf_section *section = g_new0(struct pdf_section, 1);
	struct pdf_flow flow = { .report = book->report,
		                 .sheet = sheet,
		                 .setter = book->setter,
		                 .targets = book->targets,
		                 .page = page,
		                 .logo = book->logo };

	section->page = page;
	section->galley = pdf_galley_new();
	pdf_flow_init(&flow, section->galley);
	flow.width = pdf_sheet_width(sheet);
	fill(&flow, data);
	pdf_flow_clear(&flow);
	/* The one page is made to fit by whoever sets its sheet. */
	section->leaves = sheet->brief ? pdf_layout(section->galley, sheet)
	                               : pdf_layout_fitted(section->galley, sheet);
	return section;
}

/* Where charts and spaces do not give way enough, the type does, by so little that nobody sees it;
 * if that is of no use, it stays. */
struct pdf_section *pdf_section_new(const struct pdf_book *book, const struct page *page,
                                    void (*fill)(struct pdf_flow *flow, gpointer data),
                                    gpointer data)
{
	static const double types[] = { 0.97, 0.94, 0.92 };
	struct pdf_section *section = section_new(book, &book->sheet, page, fill, data);
	guint waste = book->sheet.brief ? 0 : pdf_layout_waste(section->leaves, &book->sheet);

	for (guint i = 0; waste > 0 && i < G_N_ELEMENTS(types); i++) {
		struct pdf_sheet sheet = book->sheet;
		struct pdf_section *smaller;
		guint left;

		sheet.type *= types[i];
		smaller = section_new(book, &sheet, page, fill, data);
		left = pdf_layout_waste(smaller->leaves, &sheet);
		pdf_section_free(left < waste ? section : smaller);
		section = left < waste ? smaller : section;
		waste = MIN(left, waste);
	}
	return section;
}

void pdf_section_free(struct pdf_section *section)
{
	if (!section)
		return;
	g_ptr_array_unref(section->leaves);
	pdf_galley_free(section->galley);
	g_free(section);
}

/* A small line over the title: where in the report this is. */
static void add_place(struct pdf_flow *flow, const struct page *page)
{
	struct pdf_type type = pdf_flow_type(flow, STYLE_SMALL_BOLD);
	gboolean both = page->section && *page->section && g_strcmp0(page->section, page->nav) != 0;
	g_autofree char *words =
		both ? g_strdup_printf("%s  ·  %s", page->section, page->nav) : g_strdup(page->nav);
	struct pdf_slug *slug;

	type.ink = INK_SERIES_1;
	pdf_flow_text(flow, pdf_text_of(flow->setter, type, words), 0, "P");
	slug = flow->galley->slugs->pdata[0];
	slug->box->dest = g_strdup(pdf_targets_find(flow->targets, page));
	pdf_flow_keep(flow);
	flow->next = 1;
}

static void fill_page(struct pdf_flow *flow, gpointer data)
{
	const struct page *page = data;

	add_place(flow, page);
	pdf_flow_blocks(flow, page->blocks);
}

/* The logo at the right, and the small line a little below its foot. */
static void fill_case(struct pdf_flow *flow, gpointer data)
{
	struct pdf_box *logo = pdf_logo(flow, CASE_LOGO_WIDTH, CASE_LOGO_HEIGHT);
	double width = flow->width, line = pdf_flow_type(flow, STYLE_SMALL_BOLD).leading;
	const struct page *page = data;
	struct pdf_slug *slug;

	if (logo) {
		logo->x = flow->width - logo->width;
		flow->width -= logo->width + CASE_LOGO_GAP;
		slug = pdf_flow_add(flow, logo, 0);
		slug->height = MAX(logo->height + CASE_LOGO_FOOT - line, 0);
		slug->keep = TRUE;
	}
	add_place(flow, page);
	flow->width = width;
	pdf_flow_blocks(flow, page->blocks);
}

static void set_paper(struct pdf_sheet *sheet, enum paper paper)
{
	static const struct {
		double width, height;
	} sizes[] = { [PAPER_A4] = { 595.28, 841.89 }, [PAPER_LETTER] = { 612, 792 } };

	sheet->width = sizes[paper].width;
	sheet->height = sizes[paper].height;
}

static struct pdf_book *book_new(const struct report *report, const struct pdf_sheet *sheet,
                                 const GPtrArray *pages)
{
	struct pdf_book *book = g_new0(struct pdf_book, 1);

	book->report = report;
	book->sheet = *sheet;
	set_paper(&book->sheet, report->paper);
	book->setter = pdf_setter_new(report->accent);
	book->targets = pages ? pdf_targets_new(pages) : NULL;
	book->logo = logo_surface(report->logo);
	book->sections = g_ptr_array_new_with_free_func((GDestroyNotify)pdf_section_free);
	return book;
}

static void number_leaves(struct pdf_book *book)
{
	guint number = 1;

	for (guint i = 0; i < book->sections->len; i++) {
		struct pdf_section *section = book->sections->pdata[i];

		section->first = number;
		number += section->leaves->len;
	}
}

/* What is read from front to back. */
static GPtrArray *pages_in_print(const struct report *report)
{
	GPtrArray *pages = g_ptr_array_new();

	for (guint i = 0; i < report->pages->len; i++)
		if (!((struct page *)report->pages->pdata[i])->site_only)
			g_ptr_array_add(pages, report->pages->pdata[i]);
	return pages;
}

/* Links to pages that are not in print are words here. */
struct pdf_book *pdf_book_report(const struct report *report)
{
	g_autoptr(GPtrArray) pages = pages_in_print(report);
	struct pdf_book *book = book_new(report, &report_sheet, pages);

	book->title = g_strdup(report->title);
	book->cover = book->heads = TRUE;
	for (guint i = 0; i < pages->len; i++)
		g_ptr_array_add(book->sections,
		                pdf_section_new(book, pages->pdata[i], fill_page, pages->pdata[i]));
	/* The contents need the numbers that come after them: set once for their length, then for
	 * good. */
	g_ptr_array_insert(book->sections, 0, pdf_section_new(book, NULL, pdf_front_fill, book));
	number_leaves(book);
	pdf_section_free(book->sections->pdata[0]);
	book->sections->pdata[0] = NULL;
	book->sections->pdata[0] = pdf_section_new(book, NULL, pdf_front_fill, book);
	number_leaves(book);
	return book;
}

/* Links to pages that are not in it are words here. */
struct pdf_book *pdf_book_approval(const struct report *report)
{
	struct page *page = (struct page *)report->approval;
	gpointer one[] = { page };
	const GPtrArray pages = { one, 1 };
	struct pdf_book *book = book_new(report, &approval_sheet, &pages);

	book->title = g_strdup_printf("%s: %s", report->title, page->nav);
	book->heads = TRUE;
	g_ptr_array_add(book->sections, pdf_section_new(book, page, fill_case, page));
	number_leaves(book);
	return book;
}

struct pdf_book *pdf_book_summary(const struct report *report)
{
	static const struct pdf_sheet sheet = {
		.left = 46,
		.right = 46,
		.top = 40,
		.bottom = 52,
		.measure = G_MAXDOUBLE,
		.px = 0.66,
		.brief = TRUE,
	};
	struct pdf_book *book = book_new(report, &sheet, NULL);

	book->title = g_strdup_printf("%s: %s", report->title, report->summary->nav);
	g_ptr_array_add(book->sections, pdf_summary_section(book));
	number_leaves(book);
	return book;
}

guint pdf_book_leaves(const struct pdf_book *book)
{
	const struct pdf_section *last = book->sections->pdata[book->sections->len - 1];

	return last->first + last->leaves->len - 1;
}

void pdf_book_free(struct pdf_book *book)
{
	if (!book)
		return;
	g_ptr_array_unref(book->sections);
	pdf_targets_free(book->targets);
	g_clear_pointer(&book->logo, cairo_surface_destroy);
	pdf_setter_free(book->setter);
	g_free(book->title);
	g_free(book);
}

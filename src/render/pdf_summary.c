/* SPDX-License-Identifier: Apache-2.0 */
#include "render/pdf_layout.h"

#define NOTE "Shortened to one page: the whole is in report.pdf."
#define NOTE_HEIGHT 18.0
#define MOST_SPREAD 1.9
#define LOGO_WIDTH 130.0
#define LOGO_HEIGHT 30.0
#define LOGO_GAP 16.0

/* From roomy to tight: first the charts give way, then the type, never below 7.5 points of running
 * text. */
static const struct {
	double chart, type;
} steps[] = {
	{ 1.5, 1 },     { 1.4, 1 },     { 1.3, 1 },    { 1.2, 1 },     { 1.1, 1 },
	{ 1, 1 },       { 0.92, 1 },    { 0.84, 1 },   { 0.76, 1 },    { 0.7, 0.97 },
	{ 0.66, 0.94 }, { 0.62, 0.91 }, { 0.6, 0.88 }, { 0.58, 0.85 }, { 0.56, 0.82 },
};

#define LAST_STEP (G_N_ELEMENTS(steps) - 1)

static const guint row_limits[] = { 0, 40, 30, 24, 20, 16, 12, 10, 8, 6, 5, 4, 3, 2, 1 };

static struct pdf_text *what_text(const struct pdf_flow *flow, const struct page *page)
{
	g_autofree char *what = g_strdup_printf("%s  ·  %s", flow->report->title, page->nav);
	struct pdf_type type = pdf_flow_type(flow, STYLE_SMALL_BOLD);

	type.ink = INK_SERIES_1;
	return pdf_text_of(flow->setter, type, what);
}

static struct pdf_text *about_text(const struct pdf_flow *flow, enum anchor align)
{
	const struct report *report = flow->report;
	/* The period first: a long name may be cut, it may not. */
	const char *const parts[] = { report->period, report->institution, report->cluster };
	g_autoptr(GString) about = g_string_new(NULL);
	struct pdf_type type = pdf_flow_type(flow, STYLE_SMALL);

	for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
		if (parts[i] && *parts[i])
			g_string_append_printf(about, "%s%s", about->len ? "  ·  " : "", parts[i]);
	type.align = align;
	return pdf_text_of(flow->setter, type, about->str);
}

#define ABOUT_LINES 3 /* at most: a long name of an institution */

/* Two lines, and the logo at their right; the lower edges are in line. */
static void add_lines_and_logo(const struct pdf_flow *flow, const struct page *page,
                               struct pdf_box *box, struct pdf_box *logo)
{
	cairo_rectangle_t place = { 0, 0, flow->width - logo->width - LOGO_GAP, 0 };
	struct pdf_box *what, *about;

	pdf_box_add(box, logo);
	what = pdf_box_add_text(box, what_text(flow, page), &place, 1, "P");
	about = pdf_box_add_text(box, about_text(flow, ANCHOR_START), &place, ABOUT_LINES, "P");
	box->height = MAX(what->height + about->height, logo->height);
	about->y = box->height - about->height;
	what->y = about->y - what->height;
	logo->x = flow->width - logo->width;
	logo->y = box->height - logo->height;
}

static void add_line(const struct pdf_flow *flow, const struct page *page, struct pdf_box *box)
{
	const cairo_rectangle_t here = { 0, 0, flow->width * 0.4, 0 };
	const cairo_rectangle_t there = { flow->width * 0.42, 0, flow->width * 0.58, 0 };
	struct pdf_box *what = pdf_box_add_text(box, what_text(flow, page), &here, 1, "P");

	box->height = pdf_box_add_text(box, about_text(flow, ANCHOR_END), &there, ABOUT_LINES, "P")
	                      ->height;
	what->y = box->height - what->height;
}

/* A strip with what document this is and what it is about. */
static void add_strip(struct pdf_flow *flow, const struct page *page)
{
	struct pdf_box *box = pdf_box_new(BOX_GROUP, 0, 0, flow->width, 0);
	struct pdf_box *logo = pdf_logo(flow, LOGO_WIDTH, LOGO_HEIGHT);

	if (logo)
		add_lines_and_logo(flow, page, box, logo);
	else
		add_line(flow, page, box);
	box->height += 5;
	pdf_box_add(box, pdf_box_fill(0, box->height - 1.6, flow->width, 1.6, INK_SERIES_1));
	pdf_box_tag(box, "Div");
	pdf_flow_add(flow, box, 0);
}

static void fill(struct pdf_flow *flow, gpointer data)
{
	const struct page *page = data;
	struct pdf_box *space = pdf_box_new(BOX_GROUP, 0, 0, flow->width, 9 * flow->sheet->type);

	add_strip(flow, page);
	pdf_flow_add(flow, space, 0);
	pdf_flow_blocks(flow, page->blocks);
}

/* Charts as in one step, type as in another. */
static struct pdf_section *attempt(struct pdf_book *book, guint chart, guint type, guint rows)
{
	struct page *page = book->report->summary;

	book->sheet.chart = steps[chart].chart;
	book->sheet.type = steps[type].type;
	book->sheet.rows = rows;
	return pdf_section_new(book, page, fill, page);
}

static struct pdf_section *attempt_fit(struct pdf_book *book, guint chart, guint type, guint rows)
{
	struct pdf_section *section = attempt(book, chart, type, rows);

	if (section->leaves->len == 1)
		return section;
	pdf_section_free(section);
	return NULL;
}

/* How many tags the slugs leave open. */
static guint left_open(const GPtrArray *slugs)
{
	guint open = 0;

	for (guint i = 0; i < slugs->len; i++) {
		const struct pdf_box *box = ((const struct pdf_slug *)slugs->pdata[i])->box;

		open += (box->opens ? box->opens->len : 0) - box->closes;
	}
	return open;
}

static guint slugs_above(const GPtrArray *slugs, double height)
{
	double y = 0;

	for (guint i = 0; i < slugs->len; i++) {
		const struct pdf_slug *slug = slugs->pdata[i];

		y += slug->height + (i > 0 ? slug->before : 0);
		if (y > height)
			return i;
	}
	return slugs->len;
}

/* Nothing helped: what does not fit is left out, and the page says so. */
static struct pdf_section *shorten(struct pdf_book *book)
{
	struct pdf_section *section = attempt(book, LAST_STEP, LAST_STEP, 1);
	GPtrArray *slugs = section->galley->slugs;
	struct pdf_flow flow = { .report = book->report,
		                 .sheet = &book->sheet,
		                 .setter = book->setter };
	guint count = slugs_above(slugs, pdf_sheet_height(&book->sheet) - NOTE_HEIGHT);

	while (count > 1 && ((const struct pdf_slug *)slugs->pdata[count - 1])->keep)
		count--; /* a heading without what it heads */
	g_ptr_array_set_size(slugs, (int)count);
	((struct pdf_slug *)slugs->pdata[count - 1])->box->closes += left_open(slugs);
	for (guint i = 0; i < count; i++)
		((struct pdf_slug *)slugs->pdata[i])->keep = FALSE;
	pdf_flow_init(&flow, section->galley);
	flow.width = pdf_sheet_width(&book->sheet);
	pdf_flow_text(&flow, pdf_text_of(flow.setter, pdf_flow_type(&flow, STYLE_SMALL_BOLD), NOTE),
	              4, "P");
	pdf_flow_clear(&flow);
	g_ptr_array_unref(section->leaves);
	section->leaves = pdf_layout(section->galley, &book->sheet);
	return section;
}

/* What is left at the foot of the page goes between its parts. */
static struct pdf_section *spread(const struct pdf_book *book, struct pdf_section *section)
{
	const GPtrArray *slugs = section->galley->slugs;
	double slack = pdf_sheet_height(&book->sheet) - pdf_galley_height(section->galley),
	       space = 0, factor;

	for (guint i = 1; i < slugs->len; i++)
		space += ((const struct pdf_slug *)slugs->pdata[i])->before;
	factor = space > 0 ? MIN(1 + slack / space, MOST_SPREAD) : 1;
	for (guint i = 1; i < slugs->len; i++)
		((struct pdf_slug *)slugs->pdata[i])->before *= factor;
	g_ptr_array_unref(section->leaves);
	section->leaves = pdf_layout(section->galley, &book->sheet);
	return section;
}

static gboolean step_fits(struct pdf_book *book, guint step, guint rows)
{
	struct pdf_section *section = attempt_fit(book, step, step, rows);

	if (section)
		pdf_section_free(section);
	return section != NULL;
}

static struct pdf_section *fit_rows(struct pdf_book *book, guint rows)
{
	struct pdf_section *section = NULL;
	guint step = 0;

	if (!step_fits(book, LAST_STEP, rows))
		return NULL;
	while (!step_fits(book, step, rows))
		step++;
	/* Smaller type may make lines fewer, and leave more room than was wanted: the charts have
	 * it. */
	for (guint chart = 0; !section; chart++)
		section = attempt_fit(book, chart, step, rows);
	return section;
}

static struct pdf_section *fit(struct pdf_book *book)
{
	struct pdf_section *section = NULL;

	for (guint i = 0; !section && i < G_N_ELEMENTS(row_limits); i++)
		section = fit_rows(book, row_limits[i]);
	return section;
}

struct pdf_section *pdf_summary_section(struct pdf_book *book)
{
	struct pdf_section *section = fit(book);

	if (!section && book->logo) {
		g_clear_pointer(&book->logo, cairo_surface_destroy);
		section = fit(book);
	}
	return section ? spread(book, section) : shorten(book);
}

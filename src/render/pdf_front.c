/* SPDX-License-Identifier: Apache-2.0 */
#include "render/pdf_layout.h"

#define BAND 236.0     /* the lower edge of the coloured band, from the edge of the paper */
#define BAND_FOOT 20.0 /* … below its words, at least */
#define LOGO_TOP 30.0  /* a logo stands on white above the band, which then begins and */
#define LOGO_BELOW 22.0
#define LOGO_RISE 24.0 /* … ends lower, but by so much less */
#define LOGO_WIDTH 230.0
#define LOGO_HEIGHT 56.0
#define FACT_INDENT 104.0
#define ENTRY_INDENT 132.0
#define NUMBER_WIDTH 30.0

static void add_words(struct pdf_flow *flow, struct pdf_type type, const char *words, double before,
                      const char *tag)
{
	if (words && *words)
		pdf_flow_text(flow, pdf_text_of(flow->setter, type, words), before, tag);
}

/* Returns where the band begins, from the edge of the paper. */
static double add_logo(struct pdf_flow *flow)
{
	struct pdf_box *logo = pdf_logo(flow, LOGO_WIDTH, LOGO_HEIGHT);
	struct pdf_slug *slug;

	if (!logo)
		return 0;
	logo->y = LOGO_TOP - flow->sheet->top;
	slug = pdf_flow_add(flow, logo, 0);
	slug->height = 0;
	slug->keep = TRUE;
	return LOGO_TOP + logo->height + LOGO_BELOW;
}

/* What the band is painted in, behind everything that follows. */
static struct pdf_box *add_band(struct pdf_flow *flow, double begin)
{
	struct pdf_box *band =
		pdf_box_new(BOX_GROUP, 0, 0, flow->width, MAX(begin - LOGO_RISE, 0));

	pdf_flow_add(flow, band, 0)->keep = TRUE;
	return band;
}

/* The whole width of the paper, when all that stands on it is there. Returns where it ends. */
static double paint_band(struct pdf_flow *flow, struct pdf_box *band, double begin)
{
	const struct pdf_sheet *sheet = flow->sheet;
	double words_end = sheet->top + pdf_galley_height(flow->galley);
	double end = MAX(BAND + band->height, words_end + BAND_FOOT);

	pdf_box_add(band, pdf_box_fill(-sheet->left, begin - sheet->top, sheet->width, end - begin,
	                               INK_SERIES_3));
	pdf_box_add(band,
	            pdf_box_fill(-sheet->left, end - sheet->top, sheet->width, 4, INK_SERIES_1));
	return end;
}

/* At most two lines, so that it stays on the band. */
static void add_title(struct pdf_flow *flow, const char *title)
{
	struct pdf_type type = pdf_flow_type(flow, STYLE_TITLE);
	struct pdf_box *box = pdf_box_new(BOX_GROUP, 0, 0, flow->width, 0);
	const cairo_rectangle_t place = { 0, 0, flow->width, 0 };

	type.ink = INK_PAPER;
	box->height = pdf_box_add_text(box, pdf_text_of(flow->setter, type, title), &place, 2, "H1")
	                      ->height;
	pdf_flow_add(flow, box, 8);
}

static void add_fact(struct pdf_flow *flow, const char *label, const char *words)
{
	struct pdf_type type = pdf_flow_type(flow, STYLE_CELL), muted = type;
	const cairo_rectangle_t left = { 0, 0, FACT_INDENT, 0 };
	const cairo_rectangle_t right = { FACT_INDENT, 0, flow->width - FACT_INDENT, 0 };
	struct pdf_box *box, *body;

	if (!words || !*words)
		return;
	muted.ink = INK_MUTED;
	box = pdf_box_new(BOX_GROUP, 0, 0, flow->width, 0);
	pdf_box_add_text(box, pdf_text_of(flow->setter, muted, label), &left, 1, "Lbl");
	body = pdf_box_add_text(box, pdf_text_of(flow->setter, type, words), &right, 4, "LBody");
	box->height = body->height + 3;
	pdf_box_tag(box, "LI");
	pdf_flow_add(flow, box, 0);
}

static void add_facts(struct pdf_flow *flow, double band_end)
{
	const struct report *report = flow->report;
	g_autofree char *program =
		report->version ? g_strdup_printf("reclaim %s", report->version) : NULL;
	struct pdf_box *space = pdf_box_new(BOX_GROUP, 0, 0, flow->width, 0);

	space->height = MAX(band_end + 26 - flow->sheet->top - pdf_galley_height(flow->galley), 0);
	pdf_flow_add(flow, space, 0);
	pdf_flow_open(flow, "L");
	add_fact(flow, "Period", report->period);
	add_fact(flow, "Times", report->zone);
	add_fact(flow, "Export", report->export_hash);
	add_fact(flow, "People", report->classification);
	add_fact(flow, "Please note", report->notice);
	add_fact(flow, "Made by", program);
	pdf_flow_close(flow);
}

static void add_group(struct pdf_flow *flow, const char *name)
{
	struct pdf_type type = pdf_flow_type(flow, STYLE_SMALL_BOLD);

	type.ink = INK_SERIES_1;
	add_words(flow, type, name, 11, "P");
	pdf_flow_keep(flow);
}

static void add_entry(struct pdf_flow *flow, const struct pdf_section *section)
{
	const struct page *page = section->page;
	struct pdf_type type = pdf_flow_type(flow, STYLE_CELL), bold = type, number = type;
	struct pdf_box *box = pdf_box_new(BOX_GROUP, 0, 0, flow->width, 0);
	/* The spaces are for those who hear the line. */
	g_autofree char *nav = g_strconcat(page->nav, " ", NULL),
			*title = g_strconcat(page->title, " ", NULL);
	g_autofree char *digits = g_strdup_printf("%u", section->first);
	const char *dest = pdf_targets_find(flow->targets, page);
	const cairo_rectangle_t left = { 0, 3, ENTRY_INDENT - 10, 0 };
	const cairo_rectangle_t middle = { ENTRY_INDENT, 3,
		                           flow->width - ENTRY_INDENT - NUMBER_WIDTH, 0 };
	const cairo_rectangle_t right = { flow->width - NUMBER_WIDTH, 3, NUMBER_WIDTH, 0 };
	double nav_height, title_height;

	bold.face = FACE_BOLD;
	number.align = ANCHOR_END;
	nav_height =
		pdf_box_add_text(box, pdf_text_of(flow->setter, bold, nav), &left, 2, NULL)->height;
	title_height =
		pdf_box_add_text(box, pdf_text_of(flow->setter, type, title), &middle, 3, NULL)
			->height;
	pdf_box_add_text(box, pdf_text_of(flow->setter, number, digits), &right, 1, NULL);
	box->height = MAX(nav_height, title_height) + 6;
	pdf_box_add(box, pdf_box_fill(0, box->height - 0.4, flow->width, 0.4, INK_GRID));
	if (dest)
		box->link = g_strdup_printf("dest='%s'", dest);
	pdf_box_tag(box, "TOCI");
	pdf_flow_add(flow, box, 0);
}

/* Whole on the next leaf where there is no room for all of them on the first. */
static void add_contents(struct pdf_flow *flow, const GPtrArray *sections)
{
	const char *group = NULL;

	add_words(flow, pdf_flow_type(flow, STYLE_H2), "Contents", 26, "H2");
	pdf_flow_keep(flow);
	pdf_flow_open(flow, "TOC");
	for (guint i = 0; i < sections->len; i++) {
		const struct pdf_section *section = sections->pdata[i];

		if (!section || !section->page)
			continue;
		pdf_flow_keep(flow);
		if (g_strcmp0(group, section->page->section) != 0)
			add_group(flow, section->page->section);
		group = section->page->section;
		add_entry(flow, section);
	}
	pdf_flow_close(flow);
}

void pdf_front_fill(struct pdf_flow *flow, gpointer data)
{
	const struct pdf_book *book = data;
	const struct report *report = book->report;
	struct pdf_type small = pdf_flow_type(flow, STYLE_H3),
			line = pdf_flow_type(flow, STYLE_LEDE);
	g_autofree char *words = g_strconcat(report->cluster ? report->cluster : "",
	                                     report->cluster ? "  ·  " : "", report->period, NULL);
	struct pdf_box *band;
	double begin;

	small.ink = line.ink = INK_TINT_1;
	begin = add_logo(flow);
	band = add_band(flow, begin);
	add_words(flow, small, report->institution, 0, "P");
	add_title(flow, report->title);
	add_words(flow, line, words, 4, "P");
	add_facts(flow, paint_band(flow, band, begin));
	add_contents(flow, book->sections);
}

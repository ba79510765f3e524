/* SPDX-License-Identifier: Apache-2.0 */
#include <cairo-pdf.h>

#include "base/error.h"
#include "render/pdf_layout.h"

#define HEAD_Y 38.0
/* From the lower edge of the paper. */
#define FOOT_Y 44.0
#define BRIEF_FOOT_Y 36.0

struct painter {
	cairo_t *cairo;
	const struct pdf_book *book;
	GPtrArray *tags; /* const char *: open structure tags */
	GPtrArray *alts;
	struct pdf_text *head, *notice, *foot; /* of every leaf, set once; or NULL */
};

static void open_tag(struct painter *painter, const char *tag)
{
	cairo_tag_begin(painter->cairo, tag, NULL);
	g_ptr_array_add(painter->tags, (gpointer)tag);
}

static void close_tag(struct painter *painter)
{
	cairo_tag_end(painter->cairo,
	              g_ptr_array_steal_index(painter->tags, painter->tags->len - 1));
}

static void paint_dest(struct painter *painter, const char *name, double x, double y)
{
	g_autofree char *attributes =
		g_strdup_printf("name='%s' x=%d y=%d", name, (int)x, MAX((int)y - 10, 0));

	cairo_tag_begin(painter->cairo, CAIRO_TAG_DEST, attributes);
	cairo_tag_end(painter->cairo, CAIRO_TAG_DEST);
}

static void paint_fill(struct painter *painter, const struct pdf_box *box, double x, double y)
{
	pdf_ink(painter->book->setter, painter->cairo, box->ink);
	cairo_rectangle(painter->cairo, x, y, box->width, box->height);
	cairo_fill(painter->cairo);
}

static void paint_chart(struct painter *painter, const struct pdf_box *box, double x, double y)
{
	const struct chart *chart = box->chart;
	double width = box->width / box->scale, height = box->height / box->scale;
	struct canvas *canvas;

	cairo_save(painter->cairo);
	cairo_translate(painter->cairo, x, y);
	cairo_scale(painter->cairo, box->scale, box->scale);
	canvas = canvas_cairo_new(painter->cairo, width, height);
	chart_draw(chart, canvas);
	canvas_cairo_free(canvas);
	pdf_legible_chart(chart, width, height, pdf_setter_laid(painter->book->setter));
	cairo_restore(painter->cairo);
	cairo_new_path(painter->cairo);
	g_ptr_array_add(painter->alts, g_strdup(chart->description ? chart->description
	                                        : chart->title     ? chart->title
	                                                           : chart->id));
}

static void paint_picture(struct painter *painter, const struct pdf_box *box, double x, double y)
{
	const struct report *report = painter->book->report;

	cairo_save(painter->cairo);
	cairo_translate(painter->cairo, x, y);
	cairo_rectangle(painter->cairo, 0, 0, box->width, box->height);
	cairo_clip(painter->cairo);
	cairo_scale(painter->cairo, box->width / cairo_image_surface_get_width(box->picture),
	            box->height / cairo_image_surface_get_height(box->picture));
	cairo_set_source_surface(painter->cairo, box->picture, 0, 0);
	cairo_paint(painter->cairo);
	cairo_restore(painter->cairo);
	g_ptr_array_add(painter->alts,
	                g_strdup(report->institution ? report->institution : "Logo"));
}

static void paint_box(struct painter *painter, const struct pdf_box *box, double x, double y,
                      gboolean again);

static void paint_content(struct painter *painter, const struct pdf_box *box, double x, double y,
                          gboolean again)
{
	const cairo_rectangle_t column = { x, y, box->width, box->height };

	switch (box->kind) {
	case BOX_GROUP:
		break;
	case BOX_LINE:
		pdf_text_paint(box->text, box->line, painter->cairo, &column);
		break;
	case BOX_FILL:
		paint_fill(painter, box, x, y);
		break;
	case BOX_CHART:
		paint_chart(painter, box, x, y);
		break;
	case BOX_PICTURE:
		paint_picture(painter, box, x, y);
		break;
	}
	for (guint i = 0; box->children && i < box->children->len; i++)
		paint_box(painter, box->children->pdata[i], x, y, again);
}

/* x and y: the corner of the box around it. A box painted again has no tags: a reader hears a
 * table's head once. */
static void paint_box(struct painter *painter, const struct pdf_box *box, double x, double y,
                      gboolean again)
{
	x += box->x;
	y += box->y;
	if (again) {
		paint_content(painter, box, x, y, TRUE);
		return;
	}
	if (box->dest)
		paint_dest(painter, box->dest, x, y);
	for (guint i = 0; box->opens && i < box->opens->len; i++)
		open_tag(painter, box->opens->pdata[i]);
	if (box->link)
		cairo_tag_begin(painter->cairo, CAIRO_TAG_LINK, box->link);
	paint_content(painter, box, x, y, FALSE);
	if (box->link)
		cairo_tag_end(painter->cairo, CAIRO_TAG_LINK);
	for (guint i = 0; i < box->closes; i++)
		close_tag(painter);
}

/* The parts that are there, with a dot between them. */
static char *join(const char *const *parts)
{
	GString *joined = g_string_new(NULL);

	for (; *parts; parts++)
		if (**parts)
			g_string_append_printf(joined, "%s%s", joined->len ? "  ·  " : "", *parts);
	return g_string_free(joined, FALSE);
}

#define MARGIN_LINES 3
#define MARGIN_LEADING 11.0

/* On lines of at most this width: on one, but for long names. */
static struct pdf_text *set_words(const struct painter *painter, struct pdf_type type,
                                  const char *words, double width)
{
	struct pdf_text *text = pdf_text_of(painter->book->setter, type, words);

	pdf_text_break(text, width, MARGIN_LINES);
	return text;
}

/* Downwards from there. */
static void paint_words(const struct painter *painter, struct pdf_text *text, double y)
{
	const struct pdf_sheet *sheet = &painter->book->sheet;

	for (guint i = 0; i < text->lines->len; i++) {
		const cairo_rectangle_t line = { sheet->left, y + i * MARGIN_LEADING,
			                         pdf_sheet_width(sheet), MARGIN_LEADING };

		pdf_text_paint(text, i, painter->cairo, &line);
	}
}

/* The last line there, others above. */
static void paint_words_above(const struct painter *painter, struct pdf_text *text, double y)
{
	paint_words(painter, text, y - (text->lines->len - 1) * MARGIN_LEADING);
}

static void paint_rule(struct painter *painter, double y)
{
	const struct pdf_sheet *sheet = &painter->book->sheet;

	pdf_ink(painter->book->setter, painter->cairo, INK_GRID);
	cairo_rectangle(painter->cairo, sheet->left, y, pdf_sheet_width(sheet), 0.6);
	cairo_fill(painter->cairo);
}

#define CONFIDENTIAL "CONFIDENTIAL: "
#define OR_EMPTY(text) ((text) ? (text) : "")

/* Shares of the width, at most. */
#define NOTICE 0.5
#define FOOT 0.84
#define NUMBER 0.15
#define NOTICE_GAP 14.0

static const struct pdf_type head_type = { 7.6, MARGIN_LEADING, FACE_PLAIN, INK_MUTED,
	                                   ANCHOR_START };
static const struct pdf_type notice_type = { 7.6, MARGIN_LEADING, FACE_BOLD, INK_SERIES_2,
	                                     ANCHOR_END };
static const struct pdf_type foot_type = { 7.2, MARGIN_LEADING, FACE_PLAIN, INK_MUTED,
	                                   ANCHOR_START };
static const struct pdf_type number_type = { 7.2, MARGIN_LEADING, FACE_PLAIN, INK_MUTED,
	                                     ANCHOR_END };

static double widest_line(const struct pdf_text *text)
{
	double width = 0;

	for (guint i = 0; i < text->lines->len; i++)
		width = MAX(width, pdf_text_line_width(text, i));
	return width;
}

static void set_head(struct painter *painter)
{
	const struct report *report = painter->book->report;
	const char *const parts[] = { OR_EMPTY(painter->book->title), OR_EMPTY(report->institution),
		                      OR_EMPTY(report->cluster), NULL };
	g_autofree char *words = join(parts);
	double width = pdf_sheet_width(&painter->book->sheet);

	if (report->notice) {
		painter->notice =
			set_words(painter, notice_type, report->notice, width * NOTICE);
		width -= widest_line(painter->notice) + NOTICE_GAP;
	}
	painter->head = set_words(painter, head_type, words, width);
}

static void set_foot(struct painter *painter)
{
	const struct report *report = painter->book->report;
	g_autofree char *export = report->export_hash
	                                  ? g_strdup_printf("Export %s", report->export_hash)
	                                  : g_strdup("");
	const char *people = OR_EMPTY(report->classification);
	if (report->confidential && g_str_has_prefix(people, CONFIDENTIAL))
		people += strlen(CONFIDENTIAL);
	/* On the one page the charts name the export, and who people appear as must not be cut. It
	 * says once that it is confidential. */
	const char *const brief[] = { OR_EMPTY(report->notice), people, NULL };
	const char *const all[] = { OR_EMPTY(report->period), export,
		                    OR_EMPTY(report->classification), NULL };
	g_autofree char *words = join(painter->book->sheet.brief ? brief : all);

	painter->foot = set_words(painter, foot_type, words,
	                          pdf_sheet_width(&painter->book->sheet) * FOOT);
}

static void paint_head(struct painter *painter)
{
	paint_words_above(painter, painter->head, HEAD_Y);
	if (painter->notice)
		paint_words_above(painter, painter->notice, HEAD_Y);
	paint_rule(painter, HEAD_Y + 14);
}

static void paint_foot(struct painter *painter, guint number, guint of)
{
	const struct pdf_sheet *sheet = &painter->book->sheet;
	double y = sheet->height - (sheet->brief ? BRIEF_FOOT_Y : FOOT_Y);
	g_autofree char *words = g_strdup_printf("Page %u of %u", number, of);
	struct pdf_text *text =
		set_words(painter, number_type, words, pdf_sheet_width(sheet) * NUMBER);

	paint_rule(painter, y - 5);
	paint_words(painter, painter->foot, y);
	paint_words(painter, text, y);
	pdf_text_unref(text);
}

#define HAIR 0.01 /* points */

/* A white leaf: cairo keeps the region that is painted on, which is dear to extend rectangle by
 * rectangle and free inside of one. Were the whole of it covered, cairo would forget what it was
 * told before on this leaf: the tags that begin or end there. */
static void paint_paper(struct painter *painter)
{
	const struct pdf_sheet *sheet = &painter->book->sheet;

	pdf_ink(painter->book->setter, painter->cairo, INK_PAPER);
	cairo_rectangle(painter->cairo, 0, 0, sheet->width - HAIR, sheet->height - HAIR);
	cairo_fill(painter->cairo);
}

static void paint_leaf(struct painter *painter, const struct pdf_leaf *leaf, guint number)
{
	paint_paper(painter);
	/* Head and foot stand in no tag of their own: cairo marks only tags without children, so
	 * they are no content. */
	if (painter->book->heads && (number > 1 || !painter->book->cover))
		paint_head(painter);
	paint_foot(painter, number, pdf_book_leaves(painter->book));
	for (guint i = 0; i < leaf->placed->len; i++) {
		const struct pdf_placed *placed =
			&g_array_index(leaf->placed, struct pdf_placed, i);

		paint_box(painter, placed->box, placed->x, placed->y, placed->again);
	}
	cairo_show_page(painter->cairo);
}

static void paint_sections(struct painter *painter)
{
	if (painter->book->heads)
		set_head(painter);
	set_foot(painter);
	open_tag(painter, "Document");
	for (guint i = 0; i < painter->book->sections->len; i++) {
		const struct pdf_section *section = painter->book->sections->pdata[i];

		open_tag(painter, "Sect");
		for (guint j = 0; j < section->leaves->len; j++)
			paint_leaf(painter, section->leaves->pdata[j], section->first + j);
		close_tag(painter);
	}
	close_tag(painter);
	pdf_text_unref(painter->head);
	pdf_text_unref(painter->notice);
	pdf_text_unref(painter->foot);
}

static int add_item(cairo_surface_t *surface, int parent, const char *words, const char *dest,
                    guint flags)
{
	g_autofree char *valid = g_utf8_make_valid(words ? words : "", -1);
	g_autofree char *link = g_strdup_printf("dest='%s'", dest);

	return cairo_pdf_surface_add_outline(surface, parent, valid, link,
	                                     (cairo_pdf_outline_flags_t)flags);
}

static void add_outline_headings(cairo_surface_t *surface, const struct pdf_book *book,
                                 const struct page *page, int parent)
{
	for (guint i = 0; i < page->blocks->len; i++) {
		const struct block *block = page->blocks->pdata[i];
		const char *dest = pdf_targets_find(book->targets, block);

		if (block->kind == BLOCK_HEADING && block->level == 2 && dest) {
			g_autofree char *words = inlines_text(block->inlines);

			add_item(surface, parent, words, dest, 0);
		}
	}
}

static void add_outline(cairo_surface_t *surface, const struct pdf_book *book)
{
	const char *group = NULL;
	int parent = CAIRO_PDF_OUTLINE_ROOT;

	for (guint i = 0; i < book->sections->len; i++) {
		const struct page *page =
			((const struct pdf_section *)book->sections->pdata[i])->page;
		const char *dest = pdf_targets_find(book->targets, page);

		if (!page)
			continue;
		if (page->section && g_strcmp0(group, page->section) != 0)
			parent =
				add_item(surface, CAIRO_PDF_OUTLINE_ROOT, page->section, dest,
			                 CAIRO_PDF_OUTLINE_FLAG_BOLD | CAIRO_PDF_OUTLINE_FLAG_OPEN);
		group = page->section;
		add_outline_headings(surface, book, page,
		                     add_item(surface, parent, page->nav, dest, 0));
	}
}

static void set_property(cairo_surface_t *surface, const struct pdf_book *book,
                         cairo_pdf_metadata_t property, const char *words)
{
	g_autofree char *valid = words ? g_utf8_make_valid(words, -1) : NULL;

	if (!valid)
		return;
	cairo_pdf_surface_set_metadata(surface, property, valid);
	g_string_append_printf(pdf_setter_laid(book->setter), "%s\n", valid);
}

/* Both dates are set: cairo would take the clock for either. */
static void set_metadata(cairo_surface_t *surface, const struct pdf_book *book)
{
	const struct report *report = book->report;
	g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc(report->date);
	g_autofree char *iso = date ? g_date_time_format(date, "%Y-%m-%dT%H:%M:%SZ")
	                            : g_strdup("1970-01-01T00:00:00Z");
	g_autofree char *program = g_strdup_printf("reclaim %s", OR_EMPTY(report->version));

	set_property(surface, book, CAIRO_PDF_METADATA_TITLE, book->title);
	set_property(surface, book, CAIRO_PDF_METADATA_AUTHOR, report->institution);
	set_property(surface, book, CAIRO_PDF_METADATA_SUBJECT, report->period);
	set_property(surface, book, CAIRO_PDF_METADATA_CREATOR, program);
	set_property(surface, book, CAIRO_PDF_METADATA_CREATE_DATE, iso);
	set_property(surface, book, CAIRO_PDF_METADATA_MOD_DATE, iso);
}

static cairo_status_t append(void *closure, const unsigned char *data, unsigned int length)
{
	g_byte_array_append(closure, data, length);
	return CAIRO_STATUS_SUCCESS;
}

GByteArray *pdf_paint(const struct pdf_book *book, GPtrArray *alts, GError **error)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	g_autoptr(GPtrArray) tags = g_ptr_array_new();
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
		append, bytes, book->sheet.width, book->sheet.height);
	struct painter painter = {
		.cairo = cairo_create(surface), .book = book, .tags = tags, .alts = alts
	};
	cairo_status_t status;

	set_metadata(surface, book);
	if (book->heads)
		add_outline(surface, book);
	paint_sections(&painter);
	status = cairo_status(painter.cairo);
	cairo_destroy(painter.cairo);
	cairo_surface_finish(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	if (status != CAIRO_STATUS_SUCCESS) {
		error_failed(error, "the pages could not be painted: %s",
		             cairo_status_to_string(status));
		return NULL;
	}
	return g_steal_pointer(&bytes);
}

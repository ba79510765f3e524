/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_layout: slugs onto leaves, and the leaves of a document. */
#ifndef RENDER_PDF_LAYOUT_H
#define RENDER_PDF_LAYOUT_H

#include "render/pdf.h"

struct pdf_placed {
	const struct pdf_box *box; /* borrowed from a galley */
	double x, y;               /* of its corner, on the leaf */
	gboolean again;            /* a repeated head: painted, not tagged */
};

struct pdf_leaf {
	GArray *placed;   /* struct pdf_placed, in reading order */
	GPtrArray *owned; /* struct pdf_box: frames made here */
};

struct pdf_section {             /* a page of the report: begins on a leaf of its own */
	const struct page *page; /* NULL: cover and contents */
	struct pdf_galley *galley;
	GPtrArray *leaves; /* struct pdf_leaf */
	guint first;       /* number of its first leaf, from 1 */
};

struct pdf_book {
	const struct report *report;
	struct pdf_sheet sheet;
	struct pdf_setter *setter;
	struct pdf_targets *targets;
	cairo_surface_t *logo; /* NULL: none */
	GPtrArray *sections; /* struct pdf_section */
	char *title;         /* of the document */
	gboolean cover;      /* begins with cover and contents, which bear no head */
	gboolean heads;      /* has running heads and an outline */
};

struct pdf_galley *pdf_galley_new(void);
void pdf_galley_free(struct pdf_galley *galley);

/* How high the slugs are under one another. */
double pdf_galley_height(const struct pdf_galley *galley);

/* Fills leaves of this sheet with a galley's slugs: heads repeated, kept slugs together where a
 * leaf can hold them. */
GPtrArray *pdf_layout(const struct pdf_galley *galley, const struct pdf_sheet *sheet);

/* The same, with charts lower and slugs closer than they would be, if that spares a leaf that is
 * nearly empty, and a chart lower by itself that has no room else. */
GPtrArray *pdf_layout_fitted(const struct pdf_galley *galley, const struct pdf_sheet *sheet);

/* How much of it is filled, from 0 to 1: down to the lowest of what stands on it. */
double pdf_leaf_filled(const struct pdf_leaf *leaf, const struct pdf_sheet *sheet);

/* How many leaves hold less than a third; none where there is but one. */
guint pdf_layout_waste(const GPtrArray *leaves, const struct pdf_sheet *sheet);

/* Moves the boxes of its slugs into `parent`, under one another. */
void pdf_galley_stack(struct pdf_galley *galley, struct pdf_box *parent);

/* Lays out a page of the report, or anything that `fill` puts into the flow. */
struct pdf_section *pdf_section_new(const struct pdf_book *book, const struct page *page,
                                    void (*fill)(struct pdf_flow *flow, gpointer data),
                                    gpointer data);
void pdf_section_free(struct pdf_section *section);

/* pdf_front: the first leaves of the report, from the sections that follow. `data` is the struct
 * pdf_book. */
void pdf_front_fill(struct pdf_flow *flow, gpointer data);

/* pdf_summary: the one section of the one-page document; shrinks book->sheet until it is one leaf,
 * and gives up book->logo before words. */
struct pdf_section *pdf_summary_section(struct pdf_book *book);

/* The documents, laid out. */
struct pdf_book *pdf_book_report(const struct report *report);
struct pdf_book *pdf_book_approval(const struct report *report); /* of report->approval */
struct pdf_book *pdf_book_summary(const struct report *report);
void pdf_book_free(struct pdf_book *book);
guint pdf_book_leaves(const struct pdf_book *book);

/* What a link can point at: pages and headings, by name. */
struct pdf_targets *pdf_targets_new(const GPtrArray *pages);
void pdf_targets_free(struct pdf_targets *targets);
/* The name of a page's or a heading's destination; NULL when there is none. */
const char *pdf_targets_find(const struct pdf_targets *targets, gconstpointer page_or_heading);
/* Attributes of a link tag to `target` from a page; NULL when it leads nowhere. The caller frees
 * it. */
char *pdf_targets_link(const struct pdf_targets *targets, const struct page *page,
                       const char *target);

/* pdf_paint: the finished leaves as a PDF; `alts` (char *) receives the description of each figure
 * in order. */
GByteArray *pdf_paint(const struct pdf_book *book, GPtrArray *alts, GError **error);

/* pdf_legible: appends the words of a chart, as it is drawn at this size. */
void pdf_legible_chart(const struct chart *chart, double width, double height, GString *text);

/* pdf_verify: completes a PDF with language, descriptions and scopes, when each object and stream
 * of the draft can be read. Returns the bytes to publish. */
GByteArray *pdf_complete(const GByteArray *draft, const GPtrArray *alts, const char *language,
                         GError **error);

/* Reads what was completed back: it must have so many pages, which can be unpacked, and give no
 * warning. */
gboolean pdf_verify(const GByteArray *bytes, guint pages, GError **error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* pdf: what the PDF's files share. Blocks become slugs of boxes (pdf_flow, pdf_table, pdf_figure,
 * pdf_logo, pdf_front), slugs fill leaves (pdf_layout), leaves are painted (pdf_paint), the bytes
 * are completed and read back (pdf_verify). Lengths are in points, y grows downwards. */
#ifndef RENDER_PDF_H
#define RENDER_PDF_H

#include "render/pdf_text.h"
#include "report/document.h"

/* pdf_box: where everything stands. */

enum pdf_box_kind { BOX_GROUP, BOX_LINE, BOX_FILL, BOX_CHART, BOX_PICTURE };

struct pdf_box {
	enum pdf_box_kind kind;
	double x, y, width, height; /* from the corner of the box around it */
	struct pdf_text *text;      /* LINE: a share of it, and which line */
	guint line;
	enum ink ink;              /* FILL */
	const struct chart *chart; /* CHART; borrowed */
	double scale;              /* CHART: points per px */
	cairo_surface_t *picture;  /* PICTURE: an image, painted over the whole box; borrowed */
	char *dest;                /* name of a link's target, or NULL */
	char *link;                /* attributes of a link around it, or NULL */
	GPtrArray *opens;    /* const char *: tags opened before it, outermost first; or NULL */
	guint closes;        /* so many tags are closed after it */
	GPtrArray *children; /* struct pdf_box; NULL: none */
};

struct pdf_box *pdf_box_new(enum pdf_box_kind kind, double x, double y, double width,
                            double height);
void pdf_box_free(struct pdf_box *box);
struct pdf_box *pdf_box_add(struct pdf_box *parent, struct pdf_box *child); /* returns the child */
struct pdf_box *pdf_box_fill(double x, double y, double width, double height, enum ink ink);
void pdf_box_open(struct pdf_box *box, const char *tag); /* outside the tags it already opens */
void pdf_box_tag(struct pdf_box *box, const char *tag);  /* opened before it, closed after it */

/* Breaks the text to this width (pdf_text_break) and adds its lines as a group with this tag (NULL:
 * none). Takes over the caller's share of the text. Returns the group. */
struct pdf_box *pdf_box_add_text(struct pdf_box *parent, struct pdf_text *text,
                                 const cairo_rectangle_t *place, guint most, const char *tag);

/* pdf_flow: what stands under one another. */

struct pdf_frame {
	enum ink fill, bar; /* bar: a stripe at its left; INK_NONE: none */
	double x, width;
};

struct pdf_slug { /* never split */
	struct pdf_box *box;
	double height;                 /* how far it moves what follows */
	double most, least;            /* of a chart: the heights it is good at; 0: it has one
	                                  height */
	double before;                 /* space above; none at the top of a leaf */
	gboolean keep;                 /* on one leaf with the next */
	const struct pdf_box *head;    /* repeated at the top of a leaf; another slug's */
	const struct pdf_frame *frame; /* painted behind; the galley's */
};

struct pdf_sheet {
	double width, height;            /* of the paper */
	double left, right, top, bottom; /* margins */
	double measure;                  /* the longest line of running text */
	double px;                       /* points per px of a chart */
	double type, chart; /* factors on all type sizes and on the heights of charts */
	guint rows;         /* tables have at most so many; 0: PDF_TABLE_ROWS */
	gboolean brief;     /* the one-page summary: tighter */
};

#define PDF_TABLE_ROWS 100 /* who reads more, searches: the rest is in the workbook */

/* Of what is between the margins. */
double pdf_sheet_width(const struct pdf_sheet *sheet);
double pdf_sheet_height(const struct pdf_sheet *sheet);

struct pdf_targets; /* pdf_target: what a link can point at */

struct pdf_galley {
	GPtrArray *slugs;  /* struct pdf_slug */
	GPtrArray *frames; /* struct pdf_frame */
};

struct pdf_flow { /* a galley while it is filled */
	const struct report *report;
	const struct pdf_sheet *sheet;
	struct pdf_setter *setter;
	const struct pdf_targets *targets; /* NULL: nothing inside can be pointed at */
	const struct page *page;
	cairo_surface_t *logo; /* the site's; borrowed; NULL: none */
	struct pdf_galley *galley;
	double x, width; /* the column */
	const struct pdf_frame *frame;
	GPtrArray *pending;  /* const char *: tags that the next slug opens */
	double chart_height; /* of charts side by side; 0: as suits each */
	double next;         /* space above the next slug, whatever it wants; -1: as it wants */
};

enum pdf_style {
	STYLE_BODY,
	STYLE_LEDE,
	STYLE_H1,
	STYLE_H2,
	STYLE_H3,
	STYLE_H4,
	STYLE_CAPTION,
	STYLE_SMALL,
	STYLE_SMALL_BOLD,
	STYLE_CELL,
	STYLE_TITLE,
	STYLE_VALUE,
	PDF_STYLES
};

struct pdf_type pdf_flow_type(const struct pdf_flow *flow, enum pdf_style style);
void pdf_flow_init(struct pdf_flow *flow, struct pdf_galley *galley);
void pdf_flow_clear(struct pdf_flow *flow);
void pdf_flow_open(struct pdf_flow *flow, const char *tag);
void pdf_flow_close(struct pdf_flow *flow);
struct pdf_slug *pdf_flow_add(struct pdf_flow *flow, struct pdf_box *box, double before);
/* Breaks the text and adds its lines as slugs under this tag; takes over the share. */
void pdf_flow_text(struct pdf_flow *flow, struct pdf_text *text, double before, const char *tag);
/* The same, in lines of about one length: no word stands alone under a long line. */
void pdf_flow_title(struct pdf_flow *flow, struct pdf_text *text, double before, const char *tag);
void pdf_flow_blocks(struct pdf_flow *flow, const GPtrArray *blocks);
void pdf_flow_keep(struct pdf_flow *flow); /* the last slug stays with the next */

void pdf_flow_table(struct pdf_flow *flow, const struct table_view *view);
void pdf_flow_chart(struct pdf_flow *flow, const struct chart *chart);
void pdf_flow_tiles(struct pdf_flow *flow, const GPtrArray *figure_ids);
void pdf_flow_columns(struct pdf_flow *flow, const GPtrArray *columns);

/* The site's logo, at most so wide and high and never larger than a point a dot, as a tagged figure
 * for the caller to place. NULL when there is none. */
struct pdf_box *pdf_logo(const struct pdf_flow *flow, double width, double height);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* html: inside of the HTML renderer. A page becomes an XML tree of plain statements (html_page.c,
 * html_block.c, html_chart.c); templates/page.xsl makes it HTML (html.c). Strings enter the tree as
 * text nodes and attribute values only, so nothing from the data can become markup; those of a
 * drawing are escaped where it is drawn. */
#ifndef RENDER_HTML_H
#define RENDER_HTML_H

#include <libxml/tree.h>

#include "base/outdir.h"
#include "report/document.h"

struct html_page {
	const struct report *report;
	const struct page *page;
	const char *root;   /* from the page's folder to the site's: "" or "../" */
	GHashTable *files;  /* names of the files that stand beside the site; links lead to no
	                       others */
	GHashTable *drawings; /* struct html_drawing by chart; NULL: charts are drawn when they are
	                         met */
	gboolean mailed;    /* in a mail: figures are no links, charts are pictures of the
	                       message */
	gboolean single;    /* in one file with all others: places are called after their page,
	                       too */
};

/* The statements of a page, for page.xsl. The caller frees it; NULL and error when a link leads
 * nowhere. */
xmlDoc *html_page_tree(const struct html_page *page, GError **error);

/* The same of all pages, for one file: without its style and script. */
xmlDoc *html_single_tree(const struct report *report, GError **error);

/* A chart as SVG, wide and narrow. */
struct html_drawing {
	char *wide, *narrow;
};

/* Of all charts on these pages, by struct chart, as they stand on a page of their own. */
GHashTable *html_drawings_new(const GPtrArray *pages);

gboolean html_add_blocks(const struct html_page *page, xmlNode *parent, const GPtrArray *blocks,
                         GError **error);
gboolean html_add_chart(const struct html_page *page, xmlNode *parent, const struct chart *chart,
                        GError **error);
void html_add_spark(xmlNode *parent, const struct chart *chart); /* a drawing of a table's cell */
void html_add_picture(xmlNode *parent, const struct chart *chart); /* html_mail.c: of a mail */

/* What a style sheet of templates/ makes of a tree: a whole HTML document. NULL and error when the
 * sheet is wrong. */
GString *html_styled(const struct report *report, xmlDoc *tree, const char *sheet, GError **error);

/* The style sheet with the report's own colours; the script. The caller frees it; NULL and error
 * when there is none. */
char *html_style(const struct report *report, GError **error);
char *html_script(const struct report *report, GError **error);

/* Writes a file of the site. */
gboolean html_write(struct outdir *outdir, const char *name, const void *bytes, gsize length,
                    GError **error);

/* The facts of the report that stand on every page: an element, the parent's. */
xmlNode *html_add_report(const struct report *report, xmlNode *parent);

/* What a place of a page is called in the file where it stands, NULL being the page: the anchor
 * itself, or in the one file "findings_memory__why". The caller frees it. */
char *html_place(const struct html_page *page, const char *anchor);

/* The relative address of a link's target: a page, its anchor, or https://…; NULL when that is not
 * there. The caller frees it. */
char *html_address(const struct html_page *page, const char *target);

/* What the row is called that says what a figure is: "figure-saving-total-low". The caller frees
 * it. */
char *html_row_anchor(const char *id);

/* The row of the page of all figures that says what this one is; NULL in a mail, and when there is
 * none. The caller frees it. */
char *html_figure_address(const struct html_page *page, const char *id);

/* Text is cleaned of what XML cannot hold. html_set() does nothing for NULL. */
xmlNode *html_add(xmlNode *parent, const char *name);
void html_text(xmlNode *node, const char *text);
void html_set(xmlNode *node, const char *attribute, const char *text);

#endif

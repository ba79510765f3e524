/* SPDX-License-Identifier: Apache-2.0 */
#include "render/html.h"

#include <libxml/HTMLtree.h>
#include <libxml/parser.h>
#include <libxslt/security.h>
#include <libxslt/transform.h>
#include <libxslt/xsltutils.h>

#include "base/error.h"
#include "charts/palette.h"
#include "render/render.h"
#include "templates/templates.h"

/* A style sheet and its guard: it may read and write nothing, neither file nor network. Several
 * threads may apply it. */
struct stylist {
	const struct templates *templates;
	const char *name; /* of its template */
	xsltStylesheet *sheet;
	xsltSecurityPrefs *guard;
	GString *said; /* when it was read: what is wrong with it may show only when it is
	                  applied */
};

/* Messages of libxml2 would go to standard error. Each thread has a place of its own for them. */
G_GNUC_PRINTF(2, 3)
static void collect_message(void *data, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_string_append_vprintf(data, format, arguments);
	va_end(arguments);
}

/* Those of libxslt, which has one place for all threads, go to that of the thread. */
G_GNUC_PRINTF(2, 3)
static void pass_message_on(void *data, const char *format, ...)
{
	g_autofree char *message = NULL;
	va_list arguments;

	(void)data;
	va_start(arguments, format);
	message = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	xmlGenericError(xmlGenericErrorContext, "%s", message);
}

static xsltSecurityPrefs *new_guard(void)
{
	static const xsltSecurityOption options[] = {
		XSLT_SECPREF_READ_FILE, XSLT_SECPREF_WRITE_FILE, XSLT_SECPREF_CREATE_DIRECTORY,
		XSLT_SECPREF_READ_NETWORK, XSLT_SECPREF_WRITE_NETWORK
	};
	xsltSecurityPrefs *guard = xsltNewSecurityPrefs();

	for (guint i = 0; i < G_N_ELEMENTS(options); i++)
		xsltSetSecurityPrefs(guard, options[i], xsltSecurityForbid);
	return guard;
}

static gboolean stylist_failed(const struct stylist *stylist, GString *messages, GError **error)
{
	g_autofree char *shown = templates_shown(stylist->templates, stylist->name);
	const xmlError *wrong = xmlGetLastError();

	if (wrong && wrong->message && wrong->line > 0)
		return error_failed(error, "%s, line %d: %s", shown, wrong->line,
		                    g_strchomp(wrong->message));
	g_strdelimit(g_strchomp(messages->str), "\n", ' ');
	return error_failed(error, "%s: %s", shown,
	                    *messages->str ? messages->str : "not a style sheet");
}

static gboolean stylist_load(struct stylist *stylist, GError **error)
{
	gsize length = 0;
	const char *text = templates_find(stylist->templates, stylist->name, &length);
	xmlDoc *doc = text ? xmlReadMemory(text, (int)length, stylist->name, NULL, XML_PARSE_NONET)
	                   : NULL;

	if (!doc)
		return stylist_failed(stylist, stylist->said, error);
	stylist->sheet = xsltParseStylesheetDoc(doc);
	if (!stylist->sheet)
		xmlFreeDoc(doc);
	return (stylist->sheet && stylist->sheet->errors == 0) ||
	       stylist_failed(stylist, stylist->said, error);
}

/* One thread opens all style sheets. The guard of what a sheet includes is the process's: it is
 * ours while the sheet is read. The way of messages stays as it is once set, since others may be
 * applying a sheet. */
static gboolean stylist_open(struct stylist *stylist, const struct report *report, const char *name,
                             GError **error)
{
	gboolean loaded;

	xmlResetLastError(); /* of another document */
	*stylist = (struct stylist){ report->templates, name, NULL, new_guard(),
		                     g_string_new(NULL) };
	if (xsltGenericError != pass_message_on)
		xsltSetGenericErrorFunc(NULL, pass_message_on);
	xsltSetDefaultSecurityPrefs(stylist->guard);
	xmlSetGenericErrorFunc(stylist->said, collect_message);
	loaded = stylist_load(stylist, error);
	xmlSetGenericErrorFunc(NULL, NULL);
	xsltSetDefaultSecurityPrefs(NULL);
	return loaded;
}

static void stylist_close(struct stylist *stylist)
{
	xsltFreeStylesheet(stylist->sheet);
	xsltFreeSecurityPrefs(stylist->guard);
	if (stylist->said)
		g_string_free(stylist->said, TRUE);
}

static xmlDoc *transform(const struct stylist *stylist, xmlDoc *tree)
{
	xsltTransformContext *context = xsltNewTransformContext(stylist->sheet, tree);
	xmlDoc *html;

	xsltSetCtxtSecurityPrefs(stylist->guard, context);
	html = xsltApplyStylesheetUser(stylist->sheet, tree, NULL, NULL, NULL, context);
	if (html && (context->state != XSLT_STATE_OK || !xmlDocGetRootElement(html))) {
		xmlFreeDoc(html);
		html = NULL;
	}
	xsltFreeTransformContext(context);
	return html;
}

static xmlDoc *stylist_apply(const struct stylist *stylist, xmlDoc *tree, GError **error)
{
	g_autoptr(GString) messages = g_string_new(stylist->said->str);
	xmlDoc *html;

	xmlResetLastError();
	xmlSetGenericErrorFunc(messages, collect_message);
	html = transform(stylist, tree);
	xmlSetGenericErrorFunc(NULL, NULL);
	if (!html)
		stylist_failed(stylist, messages, error);
	return html;
}

/* The libraries' own doctype and meta elements belong to HTML 4: only the tree is theirs. */
static GString *print_html(xmlDoc *html)
{
	xmlOutputBuffer *buffer = xmlAllocOutputBuffer(NULL);
	GString *text = g_string_new("<!doctype html>\n");

	if (!html->encoding)
		html->encoding = xmlStrdup((const xmlChar *)"UTF-8");
	htmlNodeDumpFormatOutput(buffer, html, xmlDocGetRootElement(html), "UTF-8", 0);
	g_string_append_len(text, (const char *)xmlOutputBufferGetContent(buffer),
	                    (gssize)xmlOutputBufferGetSize(buffer));
	g_string_append_c(text, '\n');
	xmlOutputBufferClose(buffer);
	return text;
}

static GString *style_tree(const struct stylist *stylist, xmlDoc *tree, GError **error)
{
	xmlDoc *html = stylist_apply(stylist, tree, error);
	GString *text = html ? print_html(html) : NULL;

	xmlFreeDoc(html);
	return text;
}

GString *html_styled(const struct report *report, xmlDoc *tree, const char *sheet, GError **error)
{
	struct stylist stylist;
	GString *text = stylist_open(&stylist, report, sheet, error)
	                        ? style_tree(&stylist, tree, error)
	                        : NULL;

	stylist_close(&stylist);
	return text;
}

gboolean html_write(struct outdir *outdir, const char *name, const void *bytes, gsize length,
                    GError **error)
{
	struct sink *sink = outdir_sink(outdir, name, error);

	if (!sink)
		return FALSE;
	sink_write(sink, bytes, length);
	return sink_close(sink, NULL, error);
}

struct html_site {
	const struct report *report;
	struct outdir *outdir;
	GHashTable *offered, *drawings;
	struct stylist stylist;
};

/* "../" for each folder that a page stands in. */
static char *page_root(const struct page *page)
{
	GString *root = g_string_new(NULL);

	for (const char *slash = strchr(page->id, '/'); slash; slash = strchr(slash + 1, '/'))
		g_string_append(root, "../");
	return g_string_free(root, FALSE);
}

static GString *print_page(const struct html_site *site, const struct page *which, GError **error)
{
	g_autofree char *root = page_root(which);
	const struct html_page page = { site->report, which, root, site->offered,
		                        .drawings = site->drawings };
	xmlDoc *tree = html_page_tree(&page, error);
	GString *text = tree ? style_tree(&site->stylist, tree, error) : NULL;

	xmlFreeDoc(tree);
	return text;
}

gboolean render_html(const struct html_site *site, guint which, GError **error)
{
	const struct page *page = site->report->pages->pdata[which];
	g_autofree char *name = g_strconcat(page->id, ".html", NULL);
	g_autoptr(GString) text = print_page(site, page, error);

	return text && html_write(site->outdir, name, text->str, text->len, error);
}

/* The colours of the charts, and a site's own on bright screens and on paper: on dark ones it may
 * not be legible. */
static char *colours(const struct report *report)
{
	g_autofree char *palette = palette_css();

	if (!report->accent)
		return g_steal_pointer(&palette);
	return g_strdup_printf("%s@media not "
	                       "screen,(prefers-color-scheme:light){:root{--accent:%s;--accent-"
	                       "strong:%s;--lead:%s}}\n",
	                       palette, report->accent, report->accent, report->accent);
}

static char *asset(const struct report *report, const char *template, const char *more,
                   GError **error)
{
	const char *text = templates_find(report->templates, template, NULL);

	if (text)
		return g_strconcat(text, more, NULL);
	error_failed(error, "templates/%s is missing", template);
	return NULL;
}

char *html_style(const struct report *report, GError **error)
{
	g_autofree char *palette = colours(report);

	return asset(report, "style.css", palette, error);
}

char *html_script(const struct report *report, GError **error)
{
	return asset(report, "report.js", NULL, error);
}

static gboolean write_assets(const struct report *report, struct outdir *outdir, GError **error)
{
	g_autofree char *style = html_style(report, error),
			*script = style ? html_script(report, error) : NULL;
	gsize length = 0;
	const void *logo = report->logo ? g_bytes_get_data(report->logo, &length) : NULL;

	return script && html_write(outdir, "assets/style.css", style, strlen(style), error) &&
	       html_write(outdir, "assets/report.js", script, strlen(script), error) &&
	       (!logo || html_write(outdir, "assets/logo.png", logo, length, error));
}

struct html_site *html_site_open(const struct report *report, struct outdir *outdir,
                                 GHashTable *offered, GError **error)
{
	struct html_site *site = g_new0(struct html_site, 1);

	*site = (struct html_site){
		report, outdir, offered, html_drawings_new(report->pages), { 0 }
	};
	if (write_assets(report, outdir, error) &&
	    stylist_open(&site->stylist, report, "page.xsl", error))
		return site;
	html_site_close(site);
	return NULL;
}

void html_site_close(struct html_site *site)
{
	if (!site)
		return;
	stylist_close(&site->stylist);
	g_hash_table_unref(site->drawings);
	g_free(site);
}

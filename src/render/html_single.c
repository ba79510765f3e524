/* SPDX-License-Identifier: Apache-2.0 */
#include "render/html.h"

#include <string.h>

#include "base/error.h"
#include "render/render.h"
#include "templates/templates.h"

/* A browser makes one sign of the two that may end a line, and a digest is of what it reads. */
static char *as_read(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);

	return g_strdelimit(g_strjoinv("\n", lines), "\r", '\n');
}

/* What a policy calls a style or a script that may stand in the page. */
static char *digest_source(const char *text)
{
	g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
	guint8 digest[32];
	gsize length = sizeof digest;
	g_autofree char *packed = NULL;

	g_checksum_update(checksum, (const guchar *)text, (gssize)strlen(text));
	g_checksum_get_digest(checksum, digest, &length);
	packed = g_base64_encode(digest, length);
	return g_strdup_printf("'sha256-%s'", packed);
}

/* Nothing is escaped in them: what would end them, or be taken for markup, has no way to be
 * said. */
static gboolean may_stand_inside(const struct report *report, const char *template,
                                 const char *text, GError **error)
{
	static const char *const ends[] = { "</style", "</script", "<!--" };
	g_autofree char *low = g_ascii_strdown(text, -1),
			*shown = templates_shown(report->templates, template);

	for (guint i = 0; i < G_N_ELEMENTS(ends); i++)
		if (strstr(low, ends[i]))
			return error_failed(
				error,
				"%s: “%s” cannot stand in a page, and --single-file puts it there",
				shown, ends[i]);
	return TRUE;
}

/* An element with the text, letter by letter. */
static gboolean add_inside(const struct report *report, xmlDoc *tree, const char *template,
                           const char *text, GError **error)
{
	g_autofree char *read = as_read(text), *source = NULL;
	xmlNode *element;

	if (!may_stand_inside(report, template, read, error))
		return FALSE;
	source = digest_source(read);
	element = html_add(xmlDocGetRootElement(tree), "inside");
	html_set(element, "template", template);
	html_set(element, "source", source);
	xmlAddChild(element, xmlNewDocText(tree, (const xmlChar *)read));
	return TRUE;
}

static GString *print_single(const struct report *report, GError **error)
{
	g_autofree char *style = html_style(report, error),
			*script = style ? html_script(report, error) : NULL;
	xmlDoc *tree = script ? html_single_tree(report, error) : NULL;
	GString *text = NULL;

	if (tree && add_inside(report, tree, "style.css", style, error) &&
	    add_inside(report, tree, "report.js", script, error))
		text = html_styled(report, tree, "page.xsl", error);
	xmlFreeDoc(tree);
	return text;
}

gboolean render_html_single(const struct report *report, struct outdir *outdir, GError **error)
{
	GString *text = print_single(report, error);
	gboolean done = text && html_write(outdir, "report.html", text->str, text->len, error);

	if (text)
		g_string_free(text, TRUE);
	return done;
}

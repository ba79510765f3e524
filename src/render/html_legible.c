/* SPDX-License-Identifier: Apache-2.0 */
#include <libxml/HTMLparser.h>
#include <string.h>

#include "base/error.h"
#include "render/legible.h"

/* Letters come by chance in a shape, M12 40, and in what is packed: a picture, which also stands in
 * a file of its own, and the digests that a policy lets in. In all else words may stand: pages may
 * be of a site's own making. */
static void append_value(const char *attribute, const char *value, GString *text)
{
	g_auto(GStrv) words = NULL;

	if (strcmp(attribute, "d") == 0 ||
	    (strcmp(attribute, "src") == 0 && g_str_has_prefix(value, "data:image/png;base64,")))
		return;
	if (strcmp(attribute, "content") != 0 || !g_str_has_prefix(value, "default-src 'none'; ")) {
		g_string_append_printf(text, "\n%s\n", value);
		return;
	}
	words = g_strsplit(value, " ", -1);
	for (guint i = 0; words[i]; i++)
		if (!g_str_has_prefix(words[i], "'sha256-"))
			g_string_append_printf(text, "\n%s\n", words[i]);
}

static void append_attributes(const xmlNode *node, GString *text)
{
	for (const xmlAttr *attribute = node->properties; attribute; attribute = attribute->next) {
		xmlChar *value = xmlNodeListGetString(node->doc, attribute->children, 1);

		if (value)
			append_value((const char *)attribute->name, (const char *)value, text);
		xmlFree(value);
	}
}

/* A word may be set in several faces, so that elements within a line divide nothing. */
static gboolean divides(const xmlNode *node)
{
	static const char *const inlines[] = { "a",     "b",    "code",   "em",   "i",
		                               "small", "span", "strong", "tspan" };

	for (guint i = 0; i < G_N_ELEMENTS(inlines); i++)
		if (strcmp((const char *)node->name, inlines[i]) == 0)
			return FALSE;
	return TRUE;
}

/* What attributes say would divide a word, too. */
static void append_node(const xmlNode *node, GString *text, GString *attributes)
{
	for (; node; node = node->next) {
		if (node->type != XML_ELEMENT_NODE) {
			g_string_append(text, node->content ? (const char *)node->content : "");
			continue;
		}
		append_attributes(node, attributes);
		g_string_append(text, divides(node) ? "\n" : "");
		append_node(node->children, text, attributes);
		g_string_append(text, divides(node) ? "\n" : "");
	}
}

/* A page that the parser would leave half read, since its elements are nested too deeply or a text
 * is too long, is none that was looked through. */
gboolean legible_html(const char *bytes, gsize length, GString *text, GError **error)
{
	int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
	              HTML_PARSE_NONET | XML_PARSE_HUGE;
	htmlParserCtxt *context = htmlNewParserCtxt();
	xmlDoc *page = context ? htmlCtxtReadMemory(context, bytes, (int)length, NULL, "UTF-8",
	                                            options)
	                       : NULL;
	g_autoptr(GString) attributes = g_string_new("\n");
	gboolean whole = page && !context->disableSAX;

	if (whole) {
		append_node(page->children, text, attributes);
		g_string_append_len(text, attributes->str, (gssize)attributes->len);
	}
	xmlFreeDoc(page);
	htmlFreeParserCtxt(context);
	return whole || error_failed(error, "it is no HTML, or too much of it");
}

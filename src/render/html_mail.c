/* SPDX-License-Identifier: Apache-2.0 */
#include "render/html.h"
#include "render/mail.h"

/* What is drawn is also said: a picture may be blocked, and some cannot see it. */
void html_add_picture(xmlNode *parent, const struct chart *chart)
{
	g_autoptr(GPtrArray) lines = mail_chart_lines(chart);
	g_autofree char *cid = mail_picture_id(chart);
	g_autofree char *alt = g_strdup_printf("Chart: %s. %s", chart->title, chart->description);

	html_set(parent, "cid", cid);
	html_set(parent, "title", chart->title);
	html_set(parent, "subtitle", chart->subtitle);
	html_set(parent, "source", chart->source);
	html_set(parent, "thin", chart->thin);
	html_set(parent, "alt", alt);
	for (guint i = 0; i < lines->len; i++)
		html_text(html_add(parent, "value"), lines->pdata[i]);
}

static xmlDoc *mail_tree(const struct report *report, GError **error)
{
	g_autoptr(GHashTable) files = g_hash_table_new(g_str_hash, g_str_equal);
	struct html_page page = { report, report->mail, "", files, .mailed = TRUE };
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root = xmlNewDocNode(doc, NULL, (const xmlChar *)"document", NULL);

	xmlDocSetRootElement(doc, root);
	html_set(root, "title", report->mail->title);
	html_add_report(report, root);
	if (html_add_blocks(&page, html_add(root, "body"), report->mail->blocks, error))
		return doc;
	xmlFreeDoc(doc);
	return NULL;
}

GString *mail_html(const struct report *report, GError **error)
{
	xmlDoc *tree = mail_tree(report, error);
	GString *text = tree ? html_styled(report, tree, "mail.xsl", error) : NULL;

	xmlFreeDoc(tree);
	return text;
}

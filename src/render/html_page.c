/* SPDX-License-Identifier: Apache-2.0 */
#include "render/html.h"

#define XML(text) ((const xmlChar *)(text))

xmlNode *html_add(xmlNode *parent, const char *name)
{
	return xmlAddChild(parent, xmlNewDocNode(parent->doc, NULL, XML(name), NULL));
}

void html_text(xmlNode *node, const char *text)
{
	g_autofree char *clean = text_clean(text);

	xmlAddChild(node, xmlNewDocText(node->doc, XML(clean)));
}

void html_set(xmlNode *node, const char *attribute, const char *text)
{
	g_autofree char *clean = text ? text_clean(text) : NULL;

	if (clean)
		xmlNewProp(node, XML(attribute), XML(clean));
}

#define ROW_PREFIX "figure-"

char *html_row_anchor(const char *id)
{
	return g_strdelimit(g_strconcat(ROW_PREFIX, id, NULL), ".", '-');
}

/* Whether html_row_anchor() of the id is this, of which what comes behind the prefix is given. */
static gboolean is_row_of(const char *id, const char *rest)
{
	while (*id && (*id == '.' ? '-' : *id) == *rest)
		id++, rest++;
	return !*id && !*rest;
}

/* Whether a row of the table is called so in links. */
static gboolean has_row(const struct table_view *table, const char *anchor)
{
	if (table->anchors < 0 || !g_str_has_prefix(anchor, ROW_PREFIX))
		return FALSE;
	for (guint row = 0; row < table_view_rows(table); row++)
		if (is_row_of(dataset_cell(table->dataset, row, (guint)table->anchors)->text,
		              anchor + strlen(ROW_PREFIX)))
			return TRUE;
	return FALSE;
}

static gboolean has_anchor(const GPtrArray *blocks, const char *anchor)
{
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = blocks->pdata[i];

		if ((block->anchor && g_str_equal(block->anchor, anchor)) ||
		    (block->table && has_row(block->table, anchor)) ||
		    has_anchor(block->children, anchor))
			return TRUE;
	}
	return FALSE;
}

static const struct page *find_page(const struct report *report, const char *id)
{
	for (guint i = 0; i < report->pages->len; i++) {
		const struct page *page = report->pages->pdata[i];

		if (g_str_equal(page->id, id))
			return page;
	}
	return NULL;
}

/* Two dots stand in no page's id and at no edge of one: no two places are called the same. With an
 * underscore a pseudonym in it would run on, and be another word to the search for names. */
static char *place_of(const struct page *page, const char *anchor)
{
	return g_strdelimit(g_strconcat(page->id, anchor ? ".." : NULL, anchor, NULL), "/", '.');
}

char *html_place(const struct html_page *page, const char *anchor)
{
	return page->single ? place_of(page->page, anchor) : g_strdup(anchor ? anchor : "");
}

static char *address_of(const struct html_page *page, const struct page *to, const char *anchor)
{
	g_autofree char *place = page->single ? place_of(to, anchor) : g_strdup(anchor);

	if (page->single || (to == page->page && anchor))
		return g_strconcat("#", place, NULL);
	return g_strconcat(page->root, to->id, ".html", anchor ? "#" : NULL, anchor, NULL);
}

char *html_address(const struct html_page *page, const char *target)
{
	g_auto(GStrv) parts = g_strsplit(target, "#", 2);
	const struct page *to;

	if (g_str_has_prefix(target, "https://"))
		return g_strdup(target);
	to = parts[0] && *parts[0] ? find_page(page->report, parts[0]) : page->page;
	if (!to || !parts[0] || (parts[1] && !has_anchor(to->blocks, parts[1])))
		return NULL;
	return address_of(page, to, parts[1]);
}

char *html_figure_address(const struct html_page *page, const char *id)
{
	g_autofree char *anchor = html_row_anchor(id),
			*target = g_strconcat("figures#", anchor, NULL);

	return page->mailed ? NULL : html_address(page, target);
}

xmlNode *html_add_report(const struct report *report, xmlNode *parent)
{
	xmlNode *node = html_add(parent, "report");

	html_set(node, "title", report->title);
	html_set(node, "language", report->language ? report->language : "en");
	html_set(node, "accent", report->accent);
	html_set(node, "institution", report->institution);
	html_set(node, "cluster", report->cluster);
	html_set(node, "period", report->period);
	html_set(node, "zone", report->zone);
	html_set(node, "classification", report->classification);
	html_set(node, "notice", report->notice);
	html_set(node, "export", report->export_hash);
	html_set(node, "version", report->version);
	return node;
}

/* Where its picture is: a file of the site, or in the page itself. */
static char *logo_address(const struct html_page *page)
{
	g_autofree char *text = NULL;
	gsize length = 0;
	const void *bytes = page->report->logo ? g_bytes_get_data(page->report->logo, &length)
	                                       : NULL;

	if (!bytes)
		return NULL;
	if (!page->single)
		return g_strconcat(page->root, "assets/logo.png", NULL);
	text = g_base64_encode(bytes, length);
	return g_strconcat("data:image/png;base64,", text, NULL);
}

static void add_report(const struct html_page *page, xmlNode *parent)
{
	g_autofree char *logo = logo_address(page);
	g_autofree char *home = page->report->pages->len
	                                ? address_of(page, page->report->pages->pdata[0], NULL)
	                                : NULL;
	xmlNode *node = html_add_report(page->report, parent);

	html_set(node, "logo", logo);
	html_set(node, "home", home);
}

static xmlNode *find_section(xmlNode *nav, const char *name)
{
	xmlNode *section;

	for (section = nav->children; section; section = section->next) {
		xmlChar *have = xmlGetProp(section, XML("name"));
		gboolean same = g_strcmp0((const char *)have, name) == 0;

		xmlFree(have);
		if (same)
			return section;
	}
	section = html_add(nav, "section");
	html_set(section, "name", name);
	return section;
}

/* As aria-current says it: it is this page, or this page is under it. */
static const char *current_of(const struct html_page *page, const struct page *to)
{
	if (page->single)
		return NULL;
	if (to == page->page)
		return "page";
	return g_strcmp0(page->page->parent, to->id) == 0 ? "true" : NULL;
}

static void add_navigation(const struct html_page *page, xmlNode *parent)
{
	xmlNode *nav = html_add(parent, "nav");

	for (guint i = 0; i < page->report->pages->len; i++) {
		const struct page *to = page->report->pages->pdata[i];
		g_autofree char *address = address_of(page, to, NULL);
		xmlNode *link;

		if (!to->nav || !to->section)
			continue;
		link = html_add(find_section(nav, to->section), "page");
		html_set(link, "href", address);
		html_set(link, "current", current_of(page, to));
		html_text(link, to->nav);
	}
}

static void add_downloads(const struct html_page *page, xmlNode *parent)
{
	static const struct {
		const char *name, *label;
	} downloads[] = {
		{ "executive-summary.pdf", "One page (PDF)" },
		{ "report.pdf", "Whole report (PDF)" },
		{ "report.html", "Whole report (HTML)" },
		{ "approval-case.pdf", "Approval case (PDF)" },
		{ "savings.xlsx", "Workbook (XLSX)" },
		{ "summary.eml", "Mail (EML)" },
		{ "report.json", "Every figure (JSON)" },
	};
	xmlNode *list = html_add(parent, "downloads");

	for (guint i = 0; i < G_N_ELEMENTS(downloads); i++) {
		g_autofree char *address = g_strconcat(page->root, downloads[i].name, NULL);
		xmlNode *link;

		if (!g_hash_table_contains(page->files, downloads[i].name))
			continue;
		link = html_add(list, "page");
		html_set(link, "href", address);
		html_text(link, downloads[i].label);
	}
}

/* All but what stands on the pages. */
static xmlDoc *new_tree(const struct html_page *page)
{
	xmlDoc *doc = xmlNewDoc(XML("1.0"));
	xmlNode *root = xmlNewDocNode(doc, NULL, XML("document"), NULL);

	xmlDocSetRootElement(doc, root);
	html_set(root, "title", page->page->title);
	html_set(root, "root", page->root);
	add_report(page, root);
	add_navigation(page, root);
	add_downloads(page, root);
	return doc;
}

static gboolean add_body(const struct html_page *page, xmlDoc *doc, GError **error)
{
	xmlNode *body = html_add(xmlDocGetRootElement(doc), "body");
	g_autofree char *place = html_place(page, NULL);
	const struct page *parent = page->page->parent ? find_page(page->report, page->page->parent)
	                                               : NULL;
	g_autofree char *menu = parent && page->single ? place_of(parent, NULL) : NULL;

	html_set(body, "id", page->page->id);
	html_set(body, "menu", menu);
	html_set(body, "section", page->page->section);
	html_set(body, "anchor", place);
	html_set(body, "reference", page->page->site_only ? "yes" : NULL);
	return html_add_blocks(page, body, page->page->blocks, error);
}

xmlDoc *html_page_tree(const struct html_page *page, GError **error)
{
	xmlDoc *doc = new_tree(page);

	if (add_body(page, doc, error))
		return doc;
	xmlFreeDoc(doc);
	return NULL;
}

xmlDoc *html_single_tree(const struct report *report, GError **error)
{
	g_autoptr(GHashTable) none = g_hash_table_new(g_str_hash, g_str_equal);
	struct html_page page = { report, report->pages->pdata[0], "", none, .single = TRUE };
	xmlDoc *doc = new_tree(&page);

	for (guint i = 0; i < report->pages->len; i++) {
		page.page = report->pages->pdata[i];
		if (!add_body(&page, doc, error)) {
			xmlFreeDoc(doc);
			return NULL;
		}
	}
	return doc;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/pdf_layout.h"

#include <string.h>

struct pdf_targets {
	GHashTable *things;  /* struct page or struct block → its destination's name, owned */
	GHashTable *anchors; /* "page" or "page#anchor", owned → the name, borrowed */
};

static const char *add_thing(struct pdf_targets *targets, gconstpointer thing)
{
	char *name = g_strdup_printf("d%u", g_hash_table_size(targets->things) + 1);

	g_hash_table_insert(targets->things, (gpointer)thing, name);
	return name;
}

static void add_anchor(struct pdf_targets *targets, char *anchor, const char *name)
{
	if (g_hash_table_contains(targets->anchors, anchor))
		g_free(anchor); /* of two with one anchor the first is meant */
	else
		g_hash_table_insert(targets->anchors, anchor, (gpointer)name);
}

static void add_headings(struct pdf_targets *targets, const struct page *page,
                         const GPtrArray *blocks)
{
	for (guint i = 0; blocks && i < blocks->len; i++) {
		const struct block *block = blocks->pdata[i];

		if (block->kind == BLOCK_HEADING) {
			const char *name = add_thing(targets, block);

			if (block->anchor)
				add_anchor(targets, g_strconcat(page->id, "#", block->anchor, NULL),
				           name);
		}
		add_headings(targets, page, block->children);
	}
}

struct pdf_targets *pdf_targets_new(const GPtrArray *pages)
{
	struct pdf_targets *targets = g_new(struct pdf_targets, 1);

	targets->things = g_hash_table_new_full(NULL, NULL, NULL, g_free);
	targets->anchors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	for (guint i = 0; i < pages->len; i++) {
		const struct page *page = pages->pdata[i];

		add_anchor(targets, g_strdup(page->id), add_thing(targets, page));
		add_headings(targets, page, page->blocks);
	}
	return targets;
}

void pdf_targets_free(struct pdf_targets *targets)
{
	if (!targets)
		return;
	g_hash_table_unref(targets->anchors);
	g_hash_table_unref(targets->things);
	g_free(targets);
}

const char *pdf_targets_find(const struct pdf_targets *targets, gconstpointer thing)
{
	return targets ? g_hash_table_lookup(targets->things, thing) : NULL;
}

/* What would end the attribute, or the string in the file, is written as %XX. */
static char *uri_link(const char *uri)
{
	GString *link = g_string_new("uri='");

	for (const char *at = uri; *at; at++)
		if (*at > ' ' && *at < 0x7F && !strchr("'\"\\<>()", *at))
			g_string_append_c(link, *at);
		else
			g_string_append_printf(link, "%%%02X", (guchar)*at);
	g_string_append_c(link, '\'');
	return g_string_free(link, FALSE);
}

char *pdf_targets_link(const struct pdf_targets *targets, const struct page *page,
                       const char *target)
{
	g_autofree char *full = NULL;
	const char *name;

	if (g_str_has_prefix(target, "https://"))
		return uri_link(target);
	if (!targets || !page)
		return NULL;
	full = g_strconcat(*target == '#' ? page->id : "", target, NULL);
	name = g_hash_table_lookup(targets->anchors, full);
	return name ? g_strdup_printf("dest='%s'", name) : NULL;
}

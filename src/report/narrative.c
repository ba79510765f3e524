/* SPDX-License-Identifier: Apache-2.0 */
#include "report/narrative.h"

#include <cmark.h>

#include "report/format.h"
#include "report/narrative_composer.h"

/* Inline nodes have no reliable line of their own: the block's is given. */
static int node_line(cmark_node *node)
{
	while (node && cmark_node_get_start_line(node) == 0)
		node = cmark_node_parent(node);
	return node ? cmark_node_get_start_line(node) : 0;
}

/* Inlines */

static void add_text(GPtrArray *inlines, const char *text, size_t length)
{
	struct inline_node *last = inlines->len ? inlines->pdata[inlines->len - 1] : NULL;
	g_autofree char *piece = g_strndup(text, length);
	char *joined;

	if (length == 0)
		return;
	if (!last || last->kind != INLINE_TEXT) {
		g_ptr_array_add(inlines, inline_new(INLINE_TEXT, piece));
		return;
	}
	joined = g_strconcat(last->text, piece, NULL);
	g_free(last->text);
	last->text = joined;
}

static void add_figure(GPtrArray *inlines, const struct figure *figure)
{
	struct inline_node *node = inline_new(INLINE_FIGURE, figure->text);

	node->target = g_strdup(figure->id);
	g_ptr_array_add(inlines, node);
}

static gboolean is_figure_id(const char *id)
{
	return g_ascii_isalpha(*id) &&
	       strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.") ==
	               strlen(id);
}

/* What the report calls its groups, and why something is not known, are words and no findings:
 * neither bold nor a link. */
static gboolean is_only_words(const char *id)
{
	return g_str_has_suffix(id, ".word") || g_str_has_suffix(id, ".unknown");
}

/* What {id} stands for: a cell's text is words like any others. */
static gboolean add_value(const struct composer *composer, const char *id, int line,
                          GPtrArray *inlines, GError **error)
{
	const struct dataset_cell *cell = composer_is_cell(id)
	                                          ? composer_cell(composer, id, line, error)
	                                          : NULL;
	const struct figure *figure = composer_is_cell(id)
	                                      ? NULL
	                                      : composer_figure(composer, id, line, error);

	if (cell && cell->text)
		add_text(inlines, cell->text, strlen(cell->text));
	if (figure && is_only_words(id))
		add_text(inlines, figure->text, strlen(figure->text));
	else if (figure)
		add_figure(inlines, figure);
	return cell || figure;
}

/* The next such byte that stands in no braces of its own; NULL: none. */
static char *find_outside(char *text, char wanted)
{
	for (guint open = 0; *text; text++) {
		if (*text == wanted && open == 0)
			return text;
		open = *text == '{' ? open + 1 : *text == '}' && open > 0 ? open - 1 : open;
	}
	return NULL;
}

/* Cuts the text in two. NULL: it has no such byte; else what stands behind it. */
static char *cut_outside(char *text, char wanted)
{
	char *at = find_outside(text, wanted);

	if (at)
		*at++ = '\0';
	return at;
}

static gboolean wrong_braces(const struct composer *composer, int line, GError **error)
{
	return composer_wrong(composer, line, error,
	                      "a brace stands for a figure, as in {jobs.count}, for a word by one, "
	                      "as in {jobs.count|job|jobs}, or for words where there is one, as in "
	                      "{jobs.count?jobs ran}; by itself it may stand only in code");
}

/* Of {id|one|several} whether the figure is one, of {id?words|others} whether it holds. */
static gboolean is_first(const struct composer *composer, const char *id, char kind, int line,
                         gboolean *first, GError **error)
{
	const char *number;

	if (kind == '?')
		return composer_holds(composer, id, line, first, error);
	number = composer_text(composer, id, line, error);
	*first = number && *format_word(number, "1", "n") == '1';
	return number != NULL;
}

static gboolean add_braces(const struct composer *composer, char *inside, int line,
                           GPtrArray *inlines, GError **error)
{
	g_autoptr(GPtrArray) rejected = g_ptr_array_new_with_free_func((GDestroyNotify)inline_free);
	size_t length = strcspn(inside, "?|");
	char kind = inside[length], *words = inside + length + (kind != '\0');
	char *others = cut_outside(words, '|');
	gboolean first;

	inside[length] = '\0';
	if (!is_figure_id(inside) || (kind == '|' && !others) ||
	    (others && find_outside(others, '|')))
		return wrong_braces(composer, line, error);
	if (kind == '\0')
		return add_value(composer, inside, line, inlines, error);
	if (!is_first(composer, inside, kind, line, &first, error))
		return FALSE;
	/* What is rejected is composed all the same: its mistakes show whatever the data. */
	return composer_words(composer, words, line, first ? inlines : rejected, error) &&
	       (!others ||
	        composer_words(composer, others, line, first ? rejected : inlines, error));
}

gboolean composer_words(const struct composer *composer, const char *text, int line,
                        GPtrArray *inlines, GError **error)
{
	g_autofree char *copy = g_strdup(text);
	char *at = copy, *brace;

	while ((brace = strpbrk(at, "{}"))) {
		char *end = *brace == '{' ? find_outside(brace + 1, '}') : NULL;

		add_text(inlines, at, (size_t)(brace - at));
		at = end ? end + 1 : brace;
		*(end ? end : brace) = '\0';
		if (!add_braces(composer, end ? brace + 1 : brace, line, inlines, error))
			return FALSE;
	}
	add_text(inlines, at, strlen(at));
	return TRUE;
}

static gboolean is_page_target(const char *target)
{
	size_t page = strspn(target, "abcdefghijklmnopqrstuvwxyz0123456789-/");
	const char *anchor = target + page;

	if (*anchor == '\0')
		return page > 0 && *target != '/';
	return *anchor == '#' && anchor[1] && !strpbrk(anchor, " \"'<>&\\");
}

static gboolean add_inlines(const struct composer *composer, cmark_node *parent, GPtrArray *inlines,
                            GError **error);

static gboolean add_wrapped(const struct composer *composer, cmark_node *node,
                            enum inline_kind kind, GPtrArray *inlines, GError **error)
{
	struct inline_node *wrapped = inline_new(kind, NULL);

	g_ptr_array_add(inlines, wrapped);
	wrapped->children = g_ptr_array_new_with_free_func((GDestroyNotify)inline_free);
	if (kind == INLINE_LINK) {
		wrapped->target = g_strdup(cmark_node_get_url(node));
		wrapped->line = node_line(node);
		if (!g_str_has_prefix(wrapped->target, "https://") &&
		    !is_page_target(wrapped->target))
			return composer_wrong(
			        composer, node_line(node), error,
			        "“%s” is neither a page, an #anchor nor an https:// address",
			        wrapped->target);
	}
	return add_inlines(composer, node, wrapped->children, error);
}

static gboolean add_inline(const struct composer *composer, cmark_node *node, GPtrArray *inlines,
                           GError **error)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		return composer_words(composer, cmark_node_get_literal(node), node_line(node),
		                      inlines, error);
	case CMARK_NODE_SOFTBREAK:
	case CMARK_NODE_LINEBREAK:
		add_text(inlines, " ", 1);
		return TRUE;
	case CMARK_NODE_CODE:
		g_ptr_array_add(inlines, inline_new(INLINE_CODE, cmark_node_get_literal(node)));
		return TRUE;
	case CMARK_NODE_STRONG:
		return add_wrapped(composer, node, INLINE_STRONG, inlines, error);
	case CMARK_NODE_EMPH:
		return add_wrapped(composer, node, INLINE_EMPHASIS, inlines, error);
	case CMARK_NODE_LINK:
		return add_wrapped(composer, node, INLINE_LINK, inlines, error);
	default:
		return composer_wrong(composer, node_line(node), error,
		                      "%s is not used in a narrative",
		                      cmark_node_get_type_string(node));
	}
}

static gboolean add_inlines(const struct composer *composer, cmark_node *parent, GPtrArray *inlines,
                            GError **error)
{
	for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node))
		if (!add_inline(composer, node, inlines, error))
			return FALSE;
	return TRUE;
}

/* Blocks */

/* From the words of the template, without figures: a link stays good when a number changes. */
static char *heading_anchor(const struct composer *composer, const GPtrArray *inlines)
{
	GString *slug = g_string_new(NULL);
	g_autofree char *base = NULL;
	char *anchor;

	for (guint i = 0; i < inlines->len; i++) {
		const struct inline_node *node = inlines->pdata[i];
		g_autofree char *text = node->children ? inlines_text(node->children)
		                                       : g_strdup(node->text);

		for (const char *p = node->kind == INLINE_FIGURE ? "-" : text; *p; p++) {
			if (g_ascii_isalnum(*p))
				g_string_append_c(slug, g_ascii_tolower(*p));
			else if (slug->len > 0 && slug->str[slug->len - 1] != '-')
				g_string_append_c(slug, '-');
		}
	}
	while (slug->len > 0 && slug->str[slug->len - 1] == '-')
		g_string_truncate(slug, slug->len - 1);
	base = g_string_free(slug, FALSE);
	anchor = g_strdup(*base ? base : "section");
	for (guint n = 2; !g_hash_table_add(composer->anchors, g_strdup(anchor)); n++) {
		g_free(anchor);
		anchor = g_strdup_printf("%s-%u", *base ? base : "section", n);
	}
	return anchor;
}

static gboolean add_heading(const struct composer *composer, cmark_node *node, GPtrArray *blocks,
                            GError **error)
{
	struct block *block = block_new(BLOCK_HEADING);

	g_ptr_array_add(blocks, block);
	block->level = cmark_node_get_heading_level(node);
	if (block->level > 4)
		return composer_wrong(composer, node_line(node), error,
		                      "a heading has at most four #");
	if (block->level == 1 && !composer_title(composer, node_line(node), error))
		return FALSE;
	if (!add_inlines(composer, node, block->inlines, error))
		return FALSE;
	block->anchor = heading_anchor(composer, block->inlines);
	return TRUE;
}

static void add_code(cmark_node *node, GPtrArray *blocks)
{
	struct block *block = block_new(BLOCK_CODE);

	block->text = g_strdup(cmark_node_get_literal(node));
	if (g_str_has_suffix(block->text, "\n"))
		block->text[strlen(block->text) - 1] = '\0';
	g_ptr_array_add(blocks, block);
}

static const char *directive_of(cmark_node *node)
{
	cmark_node *first = cmark_node_first_child(node);
	const char *text = first && cmark_node_get_type(first) == CMARK_NODE_TEXT
	                           ? cmark_node_get_literal(first)
	                           : NULL;

	return text && g_str_has_prefix(text, ":::") ? text + strlen(":::") : NULL;
}

/* A directive in the middle of a paragraph is one whose blank line was forgotten. */
static gboolean check_plain(const struct composer *composer, cmark_node *node, GError **error)
{
	for (cmark_node *child = cmark_node_first_child(node); child;
	     child = cmark_node_next(child)) {
		const char *text = cmark_node_get_type(child) == CMARK_NODE_TEXT
		                           ? cmark_node_get_literal(child)
		                           : NULL;

		if (text && g_str_has_prefix(text, ":::"))
			return composer_wrong(composer, node_line(node), error,
			                      "“%s” needs a line of its own, with blank lines "
			                      "around it, outside lists",
			                      text);
	}
	return TRUE;
}

static gboolean add_paragraph(const struct composer *composer, cmark_node *node,
                              enum block_kind kind, GPtrArray *blocks, GError **error)
{
	struct block *block = block_new(kind);

	g_ptr_array_add(blocks, block);
	return check_plain(composer, node, error) &&
	       add_inlines(composer, node, block->inlines, error);
}

static gboolean add_block(const struct composer *composer, cmark_node *node, GPtrArray *blocks,
                          GError **error);

static gboolean add_children(const struct composer *composer, cmark_node *parent,
                             struct block *block, GError **error)
{
	for (cmark_node *node = cmark_node_first_child(parent); node; node = cmark_node_next(node))
		if (!add_block(composer, node, block->children, error))
			return FALSE;
	return TRUE;
}

static gboolean add_container(const struct composer *composer, cmark_node *node,
                              enum block_kind kind, GPtrArray *blocks, GError **error)
{
	struct block *block = block_new(kind);

	g_ptr_array_add(blocks, block);
	block->ordered = kind == BLOCK_LIST && cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	return add_children(composer, node, block, error);
}

static gboolean add_block(const struct composer *composer, cmark_node *node, GPtrArray *blocks,
                          GError **error)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		return add_paragraph(composer, node, BLOCK_PARAGRAPH, blocks, error);
	case CMARK_NODE_HEADING:
		return add_heading(composer, node, blocks, error);
	case CMARK_NODE_LIST:
		return add_container(composer, node, BLOCK_LIST, blocks, error);
	case CMARK_NODE_ITEM:
		return add_container(composer, node, BLOCK_ITEM, blocks, error);
	case CMARK_NODE_CODE_BLOCK:
		add_code(node, blocks);
		return TRUE;
	default:
		return composer_wrong(composer, node_line(node), error,
		                      "%s is not used in a narrative",
		                      cmark_node_get_type_string(node));
	}
}

static gboolean run_directive(struct composer *composer, cmark_node *node, const char *text,
                              GError **error)
{
	int line = node_line(node);

	if (cmark_node_next(cmark_node_first_child(node)))
		return composer_wrong(
		        composer, line, error,
		        "“:::%s” needs a line of its own, plain, with blank lines around it", text);
	return composer_run(composer, text, line, error);
}

static gboolean compose_lede(struct composer *composer, cmark_node *node, GPtrArray *blocks,
                             GError **error)
{
	if (cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH)
		return composer_wrong(composer, composer->lede_line, error,
		                      ":::lede is not followed by a paragraph");
	composer->lede_line = 0;
	return add_paragraph(composer, node, BLOCK_LEDE, blocks, error);
}

static gboolean compose_node(struct composer *composer, cmark_node *node, GError **error)
{
	const char *directive = cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH
	                                ? directive_of(node)
	                                : NULL;
	GPtrArray *blocks;

	if (directive && composer->lede_line)
		return composer_wrong(composer, composer->lede_line, error,
		                      ":::lede is not followed by a paragraph");
	if (directive)
		return run_directive(composer, node, directive, error);
	blocks = composer_blocks(composer, node_line(node), error);
	if (!blocks)
		return FALSE;
	return composer->lede_line ? compose_lede(composer, node, blocks, error)
	                           : add_block(composer, node, blocks, error);
}

static gboolean check_closed(const struct composer *composer, GError **error)
{
	if (composer->lede_line)
		return composer_wrong(composer, composer->lede_line, error,
		                      ":::lede is not followed by a paragraph");
	if (composer->frames->len > 1)
		return composer_wrong(composer, composer_frame(composer)->line, error,
		                      "what begins here has no :::end");
	return TRUE;
}

static gboolean compose_document(struct composer *composer, cmark_node *root, GError **error)
{
	for (cmark_node *node = cmark_node_first_child(root); node; node = cmark_node_next(node))
		if (!compose_node(composer, node, error))
			return FALSE;
	return check_closed(composer, error);
}

/* A heading with nothing under it: all that could stand there is not to be told. */
static gboolean is_bare(const GPtrArray *blocks, guint i)
{
	const struct block *block = blocks->pdata[i];
	const struct block *next = i + 1 < blocks->len ? blocks->pdata[i + 1] : NULL;

	return block->kind == BLOCK_HEADING && block->level > 1 &&
	       (!next || (next->kind == BLOCK_HEADING && next->level <= block->level));
}

static void drop_bare_headings(GPtrArray *blocks)
{
	for (guint i = blocks->len; i-- > 0;) {
		const struct block *block = blocks->pdata[i];

		if (is_bare(blocks, i))
			g_ptr_array_remove_index(blocks, i);
		else if (block->children)
			drop_bare_headings(block->children);
	}
}

gboolean narrative_compose(const struct narrative *narrative, const char *file,
                           const char *markdown, GPtrArray *blocks, GError **error)
{
	struct composer composer = { .narrative = narrative, .file = file };
	struct frame page = { .kind = FRAME_PAGE, .blocks = blocks, .live = TRUE };
	cmark_node *root = cmark_parse_document(markdown, strlen(markdown), CMARK_OPT_DEFAULT);
	gboolean done;

	/* Underscores cut text into several nodes; an id must be whole. */
	cmark_consolidate_text_nodes(root);
	composer.frames = g_array_new(FALSE, FALSE, sizeof(struct frame));
	composer.rejected = g_ptr_array_new_with_free_func((GDestroyNotify)block_free);
	composer.anchors = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	composer_open(&composer, &page);
	done = compose_document(&composer, root, error);
	drop_bare_headings(blocks);
	g_hash_table_unref(composer.anchors);
	g_ptr_array_unref(composer.rejected);
	g_array_unref(composer.frames);
	cmark_node_free(root);
	return done;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/pdf_layout.h"

#define LIST_INDENT 15.0
#define CALLOUT_PADDING 11.0

/* The scale of sizes: size, leading, face, ink. */
static const struct {
	double size, leading;
	guint face;
	enum ink ink;
} styles[PDF_STYLES] = {
	[STYLE_BODY] = { 9.6, 14, FACE_PLAIN, INK_TEXT },
	[STYLE_LEDE] = { 12.4, 18, FACE_PLAIN, INK_TEXT },
	[STYLE_H1] = { 22, 27, FACE_BOLD, INK_SERIES_3 },
	[STYLE_H2] = { 14, 18, FACE_BOLD, INK_SERIES_3 },
	[STYLE_H3] = { 10.6, 14, FACE_BOLD, INK_TEXT },
	[STYLE_H4] = { 9.6, 14, FACE_BOLD, INK_MUTED },
	[STYLE_CAPTION] = { 10, 13.5, FACE_BOLD, INK_TEXT },
	[STYLE_SMALL] = { 8, 11, FACE_PLAIN, INK_MUTED },
	[STYLE_SMALL_BOLD] = { 8, 11, FACE_BOLD, INK_MUTED },
	[STYLE_CELL] = { 8.6, 11.4, FACE_PLAIN, INK_TEXT },
	[STYLE_TITLE] = { 34, 40, FACE_BOLD, INK_SERIES_3 },
	[STYLE_VALUE] = { 20, 25, FACE_BOLD, INK_SERIES_3 },
};

/* The one-page summary lives closer together. */
static const struct {
	enum pdf_style style;
	double size, leading;
} brief_styles[] = {
	{ STYLE_BODY, 9.2, 12.8 }, { STYLE_LEDE, 10.8, 15.4 }, { STYLE_H1, 20, 24.5 },
	{ STYLE_H2, 11.4, 15 },    { STYLE_H3, 9.6, 12.8 },    { STYLE_CAPTION, 9.4, 12.4 },
};

struct pdf_type pdf_flow_type(const struct pdf_flow *flow, enum pdf_style style)
{
	struct pdf_type type = { styles[style].size, styles[style].leading, styles[style].face,
		                 styles[style].ink, ANCHOR_START };

	for (guint i = 0; flow->sheet->brief && i < G_N_ELEMENTS(brief_styles); i++)
		if (brief_styles[i].style == style) {
			type.size = brief_styles[i].size;
			type.leading = brief_styles[i].leading;
		}
	type.size *= flow->sheet->type;
	type.leading *= flow->sheet->type;
	return type;
}

double pdf_sheet_width(const struct pdf_sheet *sheet)
{
	return sheet->width - sheet->left - sheet->right;
}

double pdf_sheet_height(const struct pdf_sheet *sheet)
{
	return sheet->height - sheet->top - sheet->bottom;
}

void pdf_flow_init(struct pdf_flow *flow, struct pdf_galley *galley)
{
	flow->galley = galley;
	flow->pending = g_ptr_array_new();
	flow->next = -1;
}

void pdf_flow_clear(struct pdf_flow *flow)
{
	g_ptr_array_unref(flow->pending);
}

void pdf_flow_open(struct pdf_flow *flow, const char *tag)
{
	g_ptr_array_add(flow->pending, (gpointer)tag);
}

void pdf_flow_close(struct pdf_flow *flow)
{
	const GPtrArray *slugs = flow->galley->slugs;

	if (flow->pending->len > 0)
		g_ptr_array_set_size(flow->pending,
		                     (int)flow->pending->len - 1); /* it holds nothing */
	else
		((struct pdf_slug *)slugs->pdata[slugs->len - 1])->box->closes++;
}

static void slug_free(struct pdf_slug *slug)
{
	pdf_box_free(slug->box);
	g_free(slug);
}

struct pdf_galley *pdf_galley_new(void)
{
	struct pdf_galley *galley = g_new0(struct pdf_galley, 1);

	galley->slugs = g_ptr_array_new_with_free_func((GDestroyNotify)slug_free);
	galley->frames = g_ptr_array_new_with_free_func(g_free);
	return galley;
}

void pdf_galley_free(struct pdf_galley *galley)
{
	if (!galley)
		return;
	g_ptr_array_unref(galley->slugs);
	g_ptr_array_unref(galley->frames);
	g_free(galley);
}

struct pdf_slug *pdf_flow_add(struct pdf_flow *flow, struct pdf_box *box, double before)
{
	struct pdf_slug *slug = g_new0(struct pdf_slug, 1);

	slug->box = box;
	slug->height = box->height;
	slug->before = (flow->next >= 0 ? flow->next : before) * flow->sheet->type;
	slug->frame = flow->frame;
	flow->next = -1;
	while (flow->pending->len > 0)
		pdf_box_open(box, g_ptr_array_steal_index(flow->pending, flow->pending->len - 1));
	g_ptr_array_add(flow->galley->slugs, slug);
	return slug;
}

void pdf_flow_keep(struct pdf_flow *flow)
{
	const GPtrArray *slugs = flow->galley->slugs;

	if (slugs->len > 0)
		((struct pdf_slug *)slugs->pdata[slugs->len - 1])->keep = TRUE;
}

void pdf_flow_text(struct pdf_flow *flow, struct pdf_text *text, double before, const char *tag)
{
	guint lines;

	pdf_text_break(text, flow->width, 0);
	lines = text->lines->len;
	if (tag)
		pdf_flow_open(flow, tag);
	for (guint i = 0; i < lines; i++) {
		struct pdf_box *box =
			pdf_box_new(BOX_LINE, flow->x, 0, flow->width, text->type.leading);
		struct pdf_slug *slug;

		box->text = pdf_text_ref(text);
		box->line = i;
		slug = pdf_flow_add(flow, box, i == 0 ? before : 0);
		/* No widow and no orphan: two lines at least on either side of a break. */
		slug->keep = i + 1 < lines && (i == 0 || i + 2 == lines);
	}
	if (tag)
		pdf_flow_close(flow);
	pdf_text_unref(text);
}

void pdf_flow_title(struct pdf_flow *flow, struct pdf_text *text, double before, const char *tag)
{
	double width = flow->width;

	flow->width = pdf_text_balanced(text, width);
	pdf_flow_text(flow, text, before, tag);
	flow->width = width;
}

/* Where it leads to is not seen, and can be read all the same; but places within the book are
 * numbers of its own, d11. */
static char *link_of(const struct pdf_flow *flow, const char *target)
{
	char *link = pdf_targets_link(flow->targets, flow->page, target);

	if (link && !g_str_has_prefix(link, "dest="))
		g_string_append_printf(pdf_setter_laid(flow->setter), "%s\n", target);
	return link;
}

static void append_inlines(const struct pdf_flow *flow, struct pdf_text *text,
                           const GPtrArray *inlines, guint face, const char *link)
{
	for (guint i = 0; inlines && i < inlines->len; i++) {
		const struct inline_node *node = inlines->pdata[i];
		g_autofree char *target = NULL;
		guint own = face;

		if (node->kind == INLINE_STRONG)
			own |= FACE_BOLD;
		if (node->kind == INLINE_EMPHASIS)
			own |= FACE_ITALIC;
		if (node->kind == INLINE_CODE)
			own |= FACE_CODE;
		if (node->kind == INLINE_LINK && node->target && !link)
			target = link_of(flow, node->target);
		if (node->text)
			pdf_text_append(text, node->text, own, link);
		append_inlines(flow, text, node->children, own, target ? target : link);
	}
}

/* The lede's figures stand out: they are what the page has to say. */
static void append_lede(const struct pdf_flow *flow, struct pdf_text *text,
                        const GPtrArray *inlines)
{
	for (guint i = 0; inlines && i < inlines->len; i++) {
		const struct inline_node *node = inlines->pdata[i];
		gpointer one[] = { inlines->pdata[i] };
		GPtrArray single = { one, 1 };

		append_inlines(flow, text, &single,
		               node->kind == INLINE_FIGURE ? FACE_BOLD : FACE_PLAIN, NULL);
	}
}

static void add_heading(struct pdf_flow *flow, const struct block *block)
{
	static const char *const tags[] = { "H1", "H2", "H3", "H4" };
	static const double above[] = { 0, 26, 16, 12 }, below[] = { 11, 8, 3, 2 };
	double tighter = flow->sheet->brief ? 0.55 : 1;
	int level = CLAMP(block->level, 1, 4) - 1;
	struct pdf_text *text =
		pdf_text_new(flow->setter, pdf_flow_type(flow, STYLE_H1 + (enum pdf_style)level));
	const char *dest = pdf_targets_find(flow->targets, block);
	guint first = flow->galley->slugs->len;

	append_inlines(flow, text, block->inlines, FACE_PLAIN, NULL);
	pdf_flow_title(flow, text, above[level] * tighter, tags[level]);
	flow->next = below[level] * tighter;
	for (guint i = first; i < flow->galley->slugs->len; i++)
		((struct pdf_slug *)flow->galley->slugs->pdata[i])->keep = TRUE;
	if (dest)
		((struct pdf_slug *)flow->galley->slugs->pdata[first])->box->dest = g_strdup(dest);
}

static void add_paragraph(struct pdf_flow *flow, const struct block *block)
{
	struct pdf_text *text = pdf_text_new(flow->setter, pdf_flow_type(flow, STYLE_BODY));
	double width = flow->width;

	append_inlines(flow, text, block->inlines, FACE_PLAIN, NULL);
	flow->width = MIN(width, flow->sheet->measure);
	pdf_flow_text(flow, text, flow->sheet->brief ? 5 : 8, "P");
	flow->width = width;
}

static void add_lede(struct pdf_flow *flow, const struct block *block)
{
	struct pdf_text *text = pdf_text_new(flow->setter, pdf_flow_type(flow, STYLE_LEDE));

	append_lede(flow, text, block->inlines);
	pdf_flow_text(flow, text, flow->sheet->brief ? 6 : 12, "P");
}

/* A label stands beside the first line: it takes no height of its own. */
static void add_label(struct pdf_flow *flow, const char *label, double indent)
{
	struct pdf_type type = pdf_flow_type(flow, STYLE_BODY);
	struct pdf_box *box;
	struct pdf_slug *slug;

	type.ink = INK_SERIES_1;
	type.face = FACE_BOLD;
	box = pdf_box_new(BOX_GROUP, flow->x, 0, indent, type.leading);
	pdf_box_add_text(box, pdf_text_of(flow->setter, type, label),
	                 &(cairo_rectangle_t){ 0, 0, indent, 0 }, 1, "Lbl");
	slug = pdf_flow_add(flow, box, flow->sheet->brief ? 4 : 6);
	slug->height = 0;
	slug->keep = TRUE;
	flow->next = 0;
}

static void add_item(struct pdf_flow *flow, const struct block *item, const char *label)
{
	double indent = LIST_INDENT * flow->sheet->type;

	pdf_flow_open(flow, "LI");
	add_label(flow, label, indent);
	flow->x += indent;
	flow->width -= indent;
	pdf_flow_open(flow, "LBody");
	pdf_flow_blocks(flow, item->children);
	pdf_flow_close(flow);
	flow->x -= indent;
	flow->width += indent;
	pdf_flow_close(flow);
	flow->next = -1;
}

static void add_list(struct pdf_flow *flow, const struct block *block)
{
	pdf_flow_open(flow, "L");
	for (guint i = 0; block->children && i < block->children->len; i++) {
		g_autofree char *label =
			block->ordered ? g_strdup_printf("%u.", i + 1) : g_strdup("•");

		add_item(flow, block->children->pdata[i], label);
	}
	pdf_flow_close(flow);
}

/* A slug of nothing but height, for the space inside a frame. */
static struct pdf_slug *add_space(struct pdf_flow *flow, double before, double height)
{
	return pdf_flow_add(
		flow, pdf_box_new(BOX_GROUP, flow->x, 0, flow->width, height * flow->sheet->type),
		before);
}

/* Everything that is added until leave_frame() stands on this ground. */
static const struct pdf_frame *enter_frame(struct pdf_flow *flow, enum ink fill, enum ink bar)
{
	const struct pdf_frame *outer = flow->frame;
	struct pdf_frame *frame = g_new(struct pdf_frame, 1);

	*frame = (struct pdf_frame){ fill, bar, flow->x, flow->width };
	g_ptr_array_add(flow->galley->frames, frame);
	flow->frame = frame;
	add_space(flow, flow->sheet->brief ? 8 : 14, 8)->keep = TRUE;
	flow->next = 0;
	flow->x += CALLOUT_PADDING;
	flow->width -= 2 * CALLOUT_PADDING;
	return outer;
}

static void leave_frame(struct pdf_flow *flow, const struct pdf_frame *outer)
{
	flow->next = -1;
	pdf_flow_keep(flow);
	flow->x -= CALLOUT_PADDING;
	flow->width += 2 * CALLOUT_PADDING;
	add_space(flow, 0, 8);
	flow->frame = outer;
}

static void add_code(struct pdf_flow *flow, const struct block *block)
{
	struct pdf_type type = pdf_flow_type(flow, STYLE_CELL);
	g_auto(GStrv) lines = g_strsplit(block->text ? block->text : "", "\n", -1);
	const struct pdf_frame *outer = enter_frame(flow, INK_HEAT_1, INK_NONE);

	type.face = FACE_CODE;
	type.leading *= 1.1;
	pdf_flow_open(flow, "P");
	for (guint i = 0; lines[i]; i++)
		if (*lines[i] || lines[i + 1]) /* not the empty end after the last line break */
			pdf_flow_text(flow, pdf_text_of(flow->setter, type, lines[i]), 0, "Code");
	pdf_flow_close(flow);
	leave_frame(flow, outer);
}

static void add_callout(struct pdf_flow *flow, const struct block *block)
{
	gboolean warning = g_strcmp0(block->text, "warning") == 0;
	const struct pdf_frame *outer = enter_frame(flow, warning ? INK_TINT_2 : INK_HEAT_1,
	                                            warning ? INK_SERIES_2 : INK_SERIES_1);

	pdf_flow_open(flow, "Div");
	pdf_flow_blocks(flow, block->children);
	pdf_flow_close(flow);
	leave_frame(flow, outer);
}

static void add_table(struct pdf_flow *flow, const struct block *block)
{
	if (block->table)
		pdf_flow_table(flow, block->table);
}

static void add_chart(struct pdf_flow *flow, const struct block *block)
{
	if (block->chart)
		pdf_flow_chart(flow, block->chart);
}

static void add_tiles(struct pdf_flow *flow, const struct block *block)
{
	pdf_flow_tiles(flow, block->figure_ids);
}

static void add_columns(struct pdf_flow *flow, const struct block *block)
{
	if (block->children)
		pdf_flow_columns(flow, block->children);
}

static void add_children(struct pdf_flow *flow, const struct block *block)
{
	pdf_flow_blocks(flow, block->children);
}

static void (*const makers[])(struct pdf_flow *flow, const struct block *block) = {
	[BLOCK_HEADING] = add_heading, [BLOCK_PARAGRAPH] = add_paragraph,
	[BLOCK_LEDE] = add_lede,       [BLOCK_LIST] = add_list,
	[BLOCK_ITEM] = add_children,   [BLOCK_CODE] = add_code,
	[BLOCK_TABLE] = add_table,     [BLOCK_CHART] = add_chart,
	[BLOCK_TILES] = add_tiles,     [BLOCK_CALLOUT] = add_callout,
	[BLOCK_COLUMNS] = add_columns, [BLOCK_COLUMN] = add_children,
};

static gboolean is_of(const GPtrArray *blocks, guint i, enum block_kind kind)
{
	return i < blocks->len && ((const struct block *)blocks->pdata[i])->kind == kind;
}

/* Words under a heading would stand at the end of a leaf, and what they lead to on the next. */
static gboolean leads_on(const GPtrArray *blocks, guint i)
{
	return i > 0 && is_of(blocks, i - 1, BLOCK_HEADING) && is_of(blocks, i, BLOCK_PARAGRAPH) &&
	       (is_of(blocks, i + 1, BLOCK_CHART) || is_of(blocks, i + 1, BLOCK_TABLE));
}

void pdf_flow_blocks(struct pdf_flow *flow, const GPtrArray *blocks)
{
	for (guint i = 0; blocks && i < blocks->len; i++) {
		const struct block *block = blocks->pdata[i];

		makers[block->kind](flow, block);
		if (leads_on(blocks, i))
			pdf_flow_keep(flow);
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/pdf_layout.h"

#define BAR_WIDTH 2.5
#define LOWEST 0.6 /* of its height, a chart that gives way to what stands above it */

/* A leaf being filled. */
struct filler {
	const struct pdf_sheet *sheet;
	double spaces;                /* a factor on the spaces above slugs */
	gboolean yields;              /* a chart that has no room is lower, if that is enough */
	GPtrArray *leaves;
	struct pdf_leaf *leaf;
	double y;                     /* below the last slug, from the top of the text area */
	const struct pdf_slug *last;  /* on this leaf; NULL: it is empty */
	struct pdf_box *ground, *bar; /* of the frame that the last slug stands in */
};

static void leaf_free(struct pdf_leaf *leaf)
{
	g_array_unref(leaf->placed);
	g_ptr_array_unref(leaf->owned);
	g_free(leaf);
}

static void turn(struct filler *filler)
{
	struct pdf_leaf *leaf = g_new(struct pdf_leaf, 1);

	leaf->placed = g_array_new(FALSE, FALSE, sizeof(struct pdf_placed));
	leaf->owned = g_ptr_array_new_with_free_func((GDestroyNotify)pdf_box_free);
	g_ptr_array_add(filler->leaves, leaf);
	filler->leaf = leaf;
	filler->y = 0;
	filler->last = NULL;
}

static void place(struct filler *filler, const struct pdf_box *box, double y, gboolean again)
{
	struct pdf_placed placed = { box, filler->sheet->left, filler->sheet->top + y, again };

	g_array_append_val(filler->leaf->placed, placed);
}

static struct pdf_box *place_fill(struct filler *filler, double y, const struct pdf_frame *frame,
                                  gboolean bar)
{
	struct pdf_box *box = bar ? pdf_box_fill(frame->x, 0, BAR_WIDTH, 0, frame->bar)
	                          : pdf_box_fill(frame->x, 0, frame->width, 0, frame->fill);

	g_ptr_array_add(filler->leaf->owned, box);
	place(filler, box, y, FALSE);
	return box;
}

/* The ground of a frame grows with every slug that stands in it; on the next leaf it begins anew.
 */
static void extend_frame(struct filler *filler, const struct pdf_slug *slug, double before)
{
	gboolean goes_on = filler->last && filler->last->frame == slug->frame;
	double grown = slug->height + (goes_on ? before : 0);

	if (!goes_on) {
		filler->ground = filler->bar = NULL;
		if (slug->frame)
			filler->ground = place_fill(filler, filler->y + before, slug->frame, FALSE);
		if (slug->frame && slug->frame->bar != INK_NONE)
			filler->bar = place_fill(filler, filler->y + before, slug->frame, TRUE);
	}
	if (filler->ground)
		filler->ground->height += grown;
	if (filler->bar)
		filler->bar->height += grown;
}

static double space_above(const struct filler *filler, const struct pdf_slug *slug)
{
	return filler->last ? slug->before * filler->spaces : 0;
}

static void put(struct filler *filler, const struct pdf_slug *slug)
{
	double before = space_above(filler, slug);

	if (!filler->last && slug->head) {
		place(filler, slug->head, 0, TRUE);
		filler->y += slug->head->height;
	}
	extend_frame(filler, slug, before);
	place(filler, slug->box, filler->y + before, FALSE);
	filler->y += before + slug->height;
	filler->last = slug;
}

/* The slugs from `first` that are kept together, as the index after the last. */
static guint chunk_end(const GPtrArray *slugs, guint first)
{
	guint end = first;

	while (end + 1 < slugs->len && ((const struct pdf_slug *)slugs->pdata[end])->keep)
		end++;
	return end + 1;
}

/* Below what stands on the leaf; on an empty one everything is put. */
static double chunk_height(const struct filler *filler, const GPtrArray *slugs, guint first,
                           guint end)
{
	double height = 0;

	for (guint i = first; i < end; i++) {
		const struct pdf_slug *slug = slugs->pdata[i];

		height += slug->height + space_above(filler, slug);
	}
	return height;
}

static gboolean fits(const struct filler *filler, double height)
{
	return filler->y + height <= pdf_sheet_height(filler->sheet) + 0.01;
}

static double can_give(const struct pdf_slug *slug)
{
	return slug->most > 0 ? MAX(slug->height - MAX(slug->least, slug->most * LOWEST), 0) : 0;
}

/* Makes the charts of a chunk lower by so much in all, rather than leave a part of a leaf empty;
 * FALSE: they cannot. */
static gboolean give_way(const GPtrArray *slugs, guint first, guint end, double missing)
{
	double all = 0;

	for (guint i = first; i < end; i++)
		all += can_give(slugs->pdata[i]);
	if (all < missing)
		return FALSE;
	for (guint i = first; i < end; i++) {
		struct pdf_slug *slug = slugs->pdata[i];

		slug->height -= missing * can_give(slug) / all;
		slug->box->height = slug->most > 0 ? slug->height : slug->box->height;
	}
	return TRUE;
}

static void put_chunk(struct filler *filler, const GPtrArray *slugs, guint first, guint end)
{
	double height = chunk_height(filler, slugs, first, end);

	if (filler->last && !fits(filler, height) &&
	    !(filler->yields &&
	      give_way(slugs, first, end, filler->y + height - pdf_sheet_height(filler->sheet))))
		turn(filler);
	for (guint i = first; i < end; i++) {
		const struct pdf_slug *slug = slugs->pdata[i];

		/* Only in a chunk that no leaf can hold. */
		if (filler->last && !fits(filler, space_above(filler, slug) + slug->height))
			turn(filler);
		put(filler, slug);
	}
}

/* A text whose lines are on two leaves must be tagged in stretches. */
static void mark_split(const struct pdf_slug *before, const struct pdf_slug *after)
{
	if (before->box->text && before->box->text == after->box->text)
		before->box->text->split = TRUE;
}

/* Of another layout of the same slugs. */
static void forget_splits(const GPtrArray *slugs)
{
	for (guint i = 0; i < slugs->len; i++) {
		const struct pdf_slug *slug = slugs->pdata[i];

		if (slug->box->text)
			slug->box->text->split = FALSE;
	}
}

static GPtrArray *lay_out(const struct pdf_galley *galley, const struct pdf_sheet *sheet,
                          double spaces, gboolean yields)
{
	struct filler filler = { .sheet = sheet, .spaces = spaces, .yields = yields };
	const GPtrArray *slugs = galley->slugs;

	filler.leaves = g_ptr_array_new_with_free_func((GDestroyNotify)leaf_free);
	forget_splits(slugs);
	turn(&filler);
	for (guint first = 0; first < slugs->len;) {
		guint end = chunk_end(slugs, first), leaves = filler.leaves->len;

		put_chunk(&filler, slugs, first, end);
		if (filler.leaves->len > leaves)
			for (guint i = MAX(first, 1); i < end; i++)
				mark_split(slugs->pdata[i - 1], slugs->pdata[i]);
		first = end;
	}
	return filler.leaves;
}

GPtrArray *pdf_layout(const struct pdf_galley *galley, const struct pdf_sheet *sheet)
{
	return lay_out(galley, sheet, 1, FALSE);
}

double pdf_leaf_filled(const struct pdf_leaf *leaf, const struct pdf_sheet *sheet)
{
	double end = sheet->top;

	for (guint i = 0; i < leaf->placed->len; i++) {
		const struct pdf_placed *placed = &g_array_index(leaf->placed, struct pdf_placed,
		                                                 i);

		end = MAX(end, placed->y + placed->box->y + placed->box->height);
	}
	return (end - sheet->top) / pdf_sheet_height(sheet);
}

/* How much of their heights charts have, and of their spaces all slugs. */
static const struct {
	double charts, spaces;
} steps[] = { { 1, 1 },          { 0.95, 0.96 }, { 0.9, 0.92 }, { 0.85, 0.88 }, { 0.8, 0.84 },
	      { 0.75, 0.8 }, { 0.7, 0.76 },  { 0.65, 0.72 }, { 0.6, 0.66 }, { 0.55, 0.6 } };

static GPtrArray *lay_out_closer(const struct pdf_galley *galley, const struct pdf_sheet *sheet,
                                 guint step)
{
	for (guint i = 0; i < galley->slugs->len; i++) {
		struct pdf_slug *slug = galley->slugs->pdata[i];

		if (slug->most > 0)
			slug->height = slug->box->height = MAX(slug->most * steps[step].charts,
			                                       slug->least);
	}
	return lay_out(galley, sheet, steps[step].spaces, TRUE);
}

/* What is alone on a leaf is as long as its words. */
guint pdf_layout_waste(const GPtrArray *leaves, const struct pdf_sheet *sheet)
{
	guint poor = 0;

	for (guint i = 0; leaves->len > 1 && i < leaves->len; i++)
		poor += pdf_leaf_filled(leaves->pdata[i], sheet) < 1 / 3.0;
	return poor;
}

/* Charts and spaces give way step by step, and no more than it takes; where it takes too much, not
 * at all. */
GPtrArray *pdf_layout_fitted(const struct pdf_galley *galley, const struct pdf_sheet *sheet)
{
	guint least = G_MAXUINT, best = 0;

	for (guint step = 0; least > 0 && step < G_N_ELEMENTS(steps); step++) {
		g_autoptr(GPtrArray) leaves = lay_out_closer(galley, sheet, step);
		guint waste = pdf_layout_waste(leaves, sheet);

		if (waste < least) {
			least = waste;
			best = step;
		}
	}
	return lay_out_closer(galley, sheet, best);
}

double pdf_galley_height(const struct pdf_galley *galley)
{
	double height = 0;

	for (guint i = 0; i < galley->slugs->len; i++) {
		const struct pdf_slug *slug = galley->slugs->pdata[i];

		height += slug->height + (i > 0 ? slug->before : 0);
	}
	return height;
}

/* A column is a leaf as long as it needs: laid out like one, then taken over. */
void pdf_galley_stack(struct pdf_galley *galley, struct pdf_box *parent)
{
	struct pdf_sheet endless = { .bottom = -G_MAXDOUBLE / 2 };
	g_autoptr(GPtrArray) leaves = pdf_layout(galley, &endless);
	struct pdf_leaf *leaf = leaves->pdata[0];

	for (guint i = 0; i < leaf->placed->len; i++) {
		const struct pdf_placed *placed =
			&g_array_index(leaf->placed, struct pdf_placed, i);
		struct pdf_box *box = (struct pdf_box *)placed->box;

		box->y += placed->y;
		pdf_box_add(parent, box);
	}
	for (guint i = 0; i < galley->slugs->len; i++)
		((struct pdf_slug *)galley->slugs->pdata[i])->box = NULL;
	g_ptr_array_set_free_func(leaf->owned, NULL);
	parent->height = pdf_galley_height(galley);
}

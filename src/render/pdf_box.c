/* SPDX-License-Identifier: Apache-2.0 */
#include "render/pdf.h"

struct pdf_box *pdf_box_new(enum pdf_box_kind kind, double x, double y, double width, double height)
{
	struct pdf_box *box = g_new0(struct pdf_box, 1);

	box->kind = kind;
	box->x = x;
	box->y = y;
	box->width = width;
	box->height = height;
	return box;
}

void pdf_box_free(struct pdf_box *box)
{
	if (!box)
		return;
	pdf_text_unref(box->text);
	g_free(box->dest);
	g_free(box->link);
	g_clear_pointer(&box->opens, g_ptr_array_unref);
	g_clear_pointer(&box->children, g_ptr_array_unref);
	g_free(box);
}

struct pdf_box *pdf_box_add(struct pdf_box *parent, struct pdf_box *child)
{
	if (!parent->children)
		parent->children = g_ptr_array_new_with_free_func((GDestroyNotify)pdf_box_free);
	g_ptr_array_add(parent->children, child);
	return child;
}

struct pdf_box *pdf_box_fill(double x, double y, double width, double height, enum ink ink)
{
	struct pdf_box *box = pdf_box_new(BOX_FILL, x, y, width, height);

	box->ink = ink;
	return box;
}

void pdf_box_open(struct pdf_box *box, const char *tag)
{
	if (!box->opens)
		box->opens = g_ptr_array_new();
	g_ptr_array_insert(box->opens, 0, (gpointer)tag);
}

void pdf_box_tag(struct pdf_box *box, const char *tag)
{
	pdf_box_open(box, tag);
	box->closes++;
}

struct pdf_box *pdf_box_add_text(struct pdf_box *parent, struct pdf_text *text,
                                 const cairo_rectangle_t *place, guint most, const char *tag)
{
	struct pdf_box *group =
		pdf_box_add(parent, pdf_box_new(BOX_GROUP, place->x, place->y, place->width, 0));

	pdf_text_break(text, place->width, most);
	for (guint i = 0; i < text->lines->len; i++) {
		struct pdf_box *line =
			pdf_box_new(BOX_LINE, 0, group->height, place->width, text->type.leading);

		line->text = pdf_text_ref(text);
		line->line = i;
		group->height += line->height;
		pdf_box_add(group, line);
	}
	pdf_text_unref(text);
	if (tag)
		pdf_box_tag(group, tag);
	return group;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <pango/pangocairo.h>

#include "charts/canvas.h"
#include "charts/palette.h"
#include "charts/text.h"

struct canvas_cairo {
	struct canvas canvas; /* first: the class's functions get this */
	cairo_t *cairo;
	PangoLayout *layout;
};

static void set_ink(cairo_t *cairo, enum ink ink)
{
	guint32 rgb = palette_entry(ink)->light;

	cairo_set_source_rgb(cairo, (rgb >> 16) / 255.0, (rgb >> 8 & 0xff) / 255.0,
	                     (rgb & 0xff) / 255.0);
}

static void apply_stroke(cairo_t *cairo, struct stroke stroke)
{
	static const double dash[] = { 5, 3 };

	if (stroke.fill) {
		set_ink(cairo, stroke.fill);
		cairo_fill_preserve(cairo);
	}
	if (stroke.line) {
		set_ink(cairo, stroke.line);
		cairo_set_line_width(cairo, stroke.width);
		cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
		cairo_set_dash(cairo, dash, stroke.dashed ? G_N_ELEMENTS(dash) : 0, 0);
		cairo_stroke_preserve(cairo);
	}
	cairo_new_path(cairo);
}

static void cairo_rect(struct canvas *canvas, struct box box, struct stroke stroke)
{
	cairo_t *cairo = ((struct canvas_cairo *)canvas)->cairo;

	cairo_rectangle(cairo, box.x, box.y, box.width, box.height);
	apply_stroke(cairo, stroke);
}

static void cairo_polygon(struct canvas *canvas, const struct canvas_point *points, guint count,
                          struct stroke stroke)
{
	cairo_t *cairo = ((struct canvas_cairo *)canvas)->cairo;

	cairo_new_path(cairo);
	for (guint i = 0; i < count; i++)
		cairo_line_to(cairo, points[i].x, points[i].y);
	if (stroke.closed)
		cairo_close_path(cairo);
	apply_stroke(cairo, stroke);
}

/* The user's space until cairo_restore(): begins where a text of this size does that was laid out
 * in TEXT_SIZE. */
static void begin_text(cairo_t *cairo, struct canvas_point at, double size)
{
	cairo_save(cairo);
	cairo_translate(cairo, at.x, at.y);
	cairo_scale(cairo, size / TEXT_SIZE, size / TEXT_SIZE);
	cairo_move_to(cairo, 0, 0);
}

static void cairo_write(struct canvas *canvas, struct canvas_point at, const char *text,
                        struct lettering lettering)
{
	struct canvas_cairo *self = (struct canvas_cairo *)canvas;
	PangoLayoutLine *line;
	PangoRectangle extents;

	text_set(self->layout, text, lettering.weight);
	line = pango_layout_get_line_readonly(self->layout, 0);
	pango_layout_line_get_extents(line, NULL, &extents);
	if (lettering.anchor != ANCHOR_START)
		at.x -= extents.width * lettering.size / TEXT_SIZE / PANGO_SCALE /
		        (lettering.anchor == ANCHOR_MIDDLE ? 2 : 1);
	if (lettering.halo) {
		begin_text(self->cairo, at, lettering.size);
		pango_cairo_layout_line_path(self->cairo, line);
		cairo_restore(self->cairo);
		apply_stroke(self->cairo, (struct stroke){ .line = INK_PAPER, .width = 4 });
	}
	set_ink(self->cairo, lettering.ink);
	begin_text(self->cairo, at, lettering.size);
	pango_cairo_show_layout_line(self->cairo, line);
	cairo_restore(self->cairo);
	/* The current point would otherwise begin the next path. */
	cairo_new_path(self->cairo);
}

/* Paper has no tooltips. */
static void cairo_begin(struct canvas *canvas, const char *tooltip)
{
	(void)canvas;
	(void)tooltip;
}

static void cairo_end(struct canvas *canvas)
{
	(void)canvas;
}

struct canvas *canvas_cairo_new(void *cairo, double width, double height)
{
	static const struct canvas_class class = { cairo_rect, cairo_polygon, cairo_write,
		                                   cairo_begin, cairo_end };
	struct canvas_cairo *self = g_new(struct canvas_cairo, 1);
	PangoContext *context = text_context_new();

	*self = (struct canvas_cairo){ { &class, width, height },
		                       cairo_reference(cairo),
		                       pango_layout_new(context) };
	g_object_unref(context);
	cairo_save(cairo);
	return &self->canvas;
}

void canvas_cairo_free(struct canvas *canvas)
{
	struct canvas_cairo *self = (struct canvas_cairo *)canvas;

	cairo_restore(self->cairo);
	cairo_destroy(self->cairo);
	g_object_unref(self->layout);
	g_free(self);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/pdf_layout.h"

/* A canvas on which nothing is painted: it takes the words. */
struct reading_canvas {
	struct canvas canvas; /* first: the class's functions get this */
	GString *text;
};

static void read_rect(struct canvas *canvas, struct box box, struct stroke stroke)
{
	(void)canvas, (void)box, (void)stroke;
}

static void read_path(struct canvas *canvas, const struct canvas_point *points, guint count,
                      struct stroke stroke)
{
	(void)canvas, (void)points, (void)count, (void)stroke;
}

static void read_text(struct canvas *canvas, struct canvas_point at, const char *text,
                      struct lettering lettering)
{
	(void)at, (void)lettering;
	g_string_append_printf(((struct reading_canvas *)canvas)->text, "%s\n", text);
}

/* Paper has no tooltips. */
static void read_group(struct canvas *canvas, const char *tooltip)
{
	(void)canvas, (void)tooltip;
}

static void read_end(struct canvas *canvas)
{
	(void)canvas;
}

void pdf_legible_chart(const struct chart *chart, double width, double height, GString *text)
{
	static const struct canvas_class class = { read_rect, read_path, read_text, read_group,
		                                   read_end };
	struct reading_canvas canvas = { { &class, width, height }, text };

	chart_draw(chart, &canvas.canvas);
}

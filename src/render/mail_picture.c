/* SPDX-License-Identifier: Apache-2.0 */
#include <cairo.h>
#include <math.h>

#include "charts/canvas.h"
#include "charts/palette.h"
#include "render/logo.h"
#include "render/mail.h"
#include "render/pdf_layout.h"

#define WIDTH_PX 480 /* shown a little larger on a wide screen, and still legible on a narrow one */
#define FINENESS 2   /* dots a pixel */

static void paint_paper(cairo_t *cairo)
{
	guint32 rgb = palette_entry(INK_PAPER)->light;

	cairo_set_source_rgb(cairo, (rgb >> 16) / 255.0, (rgb >> 8 & 0xff) / 255.0,
	                     (rgb & 0xff) / 255.0);
	cairo_paint(cairo);
}

char *mail_picture_id(const struct chart *chart)
{
	g_autofree char *words = g_strjoin("\n", chart->title, chart->description, chart->source,
	                                   NULL);
	g_autofree char *digest = g_compute_checksum_for_string(G_CHECKSUM_SHA256, words, -1);

	return g_strdup_printf("%s.%.16s@reclaim.invalid", chart->id, digest);
}

GBytes *mail_picture(const struct chart *chart)
{
	double height = ceil(chart_height(chart, WIDTH_PX));
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
	                                                      WIDTH_PX * FINENESS,
	                                                      (int)height * FINENESS);
	cairo_t *cairo = cairo_create(surface);
	struct canvas *canvas;
	GByteArray *bytes = g_byte_array_new();

	paint_paper(cairo);
	cairo_scale(cairo, FINENESS, FINENESS);
	canvas = canvas_cairo_new(cairo, WIDTH_PX, height);
	chart_draw(chart, canvas);
	canvas_cairo_free(canvas);
	cairo_destroy(cairo);
	cairo_surface_write_to_png_stream(surface, logo_take, bytes);
	cairo_surface_destroy(surface);
	return g_byte_array_free_to_bytes(bytes);
}

void mail_picture_words(const struct chart *chart, GString *text)
{
	pdf_legible_chart(chart, WIDTH_PX, chart_height(chart, WIDTH_PX), text);
}

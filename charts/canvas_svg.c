/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/canvas.h"

#include <string.h>

#include "base/fixed.h"
#include "charts/palette.h"

struct canvas_svg {
	struct canvas canvas; /* first: the class's functions get this */
	GString *out;
};

static GString *out_of(struct canvas *canvas)
{
	return ((struct canvas_svg *)canvas)->out;
}

/* Hundredths of a px are more than enough; trailing zeros are not written. */
static void add_number(GString *out, double value)
{
	char text[FIXED_SIZE];
	size_t length;

	fixed_print(text, value, 2);
	length = strlen(text);
	while (text[length - 1] == '0')
		length--;
	if (text[length - 1] == '.')
		length--;
	text[length] = '\0';
	g_string_append(out, strcmp(text, "-0") == 0 ? "0" : text);
}

static void add_attribute(GString *out, const char *name, double value)
{
	g_string_append_printf(out, " %s=\"", name);
	add_number(out, value);
	g_string_append_c(out, '"');
}

static void add_text(GString *out, const char *text)
{
	g_autofree char *clean = text_clean(text);
	g_autofree char *escaped = g_markup_escape_text(clean, -1);

	g_string_append(out, escaped);
}

/* INK_NONE needs no class: the root says fill="none", and stroke is none by default. */
static void add_stroke(GString *out, struct stroke stroke)
{
	gboolean both = stroke.fill && stroke.line;

	if (stroke.line) {
		add_attribute(out, "stroke-width", stroke.width);
		if (stroke.dashed)
			g_string_append(out, " stroke-dasharray=\"5 3\"");
	}
	g_string_append(out, " class=\"");
	if (stroke.fill)
		g_string_append_printf(out, "fill-%s%s", palette_entry(stroke.fill)->name,
		                       both ? " " : "");
	if (stroke.line)
		g_string_append_printf(out, "line-%s", palette_entry(stroke.line)->name);
	g_string_append(out, "\"/>");
}

static void svg_rect(struct canvas *canvas, struct box box, struct stroke stroke)
{
	GString *out = out_of(canvas);

	g_string_append(out, "<rect");
	add_attribute(out, "x", box.x);
	add_attribute(out, "y", box.y);
	add_attribute(out, "width", box.width);
	add_attribute(out, "height", box.height);
	add_stroke(out, stroke);
}

static void svg_path(struct canvas *canvas, const struct canvas_point *points, guint count,
                     struct stroke stroke)
{
	GString *out = out_of(canvas);

	g_string_append(out, "<path d=\"");
	for (guint i = 0; i < count; i++) {
		/* After M, further pairs are lines: no letter is needed. */
		g_string_append_c(out, i == 0 ? 'M' : ' ');
		add_number(out, points[i].x);
		g_string_append_c(out, ',');
		add_number(out, points[i].y);
	}
	g_string_append(out, stroke.closed ? "Z\"" : "\"");
	add_stroke(out, stroke);
}

static void svg_text(struct canvas *canvas, struct canvas_point at, const char *text,
                     struct lettering lettering)
{
	static const char *const anchors[] = { "", " text-anchor=\"middle\"",
		                               " text-anchor=\"end\"" };
	GString *out = out_of(canvas);

	g_string_append(out, "<text");
	add_attribute(out, "x", at.x);
	add_attribute(out, "y", at.y);
	add_attribute(out, "font-size", lettering.size);
	if (lettering.weight == WEIGHT_BOLD)
		g_string_append(out, " font-weight=\"700\"");
	g_string_append_printf(out, "%s class=\"fill-%s%s\">", anchors[lettering.anchor],
	                       palette_entry(lettering.ink)->name, lettering.halo ? " halo" : "");
	add_text(out, text);
	g_string_append(out, "</text>");
}

static void svg_begin(struct canvas *canvas, const char *tooltip)
{
	GString *out = out_of(canvas);

	g_string_append(out, "<g>");
	if (tooltip) {
		g_string_append(out, "<title>");
		add_text(out, tooltip);
		g_string_append(out, "</title>");
	}
}

static void svg_end(struct canvas *canvas)
{
	g_string_append(out_of(canvas), "</g>\n");
}

/* What it is called and what is to be seen: of many small ones, each only called. */
static void add_words(GString *out, const char *id, const char *title, const char *description)
{
	if (!id) {
		g_string_append(out, "<title>");
		add_text(out, title);
		g_string_append(out, "</title>\n");
		return;
	}
	g_string_append_printf(out, "<title id=\"%s-title\">", id);
	add_text(out, title);
	g_string_append_printf(out, "</title>\n<desc id=\"%s-desc\">", id);
	add_text(out, description);
	g_string_append(out, "</desc>\n");
}

struct canvas *canvas_svg_new(double width, double height, const char *id, const char *title,
                              const char *description)
{
	static const struct canvas_class class = { svg_rect, svg_path, svg_text, svg_begin,
		                                   svg_end };
	struct canvas_svg *svg = g_new(struct canvas_svg, 1);
	g_autofree char *safe_id = id ? g_markup_escape_text(id, -1) : NULL;
	GString *out = g_string_new(
		"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\"");

	*svg = (struct canvas_svg){ { &class, width, height }, out };
	if (safe_id)
		g_string_append_printf(out, " aria-labelledby=\"%s-title %s-desc\"", safe_id,
		                       safe_id);
	g_string_append(out, " viewBox=\"0 0 ");
	add_number(out, width);
	g_string_append_c(out, ' ');
	add_number(out, height);
	g_string_append_c(out, '"');
	add_attribute(out, "width", width);
	add_attribute(out, "height", height);
	g_string_append(out, " fill=\"none\" stroke-linejoin=\"round\">\n");
	add_words(out, safe_id, title, description);
	return &svg->canvas;
}

char *canvas_svg_finish(struct canvas *canvas)
{
	GString *out = out_of(canvas);

	g_string_append(out, "</svg>\n");
	g_free(canvas);
	return g_string_free(out, FALSE);
}

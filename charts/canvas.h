/* SPDX-License-Identifier: Apache-2.0 */
/* canvas: the few strokes that every chart is made of, painted by canvas_svg.c and
 * canvas_cairo.c alike. */
#ifndef CHARTS_CANVAS_H
#define CHARTS_CANVAS_H

#include <glib.h>

/* Colours are roles; palette.h gives each its light and dark value. Series are never told apart
 * by colour alone. */
enum ink {
	INK_NONE,
	INK_PAPER, INK_TEXT, INK_MUTED, INK_GRID,
	INK_SERIES_1, INK_SERIES_2, INK_SERIES_3, INK_SERIES_4, /* the four of the palette */
	INK_TINT_1, INK_TINT_2, INK_TINT_3, INK_TINT_4,         /* their pale fills */
	INK_QUIET, /* marks that stand back behind an emphasised one */
	/* The heat ramp, weak to strong: INK_TEXT is legible on the first four, INK_PAPER on the
	 * last three. */
	INK_HEAT_1, INK_HEAT_2, INK_HEAT_3, INK_HEAT_4, INK_HEAT_5, INK_HEAT_6, INK_HEAT_7,
	INKS
};

enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };
enum weight { WEIGHT_NORMAL, WEIGHT_BOLD };

struct canvas_point { double x, y; };
struct box { double x, y, width, height; };

struct stroke {
	enum ink fill, line; /* INK_NONE for none */
	double width;        /* of the line, px */
	gboolean dashed;
	gboolean closed;     /* joins the last point to the first */
};

struct lettering {
	double size; /* px */
	enum weight weight;
	enum anchor anchor;
	enum ink ink;
	gboolean halo; /* a rim in the colour of the paper, for text over marks */
};

struct canvas;

struct canvas_class {
	void (*rect)(struct canvas *canvas, struct box box, struct stroke stroke);
	void (*path)(struct canvas *canvas, const struct canvas_point *points, guint count,
	             struct stroke stroke);
	/* at.y is the base line. */
	void (*text)(struct canvas *canvas, struct canvas_point at, const char *text,
	             struct lettering lettering);
	/* A group with a tooltip (NULL: none); groups do not nest. */
	void (*begin)(struct canvas *canvas, const char *tooltip);
	void (*end)(struct canvas *canvas);
};

struct canvas {
	const struct canvas_class *class;
	double width, height; /* px; y grows downwards */
};

/* An SVG element with real <text>, role="img", <title> and <desc>, colours by class (palette.h), no
 * style attribute and no id but those that begin with `id` (NULL: none, and its title alone names
 * it). canvas_svg_finish() frees the canvas and gives the text to the caller. */
struct canvas *canvas_svg_new(double width, double height, const char *id, const char *title,
                              const char *description);
char *canvas_svg_finish(struct canvas *canvas);

/* Paints on a cairo context (borrowed) whose unit is the px above, with the light palette. */
struct canvas *canvas_cairo_new(void *cairo, double width, double height);
void canvas_cairo_free(struct canvas *canvas);

/* Width in px of a text in the report's typeface; measured by Pango, hinting off. */
double text_width(const char *text, double size, enum weight weight);

/* A copy of text cut with "…" so that it is at most `width` px wide; the caller frees it. */
char *text_fit(const char *text, double size, enum weight weight, double width);

/* The same of a name, cut within: accounts of one school begin alike, and their ends tell them
   apart. */
char *text_fit_name(const char *name, double size, enum weight weight, double width);

/* The text broken at its spaces into lines at most `width` px wide; a longer word is cut.
 * GPtrArray of char *, which frees them; the caller unrefs it. */
GPtrArray *text_lines(const char *text, double size, enum weight weight, double width);

/* A copy that is valid UTF-8 and XML: line breaks and tabs are spaces, other control characters,
 * bidirectional controls and non-characters are gone. "" for NULL. The caller frees it. */
char *text_clean(const char *text);

#endif

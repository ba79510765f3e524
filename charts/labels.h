/* SPDX-License-Identifier: Apache-2.0 */
/* labels: where text already stands, so that no text ever meets another. */
#ifndef CHARTS_LABELS_H
#define CHARTS_LABELS_H

#include "charts/canvas.h"

struct labels {
	struct canvas *canvas;
	struct box bounds; /* all text stays inside */
	GArray *taken;     /* struct box: text */
	GArray *strokes;   /* struct canvas_point, in pairs: lines that text had better not cross */
};

struct place {
	double x, y; /* y is the base line */
	enum anchor anchor;
};

void labels_init(struct labels *labels, struct canvas *canvas, struct box bounds);
void labels_clear(struct labels *labels);

/* The box that a text would fill. */
struct box labels_box(struct canvas_point at, const char *text, struct lettering lettering);

/* A drawn line: GArray of struct canvas_point. */
void labels_avoid(struct labels *labels, const GArray *line);

/* Paints the text at the first of the places where it meets neither text nor lines, else at the
 * first where it meets no text; FALSE when there is none, and then nothing is painted. */
gboolean labels_place(struct labels *labels, const GArray *places, const char *text,
                      struct lettering lettering);

/* The same, but rather nothing than a text over a line. */
gboolean labels_place_clear(struct labels *labels, const GArray *places, const char *text,
                            struct lettering lettering);

/* Moves rising values apart, as little as need be, so that neighbours are `gap` apart and all
 * lie in low…high (which must be wide enough). */
void labels_spread(double *values, guint count, double gap, double low, double high);

#endif

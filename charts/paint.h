/* SPDX-License-Identifier: Apache-2.0 */
/* paint: the small verbs over a canvas that all kinds of chart share, and the two sizes of type. */
#ifndef CHARTS_PAINT_H
#define CHARTS_PAINT_H

#include "charts/canvas.h"

#define SIZE_BODY 12.0  /* names and values */
#define SIZE_SMALL 11.0 /* ticks, axis titles, cells */

/* Letters of this size and ink, from the left, normal weight. */
struct lettering lettering_of(double size, enum ink ink);

void paint_text(struct canvas *canvas, double x, double y, const char *text,
                struct lettering lettering);

/* The text cut to `width`; nothing at all when text is NULL or empty. */
void paint_fit(struct canvas *canvas, struct canvas_point at, const char *text,
               struct lettering lettering, double width);

/* The same of a name, of which the end is kept, too. */
void paint_name(struct canvas *canvas, struct canvas_point at, const char *name,
                struct lettering lettering, double width);

/* A filled rectangle; negative sizes grow to the left and upwards. */
void paint_rect(struct canvas *canvas, double x, double y, struct canvas_point size, enum ink fill);

void paint_line(struct canvas *canvas, struct canvas_point from, struct canvas_point to,
                struct stroke stroke);

/* A level or upright hairline on whole pixels. */
void paint_hairline(struct canvas *canvas, struct canvas_point from, struct canvas_point to,
                    enum ink ink);

/* A line in the making: GArray of struct canvas_point; the caller unrefs it. */
GArray *points_new(void);
void points_add(GArray *points, struct canvas_point point);
const struct canvas_point *points_data(const GArray *points);
void paint_path(struct canvas *canvas, const GArray *points, struct stroke stroke);

/* A dot with a rim of paper. */
void paint_dot(struct canvas *canvas, struct canvas_point at, double radius, enum ink ink);

/* Where the base line of a text of this size stands when its capitals are centred on y. */
double paint_centred(double y, double size);

#endif

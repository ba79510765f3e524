/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/paint.h"

#include <math.h>

struct lettering lettering_of(double size, enum ink ink)
{
	return (struct lettering){ .size = size, .ink = ink };
}

void paint_text(struct canvas *canvas, double x, double y, const char *text,
                struct lettering lettering)
{
	if (text && *text)
		canvas->class->text(canvas, (struct canvas_point){ x, y }, text, lettering);
}

void paint_fit(struct canvas *canvas, struct canvas_point at, const char *text,
               struct lettering lettering, double width)
{
	g_autofree char *fitted = text_fit(text, lettering.size, lettering.weight, width);

	paint_text(canvas, at.x, at.y, fitted, lettering);
}

void paint_name(struct canvas *canvas, struct canvas_point at, const char *name,
                struct lettering lettering, double width)
{
	g_autofree char *fitted = text_fit_name(name, lettering.size, lettering.weight, width);

	paint_text(canvas, at.x, at.y, fitted, lettering);
}

void paint_rect(struct canvas *canvas, double x, double y, struct canvas_point size, enum ink fill)
{
	struct box box = { MIN(x, x + size.x), MIN(y, y + size.y), fabs(size.x), fabs(size.y) };

	canvas->class->rect(canvas, box, (struct stroke){ .fill = fill });
}

void paint_line(struct canvas *canvas, struct canvas_point from, struct canvas_point to,
                struct stroke stroke)
{
	struct canvas_point points[] = { from, to };

	canvas->class->path(canvas, points, 2, stroke);
}

void paint_hairline(struct canvas *canvas, struct canvas_point from, struct canvas_point to,
                    enum ink ink)
{
	if (from.x == to.x)
		from.x = to.x = floor(from.x) + 0.5;
	else
		from.y = to.y = floor(from.y) + 0.5;
	paint_line(canvas, from, to, (struct stroke){ .line = ink, .width = 1 });
}

GArray *points_new(void)
{
	return g_array_new(FALSE, FALSE, sizeof(struct canvas_point));
}

void points_add(GArray *points, struct canvas_point point)
{
	g_array_append_val(points, point);
}

const struct canvas_point *points_data(const GArray *points)
{
	return (const struct canvas_point *)points->data;
}

void paint_path(struct canvas *canvas, const GArray *points, struct stroke stroke)
{
	canvas->class->path(canvas, points_data(points), points->len, stroke);
}

void paint_dot(struct canvas *canvas, struct canvas_point at, double radius, enum ink ink)
{
	struct canvas_point rim[16];

	for (guint i = 0; i < G_N_ELEMENTS(rim); i++) {
		double angle = 2 * G_PI * i / G_N_ELEMENTS(rim);

		rim[i] = (struct canvas_point){ at.x + radius * cos(angle),
			                        at.y + radius * sin(angle) };
	}
	canvas->class->path(
		canvas, rim, G_N_ELEMENTS(rim),
		(struct stroke){ .fill = ink, .line = INK_PAPER, .width = 1.5, .closed = TRUE });
}

double paint_centred(double y, double size)
{
	return y + size * 0.36; /* half the height of Liberation Sans' capitals */
}

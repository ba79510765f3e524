/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/labels.h"

#include "charts/paint.h"

void labels_init(struct labels *labels, struct canvas *canvas, struct box bounds)
{
	labels->canvas = canvas;
	labels->bounds = bounds;
	labels->taken = g_array_new(FALSE, FALSE, sizeof(struct box));
	labels->strokes = g_array_new(FALSE, FALSE, sizeof(struct canvas_point));
}

void labels_clear(struct labels *labels)
{
	g_clear_pointer(&labels->taken, g_array_unref);
	g_clear_pointer(&labels->strokes, g_array_unref);
}

struct box labels_box(struct canvas_point at, const char *text, struct lettering lettering)
{
	double width = text_width(text, lettering.size, lettering.weight);
	double left = at.x;

	if (lettering.anchor != ANCHOR_START)
		left -= lettering.anchor == ANCHOR_END ? width : width / 2;
	/* From the ascenders to the descenders of Liberation Sans. */
	return (struct box){ left, at.y - lettering.size * 0.8, width, lettering.size * 1.02 };
}

void labels_avoid(struct labels *labels, const GArray *line)
{
	for (guint i = 0; i + 1 < line->len; i++)
		g_array_append_vals(labels->strokes, points_data(line) + i, 2);
}

static gboolean boxes_meet(struct box a, struct box b, double air)
{
	return a.x < b.x + b.width + air && b.x < a.x + a.width + air &&
	       a.y < b.y + b.height + air && b.y < a.y + a.height + air;
}

/* Narrows from…to to the part of a line, going from a by d, that lies in low…high. */
static gboolean clip(double a, double d, double low, double high, double range[2])
{
	double enter, leave;

	if (d == 0)
		return a >= low && a <= high;
	enter = (low - a) / d;
	leave = (high - a) / d;
	range[0] = MAX(range[0], MIN(enter, leave));
	range[1] = MIN(range[1], MAX(enter, leave));
	return range[0] <= range[1];
}

static gboolean line_meets(struct canvas_point a, struct canvas_point b, struct box box)
{
	double range[2] = { 0, 1 };

	return clip(a.x, b.x - a.x, box.x, box.x + box.width, range) &&
	       clip(a.y, b.y - a.y, box.y, box.y + box.height, range);
}

static gboolean meets_text(const struct labels *labels, struct box box)
{
	for (guint i = 0; i < labels->taken->len; i++)
		if (boxes_meet(box, g_array_index(labels->taken, struct box, i), 2))
			return TRUE;
	return FALSE;
}

static gboolean meets_stroke(const struct labels *labels, struct box box)
{
	const struct canvas_point *points = points_data(labels->strokes);

	for (guint i = 0; i + 1 < labels->strokes->len; i += 2)
		if (line_meets(points[i], points[i + 1], box))
			return TRUE;
	return FALSE;
}

static gboolean is_inside(struct box box, struct box bounds)
{
	return box.x >= bounds.x && box.y >= bounds.y &&
	       box.x + box.width <= bounds.x + bounds.width &&
	       box.y + box.height <= bounds.y + bounds.height;
}

static gboolean try_places(struct labels *labels, const GArray *places, const char *text,
                           struct lettering lettering, gboolean strict)
{
	for (guint i = 0; i < places->len; i++) {
		const struct place *place = &g_array_index(places, struct place, i);
		struct box box;

		lettering.anchor = place->anchor;
		box = labels_box((struct canvas_point){ place->x, place->y }, text, lettering);
		if (!is_inside(box, labels->bounds) || meets_text(labels, box) ||
		    (strict && meets_stroke(labels, box)))
			continue;
		g_array_append_val(labels->taken, box);
		paint_text(labels->canvas, place->x, place->y, text, lettering);
		return TRUE;
	}
	return FALSE;
}

gboolean labels_place(struct labels *labels, const GArray *places, const char *text,
                      struct lettering lettering)
{
	return try_places(labels, places, text, lettering, TRUE) ||
	       try_places(labels, places, text, lettering, FALSE);
}

gboolean labels_place_clear(struct labels *labels, const GArray *places, const char *text,
                            struct lettering lettering)
{
	return try_places(labels, places, text, lettering, TRUE);
}

void labels_spread(double *values, guint count, double gap, double low, double high)
{
	for (guint i = 0; i < count; i++)
		values[i] = MAX(values[i], i == 0 ? low : values[i - 1] + gap);
	for (guint i = count; i-- > 0;)
		values[i] = MIN(values[i], i + 1 == count ? high : values[i + 1] - gap);
}

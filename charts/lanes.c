/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/lanes.h"

#include <math.h>

#include "charts/paint.h"

#define GUTTER 12.0
#define LINE (SIZE_BODY * 1.04) /* apart, of a name in several lines */
#define LINES 3                 /* a name that needs more is cut to one */

static double width_of(const char *text)
{
	return text ? text_width(text, SIZE_BODY, WEIGHT_BOLD) : 0;
}

void lanes_init(struct lanes *lanes, struct canvas *canvas, const GPtrArray *points)
{
	double names = 0, values = 0;

	for (guint i = 0; i < points->len; i++) {
		const struct chart_point *point = points->pdata[i];

		names = MAX(names, width_of(point->label));
		values = MAX(values, width_of(point->value_text));
	}
	lanes->canvas = canvas;
	lanes->names = MIN(ceil(names), canvas->width * 0.38);
	lanes->left = lanes->names + (names > 0 ? GUTTER : 0);
	/* A cut amount is a wrong one: values have all the room they need. What takes half the
	 * chart is no amount. */
	values = MIN(ceil(values), canvas->width * 0.5);
	lanes->right = canvas->width - values - (values > 0 ? GUTTER : 0);
}

gboolean lanes_are_cut(const struct lanes *lanes, const GPtrArray *points)
{
	for (guint i = 0; i < points->len; i++) {
		const struct chart_point *point = points->pdata[i];

		if (point->label && text_width(point->label, SIZE_BODY, WEIGHT_BOLD) >
		                            ceil(lanes->names))
			return TRUE;
	}
	return FALSE;
}

double lanes_at(const struct lanes *lanes, double value)
{
	double range = lanes->high - lanes->low;

	return range > 0 ? lanes->left + (value - lanes->low) / range * (lanes->right - lanes->left)
	                 : lanes->left;
}

double lanes_middle(const struct lanes *lanes, double row)
{
	return lanes->top + (row + 0.5) * lanes->pitch;
}

void lanes_bar(const struct lanes *lanes, double row, const double span[2], double thickness,
               enum ink ink)
{
	double from = lanes_at(lanes, MIN(span[0], span[1])),
	       to = lanes_at(lanes, MAX(span[0], span[1]));

	if (span[0] == span[1])
		return;
	paint_rect(lanes->canvas, from, lanes_middle(lanes, row) - thickness / 2,
	           (struct canvas_point){ MAX(to - from, 1), thickness }, ink);
}

/* A name that is too long for one line in several; NULL: it fits in one, or in no more than a row
 * may have. */
static GPtrArray *lines_of(const struct lanes *lanes, const char *name, enum weight weight)
{
	g_autoptr(GPtrArray) lines = NULL;

	if (!name || text_width(name, SIZE_BODY, weight) <= lanes->names)
		return NULL;
	lines = text_lines(name, SIZE_BODY, weight, lanes->names);
	for (guint i = 0; i < lines->len; i++)
		if (lines->len > LINES || g_str_has_suffix(lines->pdata[i], "…"))
			return NULL;
	return g_steal_pointer(&lines);
}

double lanes_name_height(const struct lanes *lanes, const GPtrArray *points)
{
	guint most = 1;

	for (guint i = 0; i < points->len; i++) {
		const struct chart_point *point = points->pdata[i];
		g_autoptr(GPtrArray) lines = lines_of(lanes, point->label, lanes_weight(point));

		most = MAX(most, lines ? lines->len : 1);
	}
	return most * LINE;
}

/* Whether there was the height for the lines of the name. */
static gboolean name_in_lines(const struct lanes *lanes, double row, const char *name,
                              struct lettering lettering)
{
	g_autoptr(GPtrArray) lines = lines_of(lanes, name, lettering.weight);

	if (!lines || lanes->name_height < lines->len * LINE)
		return FALSE;
	for (guint i = 0; i < lines->len; i++) {
		double below = (i - (lines->len - 1) / 2.0) * LINE;

		paint_text(lanes->canvas, 0,
		           paint_centred(lanes_middle(lanes, row) + below, SIZE_BODY),
		           lines->pdata[i], lettering);
	}
	return TRUE;
}

void lanes_name(const struct lanes *lanes, double row, const char *name, enum weight weight)
{
	struct lettering lettering = { SIZE_BODY, weight, ANCHOR_START, INK_TEXT, FALSE };
	double y = paint_centred(lanes_middle(lanes, row), SIZE_BODY);

	if (!name_in_lines(lanes, row, name, lettering))
		paint_name(lanes->canvas, (struct canvas_point){ 0, y }, name, lettering,
		           lanes->names);
}

void lanes_value(const struct lanes *lanes, double row, const char *value, enum weight weight,
                 double from)
{
	struct lettering lettering = { SIZE_BODY, weight, ANCHOR_END, INK_TEXT, FALSE };
	double room = lanes->canvas->width - lanes->right - GUTTER,
	       middle = lanes_middle(lanes, row), left;
	g_autofree char *fitted = NULL;

	if (!value)
		return;
	fitted = text_fit(value, SIZE_BODY, weight, room);
	left = lanes->canvas->width - text_width(fitted, SIZE_BODY, weight) - 6;
	if (left - from > 2 * GUTTER)
		paint_hairline(lanes->canvas, (struct canvas_point){ from + 6, middle },
		               (struct canvas_point){ left, middle }, INK_GRID);
	paint_text(lanes->canvas, lanes->canvas->width, paint_centred(middle, SIZE_BODY), fitted,
	           lettering);
}

void lanes_zero(const struct lanes *lanes, double first, double last)
{
	double x = lanes_at(lanes, 0);

	paint_hairline(lanes->canvas, (struct canvas_point){ x, lanes->top + first * lanes->pitch },
	               (struct canvas_point){ x, lanes->top + last * lanes->pitch }, INK_MUTED);
}

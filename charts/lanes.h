/* SPDX-License-Identifier: Apache-2.0 */
/* lanes: names at the left, bars on one scale, values in a column at the right; for bars, stacks
 * and waterfalls. */
#ifndef CHARTS_LANES_H
#define CHARTS_LANES_H

#include "charts/chart.h"

struct lanes {
	struct canvas *canvas;
	double left, right; /* px between which the bars lie */
	double names;       /* width of the names' column */
	double low, high;   /* values at left and right; zero is always between */
	double top, pitch;  /* px of the first row and between rows */
	double name_height; /* px in which a name may stand in several lines; 0: in one */
};

/* Measures names and values of the points (const struct chart_point *) and gives the bars what
 * is left of the width. The kind sets low, high, top and pitch. */
void lanes_init(struct lanes *lanes, struct canvas *canvas, const GPtrArray *points);

/* Whether a name is wider than their column. */
gboolean lanes_are_cut(const struct lanes *lanes, const GPtrArray *points);

/* What stands out is printed in bold. */
static inline enum weight lanes_weight(const struct chart_point *point)
{
	return point->total || point->strong ? WEIGHT_BOLD : WEIGHT_NORMAL;
}

double lanes_at(const struct lanes *lanes, double value);

/* The middle of a row, px from the top of the canvas. */
double lanes_middle(const struct lanes *lanes, double row);

/* A bar between two values; never thinner than a px unless they are equal. */
void lanes_bar(const struct lanes *lanes, double row, const double span[2], double thickness,
               enum ink ink);

/* Of a row whose names are all printed whole. */
double lanes_name_height(const struct lanes *lanes, const GPtrArray *points);

/* In up to three lines where it is too long for one and there is the height, else cut to one. */
void lanes_name(const struct lanes *lanes, double row, const char *name, enum weight weight);

/* The value at the right edge, and a hairline to it from the px `from` where there is room for
 * one. */
void lanes_value(const struct lanes *lanes, double row, const char *value, enum weight weight,
                 double from);

/* The line that the bars stand on, over so many lanes. */
void lanes_zero(const struct lanes *lanes, double first, double last);

#endif

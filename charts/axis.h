/* SPDX-License-Identifier: Apache-2.0 */
/* axis: from values to px, and the ticks worth printing between. */
#ifndef CHARTS_AXIS_H
#define CHARTS_AXIS_H

#include "base/separators.h"

enum axis_kind {
	AXIS_NUMBER, /* "1,500" */
	AXIS_SHARE,  /* 0…1, "25 %" */
	AXIS_TIME,   /* seconds since 1970, local civil: years, months, days or hours */
	AXIS_LOG,    /* by powers; what is nought or less, which it has not, stands at its low
	                end */
};

struct tick {
	double value;
	char *text;
	char *under; /* second line: the year under a month, the day under an hour; NULL: none */
};

struct axis {
	enum axis_kind kind;
	gboolean whole;   /* no ticks between whole numbers */
	struct separators separators;
	double low, high; /* values; low < high */
	double from, to;  /* px at low and at high */
	GArray *ticks;    /* struct tick, rising */
};

/* Low and high that are equal or not finite are widened to something that can be drawn. No ticks
 * yet. */
void axis_init(struct axis *axis, enum axis_kind kind, double low, double high);
void axis_clear(struct axis *axis);

/* Sets about so many ticks (never more than a third above, unless there would be one) between low
 * and high. */
void axis_tick(struct axis *axis, guint about);

/* For number and share axes: first moves low and high out to the next tick, unless they stand
 * just beyond one or would leave more than a fifth empty; for logarithmic ones, out to 1, 2 or 5
 * times a power of ten. */
void axis_tick_nice(struct axis *axis, guint about);

/* The px of a value; not clamped but by a logarithmic axis. */
double axis_at(const struct axis *axis, double value);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* frame: the plot of a chart with two axes: grid, ticks, titles, marked lines and labels at the
 * ends of series. */
#ifndef CHARTS_FRAME_H
#define CHARTS_FRAME_H

#include "charts/axis.h"
#include "charts/chart.h"
#include "charts/labels.h"

struct frame_plan {
	struct box area; /* all that the frame may fill */
	enum axis_kind x_kind, y_kind;
	double x_low, x_high, y_low, y_high;
	double y_max;                  /* more than 0: y ends exactly there */
	gboolean x_whole, y_whole;     /* all are whole numbers */
	const char *x_title, *y_title; /* NULL: none */
	struct separators separators;  /* of ticks */
	gboolean x_grid; /* hairlines up from the ticks along x */
	gboolean x_bare; /* no ticks along x: the kind writes below the plot itself, */
	double below;    /* in so many px */
	double left;     /* at least so many px for the ticks left of the plot */
	double right;    /* px right of the plot for labels at the ends */
};

struct frame {
	struct canvas *canvas;
	struct box plot;
	struct axis x, y;
	struct labels labels;
};

/* The label of a series at the right of the plot. */
struct frame_end {
	double y; /* px */
	const char *text;
	enum ink ink;
};

/* A plan that has room for all points and lines of the chart, with y from zero. */
struct frame_plan frame_plan_of(const struct chart *chart, struct box area);

/* The px that frame_plan.right should be for a label such as this one: at most 30 % of the area. */
double frame_end_room(const struct frame_plan *plan, const char *text);

/* The same for the labels of the chart's level lines. */
double frame_lines_room(const struct frame_plan *plan, const struct chart *chart);

/* Lays the frame out and paints grid, ticks and titles. */
void frame_init(struct frame *frame, struct canvas *canvas, const struct frame_plan *plan);
void frame_clear(struct frame *frame);

/* The px of a point. */
struct canvas_point frame_at(const struct frame *frame, double x, double y);

/* Paints the chart's dashed lines and their labels, over the marks: call it after them. Labels of
 * level lines that fit at the right of the plot join `ends`, where they cover nothing; NULL: all
 * stand at their lines. */
void frame_lines(struct frame *frame, const struct chart *chart, GArray *ends);

/* A dot and its text for each emphasised point of a series; dots for those with a tooltip. */
void frame_points(struct frame *frame, const struct chart_series *series);

/* GArray of struct frame_end; becomes sorted. Paints as many as there is room for. */
void frame_ends(struct frame *frame, GArray *ends);

#endif

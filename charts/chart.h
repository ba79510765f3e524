/* SPDX-License-Identifier: Apache-2.0 */
/* chart: what is to be shown, and how it is drawn. A chart is axis + marks + labels; its title
 * states the finding.
 *
 * All words and printed numbers come ready-made: this room formats axis ticks and nothing else,
 * but for "daily mean" and "daily peak" where an area holds more points than pixels. */
#ifndef CHARTS_CHART_H
#define CHARTS_CHART_H

#include "base/separators.h"
#include "charts/canvas.h"

enum chart_kind {
	/* One area from zero over time (x: seconds since 1970, local civil), horizontal lines
	 * marked. Further series are steps (capacity), each holding until its next point. */
	CHART_AREA,
	/* Lines over a number axis (load duration, cost over K), lines marked both ways. */
	CHART_CURVE,
	/* Horizontal bars from zero, ranked: labels left, value texts right. With several series
	 * values stand at the bars' ends; two on opposite sides of zero make a tornado. */
	CHART_BARS,
	/* Bars by rank above, their cumulative share as a panel of its own below; vertical lines
	 * (value: a rank) marked. A second series' label names that panel. */
	CHART_PARETO,
	/* One horizontal stacked bar, named by y_title; below it each part on a row of its own with
	 * label and value. A series per part gives each its ink. */
	CHART_STACK,
	/* From a total through signed steps to a total. */
	CHART_WATERFALL,
	/* A series per row, a point per column (its label names it), values printed; below nought
	 * nothing is told there. */
	CHART_HEAT,
	/* Vertical bars over ordered labels (months), several series stacked; horizontal lines
	 * marked. */
	CHART_COLUMNS,
	/* One small area per series on one scale; a strong point's value stands in its head. */
	CHART_MULTIPLES,
	/* Marks over two axes, a shape for each series, all of one size. Labels (not values) stand
	 * at strong points where they hide nothing: let these be few. Lines marked both ways. */
	CHART_SCATTER,
	/* A row per point, a series per bound (low, expected, high): a mark each on one scale from
	 * nought, joined by a line, values printed in a column each. A strong row is bold. */
	CHART_RANGES,
	/* The first series as a small line from zero in a table's cell, a dot at its end: no axis
	 * and no words, each on a scale of its own. */
	CHART_SPARK,
	CHART_KINDS
};

/* How wide a small line is in a table, px. */
#define CHART_SPARK_WIDTH 84.0

/* A scatter draws no more than its first so many points: say in the subtitle what was left out. */
#define CHART_MARKS 300

struct chart_point {
	double x, y;
	char *label;      /* the category's, month's or row's name; NULL for plain curves */
	char *value_text; /* y as printed everywhere; NULL: not printed */
	char *x_text;     /* x as the table behind a scatter prints it; NULL: from x */
	char *tooltip;    /* NULL: none */
	gboolean strong;  /* emphasised: in the accent colour, labelled */
	gboolean total;   /* waterfall: a total that stands on zero, not a step */
};

struct chart_series {
	char *label;
	enum ink ink;
	GArray *points; /* struct chart_point */
};

struct chart_line {
	double value;
	gboolean vertical;
	char *label; /* "P85: 41 nodes" */
	enum ink ink;
};

struct chart {
	enum chart_kind kind;
	char *id;       /* [a-z0-9-]+, unique on a page */
	char *title;    /* the finding: "Ten users hold 74 % of the cost" */
	char *subtitle; /* what, unit, period */
	char *source;   /* "Source: export 3f2a…, 2025-01-01 to 2025-12-31" */
	char *description; /* for those who cannot see it: what the marks show, in a sentence */
	char *x_title, *y_title; /* NULL: none */
	gboolean y_share;        /* y is 0…1, ticks in per cent */
	gboolean x_time;         /* x is seconds since 1970; ticks are dates */
	gboolean x_log, y_log;   /* of a scatter: logarithmic, for values above nought */
	char *diagonal; /* of a scatter with two axes of a kind: names a line where x is y; NULL:
	                   none */
	double y_max;            /* 0: from the data */
	struct separators separators; /* of ticks; the other texts come ready-made */
	GPtrArray *series;       /* struct chart_series */
	GArray *lines;           /* struct chart_line */
	char *thin; /* too little data: this sentence stands instead of the chart; NULL: enough */
};

struct chart *chart_new(enum chart_kind kind, const char *id);
void chart_free(struct chart *chart);

/* Texts are copied. Returned series and points are owned by the chart; a point's pointer is good
 * until the next add. A value that is not finite counts as 0. */
struct chart_series *chart_series_add(struct chart *chart, const char *label, enum ink ink);
struct chart_point *chart_point_add(struct chart_series *series, double x, double y,
                                    const char *label, const char *value_text);
void chart_line_add(struct chart *chart, double value, gboolean vertical, const char *label,
                    enum ink ink);

/* The height in px that suits this chart at this width (bars: by their number). Title, subtitle
 * and source are not drawn by the chart but by the document around it. */
double chart_height(const struct chart *chart, double width);

/* The least height in px at which chart_draw() keeps its word. */
double chart_least_height(const struct chart *chart, double width);

/* Draws it to fill the canvas. Text is never smaller than 11 px, never clipped and never over
 * another text. Meant for widths of 320 px and more; looks best from 480 px. */
void chart_draw(const struct chart *chart, struct canvas *canvas);

/* The chart as an SVG element of this width. Without an id there are none in it. The caller frees
 * it. */
char *chart_svg(const struct chart *chart, double width);

#endif

/* SPDX-License-Identifier: Apache-2.0 */

#include "charts/kind.h"
#include "charts/paint.h"

#define HEIGHT 24.0
#define EDGE 3.5 /* room for the dot and its rim */
#define DOT 2.5

static double spark_height(const struct chart *chart, double width)
{
	(void)chart;
	(void)width;
	return HEIGHT;
}

/* Nought is always in it: the shape is of amounts, not of their last digits. */
static GArray *line_of(const struct chart_series *series, const struct canvas *canvas, double *zero)
{
	GArray *line = points_new();
	double low = 0, high = 0, room = canvas->height - 2 * EDGE;

	for (guint i = 0; i < series->points->len; i++) {
		low = MIN(low, series_point_at(series, i)->y);
		high = MAX(high, series_point_at(series, i)->y);
	}
	if (high == low)
		high = low + 1;
	for (guint i = 0; i < series->points->len; i++)
		points_add(line, (struct canvas_point){
			EDGE + i * (canvas->width - 2 * EDGE) / MAX(series->points->len - 1, 1),
			EDGE + (high - series_point_at(series, i)->y) / (high - low) * room });
	*zero = EDGE + high / (high - low) * room;
	return line;
}

static void spark_draw(const struct chart *chart, struct canvas *canvas)
{
	const struct chart_series *series = chart_first_series(chart);
	double zero;
	g_autoptr(GArray) line = line_of(series, canvas, &zero);
	guint count = line->len;
	struct canvas_point last = points_data(line)[count - 1];

	points_add(line, (struct canvas_point){ last.x, zero });
	points_add(line, (struct canvas_point){ points_data(line)[0].x, zero });
	paint_path(canvas, line, (struct stroke){ .fill = ink_tint(series->ink), .closed = TRUE });
	g_array_set_size(line, count);
	paint_path(canvas, line, (struct stroke){ .line = series->ink, .width = 1.5 });
	paint_dot(canvas, last, DOT, series->ink);
}

const struct kind spark_kind = { .height = spark_height, .draw = spark_draw, .least = 1 };

/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/legend.h"

#include "charts/kind.h"
#include "charts/paint.h"

#define ROW 18.0
#define GAP 6.0   /* below the last row */
#define TEXT 16.0 /* from a mark's left edge to its text */
#define APART 20.0

static gboolean has_entry(const struct chart_series *series)
{
	return series->points->len > 0 && series->label && *series->label;
}

static double entry_width(const struct chart_series *series)
{
	return TEXT + text_width(series->label, SIZE_BODY, WEIGHT_NORMAL);
}

/* Sets the left edge and row of each series' entry; gives the number of rows. Those that do not fit
 * beside the ones before begin a new one. */
static guint lay(const struct chart *chart, double width, struct canvas_point *at)
{
	double x = 0;
	guint rows = 0;

	for (guint i = 0; i < chart->series->len; i++) {
		const struct chart_series *series = chart_series_at(chart, i);

		if (!has_entry(series))
			continue;
		if (rows == 0 || x + entry_width(series) > width) {
			x = 0;
			rows++;
		}
		at[i] = (struct canvas_point){ x, rows - 1 };
		x += entry_width(series) + APART;
	}
	return rows;
}

double legend_height(const struct chart *chart, double width)
{
	g_autofree struct canvas_point *at = g_new0(struct canvas_point, chart->series->len);
	guint rows = lay(chart, width, at);

	return rows ? rows * ROW + GAP : 0;
}

void legend_draw(const struct chart *chart, struct canvas *canvas,
                 enum mark (*mark_of)(guint series))
{
	g_autofree struct canvas_point *at = g_new0(struct canvas_point, chart->series->len);

	lay(chart, canvas->width, at);
	for (guint i = 0; i < chart->series->len; i++) {
		const struct chart_series *series = chart_series_at(chart, i);
		double middle = (at[i].y + 0.5) * ROW, x = at[i].x;

		if (!has_entry(series))
			continue;
		mark_paint(canvas, (struct canvas_point){ x + MARK_RADIUS + 1, middle }, mark_of(i),
		           series->ink);
		paint_fit(
			canvas, (struct canvas_point){ x + TEXT, paint_centred(middle, SIZE_BODY) },
			series->label, lettering_of(SIZE_BODY, INK_TEXT), canvas->width - x - TEXT);
	}
}

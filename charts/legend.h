/* SPDX-License-Identifier: Apache-2.0 */
/* legend: at the top of the canvas what the marks of each series that has points and a label stand
 * for. */
#ifndef CHARTS_LEGEND_H
#define CHARTS_LEGEND_H

#include "charts/chart.h"
#include "charts/mark.h"

/* In px; 0 where there is nothing to say. */
double legend_height(const struct chart *chart, double width);

/* mark_of: the mark of a series by its number. */
void legend_draw(const struct chart *chart, struct canvas *canvas,
                 enum mark (*mark_of)(guint series));

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* xlsx_charts: native charts of the tables of the workbook. Their series are the cells, so that
 * they follow the inputs; their title is the headline of the dataset for as long as no input is
 * changed. */
#ifndef RENDER_XLSX_CHARTS_H
#define RENDER_XLSX_CHARTS_H

#include "render/xlsx_book.h"

/* The chart that belongs below the table of a dataset, into rows of its own; none where there is no
 * such chart, or where the dataset has no headline. */
void chart_below(struct sheet *sheet, const struct dataset *dataset);

/* Those that belong on the summary, side by side into rows of their own under a heading. Every
 * other sheet is written by then. */
void charts_on_summary(struct sheet *sheet, guint columns);

#endif

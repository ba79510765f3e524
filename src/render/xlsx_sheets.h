/* SPDX-License-Identifier: Apache-2.0 */
/* xlsx_sheets: what stands on the sheets of the workbook. */
#ifndef RENDER_XLSX_SHEETS_H
#define RENDER_XLSX_SHEETS_H

#include "render/xlsx_book.h"

/* The inputs of the model, each with its live cell, and a count of those that were changed. */
void sheet_assumptions(struct sheet *sheet);

/* Every figure in its own unit, unrounded: a value, or a formula over the names of others. */
void sheet_figures(struct sheet *sheet);

/* What a reader wants first: the key figures and all that follows from others, with the sheets of
 * `book` listed below. */
void sheet_summary(struct sheet *sheet);

/* One dataset as a table. */
void sheet_dataset(struct sheet *sheet, const struct dataset *dataset);

/* What the sheets, columns, figures and grades mean. */
void sheet_notes(struct sheet *sheet);

/* Defined names: of the cell that counts changed inputs, and of the two that choose: which of the
 * report's three calculations is shown, and which column the prices come from. Those hold "Low",
 * "Expected" or "High". */
#define NAME_INPUTS_CHANGED "inputs_changed"
#define NAME_SCENARIO "scenario"
#define NAME_PRICES "prices"

#endif

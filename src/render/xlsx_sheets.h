/* SPDX-License-Identifier: Apache-2.0 */
/* xlsx_sheets: what stands on the sheets of the workbook. */
#ifndef RENDER_XLSX_SHEETS_H
#define RENDER_XLSX_SHEETS_H

#include "render/xlsx_book.h"

/* The inputs of the model, each with its live cell, and a count of those that were changed. Notes
 * what the ends of ranges are. */
void sheet_assumptions(struct sheet *sheet);

/* Every figure in its own unit, unrounded: a value, or a formula over the names of others, or what
 * was noted of it. */
void sheet_figures(struct sheet *sheet);

/* What a reader wants first: the key figures and all that follows from others, with the sheets of
 * `book` listed below. */
void sheet_summary(struct sheet *sheet);

/* One dataset as a table. */
void sheet_dataset(struct sheet *sheet, const struct dataset *dataset);

/* The curves that figures are found in, a column each. */
void sheet_curves(struct sheet *sheet);
#define CURVES_TITLE "Needed beyond"
#define CURVES_PURPOSE \
	"Measured: what is needed beyond each number of nodes owned, and which plan is best by what owning costs against renting."

/* What figures would be at other prices, a column each; and whether there are such. Notes where
 * each stands. */
void sheet_what_ifs(struct sheet *sheet);
gboolean what_ifs_any(const struct report *report);
#define WHAT_IF_TITLE "What if"
#define WHAT_IF_PURPOSE "One price, or all at once, at its low or its high value, step by step. Empty: nothing changes there."

/* At which value of a price acting pays no more, a column each; and whether there are such. Notes
 * where each stands. */
void sheet_break_evens(struct sheet *sheet);
gboolean break_evens_any(const struct report *report);
#define BREAK_EVEN_TITLE "Break-even"
#define BREAK_EVEN_PURPOSE \
	"At which value of a price a year’s saving is what acting costs. Between two changes of plan the saving follows a straight line."

/* What must be true of the report in itself, once every table is written: the two sides, live, and
 * whether it holds. Only where checks_shown() is not 0. */
void sheet_checks(struct sheet *sheet);

/* How many checks have their tables in this workbook, and how many of these do not hold. */
guint checks_shown(const struct book *book, guint *failures);

/* What the sheets, columns, figures and grades mean. */
void sheet_notes(struct sheet *sheet);

/* Defined names: of the cell that counts changed inputs, and of the two that choose: which of the
 * report's three calculations is shown, and which column the prices come from. Those hold "Low",
 * "Expected" or "High". */
#define NAME_INPUTS_CHANGED "inputs_changed"
#define NAME_SCENARIO "scenario"
#define NAME_PRICES "prices"

/* … and of the cell that counts the checks that do not hold. */
#define NAME_CHECKS_FAILED "checks_failed"

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* workbook_reader: reads a workbook's cells back, for tests. It knows what our writer writes and no
 * more. */
#ifndef TESTS_WORKBOOK_READER_H
#define TESTS_WORKBOOK_READER_H

#include <glib.h>

struct workbook_cell {
	char *formula; /* NULL: none */
	char *text;    /* NULL: a number */
	double value;
};

struct workbook {
	GHashTable *parts; /* member's name → its bytes as text */
	GHashTable *cells; /* "Users!C5" → struct workbook_cell */
	GHashTable *names; /* "fig_cost_total" → "Figures!B18" */
	GPtrArray *sheets; /* char *: names, in order */
};

/* Aborts the test when the file cannot be read. */
struct workbook *workbook_read(const char *path);
void workbook_free(struct workbook *workbook);

/* NULL when there is none. */
const struct workbook_cell *workbook_cell(const struct workbook *workbook, const char *sheet,
                                          const char *cell);
const struct workbook_cell *workbook_named(const struct workbook *workbook, const char *name);

/* The cell of this column heading in the row whose first cell holds this text; NULL when there is
 * none. */
const struct workbook_cell *workbook_lookup(const struct workbook *workbook, const char *sheet,
                                            const char *row, const char *column);

#endif

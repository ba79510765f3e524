/* SPDX-License-Identifier: Apache-2.0 */
/* dataset: rows and columns behind the tables, the CSV files and the workbook. */
#ifndef REPORT_DATASET_H
#define REPORT_DATASET_H

#include "base/figure.h"
#include "charts/chart.h"

struct dataset_column {
	char *id;         /* "cpu_hours": CSV header, name in expressions */
	char *title;      /* "Core-hours" */
	char *help;       /* a sentence for the workbook's Notes, or NULL */
	char *expression; /* over other column ids and figure ids; NULL: a value */
	enum unit unit;   /* UNIT_TEXT: cells have text only */
	double line;      /* of shares: as in struct figure */
	gboolean total;   /* summed in a total row */
	gboolean whole;   /* shares that are counted in whole per cents */
	gboolean exact;   /* its cells are inputs, with the digits that each was given with */
	gboolean figures; /* its cells are ids of figures, with blanks between, that lead to what is
	                     said of these */
	gboolean csv_only, no_csv;
	gboolean drawn;   /* its cells are small charts, for pages and PDFs alone; a view has it
	                     when one of them is there */
};

/* There are hundreds of thousands: what few have is kept apart. */
struct dataset_cell {
	double value;
	const char *text; /* as printed in HTML and PDF; for UNIT_TEXT the text itself */
	guint has_value : 1;
	guint is_given : 1; /* set, so that the column's expression does not apply */
	guint own : 30;     /* which of the dataset's `own` is of this cell, from 1 on; 0: none */
};

struct dataset_own {
	const char *expression; /* of this cell alone, as a column's; NULL: none */
	struct chart *drawing;  /* of a column that is drawn, what its text says; NULL: none */
};

struct dataset {
	char *id;          /* "users": tables/users.csv, sheet "Users" */
	char *title;       /* "Users" */
	char *note;        /* what a row is, in a sentence */
	GPtrArray *columns; /* struct dataset_column */
	GPtrArray *rows;    /* struct dataset_cell *: one per column */
	GArray *own;        /* struct dataset_own */
	GStringChunk *texts; /* of its cells, which are many and short */
	gboolean sheet;     /* has a sheet of its own in the workbook */
	gboolean people;    /* a row is a person: not in what is mailed */
	GPtrArray *pages;   /* char *: of each row the page about it, to which its first cell leads;
	                       NULL: there are none */
	guint results;      /* rows at the top that were chosen among the others: no chart draws
	                       them */
	char *headline;     /* what a chart of it shows, as a sentence; NULL: nothing to draw */
};

/* What is given to makers is copied. */
struct dataset *dataset_new(const char *id, const char *title, const char *note);
struct dataset_column *dataset_add_column(struct dataset *dataset, const char *id,
                                          const char *title, enum unit unit);
void dataset_free(struct dataset *dataset);
/* Those rows of a dataset that have this text in the column; the caller's. */
struct dataset *dataset_pick(const struct dataset *dataset, guint column, const char *text);
void dataset_add_row(struct dataset *dataset); /* of empty cells */
/* in the last row */
void dataset_set(struct dataset *dataset, const char *column, double value);
/* in the last row */
void dataset_set_text(struct dataset *dataset, const char *column, const char *text);
/* in any; text may be NULL */
void dataset_cell_say(struct dataset *dataset, struct dataset_cell *cell, const char *text);
/* In the last row: taken over, and its title is the text. */
void dataset_set_drawing(struct dataset *dataset, const char *column, struct chart *drawing);
/* In the last row: format_dataset() finds its value, as a column's. A figure's id is one. */
void dataset_set_expression(struct dataset *dataset, const char *column, const char *expression);

int dataset_column_find(const struct dataset *dataset, const char *id);
const struct dataset_cell *dataset_cell(const struct dataset *dataset, guint row, guint column);
struct dataset_cell *dataset_own_cell(struct dataset *dataset, guint row, guint column);
/* In a column that it has. */
const struct dataset_cell *dataset_cell_in(const struct dataset *dataset, guint row,
                                           const char *column);
/* Of a cell of this dataset; NULL: none. */
const char *dataset_expression(const struct dataset *dataset, const struct dataset_cell *cell);
const struct chart *dataset_drawing(const struct dataset *dataset, const struct dataset_cell *cell);

#endif

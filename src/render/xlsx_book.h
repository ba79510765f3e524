/* SPDX-License-Identifier: Apache-2.0 */
/* xlsx_book: the workbook while it is written: its looks, its names, and the cell writers that
 * every sheet uses. */
#ifndef RENDER_XLSX_BOOK_H
#define RENDER_XLSX_BOOK_H

#include "report/document.h"

#include <xlsxwriter.h>

/* What a cell is; its font, colours and borders follow. */
#define PIXELS_A_POINT (96.0 / 72)
#define ROW_POINTS 18.0 /* the height of a row with one line */

enum look {
	LOOK_PLAIN,
	LOOK_TITLE,   /* the band at the top of a sheet */
	LOOK_BAND,    /* second line of that band */
	LOOK_NOTE,    /* small grey words */
	LOOK_NOTICE,  /* must not be overlooked */
	LOOK_SECTION, /* a heading between rows */
	LOOK_HEAD,    /* column heading over words */
	LOOK_HEAD_NUMBER,
	LOOK_HEAD_FILTER, /* over numbers, with a filter's button at its right */
	LOOK_HEAD_CENTRED,
	LOOK_TEXT,
	LOOK_WRAPPED,
	LOOK_CENTRED,
	LOOK_CODE, /* ids and formulas as text */
	LOOK_LINK,
	LOOK_NUMBER,
	LOOK_STRONG,  /* a number that carries the sheet */
	LOOK_PRINTED, /* a number as text, to the right */
	LOOK_MISSING, /* stands where a value is not known */
	LOOK_INPUT,   /* may be changed and moves the model */
	LOOK_FIXED,   /* may not: read before the measurement */
	LOOK_TOTAL,
	LOOK_TOTAL_TEXT,
	LOOKS
};

/* A sheet is written from top to bottom, one row after the other. */
struct sheet {
	struct book *book;
	lxw_worksheet *worksheet;
	char *name, *purpose;
	GArray *widths; /* double: of the columns set so far */
	double height;  /* of the current row, in points */
	double above;   /* of all rows before it */
	guint row;      /* the current one, counted from 0 */
	guint rows;     /* begun so far */
};

struct book {
	const struct report *report;
	gboolean people;     /* else whoever could be a person is left out */
	lxw_workbook *workbook;
	GHashTable *formats[LOOKS]; /* number format → lxw_format, owned by the workbook */
	GHashTable *names;   /* id of a figure or curve → defined name */
	GHashTable *elsewhere; /* id of a figure → a formula that is it, of those found on another
	                          sheet than that of figures */
	GHashTable *ranges;  /* "users.cpu_hours" → struct range, of the tables written so far */
	GPtrArray *sheets;   /* struct sheet, in order */
	lxw_error failure;   /* the first one; it sticks */
};

/* The cells of a table's column, without heading and total. */
struct range {
	const struct sheet *sheet;
	guint column, first, last; /* counted from 0 */
	double factor;             /* cells hold the dataset's values divided by it */
	char *number_format;
	char *sum; /* a formula: the sum in the dataset's own unit */
	const struct dataset *dataset;
	guint index; /* of the column in it */
};

/* NULL and error when the file cannot be made. `tmpdir` is where the library may keep its own
 * files. */
struct book *book_new(const struct report *report, const char *path, const char *tmpdir,
                      GError **error);

/* Completes the file. Frees nothing of the book but the workbook. FALSE and error also when an
 * earlier write failed. */
gboolean book_close(struct book *book, GError **error);
void book_free(struct book *book);

/* The format of a look, with a number format or NULL. */
lxw_format *book_format(struct book *book, enum look look, const char *number_format);

/* A new one for a condition under which a cell has the line that stands below words. */
lxw_format *book_rule(struct book *book);

/* Whether text of this look wraps in its column. */
gboolean look_wraps(enum look look);

/* Gives a cell of the current row a defined name. */
void sheet_define(struct sheet *sheet, guint column, const char *name);

/* A sheet of this title, made a legal and unused sheet name; `purpose` says in a sentence what
 * stands there. Print setup, header and footer are done. */
struct sheet *book_sheet(struct book *book, const char *title, const char *purpose);

/* Begins the next row, at least `height` points high: it grows with text that wraps. */
void sheet_row(struct sheet *sheet, double height);

/* Makes the current row so high, in points. */
void sheet_height(struct sheet *sheet, double height);

/* The width of a column, in characters. */
void sheet_width(struct sheet *sheet, guint column, double width);

/* Columns from..to, without the last, in pixels. */
double sheet_pixels(const struct sheet *sheet, guint from, guint to);

/* How high all rows together may be that are printed on one page, in points, where that is as wide
 * as all columns. */
double sheet_page_points(const struct sheet *sheet);

struct sheet_heading {
	const char *title;
	double width; /* in characters */
	enum look look;
};

/* Column headings and widths into a new row, which repeats in print; it and the rows above stay in
 * view. */
void sheet_headings(struct sheet *sheet, const struct sheet_heading *headings, guint count);

/* Of so many rows below the heading, the current row, no more are printed than anybody reads on
 * paper; and what a row is, with a sentence that says so where that is so. The caller frees it. */
void sheet_print_first(struct sheet *sheet, guint rows, guint columns);
char *sheet_print_note(const char *note, guint rows);

/* The band: two rows that tell what this sheet is, over `columns` columns, and a notice row where
 * there is one. */
void sheet_band(struct sheet *sheet, const char *title, const char *subtitle, guint columns);

/* A heading between rows, in a row of its own. */
void sheet_section(struct sheet *sheet, const char *title, guint columns);

/* Cells of the current row. Text is always text, whatever it begins with; a formula comes with its
 * value, or with the words that it gives. */
void sheet_text(struct sheet *sheet, guint column, enum look look, const char *text);
void sheet_number(struct sheet *sheet, guint column, lxw_format *format, double value);
void sheet_formula(struct sheet *sheet, guint column, lxw_format *format, const char *formula,
                   double value);

void sheet_formula_words(struct sheet *sheet, guint column, lxw_format *format, const char *formula,
                         const char *words);

/* One of arrays, as spreadsheets without dynamic ones want it. */
void sheet_array_formula(struct sheet *sheet, guint column, lxw_format *format, const char *formula,
                         double value);

/* Remembers the first failure of the library. */
void sheet_check(struct sheet *sheet, lxw_error result);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* rows_state: a file being read, for the parts of rows: opening it, taking rows off it, putting odd
 * ones together. */
#ifndef SOURCE_ROWS_STATE_H
#define SOURCE_ROWS_STATE_H

#include "source/csv.h"
#include "source/mend.h"
#include "source/pairs.h"
#include "source/rows.h"
#include "source/split.h"
#include "source/swf.h"
#include "source/window.h"

/* Room for fields beyond those of the header: one is to be seen, and vectors store some at once. */
#define ROWS_ROOM 16

struct rows {
	char *name, *form;
	const struct vocabulary *vocabulary;
	struct input *input;
	struct window window;
	struct csv *csv;     /* of a comma file, or of one with quotes; NULL: sacct's own format */
	struct pairs *pairs; /* of a comma file whose rows name their values */
	struct swf *swf;
	char *delimiter;
	size_t delimiter_length;
	gboolean pads;       /* with blanks about some values of sacct's own format, which are none
	                        of theirs */

	char *header_text; /* the header's line, as split_row() or csv_read() saw it */
	struct slice *header;
	guint count;       /* names in it */
	guint probe;       /* a column in which no name can stand; count when there is none */
	gboolean trailing; /* it ends in a delimiter, and so must every row */

	struct splitter splitter; /* of sacct's own format, with a delimiter of one byte */
	guint32 *begins;      /* of the fields of others, and of the header; with ROWS_ROOM */
	struct slice *values; /* fields before they are joined */
	GString *joined;      /* of a row that is not split as it stands */
	size_t taken;         /* of the window, by the row given last */
	guint64 taken_lines;
	guint64 repeated_headers;

	struct mend *mend;   /* made for the first odd row */
	struct slice *found; /* all fields of it */
	guint64 mended;

	gboolean fork;         /* of another, whose names and words it shares */
	guint32 *pair[2];      /* where fields begin in two neighbours, while a seam is looked
	                          for */
	GError *failure;       /* met while a piece was cut, and told by the next rows_next() */
};

/* A row off the front of the window, whatever it is. FALSE at the end too. */
gboolean rows_take(struct rows *rows, struct row *row, GError **error);

/* The row given last is done with. */
void rows_leave(struct rows *rows);

/* Whether rows of sacct's own format are put together of what lies between delimiters. */
static inline gboolean rows_are_joined(const struct rows *rows)
{
	return rows->delimiter_length > 1 || rows->pads;
}

/* From here on rows are split many at once, where they can be. */
void rows_look_ahead(struct rows *rows);

/* The row that the line from begin to end, behind its newline, is by itself; ROW_WHOLE only when
 * there is nothing about it to think of. */
void rows_split(const struct rows *rows, const char *begin, const char *end,
		guint32 *begins, struct row *row);

/* Fields, wherever they lie, become such as lie in one piece, in rows->joined and rows->begins. */
void rows_join_fields(struct rows *rows, const struct slice *fields, guint count);

/* The same, as many as there are columns, and they are the row's. */
void rows_give_joined(struct rows *rows, struct row *row, const struct slice *fields);

/* A line of another number of fields than the header has, which may be continued by those that
 * follow, becomes a whole row where one reading alone fits; else it stays as it is. */
void rows_mend_line(struct rows *rows, struct row *row);

/* The same of a row of a comma file. */
void rows_mend_csv(struct rows *rows, struct row *row, const struct csv_row *found);

/* Whether every field of a whole row fits its column: then no row before it is mended with it. */
gboolean rows_fits(struct rows *rows, const struct row *row);

/* Whether a text may stand in the header's column `at`. */
gboolean rows_fits_column(const struct rows *rows, guint at, struct slice text);

/* What stands behind the # of a comment, and the blanks behind that. */
struct slice rows_uncommented(struct slice text);

/* Whether a line that is no row otherwise is blank or a comment. */
gboolean rows_skips(const struct rows *rows, struct slice line);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* csv: one row of a file with quotes → its fields, by libcsv: quotes are taken off, doubled quotes
 * and line breaks inside quotes are understood. */
#ifndef SOURCE_CSV_H
#define SOURCE_CSV_H

#include "source/window.h"

struct csv;

struct csv_row {
	const struct slice *fields; /* count of them; borrowed until the next csv_read() */
	guint count;
	struct slice text;   /* the memory that all fields lie in, a delimiter between each */
	size_t length;       /* bytes of the window, not taken off yet; 0 at the end … */
	size_t first_length; /* … and its first line alone */
	guint lines;         /* physical lines */
	gboolean open;       /* a quote is not closed within CSV_LINES_MAX lines, or at all */
	gboolean terminated; /* ends in a newline */
	gboolean too_long;
};

#define CSV_LINES_MAX 100 /* so that one stray quote costs little and swallows little */

struct csv *csv_open(char delimiter);
void csv_close(struct csv *csv);

/* Reads the row that begins at the front of the window, and leaves it there. FALSE and error when
 * reading failed. */
gboolean csv_read(struct csv *csv, struct window *window, struct csv_row *row, GError **error);

#endif

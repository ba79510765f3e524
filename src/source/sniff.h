/* SPDX-License-Identifier: Apache-2.0 */
/* sniff: what a file is, by its first lines: where the fields of an export end, or a sentence that
 * says what it is instead and what to do. */
#ifndef SOURCE_SNIFF_H
#define SOURCE_SNIFF_H

#include "source/vocabulary.h"

#define SNIFF_FIELDS 1024 /* of a line that are looked at */

/* Delimiters that are met often, SNIFF_USUAL of them. */
#define SNIFF_USUAL 5
struct slice sniff_usual(guint i);

/* Whether a line calls sacct, behind a prompt maybe, and is no row of a job that does: behind
 * --format stand names, too, with commas between. */
gboolean sniff_is_command(struct slice line);

/* The delimiter that separates most known names, at least two; of any length, but not made of
 * blanks. Borrowed, from the line or for ever. FALSE when the line is no header. */
gboolean sniff_header(struct slice line, const struct vocabulary *vocabulary,
		      struct slice *delimiter);

/* Without what ends the line. */
struct slice sniff_without_end(struct slice line);

/* Takes the blanks into the delimiter that stand about each of it in both lines, the second of
 * which may be empty: --delimiter='; '. Those about commas are taken off as CSV has it. */
void sniff_widen(struct slice line, struct slice next, struct slice *delimiter);

/* What a field of a header says, without blanks and quotes around it, and without what is not seen
 * there, such as the byte order mark that may stand before it where files were joined. */
struct slice sniff_name(struct slice field);

/* The name of a column in what was given to sacct's --format, where "JobID%20" and "User%-12" say
 * how wide to print it; somebody may have made a header of that. */
struct slice sniff_column(struct slice given);

/* Whether a name in a header is in quotes, or most values of the line behind it, which then mean
 * something in each row. */
gboolean sniff_is_quoted(struct slice header, struct slice next, struct slice delimiter);

/* As split_text(), but of a comma file: a comma in quotes ends no field, and quotes are off. */
guint sniff_split(struct slice line, struct slice delimiter, struct slice *fields, guint room);

/* Whether the delimiter cuts a row of data into so many fields, an empty one behind them allowed,
 * of which each fits its name. */
gboolean sniff_fits(struct slice line, const struct vocabulary *vocabulary,
                    const struct slice *names, guint count, struct slice delimiter);

/* The same as sniff_header() for a row of data: the delimiter by which it sniff_fits(). */
gboolean sniff_row(struct slice line, const struct vocabulary *vocabulary,
		   const struct slice *names, guint count, struct slice *delimiter);

/* The list of columns that the row, without a header, is known to have. NULL when none is. */
const struct fixed_form *sniff_fixed(struct slice line, const struct vocabulary *vocabulary,
				     struct slice *delimiter);

/* FALSE, and what to do about it, when the text has lines that end in anything but newlines. */
gboolean sniff_refuse_ends(struct slice text, GError **error);

/* FALSE, and what it is, when the two first lines are of a table that was drawn to be looked at. */
gboolean sniff_refuse_drawn(struct slice line, struct slice next, GError **error);

/* FALSE, and why no header can be found in the line, or why the one that was found is not that of
 * an export; next: what follows it, as far as it is held. */
gboolean sniff_refuse(struct slice line, struct slice next, const struct vocabulary *vocabulary,
		      GError **error);

/* Whether sacct said this on standard error: with `2>&1` it lands in the file. */
gboolean sniff_is_message(struct slice line);

/* Whether these are columns of squeue's, some of which are called like sacct's. */
gboolean sniff_is_queue(struct slice header, struct slice delimiter);

/* Nothing but spaces and the line's end. A tab is a delimiter and not blank. */
gboolean sniff_is_blank(struct slice line);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* rows: bytes → rows. Opens a file or standard input (plain, gzip or zstd, told by content),
 * finds delimiter and header, and yields one row after the other.
 *
 * sacct's own format (any delimiter but the comma) is split as it stands: it quotes nothing. A
 * comma file is read as quoted CSV by libcsv. Logs in the Standard Workload Format and rows that
 * name each of their values are turned into rows with columns. */
#ifndef SOURCE_ROWS_H
#define SOURCE_ROWS_H

#include "source/split.h"
#include "source/vocabulary.h"
#include "source/window.h"

enum row_status {
	ROW_WHOLE,       /* as many fields as the header; `sacct -p` ends both in a delimiter. Or
	                    the row could be mended: see rows_mended() */
	ROW_FIELD_COUNT, /* too few or too many */
	ROW_TOO_LONG,    /* beyond 1 MiB; its fields are not given */
	ROW_NUL,         /* holds a NUL byte */
	ROW_NOT_UTF8,
	ROW_CUT,         /* the last line, unfinished and with too few fields: the file was cut */
	ROW_MESSAGE,     /* what sacct said on standard error while it wrote: jobs may be missing */
	ROW_HEADER,      /* names of other columns: what follows cannot be told by the file's
	                    header */
};

struct row {
	/* Fields, count of them, with a byte behind each; borrowed until the next rows_next().
	 * row_field() gives one. */
	const char *text;      /* begins are counted from there */
	const guint32 *begins; /* of each, and one more, a byte behind the last one's end */
	guint count;           /* in a row that is not whole there may be fewer than columns, or
	                          none */
	guint64 line;          /* where it begins, from 1 */
	enum row_status status;
	gboolean as_split; /* they are all that stands between delimiters */
	/* The memory that all fields lie in: the row without its line end, or, where rows are not
	 * split as they stand (a comma file, a delimiter of several bytes, what was mended), the
	 * fields with one byte between. Empty when too long. */
	struct slice raw;
};

/* Field number `at`, from 0. */
static inline struct slice row_field(const struct row *row, guint at)
{
	return split_field(row->text, row->begins, at);
}

/* Those from first to last, with what is between. */
static inline struct slice row_fields(const struct row *row, guint first, guint last)
{
	return (struct slice){ row->text + row->begins[first],
		               row->begins[last + 1] - row->begins[first] - 1 };
}

struct rows;

/* Opens `path` ("-": standard input) and reads its header. Without one its columns are `columns`
 * ("User,Account%20,…"; NULL: not told), or one of the vocabulary's fixed lists. NULL and error
 * (prefixed with the path's last component, or "standard input") when it cannot be read, is a
 * directory, empty, binary, or nothing tells its columns; then the message says what it looks like
 * (fixed-width sacct output, squeue, no header …) and what to do. */
struct rows *rows_open(const char *path, const struct vocabulary *vocabulary, const char *columns,
		       GError **error);
void rows_close(struct rows *rows);

/* "jobs.psv" or "standard input": for messages, never for outputs. */
const char *rows_name(const struct rows *rows);

/* The column names as printed in the file, or as they were told. */
const struct slice *rows_header(const struct rows *rows, guint *count);

/* One byte or several: "|", ",", "\t", "<3f9a>". */
const char *rows_delimiter(const struct rows *rows);

/* What kind of file it is, in words: "delimited by |, without a header: …". Names from data are
 * not in it. */
const char *rows_form(const struct rows *rows);

/* The next data row; blank lines, lines that begin with '#' and are no sound row, and repetitions
 * of the header, or comments of it, are skipped (a repeated header is counted:
 * rows_repeated_headers()). A row with the wrong number of fields is mended where only one reading
 * of it, and if need be of the lines behind it, makes every field fit its column. In a comma file a
 * row with open quotes or the wrong number of fields is given up at its first line end, so that a
 * stray quote swallows no others. FALSE at the end (error unset) or when reading failed (error set,
 * with the line: a damaged gzip stream, an I/O error). */
gboolean rows_next(struct rows *rows, struct row *row, GError **error);

guint64 rows_repeated_headers(const struct rows *rows);

/* Pieces: rows of sacct's own format can be read by several threads at once, each with a fork. */

/* Whether of two sound rows, one behind the other, each may be read without the other. */
struct seam {
	gboolean (*parts)(const struct row *before, const struct row *after, const void *data);
	const void *data;
};

/* Takes a piece of the file off, some hundred KiB of whole rows that end in a seam or at the end of
 * the file. FALSE when there is none in what is held: then rows_next() reads on, from a row whose
 * number must be set. Where pieces lie depends on the file alone. Not while a row is out. */
gboolean rows_cut(struct rows *rows, const struct seam *seam, struct window *piece);

/* Another reader of the same file, for pieces alone; the first must outlive it. A piece is entered,
 * read to its end by rows_next(), its lines counted from 1 and mended rows and repeated headers
 * from 0, and its memory given back to the first; by any thread. Until then the bytes of rows that
 * are split as they stand stay where they are. So many can be out at one time as were lent. */
struct rows *rows_fork(const struct rows *rows);
void rows_enter(struct rows *fork, const struct window *piece);
void rows_give_back(struct rows *rows, struct window *piece);
void rows_lend(struct rows *rows, guint pieces);

/* The row given last is given again by the next rows_next(). */
void rows_hold_back(struct rows *rows);

/* The number of the line behind the row given last. */
guint64 rows_line(const struct rows *rows);
void rows_set_line(struct rows *rows, guint64 line);

/* Whether a file of so many lines is as long as a sheet of a spreadsheet can be, and no longer:
 * what was beyond may be missing. */
gboolean rows_fill_sheet(guint64 lines);

/* How many of the whole rows so far had been put together again. */
guint64 rows_mended(const struct rows *rows);

/* Bytes of the file taken so far (compressed bytes of a compressed one). */
guint64 rows_bytes_read(const struct rows *rows);

/* Nobody will ask rows_sha256(): spares the hashing, which takes longer than the rest. */
void rows_spare_digest(struct rows *rows);

/* SHA-256 of the file's bytes as stored, in lower-case hex; valid once rows_next() has returned
 * FALSE at the end. */
const char *rows_sha256(struct rows *rows);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "source/rows.h"

#include "base/error.h"
#include "source/csv.h"
#include "source/sniff.h"
#include "source/split.h"
#include "source/window.h"

struct rows {
	char *name;
	struct input *input;
	struct window window;
	struct csv *csv; /* of a comma file; NULL: sacct's own format */
	char delimiter;

	char *header_text; /* the header's line, as split_row() or csv_read() saw it */
	struct slice *header;
	guint count;       /* names in it */
	gboolean trailing; /* it ends in a delimiter, and so must every row */

	struct slice *fields; /* room for one more than a row may have */
	size_t taken;         /* of the window, by the row given last */
	guint64 taken_lines;
	guint64 repeated_headers;
};

/* A blank line or a comment; for lines only that are no row otherwise. */
static gboolean is_skipped(struct slice line)
{
	return slice_starts(line, "#") || sniff_is_blank(line);
}

/* Messages */

static char *name_of(const char *path)
{
	return g_str_equal(path, "-") ? g_strdup("standard input") : g_path_get_basename(path);
}

static gboolean fail_at_line(const struct rows *rows, GError **error)
{
	g_prefix_error(error, "%s, after line %" G_GUINT64_FORMAT ": ", rows->name,
		       rows->window.line);
	return FALSE;
}

/* Rows of sacct's own format */

/* Behind the last line stands a newline, whether the file has it or not. */
static gboolean unterminated(const struct window *window, const char *end)
{
	return end == window->end;
}

static enum row_status status_of_line(const struct rows *rows, const struct split *split,
				      struct slice raw)
{
	guint wanted = rows->count + rows->trailing;

	if (split->nul)
		return ROW_NUL;
	if (!split->ascii && !g_utf8_validate_len(raw.data, raw.length, NULL))
		return ROW_NOT_UTF8;
	if (split->count < wanted && unterminated(&rows->window, split->end))
		return ROW_CUT;
	if (split->count != wanted || (rows->trailing && rows->fields[rows->count].length > 0))
		return ROW_FIELD_COUNT;
	return ROW_WHOLE;
}

/* The carriage return of a DOS line end belongs to no field. */
static void drop_carriage_return(struct rows *rows, struct slice *raw, guint count)
{
	if (raw->length == 0 || raw->data[raw->length - 1] != '\r')
		return;
	raw->length--;
	if (count <= rows->count + 1)
		rows->fields[count - 1].length--;
}

static gboolean too_long(struct rows *rows, struct row *row, GError **error)
{
	*row = (struct row){ .line = rows->window.line, .status = ROW_TOO_LONG };
	return window_skip_line(&rows->window, error) || fail_at_line(rows, error);
}

/* FALSE at the end too. */
static gboolean next_line(struct rows *rows, struct row *row, GError **error)
{
	struct window *window = &rows->window;
	struct split split;

	while (split = split_row(window->begin, window->end + window->ended, rows->delimiter,
				 rows->fields, rows->count + 2),
	       !split.end) {
		if (window_held(window) >= WINDOW_LINE_MAX)
			return too_long(rows, row, error);
		if (!window_more(window, error))
			return fail_at_line(rows, error);
	}
	row->raw.data = window->begin;
	row->raw.length = (size_t)(split.end - row->raw.data);
	if (unterminated(window, split.end) && row->raw.length == 0)
		return FALSE;
	rows->taken = row->raw.length + !unterminated(window, split.end);
	rows->taken_lines = 1;
	drop_carriage_return(rows, &row->raw, split.count);
	row->line = window->line;
	row->fields = rows->fields;
	row->count = MIN(split.count, rows->count);
	row->status = status_of_line(rows, &split, row->raw);
	return TRUE;
}

/* Rows of a comma file */

static enum row_status status_of_csv(const struct rows *rows, const struct csv_row *found,
				     struct slice stored)
{
	guint wanted = rows->count + rows->trailing;

	if (memchr(stored.data, '\0', stored.length))
		return ROW_NUL;
	if (!g_utf8_validate_len(stored.data, stored.length, NULL))
		return ROW_NOT_UTF8;
	if (found->count < wanted && !found->terminated)
		return ROW_CUT;
	if (found->count != wanted || found->open ||
	    (rows->trailing && found->fields[rows->count].length > 0))
		return ROW_FIELD_COUNT;
	return ROW_WHOLE;
}

static gboolean next_csv(struct rows *rows, struct row *row, GError **error)
{
	struct window *window = &rows->window;
	struct csv_row found;
	gboolean over_long;
	struct slice line;

	/* libcsv drops blank lines without a word; here they are counted as lines. */
	if (!window_line(window, 0, &line, &over_long, error))
		return fail_at_line(rows, error);
	if (!over_long && line.length == 0)
		return FALSE;
	if (over_long)
		return too_long(rows, row, error);
	*row = (struct row){ .raw = line, .line = window->line, .status = ROW_FIELD_COUNT };
	rows->taken = line.length;
	rows->taken_lines = 1;
	if (sniff_is_blank(line))
		return TRUE;
	if (!csv_read(rows->csv, window, &found, error))
		return fail_at_line(rows, error);
	row->fields = found.fields;
	row->count = MIN(found.count, rows->count);
	row->raw = found.text;
	row->status = status_of_csv(rows, &found, (struct slice){ window->begin, found.length });
	rows->taken = found.length;
	rows->taken_lines = found.lines;
	/* A stray quote must not swallow the rows behind it: only its own line is given up. */
	if (row->status != ROW_WHOLE) {
		rows->taken = found.first_length;
		rows->taken_lines = 1;
	}
	return TRUE;
}

/* All rows */

static void take(struct rows *rows)
{
	rows->window.begin += rows->taken;
	rows->window.line += rows->taken_lines;
	rows->taken = 0;
	rows->taken_lines = 0;
}

static gboolean is_header(const struct rows *rows, const struct row *row)
{
	if (row->status != ROW_WHOLE || !slice_equal(row->fields[0], rows->header[0]))
		return FALSE;
	for (guint i = 1; i < rows->count; i++)
		if (!slice_equal(row->fields[i], rows->header[i]))
			return FALSE;
	return TRUE;
}

gboolean rows_next(struct rows *rows, struct row *row, GError **error)
{
	for (;;) {
		take(rows);
		if (!(rows->csv ? next_csv(rows, row, error) : next_line(rows, row, error)))
			return FALSE;
		if (row->status != ROW_WHOLE && row->status != ROW_TOO_LONG && is_skipped(row->raw))
			continue;
		if (!is_header(rows, row))
			return TRUE;
		rows->repeated_headers++;
	}
}

/* Opening */

static gboolean skip_byte_order_mark(struct window *window, GError **error)
{
	while (!window->ended && window_held(window) < 3)
		if (!window_more(window, error))
			return FALSE;
	if (slice_starts((struct slice){ window->begin, window_held(window) }, "\xef\xbb\xbf"))
		window->begin += 3;
	return TRUE;
}

/* Moves to the first line that is neither blank nor a comment; what follows it is made to be held
 * as well, so that the sniffer can look at it. */
static gboolean find_header(struct window *window, struct slice *header, GError **error)
{
	struct slice next;
	gboolean over_long;

	for (;;) {
		if (!window_line(window, 0, header, &over_long, error))
			return FALSE;
		if (over_long || memchr(header->data, '\0', header->length))
			return error_failed(error, "this is no text: run sacct with --parsable2");
		if (header->length == 0)
			return error_failed(error,
					    "the file holds no header: run sacct with --parsable2");
		if (!is_skipped(*header))
			break;
		window->begin += header->length;
		window->line++;
	}
	if (!g_utf8_validate_len(header->data, header->length, NULL))
		return error_failed(error, "the first line is not UTF-8: convert the file first");
	if (!window_line(window, header->length, &next, &over_long, error))
		return FALSE;
	header->data = window->begin;
	return TRUE;
}

/* Takes the header's row off the window as if it were data, into memory of its own. */
static gboolean read_header(struct rows *rows, GError **error)
{
	struct row row;

	rows->count = WINDOW_LINE_MAX / 2;
	rows->fields = g_new(struct slice, rows->count + 2);
	if (!(rows->csv ? next_csv(rows, &row, error) : next_line(rows, &row, error)))
		return FALSE;
	rows->header_text = slice_dup(row.raw);
	rows->header = g_new(struct slice, row.count);
	for (guint i = 0; i < row.count; i++) {
		struct slice name = row.fields[i];

		name.data = rows->header_text + (name.data - row.raw.data);
		rows->header[i] = slice_trim(name);
	}
	rows->trailing = slice_empty(rows->header[row.count - 1]);
	rows->count = row.count - rows->trailing;
	g_free(rows->fields);
	rows->fields = g_new(struct slice, rows->count + 2);
	return TRUE;
}

static gboolean open_rows(struct rows *rows, const char *path, gboolean (*known)(struct slice name),
			  GError **error)
{
	struct slice header, next;

	rows->input = input_open(path, error);
	if (!rows->input)
		return FALSE;
	if (input_is_empty(rows->input))
		return error_failed(
			error, "the file is empty: if sacct printed “ReqGRES has been removed”, "
			       "use ReqTRES instead");
	window_init(&rows->window, rows->input);
	if (!skip_byte_order_mark(&rows->window, error) ||
	    !find_header(&rows->window, &header, error))
		return FALSE;
	next.data = header.data + header.length;
	next.length = window_held(&rows->window) - header.length;
	rows->delimiter = sniff_delimiter(header, next, known, error);
	if (!rows->delimiter)
		return FALSE;
	if (rows->delimiter == ',')
		rows->csv = csv_open();
	return read_header(rows, error);
}

struct rows *rows_open(const char *path, gboolean (*known)(struct slice name), GError **error)
{
	struct rows *rows = g_new0(struct rows, 1);

	rows->name = name_of(path);
	if (open_rows(rows, path, known, error))
		return rows;
	g_prefix_error(error, "%s: ", rows->name);
	rows_close(rows);
	return NULL;
}

void rows_close(struct rows *rows)
{
	if (!rows)
		return;
	csv_close(rows->csv);
	input_close(rows->input);
	g_free(rows->header_text);
	g_free(rows->header);
	g_free(rows->fields);
	g_free(rows->name);
	g_free(rows);
}

const char *rows_name(const struct rows *rows)
{
	return rows->name;
}

const struct slice *rows_header(const struct rows *rows, guint *count)
{
	*count = rows->count;
	return rows->header;
}

char rows_delimiter(const struct rows *rows)
{
	return rows->delimiter;
}

guint64 rows_repeated_headers(const struct rows *rows)
{
	return rows->repeated_headers;
}

guint64 rows_bytes_read(const struct rows *rows)
{
	return input_bytes_read(rows->input);
}

guint64 rows_bytes_total(const struct rows *rows)
{
	return input_bytes_total(rows->input);
}

const char *rows_sha256(struct rows *rows)
{
	return input_sha256(rows->input);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "source/rows.h"

#include "source/rows_state.h"
#include "source/sniff.h"
#include "source/split_text.h"


/* A blank line or a comment; for lines only that are no row otherwise. */
gboolean rows_skips(const struct rows *rows, struct slice line)
{
	return slice_starts(line, rows->swf ? ";" : "#") || sniff_is_blank(line);
}

struct slice rows_uncommented(struct slice text)
{
	while (text.length > 0 && (*text.data == '#' || *text.data == ' ')) {
		text.data++;
		text.length--;
	}
	return text;
}

/* A header that stands again may have been made a comment of. */
static struct slice name_at(const struct row *row, guint at)
{
	struct slice field = row_field(row, at);

	return sniff_column(sniff_name(at == 0 ? rows_uncommented(field) : field));
}

gboolean rows_fits_column(const struct rows *rows, guint at, struct slice text)
{
	int column = rows->vocabulary->find(rows->header[at]);

	return column < 0 || rows->vocabulary->fits(column, text);
}

/* By its name, or another that the same column has. */
static gboolean names_column(const struct rows *rows, struct slice name, guint at)
{
	int column;

	if (slice_equal(name, rows->header[at]))
		return TRUE;
	column = rows->vocabulary->find(name);
	return column >= 0 && column == rows->vocabulary->find(rows->header[at]);
}

static gboolean is_header(const struct rows *rows, const struct row *row)
{
	if (row->status != ROW_WHOLE)
		return FALSE;
	for (guint i = 0; i < rows->count; i++)
		if (!names_column(rows, name_at(row, i), i))
			return FALSE;
	return TRUE;
}

/* Messages */

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

/* Whether nothing stands behind the delimiter that `sacct -p` ends a row in. */
static gboolean is_bare(const struct rows *rows, const struct row *row)
{
	return row_field(row, rows->count).length == 0;
}

/* A file that was joined to others without its header may have begun with a byte order mark. The
 * begins become the row's own. */
static void drop_mark(const struct rows *rows, struct row *row)
{
	size_t mark = row->raw.length - slice_behind_mark(row->raw).length;

	if (mark == 0)
		return;
	memmove(rows->begins, row->begins, (row->count + 1) * sizeof *row->begins);
	rows->begins[0] += (guint32)mark;
	row->begins = rows->begins;
	row->raw.data += mark;
	row->raw.length -= mark;
}

/* Of a row that is laid out, what was seen of its line. */
static G_NO_INLINE enum row_status status_of_odd_line(const struct rows *rows, struct row *row,
                                                      guint fields, gboolean nul, gboolean ascii,
                                                      gboolean last)
{
	guint wanted = rows->count + rows->trailing;

	if (nul)
		return ROW_NUL;
	if (!ascii && !g_utf8_validate_len(row->raw.data, row->raw.length, NULL))
		return ROW_NOT_UTF8;
	if (fields < wanted && last)
		return ROW_CUT;
	if (row->raw.length > WINDOW_LINE_MAX)
		return ROW_TOO_LONG;
	if (fields != wanted || (rows->trailing && !is_bare(rows, row)))
		return ROW_FIELD_COUNT;
	drop_mark(rows, row);
	return ROW_WHOLE;
}

static inline enum row_status status_of_line(const struct rows *rows, struct row *row,
                                             struct split split, size_t length)
{
	if (split.count == rows->count && !rows->trailing && split.ascii && !split.nul &&
	    length <= WINDOW_LINE_MAX)
		return ROW_WHOLE;
	return status_of_odd_line(rows, row, split.count, split.nul, split.ascii,
	                          unterminated(&rows->window, split.end));
}

static gboolean too_long(struct rows *rows, struct row *row, GError **error)
{
	*row = (struct row){ .line = rows->window.line, .status = ROW_TOO_LONG };
	return window_skip_line(&rows->window, error) || fail_at_line(rows, error);
}

static inline gboolean ends_in_carriage_return(struct slice line)
{
	return line.length > 0 && line.data[line.length - 1] == '\r';
}

/* The carriage return of a DOS line end belongs to no field; there are two of a file that went
 * through two programs that put one before each newline. Where the last field ends, the next row
 * begins: the row gets begins of its own. */
static G_NO_INLINE void cut_returns(const struct rows *rows, struct split *split, struct slice *raw,
                                    guint32 *own)
{
	guint count = MIN(split->count, rows->count + ROWS_ROOM - 1);

	memmove(own, split->begins, (count + 1) * sizeof *own);
	for (; ends_in_carriage_return(*raw); raw->length--)
		own[count]--;
	split->begins = own;
}

static struct split split_wide(struct rows *rows, const char *begin, const char *limit, guint room)
{
	struct split split = { .begins = rows->begins };
	struct slice text = { begin, 0 };

	split.end = limit > begin ? memchr(begin, '\n', (size_t)(limit - begin)) : NULL;
	if (!split.end)
		return split;
	text.length = (size_t)(split.end - begin);
	if (rows->pads)
		text = sniff_without_end(text);
	if (!rows->values)
		rows->values = g_new(struct slice, room);
	split.count = split_text(text, (struct slice){ rows->delimiter, rows->delimiter_length },
	                         rows->values, room);
	split.nul = memchr(begin, '\0', text.length) != NULL;
	for (guint i = 0; i < MIN(split.count, room) && rows->pads; i++)
		rows->values[i] = slice_trim(rows->values[i]);
	rows_join_fields(rows, rows->values, MIN(split.count, room));
	split.text = rows->joined->str;
	return split;
}

void rows_look_ahead(struct rows *rows)
{
	if (!rows->csv && !rows->swf && !rows_are_joined(rows))
		splitter_init(&rows->splitter, *rows->delimiter, rows->count + ROWS_ROOM);
}

/* `ahead`: many at once, from here on. */
static G_ALWAYS_INLINE inline struct split split_line(struct rows *rows, gboolean ahead)
{
	const struct window *window = &rows->window;
	const char *limit = window->end + window->newline;
	guint room = rows->count + ROWS_ROOM - 1;

	if (ahead)
		return splitter_next(&rows->splitter, window->begin, limit);
	if (rows_are_joined(rows))
		return split_wide(rows, window->begin, limit, room);
	return split_row(window->begin, limit, *rows->delimiter, rows->begins, room);
}

static inline void give_split(const struct rows *rows, struct split split, struct row *row)
{
	row->text = split.text;
	row->begins = split.begins;
	row->count = MIN(split.count, rows->count);
}

void rows_split(const struct rows *rows, const char *begin, const char *end,
		guint32 *begins, struct row *row)
{
	struct split split = split_row(begin, end, *rows->delimiter, begins,
	                               rows->count + ROWS_ROOM - 1);
	guint wanted = rows->count + rows->trailing;

	*row = (struct row){ .status = ROW_FIELD_COUNT };
	if (!split.end || split.count != wanted || split.nul || !split.ascii)
		return;
	row->raw = (struct slice){ begin, (size_t)(split.end - begin) };
	if (ends_in_carriage_return(row->raw))
		cut_returns(rows, &split, &row->raw, begins);
	give_split(rows, split, row);
	if (rows->trailing && !is_bare(rows, row))
		return;
	row->status = ROW_WHOLE;
	if (is_header(rows, row))
		row->status = ROW_FIELD_COUNT;
}

/* FALSE at the end too. */
static G_ALWAYS_INLINE inline gboolean next_line(struct rows *rows, struct row *row, gboolean ahead,
                                                 GError **error)
{
	struct window *window = &rows->window;
	struct slice raw;
	struct split split;

	if (rows->failure) {
		g_propagate_error(error, g_steal_pointer(&rows->failure));
		return fail_at_line(rows, error);
	}
	if (window->ended && window->begin == window->end)
		return FALSE;
	while (split = split_line(rows, ahead), !split.end) {
		if (window_held(window) >= WINDOW_LINE_MAX)
			return too_long(rows, row, error);
		if (!window_more(window, error))
			return fail_at_line(rows, error);
	}
	raw = (struct slice){ window->begin, (size_t)(split.end - window->begin) };
	if (unterminated(window, split.end) && raw.length == 0)
		return FALSE;
	rows->taken = raw.length + !unterminated(window, split.end);
	rows->taken_lines = 1;
	if (rows->pads)
		raw = sniff_without_end(raw);
	else if (ends_in_carriage_return(raw))
		cut_returns(rows, &split, &raw, rows->begins);
	give_split(rows, split, row);
	row->raw = raw;
	row->line = window->line;
	row->as_split = ahead || !rows_are_joined(rows);
	row->status = status_of_line(rows, row, split, raw.length);
	if (!ahead && !row->as_split && row->status == ROW_WHOLE)
		row->raw = row_fields(row, 0, row->count - 1);
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
	if ((found->count < wanted || found->open) && !found->terminated)
		return ROW_CUT;
	if (found->count != wanted || found->open ||
	    (rows->trailing && found->fields[rows->count].length > 0))
		return ROW_FIELD_COUNT;
	return ROW_WHOLE;
}

static enum row_status status_of_pairs(struct rows *rows, struct row *row,
				       const struct csv_row *found)
{
	if (row->status != ROW_WHOLE && row->status != ROW_FIELD_COUNT && row->status != ROW_CUT)
		return row->status;
	if (found->open || !pairs_read(rows->pairs, found->fields, found->count, rows->values))
		return ROW_FIELD_COUNT;
	rows_give_joined(rows, row, rows->values);
	return ROW_WHOLE;
}

/* Of a row that is none but for what lies behind its line end, its first line alone, which others
 * are read behind. */
static void give_up_lines(struct rows *rows, struct row *row, const struct csv_row *found)
{
	struct slice line = { rows->window.begin, found->first_length };

	rows->taken = found->first_length;
	rows->taken_lines = 1;
	if (found->lines == 1)
		return;
	row->raw = sniff_without_end(line);
	row->status = memchr(line.data, '\0', line.length)                     ? ROW_NUL
	              : !g_utf8_validate_len(line.data, line.length, NULL) ? ROW_NOT_UTF8
	                                                                   : ROW_FIELD_COUNT;
}

/* Fields that lie in one piece as they are, one byte between. */
static void give_fields(struct rows *rows, struct row *row, const struct slice *fields, guint count)
{
	guint32 *begins = rows->begins;

	*begins++ = 0;
	for (guint i = 0; i < count; i++)
		*begins++ = (guint32)(fields[i].data + fields[i].length - fields[0].data) + 1;
	row->text = count > 0 ? fields[0].data : "";
	row->begins = rows->begins;
	row->count = count;
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
	/* As drop_mark(), with what is in quotes behind it. */
	if (G_UNLIKELY(*line.data == '\xef'))
		window->begin += line.length - slice_behind_mark(line).length;
	if (!csv_read(rows->csv, window, &found, error))
		return fail_at_line(rows, error);
	give_fields(rows, row, found.fields, MIN(found.count, rows->count));
	row->raw = found.text;
	row->status = status_of_csv(rows, &found, (struct slice){ window->begin, found.length });
	if (rows->pairs)
		row->status = status_of_pairs(rows, row, &found);
	else if (row->status == ROW_FIELD_COUNT && rows->header)
		rows_mend_csv(rows, row, &found);
	rows->taken = found.length;
	rows->taken_lines = found.lines;
	/* A stray quote must not swallow the rows behind it: only its own line is given up. */
	if (row->status != ROW_WHOLE)
		give_up_lines(rows, row, &found);
	return TRUE;
}

/* Rows that are turned into others */

static gboolean next_swf(struct rows *rows, struct row *row, GError **error)
{
	struct slice line;
	gboolean over_long;

	if (!window_line(&rows->window, 0, &line, &over_long, error))
		return fail_at_line(rows, error);
	if (over_long)
		return too_long(rows, row, error);
	if (line.length == 0)
		return FALSE;
	rows->taken = line.length;
	rows->taken_lines = 1;
	*row = (struct row){ .raw = sniff_without_end(line),
		             .line = rows->window.line,
		             .status = ROW_FIELD_COUNT };
	if (swf_read(rows->swf, line, &row->raw)) {
		split_text(row->raw, slice_of(rows->delimiter), rows->values, rows->count);
		give_fields(rows, row, rows->values, rows->count);
		row->status = ROW_WHOLE;
	}
	return TRUE;
}

/* All rows */

void rows_leave(struct rows *rows)
{
	/* Of a window that is given away nothing can be taken. */
	if (rows->taken > 0)
		rows->window.begin += rows->taken;
	rows->window.line += rows->taken_lines;
	rows->taken = 0;
	rows->taken_lines = 0;
}

static G_NO_INLINE gboolean next_other(struct rows *rows, struct row *row, GError **error)
{
	if (rows->swf)
		return next_swf(rows, row, error);
	return rows->csv ? next_csv(rows, row, error) : next_line(rows, row, FALSE, error);
}

static inline gboolean take(struct rows *rows, struct row *row, GError **error)
{
	return rows->splitter.begins ? next_line(rows, row, TRUE, error)
	                             : next_other(rows, row, error);
}

gboolean rows_take(struct rows *rows, struct row *row, GError **error)
{
	return next_other(rows, row, error);
}

/* Before it is mended: a sentence could become somebody's job name. */
static gboolean is_message(const struct row *row)
{
	return (row->status == ROW_FIELD_COUNT || row->status == ROW_CUT) &&
	       sniff_is_message(row->raw);
}

/* A row that somebody has taken out. */
static gboolean is_comment(const struct rows *rows, const struct row *row)
{
	return row->status == ROW_WHOLE && slice_starts(row_field(row, 0), "#") &&
	       !rows_fits_column(rows, 0, row_field(row, 0));
}

/* In a row of data the probed column holds no name: a number or a time, and mostly its first byte
 * says so. */
static gboolean is_other_header(const struct rows *rows, const struct row *row)
{
	struct slice probe;
	guint known = 0;

	if ((row->status != ROW_WHOLE && row->status != ROW_FIELD_COUNT) || rows->pairs ||
	    row->count <= rows->probe)
		return FALSE;
	probe = name_at(row, rows->probe);
	if (slice_empty(probe) || !g_ascii_isalpha(*probe.data) ||
	    !vocabulary_knows(rows->vocabulary, probe))
		return FALSE;
	for (guint i = 0; i < row->count; i++)
		known += vocabulary_knows(rows->vocabulary, name_at(row, i));
	return known >= 2 && known * 2 >= row->count;
}

/* Names stand in no row but a header, and a comment begins where a row begins. */
static inline gboolean is_data(const struct rows *rows, const struct row *row)
{
	struct slice first, probe;

	if (row->status != ROW_WHOLE || rows->probe == rows->count)
		return FALSE;
	first = row_field(row, 0);
	probe = row_field(row, rows->probe);
	return first.length > 0 && *first.data != '#' && probe.length > 0 &&
	       (guchar)(*probe.data - '0') <= 9;
}

/* Most rows: of those that were looked at together the next one, with a newline of the file's own
 * behind it and nothing odd about it. FALSE: it has yet to be found out what comes next. */
static inline gboolean take_plain(struct rows *rows, struct row *row)
{
	struct window *window = &rows->window;
	struct splitter *splitter = &rows->splitter;
	const guint32 *begins;
	const char *next;

	if (!splitter_is_ready(splitter, window->begin, rows->count) || rows->trailing ||
	    rows->failure)
		return FALSE;
	begins = splitter->begins + splitter->taken;
	next = splitter->text + begins[rows->count];
	if (next > window->end)
		return FALSE;
	*row = (struct row){
		.text = splitter->text, .begins = begins, .count = rows->count,
			.line = window->line, .status = ROW_WHOLE,
		.as_split = TRUE, .raw = { window->begin, (size_t)(next - 1 - window->begin) },
	};
	if (!is_data(rows, row) || next[-2] == '\r')
		return FALSE;
	splitter_pass(splitter, rows->count, next);
	rows->taken = (size_t)(next - window->begin);
	rows->taken_lines = 1;
	return TRUE;
}

static G_NO_INLINE gboolean next_any(struct rows *rows, struct row *row, GError **error)
{
	for (;; rows_leave(rows)) {
		if (!take(rows, row, error))
			return FALSE;
		if (is_data(rows, row))
			return TRUE;
		if (row->status != ROW_WHOLE && row->status != ROW_TOO_LONG &&
		    rows_skips(rows, row->raw))
			continue;
		if (is_header(rows, row)) {
			rows->repeated_headers++;
			continue;
		}
		if (is_other_header(rows, row))
			row->status = ROW_HEADER;
		else if (is_comment(rows, row))
			continue;
		else if (is_message(row))
			row->status = ROW_MESSAGE;
		if (row->status == ROW_FIELD_COUNT && !rows->csv && !rows->swf)
			rows_mend_line(rows, row);
		return TRUE;
	}
}

gboolean rows_next(struct rows *rows, struct row *row, GError **error)
{
	rows_leave(rows);
	return take_plain(rows, row) || next_any(rows, row, error);
}

/* What a fork has from elsewhere. */
static void close_shared(struct rows *rows)
{
	csv_close(rows->csv);
	pairs_free(rows->pairs);
	g_free(rows->values);
	swf_free(rows->swf);
	input_close(rows->input);
	g_free(rows->header_text);
	g_free(rows->header);
	g_free(rows->delimiter);
	g_free(rows->form);
	g_free(rows->name);
}

void rows_close(struct rows *rows)
{
	if (!rows)
		return;
	mend_free(rows->mend);
	splitter_clear(&rows->splitter);
	g_free(rows->begins);
	g_free(rows->found);
	if (rows->joined)
		g_string_free(rows->joined, TRUE);
	g_free(rows->pair[0]);
	g_free(rows->pair[1]);
	g_clear_error(&rows->failure);
	if (!rows->fork)
		close_shared(rows);
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

const char *rows_delimiter(const struct rows *rows)
{
	return rows->delimiter;
}

const char *rows_form(const struct rows *rows)
{
	return rows->form;
}

/* Excel's since 2007, and before. */
gboolean rows_fill_sheet(guint64 lines)
{
	return lines == 1 << 20 || lines == 1 << 16;
}

guint64 rows_mended(const struct rows *rows)
{
	return rows->mended;
}

guint64 rows_repeated_headers(const struct rows *rows)
{
	return rows->repeated_headers;
}

guint64 rows_bytes_read(const struct rows *rows)
{
	return input_bytes_read(rows->input);
}

void rows_spare_digest(struct rows *rows)
{
	input_spare_digest(rows->input);
}

const char *rows_sha256(struct rows *rows)
{
	return input_sha256(rows->input);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "source/rows_state.h"

#include <unistd.h>

#include "base/error.h"
#include "base/terminal.h"
#include "source/sniff.h"
#include "source/split_text.h"

/* The number of an open file says nothing to anybody. */
static char *name_of(const char *path)
{
	if (g_str_has_prefix(path, "/dev/fd/") || g_str_has_prefix(path, "/proc/self/fd/"))
		return g_strdup("what was piped");
	return g_str_equal(path, "-") ? g_strdup("standard input") : g_path_get_basename(path);
}

static gboolean skip_byte_order_mark(struct window *window, GError **error)
{
	while (!window->ended && window_held(window) < 3)
		if (!window_more(window, error))
			return FALSE;
	window->begin +=
		window_held(window) -
		slice_behind_mark((struct slice){ window->begin, window_held(window) }).length;
	return TRUE;
}

#define TAR_MAGIC_AT 257

static gboolean is_packed(struct slice held)
{
	return slice_starts(held, "\x1f\x8b") || slice_starts(held, "\x28\xb5\x2f\xfd");
}

/* Of two or four bytes one is a letter's, the first or the last; of UTF-32's mark both last. */
static gboolean is_wide_text(struct slice held)
{
	static const char *const shapes[] = { "x0x0", "0x0x", "x000", "000x", "00xx" };
	char shape[] = "0000";

	for (guint i = 0; i < MIN(held.length, 4); i++)
		shape[i] = held.data[i] ? 'x' : '0';
	for (guint i = 0; i < G_N_ELEMENTS(shapes); i++)
		if (held.length >= 4 && g_str_equal(shape, shapes[i]))
			return TRUE;
	return FALSE;
}

static struct slice held_after(const struct rows *rows, struct slice line)
{
	const char *end = line.data + line.length;

	return (struct slice){ end, (size_t)(rows->window.end - end) };
}

/* What was unpacked is packed in another way as well. */
static gboolean refuse_bytes(const struct rows *rows, struct slice held, GError **error)
{
	static const char magic[] = "ustar";
	gboolean is_tar = held.length >= TAR_MAGIC_AT + sizeof magic &&
			  memcmp(held.data + TAR_MAGIC_AT, magic, sizeof magic - 1) == 0;

	if (is_tar)
		return error_failed(error, "is a tar archive: unpack it, and name the files in it");
	if (!input_refuse_foreign(held, error))
		return FALSE;
	if (is_packed(held))
		return error_failed(error, "is packed twice: unpack it once");
	if (is_wide_text(held))
		return error_failed(error, "is UTF-16 or UTF-32 text: save it as UTF-8");
	if (!sniff_refuse_ends(held, error))
		return FALSE;
	/* A line that is too long for one of an export, as JSON on one line is. */
	if (!memchr(held.data, '\0', held.length))
		return sniff_refuse(held, held_after(rows, held), rows->vocabulary, error);
	return error_failed(error, "this is no text: run sacct with --parsable2");
}

static struct slice all_held(const struct rows *rows)
{
	return (struct slice){ rows->window.begin, window_held(&rows->window) };
}

/* What the comment says, if it is a header. */
static void note_header(const struct rows *rows, struct slice comment, GString *header)
{
	struct slice line = rows_uncommented(sniff_without_end(comment)), delimiter;

	if (!slice_starts(comment, "#") || !sniff_header(line, rows->vocabulary, &delimiter))
		return;
	g_string_truncate(header, 0);
	g_string_append_len(header, line.data, (gssize)line.length);
}

/* Moves to the first line that is neither blank nor a comment; what follows it is made to be held
 * as well, so that the sniffer can look at it. `commented`: the last header among the comments. */
static gboolean find_first(struct rows *rows, struct slice *first, GString *commented,
                           GError **error)
{
	struct window *window = &rows->window;
	struct slice next;
	gboolean over_long;

	for (;;) {
		if (!window_line(window, 0, first, &over_long, error))
			return FALSE;
		/* A line may end in the time that gzip notes, before any byte that no text has. */
		if (over_long || is_packed(*first) || memchr(first->data, '\0', first->length))
			return refuse_bytes(rows, over_long ? all_held(rows) : *first, error);
		if (first->length == 0)
			return error_failed(error,
					    "the file holds no header: run sacct with --parsable2");
		if (!rows_skips(rows, *first))
			break;
		note_header(rows, *first, commented);
		window->begin += first->length;
		window->line++;
	}
	if (!g_utf8_validate_len(first->data, first->length, NULL))
		return error_failed(error, "the first line is not UTF-8: convert the file first");
	if (!window_line(window, first->length, &next, &over_long, error))
		return FALSE;
	first->data = window->begin;
	return TRUE;
}

/* The next line of what is held, with its end. */
static struct slice take_line(struct slice *rest)
{
	struct slice line = slice_cut(rest, '\n');

	line.length += rest->data != NULL;
	return line;
}

static struct slice line_after(const struct rows *rows, struct slice line)
{
	struct slice rest = held_after(rows, line);

	return take_line(&rest);
}

#define ROWS_LOOKED_AT 16
#define ROWS_LOOKED_FOR 200 /* a job that fails again and again makes many odd ones side by side */

static gboolean has_fields(struct slice row, struct slice delimiter, guint count)
{
	struct slice ignored;

	return split_text(sniff_without_end(row), delimiter, &ignored, 1) == count;
}

/* Takes blanks into the delimiter, unless one of the first rows has none there. */
static void widen(struct rows *rows, struct slice line, struct slice next, struct slice *delimiter)
{
	struct slice rest = all_held(rows), narrow = *delimiter, ignored;
	guint count = split_text(sniff_without_end(line), narrow, &ignored, 1);

	sniff_widen(line, next, delimiter);
	if (delimiter->length == narrow.length)
		return;
	for (guint i = 0; i < ROWS_LOOKED_FOR && rest.length > 0; i++) {
		struct slice row = take_line(&rest);

		if (has_fields(row, narrow, count) && !has_fields(row, *delimiter, count)) {
			*delimiter = narrow;
			rows->pads = TRUE;
		}
	}
}

static void set_delimiter(struct rows *rows, struct slice delimiter)
{
	g_autofree char *shown = terminal_escape(delimiter);

	rows->delimiter = slice_dup(delimiter);
	rows->delimiter_length = delimiter.length;
	rows->form = g_strdup_printf("fields delimited by %s", slice_is(delimiter, "\t") ? "tabs"
									     : shown);
	if (slice_is(delimiter, ","))
		rows->csv = csv_open(',');
}

/* What is written of it has commas: by them everybody knows quotes for what they are. */
static void set_quoted(struct rows *rows)
{
	char *form = g_strconcat("quoted ", rows->form, NULL);

	rows->csv = csv_open(*rows->delimiter);
	g_free(rows->delimiter);
	rows->delimiter = g_strdup(",");
	g_free(rows->form);
	rows->form = form;
}

static void add_to_form(struct rows *rows, const char *words)
{
	char *form = g_strconcat(rows->form, words, NULL);

	g_free(rows->form);
	rows->form = form;
}

/* Takes the header's row off the window as if it were data, into memory of its own. */
static gboolean read_header(struct rows *rows, GError **error)
{
	struct row row;
	struct slice all;

	rows->count = WINDOW_LINE_MAX / 2;
	rows->begins = g_new(guint32, rows->count + ROWS_ROOM);
	if (!rows_take(rows, &row, error))
		return FALSE;
	all = row_fields(&row, 0, row.count - 1);
	rows->header_text = slice_dup(all);
	rows->header = g_new(struct slice, row.count);
	for (guint i = 0; i < row.count; i++) {
		struct slice name = row_field(&row, i);

		name.data = rows->header_text + (name.data - all.data);
		rows->header[i] = sniff_column(name);
	}
	rows->trailing = slice_empty(rows->header[row.count - 1]);
	rows->count = row.count - rows->trailing;
	g_free(rows->begins);
	rows->begins = g_new(guint32, rows->count + ROWS_ROOM);
	g_clear_pointer(&rows->values, g_free);
	return TRUE;
}

/* "User,Account" */
static void set_header(struct rows *rows, const char *names)
{
	struct slice rest;
	guint count = 1;

	rows->header_text = g_strdup(names);
	for (const char *at = names; *at; at++)
		count += *at == ',';
	rows->header = g_new(struct slice, count);
	rest = slice_of(rows->header_text);
	for (rows->count = 0; rows->count < count; rows->count++)
		rows->header[rows->count] = sniff_column(slice_cut(&rest, ','));
	rows->begins = g_new(guint32, rows->count + ROWS_ROOM);
	rows->values = g_new(struct slice, rows->count + ROWS_ROOM);
}

/* A row that fits tells whether all end in a delimiter. */
static void set_trailing(struct rows *rows, struct slice row)
{
	if (sniff_split(sniff_without_end(row), slice_of(rows->delimiter), rows->values,
	                rows->count) > rows->count)
		rows->trailing = TRUE;
}

/* The first row that fits the columns, and by which delimiter: those before it are odd ones, as any
 * row may be. */
static gboolean find_row(const struct rows *rows, struct slice *row, struct slice *delimiter)
{
	struct slice rest = all_held(rows);

	for (guint i = 0; i < ROWS_LOOKED_FOR && rest.length > 0; i++) {
		*row = take_line(&rest);
		if (sniff_row(*row, rows->vocabulary, rows->header, rows->count, delimiter))
			return TRUE;
	}
	return FALSE;
}

static gboolean open_told(struct rows *rows, const char *columns, GError **error)
{
	struct slice row, delimiter;

	set_header(rows, columns);
	for (guint i = 0; i < rows->count; i++) {
		if (!vocabulary_knows(rows->vocabulary, rows->header[i])) {
			g_autofree char *shown = terminal_escape(rows->header[i]);

			return error_failed(
				error,
				"--columns: %s is no column of sacct's: give the whole name, "
				"as `sacct --helpformat` does",
				shown);
		}
	}
	if (!find_row(rows, &row, &delimiter))
		return error_failed(
			error,
			"none of the first lines is a row of the %u column%s that --columns names",
			rows->count, rows->count == 1 ? "" : "s");
	widen(rows, row, line_after(rows, row), &delimiter);
	set_delimiter(rows, delimiter);
	add_to_form(rows, ", without a header: its columns are those of --columns");
	set_trailing(rows, row);
	return TRUE;
}

static const struct fixed_form *find_fixed(const struct rows *rows, struct slice *row,
                                           struct slice *delimiter)
{
	const struct fixed_form *form = NULL;
	struct slice rest = all_held(rows);

	for (guint i = 0; i < ROWS_LOOKED_FOR && rest.length > 0 && !form; i++) {
		*row = take_line(&rest);
		form = sniff_fixed(*row, rows->vocabulary, delimiter);
	}
	return form;
}

static gboolean row_trails(struct slice row, struct slice delimiter, guint count)
{
	struct slice ignored;

	row = sniff_without_end(row);
	return row.length >= delimiter.length &&
	       memcmp(row.data + row.length - delimiter.length, delimiter.data, delimiter.length) ==
	               0 &&
	       sniff_split(row, delimiter, &ignored, 1) == count + 1;
}

/* The first row that fits these columns. */
static gboolean find_fitting(const struct rows *rows, const struct slice *names, guint count,
                             struct slice delimiter, struct slice *row)
{
	struct slice rest = all_held(rows);

	for (guint i = 0; i < ROWS_LOOKED_FOR && rest.length > 0; i++) {
		*row = take_line(&rest);
		if (sniff_fits(*row, rows->vocabulary, names, count, delimiter))
			return TRUE;
	}
	return FALSE;
}

/* Joined by commas; NULL when there is one in a name. */
static char *join_names(const struct slice *names, guint count)
{
	g_autoptr(GString) joined = g_string_new(NULL);

	for (guint i = 0; i < count; i++) {
		struct slice name = sniff_name(names[i]);

		if (memchr(name.data, ',', name.length))
			return NULL;
		g_string_append_printf(joined, "%s%.*s", i > 0 ? "," : "", (int)name.length,
		                       name.data);
	}
	return g_strdup(joined->str);
}

/* A header that somebody made a comment of, above rows that fit it. */
static gboolean open_commented(struct rows *rows, struct slice header)
{
	struct slice delimiter, row, names[SNIFF_FIELDS];
	g_autofree char *joined = NULL;
	guint count;

	if (!sniff_header(header, rows->vocabulary, &delimiter))
		return FALSE;
	count = sniff_split(header, delimiter, names, SNIFF_FIELDS);
	if (count > SNIFF_FIELDS)
		return FALSE;
	count -= slice_empty(sniff_name(names[count - 1]));
	if (!find_fitting(rows, names, count, delimiter, &row))
		return FALSE;
	joined = join_names(names, count);
	if (!joined)
		return FALSE;
	set_header(rows, joined);
	rows->trailing = row_trails(row, delimiter, count);
	widen(rows, header, row, &delimiter);
	set_delimiter(rows, delimiter);
	if (!rows->csv && sniff_is_quoted(header, row, delimiter))
		set_quoted(rows);
	add_to_form(rows, ", its header behind #");
	return TRUE;
}

static gboolean open_headless(struct rows *rows, struct slice first, struct slice commented,
                              const char *columns, GError **error)
{
	const struct fixed_form *form;
	struct slice row, delimiter;

	if (columns)
		return open_told(rows, columns, error);
	if (open_commented(rows, commented))
		return TRUE;
	form = find_fixed(rows, &row, &delimiter);
	if (!form)
		return sniff_refuse(first, held_after(rows, first), rows->vocabulary, error);
	set_header(rows, form->names);
	set_delimiter(rows, delimiter);
	add_to_form(rows, ", without a header: its columns are ");
	add_to_form(rows, form->title);
	set_trailing(rows, row);
	return TRUE;
}

static gboolean open_pairs(struct rows *rows)
{
	g_autofree char *names = NULL;

	rows->pairs = pairs_new(all_held(rows), rows->vocabulary);
	names = pairs_names(rows->pairs);
	set_delimiter(rows, slice_of(","));
	set_header(rows, names);
	add_to_form(rows, ", each a name and a value");
	/* No row has as many fields as there are names: each is put together by them. */
	return TRUE;
}

/* With semicolons between fields a line that begins with none does so, too. */
static gboolean is_swf(const struct rows *rows, struct slice first, const char *columns)
{
	struct slice delimiter;

	return swf_begins(first) && !columns &&
	       !(sniff_header(first, rows->vocabulary, &delimiter) && slice_is(delimiter, ";"));
}

/* The comments come first, and say when the log begins. */
static gboolean open_swf(struct rows *rows, GError **error)
{
	struct window *window = &rows->window;
	struct slice line;
	gboolean over_long;

	rows->swf = swf_new();
	set_delimiter(rows, slice_of("|"));
	set_header(rows, swf_names());
	g_free(rows->form);
	rows->form = g_strdup("a log in the Standard Workload Format");
	for (;;) {
		if (!window_line(window, 0, &line, &over_long, error))
			return FALSE;
		if (over_long || line.length == 0 || !rows_skips(rows, line))
			return swf_ready(rows->swf, error);
		swf_note(rows->swf, line);
		window->begin += line.length;
		window->line++;
	}
}

/* Whether the first rows end in a delimiter, and the header does not: somebody wrote that by hand
 * before what `sacct -n -p` printed. One row alone may as well have a delimiter in a name, and so
 * may all where the last column is empty: then what stands behind the name fits no column. */
static gboolean rows_trail(const struct rows *rows, struct slice delimiter)
{
	struct slice rest = all_held(rows);
	guint found = 0, fitting = 0;

	rest = (struct slice){ rest.data + rows->taken, rest.length - rows->taken };
	while (rest.length > 0 && found < ROWS_LOOKED_AT) {
		struct slice row = take_line(&rest);

		if (!rest.data)
			break;
		if (!row_trails(row, delimiter, rows->count))
			return FALSE;
		fitting += sniff_fits(row, rows->vocabulary, rows->header, rows->count, delimiter);
		found++;
	}
	return found > 1 && fitting * 2 >= found;
}

/* Whether the first rows begin with a number for which the header has no name, as R writes them.
 * Mending would find somebody's name in what is one field too many. */
static gboolean rows_are_numbered(const struct rows *rows, struct slice delimiter)
{
	struct slice rest = all_held(rows);
	guint found = 0, fitting = 0;

	rest = (struct slice){ rest.data + rows->taken, rest.length - rows->taken };
	while (rest.length > 0 && found < ROWS_LOOKED_AT && delimiter.length == 1) {
		struct slice row = take_line(&rest),
			     number = sniff_name(slice_cut(&row, *delimiter.data));
		gint64 ignored;

		found++;
		fitting += row.data && slice_number(number, &ignored) &&
		           sniff_fits(row, rows->vocabulary, rows->header, rows->count, delimiter);
	}
	return fitting > 0 && fitting * 2 >= found;
}

static void add_number_column(struct rows *rows)
{
	struct slice *header = g_new(struct slice, rows->count + 1);

	header[0] = (struct slice){ rows->header_text, 0 };
	memcpy(header + 1, rows->header, rows->count * sizeof *header);
	g_free(rows->header);
	rows->header = header;
	rows->count++;
	rows->begins = g_renew(guint32, rows->begins, rows->count + ROWS_ROOM);
	add_to_form(rows, ", a number before each row");
}

/* What a mail, grep or a spreadsheet puts before each line stands before the first name, too. */
static gboolean refuse_put_before(const struct rows *rows, GError **error)
{
	struct slice first = rows->header[0], name = { first.data + first.length, 0 }, before;
	g_autofree char *shown = NULL;

	while (name.data > first.data && (g_ascii_isalnum(name.data[-1]) || name.data[-1] == '_'))
		name = (struct slice){ name.data - 1, name.length + 1 };
	before = slice_trim((struct slice){ first.data, first.length - name.length });
	if (slice_empty(before) || g_ascii_isalnum(before.data[before.length - 1]) ||
	    strchr(".-_", before.data[before.length - 1]) ||
	    !vocabulary_knows(rows->vocabulary, name) || vocabulary_knows(rows->vocabulary, first))
		return TRUE;
	for (guint i = 1; i < rows->count; i++)
		if (rows->vocabulary->find(rows->header[i]) == rows->vocabulary->find(name))
			return TRUE;
	shown = terminal_escape(first);
	return error_failed(error,
	                    "the first column is called “%s”: take what stands before %.*s out of "
	                    "each line that it stands in, "
	                    "as mails, grep and spreadsheets put it there",
	                    shown, (int)name.length, name.data);
}

/* By the first column jobs are mostly known, which would be none that is. */
static gboolean refuse_colours(struct slice header, GError **error)
{
	return !slice_starts(header, "\x1b[") ||
	       error_failed(error, "the header has the colours of a terminal in it: take them "
				   "out of the file, such as with sed 's/\\x1b\\[[0-9;]*[mK]//g'");
}

/* "Fields - Start - End" names columns, too; the next line is not cut like it, and a header. */
static gboolean is_above_header(const struct rows *rows, struct slice line, struct slice delimiter)
{
	struct slice next = line_after(rows, line), other;

	return !rows_skips(rows, next) && has_fields(next, delimiter, 1) &&
	       sniff_header(next, rows->vocabulary, &other);
}

static gboolean open_rows(struct rows *rows, const char *path, const char *columns, GError **error)
{
	g_autofree char *between = NULL;
	g_autoptr(GString) commented = g_string_new(NULL);
	struct slice first, delimiter;
	gboolean quoted;

	rows->input = input_open(path, error);
	if (!rows->input)
		return FALSE;
	if (input_is_empty(rows->input))
		return error_failed(
			error,
			"the file is empty: run sacct again and read what it says on the terminal; "
			"if that is “ReqGRES has been removed”, use ReqTRES instead");
	window_init(&rows->window, rows->input);
	if (!skip_byte_order_mark(&rows->window, error) ||
	    !find_first(rows, &first, commented, error))
		return FALSE;
	if (is_swf(rows, first, columns))
		return open_swf(rows, error);
	if (pairs_begin(first, rows->vocabulary))
		return open_pairs(rows);
	if (!sniff_header(first, rows->vocabulary, &delimiter))
		return open_headless(rows, first, (struct slice){ commented->str, commented->len },
		                     columns, error);
	if (!refuse_colours(first, error) || !sniff_refuse_ends(first, error) ||
	    !sniff_refuse_drawn(first, line_after(rows, first), error))
		return FALSE;
	if (sniff_is_queue(first, delimiter) || is_above_header(rows, first, delimiter))
		return sniff_refuse(first, held_after(rows, first), rows->vocabulary, error);
	quoted = sniff_is_quoted(first, line_after(rows, first), delimiter);
	if (!quoted)
		widen(rows, first, line_after(rows, first), &delimiter);
	between = slice_dup(delimiter);
	set_delimiter(rows, delimiter);
	if (!rows->csv && quoted)
		set_quoted(rows);
	if (!read_header(rows, error) || !refuse_put_before(rows, error))
		return FALSE;
	if (rows_are_numbered(rows, slice_of(between)))
		add_number_column(rows);
	rows->trailing = rows->trailing || rows_trail(rows, slice_of(between));
	if (rows->trailing)
		add_to_form(rows, ", one behind each row");
	return TRUE;
}

/* Whether a value fits its column but for blanks about it. */
static gboolean is_padded(const struct rows *rows, struct slice row)
{
	guint count = split_text(sniff_without_end(row), slice_of(rows->delimiter), rows->values,
	                         rows->count);

	for (guint i = 0; i < rows->count && count == rows->count + rows->trailing; i++) {
		struct slice value = rows->values[i], bare = slice_trim(value);

		if (bare.length < value.length && !slice_empty(bare) &&
		    !rows_fits_column(rows, i, value) && rows_fits_column(rows, i, bare))
			return TRUE;
	}
	return FALSE;
}

/* Some programs align all rows, or those of some length; a delimiter with blanks in all of them is
 * one. */
static void find_pads(struct rows *rows)
{
	struct slice rest = all_held(rows);

	if (rows->csv || rows->swf)
		return;
	if (!rows->values)
		rows->values = g_new(struct slice, rows->count + ROWS_ROOM);
	rest = (struct slice){ rest.data + rows->taken, rest.length - rows->taken };
	for (guint i = 0; i < ROWS_LOOKED_FOR && rest.length > 0 && !rows->pads; i++)
		rows->pads = is_padded(rows, take_line(&rest));
	if (rows->pads)
		add_to_form(rows, ", with blanks about values");
}

/* The columns by which a header among the rows is told from a row. */
static guint probe_of(const struct rows *rows)
{
	guint at = 0;

	while (at < rows->count && rows_fits_column(rows, at, rows->header[at]))
		at++;
	return at;
}

/* Where nothing can be opened it matters where that was looked for. */
static gboolean is_file(const char *path)
{
	return g_str_equal(path, "-") ||
	       (access(path, R_OK) == 0 && !g_file_test(path, G_FILE_TEST_IS_DIR));
}

struct rows *rows_open(const char *path, const struct vocabulary *vocabulary, const char *columns,
		       GError **error)
{
	struct rows *rows = g_new0(struct rows, 1);
	g_autofree char *shown = NULL;

	rows->name = name_of(path);
	rows->vocabulary = vocabulary;
	if (open_rows(rows, path, columns, error)) {
		rows->probe = probe_of(rows);
		find_pads(rows);
		rows_look_ahead(rows);
		return rows;
	}
	shown = is_file(path) ? g_strdup(rows->name) : terminal_escape(slice_of(path));
	g_prefix_error(error, "%s: ", shown);
	rows_close(rows);
	return NULL;
}

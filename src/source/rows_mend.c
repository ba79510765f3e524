/* SPDX-License-Identifier: Apache-2.0 */
#include "source/rows_state.h"
#include "source/split_text.h"

#define MAX_EXTRA_FIELDS 66 /* that mending looks at */
#define MAX_JOINED_LINES 50
#define MAX_JOINED_BYTES 65536
#define JOINED_BY '|' /* fields that did not lie so */

void rows_join_fields(struct rows *rows, const struct slice *fields, guint count)
{
	GString *joined = rows->joined ? rows->joined : (rows->joined = g_string_new(NULL));

	g_string_truncate(joined, 0);
	rows->begins[0] = 0;
	for (guint i = 0; i < count; i++) {
		g_string_append_len(joined, fields[i].data, (gssize)fields[i].length);
		g_string_append_c(joined, JOINED_BY);
		rows->begins[i + 1] = (guint32)joined->len;
	}
}

void rows_give_joined(struct rows *rows, struct row *row, const struct slice *fields)
{
	rows_join_fields(rows, fields, rows->count);
	row->text = rows->joined->str;
	row->begins = rows->begins;
	row->count = rows->count;
	row->raw = row_fields(row, 0, row->count - 1);
	row->as_split = FALSE;
}

static struct mend *mend_of(struct rows *rows)
{
	if (!rows->mend) {
		rows->mend = mend_new(rows->vocabulary, rows->header, rows->count,
		                      rows->csv != NULL);
		rows->found = g_new(struct slice, rows->count + MAX_EXTRA_FIELDS);
	}
	return rows->mend;
}

gboolean rows_fits(struct rows *rows, const struct row *row)
{
	struct mend *mend = mend_of(rows);

	for (guint i = 0; i < row->count; i++)
		rows->found[i] = row_field(row, i);
	return mend_fields(mend, rows->found, row->count) != NULL;
}

static gboolean accept(struct rows *rows, struct row *row, const struct slice *fields)
{
	if (!fields)
		return FALSE;
	rows_give_joined(rows, row, fields);
	row->status = ROW_WHOLE;
	rows->mended++;
	return TRUE;
}

/* The fields of a text, into rows->found, without the one behind the last delimiter that
 * `sacct -p` prints. 0 when there are too many to think about. */
static guint find_fields(struct rows *rows, struct slice text)
{
	guint room = rows->count + MAX_EXTRA_FIELDS;
	struct slice delimiter = { rows->delimiter, rows->delimiter_length };
	guint found = split_text(text, delimiter, rows->found, room);

	if (found > room)
		return 0;
	for (guint i = 0; i < found && rows->pads; i++)
		rows->found[i] = slice_trim(rows->found[i]);
	return found - (rows->trailing && found > 1 && slice_empty(rows->found[found - 1]));
}

/* Neither what is left of a row nor what could be another one. */
static gboolean may_follow(struct rows *rows, struct slice line)
{
	guint found;

	if (memchr(line.data, '\0', line.length) ||
	    !g_utf8_validate_len(line.data, line.length, NULL))
		return FALSE;
	found = find_fields(rows, line);
	return found == 0 || !mend_fields(rows->mend, rows->found, found);
}

/* Takes one more line to the text at the front of the window. FALSE when none may follow. */
static gboolean grow(struct rows *rows, struct slice *text)
{
	struct window *window = &rows->window;
	struct slice line;
	gboolean over_long;

	if (rows->taken > MAX_JOINED_BYTES || rows->taken_lines >= MAX_JOINED_LINES)
		return FALSE;
	splitter_forget(&rows->splitter);
	/* A failure is met again, and told, by the row that comes next. */
	if (!window_line(window, rows->taken, &line, &over_long, NULL) || over_long ||
	    line.length == 0)
		return FALSE;
	rows->taken += line.length;
	rows->taken_lines++;
	while (line.length > 0 && strchr("\r\n", line.data[line.length - 1]))
		line.length--;
	text->data = window->begin;
	text->length = (size_t)(line.data + line.length - window->begin);
	return may_follow(rows, line);
}

/* It is too long by some delimiters, or too short because a line end stands in it. */
static gboolean mend_lines(struct rows *rows, struct row *row)
{
	struct slice text = row->raw;
	guint found;

	do {
		found = find_fields(rows, text);
		if (found >= rows->count)
			return accept(rows, row, mend_fields(rows->mend, rows->found, found));
	} while (found > 0 && grow(rows, &text));
	return FALSE;
}

void rows_mend_line(struct rows *rows, struct row *row)
{
	size_t taken = rows->taken, length = row->raw.length;
	guint found;

	mend_of(rows);
	row->count = 0;
	if (mend_lines(rows, row))
		return;
	rows->taken = taken;
	rows->taken_lines = 1;
	/* It may have moved while more was looked at. */
	row->raw = (struct slice){ rows->window.begin, length };
	found = find_fields(rows, row->raw);
	if (found > 0 && found < rows->count)
		accept(rows, row, mend_fields(rows->mend, rows->found, found));
}

void rows_mend_csv(struct rows *rows, struct row *row, const struct csv_row *found)
{
	guint count = found->count;

	if (found->open || count == 0)
		return;
	count -= rows->trailing && count > 1 && slice_empty(found->fields[count - 1]);
	accept(rows, row, mend_fields(mend_of(rows), found->fields, count));
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "source/csv.h"

#include <csv.h>

struct csv {
	struct csv_parser parser;
	char delimiter;
	GString *text;  /* the fields of the row, a delimiter behind each */
	GArray *fields; /* struct slice; while the row grows, data is an offset into text */
	gboolean ended; /* the row is complete */
};

/* A carriage return before the newline is a blank at the end of a field, and no second row. */
static int is_blank(guchar byte)
{
	return byte == ' ' || byte == '\t' || byte == '\r';
}

static int is_end(guchar byte)
{
	return byte == '\n';
}

struct csv *csv_open(char delimiter)
{
	struct csv *csv = g_new0(struct csv, 1);

	csv_init(&csv->parser, 0);
	csv_set_delim(&csv->parser, (guchar)delimiter);
	csv_set_space_func(&csv->parser, is_blank);
	csv_set_term_func(&csv->parser, is_end);
	csv->delimiter = delimiter;
	csv->text = g_string_new(NULL);
	csv->fields = g_array_new(FALSE, FALSE, sizeof(struct slice));
	return csv;
}

void csv_close(struct csv *csv)
{
	if (!csv)
		return;
	csv_free(&csv->parser);
	g_string_free(csv->text, TRUE);
	g_array_free(csv->fields, TRUE);
	g_free(csv);
}

static void on_field(void *bytes, size_t length, void *data)
{
	struct csv *csv = data;
	struct slice field = { GSIZE_TO_POINTER(csv->text->len), length };

	g_array_append_val(csv->fields, field);
	g_string_append_len(csv->text, bytes, (gssize)length);
	g_string_append_c(csv->text, csv->delimiter);
}

static void on_row(int end, void *data)
{
	struct csv *csv = data;

	(void)end;
	csv->ended = TRUE;
}

static void begin(struct csv *csv)
{
	csv->ended = FALSE;
	g_string_truncate(csv->text, 0);
	g_array_set_size(csv->fields, 0);
}

/* The text may have moved while it grew; only now can fields point into it. */
static void finish(struct csv *csv, struct csv_row *row)
{
	for (guint i = 0; i < csv->fields->len; i++) {
		struct slice *field = &g_array_index(csv->fields, struct slice, i);

		field->data = csv->text->str + GPOINTER_TO_SIZE(field->data);
	}
	row->fields = (const struct slice *)(const void *)csv->fields->data;
	row->count = csv->fields->len;
	row->text = (struct slice){ csv->text->str, csv->text->len > 0 ? csv->text->len - 1 : 0 };
}

gboolean csv_read(struct csv *csv, struct window *window, struct csv_row *row, GError **error)
{
	*row = (struct csv_row){ .terminated = FALSE };
	begin(csv);
	while (!csv->ended && row->lines < CSV_LINES_MAX) {
		struct slice line;

		if (!window_line(window, row->length, &line, &row->too_long, error))
			return FALSE;
		if (line.length == 0)
			break;
		csv_parse(&csv->parser, line.data, line.length, on_field, on_row, csv);
		row->terminated = line.data[line.length - 1] == '\n';
		row->length += line.length;
		row->lines++;
		if (row->lines == 1)
			row->first_length = line.length;
	}
	/* The last line of a file ends, too, unless it is within quotes. */
	if (row->length > 0 && !row->terminated)
		csv_parse(&csv->parser, "\n", 1, on_field, on_row, csv);
	row->open = !csv->ended;
	if (!csv->ended) /* hands over what it holds, and is ready for a new row */
		csv_fini(&csv->parser, on_field, on_row, csv);
	finish(csv, row);
	return TRUE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/contents.h"

#include "base/intern.h"
#include "base/terminal.h"
#include "source/rows.h"

struct contents {
	const struct terms *terms;
	struct intern *names; /* of the columns, as shown: their numbers are those of */
	GPtrArray *columns; /* struct column_content, in the order of the files */
	GArray *of_field;   /* guint, which of them a field is, of this file */
	guint64 rows;
};

static void column_free(gpointer data)
{
	struct column_content *column = data;

	g_free(column->column);
	g_clear_pointer(&column->seen, g_hash_table_destroy);
	g_free(column);
}

struct contents *contents_new(const struct terms *terms)
{
	struct contents *contents = g_new0(struct contents, 1);

	contents->terms = terms;
	contents->names = intern_new();
	contents->columns = g_ptr_array_new_with_free_func(column_free);
	contents->of_field = g_array_new(FALSE, FALSE, sizeof(guint));
	return contents;
}

void contents_free(struct contents *contents)
{
	if (!contents)
		return;
	intern_free(contents->names);
	g_ptr_array_unref(contents->columns);
	g_array_unref(contents->of_field);
	g_free(contents);
}

guint contents_count(const struct contents *contents)
{
	return contents->columns->len;
}

const struct column_content *contents_column(const struct contents *contents, guint i)
{
	return g_ptr_array_index(contents->columns, i);
}

guint64 contents_rows(const struct contents *contents)
{
	return contents->rows;
}

/* Of the columns of a file, count of them. */
static guint column_index(struct contents *contents, const struct slice *header, guint count,
                          guint at)
{
	struct slice name = slice_trim(header[at]);
	g_autofree char *shown = terminal_escape(name);
	guint index = intern_get(contents->names, slice_of(shown));
	struct column_content *column;

	if (index < contents->columns->len)
		return index;
	column = g_new0(struct column_content, 1);
	column->column = g_steal_pointer(&shown);
	column->kind = policy_kind_name(name);
	column->policy = policy_among(contents->terms, header, count, at);
	column->seen = g_hash_table_new(NULL, NULL);
	g_ptr_array_add(contents->columns, column);
	return index;
}

void contents_begin(struct contents *contents, const struct rows *rows)
{
	guint count;
	const struct slice *header = rows_header(rows, &count);

	g_array_set_size(contents->of_field, 0);
	for (guint i = 0; i < count; i++) {
		guint index = column_index(contents, header, count, i);

		g_array_append_val(contents->of_field, index);
	}
}

/* Texts are not kept: 64 bits of each tell ten thousand of them apart. */
static gpointer number_of(struct slice text)
{
	guint64 hash = G_GUINT64_CONSTANT(14695981039346656037);

	for (size_t i = 0; i < text.length; i++)
		hash = (hash ^ (guchar)text.data[i]) * G_GUINT64_CONSTANT(1099511628211);
	return (gpointer)(guintptr)hash;
}

static void add_value(struct column_content *column, struct slice text)
{
	if (slice_empty(text))
		return;
	column->filled++;
	if (!column->seen || !g_hash_table_add(column->seen, number_of(text)))
		return;
	column->distinct = g_hash_table_size(column->seen);
	if (column->distinct <= CONTENTS_MOST_DISTINCT)
		return;
	column->distinct = -1;
	g_clear_pointer(&column->seen, g_hash_table_destroy);
}

void contents_add_row(struct contents *contents, const struct row *row)
{
	contents->rows++;
	for (guint i = 0; i < MIN(row->count, contents->of_field->len); i++)
		add_value(g_ptr_array_index(contents->columns,
		                            g_array_index(contents->of_field, guint, i)),
		          row_field(row, i));
}

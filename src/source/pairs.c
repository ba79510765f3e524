/* SPDX-License-Identifier: Apache-2.0 */
#include "source/pairs.h"

struct pairs {
	const struct vocabulary *vocabulary;
	GArray *columns; /* int, in the order in which they first appear */
	GPtrArray *names;
};

/* "User=ann" → User; empty when there is no name. */
static struct slice name_of(struct slice field)
{
	const char *equals = memchr(field.data, '=', field.length);

	if (field.length > 0 && field.data[0] == '"') {
		field.data++;
		field.length--;
	}
	return (struct slice){ field.data,
			       equals && equals > field.data ? (size_t)(equals - field.data) : 0 };
}

gboolean pairs_begin(struct slice line, const struct vocabulary *vocabulary)
{
	guint known = 0;

	while (line.length > 0) {
		struct slice field = slice_cut(&line, ',');

		if (field.length > 0 && name_of(field).length > 0)
			known += vocabulary_knows(vocabulary, name_of(field));
	}
	return known >= 2;
}

static int place_of(const struct pairs *pairs, int column)
{
	for (guint i = 0; i < pairs->columns->len; i++)
		if (g_array_index(pairs->columns, int, i) == column)
			return (int)i;
	return -1;
}

static void learn(struct pairs *pairs, struct slice line)
{
	while (line.length > 0) {
		struct slice field = slice_cut(&line, ','), name = { NULL, 0 };
		int column;

		if (field.length > 0)
			name = name_of(field);
		column = name.length > 0 ? pairs->vocabulary->find(name) : -1;
		if (column < 0 || place_of(pairs, column) >= 0)
			continue;
		g_array_append_val(pairs->columns, column);
		g_ptr_array_add(pairs->names, slice_dup(name));
	}
}

struct pairs *pairs_new(struct slice text, const struct vocabulary *vocabulary)
{
	struct pairs *pairs = g_new0(struct pairs, 1);

	pairs->vocabulary = vocabulary;
	pairs->columns = g_array_new(FALSE, FALSE, sizeof(int));
	pairs->names = g_ptr_array_new_with_free_func(g_free);
	while (text.length > 0)
		learn(pairs, slice_cut(&text, '\n'));
	return pairs;
}

void pairs_free(struct pairs *pairs)
{
	if (!pairs)
		return;
	g_array_free(pairs->columns, TRUE);
	g_ptr_array_free(pairs->names, TRUE);
	g_free(pairs);
}

char *pairs_names(const struct pairs *pairs)
{
	GString *names = g_string_new(NULL);

	for (guint i = 0; i < pairs->names->len; i++)
		g_string_append_printf(names, "%s%s", i > 0 ? "," : "",
				       (char *)g_ptr_array_index(pairs->names, i));
	return g_string_free(names, FALSE);
}

gboolean pairs_read(const struct pairs *pairs, const struct slice *fields, guint count,
		    struct slice *values)
{
	for (guint i = 0; i < pairs->columns->len; i++)
		values[i] = (struct slice){ NULL, 0 };
	for (guint i = 0; i < count; i++) {
		struct slice name = { NULL, 0 };
		int column, place;

		if (fields[i].length > 0)
			name = name_of(fields[i]);
		if (name.length == 0)
			return FALSE;
		column = pairs->vocabulary->find(name);
		if (column < 0)
			continue;
		place = place_of(pairs, column);
		if (place < 0)
			return FALSE;
		values[place] = (struct slice){ fields[i].data + name.length + 1,
						fields[i].length - name.length - 1 };
	}
	return TRUE;
}

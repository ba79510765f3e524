/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/workbook_reader.h"

#include <archive.h>
#include <archive_entry.h>
#include <check.h>
#include <string.h>

static void cell_free(struct workbook_cell *cell)
{
	g_free(cell->formula);
	g_free(cell->text);
	g_free(cell);
}

static void read_parts(struct workbook *workbook, const char *path)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;

	archive_read_support_format_zip(archive);
	ck_assert_int_eq(archive_read_open_filename(archive, path, 65536), ARCHIVE_OK);
	while (archive_read_next_header(archive, &entry) == ARCHIVE_OK) {
		GString *text = g_string_new(NULL);
		char block[65536];
		la_ssize_t length;

		while ((length = archive_read_data(archive, block, sizeof block)) > 0)
			g_string_append_len(text, block, length);
		ck_assert_int_eq(length, 0);
		g_hash_table_insert(workbook->parts, g_strdup(archive_entry_pathname(entry)),
		                    g_string_free(text, FALSE));
	}
	archive_read_free(archive);
}

/* One walk over one part; what it meets goes where the part's kind says. */
struct walk {
	struct workbook *workbook;
	const char *sheet;
	GPtrArray *strings; /* shared */
	GString *text;
	char *reference, *name;
	gboolean shared;
	struct workbook_cell *cell;
};

static const char *find_attribute(const char **names, const char **values, const char *wanted)
{
	for (; *names; names++, values++)
		if (g_str_equal(*names, wanted))
			return *values;
	return NULL;
}

static void start(GMarkupParseContext *context, const char *element, const char **names,
                  const char **values, void *data, GError **error)
{
	struct walk *walk = data;
	const char *type = find_attribute(names, values, "t");

	(void)context, (void)error;
	g_string_truncate(walk->text, 0);
	if (g_str_equal(element, "sheet"))
		g_ptr_array_add(walk->workbook->sheets,
		                g_strdup(find_attribute(names, values, "name")));
	if (g_str_equal(element, "definedName")) {
		g_free(walk->name);
		walk->name = g_strdup(find_attribute(names, values, "name"));
	}
	if (!g_str_equal(element, "c"))
		return;
	g_free(walk->reference);
	walk->reference = g_strdup(find_attribute(names, values, "r"));
	walk->shared = type && g_str_equal(type, "s");
	walk->cell = g_new0(struct workbook_cell, 1);
	if (type && g_str_equal(type, "str"))
		walk->cell->text = g_strdup("");
}

static void set_value(struct walk *walk)
{
	if (walk->shared) {
		walk->cell->text =
			g_strdup(walk->strings->pdata[g_ascii_strtoull(walk->text->str, NULL, 10)]);
	} else if (walk->cell->text) {
		g_free(walk->cell->text);
		walk->cell->text = g_strdup(walk->text->str);
	} else {
		walk->cell->value = g_ascii_strtod(walk->text->str, NULL);
	}
}

static void set_name(struct walk *walk)
{
	g_auto(GStrv) parts = g_strsplit_set(walk->text->str, "'$", -1);

	g_hash_table_insert(walk->workbook->names, g_strdup(walk->name), g_strjoinv("", parts));
}

static void stop(GMarkupParseContext *context, const char *element, void *data, GError **error)
{
	struct walk *walk = data;

	(void)context, (void)error;
	if (g_str_equal(element, "t"))
		g_ptr_array_add(walk->strings, g_strdup(walk->text->str));
	else if (g_str_equal(element, "definedName"))
		set_name(walk);
	else if (walk->cell && g_str_equal(element, "f"))
		walk->cell->formula = g_strdup(walk->text->str);
	else if (walk->cell && g_str_equal(element, "v"))
		set_value(walk);
	else if (g_str_equal(element, "c"))
		g_hash_table_insert(walk->workbook->cells,
		                    g_strdup_printf("%s!%s", walk->sheet, walk->reference),
		                    g_steal_pointer(&walk->cell));
}

static void words(GMarkupParseContext *context, const char *text, gsize length, void *data,
                  GError **error)
{
	struct walk *walk = data;

	(void)context, (void)error;
	g_string_append_len(walk->text, text, (gssize)length);
}

static void walk_part(struct walk *walk, const char *part)
{
	static const GMarkupParser parser = { .start_element = start,
		                              .end_element = stop,
		                              .text = words };
	const char *text = g_hash_table_lookup(walk->workbook->parts, part);
	g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, walk, NULL);

	ck_assert_msg(text, "%s is missing", part);
	ck_assert(g_markup_parse_context_parse(context, text, -1, NULL));
	ck_assert(g_markup_parse_context_end_parse(context, NULL));
}

struct workbook *workbook_read(const char *path)
{
	struct workbook *workbook = g_new0(struct workbook, 1);
	struct walk walk = { .workbook = workbook, .text = g_string_new(NULL) };

	workbook->parts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	workbook->cells =
		g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)cell_free);
	workbook->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	workbook->sheets = g_ptr_array_new_with_free_func(g_free);
	walk.strings = g_ptr_array_new_with_free_func(g_free);
	read_parts(workbook, path);
	walk_part(&walk, "xl/sharedStrings.xml");
	walk_part(&walk, "xl/workbook.xml");
	for (guint i = 0; i < workbook->sheets->len; i++) {
		g_autofree char *part = g_strdup_printf("xl/worksheets/sheet%u.xml", i + 1);

		walk.sheet = workbook->sheets->pdata[i];
		walk_part(&walk, part);
	}
	g_string_free(walk.text, TRUE);
	g_ptr_array_unref(walk.strings);
	g_free(walk.reference);
	g_free(walk.name);
	return workbook;
}

void workbook_free(struct workbook *workbook)
{
	g_hash_table_unref(workbook->parts);
	g_hash_table_unref(workbook->cells);
	g_hash_table_unref(workbook->names);
	g_ptr_array_unref(workbook->sheets);
	g_free(workbook);
}

const struct workbook_cell *workbook_cell(const struct workbook *workbook, const char *sheet,
                                          const char *cell)
{
	g_autofree char *key = g_strdup_printf("%s!%s", sheet, cell);

	return g_hash_table_lookup(workbook->cells, key);
}

const struct workbook_cell *workbook_named(const struct workbook *workbook, const char *name)
{
	const char *place = g_hash_table_lookup(workbook->names, name);

	return place ? g_hash_table_lookup(workbook->cells, place) : NULL;
}

const struct workbook_cell *workbook_lookup(const struct workbook *workbook, const char *sheet,
                                            const char *row, const char *column)
{
	char letter = 0;
	guint line = 0;

	for (guint r = 1; r < 1000 && line == 0; r++) {
		g_autofree char *first = g_strdup_printf("A%u", r);
		const struct workbook_cell *label = workbook_cell(workbook, sheet, first);

		for (char c = 'A'; c <= 'Z' && letter == 0; c++) {
			g_autofree char *place = g_strdup_printf("%c%u", c, r);
			const struct workbook_cell *cell = workbook_cell(workbook, sheet, place);

			if (cell && cell->text && g_str_equal(cell->text, column))
				letter = c;
		}
		if (letter && label && label->text && g_str_equal(label->text, row))
			line = r;
	}
	g_autofree char *place = g_strdup_printf("%c%u", letter, line);

	return line ? workbook_cell(workbook, sheet, place) : NULL;
}

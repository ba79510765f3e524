/* SPDX-License-Identifier: Apache-2.0 */
#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#include "base/error.h"
#include "render/legible.h"

#define BLOCK_BYTES 65536

static gboolean is_one_of(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0)
			return TRUE;
	return FALSE;
}

/* Attributes in which words stand: of sheets, tables, comments, links and checks of input. */
static void append_attributes(GMarkupParseContext *context, const char *element, const char **names,
                              const char **values, void *data, GError **error)
{
	static const char *const words[] = { "author",         "calculatedColumnFormula",
		                             "descr",          "display",
		                             "displayName",    "error",
		                             "errorTitle",     "location",
		                             "name",           "prompt",
		                             "promptTitle",    "Target",
		                             "title",          "tooltip",
		                             "totalsRowLabel", NULL };

	(void)context, (void)element, (void)error;
	for (guint i = 0; names[i]; i++)
		if (is_one_of(names[i], words))
			g_string_append_printf(data, "\n%s\n", values[i]);
}

/* "$AB$12": nobody's name. */
static gboolean is_cell(const char *word, gsize length)
{
	gsize i = 0, letters = 0, digits = 0;

	for (i += word[i] == '$'; i < length && g_ascii_isupper(word[i]); i++)
		letters++;
	for (i += i < length && word[i] == '$'; i < length && g_ascii_isdigit(word[i]); i++)
		digits++;
	return i == length && letters <= 3 && digits > 0;
}

static void append_formula(const char *formula, GString *text)
{
	while (*formula) {
		gsize length = 0;

		while (g_ascii_isalnum(formula[length]) || formula[length] == '$' ||
		       formula[length] == '_')
			length++;
		if (length == 0)
			g_string_append_c(text, *formula++);
		else if (!is_cell(formula, length))
			g_string_append_len(text, formula, (gssize)length);
		formula += length;
	}
}

static gboolean is_number(const char *word)
{
	return word[strspn(word, "0123456789.+-eE")] == '\0';
}

/* Within a cell or a comment the pieces of a text follow one another. */
static void append_words(GMarkupParseContext *context, const char *words, gsize length, void *data,
                         GError **error)
{
	static const char *const formulas[] = { "f",        "c:f",     "definedName", "formula1",
		                                "formula2", "formula", "xm:sqref",    NULL };
	static const char *const made[] = { "x14:id", NULL }; /* by the library, of numbers */
	const char *element = g_markup_parse_context_get_element(context);

	(void)length, (void)error;
	if (element && is_one_of(element, formulas))
		append_formula(words, data);
	else if (!is_number(words) && !(element && is_one_of(element, made)))
		g_string_append(data, words);
}

static void divide(GMarkupParseContext *context, const char *element, void *data, GError **error)
{
	static const char *const within[] = { "t", "r", "rPr", NULL };

	(void)context, (void)error;
	if (!is_one_of(element, within))
		g_string_append_c(data, '\n');
}

static gboolean append_part(struct archive *archive, GString *text, GError **error)
{
	static const GMarkupParser parser = { append_attributes, divide, append_words, NULL, NULL };
	g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, text, NULL);
	char block[BLOCK_BYTES];
	la_ssize_t length;

	while ((length = archive_read_data(archive, block, sizeof block)) > 0)
		if (!g_markup_parse_context_parse(context, block, length, error))
			return FALSE;
	if (length < 0)
		return error_failed(error, "%s", archive_error_string(archive));
	return g_markup_parse_context_end_parse(context, error);
}

gboolean legible_xlsx(const char *bytes, gsize length, GString *text, GError **error)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	gboolean done = TRUE;
	int result = ARCHIVE_OK;

	archive_read_support_format_zip_seekable(archive);
	if (archive_read_open_memory(archive, bytes, length) != ARCHIVE_OK)
		done = error_failed(error, "%s", archive_error_string(archive));
	while (done && (result = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
		g_string_append_printf(text, "\n%s\n", archive_entry_pathname(entry));
		done = append_part(archive, text, error);
	}
	if (done && result != ARCHIVE_EOF)
		done = error_failed(error, "%s", archive_error_string(archive));
	archive_read_free(archive);
	return done;
}

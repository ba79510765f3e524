/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_verify.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"

#define BLOCK_BYTES 65536

static void count_row(GMarkupParseContext *context, const char *element, const char **names,
                      const char **values, void *data, GError **error)
{
	guint *rows = data;

	(void)context, (void)names, (void)values, (void)error;
	if (g_str_equal(element, "row"))
		(*rows)++;
}

/* Reading to the end is what checks the checksum. */
static gboolean read_part(struct archive *archive, const char *name, guint *rows, GError **error)
{
	static const GMarkupParser parser = { .start_element = count_row };
	g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&parser, 0, rows, NULL);
	g_autoptr(GError) why = NULL;
	char block[BLOCK_BYTES];
	la_ssize_t length;

	while ((length = archive_read_data(archive, block, sizeof block)) > 0)
		if (!g_markup_parse_context_parse(context, block, length, &why))
			return error_failed(error, "%s is not well-formed: %s", name, why->message);
	if (length < 0)
		return error_failed(error, "%s cannot be read back: %s", name,
		                    archive_error_string(archive));
	if (!g_markup_parse_context_end_parse(context, &why))
		return error_failed(error, "%s is not complete: %s", name, why->message);
	return TRUE;
}

static gboolean check_rows(const char *name, guint found, const GArray *rows, guint *sheets,
                           GError **error)
{
	unsigned int number;

	if (sscanf(name, "xl/worksheets/sheet%u.xml", &number) != 1)
		return TRUE;
	(*sheets)++;
	if (number < 1 || number > rows->len)
		return error_failed(error, "%s was not asked for", name);
	if (found != g_array_index(rows, guint, number - 1))
		return error_failed(error, "%s has %u rows where %u were written", name, found,
		                    g_array_index(rows, guint, number - 1));
	return TRUE;
}

static gboolean read_members(struct archive *archive, const GArray *rows, GError **error)
{
	struct archive_entry *entry;
	guint sheets = 0;
	int result;

	while ((result = archive_read_next_header(archive, &entry)) == ARCHIVE_OK) {
		const char *name = archive_entry_pathname(entry);
		guint found = 0;

		if (!read_part(archive, name, &found, error) ||
		    !check_rows(name, found, rows, &sheets, error))
			return FALSE;
	}
	if (result != ARCHIVE_EOF)
		return error_failed(error, "the archive is damaged: %s",
		                    archive_error_string(archive));
	if (sheets != rows->len)
		return error_failed(error, "%u sheets are there where %u were written", sheets,
		                    rows->len);
	return TRUE;
}

gboolean xlsx_verify(const char *path, const GArray *rows, GError **error)
{
	struct archive *archive = archive_read_new();
	gboolean sound;

	archive_read_support_format_zip_seekable(archive);
	if (archive_read_open_filename(archive, path, BLOCK_BYTES) == ARCHIVE_OK)
		sound = read_members(archive, rows, error);
	else
		sound = error_failed(error, "%s", archive_error_string(archive));
	archive_read_free(archive);
	return sound;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_verify.h"

#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <string.h>

#include "base/error.h"

#define BLOCK_BYTES 65536

/* A part while it is parsed. */
struct part {
	struct archive *archive;
	gboolean unreadable; /* the archive says why */
	guint rows;
};

static void count_row(void *data, const xmlChar *element, const xmlChar *prefix, const xmlChar *uri,
                      int namespaces, const xmlChar **declared, int attributes, int defaulted,
                      const xmlChar **values)
{
	(void)prefix, (void)uri, (void)namespaces, (void)declared, (void)attributes,
		(void)defaulted, (void)values;
	if (strcmp((const char *)element, "row") == 0)
		((struct part *)data)->rows++;
}

static int read_block(void *data, char *block, int length)
{
	struct part *part = data;
	la_ssize_t got = archive_read_data(part->archive, block, (size_t)length);

	part->unreadable |= got < 0;
	return (int)got;
}

static gboolean part_failed(const struct part *part, const char *name, xmlParserCtxt *parser,
                            GError **error)
{
	const xmlError *wrong = xmlCtxtGetLastError(parser);
	g_autofree char *why = g_strdup(wrong && wrong->message ? wrong->message : "no XML");

	g_strdelimit(g_strchomp(why), "\n", ' ');
	if (part->unreadable)
		return error_failed(error, "%s cannot be read back: %s", name,
		                    archive_error_string(part->archive));
	return error_failed(error, "%s is not well-formed: %s", name, why);
}

/* A parser takes it for the end of a part when what comes last does not fit the checksum. */
static gboolean parse(struct part *part, const char *name, GError **error)
{
	xmlSAXHandler handler = { .initialized = XML_SAX2_MAGIC, .startElementNs = count_row };
	xmlParserCtxt *parser = xmlCreateIOParserCtxt(&handler, part, read_block, NULL, part,
	                                              XML_CHAR_ENCODING_NONE);
	gboolean sound = parser && xmlParseDocument(parser) == 0 && !part->unreadable;

	if (!sound)
		part_failed(part, name, parser, error);
	xmlFreeParserCtxt(parser);
	return sound;
}

static gboolean check_rows(const char *name, guint found, const GArray *rows, guint *sheets,
                           GError **error)
{
	unsigned int number;

	if (sscanf(name, "xl/worksheets/sheet%u.xml", &number) != 1)
		return TRUE;
	(*sheets)++;
	if (number - 1 >= rows->len)
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
		struct part part = { archive, FALSE, 0 };

		if (!parse(&part, name, error) ||
		    !check_rows(name, part.rows, rows, &sheets, error))
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

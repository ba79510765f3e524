/* SPDX-License-Identifier: Apache-2.0 */
#include <gmime/gmime.h>
#include <string.h>

#include "base/error.h"
#include "render/legible.h"

struct reading {
	GString *text;
	GError **error;
	gboolean failed;
};

/* With the words of RFC 2047 decoded. */
static void append_headers(GMimeObject *object, GString *text)
{
	GMimeHeaderList *headers = g_mime_object_get_header_list(object);

	for (int i = 0; i < g_mime_header_list_get_count(headers); i++) {
		GMimeHeader *header = g_mime_header_list_get_header_at(headers, i);

		g_string_append_printf(text, "\n%s\n%s\n", g_mime_header_get_name(header),
		                       g_mime_header_get_value(header));
	}
}

static GByteArray *decoded(GMimePart *part)
{
	GByteArray *bytes = g_byte_array_new();
	GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(bytes);

	g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
	g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(part), stream);
	g_object_unref(stream);
	return bytes;
}

/* The words of a PDF or a picture cannot be read back: who made them gave them. */
static gboolean append_content(GMimePart *part, GString *text, GError **error)
{
	GMimeContentType *type = g_mime_object_get_content_type(GMIME_OBJECT(part));
	g_autoptr(GByteArray) bytes = decoded(part);

	if (g_mime_content_type_is_type(type, "application", "pdf") ||
	    g_mime_content_type_is_type(type, "image", "png"))
		return TRUE;
	if (g_mime_content_type_is_type(type, "text", "html"))
		return legible_html((const char *)bytes->data, bytes->len, text, error);
	if (!g_mime_content_type_is_type(type, "text", "plain"))
		return legible_xlsx((const char *)bytes->data, bytes->len, text, error);
	g_string_append_len(text, (const char *)bytes->data, bytes->len);
	return TRUE;
}

static void read_part(GMimeObject *parent, GMimeObject *object, gpointer data)
{
	struct reading *reading = data;

	(void)parent;
	append_headers(object, reading->text);
	if (GMIME_IS_PART(object) && !reading->failed)
		reading->failed = !append_content(GMIME_PART(object), reading->text,
		                                  reading->error);
}

gboolean legible_mail(const char *bytes, gsize length, GString *text, GError **error)
{
	struct reading reading = { text, error, FALSE };
	GMimeStream *stream;
	GMimeParser *parser;
	GMimeMessage *message;

	g_mime_init();
	stream = g_mime_stream_mem_new_with_buffer(bytes, length);
	parser = g_mime_parser_new_with_stream(stream);
	message = g_mime_parser_construct_message(parser, NULL);
	if (message) {
		append_headers(GMIME_OBJECT(message), text);
		g_mime_message_foreach(message, read_part, &reading);
	}
	reading.failed = reading.failed || (!message && !error_failed(error, "it is no mail"));
	g_clear_object(&message);
	g_object_unref(parser);
	g_object_unref(stream);
	return !reading.failed;
}

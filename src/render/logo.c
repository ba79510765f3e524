/* SPDX-License-Identifier: Apache-2.0 */
#include "render/logo.h"

#include <string.h>

#include "base/error.h"
#include "render/render.h"

#define MOST_BYTES 200000
#define MOST_DOTS 1000
#define HEAD 24 /* signature, length, "IHDR", width, height */

struct source {
	const char *bytes;
	gsize length, at;
};

static cairo_status_t give(void *data, unsigned char *into, unsigned length)
{
	struct source *source = data;

	if (length > source->length - source->at)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(into, source->bytes + source->at, length);
	source->at += length;
	return CAIRO_STATUS_SUCCESS;
}

cairo_status_t logo_take(void *array, const unsigned char *bytes, unsigned length)
{
	g_byte_array_append(array, bytes, length);
	return CAIRO_STATUS_SUCCESS;
}

static guint32 number_at(const char *bytes)
{
	guint32 number;

	memcpy(&number, bytes, sizeof number);
	return GUINT32_FROM_BE(number);
}

/* Looked at before it is unpacked: a small file may hold a picture of any size. */
static gboolean is_small_png(const char *bytes, gsize length, GError **error)
{
	if (length < HEAD || memcmp(bytes, "\x89PNG\r\n\x1a\n", 8) != 0 ||
	    memcmp(bytes + 12, "IHDR", 4) != 0)
		return error_failed(error, "it is no PNG");
	if (length > MOST_BYTES || number_at(bytes + 16) > MOST_DOTS ||
	    number_at(bytes + 20) > MOST_DOTS)
		return error_failed(error,
		                    "%" G_GSIZE_FORMAT
		                    " bytes, %u × %u dots: %d bytes and %d × %d dots are the most",
		                    length, number_at(bytes + 16), number_at(bytes + 20),
		                    MOST_BYTES, MOST_DOTS, MOST_DOTS);
	return TRUE;
}

static cairo_surface_t *unpack(const char *bytes, gsize length)
{
	struct source source = { bytes, length, 0 };

	return cairo_image_surface_create_from_png_stream(give, &source);
}

static GBytes *paint_anew(const char *bytes, gsize length, GError **error)
{
	cairo_surface_t *surface = unpack(bytes, length);
	GByteArray *painted = g_byte_array_new();
	cairo_status_t status = cairo_surface_status(surface);

	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_write_to_png_stream(surface, logo_take, painted);
	cairo_surface_destroy(surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return g_byte_array_free_to_bytes(painted);
	g_byte_array_unref(painted);
	error_failed(error, "it is a damaged PNG");
	return NULL;
}

GBytes *logo_load(const char *path, GError **error)
{
	g_autofree char *bytes = NULL;
	gsize length;

	if (!g_file_get_contents(path, &bytes, &length, error) ||
	    !is_small_png(bytes, length, error))
		return NULL;
	return paint_anew(bytes, length, error);
}

cairo_surface_t *logo_surface(GBytes *png)
{
	gsize length;
	const char *bytes = png ? g_bytes_get_data(png, &length) : NULL;
	cairo_surface_t *surface = bytes ? unpack(bytes, length) : NULL;

	if (surface && cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
		g_clear_pointer(&surface, cairo_surface_destroy);
	return surface;
}

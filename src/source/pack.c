/* SPDX-License-Identifier: Apache-2.0 */
#include "source/pack.h"

#include <zstd.h>

#include "base/error.h"

#define LEVEL 3
#define PIECE (1 << 17)

GByteArray *pack_bytes(struct slice bytes)
{
	GByteArray *packed = g_byte_array_new();
	g_byte_array_set_size(packed, (guint)ZSTD_compressBound(bytes.length));
	size_t length = ZSTD_compress(packed->data, packed->len, bytes.data, bytes.length, LEVEL);
	if (ZSTD_isError(length))
		g_error("zstd: %s", ZSTD_getErrorName(length));
	g_byte_array_set_size(packed, (guint)length);
	return packed;
}

static gboolean open_frame(ZSTD_DStream *stream, struct slice packed, GByteArray *bytes, gsize most, GError **error)
{
	ZSTD_inBuffer in = { packed.data, packed.length, 0 };
	g_autofree guint8 *piece = g_malloc(PIECE);
	for (;;) {
		ZSTD_outBuffer out = { piece, PIECE, 0 };
		size_t more = ZSTD_decompressStream(stream, &out, &in);
		if (ZSTD_isError(more))
			return error_failed(error, "its packed part is damaged (%s)", ZSTD_getErrorName(more));
		if (out.pos > most - bytes->len)
			return error_failed(error, "it is larger than it can be");
		g_byte_array_append(bytes, piece, (guint)out.pos);
		if (more == 0)
			return in.pos == in.size || error_failed(error, "something follows its packed part");
		if (in.pos == in.size && out.pos < out.size)
			return error_failed(error, "its packed part is cut");
	}
}

GByteArray *pack_open(struct slice packed, gsize most, GError **error)
{
	ZSTD_DStream *stream = ZSTD_createDStream();
	GByteArray *bytes = g_byte_array_new();
	gboolean done = open_frame(stream, packed, bytes, most, error);
	ZSTD_freeDStream(stream);
	if (done)
		return bytes;
	g_byte_array_unref(bytes);
	return NULL;
}

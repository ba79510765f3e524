/* SPDX-License-Identifier: Apache-2.0 */
#include "source/pack.h"

#include <zstd.h>

#include "base/error.h"

#define LEVEL 3
#define WINDOW 18 /* bits: a quarter of a MiB to look back on, half the memory, for a hundredth more
                     bytes */
#define PIECE (1 << 17)

struct packer {
	ZSTD_CStream *stream;
	void (*take)(void *data, struct slice packed);
	void *data;
	char piece[PIECE];
};

struct packer *packer_new(void (*take)(void *data, struct slice packed), void *data)
{
	struct packer *packer = g_new(struct packer, 1);
	packer->stream = ZSTD_createCStream();
	packer->take = take;
	packer->data = data;
	ZSTD_CCtx_setParameter(packer->stream, ZSTD_c_compressionLevel, LEVEL);
	ZSTD_CCtx_setParameter(packer->stream, ZSTD_c_windowLog, WINDOW);
	return packer;
}

static void pack(struct packer *packer, struct slice bytes, ZSTD_EndDirective directive)
{
	ZSTD_inBuffer in = { bytes.data, bytes.length, 0 };
	size_t left;
	do {
		ZSTD_outBuffer out = { packer->piece, PIECE, 0 };
		left = ZSTD_compressStream2(packer->stream, &out, &in, directive);
		if (ZSTD_isError(left))
			g_error("zstd: %s", ZSTD_getErrorName(left));
		packer->take(packer->data, (struct slice){ packer->piece, out.pos });
	} while (directive == ZSTD_e_end ? left > 0 : in.pos < in.size);
}

void packer_add(struct packer *packer, struct slice bytes)
{
	pack(packer, bytes, ZSTD_e_continue);
}

void packer_end(struct packer *packer)
{
	pack(packer, slice_of(""), ZSTD_e_end);
	ZSTD_freeCStream(packer->stream);
	g_free(packer);
}

static gboolean open_frame(ZSTD_DStream *stream, struct slice packed, GByteArray *bytes, gsize most,
                           GError **error)
{
	ZSTD_inBuffer in = { packed.data, packed.length, 0 };
	g_autofree guint8 *piece = g_malloc(PIECE);
	for (;;) {
		ZSTD_outBuffer out = { piece, PIECE, 0 };
		size_t more = ZSTD_decompressStream(stream, &out, &in);
		if (ZSTD_isError(more))
			return error_failed(error, "its packed part is damaged (%s)",
			                    ZSTD_getErrorName(more));
		if (out.pos > most - bytes->len)
			return error_failed(error, "it is larger than it can be");
		g_byte_array_append(bytes, piece, (guint)out.pos);
		if (more == 0)
			return in.pos == in.size ||
			       error_failed(error, "something follows its packed part");
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

/* SPDX-License-Identifier: Apache-2.0 */
#include "source/unpack.h"

#include <zlib.h>
#include <zstd.h>

#include "base/error.h"

struct unpack {
	gssize (*read)(struct unpack *unpack, struct slice *packed, char *buffer, size_t size,
		       GError **error);
	z_stream zlib;
	ZSTD_DStream *zstd;
	gboolean complete;
};

/* A tape, or what copies blocks, fills the last one up with noughts, which gzip passes over,
 * too. */
static void pass_padding(struct slice *packed)
{
	for (; packed->length > 0 && *packed->data == '\0'; packed->length--)
		packed->data++;
}

/* Both formats may hold several streams one after the other (`cat a.gz b.gz`): each end is followed
 * by a new beginning as long as there are bytes. */
static gssize read_gzip(struct unpack *unpack, struct slice *packed, char *buffer, size_t size,
			GError **error)
{
	z_stream *z = &unpack->zlib;
	int result;

	if (unpack->complete) {
		pass_padding(packed);
		if (packed->length == 0)
			return 0;
		inflateReset(z);
	}
	z->next_in = (Bytef *)packed->data;
	z->avail_in = (uInt)packed->length;
	z->next_out = (Bytef *)buffer;
	z->avail_out = (uInt)size;
	result = inflate(z, Z_NO_FLUSH);
	packed->data += packed->length - z->avail_in;
	packed->length = z->avail_in;
	if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
		error_failed(error, "the gzip stream is damaged (%s)",
			     z->msg ? z->msg : "no more is known");
		return -1;
	}
	unpack->complete = result == Z_STREAM_END;
	return (gssize)(size - z->avail_out);
}

static gssize read_zstd(struct unpack *unpack, struct slice *packed, char *buffer, size_t size,
			GError **error)
{
	ZSTD_inBuffer in = { packed->data, packed->length, 0 };
	ZSTD_outBuffer out = { buffer, size, 0 };
	size_t result = ZSTD_decompressStream(unpack->zstd, &out, &in);

	packed->data += in.pos;
	packed->length -= in.pos;
	if (ZSTD_isError(result)) {
		error_failed(error, "the zstd stream is damaged (%s)", ZSTD_getErrorName(result));
		return -1;
	}
	unpack->complete = result == 0;
	return (gssize)out.pos;
}

/* A frame, or one to be passed over, with which pzstd begins. */
static gboolean is_zstd(struct slice first)
{
	return slice_starts(first, "\x28\xb5\x2f\xfd") ||
	       (first.length >= 4 && ((guchar)*first.data & 0xf0) == 0x50 &&
	        memcmp(first.data + 1, "\x2a\x4d\x18", 3) == 0);
}

struct unpack *unpack_new(struct slice first)
{
	gboolean gzip = slice_starts(first, "\x1f\x8b");
	gboolean zstd = is_zstd(first);
	struct unpack *unpack;

	if (!gzip && !zstd)
		return NULL;
	unpack = g_new0(struct unpack, 1);
	unpack->read = gzip ? read_gzip : read_zstd;
	if (gzip && inflateInit2(&unpack->zlib, 15 + 16) != Z_OK)
		g_error("zlib cannot begin");
	if (zstd)
		unpack->zstd = ZSTD_createDStream();
	return unpack;
}

void unpack_free(struct unpack *unpack)
{
	if (!unpack)
		return;
	if (unpack->zstd)
		ZSTD_freeDStream(unpack->zstd);
	else
		inflateEnd(&unpack->zlib);
	g_free(unpack);
}

gssize unpack_read(struct unpack *unpack, struct slice *packed, char *buffer, size_t size,
		   GError **error)
{
	if (unpack->complete && packed->length == 0)
		return 0;
	return unpack->read(unpack, packed, buffer, size, error);
}

gboolean unpack_complete(const struct unpack *unpack)
{
	return unpack->complete;
}

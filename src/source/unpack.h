/* SPDX-License-Identifier: Apache-2.0 */
/* unpack: packed bytes → bytes, for the two compressions that exports come in. */
#ifndef SOURCE_UNPACK_H
#define SOURCE_UNPACK_H

#include "base/slice.h"

struct unpack;

/* By the first bytes of a file: NULL when they are neither gzip nor zstd. */
struct unpack *unpack_new(struct slice first);
void unpack_free(struct unpack *unpack);

/* Takes what it can off *packed and writes at most `size` bytes. The number written, which may be 0
 * while *packed is empty; -1 and error when the stream is damaged. */
gssize unpack_read(struct unpack *unpack, struct slice *packed, char *buffer, size_t size,
		   GError **error);

/* Whether the stream may end here: not in the middle of a gzip member or a zstd frame. */
gboolean unpack_complete(const struct unpack *unpack);

#endif

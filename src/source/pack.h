/* SPDX-License-Identifier: Apache-2.0 */
/* pack: bytes → fewer bytes (a zstd frame), and back. */
#ifndef SOURCE_PACK_H
#define SOURCE_PACK_H

#include "base/slice.h"

/* The caller owns the result. */
GByteArray *pack_bytes(struct slice bytes);

/* What was packed, at most `most` bytes; room is made as bytes come, whatever the frame says. NULL and error when it is no
 * single whole frame or holds more. */
GByteArray *pack_open(struct slice packed, gsize most, GError **error);

#endif

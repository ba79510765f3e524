/* SPDX-License-Identifier: Apache-2.0 */
/* pack: bytes → fewer bytes (a zstd frame), and back. */
#ifndef SOURCE_PACK_H
#define SOURCE_PACK_H

#include "base/slice.h"

/* Bytes come piece by piece, and what becomes of them goes to `take`. The same pieces give the same
 * bytes. */
struct packer;
struct packer *packer_new(void (*take)(void *data, struct slice packed), void *data);
void packer_add(struct packer *packer, struct slice bytes);

/* The rest goes to `take`, and the packer away. */
void packer_end(struct packer *packer);

/* What was packed, at most `most` bytes; room is made as bytes come, whatever the frame says. NULL
 * and error when it is no single whole frame or holds more. */
GByteArray *pack_open(struct slice packed, gsize most, GError **error);

#endif

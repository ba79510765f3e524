/* SPDX-License-Identifier: Apache-2.0 */
/* digest: SHA-256 of a stream, by the processor's own instructions where it has them: an export is
 * read about as fast as it can be hashed, so the hash must not be what a run waits for. */
#ifndef SOURCE_DIGEST_H
#define SOURCE_DIGEST_H

#include <glib.h>

struct digest;

struct digest *digest_new(void);
void digest_free(struct digest *digest);

void digest_update(struct digest *digest, const void *bytes, size_t length);

/* 64 lower-case hex digits, owned by the digest. Nothing may be added afterwards. */
const char *digest_hex(struct digest *digest);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* digest: SHA-256 of a stream. By libcrypto, which uses the processor's own instructions: GLib's
 * checksum takes seven times as long, and an export would be hashed more slowly than it is read. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <glib.h>

struct digest;

struct digest *digest_new(void);
void digest_free(struct digest *digest);

void digest_update(struct digest *digest, const void *bytes, size_t length);

/* 64 lower-case hex digits, owned by the digest. Nothing may be added afterwards. */
const char *digest_hex(struct digest *digest);

#endif

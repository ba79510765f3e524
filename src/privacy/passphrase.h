/* SPDX-License-Identifier: Apache-2.0 */
/* passphrase: what may be one, and whether it is strong enough to be the only thing between a thief
 * and the names. */
#ifndef PRIVACY_PASSPHRASE_H
#define PRIVACY_PASSPHRASE_H

#include <glib.h>

enum { PASSPHRASE_SIZE = 256 }; /* with the NUL: GnuPG takes no longer one */

/* A rough and pessimistic estimate, in bits: of a run of letters as if it were words, and of
 * nothing that repeats itself or runs along the alphabet. */
guint passphrase_bits(const char *text);

/* FALSE and error when it is empty, too long or holds control characters; `fresh`: also when it is
 * too weak. The message does not hold it. */
gboolean passphrase_valid(const char *text, gboolean fresh, GError **error);

#endif

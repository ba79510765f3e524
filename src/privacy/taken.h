/* SPDX-License-Identifier: Apache-2.0 */
/* taken: a text as a reader or a browser takes it: "%7E" in an address as a tilde, "xn--mller-kva"
 * as "müller", letters of another width or face as those they look like, and without signs that are
 * not seen. */
#ifndef PRIVACY_TAKEN_H
#define PRIVACY_TAKEN_H

#include "base/slice.h"

/* The text so taken; NULL when that is the text itself. */
GString *taken_read(struct slice text);

#endif

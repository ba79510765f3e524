/* SPDX-License-Identifier: Apache-2.0 */
/* intern: bytes → small int. The same bytes always get the same number; numbers count up from 0 in
 * order of first appearance. */
#ifndef BASE_INTERN_H
#define BASE_INTERN_H

#include "base/slice.h"

struct intern;

struct intern *intern_new(void);
void intern_free(struct intern *intern);

/* The number of this text, given now if it is new. */
guint32 intern_get(struct intern *intern, struct slice text);

/* The number of this text, or -1 when it has none. */
gint64 intern_find(const struct intern *intern, struct slice text);

/* The text behind a number below intern_count(); NUL-terminated, owned by the intern, stable for
 * its life. */
const char *intern_text(const struct intern *intern, guint32 number);

/* Whether that is the text behind the number. */
gboolean intern_is(const struct intern *intern, guint32 number, struct slice text);

guint32 intern_count(const struct intern *intern);

#endif

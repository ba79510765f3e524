/* SPDX-License-Identifier: Apache-2.0 */
/* sniff: what a file is, by its first lines: the delimiter of an export, or a sentence that says
 * what it is instead and what to do. */
#ifndef SOURCE_SNIFF_H
#define SOURCE_SNIFF_H

#include "base/slice.h"

/* header: the first line that is neither blank nor a comment; next: what follows it, as far as it
 * is held. Returns the delimiter that separates most names for which `known` holds, at least two; 0
 * and error when there is none. */
char sniff_delimiter(struct slice header, struct slice next, gboolean (*known)(struct slice name),
		     GError **error);

/* Nothing but spaces and the line's end. A tab is a delimiter and not blank. */
gboolean sniff_is_blank(struct slice line);

#endif

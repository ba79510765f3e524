/* SPDX-License-Identifier: Apache-2.0 */
/* nearest: of the names that are known the one that somebody who wrote another may have meant. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <glib.h>

struct nearest {
	const char *given; /* borrowed */
	const char *name;  /* of those tried the nearest, borrowed; NULL: none is near */
	guint distance;    /* letters to add, to take away, to change, or to swap with the next
	                      one */
};

void nearest_init(struct nearest *nearest, const char *given);

/* Tries a known name, which must outlive it. Of two that are as near the first one counts. */
void nearest_try(struct nearest *nearest, const char *name);

/* "; did you mean NAME?", with what stands before each name (--, or ""), for the end of a message;
 * "" when none is near. The caller frees it. */
char *nearest_hint(const struct nearest *nearest, const char *before);

#endif

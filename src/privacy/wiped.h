/* SPDX-License-Identifier: Apache-2.0 */
/* wiped: bytes that must not stay in memory: a buffer that is overwritten before it is given back,
 * also when it grows. */
#ifndef PRIVACY_WIPED_H
#define PRIVACY_WIPED_H

#include <glib.h>

struct wiped {
	char *data; /* ends in a NUL that length does not count; NULL when it never held anything */
	size_t length, size;
};

void wiped_append(struct wiped *wiped, const void *bytes, size_t length);
void wiped_clear(struct wiped *wiped);

/* Overwrites a text and frees it; NULL is nothing. */
void wiped_free_text(char *text);

#endif

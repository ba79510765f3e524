/* SPDX-License-Identifier: Apache-2.0 */
/* separators: what stands between the digits of a printed number: "1,234.5", or as a site writes
 * it. */
#ifndef BASE_SEPARATORS_H
#define BASE_SEPARATORS_H

#include <glib.h>

/* Static texts; NULL: "," and ".". */
struct separators {
	const char *thousands, *decimal;
};

/* The digits of a number, in threes: "1234.5" becomes "1,234.5". The caller frees it. */
char *separators_group(const char *plain);

/* The text, which is taken over, with these in the place of each "," and "." between two digits.
 * The caller frees it. */
char *separators_apply(struct separators separators, char *text);

#endif

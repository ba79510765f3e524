/* SPDX-License-Identifier: Apache-2.0 */
/* fixed: a number with so many decimals, to the digit what printf() makes of it, in a tenth of the
 * time. */
#ifndef BASE_FIXED_H
#define BASE_FIXED_H

#include <float.h>
#include <glib.h>

#define FIXED_DECIMALS 6                 /* at most */
#define FIXED_SIZE (DBL_MAX_10_EXP + 16) /* the largest double with its decimals */

/* "%.*f" in the C locale. Returns `text`, which has room for FIXED_SIZE bytes. */
char *fixed_print(char *text, double value, guint decimals);

#endif

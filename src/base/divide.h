/* SPDX-License-Identifier: Apache-2.0 */
/* divide: whole numbers by whole numbers, where that is done several times for each job: many
 * processors take twice to ten times as long for a division of 64-bit words as for one of
 * doubles. */
#ifndef BASE_DIVIDE_H
#define BASE_DIVIDE_H

#include <glib.h>

#define DIVIDE_BITS 53 /* of a whole number that a double has */

/* a ÷ b, rounded down; b is not nought. */
static inline guint64 divide(guint64 a, guint64 b)
{
	guint64 quotient;

	if (G_UNLIKELY((a | b) >> DIVIDE_BITS))
		return a / b;
	/* Doubles are rounded to a neighbour, and never past a whole number: what is cut off there
	 * is what is looked for, or one more. */
	quotient = (guint64)(gint64)((double)(gint64)a / (double)(gint64)b);
	return quotient - (quotient * b > a);
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/number.h"

#include <math.h>

#include "base/fixed.h"

#define SURE_DIGITS 15 /* any decimal number of so many digits survives a double … */
#define FULL_DIGITS 17 /* … and any double survives so many digits */
#define WHOLE 1e15     /* below it a whole number has no more than the former */

char *number_text(double value)
{
	char text[MAX(G_ASCII_DTOSTR_BUF_SIZE, FIXED_SIZE)], format[8];

	if (value == floor(value) && fabs(value) < WHOLE)
		return g_strdup(fixed_print(text, value, 0));
	for (int digits = SURE_DIGITS; digits <= FULL_DIGITS; digits++) {
		g_snprintf(format, sizeof format, "%%.%dg", digits);
		if (g_ascii_strtod(g_ascii_formatd(text, sizeof text, format, value), NULL) ==
		    value)
			break;
	}
	return g_strdup(text);
}

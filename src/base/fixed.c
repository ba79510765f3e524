/* SPDX-License-Identifier: Apache-2.0 */
#include "base/fixed.h"

#include <math.h>
#include <string.h>

#define MOST 1e12   /* a product below it is off by less than … */
#define DOUBT 0.001 /* … this: so near to a half the exact value must decide which way to round */

static char *print_digits(char *text, guint64 number, guint decimals, gboolean negative)
{
	char digits[32], *end = digits + sizeof digits, *at = end;

	*--at = '\0';
	for (guint i = 0; number > 0 || i <= decimals; i++) {
		if (i > 0 && i == decimals)
			*--at = '.';
		*--at = (char)('0' + number % 10);
		number /= 10;
	}
	if (negative)
		*--at = '-';
	return memcpy(text, at, (size_t)(end - at));
}

char *fixed_print(char *text, double value, guint decimals)
{
	static const double scales[FIXED_DECIMALS + 1] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6 };
	char how[] = "%.0f";
	double scaled, whole;

	g_assert(decimals <= FIXED_DECIMALS);
	scaled = fabs(value) * scales[decimals];
	whole = floor(scaled);
	if (scaled < MOST && fabs(scaled - whole - 0.5) > DOUBT)
		return print_digits(text, (guint64)whole + (scaled - whole > 0.5), decimals,
		                    signbit(value));
	how[2] = (char)('0' + decimals);
	return g_ascii_formatd(text, FIXED_SIZE, how, value);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/nearest.h"

#include <string.h>

#define LONGEST 64

void nearest_init(struct nearest *nearest, const char *given)
{
	*nearest = (struct nearest){ .given = given };
}

/* Three of them are kept: a swap looks two rows back. Letters are bytes: known names have no
 * others. */
static guint distance(const char *a, gsize a_length, const char *b, gsize b_length)
{
	guint rows[3][LONGEST + 1];

	for (gsize j = 0; j <= b_length; j++)
		rows[0][j] = (guint)j;
	for (gsize i = 1; i <= a_length; i++) {
		guint *row = rows[i % 3];
		const guint *last = rows[(i - 1) % 3], *before = rows[(i + 1) % 3];

		row[0] = (guint)i;
		for (gsize j = 1; j <= b_length; j++) {
			row[j] = MIN(MIN(last[j], row[j - 1]) + 1,
			             last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				row[j] = MIN(row[j], before[j - 2] + 1);
		}
	}
	return rows[a_length % 3][b_length];
}

/* A letter in three is another word. */
static guint farthest(gsize length)
{
	return (guint)MIN(length / 4 + 1, 3);
}

void nearest_try(struct nearest *nearest, const char *name)
{
	gsize length = strlen(nearest->given), known = strlen(name);
	guint so_far;

	if (length < 3 || length > LONGEST || known > LONGEST)
		return;
	so_far = distance(nearest->given, length, name, known);
	if (so_far > farthest(length) || (nearest->name && so_far >= nearest->distance))
		return;
	nearest->name = name;
	nearest->distance = so_far;
}

char *nearest_hint(const struct nearest *nearest, const char *before)
{
	return nearest->name ? g_strdup_printf("; did you mean %s%s?", before, nearest->name)
	                     : g_strdup("");
}

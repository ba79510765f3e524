/* SPDX-License-Identifier: Apache-2.0 */
#include "source/split_text.h"

guint split_text(struct slice text, struct slice delimiter, struct slice *fields, guint room)
{
	const char *field = text.data, *end = text.data + text.length;
	guint count = 0;

	for (;;) {
		const char *next =
			memmem(field, (size_t)(end - field), delimiter.data, delimiter.length);
		const char *stop = next ? next : end;

		if (count < room)
			fields[count] = (struct slice){ field, (size_t)(stop - field) };
		count++;
		if (!next)
			return count;
		field = next + delimiter.length;
	}
}

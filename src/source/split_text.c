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

struct split split_row_wide(const char *begin, const char *limit, struct slice delimiter,
			    struct slice *fields, guint room)
{
	struct split split = { .fields = fields, .ascii = FALSE };
	struct slice text = { begin, 0 };

	split.end = limit > begin ? memchr(begin, '\n', (size_t)(limit - begin)) : NULL;
	if (!split.end)
		return split;
	text.length = (size_t)(split.end - begin);
	split.count = split_text(text, delimiter, fields, room);
	split.nul = memchr(begin, '\0', text.length) != NULL;
	return split;
}

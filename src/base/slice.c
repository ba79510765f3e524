/* SPDX-License-Identifier: Apache-2.0 */
#include "base/slice.h"

gboolean slice_is_nocase(struct slice s, const char *text)
{
	struct slice other = slice_of(text);

	if (s.length != other.length)
		return FALSE;
	for (size_t i = 0; i < s.length; i++)
		if (g_ascii_tolower(s.data[i]) != g_ascii_tolower(other.data[i]))
			return FALSE;
	return TRUE;
}

gboolean slice_starts(struct slice s, const char *prefix)
{
	size_t length = strlen(prefix);

	return s.length >= length && slice_is((struct slice){ s.data, length }, prefix);
}

struct slice slice_behind_mark(struct slice s)
{
	size_t length = slice_starts(s, "\xef\xbb\xbf") ? 3 : 0;

	return (struct slice){ s.data + length, s.length - length };
}

static inline gboolean blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

struct slice slice_trim(struct slice s)
{
	while (s.length > 0 && blank(s.data[0])) {
		s.data++;
		s.length--;
	}
	while (s.length > 0 && blank(s.data[s.length - 1]))
		s.length--;
	return s;
}

struct slice slice_cut(struct slice *rest, char byte)
{
	struct slice part = *rest;
	const char *at = part.length > 0 ? memchr(part.data, byte, part.length) : NULL;

	if (at == NULL) {
		*rest = (struct slice){ NULL, 0 };
		return part;
	}
	part.length = (size_t)(at - part.data);
	rest->data = at + 1;
	rest->length -= part.length + 1;
	return part;
}

gboolean slice_number(struct slice s, gint64 *value)
{
	gint64 sum = 0;

	if (s.length == 0)
		return FALSE;
	for (size_t i = 0; i < s.length; i++) {
		unsigned digit = (unsigned char)s.data[i] - (unsigned)'0';

		if (digit > 9 || sum > (G_MAXINT64 - (gint64)digit) / 10)
			return FALSE;
		sum = sum * 10 + (gint64)digit;
	}
	*value = sum;
	return TRUE;
}

char *slice_dup(struct slice s)
{
	char *copy = g_malloc(s.length + 1);

	if (s.length > 0)
		memcpy(copy, s.data, s.length);
	copy[s.length] = '\0';
	return copy;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/terminal.h"

enum { WIDTH = 80 };

/* Controls, and the invisible characters that reorder or break a line. */
static gboolean harmful(gunichar c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f ||
	       (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* How many bytes the character at the front of `s` takes; *safe when it can be shown as it is. */
static size_t character(struct slice s, gboolean *safe)
{
	unsigned char first = (unsigned char)s.data[0];
	gunichar c = first;

	/* GLib reads a NUL inside the length as an unfinished character. */
	if (first >= 0x80)
		c = g_utf8_get_char_validated(s.data, (gssize)s.length);
	if (c == (gunichar)-1 || c == (gunichar)-2) {
		*safe = FALSE;
		return 1;
	}
	*safe = !harmful(c);
	return (size_t)g_unichar_to_utf8(c, NULL);
}

static char *escape(struct slice text, size_t limit)
{
	GString *shown = g_string_new(NULL);
	size_t width = 0;

	while (text.length > 0) {
		gboolean safe;
		size_t length = character(text, &safe);

		width += safe ? 1 : 4 * length;
		if (width > limit) {
			g_string_append(shown, "…");
			break;
		}
		if (safe)
			g_string_append_len(shown, text.data, (gssize)length);
		for (size_t i = 0; i < length && !safe; i++)
			g_string_append_printf(shown, "\\x%02x", (unsigned char)text.data[i]);
		text.data += length;
		text.length -= length;
	}
	return g_string_free(shown, FALSE);
}

char *terminal_escape(struct slice text)
{
	return escape(text, WIDTH);
}

char *terminal_escape_whole(struct slice text)
{
	return escape(text, G_MAXSIZE);
}

gboolean terminal_safe(struct slice text)
{
	gboolean safe = TRUE;
	size_t at = 0;

	/* Mostly all of it is plain. */
	while (at < text.length && text.data[at] >= ' ' && text.data[at] < 0x7f)
		at++;
	while (at < text.length && safe)
		at += character((struct slice){ text.data + at, text.length - at }, &safe);
	return safe;
}

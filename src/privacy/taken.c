/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/taken.h"

#define LABEL 63 /* bytes of a part of a domain's name */

/* Of no look of their own, though not all are signs of format: Default_Ignorable_Code_Point of
 * Unicode's DerivedCoreProperties.txt. */
static gboolean is_unseen(gunichar sign)
{
	static const struct {
		gunichar first, last;
	} marks[] = { { 0x34f, 0x34f },   { 0x115f, 0x1160 }, { 0x17b4, 0x17b5 },
		      { 0x180b, 0x180f }, { 0x3164, 0x3164 }, { 0xfe00, 0xfe0f },
		      { 0xffa0, 0xffa0 }, { 0xfff0, 0xfff8 }, { 0xe0000, 0xe0fff } };

	for (guint i = 0; i < G_N_ELEMENTS(marks); i++)
		if (sign >= marks[i].first && sign <= marks[i].last)
			return TRUE;
	return g_unichar_type(sign) == G_UNICODE_FORMAT;
}

/* The sign that begins there; 0: none. */
static gunichar sign_at(struct slice rest)
{
	gunichar sign = g_utf8_get_char_validated(rest.data, (gssize)rest.length);

	return sign > G_MAXINT32 ? 0 : sign;
}

/* Of each of these: over how many bytes it went, for what it appended or left out; 0: what stands
 * there is something else. */

/* The sign of ASCII that one of another width or face, such as "ａ", is read as; else 0. Hyphens are
 * all the same, and so are the letters i, with a dot and without, of which in Turkish each has a
 * capital. */
static char plain_of(gunichar sign)
{
	gunichar plain = 0;

	if (sign == 0x2010 || sign == 0x2011)
		return '-';
	if (sign == 0x130 || sign == 0x131)
		return 'i';
	return g_unichar_fully_decompose(sign, TRUE, &plain, 1) == 1 && plain < 0x80 &&
	                       g_ascii_isgraph((char)plain)
	               ? (char)plain
	               : 0;
}

/* A soft hyphen, no space at all, a change of direction; one that is read as another. */
static size_t append_sign(struct slice rest, GString *taken)
{
	gunichar sign = sign_at(rest);
	char plain = plain_of(sign);

	if (sign == 0 || (!is_unseen(sign) && !plain))
		return 0;
	if (plain)
		g_string_append_c(taken, plain);
	return (size_t)g_unichar_to_utf8(sign, NULL);
}

static size_t append_escape(struct slice rest, GString *taken)
{
	if (rest.length < 3 || !g_ascii_isxdigit(rest.data[1]) || !g_ascii_isxdigit(rest.data[2]))
		return 0;
	g_string_append_c(taken, (char)(g_ascii_xdigit_value(rest.data[1]) * 16 +
	                                g_ascii_xdigit_value(rest.data[2])));
	return 3;
}

/* A part of a domain's name that has letters beyond ASCII. */
static size_t append_label(struct slice rest, GString *taken)
{
	g_autofree char *label = NULL, *wide = NULL;
	size_t length = 0;

	if (rest.length < 4 || g_ascii_strncasecmp(rest.data, "xn--", 4) != 0)
		return 0;
	while (length < MIN(rest.length, LABEL) &&
	       (g_ascii_isalnum(rest.data[length]) || rest.data[length] == '-'))
		length++;
	label = g_strndup(rest.data, length);
	wide = g_hostname_to_unicode(label);
	if (!wide)
		return 0;
	g_string_append(taken, wide);
	return length;
}

static size_t append_other(struct slice rest, GString *taken)
{
	if ((guchar)*rest.data >= 0x80)
		return append_sign(rest, taken);
	return *rest.data == '%' ? append_escape(rest, taken) : append_label(rest, taken);
}

/* Where, from there on, something else may begin. */
static size_t next_other(struct slice text, size_t at)
{
	while (at < text.length && (guchar)text.data[at] < 0x80 && !strchr("%xX", text.data[at]))
		at++;
	return at;
}

GString *taken_read(struct slice text)
{
	size_t at = next_other(text, 0), next, over;
	gboolean other = FALSE;
	GString *taken;

	if (at == text.length)
		return NULL;
	taken = g_string_new_len(text.data, (gssize)at);
	while (at < text.length) {
		over = append_other((struct slice){ text.data + at, text.length - at }, taken);
		other |= over > 0;
		next = next_other(text, over > 0 ? at + over : at + 1);
		g_string_append_len(taken, text.data + at + over, (gssize)(next - at - over));
		at = next;
	}
	if (!other)
		g_string_free(g_steal_pointer(&taken), TRUE);
	return taken;
}

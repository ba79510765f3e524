/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/scrub.h"

#define MOST_JOINTS 16

/* Letters of other scripts too. */
static gboolean is_letter(char byte)
{
	return g_ascii_isalnum(byte) || (guchar)byte >= 0x80;
}

static gboolean is_joint(char byte)
{
	return byte == '.' || byte == '-' || byte == '_';
}

static size_t word_end(struct slice text, size_t at)
{
	while (at < text.length && is_letter(text.data[at]))
		at++;
	return at;
}

/* The pseudonym of the longest name that begins here, and where it ends; NULL when none does. */
static const char *name_at(const struct mapping *mapping, struct slice text, size_t at, size_t *end)
{
	const char *found = NULL;
	size_t to = word_end(text, at);

	for (guint joints = 0; joints < MOST_JOINTS; joints++) {
		const char *pseudonym = mapping_find(mapping, (struct slice){ text.data + at, to - at });

		if (pseudonym) {
			found = pseudonym;
			*end = to;
		}
		if (to >= text.length || !is_joint(text.data[to]))
			break;
		to = word_end(text, to + 1);
	}
	return found;
}

guint scrub_append(const struct mapping *mapping, struct slice text, GString *line)
{
	guint replaced = 0;

	for (size_t at = 0; at < text.length;) {
		size_t end = MAX(word_end(text, at), at + 1);
		const char *pseudonym = is_letter(text.data[at]) ? name_at(mapping, text, at, &end) : NULL;

		if (pseudonym)
			g_string_append(line, pseudonym);
		else
			g_string_append_len(line, text.data + at, (gssize)(end - at));
		replaced += pseudonym != NULL;
		at = end;
	}
	return replaced;
}

gboolean scrub_printable(struct slice text)
{
	for (size_t i = 0; i < text.length; i++)
		if ((guchar)text.data[i] < ' ' || text.data[i] == 0x7f)
			return FALSE;
	return TRUE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/scrub.h"

#include "privacy/caseless.h"

#define MOST_JOINTS 16

/* How many bytes what joins the words of a name has there; 0: nothing does. */
static size_t joint_at(struct slice text, size_t at)
{
	if (at < text.length && text.data[at] && strchr(".-_", text.data[at]))
		return 1;
	return caseless_apostrophe(text, at);
}

/* What stands for the longest name, or word of the site that is hidden, that begins here, and where
 * it ends; NULL when none does. */
static const char *name_at(const struct mapping *mapping, struct slice text, size_t at, size_t *end)
{
	const char *found = NULL;
	size_t to = at + caseless_word(text, at), joint;

	for (guint joints = 0; joints < MOST_JOINTS; joints++) {
		struct slice word = { text.data + at, to - at };
		const char *name = mapping_find(mapping, word),
			   *shown = name ? name : mapping_token(mapping, word);

		if (shown) {
			found = shown;
			*end = to;
		}
		joint = joint_at(text, to);
		if (joint == 0)
			break;
		to += joint + caseless_word(text, to + joint);
	}
	return found;
}

/* "%2F", as an address writes a slash: its digits are no begin of the word behind it. "%abba" may
 * be a name. */
static gboolean is_escape(const struct mapping *mapping, struct slice text, size_t at)
{
	size_t end;

	return text.length - at >= 3 && text.data[at] == '%' &&
	       g_ascii_isxdigit(text.data[at + 1]) && g_ascii_isxdigit(text.data[at + 2]) &&
	       !name_at(mapping, text, at + 1, &end);
}

guint scrub_append(const struct mapping *mapping, struct slice text, GString *line)
{
	guint replaced = 0;

	for (size_t at = 0; at < text.length;) {
		gboolean letter;
		size_t word = caseless_word(text, at),
		       end = at + (word ? word : caseless_character(text, at, &letter));
		const char *shown = word ? name_at(mapping, text, at, &end) : NULL;

		if (is_escape(mapping, text, at))
			end = at + 3;
		if (shown)
			g_string_append(line, shown);
		else
			g_string_append_len(line, text.data + at, (gssize)(end - at));
		replaced += shown != NULL;
		at = end;
	}
	return replaced;
}

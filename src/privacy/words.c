/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/words.h"

#include "base/intern.h"

#define LEAST_INSIDE 3 /* bytes of a name that is also looked for inside a word */

struct words {
	const struct mapping *mapping;
	struct intern *seen;
	GPtrArray *hidden; /* by word: char *, what to write, or NULL: as it stands */
};

struct words *words_new(const struct mapping *mapping)
{
	struct words *words = g_new0(struct words, 1);

	words->mapping = mapping;
	words->seen = intern_new();
	words->hidden = g_ptr_array_new_with_free_func(g_free);
	return words;
}

void words_free(struct words *words)
{
	if (!words)
		return;
	g_ptr_array_unref(words->hidden);
	intern_free(words->seen);
	g_free(words);
}

static gboolean is_letter(char byte)
{
	return g_ascii_isalnum(byte) || (guchar)byte >= 0x80;
}

static size_t next_edge(struct slice part, size_t at)
{
	gboolean inside = is_letter(part.data[at]);

	while (at < part.length && is_letter(part.data[at]) == inside)
		at++;
	return at;
}

static gboolean has_letter(struct slice text)
{
	for (size_t i = 0; i < text.length; i++)
		if (g_ascii_isalpha(text.data[i]) || (guchar)text.data[i] >= 0x80)
			return TRUE;
	return FALSE;
}

/* The longest name that begins at a word of the part and ends with one: "smith" in "smith-gpu". */
static const char *name_at(const struct mapping *mapping, struct slice part, size_t at, size_t *end)
{
	const char *longest = NULL;

	for (size_t edge = at; edge < part.length;) {
		struct slice tried = { part.data + at, 0 };
		const char *pseudonym;

		edge = next_edge(part, edge);
		tried.length = edge - at;
		pseudonym = tried.length >= LEAST_INSIDE && has_letter(tried) ? mapping_find(mapping, tried) : NULL;
		if (pseudonym) {
			longest = pseudonym;
			*end = edge;
		}
	}
	return longest;
}

/* Appends the part with pseudonyms in place of names; TRUE when there was one. */
static gboolean append_hidden(const struct mapping *mapping, struct slice part, GString *hidden)
{
	const char *whole = mapping_find(mapping, part);
	gboolean any = whole != NULL;

	g_string_append(hidden, whole ? whole : "");
	for (size_t at = 0, end; !whole && at < part.length; at = end) {
		const char *pseudonym = is_letter(part.data[at]) ? name_at(mapping, part, at, &end) : NULL;

		if (!pseudonym)
			end = next_edge(part, at);
		if (pseudonym)
			g_string_append(hidden, pseudonym);
		else
			g_string_append_len(hidden, part.data + at, (gssize)(end - at));
		any = any || pseudonym;
	}
	return any;
}

/* NULL when there is no name in it. A partition called after its owner gives the owner away: the
 * pseudonym says as much. */
static char *hide_names(const struct mapping *mapping, struct slice word)
{
	GString *hidden = g_string_new(NULL);
	gboolean any = FALSE;

	while (!slice_empty(word)) {
		struct slice part = slice_cut(&word, ',');

		if (hidden->len > 0)
			g_string_append_c(hidden, ',');
		any |= append_hidden(mapping, part, hidden);
	}
	return g_string_free(hidden, !any);
}

const char *words_hidden(struct words *words, struct slice word)
{
	guint32 number = intern_get(words->seen, word);

	if (number == words->hidden->len)
		g_ptr_array_add(words->hidden, hide_names(words->mapping, word));
	return g_ptr_array_index(words->hidden, number);
}

char *words_find_late(const struct words *words)
{
	for (guint i = 0; i < words->hidden->len; i++) {
		const char *word = intern_text(words->seen, i);
		g_autofree char *now = hide_names(words->mapping, slice_of(word));

		if (g_strcmp0(now, g_ptr_array_index(words->hidden, i)) != 0)
			return g_strdup(word);
	}
	return NULL;
}

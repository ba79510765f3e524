/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/words.h"

#include "base/intern.h"

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

/* NULL when no part is a name. A partition called after its owner gives the owner away: the
 * pseudonym says as much. */
static char *hide_names(const struct mapping *mapping, struct slice word)
{
	GString *hidden = g_string_new(NULL);
	gboolean any = FALSE;

	while (!slice_empty(word)) {
		struct slice part = slice_cut(&word, ',');
		const char *pseudonym = mapping_find(mapping, part);
		struct slice shown = pseudonym ? slice_of(pseudonym) : part;

		if (hidden->len > 0)
			g_string_append_c(hidden, ',');
		g_string_append_len(hidden, shown.data, (gssize)shown.length);
		any = any || pseudonym;
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

/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/caseless.h"

#include "privacy/wiped.h"

/* Whether all of it is ASCII. */
static gboolean is_plain(struct slice text)
{
	for (size_t i = 0; i < text.length; i++)
		if ((guchar)text.data[i] >= 0x80)
			return FALSE;
	return TRUE;
}

size_t caseless_apostrophe(struct slice text, size_t at)
{
	struct slice rest = { text.data + at, text.length - at };

	if (slice_starts(rest, "'"))
		return 1;
	return slice_starts(rest, "\u2018") || slice_starts(rest, "\u2019") ? strlen("\u2019") : 0;
}

/* In place. */
static void straighten(char *text)
{
	const struct slice all = slice_of(text);
	size_t to = 0;

	for (size_t at = 0, bytes; at < all.length; at += MAX(bytes, 1)) {
		bytes = caseless_apostrophe(all, at);
		text[to++] = bytes > 0 ? '\'' : text[at];
	}
	memset(text + to, 0, all.length - to);
}

char *caseless_fold(struct slice text)
{
	char *valid, *apart, *small, *folded;

	if (is_plain(text))
		return g_ascii_strdown(text.length ? text.data : "", (gssize)text.length);
	valid = g_utf8_make_valid(text.data, (gssize)text.length);
	apart = g_utf8_normalize(valid, -1, G_NORMALIZE_DEFAULT);
	small = g_utf8_casefold(apart, -1);
	folded = g_utf8_normalize(small, -1, G_NORMALIZE_DEFAULT_COMPOSE);
	wiped_free_text(valid);
	wiped_free_text(apart);
	wiped_free_text(small);
	straighten(folded);
	return folded;
}

size_t caseless_character(struct slice text, size_t at, gboolean *letter)
{
	gunichar character = (guchar)text.data[at];

	if (character >= 0x80)
		character = g_utf8_get_char_validated(text.data + at, (gssize)(text.length - at));
	if (character > G_MAXINT32 || character == 0) {
		*letter = character != 0;
		return 1;
	}
	*letter = g_unichar_isalnum(character) || g_unichar_ismark(character);
	return (size_t)g_unichar_to_utf8(character, NULL);
}

size_t caseless_word(struct slice text, size_t at)
{
	size_t begin = at, bytes;
	gboolean letter;

	for (; at < text.length; at += bytes) {
		bytes = caseless_character(text, at, &letter);
		if (!letter)
			break;
	}
	return at - begin;
}

/* Tables */

static guint hash_add(guint hash, char byte)
{
	return (hash ^ (guchar)byte) * 16777619u;
}

/* Of letters beyond ASCII, those of one form. */
static G_NO_INLINE guint wide_hash(struct slice name)
{
	char *folded = caseless_fold(name);
	guint hash = 2166136261u;

	for (const char *at = folded; *at; at++)
		hash = hash_add(hash, *at);
	wiped_free_text(folded);
	return hash;
}

guint caseless_hash(gconstpointer key)
{
	const struct slice *name = key;
	guint hash = 2166136261u;

	for (size_t i = 0; i < name->length; i++) {
		if ((guchar)name->data[i] >= 0x80)
			return wide_hash(*name);
		hash = hash_add(hash, g_ascii_tolower(name->data[i]));
	}
	return hash;
}

static gboolean wide_equal(struct slice one, struct slice other)
{
	char *left = caseless_fold(one), *right = caseless_fold(other);
	gboolean equal = strcmp(left, right) == 0;

	wiped_free_text(left);
	wiped_free_text(right);
	return equal;
}

gboolean caseless_equal(gconstpointer a, gconstpointer b)
{
	const struct slice *one = a, *other = b;

	if (one->length == other->length &&
	    g_ascii_strncasecmp(one->data, other->data, one->length) == 0)
		return TRUE;
	return !(is_plain(*one) && is_plain(*other)) && wide_equal(*one, *other);
}

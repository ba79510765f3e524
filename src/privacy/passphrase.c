/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/passphrase.h"

#include <string.h>

#include "base/error.h"

/* OpenPGP's way from a passphrase to a key costs an attacker little on graphics cards: it must be
 * the phrase that is hard to guess. */
enum { BITS_NEEDED = 64, BITS_OF_WORD = 13, LONGEST_WORD = 12 };

struct seen {
	guint8 pairs[65536 / 8];
};

/* TRUE when this pair of bytes was seen before; from now on it was. */
static gboolean seen_before(struct seen *seen, guchar one, guchar other)
{
	guint at = (guint)one * 256 + other;
	gboolean before = seen->pairs[at / 8] >> at % 8 & 1;

	seen->pairs[at / 8] |= (guint8)(1 << at % 8);
	return before;
}

static gboolean is_letter(guchar c)
{
	return g_ascii_isalpha(c) || c >= 0x80;
}

/* A word drawn from 7,776 has 13 bits however long it is; what is longer than words are may be a
 * few of them without spaces. */
static guint run_bits(guint letters, guint fresh)
{
	return letters <= LONGEST_WORD ? MIN(BITS_OF_WORD, 3 * fresh) : 5 * fresh / 2;
}

guint passphrase_bits(const char *text)
{
	struct seen seen = { 0 };
	guint bits = 0, letters = 0, fresh = 0;
	guchar before = '\0';

	for (const guchar *at = (const guchar *)text; *at; before = *at++) {
		gboolean new = !seen_before(&seen, before, *at) && ABS(*at - before) > 1;

		if (is_letter(*at)) {
			letters++;
			fresh += (guint)new;
			continue;
		}
		bits += run_bits(letters, fresh) + (new && *at != ' ' ? 3 : 0);
		letters = fresh = 0;
	}
	explicit_bzero(&seen, sizeof seen);
	return bits + run_bits(letters, fresh);
}

gboolean passphrase_valid(const char *text, gboolean fresh, GError **error)
{
	guint bits;

	if (*text == '\0')
		return error_failed(error, "the passphrase is empty");
	if (strlen(text) >= PASSPHRASE_SIZE)
		return error_failed(error, "the passphrase is longer than %d bytes",
		                    PASSPHRASE_SIZE - 1);
	for (const char *at = text; *at; at++)
		if (g_ascii_iscntrl(*at))
			return error_failed(error, "the passphrase holds a control character");
	bits = fresh ? passphrase_bits(text) : BITS_NEEDED;
	return bits >= BITS_NEEDED ||
	       error_failed(
		       error,
		       "the passphrase is too weak: about %u bits, and %d are needed; six words "
		       "drawn at random are enough, and --encrypt-to needs none",
		       bits, BITS_NEEDED);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* lexicon: which words stand in a text, ASCII case ignored. It cannot be read back, and may say yes
 * of a word that is not there, never no of one that is.
 *
 * Words are made of letters, digits and bytes above 0x7F. Those that begin with a digit are not
 * kept: numbers and times are different in every row, and hardly anybody is called like that. */
#ifndef PRIVACY_LEXICON_H
#define PRIVACY_LEXICON_H

#include "base/slice.h"

#define LEXICON_BEYOND 64 /* bytes behind a text that are read, and count for nothing */

struct lexicon;

struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon *lexicon);

/* Takes the words of a text, which begins and ends with whole ones. */
void lexicon_add(struct lexicon *lexicon, struct slice text);

/* The same, byte by byte: for other processors, and to check the first one against. */
void lexicon_add_plainly(struct lexicon *lexicon, struct slice text);

/* Whether this may be a word of the texts; it must not begin with a digit. */
gboolean lexicon_may_have(const struct lexicon *lexicon, struct slice word);

/* The same, for one of one or two bytes: not right behind an underscore, where pseudonyms have such
 * words. */
gboolean lexicon_may_have_apart(const struct lexicon *lexicon, struct slice word);

/* Whether "~" stands anywhere. */
gboolean lexicon_has_tilde(const struct lexicon *lexicon);

/* Whether any byte is above 0x7F: then it does not know which words stand there in another case. */
gboolean lexicon_is_wide(const struct lexicon *lexicon);

/* Which bytes words are made of. */
static inline gboolean lexicon_is_letter(char byte)
{
	return g_ascii_isalnum(byte) || (guchar)byte >= 0x80;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* caseless: when two names are the same: in capitals or small letters of any script, whether an
 * accent is a part of its letter or a character of its own, and with whichever apostrophe. */
#ifndef PRIVACY_CASELESS_H
#define PRIVACY_CASELESS_H

#include "base/slice.h"

/* What texts that are the same have in common: small letters of one form, and apostrophes as a
 * keyboard has them. Bytes that are not UTF-8 are one character, whatever they are. The caller
 * wipes and frees it. */
char *caseless_fold(struct slice text);

/* How many bytes the character has that begins there; *letter says whether words are made of it:
 * letters, digits, accents. What is not UTF-8 is a letter of one byte. */
size_t caseless_character(struct slice text, size_t at, gboolean *letter);

/* From there on, the bytes of letters; 0 when none stands there. */
size_t caseless_word(struct slice text, size_t at);

/* From there on, the bytes of an apostrophe, be it ' or as it is printed, U+2019 or U+2018; 0 when
 * none stands there. */
size_t caseless_apostrophe(struct slice text, size_t at);

/* For tables whose keys are struct slice. */
guint caseless_hash(gconstpointer key);
gboolean caseless_equal(gconstpointer a, gconstpointer b);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* words: partitions, QOS and clusters, which stay as they are unless there is somebody's name in one. */
#ifndef PRIVACY_WORDS_H
#define PRIVACY_WORDS_H

#include "privacy/mapping.h"

struct words;

/* The mapping is borrowed. */
struct words *words_new(const struct mapping *mapping);
void words_free(struct words *words);

/* What stands for the word: NULL when it stays as it is, else the same with the pseudonym in
 * place of each of its comma-separated parts that is a name, or of a name of three characters or
 * more that is a part of one between dashes or the like. Decided when the word is first asked for;
 * owned by the words, stable for their life. */
const char *words_hidden(struct words *words, struct slice word);

/* The first word of which something else would be said now that the mapping knows more names; to be
 * freed, NULL when there is none. */
char *words_find_late(const struct words *words);

#endif

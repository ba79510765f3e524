/* SPDX-License-Identifier: Apache-2.0 */
/* words: what stands for the words of a site (partitions, QOS, clusters, types of resources), any
 * of which may be called after somebody: the word itself when it is nobody's own, else a token, in
 * every column and in the names of nodes; and, where small groups are pooled, for accounts and
 * groups.
 *
 * How many people use a word is only known at the end. Until words_decide() it stands as it is, and
 * has been written so. */
#ifndef PRIVACY_WORDS_H
#define PRIVACY_WORDS_H

#include "privacy/mapping.h"
#include "privacy/terms.h"

struct words;

/* Both are borrowed. */
struct words *words_new(struct mapping *mapping, const struct terms *terms);
void words_free(struct words *words);

/* What stands for a word of this kind, found in a row of this user (empty: nobody's): NULL when it
 * stays as it is, else what is the mapping's. *settled becomes FALSE when that may still change, so
 * that the next row must ask again. */
const char *words_shown(struct words *words, enum name_kind kind, struct slice word,
                        struct slice user, gboolean *settled);

/* Whether somebody's name begins like this part of a node's name and goes on with a digit, so that
 * what follows has to be looked at, too. */
gboolean words_numbered(struct words *words, struct slice stem);

/* All has been read. TRUE when some word would be written otherwise by now: then all must be read
 * again, and words_shown() says the same every time. */
gboolean words_decide(struct words *words);

/* Whether all that can be known is. */
gboolean words_decided(const struct words *words);

/* The first word that stands as it is although it proved to be a name; to be freed, NULL when there
 * is none. */
char *words_find_late(const struct words *words);

/* How many words became tokens. */
guint words_tokens(const struct words *words);

#endif

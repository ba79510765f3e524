/* SPDX-License-Identifier: Apache-2.0 */
/* scan: looks for real names in what is about to be published, and remembers where they stand.
 *
 * A name is found as a whole word, case ignored: "smith" in "Smith", "smith-gpu", "pi_smith"
 * and "/home/smith", not in "blacksmith" or "smith2". A name of one or two characters must stand
 * alone, without a dash, a dot or an underscore at its side; one of digits alone is found only
 * behind "by ", "~" and "/home/", since numbers are everywhere. A pseudonym is never a hit.
 * "/home/ANYBODY" and "CANCELLED by 1234" are, whoever that is, but for the home of a pseudonym. */
#ifndef PRIVACY_SCAN_H
#define PRIVACY_SCAN_H

#include "privacy/lexicon.h"
#include "privacy/mapping.h"
#include "privacy/terms.h"

struct scan;

/* For every name that the mapping knows now, but for the words and nodes that stand as they are
 * called on these terms, though they did not on others before; NULL: for all. Neither is needed any
 * further. */
struct scan *scan_new(const struct mapping *mapping, const struct terms *terms);
void scan_free(struct scan *scan); /* wipes the names */

/* A text that the program has of itself, or a word that may stand in what is published. A name that
 * is found in it would be found by chance: from here on it is noted and forbids nothing, but for
 * "~NAME" and "/home/NAME". "/home/ANYBODY" in it is no hit any more when that is no name. */
void scan_learn(struct scan *scan, struct slice text);

/* Looks through a text that stands in `file`, or an open file from where it is to its end. */
void scan_text(struct scan *scan, const char *file, struct slice text);
gboolean scan_file(struct scan *scan, const char *file, int fd, GError **error);

/* Whether a text of these words must be looked through. FALSE: nothing would be found in it. */
gboolean scan_may_find(const struct scan *scan, const struct lexicon *words);

/* The first file in which a name stands that forbids publishing it; NULL when there is none. */
const char *scan_forbids(const struct scan *scan);

/* What was found, a line each, for who may see names: when, "found" or "by chance", file, line,
 * what kind of name, the name, the text around it; tabs between. "" when nothing was. At most a few
 * of each name in each file. `discreet`: pseudonyms in place of names, and no text. The caller
 * wipes and frees it. */
char *scan_print(const struct scan *scan, const char *when, gboolean discreet);

#endif

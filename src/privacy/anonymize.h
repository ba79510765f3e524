/* SPDX-License-Identifier: Apache-2.0 */
/* anonymize: rows of a raw export → rows of the shareable file. One pass over all of them. */
#ifndef PRIVACY_ANONYMIZE_H
#define PRIVACY_ANONYMIZE_H

#include "base/progress.h"
#include "base/sink.h"
#include "privacy/rewrite.h"

struct raw_exports {
	char *const *paths;  /* NULL-terminated */
	const char *columns; /* of those without a header, "User,Account,…"; NULL: not told */
	gboolean spare_digests; /* of what is read: the release will have none, nor the contents of
	                           columns */
};

/* Reads every path ("-": standard input), writes the header once (all files must have the same kept
 * columns in the same order: else the error names file and column), and each row with the same
 * delimiter, column order and value text; quotes only where needed, in comma files only. Names that
 * are new are added to the mapping, which is *not* saved here.
 *
 * When only the last row showed what should stand in the first (a word that few use, a word that is
 * a name, an order that is to be shuffled), the release says `again`: what was written must be
 * thrown away, and a second run with the same disguise writes it right. Where the terms say
 * at_once, there is no second run: then late_word is the word that should not have been written. */
gboolean anonymize(const struct raw_exports *exports, const struct disguise *disguise,
                   struct sink *sink, struct release *release, struct progress *progress,
                   GError **error);

/* Reads the exports and looks at every row, for release->contents and nothing else. */
gboolean anonymize_look(const struct raw_exports *exports, const struct terms *terms,
                        struct release *release, GError **error);

#endif

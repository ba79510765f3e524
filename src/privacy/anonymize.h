/* SPDX-License-Identifier: Apache-2.0 */
/* anonymize: rows of a raw export → rows of the shareable file. One pass over all of them. */
#ifndef PRIVACY_ANONYMIZE_H
#define PRIVACY_ANONYMIZE_H

#include "base/progress.h"
#include "base/sink.h"
#include "privacy/mapping.h"
#include "privacy/release.h"

struct raw_exports {
	char *const *paths;  /* NULL-terminated */
	const char *columns; /* of those without a header, "User,Account,…"; NULL: not told */
	gboolean spare_digests; /* of what is read: the release will have none */
};

/* Reads every path ("-": standard input), writes the header once (all files must have the same kept columns in the same
 * order: else the error names file and column), and each row with the same delimiter, column order and value text; quotes
 * only where needed, in comma files only. Names that are new are added to the mapping, which is *not* saved here.
 *
 * When a partition, QOS or cluster was written as it stands and only a later row showed it to be a name, late_word says which:
 * what was written must be thrown away, and a second run with the same mapping has no such word. */
gboolean anonymize(const struct raw_exports *exports, struct mapping *mapping, struct sink *sink, struct release *release,
                   struct progress *progress, GError **error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* rewrite: a row of a raw export → the row of the shareable file. */
#ifndef PRIVACY_REWRITE_H
#define PRIVACY_REWRITE_H

#include "base/sink.h"
#include "privacy/release.h"
#include "privacy/words.h"

struct rewrite;
struct row;
struct rows;

/* What makes one file of another. */
struct disguise {
	const struct terms *terms;
	struct mapping *mapping;
	struct words *words;
};

/* All are borrowed. Until rewrite_finish() nobody else may write to the sink. */
struct rewrite *rewrite_new(const struct disguise *disguise, struct sink *sink,
                            struct release *release);
void rewrite_free(struct rewrite *rewrite);

/* From here on rows are of this file. Those of its columns that are dropped are noted in the
 * release; returns the names of the others, char *, canonical. */
GPtrArray *rewrite_begin(struct rewrite *rewrite, const struct rows *rows);

/* The header keeps the file's own spelling of the names: they are on the list, so they are no
 * secret. */
void rewrite_header(struct rewrite *rewrite, const struct rows *rows);

/* Writes a whole row, if its job id, state and times are what they can be; else nothing is written,
 * and *fits is FALSE: it is not what its columns say, and may hold a name where none is looked for.
 * FALSE and error when a user in it is a pseudonym already. */
gboolean rewrite_row(struct rewrite *rewrite, const struct row *row, gboolean *fits,
                     GError **error);

/* All that was written is the sink's. Notes in the release what the mapping knows now. */
void rewrite_finish(struct rewrite *rewrite);

#endif

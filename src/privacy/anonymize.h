/* SPDX-License-Identifier: Apache-2.0 */
/* anonymize: rows of a raw export → rows of the shareable file. The only place where a name and its pseudonym meet. */
#ifndef PRIVACY_ANONYMIZE_H
#define PRIVACY_ANONYMIZE_H

#include "base/progress.h"
#include "base/sink.h"
#include "privacy/mapping.h"

/* What it did: for the manifest and for the words on the terminal. Counts and column names, never a value. */
struct release {
	guint64 exports; /* files read, and headers repeated inside them: beyond one, jobs may be repeated too */
	guint64 rows_read, rows_written;
	guint64 rows_set_aside;      /* not written: wrong field count, not UTF-8, no state … */
	guint64 values_blanked;      /* a kept column whose text was not of its kind */
	guint64 uids_removed;        /* from "CANCELLED by 1234" */
	guint64 words_replaced;      /* a partition, QOS or cluster that is somebody's name: its pseudonym stands instead */
	char *late_word;             /* see anonymize(); escaped; NULL when there is none */
	char *not_jobs;              /* why one of the files is no list of jobs, a sentence; NULL when all are */
	GPtrArray *columns_kept;     /* char *, in file order, canonical names */
	GPtrArray *columns_dropped;  /* char *, as printed in the file, escaped */
	GPtrArray *input_sha256;     /* char *, one per input */
	guint users, accounts, groups; /* in the mapping afterwards */
	char *delimiter;
};

struct raw_exports {
	char *const *paths;  /* NULL-terminated */
	const char *columns; /* of those without a header, "User,Account,…"; NULL: not told */
};

struct release *release_new(void);
void release_free(struct release *release);

/* Reads every path ("-": standard input), writes the header once (all files must have the same kept columns in the same
 * order: else the error names file and column), and each row with the same delimiter, column order and value text; quotes
 * only where needed, in comma files only. Names that are new are added to the mapping, which is *not* saved here.
 *
 * When a partition, QOS or cluster was written as it stands and only a later row showed it to be a name, late_word says which:
 * what was written must be thrown away, and a second run with the same mapping has no such word. */
gboolean anonymize(const struct raw_exports *exports, struct mapping *mapping, struct sink *sink, struct release *release,
                   struct progress *progress, GError **error);

#endif

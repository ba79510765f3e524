/* SPDX-License-Identifier: Apache-2.0 */
/* release: what anonymizing did: for the manifest and for the words on the terminal. Counts and
 * column names, never a value. */
#ifndef PRIVACY_RELEASE_H
#define PRIVACY_RELEASE_H

#include "privacy/contents.h"

/* Why a row was not written. */
enum unwritten {
	UNWRITTEN_FIELDS,   /* too few or too many fields */
	UNWRITTEN_LONG,
	UNWRITTEN_NUL_BYTE,
	UNWRITTEN_ENCODING, /* not UTF-8 */
	UNWRITTEN_CUT,      /* the last line, unfinished */
	UNWRITTEN_MESSAGE,  /* what sacct said on standard error */
	UNWRITTEN_STEP,     /* its job was not written, or is none of this file */
	UNWRITTEN_MISFIT,   /* its job number, state or a time is none */
	UNWRITTENS
};

struct release {
	guint64 exports; /* files read, and headers repeated inside them: beyond one, jobs may be
	                    repeated too */
	guint64 rows_read, rows_written;
	guint full_sheets;           /* files as long as a sheet of a spreadsheet can be */
	guint64 rows_set_aside;      /* not written: the sum of these */
	guint64 unwritten[UNWRITTENS];
	guint64 values_blanked;      /* a kept column whose text was not of its kind: the sum of
	                                these */
	guint64 blanked[COLUMNS];    /* by column */
	guint64 uids_removed;        /* from "CANCELLED by 1234" */
	guint64 words_replaced;      /* a word, or a name in kept free text, in the place of which
	                                another stands */
	guint words_tokens;          /* so many different words became tokens */
	gboolean again;              /* see anonymize() */
	char *late_word;             /* likewise; escaped; NULL when there is none */
	char *not_jobs;              /* why one of the files is no list of jobs, a sentence; NULL
	                                when all are */
	GPtrArray *columns_kept;     /* char *, in file order, canonical names */
	GPtrArray *columns_dropped;  /* char *, as printed in the file, escaped;
	                                release_add_dropped() */
	GHashTable *dropped;         /* of these, to be found */
	struct contents *contents;   /* of the columns; NULL when it was not asked for */
	GPtrArray *input_sha256;     /* char *, one per input; empty when they were spared */
	guint users, accounts, groups; /* in the mapping afterwards */
	char *delimiter;
};

struct release *release_new(void);
void release_free(struct release *release);

/* "field_count", "too_long" … */
const char *unwritten_name(enum unwritten why);

/* A column that is not kept, `shown` escaped; each is noted once. */
void release_add_dropped(struct release *release, const char *shown);

/* A second run tells of itself alone. */
void release_restart(struct release *release);

#endif

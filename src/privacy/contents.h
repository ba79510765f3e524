/* SPDX-License-Identifier: Apache-2.0 */
/* contents: what is in each column of the exports, in numbers, and what becomes of it: never a
 * value. */
#ifndef PRIVACY_CONTENTS_H
#define PRIVACY_CONTENTS_H

#include "privacy/policy.h"

struct row;
struct rows;

#define CONTENTS_MOST_DISTINCT 10000

struct column_content {
	char *column;        /* as printed in the file, escaped */
	const char *kind;    /* "name", "time" … */
	guint64 filled;      /* rows looked at in which something stood */
	gint64 distinct;     /* different values in them; -1: more than are counted */
	struct policy policy;
	GHashTable *seen;    /* of them, as numbers; NULL when nobody counts */
};

struct contents;

/* The terms are borrowed. */
struct contents *contents_new(const struct terms *terms);
void contents_free(struct contents *contents);

/* Rows are of this file from here on. */
void contents_begin(struct contents *contents, const struct rows *rows);

/* Looks at a whole row. */
void contents_add_row(struct contents *contents, const struct row *row);

/* Whether to look at a row, the number of which in all files is this, where looking at all takes
 * too long. */
static inline gboolean contents_want(guint64 number)
{
	return number <= 10000 || number % 2048 == 0;
}

/* Rows that were looked at. */
guint64 contents_rows(const struct contents *contents);

guint contents_count(const struct contents *contents);
const struct column_content *contents_column(const struct contents *contents, guint i);

#endif

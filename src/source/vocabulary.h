/* SPDX-License-Identifier: Apache-2.0 */
/* vocabulary: what source/ is told of columns, of which it knows nothing itself. */
#ifndef SOURCE_VOCABULARY_H
#define SOURCE_VOCABULARY_H

#include "base/slice.h"

/* What a column may hold beyond a value of its kind. */
enum looseness {
	LOOSE_NOT,
	LOOSE_LIST, /* a list, whose commas nobody quoted in a comma file */
	LOOSE_NAME, /* a delimiter, and what stands there counts */
	LOOSE_TEXT, /* delimiters and line ends; nobody reads it */
};

/* A fixed list of columns that some program exports without a header. */
struct fixed_form {
	const char *title; /* "the 26 columns of Open XDMoD" */
	const char *names; /* commas between */
};

struct vocabulary {
	/* The number of the column with this name; -1 when there is none. */
	int (*find)(struct slice name);
	/* Whether this may stand in that column of a sound row; not asked of -1. */
	gboolean (*fits)(int column, struct slice text);
	enum looseness (*looseness)(int column);
	/* Whether who reads that column reads the same in two that fit it. */
	gboolean (*same)(int column, struct slice one, struct slice other);
	/* Whether a row may end before that column. */
	gboolean (*may_miss)(int column);
	/* For the first row of a file without a header; NULL when it is like none. */
	const struct fixed_form *(*fixed)(const struct slice *fields, guint count);
};

static inline gboolean vocabulary_knows(const struct vocabulary *vocabulary, struct slice name)
{
	return vocabulary->find(name) >= 0;
}

#endif

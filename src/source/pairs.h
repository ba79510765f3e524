/* SPDX-License-Identifier: Apache-2.0 */
/* pairs: rows whose fields are each a name and a value, JobID=12,User=ann, → rows with columns. */
#ifndef SOURCE_PAIRS_H
#define SOURCE_PAIRS_H

#include "source/vocabulary.h"

struct pairs;

/* Whether a line has at least two known names with values. */
gboolean pairs_begin(struct slice line, const struct vocabulary *vocabulary);

/* Its columns are the names that the first lines have, which `text` begins with. */
struct pairs *pairs_new(struct slice text, const struct vocabulary *vocabulary);
void pairs_free(struct pairs *pairs);

/* "JobID,User,…"; the caller frees it. */
char *pairs_names(const struct pairs *pairs);

/* Puts the value of each of `count` fields where its column is in `values`; empty are those without
 * one. FALSE when a field is no pair, or has a known name that is not among the columns. */
gboolean pairs_read(const struct pairs *pairs, const struct slice *fields, guint count,
		    struct slice *values);

#endif

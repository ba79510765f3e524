/* SPDX-License-Identifier: Apache-2.0 */
/* mend: a row with the wrong number of fields → the row that was meant, where only one can have
 * been. sacct escapes nothing, so a delimiter in a job's name shifts whatever stands behind it. */
#ifndef SOURCE_MEND_H
#define SOURCE_MEND_H

#include "source/vocabulary.h"

struct mend;

/* The names of a file's columns, and whether it is a comma file. */
struct mend *mend_new(const struct vocabulary *vocabulary, const struct slice *names, guint count,
		      gboolean commas);
void mend_free(struct mend *mend);

/* The fields of a row that has too many, or those that end too early, as many as there are columns;
 * the fields found lie in one piece of memory, one behind the other. NULL unless exactly one
 * reading makes every field fit; readings that differ in nothing that counts are one. Borrowed
 * until the next call. */
const struct slice *mend_fields(struct mend *mend, const struct slice *found, guint count);

#endif

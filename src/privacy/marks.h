/* SPDX-License-Identifier: Apache-2.0 */
/* marks: where in the rows of the shareable file some of its columns begin, as told by who writes
 * them to who watches: a hint that saves looking twice. What counts is the bytes.
 *
 * A marked row has as many marks as the header, of the same columns in their order; the last one is
 * behind its line end. */
#ifndef PRIVACY_MARKS_H
#define PRIVACY_MARKS_H

#include "record/column.h"

#define MARK_ROW ((guint32)1 << 31)     /* a row begins there; of the first one of each */
#define MARK_REPEATS ((guint32)1 << 30) /* from there to the next one rows are mostly the same as
                                           those before; of the header's */

#define MARKS_MOST 64 /* of a row; with more there is no looking by them */

/* Which byte of the passage it is. */
static inline guint32 mark_at(guint32 mark)
{
	return mark & ~(MARK_ROW | MARK_REPEATS);
}

/* Columns that are looked for although another job has something else there. */
static inline gboolean marks_tell(enum column column)
{
	return column == COLUMN_JOB_ID_RAW || column == COLUMN_JOB_ID || column == COLUMN_START ||
	       column == COLUMN_ELAPSED_RAW;
}

/* Those of which the end is marked, too: how long a time is, is known. */
static inline gboolean marks_end(enum column column)
{
	return column != COLUMN_START && marks_tell(column);
}

#endif

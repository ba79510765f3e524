/* SPDX-License-Identifier: Apache-2.0 */
/* split: one row of sacct's own format → its fields, in one pass over its bytes. */
#ifndef SOURCE_SPLIT_H
#define SOURCE_SPLIT_H

#include "base/slice.h"

struct split {
	guint count;     /* fields found; only the first `room` of them are stored */
	const char *end; /* the newline; NULL when there is none before `limit`: then nothing else
			    holds */
	gboolean nul;    /* a NUL byte is among them */
	gboolean ascii;  /* no byte above 0x7F is */
};

/* Splits what stands between `begin` and the first newline before `limit`. Up to 64 bytes behind
 * `limit` are read. Uses vectors where the processor has them. */
struct split split_row(const char *begin, const char *limit, char delimiter, struct slice *fields,
		       guint room);

/* The same, byte by byte: for other processors, and to check the first one against. */
struct split split_row_plainly(const char *begin, const char *limit, char delimiter,
			       struct slice *fields, guint room);

#endif

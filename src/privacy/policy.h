/* SPDX-License-Identifier: Apache-2.0 */
/* policy: what becomes of each column of an export. An allow-list: what is not on it is dropped. */
#ifndef PRIVACY_POLICY_H
#define PRIVACY_POLICY_H

#include "privacy/terms.h"

enum transform {
	TRANSFORM_DROP,      /* the column does not appear in the shareable file */
	TRANSFORM_KEEP,      /* kept where it parses as what the column holds, else blank and
	                        counted */
	TRANSFORM_PSEUDONYM, /* user, account and group names */
	TRANSFORM_STATE,     /* kept without the uid of "CANCELLED by 1234" */
	TRANSFORM_JOB,       /* kept as it is: needed to merge exports */
	TRANSFORM_HOSTS,     /* kept, domain cut, a part that is a name a token */
	TRANSFORM_WORD,      /* kept when it is nobody's own, else a token */
	TRANSFORM_TRES,      /* kept; the types in it are words */
	TRANSFORM_TEXT,      /* free text, kept by hand: what is a name becomes its pseudonym */
	TRANSFORM_TIME,      /* cut to the minute, hour or day */
	TRANSFORM_DURATION,  /* rounded */
	TRANSFORM_SUM,       /* UserCPU becomes TotalCPU, rounded: with what stands in SystemCPU */
	TRANSFORM_AMOUNT,    /* rounded to two digits */
	TRANSFORM_USAGE,     /* TRANSFORM_TRES, with durations and amounts rounded and what nobody
	                        reads left out */
	TRANSFORM_HELD,      /* TRANSFORM_TRES, with what nobody reads left out */
	TRANSFORM_RENUMBER,  /* job numbers anew */
	TRANSFORM_NODES,     /* nodes with new names */
	TRANSFORMS
};

struct policy {
	enum transform transform;
	const char *why; /* one sentence, for --explain and the approval case */
};

/* For a header name, on these terms (NULL: those of the profile research); an unknown one is
 * dropped. */
struct policy policy_for(const struct terms *terms, struct slice header_name);

/* For one of the columns of a file, by what else it has: where two numbers help more to find a job
 * again than their sum, that is written. */
struct policy policy_among(const struct terms *terms, const struct slice *header, guint count,
                           guint at);

/* Whether the sum of UserCPU and SystemCPU may be written, where TotalCPU is not known. */
gboolean policy_sums(const struct terms *terms);

/* Whether it takes a --keep to have it in the shareable file. */
gboolean policy_drops_by_default(enum column column);

const char *transform_name(enum transform transform);

/* What is in a column: "name", "time", "free text" …; "unknown". */
const char *policy_kind_name(struct slice header_name);

#endif

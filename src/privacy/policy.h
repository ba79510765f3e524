/* SPDX-License-Identifier: Apache-2.0 */
/* policy: what becomes of each column of an export. An allow-list: what is not on it is dropped. */
#ifndef PRIVACY_POLICY_H
#define PRIVACY_POLICY_H

#include "record/column.h"

enum transform {
	TRANSFORM_DROP,      /* the column does not appear in the shareable file */
	TRANSFORM_KEEP,      /* kept where it parses as what the column holds, else blank and counted */
	TRANSFORM_PSEUDONYM, /* user, account and group names */
	TRANSFORM_STATE,     /* kept without the uid of "CANCELLED by 1234" */
	TRANSFORM_JOB,       /* kept as it is: needed to merge exports */
	TRANSFORM_HOSTS,     /* kept, domain cut */
};

struct policy {
	enum transform transform;
	const char *why; /* one sentence, for --explain and the approval case */
};

/* For a header name; an unknown one is dropped. Never NULL. */
const struct policy *policy_for(struct slice header_name);

const char *transform_name(enum transform transform);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* partitions: what was done in each, of those that may be told beside the groups. */
#ifndef FINDING_PARTITIONS_H
#define FINDING_PARTITIONS_H

#include "measure/tally.h"

/* So many may be told by themselves, those with most core-hours: which sums tell apart what is
 * asked of every choice of them. */
#define PARTITIONS_MOST 10

struct partition {
	const char *name; /* the tally's; "": no partition is named. NULL: all others, and nobody of
	                     them is told */
	guint users;
	struct use use;       /* whole jobs */
	struct ledger ledger; /* inside the period */
};

/* struct partition, those with most core-hours first, the others last. None when there is nothing
 * to tell apart. In each its users hide each other, and so do those whose work is left when any
 * groups that worked in some of them alone, or any kinds of node on which all work was in these,
 * are taken off these. The caller frees it. */
GArray *partitions_told(const struct tally *tally);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* strategy: what suits a group's work, with the numbers that decide (doc/model.md, "Findings"). */
#ifndef FINDING_STRATEGY_H
#define FINDING_STRATEGY_H

#include "finding/finding.h"

enum strategy {
	STRATEGY_TRAIN, /* much of what it holds is not needed: that first */
	STRATEGY_SPOT,  /* its jobs are short and on one node: they bear being interrupted, and can
	                   fill gaps */
	STRATEGY_BURST, /* it holds much now and little then: its crests are what renting is for */
	STRATEGY_KEEP,  /* none of these: steady work, for which owning is cheapest */
	STRATEGIES
};

#define STRATEGY_BRIEF_SHARE 0.5 /* of its core-hours: from so many on its jobs are short */

struct strategies {
	double excess;    /* share of what it held that was not needed; NAN: nothing is measured */
	double brief;     /* share of its core-hours in jobs of at most four hours on one node; NAN:
	                     it held no core */
	double crest;     /* its 95th percentile of hours ÷ its mean; NAN: it held nothing inside
	                     the period */
	double peak;      /* the mean of its busiest week ÷ its mean; NAN: nothing, or its users in
	                     that week do not hide each other */
	gboolean suits[STRATEGIES];
};

const char *strategy_name(enum strategy strategy);

/* A group that is shown. */
struct strategies strategies_of(const struct evidence *evidence, const struct party *group);

#endif

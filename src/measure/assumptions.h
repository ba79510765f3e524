/* SPDX-License-Identifier: Apache-2.0 */
/* assumptions: what the model is told and cannot measure. One table; a key is one line of it. */
#ifndef MEASURE_ASSUMPTIONS_H
#define MEASURE_ASSUMPTIONS_H

#include "base/figure.h"

enum scenario { SCENARIO_LOW, SCENARIO_EXPECTED, SCENARIO_HIGH, SCENARIOS };

const char *scenario_name(enum scenario scenario); /* "low", "expected", "high" */

enum assumption_key {
	/* Measuring rules: read before the pass. */
	ASSUME_MEMORY_HEADROOM,
	ASSUME_CPU_HEADROOM,
	ASSUME_SAMPLING_LIMIT,
	ASSUME_IDLE_SESSION,
	ASSUME_GPU_GRACE,
	/* Judgement. */
	ASSUME_ADOPTION,
	ASSUME_PACKING,
	ASSUME_TOP_USERS,
	ASSUME_IDLE_EFFICIENCY,
	ASSUME_IDLE_JOBS,
	ASSUME_TRAINING_SHARE,
	/* What owning costs. */
	ASSUME_NODE_PURCHASE,
	ASSUME_CORE_PURCHASE,
	ASSUME_MEMORY_PURCHASE,
	ASSUME_GPU_PURCHASE,
	ASSUME_NODE_LIFE,
	ASSUME_NODE_WATTS,
	ASSUME_CORE_WATTS,
	ASSUME_GPU_WATTS,
	ASSUME_PUE,
	ASSUME_ELECTRICITY,
	ASSUME_SUPPORT,
	/* What renting costs. */
	ASSUME_VCPU_HOUR,
	ASSUME_VCPUS_PER_CORE,
	ASSUME_RENTED_GPU_HOUR,
	ASSUME_RENT_OVERHEAD,
	/* What acting costs, once. */
	ASSUME_STAFF_HOUR,
	ASSUME_USER_HOURS,
	ASSUME_GROUP_HOURS,
	ASSUME_RENT_HOURS,
	/* What is no money. */
	ASSUME_GRID_CARBON,
	ASSUMPTIONS
};

/* A measuring rule: tallies are made by it. */
static inline gboolean assumption_is_rule(enum assumption_key key)
{
	return key < ASSUME_ADOPTION;
}

struct assumption {
	const char *key, *label, *unit_text;
	enum unit unit;
	gboolean measuring; /* read before the figures are made: in the workbook it moves nothing */
	double least, most; /* what is accepted */
	double value[SCENARIOS];
	const char *source, *date;
	gboolean is_default;
};

struct assumptions;

/* The documented defaults. */
struct assumptions *assumptions_new(void);
void assumptions_free(struct assumptions *assumptions);

/* Overrides defaults from a key file: one [key] group each with low, expected, high, and optionally
 * source and date; with only `expected`, low and high are the same. Unknown keys, values out of
 * range, and ranges that do not run one way are errors that name file and key. */
gboolean assumptions_load(struct assumptions *assumptions, const char *path, GError **error);

const struct assumption *assumptions_get(const struct assumptions *assumptions,
                                         enum assumption_key key);
double assumptions_value(const struct assumptions *assumptions, enum assumption_key key,
                         enum scenario scenario);

#endif

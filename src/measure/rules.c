/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/rules.h"

#include <math.h>
#include <string.h>

static gint64 permille(const struct assumptions *assumptions, enum assumption_key key, enum scenario scenario)
{
	return (gint64)lround(assumptions_value(assumptions, key, scenario) * 1000);
}

static gint64 seconds(const struct assumptions *assumptions, enum assumption_key key)
{
	return (gint64)assumptions_value(assumptions, key, SCENARIO_EXPECTED);
}

void rules_init(struct rules *rules, const struct assumptions *assumptions)
{
	*rules = (struct rules){
		.sampling_limit_seconds = seconds(assumptions, ASSUME_SAMPLING_LIMIT),
		.idle_session_seconds = seconds(assumptions, ASSUME_IDLE_SESSION),
		.gpu_grace_seconds = seconds(assumptions, ASSUME_GPU_GRACE),
	};
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		rules->memory_headroom_permille[s] = permille(assumptions, ASSUME_MEMORY_HEADROOM, s);
		rules->cpu_headroom_permille[s] = permille(assumptions, ASSUME_CPU_HEADROOM, s);
	}
}

gboolean rules_equal(const struct rules *a, const struct rules *b)
{
	return a->group_by == b->group_by && a->from == b->from && a->to == b->to && a->declared == b->declared &&
	       a->undecided == b->undecided &&
	       a->sampling_limit_seconds == b->sampling_limit_seconds &&
	       a->idle_session_seconds == b->idle_session_seconds && a->gpu_grace_seconds == b->gpu_grace_seconds &&
	       memcmp(a->memory_headroom_permille, b->memory_headroom_permille, sizeof a->memory_headroom_permille) == 0 &&
	       memcmp(a->cpu_headroom_permille, b->cpu_headroom_permille, sizeof a->cpu_headroom_permille) == 0;
}

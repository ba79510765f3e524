/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/rules.h"

#include <math.h>

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

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/strategy.h"

#include <math.h>

#include "finding/percentile.h"

/* Conventions: half of the work, and three times the mean. */
#define MOSTLY 0.5
#define CRESTS 3.0

const char *strategy_name(enum strategy strategy)
{
	static const char *const names[STRATEGIES] = {
		[STRATEGY_TRAIN] = "train",
		[STRATEGY_SPOT] = "interruptible nodes",
		[STRATEGY_BURST] = "rent its crests",
		[STRATEGY_KEEP] = "own nodes",
	};
	return names[strategy];
}

/* Hours in which it held nothing count, as they do for what is owned for it. */
static double crest_of(const struct tally *tally, const struct party *group)
{
	gint64 number = intern_find(tally->groups, slice_of(group->name)), sum = 0;
	gint64 from = tally->rules.from / 3600 * 3600, to = (tally->rules.to + 3599) / 3600 * 3600;
	if (number < 0 || to <= from)
		return NAN;
	gsize count;
	g_autofree gint64 *hours = series_values(tally->group_cpus->pdata[number], from, to, &count);
	for (gsize i = 0; i < count; i++)
		sum += hours[i];
	return sum > 0 ? (double)percentile_of(hours, count, 95) * (double)count / (double)sum : NAN;
}

struct strategies strategies_of(const struct evidence *evidence, const struct party *group)
{
	struct strategies found = { .excess = NAN, .brief = NAN, .crest = crest_of(evidence->tally, group) };
	if (evidence->has_usage && group->allocated > 0)
		found.excess = (double)group->excess[SCENARIO_EXPECTED] / (double)group->allocated;
	if (group->use.cpu_seconds > 0)
		found.brief = (double)group->habits.brief_cpu_seconds / (double)group->use.cpu_seconds;
	found.suits[STRATEGY_TRAIN] = group->is_training;
	found.suits[STRATEGY_SPOT] = found.brief >= MOSTLY;
	found.suits[STRATEGY_BURST] = found.crest >= CRESTS;
	found.suits[STRATEGY_KEEP] = !found.suits[STRATEGY_SPOT] && !found.suits[STRATEGY_BURST];
	return found;
}

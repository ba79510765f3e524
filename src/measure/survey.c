/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/survey.h"

void extent_init(struct extent *extent)
{
	*extent = (struct extent){ VALUE_UNKNOWN, VALUE_UNKNOWN, VALUE_UNKNOWN };
}

static void take_first(gint64 *first, gint64 seconds)
{
	if (seconds != VALUE_UNKNOWN && (*first == VALUE_UNKNOWN || seconds < *first))
		*first = seconds;
}

void extent_add(struct extent *extent, const struct job *job)
{
	if (job->end == VALUE_UNKNOWN || state_is_open(job->state))
		return;
	take_first(&extent->first_start, job->start);
	take_first(&extent->first_end, job->end);
	/* The unknown is below everything. */
	extent->last_end = MAX(extent->last_end, job->end);
}

void extent_merge(struct extent *extent, const struct extent *other)
{
	take_first(&extent->first_start, other->first_start);
	take_first(&extent->first_end, other->first_end);
	extent->last_end = MAX(extent->last_end, other->last_end);
}

void survey_init(struct survey *survey)
{
	extent_init(&survey->extent);
	survey->jobs = 0;
}

void survey_add(struct survey *survey, struct inventory *inventory, const struct job *job)
{
	survey->jobs++;
	inventory_learn(inventory, job);
	extent_add(&survey->extent, job);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/survey.h"

void extent_init(struct extent *extent)
{
	*extent = (struct extent){ VALUE_UNKNOWN, VALUE_UNKNOWN, VALUE_UNKNOWN };
}

void extent_add(struct extent *extent, const struct job *job)
{
	if (job->end != VALUE_UNKNOWN && !state_is_open(job->state))
		extent_take(extent, job->start, job->end);
}

void extent_merge(struct extent *extent, const struct extent *other)
{
	if (extent_before(other->first_start, extent->first_start))
		extent->first_start = other->first_start;
	if (extent_before(other->first_end, extent->first_end))
		extent->first_end = other->first_end;
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

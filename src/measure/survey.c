/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/survey.h"

void survey_init(struct survey *survey)
{
	*survey = (struct survey){ .first_start = VALUE_UNKNOWN, .first_end = VALUE_UNKNOWN, .last_end = VALUE_UNKNOWN };
}

void survey_add(struct survey *survey, struct inventory *inventory, const struct job *job)
{
	survey->jobs++;
	inventory_learn(inventory, job);
	if (job->end == VALUE_UNKNOWN || state_is_open(job->state))
		return;
	if (job->start != VALUE_UNKNOWN && (survey->first_start == VALUE_UNKNOWN || job->start < survey->first_start))
		survey->first_start = job->start;
	if (survey->first_end == VALUE_UNKNOWN || job->end < survey->first_end)
		survey->first_end = job->end;
	if (survey->last_end == VALUE_UNKNOWN || job->end > survey->last_end)
		survey->last_end = job->end;
}

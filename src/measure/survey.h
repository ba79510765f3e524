/* SPDX-License-Identifier: Apache-2.0 */
/* survey: a first look over all jobs, for what the second must know beforehand: node shapes and the window. */
#ifndef MEASURE_SURVEY_H
#define MEASURE_SURVEY_H

#include "measure/inventory.h"

struct survey {
	gint64 first_start, first_end, last_end; /* of jobs that ended; VALUE_UNKNOWN when none did */
	gint64 jobs;
};

void survey_init(struct survey *survey);
void survey_add(struct survey *survey, struct inventory *inventory, const struct job *job);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* numbers: Slurm gives its jobs one number after the other, so that the numbers in an export tell
 * how much of all work it has: that of one partition, or of one group, has few of those between its
 * first and its last (doc/model.md 4). */
#ifndef MEASURE_NUMBERS_H
#define MEASURE_NUMBERS_H

#include "record/job.h"

struct numbers;

struct numbers *numbers_new(void);
void numbers_free(struct numbers *numbers);

/* A further piece of a job is no other number, nor is an id that is none. */
void numbers_add(struct numbers *numbers, const struct job *job);
/* Adds them to others; `from` is as new. */
void numbers_move(struct numbers *into, struct numbers *from);

/* Of the numbers given meanwhile how many jobs bear, above 0 and up to 1; 0: jobs are too few to
 * tell, or were not numbered one after the other. */
double numbers_share(const struct numbers *numbers);

/* With less than that an export lacks most jobs. */
#define NUMBERS_FEW 0.5

#endif

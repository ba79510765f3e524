/* SPDX-License-Identifier: Apache-2.0 */
/* fold: the steps of a job into one use of CPU, memory and GPUs. */
#ifndef RECORD_FOLD_H
#define RECORD_FOLD_H

#include "record/job_row.h"

struct fold {
	struct usage own; /* of the job's row */
	gint64 steps;
	gint64 cpu_milliseconds, tres_cpu_milliseconds; /* sums over steps; VALUE_UNKNOWN */
	gint64 gpu_util;                                /* the largest of a step */
	GArray *peaks; /* struct peak: steps whose memory is known */
};

void fold_init(struct fold *fold);
void fold_clear(struct fold *fold);

/* Begins a new job; what its row says of use is in `own` by then. */
void fold_begin(struct fold *fold);

void fold_step(struct fold *fold, const struct usage *usage);

/* Writes steps and what was used into the job: CPU time as its own row says, else the sum of its
 * steps; memory as the largest sum over steps that overlap in time, else as its own row says. */
void fold_finish(struct fold *fold, struct job *job);

#endif

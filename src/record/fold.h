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
static inline void fold_begin(struct fold *fold)
{
	fold->steps = 0;
	fold->cpu_milliseconds = VALUE_UNKNOWN;
	fold->tres_cpu_milliseconds = VALUE_UNKNOWN;
	fold->gpu_util = VALUE_UNKNOWN;
	if (fold->peaks->len > 0)
		g_array_set_size(fold->peaks, 0);
}

void fold_step(struct fold *fold, const struct usage *usage);

/* What the steps of a job that ran used, into it; when it has any. */
void fold_finish_steps(const struct fold *fold, struct job *job);

static inline gint64 fold_first_known(gint64 a, gint64 b)
{
	return a != VALUE_UNKNOWN ? a : b;
}

/* Writes steps and what was used into the job: CPU time as its own row says, else the sum of its
 * steps; memory as the largest sum over steps that overlap in time, else as its own row says. */
static inline void fold_finish(const struct fold *fold, struct job *job)
{
	const struct usage *own = &fold->own;

	job->steps = fold->steps;
	if (!job->ran)
		return;
	job->cpu_used_milliseconds = fold_first_known(own->cpu_milliseconds,
	                                              own->tres_cpu_milliseconds);
	job->memory_peak_bytes = own->memory_bytes;
	job->gpu_util = own->gpu_util;
	if (fold->steps > 0)
		fold_finish_steps(fold, job);
}

#endif

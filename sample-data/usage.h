/* SPDX-License-Identifier: Apache-2.0 */
/* usage: what accounting would have seen of a job: its steps, and what each of them used. */
#ifndef SAMPLE_USAGE_H
#define SAMPLE_USAGE_H

#include "demand.h"

#define STEPS_MAX 6

enum seen {
	SEEN,          /* sampled */
	SEEN_TOO_SHORT, /* over before the first sample */
	SEEN_NOTHING,  /* running, or its node is lost: nothing came back */
};

struct step {
	const char *name; /* batch, extern, 0, 1 … */
	gint64 start, end; /* NEVER: not ended */
	gboolean everywhere; /* on all nodes of the job; else on the first */
	int tasks;
	gint64 cpu_milliseconds;
	gint64 memory_kb;    /* of all tasks together */
	int gpu_util;        /* per cent, summed over GPUs; -1 where not measured */
};

struct usage {
	enum seen seen;
	struct step steps[STEPS_MAX];
	int count;
	gint64 cpu_milliseconds; /* of all steps */
};

/* Of a job that has started. */
void usage_of(const struct job *job, struct usage *usage);

/* A number below `below` that belongs to this job and purpose. */
gint64 usage_noise(const struct job *job, guint32 purpose, gint64 below);

#endif

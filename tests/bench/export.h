/* SPDX-License-Identifier: Apache-2.0 */
/* export: writes jobs as `sacct --parsable2` does, fast. */
#ifndef BENCH_EXPORT_H
#define BENCH_EXPORT_H

#include "tests/bench/crowd.h"

/* What the jobs of one burst have in common. */
struct burst {
	const struct person *person;
	const struct nodes *nodes;
	guint node_count, cpus, memory_mib, gpus; /* the last three of each node */
	guint limit_minutes;
	guint64 array; /* number of its first job; 0: no array */
};

/* Seconds are counted from the beginning of the year. */
struct job {
	guint64 number;
	guint task; /* of an array */
	const char *state;
	gint64 submit, eligible, start, elapsed;
	gint64 used_milliseconds;
	guint peak_kib;
	guint node;   /* the first of its nodes, from 1; 0: it never started */
	gboolean gap; /* its nodes do not all stand side by side */
};

struct step {
	const char *name; /* with its dot */
	gint64 used_milliseconds;
	guint peak_kib;
};

struct export;

struct export *export_new(void);

/* Writes what is left; FALSE when something could not be written. */
gboolean export_close(struct export *export);

void export_header(struct export *export);
void export_burst(struct export *export, const struct burst *burst);
void export_job(struct export *export, const struct job *job);
/* A step row of the job written last. */
void export_step(struct export *export, const struct job *job, const struct step *step);
/* Makes an odd row of the last one, in one of four ways. */
void export_mangle(struct export *export, guint way);
void export_inventory(struct export *export);

#endif

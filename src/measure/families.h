/* SPDX-License-Identifier: Apache-2.0 */
/* families: what jobs of one user needed that asked for the same: as many CPUs, nodes and GPUs, and
 * the same time limit. So that one can tell what to type (doc/model.md, "Advice"). Sums and
 * histograms of fixed edges, so that they merge. */
#ifndef MEASURE_FAMILIES_H
#define MEASURE_FAMILIES_H

#include "base/tape.h"
#include "measure/ledger.h"

/* Of a user's families those are kept apart that ask for most: whatever came first, they are the
 * same, for one that so many larger ones stand before never comes back. */
#define FAMILIES_MOST 32

/* What a family asks for, so packed that more CPUs, then nodes, GPUs and time compare as more. */
struct family_key {
	guint64 cpus_nodes, gpus_limit;
};

struct family_request {
	gint64 cpus, nodes, gpus;
	gint64 limit_seconds; /* VALUE_UNKNOWN: none, or not known */
};

struct family_request family_request(const struct family_key *key);

/* Needs are counted in units, in steps that are one unit wide up to 16 and then an eighth of a
 * power of two, so that the round numbers which people type are edges. */
#define NEED_STEPS (8 * 60 + 17)
#define NEED_MEMORY_SHIFT 24               /* 16 MiB of memory, on each node */
#define NEED_CPU_UNITS 8                   /* an eighth of a CPU */
#define NEED_SECONDS(units) ((units) * 225 / 4) /* 56.25 seconds: 16 of them are a quarter of an
                                                   hour */

/* How many jobs needed how much: a window of the steps, of which the first and the last are not
 * nought. There are many of them and most count few jobs: numbers are as wide as the largest of
 * them needs. */
struct need {
	guint first, steps;
	guint width;        /* bytes of each number: 1, 2 or 4 */
	const guint8 *jobs; /* borrowed from the family */
};

gint64 need_edge(guint step); /* units: a job of this step needed no more */
guint need_step(gint64 units);
gint64 need_jobs(const struct need *need);
/* exact when the units are an edge, else a lower bound */
gint64 need_jobs_up_to(const struct need *need, gint64 units);

/* So many units were enough for that many of its jobs, at least one. */
gint64 need_enough_for(const struct need *need, gint64 jobs);

/* Of judged jobs that completed; CPUs of those on one node. */
enum need_kind { NEED_TIME, NEED_MEMORY, NEED_CPUS, NEEDS };

/* As in struct need. */
struct need_window {
	guint32 first : 9, steps : 9, width : 3;
};

/* There may be as many as users times FAMILIES_MOST: all of one lies together. */
struct family {
	gint64 cpu_seconds;             /* of judged jobs that completed */
	gint64 asked_mib;               /* of those whose memory is judged and which asked for so
	                                   much, on all nodes */
	guint32 asked_jobs;             /* how many these are */
	guint32 cut_by_time, cut_by_memory; /* jobs that TIMEOUT and OUT_OF_MEMORY ended: they
	                                       needed more */
	struct need_window of[NEEDS];
	guint8 jobs[];                  /* of one need behind those of the other */
};

struct need family_need(const struct family *family, enum need_kind kind);

struct families {
	guint count, room;
	struct family_key *keys; /* falling; behind the last one there are noughts */
	struct family **of;      /* the same; in one piece of memory with the keys, as most users
	                            have few */
	gint64 rest_jobs, rest_cpu_seconds; /* judged jobs that completed, of all further
	                                       families */
};

void families_free(struct families *families);

/* Counts a job, if it says what it needed. The families are made when the first is found. */
void families_count(struct families **families, const struct judged *judged);

/* `from` may be NULL. */
void families_merge(struct families **into, const struct families *from);

void families_put(GByteArray *tape, const struct families *families);
void families_read(struct tape *tape, struct families **families);

static inline void families_add(struct families **families, const struct judged *judged)
{
	enum job_state state = judged->job->state;
	gboolean completed = state == STATE_COMPLETED && judged->whole == LEDGER_CLASSES;
	if ((completed || state == STATE_TIMEOUT || state == STATE_OUT_OF_MEMORY) &&
	    !judged->job->piece)
		families_count(families, judged);
}

#endif

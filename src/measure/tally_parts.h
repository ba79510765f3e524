/* SPDX-License-Identifier: Apache-2.0 */
/* tally_parts: what the files tally_*.c share, and nobody else needs. */
#ifndef MEASURE_TALLY_PARTS_H
#define MEASURE_TALLY_PARTS_H

#include "measure/tally.h"

/* A job for which there is something to do when the window is known. */
struct edge {
	struct job job;  /* without its texts */
	struct member *member;
	struct place *places; /* in which its nodes lie; NULL: unknown */
	guint place_count;
};

#define EDGES_FIRST 4096 /* so many are kept before it is asked which are needed */

void tally_forget_names(struct tally *tally); /* of the job before */
void use_add(struct use *into, const struct use *from);
void member_free(gpointer member);
void member_merge(struct member *into, const struct member *from, guint pools);
struct member *member_get(struct tally *tally, struct slice user, struct slice group);
void tally_groups_begin(struct tally *tally); /* empty series and days for each group */
void tally_groups_fill(struct tally *tally);  /* … for each that has none yet */
/* Takes copies; the places are the edge's. */
struct edge edge_of(struct member *member, const struct job *job, const struct place *places, guint count);
gboolean edge_needed(const struct tally *tally, const struct edge *edge); /* by what is known so far */

/* What a file has of it, number by number. */
#define USE_NUMBERS (sizeof(struct use) / sizeof(gint64))
#define TALLY_COUNTERS 14
#define EDGE_NUMBERS 13
#define EDGE_TIMES 4

/* Where the numbers are that count something about all jobs. */
void tally_counters(struct tally *tally, gint64 *counters[TALLY_COUNTERS]);

/* Where those of a job are that a tally looks at: EDGE_TIMES times, then what is never below nought, unless it is unknown. */
void edge_numbers(struct job *job, gint64 *numbers[EDGE_NUMBERS]);

#endif

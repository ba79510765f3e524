/* SPDX-License-Identifier: Apache-2.0 */
/* tally_parts: what the files tally_*.c share, and nobody else needs. */
#ifndef MEASURE_TALLY_PARTS_H
#define MEASURE_TALLY_PARTS_H

#include "measure/tally.h"

/* A job for which there is something to do when the window is known. */
struct edge {
	struct job job;  /* without its texts */
	struct stay *stay;
	struct place *places; /* in which its nodes lie; NULL: unknown */
	guint place_count;
};

#define EDGES_FIRST 4096 /* so many are kept before it is asked which are needed */

void member_free(gpointer member);
/* partition_number: what into's tally calls each partition; NULL: both are of one. */
void member_merge(struct member *into, const struct member *from, const guint32 *partition_number,
                  guint pools);
struct member *member_get(struct tally *tally, struct slice user, struct slice group);
struct stay *stay_get(struct tally *tally, struct member *member, struct slice partition);
/* made when it is new */
struct stay *stay_of(struct member *member, guint32 partition, guint pools);
void tally_groups_begin(struct tally *tally); /* empty series and days for each group */
void tally_groups_fill(struct tally *tally);  /* … for each that has none yet */
/* Takes copies; the places are the edge's. */
struct edge edge_of(struct stay *stay, const struct job *job, const struct place *places,
                    guint count);
/* by what is known so far */
gboolean edge_needed(const struct tally *tally, const struct edge *edge);
void tally_prune_edges(struct tally *tally); /* drops those that are not */
void tally_link_members(struct tally *tally); /* member_of and next, from members */

/* What a file has of it, number by number. */
#define USE_NUMBERS (sizeof(struct use) / sizeof(gint64))
#define TALLY_COUNTERS 18
#define EDGE_NUMBERS 13
#define EDGE_TIMES 4

/* How fine times are, as a tally says it, and back: 1 has always said of times that they are not
 * cut to the day, and what is new stands behind it. */
static inline guint turn_finer(guint finer)
{
	return finer == 0 ? 0 : TIMES_DAY + 1 - finer;
}

/* Where the numbers are that count something about all jobs. */
void tally_counters(struct tally *tally, gint64 *counters[TALLY_COUNTERS]);

/* Where those of a job are that a tally looks at: EDGE_TIMES times, then what is never below
 * nought, unless it is unknown. */
void edge_numbers(struct job *job, gint64 *numbers[EDGE_NUMBERS]);

#endif

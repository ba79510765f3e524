/* SPDX-License-Identifier: Apache-2.0 */
/* held: jobs that are kept back until all files are read: those that had not ended where they
 * stood, of which another file may say how they did, and those that stand in pieces. */
#ifndef RECORD_HELD_H
#define RECORD_HELD_H

#include "record/job.h"
#include "record/keys.h"

struct held;

struct held *held_new(void);
void held_free(struct held *held);

/* Keeps the job with a copy of its text, or of two with one key the one that ran longer. What was
 * left out for it is put into *left (its text is gone): FALSE when nothing was. */
gboolean held_add(struct held *held, struct key key, const struct job *job, struct job *left);

/* Keeps a piece of a job, joined with those that are there: as the one that ends last says, with
 * the time of all of them, what two of them cover once, and with the most that any says of use. */
enum joining {
	JOINED_FIRST,   /* there was none */
	JOINED_MORE,
	JOINED_NOTHING, /* what it covers was there */
};
enum joining held_join(struct held *held, struct key key, const struct job *piece);

/* How many pieces of the job covered some of what others had before, and were not the same;
 * G_MAXUINT: there are more pieces than anybody cuts a job into. */
guint held_overlaps(const struct held *held, struct key key);

/* Takes one out, in the order in which they came; its text stays until held_free(). FALSE when none
 * is left. */
gboolean held_take(struct held *held, struct key *key, struct job *job);

#endif

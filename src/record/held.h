/* SPDX-License-Identifier: Apache-2.0 */
/* held: jobs that had not ended where they were read, kept back until it is known whether another
 * file says how they did. */
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

/* Takes one out, in the order in which they came; its text stays until held_free(). FALSE when none
 * is left. */
gboolean held_take(struct held *held, struct key *key, struct job *job);

#endif

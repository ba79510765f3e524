/* SPDX-License-Identifier: Apache-2.0 */
/* twins: jobs that stand twice, at times some quarters of an hour apart and otherwise the same, as
 * they do where exports that were made in different zones overlap. Of a sample: by the last digits
 * of the id. */
#ifndef RECORD_TWINS_H
#define RECORD_TWINS_H

#include "record/job.h"

struct twins;

struct twins *twins_new(void);
void twins_free(struct twins *twins);

/* `id`: without its step. */
void twins_see(struct twins *twins, const struct job *job, struct slice id);

/* How many jobs have a twin; 0 where these are so few that chance, or a job that runs again and
 * again under one id, may be the reason. */
guint64 twins_count(const struct twins *twins);

#endif

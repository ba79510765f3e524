/* SPDX-License-Identifier: Apache-2.0 */
/* renumber: job numbers → others, from 1 in the order of the rows; what belongs together stays
 * together. */
#ifndef PRIVACY_RENUMBER_H
#define PRIVACY_RENUMBER_H

#include "base/slice.h"

struct renumber;

struct renumber *renumber_new(void);
void renumber_free(struct renumber *renumber);

/* Appends the name of a job or a step (12, 12_3.batch, 12_[1-4%2], 12+0), checked to be one, with
 * another number: the same for the same, in JobID and JobIDRaw alike. Tasks, components and steps
 * keep what distinguishes them. What was submitted at another time is another run, and has another
 * number: times that are cut would not tell it from the first. Where jobs have users, a row of the
 * same job that has none is a step. */
void renumber_append(struct renumber *renumber, struct slice name, struct slice submitted,
                     gboolean is_nobodys, GString *line);

#endif

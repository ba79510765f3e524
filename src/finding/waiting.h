/* SPDX-License-Identifier: Apache-2.0 */
/* waiting: who waits for longer than an hour, by what a job holds and by when it could have
 * started. */
#ifndef FINDING_WAITING_H
#define FINDING_WAITING_H

#include "finding/habits.h"

/* Jobs of which the wait is known, and those of them that waited for longer than an hour. */
struct waited {
	gint64 jobs, late;
};

/* `waits` has HABITS_WAITS steps. */
void waited_add(struct waited *waited, const gint64 *waits);

/* Of at least HABITS_LEAST jobs; -1 of fewer. */
double waited_share(const struct waited *waited);

#endif

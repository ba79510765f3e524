/* SPDX-License-Identifier: Apache-2.0 */
/* habits: what the findings on habits share: sums over users, and a share that says why it has
 * none. */
#ifndef FINDING_HABITS_H
#define FINDING_HABITS_H

#include "finding/finding.h"

/* What a class of sizes, and of lengths, is called. */
extern const char *const habits_size_names[HABITS_SIZES],
	*const habits_length_names[HABITS_LENGTHS];

/* Of fewer jobs no share is told: it would say more of one user than of all. */
#define HABITS_LEAST 20

struct own_habits habits_sum(const struct evidence *evidence);

void habits_count(struct evidence *evidence, const char *id, gint64 count, const char *label);
void habits_hours(struct evidence *evidence, const char *id, gint64 seconds, const char *label);

/* part ÷ whole; missing, with a reason, when the whole is nought. Returns it, or 0. The second is
 * of core-hours, which an export may lack. */
double habits_share(struct evidence *evidence, const char *id, gint64 part, gint64 whole,
                    const char *label);
double habits_core_share(struct evidence *evidence, const char *id, gint64 part, gint64 whole,
                         const char *label);

/* ID.users and ID.names: who has an amount above nought, most first. */
void habits_people(struct evidence *evidence, const char *id,
                   gint64 (*amount)(const struct party *party));

/* Gain or nothing, and the grade of what is counted. */
void habits_verdict(const struct evidence *evidence, struct finding *finding, gboolean gain);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* zone_guess: in which time zone an export was printed, told by when its clocks changed. */
#ifndef MEASURE_ZONE_GUESS_H
#define MEASURE_ZONE_GUESS_H

#include "record/job.h"

struct zone_guess;

struct zone_guess *zone_guess_new(void);
void zone_guess_free(struct zone_guess *guess);

/* A job whose times were taken as printed, and whose elapsed time was printed too. */
void zone_guess_add(struct zone_guess *guess, const struct job *job);

/* The zones whose rule fits best, one for all that change their clocks alike, in the order of a
 * fixed list; the caller frees them with g_strfreev(). Empty when nothing tells. */
char **zone_guess_zones(const struct zone_guess *guess);

/* The same as a sentence, with what it rests on, or why nothing can be told. The caller frees
 * it. */
char *zone_guess_words(const struct zone_guess *guess);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* kinds: whose hours a report tells apart by what they were spent on: kinds of node, GPUs, and
 * money, which is their sum at known rates. */
#ifndef FINDING_KINDS_H
#define FINDING_KINDS_H

#include "measure/tally.h"

/* By number of group: whether all of these are told of it, or none; whatever is taken off whatever
 * else, what is left rests on nobody or on users who hide each other. The caller frees it. */
gboolean *kinds_told(const struct tally *tally, const char *const *homes);

/* By number of user, likewise: of those whose row names a group of which they are told; of all,
 * when they are of all groups. */
gboolean *kinds_told_of_users(const struct tally *tally, const char *const *homes,
                              const gboolean *told);

#endif

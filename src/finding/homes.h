/* SPDX-License-Identifier: Apache-2.0 */
/* homes: which group the row of a user names, if any. */
#ifndef FINDING_HOMES_H
#define FINDING_HOMES_H

#include "measure/tally.h"

#define HOME_NOT_SHOWN "not shown"

/* By number of user, texts that are the tally's; the caller frees the array. Where nothing is
 * hidden it is the group with most of the user's core-hours, of equals with most node-hours in the
 * period, of those the first by name. Else a user of several shown groups has none, and of each
 * group in which such users work so many others have none that the group's total less the rows that
 * name it rests on nobody, or on as many users as a group must have. So does any sum of groups. */
const char **homes_find(const struct tally *tally);

#endif

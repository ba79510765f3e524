/* SPDX-License-Identifier: Apache-2.0 */
/* names: the people a finding speaks of, as one phrase. */
#ifndef FINDING_NAMES_H
#define FINDING_NAMES_H

#include "finding/finding.h"

/* "user_0003, user_0007 and 4 more" of the parties that `wanted` accepts, in their order, `most` of
 * them by name, and one more where only one is left; "" when there is none. *count (may be NULL)
 * becomes how many there are. The caller frees it. */
char *names_of(const struct evidence *evidence, const GPtrArray *parties,
               gboolean (*wanted)(const struct party *party), guint most, guint *count);

/* How many have a name, and an amount above nought. */
guint names_count(const GPtrArray *parties, gint64 (*amount)(const struct party *party));

/* As names_of(), of those with an amount above nought, most first, ties by name. */
char *names_ranked(const struct evidence *evidence, const GPtrArray *parties,
                   gint64 (*amount)(const struct party *party), guint most, guint *count);

#endif

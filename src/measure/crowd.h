/* SPDX-License-Identifier: Apache-2.0 */
/* crowd: the people that a cell of a table rests on, as far as it takes to say whether each of them
 * is hidden among the others. */
#ifndef MEASURE_CROWD_H
#define MEASURE_CROWD_H

#include <glib.h>

struct crowd {
	guint users, unnamed; /* rows of nobody may be anybody's: they hide no user */
	guint holders; /* of the users: who held nothing is in no sum, and hides nobody either */
	gint64 all, most; /* core-seconds of all of them, and of the one with most */
};

#define CROWD_DOMINANT 85 /* per cent of a cell: who holds as much is as good as alone in it */

static inline void crowd_add(struct crowd *crowd, gboolean named, gint64 cpu_seconds)
{
	crowd->users += named;
	crowd->unnamed += !named;
	crowd->holders += named && cpu_seconds > 0;
	crowd->all += cpu_seconds;
	crowd->most = MAX(crowd->most, cpu_seconds);
}

static inline gboolean crowd_is_empty(const struct crowd *crowd)
{
	return crowd->users + crowd->unnamed == 0;
}

/* At least so many users who held something, of whom none dominates; with 1 or less nobody need be
 * hidden. */
static inline gboolean crowd_hides(const struct crowd *crowd, guint min_users)
{
	return min_users <= 1 || (crowd->holders >= min_users &&
	                          (double)crowd->most * 100 < (double)crowd->all * CROWD_DOMINANT);
}

#endif

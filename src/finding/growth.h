/* SPDX-License-Identifier: Apache-2.0 */
/* growth: how the use of groups went over the period, in stretches of equal length: months differ,
 * and that alone would look like growth. */
#ifndef FINDING_GROWTH_H
#define FINDING_GROWTH_H

#include "finding/cells.h"

#define GROWTH_WEEKS 4
#define GROWTH_STRETCHES 3 /* at least: two ends have no shape */

struct growth_lines {
	gint32 first, last; /* local days [first, last) of the period */
	gint32 days;        /* of a stretch: four weeks, or eight or twelve where fewer would rest
	                       on few people */
	guint stretches;    /* whole ones in the period */
	gboolean *shown;    /* by group: whether it may be told by such stretches; owned */
};

void growth_lines_init(struct growth_lines *lines, const struct tally *tally, gboolean gpu);
void growth_lines_clear(struct growth_lines *lines);

/* Whether CPUs that the group held in the seconds [from, to) may be told beside the lines: what
 * they leave of the stretches in which they lie, and of the parts of these in a quarter, must not
 * rest on few people either. That is of the group, when it has a line, else of all that have
 * none. */
gboolean growth_lines_leave(const struct growth_lines *lines, const struct tally *tally,
                            gint64 from, gint64 to, guint group);

#endif

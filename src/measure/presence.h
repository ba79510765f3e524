/* SPDX-License-Identifier: Apache-2.0 */
/* presence: the hours in which somebody was at work, a bit for each between the first and the last:
 * three bytes a day. */
#ifndef MEASURE_PRESENCE_H
#define MEASURE_PRESENCE_H

#include <glib.h>

/* All nought: never at work. */
struct presence {
	gint64 first;   /* the hour, since 1970, of the first bit; a multiple of eight */
	guint8 *bits;   /* owned */
	gsize bytes;
};

void presence_clear(struct presence *presence);

/* At work in the seconds [from, to). */
void presence_add(struct presence *presence, gint64 from, gint64 to);
void presence_merge(struct presence *into, const struct presence *from);

/* The next hours on end, in seconds, that begin at *to or later; FALSE when there are none. */
gboolean presence_next(const struct presence *presence, gint64 *from, gint64 *to);

/* In how many hours that lie as a whole in the seconds [from, to). */
gint64 presence_hours(const struct presence *presence, gint64 from, gint64 to);

/* The same of those of which a part does. */
gint64 presence_hours_touched(const struct presence *presence, gint64 from, gint64 to);

#endif

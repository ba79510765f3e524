/* SPDX-License-Identifier: Apache-2.0 */
/* known: what somebody may know of jobs, and whose each is: how often a few of them single a person
 * out. */
#ifndef PRIVACY_KNOWN_H
#define PRIVACY_KNOWN_H

#include "privacy/risk.h"

#define KNOWN_ROOM ((guint)1 << 19)
#define KNOWN_PLACE_BITS 24

/* A point is when a job began, and its place: whose it is, and under which group. */
struct known {
	guint64 *all; /* KNOWN_ROOM of start << KNOWN_PLACE_BITS | place, count of them in use */
	guint count;
	guint64 most;         /* points are left out of which what is seen, mixed, is more;
	                         G_MAXUINT64: none is */
	GArray *places;       /* struct place, by number */
	struct intern *found; /* their numbers */
};

struct known *known_new(void);
void known_free(struct known *known);

/* The number of a place, counted from 0, as users and groups are; fewer than 2^24 are told
 * apart. */
guint32 known_place(struct known *known, guint32 user, guint32 group);

/* How many there are. */
guint known_places(const struct known *known);

/* For known_add(): when some are left out, and when there is no room for another. */
void known_add_sampled(struct known *known, guint64 point);
void known_make_room(struct known *known);

/* A job that began then. Jobs that look alike, by start and group, are kept all or not at all; of
 * many one in known_one_in() is kept. */
static inline void known_add(struct known *known, gint64 start, guint32 place)
{
	guint64 point = (guint64)start << KNOWN_PLACE_BITS | place;

	if (known->most < G_MAXUINT64) {
		known_add_sampled(known, point);
		return;
	}
	known->all[known->count++] = point;
	if (known->count == KNOWN_ROOM)
		known_make_room(known);
}

/* Draws RISK_DRAWS times for each number of known jobs, of the first `users` users: the same in
 * every run. Nothing may be added afterwards. */
void known_draw(struct known *known, guint users, struct unicity *unicity);

/* 1: all were kept. */
guint64 known_one_in(const struct known *known);

#endif

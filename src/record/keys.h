/* SPDX-License-Identifier: Apache-2.0 */
/* keys: a set of jobs already counted, of what they covered and of what is known of them, 16 bytes
 * for each: two of a hundred million jobs are taken for one with a chance of six in 10^8. */
#ifndef RECORD_KEYS_H
#define RECORD_KEYS_H

#include "base/slice.h"

struct key {
	guint64 half[2];
};

/* What makes a job that job and no other. */
struct key key_of(struct slice cluster, struct slice id, gint64 seconds);

struct keys;

struct keys *keys_new(void);
void keys_free(struct keys *keys);

/* Known of a job; bits. */
enum key_facts {
	KEY_CPU = 1,    /* its CPU time is measured */
	KEY_MEMORY = 2, /* its memory is */
	KEY_CUT = 4,    /* it stands in pieces */
	KEY_SHARED = 8, /* several jobs bear its id, as tasks do that are listed under their
	                   array's */
};

#define KEY_MEASURES (KEY_CPU | KEY_MEMORY)

enum sighting {
	SIGHTING_NEW,
	SIGHTING_AGAIN,
	SIGHTING_BETTER, /* again, with all that was measured before and more */
	SIGHTING_PIECE, /* of a job that was cut: it ran before or behind what was seen */
	SIGHTING_BESIDE, /* it ran at other times than what was seen, and yet at the same time */
};

/* Adds a job that ran from start to end (VALUE_UNKNOWN: not known), with its facts. */
enum sighting keys_see(struct keys *keys, struct key key, gint64 start, gint64 end, guint facts);

/* Adds a job of which nothing but these facts is known, or the facts to it. */
void keys_note(struct keys *keys, struct key key, guint facts);

/* All that are known; 0 also when the job is not there. */
guint keys_facts(const struct keys *keys, struct key key);

gboolean keys_have(const struct keys *keys, struct key key);

/* Whether what is known to be there begins after the start. */
gboolean keys_begin_after(const struct keys *keys, struct key key, gint64 start);

#endif

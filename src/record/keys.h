/* SPDX-License-Identifier: Apache-2.0 */
/* keys: a set of jobs already counted and of what they covered, 16 bytes for each: two of a hundred
 * million jobs are taken for one with a chance of one in 10^8. */
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

enum sighting {
	SIGHTING_NEW,
	SIGHTING_AGAIN,
	SIGHTING_PIECE, /* of a job that was cut: it begins where what was seen ends, or the reverse */
};

/* Adds a job that ran from start to end (VALUE_UNKNOWN: not known). */
enum sighting keys_see(struct keys *keys, struct key key, gint64 start, gint64 end);

gboolean keys_have(const struct keys *keys, struct key key);

#endif

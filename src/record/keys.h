/* SPDX-License-Identifier: Apache-2.0 */
/* keys: a set of jobs already counted, 16 bytes for each: two of ten thousand million jobs are
 * taken for one with a chance of one in 10^18. */
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

/* FALSE when it was there before. */
gboolean keys_add(struct keys *keys, struct key key);

#endif

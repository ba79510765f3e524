/* SPDX-License-Identifier: Apache-2.0 */
/* chance: numbers that look random and are the same on every machine (xoshiro256**, seeded by
 * splitmix64). Integers only, so that no processor or C library can round them differently. */
#ifndef SAMPLE_CHANCE_H
#define SAMPLE_CHANCE_H

#include <glib.h>

struct chance {
	guint64 state[4];
};

void chance_init(struct chance *chance, guint64 seed);

/* A whole number in low … high, both included, each as likely as the other. */
gint64 chance_between(struct chance *chance, gint64 low, gint64 high);

/* TRUE in `permille` of a thousand cases. */
gboolean chance_permille(struct chance *chance, gint64 permille);

/* A number distributed as its quartiles say: least, first quarter, median, third quarter, most. */
gint64 chance_quartiles(struct chance *chance, const gint32 quartiles[5]);

#endif

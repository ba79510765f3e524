/* SPDX-License-Identifier: Apache-2.0 */
#include "chance.h"

static guint64 splitmix(guint64 *state)
{
	guint64 mixed = *state += G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);

	mixed = (mixed ^ mixed >> 30) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
	mixed = (mixed ^ mixed >> 27) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
	return mixed ^ mixed >> 31;
}

void chance_init(struct chance *chance, guint64 seed)
{
	for (guint i = 0; i < G_N_ELEMENTS(chance->state); i++)
		chance->state[i] = splitmix(&seed);
}

static guint64 rotated(guint64 bits, int by)
{
	return bits << by | bits >> (64 - by);
}

static guint64 next(struct chance *chance)
{
	guint64 *s = chance->state;
	guint64 result = rotated(s[1] * 5, 7) * 9;
	guint64 shifted = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= shifted;
	s[3] = rotated(s[3], 45);
	return result;
}

gint64 chance_between(struct chance *chance, gint64 low, gint64 high)
{
	/* The remainder favours small numbers, but by less than one in 2^24 for the ranges here. */
	return low + (gint64)(next(chance) % (guint64)(high - low + 1));
}

gboolean chance_permille(struct chance *chance, gint64 permille)
{
	return chance_between(chance, 0, 999) < permille;
}

gint64 chance_quartiles(struct chance *chance, const gint32 quartiles[5])
{
	gint64 quarter = chance_between(chance, 0, 3);

	return chance_between(chance, quartiles[quarter], quartiles[quarter + 1]);
}

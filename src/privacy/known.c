/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/known.h"

#include <stdlib.h>

#include "privacy/mix.h"

#define KEPT ((guint)1 << 18) /* of the sample; twice as many while it is taken */
#define SEED 20250131

struct point {
	guint64 seen;
	guint32 user;
};

struct known {
	struct point *all; /* room for 2 * KEPT */
	guint count;
	guint64 most; /* points whose mixed sight is larger are left out */
};

struct known *known_new(void)
{
	struct known *known = g_new0(struct known, 1);

	known->all = g_new(struct point, 2 * KEPT);
	known->most = G_MAXUINT64;
	return known;
}

void known_free(struct known *known)
{
	if (!known)
		return;
	g_free(known->all);
	g_free(known);
}

guint64 known_one_in(const struct known *known)
{
	return G_MAXUINT64 / known->most;
}

/* Sorting: by sight, and then by user */

#define DIGIT_BITS 12
#define DIGITS ((guint)1 << DIGIT_BITS)

/* The digit of the user or the sight that begins at this bit. */
static inline guint digit_of(const struct point *point, gboolean of_user, guint bit)
{
	return (guint)((of_user ? (guint64)point->user : point->seen) >> bit) % DIGITS;
}

/* Stable: to the other place. */
static void sort_by_digit(const struct point *from, guint count, struct point *to, gboolean of_user, guint bit)
{
	guint at[DIGITS] = { 0 }, sum = 0;

	for (guint i = 0; i < count; i++)
		at[digit_of(&from[i], of_user, bit)]++;
	for (guint i = 0; i < DIGITS; i++) {
		guint here = at[i];

		at[i] = sum;
		sum += here;
	}
	for (guint i = 0; i < count; i++)
		to[at[digit_of(&from[i], of_user, bit)]++] = from[i];
}

/* In which bits they differ. */
static struct point differences(const struct known *known)
{
	struct point bits = { 0, 0 };

	for (guint i = 1; i < known->count; i++) {
		bits.seen |= known->all[i].seen ^ known->all[0].seen;
		bits.user |= known->all[i].user ^ known->all[0].user;
	}
	return bits;
}

static void sort_by(struct known *known, struct point **spare, gboolean of_user, guint bit)
{
	struct point *from = known->all;

	sort_by_digit(from, known->count, *spare, of_user, bit);
	known->all = *spare;
	*spare = from;
}

/* By the bits in which they differ alone. */
static void sort_by_bits(struct known *known, struct point **spare, gboolean of_user, guint64 differ)
{
	while (differ) {
		guint bit = (guint)__builtin_ctzll(differ);

		sort_by(known, spare, of_user, bit);
		differ &= bit + DIGIT_BITS < 64 ? G_MAXUINT64 << (bit + DIGIT_BITS) : 0;
	}
}

static void sort(struct known *known)
{
	g_autofree struct point *spare = g_new(struct point, 2 * KEPT);
	struct point differ = differences(known);

	sort_by_bits(known, &spare, TRUE, differ.user);
	sort_by_bits(known, &spare, FALSE, differ.seen);
}

/* The sample */

static int compare(const void *a, const void *b)
{
	const struct point *one = a, *other = b;

	if (one->seen != other->seen)
		return one->seen < other->seen ? -1 : 1;
	return one->user < other->user ? -1 : one->user > other->user;
}

/* Of sorted ones: each once, and none that is beyond the most. */
static void thin_out(struct known *known)
{
	struct point *all = known->all;
	guint kept = 0;

	for (guint i = 0; i < known->count; i++)
		if (mix(all[i].seen) <= known->most && (kept == 0 || compare(&all[i], &all[kept - 1]) != 0))
			all[kept++] = all[i];
	known->count = kept;
}

static G_NO_INLINE void make_room(struct known *known)
{
	sort(known);
	thin_out(known);
	while (known->count > KEPT) {
		known->most /= 2;
		thin_out(known);
	}
}

void known_add(struct known *known, guint64 seen, guint32 user)
{
	if (mix(seen) > known->most)
		return;
	known->all[known->count++] = (struct point){ seen, user };
	if (known->count == 2 * KEPT)
		make_room(known);
}

/* Draws */

struct drawing {
	const struct known *known; /* sorted */
	guint *own, *first;   /* numbers of points by user; where a user's begin, and the end */
	guint users;
	guint64 state;
};

static guint random_below(struct drawing *drawing, guint bound)
{
	drawing->state += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
	return (guint)(mix(drawing->state) % bound);
}

static void drawing_init(struct drawing *drawing, const struct known *known, guint users)
{
	g_autofree guint *at = g_new0(guint, users + 1);

	*drawing = (struct drawing){ .known = known, .users = users, .state = SEED };
	drawing->own = g_new(guint, known->count + 1);
	drawing->first = g_new0(guint, users + 2);
	for (guint i = 0; i < known->count; i++)
		drawing->first[known->all[i].user + 1]++;
	for (guint i = 0; i < users; i++)
		drawing->first[i + 1] += drawing->first[i];
	for (guint i = 0; i < known->count; i++) {
		guint user = known->all[i].user;

		drawing->own[drawing->first[user] + at[user]++] = i;
	}
}

static gboolean has_point(const struct drawing *drawing, guint32 user, guint64 seen)
{
	struct point wanted = { seen, user };

	return bsearch(&wanted, drawing->known->all, drawing->known->count, sizeof wanted, compare) != NULL;
}

static gboolean has_all(const struct drawing *drawing, guint32 user, const guint *known, guint count)
{
	for (guint i = 0; i < count; i++)
		if (!has_point(drawing, user, drawing->known->all[known[i]].seen))
			return FALSE;
	return TRUE;
}

/* Whether nobody but their owner has all of these points. */
static gboolean is_unique(const struct drawing *drawing, const guint *known, guint count)
{
	const struct point *owner = &drawing->known->all[known[0]];
	guint at = known[0];

	while (at > 0 && drawing->known->all[at - 1].seen == owner->seen)
		at--;
	for (; at < drawing->known->count && drawing->known->all[at].seen == owner->seen; at++) {
		guint32 user = drawing->known->all[at].user;

		if (user != owner->user && has_all(drawing, user, known + 1, count - 1))
			return FALSE;
	}
	return TRUE;
}

/* Different ones of a user's points. */
static void draw_known(struct drawing *drawing, guint user, guint *known, guint count)
{
	guint first = drawing->first[user], all = drawing->first[user + 1] - first;

	for (guint i = 0; i < count; i++) {
		gboolean again;

		do {
			known[i] = drawing->own[first + random_below(drawing, all)];
			again = FALSE;
			for (guint j = 0; j < i; j++)
				again |= known[j] == known[i];
		} while (again);
	}
}

/* People who have so many jobs are equally likely to be looked for. */
static struct unicity draw(struct drawing *drawing, guint count)
{
	struct unicity unicity = { 0 };
	g_autofree guint *able = g_new(guint, drawing->users + 1);
	guint people = 0, known[RISK_KNOWN];

	for (guint i = 0; i < drawing->users; i++)
		if (drawing->first[i + 1] - drawing->first[i] >= count)
			able[people++] = i;
	for (; people > 0 && unicity.draws < RISK_DRAWS; unicity.draws++) {
		draw_known(drawing, able[random_below(drawing, people)], known, count);
		unicity.unique += is_unique(drawing, known, count);
	}
	return unicity;
}

void known_draw(struct known *known, guint users, struct unicity *unicity)
{
	struct drawing drawing;

	sort(known);
	thin_out(known);
	drawing_init(&drawing, known, users);
	for (guint i = 0; i < RISK_KNOWN; i++)
		unicity[i] = draw(&drawing, i + 1);
	g_free(drawing.own);
	g_free(drawing.first);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/known.h"

#include <stdlib.h>

#include "base/intern.h"
#include "privacy/mix.h"

#define KEPT (KNOWN_ROOM / 2) /* of the sample */
#define SEED 20250131

struct place {
	guint32 group, user;
};

struct known *known_new(void)
{
	struct known *known = g_new0(struct known, 1);

	known->all = g_new(guint64, KNOWN_ROOM);
	known->most = G_MAXUINT64;
	known->places = g_array_new(FALSE, FALSE, sizeof(struct place));
	known->found = intern_new();
	return known;
}

void known_free(struct known *known)
{
	if (!known)
		return;
	intern_free(known->found);
	g_array_unref(known->places);
	g_free(known->all);
	g_free(known);
}

guint64 known_one_in(const struct known *known)
{
	return G_MAXUINT64 / known->most;
}

/* Places */

guint32 known_place(struct known *known, guint32 user, guint32 group)
{
	struct place place = { group, user };
	guint32 number = intern_get(known->found,
	                            (struct slice){ (const char *)&place, sizeof place });

	if (number == known->places->len)
		g_array_append_vals(known->places, &place, 1);
	return number;
}

guint known_places(const struct known *known)
{
	return known->places->len;
}

static inline struct place place_of(const struct known *known, guint64 point)
{
	return g_array_index(known->places, struct place, point % ((guint)1 << KNOWN_PLACE_BITS));
}

static inline guint64 start_of(guint64 point)
{
	return point >> KNOWN_PLACE_BITS;
}

/* What somebody knows of it. */
static inline guint64 sight_of(const struct known *known, guint64 point)
{
	return start_of(point) << KNOWN_PLACE_BITS | place_of(known, point).group;
}

static gboolean is_kept(const struct known *known, guint64 point)
{
	return mix(sight_of(known, point)) <= known->most;
}

static int compare_places(const void *a, const void *b)
{
	const struct place *one = a, *other = b;

	if (one->group != other->group)
		return one->group < other->group ? -1 : 1;
	return one->user < other->user ? -1 : one->user > other->user;
}

/* Numbers them by group and then by user: so are points of one start when sorted, and those that
 * look alike are neighbours. */
static void order_places(struct known *known)
{
	guint count = known->places->len;
	struct place *places = (struct place *)(void *)known->places->data;
	g_autofree guint64 *change = g_new(guint64, count + 1); /* of the number of each */

	if (count > 0)
		qsort(places, count, sizeof *places, compare_places);
	for (guint i = 0; i < count; i++) {
		guint was = intern_get(known->found,
		                       (struct slice){ (const char *)&places[i], sizeof *places });

		change[was] = (guint64)i - was;
	}
	for (guint i = 0; i < known->count; i++)
		known->all[i] += change[known->all[i] % ((guint)1 << KNOWN_PLACE_BITS)];
}

/* Sorting */

#define DIGIT_BITS 13
#define DIGITS ((guint)1 << DIGIT_BITS)

/* Numbers are taken less the least start: then few bits tell them apart. */
struct sorting {
	guint64 *from, *to;
	guint count;
	guint64 least, span;
};

static inline guint digit_of(const struct sorting *sorting, guint64 point, guint bit)
{
	return (guint)((point - sorting->least) >> bit) % DIGITS;
}

/* Stable: to the other place, by the digit that begins at this bit. */
static void sort_by_digit(struct sorting *sorting, guint bit)
{
	const struct sorting now = *sorting;
	guint at[DIGITS] = { 0 }, sum = 0;

#pragma GCC unroll 4
	for (guint i = 0; i < now.count; i++)
		at[digit_of(&now, now.from[i], bit)]++;
	for (guint i = 0; i < DIGITS; i++) {
		guint here = at[i];

		at[i] = sum;
		sum += here;
	}
#pragma GCC unroll 4
	for (guint i = 0; i < now.count; i++)
		now.to[at[digit_of(&now, now.from[i], bit)]++] = now.from[i];
	sorting->from = now.to;
	sorting->to = now.from;
}

static void measure(struct sorting *sorting)
{
	guint64 least = G_MAXUINT64, most = 0;

	for (guint i = 0; i < sorting->count; i++) {
		least = MIN(least, sorting->from[i]);
		most = MAX(most, sorting->from[i]);
	}
	sorting->least = start_of(least) << KNOWN_PLACE_BITS;
	sorting->span = most - sorting->least;
}

static void sort(struct known *known)
{
	struct sorting sorting = { .from = known->all,
		                   .to = g_new(guint64, KNOWN_ROOM),
		                   .count = known->count };

	measure(&sorting);
	for (guint bit = 0; bit < KNOWN_PLACE_BITS && known->places->len > (guint)1 << bit;
	     bit += DIGIT_BITS)
		sort_by_digit(&sorting, bit);
	for (guint bit = KNOWN_PLACE_BITS; bit < 64 && sorting.span >> bit > 0; bit += DIGIT_BITS)
		sort_by_digit(&sorting, bit);
	known->all = sorting.from;
	g_free(sorting.to);
}

/* The sample */

/* Of sorted ones each once. */
static void drop_repeats(struct known *known)
{
	guint64 *all = known->all;
	guint kept = 0;

	for (guint i = 0; i < known->count; i++)
		if (kept == 0 || all[i] != all[kept - 1])
			all[kept++] = all[i];
	known->count = kept;
}

/* None that is beyond the most. */
static void thin_out(struct known *known)
{
	guint kept = 0;

	for (guint i = 0; i < known->count; i++)
		if (is_kept(known, known->all[i]))
			known->all[kept++] = known->all[i];
	known->count = kept;
}

void known_make_room(struct known *known)
{
	sort(known);
	drop_repeats(known);
	while (known->count > KEPT) {
		known->most /= 2;
		thin_out(known);
	}
}

void known_add_sampled(struct known *known, guint64 point)
{
	if (!is_kept(known, point))
		return;
	known->all[known->count++] = point;
	if (known->count == KNOWN_ROOM)
		known_make_room(known);
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
		drawing->first[place_of(known, known->all[i]).user + 1]++;
	for (guint i = 0; i < users; i++) {
		drawing->first[i + 1] += drawing->first[i];
		at[i] = drawing->first[i];
	}
	for (guint i = 0; i < known->count; i++)
		drawing->own[at[place_of(known, known->all[i]).user]++] = i;
}

/* Where the point stands among the sorted ones: before a job that began then, at it, or behind
 * it. */
static int compare_to(const struct known *known, guint64 point, guint64 start,
                      const struct place *wanted)
{
	struct place place = place_of(known, point);

	if (start_of(point) != start)
		return start_of(point) < start ? -1 : 1;
	return compare_places(&place, wanted);
}

/* Whether the user has a job that looks like this point. */
static gboolean has_alike(const struct known *known, guint32 user, guint64 point)
{
	struct place wanted = { place_of(known, point).group, user };
	guint low = 0, high = known->count;

	while (low < high) {
		guint middle = low + (high - low) / 2;
		int way = compare_to(known, known->all[middle], start_of(point), &wanted);

		if (way == 0)
			return TRUE;
		if (way < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return FALSE;
}

static gboolean has_all(const struct known *known, guint32 user, const guint *points, guint count)
{
	for (guint i = 0; i < count; i++)
		if (!has_alike(known, user, known->all[points[i]]))
			return FALSE;
	return TRUE;
}

static inline gboolean look_alike(const struct known *known, guint64 one, guint64 other)
{
	return sight_of(known, one) == sight_of(known, other);
}

/* Whether nobody but their owner has all of these points. */
static gboolean is_unique(const struct known *known, const guint *points, guint count)
{
	guint64 owned = known->all[points[0]];
	guint at = points[0];

	while (at > 0 && look_alike(known, known->all[at - 1], owned))
		at--;
	for (; at < known->count && look_alike(known, known->all[at], owned); at++) {
		guint32 user = place_of(known, known->all[at]).user;

		if (user != place_of(known, owned).user &&
		    has_all(known, user, points + 1, count - 1))
			return FALSE;
	}
	return TRUE;
}

/* Different ones of a user's points. */
static void draw_points(struct drawing *drawing, guint user, guint *points, guint count)
{
	guint first = drawing->first[user], all = drawing->first[user + 1] - first;

	for (guint i = 0; i < count; i++) {
		gboolean again;

		do {
			points[i] = drawing->own[first + random_below(drawing, all)];
			again = FALSE;
			for (guint j = 0; j < i; j++)
				again |= points[j] == points[i];
		} while (again);
	}
}

/* People who have so many jobs are equally likely to be looked for. */
static struct unicity draw(struct drawing *drawing, guint count)
{
	struct unicity unicity = { 0 };
	g_autofree guint *able = g_new(guint, drawing->users + 1);
	guint people = 0, points[RISK_KNOWN];

	for (guint i = 0; i < drawing->users; i++)
		if (drawing->first[i + 1] - drawing->first[i] >= count)
			able[people++] = i;
	for (; people > 0 && unicity.draws < RISK_DRAWS; unicity.draws++) {
		draw_points(drawing, able[random_below(drawing, people)], points, count);
		unicity.unique += is_unique(drawing->known, points, count);
	}
	return unicity;
}

void known_draw(struct known *known, guint users, struct unicity *unicity)
{
	struct drawing drawing;

	order_places(known);
	sort(known);
	drop_repeats(known);
	drawing_init(&drawing, known, users);
	for (guint i = 0; i < RISK_KNOWN; i++)
		unicity[i] = draw(&drawing, i + 1);
	g_free(drawing.own);
	g_free(drawing.first);
}

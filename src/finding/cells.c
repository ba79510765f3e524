/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/cells.h"

#include "measure/crowd.h"

/* Where days begin at half past an hour, who was at work in an hour of which a part is in the
 * stretch may have been so in that part. */
static gboolean may_be_in(const struct presence *presence, const struct cell *cell)
{
	return presence_hours_touched(presence, cell->from, cell->to) >
	       presence_hours(presence, cell->but_from, cell->but_to);
}

/* How much of all that somebody held was in the stretch is not kept, but when: at every hour at
 * work it is taken for the same. Who only may be in it is there, and hides nobody. */
static gint64 held_then(const struct presence *presence, const struct cell *cell, gint64 seconds,
                        gint64 all_hours)
{
	gint64 hours = presence_hours(presence, cell->from, cell->to) -
	               presence_hours_touched(presence, cell->but_from, cell->but_to);
	if (hours > 0)
		return (gint64)((double)seconds * (double)hours / (double)all_hours);
	return may_be_in(presence, cell) ? 0 : -1;
}

static gint64 or_nothing(gint64 held)
{
	return held > 0 ? held : -1;
}

/* What is told of a member, who was at work in so many hours, in the cell; -1: nothing. */
static gint64 held_in(const struct member *member, const struct cell *cell, gint64 all_hours)
{
	switch (cell->of) {
	case CELL_CPUS:
		return held_then(&member->at_work, cell, member->use.cpu_seconds, all_hours);
	case CELL_GPUS:
		return held_then(&member->at_gpus, cell, member->use.gpu_seconds, all_hours);
	case CELL_POOL: return or_nothing(ledger_held(&member->pools[cell->pool].ledger));
	case CELL_GPU_HOURS: return or_nothing(member->use.gpu_seconds);
	}
	g_assert_not_reached();
}

/* In which a member was at work, for cells of that kind; 0 where these are not of a stretch of
 * time. */
static gint64 hours_of(const struct member *member, enum cell_of of)
{
	if (of != CELL_CPUS && of != CELL_GPUS)
		return 0;
	return presence_hours(of == CELL_GPUS ? &member->at_gpus : &member->at_work, 0, G_MAXINT64);
}

/* The caller frees it. */
static gint64 *hours_by_members(const struct tally *tally, enum cell_of of)
{
	gint64 *hours = g_new0(gint64, tally->members->len + 1);
	for (guint i = 0; i < tally->members->len; i++)
		hours[i] = hours_of(tally->members->pdata[i], of);
	return hours;
}

/* The same. */
static gint64 *held_by_members(const struct tally *tally, const struct cell *cell,
                               const gint64 *hours)
{
	gint64 *held = g_new(gint64, tally->members->len + 1);
	for (guint i = 0; i < tally->members->len; i++)
		held[i] = held_in(tally->members->pdata[i], cell, hours[i]);
	return held;
}

static gboolean hides(const struct tally *tally, const struct crowd *crowd)
{
	return crowd_is_empty(crowd) || crowd_hides(crowd, tally->pooling.min_users);
}

/* By group; the caller frees it. */
static struct crowd *crowds_in(const struct tally *tally, const gint64 *held, const gboolean *apart)
{
	struct crowd *crowds = g_new0(struct crowd, intern_count(tally->groups) + 1);
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		if (held[i] >= 0 && (!apart || apart[member->user]))
			crowd_add(&crowds[member->group], tally_is_named(tally, member->user),
			          held[i]);
	}
	return crowds;
}

gboolean cell_hides(const struct tally *tally, const struct cell *cell, guint group)
{
	struct crowd crowd = { 0 };
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		gint64 held = member->group == group
		                      ? held_in(member, cell, hours_of(member, cell->of))
		                      : -1;
		if (held >= 0)
			crowd_add(&crowd, tally_is_named(tally, member->user), held);
	}
	return hides(tally, &crowd);
}

static void leave_out_small(const struct tally *tally, const gint64 *held, const gboolean *apart,
                            gboolean *shown)
{
	g_autofree struct crowd *crowds = crowds_in(tally, held, apart);
	for (guint g = 0; g < intern_count(tally->groups); g++)
		shown[g] = shown[g] && hides(tally, &crowds[g]);
}

/* Those of the groups that are not shown: a user of several is one. */
static struct crowd crowd_of_the_rest(const struct tally *tally, const gint64 *held,
                                      const gboolean *shown)
{
	guint users = intern_count(tally->users);
	g_autofree gint64 *sums = g_new(gint64, users + 1);
	struct crowd rest = { 0 };
	for (guint u = 0; u < users; u++)
		sums[u] = -1;
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		if (!shown[member->group] && held[i] >= 0)
			sums[member->user] = MAX(0, sums[member->user]) + held[i];
	}
	for (guint u = 0; u < users; u++)
		if (sums[u] >= 0)
			crowd_add(&rest, tally_is_named(tally, u), sums[u]);
	return rest;
}

gboolean cell_hides_rest(const struct tally *tally, const struct cell *cell, const gboolean *shown)
{
	g_autofree gint64 *hours = hours_by_members(tally, cell->of);
	g_autofree gint64 *held = held_by_members(tally, cell, hours);
	struct crowd rest = crowd_of_the_rest(tally, held, shown);
	return hides(tally, &rest);
}

/* The shown one with the fewest core-hours, of those with somebody in the cell, or of all (NULL);
 * -1: there is none. */
static gint64 smallest_shown(const struct tally *tally, const gint64 *held, const gboolean *shown)
{
	guint groups = intern_count(tally->groups);
	g_autofree gint64 *seconds = g_new0(gint64, groups + 1);
	g_autofree gboolean *in_it = g_new0(gboolean, groups + 1);
	gint64 found = -1;
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		seconds[member->group] += member->use.cpu_seconds;
		in_it[member->group] |= !held || held[i] >= 0;
	}
	for (guint g = 0; g < groups; g++)
		if (shown[g] && in_it[g] && (found < 0 || seconds[g] < seconds[found]))
			found = g;
	return found;
}

static guint count_left_out(const struct tally *tally, const gboolean *shown)
{
	guint count = 0;
	for (guint g = 0; g < intern_count(tally->groups); g++)
		count += !shown[g];
	return count;
}

/* Whether one more had to be left out for the sake of this cell. A cell of the whole cluster is no
 * secret, but whose it is. */
static gboolean leave_out_another(const struct tally *tally, const gint64 *held, gboolean *shown)
{
	struct crowd rest = crowd_of_the_rest(tally, held, shown);
	gint64 smallest = hides(tally, &rest) ? -1 : smallest_shown(tally, held, shown);
	if (smallest < 0 && !hides(tally, &rest) && count_left_out(tally, shown) < 2)
		smallest = smallest_shown(tally, NULL, shown);
	if (smallest >= 0)
		shown[smallest] = FALSE;
	return smallest >= 0;
}

void cells_leave_out(const struct tally *tally, const struct cell *cells, guint count,
                     const gboolean *apart, gboolean *shown)
{
	g_autoptr(GPtrArray) held = g_ptr_array_new_with_free_func(g_free);
	g_autofree gint64 *hours = NULL;
	gboolean again = tally->pooling.min_users > 1;
	for (guint i = 0; i < count && again; i++) {
		if (i == 0 || cells[i].of != cells[i - 1].of) {
			g_free(hours);
			hours = hours_by_members(tally, cells[i].of);
		}
		g_ptr_array_add(held, held_by_members(tally, &cells[i], hours));
		leave_out_small(tally, held->pdata[i], NULL, shown);
		if (apart)
			leave_out_small(tally, held->pdata[i], apart, shown);
	}
	while (again) {
		again = FALSE;
		for (guint i = 0; i < count; i++)
			again |= leave_out_another(tally, held->pdata[i], shown);
	}
}

gboolean cells_tell(const struct tally *tally, const struct cell *cells, guint count, guint group)
{
	g_autofree gboolean *shown = g_new0(gboolean, intern_count(tally->groups) + 1);
	shown[group] = TRUE;
	cells_leave_out(tally, cells, count, NULL, shown);
	return shown[group];
}

gboolean *cells_all(const struct tally *tally)
{
	guint groups = intern_count(tally->groups);
	gboolean *shown = g_new(gboolean, groups + 1);
	for (guint g = 0; g < groups; g++)
		shown[g] = TRUE;
	return shown;
}

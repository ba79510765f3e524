/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/cells.h"

static gboolean at_work(const struct member *member, const struct cell *cell)
{
	return presence_in(cell->gpu ? &member->at_gpus : &member->at_work, cell->from, cell->to);
}

guint cell_users(const struct tally *tally, const struct cell *cell, guint group)
{
	guint users = 0;
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		users += member->group == group && at_work(member, cell);
	}
	return users;
}

static gboolean is_small(const struct tally *tally, guint users)
{
	return users > 0 && users < tally->pooling.min_users;
}

static void leave_out_small(const struct tally *tally, const struct cell *cell, gboolean *shown)
{
	guint groups = intern_count(tally->groups);
	g_autofree guint *users = g_new0(guint, groups + 1);
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		users[member->group] += at_work(member, cell);
	}
	for (guint g = 0; g < groups; g++)
		if (is_small(tally, users[g]))
			shown[g] = FALSE;
}

/* Those of the groups that are not shown, each once. */
static guint users_of_the_rest(const struct tally *tally, const struct cell *cell, const gboolean *shown)
{
	g_autofree gboolean *seen = g_new0(gboolean, intern_count(tally->users) + 1);
	guint users = 0;
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		if (shown[member->group] || seen[member->user] || !at_work(member, cell))
			continue;
		seen[member->user] = TRUE;
		users++;
	}
	return users;
}

/* The one with the fewest core-hours; -1: none is shown. */
static gint64 smallest_shown(const struct tally *tally, const gboolean *shown)
{
	guint groups = intern_count(tally->groups);
	g_autofree gint64 *seconds = g_new0(gint64, groups + 1);
	gint64 found = -1;
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		seconds[member->group] += member->use.cpu_seconds;
	}
	for (guint g = 0; g < groups; g++)
		if (shown[g] && (found < 0 || seconds[g] < seconds[found]))
			found = g;
	return found;
}

static gboolean rest_is_small(const struct tally *tally, const struct cell *cells, guint count, const gboolean *shown)
{
	for (guint i = 0; i < count; i++)
		if (is_small(tally, users_of_the_rest(tally, &cells[i], shown)))
			return TRUE;
	return FALSE;
}

gboolean *cells_shown(const struct tally *tally, const struct cell *cells, guint count)
{
	guint groups = intern_count(tally->groups);
	gboolean *shown = g_new(gboolean, groups + 1);
	for (guint g = 0; g < groups; g++)
		shown[g] = TRUE;
	if (tally->pooling.min_users <= 1)
		return shown;
	for (guint i = 0; i < count; i++)
		leave_out_small(tally, &cells[i], shown);
	while (rest_is_small(tally, cells, count, shown)) {
		gint64 smallest = smallest_shown(tally, shown);
		if (smallest < 0)
			break;
		shown[smallest] = FALSE;
	}
	return shown;
}

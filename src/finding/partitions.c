/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/partitions.h"

#include <string.h>

#include "finding/homes.h"
#include "finding/kinds.h"
#include "measure/crowd.h"

/* Partitions are rows of a table: each stands by itself in one, or in the one of all others,
 * OTHERS. */
#define OTHERS PARTITIONS_MOST

/* What somebody of a group did in a partition. */
struct cell {
	guint user, group, partition;
	const struct stay *stay;
};

/* What is told elsewhere and can be taken off rows of partitions in which all of it was: groups;
 * and kinds of node, also by groups that are told of these. */
enum beside { BESIDE_NOTHING, BESIDE_GROUPS, BESIDE_KINDS };

struct telling {
	const struct tally *tally;
	guint pools;
	gboolean *of_kinds; /* by group: whether it is told of kinds of node */
	guint *group_rows, *pool_rows, *both_rows; /* by group; by pool; by group and pool: the rows
	                                              in which anything of it was, a bit each */
	GArray *cells;  /* struct cell */
	guint *row;     /* by partition */
	guint rows;     /* that are told by themselves: 0 … rows − 1, those with most first */
	gint64 *sums;   /* by user, room for a crowd */
};

static gboolean stay_counts(const struct stay *stay)
{
	return stay->use.jobs > 0 || stay->use.cpu_seconds > 0 || ledger_held(&stay->ledger) > 0;
}

static void add_cells(struct telling *telling, const struct member *member)
{
	for (const struct stay *stay = member->stays; stay; stay = stay->next) {
		struct cell cell = { member->user, member->group, stay->partition, stay };
		if (stay_counts(stay))
			g_array_append_val(telling->cells, cell);
	}
}

static const struct cell *cells_of(const struct telling *telling)
{
	return (const struct cell *)(gpointer)telling->cells->data;
}

static gboolean is_beyond(guint rows, guint chosen)
{
	return (rows & ~chosen) != 0;
}

/* What somebody held on kinds of node that are told neither by themselves nor of the group, in the
 * chosen rows alone. */
static gint64 left_of_kinds(const struct telling *telling, const struct cell *cell, guint chosen)
{
	gint64 held = 0;
	for (guint p = 0; p < telling->pools; p++) {
		gboolean by_group = telling->of_kinds[cell->group] &&
		                    !is_beyond(telling->both_rows[cell->group * telling->pools + p],
		                               chosen);
		if (is_beyond(telling->pool_rows[p], chosen) && !by_group)
			held += cell->stay->held[p];
	}
	return held > 0 ? held : -1;
}

/* What is left of a cell in the chosen rows when all is taken off them that was in them alone;
 * below nought: nothing. */
static gint64 left_of(const struct telling *telling, const struct cell *cell, guint chosen,
                      enum beside beside)
{
	if (!(chosen >> telling->row[cell->partition] & 1))
		return -1;
	if (beside == BESIDE_KINDS)
		return left_of_kinds(telling, cell, chosen);
	if (beside == BESIDE_GROUPS && !is_beyond(telling->group_rows[cell->group], chosen))
		return -1;
	return cell->stay->use.cpu_seconds;
}

/* Of those with anything left in the chosen rows (a bit each). A user in several of the cells is
 * one. */
static struct crowd crowd_of(struct telling *telling, guint chosen, enum beside beside)
{
	guint users = intern_count(telling->tally->users);
	const struct cell *cells = cells_of(telling);
	struct crowd crowd = { 0 };
	for (guint u = 0; u < users; u++)
		telling->sums[u] = -1;
	for (guint i = 0; i < telling->cells->len; i++) {
		gint64 *sum = &telling->sums[cells[i].user],
		       left = left_of(telling, &cells[i], chosen, beside);
		if (left >= 0)
			*sum = MAX(*sum, 0) + left;
	}
	for (guint u = 0; u < users; u++)
		if (telling->sums[u] >= 0)
			crowd_add(&crowd, tally_is_named(telling->tally, u), telling->sums[u]);
	return crowd;
}

static gboolean hides(const struct telling *telling, const struct crowd *crowd)
{
	return crowd_is_empty(crowd) || crowd_hides(crowd, telling->tally->pooling.min_users);
}

static void note_rows(struct telling *telling)
{
	guint groups = intern_count(telling->tally->groups), pools = telling->pools;
	memset(telling->group_rows, 0, groups * sizeof(guint));
	memset(telling->pool_rows, 0, pools * sizeof(guint));
	memset(telling->both_rows, 0, groups * pools * sizeof(guint));
	for (guint i = 0; i < telling->cells->len; i++) {
		const struct cell *cell = &cells_of(telling)[i];
		guint row = 1u << telling->row[cell->partition];
		telling->group_rows[cell->group] |= row;
		for (guint p = 0; p < pools; p++) {
			telling->pool_rows[p] |= cell->stay->held[p] > 0 ? row : 0;
			telling->both_rows[cell->group * pools + p] |= cell->stay->held[p] > 0 ? row
			                                                                       : 0;
		}
	}
}

/* The first choice of rows from which so much can be taken off that few are left; 0: there is
 * none. */
static guint find_difference(struct telling *telling)
{
	note_rows(telling);
	for (guint low = 1; low < 1u << (telling->rows + 1); low++) {
		/* Its top bit stands for all others. */
		guint others = low >> telling->rows & 1;
		guint chosen = (low & ~(1u << telling->rows)) | others << OTHERS;
		for (enum beside beside = BESIDE_GROUPS; beside <= BESIDE_KINDS; beside++) {
			struct crowd left = crowd_of(telling, chosen, beside);
			if (!hides(telling, &left))
				return chosen;
		}
	}
	return 0;
}

/* Those behind it move up. */
static void hide(struct telling *telling, guint row)
{
	for (guint p = 0; p < intern_count(telling->tally->partitions); p++)
		if (telling->row[p] == row)
			telling->row[p] = OTHERS;
		else if (telling->row[p] != OTHERS && telling->row[p] > row)
			telling->row[p]--;
	telling->rows--;
}

/* The last of the chosen that is told by itself, or of all when the choice is of all others
 * alone. */
static guint last_of(const struct telling *telling, guint chosen)
{
	for (guint row = telling->rows; row-- > 0;)
		if (chosen >> row & 1)
			return row;
	return telling->rows - 1;
}

static void hide_small(struct telling *telling)
{
	for (guint row = telling->rows; row-- > 0;) {
		struct crowd crowd = crowd_of(telling, 1u << row, BESIDE_NOTHING);
		if (!hides(telling, &crowd))
			hide(telling, row);
	}
}

static void hide_differences(struct telling *telling)
{
	guint chosen;
	while (telling->rows > 0 && (chosen = find_difference(telling)) != 0)
		hide(telling, last_of(telling, chosen));
}

static gint by_core_hours(gconstpointer a, gconstpointer b)
{
	const struct partition *one = a, *other = b;
	if (one->use.cpu_seconds != other->use.cpu_seconds)
		return one->use.cpu_seconds > other->use.cpu_seconds ? -1 : 1;
	return strcmp(one->name, other->name);
}

/* Which have most core-hours, of equal ones by name. */
static void choose_rows(struct telling *telling)
{
	const struct intern *names = telling->tally->partitions;
	guint count = intern_count(names);
	g_autofree struct partition *all = g_new0(struct partition, count + 1);
	for (guint p = 0; p < count; p++)
		all[p].name = intern_text(names, p);
	for (guint i = 0; i < telling->cells->len; i++)
		all[cells_of(telling)[i].partition].use.cpu_seconds +=
			cells_of(telling)[i].stay->use.cpu_seconds;
	qsort(all, count, sizeof *all, by_core_hours);
	telling->rows = MIN(count, PARTITIONS_MOST);
	for (guint p = 0; p < count; p++)
		telling->row[p] = OTHERS;
	for (guint i = 0; i < telling->rows; i++)
		telling->row[intern_find(names, slice_of(all[i].name))] = i;
}

static void add_stay(const struct telling *telling, struct partition *rows, const struct stay *stay)
{
	guint row = telling->row[stay->partition];
	use_add(&rows[row].use, &stay->use);
	ledger_merge(&rows[row].ledger, &stay->ledger);
	if (row != OTHERS)
		rows[row].name = intern_text(telling->tally->partitions, stay->partition);
}

static GArray *sum_up(struct telling *telling)
{
	GArray *told = g_array_new(FALSE, TRUE, sizeof(struct partition));
	g_autofree struct partition *rows = g_new0(struct partition, OTHERS + 1);
	for (guint i = 0; i < telling->cells->len; i++)
		add_stay(telling, rows, cells_of(telling)[i].stay);
	for (guint row = 0; row <= OTHERS; row++) {
		struct crowd crowd = crowd_of(telling, 1u << row, BESIDE_NOTHING);
		rows[row].users = crowd.users;
		if (!crowd_is_empty(&crowd))
			g_array_append_val(told, rows[row]);
	}
	if (told->len < 2)
		g_array_set_size(told, 0);
	return told;
}

static void telling_init(struct telling *telling, const struct tally *tally)
{
	guint groups = intern_count(tally->groups);
	g_autofree const char **homes = homes_find(tally);
	*telling = (struct telling){ .tally = tally, .pools = inventory_pools(tally->inventory) };
	telling->of_kinds = kinds_told(tally, homes);
	telling->group_rows = g_new0(guint, groups + 1);
	telling->pool_rows = g_new0(guint, telling->pools + 1);
	telling->both_rows = g_new0(guint, groups * telling->pools + 1);
	telling->row = g_new0(guint, intern_count(tally->partitions) + 1);
	telling->sums = g_new(gint64, intern_count(tally->users) + 1);
	telling->cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
}

static void telling_clear(struct telling *telling)
{
	g_array_unref(telling->cells);
	g_free(telling->of_kinds);
	g_free(telling->group_rows);
	g_free(telling->pool_rows);
	g_free(telling->both_rows);
	g_free(telling->row);
	g_free(telling->sums);
}

GArray *partitions_told(const struct tally *tally)
{
	struct telling telling;
	telling_init(&telling, tally);
	for (guint i = 0; i < tally->members->len; i++)
		add_cells(&telling, tally->members->pdata[i]);
	choose_rows(&telling);
	if (tally->pooling.min_users > 1) {
		hide_small(&telling);
		hide_differences(&telling);
	}
	GArray *told = sum_up(&telling);
	telling_clear(&telling);
	return told;
}

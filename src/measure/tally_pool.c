/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/crowd.h"
#include "measure/tally_parts.h"

/* Which groups are shown is decided here, before anybody looks at one: what comes after sees the
 * others only as a single group, so that no table, chart or sentence can give away what none of
 * them has. */
struct hiding {
	struct tally *tally;
	guint min_users;
	gboolean *hidden; /* by group */
	guint count;      /* of those */
	gint64 *pooled;   /* by user, core-seconds in hidden groups; -1: in none of them */
	struct crowd pool;
};

static void hiding_init(struct hiding *hiding, struct tally *tally, guint min_users)
{
	*hiding = (struct hiding){ .tally = tally, .min_users = min_users };
	hiding->hidden = g_new0(gboolean, intern_count(tally->groups) + 1);
	hiding->pooled = g_new(gint64, intern_count(tally->users) + 1);
}

static void hiding_clear(struct hiding *hiding)
{
	g_free(hiding->hidden);
	g_free(hiding->pooled);
}

static void hide(struct hiding *hiding, guint group)
{
	hiding->hidden[group] = TRUE;
	hiding->count++;
}

/* What was pooled before is no group that could be shown. */
static void hide_small(struct hiding *hiding, const char *pooled)
{
	const struct tally *tally = hiding->tally;
	guint groups = intern_count(tally->groups);
	g_autofree struct crowd *crowds = g_new0(struct crowd, groups + 1);
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		if (member_counts(tally, member))
			crowd_add(&crowds[member->group], tally_is_named(tally, member->user),
			          member->use.cpu_seconds);
	}
	for (guint g = 0; g < groups; g++)
		if (!crowd_hides(&crowds[g], hiding->min_users) ||
		    (hiding->min_users > 1 &&
		     g_strcmp0(intern_text(tally->groups, g), pooled) == 0))
			hide(hiding, g);
}

/* A user of several hidden groups is one user of the pool. */
static void fill_pool(struct hiding *hiding)
{
	const struct tally *tally = hiding->tally;
	guint users = intern_count(tally->users);
	for (guint u = 0; u < users; u++)
		hiding->pooled[u] = -1;
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		if (hiding->hidden[member->group] && member_counts(tally, member))
			hiding->pooled[member->user] = MAX(0, hiding->pooled[member->user]) +
			                               member->use.cpu_seconds;
	}
	hiding->pool = (struct crowd){ 0 };
	for (guint u = 0; u < users; u++)
		if (hiding->pooled[u] >= 0)
			crowd_add(&hiding->pool, tally_is_named(tally, u), hiding->pooled[u]);
}

/* What the pool would be with each of the shown groups in it. The caller frees it. */
static struct crowd *pools_with_one_more(const struct hiding *hiding)
{
	const struct tally *tally = hiding->tally;
	guint groups = intern_count(tally->groups);
	struct crowd *with = g_new(struct crowd, groups + 1);
	for (guint g = 0; g < groups; g++)
		with[g] = hiding->pool;
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		struct crowd *crowd = &with[member->group];
		if (!member_counts(tally, member))
			continue;
		crowd->holders += hiding->pooled[member->user] <= 0 &&
		                  member->use.cpu_seconds > 0 &&
		                  tally_is_named(tally, member->user);
		crowd->all += member->use.cpu_seconds;
		crowd->most = MAX(crowd->most,
		                  MAX(0, hiding->pooled[member->user]) + member->use.cpu_seconds);
	}
	return with;
}

/* A pool that is enough is better the smaller it is; one that is not, the larger. */
static gboolean pool_better(const struct crowd *one, const struct crowd *other, guint min_users)
{
	gboolean enough = crowd_hides(one, min_users);
	if (enough != crowd_hides(other, min_users))
		return enough;
	return enough ? one->all < other->all : one->all > other->all;
}

/* The smallest group with which the pool hides everyone in it, else the largest there is; -1: none
 * is left. */
static gint64 find_one_more(const struct hiding *hiding)
{
	g_autofree struct crowd *with = pools_with_one_more(hiding);
	gint64 found = -1;
	for (guint g = 0; g < intern_count(hiding->tally->groups); g++)
		if (!hiding->hidden[g] &&
		    (found < 0 || pool_better(&with[g], &with[found], hiding->min_users)))
			found = g;
	return found;
}

/* The pool is what the totals leave when the shown groups are taken off them: it has to hide people
 * as any group does. */
static void hide_enough(struct hiding *hiding)
{
	fill_pool(hiding);
	while (!crowd_is_empty(&hiding->pool) && !crowd_hides(&hiding->pool, hiding->min_users)) {
		gint64 more = find_one_more(hiding);
		if (more < 0)
			return;
		hide(hiding, (guint)more);
		fill_pool(hiding);
	}
}

/* What stands by itself of rows without a group is none. */
static guint count_groups(const struct hiding *hiding)
{
	gint64 nameless = intern_find(hiding->tally->groups, slice_of(""));
	return hiding->count - (nameless >= 0 && hiding->hidden[nameless]);
}

/* Relabelling */

static guint32 *renumber(const struct hiding *hiding, struct intern *groups, const char *label)
{
	const struct intern *old = hiding->tally->groups;
	guint32 *number = g_new(guint32, intern_count(old) + 1);
	for (guint g = 0; g < intern_count(old); g++)
		number[g] = intern_get(groups,
		                       slice_of(hiding->hidden[g] ? label : intern_text(old, g)));
	return number;
}

static void join_members(struct tally *tally, const guint32 *number)
{
	GPtrArray *apart = tally->members;
	g_autofree struct member **pooled = g_new0(struct member *, intern_count(tally->users) + 1);
	tally->members = g_ptr_array_new_with_free_func(member_free);
	g_ptr_array_set_free_func(apart, NULL);
	for (guint i = 0; i < apart->len; i++) {
		struct member *member = apart->pdata[i], *first = pooled[member->user];
		member->group = number[member->group];
		if (member->group == tally->pooling.other && first) {
			member_merge(first, member, NULL, inventory_pools(tally->inventory));
			member_free(member);
			continue;
		}
		if (member->group == tally->pooling.other)
			pooled[member->user] = member;
		g_ptr_array_add(tally->members, member);
	}
	g_ptr_array_unref(apart);
	tally->last = NULL;
}

static void join_series(struct tally *tally, const guint32 *number)
{
	GPtrArray *cpus = g_steal_pointer(&tally->group_cpus),
		  *days = g_steal_pointer(&tally->group_days);
	tally_groups_begin(tally);
	for (guint g = 0; g < cpus->len; g++) {
		series_move(tally->group_cpus->pdata[number[g]], cpus->pdata[g]);
		days_move(tally->group_days->pdata[number[g]], days->pdata[g]);
	}
	g_ptr_array_unref(cpus);
	g_ptr_array_unref(days);
}

static void relabel(const struct hiding *hiding)
{
	struct tally *tally = hiding->tally;
	struct intern *groups = intern_new();
	g_autofree char *label = g_strdup_printf("other (fewer than %u users or as easily found)",
	                                         hiding->min_users);
	g_autofree guint32 *number = renumber(hiding, groups, label);
	intern_free(tally->groups);
	tally->groups = groups;
	tally->pooling.other = intern_find(groups, slice_of(label));
	join_members(tally, number);
	join_series(tally, number);
	tally_order(tally);
	tally->pooling.other = intern_find(tally->groups, slice_of(label));
}

void tally_pool(struct tally *tally, guint min_users, const char *pooled)
{
	struct hiding hiding;
	g_assert(tally->edges->len == 0 && tally->pooling.other < 0);
	hiding_init(&hiding, tally, min_users);
	hide_small(&hiding, pooled);
	hide_enough(&hiding);
	tally->pooling = (struct pooling){ min_users, count_groups(&hiding), hiding.pool.users,
		                           -1, -1 };
	if (hiding.count > 0)
		relabel(&hiding);
	else if (pooled)
		tally->pooling.former = intern_find(tally->groups, slice_of(pooled));
	hiding_clear(&hiding);
}

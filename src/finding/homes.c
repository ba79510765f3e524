/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/homes.h"

#include <string.h>

#include "measure/crowd.h"

/* Who ran in the period and has nothing in the totals is where the nodes were held. */
static gboolean is_larger(const struct tally *tally, const struct member *one,
                          const struct member *other)
{
	gint64 held = member_held(tally, one), other_held = member_held(tally, other);
	if (one->use.cpu_seconds != other->use.cpu_seconds)
		return one->use.cpu_seconds > other->use.cpu_seconds;
	if (held != other_held)
		return held > other_held;
	return strcmp(intern_text(tally->groups, one->group),
	              intern_text(tally->groups, other->group)) < 0;
}

static const char **largest(const struct tally *tally)
{
	guint users = intern_count(tally->users);
	const char **homes = g_new0(const char *, users + 1);
	g_autofree const struct member **most = g_new0(const struct member *, users + 1);
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i], **at = &most[member->user];
		if (*at && !is_larger(tally, member, *at))
			continue;
		*at = member;
		homes[member->user] = intern_text(tally->groups, member->group);
	}
	return homes;
}

static void withhold_from_several(const struct tally *tally, const char **homes)
{
	g_autofree guint *groups = g_new0(guint, intern_count(tally->users) + 1);
	for (guint i = 0; i < tally->members->len; i++) {
		const struct member *member = tally->members->pdata[i];
		if (member_counts(tally, member) && ++groups[member->user] > 1)
			homes[member->user] = HOME_NOT_SHOWN;
	}
}

static gboolean is_withheld(const char *const *homes, const struct member *member)
{
	return g_str_equal(homes[member->user], HOME_NOT_SHOWN);
}

static gint by_core_hours(gconstpointer a, gconstpointer b)
{
	const struct member *one = *(struct member *const *)a, *other = *(struct member *const *)b;
	if (one->use.cpu_seconds != other->use.cpu_seconds)
		return one->use.cpu_seconds < other->use.cpu_seconds ? -1 : 1;
	return one->user < other->user ? -1 : one->user > other->user;
}

static void add_to_rest(struct crowd *rest, const struct tally *tally, const struct member *member)
{
	crowd_add(rest, tally_is_named(tally, member->user), member->use.cpu_seconds);
}

/* The rest is what a reader is left with who takes the rows that name the group off its total. */
static void withhold_enough(const struct tally *tally, const GPtrArray *members, const char **homes)
{
	struct crowd rest = { 0 };
	for (guint i = 0; i < members->len; i++)
		if (is_withheld(homes, members->pdata[i]))
			add_to_rest(&rest, tally, members->pdata[i]);
	for (guint i = 0; i < members->len && !crowd_is_empty(&rest) &&
	                  !crowd_hides(&rest, tally->pooling.min_users);
	     i++) {
		const struct member *member = members->pdata[i];
		if (is_withheld(homes, member))
			continue;
		homes[member->user] = HOME_NOT_SHOWN;
		add_to_rest(&rest, tally, member);
	}
}

/* The smallest first: their rows miss the name of the group least. */
static GPtrArray **members_by_group(const struct tally *tally)
{
	GPtrArray **groups = g_new0(GPtrArray *, intern_count(tally->groups) + 1);
	for (guint g = 0; g < intern_count(tally->groups); g++)
		groups[g] = g_ptr_array_new();
	for (guint i = 0; i < tally->members->len; i++) {
		struct member *member = tally->members->pdata[i];
		if (member_counts(tally, member))
			g_ptr_array_add(groups[member->group], member);
	}
	for (guint g = 0; g < intern_count(tally->groups); g++)
		g_ptr_array_sort(groups[g], by_core_hours);
	return groups;
}

const char **homes_find(const struct tally *tally)
{
	const char **homes = largest(tally);
	if (tally->pooling.min_users <= 1)
		return homes;
	withhold_from_several(tally, homes);
	GPtrArray **groups = members_by_group(tally);
	for (guint g = 0; g < intern_count(tally->groups); g++) {
		withhold_enough(tally, groups[g], homes);
		g_ptr_array_unref(groups[g]);
	}
	g_free(groups);
	return homes;
}

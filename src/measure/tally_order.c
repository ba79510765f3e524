/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/tally_parts.h"

#include <string.h>

/* Numbers in the order of texts. */
struct order {
	const struct intern *of;
	guint32 *sorted;  /* by place, the number that had it */
	guint32 *place;   /* by number, its place */
};

static gint by_text(gconstpointer a, gconstpointer b, gpointer data)
{
	const struct intern *of = data;
	return strcmp(intern_text(of, *(const guint32 *)a), intern_text(of, *(const guint32 *)b));
}

static void order_init(struct order *order, struct intern *of)
{
	guint count = intern_count(of);
	order->of = of;
	order->sorted = g_new(guint32, count);
	order->place = g_new(guint32, count);
	for (guint i = 0; i < count; i++)
		order->sorted[i] = i;
	g_qsort_with_data(order->sorted, (gint)count, sizeof *order->sorted, by_text, of);
	for (guint i = 0; i < count; i++)
		order->place[order->sorted[i]] = i;
}

/* Takes what it was made of. */
static struct intern *order_clear(struct order *order)
{
	struct intern *ordered = intern_new();
	for (guint i = 0; i < intern_count(order->of); i++)
		intern_get(ordered, slice_of(intern_text(order->of, order->sorted[i])));
	intern_free((struct intern *)order->of);
	g_free(order->sorted);
	g_free(order->place);
	return ordered;
}

static void reorder(GPtrArray *array, const struct order *order)
{
	g_autofree gpointer *old = g_memdup2(array->pdata, array->len * sizeof *array->pdata);
	for (guint i = 0; i < array->len; i++)
		array->pdata[i] = old[order->sorted[i]];
}

static gint by_numbers(gconstpointer a, gconstpointer b)
{
	const struct member *one = *(struct member *const *)a, *other = *(struct member *const *)b;
	if (one->user != other->user)
		return one->user < other->user ? -1 : 1;
	return one->group < other->group ? -1 : one->group > other->group;
}

static void order_stays(struct member *member, const struct order *partitions)
{
	struct stay *ordered = NULL, *next;
	for (struct stay *stay = member->stays; stay; stay = next) {
		struct stay **place = &ordered;
		next = stay->next;
		stay->partition = partitions->place[stay->partition];
		while (*place && (*place)->partition < stay->partition)
			place = &(*place)->next;
		stay->next = *place;
		*place = stay;
	}
	member->stays = ordered;
}

/* The members of one user follow one another, the largest number of a group first. */
void tally_link_members(struct tally *tally)
{
	for (guint i = 0; i < tally->member_of->len; i++)
		tally->member_of->pdata[i] = NULL;
	for (guint i = 0; i < tally->members->len; i++) {
		struct member *member = tally->members->pdata[i];
		member->next = tally->member_of->pdata[member->user];
		tally->member_of->pdata[member->user] = member;
	}
}

static void sum_up(struct tally *tally)
{
	memset(&tally->total, 0, sizeof tally->total);
	for (enum job_state s = 0; s < STATES; s++)
		use_add(&tally->total, &tally->states[s]);
	g_array_set_size(tally->days.of, 0);
	for (guint g = 0; g < tally->group_days->len; g++)
		days_merge(&tally->days, tally->group_days->pdata[g]);
}

void tally_order(struct tally *tally)
{
	struct order users, groups, partitions, clusters;
	sum_up(tally);
	order_init(&users, tally->users);
	order_init(&groups, tally->groups);
	order_init(&partitions, tally->partitions);
	order_init(&clusters, tally->clusters);
	for (guint i = 0; i < tally->members->len; i++) {
		struct member *member = tally->members->pdata[i];
		member->user = users.place[member->user];
		member->group = groups.place[member->group];
		order_stays(member, &partitions);
	}
	g_ptr_array_sort(tally->members, by_numbers);
	tally_link_members(tally);
	reorder(tally->group_cpus, &groups);
	reorder(tally->group_days, &groups);
	tally->users = order_clear(&users);
	tally->groups = order_clear(&groups);
	tally->partitions = order_clear(&partitions);
	tally->clusters = order_clear(&clusters);
	tally->last = NULL;
}

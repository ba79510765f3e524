/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/tally_parts.h"

static void merge_rows(struct row_account *into, const struct row_account *from)
{
	into->read += from->read;
	into->used += from->used;
	into->steps += from->steps;
	into->duplicates += from->duplicates;
	for (guint i = 0; i < ASIDES; i++)
		into->set_aside[i] += from->set_aside[i];
	for (guint i = 0; i < COLUMNS; i++)
		into->has[i] |= from->has[i], into->unreadable[i] += from->unreadable[i];
	into->finer = MAX(into->finer, from->finer);
}

/* `number`: by partition, what the other tally calls it; NULL: the same. */
static void merge_stays(struct member *into, const struct member *from, const guint32 *number,
                        guint pools)
{
	for (const struct stay *stay = from->stays; stay; stay = stay->next) {
		struct stay *to = stay_of(into, number ? number[stay->partition] : stay->partition,
		                          pools);
		use_add(&to->use, &stay->use);
		ledger_merge(&to->ledger, &stay->ledger);
		for (guint p = 0; p < pools; p++)
			to->held[p] += stay->held[p];
	}
}

void member_merge(struct member *into, const struct member *from, const guint32 *partition_number,
                  guint pools)
{
	merge_stays(into, from, partition_number, pools);
	use_add(&into->use, &from->use);
	own_habits_merge(&into->habits, &from->habits);
	families_merge(&into->families, from->families);
	presence_merge(&into->at_work, &from->at_work);
	presence_merge(&into->at_gpus, &from->at_gpus);
	for (guint i = 0; i < EFFICIENCY_BINS; i++)
		into->efficiency[i] += from->efficiency[i];
	into->judged_memory_jobs += from->judged_memory_jobs;
	into->memory_asked_mib_seconds += from->memory_asked_mib_seconds;
	into->memory_peak_mib_seconds += from->memory_peak_mib_seconds;
	into->took_all_jobs += from->took_all_jobs;
	into->took_all_cpu_seconds += from->took_all_cpu_seconds;
	into->took_all_judged += from->took_all_judged;
	into->took_all_peak_mib += from->took_all_peak_mib;
	into->took_all_peak_max_mib = MAX(into->took_all_peak_max_mib, from->took_all_peak_max_mib);
	for (guint p = 0; p < pools; p++) {
		into->pools[p].memory_beyond_cpus += from->pools[p].memory_beyond_cpus;
		into->pools[p].cpus_beyond_memory += from->pools[p].cpus_beyond_memory;
		ledger_merge(&into->pools[p].ledger, &from->pools[p].ledger);
		for (enum scenario s = 0; s < SCENARIOS; s++)
			into->pools[p].took_all_excess[s] += from->pools[p].took_all_excess[s];
	}
}

static struct member *same_member(struct tally *tally, const struct tally *other,
                                  const struct member *member)
{
	return member_get(tally, slice_of(intern_text(other->users, member->user)),
	                  slice_of(intern_text(other->groups, member->group)));
}

/* What the one calls the partitions of the other. */
static guint32 *partition_numbers(const struct tally *other, struct tally *tally)
{
	guint count = intern_count(other->partitions);
	guint32 *number = g_new(guint32, count + 1);
	for (guint i = 0; i < count; i++)
		number[i] = intern_get(tally->partitions,
		                       slice_of(intern_text(other->partitions, i)));
	return number;
}

static void merge_clusters(struct tally *tally, const struct tally *other)
{
	for (guint i = 0; i < intern_count(other->clusters); i++)
		intern_get(tally->clusters, slice_of(intern_text(other->clusters, i)));
}

static void merge_members(struct tally *tally, const struct tally *other)
{
	g_autofree guint32 *number = partition_numbers(other, tally);
	for (guint i = 0; i < other->members->len; i++) {
		const struct member *from = other->members->pdata[i];
		member_merge(same_member(tally, other, from), from, number,
		             inventory_pools(tally->inventory));
	}
}

static void merge_edges(struct tally *tally, GArray *into, const struct tally *other,
                        const GArray *edges)
{
	for (guint i = 0; i < edges->len; i++) {
		const struct edge *from = &g_array_index(edges, struct edge, i);
		struct slice partition = slice_of(
			intern_text(other->partitions, from->stay->partition));
		struct stay *stay = stay_get(tally, same_member(tally, other, from->stay->member),
		                             partition);
		struct edge edge = edge_of(stay, &from->job, from->places, from->place_count);
		g_array_append_val(into, edge);
	}
}

static void merge_series(struct tally *tally, const struct tally *other)
{
	bundle_merge(tally->cluster, other->cluster);
	bundle_merge(tally->moments, other->moments);
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		bundle_merge(tally->pools[p], other->pools[p]);
		series_merge(tally->gpus[p], other->gpus[p]);
		series_merge(tally->light[p], other->light[p]);
	}
	for (guint g = 0; g < intern_count(other->groups); g++) {
		guint32 into = intern_get(tally->groups, slice_of(intern_text(other->groups, g)));
		series_merge(tally->group_cpus->pdata[into], other->group_cpus->pdata[g]);
		days_merge(tally->group_days->pdata[into], other->group_days->pdata[g]);
	}
}

static void unload_groups(struct tally *tally, struct tally *into)
{
	for (guint32 g = 0; g < intern_count(tally->groups); g++) {
		guint32 number = intern_get(into->groups, slice_of(intern_text(tally->groups, g)));
		tally_groups_fill(into);
		series_move(into->group_cpus->pdata[number], tally->group_cpus->pdata[g]);
		days_move(into->group_days->pdata[number], tally->group_days->pdata[g]);
	}
}

static void pin(GHashTable *pinned, const GArray *edges)
{
	for (guint i = 0; i < edges->len; i++)
		g_hash_table_add(pinned, g_array_index(edges, struct edge, i).stay->member);
}

/* All but those whose jobs may have to be taken back here. */
static void unload_members(struct tally *tally, struct tally *into)
{
	g_autoptr(GHashTable) pinned = g_hash_table_new(NULL, NULL);
	g_autofree guint32 *number = partition_numbers(tally, into);
	tally_prune_edges(tally);
	pin(pinned, tally->edges);
	pin(pinned, tally->held);
	for (guint i = tally->members->len; i-- > 0;) {
		struct member *from = tally->members->pdata[i];
		if (g_hash_table_contains(pinned, from))
			continue;
		member_merge(same_member(into, tally, from), from, number,
		             inventory_pools(tally->inventory));
		g_ptr_array_remove_index_fast(tally->members, i);
	}
	tally->last = NULL;
	tally_link_members(tally);
}

void tally_unload(struct tally *tally, struct tally *into)
{
	unload_members(tally, into);
	unload_groups(tally, into);
	bundle_move(into->cluster, tally->cluster);
	bundle_move(into->moments, tally->moments);
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		bundle_move(into->pools[p], tally->pools[p]);
		series_move(into->gpus[p], tally->gpus[p]);
		series_move(into->light[p], tally->light[p]);
	}
}

static void left_rows_add(struct left_rows *into, const struct left_rows *from)
{
	into->jobs += from->jobs;
	into->steps += from->steps;
}

void tally_merge(struct tally *tally, const struct tally *other)
{
	g_assert(inventory_pools(tally->inventory) == inventory_pools(other->inventory));
	g_assert(rules_equal(&tally->rules, &other->rules));
	merge_rows(&tally->rows, &other->rows);
	for (enum job_state s = 0; s < STATES; s++)
		use_add(&tally->states[s], &other->states[s]);
	merge_members(tally, other);
	merge_clusters(tally, other);
	merge_series(tally, other);
	merge_edges(tally, tally->edges, other, other->edges);
	merge_edges(tally, tally->held, other, other->held);
	months_merge(&tally->months, &other->months);
	extent_merge(&tally->extent, &other->extent);
	habits_merge(&tally->habits, &other->habits);
	waits_merge(&tally->waits, &other->waits);
	tally->jobs_outside += other->jobs_outside;
	tally->jobs_later += other->jobs_later;
	left_rows_add(&tally->left_before, &other->left_before);
	left_rows_add(&tally->left_after, &other->left_after);
	tally->jobs_unplaced += other->jobs_unplaced;
	tally->jobs_on_unlisted += other->jobs_on_unlisted;
	tally->cpu_seconds_unplaced += other->cpu_seconds_unplaced;
	tally->cpu_seconds_fitting += other->cpu_seconds_fitting;
	tally->cpu_seconds_beyond += other->cpu_seconds_beyond;
	tally->gpu_seconds_fitting += other->gpu_seconds_fitting;
	tally->gpu_seconds_beyond += other->gpu_seconds_beyond;
	tally->cpu_seconds_inside += other->cpu_seconds_inside;
	tally->cpu_seconds_memory_known += other->cpu_seconds_memory_known;
	tally->used_above_held += other->used_above_held;
	tally->peak_above_asked += other->peak_above_asked;
	tally->wait_without_eligible += other->wait_without_eligible;
}

static void repeat_rows(struct row_account *rows, struct left_rows left)
{
	rows->used -= left.jobs;
	rows->steps -= left.steps;
	rows->duplicates += left.jobs + left.steps;
}

static void drop_held(struct tally *tally)
{
	for (guint i = 0; i < tally->held->len; i++) {
		tally->left_after.jobs++;
		tally->left_after.steps += g_array_index(tally->held, struct edge, i).job.steps;
	}
	g_array_set_size(tally->held, 0);
	tally->jobs_later = 0;
}

void tally_follow(struct tally *tally, struct tally *next, gboolean accounted)
{
	g_assert(tally->rules.declared && tally->rules.undecided);
	if (tally->rules.to != next->rules.to) {
		g_assert(tally->rules.to == next->rules.from);
		drop_held(tally);
		if (!accounted)
			repeat_rows(&tally->rows, tally->left_after);
		tally->left_after = (struct left_rows){ 0, 0 };
		tally->rules.to = next->rules.to;
	}
	if (!accounted)
		repeat_rows(&next->rows, next->left_before);
	next->left_before = (struct left_rows){ 0, 0 };
	next->jobs_outside = 0;
	next->rules.from = tally->rules.from;
	tally_merge(tally, next);
}

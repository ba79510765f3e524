/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/tally.h"

#include <string.h>

static struct pool_use *pool_uses(const struct tally *tally)
{
	return g_new0(struct pool_use, inventory_pools(tally->inventory));
}

static void member_free(gpointer data)
{
	struct member *member = data;
	g_free(member->pools);
	g_free(member);
}

static void days_free(gpointer data)
{
	struct days *days = data;
	g_array_unref(days->of);
	g_free(days);
}

/* Where lists of nodes lie. Jobs name the same lists again and again, and one is long to expand. */
struct places {
	struct intern *lists;
	gsize bytes;    /* of their texts */
	GArray *ends;   /* guint, by list: where its places end; they begin where those of the list before end */
	GArray *of;     /* struct place */
	guint *counts;  /* inventory_pools() of them, for one list */
};

/* So many of a job's nodes lie in one pool. */
struct place {
	guint pool;
	guint nodes;
};

/* Beyond this all is forgotten, and remembered anew. */
#define PLACES_MOST_LISTS 16384
#define PLACES_MOST_BYTES (1 << 20)

static struct places *places_new(guint pools)
{
	struct places *places = g_new0(struct places, 1);
	places->lists = intern_new();
	places->ends = g_array_new(FALSE, FALSE, sizeof(guint));
	places->of = g_array_new(FALSE, FALSE, sizeof(struct place));
	places->counts = g_new0(guint, pools + 1);
	return places;
}

static void places_free(struct places *places)
{
	intern_free(places->lists);
	g_array_unref(places->ends);
	g_array_unref(places->of);
	g_free(places->counts);
	g_free(places);
}

static void places_forget(struct places *places)
{
	intern_free(places->lists);
	places->lists = intern_new();
	places->bytes = 0;
	g_array_set_size(places->ends, 0);
	g_array_set_size(places->of, 0);
}

/* A list that cannot be placed has no place. */
static void places_learn(struct places *places, const struct inventory *inventory, struct slice list)
{
	guint pools = inventory_place(inventory, list, places->counts) ? inventory_pools(inventory) : 0;
	for (guint p = 0; p < pools; p++) {
		struct place place = { p, places->counts[p] };
		if (place.nodes > 0)
			g_array_append_val(places->of, place);
	}
	places->bytes += list.length;
	g_array_append_val(places->ends, places->of->len);
}

/* The places of a list, until the next call. */
static const struct place *places_find(struct places *places, const struct inventory *inventory, struct slice list,
                                       guint *count)
{
	if (intern_count(places->lists) >= PLACES_MOST_LISTS || places->bytes >= PLACES_MOST_BYTES)
		places_forget(places);
	guint32 number = intern_get(places->lists, list);
	if (number == places->ends->len)
		places_learn(places, inventory, list);
	guint begin = number == 0 ? 0 : g_array_index(places->ends, guint, number - 1);
	*count = g_array_index(places->ends, guint, number) - begin;
	return &g_array_index(places->of, struct place, begin);
}

static struct days *days_new(void)
{
	struct days *days = g_new0(struct days, 1);
	days->of = g_array_new(FALSE, TRUE, sizeof(struct day_use));
	return days;
}

struct tally *tally_new(const struct rules *rules, const struct inventory *inventory, struct zone *zone)
{
	guint pools = inventory_pools(inventory);
	struct tally *tally = g_new0(struct tally, 1);
	tally->rules = *rules;
	tally->inventory = inventory;
	tally->zone = zone;
	tally->users = intern_new();
	tally->groups = intern_new();
	tally->members = g_ptr_array_new_with_free_func(member_free);
	tally->member_of = g_ptr_array_new();
	tally->places = places_new(pools);
	tally->cpus = series_new(60);
	tally->nodes = g_new0(struct series *, pools + 1);
	tally->gpus = g_new0(struct series *, pools + 1);
	tally->excess = g_new0(struct series *, pools * SCENARIOS + 1);
	for (guint p = 0; p < pools; p++) {
		tally->nodes[p] = series_new(60);
		tally->gpus[p] = series_new(60);
		for (guint s = 0; s < SCENARIOS; s++)
			tally->excess[p * SCENARIOS + s] = series_new(60);
	}
	tally->group_cpus = g_ptr_array_new_with_free_func((GDestroyNotify)series_free);
	tally->group_days = g_ptr_array_new_with_free_func(days_free);
	tally->days.of = g_array_new(FALSE, TRUE, sizeof(struct day_use));
	for (guint i = 0; i < WAIT_BINS; i++)
		tally->wait_edges[i] = wait_edge_seconds(i);
	return tally;
}

void tally_free(struct tally *tally)
{
	if (!tally)
		return;
	guint pools = inventory_pools(tally->inventory);
	for (guint p = 0; p < pools; p++) {
		series_free(tally->nodes[p]);
		series_free(tally->gpus[p]);
		for (guint s = 0; s < SCENARIOS; s++)
			series_free(tally->excess[p * SCENARIOS + s]);
	}
	g_free(tally->nodes);
	g_free(tally->gpus);
	g_free(tally->excess);
	series_free(tally->cpus);
	g_ptr_array_unref(tally->group_cpus);
	g_ptr_array_unref(tally->group_days);
	g_array_unref(tally->days.of);
	g_ptr_array_unref(tally->member_of);
	g_ptr_array_unref(tally->members);
	places_free(tally->places);
	intern_free(tally->users);
	intern_free(tally->groups);
	g_free(tally);
}

/* Members and groups */

static void add_groups(struct tally *tally)
{
	while (tally->group_cpus->len < intern_count(tally->groups)) {
		g_ptr_array_add(tally->group_cpus, series_new(3600));
		g_ptr_array_add(tally->group_days, days_new());
	}
}

static struct member *member_get(struct tally *tally, struct slice user, struct slice group)
{
	guint32 user_number = intern_get(tally->users, user), group_number = intern_get(tally->groups, group);
	if (user_number == tally->member_of->len)
		g_ptr_array_add(tally->member_of, NULL);
	struct member *first = tally->member_of->pdata[user_number], *member = first;
	while (member && member->group != group_number)
		member = member->next;
	if (member)
		return member;
	member = g_new0(struct member, 1);
	member->user = user_number;
	member->group = group_number;
	member->next = first;
	member->pools = pool_uses(tally);
	g_ptr_array_add(tally->members, member);
	tally->member_of->pdata[user_number] = member;
	add_groups(tally);
	return member;
}

/* Sums over whole jobs */

static gint64 used_milliseconds(const struct job *job)
{
	return job->cpu_used_milliseconds == VALUE_UNKNOWN ? 0 : job->cpu_used_milliseconds;
}

static struct use use_of(const struct job *job)
{
	struct use use = { .jobs = 1, .ran = job->ran };
	use.cpu_seconds = job->elapsed_seconds * job->cpus;
	use.gpu_seconds = job->elapsed_seconds * job->gpus;
	use.node_seconds = job->elapsed_seconds * job->nodes;
	use.wall_seconds = job->elapsed_seconds;
	use.cpu_used_milliseconds = used_milliseconds(job);
	use.gpu_measured_seconds = job->gpu_util == VALUE_UNKNOWN ? 0 : use.gpu_seconds;
	use.cpu_measured_seconds = job->cpu_used_milliseconds == VALUE_UNKNOWN ? 0 : use.cpu_seconds;
	if (!job->ran || job->start == VALUE_UNKNOWN)
		return use;
	gint64 eligible = job->eligible != VALUE_UNKNOWN ? job->eligible : job->submit;
	if (job->submit != VALUE_UNKNOWN)
		use.wait_submit_seconds = MAX(0, job->start - job->submit);
	if (eligible != VALUE_UNKNOWN)
		use.wait_eligible_seconds = MAX(0, job->start - eligible);
	return use;
}

/* Every field is a gint64 that adds. */
static void use_add(struct use *into, const struct use *from)
{
	gint64 *to = (gint64 *)into;
	const gint64 *add = (const gint64 *)from;
	for (size_t i = 0; i < sizeof *into / sizeof *to; i++)
		to[i] += add[i];
}

/* Days */

static struct day_use *day_get(struct days *days, gint32 day)
{
	if (days->of->len == 0)
		days->first = day;
	if (day < days->first) {
		guint old = days->of->len, more = (guint)(days->first - day);
		g_array_set_size(days->of, old + more);
		struct day_use *of = (struct day_use *)(gpointer)days->of->data;
		memmove(of + more, of, old * sizeof *of);
		memset(of, 0, more * sizeof *of);
		days->first = day;
	}
	if (day - days->first >= (gint32)days->of->len)
		g_array_set_size(days->of, (guint)(day - days->first) + 1);
	return &g_array_index(days->of, struct day_use, day - days->first);
}

static void day_add(struct days *days, gint32 day, const struct job *job, gint64 seconds)
{
	struct day_use *use = day_get(days, day);
	use->cpu_seconds += seconds * job->cpus;
	use->gpu_seconds += seconds * job->gpus;
	use->node_seconds += seconds * job->nodes;
}

static void add_days(struct tally *tally, struct days *group, const struct job *job)
{
	gint64 from = job->start, to = job->start + job->elapsed_seconds;
	while (from < to) {
		gint32 day = zone_day(tally->zone, from);
		gint64 until = MIN(to, zone_day_start(tally->zone, day + 1));
		day_add(&tally->days, day, job, until - from);
		day_add(group, day, job, until - from);
		from = until;
	}
}

/* Jobs that never ran have ended, too. */
static void add_end(struct tally *tally, struct days *group, const struct job *job)
{
	if (job->end == VALUE_UNKNOWN || state_is_open(job->state))
		return;
	gint32 last = zone_day(tally->zone, job->end);
	day_get(&tally->days, last)->jobs_ended++;
	day_get(group, last)->jobs_ended++;
}

static void days_merge(struct days *into, const struct days *from)
{
	for (guint i = 0; i < from->of->len; i++) {
		const struct day_use *add = &g_array_index(from->of, struct day_use, i);
		struct day_use *to = day_get(into, from->first + (gint32)i);
		to->jobs_ended += add->jobs_ended;
		to->cpu_seconds += add->cpu_seconds;
		to->gpu_seconds += add->gpu_seconds;
		to->node_seconds += add->node_seconds;
	}
}

/* Waits */

/* Edges grow by a tenth, at least a second: 0, 1, 2, … 20, 22, 24 … beyond a year. */
gint64 wait_edge_seconds(guint bin)
{
	gint64 edge = 0;
	for (guint i = 0; i < bin; i++)
		edge += MAX(1, edge / 10);
	return edge;
}

/* The first bin whose edge is not below. */
static guint wait_bin(const struct tally *tally, gint64 seconds)
{
	guint low = 0, high = WAIT_BINS - 1;
	while (low < high) {
		guint middle = (low + high) / 2;
		if (tally->wait_edges[middle] < seconds)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void add_wait(struct tally *tally, const struct job *job, gint64 wait_seconds)
{
	if (!job->ran || job->start == VALUE_UNKNOWN)
		return;
	if (job->eligible == VALUE_UNKNOWN && job->submit == VALUE_UNKNOWN)
		return;
	tally->waits[wait_bin(tally, wait_seconds)]++;
	tally->wait_without_eligible += job->eligible == VALUE_UNKNOWN;
}

/* What one user did */

static void add_efficiency(struct tally *tally, struct member *member, const struct job *job)
{
	gint64 held = job->elapsed_seconds * job->cpus;
	if (job->cpu_used_milliseconds == VALUE_UNKNOWN || held == 0)
		return;
	tally->used_above_held += (job->cpu_used_milliseconds - 1) / 1000 >= held;
	if (ledger_judges_cpu(job, &tally->rules))
		member->efficiency[MIN(100, job->cpu_used_milliseconds / 10 / held)]++;
}

static void add_memory(struct tally *tally, struct member *member, const struct job *job)
{
	if (job->memory_bytes != VALUE_UNKNOWN || job->whole_node_memory)
		tally->cpu_seconds_memory_known += job->elapsed_seconds * job->cpus;
	if (job->memory_peak_bytes == VALUE_UNKNOWN || job->memory_bytes == VALUE_UNKNOWN ||
	    job->memory_bytes == VALUE_UNLIMITED)
		return;
	tally->peak_above_asked += job->memory_peak_bytes > job->memory_bytes;
	if (!ledger_judges_memory(job, &tally->rules))
		return;
	member->judged_memory_jobs++;
	member->memory_asked_mib_seconds += (job->memory_bytes >> 20) * job->elapsed_seconds;
	/* Counted as above, and used at what was asked. */
	gint64 peak = MIN(job->memory_peak_bytes, job->memory_bytes);
	member->memory_peak_mib_seconds += (peak >> 20) * job->elapsed_seconds;
}

static void add_took_all(struct tally *tally, struct member *member, const struct job *job)
{
	member->took_all_jobs++;
	member->took_all_cpu_seconds += job->elapsed_seconds * job->cpus;
	if (!ledger_judges_memory(job, &tally->rules))
		return;
	gint64 peak_mib = job->memory_peak_bytes / MAX(1, job->nodes) >> 20;
	member->took_all_judged++;
	member->took_all_peak_mib += peak_mib;
	member->took_all_peak_max_mib = MAX(member->took_all_peak_max_mib, peak_mib);
}

/* Capacity */

/* A job's nodes in one pool. */
struct placed {
	guint pool;
	gint64 nodes, gpus;
	gint64 from, to; /* inside the window */
	gboolean took_all;
};

static void add_scenario(struct tally *tally, struct member *member, const struct job *job, const struct placed *placed,
                         enum scenario scenario)
{
	const struct pool *pool = inventory_pool(tally->inventory, placed->pool);
	gint64 micro[LEDGER_CLASSES], excess = 0, seconds = placed->to - placed->from;
	gint64 held = ledger_judge(job, &pool->shape, &tally->rules, scenario, micro) * placed->nodes;
	struct pool_use *use = &member->pools[placed->pool];
	for (enum ledger_class class = 0; class < LEDGER_CLASSES; class++) {
		gint64 all = micro[class] * placed->nodes;
		use->ledger[scenario][class] += all * seconds;
		excess += ledger_class_is_excess(class) ? all : 0;
	}
	if (placed->took_all)
		use->took_all_excess[scenario] += excess * seconds;
	series_add(tally->excess[placed->pool * SCENARIOS + scenario], placed->from, placed->to, excess);
	if (scenario == SCENARIO_EXPECTED)
		series_add(tally->nodes[placed->pool], placed->from, placed->to, held);
}

static void add_placed(struct tally *tally, struct member *member, const struct job *job, const struct placed *placed)
{
	for (enum scenario s = 0; s < SCENARIOS; s++)
		add_scenario(tally, member, job, placed, s);
	series_add(tally->gpus[placed->pool], placed->from, placed->to, placed->gpus);
}

/* Split evenly over the job's nodes, like everything; in whole GPUs that sum to the job's. */
static gint64 gpus_of(const struct job *job, gint64 before, gint64 nodes)
{
	return job->gpus * (before + nodes) / job->nodes - job->gpus * before / job->nodes;
}

static void add_capacity(struct tally *tally, struct member *member, const struct job *job)
{
	gint64 from = MAX(job->start, tally->rules.from), to = MIN(job->start + job->elapsed_seconds, tally->rules.to);
	if (to > from) {
		series_add(tally->cpus, from, to, job->cpus);
		tally->cpu_seconds_inside += (to - from) * job->cpus;
	}
	guint count;
	const struct place *places = places_find(tally->places, tally->inventory, job->nodelist, &count);
	if (count == 0) {
		tally->jobs_unplaced++;
		tally->cpu_seconds_unplaced += job->elapsed_seconds * job->cpus;
		return;
	}
	gboolean took_all = FALSE;
	gint64 before = 0;
	for (guint i = 0; i < count; i++) {
		guint pool = places[i].pool, nodes = places[i].nodes;
		struct placed placed = { pool, nodes, gpus_of(job, before, nodes), from, to,
			                 ledger_took_all(job, inventory_pool(tally->inventory, pool)) };
		took_all |= placed.took_all;
		before += nodes;
		if (to > from)
			add_placed(tally, member, job, &placed);
	}
	if (took_all)
		add_took_all(tally, member, job);
}

/* Of a declared window's jobs those that ended in it, and those that have not ended. */
static gboolean belongs(const struct rules *rules, const struct job *job)
{
	return !rules->declared || job->end == VALUE_UNKNOWN || state_is_open(job->state) ||
	       (job->end >= rules->from && job->end < rules->to);
}

static void add_totals(struct tally *tally, struct member *member, const struct job *job)
{
	struct days *group_days = tally->group_days->pdata[member->group];
	struct use use = use_of(job);
	use_add(&tally->total, &use);
	use_add(&tally->states[job->state], &use);
	use_add(&member->use, &use);
	add_wait(tally, job, use.wait_eligible_seconds);
	add_efficiency(tally, member, job);
	add_memory(tally, member, job);
	add_end(tally, group_days, job);
	if (job->ran && job->start != VALUE_UNKNOWN)
		add_days(tally, group_days, job);
}

void tally_add(struct tally *tally, const struct job *job)
{
	struct slice group = tally->rules.group_by == GROUP_BY_ACCOUNT ? job->account : job->group;
	struct member *member = member_get(tally, job->user, group);
	if (belongs(&tally->rules, job))
		add_totals(tally, member, job);
	else
		tally->jobs_outside++;
	if (!job->ran || job->start == VALUE_UNKNOWN)
		return;
	series_add(tally->group_cpus->pdata[member->group], job->start, job->start + job->elapsed_seconds, job->cpus);
	add_capacity(tally, member, job);
}

void tally_account(struct tally *tally, const struct reading *reading)
{
	struct row_account *rows = &tally->rows;
	rows->read += (gint64)reading->rows;
	rows->used += (gint64)reading->jobs;
	rows->steps += (gint64)reading->steps;
	rows->duplicates += (gint64)reading->duplicates;
	for (guint i = 0; i < ASIDES; i++)
		rows->set_aside[i] += (gint64)reading->set_aside[i];
	for (guint i = 0; i < COLUMNS; i++)
		rows->has[i] |= reading->has[i];
}

/* Merging */

static void merge_rows(struct row_account *into, const struct row_account *from)
{
	into->read += from->read;
	into->used += from->used;
	into->steps += from->steps;
	into->duplicates += from->duplicates;
	for (guint i = 0; i < ASIDES; i++)
		into->set_aside[i] += from->set_aside[i];
	for (guint i = 0; i < COLUMNS; i++)
		into->has[i] |= from->has[i];
}

static void merge_member(struct tally *tally, const struct tally *other, const struct member *from)
{
	struct member *into = member_get(tally, slice_of(intern_text(other->users, from->user)),
	                                 slice_of(intern_text(other->groups, from->group)));
	use_add(&into->use, &from->use);
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
	for (guint p = 0; p < inventory_pools(tally->inventory); p++)
		for (enum scenario s = 0; s < SCENARIOS; s++) {
			into->pools[p].took_all_excess[s] += from->pools[p].took_all_excess[s];
			for (enum ledger_class c = 0; c < LEDGER_CLASSES; c++)
				into->pools[p].ledger[s][c] += from->pools[p].ledger[s][c];
		}
}

static void merge_series(struct tally *tally, const struct tally *other)
{
	series_merge(tally->cpus, other->cpus);
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		series_merge(tally->nodes[p], other->nodes[p]);
		series_merge(tally->gpus[p], other->gpus[p]);
		for (guint s = 0; s < SCENARIOS; s++)
			series_merge(tally->excess[p * SCENARIOS + s], other->excess[p * SCENARIOS + s]);
	}
	for (guint g = 0; g < intern_count(other->groups); g++) {
		guint32 into = intern_get(tally->groups, slice_of(intern_text(other->groups, g)));
		series_merge(tally->group_cpus->pdata[into], other->group_cpus->pdata[g]);
		days_merge(tally->group_days->pdata[into], other->group_days->pdata[g]);
	}
}

void tally_merge(struct tally *tally, const struct tally *other)
{
	g_assert(tally->inventory == other->inventory && rules_equal(&tally->rules, &other->rules));
	merge_rows(&tally->rows, &other->rows);
	use_add(&tally->total, &other->total);
	for (enum job_state s = 0; s < STATES; s++)
		use_add(&tally->states[s], &other->states[s]);
	for (guint i = 0; i < other->members->len; i++)
		merge_member(tally, other, other->members->pdata[i]);
	merge_series(tally, other);
	days_merge(&tally->days, &other->days);
	for (guint i = 0; i < WAIT_BINS; i++)
		tally->waits[i] += other->waits[i];
	tally->jobs_outside += other->jobs_outside;
	tally->jobs_unplaced += other->jobs_unplaced;
	tally->cpu_seconds_unplaced += other->cpu_seconds_unplaced;
	tally->cpu_seconds_inside += other->cpu_seconds_inside;
	tally->cpu_seconds_memory_known += other->cpu_seconds_memory_known;
	tally->used_above_held += other->used_above_held;
	tally->peak_above_asked += other->peak_above_asked;
	tally->wait_without_eligible += other->wait_without_eligible;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/tally.h"

#include <string.h>

static struct pool_use *pool_uses(const struct tally *tally)
{
	return g_new0(struct pool_use, inventory_pools(tally->inventory));
}

void member_free(gpointer data)
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

static struct days *days_new(void)
{
	struct days *days = g_new0(struct days, 1);
	days->of = g_array_new(FALSE, TRUE, sizeof(struct day_use));
	return days;
}

/* Where to look for a wait of so many bits: no bin before holds one. */
static void set_wait_starts(struct tally *tally)
{
	guint bin = 0;
	for (guint bits = 1; bits < G_N_ELEMENTS(tally->wait_starts); bits++) {
		while (bin < WAIT_BINS - 1 && (guint64)tally->wait_edges[bin] < (guint64)1 << (bits - 1))
			bin++;
		tally->wait_starts[bits] = (guint8)bin;
	}
}

/* A job that may reach beyond the window; by what is known so far, and more is never fewer. */
struct edge {
	struct job job;
	struct member *member;
	char *nodelist; /* the job's, copied */
};

#define EDGES_FIRST 4096

static void edge_clear(void *data)
{
	struct edge *edge = data;
	g_free(edge->nodelist);
}

static void new_series(struct tally *tally, guint pools)
{
	tally->cluster = bundle_new(60, 1);
	tally->cpus = bundle_series(tally->cluster, 0);
	tally->pools = g_new0(struct bundle *, pools + 1);
	tally->nodes = g_new0(struct series *, pools + 1);
	tally->gpus = g_new0(struct series *, pools + 1);
	tally->excess = g_new0(struct series *, pools * SCENARIOS + 1);
	for (guint p = 0; p < pools; p++) {
		tally->pools[p] = bundle_new(60, 1 + SCENARIOS);
		tally->nodes[p] = bundle_series(tally->pools[p], 0);
		for (guint s = 0; s < SCENARIOS; s++)
			tally->excess[p * SCENARIOS + s] = bundle_series(tally->pools[p], 1 + s);
		tally->gpus[p] = series_new(60);
	}
}

static void free_series(struct tally *tally)
{
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		bundle_free(tally->pools[p]);
		series_free(tally->gpus[p]);
	}
	g_free(tally->pools);
	g_free(tally->nodes);
	g_free(tally->gpus);
	g_free(tally->excess);
	bundle_free(tally->cluster);
}

static void add_groups(struct tally *tally)
{
	while (tally->group_cpus->len < intern_count(tally->groups)) {
		g_ptr_array_add(tally->group_cpus, series_new(3600));
		g_ptr_array_add(tally->group_days, days_new());
	}
}

void tally_groups_begin(struct tally *tally)
{
	tally->group_cpus = g_ptr_array_new_with_free_func((GDestroyNotify)series_free);
	tally->group_days = g_ptr_array_new_with_free_func(days_free);
	add_groups(tally);
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
	extent_init(&tally->extent);
	tally->edges = g_array_new(FALSE, FALSE, sizeof(struct edge));
	g_array_set_clear_func(tally->edges, edge_clear);
	tally->edges_prune = EDGES_FIRST;
	new_series(tally, pools);
	tally_groups_begin(tally);
	tally->pooling.other = -1;
	tally->days.of = g_array_new(FALSE, TRUE, sizeof(struct day_use));
	for (guint i = 0; i < WAIT_BINS; i++)
		tally->wait_edges[i] = wait_edge_seconds(i);
	set_wait_starts(tally);
	return tally;
}

void tally_free(struct tally *tally)
{
	if (!tally)
		return;
	free_series(tally);
	g_ptr_array_unref(tally->group_cpus);
	g_ptr_array_unref(tally->group_days);
	g_array_unref(tally->days.of);
	g_ptr_array_unref(tally->member_of);
	g_ptr_array_unref(tally->members);
	places_free(tally->places);
	g_array_unref(tally->edges);
	intern_free(tally->users);
	intern_free(tally->groups);
	g_free(tally);
}

/* Members and groups */

static struct member *member_find(struct tally *tally, struct slice user, struct slice group)
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

static struct member *member_get(struct tally *tally, struct slice user, struct slice group)
{
	const struct member *last = tally->last;
	if (!last || !intern_is(tally->users, last->user, user) || !intern_is(tally->groups, last->group, group))
		tally->last = member_find(tally, user, group);
	return tally->last;
}

/* Sums over whole jobs */

static gint64 used_milliseconds(const struct job *job)
{
	return job->cpu_used_milliseconds == VALUE_UNKNOWN ? 0 : job->cpu_used_milliseconds;
}

static struct use use_of(const struct job *job)
{
	struct use use = { .jobs = !job->piece, .ran = job->ran && !job->piece };
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
void use_add(struct use *into, const struct use *from)
{
	gint64 *to = (gint64 *)into;
	const gint64 *add = (const gint64 *)from;
#pragma GCC unroll 16
	for (size_t i = 0; i < sizeof *into / sizeof *to; i++)
		to[i] += add[i];
}

/* Days */

static struct day_use *day_made(struct days *days, gint32 day)
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

static inline struct day_use *day_get(struct days *days, gint32 day)
{
	guint index = (guint)(day - days->first);
	return index < days->of->len ? &g_array_index(days->of, struct day_use, index) : day_made(days, day);
}

void days_merge(struct days *into, const struct days *from)
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

static void day_add(struct days *days, gint32 day, const struct job *job, gint64 seconds)
{
	struct day_use *use = day_get(days, day);
	use->cpu_seconds += seconds * job->cpus;
	use->gpu_seconds += seconds * job->gpus;
	use->node_seconds += seconds * job->nodes;
}

static const struct local_day *day_near(struct tally *tally, gint64 seconds)
{
	struct local_day *near = &tally->near[(guint64)seconds / 86400 % LOCAL_DAYS];
	if (seconds >= near->begin && seconds < near->end)
		return near;
	near->number = zone_day(tally->zone, seconds);
	near->begin = zone_day_start(tally->zone, near->number);
	near->end = zone_day_start(tally->zone, near->number + 1);
	return near;
}

static void add_days(struct tally *tally, struct days *group, const struct job *job)
{
	gint64 from = job->start, to = job->start + job->elapsed_seconds;
	while (from < to) {
		const struct local_day *day = day_near(tally, from);
		gint64 until = MIN(to, day->end);
		day_add(group, day->number, job, until - from);
		from = until;
	}
}

/* Jobs that never ran have ended, too. */
static void add_end(struct tally *tally, struct days *group, const struct job *job)
{
	if (job->piece || job->end == VALUE_UNKNOWN || state_is_open(job->state))
		return;
	gint32 last = day_near(tally, job->end)->number;
	day_get(group, last)->jobs_ended++;
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

/* The first bin whose edge is not below. From 20 s on edges double in about seven. */
static guint wait_bin(const struct tally *tally, gint64 seconds)
{
	guint bin = tally->wait_starts[seconds > 0 ? 64 - __builtin_clzll((guint64)seconds) : 0];
	while (bin < WAIT_BINS - 1 && tally->wait_edges[bin] < seconds)
		bin++;
	return bin;
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

/* The hour of the week is that in which it could have started. */
static struct habits_wait wait_of(struct tally *tally, const struct job *job, gint64 wait_seconds)
{
	gint64 from = job->eligible != VALUE_UNKNOWN ? job->eligible : job->submit;
	if (job->start == VALUE_UNKNOWN || from == VALUE_UNKNOWN)
		return (struct habits_wait){ .seconds = -1 };
	const struct local_day *day = day_near(tally, from);
	guint hour = (guint)CLAMP((from - day->begin) / 3600, 0, 23), weekday = (guint)zone_day_weekday(day->number);
	return (struct habits_wait){ wait_seconds, weekday * 24 + hour };
}

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
	member->took_all_jobs += !job->piece;
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

/* The ledger of so many seconds (below nought: they are taken back), and the excess in each scenario, in micro-nodes. The
 * job's nodes in the pool, in micro-nodes. */
static gint64 charge(struct member *member, const struct tally *tally, const struct job *job,
                     const struct placed *placed, gint64 seconds, gint64 excess[SCENARIOS])
{
	const struct node_shape *shape = &inventory_pool(tally->inventory, placed->pool)->shape;
	struct holding holding = ledger_hold(job, shape, &tally->rules);
	struct pool_use *use = &member->pools[placed->pool];
	gint64 node_seconds = placed->nodes * seconds;
	memset(excess, 0, SCENARIOS * sizeof *excess);
	for (enum scenario s = 0; s < SCENARIOS && holding.whole != LEDGER_CLASSES; s++)
		use->ledger[s][holding.whole] += holding.taken * node_seconds;
	for (enum scenario s = 0; s < SCENARIOS && holding.whole == LEDGER_CLASSES; s++) {
		gint64 micro[LEDGER_CLASSES];
		ledger_split(job, shape, &tally->rules, &holding, s, micro);
		for (enum ledger_class class = 0; class < LEDGER_CLASSES; class++) {
			if (micro[class] == 0)
				continue;
			use->ledger[s][class] += micro[class] * node_seconds;
			excess[s] += ledger_class_is_excess(class) ? micro[class] : 0;
		}
		excess[s] *= placed->nodes;
		if (placed->took_all)
			use->took_all_excess[s] += excess[s] * seconds;
	}
	return holding.taken * placed->nodes;
}

static void add_placed(struct tally *tally, struct member *member, const struct job *job, const struct placed *placed,
                       const struct series_span *span)
{
	gint64 amounts[1 + SCENARIOS];
	amounts[0] = charge(member, tally, job, placed, placed->to - placed->from, amounts + 1);
	bundle_add(tally->pools[placed->pool], span, amounts);
	if (placed->gpus > 0)
		series_add_span(tally->gpus[placed->pool], span, placed->gpus);
}

/* Split evenly over the job's nodes, like everything; in whole GPUs that sum to the job's. */
static gint64 gpus_of(const struct job *job, gint64 before, gint64 nodes)
{
	if (job->gpus == 0)
		return 0;
	return job->gpus * (before + nodes) / job->nodes - job->gpus * before / job->nodes;
}

static void add_unplaced(struct tally *tally, const struct job *job)
{
	tally->jobs_unplaced += !job->piece;
	tally->jobs_on_unlisted += !job->piece && !slice_empty(job->nodelist);
	tally->cpu_seconds_unplaced += job->elapsed_seconds * job->cpus;
}

/* What lies in the window, which may be undecided. */
static void clip(const struct tally *tally, const struct job *job, gint64 *from, gint64 *to)
{
	*from = job->start;
	*to = job->start + job->elapsed_seconds;
	if (tally->rules.undecided)
		return;
	*from = MAX(*from, tally->rules.from);
	*to = MIN(*to, tally->rules.to);
}

/* What was held of the cluster, in the window or, by groups, whenever; `span` is of the former when it is not empty. */
static void add_demand(struct tally *tally, const struct member *member, const struct job *job, gint64 from, gint64 to,
                       struct series_span *span)
{
	struct series *group = tally->group_cpus->pdata[member->group];
	gint64 stop = job->start + job->elapsed_seconds;
	if (to > from) {
		*span = series_span(60, from, to);
		bundle_add(tally->cluster, span, &job->cpus);
		tally->cpu_seconds_inside += (to - from) * job->cpus;
	}
	if (from == job->start && to == stop && to > from) {
		struct series_span hours = series_span_hours(span);
		series_add_span(group, &hours, job->cpus);
	} else {
		series_add(group, job->start, stop, job->cpus);
	}
}

/* Whether a job belongs to the period as a whole. Of a declared window's jobs those that ended in it, and those that have
 * not ended. */
static gboolean belongs(const struct rules *rules, const struct job *job)
{
	return !rules->declared || job->end == VALUE_UNKNOWN || state_is_open(job->state) ||
	       (job->end >= rules->from && job->end < rules->to);
}

static void add_capacity(struct tally *tally, struct member *member, const struct job *job)
{
	guint count;
	const struct place *places = places_find(tally->places, tally->inventory, job->nodelist, &count);
	gint64 from, to, before = 0;
	struct series_span span;
	gboolean took_all = FALSE;
	clip(tally, job, &from, &to);
	add_demand(tally, member, job, from, to, &span);
	if (count == 0)
		add_unplaced(tally, job);
	if (count == 1 && job->nodes > 1 && belongs(&tally->rules, job))
		habits_add_spread(&member->habits, job, &inventory_pool(tally->inventory, places[0].pool)->shape);
	for (guint i = 0; i < count; i++) {
		guint pool = places[i].pool, nodes = places[i].nodes;
		struct placed placed = { pool, nodes, gpus_of(job, before, nodes), from, to,
			                 ledger_took_all(job, inventory_pool(tally->inventory, pool)) };
		took_all |= placed.took_all;
		before += nodes;
		if (to > from)
			add_placed(tally, member, job, &placed, &span);
	}
	if (took_all)
		add_took_all(tally, member, job);
}

/* An undecided window */

static gboolean may_reach_beyond(const struct extent *extent, const struct job *job)
{
	return extent->first_end == VALUE_UNKNOWN || job->start < extent->first_end ||
	       job->start + job->elapsed_seconds > extent->last_end;
}

static void keep_edge(struct tally *tally, struct member *member, const struct job *job)
{
	struct edge edge = { *job, member, slice_dup(job->nodelist) };
	g_array_append_val(tally->edges, edge);
	if (tally->edges->len < tally->edges_prune)
		return;
	for (guint i = tally->edges->len; i-- > 0;)
		if (!may_reach_beyond(&tally->extent, &g_array_index(tally->edges, struct edge, i).job))
			g_array_remove_index_fast(tally->edges, i);
	tally->edges_prune = MAX(EDGES_FIRST, 2 * tally->edges->len);
}

/* Of the series nothing has to be taken back: they are only ever looked at within the window. */
static void take_back(struct tally *tally, const struct edge *edge, gint64 seconds)
{
	struct job job = edge->job;
	guint count;
	job.nodelist = slice_of(edge->nodelist);
	const struct place *places = places_find(tally->places, tally->inventory, job.nodelist, &count);
	tally->cpu_seconds_inside -= seconds * job.cpus;
	for (guint i = 0; i < count; i++) {
		struct placed placed = { .pool = places[i].pool, .nodes = places[i].nodes,
			                 .took_all = ledger_took_all(&job, inventory_pool(tally->inventory, places[i].pool)) };
		gint64 excess[SCENARIOS];
		charge(edge->member, tally, &job, &placed, -seconds, excess);
	}
}

void tally_settle(struct tally *tally, gint64 from, gint64 to)
{
	g_assert(tally->rules.undecided);
	for (guint i = 0; i < tally->edges->len; i++) {
		const struct edge *edge = &g_array_index(tally->edges, struct edge, i);
		gint64 start = edge->job.start, stop = start + edge->job.elapsed_seconds;
		gint64 inside = MAX(0, MIN(stop, to) - MAX(start, from));
		if (stop - start > inside)
			take_back(tally, edge, stop - start - inside);
	}
	g_array_set_size(tally->edges, 0);
	tally->rules.from = from;
	tally->rules.to = to;
	tally->rules.undecided = FALSE;
}

static void add_totals(struct tally *tally, struct member *member, const struct job *job)
{
	struct days *group_days = tally->group_days->pdata[member->group];
	struct use use = use_of(job);
	use_add(&tally->states[job->state], &use);
	use_add(&member->use, &use);
	add_wait(tally, job, use.wait_eligible_seconds);
	struct habits_wait wait = wait_of(tally, job, use.wait_eligible_seconds);
	habits_add(&tally->habits, &member->habits, job, &tally->rules, &wait);
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
		tally->jobs_outside += !job->piece;
	extent_add(&tally->extent, job);
	if (!job->ran || job->start == VALUE_UNKNOWN)
		return;
	if (tally->rules.undecided && may_reach_beyond(&tally->extent, job))
		keep_edge(tally, member, job);
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

gboolean member_counts(const struct tally *tally, const struct member *member)
{
	gint64 held = 0;
	for (guint p = 0; p < inventory_pools(tally->inventory); p++)
		for (enum ledger_class c = 0; c < LEDGER_CLASSES; c++)
			held |= member->pools[p].ledger[SCENARIO_EXPECTED][c];
	return member->use.jobs > 0 || member->use.cpu_seconds > 0 || held != 0;
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

void member_merge(struct member *into, const struct member *from, guint pools)
{
	use_add(&into->use, &from->use);
	own_habits_merge(&into->habits, &from->habits);
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
	for (guint p = 0; p < pools; p++)
		for (enum scenario s = 0; s < SCENARIOS; s++) {
			into->pools[p].took_all_excess[s] += from->pools[p].took_all_excess[s];
			for (enum ledger_class c = 0; c < LEDGER_CLASSES; c++)
				into->pools[p].ledger[s][c] += from->pools[p].ledger[s][c];
		}
}

static void merge_members(struct tally *tally, const struct tally *other)
{
	for (guint i = 0; i < other->members->len; i++) {
		const struct member *from = other->members->pdata[i];
		member_merge(member_get(tally, slice_of(intern_text(other->users, from->user)),
		                        slice_of(intern_text(other->groups, from->group))),
		             from, inventory_pools(tally->inventory));
	}
}

static void merge_edges(struct tally *tally, const struct tally *other)
{
	for (guint i = 0; i < other->edges->len; i++) {
		const struct edge *from = &g_array_index(other->edges, struct edge, i);
		struct edge edge = *from;
		edge.member = member_get(tally, slice_of(intern_text(other->users, from->member->user)),
		                         slice_of(intern_text(other->groups, from->member->group)));
		edge.nodelist = g_strdup(from->nodelist);
		g_array_append_val(tally->edges, edge);
	}
}

static void merge_series(struct tally *tally, const struct tally *other)
{
	bundle_merge(tally->cluster, other->cluster);
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		bundle_merge(tally->pools[p], other->pools[p]);
		series_merge(tally->gpus[p], other->gpus[p]);
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
	for (enum job_state s = 0; s < STATES; s++)
		use_add(&tally->states[s], &other->states[s]);
	merge_members(tally, other);
	merge_series(tally, other);
	merge_edges(tally, other);
	extent_merge(&tally->extent, &other->extent);
	habits_merge(&tally->habits, &other->habits);
	for (guint i = 0; i < WAIT_BINS; i++)
		tally->waits[i] += other->waits[i];
	tally->jobs_outside += other->jobs_outside;
	tally->jobs_unplaced += other->jobs_unplaced;
	tally->jobs_on_unlisted += other->jobs_on_unlisted;
	tally->cpu_seconds_unplaced += other->cpu_seconds_unplaced;
	tally->cpu_seconds_inside += other->cpu_seconds_inside;
	tally->cpu_seconds_memory_known += other->cpu_seconds_memory_known;
	tally->used_above_held += other->used_above_held;
	tally->peak_above_asked += other->peak_above_asked;
	tally->wait_without_eligible += other->wait_without_eligible;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/tally_parts.h"

#include <string.h>

#include "base/divide.h"

#define DAY_SECONDS 86400

/* Members and groups */

static struct pool_use *pool_uses(const struct tally *tally)
{
	return g_new0(struct pool_use, inventory_pools(tally->inventory));
}

static struct member *member_new(struct tally *tally, guint32 user, struct slice group)
{
	struct member *member = g_new0(struct member, 1);
	member->user = user;
	member->group = intern_get(tally->groups, group);
	member->next = tally->member_of->pdata[user];
	member->pools = pool_uses(tally);
	g_ptr_array_add(tally->members, member);
	tally->member_of->pdata[user] = member;
	tally_groups_fill(tally);
	return member;
}

struct member *member_get(struct tally *tally, struct slice user, struct slice group)
{
	guint32 number = intern_get(tally->users, user);
	if (number == tally->member_of->len)
		g_ptr_array_add(tally->member_of, NULL);
	struct member *member = tally->member_of->pdata[number];
	while (member && !intern_is(tally->groups, member->group, group))
		member = member->next;
	return member ? member : member_new(tally, number, group);
}

struct stay *stay_of(struct member *member, guint32 partition, guint pools)
{
	struct stay *stay = member->stays;
	while (stay && stay->partition != partition)
		stay = stay->next;
	if (stay)
		return stay;
	stay = g_malloc0(sizeof *stay + pools * sizeof *stay->held);
	*stay = (struct stay){ .member = member, .next = member->stays, .partition = partition };
	return member->stays = stay;
}

struct stay *stay_get(struct tally *tally, struct member *member, struct slice partition)
{
	return stay_of(member, intern_get(tally->partitions, partition),
	               inventory_pools(tally->inventory));
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
	use.cpu_measured_seconds = job->cpu_used_milliseconds == VALUE_UNKNOWN ? 0
	                                                                       : use.cpu_seconds;
	if (!job->ran || job->start == VALUE_UNKNOWN)
		return use;
	gint64 eligible = job->eligible != VALUE_UNKNOWN ? job->eligible : job->submit;
	if (job->submit != VALUE_UNKNOWN)
		use.wait_submit_seconds = MAX(0, job->start - job->submit);
	if (eligible != VALUE_UNKNOWN)
		use.wait_eligible_seconds = MAX(0, job->start - eligible);
	return use;
}

/* Days */

static void day_add(struct days *days, gint32 day, const struct job *job, gint64 seconds)
{
	struct day_use *use = days_get(days, day);
	use->cpu_seconds += seconds * job->cpus;
	use->gpu_seconds += seconds * job->gpus;
	use->node_seconds += seconds * job->nodes;
}

static gboolean day_holds(const struct local_day *day, gint64 seconds)
{
	return seconds >= day->begin && seconds < day->end;
}

static G_NO_INLINE void day_learn(struct local_day *day, struct zone *zone, gint64 seconds)
{
	day->number = zone_day(zone, seconds);
	day->begin = zone_day_start(zone, day->number);
	day->end = zone_day_start(zone, day->number + 1);
}

static inline const struct local_day *day_near(struct tally *tally, gint64 seconds)
{
	struct local_day *near = &tally->near[(guint64)seconds / DAY_SECONDS % LOCAL_DAYS];
	if (!day_holds(near, seconds))
		day_learn(near, tally->zone, seconds);
	return near;
}

/* Returns the last day, or NULL when no time went by. */
static const struct local_day *add_days(struct tally *tally, struct days *group,
                                        const struct job *job)
{
	const struct local_day *day = NULL;
	gint64 from = job->start, to = job->start + job->elapsed_seconds;
	while (from < to) {
		day = day_near(tally, from);
		gint64 until = MIN(to, day->end);
		day_add(group, day->number, job, until - from);
		from = until;
	}
	return day;
}

/* Jobs that never ran have ended, too. Most end on the last day that they were on. */
static void add_end(struct tally *tally, struct days *group, const struct job *job,
                    const struct local_day *last)
{
	if (!last || !day_holds(last, job->end))
		last = day_near(tally, job->end);
	days_get(group, last->number)->jobs_ended++;
}

/* Waits */

static void add_wait(struct tally *tally, const struct job *job, gint64 wait_seconds)
{
	if (!job->ran || job->start == VALUE_UNKNOWN)
		return;
	if (job->eligible == VALUE_UNKNOWN && job->submit == VALUE_UNKNOWN)
		return;
	waits_add(&tally->waits, wait_seconds);
	tally->wait_without_eligible += job->eligible == VALUE_UNKNOWN;
}

/* What one user did */

/* Since midnight as many hours went by as a clock shows, but on days on which it is changed. */
static guint hour_of(const struct tally *tally, const struct local_day *day, gint64 seconds)
{
	if (day->end - day->begin != DAY_SECONDS)
		return (guint)zone_civil(tally->zone, seconds).hour;
	return (guint)(seconds - day->begin) / 3600;
}

/* The hour of the week is that in which it could have started. */
static struct habits_wait wait_of(struct tally *tally, const struct job *job, gint64 wait_seconds)
{
	gint64 from = job->eligible != VALUE_UNKNOWN ? job->eligible : job->submit;
	if (job->start == VALUE_UNKNOWN || from == VALUE_UNKNOWN)
		return (struct habits_wait){ .seconds = -1 };
	const struct local_day *day = day_near(tally, from);
	guint weekday = (guint)zone_day_weekday(day->number);
	return (struct habits_wait){ wait_seconds, weekday * 24 + hour_of(tally, day, from) };
}

static void add_efficiency(struct tally *tally, struct member *member, const struct judged *judged)
{
	const struct job *job = judged->job;
	gint64 held = job->elapsed_seconds * job->cpus;
	if (job->cpu_used_milliseconds == VALUE_UNKNOWN || held == 0)
		return;
	tally->used_above_held += (job->cpu_used_milliseconds - 1) / 1000 >= held;
	if (judged->judges_cpu)
		member->efficiency[MIN(100, divide((guint64)job->cpu_used_milliseconds / 10,
		                                   (guint64)held))]++;
}

static void add_memory(struct tally *tally, struct member *member, const struct judged *judged)
{
	const struct job *job = judged->job;
	if (job->memory_bytes != VALUE_UNKNOWN || job->whole_node_memory)
		tally->cpu_seconds_memory_known += job->elapsed_seconds * job->cpus;
	if (job->memory_peak_bytes == VALUE_UNKNOWN || job->memory_bytes == VALUE_UNKNOWN ||
	    job->memory_bytes == VALUE_UNLIMITED)
		return;
	tally->peak_above_asked += job->memory_peak_bytes > job->memory_bytes;
	if (!judged->judges_memory)
		return;
	member->judged_memory_jobs++;
	member->memory_asked_mib_seconds += (job->memory_bytes >> 20) * job->elapsed_seconds;
	/* Counted as above, and used at what was asked. */
	gint64 peak = MIN(job->memory_peak_bytes, job->memory_bytes);
	member->memory_peak_mib_seconds += (peak >> 20) * job->elapsed_seconds;
}

static void add_took_all(struct member *member, const struct judged *judged)
{
	const struct job *job = judged->job;
	member->took_all_jobs += !job->piece;
	member->took_all_cpu_seconds += job->elapsed_seconds * job->cpus;
	if (!judged->judges_memory)
		return;
	gint64 peak_mib = job->memory_peak_bytes / MAX(1, job->nodes) >> 20;
	member->took_all_judged++;
	member->took_all_peak_mib += peak_mib;
	member->took_all_peak_max_mib = MAX(member->took_all_peak_max_mib, peak_mib);
}

/* Capacity */

/* Where a job's nodes lie. */
struct places_of {
	const struct place *of;
	guint count;
};

/* A job's nodes in one pool. */
struct placed {
	guint pool;
	gint64 nodes;
	gint64 from, to; /* seconds [from, to) */
	gint64 sign;     /* below nought: they are taken back */
	gboolean took_all;
};

static void charge_months(struct tally *tally, const struct placed *placed,
                          const struct booked *booked)
{
	gint64 from = placed->from;
	while (from < placed->to) {
		if (from < tally->month.begin || from >= tally->month.end)
			tally->month = local_month(tally->zone, from);
		gint64 until = MIN(placed->to, tally->month.end);
		ledger_add(months_get(&tally->months, tally->month.number), booked,
		           placed->sign * placed->nodes * (until - from));
		from = until;
	}
}

/* What a node of it gives. */
static void charge(struct tally *tally, struct stay *stay, const struct placed *placed,
                   const struct booked *booked)
{
	struct pool_use *use = &stay->member->pools[placed->pool];
	gint64 factor = placed->sign * placed->nodes * (placed->to - placed->from);
	ledger_add(&use->ledger, booked, factor);
	ledger_add(&stay->ledger, booked, factor);
	stay->held[placed->pool] += booked->taken * factor;
	charge_months(tally, placed, booked);
	*(booked->tilt > 0 ? &use->memory_beyond_cpus
	                   : &use->cpus_beyond_memory) += ABS(booked->tilt) * factor;
	for (enum scenario s = 0; s < SCENARIOS && placed->took_all; s++)
		use->took_all_excess[s] += booked->excess[s] * factor;
}

static const struct node_shape *shape_of(const struct tally *tally, guint pool)
{
	return &inventory_pool(tally->inventory, pool)->shape;
}

static void add_placed(struct tally *tally, struct stay *stay, const struct judged *judged,
                       const struct placed *placed, const struct series_span *span)
{
	struct booked booked;
	ledger_book(judged, shape_of(tally, placed->pool), &booked);
	charge(tally, stay, placed, &booked);
	gint64 amounts[1 + SCENARIOS] = { booked.taken * placed->nodes };
	for (enum scenario s = 0; s < SCENARIOS; s++)
		amounts[1 + s] = booked.excess[s] * placed->nodes;
	bundle_add(tally->pools[placed->pool], span, amounts);
	if (habits_is_light(judged->job))
		series_add_span(tally->light[placed->pool], span, amounts[0]);
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

#define SPARE 1.25 /* CPUs kept for the system were sometimes given to jobs, and what memory a node
                      says that it has changes a little */

static gboolean is_amount(gint64 bytes)
{
	return bytes != VALUE_UNKNOWN && bytes != VALUE_UNLIMITED;
}

/* What all nodes of a job have: in a tally that somebody made up it may be more than an integer
 * holds. */
struct room {
	double cpus, gpus, kibibytes;
	gboolean lacks_memory; /* of some it is not known */
};

static inline void add_room(struct room *room, const struct node_shape *shape, gint64 nodes)
{
	room->cpus += (double)nodes * (double)shape->cpus;
	room->gpus += (double)nodes * (double)shape->gpus;
	room->kibibytes += (double)nodes * (double)shape->memory_kib;
	room->lacks_memory |= shape->memory_kib <= 0;
}

/* A list that has less than a job was given is of other nodes, or counts cores where Slurm counts
 * threads, or memory otherwise, or does not name GPUs. Of nodes that differ a job may hold more of
 * one than its even share: they are looked at together. A row that claims a hundred thousand CPUs
 * weighs no more than others. */
static inline void add_fit(struct tally *tally, const struct job *job, const struct room *room)
{
	gboolean has_memory = !room->lacks_memory && is_amount(job->memory_bytes);
	if ((double)job->cpus > SPARE * room->cpus ||
	    (has_memory && (double)job->memory_bytes > SPARE * 1024 * room->kibibytes))
		tally->cpu_seconds_beyond += job->elapsed_seconds *
		                             (gint64)MIN((double)job->cpus, room->cpus);
	else
		tally->cpu_seconds_fitting += job->elapsed_seconds * job->cpus;
	if (job->gpus == 0)
		return;
	if ((double)job->gpus > SPARE * room->gpus)
		tally->gpu_seconds_beyond += job->elapsed_seconds *
		                             (gint64)MIN((double)job->gpus,
		                                         MAX(room->gpus, (double)job->nodes));
	else
		tally->gpu_seconds_fitting += job->elapsed_seconds * job->gpus;
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

/* Of a job some of which lies in the window, `ends` also its last second, which is the one that it
 * ends in. */
static void mark_moments(struct tally *tally, const struct job *job, const struct series_span *span,
                         gboolean ends)
{
	gint64 last = job->start + job->elapsed_seconds - 1;
	if (job->piece)
		return;
	if (tally->rules.undecided || job->start >= tally->rules.from)
		bundle_mark(tally->moments, &span->from, MOMENT_START);
	if (ends && job->end != VALUE_UNKNOWN) {
		struct series_edge end = series_edge(60, last);
		bundle_mark(tally->moments, &end, MOMENT_END);
	}
}

/* What was held of the cluster, in the window or, by groups, whenever; `span` is of the former when
 * it is not empty. */
static void add_demand(struct tally *tally, const struct member *member, const struct job *job,
                       gint64 from, gint64 to, struct series_span *span)
{
	struct series *group = tally->group_cpus->pdata[member->group];
	gint64 stop = job->start + job->elapsed_seconds;
	if (to > from) {
		*span = series_span(60, from, to);
		bundle_add(tally->cluster, span, &job->cpus);
		tally->cpu_seconds_inside += (to - from) * job->cpus;
		mark_moments(tally, job, span, to == stop);
	}
	if (from == job->start && to == stop && to > from) {
		struct series_span hours = series_span_hours(span);
		series_add_span(group, &hours, job->cpus);
	} else {
		series_add(group, job->start, stop, job->cpus);
	}
}

/* What it took of nodes as a whole job is a total, like all that is counted of whole jobs. */
static void add_capacity(struct tally *tally, struct stay *stay, const struct judged *judged,
                         const struct places_of *places, gboolean counts)
{
	const struct job *job = judged->job;
	gint64 from, to, before = 0;
	struct series_span span;
	gboolean took_all = FALSE;
	struct room room = { 0 };
	clip(tally, job, &from, &to);
	add_demand(tally, stay->member, job, from, to, &span);
	if (places->count == 0)
		add_unplaced(tally, job);
	for (guint i = 0; i < places->count; i++) {
		guint pool = places->of[i].pool, nodes = places->of[i].nodes;
		const struct pool *kind = inventory_pool(tally->inventory, pool);
		struct placed placed = { pool, nodes, from, to, 1, ledger_took_all(job, kind) };
		gint64 gpus = gpus_of(job, before, nodes);
		add_room(&room, &kind->shape, nodes);
		took_all |= placed.took_all;
		before += nodes;
		if (to <= from)
			continue;
		add_placed(tally, stay, judged, &placed, &span);
		if (gpus > 0)
			series_add_span(tally->gpus[pool], &span, gpus);
	}
	if (places->count > 0)
		add_fit(tally, job, &room);
	if (took_all && counts)
		add_took_all(stay->member, judged);
}

/* An undecided window */

static gboolean is_placed(const struct job *job)
{
	return job->ran && job->start != VALUE_UNKNOWN;
}

/* By what is known so far, and more is never fewer. */
static gboolean may_reach_beyond(const struct tally *tally, const struct job *job)
{
	const struct rules *rules = &tally->rules;
	const struct extent *extent = &tally->extent;
	gint64 stop = job->start + job->elapsed_seconds;
	if (rules->declared)
		return job->start < rules->from || stop > rules->to;
	return extent->first_end == VALUE_UNKNOWN || job->start < extent->first_end ||
	       stop > extent->last_end;
}

gboolean edge_needed(const struct tally *tally, const struct edge *edge)
{
	return may_reach_beyond(tally, &edge->job);
}

struct edge edge_of(struct stay *stay, const struct job *job, const struct place *places,
                    guint count)
{
	struct edge edge = { *job, stay, g_memdup2(places, count * sizeof *places), count };
	edge.job.cluster = edge.job.id = edge.job.user = edge.job.account = edge.job.group =
		(struct slice){ NULL, 0 };
	edge.job.partition = edge.job.qos = edge.job.nodelist = edge.job.gpu_type =
		(struct slice){ NULL, 0 };
	return edge;
}

void tally_prune_edges(struct tally *tally)
{
	for (guint i = tally->edges->len; i-- > 0;)
		if (!edge_needed(tally, &g_array_index(tally->edges, struct edge, i)))
			g_array_remove_index_fast(tally->edges, i);
	tally->edges_prune = MAX(EDGES_FIRST, 2 * tally->edges->len);
}

static void keep_edge(struct tally *tally, struct edge edge)
{
	g_array_append_val(tally->edges, edge);
	if (tally->edges->len >= tally->edges_prune)
		tally_prune_edges(tally);
}

/* Of the series nothing has to be taken back: they are only ever looked at within the window. */
static void take_back(struct tally *tally, const struct edge *edge, gint64 from, gint64 to)
{
	struct judged judged = ledger_judge(&edge->job, &tally->rules);
	if (to <= from)
		return;
	tally->cpu_seconds_inside -= (to - from) * edge->job.cpus;
	for (guint i = 0; i < edge->place_count; i++) {
		guint pool = edge->places[i].pool;
		gboolean took_all = ledger_took_all(&edge->job,
		                                    inventory_pool(tally->inventory, pool));
		struct placed placed = { pool, edge->places[i].nodes, from, to, -1, took_all };
		struct booked booked;
		ledger_book(&judged, shape_of(tally, pool), &booked);
		charge(tally, edge->stay, &placed, &booked);
	}
}

static void settle_edges(struct tally *tally, GArray *edges, gint64 from, gint64 to)
{
	for (guint i = 0; i < edges->len; i++) {
		const struct edge *edge = &g_array_index(edges, struct edge, i);
		if (!is_placed(&edge->job))
			continue;
		gint64 start = edge->job.start, stop = start + edge->job.elapsed_seconds;
		take_back(tally, edge, start, MIN(stop, from));
		take_back(tally, edge, MAX(start, to), stop);
	}
	g_array_set_size(edges, 0);
}

static gboolean is_open(const struct job *job)
{
	return job->end == VALUE_UNKNOWN || state_is_open(job->state);
}

/* Of a declared window's jobs those that ended in it, and those that have not ended, but such as
 * came after it. */
static gboolean belongs(const struct rules *rules, const struct job *job)
{
	if (!rules->declared)
		return TRUE;
	if (is_open(job))
		return (job->start != VALUE_UNKNOWN ? job->start : job->submit) < rules->to;
	return job->end >= rules->from && job->end < rules->to;
}

static gboolean ran_inside(const struct rules *rules, const struct job *job)
{
	return is_placed(job) && job->start < rules->to &&
	       job->start + job->elapsed_seconds > rules->from;
}

/* A slice leaves what had not ended to the one that follows, which has all of it. */
static gboolean is_left(const struct rules *rules, const struct job *job)
{
	return rules->declared && rules->undecided && (is_open(job) || job->end >= rules->to);
}

static void add_totals(struct tally *tally, struct stay *stay, const struct judged *judged)
{
	struct member *member = stay->member;
	const struct job *job = judged->job;
	struct days *group_days = tally->group_days->pdata[member->group];
	const struct local_day *last = NULL;
	struct use use = use_of(job);
	use_add(&tally->states[job->state], &use);
	use_add(&member->use, &use);
	use_add(&stay->use, &use);
	add_wait(tally, job, use.wait_eligible_seconds);
	struct habits_wait wait = wait_of(tally, job, use.wait_eligible_seconds);
	habits_add(&tally->habits, &member->habits, judged, &wait);
	add_efficiency(tally, member, judged);
	add_memory(tally, member, judged);
	families_add(&member->families, judged);
	if (is_placed(job)) {
		last = add_days(tally, group_days, job);
		if (job->cpus > 0)
			presence_add(&member->at_work, job->start,
			             job->start + job->elapsed_seconds);
		if (job->gpus > 0)
			presence_add(&member->at_gpus, job->start,
			             job->start + job->elapsed_seconds);
	}
	if (!job->piece && !judged->open && job->end != VALUE_UNKNOWN)
		add_end(tally, group_days, job, last);
}

/* Where Slurm counts the threads of a core as CPUs, a core is so many of them. */
static gint64 cpus_of_a_core_each(const struct tally *tally, const struct job *job,
                                  const struct places_of *places)
{
	gint64 cpus = MAX(1, job->nodes);
	for (guint i = 0; i < places->count; i++) {
		const struct node_shape *shape = shape_of(tally, places->of[i].pool);
		if (shape->cores > 0 && shape->cpus > shape->cores)
			cpus += places->of[i].nodes * (shape->cpus / shape->cores - 1);
	}
	return cpus;
}

/* A function of its own, into which all that it calls is put: most of what a job costs. */
static G_NO_INLINE void count_job(struct tally *tally, struct stay *stay, const struct job *job,
                                  const struct places_of *places, gboolean counts)
{
	struct judged judged = ledger_judge(job, &tally->rules);
	if (counts) {
		add_totals(tally, stay, &judged);
		if (habits_is_serial(&judged))
			habits_add_serial(&stay->member->habits, &judged,
			                  cpus_of_a_core_each(tally, job, places));
	} else {
		tally->jobs_outside += !job->piece;
	}
	if (counts && is_placed(job) && places->count == 1 && job->nodes > 1)
		habits_add_spread(&stay->member->habits, job, shape_of(tally, places->of->pool));
	if (is_placed(job))
		add_capacity(tally, stay, &judged, places, counts);
}

static void add_job_of(struct tally *tally, struct stay *stay, const struct job *job,
                       gboolean counts, gboolean left)
{
	struct places_of places;
	places.of = places_find(tally->places, tally->inventory, job->nodelist, &places.count);
	if (left) {
		struct edge edge = edge_of(stay, job, places.of, places.count);
		g_array_append_val(tally->held, edge);
		tally->jobs_on_unlisted += is_placed(job) && places.count == 0 && !job->piece &&
		                           !slice_empty(job->nodelist);
		return;
	}
	if (tally->rules.undecided && is_placed(job) && may_reach_beyond(tally, job))
		keep_edge(tally, edge_of(stay, job, places.of, places.count));
	count_job(tally, stay, job, &places, counts);
}

static void leave_out(struct tally *tally, const struct job *job, gboolean left)
{
	struct left_rows *rows = left ? &tally->left_after : &tally->left_before;
	*(left ? &tally->jobs_later : &tally->jobs_outside) += !job->piece;
	rows->jobs++;
	rows->steps += job->steps;
}

static struct stay *find_stay(struct tally *tally, const struct job *job)
{
	struct slice group = tally->rules.group_by == GROUP_BY_ACCOUNT ? job->account : job->group;
	return stay_get(tally, member_get(tally, job->user, group), job->partition);
}

gboolean tally_add(struct tally *tally, const struct job *job)
{
	const struct rules *rules = &tally->rules;
	gboolean counts = belongs(rules, job), left = is_left(rules, job),
		 repeat = job->repeats && tally->last;
	extent_add(&tally->extent, job);
	if (!counts && !ran_inside(rules, job)) {
		tally->last = NULL;
		leave_out(tally, job, left);
		return TRUE;
	}
	if (!repeat)
		tally->last = find_stay(tally, job);
	add_job_of(tally, tally->last, job, counts, left);
	return !repeat;
}

static void settle_held(struct tally *tally)
{
	for (guint i = 0; i < tally->held->len; i++) {
		const struct edge *edge = &g_array_index(tally->held, struct edge, i);
		const struct places_of places = { edge->places, edge->place_count };
		count_job(tally, edge->stay, &edge->job, &places, is_open(&edge->job));
	}
}

void tally_settle(struct tally *tally, gint64 from, gint64 to)
{
	g_assert(tally->rules.undecided);
	settle_held(tally);
	settle_edges(tally, tally->edges, from, to);
	settle_edges(tally, tally->held, from, to);
	tally->jobs_outside += tally->jobs_later;
	tally->jobs_later = 0;
	tally->rules.from = from;
	tally->rules.to = to;
	tally->rules.undecided = FALSE;
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
		rows->has[i] |= reading->has[i],
			rows->unreadable[i] += (gint64)reading->unreadable[i];
	rows->finer = MAX(rows->finer, reading->finer);
}

gint64 *tally_gpu_minutes(const struct tally *tally, gsize *count)
{
	*count = (gsize)((tally->rules.to - tally->rules.from) / 60);
	gint64 *sum = g_new0(gint64, *count + 1);
	for (guint p = 0; p < inventory_pools(tally->inventory); p++)
		series_add_values(tally->gpus[p], tally->rules.from, tally->rules.to, sum);
	return sum;
}

gint64 member_held(const struct tally *tally, const struct member *member)
{
	gint64 held = 0;
	for (guint p = 0; p < inventory_pools(tally->inventory); p++)
		held += ledger_held(&member->pools[p].ledger);
	return held;
}

guint tally_count_users(const struct tally *tally)
{
	return intern_count(tally->users) - (intern_find(tally->users, slice_of("")) >= 0);
}

gboolean member_counts(const struct tally *tally, const struct member *member)
{
	return member->use.jobs > 0 || member->use.cpu_seconds > 0 ||
	       member_held(tally, member) > 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "schedule.h"

#include <stdlib.h>
#include <string.h>

#define POOL_NODES_MAX 128
#define BACKFILL_DEPTH 150
#define REQUEUE_DELAY 120

/* What is free on a node. */
struct room {
	int cpus, gpus, memory_mb;
};

struct reservation {
	const struct job *job; /* NULL: none */
	gint64 at;
	gboolean nodes[POOL_NODES_MAX];
};

struct scheduler {
	const struct pool_info *pool;
	struct room rooms[POOL_NODES_MAX];
	GPtrArray *arrivals; /* of this pool, by time of submission */
	guint arrived;
	GPtrArray *queue;   /* eligible and waiting, first come first */
	GPtrArray *delayed; /* requeued, not yet eligible */
	GPtrArray *running;
	GPtrArray *all;     /* every job: second runs are added here */
};

gboolean schedule_running(const struct job *job)
{
	return job->start != NEVER && job->end > EXPORTED;
}

static void take(struct room *rooms, const struct job *job, int sign)
{
	for (int i = 0; i < job->nodes; i++) {
		struct room *room = &rooms[job->places[i]];

		room->cpus -= sign * job->cpus;
		room->gpus -= sign * job->gpus;
		room->memory_mb -= sign * job->memory_mb;
		g_assert(room->cpus >= 0 && room->gpus >= 0 && room->memory_mb >= 0);
	}
}

static gboolean fits(const struct room *room, const struct job *job)
{
	return room->cpus >= job->cpus && room->gpus >= job->gpus &&
	       room->memory_mb >= job->memory_mb;
}

static int by_number(gconstpointer a, gconstpointer b)
{
	return *(const guint8 *)a - *(const guint8 *)b;
}

/* Finds the fullest nodes that still fit, and writes their numbers to `places`. `banned`: NULL or
 * nodes to keep off. */
static gboolean place(const struct scheduler *scheduler, const struct room *rooms,
                      const gboolean *banned, const struct job *job, guint8 places[NODES_MAX])
{
	gboolean used[POOL_NODES_MAX] = { FALSE };

	for (int i = 0; i < job->nodes; i++) {
		int best = -1;

		for (int node = 0; node < scheduler->pool->nodes; node++) {
			if (used[node] || (banned && banned[node]) || !fits(&rooms[node], job))
				continue;
			if (best < 0 || rooms[node].cpus < rooms[best].cpus)
				best = node;
		}
		if (best < 0)
			return FALSE;
		used[best] = TRUE;
		places[i] = (guint8)best;
	}
	qsort(places, (gsize)job->nodes, 1, by_number);
	return TRUE;
}

static void start(struct scheduler *scheduler, struct job *job, gint64 now)
{
	job->start = now;
	job->end = now + job->run_seconds;
	take(scheduler->rooms, job, 1);
	g_ptr_array_add(scheduler->running, job);
}

static gint by_planned_end(gconstpointer a, gconstpointer b)
{
	const struct job *left = *(struct job *const *)a, *right = *(struct job *const *)b;
	gint64 ends[2] = { left->start + left->limit_seconds, right->start + right->limit_seconds };

	if (ends[0] != ends[1])
		return ends[0] < ends[1] ? -1 : 1;
	return left->id < right->id ? -1 : left->id > right->id;
}

/* Where and when the job could start at the latest, if every running job took all its time. */
static void reserve(struct scheduler *scheduler, const struct job *job, struct reservation *held)
{
	struct room rooms[POOL_NODES_MAX];
	guint8 places[NODES_MAX];

	memcpy(rooms, scheduler->rooms, sizeof rooms);
	g_ptr_array_sort(scheduler->running, by_planned_end);
	for (guint i = 0; i < scheduler->running->len; i++) {
		const struct job *ending = g_ptr_array_index(scheduler->running, i);

		take(rooms, ending, -1);
		if (!place(scheduler, rooms, NULL, job, places))
			continue;
		held->job = job;
		held->at = ending->start + ending->limit_seconds;
		for (int k = 0; k < job->nodes; k++)
			held->nodes[places[k]] = TRUE;
		return;
	}
}

static gboolean try_start(struct scheduler *scheduler, struct job *job, gint64 now,
                          const struct reservation *held)
{
	gboolean fits_before = !held->job || now + job->limit_seconds <= held->at;

	if (!place(scheduler, scheduler->rooms, fits_before ? NULL : held->nodes, job, job->places))
		return FALSE;
	start(scheduler, job, now);
	return TRUE;
}

static void start_what_fits(struct scheduler *scheduler, gint64 now)
{
	struct reservation held = { .job = NULL };
	guint looked = 0;

	for (guint i = 0; i < scheduler->queue->len && looked < BACKFILL_DEPTH; looked++) {
		struct job *job = g_ptr_array_index(scheduler->queue, i);

		if (try_start(scheduler, job, now, &held)) {
			g_ptr_array_remove_index(scheduler->queue, i);
			continue;
		}
		if (!held.job)
			reserve(scheduler, job, &held);
		i++;
	}
}

/* The node died: the same job, from the beginning. */
static void requeue(struct scheduler *scheduler, const struct job *job)
{
	struct job *again = g_memdup2(job, sizeof *job);

	again->outcome = OUTCOME_COMPLETED;
	again->submit = job->end;
	again->eligible = job->end + REQUEUE_DELAY;
	again->start = again->end = NEVER;
	again->patience_seconds = NEVER;
	again->run_seconds = job->run_seconds * 3 / 2;
	again->limit_seconds = MAX(job->limit_seconds, again->run_seconds + 60);
	g_ptr_array_add(scheduler->delayed, again);
	g_ptr_array_add(scheduler->all, again);
}

static void release(struct scheduler *scheduler, struct job *job)
{
	if (!job->next)
		return;
	job->next->eligible = MAX(job->end, job->next->submit);
	g_ptr_array_add(scheduler->queue, job->next);
}

static void end_jobs(struct scheduler *scheduler, gint64 now)
{
	for (guint i = scheduler->running->len; i-- > 0;) {
		struct job *job = g_ptr_array_index(scheduler->running, i);

		if (job->end > now)
			continue;
		g_ptr_array_remove_index(scheduler->running, i);
		take(scheduler->rooms, job, -1);
		if (job->outcome == OUTCOME_NODE_FAIL)
			requeue(scheduler, job);
		else
			release(scheduler, job);
	}
}

static void give_up(struct scheduler *scheduler, gint64 now)
{
	for (guint i = scheduler->queue->len; i-- > 0;) {
		struct job *job = g_ptr_array_index(scheduler->queue, i);

		if (job->patience_seconds == NEVER || job->eligible + job->patience_seconds > now)
			continue;
		job->end = now;
		g_ptr_array_remove_index(scheduler->queue, i);
		release(scheduler, job);
	}
}

static gint by_eligible(gconstpointer a, gconstpointer b)
{
	const struct job *left = *(struct job *const *)a, *right = *(struct job *const *)b;

	guint32 ids[2] = { left->array ? left->array : left->id,
	                   right->array ? right->array : right->id };

	if (left->eligible != right->eligible)
		return left->eligible < right->eligible ? -1 : 1;
	if (ids[0] != ids[1])
		return ids[0] < ids[1] ? -1 : 1;
	return left->task - right->task;
}

static void admit(struct scheduler *scheduler, gint64 now)
{
	for (; scheduler->arrived < scheduler->arrivals->len; scheduler->arrived++) {
		struct job *job = g_ptr_array_index(scheduler->arrivals, scheduler->arrived);

		if (job->submit > now)
			break;
		job->eligible = job->submit;
		g_ptr_array_add(scheduler->queue, job);
	}
	for (guint i = scheduler->delayed->len; i-- > 0;) {
		struct job *job = g_ptr_array_index(scheduler->delayed, i);

		if (job->eligible > now)
			continue;
		g_ptr_array_remove_index(scheduler->delayed, i);
		g_ptr_array_add(scheduler->queue, job);
	}
	g_ptr_array_sort(scheduler->queue, by_eligible);
}

/* When something will happen next; G_MAXINT64: never. */
static gint64 next_event(const struct scheduler *scheduler)
{
	gint64 next = G_MAXINT64;
	const struct job *job;

	if (scheduler->arrived < scheduler->arrivals->len) {
		job = g_ptr_array_index(scheduler->arrivals, scheduler->arrived);
		next = job->submit;
	}
	for (guint i = 0; i < scheduler->running->len; i++) {
		job = g_ptr_array_index(scheduler->running, i);
		next = MIN(next, job->end);
	}
	for (guint i = 0; i < scheduler->delayed->len; i++) {
		job = g_ptr_array_index(scheduler->delayed, i);
		next = MIN(next, job->eligible);
	}
	for (guint i = 0; i < scheduler->queue->len; i++) {
		job = g_ptr_array_index(scheduler->queue, i);
		if (job->patience_seconds != NEVER)
			next = MIN(next, job->eligible + job->patience_seconds);
	}
	return next;
}

/* Of this pool, without those that wait for another job's end. */
static GPtrArray *arrivals_new(const GPtrArray *jobs, enum pool pool)
{
	GPtrArray *arrivals = g_ptr_array_new();
	g_autoptr(GHashTable) waiting = g_hash_table_new(NULL, NULL);

	for (guint i = 0; i < jobs->len; i++) {
		struct job *job = g_ptr_array_index(jobs, i);

		if (job->next)
			g_hash_table_add(waiting, job->next);
		if (job->kind->pool == pool && !g_hash_table_contains(waiting, job))
			g_ptr_array_add(arrivals, job);
	}
	return arrivals;
}

static void run_pool(GPtrArray *jobs, enum pool pool)
{
	g_autoptr(GPtrArray) arrivals = arrivals_new(jobs, pool), queue = g_ptr_array_new();
	g_autoptr(GPtrArray) delayed = g_ptr_array_new(), running = g_ptr_array_new();
	struct scheduler scheduler = {
		.pool = &pools[pool], .arrivals = arrivals, .queue = queue, .delayed = delayed,
		.running = running, .all = jobs,
	};

	for (int i = 0; i < pools[pool].nodes; i++)
		scheduler.rooms[i] = (struct room){ pools[pool].cpus, pools[pool].gpus,
		                                    pools[pool].memory_mb };
	for (gint64 now; (now = next_event(&scheduler)) <= EXPORTED;) {
		end_jobs(&scheduler, now);
		give_up(&scheduler, now);
		admit(&scheduler, now);
		start_what_fits(&scheduler, now);
	}
}

/* The operator stops the oldest running job as the export begins: the last End, on a minute. */
static void stop_oldest(GPtrArray *jobs)
{
	struct job *oldest = NULL;

	for (guint i = 0; i < jobs->len; i++) {
		struct job *job = g_ptr_array_index(jobs, i);

		if (schedule_running(job) && (!oldest || job->start < oldest->start))
			oldest = job;
	}
	if (!oldest)
		return;
	oldest->end = EXPORTED;
	oldest->outcome = OUTCOME_CANCELLED;
}

void schedule_run(GPtrArray *jobs)
{
	for (enum pool pool = 0; pool < POOLS; pool++)
		run_pool(jobs, pool);
	stop_oldest(jobs);
}

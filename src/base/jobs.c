/* SPDX-License-Identifier: Apache-2.0 */
#include "base/jobs.h"

enum stage { STAGE_WAITING, STAGE_TAKEN, STAGE_DONE };

struct crew {
	const struct job *jobs;
	void *data;
	GMutex mutex; /* of all that follows */
	GCond changed;
	enum stage *stages; /* of each job */
	guint end;          /* that of the first that failed, or their number: no other is begun
	                       from here on */
	GError *failure;    /* of that job */
};

static gboolean ready(const struct crew *crew, guint i)
{
	int after = crew->jobs[i].after;

	return crew->stages[i] == STAGE_WAITING &&
	       (after == JOB_NONE || crew->stages[after] == STAGE_DONE);
}

/* The first that can be begun; the end when none can. */
static guint find_ready(const struct crew *crew, gboolean here)
{
	guint i = 0;

	while (i < crew->end && !(crew->jobs[i].here == here && ready(crew, i)))
		i++;
	return i;
}

/* Whether any is left for this thread, now or later. */
static gboolean any_waits(const struct crew *crew, gboolean caller)
{
	for (guint i = 0; i < crew->end; i++)
		if (crew->stages[i] == STAGE_WAITING && (caller || !crew->jobs[i].here))
			return TRUE;
	return FALSE;
}

/* What only the caller can do comes first: others may wait for it. */
static guint find(const struct crew *crew, gboolean caller)
{
	guint mine = caller ? find_ready(crew, TRUE) : crew->end;

	return mine < crew->end ? mine : find_ready(crew, FALSE);
}

static gboolean take(struct crew *crew, gboolean caller, guint *i)
{
	while ((*i = find(crew, caller)) == crew->end && any_waits(crew, caller))
		g_cond_wait(&crew->changed, &crew->mutex);
	if (*i == crew->end)
		return FALSE;
	crew->stages[*i] = STAGE_TAKEN;
	return TRUE;
}

static void note(struct crew *crew, guint i, gboolean done, GError *failure)
{
	crew->stages[i] = STAGE_DONE;
	if (!done && i < crew->end) {
		g_clear_error(&crew->failure);
		crew->failure = g_steal_pointer(&failure);
		crew->end = i;
	}
	g_clear_error(&failure);
	g_cond_broadcast(&crew->changed);
}

static void work(struct crew *crew, gboolean caller)
{
	guint i;

	g_mutex_lock(&crew->mutex);
	while (take(crew, caller, &i)) {
		GError *failure = NULL;
		gboolean done;

		g_mutex_unlock(&crew->mutex);
		done = crew->jobs[i].run(crew->data, crew->jobs[i].which, &failure);
		g_mutex_lock(&crew->mutex);
		note(crew, i, done, failure);
	}
	g_mutex_unlock(&crew->mutex);
}

static void *help(void *data)
{
	work(data, FALSE);
	return NULL;
}

static gboolean run_together(const struct job *jobs, guint count, void *data, guint threads,
                             GError **error)
{
	g_autofree enum stage *stages = g_new0(enum stage, count);
	struct crew crew = { .jobs = jobs, .data = data, .stages = stages, .end = count };
	g_autofree GThread **helpers = g_new0(GThread *, threads - 1);

	g_mutex_init(&crew.mutex);
	g_cond_init(&crew.changed);
	/* Where there is no thread to be had the others do its share. */
	for (guint i = 0; i < threads - 1; i++)
		helpers[i] = g_thread_try_new("job", help, &crew, NULL);
	work(&crew, TRUE);
	for (guint i = 0; i < threads - 1; i++)
		if (helpers[i])
			g_thread_join(helpers[i]);
	g_cond_clear(&crew.changed);
	g_mutex_clear(&crew.mutex);
	if (crew.end == count)
		return TRUE;
	g_propagate_error(error, crew.failure);
	return FALSE;
}

gboolean jobs_run(const struct job *jobs, guint count, void *data, guint threads, GError **error)
{
	if (threads > 1)
		return run_together(jobs, count, data, threads, error);
	for (guint i = 0; i < count; i++)
		if (!jobs[i].run(data, jobs[i].which, error))
			return FALSE;
	return TRUE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "usage.h"

#include "schedule.h"

#define SAMPLING_SECONDS 30

/* GPU use is measured from 1 July on. */
#define GPU_MEASURED_FROM (181 * DAY)

/* For a week in July eight nodes run without the plugin that measures. */
#define BLIND_FROM (194 * DAY)
#define BLIND_TO (201 * DAY)
#define BLIND_FIRST 40
#define BLIND_LAST 47

gint64 usage_noise(const struct job *job, guint32 purpose, gint64 below)
{
	guint64 mixed = ((guint64)job->id << 8 | purpose) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);

	mixed = (mixed ^ mixed >> 29) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
	return (gint64)((mixed >> 33) % (guint64)below);
}

static gboolean blind(const struct job *job)
{
	if (job->kind->pool != POOL_BATCH || job->start < BLIND_FROM || job->start >= BLIND_TO)
		return FALSE;
	for (int i = 0; i < job->nodes; i++)
		if (job->places[i] >= BLIND_FIRST && job->places[i] <= BLIND_LAST)
			return TRUE;
	return FALSE;
}

static enum seen seen(const struct job *job)
{
	if (schedule_running(job) || job->outcome == OUTCOME_NODE_FAIL || blind(job))
		return SEEN_NOTHING;
	return job->end - job->start < SAMPLING_SECONDS ? SEEN_TOO_SHORT : SEEN;
}

static struct step *step_add(struct usage *usage, const struct job *job, const char *name)
{
	struct step *step = &usage->steps[usage->count++];

	*step = (struct step){ .name = name, .start = job->start, .tasks = 1, .gpu_util = -1 };
	step->end = schedule_running(job) ? NEVER : job->end;
	return step;
}

/* To a thousand kibibytes, as are all sizes here: the file is meant to compress. */
static gint64 memory_kb(const struct job *job)
{
	gint64 kb = (gint64)job->memory_mb * job->nodes * 1024 / 1000 * job->memory_permille;

	return kb / 1000 * 1000;
}

/* To half a second, from an hour on to a minute. */
static gint64 rounded_cpu_time(gint64 milliseconds)
{
	gint64 step = milliseconds >= 3600 * 1000 ? 60 * 1000 : 500;

	return MAX(milliseconds / step * step, 3);
}

/* An srun: a share of the job's CPU time and memory, in per cent. */
static void srun(struct usage *usage, const struct job *job, const char *name, int tasks,
                 const int percent[2])
{
	struct step *step = step_add(usage, job, name);

	step->everywhere = TRUE;
	step->tasks = tasks;
	step->cpu_milliseconds = rounded_cpu_time(usage->cpu_milliseconds * percent[0] / 100);
	step->memory_kb = memory_kb(job) * percent[1] / 100 / tasks / 1000 * tasks * 1000;
}

static void in_turn(struct usage *usage, const struct job *job)
{
	static const int percent[2][2] = { { 10, 40 }, { 90, 100 } };
	gint64 cut = job->start + (job->end - job->start) / 8;
	struct step *first = &usage->steps[usage->count];

	srun(usage, job, "0", job->cpus, percent[0]);
	srun(usage, job, "1", job->cpus, percent[1]);
	first[0].end = cut;
	first[1].start = cut + 1;
}

static void side_by_side(struct usage *usage, const struct job *job)
{
	static const int quarter[2] = { 25, 25 };
	static const char *const names[4] = { "0", "1", "2", "3" };

	for (int i = 0; i < 4; i++)
		srun(usage, job, names[i], 1, quarter);
}

static void script_alone(struct usage *usage, const struct job *job)
{
	struct step *batch = &usage->steps[0];

	batch->cpu_milliseconds = usage->cpu_milliseconds;
	batch->memory_kb = memory_kb(job);
	if (job->gpus && job->start >= GPU_MEASURED_FROM)
		batch->gpu_util = job->gpu_percent * job->gpus;
}

static void split(struct usage *usage, const struct job *job)
{
	static const int all[2] = { 100, 100 };
	gboolean brief = schedule_running(job) || job->end - job->start < 2 * SAMPLING_SECONDS;
	enum steps steps = brief ? STEPS_BATCH : job->kind->steps;
	struct step *batch = &usage->steps[0];

	if (steps == STEPS_BATCH) {
		script_alone(usage, job);
		return;
	}
	batch->cpu_milliseconds = 120;
	batch->memory_kb = 5000 + usage_noise(job, 3, 8) * 100;
	if (steps == STEPS_ONE)
		srun(usage, job, "0", job->nodes * job->cpus, all);
	else if (steps == STEPS_IN_TURN)
		in_turn(usage, job);
	else
		side_by_side(usage, job);
}

static void add_extern(struct usage *usage, const struct job *job)
{
	struct step *step = step_add(usage, job, "extern");

	step->everywhere = TRUE;
	step->tasks = job->nodes;
	step->cpu_milliseconds = 1;
	step->memory_kb = 1772;
}

void usage_of(const struct job *job, struct usage *usage)
{
	gint64 seconds = MIN(job->end, EXPORTED) - job->start;
	gint64 held = seconds * job->nodes * job->cpus * job->cpu_permille;

	*usage = (struct usage){ .seen = seen(job) };
	usage->cpu_milliseconds = rounded_cpu_time(held);
	step_add(usage, job, "batch");
	split(usage, job);
	if (usage_noise(job, 5, 300) == 0)
		add_extern(usage, job);

	usage->cpu_milliseconds = 0;
	for (int i = 0; i < usage->count; i++) {
		if (usage->seen == SEEN_NOTHING)
			usage->steps[i].cpu_milliseconds = 0;
		usage->cpu_milliseconds += usage->steps[i].cpu_milliseconds;
	}
}

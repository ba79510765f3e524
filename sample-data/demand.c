/* SPDX-License-Identifier: Apache-2.0 */
#include "demand.h"

#include "chance.h"

#define FIRST_ID 410001
#define HOURS (365 * 24)
#define MINUTE 60

/* How one person goes about one kind of work: steadier than the kind as a whole. */
struct habit {
	guint person;
	const struct kind *kind;
	const gint64 *hours; /* running sums of the season's weights */
	gint64 wanted, done; /* jobs */
	gint64 length_percent;
	gint64 limit_percent;
	int cpu_permille, memory_permille;
};

static int within(struct chance *chance, const int range[2])
{
	return (int)chance_between(chance, range[0], range[1]);
}

/* Around the person's own middle, within what the kind allows. */
static int around(struct chance *chance, int middle, const int range[2])
{
	int spread = (range[1] - range[0]) / 4;
	int drawn = (int)chance_between(chance, middle - spread, middle + spread);

	return CLAMP(drawn, range[0], range[1]);
}

static void habit_init(struct habit *habit, int jobs, struct chance *chance)
{
	habit->wanted = jobs * chance_between(chance, 88, 112) / 100;
	habit->length_percent = chance_between(chance, 80, 122);
	habit->limit_percent = chance_between(chance, 125, 260);
	habit->cpu_permille = within(chance, habit->kind->cpu_permille);
	habit->memory_permille = within(chance, habit->kind->memory_permille);
}

/* What people type: the next round limit. */
static gint64 limit_for(gint64 seconds)
{
	static const gint64 minutes[] = { 10, 30, 60, 120, 240, 480, 720, 1440, 2880, 4320, 7200 };
	guint i = 0;

	while (i + 1 < G_N_ELEMENTS(minutes) && minutes[i] * MINUTE < seconds)
		i++;
	return minutes[i] * MINUTE;
}

/* What becomes of a job if it runs. */
static void draw_outcome(struct job *job, struct chance *chance)
{
	const struct account *account = account_of(job->person);
	gint64 mark = chance_between(chance, 0, 999);
	gint64 part = chance_between(chance, 5, 100);

	job->patience_seconds = NEVER;
	job->outcome = OUTCOME_COMPLETED;
	if ((mark -= account->failed_permille) < 0)
		job->outcome = OUTCOME_FAILED;
	else if ((mark -= account->timeout_permille) < 0)
		job->outcome = OUTCOME_TIMEOUT;
	else if ((mark -= account->cancelled_permille) < 0)
		job->outcome = OUTCOME_CANCELLED;
	else if ((mark -= account->memory_permille) < 0)
		job->outcome = OUTCOME_OUT_OF_MEMORY;
	else if (chance_permille(chance, 1) && job->kind->pool == POOL_BATCH)
		job->outcome = OUTCOME_NODE_FAIL;
	else if (chance_permille(chance, 60) && !job->array)
		job->patience_seconds = chance_between(chance, 5, 600) * MINUTE;

	if (job->outcome == OUTCOME_TIMEOUT) {
		job->limit_seconds = limit_for(job->run_seconds);
		job->run_seconds = job->limit_seconds + chance_between(chance, 1, 28);
	} else if (job->outcome != OUTCOME_COMPLETED) {
		job->run_seconds = 1 + job->run_seconds * part / 100;
	}
	if (job->outcome == OUTCOME_OUT_OF_MEMORY)
		job->memory_permille = 1000;
}

/* A few figures that are too good to be true stand in every export. */
static void draw_use(struct job *job, const struct habit *habit, struct chance *chance)
{
	const struct kind *kind = job->kind;

	job->cpu_permille = around(chance, habit->cpu_permille, kind->cpu_permille);
	job->memory_permille = around(chance, habit->memory_permille, kind->memory_permille);
	job->gpu_percent = within(chance, kind->gpu_percent);
	if (chance_permille(chance, 1))
		job->cpu_permille = (int)chance_between(chance, 1004, 1030);
	if (chance_permille(chance, 1) && kind->mb_per_cpu)
		job->memory_permille = (int)chance_between(chance, 1010, 1060);
}

static struct job *job_new(const struct habit *habit, guint size, struct chance *chance)
{
	const struct kind *kind = habit->kind;
	const struct pool_info *pool = &pools[kind->pool];
	struct job *job = g_new0(struct job, 1);

	job->person = habit->person;
	job->kind = kind;
	job->nodes = kind->nodes[size];
	job->cpus = kind->cpus[size];
	job->gpus = kind->gpus[size];
	job->memory_mb = kind->mb_per_cpu ? kind->mb_per_cpu * job->cpus : pool->memory_mb;
	job->memory_mb = MIN(job->memory_mb, pool->memory_mb);
	job->submit = job->eligible = job->start = job->end = NEVER;

	job->run_seconds = chance_quartiles(chance, kind->minutes) * MINUTE;
	job->run_seconds = job->run_seconds * habit->length_percent / 100;
	if (job->run_seconds < 3600)
		job->run_seconds += chance_between(chance, 0, 59);
	else /* like much in this file, rounder than life, so that the file compresses */
		job->run_seconds -= job->run_seconds % 60;
	job->limit_seconds = limit_for(job->run_seconds * habit->limit_percent / 100);
	draw_use(job, habit, chance);
	return job;
}

/* When to submit the next `jobs`. People work steadily: these come in their own part of the season,
 * at an hour by its weight. */
static gint64 moment(struct habit *habit, int jobs, struct chance *chance)
{
	gint64 total = habit->hours[HOURS - 1];
	gint64 from = total * habit->done / habit->wanted;
	gint64 to = total * MIN(habit->done + jobs, habit->wanted) / habit->wanted;
	gint64 mark = chance_between(chance, from + 1, MAX(to, from + 1));
	gint64 hour = 0;

	habit->done += jobs;
	while (habit->hours[hour] < mark)
		hour++;
	/* The cluster opens with a test; people come afterwards. */
	return MAX(hour * 3600 + chance_between(chance, 0, 3599), 1800);
}

/* The tasks of an array have one limit, and the same program takes the same memory. */
static void share(GPtrArray *jobs, guint first)
{
	const struct job *model = g_ptr_array_index(jobs, first);
	gint64 limit = 0;

	for (guint i = first; i < jobs->len; i++)
		limit = MAX(limit, ((struct job *)g_ptr_array_index(jobs, i))->limit_seconds);
	for (guint i = first; i < jobs->len; i++) {
		struct job *job = g_ptr_array_index(jobs, i);

		if (job->outcome == OUTCOME_TIMEOUT)
			job->run_seconds += limit - job->limit_seconds;
		job->limit_seconds = limit;
		if (model->memory_permille < 1000 && job->outcome != OUTCOME_OUT_OF_MEMORY)
			job->memory_permille = model->memory_permille;
	}
}

/* Adds one array, chain or single job. */
static void submit(GPtrArray *jobs, struct habit *habit, struct chance *chance)
{
	int tasks = within(chance, habit->kind->tasks), chain = within(chance, habit->kind->chain);
	guint size = (guint)chance_between(chance, 0, 3);
	gint64 when = moment(habit, tasks * chain, chance);
	guint first = jobs->len;
	struct job *before = NULL;

	for (int i = 0; i < tasks * chain; i++) {
		struct job *job = job_new(habit, size, chance);

		job->array = tasks > 1;
		job->task = i;
		job->submit = when;
		draw_outcome(job, chance);
		if (tasks == 1) {
			if (before)
				before->next = job;
			before = job;
			when += 1;
		}
		g_ptr_array_add(jobs, job);
	}
	if (tasks > 1)
		share(jobs, first);
}

static void do_duty(GPtrArray *jobs, const struct duty *duty, const gint64 *hours, guint64 seed)
{
	for (guint person = duty->first; person <= duty->last; person++) {
		struct habit habit = { .person = person, .kind = duty->kind, .hours = hours };
		struct chance chance;

		chance_init(&chance, seed + person);
		habit_init(&habit, duty->jobs, &chance);
		while (habit.done < habit.wanted)
			submit(jobs, &habit, &chance);
	}
}

static gint by_submission(gconstpointer a, gconstpointer b)
{
	const struct job *left = *(struct job *const *)a, *right = *(struct job *const *)b;

	if (left->submit != right->submit)
		return left->submit < right->submit ? -1 : 1;
	return left->id < right->id ? -1 : left->id > right->id;
}

/* Slurm gives an array's own number to the last task that starts. */
static guint number_array(GPtrArray *jobs, guint first, guint32 id)
{
	struct job *job = g_ptr_array_index(jobs, first);
	guint count = 0;

	do {
		job->array = id;
		job->id = id + ++count;
		job = first + count < jobs->len ? g_ptr_array_index(jobs, first + count) : NULL;
	} while (job && job->task > 0 && job->array);
	job = g_ptr_array_index(jobs, first + count - 1);
	job->id = id;
	return count;
}

static void number(GPtrArray *jobs)
{
	guint i = 0;

	for (; i < jobs->len; i++) /* the order in which they were made, for by_submission() */
		((struct job *)g_ptr_array_index(jobs, i))->id = i;
	g_ptr_array_sort(jobs, by_submission);
	i = 0;
	while (i < jobs->len) {
		struct job *job = g_ptr_array_index(jobs, i);

		if (job->array) {
			i += number_array(jobs, i, FIRST_ID + i);
		} else {
			job->id = FIRST_ID + i;
			i++;
		}
	}
}

/* Ten minutes on one node, ended on the minute: the first End, where the year's window begins. */
static struct job *opening_test(void)
{
	static const struct kind kind = { .pool = POOL_BATCH, .steps = STEPS_ONE };
	struct job *job = g_new0(struct job, 1);

	job->person = 69;
	job->kind = &kind;
	job->nodes = 1;
	job->cpus = 4;
	job->memory_mb = 8192;
	job->run_seconds = job->limit_seconds = 600;
	job->patience_seconds = NEVER;
	job->cpu_permille = 950;
	job->memory_permille = 900;
	job->submit = 0;
	job->eligible = job->start = job->end = NEVER;
	return job;
}

GPtrArray *demand_new(guint64 seed)
{
	GPtrArray *jobs = g_ptr_array_new_with_free_func(g_free);
	g_autofree gint64 *hours = g_new(gint64, SEASONS * HOURS);

	for (guint season = 0; season < SEASONS; season++) {
		gint64 total = 0;

		for (guint hour = 0; hour < HOURS; hour++)
			hours[season * HOURS + hour] = total += season_weight(season, hour);
	}
	g_ptr_array_add(jobs, opening_test());
	for (guint i = 0; i < duties_count; i++) {
		const gint64 *season = hours + duties[i].season * HOURS;

		do_duty(jobs, &duties[i], season, seed * 1000003 + i * 1009);
	}
	number(jobs);
	return jobs;
}

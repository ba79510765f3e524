/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/families.h"

#include <string.h>

/* Requests */

#define CPU_SHIFT 32
#define GPU_SHIFT 32

/* Nobody holds more of anything than 30 bits can say. */
static inline guint64 cpus_nodes(const struct job *job)
{
	return (guint64)job->cpus << CPU_SHIFT | (guint64)job->nodes;
}

/* Of seconds the last two bits say nothing, as limits are whole minutes. What is not known becomes nought, and what has no end
 * the largest. */
static inline guint64 gpus_limit(const struct job *job)
{
	return (guint64)job->gpus << GPU_SHIFT | (guint32)(job->limit_seconds >> 2);
}

struct family_request family_request(const struct family_key *key)
{
	guint32 limit = (guint32)key->gpus_limit;
	return (struct family_request){
		.cpus = (gint64)(key->cpus_nodes >> CPU_SHIFT),
		.nodes = (guint32)key->cpus_nodes,
		.gpus = (gint64)(key->gpus_limit >> GPU_SHIFT),
		.limit_seconds = limit == 0 || limit == G_MAXUINT32 ? VALUE_UNKNOWN : (gint64)limit << 2,
	};
}

static inline gboolean key_larger(const struct family_key *a, struct family_key b)
{
	return a->cpus_nodes > b.cpus_nodes || (a->cpus_nodes == b.cpus_nodes && a->gpus_limit > b.gpus_limit);
}

/* Needs */

/* Of one unit more. */
static inline guint step_above(guint64 units)
{
	guint e = 60 - (guint)__builtin_clzll(units | 8);
	return 8 * e + (guint)(units >> e) + 1;
}

guint need_step(gint64 units)
{
	return units > 0 ? step_above((guint64)units - 1) : 0;
}

gint64 need_edge(guint step)
{
	if (step <= 16)
		return step;
	guint e = (step - 1) / 8 - 1;
	return (gint64)(step - 8 * e) << e;
}

static inline guint32 jobs_at(const struct need *need, guint i)
{
	switch (need->width) {
	case 1: return need->jobs.narrow[i];
	case 2: return need->jobs.middle[i];
	default: return need->jobs.wide[i];
	}
}

static inline void set_jobs(struct need *need, guint i, guint32 jobs)
{
	switch (need->width) {
	case 1: need->jobs.narrow[i] = (guint8)jobs; break;
	case 2: need->jobs.middle[i] = (guint16)jobs; break;
	default: need->jobs.wide[i] = jobs;
	}
}

static inline gboolean fits(const struct need *need, guint32 jobs)
{
	return jobs >> 4 >> (8 * need->width - 4) == 0;
}

/* So that a number of this step can be as large as that. */
static G_NO_INLINE void widen(struct need *need, guint step, guint32 jobs)
{
	guint first = need->steps ? MIN(need->first, step) : step;
	guint end = need->steps ? MAX(need->first + need->steps, step + 1) : step + 1;
	struct need wider = { .first = (guint16)first, .steps = (guint16)(end - first), .width = MAX(need->width, 1) };
	while (!fits(&wider, jobs))
		wider.width *= 2;
	wider.jobs.narrow = g_malloc0((gsize)wider.width * wider.steps);
	for (guint i = 0; i < need->steps; i++)
		set_jobs(&wider, need->first - first + i, jobs_at(need, i));
	g_free(need->jobs.narrow);
	*need = wider;
}

static inline void need_add(struct need *need, guint step, guint32 jobs)
{
	guint32 sum = step - need->first < need->steps ? jobs_at(need, step - need->first) + jobs : jobs;
	if (G_UNLIKELY(step - need->first >= need->steps || !fits(need, sum)))
		widen(need, step, sum);
	set_jobs(need, step - need->first, sum);
}

static void need_merge(struct need *into, const struct need *from)
{
	for (guint i = 0; i < from->steps; i++)
		if (jobs_at(from, i) > 0)
			need_add(into, from->first + i, jobs_at(from, i));
}

gint64 need_jobs(const struct need *need)
{
	gint64 jobs = 0;
	for (guint i = 0; i < need->steps; i++)
		jobs += jobs_at(need, i);
	return jobs;
}

gint64 need_jobs_up_to(const struct need *need, gint64 units)
{
	gint64 jobs = 0;
	for (guint i = 0; i < need->steps && need_edge(need->first + i) <= units; i++)
		jobs += jobs_at(need, i);
	return jobs;
}

gint64 need_enough_for(const struct need *need, gint64 jobs)
{
	guint i = 0;
	for (gint64 before = jobs_at(need, 0); before < jobs && i + 1 < need->steps; before += jobs_at(need, i))
		i++;
	return need_edge(need->first + i);
}

/* Families */

static void family_free(struct family *family)
{
	g_free(family->time.jobs.narrow);
	g_free(family->memory.jobs.narrow);
	g_free(family->cpus.jobs.narrow);
	g_free(family);
}

void families_free(struct families *families)
{
	for (guint i = 0; families && i < families->count; i++)
		family_free(families->of[i]);
	g_free(families);
}

/* Becomes part of the rest. */
static void give_up(struct families *families, const struct family *family)
{
	families->rest_jobs += need_jobs(&family->time);
	families->rest_cpu_seconds += family->cpu_seconds;
}

/* NULL: so many larger ones are there already. */
static G_NO_INLINE struct family *family_new(struct families *families, guint at, struct family_key key)
{
	guint last = families->count - 1;
	if (at == FAMILIES_MOST)
		return NULL;
	if (families->count == FAMILIES_MOST) {
		give_up(families, families->of[last]);
		family_free(families->of[last]);
		families->count--;
	}
	memmove(families->keys + at + 1, families->keys + at, (families->count - at) * sizeof *families->keys);
	memmove(families->of + at + 1, families->of + at, (families->count - at) * sizeof *families->of);
	families->count++;
	families->keys[at] = key;
	families->keys[families->count] = (struct family_key){ 0, 0 };
	families->of[families->count] = NULL;
	return families->of[at] = g_new0(struct family, 1);
}

static inline struct family *family_get(struct families *families, guint64 cpus_nodes, guint64 gpus_limit)
{
	const struct family_key *at = families->keys;
	while (at->cpus_nodes > cpus_nodes)
		at++;
	while (at->cpus_nodes == cpus_nodes && at->gpus_limit > gpus_limit)
		at++;
	struct family *found = families->of[at - families->keys];
	if (G_LIKELY(found && at->cpus_nodes == cpus_nodes && at->gpus_limit == gpus_limit))
		return found;
	return family_new(families, (guint)(at - families->keys), (struct family_key){ cpus_nodes, gpus_limit });
}

static inline void count_memory(struct family *family, const struct job *job)
{
	gint64 each = MAX(0, job->memory_peak_bytes - 1);
	if (job->nodes > 1)
		each /= job->nodes;
	need_add(&family->memory, step_above((guint64)each >> NEED_MEMORY_SHIFT), 1);
	if (job->memory_bytes == VALUE_UNKNOWN || job->memory_bytes == VALUE_UNLIMITED || job->whole_node_memory)
		return;
	family->asked_jobs++;
	family->asked_mib += job->memory_bytes >> 20;
}

static inline void count_needs(struct family *family, const struct judged *judged)
{
	const struct job *job = judged->job;
	need_add(&family->time, step_above((guint32)MIN(4 * job->elapsed_seconds - 1, G_MAXUINT32) / 225), 1);
	family->cpu_seconds += job->elapsed_seconds * job->cpus;
	if (judged->judges_memory)
		count_memory(family, job);
	if (job->nodes == 1 && job->cpus > 1 && judged->core > 0)
		need_add(&family->cpus, step_above((guint64)(NEED_CPU_UNITS * judged->used - 1) / (guint64)judged->core), 1);
}

void families_count(struct families **families, const struct judged *judged)
{
	const struct job *job = judged->job;
	if (!*families)
		*families = g_new0(struct families, 1);
	struct family *family = family_get(*families, cpus_nodes(job), gpus_limit(job));
	gboolean completed = job->state == STATE_COMPLETED;
	if (!family) {
		(*families)->rest_jobs += completed;
		(*families)->rest_cpu_seconds += completed ? job->elapsed_seconds * job->cpus : 0;
	} else if (completed) {
		count_needs(family, judged);
	} else {
		*(job->state == STATE_TIMEOUT ? &family->cut_by_time : &family->cut_by_memory) += 1;
	}
}

static void family_merge(struct family *into, const struct family *from)
{
	need_merge(&into->time, &from->time);
	need_merge(&into->memory, &from->memory);
	need_merge(&into->cpus, &from->cpus);
	into->cpu_seconds += from->cpu_seconds;
	into->asked_jobs += from->asked_jobs;
	into->asked_mib += from->asked_mib;
	into->cut_by_time += from->cut_by_time;
	into->cut_by_memory += from->cut_by_memory;
}

void families_merge(struct families **into, const struct families *from)
{
	if (!from)
		return;
	if (!*into)
		*into = g_new0(struct families, 1);
	(*into)->rest_jobs += from->rest_jobs;
	(*into)->rest_cpu_seconds += from->rest_cpu_seconds;
	for (guint i = 0; i < from->count; i++) {
		struct family *family = family_get(*into, from->keys[i].cpus_nodes, from->keys[i].gpus_limit);
		if (family)
			family_merge(family, from->of[i]);
		else
			give_up(*into, from->of[i]);
	}
}

/* In files */

static void put_need(GByteArray *tape, const struct need *need)
{
	tape_put_count(tape, need->steps);
	if (need->steps)
		tape_put_count(tape, need->first);
	for (guint i = 0; i < need->steps; i++)
		tape_put_count(tape, jobs_at(need, i));
}

static void family_numbers(struct family *family, gint64 *numbers[5])
{
	gint64 *const all[5] = { &family->cpu_seconds, &family->asked_jobs, &family->asked_mib, &family->cut_by_time,
	                         &family->cut_by_memory };
	memcpy(numbers, all, sizeof all);
}

void families_put(GByteArray *tape, const struct families *families)
{
	gint64 *numbers[5];
	tape_put_count(tape, families ? families->count : 0);
	tape_put_number(tape, families ? families->rest_jobs : 0);
	tape_put_number(tape, families ? families->rest_cpu_seconds : 0);
	for (guint i = 0; families && i < families->count; i++) {
		struct family *family = families->of[i];
		tape_put_count(tape, families->keys[i].cpus_nodes);
		tape_put_count(tape, families->keys[i].gpus_limit);
		family_numbers(family, numbers);
		for (guint n = 0; n < G_N_ELEMENTS(numbers); n++)
			tape_put_number(tape, *numbers[n]);
		put_need(tape, &family->time);
		put_need(tape, &family->memory);
		put_need(tape, &family->cpus);
	}
}

static void read_need(struct tape *tape, struct need *need)
{
	guint steps = (guint)tape_count_to(tape, NEED_STEPS);
	guint first = steps ? (guint)tape_count_to(tape, NEED_STEPS - steps) : 0;
	for (guint i = 0; i < steps && !tape->wrong; i++) {
		guint32 jobs = (guint32)tape_count_to(tape, G_MAXUINT32);
		if (jobs > 0)
			need_add(need, first + i, jobs);
	}
	if (need->steps != steps && !tape->wrong)
		tape_fail(tape, "a histogram in it begins or ends with nothing");
}

static void read_family(struct tape *tape, struct family *family)
{
	gint64 *numbers[5];
	family_numbers(family, numbers);
	for (guint n = 0; n < G_N_ELEMENTS(numbers); n++)
		*numbers[n] = tape_number(tape);
	read_need(tape, &family->time);
	read_need(tape, &family->memory);
	read_need(tape, &family->cpus);
}

void families_read(struct tape *tape, struct families **families)
{
	guint count = (guint)tape_count_to(tape, FAMILIES_MOST);
	gint64 rest_jobs = tape_number(tape), rest_cpu_seconds = tape_number(tape);
	if (count == 0 && rest_jobs == 0 && rest_cpu_seconds == 0)
		return;
	*families = g_new0(struct families, 1);
	(*families)->rest_jobs = rest_jobs;
	(*families)->rest_cpu_seconds = rest_cpu_seconds;
	for (guint i = 0; i < count && !tape->wrong; i++) {
		struct family_key key;
		key.cpus_nodes = tape_count(tape);
		key.gpus_limit = tape_count(tape);
		if (i > 0 && !key_larger(&(*families)->keys[i - 1], key))
			tape_fail(tape, "kinds of jobs in it are out of order");
		if (!tape->wrong)
			read_family(tape, family_new(*families, i, key));
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/families.h"

#include <string.h>

#include "base/divide.h"

/* Requests */

#define CPU_SHIFT 32
#define GPU_SHIFT 32

/* Nobody holds more of anything than 30 bits can say. */
static inline guint64 cpus_nodes(const struct job *job)
{
	return (guint64)job->cpus << CPU_SHIFT | (guint64)job->nodes;
}

/* Of seconds the last two bits say nothing, as limits are whole minutes. What is not known becomes
 * nought, and what has no end the largest. */
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
		.limit_seconds = limit == 0 || limit == G_MAXUINT32
			? VALUE_UNKNOWN : (gint64)limit << 2,
	};
}

static inline gboolean key_larger(const struct family_key *a, struct family_key b)
{
	return a->cpus_nodes > b.cpus_nodes ||
	       (a->cpus_nodes == b.cpus_nodes && a->gpus_limit > b.gpus_limit);
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

/* They may begin at any byte. */
static inline guint32 number_at(const guint8 *jobs, guint width, guint i)
{
	guint16 middle;
	guint32 wide;
	switch (width) {
	case 1: return jobs[i];
	case 2: return memcpy(&middle, jobs + 2 * i, sizeof middle), middle;
	default: return memcpy(&wide, jobs + 4 * i, sizeof wide), wide;
	}
}

static inline void set_number(guint8 *jobs, guint width, guint i, guint32 number)
{
	guint16 middle = (guint16)number;
	switch (width) {
	case 1: jobs[i] = (guint8)number; break;
	case 2: memcpy(jobs + 2 * i, &middle, sizeof middle); break;
	default: memcpy(jobs + 4 * i, &number, sizeof number);
	}
}

static inline guint32 jobs_at(const struct need *need, guint i)
{
	return number_at(need->jobs, need->width, i);
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
	for (gint64 before = jobs_at(need, 0); before < jobs && i + 1 < need->steps;
	     before += jobs_at(need, i))
		i++;
	return need_edge(need->first + i);
}

/* Families */

G_STATIC_ASSERT(NEED_STEPS < 1 << 9);

static inline guint window_bytes(const struct family *family, enum need_kind kind)
{
	return family->of[kind].steps * family->of[kind].width;
}

static inline guint bytes_before(const struct family *family, enum need_kind kind)
{
	guint bytes = 0;
	for (enum need_kind k = 0; k < kind; k++)
		bytes += window_bytes(family, k);
	return bytes;
}

struct need family_need(const struct family *family, enum need_kind kind)
{
	const struct need_window *window = &family->of[kind];
	return (struct need){ window->first, window->steps, window->width,
		              family->jobs + bytes_before(family, kind) };
}

static inline gboolean fits(guint width, guint32 jobs)
{
	return jobs >> 4 >> (8 * width - 4) == 0;
}

static struct need_window wider_window(const struct need_window *old, guint step, guint32 jobs)
{
	guint first = old->steps ? MIN(old->first, step) : step;
	guint end = old->steps ? MAX(old->first + old->steps, step + 1) : step + 1,
	      width = MAX(old->width, 1);
	while (!fits(width, jobs))
		width *= 2;
	return (struct need_window){ first & 0x1ff, (end - first) & 0x1ff, width & 7 };
}

/* So that a number of this step can be as large as that. */
static G_NO_INLINE void widen(struct family **family, enum need_kind kind, guint step, guint32 jobs)
{
	const struct family *old = *family;
	const struct need need = family_need(old, kind);
	struct need_window window = wider_window(&old->of[kind], step, jobs);
	guint before = bytes_before(old, kind), behind = before + window_bytes(old, kind),
	      size = window.steps * window.width;
	guint after = bytes_before(old, NEEDS) - behind;
	struct family *wider = g_malloc0(sizeof *wider + before + size + after);
	memcpy(wider, old, sizeof *old + before);
	memcpy(wider->jobs + before + size, old->jobs + behind, after);
	wider->of[kind] = window;
	for (guint i = 0; i < need.steps; i++)
		set_number(wider->jobs + before, window.width, need.first - window.first + i,
		           jobs_at(&need, i));
	g_free(*family);
	*family = wider;
}

static inline void need_add(struct family **family, enum need_kind kind, guint step, guint32 jobs)
{
	const struct need_window *window = &(*family)->of[kind];
	guint8 *numbers = (*family)->jobs + bytes_before(*family, kind);
	guint at = step - window->first;
	guint32 sum = at < window->steps ? number_at(numbers, window->width, at) + jobs : jobs;
	if (G_LIKELY(at < window->steps && fits(window->width, sum))) {
		set_number(numbers, window->width, at, sum);
		return;
	}
	widen(family, kind, step, sum);
	window = &(*family)->of[kind];
	set_number((*family)->jobs + bytes_before(*family, kind), window->width,
	           step - window->first, sum);
}

static void need_merge(struct family **into, const struct family *from, enum need_kind kind)
{
	const struct need need = family_need(from, kind);
	for (guint i = 0; i < need.steps; i++)
		if (jobs_at(&need, i) > 0)
			need_add(into, kind, need.first + i, jobs_at(&need, i));
}

#define FIRST_ROOM 4
G_STATIC_ASSERT(FAMILIES_MOST % FIRST_ROOM == 0 && (FAMILIES_MOST & (FAMILIES_MOST - 1)) == 0);

/* For so many, and for the noughts behind them. */
static void make_room(struct families *families, guint room)
{
	struct family_key *keys = g_malloc0((room + 1) * (sizeof *keys + sizeof *families->of));
	struct family **of = (struct family **)(void *)(keys + room + 1);
	if (families->count > 0) {
		memcpy(keys, families->keys, families->count * sizeof *keys);
		memcpy(of, families->of, families->count * sizeof *of);
	}
	g_free(families->keys);
	families->keys = keys;
	families->of = of;
	families->room = room;
}

static struct families *families_new(void)
{
	struct families *families = g_new0(struct families, 1);
	make_room(families, FIRST_ROOM);
	return families;
}

void families_free(struct families *families)
{
	if (!families)
		return;
	for (guint i = 0; i < families->count; i++)
		g_free(families->of[i]);
	g_free(families->keys);
	g_free(families);
}

/* Becomes part of the rest. */
static void give_up(struct families *families, const struct family *family)
{
	const struct need time = family_need(family, NEED_TIME);
	families->rest_jobs += need_jobs(&time);
	families->rest_cpu_seconds += family->cpu_seconds;
}

/* NULL: so many larger ones are there already. */
static G_NO_INLINE struct family **family_new(struct families *families, guint at,
                                              struct family_key key)
{
	guint last = families->count - 1;
	if (at == FAMILIES_MOST)
		return NULL;
	if (families->count == FAMILIES_MOST) {
		give_up(families, families->of[last]);
		g_free(families->of[last]);
		families->count--;
	}
	if (families->count == families->room)
		make_room(families, 2 * families->room);
	memmove(families->keys + at + 1, families->keys + at,
	        (families->count - at) * sizeof *families->keys);
	memmove(families->of + at + 1, families->of + at,
	        (families->count - at) * sizeof *families->of);
	families->count++;
	families->keys[at] = key;
	families->keys[families->count] = (struct family_key){ 0, 0 };
	families->of[families->count] = NULL;
	families->of[at] = g_new0(struct family, 1);
	return &families->of[at];
}

/* Where it is: it moves when it grows. */
static inline struct family **family_get(struct families *families, guint64 cpus_nodes,
                                         guint64 gpus_limit)
{
	const struct family_key *at = families->keys;
	while (at->cpus_nodes > cpus_nodes)
		at++;
	while (at->cpus_nodes == cpus_nodes && at->gpus_limit > gpus_limit)
		at++;
	struct family **found = &families->of[at - families->keys];
	if (G_LIKELY(*found && at->cpus_nodes == cpus_nodes && at->gpus_limit == gpus_limit))
		return found;
	return family_new(families, (guint)(at - families->keys),
	                  (struct family_key){ cpus_nodes, gpus_limit });
}

static inline void count_memory(struct family **family, const struct job *job)
{
	gint64 each = MAX(0, job->memory_peak_bytes - 1);
	if (job->nodes > 1)
		each /= job->nodes;
	need_add(family, NEED_MEMORY, step_above((guint64)each >> NEED_MEMORY_SHIFT), 1);
	if (job->memory_bytes == VALUE_UNKNOWN || job->memory_bytes == VALUE_UNLIMITED ||
	    job->whole_node_memory)
		return;
	(*family)->asked_jobs++;
	(*family)->asked_mib += job->memory_bytes >> 20;
}

static inline void count_needs(struct family **family, const struct judged *judged)
{
	const struct job *job = judged->job;
	need_add(family, NEED_TIME,
	         step_above((guint32)MIN(4 * job->elapsed_seconds - 1, G_MAXUINT32) / 225), 1);
	(*family)->cpu_seconds += job->elapsed_seconds * job->cpus;
	if (judged->judges_memory)
		count_memory(family, job);
	if (job->nodes == 1 && job->cpus > 1 && judged->core > 0)
		need_add(family, NEED_CPUS,
		         step_above(divide((guint64)(NEED_CPU_UNITS * judged->used - 1),
		                           (guint64)judged->core)),
		         1);
}

void families_count(struct families **families, const struct judged *judged)
{
	const struct job *job = judged->job;
	if (!*families)
		*families = families_new();
	struct family **family = family_get(*families, cpus_nodes(job), gpus_limit(job));
	gboolean completed = job->state == STATE_COMPLETED;
	if (!family) {
		(*families)->rest_jobs += completed;
		(*families)->rest_cpu_seconds += completed ? job->elapsed_seconds * job->cpus : 0;
	} else if (completed) {
		count_needs(family, judged);
	} else {
		*(job->state == STATE_TIMEOUT ? &(*family)->cut_by_time
		                              : &(*family)->cut_by_memory) += 1;
	}
}

static void family_merge(struct family **into, const struct family *from)
{
	for (enum need_kind kind = 0; kind < NEEDS; kind++)
		need_merge(into, from, kind);
	(*into)->cpu_seconds += from->cpu_seconds;
	(*into)->asked_jobs += from->asked_jobs;
	(*into)->asked_mib += from->asked_mib;
	(*into)->cut_by_time += from->cut_by_time;
	(*into)->cut_by_memory += from->cut_by_memory;
}

void families_merge(struct families **into, const struct families *from)
{
	if (!from)
		return;
	if (!*into)
		*into = families_new();
	(*into)->rest_jobs += from->rest_jobs;
	(*into)->rest_cpu_seconds += from->rest_cpu_seconds;
	for (guint i = 0; i < from->count; i++) {
		struct family **family = family_get(*into, from->keys[i].cpus_nodes,
		                                    from->keys[i].gpus_limit);
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

static void put_family(GByteArray *tape, const struct family *family)
{
	const gint64 numbers[] = { family->cpu_seconds, family->asked_jobs, family->asked_mib,
		                   family->cut_by_time, family->cut_by_memory };
	for (guint n = 0; n < G_N_ELEMENTS(numbers); n++)
		tape_put_number(tape, numbers[n]);
	for (enum need_kind kind = 0; kind < NEEDS; kind++) {
		const struct need need = family_need(family, kind);
		put_need(tape, &need);
	}
}

void families_put(GByteArray *tape, const struct families *families)
{
	tape_put_count(tape, families ? families->count : 0);
	tape_put_number(tape, families ? families->rest_jobs : 0);
	tape_put_number(tape, families ? families->rest_cpu_seconds : 0);
	for (guint i = 0; families && i < families->count; i++) {
		tape_put_count(tape, families->keys[i].cpus_nodes);
		tape_put_count(tape, families->keys[i].gpus_limit);
		put_family(tape, families->of[i]);
	}
}

static void read_need(struct tape *tape, struct family **family, enum need_kind kind)
{
	guint steps = (guint)tape_count_to(tape, NEED_STEPS);
	guint first = steps ? (guint)tape_count_to(tape, NEED_STEPS - steps) : 0;
	for (guint i = 0; i < steps && !tape->wrong; i++) {
		guint32 jobs = (guint32)tape_count_to(tape, G_MAXUINT32);
		if (jobs > 0)
			need_add(family, kind, first + i, jobs);
	}
	if ((*family)->of[kind].steps != steps && !tape->wrong)
		tape_fail(tape, "a histogram in it begins or ends with nothing");
}

static guint32 read_jobs(struct tape *tape)
{
	gint64 jobs = tape_number(tape);
	if (jobs < 0 || jobs > G_MAXUINT32)
		tape_fail(tape, "a count of jobs in it is none");
	return (guint32)jobs;
}

static void read_family(struct tape *tape, struct family **family)
{
	(*family)->cpu_seconds = tape_number(tape);
	(*family)->asked_jobs = read_jobs(tape);
	(*family)->asked_mib = tape_number(tape);
	(*family)->cut_by_time = read_jobs(tape);
	(*family)->cut_by_memory = read_jobs(tape);
	for (enum need_kind kind = 0; kind < NEEDS; kind++)
		read_need(tape, family, kind);
}

void families_read(struct tape *tape, struct families **families)
{
	guint count = (guint)tape_count_to(tape, FAMILIES_MOST);
	gint64 rest_jobs = tape_number(tape), rest_cpu_seconds = tape_number(tape);
	if (count == 0 && rest_jobs == 0 && rest_cpu_seconds == 0)
		return;
	*families = families_new();
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

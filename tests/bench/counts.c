/* SPDX-License-Identifier: Apache-2.0 */
/* counts all|sums THREADS INVENTORY EXPORT: what duckdb.js asks of an export, by the rooms that a
 * report is made in and nothing else: jobs read and folded, summed up by user, and demand by
 * minute; with "all" also by account, group, partition, state, kind of node and day, waits, each
 * user's largest peak of memory, and what the largest jobs held of a node. Prints what duckdb.js
 * does. */
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/divide.h"
#include "measure/tally.h"

#define CACHE_LINE 64

/* One sum for each text of a column. */
struct column_sums {
	struct intern *texts;
	GArray *sums;   /* struct use, by the number of the text */
	guint32 number; /* of the text of the burst */
};

enum by { BY_USER, BY_ACCOUNT, BY_GROUP, BY_PARTITION, BYS };

/* What one thread counts: in cache lines of its own, else each would wait for what the other writes
 * beside it. */
struct counts {
	alignas(CACHE_LINE) const struct inventory *inventory;
	gboolean all;
	struct column_sums by[BYS];
	guint bys;        /* so many of them */
	struct use burst; /* of the jobs in a row that have the same texts: not yet in the sums of
	                     these */
	GArray *peaks; /* gint64, by the number of the user: largest peak, bytes */
	struct use states[STATES];
	struct use *pools;
	gint64 *pool_gpus, *pool_cpus; /* the most that a job held; of each of its nodes */
	struct places *places;
	struct days days;
	struct zone *zone;
	gint64 waits[64]; /* jobs, by the bits of their wait and one more second, less one */
	struct series *demand;
	gint64 first_end, last_end;
};

static void counts_init(struct counts *counts, const struct inventory *inventory, gboolean all)
{
	*counts = (struct counts){ .inventory = inventory,
		                   .all = all,
		                   .bys = all ? BYS : BY_USER + 1,
		                   .first_end = G_MAXINT64 };
	for (guint i = 0; i < BYS; i++) {
		counts->by[i].texts = intern_new();
		counts->by[i].sums = g_array_new(FALSE, TRUE, sizeof(struct use));
	}
	counts->peaks = g_array_new(FALSE, TRUE, sizeof(gint64));
	counts->pools = g_new0(struct use, inventory_pools(inventory));
	counts->pool_gpus = g_new0(gint64, inventory_pools(inventory));
	counts->pool_cpus = g_new0(gint64, inventory_pools(inventory));
	counts->places = places_new(inventory_pools(inventory));
	counts->zone = zone_new(NULL, NULL);
	counts->demand = series_new(60);
	days_init(&counts->days);
}

static void counts_clear(struct counts *counts)
{
	for (guint i = 0; i < BYS; i++) {
		intern_free(counts->by[i].texts);
		g_array_unref(counts->by[i].sums);
	}
	g_array_unref(counts->peaks);
	g_free(counts->pools);
	g_free(counts->pool_gpus);
	g_free(counts->pool_cpus);
	places_free(counts->places);
	zone_free(counts->zone);
	series_free(counts->demand);
	days_clear(&counts->days);
}

static struct use *sum_of(struct column_sums *sums, guint32 number)
{
	if (number >= sums->sums->len)
		g_array_set_size(sums->sums, number + 1);
	return &g_array_index(sums->sums, struct use, number);
}

static void end_burst(struct counts *counts)
{
	if (counts->burst.jobs == 0)
		return;
	for (guint i = 0; i < counts->bys; i++)
		use_add(sum_of(&counts->by[i], counts->by[i].number), &counts->burst);
	counts->burst = (struct use){ 0 };
}

static G_NO_INLINE void begin_burst(struct counts *counts, const struct job *job)
{
	const struct slice texts[BYS] = { job->user, job->account, job->group, job->partition };
	end_burst(counts);
	for (guint i = 0; i < counts->bys; i++)
		counts->by[i].number = intern_get(counts->by[i].texts, texts[i]);
}

/* Jobs come in bursts: what those with the same texts hold is summed up before it is added to each
 * of these. */
static inline void add_burst(struct counts *counts, const struct job *job, const struct use *use)
{
	if (!job->repeats)
		begin_burst(counts, job);
	use_add(&counts->burst, use);
}

static inline struct use held_by(const struct job *job)
{
	struct use use = { .jobs = 1, .ran = job->ran };
	use.cpu_seconds = job->elapsed_seconds * job->cpus;
	use.gpu_seconds = job->elapsed_seconds * job->gpus;
	use.node_seconds = job->elapsed_seconds * job->nodes;
	return use;
}

static struct use use_of(const struct job *job)
{
	struct use use = held_by(job);
	use.cpu_used_milliseconds = job->cpu_used_milliseconds == VALUE_UNKNOWN
	                                    ? 0
	                                    : job->cpu_used_milliseconds;
	if (job->ran) {
		use.wait_submit_seconds = job->start - job->submit;
		use.wait_eligible_seconds = job->start - job->eligible;
	}
	return use;
}

static void add_nodes(struct counts *counts, const struct job *job, const struct use *use)
{
	guint count;
	const struct place *places = places_find(counts->places, counts->inventory, job->nodelist,
	                                         &count);
	for (guint i = 0; i < count; i++) {
		guint pool = places[i].pool;
		use_add(&counts->pools[pool], use);
		counts->pool_gpus[pool] = MAX(counts->pool_gpus[pool], job->gpus);
		counts->pool_cpus[pool] = MAX(counts->pool_cpus[pool],
		                              (gint64)divide((guint64)job->cpus,
		                                             (guint64)job->nodes));
	}
}

static void add_peak(struct counts *counts, const struct job *job)
{
	guint32 user = counts->by[BY_USER].number;
	if (user >= counts->peaks->len)
		g_array_set_size(counts->peaks, user + 1);
	gint64 *peak = &g_array_index(counts->peaks, gint64, user);
	*peak = MAX(*peak, job->memory_peak_bytes);
}

static void add_day(struct counts *counts, const struct job *job, const struct use *use)
{
	struct day_use *day = days_get(&counts->days, zone_day(counts->zone, job->end));
	day->jobs_ended++;
	day->cpu_seconds += use->cpu_seconds;
	day->gpu_seconds += use->gpu_seconds;
	day->node_seconds += use->node_seconds;
}

static void add_more(struct counts *counts, const struct job *job, const struct use *use)
{
	use_add(&counts->states[job->state], use);
	add_peak(counts, job);
	add_day(counts, job, use);
	if (!job->ran)
		return;
	add_nodes(counts, job, use);
	counts->waits[63 - __builtin_clzll(1 + (guint64)use->wait_eligible_seconds)]++;
}

static G_ALWAYS_INLINE inline void add_sums(struct counts *counts, const struct job *job,
                                            const struct use *use)
{
	add_burst(counts, job, use);
	counts->first_end = MIN(counts->first_end, job->end);
	counts->last_end = MAX(counts->last_end, job->end);
	if (job->ran)
		series_add(counts->demand, job->start, job->start + job->elapsed_seconds,
		           job->cpus);
}

static gboolean take_sums(void *data, const struct job *job, GError **error)
{
	struct use use = held_by(job);
	(void)error;
	add_sums(data, job, &use);
	return TRUE;
}

static gboolean take_all(void *data, const struct job *job, GError **error)
{
	struct use use = use_of(job);
	(void)error;
	add_sums(data, job, &use);
	add_more(data, job, &use);
	return TRUE;
}

static void merge_sums(struct column_sums *into, const struct column_sums *from)
{
	for (guint32 i = 0; i < from->sums->len; i++)
		use_add(sum_of(into,
		               intern_get(into->texts, slice_of(intern_text(from->texts, i)))),
		        &g_array_index(from->sums, struct use, i));
}

static void counts_merge(struct counts *into, const struct counts *from)
{
	for (guint i = 0; i < BYS; i++)
		merge_sums(&into->by[i], &from->by[i]);
	for (guint i = 0; i < STATES; i++)
		use_add(&into->states[i], &from->states[i]);
	for (guint i = 0; i < inventory_pools(into->inventory); i++)
		use_add(&into->pools[i], &from->pools[i]);
	for (guint i = 0; i < G_N_ELEMENTS(into->waits); i++)
		into->waits[i] += from->waits[i];
	days_merge(&into->days, &from->days);
	series_merge(into->demand, from->demand);
	into->first_end = MIN(into->first_end, from->first_end);
	into->last_end = MAX(into->last_end, from->last_end);
}

static void print_use(const char *what, const char *name, const struct use *use)
{
	printf("%s%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT
	       " %" G_GINT64_FORMAT "\n",
	       what, name, use->jobs, use->cpu_seconds, use->gpu_seconds, use->node_seconds);
}

static void print_sums(const char *what, const struct column_sums *sums)
{
	for (guint32 i = 0; i < sums->sums->len; i++)
		print_use(what, intern_text(sums->texts, i),
		          &g_array_index(sums->sums, struct use, i));
}

/* Of kinds of node and of states the names are others elsewhere: what was held tells them apart. */
static void print_more(const struct counts *counts)
{
	print_sums("~Account ", &counts->by[BY_ACCOUNT]);
	print_sums("~Group ", &counts->by[BY_GROUP]);
	print_sums("~Partition ", &counts->by[BY_PARTITION]);
	for (guint i = 0; i < STATES; i++)
		if (counts->states[i].jobs > 0)
			print_use("~State", "", &counts->states[i]);
	for (guint i = 0; i < inventory_pools(counts->inventory); i++)
		if (counts->pools[i].jobs > 0)
			print_use("~class", "", &counts->pools[i]);
	for (guint i = 0; i < counts->days.of->len; i++) {
		const struct day_use *day = &g_array_index(counts->days.of, struct day_use, i);
		if (day->jobs_ended > 0)
			printf("~day %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
			       counts->days.first + (gint32)i, day->jobs_ended, day->cpu_seconds);
	}
	for (guint i = 0; i < G_N_ELEMENTS(counts->waits); i++)
		if (counts->waits[i] > 0)
			printf("~wait %u %" G_GINT64_FORMAT "\n", i, counts->waits[i]);
}

static void print(const struct counts *counts)
{
	gint64 from = counts->first_end / 60 * 60, to = (counts->last_end + 59) / 60 * 60, sum = 0,
	       peak = 0;
	gsize count;
	g_autofree gint64 *minutes = series_values(counts->demand, from, to, &count);
	print_sums("", &counts->by[BY_USER]);
	if (counts->all)
		print_more(counts);
	for (gsize i = 0; i < count; i++) {
		sum += minutes[i];
		peak = MAX(peak, minutes[i]);
	}
	printf("~demand %.6f %.6f\n", (double)peak / 60, (double)sum / 60 / (double)count);
}

static gboolean count_all(char *const *paths, struct counts *counts, guint threads, GError **error)
{
	g_autofree struct taker *takers = g_new0(struct taker, threads);
	struct reader *reader = reader_open(paths, counts->zone, error);
	gboolean done;
	if (!reader)
		return FALSE;
	for (guint i = 0; i < threads; i++)
		takers[i] = (struct taker){ counts->all ? take_all : take_sums, &counts[i], NULL,
			                    NULL };
	reader_spare_digests(reader);
	if (!counts->all)
		reader_spare_use(reader);
	done = reader_each(reader, takers, threads, NULL, NULL, error);
	reader_close(reader);
	return done;
}

int main(int argc, char **argv)
{
	guint threads = argc == 5 ? (guint)atoi(argv[2]) : 0;
	struct counts *counts = g_aligned_alloc0(MAX(threads, 1), sizeof *counts, CACHE_LINE);
	struct inventory *inventory = inventory_new();
	GError *error = NULL;
	if (threads == 0 || !inventory_load(inventory, argv[3], "", &error))
		return 1;
	inventory_finish(inventory);
	for (guint i = 0; i < threads; i++)
		counts_init(&counts[i], inventory, g_str_equal(argv[1], "all"));
	if (!count_all(argv + 4, counts, threads, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	for (guint i = 0; i < threads; i++)
		end_burst(&counts[i]);
	for (guint i = 1; i < threads; i++)
		counts_merge(counts, &counts[i]);
	print(counts);
	for (guint i = 0; i < threads; i++)
		counts_clear(&counts[i]);
	g_aligned_free(counts);
	inventory_free(inventory);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* counts all|sums THREADS INVENTORY EXPORT: what duckdb.js asks of an export, by the rooms that a report is made in and nothing
 * else: jobs read and folded, summed up by user, and demand by minute; with "all" also by account, group, partition, state, kind
 * of node and day, waits and peaks of memory. Prints the sums of users and the demand as duckdb.js does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/tally.h"

/* One sum for each text of a column. */
struct column_sums {
	struct intern *texts;
	GArray *sums;             /* struct use, by the number of the text */
	struct short_text before; /* the text of the job before … */
	gboolean before_short;    /* … when it is a short one … */
	guint32 number;           /* … and its number */
};

enum by { BY_USER, BY_ACCOUNT, BY_GROUP, BY_PARTITION, BYS };

/* What one thread counts. */
struct counts {
	const struct inventory *inventory;
	gboolean all;
	struct column_sums by[BYS];
	gint64 largest_peak; /* of all jobs, bytes */
	struct use states[STATES];
	struct use *pools;
	struct places *places;
	struct days days;
	struct zone *zone;
	gint64 waits[65]; /* jobs, by the bits of their wait in seconds */
	struct series *demand;
	gint64 first_end, last_end;
};

static void counts_init(struct counts *counts, const struct inventory *inventory, gboolean all)
{
	*counts = (struct counts){ .inventory = inventory, .all = all, .first_end = G_MAXINT64 };
	for (guint i = 0; i < BYS; i++) {
		counts->by[i].texts = intern_new();
		counts->by[i].sums = g_array_new(FALSE, TRUE, sizeof(struct use));
	}
	counts->pools = g_new0(struct use, inventory_pools(inventory));
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
	g_free(counts->pools);
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

/* Jobs come in bursts: the text is often that of the job before. */
static void add_by(struct column_sums *sums, struct slice text, const struct use *use)
{
	struct short_text now;
	gboolean is_short = short_text(text, &now);
	if (!is_short || !sums->before_short || !short_text_equal(&now, &sums->before))
		sums->number = intern_get(sums->texts, text);
	sums->before = now;
	sums->before_short = is_short;
	use_add(sum_of(sums, sums->number), use);
}

static struct use use_of(const struct job *job)
{
	struct use use = { .jobs = 1, .ran = job->ran };
	use.cpu_seconds = job->elapsed_seconds * job->cpus;
	use.gpu_seconds = job->elapsed_seconds * job->gpus;
	use.node_seconds = job->elapsed_seconds * job->nodes;
	use.cpu_used_milliseconds = job->cpu_used_milliseconds == VALUE_UNKNOWN ? 0 : job->cpu_used_milliseconds;
	if (job->ran) {
		use.wait_submit_seconds = job->start - job->submit;
		use.wait_eligible_seconds = job->start - job->eligible;
	}
	return use;
}

static void add_nodes(struct counts *counts, const struct job *job, const struct use *use)
{
	guint count;
	const struct place *places = places_find(counts->places, counts->inventory, job->nodelist, &count);
	for (guint i = 0; i < count; i++)
		use_add(&counts->pools[places[i].pool], use);
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
	add_by(&counts->by[BY_ACCOUNT], job->account, use);
	add_by(&counts->by[BY_GROUP], job->group, use);
	add_by(&counts->by[BY_PARTITION], job->partition, use);
	use_add(&counts->states[job->state], use);
	counts->largest_peak = MAX(counts->largest_peak, job->memory_peak_bytes);
	add_day(counts, job, use);
	if (!job->ran)
		return;
	add_nodes(counts, job, use);
	counts->waits[use->wait_eligible_seconds > 0 ? 64 - __builtin_clzll((guint64)use->wait_eligible_seconds) : 0]++;
}

static gboolean take(void *data, const struct job *job, GError **error)
{
	struct counts *counts = data;
	struct use use = use_of(job);
	(void)error;
	add_by(&counts->by[BY_USER], job->user, &use);
	counts->first_end = MIN(counts->first_end, job->end);
	counts->last_end = MAX(counts->last_end, job->end);
	if (job->ran)
		series_add(counts->demand, job->start, job->start + job->elapsed_seconds, job->cpus);
	if (counts->all)
		add_more(counts, job, &use);
	return TRUE;
}

/* Users and demand are printed, so that they are what is put together. */
static void counts_merge(struct counts *into, const struct counts *from)
{
	const struct column_sums *users = &from->by[BY_USER];
	for (guint32 i = 0; i < users->sums->len; i++)
		use_add(sum_of(&into->by[BY_USER], intern_get(into->by[BY_USER].texts, slice_of(intern_text(users->texts, i)))),
		        &g_array_index(users->sums, struct use, i));
	series_merge(into->demand, from->demand);
	into->first_end = MIN(into->first_end, from->first_end);
	into->last_end = MAX(into->last_end, from->last_end);
}

static void print(const struct counts *counts)
{
	const struct column_sums *users = &counts->by[BY_USER];
	gint64 from = counts->first_end / 60 * 60, to = (counts->last_end + 59) / 60 * 60, sum = 0, peak = 0;
	gsize count;
	g_autofree gint64 *minutes = series_values(counts->demand, from, to, &count);
	for (guint32 i = 0; i < users->sums->len; i++) {
		const struct use *use = &g_array_index(users->sums, struct use, i);
		printf("%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n", intern_text(users->texts, i),
		       use->jobs, use->cpu_seconds, use->gpu_seconds, use->node_seconds);
	}
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
		takers[i] = (struct taker){ take, &counts[i], NULL };
	reader_spare_digests(reader);
	done = reader_each(reader, takers, threads, NULL, NULL, error);
	reader_close(reader);
	return done;
}

int main(int argc, char **argv)
{
	guint threads = argc == 5 ? (guint)atoi(argv[2]) : 0;
	g_autofree struct counts *counts = g_new0(struct counts, MAX(threads, 1));
	struct inventory *inventory = inventory_new();
	GError *error = NULL;
	if (threads == 0 || !inventory_load(inventory, argv[3], &error))
		return 1;
	inventory_finish(inventory);
	for (guint i = 0; i < threads; i++)
		counts_init(&counts[i], inventory, g_str_equal(argv[1], "all"));
	if (!count_all(argv + 4, counts, threads, &error)) {
		fprintf(stderr, "%s\n", error->message);
		return 1;
	}
	for (guint i = 1; i < threads; i++)
		counts_merge(counts, &counts[i]);
	print(counts);
	for (guint i = 0; i < threads; i++)
		counts_clear(&counts[i]);
	inventory_free(inventory);
	return 0;
}

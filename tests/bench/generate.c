/* SPDX-License-Identifier: Apache-2.0 */
/* generate: a year of accounting of a large cluster, of any number of jobs, the same bytes on every
 * machine.
 *
 * For measuring speed, not for looking at: people and habits are lifelike, so that columns are as
 * wide, as repetitive and as varied as in a real export, but no scheduler stands behind it and
 * nodes may hold more than they have. Everybody has a job among the first PEOPLE, so that a short
 * file has the same people as a long one. */
#include "tests/bench/export.h"

#include <stdio.h>

#include "sample-data/chance.h"

#define YEAR_SECONDS (365 * 86400)
#define FIRST_JOB 1000001
#define FIRST_UID 40001

enum { STEPS_NONE = 0, STEPS_SOME_PERMILLE = 60, STEPS_ALL = 1000 };

struct year {
	guint64 rows, written; /* job rows */
	gint64 steps_permille, odd_permille;
	struct chance chance;
	struct crowd *crowd;
	struct export *export;
	guint64 bursts;
	guint64 number; /* of the next job */
	char cancelled[32];
};

/* When the k-th of all rows is submitted. More happens by day: hours weigh as this says. */
static gint64 moment_of(const struct year *year)
{
	static const guint weights[24] = { 2, 2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8,
		                           7, 8, 8, 8, 7, 6, 5, 4, 4, 3, 3, 2 };
	guint64 second = year->written * YEAR_SECONDS / year->rows;
	guint64 day = second / 86400, sum = 0;
	guint64 share = second % 86400 * 106; /* which is what the weights sum to */
	guint hour = 0;

	while (hour < 23 && share >= (sum + weights[hour]) * 86400)
		sum += weights[hour++];
	return (gint64)(day * 86400 + hour * 3600 + (share - sum * 86400) / (24 * weights[hour]));
}

static void begin_burst(struct year *year, struct burst *burst, gint64 *jobs)
{
	struct chance *chance = &year->chance;
	guint64 turn = (guint64)chance_between(chance, 0, G_N_ELEMENTS(year->crowd->turns) - 1);
	guint64 who = year->bursts < PEOPLE ? year->bursts : year->crowd->turns[turn];
	const struct person *person = &year->crowd->people[who];
	const struct work *work = person->work;

	*jobs = year->bursts++ < PEOPLE ? 1 : chance_quartiles(chance, work->burst_jobs);
	*burst = (struct burst){ .person = person, .nodes = &nodes[work->nodes_kind] };
	burst->node_count = (guint)chance_between(chance, 1, work->nodes_most);
	burst->cpus = (guint)chance_quartiles(chance, work->cpus);
	burst->memory_mib = MIN(burst->nodes->memory_mib, burst->cpus * work->memory_mib_per_cpu);
	if (chance_permille(chance, 40)) /* asks for all of a node's */
		burst->memory_mib = burst->nodes->memory_mib;
	if (work->gpus_most > 0)
		burst->gpus = (guint)chance_between(chance, 1, work->gpus_most);
	burst->limit_minutes =
		(guint)work->elapsed_seconds[4] / 60 / (guint)chance_between(chance, 1, 4);
	if (*jobs > 1 && chance_permille(chance, work->arrays_permille))
		burst->array = year->number;
}

static void end_job(struct year *year, const struct burst *burst, struct job *job)
{
	struct chance *chance = &year->chance;
	gint64 limit = (gint64)burst->limit_minutes * 60, fate = chance_between(chance, 0, 999);

	job->elapsed = MIN(limit, chance_quartiles(chance, burst->person->work->elapsed_seconds));
	job->state = "COMPLETED";
	if (fate < 880)
		return;
	if (fate < 940) {
		job->state = "FAILED";
		job->elapsed = job->elapsed / chance_between(chance, 1, 20) + 1;
	} else if (fate < 965) {
		g_snprintf(year->cancelled, sizeof year->cancelled, "CANCELLED by %u",
		           FIRST_UID + (guint)(burst->person - year->crowd->people));
		job->state = year->cancelled;
	} else if (fate < 975) {
		job->state = "CANCELLED by 0";
		job->node = 0;
		job->elapsed = 0;
	} else if (fate < 995) {
		job->state = "TIMEOUT";
		job->elapsed = limit + chance_between(chance, 0, 29);
	} else {
		job->state = fate < 999 ? "OUT_OF_MEMORY" : "NODE_FAIL";
	}
}

static void make_job(struct year *year, const struct burst *burst, gint64 submit, struct job *job)
{
	static const gint32 waits[5] = { 30, 120, 900, 7200, 172800 };
	struct chance *chance = &year->chance;
	gint64 cpus = (gint64)burst->node_count * burst->cpus, busy;

	*job = (struct job){ .number = year->number++, .submit = submit, .eligible = submit };
	if (burst->array)
		job->task = (guint)(job->number - burst->array) + 1;
	if (chance_permille(chance, 30)) /* waits for another job first */
		job->eligible += chance_quartiles(chance, waits);
	job->start =
		job->eligible + (chance_permille(chance, 450) ? chance_between(chance, 0, 29)
	                                                      : chance_quartiles(chance, waits));
	job->node =
		(guint)chance_between(chance, 1, (gint64)burst->nodes->count - burst->node_count);
	job->gap = burst->node_count > 1 && (job->number & 3) == 0;
	end_job(year, burst, job);
	busy = chance_between(chance, burst->person->busy_permille / 2,
	                      burst->person->busy_permille);
	if (job->node > 0)
		job->used_milliseconds =
			job->elapsed * cpus * busy + chance_between(chance, 0, 999);
	job->peak_kib = burst->memory_mib * (guint)chance_between(chance, 20, 1000);
}

/* .batch starts the work, .0 does it, .extern looks on. */
static void write_steps(struct year *year, const struct job *job)
{
	gint64 start_up = job->used_milliseconds / 100;
	const struct step steps[] = {
		{ ".batch", start_up, 5100 },
		{ ".extern", 0, 0 },
		{ ".0", job->used_milliseconds - start_up, job->peak_kib },
	};

	for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
		export_step(year->export, job, &steps[i]);
}

static void write_job(struct year *year, const struct job *job)
{
	gboolean odd = year->odd_permille > 0 && chance_permille(&year->chance, year->odd_permille);

	export_job(year->export, job);
	year->written++;
	if (odd)
		export_mangle(year->export, (guint)chance_between(&year->chance, 0, 3));
	else if (job->node > 0 && year->steps_permille > 0 &&
	         chance_permille(&year->chance, year->steps_permille))
		write_steps(year, job);
}

static void write_year(struct year *year)
{
	export_header(year->export);
	while (year->written < year->rows) {
		gint64 submit = moment_of(year), left;
		struct burst burst;
		struct job job;

		begin_burst(year, &burst, &left);
		export_burst(year->export, &burst);
		for (; left > 0 && year->written < year->rows; left--) {
			make_job(year, &burst, submit, &job);
			write_job(year, &job);
			submit += burst.array ? 0 : (gint64)(job.number & 1);
		}
	}
}

static gboolean steps_from(const char *word, gint64 *permille)
{
	*permille = g_str_equal(word, "none")  ? STEPS_NONE
	            : g_str_equal(word, "all") ? STEPS_ALL
	                                       : STEPS_SOME_PERMILLE;
	return *permille != STEPS_SOME_PERMILLE || g_str_equal(word, "some");
}

struct choices {
	gboolean inventory, pseudonyms;
	gint64 seed;
};

static gboolean parse(int argc, char **argv, struct choices *choices, struct year *year,
                      GError **error)
{
	g_autofree char *steps = NULL;
	const GOptionEntry entries[] = {
		{ "steps", 0, 0, G_OPTION_ARG_STRING, &steps,
		  "Step rows for no job, some (18 for 100 jobs) or all", "none|some|all" },
		{ "odd", 0, 0, G_OPTION_ARG_INT64, &year->odd_permille,
		  "So many of a thousand rows are odd", "PERMILLE" },
		{ "real-names", 0, G_OPTION_FLAG_REVERSE, G_OPTION_ARG_NONE, &choices->pseudonyms,
		  "Logins, of nobody (as without an option)", NULL },
		{ "pseudonyms", 0, 0, G_OPTION_ARG_NONE, &choices->pseudonyms,
		  "user_0001 and group_A, as in a shareable file", NULL },
		{ "seed", 0, 0, G_OPTION_ARG_INT64, &choices->seed, "Another year", "NUMBER" },
		{ "nodes", 0, 0, G_OPTION_ARG_NONE, &choices->inventory,
		  "Write the inventory of nodes instead", NULL },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context =
		g_option_context_new("ROWS - a synthetic export for measuring speed");

	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, error))
		return FALSE;
	if (!steps_from(steps ? steps : "some", &year->steps_permille)) {
		g_set_error_literal(error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
		                    "--steps is none, some or all");
		return FALSE;
	}
	return choices->inventory || g_ascii_string_to_unsigned(argc == 2 ? argv[1] : "", 10, 1,
	                                                        1000000000, &year->rows, error);
}

int main(int argc, char **argv)
{
	struct choices choices = { .seed = 11 };
	struct year year = { .number = FIRST_JOB };
	g_autoptr(GError) error = NULL;

	if (!parse(argc, argv, &choices, &year, &error)) {
		fprintf(stderr, "generate: %s\n", error->message);
		return 2;
	}
	year.export = export_new();
	if (choices.inventory) {
		export_inventory(year.export);
	} else {
		chance_init(&year.chance, (guint64)choices.seed);
		year.crowd = crowd_new((guint64)choices.seed, choices.pseudonyms);
		write_year(&year);
		g_free(year.crowd);
	}
	if (export_close(year.export))
		return 0;
	perror("generate");
	return 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "command/ability.h"

#include "finding/figures.h"
#include "measure/habits.h"

#define ALTERNATIVES 5
/* A row of columns is filled up with its last. */
#define ONE(a) { a, a, a, a, a }
#define TWO(a, b) { a, b, b, b, b }
#define THREE(a, b, c) { a, b, c, c, c }
#define FOUR(a, b, c, d) { a, b, c, d, d }

/* Needs any one of the columns, in the order of preference. */
struct ability {
	const char *what;
	enum column columns[ALTERNATIVES];
	const char *without; /* what the report then does */
	gboolean (*measured)(const struct census *census); /* NULL: the column is enough */
	const char *unmeasured; /* what to say when the column is there and nothing in it */
	gboolean beyond_sacct; /* then another export would not help */
	/* whether there is anything to tell; NULL: always */
	gboolean (*told)(const struct census *census, const struct reading *reading);
};

static gboolean cpu_held(const struct census *census)
{
	return census->cpu_held > 0 || census->ran == 0;
}

static gboolean cpu_measured(const struct census *census)
{
	return census->cpu_measured > 0 || census->ran == 0;
}

static gboolean memory_measured(const struct census *census)
{
	return census->memory_measured > 0 || census->ran == 0;
}

static gboolean gpu_measured(const struct census *census)
{
	return census->gpu_measured > 0 || census->gpu_jobs == 0;
}

static gboolean has_hours(const struct census *census)
{
	return census->cut != TIMES_DAY;
}

static gboolean cut_to_hour(const struct census *census, const struct reading *reading)
{
	(void)reading;
	return census->cut == TIMES_HOUR;
}

static gboolean cut_to_minute(const struct census *census, const struct reading *reading)
{
	(void)reading;
	return census->cut == TIMES_MINUTE;
}

static gboolean has_seconds(const struct census *census)
{
	return census->cut == TIMES_SECOND;
}

static gboolean waits_tell(const struct census *census, const struct reading *reading)
{
	return has_hours(census) && (reading->has[COLUMN_ELIGIBLE] || reading->has[COLUMN_SUBMIT]);
}

/* Seconds since 1970, and times with an offset, know of no clock change. */
static gboolean clocks_tell(const struct census *census, const struct reading *reading)
{
	(void)census;
	return reading->civil_times || !reading->instants;
}

/* From so many jobs on one user alone says more of how the export was made than of the cluster. */
#define MANY_JOBS 100

static gboolean of_several(const struct census *census)
{
	guint nobody = intern_find(census->users, slice_of("")) >= 0;

	return intern_count(census->users) != 1 + nobody || census->jobs < MANY_JOBS;
}

static gboolean some_failed(const struct census *census)
{
	guint64 failed = 0;

	for (enum job_state state = 0; state < STATES; state++)
		failed += habits_state_failed(state) ? census->states[state] : 0;
	return failed > 0 || census->ran < HABITS_SOME_FAIL;
}

static double share_of_numbers(const struct census *census)
{
	return intern_count(census->clusters) > 1 ? 0 : numbers_share(census->numbers);
}

static gboolean numbers_tell(const struct census *census, const struct reading *reading)
{
	(void)reading;
	return share_of_numbers(census) > 0;
}

static gboolean has_most(const struct census *census)
{
	return share_of_numbers(census) >= NUMBERS_FEW;
}

static gboolean sums_cpu(const struct census *census, const struct reading *reading)
{
	(void)census;
	return reading->has[COLUMN_USER_CPU] && reading->has[COLUMN_SYSTEM_CPU] &&
	       !reading->has[COLUMN_TOTAL_CPU];
}

static gboolean tells_cpu(const struct census *census, const struct reading *reading)
{
	return !sums_cpu(census, reading);
}

#define NO_CPU_USE "the column is zero throughout: `sacct -X` prints that; leave -X out"

static const struct ability abilities[] = {
	{ "totals by user", ONE(COLUMN_USER),
	  "no job can be told to be anybody's",
	  of_several,
	  "all jobs are one user's: sacct shows those of others with --allusers, to whoever may see them", FALSE, NULL },
	{ "totals by account", ONE(COLUMN_ACCOUNT),
	  "there is nothing to compare by account, the default of --group-by", NULL, NULL, FALSE,
	  NULL },
	{ "totals by group", ONE(COLUMN_GROUP),
	  "there is nothing to compare with --group-by group", NULL, NULL, FALSE, NULL },
	{ "hours", THREE(COLUMN_ELAPSED_RAW, COLUMN_ELAPSED, COLUMN_END),
	  "nothing can be counted", NULL, NULL, FALSE, NULL },
	{ "hours across clock changes", TWO(COLUMN_ELAPSED_RAW, COLUMN_ELAPSED),
	  "End - Start is an hour wrong where the clock changed", NULL, NULL, FALSE, clocks_tell },
	{ "hours of suspended and running jobs", TWO(COLUMN_ELAPSED_RAW, COLUMN_ELAPSED),
	  "End - Start counts suspension that no column tells, and what still runs has no End",
	  NULL, NULL, FALSE, NULL },
	{ "core-hours", FOUR(COLUMN_ALLOC_CPUS, COLUMN_ALLOC_TRES, COLUMN_N_CPUS, COLUMN_REQ_CPUS),
	  "no CPU can be counted",
	  cpu_held,
	  "no job that ran has any CPU: what the column holds is empty, zero or not to be read", FALSE, NULL },
	{ "GPU-hours",
	  { COLUMN_ALLOC_TRES, COLUMN_ALLOC_GRES, COLUMN_REQ_TRES, COLUMN_REQ_GRES,
	    COLUMN_REQ_GPUS },
	  "jobs are taken to have had no GPU", NULL, NULL, FALSE, NULL },
	{ "node-hours", { COLUMN_N_NODES, COLUMN_NODE_LIST, COLUMN_ALLOC_TRES, COLUMN_ALLOC_NODES,
	  COLUMN_REQ_NODES },
	  "jobs are taken to have had one node each", NULL, NULL, FALSE, NULL },
	{ "demand by kind of node", ONE(COLUMN_NODE_LIST),
	  "demand is that of the whole cluster", NULL, NULL, FALSE, NULL },
	{ "demand by the minute", ONE(COLUMN_START),
	  "nothing can be counted", has_hours, ONLY_DAYS, FALSE, NULL },
	{ "the highest minute", TWO(COLUMN_START, COLUMN_END),
	  NULL, has_seconds, ONLY_HOURS, FALSE, cut_to_hour },
	{ "the highest minute", TWO(COLUMN_START, COLUMN_END),
	  NULL, has_seconds, ONLY_MINUTES, FALSE, cut_to_minute },
	{ "waits", TWO(COLUMN_ELIGIBLE, COLUMN_SUBMIT),
	  "no wait can be told", has_hours, ONLY_DAYS, FALSE, NULL },
	{ "waits without dependencies and holds", ONE(COLUMN_ELIGIBLE),
	  "waits begin when the job was submitted", NULL, NULL, FALSE, waits_tell },
	{ "memory requests", THREE(COLUMN_REQ_MEM, COLUMN_ALLOC_TRES, COLUMN_REQ_TRES),
	  "nothing is said of memory", NULL, NULL, FALSE, NULL },
	{ "CPU use", THREE(COLUMN_TOTAL_CPU, COLUMN_TRES_USAGE_IN_TOT, COLUMN_CPU_SECONDS),
	  "idle CPUs stay unmeasured",
	  cpu_measured, NO_CPU_USE, FALSE, tells_cpu },
	{ "CPU use, as the sum of UserCPU and SystemCPU", ONE(COLUMN_USER_CPU),
	  NULL, cpu_measured, NO_CPU_USE, FALSE, sums_cpu },
	{ "memory use", THREE(COLUMN_TRES_USAGE_IN_TOT, COLUMN_MAX_RSS, COLUMN_MEM_USED),
	  "memory asked for and not used stays unmeasured",
	  memory_measured, "only step rows hold it, and no job has one beside it: leave -X out",
	  FALSE, NULL },
	{ "GPU use", ONE(COLUMN_TRES_USAGE_IN_AVE),
	  "idle GPUs stay unmeasured",
	  gpu_measured, "no gres/gpuutil in it: Slurm measures that with NVML only", TRUE, NULL },
	{ "failed work", ONE(COLUMN_STATE),
	  "no job can be judged: all use stays unmeasured",
	  some_failed,
	  "no job failed or was cancelled: sacct leaves such out where --state asks for completed ones", FALSE, NULL },
	{ "each job once", TWO(COLUMN_JOB_ID_RAW, COLUMN_JOB_ID),
	  "overlapping exports would be counted twice", NULL, NULL, FALSE, NULL },
	{ "arrays", ONE(COLUMN_JOB_ID),
	  "elements of an array cannot be told from single jobs", NULL, NULL, FALSE, NULL },
	{ "all jobs of the cluster", TWO(COLUMN_JOB_ID_RAW, COLUMN_JOB_ID),
	  "nothing tells whether some are missing",
	  has_most,
	  "most of the numbers that jobs were given meanwhile are not in it: sacct leaves jobs out where it is asked for "
	  "those of some --accounts, --partition, --qos, --user or --state", FALSE, numbers_tell },
};

static gboolean has_any(const struct ability *ability, const struct reading *reading)
{
	for (guint i = 0; i < ALTERNATIVES; i++)
		if (reading->has[ability->columns[i]])
			return TRUE;
	return FALSE;
}

static gboolean is_told(const struct ability *ability, const struct census *census,
                        const struct reading *reading)
{
	return !ability->told || ability->told(census, reading);
}

/* NULL when it can be computed. */
static const char *obstacle(const struct ability *ability, const struct census *census,
                            const struct reading *reading)
{
	if (!has_any(ability, reading))
		return ability->without;
	if (ability->measured && !ability->measured(census))
		return ability->unmeasured;
	return NULL;
}

/* "no State; no job can be judged". */
static char *words(const struct ability *ability, const char *why, const struct reading *reading)
{
	if (has_any(ability, reading))
		return g_strdup(why);
	return g_strdup_printf("no %s; %s", column_info(ability->columns[0])->name, why);
}

void ability_each(const struct census *census, const struct reading *reading,
                  void (*each)(const char *what, const char *obstacle, void *data), void *data)
{
	for (guint i = 0; i < G_N_ELEMENTS(abilities); i++) {
		if (!is_told(&abilities[i], census, reading))
			continue;
		const char *why = obstacle(&abilities[i], census, reading);
		g_autofree char *said = why ? words(&abilities[i], why, reading) : NULL;

		each(abilities[i].what, said, data);
	}
}

/* Without them sacct would print today alone: what is not known is for the reader to fill in. */
static void append_day(GString *command, const char *option, struct zone *zone, gint64 seconds)
{
	struct civil civil;

	if (seconds == VALUE_UNKNOWN) {
		g_string_append_printf(command, " %s " DAY_TO_FILL_IN, option);
		return;
	}
	civil = zone_civil(zone, seconds);
	g_string_append_printf(command, " %s %04d-%02d-%02d", option, civil.year, civil.month,
	                       civil.day);
}

/* Without -X, which has no steps; with -D, which has every run of a requeued job; --endtime is the
 * day after the last, since sacct takes a day for its first second. */
char *ability_command(const struct census *census, const struct reading *reading, struct zone *zone)
{
	gint64 after = census->last == VALUE_UNKNOWN ? VALUE_UNKNOWN : census->last + 86400;
	gboolean exportable = FALSE;
	GString *command;

	for (guint i = 0; i < G_N_ELEMENTS(abilities); i++)
		exportable |= is_told(&abilities[i], census, reading) &&
		              obstacle(&abilities[i], census, reading) &&
		              (!has_any(&abilities[i], reading) || !abilities[i].beyond_sacct);
	if (!exportable)
		return NULL;
	command = g_string_new("sacct --allusers --duplicates --parsable2");
	if (intern_count(census->clusters) > 1)
		g_string_append(command, " --allclusters");
	append_day(command, "--starttime", zone, census->first);
	append_day(command, "--endtime", zone, after);
	g_string_append(command, " --format=" RICH_FORMAT);
	return g_string_free(command, FALSE);
}

gboolean ability_wants(enum column column)
{
	struct slice rest = slice_of(RICH_FORMAT);

	while (rest.data)
		if (slice_is(slice_cut(&rest, ','), column_info(column)->name))
			return TRUE;
	return FALSE;
}

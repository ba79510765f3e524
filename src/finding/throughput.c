/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"
#include "finding/habits.h"

#include <math.h>

#define WITHIN_5_MINUTES 2 /* the first two steps of habits_wait_step() */
#define BELOW_AN_HOUR 3    /* the first three lengths */
#define UP_TO_4_CORES 2    /* the first two sizes */

/* Seven signs; they overlap, so they are shown one by one and not added up. */
enum indicator { WAIT, PROMPT, SINGLE, SMALL, SHORT, UTILIZATION, CORES, INDICATORS };

static const struct {
	const char *id, *label;
	enum unit unit;
	gboolean above; /* of the line; else below */
	double line;
} indicators[INDICATORS] = {
	[WAIT] = { "wait", "Median wait", UNIT_SECONDS, FALSE, 300 },
	[PROMPT] = { "prompt", "Started within five minutes", UNIT_SHARE, TRUE, 0.6 },
	[SINGLE] = { "single", "On a single core", UNIT_SHARE, TRUE, 0.5 },
	[SMALL] = { "small", "On at most four cores", UNIT_SHARE, TRUE, 0.8 },
	[SHORT] = { "short", "Under an hour", UNIT_SHARE, TRUE, 0.7 },
	[UTILIZATION] = { "utilization", "CPUs assigned to jobs", UNIT_SHARE, FALSE, 0.3 },
	[CORES] = { "cores", "Mean cores", UNIT_NUMBER, FALSE, 5 },
};

struct sums {
	gint64 all, single, small, brief, waited, prompt; /* jobs, or CPU-seconds */
	gint64 waits[HABITS_WAITS];
};

static void add_cell(struct sums *sums, guint size, guint length, gint64 amount,
                     const gint64 waits[HABITS_WAITS])
{
	sums->all += amount;
	sums->single += size == 0 ? amount : 0;
	sums->small += size < UP_TO_4_CORES ? amount : 0;
	sums->brief += length < BELOW_AN_HOUR ? amount : 0;
	for (guint i = 0; i < HABITS_WAITS; i++) {
		sums->waits[i] += waits[i];
		sums->waited += waits[i];
		sums->prompt += i < WITHIN_5_MINUTES ? waits[i] : 0;
	}
}

static double ratio(gint64 part, gint64 whole)
{
	return whole > 0 ? (double)part / (double)whole : NAN;
}

/* The upper edge of the step in which the middle lies; NAN beyond the last edge. */
static double median_wait(const struct sums *sums)
{
	guint step = 0;
	if (sums->waited == 0)
		return NAN;
	for (gint64 before = sums->waits[0]; before < sums->waited - before;
	     before += sums->waits[step])
		step++;
	return step + 1 < HABITS_WAITS ? (double)habits_wait_edges[step] : NAN;
}

static void shares(const struct sums *sums, double values[INDICATORS])
{
	values[WAIT] = median_wait(sums);
	values[PROMPT] = ratio(sums->prompt, sums->waited);
	values[SINGLE] = ratio(sums->single, sums->all);
	values[SMALL] = ratio(sums->small, sums->all);
	values[SHORT] = ratio(sums->brief, sums->all);
}

/* A utilization that is a bound only says something when even the bound is below the line. */
static const char *says(const struct evidence *evidence, enum indicator i, double value)
{
	gboolean holds = indicators[i].above ? value > indicators[i].line
	                                     : value < indicators[i].line;
	if (i == WAIT)
		holds = value <= indicators[i].line;
	if (isnan(value) || (i == UTILIZATION && !holds &&
	                     figures_value(evidence->figures, "utilization.is_bound", 0) != 0))
		return "not decidable";
	return holds ? "yes" : "no";
}

static const char *add_value(struct evidence *evidence, enum indicator i, const char *by,
                             double value)
{
	const char *answer = says(evidence, i, value);
	g_autofree char *id = g_strdup_printf("throughput.%s.%s", indicators[i].id, by);
	g_autofree char *says_id = g_strconcat(id, ".says", NULL);
	g_autofree char *label = g_strdup_printf("%s, by %s", indicators[i].label,
	                                         g_str_equal(by, "jobs") ? "jobs" : "hours");
	if (isnan(value))
		figures_add_missing(evidence->figures, id, indicators[i].unit,
		                    "it cannot be told from this export", label);
	else
		figures_add(evidence->figures, id, indicators[i].unit, value, label)->line =
			indicators[i].line;
	figures_add_text(evidence->figures, says_id, answer, label);
	return answer;
}

/* How long jobs wait and how full the machine is depend on how much work there is; of what kind it
 * is, their size and length tell. */
static const enum indicator signs_of_work[] = { SINGLE, SMALL, SHORT, CORES };

/* The kind of machine that all of these speak for, by jobs and by hours; else the empty text. */
static void add_work(struct evidence *evidence, const double by_jobs[INDICATORS],
                     const double by_hours[INDICATORS])
{
	const guint all = 2 * G_N_ELEMENTS(signs_of_work);
	guint yes = 0, no = 0;
	for (guint i = 0; i < all; i++) {
		enum indicator sign = signs_of_work[i / 2];
		const char *answer = says(evidence, sign, (i % 2 ? by_hours : by_jobs)[sign]);
		yes += g_str_equal(answer, "yes");
		no += g_str_equal(answer, "no");
	}
	figures_add_text(evidence->figures, "throughput.work",
	                 yes == all  ? "throughput"
	                 : no == all ? "capacity"
	                             : "",
	                 "Kind of machine that suits the work, by jobs and by hours");
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	const struct habits *habits = &evidence->tally->habits;
	const struct use *total = &evidence->tally->total;
	struct sums jobs = { 0 }, hours = { 0 };
	gint64 cpus = 0;
	for (guint size = 0; size < HABITS_SIZES; size++)
		for (guint length = 0; length < HABITS_LENGTHS; length++) {
			const struct habits_cell *cell = &habits->cells[size][length];
			cpus += cell->cpus;
			add_cell(&jobs, size, length, cell->jobs, cell->waits);
			add_cell(&hours, size, length, cell->cpu_seconds, cell->waited_cpu_seconds);
		}
	double by_jobs[INDICATORS], by_hours[INDICATORS];
	shares(&jobs, by_jobs);
	shares(&hours, by_hours);
	if (evidence->told.only_days)
		by_jobs[WAIT] = by_hours[WAIT] = by_jobs[PROMPT] = by_hours[PROMPT] = NAN;
	by_jobs[CORES] = ratio(cpus, jobs.all);
	by_hours[CORES] = ratio(total->cpu_seconds, total->wall_seconds);
	if (why_no_cpus(evidence->tally, NULL))
		by_jobs[SINGLE] = by_jobs[SMALL] = by_jobs[CORES] = by_hours[CORES] = NAN;
	by_jobs[UTILIZATION] = by_hours[UTILIZATION] = figures_value(evidence->figures,
	                                                             "utilization", NAN);
	guint differ = 0;
	for (enum indicator i = 0; i < INDICATORS; i++) {
		const char *left = add_value(evidence, i, "jobs", by_jobs[i]);
		differ += !g_str_equal(left, add_value(evidence, i, "hours", by_hours[i]));
	}
	add_work(evidence, by_jobs, by_hours);
	habits_count(evidence, "throughput.differ", differ,
	             "Signs on which jobs and hours disagree");
	if (total->cpu_seconds == 0)
		finding_unknown(finding, why_no_cpus(evidence->tally, "no job ran"));
	else
		habits_verdict(evidence, finding, differ > 0);
}

static const struct promised_figure figures_of_it[] = {
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_throughput = { "throughput", "Throughput or capacity", judge,
	                                         figures_of_it, .users = NULL };

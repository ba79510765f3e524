/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/habits.h"

/* When so many jobs ask for more than four times what they need, the scheduler cannot plan. */
#define WORTH_A_WORD 0.25

static gint64 limit_jobs(const struct habits *habits)
{
	gint64 jobs = 0;
	for (guint i = 0; i < HABITS_LIMITS; i++)
		jobs += habits->limits[i];
	return jobs;
}

/* Nearest rank, in whole per cents. */
static guint limit_median(const struct habits *habits, gint64 jobs)
{
	guint step = 0;
	for (gint64 before = habits->limits[0]; 2 * before < jobs; before += habits->limits[step])
		step++;
	return step;
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	const struct habits *habits = &evidence->tally->habits;
	gint64 jobs = limit_jobs(habits);
	habits_count(evidence, "limits.jobs", jobs, "Completed jobs with a time limit");
	habits_count(evidence, "limits.loose.jobs", habits->limits_above_4,
	             "… that asked for more than four times what they ran");
	double share = habits_share(evidence, "limits.loose.share", habits->limits_above_4, jobs,
	                            "Jobs that asked for more than four times what they ran");
	if (jobs > 0) {
		struct figure *median = figures_add(evidence->figures, "limits.median", UNIT_SHARE,
		                                    limit_median(habits, jobs) / 100.0,
		                                    "Time used of the limit, median");
		median->whole = TRUE;
		median->definition = g_strdup(
			"Elapsed ÷ limit of completed jobs, in whole per cents.");
	}
	if (jobs == 0)
		finding_unknown(finding,
		                "no completed job says a finite time limit (TimelimitRaw)");
	else
		habits_verdict(evidence, finding, share >= WORTH_A_WORD);
}

static const struct promised_figure figures_of_it[] = {
	{ "limits.median", UNIT_SHARE, "Time used of the limit, median" },
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_time_limits = {
	"time-limits", "Time limits", judge, figures_of_it,
	.coverage = "limits.jobs / jobs.ran",
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/habits.h"

#define WORTH_A_WORD 0.25
#define BELOW_5_MINUTES 2 /* the first two lengths of habits_length() */

static gint64 short_jobs(const struct party *party)
{
	return party->habits.short_jobs;
}

static void below_5_minutes(struct evidence *evidence)
{
	gint64 jobs = 0, cpu_seconds = 0;
	for (guint size = 0; size < HABITS_SIZES; size++)
		for (guint length = 0; length < BELOW_5_MINUTES; length++) {
			jobs += evidence->tally->habits.cells[size][length].jobs;
			cpu_seconds += evidence->tally->habits.cells[size][length].cpu_seconds;
		}
	habits_share(evidence, "short.five.share", jobs, evidence->tally->total.ran, "Jobs that ran for less than five minutes");
	habits_core_share(evidence, "short.five.hours.share", cpu_seconds, evidence->tally->total.cpu_seconds,
	                  "Of all core-hours, those of jobs that ran for less than five minutes");
}

static void elements_of_arrays(struct evidence *evidence, const struct own_habits *sum)
{
	static const char jobs[] = "Elements of arrays that ended within a minute", share[] = "Of jobs that ended within a minute, elements of arrays";
	static const char unknown[] = "the export has no JobID, and JobIDRaw does not tell elements of an array: export both";
	if (evidence->tally->rows.has[COLUMN_JOB_ID]) {
		habits_count(evidence, "short.array.jobs", sum->short_array_jobs, jobs);
		habits_share(evidence, "short.array.share", sum->short_array_jobs, sum->short_jobs, share);
	} else {
		figures_add_missing(evidence->figures, "short.array.jobs", UNIT_COUNT, unknown, jobs);
		figures_add_missing(evidence->figures, "short.array.share", UNIT_SHARE, unknown, share);
	}
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	const struct use *total = &evidence->tally->total;
	struct own_habits sum = habits_sum(evidence);
	habits_count(evidence, "short.jobs", sum.short_jobs, "Jobs that ended within a minute");
	double share = habits_share(evidence, "short.share", sum.short_jobs, total->ran, "Of all jobs that ran, those that ended within a minute");
	habits_hours(evidence, "short.hours", sum.short_cpu_seconds, "Core-hours of jobs that ended within a minute");
	habits_core_share(evidence, "short.hours.share", sum.short_cpu_seconds, total->cpu_seconds, "Of all core-hours, those of jobs that ended within a minute");
	elements_of_arrays(evidence, &sum);
	below_5_minutes(evidence);
	habits_people(evidence, "short", short_jobs);
	if (total->ran == 0)
		finding_unknown(finding, "no job ran");
	else
		habits_verdict(evidence, finding, share >= WORTH_A_WORD);
}

static const struct promised_figure figures_of_it[] = {
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_short_jobs = {
	"short-jobs", "Short jobs", judge, figures_of_it,
	.users = "short.users",
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/habits.h"

#define WORTH_A_WORD 0.25

static gint64 short_jobs(const struct party *party)
{
	return party->habits.short_jobs;
}

static void elements_of_arrays(struct evidence *evidence, const struct own_habits *sum)
{
	static const char jobs[] = "Elements of arrays that ended within a minute";
	static const char share[] = "Of jobs that ended within a minute, elements of arrays";
	static const char unknown[] = "the export has no JobID, and JobIDRaw does not tell "
	                              "elements of an array: export both";
	if (evidence->tally->rows.has[COLUMN_JOB_ID]) {
		habits_count(evidence, "short.array.jobs", sum->short_array_jobs, jobs);
		habits_share(evidence, "short.array.share", sum->short_array_jobs, sum->short_jobs,
		             share);
	} else {
		figures_add_missing(evidence->figures, "short.array.jobs", UNIT_COUNT, unknown,
		                    jobs);
		figures_add_missing(evidence->figures, "short.array.share", UNIT_SHARE, unknown,
		                    share);
	}
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	const struct use *total = &evidence->tally->total;
	struct own_habits sum = habits_sum(evidence);
	habits_count(evidence, "short.jobs", sum.short_jobs, "Jobs that ended within a minute");
	double share = habits_share(evidence, "short.share", sum.short_jobs, total->ran,
	                            "Of all jobs that ran, those that ended within a minute");
	habits_hours(evidence, "short.hours", sum.short_cpu_seconds,
	             "Core-hours of jobs that ended within a minute");
	habits_core_share(evidence, "short.hours.share", sum.short_cpu_seconds, total->cpu_seconds,
	                  "Of all core-hours, those of jobs that ended within a minute");
	elements_of_arrays(evidence, &sum);
	habits_share(evidence, "short.five.share", sum.five_jobs, total->ran,
	             "Of all jobs that ran, those that ended within five minutes");
	habits_core_share(evidence, "short.five.hours.share", sum.five_cpu_seconds,
	                  total->cpu_seconds,
	                  "Of all core-hours, those of jobs that ended within five minutes");
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

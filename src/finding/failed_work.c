/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"
#include "finding/habits.h"

/* Below this share of the core-hours what did not complete is no more than the usual. */
#define WORTH_A_WORD 0.05

static gint64 failed_cpu_seconds(const struct party *party)
{
	return party->habits.failed_cpu_seconds;
}

static void worst_state(struct evidence *evidence)
{
	const struct use *states = evidence->tally->states;
	enum job_state worst = STATE_FAILED;
	for (enum job_state s = 0; s < STATES; s++)
		if (habits_state_failed(s) && states[s].cpu_seconds > states[worst].cpu_seconds)
			worst = s;
	figures_add_text(evidence->figures, "failed.worst", state_name(worst),
	                 "The end that cost most");
	habits_hours(evidence, "failed.worst.hours", states[worst].cpu_seconds,
	             "Core-hours of jobs that ended so");
}

/* failed.by.timeout and so on: what is to be done is another thing for each. */
static void count_ways(struct evidence *evidence)
{
	const struct use *states = evidence->tally->states;
	for (enum job_state s = 0; s < STATES; s++) {
		if (!habits_state_failed(s))
			continue;
		g_autofree char *name = g_ascii_strdown(state_name(s), -1);
		g_autofree char *id = g_strconcat("failed.by.", name, NULL);
		g_autofree char *label = g_strconcat("Jobs that ran and ended as ", state_name(s),
		                                     NULL);
		habits_count(evidence, id, states[s].ran, label);
	}
}

/* Those that never ran among them. */
static gboolean any_failed(const struct tally *tally)
{
	for (enum job_state s = 0; s < STATES; s++)
		if (habits_state_failed(s) && tally->states[s].jobs > 0)
			return TRUE;
	return FALSE;
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	const struct use *total = &evidence->tally->total;
	struct own_habits sum = habits_sum(evidence);
	habits_count(evidence, "failed.jobs", sum.failed_jobs,
	             "Jobs that ran and did not complete");
	habits_hours(evidence, "failed.hours", sum.failed_cpu_seconds,
	             "Core-hours of jobs that did not complete");
	habits_hours(evidence, "failed.node_hours", sum.failed_node_seconds,
	             "Nodes × hours of jobs that did not complete");
	double share = habits_core_share(evidence, "failed.share", sum.failed_cpu_seconds,
	                                 total->cpu_seconds,
	                                 "Share of core-hours of jobs that did not complete");
	habits_people(evidence, "failed", failed_cpu_seconds);
	worst_state(evidence);
	count_ways(evidence);
	if (total->cpu_seconds == 0)
		finding_unknown(finding, why_no_cpus(evidence->tally, "no job ran"));
	else if (evidence->tally->states[STATE_UNKNOWN].cpu_seconds == total->cpu_seconds)
		finding_unknown(finding, "no job says how it ended: export with State");
	else if (total->ran >= HABITS_SOME_FAIL && !any_failed(evidence->tally))
		finding_unknown(finding, "of all jobs not one failed or was cancelled, as in an "
		                         "export of completed jobs alone");
	else
		habits_verdict(evidence, finding, share >= WORTH_A_WORD);
}

static const struct promised_figure figures_of_it[] = {
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_failed_work = {
	"failed-work", "Failed work", judge, figures_of_it,
	.users = "failed.users",
};

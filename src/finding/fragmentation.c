/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/habits.h"

#define WORTH_A_WORD 0.01

static gint64 spare_node_seconds(const struct party *party)
{
	return party->habits.spread_node_seconds - party->habits.spread_needed_seconds;
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	struct own_habits sum = habits_sum(evidence);
	gint64 spare = sum.spread_node_seconds - sum.spread_needed_seconds;
	habits_count(evidence, "spread.jobs", sum.spread_jobs,
	             "Jobs that would have fitted on fewer nodes");
	habits_hours(evidence, "spread.hours", sum.spread_node_seconds,
	             "Node-hours on which those jobs were spread");
	habits_hours(evidence, "spread.needed.hours", sum.spread_needed_seconds,
	             "Node-hours on which they would have fitted");
	double share = habits_share(evidence, "spread.share", spare,
	                            evidence->tally->total.node_seconds,
	                            "Node-hours touched without need, of all");
	habits_people(evidence, "spread", spare_node_seconds);
	if (evidence->tally->total.node_seconds == 0)
		finding_unknown(finding, "no job ran");
	else if (!evidence->has_requests)
		finding_unknown(finding,
		                "jobs do not say what memory they held: export with AllocTRES");
	else
		habits_verdict(evidence, finding, share >= WORTH_A_WORD);
}

static const struct promised_figure figures_of_it[] = {
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_fragmentation = {
	"fragmentation", "Scattered jobs", judge, figures_of_it,
	.users = "spread.users",
	.coverage = "memory.known.share",
};

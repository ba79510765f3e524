/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"
#include "finding/names.h"

static gboolean is_idle(const struct party *party)
{
	return party->is_idle;
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	struct figures *figures = evidence->figures;
	gint64 jobs = 0, cpu_seconds = 0, excess = 0, judged = 0;
	int lowest = 101;
	for (guint i = 0; i < evidence->people->users->len; i++) {
		const struct party *user = evidence->people->users->pdata[i];
		judged += user->judged_jobs;
		if (!user->is_idle)
			continue;
		jobs += user->judged_jobs;
		cpu_seconds += user->use.cpu_seconds;
		excess += user->excess[SCENARIO_EXPECTED];
		lowest = MIN(lowest, user->median_efficiency);
	}
	guint users;
	g_autofree char *names = names_of(evidence, evidence->people->users, is_idle, 6, &users);
	figures_add(figures, "idle.users", UNIT_COUNT, users,
	            "Users whose typical job leaves its CPUs idle");
	figures_add_text(figures, "idle.names", names, "Who they are");
	figures_add(figures, "idle.jobs", UNIT_COUNT, (double)jobs,
	            "Judged jobs of users whose jobs run idle");
	figures_add(figures, "idle.hours", UNIT_HOURS, (double)cpu_seconds / 3600,
	            "Core-hours of users whose jobs run idle");
	figures_add_excess(evidence, "idle.excess.hours", micro_hours(excess),
	                   "Node-hours held and not needed by users whose jobs run idle");
	figures_derive_or(
		figures, "idle.excess.share", UNIT_SHARE, "idle.excess.hours / ledger.hours",
		"Share of all node-hours held and not needed by users whose jobs run idle",
		NO_NODE_HOURS);
	if (users > 0)
		figures_add(figures, "idle.lowest", UNIT_SHARE, lowest / 100.0,
		            "Lowest median CPU efficiency among them")
			->whole = TRUE;
	else
		figures_add_missing(figures, "idle.lowest", UNIT_SHARE, "nobody runs idle",
		                    "Lowest median CPU efficiency");
	if (!evidence->has_users)
		finding_unknown(finding, figures_find(figures, "users.count")->reason);
	else if (judged == 0)
		finding_unknown(finding, why_no_cpu_judged(evidence));
	else
		finding->verdict = users > 0 ? VERDICT_GAIN : VERDICT_NOTHING;
	finding->grade = evidence->has_capacity ? GRADE_A : GRADE_B;
}

static const struct promised_figure figures_of_it[] = {
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_idle_jobs = {
	"idle-jobs", "Idle jobs", judge, figures_of_it,
	.users = "idle.users",
	.money = MONEY_OF_PROGRAMME("idle_jobs"),
	.effort = EFFORT_OF_PROGRAMME("idle_jobs"),
	.coverage = "coverage",
};

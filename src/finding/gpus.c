/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/habits.h"
#include "finding/names.h"

#define WORTH_A_WORD 0.01
#define MOST_NAMES 5

static gint64 idle_seconds(const struct party *party)
{
	return party->habits.gpu_idle_seconds;
}

static gint64 told_idle_seconds(const struct party *party)
{
	return party->by_kind ? idle_seconds(party) : 0;
}

/* All count, but who had GPUs is not said where the row of a user does not: of one alone the idle
 * hours would be the cluster's. */
static void add_people(struct evidence *evidence)
{
	const GPtrArray *users = evidence->people->users;
	g_autofree char *told = names_ranked(evidence, users, told_idle_seconds, MOST_NAMES, NULL);
	figures_add(evidence->figures, "gpus.users", UNIT_COUNT, names_count(users, idle_seconds),
	            "Users to whom they belong");
	figures_add_text(evidence->figures, "gpus.names", told,
	                 "Who they are, most first, as far as rows of users tell GPU-hours");
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	gint64 held = evidence->tally->total.gpu_seconds;
	struct own_habits sum = habits_sum(evidence);
	gint64 unmeasured = held - sum.gpu_idle_seconds - sum.gpu_busy_seconds;
	habits_hours(evidence, "gpus.idle.hours", sum.gpu_idle_seconds,
	             "GPU-hours held, measured idle");
	habits_hours(evidence, "gpus.busy.hours", sum.gpu_busy_seconds,
	             "GPU-hours held, measured busy");
	habits_hours(evidence, "gpus.unmeasured.hours", unmeasured, "GPU-hours held, unmeasured");
	double share = habits_share(evidence, "gpus.idle.share", sum.gpu_idle_seconds, held,
	                            "Measured idle, of GPU-hours held");
	habits_share(evidence, "gpus.busy.share", sum.gpu_busy_seconds, held,
	             "Measured busy, of GPU-hours held");
	habits_share(evidence, "gpus.unmeasured.share", unmeasured, held,
	             "Unmeasured, of GPU-hours held");
	add_people(evidence);
	if (held == 0)
		finding_unknown(finding, "no job held a GPU");
	else if (unmeasured == held)
		finding_unknown(finding, "no job’s GPU use is measured: where Slurm measures it, "
		                         "TRESUsageInAve says it as gres/gpuutil");
	else
		habits_verdict(evidence, finding, share >= WORTH_A_WORD);
}

static const struct promised_figure figures_of_it[] = {
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_gpus = {
	"gpus", "GPUs held", judge, figures_of_it,
	.users = "gpus.users",
	.coverage = "gpu.measured.share",
};

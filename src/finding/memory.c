/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"
#include "finding/names.h"

/* Memory excess below this share of all node-hours is not worth a programme. */
#define WORTH_A_WORD 0.01

#define MIB 1048576.0

static gboolean took_all(const struct party *party)
{
	return party->took_all_jobs > 0;
}

static void took_all_figures(struct evidence *evidence)
{
	struct figures *figures = evidence->figures;
	gint64 jobs = 0, cpu_seconds = 0, judged = 0, peak_mib = 0, highest_mib = 0;
	for (guint i = 0; i < evidence->people->users->len; i++) {
		const struct party *user = evidence->people->users->pdata[i];
		jobs += user->took_all_jobs;
		cpu_seconds += user->took_all_cpu_seconds;
		judged += user->took_all_judged;
		peak_mib += user->took_all_peak_mib;
		highest_mib = MAX(highest_mib, user->took_all_peak_max_mib);
	}
	guint users;
	g_autofree char *names = names_of(evidence, evidence->people->users, took_all, 5, &users);
	figures_add(figures, "memory.took_all.users", UNIT_COUNT, users,
	            "Users whose jobs took all memory of a node");
	figures_add_text(figures, "memory.took_all.names", names, "Who they are");
	figures_add(figures, "memory.took_all.jobs", UNIT_COUNT, (double)jobs,
	            "Jobs that took all memory of a node");
	figures_add(figures, "memory.took_all.hours", UNIT_HOURS, (double)cpu_seconds / 3600,
	            "Core-hours of those jobs");
	const char *reason = "no such job that completed and ran long enough has its memory use "
	                     "measured (steps with MaxRSS)";
	if (judged > 0) {
		figures_add(figures, "memory.took_all.peak", UNIT_BYTES,
		            (double)peak_mib * MIB / (double)judged,
		            "What those jobs really used of a node, mean");
		figures_add(figures, "memory.took_all.highest", UNIT_BYTES,
		            (double)highest_mib * MIB, "… at most");
	} else {
		figures_add_missing(figures, "memory.took_all.peak", UNIT_BYTES, reason,
		                    "What those jobs really used");
		figures_add_missing(figures, "memory.took_all.highest", UNIT_BYTES, reason,
		                    "… at most");
	}
}

/* Over all judged jobs, weighted by time. */
static void request_figures(struct evidence *evidence)
{
	gint64 asked = 0, peak = 0, jobs = 0;
	for (guint i = 0; i < evidence->people->users->len; i++) {
		const struct party *user = evidence->people->users->pdata[i];
		asked += user->memory_asked_mib_seconds;
		peak += user->memory_peak_mib_seconds;
		jobs += user->judged_memory_jobs;
	}
	figures_add(evidence->figures, "memory.judged", UNIT_COUNT, (double)jobs,
	            "Jobs whose memory use is measured");
	if (asked > 0)
		figures_add(evidence->figures, "memory.used.share", UNIT_SHARE,
		            (double)peak / (double)asked,
		            "Memory used of memory asked for, weighted by time");
	else
		figures_add_missing(evidence->figures, "memory.used.share", UNIT_SHARE,
		                    evidence->tally->cpu_seconds_memory_known == 0
		                            ? "no job says what memory it held (AllocTRES, ReqMem) "
		                              "and has its use measured (steps with MaxRSS)"
		                            : "no job that completed and ran long enough has its "
		                              "memory use measured (steps with MaxRSS)",
		                    "Memory used of memory asked for");
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	struct figures *figures = evidence->figures;
	took_all_figures(evidence);
	request_figures(evidence);
	figures_derive(figures, "memory.excess.hours", UNIT_HOURS,
	               "ledger.memory.hours + ledger.both.hours",
	               "Node-hours held for memory that was not needed");
	figures_derive_or(figures, "memory.excess.share", UNIT_SHARE,
	                  "memory.excess.hours / ledger.hours",
	                  "Share of node-hours held for memory that was not needed", NO_NODE_HOURS);
	if (figures_value(figures, "memory.judged", 0) == 0) {
		finding_unknown(finding, figures_find(figures, "memory.used.share")->reason);
		return;
	}
	const struct figure *share = figures_find(figures, "memory.excess.share");
	if (!share->has_value) {
		finding_unknown(finding, share->reason);
		return;
	}
	finding->grade = evidence->has_capacity ? GRADE_A : GRADE_B;
	finding->verdict = share->value >= WORTH_A_WORD ? VERDICT_GAIN : VERDICT_NOTHING;
}

static const struct promised_figure figures_of_it[] = {
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_memory = {
	"memory", "Memory requests", judge, figures_of_it,
	.users = "memory.took_all.users",
	.money = MONEY_OF_PROGRAMME("took_all"),
	.effort = EFFORT_OF_PROGRAMME("took_all"),
	.coverage = "coverage",
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/advice.h"
#include "finding/figures.h"
#include "finding/names.h"

#include <stdlib.h>

/* Below this share of the core-hours the ten heaviest are not worth a programme of their own. */
#define CONCENTRATED 0.25

#define MOST_TOP 10

#define GINI_LABEL \
	"How unequal the core-hours of users are, from 0 (all alike) to 1 (one has all): Gini’s coefficient"

static gboolean is_top(const struct party *party)
{
	return party->is_top;
}

/* Of those ranked the last may be all rows without a user, which are nobody's. */
static guint count_named(const GPtrArray *ranked)
{
	return ranked->len - (ranked->len > 0 && !party_is_named(ranked->pdata[ranked->len - 1]));
}

static void share_figure(struct evidence *evidence, const GPtrArray *ranked, guint count)
{
	gint64 sum = 0;
	for (guint i = 0; i < MIN(count, count_named(ranked)); i++)
		sum += ((const struct party *)ranked->pdata[i])->use.cpu_seconds;
	g_autofree char *id = g_strdup_printf("top%u.share", count);
	g_autofree char *label = count == 1 ? g_strdup("Core-hours of the heaviest user")
	                                    : g_strdup_printf("Core-hours of the %u heaviest users",
	                                                      count);
	gint64 all = evidence->tally->total.cpu_seconds;
	if (all > 0)
		figures_add(evidence->figures, id, UNIT_SHARE, (double)sum / (double)all, label)
			->line = CONCENTRATED;
	else
		figures_add_missing(evidence->figures, id, UNIT_SHARE, "no job ran", label);
}

static void half_figure(struct evidence *evidence, const GPtrArray *ranked)
{
	static const char label[] = "Users who hold half of the core-hours";
	gint64 sum = 0, all = evidence->tally->total.cpu_seconds;
	guint users = 0, named = count_named(ranked);
	while (users < named && 2 * sum < all)
		sum += ((const struct party *)ranked->pdata[users++])->use.cpu_seconds;
	if (2 * sum >= all)
		figures_add(evidence->figures, "power.half", UNIT_COUNT, users, label);
	else
		figures_add_missing(evidence->figures, "power.half", UNIT_COUNT,
		                    "more than half are of jobs without a user", label);
}

/* Gini's coefficient of the core-hours of users who have some: the mean difference between any two
 * of them ÷ twice their mean. `ranked` has the heaviest first. */
static void gini_figure(struct evidence *evidence, const GPtrArray *ranked)
{
	double sum = 0, weighted = 0;
	guint users = 0;
	for (guint i = 0; i < count_named(ranked); i++) {
		const struct party *user = ranked->pdata[i];
		if (user->use.cpu_seconds == 0)
			continue;
		sum += (double)user->use.cpu_seconds;
		weighted += (double)users++ * (double)user->use.cpu_seconds;
	}
	if (users > 0)
		figures_add(evidence->figures, "power.gini", UNIT_NUMBER,
		            ((users - 1) * sum - 2 * weighted) / (users * sum), GINI_LABEL);
	else
		figures_add_missing(evidence->figures, "power.gini", UNIT_NUMBER,
		                    "no user of a name held a core", GINI_LABEL);
}

static void excess_figures(struct evidence *evidence, struct finding *finding)
{
	gint64 allocated = 0, excess = 0;
	for (guint i = 0; i < evidence->people->users->len; i++) {
		const struct party *user = evidence->people->users->pdata[i];
		allocated += user->is_top ? user->allocated : 0;
		excess += user->is_top ? user->excess[SCENARIO_EXPECTED] : 0;
	}
	figures_add(evidence->figures, "power.hours", UNIT_HOURS, micro_hours(allocated),
	            "Node-hours of those whose jobs cost most");
	figures_add_excess(evidence, "power.excess.hours", micro_hours(excess),
	                   "Node-hours held and not needed by those whose jobs cost most");
	figures_derive_or(
		evidence->figures, "power.excess.share", UNIT_SHARE,
		"power.excess.hours / ledger.hours",
		"Share of all node-hours held and not needed by those whose jobs cost most",
		NO_NODE_HOURS);
	finding->grade = evidence->has_capacity ? GRADE_A : GRADE_B;
}

static void rest_figures(struct evidence *evidence)
{
	gint64 jobs = 0;
	for (guint i = 0; i < evidence->people->users->len; i++) {
		const struct party *user = evidence->people->users->pdata[i];
		jobs += user->families ? user->families->rest_jobs : 0;
	}
	figures_add(evidence->figures, "advice.rest.jobs", UNIT_COUNT, (double)jobs,
	            "Judged jobs of kinds beyond the 32 of one user that ask for most");
}

/* The share of what they hold that jobs would not, of memory or of cores, whichever is more, per
 * mille; time is not held. */
static gint64 freed_permille(const struct advice *advice)
{
	gint64 memory = 0, cpus = 0;
	if (advice_lowers_memory(advice) && advice->asked_bytes > 0)
		memory = (advice->asked_bytes - advice->memory_bytes) * 1000 / advice->asked_bytes;
	if (advice_lowers_cpus(advice))
		cpus = (advice->request.cpus - advice->cpus) * 1000 / advice->request.cpus;
	return MAX(memory, cpus);
}

/* Of those with most numbers the one that would free most, by core-hours, the first of such; NULL:
 * there is none. */
static const struct advice *example_of(const GArray *list)
{
	const struct advice *found = NULL;
	guint most = 0;
	for (guint i = 0; i < list->len; i++) {
		const struct advice *advice = &g_array_index(list, struct advice, i);
		guint numbers = (guint)(advice_lowers_memory(advice) + advice_lowers_cpus(advice) +
		                        advice_lowers_time(advice));
		gboolean frees_more = found && advice->cpu_seconds * freed_permille(advice) >
		                                       found->cpu_seconds * freed_permille(found);
		if (numbers > most || (numbers > 0 && numbers == most && frees_more))
			found = advice;
		most = MAX(most, numbers);
	}
	return found;
}

/* What to type is one of the tables; an example stands in the text. */
static void advice_figures(struct evidence *evidence)
{
	g_autoptr(GArray) list = advice_list(evidence);
	const struct advice *example = example_of(list);
	g_autofree char *command = example ? advice_command(example) : g_strdup("");
	guint kinds = 0, memory = 0, halved = 0;
	for (guint i = 0; i < list->len; i++) {
		const struct advice *advice = &g_array_index(list, struct advice, i);
		kinds += (guint)advice_lowers(advice);
		memory += advice->memory_bytes > 0 && advice->asked_bytes > 0;
		halved += advice_halves_memory(advice);
	}
	struct figures *figures = evidence->figures;
	figures_add(figures, "advice.kinds", UNIT_COUNT, kinds,
	            "Kinds of jobs that could ask for less");
	figures_add(figures, "advice.fitting", UNIT_COUNT, list->len - kinds,
	            "Kinds of jobs that ask for no more than is advised already");
	figures_add(figures, "advice.memory.kinds", UNIT_COUNT, memory,
	            "Kinds of jobs of which it is known what memory they ask for, and that it is "
	            "enough");
	figures_add(figures, "advice.memory.halved", UNIT_COUNT, halved,
	            "… that could ask for half of the memory, or less");
	figures_add_text(figures, "advice.example.user", example ? example->user : "",
	                 "One whose jobs there is advice for");
	figures_add(figures, "advice.example.cores", UNIT_COUNT,
	            example ? (double)example->request.cpus : 0, "… of so many cores");
	figures_add_text(figures, "advice.example.command", command, "What to type for them");
	rest_figures(evidence);
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	advice_figures(evidence);
	struct figures *figures = evidence->figures;
	if (!evidence->has_users) {
		finding_unknown(finding, figures_find(figures, "users.count")->reason);
		return;
	}
	if (evidence->tally->total.cpu_seconds == 0) {
		finding_unknown(finding, why_no_cpus(evidence->tally, "no job ran"));
		return;
	}
	g_autoptr(GPtrArray) ranked = people_by_core_hours(evidence->people->users);
	if (count_named(ranked) == 0) {
		finding_unknown(finding, "no job says whose it is");
		return;
	}
	share_figure(evidence, ranked, 1);
	share_figure(evidence, ranked, 5);
	share_figure(evidence, ranked, MOST_TOP);
	share_figure(evidence, ranked, 50);
	gini_figure(evidence, ranked);
	half_figure(evidence, ranked);
	figures_add(figures, "power.rest", UNIT_COUNT,
	            count_named(ranked) > MOST_TOP ? count_named(ranked) - MOST_TOP : 0,
	            "Users beyond the ten heaviest");
	guint named;
	g_autofree char *names = names_of(evidence, evidence->people->users, is_top, 10, &named);
	figures_add_text(figures, "power.names", names, "The heaviest users, by cost");
	figures_add(figures, "power.count", UNIT_COUNT, named, "Users talked to one by one");
	excess_figures(evidence, finding);
	finding->verdict = figures_value(figures, "top10.share", 0) >= CONCENTRATED
	                           ? VERDICT_GAIN
	                           : VERDICT_NOTHING;
}

static const struct promised_figure figures_of_it[] = {
	{ "top1.share", UNIT_SHARE, "Core-hours of the heaviest user" },
	{ "top5.share", UNIT_SHARE, "Core-hours of the 5 heaviest users" },
	{ "top10.share", UNIT_SHARE, "Core-hours of the 10 heaviest users" },
	{ "top50.share", UNIT_SHARE, "Core-hours of the 50 heaviest users" },
	{ "power.gini", UNIT_NUMBER, GINI_LABEL },
	{ "power.half", UNIT_COUNT, "Users who hold half of the core-hours" },
	{ "power.rest", UNIT_COUNT, "Users beyond the ten heaviest" },
	{ "power.names", UNIT_TEXT, "The heaviest users, by cost" },
	{ "power.count", UNIT_COUNT, "Users talked to one by one" },
	{ "power.hours", UNIT_HOURS, "Node-hours of those whose jobs cost most" },
	{ "power.excess.hours", UNIT_HOURS,
	  "Node-hours held and not needed by those whose jobs cost most" },
	{ "power.excess.share", UNIT_SHARE,
	  "Share of all node-hours held and not needed by those whose jobs cost most" },
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_power_users = {
	"power-users", "Heaviest users", judge, figures_of_it,
	.users = "programme.top_users.users",
	.money = MONEY_OF_PROGRAMME("top_users"),
	.effort = EFFORT_OF_PROGRAMME("top_users"),
	.coverage = "coverage",
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"
#include "finding/names.h"

#define MOST_NAMED 6

static gboolean is_training(const struct party *party)
{
	return party->is_training;
}

#define NO_WORK "no group has measured work of which it may be told how much was not needed"

static void extreme(struct evidence *evidence, const char *which, const struct party *group,
                    const char *label)
{
	g_autofree char *name = g_strdup_printf("groups.%s", which),
			*share = g_strdup_printf("groups.%s.share", which);
	figures_add_text(evidence->figures, name, group ? group->name : "", label);
	if (group)
		figures_add(evidence->figures, share, UNIT_SHARE, party_excess_share(group), label)
			->line = people_training_share(evidence->assumptions);
	else
		figures_add_missing(evidence->figures, share, UNIT_SHARE,
		                    evidence->no_groups ? evidence->no_groups : NO_WORK, label);
}

/* Of what is unmeasured, failed or unfinished nobody knows how much was needed: a group of nothing
 * else is no model. */
static gboolean is_mostly_judged(const struct party *group)
{
	return 2 * group->judged >= group->allocated;
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	struct figures *figures = evidence->figures;
	const struct party *worst = NULL, *best = NULL;
	for (guint i = 0; i < evidence->people->groups->len && evidence->has_usage; i++) {
		const struct party *group = evidence->people->groups->pdata[i];
		if (party_excess_share(group) < 0 || group->is_pool)
			continue;
		if (!worst || party_excess_share(group) > party_excess_share(worst))
			worst = group;
		if (is_mostly_judged(group) &&
		    (!best || party_excess_share(group) < party_excess_share(best)))
			best = group;
	}
	best = best ? best : worst;
	extreme(evidence, "worst", worst, "The largest share of excess");
	extreme(evidence, "best", best, "The smallest share of excess, of those mostly judged");
	guint count;
	g_autofree char *names = names_of(evidence, evidence->people->groups, is_training,
	                                  MOST_NAMED, &count);
	figures_add(figures, "groups.training.count", UNIT_COUNT, count,
	            "Groups to be offered training");
	figures_add_text(figures, "groups.training.names", names, "Which they are");
	figures_add(figures, "groups.training.rest", UNIT_COUNT,
	            count > MOST_NAMED + 1 ? count - MOST_NAMED : 0, "Of these, not named");
	if (evidence->no_groups)
		finding_unknown(finding, evidence->no_groups);
	else if (!worst && count == 0)
		finding_unknown(finding, evidence->no_usage ? evidence->no_usage : NO_WORK);
	else
		finding->verdict = count > 0 ? VERDICT_GAIN : VERDICT_NOTHING;
	finding->grade = evidence->has_capacity ? GRADE_A : GRADE_B;
}

static const struct promised_figure figures_of_it[] = {
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_groups = {
	"groups", "Group comparison", judge, figures_of_it,
	.users = "programme.training.users",
	.money = MONEY_OF_PROGRAMME("training"),
	.effort = EFFORT_OF_PROGRAMME("training"),
	.coverage = "coverage",
};

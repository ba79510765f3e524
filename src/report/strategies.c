/* SPDX-License-Identifier: Apache-2.0 */
#include "report/compose.h"

#include <math.h>

#include "finding/strategy.h"

/* "train, rent its crests" */
static char *words_of(const struct strategies *found)
{
	GString *words = g_string_new(NULL);
	for (enum strategy s = 0; s < STRATEGIES; s++)
		if (found->suits[s])
			g_string_append_printf(words, "%s%s", words->len ? ", " : "",
			                       strategy_name(s));
	return g_string_free(words, FALSE);
}

static void set_if_known(struct dataset *dataset, const char *column, double value)
{
	if (!isnan(value))
		dataset_set(dataset, column, value);
}

static void add_group(struct dataset *dataset, const struct evidence *evidence,
                      const struct party *group)
{
	const struct strategies found = strategies_of(evidence, group);
	g_autofree char *words = words_of(&found);
	dataset_add_row(dataset);
	dataset_set_text(dataset, "name", group->name);
	dataset_set(dataset, "cpu_hours", (double)group->use.cpu_seconds / 3600);
	set_if_known(dataset, "excess", found.excess);
	set_if_known(dataset, "brief", found.brief);
	set_if_known(dataset, "crest", found.crest);
	set_if_known(dataset, "peak", found.peak);
	dataset_set_text(dataset, "strategy", words);
}

void strategies_add_dataset(struct composition *c)
{
	const struct evidence *evidence = &c->analysis->evidence;
	struct dataset *dataset =
		report_add_dataset(c->report, "strategies", "What suits each group",
	                           "One row a group that is shown, most core-hours first, with the "
	                           "numbers that decide.");
	dataset_add_column(dataset, "name",
	                   evidence->tally->rules.group_by == GROUP_BY_ACCOUNT ? "Account"
	                                                                       : "Group",
	                   UNIT_TEXT);
	dataset_add_column(dataset, "cpu_hours", "Core-hours", UNIT_HOURS);
	struct dataset_column *excess = dataset_add_column(dataset, "excess", "Not needed",
	                                                   UNIT_SHARE);
	excess->line = people_training_share(evidence->assumptions);
	excess->help = g_strdup(
		"Of the node-hours it held. From the share in the assumptions on: train.");
	struct dataset_column *brief = dataset_add_column(dataset, "brief", "Short, on one node",
	                                                  UNIT_SHARE);
	brief->line = STRATEGY_BRIEF_SHARE;
	brief->help = g_strdup("Of its core-hours, in jobs of at most four hours on one node. From "
	                       "a half on: interruptible nodes.");
	dataset_add_column(dataset, "crest", "Busy hours ÷ mean", UNIT_NUMBER)->help = g_strdup(
		"The 95th percentile of its hours ÷ its mean, to a tenth. From three on: rent its "
	        "crests; "
		"below a half, too, where a twentieth of the hours holds most of its work.");
	dataset_add_column(dataset, "peak", "Busiest week ÷ mean", UNIT_NUMBER)->help = g_strdup(
		"The mean of its busiest seven days on end ÷ its mean, to a tenth. From three on: "
	        "rent its crests. Empty where too few of its users were at work then, or in all "
	        "other weeks.");
	dataset_add_column(dataset, "strategy", "What suits it", UNIT_TEXT);
	g_autoptr(GPtrArray) ranked = people_by_core_hours(evidence->people->groups);
	for (guint i = 0; i < ranked->len && evidence->has_groups; i++) {
		const struct party *group = ranked->pdata[i];
		if (*group->name != '\0' && !group->is_pool)
			add_group(dataset, evidence, group);
	}
}

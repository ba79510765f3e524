/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"
#include "finding/habits.h"

#include <math.h>

/* A saving below this share of the cost is within what the assumptions can move: not worth a
 * recommendation. */
#define WORTH_A_WORD "0.01"

#define SHORT_WINDOW_DAYS 56

#define FIT_BURST_LABEL "Of what is rented, fit for short jobs on one node"
#define UNFIT_BURST_LABEL "Of what is rented, fit only for longer or larger jobs"
#define FIT_LABEL "Core-hours in jobs of at most a day on one node"

static int percentile_index(int per_cent)
{
	for (int i = 0; i < SIZING_PERCENTILES; i++)
		if (sizing_percentiles[i] == per_cent)
			return i;
	g_assert_not_reached();
}

static struct figure *sum_figure(struct evidence *evidence, const char *id, enum unit unit,
                                 const char *term, const char *label)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint p = 0; p < evidence->sizings->len; p++) {
		const struct pool_sizing *sizing = evidence->sizings->pdata[p];
		if (sizing->owned == 0)
			continue;
		g_autofree char *prefix = g_strdup_printf("pool.%u.", p + 1);
		g_autoptr(GString) one = g_string_new(term);
		g_string_replace(one, "P:", prefix, 0);
		g_string_append_printf(text, "%s%s", text->len ? " + " : "", one->str);
	}
	return figures_derive(evidence->figures, id, unit, text->str, label);
}

/* Node totals over pools of known capacity at one percentile of need. */
static void percentile_figures(struct evidence *evidence, int per_cent)
{
	int index = percentile_index(per_cent);
	double nodes = 0, burst = 0;
	for (guint p = 0; p < evidence->sizings->len; p++) {
		const struct pool_sizing *sizing = evidence->sizings->pdata[p];
		g_autofree char *pool_nodes = g_strdup_printf("pool.%u.p%d.nodes", p + 1, per_cent);
		g_autofree char *pool_burst = g_strdup_printf("pool.%u.p%d.burst", p + 1, per_cent);
		if (sizing->owned == 0)
			continue;
		nodes += (double)sizing->percentile_nodes[index];
		burst += sizing->percentile_burst[index];
		figures_add(evidence->figures, pool_nodes, UNIT_NODES,
		            (double)sizing->percentile_nodes[index],
		            "Nodes that cover the need so often")
			->detail = TRUE;
		figures_add(evidence->figures, pool_burst, UNIT_HOURS,
		            sizing->percentile_burst[index],
		            "Node-hours to rent beside them, a year")
			->detail = TRUE;
	}
	g_autofree char *nodes_id = g_strdup_printf("own.p%d.nodes", per_cent);
	g_autofree char *burst_id = g_strdup_printf("own.p%d.burst", per_cent);
	g_autofree char *cost_id = g_strdup_printf("own.p%d.cost", per_cent);
	g_autofree char *term = g_strdup_printf("P:p%d.nodes * P:year + P:p%d.burst * P:rent",
	                                        per_cent, per_cent);
	figures_add(evidence->figures, nodes_id, UNIT_NODES, nodes,
	            "Nodes that cover the need so often");
	figures_add(evidence->figures, burst_id, UNIT_HOURS, burst,
	            "Node-hours to rent beside them, a year");
	sum_figure(evidence, cost_id, UNIT_CURRENCY, term,
	           "Cost of owning so many and renting the rest, a year")
		->detail = TRUE;
}

/* What would be rented if no node were owned is all the need there is. */
static double need_hours(const struct evidence *evidence)
{
	double hours = 0;
	for (guint p = 0; p < evidence->sizings->len; p++) {
		const struct pool_sizing *sizing = evidence->sizings->pdata[p];
		hours += sizing->owned > 0 ? sizing->burst_hours[0] : 0;
	}
	return hours;
}

/* The largest over kinds of node, of which each bursts by itself. */
static struct figure *largest_figure(struct evidence *evidence, const char *id, enum unit unit,
                                     const char *name, const char *factor, const char *label)
{
	g_autoptr(GString) text = g_string_new("max(0, 0");
	for (guint p = 0; p < evidence->sizings->len; p++)
		if (((const struct pool_sizing *)evidence->sizings->pdata[p])->owned > 0)
			g_string_append_printf(text, ", at(pool.%u.%s, pool.%u.keep.expected)",
			                       p + 1, name, p + 1);
	g_string_append_printf(text, ") %s", factor);
	return figures_derive(evidence->figures, id, unit, text->str, label);
}

/* How deep: what is needed in the highest minute, beyond what is best to own. */
static void figure_of_depth(struct evidence *evidence)
{
	static const char id[] = "own.bursts.deepest",
			  label[] = "Nodes to rent at a time, at most, of one kind";
	const char *unknown = told_no_highest(&evidence->told);
	if (unknown) {
		figures_add_missing(evidence->figures, id, UNIT_NODES, unknown, label);
		return;
	}
	g_autoptr(GString) text = g_string_new("max(0, 0");
	for (guint p = 0; p < evidence->sizings->len; p++) {
		const struct pool_sizing *sizing = evidence->sizings->pdata[p];
		g_autofree char *most = g_strdup_printf("pool.%u.most", p + 1);
		if (sizing->owned == 0)
			continue;
		figures_add(evidence->figures, most, UNIT_NODES, (double)sizing->most_nodes,
		            "Nodes that cover the need in every minute")
			->detail = TRUE;
		g_string_append_printf(text, ", %s - pool.%u.keep.expected", most, p + 1);
	}
	g_string_append_c(text, ')');
	figures_derive(evidence->figures, id, UNIT_NODES, text->str, label);
}

static void figures_of_bursts(struct evidence *evidence)
{
	struct figures *figures = evidence->figures;
	sum_figure(evidence, "own.burst.light", UNIT_HOURS, "at(P:beyond.light, P:keep.expected)",
	           "Of the node-hours to rent, those that jobs of at most a day on one node could "
	           "fill in the same minutes, a year");
	figures_derive_or(figures, "own.burst.fit", UNIT_SHARE, "own.burst.light / own.burst",
	                  FIT_BURST_LABEL, "nothing is rented")
		->definition = g_strdup("Of the node-hours to rent, those that jobs of at most a "
	                                "day on one node could fill in the same "
	                                "minutes: such jobs need no fast network between nodes.");
	figures_derive_or(figures, "own.burst.unfit", UNIT_SHARE, "1 - own.burst.fit",
	                  UNFIT_BURST_LABEL, "nothing is rented");
	sum_figure(evidence, "own.bursts", UNIT_COUNT,
	           "at(P:bursts, P:keep.expected) * 365 / window.days",
	           "Bursts beyond the nodes to own, a year, all kinds of node");
	largest_figure(evidence, "own.bursts.longest", UNIT_SECONDS, "bursts.longest", "* 60",
	               "The longest burst");
	figure_of_depth(evidence);
	largest_figure(evidence, "own.bursts.time", UNIT_SHARE, "bursts.minutes",
	               "/ 1440 / window.days", "Time in bursts, of the kind of node with most");
}

/* What could run elsewhere most easily. GPUs are no matter here: they are rented, too. */
static void figure_fit(struct evidence *evidence)
{
	const struct own_habits habits = habits_sum(evidence);
	const struct use *total = &evidence->tally->total;
	struct figure *fit = total->cpu_seconds > 0
	                             ? figures_add(evidence->figures, "own.fit", UNIT_SHARE,
	                                           (double)habits.light_cpu_seconds /
	                                                   (double)total->cpu_seconds,
	                                           FIT_LABEL)
	                             : figures_add_missing(evidence->figures, "own.fit", UNIT_SHARE,
	                                                   "no job held a core", FIT_LABEL);
	fit->definition = g_strdup("Core-hours of jobs that ran on one node for at most a day, of "
	                           "all core-hours: those could run elsewhere without a fast "
	                           "network between nodes. What data they need is not known.");
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	struct figures *figures = evidence->figures;
	figures_add(figures, "window.is_short", UNIT_COUNT,
	            !evidence_spans(evidence, SHORT_WINDOW_DAYS), "Period under eight weeks");
	figure_fit(evidence);
	if (!evidence->has_capacity) {
		finding_unknown(finding, figures_find(figures, "cost.total")->reason);
		return;
	}
	for (int i = 0; i < SIZING_PERCENTILES; i++)
		percentile_figures(evidence, sizing_percentiles[i]);
	figures_add(figures, "own.need", UNIT_HOURS, need_hours(evidence),
	            "Node-hours that all work needs, a year");
	sum_figure(evidence, "own.keep", UNIT_NODES, "P:keep.expected", "Nodes to own");
	sum_figure(evidence, "own.keep.gpus", UNIT_GPUS, "P:keep.expected * P:gpus",
	           "GPUs in the nodes to own");
	sum_figure(evidence, "own.keep.cpus", UNIT_CPUS, "P:keep.expected * P:cpus",
	           "CPUs of the nodes to own");
	sum_figure(evidence, "own.keep_users", UNIT_NODES, "P:keep_users.expected",
	           "Nodes to own once users ask for what they need");
	sum_figure(evidence, "own.burst_users", UNIT_HOURS, "P:burst_users.expected",
	           "Node-hours to rent once users ask for what they need, a year");
	sum_figure(evidence, "own.rent_users", UNIT_CURRENCY, "P:burst_users.expected * P:rent",
	           "Rent once users ask for what they need, a year");
	figures_derive(figures, "own.trial", UNIT_COUNT,
	               "positive(own.rent_users - " WORTH_A_WORD " * cost.total)",
	               "Rent is worth a trial")
		->detail = TRUE;
	sum_figure(evidence, "own.burst", UNIT_HOURS, "P:burst.expected",
	           "Node-hours to rent, a year");
	sum_figure(evidence, "own.rent", UNIT_CURRENCY, "P:burst.expected * P:rent",
	           "Rent, a year");
	figures_derive(figures, "own.fewer", UNIT_NODES, "capacity.nodes - own.keep",
	               "Nodes not bought again");
	figures_derive(figures, "own.fewer_users", UNIT_NODES, "capacity.nodes - own.keep_users",
	               "Nodes not bought again once users ask for what they need");
	figures_derive(figures, "own.burst.share", UNIT_SHARE, "own.burst / own.need",
	               "Share of the work that is rented");
	figures_derive(figures, "own.cost", UNIT_CURRENCY,
	               "cost.total - saving.infrastructure.expected",
	               "Cost of owning the best number of nodes and renting the rest, a year");
	figures_derive(figures, "own.p85.saving", UNIT_CURRENCY, "cost.total - own.p85.cost",
	               "Saving at the 85th percentile, a year");
	figures_derive(figures, "own.p85.better", UNIT_COUNT, "positive(own.p85.saving)",
	               "The 85th percentile costs less than today")->detail = TRUE;
	figures_of_bursts(evidence);
	finding->gain = "positive(saving.infrastructure.expected - " WORTH_A_WORD " * cost.total)";
	finding->grade = GRADE_A;
}

static const struct promised_figure figures_of_it[] = {
	{ "own.keep", UNIT_NODES, "Nodes to own" },
	{ "own.keep.gpus", UNIT_GPUS, "GPUs in the nodes to own" },
	{ "own.keep.cpus", UNIT_CPUS, "CPUs of the nodes to own" },
	{ "own.fewer", UNIT_NODES, "Nodes not bought again" },
	{ "own.fewer_users", UNIT_NODES,
	  "Nodes not bought again once users ask for what they need" },
	{ "own.need", UNIT_HOURS, "Node-hours that all work needs, a year" },
	{ "own.keep_users", UNIT_NODES, "Nodes to own once users ask for what they need" },
	{ "own.burst_users", UNIT_HOURS,
	  "Node-hours to rent once users ask for what they need, a year" },
	{ "own.rent_users", UNIT_CURRENCY, "Rent once users ask for what they need, a year" },
	{ "own.trial", UNIT_COUNT, "Rent is worth a trial" },
	{ "own.burst", UNIT_HOURS, "Node-hours to rent, a year" },
	{ "own.rent", UNIT_CURRENCY, "Rent, a year" },
	{ "own.burst.share", UNIT_SHARE, "Share of the work that is rented" },
	{ "own.cost", UNIT_CURRENCY,
	  "Cost of owning the best number of nodes and renting the rest, a year" },
	{ "own.bursts", UNIT_COUNT, "Bursts beyond the nodes to own, a year, all kinds of node" },
	{ "own.bursts.longest", UNIT_SECONDS, "The longest burst" },
	{ "own.bursts.deepest", UNIT_NODES, "Nodes to rent at a time, at most, of one kind" },
	{ "own.bursts.time", UNIT_SHARE, "Time in bursts, of the kind of node with most" },
	{ "own.burst.light", UNIT_HOURS,
	  "Of the node-hours to rent, those that jobs of at most a day on one node could fill in the same minutes, a year" },
	{ "own.burst.fit", UNIT_SHARE, FIT_BURST_LABEL },
	{ "own.burst.unfit", UNIT_SHARE, UNFIT_BURST_LABEL },
	{ "own.p85.nodes", UNIT_NODES, "Nodes that cover the need in 85 of 100 minutes" },
	{ "own.p85.burst", UNIT_HOURS, "Node-hours to rent beside them, a year" },
	{ "own.p85.cost", UNIT_CURRENCY, "Cost of owning so many and renting the rest, a year" },
	{ "own.p85.better", UNIT_COUNT, "The 85th percentile costs less than today" },
	{ "own.p85.saving", UNIT_CURRENCY, "Saving at the 85th percentile, a year" },
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_own_or_rent = {
	"own-or-rent", "Own or rent", judge, figures_of_it,
	.money = { "saving.infrastructure.low", "saving.infrastructure.expected",
		"saving.infrastructure.high",
	           "saved a year, from the next refresh on" },
	.effort = { "acting.rents.hours", "acting.rents.cost", "payback.rents" },
	.coverage = "max(0, 1 - jobs.unplaced / jobs.ran)",
};

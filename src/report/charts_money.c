/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/plan.h"
#include "report/compose.h"

#include <math.h>

static struct chart_point *money(struct chart_series *series, const struct composition *c, double x,
                                 double y, const char *label)
{
	g_autofree char *text = format_value(&c->format, UNIT_CURRENCY, y);
	return chart_point_add(series, x, y, label, text);
}

/* Whoever gives no price can weigh nothing. */
static gboolean costs_nothing(const struct composition *c)
{
	return figure_number(c, "cost.total") <= 0;
}

/* Beside a large saving a small part of it is in the bars, and would in the title only be in the
 * way. */
static gboolean is_worth_a_word(const struct composition *c)
{
	return figure_number(c, "saving.returned.expected") >=
	       0.01 * figure_number(c, "saving.total.expected");
}

/* Where it is not known what jobs needed, little can be saved that way, and nobody can tell of
 * others. */
static const char *known_way(const struct composition *c)
{
	if (c->analysis->evidence.has_usage)
		return "";
	return figure_number(c, "own.burst") > 0 ? " by renting" : " by owning fewer nodes";
}

/* Little can be saved only where it is known what jobs needed. */
static char *title_of_bridge(const struct composition *c, gboolean returned)
{
	const char *today = figure_text(c, "cost.total"), *then = figure_text(c, "cost.to_pay");
	g_autofree char *worth = returned && is_worth_a_word(c)
	                                 ? g_strdup_printf(", with hours worth %s handed back",
	                                                   figure_text(c,
	                                                               "saving.returned.expected"))
	                                 : g_strdup("");

	if (figure_number(c, "saving.is_least") > 0 && figure_number(c, "has.saving") <= 0)
		return g_strdup_printf(
			"The cluster costs %s a year; how much of it can be saved cannot be told",
			today);
	if (figure_number(c, "saving.total.expected") <= 0.01 * figure_number(c, "cost.total"))
		return g_strdup_printf(
			"The cluster costs %s a year, and little of it can be saved%s", today,
			known_way(c));
	if (g_str_equal(today, then))
		return g_strdup_printf("The bill stays at %s a year%s", today, worth);
	return g_strdup_printf("The same work for %s a year instead of %s%s", then, today, worth);
}

/* Printed as “> −$1”: no bar can be seen, nor does anybody ask what it is. */
static gboolean is_next_to_nothing(double step)
{
	return step != 0 && round(fabs(step)) == 0;
}

struct chart *chart_of_bridge(const struct composition *c)
{
	const struct dataset *bridge = report_dataset(c->report, "bridge");
	if (!c->analysis->evidence.has_capacity)
		return NULL;
	struct chart *chart = chart_new(CHART_WATERFALL, "bridge");
	if (costs_nothing(c))
		return chart_too_thin(chart, c,
		                      "By the prices given the nodes cost nothing, so that no bill "
		                      "gets smaller.");
	struct chart_series *series = chart_series_add(chart, "Cost a year", INK_SERIES_1);
	gboolean returned = figure_number(c, "has.returned") > 0;
	for (guint i = 0; i < bridge->rows->len; i++) {
		if (!returned &&
		    g_str_equal(dataset_cell_in(bridge, i, "step")->text, BRIDGE_HANDED_BACK))
			break;
		const struct dataset_cell *total = dataset_cell_in(bridge, i, "total");
		const struct dataset_cell *before = dataset_cell_in(bridge, i, "before"),
					  *after = dataset_cell_in(bridge, i, "after");
		double height = total->has_value ? total->value : after->value - before->value;
		if (!total->has_value && is_next_to_nothing(height))
			continue;
		money(series, c, series->points->len, height,
		      dataset_cell_in(bridge, i, "step")->text)
			->total = total->has_value;
	}
	chart_say(chart, c, title_of_bridge(c, returned),
	          returned ? "Cost a year at the next refresh, expected scenario; hours handed "
	                     "back make no bill smaller"
	                   : "Cost a year at the next refresh, expected scenario",
	          g_strdup("From today’s cost through each saving to what is to be paid; the steps "
	                   "add up exactly."));
	return chart;
}

struct chart *chart_of_ledger(const struct composition *c)
{
	const struct dataset *ledger = report_dataset(c->report, "ledger");
	struct chart *chart = chart_new(CHART_STACK, "ledger");
	static const enum ink inks[LEDGER_CLASSES] = {
		[LEDGER_USEFUL] = INK_SERIES_1, [LEDGER_MEMORY] = INK_SERIES_2,
			[LEDGER_CPU] = INK_SERIES_2,
		[LEDGER_BOTH] = INK_SERIES_2, [LEDGER_GPU] = INK_SERIES_2,
			[LEDGER_WHOLE_NODE] = INK_SERIES_2,
		[LEDGER_FAILED] = INK_SERIES_3, [LEDGER_UNFINISHED] = INK_TINT_1,
			[LEDGER_UNMEASURED] = INK_SERIES_4,
	};
	if (figure_number(c, "ledger.hours") <= 0)
		return chart_too_thin(chart, c,
		                      "No job’s nodes are known, so no node-hour can be placed.");
	for (guint i = 0; i < ledger->rows->len; i++) {
		const struct dataset_cell *share = dataset_cell(ledger, i, 2);
		if (!share->has_value || share->value <= 0)
			continue;
		struct chart_series *series =
			chart_series_add(chart, dataset_cell(ledger, i, 0)->text, inks[i]);
		chart_point_add(series, 0, share->value, dataset_cell(ledger, i, 0)->text,
		                share->text);
	}
	chart->y_share = TRUE;
	g_autofree char *unneeded = figure_number(c, "ledger.excess.share") > 0
	                                    ? g_strdup_printf("%s were not needed",
	                                                      figure_text(c, "ledger.excess.share"))
	                                    : g_strdup("none was found to be unneeded");
	char *title = c->analysis->evidence.has_usage
	                      ? g_strdup_printf(
					"Of the node-hours that jobs held, %s did useful work; %s",
					figure_text(c, "ledger.useful.share"), unneeded)
	                      : g_strdup("No job can be judged by what it used: what was needed "
	                                 "cannot be told");
	chart_say(chart, c, title,
	          "Every node-hour that jobs held, each in one class; expected scenario",
	          g_strdup("The shares sum to all allocated node-hours of the period."));
	return chart;
}

/* The pool with the largest bill. */
static guint main_pool(const struct composition *c)
{
	guint best = 0;
	double most = -1;
	for (guint p = 0; p < c->analysis->evidence.sizings->len; p++) {
		g_autofree char *id = pool_id(p, "cost");
		const struct figure *cost = figures_find(c->report->figures, id);
		if (cost->has_value && cost->value > most) {
			most = cost->value;
			best = p;
		}
	}
	return best;
}

/* The picture is of one kind of node: a reader who counts all nodes must not look for them in
 * it. */
static char *subtitle_of_curve(const struct composition *c)
{
	g_autofree char *which =
		figure_number(c, "nodes.kinds") > 1
			? g_strdup_printf(
				  "; of %s kinds of node only the one that costs most in all",
				  figure_text(c, "nodes.kinds"))
			: g_strdup("");
	return g_strdup_printf("Cost a year in %s of owning so many nodes and renting what is "
	                       "missing, expected scenario; P85 is enough for 85 of 100 minutes%s",
	                       c->report->currency, which);
}

/* What is needed beyond the nodes to keep is rented; of some pools nothing is. */
static char *title_of_curve(const struct composition *c, guint pool, const char *keep,
                            const char *owned, const char *label)
{
	g_autofree char *burst = pool_id(pool, "burst.expected"),
			*best = pool_id(pool, "keep.expected");

	if (figure_number(c, best) <= 0)
		return g_strdup_printf("None of the %s nodes with %s is worth owning", owned,
		                       label);
	return g_strdup_printf("Owning %s of the %s nodes with %s%s costs least", keep, owned,
	                       label, figure_number(c, burst) > 0 ? " and renting the peaks" : "");
}

static void mark_nodes(struct chart *chart, const struct composition *c, gint64 nodes,
                       const char *words, enum ink ink)
{
	g_autofree char *text = format_value(&c->format, UNIT_NODES, (double)nodes);
	g_autofree char *label = g_strdup_printf("%s: %s", words, text);
	chart_line_add(chart, (double)nodes, TRUE, label, ink);
}

struct chart *chart_of_cost_curve(const struct composition *c)
{
	const struct evidence *evidence = &c->analysis->evidence;
	if (!evidence->has_capacity)
		return NULL;
	guint p = main_pool(c);
	const struct pool_sizing *sizing = evidence->sizings->pdata[p];
	g_autofree char *year = pool_id(p, "year"), *rent = pool_id(p, "rent"),
			*best = pool_id(p, "keep.expected");
	struct chart *chart = chart_new(CHART_CURVE, "cost-curve");
	if (costs_nothing(c))
		return chart_too_thin(
			chart, c,
			"By the prices given the nodes cost nothing: there is no cost to draw.");
	if (sizing->owned < 4)
		return chart_too_thin(
			chart, c,
			figure_number(c, "nodes.kinds") > 1
				? "Of the kind of node that costs most in all there are fewer than "
				  "four: too few to draw what owning them costs."
				: "There are fewer than four nodes: too few to draw what owning "
				  "them costs.");
	struct chart_series *series = chart_series_add(chart, "Cost a year", INK_SERIES_1);
	/* Far left the rent of everything dwarfs the rest: begin where the curve stays below three
	 * times the present cost. */
	double now = (double)sizing->owned * figure_number(c, year);
	for (gint64 k = 0; k <= sizing->owned; k++) {
		double cost = (double)k * figure_number(c, year) +
		              sizing->burst_hours[k] * figure_number(c, rent);
		if (cost <= 3 * now)
			chart_point_add(series, (double)k, cost, NULL, NULL);
	}
	gint64 keep = (gint64)figure_number(c, best);
	mark_nodes(chart, c, keep, "least cost", INK_SERIES_2);
	mark_nodes(chart, c, sizing->percentile_nodes[3], "P85", INK_SERIES_4);
	mark_nodes(chart, c, sizing->owned, "owned today", INK_SERIES_3);
	chart->x_title = g_strdup_printf("nodes owned (%s)",
	                                 inventory_pool(evidence->tally->inventory, p)->label);
	g_autofree char *owned = format_value(&c->format, UNIT_NODES, (double)sizing->owned);
	const char *label = inventory_pool(evidence->tally->inventory, p)->label;
	g_autofree char *subtitle = subtitle_of_curve(c);
	chart_say(chart, c,
	          keep < sizing->owned
	                  ? title_of_curve(c, p, figure_text(c, best), owned, label)
	                  : g_strdup_printf("All %s nodes with %s are worth owning", owned, label),
	          subtitle,
	          g_strdup(keep == 0 ? "Cost rises with each node that is owned."
	                   : keep < sizing->owned
	                           ? "Cost falls as nodes replace rent, and rises again once they "
	                             "stand idle."
	                           : "Cost falls as nodes replace rent, to the last of them."));
	return chart;
}

/* NULL: there is something to price. */
static const char *why_unpriced(const struct composition *c)
{
	if (!c->analysis->evidence.has_usage)
		return "No job can be judged by what it used, so no programme can be sized.";
	if (figure_number(c, "ledger.hours") <= 0)
		return "No job’s nodes are known, so that what was held and not needed has no "
		       "price.";
	if (figure_number(c, "ledger.excess.hours") <= 0)
		return "Of nothing that jobs held it is known that it was not needed.";
	return NULL;
}

struct chart *chart_of_programmes(const struct composition *c)
{
	const struct dataset *programmes = report_dataset(c->report, "programmes");
	struct chart *chart = chart_new(CHART_BARS, "programmes");
	const char *why = why_unpriced(c);
	if (why)
		return chart_too_thin(chart, c, why);
	struct chart_series *series = chart_series_add(chart, "Gross value a year", INK_SERIES_1);
	guint most = 0;
	for (guint i = 0; i < programmes->rows->len; i++) {
		const struct dataset_cell *cell = dataset_cell_in(programmes, i, "gross");
		chart_point_add(series, i, cell->value, dataset_cell(programmes, i, 0)->text,
		                cell->text);
		if (cell->value > dataset_cell_in(programmes, most, "gross")->value)
			most = i;
	}
	if (dataset_cell_in(programmes, most, "gross")->value <= 0)
		return chart_too_thin(
			chart, c,
			"At these prices nothing that was held and not needed is worth anything.");
	g_array_index(series->points, struct chart_point, most).strong = TRUE;
	chart_say(chart, c,
	          g_strdup_printf("“%s” is the largest part: %s a year",
	                          dataset_cell(programmes, most, 0)->text,
	                          dataset_cell_in(programmes, most, "gross")->text),
	          "What was held and not needed, at the cost of a node-hour, a year; gross, before "
	          "anyone changes anything",
	          g_strdup("Each node-hour is claimed by one programme only."));
	return chart;
}

/* Kinds of money */

static const struct {
	const char *id, *label;
	gboolean is_part;     /* of the first */
	const char *unrented; /* what it is called where nothing is rented; NULL: the same */
} kinds_of_money[] = {
	{ "saving.total", "Saving in all", FALSE, NULL },
	{ "saving.purchase", "Purchases avoided", TRUE, NULL },
	{ "saving.running", "Power and support, less rent", TRUE, "Power and support" },
	{ "saving.returned", "Capacity handed back", TRUE, NULL },
	{ "saving.now", "This year, in cash", FALSE, NULL },
};

static gboolean rents_in(const struct composition *c, const char *scenario)
{
	gboolean rents = FALSE;
	for (guint p = 0; p < c->analysis->evidence.sizings->len; p++) {
		g_autofree char *id = g_strdup_printf("pool.%u.burst_users.%s", p + 1, scenario);
		rents |= figure_number(c, id) > 0;
	}
	return rents;
}

/* Where nothing is rented in any scenario nobody is told of rent. */
static const char *label_of_kind(const struct composition *c, guint kind)
{
	gboolean rents = rents_in(c, "low") || rents_in(c, "expected") || rents_in(c, "high");
	return !rents && kinds_of_money[kind].unrented ? kinds_of_money[kind].unrented
	                                               : kinds_of_money[kind].label;
}

static const struct figure *in_scenario(const struct composition *c, guint kind,
                                        const char *scenario)
{
	g_autofree char *id = g_strdup_printf("%s.%s", kinds_of_money[kind].id, scenario);
	return figures_find(c->report->figures, id);
}

static void add_bound(struct chart *chart, const struct composition *c, const char *scenario)
{
	struct chart_series *series = chart_series_add(chart, scenario, INK_SERIES_1);
	for (guint i = 0; i < G_N_ELEMENTS(kinds_of_money); i++) {
		const struct figure *figure = in_scenario(c, i, scenario);
		const char *label = label_of_kind(c, i);
		if (!figure->has_value)
			continue;
		struct chart_point *point = chart_point_add(series, series->points->len,
		                                            figure->value, label, figure->text);
		point->strong = i == 0;
		point->tooltip = g_strdup_printf("%s, %s: %s", label, scenario, figure->text);
	}
}

/* The part of the saving whose scenarios are furthest apart; NULL where none are. */
static const char *least_certain(const struct composition *c)
{
	const char *name = NULL;
	double most = 0;
	for (guint i = 0; i < G_N_ELEMENTS(kinds_of_money); i++) {
		double width = fabs(in_scenario(c, i, "high")->value -
		                    in_scenario(c, i, "low")->value);
		if (kinds_of_money[i].is_part && in_scenario(c, i, "low")->has_value &&
		    width > most) {
			most = width;
			name = label_of_kind(c, i);
		}
	}
	return name;
}

struct chart *chart_of_ranges(const struct composition *c)
{
	const char *const scenarios[] = { "low", "expected", "high" }, *name = least_certain(c);
	const char *from = figure_text(c, "saving.total.low"),
		   *to = figure_text(c, "saving.total.high");
	if (!c->analysis->evidence.has_capacity)
		return NULL;
	struct chart *chart = chart_new(CHART_RANGES, "ranges");
	for (guint i = 0; i < G_N_ELEMENTS(scenarios); i++)
		add_bound(chart, c, scenarios[i]);
	chart_say(chart, c,
	          name && !g_str_equal(from, to)
	                  ? g_strdup_printf("From %s to %s a year; least certain is “%s”", from, to,
	                                    name)
	                  : g_strdup_printf("%s a year in each scenario",
	                                    figure_text(c, "saving.total.expected")),
	          "A year, in three scenarios; those in the middle add up to the first, the last "
	          "stands by itself",
	          g_strdup("One row a kind of money: its value in the low, the expected and the "
	                   "high scenario."));
	return chart;
}

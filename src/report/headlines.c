/* SPDX-License-Identifier: Apache-2.0 */
/* What the workbook draws: the steps from today's cost to the proposed one, and what each of its
 * charts shows. */
#include "report/compose.h"

#include <math.h>

/* From today's cost through each saving to what is to be paid, and on by what is handed back. */

static void add_total(struct dataset *bridge, const char *step, const char *id)
{
	dataset_add_row(bridge);
	dataset_set_text(bridge, "step", step);
	dataset_set_expression(bridge, "total", id);
}

/* `cost` is what is left so far. */
static void add_step(struct dataset *bridge, const char *step, const char *saving, GString *cost)
{
	dataset_add_row(bridge);
	dataset_set_text(bridge, "step", step);
	dataset_set_expression(bridge, "before", cost->str);
	g_string_append_printf(cost, " - %s", saving);
	dataset_set_expression(bridge, "after", cost->str);
}

static struct dataset *bridge_new(void)
{
	struct dataset *bridge =
		dataset_new("bridge", "Cost from today to proposed",
	                    "One row a step; cost a year at the next refresh, expected scenario. "
	                    "Hours handed back make no bill smaller.");
	dataset_add_column(bridge, "step", "Step", UNIT_TEXT);
	dataset_add_column(bridge, "total", "In all", UNIT_CURRENCY)->help = g_strdup(
		"Of a row that is no step: the whole cost.");
	dataset_add_column(bridge, "before", "Cost before it", UNIT_CURRENCY);
	dataset_add_column(bridge, "after", "Cost after it", UNIT_CURRENCY);
	dataset_add_column(bridge, "base", "What stays", UNIT_CURRENCY)->expression = g_strdup(
		"min(before, after)");
	dataset_add_column(bridge, "saved", "Saved", UNIT_CURRENCY)->expression = g_strdup(
		"max(before - after, 0)");
	dataset_add_column(bridge, "added", "Added", UNIT_CURRENCY)->expression = g_strdup(
		"max(after - before, 0)");
	((struct dataset_column *)bridge->columns->pdata[6])->help = g_strdup(
		"Where other prices make a loss of a saving.");
	return bridge;
}

/* What is rented beside no node at all is all of the work. */
static const char *words_of_own_or_rent(const struct composition *c)
{
	if (figure_number(c, "own.burst") <= 0)
		return "Own fewer nodes";
	return figure_number(c, "own.keep") > 0 ? "Own fewer, rent peaks"
	                                        : "Rent nodes for all work";
}

void bridge_add_dataset(struct composition *c)
{
	const struct { const char *id, *label; } steps[] = {
		{ "saving.infrastructure.expected", words_of_own_or_rent(c) },
		{ "saving.users.expected", "Users ask for less" },
	};
	struct dataset *bridge = bridge_new();
	g_autoptr(GString) cost = g_string_new("cost.total");
	g_ptr_array_add(c->report->datasets, bridge);
	bridge->sheet = c->analysis->evidence.has_capacity;
	if (!bridge->sheet)
		return;
	add_total(bridge, "Today", "cost.total");
	for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
		if (figures_find(c->report->figures, steps[i].id)->has_value)
			add_step(bridge, steps[i].label, steps[i].id, cost);
	add_total(bridge, "To pay", "cost.to_pay");
	/* What is handed back makes no bill smaller: it stands behind what is to be paid. None now
	 * may be some at other prices. */
	if (figures_find(c->report->figures, "saving.returned.expected")->has_value) {
		add_step(bridge, BRIDGE_HANDED_BACK, "saving.returned.expected", cost);
		add_total(bridge, "Net of these hours", "cost.proposed");
	}
}

/* Headlines */

static char *title_of(struct chart *chart)
{
	char *title = chart && !chart->thin ? g_strdup(chart->title) : NULL;
	chart_free(chart);
	return title;
}

static char *of_choices(const struct composition *c)
{
	if (!c->analysis->evidence.has_capacity)
		return NULL;
	const char *keep = figure_text(c, "own.keep"), *today = figure_text(c, "capacity.nodes");
	if (figure_number(c, "own.keep") >= figure_number(c, "capacity.nodes"))
		return figure_number(c, "capacity.nodes") == 1
		               ? g_strdup_printf("Owning the one node costs least: %s a year",
		                                 figure_text(c, "cost.total"))
		               : g_strdup_printf("Owning all %s nodes costs least: %s a year",
		                                 today, figure_text(c, "cost.total"));
	if (figure_number(c, "own.keep") == 0)
		return g_strdup_printf(
			"Renting nodes for all work costs least: %s a year; today’s %s %s %s",
			figure_text(c, "own.cost"), today, format_word(today, "costs", "cost"),
			figure_text(c, "cost.total"));
	return g_strdup_printf("Owning %s %s%s costs least: %s a year; today’s %s %s %s", keep,
	                       format_word(keep, "node", "nodes"),
	                       figure_number(c, "own.burst") > 0 ? " and renting the rest" : "",
	                       figure_text(c, "own.cost"), today,
	                       format_word(today, "costs", "cost"), figure_text(c, "cost.total"));
}

static char *of_busiest_month(const struct dataset *months)
{
	guint most = 0;
	for (guint i = 0; i < months->rows->len; i++)
		if (dataset_cell_in(months, i, "held")->value >
		    dataset_cell_in(months, most, "held")->value)
			most = i;
	return g_strdup_printf("Jobs held most in %s: %s node-hours",
	                       dataset_cell(months, most, 0)->text,
	                       dataset_cell_in(months, most, "held")->text);
}

static char *of_months(const struct composition *c)
{
	const struct dataset *months = report_dataset(c->report, "ledger_months");
	double least = INFINITY, most = 0;
	if (months->rows->len == 0)
		return NULL;
	if (!c->analysis->evidence.has_usage)
		return of_busiest_month(months);
	for (guint i = 0; i < months->rows->len; i++) {
		double share = dataset_cell_in(months, i, "excess")->value /
		               dataset_cell_in(months, i, "held")->value;
		least = MIN(least, share);
		most = MAX(most, share);
	}
	g_autofree char *from = format_value(&c->format, UNIT_SHARE, least),
			*to = format_value(&c->format, UNIT_SHARE, most);
	return g_str_equal(from, to)
	               ? g_strdup_printf("In each month %s of what jobs held was not needed", from)
	               : g_strdup_printf(
				 "Between %s and %s of what jobs held in a month was not needed",
				 from, to);
}

static void set(const struct composition *c, const char *id, char *headline)
{
	for (guint i = 0; i < c->report->datasets->len; i++) {
		struct dataset *dataset = c->report->datasets->pdata[i];
		if (g_str_equal(dataset->id, id))
			dataset->headline = g_steal_pointer(&headline);
	}
	g_assert(!headline);
}

/* Of a few weeks the workbook draws nothing of what a year costs: a chart bears no warning. */
static void caution(struct composition *c)
{
	c->report->caution = g_strdup_printf(
		"Too short to plan by: every amount for a year is scaled up from %s of jobs, and "
		"nothing can be ordered by it.",
		figure_text(c, "window.length"));
}

void headlines_set(struct composition *c)
{
	set(c, "ledger", title_of(chart_of_ledger(c)));
	set(c, "ledger_months", of_months(c));
	if (figure_number(c, "window.is_short") > 0) {
		caution(c);
		return;
	}
	set(c, "bridge", title_of(chart_of_bridge(c)));
	set(c, "choices", of_choices(c));
	for (guint p = 0; p < c->analysis->evidence.sizings->len; p++) {
		g_autofree char *sizing = g_strdup_printf("sizing_%u", p + 1);
		if (report_dataset(c->report, sizing))
			set(c, sizing, sizings_headline(c, p));
	}
}

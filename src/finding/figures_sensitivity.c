/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"

#include <math.h>

/* What a year's total is when everything costs what these assumptions say: today's cost less tomorrow's, and what is
 * handed back (doc/model.md, "The saving"). What is needed stays as it was measured. */
static double total_at(const struct evidence *evidence, const struct assumptions *assumptions)
{
	struct evidence other = *evidence;
	double total = 0;
	other.assumptions = assumptions;
	other.figures = figures_new();
	figures_of_assumptions(&other);
	figures_of_pools(&other);
	for (guint p = 0; p < evidence->sizings->len; p++) {
		const struct pool_sizing *pool = evidence->sizings->pdata[p];
		double year = pool_figure(&other, p, "year", 0), rent = pool_figure(&other, p, "rent", 0);
		if (pool->owned == 0)
			continue;
		struct sizing best = pool_sizing_at(pool, CASE_REFRESH, SCENARIO_EXPECTED, year, rent);
		total += (double)(pool->owned - best.keep_users) * year - rent * best.burst_users_hours;
		total += evidence->has_usage ? best.returned_hours * pool_figure(&other, p, "rate", 0) : 0;
	}
	figures_free(other.figures);
	return total;
}

static double total_with(const struct evidence *evidence, enum assumption_key key, double value)
{
	struct assumptions *assumptions = assumptions_with(evidence->assumptions, key, value);
	double total = total_at(evidence, assumptions);
	assumptions_free(assumptions);
	return total;
}

/* Halvings of a range: its ends then agree in every digit that is shown. */
#define HALVINGS 20

/* The value nearest to the expected one, beyond its low one if need be, at which a year's saving only just pays for acting
 * on it; NAN when no value that is accepted is so bad. */
static double break_even(const struct evidence *evidence, enum assumption_key key)
{
	const struct assumption *assumption = assumptions_get(evidence->assumptions, key);
	double cost = figures_value(evidence->figures, "acting.cost", 0), good = assumption->value[SCENARIO_EXPECTED];
	double bad = assumption->value[SCENARIO_LOW] > good ? assumption->most : assumption->least;
	if (total_with(evidence, key, good) <= cost || total_with(evidence, key, bad) > cost)
		return NAN;
	for (guint i = 0; i < HALVINGS; i++) {
		double middle = good > 0 && bad > 0 ? sqrt(good * bad) : (good + bad) / 2;
		*(total_with(evidence, key, middle) > cost ? &good : &bad) = middle;
	}
	return bad;
}

static void add_break_even(struct evidence *evidence, enum assumption_key key)
{
	const struct assumption *assumption = assumptions_get(evidence->assumptions, key);
	g_autofree char *id = g_strconcat("breakeven.", assumption->key, NULL);
	double value = break_even(evidence, key);
	gboolean pays = total_with(evidence, key, assumption->value[SCENARIO_EXPECTED]) > figures_value(evidence->figures, "acting.cost", 0);
	struct figure *figure =
	    isnan(value) ? figures_add_missing(evidence->figures, id, assumption->unit,
	                                       pays ? "no accepted value does away with the saving"
	                                            : "the saving expected is no more than acting costs as it is",
	                                       assumption->label)
	                 : figures_add(evidence->figures, id, assumption->unit, value, assumption->label);
	figure->detail = TRUE;
}

static void add_total(struct evidence *evidence, const struct assumption *assumption, enum scenario scenario, double total)
{
	g_autofree char *id = g_strdup_printf("sensitivity.%s.%s", assumption->key, scenario_name(scenario));
	figures_add(evidence->figures, id, UNIT_CURRENCY, total, assumption->label)->detail = TRUE;
}

/* What owning and what renting costs. What is measured or judged with other values moves all three scenarios together. */
static gboolean swings(const struct assumption *assumption, enum assumption_key key)
{
	return key >= ASSUME_NODE_PURCHASE && key <= ASSUME_RENT_OVERHEAD &&
	       assumption->value[SCENARIO_LOW] != assumption->value[SCENARIO_HIGH];
}

/* One assumption from low to high, all others as expected. How far the total swings. */
static double swing(struct evidence *evidence, enum assumption_key key)
{
	const struct assumption *assumption = assumptions_get(evidence->assumptions, key);
	double low = total_with(evidence, key, assumption->value[SCENARIO_LOW]);
	double high = total_with(evidence, key, assumption->value[SCENARIO_HIGH]);
	add_total(evidence, assumption, SCENARIO_LOW, low);
	add_total(evidence, assumption, SCENARIO_HIGH, high);
	add_break_even(evidence, key);
	return fabs(high - low);
}

/* All prices at once at one end of their ranges; NULL: none has any. */
static struct assumptions *all_at(const struct assumptions *assumptions, enum scenario end)
{
	struct assumptions *all = NULL;
	for (enum assumption_key key = 0; key < ASSUMPTIONS; key++) {
		const struct assumption *assumption = assumptions_get(assumptions, key);
		if (!swings(assumption, key))
			continue;
		struct assumptions *more = assumptions_with(all ? all : assumptions, key, assumption->value[end]);
		assumptions_free(all);
		all = more;
	}
	return all;
}

/* How many nodes to own is chosen anew. */
static void add_prices(struct evidence *evidence, enum scenario end, const char *label)
{
	g_autofree char *id = g_strconcat("sensitivity.prices.", scenario_name(end), NULL);
	if (!evidence->has_capacity) {
		figures_add_missing(evidence->figures, id, UNIT_CURRENCY, evidence->no_capacity, label);
		return;
	}
	struct assumptions *all = all_at(evidence->assumptions, end);
	figures_add(evidence->figures, id, UNIT_CURRENCY, total_at(evidence, all ? all : evidence->assumptions), label)->detail = TRUE;
	assumptions_free(all);
}

static void name_top(struct evidence *evidence, const struct assumption *top)
{
	static const char *const ends[] = { "low", "high" };
	figures_add_text(evidence->figures, "sensitivity.top.label", top ? top->label : "", "What the saving hangs on most");
	for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *id = g_strdup_printf("sensitivity.top.%s", ends[i]);
		g_autofree char *of = top ? g_strdup_printf("sensitivity.%s.%s", top->key, ends[i]) : NULL;
		const char *label = i == 0 ? "Saving a year with its low value" : "Saving a year with its high value";
		if (top)
			figures_derive(evidence->figures, id, UNIT_CURRENCY, of, label);
		else
			figures_add_missing(evidence->figures, id, UNIT_CURRENCY,
			                    evidence->no_capacity ? evidence->no_capacity : "no assumption is a range", label);
	}
}

void figures_of_sensitivity(struct evidence *evidence)
{
	guint first = figures_count(evidence->figures);
	const struct assumption *top = NULL;
	double most = 0;
	for (enum assumption_key key = 0; evidence->has_capacity && key < ASSUMPTIONS; key++) {
		const struct assumption *assumption = assumptions_get(evidence->assumptions, key);
		double by = swings(assumption, key) ? swing(evidence, key) : 0;
		if (by > most) {
			most = by;
			top = assumption;
		}
	}
	name_top(evidence, top);
	add_prices(evidence, SCENARIO_LOW, "Saving a year with all prices at their worst");
	add_prices(evidence, SCENARIO_HIGH, "Saving a year with all prices at their best");
	for (guint i = first; i < figures_count(evidence->figures); i++)
		figures_nth(evidence->figures, i)->of_run = TRUE;
}

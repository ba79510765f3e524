/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"

#include <math.h>

#define TOTAL "saving.total.expected"

static char *assumed_id(const struct assumption *assumption)
{
	return g_strconcat("assumption.", assumption->key, NULL);
}

static char *end_id(const struct assumption *assumption, enum scenario end)
{
	return g_strdup_printf("assumption.%s.%s", assumption->key, scenario_name(end));
}

/* What a year's total is with another value of this price. What is needed stays as it was measured. */
static double total_with(const struct evidence *evidence, const struct assumption *assumption, double value)
{
	struct figures *what_if = figures_over(evidence->figures);
	g_autofree char *id = assumed_id(assumption);
	figures_add(what_if, id, assumption->unit, value, assumption->label);
	figures_derive_anew(what_if, TOTAL);
	double total = figures_value(what_if, TOTAL, 0);
	figures_free(what_if);
	return total;
}

/* Halvings of a range: its ends then agree in every digit that is shown. */
#define HALVINGS 20

/* The value nearest to the expected one, beyond its low one if need be, at which a year's saving only just pays for acting
 * on it; NAN when no value that is accepted is so bad. */
static double break_even(const struct evidence *evidence, const struct assumption *assumption)
{
	double cost = figures_value(evidence->figures, "acting.cost", 0), good = assumption->value[SCENARIO_EXPECTED];
	double bad = assumption->value[SCENARIO_LOW] > good ? assumption->most : assumption->least;
	if (figures_value(evidence->figures, TOTAL, 0) <= cost || total_with(evidence, assumption, bad) > cost)
		return NAN;
	for (guint i = 0; i < HALVINGS; i++) {
		double middle = good > 0 && bad > 0 ? sqrt(good * bad) : (good + bad) / 2;
		*(total_with(evidence, assumption, middle) > cost ? &good : &bad) = middle;
	}
	return bad;
}

/* No formula tells where a halving ends. */
static void add_break_even(struct evidence *evidence, const struct assumption *assumption)
{
	g_autofree char *id = g_strconcat("breakeven.", assumption->key, NULL);
	double value = break_even(evidence, assumption);
	gboolean pays = figures_value(evidence->figures, TOTAL, 0) > figures_value(evidence->figures, "acting.cost", 0);
	struct figure *figure =
	    isnan(value) ? figures_add_missing(evidence->figures, id, assumption->unit,
	                                       pays ? "no accepted value does away with the saving"
	                                            : "the saving expected is no more than acting costs as it is",
	                                       assumption->label)
	                 : figures_add(evidence->figures, id, assumption->unit, value, assumption->label);
	figure->detail = figure->of_run = TRUE;
}

/* What owning and what renting costs. What is measured or judged with other values moves all three scenarios together. */
static gboolean swings(const struct assumption *assumption, enum assumption_key key)
{
	return key >= ASSUME_NODE_PURCHASE && key <= ASSUME_RENT_OVERHEAD &&
	       assumption->value[SCENARIO_LOW] != assumption->value[SCENARIO_HIGH];
}

/* Both ends of a range, to be put in the place of the value expected. */
static void add_range(struct evidence *evidence, const struct assumption *assumption)
{
	static const enum scenario ends[] = { SCENARIO_LOW, SCENARIO_HIGH };
	for (guint i = 0; i < G_N_ELEMENTS(ends); i++) {
		g_autofree char *id = end_id(assumption, ends[i]);
		g_autofree char *label = g_strdup_printf("%s, %s", assumption->label, scenario_name(ends[i]));
		figures_add(evidence->figures, id, assumption->unit, assumption->value[ends[i]], label)->detail = TRUE;
	}
}

static void put_end(struct figures *what_if, const struct assumption *assumption, enum scenario end)
{
	g_autofree char *id = assumed_id(assumption), *of = end_id(assumption, end);
	figures_derive(what_if, id, assumption->unit, of, assumption->label);
}

static struct figure *add_end(struct evidence *evidence, const struct assumption *assumption, enum scenario end)
{
	struct figures *what_if = figures_over(evidence->figures);
	g_autofree char *id = g_strdup_printf("sensitivity.%s.%s", assumption->key, scenario_name(end));
	g_autofree char *label = g_strdup_printf("%s, %s: saving a year", assumption->label, scenario_name(end));
	put_end(what_if, assumption, end);
	struct figure *figure = figures_suppose(evidence->figures, id, what_if, TOTAL, label);
	figure->definition = g_strdup_printf(TOTAL " with this price at its %s value, all others as they are.", scenario_name(end));
	figure->detail = TRUE;
	return figure;
}

/* One assumption from low to high, all others as expected. How far the total swings. */
static double swing(struct evidence *evidence, const struct assumption *assumption)
{
	add_range(evidence, assumption);
	const struct figure *low = add_end(evidence, assumption, SCENARIO_LOW);
	const struct figure *high = add_end(evidence, assumption, SCENARIO_HIGH);
	add_break_even(evidence, assumption);
	return fabs(high->value - low->value);
}

/* All prices at once at one end of their ranges. */
static void add_prices(struct evidence *evidence, enum scenario end, const char *label)
{
	g_autofree char *id = g_strconcat("sensitivity.prices.", scenario_name(end), NULL);
	if (!evidence->has_capacity) {
		figures_add_missing(evidence->figures, id, UNIT_CURRENCY, evidence->no_capacity, label);
		return;
	}
	struct figures *what_if = figures_over(evidence->figures);
	for (enum assumption_key key = 0; key < ASSUMPTIONS; key++) {
		const struct assumption *assumption = assumptions_get(evidence->assumptions, key);
		if (swings(assumption, key))
			put_end(what_if, assumption, end);
	}
	struct figure *figure = figures_suppose(evidence->figures, id, what_if, TOTAL, label);
	figure->definition = g_strdup_printf(TOTAL " with all prices at once at their %s values.", scenario_name(end));
	figure->detail = TRUE;
}

void figures_of_sensitivity(struct evidence *evidence)
{
	const struct assumption *top = NULL;
	double most = 0;
	for (enum assumption_key key = 0; evidence->has_capacity && key < ASSUMPTIONS; key++) {
		const struct assumption *assumption = assumptions_get(evidence->assumptions, key);
		double by = swings(assumption, key) ? swing(evidence, assumption) : 0;
		if (by > most) {
			most = by;
			top = assumption;
		}
	}
	figures_add_text(evidence->figures, "sensitivity.top.label", top ? top->label : "", "What the saving hangs on most")->of_run = TRUE;
	add_prices(evidence, SCENARIO_LOW, "Saving a year with all prices at their worst");
	add_prices(evidence, SCENARIO_HIGH, "Saving a year with all prices at their best");
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/break_even.h"

#define TOTAL "saving.total.expected"
#define TOP "sensitivity.top"
#define TOP_LABEL "How far that price moves the saving from its low to its high value"

static char *assumed_id(const struct assumption *assumption)
{
	return g_strconcat("assumption.", assumption->key, NULL);
}

static char *end_id(const struct assumption *assumption, enum scenario end)
{
	return g_strdup_printf("assumption.%s.%s", assumption->key, scenario_name(end));
}

/* What owning and what renting costs. What is measured or judged with other values moves all three
 * scenarios together. */
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
		g_autofree char *label = g_strdup_printf("%s, %s", assumption->label,
		                                         scenario_name(ends[i]));
		figures_add(evidence->figures, id, assumption->unit, assumption->value[ends[i]],
		            label)
			->detail = TRUE;
	}
}

static void put_end(struct figures *what_if, const struct assumption *assumption, enum scenario end)
{
	g_autofree char *id = assumed_id(assumption), *of = end_id(assumption, end);
	figures_derive(what_if, id, assumption->unit, of, assumption->label);
}

static struct figure *add_end(struct evidence *evidence, const struct assumption *assumption,
                              enum scenario end)
{
	struct figures *what_if = figures_over(evidence->figures);
	g_autofree char *id = g_strdup_printf("sensitivity.%s.%s", assumption->key,
	                                      scenario_name(end));
	g_autofree char *label = g_strdup_printf("%s, %s: saving a year", assumption->label,
	                                         scenario_name(end));
	put_end(what_if, assumption, end);
	struct figure *figure = figures_suppose(evidence->figures, id, what_if, TOTAL, label);
	figure->definition =
		g_strdup_printf(TOTAL " with this price at its %s value, all others as they are.",
	                        scenario_name(end));
	figure->detail = TRUE;
	return figure;
}

/* How far the total swings with it, as an expression. */
static char *swing_of(const struct assumption *assumption)
{
	return g_strdup_printf("abs(sensitivity.%s.high - sensitivity.%s.low)", assumption->key,
	                       assumption->key);
}

/* One assumption from low to high, all others as expected. */
static void add_swing(struct evidence *evidence, enum assumption_key key)
{
	const struct price price = { assumptions_get(evidence->assumptions, key),
		                     key == ASSUME_NODE_LIFE };
	add_range(evidence, price.assumption);
	add_end(evidence, price.assumption, SCENARIO_LOW);
	add_end(evidence, price.assumption, SCENARIO_HIGH);
	break_even_add(evidence, &price);
}

/* Which of them swings it most; of equal ones the first. */
static void add_top(struct evidence *evidence)
{
	g_autoptr(GString) most = g_string_new("max(0, 0");
	for (enum assumption_key key = 0; evidence->has_capacity && key < ASSUMPTIONS; key++) {
		const struct assumption *assumption = assumptions_get(evidence->assumptions, key);
		g_autofree char *by = swing_of(assumption);
		if (swings(assumption, key))
			g_string_append_printf(most, ", %s", by);
	}
	g_string_append(most, ")");
	if (evidence->has_capacity)
		figures_derive(evidence->figures, TOP ".by", UNIT_CURRENCY, most->str, TOP_LABEL)
			->detail = TRUE;
	else
		figures_add_missing(evidence->figures, TOP ".by", UNIT_CURRENCY,
		                    evidence->no_capacity, TOP_LABEL)
			->detail = TRUE;
	struct figure *top = figures_add_text(evidence->figures, TOP ".label", "",
	                                      "What the saving hangs on most");
	for (enum assumption_key key = 0; evidence->has_capacity && key < ASSUMPTIONS; key++) {
		const struct assumption *assumption = assumptions_get(evidence->assumptions, key);
		g_autofree char *by = swing_of(assumption);
		g_autofree char *is_top =
			g_strdup_printf("positive(" TOP ".by) - positive(" TOP ".by - %s)", by);
		if (swings(assumption, key))
			figures_add_choice(evidence->figures, top, is_top, assumption->label);
	}
}

/* All prices at once at one end of their ranges. */
static void add_prices(struct evidence *evidence, enum scenario end, const char *label)
{
	g_autofree char *id = g_strconcat("sensitivity.prices.", scenario_name(end), NULL);
	if (!evidence->has_capacity) {
		figures_add_missing(evidence->figures, id, UNIT_CURRENCY, evidence->no_capacity,
		                    label);
		return;
	}
	struct figures *what_if = figures_over(evidence->figures);
	for (enum assumption_key key = 0; key < ASSUMPTIONS; key++) {
		const struct assumption *assumption = assumptions_get(evidence->assumptions, key);
		if (swings(assumption, key))
			put_end(what_if, assumption, end);
	}
	struct figure *figure = figures_suppose(evidence->figures, id, what_if, TOTAL, label);
	figure->definition = g_strdup_printf(TOTAL " with all prices at once at their %s values.",
	                                     scenario_name(end));
	figure->detail = TRUE;
}

void figures_of_sensitivity(struct evidence *evidence)
{
	for (enum assumption_key key = 0; evidence->has_capacity && key < ASSUMPTIONS; key++)
		if (swings(assumptions_get(evidence->assumptions, key), key))
			add_swing(evidence, key);
	add_top(evidence);
	add_prices(evidence, SCENARIO_LOW, "Saving a year with nodes cheapest and rent dearest");
	add_prices(evidence, SCENARIO_HIGH, "Saving a year with nodes dearest and rent cheapest");
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/break_even.h"

#include <string.h>

#include "base/expression.h"
#include "finding/plan.h"

#define TOTAL "saving.total.expected"
#define COST "acting.cost"
#define AS_IS "price.as_is"
#define WORST "price.worst"

/* Added to what may be nought where it is divided by: far below what a cent is in a year. And no
 * two places on the way are so near each other. */
#define NEXT_TO_NOTHING "0.000000001"

/* With more kinds of node than these the steps would be formulas longer than the 8,192 characters
 * that Excel takes; each kind adds some 500. */
#define MOST_LIVE 15

/* From the price as it is, 0, to its worst, 1. What is found on it is in `steps`: of pool 1,
 * "less.1" is what a node costs less a year at the end, "more.1" what an hour's rent costs more; a
 * price moves the one or the other. */
struct way {
	struct evidence *evidence;
	struct figures *steps;
	char *price;         /* id */
	GHashTable *at_worst; /* id of what hangs on it → its expression at the worst, in brackets;
	                         owns both */
};

static const char *keep_name(const char *id, void *data)
{
	(void)id;
	(void)data;
	return NULL;
}

/* NULL: it does not hang on the price. */
static const char *name_at_worst(const char *id, void *data)
{
	struct way *way = data;
	const struct figure *figure = figures_find(way->evidence->figures, id);
	const char *known = g_hash_table_lookup(way->at_worst, id);
	if (known || !figure || g_str_equal(id, way->price))
		return figure && !known ? WORST : known;
	if (!figure->parsed)
		return NULL;
	g_autofree char *as_is = expression_print(figure->parsed, keep_name, NULL);
	g_autofree char *text = expression_print(figure->parsed, name_at_worst, way);
	if (g_str_equal(as_is, text))
		return NULL;
	char *bracketed = g_strdup_printf("(%s)", text);
	g_hash_table_insert(way->at_worst, g_strdup(id), bracketed);
	return bracketed;
}

static const char *pool_at_worst(struct way *way, guint pool, const char *name)
{
	g_autofree char *id = pool_id(pool, name);
	return name_at_worst(id, way);
}

/* Without nodes there is nothing to save. */
static gboolean has_nodes(const struct way *way, guint pool)
{
	return ((const struct pool_sizing *)way->evidence->sizings->pdata[pool])->owned > 0;
}

static gboolean is_moved(const struct way *way, guint pool, const char *kind)
{
	g_autofree char *id = g_strdup_printf("%s.%u", kind, pool + 1);
	return figures_find(way->steps, id) != NULL;
}

/* "P:" stands for the pool's prefix, "N" for its number, Y and R for what a node costs a year and
 * an hour's rent costs at the place `at` of the way, "AT" for that place. */
static char *of_pool(const struct way *way, guint pool, const char *expression, const char *at)
{
	GString *text = g_string_new(expression);
	g_autofree char *prefix = pool_id(pool, ""), *number = g_strdup_printf("%u", pool + 1);
	g_string_replace(text, "Y",
	                 is_moved(way, pool, "less") ? "(P:year - AT * less.N)" : "P:year", 0);
	g_string_replace(text, "R",
	                 is_moved(way, pool, "more") ? "(rent.N + AT * more.N)" : "rent.N", 0);
	g_string_replace(text, "AT", at, 0);
	g_string_replace(text, "P:", prefix, 0);
	g_string_replace(text, "N", number, 0);
	return g_string_free(text, FALSE);
}

/* Those of all pools with nodes, or of those that the price moves. */
static char *of_pools(const struct way *way, gboolean moved, const char *expression,
                      const char *between, const char *at)
{
	GString *text = g_string_new(NULL);
	for (guint p = 0; p < way->evidence->sizings->len; p++) {
		if (!has_nodes(way, p) ||
		    (moved && !is_moved(way, p, "less") && !is_moved(way, p, "more")))
			continue;
		g_autofree char *one = of_pool(way, p, expression, at);
		g_string_append_printf(text, "%s%s", text->len ? between : "", one);
	}
	return g_string_free(text, FALSE);
}

static void derive(struct way *way, const char *id, enum unit unit, const char *expression,
                   const char *label)
{
	figures_derive(way->steps, id, unit, expression, label);
}

/* The same of one pool. */
static void derive_of_pool(struct way *way, guint pool, const char *name, enum unit unit,
                           const char *expression, const char *label)
{
	g_autofree char *id = g_strdup_printf("%s.%u", name, pool + 1),
			*kind = pool_id(pool, "label");
	g_autofree char *text = of_pool(way, pool, expression, "");
	g_autofree char *full =
		g_strdup_printf("%s: %s", figures_find(way->evidence->figures, kind)->text, label);
	derive(way, id, unit, text, full);
}

/* What the way leads to. */
static void add_end(struct way *way, guint pool)
{
	const char *year = pool_at_worst(way, pool, "year"),
		   *rent = pool_at_worst(way, pool, "rent");
	derive_of_pool(way, pool, "rent", UNIT_RATE, "P:rent", "rent of an hour");
	g_autofree char *less = g_strdup_printf("max(" NEXT_TO_NOTHING ", P:year - %s)", year);
	g_autofree char *more = g_strdup_printf("max(0, %s - P:rent)", rent);
	if (year)
		derive_of_pool(way, pool, "less", UNIT_CURRENCY, less,
		               "what a node costs less a year at the worst");
	if (rent)
		derive_of_pool(way, pool, "more", UNIT_RATE, more,
		               "what an hour’s rent costs more at the worst");
}

/* What is saved at a place, by the plan that is best there. Behind the end, where a node may cost
 * less than nothing, any plan does. */
#define RATIO "abs(Y) / (R + " NEXT_TO_NOTHING ")"
#define SAVING "Y * lookup(" RATIO ", P:plan, P:fewer) - R * lookup(" RATIO ", P:plan, P:rented)"

/* The same where this pool changes its plan: its own plans one after the other, with what others
 * save meanwhile. There a node costs just so many hours of rent a year as the change is from. */
static char *saving_along(const struct way *way, guint pool, const char *at)
{
	GString *text = g_string_new(NULL);
	for (guint p = 0; p < way->evidence->sizings->len; p++) {
		const char *own = is_moved(way, p, "less")
		                          ? "rent.N * (P:plan * P:fewer - P:rented)"
		                          : "Y * P:fewer - R * P:rented";
		g_autofree char *one = of_pool(way, p, p == pool ? own : SAVING, at);
		if (has_nodes(way, p))
			g_string_append_printf(text, "%s%s", text->len ? " + " : "", one);
	}
	return g_string_free(text, FALSE);
}

/* Where this pool changes its plan: a curve. */
static char *changes_of(const struct way *way, guint pool)
{
	return of_pool(way, pool,
	               is_moved(way, pool, "less")
	                       ? "((P:year - P:plan * rent.N) / less.N)"
	                       : "((P:year - P:plan * rent.N) / (P:plan * more.N + " NEXT_TO_NOTHING
	                         "))",
	               "");
}

/* Between the last change of any plan at which acting still pays, and the next, there is none: the
 * saving is a line. */
static void add_changes(struct way *way)
{
	g_autoptr(GString) next = g_string_new("1 - max(0, 0");
	for (guint p = 0; p < way->evidence->sizings->len; p++) {
		if (!has_nodes(way, p) || (!is_moved(way, p, "less") && !is_moved(way, p, "more")))
			continue;
		g_autofree char *at = changes_of(way, p), *saving = saving_along(way, p, at);
		g_autofree char *last = g_strdup_printf("min(1, largest(positive(%s - " COST
		                                        ") * %s))",
		                                        saving, at);
		derive_of_pool(way, p, "change", UNIT_SHARE, last,
		               "last change of plan on the way at which acting pays");
		/* The last one itself, as another program rounds it, is not the next. */
		g_string_append_printf(next,
		                       ", largest(positive(%s - change.last - " NEXT_TO_NOTHING
		                       ") * (1 - %s))",
		                       at, at);
	}
	g_string_append(next, ")");
	g_autofree char *changes = of_pools(way, TRUE, "change.N", ", ", "");
	g_autofree char *last = g_strdup_printf("max(0, %s)", *changes ? changes : "0");
	derive(way, "change.last", UNIT_SHARE, last, "The last of these");
	derive(way, "change.next", UNIT_SHARE, next->str,
	       "The next change of any plan, or the end");
}

/* The plans between the two, and where what they save would be what acting costs. */
static void add_place(struct way *way)
{
	static const char within[] = "(change.last + change.next) / 2";
	for (guint p = 0; p < way->evidence->sizings->len; p++) {
		if (!has_nodes(way, p))
			continue;
		g_autofree char *fewer = of_pool(way, p, "lookup(" RATIO ", P:plan, P:fewer)",
		                                 within);
		g_autofree char *rented = of_pool(way, p, "lookup(" RATIO ", P:plan, P:rented)",
		                                  within);
		derive_of_pool(way, p, "fewer", UNIT_NODES, fewer,
		               "nodes less between the two, hours handed back counted as nodes");
		derive_of_pool(way, p, "rented", UNIT_HOURS, rented,
		               "node-hours rented between the two, a year");
	}
	g_autofree char *saved = of_pools(way, FALSE, "P:year * fewer.N - rent.N * rented.N", " + ",
	                                  "");
	g_autoptr(GString) lost = g_string_new(NEXT_TO_NOTHING);
	for (guint p = 0; p < way->evidence->sizings->len; p++) {
		g_autofree char *less = of_pool(way, p, " + less.N * fewer.N", ""),
				*more = of_pool(way, p, " + more.N * rented.N", "");
		if (has_nodes(way, p))
			g_string_append_printf(lost, "%s%s", is_moved(way, p, "less") ? less : "",
			                       is_moved(way, p, "more") ? more : "");
	}
	g_autofree char *crossing = g_strdup_printf("min(change.next, max(change.last, (%s - " COST
	                                            ") / (%s)))",
	                                            saved, lost->str);
	derive(way, "even.place", UNIT_SHARE, crossing,
	       "Where between the two these plans save what acting costs, else the nearer end");
}

/* 1, or why there is none. */
static void add_reasons(struct way *way)
{
	g_autofree char *worst = of_pools(way, FALSE, SAVING, " + ", "1");
	derive(way, "saving.worst", UNIT_CURRENCY, worst, "Saving a year at the worst");
	figures_derive_or(way->steps, "even.pays", UNIT_COUNT, "1 / positive(" TOTAL " - " COST ")",
	                  "Acting pays as it is",
	                  "the saving expected is no more than acting costs as it is");
	figures_derive_or(way->steps, "even.ends", UNIT_COUNT,
	                  "1 / (1 - positive(saving.worst - " COST "))", "It does not at the worst",
	                  "no accepted value does away with the saving");
}

static void add_steps(struct way *way, const struct price *price)
{
	const struct assumption *assumption = price->assumption;
	derive(way, AS_IS, assumption->unit, way->price, "The price as it is");
	figures_add(way->steps, WORST, assumption->unit,
	            assumption->value[SCENARIO_LOW] > assumption->value[SCENARIO_HIGH]
	                    ? assumption->most
	                    : assumption->least,
	            "The worst that is accepted");
	for (guint p = 0; p < way->evidence->sizings->len; p++)
		if (has_nodes(way, p))
			add_end(way, p);
	add_changes(way);
	add_place(way);
	add_reasons(way);
	derive(way, "even.price", assumption->unit,
	       price->is_divisor ? "even.pays * even.ends / (1 / " AS_IS " + (1 / " WORST
	                           " - 1 / " AS_IS ") * even.place)"
	                         : "even.pays * even.ends * (" AS_IS " + (" WORST " - " AS_IS
	                           ") * even.place)",
	       "Not worth it from");
}

static guint kinds_with_nodes(const struct way *way)
{
	guint kinds = 0;
	for (guint p = 0; p < way->evidence->sizings->len; p++)
		kinds += has_nodes(way, p);
	return kinds;
}

/* As a number, and no more. */
static struct figure *add_value(struct figures *figures, const char *id, const struct figure *even,
                                const char *label)
{
	return even->has_value ? figures_add(figures, id, even->unit, even->value, label)
	                       : figures_add_missing(figures, id, even->unit, even->reason, label);
}

#define DEFINITION "The value of this price from which on a year’s saving is no more than " COST ", all others as they are."

void break_even_add(struct evidence *evidence, const struct price *price)
{
	struct way way = { evidence, figures_over(evidence->figures),
		           g_strconcat("assumption.", price->assumption->key, NULL),
		           g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free) };
	g_autofree char *id = g_strconcat("breakeven.", price->assumption->key, NULL);
	gboolean live = kinds_with_nodes(&way) <= MOST_LIVE;
	struct figure *figure;
	add_steps(&way, price);
	figure = live ? figures_suppose(evidence->figures, id, way.steps, "even.price",
	                                price->assumption->label)
	              : add_value(evidence->figures, id, figures_find(way.steps, "even.price"),
	                          price->assumption->label);
	figure->definition = g_strdup(
		live ? DEFINITION
		     : DEFINITION
			" With so many kinds of node the workbook does not find it anew.");
	figure->detail = TRUE;
	if (!live)
		figures_free(way.steps);
	g_hash_table_unref(way.at_worst);
	g_free(way.price);
}

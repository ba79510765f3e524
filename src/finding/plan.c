/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/plan.h"
#include "finding/best_plans.h"

enum money_case {
	CASE_REFRESH, /* a node that is not bought again saves its purchase and its running cost */
	CASE_YEAR,    /* capital is spent: only running cost is saved */
	MONEY_CASES
};

char *pool_id(guint pool, const char *name)
{
	return g_strdup_printf("pool.%u.%s", pool + 1, name);
}

/* Over the curves of add_curves(). P: stands for the pool, C: for the case, C$ for what a node
 * costs in it a year, .S for the scenario. What is returned is money at refresh only: this year's
 * cash is what is cheapest. At refresh the nodes kept after the programmes are worth most: the cost
 * saved, and at the cost of a node-hour what is returned, which is less − (burst − burst_users) −
 * (keep − keep_users) × 8760 hours or none. From what is worth most with hours returned the number
 * of nodes itself cancels out, so that equals compare as equal. Were the cheapest number taken, a
 * node given up for little could cost more hours than it saves, and those who free more would be
 * told that they save less. */
#define LEAST(beyond) "least(P:k * C$ + P:rent * P:" beyond ".S)"
#define WORTH_MOST \
	"most(max(-P:k * C$ - P:rent * P:beyond_users.S, P:rate * (P:less.S - P:C:burst.S) - P:C:keep.S * C$ - " \
	"(P:rent - P:rate) * P:beyond_users.S), P:k, P:C:keep.S)"

static const struct plan_part {
	const char *name, *expression[MONEY_CASES], *label;
	enum unit unit;
} plan_parts[] = {
	{ "keep", { LEAST("beyond"), LEAST("beyond") }, "Nodes to own", UNIT_NODES },
	{ "burst", { "at(P:beyond.S, P:C:keep.S)", "at(P:beyond.S, P:C:keep.S)" },
	  "Node-hours to rent, a year", UNIT_HOURS },
	{ "keep_users", { WORTH_MOST, LEAST("beyond_users") },
	  "Nodes to own after the user programmes", UNIT_NODES },
	{ "burst_users", { "at(P:beyond_users.S, P:C:keep_users.S)",
	  "at(P:beyond_users.S, P:C:keep_users.S)" },
	  "Node-hours to rent after the user programmes, a year", UNIT_HOURS },
};

#define RETURNED "max(0, P:less.S - (P:C:burst.S - P:C:burst_users.S) - (P:C:keep.S - P:C:keep_users.S) * 8760)"
#define RETURNED_LABEL "Node-hours returned to researchers, a year"

/* "now.keep.low" of pool 0: "pool.1.now.keep.low". */
static char *part_id(guint pool, const char *name, enum money_case which, enum scenario s)
{
	g_autofree char *full = g_strdup_printf("%s%s.%s", which == CASE_REFRESH ? "" : "now.",
	                                        name, scenario_name(s));
	return pool_id(pool, full);
}

static char *in_case(const char *expression, guint pool, enum money_case which, enum scenario s)
{
	GString *text = g_string_new(expression);
	g_autofree char *scenario = g_strconcat(".", scenario_name(s), NULL),
			*prefix = pool_id(pool, "");
	g_string_replace(text, "C$", which == CASE_REFRESH ? "P:year" : "P:cash", 0);
	g_string_replace(text, "C:", which == CASE_REFRESH ? "" : "now.", 0);
	g_string_replace(text, ".S", scenario, 0);
	g_string_replace(text, "P:", prefix, 0);
	return g_string_free(text, FALSE);
}

/* NULL counts the nodes themselves. */
static double *numbers(const struct pool_sizing *sizing, const gint64 *counts)
{
	double *values = g_new(double, sizing->owned + 1);
	for (gint64 k = 0; k <= sizing->owned; k++)
		values[k] = (double)(counts ? counts[k] : k);
	return values;
}

struct planning {
	struct figures *figures;
	guint pool;
	const struct pool_sizing *sizing;
	const char *label;
};

/* Takes the values over. */
static void add_curve(const struct planning *of, const char *name, enum unit unit, double *values,
                      const char *label)
{
	g_autofree char *id = pool_id(of->pool, name),
			*full = g_strdup_printf("%s: %s", of->label, label);
	figures_add_curve(of->figures, id, unit, values, (guint)of->sizing->owned + 1, full);
}

static void add_curves_of_scenario(const struct planning *of, enum scenario s)
{
	const struct needed *need = &of->sizing->need[s];
	const char *name = scenario_name(s);
	g_autofree char *beyond = g_strdup_printf("beyond.%s", name),
			*users = g_strdup_printf("beyond_users.%s", name);
	g_autofree char *less = part_id(of->pool, "less", CASE_REFRESH, s);
	g_autofree char *label = g_strdup_printf("node-hours needed beyond them a year, %s", name);
	g_autofree char *users_label = g_strdup_printf("the same with the user programmes, %s",
	                                               name);
	add_curve(of, beyond, UNIT_HOURS, pool_sizing_beyond(of->sizing, need->now), label);
	add_curve(of, users, UNIT_HOURS, pool_sizing_beyond(of->sizing, need->users), users_label);
	figures_add(of->figures, less, UNIT_HOURS, pool_sizing_less(of->sizing, s),
	            "Node-hours less that are needed with the user programmes, a year")
		->detail = TRUE;
}

static void add_best_plan(const struct planning *of, const char *name, enum unit unit,
                          double *values, guint count, const char *label)
{
	g_autofree char *id = pool_id(of->pool, name),
			*full = g_strdup_printf("%s: %s", of->label, label);
	figures_add_curve(of->figures, id, unit, values, count, full);
}

/* By what owning costs against renting. */
static void add_best_plans(const struct planning *of)
{
	struct best_plans plans = best_plans_of(of->sizing, SCENARIO_EXPECTED);
	add_best_plan(of, "plan", UNIT_HOURS, plans.from_hours, plans.count,
	              "from so many hours of rent on that a year of a node costs, another plan is "
	              "best, expected");
	add_best_plan(of, "fewer", UNIT_NODES, plans.fewer_nodes, plans.count,
	              "nodes less in this plan, hours handed back counted as nodes, expected");
	add_best_plan(of, "rented", UNIT_HOURS, plans.rented_hours, plans.count,
	              "node-hours rented in this plan, a year, expected");
}

/* By how many nodes are owned, from none to all of them. */
static void add_curves(const struct planning *of)
{
	const struct bursts *bursts = &of->sizing->bursts;
	add_curve(of, "k", UNIT_NODES, numbers(of->sizing, NULL), "nodes owned");
	for (enum scenario s = 0; s < SCENARIOS; s++)
		add_curves_of_scenario(of, s);
	add_curve(of, "beyond.light", UNIT_HOURS, pool_sizing_beyond(of->sizing, bursts->light),
	          "of these, node-hours that jobs of at most a day on one node could fill in the "
	          "same minutes, expected");
	add_curve(of, "bursts", UNIT_COUNT, numbers(of->sizing, bursts->count),
	          "times in the period that more was needed, expected");
	add_curve(of, "bursts.minutes", UNIT_COUNT, numbers(of->sizing, bursts->minutes),
	          "minutes of these, expected");
	add_curve(of, "bursts.longest", UNIT_COUNT, numbers(of->sizing, bursts->longest_minutes),
	          "minutes of the longest, expected");
}

static void derive_part(struct figures *figures, guint pool, const struct plan_part *part,
                        enum money_case which, enum scenario s)
{
	g_autofree char *id = part_id(pool, part->name, which, s);
	g_autofree char *expression = in_case(part->expression[which], pool, which, s);
	figures_derive(figures, id, part->unit, expression, part->label)->detail = TRUE;
}

static void derive_plan(struct figures *figures, guint pool, enum money_case which, enum scenario s)
{
	static const struct plan_part returned = {
		"returned", { RETURNED, RETURNED }, RETURNED_LABEL, UNIT_HOURS
	};
	for (guint i = 0; i < G_N_ELEMENTS(plan_parts); i++)
		derive_part(figures, pool, &plan_parts[i], which, s);
	derive_part(figures, pool, &returned, which, s);
}

void plan_add(struct figures *figures, guint pool, const struct pool_sizing *sizing,
              const char *label)
{
	const struct planning of = { figures, pool, sizing, label };
	add_curves(&of);
	add_best_plans(&of);
	for (enum money_case c = 0; c < MONEY_CASES; c++)
		for (enum scenario s = 0; s < SCENARIOS; s++)
			derive_plan(figures, pool, c, s);
}

static void add_none(struct figures *figures, guint pool, enum money_case which, enum scenario s,
                     const char *reason)
{
	for (guint i = 0; i < G_N_ELEMENTS(plan_parts); i++) {
		const struct plan_part *part = &plan_parts[i];
		g_autofree char *id = part_id(pool, part->name, which, s);
		struct figure *figure =
			reason ? figures_add_missing(figures, id, part->unit, reason, part->label)
			       : figures_add(figures, id, part->unit, 0, part->label);
		figure->detail = TRUE;
	}
}

void plan_add_none(struct figures *figures, guint pool, const struct pool_sizing *sizing,
                   const char *reason)
{
	for (enum money_case c = 0; c < MONEY_CASES; c++)
		for (enum scenario s = 0; s < SCENARIOS; s++) {
			g_autofree char *id = part_id(pool, "returned", c, s);
			add_none(figures, pool, c, s, reason);
			figures_add(figures, id, UNIT_HOURS, sizing->returned_hours[s],
			            RETURNED_LABEL)
				->detail = TRUE;
		}
}

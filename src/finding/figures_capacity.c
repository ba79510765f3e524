/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"
#include "finding/plan.h"

double pool_figure(const struct evidence *evidence, guint pool, const char *name, double otherwise)
{
	g_autofree char *id = pool_id(pool, name);
	return figures_value(evidence->figures, id, otherwise);
}

static void pool_value(struct evidence *evidence, guint pool, const char *name, enum unit unit,
                       double value, const char *label)
{
	g_autofree char *id = pool_id(pool, name);
	figures_add(evidence->figures, id, unit, value, label)->detail = TRUE;
}

/* In the expression, P stands for this pool's prefix and A for "assumption.". */
static char *expand(guint pool, const char *expression)
{
	g_autoptr(GString) text = g_string_new(expression);
	g_autofree char *prefix = g_strdup_printf("pool.%u.", pool + 1);
	g_string_replace(text, "P:", prefix, 0);
	g_string_replace(text, "A:", "assumption.", 0);
	return g_strdup(text->str);
}

static void pool_derive(struct evidence *evidence, guint pool, const char *name, enum unit unit,
                        const char *expression, const char *label)
{
	g_autofree char *id = pool_id(pool, name);
	g_autofree char *text = expand(pool, expression);
	figures_derive(evidence->figures, id, unit, text, label)->detail = TRUE;
}

static const char *nodes_unknown(const struct evidence *evidence)
{
	return evidence->no_capacity ? evidence->no_capacity : "the inventory does not list them";
}

/* What is owned in the end; and on average, where that is another number. */
static void nodes_of_pool(struct evidence *evidence, guint number)
{
	const GArray *steps = evidence->capacities->pdata[number];
	g_autofree char *nodes = pool_id(number, "nodes");
	if (!steps) {
		figures_add_missing(evidence->figures, nodes, UNIT_NODES, nodes_unknown(evidence),
		                    "Nodes owned");
		return;
	}
	figures_add(evidence->figures, nodes, UNIT_NODES, (double)capacity_last(steps),
	            "Nodes owned");
	if (evidence->capacity_varies)
		pool_value(evidence, number, "nodes_mean", UNIT_NODES,
		           (double)capacity_node_seconds(steps, evidence->tally->rules.to) /
		                   (double)evidence->window_seconds,
		           "Nodes owned, mean over the period");
}

static void figures_of_pool(struct evidence *evidence, guint number)
{
	const struct pool *pool = inventory_pool(evidence->tally->inventory, number);
	g_autofree char *label = pool_id(number, "label");
	figures_add_text(evidence->figures, label, pool->label, "Kind of node");
	nodes_of_pool(evidence, number);
	pool_value(evidence, number, "cores", UNIT_COUNT, (double)pool->shape.cores,
	           "Cores of a node");
	pool_value(evidence, number, "cpus", UNIT_CPUS, (double)pool->shape.cpus,
	           "CPUs of a node, as Slurm counts them");
	pool_value(evidence, number, "gpus", UNIT_COUNT, (double)pool->shape.gpus,
	           "GPUs of a node");
	pool_value(evidence, number, "memory", UNIT_NUMBER,
	           (double)pool->shape.memory_kib / 1048576, "GiB of a node");
	pool_derive(evidence, number, "purchase", UNIT_CURRENCY,
	            "A:node_purchase + P:cores * A:core_purchase + P:memory * A:memory_purchase + "
	            "P:gpus * A:gpu_purchase",
	            "Purchase of a node");
	pool_derive(evidence, number, "capital", UNIT_CURRENCY, "P:purchase / A:node_life",
	            "Capital of a node, a year");
	pool_derive(evidence, number, "watts", UNIT_NUMBER,
	            "A:node_watts + P:cores * A:core_watts + P:gpus * A:gpu_watts",
	            "Power of a node, watts");
	pool_derive(evidence, number, "cash", UNIT_CURRENCY,
	            "P:watts / 1000 * 8760 * A:pue * A:electricity + A:support * P:purchase",
	            "Power and support of a node, a year");
	pool_derive(evidence, number, "year", UNIT_CURRENCY, "P:capital + P:cash",
	            "Cost of a node, a year");
	pool_derive(evidence, number, "rate", UNIT_RATE, "P:year / 8760", "Cost of a node-hour");
	pool_derive(evidence, number, "rent", UNIT_RATE,
	            pool->shape.gpus > 0
	                    ? "P:gpus * A:rented_gpu_hour * (1 + A:rent_overhead)"
	                    : "P:cores * A:vcpus_per_core * A:vcpu_hour * (1 + A:rent_overhead)",
	            "Rent of such a node, an hour");
	pool_derive(evidence, number, "cost", UNIT_CURRENCY, "P:nodes * P:year",
	            "Cost of all nodes of this kind, a year");
}

/* "pool.1.cost + pool.2.cost" over the pools whose capacity is known, or over all when it is of
 * none; NULL when there is none. */
static char *sum_over_pools(const struct evidence *evidence, const char *term)
{
	const struct inventory *inventory = evidence->tally->inventory;
	g_autoptr(GString) text = g_string_new(NULL);
	for (guint p = 0; p < inventory_pools(inventory); p++) {
		if (evidence->has_capacity && inventory_pool(inventory, p)->inferred)
			continue;
		g_autofree char *one = expand(p, term);
		g_string_append_printf(text, "%s%s", text->len ? " + " : "", one);
	}
	return text->len ? g_strdup(text->str) : NULL;
}

static void derive_over_pools(struct evidence *evidence, const char *id, enum unit unit,
                              const char *term, const char *label)
{
	g_autofree char *expression = evidence->has_capacity ? sum_over_pools(evidence, term)
	                                                     : NULL;
	if (expression)
		figures_derive(evidence->figures, id, unit, expression, label);
	else
		figures_add_missing(evidence->figures, id, unit, evidence->no_capacity, label);
}

void figures_of_pools(struct evidence *evidence)
{
	for (guint p = 0; p < inventory_pools(evidence->tally->inventory); p++)
		figures_of_pool(evidence, p);
	gboolean varies = evidence->capacity_varies;
	derive_over_pools(evidence, "capacity.nodes", UNIT_NODES, "P:nodes", "Nodes owned");
	derive_over_pools(evidence, "capacity.cpus", UNIT_CPUS,
	                  varies ? "P:nodes_mean * P:cpus" : "P:nodes * P:cpus",
	                  varies ? "CPUs owned, mean over the period" : "CPUs owned");
	derive_over_pools(evidence, "capacity.gpus", UNIT_GPUS,
	                  varies ? "P:nodes_mean * P:gpus" : "P:nodes * P:gpus",
	                  varies ? "GPUs owned, mean over the period" : "GPUs owned");
	derive_over_pools(evidence, "cost.total", UNIT_CURRENCY, "P:cost",
	                  "Cost of the nodes, a year");
	figures_find(evidence->figures, "cost.total")->definition = g_strdup(
		"Purchase spread over the years a node lives, power and support, of every node in "
	        "the inventory.");
}

static void figures_of_plan(struct evidence *evidence, guint pool)
{
	const struct pool_sizing *sizing = evidence->sizings->pdata[pool];
	if (sizing->owned > 0)
		plan_add(evidence->figures, pool, sizing,
		         inventory_pool(evidence->tally->inventory, pool)->label);
	else
		plan_add_none(evidence->figures, pool, sizing,
		              evidence->has_capacity && evidence->capacities->pdata[pool]
		                      ? NULL
		                      : nodes_unknown(evidence));
}

static void derive_saving(struct evidence *evidence, const char *id, enum scenario s,
                          const char *term, const char *label)
{
	g_autofree char *full = g_strdup_printf("saving.%s.%s", id, scenario_name(s));
	g_autofree char *with_label = g_strdup_printf("%s, %s", label, scenario_name(s));
	g_autoptr(GString) expression = g_string_new(term);
	g_autofree char *suffix = g_strconcat(".", scenario_name(s), NULL);
	g_string_replace(expression, ".S", suffix, 0);
	derive_over_pools(evidence, full, UNIT_CURRENCY, expression->str, with_label);
}

/* What users give back is unknown where no use is measured, not nought. */
static void derive_saving_of_users(struct evidence *evidence, enum scenario s)
{
	const char *label = "Added by users who ask for what they need";
	if (evidence->has_usage || !evidence->has_capacity) {
		derive_saving(evidence, "users", s,
		              "(P:keep.S - P:keep_users.S) * P:year + P:rent * (P:burst.S - "
		              "P:burst_users.S)",
		              label);
		return;
	}
	g_autofree char *id = g_strdup_printf("saving.users.%s", scenario_name(s));
	g_autofree char *with_label = g_strdup_printf("%s, %s", label, scenario_name(s));
	figures_add_missing(evidence->figures, id, UNIT_CURRENCY, evidence->no_usage, with_label);
}

/* Node-hours returned are worth something where capacity is unknown, too. */
static void derive_returned(struct evidence *evidence, enum scenario s)
{
	g_autofree char *id = g_strdup_printf("saving.returned.%s", scenario_name(s));
	g_autofree char *label = g_strdup_printf("Capacity returned to researchers, %s",
	                                         scenario_name(s));
	g_autofree char *term = g_strdup_printf("P:returned.%s * P:rate", scenario_name(s));
	g_autofree char *expression = sum_over_pools(evidence, term);
	if (!evidence->has_usage)
		figures_add_missing(evidence->figures, id, UNIT_CURRENCY, evidence->no_usage,
		                    label);
	else if (!expression || figures_value(evidence->figures, "ledger.hours", 0) == 0)
		figures_add_missing(evidence->figures, id, UNIT_CURRENCY, NO_NODE_HOURS, label);
	else
		figures_derive(evidence->figures, id, UNIT_CURRENCY, expression, label);
}

/* The parts that this export can tell. */
static char *total_of(const struct evidence *evidence, const char *name)
{
	if (!evidence->has_capacity)
		return g_strdup_printf("saving.returned.%s", name);
	if (!evidence->has_usage)
		return g_strdup_printf("saving.infrastructure.%s", name);
	return g_strdup_printf("saving.infrastructure.%s + saving.users.%s + saving.returned.%s",
	                       name, name, name);
}

/* For so much of the time what jobs held is cut off, and so much of what the nodes cost is at
 * stake, before a small saving may be a large one. */
#define CROWDED 0.05
#define MUCH_AT_STAKE 0.1

/* What was held beyond all nodes of a kind is cut off (doc/model.md, "Own or rent"). What users
 * free of it counts as nought, however much that is. */
static gboolean saving_is_least(const struct evidence *evidence)
{
	double crowded = 0;
	for (guint p = 0; p < evidence->sizings->len; p++) {
		const struct pool_sizing *sizing = evidence->sizings->pdata[p];
		if (60 * (double)sizing->clipped_minutes >
		    CROWDED * (double)evidence->window_seconds)
			crowded += pool_figure(evidence, p, "cost", 0);
	}
	return evidence->has_capacity &&
	       crowded * figures_value(evidence->figures, "ledger.excess.share", 0) >
	               MUCH_AT_STAKE * figures_value(evidence->figures, "cost.total", 0);
}

static void derive_total(struct evidence *evidence, enum scenario s)
{
	const char *name = scenario_name(s);
	g_autofree char *id = g_strdup_printf("saving.total.%s", name);
	const char *what = !evidence->has_capacity ? "Worth giving back a year"
	                   : figures_value(evidence->figures, "saving.is_least", 0) > 0
	                           ? "Saving a year at least"
	                           : "Saving a year";
	g_autofree char *label = g_strdup_printf("%s, %s", what, name);
	g_autofree char *expression = total_of(evidence, name);
	struct figure *total;
	if (!evidence->has_capacity && !evidence->has_usage)
		total = figures_add_missing(evidence->figures, id, UNIT_CURRENCY,
		                            "cannot be estimated from this export: it has neither "
		                            "a node inventory nor measured use",
		                            label);
	else
		total = figures_derive(evidence->figures, id, UNIT_CURRENCY, expression, label);
	total->grade = !evidence->has_requests  ? GRADE_C
	               : evidence->has_capacity ? GRADE_A
	                                        : GRADE_B;
	total->definition = g_strdup(
		!evidence->has_capacity
			? "What programmes ask back, as far as people are taken to follow, at the "
			  "cost of a node-hour. No bill gets smaller by it: how many nodes there "
			  "are is not known."
			: "Today’s cost less the cost of the nodes to own and the rent beside them "
			  "once users have changed what they ask for, plus the node-hours that "
			  "come free in nodes that stay. Never more than today’s cost.");
}

/* All of the excess at the cost of a node-hour: "programme.ID.gross", of a scenario, with ".low"
 * behind it. */
static void derive_gross(struct evidence *evidence, enum programme g, enum scenario s,
                         const char *suffix)
{
	const struct people *people = evidence->people;
	g_autofree char *gross = g_strdup_printf("programme.%s.gross%s", programme_id(g), suffix);
	g_autoptr(GString) value = g_string_new(NULL);
	for (guint p = 0; p < people->pools; p++) {
		g_autofree char *id = g_strdup_printf("programme.%s.pool_%u%s", programme_id(g),
		                                      p + 1, suffix);
		const struct pool_sizing *sizing = evidence->sizings->pdata[p];
		figures_add_excess(evidence, id,
		                   micro_hours(people->claims[p][g][s]) * sizing->year_factor,
		                   "Node-hours of excess, a year")
			->detail = TRUE;
		g_string_append_printf(value, "%s%s * pool.%u.rate", p ? " + " : "", id, p + 1);
	}
	g_autofree char *label = s == SCENARIO_EXPECTED
	                                 ? g_strdup(programme_name(g))
	                                 : g_strdup_printf("%s, %s", programme_name(g),
	                                                   scenario_name(s));
	struct figure *figure = value->len > 0 ? figures_derive(evidence->figures, gross,
	                                                        UNIT_CURRENCY, value->str, label)
	                                       : figures_add_missing(evidence->figures, gross,
	                                                             UNIT_CURRENCY,
	                                                             "no node is known", label);
	figure->detail = s != SCENARIO_EXPECTED;
	if (s == SCENARIO_EXPECTED)
		figure->definition = g_strdup("All of the excess at the cost of a node-hour, "
		                              "before anyone changes anything. It is "
		                              "not a saving and enters no total.");
}

static void figures_of_programmes(struct evidence *evidence)
{
	const struct people *people = evidence->people;
	for (enum programme g = 0; g < PROGRAMMES; g++) {
		gint64 sum = 0;
		g_autofree char *users = g_strdup_printf("programme.%s.users", programme_id(g));
		g_autofree char *hours = g_strdup_printf("programme.%s.hours", programme_id(g));
		figures_add(evidence->figures, users, UNIT_COUNT, people->programme_users[g],
		            programme_name(g));
		for (guint p = 0; p < people->pools; p++)
			sum += people->claims[p][g][SCENARIO_EXPECTED];
		figures_add_excess(evidence, hours, micro_hours(sum), programme_name(g));
		derive_gross(evidence, g, SCENARIO_EXPECTED, "");
		derive_gross(evidence, g, SCENARIO_LOW, ".low");
		derive_gross(evidence, g, SCENARIO_HIGH, ".high");
	}
}

static void figure_clipped(struct evidence *evidence)
{
	gint64 minutes = 0;
	for (guint p = 0; p < evidence->sizings->len; p++)
		minutes +=
			((const struct pool_sizing *)evidence->sizings->pdata[p])->clipped_minutes;
	figures_add(evidence->figures, "demand.clipped.hours", UNIT_HOURS, (double)minutes / 60,
	            "Hours in which jobs held more nodes of a kind than the inventory lists");
}

/* What came lately may have been used by nobody yet. */
static gboolean was_there_mostly(const struct evidence *evidence, guint p, gint64 owned)
{
	const GArray *steps = evidence->capacities->pdata[p];
	return steps && 2 * capacity_node_seconds(steps, evidence->tally->rules.to) >=
	                        owned * evidence->window_seconds;
}

/* Of whole kinds. That nobody wanted one is less likely than that the export lacks its jobs. */
static void figure_unused(struct evidence *evidence)
{
	gint64 nodes = 0;
	for (guint p = 0; p < evidence->sizings->len && evidence->has_capacity; p++) {
		const struct pool_sizing *sizing = evidence->sizings->pdata[p];
		if (sizing->owned > 0 && sizing->peak_nodes <= 0 &&
		    was_there_mostly(evidence, p, sizing->owned))
			nodes += sizing->owned;
	}
	figures_add(evidence->figures, "nodes.unused", UNIT_NODES, (double)nodes,
	            "Nodes of kinds that no job held in the period");
}

static void figure_kinds(struct evidence *evidence)
{
	guint kinds = 0;
	for (guint p = 0; p < evidence->sizings->len && evidence->has_capacity; p++)
		kinds += ((const struct pool_sizing *)evidence->sizings->pdata[p])->owned > 0;
	figures_add(evidence->figures, "nodes.kinds", UNIT_COUNT, kinds, "Kinds of node owned");
}

/* What a slice of a GPU costs no assumption says: such nodes bear the price of none, or of as many
 * whole ones. */
static void figure_sliced(struct evidence *evidence)
{
	gint64 nodes = 0;
	for (guint p = 0; p < evidence->sizings->len && evidence->has_capacity; p++) {
		const char *type = inventory_pool(evidence->tally->inventory, p)->shape.gpu_type;
		if (type && value_is_mig(slice_of(type)))
			nodes += ((const struct pool_sizing *)evidence->sizings->pdata[p])->owned;
	}
	figures_add(evidence->figures, "nodes.sliced", UNIT_NODES, (double)nodes,
	            "Nodes with slices of GPUs and no whole one");
}

/* What an export lacks counts as idle; where sreport was asked, its sums tell. */
static void figures_of_numbers(struct evidence *evidence)
{
	struct figures *figures = evidence->figures;
	double share = evidence->told.numbers_share;
	gboolean known = share > 0, few = known && share < NUMBERS_FEW && evidence->has_capacity &&
	                                  !evidence->told.sreport;
	static const char label[] = "Of the job numbers given meanwhile, those in the export";
	if (known)
		figures_add(figures, "numbers.share", UNIT_SHARE, share, label);
	else
		figures_add_missing(
			figures, "numbers.share", UNIT_SHARE,
			"its job numbers do not tell: they are too few, of several clusters, "
			"new ones, in a tally, or follow no order",
			label);
	figures_add(
		figures, "numbers.few", UNIT_COUNT,
		few && figures_value(figures, "utilization", 1) < NUMBERS_FEW,
		"Most jobs are not in the export, and most CPUs were not held by those that are");
}

static void figure_carbon(struct evidence *evidence, const char *id, const char *expression,
                          const char *label)
{
	if (assumptions_value(evidence->assumptions, ASSUME_GRID_CARBON, SCENARIO_EXPECTED) > 0)
		figures_derive(evidence->figures, id, UNIT_NUMBER, expression, label);
	else
		figures_add_missing(evidence->figures, id, UNIT_NUMBER,
		                    "the assumption grid_carbon is not given", label);
}

/* Of the nodes owned. What rented ones draw is drawn elsewhere, and not in it. */
static void figures_of_energy(struct evidence *evidence)
{
	derive_over_pools(evidence, "energy.total", UNIT_NUMBER,
	                  "P:nodes * P:watts * 8760 * A:pue / 1000000",
	                  "Electricity of the nodes, MWh a year");
	derive_over_pools(evidence, "energy.saved", UNIT_NUMBER,
	                  "(P:nodes - P:keep_users.expected) * P:watts * 8760 * A:pue / 1000000",
	                  "Less electricity with the nodes to own once users ask for what they "
	                  "need, MWh a year");
	figure_carbon(evidence, "carbon.total", "energy.total * assumption.grid_carbon",
	              "Carbon dioxide of that, tonnes a year");
	figure_carbon(evidence, "carbon.saved", "energy.saved * assumption.grid_carbon",
	              "Carbon dioxide less, tonnes a year");
}

/* Node-hours that jobs held of nodes with GPUs, less those of all others. */
static double held_of_gpu_nodes(const struct evidence *evidence)
{
	double difference = 0;
	for (guint p = 0; p < evidence->sizings->len; p++) {
		const struct pool_sizing *sizing = evidence->sizings->pdata[p];
		difference += inventory_pool(evidence->tally->inventory, p)->shape.gpus > 0
		                      ? sizing->mean_nodes
		                      : -sizing->mean_nodes;
	}
	return difference;
}

/* The same of what they cost, as an expression: with other prices it may be another kind. */
static char *cost_of_gpu_nodes(const struct evidence *evidence)
{
	const struct inventory *inventory = evidence->tally->inventory;
	g_autoptr(GString) text = g_string_new("0");
	for (guint p = 0; p < inventory_pools(inventory); p++)
		if (!inventory_pool(inventory, p)->inferred)
			g_string_append_printf(text, " %c pool.%u.cost",
			                       inventory_pool(inventory, p)->shape.gpus > 0 ? '+'
			                                                                    : '-',
			                       p + 1);
	return g_strdup(text->str);
}

/* Of a cluster whose nodes with GPUs outweigh all others, CPUs in use tell little. Where nothing
 * costs, what was held decides. */
static void figure_is_gpus(struct evidence *evidence)
{
	static const char label[] = "Most of the cost, or of what was held, is in nodes with GPUs";
	gboolean held = figures_value(evidence->figures, "demand.gpus.mean", 0) > 0,
		 most_held = held_of_gpu_nodes(evidence) > 0;
	if (!held || !evidence->has_capacity) {
		figures_add(evidence->figures, "demand.is_gpus", UNIT_COUNT, held && most_held,
		            label)
			->detail = TRUE;
		return;
	}
	g_autofree char *cost = cost_of_gpu_nodes(evidence);
	g_autofree char *text = g_strdup_printf(
		"positive(cost.total) * positive(%s) + (1 - positive(cost.total)) * %d", cost,
		most_held);
	figures_derive(evidence->figures, "demand.is_gpus", UNIT_COUNT, text, label)->detail = TRUE;
}

void figures_of_savings(struct evidence *evidence)
{
	figure_clipped(evidence);
	figure_unused(evidence);
	figure_kinds(evidence);
	figure_sliced(evidence);
	figures_add(evidence->figures, "clusters.several", UNIT_COUNT,
	            evidence->has_capacity && evidence->told.clusters > 1,
	            "Jobs are of several clusters, with one list of nodes");
	figures_of_numbers(evidence);
	for (guint p = 0; p < evidence->sizings->len; p++)
		figures_of_plan(evidence, p);
	figure_is_gpus(evidence);
	figures_add(evidence->figures, "saving.is_least", UNIT_COUNT, saving_is_least(evidence),
	            "More was held than there is, so that what users free may count as nothing: "
	            "the saving is the least it can be");
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		derive_saving(evidence, "infrastructure", s,
		              "(P:nodes - P:keep.S) * P:year - P:rent * P:burst.S",
		              "Nodes not bought again, less the rent");
		derive_saving_of_users(evidence, s);
		derive_returned(evidence, s);
		derive_total(evidence, s);
		derive_saving(evidence, "purchase", s, "(P:nodes - P:keep_users.S) * P:capital",
		              "Purchase avoided at refresh");
		derive_saving(evidence, "running", s,
		              "(P:nodes - P:keep_users.S) * P:cash - P:rent * P:burst_users.S",
		              "Power and support less rent");
		derive_saving(
			evidence, "now", s,
			"(P:nodes - P:now.keep_users.S) * P:cash - P:rent * P:now.burst_users.S",
			"Cash this year, nothing bought or sold");
	}
	figures_derive(
		evidence->figures, "cost.to_pay", UNIT_CURRENCY,
		evidence->has_usage
			? "cost.total - saving.infrastructure.expected - saving.users.expected"
			: "cost.total - saving.infrastructure.expected",
		"Cost a year to pay, as proposed");
	figures_derive(evidence->figures, "cost.proposed", UNIT_CURRENCY,
	               "cost.total - saving.total.expected",
	               "Cost a year to pay, as proposed, less the worth of hours handed back");
	figures_of_programmes(evidence);
	figures_of_energy(evidence);
}

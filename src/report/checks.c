/* SPDX-License-Identifier: Apache-2.0 */
/* What a reader may check without believing us: sums of parts, and what cannot exceed what. Where
 * the report does not have both sides, because something is not known or not told of everybody,
 * there is nothing to check. */
#include "base/expression.h"
#include "report/compose.h"

#include <string.h>

#define SUM "sum."
#define TOLD "told."
#define GROUPS "Groups"

/* "S:" stands for each scenario, "P:" for each kind of node, added up: "sum.users.P:held" →
 * "sum.users.held_1 + …". */
static const struct {
	const char *words, *left;
	enum check_relation relation;
	const char *right;
	enum unit unit;
} checks[] = {
	{ "The three savings sum to the whole",
	  "saving.infrastructure.S: + saving.users.S: + saving.returned.S:", CHECK_EQUAL,
	  "saving.total.S:", UNIT_CURRENCY },
	{ "The three kinds of money sum to the same",
	  "saving.purchase.S: + saving.running.S: + saving.returned.S:", CHECK_EQUAL,
	  "saving.total.S:", UNIT_CURRENCY },
	{ "The saving is no more than the cost", "saving.total.S:", CHECK_AT_MOST, "cost.total",
	  UNIT_CURRENCY },
	{ "The low saving is no more than the expected", "saving.total.low", CHECK_AT_MOST,
	  "saving.total.expected", UNIT_CURRENCY },
	{ "The expected saving is no more than the high", "saving.total.expected", CHECK_AT_MOST,
	  "saving.total.high", UNIT_CURRENCY },
	{ "The proposed cost and the saving are today’s cost",
	  "cost.proposed + saving.total.expected", CHECK_EQUAL, "cost.total",
	  UNIT_CURRENCY },
	{ "What is to be paid, less what is handed back, is the proposed cost",
	  "cost.to_pay - saving.returned.expected", CHECK_EQUAL,
	  "cost.proposed", UNIT_CURRENCY },
	{ "The steps lead from today’s cost to the proposed",
	  "told.bridge.saved - told.bridge.added", CHECK_EQUAL,
	  "cost.total - cost.proposed", UNIT_CURRENCY },
	{ "No level of owning costs less than the best", "own.cost", CHECK_AT_MOST,
	  "min(own.p50.cost, own.p75.cost, own.p80.cost, own.p85.cost, own.p90.cost, own.p95.cost, own.p99.cost)", UNIT_CURRENCY },
	{ "Owning the best number costs no more than today", "own.cost", CHECK_AT_MOST,
	  "cost.total", UNIT_CURRENCY },
	{ "Nodes to own of each kind sum to all of them", "sum.pools.keep", CHECK_EQUAL, "own.keep",
	  UNIT_NODES },
	{ "What users do not need costs no more than what they hold", "told.users.unused",
	  CHECK_AT_MOST, "told.users.cost", UNIT_CURRENCY },
	{ "What users give back costs no more than what they do not need", "told.users.saving",
	  CHECK_AT_MOST, "told.users.unused",
	  UNIT_CURRENCY },
	{ "Programmes claim all that was not needed, once", "sum.programmes.hours", CHECK_EQUAL,
	  "ledger.excess.hours", UNIT_HOURS },
	{ "The classes of the ledger sum to all node-hours", "sum.ledger.hours", CHECK_EQUAL,
	  "ledger.hours", UNIT_HOURS },
	{ "Their shares sum to the whole", "sum.ledger.share", CHECK_EQUAL, "1", UNIT_SHARE },
	{ "Five classes are what was not needed",
	  "ledger.memory.hours + ledger.cpu.hours + ledger.both.hours + ledger.gpu.hours + ledger.whole_node.hours", CHECK_EQUAL,
	  "ledger.excess.hours", UNIT_HOURS },
	{ "Months sum to all node-hours", "sum.ledger_months.held", CHECK_EQUAL, "ledger.hours",
	  UNIT_HOURS },
	{ "Months sum to all that was not needed", "sum.ledger_months.excess", CHECK_EQUAL,
	  "ledger.excess.hours", UNIT_HOURS },
	{ "What was needed, not needed and not judged is all",
	  "sum.ledger_months.useful + sum.ledger_months.excess + sum.ledger_months.rest",
	  CHECK_EQUAL, "sum.ledger_months.held", UNIT_HOURS },
	{ "With most headroom no more is not needed", "sum.ledger_months.excess_low", CHECK_AT_MOST,
	  "sum.ledger_months.excess", UNIT_HOURS },
	{ "With least headroom no less is not needed", "sum.ledger_months.excess", CHECK_AT_MOST,
	  "sum.ledger_months.excess_high", UNIT_HOURS },
	{ "Partitions sum to all node-hours", "sum.partitions.held", CHECK_EQUAL, "ledger.hours",
	  UNIT_HOURS },
	{ "Users hold no more than all node-hours", "told.users.P:held", CHECK_AT_MOST,
	  "ledger.hours", UNIT_HOURS },
	{ "Users sum to all node-hours", "sum.users.P:held", CHECK_EQUAL, "ledger.hours",
	  UNIT_HOURS },
	{ "Groups sum to all node-hours", "sum.groups.P:held", CHECK_EQUAL, "ledger.hours",
	  UNIT_HOURS },
	{ "Users sum to all that was not needed", "sum.users.P:excess", CHECK_EQUAL,
	  "ledger.excess.hours", UNIT_HOURS },
	{ "Groups sum to all that was not needed", "sum.groups.P:excess", CHECK_EQUAL,
	  "ledger.excess.hours", UNIT_HOURS },
	{ "Users sum to all core-hours", "sum.users.cpu_hours", CHECK_EQUAL, "cpu.hours",
	  UNIT_HOURS },
	{ "Groups sum to all core-hours", "sum.groups.cpu_hours", CHECK_EQUAL, "cpu.hours",
	  UNIT_HOURS },
	{ "Partitions sum to all core-hours", "sum.partitions.cpu_hours", CHECK_EQUAL, "cpu.hours",
	  UNIT_HOURS },
	{ "Ends of jobs sum to all core-hours", "sum.states.cpu_hours", CHECK_EQUAL, "cpu.hours",
	  UNIT_HOURS },
	{ "Users sum to all jobs", "sum.users.jobs", CHECK_EQUAL, "jobs.count", UNIT_COUNT },
	{ "Groups sum to all jobs", "sum.groups.jobs", CHECK_EQUAL, "jobs.count", UNIT_COUNT },
	{ "Partitions sum to all jobs", "sum.partitions.jobs", CHECK_EQUAL, "jobs.count",
	  UNIT_COUNT },
	{ "Ends of jobs sum to all jobs", "sum.states.jobs", CHECK_EQUAL, "jobs.count",
	  UNIT_COUNT },
	{ "No more jobs ran than there are", "jobs.ran", CHECK_AT_MOST, "jobs.count", UNIT_COUNT },
	{ "Every row read is accounted for",
	  "rows.used + rows.steps + rows.duplicates + rows.set_aside", CHECK_EQUAL, "rows.read",
	  UNIT_COUNT },
};

/* The sum of a column: unknown where a cell of it is, unless only those are meant that are told,
 * and where there is none. */
static gboolean sum_value(const struct report *report, const char *id, double *value)
{
	g_auto(GStrv) parts = g_strsplit(id, ".", 3);
	const struct dataset *dataset = report_dataset(report, parts[1]);
	int column = dataset ? dataset_column_find(dataset, parts[2]) : -1;
	guint known = 0;
	double sum = 0;
	for (guint row = 0; column >= 0 && row < dataset->rows->len; row++) {
		const struct dataset_cell *cell = dataset_cell(dataset, row, (guint)column);
		sum += cell->has_value ? cell->value : 0;
		known += cell->has_value;
	}
	*value = sum;
	return known > 0 && (g_str_has_prefix(id, TOLD) || known == dataset->rows->len);
}

static gboolean id_value(const char *id, double *value, void *data)
{
	const struct report *report = data;
	const struct figure *figure;
	if (g_str_has_prefix(id, SUM) || g_str_has_prefix(id, TOLD))
		return sum_value(report, id, value);
	figure = figures_find(report->figures, id);
	if (!figure || !figure->has_value)
		return FALSE;
	*value = figure->value;
	return TRUE;
}

static gboolean evaluate(const struct report *report, const char *text, double *value)
{
	struct expression *expression = expression_new(text, NULL);
	g_assert(expression);
	gboolean known = expression_value(expression, id_value, (void *)report, value);
	expression_free(expression);
	return known;
}

/* "sum.users.P:held" over all kinds of node; NULL where there is none. */
static char *over_pools(const char *term, guint pools)
{
	const char *at = strstr(term, "P:");
	GString *text;
	if (!at)
		return g_strdup(term);
	text = g_string_new(NULL);
	for (guint p = 1; p <= pools; p++)
		g_string_append_printf(text, "%s%.*s%s_%u", p > 1 ? " + " : "", (int)(at - term),
		                       term, at + 2, p);
	return g_string_free(text, text->len == 0);
}

static char *in_scenario(const char *text, enum scenario scenario)
{
	GString *replaced = g_string_new(text);
	g_string_replace(replaced, "S:", scenario_name(scenario), 0);
	return g_string_free(replaced, FALSE);
}

/* Groups are called what their table is called. */
static char *words_of(const struct composition *c, guint n, enum scenario scenario)
{
	gboolean each = strstr(checks[n].left, "S:") != NULL,
		 groups = g_str_has_prefix(checks[n].words, GROUPS);
	const char *words = checks[n].words + (groups ? strlen(GROUPS) : 0);
	return g_strconcat(groups ? report_dataset(c->report, "groups")->title : "", words,
	                   each ? ", " : "", each ? scenario_name(scenario) : "", NULL);
}

static void add_check(struct composition *c, guint n, enum scenario scenario)
{
	guint pools = c->analysis->evidence.people->pools;
	g_autofree char *one = in_scenario(checks[n].left, scenario);
	struct report_check check = {
		.left = over_pools(one, pools),
		.right = in_scenario(checks[n].right, scenario),
		.relation = checks[n].relation,
		.unit = checks[n].unit,
	};
	if (check.left && evaluate(c->report, check.left, &check.left_value) &&
	    evaluate(c->report, check.right, &check.right_value)) {
		check.words = words_of(c, n, scenario);
		report_add_check(c->report, &check);
		return;
	}
	g_free(check.left);
	g_free(check.right);
}

void checks_add(struct composition *c)
{
	for (guint n = 0; n < G_N_ELEMENTS(checks); n++)
		for (enum scenario s = 0; s < (strstr(checks[n].left, "S:") ? SCENARIOS : 1); s++)
			add_check(c, n, s);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* How many nodes of a kind to own: what some numbers of them cost, so that a reader sees the choice
 * and another price moves it. */
#include "report/compose.h"

#define STEPS 24

/* P: stands for the figures of a kind of node. What is handed back counts up to the number of nodes
 * that is best without the user programmes: beyond it nobody gets an hour back (doc/model.md, "The
 * saving"). */
static const struct {
	const char *id, *title;
	enum unit unit;
	const char *expression, *help;
} columns[] = {
	{ "which", "Own", UNIT_TEXT, NULL, NULL },
	{ "k", "Nodes owned", UNIT_NODES, NULL, NULL },
	{ "own", "Cost of owning them, a year", UNIT_CURRENCY, "k * P:year", NULL },
	{ "beyond", "Needed beyond them, node-hours", UNIT_HOURS, "at(P:beyond.expected, k)",
	  "A year, in the minutes in which so many nodes are not enough: measured." },
	{ "rent", "Rent for these", UNIT_CURRENCY, "beyond * P:rent", NULL },
	{ "together", "Owned and rented", UNIT_CURRENCY, "own + rent",
	  "The nodes to own are the smallest number with the least of this." },
	{ "beyond_users", "Beyond, once users ask for less", UNIT_HOURS,
	  "at(P:beyond_users.expected, k)",
	  "Node-hours a year, with the user programmes." },
	{ "handed", "Worth of hours handed back", UNIT_CURRENCY,
	  "P:rate * max(0, P:less.expected - (P:burst.expected - beyond_users) - (P:keep.expected - k) * 8760) * "
	  "positive(P:keep.expected - k + 1)",
	  "At the cost of a node-hour: what users need less, but for what would have been rented and for nodes that go. Nobody gets "
	  "hours back from more nodes than were to be owned without the programmes." },
	{ "net", "Owned and rented then, less those", UNIT_CURRENCY,
	  "own + beyond_users * P:rent - handed",
	  "The nodes to own once users ask for less are the smallest number with the least of this." },
};

static char *of_pool(const char *text, guint pool)
{
	g_autofree char *prefix = g_strdup_printf("pool.%u.", pool + 1);
	GString *full = g_string_new(text);
	g_string_replace(full, "P:", prefix, 0);
	return g_string_free(full, FALSE);
}

static void add_columns(struct dataset *dataset, guint pool)
{
	for (guint i = 0; i < G_N_ELEMENTS(columns); i++) {
		struct dataset_column *column = dataset_add_column(dataset, columns[i].id,
		                                                   columns[i].title,
		                                                   columns[i].unit);
		column->expression = columns[i].expression ? of_pool(columns[i].expression, pool)
		                                           : NULL;
		column->help = g_strdup(columns[i].help);
	}
}

static void add_choice(struct dataset *dataset, guint pool, const char *which, const char *figure)
{
	g_autofree char *id = of_pool(figure, pool);
	dataset_add_row(dataset);
	dataset_set_text(dataset, "which", which);
	dataset_set_expression(dataset, "k", id);
	dataset->results++;
}

/* From none to all of them, in steps of about the same size: a chart is drawn along these. */
static void add_steps(struct dataset *dataset, gint64 owned)
{
	gint64 steps = MIN(STEPS, owned);
	for (gint64 i = 0; i <= steps; i++) {
		dataset_add_row(dataset);
		dataset_set_text(dataset, "which",
		                 i == 0       ? "none of them"
		                 : i == steps ? "all of them"
		                              : "");
		dataset_set(dataset, "k", (double)((i * owned + steps / 2) / steps));
	}
}

static void add_pool(struct composition *c, guint pool, gint64 owned)
{
	const char *label = inventory_pool(c->analysis->evidence.tally->inventory, pool)->label;
	g_autofree char *id = g_strdup_printf("sizing_%u", pool + 1),
			*title = g_strdup_printf("How many of %s", label);
	struct dataset *dataset = report_add_sheet(
		c->report, id, title,
		"What owning so many nodes costs a year, with the rent for what is needed beyond "
		"them; expected scenario. The first two rows are the best.");
	add_columns(dataset, pool);
	add_choice(dataset, pool, "what costs least", "P:keep.expected");
	add_choice(dataset, pool, "… once users ask for less", "P:keep_users.expected");
	add_steps(dataset, owned);
}

static gint64 owned_of(const struct composition *c, guint pool)
{
	return ((const struct pool_sizing *)c->analysis->evidence.sizings->pdata[pool])->owned;
}

void sizings_add_datasets(struct composition *c)
{
	for (guint p = 0; p < c->analysis->evidence.sizings->len; p++)
		if (owned_of(c, p) > 0)
			add_pool(c, p, owned_of(c, p));
}

char *sizings_headline(const struct composition *c, guint pool)
{
	g_autofree char *keep = of_pool("P:keep.expected", pool),
			*then = of_pool("P:keep_users.expected", pool);
	g_autofree char *nodes = of_pool("P:nodes", pool);
	const char *all = figure_text(c, nodes);
	return g_strdup_printf("Of %s %s it costs least to own %s, and %s once users ask for less",
	                       all, format_word(all, "node", "nodes"), figure_text(c, keep),
	                       figure_text(c, then));
}

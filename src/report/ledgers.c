/* SPDX-License-Identifier: Apache-2.0 */
/* The ledger of parts of the whole: months, kinds of node, partitions. */
#include "base/terminal.h"
#include "finding/partitions.h"
#include "report/compose.h"

#include <string.h>

#define HOUR 3600.0
#define OTHERS "other partitions"

static struct dataset_column *hours(struct dataset *dataset, const char *id, const char *title)
{
	struct dataset_column *column = dataset_add_column(dataset, id, title, UNIT_HOURS);
	column->total = TRUE;
	return column;
}

/* In short: what was held, and what of it was needed */

static void add_short_columns(struct dataset *dataset)
{
	hours(dataset, "held", "Node-hours held")->help = g_strdup(
		"Node-equivalents × hours inside the period: the largest share of a node that a "
	        "job holds.");
	hours(dataset, "useful", "Useful work");
	hours(dataset, "excess_low", "Not needed, at least")->help = g_strdup(
		"With the most headroom left to jobs: the low scenario.");
	hours(dataset, "excess", "Not needed, expected");
	hours(dataset, "excess_high", "Not needed, at most")->help = g_strdup(
		"With the least headroom: the high scenario.");
	hours(dataset, "rest", "Not judged")->help = g_strdup(
		"Work that failed, unfinished and unmeasured work; expected scenario.");
}

/* Where no use is measured, what was needed and what was not is unknown, and not nought. */
static void set_short(const struct composition *c, struct dataset *dataset,
                      const struct ledger *ledger)
{
	gint64 useful = ledger->of[SCENARIO_EXPECTED][LEDGER_USEFUL],
	       excess = ledger_excess(ledger, SCENARIO_EXPECTED);
	dataset_set(dataset, "held", micro_hours(ledger_held(ledger)));
	dataset_set(dataset, "rest", micro_hours(ledger_held(ledger) - useful - excess));
	if (!c->analysis->evidence.has_usage)
		return;
	dataset_set(dataset, "useful", micro_hours(useful));
	dataset_set(dataset, "excess_low", micro_hours(ledger_excess(ledger, SCENARIO_LOW)));
	dataset_set(dataset, "excess", micro_hours(excess));
	dataset_set(dataset, "excess_high", micro_hours(ledger_excess(ledger, SCENARIO_HIGH)));
}

static char *month_name(const struct months *months, guint i)
{
	gint32 month = months->first + (gint32)i;
	return g_strdup_printf("%04d-%02d", month / 12, month % 12 + 1);
}

static const struct ledger *month_ledger(const struct months *months, guint i)
{
	return &g_array_index(months->of, struct ledger, i);
}

static void add_months(struct composition *c)
{
	const struct months *months = &c->analysis->evidence.tally->months;
	struct dataset *dataset =
		report_add_sheet(c->report, "ledger_months", "Node-hours by month",
	                         "One row a calendar month, inside the period.");
	dataset_add_column(dataset, "month", "Month", UNIT_TEXT);
	add_short_columns(dataset);
	for (guint i = 0; i < months->of->len; i++) {
		g_autofree char *name = month_name(months, i);
		if (ledger_held(month_ledger(months, i)) == 0)
			continue;
		dataset_add_row(dataset);
		dataset_set_text(dataset, "month", name);
		set_short(c, dataset, month_ledger(months, i));
	}
}

/* In full: every class, in every scenario */

static void add_full_rows(struct dataset *dataset, const char *part, const char *name,
                          const struct ledger *ledger)
{
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		dataset_add_row(dataset);
		dataset_set_text(dataset, "part", part);
		dataset_set_text(dataset, "name", name);
		dataset_set_text(dataset, "scenario", scenario_name(s));
		dataset_set(dataset, "held", micro_hours(ledger_held(ledger)));
		for (enum ledger_class class = 0; class < LEDGER_CLASSES; class++)
			dataset_set(dataset, ledger_class_id(class),
			            micro_hours(ledger->of[s][class]));
	}
}

static struct ledger ledger_of_pool(const struct tally *tally, guint pool)
{
	struct ledger sum = { 0 };
	for (guint i = 0; i < tally->members->len; i++)
		ledger_merge(
			&sum,
			&((const struct member *)tally->members->pdata[i])->pools[pool].ledger);
	return sum;
}

static void add_full(struct composition *c)
{
	const struct tally *tally = c->analysis->evidence.tally;
	struct ledger all = { 0 };
	struct dataset *dataset =
		report_add_dataset(c->report, "ledgers", "The ledger in three scenarios",
	                           "Every allocated node-hour of the period in one class: of all, "
	                           "by kind of node, and by calendar month.");
	dataset_add_column(dataset, "part", "Part", UNIT_TEXT);
	dataset_add_column(dataset, "name", "Which", UNIT_TEXT);
	dataset_add_column(dataset, "scenario", "Scenario", UNIT_TEXT);
	dataset_add_column(dataset, "held", "Node-hours held", UNIT_HOURS);
	for (enum ledger_class class = 0; class < LEDGER_CLASSES; class++)
		dataset_add_column(dataset, ledger_class_id(class), ledger_class_name(class),
		                   UNIT_HOURS);
	for (guint i = 0; i < tally->months.of->len; i++)
		ledger_merge(&all, month_ledger(&tally->months, i));
	add_full_rows(dataset, "all", "all", &all);
	for (guint p = 0; p < inventory_pools(tally->inventory); p++) {
		struct ledger ledger = ledger_of_pool(tally, p);
		add_full_rows(dataset, "kind of node", inventory_pool(tally->inventory, p)->label,
		              &ledger);
	}
	for (guint i = 0; i < tally->months.of->len; i++) {
		g_autofree char *name = month_name(&tally->months, i);
		if (ledger_held(month_ledger(&tally->months, i)) != 0)
			add_full_rows(dataset, "month", name, month_ledger(&tally->months, i));
	}
}

/* Partitions */

/* What a site calls it may be anything: cut, and without what would turn the rest of a line
 * about. */
static char *partition_shown(const struct partition *partition)
{
	if (!partition->name)
		return g_strdup(OTHERS);
	return *partition->name ? terminal_escape(slice_of(partition->name))
	                        : g_strdup("(not named)");
}

static void add_partition(const struct composition *c, struct dataset *dataset,
                          const struct partition *partition)
{
	g_autofree char *name = partition_shown(partition);
	const struct use *use = &partition->use;
	dataset_add_row(dataset);
	dataset_set_text(dataset, "name", name);
	dataset_set(dataset, "users", (double)partition->users);
	dataset_set(dataset, "jobs", (double)use->jobs);
	dataset_set(dataset, "cpu_hours", (double)use->cpu_seconds / HOUR);
	if (use->ran > 0)
		dataset_set(dataset, "wait", (double)use->wait_eligible_seconds / (double)use->ran);
	if (figure_number(c, "ledger.hours") > 0)
		set_short(c, dataset, &partition->ledger);
	if (c->analysis->evidence.has_usage && ledger_held(&partition->ledger) > 0)
		dataset_set(dataset, "share",
		            (double)ledger_excess(&partition->ledger, SCENARIO_EXPECTED) /
		                    (double)ledger_held(&partition->ledger));
}

static void add_partitions(struct composition *c)
{
	struct dataset *dataset = report_add_sheet(c->report, "partitions", "Partitions",
	                                           "One row a partition, most core-hours first.");
	g_autoptr(GArray) told = partitions_told(c->analysis->evidence.tally);
	dataset_add_column(dataset, "name", "Partition", UNIT_TEXT);
	dataset_add_column(dataset, "users", "Users", UNIT_COUNT);
	dataset_add_column(dataset, "jobs", "Jobs", UNIT_COUNT)->total = TRUE;
	hours(dataset, "cpu_hours", "Core-hours")->help = g_strdup(
		"Elapsed time × allocated CPUs, whole jobs.");
	dataset_add_column(dataset, "wait", "Wait, mean", UNIT_SECONDS)->help =
	    g_strdup("Of jobs that ran, from when they could have started.");
	add_short_columns(dataset);
	dataset_add_column(dataset, "share", "Of held, not needed", UNIT_SHARE);
	for (guint i = 0; i < told->len; i++)
		add_partition(c, dataset, &g_array_index(told, struct partition, i));
	gboolean together = told->len > 0 &&
	                    !g_array_index(told, struct partition, told->len - 1).name;
	gboolean hides = c->analysis->evidence.tally->pooling.min_users > 1;
	figures_add(c->report->figures, "partitions.hidden", UNIT_COUNT, together && hides,
	            "Some partitions are shown together, so that nobody can be picked out");
	figures_add(c->report->figures, "partitions.beyond", UNIT_COUNT, together && !hides,
	            "The least busy partitions are shown together");
	figures_add(c->report->figures, "partitions.told", UNIT_COUNT, (double)told->len,
	            "Partitions told apart, or all others together");
}

void ledgers_add_datasets(struct composition *c)
{
	add_months(c);
	add_full(c);
	add_partitions(c);
}

/* The row with most that was not needed, of partitions by themselves: all others together are no
 * place to look. */
static guint most_wasteful(const struct composition *c, const struct dataset *partitions)
{
	gboolean together = figure_number(c, "partitions.hidden") +
	                            figure_number(c, "partitions.beyond") >
	                    0;
	guint most = 0;
	for (guint i = 1; i < partitions->rows->len - together; i++)
		if (dataset_cell_in(partitions, i, "excess")->value >
		    dataset_cell_in(partitions, most, "excess")->value)
			most = i;
	return dataset_cell_in(partitions, most, "excess")->value > 0 ? most
	                                                              : partitions->rows->len - 1;
}

/* Where most was held and not needed, and how much that is of what was held there. */
static char *partitions_title(const struct composition *c, const struct dataset *partitions)
{
	guint most = most_wasteful(c, partitions);
	double largest = dataset_cell_in(partitions, most, "excess")->value;
	gboolean of_all = dataset_cell_in(partitions, partitions->rows->len - 1, "excess")->value <=
	                  largest;
	if (largest <= 0)
		return g_strdup("In no partition were node-hours held that were not needed");
	return g_strdup_printf("%s of what was not needed was held in %s: %s of its node-hours",
	                       of_all ? "The largest part"
	                              : "Of single partitions, the largest part",
	                       dataset_cell_in(partitions, most, "name")->text,
	                       dataset_cell_in(partitions, most, "share")->text);
}

struct chart *chart_of_partitions(const struct composition *c)
{
	const struct dataset *partitions = report_dataset(c->report, "partitions");
	struct chart *chart = chart_new(CHART_BARS, "partitions");
	if (partitions->rows->len < 2)
		return chart_too_thin(chart, c,
		                      "There are not two partitions that can be told apart.");
	if (figure_number(c, "ledger.hours") <= 0)
		return chart_too_thin(chart, c,
		                      "No job’s nodes are known, so no node-hour can be placed.");
	if (!c->analysis->evidence.has_usage)
		return chart_too_thin(chart, c,
		                      "No job can be judged by what it used: what was held and not "
		                      "needed cannot be told.");
	struct chart_series *all = chart_series_add(chart, "Held", INK_SERIES_1);
	struct chart_series *excess = chart_series_add(chart, "Not needed", INK_SERIES_2);
	for (guint i = 0; i < partitions->rows->len; i++) {
		const struct dataset_cell *of = dataset_cell_in(partitions, i, "held"),
					  *part = dataset_cell_in(partitions, i, "excess");
		const char *name = dataset_cell(partitions, i, 0)->text;
		chart_point_add(all, i, of->value, name, of->text);
		chart_point_add(excess, i, part->value, name, part->text);
	}
	chart_say(chart, c, partitions_title(c, partitions),
	          "Node-hours held in each partition, and of these not needed, expected scenario",
	          g_strdup("Two bars a partition."));
	return chart;
}

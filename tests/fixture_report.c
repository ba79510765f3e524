/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/fixture_report.h"

#include "report/format.h"

#define FIRST_DAY 1735689600 /* 2025-01-01 */
#define LAST_DAY 1767225600  /* 2026-01-01, the end of the period */
#define SECONDS_PER_DAY 86400
#define SOURCE "Source: export 3f2a91c07be4, 2025-01-01 to 2025-12-31"

static const struct {
	const char *id, *label, *definition;
	double value;
	enum unit unit;
	enum grade grade;
} measured[] = {
	{ "jobs.count", "Jobs", "Allocation rows of the export, duplicates removed.", 48213,
	  UNIT_COUNT, GRADE_NONE },
	{ "cpu.hours", "Core-hours", "Elapsed time × allocated cores, over all jobs that ran.",
	  3184022.75, UNIT_HOURS, GRADE_A },
	{ "coverage.share", "Measured share of node-hours",
	  "Node-hours of jobs with usage figures ÷ node-hours of all jobs.", 0.784, UNIT_SHARE,
	  GRADE_A },
	{ "utilization.share", "Utilization",
	  "Node-hours allocated ÷ node-hours owned, over the whole period.", 0.431, UNIT_SHARE,
	  GRADE_B },
	{ "wait.median", "Median wait", "Half of all jobs waited no longer than this.", 264,
	  UNIT_SECONDS, GRADE_A },
	{ "wait.p95", "Wait of the slowest twentieth", NULL, 18340, UNIT_SECONDS, GRADE_A },
	{ "nodes.owned", "Nodes owned", "From the node inventory.", 120, UNIT_NODES, GRADE_NONE },
	{ "nodes.p85", "Nodes needed for 85 % of the time",
	  "The 85th percentile of demand, weighted by time.", 68, UNIT_NODES, GRADE_A },
	{ "nodes.best", "Nodes worth owning",
	  "The smallest number of nodes at which owning and renting cost least.", 74, UNIT_NODES,
	  GRADE_A },
	{ "demand.peak.time", "Busiest hour", NULL, 1747670400, UNIT_TIME, GRADE_NONE },
	{ "memory.peak", "Largest memory of one job", NULL, 1649267441664.0, UNIT_BYTES, GRADE_A },
	{ "growth.share", "Growth of demand over the year", NULL, 0.0742, UNIT_SHARE, GRADE_A },
	{ "failed.share", "Share lost in failed work", NULL, 0.0128, UNIT_SHARE, GRADE_A },
	{ "cost.total", "Cost of the cluster a year", "Nodes owned × the cost of a node-year.",
	  1416000, UNIT_CURRENCY, GRADE_NONE },
	{ "saving.infrastructure", "Own fewer nodes, rent the peaks", NULL, 231400, UNIT_CURRENCY,
	  GRADE_A },
	{ "saving.users", "Right-sized requests, on top", NULL, 87250, UNIT_CURRENCY, GRADE_B },
	{ "saving.returned", "Hours handed back to researchers", NULL, 41930, UNIT_CURRENCY,
	  GRADE_B },
	{ "saving.total.low", "Saving a year, low", NULL, 148000, UNIT_CURRENCY, GRADE_B },
	{ "saving.total.high", "Saving a year, high", NULL, 517300, UNIT_CURRENCY, GRADE_B },
	{ "balance.this_year", "Change of this year's bill", NULL, -38400, UNIT_CURRENCY, GRADE_A },
	{ "assumption.core_hour_rate", "Internal rate of a core-hour", NULL, 0.037, UNIT_RATE,
	  GRADE_NONE },
	{ "assumption.node_year_cost", "Cost of a node-year", NULL, 11800, UNIT_CURRENCY,
	  GRADE_NONE },
	{ "assumption.adoption", "Share of people who follow the advice", NULL, 0.5, UNIT_SHARE,
	  GRADE_NONE },
	{ "assumption.memory_headroom", "Memory headroom", NULL, 0.2, UNIT_SHARE, GRADE_NONE },
};

static const struct {
	const char *key, *label, *unit_text, *source, *date;
	enum unit unit;
	double low, expected, high;
	gboolean is_default, measuring;
} assumptions[] = {
	{ "core_hour_rate", "Internal rate of a core-hour", "$ per core-hour",
	  "Rate card of the computing centre", "2025-01-15", UNIT_RATE, 0.031, 0.037, 0.045, FALSE,
	  FALSE },
	{ "node_year_cost", "Cost of a node-year", "$ a year", "default, not yours", "2025-06-30",
	  UNIT_CURRENCY, 9800, 11800, 14200, TRUE, FALSE },
	{ "adoption", "Share of people who follow the advice", "share", "default, not yours",
	  "2025-06-30", UNIT_SHARE, 0.25, 0.5, 0.8, TRUE, FALSE },
	{ "memory_headroom", "Memory headroom", "share above the peak", "default, not yours",
	  "2025-06-30", UNIT_SHARE, 0.5, 0.2, 0.1, TRUE, TRUE },
};

static void add_figures(struct figures *figures)
{
	struct figure *figure;

	for (guint i = 0; i < G_N_ELEMENTS(measured); i++) {
		figure = figures_add(figures, measured[i].id, measured[i].unit, measured[i].value,
		                     measured[i].label);
		figure->grade = measured[i].grade;
		figure->definition = g_strdup(measured[i].definition);
	}
	figure = figures_derive(figures, "saving.total.expected", UNIT_CURRENCY,
	                        "saving.infrastructure + saving.users + saving.returned",
	                        "Saving a year, expected");
	figure->definition = g_strdup("The sum of three parts that do not overlap.");
	figures_derive(figures, "saving.share", UNIT_SHARE, "saving.total.expected / cost.total",
	               "Saving as a share of the cost");
	figures_add_missing(
	        figures, "gpu.used.share", UNIT_SHARE,
	        "The export has no GPU usage: gpuutil is not collected on this cluster.",
	        "GPU time in use");
	figures_derive(figures, "gpu.idle.share", UNIT_SHARE, "1 - gpu.used.share",
	               "GPU time held but idle");
	figures_add_text(figures, "pool.largest", "standard nodes, 64 cores", "Largest pool");
}

static void add_assumptions(GPtrArray *rows)
{
	for (guint i = 0; i < G_N_ELEMENTS(assumptions); i++) {
		struct assumption_row *row = g_new0(struct assumption_row, 1);

		row->key = g_strdup(assumptions[i].key);
		row->label = g_strdup(assumptions[i].label);
		row->unit_text = g_strdup(assumptions[i].unit_text);
		row->source = g_strdup(assumptions[i].source);
		row->date = g_strdup(assumptions[i].date);
		row->unit = assumptions[i].unit;
		row->low = assumptions[i].low;
		row->expected = assumptions[i].expected;
		row->high = assumptions[i].high;
		row->is_default = assumptions[i].is_default;
		row->measuring = row->is_fixed = assumptions[i].measuring;
		row->most = 1e6;
		g_ptr_array_add(rows, row);
	}
}

static void add_user_columns(struct dataset *users)
{
	struct dataset_column *column;

	dataset_add_column(users, "user", "User", UNIT_TEXT);
	dataset_add_column(users, "group", "Group", UNIT_TEXT);
	dataset_add_column(users, "jobs", "Jobs", UNIT_COUNT)->total = TRUE;
	column = dataset_add_column(users, "cpu_hours", "Core-hours", UNIT_HOURS);
	column->total = TRUE;
	column->help = g_strdup("Elapsed time × allocated cores.");
	dataset_add_column(users, "excess_hours", "Excess core-hours", UNIT_HOURS)->total = TRUE;
	dataset_add_column(users, "efficiency", "CPU efficiency", UNIT_SHARE);
	dataset_add_column(users, "peak_memory", "Largest memory", UNIT_BYTES)->csv_only = TRUE;
	column = dataset_add_column(users, "cost", "Cost", UNIT_CURRENCY);
	column->expression = g_strdup("cpu_hours * assumption.core_hour_rate");
	column->total = TRUE;
	column->help = g_strdup("Core-hours at the internal rate.");
	column = dataset_add_column(users, "saving", "Saving, expected", UNIT_CURRENCY);
	column->expression = g_strdup(
	        "excess_hours * assumption.core_hour_rate * assumption.adoption");
	column->total = TRUE;
	column->help = g_strdup(
	        "Excess at the internal rate, for the share of people who follow the advice.");
}

static struct dataset *users_dataset(void)
{
	struct dataset *users = dataset_new("users", "Users",
	                                    "A row is one user, the largest first.");

	users->sheet = TRUE;
	add_user_columns(users);
	for (guint i = 0; i < 30; i++) {
		double hours = 612000.5 / (1 + i * 0.45);
		g_autofree char *user = g_strdup_printf("user_%04u", i + 1);
		g_autofree char *group = g_strdup_printf("group_%02u", i * 7 % 9 + 1);

		dataset_add_row(users);
		dataset_set_text(users, "user", user);
		dataset_set_text(users, "group", group);
		dataset_set(users, "jobs", 40 + i * 7919 % 4801);
		dataset_set(users, "cpu_hours", hours);
		if (i % 6 == 4)
			continue; /* unmeasured: no usage, so no excess either */
		dataset_set(users, "excess_hours", hours * (i * 37 % 60) / 100);
		dataset_set(users, "efficiency", 1 - (i * 37 % 60) / 100.0);
		dataset_set(users, "peak_memory",
		            (double)(G_GUINT64_CONSTANT(3221225472) * (1 + i * 11 % 40)));
	}
	return users;
}

static struct dataset *months_dataset(void)
{
	static const char *names[] = { "January 2025", "February 2025", "March 2025",
		                       "April 2025",   "May 2025",      "June 2025",
		                       "July 2025",    "August 2025",   "September 2025",
		                       "October 2025", "November 2025", "December 2025" };
	struct dataset *months = dataset_new("months", "Months",
	                                     "A row is one month of the period.");

	dataset_add_column(months, "month", "Month", UNIT_TEXT);
	dataset_add_column(months, "jobs", "Jobs", UNIT_COUNT)->total = TRUE;
	dataset_add_column(months, "cpu_hours", "Core-hours", UNIT_HOURS)->total = TRUE;
	dataset_add_column(months, "wait_seconds", "Median wait", UNIT_SECONDS);
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		dataset_add_row(months);
		dataset_set_text(months, "month", names[i]);
		dataset_set(months, "jobs", 3100 + i * 1237 % 1900);
		dataset_set(months, "cpu_hours", 198000.25 + i * 31337 % 140000);
		dataset_set(months, "wait_seconds", 40 + i * i * 97 % 9000);
	}
	return months;
}

static struct chart *demand_chart(void)
{
	struct chart *chart = chart_new(CHART_AREA, "demand");
	struct chart_series *series = chart_series_add(chart, "Nodes in use", INK_SERIES_1);

	chart->title = g_strdup("For 85 % of the time 68 nodes of 120 are enough");
	chart->subtitle = g_strdup("Nodes in use, mean of each day, 2025-01-01 to 2025-12-31");
	chart->source = g_strdup(SOURCE);
	chart->description = g_strdup(
	        "An area that mostly stays between 35 and 70 nodes, with a peak of 104 "
	        "in May; the cluster owns 120.");
	chart->y_title = g_strdup("nodes");
	chart->x_time = TRUE;
	chart->y_max = 130;
	for (guint day = 0; day < 365; day++) {
		double weekday = day % 7 < 5 ? 1 : 0.72, season = day > 128 && day < 150 ? 38 : 0;

		chart_point_add(series, FIRST_DAY + (double)day * SECONDS_PER_DAY,
		                weekday * (46 + day * 29 % 23 + day * 13 % 7 + season * 0.9), NULL,
		                NULL);
	}
	chart_line_add(chart, 120, FALSE, "Owned: 120 nodes", INK_SERIES_3);
	chart_line_add(chart, 68, FALSE, "P85: 68 nodes", INK_SERIES_2);
	return chart;
}

static struct chart *users_chart(const struct dataset *users)
{
	struct chart *chart = chart_new(CHART_BARS, "top-users");
	struct chart_series *series = chart_series_add(chart, "Core-hours", INK_SERIES_1);
	guint user = (guint)dataset_column_find(users, "user");
	guint hours = (guint)dataset_column_find(users, "cpu_hours");

	chart->title = g_strdup("Three users hold more than a third of the core-hours");
	chart->subtitle = g_strdup("Core-hours of the ten largest users, 2025-01-01 to 2025-12-31");
	chart->source = g_strdup(SOURCE);
	chart->description = g_strdup("Ten bars; the first is twice as long as the fourth.");
	for (guint i = 0; i < 10; i++) {
		const struct dataset_cell *cell = dataset_cell(users, i, hours);
		struct chart_point *point = chart_point_add(series, i, cell->value,
		                                            dataset_cell(users, i, user)->text,
		                                            cell->text);

		point->strong = i < 3;
		point->tooltip = g_strdup_printf("%s: %s core-hours", point->label, cell->text);
	}
	return chart;
}

static struct chart *memory_chart(void)
{
	struct chart *chart = chart_new(CHART_SCATTER, "requested");
	struct chart_series *series = chart_series_add(chart, "less than half used", INK_SERIES_2);
	struct chart_point *point = chart_point_add(series, 187, 56, "user_0003", "56 GiB");

	point->x_text = g_strdup("187 GiB");
	chart_point_add(series, 12, 3, "user_0004", "3 GiB");
	chart->title = g_strdup("Two users asked for more than twice the memory that was used");
	chart->source = g_strdup(SOURCE);
	chart->description = g_strdup("Two marks, both far below the line.");
	chart->x_title = g_strdup("asked, GiB");
	chart->y_title = g_strdup("used, GiB");
	chart->diagonal = g_strdup("all of it used");
	chart->x_log = chart->y_log = TRUE;
	return chart;
}

static struct chart *thin_chart(void)
{
	struct chart *chart = chart_new(CHART_HEAT, "gpu-hours");

	chart->title = g_strdup("When GPUs are busy");
	chart->thin = g_strdup("Fewer than 20 GPU jobs in the period: too few to draw.");
	return chart;
}

struct inline_node *inline_add(struct inline_node *parent, struct inline_node *child)
{
	if (!parent->children)
		parent->children = g_ptr_array_new_with_free_func((GDestroyNotify)inline_free);
	g_ptr_array_add(parent->children, child);
	return parent;
}

struct block *block_add_inline(struct block *block, struct inline_node *child)
{
	g_ptr_array_add(block->inlines, child);
	return block;
}

static struct block *add_text(struct block *block, const char *text)
{
	return block_add_inline(block, inline_new(INLINE_TEXT, text));
}

static struct block *add_wrapped(struct block *block, enum inline_kind kind, const char *text,
                                 const char *target)
{
	struct inline_node *node = inline_add(inline_new(kind, NULL),
	                                      inline_new(INLINE_TEXT, text));

	node->target = g_strdup(target);
	return block_add_inline(block, node);
}

static struct block *add_figure(struct block *block, const struct report *report, const char *id)
{
	struct inline_node *node = inline_new(INLINE_FIGURE,
	                                      figures_find(report->figures, id)->text);

	node->target = g_strdup(id);
	return block_add_inline(block, node);
}

static struct block *heading(int level, const char *anchor, const char *text)
{
	struct block *block = add_text(block_new(BLOCK_HEADING), text);

	block->level = level;
	block->anchor = g_strdup(anchor);
	return block;
}

static struct block *paragraph(const char *text)
{
	return add_text(block_new(BLOCK_PARAGRAPH), text);
}

static struct block *tiles(const char *const *ids)
{
	struct block *block = block_new(BLOCK_TILES);

	for (; *ids; ids++)
		g_ptr_array_add(block->figure_ids, g_strdup(*ids));
	return block;
}

static struct block *chart_block(struct chart *chart)
{
	struct block *block = block_new(BLOCK_CHART);

	block->chart = chart;
	return block;
}

static struct block *table_block(const struct dataset *dataset, const char *caption,
                                 const char *const *columns)
{
	struct block *block = block_new(BLOCK_TABLE);

	block->table = table_view_new(dataset, caption);
	for (; *columns; columns++)
		table_view_add_column(block->table, *columns);
	return block;
}

static struct page *new_page(const char *id, const char *nav, const char *section,
                             const char *title)
{
	struct page *page = page_new(id, nav, section);

	page->title = g_strdup(title);
	g_ptr_array_add(page->blocks, heading(1, "top", title));
	return page;
}

static struct block *answer(const struct report *report)
{
	struct block *block = block_new(BLOCK_LEDE);

	add_text(block, "The cluster costs ");
	add_figure(block, report, "cost.total");
	add_text(block, " a year and is used for ");
	add_figure(block, report, "utilization.share");
	add_text(block, " of its time. Owning ");
	add_figure(block, report, "nodes.best");
	add_text(block, " nodes and renting the peaks would save ");
	add_figure(block, report, "saving.total.expected");
	return add_text(block, " a year.");
}

static struct block *decisions(const struct report *report)
{
	struct block *list = block_new(BLOCK_LIST), *item = block_new(BLOCK_ITEM),
	             *words = paragraph("Replace ");

	list->ordered = TRUE;
	add_wrapped(words, INLINE_STRONG, "74 nodes, not 120", NULL);
	add_text(words, " at the next refresh; see ");
	add_wrapped(words, INLINE_LINK, "own or rent", "findings/own-or-rent");
	block_add(list, block_add(item, add_text(words, ".")));

	item = block_new(BLOCK_ITEM);
	words = paragraph("Show each group what its jobs used, ");
	add_wrapped(words, INLINE_EMPHASIS, "beside", NULL);
	add_text(words, " what they asked for, worth ");
	add_figure(words, report, "saving.users");
	block_add(list, block_add(item, add_text(words, " a year.")));
	return list;
}

static struct block *callout(const char *tone, const char *text)
{
	struct block *block = block_new(BLOCK_CALLOUT);

	block->text = g_strdup(tone);
	return block_add(block, paragraph(text));
}

static struct block *two_columns(void)
{
	struct block *left = block_new(BLOCK_COLUMN), *right = block_new(BLOCK_COLUMN);

	block_add(left, heading(3, "certain", "What is certain"));
	block_add(left, paragraph("Demand is measured to the minute over the whole year."));
	block_add(right, heading(3, "uncertain", "What is not"));
	block_add(right, paragraph("GPU use is not collected, so nothing is claimed about it."));
	return block_add(block_add(block_new(BLOCK_COLUMNS), left), right);
}

static struct page *index_page(const struct report *report)
{
	static const char *const ids[] = { "saving.total.expected", "saving.share",
		                           "utilization.share",     "coverage.share",
		                           "gpu.used.share",        NULL };
	struct page *page = new_page("index", "Summary", "Report",
	                             "Owning 74 nodes instead of 120 saves a quarter "
	                             "of the cluster's cost");

	g_ptr_array_add(page->blocks, answer(report));
	g_ptr_array_add(page->blocks, tiles(ids));
	g_ptr_array_add(page->blocks, heading(2, "demand", "Demand and capacity"));
	g_ptr_array_add(page->blocks, chart_block(demand_chart()));
	g_ptr_array_add(page->blocks, heading(2, "decisions", "What we ask you to decide"));
	g_ptr_array_add(page->blocks, decisions(report));
	g_ptr_array_add(page->blocks,
	                callout("warning",
	                        "This year the bill does not fall: the nodes are paid for. "
	                        "The saving comes at the next refresh."));
	g_ptr_array_add(page->blocks, two_columns());
	return page;
}

static struct page *rent_page(const struct report *report)
{
	static const char *const ids[] = { "nodes.owned", "nodes.p85", "nodes.best",
		                           "balance.this_year", NULL };
	static const char *const columns[] = { "month", "jobs", "cpu_hours", "wait_seconds", NULL };
	struct page *page = new_page("findings/own-or-rent", "Own or rent", "Findings",
	                             "74 nodes are worth owning; the rest is cheaper rented");
	struct block *words = paragraph("The busiest hour began ");

	add_figure(words, report, "demand.peak.time");
	add_text(words, ". The largest pool is ");
	add_figure(words, report, "pool.largest");
	add_text(words, ". How the number is found stands under ");
	add_wrapped(words, INLINE_LINK, "method", "method#figure-nodes.best");
	g_ptr_array_add(page->blocks, add_text(words, "."));
	g_ptr_array_add(page->blocks, tiles(ids));
	g_ptr_array_add(page->blocks, chart_block(demand_chart()));
	g_ptr_array_add(page->blocks, heading(2, "months", "Month by month"));
	g_ptr_array_add(page->blocks, table_block(report_dataset(report, "months"),
	                                          "Jobs, core-hours and waits", columns));
	g_ptr_array_add(page->blocks,
	                callout("note",
	                        "History is never rented: today's cost is the cost of owning."));
	return page;
}

static struct page *users_page(const struct report *report)
{
	static const char *const columns[] = { "user",       "group", "jobs",   "cpu_hours",
		                               "efficiency", "cost",  "saving", NULL };
	const struct dataset *users = report_dataset(report, "users");
	struct page *page = new_page("users", "Users", "Findings",
	                             "Three users hold more than a third of the "
	                             "core-hours");
	struct block *table = table_block(users, "The 20 largest users", columns);

	table->table->rows = 20;
	table->table->rest_note = g_strdup("and 10 more, in tables/users.csv");
	g_ptr_array_add(
	        page->blocks,
	        paragraph("People appear under numbers that this report cannot turn back into "
	                  "names. The list is for help, not for ranking."));
	g_ptr_array_add(page->blocks, chart_block(users_chart(users)));
	g_ptr_array_add(page->blocks, table);
	g_ptr_array_add(page->blocks, chart_block(thin_chart()));
	g_ptr_array_add(page->blocks, chart_block(memory_chart()));
	return page;
}

static struct page *method_page(const struct report *report)
{
	struct page *page = new_page("method", "Method", "Method", "How the figures come about");
	struct block *code = block_new(BLOCK_CODE), *list = block_new(BLOCK_LIST);
	const char *const facts[] = { "Unknown is not zero.",
		                      "Every allocated second lands in exactly one class.",
		                      "No figure without a denominator.", NULL };

	for (guint i = 0; facts[i]; i++)
		block_add(list, block_add(block_new(BLOCK_ITEM), paragraph(facts[i])));
	code->text = g_strdup(
	        "sacct --allusers --parsable2 --starttime 2025-01-01 --endtime 2026-01-01 \\\n"
	        "      --format=JobID,User,Account,Submit,Start,End,AllocTRES,TotalCPU > jobs.psv");
	g_ptr_array_add(page->blocks, list);
	g_ptr_array_add(page->blocks,
	                add_wrapped(add_text(paragraph("The export is made with "), "the command "),
	                            INLINE_LINK, "sacct", "https://slurm.schedmd.com/sacct.html"));
	g_ptr_array_add(page->blocks, code);
	g_ptr_array_add(page->blocks, heading(2, "figures", "Figures"));
	for (guint i = 0; i < figures_count(report->figures); i++) {
		const struct figure *figure = figures_nth(report->figures, i);
		g_autofree char *anchor = g_strconcat("figure-", figure->id, NULL);
		struct block *words;

		g_ptr_array_add(page->blocks, heading(3, anchor, figure->label));
		words = paragraph(figure->definition ? figure->definition
		                                     : "Counted in the export.");
		g_ptr_array_add(page->blocks,
		                add_figure(add_text(words, " Here: "), report, figure->id));
	}
	return page;
}

static struct page *summary_page(const struct report *report)
{
	static const char *const ids[] = { "saving.total.low", "saving.total.expected",
		                           "saving.total.high", NULL };
	struct page *page = new_page("summary", "Executive summary", "Report",
	                             "Own 74 nodes instead of 120 and rent the peaks");

	g_ptr_array_add(page->blocks, answer(report));
	g_ptr_array_add(page->blocks, tiles(ids));
	g_ptr_array_add(page->blocks, chart_block(demand_chart()));
	g_ptr_array_add(page->blocks, heading(2, "ask", "What we ask you to decide"));
	g_ptr_array_add(page->blocks, decisions(report));
	g_ptr_array_add(page->blocks, two_columns());
	return page;
}

static void add_head(struct report *report)
{
	report->title = g_strdup("Savings report");
	report->institution = g_strdup("Synthetic institution");
	report->cluster = g_strdup("synthetic");
	report->period = g_strdup("2025-01-01 to 2025-12-31");
	report->classification = g_strdup("Pseudonymous: people appear as user_0001");
	report->notice = g_strdup("Synthetic sample data: no such cluster exists");
	report->export_hash = g_strdup("3f2a91c07be4");
	report->currency = g_strdup("$");
	report->zone = g_strdup("as printed in the export, zone unknown");
	report->version = g_strdup("1.0");
	report->date = LAST_DAY;
}

struct block *fixture_drawn_table(struct report *report, const char *words)
{
	struct dataset *dataset = report_add_sheet(report, "drawn", "Drawn", "A row is a thing.");
	struct block *block = block_new(BLOCK_TABLE);
	struct chart *chart = chart_new(CHART_SPARK, NULL);

	dataset_add_column(dataset, "name", "Name", UNIT_TEXT);
	dataset_add_column(dataset, "line", "By time", UNIT_TEXT)->drawn = TRUE;
	dataset_add_column(dataset, "hours", "Core-hours", UNIT_HOURS);
	chart->title = g_strdup(words);
	for (guint i = 0; i < 5; i++)
		chart_point_add(i == 0 ? chart_series_add(chart, NULL, INK_SERIES_1)
		                       : chart->series->pdata[0],
		                i, i, NULL, NULL);
	for (guint row = 0; row < 2; row++) {
		dataset_add_row(dataset);
		dataset_set_text(dataset, "name", row == 0 ? "alpha" : "beta");
		if (row == 0)
			dataset_set_drawing(dataset, "line", chart);
	}
	block->table = table_view_new(dataset, "Things that were drawn");
	for (guint i = 0; i < dataset->columns->len; i++)
		table_view_add_column(
			block->table,
			((const struct dataset_column *)dataset->columns->pdata[i])->id);
	return block;
}

struct report *fixture_report(void)
{
	struct report *report = report_new();
	struct zone *zone = zone_new(NULL, NULL);
	struct format format = { .currency = "$", .zone = zone };

	add_head(report);
	add_figures(report->figures);
	add_assumptions(report->assumptions);
	g_ptr_array_add(report->datasets, users_dataset());
	g_ptr_array_add(report->datasets, months_dataset());
	format_figures(&format, report->figures);
	for (guint i = 0; i < report->datasets->len; i++)
		format_dataset(&format, report->datasets->pdata[i], report->figures);
	zone_free(zone);

	g_ptr_array_add(report->pages, index_page(report));
	g_ptr_array_add(report->pages, rent_page(report));
	g_ptr_array_add(report->pages, users_page(report));
	g_ptr_array_add(report->pages, method_page(report));
	report->summary = summary_page(report);
	return report;
}

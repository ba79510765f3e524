/* SPDX-License-Identifier: Apache-2.0 */
#include <archive.h>
#include <archive_entry.h>
#include <check.h>
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/expression.h"
#include "render/mail.h"
#include "render/render.h"
#include "render/xlsx_verify.h"
#include "report/format.h"
#include "tests/fixture_report.h"
#include "tests/workbook_reader.h"

static char *path;
static struct report *report;

static void begin(void)
{
	path = g_dir_make_tmp("xlsx-XXXXXX", NULL);
	ck_assert_ptr_nonnull(path);
	report = fixture_report();
}

static void end(void)
{
	report_free(report);
	ck_assert_int_eq(g_rmdir(path), 0);
	g_free(path);
}

/* Into a directory of its own each time: a name is written once in each. */
static struct outdir *rendered(void)
{
	static guint count;
	g_autofree char *name = g_strdup_printf("%s/%u", path, count++);
	struct outdir *outdir = outdir_open(name, NULL);
	GError *error = NULL;

	ck_assert_ptr_nonnull(outdir);
	ck_assert_msg(render_xlsx(report, outdir, &error), "%s", error ? error->message : "");
	return outdir;
}

static char *workbook_path(const struct outdir *outdir)
{
	return g_build_filename(outdir_path(outdir), "savings.xlsx", NULL);
}

static struct workbook *written(void)
{
	struct outdir *outdir = rendered();
	g_autofree char *file = workbook_path(outdir);
	struct workbook *workbook = workbook_read(file);

	outdir_abort(outdir);
	return workbook;
}

static gboolean figure_value(const char *id, double *value, void *data)
{
	const struct figure *figure = figures_find(report->figures, id);

	(void)data;
	if (!figure || !figure->has_value)
		return FALSE;
	*value = figure->value;
	return TRUE;
}

static double evaluated(const char *text)
{
	struct expression *expression = expression_new(text, NULL);
	double value = NAN;

	ck_assert(expression_value(expression, figure_value, NULL, &value));
	expression_free(expression);
	return value;
}

static struct dataset *add_dataset(const char *id, const char *title)
{
	struct dataset *dataset = dataset_new(id, title, "A row.");

	dataset->sheet = TRUE;
	g_ptr_array_add(report->datasets, dataset);
	return dataset;
}

static void complete(struct dataset *dataset)
{
	struct format format = { .currency = "$", .zone = NULL };

	format_dataset(&format, dataset, report->figures);
}

START_TEST(every_derived_figure_is_a_formula_with_the_value_of_its_expression)
{
	struct workbook *workbook = written();
	guint derived = 0;

	for (guint i = 0; i < figures_count(report->figures); i++) {
		const struct figure *figure = figures_nth(report->figures, i);
		const struct workbook_cell *cell =
			workbook_lookup(workbook, "Figures", figure->label, "Value");

		ck_assert_msg(cell, "%s is not there", figure->label);
		if (!figure->expression || !figure->has_value)
			continue;
		derived++;
		ck_assert_msg(cell->formula, "%s is no formula", figure->id);
		ck_assert_double_eq_tol(cell->value, evaluated(figure->expression),
		                        fabs(figure->value) * 1e-14);
	}
	ck_assert_uint_ge(derived, 2);
	ck_assert_str_eq(workbook_named(workbook, "fig_saving_total_expected")->formula,
	                 "fig_saving_infrastructure + fig_saving_users + fig_saving_returned");
	workbook_free(workbook);
}
END_TEST

START_TEST(a_figure_without_value_is_no_formula_and_says_why)
{
	struct workbook *workbook = written();
	const struct workbook_cell *cell =
		workbook_lookup(workbook, "Summary", "GPU time held but idle", "Value");

	ck_assert_ptr_null(cell->formula);
	ck_assert_str_eq(cell->text, "not known");
	cell = workbook_lookup(workbook, "Summary", "GPU time held but idle", "What it is");
	ck_assert_ptr_nonnull(strstr(cell->text, "gpuutil is not collected"));
	ck_assert_ptr_null(workbook_named(workbook, "fig_gpu_idle_share"));
	workbook_free(workbook);
}
END_TEST

START_TEST(words_stand_where_a_formula_has_no_value)
{
	struct workbook *workbook;

	figures_add(report->figures, "rent", UNIT_CURRENCY, 0, "Rent");
	figures_derive_or(report->figures, "rent.share", UNIT_SHARE, "rent / cost.total",
	                  "Share of rent", "no node costs anything");
	figures_derive_or(report->figures, "rent.fit", UNIT_SHARE, "1 / rent", "Fit for rent",
	                  "nothing is rented");
	workbook = written();
	ck_assert_str_eq(workbook_named(workbook, "fig_rent_share")->formula,
	                 "IFERROR(fig_rent / fig_cost_total, \"no node costs anything\")");
	ck_assert_double_eq(workbook_named(workbook, "fig_rent_share")->value, 0);
	ck_assert_str_eq(workbook_named(workbook, "fig_rent_fit")->formula,
	                 "IFERROR(1 / fig_rent, \"nothing is rented\")");
	ck_assert_str_eq(workbook_named(workbook, "fig_rent_fit")->text, "nothing is rented");
	workbook_free(workbook);
}
END_TEST

START_TEST(what_is_made_of_words_says_the_same_words)
{
	struct workbook *workbook;
	struct figure *says;

	figures_add(report->figures, "rent", UNIT_CURRENCY, 0, "Rent");
	figures_derive_or(report->figures, "rent.fit", UNIT_SHARE, "1 / rent", "Fit for rent",
	                  "nothing is rented");
	figures_derive(report->figures, "rent.rest", UNIT_SHARE, "1 - rent.fit", "Rest of it");
	says = figures_add_text(report->figures, "rent.says", "little", "How much");
	figures_add_choice(report->figures, says, "positive(rent)", "much");
	workbook = written();
	ck_assert_str_eq(workbook_named(workbook, "fig_rent_rest")->formula,
	                 "IF(ISTEXT(fig_rent_fit), fig_rent_fit, 1 - fig_rent_fit)");
	ck_assert_str_eq(workbook_named(workbook, "fig_rent_rest")->text, "nothing is rented");
	ck_assert_str_eq(workbook_lookup(workbook, "Figures", "How much", "Value")->formula,
	                 "IF(IF(fig_rent > 0, 1, 0) > 0, \"much\", \"\")");
	workbook_free(workbook);
}
END_TEST

/* In digits, of a column counted from 1. */
static double width_of_column(const struct workbook *workbook, const char *sheet, guint column)
{
	guint number = 0;
	ck_assert(g_ptr_array_find_with_equal_func(workbook->sheets, sheet, g_str_equal, &number));
	g_autofree char *part = g_strdup_printf("xl/worksheets/sheet%u.xml", number + 1);
	g_autofree char *col = g_strdup_printf("<col min=\"%u\" max=\"%u\" width=\"", column,
	                                       column);
	const char *found = strstr(g_hash_table_lookup(workbook->parts, part), col);

	ck_assert_msg(found, "column %u of %s has no width", column, sheet);
	return g_ascii_strtod(found + strlen(col), NULL);
}

START_TEST(a_column_holds_words_in_capitals)
{
	struct dataset *states = add_dataset("states", "States");

	dataset_add_column(states, "state", "State", UNIT_TEXT);
	dataset_add_row(states);
	dataset_set_text(states, "state", "OUT_OF_MEMORY");
	complete(states);
	struct workbook *workbook = written();
	ck_assert_double_ge(width_of_column(workbook, "States", 1), 17);
	workbook_free(workbook);
}
END_TEST

START_TEST(what_is_sought_has_room_for_the_dearest_rent_in_any_currency)
{
	struct figures *steps = figures_over(report->figures);

	figures_add(steps, "price.worst", UNIT_CURRENCY, 0, "The worst");
	figures_derive(steps, "even.price", UNIT_CURRENCY, "price.worst / 2", "Even");
	figures_suppose(report->figures, "six.even", steps, "even.price", "Cost of a node-year");
	g_free(report->currency);
	report->currency = g_strdup("CHF");
	struct workbook *workbook = written();
	ck_assert_double_ge(width_of_column(workbook, "Break-even", 2),
	                    strlen("CHF 14,719,993.74"));
	workbook_free(workbook);
}
END_TEST

START_TEST(what_is_sought_stands_with_its_steps_on_a_sheet_of_its_own)
{
	struct figures *steps = figures_over(report->figures);
	struct workbook *workbook;

	figures_derive(steps, "price.as_is", UNIT_CURRENCY, "assumption.node_year_cost",
	               "As it is now");
	figures_add(steps, "price.worst", UNIT_CURRENCY, 0, "The worst");
	figures_derive(steps, "even.price", UNIT_CURRENCY, "(price.as_is + price.worst) / 2",
	               "Even");
	figures_suppose(report->figures, "six.even", steps, "even.price", "Cost of a node-year");
	workbook = written();
	ck_assert_str_eq(workbook_lookup(workbook, "Break-even", "As it is now",
	                                 "Cost of a node-year")
	                         ->formula,
	                 "in_node_year_cost");
	ck_assert_str_eq(
		workbook_lookup(workbook, "Break-even", "Even", "Cost of a node-year")->formula,
		"(B6 + B7) / 2");
	ck_assert_str_eq(workbook_named(workbook, "fig_six_even")->formula, "'Break-even'!B9");
	workbook_free(workbook);
}
END_TEST

START_TEST(what_would_be_stands_step_by_step_on_a_sheet_of_its_own)
{
	struct figures *cheap;
	struct workbook *workbook;
	const struct workbook_cell *cell;

	figures_add(report->figures, "assumption.node_year_cost.low", UNIT_CURRENCY, 9000,
	            "Cost of a node-year, low");
	figures_derive(report->figures, "six.cost", UNIT_CURRENCY, "6 * assumption.node_year_cost",
	               "Six nodes");
	figures_derive(report->figures, "six.saving", UNIT_CURRENCY, "six.cost - cost.total",
	               "Saving with six");
	cheap = figures_over(report->figures);
	figures_derive(cheap, "assumption.node_year_cost", UNIT_CURRENCY,
	               "assumption.node_year_cost.low", "Cost of a node-year");
	figures_suppose(report->figures, "six.low", cheap, "six.saving", "Six cheap ones");
	workbook = written();
	cell = workbook_lookup(workbook, "What if", "Cost of a node-year", "Six cheap ones");
	ck_assert_str_eq(cell->formula, "fig_assumption_node_year_cost_low");
	ck_assert_double_eq(cell->value, 9000);
	ck_assert_ptr_nonnull(
		strstr(workbook_named(workbook, "fig_assumption_node_year_cost_low")->formula,
	               "ISNUMBER"));
	cell = workbook_lookup(workbook, "What if", "Six nodes", "Six cheap ones");
	ck_assert_str_eq(cell->formula, "6 * D6");
	ck_assert_double_eq(cell->value, 54000);
	ck_assert_str_eq(workbook_lookup(workbook, "What if", "Six nodes", "As it is")->formula,
	                 "fig_six_cost");
	cell = workbook_lookup(workbook, "What if", "Saving with six", "Six cheap ones");
	ck_assert_str_eq(cell->formula, "D8 - fig_cost_total");
	ck_assert_str_eq(workbook_named(workbook, "fig_six_low")->formula, "'What if'!D9");
	ck_assert_double_eq(workbook_named(workbook, "fig_six_low")->value, cell->value);
	workbook_free(workbook);
}
END_TEST

START_TEST(the_summary_has_tiles_and_derived_figures_as_references)
{
	struct workbook *workbook = written();
	const struct workbook_cell *cell =
		workbook_lookup(workbook, "Summary", "Utilization", "Value");

	ck_assert_str_eq(cell->formula, "fig_utilization_share");
	ck_assert_double_eq(cell->value, 0.431);
	cell = workbook_lookup(workbook, "Summary", "Saving a year, expected", "Value");
	ck_assert_str_eq(cell->formula, "fig_saving_total_expected");
	ck_assert_double_eq(cell->value, 360580);
	ck_assert_ptr_null(workbook_lookup(workbook, "Summary", "Core-hours", "Value"));
	workbook_free(workbook);
}
END_TEST

START_TEST(an_assumption_is_a_named_input_with_its_expected_value)
{
	struct workbook *workbook = written();

	ck_assert_str_eq(g_hash_table_lookup(workbook->names, "in_adoption"), "Assumptions!F11");
	ck_assert_double_eq(workbook_named(workbook, "in_adoption")->value, 0.5);
	ck_assert_str_eq(workbook_named(workbook, "in_adoption")->formula,
	                 "IF(ISNUMBER($E11),$E11,INDEX($B11:$D11,MATCH(prices,$B$4:$D$4,0)))");
	ck_assert_double_eq(workbook_cell(workbook, "Assumptions", "C11")->value, 0.5);
	ck_assert_str_eq(workbook_cell(workbook, "Assumptions", "C4")->text, "Expected");
	ck_assert_double_eq(
		workbook_lookup(workbook, "Assumptions", "Cost of a node-year", "High")->value,
		14200);
	ck_assert_str_eq(
		workbook_lookup(workbook, "Assumptions", "Cost of a node-year", "Whose")->text,
		"default, not yours");
	ck_assert_ptr_nonnull(
		strstr(g_hash_table_lookup(workbook->parts, "xl/worksheets/sheet2.xml"),
	               "<formula1>0</formula1><formula2>1000000</formula2>"));
	workbook_free(workbook);
}
END_TEST

START_TEST(a_measuring_rule_moves_with_the_scenario_only)
{
	struct workbook *workbook = written();
	const char *part = g_hash_table_lookup(workbook->parts, "xl/worksheets/sheet2.xml");

	ck_assert_str_eq(workbook_named(workbook, "in_memory_headroom")->formula,
	                 "INDEX($B14:$D14,MATCH(scenario,$B$4:$D$4,0))");
	ck_assert_str_eq(workbook_named(workbook, "scenario")->text, "Expected");
	ck_assert_str_eq(workbook_named(workbook, "prices")->text, "Expected");
	ck_assert_ptr_nonnull(strstr(part, "\"Low,Expected,High\""));
	ck_assert_str_eq(workbook_named(workbook, "inputs_changed")->formula,
	                 "COUNT($E$9:$E$11)+(scenario<>\"Expected\")+(prices<>\"Expected\")");
	workbook_free(workbook);
}
END_TEST

START_TEST(the_summary_shows_the_scenario_that_is_chosen)
{
	struct workbook *workbook = written();
	const struct workbook_cell *cell =
		workbook_lookup(workbook, "Summary", "Saving a year", "Value");

	ck_assert_str_eq(cell->formula, "IF(scenario=\"Low\",fig_saving_total_low,"
	                                "IF(scenario=\"High\",fig_saving_total_high,"
	                                "fig_saving_total_expected))");
	ck_assert_double_eq(cell->value, 360580);
	workbook_free(workbook);
}
END_TEST

static void add_check(const char *words, const char *left, double left_value, const char *right,
                      double right_value)
{
	struct report_check check = { .words = g_strdup(words),
		                      .left = g_strdup(left),
		                      .right = g_strdup(right),
		                      .relation = CHECK_EQUAL,
		                      .unit = UNIT_CURRENCY,
		                      .left_value = left_value,
		                      .right_value = right_value };

	report_add_check(report, &check);
}

/* The sum of a column of the fixture. */
static double users_sum(const char *column)
{
	const struct dataset *users = report_dataset(report, "users");
	double sum = 0;

	for (guint i = 0; i < users->rows->len; i++)
		sum += dataset_cell(users, i, (guint)dataset_column_find(users, column))->value;
	return sum;
}

START_TEST(a_check_has_both_sides_and_its_verdict_as_formulas)
{
	add_check("Sums agree", "told.users.cost", users_sum("cost"), "cost.total / 2",
	          users_sum("cost"));
	add_check("Sums differ", "cost.total", 1416000, "cost.total * 2", 2832000);
	struct workbook *workbook = written();

	ck_assert_str_eq(workbook_lookup(workbook, "Checks", "Sums agree", "One side")->formula,
	                 "SUM(tbl_users[Cost])");
	ck_assert_str_eq(workbook_lookup(workbook, "Checks", "Sums agree", "The other")->formula,
	                 "fig_cost_total / 2");
	ck_assert_str_eq(workbook_lookup(workbook, "Checks", "Sums agree", "Verdict")->text,
	                 "holds");
	ck_assert_str_eq(workbook_lookup(workbook, "Checks", "Sums differ", "Verdict")->text,
	                 "does not hold");
	ck_assert_ptr_nonnull(
		strstr(workbook_lookup(workbook, "Checks", "Sums differ", "Verdict")->formula,
	               "ABS(B6-D6)"));
	ck_assert_double_eq(workbook_named(workbook, "checks_failed")->value, 1);
	ck_assert_str_eq(workbook_cell(workbook, "Summary", "A6")->text,
	                 "1 of 2 checks do not hold: see the sheet Checks.");
	workbook_free(workbook);
}
END_TEST

START_TEST(a_check_of_people_is_left_out_where_no_person_may_be)
{
	add_check("Of people", "told.users.cost", 1, "cost.total", 1);
	add_check("Of none", "cost.total", 1, "cost.total", 1);
	for (guint i = 0; i < report->datasets->len; i++)
		((struct dataset *)report->datasets->pdata[i])->people = TRUE;
	struct outdir *outdir = outdir_open(path, NULL);
	g_autofree char *file = g_build_filename(path, "mail.xlsx", NULL);
	g_autoptr(GBytes) bytes = mail_workbook(report, outdir, NULL);

	ck_assert_ptr_nonnull(bytes);
	ck_assert(g_file_set_contents(file, g_bytes_get_data(bytes, NULL),
	                              (gssize)g_bytes_get_size(bytes), NULL));
	struct workbook *workbook = workbook_read(file);
	ck_assert_ptr_null(workbook_lookup(workbook, "Checks", "Of people", "Verdict"));
	ck_assert_ptr_nonnull(workbook_lookup(workbook, "Checks", "Of none", "Verdict"));
	ck_assert_str_eq(workbook_cell(workbook, "Summary", "A6")->text, "All 1 checks hold.");
	workbook_free(workbook);
	ck_assert_int_eq(g_remove(file), 0);
	outdir_abort(outdir);
}
END_TEST

static struct dataset *choices(void)
{
	struct dataset *dataset = add_dataset("choices", "Choices");

	dataset_add_column(dataset, "level", "Level", UNIT_TEXT);
	dataset_add_column(dataset, "cost", "Cost", UNIT_CURRENCY);
	dataset_add_row(dataset);
	dataset_set_text(dataset, "level", "some");
	dataset_set_expression(dataset, "cost", "cost.total");
	complete(dataset);
	return dataset;
}

START_TEST(a_cell_that_is_a_figure_refers_to_it)
{
	choices();
	struct workbook *workbook = written();
	const struct workbook_cell *cell = workbook_lookup(workbook, "Choices", "some", "Cost");

	ck_assert_str_eq(cell->formula, "fig_cost_total");
	ck_assert_double_eq(cell->value, 1416000);
	workbook_free(workbook);
}
END_TEST

START_TEST(a_chart_is_of_the_cells_and_says_what_it_shows)
{
	choices()->headline = g_strdup("The \"best\" costs least");
	struct workbook *workbook = written();
	const char *chart = g_hash_table_lookup(workbook->parts, "xl/charts/chart1.xml");

	ck_assert_ptr_nonnull(strstr(chart, "<c:f>Choices!$B$5</c:f>"));
	ck_assert_msg(strstr(chart, "<c:v>1416000</c:v>"), "a formula's cell is drawn as nought");
	ck_assert_ptr_nonnull(strstr(chart, "<c:v>The \"best\" costs least</c:v>"));
	ck_assert_msg(strstr(chart, "<c:numFmt formatCode=\"#,##0;-#,##0;\""),
	              "amounts at columns have a currency");
	ck_assert_str_eq(workbook_cell(workbook, "Choices", "A7")->formula,
	                 "IF(inputs_changed=0,\"The \"\"best\"\" costs least\","
	                 "\"Choices, with inputs of your own\")");
	workbook_free(workbook);
}
END_TEST

/* An amount of ten digits is wider than its column. */
static const struct {
	double cost;
	const char *told, *axis, *unit;
} much[] = {
	{ 9900000, "\"#,##0;-#,##0;\"", NULL, NULL },
	{ 13400000, "\"#,##0.0,,;-#,##0.0,,;\"", "\"#,##0.0,,\"", "$ million" },
	{ 8768499681, "\"#,##0,,;-#,##0,,;\"", "\"#,##0,,\"", "$ million" },
	{ 876849968100, "\"#,##0.0,,,;-#,##0.0,,,;\"", "\"#,##0.0,,,\"", "$ billion" },
};

START_TEST(large_amounts_of_a_chart_are_told_in_millions)
{
	struct dataset *dataset = choices();

	dataset_add_row(dataset);
	dataset_set_text(dataset, "level", "all");
	dataset_set(dataset, "cost", much[_i].cost);
	complete(dataset);
	dataset->headline = g_strdup("Much");
	struct workbook *workbook = written();
	const char *chart = g_hash_table_lookup(workbook->parts, "xl/charts/chart1.xml");

	ck_assert_msg(strstr(chart, much[_i].told), "not told as %s", much[_i].told);
	if (much[_i].unit) {
		ck_assert_msg(strstr(chart, much[_i].axis), "no axis of %s", much[_i].axis);
		ck_assert_msg(strstr(chart, much[_i].unit), "the axis is in no %s", much[_i].unit);
	} else {
		ck_assert_ptr_null(strstr(chart, "illion"));
	}
	workbook_free(workbook);
}
END_TEST

static void add_ledger(void)
{
	struct dataset *ledger = add_dataset("ledger", "Ledger");

	dataset_add_column(ledger, "class", "Class", UNIT_TEXT);
	dataset_add_column(ledger, "share", "Share", UNIT_SHARE);
	dataset_add_row(ledger);
	dataset_set_text(ledger, "class", "useful work");
	dataset_set(ledger, "share", 0.5);
	complete(ledger);
	ledger->headline = g_strdup("Half of it");
}

/* Behind one more semicolon only what is below nought would have digits. */
START_TEST(shares_at_bars_have_the_format_of_their_cells)
{
	add_ledger();
	struct workbook *workbook = written();
	const char *chart = g_hash_table_lookup(workbook->parts, "xl/charts/chart1.xml");

	ck_assert_ptr_nonnull(strstr(chart, "<c:dLbls>"));
	ck_assert_ptr_nonnull(strstr(chart, ";0.0%\""));
	ck_assert_ptr_null(strstr(chart, ";0.0%;"));
	workbook_free(workbook);
}
END_TEST

START_TEST(an_axis_of_few_nodes_has_whole_ones)
{
	static const char *const columns[] = { "together", "net", "own" };
	struct dataset *sizing = add_dataset("sizing_1", "How many");

	dataset_add_column(sizing, "k", "Nodes owned", UNIT_NODES);
	for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
		dataset_add_column(sizing, columns[i], columns[i], UNIT_CURRENCY);
	for (guint k = 0; k <= 4; k++) {
		dataset_add_row(sizing);
		dataset_set(sizing, "k", k);
		for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
			dataset_set(sizing, columns[i], 100 * k);
	}
	complete(sizing);
	sizing->headline = g_strdup("Four");
	struct workbook *workbook = written();
	ck_assert_ptr_nonnull(strstr(g_hash_table_lookup(workbook->parts, "xl/charts/chart1.xml"),
	                             "<c:majorUnit val=\"1\"/>"));
	workbook_free(workbook);
}
END_TEST

START_TEST(a_dataset_without_headline_has_no_chart)
{
	choices();
	struct workbook *workbook = written();

	ck_assert_ptr_null(g_hash_table_lookup(workbook->parts, "xl/charts/chart1.xml"));
	workbook_free(workbook);
}
END_TEST

/* The number behind `before`, looked for from `text` on; -1 when it is not there. */
static double number_behind(const char *text, const char *before)
{
	const char *found = text ? strstr(text, before) : NULL;

	return found ? g_ascii_strtod(found + strlen(before), NULL) : -1;
}

/* How high the rows first..last of a sheet are, from 1, in points. */
static double rows_height(const char *sheet, double first, double last)
{
	double sum = 0;

	for (const char *row = strstr(sheet, "<row r=\""); row;
	     row = strstr(row + 1, "<row r=\"")) {
		double number = number_behind(row, "<row r=\"");

		sum += number >= first && number <= last ? number_behind(row, " ht=\"") : 0;
	}
	return sum;
}

/* With each key figure more above them. A page of A4 is 487 points high, and 770 wide for columns
 * of 915. */
START_TEST(pictures_of_the_summary_are_printed_on_one_page)
{
	const struct block *tiles = NULL;

	add_ledger();
	for (guint i = 0; !tiles; i++)
		tiles = ((const struct block *)report->summary->blocks->pdata[i])->kind ==
		                        BLOCK_TILES
		                ? report->summary->blocks->pdata[i]
		                : NULL;
	for (int i = 0; i < _i; i++) {
		char *id = g_strdup_printf("key.%d", i);

		figures_add(report->figures, id, UNIT_COUNT, i, "A key figure");
		g_ptr_array_add(tiles->figure_ids, id);
	}
	format_figures(&(struct format){ .currency = "$", .separators = { ",", "." } },
	               report->figures);
	struct workbook *workbook = written();
	const char *sheet = g_hash_table_lookup(workbook->parts, "xl/worksheets/sheet1.xml");
	const char *drawing = g_hash_table_lookup(workbook->parts, "xl/drawings/drawing1.xml");
	double from = number_behind(strstr(drawing, "<xdr:from>"), "<xdr:row>"),
	       to = number_behind(strstr(drawing, "<xdr:to>"), "<xdr:row>");
	double page = number_behind(sheet, "<brk id=\"");

	ck_assert_double_gt(to, from);
	ck_assert_double_gt(page, 0);
	if (page > from) /* it ends behind them */
		page = 0;
	ck_assert_msg(rows_height(sheet, page + 1, to + 1) <= 487 * 915.0 / 770,
	              "%d more: rows %.0f to %.0f are %.0f high", _i, page, to + 1,
	              rows_height(sheet, page + 1, to + 1));
	workbook_free(workbook);
}
END_TEST

START_TEST(derived_columns_are_formulas_over_the_row_and_the_inputs)
{
	struct workbook *workbook = written();
	const struct workbook_cell *cell =
		workbook_lookup(workbook, "Users", "user_0002", "Saving, expected");
	const struct dataset *users = report_dataset(report, "users");
	double hours =
		dataset_cell(users, 1, (guint)dataset_column_find(users, "excess_hours"))->value;

	ck_assert_str_eq(
		cell->formula,
		"tbl_users[[#This Row],[Excess core-hours]] * in_core_hour_rate * in_adoption");
	ck_assert_double_eq_tol(cell->value, hours * 0.037 * 0.5, 1e-9);
	cell = workbook_lookup(workbook, "Users", "user_0005", "Saving, expected");
	ck_assert_msg(!cell->formula && !cell->text, "an unmeasured user has a saving");
	workbook_free(workbook);
}
END_TEST

START_TEST(what_a_table_does_not_say_is_left_out_and_ruled_by_a_condition)
{
	struct workbook *workbook = written();
	const char *users = g_hash_table_lookup(workbook->parts, "xl/worksheets/sheet4.xml");

	ck_assert_ptr_nonnull(workbook_lookup(workbook, "Users", "user_0001", "Excess core-hours"));
	ck_assert_ptr_null(workbook_lookup(workbook, "Users", "user_0005", "Excess core-hours"));
	ck_assert_ptr_nonnull(strstr(users, "type=\"containsBlanks\""));
	workbook_free(workbook);
}
END_TEST

START_TEST(it_is_printed_on_the_paper_of_the_site)
{
	static const char *const sizes[] = { [PAPER_A4] = "<pageSetup paperSize=\"9\"",
		                             [PAPER_LETTER] = "<pageSetup paperSize=\"1\"" };

	report->paper = (enum paper)_i;
	struct workbook *workbook = written();
	for (guint i = 0; i < workbook->sheets->len; i++) {
		g_autofree char *part = g_strdup_printf("xl/worksheets/sheet%u.xml", i + 1);

		ck_assert_ptr_nonnull(
			strstr(g_hash_table_lookup(workbook->parts, part), sizes[_i]));
	}
	workbook_free(workbook);
}
END_TEST

/* On one page its letters could not be read. */
START_TEST(a_wide_table_is_printed_on_pages_side_by_side_with_the_names_on_each)
{
	struct dataset *wide = add_dataset("wide", "Wide");

	dataset_add_column(wide, "name", "Name", UNIT_TEXT);
	for (guint i = 0; i < 30; i++) {
		g_autofree char *id = g_strdup_printf("hours%u", i);

		dataset_add_column(wide, id, "Core-hours", UNIT_HOURS);
	}
	dataset_add_row(wide);
	dataset_set_text(wide, "name", "user_0001");
	complete(wide);

	struct workbook *workbook = written();
	guint sheet = 0;
	while (strcmp(workbook->sheets->pdata[sheet], "Wide") != 0)
		sheet++;
	g_autofree char *part = g_strdup_printf("xl/worksheets/sheet%u.xml", sheet + 1);

	ck_assert_ptr_nonnull(strstr(g_hash_table_lookup(workbook->parts, part),
	                             " fitToWidth=\"3\" fitToHeight=\"0\""));
	ck_assert_ptr_nonnull(strstr(g_hash_table_lookup(workbook->parts, "xl/workbook.xml"),
	                             ">Wide!$A:$A,Wide!$4:$4<"));
	ck_assert_ptr_null(
		strstr(g_hash_table_lookup(workbook->parts, "xl/workbook.xml"), "Findings!$A:$A"));
	workbook_free(workbook);
}
END_TEST

static struct workbook *written_with_rows(guint rows)
{
	struct dataset *list = add_dataset("long", "Long");

	dataset_add_column(list, "name", "Name", UNIT_TEXT);
	dataset_add_column(list, "hours", "Core-hours", UNIT_HOURS);
	for (guint i = 0; i < rows; i++) {
		dataset_add_row(list);
		dataset_set_text(list, "name", "user_0001");
		dataset_set(list, "hours", rows - i);
	}
	complete(list);
	return written();
}

/* Three rows stand above the first. */
START_TEST(of_a_long_table_the_beginning_is_printed_and_it_says_so)
{
	static const char says[] = "The first 150 are printed: clear the print area to print all.",
			  area[] = ">Long!$A$1:$B$154<";
	gboolean is_long = _i == 1;
	struct workbook *workbook = written_with_rows(is_long ? 151 : 150);
	const char *texts = g_hash_table_lookup(workbook->parts, "xl/sharedStrings.xml"),
		   *names = g_hash_table_lookup(workbook->parts, "xl/workbook.xml");

	ck_assert_int_eq(strstr(names, area) != NULL, is_long);
	ck_assert_int_eq(strstr(texts, says) != NULL, is_long);
	workbook_free(workbook);
}
END_TEST

START_TEST(totals_are_formulas_over_the_column)
{
	struct workbook *workbook = written();
	const struct workbook_cell *cell = workbook_lookup(workbook, "Users", "Total", "Jobs");
	const struct dataset *users = report_dataset(report, "users");
	double sum = 0;

	for (guint i = 0; i < users->rows->len; i++)
		sum += dataset_cell(users, i, (guint)dataset_column_find(users, "jobs"))->value;
	ck_assert_str_eq(cell->formula, "SUBTOTAL(109,tbl_users[Jobs])");
	ck_assert_double_eq(cell->value, sum);
	ck_assert_ptr_null(workbook_lookup(workbook, "Users", "Total", "CPU efficiency")->formula);
	workbook_free(workbook);
}
END_TEST

static const char *const hostile[] = { "=HYPERLINK(\"http://example.invalid\")",
	                               "<script>alert(1)</script>", "+1", "-1",
	                               "@SUM(A1)", "{=1}", "http://example.invalid", "a & b" };

START_TEST(a_hostile_name_is_text)
{
	struct dataset *dataset = add_dataset("hostile", hostile[_i]);

	dataset_add_column(dataset, "name", "Name", UNIT_TEXT);
	dataset_add_row(dataset);
	dataset_set_text(dataset, "name", hostile[_i]);
	g_free(report->notice);
	report->notice = g_strdup(hostile[_i]);
	struct workbook *workbook = written();
	const struct workbook_cell *cell =
		workbook_cell(workbook, workbook->sheets->pdata[4], "A5");

	ck_assert_ptr_null(cell->formula);
	ck_assert_str_eq(cell->text, hostile[_i]);
	ck_assert_ptr_null(workbook_cell(workbook, "Summary", "A3")->formula);
	workbook_free(workbook);
}
END_TEST

START_TEST(seconds_are_shown_in_hours_and_computed_in_seconds)
{
	struct dataset *dataset = add_dataset("waits", "Waits");

	dataset_add_column(dataset, "name", "Name", UNIT_TEXT);
	dataset_add_column(dataset, "wait", "Wait", UNIT_SECONDS);
	dataset_add_column(dataset, "priced", "Priced", UNIT_CURRENCY)->expression =
		g_strdup("wait * assumption.core_hour_rate");
	dataset_add_column(dataset, "twice", "Twice", UNIT_SECONDS)->expression =
		g_strdup("2 * wait");
	dataset_add_row(dataset);
	dataset_set_text(dataset, "name", "long");
	dataset_set(dataset, "wait", 36000);
	complete(dataset);
	struct workbook *workbook = written();
	const struct workbook_cell *cell = workbook_lookup(workbook, "Waits", "long", "Wait (h)");

	ck_assert_double_eq(cell->value, 10);
	cell = workbook_lookup(workbook, "Waits", "long", "Priced");
	ck_assert_str_eq(cell->formula,
	                 "(tbl_waits[[#This Row],[Wait (h)]]*3600) * in_core_hour_rate");
	ck_assert_double_eq_tol(cell->value, 1332, 1e-9);
	cell = workbook_lookup(workbook, "Waits", "long", "Twice (h)");
	ck_assert_str_eq(cell->formula, "(2 * (tbl_waits[[#This Row],[Wait (h)]]*3600))/3600");
	ck_assert_double_eq(cell->value, 20);
	workbook_free(workbook);
}
END_TEST

/* It is lost where a format has conditions that do not ask for it. */
START_TEST(what_is_below_nought_has_its_sign)
{
	figures_add(report->figures, "change.of", UNIT_SHARE, -0.1, "A tenth less");
	figures_add(report->figures, "change.by", UNIT_NUMBER, -18.75, "Points less");
	struct workbook *workbook = written();
	const char *at = g_hash_table_lookup(workbook->parts, "xl/styles.xml");
	guint formats = 0;

	while ((at = strstr(at, "formatCode=\"["))) {
		g_autofree char *format = g_strndup(at, strcspn(at, "/"));

		ck_assert_msg(strstr(format, ";[&lt;0]-"), "%s", format);
		at++;
		formats++;
	}
	ck_assert_uint_ge(formats, 2);
	workbook_free(workbook);
}
END_TEST

START_TEST(what_is_counted_in_whole_per_cents_has_no_tenths)
{
	struct dataset *dataset = add_dataset("users", "Users");

	dataset_add_column(dataset, "name", "Name", UNIT_TEXT);
	dataset_add_column(dataset, "efficiency", "Efficiency", UNIT_SHARE)->whole = _i == 1;
	dataset_add_row(dataset);
	dataset_set_text(dataset, "name", "one");
	dataset_set(dataset, "efficiency", 0.97);
	complete(dataset);
	struct workbook *workbook = written();
	const char *styles = g_hash_table_lookup(workbook->parts, "xl/styles.xml");

	ck_assert_int_eq(strstr(styles, "formatCode=\"0%\"") != NULL, _i);
	workbook_free(workbook);
}
END_TEST

START_TEST(a_figure_counted_in_whole_per_cents_has_no_tenths)
{
	figures_add(report->figures, "limits.median", UNIT_SHARE, 0.31, "Median")->whole = _i == 1;
	struct workbook *workbook = written();
	const char *styles = g_hash_table_lookup(workbook->parts, "xl/styles.xml");

	ck_assert_int_eq(strstr(styles, "formatCode=\"0%\"") != NULL, _i);
	workbook_free(workbook);
}
END_TEST

START_TEST(a_column_for_csv_only_is_shown_when_a_formula_needs_it)
{
	struct dataset *dataset = add_dataset("needs", "Needs");

	dataset_add_column(dataset, "name", "Name", UNIT_TEXT);
	dataset_add_column(dataset, "base", "It's a [base]", UNIT_HOURS)->csv_only = TRUE;
	dataset_add_column(dataset, "other", "Other", UNIT_HOURS)->csv_only = TRUE;
	dataset_add_column(dataset, "twice", "Twice", UNIT_HOURS)->expression =
		g_strdup("2 * base");
	dataset_add_row(dataset);
	dataset_set_text(dataset, "name", "x");
	dataset_set(dataset, "base", 4);
	dataset_set(dataset, "other", 5);
	complete(dataset);
	struct workbook *workbook = written();

	ck_assert_str_eq(workbook_lookup(workbook, "Needs", "x", "Twice")->formula,
	                 "2 * tbl_needs[[#This Row],[It''s a '[base']]]");
	ck_assert_double_eq(workbook_lookup(workbook, "Needs", "x", "It's a [base]")->value, 4);
	ck_assert_ptr_null(workbook_lookup(workbook, "Needs", "x", "Other"));
	workbook_free(workbook);
}
END_TEST

START_TEST(ids_that_differ_in_dots_or_case_only_have_names_of_their_own)
{
	figures_add(report->figures, "a.b", UNIT_NUMBER, 1, "One");
	figures_add(report->figures, "a_b", UNIT_NUMBER, 2, "Two");
	figures_add(report->figures, "A.b", UNIT_NUMBER, 3, "Three");
	figures_derive(report->figures, "sum", UNIT_NUMBER, "a.b + a_b + A.b", "Sum of the three");
	struct workbook *workbook = written();

	ck_assert_str_eq(workbook_named(workbook, "fig_sum")->formula,
	                 "fig_a_b + fig_a_b_2 + fig_A_b_3");
	ck_assert_double_eq(workbook_named(workbook, "fig_a_b_2")->value, 2);
	workbook_free(workbook);
}
END_TEST

START_TEST(sheets_have_legal_names_of_their_own)
{
	static const char *const titles[] = { "summary",
		                              "What / why: [all]?",
		                              "A very long title that no sheet may carry",
		                              "A very long title that no sheet may bear",
		                              "'quoted'",
		                              "Cut where a comma stands here, and more" };
	static const char *const names[] = { "summary 2", "What   why   all",
		                             "A very long title that no shee",
		                             "A very long title that no s 2", "quoted",
		                             "Cut where a comma stands here" };

	for (guint i = 0; i < G_N_ELEMENTS(titles); i++) {
		g_autofree char *id = g_strdup_printf("d%u", i);

		dataset_add_column(add_dataset(id, titles[i]), "name", "Name", UNIT_TEXT);
	}
	struct workbook *workbook = written();

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *name = workbook->sheets->pdata[4 + i];

		ck_assert_uint_le(strlen(name), 31);
		ck_assert_msg(g_str_has_prefix(name, names[i]), "'%s' is called '%s'", titles[i],
		              name);
		ck_assert_msg(!strchr(",;: ", name[strlen(name) - 1]), "'%s' ends in a comma",
		              name);
	}
	workbook_free(workbook);
}
END_TEST

START_TEST(a_dataset_without_rows_says_so)
{
	dataset_add_column(add_dataset("empty", "Empty"), "name", "Name", UNIT_TEXT);
	struct workbook *workbook = written();

	ck_assert_str_eq(workbook_cell(workbook, "Empty", "A4")->text, "No rows.");
	workbook_free(workbook);
}
END_TEST

START_TEST(a_dataset_without_a_sheet_has_none)
{
	struct workbook *workbook = written();

	ck_assert_uint_eq(workbook->sheets->len, 5);
	ck_assert_str_eq(workbook->sheets->pdata[3], "Users");
	ck_assert_str_eq(workbook->sheets->pdata[4], "Notes");
	workbook_free(workbook);
}
END_TEST

START_TEST(the_same_report_gives_the_same_bytes)
{
	g_autofree char *bytes[2] = { NULL, NULL };
	gsize length[2];

	for (guint i = 0; i < 2; i++) {
		struct outdir *outdir = rendered();
		g_autofree char *file = workbook_path(outdir);

		ck_assert(g_file_get_contents(file, &bytes[i], &length[i], NULL));
		outdir_abort(outdir);
	}
	ck_assert_uint_eq(length[0], length[1]);
	ck_assert_mem_eq(bytes[0], bytes[1], length[0]);
	g_clear_pointer(&bytes[1], g_free);
}
END_TEST

START_TEST(the_properties_name_the_program_and_the_date_of_the_data)
{
	struct workbook *workbook = written();
	const char *core = g_hash_table_lookup(workbook->parts, "docProps/core.xml");

	ck_assert_ptr_nonnull(strstr(core, "<dc:creator>reclaim</dc:creator>"));
	ck_assert_ptr_nonnull(strstr(core, "<cp:lastModifiedBy>reclaim</cp:lastModifiedBy>"));
	ck_assert_ptr_nonnull(strstr(core, ">2026-01-01T00:00:00Z</dcterms:created>"));
	ck_assert_ptr_nonnull(strstr(core, ">2026-01-01T00:00:00Z</dcterms:modified>"));
	workbook_free(workbook);
}
END_TEST

static void note_file(const char *name, const struct sink_receipt *receipt, void *data)
{
	GString *files = data;

	g_string_append_printf(files, "%s ", name);
	ck_assert_uint_gt(receipt->size, 1000);
}

START_TEST(nothing_is_left_but_the_workbook)
{
	struct outdir *outdir = rendered();
	g_autoptr(GDir) dir = g_dir_open(outdir_path(outdir), 0, NULL);
	g_autoptr(GString) files = g_string_new(NULL);

	ck_assert_str_eq(g_dir_read_name(dir), "savings.xlsx");
	ck_assert_ptr_null(g_dir_read_name(dir));
	outdir_each(outdir, note_file, files);
	ck_assert_str_eq(files->str, "savings.xlsx ");
	outdir_abort(outdir);
}
END_TEST

static const struct {
	const char *what;
	double place; /* share of the file's length, where the damage is; above 1: none */
	gboolean cut;
	guint rows, sheets; /* of the table sheet, and in all */
	const char *message;
} damages[] = {
	{ "sound", 2, FALSE, 35, 5, NULL },
	{ "a byte in the middle", 0.5, FALSE, 35, 5, "cannot be read back" },
	{ "cut in the middle", 0.5, TRUE, 35, 5, "" },
	{ "cut at the end", 0.999, TRUE, 35, 5, "" },
	{ "nothing", 0, TRUE, 35, 5, "" },
	{ "a row too few", 2, FALSE, 36, 5, "sheet4.xml has 35 rows where 36 were written" },
	{ "a row too many", 2, FALSE, 34, 5, "sheet4.xml has 35 rows where 34 were written" },
	{ "a sheet too few", 2, FALSE, 35, 6, "5 sheets are there where 6 were written" },
	{ "a sheet too many", 2, FALSE, 35, 4, "sheet5.xml was not asked for" },
};

/* The rows that each sheet really has. */
static GArray *count_rows(const char *file)
{
	struct workbook *workbook = workbook_read(file);
	GArray *rows = g_array_new(FALSE, FALSE, sizeof(guint));

	for (guint i = 0; i < workbook->sheets->len; i++) {
		g_autofree char *part = g_strdup_printf("xl/worksheets/sheet%u.xml", i + 1);
		g_auto(GStrv) parts =
			g_strsplit(g_hash_table_lookup(workbook->parts, part), "<row ", -1);
		guint count = g_strv_length(parts) - 1;

		g_array_append_val(rows, count);
	}
	workbook_free(workbook);
	return rows;
}

START_TEST(a_damaged_workbook_is_refused)
{
	struct outdir *outdir = rendered();
	g_autofree char *file = workbook_path(outdir);
	g_autofree char *bytes = NULL;
	g_autoptr(GArray) rows = count_rows(file);
	g_autoptr(GError) error = NULL;
	gsize length, place;
	gboolean sound;

	ck_assert(g_file_get_contents(file, &bytes, &length, NULL));
	place = (gsize)((double)length * MIN(damages[_i].place, 1));
	if (damages[_i].place < 1 && !damages[_i].cut)
		bytes[place] = (char)~bytes[place];
	ck_assert(g_file_set_contents(file, bytes, damages[_i].cut ? (gssize)place : (gssize)length,
	                              NULL));
	g_array_index(rows, guint, 3) = damages[_i].rows;
	g_array_set_size(rows, damages[_i].sheets);

	sound = xlsx_verify(file, rows, &error);
	ck_assert_msg(sound == (damages[_i].message == NULL), "%s", damages[_i].what);
	if (!sound)
		ck_assert_msg(strstr(error->message, damages[_i].message), "%s: %s",
		              damages[_i].what, error->message);
	outdir_abort(outdir);
}
END_TEST

static const struct {
	const char *part, *message;
} parts[] = {
	{ "<a><row/><row>1 &lt; 2</row></a>", NULL },
	{ "<a><row/><x:row xmlns:x=\"x\"/></a>\n", NULL },
	{ "<a><row/><row></a>", "sheet1.xml is not well-formed: " },
	{ "<a><row/><row/>", "sheet1.xml is not well-formed: " },
	{ "<a><row/><row/></a>b", "sheet1.xml is not well-formed: Extra content" },
	{ "<a><row/><row>&unknown;</row></a>",
	  "sheet1.xml is not well-formed: Entity 'unknown' not defined" },
	{ "<a><row/><row>\xC3(</row></a>", "sheet1.xml is not well-formed: " },
	{ "", "sheet1.xml is not well-formed: " },
};

static void write_part(const char *file, const char *part)
{
	struct archive *archive = archive_write_new();
	struct archive_entry *entry = archive_entry_new();

	archive_write_set_format_zip(archive);
	ck_assert_int_eq(archive_write_zip_set_compression_store(archive), ARCHIVE_OK);
	ck_assert_int_eq(archive_write_open_filename(archive, file), ARCHIVE_OK);
	archive_entry_set_pathname(entry, "xl/worksheets/sheet1.xml");
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_size(entry, (la_int64_t)strlen(part));
	ck_assert_int_eq(archive_write_header(archive, entry), ARCHIVE_OK);
	ck_assert_int_eq(archive_write_data(archive, part, strlen(part)), (la_ssize_t)strlen(part));
	archive_entry_free(entry);
	ck_assert_int_eq(archive_write_free(archive), ARCHIVE_OK);
}

START_TEST(a_part_that_is_no_xml_is_refused)
{
	g_autofree char *file = g_build_filename(path, "parts.xlsx", NULL);
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autoptr(GError) error = NULL;
	const guint two = 2;

	g_array_append_val(rows, two);
	write_part(file, parts[_i].part);
	ck_assert(xlsx_verify(file, rows, &error) == !parts[_i].message);
	if (parts[_i].message)
		ck_assert_msg(g_str_has_prefix(error->message + strlen("xl/worksheets/"),
		                               parts[_i].message),
		              "%s", error->message);
	ck_assert(!error || !strchr(error->message, '\n'));
	g_remove(file);
}
END_TEST

static const struct {
	guint length, place; /* of the part; of the damage in the file */
	const char *message;
} spoilt[] = {
	{ 3000, 2000, "xl/worksheets/sheet1.xml cannot be read back: " },
	/* As much as a parser reads at once, and a multiple of it. */
	{ 4000, 2000, "xl/worksheets/sheet1.xml cannot be read back: " },
	{ 300000, 200000, "xl/worksheets/sheet1.xml cannot be read back: " },
	{ 4000, 0, "the archive is damaged: " },
};

START_TEST(a_part_that_is_another_than_was_packed_is_refused)
{
	g_autofree char *file = g_build_filename(path, "spoilt.xlsx", NULL), *bytes = NULL;
	g_autofree char *words = g_strnfill(spoilt[_i].length - strlen("<row></row>"), 'x');
	g_autofree char *part = g_strconcat("<row>", words, "</row>", NULL);
	g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(guint));
	g_autoptr(GError) error = NULL;
	const guint one = 1;
	gsize length;

	g_array_append_val(rows, one);
	write_part(file, part);
	ck_assert(xlsx_verify(file, rows, NULL));
	ck_assert(g_file_get_contents(file, &bytes, &length, NULL));
	bytes[spoilt[_i].place]++;
	ck_assert(g_file_set_contents(file, bytes, (gssize)length, NULL));
	ck_assert(!xlsx_verify(file, rows, &error));
	ck_assert_msg(g_str_has_prefix(error->message, spoilt[_i].message), "%s", error->message);
	g_remove(file);
}
END_TEST

START_TEST(a_directory_that_cannot_be_written_is_an_error)
{
	g_autofree char *name = g_build_filename(path, "gone", NULL);
	struct outdir *outdir = outdir_open(name, NULL);
	g_autoptr(GError) error = NULL;

	ck_assert_int_eq(g_rmdir(outdir_path(outdir)), 0);
	ck_assert(!render_xlsx(report, outdir, &error));
	ck_assert_msg(g_str_has_prefix(error->message, "savings.xlsx: no temporary directory"),
	              "%s", error->message);
	outdir_abort(outdir);
}
END_TEST

START_TEST(a_full_disk_is_called_by_its_name)
{
	g_autofree char *name = g_build_filename(path, "full", NULL);
	struct outdir *outdir = outdir_open(name, NULL);
	struct rlimit limit = { 4096, 4096 };
	g_autoptr(GError) error = NULL;

	signal(SIGXFSZ, SIG_IGN);
	ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	ck_assert(!render_xlsx(report, outdir, &error));
	ck_assert_str_eq(error->message, "savings.xlsx: cannot write: File too large");
	outdir_abort(outdir);
}
END_TEST

static void add_tests(TCase *tests)
{
	tcase_add_test(tests, every_derived_figure_is_a_formula_with_the_value_of_its_expression);
	tcase_add_test(tests, a_figure_without_value_is_no_formula_and_says_why);
	tcase_add_test(tests, words_stand_where_a_formula_has_no_value);
	tcase_add_test(tests, what_is_made_of_words_says_the_same_words);
	tcase_add_test(tests, what_is_sought_stands_with_its_steps_on_a_sheet_of_its_own);
	tcase_add_test(tests, what_would_be_stands_step_by_step_on_a_sheet_of_its_own);
	tcase_add_test(tests, the_summary_has_tiles_and_derived_figures_as_references);
	tcase_add_test(tests, an_assumption_is_a_named_input_with_its_expected_value);
	tcase_add_test(tests, a_measuring_rule_moves_with_the_scenario_only);
	tcase_add_test(tests, the_summary_shows_the_scenario_that_is_chosen);
	tcase_add_test(tests, a_check_has_both_sides_and_its_verdict_as_formulas);
	tcase_add_test(tests, a_check_of_people_is_left_out_where_no_person_may_be);
	tcase_add_test(tests, a_cell_that_is_a_figure_refers_to_it);
	tcase_add_test(tests, a_chart_is_of_the_cells_and_says_what_it_shows);
	tcase_add_test(tests, shares_at_bars_have_the_format_of_their_cells);
	tcase_add_test(tests, what_is_below_nought_has_its_sign);
	tcase_add_test(tests, an_axis_of_few_nodes_has_whole_ones);
	tcase_add_test(tests, a_column_holds_words_in_capitals);
	tcase_add_test(tests, what_is_sought_has_room_for_the_dearest_rent_in_any_currency);
	tcase_add_loop_test(tests, large_amounts_of_a_chart_are_told_in_millions, 0,
	                    G_N_ELEMENTS(much));
	tcase_add_test(tests, a_dataset_without_headline_has_no_chart);
	tcase_add_loop_test(tests, pictures_of_the_summary_are_printed_on_one_page, 0, 20);
	tcase_add_test(tests, derived_columns_are_formulas_over_the_row_and_the_inputs);
	tcase_add_test(tests, what_a_table_does_not_say_is_left_out_and_ruled_by_a_condition);
	tcase_add_loop_test(tests, it_is_printed_on_the_paper_of_the_site, PAPER_A4,
	                    PAPER_LETTER + 1);
	tcase_add_test(tests, a_wide_table_is_printed_on_pages_side_by_side_with_the_names_on_each);
	tcase_add_loop_test(tests, of_a_long_table_the_beginning_is_printed_and_it_says_so, 0, 2);
	tcase_add_test(tests, totals_are_formulas_over_the_column);
	tcase_add_loop_test(tests, a_hostile_name_is_text, 0, G_N_ELEMENTS(hostile));
	tcase_add_test(tests, seconds_are_shown_in_hours_and_computed_in_seconds);
	tcase_add_loop_test(tests, what_is_counted_in_whole_per_cents_has_no_tenths, 0, 2);
	tcase_add_loop_test(tests, a_figure_counted_in_whole_per_cents_has_no_tenths, 0, 2);
	tcase_add_test(tests, a_column_for_csv_only_is_shown_when_a_formula_needs_it);
	tcase_add_test(tests, ids_that_differ_in_dots_or_case_only_have_names_of_their_own);
	tcase_add_test(tests, sheets_have_legal_names_of_their_own);
	tcase_add_test(tests, a_dataset_without_rows_says_so);
	tcase_add_test(tests, a_dataset_without_a_sheet_has_none);
	tcase_add_test(tests, the_same_report_gives_the_same_bytes);
	tcase_add_test(tests, the_properties_name_the_program_and_the_date_of_the_data);
	tcase_add_test(tests, nothing_is_left_but_the_workbook);
	tcase_add_loop_test(tests, a_damaged_workbook_is_refused, 0, G_N_ELEMENTS(damages));
	tcase_add_loop_test(tests, a_part_that_is_no_xml_is_refused, 0, G_N_ELEMENTS(parts));
	tcase_add_loop_test(tests, a_part_that_is_another_than_was_packed_is_refused, 0,
	                    G_N_ELEMENTS(spoilt));
	tcase_add_test(tests, a_directory_that_cannot_be_written_is_an_error);
	tcase_add_test(tests, a_full_disk_is_called_by_its_name);
}

int main(void)
{
	Suite *suite = suite_create("xlsx");
	TCase *tests = tcase_create("xlsx");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tests);
	tcase_add_checked_fixture(tests, begin, end);
	add_tests(tests);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

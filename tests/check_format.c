/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "report/document.h"
#include "report/format.h"

#define NB "\u00a0"
#define MINUS "\u2212"

static const struct {
	enum unit unit;
	double value;
	const char *text;
} values[] = {
	{ UNIT_COUNT, 0, "0" },
	{ UNIT_COUNT, 999, "999" },
	{ UNIT_COUNT, 1000, "1,000" },
	{ UNIT_COUNT, 48213, "48,213" },
	{ UNIT_COUNT, 1234567890, "1,234,567,890" },
	{ UNIT_COUNT, -1234, MINUS "1,234" },
	{ UNIT_COUNT, -0.2, "0" },
	{ UNIT_NODES, 67.5, "68" },
	{ UNIT_CPUS, 76800, "76,800" },
	{ UNIT_GPUS, 8, "8" },
	{ UNIT_GPUS, 8 + 1e-12, "8" },
	{ UNIT_CPUS, 9.96, "10" },
	{ UNIT_CPUS, 9.94, "9.9" },
	{ UNIT_CPUS, 1.02, "1.0" },
	{ UNIT_NODES, 0.19, "0.2" },
	{ UNIT_NODES, 0.03, "<" NB "0.1" },
	{ UNIT_NODES, 0, "0" },
	{ UNIT_SHARE, 0, "0" NB "%" },
	{ UNIT_SHARE, 0.0004, "<" NB "0.1" NB "%" },
	{ UNIT_SHARE, 0.0742, "7.4" NB "%" },
	{ UNIT_SHARE, 0.09996, "10" NB "%" },
	{ UNIT_SHARE, 0.128, "13" NB "%" },
	{ UNIT_SHARE, 0.994, "99" NB "%" },
	{ UNIT_SHARE, 0.997, "99.7" NB "%" },
	{ UNIT_SHARE, 0.9999, ">" NB "99.9" NB "%" },
	{ UNIT_SHARE, 1, "100" NB "%" },
	{ UNIT_SHARE, 9.994, "999" NB "%" },
	{ UNIT_SHARE, 79633.99, ">" NB "999" NB "%" },
	{ UNIT_SHARE, 1 - 1e-15, "100" NB "%" },
	{ UNIT_SHARE, 1 - 1e-9, ">" NB "99.9" NB "%" },
	{ UNIT_SHARE, -0.25, MINUS "25" NB "%" },
	{ UNIT_CURRENCY, 0, "$0" },
	{ UNIT_CURRENCY, 1e-5, "$0" },
	{ UNIT_CURRENCY, 0.004, "<" NB "$1" },
	{ UNIT_CURRENCY, 0.4, "<" NB "$1" },
	{ UNIT_CURRENCY, -0.4, ">" NB MINUS "$1" },
	{ UNIT_CURRENCY, 0.5, "$1" },
	{ UNIT_CURRENCY, 84.4, "$84" },
	{ UNIT_CURRENCY, 847, "$847" },
	{ UNIT_CURRENCY, 8471, "$8,470" },
	{ UNIT_CURRENCY, 482400, "$482,000" },
	{ UNIT_CURRENCY, 999600, "$1.00" NB "million" },
	{ UNIT_CURRENCY, 1240000, "$1.24" NB "million" },
	{ UNIT_CURRENCY, 12440000, "$12.4" NB "million" },
	{ UNIT_CURRENCY, 124400000, "$124" NB "million" },
	{ UNIT_CURRENCY, 999900000, "$1.00" NB "billion" },
	{ UNIT_CURRENCY, -38400, MINUS "$38,400" },
	{ UNIT_RATE, 0.037, "$0.037" },
	{ UNIT_RATE, 0.5, "$0.50" },
	{ UNIT_RATE, 0, "$0.00" },
	{ UNIT_RATE, 1234.5, "$1,234.50" },
	{ UNIT_HOURS, 0, "0" },
	{ UNIT_HOURS, 0.26, "0.3" },
	{ UNIT_HOURS, 0.02, "<" NB "0.1" },
	{ UNIT_HOURS, 1e-9, "0" },
	{ UNIT_HOURS, -0.02, ">" NB MINUS "0.1" },
	{ UNIT_HOURS, 99.96, "100" },
	{ UNIT_HOURS, 999999.4, "999,999" },
	{ UNIT_HOURS, 999999.6, "1.00" NB "million" },
	{ UNIT_HOURS, 3184022.75, "3.18" NB "million" },
	{ UNIT_HOURS, -1220415583, MINUS "1.22" NB "billion" },
	{ UNIT_SECONDS, 0, "0" NB "s" },
	{ UNIT_SECONDS, 45.2, "45" NB "s" },
	{ UNIT_SECONDS, 59.7, "1" NB "min" },
	{ UNIT_SECONDS, 264, "4" NB "min" },
	{ UNIT_SECONDS, 3590, "1.0" NB "h" },
	{ UNIT_SECONDS, 11520, "3.2" NB "h" },
	{ UNIT_SECONDS, 172600, "47.9" NB "h" },
	{ UNIT_SECONDS, 172800, "2" NB "days" },
	{ UNIT_SECONDS, 440640, "5.1" NB "days" },
	{ UNIT_SECONDS, 42 * 86400, "42" NB "days" },
	{ UNIT_SECONDS, 42 * 86400 + 3600, "42" NB "days" },
	{ UNIT_SECONDS, 364.96 * 86400, "365" NB "days" },
	{ UNIT_BYTES, 0, "0" NB "B" },
	{ UNIT_BYTES, 1023, "1,023" NB "B" },
	{ UNIT_BYTES, 1024, "1.0" NB "KiB" },
	{ UNIT_BYTES, 1048575, "1.0" NB "MiB" },
	{ UNIT_BYTES, 1649267441664.0, "1.5" NB "TiB" },
	{ UNIT_BYTES, 34359738368.0, "32" NB "GiB" },
	{ UNIT_NUMBER, 0, "0" },
	{ UNIT_NUMBER, 1.234, "1.23" },
	{ UNIT_NUMBER, 12.84, "12.8" },
	{ UNIT_NUMBER, 1234.5, "1,235" },
	{ UNIT_TIME, 1747670400, "2025-05-19 16:00" },
	{ UNIT_COUNT, NAN, "not known" },
	{ UNIT_CURRENCY, INFINITY, "not known" },
};

START_TEST(a_value_is_rounded_to_what_a_reader_can_use)
{
	struct zone *zone = zone_new(NULL, NULL);
	struct format format = { .currency = "$", .zone = zone };
	g_autofree char *text = format_value(&format, values[_i].unit, values[_i].value);

	ck_assert_str_eq(text, values[_i].text);
	zone_free(zone);
}
END_TEST

START_TEST(a_currency_that_is_a_word_stands_apart_from_its_number)
{
	struct format francs = { .currency = "CHF" }, euros = { .currency = "€" };
	g_autofree char *word = format_value(&francs, UNIT_CURRENCY, -482000);
	g_autofree char *sign = format_value(&euros, UNIT_CURRENCY, 482000);

	ck_assert_str_eq(word, MINUS "CHF" NB "482,000");
	ck_assert_str_eq(sign, "€482,000");
}
END_TEST

static const struct {
	enum change change;
	double then, now;
	gboolean fine;
	const char *text;
} changes[] = {
	{ CHANGE_RATIO, 1, 1.12, FALSE, "12\u00a0% more" },
	{ CHANGE_RATIO, 1, 0.966, FALSE, "3.4\u00a0% less" },
	{ CHANGE_RATIO, 2, 7, FALSE, "250\u00a0% more" },
	{ CHANGE_RATIO, 1, 1, FALSE, "unchanged" },
	{ CHANGE_RATIO, 1, 0.9996, FALSE, "unchanged" },
	{ CHANGE_RATIO, 1, 0.99955, FALSE, "unchanged" },
	{ CHANGE_DAILY, 1, 1.12, FALSE, "12\u00a0% more a day" },
	{ CHANGE_DAILY, 1, 1, FALSE, "unchanged" },
	{ CHANGE_POINTS, 0.05, 0.0734, FALSE, "2.3\u00a0points more" },
	{ CHANGE_POINTS, 0.0506, 0.0494, FALSE, "0.2\u00a0points less" }, /* 5.1 to 4.9 */
	{ CHANGE_POINTS, 0.0786, 0.0874, FALSE, "0.8\u00a0points more" }, /* 7.9 to 8.7 */
	{ CHANGE_POINTS, 0.0786, 0.0788, FALSE, "unchanged" },
	{ CHANGE_POINTS, 0.216, 0.304, FALSE, "8\u00a0points more" }, /* 22 to 30 */
	{ CHANGE_POINTS, 0.12, 0.11, FALSE, "1\u00a0point less" },
	{ CHANGE_POINTS, 0.12, 0.11, TRUE, "1.0\u00a0points less" },
	{ CHANGE_POINTS, 0.216, 0.304, TRUE, "8.8\u00a0points more" },
	{ CHANGE_POINTS, 0.216, 0.224, FALSE, "unchanged" },
	{ CHANGE_POINTS, 0.096, 0.124, FALSE, "2.4\u00a0points more" }, /* 9.6 to 12 */
	{ CHANGE_POINTS, 0, 0.0004, FALSE, "unchanged" },
	{ CHANGE_POINTS, 1, 0.5, TRUE, "50.0\u00a0points less" },
};

START_TEST(a_change_says_which_way_it_went)
{
	g_autofree char *text = format_change(&(struct format){ .currency = "$" },
	                                      changes[_i].change, changes[_i].then, changes[_i].now,
	                                      changes[_i].fine);

	ck_assert_str_eq(text, changes[_i].text);
}
END_TEST

static const struct {
	struct separators separators;
	enum unit unit;
	double value;
	const char *text;
} separated[] = {
	{ { NULL, NULL }, UNIT_CURRENCY, 1240000, "Fr.1.24\u00a0million" },
	{ { ".", "," }, UNIT_COUNT, 1234567, "1.234.567" },
	{ { ".", "," }, UNIT_RATE, 1234.5, "Fr.1.234,50" },
	{ { "\u00a0", "," }, UNIT_HOURS, 12345.5, "12\u00a0346" },
	{ { "", "." }, UNIT_COUNT, 1234567, "1234567" },
	{ { "’", "." }, UNIT_SHARE, 0.0123, "1.2\u00a0%" },
};

START_TEST(numbers_are_separated_as_the_site_writes_them)
{
	struct format format = { .currency = "Fr.", .separators = separated[_i].separators };
	g_autofree char *text = format_value(&format, separated[_i].unit, separated[_i].value);

	ck_assert_str_eq(text, separated[_i].text);
}
END_TEST

static const struct {
	double value;
	const char *text;
} inputs[] = {
	{ 0, "0" },
	{ 0.0425, "0,0425" },
	{ 999, "999" },
	{ 12000, "12.000" },
	{ 1234567.25, "1.234.567,25" },
	{ -3600, MINUS "3.600" },
	{ 0.00001, "1e-05" },
};

START_TEST(an_input_keeps_the_digits_that_it_was_given_with)
{
	struct format format = { .currency = "€", .separators = { ".", "," } };
	g_autofree char *text = format_exact(&format, inputs[_i].value);

	ck_assert_str_eq(text, inputs[_i].text);
}
END_TEST

START_TEST(a_date_is_that_of_the_zone)
{
	struct zone *zone = zone_new("Europe/Berlin", NULL);
	struct format format = { .currency = "$", .zone = zone };
	gint64 new_year_utc = 1767225600;
	g_autofree char *hour = format_hour(&format, new_year_utc - 1800);
	g_autofree char *date = format_date(&format, new_year_utc - 1800);
	g_autofree char *month = format_month(&format, new_year_utc - 1800);

	ck_assert_str_eq(hour, "2026-01-01 00:30");
	ck_assert_str_eq(date, "2026-01-01");
	ck_assert_str_eq(month, "January 2026");
	zone_free(zone);
}
END_TEST

START_TEST(a_figure_without_value_is_not_known_and_a_given_text_stays)
{
	struct format format = { .currency = "$", .zone = NULL };
	struct figures *figures = figures_new();

	figures_add(figures, "jobs", UNIT_COUNT, 48213, "Jobs");
	figures_add_missing(figures, "gpu", UNIT_SHARE, "not collected", "GPU use");
	figures_add_text(figures, "pool", "standard", "Pool");
	format_figures(&format, figures);
	ck_assert_str_eq(figures_find(figures, "jobs")->text, "48,213");
	ck_assert_str_eq(figures_find(figures, "gpu")->text, "not known");
	ck_assert_str_eq(figures_find(figures, "pool")->text, "standard");
	figures_free(figures);
}
END_TEST

static struct dataset *two_rows(void)
{
	struct dataset *dataset = dataset_new("d", "D", "A row is a thing.");

	dataset_add_column(dataset, "hours", "Hours", UNIT_HOURS);
	dataset_add_column(dataset, "cost", "Cost", UNIT_CURRENCY)->expression = g_strdup(
	        "hours * rate");
	dataset_add_column(dataset, "half", "Half", UNIT_CURRENCY)->expression = g_strdup(
	        "cost / 2");
	dataset_add_row(dataset);
	dataset_set(dataset, "hours", 200);
	dataset_add_row(dataset);
	return dataset;
}

START_TEST(what_is_counted_in_whole_per_cents_has_no_tenths)
{
	struct format format = { .currency = "$", .zone = NULL };
	struct figures *figures = figures_new();
	struct dataset *dataset = dataset_new("d", "D", "A row is a thing.");

	figures_add(figures, "lowest", UNIT_SHARE, 0.02, "Lowest")->whole = TRUE;
	dataset_add_column(dataset, "median", "Median", UNIT_SHARE)->whole = TRUE;
	dataset_add_row(dataset);
	dataset_set(dataset, "median", 0.05);
	figures_add(figures, "least", UNIT_SHARE, 0, "Least")->whole = TRUE;
	format_figures(&format, figures);
	format_dataset(&format, dataset, figures);
	ck_assert_str_eq(figures_find(figures, "lowest")->text, "2" NB "%");
	ck_assert_str_eq(figures_find(figures, "least")->text, "<" NB "1" NB "%");
	ck_assert_str_eq(dataset_cell(dataset, 0, 0)->text, "5" NB "%");
	dataset_free(dataset);
	figures_free(figures);
}
END_TEST

static const struct {
	double value, line;
	const char *text;
} judged[] = {
	{ 0.248, 0.25, "24.8" NB "%" },
	{ 0.24996, 0.25, "<" NB "25" NB "%" },
	{ 0.25, 0.25, "25" NB "%" },
	{ 0.2500001, 0.25, ">" NB "25" NB "%" },
	{ 0.2449, 0.25, "24" NB "%" },
	{ 0.602, 0.6, "60.2" NB "%" },
	{ 0.07 * 10, 0.7, "70" NB "%" },
	{ 0.27499, 0.275, "27" NB "%" },
	{ 0.275, 0.275, "27.5" NB "%" },
	{ 0.0742, 0.25, "7.4" NB "%" },
	{ 0, 0.25, "0" NB "%" },
	{ 0.248, 0, "25" NB "%" },
};

START_TEST(a_share_is_printed_on_its_side_of_the_line_that_judges_it)
{
	struct format format = { .currency = "$", .zone = NULL };
	struct figures *figures = figures_new();
	struct dataset *dataset = dataset_new("d", "D", "A row is a thing.");
	g_autofree char *text = format_share_by(&format, judged[_i].value, judged[_i].line);

	ck_assert_str_eq(text, judged[_i].text);
	figures_add(figures, "share", UNIT_SHARE, judged[_i].value, "Share")->line =
		judged[_i].line;
	dataset_add_column(dataset, "share", "Share", UNIT_SHARE)->line = judged[_i].line;
	dataset_add_row(dataset);
	dataset_set(dataset, "share", judged[_i].value);
	format_figures(&format, figures);
	format_dataset(&format, dataset, figures);
	ck_assert_str_eq(figures_find(figures, "share")->text, judged[_i].text);
	ck_assert_str_eq(dataset_cell(dataset, 0, 0)->text, judged[_i].text);
	dataset_free(dataset);
	figures_free(figures);
}
END_TEST

START_TEST(a_derived_column_comes_from_the_row_and_then_the_figures)
{
	struct format format = { .currency = "$", .zone = NULL };
	struct figures *figures = figures_new();
	struct dataset *dataset = two_rows();
	struct report *report = report_new();

	g_ptr_array_add(report->datasets, dataset);
	figures_add(figures, "rate", UNIT_RATE, 3, "Rate");
	figures_add(figures, "hours", UNIT_HOURS, 7777, "Hidden by the column");
	format_dataset(&format, dataset, figures);
	ck_assert_str_eq(dataset_cell(dataset, 0, 1)->text, "$600");
	ck_assert_str_eq(dataset_cell(dataset, 0, 2)->text, "$300");
	ck_assert(!dataset_cell(dataset, 1, 1)->has_value);
	ck_assert_ptr_null(dataset_cell(dataset, 1, 2)->text);
	figures_free(figures);
	report_free(report);
}
END_TEST

START_TEST(a_cell_may_have_an_expression_of_its_own)
{
	struct format format = { .currency = "$", .zone = NULL };
	struct dataset *dataset = dataset_new("d", "D", "A row.");
	struct report *report = report_new();

	dataset_add_column(dataset, "hours", "Hours", UNIT_HOURS);
	dataset_add_column(dataset, "cost", "Cost", UNIT_CURRENCY)->expression = g_strdup(
		"hours * rate");
	g_ptr_array_add(report->datasets, dataset);
	figures_add(report->figures, "rate", UNIT_RATE, 3, "Rate");
	for (guint row = 0; row < 3; row++) {
		dataset_add_row(dataset);
		dataset_set(dataset, "hours", 100);
	}
	dataset_set_expression(dataset, "cost", "no.such * 2");
	dataset_add_row(dataset);
	dataset_set_expression(dataset, "cost", "rate");
	dataset_add_row(dataset);
	dataset_set_expression(dataset, "cost", "rate");
	dataset_set(dataset, "cost", 7);
	format_dataset(&format, dataset, report->figures);
	ck_assert_str_eq(dataset_cell(dataset, 1, 1)->text, "$300");
	ck_assert(!dataset_cell(dataset, 2, 1)->has_value);
	ck_assert_double_eq(dataset_cell(dataset, 3, 1)->value, 3);
	ck_assert_double_eq(dataset_cell(dataset, 4, 1)->value, 7);
	report_free(report);
}
END_TEST

START_TEST(every_grade_says_what_it_rests_on)
{
	ck_assert_str_eq(format_grade(GRADE_A), "computed with a list of the nodes");
	ck_assert_str_eq(format_grade(GRADE_B), "size of the cluster not known");
	ck_assert_str_eq(format_grade(GRADE_C), "memory that jobs held not known");
	ck_assert_str_eq(format_grade(GRADE_D), "unmeasured");
	ck_assert_str_eq(format_grade(GRADE_NONE), "");
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("format");
	TCase *cases = tcase_create("format");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(cases, a_value_is_rounded_to_what_a_reader_can_use, 0,
	                    G_N_ELEMENTS(values));
	tcase_add_test(cases, a_currency_that_is_a_word_stands_apart_from_its_number);
	tcase_add_loop_test(cases, a_change_says_which_way_it_went, 0, G_N_ELEMENTS(changes));
	tcase_add_loop_test(cases, numbers_are_separated_as_the_site_writes_them, 0,
	                    G_N_ELEMENTS(separated));
	tcase_add_loop_test(cases, an_input_keeps_the_digits_that_it_was_given_with, 0,
	                    G_N_ELEMENTS(inputs));
	tcase_add_test(cases, a_date_is_that_of_the_zone);
	tcase_add_test(cases, a_figure_without_value_is_not_known_and_a_given_text_stays);
	tcase_add_test(cases, what_is_counted_in_whole_per_cents_has_no_tenths);
	tcase_add_loop_test(cases, a_share_is_printed_on_its_side_of_the_line_that_judges_it, 0,
	                    G_N_ELEMENTS(judged));
	tcase_add_test(cases, a_derived_column_comes_from_the_row_and_then_the_figures);
	tcase_add_test(cases, a_cell_may_have_an_expression_of_its_own);
	tcase_add_test(cases, every_grade_says_what_it_rests_on);
	suite_add_tcase(suite, cases);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

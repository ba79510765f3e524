/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>

#include "render/render.h"
#include "tests/fixture_report.h"

static char *path;
static struct outdir *outdir;

static void begin(void)
{
	path = g_dir_make_tmp("csv-XXXXXX", NULL);
	outdir = outdir_open(path, NULL);
	ck_assert_ptr_nonnull(outdir);
}

static void end(void)
{
	outdir_abort(outdir);
	g_rmdir(path);
	g_free(path);
}

static char *contents(const char *name)
{
	g_autofree char *file = g_build_filename(outdir_path(outdir), name, NULL);
	char *text = NULL;

	ck_assert_msg(g_file_get_contents(file, &text, NULL, NULL), "%s is missing", name);
	return text;
}

static char *written(const struct report *report, const char *name)
{
	GError *error = NULL;

	ck_assert_msg(render_csv(report, outdir, &error), "%s", error ? error->message : "");
	return contents(name);
}

/* A report with one dataset "t" of one row. */
static struct report *one_cell(enum unit unit, const char *text, double value)
{
	struct report *report = report_new();
	struct dataset *dataset = dataset_new("t", "T", "A row.");

	dataset_add_column(dataset, "c", "C", unit);
	dataset_add_row(dataset);
	if (text)
		dataset_set_text(dataset, "c", text);
	else
		dataset_set(dataset, "c", value);
	g_ptr_array_add(report->datasets, dataset);
	return report;
}

static const struct {
	const char *text, *field;
} words[] = {
	{ "user_0001", "user_0001" },
	{ "", "" },
	{ "=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"" },
	{ "+1", "'+1" },
	{ "-1", "'-1" },
	{ "@sum", "'@sum" },
	{ "\tx", "'\tx" },
	{ "\rx", "\"'\rx\"" },
	{ "a=b", "a=b" },
	{ "a,b", "\"a,b\"" },
	{ "say \"no\"", "\"say \"\"no\"\"\"" },
	{ "two\nlines", "\"two\nlines\"" },
	{ "<script>", "<script>" },
};

START_TEST(words_are_quoted_and_never_a_formula)
{
	struct report *report = one_cell(UNIT_TEXT, words[_i].text, 0);
	g_autofree char *text = written(report, "tables/t.csv");
	g_autofree char *expected = g_strdup_printf("c\n%s\n", words[_i].field);

	ck_assert_str_eq(text, expected);
	report_free(report);
}
END_TEST

static const struct {
	enum unit unit;
	double value;
	const char *field;
} numbers[] = {
	{ UNIT_COUNT, 48213, "48213" },
	{ UNIT_COUNT, 9007199254740991.0, "9007199254740991" },
	{ UNIT_HOURS, 1.5, "1.500000" },
	{ UNIT_HOURS, 1 / 3.0, "0.333333" },
	{ UNIT_SHARE, 0.1, "0.1" },
	{ UNIT_SHARE, 1 / 3.0, "0.3333333333333333" },
	{ UNIT_CURRENCY, 22644.0185, "22644.0185" },
	{ UNIT_CURRENCY, -5, "-5" },
	{ UNIT_NUMBER, 0.1 + 0.2, "0.30000000000000004" },
	{ UNIT_BYTES, 1649267441664.0, "1649267441664" },
	{ UNIT_SHARE, (double)INFINITY, "" },
};

START_TEST(numbers_read_back_as_they_were)
{
	struct report *report = one_cell(numbers[_i].unit, NULL, numbers[_i].value);
	g_autofree char *text = written(report, "tables/t.csv");
	g_autofree char *expected = g_strdup_printf("c\n%s\n", numbers[_i].field);

	ck_assert_str_eq(text, expected);
	report_free(report);
}
END_TEST

START_TEST(a_cell_without_value_is_empty)
{
	struct report *report = one_cell(UNIT_HOURS, "not known", 0);
	g_autofree char *text = written(report, "tables/t.csv");

	ck_assert_str_eq(text, "c\n\n");
	report_free(report);
}
END_TEST

START_TEST(a_time_is_written_as_it_is_printed)
{
	struct report *report = one_cell(UNIT_TIME, NULL, 1747670400);
	struct dataset *dataset = report->datasets->pdata[0];

	dataset_set_text(dataset, "c", "2025-05-19 16:00");
	g_autofree char *text = written(report, "tables/t.csv");

	ck_assert_str_eq(text, "c\n2025-05-19 16:00\n");
	report_free(report);
}
END_TEST

START_TEST(columns_that_are_not_for_csv_are_left_out)
{
	struct report *report = report_new();
	struct dataset *dataset = dataset_new("t", "T", "A row.");

	dataset_add_column(dataset, "a", "A", UNIT_COUNT)->no_csv = TRUE;
	dataset_add_column(dataset, "b", "B", UNIT_COUNT);
	dataset_add_column(dataset, "c", "C", UNIT_COUNT)->csv_only = TRUE;
	dataset_add_row(dataset);
	dataset_set(dataset, "a", 1);
	dataset_set(dataset, "b", 2);
	dataset_set(dataset, "c", 3);
	g_ptr_array_add(report->datasets, dataset);
	g_autofree char *text = written(report, "tables/t.csv");

	ck_assert_str_eq(text, "b,c\n2,3\n");
	report_free(report);
}
END_TEST

START_TEST(drawings_are_left_out)
{
	struct report *report = report_new();
	g_autofree char *text = NULL;

	block_free(fixture_drawn_table(report, "From 0 to 4"));
	text = written(report, "tables/drawn.csv");
	ck_assert_str_eq(text, "name,hours\nalpha,\nbeta,\n");
	report_free(report);
}
END_TEST

START_TEST(every_dataset_has_a_file_with_all_its_rows)
{
	struct report *report = fixture_report();

	ck_assert(render_csv(report, outdir, NULL));
	for (guint i = 0; i < report->datasets->len; i++) {
		const struct dataset *dataset = report->datasets->pdata[i];
		g_autofree char *name = g_strdup_printf("tables/%s.csv", dataset->id);
		g_autofree char *text = contents(name);
		g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

		ck_assert_uint_eq(g_strv_length(lines), dataset->rows->len + 2);
	}
	report_free(report);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("csv");
	TCase *tests = tcase_create("csv");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tests);
	tcase_add_checked_fixture(tests, begin, end);
	tcase_add_loop_test(tests, words_are_quoted_and_never_a_formula, 0, G_N_ELEMENTS(words));
	tcase_add_loop_test(tests, numbers_read_back_as_they_were, 0, G_N_ELEMENTS(numbers));
	tcase_add_test(tests, a_cell_without_value_is_empty);
	tcase_add_test(tests, a_time_is_written_as_it_is_printed);
	tcase_add_test(tests, columns_that_are_not_for_csv_are_left_out);
	tcase_add_test(tests, drawings_are_left_out);
	tcase_add_test(tests, every_dataset_has_a_file_with_all_its_rows);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

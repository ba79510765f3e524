/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "tests/fixture_report.h"

static const struct {
	double left, right;
	enum check_relation relation;
	gboolean holds;
} checks[] = {
	{ 1, 1, CHECK_EQUAL, TRUE },
	{ 1, 1 + 1e-9, CHECK_EQUAL, TRUE },
	{ 1e9, 1e9 + 10, CHECK_EQUAL, TRUE },
	{ 1e9, 1e9 + 1e5, CHECK_EQUAL, FALSE },
	{ 0, 0.1, CHECK_EQUAL, FALSE },
	{ 1, 2, CHECK_AT_MOST, TRUE },
	{ 2, 2, CHECK_AT_MOST, TRUE },
	{ 2, 1, CHECK_AT_MOST, FALSE },
	{ 1, -1, CHECK_AT_MOST, FALSE },
};

START_TEST(a_check_lets_the_last_digits_pass_and_nothing_else)
{
	struct report_check check = { .left_value = checks[_i].left,
		                      .right_value = checks[_i].right,
		                      .relation = checks[_i].relation };

	ck_assert_int_eq(report_check_holds(&check), checks[_i].holds);
}
END_TEST

START_TEST(a_dataset_is_found_by_its_id)
{
	struct report *report = fixture_report();

	ck_assert_str_eq(report_dataset(report, "users")->title, "Users");
	ck_assert_ptr_null(report_dataset(report, "groups"));
	report_free(report);
}
END_TEST

START_TEST(a_column_is_found_by_its_id)
{
	struct report *report = fixture_report();
	const struct dataset *users = report_dataset(report, "users");

	ck_assert_int_eq(dataset_column_find(users, "cpu_hours"), 3);
	ck_assert_int_eq(dataset_column_find(users, "colour"), -1);
	report_free(report);
}
END_TEST

START_TEST(a_new_row_is_empty_until_set)
{
	struct report *report = report_new();
	struct dataset *dataset = dataset_new("d", "D", NULL);

	g_ptr_array_add(report->datasets, dataset);
	dataset_add_column(dataset, "name", "Name", UNIT_TEXT);
	dataset_add_column(dataset, "jobs", "Jobs", UNIT_COUNT);
	dataset_add_row(dataset);
	ck_assert_ptr_null(dataset_cell(dataset, 0, 0)->text);
	ck_assert(!dataset_cell(dataset, 0, 1)->has_value);
	dataset_set_text(dataset, "name", "first");
	dataset_set_text(dataset, "name", "second");
	dataset_set(dataset, "jobs", 7);
	ck_assert_str_eq(dataset_cell(dataset, 0, 0)->text, "second");
	ck_assert(dataset_cell(dataset, 0, 1)->has_value);
	ck_assert_double_eq(dataset_cell(dataset, 0, 1)->value, 7);
	report_free(report);
}
END_TEST

START_TEST(a_view_shows_so_many_rows_and_all_when_not_told)
{
	struct report *report = fixture_report();
	struct block *block = block_new(BLOCK_TABLE);

	block->table = table_view_new(report_dataset(report, "users"), "Users");
	ck_assert_uint_eq(table_view_rows(block->table), 30);
	block->table->rows = 10;
	ck_assert_uint_eq(table_view_rows(block->table), 10);
	block->table->rows = 1000;
	ck_assert_uint_eq(table_view_rows(block->table), 30);
	block_free(block);
	report_free(report);
}
END_TEST

START_TEST(the_text_of_inlines_has_what_stands_inside_them)
{
	struct block *block = block_new(BLOCK_PARAGRAPH);
	struct inline_node *strong = inline_new(INLINE_STRONG, NULL);
	g_autofree char *text = NULL;

	inline_add(strong, inline_new(INLINE_TEXT, "74 "));
	inline_add(strong,
	           inline_add(inline_new(INLINE_EMPHASIS, NULL), inline_new(INLINE_CODE, "nodes")));
	block_add_inline(block, inline_new(INLINE_TEXT, "Own "));
	block_add_inline(block, strong);
	text = inlines_text(block->inlines);
	ck_assert_str_eq(text, "Own 74 nodes");
	block_free(block);
}
END_TEST

START_TEST(the_text_of_a_block_has_its_children_line_by_line)
{
	struct block *list = block_new(BLOCK_LIST);
	g_autofree char *text = NULL;

	for (int i = 0; i < 2; i++) {
		struct block *words = block_new(BLOCK_PARAGRAPH);

		block_add_inline(words, inline_new(INLINE_TEXT, i == 0 ? "first" : "second"));
		block_add(list, block_add(block_new(BLOCK_ITEM), words));
	}
	text = block_text(list);
	ck_assert_str_eq(text, "first\nsecond");
	block_free(list);
}
END_TEST

START_TEST(a_view_has_a_column_of_drawings_where_there_is_one)
{
	struct report *report = report_new();
	struct block *block = fixture_drawn_table(report, "From 0 to 4");
	g_autofree char *text = block_text(block);
	struct dataset *with = dataset_pick(block->table->dataset, 0, "alpha");
	struct table_view *view = table_view_new(with, "Picked");

	ck_assert_uint_eq(block->table->columns->len, 3);
	ck_assert_ptr_nonnull(strstr(text, "By time\nFrom 0 to 4\n"));
	for (guint i = 0; i < with->columns->len; i++)
		table_view_add_column(view,
		                      ((const struct dataset_column *)with->columns->pdata[i])->id);
	ck_assert_uint_eq(view->columns->len, 2);
	view->picked = with;
	block_free(block);
	block = block_new(BLOCK_TABLE);
	block->table = view;
	block_free(block);
	report_free(report);
}
END_TEST

static char *page_text(const struct page *page)
{
	GString *text = g_string_new(NULL);

	for (guint i = 0; i < page->blocks->len; i++) {
		g_autofree char *block = block_text(page->blocks->pdata[i]);

		g_string_append(text, block);
		g_string_append_c(text, '\n');
	}
	return g_string_free(text, FALSE);
}

START_TEST(the_text_of_a_table_has_what_is_shown_and_no_more)
{
	struct report *report = fixture_report();
	g_autofree char *text = page_text(report->pages->pdata[2]);

	ck_assert_ptr_nonnull(strstr(text, "The 20 largest users"));
	ck_assert_ptr_nonnull(strstr(text, "CPU efficiency"));
	ck_assert_ptr_nonnull(strstr(text, "user_0020"));
	ck_assert_ptr_null(strstr(text, "user_0021"));
	ck_assert_ptr_null(strstr(text, "Largest memory"));
	ck_assert_ptr_nonnull(strstr(text, "and 10 more, in tables/users.csv"));
	report_free(report);
}
END_TEST

START_TEST(the_text_of_a_chart_has_its_words_labels_and_tooltips)
{
	struct report *report = fixture_report();
	g_autofree char *index = page_text(report->pages->pdata[0]);
	g_autofree char *users = page_text(report->pages->pdata[2]);

	ck_assert_ptr_nonnull(strstr(index, "For 85 % of the time 68 nodes of 120 are enough"));
	ck_assert_ptr_nonnull(strstr(index, "P85: 68 nodes"));
	ck_assert_ptr_nonnull(strstr(users, "user_0001: 612,000 core-hours"));
	ck_assert_ptr_nonnull(strstr(users, "187 GiB"));
	ck_assert_ptr_nonnull(strstr(users, "all of it used"));
	ck_assert_ptr_nonnull(strstr(users, "Fewer than 20 GPU jobs"));
	report_free(report);
}
END_TEST

START_TEST(the_text_of_code_is_the_command)
{
	struct report *report = fixture_report();
	g_autofree char *text = page_text(report->pages->pdata[3]);

	ck_assert_ptr_nonnull(strstr(text, "sacct --allusers"));
	report_free(report);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("document");
	TCase *cases = tcase_create("document");
	SRunner *runner;
	int failed;

	tcase_add_loop_test(cases, a_check_lets_the_last_digits_pass_and_nothing_else, 0,
	                    G_N_ELEMENTS(checks));

	tcase_add_test(cases, a_dataset_is_found_by_its_id);
	tcase_add_test(cases, a_column_is_found_by_its_id);
	tcase_add_test(cases, a_new_row_is_empty_until_set);
	tcase_add_test(cases, a_view_shows_so_many_rows_and_all_when_not_told);
	tcase_add_test(cases, a_view_has_a_column_of_drawings_where_there_is_one);
	tcase_add_test(cases, the_text_of_inlines_has_what_stands_inside_them);
	tcase_add_test(cases, the_text_of_a_block_has_its_children_line_by_line);
	tcase_add_test(cases, the_text_of_a_table_has_what_is_shown_and_no_more);
	tcase_add_test(cases, the_text_of_a_chart_has_its_words_labels_and_tooltips);
	tcase_add_test(cases, the_text_of_code_is_the_command);
	suite_add_tcase(suite, cases);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

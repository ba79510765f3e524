/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "fixture_analysis.h"
#include "report/compose.h"

static void say_field(struct sharing *sharing, const char *column, const char *becomes,
                      gint64 distinct)
{
	struct sharing_field *field = sharing_add_field(sharing);
	field->column = g_strdup(column);
	field->kind = g_strdup("name");
	field->becomes = g_strdup(becomes);
	field->why = g_strdup("So that it is known why.");
	field->filled = 0.5;
	field->distinct = distinct;
}

/* A report on two jobs, with what a test says of its file and its site. */
static struct report *compose(struct report_facts facts)
{
	struct world world;
	GError *error = NULL;
	world_init(&world);
	add(&world, "user_0001", "group_A", job_on("n1", 1, 2), 0, 2);
	add(&world, "user_0002", "group_A", job_on("n1", 1, 2), 1, 2);
	analyse(&world);
	facts.currency = "$";
	facts.zone = world.zone;
	struct report *report = report_compose(world.analysis, &facts, &error);
	ck_assert_msg(report != NULL, "%s", error ? error->message : "");
	world_clear(&world);
	return report;
}

static char *words_of(const struct report *report)
{
	GString *words = g_string_new(NULL);
	for (guint i = 0; i < report->approval->blocks->len; i++) {
		g_autofree char *text = block_text(report->approval->blocks->pdata[i]);
		g_string_append_printf(words, "%s\n", text);
	}
	return g_string_free(words, FALSE);
}

static gboolean says(struct report_facts facts, const char *sentence)
{
	struct report *report = compose(facts);
	g_autofree char *words = words_of(report);
	report_free(report);
	return strstr(words, sentence) != NULL;
}

START_TEST(the_page_for_reviewers_is_a_page_of_the_report)
{
	struct report *report = compose((struct report_facts){ 0 });
	ck_assert_str_eq(report->approval->id, "approval");
	ck_assert(g_ptr_array_find(report->pages, report->approval, NULL));
	report_free(report);
}
END_TEST

START_TEST(every_column_of_the_policy_stands_in_the_field_table_with_its_fate)
{
	struct sharing *sharing = sharing_new();
	say_field(sharing, "User", "pseudonym", 76);
	say_field(sharing, "Comment", "dropped", -1);
	struct report *report = compose((struct report_facts){ .sharing = sharing });
	const struct dataset *fields = report_dataset(report, "fields");
	g_autofree char *words = words_of(report);
	ck_assert_uint_eq(fields->rows->len, 2);
	ck_assert_str_eq(dataset_cell(fields, 0, 0)->text, "User");
	ck_assert_str_eq(dataset_cell(fields, 0, 2)->text, "50\u00a0%");
	ck_assert_str_eq(dataset_cell(fields, 0, 3)->text, "76");
	ck_assert_str_eq(dataset_cell(fields, 1, 3)->text, "many");
	ck_assert(!dataset_cell(fields, 1, 3)->has_value);
	ck_assert_ptr_nonnull(strstr(words, "Of 2 columns 1 is dropped and 1 holds pseudonyms"));
	ck_assert_ptr_nonnull(strstr(words, "Comment"));
	report_free(report);
	sharing_free(sharing);
}
END_TEST

START_TEST(without_a_policy_the_command_that_makes_one_stands_there)
{
	struct sharing *sharing = sharing_new();
	ck_assert(says((struct report_facts){ 0 }, "reclaim anonymize jobs.psv"));
	ck_assert(says((struct report_facts){ .sharing = sharing }, "reclaim anonymize jobs.psv"));
	sharing_free(sharing);
}
END_TEST

START_TEST(what_the_site_does_not_say_is_said_to_be_missing)
{
	ck_assert(says((struct report_facts){ .decision = "the board", .deadline = "May" },
	               "Decision wanted from the board, by May:"));
	ck_assert(says((struct report_facts){ .decision = "the board" },
	               "Decision wanted from the board:"));
	ck_assert(says((struct report_facts){ 0 }, "Who decides, and by when, was not given."));
	ck_assert(says((struct report_facts){ 0 }, "not given"));
	ck_assert(says((struct report_facts){ .owner = "the owner" }, "the owner"));
}
END_TEST

START_TEST(how_easily_people_can_be_found_is_told_only_when_it_was_measured)
{
	const struct report_risk risk = { .users = 76, .unique = 0.18, .known = { 0.997, 1 } };
	const char *unmeasured = "How easily people could be found was not measured on this file";
	ck_assert(says((struct report_facts){ 0 }, unmeasured));
	ck_assert(!says((struct report_facts){ .risk = &risk }, unmeasured));
	ck_assert(says((struct report_facts){ .risk = &risk }, "18\u00a0% of 76"));
}
END_TEST

START_TEST(how_the_file_was_made_stands_there_as_its_manifest_says)
{
	struct sharing *sharing = sharing_new();
	sharing->profile = g_strdup("research");
	sharing->times = g_strdup("day");
	sharing->numbers = 665;
	ck_assert(says((struct report_facts){ .sharing = sharing }, "\nday\n"));
	ck_assert(says((struct report_facts){ .sharing = sharing }, "\n665\n"));
	ck_assert(says((struct report_facts){ .sharing = sharing }, "\nnot known\n"));
	sharing_free(sharing);
}
END_TEST

START_TEST(the_worksheets_tell_the_facts_of_this_run)
{
	const struct report_risk risk = {
		.users = 2, .known = { 0.75 }, .known_low = { 0.5 }, .known_high = { 0.9 }
	};
	struct sharing *sharing = sharing_new();
	struct report_facts facts = { .sharing = sharing, .risk = &risk };
	sharing->profile = g_strdup("share");
	sharing->times = g_strdup("day");
	say_field(sharing, "User", "pseudonym", 2);
	say_field(sharing, "Comment", "dropped", 1);
	ck_assert(says(facts, "accounting records of computing jobs of 2 people, "));
	ck_assert(says(facts, "times of jobs are in the shareable file, to the day."));
	ck_assert(says(facts,
	               "start and account of one job single out its user in 75\u00a0% of cases."));
	ck_assert(says(facts, "for which one known job is enough in 75\u00a0% of cases."));
	ck_assert(says(facts, "Of 2 columns of the export 1 was dropped."));
	ck_assert(says(facts, "The shareable file was made with the profile “share”."));
	ck_assert(says(facts, "The records cover the work of 2 people, "));
	facts = (struct report_facts){ 0 };
	ck_assert(says(facts, "\nNames became pseudonyms. Rows of one person stay linked, and "
	                      "times of jobs are in the shareable file.\n"));
	ck_assert(says(facts, "Who knows the time of a job can find its row. Two files of the same "
	                      "jobs are joined by their times."));
	ck_assert(says(facts, "The purpose is stated above. Unknown columns are dropped. "));
	ck_assert(says(facts, "unknown columns are dropped, and the mapping is private.\n"));
	facts.custody = "encrypted to keys";
	ck_assert(says(facts, "That of this run is encrypted to keys."));
	ck_assert(says(facts, "The mapping of this run is encrypted to keys."));
	sharing_free(sharing);
}
END_TEST

START_TEST(a_column_called_like_markup_stays_text)
{
	struct sharing *sharing = sharing_new();
	say_field(sharing, "<b>{jobs.count}", "dropped", 1);
	ck_assert(says((struct report_facts){ .sharing = sharing }, "<b>{jobs.count}"));
	sharing_free(sharing);
}
END_TEST

START_TEST(each_question_of_the_worksheets_leaves_its_determination_blank)
{
	struct report *report = compose((struct report_facts){ 0 });
	g_autofree char *words = words_of(report);
	g_auto(GStrv) parts = g_strsplit(words, "\n______________\n", -1);
	ck_assert_uint_eq(g_strv_length(parts), 4 + 7 + 3 + 1);
	report_free(report);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("approval");
	TCase *cases = tcase_create("approval");
	tcase_add_test(cases, the_page_for_reviewers_is_a_page_of_the_report);
	tcase_add_test(cases, every_column_of_the_policy_stands_in_the_field_table_with_its_fate);
	tcase_add_test(cases, without_a_policy_the_command_that_makes_one_stands_there);
	tcase_add_test(cases, what_the_site_does_not_say_is_said_to_be_missing);
	tcase_add_test(cases, how_easily_people_can_be_found_is_told_only_when_it_was_measured);
	tcase_add_test(cases, how_the_file_was_made_stands_there_as_its_manifest_says);
	tcase_add_test(cases, the_worksheets_tell_the_facts_of_this_run);
	tcase_add_test(cases, a_column_called_like_markup_stays_text);
	tcase_add_test(cases, each_question_of_the_worksheets_leaves_its_determination_blank);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

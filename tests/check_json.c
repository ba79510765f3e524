/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "tests/fixture_report.h"

static char *path;
static struct report *report;

static void begin(void)
{
	path = g_dir_make_tmp("json-XXXXXX", NULL);
	report = fixture_report();
}

static void end(void)
{
	report_free(report);
	ck_assert_int_eq(g_rmdir(path), 0);
	g_free(path);
}

/* Into a directory of its own each time: a name is written once in each. */
static char *written(void)
{
	static guint count;
	g_autofree char *name = g_strdup_printf("%s/%u", path, count++);
	struct outdir *outdir = outdir_open(name, NULL);
	g_autofree char *file = NULL;
	char *text = NULL;
	GError *error = NULL;

	ck_assert_ptr_nonnull(outdir);
	file = g_build_filename(outdir_path(outdir), "report.json", NULL);
	ck_assert_msg(render_json(report, outdir, &error), "%s", error ? error->message : "");
	ck_assert(g_file_get_contents(file, &text, NULL, NULL));
	outdir_abort(outdir);
	return text;
}

static JsonNode *parsed(void)
{
	g_autofree char *text = written();
	JsonNode *root = json_from_string(text, NULL);

	ck_assert_ptr_nonnull(root);
	return root;
}

static JsonObject *find(JsonNode *root, const char *list, const char *key, const char *id)
{
	JsonArray *array = json_object_get_array_member(json_node_get_object(root), list);

	for (guint i = 0; i < json_array_get_length(array); i++) {
		JsonObject *object = json_array_get_object_element(array, i);

		if (g_str_equal(json_object_get_string_member(object, key), id))
			return object;
	}
	ck_abort_msg("%s is not in %s", id, list);
}

START_TEST(every_figure_reads_back_with_its_exact_value)
{
	g_autoptr(JsonNode) root = parsed();
	JsonArray *array = json_object_get_array_member(json_node_get_object(root), "figures");

	ck_assert_uint_eq(json_array_get_length(array), figures_count(report->figures));
	for (guint i = 0; i < figures_count(report->figures); i++) {
		const struct figure *figure = figures_nth(report->figures, i);
		JsonObject *object = json_array_get_object_element(array, i);

		ck_assert_str_eq(json_object_get_string_member(object, "id"), figure->id);
		ck_assert_str_eq(json_object_get_string_member(object, "unit"),
		                 unit_name(figure->unit));
		if (figure->has_value && figure->unit != UNIT_TEXT) {
			ck_assert_double_eq(json_object_get_double_member(object, "value"),
			                    figure->value);
			ck_assert_str_eq(json_object_get_string_member(object, "text"),
			                 figure->text);
		} else {
			ck_assert(json_object_get_null_member(object, "value"));
		}
	}
}
END_TEST

static const double awkward[] = { 0.1, 1 / 3.0, 0.1 + 0.2, 1e-300, 1e-10, 1e20, 123456789.123456789,
	                          4.9e-324, 1.7976931348623157e308, 9007199254740993.0, -0.5 };

START_TEST(no_digit_of_a_number_is_lost)
{
	figures_add(report->figures, "awkward", UNIT_NUMBER, awkward[_i], "Awkward");
	g_autoptr(JsonNode) root = parsed();

	ck_assert_double_eq(
		json_object_get_double_member(find(root, "figures", "id", "awkward"), "value"),
		awkward[_i]);
}
END_TEST

START_TEST(a_figure_without_value_says_why)
{
	g_autoptr(JsonNode) root = parsed();
	JsonObject *object = find(root, "figures", "id", "gpu.idle.share");
	const char *reason = figures_find(report->figures, "gpu.used.share")->reason;

	ck_assert(json_object_get_null_member(object, "value"));
	ck_assert_str_eq(json_object_get_string_member(object, "text"), reason);
	ck_assert_str_eq(json_object_get_string_member(object, "reason"), reason);
	ck_assert_str_eq(json_object_get_string_member(object, "expression"), "1 - gpu.used.share");
}
END_TEST

START_TEST(a_figure_of_words_has_text_and_no_value)
{
	g_autoptr(JsonNode) root = parsed();
	JsonObject *object = find(root, "figures", "id", "pool.largest");

	ck_assert(json_object_get_null_member(object, "value"));
	ck_assert_str_eq(json_object_get_string_member(object, "text"), "standard nodes, 64 cores");
	ck_assert(!json_object_has_member(object, "reason"));
}
END_TEST

START_TEST(assumptions_and_datasets_are_named)
{
	g_autoptr(JsonNode) root = parsed();
	JsonObject *object = find(root, "assumptions", "key", "adoption");
	JsonArray *datasets = json_object_get_array_member(json_node_get_object(root), "datasets");

	ck_assert_double_eq(json_object_get_double_member(object, "low"), 0.25);
	ck_assert_double_eq(json_object_get_double_member(object, "expected"), 0.5);
	ck_assert_double_eq(json_object_get_double_member(object, "high"), 0.8);
	ck_assert(json_object_get_boolean_member(object, "default"));
	ck_assert_uint_eq(json_array_get_length(datasets), report->datasets->len);
	ck_assert_str_eq(json_array_get_string_element(datasets, 0), "users");
}
END_TEST

START_TEST(the_notice_is_there_only_when_there_is_one)
{
	g_autofree char *with = written();

	g_clear_pointer(&report->notice, g_free);
	g_autofree char *without = written();

	ck_assert_ptr_nonnull(strstr(with, "\"notice\": \"Synthetic sample data"));
	ck_assert_ptr_null(strstr(without, "\"notice\""));
}
END_TEST

START_TEST(hostile_words_stay_inside_their_string)
{
	static const char hostile[] = "\",\"value\":1,\"x\":\"</script>\\\x01\n";

	figures_add_text(report->figures, "hostile", hostile, "Hostile");
	g_autoptr(JsonNode) root = parsed();
	JsonObject *object = find(root, "figures", "id", "hostile");

	ck_assert_str_eq(json_object_get_string_member(object, "text"), hostile);
	ck_assert(json_object_get_null_member(object, "value"));
	ck_assert(!json_object_has_member(object, "x"));
}
END_TEST

START_TEST(bytes_that_are_no_text_do_not_break_the_file)
{
	g_free(report->title);
	report->title = g_strdup("bad \xff byte");
	g_autoptr(JsonNode) root = parsed();

	ck_assert_str_eq(json_object_get_string_member(json_node_get_object(root), "title"),
	                 "bad \xEF\xBF\xBD byte");
}
END_TEST

START_TEST(the_same_report_gives_the_same_bytes)
{
	g_autofree char *first = written();
	g_autofree char *second = written();

	ck_assert_str_eq(first, second);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("json");
	TCase *tests = tcase_create("json");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tests);
	tcase_add_checked_fixture(tests, begin, end);
	tcase_add_test(tests, every_figure_reads_back_with_its_exact_value);
	tcase_add_loop_test(tests, no_digit_of_a_number_is_lost, 0, G_N_ELEMENTS(awkward));
	tcase_add_test(tests, a_figure_without_value_says_why);
	tcase_add_test(tests, a_figure_of_words_has_text_and_no_value);
	tcase_add_test(tests, assumptions_and_datasets_are_named);
	tcase_add_test(tests, the_notice_is_there_only_when_there_is_one);
	tcase_add_test(tests, hostile_words_stay_inside_their_string);
	tcase_add_test(tests, bytes_that_are_no_text_do_not_break_the_file);
	tcase_add_test(tests, the_same_report_gives_the_same_bytes);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

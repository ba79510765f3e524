/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/assumptions.h"

#include <string.h>

#include "fixture_jobs.h"
#include "measure/rules.h"

static struct assumptions *assumptions_of(const char *text)
{
	char *path = write_file("assumptions.conf", text);
	struct assumptions *assumptions = assumptions_new();
	GError *error = NULL;
	ck_assert_msg(assumptions_load(assumptions, path, &error), "%s",
	              error ? error->message : "");
	remove_file(path);
	return assumptions;
}

static void assert_three(const struct assumptions *assumptions, enum assumption_key key, double low,
                         double expected, double high)
{
	ck_assert_double_eq(assumptions_value(assumptions, key, SCENARIO_LOW), low);
	ck_assert_double_eq(assumptions_value(assumptions, key, SCENARIO_EXPECTED), expected);
	ck_assert_double_eq(assumptions_value(assumptions, key, SCENARIO_HIGH), high);
}

START_TEST(every_default_is_in_range_runs_one_way_and_says_where_it_is_from)
{
	struct assumptions *assumptions = assumptions_new();
	for (enum assumption_key key = 0; key < ASSUMPTIONS; key++) {
		const struct assumption *of = assumptions_get(assumptions, key);
		ck_assert_msg(of->key && *of->key && *of->label && *of->unit_text && *of->source &&
		                      *of->date,
		              "key %d", key);
		ck_assert(of->is_default);
		for (enum scenario s = 0; s < SCENARIOS; s++)
			ck_assert_msg(of->value[s] >= of->least && of->value[s] <= of->most, "%s",
			              of->key);
		double up = of->value[SCENARIO_EXPECTED] - of->value[SCENARIO_LOW];
		double on = of->value[SCENARIO_HIGH] - of->value[SCENARIO_EXPECTED];
		ck_assert_msg((up >= 0 && on >= 0) || (up <= 0 && on <= 0), "%s", of->key);
		for (enum assumption_key other = 0; other < key; other++)
			ck_assert_str_ne(of->key, assumptions_get(assumptions, other)->key);
	}
	assumptions_free(assumptions);
}
END_TEST

START_TEST(the_model_s_own_numbers_are_the_defaults)
{
	struct assumptions *assumptions = assumptions_new();
	assert_three(assumptions, ASSUME_MEMORY_HEADROOM, 0.5, 0.2, 0.1);
	assert_three(assumptions, ASSUME_CPU_HEADROOM, 0.5, 0.2, 0);
	assert_three(assumptions, ASSUME_ADOPTION, 0.25, 0.5, 0.8);
	assert_three(assumptions, ASSUME_SAMPLING_LIMIT, 300, 300, 300);
	assert_three(assumptions, ASSUME_IDLE_SESSION, 3600, 3600, 3600);
	assert_three(assumptions, ASSUME_TOP_USERS, 10, 10, 10);
	assert_three(assumptions, ASSUME_IDLE_EFFICIENCY, 0.15, 0.15, 0.15);
	assert_three(assumptions, ASSUME_IDLE_JOBS, 20, 20, 20);
	assert_three(assumptions, ASSUME_TRAINING_SHARE, 0.25, 0.25, 0.25);
	ck_assert_double_eq(assumptions_value(assumptions, ASSUME_PACKING, SCENARIO_EXPECTED), 0.9);
	assumptions_free(assumptions);
}
END_TEST

START_TEST(a_file_overrides_what_it_names_and_nothing_else)
{
	struct assumptions *assumptions = assumptions_of(
		"# ours\n"
		"[node_purchase]\nlow = 5000\nexpected = 6000\nhigh = 7000.50\nsource = quote "
	        "17\ndate = 2026-01\n"
		"[electricity]\nexpected = 0.21\n"
		"[memory_headroom]\nhigh = 0.05\n"
		"[adoption]\nlow=0.1\nexpected=0.2\n");
	assert_three(assumptions, ASSUME_NODE_PURCHASE, 5000, 6000, 7000.50);
	ck_assert_str_eq(assumptions_get(assumptions, ASSUME_NODE_PURCHASE)->source, "quote 17");
	ck_assert_str_eq(assumptions_get(assumptions, ASSUME_NODE_PURCHASE)->date, "2026-01");
	ck_assert(!assumptions_get(assumptions, ASSUME_NODE_PURCHASE)->is_default);
	/* One number is the same in all scenarios … */
	assert_three(assumptions, ASSUME_ELECTRICITY, 0.21, 0.21, 0.21);
	ck_assert_str_eq(assumptions_get(assumptions, ASSUME_ELECTRICITY)->source,
	                 "given by the site");
	/* … unless it is not the expected one: then the others stay. */
	assert_three(assumptions, ASSUME_MEMORY_HEADROOM, 0.5, 0.2, 0.05);
	assert_three(assumptions, ASSUME_ADOPTION, 0.1, 0.2, 0.2);
	assert_three(assumptions, ASSUME_PACKING, 0.85, 0.9, 0.95);
	ck_assert(assumptions_get(assumptions, ASSUME_PACKING)->is_default);
	assumptions_free(assumptions);
}
END_TEST

static const struct {
	const char *text, *message;
} bad[] = {
	{ "[electrcity]\nexpected = 1\n",
	  "line 1: [electrcity]: not a key of the model; did you mean electricity?" },
	{ "[prices]\nelectricity = 1\n",
	  "line 1: [prices]: not a key of the model; each assumption is a group of its own, as in [electricity] and then "
	  "expected=0.14" },
	{ "[electricity]\nexpectd = 1\n",
	  "line 2: [electricity] expectd: not one of low, expected, high, source, date" },
	{ "[electricity]\nexpected = cheap\n",
	  "line 2: [electricity] expected = cheap: not a number from 0 to 10000" },
	{ "[electricity]\nexpected = 0,13\n",
	  "line 2: [electricity] expected = 0,13: not a number from 0 to 10000, with a decimal point and no other separator" },
	{ "[electricity]\nexpected =\n",
	  "line 2: [electricity] expected = : not a number from 0 to 10000" },
	{ "[electricity]\nexpected = nan\n",
	  "line 2: [electricity] expected = nan: not a number from 0 to 10000" },
	{ "[electricity]\nexpected = 10001\n",
	  "line 2: [electricity] expected = 10001: not a number from 0 to 10000" },
	{ "# ours\n\n[adoption]\nlow = 0.1\n[electricity]\n\n low = cheap\n",
	  "line 7: [electricity] low = cheap: not a number from 0 to 10000" },
	{ "[electricity]\nexpected = 0.1\n[site]\ninstitution = ours\n",
	  "line 3: [site]: not a key of the model; each assumption is a group of its own, as in "
	  "[electricity] and then expected=0.14" },
	{ "[electricity]\nlow = -1\n",
	  "line 2: [electricity] low = -1: not a number from 0 to 10000" },
	{ "[packing]\nexpected = 0\n",
	  "line 2: [packing] expected = 0: not a number from 0.1 to 1" },
	{ "[adoption]\nlow = 0.6\nexpected = 0.5\nhigh = 0.8\n",
	  "line 1: [adoption]: low, expected and high, here 0.6, 0.5 and 0.8, must run from the least saving to the most" },
	/* Of what is not given the default holds. */
	{ "[electricity]\nlow = 0.2\n",
	  "line 1: [electricity]: low, expected and high, here 0.2, 0.13 and 0.2, "
	  "must run from the least saving to the most" },
	/* More headroom is less saving, so these run the wrong way. */
	{ "[cpu_headroom]\nlow = 0\nexpected = 0.2\nhigh = 0.5\n",
	  "line 1: [cpu_headroom]: low, expected and high, here 0, 0.2 and 0.5, must run from the least saving to the most" },
	/* So is dearer rent. */
	{ "[vcpus_per_core]\nlow = 1\nexpected = 2\nhigh = 4\n",
	  "line 1: [vcpus_per_core]: low, expected and high, here 1, 2 and 4, must run from the least saving to the most" },
	{ "[adoption]\nexpected = 1\x1b[31m\n",
	  "line 2: [adoption] expected = 1\\x1b[31m: not a number from 0 to 1" },
	{ "[adoption]\nexpected = 0.5\nsource = ours\x1b[31m\n",
	  "line 3: [adoption] source: character 5 is one that cannot be seen, U+001B; a value is one line of plain text" },
	{ "[adoption]\nsource = M\374ller\n", "line 2: [adoption] source: not UTF-8" },
	{ "[adoption]\nsource = C:\\quote\n",
	  "line 2: [adoption] source: a backslash is written \\\\" },
	{ "[adoption]\ndate = \342\200\256enuj\n",
	  "line 2: [adoption] date: character 1 is one that cannot be seen, U+202E; a value is one line of plain text" },
};

START_TEST(a_bad_file_is_refused_with_its_name_the_line_and_the_key)
{
	char *path = write_file("assumptions.conf", bad[_i].text);
	struct assumptions *assumptions = assumptions_new();
	g_autoptr(GError) error = NULL;
	ck_assert(!assumptions_load(assumptions, path, &error));
	g_autofree char *expected = g_strconcat("assumptions.conf, ", bad[_i].message, NULL);
	ck_assert_str_eq(error->message, expected);
	assumptions_free(assumptions);
	remove_file(path);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_an_error)
{
	struct assumptions *assumptions = assumptions_new();
	g_autoptr(GError) error = NULL;
	ck_assert(!assumptions_load(assumptions, "/nonexistent/assumptions.conf", &error));
	ck_assert(g_str_has_prefix(error->message, "assumptions.conf: "));
	assumptions_free(assumptions);
}
END_TEST

START_TEST(rules_hold_what_the_pass_must_know)
{
	struct assumptions *assumptions = assumptions_of(
		"[sampling_limit]\nexpected = 120\n"
		"[cpu_headroom]\nlow=0.333\nexpected=0.25\nhigh=0.125\n");
	struct rules rules, other;
	rules_init(&rules, assumptions);
	ck_assert_int_eq(rules.sampling_limit_seconds, 120);
	ck_assert_int_eq(rules.idle_session_seconds, 3600);
	ck_assert_int_eq(rules.memory_headroom_permille[SCENARIO_LOW], 500);
	ck_assert_int_eq(rules.memory_headroom_permille[SCENARIO_HIGH], 100);
	ck_assert_int_eq(rules.cpu_headroom_permille[SCENARIO_LOW], 333);
	ck_assert_int_eq(rules.cpu_headroom_permille[SCENARIO_EXPECTED], 250);
	ck_assert_int_eq(rules.cpu_headroom_permille[SCENARIO_HIGH], 125);
	rules_init(&other, assumptions);
	ck_assert(rules_equal(&rules, &other));
	other.to++;
	ck_assert(!rules_equal(&rules, &other));
	rules_init(&other, assumptions);
	other.cpu_headroom_permille[SCENARIO_LOW]++;
	ck_assert(!rules_equal(&rules, &other));
	assumptions_free(assumptions);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("assumptions");
	TCase *cases = tcase_create("assumptions");
	tcase_add_test(cases, every_default_is_in_range_runs_one_way_and_says_where_it_is_from);
	tcase_add_test(cases, the_model_s_own_numbers_are_the_defaults);
	tcase_add_test(cases, a_file_overrides_what_it_names_and_nothing_else);
	tcase_add_loop_test(cases, a_bad_file_is_refused_with_its_name_the_line_and_the_key, 0,
	                    G_N_ELEMENTS(bad));
	tcase_add_test(cases, a_file_that_is_not_there_is_an_error);
	tcase_add_test(cases, rules_hold_what_the_pass_must_know);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <math.h>

#include "base/error.h"
#include "base/expression.h"

/* a = 2, b.c = 3, zero = 0, min = 7, huge and nan what they say; nothing else has a value. */
static gboolean value_of(const char *id, double *value, void *data)
{
	static const struct {
		const char *id;
		double value;
	} known[] = { { "a", 2 },   { "b.c", 3 },      { "zero", 0 },
		      { "min", 7 }, { "huge", 1e300 }, { "nan", NAN } };

	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (!g_str_equal(id, known[i].id))
			continue;
		*value = known[i].value;
		return TRUE;
	}
	return FALSE;
}

START_TEST(an_expression_has_the_value_of_arithmetic)
{
	static const struct {
		const char *text;
		double value;
	} rows[] = {
		{ "1", 1 },
		{ "0.25", 0.25 },
		{ "  1 +  2 ", 3 },
		{ "1+2*3", 7 },
		{ "(1+2)*3", 9 },
		{ "10-4-3", 3 },
		{ "24/4/2", 3 },
		{ "2-3*4/6+1", 1 },
		{ "-a", -2 },
		{ "--a", 2 },
		{ "-a*-a", 4 },
		{ "3 - -2", 5 },
		{ "a*b.c", 6 },
		{ "min(4, a)", 2 },
		{ "max(4, a, b.c*2)", 6 },
		{ "min(5, 4, 3)", 3 },
		{ "max(0, min(1, a/4))", 0.5 },
		{ "min + 1", 8 },
		{ "((((a))))", 2 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct expression *expression = expression_new(rows[i].text, NULL);
		double value = NAN;

		ck_assert_msg(expression != NULL, "%s", rows[i].text);
		ck_assert_msg(expression_value(expression, value_of, NULL, &value), "%s",
		              rows[i].text);
		ck_assert_msg(fabs(value - rows[i].value) < 1e-12, "%s is %g", rows[i].text, value);
		expression_free(expression);
	}
}
END_TEST

/* steps = 0 1 2 3, valley = 9 4 4 6, slope = 8 5 2 1, short = 1 2. */
static const double *curve_of(const char *id, guint *count, void *data)
{
	static const struct {
		const char *id;
		guint count;
		double values[4];
	} known[] = { { "steps", 4, { 0, 1, 2, 3 } },
		      { "valley", 4, { 9, 4, 4, 6 } },
		      { "slope", 4, { 8, 5, 2, 1 } },
		      { "short", 2, { 1, 2 } } };

	(void)data;
	for (size_t i = 0; i < G_N_ELEMENTS(known); i++) {
		if (!g_str_equal(id, known[i].id))
			continue;
		*count = known[i].count;
		return known[i].values;
	}
	return NULL;
}

static const struct expression_source with_curves = { value_of, curve_of, NULL };

START_TEST(of_equal_values_the_first_place_is_found)
{
	static const struct {
		const char *text;
		double value;
	} rows[] = {
		{ "least(valley)", 1 },
		{ "least(-valley)", 0 },
		{ "least(0 * valley)", 0 },
		{ "least(steps * a + slope)", 2 },
		{ "most(valley, steps, 3)", 0 },
		{ "most(-valley, steps, 3)", 1 },
		{ "most(steps, steps, a)", 2 },
		{ "most(steps, steps, 0)", 0 },
		{ "most(max(-slope, valley), steps, 3)", 0 },
		{ "most(min(-slope, valley - 100), steps, 3)", 0 },
		{ "at(slope, 2)", 2 },
		{ "at(slope * a, least(valley))", 10 },
		{ "1 + least(valley) * b.c", 4 },
		{ "least(valley - at(valley, 0))", 1 },
		{ "positive(a)", 1 },
		{ "positive(zero)", 0 },
		{ "positive(-a)", 0 },
		{ "most(positive(steps - 1), steps, 3)", 2 },
		{ "abs(a)", 2 },
		{ "abs(-a)", 2 },
		{ "largest(valley)", 9 },
		{ "largest(-slope) + a", 1 },
		{ "lookup(0, steps, valley)", 9 },
		{ "lookup(1, steps, valley)", 4 },
		{ "lookup(2.9, steps, slope * a)", 4 },
		{ "lookup(99, short, short)", 2 },
		{ "largest(lookup(steps + 1, short, 10 * short) - steps)", 19 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct expression *expression = expression_new(rows[i].text, NULL);
		double value = NAN;

		ck_assert_msg(expression != NULL, "%s", rows[i].text);
		ck_assert_msg(expression_evaluate(expression, &with_curves, &value), "%s",
		              rows[i].text);
		ck_assert_msg(fabs(value - rows[i].value) < 1e-12, "%s is %g", rows[i].text, value);
		expression_free(expression);
	}
}
END_TEST

START_TEST(without_a_place_there_is_no_value)
{
	static const char *const rows[] = {
		"valley",
		"valley + 1",
		"least(a)",
		"most(a, steps, 3)",
		"most(valley, steps, -a)",
		"most(valley, steps, nan)",
		"most(valley, short, 3)",
		"least(valley + short)",
		"at(valley, 4)",
		"at(valley, -1)",
		"at(a, 0)",
		"least(valley / steps)",
		"least(valley * unknown)",
		"largest(a)",
		"lookup(-1, steps, valley)",
		"lookup(a, steps, short)",
		"lookup(a, b.c, steps)",
		"lookup(steps, steps, valley)",
		"largest(lookup(steps, short, short))",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct expression *expression = expression_new(rows[i], NULL);
		double value = 42;

		ck_assert_msg(!expression_evaluate(expression, &with_curves, &value), "%s",
		              rows[i]);
		ck_assert_msg(fabs(value - 42) < 1e-12, "%s touches the result", rows[i]);
		expression_free(expression);
	}
}
END_TEST

START_TEST(without_a_number_there_is_no_value)
{
	static const char *const rows[] = {
		"unknown", "a + unknown", "unknown * 0", "1 / zero", "0 / zero", "max(1, 1 / zero)",
		"min(1, nan)", "nan", "huge * huge", "a / (b.c - 3)",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct expression *expression = expression_new(rows[i], NULL);
		double value = 42;

		ck_assert_msg(!expression_value(expression, value_of, NULL, &value), "%s", rows[i]);
		ck_assert_msg(fabs(value - 42) < 1e-12, "%s touches the result", rows[i]);
		expression_free(expression);
	}
}
END_TEST

START_TEST(a_text_that_is_no_expression_is_refused_with_its_column)
{
	static const struct {
		const char *text, *message;
	} rows[] = {
		{ "", "column 1: a number, a name or '(' is expected" },
		{ "1 +", "column 4: a number, a name or '(' is expected" },
		{ "* 2", "column 1: a number, a name or '(' is expected" },
		{ "1 2", "column 3: an operator is expected" },
		{ "a b", "column 3: an operator is expected" },
		{ "1e6", "column 2: an operator is expected" },
		{ "(1 + 2", "column 7: ')' is expected" },
		{ "1)", "column 2: an operator is expected" },
		{ "1.", "column 3: a digit is expected after the decimal point" },
		{ ".5", "column 1: a number, a name or '(' is expected" },
		{ "_a", "column 1: a number, a name or '(' is expected" },
		{ "min(1)", "column 6: ',' is expected" },
		{ "min(1, 2", "column 9: ',' or ')' is expected" },
		{ "max()", "column 5: a number, a name or '(' is expected" },
		{ "sin(1)", "column 4: an operator is expected" },
		{ "a ^ 2", "column 3: an operator is expected" },
		{ "a\n", "column 2: an operator is expected" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		g_autoptr(GError) error = NULL;

		ck_assert_msg(expression_new(rows[i].text, &error) == NULL, "%s", rows[i].text);
		ck_assert(g_error_matches(error, error_quark(), ERROR_FAILED));
		ck_assert_str_eq(error->message, rows[i].message);
	}
}
END_TEST

static char *repeat(const char *before, const char *middle, const char *after, int times)
{
	GString *text = g_string_new(NULL);

	for (int i = 0; i < times; i++)
		g_string_append(text, before);
	g_string_append(text, middle);
	for (int i = 0; i < times; i++)
		g_string_append(text, after);
	return g_string_free(text, FALSE);
}

START_TEST(depth_and_length_have_a_bound)
{
	char *texts[] = {
		repeat("(", "1", ")", 100000),      repeat("-", "1", "", 100000),
		repeat("", "1", "+1", 100000),      repeat("", "1", "*1", 100000),
		repeat("min(1,", "1", ")", 100000),
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
		g_autoptr(GError) error = NULL;

		ck_assert_ptr_null(expression_new(texts[i], &error));
		ck_assert(strstr(error->message, "the expression is too ") != NULL);
		g_free(texts[i]);
	}
}
END_TEST

START_TEST(a_hundred_terms_are_not_too_many)
{
	g_autofree char *text = repeat("", "1", "+1", 99);
	struct expression *expression = expression_new(text, NULL);
	double value = 0;

	ck_assert_ptr_nonnull(expression);
	ck_assert(expression_value(expression, value_of, NULL, &value));
	ck_assert_int_eq((int)value, 100);
	expression_free(expression);
}
END_TEST

static const char *cell_of(const char *id, void *data)
{
	return g_str_equal(id, "a") ? data : NULL;
}

START_TEST(printing_replaces_ids_and_keeps_the_structure)
{
	static const struct {
		const char *text, *printed;
	} rows[] = {
		{ "a", "$B$2" },
		{ "1.50*(a+b.c)", "1.50 * ($B$2 + b.c)" },
		{ "min(a,1)-max(0,b,-a)", "MIN($B$2, 1) - MAX(0, b, -$B$2)" },
		{ "min(1,max(2,3),4)", "MIN(1, MAX(2, 3), 4)" },
		{ "a/(2/(3))", "$B$2 / (2 / (3))" },
		{ "1 + least(k*a)", "1 + (MATCH(MIN(k * $B$2), k * $B$2, 0) - 1)" },
		{ "most(max(-k, c), k, min(a, 2))",
		  "(MATCH(MAX(IF(k<=MIN($B$2, 2), IF(-k > c, -k, c))), IF(k<=MIN($B$2, 2), IF(-k > "
		  "c, -k, c)), 0) - 1)" },
		{ "at(c, a)", "INDEX(c, $B$2 + 1)" },
		{ "positive(a - 1)", "IF($B$2 - 1 > 0, 1, 0)" },
		{ "abs(-a)", "ABS(-$B$2)" },
		{ "max(0, largest(max(k, 1)))", "MAX(0, MAX(IF(k > 1, k, 1)))" },
		{ "lookup(2 * a, k, c)", "LOOKUP(2 * $B$2, k, c)" },
	};
	char cell[] = "$B$2";

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct expression *expression = expression_new(rows[i].text, NULL);
		g_autofree char *printed = expression_print(expression, cell_of, cell);

		ck_assert_str_eq(printed, rows[i].printed);
		expression_free(expression);
	}
}
END_TEST

static void collect(const char *id, void *data)
{
	g_string_append_printf(data, "%s;", id);
}

START_TEST(ids_come_in_order_with_repetitions)
{
	struct expression *expression = expression_new("b + min(a, b) * -(c_1 / 2) - a", NULL);
	g_autoptr(GString) ids = g_string_new(NULL);

	expression_ids(expression, collect, ids);
	ck_assert_str_eq(ids->str, "b;a;b;c_1;a;");
	expression_free(expression);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("expression");
	TCase *tcase = tcase_create("expression");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, an_expression_has_the_value_of_arithmetic);
	tcase_add_test(tcase, of_equal_values_the_first_place_is_found);
	tcase_add_test(tcase, without_a_place_there_is_no_value);
	tcase_add_test(tcase, without_a_number_there_is_no_value);
	tcase_add_test(tcase, a_text_that_is_no_expression_is_refused_with_its_column);
	tcase_add_test(tcase, depth_and_length_have_a_bound);
	tcase_add_test(tcase, a_hundred_terms_are_not_too_many);
	tcase_add_test(tcase, printing_replaces_ids_and_keeps_the_structure);
	tcase_add_test(tcase, ids_come_in_order_with_repetitions);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/divide.h"
#include "base/fixed.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void expect_as_printf(double value)
{
	for (int decimals = 0; decimals <= FIXED_DECIMALS; decimals++) {
		char made[FIXED_SIZE], expected[FIXED_SIZE];

		snprintf(expected, sizeof expected, "%.*f", decimals, value);
		ck_assert_str_eq(fixed_print(made, value, (guint)decimals), expected);
	}
}

/* Multiples and their neighbours, of numbers of all sizes: there a quotient that was rounded could
 * be a whole number too large. */
START_TEST(whole_numbers_are_divided_as_such)
{
	GRand *random = g_rand_new_with_seed(3);

	for (guint i = 0; i < 20000; i++) {
		guint64 a = (guint64)g_rand_int(random) << 32 | g_rand_int(random),
			b = (guint64)g_rand_int(random) << 32 | g_rand_int(random);

		a >>= g_rand_int_range(random, 0, 64);
		b >>= g_rand_int_range(random, 0, 64);
		b = MAX(b, 1);
		ck_assert_uint_eq(divide(a, b), a / b);
		a = a / b * b;
		ck_assert_uint_eq(divide(a, b), a / b);
		ck_assert_uint_eq(divide(a - (a > 0), b), (a - (a > 0)) / b);
	}
	ck_assert_uint_eq(divide((1ull << 53) - 1, 1), (1ull << 53) - 1);
	ck_assert_uint_eq(divide(1ull << 53, 3), (1ull << 53) / 3);
	ck_assert_uint_eq(divide(G_MAXUINT64, 1), G_MAXUINT64);
	ck_assert_uint_eq(divide(0, G_MAXUINT64), 0);
	g_rand_free(random);
}
END_TEST

START_TEST(corners_are_printed_as_printf_does)
{
	static const double corners[] = {
		0,        -0.0,      1,         -1,      0.5,      1.5,     2.5,       0.05,
		0.005,    1.005,     0.285,     1.115,   -0.004,   -0.5,    9.995,     99.9949,
		0.99999,  999.999,   1e-7,      -1e-300, 1e6,      1e11,    999999999, 123456.75,
		1e12,     1e15,      1e16,      1e22,    1e300,    DBL_MAX, 0.125,     2.675,
		1e12 - 1, 1048576.5, 9.9999995, NAN,     INFINITY,
	};

	for (guint i = 0; i < G_N_ELEMENTS(corners); i++)
		expect_as_printf(corners[i]);
}
END_TEST

/* Ties in decimal, which no double but a few is exactly, and their neighbours. */
START_TEST(numbers_near_a_tie_are_printed_as_printf_does)
{
	for (int n = 1; n < 20000; n += 2)
		for (double scale = 2; scale < 3e6; scale *= 10) {
			expect_as_printf(n / scale);
			expect_as_printf(nextafter(n / scale, 0));
			expect_as_printf(nextafter(n / scale, 1e9));
		}
}
END_TEST

START_TEST(any_number_is_printed_as_printf_does)
{
	g_autoptr(GRand) random = g_rand_new_with_seed(1);

	for (int i = 0; i < 20000; i++)
		expect_as_printf(g_rand_double_range(random, -1, 1) *
		                 pow(10, g_rand_int_range(random, -8, 14)));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("fixed");
	TCase *cases = tcase_create("fixed");
	SRunner *runner;
	int failed;

	tcase_add_test(cases, whole_numbers_are_divided_as_such);
	tcase_add_test(cases, corners_are_printed_as_printf_does);
	tcase_add_test(cases, numbers_near_a_tie_are_printed_as_printf_does);
	tcase_add_test(cases, any_number_is_printed_as_printf_does);
	suite_add_tcase(suite, cases);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

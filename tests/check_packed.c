/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/packed.h"

#include <stdlib.h>
#include <string.h>

#include "fixture_jobs.h"

enum { MOST = 3 * PACKED_BLOCK + 5 };

/* Returns how many bytes they took, which is all that is held of them: reading beyond is seen. */
static gsize assert_comes_back(const gint64 *numbers, guint count)
{
	g_autofree guint8 *room = g_malloc(PACKED_MOST(count));
	gsize length = (gsize)(packed_put(room, numbers, count) - room);
	ck_assert_uint_le(length, PACKED_MOST(count));
	g_autofree guint8 *bytes = g_memdup2(room, length);
	g_autofree gint64 *again = g_new(gint64, count + 1);
	memset(again, 0x55, (count + 1) * sizeof *again);
	gint64 behind = again[count];
	ck_assert_ptr_eq(packed_get(bytes, again, count), bytes + length);
	ck_assert_int_eq(again[count], behind);
	for (guint i = 0; i < count; i++)
		ck_assert_int_eq(again[i], numbers[i]);
	return length;
}

/* Of up to so many bits, of which the largest is used, with either sign and noughts between. */
START_TEST(numbers_of_any_size_come_back)
{
	guint64 state = (guint64)_i + 1;
	gint64 numbers[MOST] = { 0 };
	for (guint count = 0; count <= MOST; count++) {
		for (guint i = 0; i < count; i++) {
			guint64 bits = (guint64)chance(&state, G_MAXUINT32) << 32 | chance(&state, G_MAXUINT32);
			numbers[i] = chance(&state, 4) == 0 ? 0 : (gint64)(bits | 1) >> (63 - _i);
		}
		assert_comes_back(numbers, count);
	}
	numbers[MOST / 2] = G_MININT64;
	numbers[MOST - 1] = G_MAXINT64;
	assert_comes_back(numbers, MOST);
}
END_TEST

START_TEST(small_numbers_and_noughts_take_few_bytes)
{
	gint64 numbers[MOST] = { 0 };
	gsize noughts = assert_comes_back(numbers, MOST);
	ck_assert_uint_eq(noughts, 4 * 2);
	for (guint i = 0; i < PACKED_BLOCK; i++)
		numbers[i] = (gint64)i % 4 - 2;
	ck_assert_uint_eq(assert_comes_back(numbers, MOST), noughts + 1 + 3);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("packed");
	TCase *tests = tcase_create("packed");
	tcase_add_loop_test(tests, numbers_of_any_size_come_back, 0, 64);
	tcase_add_test(tests, small_numbers_and_noughts_take_few_bytes);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

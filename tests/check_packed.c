/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/packed.h"

#include <stdlib.h>

#include "fixture_jobs.h"

/* Returns how many bytes they took, which is all that is held of them: reading beyond is seen. */
static gsize assert_comes_back(const gint64 *numbers)
{
	struct packed_block block = { .which = 0 }, again;
	g_autofree guint8 *room = g_malloc(PACKED_MOST);
	for (guint i = 0; i < PACKED_BLOCK; i++)
		if (numbers[i] != 0)
			packed_set(&block, i, numbers[i]);
	gsize length = (gsize)(packed_put(room, &block) - room);
	ck_assert(block.which == 0 && block.all == 0);
	g_autofree guint8 *bytes = g_memdup2(room, length);
	ck_assert_ptr_eq(packed_get(bytes, &again), bytes + length);
	for (guint i = 0; i < PACKED_BLOCK; i++)
		ck_assert_int_eq(again.which >> i & 1 ? packed_number(&again, i) : 0, numbers[i]);
	return length;
}

/* Of up to so many bits, of which the largest is used, with either sign and noughts between. */
START_TEST(numbers_of_any_size_come_back)
{
	guint64 state = (guint64)_i + 1;
	gint64 numbers[PACKED_BLOCK] = { 0 };
	for (guint noughts = 0; noughts <= PACKED_BLOCK; noughts++) {
		for (guint i = 0; i < PACKED_BLOCK; i++) {
			guint64 bits = (guint64)chance(&state, G_MAXUINT32) << 32 |
			               chance(&state, G_MAXUINT32);
			numbers[i] = chance(&state, PACKED_BLOCK) < noughts
			                     ? 0
			                     : (gint64)(bits | 1) >> (63 - _i);
		}
		assert_comes_back(numbers);
	}
	numbers[PACKED_BLOCK / 2] = G_MININT64;
	numbers[PACKED_BLOCK - 1] = G_MAXINT64;
	assert_comes_back(numbers);
}
END_TEST

START_TEST(small_numbers_and_noughts_take_few_bytes)
{
	gint64 numbers[PACKED_BLOCK] = { 0 };
	ck_assert_uint_eq(assert_comes_back(numbers), 2);
	for (guint i = 0; i < PACKED_BLOCK; i++)
		numbers[i] = (gint64)i % 4 - 2;
	/* a quarter are noughts, the others take two bits */
	ck_assert_uint_eq(assert_comes_back(numbers), 2 + 1 + 3);
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

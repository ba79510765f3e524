/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>

#include "base/intern.h"

START_TEST(numbers_count_up_in_order_of_first_appearance)
{
	struct intern *intern = intern_new();

	ck_assert_uint_eq(intern_get(intern, slice_of("b")), 0);
	ck_assert_uint_eq(intern_get(intern, slice_of("a")), 1);
	ck_assert_uint_eq(intern_get(intern, slice_of("a")), 1);
	ck_assert_uint_eq(intern_get(intern, slice_of("b")), 0);
	ck_assert_uint_eq(intern_get(intern, slice_of("")), 2);
	ck_assert_uint_eq(intern_get(intern, (struct slice){ NULL, 0 }), 2);
	ck_assert_uint_eq(intern_count(intern), 3);
	ck_assert_str_eq(intern_text(intern, 0), "b");
	ck_assert_str_eq(intern_text(intern, 2), "");
	intern_free(intern);
}
END_TEST

START_TEST(looking_for_a_text_does_not_add_it)
{
	struct intern *intern = intern_new();

	ck_assert_int_eq(intern_find(intern, slice_of("a")), -1);
	ck_assert_int_eq(intern_find(intern, slice_of("")), -1);
	ck_assert_uint_eq(intern_count(intern), 0);
	intern_get(intern, slice_of("a"));
	ck_assert_int_eq(intern_find(intern, slice_of("a")), 0);
	ck_assert_int_eq(intern_find(intern, slice_of("A")), -1);
	intern_free(intern);
}
END_TEST

START_TEST(bytes_after_a_nul_count_too)
{
	struct intern *intern = intern_new();
	struct slice one = { "a\0x", 3 }, other = { "a\0y", 3 };

	ck_assert_uint_eq(intern_get(intern, one), 0);
	ck_assert_uint_eq(intern_get(intern, other), 1);
	ck_assert_uint_eq(intern_get(intern, slice_of("a")), 2);
	ck_assert_int_eq(intern_find(intern, one), 0);
	intern_free(intern);
}
END_TEST

/* Each length takes its own way through the hash; each must read all of the text and none beyond
 * it. */
START_TEST(every_byte_of_every_length_makes_a_difference)
{
	struct intern *intern = intern_new();
	guint32 expected = 0;

	for (size_t length = 0; length <= 70; length++) {
		g_autofree char *exact = g_malloc(length + 1);
		struct slice text = { exact, length };

		memset(exact, 'a', length);
		ck_assert_uint_eq(intern_get(intern, text), expected++);
		for (size_t i = 0; i < length; i++) {
			exact[i] = 'b';
			ck_assert_int_eq(intern_find(intern, text), -1);
			ck_assert_uint_eq(intern_get(intern, text), expected++);
			exact[i] = 'a';
		}
	}
	ck_assert_uint_eq(intern_count(intern), expected);
	intern_free(intern);
}
END_TEST

START_TEST(growing_keeps_numbers_and_pointers)
{
	enum { COUNT = 100000 };
	struct intern *intern = intern_new();
	const char *first;
	char text[32];

	intern_get(intern, slice_of("user0"));
	first = intern_text(intern, 0);
	for (guint32 i = 1; i < COUNT; i++) {
		g_snprintf(text, sizeof(text), "user%u", i);
		ck_assert_uint_eq(intern_get(intern, slice_of(text)), i);
	}
	ck_assert_ptr_eq(intern_text(intern, 0), first);
	for (guint32 i = 0; i < COUNT; i++) {
		g_snprintf(text, sizeof(text), "user%u", i);
		ck_assert_str_eq(intern_text(intern, i), text);
		ck_assert_int_eq(intern_find(intern, slice_of(text)), i);
	}
	ck_assert_uint_eq(intern_count(intern), COUNT);
	intern_free(intern);
}
END_TEST

START_TEST(a_text_longer_than_the_arena_block_is_kept_whole)
{
	struct intern *intern = intern_new();
	g_autofree char *text = g_strnfill(200000, 'x');

	intern_get(intern, slice_of(text));
	intern_get(intern, slice_of("y"));
	ck_assert_str_eq(intern_text(intern, 0), text);
	ck_assert_int_eq(intern_find(intern, slice_of(text)), 0);
	intern_free(intern);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("intern");
	TCase *tcase = tcase_create("intern");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, numbers_count_up_in_order_of_first_appearance);
	tcase_add_test(tcase, looking_for_a_text_does_not_add_it);
	tcase_add_test(tcase, bytes_after_a_nul_count_too);
	tcase_add_test(tcase, every_byte_of_every_length_makes_a_difference);
	tcase_add_test(tcase, growing_keeps_numbers_and_pointers);
	tcase_add_test(tcase, a_text_longer_than_the_arena_block_is_kept_whole);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

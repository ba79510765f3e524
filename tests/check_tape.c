/* SPDX-License-Identifier: Apache-2.0 */
#include "base/tape.h"

#include <check.h>

static struct tape tape_of(const GByteArray *bytes)
{
	struct tape tape;
	tape_init(&tape, (struct slice){ (const char *)bytes->data, bytes->len });
	return tape;
}

START_TEST(every_number_comes_back)
{
	static const gint64 numbers[] = { 0,          1,          -1,         63,   64,
		                          -64,        -65,        8191,       8192, G_MAXINT32,
		                          G_MAXINT64, G_MININT64, -G_MAXINT64 };
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		tape_put_number(bytes, numbers[i]);
	tape_put_count(bytes, G_MAXUINT64);
	tape_put_text(bytes, slice_of("word"));
	struct tape tape = tape_of(bytes);
	for (guint i = 0; i < G_N_ELEMENTS(numbers); i++)
		ck_assert_int_eq(tape_raw(&tape), numbers[i]);
	ck_assert_uint_eq(tape_count(&tape), G_MAXUINT64);
	ck_assert(slice_is(tape_text(&tape), "word"));
	ck_assert_ptr_null(tape.wrong);
	ck_assert_ptr_eq(tape.at, tape.end);
}
END_TEST

START_TEST(small_numbers_are_one_byte)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	tape_put_number(bytes, -64);
	tape_put_count(bytes, 127);
	ck_assert_uint_eq(bytes->len, 2);
}
END_TEST

static const struct {
	const char *bytes;
	gsize length;
} bad_numbers[] = {
	{ "", 0 },                                                /* nothing */
	{ "\x80", 1 },                                            /* cut */
	{ "\x80\x00", 2 },                                        /* nought in two bytes */
	{ "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10 },       /* a bit too many */
	{ "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11 },   /* a byte too many */
};

START_TEST(a_number_is_written_in_one_way_only)
{
	struct tape tape;
	tape_init(&tape, (struct slice){ bad_numbers[_i].bytes, bad_numbers[_i].length });
	ck_assert_uint_eq(tape_count(&tape), 0);
	ck_assert_str_eq(tape.wrong, "a number in it is cut or too long");
}
END_TEST

START_TEST(what_is_wrong_first_is_kept_and_all_after_it_is_nought)
{
	struct tape tape;
	tape_init(&tape, slice_of("\x05\x07\x07"));
	ck_assert_uint_eq(tape_count_to(&tape, 4), 0);
	ck_assert_uint_eq(tape_count(&tape), 0);
	ck_assert(slice_empty(tape_text(&tape)));
	ck_assert_int_eq(tape_number_in(&tape, 3, 9), 3);
	ck_assert_str_eq(tape.wrong, "a number in it is larger than it can be");
}
END_TEST

START_TEST(a_length_is_never_beyond_what_is_left)
{
	struct tape tape;
	tape_init(&tape, slice_of("\x03" "12"));
	ck_assert(slice_empty(tape_text(&tape)));
	ck_assert_str_eq(tape.wrong, "it says that more follows than does");
	tape_init(&tape, slice_of("\x02" "1234567"));
	ck_assert_uint_eq(tape_length(&tape, 4), 0);
	ck_assert_ptr_nonnull(tape.wrong);
	tape_init(&tape, slice_of("\x02" "1234567"));
	ck_assert_uint_eq(tape_length(&tape, 3), 2);
}
END_TEST

START_TEST(the_weight_is_the_sum_of_what_was_read_to_be_added)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	tape_put_number(bytes, 10);
	tape_put_number(bytes, -7);
	tape_put_number(bytes, 1000);
	struct tape tape = tape_of(bytes);
	tape_number(&tape);
	tape_number(&tape);
	tape_raw(&tape);
	ck_assert_double_eq(tape.weight, 17);
}
END_TEST

/* Of a large block, of its own pages; how much of it is still there is the system's to say. */
START_TEST(what_was_read_is_given_up_where_nobody_wants_it_and_nothing_else)
{
	const guint count = 3 << 20, most = count - (1 << 20);
	for (int spends = 0; spends < 2; spends++) {
		g_autofree char *block = g_malloc(count);
		memset(block, 7, count);
		struct tape tape;
		tape_init(&tape, (struct slice){ block, count });
		if (spends)
			tape_spend(&tape);
		for (guint i = 0; i < most; i++) {
			ck_assert_uint_eq(tape_count(&tape), 7);
			tape_forget(&tape);
		}
		guint zeros = 0;
		for (guint i = 0; i < most; i++)
			zeros += block[i] == 0;
#ifdef __linux__
		ck_assert(spends ? zeros > most * 0.9 : zeros == 0);
#endif
		for (; tape.at < tape.end;)
			ck_assert_uint_eq(tape_count(&tape), 7);
		ck_assert_ptr_null(tape.wrong);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("tape");
	TCase *tests = tcase_create("tape");
	tcase_add_test(tests, every_number_comes_back);
	tcase_add_test(tests, small_numbers_are_one_byte);
	tcase_add_loop_test(tests, a_number_is_written_in_one_way_only, 0,
	                    G_N_ELEMENTS(bad_numbers));
	tcase_add_test(tests, what_is_wrong_first_is_kept_and_all_after_it_is_nought);
	tcase_add_test(tests, a_length_is_never_beyond_what_is_left);
	tcase_add_test(tests, the_weight_is_the_sum_of_what_was_read_to_be_added);
	tcase_add_test(tests, what_was_read_is_given_up_where_nobody_wants_it_and_nothing_else);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed > 0;
}

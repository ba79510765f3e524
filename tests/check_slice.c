/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>

#include "base/slice.h"

START_TEST(a_slice_equals_the_same_bytes_elsewhere)
{
	char copy[] = "abcabc";

	ck_assert(slice_equal((struct slice){ copy, 3 }, (struct slice){ copy + 3, 3 }));
	ck_assert(!slice_equal((struct slice){ copy, 3 }, (struct slice){ copy + 1, 3 }));
	ck_assert(!slice_equal((struct slice){ copy, 3 }, (struct slice){ copy, 2 }));
}
END_TEST

START_TEST(an_empty_slice_may_have_no_data)
{
	struct slice none = { NULL, 0 };
	g_autofree char *copy = slice_dup(none);

	ck_assert(slice_empty(none));
	ck_assert(slice_is(none, ""));
	ck_assert(slice_is_nocase(none, ""));
	ck_assert(slice_starts(none, ""));
	ck_assert(!slice_starts(none, "a"));
	ck_assert(slice_empty(slice_trim(none)));
	ck_assert(slice_empty(slice_cut(&none, '|')));
	ck_assert_str_eq(copy, "");
}
END_TEST

START_TEST(case_is_ignored_for_ascii_letters_only)
{
	ck_assert(slice_is_nocase(slice_of("JobID"), "jobid"));
	ck_assert(slice_is_nocase(slice_of("jobid"), "JOBID"));
	ck_assert(!slice_is_nocase(slice_of("JobID"), "jobidraw"));
	ck_assert(!slice_is_nocase(slice_of("[x"), "{x"));
	ck_assert(!slice_is_nocase(slice_of("\xc3\x84"), "\xc3\xa4"));
}
END_TEST

START_TEST(a_prefix_may_be_the_whole_and_not_more)
{
	ck_assert(slice_starts(slice_of("gres/gpu:4"), "gres/"));
	ck_assert(slice_starts(slice_of("gres/"), "gres/"));
	ck_assert(!slice_starts(slice_of("gres"), "gres/"));
	ck_assert(!slice_starts(slice_of("GRES/gpu"), "gres/"));
}
END_TEST

START_TEST(trimming_takes_blanks_from_both_ends_alone)
{
	ck_assert(slice_is(slice_trim(slice_of(" \t a b\r")), "a b"));
	ck_assert(slice_is(slice_trim(slice_of("a")), "a"));
	ck_assert(slice_is(slice_trim(slice_of(" \t\r ")), ""));
	ck_assert(slice_is(slice_trim(slice_of("\na ")), "\na"));
}
END_TEST

START_TEST(cutting_yields_every_part_and_tells_the_last)
{
	struct slice rest = slice_of("a||c|");

	ck_assert(slice_is(slice_cut(&rest, '|'), "a"));
	ck_assert(slice_is(slice_cut(&rest, '|'), ""));
	ck_assert(slice_is(slice_cut(&rest, '|'), "c"));
	ck_assert(slice_empty(rest));
	ck_assert_ptr_nonnull(rest.data);
	ck_assert(slice_is(slice_cut(&rest, '|'), ""));
	ck_assert_ptr_null(rest.data);
}
END_TEST

START_TEST(a_decimal_number_is_read_whole)
{
	static const struct {
		const char *text;
		gint64 value;
	} rows[] = {
		{ "0", 0 },
		{ "007", 7 },
		{ "1234567890", 1234567890 },
		{ "9223372036854775807", G_MAXINT64 },
		{ "00000000000000000000000000000000012", 12 },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		gint64 value = -1;

		ck_assert_msg(slice_number(slice_of(rows[i].text), &value), "%s", rows[i].text);
		ck_assert_int_eq(value, rows[i].value);
	}
}
END_TEST

START_TEST(what_is_not_a_decimal_number_is_refused)
{
	static const char *const rows[] = {
		"", " 1", "1 ", "-1", "+1", "1.0", "1e3", "0x10", "12a", "\xb2",
		"9223372036854775808", "18446744073709551616", "99999999999999999999",
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		gint64 value = -1;

		ck_assert_msg(!slice_number(slice_of(rows[i]), &value), "%s", rows[i]);
		ck_assert_int_eq(value, -1);
	}
}
END_TEST

START_TEST(one_whole_mark_is_left_behind)
{
	static const char *const texts[][2] = {
		{ "\xef\xbb\xbf" "a", "a" }, { "\xef\xbb\xbf", "" }, { "\xef\xbb", "\xef\xbb" },
		  { "a\xef\xbb\xbf", "a\xef\xbb\xbf" },
		{ "\xef\xbb\xbf\xef\xbb\xbf", "\xef\xbb\xbf" }, { "", "" }, { NULL, "" },
	};

	for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
		ck_assert(slice_is(slice_behind_mark(slice_of(texts[i][0])), texts[i][1]));
}
END_TEST

START_TEST(a_copy_ends_in_nul)
{
	g_autofree char *copy = slice_dup((struct slice){ "abcdef", 3 });

	ck_assert_str_eq(copy, "abc");
}
END_TEST

START_TEST(short_texts_are_equal_when_their_bytes_are)
{
	const char text[] = "abcdefghijklmnopq";
	struct short_text whole, other;

	for (size_t length = 0; length <= SHORT_TEXT_MOST; length++) {
		char changed[sizeof text];

		ck_assert(short_text((struct slice){ text, length }, &whole));
		for (size_t at = 0; at < length; at++) {
			memcpy(changed, text, sizeof text);
			ck_assert(short_text((struct slice){ changed, length }, &other));
			ck_assert(short_text_equal(&whole, &other));
			changed[at] ^= 0x20;
			ck_assert(short_text((struct slice){ changed, length }, &other));
			ck_assert(!short_text_equal(&whole, &other));
			ck_assert(short_text((struct slice){ text, at }, &other));
			ck_assert(!short_text_equal(&whole, &other));
		}
	}
	ck_assert(!short_text((struct slice){ text, SHORT_TEXT_MOST + 1 }, &other));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("slice");
	TCase *tcase = tcase_create("slice");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, a_slice_equals_the_same_bytes_elsewhere);
	tcase_add_test(tcase, an_empty_slice_may_have_no_data);
	tcase_add_test(tcase, case_is_ignored_for_ascii_letters_only);
	tcase_add_test(tcase, a_prefix_may_be_the_whole_and_not_more);
	tcase_add_test(tcase, trimming_takes_blanks_from_both_ends_alone);
	tcase_add_test(tcase, cutting_yields_every_part_and_tells_the_last);
	tcase_add_test(tcase, a_decimal_number_is_read_whole);
	tcase_add_test(tcase, what_is_not_a_decimal_number_is_refused);
	tcase_add_test(tcase, one_whole_mark_is_left_behind);
	tcase_add_test(tcase, a_copy_ends_in_nul);
	tcase_add_test(tcase, short_texts_are_equal_when_their_bytes_are);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

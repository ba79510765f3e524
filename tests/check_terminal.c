/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>

#include "base/terminal.h"

static void assert_shown(struct slice text, const char *expected)
{
	g_autofree char *shown = terminal_escape(text);

	ck_assert_str_eq(shown, expected);
}

START_TEST(ordinary_text_is_shown_as_it_is)
{
	assert_shown(slice_of(""), "");
	assert_shown((struct slice){ NULL, 0 }, "");
	assert_shown(slice_of("gres/gpu:a100=4, C:\\x"), "gres/gpu:a100=4, C:\\x");
	assert_shown(slice_of("Jörg 東京 😀"), "Jörg 東京 😀");
}
END_TEST

START_TEST(what_a_terminal_obeys_is_shown_byte_by_byte)
{
	static const struct {
		const char *text, *shown;
	} rows[] = {
		{ "\033[31mred", "\\x1b[31mred" },
		{ "a\tb\r\n", "a\\x09b\\x0d\\x0a" },
		{ "\177", "\\x7f" },
		{ "\302\233" "31m", "\\xc2\\x9b31m" },          /* U+009B, one-character CSI */
		{ "\302\240", "\302\240" },                     /* U+00A0, the first after C1 */
		{ "a\342\200\256b", "a\\xe2\\x80\\xaeb" },      /* U+202E, right-to-left override */
		{ "\342\201\246", "\\xe2\\x81\\xa6" },          /* U+2066, isolate */
		{ "\342\200\217", "\\xe2\\x80\\x8f" },          /* U+200F, right-to-left mark */
		{ "\330\234", "\\xd8\\x9c" },                   /* U+061C, Arabic letter mark */
		{ "\342\200\250", "\\xe2\\x80\\xa8" },          /* U+2028, line separator */
		{ "\377\376", "\\xff\\xfe" },
		{ "\303", "\\xc3" },                            /* cut short */
		{ "\300\257", "\\xc0\\xaf" },                   /* an overlong '/' */
		{ "\355\240\200", "\\xed\\xa0\\x80" },          /* a surrogate */
	};

	for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
		assert_shown(slice_of(rows[i].text), rows[i].shown);
		ck_assert_int_eq(terminal_safe(slice_of(rows[i].text)),
		                 strcmp(rows[i].text, rows[i].shown) == 0);
	}
	assert_shown((struct slice){ "a\0b", 3 }, "a\\x00b");
}
END_TEST

START_TEST(a_character_is_not_completed_beyond_the_end)
{
	assert_shown((struct slice){ "\303\266", 1 }, "\\xc3");
}
END_TEST

START_TEST(long_text_is_cut_after_80_characters)
{
	g_autofree char *fits = g_strnfill(80, 'x');
	g_autofree char *long_text = g_strnfill(81, 'x');
	g_autofree char *cut = g_strconcat(fits, "…", NULL);
	g_autofree char *umlauts = g_strdup("");

	assert_shown(slice_of(fits), fits);
	assert_shown(slice_of(long_text), cut);
	for (int i = 0; i < 80; i++) {
		char *longer = g_strconcat(umlauts, "ö", NULL);

		g_free(umlauts);
		umlauts = longer;
	}
	assert_shown(slice_of(umlauts), umlauts);
}
END_TEST

START_TEST(a_record_is_escaped_and_not_cut)
{
	g_autofree char *text = g_strnfill(500, 'x'), *line = g_strconcat(text, "\n", NULL);
	g_autofree char *shown = terminal_escape_whole(slice_of(line)),
			*wanted = g_strconcat(text, "\\x0a", NULL);

	ck_assert_str_eq(shown, wanted);
}
END_TEST

START_TEST(an_escape_is_not_cut_in_two)
{
	g_autofree char *almost = g_strnfill(77, 'x');
	g_autofree char *text = g_strconcat(almost, "\033[m", NULL);
	g_autofree char *cut = g_strconcat(almost, "…", NULL);

	assert_shown(slice_of(text), cut);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("terminal");
	TCase *tcase = tcase_create("terminal");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_test(tcase, ordinary_text_is_shown_as_it_is);
	tcase_add_test(tcase, what_a_terminal_obeys_is_shown_byte_by_byte);
	tcase_add_test(tcase, a_character_is_not_completed_beyond_the_end);
	tcase_add_test(tcase, long_text_is_cut_after_80_characters);
	tcase_add_test(tcase, a_record_is_escaped_and_not_cut);
	tcase_add_test(tcase, an_escape_is_not_cut_in_two);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "charts/palette.h"

static double contrast(enum ink ink, enum ink ground, gboolean dark)
{
	const struct palette_entry *a = palette_entry(ink), *b = palette_entry(ground);

	return dark ? palette_contrast(a->dark, b->dark) : palette_contrast(a->light, b->light);
}

static void assert_contrast(enum ink ink, enum ink ground, double least)
{
	for (int dark = 0; dark < 2; dark++)
		ck_assert_msg(contrast(ink, ground, dark) >= least, "%s on %s, %s: %.2f, not %.1f",
		              palette_entry(ink)->name, palette_entry(ground)->name,
		              dark ? "dark" : "light", contrast(ink, ground, dark), least);
}

START_TEST(black_on_white_has_the_contrast_of_21)
{
	ck_assert_double_eq_tol(palette_contrast(0x000000, 0xffffff), 21, 1e-9);
	ck_assert_double_eq_tol(palette_contrast(0x767676, 0xffffff), 4.54, 0.005);
}
END_TEST

START_TEST(text_is_legible_on_paper)
{
	static const enum ink inks[] = { INK_TEXT,     INK_MUTED,    INK_SERIES_1,
		                         INK_SERIES_2, INK_SERIES_3, INK_SERIES_4 };

	for (guint i = 0; i < G_N_ELEMENTS(inks); i++)
		assert_contrast(inks[i], INK_PAPER, 4.5);
}
END_TEST

START_TEST(text_is_legible_on_every_tint)
{
	for (guint tint = INK_TINT_1; tint <= INK_TINT_4; tint++)
		assert_contrast(INK_TEXT, tint, 4.5);
}
END_TEST

START_TEST(values_are_legible_on_every_step_of_the_heat_ramp)
{
	for (guint step = INK_HEAT_1; step <= INK_HEAT_4; step++)
		assert_contrast(INK_TEXT, step, 4.5);
	for (guint step = INK_HEAT_5; step <= INK_HEAT_7; step++)
		assert_contrast(INK_PAPER, step, 4.5);
}
END_TEST

START_TEST(marks_stand_out_from_paper)
{
	static const enum ink inks[] = { INK_SERIES_1, INK_SERIES_2, INK_SERIES_3, INK_SERIES_4,
		                         INK_QUIET };

	for (guint i = 0; i < G_N_ELEMENTS(inks); i++)
		assert_contrast(inks[i], INK_PAPER, 3);
}
END_TEST

START_TEST(lines_stand_out_from_their_own_tint)
{
	for (guint i = 0; i < 4; i++)
		assert_contrast(INK_SERIES_1 + i, INK_TINT_1 + i, 3);
}
END_TEST

START_TEST(the_heat_ramp_goes_one_way)
{
	for (guint step = INK_HEAT_1; step < INK_HEAT_7; step++) {
		const struct palette_entry *a = palette_entry(step), *b = palette_entry(step + 1);

		ck_assert_double_gt(palette_contrast(a->light, 0), palette_contrast(b->light, 0));
		ck_assert_double_lt(palette_contrast(a->dark, 0), palette_contrast(b->dark, 0));
	}
}
END_TEST

START_TEST(every_ink_has_a_name_of_its_own)
{
	for (guint i = INK_NONE + 1; i < INKS; i++) {
		ck_assert_uint_eq(palette_entry(i)->ink, i);
		for (guint j = INK_NONE + 1; j < i; j++)
			ck_assert_str_ne(palette_entry(i)->name, palette_entry(j)->name);
	}
}
END_TEST

START_TEST(the_style_sheet_is_dark_on_dark_screens_only)
{
	g_autofree char *css = palette_css();
	const char *light = strstr(css, "--series-1:#0072b2;");
	const char *media = strstr(css, "@media screen and (prefers-color-scheme:dark)");
	const char *dark = strstr(css, "--series-1:#55b3ea;");

	ck_assert(light && media && dark && light < media && media < dark);
	ck_assert_ptr_nonnull(
		strstr(css, ".fill-heat-7{fill:var(--heat-7)}.line-heat-7{stroke:var(--heat-7)}"));
	ck_assert_ptr_nonnull(strstr(css, "Arial,\"Liberation Sans\",Arimo,Helvetica,sans-serif"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("palette");
	TCase *tests = tcase_create("palette");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tests);
	tcase_add_test(tests, black_on_white_has_the_contrast_of_21);
	tcase_add_test(tests, text_is_legible_on_paper);
	tcase_add_test(tests, text_is_legible_on_every_tint);
	tcase_add_test(tests, values_are_legible_on_every_step_of_the_heat_ramp);
	tcase_add_test(tests, marks_stand_out_from_paper);
	tcase_add_test(tests, lines_stand_out_from_their_own_tint);
	tcase_add_test(tests, the_heat_ramp_goes_one_way);
	tcase_add_test(tests, every_ink_has_a_name_of_its_own);
	tcase_add_test(tests, the_style_sheet_is_dark_on_dark_screens_only);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "charts/palette.h"

/* WCAG 2: relative luminance and contrast. */
static double channel(guint32 rgb, int shift)
{
	double c = (rgb >> shift & 0xff) / 255.0;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(guint32 rgb)
{
	return 0.2126 * channel(rgb, 16) + 0.7152 * channel(rgb, 8) + 0.0722 * channel(rgb, 0);
}

static double contrast_of(guint32 a, guint32 b)
{
	double la = luminance(a), lb = luminance(b);

	return (MAX(la, lb) + 0.05) / (MIN(la, lb) + 0.05);
}

static double contrast(enum ink ink, enum ink ground, gboolean dark)
{
	const struct palette_entry *a = palette_entry(ink), *b = palette_entry(ground);

	return dark ? contrast_of(a->dark, b->dark) : contrast_of(a->light, b->light);
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
	ck_assert_double_eq_tol(contrast_of(0x000000, 0xffffff), 21, 1e-9);
	ck_assert_double_eq_tol(contrast_of(0x767676, 0xffffff), 4.54, 0.005);
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

		ck_assert_double_gt(luminance(a->light), luminance(b->light));
		ck_assert_double_lt(luminance(a->dark), luminance(b->dark));
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

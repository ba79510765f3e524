/* SPDX-License-Identifier: Apache-2.0 */
#include <cairo.h>
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "charts/canvas.h"
#include "charts/palette.h"

static const char hostile[] = "<script>alert(1)</script> &\"' ]]> <!--";

/* Everything that a drawing can hold, with this text wherever text can stand. */
static char *drawing(const char *text)
{
	struct canvas *canvas = canvas_svg_new(200, 100.5, "chart-1", text, text);
	struct canvas_point points[] = { { 1, 2 }, { 3.14159, -0.001 }, { 100, 50 } };
	struct stroke stroke = { INK_TINT_1, INK_SERIES_1, 1.5, TRUE, TRUE };
	struct lettering lettering = { 12, WEIGHT_BOLD, ANCHOR_END, INK_TEXT, TRUE };

	canvas->class->begin(canvas, text);
	canvas->class->rect(canvas, (struct box){ 1, 2, 3, 4 },
	                    (struct stroke){ .fill = INK_HEAT_3 });
	canvas->class->path(canvas, points, G_N_ELEMENTS(points), stroke);
	canvas->class->text(canvas, (struct canvas_point){ 10, 20 }, text, lettering);
	canvas->class->end(canvas);
	return canvas_svg_finish(canvas);
}

/* What a parser saw. */
struct seen {
	GString *names;      /* "svg title desc g …" */
	GString *text;       /* of <text> elements */
	GString *attributes; /* "name=value" lines */
};

static void see_element(GMarkupParseContext *context, const char *name, const char **names,
                        const char **values, gpointer data, GError **error)
{
	struct seen *seen = data;

	(void)context;
	(void)error;
	g_string_append_printf(seen->names, "%s ", name);
	for (guint i = 0; names[i]; i++)
		g_string_append_printf(seen->attributes, "%s=%s\n", names[i], values[i]);
}

static void see_text(GMarkupParseContext *context, const char *text, gsize length, gpointer data,
                     GError **error)
{
	struct seen *seen = data;

	(void)error;
	if (strcmp(g_markup_parse_context_get_element(context), "text") == 0)
		g_string_append_len(seen->text, text, (gssize)length);
}

static struct seen parse(const char *svg)
{
	static const GMarkupParser parser = { .start_element = see_element, .text = see_text };
	struct seen seen = { g_string_new(NULL), g_string_new(NULL), g_string_new(NULL) };
	GMarkupParseContext *context = g_markup_parse_context_new(&parser, 0, &seen, NULL);
	g_autoptr(GError) error = NULL;

	if (!g_markup_parse_context_parse(context, svg, -1, &error) ||
	    !g_markup_parse_context_end_parse(context, &error))
		ck_abort_msg("not well-formed: %s", error->message);
	g_markup_parse_context_free(context);
	return seen;
}

static void seen_clear(struct seen *seen)
{
	g_string_free(seen->names, TRUE);
	g_string_free(seen->text, TRUE);
	g_string_free(seen->attributes, TRUE);
}

START_TEST(a_drawing_is_well_formed_and_says_what_it_shows)
{
	g_autofree char *svg = drawing("Ten users");
	struct seen seen = parse(svg);

	ck_assert_str_eq(seen.names->str, "svg title desc g title rect path text ");
	ck_assert_str_eq(seen.text->str, "Ten users");
	ck_assert_ptr_nonnull(strstr(seen.attributes->str, "role=img\n"));
	ck_assert_ptr_nonnull(
		strstr(seen.attributes->str, "aria-labelledby=chart-1-title chart-1-desc\n"));
	ck_assert_ptr_nonnull(strstr(seen.attributes->str, "viewBox=0 0 200 100.5\n"));
	ck_assert_ptr_nonnull(strstr(seen.attributes->str, "class=fill-tint-1 line-series-1\n"));
	ck_assert_ptr_nonnull(strstr(seen.attributes->str, "d=M1,2 3.14,0 100,50Z\n"));
	seen_clear(&seen);
}
END_TEST

START_TEST(a_drawing_has_no_style_and_no_foreign_id)
{
	g_autofree char *svg = drawing(hostile);
	struct seen seen = parse(svg);
	g_auto(GStrv) lines = g_strsplit(seen.attributes->str, "\n", -1);

	for (guint i = 0; lines[i]; i++) {
		ck_assert_msg(!g_str_has_prefix(lines[i], "style=") &&
		                      !g_str_has_prefix(lines[i], "on"),
		              "%s", lines[i]);
		ck_assert(!g_str_has_prefix(lines[i], "id=") ||
		          g_str_has_prefix(lines[i], "id=chart-1-"));
	}
	seen_clear(&seen);
}
END_TEST

START_TEST(hostile_text_stays_text)
{
	g_autofree char *svg = drawing(hostile);
	struct seen seen = parse(svg);

	ck_assert_str_eq(seen.names->str, "svg title desc g title rect path text ");
	ck_assert_str_eq(seen.text->str, hostile);
	ck_assert_ptr_null(strstr(svg, "<script"));
	seen_clear(&seen);
}
END_TEST

START_TEST(text_is_cleaned)
{
	static const struct {
		const char *dirty, *clean;
	} cases[] = {
		{ NULL, "" },
		{ "", "" },
		{ "plain é 漢 −", "plain é 漢 −" },
		{ "a\tb\nc\rd", "a b c d" },
		{ "a\x01"
		  "b\x1b[31mc\x7f"
		  "d",
		  "ab[31mcd" },
		{ "a\xc2\x85"
		  "b",
		  "ab" }, /* C1: next line */
		{ "a\xe2\x80\xae"
		  "b\xe2\x81\xa6"
		  "c",
		  "abc" }, /* bidirectional override, isolate */
		{ "a\xef\xbf\xbe"
		  "b",
		  "ab" }, /* U+FFFE */
		{ "a\xff"
		  "b",
		  "a\xef\xbf\xbd"
		  "b" }, /* not UTF-8 */
	};

	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *clean = text_clean(cases[i].dirty);

		ck_assert_str_eq(clean, cases[i].clean);
	}
}
END_TEST

START_TEST(control_characters_do_not_reach_a_drawing)
{
	g_autofree char *svg = drawing("user\x01\x02_7\xff");
	struct seen seen = parse(svg);

	ck_assert_str_eq(seen.text->str, "user_7\xef\xbf\xbd");
	ck_assert_ptr_null(strstr(svg, "&#x"));
	seen_clear(&seen);
}
END_TEST

START_TEST(width_grows_with_text_size_and_weight)
{
	double width = text_width("node-hours", 12, WEIGHT_NORMAL);

	ck_assert_double_gt(width, 40);
	ck_assert_double_lt(width, 80);
	ck_assert_double_gt(text_width("node-hours a", 12, WEIGHT_NORMAL), width);
	ck_assert_double_gt(text_width("node-hours", 12, WEIGHT_BOLD), width);
	ck_assert_double_eq_tol(text_width("node-hours", 24, WEIGHT_NORMAL), 2 * width, 0.1);
	ck_assert_double_eq(text_width("", 12, WEIGHT_NORMAL), 0);
}
END_TEST

START_TEST(a_fitted_text_is_never_wider_than_asked)
{
	const char *text = "A label that nobody would call short, but somebody will write";

	for (double width = 0; width < 420; width += 7) {
		g_autofree char *fitted = text_fit(text, 12, WEIGHT_BOLD, width);

		ck_assert_double_le(text_width(fitted, 12, WEIGHT_BOLD), width);
		ck_assert(*fitted == '\0' || strcmp(fitted, text) == 0 ||
		          g_str_has_suffix(fitted, "…"));
		ck_assert_ptr_null(strstr(fitted, " …"));
	}
}
END_TEST

START_TEST(a_fitted_name_keeps_both_its_ends)
{
	const char *name = "college-of-engineering-mechanical-and-aerospace-17";

	for (double width = 40; width < 420; width += 7) {
		g_autofree char *fitted = text_fit_name(name, 12, WEIGHT_BOLD, width);

		ck_assert_double_le(text_width(fitted, 12, WEIGHT_BOLD), width);
		ck_assert(g_str_has_prefix(fitted, "co") && g_str_has_suffix(fitted, "17"));
	}
}
END_TEST

START_TEST(a_text_that_fits_is_left_alone)
{
	g_autofree char *fitted = text_fit("user_0001", 12, WEIGHT_NORMAL, 200);

	ck_assert_str_eq(fitted, "user_0001");
}
END_TEST

START_TEST(lines_hold_all_words_in_order)
{
	const char *text = "Too few jobs carry a measured use to say anything about the others";
	g_autoptr(GPtrArray) lines = text_lines(text, 12, WEIGHT_NORMAL, 150);
	g_autofree char *joined = NULL;

	ck_assert_uint_gt(lines->len, 2);
	for (guint i = 0; i < lines->len; i++)
		ck_assert_double_le(text_width(lines->pdata[i], 12, WEIGHT_NORMAL), 150);
	g_ptr_array_add(lines, NULL);
	joined = g_strjoinv(" ", (char **)lines->pdata);
	ck_assert_str_eq(joined, text);
}
END_TEST

/* The pixel of a 40 × 40 image on which `draw` has painted. */
static guint32 painted(void (*draw)(struct canvas *canvas), int x, int y)
{
	cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 40, 40);
	cairo_t *cairo = cairo_create(surface);
	struct canvas *canvas = canvas_cairo_new(cairo, 40, 40);
	guint32 pixel;

	draw(canvas);
	canvas_cairo_free(canvas);
	cairo_surface_flush(surface);
	pixel = *(guint32 *)(void *)(cairo_image_surface_get_data(surface) +
	                             y * cairo_image_surface_get_stride(surface) + 4 * x);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return pixel & 0xffffff;
}

static void draw_rect(struct canvas *canvas)
{
	canvas->class->rect(canvas, (struct box){ 10, 10, 20, 20 },
	                    (struct stroke){ .fill = INK_SERIES_2 });
}

static void draw_text_then_path(struct canvas *canvas)
{
	struct canvas_point points[] = { { 30, 0 }, { 40, 0 }, { 40, 40 }, { 30, 40 } };

	canvas->class->text(canvas, (struct canvas_point){ 2, 20 }, "i",
	                    (struct lettering){ 12, WEIGHT_NORMAL, ANCHOR_START, INK_TEXT, FALSE });
	canvas->class->path(canvas, points, 4,
	                    (struct stroke){ .fill = INK_SERIES_1, .closed = TRUE });
}

START_TEST(cairo_paints_with_the_light_palette)
{
	ck_assert_uint_eq(painted(draw_rect, 20, 20), palette_entry(INK_SERIES_2)->light);
	ck_assert_uint_eq(painted(draw_rect, 5, 20), 0);
}
END_TEST

START_TEST(a_text_leaves_no_point_for_the_next_path)
{
	ck_assert_uint_eq(painted(draw_text_then_path, 35, 20), palette_entry(INK_SERIES_1)->light);
	ck_assert_uint_eq(painted(draw_text_then_path, 20, 20), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("canvas");
	TCase *tests = tcase_create("canvas");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tests);
	tcase_add_test(tests, a_drawing_is_well_formed_and_says_what_it_shows);
	tcase_add_test(tests, a_drawing_has_no_style_and_no_foreign_id);
	tcase_add_test(tests, hostile_text_stays_text);
	tcase_add_test(tests, text_is_cleaned);
	tcase_add_test(tests, control_characters_do_not_reach_a_drawing);
	tcase_add_test(tests, width_grows_with_text_size_and_weight);
	tcase_add_test(tests, a_fitted_text_is_never_wider_than_asked);
	tcase_add_test(tests, a_fitted_name_keeps_both_its_ends);
	tcase_add_test(tests, a_text_that_fits_is_left_alone);
	tcase_add_test(tests, lines_hold_all_words_in_order);
	tcase_add_test(tests, cairo_paints_with_the_light_palette);
	tcase_add_test(tests, a_text_leaves_no_point_for_the_next_path);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

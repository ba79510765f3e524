/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "charts/chart.h"
#include "charts/labels.h"

#define NEW_YEAR 1735689600.0 /* 2025-01-01 */

/* A canvas that remembers where its texts stand. */
struct recorder {
	struct canvas canvas;
	GArray *boxes;    /* struct box */
	GPtrArray *texts; /* char * */
	guint marks;
	double top; /* of the highest rectangle */
	gboolean in_group;
};

static void record_point(struct canvas *canvas, double x, double y)
{
	/* Silent when it passes: Check pipes every ck_assert() to its parent, too slow here. */
	if (!(x >= -1 && y >= -1 && x <= canvas->width + 1 && y <= canvas->height + 1))
		ck_abort_msg("a mark at %f, %f outside %.0f × %.0f", x, y, canvas->width,
		             canvas->height);
}

static void record_rect(struct canvas *canvas, struct box box, struct stroke stroke)
{
	if (!(stroke.fill || stroke.line) || box.width < 0 || box.height < 0)
		ck_abort_msg("a rectangle that paints nothing");
	record_point(canvas, box.x, box.y);
	record_point(canvas, box.x + box.width, box.y + box.height);
	((struct recorder *)canvas)->marks++;
	((struct recorder *)canvas)->top = MIN(((struct recorder *)canvas)->top, box.y);
}

static void record_path(struct canvas *canvas, const struct canvas_point *points, guint count,
                        struct stroke stroke)
{
	ck_assert(stroke.fill || stroke.line);
	ck_assert_uint_gt(count, 0);
	for (guint i = 0; i < count; i++)
		record_point(canvas, points[i].x, points[i].y);
	((struct recorder *)canvas)->marks++;
}

static void record_text(struct canvas *canvas, struct canvas_point at, const char *text,
                        struct lettering lettering)
{
	struct recorder *recorder = (struct recorder *)canvas;
	struct box box = labels_box(at, text, lettering);

	ck_assert_double_ge(lettering.size, 11);
	ck_assert_ptr_nonnull(text);
	g_array_append_val(recorder->boxes, box);
	g_ptr_array_add(recorder->texts, g_strdup(text));
}

static void record_begin(struct canvas *canvas, const char *tooltip)
{
	struct recorder *recorder = (struct recorder *)canvas;

	(void)tooltip;
	ck_assert_msg(!recorder->in_group, "groups nest");
	recorder->in_group = TRUE;
}

static void record_end(struct canvas *canvas)
{
	((struct recorder *)canvas)->in_group = FALSE;
}

static void recorder_init(struct recorder *recorder, double width, double height)
{
	static const struct canvas_class class = { record_rect, record_path, record_text,
		                                   record_begin, record_end };

	*recorder = (struct recorder){ .canvas = { &class, width, height }, .top = height };
	recorder->boxes = g_array_new(FALSE, FALSE, sizeof(struct box));
	recorder->texts = g_ptr_array_new_with_free_func(g_free);
}

static void recorder_clear(struct recorder *recorder)
{
	g_array_unref(recorder->boxes);
	g_ptr_array_unref(recorder->texts);
}

static gboolean overlap(struct box a, struct box b)
{
	return a.x + 0.01 < b.x + b.width && b.x + 0.01 < a.x + a.width &&
	       a.y + 0.01 < b.y + b.height && b.y + 0.01 < a.y + a.height;
}

static void assert_texts_are_clear(const struct recorder *recorder, const char *what)
{
	const struct box *boxes = (const struct box *)recorder->boxes->data;
	char **texts = (char **)recorder->texts->pdata;

	for (guint i = 0; i < recorder->boxes->len; i++) {
		struct box box = boxes[i];

		if (box.x < -0.01 || box.y < -0.01 ||
		    box.x + box.width > recorder->canvas.width + 0.01 ||
		    box.y + box.height > recorder->canvas.height + 0.01)
			ck_abort_msg("%s: “%s” at %.1f, %.1f (%.1f wide) leaves %.0f × %.0f", what,
			             texts[i], box.x, box.y, box.width, recorder->canvas.width,
			             recorder->canvas.height);
		for (guint j = 0; j < i; j++)
			if (overlap(box, boxes[j]))
				ck_abort_msg("%s: “%s” over “%s” near %.1f, %.1f", what, texts[i],
				             texts[j], box.x, box.y);
	}
}

/* What the charts of a test hold. */
struct load {
	const char *name;
	guint series, points;
	double (*value)(guint series, guint point);
	const char *label, *value_text;
	gboolean strong, lines;
};

static double rising(guint series, guint point)
{
	return 10 + 3.0 * series + point;
}
static double nothing(guint series, guint point)
{
	(void)series;
	(void)point;
	return 0;
}
static double huge(guint series, guint point)
{
	return 1e9 * (1 + series) / (1 + point);
}
static double tiny(guint series, guint point)
{
	return 1e-7 * (1 + series + point);
}
static double level(guint series, guint point)
{
	(void)series;
	(void)point;
	return 42;
}
static double mixed(guint series, guint point)
{
	return (point % 2 ? -1 : 1) * (5.0 + point) + (series ? 1 : -1);
}
static double broken(guint series, guint point)
{
	(void)series;
	return point % 3 ? NAN : INFINITY;
}

static const char sixty[] = "A label of sixty characters, which is longer than anybody's x";

static const struct load loads[] = {
	{ "easy", 1, 12, rising, "user_0001", "12", FALSE, FALSE },
	{ "marked", 2, 12, rising, "Jan 2025", "1,234", TRUE, TRUE },
	{ "one point", 1, 1, rising, "Jan", "10", TRUE, TRUE },
	{ "zeros", 2, 6, nothing, "user_0001", "0", TRUE, TRUE },
	{ "huge", 3, 8, huge, "user_0001", "1,000,000,000", TRUE, TRUE },
	{ "tiny", 2, 8, tiny, "x", "0.0000001", FALSE, TRUE },
	{ "level", 3, 9, level, "same", "42", TRUE, TRUE },
	{ "signs", 2, 9, mixed, "user_0001", "−5", TRUE, FALSE },
	{ "not finite", 2, 6, broken, "x", "not known", TRUE, FALSE },
	{ "long labels", 3, 8, rising, sixty, sixty, TRUE, TRUE },
	{ "long and huge", 4, 24, huge, sixty, "$ 12,345,678,901,234.56", TRUE, TRUE },
	{ "no labels", 2, 12, rising, NULL, NULL, TRUE, TRUE },
	{ "empty labels", 2, 12, rising, "", "", TRUE, TRUE },
	{ "hostile", 2, 6, rising, "<b>&\"'\x01\xff\n</b>", "<i>&</i>", TRUE, TRUE },
	{ "wide", 7, 24, rising, "00", "100", TRUE, FALSE },
	{ "many series", 30, 4, rising, "group_01", "7", FALSE, TRUE },
	{ "many points", 1, 1200, rising, "x", "1", FALSE, TRUE },
};

static void add_lines(struct chart *chart, const struct load *load)
{
	for (guint i = 0; i < 4; i++)
		chart_line_add(chart, load->value(0, load->points / 2) + i * 0.01, FALSE,
		               load->label ? load->label : "P85: 41 nodes", INK_SERIES_2);
	for (guint i = 0; i < 3; i++)
		chart_line_add(chart, load->points / 2.0 + i * 0.1, TRUE,
		               load->label ? load->label : "optimum", INK_SERIES_4);
}

static struct chart *make(enum chart_kind kind, const struct load *load, gboolean time)
{
	struct chart *chart = chart_new(kind, "chart-7");

	chart->title = g_strdup("A finding");
	chart->description = g_strdup("What it shows");
	chart->x_title = g_strdup(load->label);
	chart->y_title = g_strdup(load->label);
	chart->x_time = time;
	chart->y_share = kind == CHART_AREA && load->value == level;
	if (kind == CHART_SCATTER && !time) {
		chart->x_log = chart->y_log = TRUE;
		chart->diagonal = g_strdup(load->label ? load->label : "as much as asked");
	}
	for (guint i = 0; i < load->series; i++) {
		struct chart_series *series =
			chart_series_add(chart, load->label, INK_SERIES_1 + i % 4);

		for (guint j = 0; j < load->points; j++) {
			double x = time ? NEW_YEAR + j * 86400.0 : j;
			struct chart_point *point = chart_point_add(series, x, load->value(i, j),
			                                            load->label, load->value_text);

			point->strong = load->strong && j % 5 == 0;
			point->total = j == 0 || j + 1 == load->points;
			point->tooltip = g_strdup(load->label);
		}
	}
	if (load->lines && !time)
		add_lines(chart, load);
	return chart;
}

static void draw_and_check(const struct chart *chart, double width, double height, const char *what)
{
	struct recorder recorder;

	recorder_init(&recorder, width, height);
	chart_draw(chart, &recorder.canvas);
	ck_assert_msg(recorder.marks > 0, "%s: nothing is drawn", what);
	ck_assert(!recorder.in_group);
	assert_texts_are_clear(&recorder, what);
	recorder_clear(&recorder);
}

START_TEST(no_text_is_clipped_or_over_another)
{
	static const double widths[] = { 320, 480, 500, 720, 1000 };
	const struct load *load = &loads[_i];

	for (int kind = 0; kind < CHART_KINDS; kind++)
		for (guint i = 0; i < G_N_ELEMENTS(widths); i++) {
			g_autofree char *what = g_strdup_printf("kind %d, %s, %.0f px", kind,
			                                        load->name, widths[i]);
			struct chart *chart = make(kind, load, i % 2);

			draw_and_check(chart, widths[i], chart_height(chart, widths[i]), what);
			draw_and_check(chart, widths[i], chart_least_height(chart, widths[i]),
			               what);
			chart_free(chart);
		}
}
END_TEST

static gboolean has_text(const struct recorder *recorder, const char *text)
{
	for (guint i = 0; i < recorder->texts->len; i++)
		if (strcmp(recorder->texts->pdata[i], text) == 0)
			return TRUE;
	return FALSE;
}

START_TEST(a_chart_with_too_little_data_is_a_sentence)
{
	for (int kind = 0; kind < CHART_KINDS; kind++) {
		struct chart *chart = make(kind, &loads[0], FALSE);
		struct recorder recorder;

		chart->thin = g_strdup("Only 3 jobs.");
		recorder_init(&recorder, 500, chart_height(chart, 500));
		chart_draw(chart, &recorder.canvas);
		ck_assert_uint_eq(recorder.texts->len, 1);
		ck_assert(has_text(&recorder, "Only 3 jobs."));
		recorder_clear(&recorder);
		chart_free(chart);
	}
}
END_TEST

START_TEST(a_chart_without_points_says_so)
{
	for (int kind = 0; kind < CHART_KINDS; kind++)
		for (guint series = 0; series < 3; series++) {
			struct load load = { "empty", series, 0, rising, "x", "1", FALSE, FALSE };
			struct chart *chart = make(kind, &load, FALSE);
			struct recorder recorder;

			recorder_init(&recorder, 500, chart_height(chart, 500));
			chart_draw(chart, &recorder.canvas);
			ck_assert(has_text(&recorder, "There is no data for this chart."));
			recorder_clear(&recorder);
			chart_free(chart);
		}
}
END_TEST

START_TEST(an_empty_series_beside_a_full_one_does_no_harm)
{
	for (int kind = 0; kind < CHART_KINDS; kind++)
		for (int first = 0; first < 2; first++) {
			struct load empty = { "empty", 1, 0, rising, "x", "1", FALSE, FALSE };
			struct chart *chart = make(kind, first ? &empty : &loads[0], FALSE);
			struct chart_series *series =
				chart_series_add(chart, "second", INK_SERIES_2);

			if (first)
				chart_point_add(series, 3, 7, "Jan", "7");
			draw_and_check(chart, 600, chart_height(chart, 600),
			               first ? "empty first" : "empty second");
			chart_free(chart);
		}
}
END_TEST

START_TEST(the_same_chart_gives_the_same_bytes)
{
	for (int kind = 0; kind < CHART_KINDS; kind++) {
		struct chart *one = make(kind, &loads[1], TRUE),
			     *other = make(kind, &loads[1], TRUE);
		g_autofree char *first = chart_svg(one, 720), *again = chart_svg(one, 720),
				*copy = chart_svg(other, 720);

		ck_assert_str_eq(first, again);
		ck_assert_str_eq(first, copy);
		chart_free(one);
		chart_free(other);
	}
}
END_TEST

START_TEST(every_svg_is_well_formed)
{
	static const GMarkupParser parser = { 0 };

	for (int kind = 0; kind < CHART_KINDS; kind++)
		for (guint i = 0; i < G_N_ELEMENTS(loads); i++) {
			struct chart *chart = make(kind, &loads[i], FALSE);
			g_autofree char *svg = chart_svg(chart, 640);
			GMarkupParseContext *context =
				g_markup_parse_context_new(&parser, 0, NULL, NULL);

			ck_assert_msg(g_markup_parse_context_parse(context, svg, -1, NULL) &&
			                      g_markup_parse_context_end_parse(context, NULL),
			              "kind %d, %s", kind, loads[i].name);
			ck_assert_ptr_null(strstr(svg, "nan"));
			ck_assert_ptr_null(strstr(svg, "style="));
			g_markup_parse_context_free(context);
			chart_free(chart);
		}
}
END_TEST

START_TEST(a_line_in_a_table_has_no_words_but_its_title_and_no_ids)
{
	struct chart *chart = chart_new(CHART_SPARK, NULL);
	struct chart_series *series = chart_series_add(chart, "not drawn", INK_SERIES_1);
	g_autofree char *svg = NULL;

	chart->title = g_strdup("From 1 to 3");
	for (guint i = 0; i < 13; i++)
		chart_point_add(series, i, i, "not drawn", "not drawn");
	svg = chart_svg(chart, CHART_SPARK_WIDTH);
	ck_assert_ptr_nonnull(strstr(svg, "role=\"img\""));
	ck_assert_ptr_nonnull(strstr(svg, "<title>From 1 to 3</title>"));
	ck_assert_ptr_null(strstr(svg, "id=\""));
	ck_assert_ptr_null(strstr(svg, "labelledby"));
	ck_assert_ptr_null(strstr(svg, "<desc"));
	ck_assert_ptr_null(strstr(svg, "not drawn"));
	ck_assert_uint_lt(strlen(svg), 2000);
	chart_free(chart);
}
END_TEST

/* From the lower edge of the drawing, less what is above it: half of the most is half as high. */
START_TEST(a_line_in_a_table_begins_at_nought)
{
	static const double values[] = { 100, 50, 0 };
	struct chart *chart = chart_new(CHART_SPARK, NULL);
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);
	g_autofree char *svg = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(values); i++)
		chart_point_add(series, i, values[i], NULL, NULL);
	svg = chart_svg(chart, 47);
	ck_assert_ptr_nonnull(strstr(svg, "d=\"M3.5,3.5 23.5,12 43.5,20.5\""));
	chart_free(chart);
}
END_TEST

START_TEST(a_year_of_hours_stays_below_60_kB)
{
	static const enum chart_kind kinds[] = { CHART_AREA, CHART_CURVE, CHART_MULTIPLES,
		                                 CHART_PARETO };

	for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
		struct chart *chart = chart_new(kinds[k], "year");
		struct chart_series *series = chart_series_add(chart, "busy", INK_SERIES_1);
		g_autofree char *svg = NULL;

		chart->x_time = kinds[k] != CHART_PARETO;
		for (guint i = 0; i < 8760; i++)
			chart_point_add(series, NEW_YEAR + i * 3600.0, i * 7919 % 131, NULL, NULL);
		svg = chart_svg(chart, 720);
		ck_assert_uint_lt(strlen(svg), 60000);
		chart_free(chart);
	}
}
END_TEST

START_TEST(names_and_values_are_printed_whole_where_there_is_room)
{
	static const enum chart_kind kinds[] = { CHART_BARS, CHART_STACK, CHART_WATERFALL,
		                                 CHART_RANGES };

	for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
		struct chart *chart = chart_new(kinds[k], "rows");
		struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);
		struct recorder recorder;

		chart_point_add(series, 0, 3, "Memory never used", "$482,000");
		chart_point_add(series, 1, 2, "Cores never used", "−$12,000");
		recorder_init(&recorder, 600, chart_height(chart, 600));
		chart_draw(chart, &recorder.canvas);
		ck_assert(has_text(&recorder, "Memory never used") &&
		          has_text(&recorder, "$482,000"));
		ck_assert(has_text(&recorder, "Cores never used") &&
		          has_text(&recorder, "−$12,000"));
		recorder_clear(&recorder);
		chart_free(chart);
	}
}
END_TEST

START_TEST(the_name_of_the_first_of_equal_bars_is_over_none)
{
	struct chart *chart = chart_new(CHART_PARETO, "equal");
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);
	struct recorder recorder;

	for (guint i = 0; i < 6; i++)
		chart_point_add(series, i, 3000, "user_0001", "3,000");
	recorder_init(&recorder, 600, chart_height(chart, 600));
	chart_draw(chart, &recorder.canvas);
	for (guint t = 0; t < recorder.texts->len; t++) {
		struct box box = g_array_index(recorder.boxes, struct box, t);

		if (g_str_equal(recorder.texts->pdata[t], "user_0001: 3,000"))
			ck_assert_double_le(box.y + box.height, recorder.top);
	}
	ck_assert(has_text(&recorder, "user_0001: 3,000"));
	recorder_clear(&recorder);
	chart_free(chart);
}
END_TEST

START_TEST(a_waterfall_of_few_steps_fills_what_room_it_is_given)
{
	struct chart *chart = chart_new(CHART_WATERFALL, "bridge");
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);
	struct recorder recorder;
	double height, lowest = 0;

	chart_point_add(series, 0, 3, "Today", "$3")->total = TRUE;
	chart_point_add(series, 1, -2, "Own fewer", "−$2");
	chart_point_add(series, 2, 1, "To pay", "$1")->total = TRUE;
	height = 1.4 * chart_height(chart, 400);
	recorder_init(&recorder, 400, height);
	chart_draw(chart, &recorder.canvas);
	for (guint i = 0; i < recorder.boxes->len; i++) {
		const struct box *box = &g_array_index(recorder.boxes, struct box, i);
		lowest = MAX(lowest, box->y + box->height);
	}
	ck_assert_double_gt(lowest, 0.8 * height);
	recorder_clear(&recorder);
	chart_free(chart);
}
END_TEST

START_TEST(groups_whose_names_begin_alike_are_told_apart)
{
	struct chart *chart = chart_new(CHART_MULTIPLES, "growth");
	struct recorder recorder;
	guint named = 0;

	for (guint g = 0; g < 6; g++) {
		g_autofree char *name =
			g_strdup_printf("college-of-engineering-mechanical-and-aerospace-%u", g);
		struct chart_series *series = chart_series_add(chart, name, INK_SERIES_1);
		for (guint i = 0; i < 4; i++)
			chart_point_add(series, i, i + g, NULL, NULL);
	}
	recorder_init(&recorder, 700, chart_height(chart, 700));
	chart_draw(chart, &recorder.canvas);
	for (guint i = 0; i < recorder.texts->len; i++) {
		named += g_str_has_prefix(recorder.texts->pdata[i], "college");
		for (guint j = 0; j < i; j++)
			ck_assert_msg(!g_str_has_prefix(recorder.texts->pdata[i], "college") ||
			                      strcmp(recorder.texts->pdata[i],
			                             recorder.texts->pdata[j]) != 0,
			              "two are called %s", (char *)recorder.texts->pdata[i]);
	}
	ck_assert_uint_eq(named, 6);
	recorder_clear(&recorder);
	chart_free(chart);
}
END_TEST

START_TEST(on_a_telephone_names_of_bars_and_ranges_are_whole_too)
{
	static const enum chart_kind kinds[] = { CHART_BARS, CHART_RANGES };
	static const char name[] = "Purchase of a node without cores and memory";

	for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
		struct chart *chart = chart_new(kinds[k], "prices");
		struct recorder recorder;

		chart_point_add(chart_series_add(chart, "low", INK_SERIES_1), 0, -3, name,
		                "−$11,400 at 3000");
		chart_point_add(chart_series_add(chart, "high", INK_SERIES_2), 0, 5, name,
		                "+$12,100 at 5000");
		recorder_init(&recorder, 340, chart_height(chart, 340));
		chart_draw(chart, &recorder.canvas);
		assert_texts_are_clear(&recorder, "prices");
		ck_assert(has_text(&recorder, name));
		ck_assert(has_text(&recorder, "−$11,400 at 3000"));
		ck_assert(has_text(&recorder, "+$12,100 at 5000"));
		recorder_clear(&recorder);
		chart_free(chart);
	}
}
END_TEST

START_TEST(a_name_too_long_for_its_line_stands_in_two)
{
	for (double width = 340; width < 600; width += 20) {
		struct chart *chart = chart_new(CHART_STACK, "ledger");
		struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);
		struct recorder recorder;

		chart_point_add(series, 0, 5, "memory alone asked beyond need", "4.5 %");
		chart_point_add(series, 1, 7, "idle CPUs and memory, only together", "12 %");
		recorder_init(&recorder, width, chart_height(chart, width));
		chart_draw(chart, &recorder.canvas);
		assert_texts_are_clear(&recorder, "ledger");
		for (guint i = 0; i < recorder.texts->len; i++)
			ck_assert_msg(!strstr(recorder.texts->pdata[i], "…"), "%.0f px: %s", width,
			              (char *)recorder.texts->pdata[i]);
		recorder_clear(&recorder);
		chart_free(chart);
	}
}
END_TEST

/* As high as it is, and as low as it can be. */
START_TEST(a_step_of_a_narrow_waterfall_is_named_in_full)
{
	for (int low = 0; low < 2; low++)
		for (double width = 240; width < 600; width += 20) {
			struct chart *chart = chart_new(CHART_WATERFALL, "bridge");
			struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);
			struct recorder recorder;

			chart_point_add(series, 0, 548, "Today", "$548,000")->total = TRUE;
			chart_point_add(series, 1, -96, "Rent nodes for all of the work there is",
			                "−$96,000");
			chart_point_add(series, 2, 452, "Net of these hours", "$452,000")->total =
				TRUE;
			recorder_init(&recorder, width,
			              low ? chart_least_height(chart, width)
			                  : chart_height(chart, width));
			chart_draw(chart, &recorder.canvas);
			assert_texts_are_clear(&recorder, "bridge");
			for (guint i = 0; i < recorder.texts->len; i++)
				ck_assert_msg(!strstr(recorder.texts->pdata[i], "…"), "%.0f px: %s",
				              width, (char *)recorder.texts->pdata[i]);
			recorder_clear(&recorder);
			chart_free(chart);
		}
}
END_TEST

START_TEST(bars_of_which_one_kind_is_nought_name_both)
{
	struct chart *chart = chart_new(CHART_BARS, "stranded");
	struct recorder recorder;

	chart_point_add(chart_series_add(chart, "CPUs left beside memory", INK_SERIES_1), 0, 0,
	                "64 cores, 250 GiB", "0 %");
	chart_point_add(chart_series_add(chart, "Memory left beside CPUs", INK_SERIES_2), 0, 5,
	                "64 cores, 250 GiB", "5 %");
	recorder_init(&recorder, 480, chart_height(chart, 480));
	chart_draw(chart, &recorder.canvas);
	ck_assert(has_text(&recorder, "CPUs left beside memory") &&
	          has_text(&recorder, "Memory left beside CPUs"));
	recorder_clear(&recorder);
	chart_free(chart);
}
END_TEST

static gboolean has_part(const struct recorder *recorder, const char *part)
{
	for (guint i = 0; i < recorder->texts->len; i++)
		if (strstr(recorder->texts->pdata[i], part))
			return TRUE;
	return FALSE;
}

/* What the charts print of a point: whole in a narrow chart beside a long name. */
START_TEST(an_amount_is_never_cut)
{
	static const enum chart_kind kinds[] = { CHART_BARS,   CHART_STACK,  CHART_WATERFALL,
		                                 CHART_RANGES, CHART_PARETO, CHART_MULTIPLES,
		                                 CHART_HEAT };
	static const double widths[] = { 320, 340, 394, 480, 900 };
	static const char amount[] = "−$1,234,567,890";

	for (guint k = 0; k < G_N_ELEMENTS(kinds); k++)
		for (guint series = 1; series <= 3; series++)
			for (guint i = 0; i < G_N_ELEMENTS(widths); i++) {
				const struct load load = {
					"amounts",
					series,
					5,
					kinds[k] == CHART_BARS || kinds[k] == CHART_WATERFALL
						? mixed : rising,
					sixty,
					amount,
					TRUE,
					FALSE
				};
				struct chart *chart = make(kinds[k], &load, FALSE);
				struct recorder recorder;

				recorder_init(&recorder, widths[i], chart_height(chart, widths[i]));
				chart_draw(chart, &recorder.canvas);
				assert_texts_are_clear(&recorder, "amounts");
				for (guint t = 0; t < recorder.texts->len; t++)
					ck_assert_msg(!strstr(recorder.texts->pdata[t], "−$1") ||
					                      strstr(recorder.texts->pdata[t],
					                             amount),
					              "kind %d, %u series, %.0f px: %s", kinds[k],
					              series, widths[i],
					              (char *)recorder.texts->pdata[t]);
				ck_assert(has_part(&recorder, amount));
				recorder_clear(&recorder);
				chart_free(chart);
			}
}
END_TEST

static struct chart *heat_of(const char *const *names, guint count)
{
	struct chart *chart = chart_new(CHART_HEAT, "waits");

	for (guint row = 0; row < 3; row++) {
		struct chart_series *series = chart_series_add(chart, "257–1024 cores",
		                                               INK_SERIES_1);

		for (guint i = 0; i < count; i++)
			chart_point_add(series, i, row + i, names[i], "100 %");
	}
	return chart;
}

static void assert_names(const struct chart *chart, double width, const char *const *names,
                         guint count)
{
	struct recorder recorder;

	recorder_init(&recorder, width, chart_height(chart, width));
	chart_draw(chart, &recorder.canvas);
	assert_texts_are_clear(&recorder, "waits");
	for (guint i = 0; i < count; i++)
		ck_assert_msg(has_part(&recorder, names[i]), "%.0f px: no %s", width, names[i]);
	recorder_clear(&recorder);
}

START_TEST(a_heat_map_names_its_first_and_last_column_and_all_where_lines_are_enough)
{
	static const char *const lengths[] = { "under 1 min", "1–5 min", "5–60 min", "1–6 h",
		                               "6–24 h", "1–7 days", "a week and more", "all" };
	static const char *const pieces[] = { "under", "1–5",  "5–60", "1–6", "6–24",
		                              "1–7",   "week", "more", "all" };
	static const char *const ends[] = { "under 1 min", "all" }, *const hours[] = { "00", "23" };
	char texts[24][3];
	const char *names[24];
	struct chart *chart = heat_of(lengths, G_N_ELEMENTS(lengths));

	assert_names(chart, 900, pieces, G_N_ELEMENTS(pieces));
	assert_names(chart, 500, pieces, G_N_ELEMENTS(pieces));
	assert_names(chart, 340, ends, 2);
	chart_free(chart);
	for (guint i = 0; i < 24; i++)
		names[i] = (g_snprintf(texts[i], sizeof texts[i], "%02u", i), texts[i]);
	chart = heat_of(names, 24);
	for (double width = 320; width <= 900; width += 58)
		assert_names(chart, width, hours, 2);
	chart_free(chart);
}
END_TEST

START_TEST(what_a_heat_map_does_not_tell_is_no_end_of_its_scale)
{
	static const char *const names[] = { "0–10 %",  "10–20 %", "20–30 %", "30–40 %",
		                             "40–50 %", "50–60 %", "60–70 %", "70–80 %" };
	struct chart *chart = chart_new(CHART_HEAT, "waits");
	struct chart_series *series = chart_series_add(chart, "257–1024 cores", INK_SERIES_1);
	struct recorder recorder;

	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		chart_point_add(series, i, i == 3 ? -1.0 : (double)i, names[i],
		                i == 3   ? "–"
		                : i == 0 ? "12,345"
		                         : "98,765");
	recorder_init(&recorder, 340, chart_height(chart, 340));
	chart_draw(chart, &recorder.canvas);
	ck_assert(has_part(&recorder, "12,345"));
	ck_assert(has_part(&recorder, "98,765"));
	for (guint t = 0; t < recorder.texts->len; t++)
		ck_assert_str_ne(recorder.texts->pdata[t], "–");
	recorder_clear(&recorder);
	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		g_array_index(series->points, struct chart_point, i).y = -1;
	recorder_init(&recorder, 340, chart_height(chart, 340));
	chart_draw(chart, &recorder.canvas);
	ck_assert(!has_part(&recorder, "12,345"));
	recorder_clear(&recorder);
	chart_free(chart);
}
END_TEST

START_TEST(a_range_has_its_three_values_and_what_each_is)
{
	static const char *const names[] = { "low", "expected", "high" };
	static const double widths[] = { 340, 900 };

	for (guint i = 0; i < G_N_ELEMENTS(widths); i++) {
		struct chart *chart = chart_new(CHART_RANGES, "money");
		struct recorder recorder;

		for (guint s = 0; s < 3; s++) {
			struct chart_series *series =
				chart_series_add(chart, names[s], INK_SERIES_1);

			chart_point_add(series, 0, s * 1e9, "Saving", names[s]);
			chart_point_add(series, 1, 7, "All equal", "$7");
		}
		recorder_init(&recorder, widths[i], chart_height(chart, widths[i]));
		chart_draw(chart, &recorder.canvas);
		assert_texts_are_clear(&recorder, "money");
		for (guint s = 0; s < 3; s++)
			ck_assert(has_text(&recorder, names[s]));
		/* Headings, names, and a value each: $7 thrice. */
		ck_assert_uint_ge(recorder.texts->len, 3 + 2 + 6);
		recorder_clear(&recorder);
		chart_free(chart);
	}
}
END_TEST

START_TEST(marked_lines_are_labelled)
{
	static const enum chart_kind kinds[] = { CHART_AREA, CHART_CURVE, CHART_COLUMNS };

	for (guint k = 0; k < G_N_ELEMENTS(kinds); k++) {
		struct chart *chart = make(kinds[k], &loads[0], FALSE);
		struct recorder recorder;

		chart_line_add(chart, 15, FALSE, "P85: 15 nodes", INK_SERIES_2);
		chart_line_add(chart, 15.2, FALSE, "optimum: 15.2", INK_SERIES_3);
		recorder_init(&recorder, 600, chart_height(chart, 600));
		chart_draw(chart, &recorder.canvas);
		ck_assert(has_text(&recorder, "P85: 15 nodes"));
		ck_assert(has_text(&recorder, "optimum: 15.2"));
		recorder_clear(&recorder);
		chart_free(chart);
	}
}
END_TEST

static double left_of(const struct recorder *recorder, const char *text)
{
	for (guint i = 0; i < recorder->texts->len; i++)
		if (g_str_equal(recorder->texts->pdata[i], text))
			return g_array_index(recorder->boxes, struct box, i).x;
	ck_abort_msg("%s is not there", text);
}

START_TEST(a_year_that_begins_with_its_first_job_has_its_january)
{
	struct chart *chart = chart_new(CHART_AREA, "year");
	struct chart_series *series = chart_series_add(chart, "busy", INK_SERIES_1);
	struct recorder recorder;

	chart->x_time = TRUE;
	for (guint i = 0; i < 8760; i++)
		chart_point_add(series, NEW_YEAR + 900 + i * 3600.0, i % 131, NULL, NULL);
	recorder_init(&recorder, 900, chart_height(chart, 900));
	chart_draw(chart, &recorder.canvas);
	ck_assert(has_text(&recorder, "Jan"));
	recorder_clear(&recorder);
	chart_free(chart);
}
END_TEST

/* Half as wide as the one page is, where there is no room between the lines. */
START_TEST(a_line_of_the_one_page_is_labelled_beside_the_picture)
{
	struct chart *chart = make(CHART_AREA, &loads[0], FALSE);
	struct recorder recorder;

	chart_line_add(chart, 17.92, FALSE, "owned: 1,792", INK_SERIES_3);
	chart_line_add(chart, 15.36, FALSE, "best to own: 1,536", INK_SERIES_3);
	recorder_init(&recorder, 365, 150);
	chart_draw(chart, &recorder.canvas);
	ck_assert_double_eq_tol(left_of(&recorder, "best to own: 1,536"),
	                        left_of(&recorder, "owned: 1,792"), 0.01);
	recorder_clear(&recorder);
	chart_free(chart);
}
END_TEST

/* A few nodes, and a few of what may be half as well. */
START_TEST(between_whole_numbers_there_are_no_ticks)
{
	static const double steps[] = { 1, 0.5 };

	for (guint s = 0; s < G_N_ELEMENTS(steps); s++) {
		struct chart *chart = chart_new(CHART_CURVE, "few");
		struct chart_series *series = chart_series_add(chart, "Cost", INK_SERIES_1);
		struct recorder recorder;

		for (double x = 5; x <= 8; x += steps[s])
			chart_point_add(series, x, 100 / x, NULL, NULL);
		recorder_init(&recorder, 600, chart_height(chart, 600));
		chart_draw(chart, &recorder.canvas);
		ck_assert(has_text(&recorder, s == 0 ? "6" : "6.0"));
		ck_assert(has_text(&recorder, "5.5") == (s > 0));
		recorder_clear(&recorder);
		chart_free(chart);
	}
}
END_TEST

static struct chart *cloud_of(guint count, double (*value)(guint series, guint point),
                              gboolean strong)
{
	struct chart *chart = chart_new(CHART_SCATTER, "cloud");
	struct chart_series *series = chart_series_add(chart, "users", INK_SERIES_1);

	chart->x_log = chart->y_log = TRUE;
	chart->diagonal = g_strdup("as much as asked");
	for (guint i = 0; i < count; i++) {
		g_autofree char *name = g_strdup_printf("user_%04u", i + 1);

		chart_point_add(series, value(0, i), value(1, i), name, NULL)->strong = strong;
	}
	return chart;
}

START_TEST(a_scatter_draws_at_most_three_hundred_marks)
{
	static const double widths[] = { 340, 900 };

	for (guint i = 0; i < G_N_ELEMENTS(widths); i++) {
		struct chart *few = cloud_of(300, huge, FALSE), *many = cloud_of(2000, huge, FALSE);
		g_autofree char *three_hundred = chart_svg(few, widths[i]),
				*thousands = chart_svg(many, widths[i]);

		ck_assert_str_eq(three_hundred, thousands);
		chart_free(few);
		chart_free(many);
	}
}
END_TEST

START_TEST(a_scatter_of_one_value_or_of_noughts_is_drawn_inside_its_frame)
{
	static double (*const values[])(guint, guint) = { level, nothing, tiny,
		                                          huge,  broken,  mixed };

	for (guint i = 0; i < G_N_ELEMENTS(values); i++)
		for (guint count = 1; count <= 9; count += 8) {
			struct chart *chart = cloud_of(count, values[i], TRUE);
			g_autofree char *what = g_strdup_printf("values %u, %u of them", i, count);

			draw_and_check(chart, 340, chart_height(chart, 340), what);
			draw_and_check(chart, 900, chart_height(chart, 900), what);
			chart_free(chart);
		}
}
END_TEST

START_TEST(a_few_strong_points_are_labelled_and_the_diagonal_is)
{
	struct chart *chart = cloud_of(3, huge, TRUE);
	struct recorder recorder;

	recorder_init(&recorder, 600, chart_height(chart, 600));
	chart_draw(chart, &recorder.canvas);
	ck_assert(has_text(&recorder, "user_0001") && has_text(&recorder, "user_0003"));
	ck_assert(has_text(&recorder, "as much as asked"));
	ck_assert(has_text(&recorder, "users"));
	recorder_clear(&recorder);
	chart_free(chart);
}
END_TEST

/* The widest rectangle of an ink: bars are compared by it. */
struct widest {
	struct canvas canvas;
	double width[INKS];
};

static void widest_rect(struct canvas *canvas, struct box box, struct stroke stroke)
{
	struct widest *widest = (struct widest *)canvas;

	widest->width[stroke.fill] = MAX(widest->width[stroke.fill], box.width);
}

static void ignore_path(struct canvas *canvas, const struct canvas_point *points, guint count,
                        struct stroke stroke)
{
	(void)canvas;
	(void)points;
	(void)count;
	(void)stroke;
}

static void ignore_text(struct canvas *canvas, struct canvas_point at, const char *text,
                        struct lettering lettering)
{
	(void)canvas;
	(void)at;
	(void)text;
	(void)lettering;
}

static void ignore_begin(struct canvas *canvas, const char *tooltip)
{
	(void)canvas;
	(void)tooltip;
}
static void ignore_end(struct canvas *canvas)
{
	(void)canvas;
}

START_TEST(bars_are_as_long_as_their_values_from_zero)
{
	static const struct canvas_class class = { widest_rect, ignore_path, ignore_text,
		                                   ignore_begin, ignore_end };
	struct widest widest = { .canvas = { &class, 600, 200 } };
	struct chart *chart = chart_new(CHART_BARS, "bars");
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_2);

	chart_point_add(series, 0, 900, "a", "900")->strong = TRUE;
	chart_point_add(series, 1, 300, "b", "300");
	chart_draw(chart, &widest.canvas);
	ck_assert_double_gt(widest.width[INK_SERIES_2], 300);
	ck_assert_double_eq_tol(widest.width[INK_QUIET] * 3, widest.width[INK_SERIES_2], 0.01);
	chart_free(chart);
}
END_TEST

START_TEST(on_a_telephone_a_tornado_is_as_wide_as_it)
{
	static const struct canvas_class class = { widest_rect, ignore_path, ignore_text,
		                                   ignore_begin, ignore_end };
	struct chart *chart = chart_new(CHART_BARS, "prices");
	struct widest widest = { .canvas = { &class, 280, 0 } };

	chart_point_add(chart_series_add(chart, "low", INK_SERIES_1), 0, -30,
	                "Purchase of a node without cores and memory", "−$29,600 at $0.06");
	chart_point_add(chart_series_add(chart, "high", INK_SERIES_2), 0, 45,
	                "Purchase of a node without cores and memory", "+$44,800 at $0.025");
	widest.canvas.height = chart_height(chart, 280);
	chart_draw(chart, &widest.canvas);
	ck_assert_double_eq_tol(widest.width[INK_SERIES_1] + widest.width[INK_SERIES_2], 280, 0.01);
	chart_free(chart);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("chart");
	TCase *tests = tcase_create("chart");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tests);
	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests, no_text_is_clipped_or_over_another, 0, G_N_ELEMENTS(loads));
	tcase_add_test(tests, a_chart_with_too_little_data_is_a_sentence);
	tcase_add_test(tests, a_chart_without_points_says_so);
	tcase_add_test(tests, an_empty_series_beside_a_full_one_does_no_harm);
	tcase_add_test(tests, the_same_chart_gives_the_same_bytes);
	tcase_add_test(tests, every_svg_is_well_formed);
	tcase_add_test(tests, a_line_in_a_table_has_no_words_but_its_title_and_no_ids);
	tcase_add_test(tests, a_line_in_a_table_begins_at_nought);
	tcase_add_test(tests, a_year_of_hours_stays_below_60_kB);
	tcase_add_test(tests, names_and_values_are_printed_whole_where_there_is_room);
	tcase_add_test(tests, the_name_of_the_first_of_equal_bars_is_over_none);
	tcase_add_test(tests, a_waterfall_of_few_steps_fills_what_room_it_is_given);
	tcase_add_test(tests, groups_whose_names_begin_alike_are_told_apart);
	tcase_add_test(tests, on_a_telephone_names_of_bars_and_ranges_are_whole_too);
	tcase_add_test(tests, a_name_too_long_for_its_line_stands_in_two);
	tcase_add_test(tests, a_step_of_a_narrow_waterfall_is_named_in_full);
	tcase_add_test(tests, bars_of_which_one_kind_is_nought_name_both);
	tcase_add_test(tests, an_amount_is_never_cut);
	tcase_add_test(tests,
	               a_heat_map_names_its_first_and_last_column_and_all_where_lines_are_enough);
	tcase_add_test(tests, what_a_heat_map_does_not_tell_is_no_end_of_its_scale);
	tcase_add_test(tests, a_range_has_its_three_values_and_what_each_is);
	tcase_add_test(tests, a_year_that_begins_with_its_first_job_has_its_january);
	tcase_add_test(tests, marked_lines_are_labelled);
	tcase_add_test(tests, a_line_of_the_one_page_is_labelled_beside_the_picture);
	tcase_add_test(tests, between_whole_numbers_there_are_no_ticks);
	tcase_add_test(tests, a_scatter_draws_at_most_three_hundred_marks);
	tcase_add_test(tests, a_scatter_of_one_value_or_of_noughts_is_drawn_inside_its_frame);
	tcase_add_test(tests, a_few_strong_points_are_labelled_and_the_diagonal_is);
	tcase_add_test(tests, bars_are_as_long_as_their_values_from_zero);
	tcase_add_test(tests, on_a_telephone_a_tornado_is_as_wide_as_it);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

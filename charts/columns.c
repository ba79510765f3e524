/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "charts/frame.h"
#include "charts/kind.h"
#include "charts/paint.h"

#define LINE 14.0 /* of the names below the columns */

static double columns_height(const struct chart *chart, double width)
{
	return CLAMP(width * 0.4, 230, 320) + (chart->y_title ? 16 : 0) + (chart->x_title ? 18 : 0);
}

static const struct chart_series *longest_series(const struct chart *chart)
{
	const struct chart_series *longest = chart_series_at(chart, 0);

	for (guint i = 1; i < chart->series->len; i++)
		if (chart_series_at(chart, i)->points->len > longest->points->len)
			longest = chart_series_at(chart, i);
	return longest;
}

/* Where series i begins in a column: what those before it pile up on the same side of zero. */
static double stacked_below(const struct chart *chart, guint i, guint column, gboolean negative)
{
	double below = 0;

	for (guint j = 0; j < i; j++) {
		const struct chart_series *series = chart_series_at(chart, j);
		double y = column < series->points->len ? series_point_at(series, column)->y : 0;

		if ((y < 0) == negative)
			below += y;
	}
	return below;
}

static double widest_name(const struct chart_series *series)
{
	double widest = 0;

	for (guint i = 0; i < series->points->len; i++)
		widest = MAX(widest, text_width(series_point_at(series, i)->label, SIZE_SMALL,
		                                WEIGHT_NORMAL));
	return widest;
}

static void plan_stacks(const struct chart *chart, struct frame_plan *plan)
{
	guint columns = longest_series(chart)->points->len;

	for (guint column = 0; column < columns; column++) {
		plan->y_high =
			MAX(plan->y_high, stacked_below(chart, chart->series->len, column, FALSE));
		plan->y_low =
			MIN(plan->y_low, stacked_below(chart, chart->series->len, column, TRUE));
	}
	plan->y_high += 0.06 * (plan->y_high - plan->y_low); /* for values above the columns */
	if (plan->y_low < 0)
		plan->y_low -=
			0.1 * (plan->y_high - plan->y_low); /* for values below the columns */
	plan->x_kind = AXIS_NUMBER;
	plan->x_low = -0.5;
	plan->x_high = columns - 0.5;
	plan->x_bare = TRUE;
	if (chart->series->len > 1)
		for (guint i = 0; i < chart->series->len; i++)
			plan->right = frame_end_room(plan, chart_series_at(chart, i)->label);
	plan->below =
		8 + LINE * (widest_name(longest_series(chart)) <= plan->area.width * 0.8 / columns
	                            ? 1
	                            : 2);
}

static double pitch_of(const struct frame *frame)
{
	return frame->plot.width / (frame->x.high - frame->x.low);
}

static void draw_column(const struct frame *frame, const struct chart *chart, guint i, guint column,
                        enum ink ink)
{
	const struct chart_series *series = chart_series_at(chart, i);
	const struct chart_point *point = series_point_at(series, column);
	double below = stacked_below(chart, i, column, point->y < 0);
	double thickness = MIN(pitch_of(frame) * 0.72, 56);
	struct canvas_point base = frame_at(frame, column, below),
			    top = frame_at(frame, column, below + point->y);
	double gap = i > 0 && base.y - top.y > 3 ? 1 : 0;

	frame->canvas->class->begin(frame->canvas, point->tooltip);
	if (point->y != 0)
		paint_rect(frame->canvas, base.x - thickness / 2, base.y - gap,
		           (struct canvas_point){ thickness, top.y - base.y + gap }, ink);
	frame->canvas->class->end(frame->canvas);
}

static void draw_columns(const struct frame *frame, const struct chart *chart)
{
	gboolean stand_back = chart->series->len == 1 && chart_has_strong(chart);

	for (guint i = 0; i < chart->series->len; i++) {
		const struct chart_series *series = chart_series_at(chart, i);

		for (guint column = 0; column < series->points->len; column++)
			draw_column(frame, chart, i, column,
			            stand_back && !series_point_at(series, column)->strong
			                    ? INK_QUIET
			                    : series->ink);
	}
}

/* Values over the columns: all when each fits over its own, else those of emphasised ones only. */
static void draw_values(struct frame *frame, const struct chart_series *series)
{
	double pitch = pitch_of(frame);
	gboolean all = TRUE;

	for (guint i = 0; i < series->points->len; i++) {
		const char *text = series_point_at(series, i)->value_text;

		all = all && (!text || text_width(text, SIZE_SMALL, WEIGHT_BOLD) <= pitch - 6);
	}
	for (guint i = 0; i < series->points->len; i++) {
		const struct chart_point *point = series_point_at(series, i);
		struct canvas_point at = frame_at(frame, i, point->y);
		struct lettering lettering = { SIZE_SMALL,
			                       point->strong ? WEIGHT_BOLD : WEIGHT_NORMAL,
			                       ANCHOR_MIDDLE, INK_TEXT, TRUE };
		struct place place = { at.x, at.y + (point->y < 0 ? SIZE_SMALL + 3 : -5),
			               ANCHOR_MIDDLE };
		g_autoptr(GArray) places = g_array_new(FALSE, FALSE, sizeof(struct place));

		g_array_append_val(places, place);
		if (point->value_text && *point->value_text && (all || point->strong))
			labels_place(&frame->labels, places, point->value_text, lettering);
	}
}

/* The lines that the widest name needs at this width: 1, 2, or 0 when even two are too few. */
static guint lines_needed(const struct chart_series *series, double width)
{
	guint needed = 1;

	for (guint i = 0; i < series->points->len && needed > 0; i++) {
		const char *label = series_point_at(series, i)->label;
		g_autoptr(GPtrArray) lines = text_lines(label, SIZE_SMALL, WEIGHT_NORMAL, width);
		gboolean cut = FALSE;

		for (guint j = 0; j < lines->len; j++)
			cut = cut || (g_str_has_suffix(lines->pdata[j], "…") &&
			              !g_str_has_suffix(label, "…"));
		needed = cut || lines->len > 2 ? 0 : MAX(needed, lines->len);
	}
	return needed;
}

static double widest_word(const struct chart_series *series)
{
	double widest = 0;

	for (guint i = 0; i < series->points->len; i++) {
		const char *label = series_point_at(series, i)->label;
		g_auto(GStrv) words = g_strsplit(label ? label : "", " ", -1);

		for (guint j = 0; words[j]; j++)
			widest = MAX(widest, text_width(words[j], SIZE_SMALL, WEIGHT_NORMAL));
	}
	return widest;
}

/* Below each column in one line or two; where neither fits, below every n-th, cut at 96 px. */
static void draw_names(struct frame *frame, const struct chart_series *series, double below)
{
	struct lettering lettering = lettering_of(SIZE_SMALL, INK_MUTED);
	double pitch = pitch_of(frame), bottom = frame->plot.y + frame->plot.height;
	double room = pitch - 4, word = widest_word(series);
	guint stride = 1, lines_there = (guint)(below / LINE), needed = lines_needed(series, room);

	if (needed == 2 && lines_there == 2 && lines_needed(series, word) == 2)
		room = word; /* so that all break alike */
	if (needed == 0 || needed > lines_there) {
		room = MAX(MIN(widest_name(series), 96), room);
		stride = (guint)ceil((room + 8) / pitch);
		lines_there = 1;
	}
	lettering.anchor = ANCHOR_MIDDLE;
	for (guint i = 0; i < series->points->len; i += stride) {
		const struct chart_point *point = series_point_at(series, i);
		double x = axis_at(&frame->x, i);
		double inside = MIN(room, 2 * MIN(x, frame->canvas->width - x));
		g_autoptr(GPtrArray) lines =
			text_lines(point->label, SIZE_SMALL, WEIGHT_NORMAL, inside);

		if (lines_there == 1)
			paint_fit(frame->canvas, (struct canvas_point){ x, bottom + 16 },
			          point->label, lettering, inside);
		for (guint j = 0; j < MIN(lines->len, 2) && lines_there > 1; j++)
			paint_text(frame->canvas, x, bottom + 16 + j * LINE, lines->pdata[j],
			           lettering);
	}
}

/* The names of stacked series stand beside their part of the last column. */
static void draw_ends(struct frame *frame, const struct chart *chart)
{
	g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(struct frame_end));

	for (guint i = 0; i < chart->series->len; i++) {
		const struct chart_series *series = chart_series_at(chart, i);
		guint last = longest_series(chart)->points->len - 1;
		double y = last < series->points->len ? series_point_at(series, last)->y : 0;
		double middle = stacked_below(chart, i, last, y < 0) + y / 2;
		struct frame_end end = { axis_at(&frame->y, middle), series->label, series->ink };

		g_array_append_val(ends, end);
	}
	frame_ends(frame, ends);
}

static void columns_draw(const struct chart *chart, struct canvas *canvas)
{
	struct frame_plan plan =
		frame_plan_of(chart, (struct box){ 0, 0, canvas->width, canvas->height });
	struct frame frame;

	plan_stacks(chart, &plan);
	frame_init(&frame, canvas, &plan);
	/* A value may stand in the air over the highest column. */
	frame.labels.bounds.y -= 16;
	frame.labels.bounds.height += 16;
	draw_columns(&frame, chart);
	paint_hairline(canvas, frame_at(&frame, frame.x.low, 0), frame_at(&frame, frame.x.high, 0),
	               INK_MUTED);
	if (chart->series->len == 1)
		draw_values(&frame, chart_series_at(chart, 0));
	else
		draw_ends(&frame, chart);
	frame_lines(&frame, chart, NULL);
	draw_names(&frame, longest_series(chart), plan.below);
	frame_clear(&frame);
}

const struct kind columns_kind = { .height = columns_height, .draw = columns_draw, .least = 0.5 };

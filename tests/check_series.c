/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/series.h"

#include <string.h>

#include "fixture_jobs.h"

static void assert_values(const struct series *series, gint64 from, gint64 to,
                          const gint64 *expected, gsize length)
{
	gsize count;
	g_autofree gint64 *values = series_values(series, from, to, &count);
	ck_assert_uint_eq(count, length);
	for (gsize i = 0; i < count; i++)
		ck_assert_msg(values[i] == expected[i],
		              "step %zu: %" G_GINT64_FORMAT ", not %" G_GINT64_FORMAT, i, values[i],
		              expected[i]);
}

START_TEST(a_minute_holds_its_own_seconds)
{
	struct series *series = series_new(60);
	/* 2 from second 30 to second 90: half a minute of the first minute, half of the second. */
	series_add(series, 30, 90, 2);
	assert_values(series, 0, 180, (gint64[]){ 60, 60, 0 }, 3);
	/* 5 for one second in the third minute. */
	series_add(series, 120, 121, 5);
	assert_values(series, 0, 180, (gint64[]){ 60, 60, 5 }, 3);
	/* 1 for three whole minutes. */
	series_add(series, 0, 180, 1);
	assert_values(series, 0, 180, (gint64[]){ 120, 120, 65 }, 3);
	series_free(series);
}
END_TEST

START_TEST(what_happens_is_counted_in_its_minute_alone)
{
	struct bundle *bundle = bundle_new(60, 2), *other = bundle_new(60, 2);
	struct series_edge first = series_edge(60, T0), last = series_edge(60, T0 + 119),
			   midnight = series_edge(60, T0 + DAY - 1);
	bundle_mark(bundle, &first, 1);
	bundle_mark(bundle, &last, 1);
	bundle_mark(bundle, &midnight, 1);
	bundle_mark(other, &last, 1);
	bundle_mark(other, &last, 0);
	bundle_merge(bundle, other);
	assert_values(bundle_series(bundle, 1), T0, T0 + 180, (gint64[]){ 1, 2, 0 }, 3);
	assert_values(bundle_series(bundle, 0), T0, T0 + 180, (gint64[]){ 0, 1, 0 }, 3);
	assert_values(bundle_series(bundle, 1), T0 + DAY - 60, T0 + DAY + 60, (gint64[]){ 1, 0 },
	              2);
	bundle_free(bundle);
	bundle_free(other);
}
END_TEST

START_TEST(midnight_is_like_any_other_minute)
{
	struct series *series = series_new(60);
	/* 3 for ten seconds before midnight and twenty after. */
	series_add(series, T0 + DAY - 10, T0 + DAY + 20, 3);
	assert_values(series, T0 + DAY - 120, T0 + DAY + 120, (gint64[]){ 0, 30, 60, 0 }, 4);
	/* Three days, from 23:59:30 to 00:00:30: 1440 whole minutes a day between. */
	series_add(series, T0 - 30, T0 + 2 * DAY + 30, 1);
	gsize count;
	g_autofree gint64 *values = series_values(series, T0 - DAY, T0 + 3 * DAY, &count);
	gint64 sum = 0;
	for (gsize i = 0; i < count; i++)
		sum += values[i];
	ck_assert_int_eq(values[1439], 30);
	ck_assert_int_eq(values[1440], 60);
	ck_assert_int_eq(values[1440 + 2 * 1440], 30);
	ck_assert_int_eq(values[1440 + 2 * 1440 + 1], 0);
	ck_assert_int_eq(sum, 2 * DAY + 60 + 90);
	series_free(series);
}
END_TEST

START_TEST(a_window_sees_what_began_before_it_and_ends_after_it)
{
	struct series *series = series_new(60);
	series_add(series, T0 - 40 * DAY, T0 + 40 * DAY, 7);
	assert_values(series, T0, T0 + 120, (gint64[]){ 420, 420 }, 2);
	assert_values(series, T0 + 40 * DAY - 60, T0 + 40 * DAY + 60, (gint64[]){ 420, 0 }, 2);
	assert_values(series, T0 - 40 * DAY - 60, T0 - 40 * DAY + 60, (gint64[]){ 0, 420 }, 2);
	assert_values(series, T0 + 90 * DAY, T0 + 90 * DAY + 60, (gint64[]){ 0 }, 1);
	assert_values(series, T0 - 90 * DAY, T0 - 90 * DAY + 60, (gint64[]){ 0 }, 1);
	assert_values(series, T0, T0, NULL, 0);
	series_free(series);
}
END_TEST

START_TEST(nothing_is_added_by_an_empty_or_reversed_time)
{
	struct series *series = series_new(60);
	series_add(series, 100, 100, 5);
	series_add(series, 100, 40, 5);
	series_add(series, 0, 60, 0);
	assert_values(series, 0, 120, (gint64[]){ 0, 0 }, 2);
	series_free(series);
}
END_TEST

START_TEST(hours_hold_seconds_as_minutes_do)
{
	struct series *series = series_new(3600);
	/* 4 from 00:30:01 to 02:00:10: 1799 s, 3600 s and 10 s. */
	series_add(series, T0 + 1801, T0 + 7210, 4);
	assert_values(series, T0, T0 + 4 * HOUR, (gint64[]){ 7196, 14400, 40, 0 }, 4);
	series_free(series);
}
END_TEST

enum { SPANS = 400, SPREAD = 3 * DAY };

struct span {
	gint64 from, to, amount;
};

static void random_spans(struct span *spans)
{
	guint64 state = 1;
	for (int i = 0; i < SPANS; i++) {
		gint64 from = T0 + chance(&state, SPREAD);
		spans[i] = (struct span){ from, from + chance(&state, 2 * HOUR),
			                  chance(&state, 100) };
	}
}

static struct series *series_of(const struct span *spans, int first, int step)
{
	struct series *series = series_new(60);
	for (int i = first; i >= 0 && i < SPANS; i += step)
		series_add(series, spans[i].from, spans[i].to, spans[i].amount);
	return series;
}

START_TEST(every_second_is_where_it_was_in_any_order_and_in_parts)
{
	struct span spans[SPANS];
	random_spans(spans);
	enum { MINUTES = SPREAD / 60 + 120 };
	g_autofree gint64 *expected = g_new0(gint64, MINUTES);
	for (int i = 0; i < SPANS; i++)
		for (gint64 second = spans[i].from; second < spans[i].to; second++)
			expected[(second - T0) / 60] += spans[i].amount;
	struct series *forward = series_of(spans, 0, 1),
		      *backward = series_of(spans, SPANS - 1, -1);
	struct series *even = series_of(spans, 0, 2), *odd = series_of(spans, 1, 2);
	series_merge(even, odd);
	assert_values(forward, T0, T0 + MINUTES * 60, expected, MINUTES);
	assert_values(backward, T0, T0 + MINUTES * 60, expected, MINUTES);
	assert_values(even, T0, T0 + MINUTES * 60, expected, MINUTES);
	series_free(forward);
	series_free(backward);
	series_free(even);
	series_free(odd);
}
END_TEST

/* Four that are added to together, or the first of them, in amounts that only wide numbers hold. */
static void add_bundle(struct bundle *bundle, const struct span *spans, int first, int step)
{
	for (int i = first; i < SPANS; i += step) {
		gint64 from = spans[i].from, to = spans[i].to, amount = spans[i].amount;
		gint64 amounts[4] = { amount, -amount, amount << 20, amount << 40 };
		struct series_span span = series_span(60, from, to);
		if (to > from)
			bundle_add(bundle, &span, amounts);
	}
}

START_TEST(amounts_of_any_size_are_exact_beside_each_other)
{
	static const gint64 factors[] = { 1, -1, 1 << 20, G_GINT64_CONSTANT(1) << 40 };
	enum { MINUTES = SPREAD / 60 + 120 };
	struct span spans[SPANS];
	random_spans(spans);
	struct series *alone = series_of(spans, 0, 1);
	struct bundle *bundle = bundle_new(60, 4), *other = bundle_new(60, 4);
	gsize count;
	g_autofree gint64 *expected = series_values(alone, T0, T0 + MINUTES * 60, &count);
	add_bundle(bundle, spans, 0, 2);
	add_bundle(other, spans, 1, 2);
	bundle_merge(bundle, other);
	for (guint k = 0; k < G_N_ELEMENTS(factors); k++) {
		g_autofree gint64 *values = series_values(bundle_series(bundle, k), T0,
		                                          T0 + MINUTES * 60, &count);
		for (gsize i = 0; i < count; i++)
			ck_assert_int_eq(values[i], expected[i] * factors[k]);
	}
	/* Moved, everything is there once, and may come to nothing. */
	add_bundle(other, spans, 0, 2);
	bundle_move(other, bundle);
	ck_assert_uint_eq(bundle_days(bundle), 0);
	ck_assert_uint_gt(bundle_days(other), 0);
	for (gsize i = 0; i < count; i++)
		expected[i] *= 2;
	bundle_move(bundle, other);
	assert_values(bundle_series(bundle, 0), T0, T0 + MINUTES * 60, expected, (int)count);
	series_free(alone);
	bundle_free(bundle);
	bundle_free(other);
}
END_TEST

/* A minute of it takes more than 32 bits, whichever of the four it is. */
START_TEST(a_large_amount_is_exact_beside_three_small_ones)
{
	for (guint large = 0; large < 4; large++) {
		struct bundle *bundle = bundle_new(60, 4);
		struct series_span span = series_span(60, T0 + 30, T0 + 120);
		gint64 amounts[4] = { 1, 1, 1, 1 };
		amounts[large] = 1 << 26;
		bundle_add(bundle, &span, amounts);
		for (guint k = 0; k < 4; k++) {
			const gint64 expected[] = { 30 * amounts[k], 60 * amounts[k], 0 };
			assert_values(bundle_series(bundle, k), T0, T0 + 180, expected, 3);
		}
		bundle_free(bundle);
	}
}
END_TEST

struct seen {
	gint64 *values[4];
	guint width;
	gsize steps, runs;
};

static void see(void *data, const gint64 *levels, gsize count)
{
	struct seen *seen = data;
	for (; count > 0; count--, seen->steps++)
		for (guint k = 0; k < seen->width; k++)
			seen->values[k][seen->steps] = levels[k];
	seen->runs++;
}

START_TEST(runs_of_steps_are_the_steps_one_by_one)
{
	/* Also of a window that begins and ends within what was added, and of one before and beyond
	 * all. */
	static const gint64 windows[][2] = { { T0, T0 + SPREAD },
		                             { T0 + 600, T0 + 6000 },
		                             { T0 - 2 * DAY, T0 + 9 * DAY },
		                             { T0 - 3 * DAY, T0 - 2 * DAY } };
	struct span spans[SPANS];
	random_spans(spans);
	guint width = (guint)_i;
	struct bundle *bundle = bundle_new(60, width);
	add_bundle(bundle, spans, 0, 40);
	for (guint w = 0; w < G_N_ELEMENTS(windows); w++) {
		gint64 from = windows[w][0], to = windows[w][1];
		struct seen seen = { .width = width };
		gsize count = (gsize)(to - from) / 60;
		for (guint k = 0; k < width; k++)
			seen.values[k] = g_new0(gint64, count + 1);
		bundle_each(bundle, from, to, see, &seen);
		ck_assert_uint_eq(seen.steps, count);
		ck_assert_uint_lt(seen.runs, count);
		for (guint k = 0; k < width; k++) {
			assert_values(bundle_series(bundle, k), from, to, seen.values[k], count);
			g_free(seen.values[k]);
		}
	}
	bundle_free(bundle);
}
END_TEST

START_TEST(four_that_are_full_carry_over)
{
	enum { TIMES = 3000 };
	struct bundle *bundle = bundle_new(60, 4);
	const gint64 amounts[4] = { 1 << 24, (1 << 25) - 1, 7, 0 };
	struct series_span span = series_span(60, T0 + 10, T0 + 150);
	for (int i = 0; i < TIMES; i++)
		bundle_add(bundle, &span, amounts);
	for (guint k = 0; k < 4; k++) {
		gint64 all = amounts[k] * TIMES;
		assert_values(bundle_series(bundle, k), T0, T0 + 240,
		              (gint64[]){ 50 * all, 60 * all, 30 * all, 0 }, 4);
	}
	bundle_free(bundle);
}
END_TEST

START_TEST(dates_may_lie_far_apart_and_come_in_any_order)
{
	static const gint64 starts[] = {
		T0, T0 + 27000 * (gint64)DAY, T0 - 12000 * (gint64)DAY, 0, -60, T0 - 5 * DAY
	};
	struct series *series = series_new(60), *other = series_new(60);
	for (guint i = 0; i < G_N_ELEMENTS(starts); i++)
		series_add(i % 2 ? other : series, starts[i], starts[i] + 60, i + 1);
	series_merge(series, other);
	for (guint i = 0; i < G_N_ELEMENTS(starts); i++)
		assert_values(series, starts[i], starts[i] + 60, (gint64[]){ 60 * (i + 1) }, 1);
	assert_values(series, -120, 120, (gint64[]){ 0, 300, 240, 0 }, 4);
	series_free(series);
	series_free(other);
}
END_TEST

START_TEST(days_that_come_backwards_are_all_kept)
{
	struct series *series = series_new(3600);
	enum { DAYS = 20000 };
	for (gint64 day = DAYS; day > 0; day--)
		series_add(series, day * DAY, day * DAY + 1, day);
	gsize count;
	g_autofree gint64 *values = series_values(series, 0, (gint64)(DAYS + 1) * DAY, &count);
	for (gint64 day = 0; day <= DAYS; day++)
		ck_assert_int_eq(values[day * 24], day);
	series_free(series);
}
END_TEST

enum { LONG = 90 };

/* The same, second by second. */
static void hold(gint64 (*held)[LONG * 1440], const struct series_span *span, const gint64 *amounts)
{
	gint64 from = (span->from.day * 1440 + span->from.step + 1) * 60 - span->from.left - T0;
	gint64 to = (span->to.day * 1440 + span->to.step + 1) * 60 - span->to.left - T0;
	for (gint64 minute = from / 60; minute * 60 < to; minute++)
		for (guint k = 0; k < 3; k++)
			held[k][minute] += amounts[k] *
			                   (MIN(to, (minute + 1) * 60) - MAX(from, minute * 60));
}

static void assert_held(struct bundle *bundle, gint64 (*held)[LONG * 1440])
{
	for (guint k = 0; k < 3; k++) {
		gsize count;
		g_autofree gint64 *values = series_values(bundle_series(bundle, k), T0,
		                                          T0 + LONG * (gint64)DAY, &count);
		ck_assert_uint_eq(count, LONG * 1440);
		ck_assert_mem_eq(values, held[k], sizeof held[k]);
	}
}

/* More days than are open at once: in the order of time, with jobs that end long after, and back;
 * and in no order at all. */
START_TEST(days_are_what_they_were_however_often_they_come_again)
{
	gint64(*held)[LONG * 1440] = (gpointer)g_new0(gint64, 3 * LONG * 1440);
	struct bundle *bundle = bundle_new(60, 3), *other = bundle_new(60, 3),
		      *last = bundle_new(60, 3);
	guint64 state = (guint64)_i + 5;
	for (int i = 0; i < SPANS; i++) {
		guint in_order = (guint)i * (LONG - 40) / SPANS;
		guint day = _i == 0   ? in_order
		            : _i == 1 ? LONG - 41 - in_order
		                      : chance(&state, LONG - 40);
		gint64 from = T0 + day * (gint64)DAY + chance(&state, DAY);
		struct series_span span =
			series_span(60, from,
		                    from + 1 + chance(&state, chance(&state, 9) ? HOUR : 39 * DAY));
		const gint64 amounts[3] = { chance(&state, 9), (gint64)chance(&state, 99) << 36,
			                    i % 90 == 0 };
		bundle_add(i % 3 ? bundle : other, &span, amounts);
		hold(held, &span, amounts);
		if (i % 97 == 0)
			bundle_close(bundle);
	}
	bundle_merge(last, bundle);
	bundle_merge(last, other);
	assert_held(last, held);
	bundle_move(bundle, other);
	assert_held(bundle, held);
	ck_assert_uint_eq(bundle_days(other), 0);
	ck_assert_uint_eq(bundle_days(bundle), bundle_days(last));
	bundle_close(bundle);
	ck_assert_uint_eq(bundle_days(bundle), bundle_days(last));
	assert_held(bundle, held);
	bundle_free(bundle);
	bundle_free(other);
	bundle_free(last);
	g_free(held);
}
END_TEST

static void copy_change(gint64 step, gint64 change, void *series)
{
	series_change(series, step, change);
}

START_TEST(its_changes_make_it_again)
{
	struct series *series = series_new(60), *copy = series_new(60);
	struct bundle *bundle = bundle_new(3600, 3);
	guint64 state = 7;
	ck_assert(series_is_nought(series));
	for (int i = 0; i < 300; i++) {
		gint64 from = T0 - 3 * DAY + chance(&state, 9 * DAY);
		series_add(series, from, from + chance(&state, DAY), chance(&state, 50));
		series_add(bundle_series(bundle, 1), from, from + 100, 7);
	}
	/* From the second minute of the last day into its last. */
	series_add(series, T0 + 9 * DAY + 60, T0 + 10 * DAY - 30, 3);
	series_each_change(series, copy_change, copy);
	gsize count;
	g_autofree gint64 *one = series_values(series, T0 - 4 * DAY, T0 + 11 * DAY, &count);
	g_autofree gint64 *other = series_values(copy, T0 - 4 * DAY, T0 + 11 * DAY, &count);
	ck_assert_int_eq(memcmp(one, other, count * sizeof *one), 0);
	ck_assert(!series_is_nought(series) && !series_is_nought(bundle_series(bundle, 1)));
	ck_assert(series_is_nought(bundle_series(bundle, 0)) &&
	          series_is_nought(bundle_series(bundle, 2)));
	series_free(series);
	series_free(copy);
	bundle_free(bundle);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("series");
	TCase *cases = tcase_create("series");
	tcase_add_test(cases, a_minute_holds_its_own_seconds);
	tcase_add_test(cases, what_happens_is_counted_in_its_minute_alone);
	tcase_add_test(cases, midnight_is_like_any_other_minute);
	tcase_add_test(cases, a_window_sees_what_began_before_it_and_ends_after_it);
	tcase_add_test(cases, nothing_is_added_by_an_empty_or_reversed_time);
	tcase_add_test(cases, hours_hold_seconds_as_minutes_do);
	tcase_add_test(cases, every_second_is_where_it_was_in_any_order_and_in_parts);
	tcase_add_test(cases, amounts_of_any_size_are_exact_beside_each_other);
	tcase_add_test(cases, a_large_amount_is_exact_beside_three_small_ones);
	tcase_add_loop_test(cases, runs_of_steps_are_the_steps_one_by_one, 1, 5);
	tcase_add_test(cases, four_that_are_full_carry_over);
	tcase_add_test(cases, dates_may_lie_far_apart_and_come_in_any_order);
	tcase_add_test(cases, days_that_come_backwards_are_all_kept);
	tcase_add_loop_test(cases, days_are_what_they_were_however_often_they_come_again, 0, 3);
	tcase_add_test(cases, its_changes_make_it_again);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

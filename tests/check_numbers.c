/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "measure/numbers.h"

#define T0 G_GINT64_CONSTANT(1735689600)
#define BLOCK 256
#define BLOCKS 40

static void add_text(struct numbers *numbers, const char *id, gint64 submit, gint64 end)
{
	const struct job job = { .id = slice_of(id), .submit = submit, .end = end };
	numbers_add(numbers, &job);
}

static void add(struct numbers *numbers, int id, gint64 submit)
{
	g_autofree char *text = g_strdup_printf("%d", id);
	add_text(numbers, text, submit, submit == VALUE_UNKNOWN ? VALUE_UNKNOWN : submit + 60);
}

/* Each `step`th number of [first, first + BLOCKS blocks), a minute after the other; the first ends
 * as it is submitted. */
static void add_each(struct numbers *numbers, int first, int step, gint64 from)
{
	add_text(numbers, "no number", from, from);
	for (int i = 0; i < BLOCKS * BLOCK; i += step)
		add(numbers, first + i, from + 60 * i);
}

static void assert_share(struct numbers *numbers, double expected)
{
	double share = numbers_share(numbers);
	ck_assert_msg(fabs(share - expected) < 1e-9, "%.12f, not %.12f", share, expected);
	numbers_free(numbers);
}

START_TEST(each_so_many_of_all_is_that_share)
{
	struct numbers *numbers = numbers_new();
	add_each(numbers, 100 * BLOCK, 1 << _i, T0);
	assert_share(numbers, 1.0 / (1 << _i));
}
END_TEST

/* Of an array without numbers of their own the jobs have one, and others have none: all are
 * there. */
START_TEST(arrays_take_as_many_numbers_as_they_have_jobs)
{
	struct numbers *numbers = numbers_new();
	add_text(numbers, "none", T0, T0);
	for (int array = 0; array < BLOCKS; array++)
		for (int i = 0; i < BLOCK; i++) {
			g_autofree char *id = g_strdup_printf("%d_%d", (100 + array) * BLOCK + 3,
			                                      i);
			add_text(numbers, id, T0 + array, T0 + array + 10);
		}
	assert_share(numbers, 1);
}
END_TEST

START_TEST(what_was_submitted_before_the_first_job_ended_is_not_of_that_time)
{
	struct numbers *numbers = numbers_new();
	add_each(numbers, 1000 * BLOCK, 1, T0);
	for (int i = 0; i < BLOCKS * BLOCK / 10; i++) {
		g_autofree char *id = g_strdup_printf("%d", 1000 + 100 * i);
		add_text(numbers, id, T0 - 10000 + i, T0 + 5000);
	}
	assert_share(numbers, 1);
}
END_TEST

START_TEST(one_in_a_hundred_at_either_end_may_be_lost_from_another_time)
{
	struct numbers *numbers = numbers_new();
	add_each(numbers, 1000 * BLOCK, 1, T0 + 3600);
	add(numbers, 1, T0);
	add(numbers, 90000 * BLOCK, T0 + 90 * 86400);
	assert_share(numbers, 1);
}
END_TEST

START_TEST(a_database_begun_anew_lacks_nothing)
{
	struct numbers *numbers = numbers_new();
	add_each(numbers, 1000 * BLOCK, 2, T0);
	add_each(numbers, 9000 * BLOCK, 2, T0 + 90 * 86400);
	assert_share(numbers, 0.5);
}
END_TEST

START_TEST(other_numbers_tell_nothing)
{
	struct numbers *numbers = numbers_new();
	/* Too few jobs, of many numbers. */
	add_text(numbers, "none", T0, T0);
	for (int i = 0; i < 99; i++)
		add(numbers, 1 + BLOCK * i, T0 + 60 * i);
	ck_assert(numbers_share(numbers) == 0);
	for (int i = 99; i < 102; i++)
		add(numbers, 1 + BLOCK * i, T0 + 60 * i);
	ck_assert(numbers_share(numbers) > 0);
	numbers_free(numbers);

	/* Too few numbers. */
	numbers = numbers_new();
	for (int i = 0; i < 400; i++)
		add(numbers, 10 * i, T0 + 60 * i);
	assert_share(numbers, 0);

	/* In no order of time. */
	numbers = numbers_new();
	for (int i = 0; i < 4000; i++)
		add(numbers, 1 + 7919 * i % 4001 * 100, T0 + 60 * i);
	assert_share(numbers, 0);

	/* A day and how manyeth of it. */
	numbers = numbers_new();
	for (int i = 0; i < 4000; i++) {
		g_autofree char *id = g_strdup_printf("202503%02d%04d", 1 + i / 200, i % 200);
		add_text(numbers, id, T0 + 60 * i, T0 + 60 * i);
	}
	assert_share(numbers, 0);

	/* No times, no numbers, and no jobs. */
	numbers = numbers_new();
	for (int i = 0; i < 4000; i++)
		add(numbers, 100 * i, VALUE_UNKNOWN);
	assert_share(numbers, 0);
	numbers = numbers_new();
	for (int i = 0; i < 4000; i++)
		add_text(numbers, i % 2 ? "" : "a1b2", T0 + i, T0 + i);
	assert_share(numbers, 0);
	assert_share(numbers_new(), 0);
}
END_TEST

START_TEST(further_pieces_of_a_job_are_no_jobs)
{
	struct numbers *numbers = numbers_new();
	add_each(numbers, 1000 * BLOCK, 2, T0);
	for (int i = 0; i < BLOCKS * BLOCK; i++) {
		const struct job piece = {
			.id = slice_of("256001"), .submit = T0, .end = T0 + 5000, .piece = TRUE
		};
		numbers_add(numbers, &piece);
	}
	assert_share(numbers, 0.5);
}
END_TEST

START_TEST(parts_are_merged_into_what_all_of_it_is)
{
	struct numbers *all = numbers_new(),
		       *parts[3] = { numbers_new(), numbers_new(), numbers_new() },
		       *sum = numbers_new();
	add_text(parts[1], "none", T0, T0);
	add_text(all, "none", T0, T0);
	for (int i = 0; i < BLOCKS * BLOCK; i += 3) {
		add(all, 100 * BLOCK + i, T0 + 60 * i);
		add(parts[i / 30 % 3], 100 * BLOCK + i, T0 + 60 * i);
	}
	for (int i = 0; i < 3; i++) {
		numbers_move(sum, parts[i]);
		numbers_free(parts[i]);
	}
	ck_assert(numbers_share(all) > 0);
	assert_share(sum, numbers_share(all));
	numbers_free(all);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("numbers");
	TCase *tests = tcase_create("numbers");
	tcase_add_loop_test(tests, each_so_many_of_all_is_that_share, 0, 6);
	tcase_add_test(tests, arrays_take_as_many_numbers_as_they_have_jobs);
	tcase_add_test(tests, what_was_submitted_before_the_first_job_ended_is_not_of_that_time);
	tcase_add_test(tests, one_in_a_hundred_at_either_end_may_be_lost_from_another_time);
	tcase_add_test(tests, a_database_begun_anew_lacks_nothing);
	tcase_add_test(tests, other_numbers_tell_nothing);
	tcase_add_test(tests, further_pieces_of_a_job_are_no_jobs);
	tcase_add_test(tests, parts_are_merged_into_what_all_of_it_is);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>

#include "privacy/memo.h"

static struct memo memo;

static void teardown(void)
{
	memo_clear(&memo);
}

static void add(const char *text, const char *shown)
{
	memo_add(&memo, slice_of(text), slice_of(shown), (struct changes){ 0, 0 });
}

/* What stands for it; NULL when it is not known. */
static char *shown_for(const char *text)
{
	const struct remembered *found = memo_find(&memo, slice_of(text));
	char room[MEMO_LENGTH + MEMO_PIECE];

	return found ? g_strndup(room, (gsize)(memo_copy(found, room) - room)) : NULL;
}

static void assert_shown(const char *text, const char *wanted)
{
	g_autofree char *shown = shown_for(text);

	ck_assert_pstr_eq(shown, wanted);
}

START_TEST(a_text_is_found_again_behind_others_of_its_length)
{
	assert_shown("ann|pi_ann", NULL);
	add("ann|pi_ann", "user_0001|group_A");
	add("bob|pi_bob", "user_0002|group_B");
	assert_shown("ann|pi_ann", "user_0001|group_A");
	assert_shown("bob|pi_bob", "user_0002|group_B");
	assert_shown("ann|pi_bob", NULL);
	assert_shown("ann|pi_an", NULL);
}
END_TEST

START_TEST(of_more_texts_than_there_are_places_none_is_taken_for_another)
{
	guint known = 0;

	for (guint i = 0; i < 3 * MEMO_TEXTS; i++) {
		g_autofree char *text = g_strdup_printf("%u", i),
				*shown = g_strdup_printf("shown %u", i);

		add(text, shown);
	}
	for (guint i = 0; i < 3 * MEMO_TEXTS; i++) {
		g_autofree char *text = g_strdup_printf("%u", i),
				*wanted = g_strdup_printf("shown %u", i), *shown = shown_for(text);

		if (shown)
			ck_assert_str_eq(shown, wanted);
		known += shown != NULL;
	}
	ck_assert_uint_gt(known, MEMO_TEXTS / 2);
	ck_assert_uint_le(known, MEMO_TEXTS);
}
END_TEST

/* As many as the users of a large cluster: with one place for each, a fifth of them would push each
 * other out. */
START_TEST(of_half_as_many_texts_as_there_are_places_few_are_lost)
{
	guint known = 0;

	for (guint i = 0; i < MEMO_TEXTS / 2; i++) {
		g_autofree char *text = g_strdup_printf("user-%04u", i);

		add(text, text);
	}
	for (guint i = 0; i < MEMO_TEXTS / 2; i++) {
		g_autofree char *text = g_strdup_printf("user-%04u", i);

		known += memo_find(&memo, slice_of(text)) != NULL;
	}
	ck_assert_uint_gt(known, MEMO_TEXTS / 2 * 86 / 100);
}
END_TEST

/* Each is found where it is, and not as the last one of its length. */
START_TEST(what_is_found_again_and_again_is_kept)
{
	for (guint i = 0; i < 8; i++) {
		g_autofree char *text = g_strdup_printf("kept-%04u", i);

		add(text, "user_0001");
	}
	for (guint i = 0; i < 4 * MEMO_TEXTS; i++) {
		g_autofree char *other = g_strdup_printf("%09u", i);

		add(other, other);
		for (guint k = 0; k < 8; k++) {
			g_autofree char *text = g_strdup_printf("kept-%04u", k);

			assert_shown(text, "user_0001");
		}
	}
}
END_TEST

START_TEST(a_text_stays_when_it_stands_for_itself_and_nothing_is_counted)
{
	add("batch", "batch");
	ck_assert(memo_find(&memo, slice_of("batch"))->stays);
	memo_add(&memo, slice_of("debug"), slice_of("debug"), (struct changes){ .words = 1 });
	ck_assert(!memo_find(&memo, slice_of("debug"))->stays);
	ck_assert_uint_eq(memo_find(&memo, slice_of("debug"))->changes.words, 1);
}
END_TEST

START_TEST(what_is_too_long_is_not_remembered)
{
	char text[MEMO_LENGTH + 2];

	memset(text, 'a', sizeof text);
	text[MEMO_LENGTH + 1] = '\0';
	add(text, "x");
	assert_shown(text, NULL);
	add("x", text);
	assert_shown("x", NULL);
	text[MEMO_LENGTH] = '\0';
	add(text, text);
	assert_shown(text, text);
}
END_TEST

START_TEST(when_cleared_it_knows_nothing)
{
	add("ann", "user_0001");
	memo_clear(&memo);
	assert_shown("ann", NULL);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("memo");
	TCase *tcase = tcase_create("memo");
	SRunner *runner = srunner_create(suite);
	int failed;

	suite_add_tcase(suite, tcase);
	tcase_add_checked_fixture(tcase, NULL, teardown);
	tcase_add_test(tcase, a_text_is_found_again_behind_others_of_its_length);
	tcase_add_test(tcase, of_more_texts_than_there_are_places_none_is_taken_for_another);
	tcase_add_test(tcase, of_half_as_many_texts_as_there_are_places_few_are_lost);
	tcase_add_test(tcase, what_is_found_again_and_again_is_kept);
	tcase_add_test(tcase, a_text_stays_when_it_stands_for_itself_and_nothing_is_counted);
	tcase_add_test(tcase, what_is_too_long_is_not_remembered);
	tcase_add_test(tcase, when_cleared_it_knows_nothing);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

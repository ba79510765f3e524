/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "privacy/scan.h"
#include "privacy/witness.h"

/* Words */

static struct lexicon *lexicon_by(void (*add)(struct lexicon *lexicon, struct slice text), const char *text)
{
	struct lexicon *lexicon = lexicon_new();
	gsize length = strlen(text);
	g_autofree char *padded = g_malloc(length + LEXICON_BEYOND);

	memcpy(padded, text, length);
	memset(padded + length, 'x', LEXICON_BEYOND);
	add(lexicon, (struct slice){ padded, length });
	return lexicon;
}

static struct lexicon *of_text(const char *text)
{
	return lexicon_by(lexicon_add, text);
}

static const struct {
	const char *text, *word;
	gboolean there;
} words[] = {
	{ "smith", "smith", TRUE },
	{ "a|Smith|b", "smith", TRUE },
	{ "blacksmith", "smith", FALSE },
	{ "smithx", "smith", FALSE },
	{ "smith2", "smith", FALSE },
	{ "pi_smith", "smith", TRUE },
	{ "\n", "smith", FALSE },
	{ "", "smith", FALSE },
	{ "12|PARTITION=1", "partition", TRUE },
	{ "12|PARTITION=1", "partitioN", TRUE },
	{ "12|partitions=1", "partition", FALSE },
	{ "m\xc3\xbcller", "m\xc3\xbcller", TRUE },
	{ "m\xc3\xbcllerin", "m\xc3\xbcller", FALSE },
	{ "0123456789 0123456789 0123456789 0123456789 0123456789 012345678|longer-than", "longer", TRUE },
	{ "0123456789 0123456789 0123456789 0123456789 0123456789 0123456|longer-than", "longer", TRUE },
	{ "0123456789 0123456789 0123456789 0123456789 0123456789 0123456|longer-than", "ger", FALSE },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", TRUE },
};

START_TEST(a_word_is_known_in_any_case_and_no_part_of_it)
{
	struct lexicon *lexicon = of_text(words[_i].text);

	ck_assert_msg(lexicon_may_have(lexicon, slice_of(words[_i].word)) == words[_i].there, "\"%s\" in \"%s\"",
	              words[_i].word, words[_i].text);
	lexicon_free(lexicon);
}
END_TEST

START_TEST(short_words_behind_an_underscore_are_told_apart)
{
	struct lexicon *joined = of_text("group_BY|x"), *apart = of_text("group_A|CANCELLED by 12");

	ck_assert(lexicon_may_have(joined, slice_of("by")));
	ck_assert(!lexicon_may_have_apart(joined, slice_of("by")));
	ck_assert(lexicon_may_have_apart(apart, slice_of("by")));
	lexicon_free(joined);
	lexicon_free(apart);
}
END_TEST

START_TEST(a_tilde_is_noticed_and_not_behind_the_text)
{
	char text[128];
	struct lexicon *lexicon = lexicon_new();

	memset(text, '~', sizeof text);
	memset(text, '-', 40);
	lexicon_add(lexicon, (struct slice){ text, 40 });
	ck_assert(!lexicon_has_tilde(lexicon));
	lexicon_add(lexicon, (struct slice){ text, 41 });
	ck_assert(lexicon_has_tilde(lexicon));
	lexicon_free(lexicon);
}
END_TEST

START_TEST(a_byte_beyond_ascii_is_noticed_wherever_it_stands_and_not_behind_the_text)
{
	char text[300];

	for (size_t at = 0; at < 200; at++) {
		struct lexicon *lexicon = lexicon_new();

		memset(text, 'x', sizeof text);
		text[at] = '\xc3';
		text[100] = at == 100 ? text[at] : ' ';
		lexicon_add(lexicon, (struct slice){ text, at });
		ck_assert(!lexicon_is_wide(lexicon));
		lexicon_add(lexicon, (struct slice){ text, at + 1 });
		ck_assert(lexicon_is_wide(lexicon));
		lexicon_free(lexicon);
	}
}
END_TEST

/* More than there is room for at first. */
START_TEST(many_words_are_all_remembered)
{
	GString *text = g_string_new(NULL);
	struct lexicon *lexicon;

	for (guint i = 0; i < 20000; i++)
		g_string_append_printf(text, "w%x|", i);
	lexicon = of_text(text->str);
	for (guint i = 0; i < 20000; i++) {
		g_autofree char *word = g_strdup_printf("W%X", i);

		ck_assert(lexicon_may_have(lexicon, slice_of(word)));
	}
	ck_assert(!lexicon_may_have(lexicon, slice_of("w4e20")));
	g_string_free(text, TRUE);
	lexicon_free(lexicon);
}
END_TEST

static char *random_text(GRand *rand)
{
	static const char *const pieces[] = {
		"smith", "Jo", "by ", "home", "/home/", "~", "_", "-", " ", "|", "\n", "12", "4711", "a", "CANCELLED by ", "x",
		"group_", "2b", "user_0001", "\xc3\xa9", "\xc3\x89", "e\xcc\x81", "\xc5\xbfMITH", "\xe2\x80\x9c", "abcdefghijkl",
		"=", ",", "2025-01-01T00:00:00", "smi", "th", "\x14", "cancel", "led|", "hom", "e|", "usergroup|",
	};
	GString *text = g_string_new(NULL);

	for (gint left = g_rand_int_range(rand, 1, 90); left > 0; left--)
		g_string_append(text, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
	return g_string_free(text, FALSE);
}

START_TEST(byte_by_byte_the_same_words_are_there)
{
	static const char *const asked[] = { "smith", "jo", "by", "home", "a", "x", "cancelled", "user", "abcdefghijkl", "group" };
	GRand *rand = g_rand_new_with_seed(1);

	for (guint i = 0; i < 3000; i++) {
		g_autofree char *text = random_text(rand);
		struct lexicon *fast = of_text(text), *plain = lexicon_by(lexicon_add_plainly, text);

		ck_assert(lexicon_has_tilde(fast) == lexicon_has_tilde(plain));
		ck_assert(lexicon_is_wide(fast) == lexicon_is_wide(plain));
		for (guint j = 0; j < G_N_ELEMENTS(asked); j++) {
			struct slice word = slice_of(asked[j]);

			ck_assert_msg(lexicon_may_have(fast, word) == lexicon_may_have(plain, word), "%s in %s", asked[j], text);
			ck_assert(lexicon_may_have_apart(fast, word) == lexicon_may_have_apart(plain, word));
		}
		lexicon_free(fast);
		lexicon_free(plain);
	}
	g_rand_free(rand);
}
END_TEST

/* The shortcut must never hide what the search would find. */
START_TEST(what_is_found_in_a_text_may_be_found_by_its_words)
{
	static const char *const users[] = { "smith", "jo", "12", "4711", "2b", "a-smith", "-jo", "abcdefghijkl", "a", "\xc3\xa9" };
	GRand *rand = g_rand_new_with_seed(2);
	guint found = 0, spared = 0;

	for (guint i = 0; i < 3000; i++) {
		g_autofree char *text = random_text(rand), *map = g_build_filename(g_get_tmp_dir(), "check-witness.none", NULL);
		struct mapping *mapping = mapping_load(map, TRUE, NULL);
		struct lexicon *lexicon = of_text(text);
		struct scan *scan;

		mapping_pseudonym(mapping, NAME_USER, slice_of(users[i % G_N_ELEMENTS(users)]));
		scan = scan_new(mapping);
		scan_text(scan, "text", slice_of(text));
		if (scan_forbids(scan)) {
			ck_assert_msg(scan_may_find(scan, lexicon), "%s", text);
			found++;
		}
		spared += !scan_may_find(scan, lexicon);
		scan_free(scan);
		lexicon_free(lexicon);
		mapping_free(mapping);
	}
	ck_assert_uint_gt(found, 100);
	ck_assert_uint_gt(spared, 100);
	g_rand_free(rand);
}
END_TEST

/* Rows */

static GString *some_rows(char delimiter)
{
	GString *rows = g_string_new("JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NodeList|AllocTRES\n");

	for (guint i = 0; i < 2000; i++) {
		guint user = i * 7 % 41, cpus = i % 13 + 1;

		g_string_append_printf(rows, "%u|user_%04u|group_%c|COMPLETED|2025-%02u-%02uT00:00:00|2025-%02u-%02uT00:00:00|"
		                       "2025-12-31T00:00:00|%u|%u|cn%02u|cpu=%u,mem=4G,node=1%s\n", i, user, 'A' + user % 9,
		                       i % 12 + 1, i % 28 + 1, i % 12 + 1, i % 28 + 1, i * 3, cpus, i % 5, cpus,
		                       i % 11 == 0 ? ",gres/gpu=1" : "");
		if (i % 10 == 0) /* a step, and a job that did not start */
			g_string_append_printf(rows, "%u.batch||group_A|COMPLETED||2025-01-01T00:00:00|2025-01-02T00:00:00|9|1|cn01|cpu=1\n"
			                       "9%u|user_0001|group_A|PENDING|2025-01-01T00:00:00|Unknown|Unknown|0|1||\n", i, i);
	}
	for (gsize i = 0; i < rows->len; i++)
		if (rows->str[i] == '|')
			rows->str[i] = delimiter;
	return rows;
}

static struct risk measured(const GString *rows)
{
	g_autofree char *folder = g_dir_make_tmp("check-witness-XXXXXX", NULL), *path = g_build_filename(folder, "rows", NULL);
	GError *error = NULL;
	struct risk risk;

	ck_assert(g_file_set_contents(path, rows->str, (gssize)rows->len, NULL));
	ck_assert_msg(risk_measure(&risk, path, FALSE, &error), "%s", error ? error->message : "");
	g_unlink(path);
	g_rmdir(folder);
	return risk;
}

static struct witness *shown(const GString *rows, gsize piece)
{
	struct witness *witness = witness_new();
	g_autofree char *memory = g_malloc(piece + LEXICON_BEYOND);

	for (gsize at = 0; at < rows->len; at += piece) {
		gsize length = MIN(piece, rows->len - at);

		memcpy(memory, rows->str + at, length);
		memset(memory + length, '~', LEXICON_BEYOND);
		witness_see(witness, memory, length);
	}
	return witness;
}

static void assert_same(const struct risk *one, const struct risk *other)
{
	ck_assert_str_eq(one->grouped_by, other->grouped_by);
	ck_assert_uint_eq(one->jobs, other->jobs);
	ck_assert_uint_eq(one->users, other->users);
	ck_assert_uint_eq(one->groups, other->groups);
	ck_assert_double_eq_tol(one->core_hours, other->core_hours, 1e-6);
	ck_assert_uint_eq(one->groups_below, other->groups_below);
	ck_assert_uint_eq(one->groups_dominated, other->groups_dominated);
	ck_assert_uint_eq(one->cells, other->cells);
	ck_assert_uint_eq(one->cells_below, other->cells_below);
	ck_assert_uint_eq(one->cells_of_two, other->cells_of_two);
	ck_assert_uint_eq(one->users_unique, other->users_unique);
	ck_assert_mem_eq(one->unicity, other->unicity, sizeof one->unicity);
}

START_TEST(the_risk_is_that_of_the_file_read_again_wherever_it_is_cut)
{
	static const gsize pieces[] = { 1, 7, 64, 1000, 65536, 10000000 };
	static const char delimiters[] = "|;\x1f\t";

	for (guint i = 0; i < G_N_ELEMENTS(pieces); i++) {
		GString *rows = some_rows(delimiters[i % 4]);
		struct risk read = measured(rows), seen;
		struct witness *witness = shown(rows, pieces[i]);

		ck_assert(witness_risk(witness, &seen));
		assert_same(&read, &seen);
		ck_assert_uint_gt(seen.groups, 3);
		ck_assert_uint_gt(seen.cells, 50);
		ck_assert(lexicon_may_have(witness_words(witness), slice_of("pending")));
		ck_assert(!lexicon_has_tilde(witness_words(witness)));
		witness_free(witness);
		g_string_free(rows, TRUE);
	}
}
END_TEST

START_TEST(of_what_cannot_be_split_as_it_stands_nothing_is_said)
{
	static const char *const texts[] = {
		"JobID,User,Start\n1,user_0001,2025-01-01T00:00:00\n",
		"JobID<3f>User<3f>Start\n1<3f>user_0001<3f>2025-01-01T00:00:00\n",
		"JobID|User|Start\n1|user_0001|2025-01-01T00:00:00|\n",
		"JobID|User|Start\n1|user_0001|2025-01-01T00:00:00",
		"JobID|User|Hobby\n1|user_0001|chess\n",
		"",
	};

	for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
		GString *rows = g_string_new(texts[i]);
		struct witness *witness = shown(rows, 9);
		struct risk risk;

		ck_assert_msg(!witness_risk(witness, &risk), "%s", texts[i]);
		witness_free(witness);
		g_string_free(rows, TRUE);
	}
}
END_TEST

START_TEST(of_many_jobs_a_sample_is_drawn_and_it_is_said)
{
	struct risk_meter *meter = risk_meter_new("account");
	struct risk risk;

	for (guint i = 0; i < 1200000; i++) {
		char user[8];

		g_snprintf(user, sizeof user, "%u", i % 500);
		risk_meter_add(meter, &(struct seen_job){ .user = slice_of(user), .group = slice_of("a"),
		                                          .start = 1700000000 + (gint64)(i / 500 * 500 + i % 2 * 250) });
	}
	risk_meter_finish(meter, &risk);
	ck_assert_uint_eq(risk.jobs, 1200000);
	ck_assert_uint_ge(risk.known_one_in, 4);
	for (guint i = 0; i < RISK_KNOWN; i++) {
		ck_assert_uint_eq(risk.unicity[i].draws, RISK_DRAWS);
		ck_assert_uint_eq(risk.unicity[i].unique, 0);
	}
	risk_meter_free(meter);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("witness");
	TCase *tcase = tcase_create("witness");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tcase, 120);
	tcase_add_loop_test(tcase, a_word_is_known_in_any_case_and_no_part_of_it, 0, G_N_ELEMENTS(words));
	tcase_add_test(tcase, short_words_behind_an_underscore_are_told_apart);
	tcase_add_test(tcase, a_tilde_is_noticed_and_not_behind_the_text);
	tcase_add_test(tcase, a_byte_beyond_ascii_is_noticed_wherever_it_stands_and_not_behind_the_text);
	tcase_add_test(tcase, many_words_are_all_remembered);
	tcase_add_test(tcase, byte_by_byte_the_same_words_are_there);
	tcase_add_test(tcase, what_is_found_in_a_text_may_be_found_by_its_words);
	tcase_add_test(tcase, the_risk_is_that_of_the_file_read_again_wherever_it_is_cut);
	tcase_add_test(tcase, of_what_cannot_be_split_as_it_stands_nothing_is_said);
	tcase_add_test(tcase, of_many_jobs_a_sample_is_drawn_and_it_is_said);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

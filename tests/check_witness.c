/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "base/writer.h"
#include "privacy/marks.h"
#include "privacy/scan.h"
#include "privacy/witness.h"

/* Words */

static struct lexicon *lexicon_by(void (*add)(struct lexicon *lexicon, struct slice text),
                                  const char *text)
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
	{ "0123456789 0123456789 0123456789 0123456789 0123456789 012345678|longer-than", "longer",
	  TRUE },
	{ "0123456789 0123456789 0123456789 0123456789 0123456789 0123456|longer-than", "longer",
	  TRUE },
	{ "0123456789 0123456789 0123456789 0123456789 0123456789 0123456|longer-than", "ger",
	  FALSE },
	{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	          TRUE },
};

START_TEST(a_word_is_known_in_any_case_and_no_part_of_it)
{
	struct lexicon *lexicon = of_text(words[_i].text);

	ck_assert_msg(lexicon_may_have(lexicon, slice_of(words[_i].word)) == words[_i].there,
	              "\"%s\" in \"%s\"", words[_i].word, words[_i].text);
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

/* smith[01-03], {smith}: what a word is made of, and what ends it. */
START_TEST(every_byte_is_one_of_a_word_or_ends_it)
{
	for (int byte = 1; byte < 256; byte++) {
		g_autofree char *text = g_strdup_printf("%csmith%c|12", byte, byte);
		struct lexicon *fast = of_text(text),
			       *plain = lexicon_by(lexicon_add_plainly, text);
		gboolean ends = !lexicon_is_letter((char)byte);

		ck_assert_msg(lexicon_may_have(fast, slice_of("smith")) == ends, "%s", text);
		ck_assert_msg(lexicon_may_have(plain, slice_of("smith")) == ends, "%s", text);
		ck_assert(lexicon_is_wide(fast) == (byte >= 0x80));
		ck_assert(lexicon_is_wide(plain) == (byte >= 0x80));
		lexicon_free(fast);
		lexicon_free(plain);
	}
}
END_TEST

START_TEST(what_stands_before_a_text_is_not_its_own)
{
	static const char text[16 + LEXICON_BEYOND] = "group_by|x";
	struct lexicon *lexicon = lexicon_new();

	lexicon_add(lexicon, (struct slice){ text + 6, 4 });
	ck_assert(lexicon_may_have_apart(lexicon, slice_of("by")));
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

/* Eight bytes and more have another key than fewer. */
START_TEST(a_word_of_any_length_is_known)
{
	void (*const ways[])(struct lexicon * lexicon, struct slice text) = { lexicon_add,
		                                                              lexicon_add_plainly };
	const gsize length = (gsize)_i;
	g_autofree char *word = g_strndup("qwertzuiopasdfghjkly", length),
			*shorter = g_strndup(word, length - 1);
	g_autofree char *longer = g_strconcat(word, "x", NULL),
			*text = g_strconcat("1|", word, "-2", NULL);

	for (guint i = 0; i < G_N_ELEMENTS(ways); i++) {
		struct lexicon *amid = lexicon_by(ways[i], text),
			       *alone = lexicon_by(ways[i], word);

		ck_assert(lexicon_may_have(amid, slice_of(word)));
		ck_assert(lexicon_may_have(alone, slice_of(word)));
		ck_assert(length == 1 || !lexicon_may_have(amid, slice_of(shorter)));
		ck_assert(!lexicon_may_have(amid, slice_of(longer)));
		lexicon_free(amid);
		lexicon_free(alone);
	}
}
END_TEST

/* What stands behind a text is not its own, though the same bytes were seen before, or are seen
 * after. */
START_TEST(a_word_ends_where_its_text_ends)
{
	static const char text[32 + LEXICON_BEYOND] = "smithson-x|behind it";
	static const gsize lengths[][2] = { { 8, 3 }, { 3, 8 } };
	struct lexicon *lexicon = lexicon_new();

	for (guint i = 0; i < 2; i++)
		lexicon_add(lexicon, (struct slice){ text + 2, lengths[_i][i] });
	ck_assert(lexicon_may_have(lexicon, slice_of("ithson")));
	ck_assert(lexicon_may_have(lexicon, slice_of("ith")));
	lexicon_free(lexicon);
}
END_TEST

/* Of a text that begins as one that was seen: the second is no less looked at. */
static const struct {
	const char *text, *word;
} alike[] = {
	{ "smithson-1|smithsonian-1", "smithsonian" }, /* eight letters, and more */
	{ "x_by-abcdefgh|by-abcdefgh", "by" },         /* behind an underscore, and apart */
};

START_TEST(what_begins_alike_is_looked_at_again)
{
	struct lexicon *lexicon = of_text(alike[_i].text);

	ck_assert(lexicon_may_have_apart(lexicon, slice_of(alike[_i].word)));
	lexicon_free(lexicon);
}
END_TEST

START_TEST(beyond_all_room_any_word_may_be_there)
{
	GString *text = g_string_new(NULL);
	struct lexicon *lexicon;

	for (guint i = 0; i < 1 << 18; i++)
		g_string_append_printf(text, "w%x|", i);
	lexicon = of_text(text->str);
	ck_assert(lexicon_may_have(lexicon, slice_of("smith")));
	g_string_free(text, TRUE);
	lexicon_free(lexicon);
}
END_TEST

/* Of fewer pieces than that. */
static char *random_text(GRand *rand, gint most)
{
	static const char *const pieces[] = {
		"smith",
		"Jo",
		"by ",
		"home",
		"/home/",
		"~",
		"_",
		"-",
		" ",
		"|",
		"\n",
		"12",
		"4711",
		"a",
		"CANCELLED by ",
		"x",
		"group_",
		"2b",
		"user_0001",
		"\xc3\xa9",
		"\xc3\x89",
		"e\xcc\x81",
		"\xc5\xbfMITH",
		"\xe2\x80\x9c",
		"abcdefghijkl",
		"=",
		",",
		"2025-01-01T00:00:00",
		"smi",
		"th",
		"\x14",
		"cancel",
		"led|",
		"hom",
		"e|",
		"usergroup|",
		"_Jo-a",
		"~12",
	};
	GString *text = g_string_new(NULL);

	for (gint left = g_rand_int_range(rand, 1, most); left > 0; left--)
		g_string_append(text, pieces[g_rand_int_range(rand, 0, G_N_ELEMENTS(pieces))]);
	return g_string_free(text, FALSE);
}

START_TEST(byte_by_byte_the_same_words_are_there)
{
	static const char *const asked[] = {
		"smith", "jo", "by", "home", "a", "x", "cancelled", "user", "abcdefghijkl", "group"
	};
	GRand *rand = g_rand_new_with_seed(1);

	for (guint i = 0; i < 3000; i++) {
		g_autofree char *text = random_text(rand, 90);
		struct lexicon *fast = of_text(text),
			       *plain = lexicon_by(lexicon_add_plainly, text);

		ck_assert(lexicon_has_tilde(fast) == lexicon_has_tilde(plain));
		ck_assert(lexicon_is_wide(fast) == lexicon_is_wide(plain));
		for (guint j = 0; j < G_N_ELEMENTS(asked); j++) {
			struct slice word = slice_of(asked[j]);

			ck_assert_msg(lexicon_may_have(fast, word) == lexicon_may_have(plain, word),
			              "%s in %s", asked[j], text);
			ck_assert(lexicon_may_have_apart(fast, word) ==
			          lexicon_may_have_apart(plain, word));
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
	static const char *const users[] = { "smith",        "jo",      "12",      "4711",
		                             "2b",           "a-smith", "-jo",     "jo-a",
		                             "abcdefghijkl", "a",       "\xc3\xa9" };
	GRand *rand = g_rand_new_with_seed(2);
	guint found = 0, spared = 0;

	for (guint i = 0; i < 9000; i++) {
		g_autofree char *text = random_text(rand, i % 3 == 0 ? 90 : 6),
				*map = g_build_filename(g_get_tmp_dir(), "check-witness.none",
		                                        NULL);
		struct mapping *mapping = mapping_open(map, TRUE, NULL, NULL);
		struct lexicon *lexicon = of_text(text);
		struct scan *scan;

		mapping_pseudonym(mapping, NAME_USER, slice_of(users[i % G_N_ELEMENTS(users)]));
		scan = scan_new(mapping, NULL);
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

#define SOME_HEADER "JobID|User|Account|State|Submit|Start|End|ElapsedRaw|AllocCPUS|NodeList|AllocTRES\n"

/* So many neighbours are of one user, and ask for the same. */
static GString *some_rows(char delimiter, guint burst)
{
	GString *rows = g_string_new(SOME_HEADER);

	for (guint i = 0; i < 2000; i++) {
		guint of = i / burst, user = of * 7 % 41, cpus = of % 13 + 1;
		g_autofree char *who = g_strdup_printf("user_%04u|group_%c|COMPLETED", user,
		                                       'A' + user % 9);
		g_autofree char *when = g_strdup_printf(
			"2025-%02u-%02uT00:00:00|2025-%02u-%02uT00:00:00|2025-12-31T00:00:00|%u",
			i % 12 + 1, i % 28 + 1, i % 12 + 1, i % 28 + 1, i * 3);
		g_autofree char *what = g_strdup_printf("%u|cn%02u|cpu=%u,mem=4G,node=1%s", cpus,
		                                        i % 5, cpus,
		                                        of % 11 == 0 ? ",gres/gpu=1" : "");

		g_string_append_printf(rows, "%u|%s|%s|%s\n", i, who, when, what);
		if (i % 7 == 0) /* a step that says all that its job says */
			g_string_append_printf(rows, "%u.0|%s|%s|%s\n", i, who, when, what);
		if (i % 9 == 0) /* one that never had nodes, though it has a time, beside one that
		                   is else the same */
			g_string_append_printf(
				rows,
				"6%u|%s|%s|%u|None assigned|cpu=%u\n5%u|%s|%s|%u|cn01|cpu=%u\n", i,
				who, when, cpus, cpus, i, who, when, cpus, cpus);
		if (i % 8 == 0) /* one of which no nodes are known, and that ran */
			g_string_append_printf(rows, "4%u|%s|%s|%u||cpu=%u,node=1\n", i, who, when,
			                       cpus, cpus);
		if (i % 10 == 0) /* one that does not, two jobs of nobody, and one that did not
		                    start */
			g_string_append_printf(rows,
			                       "%u.batch||group_A|COMPLETED||2025-01-01T00:00:00|"
			                       "2025-01-02T00:00:00|9|1|cn01|cpu=1\n"
			                       "7%u||group_A|COMPLETED||2025-01-01T00:00:00|2025-"
			                       "01-02T00:00:00|9|1|cn01|cpu=1\n"
			                       "8%u||group_A|COMPLETED||2025-01-01T00:00:00|2025-"
			                       "01-02T00:00:00|9|1|cn01|cpu=1\n"
			                       "9%u|user_0001|group_A|PENDING|2025-01-01T00:00:00|"
			                       "Unknown|Unknown|0|1||\n",
			                       i, i, i, i);
	}
	for (gsize i = 0; i < rows->len; i++)
		if (rows->str[i] == '|')
			rows->str[i] = delimiter;
	return rows;
}

static struct risk measured(const GString *rows)
{
	g_autofree char *folder = g_dir_make_tmp("check-witness-XXXXXX", NULL),
			*path = g_build_filename(folder, "rows", NULL);
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
		witness_see(witness, &(struct passage){ .bytes = memory, .length = length });
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
		GString *rows = some_rows(delimiters[i % 4], 1);
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

#define OF_TWO "1|user_0001|group_A|2025-01-01T00:00:00|60|"
#define OF_OTHER "2|user_0001|group_A|2025-01-02T00:00:00|60|"
#define BEFORE "JobID|User|Account|Start|ElapsedRaw|"

/* Exports with other columns, or other values than most have. Users, groups, cells, core-seconds: a
 * cell is of a group, a month, and of GPUs or none. */
static const struct {
	const char *rows;
	guint64 jobs, groups, cells, core_seconds;
} others[] = {
	{ "JobID|User|Group|Start|End|AllocCPUS\n"
	  "1|user_0001|group_A|2025-01-01T00:00:00|2025-01-01T00:01:00|2\n"
	  "2|user_0001|group_B|2025-01-01T00:00:00|2025-01-01T00:01:00|2\n", 2, 2, 2, 240 },
	/* what an end contradicts is how long it took */
	{ "JobID|User|Account|Start|End|Elapsed|AllocCPUS\n"
	  "1|user_0001|group_A|2025-01-01T00:00:00|2025-01-01T00:01:00|00:02:00|1\n", 1, 1, 1,
	  120 },
	{ BEFORE "NCPUS\n" OF_TWO "3\n", 1, 1, 1, 180 },
	{ BEFORE "ReqCPUS\n" OF_TWO "3\n", 1, 1, 1, 180 },
	{ BEFORE "gpus_req|AllocCPUS\n" OF_TWO "1|1\n" OF_OTHER "0|1\n", 2, 1, 2, 120 },
	{ BEFORE "ReqTRES\n" OF_TWO "cpu=1,gres/gpu=1\n" OF_OTHER "cpu=1\n", 2, 1, 2, 0 },
	{ BEFORE "ReqTRES|AllocTRES\n" OF_TWO "cpu=1,gres/gpu=1|cpu=1\n" OF_OTHER
	  "cpu=1|cpu=1\n", 2, 1, 1, 120 },
	{ BEFORE "ReqTRES|AllocTRES\n" OF_TWO "cpu=1|cpu=1,gres/gpu=1\n" OF_OTHER
	  "cpu=1|cpu=1\n", 2, 1, 2, 120 },
	{ BEFORE "AllocTRES\n" OF_TWO "cpu=1,gres/gpu:1g.5gb=1\n" OF_OTHER "cpu=1\n", 2, 1, 2,
	  120 },
	{ BEFORE "ReqGRES\n" OF_TWO "gpu:2\n" OF_OTHER "\n", 2, 1, 2, 0 },
	{ BEFORE "AllocGRES\n" OF_TWO "gpu:2\n" OF_OTHER "\n", 2, 1, 2, 0 },
	{ BEFORE "AllocTRES|ReqGRES\n" OF_TWO "cpu=1|gpu:2\n" OF_OTHER "cpu=1|\n", 2, 1, 2, 120 },
	{ BEFORE "AllocCPUS\n" OF_TWO "11\n" OF_OTHER "1\n", 2, 1, 1, 720 },
	/* texts that are the same one behind the other, but not each by itself */
	{ BEFORE "ReqCPUS|Partition|AllocCPUS\n" OF_TWO "11|batch|1\n" OF_OTHER "1|batch|11\n"
	  "3|user_0001|group_A|2025-01-03T00:00:00|60|11|batch|1\n", 3, 1, 1, 780 },
	/* no column says what was held */
	{ "JobID|User|Account|Start|ElapsedRaw\n1|user_0001|group_A|2025-01-01T00:00:00|60\n"
	  "2|user_0001|group_A|2025-01-02T00:00:00|60\n", 2, 1, 1, 0 },
	{ "JobID|JobIDRaw|User|Account|Start|ElapsedRaw|AllocCPUS\n"
	  "1_[1-2]|1|user_0001|group_A|2025-01-01T00:00:00|60|1\n"
	  "1.5|1.5|user_0001|group_A|2025-01-01T00:00:00|60|1\n"
	  "1.batch||user_0001|group_A|2025-01-01T00:00:00|60|1\n", 1, 1, 1, 60 },
	{ "JobIDRaw|User|Account|Start|ElapsedRaw|AllocCPUS\n"
	  "1.5|user_0001|group_A|2025-01-01T00:00:00|60|1\n"
	  "1|user_0001|group_A|2025-01-01T00:00:00|60|1\n", 1, 1, 1, 60 },
	{ BEFORE "AllocCPUS|NodeList\n" OF_TWO "1|(null)\n" OF_OTHER "1|None\n"
	  "3|user_0001|group_A|2025-01-01T00:00:00|60|1|Nora\n", 3, 1, 1, 60 },
	{ BEFORE "AllocCPUS|NodeList\n1|user_0001|group_A|Unknown|60|1|cn01,,\n" OF_TWO
	  "1|cn01,,\n", 2, 1, 1, 60 },
	{ BEFORE "AllocCPUS\n1|user_0001|group_A|2025-01-01T00:00:00||1\n" OF_OTHER "1\n", 2, 1,
	  1, 60 },
	{ "JobID|User|Account|Start|End|ElapsedRaw|AllocCPUS\n"
	  "1|user_0001|group_A|2025-01-01T00:00:00|2025-01-01T00:01:00|200000|1\n", 1, 1, 1, 60 },
};

START_TEST(the_risk_is_that_of_the_file_read_again_whatever_columns_it_has)
{
	GString *rows = g_string_new(others[_i].rows);
	struct risk read = measured(rows), seen;
	struct witness *witness = shown(rows, rows->len);

	ck_assert(witness_risk(witness, &seen));
	assert_same(&read, &seen);
	ck_assert_uint_eq(seen.jobs, others[_i].jobs);
	ck_assert_uint_eq(seen.groups, others[_i].groups);
	ck_assert_uint_eq(seen.cells, others[_i].cells);
	ck_assert_double_eq_tol(seen.core_hours * 3600, (double)others[_i].core_seconds, 1e-6);
	witness_free(witness);
	g_string_free(rows, TRUE);
}
END_TEST

#define NONE G_MAXUINT32 /* no mark */

struct marking {
	guint32 before[11]; /* the mark before each column */
	guint without;      /* one row in so many has none; 0: all have them */
};

/* Of rows as some_rows() makes them, all that lie in one piece: before some of their columns, and
 * behind the row. */
static GArray *marks_of(const char *bytes, gsize begin, gsize length, char delimiter,
                        const struct marking *marking)
{
	const guint32 *before = marking->before;
	GArray *marks = g_array_new(FALSE, FALSE, sizeof(guint32)),
	       *row = g_array_new(FALSE, FALSE, sizeof(guint32));
	const char *newline = memchr(bytes, '\n', length);
	gsize at = begin == 0 || bytes[-1] == '\n' ? 0
	           : newline                       ? (gsize)(newline + 1 - bytes)
	                                           : length;
	guint column = 0, ended = 0;

	for (; at < length; at++) {
		if (row->len == 0 || bytes[at - 1] == delimiter) {
			guint32 mark = (guint32)at |
			               (before[column] &
			                (begin + at < strlen(SOME_HEADER) ? G_MAXUINT32
			                                                  : MARK_ROW));

			if (before[column++] != NONE)
				g_array_append_val(row, mark);
		}
		if (bytes[at] == '\n') {
			guint32 end = (guint32)at + 1;

			if (marking->without == 0 || ++ended % marking->without > 0) {
				g_array_append_vals(marks, row->data, row->len);
				g_array_append_val(marks, end);
			}
			g_array_set_size(row, 0);
			column = 0;
		}
	}
	g_array_unref(row);
	return marks;
}

static struct witness *shown_with_marks(const GString *rows, gsize piece, char delimiter,
                                        const struct marking *marking)
{
	struct witness *witness = witness_new();

	for (gsize at = 0; at < rows->len; at += piece) {
		gsize length = MIN(piece, rows->len - at);
		g_autoptr(GArray) marks =
			marks_of(rows->str + at, at, length, delimiter, marking);
		g_autofree char *memory = g_malloc(length + LEXICON_BEYOND);

		memcpy(memory, rows->str + at, length);
		memset(memory + length, '~', LEXICON_BEYOND);
		witness_see(witness, &(struct passage){ memory, length,
		                                        (const guint32 *)(const void *)marks->data,
		                                        marks->len });
	}
	return witness;
}

START_TEST(with_marks_it_sees_the_same)
{
	static const struct marking marking = { { MARK_ROW, MARK_REPEATS, NONE, 0, NONE, 0, NONE,
		                                  0, MARK_REPEATS, 0, MARK_REPEATS },
		                                0 };
	static const gsize pieces[] = { 90, 200, 1000, 4097, 65536, 10000000 };
	static const char *const asked[] = { "pending", "unknown", "cpu",  "gres",
		                             "batch",   "group",   "cn01", "smith" };

	for (guint i = 0; i < G_N_ELEMENTS(pieces) * 3; i++) {
		static const char delimiters[] = "|;\x1f";
		char delimiter = delimiters[i % 3];
		GString *rows = some_rows(delimiter, i % 4 * 3 + 1);
		struct risk read = measured(rows), seen;
		struct witness *witness = shown_with_marks(rows, pieces[i / 3], delimiter,
			                                          &marking),
			       *other = shown(rows, 65536);

		ck_assert(witness_risk(witness, &seen));
		assert_same(&read, &seen);
		for (guint j = 0; j < G_N_ELEMENTS(asked); j++)
			ck_assert_msg(lexicon_may_have(witness_words(witness),
			                               slice_of(asked[j])) ==
			                      lexicon_may_have(witness_words(other),
			                                       slice_of(asked[j])),
			              "%s", asked[j]);
		witness_free(witness);
		witness_free(other);
		g_string_free(rows, TRUE);
	}
}
END_TEST

/* Columns of SOME_HEADER in any order, in each of which now and then something else stands than in
 * the row before. */
static const struct {
	const char *name, *texts[4];
} columns[] = {
	{ "JobID", { "", ".0", "", "" } }, /* behind a number */
	{ "User", { "user_0001", "user_0002", "user_0003", "" } },
	{ "Account", { "group_A", "group_B", "", "group_A" } },
	{ "State", { "COMPLETED", "FAILED", "TIMEOUT", "COMPLETED" } },
	{ "Submit", { "2025-01-01T00:00:00", "2025-01-02T00:00:00", "Unknown", "None" } },
	{ "Start", { "2025-01-01T00:00:00", "2025-02-01T00:00:00", "Unknown", "1738368001" } },
	{ "End", { "2025-12-31T00:00:00", "2025-02-02T00:00:00", "Unknown", "None" } },
	{ "ElapsedRaw", { "60", "600", "9000000", "" } }, /* one that cannot be, or can */
	{ "AllocCPUS", { "1", "12", "2", "" } },
	{ "NodeList", { "cn01", "None assigned", "(null)", "" } },
	{ "AllocTRES", { "cpu=1,mem=4G,node=1", "cpu=1,gres/gpu=1,mem=4G,node=1", "cpu=2", "" } },
};

#define SOME_COLUMNS G_N_ELEMENTS(columns)

static GString *chance_rows(GRand *rand)
{
	GString *rows = g_string_new(NULL);
	guint order[SOME_COLUMNS], chosen[SOME_COLUMNS] = { 0 };

	for (guint i = 0; i < SOME_COLUMNS; i++) {
		guint other = (guint)g_rand_int_range(rand, 0, (gint32)i + 1);

		order[i] = order[other];
		order[other] = i;
	}
	for (guint i = 0; i < SOME_COLUMNS; i++)
		g_string_append_printf(rows, "%s%c", columns[order[i]].name,
		                       i + 1 < SOME_COLUMNS ? '|' : '\n');
	for (guint row = 1; row <= 2000; row++)
		for (guint i = 0; i < SOME_COLUMNS; i++) {
			guint at = order[i];

			if (at == 0 || g_rand_int_range(rand, 0, 12) == 0)
				chosen[at] = (guint)g_rand_int_range(rand, 0, 4);
			if (at == 0)
				g_string_append_printf(rows, "%u", row);
			g_string_append_printf(rows, "%s%c", columns[at].texts[chosen[at]],
			                       i + 1 < SOME_COLUMNS ? '|' : '\n');
		}
	return rows;
}

/* They are a hint: who writes them need not know what they are used for. */
START_TEST(with_any_marks_it_sees_the_same)
{
	static const guint32 choices[] = { NONE, 0, MARK_REPEATS, MARK_REPEATS };
	GRand *rand = g_rand_new_with_seed((guint32)_i);
	GString *rows = chance_rows(rand);
	struct risk read = measured(rows), seen;
	struct marking marking = { .without = (guint)_i % 3 * 4 };
	struct witness *witness;

	marking.before[0] = g_rand_boolean(rand) ? MARK_ROW : MARK_ROW | MARK_REPEATS;
	for (guint i = 1; i < SOME_COLUMNS; i++)
		marking.before[i] = choices[g_rand_int_range(rand, 0, G_N_ELEMENTS(choices))];
	witness = shown_with_marks(rows, 4097, '|', &marking);
	ck_assert(witness_risk(witness, &seen));
	assert_same(&read, &seen);
	witness_free(witness);
	g_string_free(rows, TRUE);
	g_rand_free(rand);
}
END_TEST

#define HEADER "JobID|User|Account|Partition|QOS|Start|ElapsedRaw\n"
#define SAME "group_A|batch|normal-exclusive-research"

/* Two rows in which all between the first column and Start is said to be the same. */
static const struct {
	const char *rows[2];
	guint same;       /* the byte where it is said to begin */
	const char *word; /* that stands in the second */
} mistaken[] = {
	{ { "1|user_0001|" SAME "|None|1\n", "2|smith_001|" SAME "|None|1\n" }, 2, "smith" },
	{ { "1|user_0001|" SAME "|None|1\n",
	  "2|user_0001|group_A|smith|normal-exclusive-research|None|1\n" }, 2, "smith" },
	{ { "1|user_0001|" SAME "|None|1\n",
	  "2|user_0001|group_A|batch|normal-exclusive-researc-smith|None|1\n" }, 2, "smith" },
	/* the same bytes, but at first within another word */
	{ { "xsmith|group_A|batch|normal-exclusive|None|1\n",
	  "|smith|group_A|batch|normal-exclusive|None|1\n" }, 1, "smith" },
	{ { "1smith|group_A|batch|normal-exclusive|None|1\n",
	  "-smith|group_A|batch|normal-exclusive|None|1\n" }, 1, "smith" },
	/* or within another word now */
	{ { "1234|smith|group_A|batch|normal-exclusive|None|1\n",
	  "blacksmith|group_A|batch|normal-exclusive|None|1\n" }, 5, "blacksmith" },
};

static void add_marked(GString *text, GArray *marks, const char *row, guint same)
{
	const guint32 begin = (guint32)text->len, end = begin + (guint32)strlen(row);
	const guint32 all[] = { begin | MARK_ROW, begin + same, end - 7, end - 2, end };

	g_string_append(text, row);
	g_array_append_vals(marks, all, G_N_ELEMENTS(all));
}

START_TEST(marks_hide_no_word_whatever_they_say)
{
	const guint32 header[] = { MARK_ROW, 6 | MARK_REPEATS, 33, 39, strlen(HEADER) };
	g_autoptr(GArray) marks = g_array_new(FALSE, FALSE, sizeof(guint32));
	GString *text = g_string_new(HEADER);
	struct witness *witness = witness_new();
	gsize length;

	g_array_append_vals(marks, header, G_N_ELEMENTS(header));
	add_marked(text, marks, mistaken[_i].rows[0], mistaken[_i].same);
	add_marked(text, marks, mistaken[_i].rows[1], mistaken[_i].same);
	length = text->len;
	g_string_set_size(text, length + LEXICON_BEYOND);
	witness_see(witness,
	            &(struct passage){ text->str, length,
	                               (const guint32 *)(const void *)marks->data, marks->len });
	ck_assert(lexicon_may_have(witness_words(witness), slice_of(mistaken[_i].word)));
	witness_free(witness);
	g_string_free(text, TRUE);
}
END_TEST

/* A name in it is a name in what is shared, wherever the pieces end. */
START_TEST(the_words_of_a_last_line_without_an_end_are_seen)
{
	for (gsize piece = 1; piece < 40; piece += 6) {
		GString *rows = g_string_new(HEADER "smith");
		struct witness *witness = shown(rows, piece);
		ck_assert(lexicon_may_have(witness_words(witness), slice_of("smith")));
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
		risk_meter_add(meter,
		               &(struct seen_job){ .user = slice_of(user),
		                                   .group = slice_of("a"),
		                                   .start = 1700000000 + (gint64)(i / 500 * 500 +
		                                                                  i % 2 * 250) });
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
	tcase_add_loop_test(tcase, a_word_is_known_in_any_case_and_no_part_of_it, 0,
	                    G_N_ELEMENTS(words));
	tcase_add_test(tcase, short_words_behind_an_underscore_are_told_apart);
	tcase_add_test(tcase, a_tilde_is_noticed_and_not_behind_the_text);
	tcase_add_test(tcase,
	               a_byte_beyond_ascii_is_noticed_wherever_it_stands_and_not_behind_the_text);
	tcase_add_test(tcase, every_byte_is_one_of_a_word_or_ends_it);
	tcase_add_test(tcase, what_stands_before_a_text_is_not_its_own);
	tcase_add_test(tcase, many_words_are_all_remembered);
	tcase_add_loop_test(tcase, a_word_of_any_length_is_known, 1, 21);
	tcase_add_loop_test(tcase, a_word_ends_where_its_text_ends, 0, 2);
	tcase_add_loop_test(tcase, what_begins_alike_is_looked_at_again, 0, G_N_ELEMENTS(alike));
	tcase_add_test(tcase, beyond_all_room_any_word_may_be_there);
	tcase_add_test(tcase, byte_by_byte_the_same_words_are_there);
	tcase_add_test(tcase, what_is_found_in_a_text_may_be_found_by_its_words);
	tcase_add_test(tcase, the_risk_is_that_of_the_file_read_again_wherever_it_is_cut);
	tcase_add_loop_test(tcase,
	                    the_risk_is_that_of_the_file_read_again_whatever_columns_it_has, 0,
	                    G_N_ELEMENTS(others));
	tcase_add_test(tcase, with_marks_it_sees_the_same);
	tcase_add_loop_test(tcase, with_any_marks_it_sees_the_same, 0, 200);
	tcase_add_loop_test(tcase, marks_hide_no_word_whatever_they_say, 0, G_N_ELEMENTS(mistaken));
	tcase_add_test(tcase, the_words_of_a_last_line_without_an_end_are_seen);
	tcase_add_test(tcase, of_what_cannot_be_split_as_it_stands_nothing_is_said);
	tcase_add_test(tcase, of_many_jobs_a_sample_is_drawn_and_it_is_said);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

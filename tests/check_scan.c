/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "privacy/anonymize.h"
#include "privacy/policy.h"
#include "privacy/scan.h"
#include "privacy/scrub.h"

static char *folder, *map, *text_path;
static struct mapping *mapping;

static void setup(void)
{
	folder = g_dir_make_tmp("check-scan-XXXXXX", NULL);
	map = g_build_filename(folder, "mapping.csv", NULL);
	text_path = g_build_filename(folder, "text", NULL);
	mapping = mapping_open(map, TRUE, NULL, NULL);
	ck_assert_ptr_nonnull(mapping);
}

static void teardown(void)
{
	mapping_free(mapping);
	g_unlink(text_path);
	ck_assert_int_eq(g_rmdir(folder), 0);
	g_free(folder);
	g_free(map);
	g_free(text_path);
}

static void know(const char *user)
{
	mapping_pseudonym(mapping, NAME_USER, slice_of(user));
}

static gboolean finds(const char *user, const char *text)
{
	struct scan *scan;
	gboolean found;

	know(user);
	scan = scan_new(mapping, NULL);
	scan_text(scan, "text", slice_of(text));
	found = scan_forbids(scan) != NULL;
	scan_free(scan);
	return found;
}

static const struct {
	const char *name, *text;
	gboolean found;
} cases[] = {
	{ "smith", "smith", TRUE },
	{ "smith", "Smith", TRUE },
	{ "Smith", "the SMITH laboratory", TRUE },
	{ "smith", "blacksmith", FALSE },
	{ "smith", "smithy", FALSE },
	{ "smith", "smith2", FALSE },
	{ "smith", "a,smith,b", TRUE },
	{ "smith", "smith-gpu", TRUE },
	{ "smith", "pi_smith", TRUE },
	{ "smith", "gpu.smith+x", TRUE },
	{ "smith", "/data/smith/run", TRUE },
	{ "smith", "", FALSE },
	{ "smith", "smit", FALSE },
	{ "pi_smith", "pi_smith", TRUE },
	{ "pi_smith", "pi_smithy", FALSE },
	{ "pi_smith", "pi smith", FALSE },
	{ "john.smith", "by john.smith.", TRUE },
	{ "john.smith", "john", FALSE },
	{ "domain users", "the Domain Users of", TRUE },
	{ "47112", "by 47112", TRUE },
	{ "li", "li.x and x.li", FALSE },
	{ "ann", "gpu-ann", TRUE },
	{ "-smith-", "x -smith- y", TRUE },
	{ "-smith-", "x smith y", FALSE },
	{ "EXAMPLE\\smith", "EXAMPLE\\smith", TRUE },
	{ "EXAMPLE\\smith", "the Smith laboratory", TRUE },
	{ "EXAMPLE\\smith", "EXAMPLE", FALSE },
	{ "smith@EXAMPLE.ORG", "smith-gpu", TRUE },
	{ "smith@EXAMPLE.ORG", "blacksmith of EXAMPLE.ORG", FALSE },
	{ "m\xc3\xbcller", "Frau m\xc3\xbcller", TRUE },
	{ "m\xc3\xbcller", "m\xc3\xbcllerin", FALSE },
	{ "m\xc3\xbcller", "Frau M\xc3\x9cLLER-Gpu", TRUE },
	{ "M\xc3\x9cLLER", "frau m\xc3\xbcller", TRUE },
	{ "m\xc3\xbcller", "Mu\xcc\x88ller", TRUE }, /* the dots of the u by themselves */
	{ "mu\xcc\x88ller", "M\xc3\x9cLLER", TRUE },
	{ "m\xc3\xbcller", "M\xc3\x9cLLERIN", FALSE },
	{ "m\xc3\xbcller", "muller", FALSE },
	{ "rene", "Rene\xcc\x81", FALSE }, /* an accent makes another word of it */
	{ "wei\xc3\x9f", "WEISS", TRUE },
	{ "weiss", "Wei\xc3\x9f", TRUE },
	{ "\xd0\xb8\xd0\xb2\xd0\xb0\xd0\xbd", "by \xd0\x98\xd0\x92\xd0\x90\xd0\x9d.", TRUE },
	{ "pi_\xc3\xa9mile", "PI_\xc3\x89MILE", TRUE },
	{ "pi_\xc3\xa9mile", "pi-\xc3\xa9mile", FALSE },
	{ "\xc3\xa9mile.zola", "\xc3\x89mile.Zola, 3", TRUE },
	{ "\xc3\xa9mile.zola", "\xc3\x89mile", FALSE },
	{ "smith", "\xe2\x80\x9cSmith\xe2\x80\x9d", TRUE }, /* curly quotes */
	{ "o'hara", "by O\xe2\x80\x99Hara.", TRUE }, /* an apostrophe as it is printed */
	{ "o'hara", "the O\xe2\x80\x98HARA group", TRUE },
	{ "O\xe2\x80\x99Hara", "o'hara", TRUE },
	{ "o'hara", "O\xe2\x80\x99Haras", FALSE },
	{ "o'hara", "O\xe2\x80\x93Hara", FALSE },
	{ "o'hara", "O\xe2\x80\x99", FALSE },
	{ "o-hara", "O\xe2\x80\x99Hara", FALSE },
	{ "smith", "2025\xe2\x80\x93smith", TRUE },
	{ "mk", "\xe2\x80\x9cmk\xe2\x80\x9d", TRUE },
	{ "user", "\xe2\x80\x9cuser_0001\xe2\x80\x9d", FALSE },
	{ "m", "5 m", TRUE },
	{ "m", "5m", FALSE },
	{ "m", "m-1", FALSE },
	{ "mk", "mk_2", FALSE },
	{ "mk", "1+mk", FALSE },
	{ "mk", "mk, too", TRUE },
	{ "20231234", "20231234", FALSE },
	{ "20231234", "/home/20231234", TRUE },
	{ "20231234", "~20231234", TRUE },
	{ "20231234", "by 20231234", TRUE },
	{ "20231234", "cancelled by 20231234", TRUE },
	{ "20231234", "run by 20231234", TRUE },
	{ "20231234", "nearby 20231234", FALSE },
	{ "20231234", "run_by 20231234", FALSE },
	{ "a", "group_A", FALSE },
	{ "user", "user_0001", FALSE },
	{ "ab", "group_AB", FALSE },
	{ "group_OTHER", "group_OTHER", FALSE },
	{ "nobody", "CANCELLED by 4711", TRUE },
	{ "nobody", "Cancelled by 4711", TRUE },
	{ "nobody", "CANCELLED by 1234", FALSE }, /* the program's own example */
	{ "nobody", "CANCELLED by 1234,", FALSE },
	{ "nobody", "CANCELLED by 12345", TRUE },
	{ "nobody", "CANCELLED", FALSE },
	{ "nobody", "CANCELLED by a user", FALSE },
	{ "nobody", "/home/whoever", TRUE },
	{ "nobody", "at home/work", FALSE },
	{ "nobody", "/home/user_0001/run", FALSE },
	{ "nobody", "/home/user_0002/run", TRUE },
	{ "---", "a --- b", FALSE },
};

START_TEST(a_name_is_found_as_a_whole_word_and_nowhere_else)
{
	ck_assert_msg(finds(cases[_i].name, cases[_i].text) == cases[_i].found, "\"%s\" in \"%s\"",
	              cases[_i].name, cases[_i].text);
}
END_TEST

START_TEST(the_longest_name_is_found)
{
	g_autofree char *name = g_strnfill(255, 'x'), *text = g_strconcat("by ", name, ".", NULL);

	ck_assert(finds(name, text));
}
END_TEST

/* What has another name in one release may stand in the next, on other terms. */
START_TEST(words_and_nodes_that_stand_on_these_terms_are_not_looked_for)
{
	static const char *const texts[] = { "alpha", "beta", "cn01", "annex", "smith", "rack" };
	static const gboolean found[][G_N_ELEMENTS(texts)] = {
		{ TRUE, TRUE, TRUE, TRUE, TRUE, TRUE },    /* no terms */
		{ TRUE, TRUE, TRUE, TRUE, TRUE, TRUE },    /* nodes renamed, no list */
		{ FALSE, FALSE, FALSE, TRUE, TRUE, TRUE }, /* nodes as they are called, and a
		                                              list */
		{ FALSE, FALSE, FALSE, TRUE, TRUE, TRUE }, /* their column kept by hand */
		{ FALSE, FALSE, TRUE, TRUE, TRUE, TRUE },  /* their column dropped by hand */
		{ FALSE, FALSE, TRUE, TRUE, TRUE, TRUE },  /* renamed, and kept so */
	};
	static const enum node_names nodes[G_N_ELEMENTS(found)] = { NODES_KEEP, NODES_RENAME,
		                                                    NODES_KEEP, NODES_DROP,
		                                                    NODES_KEEP, NODES_RENAME };
	g_autofree char *path = g_build_filename(folder, "values", NULL);
	struct terms terms = terms_of(PROFILE_RESEARCH);
	struct values *values;

	ck_assert(g_file_set_contents(path, "[partition]\nkeep=beta\n[qos]\nkeep=alpha;smith\n", -1,
	                              NULL));
	values = values_load(path, NULL);
	g_unlink(path);
	ck_assert_ptr_nonnull(values);
	know("smith");
	mapping_pseudonym(mapping, NAME_PARTITION, slice_of("alpha"));
	mapping_pseudonym(mapping, NAME_QOS, slice_of("beta"));
	mapping_pseudonym(mapping, NAME_QOS, slice_of("annex"));
	/* That a part of a node's name is somebody's is why it is hidden. */
	mapping_pseudonym(mapping, NAME_HOST, slice_of("rack"));
	mapping_node(mapping, slice_of("cn#"), slice_of("cn01"));
	for (guint on = 0; on < G_N_ELEMENTS(found); on++)
		for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
			struct scan *scan;

			terms.nodes = nodes[on];
			terms.keep[COLUMN_NODE_LIST] = on == 3 || on == 5;
			terms.drop[COLUMN_NODE_LIST] = on == 4;
			terms.values = on == 1 ? NULL : values;
			scan = scan_new(mapping, on > 0 ? &terms : NULL);
			scan_text(scan, "text", slice_of(texts[i]));
			ck_assert_msg((scan_forbids(scan) != NULL) == found[on][i], "%s, %u",
			              texts[i], on);
			scan_free(scan);
		}
	values_free(values);
}
END_TEST

START_TEST(a_word_of_the_program_is_noted_and_forbids_nothing)
{
	static const char *const words[] = { "gpu", "test", "core", "users" };
	struct scan *scan;
	g_autofree char *log = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		know(words[i]);
	scan = scan_new(mapping, NULL);
	scan_learn(scan, slice_of("Users who test a GPU\nper core"));
	scan_text(scan, "index.html", slice_of("GPU hours of users\na test, by core"));
	ck_assert_ptr_null(scan_forbids(scan));
	log = scan_print(scan, "now", FALSE);
	ck_assert_msg(strstr(log, "now\tby chance\tindex.html\t2\tuser\ttest\t") != NULL, "%s",
	              log);
	scan_text(scan, "index.html", slice_of("see /home/gpu"));
	ck_assert_str_eq(scan_forbids(scan), "index.html");
	scan_free(scan);
}
END_TEST

START_TEST(the_log_says_which_name_and_where)
{
	struct scan *scan;
	g_autofree char *log = NULL;

	know("smith");
	scan = scan_new(mapping, NULL);
	scan_text(scan, "a.csv", slice_of("name,jobs\nuser_0001,3\n"));
	scan_text(scan, "b.csv", slice_of("name,jobs\nuser_0001,3\n\x1b Smith,4\n"));
	ck_assert_str_eq(scan_forbids(scan), "b.csv");
	log = scan_print(scan, "2025-01-31T09:30:00Z", FALSE);
	ck_assert_str_eq(log, "2025-01-31T09:30:00Z\tfound\tb.csv\t3\tuser\tsmith\t"
	                      "name,jobs\\x0auser_0001,3\\x0a\\x1b Smith,4\\x0a\n");
	g_free(log);
	log = scan_print(scan, "2025-01-31T09:30:00Z", TRUE);
	ck_assert_str_eq(log, "2025-01-31T09:30:00Z\tfound\tb.csv\t3\tuser\tuser_0001\t-\n");
	scan_free(scan);
}
END_TEST

START_TEST(a_name_is_told_a_few_times_for_each_file)
{
	struct scan *scan;
	g_autofree char *log = NULL;
	guint lines = 0;

	know("smith");
	scan = scan_new(mapping, NULL);
	for (guint i = 0; i < 100; i++)
		scan_text(scan, "a.csv", slice_of("smith"));
	scan_text(scan, "b.csv", slice_of("smith"));
	log = scan_print(scan, "now", FALSE);
	for (const char *at = log; (at = strchr(at, '\n')) != NULL; at++)
		lines++;
	ck_assert_uint_eq(lines, 4);
	scan_free(scan);
}
END_TEST

static char *log_of_file(struct scan *scan)
{
	int fd = open(text_path, O_RDONLY);

	ck_assert_int_ge(fd, 0);
	ck_assert(scan_file(scan, "rows", fd, NULL));
	close(fd);
	return scan_print(scan, "now", FALSE);
}

/* Wherever the file is cut into blocks. */
START_TEST(a_name_is_found_at_every_place_of_a_long_file)
{
	g_autoptr(GString) text = g_string_new(NULL);

	know("smith");
	for (guint i = 0; i < 300000; i++)
		g_string_append(text, i % 50000 == 49999 ? "1|smith|2\n" : "1234|cpu=4\n");
	ck_assert(g_file_set_contents(text_path, text->str, (gssize)text->len, NULL));
	for (guint lines = 50000; lines <= 150000; lines += 50000) {
		struct scan *scan = scan_new(mapping, NULL);
		g_autofree char *log = log_of_file(scan);
		g_autofree char *wanted = g_strdup_printf("rows\t%u\tuser\tsmith", lines);

		ck_assert_msg(strstr(log, wanted) != NULL, "%s not in %s", wanted, log);
		scan_free(scan);
	}
}
END_TEST

/* So much is read at once. */
START_TEST(a_name_is_found_across_the_end_of_a_block)
{
	g_autoptr(GString) text = g_string_new(NULL);
	struct scan *scan;

	know("smith");
	while (text->len < 2 * 1024 * 1024)
		g_string_append(text, "1234|cpu=4\n");
	g_string_truncate(text, 2 * 1024 * 1024 - 3);
	g_string_append(text, "|smith\n");
	ck_assert(g_file_set_contents(text_path, text->str, (gssize)text->len, NULL));
	scan = scan_new(mapping, NULL);
	g_free(log_of_file(scan));
	ck_assert_ptr_nonnull(scan_forbids(scan));
	scan_free(scan);
}
END_TEST

/* A word may be longer than any name. */
START_TEST(a_word_that_begins_as_a_long_name_does_is_none)
{
	g_autofree char *name = g_strnfill(100, 'x'), *text = g_strnfill(3000, 'x');

	ck_assert(!finds(name, text));
	ck_assert(finds(name, name));
}
END_TEST

/* What becomes of a row in which this column holds a name and so does User. */
static char *shared_text(const char *header, const char *row)
{
	g_autofree char *text = g_strconcat(header, "\n", row, "\n", NULL);
	g_autofree char *shared = g_build_filename(folder, "shared", NULL);
	char *paths[] = { text_path, NULL }, *out = NULL;
	const struct raw_exports exports = { paths, NULL, TRUE };
	struct release *release = release_new();
	struct progress *silent = progress_new("", 0, NULL, NULL);
	struct sink *sink = sink_open(shared, 0644, NULL);
	struct terms terms = terms_of(PROFILE_RESEARCH);
	struct words *words = words_new(mapping, &terms);
	const struct disguise disguise = { &terms, mapping, words };

	ck_assert(g_file_set_contents(text_path, text, -1, NULL));
	ck_assert(anonymize(&exports, &disguise, sink, release, silent, NULL));
	ck_assert(sink_close(sink, NULL, NULL));
	ck_assert(g_file_get_contents(shared, &out, NULL, NULL));
	g_unlink(shared);
	progress_free(silent);
	release_free(release);
	words_free(words);
	return out;
}

static gboolean names_in(const char *text)
{
	struct scan *scan = scan_new(mapping, NULL);
	gboolean found;

	scan_text(scan, "rows", slice_of(text));
	found = scan_forbids(scan) != NULL;
	scan_free(scan);
	return found;
}

static char *shared_with(const char *column, const char *value)
{
	g_autofree char *header = g_strdup_printf("JobID|Submit|Start|End|User|NCPUS|%s", column);
	g_autofree char *row =
		g_strdup_printf("7|2025-01-01T00:00:00|2025-01-01T00:00:00|2025-01-01T01:00:00|"
	                        "canary-smith|1|%s",
	                        value);

	return shared_text(header, row);
}

static gboolean stands_already(enum column column)
{
	return column == COLUMN_JOB_ID || column == COLUMN_SUBMIT || column == COLUMN_START ||
	       column == COLUMN_END || column == COLUMN_USER || column == COLUMN_N_CPUS;
}

/* A node's name stays when no part of it between dashes is somebody's: nothing but the scan stands
 * before a name with a dash of its own. */
static gboolean may_hold_names(enum column column)
{
	return column_info(column)->kind == VALUE_HOSTS;
}

/* With its transform the name is gone; without it the field would stand there as it was read. The
 * numbers that stand for people (UID and its like) look like any number: no scan can find them. */
START_TEST(without_the_transform_of_any_one_column_the_scan_finds_the_name)
{
	know("canary-smith");
	for (enum column column = 0; column < COLUMNS; column++) {
		const char *name = column_info(column)->name;
		const char *value = column == COLUMN_STATE    ? "CANCELLED by 4711" :
		                    column == COLUMN_WORK_DIR ? "/home/canary-smith/run" :
		                                                "canary-smith";
		g_autofree char *shared = NULL;

		if (stands_already(column))
			continue;
		shared = shared_with(name, value);
		ck_assert_msg(names_in(value), "%s", name);
		if (!may_hold_names(column))
			ck_assert_msg(!names_in(shared), "%s: %s", name, shared);
	}
}
END_TEST

START_TEST(a_column_of_a_later_slurm_brings_no_name)
{
	g_autofree char *shared = shared_with("FieldOfALaterSlurm", "canary-smith");

	ck_assert(!names_in(shared));
}
END_TEST

START_TEST(a_node_and_a_licence_called_after_their_owner_bear_other_names)
{
	g_autofree char *node = NULL, *licence = NULL, *compound = NULL;

	know("smith");
	node = shared_with("NodeList", "smith-01");
	licence = shared_with("AllocTRES", "cpu=1,license/canary-smith=1");
	compound = shared_with("NodeList", "canary-smith-01");
	ck_assert_msg(!names_in(node), "%s", node);
	ck_assert_msg(!names_in(licence), "%s", licence);
	ck_assert(names_in("smith-01"));
	ck_assert(names_in("canary-smith-01"));
	ck_assert(names_in("cpu=1,license/canary-smith=1"));
}
END_TEST

START_TEST(a_node_called_after_a_name_with_dashes_bears_another_name)
{
	g_autofree char *node = NULL, *range = NULL, *word = NULL;

	know("anna-lab");
	know("smith@EXAMPLE.ORG");
	node = shared_with("NodeList", "gpu-anna-lab-01");
	range = shared_with("NodeList", "anna-lab[01-03]");
	word = shared_with("Partition", "smith");
	ck_assert_msg(!names_in(node), "%s", node);
	ck_assert_msg(!names_in(range) && strstr(range, "-[01-03]"), "%s", range);
	ck_assert_msg(!names_in(word), "%s", word);
	ck_assert(names_in("gpu-anna-lab-01"));
}
END_TEST

static const struct {
	const char *name, *node, *shown;
} numbered[] = {
	{ "ford2-prefect", "ford2-prefect-01", "host_1-01" },
	{ "ford2-prefect", "gpu-ford2-prefect[01-03]", "gpu-host_1-[01-03]" },
	{ "ford2-prefect", "FORD2-Prefect7,cn01", "host_1-7,cn01" },
	{ "ford2-prefect", "ford2", "ford2" },
	{ "gpu1", "gpu1", "host_1" },
	{ "gpu1", "gpu2", "gpu2" },
	{ "gpu1", "gpu[1-4]", "gpu[1-4]" },
	{ "gpu1", "n-gpu1", "n-host_1" },
	{ "2b-lab", "2b-lab3", "host_1-3" },
	{ "2b-lab", "cn2b", "cn2b" },
	{ "_jo", "x_jo_3", "xhost_1_3" },
	{ "1234", "cn1234", "cn1234" },
	{ "zoe2", "zoe2-lab-7", "host_1-lab-7" },
	{ "anna.smith", "anna.smith", "host_1" },
	{ "anna.smith", "anna.smith-7.example.org,anna.example.org", "host_1-7,anna" },
	{ "anna.smith", "gpu-anna.smith.example.org", "gpu-host_1" },
};

START_TEST(a_node_called_after_a_name_with_digits_bears_another_name)
{
	const char *begin;
	g_autofree char *shared = NULL, *ending = NULL;

	know(numbered[_i].name);
	shared = shared_with("NodeList", numbered[_i].node);
	ending = g_strdup_printf("|%s\n", numbered[_i].shown);
	begin = strrchr(shared, '|');
	ck_assert_msg(begin && g_str_equal(begin, ending), "%s gives %s", numbered[_i].node,
	              shared);
	ck_assert(!names_in(shared));
}
END_TEST

/* Free text that is kept by hand, as the search would find names in it. */
START_TEST(a_name_in_free_text_is_replaced_in_any_case_and_in_quotes)
{
	g_autoptr(GString) line = g_string_new(NULL);

	know("m\xc3\xbcller");
	know("anna-smith");
	ck_assert_uint_eq(
		scrub_append(mapping,
	                     slice_of("M\xc3\x9cLLER (\xe2\x80\x9c"
	                              "Anna-Smith\xe2\x80\x9d)\xe2\x80\x93m\xc3\xbcllerin"),
	                     line),
		2);
	ck_assert_str_eq(
		line->str,
		"user_0001 (\xe2\x80\x9cuser_0002\xe2\x80\x9d)\xe2\x80\x93m\xc3\xbcllerin");
}
END_TEST

START_TEST(a_name_in_free_text_is_replaced_whichever_apostrophe_it_has)
{
	g_autoptr(GString) line = g_string_new(NULL);

	know("o'hara");
	know("smith");
	ck_assert_uint_eq(
		scrub_append(mapping,
	                     slice_of("O\xe2\x80\x99Hara's, o'hara\xe2\x80\x99 and smith's o'har"),
	                     line),
		3);
	ck_assert_str_eq(line->str, "user_0001's, user_0001\xe2\x80\x99 and user_0002's o'har");
}
END_TEST

START_TEST(the_longest_name_in_free_text_is_replaced_and_the_words_that_are_hidden)
{
	g_autoptr(GString) line = g_string_new(NULL);

	know("anna");
	know("anna_b.c");
	mapping_pseudonym(mapping, NAME_PARTITION, slice_of("hush"));
	ck_assert_uint_eq(scrub_append(mapping, slice_of("anna_b.c, anna_b.d on hush"), line), 3);
	ck_assert_str_eq(line->str, "user_0002, user_0001_b.d on partition_1");
}
END_TEST

START_TEST(a_name_in_free_text_is_replaced_behind_what_an_address_writes_for_a_sign)
{
	g_autoptr(GString) line = g_string_new(NULL);

	know("smith");
	know("abba");
	ck_assert_uint_eq(scrub_append(mapping,
	                               slice_of("x%2Fhome%2fSmith%2Fy%7esmith 5%abba 5%20 %2"),
	                               line),
	                  3);
	ck_assert_str_eq(line->str, "x%2Fhome%2fuser_0001%2Fy%7euser_0001 5%user_0002 5%20 %2");
}
END_TEST

/* What the program's own words say of homes is no user's. */
START_TEST(a_home_that_was_learnt_is_found_only_when_it_is_a_users)
{
	static const struct {
		const char *text;
		gboolean found;
	} homes[] = { { "/home/hpc/x", FALSE },
		      { "/home/hpc2", TRUE },
		      { "of smith", FALSE },
		      { "/home/smith/x", TRUE },
		      { "~smith", TRUE } };

	know("smith");
	for (guint i = 0; i < G_N_ELEMENTS(homes); i++) {
		struct scan *scan = scan_new(mapping, NULL);

		scan_learn(scan, slice_of("/home/hpc and /home/smith"));
		scan_text(scan, "text", slice_of(homes[i].text));
		ck_assert_msg((scan_forbids(scan) != NULL) == homes[i].found, "%s", homes[i].text);
		scan_free(scan);
	}
}
END_TEST

/* Somebody may be called as pseudonyms begin. Pages name the first ones whether or not they were
 * given. */
START_TEST(no_name_is_found_in_a_pseudonym)
{
	mapping_pseudonym(mapping, NAME_QOS, slice_of("user"));
	ck_assert(!names_in("user_0001"));
	know("group");
	ck_assert(!names_in("group_A and " PSEUDONYM_OTHER));
	know("user");
	ck_assert(!names_in("user_0002"));
	ck_assert(names_in("user_0003"));
	know("user_0002-lab");
	ck_assert(names_in("of user_0002-lab"));
}
END_TEST

/* What only looks like a pseudonym may be a name in capitals. */
START_TEST(a_pseudonym_that_was_never_given_hides_no_name)
{
	know("smith");
	ck_assert(names_in("group_SMITH"));
	ck_assert(!names_in("user_0001"));
}
END_TEST

/* A letter beyond ASCII behind it makes another word of it. */
START_TEST(a_pseudonym_in_a_longer_word_hides_no_name)
{
	know("user_0001s");
	ck_assert(names_in("user_0001\xc5\xbf"));
	ck_assert(names_in("|USER_0001S|"));
	ck_assert(!names_in("|user_0001|"));
}
END_TEST

/* Within the time that a test may take, which asking each name of each row would not be. */
START_TEST(names_that_all_begin_like_pseudonyms_cost_little)
{
	g_autoptr(GString) rows = g_string_new(NULL);

	for (int i = 0; i < 4000; i++) {
		g_autofree char *name = g_strdup_printf("user_x%d", i);

		know(name);
	}
	for (int i = 0; i < 20000; i++)
		g_string_append(rows, "17|user_0001|group_A|cn01\n");
	ck_assert(!names_in(rows->str));
	g_string_append(rows, "17|user_x3999|group_A|cn01\n");
	ck_assert(names_in(rows->str));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("scan");
	TCase *tcase = tcase_create("scan");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_loop_test(tcase, a_name_is_found_as_a_whole_word_and_nowhere_else, 0,
	                    G_N_ELEMENTS(cases));
	tcase_add_test(tcase, the_longest_name_is_found);
	tcase_add_test(tcase, words_and_nodes_that_stand_on_these_terms_are_not_looked_for);
	tcase_add_test(tcase, a_word_of_the_program_is_noted_and_forbids_nothing);
	tcase_add_test(tcase, the_log_says_which_name_and_where);
	tcase_add_test(tcase, a_name_is_told_a_few_times_for_each_file);
	tcase_add_test(tcase, a_name_is_found_at_every_place_of_a_long_file);
	tcase_add_test(tcase, without_the_transform_of_any_one_column_the_scan_finds_the_name);
	tcase_add_test(tcase, a_column_of_a_later_slurm_brings_no_name);
	tcase_add_test(tcase, a_node_and_a_licence_called_after_their_owner_bear_other_names);
	tcase_add_test(tcase, a_node_called_after_a_name_with_dashes_bears_another_name);
	tcase_add_loop_test(tcase, a_node_called_after_a_name_with_digits_bears_another_name, 0,
	                    G_N_ELEMENTS(numbered));
	tcase_add_test(tcase, a_name_in_free_text_is_replaced_in_any_case_and_in_quotes);
	tcase_add_test(tcase, a_name_in_free_text_is_replaced_whichever_apostrophe_it_has);
	tcase_add_test(tcase,
	               the_longest_name_in_free_text_is_replaced_and_the_words_that_are_hidden);
	tcase_add_test(tcase,
	               a_name_in_free_text_is_replaced_behind_what_an_address_writes_for_a_sign);
	tcase_add_test(tcase, a_home_that_was_learnt_is_found_only_when_it_is_a_users);
	tcase_add_test(tcase, a_name_is_found_across_the_end_of_a_block);
	tcase_add_test(tcase, a_word_that_begins_as_a_long_name_does_is_none);
	tcase_add_test(tcase, no_name_is_found_in_a_pseudonym);
	tcase_add_test(tcase, a_pseudonym_that_was_never_given_hides_no_name);
	tcase_add_test(tcase, a_pseudonym_in_a_longer_word_hides_no_name);
	tcase_add_test(tcase, names_that_all_begin_like_pseudonyms_cost_little);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

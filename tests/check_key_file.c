/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>

#include "base/key_file.h"
#include "fixture_jobs.h"

static struct key_file *taken(const char *text)
{
	char *path = write_file("site.conf", text);
	GError *error = NULL;
	struct key_file *file = key_file_load(path, &error);
	ck_assert_msg(file != NULL, "%s", error ? error->message : "");
	remove_file(path);
	return file;
}

/* Remarks, empty lines and blanks count. */
static const struct {
	const char *text, *group, *key;
	guint line;
} places[] = {
	{ "[site]\na=1\nb=2\n", "site", "a", 2 },
	{ "[site]\na=1\nb=2\n", "site", "b", 3 },
	{ "[site]\na=1\nb=2\n", "site", NULL, 1 },
	{ "# of ours\n\n[site]\n# a=0\n\n  a = 1\n", "site", "a", 6 },
	{ "[site]\r\na=1\r\nb=2\r\n", "site", "b", 3 },
	{ "[site]\na=1\nb=2", "site", "b", 3 },
	{ "[one]\na=1\n[two]\na=2\n", "one", "a", 2 },
	{ "[one]\na=1\n[two]\na=2\n", "two", "a", 4 },
	{ "[one]\na=1\n[two]\na=2\n", "two", NULL, 3 },
	{ "[one]\na=1\n[two]\nb=2\n[one]\nc=3\n", "one", "c", 6 },
	{ "[one]\na=1\n[two]\nb=2\n[one]\nc=3\n", "one", NULL, 1 },
	{ "[site]\na=[two]\nb=a=3\n", "site", "a", 2 },
	/* No value goes on in the next line: what looks like it is a key of its own. */
	{ "[site]\na=1\\\nb=2\n", "site", "b", 3 },
	{ "[site]\na[de]=1\na=2\n", "site", "a", 3 },
	{ "[site]  \n\ta\t=\t1\n", "site", "a", 2 },
	{ "[site]\na=1\n", "site", "b", 0 },
	{ "[site]\na=1\n", "other", "a", 0 },
	{ "[site]\na=1\n", "other", NULL, 0 },
	{ "", "site", NULL, 0 },
	/* What editors on Windows begin a file with. */
	{ "\xef\xbb\xbf[site]\r\na=1\r\n", "site", "a", 2 },
	{ "\xef\xbb\xbf", "site", NULL, 0 },
};

START_TEST(a_key_is_in_the_line_that_counts)
{
	struct key_file *file = taken(places[_i].text);
	ck_assert_uint_eq(key_file_line(file, places[_i].group, places[_i].key), places[_i].line);
	key_file_free(file);
}
END_TEST

/* Whatever GKeyFile finds, it stands in the line that is named. */
START_TEST(the_value_that_is_read_stands_in_that_line)
{
	const char *text = "[one]\n#a=2\n a =3\n[two]\na=4\n[one]\nb=5\n[two]\nb=7\n";
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	struct key_file *file = taken(text);
	g_auto(GStrv) groups = g_key_file_get_groups(file->keys, NULL);
	for (guint g = 0; groups[g]; g++) {
		g_auto(GStrv) keys = g_key_file_get_keys(file->keys, groups[g], NULL, NULL);
		for (guint k = 0; keys[k]; k++) {
			g_autofree char *value = g_key_file_get_value(file->keys, groups[g],
			                                              keys[k], NULL);
			guint line = key_file_line(file, groups[g], keys[k]);
			ck_assert_uint_gt(line, 0);
			ck_assert_msg(g_str_has_suffix(lines[line - 1], value), "[%s] %s",
			              groups[g], keys[k]);
		}
	}
	key_file_free(file);
}
END_TEST

static const struct {
	const char *text, *message;
} bad[] = {
	{ "a=1\n", "site.conf, line 1: no [group] stands above it, or only one behind #: a=1" },
	{ "#[one]\na=1\n",
	  "site.conf, line 2: no [group] stands above it, or only one behind #: a=1" },
	{ "[one]\na=1\n#[two]\n a =2\n",
	  "site.conf, line 4: [one] has a already: take one out, or the # in front of the [group] that this is for" },
	{ "[one]\na=1\n[two]\na=2\n[one]\na=3\n", "site.conf, line 6: [one] has a already: " },
	{ "[one]\nb\x1b=1\nb\x1b=2\n", "site.conf, line 3: [one] has b" },
	{ "nonsense",
	  "site.conf, line 1: neither [group] nor key=value, nor a remark behind #: nonsense" },
	{ "[site]\na=1\nnonsense\nb=2\n", "site.conf, line 3: " },
	{ "[site]\na=1\nnonsense\nmore nonsense\n", "site.conf, line 3: " },
	{ "[site]\na=1\n\n# remark\n[site\nb=2\n", "site.conf, line 5: " },
	{ "[site]\n=1\n", "site.conf, line 2: " },
	{ "[site]\r\na=1\r\n\r\nnonsense", "site.conf, line 4: " },
	{ "[site]\na=1\nnon\x1b[31msense\n", "site.conf, line 3: " },
	{ "\xef\xbb\xbf[site]\na=1\nnonsense\n", "site.conf, line 3: " },
	/* A long line does not push out what is wrong with it. */
	{ "[site]\nwhat the finance office wrote of the price of current, and of which we know no more than that\n",
	  "site.conf, line 2: neither [group] nor key=value, nor a remark behind #: what the finance office" },
	{ "\xef\xbb\xbf\xef\xbb\xbf[site]\na=1\n", "site.conf, line 1: " },
};

START_TEST(what_is_no_key_file_is_refused_with_the_line)
{
	char *path = write_file("site.conf", bad[_i].text);
	g_autoptr(GError) error = NULL;
	ck_assert_ptr_null(key_file_load(path, &error));
	ck_assert_msg(g_str_has_prefix(error->message, bad[_i].message), "%s", error->message);
	ck_assert_ptr_null(strchr(error->message, '\x1b'));
	remove_file(path);
}
END_TEST

START_TEST(a_file_that_cannot_be_read_has_no_line)
{
	g_autoptr(GError) error = NULL;
	ck_assert_ptr_null(key_file_load("/nonexistent/site.conf", &error));
	ck_assert_str_eq(error->message, "site.conf: No such file or directory");
}
END_TEST

START_TEST(a_mistake_is_told_with_file_and_line_or_the_file_alone)
{
	struct key_file *file = taken("[site]\na=1\n");
	g_autoptr(GError) known = NULL, unknown = NULL;
	ck_assert(!key_file_wrong(file, "site", "a", &known, "a is %d", 1));
	ck_assert_str_eq(known->message, "site.conf, line 2: a is 1");
	ck_assert(!key_file_wrong(file, "site", "b", &unknown, "no b"));
	ck_assert_str_eq(unknown->message, "site.conf: no b");
	ck_assert(!key_file_wrong(file, "site", "a", NULL, "nobody wants to know"));
	key_file_free(file);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("key_file");
	TCase *tests = tcase_create("key_file");
	tcase_add_loop_test(tests, a_key_is_in_the_line_that_counts, 0, G_N_ELEMENTS(places));
	tcase_add_test(tests, the_value_that_is_read_stands_in_that_line);
	tcase_add_loop_test(tests, what_is_no_key_file_is_refused_with_the_line, 0,
	                    G_N_ELEMENTS(bad));
	tcase_add_test(tests, a_file_that_cannot_be_read_has_no_line);
	tcase_add_test(tests, a_mistake_is_told_with_file_and_line_or_the_file_alone);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

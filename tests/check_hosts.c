/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "record/value.h"

static const struct {
	const char *list;
	gint64 count;
	const char *names; /* NULL: too many to write down */
} good[] = {
	{ "", 0, "" },
	{ "None assigned", 0, "" },
	{ "None", 0, "" },
	{ "(null)", 0, "" },
	{ "NULL", 0, "" }, /* a dump of the database */
	{ "cn001", 1, "cn001" },
	{ "cn001,cn007", 2, "cn001 cn007" },
	{ "cn[001-003]", 3, "cn001 cn002 cn003" },
	{ "a[01-03,7]b[1-2]", 8, "a01b1 a01b2 a02b1 a02b2 a03b1 a03b2 a7b1 a7b2" },
	{ "big-01,cn[9-11],g3.x-7", 5, "big-01 cn9 cn10 cn11 g3.x-7" },
	{ "rack[1-2]-node", 2, "rack1-node rack2-node" },
	{ "[1-3]", 3, "1 2 3" },
	{ "n[098-101]", 4, "n098 n099 n100 n101" },
	{ "n[5]", 1, "n5" },
	{ "n[5-5]", 1, "n5" },
	{ "n[000000000000000005]", 1, "n000000000000000005" },
	{ "a[0-999999]", 1000000, NULL },
	{ "a[0-9]b[0-9]c[0-9]d[0-9]e[0-9]f[0-9]", 1000000, NULL },
	{ "a[1-2147483648]", G_GINT64_CONSTANT(2147483648), NULL },
};

static const char *const bad[] = {
	",",
	"a,",
	",a",
	"a,,b",
	"a[",
	"a[]",
	"a[1",
	"a[1-]",
	"a[-2]",
	"a[3-1]",
	"a[1,]",
	"a[,1]",
	"a]",
	"a[1-2",
	"a b",
	"a[x]",
	"a[1-2x]",
	"a[1[2]]",
	"a\xff",
	"a/b",
	"a[0-2147483648]",
	"a[0-99999]b[0-99999]",
	"a[1-999999999999999999999]",
	"a[0-2147483647],b",
	"n[0000000000000000001]",
	"n[1-0000000000000000002]",
};

static void join(struct slice host, void *data)
{
	GString *names = data;

	if (names->len > 0)
		g_string_append_c(names, ' ');
	g_string_append_len(names, host.data, (gssize)host.length);
}

START_TEST(a_list_is_counted_without_being_expanded)
{
	gint64 count = -1;

	ck_assert_msg(hosts_count(slice_of(good[_i].list), &count), "%s", good[_i].list);
	ck_assert_int_eq(count, good[_i].count);
}
END_TEST

START_TEST(a_list_is_expanded_in_order_with_its_zeros)
{
	g_autoptr(GString) names = g_string_new(NULL);

	if (!good[_i].names) {
		ck_assert(!hosts_each(slice_of(good[_i].list), join, names));
		return;
	}
	ck_assert(hosts_each(slice_of(good[_i].list), join, names));
	ck_assert_str_eq(names->str, good[_i].names);
}
END_TEST

START_TEST(a_malformed_or_endless_list_is_refused)
{
	g_autoptr(GString) names = g_string_new(NULL);
	gint64 count;

	ck_assert_msg(!hosts_count(slice_of(bad[_i]), &count), "%s", bad[_i]);
	ck_assert(!hosts_each(slice_of(bad[_i]), join, names));
	ck_assert_str_eq(names->str, "");
}
END_TEST

/* `length` bytes before the brackets. */
static gboolean is_built_behind(gsize length, const char *brackets)
{
	g_autoptr(GString) names = g_string_new(NULL);
	g_autofree char *stem = g_strnfill(length, 'n');
	g_autofree char *list = g_strconcat(stem, brackets, NULL);

	return hosts_each(slice_of(list), join, names);
}

START_TEST(a_name_longer_than_any_host_has_is_not_built)
{
	ck_assert(is_built_behind(249, "[100000-100001]"));
	ck_assert(!is_built_behind(250, "[100000-100001]"));
}
END_TEST

/* Each bracket is a call within a call: a line has room for hundreds of thousands. */
START_TEST(more_brackets_than_any_host_has_are_not_expanded)
{
	static const guint counts[] = { 8, 9, 200000 };

	for (guint i = 0; i < G_N_ELEMENTS(counts); i++) {
		g_autoptr(GString) brackets = g_string_new(NULL);

		for (guint j = 0; j < counts[i]; j++)
			g_string_append(brackets, "[1]");
		ck_assert_int_eq(is_built_behind(1, brackets->str), i == 0);
	}
}
END_TEST

static void count(struct slice host, void *data)
{
	(void)host;
	++*(guint *)data;
}

START_TEST(so_many_hosts_are_expanded_and_no_more)
{
	guint hosts = 0;

	ck_assert(hosts_each(slice_of("n[1-100000]"), count, &hosts));
	ck_assert_uint_eq(hosts, 100000);
	ck_assert(!hosts_each(slice_of("n[1-100001]"), count, &hosts));
	ck_assert_uint_eq(hosts, 100000);
}
END_TEST

/* Names of this length, which are looked at 4 to 16 bytes at once. */
START_TEST(every_byte_of_a_name_is_looked_at)
{
	gint64 count;

	for (int byte = 1; byte < 256; byte++) {
		gboolean fits = g_ascii_isalnum(byte) || strchr("-._", byte);

		if (strchr("[],", byte))
			continue;
		for (int at = 0; at < _i; at++) {
			g_autofree char *name = g_strnfill((gsize)_i, 'n');

			name[at] = (char)byte;
			ck_assert_msg(hosts_count(slice_of(name), &count) == fits, "%s", name);
			ck_assert(!fits || count == 1);
		}
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("hosts");
	TCase *all = tcase_create("all");
	SRunner *runner = srunner_create(suite);
	int failed;

	tcase_add_loop_test(all, a_list_is_counted_without_being_expanded, 0, G_N_ELEMENTS(good));
	tcase_add_loop_test(all, a_list_is_expanded_in_order_with_its_zeros, 0, G_N_ELEMENTS(good));
	tcase_add_loop_test(all, a_malformed_or_endless_list_is_refused, 0, G_N_ELEMENTS(bad));
	tcase_add_test(all, more_brackets_than_any_host_has_are_not_expanded);
	tcase_add_test(all, so_many_hosts_are_expanded_and_no_more);
	tcase_add_loop_test(all, every_byte_of_a_name_is_looked_at, 1, 34);
	tcase_add_test(all, a_name_longer_than_any_host_has_is_not_built);
	suite_add_tcase(suite, all);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

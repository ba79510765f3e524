/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <glib/gstdio.h>
#include <stdlib.h>

#include "privacy/risk.h"
#include "record/value.h"

static char *folder, *path;
static GString *rows;

static void setup(void)
{
	folder = g_dir_make_tmp("check-risk-XXXXXX", NULL);
	path = g_build_filename(folder, "shared.psv", NULL);
	rows = g_string_new("JobID|User|Account|Submit|Start|End|ElapsedRaw|AllocCPUS|AllocTRES\n");
}

static void teardown(void)
{
	g_unlink(path);
	ck_assert_int_eq(g_rmdir(folder), 0);
	g_string_free(rows, TRUE);
	g_free(folder);
	g_free(path);
}

/* A job of that many core-hours that begins then. */
static void add(guint user, const char *account, const char *start, guint hours, gboolean gpu)
{
	guint id = (guint)rows->len; /* only to differ */

	g_string_append_printf(
		rows, "%u|user_%04u|%s|%s|%s|2026-01-01T00:00:00|3600|%u|cpu=%u,mem=1G,node=1%s\n",
		id, user, account, start, start, hours, hours, gpu ? ",gres/gpu=1" : "");
}

static struct risk measured(void)
{
	struct risk risk;
	GError *error = NULL;

	ck_assert(g_file_set_contents(path, rows->str, -1, NULL));
	ck_assert_msg(risk_measure(&risk, path, FALSE, &error), "%s", error ? error->message : "");
	return risk;
}

START_TEST(three_users_in_two_groups_are_counted)
{
	struct risk risk;

	add(1, "group_A", "2025-01-01T10:00:00", 6, FALSE);
	add(2, "group_A", "2025-01-01T11:00:00", 2, FALSE);
	add(2, "group_A", "2025-02-01T11:00:00", 2, TRUE);
	add(3, "group_B", "2025-01-01T10:00:00", 10, FALSE);
	risk = measured();
	ck_assert_str_eq(risk.grouped_by, "account");
	ck_assert_uint_eq(risk.jobs, 4);
	ck_assert_uint_eq(risk.users, 3);
	ck_assert_uint_eq(risk.groups, 2);
	ck_assert_uint_eq(risk.groups_below, 2);
	ck_assert_uint_eq(risk.jobs_below, 4);
	ck_assert_double_eq_tol(risk.core_hours_below, 20, 1e-9);
	ck_assert_uint_eq(risk.groups_dominated, 1);
	ck_assert_uint_eq(risk.cells, 3);
	ck_assert_uint_eq(risk.cells_below, 3);
	ck_assert_uint_eq(risk.cells_of_two, 1);
	ck_assert_uint_eq(risk.users_unique, 3);
}
END_TEST

START_TEST(a_month_is_told_with_gpus_and_without)
{
	struct risk risk;

	add(1, "group_A", "2025-01-31T23:59:59", 1, FALSE);
	add(1, "group_A", "2025-01-01T00:00:00", 1, TRUE);
	add(2, "group_A", "2025-01-01T00:00:00", 1, TRUE);
	add(2, "group_A", "2025-02-01T00:00:00", 1, TRUE);
	add(2, "group_A", "2026-01-01T00:00:00", 1, TRUE);
	risk = measured();
	ck_assert_uint_eq(risk.jobs, 5);
	ck_assert_uint_eq(risk.cells, 4);
	ck_assert_uint_eq(risk.cells_below, 4);
	ck_assert_uint_eq(risk.cells_of_two, 1);
}
END_TEST

START_TEST(who_never_started_a_job_is_in_a_group_and_in_no_month)
{
	struct risk risk;

	add(1, "group_A", "2025-01-01T10:00:00", 1, FALSE);
	add(1, "group_A", "Unknown", 0, FALSE);
	add(2, "group_A", "Unknown", 0, FALSE);
	add(3, "group_B", "Unknown", 0, FALSE);
	risk = measured();
	ck_assert_uint_eq(risk.jobs, 4);
	ck_assert_uint_eq(risk.groups, 2);
	ck_assert_uint_eq(risk.groups_dominated, 1);
	ck_assert_uint_eq(risk.cells, 1);
	ck_assert_uint_eq(risk.unicity[0].draws, RISK_DRAWS);
	ck_assert_uint_eq(risk.unicity[0].unique, RISK_DRAWS);
	ck_assert_uint_eq(risk.unicity[1].draws, 0);
}
END_TEST

/* Users 1 and 4 are alike; each of the others differs from them in one thing alone. */
START_TEST(users_are_told_apart_by_groups_months_and_gpus)
{
	struct risk risk;

	for (guint user = 1; user <= 4; user++) {
		add(user, "group_A", "2025-01-01T10:00:00", 1, FALSE);
		add(user, "group_A", "2025-01-02T10:00:00", user, FALSE);
	}
	add(5, "group_B", "2025-01-01T10:00:00", 1, FALSE);
	add(2, "group_A", "2025-02-01T10:00:00", 1, FALSE);
	add(3, "group_A", "2025-01-01T10:00:00", 1, TRUE);
	risk = measured();
	ck_assert_uint_eq(risk.users, 5);
	ck_assert_uint_eq(risk.users_unique, 3);
}
END_TEST

START_TEST(a_group_of_five_is_not_small)
{
	struct risk risk;

	for (guint user = 1; user <= 5; user++)
		add(user, "group_A", "2025-01-01T10:00:00", 1, FALSE);
	for (guint user = 6; user <= 9; user++) {
		add(user, "group_B", "2025-01-01T10:00:00", 1, FALSE);
		add(user, "group_B", "2025-02-01T10:00:00", 1, FALSE);
	}
	risk = measured();
	ck_assert_uint_eq(risk.groups_below, 1);
	ck_assert_uint_eq(risk.jobs_below, 8);
	ck_assert_double_eq_tol(risk.core_hours_below, 8, 1e-9);
	ck_assert_uint_eq(risk.cells_below, 2);
	ck_assert_uint_eq(risk.groups_dominated, 0);
	ck_assert_uint_eq(risk.users_unique, 0);
}
END_TEST

START_TEST(eighty_five_per_cent_dominate_and_a_little_less_do_not)
{
	struct risk risk;

	add(1, "group_A", "2025-01-01T10:00:00", 50, FALSE);
	add(1, "group_A", "2025-03-01T10:00:00", 35, FALSE);
	add(2, "group_A", "2025-01-01T10:00:00", 15, FALSE);
	add(1, "group_B", "2025-01-01T10:00:00", 84, FALSE);
	add(2, "group_B", "2025-01-01T10:00:00", 16, FALSE);
	risk = measured();
	ck_assert_uint_eq(risk.groups_dominated, 1);
}
END_TEST

/* A year of 30 people; `text` is how a start is printed. */
static void add_year(gboolean whole_days)
{
	for (guint day = 0; day < 300; day++)
		for (guint user = 1; user <= 30; user++) {
			g_autofree char *start = g_strdup_printf("2025-%02u-%02uT%02u:%02u:%02u",
			                                         day / 28 % 12 + 1, day % 28 + 1,
			                                         whole_days ? 0 : user % 24,
			                                         whole_days ? 0 : user,
			                                         whole_days ? 0 : day % 60);

			if ((day * 7 + user * 11) % 3 == 0)
				add(user, user % 2 ? "group_A" : "group_B", start, 1, FALSE);
		}
}

START_TEST(starts_to_the_second_single_everybody_out)
{
	struct risk risk;

	add_year(FALSE);
	risk = measured();
	for (guint i = 0; i < RISK_KNOWN; i++) {
		ck_assert_uint_eq(risk.unicity[i].draws, RISK_DRAWS);
		ck_assert_uint_eq(risk.unicity[i].unique, RISK_DRAWS);
	}
}
END_TEST

START_TEST(starts_to_the_day_hide_people_in_each_other)
{
	struct risk risk;

	add_year(TRUE);
	risk = measured();
	ck_assert_uint_eq(risk.unicity[0].unique, 0);
	for (guint i = 0; i < RISK_KNOWN; i++)
		ck_assert_uint_lt(risk.unicity[i].unique, RISK_DRAWS);
}
END_TEST

START_TEST(the_same_file_gives_the_same_draws)
{
	struct risk one, other;

	add_year(TRUE);
	one = measured();
	other = measured();
	ck_assert_mem_eq(one.unicity, other.unicity, sizeof one.unicity);
}
END_TEST

START_TEST(who_has_one_job_is_not_looked_for_by_two)
{
	struct risk risk;

	add(1, "group_A", "2025-01-01T10:00:00", 1, FALSE);
	add(2, "group_A", "2025-01-01T11:00:00", 1, FALSE);
	risk = measured();
	ck_assert_uint_eq(risk.unicity[0].draws, RISK_DRAWS);
	ck_assert_uint_eq(risk.unicity[1].draws, 0);
}
END_TEST

START_TEST(a_file_without_users_has_nobody_to_find)
{
	struct risk risk;

	g_string_assign(rows, "Start|End|NCPUS\n2025-01-01T10:00:00|2025-01-01T11:00:00|1\n");
	risk = measured();
	ck_assert_uint_eq(risk.users, 0);
	ck_assert_uint_eq(risk.groups, 0);
	ck_assert_uint_eq(risk.unicity[0].draws, 0);
	ck_assert_ptr_null(risk.grouped_by);
}
END_TEST

/* So many jobs of one user, one a second. */
static void add_seconds(struct risk_meter *meter, const char *user, const char *group, guint count)
{
	for (guint i = 0; i < count; i++)
		risk_meter_add(meter, &(struct seen_job){ .user = slice_of(user),
		                                          .group = slice_of(group),
		                                          .start = 1735689600 + i });
}

/* More starts than are kept; each is two people's, or one's alone by the group. */
START_TEST(of_many_starts_a_sample_is_drawn_and_people_still_hide_in_each_other)
{
	static const char *const groups[] = { "group_A", "group_B" };

	for (guint i = 0; i < G_N_ELEMENTS(groups); i++) {
		struct risk_meter *meter = risk_meter_new("account");
		struct risk risk;

		add_seconds(meter, "user_0001", "group_A", 400000);
		add_seconds(meter, "user_0002", groups[i], 400000);
		risk_meter_finish(meter, &risk);
		risk_meter_free(meter);
		ck_assert_uint_eq(risk.jobs, 800000);
		ck_assert_uint_ge(risk.known_one_in, 2);
		for (guint known = 0; known < RISK_KNOWN; known++) {
			ck_assert_uint_eq(risk.unicity[known].draws, RISK_DRAWS);
			ck_assert_uint_eq(risk.unicity[known].unique, i == 0 ? 0 : RISK_DRAWS);
		}
	}
}
END_TEST

START_TEST(jobs_that_began_together_are_one_to_who_knows_them)
{
	struct risk_meter *meter = risk_meter_new("account");
	struct risk risk;

	for (guint i = 0; i < 600000; i++)
		risk_meter_add(meter, &(struct seen_job){ .user = slice_of("user_0001"),
		                                          .start = 1735689600 + i % 3 });
	risk_meter_finish(meter, &risk);
	risk_meter_free(meter);
	ck_assert_uint_eq(risk.jobs, 600000);
	ck_assert_uint_eq(risk.known_one_in, 1);
	ck_assert_uint_eq(risk.unicity[2].draws, RISK_DRAWS);
	ck_assert_uint_eq(risk.unicity[3].draws, 0);
}
END_TEST

START_TEST(another_job_is_told_by_its_month)
{
	struct risk_meter *meter = risk_meter_new("account");
	const gint64 new_year = 1735689600;
	struct risk risk;

	risk_meter_add(meter, &(struct seen_job){ .user = slice_of("user_0001"),
	                                          .start = new_year,
	                                          .gpus = TRUE });
	risk_meter_add_another(meter, new_year - 1, 3600);
	risk_meter_add_another(meter, new_year + 1, 3600);
	risk_meter_add_another(meter, VALUE_UNKNOWN, 0);
	risk_meter_add_another(meter, new_year + 1, 3600);
	risk_meter_finish(meter, &risk);
	risk_meter_free(meter);
	ck_assert_uint_eq(risk.jobs, 5);
	ck_assert_double_eq_tol(risk.core_hours, 3, 1e-9);
	ck_assert_uint_eq(risk.cells, 2);
	ck_assert_uint_eq(risk.unicity[2].draws, RISK_DRAWS);
	ck_assert_uint_eq(risk.unicity[3].draws, 0);
}
END_TEST

/* By the formula, with a pocket calculator. */
START_TEST(the_interval_is_wilsons)
{
	struct risk_share half = risk_share(&(struct unicity){ 100, 50 });
	struct risk_share all = risk_share(&(struct unicity){ 1000, 1000 });

	ck_assert_double_eq_tol(half.low, 0.4038, 1e-4);
	ck_assert_double_eq_tol(half.high, 0.5962, 1e-4);
	ck_assert_double_eq_tol(all.low, 0.99617, 1e-4);
	ck_assert_double_eq_tol(all.high, 1, 1e-9);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("risk");
	TCase *tcase = tcase_create("risk");
	SRunner *runner;
	int failed;

	tcase_add_checked_fixture(tcase, setup, teardown);
	tcase_add_test(tcase, three_users_in_two_groups_are_counted);
	tcase_add_test(tcase, a_month_is_told_with_gpus_and_without);
	tcase_add_test(tcase, who_never_started_a_job_is_in_a_group_and_in_no_month);
	tcase_add_test(tcase, users_are_told_apart_by_groups_months_and_gpus);
	tcase_add_test(tcase, a_group_of_five_is_not_small);
	tcase_add_test(tcase, eighty_five_per_cent_dominate_and_a_little_less_do_not);
	tcase_add_test(tcase, starts_to_the_second_single_everybody_out);
	tcase_add_test(tcase, starts_to_the_day_hide_people_in_each_other);
	tcase_add_test(tcase, the_same_file_gives_the_same_draws);
	tcase_add_test(tcase, who_has_one_job_is_not_looked_for_by_two);
	tcase_add_test(tcase, a_file_without_users_has_nobody_to_find);
	tcase_add_test(tcase, of_many_starts_a_sample_is_drawn_and_people_still_hide_in_each_other);
	tcase_add_test(tcase, jobs_that_began_together_are_one_to_who_knows_them);
	tcase_add_test(tcase, another_job_is_told_by_its_month);
	tcase_add_test(tcase, the_interval_is_wilsons);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture_charts.h"

#include <math.h>

#include "finding/cells.h"
#include "finding/homes.h"
#include "measure/crowd.h"
#include "report/compose.h"
#include "report/labels.h"

/* Groups must have three users. "A:4,4,4 B:1,1" is a group of three users with four core-hours
 * each, and one of two with one. A user is new unless it is named: "A:4@7" is user 7, and "A:4@"
 * nobody; ":4" is a group without a name. */
static void world_of(struct world *world, const char *text)
{
	world_init(world);
	world->min_users = 3;
	g_auto(GStrv) groups = g_strsplit(text, " ", 0);
	guint next = 100;
	for (guint g = 0; groups[g]; g++) {
		g_auto(GStrv) parts = g_strsplit(groups[g], ":", 2),
			      users = g_strsplit(parts[1], ",", 0);
		for (guint u = 0; users[u]; u++) {
			const char *named = strchr(users[u], '@');
			guint number = named ? (guint)atoi(named + 1) : next++;
			g_autofree char *user = number > 0 ? g_strdup_printf("user_%04u", number)
			                                   : g_strdup("");
			g_autofree char *group = *parts[0] ? g_strconcat("group_", parts[0], NULL)
			                                   : g_strdup("");
			add(world, user, group, job_on("n1", 1, atoi(users[u])), (int)u, 1);
		}
	}
	analyse(world);
}

/* "A=12/3 other=5/4": core-hours and users of each group, by name. */
static char *shown(const struct world *world)
{
	GString *text = g_string_new(NULL);
	for (guint g = 0; g < intern_count(world->tally->groups); g++)
		for (guint i = 0; i < world->analysis->evidence.people->groups->len; i++) {
			const struct party *group =
				world->analysis->evidence.people->groups->pdata[i];
			if (g_str_equal(group->name, intern_text(world->tally->groups, g)))
				g_string_append_printf(text, "%s%s=%" G_GINT64_FORMAT "/%u",
				                       text->len ? " " : "",
				                       group->is_pool
				                               ? "other"
				                               : group->name + strlen("group_"),
				                       group->use.cpu_seconds / HOUR, group->users);
		}
	return g_string_free(text, FALSE);
}

static void assert_shown(const char *groups, const char *expected)
{
	struct world world;
	world_of(&world, groups);
	g_autofree char *got = shown(&world);
	ck_assert_msg(g_str_equal(got, expected), "%s gives %s, not %s", groups, got, expected);
	world_clear(&world);
}

START_TEST(groups_of_exactly_the_number_are_shown)
{
	assert_shown("A:1,1,1 B:2,2,2", "A=3/3 B=6/3");
}
END_TEST

START_TEST(groups_of_one_user_less_are_shown_together)
{
	assert_shown("A:1,1,1 B:2,2 C:3,3", "A=3/3 other=10/4");
}
END_TEST

START_TEST(rows_of_nobody_make_no_group_larger)
{
	assert_shown("A:1,1,1 B:2,2,2@ C:3,3,3", "C=9/3 other=9/5");
	assert_shown("A:1,1,1,1@ B:2,2,2,2@", "A=4/3 B=8/3");
	assert_shown("A:1,1,1 B:2@ C:3,3,3", "C=9/3 other=5/3");
	assert_shown("A:1@ B:2@", "other=3/0");
}
END_TEST

START_TEST(who_held_nothing_makes_no_group_larger)
{
	assert_shown("A:1,1,1 B:2,2,0 C:3,3,3", "C=9/3 other=7/6");
	assert_shown("A:1,1,1,0 B:2,2,2,0,0", "A=3/4 B=6/5");
	assert_shown("A:0,0,0 B:1,1,1 C:2,2,2", "C=6/3 other=3/6");
	/* In the pool, too, and where somebody has nothing in one of its groups and something in
	 * another. */
	assert_shown("A:5,5,5 B:2,2 C:0 D:3,3,3", "A=15/3 other=13/6");
	assert_shown("A:5,5,5 B:2,2,0@7 C:1@7 D:9,9,9", "A=15/3 D=27/3 other=5/3");
	/* Who has something in the group that goes along is one more there. */
	assert_shown("A:5,5,5 B:0@7 C:1,1,1@7", "A=15/3 other=3/3");
}
END_TEST

START_TEST(what_has_no_name_is_no_hidden_group)
{
	struct world world;
	world_of(&world, "A:4,4,4 B:1,2 :3 C:6,6,6");
	assert_value(&world, "groups.count", 3);
	assert_value(&world, "cells.hidden_groups", 1);
	assert_value(&world, "cells.hidden_users", 3);
	world_clear(&world);
}
END_TEST

START_TEST(one_small_group_takes_the_smallest_other_along)
{
	assert_shown("A:9,9,9 B:2,2 C:1,1,1 D:5,5,5", "A=27/3 D=15/3 other=7/5");
}
END_TEST

START_TEST(small_groups_of_the_same_users_are_too_few_together)
{
	assert_shown("A:9,9,9 B:2@1,2@2 C:3@1,3@2 D:4,4,4", "A=27/3 other=22/5");
}
END_TEST

START_TEST(where_all_groups_are_small_there_is_one)
{
	assert_shown("A:1 B:2 C:3,3", "other=9/4");
	assert_shown("A:1", "other=1/1");
}
END_TEST

START_TEST(a_group_that_one_user_dominates_is_hidden)
{
	/* 17 of 20 are 85 %; the pool has to be large enough that the user does not dominate it,
	 * too. */
	assert_shown("A:17,2,1 B:1,1,1 C:2,2,2 D:50,50,50", "C=6/3 D=150/3 other=23/6");
	assert_shown("A:180,10,10 B:1,1,1 C:4,5,5 D:50,50,50", "B=3/3 D=150/3 other=214/6");
	assert_shown("A:8,1,1 B:1,1,1", "A=10/3 B=3/3");
	/* Where none of the others is large enough the largest goes first, so that the fewest have
	 * to. */
	assert_shown("A:90 B:1,1,1 C:4,4,4 D:3,3,3", "B=3/3 other=111/7");
}
END_TEST

START_TEST(who_dominates_everything_leaves_one_group)
{
	assert_shown("A:90,90,90,90,90,90 B:9,1,1 C:1,1,1", "A=540/6 B=11/3 C=3/3");
	assert_shown("A:99,1,1 B:1,1,1 C:1,1,1", "other=107/9");
}
END_TEST

START_TEST(a_user_of_several_hidden_groups_counts_once)
{
	assert_shown("A:9,9,9 B:1@1,1@2 C:1@1,1@3", "A=27/3 other=4/3");
}
END_TEST

START_TEST(totals_are_what_they_were)
{
	struct world apart, pooled;
	const char *groups = "A:4,4,4 B:1,2@7 C:3@7,5 D:6,6,6,6@7";
	world_of(&pooled, groups);
	world_of(&apart, groups);
	analysis_free(apart.analysis);
	tally_free(apart.tally);
	inventory_free(apart.inventory);
	assumptions_free(apart.assumptions);
	zone_free(apart.zone);
	apart.min_users = 0;
	analyse(&apart);
	static const char *const same[] = { "cpu.hours",        "jobs.count",   "users.count",
		                            "groups.count",     "ledger.hours", "peak.cpus",
		                            "demand.cpus.peak", "top1.share" };
	for (guint i = 0; i < G_N_ELEMENTS(same); i++)
		assert_value(&pooled, same[i], value(&apart, same[i]));
	assert_value(&pooled, "cells.hidden_groups", 2);
	assert_value(&pooled, "cells.hidden_users", 3);
	assert_value(&pooled, "cells.min_users", 3);
	assert_value(&apart, "cells.hidden_groups", 0);
	assert_value(&apart, "cells.min_users", 1);
	world_clear(&apart);
	world_clear(&pooled);
}
END_TEST

START_TEST(series_of_hidden_groups_are_those_of_the_rest)
{
	struct world world;
	world_of(&world, "A:1,1,1 B:2,2 C:4,4");
	const struct tally *tally = world.tally;
	gsize count;
	g_autofree gint64 *values = series_values(tally->group_cpus->pdata[tally->pooling.other],
	                                          T0, T0 + DAY, &count);
	const struct days *days = tally->group_days->pdata[tally->pooling.other];
	ck_assert_int_eq(values[0], 6 * HOUR);
	ck_assert_int_eq(values[1], 6 * HOUR);
	ck_assert_int_eq(values[2], 0);
	ck_assert_int_eq(g_array_index(days->of, struct day_use, 0).cpu_seconds, 12 * HOUR);
	ck_assert_int_eq(g_array_index(days->of, struct day_use, 0).jobs_ended, 4);
	world_clear(&world);
}
END_TEST

START_TEST(no_finding_speaks_of_the_rest)
{
	struct world world;
	world_of(&world, "A:1,1,1 B:9,9 C:9,9");
	ck_assert_str_eq(figure(&world, "peak.group")->text, "group_A");
	world_clear(&world);
	world_of(&world, "B:9,9 C:9,9");
	ck_assert_str_eq(figure(&world, "peak.group")->text, "");
	assert_value(&world, "peak.cpus", 18);
	ck_assert_str_eq(figure(&world, "peak.unknown")->text,
	                 "in no group do enough users share the work for it to be shown by itself");
	ck_assert_str_eq(figure(&world, "groups.unknown")->text,
	                 "in no group do enough users share the work for it to be shown by itself");
	world_clear(&world);
}
END_TEST

/* What the row of a user says. */
static const char *home(const struct world *world, const char *name)
{
	for (guint i = 0; i < world->analysis->evidence.people->users->len; i++) {
		const struct party *user = world->analysis->evidence.people->users->pdata[i];
		if (g_str_equal(user->name, name))
			return user->home;
	}
	ck_abort_msg("no %s", name);
}

START_TEST(a_user_of_hidden_groups_is_of_the_rest)
{
	struct world world;
	world_of(&world, "A:1@1,1@2,1@3 B:2@4,2@5 C:2@5,2@6");
	ck_assert_str_eq(home(&world, "user_0001"), "group_A");
	ck_assert_str_eq(home(&world, "user_0004"), "other");
	ck_assert_str_eq(home(&world, "user_0005"), "other");
	world_clear(&world);
}
END_TEST

START_TEST(a_user_of_several_shown_groups_is_of_none)
{
	struct world world;
	world_of(&world, "A:1@1,2@2,3@3,4@4 B:4@4,5@5,6@6,7@7");
	ck_assert_str_eq(home(&world, "user_0004"), HOME_NOT_SHOWN);
	world_clear(&world);
}
END_TEST

START_TEST(nobody_is_the_only_one_whose_group_is_not_shown)
{
	struct world world;
	world_of(&world, "A:9@1,2@2,1@3,4@4 B:4@4,5@5,6@6,7@7");
	ck_assert_str_eq(home(&world, "user_0003"), HOME_NOT_SHOWN);
	ck_assert_str_eq(home(&world, "user_0002"), HOME_NOT_SHOWN);
	ck_assert_str_eq(home(&world, "user_0001"), "group_A");
	ck_assert_str_eq(home(&world, "user_0005"), HOME_NOT_SHOWN);
	ck_assert_str_eq(home(&world, "user_0006"), HOME_NOT_SHOWN);
	ck_assert_str_eq(home(&world, "user_0007"), "group_B");
	world_clear(&world);
}
END_TEST

START_TEST(where_nothing_is_hidden_a_user_is_where_most_hours_are)
{
	struct world world;
	world_init(&world);
	add(&world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 1);
	add(&world, "user_0001", "group_B", job_on("n1", 1, 2), 0, 1);
	analyse(&world);
	ck_assert_str_eq(home(&world, "user_0001"), "group_B");
	world_clear(&world);
}
END_TEST

/* Nothing of the user is in the totals but a job that waits. */
START_TEST(a_user_whose_jobs_end_behind_the_period_is_where_nodes_were_held)
{
	struct world world;
	world_init(&world);
	world.given = TRUE;
	struct job waits = job_on("", 0, 0);
	waits.state = STATE_PENDING;
	waits.ran = FALSE;
	add(&world, "user_0001", "group_A", waits, 0, 0)->end = VALUE_UNKNOWN;
	add(&world, "user_0001", "group_B", job_on("n1", 1, 1), world.days * 24 - 1, 2);
	add(&world, "user_0001", "group_C", job_on("n2", 1, 5), world.days * 24 - 1, 2);
	analyse(&world);
	ck_assert_str_eq(home(&world, "user_0001"), "group_C");
	world_clear(&world);
}
END_TEST

START_TEST(names_stand_for_whole_words_only)
{
	g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
	g_hash_table_insert(names, (gpointer)"user_0001", (gpointer)"zqvan");
	g_hash_table_insert(names, (gpointer)"group_A", (gpointer)"user_0001");
	g_hash_table_insert(names, (gpointer)"user_0003", (gpointer)"\033[31m\342\200\256zq\377");
	const struct { const char *text, *expected; } cases[] = {
		{ "", "" },
		{ "user_0001", "zqvan" },
		{ "user_0001, user_0002 and 4 more", "zqvan, user_0002 and 4 more" },
		{ "user_00011 my_user_0001 (user_0001)", "user_00011 my_user_0001 (zqvan)" },
		{ "group_A – user_0001", "user_0001 – zqvan" },
		{ "user_0003", "\\x1b[31m\\xe2\\x80\\xaezq\\xff" }, /* as reveal says it */
	};
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *got = labels_apply(names, cases[i].text);
		ck_assert_str_eq(got, cases[i].expected);
	}
}
END_TEST

START_TEST(jobs_outside_the_period_make_no_group_larger)
{
	struct world world;
	world_init(&world);
	world.min_users = 3;
	add(&world, "user_0001", "group_A", job_on("n1", 1, 1), 0, 1);
	add(&world, "user_0002", "group_A", job_on("n1", 1, 1), 0, 1);
	struct job *never = add(&world, "user_0003", "group_A", job_on("", 0, 0), 0, 0);
	never->piece = TRUE;
	for (guint u = 4; u < 7; u++) {
		g_autofree char *user = g_strdup_printf("user_%04u", u);
		add(&world, user, "group_B", job_on("n1", 1, 1), 0, 1);
	}
	analyse(&world);
	g_autofree char *got = shown(&world);
	ck_assert_str_eq(got, "other=5/5");
	assert_value(&world, "cells.hidden_users", 5);
	world_clear(&world);
}
END_TEST

/* Random worlds: whatever a reader subtracts, what is left rests on nobody or on three. */

static void random_world(struct world *world, guint64 *state)
{
	guint users = 6 + chance(state, 12), groups = 2 + chance(state, 6),
	      jobs = users + chance(state, 30);
	world_init(world);
	world->min_users = 3;
	for (guint i = 0; i < jobs; i++) {
		g_autofree char *user = g_strdup_printf("user_%04u",
		                                        i < users ? i : chance(state, users));
		g_autofree char *group =
			g_strdup_printf("group_%c",
		                        'A' + (int)chance(state, 1 + chance(state, groups)));
		add(world, user, group, job_on("n1", 1, chance(state, 9)), (int)chance(state, 200),
		    1 + (int)chance(state, 20));
	}
	analyse(world);
}

/* The users and hours of groups, less those of the rows that name one of them. */
static struct crowd rest_of(const struct world *world, const char *const *homes, guint64 groups)
{
	struct crowd rest = { 0 };
	const struct tally *tally = world->tally;
	for (guint u = 0; u < intern_count(tally->users); u++) {
		gint64 inside = 0;
		gboolean named = FALSE;
		for (const struct member *member = tally->member_of->pdata[u]; member;
		     member = member->next) {
			gboolean counts = (groups >> member->group & 1) != 0;
			inside += counts ? member->use.cpu_seconds : 0;
			named |= counts &&
			         g_str_equal(homes[u], intern_text(tally->groups, member->group));
			if (g_str_equal(homes[u], intern_text(tally->groups, member->group)))
				ck_assert_msg(member->next == NULL &&
				                      tally->member_of->pdata[u] == member,
				              "a row that names a group has hours of another");
		}
		if (inside > 0 && !named)
			crowd_add(&rest, TRUE, inside);
	}
	return rest;
}

START_TEST(no_sum_of_groups_less_their_users_rests_on_few)
{
	guint64 state = 1;
	guint pooled = 0, withheld = 0;
	for (guint round = 0; round < 300; round++) {
		struct world world;
		random_world(&world, &state);
		g_autofree const char **homes = homes_find(world.tally);
		guint count = intern_count(world.tally->groups);
		pooled += world.tally->pooling.hidden_groups > 0;
		for (guint u = 0; u < intern_count(world.tally->users); u++)
			withheld += g_str_equal(homes[u], HOME_NOT_SHOWN);
		for (guint64 groups = 1; groups < G_GUINT64_CONSTANT(1) << count; groups++) {
			struct crowd rest = rest_of(&world, homes, groups);
			ck_assert_msg(count == 1 || rest.users == 0 || rest.users >= 3,
			              "%u users are left, round %u", rest.users, round);
		}
		world_clear(&world);
	}
	ck_assert_uint_gt(pooled, 50);
	ck_assert_uint_gt(withheld, 300);
}
END_TEST

START_TEST(no_shown_group_is_small_or_dominated)
{
	guint64 state = 2;
	for (guint round = 0; round < 300; round++) {
		struct world world;
		random_world(&world, &state);
		const struct people *people = world.analysis->evidence.people;
		for (guint g = 0; g < people->groups->len && people->groups->len > 1; g++) {
			const struct party *group = people->groups->pdata[g];
			ck_assert_msg(group->users >= 3, "%s has %u users, round %u", group->name,
			              group->users, round);
			for (guint i = 0; i < world.tally->members->len; i++) {
				const struct member *member = world.tally->members->pdata[i];
				if (g_str_equal(intern_text(world.tally->groups, member->group),
				                group->name))
					ck_assert_int_lt(member->use.cpu_seconds * 100,
					                 group->use.cpu_seconds * 85);
			}
		}
		world_clear(&world);
	}
}
END_TEST

/* Kinds of node */

#define KINDS "NodeName=n1 CPUTot=10 RealMemory=102400\nNodeName=big CPUTot=10 RealMemory=204800\n"

/* Three users of each of these groups on n1, and so many of them on the big node, where the first
 * has so many hours more. */
static void world_of_kinds(struct world *world, const char *groups, const int *on_big, int more)
{
	world_init(world);
	world->min_users = 3;
	world->nodes = KINDS;
	for (guint g = 0; groups[g]; g++)
		for (int u = 0; u < 3; u++) {
			g_autofree char *user = g_strdup_printf("user_%04u", g * 10 + (guint)u),
					*group = g_strdup_printf("group_%c", groups[g]);
			job_use_millicores(add(world, user, group, job_on("n1", 1, 2), u,
			                       20 + (int)g * 10),
			                   500);
			if (u < on_big[g])
				add(world, user, group, job_on("big", 1, 1), u,
				    u == 0 ? 1 + more : 1);
		}
	analyse(world);
}

static gint by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Of which groups, and of which users, kinds of node are told: "B 0010 0011 0012". */
static char *told(const struct world *world)
{
	const struct people *people = world->analysis->evidence.people;
	g_autoptr(GPtrArray) names = g_ptr_array_new();
	for (guint i = 0; i < people->groups->len; i++) {
		const struct party *group = people->groups->pdata[i];
		if (group->by_kind)
			g_ptr_array_add(names, (gpointer)(group->name + strlen("group_")));
	}
	for (guint i = 0; i < people->users->len; i++) {
		const struct party *user = people->users->pdata[i];
		if (user->by_kind)
			g_ptr_array_add(names, (gpointer)(user->name + strlen("user_")));
	}
	g_ptr_array_sort(names, by_text);
	g_ptr_array_add(names, NULL);
	return g_strjoinv(" ", (char **)names->pdata);
}

static const struct {
	int on_big[3], more;
	const char *told;
} kinds_cases[] = {
	{ { 0, 0, 0 }, 0, "0000 0001 0002 0010 0011 0012 0020 0021 0022 A B C" },
	{ { 3, 3, 3 }, 0, "0000 0001 0002 0010 0011 0012 0020 0021 0022 A B C" },
	{ { 1, 3, 3 }, 0, "0020 0021 0022 C" }, /* of A one user was there: B is taken along */
	{ { 2, 1, 3 }, 0, "0020 0021 0022 C" }, /* of A and B together three: it takes no other */
	{ { 1, 0, 3 }, 0, "0010 0011 0012 B" }, /* B would hide nobody */
	{ { 1, 0, 0 }, 0, "0020 0021 0022 C" }, /* nobody else was there: of two groups it may be
	                                           either */
	{ { 3, 0, 0 }, 90, "0020 0021 0022 C" }, /* three were, and one of them nearly all the
	                                            time */
	{ { 3, 3, 3 }, 15, "" },                 /* the same of each */
};

START_TEST(hours_on_a_kind_of_node_are_told_where_users_hide_each_other_on_it)
{
	struct world world;
	world_of_kinds(&world, "ABC", kinds_cases[_i].on_big, kinds_cases[_i].more);
	g_autofree char *got = told(&world);
	ck_assert_msg(g_str_equal(got, kinds_cases[_i].told), "case %d tells of \"%s\"", _i, got);
	world_clear(&world);
}
END_TEST

/* GPU-hours are a kind of their own: there are nodes of one kind here. */
START_TEST(gpu_hours_of_few_users_are_not_told)
{
	struct world world;
	world_init(&world);
	world.min_users = 3;
	for (guint u = 0; u < 9; u++) {
		g_autofree char *user = g_strdup_printf("user_%04u", u),
				*group = g_strdup_printf("group_%c", 'A' + (int)u / 3);
		add(&world, user, group, job_on("n1", 1, 1), (int)u, 1 + (int)u / 3)->gpus =
			u == 4 || u >= 6;
	}
	analyse(&world);
	g_autofree char *got = told(&world);
	ck_assert_str_eq(got, "0000 0001 0002 A");
	assert_value(&world, "cells.untold_groups", 2);
	world_clear(&world);
}
END_TEST

/* Of which all digits would give how much was held. */
static void assert_rounded(const struct dataset *dataset, guint row, const char *column)
{
	double steps = dataset_cell_in(dataset, row, column)->value * 1000;
	ck_assert_double_eq_tol(steps, round(steps), 1e-9);
}

/* Whose share stays says the last: of two groups it would give how much each held. */
static void assert_empty(const char *groups, const int *on_big, const char *told_group,
                         const char *told_users, gboolean shares)
{
	static const char *const empty[] = { "gpu_hours",  "held_1", "held_2", "excess_1",
		                             "promised_1", "cost",   "unused", "saving" };
	struct world world;
	world_of_kinds(&world, groups, on_big, 0);
	struct report_facts facts = { .currency = "$", .zone = world.zone };
	struct report *report = report_compose(world.analysis, &facts, NULL);
	const struct dataset *strategies = report_dataset(report, "strategies");
	static const char *const tables[] = { "groups", "users" };
	for (guint t = 0; t < G_N_ELEMENTS(tables); t++) {
		const struct dataset *dataset = report_dataset(report, tables[t]);
		for (guint row = 0; row < dataset->rows->len; row++) {
			const char *name = dataset_cell(dataset, row, 0)->text;
			gboolean is_told = g_str_equal(name, told_group) ||
			                   g_str_has_prefix(name, told_users);
			for (guint i = 0; i < G_N_ELEMENTS(empty); i++) {
				guint column = (guint)dataset_column_find(dataset, empty[i]);
				ck_assert_msg(dataset_cell(dataset, row, column)->has_value ==
				                      is_told,
				              "%s of %s", empty[i], name);
			}
			if (t == 0)
				ck_assert(dataset_cell_in(dataset, row, "share")->has_value ==
				          (is_told || shares));
			if (t == 0 && shares && !is_told)
				assert_rounded(dataset, row, "share");
		}
	}
	for (guint row = 0; row < strategies->rows->len; row++)
		ck_assert(dataset_cell_in(strategies, row, "excess")->has_value ==
		          (shares ||
		           g_str_equal(dataset_cell(strategies, row, 0)->text, told_group)));
	ck_assert_str_eq(figures_find(report->figures, "groups.best")->text, told_group);
	ck_assert_double_eq(figures_find(report->figures, "cells.unshared_groups")->value,
	                    shares ? 0 : 2);
	report_free(report);
	world_clear(&world);
}

START_TEST(where_kinds_are_not_told_their_cells_are_empty_and_the_share_stays_of_three)
{
	assert_empty("ABC", kinds_cases[2].on_big, "group_C", "user_002", FALSE);
	assert_empty("ABCD", (const int[]){ 1, 1, 1, 3 }, "group_D", "user_003", TRUE);
}
END_TEST

static gboolean is_checked(const struct report *report, const char *words)
{
	gboolean found = FALSE;
	for (guint i = 0; i < report->checks->len; i++) {
		const struct report_check *check = report->checks->pdata[i];
		ck_assert_msg(report_check_holds(check), "%s: %f and %f", check->words,
		              check->left_value, check->right_value);
		found |= g_str_equal(check->words, words);
	}
	return found;
}

/* A reader who sums up what is told would find less than there is. */
START_TEST(what_is_not_told_of_everybody_is_not_summed_up)
{
	for (int hides = 0; hides < 2; hides++) {
		struct world world;
		world_of_kinds(&world, "ABC", kinds_cases[hides ? 2 : 1].on_big, 0);
		struct report_facts facts = { .currency = "$", .zone = world.zone };
		struct report *report = report_compose(world.analysis, &facts, NULL);
		ck_assert_int_ne(is_checked(report, "Users sum to all node-hours"), hides);
		ck_assert_int_ne(is_checked(report, "Accounts sum to all node-hours"), hides);
		ck_assert(is_checked(report, "Users hold no more than all node-hours"));
		ck_assert(is_checked(report, "Users sum to all core-hours"));
		report_free(report);
		world_clear(&world);
	}
}
END_TEST

/* Users of C alone are told of kinds: the first of A was the only one of the group on the big
 * node. */
START_TEST(memory_that_was_not_needed_is_drawn_of_those_whose_row_tells_it)
{
	struct world world;
	g_autoptr(GString) drawn = g_string_new(NULL);
	world_init(&world);
	world.min_users = 3;
	world.nodes = KINDS;
	for (guint u = 0; u < 9; u++) {
		g_autofree char *user = g_strdup_printf("user_%04u", u),
				*group = g_strdup_printf("group_%c", 'A' + (int)u / 3);
		struct job *job = add(&world, user, group,
		                      job_on(u == 0 || u >= 3 ? "big" : "n1", 1, 1), (int)u,
		                      20 + (int)u);
		job->memory_bytes = 90 * GIB;
		job->memory_peak_bytes = GIB;
	}
	struct report *report = report_of(&world);
	const struct chart *chart = find_chart(report, "memory");
	const struct chart_series *series = chart->series->pdata[0];
	for (guint i = 0; i < series->points->len; i++)
		g_string_append_printf(drawn, "%s ",
		                       g_array_index(series->points, struct chart_point, i).label);
	g_autofree char *named = told(&world);
	ck_assert_str_eq(named, "0006 0007 0008 C");
	ck_assert_str_eq(drawn->str, "user_0008 user_0007 user_0006 ");
	report_free(report);
	world_clear(&world);
}
END_TEST

/* Time */

#define STRETCHES 8 /* of four weeks: two of them are a quarter */

/* Ten hours of each of so many users of the group, in one of the stretches. */
static void work(struct world *world, const char *group, int stretch, int users, int cpus)
{
	for (int u = 0; u < users; u++) {
		g_autofree char *user = g_strdup_printf("user_%04u", (guint)(group[6] * 10 + u));
		add(world, user, group, job_on("n1", 1, cpus), (stretch * 28 + 1) * 24, 10);
	}
}

/* A grows by half. B grows fivefold, but for half of the period only so few users are in it. C is
 * small. */
static void fill_with_few(struct world *world, int few)
{
	world_init(world);
	world->min_users = 3;
	world->days = STRETCHES * 28;
	for (int s = 0; s < STRETCHES; s++) {
		work(world, "group_A", s, 3, s < 6 ? 4 : 6);
		work(world, "group_B", s, s < 2 || s >= 6 ? 3 : few, s < 6 ? 2 : 10);
		work(world, "group_C", s, 3, 1);
	}
	analyse(world);
}

static void fill_by_time(struct world *world)
{
	fill_with_few(world, 1);
}

START_TEST(a_group_in_which_one_user_was_at_work_for_a_while_is_not_told_by_time)
{
	struct world world;
	fill_by_time(&world);
	ck_assert_int_eq(world.tally->pooling.hidden_groups, 0);
	ck_assert_str_eq(figure(&world, "growth.cpu.group")->text, "group_A");
	assert_value(&world, "growth.cpu.factor", 1.5);
	world_clear(&world);
}
END_TEST

/* They hide each other from everybody else, and not from each other: who was not there then is
 * nobody to them. */
START_TEST(a_group_in_which_two_users_were_at_work_for_a_while_is_not_told_by_time)
{
	struct world world;
	fill_with_few(&world, 2);
	ck_assert_int_eq(world.tally->pooling.hidden_groups, 0);
	ck_assert_str_eq(figure(&world, "growth.cpu.group")->text, "group_A");
	assert_value(&world, "growth.cpu.factor", 1.5);
	world_clear(&world);
}
END_TEST

/* All of A are at work in each stretch. In a week of the first quarter one of them may be alone:
 * how weeks differ is not told then. */
START_TEST(the_range_of_growth_is_told_where_users_hide_each_other_in_every_week)
{
	for (int alone = 0; alone < 2; alone++) {
		struct world world;
		world_init(&world);
		world.min_users = 3;
		world.days = STRETCHES * 28;
		for (int s = 0; s < STRETCHES; s++) {
			work(&world, "group_A", s, 3, s < 6 ? 4 : 6);
			work(&world, "group_B", s, 3, 2);
		}
		if (alone)
			add(&world, "user_0650", "group_A", job_on("n1", 1, 1), 20 * 24, 1);
		analyse(&world);
		ck_assert_str_eq(figure(&world, "growth.cpu.group")->text, "group_A");
		ck_assert(figure(&world, "growth.cpu.factor")->has_value);
		ck_assert(figure(&world, "growth.cpu.factor.low")->has_value == !alone);
		ck_assert(figure(&world, "growth.cpu.factor.high")->has_value == !alone);
		ck_assert(figure(&world, "growth.all_cpu.factor.low")->has_value);
		world_clear(&world);
	}
}
END_TEST

/* As fill_by_time(), but where one user of B was alone two others now did little. */
START_TEST(a_group_in_which_one_user_did_nearly_all_for_a_while_is_not_told_by_time)
{
	struct world world;
	world_init(&world);
	world.min_users = 3;
	world.days = STRETCHES * 28;
	for (int s = 0; s < STRETCHES; s++) {
		work(&world, "group_A", s, 3, s < 6 ? 4 : 6);
		work(&world, "group_B", s, s < 2 || s >= 6 ? 3 : 1, s < 6 ? 2 : 10);
		for (int u = 0; u < 3 && s >= 2 && s < 6; u++) {
			g_autofree char *user = g_strdup_printf("user_%04u", (guint)('B' * 10 + u));
			add(&world, user, "group_B", job_on("n1", 1, 2), (s * 28 + 2) * 24,
			    u == 0 ? 40 : 1);
		}
		work(&world, "group_C", s, 3, 1);
	}
	analyse(&world);
	ck_assert_int_eq(world.tally->pooling.hidden_groups, 0);
	ck_assert_str_eq(figure(&world, "growth.cpu.group")->text, "group_A");
	world_clear(&world);
}
END_TEST

START_TEST(a_group_is_at_the_peak_in_the_shortest_time_in_which_its_users_hide_each_other)
{
	struct world world;
	world_init(&world);
	world.min_users = 3;
	for (int u = 0; u < 3; u++) {
		g_autofree char *user = g_strdup_printf("user_%04u", 1 + u),
				*other = g_strdup_printf("user_%04u", 10 + u);
		add(&world, user, "group_A", job_on("n1", 1, 8), 100 + u, 1);
		add(&world, other, "group_B", job_on("n2", 1, 1), 100 + u, 1);
	}
	analyse(&world);
	ck_assert_str_eq(figure(&world, "peak.group")->text, "group_A");
	ck_assert_str_eq(figure(&world, "peak.when")->text, "the 24 hours around the busiest hour");
	assert_value(&world, "peak.cpus", 9);
	assert_value(&world, "peak.group.cpus", 1);
	world_clear(&world);
}
END_TEST

/* Who was alone at other times is what the peak leaves of a group's mean. */
START_TEST(a_group_is_at_the_peak_in_a_time_beside_which_its_users_hide_each_other)
{
	struct world world;
	world_init(&world);
	world.min_users = 3;
	world.days = 20;
	for (int u = 0; u < 3; u++) {
		g_autofree char *user = g_strdup_printf("user_%04u", 1 + u),
				*other = g_strdup_printf("user_%04u", 10 + u);
		add(&world, user, "group_A", job_on("n1", 1, 8), 100, 1);
		add(&world, other, "group_B", job_on("n2", 1, 1), 100, 1);
	}
	add(&world, "user_0001", "group_A", job_on("n1", 1, 1), 400, 1);
	struct report *report = report_of(&world);
	const struct dataset *strategies = report_dataset(report, "strategies");
	ck_assert_str_eq(figure(&world, "peak.group")->text, "group_A");
	ck_assert_str_eq(figure(&world, "peak.when")->text,
	                 "the four weeks around the busiest hour");
	for (guint row = 0; row < strategies->rows->len; row++)
		ck_assert(dataset_cell_in(strategies, row, "peak")->has_value ==
		          !g_str_equal(dataset_cell(strategies, row, 0)->text, "group_A"));
	report_free(report);
	world_clear(&world);
}
END_TEST

/* Its line tells what it did in the four weeks: who was alone in the rest of these is what the peak
 * leaves of them. */
START_TEST(a_group_with_a_line_is_at_the_peak_in_a_time_that_leaves_nobody_alone_beside_it)
{
	for (int alone = 0; alone < 2; alone++) {
		struct world world;
		world_init(&world);
		world.min_users = 3;
		world.days = STRETCHES * 28;
		for (int s = 0; s < STRETCHES; s++) {
			if (s != 3)
				work(&world, "group_A", s, 3, 1);
			work(&world, "group_B", s, 3, 1);
		}
		for (int u = 0; u < 3; u++) {
			g_autofree char *user = g_strdup_printf("user_%04u", (guint)('A' * 10 + u));
			add(&world, user, "group_A", job_on("n1", 1, 30), (3 * 28 + 10) * 24, 1);
		}
		if (alone)
			add(&world, "user_0650", "group_A", job_on("n1", 1, 1), (3 * 28 + 20) * 24,
			    5);
		analyse(&world);
		ck_assert_str_eq(figure(&world, "peak.group")->text, "group_A");
		ck_assert_str_eq(figure(&world, "peak.when")->text,
		                 alone ? "the four weeks around the busiest hour"
		                       : "the busiest hour");
		world_clear(&world);
	}
}
END_TEST

/* The day on which the fourth stretch begins; the first quarter ends seven days later. */
#define FOURTH (3 * 28)

/* C grows threefold, and is busy for an hour in which all of it are at work. Whoever was alone
 * beside that hour is what it leaves of the end of the first quarter. */
START_TEST(a_group_that_grew_is_at_the_peak_in_a_time_that_leaves_nobody_alone_in_the_quarter)
{
	for (int alone = 0; alone < 2; alone++) {
		struct world world;
		world_init(&world);
		world.min_users = 3;
		world.days = 364;
		for (int s = 0; s < 13; s++) {
			work(&world, "group_A", s, 3, 1);
			if (s != 3)
				work(&world, "group_C", s, 3, s < 9 ? 1 : 3);
		}
		for (int u = 0; u < 3; u++) {
			g_autofree char *user = g_strdup_printf("user_%04u", (guint)('C' * 10 + u));
			add(&world, user, "group_C", job_on("n1", 1, 30), (FOURTH + 3) * 24, 1);
			add(&world, user, "group_C", job_on("n1", 1, 1), (FOURTH + 14) * 24, 10);
		}
		if (alone)
			add(&world, "user_0670", "group_C", job_on("n1", 1, 2), (FOURTH + 5) * 24,
			    10);
		analyse(&world);
		ck_assert_str_eq(figure(&world, "growth.cpu.group")->text, "group_C");
		ck_assert_str_eq(figure(&world, "peak.group")->text, "group_C");
		ck_assert_str_eq(figure(&world, "peak.when")->text,
		                 alone ? "the week around the busiest hour" : "the busiest hour");
		world_clear(&world);
	}
}
END_TEST

/* B and C have no line: in the first stretch too few of either are at work. What the line of A
 * leaves of the cluster's days is theirs, and in the second stretch B's alone. */
START_TEST(a_group_without_a_line_is_at_the_peak_in_a_time_that_leaves_nobody_alone_beside_it)
{
	for (int alone = 0; alone < 2; alone++) {
		struct world world;
		world_init(&world);
		world.min_users = 3;
		world.days = 4 * 28;
		for (int s = 0; s < 4; s++) {
			work(&world, "group_A", s, 3, 1);
			if (s == 1)
				continue;
			work(&world, "group_B", s, s == 0 ? 1 : 3, 1);
			work(&world, "group_C", s, s == 0 ? 2 : 3, 1);
		}
		for (int u = 0; u < 3; u++) {
			g_autofree char *user = g_strdup_printf("user_%04u", (guint)('B' * 10 + u));
			add(&world, user, "group_B", job_on("n1", 1, 30), (28 + 10) * 24, 1);
		}
		if (alone)
			add(&world, "user_0660", "group_B", job_on("n1", 1, 1), (28 + 20) * 24, 5);
		analyse(&world);
		ck_assert_int_eq(world.tally->pooling.hidden_groups, 0);
		ck_assert_str_eq(figure(&world, "peak.group")->text, "group_B");
		ck_assert_str_eq(figure(&world, "peak.when")->text,
		                 alone ? "the four weeks around the busiest hour"
		                       : "the busiest hour");
		world_clear(&world);
	}
}
END_TEST

/* Whether the busiest week of the group is told. */
static gboolean week_is_told(const struct report *report, const char *group)
{
	const struct dataset *strategies = report_dataset(report, "strategies");
	gboolean told = FALSE;
	for (guint row = 0; row < strategies->rows->len; row++)
		told |= g_str_equal(dataset_cell(strategies, row, 0)->text, group) &&
		        dataset_cell_in(strategies, row, "peak")->has_value;
	return told;
}

/* A line tells the stretch in which the busiest week is, and the peak an hour in that week: who was
 * alone in the rest of either is what follows. */
START_TEST(the_busiest_week_of_a_group_leaves_nobody_alone_beside_what_else_is_told)
{
	static const struct {
		int day, hours;
		gboolean told;
	} alone[] = {
		{ 0, 0, TRUE },   /* nobody is */
		{ 20, 5, FALSE }, /* in the stretch, behind the week */
		{ 12, 5, FALSE }, /* in the week, beside the peak */
	};
	for (guint i = 0; i < G_N_ELEMENTS(alone); i++) {
		struct world world;
		world_init(&world);
		world.min_users = 3;
		world.days = 4 * 28;
		for (int s = 0; s < 4; s++) {
			if (s != 2)
				work(&world, "group_A", s, 3, 1);
			work(&world, "group_B", s, 3, 1);
		}
		for (int u = 0; u < 3; u++) {
			g_autofree char *user = g_strdup_printf("user_%04u", (guint)('A' * 10 + u));
			add(&world, user, "group_A", job_on("n1", 1, 30), (2 * 28 + 10) * 24, 1);
			/* So that who is alone in the week is not so in the stretch. */
			if (alone[i].day != 20)
				add(&world, user, "group_A", job_on("n1", 1, 1), (2 * 28 + 24) * 24,
				    10);
		}
		if (alone[i].hours)
			add(&world, "user_0650", "group_A", job_on("n1", 1, 1),
			    (2 * 28 + alone[i].day) * 24, alone[i].hours);
		struct report *report = report_of(&world);
		ck_assert_str_eq(figure(&world, "peak.group")->text, "group_A");
		ck_assert_int_eq(week_is_told(report, "group_A"), alone[i].told);
		ck_assert(week_is_told(report, "group_B"));
		report_free(report);
		world_clear(&world);
	}
}
END_TEST

/* As stretches do where days begin at half past an hour. Three users are at work for an hour each,
 * one after the other. */
START_TEST(who_was_at_work_in_an_hour_that_a_stretch_cuts_may_be_alone_in_it)
{
	struct world world;
	world_of(&world, "A:1,1,1 B:1,1,1");
	const struct cell behind = { .of = CELL_CPUS, .from = T0 + 3 * HOUR, .to = T0 + DAY };
	const struct cell cut = { .of = CELL_CPUS,
		                  .from = T0 + 2 * HOUR + HOUR / 2,
		                  .to = T0 + DAY };
	const struct cell beside = { .of = CELL_CPUS,
		                     .to = G_MAXINT64,
		                     .but_from = T0,
		                     .but_to = T0 + 2 * HOUR + HOUR / 2 };
	const struct cell all = { .of = CELL_CPUS,
		                  .from = T0 - HOUR / 2,
		                  .to = T0 + 3 * HOUR + HOUR / 2 };
	ck_assert(cell_hides(world.tally, &behind, 0));
	ck_assert(!cell_hides(world.tally, &cut, 0));
	ck_assert(!cell_hides(world.tally, &beside, 0));
	ck_assert(cell_hides(world.tally, &all, 0));
	world_clear(&world);
}
END_TEST

START_TEST(growth_does_not_speak_of_the_rest)
{
	struct world world;
	world_init(&world);
	world.min_users = 3;
	world.days = STRETCHES * 28;
	for (int s = 0; s < STRETCHES; s++) {
		work(&world, "group_A", s, 3, s < 6 ? 4 : 6);
		work(&world, "group_B", s, 2, s < 6 ? 4 : 40);
		work(&world, "group_C", s, 2, s < 6 ? 4 : 40);
	}
	analyse(&world);
	ck_assert_int_eq(world.tally->pooling.hidden_groups, 2);
	ck_assert_str_eq(figure(&world, "growth.cpu.group")->text, "group_A");
	world_clear(&world);
}
END_TEST

/* Of A one is at work in each four weeks, two in eight, and all in twelve. */
START_TEST(a_group_is_told_by_as_many_as_twelve_weeks_where_fewer_would_rest_on_few)
{
	struct world world;
	world_init(&world);
	world.min_users = 3;
	world.days = 9 * 28;
	for (int s = 0; s < 9; s++) {
		g_autofree char *user = g_strdup_printf("user_%04u", (guint)('A' * 10 + s % 3));
		add(&world, user, "group_A", job_on("n1", 1, 4), (s * 28 + 1) * 24, 10);
		work(&world, "group_B", s, 3, 1);
	}
	analyse(&world);
	const struct growth_lines *lines = &world.analysis->evidence.cpu_lines;
	ck_assert_int_eq(lines->days, 12 * 7);
	ck_assert_uint_eq(lines->stretches, 3);
	for (guint g = 0; g < intern_count(world.tally->groups); g++)
		ck_assert(lines->shown[g]);
	world_clear(&world);
}
END_TEST

/* The first quarter ends on the fifth day of a stretch. In these all of A were at work, and of all
 * others one. */
START_TEST(who_was_alone_beside_a_group_in_a_quarter_is_not_what_its_growth_leaves)
{
	for (int users = 1; users <= 3; users += 2) {
		struct world world;
		world_init(&world);
		world.min_users = 3;
		world.days = STRETCHES * 28 + 20;
		for (int s = 0; s < STRETCHES; s++) {
			work(&world, "group_A", s, 3, s < 6 ? 4 : 6);
			for (int u = 0; u < 3; u++) {
				g_autofree char *user = g_strdup_printf("user_%04u", 10 + u);
				add(&world, user, "group_B", job_on("n2", 1, 4),
				    (s * 28 + (u < users ? 2 : 20)) * 24, 10);
			}
		}
		analyse(&world);
		ck_assert_str_eq(figure(&world, "growth.cpu.group")->text,
		                 users == 3 ? "group_A" : "");
		/* What all together held is no secret. */
		ck_assert(figure(&world, "growth.all_cpu.factor")->has_value);
		world_clear(&world);
	}
}
END_TEST

/* A chart by time, and which groups it draws; NULL when it draws none. */
static void add_groups_drawn(const struct chart *chart, GString *drawn)
{
	for (guint i = 0; chart->x_time && i < chart->series->len; i++) {
		const struct chart_series *series = chart->series->pdata[i];
		if (g_str_has_prefix(series->label, "group_"))
			g_string_append_printf(drawn, "%s:%s ", chart->id, series->label);
	}
}

static void add_charts_drawn(const GPtrArray *blocks, GString *drawn)
{
	for (guint i = 0; blocks && i < blocks->len; i++) {
		const struct block *block = blocks->pdata[i];
		if (block->chart)
			add_groups_drawn(block->chart, drawn);
		add_charts_drawn(block->children, drawn);
	}
}

/* Whose rows have a line, in whatever dataset. */
static void add_lines_drawn(const struct dataset *dataset, GString *drawn)
{
	for (guint row = 0; row < dataset->rows->len; row++)
		for (guint column = 0; column < dataset->columns->len; column++)
			if (dataset_drawing(dataset, dataset_cell(dataset, row, column)))
				g_string_append_printf(drawn, "%s:%s ", dataset->id,
				                       dataset_cell(dataset, row, 0)->text);
}

/* Whatever else is told by time is the whole cluster's: no other chart, and no table. */
START_TEST(of_all_outputs_only_growth_and_the_lines_of_groups_show_groups_by_time)
{
	static const char *const times[] = { "month", "day", "hour", "time" }, *const parties[] = {
		"name", "group", "user"
	};
	struct world world;
	g_autoptr(GString) drawn = g_string_new(NULL);
	fill_by_time(&world);
	struct report_facts facts = { .currency = "$", .zone = world.zone };
	struct report *report = report_compose(world.analysis, &facts, NULL);
	for (guint i = 0; i < report->pages->len; i++)
		add_charts_drawn(((const struct page *)report->pages->pdata[i])->blocks, drawn);
	add_charts_drawn(report->summary->blocks, drawn);
	for (guint i = 0; i < report->datasets->len; i++)
		add_lines_drawn(report->datasets->pdata[i], drawn);
	ck_assert_str_eq(drawn->str, "growth:group_A groups:group_A ");
	for (guint i = 0; i < report->datasets->len; i++)
		for (guint t = 0; t < G_N_ELEMENTS(times); t++)
			for (guint p = 0; p < G_N_ELEMENTS(parties); p++)
				ck_assert(dataset_column_find(report->datasets->pdata[i],
				                              times[t]) < 0 ||
				          dataset_column_find(report->datasets->pdata[i],
				                              parties[p]) < 0);
	report_free(report);
	world_clear(&world);
}
END_TEST

static const struct dataset_cell *line_of(const struct report *report, const char *group)
{
	const struct dataset *groups = report_dataset(report, "groups");
	for (guint row = 0; row < groups->rows->len; row++)
		if (g_str_equal(dataset_cell(groups, row, 0)->text, group))
			return dataset_cell_in(groups, row, "by_time");
	ck_abort_msg("there is no row of %s", group);
}

static const struct chart *drawing_of(const struct report *report, const char *group)
{
	return dataset_drawing(report_dataset(report, "groups"), line_of(report, group));
}

/* Three users with 4 CPUs for ten hours each in 28 days are 120 core-hours, or 0.18 CPUs. */
START_TEST(a_line_of_a_group_is_by_the_stretches_of_its_page_and_no_shorter)
{
	struct world world;
	fill_by_time(&world);
	struct report_facts facts = { .currency = "$", .zone = world.zone };
	struct report *report = report_compose(world.analysis, &facts, NULL);
	const struct dataset_cell *cell = line_of(report, "group_A");
	const struct chart_series *series = drawing_of(report, "group_A")->series->pdata[0];
	ck_assert_uint_eq(series->points->len, STRETCHES);
	for (guint i = 0; i < STRETCHES; i++) {
		double cpus = g_array_index(series->points, struct chart_point, i).y;
		ck_assert_double_eq_tol(cpus, (i < 6 ? 120.0 : 180.0) / (28 * 24), 1e-9);
	}
	ck_assert_ptr_eq(strstr(cell->text,
	                        "From 0.18 CPUs to 0.27; most, 0.27, in the 4 weeks from "),
	                 cell->text);
	ck_assert_ptr_null(drawing_of(report, "group_B"));
	ck_assert_ptr_null(line_of(report, "group_C")->text);
	ck_assert_double_eq(figures_find(report->figures, "lines.weeks")->value, 4);
	ck_assert_double_eq(figures_find(report->figures, "cells.untimed_groups")->value, 2);
	report_free(report);
	world_clear(&world);
}
END_TEST

/* The stretches taken off all that a group did leave the days behind the last whole one. */
START_TEST(who_was_alone_behind_the_last_stretch_is_not_what_lines_leave)
{
	for (int users = 1; users <= 3; users += 2) {
		struct world world;
		world_init(&world);
		world.min_users = 3;
		world.days = STRETCHES * 28 + 10;
		for (int s = 0; s <= STRETCHES; s++) {
			work(&world, "group_A", s, s < STRETCHES ? 3 : users, 4);
			work(&world, "group_B", s, 3, 4);
			work(&world, "group_C", s, 3, 4);
		}
		struct report *report = report_of(&world);
		ck_assert((drawing_of(report, "group_A") == NULL) == (users < 3));
		ck_assert_ptr_nonnull(drawing_of(report, "group_C"));
		report_free(report);
		world_clear(&world);
	}
}
END_TEST

START_TEST(in_a_period_of_two_stretches_there_are_no_lines)
{
	struct world world;
	world_init(&world);
	world.min_users = 3;
	world.days = 3 * 28 - 1;
	for (int s = 0; s < 2; s++) {
		work(&world, "group_A", s, 3, 4);
		work(&world, "group_B", s, 3, 4);
	}
	struct report *report = report_of(&world);
	ck_assert_ptr_null(line_of(report, "group_A")->text);
	ck_assert(!figures_find(report->figures, "lines.weeks")->has_value);
	ck_assert_double_eq(figures_find(report->figures, "cells.untimed_groups")->value, 0);
	report_free(report);
	world_clear(&world);
}
END_TEST

/* B and C are small. Where one of B is alone for twelve weeks, their row has none. */
START_TEST(groups_shown_together_have_a_line_when_they_hide_each_other_then)
{
	for (int alone = 0; alone < 2; alone++) {
		struct world world;
		world_init(&world);
		world.min_users = 3;
		world.days = STRETCHES * 28;
		for (int s = 0; s < STRETCHES; s++) {
			work(&world, "group_A", s, 4, 4);
			work(&world, "group_D", s, 4, 4);
			work(&world, "group_B", s, alone && s < 3 ? 1 : 2, 1);
			work(&world, "group_C", s, alone && s < 3 ? 0 : 2, 1);
		}
		struct report *report = report_of(&world);
		const struct tally *tally = world.tally;
		const char *together = intern_text(tally->groups, tally->pooling.other);
		ck_assert_int_eq(tally->pooling.hidden_groups, 2);
		ck_assert((drawing_of(report, together) == NULL) == alone);
		report_free(report);
		world_clear(&world);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("cells");
	TCase *tests = tcase_create("cells");
	tcase_set_timeout(tests, 60);
	tcase_add_test(tests, groups_of_exactly_the_number_are_shown);
	tcase_add_test(tests, groups_of_one_user_less_are_shown_together);
	tcase_add_test(tests, rows_of_nobody_make_no_group_larger);
	tcase_add_test(tests, who_held_nothing_makes_no_group_larger);
	tcase_add_test(tests, what_has_no_name_is_no_hidden_group);
	tcase_add_test(tests, one_small_group_takes_the_smallest_other_along);
	tcase_add_test(tests, small_groups_of_the_same_users_are_too_few_together);
	tcase_add_test(tests, where_all_groups_are_small_there_is_one);
	tcase_add_test(tests, a_group_that_one_user_dominates_is_hidden);
	tcase_add_test(tests, who_dominates_everything_leaves_one_group);
	tcase_add_test(tests, a_user_of_several_hidden_groups_counts_once);
	tcase_add_test(tests, totals_are_what_they_were);
	tcase_add_test(tests, series_of_hidden_groups_are_those_of_the_rest);
	tcase_add_test(tests, no_finding_speaks_of_the_rest);
	tcase_add_test(tests, a_user_of_hidden_groups_is_of_the_rest);
	tcase_add_test(tests, a_user_of_several_shown_groups_is_of_none);
	tcase_add_test(tests, nobody_is_the_only_one_whose_group_is_not_shown);
	tcase_add_test(tests, where_nothing_is_hidden_a_user_is_where_most_hours_are);
	tcase_add_test(tests, a_user_whose_jobs_end_behind_the_period_is_where_nodes_were_held);
	tcase_add_test(tests, names_stand_for_whole_words_only);
	tcase_add_test(tests, jobs_outside_the_period_make_no_group_larger);
	tcase_add_test(tests, no_sum_of_groups_less_their_users_rests_on_few);
	tcase_add_test(tests, no_shown_group_is_small_or_dominated);
	tcase_add_test(tests,
	               a_group_in_which_one_user_was_at_work_for_a_while_is_not_told_by_time);
	tcase_add_loop_test(tests,
	                    hours_on_a_kind_of_node_are_told_where_users_hide_each_other_on_it, 0,
	                    G_N_ELEMENTS(kinds_cases));
	tcase_add_test(tests, gpu_hours_of_few_users_are_not_told);
	tcase_add_test(tests,
	               where_kinds_are_not_told_their_cells_are_empty_and_the_share_stays_of_three);
	tcase_add_test(tests, what_is_not_told_of_everybody_is_not_summed_up);
	tcase_add_test(tests, memory_that_was_not_needed_is_drawn_of_those_whose_row_tells_it);
	tcase_add_test(tests,
	               a_group_in_which_two_users_were_at_work_for_a_while_is_not_told_by_time);
	tcase_add_test(tests,
	               the_range_of_growth_is_told_where_users_hide_each_other_in_every_week);
	tcase_add_test(tests,
	               a_group_in_which_one_user_did_nearly_all_for_a_while_is_not_told_by_time);
	tcase_add_test(
		tests,
		a_group_is_at_the_peak_in_the_shortest_time_in_which_its_users_hide_each_other);
	tcase_add_test(
		tests,
		of_all_outputs_only_growth_and_the_lines_of_groups_show_groups_by_time);
	tcase_add_test(tests, a_line_of_a_group_is_by_the_stretches_of_its_page_and_no_shorter);
	tcase_add_test(tests, who_was_alone_behind_the_last_stretch_is_not_what_lines_leave);
	tcase_add_test(tests,
	               a_group_is_at_the_peak_in_a_time_beside_which_its_users_hide_each_other);
	tcase_add_test(
		tests,
		a_group_with_a_line_is_at_the_peak_in_a_time_that_leaves_nobody_alone_beside_it);
	tcase_add_test(
		tests,
		a_group_without_a_line_is_at_the_peak_in_a_time_that_leaves_nobody_alone_beside_it);
	tcase_add_test(
		tests,
		a_group_that_grew_is_at_the_peak_in_a_time_that_leaves_nobody_alone_in_the_quarter);
	tcase_add_test(tests,
	               the_busiest_week_of_a_group_leaves_nobody_alone_beside_what_else_is_told);
	tcase_add_test(tests, who_was_at_work_in_an_hour_that_a_stretch_cuts_may_be_alone_in_it);
	tcase_add_test(tests, growth_does_not_speak_of_the_rest);
	tcase_add_test(tests,
	               a_group_is_told_by_as_many_as_twelve_weeks_where_fewer_would_rest_on_few);
	tcase_add_test(tests,
	               who_was_alone_beside_a_group_in_a_quarter_is_not_what_its_growth_leaves);
	tcase_add_test(tests, in_a_period_of_two_stretches_there_are_no_lines);
	tcase_add_test(tests, groups_shown_together_have_a_line_when_they_hide_each_other_then);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

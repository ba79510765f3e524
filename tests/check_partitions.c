/* SPDX-License-Identifier: Apache-2.0 */
#include "fixture_analysis.h"

#include "finding/partitions.h"
#include "measure/crowd.h"

/* Three users hide each other. "A/p:4,4,4 B/q:1@7": each of a group's users has a job in the
 * partition with so many core-hours; a user is new unless numbered. They ran on n1, or where it
 * says: "A/p/big:4,4,4". */
static void world_of(struct world *world, const char *text)
{
	world_init(world);
	world->min_users = 3;
	world->nodes = "NodeName=n1 CPUTot=100 RealMemory=102400\nNodeName=big CPUTot=100 "
	               "RealMemory=204800\n";
	g_auto(GStrv) cells = g_strsplit(text, " ", 0);
	guint next = 100;
	for (guint i = 0; cells[i]; i++) {
		g_auto(GStrv) parts = g_strsplit_set(cells[i], "/:", 4),
			      users = g_strsplit(parts[parts[3] ? 3 : 2], ",", 0);
		for (guint u = 0; users[u]; u++) {
			const char *named = strchr(users[u], '@');
			g_autofree char *user = g_strdup_printf("user_%04u",
			                                        named ? (guint)atoi(named + 1)
			                                              : next++);
			g_autofree char *group = g_strconcat("group_", parts[0], NULL);
			struct job *job = add(world, user, group, job_on("n1", 1, atoi(users[u])),
			                      (int)u, 1);
			job->partition = keep(world, parts[1]);
			if (parts[3])
				job->nodelist = keep(world, parts[2]);
		}
	}
	analyse(world);
}

/* "p=12/3 other=5/4": core-hours and users. */
static char *told(const struct world *world)
{
	GString *text = g_string_new(NULL);
	g_autoptr(GArray) rows = partitions_told(world->tally);
	for (guint i = 0; i < rows->len; i++) {
		const struct partition *row = &g_array_index(rows, struct partition, i);
		g_string_append_printf(text, "%s%s=%" G_GINT64_FORMAT "/%u", text->len ? " " : "",
		                       row->name ? row->name : "other", row->use.cpu_seconds / HOUR,
		                       row->users);
	}
	return g_string_free(text, FALSE);
}

static void assert_told(const char *cells, const char *expected)
{
	struct world world;
	world_of(&world, cells);
	g_autofree char *got = told(&world);
	ck_assert_msg(g_str_equal(got, expected), "%s gives \"%s\", not \"%s\"", cells, got,
	              expected);
	world_clear(&world);
}

START_TEST(those_with_enough_users_are_told_the_busiest_first)
{
	assert_told("A/p:1,1,1 A/q:2,2,2 B/q:2,2,2 B/p:1,1,1", "q=12/6 p=6/6");
}
END_TEST

START_TEST(one_partition_is_the_whole_and_no_table)
{
	assert_told("A/p:1,1,1 B/p:2,2,2", "");
}
END_TEST

START_TEST(a_small_one_takes_the_smallest_other_along)
{
	assert_told("A/p:9,9,9 A/q:2,2,2 A/r:1,1 B/p:9,9,9 B/q:2,2,2 B/r:1", "p=54/6 q=12/6 r=3/3");
	assert_told("A/p:9,9,9 A/q:2,2,2 A/s:4,4,4 A/r:1,1 B/p:9,9,9 B/q:2,2,2 B/s:4,4,4",
	            "p=54/6 s=24/6 other=14/8");
}
END_TEST

START_TEST(where_all_are_small_nothing_is_told)
{
	assert_told("A/p:1,1 A/q:1,1", "");
}
END_TEST

START_TEST(one_that_somebody_dominates_is_not_told)
{
	assert_told("A/p:90,1,1 A/q:30,30,30 B/q:30,30,30 B/r:50,50,50 A/r:50,50,50",
	            "r=300/6 other=272/9");
}
END_TEST

START_TEST(what_is_left_of_one_without_a_group_is_not_told)
{
	/* All of A is in p, where B has one user: p less A would be that one. */
	assert_told("A/p:2,2,2 B/p:1@7 B/q:3@7,3,3 C/q:3,3,3 C/r:9,9,9 B/r:9,9,9",
	            "r=54/6 other=25/9");
	/* Of B, three are: they hide each other. */
	assert_told("A/p:2,2,2 B/p:1,1,1 B/q:3,3,3 C/q:3,3,3", "q=18/6 p=9/6");
}
END_TEST

START_TEST(what_is_left_of_a_kind_of_node_is_not_told)
{
	/* What ran on n1 less p is q, where one user was: though in q and r together there are
	 * enough. */
	assert_told("A/p:9,9,9 B/p:9,9,9 A/q:1 A/r/big:4,4,4 B/r/big:4,4,4", "");
	assert_told("A/p:9,9,9 B/p:9,9,9 A/q:1 B/q:1,1 A/r/big:4,4,4 B/r/big:4,4,4",
	            "p=54/6 r=24/6 q=3/3");
	/* Of the big node all that A had was in r: less that, one of B is left there. */
	assert_told("A/p:9,9,9 B/p:9,9,9 A/r/big:4,4,4@9 B/r/big:4@8 B/s/big:9,9,9@8 C/s/big:9,9,9",
	            "p=54/6 other=70/9");
}
END_TEST

START_TEST(what_is_left_of_two_without_a_group_is_not_told_either)
{
	/* A is in p and q alone, and B has one user there, in p: neither is a difference by
	 * itself. */
	assert_told("A/p:2,2,2 A/q:2,2,2 B/p:1@7 B/r:3@7,3,3 C/r:3,3,3 C/s:3,3,3 B/s:3,3,3",
	            "r=18/6 other=31/13");
}
END_TEST

START_TEST(to_those_who_may_see_all_all_are_told)
{
	struct world world;
	world_init(&world);
	add(&world, "user_0001", "group_A", job_on("n1", 1, 4), 0, 1)->partition = slice_of("p");
	add(&world, "user_0002", "group_A", job_on("n1", 1, 1), 1, 1)->partition = slice_of("");
	analyse(&world);
	g_autofree char *got = told(&world);
	ck_assert_str_eq(got, "p=4/1 =1/1");
	world_clear(&world);
}
END_TEST

START_TEST(no_more_than_so_many_stand_by_themselves)
{
	g_autoptr(GString) text = g_string_new("A/p00:9,9,9");
	for (int i = 1; i < PARTITIONS_MOST + 3; i++)
		g_string_append_printf(text, " A/p%02d:%d,%d,%d", i, 1 + i % 9, 1 + i % 9,
		                       1 + i % 9);
	struct world world;
	world_of(&world, text->str);
	g_autoptr(GArray) rows = partitions_told(world.tally);
	ck_assert_uint_eq(rows->len, PARTITIONS_MOST + 1);
	ck_assert_ptr_null(g_array_index(rows, struct partition, PARTITIONS_MOST).name);
	gint64 sum = 0;
	for (guint i = 0; i < rows->len; i++)
		sum += g_array_index(rows, struct partition, i).use.cpu_seconds;
	ck_assert_int_eq(sum, world.tally->total.cpu_seconds);
	world_clear(&world);
}
END_TEST

/* An attack: whoever knows which groups worked in which partitions takes any rows of groups off any
 * rows of partitions that all of their work is in. The rows, and by cell who is in it, are made
 * here from the jobs alone. */

#define MOST 8

struct attack {
	const struct world *world;
	GArray *rows;
	guint row_of[MOST];          /* by partition: its row */
	gint64 seconds[MOST][MOST][MOST]; /* by group, partition and user: −1 where there is none */
};

/* Those of the chosen rows who are in none of the chosen groups. */
static struct crowd left_over(const struct attack *attack, guint rows, guint groups)
{
	struct crowd crowd = { 0 };
	for (guint u = 0; u < MOST; u++) {
		gint64 sum = -1;
		for (guint g = 0; g < MOST; g++)
			for (guint p = 0; p < MOST; p++)
				if (attack->seconds[g][p][u] >= 0 &&
				    (rows >> attack->row_of[p] & 1) && !(groups >> g & 1))
					sum = MAX(sum, 0) + attack->seconds[g][p][u];
		if (sum >= 0)
			crowd_add(&crowd, TRUE, sum);
	}
	return crowd;
}

static gboolean is_inside(const struct attack *attack, guint rows, guint groups)
{
	for (guint g = 0; g < MOST; g++)
		for (guint p = 0; p < MOST; p++)
			for (guint u = 0; u < MOST; u++)
				if ((groups >> g & 1) && attack->seconds[g][p][u] >= 0 &&
				    !(rows >> attack->row_of[p] & 1))
					return FALSE;
	return TRUE;
}

static void assert_no_difference(const struct attack *attack, guint64 seed, guint groups)
{
	for (guint rows = 1; rows < 1u << attack->rows->len; rows++)
		for (guint chosen = 0; chosen < 1u << groups; chosen++) {
			struct crowd left = left_over(attack, rows, chosen);
			if (is_inside(attack, rows, chosen))
				ck_assert_msg(left.users == 0 || crowd_hides(&left, 3),
				              "log %" G_GUINT64_FORMAT
				              ": rows %x less groups %x are %u users",
				              seed, rows, chosen, left.users);
		}
}

/* Groups that a report shows as one are one for whoever attacks it. */
static guint number_of_group(const struct tally *tally, const char *name)
{
	gint64 found = intern_find(tally->groups, slice_of(name));
	return (guint)(found >= 0 ? found : tally->pooling.other);
}

static void random_world(struct world *world, struct attack *attack, guint64 seed)
{
	guint64 state = seed;
	guint groups = 2 + chance(&state, 3), partitions = 2 + chance(&state, 3),
	      jobs = 5 + chance(&state, 30);
	struct { guint group, partition, user; gint64 hours; } list[40];
	world_init(world);
	world->min_users = 3;
	for (guint i = 0; i < jobs; i++) {
		list[i].group = chance(&state, groups);
		/* Most groups keep to some of the partitions. */
		list[i].partition = chance(&state, 4)
		                            ? (list[i].group + chance(&state, 2)) % partitions
		                            : chance(&state, partitions);
		list[i].user = chance(&state, MOST);
		list[i].hours = 1 + chance(&state, 9);
		g_autofree char *user = g_strdup_printf("user_%04u", list[i].user),
				*group = g_strdup_printf("group_%c", 'A' + (int)list[i].group);
		g_autofree char *partition = g_strdup_printf("p%u", list[i].partition);
		add(world, user, group, job_on("n1", 1, list[i].hours), (int)i, 1)->partition =
			keep(world, partition);
	}
	analyse(world);
	*attack = (struct attack){ .world = world, .rows = partitions_told(world->tally) };
	memset(attack->seconds, 0xff, sizeof attack->seconds);
	for (guint p = 0; p < MOST; p++) {
		g_autofree char *name = g_strdup_printf("p%u", p);
		attack->row_of[p] = attack->rows->len ? attack->rows->len - 1 : 0;
		for (guint r = 0; r < attack->rows->len; r++)
			if (g_strcmp0(g_array_index(attack->rows, struct partition, r).name,
			              name) == 0)
				attack->row_of[p] = r;
	}
	for (guint i = 0; i < jobs; i++) {
		g_autofree char *group = g_strdup_printf("group_%c", 'A' + (int)list[i].group);
		gint64 *seconds = &attack->seconds[number_of_group(world->tally, group)]
		                                  [list[i].partition][list[i].user];
		*seconds = MAX(*seconds, 0) + list[i].hours * HOUR;
	}
}

START_TEST(no_difference_of_partitions_and_groups_tells_of_few)
{
	guint tables = 0;
	for (guint64 seed = 1; seed <= 400; seed++) {
		struct world world;
		struct attack attack;
		random_world(&world, &attack, seed);
		tables += attack.rows->len > 0;
		assert_no_difference(&attack, seed, intern_count(world.tally->groups));
		g_array_unref(attack.rows);
		world_clear(&world);
	}
	/* There was something to attack. */
	ck_assert_uint_ge(tables, 50);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("partitions");
	TCase *tests = tcase_create("all");
	tcase_add_test(tests, those_with_enough_users_are_told_the_busiest_first);
	tcase_add_test(tests, one_partition_is_the_whole_and_no_table);
	tcase_add_test(tests, a_small_one_takes_the_smallest_other_along);
	tcase_add_test(tests, where_all_are_small_nothing_is_told);
	tcase_add_test(tests, one_that_somebody_dominates_is_not_told);
	tcase_add_test(tests, what_is_left_of_one_without_a_group_is_not_told);
	tcase_add_test(tests, what_is_left_of_a_kind_of_node_is_not_told);
	tcase_add_test(tests, what_is_left_of_two_without_a_group_is_not_told_either);
	tcase_add_test(tests, to_those_who_may_see_all_all_are_told);
	tcase_add_test(tests, no_more_than_so_many_stand_by_themselves);
	tcase_add_test(tests, no_difference_of_partitions_and_groups_tells_of_few);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed > 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdlib.h>

#include "fixture_charts.h"

#define GPU_NODES "NodeName=g1 CPUTot=8 RealMemory=102400 Gres=gpu:a:4\nNodeName=n1 CPUTot=8 RealMemory=102400\n"

/* Three days: 2 GPUs for the first, then 3 for six hours, then none. */
static struct report *report_with_gpus(struct world *world, const char *nodes)
{
	world_init(world);
	world->nodes = nodes;
	world->days = 3;
	add(world, "user_0001", "group_A", job_on("g1", 1, 4), 0, 24)->gpus = 2;
	add(world, "user_0001", "group_A", job_on("g1", 1, 4), 24, 6)->gpus = 3;
	add(world, "user_0002", "group_A", job_on("n1", 1, 2), 0, 72);
	return report_of(world);
}

static void assert_hours(const struct chart *chart, gboolean gpus)
{
	const struct chart_series *series = chart->series->pdata[0];
	ck_assert_uint_eq(series->points->len, 72);
	for (guint h = 0; h < 72; h++) {
		double held = h < 24 ? 2 : h < 30 ? 3 : 0, cpus = h < 30 ? 6 : 2;
		ck_assert_double_eq(g_array_index(series->points, struct chart_point, h).y,
		                    gpus ? held : cpus);
	}
}

START_TEST(demand_is_drawn_by_the_hour_of_gpus_as_of_cpus)
{
	struct world world;
	struct report *report = report_with_gpus(&world, GPU_NODES);
	const struct chart *cpus = find_chart(report, "demand"),
			   *gpus = find_chart(report, "gpu-demand");
	ck_assert_ptr_nonnull(gpus);
	assert_hours(cpus, FALSE);
	assert_hours(gpus, TRUE);
	/* 66 GPU-hours of 4 × 72; in 66 of the 72 hours two or fewer. */
	ck_assert_str_eq(gpus->title, "22.9\u00a0% of the GPUs were held by jobs on average; 2 "
	                              "GPUs were enough in 85 of 100 minutes");
	ck_assert_uint_eq(gpus->lines->len, 2);
	ck_assert_str_eq(g_array_index(gpus->lines, struct chart_line, 0).label, "owned: 4");
	ck_assert_str_eq(g_array_index(gpus->lines, struct chart_line, 1).label, "P85: 2");
	ck_assert_str_eq(gpus->description, "Mean 0.9 GPUs, highest minute 3.");
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(without_a_list_of_nodes_the_busiest_minute_stands_for_what_there_is)
{
	struct world world;
	struct report *report = report_with_gpus(&world, NULL);
	ck_assert_str_eq(find_chart(report, "gpu-demand")->title,
	                 "2 GPUs were enough in 85 of 100 minutes; the busiest needed 3");
	report_free(report);
	world_clear(&world);
}
END_TEST

#define THREE_OTHERS                              \
	"NodeName=n2 CPUTot=8 RealMemory=102400\n" \
	"NodeName=n3 CPUTot=8 RealMemory=102400\n" \
	"NodeName=n4 CPUTot=8 RealMemory=102400\n"

static gboolean has_tile(const GPtrArray *blocks, const char *id)
{
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = blocks->pdata[i];
		for (guint f = 0; block->kind == BLOCK_TILES && f < block->figure_ids->len; f++)
			if (g_str_equal(block->figure_ids->pdata[f], id))
				return TRUE;
	}
	return FALSE;
}

/* Whether summary and one page draw GPUs, and say how many of them were held where that is known.
 * One node is held by its GPUs for so many of 72 hours, another one whole for 36. */
static gboolean draws_gpus(const char *nodes, const char *prices, int hours)
{
	struct world world;
	world_init(&world);
	world.nodes = nodes;
	world.prices = prices;
	world.days = 3;
	add(&world, "user_0001", "group_A", job_on("g1", 1, 4), 0, hours)->gpus = 4;
	add(&world, "user_0002", "group_A", job_on("n1", 1, 8), 0, 36);
	struct report *report = report_of(&world);
	const struct page *index = report->pages->pdata[0];
	gboolean gpus = chart_in(index->blocks, "gpu-demand") != NULL;
	ck_assert_int_eq(chart_in(index->blocks, "demand") != NULL, !gpus);
	ck_assert_int_eq(chart_in(report->summary->blocks, "gpu-demand") != NULL, gpus);
	ck_assert_int_eq(chart_in(report->summary->blocks, "demand") != NULL, !gpus);
	ck_assert_int_eq(has_tile(index->blocks, "utilization.gpus"), gpus && nodes);
	ck_assert_int_eq(has_tile(index->blocks, "utilization"), !gpus && nodes);
	ck_assert_int_eq(has_tile(report->summary->blocks, "utilization.gpus"), gpus && nodes);
	report_free(report);
	world_clear(&world);
	return gpus;
}

START_TEST(the_summary_draws_the_demand_for_what_the_money_is_in)
{
	/* With four GPUs at 50,000 a node costs more than four without, with four for nothing as
	 * much as one. */
	ck_assert(draws_gpus(GPU_NODES THREE_OTHERS,
	                     PLAIN_PRICES "[gpu_purchase]\nexpected=50000\n", 6));
	ck_assert(!draws_gpus(GPU_NODES THREE_OTHERS, PLAIN_PRICES "[gpu_purchase]\nexpected=0\n",
	                      72));
	/* Where nobody says what there is, what was held decides. */
	ck_assert(draws_gpus(NULL, PLAIN_PRICES, 72));
	ck_assert(!draws_gpus(NULL, PLAIN_PRICES, 6));
}
END_TEST

/* One node for two days, and another beside it on the third. */
#define GROWING_NODES \
	"node,cpus,memory_mb,gpus,gpu_type,from\ng1,8,102400,4,a,2025-01-01\n" \
	"g1,8,102400,4,a,2025-01-03\ng2,8,102400,4,a,2025-01-03\n"

static void assert_stair(const struct chart *chart, const char *label, double each)
{
	ck_assert_uint_eq(chart->series->len, 2);
	const struct chart_series *series = chart->series->pdata[1];
	ck_assert_str_eq(series->label, label);
	ck_assert_uint_eq(series->points->len, 2);
	for (guint i = 0; i < 2; i++) {
		const struct chart_point *point = &g_array_index(series->points, struct chart_point,
		                                                 i);
		ck_assert_double_eq(point->x, T0 + i * 48 * HOUR);
		ck_assert_double_eq(point->y, (i + 1) * each);
	}
}

START_TEST(where_nodes_came_what_was_owned_is_a_stair)
{
	struct world world;
	world_init(&world);
	world.nodes = GROWING_NODES;
	world.days = 3;
	add(&world, "user_0001", "group_A", job_on("g1", 1, 4), 0, 72)->gpus = 2;
	struct report *report = report_of(&world);
	assert_stair(find_chart(report, "demand"), "CPUs owned", 8);
	assert_stair(find_chart(report, "gpu-demand"), "GPUs owned", 4);
	report_free(report);
	world_clear(&world);
}
END_TEST

START_TEST(where_nobody_held_a_gpu_none_are_drawn)
{
	struct world world;
	world_init(&world);
	world.nodes = GPU_NODES;
	add(&world, "user_0002", "group_A", job_on("n1", 1, 2), 0, 72);
	struct report *report = report_of(&world);
	ck_assert_ptr_nonnull(find_chart(report, "demand"));
	ck_assert_ptr_null(find_chart(report, "gpu-demand"));
	report_free(report);
	world_clear(&world);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("charts_capacity");
	TCase *cases = tcase_create("charts_capacity");
	tcase_add_test(cases, demand_is_drawn_by_the_hour_of_gpus_as_of_cpus);
	tcase_add_test(cases, without_a_list_of_nodes_the_busiest_minute_stands_for_what_there_is);
	tcase_add_test(cases, the_summary_draws_the_demand_for_what_the_money_is_in);
	tcase_add_test(cases, where_nodes_came_what_was_owned_is_a_stair);
	tcase_add_test(cases, where_nobody_held_a_gpu_none_are_drawn);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

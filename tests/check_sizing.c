/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/plan.h"

#include <math.h>

#include "finding/best_plans.h"
#include "fixture_jobs.h"
#include "measure/capacity.h"
#include "measure/downtime.h"

#define HOURS_A_YEAR 8760.0

/* A pool of so many nodes, whose demand a test writes into the series itself. */
struct world {
	struct assumptions *assumptions;
	struct inventory *inventory;
	struct zone *zone;
	struct rules rules;
	struct tally *tally;
	gint64 nodes;
};

/* The window is four days; nodes are packed as full as `packing` says, in all scenarios. */
static void world_init(struct world *world, int nodes, const char *packing)
{
	g_autoptr(GString) text = g_string_new(NULL);
	for (int i = 1; i <= nodes; i++)
		g_string_append_printf(text, "NodeName=n%d CPUTot=10 RealMemory=102400\n", i);
	g_autofree char *file = g_strdup_printf("[packing]\nexpected = %s\n", packing);
	char *path = write_file("assumptions.conf", file);
	world->nodes = nodes;
	world->assumptions = assumptions_new();
	ck_assert(assumptions_load(world->assumptions, path, NULL));
	remove_file(path);
	world->inventory = inventory_from(text->str);
	inventory_finish(world->inventory);
	world->zone = zone_new(NULL, NULL);
	rules_init(&world->rules, world->assumptions);
	world->rules.from = T0;
	world->rules.to = T0 + 4 * DAY;
	world->tally = tally_new(&world->rules, world->inventory, world->zone);
}

static void world_clear(struct world *world)
{
	tally_free(world->tally);
	inventory_free(world->inventory);
	assumptions_free(world->assumptions);
	zone_free(world->zone);
}

/* So many nodes held from one hour of the window to another, and so much of it in excess in every
 * scenario. */
static void hold(struct world *world, gint64 from, gint64 to, double nodes, double excess)
{
	series_add(world->tally->nodes[0], T0 + from * HOUR, T0 + to * HOUR,
	           llround(nodes * (double)MICRO));
	for (guint s = 0; s < SCENARIOS; s++)
		series_add(world->tally->excess[s], T0 + from * HOUR, T0 + to * HOUR,
		           llround(excess * (double)MICRO));
}

static struct pool_sizing *sizing_of(const struct world *world, double promised)
{
	struct pool_nodes nodes = { .owned = world->nodes };
	const double of[SCENARIOS] = { promised, promised, promised };
	return pool_sizing_new(world->tally, 0, &nodes, of, world->assumptions);
}

/* What a node-year and a rented hour cost. A quarter of the former is cash. */
struct prices {
	double node_year, rent;
};

static struct figures *figures_at(const struct prices *prices)
{
	struct figures *figures = figures_new();
	figures_add(figures, "pool.1.year", UNIT_CURRENCY, prices->node_year, "Node-year");
	figures_add(figures, "pool.1.cash", UNIT_CURRENCY, prices->node_year * 0.25, "Cash of it");
	figures_add(figures, "pool.1.rate", UNIT_RATE, prices->node_year / HOURS_A_YEAR,
	            "Node-hour");
	figures_add(figures, "pool.1.rent", UNIT_RATE, prices->rent, "Rented hour");
	return figures;
}

#define AT_REFRESH ""
#define THIS_YEAR "now."

/* What is best in one scenario. Hours are a year's. */
struct plan {
	int keep, keep_users;
	double burst_hours, burst_users_hours, returned_hours;
};

static double part_of(const struct figures *figures, const char *when, const char *part,
                      enum scenario scenario)
{
	g_autofree char *id = g_strdup_printf("pool.1.%s%s.%s", when, part,
	                                      scenario_name(scenario));
	ck_assert_msg(figures_find(figures, id) && figures_find(figures, id)->has_value,
	              "there is no %s", id);
	return figures_value(figures, id, 0);
}

static struct plan plan_from(const struct figures *figures, const char *when,
                             enum scenario scenario)
{
	return (struct plan){
		.keep = (int)part_of(figures, when, "keep", scenario),
		.keep_users = (int)part_of(figures, when, "keep_users", scenario),
		.burst_hours = part_of(figures, when, "burst", scenario),
		.burst_users_hours = part_of(figures, when, "burst_users", scenario),
		.returned_hours = part_of(figures, when, "returned", scenario),
	};
}

static struct plan plan_at(const struct pool_sizing *sizing, const struct prices *prices,
                           const char *when, enum scenario scenario)
{
	struct figures *figures = figures_at(prices);
	plan_add(figures, 0, sizing, "nodes");
	struct plan plan = plan_from(figures, when, scenario);
	figures_free(figures);
	return plan;
}

/* The three parts of the total at refresh. */
struct parts {
	double infrastructure, users, returned;
};

static struct parts parts_of(const struct pool_sizing *sizing, enum scenario scenario,
                             const struct prices *prices)
{
	const struct plan plan = plan_at(sizing, prices, AT_REFRESH, scenario);
	double now = (double)sizing->owned * prices->node_year;
	double smaller = plan.keep * prices->node_year + prices->rent * plan.burst_hours;
	double with_users = plan.keep_users * prices->node_year +
	                    prices->rent * plan.burst_users_hours;
	return (struct parts){ now - smaller, smaller - with_users,
		               plan.returned_hours * prices->node_year / HOURS_A_YEAR };
}

START_TEST(history_is_not_rented_in_the_nodes_of_its_time)
{
	/* 10 nodes at first, then 20; all of the 10 are held, then 12. Packed to a half, the first
	 * two days could have used no more than the 10 there were, and the others all 20. */
	struct capacity_step steps[] = { { T0, 10 }, { T0 + 2 * DAY, 20 } };
	g_autoptr(GArray) array = g_array_new(FALSE, FALSE, sizeof *steps);
	struct world world;
	g_array_append_vals(array, steps, 2);
	world_init(&world, 20, "0.5");
	hold(&world, 0, 48, 10, 0);
	hold(&world, 48, 96, 12, 0);
	struct pool_nodes nodes = { .owned = 20, .steps = array };
	const double promised[SCENARIOS] = { 0 };
	struct pool_sizing *sizing = pool_sizing_new(world.tally, 0, &nodes, promised,
	                                             world.assumptions);
	ck_assert(fabs(sizing->burst_hours[0] - (10 + 20) * HOURS_A_YEAR / 2) < 1e-6);
	ck_assert_int_eq(sizing->percentile_nodes[0], 10);
	ck_assert_int_eq(sizing->percentile_nodes[SIZING_PERCENTILES - 1], 20);
	ck_assert_int_eq(sizing->clipped_minutes, 0);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(more_than_there_was_is_told_by_the_nodes_of_its_time)
{
	/* 10 nodes at first, then 20; 12 are held at all times, which is too many for the first day
	 * alone. */
	struct capacity_step steps[] = { { T0, 10 }, { T0 + DAY, 20 } };
	g_autoptr(GArray) array = g_array_new(FALSE, FALSE, sizeof *steps);
	struct world world;
	g_array_append_vals(array, steps, 2);
	world_init(&world, 20, "1");
	hold(&world, 0, 96, 12, 0);
	struct pool_nodes nodes = { .owned = 20, .steps = array };
	const double promised[SCENARIOS] = { 0 };
	struct pool_sizing *sizing = pool_sizing_new(world.tally, 0, &nodes, promised,
	                                             world.assumptions);
	ck_assert_int_eq(sizing->clipped_minutes, 1440);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(nodes_that_are_away_hold_nothing_unless_jobs_ran_there)
{
	/* Packed to a half, what runs on 10 nodes could have used 20. Of the 20, 5 are down and 3
	 * away as planned at first: 12 could be used. Then 15 are down, and 10 are held all the
	 * same. */
	const gint64 minutes = 4 * DAY / 60;
	g_autofree gint64 *down = g_new(gint64, minutes), *planned = g_new0(gint64, minutes);
	for (gint64 i = 0; i < minutes; i++) {
		down[i] = (i < minutes / 2 ? 5 : 15) * 60;
		planned[i] = (i < minutes / 2 ? 3 : 0) * 60;
	}
	const struct away away = { .down = down, .planned = planned, .minutes = (gsize)minutes };
	struct world world;
	world_init(&world, 20, "0.5");
	hold(&world, 0, 96, 10, 0);
	struct pool_nodes nodes = { .owned = 20, .away = &away };
	const double promised[SCENARIOS] = { 0 };
	struct pool_sizing *sizing = pool_sizing_new(world.tally, 0, &nodes, promised,
	                                             world.assumptions);
	ck_assert_double_eq_tol(sizing->burst_hours[0], (12 + 10) * HOURS_A_YEAR / 2, 1e-6);
	ck_assert_double_eq_tol(sizing->burst_hours[10], 2 * HOURS_A_YEAR / 2, 1e-6);
	ck_assert_int_eq(sizing->most_nodes, 12);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(the_worked_example_of_the_model)
{
	/* N = 100, D = 50 flat, D' = 30, g = 1, c = 10,000, r high: 500,000 + 200,000 + 0. */
	struct world world;
	world_init(&world, 100, "1");
	hold(&world, 0, 96, 50, 20);
	const struct prices prices = { 10000, 100 };
	struct pool_sizing *sizing = sizing_of(&world, 1);
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		const struct plan plan = plan_at(sizing, &prices, AT_REFRESH, s);
		ck_assert_int_eq(plan.keep, 50);
		ck_assert_int_eq(plan.keep_users, 30);
		struct parts parts = parts_of(sizing, s, &prices);
		ck_assert_double_eq_tol(parts.infrastructure, 500000, 1e-6);
		ck_assert_double_eq_tol(parts.users, 200000, 1e-6);
		ck_assert_double_eq_tol(parts.returned, 0, 1e-6);
	}
	ck_assert_double_eq_tol(sizing->mean_nodes, 50, 1e-9);
	ck_assert_double_eq_tol(sizing->peak_nodes, 50, 1e-9);
	ck_assert_double_eq_tol(sizing->year_factor, 8760.0 / 96, 1e-9);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(bursts_are_stretches_beyond_the_nodes_to_own)
{
	/* Five nodes at all times; ten more for two hours, and for three and then another two of
	 * other jobs. */
	struct world world;
	world_init(&world, 20, "1");
	hold(&world, 0, 96, 5, 0);
	hold(&world, 10, 12, 10, 0);
	hold(&world, 50, 53, 10, 0);
	hold(&world, 53, 55, 1, 0);
	const struct prices cheap = { 1000, 0.2 }, dear = { 1000, 100 };
	struct pool_sizing *sizing = sizing_of(&world, 0);
	ck_assert_int_eq(plan_at(sizing, &cheap, AT_REFRESH, SCENARIO_EXPECTED).keep, 5);
	ck_assert_int_eq(sizing->bursts.count[5], 2);
	ck_assert_int_eq(sizing->bursts.minutes[5], 7 * 60);
	ck_assert_int_eq(sizing->bursts.longest_minutes[5], 5 * 60);
	/* One node more covers nothing of that, and beyond fifteen there is the one job that came
	 * in between. */
	ck_assert_int_eq(sizing->bursts.count[0], 1);
	ck_assert_int_eq(sizing->bursts.longest_minutes[0], 96 * 60);
	ck_assert_int_eq(sizing->bursts.count[6], 2);
	ck_assert_int_eq(sizing->bursts.longest_minutes[6], 3 * 60);
	/* Where everything is owned nothing bursts. */
	ck_assert_int_eq(plan_at(sizing, &dear, AT_REFRESH, SCENARIO_EXPECTED).keep, 15);
	ck_assert_int_eq(sizing->bursts.count[15], 0);
	ck_assert_int_eq(sizing->bursts.minutes[15], 0);
	ck_assert_int_eq(sizing->bursts.longest_minutes[15], 0);
	ck_assert_int_eq(sizing->most_nodes, 15);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(a_burst_that_rises_in_steps_is_one)
{
	/* Five nodes at all times; eight for two hours, then fifteen for two, then at once five
	 * again. */
	struct world world;
	world_init(&world, 20, "1");
	hold(&world, 0, 96, 5, 0);
	hold(&world, 10, 14, 3, 0);
	hold(&world, 12, 14, 7, 0);
	struct pool_sizing *sizing = sizing_of(&world, 0);
	static const gint64 longest[] = { [0] = 96, [4] = 96, [5] = 4, [7] = 4, [8] = 2, [14] = 2 };
	for (guint k = 0; k < G_N_ELEMENTS(longest); k++) {
		ck_assert_int_eq(sizing->bursts.count[k], 1);
		if (longest[k])
			ck_assert_int_eq(sizing->bursts.longest_minutes[k], longest[k] * 60);
	}
	ck_assert_int_eq(sizing->bursts.count[15], 0);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(light_jobs_fill_what_they_hold_minute_by_minute)
{
	/* Two nodes at all times. What fills one of them is light for the first two days, and then
	 * it is not. Packed to a half they need four; in the low scenario it would be five. */
	struct world world;
	world_init(&world, 20, "0.5\nlow = 0.4");
	hold(&world, 0, 96, 2, 0);
	series_add(world.tally->light[0], T0, T0 + 48 * HOUR, MICRO);
	struct pool_sizing *sizing = sizing_of(&world, 0);
	g_autofree double *filled = pool_sizing_beyond(sizing, sizing->bursts.light);
	static const double expected[] = { 2, 2, 2, 1, 0 }; /* nodes, for half of the time */
	for (guint k = 0; k < G_N_ELEMENTS(expected); k++)
		ck_assert_double_eq_tol(filled[k], expected[k] * HOURS_A_YEAR / 2, 1e-6);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(other_prices_can_be_tried)
{
	struct world world;
	world_init(&world, 20, "1");
	hold(&world, 0, 96, 5, 1);
	hold(&world, 10, 20, 10, 2);
	const struct prices cheap = { 1000, 0.2 }, dear = { 1000, 100 };
	struct pool_sizing *sizing = sizing_of(&world, 0.5);
	struct figures *figures = figures_at(&cheap), *over = figures_over(figures);
	plan_add(figures, 0, sizing, "nodes");
	figures_add(over, "pool.1.rent", UNIT_RATE, dear.rent, "Rented hour");
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		g_autofree char *returned = g_strdup_printf("pool.1.returned.%s", scenario_name(s));
		const struct plan of = plan_at(sizing, &dear, AT_REFRESH, s);
		figures_derive_anew(over, returned);
		const struct plan at = plan_from(over, AT_REFRESH, s);
		ck_assert_int_ne(at.keep, plan_from(figures, AT_REFRESH, s).keep);
		ck_assert_int_eq(at.keep, of.keep);
		ck_assert_int_eq(at.keep_users, of.keep_users);
		ck_assert_double_eq(at.burst_hours, of.burst_hours);
		ck_assert_double_eq(at.burst_users_hours, of.burst_users_hours);
		ck_assert_double_eq(at.returned_hours, of.returned_hours);
	}
	figures_free(over);
	figures_free(figures);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(hours_in_nodes_that_stay_are_returned)
{
	/* One node, full, of which half is given back: it cannot be given up, so half a node-year
	 * is returned. Prices: a node-hour owned costs 1, rented 10. */
	struct world world;
	world_init(&world, 1, "1");
	hold(&world, 0, 96, 1, 0.5);
	const struct prices prices = { 8760, 10 };
	struct pool_sizing *sizing = sizing_of(&world, 1);
	const struct plan plan = plan_at(sizing, &prices, AT_REFRESH, SCENARIO_EXPECTED);
	ck_assert_int_eq(plan.keep, 1);
	ck_assert_int_eq(plan.keep_users, 1);
	ck_assert_double_eq_tol(plan.returned_hours, 4380, 1e-6);
	/* Without it, all of the four days would be one burst. */
	ck_assert_int_eq(sizing->bursts.count[0], 1);
	ck_assert_int_eq(sizing->bursts.longest_minutes[0], 96 * 60);
	pool_sizing_free(sizing);
	/* With half of them adopting, a quarter. */
	sizing = sizing_of(&world, 0.5);
	ck_assert_double_eq_tol(plan_at(sizing, &prices, AT_REFRESH, SCENARIO_LOW).returned_hours,
	                        2190, 1e-6);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

/* One node is needed always, three for a quarter of the time: over a year the second and third
 * burst 2190 hours each. A node-hour owned costs 1. cost(0) = r(8760 + 2 × 2190), cost(1) = 8760 +
 * r × 4380, cost(2) = 17520 + r × 2190, cost(3) = 26280. */
static const struct {
	double rent;
	gint64 keep;
	double burst;
} fractiles[] = {
	/* Rented hours cost less than owned ones: own nothing. */
	{ 0.9, 0, 13140 },
	/* The second node would be busy a quarter of the time, and a quarter is less than c ÷ 8760
	 * r = 1/3. */
	{ 3, 1, 4380 },
	/* … but more than a fifth. */
	{ 5, 3, 0 },
};

START_TEST(a_node_is_not_given_up_for_less_than_the_hours_in_it)
{
	/* Two nodes, full, of which 0.9 is given back: 7884 hours that are worth 1 each. To own one
	 * instead and rent 0.1 costs 8760 less and 876 hours of rent more, which is less worth at
	 * any rent above 1. This year's cash knows no returned hours. */
	static const struct {
		double rent;
		gint64 keep_this_year;
	} cases[] = { { 5, 2 }, { 1.1, 1 } };
	for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
		struct world world;
		world_init(&world, 2, "1");
		hold(&world, 0, 96, 2, 0.9);
		const struct prices prices = { 8760, cases[i].rent };
		struct pool_sizing *sizing = sizing_of(&world, 1);
		const struct plan plan = plan_at(sizing, &prices, AT_REFRESH, SCENARIO_EXPECTED);
		ck_assert_int_eq(plan.keep, 2);
		ck_assert_int_eq(plan.keep_users, 2);
		ck_assert_double_eq_tol(plan.returned_hours, 7884, 1e-6);
		ck_assert_int_eq(plan_at(sizing, &prices, THIS_YEAR, SCENARIO_EXPECTED).keep_users,
		                 cases[i].keep_this_year);
		pool_sizing_free(sizing);
		world_clear(&world);
	}
}
END_TEST

START_TEST(the_number_to_own_follows_the_critical_fractile)
{
	struct world world;
	world_init(&world, 4, "1");
	hold(&world, 0, 96, 1, 0);
	hold(&world, 10, 34, 2, 0);
	const struct prices prices = { 8760, fractiles[_i].rent };
	struct pool_sizing *sizing = sizing_of(&world, 0);
	const struct plan plan = plan_at(sizing, &prices, AT_REFRESH, SCENARIO_EXPECTED);
	ck_assert_int_eq(plan.keep, fractiles[_i].keep);
	ck_assert_double_eq_tol(plan.burst_hours, fractiles[_i].burst, 1e-6);
	ck_assert_int_eq(plan.keep_users, plan.keep);
	ck_assert_double_eq_tol(plan.returned_hours, 0, 1e-6);
	/* This year a node costs a quarter: K = 3 already at a rent of 3, for 0.25 ÷ 3 < 1/4; and 1
	 * at 0.9. */
	ck_assert_int_eq(plan_at(sizing, &prices, THIS_YEAR, SCENARIO_EXPECTED).keep,
	                 fractiles[_i].rent < 1 ? 1 : 3);
	ck_assert_double_eq_tol(sizing->burst_hours[0], 13140, 1e-6);
	ck_assert_double_eq_tol(sizing->burst_hours[2], 2190, 1e-6);
	ck_assert_double_eq_tol(sizing->burst_hours[4], 0, 1e-6);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(of_numbers_that_cost_the_same_the_smallest_is_owned)
{
	/* Exactly one node always, and rent as dear as owning: 0 and 1 cost the same. */
	struct world world;
	world_init(&world, 2, "1");
	hold(&world, 0, 96, 1, 0);
	const struct prices prices = { 8760, 1 };
	struct pool_sizing *sizing = sizing_of(&world, 0);
	ck_assert_int_eq(plan_at(sizing, &prices, AT_REFRESH, SCENARIO_EXPECTED).keep, 0);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(percentiles_are_whole_nodes_that_cover_the_need_so_long)
{
	/* Half of the time nothing, a quarter exactly 1 node, a tenth 1.5, the rest (14.4 h of 96)
	 * 3. */
	struct world world;
	world_init(&world, 4, "1");
	hold(&world, 48, 72, 1, 0);
	hold(&world, 72, 81, 1.5, 0);
	hold(&world, 81, 96, 3, 0);
	struct pool_sizing *sizing = sizing_of(&world, 0);
	/* P50 of the minutes are 48 h: 0; P75: 72 h: 1; P80 is 76.8 h: 1.5, so 2; P85 is 81.6 h:
	 * 3. */
	static const gint64 expected[SIZING_PERCENTILES] = { 0, 1, 2, 3, 3, 3, 3 };
	for (int i = 0; i < SIZING_PERCENTILES; i++) {
		ck_assert_int_eq(sizing->percentile_nodes[i], expected[i]);
		ck_assert_double_eq_tol(sizing->percentile_burst[i],
		                        sizing->burst_hours[expected[i]], 1e-9);
	}
	ck_assert_int_eq(sizing_percentiles[3], 85);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(a_percentile_covers_no_minute_too_few)
{
	/* 99 % of 5,760 minutes are 5,702.4: a node that is needed in all but 5,702 of them is
	 * needed. A second one is in a single minute, which is the most and no percentile. */
	struct world world;
	world_init(&world, 4, "1");
	series_add(world.tally->nodes[0], T0, T0 + 58 * 60, MICRO);
	series_add(world.tally->nodes[0], T0, T0 + 60, MICRO);
	struct pool_sizing *sizing = sizing_of(&world, 0);
	ck_assert_int_eq(sizing_percentiles[6], 99);
	ck_assert_int_eq(sizing->percentile_nodes[6], 1);
	ck_assert_int_eq(sizing->percentile_nodes[5], 0);
	ck_assert_int_eq(sizing->most_nodes, 2);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(packing_needs_more_nodes_than_are_held_but_never_more_than_there_are)
{
	/* 45 held need 50 at 90 %; 95 held would need 105.6, and 100 have done. */
	struct world world;
	world_init(&world, 100, "0.9");
	hold(&world, 0, 48, 45, 0);
	hold(&world, 48, 96, 95, 0);
	const struct prices prices = { 8760, 10 };
	struct pool_sizing *sizing = sizing_of(&world, 0);
	ck_assert_int_eq(sizing->percentile_nodes[0], 50);
	ck_assert_int_eq(sizing->percentile_nodes[6], 100);
	ck_assert_int_eq(plan_at(sizing, &prices, AT_REFRESH, SCENARIO_EXPECTED).keep, 100);
	ck_assert_double_eq_tol(sizing->burst_hours[100], 0, 1e-9);
	ck_assert_double_eq_tol(sizing->burst_hours[0], (50 + 100) * HOURS_A_YEAR / 2, 1e-6);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(history_is_never_rented_even_when_the_inventory_lacks_nodes)
{
	/* 12 held of 10, 4 of them in excess, half of which comes back: 10 are needed all the
	 * same. */
	struct world world;
	world_init(&world, 10, "1");
	hold(&world, 0, 24, 12, 4);
	hold(&world, 24, 96, 10, 0);
	const struct prices prices = { 8760, 10 };
	struct pool_sizing *sizing = sizing_of(&world, 0.5);
	const struct plan plan = plan_at(sizing, &prices, AT_REFRESH, SCENARIO_EXPECTED);
	ck_assert_int_eq(sizing->clipped_minutes, 1440);
	ck_assert_double_eq_tol(sizing->peak_nodes, 12, 1e-9);
	ck_assert_double_eq_tol(sizing->mean_nodes, 10.5, 1e-9);
	ck_assert_int_eq(plan.keep, 10);
	ck_assert_int_eq(plan.keep_users, 10);
	ck_assert_double_eq_tol(plan.burst_hours, 0, 1e-9);
	ck_assert_double_eq_tol(plan.returned_hours, 0, 1e-9);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(without_an_inventory_only_what_comes_back_is_known)
{
	/* Four nodes of excess in a day of four, half of it promised and kept: 2 × 8760 ÷ 4
	 * node-hours a year. */
	struct world world;
	world_init(&world, 10, "0.9");
	world.nodes = 0;
	hold(&world, 0, 24, 12, 4);
	const struct prices prices = { 8760, 10 };
	struct pool_sizing *sizing = sizing_of(&world, 0.5);
	struct figures *figures = figures_at(&prices);
	ck_assert_int_eq(sizing->owned, 0);
	ck_assert_ptr_null(sizing->burst_hours);
	plan_add_none(figures, 0, sizing, "no list was given");
	ck_assert_str_eq(figures_find(figures, "pool.1.keep.expected")->reason,
	                 "no list was given");
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		ck_assert_double_eq_tol(part_of(figures, AT_REFRESH, "returned", s), 4380, 1e-6);
		ck_assert_double_eq_tol(part_of(figures, THIS_YEAR, "returned", s), 4380, 1e-6);
	}
	figures_free(figures);
	ck_assert_int_eq(sizing->clipped_minutes, 0);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

START_TEST(without_demand_nothing_is_needed)
{
	struct world world;
	world_init(&world, 3, "0.9");
	const struct prices prices = { 8760, 10 };
	struct pool_sizing *sizing = sizing_of(&world, 0);
	ck_assert_int_eq(plan_at(sizing, &prices, AT_REFRESH, SCENARIO_EXPECTED).keep, 0);
	ck_assert_int_eq(sizing->percentile_nodes[6], 0);
	ck_assert_double_eq_tol(sizing->mean_nodes, 0, 1e-9);
	pool_sizing_free(sizing);
	world_clear(&world);
}
END_TEST

/* need(t) and cost(K) as the model writes them, by brute force. */
static double brute_cost(const double *demand, int hours, int nodes, int keep, double packing,
                         double year, double rent)
{
	double burst = 0;
	for (int h = 0; h < hours; h++) {
		double need = fmin(demand[h] / packing, fmax(demand[h], nodes));
		burst += fmax(0, fmin(need, nodes) - keep);
	}
	return keep * year + rent * burst * HOURS_A_YEAR / hours;
}

START_TEST(every_part_is_a_saving_and_all_are_never_more_than_the_cost)
{
	guint64 state = 99;
	for (int round = 0; round < 60; round++) {
		int nodes = 1 + (int)chance(&state, 12);
		double year = 1000 + chance(&state, 9000), rent = chance(&state, 400) / 100.0;
		const struct prices prices = { year, rent };
		struct world world;
		world_init(&world, nodes, "0.9");
		double demand[96];
		for (int h = 0; h < 96; h++) {
			demand[h] = chance(&state, (guint32)nodes * 1000 + 1) / 1000.0;
			hold(&world, h, h + 1, demand[h], demand[h] * chance(&state, 100) / 100);
		}
		struct pool_sizing *sizing = sizing_of(&world, chance(&state, 101) / 100.0);
		struct parts parts = parts_of(sizing, SCENARIO_EXPECTED, &prices);
		double cost = nodes * year,
		       total = parts.infrastructure + parts.users + parts.returned;
		if (parts.infrastructure < -1e-6 || parts.users < -1e-6 || parts.returned < 0 ||
		    total > cost + 1e-6)
			ck_abort_msg("round %d: %g + %g + %g of %g", round, parts.infrastructure,
			             parts.users, parts.returned, cost);
		double least = cost;
		for (int keep = 0; keep <= nodes; keep++)
			least = fmin(least, brute_cost(demand, 96, nodes, keep, 0.9, year, rent));
		ck_assert_double_eq_tol(parts.infrastructure, cost - least, cost * 1e-6);
		pool_sizing_free(sizing);
		world_clear(&world);
	}
}
END_TEST

/* What the plan of a price saves a year, as the list of best plans has it. */
static double saved_by_list(const struct best_plans *plans, const struct prices *prices)
{
	guint i = 0;
	while (i + 1 < plans->count && plans->from_hours[i + 1] <= prices->node_year / prices->rent)
		i++;
	return plans->fewer_nodes[i] * prices->node_year - plans->rented_hours[i] * prices->rent;
}

START_TEST(the_plans_that_are_listed_are_best_at_their_prices)
{
	guint64 state = 7;
	for (int round = 0; round < 40; round++) {
		int nodes = 1 + (int)chance(&state, 8);
		struct world world;
		world_init(&world, nodes, "0.9");
		for (int h = 0; h < 96; h += 8) {
			double held = chance(&state, (guint32)nodes * 1000 + 1) / 1000.0;
			hold(&world, h, h + 8, held, held * chance(&state, 100) / 100);
		}
		struct pool_sizing *sizing = sizing_of(&world, chance(&state, 101) / 100.0);
		struct best_plans plans = best_plans_of(sizing, SCENARIO_EXPECTED);
		ck_assert_double_eq(plans.from_hours[0], 0);
		for (guint i = 1; i < plans.count; i++) {
			ck_assert(plans.from_hours[i] > plans.from_hours[i - 1]);
			ck_assert(plans.fewer_nodes[i] != plans.fewer_nodes[i - 1] ||
			          plans.rented_hours[i] != plans.rented_hours[i - 1]);
		}
		/* Anywhere, and a little before and a little behind each change: at it the saving
		 * may leap. */
		for (guint i = 0; i < 2 * plans.count + 10; i++) {
			double at = i < 10 ? chance(&state, 12000) + 1
			                   : plans.from_hours[(i - 10) / 2] +
			                             (i % 2 ? 1e-3 : -1e-3);
			const struct prices prices = { at, 1 };
			if (at <= 0)
				continue;
			struct parts parts = parts_of(sizing, SCENARIO_EXPECTED, &prices);
			double best = parts.infrastructure + parts.users + parts.returned;
			ck_assert_msg(fabs(saved_by_list(&plans, &prices) - best) <
			                      1e-6 * nodes * at + 1e-9,
			              "round %d at %.17g: %g, not %g", round, at,
			              saved_by_list(&plans, &prices), best);
		}
		g_free(plans.from_hours);
		g_free(plans.fewer_nodes);
		g_free(plans.rented_hours);
		pool_sizing_free(sizing);
		world_clear(&world);
	}
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("sizing");
	TCase *cases = tcase_create("sizing");
	tcase_add_test(cases, the_worked_example_of_the_model);
	tcase_add_test(cases, history_is_not_rented_in_the_nodes_of_its_time);
	tcase_add_test(cases, more_than_there_was_is_told_by_the_nodes_of_its_time);
	tcase_add_test(cases, nodes_that_are_away_hold_nothing_unless_jobs_ran_there);
	tcase_add_test(cases, bursts_are_stretches_beyond_the_nodes_to_own);
	tcase_add_test(cases, a_burst_that_rises_in_steps_is_one);
	tcase_add_test(cases, light_jobs_fill_what_they_hold_minute_by_minute);
	tcase_add_test(cases, other_prices_can_be_tried);
	tcase_add_test(cases, hours_in_nodes_that_stay_are_returned);
	tcase_add_test(cases, a_node_is_not_given_up_for_less_than_the_hours_in_it);
	tcase_add_loop_test(cases, the_number_to_own_follows_the_critical_fractile, 0,
	                    G_N_ELEMENTS(fractiles));
	tcase_add_test(cases, of_numbers_that_cost_the_same_the_smallest_is_owned);
	tcase_add_test(cases, percentiles_are_whole_nodes_that_cover_the_need_so_long);
	tcase_add_test(cases, a_percentile_covers_no_minute_too_few);
	tcase_add_test(cases, packing_needs_more_nodes_than_are_held_but_never_more_than_there_are);
	tcase_add_test(cases, history_is_never_rented_even_when_the_inventory_lacks_nodes);
	tcase_add_test(cases, without_an_inventory_only_what_comes_back_is_known);
	tcase_add_test(cases, without_demand_nothing_is_needed);
	tcase_add_test(cases, every_part_is_a_saving_and_all_are_never_more_than_the_cost);
	tcase_add_test(cases, the_plans_that_are_listed_are_best_at_their_prices);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

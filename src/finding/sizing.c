/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/sizing.h"

#include <math.h>

#include "measure/capacity.h"
#include "measure/downtime.h"
#include "measure/downtime.h"

#define UNIT ((gint64)60 * MICRO) /* a node for a minute, in micro-node-seconds */
#define HOURS_A_YEAR 8760.0

const int sizing_percentiles[SIZING_PERCENTILES] = { 50, 75, 80, 85, 90, 95, 99 };

/* Minutes whose need lies in [k, k + 1) nodes. */
struct level {
	gint64 count;
	gint64 exact; /* those of k nodes */
	gint64 sum;   /* of their need */
};

/* Minutes of need, by how many nodes are fully needed: all that a sizing must know. */
struct profile {
	gint64 owned, minutes;
	struct level *levels; /* [owned + 1] */
};

static void profile_init(struct profile *profile, gint64 owned)
{
	*profile = (struct profile){ .owned = owned, .levels = g_new0(struct level, owned + 1) };
}

static void profile_clear(struct profile *profile)
{
	g_free(profile->levels);
}

/* So many minutes of this need. */
static void profile_add(struct profile *profile, gint64 need, gint64 minutes)
{
	gint64 k = MIN(profile->owned, need / UNIT);
	struct level *level = &profile->levels[k];
	profile->minutes += minutes;
	level->count += minutes;
	level->exact += need == k * UNIT ? minutes : 0;
	level->sum += need * minutes;
}

/* Node-minutes × UNIT above K nodes, for every K: Σ over need > K of need − K. */
static gint64 *profile_bursts(const struct profile *profile)
{
	gint64 *burst = g_new0(gint64, profile->owned + 1);
	gint64 count = 0, sum = 0;
	for (gint64 k = profile->owned; k >= 0; k--) {
		count += profile->levels[k].count;
		sum += profile->levels[k].sum;
		burst[k] = sum - k * UNIT * count;
	}
	return burst;
}

/* The smallest whole number of nodes that covers the need in so many per cent of the minutes. */
static gint64 profile_percentile(const struct profile *profile, int per_cent)
{
	gint64 wanted = (profile->minutes * per_cent + 99) / 100, covered = 0;
	for (gint64 k = 0; k <= profile->owned; k++) {
		/* K nodes cover all minutes below K, and those of exactly K. */
		if (covered + profile->levels[k].exact >= wanted)
			return k;
		covered += profile->levels[k].count;
	}
	return profile->owned;
}

struct year {
	double factor;      /* window → year */
	double window_hours;
};

static double year_hours(gint64 micro_seconds, struct year year)
{
	return (double)micro_seconds / MICRO / 3600 * year.factor;
}

/* The smallest K that minimises K·c + r·burst(K). */
static gint64 cheapest(const gint64 *burst, gint64 owned, double node_year, double rent_hour, struct year year)
{
	gint64 best = 0;
	double least = 0;
	for (gint64 k = 0; k <= owned; k++) {
		double cost = (double)k * node_year + rent_hour * year_hours(burst[k], year);
		if (k == 0 || cost < least) {
			least = cost;
			best = k;
		}
	}
	return best;
}

struct demand {
	const gint64 *held, *excess; /* micro-node-seconds a minute */
	gsize minutes;
	gint64 owned;
	const gint64 *owned_then; /* in each minute; NULL: always `owned` */
	const struct away *away;  /* NULL: all were up */
};

static gint64 owned_at(const struct demand *demand, gsize minute)
{
	return demand->owned_then ? demand->owned_then[minute] : demand->owned;
}

struct scenario_profiles {
	struct profile now, users;
	gint64 less; /* Σ need − need' */
};

/* Micro-node-seconds that there were in a minute. */
static gint64 room_at(const struct demand *demand, gsize minute)
{
	gint64 away = demand->away ? demand->away->down[minute] + demand->away->planned[minute] : 0;
	return owned_at(demand, minute) * UNIT - away * MICRO;
}

/* Where the minutes end that are like minute `i`: demand changes only when a job begins or ends. */
static gsize run_end(const struct demand *demand, gsize i)
{
	gsize end = i + 1;
	while (end < demand->minutes && demand->held[end] == demand->held[i] && demand->excess[end] == demand->excess[i] &&
	       room_at(demand, end) == room_at(demand, i))
		end++;
	return end;
}

static void build_profiles(struct scenario_profiles *profiles, const struct demand *demand, double packing, double promised)
{
	gint64 ceiling = (gint64)lround(packing * 1000), phi = (gint64)lround(promised * 1e6), top = demand->owned * UNIT;
	profile_init(&profiles->now, demand->owned);
	profile_init(&profiles->users, demand->owned);
	profiles->less = 0;
	for (gsize i = 0, end; i < demand->minutes; i = end) {
		end = run_end(demand, i);
		gint64 minutes = (gint64)(end - i);
		/* History is never rented: what ran had room in the nodes of its time, and beyond what is owned now the
		 * inventory must be incomplete, or nodes were given up. */
		gint64 room = MIN(MAX(demand->held[i], room_at(demand, i)), top);
		gint64 need = MIN(demand->held[i] * 1000 / ceiling, room);
		gint64 after = demand->held[i] - demand->excess[i] * phi / 1000000;
		gint64 need_users = MIN(MAX(0, after) * 1000 / ceiling, need);
		profile_add(&profiles->now, need, minutes);
		profile_add(&profiles->users, need_users, minutes);
		profiles->less += (need - need_users) * minutes;
	}
}

static void size_case(struct sizing *sizing, const struct scenario_profiles *profiles, double node_year, double rent,
                      struct year year)
{
	g_autofree gint64 *now = profile_bursts(&profiles->now), *users = profile_bursts(&profiles->users);
	gint64 owned = profiles->now.owned;
	sizing->keep = cheapest(now, owned, node_year, rent, year);
	sizing->keep_users = cheapest(users, owned, node_year, rent, year);
	sizing->burst_hours = year_hours(now[sizing->keep], year);
	sizing->burst_users_hours = year_hours(users[sizing->keep_users], year);
	double less = year_hours(profiles->less, year) - (sizing->burst_hours - sizing->burst_users_hours) -
	              (double)(sizing->keep - sizing->keep_users) * HOURS_A_YEAR;
	sizing->returned_hours = MAX(0, less);
}

static void describe(struct pool_sizing *sizing, const struct profile *need, struct year year)
{
	g_autofree gint64 *burst = profile_bursts(need);
	sizing->burst_hours = g_new0(double, sizing->owned + 1);
	for (gint64 k = 0; k <= sizing->owned; k++)
		sizing->burst_hours[k] = year_hours(burst[k], year);
	for (guint i = 0; i < SIZING_PERCENTILES; i++) {
		gint64 nodes = profile_percentile(need, sizing_percentiles[i]);
		sizing->percentile_nodes[i] = nodes;
		sizing->percentile_burst[i] = sizing->burst_hours[nodes];
	}
}

static void describe_demand(struct pool_sizing *sizing, const struct demand *demand)
{
	double sum = 0;
	gint64 peak = 0;
	for (gsize i = 0; i < demand->minutes; i++) {
		sum += (double)demand->held[i] / (double)UNIT;
		peak = MAX(peak, demand->held[i]);
		sizing->clipped_minutes += demand->owned > 0 && demand->held[i] > owned_at(demand, i) * UNIT;
	}
	sizing->mean_nodes = demand->minutes ? sum / (double)demand->minutes : 0;
	sizing->peak_nodes = (double)peak / (double)UNIT;
}

/* Capacity unknown: no node can be given up, but what users return is returned. */
static double returned_only(const struct demand *demand, double promised, struct year year)
{
	gint64 excess = 0;
	for (gsize i = 0; i < demand->minutes; i++)
		excess += demand->excess[i];
	return promised * year_hours(excess, year);
}

static void size_scenario(struct pool_sizing *sizing, const struct demand *demand, const struct pool_costs *costs,
                          const struct assumptions *assumptions, enum scenario scenario, double promised,
                          struct year year)
{
	if (sizing->owned == 0) {
		for (enum money_case c = 0; c < MONEY_CASES; c++)
			sizing->of[c][scenario].returned_hours = returned_only(demand, promised, year);
		return;
	}
	struct scenario_profiles profiles;
	build_profiles(&profiles, demand, assumptions_value(assumptions, ASSUME_PACKING, scenario), promised);
	size_case(&sizing->of[CASE_REFRESH][scenario], &profiles, costs->capital + costs->cash, costs->rent, year);
	size_case(&sizing->of[CASE_YEAR][scenario], &profiles, costs->cash, costs->rent, year);
	if (scenario == SCENARIO_EXPECTED)
		describe(sizing, &profiles.now, year);
	profile_clear(&profiles.now);
	profile_clear(&profiles.users);
}

/* NULL when it never changed. */
static gint64 *spread(const GArray *steps, gint64 from, gsize minutes)
{
	if (!steps || steps->len < 2)
		return NULL;
	gint64 *owned = g_new0(gint64, minutes);
	guint at = 0;
	for (gsize i = 0; i < minutes; i++) {
		gint64 now = from + (gint64)i * 60;
		while (at + 1 < steps->len && g_array_index(steps, struct capacity_step, at + 1).from <= now)
			at++;
		owned[i] = g_array_index(steps, struct capacity_step, at).nodes;
	}
	return owned;
}

struct pool_sizing *pool_sizing_new(const struct tally *tally, guint pool, const struct pool_costs *costs,
                                    const double promised[SCENARIOS], const struct assumptions *assumptions)
{
	struct pool_sizing *sizing = g_new0(struct pool_sizing, 1);
	sizing->owned = costs->owned;
	struct year year = { .window_hours = (double)(tally->rules.to - tally->rules.from) / 3600 };
	year.factor = year.window_hours > 0 ? HOURS_A_YEAR / year.window_hours : 0;
	sizing->year_factor = year.factor;
	gsize count;
	g_autofree gint64 *held = series_values(tally->nodes[pool], tally->rules.from, tally->rules.to, &count);
	g_autofree gint64 *owned = spread(costs->steps, tally->rules.from, count);
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		g_autofree gint64 *excess = series_values(tally->excess[pool * SCENARIOS + s], tally->rules.from,
		                                          tally->rules.to, &count);
		struct demand demand = { held, excess, count, sizing->owned, owned, costs->away };
		if (s == SCENARIO_EXPECTED)
			describe_demand(sizing, &demand);
		size_scenario(sizing, &demand, costs, assumptions, s, promised[s], year);
	}
	return sizing;
}

void pool_sizing_free(struct pool_sizing *sizing)
{
	if (!sizing)
		return;
	g_free(sizing->burst_hours);
	g_free(sizing);
}

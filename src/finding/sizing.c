/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/sizing.h"

#include <math.h>

#include "measure/stock.h"

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
static inline void profile_add(struct profile *profile, gint64 need, gint64 minutes)
{
	gint64 k = MIN(profile->owned, need / NODE_MINUTE);
	struct level *level = &profile->levels[k];
	profile->minutes += minutes;
	level->count += minutes;
	level->exact += need == k * NODE_MINUTE ? minutes : 0;
	level->sum += need * minutes;
}

/* Node-minutes × NODE_MINUTE above K nodes, for every K: Σ over need > K of need − K. */
static gint64 *profile_bursts(const struct profile *profile)
{
	gint64 *burst = g_new0(gint64, profile->owned + 1);
	gint64 count = 0, sum = 0;
	for (gint64 k = profile->owned; k >= 0; k--) {
		count += profile->levels[k].count;
		sum += profile->levels[k].sum;
		burst[k] = sum - k * NODE_MINUTE * count;
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

static double year_hours(gint64 micro_seconds, double year_factor)
{
	return (double)micro_seconds / MICRO / 3600 * year_factor;
}

/* A stretch of minutes that is not over, in which more than level − 1 nodes are needed. */
struct stretch_open {
	gint64 level, since; /* whole nodes; the minute in which it began */
};

/* Stretches of need beyond K nodes, for every K in one pass: those that are open rise in level, and
 * each ends when less is needed. */
struct skyline {
	GArray *open; /* struct stretch_open */
	gint64 minute;
	gint64 *begun;   /* [owned + 2]: of stretches beyond K more than beyond K − 1 */
	gint64 *longest; /* [owned + 1]: of those that reach no higher */
};

static void skyline_init(struct skyline *skyline, gint64 owned)
{
	*skyline = (struct skyline){
		.open = g_array_new(FALSE, FALSE, sizeof(struct stretch_open)),
		.begun = g_new0(gint64, owned + 2),
		.longest = g_new0(gint64, owned + 1),
	};
}

static void skyline_clear(struct skyline *skyline)
{
	g_array_unref(skyline->open);
	g_free(skyline->begun);
	g_free(skyline->longest);
}

/* Ends all stretches above a level, and returns when the last of them began; now, if none did. */
static gint64 skyline_fall(struct skyline *skyline, gint64 level)
{
	gint64 since = skyline->minute;
	while (skyline->open->len > 0) {
		struct stretch_open top = g_array_index(skyline->open, struct stretch_open,
		                                        skyline->open->len - 1);
		if (top.level <= level)
			break;
		g_array_set_size(skyline->open, skyline->open->len - 1);
		gint64 below = skyline->open->len == 0
		                       ? 0
		                       : g_array_index(skyline->open, struct stretch_open,
		                                       skyline->open->len - 1)
		                                 .level;
		skyline->begun[MAX(below, level)]++;
		skyline->begun[top.level]--;
		skyline->longest[top.level - 1] = MAX(skyline->longest[top.level - 1],
		                                      skyline->minute - top.since);
		since = top.since;
	}
	return since;
}

static inline void skyline_add(struct skyline *skyline, gint64 need, gint64 minutes)
{
	struct stretch_open next = { .level = (need + NODE_MINUTE - 1) / NODE_MINUTE };
	guint open = skyline->open->len;
	gint64 top = open == 0 ? 0
	                       : g_array_index(skyline->open, struct stretch_open, open - 1).level;
	if (next.level != top) {
		next.since = skyline_fall(skyline, next.level);
		open = skyline->open->len;
		top = open == 0 ? 0
		                : g_array_index(skyline->open, struct stretch_open, open - 1).level;
		if (next.level > top)
			g_array_append_val(skyline->open, next);
	}
	skyline->minute += minutes;
}

/* One scenario's. */
struct scenario_profiles {
	gint64 ceiling, phi; /* packing in thousandths, promised in millionths */
	struct profile now, users;
	gint64 less;   /* Σ need − need' */
	gint64 excess; /* Σ */
};

/* History is never rented: what ran had room in the nodes of its time, and beyond what is owned now
 * the inventory must be incomplete, or nodes were given up. */
static inline gint64 room_for(const struct stock *stock, gint64 held, const struct stretch *stretch)
{
	gint64 up = stretch->owned * NODE_MINUTE - stretch->down - stretch->planned;
	return MIN(MAX(held, up), stock->owned * NODE_MINUTE);
}

static struct stock stock_of(const struct pool_nodes *nodes, gint64 from)
{
	return stock_from(nodes->owned, nodes->steps, nodes->away, from);
}

/* A pool's minutes, of which each is looked at once. */
struct demand {
	struct stock stock;
	gint64 minutes, clipped, peak, sum; /* clipped: minutes of more than was owned; peak and sum
	                                       of what was held */
	struct scenario_profiles of[SCENARIOS];
	struct skyline skyline; /* of the need in the expected scenario, before the user
	                           programmes */
	const gint64 *light;    /* what light jobs hold, from the minute at hand on */
	struct profile heavy;   /* of that need, what is left without them */
};

static void demand_init(struct demand *demand, const struct pool_nodes *nodes,
                        const double promised[SCENARIOS], const struct assumptions *assumptions,
                        gint64 from, const gint64 *light)
{
	*demand = (struct demand){ .stock = stock_of(nodes, from), .light = light };
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		struct scenario_profiles *of = &demand->of[s];
		of->ceiling = (gint64)lround(assumptions_value(assumptions, ASSUME_PACKING, s) *
		                             1000);
		of->phi = (gint64)lround(promised[s] * 1e6);
		profile_init(&of->now, nodes->owned);
		profile_init(&of->users, nodes->owned);
	}
	skyline_init(&demand->skyline, nodes->owned);
	profile_init(&demand->heavy, nodes->owned);
}

static void demand_clear(struct demand *demand)
{
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		profile_clear(&demand->of[s].now);
		profile_clear(&demand->of[s].users);
	}
	skyline_clear(&demand->skyline);
	profile_clear(&demand->heavy);
}

static inline gint64 need_of(const struct scenario_profiles *of, gint64 held, gint64 room)
{
	return MIN(held * 1000 / of->ceiling, room);
}

static inline void add_need(struct scenario_profiles *of, gint64 held, gint64 excess, gint64 room,
                            gint64 minutes)
{
	gint64 need = need_of(of, held, room);
	gint64 after = held - excess * of->phi / 1000000;
	gint64 need_users = MIN(MAX(0, after) * 1000 / of->ceiling, need);
	profile_add(&of->now, need, minutes);
	profile_add(&of->users, need_users, minutes);
	of->less += (need - need_users) * minutes;
}

/* Light jobs are packed as everything is. */
static inline void add_heavy(struct demand *demand, gint64 need, gint64 minutes)
{
	for (gint64 i = 0; i < minutes; i++)
		profile_add(&demand->heavy,
		            MAX(0, need - demand->light[i] * 1000 /
		                                   demand->of[SCENARIO_EXPECTED].ceiling),
		            1);
}

static void add_minutes(struct demand *demand, const gint64 *levels, const struct stretch *stretch)
{
	const gint64 held = levels[0], *excess = levels + 1, minutes = stretch->minutes,
		     owned = demand->stock.owned;
	gint64 room = room_for(&demand->stock, held, stretch);
	demand->minutes += minutes;
	demand->sum += held * minutes;
	demand->peak = MAX(demand->peak, held);
	demand->clipped += owned > 0 && held > stretch->owned * NODE_MINUTE ? minutes : 0;
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		demand->of[s].excess += excess[s] * minutes;
		if (owned > 0)
			add_need(&demand->of[s], held, excess[s], room, minutes);
	}
	if (owned > 0) {
		gint64 need = need_of(&demand->of[SCENARIO_EXPECTED], held, room);
		skyline_add(&demand->skyline, need, minutes);
		add_heavy(demand, need, minutes);
	}
	demand->light += minutes;
}

/* What a pool's bundle holds: the nodes, and behind them the excess in each scenario. */
static void take_minutes(void *data, const gint64 *levels, gsize count)
{
	struct demand *demand = data;
	for (gint64 left = (gint64)count; left > 0;) {
		struct stretch stretch = stock_next(&demand->stock, left);
		add_minutes(demand, levels, &stretch);
		left -= stretch.minutes;
	}
}

/* What more is needed than K nodes is also more than K − 1. And what light jobs could fill of it is
 * at most what they hold: min(need − K, light), which is need − K less what is more than K without
 * them. */
static struct bursts bursts_of(struct skyline *skyline, const struct profile *need,
                               const struct profile *heavy)
{
	gint64 owned = need->owned, stretches = 0, above = 0;
	struct bursts bursts = { g_new0(gint64, owned + 1), g_new0(gint64, owned + 1),
		                 g_new0(gint64, owned + 1), profile_bursts(need) };
	g_autofree gint64 *unfit = profile_bursts(heavy);
	skyline_fall(skyline, 0);
	for (gint64 k = 0; k <= owned; k++)
		bursts.count[k] = stretches += skyline->begun[k];
	for (gint64 k = 0; k <= owned; k++)
		bursts.light[k] -= unfit[k];
	for (gint64 k = owned; k >= 0; k--) {
		bursts.longest_minutes[k] = MAX(skyline->longest[k],
		                                k < owned ? bursts.longest_minutes[k + 1] : 0);
		bursts.minutes[k] = above + need->levels[k].count - need->levels[k].exact;
		above += need->levels[k].count;
	}
	return bursts;
}

/* Node-hours a year above each number of nodes. */
double *pool_sizing_beyond(const struct pool_sizing *sizing, const gint64 *burst)
{
	double *hours = g_new0(double, sizing->owned + 1);
	for (gint64 k = 0; k <= sizing->owned; k++)
		hours[k] = year_hours(burst[k], sizing->year_factor);
	return hours;
}

double pool_sizing_hours(const struct pool_sizing *sizing, gint64 micro_seconds)
{
	return year_hours(micro_seconds, sizing->year_factor);
}

double pool_sizing_less(const struct pool_sizing *sizing, enum scenario scenario)
{
	return pool_sizing_hours(sizing, sizing->need[scenario].less);
}

static void describe(struct pool_sizing *sizing, const struct profile *need)
{
	sizing->burst_hours = pool_sizing_beyond(sizing, sizing->need[SCENARIO_EXPECTED].now);
	sizing->most_nodes = profile_percentile(need, 100);
	for (guint i = 0; i < SIZING_PERCENTILES; i++) {
		gint64 nodes = profile_percentile(need, sizing_percentiles[i]);
		sizing->percentile_nodes[i] = nodes;
		sizing->percentile_burst[i] = sizing->burst_hours[nodes];
	}
}

static void describe_demand(struct pool_sizing *sizing, const struct demand *demand)
{
	sizing->clipped_minutes = demand->clipped;
	sizing->mean_nodes = demand->minutes ? (double)demand->sum / (double)NODE_MINUTE /
	                                               (double)demand->minutes
	                                     : 0;
	sizing->peak_nodes = (double)demand->peak / (double)NODE_MINUTE;
}

static void size(struct pool_sizing *sizing, struct demand *demand)
{
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		const struct scenario_profiles *of = &demand->of[s];
		sizing->need[s] = (struct needed){ profile_bursts(&of->now),
			                           profile_bursts(&of->users), of->less };
	}
	describe(sizing, &demand->of[SCENARIO_EXPECTED].now);
	sizing->bursts = bursts_of(&demand->skyline, &demand->of[SCENARIO_EXPECTED].now,
	                           &demand->heavy);
}

/* Capacity unknown: no node can be given up, but what users return is returned. */
static void return_only(struct pool_sizing *sizing, const struct demand *demand,
                        const double promised[SCENARIOS])
{
	for (enum scenario s = 0; s < SCENARIOS; s++)
		sizing->returned_hours[s] = promised[s] *
		                            year_hours(demand->of[s].excess, sizing->year_factor);
}

struct pool_sizing *pool_sizing_new(const struct tally *tally, guint pool,
                                    const struct pool_nodes *nodes,
                                    const double promised[SCENARIOS],
                                    const struct assumptions *assumptions)
{
	struct pool_sizing *sizing = g_new0(struct pool_sizing, 1);
	struct demand demand;
	double window_hours = (double)(tally->rules.to - tally->rules.from) / 3600;
	sizing->owned = nodes->owned;
	sizing->year_factor = window_hours > 0 ? HOURS_A_YEAR / window_hours : 0;
	gsize minutes;
	g_autofree gint64 *light = series_values(tally->light[pool], tally->rules.from,
	                                         tally->rules.to, &minutes);
	demand_init(&demand, nodes, promised, assumptions, tally->rules.from, light);
	bundle_each(tally->pools[pool], tally->rules.from, tally->rules.to, take_minutes, &demand);
	describe_demand(sizing, &demand);
	if (sizing->owned > 0)
		size(sizing, &demand);
	else
		return_only(sizing, &demand, promised);
	demand_clear(&demand);
	return sizing;
}

void pool_sizing_free(struct pool_sizing *sizing)
{
	if (!sizing)
		return;
	for (enum scenario s = 0; s < SCENARIOS; s++) {
		g_free(sizing->need[s].now);
		g_free(sizing->need[s].users);
	}
	g_free(sizing->burst_hours);
	g_free(sizing->bursts.count);
	g_free(sizing->bursts.minutes);
	g_free(sizing->bursts.longest_minutes);
	g_free(sizing->bursts.light);
	g_free(sizing);
}

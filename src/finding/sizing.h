/* SPDX-License-Identifier: Apache-2.0 */
/* sizing: what is needed of a pool beyond any number of nodes (doc/model.md, "Infrastructure").
 * Prices are no matter here: how many to own is plan's. */
#ifndef FINDING_SIZING_H
#define FINDING_SIZING_H

#include "finding/people.h"

#define HOURS_A_YEAR 8760.0

#define SIZING_PERCENTILES 7 /* P50 P75 P80 P85 P90 P95 P99 */
extern const int sizing_percentiles[SIZING_PERCENTILES];

/* How much is needed beyond any number of nodes, in micro-node-seconds of the period. */
struct needed {
	gint64 *now, *users; /* [owned + 1]: above K nodes; the same after the user programmes */
	gint64 less;         /* what those need less in all */
};

/* When more is needed than K nodes: [owned + 1] each. */
struct bursts {
	gint64 *count;                     /* stretches of minutes, in the period */
	gint64 *minutes, *longest_minutes; /* of all, and of the longest */
	gint64 *light;                     /* of what is needed beyond, what light jobs of the same
	                                      minutes could fill; as in struct needed */
};

struct pool_sizing {
	gint64 owned;            /* 0: none, or unknown; then only returned_hours means anything */
	double year_factor;      /* HOURS_A_YEAR ÷ those of the window; 0: that has none */
	struct needed need[SCENARIOS];
	double returned_hours[SCENARIOS]; /* node-hours a year handed back to researchers, where no
	                                     node can be given up */
	gint64 percentile_nodes[SIZING_PERCENTILES];   /* of need, expected scenario */
	double percentile_burst[SIZING_PERCENTILES];   /* node-hours a year above it */
	gint64 most_nodes;       /* that cover all of it */
	double *burst_hours;     /* [owned + 1]: node-hours a year above K nodes, expected
	                            scenario */
	struct bursts bursts;    /* expected scenario, before the user programmes */
	double mean_nodes, peak_nodes; /* of demand, node-equivalents */
	gint64 clipped_minutes;  /* demand above the inventory: it is incomplete, or jobs large in
	                            different things lay on one node */
};

struct pool_nodes {
	gint64 owned;               /* nodes, in the end; 0: unknown */
	const GArray *steps;        /* struct capacity_step: nodes over time; NULL: always as
	                               many */
	const struct away *away; /* node-seconds down in each minute; NULL: not known */
};

/* promised: φ of model.md, the share of the excess in this pool that adoption returns, per
 * scenario. */
struct pool_sizing *pool_sizing_new(const struct tally *tally, guint pool,
                                    const struct pool_nodes *nodes,
                                    const double promised[SCENARIOS],
                                    const struct assumptions *assumptions);
void pool_sizing_free(struct pool_sizing *sizing);

/* One of its `needed` in node-hours a year: [owned + 1], the caller frees. And what user programmes
 * need less. */
double *pool_sizing_beyond(const struct pool_sizing *sizing, const gint64 *burst);
double pool_sizing_less(const struct pool_sizing *sizing, enum scenario scenario);

/* The same of some micro-node-seconds. */
double pool_sizing_hours(const struct pool_sizing *sizing, gint64 micro_seconds);

#endif

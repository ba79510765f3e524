/* SPDX-License-Identifier: Apache-2.0 */
/* figures: the headline numbers, in the order in which they depend on each other. */
#ifndef FINDING_FIGURES_H
#define FINDING_FIGURES_H

#include "finding/finding.h"

/* Assumptions as figures "assumption.KEY" (expected values). */
void figures_of_assumptions(struct evidence *evidence);

/* rows.*, jobs.*, users.count, *.hours, wait.*, top10.share is people's. */
void figures_of_use(struct evidence *evidence);

/* Pools: pool.N.* with what a node of each costs to own and to rent; cost.total. */
void figures_of_pools(struct evidence *evidence);

/* demand.cpus.*, utilization, demand.nodes.*. */
void figures_of_demand(struct evidence *evidence);

/* weighting.*: averages of the CPUs in use that are not the utilization; needs demand. */
void figures_of_weighting(struct evidence *evidence);

/* capacity.*.hours: what became of the nodes' time; events.*. Needs capacities. */
void figures_of_away(struct evidence *evidence);

/* sreport.*: what it says beside what is counted here. */
void figures_of_sreport(struct evidence *evidence);

/* cells.*: which groups are hidden; needs people. */
void figures_of_cells(struct evidence *evidence);

/* ledger.CLASS.hours and .share; coverage. */
void figures_of_ledger(struct evidence *evidence);

/* programme.ID.*, saving.*: needs people and sizings. */
void figures_of_savings(struct evidence *evidence);

/* acting.*, payback.share: what it costs to do all that; needs the savings and the findings'
 * figures. */
void figures_of_acting(struct evidence *evidence);

/* sensitivity.*, breakeven.*: what the total saving hangs on; needs what acting costs. */
void figures_of_sensitivity(struct evidence *evidence);

/* Why nothing is told that hangs on the hour. */
#define ONLY_DAYS "times are cut to the day (--times day, --profile share, a spreadsheet)"

/* Why no highest minute is: of means and percentiles what is held too early in an hour and what is
 * given back too early even out. */
#define ONLY_HOURS "times are cut to the hour, so that all jobs of an hour seem to begin at once"

#define ONLY_MINUTES "times are cut to the minute, so that jobs of the same minute seem to overlap"

/* Why nothing is known of users, or of groups. */
#define LACKS(column) "no " column " column; add User,Account,Group to sacct --format"

/* Why there is no share of the node-hours where none are. */
#define NO_NODE_HOURS "no job’s nodes are known: export, or share, with NodeList and AllocTRES"

/* part ÷ whole, and its figure; missing for this reason, and nought, when the whole is nought. */
double figures_add_share(struct evidence *evidence, const char *id, gint64 part, gint64 whole,
                         const char *why_none, const char *label);

/* Node-hours held and not needed by some: not known, and not nought, where no job can be judged. */
struct figure *figures_add_excess(struct evidence *evidence, const char *id, double hours,
                                  const char *label);

/* Why no job could be judged by its CPU time, where none was. */
const char *why_no_cpu_judged(const struct evidence *evidence);

/* Why nothing is known of the CPUs that jobs held: no job says how many, or else what `none_ran`
 * says. */
const char *why_no_cpus(const struct tally *tally, const char *none_ran);

/* The value of "pool.N.NAME" (N counts from 1). */
double pool_figure(const struct evidence *evidence, guint pool, const char *name, double otherwise);

#endif

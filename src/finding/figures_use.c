/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"
#include "finding/homes.h"

#include <string.h>

void figures_of_assumptions(struct evidence *evidence)
{
	for (enum assumption_key key = 0; key < ASSUMPTIONS; key++) {
		const struct assumption *assumption = assumptions_get(evidence->assumptions, key);
		g_autofree char *id = g_strconcat("assumption.", assumption->key, NULL);
		figures_add(evidence->figures, id, assumption->unit,
		            assumption->value[SCENARIO_EXPECTED], assumption->label)
			->line = assumption->value[SCENARIO_EXPECTED];
	}
}

static struct figure *count(struct evidence *evidence, const char *id, gint64 value,
                            const char *label)
{
	return figures_add(evidence->figures, id, UNIT_COUNT, (double)value, label);
}

static void hours(struct evidence *evidence, const char *id, gint64 seconds, const char *label,
                  const char *definition)
{
	struct figure *figure = figures_add(evidence->figures, id, UNIT_HOURS,
	                                    (double)seconds / 3600, label);
	figure->definition = g_strdup(definition);
}

static void figures_of_rows(struct evidence *evidence)
{
	const struct row_account *rows = &evidence->tally->rows;
	gint64 aside = 0;
	for (guint i = 0; i < ASIDES; i++)
		aside += rows->set_aside[i];
	count(evidence, "rows.read", rows->read, "Rows read");
	count(evidence, "rows.used", rows->used, "Rows that are jobs");
	count(evidence, "rows.steps", rows->steps, "Step rows folded into their job");
	count(evidence, "rows.duplicates", rows->duplicates, "Rows of jobs already counted");
	count(evidence, "rows.set_aside", aside, "Rows set aside");
}

#define NO_CPUS "no job says how many CPUs it held: export with AllocCPUS"

static gboolean lacks_cpus(const struct tally *tally)
{
	return tally->total.wall_seconds > 0 && tally->total.cpu_seconds == 0;
}

const char *why_no_cpus(const struct tally *tally, const char *none_ran)
{
	return lacks_cpus(tally) ? NO_CPUS : none_ran;
}

static void cpu_hours(struct evidence *evidence)
{
	const struct use *use = &evidence->tally->total;
	if (lacks_cpus(evidence->tally))
		figures_add_missing(evidence->figures, "cpu.hours", UNIT_HOURS, NO_CPUS,
		                    "Core-hours allocated");
	else
		hours(evidence, "cpu.hours", use->cpu_seconds, "Core-hours allocated",
		      "Elapsed time × allocated CPUs, whole jobs.");
}

#define NO_CPU_TIME "no job’s CPU time is measured: export with TotalCPU and with steps, without -X"

const char *why_no_cpu_judged(const struct evidence *evidence)
{
	if (evidence->tally->total.cpu_measured_seconds > 0)
		return "all jobs whose CPU time is measured failed, had not ended, or were too "
		       "short to be judged";
	return why_no_cpus(evidence->tally, NO_CPU_TIME);
}

static void cpu_used(struct evidence *evidence)
{
	const struct use *use = &evidence->tally->total;
	const char *label = "Core-hours of measured CPU time";
	struct figure *figure =
		use->cpu_measured_seconds > 0
			? figures_add(evidence->figures, "cpu.used.hours", UNIT_HOURS,
	                              (double)use->cpu_used_milliseconds / 3.6e6, label)
			: figures_add_missing(evidence->figures, "cpu.used.hours", UNIT_HOURS,
	                                      why_no_cpus(evidence->tally, NO_CPU_TIME), label);
	figure->definition = g_strdup("TotalCPU of jobs and steps, as measured, not capped.");
}

/* What stands by itself of rows without a group is none. */
static gint64 count_groups(const struct tally *tally)
{
	guint hidden = tally->pooling.hidden_groups,
	      shown = intern_count(tally->groups) - (tally->pooling.other >= 0);
	return (gint64)hidden + shown - (intern_find(tally->groups, slice_of("")) >= 0);
}

static void people_counts(struct evidence *evidence)
{
	const struct tally *tally = evidence->tally;
	struct figures *figures = evidence->figures;
	if (evidence->has_users)
		count(evidence, "users.count", tally_count_users(tally), "Users");
	else
		figures_add_missing(figures, "users.count", UNIT_COUNT, LACKS("User"), "Users");
	if (evidence->has_groups)
		count(evidence, "groups.count", count_groups(tally), "Groups");
	else
		figures_add_missing(figures, "groups.count", UNIT_COUNT, evidence->no_groups,
		                    "Groups");
	gboolean account = tally->rules.group_by == GROUP_BY_ACCOUNT;
	figures_add_text(figures, "group.word", account ? "account" : "group",
	                 "What users are grouped by");
	figures_add_text(figures, "groups.word", account ? "accounts" : "groups",
	                 "What users are grouped by");
}

static void wait_figure(struct evidence *evidence, const char *id, gint64 per_cent,
                        const char *label)
{
	gint64 seconds = waits_percentile(&evidence->tally->waits, per_cent);
	const char *unknown = evidence->told.only_days ? ONLY_DAYS
	                      : seconds < 0            ? "no job says when it was submitted"
	                                               : NULL;
	struct figure *figure =
	    unknown ? figures_add_missing(evidence->figures, id, UNIT_SECONDS, unknown, label)
	            : figures_add(evidence->figures, id, UNIT_SECONDS, (double)seconds, label);
	figure->definition = g_strdup(
		"From a histogram whose steps are a tenth wide; the upper edge of the step.");
}

double figures_add_share(struct evidence *evidence, const char *id, gint64 part, gint64 whole,
                         const char *why_none, const char *label)
{
	if (whole > 0)
		return figures_add(evidence->figures, id, UNIT_SHARE, (double)part / (double)whole,
		                   label)
		        ->value;
	figures_add_missing(evidence->figures, id, UNIT_SHARE, why_none, label);
	return 0;
}

static void memory_known(struct evidence *evidence)
{
	const struct tally *tally = evidence->tally;
	figures_add_share(evidence, "memory.known.share", tally->cpu_seconds_memory_known,
	                  tally->total.cpu_seconds, why_no_cpus(tally, "no job ran"),
	                  "Core-hours of jobs that say what memory they held");
}

static void serious_share(struct evidence *evidence, const char *id, gint64 part, gint64 whole,
                          const char *label)
{
	const char *none = "no completed job of a core-hour or more tells both the CPU time and "
	                   "the memory it used";
	figures_add_share(evidence, id, part, whole, why_no_cpus(evidence->tally, none), label);
}

/* Of what they held, whether they used less than half: of CPU time, of memory. */
static void figures_of_serious(struct evidence *evidence)
{
	const struct tally *tally = evidence->tally;
	gint64 jobs = 0, seconds = 0, of[2][2] = { { 0 } };
	for (guint cpu = 0; cpu < HABITS_TENTHS; cpu++)
		for (guint memory = 0; memory < HABITS_TENTHS; memory++) {
			const struct habits_sum *sum = &tally->habits.serious[cpu][memory];
			jobs += sum->jobs;
			seconds += sum->cpu_seconds;
			of[cpu < HABITS_TENTHS / 2][memory < HABITS_TENTHS / 2] += sum->cpu_seconds;
		}
	count(evidence, "serious.jobs", jobs, "Serious jobs")->definition = g_strdup(
		"Completed jobs that held a core-hour or more, and whose CPU time and memory are "
	        "judged.");
	hours(evidence, "serious.hours", seconds, "Core-hours of serious jobs",
	      "Elapsed time × allocated CPUs, whole jobs.");
	serious_share(evidence, "serious.share", seconds, jobs > 0 ? tally->total.cpu_seconds : 0,
	              "Of all core-hours, those of serious jobs");
	serious_share(evidence, "serious.both.share", of[FALSE][FALSE], seconds,
	              "Of the core-hours of serious jobs, those of jobs that used half of both "
	              "CPUs and memory or more");
	serious_share(evidence, "serious.cpus.share", of[FALSE][TRUE], seconds,
	              "Of the core-hours of serious jobs, those of jobs that used less than half "
	              "of their memory, but not of their CPUs");
	serious_share(evidence, "serious.memory.share", of[TRUE][FALSE], seconds,
	              "Of the core-hours of serious jobs, those of jobs that used less than half "
	              "of their CPUs, but not of their memory");
	serious_share(evidence, "serious.neither.share", of[TRUE][TRUE], seconds,
	              "Of the core-hours of serious jobs, those of jobs that used less than half "
	              "of both their CPUs and their memory");
}

void figures_of_use(struct evidence *evidence)
{
	const struct use *use = &evidence->tally->total;
	figures_of_rows(evidence);
	count(evidence, "times.are_days", evidence->told.only_days, "Times are cut to the day");
	count(evidence, "times.are_hours", evidence->told.only_hours, "Times are cut to the hour");
	count(evidence, "times.are_minutes", evidence->told.only_minutes,
	      "Times are cut to the minute");
	count(evidence, "durations.are_rounded", evidence->told.rounded, "Durations are rounded");
	count(evidence, "jobs.count", use->jobs, "Jobs");
	count(evidence, "jobs.outside", evidence->tally->jobs_outside,
	      "Jobs that ended outside the period, or came after it");
	count(evidence, "jobs.ran", use->ran, "Jobs that ran");
	people_counts(evidence);
	cpu_hours(evidence);
	hours(evidence, "gpu.hours", use->gpu_seconds, "GPU-hours allocated",
	      "Elapsed time × allocated GPUs, whole jobs.");
	hours(evidence, "node.hours", use->node_seconds, "Nodes × hours of jobs",
	      "Elapsed time × nodes that a job runs on, whole jobs: a job that shares a node "
	      "counts it whole.");
	hours(evidence, "wall.hours", use->wall_seconds, "Hours that jobs ran",
	      "Elapsed time, whole jobs.");
	hours(evidence, "wait.submit.hours", use->wait_submit_seconds,
	      "Hours from submission to start", "Start − Submit.");
	count(evidence, "wait.from_submit", evidence->tally->wait_without_eligible,
	      "Jobs whose wait is counted from submission, as they do not say when they were "
	      "eligible");
	hours(evidence, "wait.eligible.hours", use->wait_eligible_seconds,
	      "Hours that jobs waited in the queue",
	      "Start − Eligible: time held or waiting for another job is not queueing.");
	cpu_used(evidence);
	figures_add_share(evidence, "gpu.measured.share", use->gpu_measured_seconds,
	                  use->gpu_seconds, "no job held a GPU", "GPU-hours whose use is measured");
	memory_known(evidence);
	figures_of_serious(evidence);
	wait_figure(evidence, "wait.median", 50, "Median wait in the queue");
	wait_figure(evidence, "wait.p90", 90, "Wait in the queue, nine of ten jobs");
	figures_add(evidence->figures, "window.from", UNIT_TIME,
	            (double)evidence->tally->rules.from, "From");
	figures_add(evidence->figures, "window.to", UNIT_TIME, (double)evidence->tally->rules.to,
	            "To");
	figures_add(evidence->figures, "window.days", UNIT_NUMBER,
	            (double)evidence->window_seconds / 86400, "Days");
	figures_add(evidence->figures, "window.length", UNIT_SECONDS,
	            (double)evidence->window_seconds, "Length of the period");
}

void figures_of_cells(struct evidence *evidence)
{
	const struct pooling *pooling = &evidence->tally->pooling;
	guint hidden = evidence->has_groups ? pooling->hidden_groups : 0, withheld = 0, untold = 0,
	      unshared = 0;
	for (guint i = 0; i < evidence->people->users->len && evidence->has_groups; i++)
		withheld +=
			g_strcmp0(((const struct party *)evidence->people->users->pdata[i])->home,
		                  HOME_NOT_SHOWN) == 0;
	for (guint i = 0; i < evidence->people->groups->len && evidence->has_groups; i++) {
		const struct party *group = evidence->people->groups->pdata[i];
		untold += !group->by_kind;
		unshared += !group->by_share && group->allocated > 0;
	}
	count(evidence, "cells.min_users", MAX(1, pooling->min_users),
	      "Users that a group has which is shown by itself");
	count(evidence, "cells.hidden_groups", hidden, "Groups that are shown together");
	count(evidence, "cells.hidden_users", hidden ? pooling->hidden_users : 0,
	      "Users who worked in those");
	count(evidence, "cells.untold_groups", untold,
	      "Groups whose hours are not told by kind of node and GPUs");
	count(evidence, "cells.unshared_groups", unshared,
	      "Groups of which it is not told what share of their hours was not needed");
	count(evidence, "cells.withheld_users", withheld, "Users whose row names no group");
}

struct figure *figures_add_excess(struct evidence *evidence, const char *id, double hours,
                                  const char *label)
{
	gboolean placed = figures_value(evidence->figures, "ledger.hours", 1) > 0;
	const char *unknown = evidence->no_usage ? evidence->no_usage
	                      : placed           ? NULL
	                                         : NO_NODE_HOURS;
	return unknown ? figures_add_missing(evidence->figures, id, UNIT_HOURS, unknown, label)
	               : figures_add(evidence->figures, id, UNIT_HOURS, hours, label);
}

void figures_of_ledger(struct evidence *evidence)
{
	const struct tally *tally = evidence->tally;
	guint pools = evidence->people->pools;
	struct ledger sum = { 0 };
	for (guint i = 0; i < evidence->people->users->len; i++)
		for (guint p = 0; p < pools; p++)
			ledger_merge(&sum,
			             &((const struct party *)evidence->people->users->pdata[i])
			                      ->pools[p]
			                      .ledger);
	const gint64 *of = sum.of[SCENARIO_EXPECTED], all = ledger_held(&sum),
		     excess = ledger_excess(&sum, SCENARIO_EXPECTED);
	for (enum ledger_class c = 0; c < LEDGER_CLASSES; c++) {
		g_autofree char *id = g_strdup_printf("ledger.%s.hours", ledger_class_id(c));
		g_autofree char *share = g_strdup_printf("ledger.%s.share", ledger_class_id(c));
		figures_add(evidence->figures, id, UNIT_HOURS, micro_hours(of[c]),
		            ledger_class_name(c));
		figures_add_share(evidence, share, of[c], all, NO_NODE_HOURS, ledger_class_name(c));
	}
	figures_add(evidence->figures, "ledger.hours", UNIT_HOURS, micro_hours(all),
	            "Node-hours allocated, in node-equivalents")
		->definition = g_strdup("Elapsed time inside the period × the largest share of a "
	                                "node that the job holds: of its CPUs, "
	                                "its memory or its GPUs.");
	figures_add(evidence->figures, "ledger.excess.hours", UNIT_HOURS, micro_hours(excess),
	            "Node-hours held and not needed");
	figures_derive_or(evidence->figures, "ledger.excess.share", UNIT_SHARE,
	                  "ledger.excess.hours / ledger.hours",
	                  "Share of allocated node-hours held and not needed", NO_NODE_HOURS);
	figures_derive_or(evidence->figures, "coverage", UNIT_SHARE,
	                  "1 - ledger.unmeasured.hours / ledger.hours",
	                  "Share of allocated node-hours whose use is measured or known",
	                  NO_NODE_HOURS);
	count(evidence, "rows.used_above_held", tally->used_above_held,
	      "Jobs whose CPU time exceeds what they held");
	count(evidence, "rows.peak_above_asked", tally->peak_above_asked,
	      "Jobs whose memory peak exceeds what they asked for");
	count(evidence, "jobs.unplaced", tally->jobs_unplaced, "Jobs whose nodes are unknown");
}

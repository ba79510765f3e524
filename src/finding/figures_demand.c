/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"
#include "finding/percentile.h"

enum demand {
	DEMAND_MEAN,
	DEMAND_P50,
	DEMAND_P85,
	DEMAND_PEAK,
	DEMANDS
};

static const struct {
	const char *id, *label;
} demands[DEMANDS] = {
	[DEMAND_MEAN] = { "demand.cpus.mean", "CPUs in use, mean" },
	[DEMAND_P50] = { "demand.cpus.p50", "CPUs in use, median" },
	[DEMAND_P85] = { "demand.cpus.p85", "CPUs in use, 85 of 100 minutes" },
	[DEMAND_PEAK] = { "demand.cpus.peak", "CPUs in use, highest minute" },
};

static void demand_figure(struct evidence *evidence, enum demand which, double cpus)
{
	struct figure *figure = figures_add(evidence->figures, demands[which].id, UNIT_CPUS, cpus,
	                                    demands[which].label);
	figure->definition = g_strdup(
		"CPUs held, minute by minute, weighted by time; a minute holds CPU-seconds. "
	        "Percentiles are "
		"the smallest value that so many per cent of the minutes do not exceed.");
}

static void demand_missing(struct evidence *evidence, enum demand which, const char *reason)
{
	figures_add_missing(evidence->figures, demands[which].id, UNIT_CPUS, reason,
	                    demands[which].label);
}

const char *told_no_highest(const struct told *told)
{
	return told->only_hours ? ONLY_HOURS : told->only_minutes ? ONLY_MINUTES : NULL;
}

/* Why. */
static const char *no_demand(struct evidence *evidence)
{
	const char *reason = evidence->told.only_days
	                             ? ONLY_DAYS
	                             : why_no_cpus(evidence->tally, "no job ran inside the period");
	for (enum demand d = 0; d < DEMANDS; d++)
		demand_missing(evidence, d, reason);
	return reason;
}

#define FULL 0.999

static void figure_utilization(struct evidence *evidence)
{
	const struct tally *tally = evidence->tally;
	double held = (double)tally->cpu_seconds_inside / (double)MAX(1, evidence->window_seconds);
	figures_add(evidence->figures, "demand.cpus.held", UNIT_CPUS, held,
	            "CPUs in use, mean over the period");
	const char *by = evidence->has_capacity ? "capacity.cpus" : "demand.cpus.peak";
	g_autofree char *expression = g_strconcat("demand.cpus.held / ", by, NULL);
	struct figure *figure =
		figures_derive(evidence->figures, "utilization", UNIT_SHARE, expression,
	                       evidence->has_capacity ? "Utilization" : "Utilization, at most");
	/* A bound is rounded up where it says nothing: "at most 100 %". */
	figure->whole = !evidence->has_capacity && figure->has_value && figure->value > FULL;
	figure->fine = !figure->whole;
	figure->grade = evidence->has_capacity ? GRADE_A : GRADE_B;
	figure->definition = g_strdup(
		evidence->has_capacity ? "CPU-seconds held inside the period ÷ CPU-seconds that "
	                                 "the inventory’s nodes could give, down time included."
				       : "CPU-seconds held inside the period ÷ (the highest minute "
	                                 "× the period). Capacity is at least that "
					 "minute, so utilization is at most this.");
	figures_add(evidence->figures, "utilization.is_bound", UNIT_COUNT, !evidence->has_capacity,
	            "Capacity is a bound");
}

static gboolean any_gpus(const struct inventory *inventory)
{
	gint64 gpus = 0;
	for (guint p = 0; p < inventory_pools(inventory); p++)
		gpus += inventory_pool(inventory, p)->shape.gpus;
	return gpus > 0;
}

#define UNPLACED 0.05 /* of the core-hours, by jobs whose nodes are not known */

/* Why it is not known how many GPUs were held when; NULL: it is, or there are none. */
static const char *why_no_gpus(const struct evidence *evidence, gint64 held)
{
	const struct tally *tally = evidence->tally;
	if (evidence->told.only_days)
		return ONLY_DAYS;
	/* Those of a period may be of jobs that held them outside. */
	gboolean unplaced = (double)tally->cpu_seconds_unplaced >
	                    UNPLACED * (double)tally->total.cpu_seconds;
	return held == 0 && tally->total.gpu_seconds > 0 && unplaced
	               ? "the nodes of jobs with GPUs are not known: export, or share, with "
	                 "NodeList"
	               : NULL;
}

static void figures_of_gpus(struct evidence *evidence)
{
	static const struct { const char *id, *label; } figures[] = {
		{ "demand.gpus.mean", "GPUs held, mean" },
		{ "demand.gpus.p85", "GPUs held, 85 of 100 minutes" },
		{ "demand.gpus.peak", "GPUs held, highest minute" },
	};
	gsize count = 0;
	gint64 sum = 0;
	gboolean any = any_gpus(evidence->tally->inventory);
	g_autofree gint64 *minutes = any ? tally_gpu_minutes(evidence->tally, &count) : NULL;
	for (gsize i = 0; i < count; i++)
		sum += minutes[i];
	const char *unknown = why_no_gpus(evidence, sum);
	if (!unknown && count == 0)
		unknown = "there are no GPUs";
	figures_add(evidence->figures, "demand.gpus.any", UNIT_COUNT, !unknown,
	            "It is known how many GPUs were held");
	for (guint i = 0; i < G_N_ELEMENTS(figures); i++) {
		const char *missing = !unknown && i == 2 ? told_no_highest(&evidence->told)
		                                         : unknown;
		if (missing) {
			figures_add_missing(evidence->figures, figures[i].id, UNIT_GPUS, missing,
			                    figures[i].label);
			continue;
		}
		gint64 held = i == 0   ? sum
		              : i == 1 ? percentile_of(minutes, count, 85)
		                       : highest_of(minutes, count);
		figures_add(evidence->figures, figures[i].id, UNIT_GPUS,
		            (double)held / 60 / (i == 0 ? (double)count : 1), figures[i].label);
	}
}

static void figure_gpu_utilization(struct evidence *evidence)
{
	static const char id[] = "utilization.gpus", label[] = "Utilization of the GPUs";
	if (!evidence->has_capacity || figures_value(evidence->figures, "capacity.gpus", 0) <= 0) {
		figures_add_missing(evidence->figures, id, UNIT_SHARE,
		                    evidence->no_capacity
		                            ? evidence->no_capacity
		                            : "the nodes of the inventory have no GPUs",
		                    label);
		return;
	}
	struct figure *figure = figures_derive(evidence->figures, id, UNIT_SHARE,
	                                       "demand.gpus.mean / capacity.gpus", label);
	figure->fine = TRUE;
	figure->grade = GRADE_A;
	figure->definition = g_strdup("GPU-seconds held inside the period ÷ GPU-seconds that the "
	                              "inventory’s nodes could give.");
}

/* So many of them at both ends in which nothing was held. */
static gsize count_empty_ends(const gint64 *minutes, gsize count)
{
	gsize first = 0, last = count;
	while (first < last && minutes[first] == 0)
		first++;
	while (last > first && minutes[last - 1] == 0)
		last--;
	return count - (last - first);
}

/* An export that lacks the jobs of a part of its period shows them as idle nodes. */
#define EMPTY_DAYS 7
#define EMPTY_PART 20 /* of the period: a twentieth */

static void figures_of_empty_ends(struct evidence *evidence, const gint64 *minutes, gsize count)
{
	const struct use *use = &evidence->tally->total;
	const char *label = "Whole days at both ends of the period without a job";
	gsize empty = count_empty_ends(minutes, count), days = empty / (24 * 60);
	if (use->wall_seconds > 0 && use->cpu_seconds == 0) {
		figures_add_missing(evidence->figures, "window.empty.days", UNIT_COUNT,
		                    "no job says how many CPUs it held", label);
		days = 0;
	} else
		figures_add(evidence->figures, "window.empty.days", UNIT_COUNT, (double)days, label)
			->definition = g_strdup("Minutes before the first and after the last in "
		                                "which a CPU was held. They count as idle.");
	figures_add(evidence->figures, "window.is_hollow", UNIT_COUNT,
	            days > EMPTY_DAYS && empty > count / EMPTY_PART,
	            "More than a week, and more than a twentieth, of the period has no jobs at its "
	            "ends");
}

static void figures_of_cpus(struct evidence *evidence)
{
	const struct tally *tally = evidence->tally;
	gsize count;
	g_autofree gint64 *minutes = series_values(tally->cpus, tally->rules.from, tally->rules.to,
	                                           &count);
	figures_of_empty_ends(evidence, minutes, count);
	const char *unknown = "";
	if (count == 0 || tally->cpu_seconds_inside == 0 || evidence->told.only_days)
		unknown = no_demand(evidence);
	else {
		demand_figure(evidence, DEMAND_MEAN,
		              (double)tally->cpu_seconds_inside / (double)evidence->window_seconds);
		demand_figure(evidence, DEMAND_P50, (double)percentile_of(minutes, count, 50) / 60);
		demand_figure(evidence, DEMAND_P85, (double)percentile_of(minutes, count, 85) / 60);
		if (told_no_highest(&evidence->told))
			demand_missing(evidence, DEMAND_PEAK, told_no_highest(&evidence->told));
		else
			demand_figure(evidence, DEMAND_PEAK,
			              (double)highest_of(minutes, count) / 60);
	}
	figures_add_text(evidence->figures, "demand.unknown", unknown,
	                 "Why it is not known how many CPUs were in use");
}

/* One after the other: a year of minutes is large. */
void figures_of_demand(struct evidence *evidence)
{
	figures_of_cpus(evidence);
	figure_utilization(evidence);
	figures_of_gpus(evidence);
	figure_gpu_utilization(evidence);
}

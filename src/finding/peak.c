/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"
#include "finding/growth.h"

#include <string.h>

/* A group drives the peak when it holds at least so many times its own mean then. */
#define DRIVES 1.5

struct hours {
	gint64 from, to; /* whole hours around the window */
	gsize count;
};

static gint64 *hours_of_group(const struct tally *tally, guint group, const struct hours *hours)
{
	gsize count;
	return series_values(tally->group_cpus->pdata[group], hours->from, hours->to, &count);
}

static gsize peak_hour(const struct tally *tally, const struct hours *hours, double *cpus)
{
	g_autofree gint64 *sum = g_new0(gint64, hours->count + 1);
	for (guint g = 0; g < tally->group_cpus->len; g++) {
		g_autofree gint64 *values = hours_of_group(tally, g, hours);
		for (gsize h = 0; h < hours->count; h++)
			sum[h] += values[h];
	}
	gsize best = 0;
	for (gsize h = 1; h < hours->count; h++)
		if (sum[h] > sum[best])
			best = h;
	*cpus = (double)sum[best] / 3600;
	return best;
}

struct at_peak {
	gint64 group; /* -1: no group is shown */
	gint64 from, to; /* seconds [from, to): then */
	double cpus, mean, all; /* the group then, the group's mean, everyone then */
};

/* Ties by name, so that order cannot matter. */
static gboolean rises_more(const struct tally *tally, const struct at_peak *a,
                           const struct at_peak *b)
{
	double rise = a->cpus - a->mean, other = b->cpus - b->mean;
	if (b->group < 0 || rise != other)
		return b->group < 0 || rise > other;
	return strcmp(intern_text(tally->groups, (guint32)a->group),
	              intern_text(tally->groups, (guint32)b->group)) < 0;
}

/* The hours that are told, the busiest among them. */
struct stretch {
	gsize begin, end;
	const char *words;
};

/* The group that rises most above its own mean then. One that held nothing in the period rises and
 * falls by as little as one that is steady, and drives nothing. */
static struct at_peak find_driver(const struct tally *tally, const struct hours *hours,
                                  const struct stretch *stretch)
{
	gint64 from = hours->from + (gint64)stretch->begin * 3600,
	       to = hours->from + (gint64)stretch->end * 3600;
	struct at_peak best = { .group = -1 };
	double all = 0;
	for (guint g = 0; g < tally->group_cpus->len; g++) {
		g_autofree gint64 *values = hours_of_group(tally, g, hours);
		gint64 sum = 0, then = 0;
		for (gsize h = 0; h < hours->count; h++) {
			sum += values[h];
			then += h >= stretch->begin && h < stretch->end ? values[h] : 0;
		}
		double cpus = (double)then / 3600 / (double)(stretch->end - stretch->begin);
		struct at_peak this = {
			g, from, to, cpus, (double)sum / 3600 / (double)hours->count, 0
		};
		all += cpus;
		if (sum > 0 && !tally_is_pool(tally, g) && rises_more(tally, &this, &best))
			best = this;
	}
	best.all = all;
	return best;
}

/* So many hours around the busiest, as far as the window goes. */
static struct stretch stretch_around(const struct hours *hours, gsize hour, gsize length,
                                     const char *words)
{
	gsize begin = hour - MIN(hour, (length - 1) / 2);
	return (struct stretch){ begin, MIN(begin + length, hours->count), words };
}

/* Its mean is told as well, so that all but this stretch follows. */
static gboolean may_tell(const struct evidence *evidence, const struct hours *hours,
                         const struct at_peak *peak)
{
	const struct cell cells[] = {
		{ .of = CELL_CPUS, .from = peak->from, .to = peak->to },
		{ .of = CELL_CPUS,
		  .from = hours->from,
		  .to = hours->to,
		  .but_from = peak->from,
		  .but_to = peak->to },
	};
	return peak->group >= 0 &&
	       cells_tell(evidence->tally, cells, G_N_ELEMENTS(cells), (guint)peak->group) &&
	       growth_lines_leave(&evidence->cpu_lines, evidence->tally, peak->from, peak->to,
	                          (guint)peak->group);
}

/* In the shortest stretch in which the users of that group hide each other; no group when there is
 * none. Another group than the one that rises most would be the wrong one. */
static struct at_peak find_told(const struct evidence *evidence, const struct hours *hours,
                                gsize hour, const char **words)
{
	static const struct { gsize length; const char *words; } stretches[] = {
		{ 1, "the busiest hour" }, { 24, "the 24 hours around the busiest hour" },
		{ 168, "the week around the busiest hour" },
		{ 672, "the four weeks around the busiest hour" },
	};
	const struct at_peak none = { .group = -1 };
	for (guint i = 0; i < G_N_ELEMENTS(stretches); i++) {
		struct stretch stretch = stretch_around(hours, hour, stretches[i].length,
		                                        stretches[i].words);
		struct at_peak peak = find_driver(evidence->tally, hours, &stretch);
		*words = stretch.words;
		if (may_tell(evidence, hours, &peak))
			return peak;
	}
	return none;
}

static void tell_driver(struct evidence *evidence, const struct at_peak *peak, const char *when)
{
	struct figures *figures = evidence->figures;
	const char *name = intern_text(evidence->tally->groups, (guint32)peak->group);
	evidence->peak = (struct told_peak){ (guint)peak->group, peak->from, peak->to };
	figures_add_text(figures, "peak.group", name, "Who rises most at the peak");
	figures_add_text(figures, "peak.when", when, "When that is");
	g_autofree char *all = g_strdup_printf("CPUs in use in %s", when),
			*its = g_strdup_printf("Its CPUs in %s", when);
	figures_add(figures, "peak.when.cpus", UNIT_CPUS, peak->all, all);
	figures_add(figures, "peak.group.cpus", UNIT_CPUS, peak->cpus, its);
	figures_add(figures, "peak.group.mean", UNIT_CPUS, peak->mean, "Its mean over the period");
	figures_derive(figures, "peak.group.factor", UNIT_NUMBER,
	               "peak.group.cpus / peak.group.mean",
	               "CPUs of the group that rises most ÷ its mean");
	figures_derive(figures, "peak.group.share", UNIT_SHARE, "peak.group.cpus / peak.when.cpus",
	               "Share of the group that rises most, at the peak");
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	const struct tally *tally = evidence->tally;
	struct figures *figures = evidence->figures;
	struct hours hours = { tally->rules.from / 3600 * 3600,
		               (tally->rules.to + 3599) / 3600 * 3600, 0 };
	hours.count = (gsize)((hours.to - hours.from) / 3600);
	if (!evidence->has_groups) {
		finding_unknown(finding, evidence->no_groups);
		return;
	}
	if (evidence->told.only_days || evidence->told.only_hours) {
		finding_unknown(finding, evidence->told.only_days ? ONLY_DAYS : ONLY_HOURS);
		return;
	}
	if (tally->cpu_seconds_inside == 0 || tally->group_cpus->len == 0) {
		finding_unknown(finding, why_no_cpus(tally, "no job ran inside the period"));
		return;
	}
	double cpus;
	gsize hour = peak_hour(tally, &hours, &cpus);
	const char *when;
	struct at_peak peak = find_told(evidence, &hours, hour, &when);
	figures_add(figures, "peak.time", UNIT_TIME, (double)(hours.from + (gint64)hour * 3600),
	            "The busiest hour");
	figures_add(figures, "peak.cpus", UNIT_CPUS, cpus, "CPUs in use in the busiest hour");
	if (peak.group < 0) {
		finding_unknown(finding,
		                evidence->no_groups
		                        ? evidence->no_groups
		                        : "too few users were at work then, or at all other times, "
		                          "to speak of the group that rises most");
		return;
	}
	tell_driver(evidence, &peak, when);
	finding->grade = GRADE_A;
	finding->verdict = tally->group_cpus->len > 1 && peak.cpus >= DRIVES * peak.mean
	                           ? VERDICT_GAIN
	                           : VERDICT_NOTHING;
}

static const struct promised_figure figures_of_it[] = {
	{ "peak.time", UNIT_TIME, "The busiest hour" },
	{ "peak.cpus", UNIT_CPUS, "CPUs in use in the busiest hour" },
	{ "peak.group", UNIT_TEXT, "Who rises most at the peak" },
	{ "peak.when", UNIT_TEXT, "When that is" },
	{ "peak.when.cpus", UNIT_CPUS, "CPUs in use then" },
	{ "peak.group.cpus", UNIT_CPUS, "Its CPUs then" },
	{ "peak.group.mean", UNIT_CPUS, "Its mean over the period" },
	{ "peak.group.factor", UNIT_NUMBER, "CPUs of the group that rises most ÷ its mean" },
	{ "peak.group.share", UNIT_SHARE, "Share of the group that rises most, at the peak" },
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_peak = { "peak", "Who drives the peak", judge, figures_of_it,
	                                   .users = NULL };

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"

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

static gsize peak_hour(const struct tally *tally, const struct hours *hours)
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
	return best;
}

struct at_peak {
	gint64 group; /* -1: no group is shown */
	double cpus, mean, all; /* the group then, the group's mean, everyone then */
};

/* Ties by name, so that order cannot matter. */
static gboolean rises_more(const struct tally *tally, const struct at_peak *a, const struct at_peak *b)
{
	double rise = a->cpus - a->mean, other = b->cpus - b->mean;
	if (b->group < 0 || rise != other)
		return b->group < 0 || rise > other;
	return strcmp(intern_text(tally->groups, (guint32)a->group), intern_text(tally->groups, (guint32)b->group)) < 0;
}

/* The group that rises most above its own mean in that hour. */
static struct at_peak find_driver(const struct tally *tally, const struct hours *hours, gsize hour)
{
	struct at_peak best = { .group = -1 };
	double all = 0;
	for (guint g = 0; g < tally->group_cpus->len; g++) {
		g_autofree gint64 *values = hours_of_group(tally, g, hours);
		gint64 sum = 0;
		for (gsize h = 0; h < hours->count; h++)
			sum += values[h];
		double cpus = (double)values[hour] / 3600, mean = (double)sum / 3600 / (double)hours->count;
		all += cpus;
		struct at_peak this = { .group = g, .cpus = cpus, .mean = mean };
		if (g != tally->pooling.other && rises_more(tally, &this, &best))
			best = this;
	}
	best.all = all;
	return best;
}

static void tell_driver(struct evidence *evidence, const struct at_peak *peak)
{
	struct figures *figures = evidence->figures;
	const char *name = intern_text(evidence->tally->groups, (guint32)peak->group);
	figures_add_text(figures, "peak.group", name, "Who rises most in that hour");
	figures_add(figures, "peak.group.cpus", UNIT_CPUS, peak->cpus, "Its CPUs in that hour");
	figures_add(figures, "peak.group.mean", UNIT_CPUS, peak->mean, "Its mean over the period");
	figures_derive(figures, "peak.group.factor", UNIT_NUMBER, "peak.group.cpus / peak.group.mean", "Times its own mean");
	figures_derive(figures, "peak.group.share", UNIT_SHARE, "peak.group.cpus / peak.cpus", "Share of the busiest hour");
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	const struct tally *tally = evidence->tally;
	struct figures *figures = evidence->figures;
	struct hours hours = { tally->rules.from / 3600 * 3600, (tally->rules.to + 3599) / 3600 * 3600, 0 };
	hours.count = (gsize)((hours.to - hours.from) / 3600);
	if (!evidence->has_groups) {
		finding_unknown(finding, evidence->no_groups);
		return;
	}
	if (tally->cpu_seconds_inside == 0 || tally->group_cpus->len == 0) {
		finding_unknown(finding, "no job ran inside the period");
		return;
	}
	gsize hour = peak_hour(tally, &hours);
	struct at_peak peak = find_driver(tally, &hours, hour);
	figures_add(figures, "peak.time", UNIT_TIME, (double)(hours.from + (gint64)hour * 3600), "The busiest hour");
	figures_add(figures, "peak.cpus", UNIT_CPUS, peak.all, "CPUs in use in the busiest hour");
	if (peak.group < 0) {
		finding_unknown(finding, evidence->no_groups);
		return;
	}
	tell_driver(evidence, &peak);
	finding->grade = GRADE_A;
	finding->verdict = tally->group_cpus->len > 1 && peak.cpus >= DRIVES * peak.mean ? VERDICT_GAIN : VERDICT_NOTHING;
}

static const struct promised_figure figures_of_it[] = {
	{ "peak.time", UNIT_TIME, "The busiest hour" },
	{ "peak.cpus", UNIT_CPUS, "CPUs in use in the busiest hour" },
	{ "peak.group", UNIT_TEXT, "Who rises most in that hour" },
	{ "peak.group.cpus", UNIT_CPUS, "Its CPUs in that hour" },
	{ "peak.group.mean", UNIT_CPUS, "Its mean over the period" },
	{ "peak.group.factor", UNIT_NUMBER, "Times its own mean" },
	{ "peak.group.share", UNIT_SHARE, "Share of the busiest hour" },
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_peak = { "peak", "Who drives the peak", judge, figures_of_it };

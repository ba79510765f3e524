/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"

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
	guint group;
	double cpus, mean, all; /* the group then, the group's mean, everyone then */
};

/* The group that rises most above its own mean in that hour; ties by name, so that order cannot matter. */
static struct at_peak find_driver(const struct tally *tally, const struct hours *hours, gsize hour)
{
	struct at_peak best = { 0 };
	double all = 0;
	for (guint g = 0; g < tally->group_cpus->len; g++) {
		g_autofree gint64 *values = hours_of_group(tally, g, hours);
		gint64 sum = 0;
		for (gsize h = 0; h < hours->count; h++)
			sum += values[h];
		double cpus = (double)values[hour] / 3600, mean = (double)sum / 3600 / (double)hours->count;
		all += cpus;
		double rise = cpus - mean, least = best.cpus - best.mean;
		gboolean earlier = rise == least && g_strcmp0(intern_text(tally->groups, g),
		                                              intern_text(tally->groups, best.group)) < 0;
		if (g == 0 || rise > least || earlier)
			best = (struct at_peak){ .group = g, .cpus = cpus, .mean = mean };
	}
	best.all = all;
	return best;
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	const struct tally *tally = evidence->tally;
	struct figures *figures = evidence->figures;
	struct hours hours = { tally->rules.from / 3600 * 3600, (tally->rules.to + 3599) / 3600 * 3600, 0 };
	hours.count = (gsize)((hours.to - hours.from) / 3600);
	if (!evidence->has_groups) {
		finding_unknown(finding, figures_find(figures, "groups.count")->reason);
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
	figures_add_text(figures, "peak.group", intern_text(tally->groups, peak.group), "Who rises most in that hour");
	figures_add(figures, "peak.group.cpus", UNIT_CPUS, peak.cpus, "Its CPUs in that hour");
	figures_add(figures, "peak.group.mean", UNIT_CPUS, peak.mean, "Its mean over the period");
	figures_derive(figures, "peak.group.factor", UNIT_NUMBER, "peak.group.cpus / peak.group.mean", "Times its own mean");
	figures_derive(figures, "peak.group.share", UNIT_SHARE, "peak.group.cpus / peak.cpus", "Share of the busiest hour");
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

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"

#include <string.h>

/* Growth is told from at least so long a period, and when a group grew by at least this factor. */
#define LEAST_DAYS 180
#define GREW 1.25

struct change {
	const char *group;
	double before, after; /* resource-hours a day in the first and the last quarter of the period */
};

static gint64 day_seconds(const struct days *days, gint32 day, gboolean gpu)
{
	gint32 index = day - days->first;
	if (index < 0 || index >= (gint32)days->of->len)
		return 0;
	const struct day_use *use = &g_array_index(days->of, struct day_use, index);
	return gpu ? use->gpu_seconds : use->cpu_seconds;
}

static double hours_a_day(const struct days *days, gint32 from, gint32 to, gboolean gpu)
{
	gint64 seconds = 0;
	for (gint32 day = from; day < to; day++)
		seconds += day_seconds(days, day, gpu);
	return (double)seconds / 3600 / (double)(to - from);
}

static gboolean grew(const struct change *change)
{
	return change->before > 0 && change->after >= GREW * change->before;
}

/* Those that grew by the factor come first, then those that rose by more hours a day; ties by name. */
static gboolean grew_more(const struct change *a, const struct change *b)
{
	double rise = a->after - a->before, other = b->after - b->before;
	if (grew(a) != grew(b))
		return grew(a);
	return rise != other ? rise > other : strcmp(a->group, b->group) < 0;
}

static struct change find_growth(const struct tally *tally, gboolean gpu)
{
	gint32 first = zone_day(tally->zone, tally->rules.from), last = zone_day(tally->zone, tally->rules.to - 1) + 1;
	gint32 quarter = (last - first) / 4;
	struct change most = { 0 };
	for (guint g = 0; g < tally->group_days->len; g++) {
		const struct days *days = tally->group_days->pdata[g];
		struct change change = { intern_text(tally->groups, g), hours_a_day(days, first, first + quarter, gpu),
			                 hours_a_day(days, last - quarter, last, gpu) };
		if (g != tally->pooling.other && (!most.group || grew_more(&change, &most)))
			most = change;
	}
	return most;
}

static gboolean tell(struct evidence *evidence, const char *what, const struct change *change)
{
	g_autofree char *group = g_strdup_printf("growth.%s.group", what);
	g_autofree char *before = g_strdup_printf("growth.%s.before", what), *after = g_strdup_printf("growth.%s.after", what);
	g_autofree char *factor = g_strdup_printf("growth.%s.factor", what), *it_grew = g_strdup_printf("growth.%s", what);
	g_autofree char *ratio = g_strdup_printf("%s / %s", after, before);
	figures_add_text(evidence->figures, group, change->group, "Who grew most");
	figures_add(evidence->figures, before, UNIT_HOURS, change->before, "Hours a day in the first quarter of the period");
	figures_add(evidence->figures, after, UNIT_HOURS, change->after, "Hours a day in the last quarter of the period");
	figures_derive(evidence->figures, factor, UNIT_NUMBER, ratio, "Growth factor");
	figures_add(evidence->figures, it_grew, UNIT_COUNT, grew(change), "It grew");
	return grew(change);
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	if (evidence->no_groups) {
		finding_unknown(finding, evidence->no_groups);
		return;
	}
	if (evidence->window_seconds < (gint64)LEAST_DAYS * 86400) {
		finding_unknown(finding, "growth is told from half a year of data or more");
		return;
	}
	if (evidence->tally->cpu_seconds_inside == 0) {
		finding_unknown(finding, "no job ran inside the period");
		return;
	}
	struct change cpus = find_growth(evidence->tally, FALSE), gpus = find_growth(evidence->tally, TRUE);
	gboolean any = tell(evidence, "cpu", &cpus);
	any |= tell(evidence, "gpu", &gpus);
	finding->grade = GRADE_A;
	finding->verdict = any ? VERDICT_GAIN : VERDICT_NOTHING;
}

static const struct promised_figure figures_of_it[] = {
	{ "growth.cpu.group", UNIT_TEXT, "Who grew most" },
	{ "growth.cpu.before", UNIT_HOURS, "Hours a day in the first quarter of the period" },
	{ "growth.cpu.after", UNIT_HOURS, "Hours a day in the last quarter of the period" },
	{ "growth.cpu.factor", UNIT_NUMBER, "Growth factor" },
	{ "growth.cpu", UNIT_COUNT, "It grew" },
	{ "growth.gpu.group", UNIT_TEXT, "Who grew most" },
	{ "growth.gpu.before", UNIT_HOURS, "Hours a day in the first quarter of the period" },
	{ "growth.gpu.after", UNIT_HOURS, "Hours a day in the last quarter of the period" },
	{ "growth.gpu.factor", UNIT_NUMBER, "Growth factor" },
	{ "growth.gpu", UNIT_COUNT, "It grew" },
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_growth = { "growth", "Growth", judge, figures_of_it };

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/growth.h"

#include "finding/figures.h"
#include "finding/homes.h"
#include "finding/kinds.h"

#include <string.h>

/* Growth is told from at least so long a period, and when a group grew by at least this factor. */
#define LEAST_DAYS 180
#define GREW 1.25

/* At most so many times four weeks make a stretch. */
#define MOST_TIMES 3

static struct cell cell_of(const struct tally *tally, gint32 from, gint32 to, gboolean gpu)
{
	return (struct cell){ .of = gpu ? CELL_GPUS : CELL_CPUS,
		              .from = zone_day_start(tally->zone, from), .to = zone_day_start(tally->zone, to) };
}

/* The GPU-hours of all stretches together are those of the table. */
static gboolean *begin_shown(const struct tally *tally, gboolean gpu)
{
	g_autofree const char **homes = gpu ? homes_find(tally) : NULL;
	return gpu ? kinds_told(tally, homes) : cells_all(tally);
}

static guint count_shown(const struct tally *tally, const gboolean *shown)
{
	guint count = 0;
	for (guint g = 0; g < intern_count(tally->groups); g++)
		count += shown[g];
	return count;
}

/* What is left of all that a group did when its stretches are taken off: days behind the last whole one, and before the period. */
static struct cell beside(const struct growth_lines *lines, const struct tally *tally, gboolean gpu)
{
	struct cell stretches = cell_of(tally, lines->first, lines->first + (gint32)lines->stretches * lines->days, gpu);
	return (struct cell){ .of = stretches.of, .to = G_MAXINT64, .but_from = stretches.from, .but_to = stretches.to };
}

static struct growth_lines lines_of(const struct tally *tally, gint32 days, gboolean gpu)
{
	struct growth_lines lines = { .days = days };
	g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
	lines.first = zone_day(tally->zone, tally->rules.from);
	lines.last = zone_day(tally->zone, tally->rules.to - 1) + 1;
	for (gint32 day = lines.first; day + days <= lines.last; day += days) {
		struct cell cell = cell_of(tally, day, day + days, gpu);
		g_array_append_val(cells, cell);
	}
	lines.stretches = cells->len;
	const struct cell rest = beside(&lines, tally, gpu);
	g_array_append_val(cells, rest);
	lines.shown = begin_shown(tally, gpu);
	cells_leave_out(tally, (const struct cell *)(gpointer)cells->data, cells->len, NULL, lines.shown);
	return lines;
}

/* The shortest stretches by which most groups can be told, and so many that something can be seen. */
void growth_lines_init(struct growth_lines *lines, const struct tally *tally, gboolean gpu)
{
	*lines = lines_of(tally, 7 * GROWTH_WEEKS, gpu);
	for (gint32 times = 2; times <= MOST_TIMES; times++) {
		struct growth_lines longer = lines_of(tally, times * 7 * GROWTH_WEEKS, gpu);
		gboolean better = longer.stretches >= GROWTH_STRETCHES && count_shown(tally, longer.shown) > count_shown(tally, lines->shown);
		growth_lines_clear(better ? lines : &longer);
		if (better)
			*lines = longer;
	}
}

void growth_lines_clear(struct growth_lines *lines)
{
	g_clear_pointer(&lines->shown, g_free);
}

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

struct cell growth_lines_around(const struct growth_lines *lines, const struct tally *tally, gint64 from, gint64 to)
{
	gint32 first = MAX(0, zone_day(tally->zone, from) - lines->first) / lines->days;
	gint32 last = MAX(0, zone_day(tally->zone, to - 1) - lines->first) / lines->days;
	struct cell cell = cell_of(tally, lines->first + first * lines->days, lines->first + (last + 1) * lines->days, FALSE);
	cell.to = last < (gint32)lines->stretches ? cell.to : G_MAXINT64;
	cell.but_from = from;
	cell.but_to = to;
	return cell;
}

/* Where the quarters cut a stretch, each of its parts follows from what is told, and must not rest on few people. */
static gboolean may_tell_quarters(const struct tally *tally, const struct growth_lines *lines, guint group, gboolean gpu)
{
	gint32 quarter = (lines->last - lines->first) / 4;
	const gint32 cuts[] = { lines->first + quarter, lines->last - quarter, lines->last };
	for (guint i = 0; i < G_N_ELEMENTS(cuts); i++) {
		gint32 stretch = MIN((cuts[i] - lines->first) / lines->days, (gint32)lines->stretches);
		gint32 begin = lines->first + stretch * lines->days, end = MIN(begin + lines->days, lines->last);
		const struct cell parts[] = { cell_of(tally, begin, cuts[i], gpu), cell_of(tally, cuts[i], end, gpu) };
		if (!cells_tell(tally, parts, G_N_ELEMENTS(parts), group))
			return FALSE;
	}
	return TRUE;
}

/* Of the groups that may be told; without a group when there is none. */
static struct change find_growth(const struct tally *tally, const struct growth_lines *lines, gboolean gpu)
{
	gint32 quarter = (lines->last - lines->first) / 4;
	struct change most = { 0 };
	for (guint g = 0; g < tally->group_days->len; g++) {
		const struct days *days = tally->group_days->pdata[g];
		struct change change = { intern_text(tally->groups, g),
			                 hours_a_day(days, lines->first, lines->first + quarter, gpu),
			                 hours_a_day(days, lines->last - quarter, lines->last, gpu) };
		/* Whether it may be told takes longest. */
		if (g != tally->pooling.other && lines->shown[g] && (!most.group || grew_more(&change, &most)) &&
		    may_tell_quarters(tally, lines, g, gpu))
			most = change;
	}
	return most;
}

static gboolean tell(struct evidence *evidence, const char *what, const struct change *change)
{
	if (!change->group)
		return FALSE;
	g_autofree char *group = g_strdup_printf("growth.%s.group", what);
	g_autofree char *before = g_strdup_printf("growth.%s.before", what), *after = g_strdup_printf("growth.%s.after", what);
	g_autofree char *factor = g_strdup_printf("growth.%s.factor", what), *it_grew = g_strdup_printf("growth.%s", what);
	g_autofree char *ratio = g_strdup_printf("%s / %s", after, before);
	g_autofree char *label = g_strdup_printf("Growth factor, %s-hours", strcmp(what, "gpu") == 0 ? "GPU" : "core");
	figures_add_text(evidence->figures, group, change->group, "Who grew most");
	figures_add(evidence->figures, before, UNIT_HOURS, change->before, "Hours a day in the first quarter of the period");
	figures_add(evidence->figures, after, UNIT_HOURS, change->after, "Hours a day in the last quarter of the period");
	figures_derive(evidence->figures, factor, UNIT_NUMBER, ratio, label);
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
		finding_unknown(finding, why_no_cpus(evidence->tally, "no job ran inside the period"));
		return;
	}
	struct change cpus = find_growth(evidence->tally, &evidence->cpu_lines, FALSE);
	struct change gpus = find_growth(evidence->tally, &evidence->gpu_lines, TRUE);
	gboolean any = tell(evidence, "cpu", &cpus);
	any |= tell(evidence, "gpu", &gpus);
	/* That nobody's GPU-hours grew says nothing of core-hours that cannot be told. */
	if (!any && !cpus.group) {
		finding_unknown(finding, "in some part of the period too few users of each group were at work to speak of it");
		return;
	}
	finding->grade = GRADE_A;
	finding->verdict = any ? VERDICT_GAIN : VERDICT_NOTHING;
}

static const struct promised_figure figures_of_it[] = {
	{ "growth.cpu.group", UNIT_TEXT, "Who grew most" },
	{ "growth.cpu.before", UNIT_HOURS, "Hours a day in the first quarter of the period" },
	{ "growth.cpu.after", UNIT_HOURS, "Hours a day in the last quarter of the period" },
	{ "growth.cpu.factor", UNIT_NUMBER, "Growth factor, core-hours" },
	{ "growth.cpu", UNIT_COUNT, "It grew" },
	{ "growth.gpu.group", UNIT_TEXT, "Who grew most" },
	{ "growth.gpu.before", UNIT_HOURS, "Hours a day in the first quarter of the period" },
	{ "growth.gpu.after", UNIT_HOURS, "Hours a day in the last quarter of the period" },
	{ "growth.gpu.factor", UNIT_NUMBER, "Growth factor, GPU-hours" },
	{ "growth.gpu", UNIT_COUNT, "It grew" },
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_growth = { "growth", "Growth", judge, figures_of_it, .users = NULL };

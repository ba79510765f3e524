/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/growth.h"

#include "finding/figures.h"
#include "finding/homes.h"
#include "finding/kinds.h"

#include <math.h>
#include <string.h>

/* Growth is told from at least so long a period, and when all together or a group grew by at least
 * this factor. All together fell when they would have grown by it backwards. */
#define LEAST_DAYS 180
#define GREW 1.25

#define FEW_USERS "in some part of the period too few users of each group were at work to speak of it"
#define FEW_WEEKS "in some weeks too few were at work to say how they differ"

/* By chance alone a factor lies in its range in 95 of 100 cases: so many standard errors to each
 * side. */
#define ERRORS 1.959964

/* At most so many times four weeks make a stretch. */
#define MOST_TIMES 3

static struct cell cell_of(const struct tally *tally, gint32 from, gint32 to, gboolean gpu)
{
	return (struct cell){ .of = gpu ? CELL_GPUS : CELL_CPUS,
		              .from = zone_day_start(tally->zone, from),
		                      .to = zone_day_start(tally->zone, to) };
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

/* What is left of all that a group did when its stretches are taken off: days behind the last whole
 * one, and before the period. */
static struct cell beside(const struct growth_lines *lines, const struct tally *tally, gboolean gpu)
{
	struct cell stretches = cell_of(tally, lines->first,
	                                lines->first + (gint32)lines->stretches * lines->days, gpu);
	return (struct cell){ .of = stretches.of,
		              .to = G_MAXINT64,
		              .but_from = stretches.from,
		              .but_to = stretches.to };
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
	cells_leave_out(tally, (const struct cell *)(gpointer)cells->data, cells->len, NULL,
	                lines.shown);
	return lines;
}

/* The shortest stretches by which most groups can be told, and so many that something can be
 * seen. */
void growth_lines_init(struct growth_lines *lines, const struct tally *tally, gboolean gpu)
{
	*lines = lines_of(tally, 7 * GROWTH_WEEKS, gpu);
	for (gint32 times = 2; times <= MOST_TIMES; times++) {
		struct growth_lines longer = lines_of(tally, times * 7 * GROWTH_WEEKS, gpu);
		gboolean better = longer.stretches >= GROWTH_STRETCHES &&
		                  count_shown(tally, longer.shown) >
		                          count_shown(tally, lines->shown);
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
	const char *group;    /* NULL: all of them */
	double before, after; /* resource-hours a day in the first and the last quarter of the
	                         period */
	double error;         /* of the logarithm of after ÷ before, as weeks differ in both;
	                         negative: not told */
};

/* What is looked at: local days of the period, so many in each quarter. */
struct quarters {
	gint32 first, last; /* days [first, last) of the period */
	gint32 days;
};

static struct quarters quarters_of(const struct growth_lines *lines)
{
	return (struct quarters){ lines->first, lines->last, (lines->last - lines->first) / 4 };
}

static gint64 day_seconds(const struct days *days, gint32 day, gboolean gpu)
{
	gint32 index = day - days->first;
	if (index < 0 || index >= (gint32)days->of->len)
		return 0;
	const struct day_use *use = &g_array_index(days->of, struct day_use, index);
	return gpu ? use->gpu_seconds : use->cpu_seconds;
}

/* NULL: of all groups. */
static gint64 seconds_in(const struct tally *tally, const struct days *of, gint32 from, gint32 to,
                         gboolean gpu)
{
	gint64 seconds = 0;
	for (guint g = 0; g < tally->group_days->len; g++) {
		const struct days *days = tally->group_days->pdata[g];
		for (gint32 day = from; (!of || of == days) && day < to; day++)
			seconds += day_seconds(days, day, gpu);
	}
	return seconds;
}

static double hours_a_day(const struct tally *tally, const struct days *of, gint32 from,
                          gint32 days, gboolean gpu)
{
	return (double)seconds_in(tally, of, from, from + days, gpu) / 3600 / days;
}

/* By how much of its mean the mean of so many weeks on end is uncertain, squared. */
static double uncertainty(const struct tally *tally, const struct days *of, gint32 from,
                          gint32 weeks, gboolean gpu)
{
	g_autofree double *hours = g_new(double, weeks);
	double sum = 0, squares = 0;
	for (gint32 w = 0; w < weeks; w++) {
		hours[w] = hours_a_day(tally, of, from + 7 * w, 7, gpu);
		sum += hours[w];
	}
	double mean = sum / weeks;
	for (gint32 w = 0; w < weeks; w++)
		squares += (hours[w] - mean) * (hours[w] - mean);
	return sum > 0 ? squares / (weeks - 1) / weeks / (mean * mean) : -1;
}

/* The whole weeks of the first quarter begin with it, and those of the last end with it: six or
 * more, of so long a period. */
static double error_of(const struct tally *tally, const struct days *of,
                       const struct quarters *quarters, gboolean gpu)
{
	gint32 weeks = quarters->days / 7;
	double before = uncertainty(tally, of, quarters->first, weeks, gpu);
	double after = uncertainty(tally, of, quarters->last - 7 * weeks, weeks, gpu);
	return before < 0 || after < 0 ? -1 : sqrt(before + after);
}

static struct change change_of(const struct tally *tally, const char *group, const struct days *of,
                               const struct quarters *quarters, gboolean gpu)
{
	return (struct change){
		group, hours_a_day(tally, of, quarters->first, quarters->days, gpu),
		hours_a_day(tally, of, quarters->last - quarters->days, quarters->days, gpu), -1
	};
}

static gboolean grew(const struct change *change)
{
	return change->before > 0 && change->after >= GREW * change->before;
}

/* Those that grew by the factor come first, then those that rose by more hours a day; ties by
 * name. */
static gboolean grew_more(const struct change *a, const struct change *b)
{
	double rise = a->after - a->before, other = b->after - b->before;
	if (grew(a) != grew(b))
		return grew(a);
	return rise != other ? rise > other : strcmp(a->group, b->group) < 0;
}

/* Days at which a quarter begins or ends, that of the period among them. */
struct cuts {
	gint32 day[3];
};

static struct cuts cuts_of(const struct quarters *quarters)
{
	return (struct cuts){ { quarters->first + quarters->days, quarters->last - quarters->days,
		                quarters->last } };
}

/* What is left of the stretches in which the seconds lie when these are told, too. */
static struct cell around(const struct growth_lines *lines, const struct tally *tally, gint64 from,
                          gint64 to)
{
	gint32 first = MAX(0, zone_day(tally->zone, from) - lines->first) / lines->days;
	gint32 last = MAX(0, zone_day(tally->zone, to - 1) - lines->first) / lines->days;
	struct cell cell = cell_of(tally, lines->first + first * lines->days,
	                           lines->first + (last + 1) * lines->days, FALSE);
	cell.to = last < (gint32)lines->stretches ? cell.to : G_MAXINT64;
	cell.but_from = from;
	cell.but_to = to;
	return cell;
}

/* The same of the parts into which quarters cut these. */
static struct cell around_within_quarters(const struct growth_lines *lines,
                                          const struct tally *tally, gint64 from, gint64 to)
{
	const struct quarters quarters = quarters_of(lines);
	const struct cuts cuts = cuts_of(&quarters);
	struct cell cell = around(lines, tally, from, to);
	for (guint i = 0; i < G_N_ELEMENTS(cuts.day); i++) {
		gint64 cut = zone_day_start(tally->zone, cuts.day[i]);
		if (cut <= from)
			cell.from = MAX(cell.from, cut);
		if (cut >= to)
			cell.to = MIN(cell.to, cut);
	}
	return cell;
}

gboolean growth_lines_leave(const struct growth_lines *lines, const struct tally *tally,
                            gint64 from, gint64 to, guint group)
{
	const struct cell cells[] = { around(lines, tally, from, to),
		                      around_within_quarters(lines, tally, from, to) };
	guint count = lines->last - lines->first >= LEAST_DAYS ? 2 : 1;
	if (lines->stretches < GROWTH_STRETCHES || count_shown(tally, lines->shown) == 0)
		return TRUE;
	if (lines->shown[group])
		return cells_tell(tally, cells, count, group);
	for (guint i = 0; i < count; i++)
		if (!cell_hides_rest(tally, &cells[i], lines->shown))
			return FALSE;
	return TRUE;
}

/* Where the quarters cut a stretch, each of its parts follows from what is told, and must not rest
 * on few people. */
static gboolean may_tell_quarters(const struct tally *tally, const struct growth_lines *lines,
                                  guint group, gboolean gpu)
{
	const struct quarters quarters = quarters_of(lines);
	const struct cuts cuts = cuts_of(&quarters);
	for (guint i = 0; i < G_N_ELEMENTS(cuts.day); i++) {
		gint32 cut = cuts.day[i],
		       stretch = MIN((cut - lines->first) / lines->days, (gint32)lines->stretches);
		gint32 begin = lines->first + stretch * lines->days,
		       end = MIN(begin + lines->days, lines->last);
		const struct cell parts[] = { cell_of(tally, begin, cut, gpu),
			                      cell_of(tally, cut, end, gpu) };
		if (!cells_tell(tally, parts, G_N_ELEMENTS(parts), group))
			return FALSE;
	}
	return TRUE;
}

/* How weeks differ says something of each of them. */
static gboolean may_tell_weeks(const struct tally *tally, const struct quarters *quarters,
                               guint group, gboolean gpu)
{
	g_autoptr(GArray) cells = g_array_new(FALSE, FALSE, sizeof(struct cell));
	for (gint32 w = 0; w < quarters->days / 7; w++) {
		gint32 end = quarters->last - 7 * w;
		const struct cell both[] = { cell_of(tally, quarters->first + 7 * w,
			                             quarters->first + 7 * w + 7, gpu),
			                     cell_of(tally, end - 7, end, gpu) };
		g_array_append_vals(cells, both, G_N_ELEMENTS(both));
	}
	return cells_tell(tally, (const struct cell *)(gpointer)cells->data, cells->len, group);
}

/* Of the groups that may be told; without a group when there is none. */
static struct change find_growth(const struct tally *tally, const struct growth_lines *lines,
                                 gboolean gpu)
{
	const struct quarters quarters = quarters_of(lines);
	struct change most = { 0 };
	guint which = 0;
	for (guint g = 0; g < tally->group_days->len; g++) {
		struct change change = change_of(tally, intern_text(tally->groups, g),
		                                 tally->group_days->pdata[g], &quarters, gpu);
		/* Whether it may be told takes longest. */
		if (!tally_is_pool(tally, g) && lines->shown[g] &&
		    (!most.group || grew_more(&change, &most)) &&
		    may_tell_quarters(tally, lines, g, gpu))
			most = change, which = g;
	}
	if (most.group && may_tell_weeks(tally, &quarters, which, gpu))
		most.error = error_of(tally, tally->group_days->pdata[which], &quarters, gpu);
	return most;
}

/* Of the whole cluster, which is no secret. */
static struct change whole_growth(const struct tally *tally, const struct growth_lines *lines,
                                  gboolean gpu)
{
	const struct quarters quarters = quarters_of(lines);
	struct change change = change_of(tally, NULL, NULL, &quarters, gpu);
	change.error = error_of(tally, NULL, &quarters, gpu);
	return change;
}

static const struct promised_figure figures_of_it[] = {
	{ "growth.all_cpu.before", UNIT_HOURS, "First quarter, all core-hours a day" },
	{ "growth.all_cpu.after", UNIT_HOURS, "Last quarter, all core-hours a day" },
	{ "growth.all_cpu.factor", UNIT_NUMBER, "Growth factor, all core-hours" },
	{ "growth.all_cpu.factor.low", UNIT_NUMBER, "Growth factor, all core-hours, at least" },
	{ "growth.all_cpu.factor.high", UNIT_NUMBER, "Growth factor, all core-hours, at most" },
	{ "growth.all_cpu", UNIT_COUNT, "All together grew, in core-hours" },
	{ "growth.all_cpu.fell", UNIT_COUNT, "All together fell, in core-hours" },
	{ "growth.cpu.group", UNIT_TEXT, "The group that grew most, by core-hours" },
	{ "growth.cpu.before", UNIT_HOURS,
	  "First quarter, core-hours a day of the group that grew most" },
	{ "growth.cpu.after", UNIT_HOURS,
	  "Last quarter, core-hours a day of the group that grew most" },
	{ "growth.cpu.factor", UNIT_NUMBER,
	  "Growth factor, core-hours of the group that grew most" },
	{ "growth.cpu.factor.low", UNIT_NUMBER,
	  "Growth factor, core-hours of the group that grew most, at least" },
	{ "growth.cpu.factor.high", UNIT_NUMBER,
	  "Growth factor, core-hours of the group that grew most, at most" },
	{ "growth.cpu", UNIT_COUNT, "A group grew, in core-hours" },
	{ "growth.all_gpu.before", UNIT_HOURS, "First quarter, all GPU-hours a day" },
	{ "growth.all_gpu.after", UNIT_HOURS, "Last quarter, all GPU-hours a day" },
	{ "growth.all_gpu.factor", UNIT_NUMBER, "Growth factor, all GPU-hours" },
	{ "growth.all_gpu.factor.low", UNIT_NUMBER, "Growth factor, all GPU-hours, at least" },
	{ "growth.all_gpu.factor.high", UNIT_NUMBER, "Growth factor, all GPU-hours, at most" },
	{ "growth.all_gpu", UNIT_COUNT, "All together grew, in GPU-hours" },
	{ "growth.all_gpu.fell", UNIT_COUNT, "All together fell, in GPU-hours" },
	{ "growth.gpu.group", UNIT_TEXT, "The group that grew most, by GPU-hours" },
	{ "growth.gpu.before", UNIT_HOURS,
	  "First quarter, GPU-hours a day of the group that grew most" },
	{ "growth.gpu.after", UNIT_HOURS,
	  "Last quarter, GPU-hours a day of the group that grew most" },
	{ "growth.gpu.factor", UNIT_NUMBER,
	  "Growth factor, GPU-hours of the group that grew most" },
	{ "growth.gpu.factor.low", UNIT_NUMBER,
	  "Growth factor, GPU-hours of the group that grew most, at least" },
	{ "growth.gpu.factor.high", UNIT_NUMBER,
	  "Growth factor, GPU-hours of the group that grew most, at most" },
	{ "growth.gpu", UNIT_COUNT, "A group grew, in GPU-hours" },
	{ NULL, UNIT_NUMBER, NULL },
};

/* Of "growth.WHOSE.WHAT", or of "growth.WHOSE" where what is NULL. */
static const struct promised_figure *promise_of(const char *whose, const char *what)
{
	g_autofree char *id = g_strjoin(".", "growth", whose, what, NULL);
	const struct promised_figure *figure = figures_of_it;
	while (strcmp(figure->id, id) != 0)
		figure++;
	return figure;
}

static void miss(struct evidence *evidence, const char *whose, const char *what, const char *reason)
{
	const struct promised_figure *figure = promise_of(whose, what);
	figures_add_missing(evidence->figures, figure->id, figure->unit, reason, figure->label);
}

static void add(struct evidence *evidence, const char *whose, const char *what, double value)
{
	const struct promised_figure *figure = promise_of(whose, what);
	figures_add(evidence->figures, figure->id, figure->unit, value, figure->label);
}

static void tell_factor(struct evidence *evidence, const char *whose, const struct change *change)
{
	const struct promised_figure *factor = promise_of(whose, "factor");
	g_autofree char *ratio = g_strdup_printf("growth.%s.after / growth.%s.before", whose,
	                                         whose);
	figures_derive(evidence->figures, factor->id, factor->unit, ratio, factor->label);
	if (change->error < 0) {
		miss(evidence, whose, "factor.low", FEW_WEEKS);
		miss(evidence, whose, "factor.high", FEW_WEEKS);
		return;
	}
	double times = exp(ERRORS * change->error);
	add(evidence, whose, "factor.low", change->after / change->before / times);
	add(evidence, whose, "factor.high", change->after / change->before * times);
}

static gboolean tell(struct evidence *evidence, const char *whose, const struct change *change)
{
	add(evidence, whose, "before", change->before);
	add(evidence, whose, "after", change->after);
	tell_factor(evidence, whose, change);
	add(evidence, whose, NULL, grew(change));
	return grew(change);
}

static gboolean tell_group(struct evidence *evidence, const char *whose,
                           const struct change *change)
{
	static const char *const numbers[] = { "before",     "after",       "factor",
		                               "factor.low", "factor.high", NULL };
	const struct promised_figure *group = promise_of(whose, "group");
	for (guint i = 0; !change->group && i < G_N_ELEMENTS(numbers); i++)
		miss(evidence, whose, numbers[i],
		     evidence->no_groups ? evidence->no_groups : FEW_USERS);
	if (!change->group)
		return FALSE;
	figures_add_text(evidence->figures, group->id, change->group, group->label);
	return tell(evidence, whose, change);
}

static gboolean tell_both(struct evidence *evidence, gboolean gpu)
{
	const struct growth_lines *lines = gpu ? &evidence->gpu_lines : &evidence->cpu_lines;
	const struct change whole = whole_growth(evidence->tally, lines, gpu);
	struct change group = { 0 };
	if (!evidence->no_groups)
		group = find_growth(evidence->tally, lines, gpu);
	const char *all = gpu ? "all_gpu" : "all_cpu";
	gboolean it_grew = tell(evidence, all, &whole);
	add(evidence, all, "fell", whole.before > 0 && whole.before >= GREW * whole.after);
	return tell_group(evidence, gpu ? "gpu" : "cpu", &group) || it_grew;
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	if (!evidence_spans(evidence, LEAST_DAYS)) {
		finding_unknown(finding, "growth is told from half a year of data or more");
		return;
	}
	if (evidence->tally->cpu_seconds_inside == 0) {
		finding_unknown(finding,
		                why_no_cpus(evidence->tally, "no job ran inside the period"));
		return;
	}
	gboolean any = tell_both(evidence, FALSE);
	any |= tell_both(evidence, TRUE);
	finding->grade = GRADE_A;
	finding->verdict = any ? VERDICT_GAIN : VERDICT_NOTHING;
}

const struct finding_kind finding_growth = { "growth", "Growth", judge, figures_of_it,
	                                     .users = NULL };

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/waiting.h"

#include "finding/figures.h"
#include "finding/habits.h"
#include "measure/stock.h"

/* The steps of a wait from which on it is longer than an hour. */
#define LATE 5

/* When so large a part of the jobs, or of what they hold, waits for longer than an hour, the queue
 * is felt. */
#define WORTH_A_WORD 0.1
#define WORTH_A_WORD_HOURS 0.25

/* A week that happened once is no pattern. */
#define LEAST_DAYS 14

/* Jobs are late for want of nodes when some kind of them was full in so many of the hours in which
 * they came, and for another reason when hardly ever any was. */
#define MOSTLY_FULL 0.5
#define NEVER_FULL 0.01

void waited_add(struct waited *waited, const gint64 *waits)
{
	for (guint step = 0; step < HABITS_WAITS; step++) {
		waited->jobs += waits[step];
		waited->late += step >= LATE ? waits[step] : 0;
	}
}

double waited_share(const struct waited *waited)
{
	return waited->jobs < HABITS_LEAST ? -1 : (double)waited->late / (double)waited->jobs;
}

/* "Tuesday at 09:00"; hours count from Monday, midnight. */
static char *hour_name(guint hour_of_week)
{
	static const char *const days[7] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
		                             "Friday", "Saturday", "Sunday" };
	return g_strdup_printf("%s at %02u:00", days[hour_of_week / 24 % 7], hour_of_week % 24);
}

static struct waited waited_by_size(const struct habits *habits, guint size)
{
	struct waited waited = { 0 };
	for (guint length = 0; length < HABITS_LENGTHS; length++)
		waited_add(&waited, habits->cells[size][length].waits);
	return waited;
}

static struct waited waited_by_length(const struct habits *habits, guint length)
{
	struct waited waited = { 0 };
	for (guint size = 0; size < HABITS_SIZES; size++)
		waited_add(&waited, habits->cells[size][length].waits);
	return waited;
}

static struct waited waited_by_hour(const struct habits *habits, guint hour)
{
	struct waited waited = { 0 };
	waited_add(&waited, habits->hours[hour]);
	return waited;
}

/* Who waits */

/* The class of which the largest share is late, or (with a sign turned) the smallest; -1: none has
 * jobs enough. */
static int extreme(const struct habits *habits, struct waited (*of)(const struct habits *, guint),
                   guint count, int sign)
{
	int found = -1;
	double most = 0;
	for (guint i = 0; i < count; i++) {
		struct waited waited = of(habits, i);
		double share = waited_share(&waited);
		if (share < 0 || (found >= 0 && sign * share <= most))
			continue;
		found = (int)i;
		most = sign * share;
	}
	return found;
}

static void class_figures(struct evidence *evidence, const char *id, const char *name,
                          const struct waited *waited, const char *label)
{
	g_autofree char *share = g_strdup_printf("waiting.%s.share", id),
			*text = g_strdup_printf("waiting.%s", id);
	figures_add_text(evidence->figures, text, name, label);
	figures_add(evidence->figures, share, UNIT_SHARE, waited_share(waited),
	            "Of them waited longer than an hour");
}

static void share_unknown(struct evidence *evidence, const char *id, const char *reason)
{
	g_autofree char *share = g_strdup_printf("waiting.%s.share", id);
	figures_add_missing(evidence->figures, share, UNIT_SHARE, reason,
	                    "Of them waited longer than an hour");
}

static void who_waits(struct evidence *evidence)
{
	static const char few[] = "no class has 20 jobs that say how long they waited";
	const struct habits *habits = &evidence->tally->habits;
	int size = extreme(habits, waited_by_size, HABITS_SIZES, 1),
	    calm = extreme(habits, waited_by_size, HABITS_SIZES, -1);
	int length = extreme(habits, waited_by_length, HABITS_LENGTHS, 1);
	if (size >= 0 && !why_no_cpus(evidence->tally, NULL)) {
		struct waited most = waited_by_size(habits, (guint)size),
			      least = waited_by_size(habits, (guint)calm);
		class_figures(evidence, "size", habits_size_names[size], &most,
		              "The size of which most wait longer than an hour");
		class_figures(evidence, "calm", habits_size_names[calm], &least,
		              "The size of which fewest do");
	} else {
		share_unknown(evidence, "size", why_no_cpus(evidence->tally, few));
		share_unknown(evidence, "calm", why_no_cpus(evidence->tally, few));
	}
	if (length >= 0) {
		struct waited longest = waited_by_length(habits, (guint)length);
		class_figures(evidence, "length", habits_length_names[length], &longest,
		              "The length of which most do");
	} else
		share_unknown(evidence, "length", few);
}

/* When */

static void when_they_wait(struct evidence *evidence)
{
	const struct habits *habits = &evidence->tally->habits;
	gboolean spans = evidence_spans(evidence, LEAST_DAYS);
	int hour = spans ? extreme(habits, waited_by_hour, HABITS_HOURS, 1) : -1;
	if (hour < 0) {
		share_unknown(evidence, "when",
		              spans ? "no hour of the week has 20 jobs that could start"
		                    : "the period is under two weeks");
		return;
	}
	struct waited most = waited_by_hour(habits, (guint)hour);
	g_autofree char *name = hour_name((guint)hour);
	class_figures(evidence, "when", name, &most,
	              "The hour of the week in which most begin to wait longer than an hour");
}

/* How long */

/* The first step of a wait that is longer than anything in that class of lengths ran; none is
 * longer than a week. */
static const guint longer_than[HABITS_LENGTHS] = { 1, 2, 5, 8, 10, 13, HABITS_WAITS };

static gint64 waited_longer(const struct habits *habits)
{
	gint64 jobs = 0;
	for (guint size = 0; size < HABITS_SIZES; size++)
		for (guint length = 0; length < HABITS_LENGTHS; length++)
			for (guint step = longer_than[length]; step < HABITS_WAITS; step++)
				jobs += habits->cells[size][length].waits[step];
	return jobs;
}

static gint64 cpu_seconds_of(const struct habits *habits, guint from_step)
{
	gint64 seconds = 0;
	for (guint size = 0; size < HABITS_SIZES; size++)
		for (guint length = 0; length < HABITS_LENGTHS; length++)
			for (guint step = from_step; step < HABITS_WAITS; step++)
				seconds += habits->cells[size][length].waited_cpu_seconds[step];
	return seconds;
}

/* Why */

/* Hours of the period by the hour of the week: how many there were, and in how many some kind of
 * node was full. And how many jobs started while it was, or in the hour after it, when room comes
 * free for those that waited. */
struct week {
	gint64 hours[HABITS_HOURS], full[HABITS_HOURS];
	gint64 started_then;
};

/* Nodes may come and go within an hour of the period: it begins at any minute. */
static void mark_full(const struct evidence *evidence, guint pool, gboolean *full)
{
	const struct rules *rules = &evidence->tally->rules;
	struct stock stock = stock_from(0, evidence->capacities->pdata[pool], NULL, rules->from);
	double ceiling = assumptions_value(evidence->assumptions, ASSUME_PACKING,
	                                   SCENARIO_EXPECTED);
	gsize minutes;
	g_autofree gint64 *held = series_values(evidence->tally->nodes[pool], rules->from,
	                                        rules->to, &minutes);
	for (gsize hour = 0; hour < minutes / 60; hour++) {
		double owned = 0, sum = 0;
		for (gsize minute = 0; minute < 60; minute++) {
			owned += (double)(stock_next(&stock, 1).owned * NODE_MINUTE);
			sum += (double)held[hour * 60 + minute];
		}
		full[hour] |= owned > 0 && sum >= ceiling * owned;
	}
}

/* On the way through the minutes of the period. */
struct starts {
	const gboolean *full; /* of each hour; behind the last whole one nothing is */
	gsize minute;
	gint64 then;
};

static void take_starts(void *data, const gint64 *moments, gsize count)
{
	struct starts *starts = data;
	for (gsize i = 0; i < count; i++, starts->minute++) {
		gsize hour = starts->minute / 60;
		if (starts->full[hour] || (hour > 0 && starts->full[hour - 1]))
			starts->then += moments[MOMENT_START];
	}
}

static void fill_week(const struct evidence *evidence, struct week *week)
{
	const struct tally *tally = evidence->tally;
	gsize hours = (gsize)evidence->window_seconds / 3600;
	g_autofree gboolean *full = g_new0(gboolean, hours + 1);
	for (guint p = 0; p < evidence->capacities->len; p++)
		if (evidence->capacities->pdata[p])
			mark_full(evidence, p, full);
	for (gsize i = 0; i < hours; i++) {
		gint64 at = tally->rules.from + (gint64)i * 3600 + 1800;
		int day = zone_day_weekday(zone_day(tally->zone, at)),
		    hour = zone_civil(tally->zone, at).hour;
		week->hours[day * 24 + hour]++;
		week->full[day * 24 + hour] += full[i];
	}
	struct starts starts = { .full = full };
	bundle_each(tally->moments, tally->rules.from, tally->rules.to, take_starts, &starts);
	week->started_then = starts.then;
}

static const char full_label[] = "Hours in which some kind of node was full";
static const char late_full_label[] =
    "The same of the hours of the week in which those came who waited longer than an hour";
static const char by_demand_label[] = "They wait for want of nodes";
static const char by_limits_label[] = "They wait though nodes were free";

static void cause_unknown(struct figures *figures, const char *reason)
{
	figures_add_missing(figures, "waiting.by_demand", UNIT_COUNT, reason, by_demand_label);
	figures_add_missing(figures, "waiting.by_limits", UNIT_COUNT, reason, by_limits_label);
}

/* Of the hours in which late jobs came, each as often as one did, the share in which some kind of
 * node was full. -1: they all came in hours of the week that the period does not have. */
static double full_when_late(const struct habits *habits, const struct week *week)
{
	double full = 0, late = 0;
	for (guint hour = 0; hour < HABITS_HOURS; hour++) {
		struct waited waited = waited_by_hour(habits, hour);
		if (week->hours[hour] == 0)
			continue;
		full += (double)waited.late * (double)week->full[hour] / (double)week->hours[hour];
		late += (double)waited.late;
	}
	return late > 0 ? full / late : -1;
}

static void why_they_wait(struct evidence *evidence, gint64 late)
{
	struct week week = { 0 };
	gint64 hours = 0, full = 0;
	if (!evidence->has_capacity || evidence->window_seconds < 3600) {
		const char *reason = evidence->has_capacity ? "the period is under an hour"
		                                            : evidence->no_capacity;
		figures_add_missing(evidence->figures, "waiting.full.share", UNIT_SHARE, reason,
		                    full_label);
		figures_add_missing(evidence->figures, "waiting.late.full.share", UNIT_SHARE,
		                    reason, late_full_label);
		cause_unknown(evidence->figures, reason);
		return;
	}
	fill_week(evidence, &week);
	for (guint hour = 0; hour < HABITS_HOURS; hour++) {
		hours += week.hours[hour];
		full += week.full[hour];
	}
	double when_late = full_when_late(&evidence->tally->habits, &week);
	double always = habits_share(evidence, "waiting.full.share", full, hours, full_label);
	if (when_late < 0) {
		const char *reason = late == 0
		                         ? "no job waited longer than an hour"
		                         : "not known, since they all came at hours of the week "
		                           "that are not in the period";
		figures_add_missing(evidence->figures, "waiting.late.full.share", UNIT_SHARE,
		                    reason, late_full_label);
		cause_unknown(evidence->figures, reason);
		return;
	}
	figures_add(evidence->figures, "waiting.late.full.share", UNIT_SHARE, when_late,
	            late_full_label);
	gboolean by_demand = when_late >= MOSTLY_FULL;
	/* One crowded day of a year is few of its hours, and may be when all of them waited. */
	gboolean by_limits = !by_demand && always < NEVER_FULL && 2 * week.started_then <= late;
	habits_count(evidence, "waiting.by_demand", by_demand, by_demand_label);
	habits_count(evidence, "waiting.by_limits", by_limits, by_limits_label);
}

static void judge(struct evidence *evidence, struct finding *finding)
{
	const struct habits *habits = &evidence->tally->habits;
	struct waited all = { 0 };
	for (guint size = 0; size < HABITS_SIZES; size++)
		for (guint length = 0; length < HABITS_LENGTHS; length++)
			waited_add(&all, habits->cells[size][length].waits);
	if (evidence->told.only_days) {
		finding_unknown(finding, ONLY_DAYS);
		return;
	}
	if (all.jobs == 0) {
		finding_unknown(finding, "no job that ran says when it was submitted: export with "
		                         "Submit and Eligible");
		return;
	}
	if (all.jobs < HABITS_LEAST) {
		finding_unknown(finding, "fewer than 20 jobs say how long they waited");
		return;
	}
	habits_count(evidence, "waiting.jobs", all.jobs, "Jobs whose wait is known");
	habits_count(evidence, "waiting.late.jobs", all.late,
	             "Jobs that waited longer than an hour");
	double share = habits_share(evidence, "waiting.late.share", all.late, all.jobs,
	                            "Jobs that waited longer than an hour");
	double held = habits_core_share(evidence, "waiting.late.hours.share",
	                                cpu_seconds_of(habits, LATE), cpu_seconds_of(habits, 0),
	                                "Core-hours of jobs that waited longer than an hour");
	habits_share(evidence, "waiting.longer.share", waited_longer(habits), all.jobs,
	             "Jobs that waited longer than they ran, at least");
	who_waits(evidence);
	when_they_wait(evidence);
	why_they_wait(evidence, all.late);
	habits_verdict(evidence, finding, share >= WORTH_A_WORD || held >= WORTH_A_WORD_HOURS);
}

static const struct promised_figure figures_of_it[] = {
	{ "waiting.jobs", UNIT_COUNT, "Jobs whose wait is known" },
	{ "waiting.late.jobs", UNIT_COUNT, "Jobs that waited longer than an hour" },
	{ "waiting.late.share", UNIT_SHARE, "Jobs that waited longer than an hour" },
	{ "waiting.late.hours.share", UNIT_SHARE,
	  "Core-hours of jobs that waited longer than an hour" },
	{ "waiting.longer.share", UNIT_SHARE, "Jobs that waited longer than they ran, at least" },
	{ "waiting.size", UNIT_TEXT, "The size of which most wait longer than an hour" },
	{ "waiting.size.share", UNIT_SHARE, "Of them waited longer than an hour" },
	{ "waiting.calm", UNIT_TEXT, "The size of which fewest do" },
	{ "waiting.calm.share", UNIT_SHARE, "Of them waited longer than an hour" },
	{ "waiting.length", UNIT_TEXT, "The length of which most do" },
	{ "waiting.length.share", UNIT_SHARE, "Of them waited longer than an hour" },
	{ "waiting.when", UNIT_TEXT,
	  "The hour of the week in which most begin to wait longer than an hour" },
	{ "waiting.when.share", UNIT_SHARE, "Of them waited longer than an hour" },
	{ "waiting.full.share", UNIT_SHARE, full_label },
	{ "waiting.late.full.share", UNIT_SHARE, late_full_label },
	{ "waiting.by_demand", UNIT_COUNT, by_demand_label },
	{ "waiting.by_limits", UNIT_COUNT, by_limits_label },
	{ NULL, UNIT_NUMBER, NULL },
};

const struct finding_kind finding_waiting = {
	"waiting", "Waiting", judge, figures_of_it,
	.coverage = "waiting.jobs / jobs.ran",
};

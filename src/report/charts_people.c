/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/growth.h"
#include "report/compose.h"
#include "report/labels.h"

#define MOST_BARS 12

/* What cannot be told has no bars, nor a sentence that none is there: the page says why. */
static gboolean is_unknown(const struct composition *c, const char *finding)
{
	g_autofree char *id = g_strdup_printf("%s.unknown", finding);
	return *figure_text(c, id) != '\0';
}

static void hours_point(struct chart_series *series, const struct composition *c, guint rank,
                        double hours, const char *label, gboolean strong)
{
	g_autofree char *text = format_value(&c->format, UNIT_HOURS, hours);
	chart_point_add(series, rank, hours, label, text)->strong = strong;
}

struct chart *chart_of_concentration(const struct composition *c)
{
	const struct evidence *evidence = &c->analysis->evidence;
	struct chart *chart = chart_new(CHART_PARETO, "concentration");
	if (!evidence->has_users)
		return chart_too_thin(chart, c, "The export names no users.");
	if (evidence->people->users->len < 5)
		return chart_too_thin(chart, c, "Fewer than five users: too few to draw.");
	if (evidence->tally->total.cpu_seconds == 0)
		return chart_too_thin(chart, c, "Of no user is a core-hour known.");
	g_autoptr(GPtrArray) ranked = people_by_core_hours(evidence->people->users);
	struct chart_series *series = chart_series_add(chart, "Core-hours", INK_SERIES_1);
	for (guint i = 0; i < ranked->len; i++) {
		const struct party *user = ranked->pdata[i];
		hours_point(series, c, i + 1, (double)user->use.cpu_seconds / 3600, user->name,
		            i < 10 && party_is_named(user));
	}
	chart_say(chart, c,
	          figure_number(c, "power.rest") > 0
	                  ? g_strdup_printf("Ten of %s users hold %s of the core-hours",
	                                    figure_text(c, "users.count"),
	                                    figure_text(c, "top10.share"))
	                  : g_strdup_printf("The heaviest user holds %s of the core-hours",
	                                    figure_text(c, "top1.share")),
	          "Core-hours by user, heaviest first",
	          g_strdup_printf("Users with half of the core-hours: %s.",
	                          figure_text(c, "power.half")));
	return chart;
}

/* Bars of parties by a number, largest first, at most MOST_BARS. */
struct bar {
	const struct party *party;
	double value;
};

static gint compare_bars(gconstpointer a, gconstpointer b)
{
	const struct bar *left = a, *right = b;
	if (left->value != right->value)
		return left->value < right->value ? 1 : -1;
	return g_strcmp0(left->party->name, right->party->name);
}

/* Of all whose value is at least this. */
static GArray *bars_from(double least, const GPtrArray *parties,
                         double (*value)(const struct party *, guint pools), guint pools)
{
	GArray *bars = g_array_new(FALSE, FALSE, sizeof(struct bar));
	for (guint i = 0; i < parties->len; i++) {
		struct bar bar = { parties->pdata[i], value(parties->pdata[i], pools) };
		if (bar.value >= least)
			g_array_append_val(bars, bar);
	}
	g_array_sort(bars, compare_bars);
	return bars;
}

static GArray *ranked_bars(const GPtrArray *parties,
                           double (*value)(const struct party *, guint pools), guint pools)
{
	GArray *bars = bars_from(G_MINDOUBLE, parties, value, pools);
	if (bars->len > MOST_BARS)
		g_array_set_size(bars, MOST_BARS);
	return bars;
}

/* In whose row no excess is told, in its bar none is either. */
static double memory_excess(const struct party *party, guint pools)
{
	if (!party->by_kind)
		return 0;
	return micro_hours(party_ledger(party, pools, SCENARIO_EXPECTED, LEDGER_MEMORY) +
	                   party_ledger(party, pools, SCENARIO_EXPECTED, LEDGER_BOTH));
}

static gboolean is_told_of_all(const GPtrArray *users)
{
	for (guint i = 0; i < users->len; i++)
		if (!((const struct party *)users->pdata[i])->by_kind)
			return FALSE;
	return TRUE;
}

struct chart *chart_of_memory(const struct composition *c)
{
	const struct people *people = c->analysis->evidence.people;
	if (is_unknown(c, "memory"))
		return NULL;
	struct chart *chart = chart_new(CHART_BARS, "memory");
	g_autoptr(GArray) bars = ranked_bars(people->users, memory_excess, people->pools);
	if (!c->analysis->evidence.has_users || bars->len == 0)
		return chart_too_thin(
			chart, c,
			figure_number(c, "memory.excess.hours") > 0
				? "Of no user may it be told how long nodes were held for memory "
		                  "beyond need."
				: "No measured job held a node for memory that it did not need.");
	struct chart_series *series = chart_series_add(chart, "Node-hours", INK_SERIES_1);
	double shown = 0;
	for (guint i = 0; i < bars->len; i++) {
		const struct bar *bar = &g_array_index(bars, struct bar, i);
		hours_point(series, c, i, bar->value, bar->party->name,
		            bar->party->took_all_jobs > 0);
		shown += bar->value;
	}
	g_autofree char *share = format_value(&c->format, UNIT_SHARE,
	                                      shown / figure_number(c, "memory.excess.hours"));
	chart_say(chart, c,
	          g_strdup_printf("%u %s for %s of the node-hours held for memory that nobody used",
	                          bars->len, bars->len == 1 ? "user accounts" : "users account",
	                          share),
	          "Node-hours held for memory beyond need, in node-equivalents; emphasised: users "
	          "whose jobs took all memory of a node",
	          g_strdup(is_told_of_all(people->users)
	                           ? "One bar a user, largest first."
	                           : "One bar a user, largest first; users whose hours on kinds of "
	                             "nodes are not told have none."));
	return chart;
}

struct chart *chart_of_idle(const struct composition *c)
{
	const struct people *people = c->analysis->evidence.people;
	if (figure_number(c, "idle.users") == 0)
		return NULL;
	struct chart *chart = chart_new(CHART_BARS, "idle");
	chart->y_share = TRUE;
	struct chart_series *series = chart_series_add(chart, "Median CPU efficiency",
	                                               INK_SERIES_1);
	for (guint i = 0, shown = 0; i < people->users->len && shown < MOST_BARS; i++) {
		const struct party *user = people->users->pdata[i];
		if (!user->is_idle)
			continue;
		g_autofree char *text = format_whole(&c->format, user->median_efficiency / 100.0);
		chart_point_add(series, shown++, user->median_efficiency / 100.0, user->name, text)
			->strong = TRUE;
	}
	chart->y_max = 1;
	const char *all = figure_text(c, "idle.users");
	g_autofree char *rest =
		figure_number(c, "idle.users") > MOST_BARS
			? g_strdup_printf("; of %s users the %d whose jobs cost most", all,
	                                  MOST_BARS)
			: g_strdup("");
	g_autofree char *subtitle = g_strconcat(
		"Median CPU efficiency of judged jobs; a full bar would be all CPUs busy", rest,
		NULL);
	chart_say(
		chart, c,
		g_strdup_printf("The typical job of %s %s leaves most of its CPUs idle%s %s in use",
	                        all, format_word(all, "user", "users"),
	                        format_word(all, ":", ", down to"), figure_text(c, "idle.lowest")),
		subtitle, g_strdup("One bar a user, by cost."));
	return chart;
}

/* As the bars are called once names are put in. */
static char *label_of(const struct composition *c, const struct party *party)
{
	return c->names ? labels_apply(c->names, party->name) : g_strdup(party->name);
}

static double serial_hours(const struct party *party, guint pools)
{
	(void)pools;
	return (double)party->habits.serial_cpu_seconds / 3600;
}

struct chart *chart_of_serial(const struct composition *c)
{
	const struct people *people = c->analysis->evidence.people;
	if (is_unknown(c, "serial_cores") || !c->analysis->evidence.has_users)
		return NULL;
	struct chart *chart = chart_new(CHART_BARS, "serial");
	g_autoptr(GArray) bars = ranked_bars(people->users, serial_hours, people->pools);
	if (bars->len == 0)
		return chart_too_thin(chart, c,
		                      "No judged job held several cores and used about one.");
	struct chart_series *series = chart_series_add(chart, "Core-hours", INK_SERIES_1);
	for (guint i = 0; i < bars->len; i++) {
		const struct bar *bar = &g_array_index(bars, struct bar, i);
		hours_point(series, c, i, bar->value, bar->party->name, FALSE);
	}
	const struct bar *most = &g_array_index(bars, struct bar, 0);
	g_autofree char *hours = format_value(&c->format, UNIT_HOURS, most->value),
			*name = label_of(c, most->party);
	chart_say(chart, c,
	          g_strdup_printf("%s held %s core-hours in jobs that used about one core", name,
	                          hours),
	          "Core-hours of jobs that held at least two cores and kept at most 120 % of one "
	          "busy",
	          g_strdup("One bar a user, largest first."));
	return chart;
}

/* Of whose work nothing is judged, nothing is known: not that all of it was needed. */
static double excess_share(const struct party *group, G_GNUC_UNUSED guint pools)
{
	return group->judged > 0 ? party_excess_share(group) : -1;
}

static gboolean is_any_unjudged(const GPtrArray *groups)
{
	for (guint i = 0; i < groups->len; i++) {
		const struct party *group = groups->pdata[i];
		if (party_excess_share(group) >= 0 && group->judged == 0)
			return TRUE;
	}
	return FALSE;
}

static struct bar best_bar(const struct people *people, const char *best)
{
	for (guint i = 0; i < people->groups->len; i++) {
		const struct party *group = people->groups->pdata[i];
		if (strcmp(group->name, best) == 0)
			return (struct bar){ group, party_excess_share(group) };
	}
	return (struct bar){ 0 };
}

static gboolean has_bar(const GArray *bars, const struct party *party)
{
	for (guint i = 0; i < bars->len; i++)
		if (g_array_index(bars, struct bar, i).party == party)
			return TRUE;
	return FALSE;
}

/* The title names the best, too: of many those between are left out. */
static void leave_out(GArray *bars, const struct people *people, const char *best)
{
	struct bar bar = best_bar(people, best);
	if (bars->len <= MOST_BARS)
		return;
	g_array_set_size(bars, MOST_BARS - 1);
	if (bar.party && !has_bar(bars, bar.party))
		g_array_append_val(bars, bar);
}

/* What a bar is, and that there are others where some were left out. */
static char *subtitle_of_groups(const struct people *people, guint drawn, guint all)
{
	const char *says = is_any_unjudged(people->groups)
	                           ? "Share of the node-hours allocated to each; emphasised: above "
	                             "the training threshold; left out: groups of whose work "
	                             "nothing could be judged"
	                           : "Node-hours held and not needed, share of what each was "
	                             "allocated; emphasised: above the training threshold";
	return all > drawn ? g_strdup_printf("%s; %u of %u groups", says, drawn, all)
	                   : g_strdup(says);
}

struct chart *chart_of_groups(const struct composition *c)
{
	const struct people *people = c->analysis->evidence.people;
	if (!c->analysis->evidence.has_usage)
		return NULL;
	struct chart *chart = chart_new(CHART_BARS, "groups");
	const char *worst = figure_text(c, "groups.worst"), *best = figure_text(c, "groups.best");
	g_autoptr(GArray) bars = bars_from(0, people->groups, excess_share, people->pools);
	guint all = bars->len;
	leave_out(bars, people, best);
	if (!c->analysis->evidence.has_groups || bars->len < 2)
		return chart_too_thin(
			chart, c,
			"There are not two groups with measured work that may be compared.");
	chart->y_share = TRUE;
	struct chart_series *series = chart_series_add(chart, "Held and not needed", INK_SERIES_1);
	double training = people_training_share(c->analysis->evidence.assumptions);
	for (guint i = 0; i < bars->len; i++) {
		const struct bar *bar = &g_array_index(bars, struct bar, i);
		g_autofree char *text = format_share_by(&c->format, bar->value, training);
		chart_point_add(series, i, bar->value, bar->party->name, text)->strong =
			bar->party->is_training;
	}
	g_autofree char *other = g_strdup_printf("; at %s %s", best,
	                                         figure_text(c, "groups.best.share"));
	g_autofree char *subtitle = subtitle_of_groups(people, bars->len, all);
	/* Of groups too small to be shown by themselves nothing is made but a bar, which may be the
	 * shortest. */
	gboolean is_least = g_array_index(bars, struct bar, bars->len - 1).value >=
	                    figure_number(c, "groups.worst.share");
	const char *most = figure_text(c, "groups.worst.share");
	const char *least = figure_text(c, "groups.best.share");
	const char *rest = strcmp(most, least) == 0 ? ", and nowhere more" : other;
	if (strcmp(worst, best) == 0)
		rest = is_least ? ", and nowhere less" : "";
	chart_say(chart, c,
	          g_strdup_printf("At %s %s of what was held was not needed%s", worst, most, rest),
	          subtitle,
	          g_strdup_printf("One bar a group, largest share first; of more than %d the "
	                          "largest, and the one of the title.",
	                          MOST_BARS));
	return chart;
}

double stretch_hours(const struct days *days, gint32 from, gint32 to, gboolean gpu)
{
	gint64 seconds = 0;
	for (gint32 day = MAX(from, days->first);
	     day < to && day - days->first < (gint32)days->of->len; day++) {
		const struct day_use *use = &g_array_index(days->of, struct day_use,
		                                           day - days->first);
		seconds += gpu ? use->gpu_seconds : use->cpu_seconds;
	}
	return (double)seconds / 3600;
}

static void add_group_line(struct chart *chart, const struct composition *c,
                           const struct growth_lines *lines, guint group, gboolean gpu)
{
	const struct tally *tally = c->analysis->evidence.tally;
	struct chart_series *series = chart_series_add(chart, intern_text(tally->groups, group),
	                                               INK_SERIES_1);
	for (guint i = 0; i < lines->stretches; i++) {
		gint32 day = lines->first + (gint32)i * lines->days;
		double hours = stretch_hours(tally->group_days->pdata[group], day,
		                             day + lines->days, gpu);
		chart_point_add(series, (double)day * 86400, hours, NULL, NULL);
	}
}

static gboolean is_called(const struct composition *c, const struct party *group, const char *name)
{
	g_autofree char *label = label_of(c, group);
	return strcmp(label, name) == 0;
}

/* The one that the title names, and the largest groups beside it, of those that may be told by
 * time. */
static void add_group_lines(struct chart *chart, const struct composition *c,
                            const struct growth_lines *lines, gboolean gpu, const char *named)
{
	const struct evidence *evidence = &c->analysis->evidence;
	const GPtrArray *groups = evidence->people->groups;
	for (guint i = 0; i < 2 * groups->len && chart->series->len < 8; i++) {
		const struct party *group = groups->pdata[i % groups->len];
		gint64 number = intern_find(evidence->tally->groups, slice_of(group->name));
		gboolean first = i < groups->len;
		if ((gpu ? group->use.gpu_seconds : group->use.cpu_seconds) > 0 &&
		    lines->shown[number] && is_called(c, group, named) == first)
			add_group_line(chart, c, lines, (guint)number, gpu);
	}
}

/* Where even the one that grew most held less, nobody grew. */
static char *title_of_growth(const struct composition *c, const char *name, const char *factor,
                             const char *hours)
{
	if (figure_number(c, factor) < 1)
		return g_strdup_printf("No %s whose course can be shown held more %s at the end "
		                       "than at the beginning",
		                       figure_text(c, "group.word"), hours);
	return g_strdup_printf("%s used %s times as many %s a day at the end as at the beginning",
	                       figure_text(c, name), figure_text(c, factor), hours);
}

struct chart *chart_of_growth(const struct composition *c)
{
	const struct evidence *evidence = &c->analysis->evidence;
	gboolean gpu = figure_number(c, "growth.gpu") != 0;
	const char *what = gpu ? "gpu" : "cpu";
	const struct growth_lines *lines = gpu ? &evidence->gpu_lines : &evidence->cpu_lines;
	g_autofree char *name = g_strdup_printf("growth.%s.group", what),
			*factor = g_strdup_printf("growth.%s.factor", what);
	if (!figures_find(c->report->figures, factor)->has_value)
		return NULL;
	struct chart *chart = chart_new(CHART_MULTIPLES, "growth");
	chart->x_time = TRUE;
	add_group_lines(chart, c, lines, gpu, figure_text(c, name));
	g_autofree char *subtitle = g_strdup_printf("%s by %s, sums of %d %s, one scale",
	                                            gpu ? "GPU-hours" : "Core-hours",
	                                            figure_text(c, "group.word"), lines->days / 7,
	                                            lines->days / 7 == 1 ? "week" : "weeks");
	chart_say(chart, c, title_of_growth(c, name, factor, gpu ? "GPU-hours" : "core-hours"),
	          subtitle,
	          g_strdup_printf("One small chart for each %s, all on one scale.",
	                          figure_text(c, "group.word")));
	return chart;
}

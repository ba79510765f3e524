/* SPDX-License-Identifier: Apache-2.0 */
/* Users as marks over two axes, from nothing but what the tables of the report tell of each. */
#include "finding/advice.h"
#include "report/compose.h"

#define LEAST_USERS 5
#define MOST_LABELS 5
#define HOUR 3600.0
#define GIB 1073741824.0

/* What users are told apart by: a share of what they hold that they use. */
struct habit {
	double (*share)(const struct party *user); /* below nought: not known */
	double least;                              /* of those who do well */
};

/* How many of them, and how many of the core-hours are theirs. */
struct split {
	guint known, unknown, below;
	gint64 seconds, seconds_below; /* of all users, and of those below */
};

static gboolean is_below(const struct habit *habit, const struct party *user)
{
	return habit->share(user) < habit->least;
}

static struct split split_users(const struct habit *habit, const GPtrArray *users)
{
	struct split sum = { 0 };
	for (guint i = 0; i < users->len; i++) {
		const struct party *user = users->pdata[i];
		gboolean known = habit->share(user) >= 0, below = known && is_below(habit, user);
		sum.seconds += user->use.cpu_seconds;
		sum.seconds_below += below ? user->use.cpu_seconds : 0;
		sum.known += known;
		sum.unknown += !known;
		sum.below += below;
	}
	return sum;
}

static char *count_text(const struct composition *c, guint count)
{
	return format_value(&c->format, UNIT_COUNT, count);
}

/* "; they have 12 % of the core-hours" */
static char *core_hours_of_those_below(const struct composition *c, const struct split *split)
{
	g_autofree char *share = format_value(&c->format, UNIT_SHARE,
	                                      (double)split->seconds_below /
	                                              (double)MAX(1, split->seconds));
	return g_strdup_printf("; %s %s of the core-hours",
	                       split->below == 1 ? "this user has" : "they have", share);
}

/* "; of 2,000 users the 300 with most core-hours are drawn" */
static char *drawn_of(const struct composition *c, guint users)
{
	g_autofree char *all = count_text(c, users);
	return users > CHART_MARKS
	               ? g_strdup_printf("; of %s users the %d with most core-hours are drawn", all,
	                                 CHART_MARKS)
	               : g_strdup("");
}

/* "; 12 users are not measured" */
static char *left_out(const struct composition *c, guint users, const char *of_one,
                      const char *of_several)
{
	g_autofree char *count = count_text(c, users);
	return users ? g_strdup_printf("; %s %s", count, users == 1 ? of_one : of_several)
	             : g_strdup("");
}

static struct chart *two_kinds(const char *id, const char *well, const char *badly)
{
	struct chart *chart = chart_new(CHART_SCATTER, id);
	chart_series_add(chart, well, INK_SERIES_1);
	chart_series_add(chart, badly, INK_SERIES_2);
	return chart;
}

static const char *name_of(const struct party *user)
{
	return *user->name ? user->name : "(not named)";
}

/* Among its own; the first few of those who do badly are named. Added in the order of
 * core-hours. */
static struct chart_point *add_user(struct chart *chart, const struct party *user, gboolean below,
                                    double x, double y)
{
	struct chart_series *series = chart->series->pdata[below];
	struct chart_point *point = chart_point_add(series, x, y, name_of(user), NULL);
	point->strong = below && series->points->len <= MOST_LABELS;
	return point;
}

/* Efficiency */

static double efficiency_of(const struct party *user)
{
	return user->median_efficiency / 100.0;
}

static void add_efficiencies(struct chart *chart, const struct composition *c,
                             const struct habit *habit, const GPtrArray *users)
{
	for (guint i = 0, drawn = 0; i < users->len && drawn < CHART_MARKS; i++) {
		const struct party *user = users->pdata[i];
		double hours = (double)user->use.cpu_seconds / HOUR, share = efficiency_of(user);
		if (share < 0)
			continue;
		struct chart_point *point = add_user(chart, user, is_below(habit, user), hours,
		                                     share);
		point->x_text = format_value(&c->format, UNIT_HOURS, hours);
		point->value_text = format_whole(&c->format, share);
		point->tooltip = g_strdup_printf("%s: %s core-hours, %s", name_of(user),
		                                 point->x_text, point->value_text);
		drawn++;
	}
}

static char *efficiency_title(const struct composition *c, const struct split *split)
{
	const char *threshold = figure_text(c, "assumption.idle_efficiency");
	g_autofree char *below = count_text(c, split->below), *all = count_text(c, split->known);
	g_autofree char *theirs = core_hours_of_those_below(c, split);
	if (split->below == 0)
		return g_strdup_printf(
			"The typical job of each of %s users keeps at least %s of its CPUs busy",
			all, threshold);
	return g_strdup_printf(
		"The typical job of %s of %s users keeps less than %s of its CPUs busy%s", below,
		all, threshold, theirs);
}

static void dress_efficiency(struct chart *chart, const struct composition *c)
{
	g_autofree char *line = g_strdup_printf("%s: idle below",
	                                        figure_text(c, "assumption.idle_efficiency"));
	chart_line_add(chart, figure_number(c, "assumption.idle_efficiency"), FALSE, line,
	               INK_SERIES_2);
	chart->x_log = chart->y_share = TRUE;
	chart->y_max = 1;
	chart->x_title = g_strdup("core-hours, logarithmic");
	chart->y_title = g_strdup("median CPU efficiency");
}

struct chart *chart_of_efficiency(const struct composition *c)
{
	const struct habit habit = { efficiency_of,
		                     figure_number(c, "assumption.idle_efficiency") };
	const char *threshold = figure_text(c, "assumption.idle_efficiency");
	g_autofree char *well = g_strdup_printf("%s or more", threshold),
			*badly = g_strdup_printf("less than %s", threshold);
	g_autoptr(GPtrArray) users = people_by_core_hours(c->analysis->evidence.people->users);
	struct split split = split_users(&habit, users);
	if (!c->analysis->evidence.has_users || split.known == 0)
		return NULL;
	struct chart *chart = two_kinds("efficiency", well, badly);
	if (split.known < LEAST_USERS)
		return chart_too_thin(
			chart, c,
			"Fewer than five users have a job whose CPU efficiency could be judged.");
	add_efficiencies(chart, c, &habit, users);
	dress_efficiency(chart, c);
	g_autofree char *drawn = drawn_of(c, split.known);
	g_autofree char *rest = left_out(c, split.unknown, "user has no judged job",
	                                 "users have no judged job");
	g_autofree char *subtitle = g_strconcat("A mark a user: core-hours, and the median CPU "
	                                        "efficiency of judged jobs, however few",
	                                        drawn, rest, NULL);
	chart_say(chart, c, efficiency_title(c, &split), subtitle,
	          g_strdup("The further right a mark, the more core-hours; the higher, the more of "
	                   "the CPUs are busy."));
	return chart;
}

/* Requested memory */

/* Gives how many can be drawn. */
static guint add_requests(struct chart *chart, const struct composition *c,
                          const struct habit *habit, const GPtrArray *users)
{
	g_autoptr(GArray) list = advice_list(&c->analysis->evidence);
	g_autoptr(GHashTable) all = advice_asked(list);
	guint count = 0;
	for (guint i = 0; i < users->len; i++) {
		const struct party *user = users->pdata[i];
		const struct advice_asked *asked = g_hash_table_lookup(all, user->name);
		if (!asked || party_memory_share(user) < 0 || count++ >= CHART_MARKS)
			continue;
		double bytes = asked->bytes, used = bytes * party_memory_share(user);
		struct chart_point *point = add_user(chart, user, is_below(habit, user),
		                                     bytes / GIB, used / GIB);
		point->x_text = format_value(&c->format, UNIT_BYTES, bytes);
		point->value_text = format_value(&c->format, UNIT_BYTES, used);
		point->tooltip = g_strdup_printf("%s: %s asked, %s used", user->name, point->x_text,
		                                 point->value_text);
	}
	return count;
}

static char *requested_title(const struct composition *c, const struct split *split)
{
	g_autofree char *below = count_text(c, split->below), *all = count_text(c, split->known);
	g_autofree char *theirs = core_hours_of_those_below(c, split);
	if (split->below == 0)
		return g_strdup_printf(
			"Each of %s users used at least half of the memory asked for", all);
	return g_strdup_printf(
		"%s of %s users asked for more than twice the memory that was used%s", below, all,
		theirs);
}

static char *requested_subtitle(const struct composition *c, const struct split *split,
                                guint drawable)
{
	g_autofree char *drawn = drawn_of(c, drawable);
	g_autofree char *few = left_out(c, split->known - drawable, "measured user has none there",
	                                "measured users have none there");
	g_autofree char *rest = left_out(c, split->unknown, "user is not measured",
	                                 "users are not measured");
	return g_strconcat("A mark a user: memory asked on a node, as the table of users has it, "
	                   "and how much of it was used at the peak",
	                   drawn, few, rest, NULL);
}

struct chart *chart_of_requested(const struct composition *c)
{
	const struct habit habit = { party_memory_share, 0.5 };
	g_autoptr(GPtrArray) users = people_by_core_hours(c->analysis->evidence.people->users);
	struct split split = split_users(&habit, users);
	if (!c->analysis->evidence.has_users || split.known == 0)
		return NULL;
	struct chart *chart = two_kinds("requested", "half or more used", "less than half used");
	guint drawable = add_requests(chart, c, &habit, users);
	if (drawable < LEAST_USERS)
		return chart_too_thin(chart, c,
		                      "Fewer than five users have ten measured jobs of one kind, "
		                      "from which it is told what memory they ask for on a node.");
	chart->x_log = chart->y_log = TRUE;
	chart->diagonal = g_strdup("all of it used");
	chart->x_title = g_strdup("asked on a node, GiB, logarithmic");
	chart->y_title = g_strdup("used, GiB");
	g_autofree char *subtitle = requested_subtitle(c, &split, drawable);
	chart_say(chart, c, requested_title(c, &split), subtitle,
	          g_strdup("The further right a mark, the more memory was asked for; the further "
	                   "below the line, the less of it was used."));
	return chart;
}

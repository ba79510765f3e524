/* SPDX-License-Identifier: Apache-2.0 */
#include "report/previous.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/terminal.h"
#include "report/compose.h"

static void figure_free(gpointer data)
{
	struct previous_figure *figure = data;
	g_free(figure->text);
	g_free(figure);
}

struct previous *previous_new(const char *name)
{
	struct previous *previous = g_new0(struct previous, 1);
	previous->name = g_strdup(name);
	previous->figures = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, figure_free);
	previous->assumptions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return previous;
}

void previous_free(struct previous *previous)
{
	if (!previous)
		return;
	g_hash_table_unref(previous->figures);
	g_hash_table_unref(previous->assumptions);
	g_free(previous->name);
	g_free(previous->from);
	g_free(previous->to);
	g_free(previous->currency);
	g_free(previous);
}

void previous_add_figure(struct previous *previous, const char *id, double value, const char *text)
{
	struct previous_figure *figure = g_new(struct previous_figure, 1);
	*figure = (struct previous_figure){ isfinite(value) ? value : NAN, g_strdup(text) };
	g_hash_table_insert(previous->figures, g_strdup(id), figure);
}

void previous_add_assumption(struct previous *previous, const char *key,
                             struct previous_assumption assumption)
{
	g_hash_table_insert(previous->assumptions, g_strdup(key),
	                    g_memdup2(&assumption, sizeof assumption));
}

gboolean previous_set_period(struct previous *previous, const char *text)
{
	static const char form[] = "dddd-dd-dd to dddd-dd-dd";
	const gsize day = strlen("dddd-dd-dd"), length = strlen(text);
	gboolean good = length == day || length == sizeof form - 1;
	for (guint i = 0; good && text[i]; i++)
		good = form[i] == 'd' ? g_ascii_isdigit(text[i]) : text[i] == form[i];
	if (!good)
		return FALSE;
	previous->from = g_strndup(text, day);
	previous->to = g_strdup(text + length - day);
	return TRUE;
}

static double value_of(const struct previous *previous, const char *id)
{
	const struct previous_figure *figure = g_hash_table_lookup(previous->figures, id);
	return figure ? figure->value : NAN;
}

static const char *text_of(const struct previous *previous, const char *id)
{
	const struct previous_figure *figure = g_hash_table_lookup(previous->figures, id);
	return figure && figure->text ? figure->text : "";
}

/* Whether it can be compared */

static gboolean refuse(const struct previous *previous, GError **error, const char *what,
                       const char *theirs, const char *ours)
{
	g_autofree char *then = terminal_escape(slice_of(theirs)),
			*now = terminal_escape(slice_of(ours));
	return error_failed(error,
	                    "%s cannot be compared with this report: %s “%s” there and “%s” here",
	                    previous->name, what, then, now);
}

/* A cluster that one of the two does not name may be the same. */
static gboolean same_cluster(const struct previous *previous, const struct composition *c,
                             GError **error)
{
	const char *then = text_of(previous, "site.cluster"),
		   *now = c->report->cluster ? c->report->cluster : "";
	return !*then || !*now || strcmp(then, now) == 0 ||
	       refuse(previous, error, "the cluster is", then, now);
}

/* What is read of either report: its texts, and its numbers, NAN where there is none. */
struct side {
	const char *(*text)(const void *of, const char *id);
	double (*number)(const void *of, const char *id);
	const void *of;
	gboolean at_end; /* of nodes those at the end of its period count, and not those of all of
	                    it */
};

static gint by_label(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static gboolean is_owned(const struct side *side, guint p)
{
	g_autofree char *nodes = g_strdup_printf("pool.%u.nodes", p),
			*mean = g_strdup_printf("pool.%u.nodes_mean", p);
	/* And not NAN. */
	return side->number(side->of, nodes) > 0 ||
	       (!side->at_end && side->number(side->of, mean) > 0);
}

/* Of which kind there are most nodes changes with a node or two. Where capacity is known, a kind
 * that was not owned in the period is in no money: what jobs show of nodes that the inventory lacks
 * is as large as these jobs, and another each time. Nor is a kind that the former period did not
 * have to its end. */
static char *pools_of(const struct side *side)
{
	g_autoptr(GPtrArray) labels = g_ptr_array_new();
	gboolean has_capacity = side->number(side->of, "has.capacity") > 0;
	for (guint p = 1;; p++) {
		g_autofree char *id = g_strdup_printf("pool.%u.label", p);
		const char *label = side->text(side->of, id);
		if (!*label)
			break;
		if (!has_capacity || is_owned(side, p))
			g_ptr_array_add(labels, (gpointer)label);
	}
	g_ptr_array_sort(labels, by_label);
	g_ptr_array_add(labels, NULL);
	return g_strjoinv("; ", (char **)labels->pdata);
}

static const char *text_then(const void *of, const char *id)
{
	return text_of(of, id);
}

static double number_then(const void *of, const char *id)
{
	return value_of(of, id);
}

static const char *text_now(const void *of, const char *id)
{
	return figure_text(of, id);
}

static double number_now(const void *of, const char *id)
{
	const struct composition *c = of;
	return figures_value(c->report->figures, id, NAN);
}

static gboolean same_pools(const struct previous *previous, const struct composition *c,
                           GError **error)
{
	const struct side there = { text_then, number_then, previous, TRUE },
			  here = { text_now, number_now, c, FALSE };
	g_autofree char *then = pools_of(&there), *now = pools_of(&here);
	return strcmp(then, now) == 0 ||
	       refuse(previous, error, "the kinds of nodes are", then, now);
}

static gboolean same_inventory(const struct previous *previous, const struct composition *c,
                               GError **error)
{
	static const char reason[] = "own_or_rent.unknown";
	gboolean then = value_of(previous, "has.capacity") > 0,
		 now = figure_number(c, "has.capacity") > 0;
	g_autofree char *why = terminal_escape(
		slice_of(now ? text_of(previous, reason) : figure_text(c, reason)));
	g_autofree char *told = *why ? g_strdup_printf(". Of %s it is said: %s",
	                                               now ? "that" : "this", why)
	                             : g_strdup("");
	return then == now || error_failed(error,
	                                   "%s cannot be compared with this report: only one of "
	                                   "them knows the nodes of the cluster (--inventory)%s",
	                                   previous->name, told);
}

static gboolean is_before(const struct previous *previous, const struct composition *c,
                          GError **error)
{
	g_autofree char *period = format_period(previous->from, previous->to);
	g_autofree char *begin = g_strndup(c->report->period, 10);
	return strcmp(previous->to, begin) < 0 ||
	       error_failed(error,
	                    "%s is no former report: its period, %s, does not end before the first "
	                    "day of that of this one, "
	                    "%s; --from and --to say of which days a report is",
	                    previous->name, period, c->report->period);
}

gboolean previous_comparable(const struct previous *previous, const struct composition *c,
                             GError **error)
{
	if (previous->schema != REPORT_SCHEMA)
		return error_failed(error,
		                    "%s is of another form (schema %" G_GINT64_FORMAT
		                    ", not %d): make that report again with this version",
		                    previous->name, previous->schema, REPORT_SCHEMA);
	if (strcmp(previous->currency, c->report->currency) != 0)
		return refuse(previous, error, "the currency is", previous->currency,
		              c->report->currency);
	if (strcmp(text_of(previous, "group.word"), figure_text(c, "group.word")) != 0)
		return refuse(previous, error, "users are grouped by",
		              text_of(previous, "group.word"), figure_text(c, "group.word"));
	return is_before(previous, c, error) && same_cluster(previous, c, error) &&
	       same_inventory(previous, c, error) && same_pools(previous, c, error);
}

/* Figures */

#define SAVING "saving.total.expected"
#define WORTH_OWNING "own.keep_users"
#define UTILIZATION "utilization"
#define WORK "cpu.hours"
#define COVERAGE "coverage"

/* What is compared: in headlines, and as what came of the advice of a finding, which no sum can
 * show: with half the work it is half. */
static const struct compared {
	const char *id;
	enum change change;
	const char *finding; /* whose advice it shows the effect of; NULL: a headline */
} table[] = {
	{ SAVING, CHANGE_RATIO, NULL },
	{ WORTH_OWNING, CHANGE_RATIO, NULL },
	{ "cost.total", CHANGE_RATIO, NULL },
	{ UTILIZATION, CHANGE_POINTS, NULL },
	{ COVERAGE, CHANGE_POINTS, NULL },
	{ "capacity.nodes", CHANGE_RATIO, "own-or-rent" },
	{ WORK, CHANGE_DAILY, NULL },
	{ "gpu.hours", CHANGE_DAILY, NULL },
	{ "jobs.count", CHANGE_DAILY, NULL },
	{ "demand.cpus.p85", CHANGE_RATIO, NULL },
	{ "demand.cpus.peak", CHANGE_RATIO, "peak" },
	{ "power.excess.share", CHANGE_POINTS, "power-users" },
	{ "memory.excess.share", CHANGE_POINTS, "memory" },
	{ "idle.excess.share", CHANGE_POINTS, "idle-jobs" },
	{ "groups.training.count", CHANGE_RATIO, "groups" },
	{ "failed.share", CHANGE_POINTS, "failed-work" },
	{ "limits.loose.share", CHANGE_POINTS, "time-limits" },
	{ "short.share", CHANGE_POINTS, "short-jobs" },
	{ "serial.spare.share", CHANGE_POINTS, "serial-cores" },
	{ "gpus.idle.share", CHANGE_POINTS, "gpus" },
	{ "spread.share", CHANGE_POINTS, "fragmentation" },
	{ "waiting.late.share", CHANGE_POINTS, "waiting" },
	{ "stranded.cpus.share", CHANGE_POINTS, "stranded" },
};

/* Printed as `figure` is. */
static void add_previous(struct figures *figures, const char *id, const struct figure *figure,
                         double value, const char *label)
{
	enum unit unit = figure->unit;
	gboolean fine = figure->fine;
	if (!isfinite(value))
		figures_add_missing(figures, id, unit, "the former report does not have it", label);
	else
		figures_add(figures, id, unit, value, label)->fine = fine;
}

/* Sums of periods that differ in length are no measure: so much a day is. */
static void add_daily(struct figures *figures, const struct previous *previous,
                      const struct figure *figure)
{
	g_autofree char *now = g_strconcat("daily.", figure->id, NULL),
			*then = g_strconcat("previous.daily.", figure->id, NULL);
	g_autofree char *sum = g_strconcat(figure->id, " / window.days", NULL);
	g_autofree char *label = g_strconcat(figure->label, ", a day", NULL);
	g_autofree char *label_then = g_strconcat(label, ", in the former report", NULL);
	enum unit unit = figure->unit == UNIT_COUNT ? UNIT_NUMBER : figure->unit;
	const struct figure *daily = figures_derive(figures, now, unit, sum, label);
	add_previous(figures, then, daily,
	             value_of(previous, figure->id) / value_of(previous, "window.days"),
	             label_then);
}

/* A saving with what users could give back, and one without, are two different things. */
static gboolean usage_differs(const struct previous *previous, const struct composition *c)
{
	double then = previous ? value_of(previous, "has.usage") : NAN;
	return isfinite(then) && (then > 0) != (figure_number(c, "has.usage") > 0);
}

static gboolean is_least(const struct previous *previous)
{
	return value_of(previous, "saving.is_least") > 0;
}

/* Why no change is told of two numbers that are both known; NULL: it is. */
static const char *why_no_change(const struct previous *previous, const struct composition *c,
                                 const char *id)
{
	gboolean is_saving = strcmp(id, SAVING) == 0 || strcmp(id, WORTH_OWNING) == 0;
	if (is_saving && usage_differs(previous, c))
		return "Only one of the two reports knows what jobs used";
	if (is_saving &&
	    (value_of(previous, "window.is_short") > 0 || figure_number(c, "window.is_short") > 0))
		return "One of the two periods is too short to tell a saving";
	if (strcmp(id, SAVING) == 0 &&
	    (is_least(previous) || figure_number(c, "saving.is_least") > 0))
		return "The least that a saving can be does not tell how it changed";
	if (strcmp(id, UTILIZATION) == 0 && figure_number(c, "utilization.is_bound") > 0)
		return "Two upper bounds do not tell how what is below them changed";
	return NULL;
}

static void say_at_least(const struct composition *c, struct figure *figure)
{
	g_autofree char *text = format_value(&c->format, figure->unit, figure->value);
	figure->text = g_strconcat("at least ", text, NULL);
}

static void add_compared(const struct previous *previous, struct composition *c,
                         const struct compared *compared)
{
	struct figures *figures = c->report->figures;
	const struct figure *figure = figures_find(figures, compared->id);
	g_assert(figure);
	const char *daily = compared->change == CHANGE_DAILY ? "daily." : "";
	g_autofree char *now = g_strconcat(daily, compared->id, NULL),
			*then = g_strconcat("previous.", now, NULL);
	g_autofree char *id = g_strconcat("change.", compared->id, NULL);
	g_autofree char *label = g_strconcat(figure->label, ", change since the former report",
	                                     NULL);
	g_autofree char *label_then = g_strconcat(figure->label, ", in the former report", NULL);
	gboolean points = compared->change == CHANGE_POINTS;
	g_autofree char *how = g_strdup_printf(points ? "100 * (%s - %s)" : "%s / %s - 1", now,
	                                       then);
	if (*daily)
		add_daily(figures, previous, figure);
	else
		add_previous(figures, then, figure, value_of(previous, compared->id), label_then);
	if (strcmp(compared->id, SAVING) == 0 && is_least(previous))
		say_at_least(c, figures_find(figures, then));
	enum unit unit = points ? UNIT_NUMBER : UNIT_SHARE;
	const char *why = why_no_change(previous, c, compared->id);
	struct figure *change = why ? figures_add_missing(figures, id, unit, why, label)
	                            : figures_derive(figures, id, unit, how, label);
	if (change->has_value)
		change->text = format_change(&c->format, compared->change,
		                             figures_find(figures, then)->value,
		                             figures_find(figures, now)->value, figure->fine);
}

static gboolean is_set(double value)
{
	return value > 0; /* and not NAN */
}

/* What a finding was and is: of one that could not be judged, or is not known to the other version,
 * nothing is said. */
enum course { COURSE_UNKNOWN, COURSE_NEW, COURSE_CLOSED, COURSE_OPEN, COURSES };

/* Other groups are shown, and others put together. */
static gboolean cells_differ(const struct previous *previous, const struct composition *c)
{
	double then = previous ? value_of(previous, "cells.min_users") : NAN;
	return isfinite(then) && then != figure_number(c, "cells.min_users");
}

static gboolean speaks_of_cells(const char *finding)
{
	static const char *const all[] = { "groups", "peak", "growth", NULL };
	return g_strv_contains(all, finding);
}

static enum course course_of(const struct previous *previous, const struct composition *c,
                             const char *finding)
{
	if (speaks_of_cells(finding) && cells_differ(previous, c))
		return COURSE_UNKNOWN;
	g_autofree char *id = g_strdelimit(g_strdup(finding), "-", '_');
	g_autofree char *gain = g_strconcat(id, ".gain", NULL),
			*nothing = g_strconcat(id, ".nothing", NULL);
	gboolean was = is_set(value_of(previous, gain)),
		 was_not = is_set(value_of(previous, nothing));
	gboolean is = figure_number(c, gain) > 0, is_not = figure_number(c, nothing) > 0;
	if (is)
		return was ? COURSE_OPEN : was_not ? COURSE_NEW : COURSE_UNKNOWN;
	return was && is_not ? COURSE_CLOSED : COURSE_UNKNOWN;
}

static void add_courses(const struct previous *previous, struct composition *c)
{
	static const struct { const char *id, *names, *label; } of[COURSES] = {
		[COURSE_NEW] = { "compare.new", "compare.new.names",
			"Findings that are new since the former report" },
		[COURSE_CLOSED] = { "compare.closed", "compare.closed.names",
			"Findings of the former report that are closed" },
		[COURSE_OPEN] = { "compare.open", "compare.open.names",
			"Findings of the former report that are still open" },
	};
	const GPtrArray *findings = c->analysis->findings;
	for (enum course course = COURSE_NEW; course < COURSES; course++) {
		g_autoptr(GPtrArray) names = g_ptr_array_new();
		for (guint i = 0; previous && i < findings->len; i++) {
			const struct finding_kind *kind =
				((const struct finding *)findings->pdata[i])->kind;
			if (course_of(previous, c, kind->id) == course)
				g_ptr_array_add(names, (gpointer)kind->nav);
		}
		figures_add(c->report->figures, of[course].id, UNIT_COUNT, names->len,
		            of[course].label);
		g_ptr_array_add(names, NULL);
		g_autofree char *list = g_strjoinv(", ", (char **)names->pdata);
		g_autofree char *label = g_strconcat(of[course].label, ", by name", NULL);
		figures_add_text(c->report->figures, of[course].names, list, label);
	}
}

static guint assumptions_changed(const struct previous *previous, const struct composition *c)
{
	guint count = 0;
	for (enum assumption_key key = 0; previous && key < ASSUMPTIONS; key++) {
		const struct assumption *now = assumptions_get(c->analysis->evidence.assumptions,
		                                               key);
		const struct previous_assumption *then = g_hash_table_lookup(previous->assumptions,
		                                                             now->key);
		count += !then || then->low != now->value[SCENARIO_LOW] ||
		         then->expected != now->value[SCENARIO_EXPECTED] ||
		         then->high != now->value[SCENARIO_HIGH];
	}
	return count;
}

#define SAME_LENGTH 0.05

static gboolean lengths_differ(const struct previous *previous, const struct composition *c)
{
	double then = previous ? value_of(previous, "window.days") : NAN,
	       now = figure_number(c, "window.days");
	return isfinite(then) && fabs(then - now) > SAME_LENGTH * MAX(then, now);
}

#define DAY 86400
#define YEAR_DAYS 365.25
#define SAME_SEASON 31 /* days between the times of the year at which they begin */

/* Of a whole year all seasons are in it. */
static gboolean seasons_differ(const struct previous *previous, const struct composition *c)
{
	double then = previous ? value_of(previous, "window.from") : NAN,
	       days = previous ? value_of(previous, "window.days") : NAN;
	double apart = fmod((figure_number(c, "window.from") - then) / DAY, YEAR_DAYS);
	gboolean years = MIN(days, figure_number(c, "window.days")) > YEAR_DAYS - SAME_SEASON;
	return isfinite(then) && isfinite(days) && !years &&
	       MIN(apart, YEAR_DAYS - apart) > SAME_SEASON;
}

/* What nobody did on account of a report, and what moves its figures all the same. */
static const struct cause {
	const char *of, *id, *label;
	double more; /* changed by more than this */
} causes[] = {
	{ WORK, "compare.work",
	  "Jobs held another number of core-hours a day than in the former report", 0.1 },
	{ COVERAGE, "compare.coverage",
	  "Use is known of another share of the node-hours than in the former report", 2 },
};

static void add_cause(const struct previous *previous, struct figures *figures,
                      const struct cause *cause)
{
	g_autofree char *id = g_strconcat("change.", cause->of, NULL),
			*words = g_strconcat(cause->id, ".words", NULL);
	g_autofree char *label = g_strconcat(cause->label, ": by how much", NULL);
	const struct figure *change = previous ? figures_find(figures, id) : NULL;
	gboolean is_one = change && change->has_value && fabs(change->value) > cause->more;
	figures_add(figures, cause->id, UNIT_COUNT, is_one, cause->label);
	figures_add_text(figures, words, is_one ? change->text : "", label);
}

#define LENGTH "Length of the period of the former report"

void previous_add_figures(const struct previous *previous, struct composition *c)
{
	struct figures *figures = c->report->figures;
	g_autofree char *period = previous ? format_period(previous->from, previous->to) : NULL;
	figures_add(figures, "has.previous", UNIT_COUNT, previous != NULL,
	            "There is a former report to compare with");
	figures_add_text(figures, "previous.period", period ? period : "",
	                 "Period of the former report");
	if (previous)
		add_previous(figures, "previous.window.length",
		             figures_find(figures, "window.length"),
		             86400 * value_of(previous, "window.days"), LENGTH);
	else
		figures_add_missing(figures, "previous.window.length", UNIT_SECONDS,
		                    "no former report was given", LENGTH);
	figures_add(figures, "compare.lengths_differ", UNIT_COUNT, lengths_differ(previous, c),
	            "The two periods differ in length");
	figures_add(figures, "compare.seasons_differ", UNIT_COUNT, seasons_differ(previous, c),
	            "The two periods begin at other times of the year");
	figures_add(figures, "compare.hollow", UNIT_COUNT,
	            previous && value_of(previous, "window.is_hollow") > 0,
	            "The former period has no jobs at its ends");
	figures_add(figures, "compare.assumptions", UNIT_COUNT, assumptions_changed(previous, c),
	            "Assumptions that changed since the former report");
	figures_add(figures, "compare.usage", UNIT_COUNT, usage_differs(previous, c),
	            "Only one of the two reports knows what jobs used");
	figures_add(figures, "compare.min_users", UNIT_COUNT, cells_differ(previous, c),
	            "Groups are shown from another number of users on than in the former report");
	add_courses(previous, c);
	for (guint i = 0; previous && i < G_N_ELEMENTS(table); i++)
		add_compared(previous, c, &table[i]);
	for (guint i = 0; i < G_N_ELEMENTS(causes); i++)
		add_cause(previous, figures, &causes[i]);
	figures_add(figures, "compare.saving", UNIT_COUNT,
	            previous && figures_find(figures, "change." SAVING)->has_value,
	            "It is told how the saving changed");
}

/* Datasets */

static struct dataset *add_compared_table(struct composition *c, const char *id, const char *title,
                                          const char *note)
{
	struct dataset *dataset = report_add_dataset(c->report, id, title, note);
	dataset_add_column(dataset, "figure", "Figure", UNIT_TEXT);
	dataset_add_column(dataset, "before", "Before", UNIT_TEXT);
	dataset_add_column(dataset, "now", "Now", UNIT_TEXT);
	dataset_add_column(dataset, "change", "Since then", UNIT_TEXT);
	return dataset;
}

/* `of`: the finding whose advice it shows, or NULL. Nothing is said of what one of the two does not
 * know, and nothing of what was and is nought. */
static void add_row(struct dataset *dataset, const struct composition *c,
                    const struct compared *compared, const char *of)
{
	const char *daily = compared->change == CHANGE_DAILY ? "daily." : "";
	g_autofree char *now_id = g_strconcat(daily, compared->id, NULL),
			*then_id = g_strconcat("previous.", now_id, NULL);
	const struct figure *now = figures_find(c->report->figures, now_id),
			    *then = figures_find(c->report->figures, then_id);
	g_autofree char *id = g_strconcat("change.", compared->id, NULL);
	const struct figure *change = figures_find(c->report->figures, id);
	if (!now->has_value || !then->has_value || (now->value == 0 && then->value == 0))
		return;
	/* Where only one knows what users need, the other's nodes are not those of its label. */
	if (strcmp(compared->id, WORTH_OWNING) == 0 && figure_number(c, "compare.usage") > 0)
		return;
	dataset_add_row(dataset);
	g_autofree char *label = g_strconcat(of ? of : "", of ? ": " : "", now->label, NULL);
	dataset_set_text(dataset, "figure", label);
	dataset_set_text(dataset, "before", then->text);
	dataset_set_text(dataset, "now", now->text);
	dataset_set_text(dataset, "change", change->has_value ? change->text : "");
}

static const char *nav_of(const struct composition *c, const char *finding)
{
	const GPtrArray *findings = c->analysis->findings;
	for (guint i = 0; i < findings->len; i++) {
		const struct finding_kind *kind =
			((const struct finding *)findings->pdata[i])->kind;
		if (strcmp(kind->id, finding) == 0)
			return kind->nav;
	}
	return finding;
}

void previous_add_datasets(const struct previous *previous, struct composition *c)
{
	struct dataset *headlines =
		add_compared_table(c, "compared", "Then and now",
	                           "What was printed of the former period, and of this one.");
	struct dataset *actions = add_compared_table(
		c, "actions", "What came of the advice",
		"Findings of the former report, by the figure that their advice should move.");
	for (guint i = 0; previous && i < G_N_ELEMENTS(table); i++) {
		const struct compared *compared = &table[i];
		enum course course = compared->finding ? course_of(previous, c, compared->finding)
		                                       : COURSE_UNKNOWN;
		if (!compared->finding)
			add_row(headlines, c, compared, NULL);
		else if (course == COURSE_OPEN || course == COURSE_CLOSED)
			add_row(actions, c, compared, nav_of(c, compared->finding));
	}
	figures_add(c->report->figures, "compare.actions", UNIT_COUNT, actions->rows->len,
	            "Findings of the former report of which it is known what came of them");
	format_figures(&c->format, c->report->figures);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/compose.h"

#include <stdio.h>
#include <stdlib.h>

#define HOUR 3600

/* Means by whole hour of what was held, from seconds held in each minute. */
static double *hourly(const gint64 *minutes, gsize hours)
{
	double *means = g_new0(double, hours + 1);
	for (gsize h = 0; h < hours; h++) {
		gint64 sum = 0;
		for (gsize m = 0; m < 60; m++)
			sum += minutes[h * 60 + m];
		means[h] = (double)sum / HOUR;
	}
	return means;
}

void compose_hours(struct composition *c)
{
	const struct tally *tally = c->analysis->evidence.tally;
	gsize minutes;
	g_autofree gint64 *cpus = series_values(tally->cpus, tally->rules.from, tally->rules.to,
	                                        &minutes);
	g_autofree gint64 *gpus = tally_gpu_minutes(tally, &minutes);
	c->hour_count = minutes / 60;
	c->hours = hourly(cpus, c->hour_count);
	c->gpu_hours = hourly(gpus, c->hour_count);
}

/* Charts place instants as if local time were UTC. */
static double local(const struct composition *c, gint64 seconds)
{
	struct civil at = zone_civil(c->format.zone, seconds);
	gint32 day = zone_day(c->format.zone, seconds);
	return (double)day * 86400 + at.hour * 3600 + at.minute * 60 + at.second;
}

static void mark(struct chart *chart, const struct composition *c, const char *id,
                 const char *words, enum ink ink)
{
	const struct figure *figure = figures_find(c->report->figures, id);
	if (!figure || !figure->has_value)
		return;
	g_autofree char *label = g_strdup_printf("%s: %s", words, figure->text);
	chart_line_add(chart, figure->value, FALSE, label, ink);
}

/* What a chart of demand is about. */
struct held {
	const char *chart, *label, *owned_label, *what, *one_was, *were, *none_was;
	const char *capacity, *best, *utilization, *mean, *p85, *peak;
	gboolean gpus;
};

static const struct held held_cpus = {
	"demand", "CPUs in use", "CPUs owned", "CPUs", "CPU was", "CPUs were", "no CPU was in use",
	"capacity.cpus", "own.keep.cpus", "utilization", "demand.cpus.mean", "demand.cpus.p85",
		"demand.cpus.peak", FALSE,
}, held_gpus = {
	"gpu-demand", "GPUs held", "GPUs owned", "GPUs", "GPU was", "GPUs were", "no GPU was held",
	"capacity.gpus", "own.keep.gpus", "utilization.gpus", "demand.gpus.mean", "demand.gpus.p85",
		"demand.gpus.peak", TRUE,
};

/* In the nodes of the inventory at an instant. */
static double owned_at(const struct evidence *evidence, const struct held *held, gint64 at)
{
	double sum = 0;
	for (guint p = 0; p < evidence->capacities->len; p++) {
		const GArray *steps = evidence->capacities->pdata[p];
		const struct node_shape *shape =
			&inventory_pool(evidence->tally->inventory, p)->shape;
		gint64 nodes = 0;
		for (guint i = 0; steps && i < steps->len; i++) {
			const struct capacity_step *step = &g_array_index(steps,
			                                                  struct capacity_step, i);
			nodes = step->from <= at ? step->nodes : nodes;
		}
		sum += (double)(nodes * (held->gpus ? shape->gpus : shape->cpus));
	}
	return sum;
}

/* One line across, or a stair where nodes came and went. */
static void draw_owned(struct chart *chart, const struct composition *c, const struct held *held)
{
	const struct evidence *evidence = &c->analysis->evidence;
	if (!evidence->has_capacity || !evidence->capacity_varies) {
		mark(chart, c, held->capacity, "owned", INK_SERIES_3);
		return;
	}
	struct chart_series *series = chart_series_add(chart, held->owned_label, INK_SERIES_3);
	double before = -1;
	for (gsize h = 0; h < c->hour_count; h++) {
		gint64 at = evidence->tally->rules.from + (gint64)h * HOUR;
		double owned = owned_at(evidence, held, at);
		if (owned != before)
			chart_point_add(series, local(c, at), owned, NULL, NULL);
		before = owned;
	}
}

/* What costs least, where that is less than there is and more than nothing. Fewer nodes may be as
 * many GPUs. Nobody is to order by a few weeks. */
static void draw_best(struct chart *chart, const struct composition *c, const struct held *held)
{
	double best = figure_number(c, held->best);
	if (figure_number(c, "own.fewer") > 0 && figure_number(c, "window.is_short") == 0 &&
	    best > 0 && best != figure_number(c, held->capacity))
		mark(chart, c, held->best, "best to own", INK_SERIES_3);
}

/* Why nothing can be drawn of the CPUs in use; NULL: it can. */
static char *why_no_cpus_in_use(const struct composition *c)
{
	const struct figure *mean = figures_find(c->report->figures, "demand.cpus.mean");
	return mean->has_value ? NULL
	                       : g_strdup_printf("How many CPUs were in use is not known: %s.",
	                                         mean->reason);
}

static gboolean is_known(const struct composition *c, const char *id)
{
	return figures_find(c->report->figures, id)->has_value;
}

static void draw_demand(struct chart *chart, const struct composition *c, const struct held *held)
{
	const double *hours = held->gpus ? c->gpu_hours : c->hours;
	struct chart_series *series = chart_series_add(chart, held->label, INK_SERIES_1);
	chart->x_time = TRUE;
	for (gsize h = 0; h < c->hour_count; h++)
		chart_point_add(series,
		                local(c,
		                      c->analysis->evidence.tally->rules.from + (gint64)h * HOUR),
		                hours[h], NULL, NULL);
	draw_owned(chart, c, held);
	draw_best(chart, c, held);
	mark(chart, c, held->p85, "P85", INK_SERIES_2);
}

/* "18 CPUs were enough", "no CPU was in use": nobody needs to be told that none is enough. */
static char *what_is_usual(const struct composition *c, const struct held *held)
{
	const struct figure *p85 = figures_find(c->report->figures, held->p85);
	if (p85->has_value && p85->value == 0)
		return g_strdup(held->none_was);
	return g_strdup_printf("%s %s enough", p85->text,
	                       format_word(p85->text, held->one_was, held->were));
}

static struct chart *chart_of_held(const struct composition *c, const struct held *held,
                                   const char *unknown)
{
	struct chart *chart = chart_new(CHART_AREA, held->chart);
	if (unknown || c->hour_count < 48)
		return chart_too_thin(chart, c,
		                      unknown ? unknown
		                              : "The export covers less than two days: too little "
		                                "to draw demand over time.");
	draw_demand(chart, c, held);
	g_autofree char *usual = what_is_usual(c, held);
	g_autofree char *busiest = is_known(c, held->peak)
	                                   ? g_strdup_printf("; the busiest needed %s",
	                                                     figure_text(c, held->peak))
	                                   : g_strdup("");
	g_autofree char *highest = is_known(c, held->peak)
	                                   ? g_strdup_printf(", highest minute %s",
	                                                     figure_text(c, held->peak))
	                                   : g_strdup("");
	char *title = c->analysis->evidence.has_capacity && is_known(c, held->utilization)
	                      ? g_strdup_printf("%s of the %s were held by jobs on average; %s in "
	                                        "85 of 100 minutes",
	                                        figure_text(c, held->utilization), held->what,
	                                        usual)
	                      : g_strdup_printf("%c%s in 85 of 100 minutes%s",
	                                        g_ascii_toupper(usual[0]), usual + 1, busiest);
	g_autofree char *subtitle =
		g_strdup_printf("%s, drawn from hourly means; P85 was enough in 85 of 100 minutes",
	                        held->label);
	g_autofree char *half = held->gpus ? g_strdup("")
	                                   : g_strdup_printf(", median %s",
	                                                     figure_text(c, "demand.cpus.p50"));
	chart_say(chart, c, title, subtitle,
	          g_strdup_printf("Mean %s %s%s%s.", figure_text(c, held->mean), held->what, half,
	                          highest));
	return chart;
}

struct chart *chart_of_demand(const struct composition *c)
{
	g_autofree char *unknown = why_no_cpus_in_use(c);
	return chart_of_held(c, &held_cpus, unknown);
}

struct chart *chart_of_gpu_demand(const struct composition *c)
{
	return chart_of_held(c, &held_gpus,
	                     figure_number(c, held_gpus.mean) > 0 ? NULL : "No job held a GPU.");
}

struct chart *chart_of_main_demand(const struct composition *c)
{
	return figure_number(c, "demand.is_gpus") > 0 ? chart_of_gpu_demand(c) : chart_of_demand(c);
}

static int compare_falling(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left < right) - (left > right);
}

struct chart *chart_of_duration(const struct composition *c)
{
	struct chart *chart = chart_new(CHART_CURVE, "duration");
	gsize count = c->hour_count;
	g_autofree char *unknown = why_no_cpus_in_use(c);
	if (unknown || count < 48)
		return chart_too_thin(chart, c,
		                      unknown ? unknown
		                              : "The export covers less than two days: too little "
		                                "for a load-duration curve.");
	g_autofree double *hours = g_memdup2(c->hours, count * sizeof *hours);
	qsort(hours, count, sizeof *hours, compare_falling);
	struct chart_series *series = chart_series_add(chart, "CPUs in use", INK_SERIES_1);
	gsize points = MIN(count, 400);
	for (gsize i = 0; i < points; i++) {
		gsize h = i * (count - 1) / (points - 1);
		chart_point_add(series, 100.0 * (double)h / (double)(count - 1), hours[h], NULL,
		                NULL);
	}
	mark(chart, c, "capacity.cpus",
	     c->analysis->evidence.capacity_varies ? "owned, mean" : "owned", INK_SERIES_3);
	mark(chart, c, "demand.cpus.p85", "P85", INK_SERIES_2);
	chart->x_title = g_strdup("per cent of the hours, busiest first");
	const char *half = figure_text(c, "demand.cpus.p50");
	g_autofree char *enough = figure_number(c, "demand.cpus.p50") > 0
	                                  ? g_strdup_printf("%s %s enough", half,
	                                                    format_word(half, "CPU is", "CPUs are"))
	                                  : g_strdup("no CPU is in use");
	g_autofree char *takes = is_known(c, "demand.cpus.peak")
	                                 ? g_strdup_printf("the busiest minute takes %s",
	                                                   figure_text(c, "demand.cpus.peak"))
	                                 : g_strdup_printf("85 of 100 minutes take at most %s",
	                                                   figure_text(c, "demand.cpus.p85"));
	chart_say(chart, c, g_strdup_printf("Half of the time %s; %s", enough, takes),
	          "CPUs in use, hours sorted from the busiest",
	          g_strdup("The curve falls from the busiest hour to the quietest."));
	return chart;
}

/* By hour of the clock. */
struct week {
	gint64 cpu_seconds[7][24], minutes[7][24];
};

/* A quarter of an hour at a time: no zone is off by less. */
static void fill_week(const struct composition *c, struct week *week)
{
	const struct tally *tally = c->analysis->evidence.tally;
	gsize count, next;
	g_autofree gint64 *held = series_values(tally->cpus, tally->rules.from, tally->rules.to,
	                                        &count);
	for (gsize m = 0; m < count; m = next) {
		gint64 at = tally->rules.from + (gint64)m * 60;
		struct civil civil = zone_civil(c->format.zone, at);
		int day = zone_day_weekday(zone_day(c->format.zone, at));
		next = MIN(count, m + 15 - (gsize)civil.minute % 15);
		for (gsize i = m; i < next; i++)
			week->cpu_seconds[day][civil.hour] += held[i];
		week->minutes[day][civil.hour] += (gint64)(next - m);
	}
}

struct chart *chart_of_week(const struct composition *c)
{
	static const char *const names[7] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	static const char *const full[7] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
		                             "Friday", "Saturday", "Sunday" };
	struct chart *chart = chart_new(CHART_HEAT, "week");
	struct week week = { 0 };
	g_autofree char *unknown = why_no_cpus_in_use(c);
	if (unknown || !evidence_spans(&c->analysis->evidence, 14))
		return chart_too_thin(chart, c,
		                      unknown ? unknown
		                              : "The export covers less than two weeks: too little "
		                                "for a weekly pattern.");
	fill_week(c, &week);
	int busiest_day = 0, busiest_hour = 0;
	double most = -1, least = G_MAXDOUBLE;
	for (int day = 0; day < 7; day++) {
		struct chart_series *series = chart_series_add(chart, names[day], INK_SERIES_1);
		for (int hour = 0; hour < 24; hour++) {
			gint64 minutes = MAX(1, week.minutes[day][hour]);
			double mean = (double)week.cpu_seconds[day][hour] / (double)minutes / 60;
			g_autofree char *label = g_strdup_printf("%02d", hour),
					*text = format_value(&c->format, UNIT_CPUS, mean);
			chart_point_add(series, hour, mean, label, text);
			least = MIN(least, mean);
			if (mean > most) {
				most = mean;
				busiest_day = day;
				busiest_hour = hour;
			}
		}
	}
	g_autofree char *text = format_value(&c->format, UNIT_CPUS, most),
			*quietest = format_value(&c->format, UNIT_CPUS, least);
	g_autofree char *which =
		g_str_equal(text, quietest)
			? g_strdup("All hours of the week are alike")
			: g_strdup_printf("The busiest hour of the week is %s at %02d:00",
	                                  full[busiest_day], busiest_hour);
	chart_say(chart, c,
	          g_strdup_printf("%s, with %s %s on average", which, text,
	                          format_word(text, "CPU", "CPUs")),
	          "CPUs in use by weekday and hour, means",
	          g_strdup("Darker is busier; one row a weekday, one column an hour."));
	return chart;
}

/* "May 2025" of "2025-05". */
static char *month_in_words(const struct composition *c, const char *month)
{
	struct civil first = { .day = 1 };
	if (sscanf(month, "%4d-%2d", &first.year, &first.month) != 2)
		return g_strdup(month);
	return format_month(&c->format, zone_seconds(c->format.zone, &first));
}

struct chart *chart_of_months(const struct composition *c)
{
	const struct dataset *months = report_dataset(c->report, "months");
	struct chart *chart = chart_new(CHART_COLUMNS, "months");
	if (months->rows->len < 3)
		return chart_too_thin(
			chart, c,
			"The export covers fewer than three months: too little to compare them.");
	if (c->analysis->evidence.tally->total.cpu_seconds == 0)
		return chart_too_thin(chart, c, "In no month is a core-hour known.");
	struct chart_series *series = chart_series_add(chart, "Core-hours", INK_SERIES_1);
	guint busiest = 0;
	for (guint i = 0; i < months->rows->len; i++) {
		const struct dataset_cell *cell = dataset_cell_in(months, i, "cpu_hours");
		chart_point_add(series, i, cell->value, dataset_cell(months, i, 0)->text,
		                cell->text);
		if (cell->value > dataset_cell_in(months, busiest, "cpu_hours")->value)
			busiest = i;
	}
	g_array_index(series->points, struct chart_point, busiest).strong = TRUE;
	g_autofree char *name = month_in_words(c, dataset_cell(months, busiest, 0)->text);
	chart_say(chart, c, g_strdup_printf("%s was the busiest month, with %s core-hours", name,
	                                    dataset_cell_in(months, busiest, "cpu_hours")->text),
	          "Core-hours by calendar month", g_strdup("One column a month."));
	return chart;
}

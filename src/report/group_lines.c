/* SPDX-License-Identifier: Apache-2.0 */
#include "report/group_lines.h"

#define COLUMN "by_time"

/* The number of a group that has a line; -1: it has none. */
static gint64 number_with_line(const struct composition *c, const struct party *group)
{
	gint64 number = intern_find(c->analysis->evidence.tally->groups, slice_of(group->name));
	return c->lines->stretches >= GROWTH_STRETCHES && number >= 0 && c->lines->shown[number]
	               ? number
	               : -1;
}

void group_lines_add_figures(const struct composition *c)
{
	const struct evidence *evidence = &c->analysis->evidence;
	const GPtrArray *groups = evidence->people->groups;
	static const char words[] = "Weeks in each step of the small lines of groups";
	guint lines = 0, rows = evidence->has_groups && c->lines->stretches >= GROWTH_STRETCHES
	                                ? groups->len
	                                : 0;
	for (guint i = 0; i < rows; i++)
		lines += number_with_line(c, groups->pdata[i]) >= 0;
	if (lines > 0)
		figures_add(c->report->figures, "lines.weeks", UNIT_COUNT, c->lines->days / 7,
		            words);
	else
		figures_add_missing(
			c->report->figures, "lines.weeks", UNIT_COUNT,
			rows ? "at some times too few people of each group were at work to draw any"
			     : "the period is too short, or no groups are named",
			words);
	figures_add(c->report->figures, "cells.untimed_groups", UNIT_COUNT, rows - lines,
	            "Groups whose use is not told by time");
}

void group_lines_add_column(const struct composition *c, struct dataset *groups)
{
	g_autofree char *title = g_strdup_printf("CPUs by %d weeks, own scale", c->lines->days / 7);
	struct dataset_column *column = dataset_add_column(groups, COLUMN, title, UNIT_TEXT);
	column->drawn = TRUE;
	column->help = g_strdup("CPUs held, means of stretches of the period, from nought to the "
	                        "group’s own most: shape, not size.");
}

static double mean_cpus(const struct composition *c, const struct days *days, guint stretch)
{
	gint32 from = c->lines->first + (gint32)stretch * c->lines->days,
	       to = from + c->lines->days;
	gint64 seconds = zone_day_start(c->format.zone, to) - zone_day_start(c->format.zone, from);
	return stretch_hours(days, from, to, FALSE) * 3600 / (double)seconds;
}

static char *words_of(const struct composition *c, const struct chart_series *series)
{
	const struct chart_point *points = &g_array_index(series->points, struct chart_point, 0);
	guint last = series->points->len - 1, most = 0;
	for (guint i = 1; i <= last; i++)
		if (points[i].y > points[most].y)
			most = i;
	g_autofree char *first = format_value(&c->format, UNIT_NUMBER, points[0].y);
	g_autofree char *end = format_value(&c->format, UNIT_NUMBER, points[last].y);
	g_autofree char *top = format_value(&c->format, UNIT_NUMBER, points[most].y);
	gint64 day = zone_day_start(c->format.zone,
	                            c->lines->first + (gint32)most * c->lines->days);
	g_autofree char *date = format_date(&c->format, day);
	return g_strdup_printf("From %s CPUs to %s; most, %s, in the %d weeks from %s on", first,
	                       end, top, c->lines->days / 7, date);
}

void group_lines_set(const struct composition *c, struct dataset *groups, const struct party *group)
{
	gint64 number = number_with_line(c, group);
	if (number < 0)
		return;
	struct chart *chart = chart_new(CHART_SPARK, NULL);
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);
	for (guint i = 0; i < c->lines->stretches; i++)
		chart_point_add(series, i,
		                mean_cpus(c, c->analysis->evidence.tally->group_days->pdata[number],
		                          i),
		                NULL, NULL);
	chart->title = words_of(c, series);
	dataset_set_drawing(groups, COLUMN, chart);
}

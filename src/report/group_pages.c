/* SPDX-License-Identifier: Apache-2.0 */
/* A page for each group that is shown by itself. */
#include "report/group_pages.h"

#define MOST 500 /* pages; nobody reads more */

/* In the order of the dataset of groups. */
static gboolean has_page(const struct party *group, guint row)
{
	return row < MOST && *group->name && !group->is_pool;
}

void group_pages_plan(struct composition *c)
{
	struct dataset *groups = (struct dataset *)report_dataset(c->report, "groups");
	g_autoptr(GPtrArray) ranked = people_by_core_hours(c->analysis->evidence.people->groups);
	groups->pages = g_ptr_array_new_with_free_func(g_free);
	for (guint row = 0; row < groups->rows->len; row++) {
		const struct party *group = ranked->pdata[row];
		g_ptr_array_add(groups->pages, has_page(group, row)
		                                       ? g_strconcat("groups/", group->name, NULL)
		                                       : NULL);
	}
}

gboolean group_pages_add(struct composition *c, GError **error)
{
	const struct dataset *groups = report_dataset(c->report, "groups");
	g_autoptr(GPtrArray) ranked = people_by_core_hours(c->analysis->evidence.people->groups);
	gboolean done = TRUE;
	for (guint row = 0; row < groups->rows->len && done; row++) {
		if (!groups->pages->pdata[row])
			continue;
		c->group = ranked->pdata[row];
		done = compose_row_page(c, "group", groups, row, groups->pages->pdata[row], error);
	}
	c->group = NULL;
	return done;
}

static void add_columns(struct chart *chart, const struct composition *c,
                        const struct growth_lines *lines, const struct days *days)
{
	struct chart_series *series = chart_series_add(chart, "Core-hours", INK_SERIES_1);
	guint busiest = 0;
	for (guint i = 0; i < lines->stretches; i++) {
		gint32 day = lines->first + (gint32)i * lines->days;
		double hours = stretch_hours(days, day, day + lines->days, FALSE);
		g_autofree char *label = format_date(&c->format,
		                                     zone_day_start(c->format.zone, day));
		g_autofree char *text = format_value(&c->format, UNIT_HOURS, hours);
		chart_point_add(series, i, hours, label, text);
		if (hours > g_array_index(series->points, struct chart_point, busiest).y)
			busiest = i;
	}
	struct chart_point *most = &g_array_index(series->points, struct chart_point, busiest);
	most->strong = TRUE;
	g_autofree char *subtitle =
		g_strdup_printf("Core-hours in each %d weeks, by the day on which they begin",
	                        lines->days / 7);
	chart_say(chart, c,
	          g_strdup_printf("Busiest in the %d weeks from %s on, with %s core-hours",
	                          lines->days / 7, most->label, most->value_text),
	          subtitle, g_strdup("One column a stretch of time."));
}

/* Of the group that the page is about, by stretches so long that its people hide each other in
 * each. */
struct chart *chart_of_group_time(const struct composition *c)
{
	if (!c->group)
		return NULL;
	const struct tally *tally = c->analysis->evidence.tally;
	struct chart *chart = chart_new(CHART_COLUMNS, "group-time");
	gint64 number = intern_find(tally->groups, slice_of(c->group->name));
	if (c->lines->stretches < GROWTH_STRETCHES)
		chart_too_thin(
			chart, c,
			"The period is too short to be cut into stretches that can be compared.");
	else if (!c->lines->shown[number])
		chart_too_thin(chart, c,
		               "Too few of its people were at work at some times to say how much "
		               "was done when.");
	else
		add_columns(chart, c, c->lines, tally->group_days->pdata[number]);
	return chart;
}

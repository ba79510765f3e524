/* SPDX-License-Identifier: Apache-2.0 */
#include "report/compose.h"

static const char *const sizes[HABITS_SIZES] = { "1 core", "2–4 cores", "5–16 cores", "17–64 cores", "65–256 cores",
	                                         "257–1,024 cores", "more cores" };
static const char *const lengths[HABITS_LENGTHS] = { "under 1 min", "1–5 min", "5–60 min", "1–6 h", "6–24 h", "1–7 days",
	                                             "a week and more" };

static void share_point(struct chart_series *series, const struct composition *c, guint x, double share, const char *label)
{
	g_autofree char *text = format_value(&c->format, UNIT_SHARE, share);
	chart_point_add(series, x, share, label, text);
}

/* Jobs and core-hours side by side, a pair of bars a class. */
static struct chart *pairs(const struct composition *c, const char *id, const char *const *names, guint count,
                           gboolean by_size)
{
	const struct tally *tally = c->analysis->evidence.tally;
	struct chart *chart = chart_new(CHART_BARS, id);
	if (tally->total.ran == 0 || tally->total.cpu_seconds == 0)
		return chart_too_thin(chart, c, "No job ran.");
	struct chart_series *jobs = chart_series_add(chart, "Jobs", INK_SERIES_1);
	struct chart_series *hours = chart_series_add(chart, "Core-hours", INK_SERIES_2);
	for (guint i = 0; i < count; i++) {
		gint64 job_sum = 0, second_sum = 0;
		for (guint k = 0; k < (by_size ? HABITS_LENGTHS : HABITS_SIZES); k++) {
			const struct habits_cell *cell = by_size ? &tally->habits.cells[i][k] : &tally->habits.cells[k][i];
			job_sum += cell->jobs;
			second_sum += cell->cpu_seconds;
		}
		share_point(jobs, c, i, (double)job_sum / (double)tally->total.ran, names[i]);
		share_point(hours, c, i, (double)second_sum / (double)tally->total.cpu_seconds, names[i]);
	}
	chart->y_share = TRUE;
	return chart;
}

struct chart *chart_of_sizes(const struct composition *c)
{
	struct chart *chart = pairs(c, "sizes", sizes, HABITS_SIZES, TRUE);
	if (chart->thin)
		return chart;
	chart_say(chart, c, g_strdup_printf("%s of the jobs hold at most four cores, and %s of the core-hours",
	                                    figure_text(c, "throughput.small.jobs"), figure_text(c, "throughput.small.hours")),
	          "Share of jobs and of core-hours, by cores a job holds", g_strdup("Two bars a size: jobs, and core-hours."));
	return chart;
}

struct chart *chart_of_lengths(const struct composition *c)
{
	struct chart *chart = pairs(c, "lengths", lengths, HABITS_LENGTHS, FALSE);
	if (chart->thin)
		return chart;
	chart_say(chart, c, g_strdup_printf("%s of the jobs run for less than five minutes, for %s of the core-hours",
	                                    figure_text(c, "short.five.share"), figure_text(c, "short.five.hours.share")),
	          "Share of jobs and of core-hours, by how long a job runs", g_strdup("Two bars a length: jobs, and core-hours."));
	return chart;
}

struct chart *chart_of_endings(const struct composition *c)
{
	const struct dataset *endings = report_dataset(c->report, "endings");
	struct chart *chart = chart_new(CHART_BARS, "endings");
	if (endings->rows->len == 0)
		return chart_too_thin(chart, c, "Every job that ran and ended has completed.");
	struct chart_series *series = chart_series_add(chart, "Core-hours", INK_SERIES_1);
	for (guint i = 0; i < endings->rows->len; i++) {
		const struct dataset_cell *hours = dataset_cell(endings, i, (guint)dataset_column_find(endings, "cpu_hours"));
		chart_point_add(series, i, hours->value, dataset_cell(endings, i, 0)->text, hours->text);
	}
	chart_say(chart, c, g_strdup_printf("“%s” is the costliest end, with %s core-hours", dataset_cell(endings, 0, 0)->text,
	                                    figure_text(c, "failed.worst.hours")),
	          "Core-hours of jobs that ran and did not complete, by how they ended", g_strdup("One bar an end."));
	return chart;
}

#define LIMIT_CLASSES 10

struct chart *chart_of_limits(const struct composition *c)
{
	const struct habits *habits = &c->analysis->evidence.tally->habits;
	double all = figure_number(c, "limits.jobs");
	struct chart *chart = chart_new(CHART_BARS, "limits");
	if (all <= 0)
		return chart_too_thin(chart, c, "No completed job says its time limit.");
	struct chart_series *series = chart_series_add(chart, "Completed jobs", INK_SERIES_1);
	for (guint class = 0; class < LIMIT_CLASSES; class++) {
		gint64 jobs = class + 1 == LIMIT_CLASSES ? habits->limits[HABITS_LIMITS - 1] : 0;
		for (guint i = class * 10; i < class * 10 + 10; i++)
			jobs += habits->limits[i];
		g_autofree char *label = class + 1 < LIMIT_CLASSES ? g_strdup_printf("%u–%u %%", class * 10, class * 10 + 10)
		                                                   : g_strdup("90 % and more");
		share_point(series, c, class, (double)jobs / all, label);
	}
	chart->y_share = TRUE;
	chart_say(chart, c, g_strdup_printf("Half of the completed jobs used at most %s of the time they asked for",
	                                    figure_text(c, "limits.median")),
	          "Share of completed jobs, by how much of its time limit a job used", g_strdup("One bar a tenth of the limit."));
	return chart;
}

struct chart *chart_of_gpus(const struct composition *c)
{
	static const struct { const char *id, *label; enum ink ink; } parts[] = {
		{ "gpus.busy.share", "Measured busy", INK_SERIES_1 },
		{ "gpus.idle.share", "Measured idle", INK_SERIES_2 },
		{ "gpus.unmeasured.share", "Held, unmeasured", INK_SERIES_4 },
	};
	struct chart *chart = chart_new(CHART_STACK, "gpus");
	if (figure_number(c, "gpu.hours") <= 0)
		return chart_too_thin(chart, c, "No job held a GPU.");
	for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
		double share = figure_number(c, parts[i].id);
		if (share <= 0)
			continue;
		struct chart_series *series = chart_series_add(chart, parts[i].label, parts[i].ink);
		share_point(series, c, 0, share, parts[i].label);
	}
	chart->y_share = TRUE;
	chart_say(chart, c, g_strdup_printf("Of the GPU-hours held, %s were measured idle and %s busy", figure_text(c, "gpus.idle.share"),
	                                    figure_text(c, "gpus.busy.share")),
	          "GPU-hours held, whole jobs", g_strdup("The shares sum to all GPU-hours."));
	return chart;
}

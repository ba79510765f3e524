/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"
#include "finding/habits.h"
#include "finding/waiting.h"
#include "report/compose.h"

static void share_point(struct chart_series *series, const struct composition *c, guint x,
                        double share, const char *label)
{
	g_autofree char *text = format_value(&c->format, UNIT_SHARE, share);
	chart_point_add(series, x, share, label, text);
}

/* All jobs of a class: of a size whatever their length, or the reverse. */
static void sum_class(const struct habits *habits, guint class, gboolean by_size, gint64 *jobs,
                      gint64 *seconds)
{
	*jobs = *seconds = 0;
	for (guint k = 0; k < (by_size ? HABITS_LENGTHS : HABITS_SIZES); k++) {
		const struct habits_cell *cell = by_size ? &habits->cells[class][k]
		                                         : &habits->cells[k][class];
		*jobs += cell->jobs;
		*seconds += cell->cpu_seconds;
	}
}

/* Without those at the end that no job is in: of a small cluster most sizes are larger than it. */
static guint classes_with_jobs(const struct habits *habits, guint count, gboolean by_size)
{
	gint64 jobs = 0, seconds;
	for (; count > 0; count--) {
		sum_class(habits, count - 1, by_size, &jobs, &seconds);
		if (jobs > 0)
			break;
	}
	return count;
}

/* Jobs and core-hours side by side, a pair of bars a class. */
static struct chart *pairs(const struct composition *c, const char *id, const char *const *names,
                           guint count, gboolean by_size)
{
	const struct tally *tally = c->analysis->evidence.tally;
	struct chart *chart = chart_new(CHART_BARS, id);
	if (tally->total.cpu_seconds == 0)
		return chart_too_thin(chart, c,
		                      tally->total.ran == 0 ? "No job ran."
		                      : tally->total.wall_seconds == 0
		                              ? "No job held a core for a second."
		                              : "No job says how many CPUs it held.");
	struct chart_series *jobs = chart_series_add(chart, "Jobs", INK_SERIES_1);
	struct chart_series *hours = chart_series_add(chart, "Core-hours", INK_SERIES_2);
	count = classes_with_jobs(&tally->habits, count, by_size);
	for (guint i = 0; i < count; i++) {
		gint64 job_sum, second_sum;
		sum_class(&tally->habits, i, by_size, &job_sum, &second_sum);
		share_point(jobs, c, i, (double)job_sum / (double)tally->total.ran, names[i]);
		share_point(hours, c, i, (double)second_sum / (double)tally->total.cpu_seconds,
		            names[i]);
	}
	chart->y_share = TRUE;
	return chart;
}

struct chart *chart_of_sizes(const struct composition *c)
{
	struct chart *chart = pairs(c, "sizes", habits_size_names, HABITS_SIZES, TRUE);
	if (chart->thin)
		return chart;
	chart_say(
		chart, c,
		g_strdup_printf("%s of the jobs hold at most four cores, with %s of the core-hours",
	                        figure_text(c, "throughput.small.jobs"),
	                        figure_text(c, "throughput.small.hours")),
		"Share of jobs and of core-hours, by cores a job holds",
		g_strdup("Two bars a size: jobs, and core-hours."));
	return chart;
}

struct chart *chart_of_lengths(const struct composition *c)
{
	struct chart *chart = pairs(c, "lengths", habits_length_names, HABITS_LENGTHS, FALSE);
	if (chart->thin)
		return chart;
	char *title = figure_number(c, "short.five.share") > 0
	                      ? g_strdup_printf("%s of the jobs ended within five minutes, with %s "
	                                        "of the core-hours",
	                                        figure_text(c, "short.five.share"),
	                                        figure_text(c, "short.five.hours.share"))
	                      : g_strdup("No job ended within five minutes");
	chart_say(chart, c, title, "Share of jobs and of core-hours, by how long a job runs",
	          g_strdup("Two bars a length: jobs, and core-hours."));
	return chart;
}

struct chart *chart_of_endings(const struct composition *c)
{
	const struct dataset *endings = report_dataset(c->report, "endings");
	struct chart *chart = chart_new(CHART_BARS, "endings");
	if (endings->rows->len == 0)
		return chart_too_thin(chart, c,
		                      c->analysis->evidence.tally->total.ran == 0
		                              ? "No job ran."
		                              : "Every job that ran and ended has completed.");
	if (c->analysis->evidence.tally->total.cpu_seconds == 0)
		return chart_too_thin(chart, c, "Of no end is a core-hour known.");
	struct chart_series *series = chart_series_add(chart, "Core-hours", INK_SERIES_1);
	for (guint i = 0; i < endings->rows->len; i++) {
		const struct dataset_cell *hours = dataset_cell_in(endings, i, "cpu_hours");
		chart_point_add(series, i, hours->value, dataset_cell(endings, i, 0)->text,
		                hours->text);
	}
	const char *says = endings->rows->len > 1 ? "the costliest end" : "how all of them ended";
	chart_say(chart, c,
	          g_strdup_printf("“%s” is %s, with %s core-hours",
	                          dataset_cell(endings, 0, 0)->text, says,
	                          figure_text(c, "failed.worst.hours")),
	          "Core-hours of jobs that ran and did not complete, by how they ended",
	          g_strdup("One bar an end."));
	return chart;
}

#define LIMIT_CLASSES 10

struct chart *chart_of_limits(const struct composition *c)
{
	const struct habits *habits = &c->analysis->evidence.tally->habits;
	double all = figure_number(c, "limits.jobs");
	struct chart *chart = chart_new(CHART_BARS, "limits");
	if (all <= 0)
		return chart_too_thin(chart, c, "No completed job says a finite time limit.");
	struct chart_series *series = chart_series_add(chart, "Completed jobs", INK_SERIES_1);
	for (guint class = 0; class < LIMIT_CLASSES; class++) {
		gint64 jobs = class + 1 == LIMIT_CLASSES ? habits->limits[HABITS_LIMITS - 1] : 0;
		for (guint i = class * 10; i < class * 10 + 10; i++)
			jobs += habits->limits[i];
		g_autofree char *label = class + 1 < LIMIT_CLASSES
		                                 ? g_strdup_printf("%u–%u %%", class * 10,
		                                                   class * 10 + 10)
		                                 : g_strdup("90 % and more");
		share_point(series, c, class, (double)jobs / all, label);
	}
	chart->y_share = TRUE;
	chart_say(chart, c,
	          g_strdup_printf("The typical completed job used %s of the time it asked for",
	                          figure_text(c, "limits.median")),
	          "Share of completed jobs, by how much of its time limit a job used",
	          g_strdup("One bar a tenth of the limit."));
	return chart;
}

struct chart *chart_of_gpus(const struct composition *c)
{
	static const struct { const char *id, *label; enum ink ink; } parts[] = {
		{ "gpus.busy.share", "Measured busy", INK_SERIES_1 },
		{ "gpus.idle.share", "Measured idle", INK_SERIES_2 },
		{ "gpus.unmeasured.share", "Held, unmeasured", INK_SERIES_4 },
	};
	if (*figure_text(c, "gpus.unknown"))
		return NULL;
	struct chart *chart = chart_new(CHART_STACK, "gpus");
	for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
		double share = figure_number(c, parts[i].id);
		if (share <= 0)
			continue;
		struct chart_series *series = chart_series_add(chart, parts[i].label, parts[i].ink);
		share_point(series, c, 0, share, parts[i].label);
	}
	chart->y_share = TRUE;
	chart_say(chart, c,
	          g_strdup_printf("Of the GPU-hours held, %s were measured idle and %s busy",
	                          figure_text(c, "gpus.idle.share"),
	                          figure_text(c, "gpus.busy.share")),
	          "GPU-hours held, whole jobs", g_strdup("The shares sum to all GPU-hours."));
	return chart;
}

/* What serious jobs used of what they held */

static char *tenth_name(guint tenth)
{
	return g_strdup_printf("%u–%u %%", tenth * (100 / HABITS_TENTHS),
	                       (tenth + 1) * (100 / HABITS_TENTHS));
}

static void add_tenth(struct chart *chart, const struct composition *c, guint cpu, double all)
{
	g_autofree char *label = tenth_name(cpu);
	struct chart_series *series = chart_series_add(chart, label, INK_SERIES_1);
	for (guint memory = 0; memory < HABITS_TENTHS; memory++) {
		const struct habits_sum *sum =
			&c->analysis->evidence.tally->habits.serious[cpu][memory];
		g_autofree char *column = tenth_name(memory);
		gboolean told = sum->jobs >= HABITS_LEAST;
		double share = told ? (double)sum->cpu_seconds / all : -1;
		g_autofree char *text = told ? format_value(&c->format, UNIT_SHARE, share)
		                             : g_strdup("–");
		chart_point_add(series, memory, share, column, text);
	}
}

static gboolean is_any_tenth_told(const struct composition *c)
{
	for (guint cpu = 0; cpu < HABITS_TENTHS; cpu++)
		for (guint memory = 0; memory < HABITS_TENTHS; memory++)
			if (c->analysis->evidence.tally->habits.serious[cpu][memory].jobs >=
			    HABITS_LEAST)
				return TRUE;
	return FALSE;
}

struct chart *chart_of_serious(const struct composition *c)
{
	if (figure_number(c, "serious.jobs") <= 0)
		return NULL;
	struct chart *chart = chart_new(CHART_HEAT, "serious");
	if (figure_number(c, "serious.jobs") < HABITS_LEAST)
		return chart_too_thin(chart, c,
		                      "Fewer than 20 completed jobs of a core-hour or more tell "
		                      "both the CPU time and the memory they used.");
	if (!is_any_tenth_told(c))
		return chart_too_thin(chart, c,
		                      "No 20 completed jobs of a core-hour or more used the same "
		                      "tenth of their CPUs and of their memory: too few to draw.");
	for (guint cpu = HABITS_TENTHS; cpu-- > 0;)
		add_tenth(chart, c, cpu, figure_number(c, "serious.hours") * 3600);
	chart->y_share = TRUE;
	chart->y_title = g_strdup("CPUs used");
	chart->x_title = g_strdup("memory used, of what was asked");
	g_autofree char *subtitle = g_strdup_printf("Share of the core-hours of %s completed jobs "
	                                            "of a core-hour or more, by what each used "
	                                            "of what it held; –: fewer than 20 jobs",
	                                            figure_text(c, "serious.jobs"));
	chart_say(chart, c,
	          g_strdup_printf("Jobs with %s of the core-hours use at least half of both their "
	                          "CPUs and their memory; jobs with %s, less than half of both",
	                          figure_text(c, "serious.both.share"),
	                          figure_text(c, "serious.neither.share")),
	          subtitle,
	          g_strdup("One row a tenth of the CPUs held that was used, one column a tenth of "
	                   "the memory."));
	return chart;
}

/* Waits */

static void wait_point(struct chart_series *series, const struct composition *c, guint x,
                       const struct waited *waited, const char *label)
{
	double share = waited_share(waited);
	g_autofree char *text = share < 0 ? g_strdup("–")
	                                  : format_value(&c->format, UNIT_SHARE, share);
	chart_point_add(series, x, share, label, text);
}

struct chart *chart_of_waits(const struct composition *c)
{
	const struct habits *habits = &c->analysis->evidence.tally->habits;
	struct chart *chart = chart_new(CHART_HEAT, "waits");
	if (!*figure_text(c, "waiting.size")) {
		const char *unknown = why_no_cpus(c->analysis->evidence.tally,
		                                  "there are not 20 jobs of one size that tell it");
		g_autofree char *told = g_strdup_printf("Which sizes wait is not known: %s.",
		                                        unknown);
		return chart_too_thin(chart, c, told);
	}
	if (figure_number(c, "waiting.late.jobs") <= 0)
		return chart_too_thin(chart, c,
		                      "No job waited longer than an hour, whatever its size.");
	for (guint size = 0; size < HABITS_SIZES; size++) {
		struct chart_series *series = chart_series_add(chart, habits_size_names[size],
		                                               INK_SERIES_1);
		struct waited all = { 0 };
		for (guint length = 0; length < HABITS_LENGTHS; length++) {
			struct waited waited = { 0 };
			waited_add(&waited, habits->cells[size][length].waits);
			waited_add(&all, habits->cells[size][length].waits);
			wait_point(series, c, length, &waited, habits_length_names[length]);
		}
		wait_point(series, c, HABITS_LENGTHS, &all, "all");
	}
	chart->y_share = TRUE;
	const char *size = figure_text(c, "waiting.size"), *calm = figure_text(c, "waiting.calm");
	g_autofree char *others = g_strdup_printf("; of those with %s, %s", calm,
	                                          figure_text(c, "waiting.calm.share"));
	char *title = g_strdup_printf("Of jobs with %s, %s wait longer than an hour%s", size,
	                              figure_text(c, "waiting.size.share"),
	                              strcmp(size, calm) != 0 ? others : "");
	chart_say(chart, c, title,
	          "Share of jobs that waited longer than an hour, by cores held and by how long "
	          "they ran; –: fewer than 20 jobs",
	          g_strdup("One row a size, one column a length, and one of all lengths."));
	return chart;
}

static void add_weekday(struct chart *chart, const struct composition *c, guint day)
{
	static const char *const names[7] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
	const struct habits *habits = &c->analysis->evidence.tally->habits;
	struct chart_series *series = chart_series_add(chart, names[day], INK_SERIES_1);
	for (guint hour = 0; hour < 24; hour++) {
		g_autofree char *label = g_strdup_printf("%02u", hour);
		struct waited waited = { 0 };
		waited_add(&waited, habits->hours[day * 24 + hour]);
		wait_point(series, c, hour, &waited, label);
	}
}

struct chart *chart_of_wait_week(const struct composition *c)
{
	struct chart *chart = chart_new(CHART_HEAT, "wait-week");
	if (!*figure_text(c, "waiting.when"))
		return chart_too_thin(chart, c,
		                      "Less than two weeks, or no hour of the week with as many as "
		                      "20 jobs: too little for a weekly pattern.");
	if (figure_number(c, "waiting.late.jobs") <= 0)
		return chart_too_thin(
			chart, c,
			"At no hour of the week do jobs begin to wait longer than an hour.");
	for (guint day = 0; day < 7; day++)
		add_weekday(chart, c, day);
	chart->y_share = TRUE;
	char *title = g_strdup_printf("Of jobs that could start on %s, %s wait longer than an hour",
	                              figure_text(c, "waiting.when"),
	                              figure_text(c, "waiting.when.share"));
	chart_say(chart, c, title,
	          "Share of jobs that waited longer than an hour, by when they could have started; "
	          "– or blank: fewer than 20 jobs",
	          g_strdup("One row a weekday, one column an hour."));
	return chart;
}

/* Stranded */

static void stranded_bars(struct chart *chart, const struct composition *c,
                          const struct dataset *dataset)
{
	struct chart_series *cpus = chart_series_add(chart, "CPUs left beside memory",
	                                             INK_SERIES_1);
	struct chart_series *memory = chart_series_add(chart, "Memory left beside CPUs",
	                                               INK_SERIES_2);
	guint held = (guint)dataset_column_find(dataset, "held"), bars = 0;
	for (guint i = 0; i < dataset->rows->len; i++) {
		double all = dataset_cell(dataset, i, held)->value;
		const char *pool = dataset_cell(dataset, i, 0)->text;
		if (all <= 0)
			continue;
		share_point(cpus, c, bars, dataset_cell_in(dataset, i, "cpus_least")->value / all,
		            pool);
		share_point(memory, c, bars++,
		            dataset_cell_in(dataset, i, "memory_least")->value / all, pool);
	}
}

struct chart *chart_of_stranded(const struct composition *c)
{
	struct chart *chart = chart_new(CHART_BARS, "stranded");
	if (!*figure_text(c, "stranded.worst"))
		return chart_too_thin(chart, c,
		                      "No kind of node is known to have CPUs left beside memory, "
		                      "or memory beside CPUs.");
	const struct dataset *kinds = report_dataset(c->report, "stranded");
	stranded_bars(chart, c, kinds);
	chart->y_share = TRUE;
	/* The kind with most of it need not have the longest bar. */
	chart_say(chart, c,
	          g_strdup_printf(
			  "At least %s of what was held in nodes of %s: %s left beside %s%s",
			  figure_text(c, "stranded.worst.share"), figure_text(c, "stranded.worst"),
			  figure_text(c, "stranded.worst.what"),
			  figure_text(c, "stranded.worst.beside"),
			  kinds->rows->len > 1 ? ", most of all in node-hours" : ""),
	          "Share of the node-hours held, by kind of node, at least",
	          g_strdup("Two bars a kind of node."));
	return chart;
}

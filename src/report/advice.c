/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/advice.h"

#include "report/compose.h"

#define HOUR 3600.0
#define GIB 1073741824.0
#define MOST_BARS 10

static struct dataset_column *column(struct dataset *dataset, const char *id, const char *title,
                                     enum unit unit, const char *help)
{
	struct dataset_column *added = dataset_add_column(dataset, id, title, unit);
	added->help = g_strdup(help);
	return added;
}

static void add_columns(struct dataset *dataset)
{
	column(dataset, "name", "User", UNIT_TEXT, NULL);
	column(dataset, "cores", "Cores held", UNIT_COUNT, NULL);
	column(dataset, "nodes", "Nodes", UNIT_COUNT, NULL);
	column(dataset, "gpus", "GPUs", UNIT_COUNT, NULL);
	column(dataset, "limit", "Time limit", UNIT_TEXT, NULL);
	column(dataset, "jobs", "Jobs", UNIT_COUNT,
	       "Jobs that completed and are judged, and those that time or memory cut.")
		->total = TRUE;
	column(dataset, "cpu_hours", "Core-hours", UNIT_HOURS, "Of those that completed.")->total =
		TRUE;
	column(dataset, "asked", "Memory asked, mean", UNIT_BYTES, "On each node.");
	column(dataset, "memory", "Memory to ask", UNIT_TEXT,
	       "With --mem, on each node: what 95 of 100 of the jobs needed, and the headroom, "
	       "rounded up; empty where they ask for no more already.");
	column(dataset, "cpus", "Cores to ask", UNIT_COUNT,
	       "With --cpus-per-task, of jobs on one node, with one task: from what 95 of 100 of "
	       "them kept busy, and the headroom; empty where they hold no more already.");
	column(dataset, "walltime", "Time to ask", UNIT_TEXT,
	       "With --time: what 95 of 100 of the jobs needed, and a fifth, rounded up; empty "
	       "where that is not below the present limit.");
	column(dataset, "command", "What to type", UNIT_TEXT, NULL);
	column(dataset, "covered", "Enough for, at least", UNIT_COUNT,
	       "Of the jobs, those that would have had memory and time enough.")
		->total = TRUE;
	column(dataset, "failed", "Too little for, at most", UNIT_COUNT,
	       "Of the jobs, those that would have needed more memory or time, and failed; with "
	       "those that were cut anyway.")
		->total = TRUE;
	column(dataset, "busy", "Kept no more cores busy", UNIT_SHARE,
	       "Of the jobs on one node; the others would have run longer, not failed.");
}

static void add_row(struct dataset *dataset, const struct advice *advice)
{
	const struct family_request *request = &advice->request;
	g_autofree char *limit = request->limit_seconds == VALUE_UNKNOWN
	                                 ? g_strdup("none known")
	                                 : advice_time(request->limit_seconds);
	g_autofree char *memory = advice_lowers_memory(advice) ? advice_memory(advice->memory_bytes)
	                                                       : g_strdup("");
	g_autofree char *time = advice_lowers_time(advice) ? advice_time(advice->seconds)
	                                                   : g_strdup("");
	g_autofree char *command = advice_command(advice);
	dataset_add_row(dataset);
	dataset_set_text(dataset, "name", advice->user);
	dataset_set(dataset, "cores", (double)request->cpus);
	dataset_set(dataset, "nodes", (double)request->nodes);
	dataset_set(dataset, "gpus", (double)request->gpus);
	dataset_set_text(dataset, "limit", limit);
	dataset_set(dataset, "jobs", (double)advice->jobs);
	dataset_set(dataset, "cpu_hours", (double)advice->cpu_seconds / HOUR);
	if (advice->asked_bytes)
		dataset_set(dataset, "asked", (double)advice->asked_bytes);
	dataset_set_text(dataset, "memory", memory);
	if (advice_lowers_cpus(advice))
		dataset_set(dataset, "cpus", (double)advice->cpus);
	dataset_set_text(dataset, "walltime", time);
	dataset_set_text(dataset, "command", command);
	dataset_set(dataset, "covered", (double)(advice->jobs - advice->failed));
	dataset_set(dataset, "failed", (double)advice->failed);
	if (advice_lowers_cpus(advice) && advice->cpus_jobs > 0)
		dataset_set(dataset, "busy",
		            (double)advice->cpus_covered / (double)advice->cpus_jobs);
}

static GArray *list_of(const struct composition *c)
{
	return advice_list(&c->analysis->evidence);
}

void advice_add_dataset(struct composition *c)
{
	struct dataset *dataset =
		report_add_sheet(c->report, "advice", "Advice",
	                         "One row a user and a kind of job (same cores, nodes, GPUs and "
	                         "time limit) that could ask for less, most core-hours first.");
	g_autoptr(GArray) list = list_of(c);
	dataset->people = TRUE;
	add_columns(dataset);
	for (guint i = 0; i < list->len; i++)
		if (advice_lowers(&g_array_index(list, struct advice, i)))
			add_row(dataset, &g_array_index(list, struct advice, i));
}

/* Largest cuts */

static gint64 cut_of(const struct advice *advice)
{
	return advice->memory_bytes > 0 ? advice->asked_bytes - advice->memory_bytes : 0;
}

/* Of one list: what is first in it goes first where cuts are equal. */
static gint compare_cuts(gconstpointer a, gconstpointer b)
{
	const struct advice *left = *(struct advice *const *)a, *right = *(struct advice *const *)b;
	gint64 one = cut_of(left), other = cut_of(right);
	if (one != other)
		return one < other ? 1 : -1;
	return (left > right) - (left < right);
}

/* The kinds of jobs that could ask for less memory by most, of a node. */
static GPtrArray *largest_cuts(const GArray *list)
{
	GPtrArray *cuts = g_ptr_array_new();
	for (guint i = 0; i < list->len; i++)
		if (cut_of(&g_array_index(list, struct advice, i)) > 0)
			g_ptr_array_add(cuts, &g_array_index(list, struct advice, i));
	g_ptr_array_sort(cuts, compare_cuts);
	g_ptr_array_set_size(cuts, (int)MIN(cuts->len, MOST_BARS));
	return cuts;
}

#define ALL_DETAILS 3

static void append_count(GString *name, gint64 number, const char *one, const char *many)
{
	g_string_append_printf(name, ", %" G_GINT64_FORMAT " %s", number, number == 1 ? one : many);
}

/* With all details no two kinds have the same name. */
static char *name_of(const struct advice *advice, guint details)
{
	const struct family_request *request = &advice->request;
	GString *name = g_string_new(advice->user);
	if (request->cpus > 0)
		append_count(name, request->cpus, "core", "cores");
	if (details >= 1 && request->limit_seconds != VALUE_UNKNOWN) {
		g_autofree char *limit = advice_time(request->limit_seconds);
		g_string_append_printf(name, ", up to %s", limit);
	}
	if (details >= 2)
		append_count(name, request->nodes, "node", "nodes");
	if (details >= ALL_DETAILS)
		append_count(name, request->gpus, "GPU", "GPUs");
	return g_string_free(name, FALSE);
}

static gboolean is_unique(const GPtrArray *kinds, const char *name, guint details)
{
	guint same = 0;
	for (guint i = 0; i < kinds->len; i++) {
		g_autofree char *other = name_of(kinds->pdata[i], details);
		same += g_str_equal(other, name);
	}
	return same == 1;
}

/* With no more details than tell it from the others drawn. */
static char *short_name_of(const struct advice *advice, const GPtrArray *kinds)
{
	for (guint details = 0; details < ALL_DETAILS; details++) {
		g_autofree char *name = name_of(advice, details);
		if (is_unique(kinds, name, details))
			return g_steal_pointer(&name);
	}
	return name_of(advice, ALL_DETAILS);
}

static void add_bars(struct chart *chart, const struct composition *c, const GPtrArray *kinds)
{
	struct chart_series *asked = chart_series_add(chart, "Asked for, mean", INK_SERIES_2);
	struct chart_series *advised = chart_series_add(chart, "Advised", INK_SERIES_1);
	for (guint i = 0; i < kinds->len; i++) {
		const struct advice *advice = kinds->pdata[i];
		g_autofree char *label = short_name_of(advice, kinds);
		g_autofree char *text = format_value(&c->format, UNIT_BYTES,
		                                     (double)advice->asked_bytes);
		g_autofree char *typed = advice_memory(advice->memory_bytes);
		chart_point_add(asked, i, (double)advice->asked_bytes / GIB, label, text);
		chart_point_add(advised, i, (double)advice->memory_bytes / GIB, label, typed);
	}
}

static char *advice_title(const struct composition *c)
{
	const char *kinds = figure_text(c, "advice.memory.kinds"),
		   *words = format_word(kinds, "kind", "kinds");
	if (figure_number(c, "advice.memory.kinds") == 1)
		return g_strdup_printf("The one kind of job with advice on memory could ask for %s",
		                       figure_number(c, "advice.memory.halved") == 0
		                               ? "less of it"
		                               : "half of it, or less");
	if (figure_number(c, "advice.memory.halved") == 0)
		return g_strdup_printf("None of %s %s of jobs could ask for half of their memory, "
		                       "but some for less than today",
		                       kinds, words);
	return g_strdup_printf("Of %s %s of jobs %s could ask for half of their memory, or less",
	                       kinds, words, figure_text(c, "advice.memory.halved"));
}

struct chart *chart_of_advice(const struct composition *c)
{
	struct chart *chart = chart_new(CHART_BARS, "advice");
	g_autoptr(GArray) list = list_of(c);
	if (figure_number(c, "advice.memory.kinds") == 0)
		return chart_too_thin(chart, c,
		                      "No user has ten judged jobs of one kind whose memory is "
		                      "measured: there is no advice on memory.");
	g_autoptr(GPtrArray) cuts = largest_cuts(list);
	if (cuts->len == 0)
		return chart_too_thin(chart, c,
		                      "Nobody with advice on memory could ask for less of it.");
	add_bars(chart, c, cuts);
	chart_say(chart, c, advice_title(c),
	          "Memory on a node, GiB: asked for, and enough for 95 of 100 jobs with headroom; "
	          "the largest cuts",
	          g_strdup("Two bars a kind of job."));
	return chart;
}

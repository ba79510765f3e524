/* SPDX-License-Identifier: Apache-2.0 */
#include "command/work.h"

#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "command/ability.h"
#include "command/nodes_file.h"
#include "command/options.h"
#include "command/shell.h"
#include "measure/numbers.h"
#include "measure/survey.h"
#include "record/keys.h"
#include "templates/templates.h"

gboolean work_instant(struct zone *zone, const char *text, gint64 *seconds)
{
	g_autofree char *full = g_strconcat(text, strlen(text) == 10 ? "T00:00:00" : "", NULL);
	return value_time(slice_of(full), zone, FALSE, seconds, NULL) && *seconds != VALUE_UNKNOWN;
}

void work_clear(struct work *work)
{
	for (guint i = 0; work->spools && i < work->spools->len; i++)
		close(g_array_index(work->spools, int, i));
	if (work->spools)
		g_array_unref(work->spools);
	g_strfreev(work->paths);
	manifest_clear(&work->manifest);
	site_clear(&work->site);
	previous_free(work->previous);
	templates_free(work->templates);
	tally_free(work->tally);
	keys_free(work->hindsight);
	inventory_free(work->inventory);
	downtime_free(work->downtime);
	assumptions_free(work->assumptions);
	zone_free(work->times_zone);
	zone_free(work->zone);
	if (work->sha256)
		g_ptr_array_unref(work->sha256);
	if (work->manifests)
		g_ptr_array_unref(work->manifests);
}

static gboolean load_inventories(struct work *work, GError **error)
{
	char *const *texts = work->options->inventories;
	for (guint i = 0; texts && texts[i]; i++) {
		char date[11];
		const char *path = option_inventory(texts[i], date);
		if (!inventory_load(work->inventory, path, date, error))
			return FALSE;
	}
	nodes_file_say_rented(inventory_rented(work->inventory));
	return TRUE;
}

static gboolean load_events(struct work *work, GError **error)
{
	if (!work->options->events)
		return TRUE;
	work->downtime = downtime_new();
	if (!downtime_load(work->downtime, work->options->events, work->times_zone, error))
		return FALSE;
	downtime_settle(work->downtime);
	return TRUE;
}

/* What a machine calls its own zone need not be known here. */
static gboolean choose_zones(struct work *work, GError **error)
{
	const struct report_options *options = work->options;
	const char *times = options->timezone ? options->timezone : work->manifest.zone;
	const char *found = options->timezone ? NULL : work->manifest.site_zone;
	if (options->site_timezone && !times)
		return error_usage(error, "--site-timezone needs --timezone: nothing says in which "
		                          "zone the times of the export are");
	work->times_zone = zone_new(times, error);
	if (!work->times_zone)
		return FALSE;
	if (found && !options->site_timezone && !(work->zone = zone_new(found, NULL)))
		shell_say("the export is of a machine in the zone %s, which is not known here: "
		          "days and hours are in %s",
		          found, times);
	if (!work->zone)
		work->zone = zone_new(options->site_timezone ? options->site_timezone : times,
		                      error);
	return work->zone != NULL;
}

gboolean work_prepare(struct work *work, GError **error)
{
	const struct report_options *options = work->options;
	gboolean known = options->manifest ? manifest_read_at(options->manifest, work->paths[0],
	                                                      &work->manifest, error)
	                                   : manifest_read_all(work->paths, &work->manifest, error);
	if (!known || !site_load(&work->site, options->site, error))
		return FALSE;
	if (options->manifest) {
		work->sha256 = g_ptr_array_new_with_free_func(g_free);
		g_ptr_array_add(work->sha256, g_strdup(work->manifest.sha256));
	}
	work->assumptions = assumptions_new();
	work->inventory = inventory_new();
	if (!choose_zones(work, error) ||
	    (options->assumptions &&
	     !assumptions_load(work->assumptions, options->assumptions, error)) ||
	    !load_inventories(work, error) || !load_events(work, error))
		return FALSE;
	rules_init(&work->rules, work->assumptions);
	work->rules.group_by = options->group_by && strcmp(options->group_by, "group") == 0
	                               ? GROUP_BY_GROUP
	                               : GROUP_BY_ACCOUNT;
	return TRUE;
}

gboolean work_one_list(const struct work *work, GError **error)
{
	return inventory_steps(work->inventory) <= 1 ||
	       error_failed(error,
	                    "the nodes change within the inventory: `reclaim tally` and `reclaim "
	                    "inventory` take one list "
	                    "that holds always; `reclaim report` of the files follows the changes");
}

/* Where no job says its CPUs there is no such sign, and where the
 * export itself names the period, a quarter without jobs is one. */
gboolean work_anything_ran(const struct work *work, GError **error)
{
	const struct tally *tally = work->tally;

	if ((!work->options->from && !work->options->to) || tally->cpu_seconds_inside > 0 ||
	    (tally->total.ran > 0 && tally->total.cpu_seconds == 0))
		return TRUE;
	return error_failed(error, "no job ran in the period that --from and --to name; `reclaim "
	                           "check` says of which time the jobs are");
}

/* Names */

/* Where several threads lay down what takes most memory, so that threads more do not take as much
 * more. */
struct shelf {
	GMutex mutex;
	struct tally *tally;
	struct numbers *numbers;
};

/* One thread's. */
struct counting {
	struct work *work;
	struct tally *tally; /* NULL: the jobs are only looked at */
	struct survey *survey;
	struct shelf *shelf; /* of several threads */
	guint64 jobs;        /* in the tally since it laid down something there */
	gint64 jobs_on_down;
	struct numbers *numbers;
	gint64 completed, at_edge; /* jobs; and such or running ones that end where the period does,
	                              to the second */
};

gboolean work_name_valid(enum name_kind kind, struct slice name, GError **error)
{
	return slice_empty(name) || pseudonym_valid(kind, name) ||
	       error_failed(error,
	                    "this is a raw export: it names some %s by no pseudonym; use `reclaim "
	                    "run`, or `reclaim anonymize` first",
	                    name_kind_name(kind));
}

static gboolean names_valid(const struct job *job, GError **error)
{
	return work_name_valid(NAME_USER, job->user, error) &&
	       work_name_valid(NAME_ACCOUNT, job->account, error) &&
	       work_name_valid(NAME_GROUP, job->group, error);
}

/* A raw export beside what was made of it adds no job, and is no less raw. */
static gboolean leave(G_GNUC_UNUSED void *data, const struct job *job, GError **error)
{
	return names_valid(job, error);
}

/* One pass over all jobs */

static gboolean take_survey(void *data, const struct job *job, GError **error)
{
	struct counting *counting = data;
	if (!names_valid(job, error))
		return FALSE;
	survey_add(counting->survey, counting->work->inventory, job);
	return TRUE;
}

/* Where times are cut to days or hours a row's are not its length apart, and tell no second. */
static void note_edge(struct counting *counting, const struct job *job)
{
	gboolean completed = job->state == STATE_COMPLETED;
	counting->completed += completed;
	counting->at_edge += (completed || job->state == STATE_RUNNING) &&
	                     job->end == counting->tally->rules.to &&
	                     job->end - job->start == job->elapsed_seconds;
}

/* What is empty may be any. */
static inline void note_cluster(struct counting *counting, const struct job *job)
{
	if (!job->repeats && !slice_empty(job->cluster))
		intern_get(counting->tally->clusters, job->cluster);
}

static gboolean take_tally(void *data, const struct job *job, GError **error)
{
	struct counting *counting = data;
	counting->jobs++;
	note_cluster(counting, job);
	note_edge(counting, job);
	numbers_add(counting->numbers, job);
	if (counting->work->downtime)
		counting->jobs_on_down += !job->piece &&
		                          downtime_contradicts(counting->work->downtime, job,
		                                               &counting->tally->rules);
	return !tally_add(counting->tally, job) || names_valid(job, error);
}

/* To lay a day down takes as long as some hundred jobs do, and a member as long as a dozen: where
 * days or members are many and jobs few, nothing is gained. */
#define MOST_DAYS 4
#define JOBS_A_DAY 512
#define JOBS_A_MEMBER 48

static void rest(void *data)
{
	struct counting *counting = data;
	guint days = bundle_days(counting->tally->cluster), members = counting->tally->members->len;
	if (days <= MOST_DAYS ||
	    counting->jobs < MAX((guint64)days * JOBS_A_DAY, (guint64)members * JOBS_A_MEMBER))
		return;
	g_mutex_lock(&counting->shelf->mutex);
	tally_unload(counting->tally, counting->shelf->tally);
	numbers_move(counting->shelf->numbers, counting->numbers);
	g_mutex_unlock(&counting->shelf->mutex);
	counting->jobs = 0;
}

struct ticking {
	struct reader *reader;
	struct progress *progress;
	guint64 seen;
};

static void tick(void *data)
{
	struct ticking *ticking = data;
	guint64 now = reader_bytes_read(ticking->reader);
	progress_add(ticking->progress, now - ticking->seen);
	ticking->seen = now;
}

static gint by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static gboolean finish_pass(struct work *work, const struct reading *reading, struct tally *tally,
                            GError **error)
{
	if (!reading_agrees(reading, error) ||
	    !rows_good_enough(reading_set_aside(reading), reading->rows, work->options->max_bad,
	                      ROWS_SHOWN_BY_CHECK, error))
		return FALSE;
	work->twins = reading->twins;
	work->spans = reading->spans;
	work->full_sheets = reading->full_sheets;
	work->has_times = reading->has[COLUMN_START] && reading->has[COLUMN_END];
	if (!tally)
		return TRUE;
	tally_account(tally, reading);
	if (work->sha256)
		return TRUE;
	/* Which was named first is nothing that a figure hangs on. */
	work->sha256 = g_ptr_array_copy(reading->sha256, (GCopyFunc)(void (*)(void))g_strdup, NULL);
	g_ptr_array_sort(work->sha256, by_text);
	return TRUE;
}

static gboolean jobs_may_repeat(const struct work *work)
{
	return work->is_several || work->manifest.exports > 1 || work->paths[1];
}

/* What a pass has found out, for the next one. A file that shows to be several was read as one
 * until then: nothing that came of it holds. */
static void learn_from(struct work *work, struct reader *reader)
{
	const struct reading *reading = reader_reading(reader);
	work->starts_over = reading->joined && !jobs_may_repeat(work);
	work->is_several |= reading->joined;
	work->reconsiders = reading->reconsiders;
	if (work->starts_over)
		g_clear_pointer(&work->hindsight, keys_free);
	else if (!work->hindsight)
		work->hindsight = reader_steal_hindsight(reader);
}

/* Gives all jobs to takers; what became of the rows goes to the tally, when there is one. */
static gboolean pass(struct work *work, const char *what, const struct taker *takers, guint count,
                     struct tally *tally, GError **error)
{
	if (work->reads_once && work->was_read)
		return error_failed(error, "what comes through a pipe must be read again, as jobs "
		                           "stand in it more than once: give it as a file, "
		                           "or write a file with -o, beside which it is kept");
	work->was_read = TRUE;
	struct reader *reader = reader_open_as(work->paths, work->options->columns,
	                                       work->times_zone, error);
	if (!reader)
		return FALSE;
	if (work->is_several)
		reader_expect_duplicates(reader);
	reader_expect_exports(reader, (guint)work->manifest.exports);
	if (!tally || work->sha256)
		reader_spare_digests(reader);
	if (!tally && !jobs_may_repeat(work))
		reader_spare_use(reader);
	reader_use_hindsight(reader, work->hindsight);
	struct ticking ticking = { reader, shell_progress(what, work->options->paths), 0 };
	gboolean done = reader_each(reader, takers, count, tick, &ticking, error);
	progress_free(ticking.progress);
	done = done && finish_pass(work, reader_reading(reader), tally, error);
	learn_from(work, reader);
	reader_close(reader);
	return done;
}

static gboolean look(struct work *work, struct survey *survey, GError **error)
{
	struct counting counting = { .work = work, .survey = survey };
	const struct taker taker = { take_survey, &counting, NULL, leave };
	survey_init(survey);
	return pass(work, "Looking", &taker, 1, NULL, error);
}

/* What only the end of the files tells of a job before, another pass knows. */
static gboolean should_go_on(const struct work *work, gboolean knew)
{
	return work->starts_over || work->reconsiders || (work->hindsight && !knew);
}

/* A piece ends where it was cut: the period is that of whole jobs. */
gboolean work_look(struct work *work, struct survey *survey, GError **error)
{
	gboolean knew = work->hindsight != NULL;
	if (!look(work, survey, error))
		return FALSE;
	return !should_go_on(work, knew) || work_look(work, survey, error);
}

/* A zone caches, so that each thread has its own; they are kept for as long as the tallies. */
struct crew {
	guint count;
	struct counting *countings;
	struct taker *takers;
	struct zone **zones;
	struct shelf shelf;
};

static void crew_init(struct crew *crew, struct work *work)
{
	crew->count = work->options->threads;
	crew->countings = g_new0(struct counting, crew->count);
	crew->takers = g_new0(struct taker, crew->count);
	crew->zones = g_new0(struct zone *, crew->count);
	g_mutex_init(&crew->shelf.mutex);
	crew->shelf.tally = tally_new(&work->rules, work->inventory, work->zone);
	crew->shelf.numbers = numbers_new();
	for (guint i = 0; i < crew->count; i++) {
		struct counting *counting = &crew->countings[i];
		crew->zones[i] = zone_new(zone_name(work->zone), NULL);
		counting->work = work;
		counting->numbers = numbers_new();
		counting->tally = tally_new(&work->rules, work->inventory,
		                            i == 0 ? work->zone : crew->zones[i]);
		counting->shelf = &crew->shelf;
		crew->takers[i] = (struct taker){ take_tally, counting,
			                          crew->count > 1 ? rest : NULL, leave };
	}
}

static void sum_up(struct work *work, const struct crew *crew, const struct tally *all)
{
	struct numbers *numbers = crew->shelf.numbers;
	work->jobs_on_down = work->completed = work->at_edge = 0;
	for (guint i = 0; i < crew->count; i++) {
		const struct counting *counting = &crew->countings[i];
		work->jobs_on_down += counting->jobs_on_down;
		work->completed += counting->completed;
		work->at_edge += counting->at_edge;
		numbers_move(numbers, counting->numbers);
		numbers_free(counting->numbers);
	}
	work->clusters = intern_count(all->clusters);
	/* Those of several clusters say nothing of each, and new ones nothing of what is
	 * missing. */
	work->numbers_share = work->clusters > 1 || work->manifest.renumbered
	                              ? 0
	                              : numbers_share(numbers);
	numbers_free(numbers);
}

/* The tally of all of them, with the first one's zone. */
static struct tally *crew_clear(struct crew *crew)
{
	struct tally *all = crew->countings[0].tally;
	struct work *work = crew->countings[0].work;
	tally_unload(crew->shelf.tally, all);
	tally_free(crew->shelf.tally);
	g_mutex_clear(&crew->shelf.mutex);
	for (guint i = 1; i < crew->count; i++) {
		tally_merge(all, crew->countings[i].tally);
		tally_free(crew->countings[i].tally);
	}
	sum_up(work, crew, all);
	for (guint i = 0; i < crew->count; i++)
		zone_free(crew->zones[i]);
	g_free(crew->countings);
	g_free(crew->takers);
	g_free(crew->zones);
	/* What other threads had is in arenas of theirs, where nobody else finds it. */
	if (crew->count > 1)
		memory_give_back();
	return all;
}

static gboolean count(struct work *work, GError **error)
{
	struct crew crew;
	crew_init(&crew, work);
	gboolean done = pass(work, "Measuring", crew.takers, crew.count, crew.countings[0].tally,
	                     error);
	work->tally = crew_clear(&crew);
	tally_order(work->tally);
	return done;
}

static gboolean count_well(struct work *work, GError **error)
{
	gboolean knew = work->hindsight != NULL;
	if (!count(work, error))
		return FALSE;
	if (!should_go_on(work, knew))
		return TRUE;
	g_clear_pointer(&work->tally, tally_free);
	return count_well(work, error);
}

/* The window */

static gboolean asked_edge(const struct work *work, const char *text, gint64 *edge)
{
	return text && work_instant(work->zone, text, edge);
}

static gboolean known_edge(const struct work *work, const char *text, gint64 *edge)
{
	return text && work_instant(work->times_zone, text, edge);
}

/* What is asked for, or else when jobs ended. A date given by hand is a whole day; one in a
 * manifest is an instant. */
void work_wanted_window(const struct work *work, gint64 *from, gint64 *to)
{
	const struct report_options *options = work->options;
	gint64 edge;
	if (asked_edge(work, options->from, &edge) || known_edge(work, work->manifest.from, &edge))
		*from = edge;
	if (asked_edge(work, options->to, &edge))
		*to = zone_day_start(work->zone, zone_day(work->zone, edge) + 1);
	else if (known_edge(work, work->manifest.to, &edge))
		*to = edge;
}

/* A month that was forgotten among the files looks like one in which nothing ran. */
static void say_gaps(const struct work *work)
{
	const GArray *gaps = work->manifest.gaps;
	gint64 from = G_MININT64, to = G_MAXINT64, begin, end;
	work_wanted_window(work, &from, &to);
	for (guint i = 0; gaps && i < gaps->len; i++) {
		const struct timespan *gap = &g_array_index(gaps, struct timespan, i);
		if (known_edge(work, gap->from, &begin) && known_edge(work, gap->to, &end) &&
		    begin < to && end > from)
			shell_say("no export is of the time from %s to %s, which counts as idle",
			          gap->from, gap->to);
	}
}

static gboolean error_no_times(GError **error)
{
	return error_failed(error,
	                    "the export has no columns Start and End, so nothing in it has a place "
	                    "in time; export again "
	                    "with: sacct --allusers --duplicates --parsable2 --format=%s",
	                    RICH_FORMAT);
}

static gboolean error_empty(const struct work *work, const struct extent *extent, GError **error)
{
	if (extent->first_end == VALUE_UNKNOWN)
		return error_failed(error, "the period is empty: it ends before it begins, or the "
		                           "export has nothing in it");
	struct civil first = zone_civil(work->zone, extent->first_end),
		     last = zone_civil(work->zone, extent->last_end);
	return error_failed(error,
	                    "the period is empty: it ends before it begins, or the export has "
	                    "nothing in it: its jobs ended from %04d-%02d-%02d to %04d-%02d-%02d",
	                    first.year, first.month, first.day, last.year, last.month, last.day);
}

/* What stands in *from and *to holds where nobody asks for anything else. */
static gboolean find_window(const struct work *work, const struct extent *extent, gint64 *from,
                            gint64 *to, GError **error)
{
	gint64 asked_from = VALUE_UNKNOWN, asked_to = VALUE_UNKNOWN;
	work_wanted_window(work, &asked_from, &asked_to);
	*from = asked_from == VALUE_UNKNOWN ? *from : asked_from;
	*to = asked_to == VALUE_UNKNOWN ? *to : asked_to;
	if (*from == VALUE_UNKNOWN || *to == VALUE_UNKNOWN)
		return error_failed(
			error,
			"no job in it has a start and an end, so there is no period to report on; "
			"`reclaim check` says what is missing and how to export it");
	/* All jobs ended at one instant: the period is theirs. */
	if (*to == *from && extent->first_start != VALUE_UNKNOWN)
		*from = extent->first_start;
	if (*to == *from)
		return error_failed(error, "no job in it ran, so there is nothing to report on");
	if (*to < *from)
		return error_empty(work, extent, error);
	/* A job that ends where a given period does belongs to the next one; where only its begin
	 * is given there is none. */
	if (work->rules.declared && asked_to == VALUE_UNKNOWN)
		(*to)++;
	*from -= *from % 60;
	*to += (60 - *to % 60) % 60;
	return TRUE;
}

static gboolean window_of(const struct work *work, const struct extent *extent, gint64 *from,
                          gint64 *to, GError **error)
{
	*from = extent->first_end;
	*to = extent->last_end;
	return work->has_times ? find_window(work, extent, from, to, error) : error_no_times(error);
}

/* Whether both of its edges are known before any job is. */
static gboolean window_given(const struct work *work)
{
	gint64 from = VALUE_UNKNOWN, to = VALUE_UNKNOWN;
	work_wanted_window(work, &from, &to);
	return from != VALUE_UNKNOWN && to != VALUE_UNKNOWN;
}

/* One pass, or two */

static gboolean measure_twice(struct work *work, GError **error)
{
	struct survey survey;
	work->rules.undecided = FALSE;
	if (!work_look(work, &survey, error) ||
	    !window_of(work, &survey.extent, &work->rules.from, &work->rules.to, error))
		return FALSE;
	inventory_finish(work->inventory);
	return count(work, error);
}

gboolean work_settle(struct work *work, GError **error)
{
	struct tally *tally = work->tally;
	gint64 from = tally->rules.from, to = tally->rules.to;
	if (!tally->rules.declared && !window_of(work, &tally->extent, &from, &to, error))
		return FALSE;
	tally_settle(tally, from, to);
	tally_order(tally);
	work->rules = tally->rules;
	return TRUE;
}

static gboolean measure_once(struct work *work, GError **error)
{
	work->rules.undecided = TRUE;
	inventory_finish(work->inventory);
	return count_well(work, error) && work_settle(work, error);
}

static gboolean measure_window(struct work *work, GError **error)
{
	struct extent nothing;
	extent_init(&nothing);
	work->rules.undecided = FALSE;
	inventory_finish(work->inventory);
	return find_window(work, &nothing, &work->rules.from, &work->rules.to, error) &&
	       count_well(work, error) && (work->has_times || error_no_times(error));
}

gboolean work_measure(struct work *work, GError **error)
{
	const struct report_options *options = work->options;
	say_gaps(work);
	work->rules.declared = options->from || options->to ||
	                       (work->manifest.from && work->manifest.to);
	if (!inventory_given(work->inventory) || (work->rules.declared && !window_given(work)))
		return measure_twice(work, error);
	if (!(work->rules.declared ? measure_window : measure_once)(work, error))
		return FALSE;
	if (work->tally->jobs_on_unlisted == 0)
		return TRUE;
	/* Some nodes are not in the inventory, and must be learned before anything is counted on
	 * them. */
	g_clear_pointer(&work->tally, tally_free);
	return measure_twice(work, error);
}

/* A tally */

static gboolean set_slice(struct work *work, GError **error)
{
	const struct report_options *options = work->options;
	struct rules *rules = &work->rules;
	rules->undecided = TRUE;
	rules->declared = options->from || (work->manifest.from && work->manifest.to);
	if (!rules->declared)
		return TRUE;
	work_wanted_window(work, &rules->from, &rules->to);
	if (rules->to <= rules->from)
		return error_failed(error, "the period is empty: it ends before it begins");
	rules->from -= rules->from % 60;
	rules->to += (60 - rules->to % 60) % 60;
	return TRUE;
}

static gboolean all_listed(const struct work *work, GError **error)
{
	g_autofree char *jobs = shell_count((guint64)work->tally->jobs_on_unlisted, "job", "jobs");
	return work->tally->jobs_on_unlisted == 0 ||
	       error_failed(error,
	                    "%s ran on nodes that the inventory does not list; `reclaim inventory "
	                    "FILE... --inventory NODES -o ALL` writes a list of all nodes that "
	                    "jobs show: take that for every tally",
	                    jobs);
}

/* By chance fewer than this many jobs complete in one second, or hardly more than in others. */
#define CUT_LEAST 3
#define CUT_TIMES 200

/* Of what sacct --truncate cut at the end of a slice the next slice has the rest, under the same
 * id, and a tally of each counts the last piece alone. */
static gboolean none_cut(const struct work *work, GError **error)
{
	const struct rules *rules = &work->rules;
	gint64 seconds = rules->to - rules->from;
	if (!rules->declared || work->at_edge < CUT_LEAST ||
	    work->at_edge * seconds <= CUT_TIMES * work->completed)
		return TRUE;
	g_autofree char *jobs = shell_count((guint64)work->at_edge, "job", "jobs");
	return error_failed(error,
	                    "%s ended in the very second in which the period does, by their rows: "
	                    "sacct -T (--truncate) cut them, and of the pieces tallies would count "
	                    "the last alone. Export without -T, or report on all files together",
	                    jobs);
}

void work_say_clusters(const struct work *work)
{
	if (work->clusters > 1)
		shell_say("the export is of %u clusters: nodes of one name in two of them count as "
		          "one; a report on each is safer",
		          work->clusters);
}

gboolean work_tally(struct work *work, GError **error)
{
	say_gaps(work);
	inventory_finish(work->inventory);
	if (!set_slice(work, error) || !count_well(work, error))
		return FALSE;
	return (work->has_times || error_no_times(error)) && all_listed(work, error) &&
	       none_cut(work, error);
}

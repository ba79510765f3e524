/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "base/intern.h"
#include "base/terminal.h"
#include "base/zone.h"
#include "command/check.h"
#include "command/command.h"
#include "command/manifest.h"
#include "command/options.h"
#include "command/shell.h"
#include "privacy/policy.h"
#include "record/keys.h"

#define PROGRESS_JOBS 1024

static const struct synopsis synopsis = {
	.command = "check",
	.arguments = "EXPORT...",
	.description =
		"Reads one or more sacct exports and says what is in them, what is wrong with\n"
		"them, what can be computed from them, and how to export what is missing. Writes\n"
		"no file. Rows that are set aside are shown, with the names in them: the answer is\n"
		"for you, not for others.\n"
		"\n"
		"EXPORT may be - for standard input, or a folder of reclaim-export: then it also\n"
		"says whether all of it is there, and as it was exported.",
	.example =
		"Example:\n"
		"  reclaim check jobs.psv\n"
		"\n"
		"Exit status 1 when nothing can be read, or when more than --max-bad of the rows\n"
		"are set aside.",
};

static void census_init(struct census *census)
{
	memset(census, 0, sizeof *census);
	census->users = intern_new();
	census->accounts = intern_new();
	census->groups = intern_new();
	census->partitions = intern_new();
	census->clusters = intern_new();
	census->numbers = numbers_new();
	census->first = census->last = VALUE_UNKNOWN;
}

static void census_clear(struct census *census)
{
	intern_free(census->users);
	intern_free(census->accounts);
	intern_free(census->groups);
	intern_free(census->partitions);
	intern_free(census->clusters);
	numbers_free(census->numbers);
}

static void count_word(struct intern *words, struct slice word)
{
	if (!slice_empty(word))
		intern_get(words, word);
}

static void count_time(struct census *census, gint64 seconds)
{
	if (seconds == VALUE_UNKNOWN || seconds == VALUE_UNLIMITED)
		return;
	if (census->first == VALUE_UNKNOWN || seconds < census->first)
		census->first = seconds;
	if (census->last == VALUE_UNKNOWN || seconds > census->last)
		census->last = seconds;
}

static void census_add(struct census *census, const struct job *job)
{
	count_word(census->users, job->user);
	count_word(census->accounts, job->account);
	count_word(census->groups, job->group);
	count_word(census->partitions, job->partition);
	count_word(census->clusters, job->cluster);
	count_time(census, job->submit);
	count_time(census, job->start);
	count_time(census, job->end);
	numbers_add(census->numbers, job);
	census->pseudonyms += pseudonym_valid(NAME_USER, job->user);
	if (job->piece)
		return;
	census->states[job->state]++;
	census->jobs++;
	if (!job->ran)
		return;
	census->ran++;
	census->cpu_held += job->cpus > 0;
	census->cpu_measured += job->cpu_used_milliseconds != VALUE_UNKNOWN;
	census->memory_measured += job->memory_peak_bytes != VALUE_UNKNOWN;
	if (job->gpus > 0) {
		census->gpu_jobs++;
		census->gpu_measured += job->gpu_util != VALUE_UNKNOWN;
	}
}

/* Reads to the end, or to where it breaks. */
static void census_take(struct census *census, struct zone_guess *guess, struct reader *reader,
                        struct progress *progress, GError **broken)
{
	guint64 bytes = 0;
	struct job job;

	while (reader_next(reader, &job, broken)) {
		census_add(census, &job);
		if (guess)
			zone_guess_add(guess, &job);
		if (census->jobs % PROGRESS_JOBS == 0) {
			progress_add(progress, reader_bytes_read(reader) - bytes);
			bytes = reader_bytes_read(reader);
		}
	}
}

struct check_options {
	char *const *paths;
	GPtrArray *folders; /* struct verified * */
	const char *timezone, *columns;
	double max_bad;
	gboolean json;
};

static gboolean tell(const struct check_options *options, const struct checkup *found,
                     GError **error)
{
	const struct reading *reading = found->reading;

	(options->json ? check_print_json : check_print)(found);
	return reading_agrees(reading, error) &&
	       rows_good_enough(reading_set_aside(reading), reading->rows, options->max_bad,
	                        options->json ? "“odd_rows” shows some"
	                                      : "they are shown under “What is wrong with it”",
	                        error);
}

/* Only times of clocks, with a time elapsed beside them, tell whose clocks they are. */
static gboolean may_guess(const struct reading *reading)
{
	return reading->civil_times && !reading->instants &&
	       (reading->all_have[COLUMN_ELAPSED_RAW] || reading->all_have[COLUMN_ELAPSED]);
}

/* What one reading teaches that the next should know from its begin. */
struct lesson {
	guint exports; /* that were joined in it, as its manifest says */
	gboolean joined;
	struct keys *hindsight;
};

static void heed(struct reader *reader, const struct lesson *lesson)
{
	reader_spare_digests(reader);
	reader_expect_exports(reader, lesson->exports);
	if (lesson->joined)
		reader_expect_duplicates(reader);
	reader_use_hindsight(reader, lesson->hindsight);
}

/* A pipe cannot be read again. */
static gboolean are_files(char *const *paths)
{
	while (*paths && g_file_test(*paths, G_FILE_TEST_IS_REGULAR))
		paths++;
	return !*paths;
}

/* Of what stands before the place that showed files to be joined, nothing was kept that what stands
 * behind it could be held against; and how pieces lie, and which ids are shared, is known when all
 * was seen. Whether there is something to learn. */
static gboolean learn(struct lesson *lesson, struct reader *reader, char *const *paths)
{
	const struct reading *reading = reader_reading(reader);

	if (!are_files(paths))
		return FALSE;
	if (reading->joined && reading->uncompared > 0 && !lesson->joined) {
		lesson->exports += (guint)reading->repeated_headers;
		return lesson->joined = TRUE;
	}
	if (lesson->hindsight || reading->measured_later > 0)
		return reading->reconsiders;
	lesson->hindsight = reader_steal_hindsight(reader);
	return lesson->hindsight != NULL;
}

/* *again: nothing was said, since another reading will say more. */
static gboolean check_once(const struct check_options *options, struct zone *zone,
                           struct lesson *lesson, gboolean *again, GError **error)
{
	struct reader *reader = reader_open_as(options->paths, options->columns, zone, error);
	g_autoptr(GError) broken = NULL;
	struct progress *progress;
	struct zone_guess *guess;
	struct census census;
	struct checkup found = { .census = &census, .zone = zone, .folders = options->folders };
	gboolean done;

	*again = FALSE;
	if (!reader)
		return FALSE;
	heed(reader, lesson);
	census_init(&census);
	guess = zone_name(zone) ? NULL : zone_guess_new();
	progress = shell_progress("Reading", options->paths);
	census_take(&census, guess, reader, progress, &broken);
	progress_free(progress);
	found.reading = reader_reading(reader);
	census.cut = times_cut_to(found.reading->has, found.reading->finer, found.reading->jobs);
	found.broken = broken;
	found.guess = may_guess(found.reading) ? guess : NULL;
	*again = !broken && learn(lesson, reader, options->paths);
	done = *again || (broken && found.reading->rows == 0) || tell(options, &found, error);
	if (done && broken)
		g_propagate_error(error, g_steal_pointer(&broken)), done = FALSE;
	zone_guess_free(guess);
	census_clear(&census);
	reader_close(reader);
	return done;
}

static gboolean check_paths(const struct check_options *options, struct zone *zone, guint exports,
                            GError **error)
{
	struct lesson lesson = { .exports = exports };
	gboolean again, done;

	do
		done = check_once(options, zone, &lesson, &again, error);
	while (again);
	keys_free(lesson.hindsight);
	return done;
}

static void verified_free(struct verified *verified)
{
	g_ptr_array_unref(verified->problems);
	g_free(verified);
}

static GPtrArray *verify_folders(const struct exports *exports)
{
	GPtrArray *folders = g_ptr_array_new_with_free_func((GDestroyNotify)verified_free);

	for (guint i = 0; i < exports->folders->len; i++) {
		struct verified *verified = g_new0(struct verified, 1);

		verified->folder = exports->folders->pdata[i];
		verified->problems = folder_verify(verified->folder);
		g_ptr_array_add(folders, verified);
	}
	return folders;
}

static gboolean folders_whole(const GPtrArray *folders, GError **error)
{
	for (guint i = 0; i < folders->len; i++) {
		const struct verified *verified = folders->pdata[i];
		g_autofree char *shown = terminal_escape(slice_of(verified->folder->path));

		if (verified->problems->len > 0)
			return error_failed(error, "%s is not what was exported: %s", shown,
			                    (const char *)verified->problems->pdata[0]);
	}
	return TRUE;
}

static gboolean check_in_zone(const struct check_options *options, GError **error)
{
	struct manifest manifest;
	struct zone *zone;
	gboolean done = FALSE;

	if (!option_given(options->paths, "an export (a file, or - for standard input)", error) ||
	    !option_inputs_valid(options->paths, error) ||
	    !option_zone_valid("--timezone", options->timezone, error) ||
	    !option_columns_valid(options->columns, error) ||
	    !manifest_read_all(options->paths, &manifest, error))
		return FALSE;
	zone = zone_new(options->timezone ? options->timezone : manifest.zone, error);
	if (zone)
		done = check_paths(options, zone, (guint)manifest.exports, error);
	zone_free(zone);
	manifest_clear(&manifest);
	return done;
}

/* What is wrong with a folder is said first: the reading may end at it. */
static gboolean check_exports(struct check_options *options, const struct exports *exports,
                              GError **error)
{
	GPtrArray *folders = verify_folders(exports);
	gboolean done;

	options->paths = exports->paths;
	options->folders = folders;
	if (!options->json)
		check_print_folders(folders);
	done = check_in_zone(options, error) && folders_whole(folders, error);
	g_ptr_array_unref(folders);
	return done;
}

gboolean command_check(int argc, char **argv, GError **error)
{
	g_autofree char *zone = NULL, *columns = NULL, *max_bad = NULL;
	g_auto(GStrv) paths = NULL;
	struct check_options options = { .json = FALSE };
	const GOptionEntry entries[] = {
		OPTION_TIMEZONE(&zone),
		OPTION_COLUMNS(&columns),
		OPTION_MAX_BAD(&max_bad),
		{ "json", 0, 0, G_OPTION_ARG_NONE, &options.json, "say it as JSON, for programs",
		  NULL },
		OPTION_REST(&paths),
		G_OPTION_ENTRY_NULL,
	};
	struct exports exports = { 0 };
	gboolean done;

	if (!options_parse(&synopsis, entries, argc, argv, &done, error))
		return FALSE;
	if (done)
		return TRUE;
	options.timezone = zone;
	options.columns = columns;
	done = option_max_bad_read(max_bad, &options.max_bad, error) &&
	       exports_open(&exports, paths, zone, error) &&
	       check_exports(&options, &exports, error);
	exports_clear(&exports);
	return done;
}

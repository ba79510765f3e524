/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/intern.h"
#include "base/terminal.h"
#include "base/zone.h"
#include "command/ability.h"
#include "command/command.h"
#include "command/manifest.h"
#include "command/options.h"
#include "command/shell.h"
#include "privacy/policy.h"

#define COUNT G_GUINT64_FORMAT
#define WORDS_SHOWN 12
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
		"EXPORT may be - for standard input.",
	.example =
		"Example:\n"
		"  reclaim check jobs.psv\n"
		"\n"
		"Exit status 1 only when nothing can be read.",
};

static void census_init(struct census *census)
{
	memset(census, 0, sizeof *census);
	census->users = intern_new();
	census->accounts = intern_new();
	census->groups = intern_new();
	census->partitions = intern_new();
	census->clusters = intern_new();
	census->first = census->last = VALUE_UNKNOWN;
}

static void census_clear(struct census *census)
{
	intern_free(census->users);
	intern_free(census->accounts);
	intern_free(census->groups);
	intern_free(census->partitions);
	intern_free(census->clusters);
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
	census->states[job->state]++;
	census->jobs++;
	census->pseudonyms += pseudonym_valid(NAME_USER, job->user);
	if (!job->ran)
		return;
	census->ran++;
	census->cpu_measured += job->cpu_used_milliseconds != VALUE_UNKNOWN;
	census->memory_measured += job->memory_peak_bytes != VALUE_UNKNOWN;
	if (job->gpus > 0) {
		census->gpu_jobs++;
		census->gpu_measured += job->gpu_util != VALUE_UNKNOWN;
	}
}

static void print_words(const char *label, const struct intern *words)
{
	guint32 count = intern_count(words);

	if (count == 0)
		return;
	printf("  %-16s%u: ", label, count);
	for (guint32 i = 0; i < MIN(count, WORDS_SHOWN); i++) {
		g_autofree char *shown = terminal_escape(slice_of(intern_text(words, i)));

		printf("%s%s", i > 0 ? ", " : "", shown);
	}
	puts(count > WORDS_SHOWN ? ", …" : "");
}

static void print_time(const char *label, struct zone *zone, gint64 seconds)
{
	struct civil civil;

	if (seconds == VALUE_UNKNOWN)
		return;
	civil = zone_civil(zone, seconds);
	printf("  %-16s%04d-%02d-%02d %02d:%02d:%02d\n", label, civil.year, civil.month, civil.day,
	       civil.hour, civil.minute, civil.second);
}

static void print_contents(const struct census *census, const struct reading *reading, struct zone *zone)
{
	puts("What is in it");
	printf("  %-16s%" COUNT "\n", "rows", reading->rows);
	printf("  %-16s%" COUNT ", of which %" COUNT " ran\n", "jobs", reading->jobs, census->ran);
	printf("  %-16s%" COUNT " folded into their jobs\n", "steps", reading->steps);
	printf("  %-16s%" COUNT "\n", "duplicates", reading->duplicates);
	printf("  %-16s%" COUNT "\n", "set aside", reading_set_aside(reading));
	printf("  %-16s%u\n", "users", intern_count(census->users));
	printf("  %-16s%u\n", "accounts", intern_count(census->accounts));
	printf("  %-16s%u\n", "groups", intern_count(census->groups));
	print_words("clusters", census->clusters);
	print_words("partitions", census->partitions);
	print_time("first time", zone, census->first);
	print_time("last time", zone, census->last);
	printf("  %-16s%s\n", "time zone", zone_name(zone) ? zone_name(zone)
	       : "not declared: times are taken as printed (--timezone says in which they are)");
	for (int state = 0; state < STATES; state++)
		if (census->states[state] > 0)
			printf("  %-16s%" COUNT "\n", state_name((enum job_state)state), census->states[state]);
}

static void print_example(const struct reading *reading, enum set_aside reason)
{
	for (guint i = 0; i < reading->examples->len; i++) {
		const struct set_aside_example *example = g_ptr_array_index(reading->examples, i);

		if (example->reason != reason)
			continue;
		printf("    such as %s, line %" COUNT ": %s\n", example->file, example->line, example->sample);
		return;
	}
}

/* Returns how many things were found wrong. */
static guint print_wrong_rows(const struct reading *reading)
{
	guint found = 0;

	for (int reason = 0; reason < ASIDES; reason++) {
		if (reading->set_aside[reason] == 0)
			continue;
		found++;
		printf("  %" COUNT " set aside: %s\n", reading->set_aside[reason],
		       set_aside_name((enum set_aside)reason));
		print_example(reading, (enum set_aside)reason);
	}
	return found;
}

static void print_wrong(const struct census *census, const struct reading *reading, const GError *broken)
{
	g_autofree char *flagged = shell_count(reading->flagged, "job stands", "jobs stand");
	g_autofree char *headers = shell_count(reading->repeated_headers, "time", "times");
	guint found;

	puts("\nWhat is wrong with it");
	found = print_wrong_rows(reading);
	if (broken && ++found)
		printf("  reading ended early: %s\n", broken->message);
	if (reading->flagged > 0 && ++found)
		printf("  %s beside a row that was set aside, and may be damaged too\n", flagged);
	if (reading->repeated_headers > 0 && ++found)
		printf("  the header is repeated %s: several exports were joined\n", headers);
	if (census->pseudonyms > 0 && ++found)
		printf("  users bear pseudonyms: this has been anonymized, and is for `reclaim report`\n");
	if (found == 0)
		puts("  nothing was found");
}

static void print_columns(const struct reading *reading)
{
	puts("\nWhat `reclaim anonymize` makes of its columns");
	for (int column = 0; column < COLUMNS; column++) {
		const char *name;
		const struct policy *policy;

		if (!reading->has[column])
			continue;
		name = column_info((enum column)column)->name;
		policy = policy_for(slice_of(name));
		printf("  %-18s %s. %s\n", name, transform_name(policy->transform), policy->why);
	}
	for (guint i = 0; i < reading->unknown_columns->len; i++) {
		g_autofree char *shown =
			terminal_escape(slice_of(g_ptr_array_index(reading->unknown_columns, i)));

		printf("  %-18s dropped. %s\n", shown, policy_for(slice_of(shown))->why);
	}
}

static void print_all(const struct census *census, const struct reading *reading, struct zone *zone,
                      const GError *broken)
{
	print_contents(census, reading, zone);
	print_wrong(census, reading, broken);
	ability_print(census, reading, zone);
	print_columns(reading);
}

/* Reads to the end, or to where it breaks. */
static void census_take(struct census *census, struct reader *reader, struct progress *progress,
                        GError **broken)
{
	guint64 bytes = 0;
	struct job job;

	while (reader_next(reader, &job, broken)) {
		census_add(census, &job);
		if (census->jobs % PROGRESS_JOBS == 0) {
			progress_add(progress, reader_bytes_read(reader) - bytes);
			bytes = reader_bytes_read(reader);
		}
	}
}

static gboolean check_paths(char *const *paths, struct zone *zone, GError **error)
{
	struct reader *reader = reader_open(paths, zone, error);
	struct progress *progress;
	struct census census;
	GError *broken = NULL;

	if (!reader)
		return FALSE;
	census_init(&census);
	progress = shell_progress("Reading", paths);
	census_take(&census, reader, progress, &broken);
	progress_free(progress);
	if (!broken || reader_reading(reader)->rows > 0) {
		print_all(&census, reader_reading(reader), zone, broken);
	}
	census_clear(&census);
	reader_close(reader);
	if (!broken)
		return TRUE;
	g_propagate_error(error, broken);
	return FALSE;
}

static gboolean check_in_zone(char *const *paths, const char *name, GError **error)
{
	struct manifest manifest;
	struct zone *zone;
	gboolean done = FALSE;

	if (!option_given(paths, "an export (a file, or - for standard input)", error) ||
	    !option_inputs_valid(paths, error) || !option_timezone_valid(name, error) ||
	    !manifest_read_all(paths, &manifest, error))
		return FALSE;
	zone = zone_new(name ? name : manifest.zone, error);
	if (zone)
		done = check_paths(paths, zone, error);
	zone_free(zone);
	manifest_clear(&manifest);
	return done;
}

gboolean command_check(int argc, char **argv, GError **error)
{
	g_autofree char *zone = NULL;
	g_auto(GStrv) paths = NULL;
	const GOptionEntry entries[] = {
		OPTION_TIMEZONE(&zone),
		OPTION_REST(&paths),
		G_OPTION_ENTRY_NULL,
	};
	gboolean done;

	if (!options_parse(&synopsis, entries, argc, argv, &done, error))
		return FALSE;
	return done || check_in_zone(paths, zone, error);
}

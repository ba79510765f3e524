/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "base/terminal.h"
#include "command/check.h"
#include "command/shell.h"
#include "privacy/policy.h"

#define COUNT G_GUINT64_FORMAT
#define WORDS_SHOWN 12

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

static void print_zone(const struct checkup *found)
{
	const char *words = zone_name(found->zone);

	if (!words)
		words = found->reading->instants && !found->reading->civil_times
		                ? "not needed: times are seconds since 1970, or bear their offset; "
		                  "shown as UTC"
		                : "not declared: times are taken as printed (--timezone says in "
		                  "which they are)";
	printf("  %-16s%s\n", "time zone", words);
	if (found->guess) {
		g_autofree char *guessed = zone_guess_words(found->guess);

		printf("  %-16s%s\n", "zone guess", guessed);
	}
}

static void print_contents(const struct checkup *found)
{
	const struct census *census = found->census;
	const struct reading *reading = found->reading;

	puts("What is in it");
	for (guint i = 0; i < reading->forms->len; i++)
		printf("  %-16s%s\n", "form", (char *)g_ptr_array_index(reading->forms, i));
	printf("  %-16s%" COUNT "\n", "rows", reading->rows);
	printf("  %-16s%" COUNT ", of which %" COUNT " ran\n", "jobs",
	       reading->jobs - reading->pieces, census->ran);
	printf("  %-16s%" COUNT " folded into their jobs\n", "steps", reading->steps);
	if (reading->pieces > 0)
		printf("  %-16s%" COUNT " more of jobs that were cut\n", "pieces", reading->pieces);
	printf("  %-16s%" COUNT "%s\n", "duplicates", reading->duplicates,
	       !reading->key_table ? ""
	       : reading->uncompared == 0
	               ? ": all jobs were compared, with a table of 16 bytes each"
	               : ": not all jobs were compared");
	printf("  %-16s%" COUNT "\n", "set aside", reading_set_aside(reading));
	printf("  %-16s%u\n", "users", intern_count(census->users));
	printf("  %-16s%u\n", "accounts", intern_count(census->accounts));
	printf("  %-16s%u\n", "groups", intern_count(census->groups));
	print_words("clusters", census->clusters);
	print_words("partitions", census->partitions);
	print_time("first time", found->zone, census->first);
	print_time("last time", found->zone, census->last);
	print_zone(found);
	for (int state = 0; state < STATES; state++)
		if (census->states[state] > 0)
			printf("  %-16s%" COUNT "\n", state_name((enum job_state)state),
			       census->states[state]);
}

/* What a whole file has wrong that was made another way than sacct makes it, and how it is
 * mended. */
static const char *const remedies[ASIDES] = {
	[ASIDE_NOT_UTF8] = "text in another encoding is made UTF-8 by iconv, such as: iconv -f latin1 -t utf-8",
	[ASIDE_JOB_ID] = "an id is 7, 7_1 or 7.batch, with nothing about it such as blanks or quotes, and no number of which a spreadsheet\n"
			 "    has made 1,234 or 1.2E+07: it keeps ids in a column of text",
	[ASIDE_STATE] = "a state is a word or a number of Slurm's, such as COMPLETED",
	[ASIDE_TIME] = "a time is 2024-01-31T12:00:00, with or without an offset, or seconds since 1970: sacct prints it so\n"
		       "    without SLURM_TIME_FORMAT, and a spreadsheet keeps it in a column of text",
	[ASIDE_REVERSED] = "Start and End may be exchanged: give each column the name of what stands in it",
	[ASIDE_ORPHAN_STEP] = "7.0 is a step of job 7, as 7.batch is: what was made of ids that are numbers with decimals is to be a\n"
			      "    whole number",
	[ASIDE_FIELD_COUNT] = "no row has as many fields as the header: between names stands what stands between values, and in no value,\n"
			      "    as : and - do in times",
};

/* The same where there are jobs as well. */
static const char *const odd_remedies[ASIDES] = {
	[ASIDE_ORPHAN_STEP] = "a step whose job is set aside is so, too; any other counts with the job beside which sacct prints it:\n"
			      "    give exports as they were written, not sorted; where only sorted ones are left, sort what stands\n"
			      "    behind the header by the job's id, such as with LC_ALL=C sort -s -t '|' -k 1,1 where the id comes first",
};

/* Where any job was read, those set aside are odd ones, and their rows say why. Steps of jobs that
 * were set aside lack these for that reason. */
static const char *remedy(const struct reading *reading, int reason)
{
	if (reading->jobs > 0)
		return odd_remedies[reason];
	return reason != ASIDE_ORPHAN_STEP || reading->set_aside[reason] == reading->rows
	               ? remedies[reason]
	               : NULL;
}

/* Of what people write, in which any delimiter and any line end may stand, no report reads
 * anything. */
static void print_free_texts(const struct reading *reading)
{
	const char *before = "    leave out what is free text, in which delimiters and line ends "
	                     "stand, and no report reads it: ";

	for (int column = 0; column < COLUMNS; column++) {
		const struct column_info *info = column_info((enum column)column);

		if (!reading->has[column] || info->kind != VALUE_TEXT)
			continue;
		printf("%s%s", before, info->name);
		before = ", ";
	}
	if (*before == ',')
		puts("");
}

/* Returns how many things were found wrong. */
static guint print_wrong_rows(const struct reading *reading)
{
	guint found = 0;

	for (int reason = 0; reason < ASIDES; reason++)
		if (reading->set_aside[reason] > 0 && ++found)
			printf("  %" COUNT " set aside: %s\n", reading->set_aside[reason],
			       set_aside_name((enum set_aside)reason));
	for (guint i = 0; i < reading->examples->len; i++) {
		const struct set_aside_example *example = g_ptr_array_index(reading->examples, i);
		g_autofree char *file = terminal_escape(slice_of(example->file));

		printf("    %s, line %" COUNT ", %s: %s\n", file, example->line,
		       set_aside_name(example->reason), example->sample);
	}
	for (int reason = 0; reason < ASIDES; reason++)
		if (reading->set_aside[reason] > 0 && remedy(reading, reason))
			printf("    %s\n", remedy(reading, reason));
	if (reading->set_aside[ASIDE_FIELD_COUNT] > 0)
		print_free_texts(reading);
	return found;
}

gboolean check_is_uneven(const struct reading *reading, enum column column)
{
	return reading->has[column] && !reading->all_have[column] &&
	       policy_for(NULL, slice_of(column_info(column)->name)).transform != TRANSFORM_DROP;
}

/* Returns whether there is any such column. */
static gboolean print_uneven(const struct reading *reading)
{
	const char *before = "  not every file has ";

	for (int column = 0; column < COLUMNS; column++) {
		if (!check_is_uneven(reading, (enum column)column))
			continue;
		printf("%s%s", before, column_info((enum column)column)->name);
		before = ", ";
	}
	if (*before != ',')
		return FALSE;
	puts(": export all with the same columns, or anonymize each with the same mapping,\n"
	     "    and report on them together");
	return TRUE;
}

/* Returns whether any is. */
static gboolean print_twice(const struct reading *reading)
{
	const char *before =
		"  in the header stands more than once, by this or another name of it, ";

	for (int column = 0; column < COLUMNS; column++) {
		if (!reading->twice[column])
			continue;
		printf("%s%s", before, column_info((enum column)column)->name);
		before = ", ";
	}
	if (*before != ',')
		return FALSE;
	puts(": its first column counts");
	return TRUE;
}

/* Returns whether it is so. */
static gboolean print_mixed_times(const struct checkup *found)
{
	if (!found->reading->civil_times || !found->reading->instants || zone_name(found->zone))
		return FALSE;
	puts("  some files have times of clocks, others seconds since 1970 or times with offsets, "
	     "and are hours apart from them\n"
	     "    unless --timezone says where the clocks are");
	return TRUE;
}

/* Returns whether it is so. */
static gboolean print_nothing_ran(const struct checkup *found)
{
	const struct reading *reading = found->reading;

	if (reading->rows == 0)
		puts("  no row stands behind the header: no job was there in the period, or none "
		     "that may be seen; sacct shows today's\n"
		     "    without --starttime, and those of others with --allusers, to whoever may "
		     "see them");
	else if (reading->jobs > 0 && found->census->ran == 0)
		puts("  no job in it has run, and a report is of those that did");
	else
		return FALSE;
	return TRUE;
}

/* Returns whether there was any. */
static gboolean print_unreadable(const struct reading *reading)
{
	g_autofree char *values = shell_count(reading_unreadable(reading), "value", "values");
	const char *before = "";

	if (reading_unreadable(reading) == 0)
		return FALSE;
	printf("  %s could not be read and taken as not known; the job is counted all the same: ",
	       values);
	for (int column = 0; column < COLUMNS; column++) {
		if (reading->unreadable[column] == 0)
			continue;
		printf("%s%s %" COUNT, before, column_info((enum column)column)->name,
		       reading->unreadable[column]);
		before = ", ";
	}
	puts("");
	return TRUE;
}

#define LISTED_TASKS                                                                       \
	"tasks do that are listed under the\n    id of their array: of one export each "   \
	"counts, of several those with the same times count once;\n    JobIDRaw tells "    \
	"tasks apart"

/* JobIDRaw is each task's own. */
#define JOINED_PIECES                                                                      \
	"pieces of a job do that overlap\n    where exports of sacct -T were joined "      \
	"without their headers: each counts; give the exports as files of\n    their own, " \
	"and a job counts once"

static void print_wrong(const struct checkup *found_all)
{
	const struct census *census = found_all->census;
	const struct reading *reading = found_all->reading;
	const GError *broken = found_all->broken;
	g_autofree char *pieces = shell_count(reading->pieces, "row is a further piece of a job",
	                                      "rows are further pieces of a job");
	g_autofree char *later = shell_count(reading->measured_later, "job stands", "jobs stand");
	g_autofree char *mended = shell_count(reading->mended, "row was", "rows were");
	g_autofree char *flagged = shell_count(reading->flagged, "job stands", "jobs stand");
	g_autofree char *shared = shell_count(reading->shared, "job shares", "jobs share");
	g_autofree char *uncompared = shell_count(reading->uncompared, "job", "jobs");
	g_autofree char *sheets = shell_full_sheets(reading->full_sheets);
	g_autofree char *twins = shell_twins(reading->twins, "\n    ");
	g_autofree char *spans = shell_spans(&reading->spans, "\n    ");
	g_autofree char *headers = shell_count(reading->repeated_headers, "time", "times");
	guint found;

	puts("\nWhat is wrong with it");
	found = print_wrong_rows(reading);
	found += print_unreadable(reading);
	found += print_nothing_ran(found_all);
	found += print_uneven(reading);
	found += print_twice(reading);
	found += print_mixed_times(found_all);
	if (spans && ++found)
		printf("  %s\n", spans);
	if (broken && ++found)
		printf("  reading ended early: %s\n", broken->message);
	if (reading->full_sheets > 0 && ++found)
		printf("  %s\n", sheets);
	if (reading->twins > 0 && ++found)
		printf("  %s\n", twins);
	if (reading->mended > 0 && ++found)
		printf("  %s put together again: a delimiter or a line end stood in a field, or "
		       "fields were missing\n"
		       "    at the end\n",
		       mended);
	if (reading->flagged > 0 && ++found)
		printf("  %s beside a row that was set aside, and may be damaged too\n", flagged);
	if (reading->pieces > 0 && ++found)
		printf("  %s: sacct -T cut it at its window; a report takes them for one job\n",
		       pieces);
	if (reading->measured_later > 0 && ++found)
		printf("  %s first without use (-X?) and later with it; a report takes the row "
		       "with use\n",
		       later);
	if (reading->repeated_headers > 0 && ++found)
		printf("  the header is repeated %s: several exports were joined\n", headers);
	if (reading->shared > 0 && ++found)
		printf("  %s an id and a submit time with others that ran at the same time, as "
		       "%s\n",
		       shared, reading->has[COLUMN_JOB_ID_RAW] ? JOINED_PIECES : LISTED_TASKS);
	if (reading->joined && reading->uncompared > 0 && ++found)
		printf("  exports were joined, and %s before that showed %s not compared with "
		       "others:\n"
		       "    give a file in the place of a pipe, and all are\n",
		       uncompared, reading->uncompared == 1 ? "was" : "were");
	if (census->pseudonyms > 0 && ++found)
		printf("  users bear pseudonyms: this has been anonymized, and is for `reclaim "
		       "report`\n");
	if (found == 0)
		puts("  nothing was found");
}

static void print_columns(const struct reading *reading)
{
	puts("\nWhat `reclaim anonymize` makes of its columns");
	for (int column = 0; column < COLUMNS; column++) {
		const char *name;
		struct policy policy;

		if (!reading->has[column])
			continue;
		name = column_info((enum column)column)->name;
		policy = policy_for(NULL, slice_of(name));
		printf("  %-18s %s. %s\n", name, transform_name(policy.transform), policy.why);
	}
	for (guint i = 0; i < reading->unknown_columns->len; i++) {
		g_autofree char *shown =
			terminal_escape(slice_of(g_ptr_array_index(reading->unknown_columns, i)));

		printf("  %-18s dropped. %s\n", shown, policy_for(NULL, slice_of(shown)).why);
	}
}

static void print_missing_columns(const struct reading *reading)
{
	const char *before = "\nColumns worth asking for that it has not\n  ";

	for (int column = 0; column < COLUMNS; column++) {
		if (reading->has[column] || !ability_wants((enum column)column))
			continue;
		printf("%s%s", before, column_info((enum column)column)->name);
		before = ", ";
	}
	if (*before == ',')
		puts("");
}

static void print_possible(const char *what, const char *obstacle, void *data)
{
	(void)data;
	if (!obstacle)
		printf("  %s\n", what);
}

static void print_impossible(const char *what, const char *obstacle, void *data)
{
	guint *count = data;

	if (!obstacle)
		return;
	if ((*count)++ == 0)
		puts("\nWhat is missing");
	printf("  %s: %s\n", what, obstacle);
}

static void print_ability(const struct checkup *found)
{
	g_autofree char *command = ability_command(found->census, found->reading, found->zone);
	guint missing = 0;
	char *format;

	puts(found->reading->rows > 0 ? "\nWhat can be computed from it"
	                              : "\nWhat could be computed of jobs in these columns");
	ability_each(found->census, found->reading, print_possible, NULL);
	ability_each(found->census, found->reading, print_impossible, &missing);
	if (!command)
		return;
	format = strstr(command, " --format=");
	printf("\nThe export that has it all:\n  %.*s \\\n   %s\n", (int)(format - command),
	       command, format);
	if (strstr(command, DAY_TO_FILL_IN))
		puts("  with the first day, and the day after the last, in the place "
		     "of " DAY_TO_FILL_IN ": no job in it has a time");
}

static guint count_slices(const struct folder *folder)
{
	guint slices = 0;

	for (guint i = 0; i < folder->files->len; i++)
		slices += ((struct folder_file *)folder->files->pdata[i])->from != NULL;
	return slices;
}

void check_print_folders(const GPtrArray *folders)
{
	if (folders->len > 0)
		puts("Whether it is all there");
	for (guint i = 0; i < folders->len; i++) {
		const struct verified *verified = folders->pdata[i];
		const struct folder *folder = verified->folder;
		g_autofree char *path = terminal_escape(slice_of(folder->path)),
				*from = terminal_escape(slice_of(folder->from));
		g_autofree char *to = terminal_escape(slice_of(folder->to));
		g_autofree char *slices = shell_count(count_slices(folder), "slice", "slices");
		g_autofree char *files = shell_count(folder->files->len, "file", "files");

		printf("  %s: %s to %s, %s in %s\n", path, from, to, slices, files);
		for (guint k = 0; k < verified->problems->len; k++)
			printf("    %s\n", (const char *)verified->problems->pdata[k]);
		if (verified->problems->len == 0)
			puts("    no gap, no overlap, and every file is as it was exported");
	}
	if (folders->len > 0)
		puts("");
}

void check_print(const struct checkup *found)
{
	print_contents(found);
	print_wrong(found);
	print_ability(found);
	print_missing_columns(found->reading);
	print_columns(found->reading);
}

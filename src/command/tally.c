/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/digest.h"
#include "base/error.h"
#include "command/command.h"
#include "command/options.h"
#include "command/shell.h"
#include "command/tallies.h"
#include "measure/numbers.h"

static const struct synopsis synopsis = {
	.command = "tally",
	.arguments = "SHARED... -o TALLY",
	.description =
		"Measures shareable files and keeps what was counted in a small file, of which\n"
		"`reclaim report` makes the report: of many together the same as of all the\n"
		"files they were made of. A year may so be measured month by month, on as many\n"
		"machines as there are.\n"
		"\n"
		"Tallies in the place of the files are put together into one.",
	.example =
		"Example:\n"
		"  reclaim tally january.psv --inventory nodes.csv --from 2025-01-01 \\\n"
		"    --to 2025-01-31 -o january.tally\n"
		"\n"
		"All must have the same nodes: `reclaim inventory` writes them where there is no\n"
		"output of `scontrol show node -o`. With --from and --to a job counts in the period\n"
		"in which it ended, so that files may overlap.",
};

static char *digest_of(const char *text)
{
	struct digest *digest = digest_new();
	digest_update(digest, text, strlen(text));
	char *hex = g_strdup(digest_hex(digest));
	digest_free(digest);
	return hex;
}

static gboolean set_origin(struct tally_origin *origin, const struct work *work, GError **error)
{
	g_autofree char *nodes = inventory_text(work->inventory);
	g_free(origin->release);
	g_free(origin->inventory);
	origin->release = g_strdup(work->manifest.pseudonyms ? work->manifest.pseudonyms : "");
	origin->inventory = digest_of(nodes);
	for (guint i = 0; i < work->sha256->len; i++) {
		g_autofree char *manifest = manifest_text(work->paths, work->sha256->pdata[i],
		                                          error);
		if (!manifest)
			return FALSE;
		tally_origin_add(origin, work->sha256->pdata[i], manifest);
	}
	return TRUE;
}

/* A report of the tally cannot know it. */
static void say_numbers(const struct work *work)
{
	if (work->numbers_share > 0 && work->numbers_share < NUMBERS_FEW)
		shell_say("only %.1f %% of the numbers that Slurm gave to jobs meanwhile are in "
		          "the export: is it of all users and partitions? "
		          "A tally keeps no job numbers: a report of it does not say this, and "
		          "puts money on the nodes all the same",
		          100 * work->numbers_share);
}

static struct saved_tally *measure(const struct report_options *options, GError **error)
{
	struct work work = { .options = options, .paths = g_strdupv((char **)options->paths) };
	struct saved_tally *saved = NULL;
	if (work_prepare(&work, error) && work_one_list(&work, error) &&
	    work_keep_pipes(&work, error) && work_tally(&work, error)) {
		work_say_clusters(&work);
		shell_say_full_sheets(work.full_sheets);
		shell_say_twins(work.twins);
		shell_say_spans(&work.spans);
		say_numbers(&work);
		/* A month of a year may have none. */
		if (!work_anything_ran(&work, NULL))
			shell_say("no job ran in the period that --from and --to name: the year "
			          "may be wrong");
		saved = saved_tally_new(NULL, NULL, NULL);
		gboolean done = set_origin(&saved->origin, &work, error);
		saved->tally = g_steal_pointer(&work.tally);
		saved->inventory = g_steal_pointer(&work.inventory);
		saved->zone = g_steal_pointer(&work.zone);
		saved->times_zone = g_steal_pointer(&work.times_zone);
		if (!done)
			g_clear_pointer(&saved, saved_tally_free);
	}
	work_clear(&work);
	return saved;
}

static gboolean save(const struct saved_tally *saved, const char *path, GError **error)
{
	struct sink_receipt receipt;
	struct sink *sink = sink_open(path, 0644, error);
	if (!sink)
		return FALSE;
	tally_write(saved, sink);
	if (!sink_close(sink, &receipt, error))
		return FALSE;
	g_autofree char *rows = shell_count((guint64)saved->tally->rows.read, "row", "rows");
	g_autofree char *users = shell_count(tally_count_users(saved->tally), "user", "users");
	if (strcmp(path, "-") != 0)
		shell_say("wrote %s: %" G_GUINT64_FORMAT " bytes, %s, %s", path, receipt.size, rows,
		          users);
	return TRUE;
}

static gboolean make(const struct report_options *options, GError **error)
{
	struct saved_tally *saved = tallies_among(options->paths) == TALLIES_ALL
	                                    ? tallies_load(options->paths, options->apart, error)
	                                    : measure(options, error);
	gboolean done = saved && save(saved, options->output, error);
	saved_tally_free(saved);
	return done;
}

static gboolean output_apart(const struct report_options *options, GError **error)
{
	const char *assumptions[] = { options->assumptions, NULL };
	return option_output_apart_from_nodes(options->output, options->inventories, error) &&
	       option_output_apart(options->output, options->paths, error) &&
	       option_output_apart(options->output, (char *const *)assumptions, error) &&
	       option_replaces_own(options->output, TALLY_MAGIC, "tally", error);
}

/* What decides how tallies are made has no meaning when they are. */
static gboolean options_valid(const struct report_options *options, GError **error)
{
	gboolean measuring = options->inventories || options->assumptions || options->group_by ||
	                     options->columns || options->timezone || options->site_timezone ||
	                     options->from || options->to;
	if (!output_apart(options, error))
		return FALSE;
	switch (tallies_among(options->paths)) {
	case TALLIES_SOME:
		return error_usage(error, "tallies and shareable files cannot be put together; "
		                          "make tallies of the files first");
	case TALLIES_ALL:
		return !measuring ||
		       error_usage(
			       error,
			       "tallies have been measured: only --apart has a meaning for them");
	default:
		break;
	}
	if (options->apart)
		return error_usage(error, APART_NEEDS_TALLIES);
	if (!options->from != !options->to)
		return error_usage(error, "--from and --to go together: a tally with a period "
		                          "counts what ended between them");
	return option_given(
		options->inventories,
		"--inventory (the same for all tallies; `reclaim inventory` writes one)", error);
}

static gboolean tally_checked(const struct report_options *options, GError **error)
{
	return option_given(options->paths, "a shareable file (or - for standard input) or a tally",
	                    error) &&
	       option_given(options->output, "-o TALLY", error) &&
	       option_inputs_valid(options->paths, error) &&
	       measure_options_valid(options, error) && options_valid(options, error) &&
	       make(options, error);
}

gboolean command_tally(int argc, char **argv, GError **error)
{
	g_autofree char *output = NULL, *zone = NULL;
	g_auto(GStrv) paths = NULL;
	struct report_strings strings = { 0 };
	const GOptionEntry entries[] = {
		OPTION_OUTPUT(&output, "the tally to write, - for standard output", "TALLY"),
		OPTION_TIMEZONE(&zone),
		OPTION_INVENTORY(&strings.inventories),
		MEASURE_OPTIONS(&strings),
		OPTION_APART(&strings),
		OPTION_REST(&paths),
		G_OPTION_ENTRY_NULL,
	};
	gboolean help, done = options_parse(&synopsis, entries, argc, argv, &help, error);
	if (done && !help) {
		struct report_options options = { .paths = paths,
			                          .output = output,
			                          .timezone = zone };
		done = report_options_set(&options, &strings, error) &&
		       tally_checked(&options, error);
	}
	report_strings_clear(&strings);
	return done;
}

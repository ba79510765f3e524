/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "command/anonymize.h"
#include "command/command.h"
#include "command/folder.h"
#include "command/options.h"
#include "command/report.h"
#include "command/terms_options.h"

static const struct synopsis synopsis = {
	.command = "run",
	.arguments = "EXPORT... --mapping MAP -o DIR",
	.description =
		"Does the whole job: writes the shareable file DIR.psv, with its manifest and\n"
		"digests and, of an inventory and of events, DIR.psv.nodes.csv and\n"
		"DIR.psv.events.csv, as `reclaim anonymize` would,\n"
		"then reports on that, and on nothing else, into the folder DIR as `reclaim\n"
		"report` would.\n"
		"\n"
		"EXPORT may be a folder that reclaim-export wrote, with the nodes in it.\n"
		"\n"
		"MAP is the secret list of names and pseudonyms; it is made, or extended, and\n"
		"with --encrypt-to or --encrypt it is encrypted. Beside it, MAP.releases.json says\n"
		"for you alone what was made of what.",
	.example =
		"Example:\n"
		"  reclaim run export --mapping private/mapping.csv -o report\n"
		"  reclaim run jobs.psv --inventory nodes.txt --mapping private/mapping.csv -o report\n"
		"\n"
		"where export comes from reclaim-export, or jobs.psv from sacct -a -P (see\n"
		"reclaim(1)) and nodes.txt from `scontrol show node -o`. Then open\n"
		"report/index.html.",
};

static gboolean publish(void *staged, GError **error)
{
	return staged_publish(staged, error);
}

static gboolean keep(void *staged, GError **error)
{
	return staged_keep(staged, error);
}

/* Nothing gets its final name before all of it has been looked through. */
static gboolean report_on(struct staged *staged, struct report_options *reporting, GError **error)
{
	g_autofree char *shared = staged_path(staged), *manifest = staged_manifest_path(staged);
	/* called as in the shareable file */
	g_autofree char *nodes = staged_nodes_path(staged), *events = staged_events_path(staged);
	char *paths[] = { shared, NULL }, *inventories[] = { nodes, NULL };

	reporting->paths = paths;
	reporting->manifest = manifest;
	reporting->inventories = nodes ? inventories : NULL;
	reporting->events = events;
	reporting->check = staged_check(staged);
	reporting->publish = publish;
	reporting->keep = keep;
	reporting->publish_data = staged;
	return report_files(reporting, error);
}

static gboolean run(const struct anonymize_options *anonymizing, struct report_options *reporting,
                    GError **error)
{
	struct release *release = release_new();
	struct staged *staged = staged_new(anonymizing, release, error);
	gboolean done = staged && report_on(staged, reporting, error);

	staged_free(staged);
	release_free(release);
	return done;
}

static gboolean run_checked(const char *mapping, const struct secret *secret,
                            const struct terms *terms, char *const *allowed,
                            struct report_options *options, GError **error)
{
	if (!option_given(options->paths, "an export (a file, or - for standard input)", error) ||
	    !option_given(mapping, "--mapping MAP", error) ||
	    !option_given(options->output, "-o DIR", error) ||
	    !option_inputs_valid(options->paths, error) ||
	    !secret_valid(secret, options->paths, error) || !report_options_valid(options, error))
		return FALSE;
	g_autofree char *folder = g_strdup(options->output);
	for (size_t n = strlen(folder); n > 1 && folder[n - 1] == '/'; n--)
		folder[n - 1] = '\0';
	g_autofree char *shared = g_strconcat(folder, ".psv", NULL);
	const char *given[] = { options->assumptions, options->site, options->previous,
		                options->sreport };
	g_autoptr(GPtrArray) read = g_ptr_array_new();
	for (guint i = 0; i < G_N_ELEMENTS(given); i++)
		if (given[i])
			g_ptr_array_add(read, (char *)given[i]);
	for (char *const *other = options->others; *other; other++)
		g_ptr_array_add(read, *other);
	g_ptr_array_add(read, NULL);
	struct anonymize_options anonymizing = {
		.paths = options->paths, .mapping = mapping, .output = shared,
			.timezone = options->timezone,
		.columns = options->columns, .max_bad = options->max_bad, .terms = terms,
			.secret = secret, .outdir = folder,
		.inventories = options->inventories, .events = options->events, .allowed = allowed,
			.others = (char *const *)read->pdata,
	};
	struct report_options reporting = *options;
	reporting.columns = NULL; /* the shareable file always has a header */
	reporting.output = folder;
	return run(&anonymizing, &reporting, error);
}

/* What a folder of reclaim-export has and no option names otherwise. */
static void take_from_folder(struct report_options *options, const struct exports *exports,
                             const struct terms *terms)
{
	options->paths = exports->paths;
	if (!options->inventories)
		options->inventories = exports->inventories;
	if (!options->events)
		options->events = events_to_take(exports, options->inventories, terms);
	if (!options->sreport && exports->latest) {
		options->sreport = exports->latest->sreport;
		options->sreport_found = TRUE;
	}
}

gboolean command_run(int argc, char **argv, GError **error)
{
	g_autofree char *mapping = NULL, *output = NULL, *zone = NULL;
	g_auto(GStrv) paths = NULL, allowed = NULL;
	struct report_strings strings = { 0 };
	struct secret secret = { 0 };
	struct terms_strings sharing = { 0 };
	struct terms terms = { 0 };
	struct exports exports = { 0 };
	const GOptionEntry entries[] = {
		OPTION_MAPPING(&mapping),
		OPTION_OUTPUT(&output,
		              "the folder of the report; the shareable file stands beside it",
		              "DIR"),
		OPTION_TIMEZONE(&zone),
		OPTIONS_SEAL(&secret),
		TERMS_OPTIONS(&sharing),
		OPTION_ALLOW_WORD(&allowed),
		REPORT_OPTIONS(&strings),
		OPTION_REST(&paths),
		G_OPTION_ENTRY_NULL,
	};
	gboolean help, done = options_parse(&synopsis, entries, argc, argv, &help, error);
	if (done && !help) {
		g_auto(GStrv) others = secret_files(&secret, sharing.values);
		struct report_options options = { .output = output,
			                          .timezone = zone,
			                          .others = others };
		/* one number for the file and the report */
		sharing.min_users = g_strdup(strings.min_users);
		done = report_options_set(&options, &strings, error) &&
		       terms_options_read(&sharing, &terms, error) &&
		       exports_open(&exports, paths, zone, error);
		if (done)
			take_from_folder(&options, &exports, &terms);
		done = done && run_checked(mapping, &secret, &terms, allowed, &options, error);
	}
	exports_clear(&exports);
	report_strings_clear(&strings);
	terms_options_clear(&terms);
	terms_strings_clear(&sharing);
	secret_clear(&secret);
	return done;
}

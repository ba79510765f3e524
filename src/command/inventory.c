/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/error.h"
#include "base/sink.h"
#include "command/command.h"
#include "command/options.h"
#include "command/shell.h"
#include "command/work.h"
#include "record/nodes.h"

static const struct synopsis synopsis = {
	.command = "inventory",
	.arguments = "SHARED... -o NODES",
	.description =
		"Infers the nodes of the cluster from the jobs of shareable files, and writes them\n"
		"as a table that --inventory reads: of each node the largest share that any one\n"
		"job took of it, nodes whose names differ in digits only being alike.\n"
		"\n"
		"What is inferred is a lower bound, and no money is put on it. With --inventory the\n"
		"nodes of that list stay as they are, and those that only jobs name are added.",
	.example =
		"Example:\n"
		"  reclaim inventory 2025-*.psv -o nodes.csv\n"
		"\n"
		"for the tallies of these files, which must all have the same nodes.",
};

static gboolean write_nodes(const struct work *work, gint64 jobs, GError **error)
{
	const char *output = work->options->output;
	g_autofree char *text = inventory_text(work->inventory),
			*seen = shell_count((guint64)jobs, "job", "jobs");
	g_autofree char *kinds = shell_count(inventory_pools(work->inventory), "kind", "kinds");
	g_autofree char *nodes = shell_count(inventory_learned(work->inventory), "node was",
	                                     "nodes were");
	struct sink *sink = sink_open(output, 0644, error);
	if (!sink)
		return FALSE;
	sink_text(sink, text);
	if (!sink_close(sink, NULL, error))
		return FALSE;
	if (strcmp(output, "-") != 0)
		shell_say("wrote %s: %s of node; %s inferred from %s", output, kinds, nodes, seen);
	return TRUE;
}

static gboolean infer(const struct report_options *options, GError **error)
{
	struct work work = { .options = options, .paths = g_strdupv((char **)options->paths) };
	struct survey survey;
	gboolean done = work_prepare(&work, error) && work_one_list(&work, error) &&
	                work_keep_pipes(&work, error) && work_look(&work, &survey, error);
	if (done) {
		inventory_finish(work.inventory);
		done = inventory_pools(work.inventory) > 0
		               ? write_nodes(&work, survey.jobs, error)
		               : error_failed(
					 error,
					 "no job names the nodes it ran on: export with NodeList");
	}
	work_clear(&work);
	return done;
}

static gboolean inventory_checked(const struct report_options *options, GError **error)
{
	if (!option_given(options->paths, "a shareable file (or - for standard input)", error) ||
	    !option_given(options->output, "-o NODES", error) ||
	    !option_inputs_valid(options->paths, error) || !measure_options_valid(options, error) ||
	    !option_output_apart(options->output, options->paths, error) ||
	    !option_output_apart_from_nodes(options->output, options->inventories, error) ||
	    !option_replaces_own(options->output, NODES_HEADER_SOURCE "\n",
	                         "list that this command wrote", error))
		return FALSE;
	return infer(options, error);
}

gboolean command_inventory(int argc, char **argv, GError **error)
{
	g_autofree char *output = NULL, *zone = NULL;
	g_auto(GStrv) paths = NULL;
	struct report_strings strings = { 0 };
	const GOptionEntry entries[] = {
		OPTION_OUTPUT(&output, "the list of nodes to write, - for standard output",
		              "NODES"),
		OPTION_TIMEZONE(&zone),
		OPTION_INVENTORY(&strings.inventories),
		OPTION_COLUMNS(&strings.columns),
		OPTION_MAX_BAD(&strings.max_bad),
		OPTION_REST(&paths),
		G_OPTION_ENTRY_NULL,
	};
	gboolean help, done = options_parse(&synopsis, entries, argc, argv, &help, error);
	if (done && !help) {
		struct report_options options = { .paths = paths,
			                          .output = output,
			                          .timezone = zone };
		done = report_options_set(&options, &strings, error) &&
		       inventory_checked(&options, error);
	}
	report_strings_clear(&strings);
	return done;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* generate: a year of a synthetic cluster, the same bytes on every machine.
 *
 *     people → demand → schedule → usage → print
 *
 * people.c says who works at what, and plants what tests expect a report to find; demand.c turns
 * that into jobs; schedule.c runs them on nodes that are never over-allocated; usage.c says what
 * accounting saw; print.c writes it as Slurm 22.05 does. */
#include "print.h"
#include "schedule.h"

#include <stdio.h>

int main(int argc, char **argv)
{
	gint64 seed = 11;
	gboolean nodes = FALSE;
	const GOptionEntry entries[] = {
		{ "seed", 's', 0, G_OPTION_ARG_INT64, &seed, "Another year of the same people",
		  "NUMBER" },
		{ "nodes", 'n', 0, G_OPTION_ARG_NONE, &nodes, "Write the node inventory instead",
		  NULL },
		G_OPTION_ENTRY_NULL,
	};
	g_autoptr(GOptionContext) context = g_option_context_new("- a year of synthetic jobs");
	g_autoptr(GError) error = NULL;
	g_autoptr(GString) text = g_string_new(NULL);
	g_autoptr(GPtrArray) jobs = NULL;

	g_option_context_add_main_entries(context, entries, NULL);
	if (!g_option_context_parse(context, &argc, &argv, &error)) {
		fprintf(stderr, "generate: %s\n", error->message);
		return 2;
	}
	jobs = demand_new((guint64)seed);
	schedule_run(jobs);
	if (nodes)
		print_nodes(text, jobs);
	else
		print_jobs(text, jobs);
	if (fwrite(text->str, 1, text->len, stdout) != text->len || fflush(stdout) != 0) {
		perror("generate");
		return 1;
	}
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/assumptions.h"

#include <string.h>

#include "base/error.h"
#include "base/sink.h"
#include "base/terminal.h"
#include "command/command.h"
#include "command/options.h"

static const struct synopsis synopsis = {
	.command = "assumptions",
	.arguments = "[-o FILE]",
	.description =
		"Prints every assumption of the model with its unit, range, default, source and\n"
		"date, as a file for --assumptions in which all is commented out: remove the # of\n"
		"what you change. What stays commented out stays a default, and is called so.",
	.example =
		"Example:\n"
		"  reclaim assumptions -o prices.conf\n"
		"  reclaim report shared.psv --assumptions prices.conf -o report",
};

static const char head[] = "# Assumptions of reclaim " PACKAGE_VERSION
			   ", all of them defaults. Remove the # in front of a [key] and of what\n"
			   "# you change; low, expected and high run from the least saving to the "
                           "most. Lines that begin with # and a space are notes.\n";

/* By neither a workbook is computed anew. */
static const char *fate_of(enum assumption_key key, const struct assumption *assumption)
{
	return assumption_is_rule(key) ? "; decides what is measured, fixed in the workbook" :
	       assumption->measuring ? "; fixed in the workbook" : "";
}

static void print_one(struct sink *sink, enum assumption_key key,
                      const struct assumption *assumption)
{
	char number[G_ASCII_DTOSTR_BUF_SIZE], most[G_ASCII_DTOSTR_BUF_SIZE];

	sink_printf(sink, "\n# %s: %s, from %s to %s%s\n#[%s]\n", assumption->label,
	            assumption->unit_text,
	            g_ascii_formatd(number, sizeof number, "%.10g", assumption->least),
	            g_ascii_formatd(most, sizeof most, "%.10g", assumption->most),
	            fate_of(key, assumption), assumption->key);
	for (enum scenario s = 0; s < SCENARIOS; s++)
		sink_printf(sink, "#%s=%s\n", scenario_name(s),
		            g_ascii_formatd(number, sizeof number, "%.10g", assumption->value[s]));
	sink_printf(sink, "#source=%s\n#date=%s\n", assumption->source, assumption->date);
}

/* Who has put in prices of their own has done so by hand. */
static gboolean spares_prices(const char *output, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(output));

	return strcmp(output, "-") == 0 || !g_file_test(output, G_FILE_TEST_IS_REGULAR) ||
	       error_failed(error,
	                    "%s is there already, perhaps with prices of your own: name another "
	                    "file, or remove it first",
	                    shown);
}

static gboolean print_all(const char *output, GError **error)
{
	struct assumptions *assumptions = assumptions_new();
	struct sink *sink = sink_open(output, 0644, error);

	if (sink)
		sink_text(sink, head);
	for (enum assumption_key key = 0; sink && key < ASSUMPTIONS; key++)
		print_one(sink, key, assumptions_get(assumptions, key));
	assumptions_free(assumptions);
	return sink && sink_close(sink, NULL, error);
}

gboolean command_assumptions(int argc, char **argv, GError **error)
{
	g_autofree char *output = NULL;
	const GOptionEntry entries[] = {
		OPTION_OUTPUT(&output, "the file to write; the default is standard output", "FILE"),
		G_OPTION_ENTRY_NULL,
	};
	gboolean help, done = options_parse(&synopsis, entries, argc, argv, &help, error);

	if (!output)
		output = g_strdup("-");
	return done && !help ? option_spares_mapping(output, error) &&
	                               spares_prices(output, error) && print_all(output, error)
	                     : done;
}

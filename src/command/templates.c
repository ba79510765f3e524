/* SPDX-License-Identifier: Apache-2.0 */
#include "templates/templates.h"

#include <string.h>

#include "base/error.h"
#include "base/outdir.h"
#include "base/terminal.h"
#include "command/command.h"
#include "command/options.h"

static const struct synopsis synopsis = {
	.command = "templates",
	.arguments = "-o DIR",
	.description =
		"Writes the words and the looks of a report into the folder DIR, which must not\n"
		"be there yet or be empty. Change what you like, remove the rest, and give DIR as\n"
		"--templates: each file that is there takes the place of the program's own.",
	.example =
		"Example:\n"
		"  reclaim templates -o words\n"
		"  reclaim report shared.psv --templates words -o report",
};

/* A folder of somebody's changed templates is not written over. */
static gboolean folder_free(const char *path, GError **error)
{
	g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
	g_autofree char *shown = terminal_escape(slice_of(path));

	return !dir || !g_dir_read_name(dir) || error_failed(error, "%s is not empty", shown);
}

static gboolean write_all(struct outdir *outdir, GError **error)
{
	for (guint i = 0; template_name(i); i++) {
		gsize length = 0;
		const char *text = template_find(template_name(i), &length);
		struct sink *sink = outdir_sink(outdir, template_name(i), error);

		if (!sink)
			return FALSE;
		sink_write(sink, text, length);
		if (!sink_close(sink, NULL, error))
			return FALSE;
	}
	return TRUE;
}

static gboolean write_folder(const char *path, GError **error)
{
	struct outdir *outdir = folder_free(path, error) ? outdir_open(path, error) : NULL;

	if (!outdir)
		return FALSE;
	if (write_all(outdir, error))
		return outdir_close(outdir, error);
	outdir_abort(outdir);
	return FALSE;
}

gboolean command_templates(int argc, char **argv, GError **error)
{
	g_autofree char *output = NULL;
	const GOptionEntry entries[] = {
		OPTION_OUTPUT(&output, "the folder to write", "DIR"),
		G_OPTION_ENTRY_NULL,
	};
	gboolean help, done = options_parse(&synopsis, entries, argc, argv, &help, error);

	if (!done || help)
		return done;
	if (!option_given(output, "-o DIR", error))
		return FALSE;
	if (strcmp(output, "-") == 0)
		return error_usage(error, "templates are a folder: -o DIR, not -");
	return write_folder(output, error);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "command/options.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/terminal.h"
#include "base/zone.h"

static gboolean parse(GOptionContext *context, int argc, char **argv, GError **error)
{
	g_autoptr(GError) wrong = NULL;
	/* GLib moves the pointers about: they are a copy, the strings are not. */
	g_autofree char **arguments = g_memdup2(argv, ((gsize)argc + 1) * sizeof *argv);
	g_autofree char *shown = NULL;

	if (g_option_context_parse(context, &argc, &arguments, &wrong))
		return TRUE;
	shown = terminal_escape(slice_of(wrong->message));
	return error_usage(error, "%s", shown);
}

gboolean options_parse(const struct synopsis *synopsis, const GOptionEntry *entries, int argc,
                       char **argv, gboolean *done, GError **error)
{
	g_autoptr(GOptionContext) context = g_option_context_new(synopsis->arguments);
	g_autofree char *name = g_strdup_printf("reclaim %s", synopsis->command);
	g_autofree char *help = NULL;
	const GOptionEntry own[] = {
		{ "help", 'h', 0, G_OPTION_ARG_NONE, done, "print this text and do nothing", NULL },
		G_OPTION_ENTRY_NULL,
	};

	*done = FALSE;
	g_set_prgname(name);
	/* GLib's own --help would exit from inside the library. */
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_set_summary(context, synopsis->description);
	g_option_context_set_description(context, synopsis->example);
	g_option_context_add_main_entries(context, entries, NULL);
	g_option_context_add_main_entries(context, own, NULL);
	if (!parse(context, argc, argv, error)) {
		g_prefix_error(error, "%s: ", synopsis->command);
		return FALSE;
	}
	if (*done) {
		help = g_option_context_get_help(context, TRUE, NULL);
		fputs(help, stdout);
	}
	return TRUE;
}

gboolean option_given(const void *value, const char *option, GError **error)
{
	return value || error_usage(error, "%s is missing", option);
}

gboolean option_timezone_valid(const char *name, GError **error)
{
	g_autoptr(GError) wrong = NULL;
	struct zone *zone = zone_new(name, &wrong);

	if (!zone)
		return error_usage(error, "--timezone: %s", wrong->message);
	zone_free(zone);
	return TRUE;
}

gboolean option_inputs_valid(char *const *paths, GError **error)
{
	guint standard_input = 0, count = 0;

	for (; paths[count]; count++)
		standard_input += strcmp(paths[count], "-") == 0;
	if (standard_input > 0 && count > 1)
		return error_usage(error, "standard input (-) cannot be read together with other files");
	return TRUE;
}

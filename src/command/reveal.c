/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <unistd.h>

#include "base/error.h"
#include "base/terminal.h"
#include "command/command.h"
#include "command/options.h"
#include "command/secret.h"
#include "command/shell.h"

static const struct synopsis synopsis = {
	.command = "reveal",
	.arguments = "--mapping MAP PSEUDONYM...",
	.description =
		"Says who stands behind a pseudonym of a report or a shareable file, one line a\n"
		"name: pseudonym, kind, name. group_A may be an account and a group: then both\n"
		"are given.",
	.example =
		"Example:\n"
		"  reclaim reveal --mapping private/mapping.csv user_0001 group_A\n"
		"\n"
		"Exit status 1 when a pseudonym is not in the mapping; the others are still\n"
		"printed.",
};

/* What a terminal would obey is escaped; a program gets the name as it is. */
static void print_name(enum name_kind kind, const char *name, void *data)
{
	const char *pseudonym = data;
	g_autofree char *shown = isatty(STDOUT_FILENO) ? terminal_escape(slice_of(name)) : g_strdup(name);

	printf("%s\t%s\t%s\n", pseudonym, name_kind_name(kind), shown);
}

static gboolean reveal_each(const struct mapping *mapping, char *const *pseudonyms, GError **error)
{
	guint unknown = 0, count = 0;

	for (; pseudonyms[count]; count++) {
		g_autofree char *shown = terminal_escape(slice_of(pseudonyms[count]));

		if (mapping_reveal(mapping, pseudonyms[count], print_name, shown) > 0)
			continue;
		shell_say("%s: not in this mapping", shown);
		unknown++;
	}
	return unknown == 0 || error_failed(error, "%u of %u pseudonyms are unknown", unknown, count);
}

gboolean command_reveal(int argc, char **argv, GError **error)
{
	g_autofree char *path = NULL;
	g_auto(GStrv) pseudonyms = NULL;
	struct secret secret = { 0 };
	const GOptionEntry entries[] = {
		OPTION_MAPPING(&path),
		OPTIONS_UNSEAL(&secret),
		OPTION_REST(&pseudonyms),
		G_OPTION_ENTRY_NULL,
	};
	gboolean help, done = options_parse(&synopsis, entries, argc, argv, &help, error);
	struct mapping *mapping = NULL;

	if (done && !help) {
		done = option_given(path, "--mapping MAP", error) && option_given(pseudonyms, "a pseudonym", error) &&
		       secret_valid(&secret, NULL, error);
		mapping = done ? secret_mapping_open(&secret, path, FALSE, error) : NULL;
		done = mapping && reveal_each(mapping, pseudonyms, error);
	}
	mapping_free(mapping);
	secret_clear(&secret);
	return done;
}

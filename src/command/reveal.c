/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/error.h"
#include "base/terminal.h"
#include "command/audited.h"
#include "command/command.h"
#include "command/options.h"
#include "command/secret.h"
#include "command/shell.h"

static const struct synopsis synopsis = {
	.command = "reveal",
	.arguments = "PSEUDONYM... --mapping MAP --reason TEXT",
	.description =
		"Says who stands behind a pseudonym of a report or a shareable file, one line a\n"
		"name: pseudonym, kind, name. group_A may be an account and a group: then both\n"
		"are given.\n"
		"\n"
		"First it appends to MAP.log when this was asked, by whom, why, and for which\n"
		"pseudonym. When that cannot be written nothing is revealed.",
	.example =
		"Example:\n"
		"  reclaim reveal user_0001 group_A --mapping private/mapping.csv \\\n"
		"    --reason 'to help with memory requests, ticket 4711'\n"
		"\n"
		"Exit status 1 when a pseudonym is not in the mapping; the others are still\n"
		"printed.",
};

/* What a terminal would obey is escaped, and what a program would take for another answer: a line
 * break, a tab. */
static void print_name(enum name_kind kind, const char *name, void *data)
{
	const char *pseudonym = data;
	g_autofree char *shown = terminal_escape_whole(slice_of(name));

	printf("%s\t%s\t%s\n", pseudonym, name_kind_name(kind), shown);
}

/* Whoever asks for something else may have typed a name, which has no place in the log. */
static GStrv pick_pseudonyms(char *const *words, guint *others)
{
	g_autoptr(GStrvBuilder) builder = g_strv_builder_new();

	*others = 0;
	for (; *words; words++) {
		struct slice word = slice_of(*words);

		if (pseudonym_is_any(word)) {
			g_strv_builder_add(builder, *words);
			continue;
		}
		g_autofree char *shown = terminal_escape(word);
		shell_say("%s: not a pseudonym", shown);
		++*others;
	}
	return g_strv_builder_end(builder);
}

static guint print_each(const struct mapping *mapping, char *const *pseudonyms)
{
	guint unknown = 0;

	for (; *pseudonyms; pseudonyms++) {
		if (mapping_reveal(mapping, *pseudonyms, print_name, *pseudonyms) > 0)
			continue;
		shell_say("%s: not in this mapping", *pseudonyms);
		unknown++;
	}
	return unknown;
}

static gboolean reveal(const struct secret *secret, const char *path, const char *reason,
                       char *const *words, GError **error)
{
	struct mapping *mapping = secret_mapping_open(secret, path, FALSE, error);
	g_auto(GStrv) pseudonyms = NULL;
	guint unknown = 0;
	gboolean done;

	if (!mapping)
		return FALSE;
	pseudonyms = pick_pseudonyms(words, &unknown);
	done = !*pseudonyms || audited(path, reason, pseudonyms, error);
	if (done)
		unknown += print_each(mapping, pseudonyms);
	mapping_free(mapping);
	if (done && unknown > 0) {
		g_autofree char *asked = shell_count(g_strv_length((GStrv)words), "pseudonym",
		                                     "pseudonyms");

		return error_failed(error, "%u of %s %s unknown", unknown, asked,
		                    unknown == 1 ? "is" : "are");
	}
	return done;
}

gboolean command_reveal(int argc, char **argv, GError **error)
{
	g_autofree char *path = NULL, *reason = NULL;
	g_auto(GStrv) words = NULL;
	struct secret secret = { 0 };
	const GOptionEntry entries[] = {
		OPTION_MAPPING(&path),
		OPTION_REASON(&reason),
		OPTIONS_UNSEAL(&secret),
		OPTION_REST(&words),
		G_OPTION_ENTRY_NULL,
	};
	gboolean help, done = options_parse(&synopsis, entries, argc, argv, &help, error);

	if (done && !help)
		done = option_given(path, "--mapping MAP", error) &&
		       option_given(words, "a pseudonym", error) &&
		       secret_valid(&secret, NULL, error) && reason_get(&reason, error) &&
		       reveal(&secret, path, reason, words, error);
	secret_clear(&secret);
	return done;
}

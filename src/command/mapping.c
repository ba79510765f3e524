/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/part.h"
#include "base/terminal.h"
#include "command/audited.h"
#include "command/command.h"
#include "command/options.h"
#include "command/prompt.h"
#include "command/secret.h"
#include "command/shell.h"
#include "privacy/mapping_file.h"

static const struct synopsis synopsis = {
	.command = "mapping",
	.arguments = "list|check|merge|destroy MAP...",
	.description =
		"Looks after the secret mapping of names and pseudonyms.\n"
		"\n"
		"  list MAP         prints pseudonym and kind, one a line; with --names also the\n"
		"                   names, which takes a --reason and is kept in MAP.log\n"
		"  check MAP        says whether the file is whole and private, how it is\n"
		"                   encrypted, its id, and how many names are in it\n"
		"  merge A B -o C   makes one mapping of two that began as one and were extended\n"
		"                   apart; refused when they contradict each other\n"
		"  destroy MAP      overwrites and removes it, for good; asks before, unless --yes",
	.example =
		"Example:\n"
		"  reclaim mapping check private/mapping.csv\n"
		"\n"
		"`mapping` reads an encrypted mapping as the other commands do.",
};

struct mapping_options {
	char **words;    /* the action, then the paths */
	char *output;
	char *reason;
	gboolean names;
	gboolean yes;
	struct secret secret;
};

static void print_pseudonym(enum name_kind kind, G_GNUC_UNUSED const char *name,
                            const char *pseudonym, G_GNUC_UNUSED void *data)
{
	printf("%s\t%s\n", pseudonym, name_kind_name(kind));
}

static void print_with_name(enum name_kind kind, const char *name, const char *pseudonym,
                            G_GNUC_UNUSED void *data)
{
	g_autofree char *shown = terminal_escape_whole(slice_of(name));

	printf("%s\t%s\t%s\n", pseudonym, name_kind_name(kind), shown);
}

static gboolean list(struct mapping_options *options, char *const *paths, GError **error)
{
	char all[] = "all names", *const what[] = { all, NULL };
	struct mapping *mapping;
	gboolean done;

	if (options->reason && !options->names)
		return error_usage(error,
		                   "--reason is for --names: without it no names are asked for");
	if (options->names && !reason_get(&options->reason, error))
		return FALSE;
	mapping = secret_mapping_open(&options->secret, paths[0], FALSE, error);
	if (!mapping)
		return FALSE;
	done = !options->names || audited(paths[0], options->reason, what, error);
	if (done)
		mapping_each_entry(mapping, options->names ? print_with_name : print_pseudonym,
		                   NULL);
	mapping_free(mapping);
	return done;
}

/* Of people and groups always, of the rest what there is. */
static void print_counts(const struct mapping *mapping)
{
	for (int kind = 0; kind < NAME_KINDS; kind++) {
		guint count = mapping_count(mapping, (enum name_kind)kind);

		if (kind < NAME_PEOPLE || count > 0)
			printf("%-11s%5u\n", name_kind_name((enum name_kind)kind), count);
	}
}

static gboolean check(struct mapping_options *options, char *const *paths, GError **error)
{
	struct mapping *mapping = secret_mapping_open(&options->secret, paths[0], FALSE, error);
	g_autofree char *to = NULL;

	if (!mapping)
		return FALSE;
	to = mapping_recipients(mapping);
	printf("file        %sreadable by you alone\n",
	       mapping_tells_whole(mapping)
	               ? "whole, and "
	               : "of an older format, which does not show whether a part is missing; ");
	if (!mapping_encrypted(mapping))
		printf("encrypted   no\n");
	else
		printf("encrypted   %s%s\n", to ? "to " : "with a passphrase", to ? to : "");
	printf("id          %s\n", mapping_id(mapping)
	                                   ? mapping_id(mapping)
	                                   : "none yet; given when it is next extended");
	print_counts(mapping);
	mapping_free(mapping);
	return TRUE;
}

/* What was secret stays so: the result of merging an encrypted mapping is encrypted. */
static gboolean merge_into(const struct mapping_options *options, const struct mapping *one,
                           const struct mapping *other, GError **error)
{
	gboolean sealing = options->secret.encrypt || options->secret.encrypt_to;
	struct mapping *into;
	gboolean done;

	if (!sealing && (mapping_encrypted(one) || mapping_encrypted(other)))
		return error_usage(
			error, "%s encrypted: say with --encrypt-to or --encrypt how the result is",
			mapping_encrypted(one) && mapping_encrypted(other)
				? "these mappings are"
				: "one of these mappings is");
	into = secret_mapping_open(&options->secret, options->output, TRUE, error);
	done = into && mapping_merge(into, one, other, error) && mapping_save(into, error);
	mapping_free(into);
	return done;
}

static gboolean merge(struct mapping_options *options, char *const *paths, GError **error)
{
	struct mapping *one, *other = NULL;
	gboolean done = FALSE;

	if (!option_given(options->output, "-o C", error))
		return FALSE;
	if (g_file_test(options->output, G_FILE_TEST_EXISTS) ||
	    g_file_test(options->output, G_FILE_TEST_IS_SYMLINK))
		return error_failed(error, "the result must be a new file; there is one already");
	one = secret_mapping_open(&options->secret, paths[0], FALSE, error);
	if (one)
		other = secret_mapping_open(&options->secret, paths[1], FALSE, error);
	if (other)
		done = merge_into(options, one, other, error);
	mapping_free(other);
	mapping_free(one);
	return done;
}

static gboolean confirmed(const struct mapping_options *options, const char *path, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(path)), *question = NULL, *answer = NULL;

	if (options->yes)
		return TRUE;
	if (!isatty(STDIN_FILENO))
		return error_usage(error, "this cannot be undone: --yes is missing");
	/* Nobody is to confirm that something goes which is not there. */
	if (!mapping_stands(path, error))
		return FALSE;
	question = g_strdup_printf(
		"Nobody will be able to tell who is who by %s again. Type “destroy”: ", shown);
	answer = prompt(question, FALSE, error);
	return answer && (strcmp(answer, "destroy") == 0 ||
	                  error_failed(error, "not confirmed; nothing was done"));
}

/* Names may stand in it too. */
static gboolean destroy_scan_log(const char *mapping, GError **error)
{
	g_autofree char *path = g_strconcat(mapping, ".scan.log", NULL);
	struct mapping_file *file;
	gboolean done;

	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return TRUE;
	file = mapping_file_open(path, TRUE, error);
	done = file && mapping_file_destroy(file, error);
	mapping_file_close(file);
	return done;
}

/* What `anonymize -o -` has not looked through yet lies here; where it was killed names may stand
 * in it. */
static void remove_kept_output(const char *mapping)
{
	g_autofree char *path = g_strconcat(mapping, ".out", NULL), *name = NULL;
	int folder = part_place(path, &name, NULL);

	if (folder < 0)
		return;
	part_remove_stale(folder, name);
	close(folder);
}

static gboolean stands_beside(const char *mapping, const char *ending)
{
	g_autofree char *path = g_strconcat(mapping, ending, NULL);

	return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void say_what_stays(const char *mapping)
{
	g_autofree char *shown = terminal_escape(slice_of(mapping));

	shell_say("the raw exports still hold the names, and so do internal reports that were made "
	          "with it");
	if (stands_beside(mapping, ".log"))
		shell_say("what %s.log says of who asked for whom stays", shown);
	if (stands_beside(mapping, ".releases.json"))
		shell_say("what %s.releases.json says of which export became what stays", shown);
}

static gboolean destroy(struct mapping_options *options, char *const *paths, GError **error)
{
	if (!secret_mapping_may_be(paths[0], error) || !confirmed(options, paths[0], error) ||
	    !mapping_stands(paths[0], error) || !destroy_scan_log(paths[0], error) ||
	    !mapping_destroy(paths[0], error))
		return FALSE;
	remove_kept_output(paths[0]);
	shell_say("overwritten and removed");
	shell_say("on an SSD, on a file system that copies when it writes, in snapshots and in "
	          "backups the old bytes may be left: only a mapping that was always encrypted, "
	          "and whose key or passphrase is destroyed too, is gone for certain");
	say_what_stays(paths[0]);
	return TRUE;
}

static const struct action {
	const char *name;
	guint paths;
	gboolean (*act)(struct mapping_options *options, char *const *paths, GError **error);
} actions[] = {
	{ "list", 1, list },
	{ "check", 1, check },
	{ "merge", 2, merge },
	{ "destroy", 1, destroy },
};

static const struct action *action_find(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(actions); i++)
		if (strcmp(actions[i].name, name) == 0)
			return &actions[i];
	return NULL;
}

/* An option that does nothing here was meant for something. */
static gboolean options_fit(const struct mapping_options *options, const struct action *action,
                            GError **error)
{
	const struct {
		gboolean given;
		const char *name;
		gboolean (*act)(struct mapping_options *, char *const *, GError **);
	} bound[] = {
		{ options->names, "--names", list },
		{ options->reason != NULL, "--reason", list },
		{ options->output != NULL, "-o", merge },
		{ options->secret.encrypt, "--encrypt", merge },
		{ options->secret.encrypt_to != NULL, "--encrypt-to", merge },
		{ options->yes, "--yes", destroy },
	};

	for (guint i = 0; i < G_N_ELEMENTS(bound); i++)
		if (bound[i].given && bound[i].act != action->act)
			return error_usage(error, "%s has no %s", action->name, bound[i].name);
	return TRUE;
}

static gboolean act(struct mapping_options *options, GError **error)
{
	const struct action *action;

	if (!option_given(options->words, "what to do (list, check, merge or destroy)", error))
		return FALSE;
	action = action_find(options->words[0]);
	if (!action)
		return error_usage(error, "what to do is one of list, check, merge and destroy");
	if (g_strv_length(options->words) != action->paths + 1)
		return error_usage(error, "%s takes %s", action->name,
		                   action->paths == 1 ? "one mapping" : "two mappings");
	return options_fit(options, action, error) && secret_valid(&options->secret, NULL, error) &&
	       action->act(options, options->words + 1, error);
}

gboolean command_mapping(int argc, char **argv, GError **error)
{
	struct mapping_options options = { 0 };
	const GOptionEntry entries[] = {
		{ "names", 0, 0, G_OPTION_ARG_NONE, &options.names, "list: print the names too",
		  NULL },
		OPTION_REASON(&options.reason),
		OPTION_OUTPUT(&options.output, "merge: the mapping to write, a new file", "C"),
		{ "yes", 0, 0, G_OPTION_ARG_NONE, &options.yes, "destroy: do not ask", NULL },
		OPTIONS_SEAL(&options.secret),
		OPTION_REST(&options.words),
		G_OPTION_ENTRY_NULL,
	};
	gboolean help, done = options_parse(&synopsis, entries, argc, argv, &help, error);

	if (done && !help)
		done = act(&options, error);
	g_strfreev(options.words);
	g_free(options.output);
	g_free(options.reason);
	secret_clear(&options.secret);
	return done;
}

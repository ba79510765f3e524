/* SPDX-License-Identifier: Apache-2.0 */
/* reclaim: from a Slurm accounting export to a file that may be shared and a report that may be
 * presented.
 *
 *   bytes → rows → records → (pseudonyms) → measures → findings → report
 *         → HTML · PDF · XLSX · mail · JSON · CSV
 *
 *   source/   bytes → rows            measure/  jobs → numbers, in one pass
 *   record/   rows → jobs             finding/  numbers → statements, and what they save
 *   privacy/  names → pseudonyms      report/   statements → a document; render/ document → files
 *   base/     what GLib lacks         command/  one file per subcommand, where the rooms meet
 *
 * `anonymize` writes the shareable file; `report` reads nothing but that; `run` is the one after
 * the other. */
#include <fcntl.h>
#include <glib.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/nearest.h"
#include "base/terminal.h"
#include "command/command.h"
#include "command/shell.h"

static const struct command commands[] = {
	{ "run", "anonymize an export, then report on the result", command_run },
	{ "check", "say what is in an export, what is wrong, and what can be computed",
	  command_check },
	{ "anonymize", "write the export that may be shared, and the secret mapping",
	  command_anonymize },
	{ "report", "compute the savings report from a shareable export", command_report },
	{ "tally", "measure a shareable file for a later report on many", command_tally },
	{ "inventory", "infer the nodes of the cluster from the jobs that ran on them",
	  command_inventory },
	{ "assumptions", "print the assumptions of the model, for --assumptions",
	  command_assumptions },
	{ "templates", "write the words and looks of a report, for --templates",
	  command_templates },
	{ "reveal", "say who stands behind a pseudonym, and log that it was asked",
	  command_reveal },
	{ "mapping", "list, check, merge or destroy the secret mapping", command_mapping },
};

static void print_help(void)
{
	printf("Usage:\n  reclaim COMMAND [OPTION…] FILE...\n\n"
	       "Turns a Slurm accounting export into a pseudonymous file that may be shared and\n"
	       "a savings report that may be presented.\n\nCommands:\n");
	for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
		printf("  %-11s %s\n", commands[i].name, commands[i].summary);
	printf("\n`reclaim COMMAND --help` says more of each; `reclaim --version` which this is.\n"
	       "Exit status: 0 done, 1 failed, 2 usage, 5 a real name was found in an output.\n");
}

static const struct command *command_find(const char *name)
{
	for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static gboolean refuse_command(const char *name, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(name)), *hint = NULL;
	struct nearest nearest;

	if (*name == '-')
		return error_usage(error,
		                   "%s: the command comes first, options behind it; `reclaim "
		                   "--help` lists the commands",
		                   shown);
	nearest_init(&nearest, name);
	for (guint i = 0; i < G_N_ELEMENTS(commands); i++)
		nearest_try(&nearest, commands[i].name);
	hint = nearest_hint(&nearest, "");
	return error_usage(error, "there is no command %s%s", shown,
	                   *hint ? hint : "; `reclaim --help` lists them");
}

static gboolean dispatch(int argc, char **argv, GError **error)
{
	const struct command *command;

	/* The end of options that stand before a command: there are none. */
	if (argc > 1 && strcmp(argv[1], "--") == 0)
		argc--, argv++;
	if (argc < 2)
		return error_usage(error, "no command given; `reclaim --help` lists them");
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)
		return print_help(), TRUE;
	if (strcmp(argv[1], "--version") == 0)
		return printf("reclaim %s\n", PACKAGE_VERSION), TRUE;
	command = command_find(argv[1]);
	return command ? command->run(argc - 1, argv + 1, error) : refuse_command(argv[1], error);
}

/* What the memory holds are people's names: no core file, no debugger of another process. */
static void seal_memory(void)
{
	const struct rlimit none = { 0, 0 };

	setrlimit(RLIMIT_CORE, &none);
	prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/* Where one of the three is closed the next file that is opened would get its number, and what is
 * said would be written into it, the mapping for one. What takes its place can be neither read nor
 * written, so that it is an error as before. */
static void occupy_standard(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			return;
}

int main(int argc, char **argv)
{
	g_autoptr(GError) error = NULL;
	gboolean done;

	/* No setlocale(): numbers and messages are the same under every locale. */
	occupy_standard();
	seal_memory();
	memory_part_large();
	/* That nobody reads any more, or that a file may not get larger, is told and cleaned up
	 * after like a full disk. */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN);
	done = dispatch(argc, argv, &error);
	if ((fflush(stdout) != 0 || ferror(stdout)) && done)
		done = error_failed(&error, "standard output cannot be written");
	if (done)
		return 0;
	shell_say("%s", error->message);
	if (g_error_matches(error, error_quark(), ERROR_USAGE) && argc > 1 && command_find(argv[1]))
		shell_say("`reclaim %s --help` says how it is used", argv[1]);
	return error->domain == error_quark() ? error->code : ERROR_FAILED;
}

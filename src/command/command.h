/* SPDX-License-Identifier: Apache-2.0 */
/* command: one subcommand of the program, and the list of them. */
#ifndef COMMAND_COMMAND_H
#define COMMAND_COMMAND_H

#include <glib.h>

struct command {
	const char *name;    /* "anonymize" */
	const char *summary; /* one line for `reclaim --help` */
	gboolean (*run)(int argc, char **argv, GError **error); /* argv[0] is the command's name */
};

gboolean command_run(int argc, char **argv, GError **error);
gboolean command_check(int argc, char **argv, GError **error);
gboolean command_anonymize(int argc, char **argv, GError **error);
gboolean command_report(int argc, char **argv, GError **error);
gboolean command_tally(int argc, char **argv, GError **error);
gboolean command_inventory(int argc, char **argv, GError **error);
gboolean command_assumptions(int argc, char **argv, GError **error);
gboolean command_templates(int argc, char **argv, GError **error);
gboolean command_mapping(int argc, char **argv, GError **error);
gboolean command_reveal(int argc, char **argv, GError **error);

#endif

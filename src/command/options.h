/* SPDX-License-Identifier: Apache-2.0 */
/* options: what the command lines of the commands share. */
#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

#include <glib.h>

/* What `--help` of a command says around its table of options. */
struct synopsis {
	const char *command;     /* "anonymize" */
	const char *arguments;   /* "EXPORT... --mapping MAP -o FILE" */
	const char *description; /* above the options: lines of at most 80 characters */
	const char *example;     /* below them: one command, then what it does */
};

/* The common options, for a command's own table; each takes the address of a char *. */
#define OPTION_MAPPING(where) \
	{ "mapping", 'm', 0, G_OPTION_ARG_FILENAME, (where), "the secret file of names and pseudonyms", "MAP" }
#define OPTION_OUTPUT(where, what, name) \
	{ "output", 'o', 0, G_OPTION_ARG_FILENAME, (where), (what), (name) }
#define OPTION_TIMEZONE(where) \
	{ "timezone", 0, 0, G_OPTION_ARG_FILENAME, (where), \
	  "the zone of the times in the export, such as Europe/Berlin", "ZONE" }
#define OPTION_SITE_TIMEZONE(where) \
	{ "site-timezone", 0, 0, G_OPTION_ARG_FILENAME, (where), \
	  "the zone of the report's days and hours, if not the export's", "ZONE" }
#define APART_NEEDS_TALLIES "--apart is for tallies that are put together"
#define EVENTS_NEED_NODES "--events needs --inventory: of nodes that are not known nobody can say how many were up"

#define OPTION_COLUMNS(where) \
	{ "columns", 0, 0, G_OPTION_ARG_FILENAME, (where), \
	  "the columns, as sacct's --format has them, if there is no header", "NAME,..." }
#define OPTION_MAX_BAD(where) \
	{ "max-bad", 0, 0, G_OPTION_ARG_FILENAME, (where), \
	  "how many per cent of the rows may be set aside; the default is 1", "PERCENT" }
#define OPTION_THREADS(where) \
	{ "threads", 0, 0, G_OPTION_ARG_FILENAME, (where), \
	  "how many threads work; the default is one a processor, at most 8", "NUMBER" }
/* The address of a char **; NULL when there is none. Whether a list may hold from a day on is for
 * the command to say. */
#define OPTION_INVENTORIES(where, what) \
	{ "inventory", 'i', 0, G_OPTION_ARG_FILENAME_ARRAY, (where), (what), "[DATE=]NODES" }
#define OPTION_EVENTS(where, what) \
	{ "events", 'e', 0, G_OPTION_ARG_FILENAME, (where), (what), "EVENTS" }
#define OPTION_INVENTORY(where) \
	{ "inventory", 'i', 0, G_OPTION_ARG_FILENAME_ARRAY, (where), \
	  "the nodes, one list: `scontrol show node -o` or a table", "NODES" }
#define OPTION_REST(where) \
	{ G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, (where), NULL, NULL }

/* Parses the line by the table (ended by G_OPTION_ENTRY_NULL), to which --help is added. *done:
 * help was asked for and printed, and there is nothing left to do. Anything that the table does not
 * know is an ERROR_USAGE. */
gboolean options_parse(const struct synopsis *synopsis, const GOptionEntry *entries, int argc,
                       char **argv, gboolean *done, GError **error);

/* ERROR_USAGE "--mapping is missing" when there is no value. */
gboolean option_given(const void *value, const char *option, GError **error);

/* NULL or the name of a zone; else ERROR_USAGE, of the option that it was given with. */
gboolean option_zone_valid(const char *option, const char *name, GError **error);

/* NULL or names of columns with commas between; else ERROR_USAGE. */
gboolean option_columns_valid(const char *columns, GError **error);

/* From 0 to 100, or 1 when it is not given; else ERROR_USAGE. */
gboolean option_max_bad_read(const char *text, double *percent, GError **error);

/* From 2 to 1000, else ERROR_USAGE, with what can be done `instead`; left alone when not given. */
gboolean option_min_users_read(const char *text, const char *instead, guint *users, GError **error);

/* From 1 to 64, or one for each processor, at most 8, when it is not given; else ERROR_USAGE. */
gboolean option_threads_read(const char *text, guint *threads, GError **error);

/* NODES, or DATE=NODES: returns where the file stands in the text, and the day from which it holds,
 * "" when none is said. */
const char *option_inventory(const char *text, char date[11]);

/* NULL, or such texts, no two of one day; else ERROR_USAGE. */
gboolean option_inventories_valid(char *const *texts, GError **error);

/* FALSE and error when more rows were set aside than that; the error says where they are shown. */
gboolean rows_good_enough(guint64 set_aside, guint64 rows, double max_bad, const char *where,
                          GError **error);

#define ROWS_SHOWN_BY_CHECK "`reclaim check` shows them"

/* ERROR_USAGE when a mapping stands where something else is to be written, or a file that is
 * encrypted as one may be. */
gboolean option_spares_mapping(const char *output, GError **error);

/* The same, and ERROR_USAGE when the output, unless it is standard output, is one of the files that
 * are read. */
gboolean option_output_apart(const char *output, char *const *paths, GError **error);

/* The same of lists of nodes, [DATE=]NODES each; NULL is none. */
gboolean option_output_apart_from_nodes(const char *output, char *const *inventories,
                                        GError **error);

/* A file that is there may be replaced when it is empty or begins as those do that the command
 * writes, which are called `kind`: anything else of that name may be an export, or prices that
 * somebody has put in by hand. */
gboolean option_replaces_own(const char *output, const char *beginning, const char *kind,
                             GError **error);

/* ERROR_USAGE when "-" stands among the inputs together with another, or one file is there
 * twice. */
gboolean option_inputs_valid(char *const *paths, GError **error);

#endif

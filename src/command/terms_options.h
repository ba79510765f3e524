/* SPDX-License-Identifier: Apache-2.0 */
/* terms_options: on what terms an export is shared, as the command line says it. */
#ifndef COMMAND_TERMS_OPTIONS_H
#define COMMAND_TERMS_OPTIONS_H

#include "command/options.h"
#include "privacy/terms.h"

/* As they stand on the command line. */
struct terms_strings {
	char *profile, *nodes, *times, *min_users, *values;
	char **keep, **drop;
	gboolean renumber, shuffle;
};

/* For a command's own table; `o` is a struct terms_strings *. */
#define TERMS_OPTIONS(o) \
	{ "profile", 0, 0, G_OPTION_ARG_FILENAME, &(o)->profile, \
	  "full times (the default), or days, rounded, no nodes, new numbers", "research|share" }, \
	{ "keep", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(o)->keep, \
	  "keep this column although it is dropped; may be repeated", "COLUMN,..." }, \
	{ "drop", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(o)->drop, "drop this column too; may be repeated", "COLUMN,..." }, \
	{ "values", 0, 0, G_OPTION_ARG_FILENAME, &(o)->values, \
	  "partitions, QOS and other words that give nobody away, a key file", "FILE" }, \
	{ "nodes", 0, 0, G_OPTION_ARG_FILENAME, &(o)->nodes, "what becomes of node names", "keep|rename|drop" }, \
	{ "times", 0, 0, G_OPTION_ARG_FILENAME, &(o)->times, "cut times to this: second, minute, hour or day", "STEP" }, \
	{ "renumber", 0, 0, G_OPTION_ARG_NONE, &(o)->renumber, "give jobs new numbers", NULL }, \
	{ "shuffle", 0, 0, G_OPTION_ARG_NONE, &(o)->shuffle, \
	  "deal new pseudonyms out at random, not in order of appearance", NULL }

/* For a command that has no such option of a report's. */
#define OPTION_WORD_USERS(o) \
	{ "min-users", 0, 0, G_OPTION_ARG_FILENAME, &(o)->min_users, \
	  "how many users make a word nobody's own; the default is 5", "NUMBER" }

void terms_strings_clear(struct terms_strings *strings);

/* The terms and what they own. ERROR_USAGE when a word is none of those that can stand there, when
 * a column is none, or when the file could not be read without one that is to be dropped.
 * terms_options_clear() also after a failure. */
gboolean terms_options_read(const struct terms_strings *strings, struct terms *terms,
                            GError **error);
void terms_options_clear(struct terms *terms);

/* What is kept by hand, one sentence for each column; ended by NULL, g_strfreev(). */
char **terms_warnings(const struct terms *terms);

#endif

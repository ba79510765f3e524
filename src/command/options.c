/* SPDX-License-Identifier: Apache-2.0 */
#include "command/options.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/nearest.h"
#include "base/processors.h"
#include "base/terminal.h"
#include "base/zone.h"
#include "command/shell.h"
#include "privacy/mapping.h"
#include "record/column.h"
#include "record/nodes.h"
#include "source/sniff.h"

#define MAX_BAD_DEFAULT 1.0
#define MIN_USERS_MOST 1000

/* GLib says “Unknown option --inventroy”, with all that was written behind it. */
static gboolean refuse(const GError *wrong, const GOptionEntry *entries, GError **error)
{
	const char *dashes = strstr(wrong->message, " --");
	g_autofree char *shown = terminal_escape(slice_of(wrong->message)), *given = NULL,
			*hint = NULL;
	struct nearest nearest;

	if (!dashes || !g_error_matches(wrong, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
		return error_usage(error, "%s", shown);
	given = g_strndup(dashes + 3, strcspn(dashes + 3, "="));
	nearest_init(&nearest, given);
	for (; entries->long_name; entries++)
		nearest_try(&nearest, entries->long_name);
	hint = nearest_hint(&nearest, "--");
	return error_usage(error, "%s%s", shown, hint);
}

/* A printed page makes one dash of two, and what should be an option is then the name of a file. */
static gboolean has_printed_dash(const char *value)
{
	gunichar first = g_utf8_get_char_validated(value, -1);

	return (first >= 0x2010 && first <= 0x2015) || first == 0x2212;
}

static gboolean is_option(const char *value)
{
	return value[0] == '-' && (value[1] == '-' || g_ascii_isalpha(value[1]));
}

/* Not so nothing, as of a variable of the shell that was never set, the option that comes next, a
 * home that the shell did not put in for ~, and a printed dash. */
static gboolean says_something(const GOptionEntry *entry, const char *value, GError **error)
{
	g_autofree char *shown = NULL;
	gboolean is_file = !*entry->long_name;

	if (!value)
		return TRUE;
	shown = terminal_escape(slice_of(value));
	/* Also where there is such a file, which it may have made once. */
	if (!is_file && is_option(value))
		return error_usage(error, "--%s has no value: behind it stands %s",
		                   entry->long_name, shown);
	if (g_file_test(value, G_FILE_TEST_EXISTS))
		return TRUE;
	if (!*value && is_file)
		return error_usage(error, "one of its arguments is empty");
	if (!*value)
		return error_usage(error, "--%s is empty: leave it out, or give it a value",
		                   entry->long_name);
	if (is_file && has_printed_dash(value))
		return error_usage(error, "%s begins with a dash as it is printed: "
		                   "options begin with one or two hyphens, - or --", shown);
	return !g_str_has_prefix(value, "~/") || g_file_test("~", G_FILE_TEST_EXISTS) ||
	       error_usage(error, "%s: the shell puts no home in for ~ behind = or in quotes: "
	                   "write $HOME", shown);
}

static gboolean all_say_something(const GOptionEntry *entry, GError **error)
{
	for (; entry->long_name; entry++) {
		char *const *values = entry->arg == G_OPTION_ARG_FILENAME_ARRAY
		                              ? *(char ***)entry->arg_data
		                              : NULL;

		for (; values && *values; values++)
			if (!says_something(entry, *values, error))
				return FALSE;
	}
	return TRUE;
}

static guint count_of(const GOptionEntry *entries)
{
	guint count = 0;

	while (entries[count].long_name)
		count++;
	return count;
}

/* Of an option that has one value GLib keeps the last without a word. A copy in which it takes all
 * that are given, each a list in `values`. */
static GOptionEntry *take_several(const GOptionEntry *entries, char ***values)
{
	guint count = count_of(entries);
	GOptionEntry *several = g_memdup2(entries, (count + 1) * sizeof *several);

	for (guint i = 0; i < count; i++) {
		if (several[i].arg != G_OPTION_ARG_FILENAME)
			continue;
		several[i].arg = G_OPTION_ARG_FILENAME_ARRAY;
		several[i].arg_data = &values[i];
	}
	return several;
}

static gboolean keep_single(const GOptionEntry *entry, char ***values, GError **error)
{
	for (; entry->long_name; entry++, values++) {
		if (!*values)
			continue;
		if ((*values)[1])
			return error_usage(error, "--%s is given more than once: which one is "
			                   "meant?", entry->long_name);
		*(char **)entry->arg_data = g_strdup((*values)[0]);
	}
	return TRUE;
}

/* GLib takes --internal=no for --internal. */
static gboolean flags_bare(const GOptionEntry *entry, char **argv, GError **error)
{
	for (; entry->long_name; entry++) {
		g_autofree char *valued = g_strdup_printf("--%s=", entry->long_name);

		for (char **at = argv; *at && strcmp(*at, "--") != 0; at++)
			if (entry->arg == G_OPTION_ARG_NONE && g_str_has_prefix(*at, valued))
				return error_usage(error,
				                   "--%s takes no value: give it, or leave it out",
				                   entry->long_name);
	}
	return TRUE;
}

static gboolean parse(GOptionContext *context, const GOptionEntry *entries, int argc, char **argv,
                      GError **error)
{
	g_autoptr(GError) wrong = NULL;
	/* GLib moves the pointers about: they are a copy, the strings are not. */
	g_autofree char **arguments = g_memdup2(argv, ((gsize)argc + 1) * sizeof *argv);
	g_autofree char *shown = NULL;
	char **rest = arguments + 1;

	if (!flags_bare(entries, argv, error))
		return FALSE;
	if (!g_option_context_parse(context, &argc, &arguments, &wrong))
		return refuse(wrong, entries, error);
	if (!all_say_something(entries, error))
		return FALSE;
	/* A command that takes files has taken them; GLib leaves what there is beside "--" to the
	 * others. */
	while (*rest && strcmp(*rest, "--") == 0)
		rest++;
	if (!*rest)
		return TRUE;
	shown = terminal_escape(slice_of(*rest));
	return error_usage(error, "it takes no files, and “%s” is none of its options", shown);
}

gboolean options_parse(const struct synopsis *synopsis, const GOptionEntry *entries, int argc,
                       char **argv, gboolean *done, GError **error)
{
	g_autoptr(GOptionContext) context = g_option_context_new(synopsis->arguments);
	g_autofree char *name = g_strdup_printf("reclaim %s", synopsis->command);
	g_autofree char *help = NULL;
	g_autofree char ***values = g_new0(char **, count_of(entries) + 1);
	g_autofree GOptionEntry *several = take_several(entries, values);
	gboolean parsed;
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
	g_option_context_add_main_entries(context, several, NULL);
	g_option_context_add_main_entries(context, own, NULL);
	parsed = parse(context, several, argc, argv, error) && keep_single(entries, values, error);
	for (guint i = 0; entries[i].long_name; i++)
		g_strfreev(values[i]);
	if (!parsed) {
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

gboolean option_zone_valid(const char *option, const char *name, GError **error)
{
	g_autoptr(GError) wrong = NULL;
	struct zone *zone = zone_new(name, &wrong);

	if (!zone)
		return error_usage(error, "%s: %s", option, wrong->message);
	zone_free(zone);
	return TRUE;
}

/* By whatever names: of a file that is read twice, jobs without ids would count twice. What cannot
 * be found is told later. */
static gboolean each_once(char *const *paths, GError **error)
{
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

	for (; *paths; paths++) {
		struct stat info;

		if (stat(*paths, &info) == 0 && S_ISREG(info.st_mode) &&
		    !g_hash_table_add(seen, g_strdup_printf("%ju:%ju", (uintmax_t)info.st_dev,
		                                            (uintmax_t)info.st_ino))) {
			g_autofree char *shown = terminal_escape(slice_of(*paths));

			return error_usage(error, "%s is given twice", shown);
		}
	}
	return TRUE;
}

gboolean option_inputs_valid(char *const *paths, GError **error)
{
	guint standard_input = 0, count = 0;

	for (; paths[count]; count++)
		standard_input += strcmp(paths[count], "-") == 0;
	if (standard_input > 0 && count > 1)
		return error_usage(error,
		                   "standard input (-) cannot be read together with other files");
	return each_once(paths, error);
}

/* People would be lost with it for whom a mistyped name is the only reason. */
gboolean option_spares_mapping(const char *output, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(output));

	return strcmp(output, "-") == 0 || !g_file_test(output, G_FILE_TEST_IS_REGULAR) ||
	       !mapping_seems(output) ||
	       error_usage(
		       error,
		       "%s is a mapping, or encrypted as one may be: nothing is written over it",
		       shown);
}

gboolean option_output_apart(const char *output, char *const *paths, GError **error)
{
	for (; strcmp(output, "-") != 0 && *paths; paths++)
		if (path_same(*paths, output))
			return error_usage(error, "the output is one of the files that are read");
	return option_spares_mapping(output, error);
}

gboolean option_output_apart_from_nodes(const char *output, char *const *inventories,
                                        GError **error)
{
	for (; inventories && *inventories; inventories++) {
		char date[11];
		const char *nodes[] = { option_inventory(*inventories, date), NULL };

		if (!option_output_apart(output, (char *const *)nodes, error))
			return FALSE;
	}
	return TRUE;
}

/* What cannot be read begins as nothing does. */
static gboolean begins_with(const char *path, const char *beginning)
{
	size_t length = strlen(beginning), got;
	g_autofree char *head = g_malloc(length);
	FILE *file = fopen(path, "rbe");

	if (!file)
		return FALSE;
	got = fread(head, 1, length, file);
	fclose(file);
	return got == length && memcmp(head, beginning, length) == 0;
}

gboolean option_replaces_own(const char *output, const char *beginning, const char *kind,
                             GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(output));
	struct stat info;

	return strcmp(output, "-") == 0 || stat(output, &info) != 0 || !S_ISREG(info.st_mode) ||
	       info.st_size == 0 || begins_with(output, beginning) ||
	       error_failed(
		       error,
		       "%s is there already, and is no %s: name another -o, or remove it first",
		       shown, kind);
}

gboolean option_columns_valid(const char *columns, GError **error)
{
	struct slice rest = slice_of(columns);

	while (rest.data) {
		struct slice name = sniff_column(slice_cut(&rest, ','));
		g_autofree char *shown = NULL;

		if (column_known(name))
			continue;
		shown = terminal_escape(name);
		return error_usage(error,
		                   "--columns: “%s” is no column of sacct's: give the whole name, "
		                   "as `sacct --helpformat` does",
		                   shown);
	}
	return TRUE;
}

gboolean option_min_users_read(const char *text, const char *instead, guint *users, GError **error)
{
	guint64 number = *users;

	/* What one user has is that user's own. */
	if (text && !g_ascii_string_to_unsigned(text, 10, 2, MIN_USERS_MOST, &number, NULL))
		return error_usage(error, "--min-users is a number from 2 to %d; %s",
		                   MIN_USERS_MOST, instead);
	*users = (guint)number;
	return TRUE;
}

gboolean option_max_bad_read(const char *text, double *percent, GError **error)
{
	char *end = NULL;

	*percent = MAX_BAD_DEFAULT;
	if (!text)
		return TRUE;
	*percent = g_ascii_strtod(text, &end);
	if (end > text && *end == '%')
		end++;
	/* Written so that no number is refused too. */
	if (end == text || *end || !(*percent >= 0 && *percent <= 100))
		return error_usage(error, "--max-bad is a number from 0 to 100");
	return TRUE;
}

gboolean option_threads_read(const char *text, guint *threads, GError **error)
{
	guint64 number;

	*threads = MIN(processors_usable(), 8);
	if (!text)
		return TRUE;
	if (!g_ascii_string_to_unsigned(text, 10, 1, 64, &number, NULL))
		return error_usage(error, "--threads is a number from 1 to 64");
	*threads = (guint)number;
	return TRUE;
}

const char *option_inventory(const char *text, char date[11])
{
	gboolean dated = strlen(text) > 10 && text[10] == '=' &&
	                 nodes_is_date((struct slice){ text, 10 });

	g_strlcpy(date, dated ? text : "", 11);
	return dated ? text + 11 : text;
}

/* 2025-13-01=NODES: what is written like a day and is none would else be the name of a file. */
static gboolean day_valid(const char *text, const char *date, GError **error)
{
	static const char like[] = "dddd-dd-dd=";
	guint at = 0;

	while (like[at] && (like[at] == 'd' ? g_ascii_isdigit(text[at]) : text[at] == like[at]))
		at++;
	return *date || like[at] || g_file_test(text, G_FILE_TEST_EXISTS) ||
	       error_usage(error, "--inventory: %.10s is not a date such as 2025-01-31", text);
}

gboolean option_inventories_valid(char *const *texts, GError **error)
{
	for (guint i = 0; texts && texts[i]; i++) {
		char date[11], other[11];

		if (!*option_inventory(texts[i], date))
			return error_usage(error, "--inventory %s names no file", texts[i]);
		if (!day_valid(texts[i], date, error))
			return FALSE;
		for (guint k = 0; k < i; k++) {
			option_inventory(texts[k], other);
			if (strcmp(date, other) != 0)
				continue;
			return *date ? error_usage(error, "two lists of nodes hold from %s on",
			                           date)
			             : error_usage(error, "two lists of nodes and no day: "
			                                  "--inventory 2025-07-01=NODES says "
			                                  "from when on the second holds");
		}
	}
	return TRUE;
}

gboolean rows_good_enough(guint64 set_aside, guint64 rows, double max_bad, const char *where,
                          GError **error)
{
	g_autofree char *of = shell_count(rows, "row was", "rows were");
	char share[G_ASCII_DTOSTR_BUF_SIZE], limit[G_ASCII_DTOSTR_BUF_SIZE];

	if (rows == 0 || (double)set_aside * 100 <= max_bad * (double)rows)
		return TRUE;
	g_ascii_formatd(share, sizeof share, "%.1f", (double)set_aside * 100 / (double)rows);
	g_ascii_formatd(limit, sizeof limit, "%.4g", max_bad);
	return error_failed(error,
	                    "%" G_GUINT64_FORMAT
	                    " of %s set aside (%s %%), more than --max-bad allows (%s %%); %s",
	                    set_aside, of, share, limit, where);
}

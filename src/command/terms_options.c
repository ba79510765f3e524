/* SPDX-License-Identifier: Apache-2.0 */
#include "command/terms_options.h"

#include "base/error.h"
#include "base/terminal.h"
#include "privacy/policy.h"

void terms_strings_clear(struct terms_strings *strings)
{
	g_free(strings->profile);
	g_free(strings->nodes);
	g_free(strings->times);
	g_free(strings->min_users);
	g_free(strings->values);
	g_strfreev(strings->keep);
	g_strfreev(strings->drop);
}

/* The place of a word in a list, ended by NULL; -1 when it has none. */
static int place_of(const char *word, const char *const *list)
{
	for (int i = 0; list[i]; i++)
		if (strcmp(word, list[i]) == 0)
			return i;
	return -1;
}

static gboolean read_profile(const char *word, struct terms *terms, GError **error)
{
	static const char *const words[] = { "research", "share", NULL };
	int place = word ? place_of(word, words) : PROFILE_RESEARCH;

	if (place < 0)
		return error_usage(error, "--profile is research or share");
	*terms = terms_of((enum profile)place);
	return TRUE;
}

static gboolean read_nodes(const char *word, struct terms *terms, GError **error)
{
	static const char *const words[] = { "keep", "rename", "drop", NULL };
	int place = word ? place_of(word, words) : (int)terms->nodes;

	if (place < 0)
		return error_usage(error, "--nodes is keep, rename or drop");
	terms->nodes = (enum node_names)place;
	return TRUE;
}

static gboolean read_times(const char *word, struct terms *terms, GError **error)
{
	return !word || time_step_find(word, &terms->times) ||
	       error_usage(error, "--times is second, minute, hour or day");
}

static gboolean read_min_users(const char *text, struct terms *terms, GError **error)
{
	const char *instead = "--values lists words that may stay whoever has them";

	return option_min_users_read(text, instead, &terms->min_users, error);
}

static gboolean read_values(const char *path, struct terms *terms, GError **error)
{
	if (!path)
		return TRUE;
	terms->values = values_load(path, error);
	if (!terms->values)
		g_prefix_error(error, "--values: ");
	return terms->values != NULL;
}

static gboolean read_columns(const char *option, char *const *lists, gboolean *columns,
                             GError **error)
{
	for (; lists && *lists; lists++) {
		struct slice rest = slice_of(*lists);

		while (rest.data) {
			struct slice name = slice_trim(slice_cut(&rest, ','));
			g_autofree char *shown = NULL;
			enum column column;

			if (column_find(name, &column)) {
				columns[column] = TRUE;
				continue;
			}
			shown = terminal_escape(name);
			return error_usage(
				error, "%s: “%s” is no column that this version of reclaim knows",
				option, shown);
		}
	}
	return TRUE;
}

/* Without them nothing is left that could be read as a list of jobs. */
static gboolean can_be_read(const struct terms *terms, GError **error)
{
	static const enum column needed[] = { COLUMN_START, COLUMN_END };

	for (guint i = 0; i < G_N_ELEMENTS(needed); i++)
		if (terms->drop[needed[i]])
			return error_usage(error,
			                   "--drop: without %s the file could not be read; --times "
			                   "day leaves only the date",
			                   column_info(needed[i])->name);
	for (int column = 0; column < COLUMNS; column++)
		if (terms->drop[column] && terms->keep[column])
			return error_usage(error, "%s is to be kept and dropped",
			                   column_info((enum column)column)->name);
	return TRUE;
}

gboolean terms_options_read(const struct terms_strings *strings, struct terms *terms,
                            GError **error)
{
	*terms = terms_of(PROFILE_RESEARCH);
	if (!read_profile(strings->profile, terms, error) ||
	    !read_nodes(strings->nodes, terms, error) ||
	    !read_times(strings->times, terms, error) ||
	    !read_min_users(strings->min_users, terms, error) ||
	    !read_columns("--keep", strings->keep, terms->keep, error) ||
	    !read_columns("--drop", strings->drop, terms->drop, error) ||
	    !can_be_read(terms, error))
		return FALSE;
	terms->renumber |= strings->renumber;
	terms->shuffle |= strings->shuffle;
	return read_values(strings->values, terms, error);
}

void terms_options_clear(struct terms *terms)
{
	values_free((struct values *)terms->values);
	terms->values = NULL;
}

char **terms_warnings(const struct terms *terms)
{
	g_autoptr(GStrvBuilder) warnings = g_strv_builder_new();

	for (int i = 0; i < COLUMNS; i++) {
		enum column column = (enum column)i;
		const char *name = column_info(column)->name;
		g_autofree char *warning = NULL;

		if (!terms->keep[i] || !policy_drops_by_default(column))
			continue;
		if (column_info(column)->kind == VALUE_TEXT)
			warning = g_strdup_printf(
				"%s is free text and kept by hand: names of people, projects and "
			        "patients may "
				"stand in it, and only those that the mapping knows are replaced",
				name);
		else
			warning = g_strdup_printf(
				"%s is kept by hand, although it may tell who somebody is", name);
		g_strv_builder_add(warnings, warning);
	}
	return g_strv_builder_end(warnings);
}

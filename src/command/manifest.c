/* SPDX-License-Identifier: Apache-2.0 */
#include "command/manifest.h"

#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/terminal.h"
#include "command/disclosure.h"
#include "command/explain.h"
#include "command/folder.h"
#include "command/json.h"
#include "privacy/policy.h"

void manifest_clear(struct manifest *manifest)
{
	g_free(manifest->zone);
	g_free(manifest->site_zone);
	g_free(manifest->from);
	g_free(manifest->to);
	g_clear_pointer(&manifest->gaps, g_array_unref);
	g_free(manifest->profile);
	g_free(manifest->pseudonyms);
	g_free(manifest->sha256);
	sharing_free(manifest->sharing);
	memset(manifest, 0, sizeof *manifest);
}

char *manifest_path(const char *export_path)
{
	return g_strconcat(export_path, ".manifest.json", NULL);
}

/* A manifest that describes another state of the file would give its times the wrong meaning. */
static gboolean size_fits(JsonObject *root, const char *export_path, GError **error)
{
	JsonObject *file = json_get_object(root, "file");
	struct stat info;

	if (!file || !json_object_has_member(file, "size") || stat(export_path, &info) != 0)
		return TRUE;
	if (json_get_count(file, "size") == (gint64)info.st_size)
		return TRUE;
	return error_failed(error, "the export has changed since this was written; make the export "
	                    "again, or remove the manifest and say --timezone yourself");
}

static gboolean manifest_take(JsonObject *root, const char *export_path, struct manifest *manifest,
                              GError **error)
{
	JsonObject *window;

	if (g_strcmp0(json_peek_text(root, "program"), "reclaim") != 0)
		return error_failed(error, "is not a manifest of this program");
	if (export_path && !size_fits(root, export_path, error))
		return FALSE;
	window = json_get_object(root, "window");
	manifest->zone = json_get_text(root, "timezone");
	manifest->site_zone = json_get_text(root, "site_timezone");
	manifest->from = json_get_text(window, "from");
	manifest->to = json_get_text(window, "to");
	manifest->profile = json_get_text(root, "profile");
	manifest->pseudonyms = json_get_text(root, "pseudonyms");
	manifest->sha256 = json_get_text(json_get_object(root, "file"), "sha256");
	manifest->has_risk = disclosure_read(root, &manifest->risk);
	manifest->sharing = manifest_sharing(root);
	time_step_find(manifest->sharing->times, &manifest->times);
	manifest->exports = MAX(1, json_get_count(root, "exports"));
	manifest->rounded = json_get_flag(json_get_object(root, "parameters"), "durations_rounded");
	manifest->renumbered = json_get_flag(json_get_object(root, "parameters"),
	                                     "jobs_renumbered");
	return TRUE;
}

gboolean manifest_read_at(const char *path, const char *export_path, struct manifest *manifest,
                          GError **error)
{
	g_autoptr(JsonParser) parser = json_parser_new_immutable();
	g_autoptr(GError) wrong = NULL;
	gboolean done;

	memset(manifest, 0, sizeof *manifest);
	if (strcmp(export_path, "-") == 0 || !g_file_test(path, G_FILE_TEST_EXISTS))
		return TRUE;
	if (json_load(parser, path, &wrong))
		done = manifest_take(json_root(parser), export_path, manifest, error);
	else
		done = error_failed(error, "cannot be read: %s", wrong->message);
	if (!done) {
		g_autofree char *shown = terminal_escape(slice_of(path));

		g_prefix_error(error, "%s: ", shown);
	}
	return done;
}

gboolean manifest_read_text(const char *text, struct manifest *manifest, GError **error)
{
	g_autoptr(JsonParser) parser = json_parser_new_immutable();

	memset(manifest, 0, sizeof *manifest);
	return json_load_text(parser, text, strlen(text), error) &&
	       manifest_take(json_root(parser), NULL, manifest, error);
}

/* What the folder says in which an export is a slice. */
static gboolean take_from_folder(const struct folder *folder, const struct folder_file *slice,
                                 struct manifest *manifest, GError **error)
{
	g_autofree char *path = folder_file_path(folder, slice),
			*shown = terminal_escape(slice_of(path));
	struct stat info;

	if (stat(path, &info) == 0 && (gint64)info.st_size != slice->size)
		return error_failed(error,
		                    "%s: the slice has changed since it was exported; `reclaim "
		                    "check` says what else has",
		                    shown);
	manifest->zone = g_strdup(folder->zone);
	manifest->site_zone = g_strdup(folder->site_zone);
	manifest->from = g_strdup(slice->from);
	manifest->to = g_strdup(slice->to);
	manifest->exports = 1;
	return TRUE;
}

/* Whoever may be given one has taken its slices by now. */
static gboolean is_raw_folder(const char *path)
{
	struct folder *folder = g_file_test(path, G_FILE_TEST_IS_DIR) ? folder_open(path, NULL)
	                                                              : NULL;

	folder_free(folder);
	return folder != NULL;
}

/* `folder` as folder_slice() has it. */
static gboolean read_one(const char *export_path, struct folder **folder, struct manifest *manifest,
                         GError **error)
{
	g_autofree char *path = manifest_path(export_path);
	const struct folder_file *slice = g_file_test(path, G_FILE_TEST_EXISTS)
	                                          ? NULL
	                                          : folder_slice(folder, export_path);

	if (!slice && is_raw_folder(export_path)) {
		g_autofree char *shown = terminal_escape(slice_of(export_path));

		memset(manifest, 0, sizeof *manifest);
		return error_failed(error,
		                    "%s: this is a raw export; `reclaim run` reports on it, and "
		                    "`reclaim anonymize` makes of it a file that may be shared",
		                    shown);
	}
	if (!slice)
		return manifest_read_at(path, export_path, manifest, error);
	memset(manifest, 0, sizeof *manifest);
	return take_from_folder(*folder, slice, manifest, error);
}

char *manifest_text(char *const *paths, const char *sha256, GError **error)
{
	for (; *paths; paths++) {
		g_autofree char *path = manifest_path(*paths);
		struct manifest manifest;
		char *text = NULL;
		gboolean of_this, done;

		if (!manifest_read_at(path, *paths, &manifest, error))
			return NULL;
		of_this = g_strcmp0(manifest.sha256, sha256) == 0;
		manifest_clear(&manifest);
		if (!of_this)
			continue;
		done = g_file_get_contents(path, &text, NULL, error);
		return done ? text : NULL;
	}
	return g_strdup("");
}

/* Takes the later (sign 1) or earlier (sign -1) of two days into *kept. */
static void keep_extreme(char **kept, const char *other, int sign)
{
	if (*kept && other && strcmp(other, *kept) * sign > 0) {
		g_free(*kept);
		*kept = g_strdup(other);
	} else if (!other) {
		g_clear_pointer(kept, g_free);
	}
}

static gboolean manifest_join(struct manifest *joined, const struct manifest *next, GError **error)
{
	if (joined->zone && next->zone && strcmp(joined->zone, next->zone) != 0)
		return error_failed(error,
		                    "the exports are in different time zones by their manifests "
		                    "(%s, %s); anonymize them apart, with the same mapping",
		                    joined->zone, next->zone);
	if (joined->pseudonyms && next->pseudonyms &&
	    strcmp(joined->pseudonyms, next->pseudonyms) != 0)
		return error_failed(
			error,
			"the exports are two releases by their manifests: user_0001 in one is not "
			"user_0001 in the other; anonymize them with the same mapping");
	if (!joined->zone)
		joined->zone = g_strdup(next->zone);
	if (g_strcmp0(joined->site_zone, next->site_zone) != 0)
		g_clear_pointer(&joined->site_zone, g_free);
	if (!next->pseudonyms)
		g_clear_pointer(&joined->pseudonyms, g_free);
	keep_extreme(&joined->from, next->from, -1);
	keep_extreme(&joined->to, next->to, 1);
	joined->rounded |= next->rounded;
	joined->renumbered |= next->renumbered;
	joined->times = MAX(joined->times, next->times);
	joined->has_risk = FALSE;
	g_clear_pointer(&joined->profile, g_free);
	g_clear_pointer(&joined->sha256, g_free);
	g_clear_pointer(&joined->sharing, sharing_free);
	return TRUE;
}

static void window_clear(gpointer data)
{
	struct timespan *window = data;

	g_free(window->from);
	g_free(window->to);
}

static void note_window(GArray *windows, const struct manifest *manifest)
{
	const struct timespan window = { g_strdup(manifest->from), g_strdup(manifest->to) };

	g_array_append_val(windows, window);
}

static gint by_begin(gconstpointer a, gconstpointer b)
{
	return strcmp(((const struct timespan *)a)->from, ((const struct timespan *)b)->from);
}

/* Nobody has looked at what ran there. Times of one zone are in the order of their texts;
 * "2024-01-01" is the day's begin. */
static void find_gaps(struct manifest *joined, GArray *windows)
{
	const char *covered = joined->from;

	if (!joined->from || !joined->to)
		return;
	joined->gaps = g_array_new(FALSE, FALSE, sizeof(struct timespan));
	g_array_set_clear_func(joined->gaps, window_clear);
	g_array_sort(windows, by_begin);
	for (guint i = 0; i < windows->len; i++) {
		const struct timespan *window = &g_array_index(windows, struct timespan, i);

		if (strcmp(window->from, covered) > 0 && !g_str_has_prefix(window->from, covered)) {
			const struct timespan gap = { g_strdup(covered), g_strdup(window->from) };

			g_array_append_val(joined->gaps, gap);
		}
		if (strcmp(window->to, covered) > 0)
			covered = window->to;
	}
}

static gboolean read_rest(char *const *paths, struct folder **folder, struct manifest *manifest,
                          GArray *windows, GError **error)
{
	for (guint i = 1; paths[i]; i++) {
		struct manifest next;
		gboolean done = read_one(paths[i], folder, &next, error) &&
		                manifest_join(manifest, &next, error);

		note_window(windows, &next);
		manifest_clear(&next);
		if (!done) {
			manifest_clear(manifest);
			return FALSE;
		}
	}
	return TRUE;
}

static gboolean read_all(char *const *paths, struct folder **folder, struct manifest *manifest,
                         GError **error)
{
	g_autoptr(GArray) windows = g_array_new(FALSE, FALSE, sizeof(struct timespan));

	g_array_set_clear_func(windows, window_clear);
	if (!read_one(paths[0], folder, manifest, error))
		return FALSE;
	note_window(windows, manifest);
	if (!read_rest(paths, folder, manifest, windows, error))
		return FALSE;
	find_gaps(manifest, windows);
	return TRUE;
}

gboolean manifest_read_all(char *const *paths, struct manifest *manifest, GError **error)
{
	struct folder *folder = NULL;
	gboolean done = read_all(paths, &folder, manifest, error);

	folder_free(folder);
	return done;
}

static void begin_object(JsonBuilder *builder, const char *name)
{
	json_builder_set_member_name(builder, name);
	json_builder_begin_object(builder);
}

static void add_window(JsonBuilder *builder, const struct manifest *manifest)
{
	if (!manifest->from || !manifest->to) {
		json_add_text(builder, "window", NULL);
		return;
	}
	begin_object(builder, "window");
	json_add_text(builder, "from", manifest->from);
	json_add_text(builder, "to", manifest->to);
	json_builder_end_object(builder);
}

static void add_texts(JsonBuilder *builder, const char *name, char *const *texts, guint count)
{
	json_builder_set_member_name(builder, name);
	json_builder_begin_array(builder);
	for (guint i = 0; i < count; i++)
		json_builder_add_string_value(builder, texts[i]);
	json_builder_end_array(builder);
}

static void note_columns(const GPtrArray *names, gboolean has[COLUMNS])
{
	for (guint i = 0; i < names->len; i++) {
		enum column column;

		if (column_find(slice_of(g_ptr_array_index(names, i)), &column))
			has[column] = TRUE;
	}
}

static void add_absent_that_become(JsonBuilder *builder, const struct terms *terms,
                                   const gboolean has[COLUMNS], enum transform becomes)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new();

	for (int i = 0; i < COLUMNS; i++) {
		const char *name = column_info((enum column)i)->name;

		if (!has[i] && policy_for(terms, slice_of(name)).transform == becomes)
			g_ptr_array_add(names, (char *)name);
	}
	if (names->len > 0)
		add_texts(builder, transform_name(becomes), (char *const *)names->pdata,
		          names->len);
}

/* What the export might have had as well. */
static void add_absent(JsonBuilder *builder, const struct manifest_facts *facts)
{
	gboolean has[COLUMNS] = { FALSE };

	note_columns(facts->release->columns_kept, has);
	note_columns(facts->release->columns_dropped, has);
	begin_object(builder, "absent");
	for (int becomes = 0; becomes < TRANSFORMS; becomes++)
		add_absent_that_become(builder, facts->terms, has, (enum transform)becomes);
	json_builder_end_object(builder);
}

static void add_columns(JsonBuilder *builder, const struct manifest_facts *facts)
{
	const struct terms *terms = facts->terms;
	const struct release *release = facts->release;

	begin_object(builder, "columns");
	begin_object(builder, "kept");
	for (guint i = 0; i < release->columns_kept->len; i++) {
		const char *name = g_ptr_array_index(release->columns_kept, i);

		json_add_text(builder, name,
		              transform_name(policy_for(terms, slice_of(name)).transform));
	}
	json_builder_end_object(builder);
	add_texts(builder, "dropped", (char *const *)release->columns_dropped->pdata,
	          release->columns_dropped->len);
	add_absent(builder, facts);
	json_builder_end_object(builder);
}

static void add_parameters(JsonBuilder *builder, const struct terms *terms)
{
	begin_object(builder, "parameters");
	json_add_text(builder, "times", time_step_name(terms->times));
	json_add_text(builder, "nodes", node_names_name(terms_nodes(terms)));
	json_add_flag(builder, "durations_rounded", terms->coarse);
	json_add_flag(builder, "jobs_renumbered", terms->renumber);
	json_add_flag(builder, "pseudonyms_shuffled", terms->shuffle);
	json_add_flag(builder, "small_groups_pooled", terms->pool);
	json_add_count(builder, "min_users", terms->min_users);
	json_add_count(builder, "words_listed", values_count(terms->values));
	json_builder_end_object(builder);
}

static void add_receipt(JsonBuilder *builder, const char *name, const struct sink_receipt *receipt)
{
	if (!receipt)
		return;
	begin_object(builder, name);
	json_add_count(builder, "size", (gint64)receipt->size);
	json_add_text(builder, "sha256", receipt->sha256);
	json_builder_end_object(builder);
}

static void add_account(JsonBuilder *builder, const struct release *release)
{
	begin_object(builder, "rows");
	json_add_count(builder, "read", release->rows_read);
	json_add_count(builder, "written", release->rows_written);
	json_add_count(builder, "set_aside", release->rows_set_aside);
	begin_object(builder, "set_aside_by_reason");
	for (int why = 0; why < UNWRITTENS; why++)
		if (release->unwritten[why] > 0)
			json_add_count(builder, unwritten_name((enum unwritten)why),
			               (gint64)release->unwritten[why]);
	json_builder_end_object(builder);
	json_builder_end_object(builder);
	begin_object(builder, "values");
	json_add_count(builder, "blanked", release->values_blanked);
	begin_object(builder, "blanked_by_column");
	for (int column = 0; column < COLUMNS; column++)
		if (release->blanked[column] > 0)
			json_add_count(builder, column_info((enum column)column)->name,
			               release->blanked[column]);
	json_builder_end_object(builder);
	json_add_count(builder, "user_numbers_removed", release->uids_removed);
	json_add_count(builder, "words_replaced", release->words_replaced);
	json_add_count(builder, "words_that_became_tokens", release->words_tokens);
	json_builder_end_object(builder);
}

void manifest_write(struct sink *sink, const struct manifest_facts *facts)
{
	g_autoptr(JsonBuilder) builder = json_builder_new_immutable();
	g_autoptr(JsonNode) root = NULL;
	g_autofree char *text = NULL;

	json_builder_begin_object(builder);
	json_add_text(builder, "program", "reclaim");
	json_add_text(builder, "version", PACKAGE_VERSION);
	json_add_text(builder, "kind", "pseudonymous export");
	json_add_text(builder, "profile", profile_name(facts->terms->profile));
	json_add_text(builder, "pseudonyms", facts->pseudonyms);
	add_parameters(builder, facts->terms);
	json_add_count(builder, "exports", facts->release->exports);
	json_add_text(builder, "timezone", facts->inputs->zone);
	/* Of times that are cut to the day it is known on which day of their own zone they are, and
	 * of no other. */
	json_add_text(builder, "site_timezone",
	              facts->terms->times < TIMES_DAY ? facts->inputs->site_zone : NULL);
	add_window(builder, facts->inputs);
	add_receipt(builder, "file", facts->file);
	add_receipt(builder, "nodes_file", facts->nodes);
	if (facts->events)
		add_receipt(builder, "events_file", facts->events);
	add_account(builder, facts->release);
	add_columns(builder, facts);
	add_texts(builder, "warnings", facts->warnings, g_strv_length((char **)facts->warnings));
	explain_add(builder, facts->release->contents);
	disclosure_write(builder, facts->risk);
	json_builder_end_object(builder);
	root = json_builder_get_root(builder);
	text = json_to_string(root, TRUE);
	sink_text(sink, text);
	sink_text(sink, "\n");
}

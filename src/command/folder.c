/* SPDX-License-Identifier: Apache-2.0 */
#include "command/folder.h"

#include <string.h>

#include "base/error.h"
#include "base/terminal.h"
#include "command/json.h"
#include "command/shell.h"

#define FORMAT 1

static void file_free(struct folder_file *file)
{
	g_free(file->name);
	g_free(file->sha256);
	g_free(file->from);
	g_free(file->to);
	g_free(file);
}

void folder_free(struct folder *folder)
{
	if (!folder)
		return;
	g_free(folder->path);
	g_free(folder->zone);
	g_free(folder->site_zone);
	g_free(folder->from);
	g_free(folder->to);
	g_free(folder->nodes);
	g_free(folder->events);
	g_free(folder->sreport);
	g_ptr_array_unref(folder->files);
	g_free(folder);
}

char *folder_file_path(const struct folder *folder, const struct folder_file *file)
{
	return g_build_filename(folder->path, file->name, NULL);
}

/* A name that leads out of the folder is none. */
static struct folder_file *file_take(struct folder *folder, JsonObject *object)
{
	g_autofree char *name = json_get_text(object, "file");
	if (!name || !*name || *name == '.' || strchr(name, '/'))
		return NULL;
	struct folder_file *file = g_new0(struct folder_file, 1);
	file->name = g_steal_pointer(&name);
	file->size = json_get_count(object, "size");
	file->sha256 = json_get_text(object, "sha256");
	g_ptr_array_add(folder->files, file);
	return file;
}

static gboolean take_slices(struct folder *folder, JsonObject *root)
{
	JsonArray *slices = json_get_list(root, "slices");
	for (guint i = 0; i < json_list_length(slices); i++) {
		JsonObject *object = json_list_object(slices, i);
		struct folder_file *file = object ? file_take(folder, object) : NULL;
		if (!file)
			return FALSE;
		file->from = json_get_text(object, "from");
		file->to = json_get_text(object, "to");
		if (!file->from || !file->to)
			return FALSE;
	}
	return folder->files->len > 0;
}

static char *take_rest(struct folder *folder, JsonObject *root, const char *what)
{
	JsonObject *object = json_get_object(root, what);
	struct folder_file *file = object ? file_take(folder, object) : NULL;
	return file ? folder_file_path(folder, file) : NULL;
}

static gboolean folder_take(struct folder *folder, JsonObject *root)
{
	JsonObject *window = json_get_object(root, "window");
	folder->zone = json_get_text(root, "timezone");
	folder->site_zone = json_get_text(root, "site_timezone");
	folder->from = json_get_text(window, "from");
	folder->to = json_get_text(window, "to");
	folder->only_own = json_get_flag(root, "only_own_jobs");
	if (!folder->from || !folder->to || !take_slices(folder, root))
		return FALSE;
	folder->nodes = take_rest(folder, root, "nodes");
	folder->events = take_rest(folder, root, "events");
	folder->sreport = take_rest(folder, root, "sreport");
	g_free(take_rest(folder, root, "config"));
	return TRUE;
}

static struct folder *folder_new(const char *path)
{
	struct folder *folder = g_new0(struct folder, 1);
	folder->path = g_strdup(path);
	folder->files = g_ptr_array_new_with_free_func((GDestroyNotify)file_free);
	return folder;
}

static struct folder *error_of(const char *path, const char *what, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(path));
	error_failed(error, "%s: %s", shown, what);
	return NULL;
}

struct folder *folder_open(const char *path, GError **error)
{
	g_autofree char *name = g_build_filename(path, "manifest.json", NULL);
	g_autofree char *plan = g_build_filename(path, "plan", NULL);
	g_autoptr(JsonParser) parser = json_parser_new_immutable();
	if (!g_file_test(name, G_FILE_TEST_EXISTS))
		return g_file_test(plan, G_FILE_TEST_EXISTS)
		               ? error_of(path,
		                          "this export is not finished: reclaim-export with the "
		                          "same options goes on",
		                          error)
		               : NULL;
	JsonObject *root = json_load(parser, name, NULL) ? json_root(parser) : NULL;
	if (g_strcmp0(json_peek_text(root, "program"), "reclaim-export") != 0)
		return NULL;
	if (json_get_count(root, "format") != FORMAT)
		return error_of(path, "this export is of another version of reclaim-export", error);
	struct folder *folder = folder_new(path);
	if (folder_take(folder, root))
		return folder;
	folder_free(folder);
	return error_of(path,
	                "manifest.json does not say what is in the folder; it has been changed",
	                error);
}

const struct folder_file *folder_slice(struct folder **folder, const char *path)
{
	g_autofree char *parent = g_path_get_dirname(path), *name = g_path_get_basename(path);
	if (!*folder || strcmp((*folder)->path, parent) != 0) {
		folder_free(*folder);
		*folder = folder_open(parent, NULL);
	}
	for (guint i = 0; *folder && i < (*folder)->files->len; i++) {
		const struct folder_file *slice = (*folder)->files->pdata[i];
		if (slice->from && strcmp(slice->name, name) == 0)
			return slice;
	}
	return NULL;
}

/* What is named on a command line */

static void add_slices(GPtrArray *paths, const struct folder *folder)
{
	for (guint i = 0; i < folder->files->len; i++) {
		const struct folder_file *file = folder->files->pdata[i];
		if (file->from)
			g_ptr_array_add(paths, folder_file_path(folder, file));
	}
}

/* Times that are known are not to be called otherwise. */
static gboolean zone_fits(const struct folder *folder, const char *zone, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(folder->path));
	return !zone || !folder->zone || strcmp(zone, folder->zone) == 0 ||
	       error_usage(error, "--timezone: the times in %s are in %s; leave it out", shown,
	                   folder->zone);
}

static void take_folder(struct exports *exports, struct folder *folder)
{
	g_autofree char *shown = terminal_escape(slice_of(folder->path));
	g_ptr_array_add(exports->folders, folder);
	if (!exports->latest || strcmp(folder->to, exports->latest->to) > 0)
		exports->latest = folder;
	if (folder->only_own)
		shell_say("%s: all jobs are of the person who exported them, who may not be "
		          "allowed to see those of others",
		          shown);
}

static gboolean take_path(struct exports *exports, GPtrArray *paths, const char *path,
                          const char *zone, GError **error)
{
	g_autoptr(GError) wrong = NULL;
	struct folder *folder = g_file_test(path, G_FILE_TEST_IS_DIR) ? folder_open(path, &wrong)
	                                                              : NULL;
	if (wrong) {
		g_propagate_error(error, g_steal_pointer(&wrong));
		return FALSE;
	}
	if (!folder) {
		g_ptr_array_add(paths, g_strdup(path));
		return TRUE;
	}
	take_folder(exports, folder);
	add_slices(paths, folder);
	return zone_fits(folder, zone, error);
}

gboolean exports_open(struct exports *exports, char *const *paths, const char *zone, GError **error)
{
	GPtrArray *all = g_ptr_array_new();
	gboolean done = TRUE;
	*exports = (struct exports){ .folders = g_ptr_array_new_with_free_func(
					     (GDestroyNotify)folder_free) };
	for (guint i = 0; done && paths && paths[i]; i++)
		done = take_path(exports, all, paths[i], zone, error);
	g_ptr_array_add(all, NULL);
	exports->paths = (char **)g_ptr_array_free(all, FALSE);
	if (!paths)
		g_clear_pointer(&exports->paths, g_strfreev);
	if (exports->latest && exports->latest->nodes) {
		exports->inventories = g_new0(char *, 2);
		exports->inventories[0] = g_strdup(exports->latest->nodes);
	}
	return done;
}

void exports_clear(struct exports *exports)
{
	g_strfreev(exports->paths);
	g_strfreev(exports->inventories);
	if (exports->folders)
		g_ptr_array_unref(exports->folders);
	memset(exports, 0, sizeof *exports);
}

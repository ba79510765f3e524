/* SPDX-License-Identifier: Apache-2.0 */
#include "command/internal.h"

#include <sys/stat.h>

#include "base/error.h"
#include "base/terminal.h"
#include "command/audited.h"

gboolean internal_place_valid(const char *path, GError **error)
{
	g_autofree char *above = g_path_get_dirname(path), *shown = terminal_escape(slice_of(path));
	struct stat status;
	if (stat(path, &status) == 0 && (status.st_mode & S_IRWXO) != 0)
		return error_failed(error,
		                    "%s: others may look into this folder, and an internal report "
		                    "is for nobody else: chmod 700 it, or give another",
		                    shown);
	if (stat(above, &status) == 0 && (status.st_mode & S_IWOTH) != 0 &&
	    (status.st_mode & S_ISVTX) == 0)
		return error_failed(error,
		                    "%s: others may change the folder that it stands in: an "
		                    "internal report has no place there",
		                    shown);
	return TRUE;
}

struct listing {
	GHashTable *names;
	enum name_kind groups;
};

static void list_name(enum name_kind kind, const char *name, const char *pseudonym, void *data)
{
	const struct listing *listing = data;
	if (kind == NAME_USER || kind == listing->groups)
		g_hash_table_insert(listing->names, g_strdup(pseudonym), g_strdup(name));
}

GHashTable *internal_names(const struct secret *secret, const char *mapping, const char *reason,
                           enum name_kind groups, GError **error)
{
	char all[] = "all names", *const what[] = { all, NULL };
	struct mapping *opened = secret_mapping_open(secret, mapping, FALSE, error);
	struct listing listing = { NULL, groups };
	if (opened && audited(mapping, reason, what, error)) {
		listing.names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
		mapping_each_entry(opened, list_name, &listing);
	}
	mapping_free(opened);
	return listing.names;
}

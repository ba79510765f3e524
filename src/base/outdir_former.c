/* SPDX-License-Identifier: Apache-2.0 */
#include "base/outdir_former.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/part.h"
#include "base/terminal.h"

#define MANIFEST "manifest.json"

enum { MOST_BYTES = 64 * 1024 * 1024 }; /* of a manifest; one of ten thousand files has two */

/* Reads a regular file to its end; FALSE with *code, 0 where it is not one that this program
 * wrote. */
static gboolean read_whole(int directory, GByteArray *bytes, int *code)
{
	int fd = openat(directory, MANIFEST, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	guint8 buffer[16 * 1024];
	struct stat status;
	ssize_t got = 1;

	*code = 0;
	if (fd < 0) {
		*code = errno == ENOENT || errno == ELOOP || errno == ENXIO ? 0 : errno;
		return FALSE;
	}
	if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size > MOST_BYTES) {
		close(fd);
		return FALSE;
	}
	while ((got = read(fd, buffer, sizeof(buffer))) > 0)
		g_byte_array_append(bytes, buffer, (guint)got);
	*code = got < 0 ? errno : 0;
	close(fd);
	return got == 0;
}

/* NULL when it has none, or something else than a text. */
static const char *text_of(JsonNode *node, const char *member)
{
	JsonNode *text = node && JSON_NODE_HOLDS_OBJECT(node)
	                         ? json_object_get_member(json_node_get_object(node), member)
	                         : NULL;

	return text && JSON_NODE_HOLDS_VALUE(text) &&
	                       json_node_get_value_type(text) == G_TYPE_STRING
	               ? json_node_get_string(text)
	               : NULL;
}

static void add_name(JsonArray *files, guint index, JsonNode *file, gpointer names)
{
	const char *name = text_of(file, "name");

	(void)files;
	(void)index;
	if (name)
		g_hash_table_add(names, g_strdup(name));
}

/* The names of the files that this program wrote; NULL where it did not, or with *code where that
 * cannot be known. */
static GHashTable *files_of(int directory, int *code)
{
	g_autoptr(GByteArray) bytes = g_byte_array_new();
	g_autoptr(JsonParser) parser = json_parser_new();
	JsonNode *manifest, *files;
	GHashTable *names;

	if (!read_whole(directory, bytes, code) || bytes->len == 0 ||
	    !json_parser_load_from_data(parser, (const char *)bytes->data, (gssize)bytes->len,
	                                NULL))
		return NULL;
	manifest = json_parser_get_root(parser);
	if (g_strcmp0(text_of(manifest, "program"), "reclaim") != 0)
		return NULL;
	names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_hash_table_add(names, g_strdup(MANIFEST));
	files = json_object_get_member(json_node_get_object(manifest), "files");
	if (files && JSON_NODE_HOLDS_ARRAY(files))
		json_array_foreach_element(json_node_get_array(files), add_name, names);
	return names;
}

/* The first entry that is no folder and not among `names`, below `path` ("" or "tables/"); NULL
 * when there is none, or with *code what cannot be looked into. Takes `fd`. */
static char *stranger(int fd, const char *path, GHashTable *names, int *code)
{
	DIR *directory = fd < 0 ? NULL : fdopendir(fd);
	char *found = NULL;
	struct dirent *entry;

	if (!directory) {
		*code = errno;
		if (fd >= 0)
			close(fd);
		return g_strdup(path);
	}
	while (!found && (errno = 0, entry = readdir(directory)) != NULL) {
		g_autofree char *inside = g_strconcat(path, entry->d_name, NULL),
				*below = g_strconcat(inside, "/", NULL);
		struct stat status;

		if (g_str_equal(entry->d_name, ".") || g_str_equal(entry->d_name, ".."))
			continue;
		if (fstatat(dirfd(directory), entry->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISDIR(status.st_mode))
			found = stranger(openat(dirfd(directory), entry->d_name,
			                        O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC),
			                 below, names, code);
		else if (!g_hash_table_contains(names, inside))
			found = g_steal_pointer(&inside);
	}
	closedir(directory);
	return found;
}

/* Takes `fd`. */
static gboolean nobody_elses(int fd, GHashTable *names, const char *shown, GError **error)
{
	int code = 0;
	g_autofree char *found = stranger(fd, "", names, &code);
	g_autofree char *escaped = found ? terminal_escape(slice_of(found)) : NULL;

	if (code)
		return error_failed(error, "%s/%s: cannot be looked into: %s", shown, escaped,
		                    g_strerror(code));
	if (found)
		return error_failed(error,
		                    "%s/%s: is no part of the report there, and would be lost: "
		                    "move it, or write elsewhere",
		                    shown, escaped);
	return TRUE;
}

gboolean outdir_former_replaceable(int folder, const char *name, const char *shown, GError **error)
{
	int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), code;
	g_autoptr(GHashTable) names = NULL;
	gboolean empty;

	if (fd < 0 && errno == ENOENT)
		return TRUE;
	if (fd < 0 && (errno == ENOTDIR || errno == ELOOP))
		return error_failed(error, "%s: is in the way and not a directory", shown);
	if (fd < 0)
		return error_failed(error, "%s: cannot open: %s", shown, g_strerror(errno));
	names = files_of(fd, &code);
	if (names)
		return nobody_elses(fd, names, shown, error);
	empty = code == 0 && part_is_empty(fd);
	close(fd);
	if (code)
		return error_failed(error, "%s/" MANIFEST ": cannot be read: %s", shown,
		                    g_strerror(code));
	if (!empty)
		return error_failed(error,
		                    "%s: is not empty and was not written by this program: move "
		                    "it, or write elsewhere",
		                    shown);
	return TRUE;
}

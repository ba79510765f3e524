/* SPDX-License-Identifier: Apache-2.0 */
#include "templates/templates.h"

#include <string.h>

#include "base/error.h"
#include "base/small_file.h"
#include "base/terminal.h"

struct templates {
	char *folder;      /* as messages show it */
	GHashTable *texts; /* GBytes by name; each ends in a NUL that its size does not count */
};

void templates_free(struct templates *templates)
{
	if (!templates)
		return;
	g_hash_table_unref(templates->texts);
	g_free(templates->folder);
	g_free(templates);
}

static gboolean is_template(const char *name)
{
	for (guint i = 0; template_name(i); i++)
		if (strcmp(template_name(i), name) == 0)
			return TRUE;
	return FALSE;
}

static guint line_of(const char *text, const char *at)
{
	guint line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

static gboolean read_file(struct templates *templates, const char *folder, const char *name,
                          GError **error)
{
	g_autofree char *path = g_build_filename(folder, name, NULL),
			*shown = terminal_escape(slice_of(path));
	char *text;
	gsize length;
	const char *end;

	if (!is_template(name))
		return error_failed(error,
		                    "%s: there is no template of this name; `reclaim templates` "
		                    "writes them all",
		                    shown);
	if (!small_file_read(path, &text, &length, error)) {
		g_prefix_error(error, "%s: ", shown);
		return FALSE;
	}
	g_hash_table_insert(templates->texts, g_strdup(name), g_bytes_new_take(text, length));
	return g_utf8_validate(text, (gssize)length, &end) ||
	       error_failed(error, "%s, line %u: not UTF-8", shown, line_of(text, end));
}

/* `within`: "" or the folder below that is read. */
static gboolean read_folder(struct templates *templates, const char *folder, const char *within,
                            GError **error)
{
	g_autofree char *path = g_build_filename(folder, within, NULL);
	g_autoptr(GDir) dir = g_dir_open(path, 0, error);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *full = *within ? g_build_filename(within, name, NULL)
		                                : g_strdup(name);
		g_autofree char *below = g_build_filename(folder, full, NULL);

		if (*name == '.' || g_str_has_suffix(name, "~"))
			continue;
		if (strcmp(full, "findings") == 0 && g_file_test(below, G_FILE_TEST_IS_DIR)) {
			if (!read_folder(templates, folder, full, error))
				return FALSE;
		} else if (!read_file(templates, folder, full, error)) {
			return FALSE;
		}
	}
	return dir != NULL;
}

struct templates *templates_open(const char *folder, GError **error)
{
	struct templates *templates = g_new(struct templates, 1);

	templates->folder = terminal_escape(slice_of(folder));
	templates->texts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	                                         (GDestroyNotify)g_bytes_unref);
	if (read_folder(templates, folder, "", error))
		return templates;
	templates_free(templates);
	return NULL;
}

const char *templates_find(const struct templates *templates, const char *name, gsize *length)
{
	GBytes *own = templates ? g_hash_table_lookup(templates->texts, name) : NULL;
	gsize size;

	return own ? g_bytes_get_data(own, length ? length : &size) : template_find(name, length);
}

char *templates_shown(const struct templates *templates, const char *name)
{
	gboolean own = templates && g_hash_table_contains(templates->texts, name);

	return g_build_filename(own ? templates->folder : "templates", name, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "command/site.h"

#include <stddef.h>
#include <string.h>

#include "base/error.h"

static const struct {
	const char *key;
	size_t offset;
} keys[] = {
	{ "institution", offsetof(struct site, institution) },
	{ "cluster", offsetof(struct site, cluster) },
	{ "contact", offsetof(struct site, contact) },
	{ "owner", offsetof(struct site, owner) },
	{ "decision", offsetof(struct site, decision) },
	{ "deadline", offsetof(struct site, deadline) },
	{ "currency", offsetof(struct site, currency) },
	{ "notice", offsetof(struct site, notice) },
};

static char **field(struct site *site, const char *key)
{
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		if (strcmp(keys[i].key, key) == 0)
			return (char **)((char *)site + keys[i].offset);
	return NULL;
}

static gboolean read_key(struct site *site, GKeyFile *file, const char *key, GError **error)
{
	char **into = field(site, key);
	if (!into)
		return error_failed(error, "[site] has no key %s", key);
	g_free(*into);
	*into = g_key_file_get_string(file, "site", key, error);
	return *into != NULL;
}

static gboolean read_file(struct site *site, GKeyFile *file, const char *path, GError **error)
{
	if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, error))
		return FALSE;
	g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
	for (char **group = groups; *group; group++)
		if (strcmp(*group, "site") != 0)
			return error_failed(error, "[%s] is not a group of a site file; there is only [site]", *group);
	g_auto(GStrv) names = g_key_file_get_keys(file, "site", NULL, error);
	for (char **name = names; name && *name; name++)
		if (!read_key(site, file, *name, error))
			return FALSE;
	return names != NULL;
}

gboolean site_load(struct site *site, const char *path, GError **error)
{
	*site = (struct site){ .currency = g_strdup("$") };
	if (!path)
		return TRUE;
	g_autoptr(GKeyFile) file = g_key_file_new();
	g_autofree char *name = g_path_get_basename(path);
	if (read_file(site, file, path, error))
		return TRUE;
	g_prefix_error(error, "%s: ", name);
	site_clear(site);
	return FALSE;
}

void site_clear(struct site *site)
{
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		g_clear_pointer((char **)((char *)site + keys[i].offset), g_free);
}

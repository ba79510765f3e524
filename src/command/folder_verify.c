/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/digest.h"
#include "base/terminal.h"
#include "command/folder.h"

#define AT_ONCE 65536

/* NULL when it cannot be read to its end. */
static char *sha256_of(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file)
		return NULL;
	struct digest *digest = digest_new();
	g_autofree char *bytes = g_malloc(AT_ONCE);
	size_t got;
	while ((got = fread(bytes, 1, AT_ONCE, file)) > 0)
		digest_update(digest, bytes, got);
	char *hex = ferror(file) ? NULL : g_strdup(digest_hex(digest));
	digest_free(digest);
	fclose(file);
	return hex;
}

static void verify_file(const struct folder *folder, const struct folder_file *file,
                        GPtrArray *problems)
{
	g_autofree char *path = folder_file_path(folder, file),
			*shown = terminal_escape(slice_of(file->name));
	g_autofree char *sha256 = NULL;
	struct stat info;
	if (stat(path, &info) != 0)
		g_ptr_array_add(problems, g_strdup_printf("%s is missing", shown));
	else if ((gint64)info.st_size != file->size)
		g_ptr_array_add(problems, g_strdup_printf("%s has %" G_GINT64_FORMAT
		                                          " bytes, and had %" G_GINT64_FORMAT
		                                          " when it was exported",
		                                          shown, (gint64)info.st_size, file->size));
	else if (file->sha256 && !(sha256 = sha256_of(path)))
		g_ptr_array_add(problems, g_strdup_printf("%s cannot be read", shown));
	else if (file->sha256 && strcmp(sha256, file->sha256) != 0)
		g_ptr_array_add(
			problems,
			g_strdup_printf("%s is not as it was exported: its SHA-256 is another",
		                        shown));
}

static gint by_begin(gconstpointer a, gconstpointer b)
{
	const struct folder_file *one = *(const struct folder_file *const *)a,
				 *other = *(const struct folder_file *const *)b;
	return strcmp(one->from, other->from);
}

static void add_span(GPtrArray *problems, const char *what, const char *from, const char *to)
{
	g_autofree char *first = terminal_escape(slice_of(from)),
			*last = terminal_escape(slice_of(to));
	g_ptr_array_add(problems, g_strdup_printf("%s to %s: %s", first, last, what));
}

/* Times of one form compare as texts do. */
static void verify_cover(const struct folder *folder, GPtrArray *problems)
{
	g_autoptr(GPtrArray) slices = g_ptr_array_new();
	const char *covered = folder->from;
	for (guint i = 0; i < folder->files->len; i++)
		if (((struct folder_file *)folder->files->pdata[i])->from)
			g_ptr_array_add(slices, folder->files->pdata[i]);
	g_ptr_array_sort(slices, by_begin);
	for (guint i = 0; i < slices->len; i++) {
		const struct folder_file *slice = slices->pdata[i];
		if (strcmp(slice->from, covered) > 0)
			add_span(problems, "no slice covers this", covered, slice->from);
		else if (strcmp(slice->from, covered) < 0)
			add_span(problems, "two slices cover this", slice->from,
			         strcmp(slice->to, covered) < 0 ? slice->to : covered);
		if (strcmp(slice->to, covered) > 0)
			covered = slice->to;
	}
	if (strcmp(covered, folder->to) < 0)
		add_span(problems, "no slice covers this", covered, folder->to);
}

GPtrArray *folder_verify(const struct folder *folder)
{
	GPtrArray *problems = g_ptr_array_new_with_free_func(g_free);
	verify_cover(folder, problems);
	for (guint i = 0; i < folder->files->len; i++)
		verify_file(folder, folder->files->pdata[i], problems);
	return problems;
}

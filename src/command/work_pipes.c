/* SPDX-License-Identifier: Apache-2.0 */
#include "command/work.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/terminal.h"
#include "base/writer.h"

static gboolean copy_all(int from, int to, const char *name, GError **error)
{
	char buffer[65536];
	ssize_t got;
	while ((got = read(from, buffer, sizeof buffer)) > 0)
		if (!writer_put_all(to, buffer, (size_t)got))
			return error_failed(error, "cannot keep %s beside the output: %s", name,
			                    g_strerror(errno));
	return got == 0 || error_failed(error, "%s: %s", name, g_strerror(errno));
}

static gboolean is_dash(const char *path)
{
	return strcmp(path, "-") == 0;
}

/* A copy without a name, beside the output. */
static gboolean spool(struct work *work, char **path, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(work->options->output);
	g_autofree char *copy = g_build_filename(folder, ".reclaim-input-XXXXXX", NULL);
	g_autofree char *name = is_dash(*path) ? g_strdup("standard input")
	                                       : terminal_escape(slice_of(*path));
	int from = is_dash(*path) ? dup(STDIN_FILENO)
	                          : open(*path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (from < 0)
		return error_failed(error, "%s: cannot be opened: %s", name, g_strerror(errno));
	int to = g_mkstemp(copy);
	gboolean done = to >= 0 ? copy_all(from, to, name, error)
	                        : error_failed(error, "cannot keep %s beside %s: %s", name,
	                                       work->options->output, g_strerror(errno));
	close(from);
	if (to < 0)
		return FALSE;
	unlink(copy);
	g_array_append_val(work->spools, to);
	g_free(*path);
	*path = g_strdup_printf("/proc/self/fd/%d", to);
	return done;
}

static gboolean is_pipe(const char *path)
{
	return is_dash(path) || (g_file_test(path, G_FILE_TEST_EXISTS) &&
	                         !g_file_test(path, G_FILE_TEST_IS_REGULAR) &&
	                         !g_file_test(path, G_FILE_TEST_IS_DIR));
}

gboolean work_keep_pipes(struct work *work, GError **error)
{
	gboolean keeps = !is_dash(work->options->output);

	work->spools = g_array_new(FALSE, FALSE, sizeof(int));
	for (char **path = work->paths; *path; path++) {
		if (!is_pipe(*path))
			continue;
		/* Names may stand in it, and nobody named a folder that it may lie in. */
		work->reads_once |= !keeps;
		if (keeps && !spool(work, path, error))
			return FALSE;
	}
	return TRUE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/terminal.h"
#include "privacy/mapping_file.h"

static gboolean failed(const char *shown, const char *what, GError **error)
{
	int number = errno;

	return error_failed(error, "%s: %s: %s", shown, what, g_strerror(number));
}

static char *lines_print(const struct audit_entry *entry)
{
	g_autofree char *who = terminal_escape_whole(slice_of(entry->who));
	g_autofree char *why = terminal_escape_whole(slice_of(entry->why));
	GString *lines = g_string_new(NULL);

	for (guint i = 0; entry->what[i]; i++) {
		g_autofree char *what = terminal_escape_whole(slice_of(entry->what[i]));

		g_string_append_printf(lines, "%s\t%s\t%s\t%s\n", entry->when, who, what, why);
	}
	return g_string_free(lines, FALSE);
}

/* A full disk may once have cut a line: the next begins on its own. */
static gboolean ends_in_line(int fd)
{
	off_t end = lseek(fd, 0, SEEK_END);
	char last = '\n';

	return end <= 0 || (pread(fd, &last, 1, end - 1) == 1 && last == '\n');
}

/* All lines in one write, so that two who ask at once do not mix theirs. */
static gboolean append(int fd, const char *lines, const char *shown, GError **error)
{
	g_autofree char *text = g_strconcat(ends_in_line(fd) ? "" : "\n", lines, NULL);
	ssize_t length = (ssize_t)strlen(text);
	ssize_t put = write(fd, text, (size_t)length);

	if (put >= 0 && put < length)
		return error_failed(error, "%s: cannot be written to its end", shown);
	if (put < 0 || fsync(fd) != 0)
		return failed(shown, "cannot be written", error);
	return TRUE;
}

static gboolean folder_sync(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	gboolean done = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return done;
}

gboolean audit_append_lines(const char *path, const char *lines, GError **error)
{
	g_autofree char *shown = terminal_escape(slice_of(path));
	int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK,
	              0600);
	gboolean done;

	if (fd < 0 && errno == ELOOP)
		return error_failed(error, "%s: is a symbolic link; it must be the file itself",
		                    shown);
	if (fd < 0)
		return failed(shown, "cannot be opened", error);
	done = file_is_private(fd, shown, error) && append(fd, lines, shown, error) &&
	       (folder_sync(path) || failed(shown, "its folder cannot be made durable", error));
	close(fd);
	return done;
}

gboolean audit_append(const char *mapping, const struct audit_entry *entry, GError **error)
{
	g_autofree char *path = g_strconcat(mapping, ".log", NULL), *lines = lines_print(entry);

	return audit_append_lines(path, lines, error);
}

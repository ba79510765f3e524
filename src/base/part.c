/* SPDX-License-Identifier: Apache-2.0 */
#include "base/part.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/terminal.h"

enum { RANDOM_LETTERS = 6, ATTEMPTS = 100 };

#define MIDDLE ".reclaim-"
#define SUFFIX ".part"

/* The umask is only told to who sets it: to one under which nothing is made that others may
 * read. */
guint part_mode(guint mode)
{
	mode_t mask = umask(077);

	umask(mask);
	return mode & ~(mask & 077);
}

int part_place(const char *path, char **name, GError **error)
{
	g_autofree char *last = g_path_get_basename(path);
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *shown = NULL;
	int fd;

	if (*path == '\0') {
		error_failed(error, "an empty name cannot be written to");
		return -1;
	}
	if (g_str_has_suffix(path, "/") || g_str_equal(last, ".") ||
	    g_str_equal(last, "..")) {
		shown = terminal_escape(slice_of(path));
		error_failed(error, "%s: not a name that can be written to", shown);
		return -1;
	}
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0) {
		int code = errno;

		shown = terminal_escape(slice_of(path));
		if (code == ENOENT)
			error_failed(
				error,
				"%s: its folder is not there: make it first, or write elsewhere",
				shown);
		else
			error_failed(error, "%s: cannot open its folder: %s", shown,
			             g_strerror(code));
		return -1;
	}
	*name = g_steal_pointer(&last);
	return fd;
}

char *part_name(const char *name)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	char random[RANDOM_LETTERS + 1] = "";

	for (int i = 0; i < RANDOM_LETTERS; i++)
		random[i] = letters[g_random_int_range(0, sizeof(letters) - 1)];
	return g_strconcat(".", name, MIDDLE, random, SUFFIX, NULL);
}

static gboolean is_part(const char *candidate, const char *name)
{
	g_autofree char *prefix = g_strconcat(".", name, MIDDLE, NULL);

	return g_str_has_prefix(candidate, prefix) && g_str_has_suffix(candidate, SUFFIX) &&
	       strlen(candidate) == strlen(prefix) + RANDOM_LETTERS + strlen(SUFFIX);
}

/* Where the file system has no locks the part stays unlocked: then nobody else gets a lock either,
 * and it is left alone. FALSE when another run took it for stale, between its creation and its
 * lock, and removed it. */
static gboolean lock(int folder, const char *part, int fd)
{
	struct stat opened, named;

	while (flock(fd, LOCK_EX) != 0 && errno == EINTR)
		continue;
	return fstat(fd, &opened) == 0 && fstatat(folder, part, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	       opened.st_ino == named.st_ino && opened.st_dev == named.st_dev;
}

static int open_file(int folder, const char *part)
{
	return openat(folder, part, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
}

static int open_folder(int folder, const char *part)
{
	int fd, code;

	if (mkdirat(folder, part, 0700) != 0)
		return -1;
	fd = openat(folder, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd >= 0)
		return fd;
	/* So many files may be open that this is one too many. */
	code = errno;
	unlinkat(folder, part, AT_REMOVEDIR);
	errno = code;
	return -1;
}

static int create(int folder, const char *name, int (*open_new)(int, const char *), char **part)
{
	for (int i = 0; i < ATTEMPTS; i++) {
		g_autofree char *candidate = part_name(name);
		int fd = open_new(folder, candidate);

		if (fd < 0 && errno != EEXIST && errno != ENOENT)
			return -1;
		if (fd >= 0 && lock(folder, candidate, fd)) {
			*part = g_steal_pointer(&candidate);
			return fd;
		}
		if (fd >= 0)
			close(fd);
	}
	errno = EEXIST;
	return -1;
}

int part_create_file(int folder, const char *name, char **part)
{
	return create(folder, name, open_file, part);
}

int part_create_folder(int folder, const char *name, char **part)
{
	return create(folder, name, open_folder, part);
}

static void remove_if_stale(int folder, const char *part)
{
	struct stat status;
	int flags = O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	int fd;

	if (fstatat(folder, part, &status, AT_SYMLINK_NOFOLLOW) != 0 || status.st_uid != geteuid())
		return;
	if (!S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode))
		return;
	/* For writing, because a network file system may want that for an exclusive lock. */
	fd = openat(folder, part,
	            flags | (S_ISDIR(status.st_mode) ? O_RDONLY | O_DIRECTORY : O_RDWR));
	if (fd < 0)
		return;
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		part_remove(folder, part);
	close(fd);
}

/* The names in a folder except "." and "..", or NULL with errno. */
static GPtrArray *list(int folder)
{
	int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *directory = fd < 0 ? NULL : fdopendir(fd);
	GPtrArray *names;
	const struct dirent *entry;

	if (directory == NULL) {
		int code = errno;

		if (fd >= 0)
			close(fd);
		errno = code;
		return NULL;
	}
	names = g_ptr_array_new_with_free_func(g_free);
	while ((entry = readdir(directory)) != NULL)
		if (!g_str_equal(entry->d_name, ".") && !g_str_equal(entry->d_name, ".."))
			g_ptr_array_add(names, g_strdup(entry->d_name));
	closedir(directory);
	return names;
}

void part_remove_stale(int folder, const char *name)
{
	g_autoptr(GPtrArray) names = list(folder);

	for (guint i = 0; names && i < names->len; i++)
		if (is_part(names->pdata[i], name))
			remove_if_stale(folder, names->pdata[i]);
}

gboolean part_is_empty(int folder)
{
	g_autoptr(GPtrArray) names = list(folder);

	return names && names->len == 0;
}

static gboolean empty_folder(int folder)
{
	g_autoptr(GPtrArray) names = list(folder);

	for (guint i = 0; names && i < names->len; i++)
		if (!part_remove(folder, names->pdata[i]))
			return FALSE;
	return names || errno == ENOENT;
}

/* Two runs with one target may both find what is stale, and what one of them has removed the other
 * need not. */
static gboolean remove_one(int folder, const char *name, int flags)
{
	return unlinkat(folder, name, flags) == 0 || errno == ENOENT;
}

gboolean part_remove(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	gboolean emptied;
	int code;

	/* ENOTDIR: a file, or a symbolic link. */
	if (fd < 0)
		return errno == ENOENT || (errno == ENOTDIR && remove_one(folder, name, 0));
	emptied = empty_folder(fd);
	code = errno;
	close(fd);
	errno = code;
	return emptied && remove_one(folder, name, AT_REMOVEDIR);
}

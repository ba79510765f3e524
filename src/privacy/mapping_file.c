/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/mapping_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/slice.h"
#include "base/terminal.h"
#include "base/writer.h"

#define LARGEST ((off_t)1 << 30)
#define HEAD_BYTES ((size_t)64)

struct mapping_file {
	char *shown;  /* the path, for messages */
	char *name;   /* its last component */
	char *part;   /* ".NAME.part": becomes the mapping, and is its lock until then */
	int folder;
	int part_fd;  /* -1 when the part file is not ours */
};

static gboolean failed(const struct mapping_file *file, const char *what, GError **error)
{
	int number = errno;

	return error_failed(error, "%s: %s: %s", file->shown, what, g_strerror(number));
}

/* Whether the descriptor is still what stands under the part file's name: another run may have
 * renamed or removed it between our open and our lock. */
static gboolean part_stands(const struct mapping_file *file, int fd)
{
	struct stat open_one, named_one;

	return fstat(fd, &open_one) == 0 &&
	       fstatat(file->folder, file->part, &named_one, AT_SYMLINK_NOFOLLOW) == 0 &&
	       open_one.st_dev == named_one.st_dev && open_one.st_ino == named_one.st_ino;
}

/* A part file that a killed run left behind may be taken over, if it is ours and nobody's but
 * ours. */
static gboolean part_is_safe(int fd)
{
	struct stat info;

	return fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
	       info.st_nlink == 1 && (info.st_mode & 077) == 0;
}

static int part_open(const struct mapping_file *file, gboolean *fresh)
{
	int fd = openat(file->folder, file->part,
	                O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	*fresh = fd >= 0;
	if (fd >= 0 || errno != EEXIST)
		return fd;
	return openat(file->folder, file->part, O_WRONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
}

static gboolean part_take(struct mapping_file *file, GError **error)
{
	gboolean fresh;
	int fd = part_open(file, &fresh);

	if (fd < 0)
		return failed(file, "cannot be written", error);
	if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
		int number = errno;

		close(fd);
		if (number == EWOULDBLOCK)
			return error_failed(error, "%s: another run is extending this mapping; "
			                    "wait until it is done", file->shown);
		/* Where there are no locks nobody else has it locked either. */
		if (fresh)
			unlinkat(file->folder, file->part, 0);
		errno = number;
		return failed(file, "cannot be locked", error);
	}
	if (!part_stands(file, fd)) {
		close(fd);
		return error_failed(error,
		                    "%s: another run has just extended this mapping; try again",
		                    file->shown);
	}
	if (!part_is_safe(fd)) {
		close(fd);
		return error_failed(
			error,
			"%s: the file %s beside it is in the way and not a private file "
			"of yours; remove it",
			file->shown, file->part);
	}
	file->part_fd = fd;
	return TRUE;
}

static gboolean error_no_folder(const struct mapping_file *file, const char *folder, gboolean write,
                                GError **error)
{
	if (errno != ENOENT || !write)
		return failed(file, "its folder cannot be opened", error);
	g_autofree char *shown = terminal_escape(slice_of(folder));
	return error_failed(error,
	                    "%s: its folder is not there: make one that only you can read, as with "
	                    "`mkdir -m 700 %s`",
	                    file->shown, shown);
}

/* Whoever may change the folder can put something else in the mapping's place, such as an older one
 * of ours, in which a pseudonym is somebody else's, and take away the lock, and the log of who
 * asked. In /tmp they cannot. */
static gboolean folder_is_safe(const struct mapping_file *file, GError **error)
{
	struct stat info;

	if (fstat(file->folder, &info) != 0)
		return failed(file, "its folder cannot be examined", error);
	return (info.st_mode & S_IWOTH) == 0 || (info.st_mode & S_ISVTX) != 0 ||
	       error_failed(error,
	                    "%s: others may change its folder, and put another file in its place: "
	                    "run `chmod o-w` on the folder",
	                    file->shown);
}

struct mapping_file *mapping_file_open(const char *path, gboolean write, GError **error)
{
	g_autofree char *folder = g_path_get_dirname(path);
	struct mapping_file *file = g_new0(struct mapping_file, 1);

	file->shown = terminal_escape(slice_of(path));
	file->name = g_path_get_basename(path);
	file->part = g_strdup_printf(".%s.part", file->name);
	file->part_fd = -1;
	file->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (file->folder < 0)
		error_no_folder(file, folder, write, error);
	else if (folder_is_safe(file, error) && (!write || part_take(file, error)))
		return file;
	mapping_file_close(file);
	return NULL;
}

void mapping_file_close(struct mapping_file *file)
{
	if (!file)
		return;
	if (file->part_fd >= 0) {
		/* Removed under the lock, so that nobody else's part file can go, nor what has come
		 * to stand there. */
		if (part_stands(file, file->part_fd))
			unlinkat(file->folder, file->part, 0);
		close(file->part_fd);
	}
	if (file->folder >= 0)
		close(file->folder);
	g_free(file->shown);
	g_free(file->name);
	g_free(file->part);
	g_free(file);
}

gboolean file_is_private(int fd, const char *shown, GError **error)
{
	struct stat info;

	if (fstat(fd, &info) != 0)
		return error_failed(error, "%s: cannot be examined: %s", shown, g_strerror(errno));
	if (!S_ISREG(info.st_mode))
		return error_failed(error, "%s: is not a regular file", shown);
	if (info.st_uid != geteuid())
		return error_failed(error, "%s: belongs to another user; it must be your own",
		                    shown);
	if (info.st_mode & 077)
		return error_failed(
			error,
			"%s: is open to other users (mode %04o), and what it holds is "
			"secret: run `chmod 600` on it, and think of who may have read it",
			shown, (unsigned)(info.st_mode & 07777));
	return TRUE;
}

static gboolean read_all(int fd, char *buffer, size_t size, size_t *length)
{
	*length = 0;
	while (*length < size) {
		ssize_t got = read(fd, buffer + *length, size - *length);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return FALSE;
		if (got == 0)
			break;
		*length += (size_t)got;
	}
	return TRUE;
}

/* Opens the mapping if it is private; *fd is -1 and the result TRUE when nothing stands there. */
static gboolean open_private(const struct mapping_file *file, int flags, int *fd, GError **error)
{
	*fd = openat(file->folder, file->name, flags | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (*fd < 0 && errno == ENOENT)
		return TRUE;
	if (*fd < 0 && errno == ELOOP)
		return error_failed(error, "%s: is a symbolic link; it must be the file itself",
		                    file->shown);
	if (*fd < 0)
		return failed(file, "cannot be opened", error);
	if (file_is_private(*fd, file->shown, error))
		return TRUE;
	close(*fd);
	return FALSE;
}

static gboolean size_find(const struct mapping_file *file, int fd, size_t *size, GError **error)
{
	struct stat info;

	if (fstat(fd, &info) != 0)
		return failed(file, "cannot be examined", error);
	*size = (size_t)info.st_size;
	return info.st_size <= LARGEST || error_failed(error, "%s: is too large", file->shown);
}

gboolean mapping_file_read(struct mapping_file *file, char **text, size_t *length, GError **error)
{
	gboolean done;
	size_t size = 0;
	int fd;

	*text = NULL;
	*length = 0;
	if (!open_private(file, O_RDONLY, &fd, error))
		return FALSE;
	if (fd < 0)
		return TRUE;
	if (!size_find(file, fd, &size, error))
		return close(fd), FALSE;
	*text = g_malloc(size + 1);
	done = read_all(fd, *text, size, length);
	(*text)[*length] = '\0';
	if (!done) {
		failed(file, "cannot be read", error);
		explicit_bzero(*text, size);
		g_clear_pointer(text, g_free);
	}
	close(fd);
	return done;
}

gboolean mapping_file_replace(struct mapping_file *file, const char *text, size_t length,
                              GError **error)
{
	g_return_val_if_fail(file->part_fd >= 0, FALSE);
	if (ftruncate(file->part_fd, 0) != 0 || fchmod(file->part_fd, 0600) != 0 ||
	    !writer_put_all(file->part_fd, text, length) || fsync(file->part_fd) != 0)
		return failed(file, "cannot be written", error);
	if (renameat(file->folder, file->part, file->folder, file->name) != 0)
		return failed(file, "cannot be put in place", error);
	close(file->part_fd);
	file->part_fd = -1;
	if (fsync(file->folder) != 0)
		return failed(file, "its folder cannot be made durable", error);
	return TRUE;
}

/* With random bytes, which no disk can pack or merge with others. */
static gboolean overwrite(int fd, size_t at, size_t size)
{
	char block[256]; /* so many at once always come whole */

	if (lseek(fd, (off_t)at, SEEK_SET) < 0)
		return FALSE;
	while (size > 0) {
		size_t part = MIN(size, sizeof block);

		if (getrandom(block, part, 0) != (ssize_t)part || !writer_put_all(fd, block, part))
			return FALSE;
		size -= part;
	}
	return fsync(fd) == 0;
}

/* What it begins with goes last: by that it is known for a mapping, and what a failure has left can
 * be destroyed. */
static gboolean overwrite_whole(int fd, size_t size)
{
	size_t head = MIN(size, HEAD_BYTES);

	return overwrite(fd, head, size - head) && overwrite(fd, 0, head);
}

/* What a run that was killed left in the part file holds the names, too; the file goes when it is
 * closed. */
static gboolean overwrite_part(const struct mapping_file *file, GError **error)
{
	size_t size = 0;

	return size_find(file, file->part_fd, &size, error) &&
	       (overwrite_whole(file->part_fd, size) ||
	        failed(file, "cannot be overwritten", error));
}

gboolean mapping_file_destroy(struct mapping_file *file, GError **error)
{
	size_t size = 0;
	gboolean done;
	int fd;

	if (!open_private(file, O_WRONLY, &fd, error))
		return FALSE;
	if (fd < 0)
		return error_failed(error, "%s: there is no such file", file->shown);
	done = overwrite_part(file, error) && size_find(file, fd, &size, error) &&
	       (overwrite_whole(fd, size) || failed(file, "cannot be overwritten", error)) &&
	       (unlinkat(file->folder, file->name, 0) == 0 ||
	        failed(file, "cannot be removed", error)) &&
	       (fsync(file->folder) == 0 ||
	        failed(file, "its folder cannot be made durable", error));
	close(fd);
	return done;
}

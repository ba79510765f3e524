/* SPDX-License-Identifier: Apache-2.0 */
#include "base/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/part.h"
#include "base/terminal.h"
#include "base/writer.h"

/* Who waits until the bytes are on the disk. */
enum durable { DURABLE_SELF, DURABLE_BY_OTHERS, DURABLE_NOT };

/* What has become of the name: the file has it, and nothing had it before, or what had it is now
 * the part, or is gone. */
enum placed { PLACED_NOT, PLACED_FRESH, PLACED_EXCHANGED, PLACED_OVER };

struct sink {
	int fd;
	int folder; /* -1: standard output, which has no part and no name to get */
	char *name, *part;
	char *shown; /* in messages */
	guint mode;
	struct writer *writer;
	GError *error; /* the first */
	gboolean finished;
	enum durable durable;
	enum placed placed;
	int replaced; /* what stood there, open while it is kept; -1: nothing is */
	struct sink_receipt receipt; /* complete when finished */
	struct sink_receipt *report;
};

static struct sink *sink_new(const char *shown, guint mode)
{
	struct sink *sink = g_new0(struct sink, 1);

	sink->fd = -1;
	sink->folder = -1;
	sink->replaced = -1;
	sink->mode = mode;
	sink->shown = terminal_escape_whole(slice_of(shown));
	return sink;
}

static void sink_free(struct sink *sink)
{
	writer_free(sink->writer);
	if (sink->folder >= 0) {
		if (sink->fd >= 0)
			close(sink->fd);
		close(sink->folder);
	}
	if (sink->replaced >= 0)
		close(sink->replaced);
	g_free(sink->name);
	g_free(sink->part);
	g_free(sink->shown);
	g_clear_error(&sink->error);
	g_free(sink);
}

/* Whatever is replaced must be a file. */
static gboolean check_target(const struct sink *sink, GError **error)
{
	struct stat status;

	if (fstatat(sink->folder, sink->name, &status, AT_SYMLINK_NOFOLLOW) != 0)
		return TRUE;
	if (S_ISLNK(status.st_mode))
		return error_failed(error, "%s: is a symbolic link, which is not written to",
		                    sink->shown);
	if (S_ISDIR(status.st_mode))
		return error_failed(error, "%s: is a directory", sink->shown);
	if (!S_ISREG(status.st_mode))
		return error_failed(error, "%s: is not a regular file", sink->shown);
	return TRUE;
}

static gboolean open_part(struct sink *sink, GError **error)
{
	if (!check_target(sink, error))
		return FALSE;
	if (sink->durable != DURABLE_BY_OTHERS)
		part_remove_stale(sink->folder, sink->name);
	sink->fd = part_create_file(sink->folder, sink->name, &sink->part);
	if (sink->fd < 0)
		return error_failed(error, "%s: cannot create: %s", sink->shown, g_strerror(errno));
	sink->writer = writer_new(sink->fd);
	if (sink->durable == DURABLE_SELF)
		writer_hasten_disk(sink->writer);
	return TRUE;
}

static struct sink *open_stdout(guint mode)
{
	struct sink *sink = sink_new("standard output", mode);

	sink->fd = STDOUT_FILENO;
	sink->writer = writer_new(sink->fd);
	return sink;
}

static struct sink *open_file(const char *path, const char *shown, guint mode, enum durable durable,
                              GError **error)
{
	struct sink *sink;
	char *name;
	int folder = part_place(path, &name, error);

	if (folder < 0)
		return NULL;
	sink = sink_new(shown, mode);
	sink->folder = folder;
	sink->name = name;
	sink->durable = durable;
	if (open_part(sink, error))
		return sink;
	sink_free(sink);
	return NULL;
}

struct sink *sink_open(const char *path, guint mode, GError **error)
{
	if (g_str_equal(path, "-"))
		return open_stdout(mode);
	return open_file(path, path, part_mode(mode), DURABLE_SELF, error);
}

struct sink *sink_open_inside(const char *path, const char *shown, guint mode,
                              struct sink_receipt *receipt, GError **error)
{
	struct sink *sink = open_file(path, shown, mode, DURABLE_BY_OTHERS, error);

	if (sink)
		sink->report = receipt;
	return sink;
}

struct sink *sink_open_passing(const char *path, GError **error)
{
	return open_file(path, path, 0600, DURABLE_NOT, error);
}

void sink_spare_digest(struct sink *sink)
{
	writer_spare_digest(sink->writer);
}

void sink_watch(struct sink *sink, void (*watch)(void *data, const struct passage *passage),
                void *data)
{
	writer_watch(sink->writer, watch, data);
}

char *sink_reserve(struct sink *sink, size_t least, size_t *room)
{
	g_assert(!sink->finished);
	return writer_reserve(sink->writer, least, room);
}

void sink_commit(struct sink *sink, size_t length)
{
	writer_commit(sink->writer, length);
}

guint32 *sink_reserve_marks(struct sink *sink, size_t *at, guint *room)
{
	return writer_reserve_marks(sink->writer, at, room);
}

void sink_commit_marks(struct sink *sink, guint count)
{
	writer_commit_marks(sink->writer, count);
}

void sink_write(struct sink *sink, const void *bytes, size_t length)
{
	const char *rest = bytes;

	while (length > 0) {
		size_t room, part;
		char *put = sink_reserve(sink, 1, &room);

		part = MIN(room, length);
		memcpy(put, rest, part);
		sink_commit(sink, part);
		rest += part;
		length -= part;
	}
}

void sink_text(struct sink *sink, const char *text)
{
	sink_write(sink, text, strlen(text));
}

void sink_printf(struct sink *sink, const char *format, ...)
{
	g_autofree char *text = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	sink_text(sink, text);
}

static void fail(struct sink *sink, const char *what, int number)
{
	error_failed(&sink->error, "%s: cannot %s: %s", sink->shown, what, g_strerror(number));
}

/* Waits for the disk, or has it begin while more is written, or lets it be. */
static int flush(const struct sink *sink)
{
	if (sink->durable == DURABLE_SELF)
		return fsync(sink->fd);
	if (sink->durable == DURABLE_BY_OTHERS)
		sync_file_range(sink->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	return 0;
}

static void settle(struct sink *sink)
{
	int number = writer_finish(sink->writer);

	sink->finished = TRUE;
	sink->receipt.size = writer_size(sink->writer);
	g_strlcpy(sink->receipt.sha256, writer_sha256(sink->writer), sizeof(sink->receipt.sha256));
	if (number)
		fail(sink, "write", number);
	else if (sink->folder >= 0 && flush(sink) != 0)
		fail(sink, "write", errno);
}

gboolean sink_finish(struct sink *sink, struct sink_receipt *receipt, GError **error)
{
	if (!sink->finished)
		settle(sink);
	if (sink->error)
		return error_failed(error, "%s", sink->error->message);
	if (receipt)
		*receipt = sink->receipt;
	return TRUE;
}

int sink_reopen(const struct sink *sink, GError **error)
{
	int fd = openat(sink->folder, sink->part, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		error_failed(error, "%s: cannot be read again: %s", sink->shown, g_strerror(errno));
	return fd;
}

static gboolean exchange(const struct sink *sink)
{
	return renameat2(sink->folder, sink->part, sink->folder, sink->name, RENAME_EXCHANGE) == 0;
}

/* The name is the file's from here on; where what had it cannot be kept meanwhile it is
 * replaced. */
static enum placed take_name(const struct sink *sink, gboolean keeping)
{
	gboolean fresh;

	if (keeping && exchange(sink))
		return PLACED_EXCHANGED;
	fresh = keeping && errno == ENOENT;
	if (renameat(sink->folder, sink->part, sink->folder, sink->name) != 0)
		return PLACED_NOT;
	return fresh ? PLACED_FRESH : PLACED_OVER;
}

/* Locked like any part, so that no other run takes it for stale while it may have to come back. */
static void hold_replaced(struct sink *sink)
{
	sink->replaced = openat(sink->folder, sink->part,
	                        O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (sink->replaced >= 0)
		flock(sink->replaced, LOCK_EX | LOCK_NB);
}

static gboolean give_name(struct sink *sink, gboolean keeping, GError **error)
{
	if (sink->folder < 0 || sink->placed != PLACED_NOT)
		return TRUE;
	/* Until it has its name it is its owner's alone: it may still be found to hold what nobody
	 * may read. */
	if (fchmod(sink->fd, sink->mode) != 0)
		return error_failed(error, "%s: cannot set the permissions: %s", sink->shown,
		                    g_strerror(errno));
	sink->placed = take_name(sink, keeping);
	if (sink->placed == PLACED_NOT)
		return error_failed(error, "%s: cannot rename: %s", sink->shown, g_strerror(errno));
	if (sink->placed == PLACED_EXCHANGED)
		hold_replaced(sink);
	else
		g_clear_pointer(&sink->part, g_free);
	return TRUE;
}

gboolean sink_place(struct sink *sink, GError **error)
{
	return sink_finish(sink, NULL, error) && check_target(sink, error) &&
	       give_name(sink, TRUE, error);
}

/* There is no way back any more. */
static gboolean settle_name(struct sink *sink, GError **error)
{
	sink->placed = PLACED_OVER;
	/* ENOENT: where it could not be locked another run has taken it for stale. */
	if (sink->part && unlinkat(sink->folder, sink->part, 0) != 0 && errno != ENOENT)
		return error_failed(
			error,
			"%s: is complete, but what it replaced, now %s, cannot be removed: %s",
			sink->shown, sink->part, g_strerror(errno));
	/* EINVAL: a file system that has no need or no means of it. */
	if (sink->durable == DURABLE_SELF && sink->folder >= 0 && fsync(sink->folder) != 0 &&
	    errno != EINVAL)
		return error_failed(error, "%s: cannot write its directory: %s", sink->shown,
		                    g_strerror(errno));
	return TRUE;
}

gboolean sink_close(struct sink *sink, struct sink_receipt *receipt, GError **error)
{
	if (!sink_finish(sink, receipt, error) || !give_name(sink, FALSE, error) ||
	    !settle_name(sink, error)) {
		sink_abort(sink);
		return FALSE;
	}
	if (sink->report)
		*sink->report = sink->receipt;
	sink_free(sink);
	return TRUE;
}

void sink_abort(struct sink *sink)
{
	if (sink == NULL)
		return;
	if (sink->placed == PLACED_FRESH)
		unlinkat(sink->folder, sink->name, 0);
	/* Where the one that stood there cannot come back the new one stays, as whole as that. */
	if (sink->part && (sink->placed != PLACED_EXCHANGED || exchange(sink)))
		unlinkat(sink->folder, sink->part, 0);
	sink_free(sink);
}

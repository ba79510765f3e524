/* SPDX-License-Identifier: Apache-2.0 */
/* sink: a file that appears under its name only when it is complete.
 *
 * A sink writes to a hidden part file beside its target. sink_close() makes the bytes durable and
 * gives the file its name; sink_abort() leaves nothing behind. Errors stick: after the first
 * failure writes do nothing, and sink_close() reports it. A long output may be written by threads,
 * which run until sink_finish(), sink_close() or sink_abort(): no fork before. */
#ifndef BASE_SINK_H
#define BASE_SINK_H

#include <glib.h>

struct sink;

struct sink_receipt {
	guint64 size;    /* bytes written */
	char sha256[65]; /* of those bytes, lower-case hex */
};

/* Opens a sink for `path` with what the umask leaves others of these permission bits (0644 or
 * 0600); "-" is standard output. A symbolic link at `path` is refused. NULL and error on
 * failure. */
struct sink *sink_open(const char *path, guint mode, GError **error);

/* A private file (0600) to be read again by sink_reopen() and aborted: it is to get no name, and
 * nobody waits for the disk. */
struct sink *sink_open_passing(const char *path, GError **error);

/* Before the first byte: no digest will be asked for, that of the receipt is to be "". */
void sink_spare_digest(struct sink *sink);

/* Before the first byte: see writer_watch(). */
struct passage;
void sink_watch(struct sink *sink, void (*watch)(void *data, const struct passage *passage),
                void *data);

/* Memory for the bytes that come next: *room of them, at least `least`. sink_commit() takes what
 * was put there. Valid until the next call. */
char *sink_reserve(struct sink *sink, size_t least, size_t *room);
void sink_commit(struct sink *sink, size_t length);

/* See writer_reserve_marks(); right after sink_reserve(). */
guint32 *sink_reserve_marks(struct sink *sink, size_t *at, guint *room);
void sink_commit_marks(struct sink *sink, guint count);

void sink_write(struct sink *sink, const void *bytes, size_t length);
void sink_text(struct sink *sink, const char *text);
void sink_printf(struct sink *sink, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* Everything written so far is flushed and durable, but not yet under its name; after this
 * sink_close() can only fail in the rename. FALSE and error when any write failed. */
gboolean sink_finish(struct sink *sink, struct sink_receipt *receipt, GError **error);

/* The bytes of a finished sink, opened for reading from their begin; -1 and error on failure. Not
 * of standard output. */
int sink_reopen(const struct sink *sink, GError **error);

/* Finishes if need be and gives the file its name, for several that get theirs together or not at
 * all: until sink_close() what stood there is kept beside it, and sink_abort() puts that back, but
 * on a file system that cannot exchange two names. */
gboolean sink_place(struct sink *sink, GError **error);

/* Finishes if need be, renames, frees the sink, also on failure (then like sink_abort()). receipt
 * may be NULL. */
gboolean sink_close(struct sink *sink, struct sink_receipt *receipt, GError **error);
void sink_abort(struct sink *sink);

/* For outdir_sink(): in a folder that nobody else knows yet, and whose maker makes what is in it
 * durable. When all went well sink_close() writes the receipt here, too. `shown`: the name in
 * messages. */
struct sink *sink_open_inside(const char *path, const char *shown, guint mode,
                              struct sink_receipt *receipt, GError **error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* sink: a file that appears under its name only when it is complete, and a directory likewise.
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

/* Opens a sink for `path` with what the umask leaves others of these permission bits (0644 or 0600); "-" is standard output. A
 * symbolic link at `path` is refused. NULL and error on failure. */
struct sink *sink_open(const char *path, guint mode, GError **error);

/* A private file (0600) to be read again by sink_reopen() and aborted: it is to get no name, and nobody waits for the disk. */
struct sink *sink_open_passing(const char *path, GError **error);

/* Before the first byte: no digest will be asked for, that of the receipt is to be "". */
void sink_spare_digest(struct sink *sink);

/* Before the first byte: see writer_watch(). */
struct passage;
void sink_watch(struct sink *sink, void (*watch)(void *data, const struct passage *passage), void *data);

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

/* The bytes of a finished sink, opened for reading from their begin; -1 and error on failure. Not of
 * standard output. */
int sink_reopen(const struct sink *sink, GError **error);

/* Finishes if need be and gives the file its name, for several that get theirs together or not at all: until sink_close() what stood
 * there is kept beside it, and sink_abort() puts that back, but on a file system that cannot exchange two names. */
gboolean sink_place(struct sink *sink, GError **error);

/* Finishes if need be, renames, frees the sink, also on failure (then like sink_abort()). receipt
 * may be NULL. */
gboolean sink_close(struct sink *sink, struct sink_receipt *receipt, GError **error);
void sink_abort(struct sink *sink);

/* For outdir_sink(): in a folder that nobody else knows yet, and whose maker makes what is in it durable. When all went well
 * sink_close() writes the receipt here, too. */
struct sink *sink_open_inside(const char *path, guint mode, struct sink_receipt *receipt, GError **error);

/* A directory built beside its target and swapped with it when complete. Files may be written by several threads at once. */
struct outdir;

/* `path` must be absent, empty, or one that this program wrote (it holds a manifest.json whose
 * "program" is "reclaim"); anything else is refused. Stale part directories of earlier runs of the
 * same target are removed. */
struct outdir *outdir_open(const char *path, GError **error);

/* Folders and files will be their owner's alone (0700 and 0600), not open to all. Before the first file. */
void outdir_keep_private(struct outdir *outdir);

/* A sink for a file inside it, whose name ("tables/users.csv") is relative and made of
 * [A-Za-z0-9._/-], no component beginning with '.'; folders are made as needed. Mode 0644, less the umask. Close or
 * abort it before the outdir. */
struct sink *outdir_sink(struct outdir *outdir, const char *name, GError **error);

/* The directory that holds the files until outdir_close(): private (0700), on the target's own file
 * system; libraries that must write by path get a path below it. Owned by the outdir. */
const char *outdir_path(const struct outdir *outdir);

/* Takes a file that a library wrote below outdir_path() into the list, with size and digest; made
 * 0644, less the umask. */
gboolean outdir_adopt(struct outdir *outdir, const char *name, GError **error);

/* Calls `each` for every file closed or adopted so far, in order of name, while nothing is written. */
void outdir_each(const struct outdir *outdir,
                 void (*each)(const char *name, const struct sink_receipt *receipt, void *data),
                 void *data);

/* Makes all files durable, which takes a fraction of the time that it takes one by one; after this outdir_place() can only fail in
 * the rename. */
gboolean outdir_finish(struct outdir *outdir, GError **error);

/* Finishes if need be and swaps the directory (0755, less the umask) with what stood at `path`; on failure that still does. */
gboolean outdir_place(struct outdir *outdir, GError **error);

/* Places it if need be, removes what it replaced, frees the outdir. That something could not be removed is an error, too. */
gboolean outdir_close(struct outdir *outdir, GError **error);
void outdir_abort(struct outdir *outdir);

#endif

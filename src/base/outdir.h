/* SPDX-License-Identifier: Apache-2.0 */
/* outdir: a directory that appears under its name only when it is complete.
 *
 * It is built beside its target and swapped with it. Files may be written by several threads at
 * once. */
#ifndef BASE_OUTDIR_H
#define BASE_OUTDIR_H

#include "base/sink.h"

struct outdir;

/* What stands at `path` must be replaceable (outdir_former.h); anything else is refused. Stale part
 * directories of earlier runs of the same target are removed. */
struct outdir *outdir_open(const char *path, GError **error);

/* Folders and files will be their owner's alone (0700 and 0600), not open to all. Before the first
 * file. */
void outdir_keep_private(struct outdir *outdir);

/* A sink for a file inside it, whose name ("tables/users.csv") is relative and made of
 * [A-Za-z0-9._/-], no component beginning with '.'; folders are made as needed. Mode 0644, less the
 * umask. Close or abort it before the outdir. */
struct sink *outdir_sink(struct outdir *outdir, const char *name, GError **error);

/* The directory that holds the files until outdir_close(): private (0700), on the target's own file
 * system; libraries that must write by path get a path below it. Owned by the outdir. */
const char *outdir_path(const struct outdir *outdir);

/* Takes a file that a library wrote below outdir_path() into the list, with size and digest; made
 * 0644, less the umask. */
gboolean outdir_adopt(struct outdir *outdir, const char *name, GError **error);

/* Calls `each` for every file closed or adopted so far, in order of name, while nothing is
 * written. */
void outdir_each(const struct outdir *outdir,
                 void (*each)(const char *name, const struct sink_receipt *receipt, void *data),
                 void *data);

/* Makes all files durable, which takes a fraction of the time that it takes one by one; after this
 * outdir_place() can only fail in the rename. */
gboolean outdir_finish(struct outdir *outdir, GError **error);

/* Finishes if need be and swaps the directory (0755, less the umask) with what stood at `path`; on
 * failure that still does. */
gboolean outdir_place(struct outdir *outdir, GError **error);

/* Places it if need be, removes what it replaced, frees the outdir. That something could not be
 * removed is an error, too. */
gboolean outdir_close(struct outdir *outdir, GError **error);
void outdir_abort(struct outdir *outdir);

#endif

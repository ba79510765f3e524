/* SPDX-License-Identifier: Apache-2.0 */
/* writer: bytes → a file descriptor in big pieces, hashed on the way. Where there is a second
 * processor a long output is written by a thread of its own, and hashed by another. */
#ifndef BASE_WRITER_H
#define BASE_WRITER_H

#include <glib.h>

struct writer;

/* The descriptor is borrowed. */
struct writer *writer_new(int fd);

/* Bytes that are written together, and marks: numbers that who put the bytes there left for who
 * watches, and that only these two understand. */
struct passage {
	const char *bytes;
	size_t length;
	const guint32 *marks;
	guint marked; /* how many */
};

/* Before the first byte: all bytes are shown to `watch`, in passages and in their order, before
 * they are written; by one thread, which may be the writer's, or the caller's in writer_finish().
 * WRITER_BEYOND bytes behind each passage may be read: noughts. */
#define WRITER_BEYOND 64
void writer_watch(struct writer *writer, void (*watch)(void *data, const struct passage *passage),
                  void *data);

/* Also stops the thread. Without writer_finish() the last piece is lost. */
void writer_free(struct writer *writer);

/* Before the first byte: no digest will be asked for. */
void writer_spare_digest(struct writer *writer);

/* Before the first byte, of a file: the disk is to begin while more is written, so that less is
 * left to wait for in the end. */
void writer_hasten_disk(struct writer *writer);

/* Memory for the bytes that come next: *room of them, at least `least`. What was put there is taken
 * by writer_commit(); without it nothing is. Valid until the next call of anything else. */
char *writer_reserve(struct writer *writer, size_t least, size_t *room);
void writer_commit(struct writer *writer, size_t length);

/* The same for marks: *room of them, of the passage in which the byte that comes next is the one of
 * number *at, from 0. There may be no room. Valid as long as what writer_reserve() returned
 * before. */
guint32 *writer_reserve_marks(struct writer *writer, size_t *at, guint *room);
void writer_commit_marks(struct writer *writer, guint count);

/* Writes what is left and stops the thread. Returns 0, or the errno of the first failure: nothing
 * was written after it. To be called once. */
int writer_finish(struct writer *writer);

/* After writer_finish(). The digest is "" when it was spared. */
guint64 writer_size(const struct writer *writer);
const char *writer_sha256(struct writer *writer);

/* Without a writer: all of the bytes, at once; FALSE with errno. */
gboolean writer_put_all(int fd, const char *bytes, size_t length);

#endif

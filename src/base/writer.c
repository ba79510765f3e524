/* SPDX-License-Identifier: Apache-2.0 */
#include "base/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/memory.h"
#include "base/processors.h"

/* Small enough to lie in a cache, large enough that a system call costs nothing. */
#define PIECE_BYTES ((size_t)256 * 1024)
#define PIECES 5 /* one being filled, one being written, one being hashed, two waiting */
#define MARKS (PIECE_BYTES / 16) /* of a piece */
#define DISK_BYTES ((off_t)4 * 1024 * 1024) /* that the disk is given at once */

struct piece {
	char *memory; /* made when it is needed */
	size_t room, fill;
	guint32 *marks; /* made when they are needed */
	guint marked;
};

struct writer {
	int fd;
	struct digest *digest; /* NULL: spared */
	guint64 size;
	gint failure; /* errno of the first; 0: none */
	gboolean hasten;    /* the disk is to begin … */
	off_t put, on_disk; /* … with what was written, and has with so many bytes of it */
	void (*watch)(void *data, const struct passage *passage); /* NULL: nobody does */
	void *watch_data;
	struct piece pieces[PIECES];
	struct piece *piece; /* being filled */

	gboolean alone;  /* there is no second processor, or no thread to be had */
	GThread *thread; /* NULL: pieces are written when they are full */
	GThread *hasher; /* NULL: they are hashed by who writes them */
	GAsyncQueue *full, *written, *vacant;
};

struct writer *writer_new(int fd)
{
	struct writer *writer = g_new0(struct writer, 1);

	writer->fd = fd;
	writer->digest = digest_new();
	writer->alone = processors_usable() < 2;
	writer->piece = &writer->pieces[0];
	return writer;
}

void writer_spare_digest(struct writer *writer)
{
	g_clear_pointer(&writer->digest, digest_free);
}

void writer_hasten_disk(struct writer *writer)
{
	writer->hasten = TRUE;
}

void writer_watch(struct writer *writer, void (*watch)(void *data, const struct passage *passage),
                  void *data)
{
	writer->watch = watch;
	writer->watch_data = data;
}

/* Up to where a disk is full a part is written; only the next write says why that was all. */
gboolean writer_put_all(int fd, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t put = write(fd, bytes, length);

		if (put < 0 && errno == EINTR)
			continue;
		if (put == 0)
			errno = EIO;
		if (put <= 0)
			return FALSE;
		bytes += put;
		length -= (size_t)put;
	}
	return TRUE;
}

/* What comes of it is seen by who waits for the disk. */
static void hasten_disk(struct writer *writer, size_t length)
{
	writer->put += (off_t)length;
	if (!writer->hasten || writer->put - writer->on_disk < DISK_BYTES)
		return;
	sync_file_range(writer->fd, writer->on_disk, writer->put - writer->on_disk,
	                SYNC_FILE_RANGE_WRITE);
	writer->on_disk = writer->put;
}

static void show(struct writer *writer, const struct piece *piece)
{
	const struct passage passage = { piece->memory, piece->fill, piece->marks, piece->marked };

	memset(piece->memory + piece->fill, 0, WRITER_BEYOND);
	writer->watch(writer->watch_data, &passage);
}

static void put(struct writer *writer, const struct piece *piece)
{
	if (g_atomic_int_get(&writer->failure) || piece->fill == 0)
		return;
	if (writer->watch)
		show(writer, piece);
	if (!writer_put_all(writer->fd, piece->memory, piece->fill))
		g_atomic_int_set(&writer->failure, errno);
	hasten_disk(writer, piece->fill);
}

static void hash(struct writer *writer, struct piece *piece)
{
	if (writer->digest)
		digest_update(writer->digest, piece->memory, piece->fill);
	piece->fill = 0;
	piece->marked = 0;
}

static void hash_and_vacate(struct writer *writer, struct piece *piece)
{
	hash(writer, piece);
	g_async_queue_push(writer->vacant, piece);
}

/* The writer itself in place of a piece says that no other follows. */
static void *hash_behind(void *data)
{
	struct writer *writer = data;
	void *piece;

	while ((piece = g_async_queue_pop(writer->written)) != writer)
		hash_and_vacate(writer, piece);
	return NULL;
}

static void *write_behind(void *data)
{
	struct writer *writer = data;
	void *piece;

	while ((piece = g_async_queue_pop(writer->full)) != writer) {
		put(writer, piece);
		if (writer->hasher)
			g_async_queue_push(writer->written, piece);
		else
			hash_and_vacate(writer, piece);
	}
	return NULL;
}

static void start(struct writer *writer)
{
	writer->full = g_async_queue_new();
	writer->written = g_async_queue_new();
	writer->vacant = g_async_queue_new();
	if (writer->digest)
		writer->hasher = g_thread_try_new("hash-behind", hash_behind, writer, NULL);
	writer->thread = g_thread_try_new("write-behind", write_behind, writer, NULL);
	writer->alone = !writer->thread;
	for (guint i = 1; i < PIECES; i++)
		g_async_queue_push(writer->vacant, &writer->pieces[i]);
}

static void stop_thread(struct writer *writer, GThread **thread, GAsyncQueue *queue)
{
	if (!*thread)
		return;
	g_async_queue_push(queue, writer);
	g_thread_join(g_steal_pointer(thread));
}

static void stop(struct writer *writer)
{
	stop_thread(writer, &writer->thread, writer->full);
	stop_thread(writer, &writer->hasher, writer->written);
}

/* A short output, of one piece, has no thread. */
static void hand_over(struct writer *writer)
{
	writer->size += writer->piece->fill;
	if (!writer->alone && !writer->thread)
		start(writer);
	if (!writer->thread) {
		put(writer, writer->piece);
		hash(writer, writer->piece);
		return;
	}
	g_async_queue_push(writer->full, writer->piece);
	writer->piece = g_async_queue_pop(writer->vacant);
}

void writer_free(struct writer *writer)
{
	if (!writer)
		return;
	stop(writer);
	g_clear_pointer(&writer->full, g_async_queue_unref);
	g_clear_pointer(&writer->written, g_async_queue_unref);
	g_clear_pointer(&writer->vacant, g_async_queue_unref);
	for (guint i = 0; i < PIECES; i++)
		g_aligned_free(writer->pieces[i].memory), g_free(writer->pieces[i].marks);
	digest_free(writer->digest);
	g_free(writer);
}

/* An empty piece of at least that size. */
static void widen(struct piece *piece, size_t least)
{
	g_aligned_free(piece->memory);
	piece->room = MAX(least, PIECE_BYTES);
	piece->memory = memory_of_pages(piece->room + WRITER_BEYOND);
}

char *writer_reserve(struct writer *writer, size_t least, size_t *room)
{
	if (writer->piece->fill > 0 && writer->piece->room - writer->piece->fill < least)
		hand_over(writer);
	if (!writer->piece->memory || writer->piece->room - writer->piece->fill < least)
		widen(writer->piece, least);
	*room = writer->piece->room - writer->piece->fill;
	return writer->piece->memory + writer->piece->fill;
}

void writer_commit(struct writer *writer, size_t length)
{
	writer->piece->fill += length;
}

guint32 *writer_reserve_marks(struct writer *writer, size_t *at, guint *room)
{
	struct piece *piece = writer->piece;

	if (!piece->marks)
		piece->marks = g_new(guint32, MARKS);
	*at = piece->fill;
	*room = (guint)MARKS - piece->marked;
	return piece->marks + piece->marked;
}

void writer_commit_marks(struct writer *writer, guint count)
{
	writer->piece->marked += count;
}

int writer_finish(struct writer *writer)
{
	stop(writer);
	writer->size += writer->piece->fill;
	put(writer, writer->piece);
	hash(writer, writer->piece);
	return writer->failure;
}

guint64 writer_size(const struct writer *writer)
{
	return writer->size;
}

const char *writer_sha256(struct writer *writer)
{
	return writer->digest ? digest_hex(writer->digest) : "";
}

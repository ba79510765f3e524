/* SPDX-License-Identifier: Apache-2.0 */
#include "source/input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/digest.h"
#include "base/memory.h"
#include "source/unpack.h"

#define BLOCKS 6 /* two with the reader, one being filled, the others waiting */

struct input {
	int fd;
	off_t origin; /* where it is read from: standard input may be a file of which somebody has
	                 read before */
	guint64 total;
	guint64 taken;
	struct digest *digest;
	struct unpack *unpack; /* NULL: the bytes stored are the text */
	char *stored;          /* what was taken of the file and not yet handed on, … */
	struct slice rest;     /* … this much of it */
	gboolean empty, ended;

	GPtrArray *blocks;       /* struct block, all there are */
	guint64 given;           /* bytes of the file in the blocks given to the reader so far */

	gboolean is_file;
	struct timespec changed; /* when the file was, before it was read */
	GThread *thread; /* NULL: blocks are filled when they are asked for */
	GAsyncQueue *vacant, *filled;
	gint stop;
	gint digest_spared;
};

/* Filling a block */

static off_t place(const struct input *input)
{
	return input->origin + (off_t)input->taken;
}

/* Of a file that is being written rows are missing, or it becomes another one. Asked of each piece,
 * so that it is known early. */
static gboolean is_unchanged(const struct input *input, GError **error)
{
	struct stat now;

	if (fstat(input->fd, &now) != 0)
		return error_failed(error, "cannot be read: %s", g_strerror(errno));
	if ((guint64)(now.st_size - input->origin) == input->total &&
	    now.st_mtim.tv_sec == input->changed.tv_sec &&
	    now.st_mtim.tv_nsec == input->changed.tv_nsec)
		return TRUE;
	return error_failed(
		error,
		"was changed while it was read: run again when nobody writes to it any more");
}

/* 0 at the end; -1 and error when it cannot be read or was changed meanwhile. */
static gssize take(struct input *input, char *buffer, size_t size, GError **error)
{
	gssize got;

	if (input->ended)
		return 0;
	do
		got = input->is_file ? pread(input->fd, buffer, size, place(input))
		                     : read(input->fd, buffer, size);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		error_failed(error, "cannot be read: %s", g_strerror(errno));
		return -1;
	}
	/* What is no file has no size to change, and what the system makes up as it is read tells
	 * none. */
	if (input->total > 0 && !is_unchanged(input, error))
		return -1;
	input->ended = got == 0;
	input->taken += (guint64)got;
	if (!g_atomic_int_get(&input->digest_spared))
		digest_update(input->digest, buffer, (size_t)got);
	return got;
}

static gssize fill_plain(struct input *input, struct block *block)
{
	size_t held = MIN(input->rest.length, INPUT_BLOCK);

	if (held == 0)
		return take(input, block->data, INPUT_BLOCK, &block->error);
	memcpy(block->data, input->rest.data, held);
	input->rest.data += held;
	input->rest.length -= held;
	return (gssize)held;
}

static gssize fill_packed(struct input *input, struct block *block)
{
	for (;;) {
		gssize got = unpack_read(input->unpack, &input->rest, block->data, INPUT_BLOCK,
		                         &block->error);

		if (got != 0)
			return got;
		if (input->rest.length > 0)
			continue;
		got = take(input, input->stored, INPUT_BLOCK, &block->error);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		input->rest = (struct slice){ input->stored, (size_t)got };
	}
	if (unpack_complete(input->unpack))
		return 0;
	error_failed(&block->error, "the packed stream ends too early: the file was cut");
	return -1;
}

/* FALSE when nothing follows. */
static gboolean fill(struct input *input, struct block *block)
{
	gssize got = input->unpack ? fill_packed(input, block) : fill_plain(input, block);

	block->taken = input->taken;
	if (got < 0)
		return FALSE;
	block->length = (size_t)got;
	memset(block->data + block->length, '\n', INPUT_PAD);
	return got > 0;
}

static void *read_ahead(void *data)
{
	struct input *input = data;
	gboolean more = TRUE;

	while (more) {
		struct block *block = g_async_queue_pop(input->vacant);

		if (g_atomic_int_get(&input->stop))
			break;
		more = fill(input, block);
		g_async_queue_push(input->filled, block);
	}
	return NULL;
}

/* Opening */

/* What a file begins with that is no export, and what to do about it. */
static const struct {
	const char *magic;
	const char *advice;
} foreign[] = {
	{ "PK\x03\x04", "is a spreadsheet or a zip archive: save the sheet as CSV, or unpack it" },
	{ "\xd0\xcf\x11\xe0", "is a spreadsheet of an old kind: save the sheet as CSV" },
	{ "\3757zXZ", "is packed with xz: unpack it first, or pack it with gzip or zstd" },
	{ "BZh", "is packed with bzip2: unpack it first, or pack it with gzip or zstd" },
	{ "7z\xbc\xaf", "is packed with 7-Zip: unpack it first, or pack it with gzip or zstd" },
	{ "\x04\x22\x4d\x18", "is packed with lz4: unpack it first, or pack it with gzip or zstd" },
	{ "\x1f\x9d", "is packed with compress: unpack it first, or pack it with gzip or zstd" },
	{ "%PDF-", "is a PDF document and no export: run sacct with --parsable2" },
	{ "SQLite format 3", "is a database and no export: run sacct with --parsable2" },
	{ "reclaim tally ",
	  "is a tally: `reclaim report` and `reclaim tally` read it, as a file of its own name" },
	{ "PAR1", "is a Parquet file: save it as CSV" },
	{ "\xff\xfe", "is UTF-16 or UTF-32 text: save it as UTF-8" },
	{ "\xfe\xff", "is UTF-16 or UTF-32 text: save it as UTF-8" },
};

gboolean input_refuse_foreign(struct slice first, GError **error)
{
	for (guint i = 0; i < G_N_ELEMENTS(foreign); i++)
		if (slice_starts(first, foreign[i].magic))
			return error_failed(error, "%s", foreign[i].advice);
	return TRUE;
}

/* The first bytes may come in small pieces from a pipe: enough for every magic is awaited. */
static gboolean take_first(struct input *input, GError **error)
{
	size_t held = 0;

	while (held < 16 && !input->ended) {
		gssize got = take(input, input->stored + held, INPUT_BLOCK - held, error);

		if (got < 0)
			return FALSE;
		held += (size_t)got;
	}
	input->empty = held == 0;
	input->rest = (struct slice){ input->stored, held };
	if (!input_refuse_foreign(input->rest, error))
		return FALSE;
	input->unpack = unpack_new(input->rest);
	return TRUE;
}

static gboolean open_file(struct input *input, const char *path, GError **error)
{
	struct stat status;

	input->fd = STDIN_FILENO;
	if (!g_str_equal(path, "-"))
		input->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (input->fd < 0)
		return error_failed(error, "cannot be opened: %s", g_strerror(errno));
	if (fstat(input->fd, &status) != 0)
		return error_failed(error, "cannot be read: %s", g_strerror(errno));
	if (S_ISDIR(status.st_mode))
		return error_failed(error, "is a directory: name the files in it");
	input->is_file = S_ISREG(status.st_mode);
	if (!input->is_file)
		return TRUE;
	input->origin = MAX(lseek(input->fd, 0, SEEK_CUR), 0);
	input->total = (guint64)MAX(status.st_size - input->origin, 0);
	input->changed = status.st_mtim;
	posix_fadvise(input->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
	return TRUE;
}

static void block_free(void *data)
{
	struct block *block = data;

	g_aligned_free(block->data - INPUT_HEADROOM);
	g_clear_error(&block->error);
	g_free(block);
}

void input_add_blocks(struct input *input, guint count)
{
	while (count-- > 0) {
		struct block *block = g_new0(struct block, 1);

		block->data = (char *)memory_of_pages(INPUT_HEADROOM + INPUT_BLOCK + INPUT_PAD) +
		              INPUT_HEADROOM;
		g_ptr_array_add(input->blocks, block);
		g_async_queue_push(input->vacant, block);
	}
}

/* What is only copied is best copied by whoever looks at it next: there it is still in the nearest
 * cache. A pipe is never read ahead: closing would have to wait for its next byte. */
static gboolean wants_thread(const struct input *input)
{
	return input->is_file && (input->unpack || !g_atomic_int_get(&input->digest_spared));
}

struct input *input_open(const char *path, GError **error)
{
	struct input *input = g_new0(struct input, 1);

	input->digest = digest_new();
	input->blocks = g_ptr_array_new_with_free_func(block_free);
	input->vacant = g_async_queue_new();
	input->filled = g_async_queue_new();
	input->stored = memory_of_pages(INPUT_BLOCK);
	if (open_file(input, path, error) && take_first(input, error)) {
		input_add_blocks(input, BLOCKS);
		return input;
	}
	input_close(input);
	return NULL;
}

static void stop_thread(struct input *input)
{
	g_atomic_int_set(&input->stop, TRUE);
	g_async_queue_push(input->vacant, input); /* anything: it only has to wake up */
	g_thread_join(input->thread);
}

void input_close(struct input *input)
{
	if (!input)
		return;
	if (input->thread)
		stop_thread(input);
	if (input->fd > STDIN_FILENO)
		close(input->fd);
	g_async_queue_unref(input->vacant);
	g_async_queue_unref(input->filled);
	g_ptr_array_unref(input->blocks);
	unpack_free(input->unpack);
	digest_free(input->digest);
	g_aligned_free(input->stored);
	g_free(input);
}

struct block *input_next(struct input *input, GError **error)
{
	struct block *next;

	/* By the second block it is known whether anybody wants the digest. Where there is no
	 * thread to be had we read ourselves. */
	if (!input->thread && input->given > 0 && wants_thread(input))
		input->thread = g_thread_try_new("read-ahead", read_ahead, input, NULL);
	next = g_async_queue_pop(input->thread ? input->filled : input->vacant);
	if (!input->thread)
		fill(input, next);
	input->given = next->taken;
	if (!next->error)
		return next;
	g_propagate_error(error, g_steal_pointer(&next->error));
	input_give_back(input, next);
	return NULL;
}

/* The block that was held last is filled first: it is still in a cache. */
void input_give_back(struct input *input, struct block *block)
{
	g_async_queue_push_front(input->vacant, block);
}

gboolean input_is_empty(const struct input *input)
{
	return input->empty;
}

guint64 input_bytes_read(const struct input *input)
{
	return input->given;
}

void input_spare_digest(struct input *input)
{
	g_atomic_int_set(&input->digest_spared, TRUE);
}

const char *input_sha256(struct input *input)
{
	return digest_hex(input->digest);
}

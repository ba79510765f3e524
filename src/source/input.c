/* SPDX-License-Identifier: Apache-2.0 */
#include "source/input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/digest.h"
#include "source/unpack.h"

#define BLOCKS 4 /* two with the reader, one being filled, one waiting */

struct block {
	char *memory; /* headroom, bytes, pad */
	size_t length;
	guint64 taken; /* from the file, when the block was full */
	GError *error;
};

struct input {
	int fd;
	guint64 total;
	guint64 taken;
	struct digest *digest;
	struct unpack *unpack; /* NULL: the bytes stored are the text */
	char *stored;          /* what was taken of the file and not yet handed on, … */
	struct slice rest;     /* … this much of it */
	gboolean empty, ended;

	struct block blocks[BLOCKS];
	struct block *last, *before; /* given to the reader */

	GThread *thread; /* NULL: blocks are filled when they are asked for */
	GAsyncQueue *vacant, *filled;
	gint stop;
	gint digest_spared;
};

/* Filling a block */

static gssize take(struct input *input, char *buffer, size_t size, GError **error)
{
	gssize got;

	do
		got = read(input->fd, buffer, size);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		error_failed(error, "cannot be read: %s", g_strerror(errno));
		return -1;
	}
	input->taken += (guint64)got;
	input->ended = got == 0;
	if (!g_atomic_int_get(&input->digest_spared))
		digest_update(input->digest, buffer, (size_t)got);
	return got;
}

static gssize fill_plain(struct input *input, char *buffer, GError **error)
{
	size_t held = input->rest.length;

	if (held == 0)
		return input->ended ? 0 : take(input, buffer, INPUT_BLOCK, error);
	memcpy(buffer, input->rest.data, held);
	input->rest.length = 0;
	return (gssize)held;
}

static gssize fill_packed(struct input *input, char *buffer, GError **error)
{
	for (;;) {
		gssize got = unpack_read(input->unpack, &input->rest, buffer, INPUT_BLOCK, error);

		if (got != 0)
			return got;
		if (input->rest.length > 0)
			continue;
		got = input->ended ? 0 : take(input, input->stored, INPUT_BLOCK, error);
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		input->rest = (struct slice){ input->stored, (size_t)got };
	}
	if (unpack_complete(input->unpack))
		return 0;
	error_failed(error, "the packed stream ends too early: the file was cut");
	return -1;
}

/* FALSE when nothing follows. */
static gboolean fill(struct input *input, struct block *block)
{
	char *buffer = block->memory + INPUT_HEADROOM;
	gssize got = input->unpack ? fill_packed(input, buffer, &block->error)
				   : fill_plain(input, buffer, &block->error);

	block->length = (size_t)MAX(got, 0);
	memset(buffer + block->length, '\n', INPUT_PAD);
	block->taken = input->taken;
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
	{ "\3757zXZ", "is packed with xz: unpack it first, or pack it with gzip or zstd" },
	{ "BZh", "is packed with bzip2: unpack it first, or pack it with gzip or zstd" },
	{ "%PDF-", "is a PDF document and no export: run sacct with --parsable2" },
	{ "SQLite format 3", "is a database and no export: run sacct with --parsable2" },
	{ "PAR1", "is a Parquet file: save it as CSV" },
	{ "\xff\xfe", "is UTF-16 text: save it as UTF-8" },
	{ "\xfe\xff", "is UTF-16 text: save it as UTF-8" },
};

static gboolean refuse_foreign(struct slice first, GError **error)
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
	if (!refuse_foreign(input->rest, error))
		return FALSE;
	input->unpack = unpack_new(input->rest);
	return TRUE;
}

static gboolean open_file(struct input *input, const char *path, struct stat *status,
			  GError **error)
{
	input->fd = STDIN_FILENO;
	if (!g_str_equal(path, "-"))
		input->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (input->fd < 0)
		return error_failed(error, "cannot be opened: %s", g_strerror(errno));
	if (fstat(input->fd, status) != 0)
		return error_failed(error, "cannot be read: %s", g_strerror(errno));
	if (S_ISDIR(status->st_mode))
		return error_failed(error, "is a directory: name the files in it");
	if (S_ISREG(status->st_mode))
		input->total = (guint64)status->st_size;
	return TRUE;
}

/* A pipe is not read ahead: closing would have to wait for its next byte. */
static void start(struct input *input, const struct stat *status)
{
	for (guint i = 0; i < BLOCKS; i++)
		input->blocks[i].memory = g_malloc(INPUT_HEADROOM + INPUT_BLOCK + INPUT_PAD);
	input->vacant = g_async_queue_new();
	input->filled = g_async_queue_new();
	for (guint i = 0; i < BLOCKS; i++)
		g_async_queue_push(input->vacant, &input->blocks[i]);
	if (S_ISREG(status->st_mode))
		input->thread = g_thread_new("read-ahead", read_ahead, input);
}

struct input *input_open(const char *path, GError **error)
{
	struct input *input = g_new0(struct input, 1);
	struct stat status;

	input->digest = digest_new();
	input->stored = g_malloc(INPUT_BLOCK);
	if (open_file(input, path, &status, error) && take_first(input, error)) {
		start(input, &status);
		return input;
	}
	input_close(input);
	return NULL;
}

static void stop_thread(struct input *input)
{
	g_atomic_int_set(&input->stop, TRUE);
	g_async_queue_push(input->vacant, &input->blocks[0]);
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
	g_clear_pointer(&input->vacant, g_async_queue_unref);
	g_clear_pointer(&input->filled, g_async_queue_unref);
	for (guint i = 0; i < BLOCKS; i++) {
		g_free(input->blocks[i].memory);
		g_clear_error(&input->blocks[i].error);
	}
	unpack_free(input->unpack);
	digest_free(input->digest);
	g_free(input->stored);
	g_free(input);
}

gboolean input_next(struct input *input, struct slice *block, GError **error)
{
	struct block *next;

	if (input->before)
		g_async_queue_push(input->vacant, input->before);
	if (input->thread) {
		next = g_async_queue_pop(input->filled);
	} else {
		next = g_async_queue_pop(input->vacant);
		fill(input, next);
	}
	input->before = input->last;
	input->last = next;
	*block = (struct slice){ next->memory + INPUT_HEADROOM, next->length };
	if (!next->error)
		return TRUE;
	g_propagate_error(error, g_steal_pointer(&next->error));
	return FALSE;
}

gboolean input_is_empty(const struct input *input)
{
	return input->empty;
}

guint64 input_bytes_read(const struct input *input)
{
	return input->last ? input->last->taken : 0;
}

guint64 input_bytes_total(const struct input *input)
{
	return input->total;
}

void input_spare_digest(struct input *input)
{
	g_atomic_int_set(&input->digest_spared, TRUE);
}

const char *input_sha256(struct input *input)
{
	return digest_hex(input->digest);
}

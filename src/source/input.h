/* SPDX-License-Identifier: Apache-2.0 */
/* input: a file or standard input → blocks of bytes, unpacked and hashed on the way. gzip and zstd
 * are told by their first bytes, never by the name. A file that is unpacked or hashed is read ahead
 * by a thread of its own, so that this costs no time of the reader's. One that is changed meanwhile
 * is refused. */
#ifndef SOURCE_INPUT_H
#define SOURCE_INPUT_H

#include "base/slice.h"

#define INPUT_BLOCK (1 << 18)
/* Before a block is room for the rest of the one that came earlier; behind it stand newlines. */
#define INPUT_HEADROOM (1 << 20)
#define INPUT_PAD 64

struct input;

struct block {
	char *data;    /* within memory of the input's, which the holder may write to */
	size_t length; /* at most INPUT_BLOCK */
	guint64 taken; /* bytes of the file, when the block was full */
	GError *error;
};

/* "-" is standard input. NULL and error, without the name of the file, when it cannot be opened, is
 * a directory, or begins like something that is no text (a spreadsheet, an archive, an xz file):
 * then the message says what to do. An empty file opens. */
struct input *input_open(const char *path, GError **error);
void input_close(struct input *input);

/* The next block, which is the caller's until it is given back; an empty one at the end. NULL and
 * error when reading failed or the packed stream is damaged or cut. Not to be called again after
 * the end or a failure. */
struct block *input_next(struct input *input, GError **error);

/* May be called by any thread, until input_close(). */
void input_give_back(struct input *input, struct block *block);

/* So many more blocks may be held at one time than the two that a reader of rows needs. */
void input_add_blocks(struct input *input, guint count);

/* FALSE, and what to do about it, when these are the first bytes of something that is known and no
 * export. An input that is opened has been asked; what was packed in it has not. */
gboolean input_refuse_foreign(struct slice first, GError **error);

/* Whether the file has no bytes at all. */
gboolean input_is_empty(const struct input *input);

/* Bytes of the file in the blocks given so far. */
guint64 input_bytes_read(const struct input *input);

/* Nobody will ask for the digest: from here on nothing is hashed. */
void input_spare_digest(struct input *input);

/* SHA-256 of the bytes as stored, in lower-case hex; only after the last block was given, and when
 * it was not spared. */
const char *input_sha256(struct input *input);

#endif

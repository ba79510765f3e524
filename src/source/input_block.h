/* SPDX-License-Identifier: Apache-2.0 */
/* input_block: memory for a piece of an input, into which it is copied, or over which the file itself is laid: then its bytes are
 * looked at where the kernel has them. */
#ifndef SOURCE_INPUT_BLOCK_H
#define SOURCE_INPUT_BLOCK_H

#include <sys/types.h>

#include "base/slice.h"

#define INPUT_BLOCK (1 << 18)
/* Before a block is room for the rest of the one that came earlier; behind it stand newlines. */
#define INPUT_HEADROOM (1 << 20)
#define INPUT_PAD 64

struct block {
	char *data;    /* within memory of its own, which the holder may write to */
	size_t length; /* at most INPUT_BLOCK */
	guint64 taken; /* bytes of the file, when the block was full */
	GError *error;
	gboolean mapped; /* files may be laid over it */
};

struct block *input_block_new(gboolean mapped);
void input_block_free(void *block);

/* Whether the file can be laid over blocks: it stands on a file system that knows how. */
gboolean input_block_can_map(int fd);

/* … from this place on: where a page begins. */
gboolean input_block_fits_page(off_t at);

/* Lays so many bytes of the file, from such a place on, over the block's data. What is written there does not reach the file.
 * FALSE and error when they cannot be had; then the block is good for nothing but input_block_free(). */
gboolean input_block_map(struct block *block, int fd, off_t at, size_t length, GError **error);

/* A file that is cut short behind the back of who looks at it ends the program from here on, with a sentence on stderr: there is
 * nothing to look at, and nothing to return from. */
void input_block_watch_pages(void);

#endif

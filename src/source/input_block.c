/* SPDX-License-Identifier: Apache-2.0 */
#include "source/input_block.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"

static size_t page_size(void)
{
	return (size_t)sysconf(_SC_PAGESIZE);
}

/* What stands behind the data of a mapped block has a page of its own. */
static size_t memory_size(gboolean mapped)
{
	return INPUT_HEADROOM + INPUT_BLOCK + (mapped ? MAX(INPUT_PAD, page_size()) : INPUT_PAD);
}

struct block *input_block_new(gboolean mapped)
{
	struct block *block = g_new0(struct block, 1);
	char *memory = mapped ? mmap(NULL, memory_size(TRUE), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
			      : g_malloc(memory_size(FALSE));

	if (memory == MAP_FAILED)
		g_error("there is no memory for a block of input");
	block->mapped = mapped;
	block->data = memory + INPUT_HEADROOM;
	return block;
}

void input_block_free(void *data)
{
	struct block *block = data;
	char *memory = block->data - INPUT_HEADROOM;

	if (block->mapped)
		munmap(memory, memory_size(TRUE));
	else
		g_free(memory);
	g_clear_error(&block->error);
	g_free(block);
}

gboolean input_block_can_map(int fd)
{
	void *page = mmap(NULL, page_size(), PROT_READ, MAP_PRIVATE, fd, 0);

	return page != MAP_FAILED && munmap(page, page_size()) == 0;
}

gboolean input_block_fits_page(off_t at)
{
	return (size_t)at % page_size() == 0;
}

gboolean input_block_map(struct block *block, int fd, off_t at, size_t length, GError **error)
{
	if (mmap(block->data, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_FIXED, fd, at) != MAP_FAILED) {
		/* The disk reads on meanwhile. */
		madvise(block->data, length, MADV_SEQUENTIAL);
		/* All pages at once, and one that is not to be had fails here. A kernel that does not know how finds each when it
		 * is looked at. */
		if (madvise(block->data, length, MADV_POPULATE_READ) == 0 || errno == EINVAL)
			return TRUE;
	}
	if (errno == EFAULT)
		return error_failed(error, "was cut short, or its disk failed, while it was read");
	return error_failed(error, "cannot be read: %s", g_strerror(errno));
}

static void end_on_lost_page(int number)
{
	static const char sentence[] = "reclaim: a file was cut short, or its disk failed, while it was read\n";
	ssize_t said = write(STDERR_FILENO, sentence, sizeof sentence - 1);

	(void)number;
	(void)said;
	_exit(ERROR_FAILED);
}

void input_block_watch_pages(void)
{
	const struct sigaction action = { .sa_handler = end_on_lost_page };

	sigaction(SIGBUS, &action, NULL);
}

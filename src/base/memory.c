/* SPDX-License-Identifier: Apache-2.0 */
#include "base/memory.h"

#include <glib.h>
#include <sys/mman.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define LARGE (1 << 20)
#define PAGE_BYTES 4096

void memory_part_large(void)
{
#ifdef __GLIBC__
	mallopt(M_MMAP_THRESHOLD, LARGE);
#endif
}

void *memory_of_pages(size_t size)
{
	return g_aligned_alloc(1, size, PAGE_BYTES);
}

void memory_forget(const void *begin, const void *end)
{
#ifdef MADV_DONTNEED
	guintptr page = (guintptr)getpagesize(), from = ((guintptr)begin + page - 1) / page * page,
		 to = (guintptr)end / page * page;

	if (from < to)
		madvise((void *)from, to - from, MADV_DONTNEED);
#endif
}

void memory_give_back(void)
{
#ifdef __GLIBC__
	malloc_trim(0);
#endif
}

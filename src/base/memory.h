/* SPDX-License-Identifier: Apache-2.0 */
/* memory: where what is large lies, and when what was freed goes back to the system. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* From here on what is large, such as a year of minutes, lies apart from all else and goes when it
 * is freed: it neither fills holes that small things would fit into nor leaves one. The library
 * raises the size from which on it does so otherwise. */
void memory_part_large(void);

/* What files are copied into and out of, beginning with a page; freed by g_aligned_free(). malloc()
 * puts what is large sixteen bytes into one, and there the system copies at a third to half of its
 * speed on some processors (AMD's Zen 3). */
void *memory_of_pages(size_t size);

/* Gives the whole pages from `begin` to `end`, within a block of one's own, to the system: what
 * stood there is lost, and the block remains to be freed. Nothing where it has no means of it. */
void memory_forget(const void *begin, const void *end);

/* Once much was freed and before other threads need much: the library keeps memory for the thread
 * that freed it, between the pieces that are still in use. Nothing where it has no means of it. */
void memory_give_back(void);

#endif

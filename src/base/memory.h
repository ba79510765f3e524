/* SPDX-License-Identifier: Apache-2.0 */
/* memory: what was freed is given back to the system. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

/* Once much was freed and before other threads need much: the library keeps memory for the thread that freed it, between the
 * pieces that are still in use. Nothing where it has no means of it. */
void memory_give_back(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* packed: whole numbers, many of them nought and neighbours alike in size, in as few bytes as is quickly done. In memory
 * only: the bytes are in no file. */
#ifndef MEASURE_PACKED_H
#define MEASURE_PACKED_H

#include <glib.h>

/* So many are packed with one width. */
#define PACKED_BLOCK 16

/* What so many numbers take at most. */
#define PACKED_MOST(count) ((gsize)(count) * sizeof(gint64) + ((gsize)(count) / PACKED_BLOCK + 2) * 4)

/* Returns where the bytes end. */
guint8 *packed_put(guint8 *to, const gint64 *numbers, guint count);

/* Reads as many as were put, and returns where their bytes end. */
const guint8 *packed_get(const guint8 *from, gint64 *numbers, guint count);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* progress: how far a long read has come, on a terminal only. */
#ifndef BASE_PROGRESS_H
#define BASE_PROGRESS_H

#include <glib.h>

struct progress;

/* `print` is called with one complete line of text at most five times a second ("Reading: 41 %, 310
 * MB/s, 3 s left") and once with NULL when it is over; NULL for `print` makes a silent progress.
 * total_bytes 0: unknown, then no share and no time left is given. */
struct progress *progress_new(const char *what, guint64 total_bytes,
                              void (*print)(const char *line, void *data), void *data);
void progress_add(struct progress *progress, guint64 bytes);
void progress_free(struct progress *progress);

#endif

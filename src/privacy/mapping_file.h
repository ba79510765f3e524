/* SPDX-License-Identifier: Apache-2.0 */
/* mapping_file: how a secret file is read and written: only its owner may see it, and at every
 * instant the old one or the new one stands there, whole. */
#ifndef PRIVACY_MAPPING_FILE_H
#define PRIVACY_MAPPING_FILE_H

#include <glib.h>

struct mapping_file;

/* Opens the folder of `path`. `write`: also takes the part file beside it, and with it the lock: no
 * second run can extend the same mapping meanwhile. Refused when others may change the folder, who
 * could put another file there. */
struct mapping_file *mapping_file_open(const char *path, gboolean write, GError **error);

/* Lets go of the lock, and removes the part file when nothing was written. */
void mapping_file_close(struct mapping_file *file);

/* All of it, with a NUL after it; NULL text and TRUE when nothing stands there. Refused when it is
 * not a regular file, is a symbolic link, belongs to somebody else or is open to others. The caller
 * wipes and frees it. */
gboolean mapping_file_read(struct mapping_file *file, char **text, size_t *length, GError **error);

/* Replaces it durably; once per opening. */
gboolean mapping_file_replace(struct mapping_file *file, const char *text, size_t length,
                              GError **error);

/* Overwrites it and removes it; the opening must be for writing, so that nobody is extending it. On
 * an SSD, and where a file system copies on writing, the old bytes may stay. */
gboolean mapping_file_destroy(struct mapping_file *file, GError **error);

/* FALSE and error unless an open file is a regular one of this user's and of nobody else's; `shown`
 * is its path, escaped. */
gboolean file_is_private(int fd, const char *shown, GError **error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* small_file: a file that people write or programs print about a cluster, whole in memory: none is
 * large. */
#ifndef BASE_SMALL_FILE_H
#define BASE_SMALL_FILE_H

#include <glib.h>

#define SMALL_FILE_MOST (64 << 20) /* bytes */

/* As g_file_get_contents(), but a file that is larger, or has no end, is refused. */
gboolean small_file_read(const char *path, char **text, gsize *length, GError **error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* xlsx_verify: reads a written workbook back, because a library that ran out of disk may not have
 * said so. */
#ifndef RENDER_XLSX_VERIFY_H
#define RENDER_XLSX_VERIFY_H

#include <glib.h>

/* TRUE when every member of the archive can be read with the right checksum, every XML part is
 * well-formed, and there are exactly as many sheets as `rows` has elements (guint), each with that
 * many rows. */
gboolean xlsx_verify(const char *path, const GArray *rows, GError **error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* outdir_former: what stands where a directory is to be written. */
#ifndef BASE_OUTDIR_FORMER_H
#define BASE_OUTDIR_FORMER_H

#include <glib.h>

/* Whether what stands at `name` in `folder` may be replaced: nothing, an empty directory, or one
 * that this program wrote and in which nobody put anything since. Such a one holds a manifest.json
 * whose "program" is "reclaim" and whose "files" name all others that are in it. Error: what is in
 * the way, `shown` being its name in messages. */
gboolean outdir_former_replaceable(int folder, const char *name, const char *shown, GError **error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* report_manifest: DIR/manifest.json, written last: what the report was made from, and the digest
 * of every file in it. */
#ifndef COMMAND_REPORT_MANIFEST_H
#define COMMAND_REPORT_MANIFEST_H

#include "base/outdir.h"
#include "measure/tally.h"
#include "report/document.h"

gboolean report_manifest_write(struct outdir *outdir, const struct report *report,
                               const struct row_account *rows, const GPtrArray *input_sha256,
                               GError **error);

#endif

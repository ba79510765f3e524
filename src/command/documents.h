/* SPDX-License-Identifier: Apache-2.0 */
/* documents: all files of a report but its manifest. */
#ifndef COMMAND_DOCUMENTS_H
#define COMMAND_DOCUMENTS_H

#include "base/sink.h"
#include "render/legible.h"
#include "report/document.h"

struct documents_options {
	const struct legible *legible; /* is given what cannot be read back; NULL: nobody is */
	gboolean single_file;          /* report.html, too */
	guint threads;                 /* at most; nothing in the files hangs on it */
};

gboolean documents_render(const struct report *report, struct outdir *outdir, const struct documents_options *options,
                          GError **error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* documents: all files of a report but its manifest. */
#ifndef COMMAND_DOCUMENTS_H
#define COMMAND_DOCUMENTS_H

#include "base/outdir.h"
#include "render/legible.h"
#include "report/document.h"

/* Kinds of documents, which can be had without the others. report.json and tables are with each of
 * them. */
enum {
	DOCUMENTS_DATA = 0,
	DOCUMENTS_SITE = 1 << 0,
	DOCUMENTS_PDF = 1 << 1,
	DOCUMENTS_WORKBOOK = 1 << 2,
	DOCUMENTS_MAIL = 1 << 3, /* with the one page as PDF, which it has as an attachment */
	DOCUMENTS_ALL = DOCUMENTS_SITE | DOCUMENTS_PDF | DOCUMENTS_WORKBOOK | DOCUMENTS_MAIL
};

struct documents_options {
	const struct legible *legible; /* is given what cannot be read back; NULL: nobody is */
	guint kinds;                   /* DOCUMENTS_...; nothing in a document hangs on the others
	                                  but a link from page to file */
	gboolean single_file;          /* report.html, whatever the kinds */
	guint threads;                 /* at most; nothing in the files hangs on it */
};

/* Names with commas between them; NULL: all kinds. An error of use when there is no such kind. */
gboolean documents_kinds_read(const char *names, guint *kinds, GError **error);

gboolean documents_render(const struct report *report, struct outdir *outdir,
                          const struct documents_options *options, GError **error);

#endif

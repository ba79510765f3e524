/* SPDX-License-Identifier: Apache-2.0 */
/* legible: what can be read in the files that this room wrote, text and metadata, with entities and
 * escapes undone: for who looks through them before they are published. */
#ifndef RENDER_LEGIBLE_H
#define RENDER_LEGIBLE_H

#include "base/outdir.h"

/* Who is given the text of a file, in one or several pieces, none of which cuts a word, and each
 * with a NUL behind it. */
struct legible {
	void (*take)(void *data, const char *file, const char *text, gsize length);
	void *data;
};

/* Reads back a closed file of the outdir. A PDF shows nothing in its bytes: its text is given by
 * pdf_draft_new(), and nothing here. FALSE and error when it is not what its name says. */
gboolean legible_file(const struct outdir *outdir, const char *name, const struct legible *legible,
                      GError **error);

/* For legible.c and what it calls: appends what can be read in a whole file. */
gboolean legible_html(const char *bytes, gsize length, GString *text, GError **error);
gboolean legible_xlsx(const char *bytes, gsize length, GString *text, GError **error);
gboolean legible_mail(const char *bytes, gsize length, GString *text, GError **error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/legible.h"
#include "render/pdf_layout.h"
#include "render/render.h"

static void give_text(struct pdf_book *book, const GPtrArray *alts, const char *name,
                      const struct legible *legible)
{
	GString *text = pdf_setter_laid(book->setter);

	for (guint i = 0; i < alts->len; i++)
		g_string_append_printf(text, "%s\n", (const char *)alts->pdata[i]);
	legible->take(legible->data, name, text->str, text->len);
}

/* Takes over the book: it is large, and no longer needed once it is painted. */
static GByteArray *book_bytes(struct pdf_book *book, const char *name, const struct legible *legible,
                              GError **error)
{
	g_autoptr(GPtrArray) alts = g_ptr_array_new_with_free_func(g_free);
	g_autoptr(GByteArray) draft = pdf_paint(book, alts, error);
	guint leaves = pdf_book_leaves(book);
	const char *language = book->report->language; /* the report's own */

	if (draft && legible)
		give_text(book, alts, name, legible);
	pdf_book_free(book);
	return draft ? pdf_complete(draft, leaves, alts, language ? language : "en", error) : NULL;
}

/* Takes over the book. */
static gboolean write_book(struct pdf_book *book, const char *name, struct outdir *outdir,
                           const struct legible *legible, GError **error)
{
	g_autoptr(GByteArray) bytes = book_bytes(book, name, legible, error);
	struct sink *sink;

	if (!bytes) {
		g_prefix_error(error, "%s: ", name);
		return FALSE;
	}
	sink = outdir_sink(outdir, name, error);
	if (!sink)
		return FALSE;
	sink_write(sink, bytes->data, bytes->len);
	return sink_close(sink, NULL, error);
}

gboolean render_pdf(const struct report *report, struct outdir *outdir, const struct legible *legible,
                    GError **error)
{
	if (report->summary &&
	    !write_book(pdf_book_summary(report), "executive-summary.pdf", outdir, legible, error))
		return FALSE;
	if (report->approval &&
	    !write_book(pdf_book_approval(report), "approval-case.pdf", outdir, legible, error))
		return FALSE;
	return write_book(pdf_book_report(report), "report.pdf", outdir, legible, error);
}

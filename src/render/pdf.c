/* SPDX-License-Identifier: Apache-2.0 */
#include "render/legible.h"
#include "render/pdf_layout.h"
#include "render/render.h"

struct pdf_draft {
	enum pdf_document document;
	GByteArray *bytes; /* as painted */
	GPtrArray *alts;   /* char *: descriptions of its figures */
	guint leaves;
	const char *language; /* the report's */
	char *missing;
};

static const struct {
	const char *name;
	struct pdf_book *(*lay_out)(const struct report *report);
} documents[] = {
	[PDF_SUMMARY] = { "executive-summary.pdf", pdf_book_summary },
	[PDF_APPROVAL] = { "approval-case.pdf", pdf_book_approval },
	[PDF_REPORT] = { "report.pdf", pdf_book_report },
};

const char *pdf_name(enum pdf_document document)
{
	return documents[document].name;
}

static void give_text(const struct pdf_draft *draft, const struct pdf_book *book,
                      const struct legible *legible)
{
	GString *text = pdf_setter_laid(book->setter);

	for (guint i = 0; i < draft->alts->len; i++)
		g_string_append_printf(text, "%s\n", (const char *)draft->alts->pdata[i]);
	g_string_append_printf(text, "%s\n", draft->language);
	legible->take(legible->data, pdf_name(draft->document), text->str, text->len);
}

void pdf_draft_free(struct pdf_draft *draft)
{
	if (!draft)
		return;
	g_clear_pointer(&draft->bytes, g_byte_array_unref);
	g_ptr_array_unref(draft->alts);
	g_free(draft->missing);
	g_free(draft);
}

struct pdf_draft *pdf_draft_new(const struct report *report, enum pdf_document document,
                                const struct legible *legible, GError **error)
{
	struct pdf_draft *draft = g_new0(struct pdf_draft, 1);
	struct pdf_book *book = documents[document].lay_out(report);

	draft->document = document;
	draft->alts = g_ptr_array_new_with_free_func(g_free);
	draft->leaves = pdf_book_leaves(book);
	draft->language = report->language ? report->language : "en";
	draft->bytes = pdf_paint(book, draft->alts, error);
	if (draft->bytes && legible)
		give_text(draft, book, legible);
	draft->missing = g_strdup(pdf_setter_missing(book->setter));
	pdf_book_free(book);
	if (draft->bytes)
		return draft;
	g_prefix_error(error, "%s: ", pdf_name(document));
	pdf_draft_free(draft);
	return NULL;
}

const char *pdf_draft_missing(const struct pdf_draft *draft)
{
	return draft->missing;
}

static gboolean write_bytes(const char *name, const GByteArray *bytes, struct outdir *outdir,
                            GError **error)
{
	struct sink *sink = outdir_sink(outdir, name, error);

	if (!sink)
		return FALSE;
	sink_write(sink, bytes->data, bytes->len);
	return sink_close(sink, NULL, error);
}

gboolean render_pdf(const struct pdf_draft *draft, struct outdir *outdir, GError **error)
{
	const char *name = pdf_name(draft->document);
	g_autoptr(GByteArray)
		bytes = pdf_complete(draft->bytes, draft->alts, draft->language, error);

	if (bytes && pdf_verify(bytes, draft->leaves, error))
		return write_bytes(name, bytes, outdir, error);
	g_prefix_error(error, "%s: ", name);
	return FALSE;
}

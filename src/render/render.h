/* SPDX-License-Identifier: Apache-2.0 */
/* render: document → files. One entry point each; how, never what: nothing is computed here. */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "base/outdir.h"
#include "render/legible.h"
#include "report/document.h"

/* What is said to use fonts is for one thread at a time, and always the same: cairo 1.16 keeps
 * lists of them that all threads share and none locks. All else may be done by several threads at
 * once. */

/* The site: its pages, once they can be written one by one. `offered`: names of the other files
 * that will stand beside them, to which pages may lead; borrowed, as the other two. */
struct html_site;

/* Writes assets/style.css and assets/report.js, and draws the charts of all pages. Uses fonts. NULL
 * and error on failure. */
struct html_site *html_site_open(const struct report *report, struct outdir *outdir,
                                 GHashTable *offered, GError **error);
void html_site_close(struct html_site *site);

/* Page number `which` of the report, as PAGE.html. */
gboolean render_html(const struct html_site *site, guint which, GError **error);

/* report.html: all of these in one file that names no other, to be mailed. Uses fonts. */
gboolean render_html_single(const struct report *report, struct outdir *outdir, GError **error);

/* executive-summary.pdf (always exactly one page), approval-case.pdf and report.pdf; the first two
 * of a report that has a page for them. */
enum pdf_document { PDF_SUMMARY, PDF_APPROVAL, PDF_REPORT, PDF_DOCUMENTS };

const char *pdf_name(enum pdf_document document);

/* A painted document, on its way to a file. Its text, which cannot be read back, is given to
 * `legible`, unless that is NULL. Uses fonts. The report must outlive it. NULL and error when it
 * cannot be painted. */
struct pdf_draft;
struct pdf_draft *pdf_draft_new(const struct report *report, enum pdf_document document,
                                const struct legible *legible, GError **error);
void pdf_draft_free(struct pdf_draft *draft);

/* The characters that its typeface lacks, each once, which stand there as [U+4E2D]; "" when there
 * are none. The draft's own. */
const char *pdf_draft_missing(const struct pdf_draft *draft);

/* Completes it, reads it back and writes it. */
gboolean render_pdf(const struct pdf_draft *draft, struct outdir *outdir, GError **error);

/* savings.xlsx, with live formulas and their cached values; read back and verified. */
gboolean render_xlsx(const struct report *report, struct outdir *outdir, GError **error);

/* summary.eml: the mail to those who decide, to be sent by `sendmail -t`; needs
 * executive-summary.pdf. Nothing when the report has none. The words of its pictures are given to
 * `legible`, unless that is NULL. Uses fonts. */
gboolean render_mail(const struct report *report, struct outdir *outdir,
                     const struct legible *legible, GError **error);

/* Whether a text can stand in the head of a mail as addresses, or as one. */
gboolean mail_addresses_valid(const char *text, gboolean one, GError **error);

/* A picture that may stand in a report: a PNG of at most 200 kB and 1000 × 1000 dots, painted anew,
 * so that nothing is in it but what can be seen. NULL and error when the file is none. The caller
 * frees it. */
GBytes *logo_load(const char *path, GError **error);

/* report.json: every figure, assumption, column of the export and dataset name. */
gboolean render_json(const struct report *report, struct outdir *outdir, GError **error);

/* tables/DATASET.csv for every dataset. */
gboolean render_csv(const struct report *report, struct outdir *outdir, GError **error);

#endif

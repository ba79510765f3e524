/* SPDX-License-Identifier: Apache-2.0 */
/* render: document → files. One entry point each; how, never what: nothing is computed here. */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "base/sink.h"
#include "render/legible.h"
#include "report/document.h"

/* Every page as PAGE.html, assets/style.css and assets/report.js. */
gboolean render_html(const struct report *report, struct outdir *outdir, GError **error);

/* report.html: all of these in one file that names no other, to be mailed. Before render_html(), whose pages offer it. */
gboolean render_html_single(const struct report *report, struct outdir *outdir, GError **error);

/* executive-summary.pdf (always exactly one page), approval-case.pdf and report.pdf. Each is read back and verified before it
 * counts. Their text, which cannot be read back, is given to `legible`, unless that is NULL. */
gboolean render_pdf(const struct report *report, struct outdir *outdir, const struct legible *legible, GError **error);

/* savings.xlsx, with live formulas and their cached values; read back and verified. */
gboolean render_xlsx(const struct report *report, struct outdir *outdir, GError **error);

/* summary.eml: the mail to those who decide, to be sent by `sendmail -t`; needs executive-summary.pdf. Nothing when the report
 * has none. The words of its pictures are given to `legible`, unless that is NULL. */
gboolean render_mail(const struct report *report, struct outdir *outdir, const struct legible *legible, GError **error);

/* Whether a text can stand in the head of a mail as addresses, or as one. */
gboolean mail_addresses_valid(const char *text, gboolean one, GError **error);

/* A picture that may stand in a report: a PNG of at most 200 kB and 1000 × 1000 dots, painted anew, so that nothing is in it but
 * what can be seen. NULL and error when the file is none. The caller frees it. */
GBytes *logo_load(const char *path, GError **error);

/* report.json: every figure, assumption, column of the export and dataset name. */
gboolean render_json(const struct report *report, struct outdir *outdir, GError **error);

/* tables/DATASET.csv for every dataset. */
gboolean render_csv(const struct report *report, struct outdir *outdir, GError **error);

#endif

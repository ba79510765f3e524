/* SPDX-License-Identifier: Apache-2.0 */
/* mail: inside of the mail renderer. The page of the mail becomes HTML (html_mail.c), plain text
 * (mail_text.c) and pictures (mail_picture.c); mail.c puts them into one message. */
#ifndef RENDER_MAIL_H
#define RENDER_MAIL_H

#include "base/outdir.h"
#include "report/document.h"

/* The body of the message as an HTML document, with all its looks in it. Pictures are called by
 * "cid:" and mail_picture_id. The caller frees it; NULL and error when its template is wrong. */
GString *mail_html(const struct report *report, GError **error);

/* The same for those who read no HTML: lines of 72 characters at most, where words allow. The
 * caller frees it. */
GString *mail_text(const struct report *report);

/* All words of a page of the report so, with what is written in its charts: to be looked
 * through. */
GString *mail_words(const struct report *report, const struct page *page);

/* What the picture of a chart is called within the message: it has the form of a message's
 * identity, and is as much the only one of it. The caller frees it. */
char *mail_picture_id(const struct chart *chart);

/* A chart as PNG, twice as fine as it will be shown. */
GBytes *mail_picture(const struct chart *chart);

/* What is written in that picture is appended. */
void mail_picture_words(const struct chart *chart, GString *text);

/* "P85: 2,668 CPUs": what a chart prints, in words, a line each; also of those who see no pictures.
 * GPtrArray of char *, which frees them; the caller unrefs it. */
GPtrArray *mail_chart_lines(const struct chart *chart);

/* The workbook without whoever could be a person: render/xlsx.c. */
GBytes *mail_workbook(const struct report *report, struct outdir *outdir, GError **error);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* narrative: a Markdown template and the figures → blocks.
 *
 * The words live in templates (Markdown), read by cmark (CommonMark, no raw HTML). On top of it:
 *
 *   {saving.total.expected}     the text of a figure (an unknown id is an error); an INLINE_FIGURE
 *   :::if ID   :::unless ID     … :::else … :::end    TRUE when the figure has a value other than
 *                               0, or is a non-empty text; nests
 *   {row.cpu_hours}             on a page about one row of a dataset, the text of its cell; also
 *                               after :::if, and without a value it does not hold
 *   {saving.low..saving.high?between {saving.low} and {saving.high}|{saving.low}}, and after :::if
 *                               TRUE when the two print differently
 *   :::lede                     the next paragraph is a BLOCK_LEDE
 *   :::tiles ID ID ID           key figures; {id?ID ID|ID} chooses among them
 *   :::chart NAME               a chart that compose offers by this name (an unknown one is an
 *                               error; left out when this report has none)
 *   :::table DATASET columns=a,b,c rows=10 caption="…" anchors=id where=group
 *                               (rows may also be a figure; where: of a page about a row, those
 *                               rows that have its first cell's text in this column; links to
 *                               figures lead to the row whose cell in the column of anchors is the
 *                               figure's id)
 *   :::grid "Head" "Head" caption="…" … :::row "Cell" "Cell" … :::end
 *                               a table that stands in the template; plain words and figures,
 *                               :::if between rows. A line to write on is " ______ ": without
 *                               blanks at its ends it is emphasis
 *   :::callout TONE … :::end    :::columns … :::column … :::end
 *
 * A directive is a line of its own, with blank lines around it, outside lists. Data never becomes
 * markup: figures are put in after parsing. A branch that is not taken is checked like the one that
 * is. Links go to a page ("users", "method#figures"), to an "#anchor" or to https://. */
#ifndef REPORT_NARRATIVE_H
#define REPORT_NARRATIVE_H

#include "report/document.h"
#include "report/format.h"

struct narrative {
	const struct report *report; /* figures and datasets */
	const struct format *format; /* of a number that is no figure */
	const struct dataset *dataset; /* whose row the page is about; NULL: it is about none */
	guint row;
	/* Whether there may be a chart of this name; NULL: of any. */
	gboolean (*knows_chart)(const char *name);
	/* A new chart of this name, owned by the caller; NULL when there is none. */
	struct chart *(*chart)(const char *name, void *data);
	void *data;
};

/* Appends the blocks of `markdown` to `blocks`. `file` is for messages: "findings/own-or-rent.md,
 * line 12: …". */
gboolean narrative_compose(const struct narrative *narrative, const char *file,
                           const char *markdown, GPtrArray *blocks, GError **error);

#endif

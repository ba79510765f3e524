/* SPDX-License-Identifier: Apache-2.0 */
/* narrative_composer: what narrative.c, which reads Markdown, and narrative_directive.c, which
 * obeys ":::" lines, share. */
#ifndef REPORT_NARRATIVE_COMPOSER_H
#define REPORT_NARRATIVE_COMPOSER_H

#include "report/narrative.h"

enum frame_kind { FRAME_PAGE, FRAME_CONDITION, FRAME_CALLOUT, FRAME_COLUMNS, FRAME_GRID };

/* What is open: the page itself, then every directive that waits for its :::end. */
struct frame {
	enum frame_kind kind;
	int line;
	GPtrArray *blocks;  /* where blocks go now; NULL between :::columns and the first :::column,
	                       and in a grid */
	gboolean live;      /* FALSE in a branch that is not taken */
	gboolean condition; /* of :::if */
	gboolean has_else;
	gboolean titled;    /* a title stands here, in this branch */
	gboolean other;     /* one stood in the branch before :::else, and that branch is the one
	                       taken */
	struct block *block; /* callout, columns or grid; of a condition in a grid, that grid */
};

/* A branch that is not taken is composed all the same, into `rejected`: its mistakes show whatever
 * the data. */
struct composer {
	const struct narrative *narrative;
	const char *file;
	GArray *frames; /* struct frame, the innermost last */
	GPtrArray *rejected;
	GHashTable *anchors;
	int lede_line; /* of a :::lede that waits for its paragraph; 0: none */
};

/* Sets "FILE, line N: …" and returns FALSE. */
gboolean composer_wrong(const struct composer *composer, int line, GError **error,
                        const char *format, ...) G_GNUC_PRINTF(4, 5);

/* The innermost frame; good until the next composer_open(). */
struct frame *composer_frame(const struct composer *composer);
void composer_open(struct composer *composer, const struct frame *frame);

/* Notes a heading of one #. FALSE and error when it would stand on the page beside another. */
gboolean composer_title(const struct composer *composer, int line, GError **error);

/* Where blocks go now. NULL and error between :::columns and its first :::column, and in a grid. */
GPtrArray *composer_blocks(const struct composer *composer, int line, GError **error);

/* NULL and error when there is no figure of this id. */
const struct figure *composer_figure(const struct composer *composer, const char *id, int line,
                                     GError **error);

/* Whether an id stands for a cell of the row that the page is about: "row.cpu_hours". */
gboolean composer_is_cell(const char *id);

/* That cell; NULL and error when the page is about none, or there is no such column. */
const struct dataset_cell *composer_cell(const struct composer *composer, const char *id, int line,
                                         GError **error);

/* The text of a figure or a cell; "" when there is none. NULL and error when the id stands for
 * neither. */
const char *composer_text(const struct composer *composer, const char *id, int line,
                          GError **error);

/* Whether a figure or cell is there, and neither nought nor empty; of two,
 * "saving.low..saving.high", whether they print differently. FALSE and error when an id stands for
 * neither. */
gboolean composer_holds(const struct composer *composer, const char *id, int line, gboolean *result,
                        GError **error);

/* Appends text of the template, in which {id} stands for a figure, {id|one|several} for a word by
 * how many it is, and {id?words|others} for words by whether it holds; others may be missing. */
gboolean composer_words(const struct composer *composer, const char *text, int line,
                        GPtrArray *inlines, GError **error);

/* Obeys the directive whose line, without its ":::", is `text`. */
gboolean composer_run(struct composer *composer, const char *text, int line, GError **error);

#endif

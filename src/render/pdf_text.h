/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_text: words in a typeface, broken into lines and painted one line at a time. Lengths are in
 * points. */
#ifndef RENDER_PDF_TEXT_H
#define RENDER_PDF_TEXT_H

#include <pango/pangocairo.h>

#include "charts/canvas.h"

enum pdf_face { FACE_PLAIN = 0, FACE_BOLD = 1, FACE_ITALIC = 2, FACE_CODE = 4 }; /* flags */

struct pdf_type {
	double size, leading; /* leading: from one base line to the next */
	guint face;
	enum ink ink;
	enum anchor align;
};

struct pdf_line {
	gsize start, end; /* bytes of the string, with the space at its end */
	double width;     /* without it; as all widths here in TEXT_SIZE, for texts of all sizes
	                     share their lines */
	double word_width; /* of its longest word, when it is all of the text */
	PangoLayoutLine *shaped;
};

struct pdf_text {
	struct pdf_setter *setter; /* borrowed */
	struct pdf_type type;
	GString *string;
	GArray *spans;   /* stretches of one face and link, end to end */
	GArray *ties;    /* gsize: spaces and dashes at which no line may end */
	const GArray *lines; /* struct pdf_line; the setter's; NULL before pdf_text_break() */
	const GArray *whole; /* the same, all of it on one line, if it was laid so */
	gboolean noted;  /* among what the setter laid */
	gboolean linked; /* some span is a link */
	gboolean split;  /* its lines are on two leaves */
};

/* One Pango layout without hinting, used for every text of a document: positions do not depend on
 * any device. It keeps the lines that it made, and outlives its texts. */
struct pdf_setter;

/* `accent`: a colour of the site's own, "#7a1020"; NULL: none. */
struct pdf_setter *pdf_setter_new(const char *accent);
void pdf_setter_free(struct pdf_setter *setter);

/* Every text that was laid with it, whole, a line each; who sets words otherwise adds them. The
 * setter's own. In the finished file they are numbers of glyphs. */
GString *pdf_setter_laid(struct pdf_setter *setter);

/* The characters that stand as [U+4E2D], since the typeface lacks them, each once; "" when there
 * are none. The setter's own. */
const char *pdf_setter_missing(const struct pdf_setter *setter);

/* A text is counted: pdf_text_unref() gives up one share. */
struct pdf_text *pdf_text_new(struct pdf_setter *setter, struct pdf_type type);
struct pdf_text *pdf_text_ref(struct pdf_text *text);
void pdf_text_unref(struct pdf_text *text);

/* Appends words, made printable: a character that the typeface lacks is shown as [U+4E2D], a line
 * break as a space. `face` is added to the text's own; `link`: the attributes of a cairo link tag,
 * or NULL. */
void pdf_text_append(struct pdf_text *text, const char *words, guint face, const char *link);

double pdf_text_width(struct pdf_text *text);      /* on one line */
double pdf_text_word_width(struct pdf_text *text); /* of its longest word */

/* Of line `n`, once the text is broken. */
double pdf_text_line_width(const struct pdf_text *text, guint n);

/* Breaks into lines no wider than `width`, words too if they must be; with `most` not 0 into at
 * most so many, the last ending in "…". */
void pdf_text_break(struct pdf_text *text, double width, guint most);

/* The narrowest width at which it has no more lines than at this one. */
double pdf_text_balanced(struct pdf_text *text, double width);

/* Paints line `n` with its top at y in a column of this width from x. Links and, in a text that is
 * linked or split, all other stretches are tagged: cairo 1.16 marks the content of tags without
 * children only. */
void pdf_text_paint(struct pdf_text *text, guint n, cairo_t *cairo,
                    const cairo_rectangle_t *column);

/* A text with these words alone, ready to break. */
struct pdf_text *pdf_text_of(struct pdf_setter *setter, struct pdf_type type, const char *words);

/* pdf_ink: what to paint each role in, 0xRRGGBB: the palette's light colours, and the accent (as
 * above) in the place of its blues. One that cannot be read on white is left out. */
void pdf_inks(guint32 inks[INKS], const char *accent);

/* Takes up the colour of a role in the setter's document. Charts have the palette's own. */
void pdf_ink(const struct pdf_setter *setter, cairo_t *cairo, enum ink ink);

#endif

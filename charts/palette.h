/* SPDX-License-Identifier: Apache-2.0 */
/* palette: the colours, once, for SVG, CSS and cairo. Contrasts are computed in a test. */
#ifndef CHARTS_PALETTE_H
#define CHARTS_PALETTE_H

#include "charts/canvas.h"

struct palette_entry {
	enum ink ink;
	const char *name;    /* "series-1": of the custom property and of the classes */
	guint32 light, dark; /* 0xRRGGBB */
};

/* For every ink but INK_NONE, which aborts. */
const struct palette_entry *palette_entry(enum ink ink);

#define PALETTE_LEGIBLE 4.5 /* the least contrast of a text to its ground, by WCAG 2 */

/* The contrast of two colours, 1…21, as WCAG 2 reckons it. */
double palette_contrast(guint32 a, guint32 b);

/* The style sheet that charts need: a custom property per ink (":root{--series-1:#0072b2;…}",
 * dark values inside "@media screen and (prefers-color-scheme:dark)", so that print is always
 * light), two classes per ink (".fill-series-1" and ".line-series-1"; an element carries the
 * one, the other, or both) and the type of chart text. The caller frees it. */
char *palette_css(void);

#endif

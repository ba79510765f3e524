/* SPDX-License-Identifier: Apache-2.0 */
/* text: the report's typeface for Pango, so that what is measured is what is painted. */
#ifndef CHARTS_TEXT_H
#define CHARTS_TEXT_H

#include <pango/pango.h>

#include "charts/canvas.h"

/* The one size in which text is laid out, in px (the context's units): widths without hinting grow
 * with the size, so that what has another is scaled. Of each further size Pango would ask anew
 * which file has its face, in two threads. */
#define TEXT_SIZE 20.0

/* A context without hinting and rounding, so that widths do not depend on the device or the locale,
 * with the fonts that all texts of a thread share; the caller's to unref. */
PangoContext *text_context_new(void);

/* Gives a layout this text in the typeface, cleaned, in TEXT_SIZE. */
void text_set(PangoLayout *layout, const char *text, enum weight weight);

#endif

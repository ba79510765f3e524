/* SPDX-License-Identifier: Apache-2.0 */
/* text: the report's typeface for Pango, so that what is measured is what is painted. */
#ifndef CHARTS_TEXT_H
#define CHARTS_TEXT_H

#include <pango/pango.h>

#include "charts/canvas.h"

/* Sets hinting, rounding and language of a context so that widths do not depend on the device or
 * the locale. */
void text_prepare(PangoContext *context);

/* A context so prepared, with the fonts that all texts of a thread share; the caller's to unref. */
PangoContext *text_context_new(void);

/* Gives a layout this text in the typeface, cleaned; size in px (the context's units). */
void text_set(PangoLayout *layout, const char *text, double size, enum weight weight);

#endif

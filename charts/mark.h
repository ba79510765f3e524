/* SPDX-License-Identifier: Apache-2.0 */
/* mark: the shapes that stand for single values, all of one size. Series that share a plot differ
 * in shape, not in colour alone. */
#ifndef CHARTS_MARK_H
#define CHARTS_MARK_H

#include "charts/canvas.h"

#define MARK_RADIUS 4.0 /* px */

enum mark { MARK_DOT, MARK_DIAMOND, MARK_SQUARE, MARK_RING, MARKS };

/* Centred, with a rim of paper that keeps it apart from its neighbours. */
void mark_paint(struct canvas *canvas, struct canvas_point at, enum mark mark, enum ink ink);

#endif

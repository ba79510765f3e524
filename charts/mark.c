/* SPDX-License-Identifier: Apache-2.0 */
#include "charts/mark.h"

#include <math.h>

#define MOST_CORNERS 12 /* a dot, as round as its size asks for */

/* To the eye all are equally large. */
static const struct {
	guint corners;
	double radius, turn; /* px, parts of a circle */
} shapes[MARKS] = {
	[MARK_DOT] = { MOST_CORNERS, MARK_RADIUS - 0.2, 0 },
	[MARK_DIAMOND] = { 4, MARK_RADIUS + 0.8, 0 },
	[MARK_SQUARE] = { 4, MARK_RADIUS + 0.6, 0.125 },
	[MARK_RING] = { MOST_CORNERS, MARK_RADIUS - 0.6, 0 },
};

void mark_paint(struct canvas *canvas, struct canvas_point at, enum mark mark, enum ink ink)
{
	struct stroke full = { .fill = ink, .line = INK_PAPER, .width = 1, .closed = TRUE };
	struct stroke ring = { .fill = INK_PAPER, .line = ink, .width = 1.75, .closed = TRUE };
	struct canvas_point rim[MOST_CORNERS];

	for (guint i = 0; i < shapes[mark].corners; i++) {
		double angle = 2 * G_PI * ((double)i / shapes[mark].corners + shapes[mark].turn);

		rim[i] = (struct canvas_point){ at.x + shapes[mark].radius * cos(angle),
			                        at.y + shapes[mark].radius * sin(angle) };
	}
	canvas->class->path(canvas, rim, shapes[mark].corners, mark == MARK_RING ? ring : full);
}

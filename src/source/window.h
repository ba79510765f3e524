/* SPDX-License-Identifier: Apache-2.0 */
/* window: the piece of an input that is in memory, which moves on as rows are taken off its front.
 */
#ifndef SOURCE_WINDOW_H
#define SOURCE_WINDOW_H

#include "base/slice.h"
#include "source/input.h"

#define WINDOW_LINE_MAX INPUT_HEADROOM /* the longest row that is held */

struct window {
	struct input *input; /* borrowed; NULL: of a piece, to which nothing is added */
	struct block *block; /* in which what is held lies */
	char *begin, *end;   /* what is held and not yet taken */
	gboolean ended;      /* nothing follows */
	gboolean newline;    /* … and at `end` stands a newline that the file has not */
	guint64 line;        /* number of the line that begins at `begin`, from 1 */
};

void window_init(struct window *window, struct input *input);

/* Takes what is held off, up to `cut`, as a piece with a window of its own, lines counted from 1;
 * what follows is held further on. FALSE and error when reading on failed: then the piece is all
 * that there is. */
gboolean window_take(struct window *window, char *cut, struct window *piece, GError **error);

/* Gives the memory of a piece back to the input that it was taken from. */
void window_give_back(struct window *piece, struct input *input);

/* Holds more: at least one more byte, or the input has ended. What is held may move. With
 * WINDOW_LINE_MAX bytes or more held it does nothing. FALSE and error when reading failed: then
 * nothing is held any more, and it has ended. */
gboolean window_more(struct window *window, GError **error);

/* Takes a line off that is longer than can be held, in constant memory. */
gboolean window_skip_line(struct window *window, GError **error);

/* The line at `offset` bytes behind `begin`, with its newline unless it is the last; holds more as
 * needed. Empty at the end of input, and also when the line is too long: then *too_long is set. */
gboolean window_line(struct window *window, size_t offset, struct slice *line, gboolean *too_long,
		     GError **error);

static inline size_t window_held(const struct window *window)
{
	return (size_t)(window->end - window->begin);
}

#endif

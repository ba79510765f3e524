/* SPDX-License-Identifier: Apache-2.0 */
#include "source/window.h"

void window_init(struct window *window, struct input *input)
{
	*window = (struct window){ .input = input, .line = 1 };
}

/* Goes on to the next block. What is held from `rest` on goes into its headroom, so that only the
 * rest of a row is ever copied. */
static gboolean go_on(struct window *window, char *rest, GError **error)
{
	struct block *next = input_next(window->input, error);
	size_t held = (size_t)(window->end - rest);

	window->ended = window->newline = !next || next->length == 0;
	if (!next) {
		window->begin = window->end;
		return FALSE;
	}
	if (held > 0)
		memcpy(next->data - held, rest, held);
	window->begin = next->data - held;
	window->end = next->data + next->length;
	window->block = next;
	return TRUE;
}

gboolean window_more(struct window *window, GError **error)
{
	struct block *block = window->block;

	if (window->ended || window_held(window) >= WINDOW_LINE_MAX)
		return TRUE;
	if (!go_on(window, window->begin, error))
		return FALSE;
	if (block)
		input_give_back(window->input, block);
	return TRUE;
}

gboolean window_take(struct window *window, char *cut, struct window *piece, GError **error)
{
	gboolean last = window->ended;

	*piece = (struct window){ .block = window->block, .begin = window->begin, .end = cut,
				  .ended = TRUE, .newline = last, .line = 1 };
	window->block = NULL;
	if (!last)
		return go_on(window, cut, error);
	window->begin = window->end = NULL;
	window->newline = FALSE;
	return TRUE;
}

void window_give_back(struct window *piece, struct input *input)
{
	if (piece->block)
		input_give_back(input, piece->block);
	piece->block = NULL;
}

gboolean window_line(struct window *window, size_t offset, struct slice *line, gboolean *too_long,
		     GError **error)
{
	size_t searched = offset;

	*line = (struct slice){ NULL, 0 };
	*too_long = FALSE;
	for (;;) {
		size_t held = window_held(window);
		const char *newline = NULL;

		if (held > searched)
			newline = memchr(window->begin + searched, '\n', held - searched);
		if (newline || window->ended) {
			size_t end = newline ? (size_t)(newline - window->begin) + 1 : held;

			*line = (struct slice){ window->begin + offset, end - offset };
			return TRUE;
		}
		*too_long = held >= WINDOW_LINE_MAX;
		if (*too_long)
			return TRUE;
		searched = MAX(offset, held);
		if (!window_more(window, error))
			return FALSE;
	}
}

gboolean window_skip_line(struct window *window, GError **error)
{
	for (;;) {
		size_t held = window_held(window);
		char *newline = held > 0 ? memchr(window->begin, '\n', held) : NULL;

		window->begin = newline ? newline + 1 : window->end;
		if (newline || window->ended)
			break;
		if (!window_more(window, error))
			return FALSE;
	}
	window->line++;
	return TRUE;
}

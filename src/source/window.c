/* SPDX-License-Identifier: Apache-2.0 */
#include "source/window.h"

void window_init(struct window *window, struct input *input)
{
	*window = (struct window){ .input = input, .line = 1 };
}

/* What is held goes into the headroom of the next block, so that only the rest of a row is ever
 * copied. */
gboolean window_more(struct window *window, GError **error)
{
	size_t held = window_held(window);
	struct slice block;
	gboolean complete;
	char *data;

	if (window->ended || held >= WINDOW_LINE_MAX)
		return TRUE;
	complete = input_next(window->input, &block, error);
	window->ended = block.length == 0;
	data = (char *)block.data;
	if (!complete)
		held = 0;
	if (held > 0)
		memcpy(data - held, window->begin, held);
	window->begin = data - held;
	window->end = data + block.length;
	return complete;
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

/* SPDX-License-Identifier: Apache-2.0 */
#include "source/rows_state.h"

#define LOOK_BACK_BYTES (1 << 16)

/* Where the line begins that ends before `end`, not before `least`; NULL when it begins earlier. */
static char *line_before(char *least, char *end)
{
	char *newline;

	if (end <= least)
		return NULL;
	newline = memrchr(least, '\n', (size_t)(end - least) - 1);
	return newline ? newline + 1 : NULL;
}

/* The last place in what is held where one of two sound rows ends and the other begins, and the two
 * may be read apart. */
static char *find_seam(struct rows *rows, const struct seam *seam)
{
	const struct window *window = &rows->window;
	char *least = window->end - MIN(window_held(window), LOOK_BACK_BYTES);
	char *last = memrchr(least, '\n', (size_t)(window->end - least));
	struct row before = { .status = ROW_FIELD_COUNT }, after;
	char *begin = last ? line_before(least, last + 1) : NULL, *earlier;
	guint turn = 0;

	if (!rows->pair[0])
		for (guint i = 0; i < 2; i++)
			rows->pair[i] = g_new(guint32, rows->count + ROWS_ROOM);
	if (!begin)
		return NULL;
	rows_split(rows, begin, last + 1, rows->pair[turn], &after);
	for (; (earlier = line_before(least, begin)); begin = earlier, after = before) {
		turn ^= 1;
		rows_split(rows, earlier, begin, rows->pair[turn], &before);
		if (before.status == ROW_WHOLE && after.status == ROW_WHOLE &&
		    rows_fits(rows, &after) && seam->parts(&before, &after, seam->data))
			return begin;
	}
	return NULL;
}

gboolean rows_cut(struct rows *rows, const struct seam *seam, struct window *piece)
{
	struct window *window = &rows->window;
	char *cut, *whole;

	rows_leave(rows);
	splitter_forget(&rows->splitter);
	if (!rows->splitter.begins || rows->failure || window_held(window) == 0)
		return FALSE;
	cut = window->ended ? window->end : find_seam(rows, seam);
	if (!cut)
		return FALSE;
	whole = memrchr(window->begin, '\n', window_held(window));
	if (!window_take(window, cut, piece, &rows->failure))
		piece->end = whole + 1;
	return TRUE;
}

struct rows *rows_fork(const struct rows *rows)
{
	struct rows *fork = g_memdup2(rows, sizeof *rows);

	fork->fork = TRUE;
	fork->window = (struct window){ .ended = TRUE };
	fork->begins = g_new(guint32, fork->count + ROWS_ROOM);
	fork->joined = NULL;
	fork->splitter = (struct splitter){ 0 };
	rows_look_ahead(fork);
	fork->pair[0] = fork->pair[1] = NULL;
	fork->mend = NULL;
	fork->found = NULL;
	fork->failure = NULL;
	fork->taken = fork->taken_lines = 0;
	fork->mended = fork->repeated_headers = 0;
	return fork;
}

void rows_enter(struct rows *fork, const struct window *piece)
{
	fork->window = *piece;
	splitter_forget(&fork->splitter);
	fork->taken = fork->taken_lines = 0;
	fork->mended = fork->repeated_headers = 0;
}

void rows_give_back(struct rows *rows, struct window *piece)
{
	window_give_back(piece, rows->input);
}

void rows_lend(struct rows *rows, guint pieces)
{
	input_add_blocks(rows->input, pieces);
}

void rows_hold_back(struct rows *rows)
{
	rows->taken = 0;
	rows->taken_lines = 0;
}

guint64 rows_line(const struct rows *rows)
{
	return rows->window.line + rows->taken_lines;
}

void rows_set_line(struct rows *rows, guint64 line)
{
	rows->window.line = line - rows->taken_lines;
}

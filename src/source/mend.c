/* SPDX-License-Identifier: Apache-2.0 */
#include "source/mend.h"

#define MAX_EXTRA 64 /* delimiters too many that are still thought about */

struct mend {
	const struct vocabulary *vocabulary;
	int *columns; /* as the vocabulary numbers them, -1 for the unknown */
	enum looseness *looseness;
	guint count;
	struct slice *fields; /* the row mended */
	/* For each column and each number of fields joined before it, the ways to read the rest:
	 * 0, 1, or 2 for more. */
	guint8 *ways;
};

static enum looseness looseness_of(const struct mend *mend, int column, gboolean commas)
{
	enum looseness looseness =
		column < 0 ? LOOSE_TEXT : mend->vocabulary->looseness(column);

	return looseness == LOOSE_LIST && !commas ? LOOSE_NOT : looseness;
}

struct mend *mend_new(const struct vocabulary *vocabulary, const struct slice *names, guint count,
		      gboolean commas)
{
	struct mend *mend = g_new0(struct mend, 1);

	mend->vocabulary = vocabulary;
	mend->count = count;
	mend->columns = g_new(int, count);
	mend->looseness = g_new(enum looseness, count);
	mend->fields = g_new(struct slice, count);
	mend->ways = g_new(guint8, (count + 1) * (MAX_EXTRA + 1));
	for (guint i = 0; i < count; i++) {
		mend->columns[i] = vocabulary->find(names[i]);
		mend->looseness[i] = looseness_of(mend, mend->columns[i], commas);
	}
	return mend;
}

void mend_free(struct mend *mend)
{
	if (!mend)
		return;
	g_free(mend->columns);
	g_free(mend->looseness);
	g_free(mend->fields);
	g_free(mend->ways);
	g_free(mend);
}

static gboolean fits(const struct mend *mend, guint at, struct slice text)
{
	return mend->columns[at] < 0 || mend->vocabulary->fits(mend->columns[at], text);
}

static gboolean all_fit(const struct mend *mend, const struct slice *fields)
{
	for (guint i = 0; i < mend->count; i++)
		if (!fits(mend, i, fields[i]))
			return FALSE;
	return TRUE;
}

/* Columns of free text side by side are one: where one ends and the next begins counts for nobody.
 */
static guint behind_text(const struct mend *mend, guint at)
{
	while (at < mend->count && mend->looseness[at] == LOOSE_TEXT)
		at++;
	return at;
}

static struct slice joined(const struct slice *first, guint more)
{
	const struct slice *last = first + more;

	return (struct slice){ first->data, (size_t)(last->data + last->length - first->data) };
}

struct puzzle {
	struct mend *mend;
	const struct slice *found;
	guint extra;
};

static guint8 *ways_from(const struct puzzle *puzzle, guint column, guint used)
{
	return &puzzle->mend->ways[column * (MAX_EXTRA + 1) + used];
}

static gboolean is_text(const struct puzzle *puzzle, guint column)
{
	return puzzle->mend->looseness[column] == LOOSE_TEXT;
}

/* The column that follows when this one is read. */
static guint next_column(const struct puzzle *puzzle, guint column)
{
	return is_text(puzzle, column) ? behind_text(puzzle->mend, column) : column + 1;
}

/* Whether the column may take so many more fields than its own, when `used` went before. */
static gboolean may_take(const struct puzzle *puzzle, guint column, guint used, guint more)
{
	if (is_text(puzzle, column))
		return TRUE;
	if (more > 0 && puzzle->mend->looseness[column] == LOOSE_NOT)
		return FALSE;
	return fits(puzzle->mend, column, joined(&puzzle->found[column + used], more));
}

static void count_ways(const struct puzzle *puzzle, guint column, guint used)
{
	guint next = next_column(puzzle, column), sum = 0;

	for (guint more = 0; used + more <= puzzle->extra && sum < 2; more++) {
		guint rest = *ways_from(puzzle, next, used + more);

		if (rest > 0 && may_take(puzzle, column, used, more))
			sum += rest;
	}
	*ways_from(puzzle, column, used) = (guint8)MIN(sum, 2);
}

/* Follows the only way. */
static void follow(const struct puzzle *puzzle)
{
	struct slice *fields = puzzle->mend->fields;
	guint used = 0, more;

	for (guint column = 0, next; column < puzzle->mend->count; column = next) {
		next = next_column(puzzle, column);
		for (more = 0; *ways_from(puzzle, next, used + more) == 0 ||
			       !may_take(puzzle, column, used, more);)
			more++;
		fields[column] = joined(&puzzle->found[column + used], more);
		used += more;
		for (guint i = column + 1; i < next; i++)
			fields[i] = puzzle->found[i + used];
	}
}

static const struct slice *join(struct mend *mend, const struct slice *found, guint count)
{
	const struct puzzle puzzle = { mend, found, count - mend->count };

	if (puzzle.extra > MAX_EXTRA)
		return NULL;
	for (guint used = 0; used <= puzzle.extra; used++)
		*ways_from(&puzzle, mend->count, used) = used == puzzle.extra;
	for (guint column = mend->count; column-- > 0;)
		for (guint used = 0; used <= puzzle.extra; used++)
			count_ways(&puzzle, column, used);
	if (*ways_from(&puzzle, 0, 0) != 1)
		return NULL;
	follow(&puzzle);
	return mend->fields;
}

static const struct slice *fill(struct mend *mend, const struct slice *found, guint count)
{
	for (guint i = 0; i < mend->count; i++) {
		mend->fields[i] = (struct slice){ NULL, 0 };
		if (i < count)
			mend->fields[i] = found[i];
		else if (mend->columns[i] >= 0 && !mend->vocabulary->may_miss(mend->columns[i]))
			return NULL;
	}
	return all_fit(mend, mend->fields) ? mend->fields : NULL;
}

const struct slice *mend_fields(struct mend *mend, const struct slice *found, guint count)
{
	return count < mend->count ? fill(mend, found, count) : join(mend, found, count);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "source/mend.h"

#define MAX_EXTRA 64 /* delimiters too many that are still thought about */

struct mend {
	const struct vocabulary *vocabulary;
	int *columns; /* as the vocabulary numbers them, -1 for the unknown */
	enum looseness *looseness;
	guint count;
	struct slice *fields; /* the row mended */
	/* For each column and each number of fields joined before it: the ways to read the rest, 0,
	 * 1, or 2 for more, and how many fields more than its own the column takes in one of
	 * them. */
	guint8 *ways, *more;
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
	mend->more = g_new0(guint8, (count + 1) * (MAX_EXTRA + 1));
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
	g_free(mend->more);
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

static gsize place_of(guint column, guint used)
{
	return column * (MAX_EXTRA + 1) + used;
}

static struct slice taken(const struct puzzle *puzzle, guint column, guint used, guint more)
{
	return joined(&puzzle->found[column + used], more);
}

/* Whether the column may take so many more fields than its own, when `used` went before. */
static gboolean may_take(const struct puzzle *puzzle, guint column, guint used, guint more)
{
	if (puzzle->mend->looseness[column] == LOOSE_TEXT)
		return TRUE;
	if (more > 0 && puzzle->mend->looseness[column] == LOOSE_NOT)
		return FALSE;
	return fits(puzzle->mend, column, taken(puzzle, column, used, more));
}

static gboolean same(const struct mend *mend, guint at, struct slice one, struct slice other)
{
	return mend->columns[at] < 0 || mend->vocabulary->same(mend->columns[at], one, other);
}

/* Whether it is the same row to whoever reads it when the column takes so many fields or so
 * many. */
static gboolean are_same(const struct puzzle *puzzle, guint column, guint used, guint more,
                         guint other)
{
	const struct mend *mend = puzzle->mend;
	guint used_other = used;

	for (; column < mend->count && (used != used_other || more != other); column++) {
		if (!same(mend, column, taken(puzzle, column, used, more),
			  taken(puzzle, column, used_other, other)))
			return FALSE;
		used += more;
		used_other += other;
		more = mend->more[place_of(column + 1, used)];
		other = mend->more[place_of(column + 1, used_other)];
	}
	return TRUE;
}

/* Of readings that are the same the one in which free text takes the most is followed. */
static void count_ways(const struct puzzle *puzzle, guint column, guint used)
{
	guint8 *more = &puzzle->mend->more[place_of(column, used)];
	const guint8 *next = &puzzle->mend->ways[place_of(column + 1, used)];
	guint ways = 0;

	for (guint i = 0; used + i <= puzzle->extra && ways < 2; i++) {
		if (next[i] == 0 || !may_take(puzzle, column, used, i))
			continue;
		ways = next[i] == 2 || (ways == 1 && !are_same(puzzle, column, used, *more, i)) ? 2
		                                                                                : 1;
		*more = (guint8)i;
	}
	puzzle->mend->ways[place_of(column, used)] = (guint8)ways;
}

/* Follows the only way. */
static void follow(const struct puzzle *puzzle)
{
	const struct mend *mend = puzzle->mend;
	guint used = 0;

	for (guint column = 0; column < mend->count; column++) {
		guint more = mend->more[place_of(column, used)];

		mend->fields[column] = taken(puzzle, column, used, more);
		used += more;
	}
}

static const struct slice *join(struct mend *mend, const struct slice *found, guint count)
{
	const struct puzzle puzzle = { mend, found, count - mend->count };

	if (puzzle.extra > MAX_EXTRA)
		return NULL;
	for (guint used = 0; used <= puzzle.extra; used++)
		mend->ways[place_of(mend->count, used)] = used == puzzle.extra;
	for (guint column = mend->count; column-- > 0;)
		for (guint used = 0; used <= puzzle.extra; used++)
			count_ways(&puzzle, column, used);
	if (mend->ways[0] != 1)
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

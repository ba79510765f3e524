/* SPDX-License-Identifier: Apache-2.0 */
/* split: rows of sacct's own format → where their fields begin, in one pass over their bytes. */
#ifndef SOURCE_SPLIT_H
#define SOURCE_SPLIT_H

#include "base/slice.h"

struct split {
	const char *text;      /* begins are counted from there */
	const guint32 *begins; /* of the fields, and of the next row: each field ends a byte before
	                          the one that follows begins */
	guint count;           /* fields found; only the first `room` begins and the one behind them
	                          are stored */
	const char *end;       /* the newline; NULL when there is none before `limit`: then nothing
	                          else holds */
	gboolean nul;          /* a NUL byte is among them */
	gboolean ascii;        /* no byte above 0x7F is */
};

/* Splits what stands between `begin` and the first newline before `limit`, byte by byte. */
struct split split_row(const char *begin, const char *limit, char delimiter, guint32 *begins,
                       guint room);

/* Field number `at`. */
static inline struct slice split_field(const char *text, const guint32 *begins, guint at)
{
	return (struct slice){ text + begins[at], begins[at + 1] - begins[at] - 1 };
}

/* So many bytes are looked at together: what is found stays in the nearest cache. */
#define SPLITTER_BYTES 8192

/* With what it looks: byte by byte, or with vectors of 32 or of 64 bytes. A processor that has one
 * of them has all before it. */
enum splitter_eyes { SPLITTER_PLAIN, SPLITTER_FAST, SPLITTER_WIDE };

/* Splits one row after the other, and looks at the next ones all at once: with vectors where the
 * processor has them. */
struct splitter {
	char delimiter;
	enum splitter_eyes eyes;
	guint64 *places;      /* of the bits in each byte there is */
	gboolean odd;         /* a NUL or a byte above 0x7F is somewhere in what was looked at */
	guint32 *begins;      /* room of them and one: of all fields of the rows that were looked
	                         at, … */
	guint room;
	const char *text;     /* … counted from there */
	guint taken;          /* of the fields */
	guint32 *lines;       /* up to the end of each row, so many fields */
	guint line, count;    /* the next row, of so many */
	const char *next;     /* where it begins */
};

/* Rows may have at least so many fields: those beyond are counted. */
void splitter_init(struct splitter *splitter, char delimiter, guint fields);
void splitter_clear(struct splitter *splitter);

/* What lies ahead was moved or is no more. */
static inline void splitter_forget(struct splitter *splitter)
{
	splitter->line = splitter->count = 0;
}

/* Looks at rows from `begin` on, ahead of splitter_next(). */
void splitter_look(struct splitter *splitter, const char *begin, const char *limit);

/* What split_row() says of a row that is longer than what is looked at together. */
struct split splitter_long_row(struct splitter *splitter, const char *begin, const char *limit);

/* Whether a NUL stands between, and whether all is ASCII. */
gboolean split_has_nul(const char *begin, const char *end);
gboolean split_is_ascii(const char *begin, const char *end);

/* Whether the row that begins there is the next that was looked at, and has so many fields and
 * nothing but ASCII in it. */
static inline gboolean splitter_is_ready(const struct splitter *splitter, const char *begin,
                                         guint fields)
{
	return splitter->line < splitter->count && splitter->next == begin && !splitter->odd &&
	       splitter->lines[splitter->line] - splitter->taken == fields;
}

/* That row was taken, up to where the one behind it begins. */
static inline void splitter_pass(struct splitter *splitter, guint fields, const char *next)
{
	splitter->taken += fields;
	splitter->line++;
	splitter->next = next;
}

/* As split_row(), begins until the next call. Up to 64 bytes behind `limit` are read. What it gives
 * is best handed on part by part: as a whole it goes through memory, in pieces of other sizes than
 * it comes back in, and processors wait for that. */
static inline struct split splitter_next(struct splitter *splitter, const char *begin,
					 const char *limit)
{
	struct split split = { .ascii = TRUE };

	if (splitter->line == splitter->count || splitter->next != begin)
		splitter_look(splitter, begin, limit);
	if (splitter->count == 0)
		return splitter_long_row(splitter, begin, limit);
	split.text = splitter->text;
	split.begins = splitter->begins + splitter->taken;
	split.count = splitter->lines[splitter->line] - splitter->taken;
	splitter_pass(splitter, split.count, split.text + split.begins[split.count]);
	split.end = splitter->next - 1;
	if (G_UNLIKELY(splitter->odd)) {
		split.nul = split_has_nul(begin, split.end);
		split.ascii = split_is_ascii(begin, split.end);
	}
	return split;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* rewrite_state: what rewriting knows of the file being read, for its parts: planning what becomes
 * of its columns, asking whether a row is written as the one before was, and writing rows. */
#ifndef PRIVACY_REWRITE_STATE_H
#define PRIVACY_REWRITE_STATE_H

#include "privacy/kept.h"
#include "privacy/memo.h"
#include "privacy/rewrite.h"
#include "source/rows.h"

/* How the fields of a column are looked at. Most stay as they are, and are known to without a close
 * look. */
enum reading {
	READING_STEADY,   /* the same for all jobs of a burst: what one became is remembered */
	READING_STATE,    /* a word, and perhaps who cancelled the job, a new one each time */
	READING_MEASURED, /* another one for every job: numbers, checked in place, … */
	READING_TIMES,    /* … times, … */
	READING_JOBS,     /* … job ids … */
	READING_DURATIONS, /* … and durations */
	READING_HOSTS,
	READING_ANEW, /* never stay as they are */
	READINGS
};

/* Columns side by side in the row that are read alike, and written together. */
struct span {
	enum reading reading;
	guint first, last;  /* fields of the row */
	gboolean joins;     /* the field before the first is kept too */
	guint digits_most;  /* as in struct kept; the least of its columns' */
	guint mark, marks;  /* those of its marks, of a row's; the first is where it begins */
	const struct kept *kept;
	gboolean stays;     /* as it is, in the row at hand; when it is not steady */
	struct memo memo;                /* of READING_STEADY, and … */
	const struct remembered *latest; /* … what its text was in the last row; NULL: empty */
	struct span *next;  /* that is read so, too */
};

/* What is written in one go: fields that stay as they are, of one span or of several, or what a
 * span became. */
struct stretch {
	const struct span *span;     /* the first one */
	guint first, last;           /* fields */
	const guint32 *marked;       /* those in front of which there is a mark, … */
	guint marks;                 /* … so many */
	gboolean stays;
	gboolean cut;                /* else: of a state only its word is written, … */
	gboolean built;              /* … or what it became lies here in what was built; or it is
	                                the span's latest */
	guint built_at, built_length;
};

/* struct stretch: how a row is written, and how one that is like it but for the state, behind whose
 * word somebody is told. */
struct pattern {
	GArray *whole, *cut;
};

/* A column in front of which there is a mark. */
struct marked {
	guint column; /* of what is written */
	guint32 mark; /* MARK_ROW and such, without a place */
};

#define MARKS_AT_ONCE 4 /* so many are written together, wanted or not */

#define DAYS 16
#define TIME_LENGTH 19 /* 2024-01-31T12:30:59 */

#define CLOCK_LENGTH 8 /* 12:30:59 */
#define DAYS_LENGTH 4  /* of a duration */

#define STATE_WORDS 16
#define STATE_LENGTH 16
#define STEM_LENGTH 8

struct rewrite {
	struct keeping keeping;
	struct sink *sink;
	struct slice delimiter;
	GArray *kept, *spans;  /* struct kept and struct span, of the file being read */
	struct span *chains[READINGS]; /* the first of each kind: rows that are alike are looked at
	                                  kind by kind */
	GArray *known;         /* struct kept: columns of names that are dropped */
	GArray *marked;        /* struct marked, and … */
	GArray *marked_fields; /* … guint32: in front of which fields of the row, MARKS_AT_ONCE
	                          more */
	GArray *header;        /* struct marked, when the header was written: rows with other
	                          columns have no marks */
	struct {
		guint length;
		char text[STATE_LENGTH];
	} states[STATE_WORDS]; /* words of states that fit */
	int user;             /* the field of the user; -1: there is none */
	int submit;           /* that of the time when it was submitted; -1 likewise */
	int user_cpu, system_cpu; /* those of which the sum is written for TotalCPU; -1 likewise */
	guint64 stems[16];    /* beginnings of names of nodes that stay as they are; the last
	                         one: */
	char stem[STEM_LENGTH];
	size_t stem_length;   /* 0: there was none */
	char days[DAYS][20];  /* 2024-01-01T00:00:00 of the last ones, by the last digit of the
	                         day */
	GString *line;        /* what is built before it is written */

	char *begin, *at, *limit; /* the sink's memory, and where in it the next byte goes */
	size_t spare;             /* that is there for the row, beyond what it was made of */
	guint32 *marks;           /* where the next one goes */
	guint marks_made, marks_room;
	size_t place;             /* together with an address, what a mark says of it */
	gboolean marking;         /* the row being written is to have marks */
	guint marks_most;         /* of a row; more than there is room for when the columns are not
	                             those of the header */
	GArray *unwanted;         /* guint32: where they go otherwise */

	struct pattern pattern; /* of rows that are as the last one that was in order, … */
	gboolean settled;       /* … if there was one */
	gboolean cut;           /* the row at hand is like it but for the state */
	struct pattern other;   /* of a row that is not */
};

static inline struct span *span_at(const struct rewrite *rewrite, guint i)
{
	return &g_array_index(rewrite->spans, struct span, i);
}

/* Rows with other columns than the header that was written, as far as marks tell, have none. */
void rewrite_expect_marks(struct rewrite *rewrite);

/* Of a row that was split as it stands: whether it is written as the last one was, but for texts
 * that stay as they are, of steady ones those that became something else, and of the state what is
 * cut off it (`cut`). */
gboolean rewrite_is_alike(struct rewrite *rewrite, const struct row *row);

/* Whether a span that is not steady stays as it is. */
gboolean rewrite_span_stays(struct rewrite *rewrite, const struct span *span,
                            const struct row *row);

static inline gboolean remembered_stays(const struct remembered *latest)
{
	return !latest || latest->stays;
}

#endif

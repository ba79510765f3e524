/* SPDX-License-Identifier: Apache-2.0 */
/* rewrite_state: what rewriting knows of the file being read, for its two halves: planning what becomes of its columns, and
 * writing its rows. */
#ifndef PRIVACY_REWRITE_STATE_H
#define PRIVACY_REWRITE_STATE_H

#include "privacy/kept.h"
#include "privacy/memo.h"
#include "privacy/rewrite.h"

/* How the fields of a column are looked at. Most stay as they are, and are known to without a close
 * look. */
enum reading {
	READING_STEADY,   /* the same for all jobs of a burst: what one became is remembered */
	READING_STATE,    /* a word, and perhaps who cancelled the job, a new one each time */
	READING_MEASURED, /* another one for every job: numbers and times, checked in place */
	READING_HOSTS,
	READING_ANEW, /* never stay as they are */
};

#define TOLD_MOST 8
#define MARKS_AT_ONCE 4 /* so many are written together, wanted or not */

/* Columns side by side in the row that are read alike, and written together. */
struct span {
	enum reading reading;
	guint first, more;   /* the first field in the row, and how many more there are */
	gboolean joins;      /* the field before the first is kept too */
	guint check, checks; /* READING_MEASURED: its checks begin there, so many */
	guint told;          /* there are marks where it begins, and in front of so many fields in it: */
	guint16 tell[TOLD_MOST];
	const struct kept *kept;
	struct memo memo; /* READING_STEADY */
};

/* A steady span of the row before. */
struct steady {
	struct span *span;
	guint first, last;              /* fields */
	guint stretch;                  /* which it is, when it became something else */
	const struct remembered *known; /* NULL: its text is empty */
};

/* Spans that were written together in the row before, … */
struct stretch {
	const struct remembered *known; /* … one that became something else, … */
	guint first, last;              /* … or else the fields from first to last, which stayed as they were */
	guint mark, marks;              /* its marks, of those of the row */
};

/* A column in front of which there is a mark. */
struct marked {
	guint field;  /* of the row, … */
	guint column; /* … and of what is written of it */
	guint32 mark; /* MARK_ROW and such, without a place */
};

/* Such as stand side by side. */
struct fields {
	guint first, count;
};

/* Whether a field stays as it is. */
struct check {
	guint field, digits_most; /* as in struct kept */
	gboolean (*stays)(struct slice text);
};

#define DAYS 16

#define STATE_WORDS 16
#define STATE_LENGTH 16
#define STEM_LENGTH 8

struct rewrite {
	struct keeping keeping;
	struct sink *sink;
	struct slice delimiter;
	GArray *kept, *spans; /* struct kept and struct span, of the file being read */
	GArray *checks;       /* struct check: of what does not tell whether a row is one, which shows before */
	GArray *times;        /* struct fields: those of times, which tell it, … */
	GArray *telling;      /* struct kept: … as do these */
	GArray *marked;       /* struct marked */
	GArray *marked_fields; /* guint32: the same, and MARKS_AT_ONCE more */
	GArray *header;       /* the same, when the header was written: rows with other columns have no marks */
	struct {
		guint length;
		char text[STATE_LENGTH];
	} states[STATE_WORDS]; /* words of states that fit */
	int user;             /* the field of the user; -1: there is none */
	guint64 stems[16];    /* beginnings of names of nodes that stay as they are; the last one: */
	char stem[STEM_LENGTH];
	size_t stem_length;   /* 0: there was none */
	char days[DAYS][20];  /* 2024-01-01T00:00:00 of the last ones, by the last digit of the day */
	GString *line;        /* what is built before it is written */

	char *begin, *at, *limit; /* the sink's memory, and where in it the next byte goes */
	size_t spare;             /* that is there for the row, beyond what it was made of */
	guint32 *marks;           /* where the next one goes */
	guint marks_made, marks_room;
	size_t place;             /* together with an address, what a mark says of it */
	gboolean marking;         /* the row being written is to have marks */
	gboolean same_columns;    /* as in the header, as far as marks tell */
	GArray *unwanted;         /* guint32: where they go otherwise */

	GArray *loose;     /* guint: spans that are another text in each row, and may stay as they are */
	GArray *steadies;  /* struct steady */
	GArray *stretches; /* struct stretch */
	gboolean settled;  /* the last two hold */
};

static inline struct span *span_at(const struct rewrite *rewrite, guint i)
{
	return &g_array_index(rewrite->spans, struct span, i);
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* reader: files → jobs. Joins source/ and record/: opens each file, maps its header, checks
 * every row, folds steps into their job, counts each job once, and keeps the account of what
 * became of every row. */
#ifndef RECORD_READER_H
#define RECORD_READER_H

#include "record/column.h"
#include "record/job.h"

/* Why a row is in no figure. One table in set_aside.c gives each its words. */
enum set_aside {
	ASIDE_FIELD_COUNT, ASIDE_TOO_LONG, ASIDE_NUL, ASIDE_NOT_UTF8, ASIDE_CUT, ASIDE_HEADER,
	ASIDE_JOB_ID, ASIDE_STATE, ASIDE_TIME,
	ASIDE_PLACEHOLDER, /* a job that the database has not filled in yet (16?, no partition) */
	ASIDE_ORPHAN_STEP, /* a step without its job */
	ASIDE_MESSAGE,     /* what sacct said while it wrote */
	ASIDE_REVERSED,    /* it ends before it starts */
	ASIDES
};

/* "wrong number of fields", … */
const char *set_aside_name(enum set_aside reason);

#define SET_ASIDE_EXAMPLES 10

struct set_aside_example {
	char *file; /* last component of the path */
	guint64 line;
	enum set_aside reason;
	char *sample; /* escaped for a terminal; holds names: for check only, never for a report */
};

/* Rows of jobs that ran, by what lies between the times of start and end. */
struct spans {
	guint64 known;   /* all but such as the next, of full minutes, which may be cut times: */
	guint64 halved;  /* the time elapsed is less than half of it */
	guint64 days;    /* it is a day or more */
	guint64 dayless; /* among these: the time elapsed is what is left of it but for all days */
};

/* The identity read = used + steps + duplicates + Σ set_aside holds whenever reader_next() has
 * returned. */
struct reading {
	guint64 rows;       /* data rows read */
	guint64 jobs;       /* rows that became a job, or a further piece of one */
	guint64 steps;      /* rows folded into a job */
	guint64 duplicates; /* rows of a job already counted */
	guint64 set_aside[ASIDES];
	guint64 unreadable[COLUMNS]; /* values that were not what their column holds, and count as
	                                empty */
	guint64 flagged;    /* jobs beside a row set aside */
	guint64 repeated_headers;
	guint64 twins; /* of a sample, jobs that stand twice, at times as far apart as those of two
	                  zones; complete at the end */
	guint full_sheets; /* files as long as a sheet of a spreadsheet can be */
	guint64 mended; /* rows among them that had been put together again; complete at the end */
	gboolean civil_times, instants; /* by the first row of each file: local times, or such as
	                                   need no zone */
	guint finer; /* by so many steps (enum time_step) than the day is the finest of all times as
	                they are printed */
	struct spans spans;
	GPtrArray *forms; /* char *, what kinds of files they are: rows_form() */
	GPtrArray *examples; /* struct set_aside_example, the first ten */
	gboolean has[COLUMNS]; /* which columns any file has */
	gboolean all_have[COLUMNS];
	gboolean twice[COLUMNS]; /* in some file, of which the first counts */
	GPtrArray *unknown_columns; /* char *, names that the table does not know, in order */
	/* Duplicates are looked for in several files, and in one file from where it shows to be
	 * several put together: by its first repeated header, or by a job that stands in it again,
	 * as far as a sample of its jobs tells. key_table says whether they were, and uncompared
	 * how many jobs were not: those before that place, and those of a file without job ids. */
	gboolean key_table;
	gboolean joined; /* one file showed to be several */
	guint64 shared; /* jobs that bear an id with others, as tasks do that are listed under their
	                   array's; complete in hindsight */
	gboolean reconsiders; /* hindsight took several such jobs for pieces of one: now it knows
	                         better */
	guint64 uncompared;
	guint64 pieces; /* those among `jobs` that are a further piece: `sacct -T` cuts at its
	                   window */
	guint64 measured_later; /* jobs that were counted by a row without the use that another
	                           says */
	GPtrArray *sha256;  /* char *, of each file, in the order given; complete at the end, but
	                       when they are spared */
};

guint64 reading_set_aside(const struct reading *reading);
guint64 reading_unreadable(const struct reading *reading);

/* To what times are cut, by `has`, `finer` and `jobs` of a reading: of a hundred jobs and more, one
 * has another time of day than midnight if any is told; of a thousand, one has minutes, and one has
 * seconds. */
enum time_step times_cut_to(const gboolean has[COLUMNS], guint finer, guint64 jobs);

/* FALSE and error when headers of other columns stood among the rows: those behind them may have
 * been read for what they are not. */
gboolean reading_agrees(const struct reading *reading, GError **error);

/* Lists of users, associations and node events have columns of the same names: they are refused,
 * with the file's name. */
struct rows;
gboolean rows_are_jobs(const struct rows *rows, GError **error);

struct reader;
struct keys;

/* `paths`: NULL-terminated, "-" for standard input. zone (borrowed): in which the times are.
 * NULL and error when the first file cannot be opened; later ones fail when their turn comes. */
struct reader *reader_open(char *const *paths, struct zone *zone, GError **error);
void reader_close(struct reader *reader);

/* The same when some of the files may have no header: then their columns are these,
 * "User,Account,…". */
struct reader *reader_open_as(char *const *paths, const char *columns, struct zone *zone,
                              GError **error);

/* Before the first reader_next(): a job may stand in it more than once, although it is one file
 * without repeated headers. With several files that is taken for granted. */
void reader_expect_duplicates(struct reader *reader);

/* Before the first reader_next(): so many exports were joined in it, as its manifest says. */
void reader_expect_exports(struct reader *reader, guint count);

/* Before the first reader_next(): nobody will ask for the digests of the files. */
void reader_spare_digests(struct reader *reader);

/* Before the first reader_next(): nobody will ask what jobs used. It is neither read nor checked,
 * and as if no file said anything of it; but where jobs may stand twice it is read, since it tells
 * which row counts. */
void reader_spare_use(struct reader *reader);

/* What reading to the end taught that should have been known before: which jobs stand in pieces,
 * which first in a row without their use, and which ids several jobs bear. The caller's, by
 * keys_free(); NULL: nothing. */
struct keys *reader_steal_hindsight(struct reader *reader);

/* Before the first reader_next(): what was learned from the same files (borrowed, and may be added
 * to; NULL: nothing). Then pieces come as the one job that they are, at the end, and of several
 * rows of a job that counts which says most of its use. */
void reader_use_hindsight(struct reader *reader, struct keys *hindsight);

/* The next job, with its steps. FALSE at the end, or with error set; after either, for ever. Its
 * text stays until the next call.
 *
 * A step belongs to the job row beside it that has the same id. Of a job that several files have,
 * one row counts: that of the ended job; of rows of a job that had not ended the one that had run
 * longest, and such jobs come last. Two rows of which one begins where the other ends are pieces of
 * one job; each comes by itself, the later marked as a piece, without wait and use. */
gboolean reader_next(struct reader *reader, struct job *job, GError **error);

/* Who takes jobs. May be called by any thread, though not by two at a time. FALSE and error: no
 * more are wanted. */
struct taker {
	gboolean (*take)(void *data, const struct job *job, GError **error);
	void *data;
	void (*rest)(void *data); /* between some thousand jobs and the next, in its own thread; may
	                             be NULL */
	/* As `take`, of rows that are not given, or not yet: the job counts by another. May be
	 * NULL. */
	gboolean (*leave)(void *data, const struct job *job, GError **error);
};

/* Gives all jobs to takers, each of which has a thread of its own, the first the caller's. Which
 * gets which is open, and nothing else: the same rows become jobs, duplicates or are set aside,
 * and of several errors the one that stands first is told. `tick` is called by the first of them
 * now and then. */
gboolean reader_each(struct reader *reader, const struct taker *takers, guint count,
		     void (*tick)(void *data), void *data, GError **error);

/* Borrowed; grows with reader_next(). */
const struct reading *reader_reading(const struct reader *reader);

/* For progress: bytes read so far. */
guint64 reader_bytes_read(const struct reader *reader);

#endif

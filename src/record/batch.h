/* SPDX-License-Identifier: Apache-2.0 */
/* batch: a run of rows → the jobs in it, each with its steps folded in, and the account of what
 * became of the rows. It begins and ends between two jobs, so that batches are read apart. */
#ifndef RECORD_BATCH_H
#define RECORD_BATCH_H

#include "record/early.h"
#include "record/fold.h"
#include "record/reader.h"

struct entry {
	struct job job;
	struct slice base; /* the id that its steps share; empty when the file has none */
};

struct batch {
	/* What was found. */
	struct entry *entries; /* count of them, borrowed until batch_begin() */
	guint count;
	guint left_out;        /* so many behind those count elsewhere; in no order */
	guint64 rows, steps, flagged, mended;
	guint64 set_aside[ASIDES];
	guint64 lines;         /* that the rows stand in */
	GArray *headers;       /* guint: how many jobs stand before each repeated header */
	GPtrArray *examples;   /* struct set_aside_example, the first few */
	gboolean aside_first;  /* a row was set aside before the first job … */
	gboolean aside_last;   /* … or behind the last */
	gboolean civil_times, instants; /* by the first whole row: see struct reading */

	/* How it is read. */
	guint room; /* of entries */
	const struct rows *rows_of; /* the file, for its name */
	struct job_row row;
	struct fold fold;
	struct early early;    /* steps, and the job has not come */
	struct slice base;     /* of the last job row, when its steps may be folded */
	GString *refused;      /* the id of a job that was set aside: its steps are nobody's */
	gboolean copied;       /* rows do not stay where they are, … */
	GStringChunk *text;    /* … and their bytes are kept here, as those are of rows that were
	                          not split where they stand */
	gboolean has_job;      /* the last entry waits for its steps */
	gboolean beside_aside; /* the last row was set aside */
	gboolean first_row;    /* a whole one is awaited */
};

/* `zone` (NULL: floating) is a name that zone_new() knows. */
struct batch *batch_new(const char *zone);
void batch_free(struct batch *batch);

/* Forgets what was found, and is ready for rows of a file. When the bytes of a row go with the next
 * one, `copied` has them copied. */
void batch_begin(struct batch *batch, const struct layout *layout, const struct rows *rows_of,
		 gboolean copied);

void batch_add(struct batch *batch, const struct row *row);

/* A header was repeated before the next row. */
void batch_header(struct batch *batch);

/* Whether the batch may end before this row. */
gboolean batch_may_end(struct batch *batch, const struct row *row);

void batch_end(struct batch *batch);

/* For rows_cut(): the seam between two rows of a file with this layout. */
struct seam batch_seam(const struct layout *layout);

void set_aside_example_free(void *example);

#endif

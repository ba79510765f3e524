/* SPDX-License-Identifier: Apache-2.0 */
/* job_row: one row → what it says of a job or of a step, every field that counts checked. */
#ifndef RECORD_JOB_ROW_H
#define RECORD_JOB_ROW_H

#include "record/day_memo.h"
#include "record/reader.h"
#include "record/request.h"
#include "source/rows.h"

/* Where a file has its columns. */
struct layout {
	gint32 at[COLUMNS]; /* the field's number, or -1 */
	gboolean spares_use; /* what was used is not read */
	gboolean has_other_cpu; /* other columns than TotalCPU say the time that CPUs worked */
	guint spans;        /* of fields that make a request; 0: none is to be remembered */
	struct field_span span[FIELD_SPANS];
	guint name_spans;   /* the same of fields that name whose a job is, and where */
	struct field_span name_span[FIELD_SPANS];
	guint use_spans;    /* … that say what steps used */
	struct field_span use_span[FIELD_SPANS];
};

/* Beyond every machine, and small enough that products with seconds stay within 63 bits. */
#define JOB_ROW_MAX_COUNT G_GINT64_CONSTANT(1000000000)

/* The first of several columns of one meaning counts. */
void layout_init(struct layout *layout, const struct slice *header, guint count);

/* Where these columns are, as spans of fields that stand side by side; how many spans: 0 when there
 * are more than FIELD_SPANS. */
guint layout_spans(const struct layout *layout, const enum column *columns, guint columns_count,
                   struct field_span *spans);

static inline gboolean layout_has(const struct layout *layout, enum column column)
{
	return layout->at[column] >= 0;
}

static inline struct slice layout_field(const struct layout *layout, const struct row *row,
					enum column column)
{
	gint32 at = layout->at[column];

	return at < 0 ? (struct slice){ NULL, 0 } : row_field(row, (guint)at);
}

/* What a row says was used while it ran; VALUE_UNKNOWN where it says nothing, or nought, which is
 * as much. */
struct usage {
	gint64 start, end;
	gint64 memory_bytes;          /* its own peak over all its tasks */
	gint64 cpu_milliseconds;      /* TotalCPU, or what says the same */
	gint64 tres_cpu_milliseconds; /* TRESUsageInTot */
	gint64 gpu_util;              /* per cent summed over its GPUs */
};

/* The names of the job before, as struct job has them: jobs come in bursts that have the same. */
struct row_names {
	guint spans;                       /* 0: no row can be said to repeat them */
	struct slice text[FIELD_SPANS];  /* the fields that they are in, as they stand in that job's
	                                    row */
	struct slice cluster, user, account, group, partition, qos;
};

/* A row and what it takes to read one after the other; the reason says why the last reading of it
 * failed. */
struct job_row {
	const struct layout *layout;
	const struct row *row;
	struct zone *zone;
	gboolean stays; /* bytes of a row that is split where it stands are there as long as its job
	                   is */
	struct row_names names;
	struct day_memo day;
	struct request_memo requests[REQUEST_MEMOS], *last_request; /* NULL: none is known yet */
	guint finer; /* as in struct reading, of the rows read so far */
	struct spans spans;
	enum set_aside reason;
	guint64 unreadable[COLUMNS]; /* values of rows read so far, by column … */
	guint64 unreadable_sum;      /* … and together */
};

static inline struct slice job_row_span(const struct job_row *row, const struct field_span *span)
{
	return row_fields(row->row, span->first, span->last);
}

/* No job comes before the next one. */
static inline void job_row_forget_names(struct job_row *row)
{
	row->names.spans = 0;
}

/* A value is not what its column holds: it is counted, and the job is read without it. */
void job_row_unreadable(struct job_row *row, enum column column);

/* A number of things; 0 when the column says nothing, or nothing that can be read. */
gint64 job_row_count(struct job_row *row, enum column column);

/* Whether the file says which job a row is of. */
gboolean layout_has_id(const struct layout *layout);

/* Whether the row is a job's or a step's, and of which job: its base is empty when the file has no
 * job id, where a row of nobody (an empty User) is a step of the job before it. FALSE and the
 * reason when the id is none. */
gboolean job_row_name_of(const struct layout *layout, const struct row *row, struct job_name *name,
			 enum set_aside *reason);

static inline gboolean job_row_name(struct job_row *row, struct job_name *name)
{
	return job_row_name_of(row->layout, row->row, name, &row->reason);
}

/* Fills the job from its allocation row, without steps, and what that row itself says of use. Its
 * slices point into the row. FALSE and the reason when state or times are none, or nothing is
 * filled in yet; another field that is not what its column holds counts as empty. */
gboolean job_row_read(struct job_row *row, struct job *job, struct usage *usage);

/* The same for a step's row. */
gboolean job_row_read_step(struct job_row *row, struct usage *usage);

#endif

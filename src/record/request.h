/* SPDX-License-Identifier: Apache-2.0 */
/* request: what a job asked for and was given, but for where and when. Jobs come in bursts that are
 * the same in all of it: what the fields of one said is remembered for the others. */
#ifndef RECORD_REQUEST_H
#define RECORD_REQUEST_H

#include "record/column.h"
#include "record/value.h"

struct job_row;
struct layout;

/* A list of resources. Of a type of GPU it says where in the field it stands. */
struct request_list {
	enum column column;
	struct tres tres; /* without its gpu_type */
	size_t type_at, type_length;
};

struct request {
	gint64 limit_seconds; /* as in struct job */
	gint64 cpus;          /* held, or asked for when nothing tells that; 0 when neither is
	                         told */
	gint64 memory_bytes;  /* ReqMem's; VALUE_UNKNOWN, VALUE_UNLIMITED */
	enum memory_per memory_per;
	gint64 gpus;          /* asked for as a number of its own; 0 when it is not */
	gboolean has_allocated, has_gres;
	gboolean names_gpus; /* some list does, by number or by type */
	struct request_list allocated, requested;
	struct request_list allocated_gres, requested_gres; /* without has_gres not filled */
};

/* Fields of a row that stand side by side; what is asked for together stands in so many spans of
 * them, or it is read one by one. */
#define FIELD_SPANS 6

struct field_span {
	guint first, last; /* fields of the row */
};

/* Of a year of a cluster there are some thousand; the next ones are mostly among those that came
 * last. */
#define REQUEST_BITS 8
#define REQUEST_MEMOS (1 << REQUEST_BITS)
#define REQUEST_TEXT 512

/* What is looked at most often stands first, and side by side: of so many a nearest cache has no
 * room for more. */
struct request_memo {
	gboolean known;
	guint16 lengths[FIELD_SPANS]; /* of each span's text, … */
	struct request request;
	char text[REQUEST_TEXT];      /* … which stand here one behind the other */
};

/* Where in the rows of a file these fields are; how many spans, or 0 when they lie too far apart
 * for any to be remembered. */
guint request_plan(const struct layout *layout, struct field_span *spans);

/* What the row says; the row's until the next call. */
const struct request *request_read(struct job_row *row);

/* The list that says which GPUs the job has; NULL: none does. */
const struct request_list *request_gpu_list(const struct request *request);

/* The text of the type of GPU that the list names, in the row; empty when it names none. */
struct slice request_gpu_type(const struct job_row *row, const struct request_list *list);

#endif

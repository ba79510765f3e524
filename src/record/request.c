/* SPDX-License-Identifier: Apache-2.0 */
#include "record/request.h"

#include "record/job_row.h"

static struct slice field(const struct job_row *row, enum column column)
{
	return layout_field(row->layout, row->row, column);
}

static gboolean refuse(struct job_row *row, enum set_aside reason)
{
	row->reason = reason;
	return FALSE;
}

/* Reading the fields */

static gboolean read_limit(struct job_row *row, gint64 *seconds)
{
	static const enum column columns[] = { COLUMN_TIMELIMIT_RAW, COLUMN_TIMELIMIT };

	*seconds = VALUE_UNKNOWN;
	for (guint i = 0; i < G_N_ELEMENTS(columns) && *seconds == VALUE_UNKNOWN; i++)
		if (!value_limit_minutes(field(row, columns[i]), seconds))
			return refuse(row, ASIDE_DURATION);
	return *seconds != VALUE_UNKNOWN || value_count(field(row, COLUMN_LIMIT_SECONDS), seconds) ||
	       refuse(row, ASIDE_NUMBER);
}

static gboolean read_list(const struct job_row *row, enum column column, struct request_list *list)
{
	struct slice text = field(row, column), type;

	list->column = column;
	if (!value_tres(text, FALSE, &list->tres))
		return FALSE;
	type = list->tres.gpu_type;
	list->type_at = type.length > 0 ? (size_t)(type.data - text.data) : 0;
	list->type_length = type.length;
	list->tres.gpu_type = (struct slice){ NULL, 0 };
	return TRUE;
}

/* Most jobs are given what they ask for. */
static gboolean read_requested(const struct job_row *row, struct request *request)
{
	if (!slice_equal(field(row, COLUMN_REQ_TRES), field(row, COLUMN_ALLOC_TRES)))
		return read_list(row, COLUMN_REQ_TRES, &request->requested);
	request->requested = request->allocated;
	request->requested.column = COLUMN_REQ_TRES;
	return TRUE;
}

static gboolean read_lists(struct job_row *row, struct request *request)
{
	request->has_allocated = !slice_empty(field(row, COLUMN_ALLOC_TRES));
	request->has_gres =
		field(row, COLUMN_ALLOC_GRES).length + field(row, COLUMN_REQ_GRES).length > 0;
	if (read_list(row, COLUMN_ALLOC_TRES, &request->allocated) &&
	    read_requested(row, request) &&
	    (!request->has_gres || (read_list(row, COLUMN_ALLOC_GRES, &request->allocated_gres) &&
				    read_list(row, COLUMN_REQ_GRES, &request->requested_gres))))
		return TRUE;
	return refuse(row, ASIDE_TRES);
}

static gboolean read_cpus(struct job_row *row, struct request *request)
{
	static const enum column others[] = { COLUMN_N_CPUS, COLUMN_REQ_CPUS };
	gint64 *cpus = &request->cpus;

	if (!value_count(field(row, COLUMN_ALLOC_CPUS), cpus))
		return refuse(row, ASIDE_NUMBER);
	if (*cpus <= 0)
		*cpus = request->allocated.tres.cpus;
	for (guint i = 0; i < G_N_ELEMENTS(others) && *cpus <= 0; i++)
		if (!value_count(field(row, others[i]), cpus))
			return refuse(row, ASIDE_NUMBER);
	*cpus = MAX(*cpus, 0);
	return *cpus <= JOB_ROW_MAX_COUNT || refuse(row, ASIDE_NUMBER);
}

static gboolean read_gpus(struct job_row *row, struct request *request)
{
	if (!value_count(field(row, COLUMN_REQ_GPUS), &request->gpus) ||
	    request->gpus > JOB_ROW_MAX_COUNT)
		return refuse(row, ASIDE_NUMBER);
	request->gpus = MAX(request->gpus, 0);
	return TRUE;
}

static gboolean read_memory(struct job_row *row, struct request *request)
{
	return value_memory(field(row, COLUMN_REQ_MEM), &request->memory_bytes,
			    &request->memory_per) ||
	       refuse(row, ASIDE_MEMORY);
}

static gboolean read_all(struct job_row *row, struct request *request)
{
	return read_limit(row, &request->limit_seconds) && read_lists(row, request) &&
	       read_cpus(row, request) && read_memory(row, request) && read_gpus(row, request);
}

struct slice request_gpu_type(const struct job_row *row, const struct request_list *list)
{
	struct slice text = field(row, list->column);

	if (list->type_length == 0)
		return (struct slice){ NULL, 0 };
	return (struct slice){ text.data + list->type_at, list->type_length };
}

/* Remembering */

/* All columns that the above look at. */
static const enum column columns[] = {
	COLUMN_TIMELIMIT_RAW, COLUMN_TIMELIMIT, COLUMN_LIMIT_SECONDS, COLUMN_ALLOC_TRES,
	COLUMN_REQ_TRES,      COLUMN_ALLOC_GRES, COLUMN_REQ_GRES,     COLUMN_ALLOC_CPUS,
	COLUMN_N_CPUS,        COLUMN_REQ_CPUS,   COLUMN_REQ_MEM,      COLUMN_REQ_GPUS,
};

static void add_to_span(struct request_span *spans, guint *count, guint at)
{
	if (*count > 0 && spans[*count - 1].last + 1 == at)
		spans[*count - 1].last = at;
	else if ((*count)++ < REQUEST_SPANS)
		spans[*count - 1] = (struct request_span){ at, at };
}

guint request_plan(const struct layout *layout, struct request_span *spans)
{
	gint32 last = -1;
	guint count = 0, found = 0;

	for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
		last = MAX(last, layout->at[columns[i]]);
	for (gint32 at = 0; at <= last && count <= REQUEST_SPANS; at++)
		for (guint i = 0; i < G_N_ELEMENTS(columns); i++)
			if (layout->at[columns[i]] == at) {
				add_to_span(spans, &count, (guint)at);
				found++;
			}
	return count <= REQUEST_SPANS && found > 0 ? count : 0;
}

static inline struct slice span_text(const struct job_row *row, guint i)
{
	const struct request_span *span = &row->layout->span[i];
	const struct slice *first = &row->row->fields[span->first], *last = &row->row->fields[span->last];

	return (struct slice){ first->data, (size_t)(last->data - first->data) + last->length };
}

/* One for spans of such lengths. NULL when nothing is to be remembered. */
static inline struct request_memo *find_place(struct job_row *row)
{
	guint spans = row->layout->spans;
	size_t sum = 0;

	if (!row->row->as_split || spans == 0)
		return NULL;
	for (guint i = 0; i < spans; i++)
		sum += span_text(row, i).length * (i + 1);
	return &row->requests[sum % REQUEST_MEMOS];
}

static inline gboolean is_known(const struct job_row *row, const struct request_memo *memo)
{
	const char *at = memo->text;

	if (!memo->known)
		return FALSE;
	for (guint i = 0; i < row->layout->spans; i++) {
		struct slice text = span_text(row, i);

		if (memo->lengths[i] != text.length || !bytes_equal(at, text.data, text.length))
			return FALSE;
		at += text.length;
	}
	return TRUE;
}

static void learn(const struct job_row *row, struct request_memo *memo)
{
	char *at = memo->text;

	for (guint i = 0; i < row->layout->spans; i++) {
		struct slice text = span_text(row, i);

		if (text.length > (size_t)(memo->text + sizeof memo->text - at))
			return;
		memo->lengths[i] = text.length;
		memcpy(at, text.data, text.length);
		at += text.length;
	}
	memo->known = TRUE;
}

/* A memo that cannot hold the texts still holds what was read of them, until the next row. */
const struct request *request_read(struct job_row *row)
{
	struct request_memo *memo = find_place(row);
	gboolean remembered = memo != NULL;

	if (memo && is_known(row, memo))
		return &memo->request;
	if (!memo)
		memo = &row->requests[0];
	memo->known = FALSE;
	if (!read_all(row, &memo->request))
		return NULL;
	if (remembered)
		learn(row, memo);
	return &memo->request;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "record/request.h"

#include "record/request_memo.h"

static struct slice field(const struct job_row *row, enum column column)
{
	return layout_field(row->layout, row->row, column);
}

/* Reading the fields */

static gint64 read_limit(struct job_row *row)
{
	static const enum column columns[] = { COLUMN_TIMELIMIT_RAW, COLUMN_TIMELIMIT };
	gint64 seconds = VALUE_UNKNOWN;

	for (guint i = 0; i < G_N_ELEMENTS(columns) && seconds == VALUE_UNKNOWN; i++)
		if (!value_limit_minutes(field(row, columns[i]), &seconds)) {
			job_row_unreadable(row, columns[i]);
			seconds = VALUE_UNKNOWN;
		}
	if (seconds != VALUE_UNKNOWN || value_count(field(row, COLUMN_LIMIT_SECONDS), &seconds))
		return seconds;
	job_row_unreadable(row, COLUMN_LIMIT_SECONDS);
	return VALUE_UNKNOWN;
}

static void read_list(struct job_row *row, enum column column, struct request_list *list)
{
	struct slice text = field(row, column), type;

	list->column = column;
	if (!value_tres(text, FALSE, &list->tres)) {
		job_row_unreadable(row, column);
		value_tres((struct slice){ NULL, 0 }, FALSE, &list->tres);
	}
	type = list->tres.gpu_type;
	list->type_at = type.length > 0 ? (size_t)(type.data - text.data) : 0;
	list->type_length = type.length;
	list->tres.gpu_type = (struct slice){ NULL, 0 };
}

/* Most jobs are given what they ask for; what cannot be read is counted in either column. */
static void read_requested(struct job_row *row, gboolean readable, struct request *request)
{
	if (!readable || !slice_equal(field(row, COLUMN_REQ_TRES), field(row, COLUMN_ALLOC_TRES))) {
		read_list(row, COLUMN_REQ_TRES, &request->requested);
		return;
	}
	request->requested = request->allocated;
	request->requested.column = COLUMN_REQ_TRES;
}

static void read_lists(struct job_row *row, struct request *request)
{
	guint64 before = row->unreadable_sum;
	gboolean readable;

	read_list(row, COLUMN_ALLOC_TRES, &request->allocated);
	readable = row->unreadable_sum == before;
	request->has_allocated = readable && !slice_empty(field(row, COLUMN_ALLOC_TRES));
	read_requested(row, readable, request);
	request->has_gres =
		field(row, COLUMN_ALLOC_GRES).length + field(row, COLUMN_REQ_GRES).length > 0;
	if (!request->has_gres)
		return;
	read_list(row, COLUMN_ALLOC_GRES, &request->allocated_gres);
	read_list(row, COLUMN_REQ_GRES, &request->requested_gres);
}

static gint64 listed_cpus(struct job_row *row, const struct request *request)
{
	if (request->allocated.tres.cpus <= JOB_ROW_MAX_COUNT)
		return request->allocated.tres.cpus;
	job_row_unreadable(row, COLUMN_ALLOC_TRES);
	return 0;
}

static gint64 read_cpus(struct job_row *row, const struct request *request)
{
	static const enum column others[] = { COLUMN_N_CPUS, COLUMN_REQ_CPUS };
	gint64 cpus = job_row_count(row, COLUMN_ALLOC_CPUS);

	if (cpus <= 0)
		cpus = listed_cpus(row, request);
	for (guint i = 0; i < G_N_ELEMENTS(others) && cpus <= 0; i++)
		cpus = job_row_count(row, others[i]);
	return MAX(cpus, 0);
}

static void read_memory(struct job_row *row, struct request *request)
{
	if (value_memory(field(row, COLUMN_REQ_MEM), &request->memory_bytes, &request->memory_per))
		return;
	job_row_unreadable(row, COLUMN_REQ_MEM);
	request->memory_bytes = VALUE_UNKNOWN;
	request->memory_per = MEMORY_PER_JOB;
}

static gboolean has_gpus(const struct request_list *list)
{
	return list->tres.gpus > 0 || list->tres.mig_slices > 0;
}

/* ReqTRES stands in for AllocTRES only where that is empty. */
const struct request_list *request_gpu_list(const struct request *request)
{
	if (has_gpus(&request->allocated))
		return &request->allocated;
	if (!request->has_allocated && has_gpus(&request->requested))
		return &request->requested;
	if (request->has_gres && has_gpus(&request->allocated_gres))
		return &request->allocated_gres;
	if (request->has_gres && has_gpus(&request->requested_gres))
		return &request->requested_gres;
	return NULL;
}

static void read_all(struct job_row *row, struct request *request)
{
	request->limit_seconds = read_limit(row);
	read_lists(row, request);
	request->cpus = read_cpus(row, request);
	read_memory(row, request);
	request->gpus = job_row_count(row, COLUMN_REQ_GPUS);
	request->names_gpus = request_gpu_list(request) != NULL ||
	                      request->requested.type_length > 0;
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

guint request_plan(const struct layout *layout, struct field_span *spans)
{
	return layout_spans(layout, columns, G_N_ELEMENTS(columns), spans);
}

static void learn(struct request_memo *memo, const struct slice *texts, guint spans)
{
	char *at = memo->text;

	for (guint i = 0; i < spans; i++) {
		if (texts[i].length > (size_t)(memo->text + sizeof memo->text - at))
			return;
		memo->lengths[i] = (guint16)texts[i].length;
		memcpy(at, texts[i].data, texts[i].length);
		at += texts[i].length;
	}
	memo->known = TRUE;
}

const struct request *request_learn(struct job_row *row, struct request_memo *memo,
                                    const struct slice *texts)
{
	gboolean remembered = memo != NULL;
	guint64 before = row->unreadable_sum;

	if (!memo)
		memo = &row->requests[0];
	memo->known = FALSE;
	read_all(row, &memo->request);
	if (remembered && row->unreadable_sum == before)
		learn(memo, texts, row->layout->spans);
	return &memo->request;
}

const struct request *request_read(struct job_row *row)
{
	return request_look(row);
}

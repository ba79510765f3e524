/* SPDX-License-Identifier: Apache-2.0 */
#include "record/job_row.h"

#include "record/job_time.h"

void layout_init(struct layout *layout, const struct slice *header, guint count)
{
	for (guint i = 0; i < COLUMNS; i++)
		layout->at[i] = -1;
	for (guint i = 0; i < count; i++) {
		enum column column;

		if (column_find(header[i], &column) && layout->at[column] < 0)
			layout->at[column] = (gint32)i;
	}
	layout->spans = request_plan(layout, layout->span);
}

gboolean layout_has_id(const struct layout *layout)
{
	return layout_has(layout, COLUMN_JOB_ID_RAW) || layout_has(layout, COLUMN_JOB_ID);
}

static struct slice field(const struct job_row *row, enum column column)
{
	return layout_field(row->layout, row->row, column);
}

static gboolean refuse(struct job_row *row, enum set_aside reason)
{
	row->reason = reason;
	return FALSE;
}

/* Who */

/* What sacct prints of the same job or step. */
static G_NO_INLINE gboolean agrees(struct slice printed, const struct job_name *name)
{
	struct job_name other;

	return value_job(printed, &other) && other.step == name->step;
}

gboolean job_row_name_of(const struct layout *layout, const struct row *row, struct job_name *name,
			 enum set_aside *reason)
{
	struct slice raw = layout_field(layout, row, COLUMN_JOB_ID_RAW);
	struct slice printed = layout_field(layout, row, COLUMN_JOB_ID);

	*name = (struct job_name){ .step = FALSE };
	*reason = ASIDE_JOB_ID;
	if (!layout_has_id(layout)) {
		name->step = layout_has(layout, COLUMN_USER) &&
			     slice_empty(layout_field(layout, row, COLUMN_USER));
		return TRUE;
	}
	if (slice_empty(raw))
		raw = printed;
	if (!value_job(raw, name))
		return FALSE;
	return slice_empty(printed) ||
	       (raw.length == printed.length && bytes_equal(raw.data, printed.data, raw.length)) ||
	       agrees(printed, name);
}

gboolean job_row_name(struct job_row *row, struct job_name *name)
{
	return job_row_name_of(row->layout, row->row, name, &row->reason);
}

static void read_names(const struct job_row *row, struct job *job)
{
	job->id = field(row, COLUMN_JOB_ID);
	if (slice_empty(job->id))
		job->id = field(row, COLUMN_JOB_ID_RAW);
	job->cluster = field(row, COLUMN_CLUSTER);
	job->user = field(row, COLUMN_USER);
	job->account = field(row, COLUMN_ACCOUNT);
	job->group = field(row, COLUMN_GROUP);
	job->partition = field(row, COLUMN_PARTITION);
	job->qos = field(row, COLUMN_QOS);
}

/* When */

static gboolean read_times(struct job_row *row, struct job *job)
{
	struct job_time time;

	if (!job_time_read(row, &time))
		return FALSE;
	job->submit = time.submit;
	job->eligible = time.eligible;
	job->start = time.start;
	job->end = time.end;
	job->end_printed = time.end_printed;
	job->elapsed_seconds = time.elapsed_seconds;
	return TRUE;
}

/* What it held */

/* The nodes it has or, when it has none, asked for; and by them whether it ran. */
static gboolean count_nodes(struct job_row *row, const struct request *request, gint64 *count)
{
	static const enum column columns[] = { COLUMN_N_NODES, COLUMN_ALLOC_NODES,
					       COLUMN_REQ_NODES };

	*count = 0;
	for (guint i = 0; i < G_N_ELEMENTS(columns) && *count <= 0; i++)
		if (!value_count(field(row, columns[i]), count) || *count > JOB_ROW_MAX_COUNT)
			return refuse(row, ASIDE_NUMBER);
	if (request->allocated.tres.nodes > 0)
		*count = request->allocated.tres.nodes;
	return TRUE;
}

static gboolean read_nodes(struct job_row *row, const struct request *request, struct job *job)
{
	gboolean listed;

	job->nodelist = field(row, COLUMN_NODE_LIST);
	if (!hosts_count(job->nodelist, &job->nodes))
		return refuse(row, ASIDE_HOSTS);
	listed = job->nodes > 0;
	if (listed)
		job->ran = job->state != STATE_PENDING || job->elapsed_seconds > 0;
	else
		job->ran = slice_empty(job->nodelist) && job->start != VALUE_UNKNOWN &&
			   job->elapsed_seconds > 0;
	if (!listed && !count_nodes(row, request, &job->nodes))
		return FALSE;
	job->nodes = CLAMP(job->nodes, 1, JOB_ROW_MAX_COUNT);
	return TRUE;
}

/* ReqMem's figure times what it is given for. */
static gboolean total_memory(const struct job *job, enum memory_per per, gint64 *bytes)
{
	gint64 times = per == MEMORY_PER_NODE  ? job->nodes
		       : per == MEMORY_PER_CPU ? MAX(job->cpus, 1)
					       : 1;

	if (*bytes == VALUE_UNKNOWN || *bytes == VALUE_UNLIMITED)
		return TRUE;
	return !__builtin_mul_overflow(*bytes, times, bytes);
}

static gboolean read_memory(struct job_row *row, const struct request *request, struct job *job)
{
	gint64 asked = request->memory_bytes;

	if (!total_memory(job, request->memory_per, &asked))
		return refuse(row, ASIDE_MEMORY);
	job->whole_node_memory =
		request->memory_per == MEMORY_WHOLE_NODE || asked == VALUE_UNLIMITED;
	job->memory_bytes = request->allocated.tres.memory_bytes;
	if (job->memory_bytes == VALUE_UNKNOWN)
		job->memory_bytes = asked;
	if (job->memory_bytes == VALUE_UNKNOWN && request->memory_per != MEMORY_WHOLE_NODE)
		job->memory_bytes = request->requested.tres.memory_bytes;
	return TRUE;
}

static gboolean names_gpus(const struct request_list *list)
{
	return list->tres.gpus > 0 || list->tres.mig_slices > 0;
}

/* ReqTRES stands in for AllocTRES only where that is empty; ReqGRES is per node. */
static const struct request_list *gpu_list(const struct request *request)
{
	if (names_gpus(&request->allocated))
		return &request->allocated;
	if (!request->has_allocated && names_gpus(&request->requested))
		return &request->requested;
	if (request->has_gres && names_gpus(&request->allocated_gres))
		return &request->allocated_gres;
	if (request->has_gres && names_gpus(&request->requested_gres))
		return &request->requested_gres;
	return NULL;
}

static gboolean read_gpus(struct job_row *row, const struct request *request, struct job *job)
{
	const struct request_list *from = gpu_list(request);
	gint64 times = from == &request->requested_gres ? job->nodes : 1;

	job->gpu_type = (struct slice){ NULL, 0 };
	if (from && from->type_length > 0)
		job->gpu_type = request_gpu_type(row, from);
	else if (request->requested.type_length > 0)
		job->gpu_type = request_gpu_type(row, &request->requested);
	job->gpus = request->gpus;
	job->mig_slices = 0;
	if (!from)
		return TRUE;
	if (from->tres.gpus > JOB_ROW_MAX_COUNT || from->tres.mig_slices > JOB_ROW_MAX_COUNT ||
	    from->tres.gpus * times > JOB_ROW_MAX_COUNT ||
	    from->tres.mig_slices * times > JOB_ROW_MAX_COUNT)
		return refuse(row, ASIDE_TRES);
	job->gpus = from->tres.gpus * times;
	job->mig_slices = from->tres.mig_slices * times;
	return TRUE;
}

static gboolean is_yes(struct slice text)
{
	return !slice_empty(text) && !slice_is_nocase(text, "no") && !slice_is(text, "0");
}

/* What it used */

static gint64 above_nought(gint64 value)
{
	return value > 0 && value != VALUE_UNLIMITED ? value : VALUE_UNKNOWN;
}

static gboolean read_use(const struct job_row *row, enum column column, struct tres *tres)
{
	return value_tres(field(row, column), TRUE, tres);
}

static gboolean read_cpu_time(struct job_row *row, struct usage *usage)
{
	if (!value_duration(field(row, COLUMN_TOTAL_CPU), &usage->cpu_milliseconds))
		return refuse(row, ASIDE_DURATION);
	if (layout_has(row->layout, COLUMN_CPU_SECONDS) &&
	    usage->cpu_milliseconds == VALUE_UNKNOWN &&
	    !value_seconds(field(row, COLUMN_CPU_SECONDS), &usage->cpu_milliseconds))
		return refuse(row, ASIDE_DURATION);
	usage->cpu_milliseconds = above_nought(usage->cpu_milliseconds);
	return TRUE;
}

/* Other schedulers' exporters print it on the job's row, as they do the amount asked for. */
static gboolean read_memory_used(struct job_row *row, struct usage *usage)
{
	enum memory_per per;
	gint64 bytes;

	if (!value_memory(field(row, COLUMN_MEM_USED), &bytes, &per))
		return refuse(row, ASIDE_MEMORY);
	usage->memory_bytes = above_nought(bytes);
	return TRUE;
}

/* Job rows have nothing in these columns. */
static gboolean may_have_use(const struct job_row *row)
{
	return field(row, COLUMN_MAX_RSS).length + field(row, COLUMN_N_TASKS).length +
		       field(row, COLUMN_TRES_USAGE_IN_TOT).length +
		       field(row, COLUMN_TRES_USAGE_IN_AVE).length >
	       0;
}

static G_NO_INLINE gboolean read_measured(struct job_row *row, struct usage *usage)
{
	struct tres total, average;
	gint64 tasks, resident;

	if (!read_use(row, COLUMN_TRES_USAGE_IN_TOT, &total) ||
	    !read_use(row, COLUMN_TRES_USAGE_IN_AVE, &average))
		return refuse(row, ASIDE_TRES);
	if (!value_count(field(row, COLUMN_N_TASKS), &tasks) || tasks > JOB_ROW_MAX_COUNT)
		return refuse(row, ASIDE_NUMBER);
	tasks = MAX(tasks, 1);
	if (!value_bytes(field(row, COLUMN_MAX_RSS), &resident) ||
	    (resident != VALUE_UNKNOWN && __builtin_mul_overflow(resident, tasks, &resident)))
		return refuse(row, ASIDE_MEMORY);
	usage->memory_bytes = above_nought(total.memory_bytes);
	if (usage->memory_bytes == VALUE_UNKNOWN)
		usage->memory_bytes = above_nought(resident);
	usage->tres_cpu_milliseconds = above_nought(total.cpu_milliseconds);
	/* Nought is a measurement here: a GPU that was held and not used. */
	usage->gpu_util = average.gpu_util;
	if (usage->gpu_util != VALUE_UNKNOWN &&
	    __builtin_mul_overflow(usage->gpu_util, tasks, &usage->gpu_util))
		return refuse(row, ASIDE_TRES);
	return TRUE;
}

static inline gboolean read_usage(struct job_row *row, struct usage *usage)
{
	if (!read_cpu_time(row, usage))
		return FALSE;
	if (may_have_use(row))
		return read_measured(row, usage);
	usage->memory_bytes = usage->tres_cpu_milliseconds = usage->gpu_util = VALUE_UNKNOWN;
	return !layout_has(row->layout, COLUMN_MEM_USED) || read_memory_used(row, usage);
}

/* All of it */

static gboolean read_state(struct job_row *row, enum job_state *state)
{
	return value_state(field(row, COLUMN_STATE), state) || refuse(row, ASIDE_STATE);
}

/* Just after submission sacct shows a row that the database has not filled in: memory "16?", no
 * CPUs, no partition. Once time has elapsed it is counted all the same. */
static gboolean is_placeholder(const struct job_row *row, const struct job *job)
{
	struct slice memory = field(row, COLUMN_REQ_MEM);
	gboolean no_cpus = slice_is(field(row, COLUMN_REQ_CPUS), "0");
	gboolean no_partition =
		layout_has(row->layout, COLUMN_PARTITION) && slice_empty(job->partition);

	if (job->elapsed_seconds > 0)
		return FALSE;
	return (memory.length > 0 && memory.data[memory.length - 1] == '?') ||
	       (no_cpus && no_partition);
}

/* What a job that has not run neither held nor used. */
static void clear_unrun(struct job *job, struct usage *usage)
{
	job->nodes = 0;
	job->elapsed_seconds = 0;
	usage->memory_bytes = VALUE_UNKNOWN;
	usage->cpu_milliseconds = VALUE_UNKNOWN;
	usage->tres_cpu_milliseconds = VALUE_UNKNOWN;
	usage->gpu_util = VALUE_UNKNOWN;
}

gboolean job_row_read(struct job_row *row, struct job *job, struct usage *usage)
{
	const struct request *request;

	read_names(row, job);
	if (!read_state(row, &job->state) || !read_times(row, job) || !(request = request_read(row)))
		return FALSE;
	job->limit_seconds = request->limit_seconds;
	job->cpus = request->cpus;
	if (!read_nodes(row, request, job) || !read_memory(row, request, job) ||
	    !read_gpus(row, request, job) || !read_usage(row, usage))
		return FALSE;
	if (is_placeholder(row, job))
		return refuse(row, ASIDE_PLACEHOLDER);
	job->exclusive = is_yes(field(row, COLUMN_EXCLUSIVE));
	job->cpu_used_milliseconds = VALUE_UNKNOWN;
	job->memory_peak_bytes = VALUE_UNKNOWN;
	job->gpu_util = VALUE_UNKNOWN;
	job->steps = 0;
	job->flagged = FALSE;
	job->piece = FALSE;
	usage->start = job->start;
	usage->end = job->end;
	if (!job->ran)
		clear_unrun(job, usage);
	return TRUE;
}

gboolean job_row_read_step(struct job_row *row, struct usage *usage)
{
	struct job_time time;
	enum job_state state;

	if (!read_state(row, &state) || !job_time_read(row, &time) || !read_usage(row, usage))
		return FALSE;
	usage->start = time.start;
	usage->end = time.end;
	return TRUE;
}

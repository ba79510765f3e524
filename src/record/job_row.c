/* SPDX-License-Identifier: Apache-2.0 */
#include "record/job_row.h"

#include "record/job_time.h"
#include "record/request_memo.h"

#define DAY_SECONDS 86400

static void add_to_span(struct field_span *spans, guint *count, guint at)
{
	if (*count > 0 && spans[*count - 1].last + 1 == at)
		spans[*count - 1].last = at;
	else if ((*count)++ < FIELD_SPANS)
		spans[*count - 1] = (struct field_span){ at, at };
}

guint layout_spans(const struct layout *layout, const enum column *columns, guint columns_count,
                   struct field_span *spans)
{
	gint32 last = -1;
	guint count = 0, found = 0;

	for (guint i = 0; i < columns_count; i++)
		last = MAX(last, layout->at[columns[i]]);
	for (gint32 at = 0; at <= last && count <= FIELD_SPANS; at++)
		for (guint i = 0; i < columns_count; i++)
			if (layout->at[columns[i]] == at) {
				add_to_span(spans, &count, (guint)at);
				found++;
			}
	return count <= FIELD_SPANS && found > 0 ? count : 0;
}

/* Whose a job is, and where. */
static const enum column name_columns[] = {
	COLUMN_CLUSTER, COLUMN_USER, COLUMN_ACCOUNT, COLUMN_GROUP, COLUMN_PARTITION, COLUMN_QOS,
};

/* What steps used; job rows have nothing in these. */
static const enum column use_columns[] = {
	COLUMN_MAX_RSS, COLUMN_N_TASKS, COLUMN_TRES_USAGE_IN_TOT, COLUMN_TRES_USAGE_IN_AVE,
};
G_STATIC_ASSERT(G_N_ELEMENTS(use_columns) <= FIELD_SPANS); /* or nothing would tell that there is
                                                              some */

static gboolean layout_sums_cpu(const struct layout *layout)
{
	return layout_has(layout, COLUMN_USER_CPU) && layout_has(layout, COLUMN_SYSTEM_CPU);
}

void layout_init(struct layout *layout, const struct slice *header, guint count)
{
	for (guint i = 0; i < COLUMNS; i++)
		layout->at[i] = -1;
	for (guint i = 0; i < count; i++) {
		enum column column;

		if (column_find(header[i], &column) && layout->at[column] < 0)
			layout->at[column] = (gint32)i;
	}
	layout->spares_use = FALSE;
	layout->has_other_cpu = layout_has(layout, COLUMN_CPU_SECONDS) || layout_sums_cpu(layout);
	layout->spans = request_plan(layout, layout->span);
	layout->use_spans = layout_spans(layout, use_columns, G_N_ELEMENTS(use_columns),
	                                 layout->use_span);
	layout->name_spans = layout_spans(layout, name_columns, G_N_ELEMENTS(name_columns),
	                                  layout->name_span);
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

void job_row_unreadable(struct job_row *row, enum column column)
{
	row->unreadable[column]++;
	row->unreadable_sum++;
}

gint64 job_row_count(struct job_row *row, enum column column)
{
	gint64 count;

	if (value_count(field(row, column), &count) && count <= JOB_ROW_MAX_COUNT)
		return MAX(count, 0);
	job_row_unreadable(row, column);
	return 0;
}

/* Who */

/* What sacct prints of the same job or step. */
static G_NO_INLINE gboolean agrees(struct slice printed, const struct job_name *name)
{
	struct job_name other;

	return value_job(printed, &other) && other.step == name->step;
}

/* 1234 or, in an array, 1234_5, and no step; of a row as it stands in the file, behind which there
 * are bytes to be read. */
static inline gboolean is_job(const struct row *row, struct slice printed)
{
	return row->as_split && printed.length <= DIGITS_BESIDE && digits_joined(printed, '_');
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
			     slice_empty(value_person(layout_field(layout, row, COLUMN_USER)));
		return TRUE;
	}
	if (slice_empty(raw))
		raw = printed;
	if (!value_job(raw, name))
		return FALSE;
	return slice_empty(printed) ||
	       (raw.length == printed.length && bytes_equal(raw.data, printed.data, raw.length)) ||
	       (!name->step && is_job(row, printed)) || agrees(printed, name);
}

static G_NO_INLINE void learn_names(struct job_row *row)
{
	struct row_names *names = &row->names;

	names->cluster = field(row, COLUMN_CLUSTER);
	names->user = value_person(field(row, COLUMN_USER));
	names->account = value_person(field(row, COLUMN_ACCOUNT));
	names->group = value_person(field(row, COLUMN_GROUP));
	names->partition = field(row, COLUMN_PARTITION);
	names->qos = field(row, COLUMN_QOS);
	names->spans = row->stays && row->row->as_split ? row->layout->name_spans : 0;
	for (guint i = 0; i < names->spans; i++)
		names->text[i] = job_row_span(row, &row->layout->name_span[i]);
}

/* Whether the fields that names are in are what they were in the row of the job before. */
static inline gboolean names_repeat(const struct job_row *row)
{
	if (row->names.spans == 0 || !row->row->as_split)
		return FALSE;
	for (guint i = 0; i < row->names.spans; i++) {
		struct slice text = job_row_span(row, &row->layout->name_span[i]),
			     before = row->names.text[i];

		if (text.length != before.length ||
		    !bytes_equal(text.data, before.data, text.length))
			return FALSE;
	}
	return TRUE;
}

static inline void read_names(struct job_row *row, struct job *job)
{
	const struct row_names *names = &row->names;

	job->id = field(row, COLUMN_JOB_ID);
	if (slice_empty(job->id))
		job->id = field(row, COLUMN_JOB_ID_RAW);
	job->repeats = names_repeat(row);
	if (!job->repeats)
		learn_names(row);
	job->cluster = names->cluster;
	job->user = names->user;
	job->account = names->account;
	job->group = names->group;
	job->partition = names->partition;
	job->qos = names->qos;
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
static gint64 count_nodes(struct job_row *row, const struct request *request)
{
	static const enum column columns[] = { COLUMN_N_NODES, COLUMN_ALLOC_NODES,
					       COLUMN_REQ_NODES };

	gint64 count = 0;

	for (guint i = 0; i < G_N_ELEMENTS(columns) && count <= 0; i++)
		count = job_row_count(row, columns[i]);
	return request->allocated.tres.nodes > 0 ? request->allocated.tres.nodes : count;
}

static void read_nodes(struct job_row *row, const struct request *request, struct job *job)
{
	gboolean listed;

	job->nodelist = field(row, COLUMN_NODE_LIST);
	if (!hosts_count(job->nodelist, &job->nodes)) {
		job_row_unreadable(row, COLUMN_NODE_LIST);
		job->nodelist = (struct slice){ NULL, 0 };
		job->nodes = 0;
	}
	listed = job->nodes > 0;
	/* Nothing in the list is not "None assigned": sacct prints it of jobs whose other columns,
	 * and whose steps, had nodes, and a list that cannot be read is left empty in the shareable
	 * file. */
	if (listed)
		job->ran = job->state != STATE_PENDING || job->elapsed_seconds > 0;
	else
		job->ran = slice_empty(job->nodelist) && job->start != VALUE_UNKNOWN &&
			   job->elapsed_seconds > 0;
	if (!listed)
		job->nodes = count_nodes(row, request);
	job->nodes = CLAMP(job->nodes, 1, JOB_ROW_MAX_COUNT);
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

/* Slurm lists what it gave: a job without a limit has all memory of its nodes there, unless memory
 * is nothing that is handed out (SelectTypeParameters without Memory). Then others run beside
 * it. */
static gboolean is_memory_free(const struct request *request)
{
	return request->has_allocated && request->allocated.tres.cpus > 0 &&
	       request->allocated.tres.memory_bytes == VALUE_UNKNOWN;
}

/* A node whose memory nobody told Slurm of has 1 MB (slurm.conf, RealMemory), and so much is held
 * of it by whoever is there. */
static gboolean is_memory_untold(const struct job *job)
{
	return job->memory_bytes == job->nodes << 20;
}

static void read_memory(struct job_row *row, const struct request *request, struct job *job)
{
	gint64 asked = request->memory_bytes;

	if (!total_memory(job, request->memory_per, &asked)) {
		job_row_unreadable(row, COLUMN_REQ_MEM);
		asked = VALUE_UNKNOWN;
	}
	job->whole_node_memory = (request->memory_per == MEMORY_WHOLE_NODE ||
	                          asked == VALUE_UNLIMITED) &&
	                         !is_memory_free(request);
	if (asked == VALUE_UNLIMITED && !job->whole_node_memory)
		asked = VALUE_UNKNOWN;
	job->memory_bytes = request->allocated.tres.memory_bytes;
	if (job->memory_bytes == VALUE_UNKNOWN)
		job->memory_bytes = asked;
	if (job->memory_bytes == VALUE_UNKNOWN && request->memory_per != MEMORY_WHOLE_NODE)
		job->memory_bytes = request->requested.tres.memory_bytes;
	if (is_memory_untold(job)) {
		job->memory_bytes = VALUE_UNKNOWN;
		job->whole_node_memory = FALSE;
	}
}

static gboolean too_many_gpus(const struct tres *tres, gint64 times)
{
	return tres->gpus > JOB_ROW_MAX_COUNT || tres->mig_slices > JOB_ROW_MAX_COUNT ||
	       tres->gpus * times > JOB_ROW_MAX_COUNT ||
	       tres->mig_slices * times > JOB_ROW_MAX_COUNT;
}

/* ReqGRES is per node. */
static G_NO_INLINE void read_gpu_list(struct job_row *row, const struct request *request,
                                      struct job *job)
{
	const struct request_list *from = request_gpu_list(request);
	gint64 times = from == &request->requested_gres ? job->nodes : 1;

	if (from && too_many_gpus(&from->tres, times)) {
		job_row_unreadable(row, from->column);
		from = NULL;
	}
	if (from && from->type_length > 0)
		job->gpu_type = request_gpu_type(row, from);
	else if (request->requested.type_length > 0)
		job->gpu_type = request_gpu_type(row, &request->requested);
	if (!from)
		return;
	job->gpus = from->tres.gpus * times;
	job->mig_slices = from->tres.mig_slices * times;
}

static inline void read_gpus(struct job_row *row, const struct request *request, struct job *job)
{
	job->gpu_type = (struct slice){ NULL, 0 };
	job->gpus = request->gpus;
	job->mig_slices = 0;
	if (request->names_gpus)
		read_gpu_list(row, request, job);
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

static void read_use(struct job_row *row, enum column column, struct tres *tres)
{
	if (value_tres(field(row, column), TRUE, tres))
		return;
	job_row_unreadable(row, column);
	value_tres((struct slice){ NULL, 0 }, TRUE, tres);
}

static gint64 read_duration(struct job_row *row, enum column column,
                            gboolean (*read)(struct slice text, gint64 *milliseconds))
{
	gint64 milliseconds;

	if (read(field(row, column), &milliseconds))
		return milliseconds;
	job_row_unreadable(row, column);
	return VALUE_UNKNOWN;
}

/* sacct adds these two up to TotalCPU. */
static gint64 add_cpu_times(struct job_row *row)
{
	gint64 user = read_duration(row, COLUMN_USER_CPU, value_duration);
	gint64 system = read_duration(row, COLUMN_SYSTEM_CPU, value_duration);

	if (user < 0 || system < 0 || user == VALUE_UNLIMITED || system == VALUE_UNLIMITED)
		return VALUE_UNKNOWN;
	return user + system;
}

static G_NO_INLINE gint64 other_cpu_time(struct job_row *row)
{
	gint64 sum = layout_sums_cpu(row->layout) ? add_cpu_times(row) : VALUE_UNKNOWN;

	return sum != VALUE_UNKNOWN ? sum : read_duration(row, COLUMN_CPU_SECONDS, value_seconds);
}

static void read_cpu_time(struct job_row *row, struct usage *usage)
{
	gint64 *used = &usage->cpu_milliseconds;

	if (!value_duration(field(row, COLUMN_TOTAL_CPU), used)) {
		job_row_unreadable(row, COLUMN_TOTAL_CPU);
		*used = VALUE_UNKNOWN;
	}
	if (row->layout->has_other_cpu && *used == VALUE_UNKNOWN)
		*used = other_cpu_time(row);
	*used = above_nought(*used);
}

/* Other schedulers' exporters print it on the job's row, as they do the amount asked for. */
static gint64 memory_used(struct job_row *row)
{
	enum memory_per per;
	gint64 bytes;

	if (value_memory(field(row, COLUMN_MEM_USED), &bytes, &per))
		return above_nought(bytes);
	job_row_unreadable(row, COLUMN_MEM_USED);
	return VALUE_UNKNOWN;
}

/* Between fields that are empty there is a byte. */
static inline gboolean may_have_use(const struct job_row *row)
{
	for (guint i = 0; i < row->layout->use_spans; i++) {
		const struct field_span *span = &row->layout->use_span[i];

		if (job_row_span(row, span).length > span->last - span->first)
			return TRUE;
	}
	return FALSE;
}

/* Of all tasks, when each had as much as the largest. */
static gint64 resident_bytes(struct job_row *row, gint64 tasks)
{
	gint64 bytes;

	if (value_bytes(field(row, COLUMN_MAX_RSS), &bytes) &&
	    (bytes == VALUE_UNKNOWN || !__builtin_mul_overflow(bytes, tasks, &bytes)))
		return bytes;
	job_row_unreadable(row, COLUMN_MAX_RSS);
	return VALUE_UNKNOWN;
}

/* One task's average is what it used, and most steps have one; what cannot be read is counted in
 * either column. */
static void read_average(struct job_row *row, gboolean readable, const struct tres *total,
                         struct tres *average)
{
	if (readable &&
	    slice_equal(field(row, COLUMN_TRES_USAGE_IN_AVE), field(row, COLUMN_TRES_USAGE_IN_TOT)))
		*average = *total;
	else
		read_use(row, COLUMN_TRES_USAGE_IN_AVE, average);
}

static G_NO_INLINE void read_measured(struct job_row *row, struct usage *usage)
{
	gint64 tasks = MAX(job_row_count(row, COLUMN_N_TASKS), 1),
	       resident = resident_bytes(row, tasks);
	guint64 before = row->unreadable_sum;
	struct tres total, average;

	read_use(row, COLUMN_TRES_USAGE_IN_TOT, &total);
	read_average(row, row->unreadable_sum == before, &total, &average);
	usage->memory_bytes = above_nought(total.memory_bytes);
	if (usage->memory_bytes == VALUE_UNKNOWN)
		usage->memory_bytes = above_nought(resident);
	usage->tres_cpu_milliseconds = above_nought(total.cpu_milliseconds);
	/* Nought is a measurement here: a GPU that was held and not used. */
	usage->gpu_util = average.gpu_util;
	if (usage->gpu_util != VALUE_UNKNOWN &&
	    __builtin_mul_overflow(usage->gpu_util, tasks, &usage->gpu_util)) {
		job_row_unreadable(row, COLUMN_TRES_USAGE_IN_AVE);
		usage->gpu_util = VALUE_UNKNOWN;
	}
}

static inline void read_measurements(struct job_row *row, struct usage *usage)
{
	read_cpu_time(row, usage);
	if (may_have_use(row)) {
		read_measured(row, usage);
		return;
	}
	if (layout_has(row->layout, COLUMN_MEM_USED))
		usage->memory_bytes = memory_used(row);
}

static inline void read_usage(struct job_row *row, struct usage *usage)
{
	usage->cpu_milliseconds = usage->memory_bytes = usage->tres_cpu_milliseconds =
		usage->gpu_util = VALUE_UNKNOWN;
	if (!row->layout->spares_use)
		read_measurements(row, usage);
}

/* All of it */

static gboolean read_state(struct job_row *row, enum job_state *state)
{
	return value_state(field(row, COLUMN_STATE), state) || refuse(row, ASIDE_STATE);
}

/* Just after submission sacct shows a row that the database has not filled in: memory "16?", no
 * CPUs, no partition. It does not once time has elapsed. */
static gboolean is_placeholder(const struct job_row *row, const struct job *job)
{
	struct slice memory = field(row, COLUMN_REQ_MEM);
	gboolean no_cpus = slice_is(field(row, COLUMN_REQ_CPUS), "0");
	gboolean no_partition =
		layout_has(row->layout, COLUMN_PARTITION) && slice_empty(job->partition);

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

static inline void count_span(struct spans *spans, const struct job *job)
{
	gint64 elapsed = job->elapsed_seconds, span;

	if (job->start == VALUE_UNKNOWN || job->end_printed <= job->start)
		return;
	span = job->end_printed - job->start;
	if (G_LIKELY(elapsed * 2 >= span))
		spans->known++;
	else if (job->start % 60 != 0 || job->end_printed % 60 != 0)
		spans->known++, spans->halved++;
	if (G_LIKELY(span < DAY_SECONDS))
		return;
	spans->days++;
	spans->dayless += elapsed > 0 && elapsed == span % DAY_SECONDS;
}

gboolean job_row_read(struct job_row *row, struct job *job, struct usage *usage)
{
	const struct request *request;

	read_names(row, job);
	if (!read_state(row, &job->state) || !read_times(row, job))
		return FALSE;
	request = request_look(row);
	job->limit_seconds = request->limit_seconds;
	job->cpus = request->cpus;
	read_nodes(row, request, job);
	read_memory(row, request, job);
	read_gpus(row, request, job);
	read_usage(row, usage);
	if (job->elapsed_seconds <= 0 && is_placeholder(row, job))
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
	if (job->ran)
		count_span(&row->spans, job);
	else
		clear_unrun(job, usage);
	return TRUE;
}

gboolean job_row_read_step(struct job_row *row, struct usage *usage)
{
	struct job_time time;
	enum job_state state;

	if (!read_state(row, &state) || !job_time_read(row, &time))
		return FALSE;
	read_usage(row, usage);
	usage->start = time.start;
	usage->end = time.end;
	return TRUE;
}

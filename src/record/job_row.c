/* SPDX-License-Identifier: Apache-2.0 */
#include "record/job_row.h"

#include "record/job_time.h"

/* Beyond every machine, and small enough that products with seconds stay within 63 bits. */
#define MAX_COUNT G_GINT64_CONSTANT(1000000000)

void layout_init(struct layout *layout, const struct slice *header, guint count)
{
	for (guint i = 0; i < COLUMNS; i++)
		layout->at[i] = -1;
	for (guint i = 0; i < count; i++) {
		enum column column;

		if (column_find(header[i], &column) && layout->at[column] < 0)
			layout->at[column] = (gint32)i;
	}
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

gboolean job_row_name(struct job_row *row, struct job_name *name)
{
	struct slice raw = field(row, COLUMN_JOB_ID_RAW);
	struct slice printed = field(row, COLUMN_JOB_ID);
	struct job_name other;

	*name = (struct job_name){ .step = FALSE };
	if (!layout_has_id(row->layout)) {
		name->step = layout_has(row->layout, COLUMN_USER) &&
			     slice_empty(field(row, COLUMN_USER));
		return TRUE;
	}
	if (slice_empty(raw))
		raw = printed;
	if (!value_job(raw, name))
		return refuse(row, ASIDE_JOB_ID);
	if (slice_empty(printed) || slice_equal(raw, printed))
		return TRUE;
	return (value_job(printed, &other) && other.step == name->step) ||
	       refuse(row, ASIDE_JOB_ID);
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

/* What was read last */

static gboolean recalls(const struct number_memo *memo, struct slice text)
{
	return text.length == memo->length && text.length > 0 &&
	       bytes_equal(text.data, memo->text, text.length);
}

static void remember(struct number_memo *memo, struct slice text, gint64 value, gint32 kind)
{
	if (text.length > sizeof memo->text || text.length == 0)
		return;
	memcpy(memo->text, text.data, text.length);
	memo->length = text.length;
	memo->value = value;
	memo->kind = kind;
}

/* When */

static gboolean read_limit(struct job_row *row, struct job *job)
{
	static const enum column columns[] = { COLUMN_TIMELIMIT_RAW, COLUMN_TIMELIMIT };
	struct slice raw = field(row, COLUMN_TIMELIMIT_RAW);

	if (recalls(&row->limit, raw)) {
		job->limit_seconds = row->limit.value;
		return TRUE;
	}
	job->limit_seconds = VALUE_UNKNOWN;
	for (guint i = 0; i < G_N_ELEMENTS(columns) && job->limit_seconds == VALUE_UNKNOWN; i++)
		if (!value_limit_minutes(field(row, columns[i]), &job->limit_seconds))
			return refuse(row, ASIDE_DURATION);
	if (job->limit_seconds == VALUE_UNKNOWN)
		return value_count(field(row, COLUMN_LIMIT_SECONDS), &job->limit_seconds) ||
		       refuse(row, ASIDE_NUMBER);
	remember(&row->limit, raw, job->limit_seconds, 0);
	return TRUE;
}

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

struct lists {
	struct tres allocated, requested, allocated_gres, requested_gres;
	gboolean has_allocated, has_gres; /* without the latter those of GRES are not filled */
};

static const struct tres no_tres = { .cpus = VALUE_UNKNOWN,
				     .nodes = VALUE_UNKNOWN,
				     .memory_bytes = VALUE_UNKNOWN,
				     .gpu_util = VALUE_UNKNOWN,
				     .cpu_milliseconds = VALUE_UNKNOWN };

static gboolean read_list(const struct job_row *row, enum column column, struct tres *tres)
{
	struct slice text = field(row, column);

	*tres = no_tres;
	return slice_empty(text) || value_tres(text, FALSE, tres);
}

/* The same by way of a memo. What it knows of a type is in the memo's own text. */
static gboolean recall_list(const struct job_row *row, enum column column, struct tres_memo *memo,
			    struct tres *tres)
{
	struct slice text = field(row, column);

	if (text.length == 0 || text.length > sizeof memo->text)
		return read_list(row, column, tres);
	if (text.length != memo->length || memcmp(text.data, memo->text, text.length) != 0) {
		memcpy(memo->text, text.data, text.length);
		memo->length = text.length;
		if (!value_tres((struct slice){ memo->text, memo->length }, FALSE, &memo->tres)) {
			memo->length = 0;
			return FALSE;
		}
	}
	*tres = memo->tres;
	if (tres->gpu_type.length > 0)
		tres->gpu_type.data = text.data + (tres->gpu_type.data - memo->text);
	return TRUE;
}

static gboolean read_lists(struct job_row *row, struct lists *lists)
{
	lists->has_allocated = !slice_empty(field(row, COLUMN_ALLOC_TRES));
	lists->has_gres = field(row, COLUMN_ALLOC_GRES).length + field(row, COLUMN_REQ_GRES).length > 0;
	return (recall_list(row, COLUMN_ALLOC_TRES, &row->allocated, &lists->allocated) &&
		recall_list(row, COLUMN_REQ_TRES, &row->requested, &lists->requested) &&
		(!lists->has_gres || (read_list(row, COLUMN_ALLOC_GRES, &lists->allocated_gres) &&
				      read_list(row, COLUMN_REQ_GRES, &lists->requested_gres)))) ||
	       refuse(row, ASIDE_TRES);
}

/* The first count of the columns that is above nought; 0 when none is. */
static gboolean first_count(struct job_row *row, const enum column *columns, guint length,
			    gint64 *count)
{
	for (guint i = 0; i < length; i++) {
		if (!value_count(field(row, columns[i]), count) || *count > MAX_COUNT)
			return refuse(row, ASIDE_NUMBER);
		if (*count > 0)
			return TRUE;
	}
	*count = 0;
	return TRUE;
}

static gboolean read_cpus(struct job_row *row, const struct lists *lists, struct job *job)
{
	static const enum column allocated[] = { COLUMN_ALLOC_CPUS };
	static const enum column others[] = { COLUMN_N_CPUS, COLUMN_REQ_CPUS };

	if (!first_count(row, allocated, G_N_ELEMENTS(allocated), &job->cpus))
		return FALSE;
	if (job->cpus == 0)
		job->cpus = MAX(lists->allocated.cpus, 0);
	if (job->cpus == 0 && !first_count(row, others, G_N_ELEMENTS(others), &job->cpus))
		return FALSE;
	return job->cpus <= MAX_COUNT || refuse(row, ASIDE_NUMBER);
}

/* The nodes it has or, when it has none, asked for; and by them whether it ran. */
static gboolean read_nodes(struct job_row *row, const struct lists *lists, struct job *job)
{
	static const enum column columns[] = { COLUMN_N_NODES, COLUMN_ALLOC_NODES,
					       COLUMN_REQ_NODES };
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
	if (!listed && !first_count(row, columns, G_N_ELEMENTS(columns), &job->nodes))
		return FALSE;
	if (!listed && lists->allocated.nodes > 0)
		job->nodes = lists->allocated.nodes;
	job->nodes = CLAMP(job->nodes, 1, MAX_COUNT);
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

static gboolean read_asked(struct job_row *row, gint64 *bytes, enum memory_per *per)
{
	struct slice text = field(row, COLUMN_REQ_MEM);

	if (recalls(&row->memory, text)) {
		*bytes = row->memory.value;
		*per = (enum memory_per)row->memory.kind;
		return TRUE;
	}
	if (!value_memory(text, bytes, per))
		return FALSE;
	remember(&row->memory, text, *bytes, (gint32)*per);
	return TRUE;
}

static gboolean read_memory(struct job_row *row, const struct lists *lists, struct job *job)
{
	enum memory_per per;
	gint64 asked;

	if (!read_asked(row, &asked, &per) || !total_memory(job, per, &asked))
		return refuse(row, ASIDE_MEMORY);
	job->whole_node_memory = per == MEMORY_WHOLE_NODE || asked == VALUE_UNLIMITED;
	job->memory_bytes = lists->allocated.memory_bytes;
	if (job->memory_bytes == VALUE_UNKNOWN)
		job->memory_bytes = asked;
	if (job->memory_bytes == VALUE_UNKNOWN && per != MEMORY_WHOLE_NODE)
		job->memory_bytes = lists->requested.memory_bytes;
	return TRUE;
}

static gboolean names_gpus(const struct tres *tres)
{
	return tres->gpus > 0 || tres->mig_slices > 0;
}

/* ReqTRES stands in for AllocTRES only where that is empty; ReqGRES is per node. */
static gboolean read_gpus(struct job_row *row, const struct lists *lists, struct job *job)
{
	const struct tres *from = &lists->allocated;
	gint64 times = 1, asked;

	if (!value_count(field(row, COLUMN_REQ_GPUS), &asked))
		return refuse(row, ASIDE_NUMBER);
	if (!names_gpus(from) && !lists->has_allocated)
		from = &lists->requested;
	if (!names_gpus(from) && lists->has_gres)
		from = &lists->allocated_gres;
	if (!names_gpus(from) && lists->has_gres) {
		from = &lists->requested_gres;
		times = job->nodes;
	}
	if (from->gpus > MAX_COUNT || from->mig_slices > MAX_COUNT ||
	    from->gpus * times > MAX_COUNT || from->mig_slices * times > MAX_COUNT ||
	    asked > MAX_COUNT)
		return refuse(row, ASIDE_TRES);
	job->gpus = from->gpus * times;
	job->mig_slices = from->mig_slices * times;
	if (!names_gpus(from))
		job->gpus = MAX(asked, 0);
	job->gpu_type = slice_empty(from->gpu_type) ? lists->requested.gpu_type : from->gpu_type;
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

static gboolean read_usage(struct job_row *row, struct usage *usage)
{
	struct tres total, average;
	gint64 tasks, resident;

	if (!read_cpu_time(row, usage))
		return FALSE;
	if (!may_have_use(row)) {
		usage->memory_bytes = usage->tres_cpu_milliseconds = usage->gpu_util =
			VALUE_UNKNOWN;
		return !layout_has(row->layout, COLUMN_MEM_USED) || read_memory_used(row, usage);
	}
	if (!read_use(row, COLUMN_TRES_USAGE_IN_TOT, &total) ||
	    !read_use(row, COLUMN_TRES_USAGE_IN_AVE, &average))
		return refuse(row, ASIDE_TRES);
	if (!value_count(field(row, COLUMN_N_TASKS), &tasks) || tasks > MAX_COUNT)
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
	struct lists lists;

	read_names(row, job);
	if (!read_state(row, &job->state) || !read_times(row, job) || !read_limit(row, job) ||
	    !read_lists(row, &lists) || !read_cpus(row, &lists, job) ||
	    !read_nodes(row, &lists, job) || !read_memory(row, &lists, job) ||
	    !read_gpus(row, &lists, job) || !read_usage(row, usage))
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

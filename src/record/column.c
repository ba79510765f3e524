/* SPDX-License-Identifier: Apache-2.0 */
#include "record/column.h"

#include "record/clock.h"
#include "record/digits.h"
#include "record/value.h"

/* sacct's fields from 17.11 to 26.05, as it prints them; behind each, in lower case, how the
 * accounting database, the table of jobcomp/mysql, the nine-column exports and public data sets
 * call the same thing. The names of one column from before and after a renaming (Reserved became
 * Planned in 23.02) are one column. */
static const struct column_info columns[COLUMNS] = {
	{ COLUMN_JOB_ID, "JobID", "job_id", VALUE_JOB },
	{ COLUMN_JOB_ID_RAW, "JobIDRaw", "jobid_raw job_id_raw id_job", VALUE_JOB },
	{ COLUMN_CLUSTER, "Cluster", "cluster_name", VALUE_WORD },
	{ COLUMN_USER, "User", "user_name username", VALUE_PERSON },
	{ COLUMN_ACCOUNT, "Account", "acct account_name", VALUE_PERSON },
	{ COLUMN_GROUP, "Group", "group_name", VALUE_PERSON },
	{ COLUMN_PARTITION, "Partition", "partition_name queue", VALUE_WORD },
	{ COLUMN_QOS, "QOS", "", VALUE_WORD },
	{ COLUMN_STATE, "State", "job_state", VALUE_STATE },
	{ COLUMN_SUBMIT, "Submit", "submit_time time_submit submittime", VALUE_TIME },
	{ COLUMN_ELIGIBLE, "Eligible", "eligible_time time_eligible eligibletime", VALUE_TIME },
	{ COLUMN_START, "Start", "start_time time_start starttime", VALUE_TIME },
	{ COLUMN_END, "End", "end_time time_end endtime", VALUE_TIME },
	{ COLUMN_ELAPSED, "Elapsed", "", VALUE_DURATION },
	{ COLUMN_ELAPSED_RAW, "ElapsedRaw", "elapsed_raw run_time walltime_used", VALUE_DURATION },
	{ COLUMN_TIMELIMIT, "Timelimit", "time_limit", VALUE_DURATION },
	{ COLUMN_TIMELIMIT_RAW, "TimelimitRaw", "timelimit_raw", VALUE_DURATION },
	{ COLUMN_LIMIT_SECONDS, "wallclock_req", "wallclock_req_seconds walltime_req",
	  VALUE_NUMBER },
	{ COLUMN_REQ_CPUS, "ReqCPUS", "req_cpus cpus_req processors_req", VALUE_NUMBER },
	{ COLUMN_ALLOC_CPUS, "AllocCPUS",
	  "alloc_cpus cpus_alloc processors_used cpu_num num_cpus num_cores_alloc proc_cnt",
	  VALUE_NUMBER },
	{ COLUMN_N_CPUS, "NCPUS", "n_cpus", VALUE_NUMBER },
	{ COLUMN_REQ_MEM, "ReqMem", "req_mem mem_req", VALUE_MEMORY },
	{ COLUMN_N_NODES, "NNodes",
	  "n_nodes nodes_used nodes node_count node_num num_nodes nodecnt", VALUE_NUMBER },
	{ COLUMN_ALLOC_NODES, "AllocNodes",
	  "alloc_nodes nodes_alloc num_nodes_alloc allocation_nodes", VALUE_NUMBER },
	{ COLUMN_REQ_NODES, "ReqNodes", "req_nodes nodes_req", VALUE_NUMBER },
	{ COLUMN_NODE_LIST, "NodeList", "node_list", VALUE_HOSTS },
	{ COLUMN_REQ_TRES, "ReqTRES", "req_tres tres_req", VALUE_TRES },
	{ COLUMN_ALLOC_TRES, "AllocTRES", "alloc_tres tres_alloc", VALUE_TRES },
	{ COLUMN_REQ_GRES, "ReqGRES", "req_gres gres_req", VALUE_TRES },
	{ COLUMN_ALLOC_GRES, "AllocGRES", "alloc_gres gres_alloc gres_used", VALUE_TRES },
	{ COLUMN_REQ_GPUS, "gpus_req", "req_gpus gpu_num num_gpus num_gpus_alloc", VALUE_NUMBER },
	{ COLUMN_TOTAL_CPU, "TotalCPU", "total_cpu", VALUE_DURATION },
	{ COLUMN_MAX_RSS, "MaxRSS", "max_rss", VALUE_MEMORY },
	{ COLUMN_N_TASKS, "NTasks", "n_tasks", VALUE_NUMBER },
	{ COLUMN_TRES_USAGE_IN_TOT, "TRESUsageInTot", "tres_usage_in_tot", VALUE_TRES },
	{ COLUMN_TRES_USAGE_IN_AVE, "TRESUsageInAve", "tres_usage_in_ave", VALUE_TRES },
	{ COLUMN_EXCLUSIVE, "Exclusive", "", VALUE_WORD },
	{ COLUMN_CPU_SECONDS, "cpu_time_used", "cpu_used", VALUE_DURATION },
	{ COLUMN_MEM_USED, "mem_used", "memory_used", VALUE_MEMORY },
	{ COLUMN_USER_CPU, "UserCPU", "user_cpu", VALUE_DURATION },
	{ COLUMN_SYSTEM_CPU, "SystemCPU", "system_cpu", VALUE_DURATION },
	{ COLUMN_SUSPENDED, "Suspended", "time_suspended", VALUE_DURATION },
	{ COLUMN_ADMIN_COMMENT, "AdminComment", "admin_comment", VALUE_TEXT },
	{ COLUMN_ASSOC_ID, "AssocID", "id_assoc assoc_id", VALUE_NUMBER },
	{ COLUMN_AVE_CPU, "AveCPU", "", VALUE_DURATION },
	{ COLUMN_AVE_CPU_FREQ, "AveCPUFreq", "", VALUE_MEMORY },
	{ COLUMN_AVE_DISK_READ, "AveDiskRead", "", VALUE_MEMORY },
	{ COLUMN_AVE_DISK_WRITE, "AveDiskWrite", "", VALUE_MEMORY },
	{ COLUMN_AVE_PAGES, "AvePages", "", VALUE_NUMBER },
	{ COLUMN_AVE_RSS, "AveRSS", "ave_rss", VALUE_MEMORY },
	{ COLUMN_AVE_VM_SIZE, "AveVMSize", "", VALUE_MEMORY },
	{ COLUMN_BLOCK_ID, "BlockID", "", VALUE_WORD },
	{ COLUMN_COMMENT, "Comment", "", VALUE_TEXT },
	{ COLUMN_CONSTRAINTS, "Constraints", "", VALUE_TEXT },
	{ COLUMN_CONSUMED_ENERGY, "ConsumedEnergy", "consumed_energy", VALUE_NUMBER },
	{ COLUMN_CONSUMED_ENERGY_RAW, "ConsumedEnergyRaw", "", VALUE_NUMBER },
	{ COLUMN_CONTAINER, "Container", "", VALUE_TEXT },
	{ COLUMN_CPU_TIME, "CPUTime", "cpu_time", VALUE_DURATION },
	{ COLUMN_CPU_TIME_RAW, "CPUTimeRAW", "cpu_time_raw", VALUE_NUMBER },
	{ COLUMN_DB_INDEX, "DBIndex", "job_db_inx", VALUE_NUMBER },
	{ COLUMN_DERIVED_EXIT_CODE, "DerivedExitCode", "derived_ec", VALUE_CODE },
	{ COLUMN_EXIT_CODE, "ExitCode", "exit_code", VALUE_CODE },
	{ COLUMN_EXTRA, "Extra", "", VALUE_TEXT },
	{ COLUMN_FAILED_NODE, "FailedNode", "", VALUE_HOSTS },
	{ COLUMN_FLAGS, "Flags", "", VALUE_TEXT },
	{ COLUMN_GID, "GID", "id_group", VALUE_NUMBER },
	{ COLUMN_JOB_NAME, "JobName", "job_name name", VALUE_TEXT },
	{ COLUMN_LAYOUT, "Layout", "", VALUE_WORD },
	{ COLUMN_LICENSES, "Licenses", "", VALUE_TEXT },
	{ COLUMN_MAX_DISK_READ, "MaxDiskRead", "", VALUE_MEMORY },
	{ COLUMN_MAX_DISK_READ_NODE, "MaxDiskReadNode", "", VALUE_HOSTS },
	{ COLUMN_MAX_DISK_READ_TASK, "MaxDiskReadTask", "", VALUE_NUMBER },
	{ COLUMN_MAX_DISK_WRITE, "MaxDiskWrite", "", VALUE_MEMORY },
	{ COLUMN_MAX_DISK_WRITE_NODE, "MaxDiskWriteNode", "", VALUE_HOSTS },
	{ COLUMN_MAX_DISK_WRITE_TASK, "MaxDiskWriteTask", "", VALUE_NUMBER },
	{ COLUMN_MAX_PAGES, "MaxPages", "", VALUE_NUMBER },
	{ COLUMN_MAX_PAGES_NODE, "MaxPagesNode", "", VALUE_HOSTS },
	{ COLUMN_MAX_PAGES_TASK, "MaxPagesTask", "", VALUE_NUMBER },
	{ COLUMN_MAX_RSS_NODE, "MaxRSSNode", "", VALUE_HOSTS },
	{ COLUMN_MAX_RSS_TASK, "MaxRSSTask", "", VALUE_NUMBER },
	{ COLUMN_MAX_VM_SIZE, "MaxVMSize", "", VALUE_MEMORY },
	{ COLUMN_MAX_VM_SIZE_NODE, "MaxVMSizeNode", "", VALUE_HOSTS },
	{ COLUMN_MAX_VM_SIZE_TASK, "MaxVMSizeTask", "", VALUE_NUMBER },
	{ COLUMN_MCS_LABEL, "McsLabel", "mcs_label", VALUE_TEXT },
	{ COLUMN_MIN_CPU, "MinCPU", "", VALUE_DURATION },
	{ COLUMN_MIN_CPU_NODE, "MinCPUNode", "", VALUE_HOSTS },
	{ COLUMN_MIN_CPU_TASK, "MinCPUTask", "", VALUE_NUMBER },
	{ COLUMN_PLANNED, "Planned", "reserved", VALUE_DURATION },
	{ COLUMN_PLANNED_CPU, "PlannedCPU", "resvcpu", VALUE_DURATION },
	{ COLUMN_PLANNED_CPU_RAW, "PlannedCPURAW", "resvcpuraw", VALUE_NUMBER },
	{ COLUMN_PRIORITY, "Priority", "", VALUE_NUMBER },
	{ COLUMN_QOS_RAW, "QOSRAW", "id_qos", VALUE_NUMBER },
	{ COLUMN_QOS_REQ, "QOSREQ", "", VALUE_WORD },
	{ COLUMN_REASON, "Reason", "", VALUE_TEXT },
	{ COLUMN_REQ_CPU_FREQ, "ReqCPUFreq", "", VALUE_TEXT },
	{ COLUMN_REQ_CPU_FREQ_MIN, "ReqCPUFreqMin", "", VALUE_TEXT },
	{ COLUMN_REQ_CPU_FREQ_MAX, "ReqCPUFreqMax", "", VALUE_TEXT },
	{ COLUMN_REQ_CPU_FREQ_GOV, "ReqCPUFreqGov", "", VALUE_TEXT },
	{ COLUMN_REQ_RESERVATION, "ReqReservation", "", VALUE_WORD },
	{ COLUMN_RESERVATION, "Reservation", "resv_name", VALUE_WORD },
	{ COLUMN_RESERVATION_ID, "ReservationId", "id_resv", VALUE_NUMBER },
	{ COLUMN_RESTARTS, "Restarts", "restart_cnt", VALUE_NUMBER },
	{ COLUMN_SEGMENT_SIZE, "SegmentSize", "", VALUE_NUMBER },
	{ COLUMN_SLUID, "SLUID", "", VALUE_TEXT },
	{ COLUMN_STD_ERR, "StdErr", "std_err", VALUE_TEXT },
	{ COLUMN_STD_IN, "StdIn", "std_in", VALUE_TEXT },
	{ COLUMN_STD_OUT, "StdOut", "std_out", VALUE_TEXT },
	{ COLUMN_SUBMIT_LINE, "SubmitLine", "submit_line", VALUE_TEXT },
	{ COLUMN_SYSTEM_COMMENT, "SystemComment", "system_comment", VALUE_TEXT },
	{ COLUMN_TRES_USAGE_IN_MAX, "TRESUsageInMax", "", VALUE_TRES },
	{ COLUMN_TRES_USAGE_IN_MAX_NODE, "TRESUsageInMaxNode", "", VALUE_TEXT },
	{ COLUMN_TRES_USAGE_IN_MAX_TASK, "TRESUsageInMaxTask", "", VALUE_TRES },
	{ COLUMN_TRES_USAGE_IN_MIN, "TRESUsageInMin", "", VALUE_TRES },
	{ COLUMN_TRES_USAGE_IN_MIN_NODE, "TRESUsageInMinNode", "", VALUE_TEXT },
	{ COLUMN_TRES_USAGE_IN_MIN_TASK, "TRESUsageInMinTask", "", VALUE_TRES },
	{ COLUMN_TRES_USAGE_OUT_AVE, "TRESUsageOutAve", "", VALUE_TRES },
	{ COLUMN_TRES_USAGE_OUT_MAX, "TRESUsageOutMax", "", VALUE_TRES },
	{ COLUMN_TRES_USAGE_OUT_MAX_NODE, "TRESUsageOutMaxNode", "", VALUE_TEXT },
	{ COLUMN_TRES_USAGE_OUT_MAX_TASK, "TRESUsageOutMaxTask", "", VALUE_TRES },
	{ COLUMN_TRES_USAGE_OUT_MIN, "TRESUsageOutMin", "", VALUE_TRES },
	{ COLUMN_TRES_USAGE_OUT_MIN_NODE, "TRESUsageOutMinNode", "", VALUE_TEXT },
	{ COLUMN_TRES_USAGE_OUT_MIN_TASK, "TRESUsageOutMinTask", "", VALUE_TRES },
	{ COLUMN_TRES_USAGE_OUT_TOT, "TRESUsageOutTot", "", VALUE_TRES },
	{ COLUMN_UID, "UID", "id_user", VALUE_NUMBER },
	{ COLUMN_WC_KEY, "WCKey", "", VALUE_TEXT },
	{ COLUMN_WC_KEY_ID, "WCKeyID", "id_wckey", VALUE_NUMBER },
	{ COLUMN_WORK_DIR, "WorkDir", "work_dir", VALUE_TEXT },
};

const struct column_info *column_info(enum column column)
{
	g_assert(column < COLUMNS && columns[column].column == column);
	return &columns[column];
}

/* A header may have a hundred thousand columns, and most names differ in their first letter, also
 * but for its case. */
static inline gboolean begins_alike(const char *known, struct slice name)
{
	return ((*known ^ *name.data) & ~0x20) == 0;
}

static gboolean is_alias(const struct column_info *info, struct slice name)
{
	for (const char *at = info->aliases, *end; at && *at; at = *end ? end + 1 : NULL) {
		end = strchrnul(at, ' ');
		if (begins_alike(at, name) && (size_t)(end - at) == name.length &&
		    g_ascii_strncasecmp(at, name.data, name.length) == 0)
			return TRUE;
	}
	return FALSE;
}

static gboolean find_as_it_is(struct slice name, enum column *column)
{
	for (guint i = 0; i < COLUMNS && name.length > 0; i++)
		if ((begins_alike(columns[i].name, name) &&
		     slice_is_nocase(name, columns[i].name)) ||
		    is_alias(&columns[i], name)) {
			*column = columns[i].column;
			return TRUE;
		}
	return FALSE;
}

#define LONGEST_NAME 64

/* "Job ID" is written by people, of which R makes "Job.ID". */
gboolean column_find(struct slice name, enum column *column)
{
	char letters[LONGEST_NAME];
	struct slice joined = { letters, 0 };

	if (find_as_it_is(name, column))
		return TRUE;
	if (name.length > LONGEST_NAME)
		return FALSE;
	for (size_t i = 0; i < name.length; i++)
		if (name.data[i] != ' ' && name.data[i] != '.' && name.data[i] != '-')
			letters[joined.length++] = name.data[i];
	return joined.length < name.length && find_as_it_is(joined, column);
}

gboolean column_known(struct slice name)
{
	enum column column;

	return column_find(name, &column);
}

static gboolean is_printable(struct slice text)
{
	for (size_t i = 0; i < text.length; i++)
		if ((guchar)text.data[i] < ' ' || text.data[i] == 0x7f)
			return FALSE;
	return text.length <= 255;
}

/* 1:0, which the accounting database keeps as the 16 bits that wait() gives: 256. */
static gboolean is_code(struct slice text)
{
	gint64 number;
	struct slice code = slice_cut(&text, ':');

	if (!slice_number(code, &number))
		return FALSE;
	return text.data ? slice_number(text, &number) : number <= 0xffff;
}

static gboolean is_job(struct slice text)
{
	struct job_name name;

	return value_job(text, &name);
}

static gboolean is_duration(struct slice text)
{
	gint64 ignored;

	/* Most are less than a day. A number is seconds, or minutes of a limit. */
	if ((text.length == 8 && clock_is_time(text.data)) ||
	    (text.length == 9 && clock_is_minutes(text.data)) ||
	    (text.length <= 9 && digits_only(text)))
		return TRUE;
	return value_duration(text, &ignored) || value_limit_minutes(text, &ignored) ||
	       value_seconds(text, &ignored);
}

static gboolean is_memory(struct slice text)
{
	gint64 bytes;
	enum memory_per per;

	return value_memory(text, &bytes, &per) || value_bytes(text, &bytes);
}

static gboolean is_tres(struct slice text)
{
	struct tres tres;

	return value_tres(text, FALSE, &tres) || value_tres(text, TRUE, &tres);
}

static gboolean is_host_list(struct slice text)
{
	gint64 count;

	return hosts_count(text, &count);
}

static gboolean is_state(struct slice text)
{
	enum job_state state;

	return value_state(text, &state);
}

static gboolean is_anything(struct slice text)
{
	(void)text;
	return TRUE;
}

static gboolean (*const checks[])(struct slice text) = {
	[VALUE_JOB] = is_job,           [VALUE_PERSON] = is_printable,
	[VALUE_WORD] = is_printable,    [VALUE_NUMBER] = value_is_number,
	[VALUE_TIME] = value_is_time,   [VALUE_DURATION] = is_duration,
	[VALUE_MEMORY] = is_memory,     [VALUE_TRES] = is_tres,
	[VALUE_HOSTS] = is_host_list,   [VALUE_STATE] = is_state,
	[VALUE_CODE] = is_code,         [VALUE_TEXT] = is_anything,
};

gboolean (*column_check(enum value_kind kind))(struct slice text)
{
	return checks[kind];
}

gboolean column_value_valid(enum value_kind kind, struct slice text)
{
	return slice_empty(text) || checks[kind](text);
}

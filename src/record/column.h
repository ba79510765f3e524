/* SPDX-License-Identifier: Apache-2.0 */
/* column: what a header name means. One table: a column or an alias is one line of it. */
#ifndef RECORD_COLUMN_H
#define RECORD_COLUMN_H

#include "base/slice.h"

/* What kind of thing a column holds: how it is checked, and what privacy/ does with it by
 * default. */
enum value_kind {
	VALUE_JOB,      /* 12, 12_3, 12.batch, 12_[1-4%2], 12+0 */
	VALUE_PERSON,   /* user, account or group name */
	VALUE_WORD,     /* partition, QOS, cluster …: a site's own short words */
	VALUE_NUMBER,   /* digits, sign, decimal point */
	VALUE_TIME,
	VALUE_DURATION, /* D-HH:MM:SS, MM:SS.mmm, UNLIMITED, Partition_Limit; minutes of limits */
	VALUE_MEMORY,
	VALUE_TRES,     /* cpu=4,mem=16G,gres/gpu=1 and gpu:4 */
	VALUE_HOSTS,
	VALUE_STATE,
	VALUE_CODE,     /* 0:0, or a status of wait() */
	VALUE_TEXT,     /* free text: anything may stand there, names too */
};

enum column {
	/* Read: what a job is made of. */
	COLUMN_JOB_ID, COLUMN_JOB_ID_RAW, COLUMN_CLUSTER, COLUMN_USER, COLUMN_ACCOUNT,
	COLUMN_GROUP, COLUMN_PARTITION, COLUMN_QOS, COLUMN_STATE, COLUMN_SUBMIT, COLUMN_ELIGIBLE,
	COLUMN_START, COLUMN_END, COLUMN_ELAPSED, COLUMN_ELAPSED_RAW, COLUMN_TIMELIMIT,
	COLUMN_TIMELIMIT_RAW, COLUMN_LIMIT_SECONDS, COLUMN_REQ_CPUS, COLUMN_ALLOC_CPUS,
	COLUMN_N_CPUS, COLUMN_REQ_MEM, COLUMN_N_NODES, COLUMN_ALLOC_NODES, COLUMN_REQ_NODES,
	COLUMN_NODE_LIST, COLUMN_REQ_TRES, COLUMN_ALLOC_TRES, COLUMN_REQ_GRES, COLUMN_ALLOC_GRES,
	COLUMN_REQ_GPUS, COLUMN_TOTAL_CPU, COLUMN_MAX_RSS, COLUMN_N_TASKS,
	COLUMN_TRES_USAGE_IN_TOT, COLUMN_TRES_USAGE_IN_AVE, COLUMN_EXCLUSIVE,
	COLUMN_CPU_SECONDS, COLUMN_MEM_USED, COLUMN_USER_CPU, COLUMN_SYSTEM_CPU, COLUMN_SUSPENDED,
	/* Known but not read: kept or dropped by privacy/. */
	COLUMN_ADMIN_COMMENT, COLUMN_ASSOC_ID, COLUMN_AVE_CPU, COLUMN_AVE_CPU_FREQ,
	COLUMN_AVE_DISK_READ, COLUMN_AVE_DISK_WRITE, COLUMN_AVE_PAGES, COLUMN_AVE_RSS,
	COLUMN_AVE_VM_SIZE, COLUMN_BLOCK_ID, COLUMN_COMMENT, COLUMN_CONSTRAINTS,
	COLUMN_CONSUMED_ENERGY, COLUMN_CONSUMED_ENERGY_RAW, COLUMN_CONTAINER, COLUMN_CPU_TIME,
	COLUMN_CPU_TIME_RAW, COLUMN_DB_INDEX, COLUMN_DERIVED_EXIT_CODE, COLUMN_EXIT_CODE,
	COLUMN_EXTRA, COLUMN_FAILED_NODE, COLUMN_FLAGS, COLUMN_GID, COLUMN_JOB_NAME, COLUMN_LAYOUT,
	COLUMN_LICENSES, COLUMN_MAX_DISK_READ, COLUMN_MAX_DISK_READ_NODE,
	COLUMN_MAX_DISK_READ_TASK, COLUMN_MAX_DISK_WRITE, COLUMN_MAX_DISK_WRITE_NODE,
	COLUMN_MAX_DISK_WRITE_TASK, COLUMN_MAX_PAGES, COLUMN_MAX_PAGES_NODE, COLUMN_MAX_PAGES_TASK,
	COLUMN_MAX_RSS_NODE, COLUMN_MAX_RSS_TASK, COLUMN_MAX_VM_SIZE, COLUMN_MAX_VM_SIZE_NODE,
	COLUMN_MAX_VM_SIZE_TASK, COLUMN_MCS_LABEL, COLUMN_MIN_CPU, COLUMN_MIN_CPU_NODE,
	COLUMN_MIN_CPU_TASK, COLUMN_PLANNED, COLUMN_PLANNED_CPU, COLUMN_PLANNED_CPU_RAW,
	COLUMN_PRIORITY, COLUMN_QOS_RAW, COLUMN_QOS_REQ, COLUMN_REASON, COLUMN_REQ_CPU_FREQ,
	COLUMN_REQ_CPU_FREQ_MIN, COLUMN_REQ_CPU_FREQ_MAX, COLUMN_REQ_CPU_FREQ_GOV,
	COLUMN_REQ_RESERVATION, COLUMN_RESERVATION, COLUMN_RESERVATION_ID, COLUMN_RESTARTS,
	COLUMN_SEGMENT_SIZE, COLUMN_SLUID, COLUMN_STD_ERR, COLUMN_STD_IN, COLUMN_STD_OUT,
	COLUMN_SUBMIT_LINE, COLUMN_SYSTEM_COMMENT,
	COLUMN_TRES_USAGE_IN_MAX, COLUMN_TRES_USAGE_IN_MAX_NODE, COLUMN_TRES_USAGE_IN_MAX_TASK,
	COLUMN_TRES_USAGE_IN_MIN, COLUMN_TRES_USAGE_IN_MIN_NODE, COLUMN_TRES_USAGE_IN_MIN_TASK,
	COLUMN_TRES_USAGE_OUT_AVE, COLUMN_TRES_USAGE_OUT_MAX, COLUMN_TRES_USAGE_OUT_MAX_NODE,
	COLUMN_TRES_USAGE_OUT_MAX_TASK, COLUMN_TRES_USAGE_OUT_MIN, COLUMN_TRES_USAGE_OUT_MIN_NODE,
	COLUMN_TRES_USAGE_OUT_MIN_TASK, COLUMN_TRES_USAGE_OUT_TOT, COLUMN_UID,
	COLUMN_WC_KEY, COLUMN_WC_KEY_ID, COLUMN_WORK_DIR,
	COLUMNS
};

struct column_info {
	enum column column;
	const char *name;    /* as sacct prints it: "JobIDRaw" */
	const char *aliases; /* other spellings, lower case, blanks between: "jobid_raw id_job"; or
	                        "" */
	enum value_kind kind;
};

const struct column_info *column_info(enum column column);

/* Whether a report reads it. */
static inline gboolean column_is_read(enum column column)
{
	return column <= COLUMN_SUSPENDED;
}

/* Case-insensitive, by name or alias, with or without blanks, dots and dashes in it. FALSE when
 * unknown. */
gboolean column_find(struct slice name, enum column *column);

/* For rows_open(). */
gboolean column_known(struct slice name);

/* Whether a field's text could be a value of this kind (empty always can): what "kept" means for
 * privacy/. */
gboolean column_value_valid(enum value_kind kind, struct slice text);

/* The same as a function of one kind, for a text that is not empty. */
gboolean (*column_check(enum value_kind kind))(struct slice text);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/policy.h"

/* The allow-list: a column without a line here is dropped, so that a column which a later Slurm
 * adds is private until somebody has thought about it. */
static const struct policy policies[COLUMNS] = {
	[COLUMN_JOB_ID] = { TRANSFORM_JOB,
		"Joins a job with its steps and with other exports; tells nothing of a person." },
	[COLUMN_JOB_ID_RAW] = { TRANSFORM_JOB,
		"Joins a job with its steps and with other exports; tells nothing of a person." },
	[COLUMN_CLUSTER] = { TRANSFORM_KEEP,
		"Tells clusters apart whose job numbers are the same." },
	[COLUMN_USER] = { TRANSFORM_PSEUDONYM,
		"A person's login; the pseudonym keeps whose jobs belong together." },
	[COLUMN_ACCOUNT] = { TRANSFORM_PSEUDONYM,
		"Often a principal investigator's or a project's name." },
	[COLUMN_GROUP] = { TRANSFORM_PSEUDONYM,
		"Often a laboratory's or a principal investigator's name." },
	[COLUMN_PARTITION] = { TRANSFORM_KEEP,
		"The site's word for a class of nodes; if it is a name, its pseudonym stands." },
	[COLUMN_QOS] = { TRANSFORM_KEEP,
		"The site's word for a class of service; if it is a name, its pseudonym stands." },
	[COLUMN_STATE] = { TRANSFORM_STATE,
		"How the job ended, without the user number of \"CANCELLED by 1234\"." },
	[COLUMN_SUBMIT] = { TRANSFORM_KEEP, "A time: waits begin here." },
	[COLUMN_ELIGIBLE] = { TRANSFORM_KEEP, "A time: queueing proper begins here." },
	[COLUMN_START] = { TRANSFORM_KEEP, "A time: demand by the minute needs it." },
	[COLUMN_END] = { TRANSFORM_KEEP, "A time: demand by the minute needs it." },
	[COLUMN_ELAPSED] = { TRANSFORM_KEEP, "A duration: every hour counted comes from it." },
	[COLUMN_ELAPSED_RAW] = { TRANSFORM_KEEP, "A duration: every hour counted comes from it." },
	[COLUMN_TIMELIMIT] = { TRANSFORM_KEEP, "A duration: what was asked for." },
	[COLUMN_TIMELIMIT_RAW] = { TRANSFORM_KEEP, "A duration: what was asked for." },
	[COLUMN_REQ_CPUS] = { TRANSFORM_KEEP, "A number: processors asked for." },
	[COLUMN_ALLOC_CPUS] = { TRANSFORM_KEEP, "A number: processors held." },
	[COLUMN_N_CPUS] = { TRANSFORM_KEEP, "A number: processors held." },
	[COLUMN_REQ_MEM] = { TRANSFORM_KEEP, "An amount of memory: what was asked for." },
	[COLUMN_N_NODES] = { TRANSFORM_KEEP, "A number: nodes held." },
	[COLUMN_NODE_LIST] = { TRANSFORM_HOSTS,
		"Says which class of node ran the job; the site's domain is cut off." },
	[COLUMN_REQ_TRES] = { TRANSFORM_KEEP, "Amounts of processors, memory and GPUs asked for." },
	[COLUMN_ALLOC_TRES] = { TRANSFORM_KEEP, "Amounts of processors, memory and GPUs held." },
	[COLUMN_REQ_GRES] = { TRANSFORM_KEEP,
		"GPUs asked for, as older versions of Slurm print them." },
	[COLUMN_ALLOC_GRES] = { TRANSFORM_KEEP,
		"GPUs held, as older versions of Slurm print them." },
	[COLUMN_TOTAL_CPU] = { TRANSFORM_KEEP, "A duration: processor time used." },
	[COLUMN_MAX_RSS] = { TRANSFORM_KEEP, "An amount of memory: what was used." },
	[COLUMN_N_TASKS] = { TRANSFORM_KEEP, "A number: tasks of a step." },
	[COLUMN_TRES_USAGE_IN_TOT] = { TRANSFORM_KEEP,
		"Amounts of processor time and memory used." },
	[COLUMN_TRES_USAGE_IN_AVE] = { TRANSFORM_KEEP,
		"Amounts used; the only place where GPU use is printed." },
	[COLUMN_CPU_SECONDS] = { TRANSFORM_KEEP, "A duration: processor time used." },
	[COLUMN_MEM_USED] = { TRANSFORM_KEEP, "An amount of memory: what was used." },
	[COLUMN_EXCLUSIVE] = { TRANSFORM_KEEP, "Whether the job took its nodes for itself." },
	[COLUMN_LIMIT_SECONDS] = { TRANSFORM_KEEP, "A duration: what was asked for." },
	[COLUMN_ALLOC_NODES] = { TRANSFORM_KEEP, "A number of nodes." },
	[COLUMN_REQ_NODES] = { TRANSFORM_KEEP, "A number of nodes." },
	[COLUMN_REQ_GPUS] = { TRANSFORM_KEEP, "A number of GPUs." },

	[COLUMN_EXIT_CODE] = { TRANSFORM_KEEP, "Two numbers: how the job's program ended." },
	[COLUMN_DERIVED_EXIT_CODE] = { TRANSFORM_KEEP,
		"Two numbers: how the job's program ended." },
	[COLUMN_PRIORITY] = { TRANSFORM_KEEP, "A number of the scheduler's." },
	[COLUMN_RESTARTS] = { TRANSFORM_KEEP, "A number of the scheduler's." },
	[COLUMN_SUSPENDED] = { TRANSFORM_KEEP, "A duration." },
	[COLUMN_PLANNED] = { TRANSFORM_KEEP, "A duration." },
	[COLUMN_CPU_TIME] = { TRANSFORM_KEEP, "A duration times processors." },
	[COLUMN_CPU_TIME_RAW] = { TRANSFORM_KEEP, "A duration times processors." },
	[COLUMN_PLANNED_CPU] = { TRANSFORM_KEEP, "A duration times processors." },
	[COLUMN_PLANNED_CPU_RAW] = { TRANSFORM_KEEP, "A duration times processors." },
	[COLUMN_USER_CPU] = { TRANSFORM_KEEP, "A duration: processor time used." },
	[COLUMN_SYSTEM_CPU] = { TRANSFORM_KEEP, "A duration: processor time used." },
	[COLUMN_AVE_CPU] = { TRANSFORM_KEEP, "A duration: processor time used." },
	[COLUMN_MIN_CPU] = { TRANSFORM_KEEP, "A duration: processor time used." },
	[COLUMN_AVE_RSS] = { TRANSFORM_KEEP, "An amount of memory: what was used." },
	[COLUMN_AVE_VM_SIZE] = { TRANSFORM_KEEP, "An amount of memory: what was used." },
	[COLUMN_MAX_VM_SIZE] = { TRANSFORM_KEEP, "An amount of memory: what was used." },
	[COLUMN_AVE_DISK_READ] = { TRANSFORM_KEEP, "An amount of data read or written." },
	[COLUMN_AVE_DISK_WRITE] = { TRANSFORM_KEEP, "An amount of data read or written." },
	[COLUMN_MAX_DISK_READ] = { TRANSFORM_KEEP, "An amount of data read or written." },
	[COLUMN_MAX_DISK_WRITE] = { TRANSFORM_KEEP, "An amount of data read or written." },
	[COLUMN_AVE_PAGES] = { TRANSFORM_KEEP, "A number of page faults." },
	[COLUMN_MAX_PAGES] = { TRANSFORM_KEEP, "A number of page faults." },
	[COLUMN_CONSUMED_ENERGY] = { TRANSFORM_KEEP, "An amount of energy." },
	[COLUMN_CONSUMED_ENERGY_RAW] = { TRANSFORM_KEEP, "An amount of energy." },
	[COLUMN_TRES_USAGE_IN_MAX] = { TRANSFORM_KEEP, "Amounts used." },
	[COLUMN_TRES_USAGE_IN_MIN] = { TRANSFORM_KEEP, "Amounts used." },
	[COLUMN_TRES_USAGE_OUT_AVE] = { TRANSFORM_KEEP, "Amounts used." },
	[COLUMN_TRES_USAGE_OUT_MAX] = { TRANSFORM_KEEP, "Amounts used." },
	[COLUMN_TRES_USAGE_OUT_MIN] = { TRANSFORM_KEEP, "Amounts used." },
	[COLUMN_TRES_USAGE_OUT_TOT] = { TRANSFORM_KEEP, "Amounts used." },

	[COLUMN_JOB_NAME] = { TRANSFORM_DROP,
		"Free text by the user: people, projects and patients are named in it." },
	[COLUMN_COMMENT] = { TRANSFORM_DROP, "Free text: anything may stand in it." },
	[COLUMN_ADMIN_COMMENT] = { TRANSFORM_DROP, "Free text: anything may stand in it." },
	[COLUMN_SYSTEM_COMMENT] = { TRANSFORM_DROP, "Free text: anything may stand in it." },
	[COLUMN_EXTRA] = { TRANSFORM_DROP, "Free text: anything may stand in it." },
	[COLUMN_SUBMIT_LINE] = { TRANSFORM_DROP,
		"A whole command line: paths, names and passwords stand in it." },
	[COLUMN_WORK_DIR] = { TRANSFORM_DROP, "A path: it leads through somebody's home." },
	[COLUMN_STD_IN] = { TRANSFORM_DROP, "A path: it leads through somebody's home." },
	[COLUMN_STD_OUT] = { TRANSFORM_DROP, "A path: it leads through somebody's home." },
	[COLUMN_STD_ERR] = { TRANSFORM_DROP, "A path: it leads through somebody's home." },
	[COLUMN_CONTAINER] = { TRANSFORM_DROP, "A path: it leads through somebody's home." },
	[COLUMN_UID] = { TRANSFORM_DROP,
		"A number as good as the name on any machine of the site." },
	[COLUMN_GID] = { TRANSFORM_DROP,
		"A number as good as the name on any machine of the site." },
	[COLUMN_ASSOC_ID] = { TRANSFORM_DROP, "A number that stands for a user in an account." },
	[COLUMN_WC_KEY] = { TRANSFORM_DROP, "A project's name, or the number that stands for it." },
	[COLUMN_WC_KEY_ID] = { TRANSFORM_DROP,
		"A project's name, or the number that stands for it." },
	[COLUMN_RESERVATION] = { TRANSFORM_DROP,
		"Reservations are often called after who holds them." },
	[COLUMN_REQ_RESERVATION] = { TRANSFORM_DROP,
		"Reservations are often called after who holds them." },
	[COLUMN_RESERVATION_ID] = { TRANSFORM_DROP,
		"Reservations are often called after who holds them." },
	[COLUMN_MCS_LABEL] = { TRANSFORM_DROP,
		"The name of the user or group that may see the job." },
};

static const struct policy unlisted = {
	TRANSFORM_DROP, "Not on the list of columns that are known to tell nothing of a person.",
};

const struct policy *policy_for(struct slice header_name)
{
	enum column column;

	if (!column_find(slice_trim(header_name), &column) || !policies[column].why)
		return &unlisted;
	return &policies[column];
}

const char *transform_name(enum transform transform)
{
	switch (transform) {
	case TRANSFORM_DROP:
		return "dropped";
	case TRANSFORM_KEEP:
		return "kept";
	case TRANSFORM_PSEUDONYM:
		return "pseudonym";
	case TRANSFORM_STATE:
		return "kept without user number";
	case TRANSFORM_JOB:
		return "kept as it is";
	case TRANSFORM_HOSTS:
		return "kept without domain";
	}
	g_return_val_if_reached("dropped");
}

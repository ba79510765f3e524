/* SPDX-License-Identifier: Apache-2.0 */
#include "privacy/policy.h"

/* The allow-list: a column without a line here is dropped, so that a column which a later Slurm
 * adds is private until somebody has thought about it. */
static const struct policy policies[COLUMNS] = {
	[COLUMN_JOB_ID] = { TRANSFORM_JOB,
		"Joins a job with its steps and with other exports; Slurm’s own number leads whoever may ask the cluster to the user." },
	[COLUMN_JOB_ID_RAW] = { TRANSFORM_JOB,
		"Joins a job with its steps and with other exports; Slurm’s own number leads whoever may ask the cluster to the user." },
	[COLUMN_CLUSTER] = { TRANSFORM_WORD,
		"Tells clusters apart whose job numbers are the same." },
	[COLUMN_USER] = { TRANSFORM_PSEUDONYM,
		"A person’s login; the pseudonym keeps whose jobs belong together." },
	[COLUMN_ACCOUNT] = { TRANSFORM_PSEUDONYM,
		"Often a principal investigator’s or a project’s name." },
	[COLUMN_GROUP] = { TRANSFORM_PSEUDONYM,
		"Often a laboratory’s or a principal investigator’s name." },
	[COLUMN_PARTITION] = { TRANSFORM_WORD,
		"The site’s word for a class of nodes; one of few users is a token." },
	[COLUMN_QOS] = { TRANSFORM_WORD,
		"The site’s word for a class of service; one of few users is a token." },
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
		"Says which class of node ran the job; the site’s domain is cut off." },
	[COLUMN_REQ_TRES] = { TRANSFORM_TRES, "Amounts of processors, memory and GPUs asked for." },
	[COLUMN_ALLOC_TRES] = { TRANSFORM_TRES, "Amounts of processors, memory and GPUs held." },
	[COLUMN_REQ_GRES] = { TRANSFORM_TRES,
		"GPUs asked for, as older versions of Slurm print them." },
	[COLUMN_ALLOC_GRES] = { TRANSFORM_TRES,
		"GPUs held, as older versions of Slurm print them." },
	[COLUMN_TOTAL_CPU] = { TRANSFORM_KEEP, "A duration: processor time used." },
	[COLUMN_MAX_RSS] = { TRANSFORM_KEEP, "An amount of memory: what was used." },
	[COLUMN_N_TASKS] = { TRANSFORM_KEEP, "A number: tasks of a step." },
	[COLUMN_TRES_USAGE_IN_TOT] = { TRANSFORM_TRES,
		"Amounts of processor time and memory used." },
	[COLUMN_TRES_USAGE_IN_AVE] = { TRANSFORM_TRES,
		"Amounts used; the only place where GPU use is printed." },
	[COLUMN_CPU_SECONDS] = { TRANSFORM_KEEP, "A duration: processor time used." },
	[COLUMN_MEM_USED] = { TRANSFORM_KEEP, "An amount of memory: what was used." },
	[COLUMN_EXCLUSIVE] = { TRANSFORM_WORD, "Whether the job took its nodes for itself." },
	[COLUMN_LIMIT_SECONDS] = { TRANSFORM_KEEP, "A duration: what was asked for." },
	[COLUMN_ALLOC_NODES] = { TRANSFORM_KEEP, "A number of nodes." },
	[COLUMN_REQ_NODES] = { TRANSFORM_KEEP, "A number of nodes." },
	[COLUMN_REQ_GPUS] = { TRANSFORM_KEEP, "A number of GPUs." },

	[COLUMN_EXIT_CODE] = { TRANSFORM_KEEP, "A code: how the job’s program ended." },
	[COLUMN_DERIVED_EXIT_CODE] = { TRANSFORM_KEEP,
		"A code: how the job’s program ended." },
	[COLUMN_PRIORITY] = { TRANSFORM_KEEP, "A number of the scheduler’s." },
	[COLUMN_RESTARTS] = { TRANSFORM_KEEP, "A number of the scheduler’s." },
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
	[COLUMN_TRES_USAGE_IN_MAX] = { TRANSFORM_TRES, "Amounts used." },
	[COLUMN_TRES_USAGE_IN_MIN] = { TRANSFORM_TRES, "Amounts used." },
	[COLUMN_TRES_USAGE_OUT_AVE] = { TRANSFORM_TRES, "Amounts used." },
	[COLUMN_TRES_USAGE_OUT_MAX] = { TRANSFORM_TRES, "Amounts used." },
	[COLUMN_TRES_USAGE_OUT_MIN] = { TRANSFORM_TRES, "Amounts used." },
	[COLUMN_TRES_USAGE_OUT_TOT] = { TRANSFORM_TRES, "Amounts used." },

	[COLUMN_JOB_NAME] = { TRANSFORM_DROP,
		"Free text by the user: people, projects and patients are named in it." },
	[COLUMN_COMMENT] = { TRANSFORM_DROP, "Free text: anything may stand in it." },
	[COLUMN_ADMIN_COMMENT] = { TRANSFORM_DROP, "Free text: anything may stand in it." },
	[COLUMN_SYSTEM_COMMENT] = { TRANSFORM_DROP, "Free text: anything may stand in it." },
	[COLUMN_EXTRA] = { TRANSFORM_DROP, "Free text: anything may stand in it." },
	[COLUMN_SUBMIT_LINE] = { TRANSFORM_DROP,
		"A whole command line: paths, names and passwords stand in it." },
	[COLUMN_WORK_DIR] = { TRANSFORM_DROP, "A path: it leads through somebody’s home." },
	[COLUMN_STD_IN] = { TRANSFORM_DROP, "A path: it leads through somebody’s home." },
	[COLUMN_STD_OUT] = { TRANSFORM_DROP, "A path: it leads through somebody’s home." },
	[COLUMN_STD_ERR] = { TRANSFORM_DROP, "A path: it leads through somebody’s home." },
	[COLUMN_CONTAINER] = { TRANSFORM_DROP, "A path: it leads through somebody’s home." },
	[COLUMN_UID] = { TRANSFORM_DROP,
		"A number as good as the name on any machine of the site." },
	[COLUMN_GID] = { TRANSFORM_DROP,
		"A number as good as the name on any machine of the site." },
	[COLUMN_ASSOC_ID] = { TRANSFORM_DROP, "A number that stands for a user in an account." },
	[COLUMN_WC_KEY] = { TRANSFORM_DROP, "A project’s name, or the number that stands for it." },
	[COLUMN_WC_KEY_ID] = { TRANSFORM_DROP,
		"A project’s name, or the number that stands for it." },
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

static const struct policy *by_default(struct slice header_name, enum column *column)
{
	if (!column_find(slice_trim(header_name), column))
		*column = COLUMNS;
	return *column == COLUMNS || !policies[*column].why ? &unlisted : &policies[*column];
}

/* What can be made of a column that is kept although it is on no list. */
static struct policy by_hand(enum column column)
{
	switch (column_info(column)->kind) {
	case VALUE_TEXT:
		return (struct policy){ TRANSFORM_TEXT,
			                "Kept by hand, though anything may stand in it: only names "
			                "that are known are replaced." };
	case VALUE_WORD:
		return (struct policy){ TRANSFORM_WORD,
			                "Kept by hand; a word of few users is a token." };
	case VALUE_TRES:
		return (struct policy){ TRANSFORM_TRES, "Kept by hand." };
	case VALUE_HOSTS:
		return (struct policy){ TRANSFORM_HOSTS,
			                "Kept by hand; the site’s domain is cut off." };
	default:
		return (struct policy){ TRANSFORM_KEEP,
			                "Kept by hand, though it is not on the list." };
	}
}

static struct policy nodes_under(const struct terms *terms, enum column column,
                                 struct policy policy)
{
	if (terms->nodes == NODES_RENAME)
		return (struct policy){
			TRANSFORM_NODES, "Nodes get new names; how many, and of which class, stays."
		};
	if (terms->nodes == NODES_DROP && !terms->keep[column])
		return (struct policy){ TRANSFORM_DROP, "Where a job ran helps to find it again." };
	return policy;
}

/* Whether a job can be found again by the exact value. */
static gboolean is_measured(enum column column)
{
	return column == COLUMN_MAX_RSS || column == COLUMN_MEM_USED;
}

static struct policy coarsely(enum column column, struct policy policy)
{
	if (column == COLUMN_USER_CPU || column == COLUMN_SYSTEM_CPU)
		return (struct policy){
			TRANSFORM_DROP,
			"Two numbers help more to find a job again than TotalCPU, their sum."
		};
	if (!column_is_read(column))
		return (struct policy){ TRANSFORM_DROP,
			                "No report reads it, and it helps to find a job again." };
	if (column == COLUMN_LIMIT_SECONDS || column_info(column)->kind == VALUE_DURATION)
		return (struct policy){ TRANSFORM_DURATION,
			                "A duration, rounded: exact ones single a job out." };
	if (is_measured(column))
		return (struct policy){ TRANSFORM_AMOUNT, "An amount, of which two digits stay." };
	if (column == COLUMN_TRES_USAGE_IN_TOT || column == COLUMN_TRES_USAGE_IN_AVE)
		return (struct policy){
			TRANSFORM_USAGE,
			"Amounts used, rounded; those that no report reads are left out."
		};
	if (policy.transform == TRANSFORM_TRES)
		return (struct policy){ TRANSFORM_HELD, "Amounts asked for or held; those that no "
			                                "report reads are left out, such as "
			                                "the energy, which was measured." };
	return policy;
}

static struct policy under(const struct terms *terms, enum column column, struct policy policy)
{
	enum value_kind kind = column_info(column)->kind;

	if (policy.transform == TRANSFORM_DROP && terms->keep[column])
		policy = by_hand(column);
	if (kind == VALUE_HOSTS && policy.transform != TRANSFORM_DROP)
		policy = nodes_under(terms, column, policy);
	if (kind == VALUE_TIME && terms->times != TIMES_SECOND)
		policy = (struct policy){ TRANSFORM_TIME,
			                  "A time, cut: exact ones single a job out." };
	if (kind == VALUE_JOB && terms->renumber)
		policy = (struct policy){ TRANSFORM_RENUMBER,
			                  "New numbers; a job and its steps stay together." };
	if (terms->pool && (column == COLUMN_ACCOUNT || column == COLUMN_GROUP))
		policy.why =
			"A name; those of few users have one pseudonym together, " PSEUDONYM_OTHER
			".";
	if (terms->coarse && policy.transform != TRANSFORM_DROP && !terms->keep[column])
		policy = coarsely(column, policy);
	return policy;
}

struct policy policy_for(const struct terms *terms, struct slice header_name)
{
	enum column column;
	struct policy policy = *by_default(header_name, &column);

	if (!terms || column == COLUMNS)
		return policy;
	if (terms->drop[column])
		return (struct policy){ TRANSFORM_DROP, "Dropped by hand." };
	return under(terms, column, policy);
}

gboolean policy_sums(const struct terms *terms)
{
	static const enum column columns[] = { COLUMN_USER_CPU, COLUMN_SYSTEM_CPU,
		                               COLUMN_TOTAL_CPU };

	for (guint i = 0; terms && i < G_N_ELEMENTS(columns); i++)
		if (terms->drop[columns[i]] ||
		    (columns[i] != COLUMN_TOTAL_CPU && terms->keep[columns[i]]))
			return FALSE;
	return terms && terms->coarse;
}

/* The first of that name; the count when there is none. */
static guint find_among(const struct slice *header, guint count, enum column wanted)
{
	enum column column;
	guint at = 0;

	while (at < count && !(column_find(slice_trim(header[at]), &column) && column == wanted))
		at++;
	return at;
}

struct policy policy_among(const struct terms *terms, const struct slice *header, guint count,
                           guint at)
{
	struct policy policy = policy_for(terms, header[at]);
	guint user, system;

	if (policy.transform != TRANSFORM_DROP || !policy_sums(terms) ||
	    find_among(header, count, COLUMN_TOTAL_CPU) < count)
		return policy;
	user = find_among(header, count, COLUMN_USER_CPU);
	system = find_among(header, count, COLUMN_SYSTEM_CPU);
	if (at == user && system < count)
		return (struct policy){ TRANSFORM_SUM, "Added to SystemCPU: two numbers help more "
			                               "to find a job again than their sum." };
	return policy;
}

gboolean policy_drops_by_default(enum column column)
{
	return !policies[column].why || policies[column].transform == TRANSFORM_DROP;
}

const char *transform_name(enum transform transform)
{
	static const char *const names[] = {
		[TRANSFORM_DROP] = "dropped",
		[TRANSFORM_KEEP] = "kept",
		[TRANSFORM_PSEUDONYM] = "pseudonym",
		[TRANSFORM_STATE] = "kept without user number",
		[TRANSFORM_JOB] = "kept as it is",
		[TRANSFORM_HOSTS] = "kept without domain",
		[TRANSFORM_WORD] = "kept, or a token",
		[TRANSFORM_TRES] = "kept; names of types kept or a token",
		[TRANSFORM_TEXT] = "kept, known names replaced",
		[TRANSFORM_TIME] = "coarsened",
		[TRANSFORM_DURATION] = "rounded",
		[TRANSFORM_SUM] = "TotalCPU, rounded",
		[TRANSFORM_AMOUNT] = "rounded",
		[TRANSFORM_USAGE] = "rounded; names of types kept or a token",
		[TRANSFORM_HELD] = "kept without what no report reads; names of types kept or a token",
		[TRANSFORM_RENUMBER] = "renumbered",
		[TRANSFORM_NODES] = "renamed",
	};

	return names[transform];
}

const char *policy_kind_name(struct slice header_name)
{
	static const char *const names[] = {
		[VALUE_JOB] = "job number", [VALUE_PERSON] = "name",
			[VALUE_WORD] = "word of the site",
		[VALUE_NUMBER] = "number", [VALUE_TIME] = "time", [VALUE_DURATION] = "duration",
		[VALUE_MEMORY] = "amount", [VALUE_TRES] = "resources", [VALUE_HOSTS] = "nodes",
		[VALUE_STATE] = "state", [VALUE_CODE] = "exit code", [VALUE_TEXT] = "free text",
	};
	enum column column;

	return column_find(slice_trim(header_name), &column) ? names[column_info(column)->kind]
	                                                     : "unknown";
}

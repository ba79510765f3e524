/* SPDX-License-Identifier: Apache-2.0 */
#include "record/vocabulary.h"

#include "record/value.h"

/* The columns by which a row is known to be one, and which it cannot lack. */
static const enum column keys[] = {
	COLUMN_JOB_ID, COLUMN_JOB_ID_RAW, COLUMN_STATE, COLUMN_SUBMIT,      COLUMN_START,
	COLUMN_END,    COLUMN_ELAPSED,    COLUMN_ELAPSED_RAW,
};

static gboolean is_key(int column)
{
	for (guint i = 0; i < G_N_ELEMENTS(keys); i++)
		if ((int)keys[i] == column)
			return TRUE;
	return FALSE;
}

static int find(struct slice name)
{
	enum column column;

	return column_find(name, &column) ? (int)column : -1;
}

static struct slice name_of(struct slice *list)
{
	struct slice item = slice_cut(list, ',');

	return slice_cut(&item, '=');
}

/* A list names a thing once: that is how the ends of two lists are told that stand side by side. */
static gboolean names_twice(struct slice list)
{
	while (list.length > 0) {
		struct slice name = name_of(&list), rest = list;

		while (rest.length > 0)
			if (slice_equal(name_of(&rest), name))
				return TRUE;
	}
	return FALSE;
}

static gboolean is_usage(int column)
{
	return column == COLUMN_TRES_USAGE_IN_TOT || column == COLUMN_TRES_USAGE_IN_AVE;
}

/* What the reader does not take in a column is no sign that a row belongs so. What was used is a
 * list of times and bytes, what was given one of counts. */
static gboolean is_taken(int column, struct slice text)
{
	struct tres tres;
	gint64 ignored;

	switch (column) {
	case COLUMN_TRES_USAGE_IN_TOT:
	case COLUMN_TRES_USAGE_IN_AVE:
		return memchr(text.data, '=', text.length) && value_tres(text, TRUE, &tres);
	case COLUMN_ALLOC_TRES:
	case COLUMN_REQ_TRES:
	case COLUMN_ALLOC_GRES:
	case COLUMN_REQ_GRES:
		return value_tres(text, FALSE, &tres);
	case COLUMN_TOTAL_CPU:
	case COLUMN_USER_CPU:
	case COLUMN_SYSTEM_CPU:
		return value_duration(text, &ignored);
	default:
		return TRUE;
	}
}

static gboolean fits(int column, struct slice text)
{
	enum value_kind kind = column_info((enum column)column)->kind;

	if (kind == VALUE_TEXT)
		return TRUE;
	/* Or NA, which R writes where a number is missing. */
	if (slice_empty(value_person(text)) && !is_key(column))
		return TRUE;
	return !slice_empty(text) && column_value_valid(kind, text) && is_taken(column, text) &&
	       (kind != VALUE_TRES || !names_twice(text));
}

static enum looseness looseness(int column)
{
	switch (column_info((enum column)column)->kind) {
	case VALUE_TEXT:
		return LOOSE_TEXT;
	case VALUE_TRES:
	case VALUE_HOSTS:
		return LOOSE_LIST;
	/* 12_[1,3], and 7+0 of several that belong together */
	case VALUE_JOB:
		return LOOSE_NAME;
	default:
		return column == COLUMN_ACCOUNT ? LOOSE_NAME : LOOSE_NOT;
	}
}

/* Nobody reads pages and vmem, which may stand at the end of one list or begin the next. */
static gboolean same_resources(gboolean usage, struct slice one, struct slice other)
{
	struct tres a, b;

	return value_tres(one, usage, &a) && value_tres(other, usage, &b) && a.cpus == b.cpus &&
	       a.nodes == b.nodes && a.memory_bytes == b.memory_bytes && a.gpus == b.gpus &&
	       a.mig_slices == b.mig_slices && a.gpu_util == b.gpu_util &&
	       a.cpu_milliseconds == b.cpu_milliseconds && slice_equal(a.gpu_type, b.gpu_type);
}

/* In which nothing is read as no time. */
static gint64 suspended_milliseconds(struct slice text)
{
	gint64 milliseconds;

	return value_seconds(text, &milliseconds) ? MAX(milliseconds, 0) : 0;
}

static gboolean same(int column, struct slice one, struct slice other)
{
	if (!column_is_read((enum column)column) || slice_equal(one, other))
		return TRUE;
	if (column == COLUMN_SUSPENDED)
		return suspended_milliseconds(one) == suspended_milliseconds(other);
	return column_info((enum column)column)->kind == VALUE_TRES &&
	       same_resources(is_usage(column), one, other);
}

/* Whose job it is counts as much as when it ran. */
static gboolean may_miss(int column)
{
	return !is_key(column) && column != COLUMN_USER && column != COLUMN_ACCOUNT;
}

static const struct fixed_form forms[] = {
	{ "the 26 columns of Open XDMoD",
	  "JobID,JobIDRaw,Cluster,Partition,QOS,Account,Group,GID,User,UID,Submit,Eligible,Start,"
	  "End,Elapsed,ExitCode,State,NNodes,NCPUS,ReqCPUS,ReqMem,ReqTRES,AllocTRES,Timelimit,"
	  "NodeList,JobName" },
	{ "the 25 columns of HPC Cost Simulator",
	  "State,JobID,ReqCPUS,ReqMem,ReqNodes,Constraints,Submit,Eligible,Start,Elapsed,"
	  "Suspended,End,ExitCode,DerivedExitCode,AllocNodes,NCPUS,MaxDiskRead,MaxDiskWrite,"
	  "MaxPages,MaxRSS,MaxVMSize,CPUTime,UserCPU,SystemCPU,TotalCPU" },
	{ "the 26 columns of HPC Cost Simulator",
	  "State,JobID,ReqCPUS,ReqMem,ReqNodes,Constraints,Submit,Eligible,Start,Elapsed,"
	  "Suspended,End,ExitCode,DerivedExitCode,AllocNodes,NCPUS,MaxDiskRead,MaxDiskWrite,"
	  "MaxPages,MaxRSS,MaxVMSize,CPUTime,UserCPU,SystemCPU,TotalCPU,Partition" },
};

/* A state that is not known sets a row aside; it does not make a file another one. */
static gboolean is_shouted(struct slice text)
{
	struct slice word = slice_cut(&text, ' ');

	for (size_t i = 0; i < word.length; i++)
		if (!g_ascii_isupper(word.data[i]) && word.data[i] != '_')
			return FALSE;
	return word.length > 1;
}

static gboolean is_of_form(const struct fixed_form *form, const struct slice *fields, guint count)
{
	struct slice names = slice_of(form->names);
	guint at = 0;

	for (; names.length > 0; at++) {
		int column = find(slice_cut(&names, ','));

		if (at >= count)
			return FALSE;
		if (column == COLUMN_STATE ? !is_shouted(fields[at]) : !fits(column, fields[at]))
			return FALSE;
	}
	return at == count;
}

static const struct fixed_form *fixed(const struct slice *fields, guint count)
{
	for (guint i = 0; i < G_N_ELEMENTS(forms); i++)
		if (is_of_form(&forms[i], fields, count))
			return &forms[i];
	return NULL;
}

const struct vocabulary column_vocabulary = { find, fits, looseness, same, may_miss, fixed };

/* SPDX-License-Identifier: Apache-2.0 */
#include "print.h"

#include "schedule.h"
#include "text.h"
#include "usage.h"

#define CLUSTER "sample"
#define QOS "synthetic"
#define FIRST_UID 31001
#define GPU_TYPE "a100"

static const char header[] =
	"JobIDRaw|JobID|Cluster|User|Account|Group|Partition|QOS|State|Submit|Eligible|Start|End|"
	"ElapsedRaw|TimelimitRaw|ReqCPUS|AllocCPUS|ReqMem|NNodes|NodeList|ReqTRES|AllocTRES|"
	"TotalCPU|MaxRSS|NTasks|TRESUsageInTot|TRESUsageInAve\n";

static void bar(GString *to)
{
	g_string_append_c(to, '|');
}

static void number(GString *to, gint64 value)
{
	g_string_append_printf(to, "%" G_GINT64_FORMAT "|", value);
}

static void moment(GString *to, gint64 seconds)
{
	text_time(to, seconds);
	bar(to);
}

static gboolean pending(const struct job *job)
{
	return job->start == NEVER && job->end == NEVER;
}

/* Waiting for another job, or not yet submitted: sacct does not list it. */
static gboolean listed(const struct job *job)
{
	return job->eligible != NEVER && job->eligible <= EXPORTED;
}

static guint uid_who_cancelled(const struct job *job)
{
	return usage_noise(job, 6, 12) == 0 || job->end == EXPORTED ? 0 : FIRST_UID + job->person;
}

static void job_state(GString *to, const struct job *job)
{
	static const char *const words[] = { "COMPLETED", "FAILED", "TIMEOUT", "CANCELLED",
	                                     "OUT_OF_MEMORY", "NODE_FAIL" };

	if (pending(job))
		g_string_append(to, "PENDING");
	else if (schedule_running(job))
		g_string_append(to, "RUNNING");
	else if (job->start == NEVER || job->outcome == OUTCOME_CANCELLED)
		g_string_append_printf(to, "CANCELLED by %u", uid_who_cancelled(job));
	else
		g_string_append(to, words[job->outcome]);
	bar(to);
}

static void step_state(GString *to, const struct job *job, const struct step *step)
{
	gboolean is_srun = g_ascii_isdigit(*step->name);

	if (schedule_running(job))
		g_string_append(to, "RUNNING");
	else if (step->end < job->end || *step->name == 'e' || job->outcome == OUTCOME_COMPLETED)
		g_string_append(to, "COMPLETED");
	else if (job->outcome == OUTCOME_FAILED || job->outcome == OUTCOME_OUT_OF_MEMORY)
		g_string_append(to, job->outcome == OUTCOME_FAILED ? "FAILED" : "OUT_OF_MEMORY");
	else if (job->outcome == OUTCOME_CANCELLED && is_srun)
		g_string_append_printf(to, "CANCELLED by %u", uid_who_cancelled(job));
	else
		g_string_append(to, "CANCELLED");
	bar(to);
}

/* What is held on `nodes` nodes. A request may name the GPUs' type; an allocation always does. */
static void tres(GString *to, const struct job *job, int nodes, gboolean billing, gboolean typed)
{
	if (billing)
		g_string_append_printf(to, "billing=%d,", nodes * job->cpus);
	g_string_append_printf(to, "cpu=%d,", nodes * job->cpus);
	if (job->gpus && typed)
		g_string_append_printf(to, "gres/gpu:" GPU_TYPE "=%d,", nodes * job->gpus);
	if (job->gpus)
		g_string_append_printf(to, "gres/gpu=%d,", nodes * job->gpus);
	g_string_append(to, "mem=");
	text_size(to, (gint64)nodes * job->memory_mb, 'M');
	g_string_append_printf(to, ",node=%d", nodes);
}

/* JobID, or of the tasks of an array that still wait the bracket. */
static void job_name(GString *to, const struct job *job, int first_waiting)
{
	if (!job->array)
		g_string_append_printf(to, "%u", job->id);
	else if (!pending(job))
		g_string_append_printf(to, "%u_%d", job->array, job->task);
	else if (first_waiting == job->task)
		g_string_append_printf(to, "%u_[%d]", job->array, job->task);
	else
		g_string_append_printf(to, "%u_[%d-%d]", job->array, first_waiting, job->task);
}

static void owner(GString *to, const struct job *job)
{
	const struct account *account = account_of(job->person);

	g_string_append_printf(to, CLUSTER "|%s|%s|%s|%s|" QOS "|", people[job->person],
	                       account->name, account->group, pools[job->kind->pool].partition);
}

static void job_times(GString *to, const struct job *job)
{
	gboolean unfinished = pending(job) || schedule_running(job);

	moment(to, job->submit);
	moment(to, job->eligible);
	moment(to, job->start == NEVER ? job->end : job->start);
	moment(to, unfinished ? NEVER : job->end);
	number(to, job->start == NEVER ? 0 : MIN(job->end, EXPORTED) - job->start);
	number(to, job->limit_seconds / 60);
}

static void job_row(GString *to, const struct job *job, const struct usage *usage,
                    int first_waiting)
{
	gint64 cpus = job->nodes * job->cpus;

	number(to, job->id);
	job_name(to, job, first_waiting);
	bar(to);
	owner(to, job);
	job_state(to, job);
	job_times(to, job);
	number(to, cpus);
	number(to, cpus);
	text_size(to, (gint64)job->nodes * job->memory_mb, 'M');
	bar(to);
	number(to, job->nodes);
	if (job->start == NEVER)
		g_string_append(to, "None assigned");
	else
		text_hosts(to, &pools[job->kind->pool], job->places, job->nodes);
	bar(to);
	tres(to, job, job->nodes, TRUE, usage_noise(job, 7, 3) == 0);
	bar(to);
	if (job->start != NEVER)
		tres(to, job, job->nodes, TRUE, TRUE);
	bar(to);
	text_cpu_time(to, usage->cpu_milliseconds);
	g_string_append(to, "||||\n");
}

/* One share of what a step used: of all its tasks (1) or the mean of them. */
static void used(GString *to, const struct job *job, const struct step *step, int tasks)
{
	g_string_append(to, "cpu=");
	text_duration(to, step->cpu_milliseconds / 1000 / tasks);
	g_string_append(to, ",energy=0,fs/disk=8131");
	if (step->gpu_util >= 0)
		g_string_append_printf(to, ",gres/gpumem=%dM,gres/gpuutil=%d",
		                       31 * 1024 * job->gpus, step->gpu_util);
	g_string_append(to, ",mem=");
	text_size(to, step->memory_kb / tasks, 'K');
	g_string_append(to, ",pages=0,vmem=0");
}

static void step_usage(GString *to, const struct job *job, const struct step *step, enum seen seen)
{
	if (seen == SEEN)
		text_size(to, step->memory_kb / step->tasks, 'K');
	bar(to);
	number(to, step->tasks);
	if (seen == SEEN)
		used(to, job, step, 1);
	else if (seen == SEEN_TOO_SHORT)
		g_string_append(to, "energy=0");
	bar(to);
	if (seen == SEEN)
		used(to, job, step, step->tasks);
	else if (seen == SEEN_TOO_SHORT)
		g_string_append(to, "energy=0");
	g_string_append_c(to, '\n');
}

static void step_row(GString *to, const struct job *job, const struct step *step, enum seen seen)
{
	int nodes = step->everywhere ? job->nodes : 1;

	g_string_append_printf(to, "%u.%s|", job->id, step->name);
	job_name(to, job, 0);
	g_string_append_printf(to, ".%s|" CLUSTER "||%s||||", step->name,
	                       account_of(job->person)->name);
	step_state(to, job, step);
	moment(to, step->start);
	moment(to, step->start);
	moment(to, step->start);
	moment(to, step->end);
	number(to, (step->end == NEVER ? EXPORTED : step->end) - step->start);
	bar(to);
	number(to, nodes * job->cpus);
	number(to, nodes * job->cpus);
	bar(to);
	number(to, nodes);
	text_hosts(to, &pools[job->kind->pool], job->places, nodes);
	bar(to);
	bar(to);
	tres(to, job, nodes, *step->name == 'e', TRUE);
	bar(to);
	text_cpu_time(to, step->cpu_milliseconds);
	bar(to);
	step_usage(to, job, step, seen);
}

static gint by_id(gconstpointer a, gconstpointer b)
{
	const struct job *left = *(struct job *const *)a, *right = *(struct job *const *)b;

	if (left->id != right->id)
		return left->id < right->id ? -1 : 1;
	return left->submit < right->submit ? -1 : left->submit > right->submit;
}

/* The tasks of an array that wait are one row, under the array's number: the last task's. How many
 * wait before that one. */
static int waiting_before(const GPtrArray *jobs, guint last)
{
	const struct job *job = g_ptr_array_index(jobs, last);
	int waiting = 0;

	for (guint i = last + 1; job->array && i < jobs->len; i++) {
		const struct job *other = g_ptr_array_index(jobs, i);

		if (other->array != job->array)
			break;
		waiting += pending(other);
	}
	return waiting;
}

void print_jobs(GString *to, GPtrArray *jobs)
{
	g_ptr_array_sort(jobs, by_id);
	g_string_append(to, header);
	for (guint i = 0; i < jobs->len; i++) {
		const struct job *job = g_ptr_array_index(jobs, i);
		struct usage usage = { .count = 0 };
		gboolean in_bracket = job->array && pending(job) && job->id != job->array;

		if (!listed(job) || in_bracket)
			continue;
		if (job->start != NEVER)
			usage_of(job, &usage);
		job_row(to, job, &usage, job->task - waiting_before(jobs, i));
		for (int k = 0; k < usage.count; k++)
			step_row(to, job, &usage.steps[k], usage.seen);
	}
}

/* What jobs hold on one node. */
static void node_held(const GPtrArray *jobs, enum pool pool, int node, int held[3])
{
	for (guint i = 0; i < jobs->len; i++) {
		const struct job *job = g_ptr_array_index(jobs, i);

		if (job->kind->pool != pool || !schedule_running(job))
			continue;
		for (int k = 0; k < job->nodes; k++) {
			if (job->places[k] != node)
				continue;
			held[0] += job->cpus;
			held[1] += job->memory_mb;
			held[2] += job->gpus;
		}
	}
}

static void node_tres(GString *to, const char *name, int cpus, int memory_mb, int gpus)
{
	g_string_append_printf(to, " %s=", name);
	if (!cpus)
		return;
	g_string_append_printf(to, "cpu=%d,mem=", cpus);
	text_size(to, memory_mb, 'M');
	if (*name == 'C')
		g_string_append_printf(to, ",billing=%d", cpus);
	if (gpus)
		g_string_append_printf(to, ",gres/gpu=%d,gres/gpu:" GPU_TYPE "=%d", gpus, gpus);
}

static void node_line(GString *to, const struct pool_info *info, int node, const int held[3])
{
	g_autofree char *name = g_strdup_printf("%s%0*d", info->stem, info->digits, node + 1);
	const char *state = held[0] == 0 ? "IDLE" : held[0] == info->cpus ? "ALLOCATED" : "MIXED";

	g_string_append_printf(to, "NodeName=%s Arch=x86_64 CoresPerSocket=%d  CPUAlloc=%d"
	                       " CPUEfctv=%d CPUTot=%d CPULoad=%d.00 AvailableFeatures=synthetic"
	                       " ActiveFeatures=synthetic Gres=", name, info->cpus / 2, held[0],
	                       info->cpus, info->cpus, held[0]);
	if (info->gpus)
		g_string_append_printf(to, "gpu:" GPU_TYPE ":%d", info->gpus);
	else
		g_string_append(to, "(null)");
	g_string_append_printf(to, " NodeAddr=%s NodeHostName=%s Version=22.05.8"
	                       " OS=Linux 6.1.0 #1 SMP PREEMPT_DYNAMIC RealMemory=%d AllocMem=%d"
	                       " FreeMem=%d Sockets=2 Boards=1 State=%s ThreadsPerCore=1 TmpDisk=0"
	                       " Weight=1 Owner=N/A MCS_label=N/A Partitions=%s "
	                       " BootTime=2025-01-01T00:00:00 SlurmdStartTime=2025-01-01T00:00:00",
	                       name, name, info->memory_mb, held[1], info->memory_mb - held[1],
	                       state, info->partition);
	node_tres(to, "CfgTRES", info->cpus, info->memory_mb, info->gpus);
	node_tres(to, "AllocTRES", held[0], held[1], held[2]);
	g_string_append(to, " CapWatts=n/a CurrentWatts=0 AveWatts=0 ExtSensorsJoules=n/s"
	                    " ExtSensorsWatts=0 ExtSensorsTemp=n/s\n");
}

void print_nodes(GString *to, const GPtrArray *jobs)
{
	for (enum pool pool = 0; pool < POOLS; pool++) {
		for (int node = 0; node < pools[pool].nodes; node++) {
			int held[3] = { 0, 0, 0 };

			node_held(jobs, pool, node, held);
			node_line(to, &pools[pool], node, held);
		}
	}
}

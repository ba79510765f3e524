/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/bench/export.h"

#include <string.h>
#include <unistd.h>

#define BUFFER (1 << 20)
#define LONGEST_ROW 4096
#define DAYS 800 /* of which dates are known */
#define GPU "a100"

struct export
{
	char *at, *row; /* the end of what is written, the begin of its last row */
	gboolean broken;
	const struct burst *burst;
	char owner[96], shape[64], requested[128], allocated[128],
		held[128]; /* of the burst; ready to be copied */
	char dates[DAYS][11];
	char buffer[BUFFER];
};

static void fill_dates(struct export *export)
{
	static const guint month_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	guint year = 2025, month = 0, day = 0;

	for (guint i = 0; i < DAYS; i++) {
		g_snprintf(export->dates[i], sizeof export->dates[i], "%04u-%02u-%02u",
		           year % 10000, month + 1, day + 1);
		if (++day < month_days[month])
			continue;
		day = 0;
		month = (month + 1) % 12;
		year += month == 0;
	}
}

struct export *export_new(void)
{
	struct export *export = g_new0(struct export, 1);

	export->at = export->row = export->buffer;
	fill_dates(export);
	return export;
}

static void flush(struct export *export)
{
	const char *from = export->buffer;

	while (from < export->at && !export->broken) {
		ssize_t written = write(STDOUT_FILENO, from, (size_t)(export->at - from));

		export->broken = written <= 0;
		from += written;
	}
	export->at = export->buffer;
}

gboolean export_close(struct export *export)
{
	gboolean done;

	flush(export);
	done = !export->broken;
	g_free(export);
	return done;
}

static void begin_row(struct export *export)
{
	if (export->at - export->buffer > BUFFER - LONGEST_ROW)
		flush(export);
	export->row = export->at;
}

/* Pieces of a row */

static inline char *text(char *at, const char *from)
{
	return stpcpy(at, from);
}

static inline char *two(char *at, guint number)
{
	*at++ = (char)('0' + number / 10);
	*at++ = (char)('0' + number % 10);
	return at;
}

static char *number(char *at, guint64 value)
{
	char digits[20];
	guint i = sizeof digits;

	do
		digits[--i] = (char)('0' + value % 10);
	while (value /= 10);
	memcpy(at, digits + i, sizeof digits - i);
	return at + sizeof digits - i;
}

static char *clock_of(char *at, guint second)
{
	at = two(at, second / 3600);
	*at++ = ':';
	at = two(at, second / 60 % 60);
	*at++ = ':';
	return two(at, second % 60);
}

static char *moment(struct export *export, char *at, gint64 seconds)
{
	guint day = MIN((guint)(seconds / 86400), DAYS - 1);

	memcpy(at, export->dates[day], 10);
	at[10] = 'T';
	at = clock_of(at + 11, (guint)(seconds % 86400));
	*at++ = '|';
	return at;
}

/* Below an hour with thousandths, from then on without, as sacct does. */
static char *duration(char *at, gint64 milliseconds)
{
	guint seconds = (guint)(milliseconds / 1000), rest = (guint)(milliseconds % 1000);

	if (seconds >= 86400) {
		at = number(at, seconds / 86400);
		*at++ = '-';
	}
	if (seconds >= 3600 || rest == 0)
		return clock_of(at, seconds % 86400);
	at = two(at, seconds / 60);
	*at++ = ':';
	at = two(at, seconds % 60);
	*at++ = '.';
	*at++ = (char)('0' + rest / 100);
	return two(at, rest % 100);
}

static char *host_number(char *at, guint value)
{
	at = two(at, value / 100);
	return two(at, value % 100);
}

static char *host_list(char *at, const struct burst *burst, const struct job *job)
{
	guint last = job->node + burst->node_count - 1;

	if (job->node == 0)
		return text(at, "None assigned");
	at = text(at, burst->nodes->stem);
	if (burst->node_count == 1)
		return host_number(at, job->node);
	*at++ = '[';
	at = host_number(at, job->node);
	if (job->gap) {
		*at++ = ',';
		at = host_number(at, job->node + 2);
		last++;
	}
	if (!job->gap || burst->node_count > 2) {
		*at++ = '-';
		at = host_number(at, last);
	}
	*at++ = ']';
	return at;
}

/* Rows */

void export_header(struct export *export)
{
	begin_row(export);
	export->at = text(export->at, "JobIDRaw|JobID|Cluster|User|Account|Group|Partition|QOS|"
	                              "State|Submit|Eligible|Start|"
	                              "End|ElapsedRaw|TimelimitRaw|ReqCPUS|AllocCPUS|ReqMem|NNodes|"
	                              "NodeList|ReqTRES|AllocTRES|"
	                              "TotalCPU|MaxRSS|NTasks|TRESUsageInTot|TRESUsageInAve\n");
}

static char *memory(char *at, guint mib)
{
	at = number(at, mib % 1024 == 0 ? mib / 1024 : mib);
	*at++ = mib % 1024 == 0 ? 'G' : 'M';
	*at = '\0';
	return at;
}

static void write_tres(char *to, const struct burst *burst, gboolean billing, gboolean typed)
{
	guint cpus = burst->node_count * burst->cpus, gpus = burst->node_count * burst->gpus;
	char mem[16], *end = to;

	memory(mem, burst->node_count * burst->memory_mib);
	if (billing)
		end += g_snprintf(end, 32, "billing=%u,", cpus);
	end += g_snprintf(end, 32, "cpu=%u,", cpus);
	if (gpus > 0 && typed)
		end += g_snprintf(end, 32, "gres/gpu:" GPU "=%u,", gpus);
	if (gpus > 0)
		end += g_snprintf(end, 32, "gres/gpu=%u,", gpus);
	g_snprintf(end, 48, "mem=%s,node=%u", mem, burst->node_count);
}

void export_burst(struct export *export, const struct burst *burst)
{
	const struct person *person = burst->person;
	guint cpus = burst->node_count * burst->cpus;
	char mem[16];

	export->burst = burst;
	memory(mem, burst->node_count * burst->memory_mib);
	g_snprintf(export->owner, sizeof export->owner, "|bench|%s|%s|%s|%s|normal|", person->user,
	           person->account, person->group, burst->nodes->partition);
	g_snprintf(export->shape, sizeof export->shape, "|%u|%u|%u|%s|%u|", burst->limit_minutes,
	           cpus, cpus, mem, burst->node_count);
	write_tres(export->requested, burst, TRUE, FALSE);
	write_tres(export->allocated, burst, TRUE, TRUE);
	write_tres(export->held, burst, FALSE, TRUE);
}

static char *identity(char *at, const struct burst *burst, const struct job *job, const char *step)
{
	at = text(number(at, job->number), step);
	*at++ = '|';
	if (!burst->array)
		return text(number(at, job->number), step);
	at = number(at, burst->array);
	*at++ = '_';
	return text(number(at, job->task), step);
}

void export_job(struct export *export, const struct job *job)
{
	begin_row(export);

	char *at = identity(export->at, export->burst, job, "");

	at = text(text(at, export->owner), job->state);
	*at++ = '|';
	at = moment(export, at, job->submit);
	at = moment(export, at, job->eligible);
	at = moment(export, at, job->start);
	at = moment(export, at, job->start + job->elapsed);
	at = number(at, (guint64)job->elapsed);
	at = text(at, export->shape);
	at = host_list(at, export->burst, job);
	*at++ = '|';
	at = text(at, export->requested);
	*at++ = '|';
	at = text(at, job->node > 0 ? export->allocated : "");
	*at++ = '|';
	export->at = text(duration(at, job->used_milliseconds), "||||\n");
}

static char *step_usage(char *at, const struct burst *burst, const struct job *job,
                        const struct step *step)
{
	*at++ = '|';
	at = duration(text(at, "cpu="), step->used_milliseconds / 1000 * 1000);
	at = number(text(at, ",energy=0,fs/disk="), 2000 + job->number % 6000);
	if (burst->gpus > 0 && step->used_milliseconds > 0)
		at = number(text(at, ",gres/gpumem=1200M,gres/gpuutil="), job->number % 101);
	at = number(text(at, ",mem="), step->peak_kib);
	return text(at, step->peak_kib > 0 ? "K,pages=0,vmem=0" : ",pages=0,vmem=0");
}

/* It does not say again who it is for and what was asked. */
void export_step(struct export *export, const struct job *job, const struct step *step)
{
	const struct burst *burst = export->burst;
	guint cpus = burst->node_count * burst->cpus;

	begin_row(export);

	char *at = identity(export->at, burst, job, step->name);

	at = text(text(text(at, "|bench||"), burst->person->account), "||||COMPLETED|");
	for (guint i = 0; i < 3; i++)
		at = moment(export, at, job->start);
	at = moment(export, at, job->start + job->elapsed);
	at = text(number(at, (guint64)job->elapsed), "||");
	at = text(number(at, cpus), "|");
	at = text(number(at, cpus), "||");
	at = text(number(at, burst->node_count), "|");
	at = text(host_list(at, burst, job), "||");
	at = text(text(at, export->held), "|");
	at = text(duration(at, step->used_milliseconds), "|");
	at = text(number(at, step->peak_kib), step->peak_kib > 0 ? "K|1" : "|1");
	at = step_usage(at, burst, job, step);
	at = step_usage(at, burst, job, step);
	*at++ = '\n';
	export->at = at;
}

void export_mangle(struct export *export, guint way)
{
	char *bar = memchr(export->row, '|', (size_t)(export->at - export->row));
	size_t rest = (size_t)(export->at - bar);

	switch (way) {
	case 0: /* a field too many */
		memmove(bar + 1, bar, rest);
		export->at++;
		break;
	case 1: /* a newline inside a field */
		memmove(bar + 1, bar, rest);
		*bar = '\n';
		export->at++;
		break;
	case 2: /* no job id */
		*export->row = 'x';
		break;
	default: /* cut short */
		export->at = bar + rest / 2;
		*export->at++ = '\n';
		break;
	}
}

/* The nodes, as `scontrol show node -o` lists them. */

void export_inventory(struct export *export)
{
	for (guint kind = 0; kind < NODES_KINDS; kind++) {
		const struct nodes *of = &nodes[kind];
		char gres[64] = "";

		if (of->gpus > 0)
			g_snprintf(gres, sizeof gres, ",gres/gpu=%u,gres/gpu:" GPU "=%u", of->gpus,
			           of->gpus);
		for (guint i = 1; i <= of->count; i++) {
			begin_row(export);
			export->at += g_snprintf(
				export->at, LONGEST_ROW,
				"NodeName=%s%04u Arch=x86_64 CoresPerSocket=%u CPUAlloc=0 "
			        "CPUEfctv=%u CPUTot=%u "
				"CPULoad=0.00 RealMemory=%u AllocMem=0 Sockets=2 Boards=1 "
			        "State=IDLE ThreadsPerCore=1 "
				"Partitions=%s CfgTRES=cpu=%u,mem=%uM,billing=%u%s AllocTRES=\n",
				of->stem, i, of->cpus / 2, of->cpus, of->cpus, of->memory_mib,
				of->partition, of->cpus, of->memory_mib, of->cpus, gres);
		}
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
/* value: the text of a field → a number with a unit. Every parser checks every byte, and says
 * FALSE rather than guess; what each form means is documented in doc/model.md, "A job". */
#ifndef RECORD_VALUE_H
#define RECORD_VALUE_H

#include "base/slice.h"
#include "base/zone.h"
#include "record/digits.h"

#define VALUE_UNKNOWN G_MININT64   /* not printed, or printed as "Unknown", "None", "?" */
#define VALUE_UNLIMITED G_MAXINT64 /* UNLIMITED and its sentinels */

/* To what times are cut. */
enum time_step { TIMES_SECOND, TIMES_MINUTE, TIMES_HOUR, TIMES_DAY };

/* A row's name: 12, 12_3, 12_[1-4%2], 162+1, and of steps 12.batch, 12_3.0, 162+1.extern. */
struct job_name {
	struct slice base; /* without the step: what a job and its steps share */
	gboolean step;
};

/* For value_job(): of one that is more than a short number. */
gboolean value_job_parts(struct slice text, struct job_name *name);

static inline gboolean value_job(struct slice text, struct job_name *name)
{
	/* Most rows have a number and nothing else. */
	if (text.length > 20 || !digits_only(text))
		return value_job_parts(text, name);
	*name = (struct job_name){ text, FALSE };
	return TRUE;
}

/* NULL and \N, which databases print where there is nothing, and the NA of R. */
static inline gboolean value_is_nothing(struct slice text)
{
	/* Of each row: hardly any name is as short as one of them and begins like it. */
	return (text.length == 4 && *text.data == 'N' && memcmp(text.data, "NULL", 4) == 0) ||
	       (text.length == 2 &&
	        (memcmp(text.data, "\\N", 2) == 0 || memcmp(text.data, "NA", 2) == 0));
}

/* A user, account or group; empty where there is none. */
static inline struct slice value_person(struct slice text)
{
	return value_is_nothing(text) ? (struct slice){ NULL, 0 } : text;
}

/* ISO with T or blank, with or without seconds, epoch seconds, offset, Z or UTC; Unknown, None,
 * NaT, NULL, NA and empty give VALUE_UNKNOWN. In a repeated hour `late` chooses the second meaning;
 * *ambiguous (may be NULL) says whether that mattered. Years 1990…2100. */
gboolean value_time(struct slice text, struct zone *zone, gboolean late, gint64 *seconds,
                    gboolean *ambiguous);

/* Of what is a time: whether it is one of a clock, with an offset or without, and no seconds since
 * 1970. */
static inline gboolean value_is_clock(struct slice text)
{
	return text.length >= 16 && text.data[4] == '-';
}

/* Whether value_time() would take it, in any zone. */
gboolean value_is_time(struct slice text);

/* D-HH:MM:SS, D days HH:MM:SS, HH:MM:SS, MM:SS, MM:SS.mmm → milliseconds. UNLIMITED →
 * VALUE_UNLIMITED, empty and Partition_Limit → VALUE_UNKNOWN. */
gboolean value_duration(struct slice text, gint64 *milliseconds);

/* TimelimitRaw: minutes as a number, or as value_duration(). */
gboolean value_limit_minutes(struct slice text, gint64 *seconds);

/* Whole numbers, also "1.0" and "1K" as sacct prints them; empty and NULL, \N or NA give
 * VALUE_UNKNOWN, here and below. */
gboolean value_count(struct slice text, gint64 *count);

/* Seconds as a number with or without decimals, or as value_duration(). */
gboolean value_seconds(struct slice text, gint64 *milliseconds);

/* Whether a number with three decimals may as well be one of thousands: 3.600. As a count and as
 * memory it is then none. */
gboolean value_may_be_thousands(struct slice text);

/* A number with or without sign, decimals and unit. */
gboolean value_is_number(struct slice text);

enum memory_per { MEMORY_PER_JOB, MEMORY_PER_NODE, MEMORY_PER_CPU, MEMORY_WHOLE_NODE };

/* ReqMem: 16384 (MB), 16G, 4000Mn, 2Gc, 0n, 2147486448Mn (the per-CPU flag, bit 31), 16?; *bytes
 * may become VALUE_UNKNOWN or VALUE_UNLIMITED. */
gboolean value_memory(struct slice text, gint64 *bytes, enum memory_per *per);

/* MaxRSS and TRES usage: like value_memory() but a bare number is bytes. */
gboolean value_bytes(struct slice text, gint64 *bytes);

struct tres {
	gint64 cpus, nodes, memory_bytes; /* VALUE_UNKNOWN when absent */
	gint64 gpus;       /* whole ones: the untyped total, else the sum of the typed; 0 when
	                      absent */
	gint64 mig_slices; /* gres/gpu types that are MIG profiles ("1g.5gb"); not in gpus */
	gint64 gpu_util;   /* gres/gpuutil, per cent summed over GPUs; VALUE_UNKNOWN when absent */
	gint64 cpu_milliseconds; /* usage strings: cpu=00:01:00; VALUE_UNKNOWN when absent */
	struct slice gpu_type;   /* first type named; empty when none */
};

/* AllocTRES, ReqTRES, TRESUsageIn*, and gres lists (gpu:a100:4, gpu:0, (null)). `usage`: mem
 * without unit is bytes, and cpu is a duration; otherwise mem without unit is MB, and cpu a
 * count. */
gboolean value_tres(struct slice text, gboolean usage, struct tres *tres);

/* Slices of a GPU are named like 1g.5gb or a100_3g.20gb: so many of its units, so much of its
 * memory. */
gboolean value_is_mig(struct slice type);

enum job_state {
	STATE_UNKNOWN, /* no State column, or empty */
	STATE_PENDING, STATE_RUNNING, STATE_SUSPENDED, STATE_RESIZING,
	STATE_COMPLETED, STATE_CANCELLED, STATE_TIMEOUT, STATE_FAILED, STATE_OUT_OF_MEMORY,
	STATE_NODE_FAIL,
	STATE_BOOT_FAIL, STATE_DEADLINE, STATE_PREEMPTED, STATE_REQUEUED, STATE_REVOKED,
	STATES
};

/* By the first word, so that "CANCELLED by 1234" is CANCELLED. FALSE for an unknown word. */
gboolean value_state(struct slice text, enum job_state *state);
const char *state_name(enum job_state state);

/* Not ended: PENDING, RUNNING, SUSPENDED, RESIZING, REQUEUED without end … */
gboolean state_is_open(enum job_state state);

/* How many hosts a list such as a[01-03,7]b[1-2] names, counted without expanding; 0 for empty
 * and for "None assigned". FALSE when malformed or beyond 2^31. */
gboolean hosts_count(struct slice list, gint64 *count);

/* Calls `each` with every host name in order. FALSE when malformed or more than 100,000. */
gboolean hosts_each(struct slice list, void (*each)(struct slice host, void *data), void *data);

#endif

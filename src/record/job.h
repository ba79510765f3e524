/* SPDX-License-Identifier: Apache-2.0 */
/* job: one allocation with its steps folded in: what everything after this room counts. */
#ifndef RECORD_JOB_H
#define RECORD_JOB_H

#include "base/slice.h"
#include "record/value.h"

struct job {
	/* Text, borrowed until the next reader_next(); empty when the column is missing. */
	struct slice cluster, id, user, account, group, partition, qos, nodelist;
	struct slice gpu_type;

	enum job_state state;
	/* Seconds since 1970, or VALUE_UNKNOWN. */
	gint64 submit, eligible, start, end;
	gint64 end_printed; /* as `end`; in a zone that is not known it may lie before `start` */
	gint64 elapsed_seconds; /* net of suspension; never unknown: 0 when it did not run */
	gint64 limit_seconds;   /* VALUE_UNKNOWN, VALUE_UNLIMITED */

	/* What it held. */
	gint64 nodes;        /* 0 when it had none */
	gint64 cpus;
	gint64 gpus;
	gint64 mig_slices;
	gint64 memory_bytes; /* on all its nodes together; VALUE_UNKNOWN; VALUE_UNLIMITED:
	                        sentinels */
	gboolean whole_node_memory; /* asked for all memory of its nodes (0n) */
	gboolean exclusive;         /* took whole nodes by Exclusive= */

	/* What it used; VALUE_UNKNOWN where nothing measured it. */
	gint64 cpu_used_milliseconds;
	gint64 memory_peak_bytes;
	gint64 gpu_util; /* per cent summed over its GPUs */

	gint64 steps;     /* step rows folded in */
	gboolean ran;     /* had nodes */
	gboolean piece;   /* of a job that was given out before: adds hours, and is no further
	                     job */
	gboolean flagged; /* stands beside a row that was set aside */
	gboolean repeats; /* has the cluster, user, account, group, partition and qos of the job
	                     that was given before it by the same reader, to the same taker; FALSE
	                     says nothing */
};

#endif

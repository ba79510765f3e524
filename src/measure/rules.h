/* SPDX-License-Identifier: Apache-2.0 */
/* rules: what must be known before the pass. Two tallies can be merged only when their rules are
 * the same. */
#ifndef MEASURE_RULES_H
#define MEASURE_RULES_H

#include "measure/assumptions.h"

enum group_by { GROUP_BY_ACCOUNT, GROUP_BY_GROUP };

struct rules {
	enum group_by group_by;
	gint64 from, to; /* the window, seconds since 1970, whole minutes; [from, to) */
	/* The window is that of the jobs, and known when all are seen; or, when it is declared, a
	 * slice of time that others may follow. tally_settle() ends that. */
	gboolean undecided;
	gboolean declared; /* it was asked for: a job that ended outside belongs to another report's
	                      totals */
	gint64 memory_headroom_permille[SCENARIOS];
	gint64 cpu_headroom_permille[SCENARIOS];
	gint64 sampling_limit_seconds; /* a shorter job is unmeasured */
	gint64 idle_session_seconds;   /* a TIMEOUT or CANCELLED job of this length is judged for
	                                  idle CPUs */
	gint64 gpu_grace_seconds;      /* GPUs at 0 use for longer than this are idle */
};

/* From the assumptions; the window and group_by remain to be set. */
void rules_init(struct rules *rules, const struct assumptions *assumptions);

/* Which assumption two rules do not share, with its values in both: "cpu_headroom (500, 200, 0 and
 * 300, 200, 0)"; NULL when they measure alike. Window and group_by are not looked at. The caller
 * frees it. */
char *rules_difference(const struct rules *a, const struct rules *b);

gboolean rules_equal(const struct rules *a, const struct rules *b);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* schedule: when and where each job runs: first come, first served, with backfill around one
 * reservation. No node is ever given more than it has; waits come from nothing but contention. */
#ifndef SAMPLE_SCHEDULE_H
#define SAMPLE_SCHEDULE_H

#include "demand.h"

/* Sets start, end and places of every job up to EXPORTED; adds the second runs of jobs that lost
 * their node. */
void schedule_run(GPtrArray *jobs);

/* Whether the job holds its nodes at the time of the export. */
gboolean schedule_running(const struct job *job);

#endif

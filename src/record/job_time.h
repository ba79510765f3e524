/* SPDX-License-Identifier: Apache-2.0 */
/* job_time: when a row's job or step was submitted, began and ended, and for how long it ran. */
#ifndef RECORD_JOB_TIME_H
#define RECORD_JOB_TIME_H

#include "record/job_row.h"

struct job_time {
	gint64 submit, eligible, start, end, end_printed;
	gint64 elapsed_seconds; /* 0 when nothing tells it, or nothing ran */
};

/* A job cannot have run longer than from its start to its end, but for a change of clocks, and
 * where both are cut to the day. */
#define JOB_TIME_SLACK (25 * 3600)

/* The two meanings of a time in a repeated hour are told apart by the time elapsed; what is left
 * open is the earlier one for start and end, and for submit and eligible the one with the shorter
 * wait. A time elapsed that is longer than they allow is none. FALSE and the reason when a field is
 * no time, or end lies before start, though time elapsed, and no repeated hour explains it. */
gboolean job_time_read(struct job_row *row, struct job_time *time);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "record/reader.h"

#include "base/error.h"

static const char *const reasons[ASIDES] = {
	[ASIDE_FIELD_COUNT] = "wrong number of fields",
	[ASIDE_TOO_LONG] = "longer than 1 MiB",
	[ASIDE_NUL] = "a NUL byte",
	[ASIDE_NOT_UTF8] = "not UTF-8",
	[ASIDE_CUT] = "cut off at the end of the file",
	[ASIDE_HEADER] = "a header of other columns",
	[ASIDE_JOB_ID] = "no valid job id",
	[ASIDE_STATE] = "unknown state",
	[ASIDE_TIME] = "no valid time",
	[ASIDE_PLACEHOLDER] = "not filled in yet by the accounting database",
	[ASIDE_ORPHAN_STEP] = "a step without its job",
	[ASIDE_REVERSED] = "ends before it starts",
	[ASIDE_MESSAGE] = "a message of sacct's: the export may be incomplete",
};

const char *set_aside_name(enum set_aside reason)
{
	return reasons[reason];
}

guint64 reading_set_aside(const struct reading *reading)
{
	guint64 sum = 0;

	for (guint i = 0; i < ASIDES; i++)
		sum += reading->set_aside[i];
	return sum;
}

guint64 reading_unreadable(const struct reading *reading)
{
	guint64 sum = 0;

	for (guint i = 0; i < COLUMNS; i++)
		sum += reading->unreadable[i];
	return sum;
}

#define HOURS_ENOUGH 100 /* jobs */
/* Timers submit jobs at full minutes, and some of these begin at once and end as planned: were only
 * one job in a hundred free of that, a thousand would lack it once in twenty thousand files. */
#define SECONDS_ENOUGH 1000

enum time_step times_cut_to(const gboolean has[COLUMNS], guint finer, guint64 jobs)
{
	guint64 enough = finer == 0 ? HOURS_ENOUGH : SECONDS_ENOUGH;

	return (has[COLUMN_START] || has[COLUMN_END]) && jobs >= enough
	               ? (enum time_step)(TIMES_DAY - finer)
	               : TIMES_SECOND;
}

gboolean reading_agrees(const struct reading *reading, GError **error)
{
	return reading->set_aside[ASIDE_HEADER] == 0 ||
	       error_failed(error, "a header of other columns stands among the rows: exports "
				   "that differ were joined; give each as a file of its own");
}

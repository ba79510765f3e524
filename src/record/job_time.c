/* SPDX-License-Identifier: Apache-2.0 */
#include "record/job_time.h"

/* As long as the years that value_time() takes. */
#define MAX_ELAPSED_SECONDS (G_GINT64_CONSTANT(111) * 366 * 86400)

/* No clock change is shorter, so a wait below it has one meaning. */
#define SHORTEST_CHANGE_SECONDS 1200

static struct slice field(const struct job_row *row, enum column column)
{
	return layout_field(row->layout, row->row, column);
}

static gboolean refuse(struct job_row *row, enum set_aside reason)
{
	row->reason = reason;
	return FALSE;
}

/* As long as the job lasted: then a number of seconds has decimals. */
static gboolean is_span(const struct job_time *time, gint64 seconds)
{
	return time->start != VALUE_UNKNOWN && time->end != VALUE_UNKNOWN &&
	       ABS(time->end - time->start - seconds) <= 1;
}

/* A public data set has decimals, an exporter a clock. */
static G_NO_INLINE gint64 elapsed_with_point(const struct job_time *time, struct slice raw)
{
	gint64 milliseconds, seconds;

	if (!value_seconds(raw, &milliseconds))
		return G_MAXINT64;
	seconds = milliseconds == VALUE_UNKNOWN ? VALUE_UNKNOWN : milliseconds / 1000;
	return value_may_be_thousands(raw) && !is_span(time, seconds) ? G_MAXINT64 : seconds;
}

static gint64 elapsed_raw(struct job_row *row, const struct job_time *time)
{
	struct slice raw = field(row, COLUMN_ELAPSED_RAW);
	gint64 seconds;

	/* Behind rows that are split where they stand there is room. */
	gboolean known = row->row->as_split ? digits_number_ahead(raw, &seconds)
	                                    : digits_number(raw, &seconds);

	if (!known && (value_may_be_thousands(raw) || !value_count(raw, &seconds)))
		seconds = elapsed_with_point(time, raw);
	if (seconds <= MAX_ELAPSED_SECONDS)
		return seconds;
	job_row_unreadable(row, COLUMN_ELAPSED_RAW);
	return VALUE_UNKNOWN;
}

static gint64 elapsed_printed(struct job_row *row)
{
	gint64 milliseconds;

	if (value_duration(field(row, COLUMN_ELAPSED), &milliseconds) &&
	    milliseconds / 1000 <= MAX_ELAPSED_SECONDS)
		return milliseconds == VALUE_UNKNOWN ? VALUE_UNKNOWN : milliseconds / 1000;
	job_row_unreadable(row, COLUMN_ELAPSED);
	return VALUE_UNKNOWN;
}

static gint64 read_elapsed(struct job_row *row, const struct job_time *time)
{
	gint64 seconds = elapsed_raw(row, time);

	return seconds != VALUE_UNKNOWN ? seconds : elapsed_printed(row);
}

static gint64 late(const struct job_row *row, enum column column)
{
	gint64 seconds = VALUE_UNKNOWN;

	value_time(field(row, column), row->zone, TRUE, &seconds, NULL);
	return seconds;
}

/* Of End - Start; the accounting database has it as time_suspended, in seconds. */
static gint64 suspended_seconds(struct job_row *row, gint64 span)
{
	gint64 milliseconds;

	if (!layout_has(row->layout, COLUMN_SUSPENDED))
		return 0;
	if (value_seconds(field(row, COLUMN_SUSPENDED), &milliseconds) &&
	    milliseconds / 1000 <= span)
		return milliseconds == VALUE_UNKNOWN ? 0 : milliseconds / 1000;
	job_row_unreadable(row, COLUMN_SUSPENDED);
	return 0;
}

/* How badly a span fits. Without a time elapsed only a negative one is bad. */
static gint64 misfit(gint64 start, gint64 end, gint64 elapsed)
{
	if (elapsed == VALUE_UNKNOWN)
		return end < start ? start - end : 0;
	return ABS(end - start - elapsed);
}

/* Of the four pairs of meanings the one that fits best, the earlier ones first. */
static void choose_span(const struct job_row *row, struct job_time *time, gint64 elapsed)
{
	const gint64 starts[] = { time->start, late(row, COLUMN_START) };
	const gint64 ends[] = { time->end, late(row, COLUMN_END) };
	gint64 best = misfit(time->start, time->end, elapsed);

	for (guint i = 1; i < 4; i++) {
		gint64 start = starts[i & 1], end = ends[i >> 1];

		if (misfit(start, end, elapsed) < best) {
			best = misfit(start, end, elapsed);
			time->start = start;
			time->end = end;
		}
	}
}

static void shorten_wait(const struct job_row *row, enum column column, gint64 start,
			 gint64 *seconds)
{
	gint64 later;

	if (*seconds == VALUE_UNKNOWN || start == VALUE_UNKNOWN ||
	    start - *seconds < SHORTEST_CHANGE_SECONDS)
		return;
	later = late(row, column);
	if (later <= start)
		*seconds = later;
}

/* By how much clocks are put back. */
static const gint64 changes[] = { 1800, 3600 };

/* Times may be cut to the minute. */
#define CUT_SECONDS 60

/* Where the zone is not known: from the first meaning of a repeated hour to the second. */
static gboolean crosses_change(const struct job_row *row, const struct job_time *time,
                               gint64 elapsed)
{
	for (guint i = 0; i < G_N_ELEMENTS(changes) && !zone_name(row->zone); i++)
		if (misfit(time->start, time->end, elapsed - changes[i]) <= CUT_SECONDS)
			return TRUE;
	return FALSE;
}

/* sacct counts no time then, but in a repeated hour. */
static gboolean is_reversed(const struct job_row *row, const struct job_time *time, gint64 elapsed)
{
	return time->end < time->start && elapsed > 0 && !crosses_change(row, time, elapsed);
}

static gboolean finish_span(struct job_row *row, struct job_time *time, gint64 elapsed)
{
	gboolean both = time->start != VALUE_UNKNOWN && time->end != VALUE_UNKNOWN;

	time->end_printed = time->end;
	if (both && misfit(time->start, time->end, elapsed) > 0 && zone_name(row->zone))
		choose_span(row, time, elapsed);
	time->elapsed_seconds = elapsed != VALUE_UNKNOWN ? elapsed : 0;
	if (!both)
		return TRUE;
	if (elapsed == VALUE_UNKNOWN) {
		if (time->end < time->start)
			return refuse(row, ASIDE_REVERSED);
		time->elapsed_seconds = time->end - time->start -
		                        suspended_seconds(row, time->end - time->start);
	}
	if (time->end > time->start)
		return TRUE;
	if (is_reversed(row, time, elapsed))
		return refuse(row, ASIDE_REVERSED);
	/* As printed in a repeated hour, when the zone is not known; or times are cut to the
	 * day. */
	time->end = time->start + time->elapsed_seconds;
	return TRUE;
}

static gboolean is_possible(const struct job_time *time, gint64 elapsed)
{
	return elapsed <= JOB_TIME_SLACK || time->start == VALUE_UNKNOWN ||
	       time->end == VALUE_UNKNOWN || time->end <= time->start ||
	       elapsed - JOB_TIME_SLACK <= time->end - time->start;
}

static G_ALWAYS_INLINE inline gboolean read_time(struct job_row *row, enum column column,
                                                 gint64 *seconds)
{
	return day_memo_time(&row->day, field(row, column), row->zone, seconds);
}

/* Most jobs are eligible when they are submitted. */
static inline gboolean read_eligible(struct job_row *row, struct job_time *time)
{
	struct slice submit = field(row, COLUMN_SUBMIT), eligible = field(row, COLUMN_ELIGIBLE);

	if (eligible.length != 19 || submit.length != 19 ||
	    !bytes_equal(eligible.data, submit.data, 19))
		return read_time(row, COLUMN_ELIGIBLE, &time->eligible);
	time->eligible = time->submit;
	return TRUE;
}

static inline gboolean read_times(struct job_row *row, struct job_time *time)
{
	return (read_time(row, COLUMN_SUBMIT, &time->submit) && read_eligible(row, time) &&
	        read_time(row, COLUMN_START, &time->start) &&
	        read_time(row, COLUMN_END, &time->end)) ||
	       refuse(row, ASIDE_TIME);
}

/* Of what is a time or none. Where days and hours of seconds since 1970 begin a zone would say:
 * they are taken for an hour at least. */
static enum time_step step_of(struct slice text, gint64 seconds)
{
	if (seconds == VALUE_UNKNOWN)
		return TIMES_DAY;
	if (!value_is_clock(text))
		return seconds % 60 != 0     ? TIMES_SECOND
		       : seconds % 3600 != 0 ? TIMES_MINUTE
		                             : TIMES_HOUR;
	if (text.length >= 19 && memcmp(text.data + 17, "00", 2) != 0)
		return TIMES_SECOND;
	if (memcmp(text.data + 14, "00", 2) != 0)
		return TIMES_MINUTE;
	return memcmp(text.data + 11, "00", 2) != 0 ? TIMES_HOUR : TIMES_DAY;
}

static G_NO_INLINE void look_for_finer(struct job_row *row, const struct job_time *time)
{
	const struct {
		enum column column;
		gint64 seconds;
	} times[] = { { COLUMN_SUBMIT, time->submit }, { COLUMN_ELIGIBLE, time->eligible },
		      { COLUMN_START, time->start }, { COLUMN_END, time->end } };

	for (guint i = 0; i < G_N_ELEMENTS(times); i++) {
		struct slice text = field(row, times[i].column);
		guint finer = TIMES_DAY - step_of(text, times[i].seconds);

		row->finer = MAX(row->finer, finer);
	}
}

gboolean job_time_read(struct job_row *row, struct job_time *time)
{
	gint64 elapsed;

	if (!read_times(row, time))
		return FALSE;
	if (G_UNLIKELY(row->finer < TIMES_DAY - TIMES_SECOND))
		look_for_finer(row, time);
	elapsed = read_elapsed(row, time);
	if (!is_possible(time, elapsed)) {
		job_row_unreadable(row, slice_empty(field(row, COLUMN_ELAPSED_RAW))
		                                ? COLUMN_ELAPSED
		                                : COLUMN_ELAPSED_RAW);
		elapsed = VALUE_UNKNOWN;
	}
	if (!finish_span(row, time, elapsed))
		return FALSE;
	if (zone_name(row->zone)) {
		shorten_wait(row, COLUMN_SUBMIT, time->start, &time->submit);
		shorten_wait(row, COLUMN_ELIGIBLE, time->start, &time->eligible);
	}
	return TRUE;
}

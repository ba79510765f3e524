/* SPDX-License-Identifier: Apache-2.0 */
/* day_memo: dates that were read, and when each began: times of one row and of its neighbours are
 * of few days. */
#ifndef RECORD_DAY_MEMO_H
#define RECORD_DAY_MEMO_H

#include "record/clock.h"
#include "record/digits.h"
#include "record/value.h"

/* Of one zone alone; all noughts when it is new. */
struct day_memo {
	struct known_day {
		char text[24];   /* how its midnight is printed, 2024-01-31T00:00:00; no text when
		                    it is new */
		gint64 midnight; /* of a day without a change of clocks */
	} of[16]; /* by the date's last digit */
};

/* For day_memo_time(), of what is not remembered. */
gboolean day_memo_learn(struct day_memo *memo, struct slice text, struct zone *zone,
			gint64 *seconds);

/* value_time() without `late`. */
static G_ALWAYS_INLINE inline gboolean day_memo_time(struct day_memo *memo, struct slice text,
                                                     struct zone *zone, gint64 *seconds)
{
	const char *at = text.data;
	const struct known_day *day;

	if (text.length != 19)
		return day_memo_learn(memo, text, zone, seconds);
	day = &memo->of[at[9] & 15];
	if (!clock_is_on_day(at, day->text))
		return day_memo_learn(memo, text, zone, seconds);
	*seconds = day->midnight + clock_seconds(at + 11);
	return TRUE;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/strategy.h"

#include <math.h>

#include "finding/cells.h"
#include "finding/percentile.h"

/* Conventions, like that of half of the work: three times the mean. Where 95 of 100 hours see less
 * than half of the mean, the other five hold more than half of the work. */
#define CRESTS 3.0
#define TRICKLE 0.5
#define WEEK 168 /* hours */

const char *strategy_name(enum strategy strategy)
{
	static const char *const names[STRATEGIES] = {
		[STRATEGY_TRAIN] = "train",
		[STRATEGY_SPOT] = "interruptible nodes",
		[STRATEGY_BURST] = "rent its crests",
		[STRATEGY_KEEP] = "own nodes",
	};
	return names[strategy];
}

/* A group's core-seconds by hours of the clock. Hours in which it held nothing count, as they do
 * for what is owned for it. */
struct hours {
	gint64 from;
	gint64 *held;
	gsize count;
	double mean;
};

static struct hours hours_of(const struct tally *tally, guint group)
{
	gint64 to = (tally->rules.to + 3599) / 3600 * 3600, sum = 0;
	struct hours hours = { .from = tally->rules.from / 3600 * 3600 };
	hours.held = series_values(tally->group_cpus->pdata[group], hours.from, MAX(hours.from, to),
	                           &hours.count);
	for (gsize i = 0; i < hours.count; i++)
		sum += hours.held[i];
	hours.mean = hours.count > 0 ? (double)sum / (double)hours.count : 0;
	return hours;
}

/* Where the busiest stretch of so many hours begins. */
static gsize busiest(const struct hours *hours, gsize length, double *mean)
{
	gint64 sum = 0, most = 0;
	gsize best = 0;
	for (gsize i = 0; i < hours->count; i++) {
		sum += hours->held[i] - (i >= length ? hours->held[i - length] : 0);
		if (i + 1 >= length && sum > most) {
			most = sum;
			best = i + 1 - length;
		}
	}
	*mean = (double)most / (double)length;
	return best;
}

/* What the busiest week leaves of the stretch that is told as the cluster's peak, or that of the
 * week, when one lies in the other. */
static gboolean may_tell_beside_peak(const struct evidence *evidence, gint64 from, gint64 to,
                                     guint group)
{
	const struct told_peak *peak = &evidence->peak;
	const struct cell in_week = {
		.of = CELL_CPUS, .from = from, .to = to, .but_from = peak->from, .but_to = peak->to
	};
	const struct cell in_peak = {
		.of = CELL_CPUS, .from = peak->from, .to = peak->to, .but_from = from, .but_to = to
	};
	if (peak->group != group)
		return TRUE;
	if (from <= peak->from && peak->to <= to)
		return cell_hides(evidence->tally, &in_week, group);
	return from < peak->from || to > peak->to || cell_hides(evidence->tally, &in_peak, group);
}

/* When it was is not told, and shows all the same. */
static gboolean may_tell_week(const struct evidence *evidence, gint64 from, gint64 to, guint group)
{
	const struct tally *tally = evidence->tally;
	const struct cell week = { .of = CELL_CPUS, .from = from, .to = to };
	/* Which is all that it did less the week. */
	const struct cell others = {
		.of = CELL_CPUS, .to = G_MAXINT64, .but_from = from, .but_to = to
	};
	return cell_hides(tally, &week, group) && cell_hides(tally, &others, group) &&
	       growth_lines_leave(&evidence->cpu_lines, tally, from, to, group) &&
	       may_tell_beside_peak(evidence, from, to, group);
}

/* One long peak lasts for so few of the hours that no percentile of them need see it, and for too
 * long to be waited out. */
static double peak_of(const struct evidence *evidence, guint group, const struct hours *hours)
{
	gsize length = MIN(WEEK, hours->count);
	double mean;
	gint64 begin = hours->from + (gint64)busiest(hours, length, &mean) * 3600;
	return may_tell_week(evidence, begin, begin + (gint64)length * 3600, group)
	               ? mean / hours->mean
	               : NAN;
}

#define NOISE 1e-9 /* of a quotient that is three */

/* Rounded down: what is less than three stays less, and three is three. */
static double to_a_tenth(double number)
{
	return floor(10 * number + NOISE) / 10;
}

static void measure_unevenness(struct strategies *found, const struct evidence *evidence,
                               const struct party *party)
{
	const struct tally *tally = evidence->tally;
	gint64 group = intern_find(tally->groups, slice_of(party->name));
	found->crest = found->peak = NAN;
	if (group < 0)
		return;
	struct hours hours = hours_of(tally, (guint)group);
	if (hours.mean > 0) {
		/* Times the mean it is what was held in some hour, maybe by one user: not to the
		 * second. */
		found->crest =
			to_a_tenth((double)percentile_of(hours.held, hours.count, 95) / hours.mean);
		/* Nor what a week and the stretch of a peak that lies elsewhere leave of four
		 * weeks, together. */
		found->peak = to_a_tenth(peak_of(evidence, (guint)group, &hours));
	}
	g_free(hours.held);
}

struct strategies strategies_of(const struct evidence *evidence, const struct party *group)
{
	struct strategies found = { .excess = NAN, .brief = NAN };
	measure_unevenness(&found, evidence, group);
	if (evidence->told.only_days)
		found.crest = NAN;
	if (evidence->has_usage && party_excess_share(group) >= 0)
		found.excess = party_excess_share(group);
	if (group->use.cpu_seconds > 0)
		found.brief = (double)group->habits.brief_cpu_seconds /
		              (double)group->use.cpu_seconds;
	found.suits[STRATEGY_TRAIN] = group->is_training;
	found.suits[STRATEGY_SPOT] = found.brief >= STRATEGY_BRIEF_SHARE;
	found.suits[STRATEGY_BURST] = found.crest >= CRESTS || found.crest < TRICKLE ||
	                              found.peak >= CRESTS;
	/* Of one that held no core nobody knows what would suit it, nor whether there are crests
	 * where hours are not told. */
	found.suits[STRATEGY_KEEP] = !isnan(found.brief) && !evidence->told.only_days &&
	                             !found.suits[STRATEGY_SPOT] && !found.suits[STRATEGY_BURST];
	return found;
}

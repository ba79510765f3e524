/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/figures.h"

#define NO_SREPORT "no output of sreport was given (--sreport)"

#define AGREES 0.005 /* of what sreport says: reservations and suspended time make as much; its
                        rounding comes to it */

#define FAR 0.05 /* … and more than they make: jobs are missing here, or count twice */

/* CPU-seconds that jobs held within the period of sreport, as far as the report's own period
 * reaches. */
static gint64 held_within(const struct tally *tally, gint64 from, gint64 to)
{
	gint64 sum = 0;
	gsize count;
	from = MAX(from - from % 60, tally->rules.from);
	to = MIN(to - to % 60, tally->rules.to);
	if (to <= from)
		return 0;
	g_autofree gint64 *minutes = series_values(tally->cpus, from, to, &count);
	for (gsize i = 0; i < count; i++)
		sum += minutes[i];
	return sum;
}

static const char *why_no_comparison(const struct evidence *evidence, const struct sreport *sreport)
{
	const struct rules *rules = &evidence->tally->rules;
	if (!sreport)
		return NO_SREPORT;
	if (sreport->allocated_seconds < 0)
		return "sreport printed per cents alone: take -t seconds or -t hourper";
	if (sreport->from < rules->from || sreport->to > rules->to)
		return "the period of sreport is not within that of the report";
	return NULL;
}

static void add_comparison(struct evidence *evidence, const struct sreport *sreport)
{
	struct figures *figures = evidence->figures;
	gint64 own = held_within(evidence->tally, sreport->from, sreport->to),
	       theirs = sreport->allocated_seconds;
	double apart = ABS((double)(own - theirs)),
	       rounding = (double)(sreport->unit_seconds * sreport->clusters);
	figures_add(figures, "sreport.own.hours", UNIT_HOURS, (double)own / 3600,
	            "Core-hours that jobs held, by this report");
	figures_derive(figures, "sreport.difference.hours", UNIT_HOURS,
	               "sreport.own.hours - sreport.allocated.hours",
	               "Core-hours by this report less those by sreport");
	figures_derive(figures, "sreport.difference.share", UNIT_SHARE,
	               "sreport.difference.hours / sreport.allocated.hours",
	               "The same as a share of sreport’s");
	figures_add(figures, "sreport.agrees", UNIT_COUNT,
	            apart <= AGREES * (double)theirs + rounding, "sreport and this report agree");
	figures_add(figures, "sreport.is_far", UNIT_COUNT, apart > FAR * (double)theirs + rounding,
	            "They differ by more than a twentieth");
	figures_add(figures, "sreport.more", UNIT_COUNT, own > theirs,
	            "This report has more than sreport");
}

static void no_comparison(struct evidence *evidence, const char *reason)
{
	static const struct {
		const char *id, *label;
		enum unit unit;
	} missing[] = {
		{ "sreport.own.hours", "Core-hours that jobs held, by this report", UNIT_HOURS },
		{ "sreport.difference.hours", "Core-hours by this report less those by sreport",
		  UNIT_HOURS },
		{ "sreport.difference.share", "The same as a share of sreport’s", UNIT_SHARE },
		{ "sreport.agrees", "sreport and this report agree", UNIT_COUNT },
		{ "sreport.is_far", "They differ by more than a twentieth", UNIT_COUNT },
		{ "sreport.more", "This report has more than sreport", UNIT_COUNT },
	};
	for (guint i = 0; i < G_N_ELEMENTS(missing); i++)
		figures_add_missing(evidence->figures, missing[i].id, missing[i].unit, reason,
		                    missing[i].label);
}

static void add_end(struct figures *figures, const char *id, const gint64 *at, const char *label)
{
	if (at)
		figures_add(figures, id, UNIT_TIME, (double)*at, label);
	else
		figures_add_missing(figures, id, UNIT_TIME, NO_SREPORT, label);
}

void figures_of_sreport(struct evidence *evidence)
{
	const struct sreport *sreport = evidence->told.sreport;
	struct figures *figures = evidence->figures;
	const char *reason = why_no_comparison(evidence, sreport),
		   *label = "Core-hours allocated, by sreport";
	figures_add(figures, "has.sreport", UNIT_COUNT, sreport != NULL,
	            "An output of sreport was given");
	figures_add(figures, "sreport.compared", UNIT_COUNT, reason == NULL, "It can be compared");
	figures_add_text(figures, "sreport.unknown", reason ? reason : "",
	                 "Why it cannot be compared");
	figures_add(figures, "sreport.clusters", UNIT_COUNT, sreport ? sreport->clusters : 0,
	            "Clusters that sreport lists");
	add_end(figures, "sreport.from", sreport ? &sreport->from : NULL,
	        "Where the period of sreport begins");
	add_end(figures, "sreport.to", sreport ? &sreport->to : NULL,
	        "Where the period of sreport ends");
	if (sreport && sreport->allocated_seconds >= 0)
		figures_add(figures, "sreport.allocated.hours", UNIT_HOURS,
		            (double)sreport->allocated_seconds / 3600, label);
	else
		figures_add_missing(figures, "sreport.allocated.hours", UNIT_HOURS, reason, label);
	if (reason)
		no_comparison(evidence, reason);
	else
		add_comparison(evidence, sreport);
}

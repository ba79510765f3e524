/* SPDX-License-Identifier: Apache-2.0 */
/* finding: numbers → statements. One file per finding, all behind one small interface; the words
 * are in templates/findings/ID.md, the numbers in figures whose ids begin with the finding's. */
#ifndef FINDING_FINDING_H
#define FINDING_FINDING_H

#include "base/figure.h"
#include "base/separators.h"
#include "finding/growth.h"
#include "finding/people.h"
#include "finding/sizing.h"
#include "measure/capacity.h"
#include "measure/downtime.h"
#include "measure/numbers.h"
#include "measure/sreport.h"

/* What was told besides the jobs and the inventory. */
struct told {
	gint64 guessed_cpus; /* how many CPUs somebody takes the cluster to have, used for nothing;
	                        0: nobody does */
	const struct downtime *downtime; /* NULL: nobody says when nodes were away */
	const struct sreport *sreport; /* shown beside the figures, used for none; NULL: there is
	                                  none */
	gint64 jobs_on_down; /* that held a node while it was said to be down */
	guint clusters; /* that jobs are of, which may have nodes of the same names; 0: not known */
	gboolean only_days;  /* times are cut to the day: what hangs on the hour is not known */
	gboolean only_hours; /* they are cut to the hour: all jobs of an hour seem to begin at
	                        once */
	gboolean only_minutes; /* they are cut to the minute: jobs seem to begin before those end
	                          that they followed */
	gboolean rounded;    /* durations and what was used are: hours are near, and not exact */
	double numbers_share; /* of the job numbers given in the time of the export, how many are in
	                         it; 0: not known */
	struct separators separators; /* in printed numbers */
};

/* Why the highest minute is not known, though means and percentiles are; NULL: it is. */
const char *told_no_highest(const struct told *told);

/* The stretch of time [from, to) in which a group is told to rise most; nothing: none is told. */
struct told_peak {
	guint group;
	gint64 from, to; /* seconds */
};

/* Everything a finding may look at, and the figures it adds to. */
struct evidence {
	const struct tally *tally;
	const struct assumptions *assumptions;
	struct figures *figures;
	struct told told;
	struct people *people;
	struct growth_lines cpu_lines, gpu_lines; /* of CPUs and of GPUs: how groups may be told by
	                                             time */
	struct told_peak peak; /* once that finding is judged */
	GPtrArray *sizings; /* struct pool_sizing, one per pool */
	GPtrArray *capacities; /* struct capacity_step arrays, one per pool; NULL where capacity is
	                          unknown */
	GArray *away; /* struct away, one per pool; NULL: not known */
	gboolean capacity_varies; /* the nodes owned changed within the period */
	gboolean has_capacity; /* an inventory was given, and the work ran on its nodes: capacity is
	                          known */
	const char *no_capacity; /* why it is not; NULL when it is */
	gboolean lacks_jobs;     /* it is not for what the export lacks: no other list of nodes
	                            would help */
	gboolean has_requests; /* jobs say what memory they held: without it demand is counted in
	                          CPUs and GPUs alone */
	gboolean has_usage;    /* some job could be judged by what it used */
	const char *no_usage;  /* why none could; NULL when one was */
	gboolean has_users;    /* the export names users */
	gboolean has_groups;   /* … and the groups that were asked for */
	const char *no_groups; /* why none can be spoken of; NULL when one can */
	gint64 window_seconds;
};

/* Whether the period is of so many days. Where clocks are set forward in it, it is all the same,
 * though an hour shorter. */
gboolean evidence_spans(const struct evidence *evidence, gint32 days);

enum verdict {
	VERDICT_GAIN,    /* there is something to do */
	VERDICT_NOTHING, /* looked for and not found: worth saying */
	VERDICT_UNKNOWN, /* this export cannot tell */
};

/* A figure that a finding promises to its template. Where judge() does not set it, it is added as
 * missing. */
struct promised_figure {
	const char *id; /* NULL ends the list */
	enum unit unit;
	const char *label;
};

struct finding;

/* What a finding is worth in money, as figures; what kind of money it is, in words. NULL where it
 * is worth none. */
struct finding_money {
	const char *low, *expected, *high, *words;
};

/* What acting on a finding takes, once, as figures: hours of staff, what they cost, and how much
 * that is of what comes of it in a year. NULL where no assumption says. */
struct finding_effort {
	const char *hours, *cost, *payback;
};

#define EFFORT_OF_PROGRAMME(ID) { "acting." ID ".hours", "acting." ID ".cost", "payback." ID }

/* Of hours that a programme asks back. */
#define MONEY_OF_PROGRAMME(ID) \
	{ "programme." ID ".gross.low", "programme." ID ".gross", "programme." ID ".gross.high", \
	  "cost of what was not needed, a year; in no total" }

struct finding_kind {
	const char *id;  /* "own-or-rent": template findings/own-or-rent.md, page
	                    findings/own-or-rent.html */
	const char *nav; /* "Own or rent" */
	void (*judge)(struct evidence *evidence, struct finding *finding);
	const struct promised_figure *figures;
	const char *users; /* the figure that counts whom it is about; NULL: nobody is counted */
	struct finding_money money;
	struct finding_effort effort;
	const char *coverage; /* an expression: how much of what it is about it rests on; NULL:
	                         every job counts */
};

struct finding {
	const struct finding_kind *kind;
	/* Set by judge(): */
	enum verdict verdict;
	enum grade grade;
	char *reason; /* VERDICT_UNKNOWN: what is missing, a phrase */
	const char *gain; /* an expression, in the place of a verdict that hangs on prices: 1 when
	                     there is a gain; NULL: none */
};

struct analysis {
	struct evidence evidence;
	GPtrArray *findings; /* struct finding, in the order of the table */
};

/* The whole of this room: tally, assumptions and what was told (NULL: nothing; all borrowed for the
 * analysis' life) → figures and findings. For each finding there are also the figures ID.gain (0 or
 * 1), ID.nothing (0 or 1) and ID.unknown (the reason, or ""), with '_' for '-' in ID. */
struct analysis *analysis_new(const struct tally *tally, const struct assumptions *assumptions,
                              const struct told *told);
void analysis_free(struct analysis *analysis);

/* For finding files. */
void finding_unknown(struct finding *finding, const char *reason);
double micro_hours(gint64 micro_node_seconds); /* → node-hours */

extern const struct finding_kind finding_own_or_rent, finding_power_users, finding_memory,
	finding_idle_jobs, finding_groups, finding_peak, finding_growth, finding_throughput,
	finding_failed_work, finding_time_limits, finding_short_jobs, finding_serial_cores,
	finding_gpus, finding_fragmentation, finding_waiting, finding_stranded;

#endif

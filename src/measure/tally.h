/* SPDX-License-Identifier: Apache-2.0 */
/* tally: all that is counted, in one pass. A commutative monoid in integers: the order of jobs and
 * the number of tallies merged cannot change a digit. It never holds a real name: its input is the
 * shareable file. */
#ifndef MEASURE_TALLY_H
#define MEASURE_TALLY_H

#include "base/intern.h"
#include "measure/days.h"
#include "measure/habits.h"
#include "measure/member.h"
#include "measure/months.h"
#include "measure/places.h"
#include "measure/series.h"
#include "measure/survey.h"
#include "measure/waits.h"
#include "record/reader.h"

/* A local day, remembered: jobs lie on few. */
struct local_day {
	gint32 number;
	gint64 begin, end; /* end is not in it; nought: none is remembered */
};

#define LOCAL_DAYS 8

/* What became of every row: read = used + steps + duplicates + the sum of set_aside. */
struct row_account {
	gint64 read, used, steps, duplicates;
	gint64 set_aside[ASIDES];
	gint64 unreadable[COLUMNS]; /* values in them that count as not known */
	gboolean has[COLUMNS]; /* which columns any file has */
	guint finer;           /* as in struct reading */
};

/* Rows that a slice leaves to another. */
struct left_rows {
	gint64 jobs, steps;
};

/* How groups were put together so that nobody in them can be picked out: tally_pool(). */
struct pooling {
	guint min_users;              /* that a shown group has; 0: everything is as it is */
	guint hidden_groups;          /* with a name: how many are one now */
	guint hidden_users;           /* of those */
	gint64 other;                 /* the number of that group; -1: there is none */
	gint64 former;                /* … of one that was put together before it was read, and
	                                 stands by itself; -1: none does */
};

/* Of tally->moments. A piece of a job that was resized neither starts nor ends one. */
enum moment { MOMENT_START, MOMENT_END, MOMENTS };

struct tally {
	struct rules rules;
	const struct inventory *inventory; /* borrowed */
	struct zone *zone;                 /* borrowed */

	struct extent extent;
	GArray *edges; /* struct edge (tally_parts.h): jobs that may turn out to reach beyond an
	                  undecided window */
	guint edges_prune; /* at this many, those are dropped that cannot any more */
	GArray *held; /* struct edge: jobs that had not ended when a slice of time ended: in nothing
	                 yet */

	struct row_account rows;
	struct pooling pooling;
	struct use total;          /* of all states; by tally_order() */
	struct use states[STATES];
	struct intern *users, *groups, *partitions;
	struct intern *clusters; /* that jobs say they ran on, each once; whoever adds jobs adds
	                            these */
	GPtrArray *members;   /* struct member */
	GPtrArray *member_of; /* by user number: the first struct member, which leads to the
	                         others */
	struct places *places; /* where lists of nodes lie, remembered */

	struct bundle *cluster;   /* of one series: */
	struct series *cpus;      /* CPUs by minute, cluster */
	struct bundle *moments;   /* of MOMENTS series: how many jobs start, and end, in each
	                             minute */
	struct bundle **pools;    /* of each pool, nodes and excess */
	struct series **nodes;    /* micro-nodes by minute, each pool */
	struct series **light;    /* of these the micro-nodes of light jobs (habits.h), which could
	                             run elsewhere */
	struct series **excess;   /* micro-nodes of excess by minute, [pool × SCENARIOS +
	                             scenario] */
	struct series **gpus;     /* GPUs by minute, each pool */
	GPtrArray *group_cpus;    /* struct series by hour, each group */

	struct stay *last;        /* jobs come in bursts: whose the job before was, and where; NULL:
	                             it was left out, or none was */
	struct local_day near[LOCAL_DAYS]; /* days that jobs were on */
	struct local_month month; /* that the last job was in */
	struct months months;     /* cluster: what is in the ledgers of all pools */
	struct days days;         /* cluster; by tally_order() */
	GPtrArray *group_days;    /* struct days, each group */
	struct waits waits;       /* of jobs that ran */
	struct habits habits;     /* cluster */

	gint64 jobs_outside;                        /* ended outside a declared window, or came
	                                               after it: in demand alone */
	gint64 jobs_later;                          /* of a slice: ended after it, and not held;
	                                               until it is settled */
	struct left_rows left_before, left_after;   /* of a slice: of jobs that are not in it, but
	                                               for those held */
	gint64 jobs_unplaced, cpu_seconds_unplaced; /* jobs whose nodes are unknown: in totals, not
	                                               in pools */
	gint64 jobs_on_unlisted;                    /* of those: they name nodes that the inventory
	                                               has not */
	gint64 cpu_seconds_fitting;                 /* cpu_seconds of jobs that held no more than
	                                               their nodes have */
	gint64 cpu_seconds_beyond;                  /* of the others: those that their nodes could
	                                               have given meanwhile */
	gint64 gpu_seconds_fitting, gpu_seconds_beyond; /* the same of GPUs; of nodes that have
	                                                   none, one of each */
	gint64 cpu_seconds_memory_known;            /* cpu_seconds of jobs that say what memory they
	                                               held */
	gint64 cpu_seconds_inside;                  /* cpu_seconds inside the window */
	gint64 used_above_held;                     /* jobs whose measured CPU time exceeds what
	                                               they held */
	gint64 peak_above_asked;                    /* … whose memory peak exceeds what they
	                                               asked */
	gint64 wait_without_eligible;               /* jobs whose wait is counted from Submit */
};

/* Inventory (finished) and zone are borrowed for the tally's life. */
struct tally *tally_new(const struct rules *rules, const struct inventory *inventory,
                        struct zone *zone);
void tally_free(struct tally *tally);

/* Whether its names are not those of the job before. */
gboolean tally_add(struct tally *tally, const struct job *job);

/* The window that was undecided is [from, to), within which all jobs ended: takes back what lies
 * outside, and gives its share to what was held. After merging. */
void tally_settle(struct tally *tally, gint64 from, gint64 to);

/* Adds a slice of the same end as this one, or one that begins where it ends: its files have again
 * what went on then. Rows that both have are repetitions, unless they are `accounted` for in this
 * one alone. Changes `next`. */
void tally_follow(struct tally *tally, struct tally *next, gboolean accounted);

/* Sums up what holds for the whole cluster, and numbers users and groups in the order of their
 * texts, so that sums in floating point over them, too, are the same whatever came first. After the
 * last job. */
void tally_order(struct tally *tally);

/* Puts the groups that fewer than `min_users` users or a dominant one worked in together into one,
 * "other (fewer than 5 users or as easily found)", and further groups until that one hides its
 * users too, so that no group can be found by subtraction. The totals are what they were. Once,
 * when all is counted and settled; orders groups again. `pooled` is what the small groups of the
 * file are called together, which goes there, too, where groups are hidden at all, and else stands
 * by itself; NULL: they are apart. */
void tally_pool(struct tally *tally, guint min_users, const char *pooled);

/* GPU-seconds held in each minute of the period, over all kinds of node, since the even share of a
 * job may fall on a node that has none. The caller frees them. */
gint64 *tally_gpu_minutes(const struct tally *tally, gsize *count);

/* What a member held in the period, in micro-node-seconds. */
gint64 member_held(const struct tally *tally, const struct member *member);

/* FALSE of whom no name is known: what rows with an empty user are added up in. */
static inline gboolean tally_is_named(const struct tally *tally, guint user)
{
	return *intern_text(tally->users, user) != '\0';
}

/* Without that one. */
guint tally_count_users(const struct tally *tally);

/* Several groups that nobody can tell apart: no finding speaks of it. */
static inline gboolean tally_is_pool(const struct tally *tally, guint group)
{
	return group == tally->pooling.other || group == tally->pooling.former;
}

/* Whether anything of a member is in a table: else all of its jobs lie outside the period. */
gboolean member_counts(const struct tally *tally, const struct member *member);

/* Takes over what became of the rows; once, after the last job. */
void tally_account(struct tally *tally, const struct reading *reading);

/* Moves what has most memory, the series by minute and by hour, the days of groups, and members,
 * but for those of edges, into another tally of the same rules and inventory; nothing else. */
void tally_unload(struct tally *tally, struct tally *into);

/* Drops what has most memory, once nobody asks for it any more: the series by minute of pools, and
 * starts and ends. Those of the cluster's CPUs, of GPUs and of groups stay. */
void tally_drop_pools(struct tally *tally);

/* Adds everything in `other` (same rules, equal inventory) to `tally`. */
void tally_merge(struct tally *tally, const struct tally *other);

#endif

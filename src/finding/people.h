/* SPDX-License-Identifier: Apache-2.0 */
/* people: the same sums per user and per group, what each is asked to change, and which programme
 * claims whose excess. */
#ifndef FINDING_PEOPLE_H
#define FINDING_PEOPLE_H

#include "measure/tally.h"

enum programme {
	PROGRAMME_TOOK_ALL,
	PROGRAMME_TOP_USERS,
	PROGRAMME_IDLE_JOBS,
	PROGRAMME_TRAINING,
	PROGRAMME_OTHERS,
	PROGRAMMES
};

/* A user, or a group (an account or a Unix group, as the rules say). Everything is a sum over its
 * members. */
struct party {
	const char *name;     /* a pseudonym; "" where the export has none */
	const char *home;     /* of a user: the group that the user's row names, homes_find() */
	guint users;          /* of a group: how many users it has */
	struct use use;
	struct own_habits habits;
	struct families *families; /* of a user; NULL: none */
	gboolean families_borrowed; /* they are those of its only member */
	struct pool_use *pools;
	guint32 efficiency[EFFICIENCY_BINS];
	gint64 judged_jobs;   /* of the efficiency */
	int median_efficiency; /* per cent; -1 when no job is judged */
	gint64 judged_memory_jobs, memory_asked_mib_seconds, memory_peak_mib_seconds;
	gint64 took_all_jobs, took_all_cpu_seconds, took_all_judged, took_all_peak_mib,
		took_all_peak_max_mib;

	/* Micro-node-seconds over all pools. */
	gint64 allocated;
	gint64 excess[SCENARIOS];
	gint64 judged; /* known to have been needed or not, expected scenario */
	gint64 *promised; /* [pool], expected scenario: the part of the excess that a programme
	                     claims, before adoption */
	double weight;              /* allocated × what its node-hours cost by default: for
	                               ranking */
	gboolean is_top, is_idle;
	gboolean is_training; /* a group that is offered training, or a user whose home it is */
	gboolean is_pool;     /* a group: several that nobody can tell apart, tally_is_pool() */
	gboolean by_kind;     /* hours on kinds of node and GPUs, and what they cost, may be told:
	                         kinds_told() */
	gboolean by_share;    /* of a group: which share of its node-hours was not needed may be
	                         told */
	gboolean in[PROGRAMMES]; /* of a user: whose excess is claimed by which */
	gint64 claimed[PROGRAMMES]; /* … and how much of it, expected scenario */
};

const char *programme_id(enum programme programme);   /* "took_all" */
const char *programme_name(enum programme programme); /* "Jobs that take all of a node" */

struct people {
	GPtrArray *users;  /* struct party, by weight, heaviest first; ties by name */
	GPtrArray *groups;
	guint pools;
	/* Micro-node-seconds of excess: [pool][programme][scenario]. Programmes are disjoint and
	 * sum to all excess. */
	gint64 (*claims)[PROGRAMMES][SCENARIOS];
	guint programme_users[PROGRAMMES];
};

/* A user who has something to give back: a node-hour or more is claimed of them. */
gboolean party_is_helped(const struct party *user, enum programme programme);

/* pool_rates: what a node-hour of each pool weighs. */
struct people *people_new(const struct tally *tally, const struct assumptions *assumptions,
                          const double *pool_rates);
void people_free(struct people *people);

/* Those of them with a job in the totals or hours in the period, most core-hours first, ties by
 * name, and behind them what has no name: an array of its own, of borrowed parties. */
GPtrArray *people_by_core_hours(const GPtrArray *parties);

/* Of what it held, what was not needed, expected scenario; below nought: it held nothing, or it may
 * not be told. */
double party_excess_share(const struct party *party);

/* From this share on a group is to be trained. */
double people_training_share(const struct assumptions *assumptions);

/* Of the memory that was asked for, what was used at its peak, to three digits; below nought: that
 * was measured of no job. */
double party_memory_share(const struct party *party);

/* An export without users has one party, whom nobody can talk to. */
gboolean party_is_named(const struct party *party);

/* Sums of a party's ledger over pools, micro-node-seconds. */
gint64 party_ledger(const struct party *party, guint pools, enum scenario scenario,
                    enum ledger_class class);

#endif

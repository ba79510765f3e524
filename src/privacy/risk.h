/* SPDX-License-Identifier: Apache-2.0 */
/* risk: how easily people could be found in a shareable file by who knows something about them.
 *
 * Measured on the rows as they are released, at their resolution. What a searcher is taken to know:
 * the account of a person, whether they used GPUs, in which months they were active; or, of a few
 * of their jobs, when each started, as the file prints it, and under which account. */
#ifndef PRIVACY_RISK_H
#define PRIVACY_RISK_H

#include "base/slice.h"
#include "base/zone.h"

#define RISK_MINIMUM 5   /* users: a smaller group is a small one */
#define RISK_KNOWN 5     /* jobs, at most, that somebody knows of a person */
#define RISK_DRAWS 1000
#define RISK_DOMINANCE 0.85 /* of a group's core-hours */

struct unicity {
	guint32 draws;  /* 0: nobody has so many jobs that differ in start or account */
	guint32 unique; /* in so many of them one person alone has all the known jobs */
};

struct risk {
	const char *grouped_by; /* "account", "group"; NULL: the file has neither */
	guint64 jobs, users, groups;
	double core_hours;

	guint64 groups_below;       /* with fewer than RISK_MINIMUM users */
	guint64 jobs_below;         /* of those groups */
	double core_hours_below;
	guint64 groups_dominated;   /* in which one user has RISK_DOMINANCE of the core-hours */

	guint64 cells;       /* group × month × GPU used or not, in which anybody started a job */
	guint64 cells_below; /* with fewer than RISK_MINIMUM users */
	guint64 cells_of_two;

	guint64 users_unique; /* by their set of accounts, whether they used GPUs, and their
	                         months */
	struct unicity unicity[RISK_KNOWN]; /* by the number of known jobs, from 1 */
	guint64 known_one_in; /* these are drawn from one in so many different starts and groups; 1:
	                         all */
};

/* Who takes jobs. In memory are a cell for each user, group, month and GPU or not, and a bounded
 * sample of what jobs look like; the draws are the same in every run. */
struct risk_meter;

/* What tells who belongs together: see struct risk. */
struct risk_meter *risk_meter_new(const char *grouped_by);
void risk_meter_free(struct risk_meter *meter);

/* The zone in which starts are to be read: that of the file does not matter, as they are compared
 * as they are printed. */
struct zone *risk_meter_zone(const struct risk_meter *meter);

struct seen_job {
	struct slice user, group; /* borrowed for the call; of nobody's jobs nothing is told */
	gint64 start;             /* VALUE_UNKNOWN: it did not */
	guint64 core_seconds;
	gboolean gpus;            /* used any */
	gboolean piece;           /* of a job that was added before */
};

void risk_meter_add(struct risk_meter *meter, const struct seen_job *job);

/* Another job of who had the one before, which used GPUs if that one did. */
void risk_meter_add_another(struct risk_meter *meter, gint64 start, guint64 core_seconds);

/* Once. */
void risk_meter_finish(struct risk_meter *meter, struct risk *risk);

/* "account", "group" or NULL. */
const char *risk_grouped_by(gboolean has_account, gboolean has_group);

/* Reads the file. `repeats`: a job may stand in it more than once. */
gboolean risk_measure(struct risk *risk, const char *path, gboolean repeats, GError **error);

/* The share of unique draws, and its 95 % interval (Wilson). Of no draws all are 0. */
struct risk_share {
	double share, low, high;
};
struct risk_share risk_share(const struct unicity *unicity);

#endif

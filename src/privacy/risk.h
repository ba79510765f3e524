/* SPDX-License-Identifier: Apache-2.0 */
/* risk: how easily people could be found in a shareable file by who knows something about them.
 *
 * Measured on the rows as they are released, at their resolution. What a searcher is taken to know:
 * the account of a person, whether they used GPUs, in which months they were active; or, of a few of
 * their jobs, when each started, as the file prints it, and under which account. */
#ifndef PRIVACY_RISK_H
#define PRIVACY_RISK_H

#include <glib.h>

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

	guint64 users_unique; /* by their set of accounts, whether they used GPUs, and their months */
	struct unicity unicity[RISK_KNOWN]; /* by the number of known jobs, from 1 */
};

/* Reads the file. In memory are a cell for each user, group, month and GPU or not, and a bounded
 * sample of what jobs look like; the draws are the same in every run. `repeats`: a job may stand in
 * it more than once. */
gboolean risk_measure(struct risk *risk, const char *path, gboolean repeats, GError **error);

/* The share of unique draws, and its 95 % interval (Wilson). Of no draws all are 0. */
struct risk_share {
	double share, low, high;
};
struct risk_share risk_share(const struct unicity *unicity);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* work: all that a report is made with, from the options to the tally. */
#ifndef COMMAND_WORK_H
#define COMMAND_WORK_H

#include "command/manifest.h"
#include "command/report.h"
#include "command/site.h"
#include "measure/tally.h"

/* Freed in one place. */
struct work {
	const struct report_options *options;
	char **paths;    /* with standard input replaced by its copy */
	int spool;       /* of standard input; -1: none */
	struct manifest manifest;
	struct site site;
	struct zone *zone;
	struct assumptions *assumptions;
	struct inventory *inventory;
	struct rules rules;
	struct keys *hindsight;  /* of a first pass, for the next; NULL: nothing was learned */
	struct tally *tally;     /* until the report is composed */
	struct row_account rows; /* from then on */
	GPtrArray *sha256; /* char *, of the inputs */
	gboolean has_times; /* columns Start and End */
};

/* The first second of a date, or an instant as sacct prints it. */
gboolean work_instant(struct zone *zone, const char *text, gint64 *seconds);

/* Reads the files and counts: work->tally, rules, inventory and digests are complete. Once where the inventory is given,
 * else a first time to learn it. */
gboolean work_measure(struct work *work, GError **error);

#endif

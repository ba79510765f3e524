/* SPDX-License-Identifier: Apache-2.0 */
/* work: all that a report is made with, from the options to the tally. */
#ifndef COMMAND_WORK_H
#define COMMAND_WORK_H

#include "command/manifest.h"
#include "command/report.h"
#include "command/site.h"
#include "measure/downtime.h"
#include "measure/tally.h"
#include "privacy/pseudonym.h"
#include "report/previous.h"

/* Freed in one place. */
struct work {
	const struct report_options *options;
	char **paths;    /* with pipes replaced by their copies */
	GArray *spools;  /* int, those that are open; NULL: none */
	struct manifest manifest;
	struct site site;
	struct templates *templates; /* the site's own; NULL: none */
	struct previous *previous; /* a former report; NULL: none */
	struct zone *times_zone; /* of what is read */
	struct zone *zone;       /* whose days and hours are counted by and shown */
	struct assumptions *assumptions;
	struct inventory *inventory;
	struct downtime *downtime; /* NULL: nothing says when nodes were away */
	gint64 jobs_on_down;       /* that held a node which was said to be down */
	guint clusters;            /* of jobs, by Cluster; 0: nothing was counted */
	double numbers_share;      /* as numbers_share() has it; 0: not known, as a tally does not
	                              keep it */
	guint64 twins;             /* jobs of a sample that stand twice, at times of two zones */
	struct spans spans;
	guint full_sheets;         /* files as long as a sheet of a spreadsheet can be */
	gint64 completed, at_edge; /* jobs; and such or running ones that end where the period does,
	                              to the second */
	struct rules rules;
	gboolean reads_once;     /* a pipe is among the paths of which there is no copy */
	gboolean was_read;       /* once at least */
	gboolean is_several;     /* a file showed to be several put together */
	gboolean starts_over;    /* that was found out while it was read as one */
	gboolean reconsiders;    /* what was learned is to be held against the files once more */
	struct keys *hindsight;  /* of a first pass, for the next; NULL: nothing was learned */
	struct tally *tally;     /* until the report is composed */
	struct row_account rows; /* from then on */
	GPtrArray *sha256;    /* char *, of the inputs */
	GPtrArray *manifests; /* that of each, as it stands, when they were read as tallies; else
	                         NULL */
	gboolean has_times; /* columns Start and End */
};

/* Manifest, site, zone, assumptions, inventory and the rules but the window, by the options. */
gboolean work_prepare(struct work *work, GError **error);

/* Makes copies of pipes among the paths, beside the output: what is measured may need two looks at
 * its input, and a pipe gives one. Where the output is standard output there is no copy, and a
 * second look fails. */
gboolean work_keep_pipes(struct work *work, GError **error);

/* Whether the nodes stay the same: a tally and a list of inferred nodes have no room for days. */
gboolean work_one_list(const struct work *work, GError **error);

/* A wrong year in --from would else make a report on nothing. */
gboolean work_anything_ran(const struct work *work, GError **error);
void work_clear(struct work *work);

/* The first second of a date, or an instant as sacct prints it. */
gboolean work_instant(struct zone *zone, const char *text, gint64 *seconds);

/* Whether a name is a pseudonym, or empty; else the error that the file is a raw export. */
gboolean work_name_valid(enum name_kind kind, struct slice name, GError **error);

/* The period that is asked for, by the options or the manifest, in the place of *from and *to. */
void work_wanted_window(const struct work *work, gint64 *from, gint64 *to);

/* Reads the files for their nodes, which the inventory learns, and their extent. */
gboolean work_look(struct work *work, struct survey *survey, GError **error);

/* Reads the files once and counts for a tally that is to be saved: its window stays undecided.
 * FALSE when the inventory lacks a node: others would count on other nodes. */
gboolean work_tally(struct work *work, GError **error);

/* That nodes of one name in two clusters count as one, where jobs are of several. */
void work_say_clusters(const struct work *work);

/* Decides the window of the tally, and puts it in order. */
gboolean work_settle(struct work *work, GError **error);

/* Reads the files and counts: work->tally, rules, inventory and digests are complete. Once where
 * the inventory is given, else a first time to learn it. */
gboolean work_measure(struct work *work, GError **error);

#endif

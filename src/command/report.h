/* SPDX-License-Identifier: Apache-2.0 */
/* report: from shareable files to the report directory. */
#ifndef COMMAND_REPORT_H
#define COMMAND_REPORT_H

#include <glib.h>

struct leak_check;

struct report_options {
	char *const *paths;      /* shareable files; "-": standard input */
	const char *output;      /* the directory */
	char *const *inventories; /* lists of nodes, [DATE=]NODES; NULL: node shapes are inferred */
	const char *sreport;     /* what it printed of the cluster; NULL: nothing to compare with */
	gboolean sreport_found;  /* nobody named it: when it says nothing, there is nothing to
	                            compare with */
	const char *events;      /* of nodes: when they were away; NULL: not known */
	const char *assumptions; /* NULL: the defaults */
	const char *site;        /* NULL: no institution is named */
	const char *templates;   /* a folder of the site's own templates; NULL: none */
	const char *previous;    /* a former report.json; NULL: there is nothing to compare with */
	char *const *others;     /* more files that are read; NULL: none */
	const char *timezone;    /* of the times; NULL: as the manifest says, else floating */
	const char *site_timezone; /* whose days and hours are shown; NULL: as the manifest says,
	                              else that of the times */
	const char *group_by;    /* "account", "group", NULL: account */
	const char *columns;     /* of files without a header; NULL: not told */
	gboolean apart;          /* no job is in two of the tallies */
	double max_bad;          /* per cent of the rows that may be set aside */
	guint threads;           /* that read and count */
	gint64 guessed_cpus;     /* shown beside what is known, and used for nothing; 0: no guess */
	guint min_users;         /* groups with fewer are shown as one; 1: all are shown */
	guint kinds;             /* of documents: documents.h */
	gboolean single_file;    /* report.html, too: all pages in one file */
	gboolean timings;        /* say what reading, computing and writing took */
	gboolean internal;       /* for those who run the cluster: nothing is hidden, every page
	                            says so */
	GHashTable *names;       /* of an internal report: internal_names(); NULL: pseudonyms */
	const char *from, *to;   /* dates; NULL: as the manifest says, else first to last end of a
	                            job */
	const char *manifest;    /* of the one shareable file, made with it just now, so that its
	                            digest holds; NULL: what stands beside each */
	struct leak_check *check; /* looks through all of it first; NULL: nobody knows the names */
	/* What is to be published with it, when all is well, just before, and kept when the report
	 * has its name, too; NULL: nothing. */
	gboolean (*publish)(void *data, GError **error);
	gboolean (*keep)(void *data, GError **error);
	void *publish_data;
};

/* The options that `report`, `run` and `tally` share, for a command's own table; `o` is a struct
 * report_strings *. */
struct report_strings {
	char **inventories;
	char *site_timezone, *assumptions, *site, *previous, *templates, *group_by, *from, *to,
		*columns, *max_bad, *threads, *min_users, *guessed_cpus, *events, *sreport, *only;
	gboolean internal, apart, single_file, timings;
};

#define MEASURE_OPTIONS(o) \
	OPTION_SITE_TIMEZONE(&(o)->site_timezone), \
	{ "assumptions", 'a', 0, G_OPTION_ARG_FILENAME, &(o)->assumptions, \
	  "prices and other assumptions, a key file", "FILE" }, \
	{ "group-by", 'g', 0, G_OPTION_ARG_FILENAME, &(o)->group_by, \
	  "what users are grouped by: account (as charged) or group (Unix)", "account|group" }, \
	OPTION_COLUMNS(&(o)->columns), \
	OPTION_MAX_BAD(&(o)->max_bad), \
	OPTION_THREADS(&(o)->threads), \
	{ "from", 0, 0, G_OPTION_ARG_FILENAME, &(o)->from, "first day of the period", "YYYY-MM-DD" }, \
	{ "to", 0, 0, G_OPTION_ARG_FILENAME, &(o)->to, "last day of the period", "YYYY-MM-DD" }

#define OPTION_APART(o) \
	{ "apart", 0, 0, G_OPTION_ARG_NONE, &(o)->apart, \
	  "no job is in two of the tallies, though they have times in common", NULL }

#define REPORT_OPTIONS(o) \
	OPTION_INVENTORIES(&(o)->inventories, \
	                   "nodes: `scontrol show node -o` or a table; again for each change"), \
	OPTION_EVENTS(&(o)->events, "when nodes were away: `sacctmgr list event -P all_time`"), \
	MEASURE_OPTIONS(o), \
	{ "site", 's', 0, G_OPTION_ARG_FILENAME, &(o)->site, \
	  "institution, contact, decision wanted, currency; a key file", "FILE" }, \
	{ "templates", 0, 0, G_OPTION_ARG_FILENAME, &(o)->templates, \
	  "words and looks in place of its own; see `reclaim templates`", "DIR" }, \
	{ "previous", 0, 0, G_OPTION_ARG_FILENAME, &(o)->previous, \
	  "the report.json of a former report: say what changed since", "FILE" }, \
	{ "min-users", 0, 0, G_OPTION_ARG_FILENAME, &(o)->min_users, \
	  "groups with fewer users are shown as \"other\"; the default is 5", "K" }, \
	{ "sreport", 0, 0, G_OPTION_ARG_FILENAME, &(o)->sreport, \
	  "`sreport cluster utilization -P`, to compare with and no more", "FILE" }, \
	{ "guessed-cpus", 0, 0, G_OPTION_ARG_FILENAME, &(o)->guessed_cpus, \
	  "show what utilization would be called with so many CPUs, no more", "N" }, \
	{ "only", 0, 0, G_OPTION_ARG_FILENAME, &(o)->only, \
	  "write only these of data, site, pdf, workbook and mail", "KIND,..." }, \
	{ "single-file", 0, 0, G_OPTION_ARG_NONE, &(o)->single_file, \
	  "also DIR/report.html: the whole site in one file, to be mailed", NULL }, \
	{ "timings", 0, 0, G_OPTION_ARG_NONE, &(o)->timings, \
	  "say what reading, computing and writing took, and how much memory", NULL }, \
	{ "internal", 0, 0, G_OPTION_ARG_NONE, &(o)->internal, \
	  "show every group, and call the report CONFIDENTIAL on each page", NULL }

void report_strings_clear(struct report_strings *strings);

/* ERROR_USAGE when a number or a list of kinds is none. What it takes is the strings' own. */
gboolean report_options_set(struct report_options *options, const struct report_strings *strings,
                            GError **error);

/* What can be said of the options before anything is read: of those that decide what is measured,
 * and of all. */
gboolean measure_options_valid(const struct report_options *options, GError **error);
gboolean report_options_valid(const struct report_options *options, GError **error);

/* Reads, measures, judges, renders; the directory appears complete or not at all. */
gboolean report_files(const struct report_options *options, GError **error);

#endif

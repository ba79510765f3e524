/* SPDX-License-Identifier: Apache-2.0 */
/* previous: what a former report said, and what became of it since: figures previous.ID, daily.ID,
 * change.ID and compare.*, and the datasets "compared" and "actions". */
#ifndef REPORT_PREVIOUS_H
#define REPORT_PREVIOUS_H

#include <glib.h>

/* The form of report.json. It changes when a figure's meaning does: reports of two forms are not
 * compared. */
#define REPORT_SCHEMA 1

struct previous_figure {
	double value; /* NAN: none */
	char *text;   /* as it was printed; NULL: it does not say */
};

struct previous_assumption {
	double low, expected, high;
};

/* A former report, as its report.json has it. Its texts are only compared with ours: nothing of
 * them is shown but the period, which is two dates. */
struct previous {
	char *name;              /* of the file, for messages */
	gint64 schema;           /* 0: it does not say */
	char *from, *to;         /* "2025-01-01": first and last day */
	char *currency;
	GHashTable *figures;     /* struct previous_figure by id */
	GHashTable *assumptions; /* struct previous_assumption by key */
};

struct previous *previous_new(const char *name);
void previous_free(struct previous *previous);
void previous_add_figure(struct previous *previous, const char *id, double value, const char *text);
void previous_add_assumption(struct previous *previous, const char *key,
                             struct previous_assumption assumption);

/* Takes the period apart. FALSE when the text is not one such as "2025-01-01 to 2025-03-31". */
gboolean previous_set_period(struct previous *previous, const char *text);

struct composition;

/* FALSE and why when this report cannot be compared with that one: another schema, cluster,
 * currency or kinds of nodes, other knowledge of the nodes, or a period that does not end before
 * this one. */
gboolean previous_comparable(const struct previous *previous, const struct composition *c,
                             GError **error);

/* Adds the figures; those that templates ask for exist also without a former report (NULL). */
void previous_add_figures(const struct previous *previous, struct composition *c);

/* Adds the datasets, once figures have their texts; without a former report they have no rows. */
void previous_add_datasets(const struct previous *previous, struct composition *c);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* sharing: what the manifest of a shareable file says of that file, for those who decide whether it
 * may be shared. */
#ifndef REPORT_SHARING_H
#define REPORT_SHARING_H

#include <glib.h>

/* A column of the export: what was found in it and what becomes of it. Texts as the manifest has
 * them. */
struct sharing_field {
	char *column, *kind, *becomes, *why;
	double filled;   /* the share of rows in which something stands */
	gint64 distinct; /* different values; -1: more than were counted */
};

/* How many values of a column were taken out, not being what it holds. */
struct sharing_blanks {
	char *column;
	gint64 count;
};

/* Columns that the export has not, and what would become of them. */
struct sharing_absent {
	char *becomes, *columns; /* "dropped"; "AdminComment, AssocID" */
};

struct sharing {
	char *profile;                    /* "research"; NULL: not said, like the next two */
	char *times, *nodes;              /* the resolution of times, "second"; what became of node
	                                     names, "keep" */
	gint64 blanked, numbers, replaced; /* values, user numbers and words that were taken out;
	                                      -1: not said */
	GPtrArray *fields;                /* struct sharing_field, in the order of the export; may
	                                     be empty */
	GPtrArray *absent;                /* struct sharing_absent; likewise */
	GPtrArray *blanks;                /* struct sharing_blanks; empty when there were none, or
	                                     it is not said */
};

struct sharing *sharing_new(void); /* in which nothing is said */
void sharing_free(struct sharing *sharing);

/* Returns the new, empty field, which is the sharing's. */
struct sharing_field *sharing_add_field(struct sharing *sharing);

void sharing_add_absent(struct sharing *sharing, const char *becomes, const char *columns);
void sharing_add_blanks(struct sharing *sharing, const char *column, gint64 count);

#endif

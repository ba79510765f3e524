/* SPDX-License-Identifier: Apache-2.0 */
/* document: a report, whole: its pages, the figures and datasets that they show, and what must be
 * true of it. */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include "base/separators.h"
#include "report/page.h"

enum check_relation { CHECK_EQUAL, CHECK_AT_MOST };

/* What must be true of the report in itself, and is shown to be in the workbook. */
struct report_check {
	char *words;        /* "Users hold all core-hours" */
	char *left, *right; /* expressions over figure ids, "sum.DATASET.COLUMN" and
	                       "told.DATASET.COLUMN": the sum of all its cells, which is not known
	                       when one of them is not, and of those that have a value */
	enum check_relation relation;
	enum unit unit;     /* of both sides */
	double left_value, right_value;
};

/* Beyond this share of the larger side, or of 1, sides differ by more than the last digits of what
 * was added up. */
#define CHECK_TOLERANCE 1e-6

/* An input of the model, for the Assumptions page and sheet. */
struct assumption_row {
	char *key;   /* "core_purchase": a figure of this id prefixed "assumption." holds the
	                expected value */
	char *label, *unit_text, *source, *date;
	enum unit unit;
	double low, expected, high;
	double least, most;  /* what is accepted */
	gboolean is_default; /* "default, not yours" */
	gboolean measuring;  /* read before the pass */
	gboolean is_fixed;   /* such, or not told, so that there are no figures to move: grey in the
	                        workbook */
};

struct templates;

enum paper { PAPER_A4, PAPER_LETTER }; /* what is printed on */

struct report {
	/* What the head and foot of every page say. */
	char *title;          /* "Savings report" */
	char *institution;    /* from site.conf; NULL when not given */
	char *cluster;        /* NULL when unknown */
	char *period;         /* "2025-01-01 to 2025-12-31" */
	char *classification; /* "Pseudonymous: people appear as user_0001" */
	gboolean confidential; /* not to be passed on; the notice says so */
	char *notice;         /* stands on every page: "Synthetic sample data"; NULL for none */
	char *caution;        /* why its amounts are not to be used, where a workbook has them all
	                         the same; NULL: they may be */
	char *export_hash;    /* first 12 hex digits of the shareable file's SHA-256 */
	char *currency;       /* "$" */
	struct separators separators; /* in printed numbers */
	char *language;       /* of the words, BCP 47: "en" */
	char *accent;         /* "#0072b2": a colour of the site's own, for site, mail and PDFs;
	                         NULL: none */
	GBytes *logo;         /* PNG, for the site and the PDFs; NULL: none */
	enum paper paper;     /* of the PDFs */
	char *zone;           /* "Europe/Berlin", or "as printed in the export, zone unknown" */
	char *version;        /* the program's */
	gint64 date;          /* of every document and archive member: the end of the data, never
	                         the clock */

	const struct templates *templates; /* the site's own; borrowed; NULL: none */
	struct figures *figures;
	GPtrArray *assumptions; /* struct assumption_row */
	GPtrArray *datasets;    /* struct dataset */
	GPtrArray *checks;      /* struct report_check: those that this report has both sides of */
	GPtrArray *pages;       /* struct page, in order: the site and report.pdf */
	struct page *summary;   /* executive-summary.pdf: one page */
	const struct page *approval; /* of the pages, the one that is approval-case.pdf, too; NULL:
	                                none */
	struct page *mail;      /* the body of summary.eml: nobody is in it, not by pseudonym; NULL:
	                           no mail */
	char *mail_from, *mail_to; /* addresses as in a header; NULL: the one who sends it adds
	                              them */
	char *mail_subject;
};

struct report *report_new(void);
void report_free(struct report *report);
const struct dataset *report_dataset(const struct report *report, const char *id);
/* A new dataset of the report, the last one; a sheet of the workbook, too. */
struct dataset *report_add_dataset(struct report *report, const char *id, const char *title,
                                   const char *note);
struct dataset *report_add_sheet(struct report *report, const char *id, const char *title,
                                 const char *note);
/* How a figure changed since the former report, as it stands under the figure: "12 % more than
 * before", "unchanged"; NULL where nothing can be said. The caller frees it. */
char *report_change(const struct report *report, const char *id);
/* Takes the texts over. */
void report_add_check(struct report *report, const struct report_check *check);
gboolean report_check_holds(const struct report_check *check);

#endif

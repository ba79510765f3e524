/* SPDX-License-Identifier: Apache-2.0 */
/* document: the tree that every format renders. Blocks of words, tables and charts; no layout, no colour.
 * And the datasets behind the tables, the CSV files and the workbook. */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include "base/figure.h"
#include "charts/chart.h"

enum inline_kind { INLINE_TEXT, INLINE_STRONG, INLINE_EMPHASIS, INLINE_CODE, INLINE_LINK, INLINE_FIGURE };

/* STRONG, EMPHASIS and LINK have children; TEXT, CODE and FIGURE have text. */
struct inline_node {
	enum inline_kind kind;
	char *text;
	char *target;        /* LINK: a page id ("findings/own-or-rent"), "#anchor", or https://…; FIGURE: the figure's id */
	GPtrArray *children; /* struct inline_node; NULL when none */
};

enum block_kind {
	BLOCK_HEADING,   /* level 1…4, inlines; anchor */
	BLOCK_PARAGRAPH, /* inlines */
	BLOCK_LEDE,      /* a paragraph that carries the page: larger */
	BLOCK_LIST,      /* children are BLOCK_ITEM; ordered */
	BLOCK_ITEM,      /* children are blocks */
	BLOCK_CODE,      /* text: a command to type */
	BLOCK_TABLE,     /* a view on a dataset */
	BLOCK_CHART,     /* chart */
	BLOCK_TILES,     /* key figures: figure_ids, each shown big with its label, unit and grade */
	BLOCK_CALLOUT,   /* children; tone: "note", "warning" */
	BLOCK_COLUMNS,   /* children are BLOCK_COLUMN, side by side where there is room */
	BLOCK_COLUMN,    /* children are blocks */
};

struct table_view {
	const struct dataset *dataset; /* borrowed from the report, or `grid`, or `picked` */
	struct dataset *grid;          /* of cells that stand in the template itself; NULL: none */
	struct dataset *picked;        /* some rows of one of the report's; NULL: all of them */
	GArray *columns;               /* guint: which, in order */
	int anchors;                   /* the column whose cells, behind "figure-", are what rows are called in links; -1: none */
	guint rows;                    /* at most so many from the top; 0: all */
	char *caption;
	char *rest_note;               /* "and 66 more, in tables/users.csv"; NULL when all are shown */
};

struct block {
	enum block_kind kind;
	int level;               /* headings */
	gboolean ordered;        /* lists */
	char *anchor;            /* headings: stable id */
	char *text;              /* code; callout tone */
	GPtrArray *inlines;      /* struct inline_node */
	GPtrArray *children;     /* struct block */
	GPtrArray *figure_ids;   /* char *: tiles */
	struct table_view *table;
	struct chart *chart;     /* owned */
};

struct page {
	char *id;      /* "index", "findings/own-or-rent", "users": also its path without ".html" */
	char *title;   /* its h1 as plain text: the finding */
	char *nav;     /* what the navigation calls it: "Own or rent" */
	char *section; /* the navigation's heading it stands under: "Findings" */
	char *parent;  /* the page in whose place in the navigation it stands, not being there itself: "groups"; NULL: none */
	GPtrArray *blocks; /* struct block; begins with its level-1 heading */
	gboolean site_only; /* to look things up on: not in report.pdf */
};

struct dataset_column {
	char *id;         /* "cpu_hours": CSV header, name in expressions */
	char *title;      /* "Core-hours" */
	char *help;       /* a sentence for the workbook's Notes, or NULL */
	char *expression; /* over other column ids and figure ids; NULL: a value */
	enum unit unit;   /* UNIT_TEXT: cells have text only */
	gboolean total;   /* summed in a total row */
	gboolean exact;   /* its cells are inputs, with the digits that each was given with */
	gboolean figures; /* its cells are ids of figures, with blanks between, that lead to what is said of these */
	gboolean csv_only, no_csv;
	gboolean drawn;   /* its cells are small charts, for pages and PDFs alone; a view has it when one of them is there */
};

struct dataset_cell {
	double value;
	gboolean has_value;
	gboolean is_given; /* set, so that the column's expression does not apply */
	const char *expression; /* of this cell alone, as a column's; NULL: none */
	const char *text; /* as printed in HTML and PDF; for UNIT_TEXT the text itself */
	struct chart *drawing; /* of a column that is drawn, what its text says; NULL: none */
};

struct dataset {
	char *id;          /* "users": tables/users.csv, sheet "Users" */
	char *title;       /* "Users" */
	char *note;        /* what a row is, in a sentence */
	GPtrArray *columns; /* struct dataset_column */
	GPtrArray *rows;    /* struct dataset_cell *: one per column */
	GStringChunk *texts; /* of its cells, which are many and short */
	gboolean sheet;     /* has a sheet of its own in the workbook */
	gboolean people;    /* a row is a person: not in what is mailed */
	GPtrArray *pages;   /* char *: of each row the page about it, to which its first cell leads; NULL: there are none */
	guint results;      /* rows at the top that were chosen among the others: no chart draws them */
	char *headline;     /* what a chart of it shows, as a sentence; NULL: nothing to draw */
};

enum check_relation { CHECK_EQUAL, CHECK_AT_MOST };

/* What must be true of the report in itself, and is shown to be in the workbook. */
struct report_check {
	char *words;        /* "Users hold all core-hours" */
	char *left, *right; /* expressions over figure ids, "sum.DATASET.COLUMN" and "told.DATASET.COLUMN": the sum of all its cells, which
	                       is not known when one of them is not, and of those that have a value */
	enum check_relation relation;
	enum unit unit;     /* of both sides */
	double left_value, right_value;
};

/* Beyond this share of the larger side, or of 1, sides differ by more than the last digits of what was added up. */
#define CHECK_TOLERANCE 1e-6

/* An input of the model, for the Assumptions page and sheet. */
struct assumption_row {
	char *key;   /* "core_purchase": a figure of this id prefixed "assumption." holds the expected value */
	char *label, *unit_text, *source, *date;
	enum unit unit;
	double low, expected, high;
	double least, most;  /* what is accepted */
	gboolean is_default; /* "default, not yours" */
	gboolean measuring;  /* read before the pass */
	gboolean is_fixed;   /* such, or not told, so that there are no figures to move: grey in the workbook */
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
	char *export_hash;    /* first 12 hex digits of the shareable file's SHA-256 */
	char *currency;       /* "$" */
	char *language;       /* of the words, BCP 47: "en" */
	char *accent;         /* "#0072b2": a colour of the site's own, for site, mail and PDFs; NULL: none */
	GBytes *logo;         /* PNG, for the site and the PDFs; NULL: none */
	enum paper paper;     /* of the PDFs */
	char *zone;           /* "Europe/Berlin", or "as printed in the export, zone unknown" */
	char *version;        /* the program's */
	gint64 date;          /* of every document and archive member: the end of the data, never the clock */

	const struct templates *templates; /* the site's own; borrowed; NULL: none */
	struct figures *figures;
	GPtrArray *assumptions; /* struct assumption_row */
	GPtrArray *datasets;    /* struct dataset */
	GPtrArray *checks;      /* struct report_check: those that this report has both sides of */
	GPtrArray *pages;       /* struct page, in order: the site and report.pdf */
	struct page *summary;   /* executive-summary.pdf: one page */
	const struct page *approval; /* of the pages, the one that is approval-case.pdf, too; NULL: none */
	struct page *mail;      /* the body of summary.eml: nobody is in it, not by pseudonym; NULL: no mail */
	char *mail_from, *mail_to; /* addresses as in a header; NULL: the one who sends it adds them */
	char *mail_subject;
};

struct report *report_new(void);
void report_free(struct report *report);
const struct dataset *report_dataset(const struct report *report, const char *id);
/* A new dataset of the report, the last one; a sheet of the workbook, too. */
struct dataset *report_add_dataset(struct report *report, const char *id, const char *title, const char *note);
struct dataset *report_add_sheet(struct report *report, const char *id, const char *title, const char *note);
/* How a figure changed since the former report, as it stands under the figure: "12 % more than before", "unchanged"; NULL where
 * nothing can be said. The caller frees it. */
char *report_change(const struct report *report, const char *id);
/* Takes the texts over. */
void report_add_check(struct report *report, const struct report_check *check);
gboolean report_check_holds(const struct report_check *check);
int dataset_column_find(const struct dataset *dataset, const char *id);
const struct dataset_cell *dataset_cell(const struct dataset *dataset, guint row, guint column);
struct dataset_cell *dataset_own_cell(struct dataset *dataset, guint row, guint column);
/* In a column that it has. */
const struct dataset_cell *dataset_cell_in(const struct dataset *dataset, guint row, const char *column);

/* Makers; what is given is copied unless it is a block, page or chart, which is taken over. */
struct inline_node *inline_new(enum inline_kind kind, const char *text);
struct inline_node *inline_add(struct inline_node *parent, struct inline_node *child);
void inline_free(struct inline_node *node);
struct block *block_new(enum block_kind kind);
struct block *block_add(struct block *parent, struct block *child);
struct block *block_add_inline(struct block *block, struct inline_node *child);
void block_free(struct block *block);
struct table_view *table_view_new(const struct dataset *dataset, const char *caption); /* of no columns yet */
/* One that the dataset has; nothing is added when it is drawn and there is no drawing. */
void table_view_add_column(struct table_view *view, const char *id);
guint table_view_rows(const struct table_view *view); /* how many are shown */
struct page *page_new(const char *id, const char *nav, const char *section);
void page_free(struct page *page);
struct dataset *dataset_new(const char *id, const char *title, const char *note);
struct dataset_column *dataset_add_column(struct dataset *dataset, const char *id, const char *title, enum unit unit);
void dataset_free(struct dataset *dataset);
/* Those rows of a dataset that have this text in the column; the caller's. */
struct dataset *dataset_pick(const struct dataset *dataset, guint column, const char *text);
void dataset_add_row(struct dataset *dataset); /* of empty cells */
void dataset_set(struct dataset *dataset, const char *column, double value);       /* in the last row */
void dataset_set_text(struct dataset *dataset, const char *column, const char *text); /* in the last row */
void dataset_cell_say(struct dataset *dataset, struct dataset_cell *cell, const char *text); /* in any; text may be NULL */
/* In the last row: taken over, and its title is the text. */
void dataset_set_drawing(struct dataset *dataset, const char *column, struct chart *drawing);
/* In the last row: format_dataset() finds its value, as a column's. A figure's id is one. */
void dataset_set_expression(struct dataset *dataset, const char *column, const char *expression);

/* The plain text of inlines or of a block with all it holds, for titles, outlines and scans. The caller frees it. */
char *inlines_text(const GPtrArray *inlines);
char *block_text(const struct block *block);

#endif

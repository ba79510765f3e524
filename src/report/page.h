/* SPDX-License-Identifier: Apache-2.0 */
/* page: the tree that every format renders. Blocks of words, tables and charts; no layout, no
 * colour. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "report/dataset.h"

enum inline_kind {
	INLINE_TEXT,
	INLINE_STRONG,
	INLINE_EMPHASIS,
	INLINE_CODE,
	INLINE_LINK,
	INLINE_FIGURE
};

/* STRONG, EMPHASIS and LINK have children; TEXT, CODE and FIGURE have text. */
struct inline_node {
	enum inline_kind kind;
	char *text;
	char *target;        /* LINK: a page id ("findings/own-or-rent"), "#anchor", or https://…;
	                        FIGURE: the figure's id */
	int line;            /* LINK: where it stands in the page's template */
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
	BLOCK_TILES,     /* key figures: figure_ids, each shown big with its label, unit and
	                    grade */
	BLOCK_CALLOUT,   /* children; tone: "note", "warning" */
	BLOCK_COLUMNS,   /* children are BLOCK_COLUMN, side by side where there is room */
	BLOCK_COLUMN,    /* children are blocks */
};

struct table_view {
	const struct dataset *dataset; /* borrowed from the report, or `grid`, or `picked` */
	struct dataset *grid;          /* of cells that stand in the template itself; NULL: none */
	struct dataset *picked;        /* some rows of one of the report's; NULL: all of them */
	GArray *columns;               /* guint: which, in order */
	int anchors;                   /* the column whose cells, behind "figure-", are what rows
	                                  are called in links; -1: none */
	guint rows;                    /* at most so many from the top; 0: all */
	char *caption;
	char *rest_note;               /* "and 66 more, in tables/users.csv"; NULL when all are
	                                  shown */
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
	char *template; /* what it was composed by, for messages: "own/findings/memory.md"; NULL: by
	                   none */
	char *parent;  /* the page in whose place in the navigation it stands, not being there
	                  itself: "groups"; NULL: none */
	GPtrArray *blocks; /* struct block; begins with its level-1 heading */
	gboolean site_only; /* to look things up on: not in report.pdf */
};

/* Makers; what is given is copied unless it is a block, page or chart, which is taken over. */
struct inline_node *inline_new(enum inline_kind kind, const char *text);
void inline_free(struct inline_node *node);
struct block *block_new(enum block_kind kind);
struct block *block_add(struct block *parent, struct block *child);
void block_free(struct block *block);
/* of no columns yet */
struct table_view *table_view_new(const struct dataset *dataset, const char *caption);
/* One that the dataset has; nothing is added when it is drawn and there is no drawing. */
void table_view_add_column(struct table_view *view, const char *id);
guint table_view_rows(const struct table_view *view); /* how many are shown */
struct page *page_new(const char *id, const char *nav, const char *section);
void page_free(struct page *page);

/* The plain text of inlines or of a block with all it holds, for titles, outlines and scans. The
 * caller frees it. */
char *inlines_text(const GPtrArray *inlines);
char *block_text(const struct block *block);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* fixture_report: a small synthetic report that has every kind of block, figure and cell, for the
 * renderers' tests. */
#ifndef TESTS_FIXTURE_REPORT_H
#define TESTS_FIXTURE_REPORT_H

#include "report/document.h"

/* Complete and formatted; the same every time. The caller frees it. */
struct report *fixture_report(void);

/* The parent, or the block, that the child was added to, which is taken over. */
struct inline_node *inline_add(struct inline_node *parent, struct inline_node *child);
struct block *block_add_inline(struct block *block, struct inline_node *child);

/* A dataset of two rows, "drawn", of which the first, alpha, has a drawing that is called so; and a
 * view on all of it. */
struct block *fixture_drawn_table(struct report *report, const char *words);

#endif

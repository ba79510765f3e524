/* SPDX-License-Identifier: Apache-2.0 */
/* fixture_charts: the charts of a report that was composed. */
#ifndef FIXTURE_CHARTS_H
#define FIXTURE_CHARTS_H

#include <check.h>

#include "fixture_analysis.h"
#include "report/compose.h"

static inline const struct chart *chart_in(const GPtrArray *blocks, const char *id)
{
	const struct chart *found = NULL;
	for (guint i = 0; blocks && i < blocks->len && !found; i++) {
		const struct block *block = blocks->pdata[i];
		if (block->kind == BLOCK_CHART && block->chart && g_str_equal(block->chart->id, id))
			return block->chart;
		found = chart_in(block->children, id);
	}
	return found;
}

/* NULL when it is on no page. */
static inline const struct chart *find_chart(const struct report *report, const char *id)
{
	const struct chart *found = NULL;
	for (guint i = 0; i < report->pages->len && !found; i++)
		found = chart_in(((const struct page *)report->pages->pdata[i])->blocks, id);
	return found;
}

/* Analyses the world's jobs. */
static inline struct report *report_of(struct world *world)
{
	analyse(world);
	struct report_facts facts = { .currency = "$",
		                      .separators = { ",", "." },
		                      .zone = world->zone };
	struct report *report = report_compose(world->analysis, &facts, NULL);
	ck_assert_ptr_nonnull(report);
	return report;
}

#endif

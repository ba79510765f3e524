/* SPDX-License-Identifier: Apache-2.0 */
/* All findings in one table: what came of each, what it is worth, whom it is about. */
#include "report/compose.h"

#include <string.h>

#define PLACE 2 /* behind users and groups, as sheets of the workbook stand */

static const char *outcome(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_GAIN: return "found";
	case VERDICT_NOTHING: return "nothing to do";
	case VERDICT_UNKNOWN: return "cannot be told";
	}
	g_assert_not_reached();
}

struct dataset *findings_begin(struct composition *c)
{
	struct dataset *findings = dataset_new("findings", "Findings",
	                                       "One row a finding, whatever came of it.");
	findings->sheet = TRUE;
	g_ptr_array_insert(c->report->datasets, MIN(PLACE, (gint)c->report->datasets->len),
	                   findings);
	dataset_add_column(findings, "subject", "Subject", UNIT_TEXT);
	dataset_add_column(findings, "outcome", "Outcome", UNIT_TEXT);
	dataset_add_column(findings, "words", "In a sentence", UNIT_TEXT);
	dataset_add_column(findings, "low", "A year, low", UNIT_CURRENCY);
	dataset_add_column(findings, "expected", "A year, expected", UNIT_CURRENCY)->help =
		g_strdup("Where a finding has money of its own. Findings overlap: they do not add "
	                 "up to the saving.");
	dataset_add_column(findings, "high", "A year, high", UNIT_CURRENCY);
	dataset_add_column(findings, "money", "What money it is", UNIT_TEXT);
	dataset_add_column(findings, "users", "Users", UNIT_COUNT)->help = g_strdup(
		"Whom the finding is about, where they are counted.");
	dataset_add_column(findings, "effort", "Staff hours, once", UNIT_COUNT)->help = g_strdup(
		"To help each user of it who held a node-hour or more in vain, to train "
		"each group, or to set up renting. Who is in several findings is in "
		"each: they do not add up.");
	dataset_add_column(findings, "cost", "Cost of these", UNIT_CURRENCY);
	dataset_add_column(findings, "payback", "Of a year’s worth", UNIT_SHARE)->help = g_strdup(
		"That cost ÷ what comes of it in a year; of what users give back, as far as people "
	        "are taken to follow.");
	dataset_add_column(findings, "known", "Rests on", UNIT_SHARE)->help = g_strdup(
		"How much of what it is about is known: of node-hours whose use is measured, else "
	        "of jobs or hours that say it.");
	dataset_add_column(findings, "grade", "Grade", UNIT_TEXT);
	dataset_add_column(findings, "action", "First thing to do", UNIT_TEXT);
	dataset_add_column(findings, "id", "Id", UNIT_TEXT);
	return findings;
}

static void set_figure(struct dataset *findings, const char *column, const char *expression)
{
	if (expression)
		dataset_set_expression(findings, column, expression);
}

static void set_money(struct dataset *findings, const struct finding_money *money,
                      const struct figures *figures)
{
	const struct figure *worth = money->expected ? figures_find(figures, money->expected)
	                                             : NULL;
	set_figure(findings, "low", money->low);
	set_figure(findings, "expected", money->expected);
	set_figure(findings, "high", money->high);
	if (worth && worth->has_value)
		dataset_set_text(findings, "money", money->words);
}

/* Where there is nothing to gain nobody is to act. A verdict that hangs on prices may become
 * another in the workbook. */
static void set_effort(struct dataset *findings, const struct finding *finding)
{
	if (finding->verdict != VERDICT_GAIN && !finding->gain)
		return;
	set_figure(findings, "effort", finding->kind->effort.hours);
	set_figure(findings, "cost", finding->kind->effort.cost);
	set_figure(findings, "payback", finding->kind->effort.payback);
}

/* The first point of the first list in order on a page: a finding without anything to do has none.
 * The caller frees it. */
static char *first_action(const struct page *page)
{
	for (guint i = 0; i < page->blocks->len; i++) {
		const struct block *block = page->blocks->pdata[i];
		if (block->kind == BLOCK_LIST && block->ordered && block->children->len > 0)
			return block_text(block->children->pdata[0]);
	}
	return g_strdup("");
}

/* Of a few weeks a table, which bears no warning, says nothing of a year, nor what acting on that
 * would take. */
void findings_add(struct dataset *findings, const struct finding *finding, const struct page *page,
                  const struct figures *figures)
{
	gboolean known = finding->verdict != VERDICT_UNKNOWN;
	dataset_add_row(findings);
	dataset_set_text(findings, "subject", finding->kind->nav);
	dataset_set_text(findings, "outcome", outcome(finding->verdict));
	dataset_set_text(findings, "words", page->title);
	dataset_set_text(findings, "grade", known ? grade_name(finding->grade) : "");
	g_autofree char *action = first_action(page);
	dataset_set_text(findings, "action", g_strstrip(action));
	dataset_set_text(findings, "id", finding->kind->id);
	/* A template may name somebody in a title. */
	findings->people = findings->people || strstr(page->title, "user_") ||
	                   strstr(action, "user_");
	if (!known)
		return;
	set_figure(findings, "users", finding->kind->users);
	set_figure(findings, "known", finding->kind->coverage ? finding->kind->coverage : "1");
	if (figures_value(figures, "window.is_short", 0) > 0)
		return;
	set_money(findings, &finding->kind->money, figures);
	set_effort(findings, finding);
}

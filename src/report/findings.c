/* SPDX-License-Identifier: Apache-2.0 */
/* All findings in one table: what came of each, what it is worth, whom it is about. */
#include "report/compose.h"

#include <string.h>

#define PLACE 2 /* behind users and groups, as sheets of the workbook stand */

static const char *outcome(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_GAIN: return "found";
	case VERDICT_NOTHING: return "as it should be";
	case VERDICT_UNKNOWN: return "cannot be told";
	}
	g_assert_not_reached();
}

struct dataset *findings_begin(struct composition *c)
{
	struct dataset *findings = dataset_new("findings", "Findings", "One row a finding, whatever came of it.");
	findings->sheet = TRUE;
	g_ptr_array_insert(c->report->datasets, MIN(PLACE, (gint)c->report->datasets->len), findings);
	dataset_add_column(findings, "subject", "Subject", UNIT_TEXT);
	dataset_add_column(findings, "outcome", "Outcome", UNIT_TEXT);
	dataset_add_column(findings, "words", "In a sentence", UNIT_TEXT);
	dataset_add_column(findings, "expected", "A year, expected", UNIT_CURRENCY)->help =
	    g_strdup("Where a finding has money of its own. Findings overlap: they do not add up to the saving.");
	dataset_add_column(findings, "low", "A year, low", UNIT_CURRENCY);
	dataset_add_column(findings, "high", "A year, high", UNIT_CURRENCY);
	dataset_add_column(findings, "money", "What money it is", UNIT_TEXT);
	dataset_add_column(findings, "users", "Users", UNIT_COUNT)->help = g_strdup("Whom the finding is about, where they are counted.");
	dataset_add_column(findings, "grade", "Grade", UNIT_TEXT);
	return findings;
}

static void set_figure(struct dataset *findings, const char *column, const char *id)
{
	if (id)
		dataset_set_expression(findings, column, id);
}

void findings_add(struct dataset *findings, const struct finding *finding, const struct page *page, const struct figures *figures)
{
	const struct finding_money *money = &finding->kind->money;
	const struct figure *worth = money->expected ? figures_find(figures, money->expected) : NULL;
	gboolean known = finding->verdict != VERDICT_UNKNOWN;
	dataset_add_row(findings);
	dataset_set_text(findings, "subject", finding->kind->nav);
	dataset_set_text(findings, "outcome", outcome(finding->verdict));
	dataset_set_text(findings, "words", page->title);
	dataset_set_text(findings, "grade", known ? grade_name(finding->grade) : "");
	/* A site's own template may name somebody in a title. */
	findings->people = findings->people || strstr(page->title, "user_");
	if (!known)
		return;
	set_figure(findings, "low", money->low);
	set_figure(findings, "expected", money->expected);
	set_figure(findings, "high", money->high);
	if (worth && worth->has_value)
		dataset_set_text(findings, "money", money->words);
	set_figure(findings, "users", finding->kind->users);
}

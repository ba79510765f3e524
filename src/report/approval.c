/* SPDX-License-Identifier: Apache-2.0 */
#include "report/compose.h"

static gint64 fields_that_become(const struct sharing *sharing, const char *becomes)
{
	gint64 count = 0;
	for (guint i = 0; i < sharing->fields->len; i++)
		count += g_strcmp0(((const struct sharing_field *)sharing->fields->pdata[i])->becomes, becomes) == 0;
	return count;
}

static void add_count(struct figures *figures, const char *id, gint64 count, const char *label)
{
	if (count >= 0)
		figures_add(figures, id, UNIT_COUNT, (double)count, label);
	else
		figures_add_missing(figures, id, UNIT_COUNT, "the manifest of the shareable file does not say it", label);
}

static void add_text(struct figures *figures, const char *id, const char *text, const char *label)
{
	figures_add_text(figures, id, text ? text : "", label);
}

void approval_add_figures(struct composition *c)
{
	struct figures *figures = c->report->figures;
	const struct sharing *said = c->sharing;
	gint64 fields = said ? said->fields->len : 0;
	add_text(figures, "report.classification", c->report->classification, "How people appear");
	figures_add(figures, "has.policy", UNIT_COUNT, fields > 0, "The manifest says what became of each column");
	add_text(figures, "sharing.profile", said ? said->profile : NULL, "Profile of the shareable file");
	add_text(figures, "sharing.times", said ? said->times : NULL, "Resolution of times in it");
	add_text(figures, "sharing.nodes", said ? said->nodes : NULL, "What became of node names");
	add_count(figures, "sharing.blanked", said ? said->blanked : -1, "Values that were not what their column holds, blanked");
	add_count(figures, "sharing.numbers", said ? said->numbers : -1, "User numbers taken out of states");
	add_count(figures, "sharing.replaced", said ? said->replaced : -1, "Words that were names, replaced");
	add_count(figures, "fields.count", fields > 0 ? fields : -1, "Columns of the export");
	add_count(figures, "fields.dropped", fields > 0 ? fields_that_become(said, "dropped") : -1, "Columns dropped");
	add_count(figures, "fields.pseudonyms", fields > 0 ? fields_that_become(said, "pseudonym") : -1,
	          "Columns of names that hold pseudonyms");
}

static void add_field(struct dataset *fields, const struct sharing_field *field)
{
	dataset_add_row(fields);
	dataset_set_text(fields, "column", field->column);
	dataset_set_text(fields, "kind", field->kind);
	dataset_set(fields, "filled", field->filled);
	if (field->distinct >= 0)
		dataset_set(fields, "distinct", (double)field->distinct);
	else
		dataset_set_text(fields, "distinct", "many");
	dataset_set_text(fields, "becomes", field->becomes);
	dataset_set_text(fields, "why", field->why);
}

void approval_add_datasets(struct composition *c)
{
	const struct sharing *sharing = c->sharing;
	struct dataset *fields = dataset_new("fields", "Columns of the export",
	                                     "One row a column: what was found in it, what becomes of it, and why.");
	g_ptr_array_add(c->report->datasets, fields);
	dataset_add_column(fields, "column", "Column", UNIT_TEXT);
	dataset_add_column(fields, "kind", "Holds", UNIT_TEXT);
	dataset_add_column(fields, "filled", "Filled", UNIT_SHARE)->help = g_strdup("Of the rows that were looked at.");
	dataset_add_column(fields, "distinct", "Values", UNIT_COUNT)->help =
	    g_strdup("Different ones; many: more than were counted.");
	dataset_add_column(fields, "becomes", "Becomes", UNIT_TEXT);
	dataset_add_column(fields, "why", "Why", UNIT_TEXT);
	for (guint i = 0; sharing && i < sharing->fields->len; i++)
		add_field(fields, sharing->fields->pdata[i]);
}

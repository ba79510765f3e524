/* SPDX-License-Identifier: Apache-2.0 */
#include "report/compose.h"

#include <string.h>

static gint64 fields_that_become(const struct sharing *sharing, const char *becomes)
{
	gint64 count = 0;
	for (guint i = 0; i < sharing->fields->len; i++)
		count += g_strcmp0(
				 ((const struct sharing_field *)sharing->fields->pdata[i])->becomes,
				 becomes) == 0;
	return count;
}

static void add_count(struct figures *figures, const char *id, gint64 count, const char *label)
{
	if (count >= 0)
		figures_add(figures, id, UNIT_COUNT, (double)count, label);
	else
		figures_add_missing(figures, id, UNIT_COUNT,
		                    "the manifest of the shareable file does not say it", label);
}

static void add_text(struct figures *figures, const char *id, const char *text, const char *label)
{
	figures_add_text(figures, id, text ? text : "", label);
}

void approval_add_search(struct figures *figures, const struct report_facts *facts)
{
	g_autofree char *allowed = facts->allowed ? g_strjoinv(", ", (char **)facts->allowed)
	                                          : NULL;
	figures_add(figures, "scan.done", UNIT_COUNT, facts->searched,
	            "The report was searched for names");
	add_text(figures, "scan.mapping", facts->custody, "How the mapping is kept");
	add_text(figures, "scan.allowed", facts->searched ? allowed : NULL,
	         "Words that were allowed, whoever may bear them");
}

void approval_add_figures(struct composition *c)
{
	struct figures *figures = c->report->figures;
	const struct sharing *said = c->sharing;
	gint64 fields = said ? said->fields->len : 0;
	add_text(figures, "report.classification", c->report->classification, "How people appear");
	figures_add(figures, "has.policy", UNIT_COUNT, fields > 0,
	            "The manifest says what became of each column");
	add_text(figures, "sharing.profile", said ? said->profile : NULL,
	         "Profile of the shareable file");
	add_text(figures, "sharing.times", said ? said->times : NULL, "Resolution of times in it");
	add_text(figures, "sharing.nodes", said ? said->nodes : NULL, "What became of node names");
	add_count(figures, "sharing.blanked", said ? said->blanked : -1,
	          "Values that were not what their column holds, blanked");
	add_count(figures, "sharing.numbers", said ? said->numbers : -1,
	          "User numbers taken out of states");
	add_count(figures, "sharing.replaced", said ? said->replaced : -1,
	          "Words that were names, replaced");
	add_count(figures, "fields.count", fields > 0 ? fields : -1, "Columns of the export");
	add_count(figures, "fields.dropped", fields > 0 ? fields_that_become(said, "dropped") : -1,
	          "Columns dropped");
	add_count(figures, "fields.shared",
	          fields > 0 ? fields - fields_that_become(said, "dropped") : -1,
	          "Columns of the shareable file");
	figures_add(figures, "fields.rest", UNIT_COUNT,
	            said && (fields_that_become(said, "dropped") > 0 || said->absent->len > 0),
	            "The manifest names columns that the shareable file has not");
	add_count(figures, "fields.pseudonyms",
	          fields > 0 ? fields_that_become(said, "pseudonym") : -1,
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

static gboolean is_dropped(const struct sharing_field *field)
{
	return g_strcmp0(field->becomes, "dropped") == 0;
}

static void add_fields(struct composition *c)
{
	const GPtrArray *said = c->sharing ? c->sharing->fields : NULL;
	struct dataset *fields = report_add_dataset(
		c->report, "fields", "Columns of the export",
		"One row a column: what was found in it, what becomes of it, and why. Those of "
		"the shareable file come first.");
	dataset_add_column(fields, "column", "Column", UNIT_TEXT);
	dataset_add_column(fields, "kind", "Holds", UNIT_TEXT);
	dataset_add_column(fields, "filled", "Filled", UNIT_SHARE)->help = g_strdup(
		"Of the rows that were looked at.");
	dataset_add_column(fields, "distinct", "Values", UNIT_COUNT)->help =
	    g_strdup("Different ones; many: more than were counted.");
	dataset_add_column(fields, "becomes", "Becomes", UNIT_TEXT);
	dataset_add_column(fields, "why", "Why", UNIT_TEXT);
	for (int dropped = 0; dropped < 2; dropped++)
		for (guint i = 0; said && i < said->len; i++)
			if (is_dropped(said->pdata[i]) == dropped)
				add_field(fields, said->pdata[i]);
}

/* No cell is longer than a page can hold whole. */
#define LONGEST_LIST 400

static void add_rest_row(struct dataset *rest, const char *fate, const char *columns)
{
	while (*columns) {
		const char *end = columns + MIN(strlen(columns), LONGEST_LIST), *comma = end;
		while (*end && comma > columns && *comma != ',')
			comma--;
		g_autofree char *part = g_strndup(columns, (gsize)((comma > columns ? comma : end) -
		                                                   columns));
		dataset_add_row(rest);
		dataset_set_text(rest, "fate", fate);
		dataset_set_text(rest, "columns", part);
		columns += strlen(part);
		columns += strspn(columns, ", ");
	}
}

/* The columns that are dropped for the reason that the i-th is; NULL when an earlier one was for
 * that. */
static char *dropped_alike(const GPtrArray *fields, guint i)
{
	const struct sharing_field *first = fields->pdata[i];
	GString *columns = g_string_new(NULL);
	for (guint j = 0; j < fields->len; j++) {
		const struct sharing_field *field = fields->pdata[j];
		if (!is_dropped(field) || g_strcmp0(field->why, first->why) != 0)
			continue;
		if (j < i)
			return g_string_free(columns, TRUE);
		g_string_append_printf(columns, "%s%s", columns->len > 0 ? ", " : "",
		                       field->column ? field->column : "");
	}
	return g_string_free(columns, FALSE);
}

/* In few rows, since they are many and nobody's. */
static void add_rest(struct composition *c)
{
	const struct sharing *said = c->sharing;
	struct dataset *rest =
		report_add_dataset(c->report, "fields_rest",
	                           "Columns that are not in the shareable file",
	                           "Why they are not, or what would become of them.");
	dataset_add_column(rest, "fate", "What becomes of them", UNIT_TEXT);
	dataset_add_column(rest, "columns", "Columns", UNIT_TEXT);
	for (guint i = 0; said && i < said->fields->len; i++) {
		const struct sharing_field *field = said->fields->pdata[i];
		g_autofree char *columns = is_dropped(field) ? dropped_alike(said->fields, i)
		                                             : NULL;
		g_autofree char *fate = g_strdup_printf("Dropped. %s",
		                                        field->why ? field->why : "");
		if (columns)
			add_rest_row(rest, g_strchomp(fate), columns);
	}
	for (guint i = 0; said && i < said->absent->len; i++) {
		const struct sharing_absent *absent = said->absent->pdata[i];
		g_autofree char *fate = g_strdup_printf("Not in the export. They would be: %s.",
		                                        absent->becomes);
		add_rest_row(rest, fate, absent->columns);
	}
}

void approval_add_datasets(struct composition *c)
{
	add_fields(c);
	add_rest(c);
}

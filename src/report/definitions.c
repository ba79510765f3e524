/* SPDX-License-Identifier: Apache-2.0 */
/* What each figure is: in words, as a formula, and of which others. */
#include "base/expression.h"
#include "report/compose.h"

static void add_definitions(struct composition *c)
{
	struct dataset *dataset =
		report_add_dataset(c->report, "definitions", "Figures and their definitions",
	                           "The figures whose meaning is not plain from their name; the "
	                           "formulas are in the workbook.");
	dataset_add_column(dataset, "figure", "Figure", UNIT_TEXT);
	dataset_add_column(dataset, "value", "Value", UNIT_TEXT);
	dataset_add_column(dataset, "definition", "Definition", UNIT_TEXT);
	for (guint i = 0; i < figures_count(c->report->figures); i++) {
		const struct figure *figure = figures_nth(c->report->figures, i);
		/* The formulas of single pools and programmes are in the workbook, where they can
		 * be followed, and so is what would be. */
		if (!figure->definition || figure->what_if)
			continue;
		dataset_add_row(dataset);
		dataset_set_text(dataset, "figure", figure->label);
		dataset_set_text(dataset, "value", figure->text);
		dataset_set_text(dataset, "definition", figure->definition);
	}
}

/* "Hours held ÷ hours there. = a / b" */
static char *how(const struct figure *figure)
{
	g_autofree char *formula = figure->expression ? g_strconcat("= ", figure->expression, NULL)
	                                              : NULL;
	gboolean assumed = g_str_has_prefix(figure->id, "assumption.");
	const char *words = figure->definition ? figure->definition
	                    : assumed          ? "An assumption."
	                                       : "";
	return g_strdup_printf("%s%s%s", words, *words && formula ? " " : "",
	                       formula ? formula : "");
}

struct inputs {
	const struct figures *figures;
	GPtrArray *ids;
};

/* Once, however often a formula has it. A curve is no figure that could be led to. */
static void take_id(const char *id, void *data)
{
	const struct inputs *inputs = data;
	if (figures_find(inputs->figures, id) &&
	    !g_ptr_array_find_with_equal_func(inputs->ids, id, g_str_equal, NULL))
		g_ptr_array_add(inputs->ids, g_strdup(id));
}

/* "a b": the others that it is computed of. */
static char *inputs_of(const struct figures *figures, const struct figure *figure)
{
	g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
	struct inputs inputs = { figures, ids };
	if (figure->parsed)
		expression_ids(figure->parsed, take_id, &inputs);
	g_ptr_array_add(ids, NULL);
	return g_strjoinv(" ", (char **)ids->pdata);
}

static void add_figure(struct dataset *dataset, const struct figures *figures,
                       const struct figure *figure)
{
	g_autofree char *words = how(figure), *ids = inputs_of(figures, figure);
	dataset_add_row(dataset);
	dataset_set_text(dataset, "figure", figure->label);
	dataset_set_text(dataset, "id", figure->id);
	dataset_set_text(dataset, "value", figure->has_value ? figure->text : figure->reason);
	dataset_set_text(dataset, "how", words);
	dataset_set_text(dataset, "inputs", ids);
	dataset_set_text(dataset, "grade",
	                 figure->grade != GRADE_NONE && figure->has_value
	                         ? grade_name(figure->grade)
	                         : "");
}

static void add_figures(struct composition *c)
{
	struct dataset *dataset = report_add_dataset(c->report, "figures", "Every figure",
	                                             "One row a figure of the report.");
	dataset_add_column(dataset, "figure", "Figure", UNIT_TEXT);
	dataset_add_column(dataset, "id", "Id", UNIT_TEXT);
	dataset_add_column(dataset, "value", "Value", UNIT_TEXT);
	dataset_add_column(dataset, "how", "What it is", UNIT_TEXT);
	dataset_add_column(dataset, "inputs", "Computed of", UNIT_TEXT)->figures = TRUE;
	dataset_add_column(dataset, "grade", "Grade", UNIT_TEXT);
	for (guint i = 0; i < figures_count(c->report->figures); i++) {
		const struct figure *figure = figures_nth(c->report->figures, i);
		/* What the site calls itself, and what file this is, are no figures. */
		if (!g_str_has_prefix(figure->id, "site.") &&
		    !g_str_has_prefix(figure->id, "report."))
			add_figure(dataset, c->report->figures, figure);
	}
}

void definitions_add_datasets(struct composition *c)
{
	add_definitions(c);
	add_figures(c);
}

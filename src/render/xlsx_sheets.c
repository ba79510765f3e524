/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_sheets.h"

#include <string.h>

#include "render/xlsx_formula.h"

enum {
	INPUT_LABEL,
	INPUT_LOW,
	INPUT_EXPECTED,
	INPUT_HIGH,
	INPUT_USED,
	INPUT_UNIT,
	INPUT_MARK,
	INPUT_SOURCE,
	INPUT_DATE,
	INPUT_NAME,
	INPUT_COLUMNS
};

static const struct sheet_heading input_headings[INPUT_COLUMNS] = {
	[INPUT_LABEL] = { "Assumption", 40, LOOK_HEAD },
	[INPUT_LOW] = { "Low", 13, LOOK_HEAD_NUMBER },
	[INPUT_EXPECTED] = { "Expected", 13, LOOK_HEAD_NUMBER },
	[INPUT_HIGH] = { "High", 13, LOOK_HEAD_NUMBER },
	[INPUT_USED] = { "Used", 15, LOOK_HEAD_NUMBER },
	[INPUT_UNIT] = { "Unit", 22, LOOK_HEAD },
	[INPUT_MARK] = { "Whose", 19, LOOK_HEAD },
	[INPUT_SOURCE] = { "Source", 36, LOOK_HEAD },
	[INPUT_DATE] = { "Date", 12, LOOK_HEAD },
	[INPUT_NAME] = { "Name in formulas", 30, LOOK_HEAD },
};

static void demand_positive(struct sheet *sheet)
{
	lxw_data_validation validation = {
		.validate = LXW_VALIDATION_TYPE_DECIMAL,
		.criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO,
		.value_number = 0,
		.error_title = (char *)"Not a usable input",
		.error_message = (char *)"An input of the model is a number, 0 or more.",
	};

	sheet_check(sheet, worksheet_data_validation_cell(sheet->worksheet, sheet->row, INPUT_USED,
	                                                  &validation));
}

static void write_input(struct sheet *sheet, const struct assumption_row *row)
{
	double largest = MAX(MAX(row->low, row->expected), row->high);
	g_autofree char *id = g_strconcat("assumption.", row->key, NULL);
	const char *name = formula_name(sheet->book, id);
	struct shape shape = shape_unscaled(sheet->book->report, row->unit, largest);
	lxw_format *format = book_format(sheet->book, LOOK_NUMBER, shape.number_format);

	sheet_row(sheet, ROW_POINTS);
	sheet_text(sheet, INPUT_LABEL, LOOK_TEXT, row->label);
	sheet_number(sheet, INPUT_LOW, format, row->low);
	sheet_number(sheet, INPUT_EXPECTED, format, row->expected);
	sheet_number(sheet, INPUT_HIGH, format, row->high);
	format = book_format(sheet->book, row->measuring ? LOOK_FIXED : LOOK_INPUT,
	                     shape.number_format);
	sheet_number(sheet, INPUT_USED, format, row->expected);
	sheet_define(sheet, INPUT_USED, name);
	if (!row->measuring)
		demand_positive(sheet);
	sheet_text(sheet, INPUT_UNIT, LOOK_TEXT, row->unit_text);
	sheet_text(sheet, INPUT_MARK, LOOK_TEXT, row->is_default ? "default, not yours" : "yours");
	sheet_text(sheet, INPUT_SOURCE, LOOK_WRAPPED, row->source);
	sheet_text(sheet, INPUT_DATE, LOOK_TEXT, row->date);
	sheet_text(sheet, INPUT_NAME, LOOK_CODE, name);
	shape_clear(&shape);
}

static guint write_inputs(struct sheet *sheet, const char *title, gboolean measuring)
{
	const GPtrArray *rows = sheet->book->report->assumptions;
	guint count = 0;

	for (guint i = 0; i < rows->len; i++) {
		const struct assumption_row *row = rows->pdata[i];

		if (row->measuring != measuring)
			continue;
		if (count++ == 0)
			sheet_section(sheet, title, INPUT_COLUMNS);
		write_input(sheet, row);
	}
	return count;
}

static void mark_changes(struct sheet *sheet, lxw_row_t first, lxw_row_t last)
{
	g_autofree char *rule = g_strdup_printf("=$E%u<>$C%u", first + 1, first + 1);
	lxw_conditional_format changed = {
		.type = LXW_CONDITIONAL_TYPE_FORMULA,
		.value_string = rule,
		.format = workbook_add_format(sheet->book->workbook),
	};

	format_set_bg_color(changed.format, 0xFFD966);
	sheet_check(sheet, worksheet_conditional_format_range(sheet->worksheet, first, INPUT_USED,
	                                                      last, INPUT_USED, &changed));
}

static void count_changes(struct sheet *sheet, lxw_row_t first, guint count)
{
	lxw_row_t last = first + count - 1;
	g_autofree char *formula = g_strdup_printf("SUMPRODUCT(--($E$%u:$E$%u<>$C$%u:$C$%u))",
	                                           first + 1, last + 1, first + 1, last + 1);

	sheet_row(sheet, 20);
	sheet_text(sheet, INPUT_LABEL, LOOK_NOTE,
	           "Inputs that differ from the expected, published value");
	if (count > 0) {
		mark_changes(sheet, first, last);
		sheet_formula(sheet, INPUT_USED, book_format(sheet->book, LOOK_TOTAL, "0"), formula,
		              0);
	} else {
		sheet_number(sheet, INPUT_USED, book_format(sheet->book, LOOK_TOTAL, "0"), 0);
	}
	sheet_define(sheet, INPUT_USED, NAME_INPUTS_CHANGED);
}

void sheet_assumptions(struct sheet *sheet)
{
	lxw_row_t first;
	guint count;

	sheet_band(sheet, "Assumptions",
	           "Change a blue cell and the formulas follow; the number of nodes to own stays as it is: run reclaim again for that.", INPUT_COLUMNS);
	sheet_headings(sheet, input_headings, INPUT_COLUMNS);
	first = sheet->rows + 1; /* below the section's heading */
	count = write_inputs(sheet, "Inputs", FALSE);
	count_changes(sheet, first, count);
	write_inputs(sheet,
	             "Measuring rules: applied while the export was read, so changing them here "
	             "moves nothing",
	             TRUE);
	worksheet_set_tab_color(sheet->worksheet, 0x0072B2);
}

enum {
	FIGURE_LABEL,
	FIGURE_VALUE,
	FIGURE_UNIT,
	FIGURE_PRINTED,
	FIGURE_GRADE,
	FIGURE_NAME,
	FIGURE_ID,
	FIGURE_HOW,
	FIGURE_COLUMNS
};

static const struct sheet_heading figure_headings[FIGURE_COLUMNS] = {
	[FIGURE_LABEL] = { "Figure", 46, LOOK_HEAD },
	[FIGURE_VALUE] = { "Value", 18, LOOK_HEAD_FILTER },
	[FIGURE_UNIT] = { "Unit", 10, LOOK_HEAD_CENTRED },
	[FIGURE_PRINTED] = { "In the report", 20, LOOK_HEAD_FILTER },
	[FIGURE_GRADE] = { "Grade", 10, LOOK_HEAD_CENTRED },
	[FIGURE_NAME] = { "Name in formulas", 30, LOOK_HEAD },
	[FIGURE_ID] = { "Id in report.json", 30, LOOK_HEAD },
	[FIGURE_HOW] = { "How it comes about", 62, LOOK_HEAD },
};

/* Where the value stands: a formula, an input's name, a number, or words. */
static void write_figure_value(struct sheet *sheet, const struct figure *figure,
                               struct shape *shape)
{
	struct book *book = sheet->book;
	const char *name = formula_name(book, figure->id);
	lxw_format *format = book_format(book, LOOK_NUMBER, shape->number_format);

	if (!name) {
		sheet_text(sheet, FIGURE_VALUE, LOOK_TEXT, NULL); /* the words stand beside it */
		return;
	}
	if (!g_str_has_prefix(name, "fig_")) {
		sheet_formula(sheet, FIGURE_VALUE, format, name, figure->value);
		return;
	}
	sheet_define(sheet, FIGURE_VALUE, name);
	if (figure->expression) {
		g_autofree char *formula = formula_print(book, figure->expression, NULL, NULL);

		sheet_formula(sheet, FIGURE_VALUE, format, formula, figure->value);
	} else {
		sheet_number(sheet, FIGURE_VALUE, format, figure->value);
	}
}

static char *how_it_comes_about(const struct figure *figure)
{
	const char *words = figure->reason ? figure->reason : figure->definition;

	if (figure->expression && words)
		return g_strdup_printf("%s\n%s", figure->expression, words);
	return g_strdup(figure->expression ? figure->expression : words);
}

static void write_figure(struct sheet *sheet, const struct figure *figure)
{
	struct shape shape = shape_unscaled(sheet->book->report, figure->unit,
	                                    figure->has_value ? figure->value : 0);
	g_autofree char *how = how_it_comes_about(figure);

	sheet_row(sheet, ROW_POINTS);
	sheet_text(sheet, FIGURE_LABEL, LOOK_WRAPPED, figure->label);
	write_figure_value(sheet, figure, &shape);
	sheet_text(sheet, FIGURE_UNIT, LOOK_CENTRED, shape.unit);
	sheet_text(sheet, FIGURE_PRINTED, LOOK_PRINTED, figure->text);
	sheet_text(sheet, FIGURE_GRADE, LOOK_CENTRED, grade_name(figure->grade));
	sheet_text(sheet, FIGURE_NAME, LOOK_CODE, formula_name(sheet->book, figure->id));
	sheet_text(sheet, FIGURE_ID, LOOK_CODE, figure->id);
	sheet_text(sheet, FIGURE_HOW, LOOK_WRAPPED, how);
	shape_clear(&shape);
}

/* By a pseudonym, that is: where names may be, nothing is mailed. */
static gboolean mentions_people(const struct figure *figure)
{
	return figure->unit == UNIT_TEXT && strstr(figure->text, "user_");
}

void sheet_figures(struct sheet *sheet)
{
	const struct figures *figures = sheet->book->report->figures;
	lxw_row_t head;

	sheet_band(sheet, "Figures",
	           "Every figure of the report, unrounded and in its own unit. "
	           "Derived ones are formulas over the names of others.",
	           FIGURE_COLUMNS);
	sheet_headings(sheet, figure_headings, FIGURE_COLUMNS);
	head = sheet->row;
	for (guint i = 0; i < figures_count(figures); i++)
		if (sheet->book->people || !mentions_people(figures_nth(figures, i)))
			write_figure(sheet, figures_nth(figures, i));
	sheet_check(sheet, worksheet_autofilter(sheet->worksheet, head, 0, sheet->row,
	                                        FIGURE_COLUMNS - 1));
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_sheets.h"

#include <string.h>

#include "base/expression.h"
#include "render/xlsx_formula.h"

enum {
	INPUT_LABEL,
	INPUT_LOW,
	INPUT_EXPECTED,
	INPUT_HIGH,
	INPUT_YOURS,
	INPUT_USED,
	INPUT_UNIT,
	INPUT_MARK,
	INPUT_SOURCE,
	INPUT_DATE,
	INPUT_NAME,
	INPUT_COLUMNS
};

/* In formulas. */
#define COLUMN_LOW "$B"
#define COLUMN_EXPECTED "$C"
#define COLUMN_HIGH "$D"
#define COLUMN_YOURS "$E"
#define COLUMN_USED "$F"

static const struct sheet_heading input_headings[INPUT_COLUMNS] = {
	[INPUT_LABEL] = { "Assumption", 48, LOOK_HEAD },
	[INPUT_LOW] = { "Low", 13, LOOK_HEAD_NUMBER },
	[INPUT_EXPECTED] = { "Expected", 13, LOOK_HEAD_NUMBER },
	[INPUT_HIGH] = { "High", 13, LOOK_HEAD_NUMBER },
	[INPUT_YOURS] = { "Yours", 13, LOOK_HEAD_NUMBER },
	[INPUT_USED] = { "Used", 15, LOOK_HEAD_NUMBER },
	[INPUT_UNIT] = { "Unit", 22, LOOK_HEAD },
	[INPUT_MARK] = { "Whose", 19, LOOK_HEAD },
	[INPUT_SOURCE] = { "Source", 36, LOOK_HEAD },
	[INPUT_DATE] = { "Date", 12, LOOK_HEAD },
	[INPUT_NAME] = { "Name in formulas", 30, LOOK_HEAD },
};

/* As a run accepts it. */
static void demand_range(struct sheet *sheet, const struct assumption_row *row)
{
	char least[G_ASCII_DTOSTR_BUF_SIZE], most[G_ASCII_DTOSTR_BUF_SIZE];
	g_autofree char *message =
		g_strdup_printf("A number from %s to %s.",
	                        g_ascii_formatd(least, sizeof least, "%.10g", row->least),
	                        g_ascii_formatd(most, sizeof most, "%.10g", row->most));
	lxw_data_validation validation = {
		.validate = LXW_VALIDATION_TYPE_DECIMAL,
		.criteria = LXW_VALIDATION_CRITERIA_BETWEEN,
		.minimum_number = row->least,
		.maximum_number = row->most,
		.error_title = (char *)"Not a usable input",
		.error_message = message,
	};

	sheet_check(sheet, worksheet_data_validation_cell(sheet->worksheet, sheet->row,
	                                                  INPUT_YOURS, &validation));
}

static void demand_column(struct sheet *sheet)
{
	static const char *const names[] = { "Low", "Expected", "High", NULL };
	lxw_data_validation validation = {
		.validate = LXW_VALIDATION_TYPE_LIST,
		.value_list = (void *)names, /* which the library only reads */
		.error_title = (char *)"Not a column",
		.error_message = (char *)"Low, Expected or High.",
	};

	sheet_check(sheet, worksheet_data_validation_cell(sheet->worksheet, sheet->row, INPUT_USED,
	                                                  &validation));
}

static void write_choice(struct sheet *sheet, const char *label, const char *name, const char *note)
{
	sheet_row(sheet, ROW_POINTS);
	sheet_text(sheet, INPUT_LABEL, LOOK_TEXT, label);
	for (guint i = INPUT_LOW; i < INPUT_USED; i++)
		sheet_text(sheet, i, LOOK_TEXT, NULL);
	sheet_text(sheet, INPUT_USED, LOOK_INPUT, "Expected");
	demand_column(sheet);
	sheet_define(sheet, INPUT_USED, name);
	sheet_text(sheet, INPUT_UNIT, LOOK_NOTE, note);
}

static void write_choices(struct sheet *sheet)
{
	sheet_section(sheet, "Which column is used", INPUT_COLUMNS);
	write_choice(sheet, "Scenario", NAME_SCENARIO,
	             "Which of the report’s three calculations is shown: headrooms, packing and "
	             "adoption, at the same prices.");
	write_choice(sheet, "Prices", NAME_PRICES,
	             "Low gives the least saving, high the most. How many nodes to own follows.");
}

/* What was typed, else the column that was chosen. */
static char *used_formula(const struct sheet *sheet, const struct assumption_row *row, guint head)
{
	guint at = sheet->row + 1;
	g_autofree char *column = g_strdup_printf(
		"INDEX(" COLUMN_LOW "%u:" COLUMN_HIGH "%u,MATCH(%s," COLUMN_LOW "$%u:" COLUMN_HIGH
		"$%u,0))",
		at, at, row->is_fixed ? NAME_SCENARIO : NAME_PRICES, head + 1, head + 1);

	return row->is_fixed ? g_steal_pointer(&column)
	                      : g_strdup_printf("IF(ISNUMBER(" COLUMN_YOURS "%u)," COLUMN_YOURS
	                                        "%u,%s)",
	                                        at, at, column);
}

static void write_values(struct sheet *sheet, const struct assumption_row *row,
                         const char *number_format, guint head)
{
	lxw_format *format = book_format(sheet->book, LOOK_NUMBER, number_format);
	lxw_format *used = row->is_fixed ? book_format(sheet->book, LOOK_FIXED, number_format)
	                                 : format;
	g_autofree char *formula = used_formula(sheet, row, head);

	sheet_number(sheet, INPUT_LOW, format, row->low);
	sheet_number(sheet, INPUT_EXPECTED, format, row->expected);
	sheet_number(sheet, INPUT_HIGH, format, row->high);
	if (row->is_fixed) {
		sheet_text(sheet, INPUT_YOURS, LOOK_TEXT, NULL);
	} else {
		sheet_check(sheet, worksheet_write_blank(
					   sheet->worksheet, sheet->row, INPUT_YOURS,
					   book_format(sheet->book, LOOK_INPUT, number_format)));
		demand_range(sheet, row);
	}
	sheet_formula(sheet, INPUT_USED, used, formula, row->expected);
}

/* Of a price of one's own there is no range. */
static void note_end(struct sheet *sheet, const struct assumption_row *row, const char *end,
                     const char *column)
{
	g_autofree char *id = g_strdup_printf("assumption.%s.%s", row->key, end);
	const struct figure *figure = figures_find(sheet->book->report->figures, id);
	guint at = sheet->row + 1;

	if (figure)
		g_hash_table_insert(sheet->book->elsewhere, figure->id,
		                    g_strdup_printf("IF(ISNUMBER('%s'!" COLUMN_YOURS
		                                    "$%u),'%s'!" COLUMN_YOURS "$%u,'%s'!%s$%u)",
		                                    sheet->name, at, sheet->name, at, sheet->name,
		                                    column, at));
}

static void write_input(struct sheet *sheet, const struct assumption_row *row, guint head)
{
	double largest = MAX(MAX(row->low, row->expected), row->high);
	g_autofree char *id = g_strconcat("assumption.", row->key, NULL);
	const char *name = formula_name(sheet->book, id);
	struct shape shape = shape_unscaled(sheet->book->report, row->unit, largest);

	sheet_row(sheet, ROW_POINTS);
	sheet_text(sheet, INPUT_LABEL, LOOK_WRAPPED, row->label);
	write_values(sheet, row, shape.number_format, head);
	sheet_define(sheet, INPUT_USED, name);
	sheet_text(sheet, INPUT_UNIT, LOOK_TEXT, row->unit_text);
	sheet_text(sheet, INPUT_MARK, LOOK_TEXT, row->is_default ? "default, not yours" : "yours");
	sheet_text(sheet, INPUT_SOURCE, LOOK_WRAPPED, row->source);
	sheet_text(sheet, INPUT_DATE, LOOK_TEXT, row->date);
	sheet_text(sheet, INPUT_NAME, LOOK_CODE, name);
	note_end(sheet, row, "low", COLUMN_LOW);
	note_end(sheet, row, "high", COLUMN_HIGH);
	shape_clear(&shape);
}

/* What differs from the expected value stands out. */
static void mark_changes(struct sheet *sheet, lxw_row_t first, lxw_row_t last)
{
	g_autofree char *rule =
		g_strdup_printf("=" COLUMN_USED "%u<>" COLUMN_EXPECTED "%u", first + 1, first + 1);
	lxw_conditional_format changed = {
		.type = LXW_CONDITIONAL_TYPE_FORMULA,
		.value_string = rule,
		.format = workbook_add_format(sheet->book->workbook),
	};

	format_set_bg_color(changed.format, 0xFFD966);
	sheet_check(sheet, worksheet_conditional_format_range(sheet->worksheet, first, INPUT_USED,
	                                                      last, INPUT_USED, &changed));
}

/* Gives the number of rows below the title; `head` is the row of the column headings. */
static guint write_inputs(struct sheet *sheet, const char *title, gboolean is_fixed, guint head)
{
	const GPtrArray *rows = sheet->book->report->assumptions;
	guint count = 0;

	for (guint i = 0; i < rows->len; i++) {
		const struct assumption_row *row = rows->pdata[i];

		if (row->is_fixed != is_fixed)
			continue;
		if (count++ == 0)
			sheet_section(sheet, title, INPUT_COLUMNS);
		write_input(sheet, row, head);
	}
	if (count > 0)
		mark_changes(sheet, sheet->row + 1 - count, sheet->row);
	return count;
}

/* The inputs are the rows just written. */
static void count_changes(struct sheet *sheet, guint inputs)
{
	lxw_row_t last = sheet->row + 1, first = last + 1 - inputs;
	g_autofree char *formula = g_strdup_printf(
		"COUNT(" COLUMN_YOURS "$%u:" COLUMN_YOURS "$%u)+(" NAME_SCENARIO
		"<>\"Expected\")+(" NAME_PRICES "<>\"Expected\")",
		first, last);

	sheet_row(sheet, 20);
	sheet_text(sheet, INPUT_LABEL, LOOK_NOTE, "Changes: inputs of your own, and other columns");
	if (inputs > 0)
		sheet_formula(sheet, INPUT_USED, book_format(sheet->book, LOOK_TOTAL, "0"), formula,
		              0);
	else
		sheet_number(sheet, INPUT_USED, book_format(sheet->book, LOOK_TOTAL, "0"), 0);
	sheet_define(sheet, INPUT_USED, NAME_INPUTS_CHANGED);
}

void sheet_assumptions(struct sheet *sheet)
{
	guint head;

	sheet_band(
		sheet, "Assumptions",
		"Type a value of your own into a blue cell, empty it to go back, or choose another "
		"column. Everything follows as in a run with that value, also how many nodes to "
	        "own.",
		INPUT_COLUMNS);
	sheet_headings(sheet, input_headings, INPUT_COLUMNS);
	head = sheet->row;
	write_choices(sheet);
	count_changes(sheet, write_inputs(sheet, "Inputs", FALSE, head));
	write_inputs(sheet,
	             "Changes with a new run: applied while the export was read, in all three "
	             "scenarios, or not told; these move with the scenario only",
	             TRUE, head);
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

/* NULL: it is a number. */
static char *figure_formula(const struct book *book, const struct figure *figure)
{
	const char *elsewhere = g_hash_table_lookup(book->elsewhere, figure->id);

	return elsewhere ? g_strdup(elsewhere)
	                 : formula_of_figure(book, book->report->figures, figure, NULL, NULL);
}

/* Where the value stands: a formula, an input's name, a number, or words. */
static void write_figure_value(struct sheet *sheet, const struct figure *figure,
                               struct shape *shape)
{
	struct book *book = sheet->book;
	const char *name = formula_name(book, figure->id);
	lxw_format *format = book_format(book, LOOK_NUMBER, shape->number_format);
	g_autofree char *formula = NULL;

	if (!name && !figure->choices) {
		sheet_text(sheet, FIGURE_VALUE, LOOK_TEXT, NULL); /* the words stand beside it */
		return;
	}
	if (name && !g_str_has_prefix(name, "fig_")) {
		sheet_formula(sheet, FIGURE_VALUE, format, name, figure->value);
		return;
	}
	if (name)
		sheet_define(sheet, FIGURE_VALUE, name);
	formula = figure_formula(book, figure);
	if (formula)
		formula_write(sheet, FIGURE_VALUE,
		              name ? format : book_format(book, LOOK_TEXT, NULL), figure, formula);
	else
		sheet_number(sheet, FIGURE_VALUE, format, figure->value);
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

	if (figure->whole)
		shape_say(&shape, SHAPE_WHOLE);
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

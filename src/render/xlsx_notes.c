/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_sheets.h"

#include "render/xlsx_formula.h"

enum { WHERE, WHAT, MEANING, FORMULA, COLUMNS };

static const struct sheet_heading headings[COLUMNS] = {
	[WHERE] = { "Where", 24, LOOK_HEAD },
	[WHAT] = { "What", 44, LOOK_HEAD },
	[MEANING] = { "Meaning", 80, LOOK_HEAD },
	[FORMULA] = { "Formula", 60, LOOK_HEAD },
};

static void write_note(struct sheet *sheet, const char *where, const char *what,
                       const char *meaning, const char *formula)
{
	sheet_row(sheet, ROW_POINTS);
	sheet_text(sheet, WHERE, LOOK_WRAPPED, where);
	sheet_text(sheet, WHAT, LOOK_WRAPPED, what);
	sheet_text(sheet, MEANING, LOOK_WRAPPED, meaning);
	sheet_text(sheet, FORMULA, LOOK_CODE, formula);
}

static void write_use(struct sheet *sheet)
{
	sheet_section(sheet, "How to use this workbook", COLUMNS);
	write_note(sheet, "Assumptions", "Blue cells",
	           "Inputs of the model. Type a value of your own and every formula that depends "
	           "on it follows; empty the cell to go back.",
	           NULL);
	write_note(sheet, "Assumptions", "Scenario",
	           "Low, Expected or High: which of the report’s three calculations the summary "
	           "shows. Headrooms, packing and adoption differ, prices do not. What each user "
	           "and account could give back follows adoption; the hours stay those of the "
	           "expected scenario.",
	           NULL);
	write_note(sheet, "Assumptions", "Prices",
	           "Low, Expected or High: which column all prices come from that have none of "
	           "your own. How many nodes to own follows.",
	           NULL);
	if (what_ifs_any(sheet->book->report))
		write_note(sheet, WHAT_IF_TITLE, "Columns",
		           "A price at its low or its high value, with every step to the saving "
		           "that hangs on it. One of your own has "
		           "no range: then both are that price.",
		           NULL);
	if (break_evens_any(sheet->book->report))
		write_note(sheet, BREAK_EVEN_TITLE, "Columns",
		           "From the price as it is to the worst that is accepted: where on this "
		           "way the nodes to own and the rent change, the last "
		           "change at which a year’s saving still pays for acting, and the price "
		           "between it and the next at which it only just does.",
		           NULL);
	write_note(sheet, "Assumptions", "Grey cells",
	           "Measuring rules, and what was not told. They were applied while the export was "
	           "read; a new run is needed to change them.",
	           NULL);
	write_note(sheet, "Summary", "In the report",
	           "The figure as it is printed in the report. The live value beside it differs "
	           "once an input is changed.",
	           NULL);
	write_note(sheet, "All sheets", "Names in formulas",
	           "in_… is an input, fig_… a figure, tbl_… the table of a sheet, by_… what is "
	           "needed beyond each number of nodes.",
	           NULL);
}

static void write_sheets(struct sheet *sheet)
{
	const GPtrArray *sheets = sheet->book->sheets;

	sheet_section(sheet, "Sheets", COLUMNS);
	for (guint i = 0; i < sheets->len; i++) {
		const struct sheet *other = sheets->pdata[i];

		write_note(sheet, other->name, "The sheet", other->purpose, NULL);
	}
}

static void write_columns(struct sheet *sheet)
{
	const GPtrArray *datasets = sheet->book->report->datasets;

	sheet_section(sheet, "Columns", COLUMNS);
	for (guint i = 0; i < datasets->len; i++) {
		const struct dataset *dataset = datasets->pdata[i];

		if (!dataset->sheet || (dataset->people && !sheet->book->people))
			continue;
		for (guint k = 0; k < dataset->columns->len; k++) {
			const struct dataset_column *column = dataset->columns->pdata[k];

			if (!column->drawn && (column->help || column->expression))
				write_note(sheet, dataset->title, column->title, column->help,
				           column->expression);
		}
	}
}

static void write_figures(struct sheet *sheet)
{
	const struct figures *figures = sheet->book->report->figures;

	sheet_section(sheet, "Figures", COLUMNS);
	for (guint i = 0; i < figures_count(figures); i++) {
		const struct figure *figure = figures_nth(figures, i);

		if (figure->definition || figure->expression)
			write_note(sheet, "Figures", figure->label, figure->definition,
			           figure->expression);
	}
}

static void write_grades(struct sheet *sheet)
{
	static const struct {
		enum grade grade;
		const char *meaning;
	} grades[] = {
		{ GRADE_A, "Computed with an inventory of the nodes." },
		{ GRADE_B, "The size of the cluster is not known." },
		{ GRADE_C, "Not all jobs say what memory they held: demand is counted too low, the "
		           "saving too high." },
		{ GRADE_D, "Unmeasured: never part of a saving." },
	};

	sheet_section(sheet, "Grades", COLUMNS);
	for (guint i = 0; i < G_N_ELEMENTS(grades); i++)
		write_note(sheet, "Grade", grade_name(grades[i].grade), grades[i].meaning, NULL);
}

void sheet_notes(struct sheet *sheet)
{
	sheet_band(sheet, "Notes", "What sheets, columns, figures and grades mean.", COLUMNS);
	sheet_headings(sheet, headings, COLUMNS);
	write_use(sheet);
	write_grades(sheet);
	write_sheets(sheet);
	write_columns(sheet);
	write_figures(sheet);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_sheets.h"

#include <string.h>

#include "render/xlsx_charts.h"
#include "render/xlsx_formula.h"

#define EXPECTED ".expected"
#define EXPECTED_LABEL ", expected"

enum { LABEL, VALUE, UNIT, PRINTED, GRADE, MEANING, COLUMNS };

static const struct sheet_heading headings[COLUMNS] = {
	[LABEL] = { "Figure", 46, LOOK_HEAD },
	[VALUE] = { "Value", 20, LOOK_HEAD_NUMBER },
	[UNIT] = { "Unit", 9, LOOK_HEAD_CENTRED },
	[PRINTED] = { "In the report", 22, LOOK_HEAD_NUMBER },
	[GRADE] = { "Grade", 9, LOOK_HEAD_CENTRED },
	[MEANING] = { "What it is", 64, LOOK_HEAD },
};

static void write_value(struct sheet *sheet, enum look look, const struct figure *figure)
{
	struct book *book = sheet->book;
	struct shape shape =
		shape_of_value(book->report, figure->unit, figure->has_value ? figure->value : 0);
	if (figure->whole)
		shape_say(&shape, SHAPE_WHOLE);
	lxw_format *format = book_format(book, look, shape.number_format);
	const char *name = formula_name(book, figure->id);
	g_autofree char *scaled = g_strdup_printf("%s/%.0f", name ? name : "", shape.factor);

	if (name && !figure->has_value)
		sheet_formula_words(sheet, VALUE, format, name, figure->reason);
	else if (name)
		sheet_formula(sheet, VALUE, format, shape.factor > 1 ? scaled : name,
		              figure->value / shape.factor);
	else
		sheet_text(sheet, VALUE, figure->has_value ? look : LOOK_MISSING, figure->text);
	sheet_text(sheet, UNIT, LOOK_CENTRED, shape.unit);
	shape_clear(&shape);
}

static const char *meaning_of(const struct figure *figure)
{
	return figure->reason ? figure->reason : figure->definition;
}

/* What is said of several figures one below the other is said once; `before` may be NULL. */
static void write_figure(struct sheet *sheet, enum look look, const struct figure *figure,
                         const struct figure *before)
{
	const char *meaning = meaning_of(figure);
	gboolean said = before && g_strcmp0(meaning, meaning_of(before)) == 0;

	sheet_row(sheet, ROW_POINTS);
	sheet_text(sheet, LABEL, LOOK_WRAPPED, figure->label);
	write_value(sheet, look, figure);
	sheet_text(sheet, PRINTED, LOOK_PRINTED, figure->text);
	sheet_text(sheet, GRADE, LOOK_CENTRED, grade_name(figure->grade));
	sheet_text(sheet, MEANING, LOOK_WRAPPED, said ? NULL : meaning);
}

/* The figures of all tiles below these blocks, each once, in order. */
static void collect_tiles(const GPtrArray *blocks, const struct figures *figures, GPtrArray *found)
{
	for (guint i = 0; i < blocks->len; i++) {
		const struct block *block = blocks->pdata[i];

		for (guint k = 0; block->kind == BLOCK_TILES && k < block->figure_ids->len; k++) {
			struct figure *figure = figures_find(figures, block->figure_ids->pdata[k]);

			if (figure && !g_ptr_array_find(found, figure, NULL))
				g_ptr_array_add(found, figure);
		}
		collect_tiles(block->children, figures, found);
	}
}

static GPtrArray *key_figures(const struct report *report)
{
	GPtrArray *found = g_ptr_array_new();

	if (report->summary)
		collect_tiles(report->summary->blocks, report->figures, found);
	for (guint i = 0; i < report->pages->len; i++) {
		const struct page *page = report->pages->pdata[i];

		if (g_str_equal(page->id, "index"))
			collect_tiles(page->blocks, report->figures, found);
	}
	return found;
}

/* "saving.total.expected" → "saving.total.low". */
static const struct figure *sibling(const struct figures *figures, const char *id,
                                    const char *scenario)
{
	g_autofree char *stem = g_strndup(id, strlen(id) - strlen(EXPECTED));
	g_autofree char *other = g_strdup_printf("%s.%s", stem, scenario);
	const struct figure *found = figures_find(figures, other);

	return found && found->has_value ? found : NULL;
}

/* "Saving a year, expected" → "Saving a year". */
static char *plain_label(const struct figure *figure)
{
	return g_str_has_suffix(figure->label, EXPECTED_LABEL)
	               ? g_strndup(figure->label, strlen(figure->label) - strlen(EXPECTED_LABEL))
	               : g_strdup(figure->label);
}

/* One row for the three figures of which the scenario picks one. */
static void write_chosen(struct sheet *sheet, const struct figure *low,
                         const struct figure *expected, const struct figure *high)
{
	struct book *book = sheet->book;
	struct shape shape = shape_of_value(book->report, expected->unit, expected->value);
	g_autofree char *label = plain_label(expected);
	g_autofree char *formula = g_strdup_printf(
		"IF(" NAME_SCENARIO "=\"Low\",%s,IF(" NAME_SCENARIO "=\"High\",%s,%s))",
		formula_name(book, low->id), formula_name(book, high->id),
		formula_name(book, expected->id));

	sheet_row(sheet, ROW_POINTS);
	sheet_text(sheet, LABEL, LOOK_WRAPPED, label);
	sheet_formula(sheet, VALUE, book_format(book, LOOK_NUMBER, shape.number_format), formula,
	              expected->value);
	sheet_text(sheet, UNIT, LOOK_CENTRED, shape.unit);
	sheet_text(sheet, PRINTED, LOOK_PRINTED, expected->text);
	sheet_text(sheet, GRADE, LOOK_CENTRED, grade_name(expected->grade));
	sheet_text(sheet, MEANING, LOOK_WRAPPED, NULL);
	shape_clear(&shape);
}

/* Money only: how many nodes that takes is on the sheet of figures. */
static void write_scenario(struct sheet *sheet)
{
	const struct figures *figures = sheet->book->report->figures;
	gboolean begun = FALSE;

	for (guint i = 0; i < figures_count(figures); i++) {
		const struct figure *expected = figures_nth(figures, i), *low, *high;

		if (!g_str_has_prefix(expected->id, "saving.") || !expected->has_value ||
		    !g_str_has_suffix(expected->id, EXPECTED))
			continue;
		low = sibling(figures, expected->id, "low");
		high = sibling(figures, expected->id, "high");
		if (!low || !high)
			continue;
		if (!begun)
			sheet_section(sheet,
			              "In the scenario that is chosen on the sheet Assumptions",
			              COLUMNS);
		begun = TRUE;
		write_chosen(sheet, low, expected, high);
	}
}

static void write_figures(struct sheet *sheet)
{
	const struct report *report = sheet->book->report;
	g_autoptr(GPtrArray) keys = key_figures(report);
	gboolean begun = FALSE;

	if (keys->len > 0)
		sheet_section(sheet, "Key figures", COLUMNS);
	for (guint i = 0; i < keys->len; i++)
		write_figure(sheet, LOOK_STRONG, keys->pdata[i], i ? keys->pdata[i - 1] : NULL);
	charts_on_summary(sheet, COLUMNS);
	write_scenario(sheet);
	for (guint i = 0; i < figures_count(report->figures); i++) {
		struct figure *figure = figures_nth(report->figures, i);

		if (!figure->expression || figure->detail || g_ptr_array_find(keys, figure, NULL))
			continue;
		if (!begun)
			sheet_section(sheet, "Derived from other figures and from the assumptions",
			              COLUMNS);
		begun = TRUE;
		write_figure(sheet, LOOK_NUMBER, figure, NULL);
	}
}

/* Colours the first cell of the current row when the formula is true. */
static void alarm_when(struct sheet *sheet, const char *formula)
{
	lxw_conditional_format rule = {
		.type = LXW_CONDITIONAL_TYPE_FORMULA,
		.value_string = (char *)formula,
		.format = workbook_add_format(sheet->book->workbook),
	};

	format_set_bg_color(rule.format, 0xF4CCCC);
	format_set_bold(rule.format);
	sheet_check(sheet,
	            worksheet_conditional_format_cell(sheet->worksheet, sheet->row, LABEL, &rule));
}

static void write_state(struct sheet *sheet)
{
	static const char published[] = "All inputs are as published.";
	g_autofree char *formula =
		g_strdup_printf("=IF(%s=0,\"%s\",\"Inputs have been changed (\"&%s&\"): values "
	                        "differ from the report.\")",
	                        NAME_INPUTS_CHANGED, published, NAME_INPUTS_CHANGED);

	sheet_row(sheet, ROW_POINTS);
	sheet_check(sheet, worksheet_write_formula_str(sheet->worksheet, sheet->row, LABEL, formula,
	                                               book_format(sheet->book, LOOK_NOTE, NULL),
	                                               published));
}

static void write_checks(struct sheet *sheet, guint shown, guint failures)
{
	g_autofree char *all = g_strdup_printf("All %u checks hold.", shown);
	g_autofree char *some =
		g_strdup_printf(" of %u checks do not hold: see the sheet Checks.", shown);
	g_autofree char *formula = g_strdup_printf(
		"=IF(" NAME_CHECKS_FAILED "=0,\"%s\"," NAME_CHECKS_FAILED "&\"%s\")", all, some);
	g_autofree char *now = failures ? g_strdup_printf("%u%s", failures, some) : g_strdup(all);

	sheet_row(sheet, ROW_POINTS);
	sheet_check(sheet, worksheet_write_formula_str(sheet->worksheet, sheet->row, LABEL, formula,
	                                               book_format(sheet->book, LOOK_NOTE, NULL),
	                                               now));
	alarm_when(sheet, "=" NAME_CHECKS_FAILED ">0");
}

static void write_head(struct sheet *sheet)
{
	const struct report *report = sheet->book->report;
	const char *parts[] = { report->institution, report->cluster, report->period };
	g_autoptr(GString) subtitle = g_string_new(NULL);
	guint shown, failures;
	g_autofree char *provenance =
		g_strdup_printf("%s. Computed from export %s by reclaim %s.",
	                        report->classification, report->export_hash, report->version);

	for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
		if (parts[i])
			g_string_append_printf(subtitle, "%s%s", subtitle->len ? "  ·  " : "",
			                       parts[i]);
	sheet_band(sheet, report->title, subtitle->str, COLUMNS);
	sheet_row(sheet, ROW_POINTS);
	sheet_text(sheet, LABEL, LOOK_NOTE, provenance);
	if (report->caution) {
		sheet_row(sheet, ROW_POINTS);
		sheet_text(sheet, LABEL, LOOK_NOTICE, report->caution);
	}
	write_state(sheet);
	shown = checks_shown(sheet->book, &failures);
	if (shown > 0)
		write_checks(sheet, shown, failures);
}

static void write_contents(struct sheet *sheet)
{
	const GPtrArray *sheets = sheet->book->sheets;

	sheet_section(sheet, "In this workbook", COLUMNS);
	for (guint i = 1; i < sheets->len; i++) {
		const struct sheet *other = sheets->pdata[i];
		g_autofree char *url = g_strdup_printf("internal:'%s'!A1", other->name);

		sheet_row(sheet, ROW_POINTS);
		sheet_check(sheet,
		            worksheet_write_url_opt(sheet->worksheet, sheet->row, LABEL, url,
		                                    book_format(sheet->book, LOOK_LINK, NULL),
		                                    other->name, NULL));
		sheet_text(sheet, VALUE, LOOK_NOTE, other->purpose);
	}
}

void sheet_summary(struct sheet *sheet)
{
	write_head(sheet);
	sheet_headings(sheet, headings, COLUMNS);
	write_figures(sheet);
	write_contents(sheet);
	worksheet_set_tab_color(sheet->worksheet, 0x12436D);
	worksheet_activate(sheet->worksheet);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_sheets.h"

#include <math.h>

#include "render/xlsx_formula.h"

#define WIDTH 17
#define COLUMNS_A_PAGE 10
#define HEAD_POINTS 80 /* six lines */

static const struct curve *nth(const struct sheet *sheet, guint n)
{
	return figures_curve_nth(sheet->book->report->figures, n);
}

/* Below the heading, which is the current row. */
static void define(struct sheet *sheet, guint column, const struct curve *curve)
{
	char cells[LXW_MAX_CELL_RANGE_LENGTH];
	g_autofree char *place = NULL;

	lxw_rowcol_to_range_abs(cells, sheet->row + 1, (lxw_col_t)column, sheet->row + curve->count,
	                        (lxw_col_t)column);
	place = g_strdup_printf("='%s'!%s", sheet->name, cells);
	sheet_check(sheet, workbook_define_name(sheet->book->workbook,
	                                        formula_name(sheet->book, curve->id), place));
}

static lxw_format *format_of(struct sheet *sheet, const struct curve *curve)
{
	struct extent extent = { .whole = TRUE };
	lxw_format *format;

	for (guint i = 0; i < curve->count; i++) {
		extent.largest = MAX(extent.largest, fabs(curve->values[i]));
		extent.whole = extent.whole && curve->values[i] == floor(curve->values[i]);
	}
	struct shape shape = shape_of(sheet->book->report, curve->unit, &extent);
	format = book_format(sheet->book, LOOK_NUMBER, shape.number_format);
	shape_clear(&shape);
	return format;
}

void sheet_curves(struct sheet *sheet)
{
	guint count = figures_curves(sheet->book->report->figures), longest = 0;
	g_autofree lxw_format **formats = g_new0(lxw_format *, count);

	for (guint n = 0; n < count; n++) {
		sheet_width(sheet, n, WIDTH);
		longest = MAX(longest, nth(sheet, n)->count);
	}
	g_autofree char *note = sheet_print_note(CURVES_PURPOSE, longest);
	sheet_band(sheet, CURVES_TITLE, note, count);
	sheet_row(sheet, HEAD_POINTS);
	for (guint n = 0; n < count; n++) {
		sheet_text(sheet, n, LOOK_HEAD_NUMBER, nth(sheet, n)->label);
		define(sheet, n, nth(sheet, n));
		formats[n] = format_of(sheet, nth(sheet, n));
	}
	worksheet_freeze_panes(sheet->worksheet, sheet->rows, 0);
	worksheet_fit_to_pages(sheet->worksheet, (uint16_t)MAX(1, count / COLUMNS_A_PAGE), 0);
	sheet_check(sheet, worksheet_repeat_rows(sheet->worksheet, sheet->row, sheet->row));
	sheet_print_first(sheet, longest, count);
	for (guint i = 0; i < longest; i++) {
		sheet->row = sheet->rows++;
		for (guint n = 0; n < count; n++)
			if (i < nth(sheet, n)->count)
				sheet_number(sheet, n, formats[n], nth(sheet, n)->values[i]);
	}
}

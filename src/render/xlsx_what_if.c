/* SPDX-License-Identifier: Apache-2.0 */
/* A column a what-if: what hangs on the prices that are others in it, with the formulas that it has
 * everywhere else. And a column a price: the steps to its break-even. */
#include "render/xlsx_sheets.h"

#include <math.h>
#include <string.h>

#include "base/expression.h"
#include "render/xlsx_formula.h"

#define COLUMNS_A_PAGE 12
#define HEAD_POINTS 80 /* six lines */

#define WORDS_POINTS 80 /* six lines */

enum { LABEL, ID, AS_IS, FIRST_SUPPOSED };
enum { FIRST_SOUGHT = ID };

struct table {
	struct sheet *sheet;
	guint first;         /* the column of the first of: */
	GPtrArray *supposed; /* struct figure, borrowed */
	GHashTable *rows;    /* id → its row, of those written so far; borrows */
};

/* What stands in a column; borrowed ids of others as the cells above. */
struct column {
	const struct table *table;
	const struct figures *what_if;
	guint number;
	char cell[LXW_MAX_CELL_NAME_LENGTH];
};

static const struct figures *figures_of(const struct sheet *sheet)
{
	return sheet->book->report->figures;
}

static const struct figure *nth(const struct table *table, guint n)
{
	return table->supposed->pdata[n];
}

/* NULL when it is as it is everywhere else. */
static const struct figure *moved(const struct table *table, const struct figures *what_if,
                                  const char *id)
{
	const struct figure *figure = figures_find(what_if, id);

	return figure == figures_find(figures_of(table->sheet), id) ? NULL : figure;
}

static const char *cell_above(const char *id, const void *data)
{
	struct column *column = (struct column *)data;
	guint row = GPOINTER_TO_UINT(g_hash_table_lookup(column->table->rows, id));

	if (row == 0 || !moved(column->table, column->what_if, id))
		return NULL;
	lxw_rowcol_to_cell(column->cell, row, (lxw_col_t)column->number);
	return column->cell;
}

static void write_moved(const struct table *table, guint n, lxw_format *format,
                        const struct figure *figure)
{
	struct column column = { table, nth(table, n)->what_if, table->first + n, "" };
	g_autofree char *formula = formula_of_figure(table->sheet->book, column.what_if, figure,
	                                             cell_above, &column);

	if (formula)
		formula_write(table->sheet, column.number, format, figure, formula);
	else
		sheet_number(table->sheet, column.number, format, figure->value);
}

/* One for the whole row. */
static struct shape shape_of_row(const struct table *table, const struct figure *as_is)
{
	struct extent extent = { .largest = fabs(as_is->value),
		                 .whole = as_is->value == floor(as_is->value) };

	for (guint n = 0; n < table->supposed->len; n++) {
		const struct figure *figure = moved(table, nth(table, n)->what_if, as_is->id);

		if (!figure)
			continue;
		extent.largest = MAX(extent.largest, fabs(figure->value));
		extent.whole = extent.whole && figure->value == floor(figure->value);
	}
	extent.typical = extent.largest;
	return shape_of(table->sheet->book->report, as_is->unit, &extent);
}

static void write_row(const struct table *table, const struct figure *as_is)
{
	struct sheet *sheet = table->sheet;
	struct shape shape = shape_of_row(table, as_is);
	gboolean last = g_str_equal(as_is->id, nth(table, 0)->target);
	lxw_format *format = book_format(sheet->book, last ? LOOK_TOTAL : LOOK_NUMBER,
	                                 shape.number_format);

	sheet_row(sheet, ROW_POINTS);
	g_hash_table_insert(table->rows, as_is->id, GUINT_TO_POINTER(sheet->row));
	sheet_text(sheet, LABEL, LOOK_WRAPPED, as_is->label);
	sheet_text(sheet, ID, LOOK_CODE, as_is->id);
	sheet_formula(sheet, AS_IS, format, formula_name(sheet->book, as_is->id), as_is->value);
	for (guint n = 0; n < table->supposed->len; n++) {
		const struct figure *figure = moved(table, nth(table, n)->what_if, as_is->id);

		if (figure)
			write_moved(table, n, format, figure);
		else
			sheet_text(sheet, table->first + n, LOOK_TEXT, NULL);
	}
	shape_clear(&shape);
}

/* What the rows that begin here are about. */
static const char *section_of(const struct sheet *sheet, const char *id)
{
	g_auto(GStrv) parts = g_strsplit(id, ".", 3);

	if (g_str_equal(parts[0], "assumption"))
		return "Prices";
	if (g_str_equal(parts[0], "pool")) {
		g_autofree char *label = g_strdup_printf("pool.%s.label", parts[1]);

		return figures_find(figures_of(sheet), label)->text;
	}
	return "All kinds of node together";
}

static GHashTable *moved_anywhere(const struct table *table)
{
	GHashTable *ids = g_hash_table_new(g_str_hash, g_str_equal);

	for (guint n = 0; n < table->supposed->len; n++)
		for (guint i = 0; i < figures_count(nth(table, n)->what_if); i++)
			g_hash_table_add(ids, figures_nth(nth(table, n)->what_if, i)->id);
	return ids;
}

/* In the order of all figures, in which nothing stands before what it hangs on. */
static void write_rows(const struct table *table)
{
	const struct figures *figures = figures_of(table->sheet);
	g_autoptr(GHashTable) ids = moved_anywhere(table);
	const char *section = NULL;

	for (guint i = 0; i < figures_count(figures); i++) {
		const struct figure *figure = figures_nth(figures, i);
		const char *of;

		if (!g_hash_table_contains(ids, figure->id))
			continue;
		of = section_of(table->sheet, figure->id);
		if (g_strcmp0(section, of) != 0)
			sheet_section(table->sheet, of, table->first + table->supposed->len);
		section = of;
		write_row(table, figure);
	}
}

/* The steps of all columns, each where it stands in those that have it. */
static GPtrArray *steps_in_order(const struct table *table)
{
	GPtrArray *steps = g_ptr_array_new(); /* struct figure, borrowed: one of each id */

	for (guint n = 0; n < table->supposed->len; n++) {
		const struct figures *own = nth(table, n)->what_if;

		for (guint i = 0, at = 0; i < figures_count(own); i++) {
			struct figure *figure = figures_nth(own, i);
			guint known = 0;

			while (known < steps->len &&
			       !g_str_equal(((struct figure *)steps->pdata[known])->id, figure->id))
				known++;
			if (known == steps->len)
				g_ptr_array_insert(steps, (gint)(known = at), figure);
			at = known + 1;
		}
	}
	return steps;
}

static const char *title_of_step(const struct figure *step)
{
	static const struct {
		const char *prefix, *title;
	} titles[] = {
		{ "price.", "From the price as it is to its worst" },
		{ "change.", "Where plans change on this way: 0 % is as it is, 100 % the worst" },
		{ "fewer.", "The plans between the two changes" },
		{ "even.", "Break-even" },
	};

	for (guint i = 0; i < G_N_ELEMENTS(titles); i++)
		if (g_str_has_prefix(step->id, titles[i].prefix))
			return titles[i].title;
	return NULL;
}

/* Each price has a unit of its own. */
static lxw_format *format_of_step(const struct table *table, const struct figure *step,
                                  const struct figures *own)
{
	double value = step->has_value ? step->value : figures_value(own, "price.as_is", 0);
	struct extent extent = { .largest = fabs(value), .whole = step->unit == UNIT_COUNT };
	struct shape shape = shape_of(table->sheet->book->report, step->unit, &extent);
	gboolean last = g_str_equal(step->id, nth(table, 0)->target);
	enum look look = last ? LOOK_STRONG : step->says ? LOOK_PRINTED : LOOK_NUMBER;
	lxw_format *format = book_format(table->sheet->book, look, shape.number_format);

	shape_clear(&shape);
	return format;
}

static void write_step(const struct table *table, const struct figure *step)
{
	struct sheet *sheet = table->sheet;

	sheet_row(sheet, ROW_POINTS);
	g_hash_table_insert(table->rows, step->id, GUINT_TO_POINTER(sheet->row));
	sheet_text(sheet, LABEL, LOOK_WRAPPED, step->label);
	if (step->says)
		sheet_height(sheet, WORDS_POINTS);
	for (guint n = 0; n < table->supposed->len; n++) {
		const struct figures *own = nth(table, n)->what_if;
		const struct figure *figure = moved(table, own, step->id);

		if (figure)
			write_moved(table, n, format_of_step(table, figure, own), figure);
		else
			sheet_text(sheet, table->first + n, LOOK_TEXT, NULL);
	}
}

static void write_steps(const struct table *table)
{
	g_autoptr(GPtrArray) steps = steps_in_order(table);
	const char *section = NULL;

	for (guint i = 0; i < steps->len; i++) {
		const char *title = title_of_step(steps->pdata[i]);

		if (title && title != section)
			sheet_section(table->sheet, section = title,
			              table->first + table->supposed->len);
		write_step(table, steps->pdata[i]);
	}
}

static void write_head(const struct table *table, const char *title, const char *purpose)
{
	static const struct sheet_heading headings[FIRST_SUPPOSED] = {
		[LABEL] = { "Figure", 46, LOOK_HEAD },
		[ID] = { "Id in report.json", 30, LOOK_HEAD },
		[AS_IS] = { "As it is", 15, LOOK_HEAD_NUMBER },
	};
	struct sheet *sheet = table->sheet;
	glong currency = g_utf8_strlen(sheet->book->report->currency, -1);

	sheet_band(sheet, title, purpose, table->first + table->supposed->len);
	sheet_headings(sheet, headings, table->first);
	sheet_height(sheet, HEAD_POINTS);
	for (guint n = 0; n < table->supposed->len; n++) {
		/* Of the dearest rent that is looked for. */
		sheet_width(sheet, table->first + n, 14 + (double)currency);
		sheet_text(sheet, table->first + n, LOOK_HEAD_NUMBER, nth(table, n)->label);
	}
	sheet_check(sheet, worksheet_repeat_columns(sheet->worksheet, LABEL, LABEL));
	worksheet_fit_to_pages(sheet->worksheet,
	                       (uint16_t)(1 +
	                                  (table->first + table->supposed->len) / COLUMNS_A_PAGE),
	                       0);
}

/* For the sheet of figures. */
static void note_places(const struct table *table)
{
	struct book *book = table->sheet->book;

	for (guint n = 0; n < table->supposed->len; n++) {
		const struct figure *figure = nth(table, n);
		struct column column = { table, figure->what_if, table->first + n, "" };
		const char *cell = cell_above(figure->target, &column);

		g_hash_table_insert(book->elsewhere, figure->id,
		                    cell ? g_strdup_printf("'%s'!%s", table->sheet->name, cell)
		                         : g_strdup(formula_name(book, figure->target)));
	}
}

/* What is sought has steps of its own; what is supposed is a figure that there is anyway. */
static gboolean is_of(const struct report *report, const struct figure *figure, gboolean sought)
{
	return figure->what_if && sought == !figures_find(report->figures, figure->target);
}

static gboolean any(const struct report *report, gboolean sought)
{
	for (guint i = 0; i < figures_count(report->figures); i++)
		if (is_of(report, figures_nth(report->figures, i), sought))
			return TRUE;
	return FALSE;
}

gboolean what_ifs_any(const struct report *report)
{
	return any(report, FALSE);
}

gboolean break_evens_any(const struct report *report)
{
	return any(report, TRUE);
}

static void write_table(struct sheet *sheet, gboolean sought, const char *title,
                        const char *purpose)
{
	g_autoptr(GPtrArray) supposed = g_ptr_array_new();
	g_autoptr(GHashTable) rows = g_hash_table_new(g_str_hash, g_str_equal);
	const struct table table = { sheet, sought ? FIRST_SOUGHT : FIRST_SUPPOSED, supposed,
		                     rows };

	for (guint i = 0; i < figures_count(figures_of(sheet)); i++) {
		struct figure *figure = figures_nth(figures_of(sheet), i);

		if (is_of(sheet->book->report, figure, sought))
			g_ptr_array_add(supposed, figure);
	}
	write_head(&table, title, purpose);
	(sought ? write_steps : write_rows)(&table);
	note_places(&table);
}

void sheet_what_ifs(struct sheet *sheet)
{
	write_table(sheet, FALSE, WHAT_IF_TITLE, WHAT_IF_PURPOSE);
}

void sheet_break_evens(struct sheet *sheet)
{
	write_table(sheet, TRUE, BREAK_EVEN_TITLE, BREAK_EVEN_PURPOSE);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_sheets.h"

#include <math.h>
#include <string.h>

#include "base/expression.h"
#include "render/xlsx_charts.h"
#include "render/xlsx_formula.h"

#define TABLE_ROW_POINTS 16
#define HEAD_POINTS 34
#define BAND_STRETCH 1.2 /* bold letters are wider than the digits that widths are counted in */
#define SPARE_WIDTH 9    /* of a column that only the band covers */
#define CAPITAL 1.3
#define WIDEST 60
#define PAGE_WIDTH 220   /* so many characters a printed page bears, small */
#define FILTER_BUTTON 4 /* characters that it covers in a heading */
#define ROOM 3          /* for what becomes longer when inputs change */
#define BAR_COLOUR 0x9CC3E6
#define RESULT_COLOUR 0xD9EAD3

/* A column as it stands on the sheet. */
struct table_column {
	guint index; /* in the dataset */
	const struct dataset_column *column;
	struct extent extent;
	struct shape shape;
	lxw_format *format; /* of its numbers; the workbook's */
	char *header;
	char *reference; /* to the cell of the same row, in the dataset's own unit */
	char *formula;   /* NULL: values */
	double sum;
};

struct table {
	struct sheet *sheet;
	const struct dataset *dataset;
	GArray *columns; /* struct table_column */
	char *name;      /* "tbl_users" */
	gboolean totals;
	gboolean gaps; /* cells without a word were left out */
};

static struct table_column *nth(const struct table *table, guint n)
{
	return &g_array_index(table->columns, struct table_column, n);
}

static void table_column_clear(struct table_column *column)
{
	shape_clear(&column->shape);
	g_free(column->header);
	g_free(column->reference);
	g_free(column->formula);
}

static gboolean numeric(const struct dataset_column *column)
{
	return column->unit != UNIT_TEXT && column->unit != UNIT_TIME;
}

static gboolean has_number(const struct dataset_cell *cell)
{
	return cell->has_value && isfinite(cell->value);
}

struct need {
	const char *id;
	gboolean found;
};

static void note_need(const char *id, void *data)
{
	struct need *need = data;

	need->found = need->found || g_str_equal(id, need->id);
}

/* A column that is left out of tables is on the sheet nevertheless when a formula needs it. */
static gboolean is_needed(const struct dataset *dataset, const char *id)
{
	struct need need = { id, FALSE };

	for (guint i = 0; i < dataset->columns->len; i++) {
		const struct dataset_column *column = dataset->columns->pdata[i];
		struct expression *expression;

		if (!column->expression || column->csv_only)
			continue;
		expression = expression_new(column->expression, NULL);
		g_assert(expression);
		expression_ids(expression, note_need, &need);
		expression_free(expression);
	}
	return need.found;
}

static void measure(const struct table *table, struct table_column *column)
{
	struct extent *extent = &column->extent;
	double sizes = 0;
	guint count = 0;

	extent->whole = TRUE;
	for (guint i = 0; i < table->dataset->rows->len; i++) {
		const struct dataset_cell *cell = dataset_cell(table->dataset, i, column->index);

		if (!has_number(cell))
			continue;
		extent->largest = MAX(extent->largest, fabs(cell->value));
		extent->whole = extent->whole && cell->value == floor(cell->value);
		column->sum += cell->value;
		sizes += fabs(cell->value);
		count++;
	}
	extent->typical = count > 0 ? sizes / count : 0;
}

static gboolean header_taken(const struct table *table, const char *header)
{
	for (guint i = 0; i < table->columns->len; i++)
		if (g_ascii_strcasecmp(nth(table, i)->header, header) == 0)
			return TRUE;
	return FALSE;
}

/* Says the unit where the cells do not; headings of a table are distinct. */
static char *column_header(const struct table *table, const struct table_column *column)
{
	g_autofree char *base =
		column->shape.factor > 1
			? g_strdup_printf("%s (%s)", column->column->title, column->shape.unit)
			: g_strdup(column->column->title);
	char *header = g_strdup(
		g_strdelimit(base, "@\r\n", ' ')); /* what the library or a table does not bear */

	for (guint n = 2; header_taken(table, header); n++) {
		g_free(header);
		header = g_strdup_printf("%s %u", base, n);
	}
	return header;
}

/* In a structured reference some characters of a heading need an apostrophe before them. */
static char *escape_header(const char *header)
{
	GString *text = g_string_new(NULL);

	for (; *header; header++) {
		if (strchr("[]#'", *header))
			g_string_append_c(text, '\'');
		g_string_append_c(text, *header);
	}
	return g_string_free(text, FALSE);
}

static char *cell_reference(const struct table *table, const struct table_column *column)
{
	g_autofree char *header = escape_header(column->header);

	if (column->shape.factor > 1)
		return g_strdup_printf("(%s[[#This Row],[%s]]*%.0f)", table->name, header,
		                       column->shape.factor);
	return g_strdup_printf("%s[[#This Row],[%s]]", table->name, header);
}

static const char *find_reference(const char *id, const void *data)
{
	const struct table *table = data;

	for (guint i = 0; i < table->columns->len; i++)
		if (g_str_equal(nth(table, i)->column->id, id))
			return nth(table, i)->reference;
	return NULL;
}

/* An expression as a formula for the cells of a column. */
static char *column_formula(const struct table *table, const struct table_column *column,
                            const char *expression)
{
	g_autofree char *formula =
		formula_print(table->sheet->book, expression, find_reference, table);

	if (column->shape.factor > 1)
		return g_strdup_printf("(%s)/%.0f", formula, column->shape.factor);
	return g_steal_pointer(&formula);
}

static struct shape shape_of_column(const struct table *table, const struct table_column *column)
{
	struct shape shape = shape_of(table->sheet->book->report, column->column->unit,
	                              &column->extent);

	if (column->column->exact || column->column->whole)
		shape_say(&shape, column->column->whole ? SHAPE_WHOLE : "[>=1000]#,##0;General");
	return shape;
}

static void plan_columns(struct table *table)
{
	for (guint i = 0; i < table->dataset->columns->len; i++) {
		struct table_column column = { .index = i,
			                       .column = table->dataset->columns->pdata[i] };

		if (column.column->drawn ||
		    (column.column->csv_only && !is_needed(table->dataset, column.column->id)))
			continue;
		measure(table, &column);
		column.shape = shape_of_column(table, &column);
		column.format = book_format(table->sheet->book, LOOK_NUMBER,
		                            column.shape.number_format);
		column.header = column_header(table, &column);
		column.reference = cell_reference(table, &column);
		table->totals = table->totals || column.column->total;
		g_array_append_val(table->columns, column);
	}
	for (guint i = 0; i < table->columns->len; i++)
		if (nth(table, i)->column->expression)
			nth(table, i)->formula = column_formula(table, nth(table, i),
			                                        nth(table, i)->column->expression);
}

/* In digits, of which a capital letter is wider than others. */
static double cell_text_width(const char *text)
{
	double width = (double)g_utf8_strlen(text, -1);

	for (; *text; text = g_utf8_next_char(text))
		width += g_unichar_isupper(g_utf8_get_char(text)) ? CAPITAL - 1 : 0;
	return width;
}

static double words_width(const struct table *table, const struct table_column *column)
{
	double widest = 8;

	for (guint i = 0; i < table->dataset->rows->len; i++) {
		const char *text = dataset_cell(table->dataset, i, column->index)->text;

		widest = MAX(widest, text ? cell_text_width(text) : 0);
	}
	return MIN(widest, WIDEST) + 2;
}

static double number_width(const struct table *table, const struct table_column *column)
{
	struct extent extent = column->extent;
	struct shape shape;
	guint width;

	if (column->column->total)
		extent.largest = MAX(extent.largest, fabs(column->sum));
	shape = shape_of(table->sheet->book->report, column->column->unit, &extent);
	width = shape.width;
	shape_clear(&shape);
	return width + ROOM;
}

/* The longest word of a heading has to fit; the rest wraps. */
static double header_width(const char *header)
{
	g_auto(GStrv) words = g_strsplit(header, " ", -1);
	glong longest = 0;

	for (guint i = 0; words[i]; i++)
		longest = MAX(longest, g_utf8_strlen(words[i], -1));
	return (double)MAX(longest * 1.15, g_utf8_strlen(header, -1) * 0.6) + FILTER_BUTTON;
}

static double column_width(const struct table *table, const struct table_column *column)
{
	double cells =
		numeric(column->column) ? number_width(table, column) : words_width(table, column);

	return MAX(cells, header_width(column->header));
}

/* How many columns the band needs so that its words end on it; sets the widths of the table's. */
static guint set_widths(const struct table *table)
{
	const char *words[] = { table->dataset->title, table->dataset->note,
		                table->sheet->book->report->notice };
	double wanted = 0, width = 0;
	guint columns = 0;

	for (guint i = 0; i < G_N_ELEMENTS(words); i++)
		wanted = MAX(wanted, words[i] ? g_utf8_strlen(words[i], -1) * BAND_STRETCH : 0);
	for (; columns < table->columns->len || width < wanted; columns++) {
		double own = columns < table->columns->len
		                     ? column_width(table, nth(table, columns))
		                     : SPARE_WIDTH;

		sheet_width(table->sheet, columns, own);
		width += own;
	}
	return columns;
}

/* The library's own total formulas are not understood everywhere, so the totals are written as
 * cells, below. */
static void add_table(const struct table *table, lxw_row_t first, lxw_row_t last)
{
	struct book *book = table->sheet->book;
	guint count = table->columns->len;
	g_autofree lxw_table_column *columns = g_new0(lxw_table_column, count);
	g_autofree lxw_table_column **list = g_new0(lxw_table_column *, count + 1);
	lxw_table_options options = {
		.name = table->name,
		.style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
		.style_type_number = 0,
		.total_row = table->totals,
		.columns = list,
	};

	for (guint i = 0; i < count; i++) {
		const struct table_column *column = nth(table, i);

		list[i] = &columns[i];
		columns[i].header = column->header;
		columns[i].formula = column->formula;
		columns[i].header_format = book_format(
			book, numeric(column->column) ? LOOK_HEAD_FILTER : LOOK_HEAD, NULL);
		if (column->column->total)
			columns[i].total_function = LXW_TABLE_FUNCTION_SUM;
		else if (i == 0 && table->totals)
			columns[i].total_string = (char *)"Total";
	}
	sheet_check(table->sheet, worksheet_add_table(table->sheet->worksheet, first, 0, last,
	                                              (lxw_col_t)(count - 1), &options));
}

static gboolean is_long(const char *text)
{
	return text && g_utf8_strlen(text, -1) > WIDEST;
}

static void write_formula(const struct table *table, const struct table_column *column, guint n,
                          const struct dataset_cell *cell)
{
	const char *expression = dataset_expression(table->dataset, cell);
	g_autofree char *own = expression ? column_formula(table, column, expression) : NULL;

	sheet_formula(table->sheet, n, column->format, own ? own : column->formula,
	              cell->value / column->shape.factor);
}

/* What is no number now may be one at other inputs. */
static void write_words_or_value(const struct table *table, const struct table_column *column,
                                 guint n, const struct dataset_cell *cell)
{
	g_autofree char *value = column_formula(table, column,
	                                        dataset_expression(table->dataset, cell));
	g_autofree char *formula = g_strdup_printf("IF(ISNUMBER(%s), %s, \"%s\")", value, value,
	                                           cell->text);

	sheet_formula_words(table->sheet, n,
	                    book_format(table->sheet->book, LOOK_MISSING,
	                                column->shape.number_format),
	                    formula, cell->text);
}

/* Of a large table half of the cells may have nothing to say: they are left out, but where the
 * library has filled the column with its formula. */
static void write_words(struct table *table, guint n, enum look look, const char *text)
{
	if ((text && *text) || nth(table, n)->formula)
		sheet_text(table->sheet, n, look, text);
	else
		table->gaps = TRUE;
}

static void write_cell(struct table *table, guint row, guint n)
{
	const struct table_column *column = nth(table, n);
	const struct dataset_cell *cell = dataset_cell(table->dataset, row, column->index);
	const char *expression = dataset_expression(table->dataset, cell);

	if (!numeric(column->column))
		write_words(table, n, is_long(cell->text) ? LOOK_WRAPPED : LOOK_TEXT, cell->text);
	else if (!has_number(cell) && expression && cell->text)
		write_words_or_value(table, column, n, cell);
	else if (!has_number(cell))
		write_words(table, n, LOOK_MISSING, cell->text);
	else if (!cell->is_given && (expression || column->formula))
		write_formula(table, column, n, cell);
	else
		sheet_number(table->sheet, n, column->format, cell->value / column->shape.factor);
}

/* The line below each row goes on under what was left out. */
static void rule_gaps(const struct table *table, lxw_row_t first, lxw_row_t last)
{
	lxw_conditional_format blank = {
		.type = LXW_CONDITIONAL_TYPE_BLANKS,
		.format = book_rule(table->sheet->book),
	};

	sheet_check(table->sheet,
	            worksheet_conditional_format_range(table->sheet->worksheet, first, 0, last,
	                                               (lxw_col_t)(table->columns->len - 1),
	                                               &blank));
}

static void write_total(const struct table *table, guint n)
{
	const struct table_column *column = nth(table, n);
	g_autofree char *header = escape_header(column->header);
	g_autofree char *formula = g_strdup_printf("SUBTOTAL(109,%s[%s])", table->name, header);

	if (column->column->total)
		sheet_formula(table->sheet, n,
		              book_format(table->sheet->book, LOOK_TOTAL,
		                          column->shape.number_format),
		              formula, column->sum / column->shape.factor);
	else
		sheet_text(table->sheet, n, LOOK_TOTAL_TEXT, n == 0 ? "Total" : NULL);
}

static const struct table_column *main_column(const struct table *table, guint *position)
{
	static const enum unit units[] = { UNIT_CURRENCY, UNIT_HOURS };

	for (guint u = 0; u < G_N_ELEMENTS(units); u++)
		for (guint i = 0; i < table->columns->len; i++)
			if (nth(table, i)->column->unit == units[u]) {
				*position = i;
				return nth(table, i);
			}
	return NULL;
}

static void add_bars(const struct table *table, lxw_row_t first, lxw_row_t last)
{
	guint position = 0;
	lxw_conditional_format bars = {
		.type = LXW_CONDITIONAL_DATA_BAR,
		.data_bar_2010 = TRUE,
		.bar_solid = TRUE,
		.bar_color = BAR_COLOUR,
		.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
		.min_value = 0,
		.bar_negative_color = 0xF4B183,
		.bar_no_border = TRUE,
	};

	if (main_column(table, &position))
		sheet_check(table->sheet,
		            worksheet_conditional_format_range(table->sheet->worksheet, first,
		                                               (lxw_col_t)position, last,
		                                               (lxw_col_t)position, &bars));
}

static void mark_results(const struct table *table, lxw_row_t first)
{
	lxw_conditional_format always = {
		.type = LXW_CONDITIONAL_TYPE_FORMULA,
		.value_string = (char *)"=TRUE",
		.format = workbook_add_format(table->sheet->book->workbook),
	};

	format_set_bg_color(always.format, RESULT_COLOUR);
	format_set_bold(always.format);
	sheet_check(table->sheet,
	            worksheet_conditional_format_range(table->sheet->worksheet, first, 0,
	                                               first + table->dataset->results - 1,
	                                               (lxw_col_t)(table->columns->len - 1),
	                                               &always));
}

static char *sum_formula(const struct table *table, const struct table_column *column)
{
	g_autofree char *header = escape_header(column->header);

	return column->shape.factor > 1 ? g_strdup_printf("SUM(%s[%s])*%.0f", table->name, header,
	                                                  column->shape.factor)
	                                : g_strdup_printf("SUM(%s[%s])", table->name, header);
}

/* For charts and checks. */
static void note_ranges(const struct table *table, lxw_row_t first, lxw_row_t last)
{
	for (guint n = 0; n < table->columns->len; n++) {
		const struct table_column *column = nth(table, n);
		struct range *range = g_new0(struct range, 1);

		range->sheet = table->sheet;
		range->column = n;
		range->first = first;
		range->last = last;
		range->factor = column->shape.factor;
		range->number_format = g_strdup(column->shape.number_format);
		range->sum = sum_formula(table, column);
		range->dataset = table->dataset;
		range->index = column->index;
		g_hash_table_insert(table->sheet->book->ranges,
		                    g_strconcat(table->dataset->id, ".", column->column->id, NULL),
		                    range);
	}
}

/* A wide table is printed on several pages side by side, each with the first column: on one its
 * letters would be too small. */
static void divide_print(struct sheet *sheet)
{
	double width = 0;

	for (guint i = 0; i < sheet->widths->len; i++)
		width += g_array_index(sheet->widths, double, i);
	if (width <= PAGE_WIDTH)
		return;
	sheet_check(sheet, worksheet_repeat_columns(sheet->worksheet, 0, 0));
	worksheet_fit_to_pages(sheet->worksheet, (uint16_t)ceil(width / PAGE_WIDTH), 0);
}

static void write_rows(struct table *table)
{
	struct sheet *sheet = table->sheet;
	lxw_row_t head = sheet->rows, last = head + table->dataset->rows->len;

	add_table(table, head, table->totals ? last + 1 : last);
	sheet_row(sheet, HEAD_POINTS);
	worksheet_freeze_panes(sheet->worksheet, sheet->rows, 1);
	sheet_check(sheet, worksheet_repeat_rows(sheet->worksheet, head, head));
	divide_print(sheet);
	sheet_print_first(sheet, table->dataset->rows->len, table->columns->len);
	for (guint row = 0; row < table->dataset->rows->len; row++) {
		sheet_row(sheet, TABLE_ROW_POINTS);
		for (guint n = 0; n < table->columns->len; n++)
			write_cell(table, row, n);
	}
	if (table->gaps)
		rule_gaps(table, head + 1, last);
	if (table->totals) {
		sheet_row(sheet, 20);
		for (guint n = 0; n < table->columns->len; n++)
			write_total(table, n);
	}
	if (table->dataset->results > 0)
		mark_results(table, head + 1);
	else
		add_bars(table, head + 1, last);
	note_ranges(table, head + 1, last);
	chart_below(sheet, table->dataset);
}

void sheet_dataset(struct sheet *sheet, const struct dataset *dataset)
{
	struct table table = {
		.sheet = sheet,
		.dataset = dataset,
		.name = g_strconcat("tbl_", dataset->id, NULL),
		.columns = g_array_new(FALSE, FALSE, sizeof(struct table_column)),
	};

	g_array_set_clear_func(table.columns, (GDestroyNotify)table_column_clear);
	g_strcanon(table.name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS, '_');
	plan_columns(&table);
	g_autofree char *note = sheet_print_note(dataset->note, dataset->rows->len);
	sheet_band(sheet, dataset->title, note, set_widths(&table));
	if (dataset->rows->len > 0) {
		write_rows(&table);
	} else {
		sheet_row(sheet, ROW_POINTS);
		sheet_text(sheet, 0, LOOK_NOTE, "No rows.");
	}
	g_array_unref(table.columns);
	g_free(table.name);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_sheets.h"

#include <string.h>

#include "base/expression.h"
#include "render/xlsx_formula.h"

#define HOLDS "holds"
#define HOLDS_NOT "does not hold"
#define GREEN 0xD9EAD3
#define RED 0xF4CCCC

enum { WORDS, LEFT, RELATION, RIGHT, UNIT, VERDICT, HOW, COLUMNS };

/* In formulas. */
#define COLUMN_LEFT "B"
#define COLUMN_RIGHT "D"
#define COLUMN_VERDICT "F"

static const struct sheet_heading headings[COLUMNS] = {
	[WORDS] = { "What must be true", 62, LOOK_HEAD },
	[LEFT] = { "One side", 18, LOOK_HEAD_NUMBER },
	[RELATION] = { "is", 11, LOOK_HEAD_CENTRED },
	[RIGHT] = { "The other", 18, LOOK_HEAD_NUMBER },
	[UNIT] = { "Unit", 10, LOOK_HEAD_CENTRED },
	[VERDICT] = { "Verdict", 16, LOOK_HEAD_CENTRED },
	[HOW] = { "What is compared", 80, LOOK_HEAD },
};

/* The column that an id sums, or NULL. */
static const char *summed(const char *id)
{
	static const char *const prefixes[] = { "sum.", "told." };

	for (guint i = 0; i < G_N_ELEMENTS(prefixes); i++)
		if (g_str_has_prefix(id, prefixes[i]))
			return id + strlen(prefixes[i]);
	return NULL;
}

static const char *find_sum(const char *id, const void *data)
{
	const struct book *book = data;
	const char *column = summed(id);
	const struct range *range = column ? g_hash_table_lookup(book->ranges, column) : NULL;

	return range ? range->sum : NULL;
}

struct need {
	const struct book *book;
	gboolean missing;
};

static void note_missing(const char *id, void *data)
{
	struct need *need = data;

	need->missing = need->missing || (summed(id) && !find_sum(id, need->book));
}

/* Whether its tables have sheets here: where nobody may be in a workbook, those of people have
 * not. */
static gboolean has_tables(const struct book *book, const char *text)
{
	struct expression *expression = expression_new(text, NULL);
	struct need need = { book, FALSE };

	g_assert(expression);
	expression_ids(expression, note_missing, &need);
	expression_free(expression);
	return !need.missing;
}

static gboolean is_shown(const struct book *book, const struct report_check *check)
{
	return has_tables(book, check->left) && has_tables(book, check->right);
}

static void write_side(struct sheet *sheet, guint column, const struct shape *shape,
                       const char *expression, double value)
{
	g_autofree char *formula = formula_print(sheet->book, expression, find_sum, sheet->book);

	sheet_formula(sheet, column, book_format(sheet->book, LOOK_NUMBER, shape->number_format),
	              formula, value);
}

/* What is not a number does not hold, either. */
static void write_verdict(struct sheet *sheet, const struct report_check *check)
{
	guint at = sheet->row + 1;
	g_autofree char *apart = g_strdup_printf(COLUMN_LEFT "%u-" COLUMN_RIGHT "%u", at, at);
	const char *size = check->relation == CHECK_EQUAL ? "ABS" : "";
	g_autofree char *formula = g_strdup_printf(
		"=IFERROR(IF(%s(%s)<=%.6f*MAX(1,ABS(" COLUMN_LEFT "%u),ABS(" COLUMN_RIGHT
		"%u)),\"" HOLDS "\",\"" HOLDS_NOT "\"),\"" HOLDS_NOT "\")",
		size, apart, CHECK_TOLERANCE, at, at);

	sheet_check(sheet, worksheet_write_formula_str(
				   sheet->worksheet, sheet->row, VERDICT, formula,
				   book_format(sheet->book, LOOK_CENTRED, NULL),
				   report_check_holds(check) ? HOLDS : HOLDS_NOT));
}

static void write_check(struct sheet *sheet, const struct report_check *check)
{
	gboolean equal = check->relation == CHECK_EQUAL;
	struct shape shape = shape_unscaled(sheet->book->report, check->unit,
	                                    MAX(check->left_value, check->right_value));
	g_autofree char *how = g_strdup_printf("%s %s %s", check->left, equal ? "=" : "≤",
	                                       check->right);

	sheet_row(sheet, ROW_POINTS);
	sheet_text(sheet, WORDS, LOOK_WRAPPED, check->words);
	write_side(sheet, LEFT, &shape, check->left, check->left_value);
	sheet_text(sheet, RELATION, LOOK_CENTRED, equal ? "equal to" : "at most");
	write_side(sheet, RIGHT, &shape, check->right, check->right_value);
	sheet_text(sheet, UNIT, LOOK_CENTRED, shape.unit);
	write_verdict(sheet, check);
	sheet_text(sheet, HOW, LOOK_CODE, how);
	shape_clear(&shape);
}

static void colour(struct sheet *sheet, lxw_row_t first, lxw_row_t last, const char *word,
                   lxw_color_t ground)
{
	g_autofree char *value = g_strdup_printf("\"%s\"", word);
	lxw_conditional_format rule = {
		.type = LXW_CONDITIONAL_TYPE_CELL,
		.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO,
		.value_string = value,
		.format = workbook_add_format(sheet->book->workbook),
	};

	format_set_bg_color(rule.format, ground);
	sheet_check(sheet, worksheet_conditional_format_range(sheet->worksheet, first, VERDICT,
	                                                      last, VERDICT, &rule));
}

/* Below the checks, from row `first` to the current one. */
static void count_failures(struct sheet *sheet, lxw_row_t first, guint failures)
{
	lxw_row_t last = sheet->row;
	g_autofree char *formula = g_strdup_printf(
		"ROWS(" COLUMN_VERDICT "%u:" COLUMN_VERDICT "%u)-COUNTIF(" COLUMN_VERDICT
		"%u:" COLUMN_VERDICT "%u,\"" HOLDS "\")",
		first + 1, last + 1, first + 1, last + 1);

	colour(sheet, first, last, HOLDS, GREEN);
	colour(sheet, first, last, HOLDS_NOT, RED);
	sheet_row(sheet, 20);
	sheet_text(sheet, WORDS, LOOK_TOTAL_TEXT, "Checks that do not hold");
	for (guint i = LEFT; i < COLUMNS; i++)
		sheet_text(sheet, i, LOOK_TOTAL_TEXT, NULL);
	sheet_formula(sheet, VERDICT, book_format(sheet->book, LOOK_TOTAL, "0"), formula, failures);
	sheet_define(sheet, VERDICT, NAME_CHECKS_FAILED);
}

guint checks_shown(const struct book *book, guint *failures)
{
	const GPtrArray *checks = book->report->checks;
	guint count = 0;

	*failures = 0;
	for (guint i = 0; i < checks->len; i++) {
		if (!is_shown(book, checks->pdata[i]))
			continue;
		count++;
		*failures += !report_check_holds(checks->pdata[i]);
	}
	return count;
}

void sheet_checks(struct sheet *sheet)
{
	const GPtrArray *checks = sheet->book->report->checks;
	guint failures;
	lxw_row_t first;

	checks_shown(sheet->book, &failures);
	sheet_band(sheet, "Checks",
	           "Sums of parts, and what cannot exceed what, computed from the cells; with "
	           "inputs of your own, too.",
	           COLUMNS);
	sheet_headings(sheet, headings, COLUMNS);
	first = sheet->rows;
	for (guint i = 0; i < checks->len; i++)
		if (is_shown(sheet->book, checks->pdata[i]))
			write_check(sheet, checks->pdata[i]);
	count_failures(sheet, first, failures);
}

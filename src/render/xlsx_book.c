/* SPDX-License-Identifier: Apache-2.0 */
#include "render/xlsx_book.h"

#include <errno.h>
#include <math.h>

#include "base/error.h"
#include "render/xlsx_formula.h"

#define MOST_PRINTED 150 /* rows of a table, some four pages: those that weigh most stand first */
#define PRINT_LETTER 1 /* the numbers of spreadsheets */
#define PRINT_A4 9
#define MARGIN_INCHES 0.5
#define MARGIN_INCHES_ENDS 0.75 /* at head and foot */
#define PIXELS_A_CHARACTER 7
#define PIXELS_A_COLUMN 5 /* padding */
#define NAME_CHARACTERS 31 /* Excel's limit for a sheet name */
#define PERIOD_CHARACTERS 30 /* header and footer: 255 in all, with ampersands doubled */
#define NOTICE_CHARACTERS 90
#define LINE_POINTS 13.0       /* what each further line adds to a row */
#define LETTERS_PER_DIGIT 1.15 /* widths count digits; letters are narrower on the whole */
#define UNUSABLE "[]:*?/\\'"   /* in a sheet name */

static void sheet_free(struct sheet *sheet)
{
	g_array_unref(sheet->widths);
	g_free(sheet->name);
	g_free(sheet->purpose);
	g_free(sheet);
}

static void range_free(struct range *range)
{
	g_free(range->number_format);
	g_free(range->sum);
	g_free(range);
}

/* The library's default would stand in every empty cell and set the unit of column widths. */
static void set_default_font(lxw_workbook *workbook)
{
	lxw_format *format = STAILQ_FIRST(workbook->formats);

	format_set_font_name(format, "Arial");
	format_set_font_size(format, 10);
}

static void set_properties(const struct book *book)
{
	const struct report *report = book->report;
	g_autofree char *comments =
		g_strdup_printf("%s. Export %s. %s", report->classification, report->export_hash,
	                        report->notice ? report->notice : "");
	lxw_doc_properties properties = {
		.title = report->title,
		.subject = report->period,
		.author = (char *)"reclaim",
		.company = report->institution,
		.comments = g_strchomp(comments),
		.created = (time_t)report->date,
	};

	workbook_set_properties(book->workbook, &properties);
}

struct book *book_new(const struct report *report, const char *path, const char *tmpdir,
                      GError **error)
{
	lxw_workbook_options options = { .tmpdir = (char *)tmpdir };
	lxw_workbook *workbook = workbook_new_opt(path, &options);
	struct book *book;

	if (!workbook) {
		error_failed(error, "no workbook can be begun");
		return NULL;
	}
	book = g_new0(struct book, 1);
	book->report = report;
	book->workbook = workbook;
	for (enum look look = 0; look < LOOKS; look++)
		book->formats[look] =
			g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	book->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	book->elsewhere = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
	book->ranges = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
	                                     (GDestroyNotify)range_free);
	book->sheets = g_ptr_array_new_with_free_func((GDestroyNotify)sheet_free);
	set_default_font(workbook);
	set_properties(book);
	formula_name_ids(book);
	return book;
}

gboolean book_close(struct book *book, GError **error)
{
	lxw_workbook *workbook = g_steal_pointer(&book->workbook);
	lxw_error result = book->failure;

	errno = 0;
	if (result == LXW_NO_ERROR)
		result = workbook_close(workbook);
	else
		lxw_workbook_free(workbook);
	if (result == LXW_NO_ERROR)
		return TRUE;
	/* The library says only that it was an error of the system's, as of a full disk. */
	if (result == LXW_ERROR_ZIP_FILE_OPERATION && errno != 0)
		return error_failed(error, "cannot write: %s", g_strerror(errno));
	return error_failed(error, "%s", lxw_strerror(result));
}

void book_free(struct book *book)
{
	if (book->workbook)
		lxw_workbook_free(book->workbook);
	g_ptr_array_unref(book->sheets);
	g_hash_table_unref(book->names);
	g_hash_table_unref(book->elsewhere);
	g_hash_table_unref(book->ranges);
	for (enum look look = 0; look < LOOKS; look++)
		g_hash_table_unref(book->formats[look]);
	g_free(book);
}

static gboolean name_taken(const struct book *book, const char *name)
{
	g_autofree char *folded = g_utf8_casefold(name, -1);

	for (guint i = 0; i < book->sheets->len; i++) {
		const struct sheet *sheet = book->sheets->pdata[i];
		g_autofree char *other = g_utf8_casefold(sheet->name, -1);

		if (g_str_equal(folded, other))
			return TRUE;
	}
	return FALSE;
}

/* Where it was cut, a comma may have been left. */
static void trim_end(char *name)
{
	for (gsize length = strlen(name); length > 0 && strchr(" ,;:", name[length - 1]); length--)
		name[length - 1] = '\0';
}

static char *sheet_name(const struct book *book, const char *title)
{
	g_autofree char *clean = g_utf8_make_valid(title, -1);
	char *name;

	g_strdelimit(clean, UNUSABLE, ' ');
	name = g_utf8_substring(clean, 0, MIN(NAME_CHARACTERS, g_utf8_strlen(clean, -1)));
	trim_end(name);
	for (guint n = 2; *g_strstrip(name) == '\0' || name_taken(book, name); n++) {
		g_autofree char *start = g_utf8_substring(
			clean, 0, MIN(NAME_CHARACTERS - 4, g_utf8_strlen(clean, -1)));

		g_free(name);
		name = g_strdup_printf("%s %u", start, n);
	}
	return name;
}

/* In a header or footer an ampersand begins a command. */
static char *footer_text(const char *text, glong most)
{
	g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);
	g_autofree char *cut = g_utf8_substring(valid, 0, MIN(most, g_utf8_strlen(valid, -1)));
	g_auto(GStrv) parts = g_strsplit(cut, "&", -1);

	return g_strjoinv("&&", parts);
}

static void set_up_print(struct sheet *sheet)
{
	const struct report *report = sheet->book->report;
	g_autofree char *period = footer_text(report->period, PERIOD_CHARACTERS);
	g_autofree char *notice = footer_text(report->notice, NOTICE_CHARACTERS);
	g_autofree char *classification = footer_text(report->classification, NOTICE_CHARACTERS);
	g_autofree char *header = g_strdup_printf("&L&8&A, %s&R&8 %s", period, notice);
	g_autofree char *footer = g_strdup_printf("&L&8Export %s. %s&R&8Page &P of &N",
	                                          report->export_hash, classification);

	worksheet_set_paper(sheet->worksheet,
	                    report->paper == PAPER_LETTER ? PRINT_LETTER : PRINT_A4);
	worksheet_set_landscape(sheet->worksheet);
	worksheet_fit_to_pages(sheet->worksheet, 1, 0);
	worksheet_set_margins(sheet->worksheet, MARGIN_INCHES, MARGIN_INCHES, MARGIN_INCHES_ENDS,
	                      MARGIN_INCHES_ENDS);
	worksheet_gridlines(sheet->worksheet, LXW_HIDE_ALL_GRIDLINES);
	sheet_check(sheet, worksheet_set_header(sheet->worksheet, header));
	sheet_check(sheet, worksheet_set_footer(sheet->worksheet, footer));
}

double sheet_page_points(const struct sheet *sheet)
{
	gboolean letter = sheet->book->report->paper == PAPER_LETTER;
	double width = (letter ? 792 : 841.89) - 2 * 72 * MARGIN_INCHES,
	       height = (letter ? 612 : 595.28) - 2 * 72 * MARGIN_INCHES_ENDS;

	return height * MAX(sheet_pixels(sheet, 0, sheet->widths->len) / PIXELS_A_POINT / width, 1);
}

double sheet_pixels(const struct sheet *sheet, guint from, guint to)
{
	double sum = 0;

	for (guint i = from; i < MIN(to, sheet->widths->len); i++)
		sum += g_array_index(sheet->widths, double, i) * PIXELS_A_CHARACTER +
		       PIXELS_A_COLUMN;
	return sum;
}

struct sheet *book_sheet(struct book *book, const char *title, const char *purpose)
{
	struct sheet *sheet = g_new0(struct sheet, 1);

	sheet->book = book;
	sheet->name = sheet_name(book, title);
	sheet->purpose = g_strdup(purpose);
	sheet->widths = g_array_new(FALSE, TRUE, sizeof(double));
	sheet->worksheet = workbook_add_worksheet(book->workbook, sheet->name);
	g_ptr_array_add(book->sheets, sheet);
	if (sheet->worksheet)
		set_up_print(sheet);
	return sheet;
}

void sheet_check(struct sheet *sheet, lxw_error result)
{
	if (sheet->book->failure == LXW_NO_ERROR)
		sheet->book->failure = result;
}

void sheet_define(struct sheet *sheet, guint column, const char *name)
{
	char cell[LXW_MAX_CELL_NAME_LENGTH];
	g_autofree char *place = NULL;

	lxw_rowcol_to_cell_abs(cell, sheet->row, (lxw_col_t)column, TRUE, TRUE);
	place = g_strdup_printf("='%s'!%s", sheet->name, cell);
	sheet_check(sheet, workbook_define_name(sheet->book->workbook, name, place));
}

void sheet_height(struct sheet *sheet, double height)
{
	sheet->height = height;
	sheet_check(sheet, worksheet_set_row(sheet->worksheet, sheet->row, height, NULL));
}

void sheet_row(struct sheet *sheet, double height)
{
	sheet->above += sheet->height;
	sheet->row = sheet->rows++;
	sheet_height(sheet, height);
}

void sheet_width(struct sheet *sheet, guint column, double width)
{
	if (sheet->widths->len <= column)
		g_array_set_size(sheet->widths, column + 1);
	g_array_index(sheet->widths, double, column) = width;
	sheet_check(sheet, worksheet_set_column(sheet->worksheet, (lxw_col_t)column,
	                                        (lxw_col_t)column, width, NULL));
}

/* Spreadsheet programs do not agree on when to find the height of a row themselves. */
static void grow(struct sheet *sheet, guint column, const char *text)
{
	double width =
		column < sheet->widths->len ? g_array_index(sheet->widths, double, column) : 0;
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
	double count = 0, needed;

	if (width <= 0)
		return;
	for (guint i = 0; lines[i]; i++)
		count += MAX(
			1, ceil((double)g_utf8_strlen(lines[i], -1) / (width * LETTERS_PER_DIGIT)));
	needed = ROW_POINTS + MAX(0, count - 1) * LINE_POINTS;
	if (needed > sheet->height)
		sheet_height(sheet, needed);
}

void sheet_text(struct sheet *sheet, guint column, enum look look, const char *text)
{
	g_autofree char *valid = g_utf8_make_valid(text ? text : "", -1);

	if (look_wraps(look))
		grow(sheet, column, valid);
	sheet_check(sheet, worksheet_write_string(sheet->worksheet, sheet->row, (lxw_col_t)column,
	                                          valid, book_format(sheet->book, look, NULL)));
}

void sheet_number(struct sheet *sheet, guint column, lxw_format *format, double value)
{
	sheet_check(sheet, worksheet_write_number(sheet->worksheet, sheet->row, (lxw_col_t)column,
	                                          value, format));
}

void sheet_formula(struct sheet *sheet, guint column, lxw_format *format, const char *formula,
                   double value)
{
	g_autofree char *text = g_strconcat("=", formula, NULL);

	sheet_check(sheet, worksheet_write_formula_num(sheet->worksheet, sheet->row,
	                                               (lxw_col_t)column, text, format, value));
}

void sheet_formula_words(struct sheet *sheet, guint column, lxw_format *format, const char *formula,
                         const char *words)
{
	g_autofree char *text = g_strconcat("=", formula, NULL);

	sheet_check(sheet, worksheet_write_formula_str(sheet->worksheet, sheet->row,
	                                               (lxw_col_t)column, text, format, words));
}

void sheet_array_formula(struct sheet *sheet, guint column, lxw_format *format, const char *formula,
                         double value)
{
	g_autofree char *text = g_strdup_printf("{=%s}", formula);

	sheet_check(sheet,
	            worksheet_write_array_formula_num(sheet->worksheet, sheet->row,
	                                              (lxw_col_t)column, sheet->row,
	                                              (lxw_col_t)column, text, format, value));
}

static void fill_row(struct sheet *sheet, enum look look, const char *text, guint columns)
{
	sheet_text(sheet, 0, look, text);
	for (guint i = 1; i < columns; i++)
		sheet_text(sheet, i, look, NULL);
}

void sheet_band(struct sheet *sheet, const char *title, const char *subtitle, guint columns)
{
	sheet_row(sheet, 30);
	fill_row(sheet, LOOK_TITLE, title, columns);
	sheet_row(sheet, 20);
	fill_row(sheet, LOOK_BAND, subtitle, columns);
	if (sheet->book->report->notice) {
		sheet_row(sheet, 20);
		fill_row(sheet, LOOK_NOTICE, sheet->book->report->notice, columns);
	}
}

void sheet_section(struct sheet *sheet, const char *title, guint columns)
{
	sheet_row(sheet, 26);
	fill_row(sheet, LOOK_SECTION, title, columns);
}

void sheet_print_first(struct sheet *sheet, guint rows, guint columns)
{
	if (rows > MOST_PRINTED)
		sheet_check(sheet,
		            worksheet_print_area(sheet->worksheet, 0, 0, sheet->row + MOST_PRINTED,
		                                 (lxw_col_t)(columns - 1)));
}

char *sheet_print_note(const char *note, guint rows)
{
	if (rows <= MOST_PRINTED)
		return g_strdup(note);
	return g_strdup_printf("%s The first %d are printed: clear the print area to print all.",
	                       note, MOST_PRINTED);
}

void sheet_headings(struct sheet *sheet, const struct sheet_heading *headings, guint count)
{
	sheet_row(sheet, 22);
	for (guint i = 0; i < count; i++) {
		sheet_width(sheet, i, headings[i].width);
		sheet_text(sheet, i, headings[i].look, headings[i].title);
	}
	worksheet_freeze_panes(sheet->worksheet, sheet->rows, 1);
	sheet_check(sheet, worksheet_repeat_rows(sheet->worksheet, sheet->row, sheet->row));
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/pdf_layout.h"
#include "report/format.h"

#define GAP 11.0     /* between columns */
#define NARROW_GAP 6.0 /* … rather than break a number */
#define PADDING 3.4  /* above and below a cell's lines */
#define CELL_LINES 8 /* of a cell or a heading; what is longer ends in "…" and is whole in the CSV
                        file */
#define LONGEST_WORD 0.3 /* of the table's width; longer ones are broken */
#define A_NAME 0.3       /* of the table's width: the words of a row say more than those of a
                            head */
#define SPACE_BELOW 5.0
#define SMALL_TABLE 0.25  /* of a leaf's height */

struct column {
	const struct dataset_column *column;
	guint index;
	gboolean number;
	double least, natural, width; /* of the words: longest word, longest line, as set */
};

struct table {
	struct pdf_flow *flow;
	const struct table_view *view;
	GArray *columns; /* struct column */
	GPtrArray *texts; /* struct pdf_text: the heads, then row by row; of the size that is tried;
	                     NULL: a drawing */
	struct pdf_type type, head_type;
	guint rows;
	double width, gap;
};

static struct pdf_type cell_type(const struct table *table, const struct column *column,
                                 gboolean head)
{
	struct pdf_type type = head ? table->head_type : table->type;

	type.align = column->number ? ANCHOR_END : ANCHOR_START;
	return type;
}

static const char *cell_words(const struct table *table, guint row, const struct column *column)
{
	const struct dataset_cell *cell = dataset_cell(table->view->dataset, row, column->index);

	return cell->text && *cell->text ? cell->text : "–";
}

/* NULL in a head, and where there are words. */
static const struct chart *drawing_of(const struct table *table, int row,
                                      const struct column *column)
{
	const struct dataset *dataset = table->view->dataset;

	return row < 0 ? NULL
	               : dataset_drawing(dataset, dataset_cell(dataset, (guint)row, column->index));
}

static double drawing_width(const struct table *table)
{
	return CHART_SPARK_WIDTH * table->flow->sheet->px;
}

static void measure_text(const struct table *table, struct column *column, struct pdf_text *text,
                         gboolean head)
{
	double natural = pdf_text_width(text), longest = table->width * LONGEST_WORD;

	column->natural = MAX(column->natural, MIN(natural, table->width));
	if (column->number && !head)
		column->least = MAX(column->least, natural); /* a number is never broken */
	else if (natural > column->least && longest > column->least)
		column->least = MAX(column->least, MIN(pdf_text_word_width(text), longest));
}

static double total_width(const struct table *table, gboolean natural)
{
	double width = table->gap * MAX((double)table->columns->len - 1, 0);

	for (guint i = 0; i < table->columns->len; i++) {
		const struct column *column = &g_array_index(table->columns, struct column, i);

		width += natural ? column->natural : column->least;
	}
	return width;
}

/* The cell's text; row −1 is the heading. */
static struct pdf_text *measure_words(const struct table *table, int row, struct column *column)
{
	gboolean head = row < 0;
	const char *words = head ? column->column->title : cell_words(table, (guint)row, column);
	struct pdf_text *text =
		pdf_text_of(table->flow->setter, cell_type(table, column, head), words);

	measure_text(table, column, text, head);
	return text;
}

/* No text: the drawing stands for it. */
static struct pdf_text *measure_drawing(const struct table *table, struct column *column)
{
	double width = drawing_width(table);

	column->least = MAX(column->least, width);
	column->natural = MAX(column->natural, width);
	return NULL;
}

static void measure_row(struct table *table, int row)
{
	for (guint i = 0; i < table->columns->len; i++) {
		struct column *column = &g_array_index(table->columns, struct column, i);

		g_ptr_array_add(table->texts, drawing_of(table, row, column)
		                                      ? measure_drawing(table, column)
		                                      : measure_words(table, row, column));
	}
}

static void measure(struct table *table)
{
	g_ptr_array_set_size(table->texts, 0);
	for (guint i = 0; i < table->columns->len; i++) {
		struct column *column = &g_array_index(table->columns, struct column, i);

		column->least = column->natural = 0;
	}
	for (int row = -1; row < (int)table->rows; row++)
		measure_row(table, row);
	/* Room to spare is for words. */
	for (guint i = 0; i < table->columns->len; i++) {
		struct column *column = &g_array_index(table->columns, struct column, i);

		if (column->column->drawn)
			column->natural = column->least;
	}
}

/* The width at which columns whose words are longer must stop, so that all of them fill `room`. */
static double common_limit(const struct table *table, double room)
{
	double limit = room / table->columns->len;

	for (guint round = 0; round < table->columns->len; round++) {
		double rest = room;
		guint wide = 0;

		for (guint i = 0; i < table->columns->len; i++) {
			double least = g_array_index(table->columns, struct column, i).least;

			if (least > limit)
				wide++;
			else
				rest -= least;
		}
		if (wide > 0)
			limit = rest / wide;
	}
	return limit;
}

static void keep_words(struct table *table)
{
	double rest = table->width - total_width(table, FALSE);

	for (guint i = 0; i < table->columns->len; i++) {
		struct column *column = &g_array_index(table->columns, struct column, i);
		double more = column->natural - column->least;

		if (column->number || column->natural > table->width * A_NAME || more > rest)
			continue;
		column->least = column->natural;
		rest -= more;
	}
}

/* How wide a column of numbers is when the words above it have this share of what they are long. */
static double head_width(const struct column *column, double share)
{
	return MAX(column->least, column->natural * share);
}

/* Heads of numbers share what is left: none is broken into many lines beside one that is on one. */
static void share_heads(struct table *table)
{
	double rest = MAX(table->width - total_width(table, FALSE), 0), low = 0, high = 1;

	for (guint halvings = 0; halvings < 24; halvings++) {
		double share = (low + high) / 2, wanted = 0;

		for (guint i = 0; i < table->columns->len; i++) {
			const struct column *column =
				&g_array_index(table->columns, struct column, i);

			wanted += column->number ? head_width(column, share) - column->least : 0;
		}
		*(wanted <= rest ? &low : &high) = share;
	}
	for (guint i = 0; i < table->columns->len; i++) {
		struct column *column = &g_array_index(table->columns, struct column, i);

		column->least = column->number ? head_width(column, low) : column->least;
	}
}

/* How many columns of words there are before those of numbers; 0 where others stand behind. */
static guint count_names(const struct table *table)
{
	guint names = 0;
	gboolean numbers = FALSE;

	for (guint i = 0; i < table->columns->len; i++) {
		gboolean number = g_array_index(table->columns, struct column, i).number;

		if (numbers && !number)
			return 0;
		numbers = numbers || number;
		names += !number;
	}
	return numbers || names == 1 ? names : 0;
}

static double want_of(const struct table *table, guint n)
{
	const struct column *name = &g_array_index(table->columns, struct column, n);

	return MAX(MIN(name->natural, table->width * A_NAME) - name->least, 0);
}

/* What is longer than a name may be has its room all the same, where there are only numbers beside
 * it; several names share it. */
static void widen_names(struct table *table)
{
	guint names = count_names(table);
	double rest = MAX(table->width - total_width(table, FALSE), 0), wanted = 0;

	for (guint i = 0; i < names; i++)
		wanted += want_of(table, i);
	for (guint i = 0; i < names && wanted > 0; i++)
		g_array_index(table->columns, struct column, i).least += want_of(table, i) *
		                                                         MIN(1, rest / wanted);
}

/* A few words are not broken for the sake of many, and what a row is called not for what stands
 * above numbers. */
static void keep_short(struct table *table)
{
	keep_words(table);
	widen_names(table);
	share_heads(table);
}

/* Room to spare and want of it are shared in proportion to what each column's words are long; where
 * not even single words fit, the longest are broken. */
static void set_widths(struct table *table)
{
	double room = table->width - table->gap * ((double)table->columns->len - 1);
	double natural = total_width(table, TRUE) - (table->width - room);
	keep_short(table);
	double least = total_width(table, FALSE) - (table->width - room);
	double limit = common_limit(table, room);

	for (guint i = 0; i < table->columns->len; i++) {
		struct column *column = &g_array_index(table->columns, struct column, i);

		if (natural <= room)
			column->width = column->natural * room / natural;
		else if (least <= room)
			column->width = column->least + (room - least) *
			                                        (column->natural - column->least) /
			                                        MAX(natural - least, 1);
		else
			column->width = MIN(column->least, limit);
	}
}

/* A table too wide for the type gets smaller type, down to what can be read, and then less between
 * its columns. */
static void fit(struct table *table)
{
	static const struct { double size, gap; } tries[] = {
		{ 1, GAP }, { 0.92, GAP }, { 0.85, GAP }, { 0.79, GAP }, { 0.79, NARROW_GAP },
	};
	const struct pdf_type type = table->type, head_type = table->head_type;

	for (guint i = 0; i < G_N_ELEMENTS(tries); i++) {
		table->type.size = type.size * tries[i].size;
		table->type.leading = type.leading * tries[i].size;
		table->head_type.size = head_type.size * tries[i].size;
		table->head_type.leading = head_type.leading * tries[i].size;
		table->gap = tries[i].gap;
		measure(table);
		if (total_width(table, FALSE) <= table->width)
			break;
	}
	set_widths(table);
}

/* As high as a line of words: what is more of it stands in the padding. */
static struct pdf_box *add_drawing(const struct table *table, struct pdf_box *row,
                                   const struct chart *chart, const cairo_rectangle_t *place)
{
	struct pdf_box *cell = pdf_box_add(row, pdf_box_new(BOX_GROUP, place->x, place->y,
	                                                    place->width, table->type.leading));
	double scale = table->flow->sheet->px, width = MIN(place->width, drawing_width(table));
	double height = chart_height(chart, width / scale) * scale;
	struct pdf_box *drawing = pdf_box_new(BOX_CHART, 0, (cell->height - height) / 2, width,
	                                      height);

	drawing->chart = chart;
	drawing->scale = scale;
	pdf_box_tag(drawing, "Figure");
	pdf_box_add(cell, drawing);
	pdf_box_tag(cell, "TD");
	return cell;
}

static struct pdf_box *add_words(struct pdf_box *row, struct pdf_text *text,
                                 const cairo_rectangle_t *place, gboolean head)
{
	return pdf_box_add_text(row, pdf_text_ref(text), place, CELL_LINES, head ? "TH" : "TD");
}

/* Row −1 is the heading. */
static struct pdf_box *make_row(const struct table *table, int row)
{
	gpointer *texts = table->texts->pdata + (guint)(row + 1) * table->columns->len;
	gboolean head = row < 0;
	struct pdf_box *box = pdf_box_new(BOX_GROUP, table->flow->x, 0, table->width, 0);
	double x = 0, height = 0;

	for (guint i = 0; i < table->columns->len; i++) {
		const struct column *column = &g_array_index(table->columns, struct column, i);
		cairo_rectangle_t place = { x, PADDING, column->width, 0 };
		const struct chart *drawing = drawing_of(table, row, column);
		struct pdf_box *cell = drawing ? add_drawing(table, box, drawing, &place)
		                               : add_words(box, texts[i], &place, head);

		height = MAX(height, cell->height);
		x += column->width + table->gap;
	}
	/* Heads stand on their rule. */
	for (guint i = 0; head && i < box->children->len; i++) {
		struct pdf_box *cell = box->children->pdata[i];

		cell->y += height - cell->height;
	}
	box->height = height + 2 * PADDING;
	pdf_box_add(box, pdf_box_fill(0, box->height - (head ? 0.8 : 0.4), table->width,
	                              head ? 0.8 : 0.4, head ? INK_MUTED : INK_GRID));
	pdf_box_tag(box, "TR");
	return box;
}

/* What takes little of a leaf is not broken over two. */
static void keep_small(const struct table *table, guint first)
{
	const GPtrArray *slugs = table->flow->galley->slugs;
	double height = 0;

	for (guint i = first; i < slugs->len; i++)
		height += ((const struct pdf_slug *)slugs->pdata[i])->height;
	if (height > SMALL_TABLE * pdf_sheet_height(table->flow->sheet))
		return;
	for (guint i = first; i + 1 < slugs->len; i++)
		((struct pdf_slug *)slugs->pdata[i])->keep = TRUE;
}

static void add_rows(struct table *table)
{
	const struct pdf_box *head;
	guint first = table->flow->galley->slugs->len;
	struct pdf_slug *slug =
		pdf_flow_add(table->flow, make_row(table, -1), table->view->caption ? 2 : 10);

	slug->keep = TRUE;
	head = slug->box;
	for (guint row = 0; row < table->rows; row++) {
		slug = pdf_flow_add(table->flow, make_row(table, (int)row), 0);
		slug->head = head;
		slug->keep = row + 1 < table->rows && (row == 0 || row + 2 == table->rows);
	}
	keep_small(table, first);
}

static void add_note(struct table *table, guint whole)
{
	struct pdf_flow *flow = table->flow;
	const struct dataset *dataset = table->view->dataset;
	guint wanted = table->view->rows ? MIN(table->view->rows, whole) : whole;
	g_autofree char *note = NULL;
	const GPtrArray *slugs;

	if (table->rows < wanted) {
		const struct format format = { .currency = "",
			                       .separators = flow->report->separators };
		g_autofree char *rest = format_value(&format, UNIT_COUNT, whole - table->rows);

		note = g_strdup_printf("and %s more, in tables/%s.csv", rest, dataset->id);
	} else {
		note = g_strdup(table->view->rest_note);
	}
	if (note && *note) {
		pdf_flow_keep(flow);
		pdf_flow_text(flow,
		              pdf_text_of(flow->setter, pdf_flow_type(flow, STYLE_SMALL), note), 3,
		              "P");
	}
	slugs = flow->galley->slugs;
	((struct pdf_slug *)slugs->pdata[slugs->len - 1])->height += SPACE_BELOW *
	                                                             flow->sheet->type;
}

static void add_columns(struct table *table)
{
	for (guint i = 0; i < table->view->columns->len; i++) {
		struct column column = { .index = g_array_index(table->view->columns, guint, i) };

		column.column = table->view->dataset->columns->pdata[column.index];
		column.number = column.column->unit != UNIT_TEXT;
		g_array_append_val(table->columns, column);
	}
}

void pdf_flow_table(struct pdf_flow *flow, const struct table_view *view)
{
	struct table table = { flow, view, .width = flow->width };
	guint whole = view->dataset->rows->len;
	g_autoptr(GArray) columns = g_array_new(FALSE, FALSE, sizeof(struct column));
	g_autoptr(GPtrArray) texts =
		g_ptr_array_new_with_free_func((GDestroyNotify)pdf_text_unref);

	table.columns = columns;
	table.texts = texts;
	table.type = pdf_flow_type(flow, STYLE_CELL);
	table.head_type = pdf_flow_type(flow, STYLE_SMALL_BOLD);
	table.rows = MIN(whole, view->rows ? view->rows : whole);
	table.rows = MIN(table.rows, flow->sheet->rows ? flow->sheet->rows : PDF_TABLE_ROWS);
	add_columns(&table);
	if (columns->len == 0)
		return;
	fit(&table);
	pdf_flow_open(flow, "Table");
	if (view->caption) {
		pdf_flow_title(flow,
		               pdf_text_of(flow->setter, pdf_flow_type(flow, STYLE_CAPTION),
		                           view->caption),
		               flow->sheet->brief ? 8 : 15, "Caption");
		pdf_flow_keep(flow);
	}
	add_rows(&table);
	pdf_flow_close(flow);
	add_note(&table, whole);
}

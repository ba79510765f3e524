/* SPDX-License-Identifier: Apache-2.0 */
#include "report/dataset.h"

#define TEXTS_ROOM 512 /* most datasets are small */

static void dataset_column_free(struct dataset_column *column)
{
	g_free(column->id);
	g_free(column->title);
	g_free(column->help);
	g_free(column->expression);
	g_free(column);
}

struct dataset *dataset_new(const char *id, const char *title, const char *note)
{
	struct dataset *dataset = g_new0(struct dataset, 1);

	dataset->id = g_strdup(id);
	dataset->title = g_strdup(title);
	dataset->note = g_strdup(note);
	dataset->columns = g_ptr_array_new_with_free_func((GDestroyNotify)dataset_column_free);
	dataset->rows = g_ptr_array_new_with_free_func(g_free);
	dataset->own = g_array_new(FALSE, TRUE, sizeof(struct dataset_own));
	dataset->texts = g_string_chunk_new(TEXTS_ROOM);
	return dataset;
}

struct dataset_column *dataset_add_column(struct dataset *dataset, const char *id,
                                          const char *title, enum unit unit)
{
	struct dataset_column *column = g_new0(struct dataset_column, 1);

	g_assert(dataset->rows->len == 0);
	column->id = g_strdup(id);
	column->title = g_strdup(title);
	column->unit = unit;
	g_ptr_array_add(dataset->columns, column);
	return column;
}

static void clear_drawings(struct dataset *dataset)
{
	for (guint i = 0; i < dataset->own->len; i++)
		chart_free(g_array_index(dataset->own, struct dataset_own, i).drawing);
}

void dataset_free(struct dataset *dataset)
{
	g_free(dataset->id);
	g_free(dataset->title);
	g_free(dataset->note);
	g_free(dataset->headline);
	clear_drawings(dataset);
	g_ptr_array_unref(dataset->columns);
	g_ptr_array_unref(dataset->rows);
	g_array_unref(dataset->own);
	g_string_chunk_free(dataset->texts);
	if (dataset->pages)
		g_ptr_array_unref(dataset->pages);
	g_free(dataset);
}

/* Looking up */

int dataset_column_find(const struct dataset *dataset, const char *id)
{
	for (guint i = 0; i < dataset->columns->len; i++) {
		const struct dataset_column *column = dataset->columns->pdata[i];

		if (g_str_equal(column->id, id))
			return (int)i;
	}
	return -1;
}

const struct dataset_cell *dataset_cell(const struct dataset *dataset, guint row, guint column)
{
	return (const struct dataset_cell *)dataset->rows->pdata[row] + column;
}

struct dataset_cell *dataset_own_cell(struct dataset *dataset, guint row, guint column)
{
	return (struct dataset_cell *)dataset->rows->pdata[row] + column;
}

const struct dataset_cell *dataset_cell_in(const struct dataset *dataset, guint row,
                                           const char *column)
{
	int index = dataset_column_find(dataset, column);
	g_assert(index >= 0);
	return dataset_cell(dataset, row, (guint)index);
}

const char *dataset_expression(const struct dataset *dataset, const struct dataset_cell *cell)
{
	return cell->own ? g_array_index(dataset->own, struct dataset_own, cell->own - 1).expression
	                 : NULL;
}

const struct chart *dataset_drawing(const struct dataset *dataset, const struct dataset_cell *cell)
{
	return cell->own ? g_array_index(dataset->own, struct dataset_own, cell->own - 1).drawing
	                 : NULL;
}

/* Rows */

void dataset_add_row(struct dataset *dataset)
{
	g_ptr_array_add(dataset->rows, g_new0(struct dataset_cell, dataset->columns->len));
}

static const char *keep(struct dataset *dataset, const char *text)
{
	return text && *text ? g_string_chunk_insert(dataset->texts, text) : text ? "" : NULL;
}

void dataset_cell_say(struct dataset *dataset, struct dataset_cell *cell, const char *text)
{
	cell->text = keep(dataset, text);
}

/* Valid until another cell gets one. */
static struct dataset_own *own_of(struct dataset *dataset, struct dataset_cell *cell)
{
	if (!cell->own) {
		g_array_set_size(dataset->own, dataset->own->len + 1);
		cell->own = dataset->own->len & (G_MAXUINT32 >> 2);
	}
	return &g_array_index(dataset->own, struct dataset_own, cell->own - 1);
}

static void copy_columns(struct dataset *into, const struct dataset *from)
{
	for (guint i = 0; i < from->columns->len; i++) {
		const struct dataset_column *column = from->columns->pdata[i];
		struct dataset_column *copy = dataset_add_column(into, column->id, column->title,
		                                                 column->unit);

		copy->help = g_strdup(column->help);
		copy->total = column->total;
		copy->csv_only = column->csv_only;
		copy->no_csv = column->no_csv;
		copy->figures = column->figures;
		copy->drawn = column->drawn;
	}
}

static void copy_row(struct dataset *into, const struct dataset *from, guint row)
{
	dataset_add_row(into);
	for (guint i = 0; i < from->columns->len; i++) {
		struct dataset_cell *cell = dataset_own_cell(into, into->rows->len - 1, i);
		const struct dataset_cell *original = dataset_cell(from, row, i);
		const char *expression = dataset_expression(from, original);

		*cell = *original;
		cell->text = keep(into, cell->text);
		cell->own = 0;
		if (expression)
			own_of(into, cell)->expression = keep(into, expression);
	}
}

struct dataset *dataset_pick(const struct dataset *dataset, guint column, const char *text)
{
	struct dataset *picked = dataset_new(dataset->id, dataset->title, dataset->note);

	copy_columns(picked, dataset);
	for (guint row = 0; row < dataset->rows->len; row++)
		if (g_strcmp0(dataset_cell(dataset, row, column)->text, text) == 0)
			copy_row(picked, dataset, row);
	return picked;
}

static struct dataset_cell *last_row_cell(struct dataset *dataset, const char *column)
{
	int index = dataset_column_find(dataset, column);

	g_assert(index >= 0 && dataset->rows->len > 0);
	return dataset_own_cell(dataset, dataset->rows->len - 1, (guint)index);
}

void dataset_set(struct dataset *dataset, const char *column, double value)
{
	struct dataset_cell *cell = last_row_cell(dataset, column);

	cell->value = value;
	cell->has_value = cell->is_given = TRUE;
}

void dataset_set_text(struct dataset *dataset, const char *column, const char *text)
{
	dataset_cell_say(dataset, last_row_cell(dataset, column), text);
}

void dataset_set_drawing(struct dataset *dataset, const char *column, struct chart *drawing)
{
	struct dataset_own *own = own_of(dataset, last_row_cell(dataset, column));

	chart_free(own->drawing);
	own->drawing = drawing;
	dataset_set_text(dataset, column, drawing->title);
}

void dataset_set_expression(struct dataset *dataset, const char *column, const char *expression)
{
	own_of(dataset, last_row_cell(dataset, column))->expression = keep(dataset, expression);
}

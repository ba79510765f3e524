/* SPDX-License-Identifier: Apache-2.0 */
#include "report/labels.h"

#include "base/terminal.h"

static gboolean in_word(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

char *labels_apply(GHashTable *names, const char *text)
{
	GString *labelled = g_string_new(NULL);
	while (*text) {
		size_t length = 0;
		while (in_word(text[length]))
			length++;
		g_autofree char *word = g_strndup(text, MAX(1, length));
		const char *name = g_hash_table_lookup(names, word);
		g_autofree char *shown = name ? terminal_escape_whole(slice_of(name)) : NULL;
		g_string_append(labelled, shown ? shown : word);
		text += MAX(1, length);
	}
	return g_string_free(labelled, FALSE);
}

static void apply_cell(GHashTable *names, struct dataset *dataset, struct dataset_cell *cell)
{
	g_autofree char *labelled = cell->text ? labels_apply(names, cell->text) : NULL;
	dataset_cell_say(dataset, cell, labelled);
}

static void apply(GHashTable *names, char **text)
{
	char *labelled = *text ? labels_apply(names, *text) : NULL;
	g_free(*text);
	*text = labelled;
}

void labels_apply_figures(GHashTable *names, struct figures *figures)
{
	for (guint i = 0; i < figures_count(figures) && names; i++) {
		struct figure *figure = figures_nth(figures, i);
		if (figure->unit == UNIT_TEXT)
			apply(names, &figure->text);
	}
}

void labels_apply_datasets(GHashTable *names, const GPtrArray *datasets)
{
	for (guint d = 0; d < datasets->len && names; d++) {
		struct dataset *dataset = datasets->pdata[d];
		for (guint r = 0; r < dataset->rows->len; r++)
			for (guint c = 0; c < dataset->columns->len; c++)
				if (((const struct dataset_column *)dataset->columns->pdata[c])
				            ->unit == UNIT_TEXT)
					apply_cell(names, dataset, dataset_own_cell(dataset, r, c));
	}
}

void labels_apply_chart(GHashTable *names, struct chart *chart)
{
	for (guint s = 0; chart && names && s < chart->series->len; s++) {
		struct chart_series *series = chart->series->pdata[s];
		if (series->label)
			apply(names, &series->label);
		for (guint p = 0; p < series->points->len; p++) {
			struct chart_point *point = &g_array_index(series->points,
			                                           struct chart_point, p);
			apply(names, &point->label);
			apply(names, &point->tooltip);
		}
	}
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/render.h"

#include <math.h>
#include <string.h>

#include "base/fixed.h"
#include "render/number.h"

/* A spreadsheet would run a cell that begins with one of these as a formula. */
#define DANGEROUS "=+-@\t\r"

/* Quoted where it must be, as in RFC 4180. */
static void write_field(struct sink *sink, const char *text)
{
	g_auto(GStrv) parts = NULL;
	g_autofree char *doubled = NULL;

	if (!strpbrk(text, ",\"\r\n")) {
		sink_text(sink, text);
		return;
	}
	parts = g_strsplit(text, "\"", -1);
	doubled = g_strjoinv("\"\"", parts);
	sink_printf(sink, "\"%s\"", doubled);
}

static void write_words(struct sink *sink, const char *text)
{
	g_autofree char *harmless = NULL;

	if (!text)
		return;
	if (*text && strchr(DANGEROUS, *text))
		harmless = g_strconcat("'", text, NULL);
	write_field(sink, harmless ? harmless : text);
}

/* Hours have at least six decimals. */
static void write_number(struct sink *sink, enum unit unit, double value)
{
	char fixed[FIXED_SIZE];
	g_autofree char *shortest = NULL;

	if (unit == UNIT_COUNT) {
		sink_text(sink, fixed_print(fixed, value, 0));
	} else if (unit == UNIT_HOURS) {
		sink_text(sink, fixed_print(fixed, value, 6));
	} else {
		shortest = number_text(value);
		sink_text(sink, shortest);
	}
}

static void write_cell(struct sink *sink, enum unit unit, const struct dataset_cell *cell)
{
	if (unit == UNIT_TEXT || unit == UNIT_TIME)
		write_words(sink, cell->text);
	else if (cell->has_value && isfinite(cell->value))
		write_number(sink, unit, cell->value);
}

/* Row −1 is the heading. */
static void write_row(struct sink *sink, const struct dataset *dataset, int row)
{
	gboolean begun = FALSE;

	for (guint i = 0; i < dataset->columns->len; i++) {
		const struct dataset_column *column = dataset->columns->pdata[i];

		if (column->no_csv || column->drawn)
			continue;
		if (begun)
			sink_text(sink, ",");
		begun = TRUE;
		if (row < 0)
			write_field(sink, column->id);
		else
			write_cell(sink, column->unit, dataset_cell(dataset, (guint)row, i));
	}
	sink_text(sink, "\n");
}

static gboolean write_dataset(const struct dataset *dataset, struct outdir *outdir, GError **error)
{
	g_autofree char *name = g_strdup_printf("tables/%s.csv", dataset->id);
	struct sink *sink = outdir_sink(outdir, name, error);

	if (!sink)
		return FALSE;
	for (int row = -1; row < (int)dataset->rows->len; row++)
		write_row(sink, dataset, row);
	return sink_close(sink, NULL, error);
}

gboolean render_csv(const struct report *report, struct outdir *outdir, GError **error)
{
	for (guint i = 0; i < report->datasets->len; i++)
		if (!write_dataset(report->datasets->pdata[i], outdir, error))
			return FALSE;
	return TRUE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "render/render.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "render/number.h"
#include "report/previous.h"

/* json-glib quotes the words, but its generator makes "1e-10.0" of 1e-10, which is no JSON; so the
 * layout is ours. */
struct writer {
	struct sink *sink;
	guint depth;
	gboolean begun; /* something stands before, on this level */
};

static gboolean is_plain(const char *text)
{
	for (; *text; text++)
		if (!g_ascii_isprint(*text) || *text == '"' || *text == '\\')
			return FALSE;
	return TRUE;
}

/* Most texts need nothing of what the library does for others. */
static void put_quoted(struct writer *writer, const char *text)
{
	const char *words = text ? text : "";

	if (is_plain(words)) {
		sink_printf(writer->sink, "\"%s\"", words);
		return;
	}
	g_autofree char *valid = g_utf8_make_valid(words, -1);
	g_autoptr(JsonNode) node = json_node_init_string(json_node_alloc(), valid);
	g_autofree char *quoted = json_to_string(node, FALSE);

	sink_text(writer->sink, quoted);
}

/* The place of the next member, or with no name the next element. */
static void put_place(struct writer *writer, const char *name)
{
	sink_printf(writer->sink, "%s%*s",
	            writer->begun   ? ",\n"
	            : writer->depth ? "\n"
	                            : "",
	            (int)writer->depth * 2, "");
	writer->begun = TRUE;
	if (!name)
		return;
	put_quoted(writer, name);
	sink_text(writer->sink, ": ");
}

static void put_open(struct writer *writer, const char *name, const char *bracket)
{
	put_place(writer, name);
	sink_text(writer->sink, bracket);
	writer->depth++;
	writer->begun = FALSE;
}

static void put_close(struct writer *writer, const char *bracket)
{
	writer->depth--;
	sink_printf(writer->sink, "\n%*s%s", (int)writer->depth * 2, "", bracket);
	writer->begun = TRUE;
}

static void put_text(struct writer *writer, const char *name, const char *text)
{
	put_place(writer, name);
	put_quoted(writer, text);
}

static void put_text_if(struct writer *writer, const char *name, const char *text)
{
	if (text)
		put_text(writer, name, text);
}

static void put_number(struct writer *writer, const char *name, double value)
{
	g_autofree char *text = isfinite(value) ? number_text(value) : g_strdup("null");

	put_place(writer, name);
	sink_text(writer->sink, text);
}

static void put_flag(struct writer *writer, const char *name, gboolean flag)
{
	put_place(writer, name);
	sink_text(writer->sink, flag ? "true" : "false");
}

static void put_figure(struct writer *writer, const struct figure *figure)
{
	gboolean number = figure->has_value && figure->unit != UNIT_TEXT;

	put_open(writer, NULL, "{");
	put_text(writer, "id", figure->id);
	put_number(writer, "value", number ? figure->value : NAN);
	put_text(writer, "unit", unit_name(figure->unit));
	put_text(writer, "text", figure->reason ? figure->reason : figure->text);
	put_text(writer, "grade", grade_name(figure->grade));
	put_text(writer, "label", figure->label);
	put_text_if(writer, "expression", figure->expression);
	put_text_if(writer, "reason", figure->reason);
	put_close(writer, "}");
}

static void put_assumption(struct writer *writer, const struct assumption_row *row)
{
	put_open(writer, NULL, "{");
	put_text(writer, "key", row->key);
	put_text(writer, "label", row->label);
	put_number(writer, "low", row->low);
	put_number(writer, "expected", row->expected);
	put_number(writer, "high", row->high);
	put_text(writer, "unit", row->unit_text);
	put_text(writer, "source", row->source);
	put_text(writer, "date", row->date);
	put_flag(writer, "default", row->is_default);
	put_flag(writer, "measuring", row->measuring);
	put_close(writer, "}");
}

/* A row by the ids of its columns; what is not known is null. */
static void put_row(struct writer *writer, const struct dataset *dataset, guint row)
{
	put_open(writer, NULL, "{");
	for (guint i = 0; i < dataset->columns->len; i++) {
		const struct dataset_column *column = dataset->columns->pdata[i];
		const struct dataset_cell *cell = dataset_cell(dataset, row, i);

		if (column->unit == UNIT_TEXT)
			put_text(writer, column->id, cell->text);
		else
			put_number(writer, column->id, cell->has_value ? cell->value : NAN);
	}
	put_close(writer, "}");
}

static void put_fields(struct writer *writer, const struct dataset *fields)
{
	put_open(writer, "fields", "[");
	for (guint row = 0; fields && row < fields->rows->len; row++)
		put_row(writer, fields, row);
	put_close(writer, "]");
}

static void put_head(struct writer *writer, const struct report *report)
{
	put_text(writer, "program", "reclaim");
	put_number(writer, "schema", REPORT_SCHEMA);
	put_text(writer, "version", report->version);
	put_text(writer, "title", report->title);
	put_text(writer, "period", report->period);
	put_text(writer, "zone", report->zone);
	put_text(writer, "currency", report->currency);
	put_text(writer, "export", report->export_hash);
	put_text_if(writer, "notice", report->notice);
	if (report->confidential)
		put_flag(writer, "confidential", TRUE);
}

static void put_lists(struct writer *writer, const struct report *report)
{
	put_open(writer, "figures", "[");
	for (guint i = 0; i < figures_count(report->figures); i++)
		put_figure(writer, figures_nth(report->figures, i));
	put_close(writer, "]");

	put_open(writer, "assumptions", "[");
	for (guint i = 0; i < report->assumptions->len; i++)
		put_assumption(writer, report->assumptions->pdata[i]);
	put_close(writer, "]");

	put_fields(writer, report_dataset(report, "fields"));

	put_open(writer, "datasets", "[");
	for (guint i = 0; i < report->datasets->len; i++)
		put_text(writer, NULL, ((struct dataset *)report->datasets->pdata[i])->id);
	put_close(writer, "]");
}

gboolean render_json(const struct report *report, struct outdir *outdir, GError **error)
{
	struct writer writer = { .sink = outdir_sink(outdir, "report.json", error) };

	if (!writer.sink)
		return FALSE;
	put_open(&writer, NULL, "{");
	put_head(&writer, report);
	put_lists(&writer, report);
	put_close(&writer, "}");
	sink_text(writer.sink, "\n");
	return sink_close(writer.sink, NULL, error);
}

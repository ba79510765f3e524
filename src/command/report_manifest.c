/* SPDX-License-Identifier: Apache-2.0 */
#include "command/report_manifest.h"

#include "command/json.h"


static void add_rows(JsonBuilder *json, const struct row_account *rows)
{
	json_builder_set_member_name(json, "rows");
	json_builder_begin_object(json);
	json_add_count(json, "read", rows->read);
	json_add_count(json, "used", rows->used);
	json_add_count(json, "steps", rows->steps);
	json_add_count(json, "duplicates", rows->duplicates);
	for (enum set_aside i = 0; i < ASIDES; i++)
		if (rows->set_aside[i] > 0)
			json_add_count(json, set_aside_name(i), rows->set_aside[i]);
	json_builder_end_object(json);
	json_builder_set_member_name(json, "values_not_readable");
	json_builder_begin_object(json);
	for (enum column i = 0; i < COLUMNS; i++)
		if (rows->unreadable[i] > 0)
			json_add_count(json, column_info(i)->name, rows->unreadable[i]);
	json_builder_end_object(json);
}

static void add_inputs(JsonBuilder *json, const GPtrArray *sha256)
{
	json_builder_set_member_name(json, "inputs_sha256");
	json_builder_begin_array(json);
	for (guint i = 0; i < sha256->len; i++)
		json_builder_add_string_value(json, sha256->pdata[i]);
	json_builder_end_array(json);
}

static void add_assumptions(JsonBuilder *json, const GPtrArray *assumptions)
{
	json_builder_set_member_name(json, "assumptions");
	json_builder_begin_object(json);
	for (guint i = 0; i < assumptions->len; i++) {
		const struct assumption_row *row = assumptions->pdata[i];
		char number[G_ASCII_DTOSTR_BUF_SIZE];
		json_add_text(json, row->key, g_ascii_dtostr(number, sizeof number, row->expected));
	}
	json_builder_end_object(json);
}

static void add_file(const char *name, const struct sink_receipt *receipt, void *data)
{
	JsonBuilder *json = data;
	json_builder_begin_object(json);
	json_add_text(json, "name", name);
	json_add_count(json, "size", (gint64)receipt->size);
	json_add_text(json, "sha256", receipt->sha256);
	json_builder_end_object(json);
}

static char *as_text(JsonBuilder *json)
{
	g_autoptr(JsonGenerator) generator = json_generator_new();
	JsonNode *root = json_builder_get_root(json);
	json_generator_set_root(generator, root);
	json_generator_set_pretty(generator, TRUE);
	char *text = json_generator_to_data(generator, NULL);
	json_node_unref(root);
	return text;
}

gboolean report_manifest_write(struct outdir *outdir, const struct report *report,
                               const struct row_account *rows, const GPtrArray *input_sha256,
                               GError **error)
{
	g_autoptr(JsonBuilder) json = json_builder_new();
	json_builder_begin_object(json);
	json_add_text(json, "program", "reclaim");
	json_add_text(json, "version", report->version);
	json_add_text(json, "kind", "report");
	json_add_text(json, "period", report->period);
	json_add_text(json, "zone", report->zone);
	json_add_text(json, "notice", report->notice);
	if (report->confidential)
		json_add_flag(json, "confidential", TRUE);
	add_inputs(json, input_sha256);
	add_rows(json, rows);
	add_assumptions(json, report->assumptions);
	json_builder_set_member_name(json, "files");
	json_builder_begin_array(json);
	outdir_each(outdir, add_file, json);
	json_builder_end_array(json);
	json_builder_end_object(json);
	g_autofree char *text = as_text(json);
	struct sink *sink = outdir_sink(outdir, "manifest.json", error);
	if (!sink)
		return FALSE;
	sink_text(sink, text);
	sink_text(sink, "\n");
	return sink_close(sink, NULL, error);
}

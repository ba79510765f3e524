/* SPDX-License-Identifier: Apache-2.0 */
#include "command/releases.h"

#include <string.h>

#include "command/json.h"
#include "privacy/mapping_file.h"

/* What the maker of a release wants to know years later: a line of JSON. */
static char *release_line(const struct parcel *parcel)
{
	g_autoptr(JsonBuilder) json = json_builder_new_immutable();
	g_autoptr(JsonNode) root = NULL;
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autofree char *date = g_date_time_format(now, "%Y-%m-%d");
	const GPtrArray *inputs = parcel->release->input_sha256;

	json_builder_begin_object(json);
	json_add_text(json, "date", date);
	json_add_text(json, "version", PACKAGE_VERSION);
	json_add_text(json, "profile", profile_name(parcel->options->terms->profile));
	json_add_text(json, "mapping", mapping_id(parcel->disguise->mapping));
	json_builder_set_member_name(json, "inputs");
	json_builder_begin_array(json);
	for (guint i = 0; i < inputs->len; i++)
		json_builder_add_string_value(json, g_ptr_array_index(inputs, i));
	json_builder_end_array(json);
	json_add_text(json, "output", parcel->receipts[PART_SHARED].sha256);
	json_add_text(json, "nodes",
	              parcel->sinks[PART_NODES] ? parcel->receipts[PART_NODES].sha256 : NULL);
	json_add_text(json, "manifest", parcel->receipts[PART_MANIFEST].sha256);
	json_builder_end_object(json);
	root = json_builder_get_root(json);
	return json_to_string(root, FALSE);
}

static char *releases_path(const char *mapping)
{
	return g_strconcat(mapping, ".releases.json", NULL);
}

gboolean releases_note(const struct parcel *parcel, GError **error)
{
	g_autofree char *path = releases_path(parcel->options->mapping), *text = NULL, *all = NULL;
	g_autofree char *line = release_line(parcel);
	struct mapping_file *file = mapping_file_open(path, TRUE, error);
	size_t length;
	gboolean done = file && mapping_file_read(file, &text, &length, error);

	if (done) {
		all = g_strconcat(text ? text : "", line, "\n", NULL);
		done = mapping_file_replace(file, all, strlen(all), error);
	}
	mapping_file_close(file);
	return done;
}

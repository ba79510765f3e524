/* SPDX-License-Identifier: Apache-2.0 */
#include "command/publish.h"

#include <string.h>

#include "base/error.h"
#include "command/json.h"
#include "command/nodes_file.h"
#include "command/terms_options.h"
#include "privacy/mapping_file.h"

/* The files of a release, in the order in which they are made, and get their names. */
enum part { PART_SHARED, PART_NODES, PART_MANIFEST, PART_SUMS, PARTS };

struct parcel {
	const struct publication *of;
	struct sink *sinks[PARTS]; /* NULL: there is no such file */
	struct sink_receipt receipts[PARTS];
};

static char *part_path(const struct parcel *parcel, enum part part)
{
	const char *output = parcel->of->options->output;

	switch (part) {
	case PART_NODES:
		return nodes_file_path(output);
	case PART_MANIFEST:
		return manifest_path(output);
	case PART_SUMS:
		return g_strconcat(output, ".sha256", NULL);
	default:
		return g_strdup(output);
	}
}

static gboolean open_part(struct parcel *parcel, enum part part, GError **error)
{
	g_autofree char *path = part_path(parcel, part);

	parcel->sinks[part] = sink_open(path, 0644, error);
	return parcel->sinks[part] != NULL;
}

static gboolean finish_part(struct parcel *parcel, enum part part, GError **error)
{
	return sink_finish(parcel->sinks[part], &parcel->receipts[part], error);
}

static gboolean make_nodes(struct parcel *parcel, GError **error)
{
	const char *inventory = parcel->of->options->inventory;

	return !inventory ||
	       (open_part(parcel, PART_NODES, error) &&
	        nodes_file_write(parcel->sinks[PART_NODES], inventory, parcel->of->disguise, error) &&
	        finish_part(parcel, PART_NODES, error));
}

static gboolean make_manifest(struct parcel *parcel, GError **error)
{
	const struct publication *of = parcel->of;
	g_auto(GStrv) warnings = terms_warnings(of->options->terms);
	struct manifest inputs = *of->inputs;
	const struct manifest_facts facts = {
		.inputs = &inputs, .terms = of->options->terms, .release = of->release, .warnings = warnings,
		.file = &parcel->receipts[PART_SHARED],
		.nodes = parcel->sinks[PART_NODES] ? &parcel->receipts[PART_NODES] : NULL,
	};

	if (!open_part(parcel, PART_MANIFEST, error))
		return FALSE;
	if (of->options->timezone)
		inputs.zone = (char *)of->options->timezone;
	manifest_write(parcel->sinks[PART_MANIFEST], &facts);
	return finish_part(parcel, PART_MANIFEST, error);
}

/* As `sha256sum -c` reads it, in the folder of the files. */
static gboolean make_sums(struct parcel *parcel, GError **error)
{
	if (!open_part(parcel, PART_SUMS, error))
		return FALSE;
	for (int part = 0; part < PART_SUMS; part++) {
		g_autofree char *path = part_path(parcel, (enum part)part);
		g_autofree char *name = g_path_get_basename(path);

		if (parcel->sinks[part])
			sink_printf(parcel->sinks[PART_SUMS], "%s  %s\n", parcel->receipts[part].sha256, name);
	}
	return finish_part(parcel, PART_SUMS, error);
}

/* What the maker of a release wants to know years later: a line of JSON. */
static char *release_line(const struct parcel *parcel)
{
	g_autoptr(JsonBuilder) json = json_builder_new_immutable();
	g_autoptr(JsonNode) root = NULL;
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autofree char *date = g_date_time_format(now, "%Y-%m-%d");
	const struct publication *of = parcel->of;
	const GPtrArray *inputs = of->release->input_sha256;

	json_builder_begin_object(json);
	json_add_text(json, "date", date);
	json_add_text(json, "version", PACKAGE_VERSION);
	json_add_text(json, "profile", profile_name(of->options->terms->profile));
	json_add_text(json, "mapping", mapping_id(of->disguise->mapping));
	json_builder_set_member_name(json, "inputs");
	json_builder_begin_array(json);
	for (guint i = 0; i < inputs->len; i++)
		json_builder_add_string_value(json, g_ptr_array_index(inputs, i));
	json_builder_end_array(json);
	json_add_text(json, "output", parcel->receipts[PART_SHARED].sha256);
	json_add_text(json, "nodes", parcel->sinks[PART_NODES] ? parcel->receipts[PART_NODES].sha256 : NULL);
	json_add_text(json, "manifest", parcel->receipts[PART_MANIFEST].sha256);
	json_builder_end_object(json);
	root = json_builder_get_root(json);
	return json_to_string(root, FALSE);
}

char *releases_path(const char *mapping)
{
	return g_strconcat(mapping, ".releases.json", NULL);
}

static gboolean note_release(const struct parcel *parcel, GError **error)
{
	g_autofree char *path = releases_path(parcel->of->options->mapping), *text = NULL, *all = NULL;
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

static gboolean make_all(struct parcel *parcel, GError **error)
{
	return finish_part(parcel, PART_SHARED, error) &&
	       (strcmp(parcel->of->options->output, "-") == 0 ||
	        (make_nodes(parcel, error) && make_manifest(parcel, error) && make_sums(parcel, error)));
}

static void abort_all(struct parcel *parcel)
{
	for (int part = 0; part < PARTS; part++)
		sink_abort(parcel->sinks[part]);
}

static gboolean name_all(struct parcel *parcel, GError **error)
{
	for (int part = 0; part < PARTS; part++)
		if (parcel->sinks[part] && !sink_close(g_steal_pointer(&parcel->sinks[part]), NULL, error))
			return FALSE;
	return TRUE;
}

gboolean publish(const struct publication *publication, GError **error)
{
	struct parcel parcel = { .of = publication, .sinks = { publication->shared } };
	gboolean done = make_all(&parcel, error) && mapping_save(publication->disguise->mapping, error) &&
	                (!parcel.sinks[PART_MANIFEST] || note_release(&parcel, error)) && name_all(&parcel, error);

	if (!done)
		abort_all(&parcel);
	return done;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "command/publish.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "command/json.h"
#include "command/nodes_file.h"
#include "command/terms_options.h"
#include "privacy/mapping_file.h"

static gboolean is_file(const struct parcel *parcel)
{
	return strcmp(parcel->options->output, "-") != 0;
}

void parcel_init(struct parcel *parcel, const struct anonymize_options *options, const struct manifest *inputs,
                 const struct disguise *disguise, const struct release *release)
{
	*parcel = (struct parcel){ .options = options, .inputs = inputs, .disguise = disguise, .release = release };
	for (int part = 0; part < PARTS; part++)
		parcel->files[part] = -1;
}

void parcel_clear(struct parcel *parcel)
{
	for (int part = 0; part < PARTS; part++) {
		sink_abort(parcel->sinks[part]);
		if (parcel->files[part] >= 0)
			close(parcel->files[part]);
	}
}

char *parcel_path(const struct parcel *parcel, enum part part)
{
	return parcel->files[part] < 0 ? NULL : g_strdup_printf("/proc/self/fd/%d", parcel->files[part]);
}

static char *part_path(const struct parcel *parcel, enum part part)
{
	const char *output = parcel->options->output;

	switch (part) {
	case PART_NODES:
		return nodes_file_path(output);
	case PART_MANIFEST:
		return manifest_path(output);
	case PART_SUMS:
		return g_strconcat(output, ".sha256", NULL);
	default:
		return g_strdup(is_file(parcel) ? output : "standard output");
	}
}

static gboolean open_part(struct parcel *parcel, enum part part, GError **error)
{
	g_autofree char *path = part_path(parcel, part);

	parcel->sinks[part] = sink_open(path, 0644, error);
	return parcel->sinks[part] != NULL;
}

/* It is complete, and can be read. */
static gboolean close_part(struct parcel *parcel, enum part part, GError **error)
{
	if (!sink_finish(parcel->sinks[part], &parcel->receipts[part], error))
		return FALSE;
	parcel->files[part] = sink_reopen(parcel->sinks[part], error);
	return parcel->files[part] >= 0;
}

static gboolean look_through(struct parcel *parcel, enum part part, struct leak_check *check, GError **error)
{
	g_autofree char *path = part_path(parcel, part);

	return leak_check_file(check, path, parcel->files[part], error);
}

/* It is complete, and no name stands in it. */
static gboolean finish_part(struct parcel *parcel, enum part part, struct leak_check *check, GError **error)
{
	return close_part(parcel, part, error) && look_through(parcel, part, check, error);
}

static gboolean make_nodes(struct parcel *parcel, struct leak_check *check, GError **error)
{
	char *const *inventories = parcel->options->inventories;

	return !inventories ||
	       (open_part(parcel, PART_NODES, error) &&
	        nodes_file_write(parcel->sinks[PART_NODES], inventories, parcel->disguise, error) &&
	        finish_part(parcel, PART_NODES, check, error));
}

static gboolean make_manifest(struct parcel *parcel, struct leak_check *check, GError **error)
{
	g_auto(GStrv) warnings = terms_warnings(parcel->options->terms);
	struct manifest inputs = *parcel->inputs;
	const struct manifest_facts facts = {
		.inputs = &inputs, .terms = parcel->options->terms, .release = parcel->release, .warnings = warnings,
		.file = &parcel->receipts[PART_SHARED], .risk = &parcel->risk,
		.nodes = parcel->sinks[PART_NODES] ? &parcel->receipts[PART_NODES] : NULL,
	};

	if (!open_part(parcel, PART_MANIFEST, error))
		return FALSE;
	if (parcel->options->timezone)
		inputs.zone = (char *)parcel->options->timezone;
	manifest_write(parcel->sinks[PART_MANIFEST], &facts);
	return finish_part(parcel, PART_MANIFEST, check, error);
}

/* As `sha256sum -c` reads it, in the folder of the files. */
static gboolean make_sums(struct parcel *parcel, struct leak_check *check, GError **error)
{
	if (!open_part(parcel, PART_SUMS, error))
		return FALSE;
	for (int part = 0; part < PART_SUMS; part++) {
		g_autofree char *path = part_path(parcel, (enum part)part);
		g_autofree char *name = g_path_get_basename(path);

		if (parcel->sinks[part])
			sink_printf(parcel->sinks[PART_SUMS], "%s  %s\n", parcel->receipts[part].sha256, name);
	}
	return finish_part(parcel, PART_SUMS, check, error);
}

/* The risk is measured on the finished file while names are looked for in it: each reads all of it. */
struct measuring {
	struct parcel *parcel;
	GError *failure;
};

static void *measure_risk(void *data)
{
	struct measuring *measuring = data;
	struct parcel *parcel = measuring->parcel;
	g_autofree char *path = parcel_path(parcel, PART_SHARED);

	risk_measure(&parcel->risk, path, parcel->release->exports > 1, &measuring->failure);
	return NULL;
}

static gboolean look_and_measure(struct parcel *parcel, struct leak_check *check, GError **error)
{
	struct measuring measuring = { parcel, NULL };
	GThread *thread;
	gboolean done;

	if (!close_part(parcel, PART_SHARED, error))
		return FALSE;
	thread = g_thread_new("risk", measure_risk, &measuring);
	done = look_through(parcel, PART_SHARED, check, error);
	g_thread_join(thread);
	if (!measuring.failure)
		return done;
	if (done)
		g_propagate_error(error, g_steal_pointer(&measuring.failure));
	g_clear_error(&measuring.failure);
	return FALSE;
}

gboolean parcel_make(struct parcel *parcel, struct leak_check *check, GError **error)
{
	if (!look_and_measure(parcel, check, error))
		return FALSE;
	if (is_file(parcel) && !(make_nodes(parcel, check, error) && make_manifest(parcel, check, error) &&
	                         make_sums(parcel, check, error)))
		return FALSE;
	return leak_check_done(check, error);
}

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

static gboolean copy_to_stdout(int from, GError **error)
{
	struct sink *out = sink_open("-", 0644, error);
	ssize_t got = -1;
	size_t room;

	sink_spare_digest(out);
	if (lseek(from, 0, SEEK_SET) == 0)
		while ((got = read(from, sink_reserve(out, 65536, &room), 65536)) > 0)
			sink_commit(out, (size_t)got);
	if (got == 0)
		return sink_close(out, NULL, error);
	sink_abort(out);
	return error_failed(error, "the output cannot be read again: %s", g_strerror(errno));
}

static gboolean name_all(struct parcel *parcel, GError **error)
{
	for (int part = 0; part < PARTS; part++)
		if (parcel->sinks[part] && !sink_close(g_steal_pointer(&parcel->sinks[part]), NULL, error))
			return FALSE;
	return TRUE;
}

/* A mapping that knows more than what is shared does no harm. */
gboolean parcel_publish(struct parcel *parcel, GError **error)
{
	if (!mapping_save(parcel->disguise->mapping, error))
		return FALSE;
	if (!is_file(parcel))
		return copy_to_stdout(parcel->files[PART_SHARED], error);
	return note_release(parcel, error) && name_all(parcel, error);
}

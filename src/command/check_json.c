/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/terminal.h"
#include "command/check.h"
#include "command/json.h"

static void begin(JsonBuilder *json, const char *name)
{
	json_builder_set_member_name(json, name);
	json_builder_begin_object(json);
}

static void begin_list(JsonBuilder *json, const char *name)
{
	json_builder_set_member_name(json, name);
	json_builder_begin_array(json);
}

static void add_rows(JsonBuilder *json, const struct reading *reading)
{
	begin(json, "rows");
	json_add_count(json, "read", reading->rows);
	json_add_count(json, "jobs", reading->jobs - reading->pieces);
	json_add_count(json, "steps", reading->steps);
	json_add_count(json, "duplicates", reading->duplicates);
	json_add_count(json, "set_aside", reading_set_aside(reading));
	json_add_count(json, "pieces", reading->pieces);
	json_add_count(json, "jobs_measured_by_a_later_row", reading->measured_later);
	json_add_count(json, "mended", reading->mended);
	json_add_count(json, "jobs_at_times_of_two_zones", (gint64)reading->twins);
	json_add_count(json, "shorter_than_half_of_their_times", (gint64)reading->spans.halved);
	json_add_count(json, "days_lost_from_elapsed", (gint64)reading->spans.dayless);
	json_add_count(json, "files_as_long_as_a_sheet", reading->full_sheets);
	json_add_count(json, "repeated_headers", reading->repeated_headers);
	json_add_count(json, "not_compared", reading->uncompared);
	json_add_count(json, "jobs_of_one_id", reading->shared);
	json_add_count(json, "jobs_beside_rows_set_aside", reading->flagged);
	json_builder_end_object(json);
	begin(json, "set_aside");
	for (int reason = 0; reason < ASIDES; reason++)
		if (reading->set_aside[reason] > 0)
			json_add_count(json, set_aside_name((enum set_aside)reason),
			               reading->set_aside[reason]);
	json_builder_end_object(json);
	begin(json, "values_not_readable");
	for (int column = 0; column < COLUMNS; column++)
		if (reading->unreadable[column] > 0)
			json_add_count(json, column_info((enum column)column)->name,
			               reading->unreadable[column]);
	json_builder_end_object(json);
}

static void add_odd_rows(JsonBuilder *json, const struct reading *reading)
{
	begin_list(json, "odd_rows");
	for (guint i = 0; i < reading->examples->len; i++) {
		const struct set_aside_example *example = g_ptr_array_index(reading->examples, i);

		g_autofree char *file = terminal_escape(slice_of(example->file));

		json_builder_begin_object(json);
		json_add_text(json, "file", file);
		json_add_count(json, "line", example->line);
		json_add_text(json, "reason", set_aside_name(example->reason));
		json_add_text(json, "sample", example->sample);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
}

static void add_texts(JsonBuilder *json, const char *name, const GPtrArray *texts)
{
	begin_list(json, name);
	for (guint i = 0; i < texts->len; i++) {
		g_autofree char *shown = terminal_escape(slice_of(g_ptr_array_index(texts, i)));

		json_builder_add_string_value(json, shown);
	}
	json_builder_end_array(json);
}

static void add_columns(JsonBuilder *json, const struct reading *reading)
{
	begin(json, "columns");
	begin_list(json, "found");
	for (int column = 0; column < COLUMNS; column++)
		if (reading->has[column])
			json_builder_add_string_value(json, column_info((enum column)column)->name);
	json_builder_end_array(json);
	begin_list(json, "missing");
	for (int column = 0; column < COLUMNS; column++)
		if (!reading->has[column] && ability_wants((enum column)column))
			json_builder_add_string_value(json, column_info((enum column)column)->name);
	json_builder_end_array(json);
	add_texts(json, "unknown", reading->unknown_columns);
	begin_list(json, "twice");
	for (int column = 0; column < COLUMNS; column++)
		if (reading->twice[column])
			json_builder_add_string_value(json, column_info((enum column)column)->name);
	json_builder_end_array(json);
	begin_list(json, "not_in_every_file");
	for (int column = 0; column < COLUMNS; column++)
		if (check_is_uneven(reading, (enum column)column))
			json_builder_add_string_value(json, column_info((enum column)column)->name);
	json_builder_end_array(json);
	json_builder_end_object(json);
}

static void add_time(JsonBuilder *json, const char *name, struct zone *zone, gint64 seconds)
{
	g_autofree char *text = NULL;

	if (seconds != VALUE_UNKNOWN) {
		struct civil civil = zone_civil(zone, seconds);

		text = g_strdup_printf("%04d-%02d-%02dT%02d:%02d:%02d", civil.year, civil.month,
		                       civil.day, civil.hour, civil.minute, civil.second);
	}
	json_add_text(json, name, text);
}

static void add_guess(JsonBuilder *json, const struct zone_guess *guess)
{
	g_auto(GStrv) zones = zone_guess_zones(guess);
	g_autofree char *words = zone_guess_words(guess);

	begin(json, "timezone_guess");
	begin_list(json, "zones");
	for (char **zone = zones; *zone; zone++)
		json_builder_add_string_value(json, *zone);
	json_builder_end_array(json);
	json_add_text(json, "why", words);
	json_builder_end_object(json);
}

static void add_census(JsonBuilder *json, const struct checkup *found)
{
	const struct census *census = found->census;

	json_add_count(json, "jobs_that_ran", census->ran);
	json_add_count(json, "users", intern_count(census->users));
	json_add_count(json, "accounts", intern_count(census->accounts));
	json_add_count(json, "groups", intern_count(census->groups));
	json_add_count(json, "clusters", intern_count(census->clusters));
	json_add_count(json, "partitions", intern_count(census->partitions));
	add_time(json, "first_time", found->zone, census->first);
	add_time(json, "last_time", found->zone, census->last);
	json_add_text(json, "timezone", zone_name(found->zone));
	if (found->guess)
		add_guess(json, found->guess);
	begin(json, "states");
	for (int state = 0; state < STATES; state++)
		if (census->states[state] > 0)
			json_add_count(json, state_name((enum job_state)state),
			               census->states[state]);
	json_builder_end_object(json);
}

static void add_ability(const char *what, const char *obstacle, void *data)
{
	json_add_text(data, what, obstacle);
}

static void add_abilities(JsonBuilder *json, const struct checkup *found)
{
	g_autofree char *command = ability_command(found->census, found->reading, found->zone);

	begin(json, "obstacles");
	ability_each(found->census, found->reading, add_ability, json);
	json_builder_end_object(json);
	json_add_text(json, "better_export", command);
}

static void add_folders(JsonBuilder *json, const GPtrArray *folders)
{
	begin_list(json, "folders");
	for (guint i = 0; i < folders->len; i++) {
		const struct verified *verified = folders->pdata[i];
		g_autofree char *path = terminal_escape(slice_of(verified->folder->path));

		json_builder_begin_object(json);
		json_add_text(json, "path", path);
		json_add_text(json, "from", verified->folder->from);
		json_add_text(json, "to", verified->folder->to);
		json_add_count(json, "files", verified->folder->files->len);
		add_texts(json, "problems", verified->problems);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
}

void check_print_json(const struct checkup *found)
{
	g_autoptr(JsonBuilder) json = json_builder_new();
	g_autoptr(JsonGenerator) generator = json_generator_new();
	g_autoptr(JsonNode) root = NULL;
	g_autofree char *text = NULL;

	json_builder_begin_object(json);
	json_add_text(json, "program", "reclaim");
	json_add_text(json, "version", PACKAGE_VERSION);
	if (found->folders->len > 0)
		add_folders(json, found->folders);
	begin_list(json, "forms");
	for (guint i = 0; i < found->reading->forms->len; i++)
		json_builder_add_string_value(json, g_ptr_array_index(found->reading->forms, i));
	json_builder_end_array(json);
	add_rows(json, found->reading);
	add_odd_rows(json, found->reading);
	json_add_text(json, "ended_early", found->broken ? found->broken->message : NULL);
	add_columns(json, found->reading);
	add_census(json, found);
	add_abilities(json, found);
	json_builder_end_object(json);
	root = json_builder_get_root(json);
	json_generator_set_root(generator, root);
	json_generator_set_pretty(generator, TRUE);
	text = json_generator_to_data(generator, NULL);
	puts(text);
}

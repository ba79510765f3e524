/* SPDX-License-Identifier: Apache-2.0 */
#include "command/disclosure.h"

#include <math.h>

#include "command/shell.h"

static void add_share(JsonBuilder *json, const char *name, double part, double whole)
{
	json_builder_set_member_name(json, name);
	if (whole > 0)
		json_builder_add_double_value(json, round(part / whole * 10000) / 10000);
	else
		json_builder_add_null_value(json);
}

/* What a number stands for must be said with it, or it says nothing. */
static void add_assumed(JsonBuilder *json)
{
	json_builder_set_member_name(json, "assumed_to_be_known");
	json_builder_begin_object(json);
	json_add_text(json, "of_a_person",
	              "their accounts (groups, where there is no account), whether they used GPUs, "
	              "and the months in which they started jobs");
	json_add_text(json, "of_a_job",
	              "its start, as this file prints it, and its account (or group)");
	json_builder_end_object(json);
}

static void add_groups(JsonBuilder *json, const struct risk *risk)
{
	json_builder_set_member_name(json, "groups");
	json_builder_begin_object(json);
	json_add_text(json, "by", risk->grouped_by);
	json_add_count(json, "count", (gint64)risk->groups);
	json_add_count(json, "below_minimum", (gint64)risk->groups_below);
	add_share(json, "share_of_jobs_below_minimum", (double)risk->jobs_below,
	          (double)risk->jobs);
	add_share(json, "share_of_core_hours_below_minimum", risk->core_hours_below,
	          risk->core_hours);
	json_add_count(json, "with_one_user_of_85_percent_of_core_hours",
	               (gint64)risk->groups_dominated);
	json_builder_end_object(json);
	json_builder_set_member_name(json, "cells_of_group_month_gpu");
	json_builder_begin_object(json);
	json_add_count(json, "count", (gint64)risk->cells);
	json_add_count(json, "below_minimum", (gint64)risk->cells_below);
	json_add_count(json, "of_exactly_two_users", (gint64)risk->cells_of_two);
	json_builder_end_object(json);
}

static void add_known_jobs(JsonBuilder *json, const struct risk *risk)
{
	json_add_count(json, "known_jobs_drawn_from_one_start_in", (gint64)risk->known_one_in);
	json_builder_set_member_name(json, "share_singled_out_by_known_jobs");
	json_builder_begin_array(json);
	for (guint i = 0; i < RISK_KNOWN && risk->unicity[i].draws > 0; i++) {
		struct risk_share share = risk_share(&risk->unicity[i]);

		json_builder_begin_object(json);
		json_add_count(json, "known_jobs", i + 1);
		json_add_count(json, "draws", risk->unicity[i].draws);
		add_share(json, "share", share.share, 1);
		add_share(json, "low_95", share.low, 1);
		add_share(json, "high_95", share.high, 1);
		json_builder_end_object(json);
	}
	json_builder_end_array(json);
}

void disclosure_write(JsonBuilder *json, const struct risk *risk)
{
	json_builder_set_member_name(json, "disclosure");
	json_builder_begin_object(json);
	json_add_text(json, "measured_on",
	              "the rows of this file, at the resolution in which they stand in it");
	add_assumed(json);
	json_add_count(json, "minimum_users", RISK_MINIMUM);
	json_add_count(json, "users", (gint64)risk->users);
	add_groups(json, risk);
	add_share(json, "share_of_users_unique_in_what_is_known_of_a_person",
	          (double)risk->users_unique, (double)risk->users);
	add_known_jobs(json, risk);
	json_builder_end_object(json);
}

/* Back again */

static void read_known_jobs(JsonObject *from, struct report_risk *risk)
{
	JsonArray *list = json_get_list(from, "share_singled_out_by_known_jobs");

	for (guint i = 0; i < REPORT_RISK_KNOWN; i++) {
		JsonObject *known = json_list_object(list, i);

		risk->known[i] = json_get_number(known, "share");
		risk->known_low[i] = json_get_number(known, "low_95");
		risk->known_high[i] = json_get_number(known, "high_95");
	}
}

gboolean disclosure_read(JsonObject *manifest, struct report_risk *risk)
{
	JsonObject *from = json_get_object(manifest, "disclosure"),
		   *groups = json_get_object(from, "groups");
	JsonObject *cells = json_get_object(from, "cells_of_group_month_gpu");

	if (!from || !groups || !cells)
		return FALSE;
	*risk = (struct report_risk){
		.minimum = json_get_number(from, "minimum_users"),
		.users = json_get_number(from, "users"),
		.groups = json_get_number(groups, "count"),
		.groups_below = json_get_number(groups, "below_minimum"),
		.jobs_below = json_get_number(groups, "share_of_jobs_below_minimum"),
		.hours_below = json_get_number(groups, "share_of_core_hours_below_minimum"),
		.groups_dominated = json_get_number(groups,
			"with_one_user_of_85_percent_of_core_hours"),
		.cells = json_get_number(cells, "count"),
		.cells_below = json_get_number(cells, "below_minimum"),
		.cells_of_two = json_get_number(cells, "of_exactly_two_users"),
		.unique = json_get_number(from,
			"share_of_users_unique_in_what_is_known_of_a_person"),
	};
	read_known_jobs(from, risk);
	return risk->users > 0;
}

/* On the terminal */

static double percent(double part, double whole)
{
	return whole > 0 ? 100 * part / whole : 0;
}

void disclosure_say(const struct risk *risk)
{
	struct risk_share one = risk_share(&risk->unicity[0]), two = risk_share(&risk->unicity[1]);

	if (risk->users == 0)
		return;
	if (risk->unicity[1].draws > 0)
		shell_say("who knows one job of a person (its start and account) finds them in "
		          "%.1f %% of cases, two jobs: "
		          "%.1f %%; then all else of theirs is known too",
		          100 * one.share, 100 * two.share);
	else if (risk->unicity[0].draws > 0)
		shell_say("who knows one job of a person (its start and account) finds them in "
		          "%.1f %% of cases; then all else of theirs is known too",
		          100 * one.share);
	shell_say("%.1f %% of users are alone with their accounts, months and GPU use",
	          percent((double)risk->users_unique, (double)risk->users));
	if (risk->groups > 0) {
		g_autofree char *dominated =
			risk->groups_dominated > 0
				? g_strdup_printf("%" G_GUINT64_FORMAT, risk->groups_dominated)
				: g_strdup("none");
		shell_say("%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
		          " %s %s fewer than %d users, with %.1f %% of the "
		          "core-hours; in %s one user holds 85 %% or more",
		          risk->groups_below, risk->groups,
		          risk->groups == 1 && risk->groups_below == 1 ? "group" : "groups",
		          risk->groups_below == 1 ? "has" : "have", RISK_MINIMUM,
		          percent(risk->core_hours_below, risk->core_hours), dominated);
	}
}

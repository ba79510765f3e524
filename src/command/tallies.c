/* SPDX-License-Identifier: Apache-2.0 */
#include "command/tallies.h"

#include <string.h>

#include "base/error.h"
#include "base/terminal.h"

enum tallies tallies_among(char *const *paths)
{
	guint count = 0, tallies = 0;
	for (; paths[count]; count++)
		tallies += strcmp(paths[count], "-") != 0 && tally_is_one(paths[count]) ? 1 : 0;
	return tallies == 0 ? TALLIES_NONE : tallies == count ? TALLIES_ALL : TALLIES_SOME;
}

/* A digest holds no hand from writing a name: what is read is looked at as a shareable file is. */
static gboolean names_valid(const struct saved_tally *saved, GError **error)
{
	const struct tally *tally = saved->tally;
	enum name_kind kind = tally->rules.group_by == GROUP_BY_ACCOUNT ? NAME_ACCOUNT : NAME_GROUP;
	gboolean valid = TRUE;
	for (guint i = 0; valid && i < intern_count(tally->users); i++)
		valid = work_name_valid(NAME_USER, slice_of(intern_text(tally->users, i)), error);
	for (guint i = 0; valid && i < intern_count(tally->groups); i++)
		valid = work_name_valid(kind, slice_of(intern_text(tally->groups, i)), error);
	if (!valid) {
		g_autofree char *shown = terminal_escape(slice_of(saved->path));
		g_prefix_error(error, "%s: ", shown);
	}
	return valid;
}

struct saved_tally *tallies_load(char *const *paths, gboolean apart, GError **error)
{
	g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func((GDestroyNotify)saved_tally_free);
	for (guint i = 0; paths[i]; i++) {
		struct saved_tally *saved = tally_read(paths[i], error);
		if (!saved)
			return NULL;
		g_ptr_array_add(all, saved);
		if (!names_valid(saved, error))
			return NULL;
	}
	return tallies_join(all, apart, error) ? g_ptr_array_steal_index(all, 0) : NULL;
}

/* What was measured cannot be measured otherwise any more. */

static gboolean zone_fits(const char *option, const char *asked, const struct zone *zone,
                          GError **error)
{
	const char *name = zone_name(zone);
	return !asked || g_strcmp0(asked, name) == 0 ||
	       error_failed(error,
	                    "%s: the tallies are in %s; leave it out, or tally again with it",
	                    option, name ? name : "times as printed");
}

static gboolean period_fits(const struct work *work, GError **error)
{
	const struct rules *rules = &work->tally->rules;
	gint64 from = rules->from, to = rules->to;
	if (!work->options->from && !work->options->to)
		return TRUE;
	if (!rules->declared)
		return error_failed(error, "--from and --to: the tallies count all jobs of their "
		                           "files, whenever these ended; tally "
		                           "again with --from and --to");
	work_wanted_window(work, &from, &to);
	return (from == rules->from && to == rules->to) ||
	       error_failed(error, "--from and --to: the tallies are of another period; leave them "
	                           "out, or give the tallies of that period, all and no others");
}

static gboolean measure_fits(const struct work *work, GError **error)
{
	const struct report_options *options = work->options;
	struct rules rules;
	rules_init(&rules, work->assumptions);
	g_autofree char *difference = rules_difference(&work->tally->rules, &rules);
	gboolean by_group = work->tally->rules.group_by == GROUP_BY_GROUP;
	if (difference)
		return error_failed(error,
		                    "the tallies were measured by other rules than the report is "
		                    "to be made by: %s differs; give "
		                    "the same --assumptions as for the tallies",
		                    difference);
	if (options->group_by && by_group != (strcmp(options->group_by, "group") == 0))
		return error_failed(error,
		                    "--group-by: the tallies group users by %s; leave it out, or "
		                    "tally again with it",
		                    by_group ? "group" : "account");
	return zone_fits("--timezone", options->timezone, work->times_zone, error) &&
	       zone_fits("--site-timezone", options->site_timezone, work->zone, error) &&
	       period_fits(work, error);
}

static gboolean options_fit(const struct report_options *options, GError **error)
{
	if (options->inventories)
		return error_usage(error, "--inventory: tallies have their nodes in them; give it "
		                          "to `reclaim tally`");
	if (options->events)
		return error_usage(error,
		                   "--events: tallies do not name the nodes; report on the files");
	return !options->columns ||
	       error_usage(error,
	                   "--columns: tallies have been read already; give it to `reclaim tally`");
}

static void take_over(struct work *work, struct saved_tally *saved)
{
	work->tally = g_steal_pointer(&saved->tally);
	work->inventory = g_steal_pointer(&saved->inventory);
	work->zone = g_steal_pointer(&saved->zone);
	work->times_zone = g_steal_pointer(&saved->times_zone);
	work->sha256 = g_ptr_array_ref(saved->origin.sha256);
	work->manifests = g_ptr_array_ref(saved->origin.manifests);
	work->clusters = intern_count(work->tally->clusters);
	work->has_times = work->tally->rows.has[COLUMN_START] && work->tally->rows.has[COLUMN_END];
}

gboolean tallies_take(struct work *work, GError **error)
{
	const struct report_options *options = work->options;
	if (!options_fit(options, error) || !site_load(&work->site, options->site, error))
		return FALSE;
	work->assumptions = assumptions_new();
	if (options->assumptions &&
	    !assumptions_load(work->assumptions, options->assumptions, error))
		return FALSE;
	struct saved_tally *saved = tallies_load(work->paths, options->apart, error);
	if (!saved)
		return FALSE;
	const GPtrArray *manifests = saved->origin.manifests;
	const char *only = manifests->len == 1 ? manifests->pdata[0] : "";
	gboolean known = !*only || manifest_read_text(only, &work->manifest, error);
	take_over(work, saved);
	saved_tally_free(saved);
	return known && measure_fits(work, error) && work_settle(work, error);
}

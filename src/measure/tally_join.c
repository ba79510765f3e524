/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/tally_file.h"

#include "base/error.h"
#include "base/terminal.h"
#include "measure/tally_parts.h"

/* "one.tally and other.tally …", ready to be said. */
static gboolean refuse(const struct saved_tally *one, const struct saved_tally *other,
                       GError **error, const char *format, ...) G_GNUC_PRINTF(4, 5);

static gboolean refuse(const struct saved_tally *one, const struct saved_tally *other,
                       GError **error, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	g_autofree char *why = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	g_autofree char *first = terminal_escape(slice_of(one->path)),
			*second = terminal_escape(slice_of(other->path));
	return error_failed(error, "%s and %s %s", first, second, why);
}

static const struct rules *rules_of(const struct saved_tally *saved)
{
	return &saved->tally->rules;
}

/* What all must share */

static const char *zone_text(const struct zone *zone)
{
	const char *name = zone_name(zone);
	return name ? name : "as printed";
}

static const struct zone *times_zone(const struct saved_tally *saved)
{
	return saved->times_zone ? saved->times_zone : saved->zone;
}

static gboolean same_zone(const struct saved_tally *one, const struct saved_tally *other,
                          const char *option, const struct zone *first, const struct zone *second,
                          GError **error)
{
	return strcmp(zone_text(first), zone_text(second)) == 0 ||
	       refuse(one, other, error,
	              "are in two time zones, %s and %s; tally all with the same %s",
	              zone_text(first), zone_text(second), option);
}

static gboolean same_release(const struct saved_tally *one, const struct saved_tally *other,
                             GError **error)
{
	const char *first = one->origin.release, *second = other->origin.release;
	if (strcmp(first, second) == 0)
		return TRUE;
	if (!*first || !*second)
		return refuse(one, other, error,
		              "may be of two releases, in which user_0001 is not the same person: "
		              "only one was made with a manifest beside its file that says whose "
		              "pseudonyms they are; keep the manifests beside the files, and tally "
		              "again");
	return refuse(one, other, error,
	              "are of two releases: user_0001 in one is not user_0001 in the other; "
	              "anonymize all exports with the same mapping, and tally again");
}

static gboolean same_measure(const struct saved_tally *one, const struct saved_tally *other,
                             GError **error)
{
	g_autofree char *rule = rules_difference(rules_of(one), rules_of(other));
	if (rule)
		return refuse(one, other, error,
		              "were measured by other rules: %s differs; tally all with the same "
		              "--assumptions",
		              rule);
	if (rules_of(one)->group_by != rules_of(other)->group_by)
		return refuse(
			one, other, error,
			"group users in two ways, by account and by group; tally all with the same "
			"--group-by");
	if (!same_zone(one, other, "--timezone", times_zone(one), times_zone(other), error) ||
	    !same_zone(one, other, "--site-timezone", one->zone, other->zone, error))
		return FALSE;
	if (strcmp(one->origin.inventory, other->origin.inventory) != 0 ||
	    inventory_pools(one->inventory) != inventory_pools(other->inventory))
		return refuse(
			one, other, error,
			"were measured on two lists of nodes; tally all with the same --inventory "
			"(`reclaim inventory` makes one of all files)");
	if (rules_of(one)->declared != rules_of(other)->declared)
		return refuse(one, other, error,
		              "do not say alike of when they are: one has a period and the other "
		              "has not; tally all with --from and --to, or none");
	return TRUE;
}

/* Time */

static char *date_text(const struct saved_tally *saved, gint64 seconds)
{
	struct civil civil = zone_civil(saved->zone, seconds);
	g_autofree char *hour = civil.hour || civil.minute
	                                ? g_strdup_printf(" %02d:%02d", civil.hour, civil.minute)
	                                : NULL;
	return g_strdup_printf("%04d-%02d-%02d%s", civil.year, civil.month, civil.day,
	                       hour ? hour : "");
}

static gboolean same_period(const struct saved_tally *one, const struct saved_tally *other)
{
	return rules_of(one)->from == rules_of(other)->from &&
	       rules_of(one)->to == rules_of(other)->to;
}

/* One follows the other without a gap, unless they are of the same period. */
static gboolean periods_fit(const struct saved_tally *one, const struct saved_tally *other,
                            GError **error)
{
	gint64 end = rules_of(one)->to, begin = rules_of(other)->from;
	g_autofree char *ends = date_text(one, end), *begins = date_text(one, begin);
	if (same_period(one, other) || end == begin)
		return TRUE;
	if (end < begin)
		return refuse(
			one, other, error,
			"leave a gap from %s to %s, of which nothing is known; tally that, too",
			ends, begins);
	return refuse(one, other, error,
	              "have time in common, from %s to %s, in which jobs would count twice; give "
	              "them periods that follow one another",
	              begins, ends);
}

static gint64 unfinished(const struct tally *tally)
{
	gint64 jobs = 0;
	for (enum job_state s = 0; s < STATES; s++)
		jobs += state_is_open(s) ? tally->states[s].jobs : 0;
	for (guint i = 0; i < tally->held->len; i++)
		jobs += state_is_open(g_array_index(tally->held, struct edge, i).job.state);
	return jobs;
}

/* Two tallies of one period, in order of their first end: a job that two files have ended in both,
 * or had not ended in the earlier one. */
static gboolean jobs_apart(const struct saved_tally *one, const struct saved_tally *other,
                           GError **error)
{
	const struct extent *first = &one->tally->extent, *second = &other->tally->extent;
	static const char advice[] = "so that some may be counted twice; tally each with --from "
	                             "and --to, and a job counts where "
				     "it ended, or say --apart when no job is in both";
	if (first->last_end == VALUE_UNKNOWN || second->first_end == VALUE_UNKNOWN)
		return TRUE;
	if (second->first_end <= first->last_end) {
		g_autofree char *from = date_text(one, second->first_end);
		g_autofree char *to = date_text(one, MIN(first->last_end, second->last_end));
		return refuse(one, other, error, "both have jobs that ended from %s to %s, %s",
		              from, to, advice);
	}
	if (unfinished(one->tally) > 0)
		return refuse(one, other, error,
		              "may have jobs in common: there are such that had not ended in the "
		              "first, and the second goes on later, %s",
		              advice);
	return TRUE;
}

/* Files */

static gboolean shares_file(const struct saved_tally *one, const struct saved_tally *other)
{
	for (guint i = 0; i < other->origin.sha256->len; i++)
		if (g_ptr_array_find_with_equal_func(one->origin.sha256,
		                                     other->origin.sha256->pdata[i], g_str_equal,
		                                     NULL))
			return TRUE;
	return FALSE;
}

static gboolean files_apart(const GPtrArray *tallies, guint at, GError **error)
{
	for (guint i = 0; i < at; i++)
		if (same_period(tallies->pdata[i], tallies->pdata[at]) &&
		    shares_file(tallies->pdata[i], tallies->pdata[at]))
			return refuse(tallies->pdata[i], tallies->pdata[at], error,
			              "were made of the same file, whose jobs would count twice; "
			              "leave one of them out");
	return TRUE;
}

static gboolean same_files(const struct saved_tally *one, const struct saved_tally *other)
{
	const GPtrArray *first = one->origin.sha256, *second = other->origin.sha256;
	for (guint i = 0; i < first->len && first->len == second->len; i++)
		if (strcmp(first->pdata[i], second->pdata[i]) != 0)
			return FALSE;
	return first->len == second->len;
}

/* The rows of a file that several periods were cut out of are accounted for once. */
static void account_once(const GPtrArray *tallies)
{
	for (guint at = 1; at < tallies->len; at++)
		for (guint i = 0; i < at; i++) {
			const struct saved_tally *one = tallies->pdata[i];
			struct saved_tally *other = tallies->pdata[at];
			if (!same_files(one, other))
				continue;
			other->accounted = TRUE;
			struct row_account *rows = &other->tally->rows;
			*rows = (struct row_account){ 0 };
			memcpy(rows->has, one->tally->rows.has, sizeof rows->has);
			break;
		}
}

/* All together */

static gint by_time(gconstpointer a, gconstpointer b)
{
	const struct saved_tally *one = *(struct saved_tally *const *)a,
				 *other = *(struct saved_tally *const *)b;
	const gint64 first[] = { rules_of(one)->from, rules_of(one)->to,
		                 one->tally->extent.first_end };
	const gint64 second[] = { rules_of(other)->from, rules_of(other)->to,
		                  other->tally->extent.first_end };
	for (guint i = 0; i < G_N_ELEMENTS(first); i++)
		if (first[i] != second[i])
			return first[i] < second[i] ? -1 : 1;
	return strcmp(one->path, other->path);
}

/* The one with the last end so far: the next must begin to end behind it. */
static struct saved_tally *later(struct saved_tally *one, struct saved_tally *other)
{
	return same_period(one, other) &&
	                       one->tally->extent.last_end > other->tally->extent.last_end
	               ? one
	               : other;
}

static gboolean fit_together(GPtrArray *tallies, gboolean apart, GError **error)
{
	struct saved_tally *last = tallies->pdata[0];
	double weight = last->weight;
	for (guint i = 1; i < tallies->len; i++) {
		struct saved_tally *next = tallies->pdata[i];
		if (!same_release(tallies->pdata[0], next, error) ||
		    !same_measure(tallies->pdata[0], next, error) ||
		    !periods_fit(last, next, error) || !files_apart(tallies, i, error))
			return FALSE;
		if (!apart && same_period(last, next) && !jobs_apart(last, next, error))
			return FALSE;
		last = later(last, next);
		weight += next->weight;
	}
	return weight < (double)G_MAXINT64 / 2 ||
	       error_failed(error, "the tallies are larger than can be added");
}

static void join_origin(struct tally_origin *origin, const struct tally_origin *next)
{
	for (guint i = 0; i < next->sha256->len; i++)
		tally_origin_add(origin, next->sha256->pdata[i], next->manifests->pdata[i]);
}

/* Into one that holds all of an earlier time, or of the same. */
static void join_next(struct saved_tally *all, struct saved_tally *next)
{
	join_origin(&all->origin, &next->origin);
	all->weight += next->weight;
	if (same_period(all, next))
		tally_merge(all->tally, next->tally);
	else
		tally_follow(all->tally, next->tally, next->accounted);
}

gboolean tallies_join(GPtrArray *tallies, gboolean apart, GError **error)
{
	g_ptr_array_sort(tallies, by_time);
	if (!fit_together(tallies, apart, error))
		return FALSE;
	account_once(tallies);
	for (guint i = 1; i < tallies->len; i++)
		join_next(tallies->pdata[0], tallies->pdata[i]);
	g_ptr_array_set_size(tallies, 1);
	tally_order(((struct saved_tally *)tallies->pdata[0])->tally);
	return TRUE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "command/report.h"

#include <string.h>

#include "base/digest.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/terminal.h"
#include "command/audited.h"
#include "command/command.h"
#include "command/documents.h"
#include "command/former.h"
#include "command/internal.h"
#include "command/leak.h"
#include "command/options.h"
#include "command/report_manifest.h"
#include "command/report_say.h"
#include "command/secret.h"
#include "command/shell.h"
#include "command/tallies.h"
#include "command/timings.h"
#include "command/work.h"
#include "finding/finding.h"
#include "measure/ledger.h"
#include "privacy/pseudonym.h"
#include "privacy/terms.h"
#include "report/compose.h"
#include "templates/templates.h"

static const struct synopsis synopsis = {
	.command = "report",
	.arguments = "SHARED...|TALLY... -o DIR",
	.description =
		"Computes the savings report from shareable files, as `reclaim anonymize` writes\n"
		"them, and from nothing else: a web site (DIR/index.html), a one-page summary, a\n"
		"paper for reviewers and the whole as PDF, a live workbook, tables as CSV, and\n"
		"every figure as JSON.\n"
		"\n"
		"DIR is replaced only when it is absent, empty, or a report of this program.\n"
		"SHARED may be - for standard input. A file with real names is refused. Tallies,\n"
		"as `reclaim tally` writes them, take the place of the files they were made of.",
	.example =
		"Example:\n"
		"  reclaim report shared.psv --inventory shared.psv.nodes.csv -o report\n"
		"\n"
		"Without --inventory (the output of `scontrol show node -o`) the size of the\n"
		"cluster is unknown: no money is put on it, and utilization is an upper bound.",
};

void report_strings_clear(struct report_strings *strings)
{
	g_strfreev(strings->inventories);
	g_free(strings->site_timezone);
	g_free(strings->assumptions);
	g_free(strings->site);
	g_free(strings->previous);
	g_free(strings->templates);
	g_free(strings->group_by);
	g_free(strings->from);
	g_free(strings->to);
	g_free(strings->columns);
	g_free(strings->max_bad);
	g_free(strings->threads);
	g_free(strings->min_users);
	g_free(strings->guessed_cpus);
	g_free(strings->events);
	g_free(strings->sreport);
	g_free(strings->only);
}

static gboolean read_min_users(struct report_options *options, const struct report_strings *strings,
                               GError **error)
{
	options->internal = strings->internal;
	options->min_users = strings->internal ? 1 : MIN_USERS_DEFAULT;
	if (strings->internal && strings->min_users)
		return error_usage(error,
		                   "--internal hides no group: --min-users has no meaning with it");
	return option_min_users_read(strings->min_users, "all groups are shown with --internal",
	                             &options->min_users, error);
}

static gboolean read_guess(struct report_options *options, const struct report_strings *strings,
                           GError **error)
{
	guint64 number = 0;
	if (strings->guessed_cpus &&
	    !g_ascii_string_to_unsigned(strings->guessed_cpus, 10, 1, G_MAXINT32, &number, NULL))
		return error_usage(error, "--guessed-cpus is a number of CPUs");
	options->guessed_cpus = (gint64)number;
	return TRUE;
}

/* Who asks for the mail by name is not to look for it. */
static gboolean read_kinds(struct report_options *options, const struct report_strings *strings,
                           GError **error)
{
	if (!documents_kinds_read(strings->only, &options->kinds, error))
		return FALSE;
	return !strings->internal || !strings->only || !(options->kinds & DOCUMENTS_MAIL) ||
	       error_usage(error,
	                   "--internal has no mail, which is passed on: leave it out of --only");
}

gboolean report_options_set(struct report_options *options, const struct report_strings *strings,
                            GError **error)
{
	options->inventories = strings->inventories;
	options->events = strings->events;
	options->sreport = strings->sreport;
	options->site_timezone = strings->site_timezone;
	options->assumptions = strings->assumptions;
	options->site = strings->site;
	options->previous = strings->previous;
	options->templates = strings->templates;
	options->group_by = strings->group_by;
	options->from = strings->from;
	options->to = strings->to;
	options->columns = strings->columns;
	options->apart = strings->apart;
	options->single_file = strings->single_file;
	options->timings = strings->timings;
	return read_min_users(options, strings, error) && read_guess(options, strings, error) &&
	       read_kinds(options, strings, error) &&
	       option_max_bad_read(strings->max_bad, &options->max_bad, error) &&
	       option_threads_read(strings->threads, &options->threads, error);
}

static gboolean date_valid(const char *text, const char *option, GError **error)
{
	struct zone *zone = zone_new(NULL, NULL);
	gint64 seconds;
	gboolean valid = !text || (strlen(text) == 10 && work_instant(zone, text, &seconds));
	zone_free(zone);
	if (valid)
		return TRUE;
	g_autofree char *shown = terminal_escape(slice_of(text));
	return error_usage(error, "%s %s: not a date such as 2025-01-31", option, shown);
}

gboolean measure_options_valid(const struct report_options *options, GError **error)
{
	if (options->group_by && strcmp(options->group_by, "account") != 0 &&
	    strcmp(options->group_by, "group") != 0)
		return error_usage(error, "--group-by is account or group");
	return option_zone_valid("--timezone", options->timezone, error) &&
	       option_zone_valid("--site-timezone", options->site_timezone, error) &&
	       option_inventories_valid(options->inventories, error) &&
	       option_columns_valid(options->columns, error) &&
	       date_valid(options->from, "--from", error) && date_valid(options->to, "--to", error);
}

/* The folder is replaced with all that is in it: what is read must still be there when the report
 * is, and a mapping is passed on with none. A former report may be the one that is replaced. */
static gboolean lies_outside(const char *path, const char *folder, GError **error)
{
	if (!path || strcmp(path, "-") == 0 || !path_inside(path, folder))
		return TRUE;
	g_autofree char *shown = terminal_escape(slice_of(path));
	return error_usage(error,
	                   "%s lies in the folder of the report, which is replaced with all that "
	                   "is in it; keep it elsewhere",
	                   shown);
}

static gboolean inputs_outside(const struct report_options *options, GError **error)
{
	const char *const others[] = { options->events, options->sreport, options->assumptions,
		                       options->site, options->templates };
	for (char *const *path = options->paths; *path; path++)
		if (!lies_outside(*path, options->output, error))
			return FALSE;
	for (guint i = 0; options->inventories && options->inventories[i]; i++) {
		char date[11];
		if (!lies_outside(option_inventory(options->inventories[i], date), options->output,
		                  error))
			return FALSE;
	}
	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		if (!lies_outside(others[i], options->output, error))
			return FALSE;
	for (guint i = 0; options->others && options->others[i]; i++)
		if (!lies_outside(options->others[i], options->output, error))
			return FALSE;
	return TRUE;
}

gboolean report_options_valid(const struct report_options *options, GError **error)
{
	if (strcmp(options->output, "-") == 0)
		return error_usage(error, "a report is a folder: -o DIR, not -");
	gboolean measuring = tallies_among(options->paths) == TALLIES_NONE;
	if (options->events && !options->inventories && measuring)
		return error_usage(error, EVENTS_NEED_NODES);
	if (options->apart && measuring)
		return error_usage(error, APART_NEEDS_TALLIES);
	return inputs_outside(options, error) && measure_options_valid(options, error);
}

/* By so much of what is placed a list of nodes may be wrong: some nodes changed. */
#define CONTRADICTED 0.05

/* In per cent; 0 where that is little enough. */
static double contradiction(gint64 fitting, gint64 beyond)
{
	return (double)beyond > CONTRADICTED * (double)(fitting + beyond)
	               ? 100 * (double)beyond / (double)(fitting + beyond)
	               : 0;
}

/* Of a list that is not of these nodes, or in other units, nothing that is said of nodes would be
 * true, and all of it would look so. */
static gboolean list_fits(const struct work *work, GError **error)
{
	const struct tally *tally = work->tally;
	double cpus = contradiction(tally->cpu_seconds_fitting, tally->cpu_seconds_beyond);
	/* Where hardly one GPU was in use no amount hangs on them. */
	gboolean has_gpus = (double)tally->gpu_seconds_beyond >
	                    CONTRADICTED * (double)(tally->rules.to - tally->rules.from);
	double gpus = has_gpus
	                      ? contradiction(tally->gpu_seconds_fitting, tally->gpu_seconds_beyond)
	                      : 0;
	if (!inventory_given(tally->inventory) || (cpus <= 0 && gpus <= 0))
		return TRUE;
	if (cpus > 0)
		return error_failed(error,
		                    "the list of nodes contradicts the jobs: for %.0f %% of the "
		                    "time that its CPUs were held, jobs had far more "
		                    "CPUs or memory than their nodes have there. Is it of this "
		                    "cluster and this time, with CPUs as Slurm counts "
		                    "them and memory in MB? `scontrol show node -o` prints what is "
		                    "right; `reclaim inventory` what jobs show",
		                    cpus);
	return error_failed(error,
	                    "the list of nodes contradicts the jobs: for %.0f %% of the time that "
	                    "GPUs were held, jobs had more of them than "
	                    "their nodes have there. Does it name GPUs? `scontrol show node -o` "
	                    "does, and `sinfo` with %%G or Gres",
	                    gpus);
}

/* Micro-nodes, by the second, that jobs held in the period, where their sum in integers
 * may have wrapped. */
static double held_of_pool(const struct tally *tally, guint pool)
{
	gsize count;
	double held = 0;
	g_autofree gint64 *minutes = series_values(bundle_series(tally->pools[pool], 0),
	                                           tally->rules.from, tally->rules.to, &count);
	for (gsize i = 0; i < count; i++)
		held += (double)minutes[i];
	return held;
}

/* Of more nodes and time than any cluster has had no sum holds. What is inferred may be nodes that
 * one odd row names. */
static gboolean sums_hold(const struct work *work, GError **error)
{
	const struct tally *tally = work->tally;
	double there = 0, held = 0;
	for (guint p = 0; p < inventory_pools(tally->inventory); p++)
		there += (double)MICRO * (double)inventory_pool(tally->inventory, p)->nodes *
		         (double)(tally->rules.to - tally->rules.from);
	if (there < (double)G_MAXINT64)
		return TRUE;
	for (guint p = 0; p < inventory_pools(tally->inventory); p++)
		held += held_of_pool(tally, p);
	return (!inventory_given(tally->inventory) && held < (double)G_MAXINT64) ||
	       error_failed(error, "so many nodes over so long a time are more than can be added: "
	                           "report on a shorter period, with --from and --to");
}

/* Tallies have been measured already. */
static gboolean take_measured(struct work *work, GError **error)
{
	switch (tallies_among(work->options->paths)) {
	case TALLIES_NONE:
		return work_prepare(work, error) && work_keep_pipes(work, error) &&
		       work_measure(work, error);
	case TALLIES_ALL:
		return tallies_take(work, error);
	default:
		return error_failed(error, "tallies and shareable files cannot be read together: "
		                           "`reclaim tally` makes tallies of the files");
	}
}

static gboolean measure(struct work *work, GError **error)
{
	return take_measured(work, error) && sums_hold(work, error) && list_fits(work, error);
}

/* One file: its digest; several: the digest of their digests, in the order of these. */
static char *export_hash(const GPtrArray *sha256)
{
	if (sha256->len == 1)
		return g_strdup(sha256->pdata[0]);
	struct digest *digest = digest_new();
	for (guint i = 0; i < sha256->len; i++)
		digest_update(digest, sha256->pdata[i], strlen(sha256->pdata[i]));
	char *hex = g_strdup(digest_hex(digest));
	digest_free(digest);
	return hex;
}

/* What a manifest says of its file counts when it is of the very file that was read. */
static gboolean manifest_is_of_this(const struct work *work)
{
	return work->sha256->len == 1 &&
	       g_strcmp0(work->manifest.sha256, work->sha256->pdata[0]) == 0;
}

/* "": there is none. */
static char *text_of_manifest(const struct work *work, guint i, GError **error)
{
	return work->manifests ? g_strdup(work->manifests->pdata[i])
	                       : manifest_text(work->paths, work->sha256->pdata[i], error);
}

/* What the manifest of one of several files says of it alone: not what it says of all. */
static gboolean risk_of_file(const struct work *work, guint i, struct report_file_risk *file,
                             GError **error)
{
	const char *sha256 = work->sha256->pdata[i];
	g_autofree char *text = text_of_manifest(work, i, error);
	struct manifest manifest;
	if (!text)
		return FALSE;
	*file = (struct report_file_risk){ .sha256 = sha256 };
	if (*text && manifest_read_text(text, &manifest, NULL)) {
		file->measured = manifest.has_risk;
		file->risk = manifest.risk;
		manifest_clear(&manifest);
	}
	return TRUE;
}

/* By the manifests of the files, of which one that is coarser than the others says how little is
 * known of all; and by the times themselves, where a manifest was lost or a spreadsheet lost the
 * clock. */
static gboolean find_coarseness(const struct work *work, enum time_step *times, gboolean *rounded,
                                GError **error)
{
	const struct row_account *rows = &work->tally->rows;
	*times = MAX(work->manifest.times,
	             times_cut_to(rows->has, rows->finer, (guint64)rows->used));
	*rounded = work->manifest.rounded;
	if (manifest_is_of_this(work))
		return TRUE;
	for (guint i = 0; i < work->sha256->len; i++) {
		struct manifest manifest;
		g_autofree char *text = text_of_manifest(work, i, error);
		if (!text)
			return FALSE;
		if (!*text || !manifest_read_text(text, &manifest, NULL))
			continue;
		*times = MAX(*times, manifest.times);
		*rounded |= manifest.rounded;
		manifest_clear(&manifest);
	}
	return TRUE;
}

/* *risks stays NULL when there is one file. */
static gboolean risks_of_files(const struct work *work, GArray **risks, GError **error)
{
	if (work->sha256->len <= 1)
		return TRUE;
	*risks = g_array_new(FALSE, TRUE, sizeof(struct report_file_risk));
	for (guint i = 0; i < work->sha256->len; i++) {
		struct report_file_risk file;
		if (!risk_of_file(work, i, &file, error))
			return FALSE;
		g_array_append_val(*risks, file);
	}
	return TRUE;
}

/* In the zone of the times. Slurm sums up what it says an hour later: of a folder that was exported
 * at once there may be nothing to compare with yet. */
static gboolean read_sreport(const struct work *work, struct sreport *sreport, struct told *told,
                             GError **error)
{
	g_autoptr(GError) why = NULL;
	const struct report_options *options = work->options;
	if (!options->sreport)
		return TRUE;
	if (sreport_read(options->sreport, work->times_zone, sreport,
	                 options->sreport_found ? &why : error)) {
		told->sreport = sreport;
		return TRUE;
	}
	if (why)
		shell_say("%s; it is not compared", why->message);
	return why != NULL;
}

static struct report *compose(struct work *work, GError **error)
{
	g_autoptr(GArray) risks = NULL;
	enum time_step times;
	gboolean rounded;
	if (!work_anything_ran(work, error) || !risks_of_files(work, &risks, error) ||
	    !find_coarseness(work, &times, &rounded, error))
		return NULL;
	g_autofree char *hash = export_hash(work->sha256);
	gboolean described = manifest_is_of_this(work);
	struct report_facts facts = {
		.institution = work->site.institution, .cluster = work->site.cluster,
			.contact = work->site.contact,
		.owner = work->site.owner, .decision = work->site.decision,
			.deadline = work->site.deadline,
		.mail_from = work->site.mail_from, .mail_to = work->site.mail_to,
			.mail_subject = work->site.mail_subject,
		.language = work->site.language, .accent = work->site.colour,
			.logo = work->site.logo, .paper = work->site.paper,
		.separators = work->site.separators, .currency = work->site.currency,
			.notice = work->site.notice, .export_hash = hash, .zone = work->zone,
		.times_zone = work->times_zone,
		.confidential = work->options->internal, .names = work->options->names,
		.risk = described && work->manifest.has_risk ? &work->manifest.risk : NULL,
		.sharing = described ? work->manifest.sharing : NULL,
		.risks = risks, .previous = work->previous, .templates = work->templates,
			.searched = work->options->check != NULL,
		.allowed = work->options->check ? leak_check_allowed(work->options->check) : NULL,
		.custody = work->options->check ? leak_check_custody(work->options->check) : NULL,
	};
	tally_pool(work->tally, work->options->min_users, PSEUDONYM_OTHER);
	struct sreport sreport;
	struct told told = {
		.guessed_cpus = work->options->guessed_cpus, .downtime = work->downtime,
			.jobs_on_down = work->jobs_on_down,
		.clusters = work->clusters, .numbers_share = work->numbers_share,
			.only_days = times == TIMES_DAY,
		.only_hours = times == TIMES_HOUR, .only_minutes = times == TIMES_MINUTE,
			.rounded = rounded,
		.separators = work->site.separators,
	};
	if (!read_sreport(work, &sreport, &told, error))
		return NULL;
	struct analysis *analysis = analysis_new(work->tally, work->assumptions, &told);
	/* What is counted takes more room than all documents: each part goes when nobody asks for
	 * it any more. */
	tally_drop_pools(work->tally);
	memory_give_back();
	struct report *report = report_compose(analysis, &facts, error);
	analysis_free(analysis);
	work->rows = work->tally->rows;
	g_clear_pointer(&work->tally, tally_free);
	memory_give_back();
	return report;
}

static gboolean render_all(struct work *work, const struct report *report, struct outdir *outdir,
                           GError **error)
{
	struct leak_check *check = work->options->check;
	struct legible legible = check ? leak_check_reader(check, work->options->output)
	                               : (struct legible){ NULL, NULL };
	const struct documents_options options = {
		check ? &legible : NULL,
		work->options->kinds,
		work->options->single_file,
		work->options->threads,
	};
	return documents_render(report, outdir, &options, error) &&
	       report_manifest_write(outdir, report, &work->rows, work->sha256, error);
}

static gboolean look_through(const struct report_options *options, const struct outdir *outdir,
                             GError **error)
{
	return !options->check ||
	       (leak_check_report(options->check, outdir, options->output, error) &&
	        leak_check_done(options->check, error));
}

/* All that may want for room comes first; what is published with it has its names, too, or neither
 * has. */
static gboolean place(const struct report_options *options, struct outdir *outdir, GError **error)
{
	return outdir_finish(outdir, error) &&
	       (!options->publish || options->publish(options->publish_data, error)) &&
	       outdir_place(outdir, error);
}

static gboolean keep(const struct report_options *options, struct outdir *outdir, GError **error)
{
	gboolean kept = !options->keep || options->keep(options->publish_data, error);
	return outdir_close(outdir, kept ? error : NULL) && kept;
}

static gboolean render(struct work *work, const struct report *report, GError **error)
{
	struct outdir *outdir = outdir_open(work->options->output, error);
	if (!outdir)
		return FALSE;
	if (work->options->internal)
		outdir_keep_private(outdir);
	if (render_all(work, report, outdir, error) && look_through(work->options, outdir, error) &&
	    place(work->options, outdir, error))
		return keep(work->options, outdir, error);
	outdir_abort(outdir);
	return FALSE;
}

/* What stands at the output is looked at before the work, not after it. */
static gboolean output_free(const char *path, GError **error)
{
	struct outdir *outdir = outdir_open(path, error);
	outdir_abort(outdir);
	return outdir != NULL;
}

/* What is wrong with them is told before the work, not after it. */
static gboolean load_words(struct work *work, GError **error)
{
	const struct report_options *options = work->options;
	if (options->previous && !(work->previous = former_load(options->previous, error)))
		return FALSE;
	if (options->templates && !(work->templates = templates_open(options->templates, error)))
		return FALSE;
	return TRUE;
}

gboolean report_files(const struct report_options *options, GError **error)
{
	struct work work = { .options = options, .paths = g_strdupv((char **)options->paths) };
	struct timings timings;
	timings_begin(&timings, options->timings);
	gboolean done = (!options->internal || internal_place_valid(options->output, error)) &&
	                output_free(options->output, error) && load_words(&work, error) &&
	                measure(&work, error);
	if (done)
		timings_say(&timings, "reading and counting");
	struct report *report = done ? compose(&work, error) : NULL;
	if (report)
		timings_say(&timings, "computing");
	done = report && render(&work, report, error);
	if (done) {
		timings_say(&timings, "writing");
		report_say_done(&work, report);
	}
	report_free(report);
	work_clear(&work);
	return done;
}

/* Why the names are needed is asked for only where there will be any. */
static gboolean find_names(struct report_options *options, const struct secret *secret,
                           const char *mapping, char **reason, GError **error)
{
	if (!mapping)
		return !*reason ||
		       error_usage(error,
		                   "--reason is for --mapping: without it no names are asked for");
	if (!options->internal)
		return error_usage(error,
		                   "--mapping is for --internal: no other report has names in it");
	if (!secret_valid(secret, options->paths, error) || !reason_get(reason, error))
		return FALSE;
	gboolean unix_groups = g_strcmp0(options->group_by, "group") == 0;
	options->names = internal_names(secret, mapping, *reason,
	                                unix_groups ? NAME_GROUP : NAME_ACCOUNT, error);
	return options->names != NULL;
}

/* Who has the mapping can have the report looked through with it. */
struct scanning {
	char *mapping;
	char **allowed;
};

static void scanning_clear(struct scanning *scanning)
{
	g_free(scanning->mapping);
	g_strfreev(scanning->allowed);
}

static gboolean report_scanned(struct report_options *options, const struct secret *secret,
                               const struct scanning *scanning, GError **error)
{
	const struct leak_options leak = { .mapping = scanning->mapping,
		                           .allowed = scanning->allowed };
	if (!scanning->mapping)
		return report_files(options, error);
	if (options->names)
		return error_usage(
			error,
			"--scan-with looks for names, and --internal with --mapping puts them in");
	struct mapping *mapping = secret_mapping_open(secret, scanning->mapping, FALSE, error);
	if (!mapping)
		return FALSE;
	options->check = leak_check_new(mapping, &leak);
	mapping_free(mapping);
	gboolean done = report_files(options, error);
	leak_check_free(options->check);
	return done;
}

static gboolean report_checked(const struct report_options *options, const struct secret *secret,
                               GError **error)
{
	return option_given(options->paths, "a shareable file (or - for standard input) or a tally",
	                    error) &&
	       option_given(options->output, "-o DIR", error) &&
	       option_inputs_valid(options->paths, error) &&
	       secret_valid(secret, options->paths, error) &&
	       report_options_valid(options, error) &&
	       (!options->internal || internal_place_valid(options->output, error));
}

gboolean command_report(int argc, char **argv, GError **error)
{
	g_autofree char *output = NULL, *zone = NULL, *mapping = NULL, *reason = NULL;
	g_auto(GStrv) paths = NULL;
	struct report_strings strings = { 0 };
	struct secret secret = { 0 };
	struct scanning scanning = { 0 };
	const GOptionEntry entries[] = {
		OPTION_OUTPUT(&output, "the folder of the report", "DIR"),
		OPTION_TIMEZONE(&zone),
		REPORT_OPTIONS(&strings),
		OPTION_APART(&strings),
		{ "mapping", 'm', 0, G_OPTION_ARG_FILENAME, &mapping,
		  "with --internal: show the names in this file", "MAP" },
		OPTION_REASON(&reason),
		{ "scan-with", 0, 0, G_OPTION_ARG_FILENAME, &scanning.mapping,
		  "publish nothing in which a name of this mapping stands", "MAP" },
		OPTION_ALLOW_WORD(&scanning.allowed),
		OPTIONS_UNSEAL(&secret),
		OPTION_REST(&paths),
		G_OPTION_ENTRY_NULL,
	};
	gboolean help, done = options_parse(&synopsis, entries, argc, argv, &help, error);
	if (done && !help) {
		g_auto(GStrv) others = secret_files(&secret, NULL);
		struct report_options options = {
			.paths = paths, .output = output, .timezone = zone, .others = others
		};
		done = report_options_set(&options, &strings, error) &&
		       report_checked(&options, &secret, error) &&
		       lies_outside(mapping, output, error) &&
		       lies_outside(scanning.mapping, output, error) &&
		       find_names(&options, &secret, mapping, &reason, error) &&
		       report_scanned(&options, &secret, &scanning, error);
		g_clear_pointer(&options.names, g_hash_table_unref);
	}
	report_strings_clear(&strings);
	scanning_clear(&scanning);
	secret_clear(&secret);
	return done;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "command/anonymize.h"

#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/terminal.h"
#include "command/command.h"
#include "command/disclosure.h"
#include "command/manifest.h"
#include "command/nodes_file.h"
#include "command/options.h"
#include "command/publish.h"
#include "command/explain.h"
#include "command/folder.h"
#include "command/shell.h"
#include "command/terms_options.h"

static const struct synopsis synopsis = {
	.command = "anonymize",
	.arguments = "EXPORT... --mapping MAP -o SHARED",
	.description =
		"Writes a copy of one or more sacct exports in which users, accounts and groups\n"
		"bear pseudonyms (user_0001, group_A), and from which every column is gone that\n"
		"is not known to be harmless: job names, comments, user numbers and more.\n"
		"\n"
		"MAP is the secret: it says whose pseudonym is whose. It is made when it does not\n"
		"exist, readable by you alone; when it does it is extended, so that everybody\n"
		"keeps their pseudonym in every later export. Keep it; do not share it. With\n"
		"--encrypt-to or --encrypt it is encrypted, and stays so: it is never plain text\n"
		"on the disk.\n"
		"\n"
		"EXPORT may be - for standard input, or a folder of reclaim-export, and SHARED -\n"
		"for standard output. Beside SHARED stands SHARED.manifest.json, which says what\n"
		"was kept and dropped, and SHARED.sha256 for sha256sum -c. Beside MAP,\n"
		"MAP.releases.json says for you alone what was made of what.\n"
		"\n"
		"NODES is what `scontrol show node -o` or `sinfo -N` prints, or a table; where nodes\n"
		"came and went, a list for each day from which it holds. EVENTS is what `sacctmgr\n"
		"list event -P all_time` prints.",
	.example =
		"Example:\n"
		"  reclaim anonymize jobs.psv --mapping private/mapping.csv -o shared.psv\n"
		"\n"
		"The file is pseudonymous, not anonymous: who knows when a job ran can find it\n"
		"again. Pass it on to named recipients; publish the report instead.",
};

static gboolean output_is_file(const struct anonymize_options *options)
{
	return strcmp(options->output, "-") != 0;
}

/* All files that a release consists of; the first is the shareable file. */
static char **outputs_of(const struct anonymize_options *options)
{
	GStrvBuilder *builder = g_strv_builder_new();
	static const char *const endings[] = { "", ".manifest.json", ".nodes.csv", ".events.csv",
		                               ".sha256" };
	char **all;

	for (guint i = 0; i < G_N_ELEMENTS(endings) && output_is_file(options); i++) {
		g_autofree char *path = g_strconcat(options->output, endings[i], NULL);

		g_strv_builder_add(builder, path);
	}
	all = g_strv_builder_end(builder);
	g_strv_builder_unref(builder);
	return all;
}

static gboolean is_output(const char *path, char *const *outputs)
{
	for (; path && *outputs; outputs++)
		if (path_same(path, *outputs))
			return TRUE;
	return FALSE;
}

/* The mapping, and what is kept beside it. */
static gboolean secret_apart(const struct anonymize_options *options, char *const *outputs,
                             GError **error)
{
	static const char *const endings[] = { "", ".log", ".scan.log", ".releases.json", ".out" };

	if (options->outdir && path_inside(options->mapping, options->outdir))
		return error_usage(
			error, "the mapping would lie inside the output folder, which is passed "
			       "on; keep it elsewhere");
	for (guint i = 0; i < G_N_ELEMENTS(endings); i++) {
		g_autofree char *path = g_strconcat(options->mapping, endings[i], NULL);

		if (is_output(path, outputs))
			return error_usage(error, "the mapping, or what is kept beside it, and the "
			                          "output or what stands "
			                          "beside that are the same file");
	}
	return TRUE;
}

/* Beside what was written here stands its manifest; anything else of that name may be an export. */
static gboolean replaces_own(const struct anonymize_options *options, GError **error)
{
	g_autofree char *manifest = manifest_path(options->output),
			*shown = terminal_escape(slice_of(options->output));
	struct stat info;

	return !output_is_file(options) || stat(options->output, &info) != 0 ||
	       !S_ISREG(info.st_mode) || info.st_size == 0 ||
	       g_file_test(manifest, G_FILE_TEST_EXISTS) ||
	       error_failed(error,
	                    "%s is there already, and no manifest beside it says that this program "
	                    "wrote it: name another -o, or remove it first",
	                    shown);
}

/* Nothing that is written may be something that is read, or may carry the secret along. */
static gboolean paths_apart(const struct anonymize_options *options, GError **error)
{
	g_auto(GStrv) outputs = outputs_of(options);

	if (!secret_apart(options, outputs, error))
		return FALSE;
	for (guint i = 0; outputs[i]; i++)
		if (!option_spares_mapping(outputs[i], error))
			return FALSE;
	for (guint i = 0; options->paths[i]; i++) {
		if (strcmp(options->paths[i], "-") == 0)
			continue;
		if (path_same(options->paths[i], options->mapping))
			return error_usage(error, "the mapping is one of the exports");
		if (is_output(options->paths[i], outputs))
			return error_usage(
				error,
				"the output, or what is written beside it, is one of the exports");
	}
	for (guint i = 0; options->others && options->others[i]; i++)
		if (is_output(options->others[i], outputs) ||
		    path_same(options->others[i], options->mapping))
			return error_usage(error, "a file that is read is also written: the "
			                          "mapping, the output, or what is "
			                          "written beside it");
	for (guint i = 0; options->inventories && options->inventories[i]; i++) {
		char date[11];
		const char *inventory = option_inventory(options->inventories[i], date);

		if (is_output(inventory, outputs) || path_same(inventory, options->mapping))
			return error_usage(error, "the inventory is where something would be "
			                          "written: the mapping, the output, "
			                          "or the list of nodes beside it");
	}
	if (options->events &&
	    (is_output(options->events, outputs) || path_same(options->events, options->mapping)))
		return error_usage(error, "the list of events is where something would be written");
	if ((options->inventories || options->events) && !output_is_file(options))
		return error_usage(error, "--inventory and --events write a file beside the "
		                          "output, which standard output has not");
	return TRUE;
}

/* What goes to standard output is kept beside the mapping, where only its owner can read, until it
 * has been looked through. */
static char *place_of_output(const struct anonymize_options *options)
{
	return output_is_file(options) ? g_strdup(options->output)
	                               : g_strconcat(options->mapping, ".out", NULL);
}

/* That says more than how many of its rows are none of a job's. */
static gboolean are_jobs(const struct release *release, GError **error)
{
	return !release->not_jobs || error_failed(error, "%s", release->not_jobs);
}

static gboolean pass_once(const struct anonymize_options *options, const struct disguise *disguise,
                          struct parcel *parcel, struct release *release, GError **error)
{
	/* Digests stand in the manifest, and beside standard output there is none. */
	const struct raw_exports exports = { options->paths, options->columns,
		                             !output_is_file(options) };
	g_autofree char *place = place_of_output(options);
	struct sink *sink = parcel_open(parcel, place, error);
	struct progress *progress;
	gboolean done;

	if (!sink)
		return FALSE;
	if (exports.spare_digests)
		sink_spare_digest(sink);
	progress = shell_progress("Anonymizing", options->paths);
	done = anonymize(&exports, disguise, sink, release, progress, error) &&
	       are_jobs(release, error) &&
	       rows_good_enough(release->rows_set_aside, release->rows_read, options->max_bad,
	                        ROWS_SHOWN_BY_CHECK, error);
	progress_free(progress);
	return done;
}

/* Standard input, or a pipe by its name. What is not there, or a folder, whoever reads it says. */
static gboolean is_stream(const char *path)
{
	return g_str_equal(path, "-") ||
	       (g_file_test(path, G_FILE_TEST_EXISTS) &&
	        !g_file_test(path, G_FILE_TEST_IS_REGULAR | G_FILE_TEST_IS_DIR));
}

static gboolean can_be_read_again(const struct anonymize_options *options)
{
	for (guint i = 0; options->paths[i]; i++)
		if (is_stream(options->paths[i]))
			return FALSE;
	return TRUE;
}

/* Reads the exports, and once more when the first reading showed that something else should have
 * been written. */
static gboolean write_shared(const struct anonymize_options *options,
                             const struct disguise *disguise, struct parcel *parcel,
                             struct release *release, GError **error)
{
	if (!pass_once(options, disguise, parcel, release, error))
		return FALSE;
	if (release->again) {
		parcel_throw_away(parcel);
		if (!pass_once(options, disguise, parcel, release, error))
			return FALSE;
	}
	if (!release->late_word)
		return TRUE;
	g_set_error(error, error_quark(), ERROR_LEAK,
	            "a partition, QOS, cluster, node or resource bears somebody's name, which "
	            "showed only after it was "
	            "written; that takes a second reading, so give files, not - or a pipe");
	return FALSE;
}

static void say_dropped(const struct release *release)
{
	g_autoptr(GString) line = g_string_new("dropped ");
	guint count = release->columns_dropped->len;
	g_autofree char *columns = shell_count(count, "column: ", "columns: ");

	if (count == 0)
		return;
	g_string_append(line, columns);
	for (guint i = 0; i < count; i++) {
		const char *name = g_ptr_array_index(release->columns_dropped, i);

		g_string_append_printf(line, "%s%s", i > 0 ? ", " : "", *name ? name : "(no name)");
	}
	shell_say("%s", line->str);
}

static void say_blanked(const struct release *release)
{
	g_autofree char *blanked = shell_count(release->values_blanked, "value was", "values were");
	g_autoptr(GString) columns = g_string_new(NULL);

	for (int column = 0; column < COLUMNS; column++)
		if (release->blanked[column] > 0)
			g_string_append_printf(columns, "%s%s %" G_GUINT64_FORMAT,
			                       columns->len > 0 ? ", " : "",
			                       column_info((enum column)column)->name,
			                       release->blanked[column]);
	shell_say("%s blanked, not being what their column holds: %s", blanked, columns->str);
}

static void say_counts(const struct release *release)
{
	g_autofree char *read = shell_count(release->rows_read, "row", "rows");
	g_autofree char *aside = shell_count(release->rows_set_aside, "row was", "rows were");
	g_autofree char *users = shell_count(release->users, "user", "users");
	g_autofree char *accounts = shell_count(release->accounts, "account", "accounts");
	g_autofree char *groups = shell_count(release->groups, "group", "groups");

	shell_say("%s read, %" G_GUINT64_FORMAT " written; the mapping knows %s, %s and %s", read,
	          release->rows_written, users, accounts, groups);
	if (release->rows_set_aside > 0)
		shell_say("%s not written: cut, damaged, with a wrong number of fields, or steps "
		          "of such (`reclaim check` shows them)",
		          aside);
	shell_say_full_sheets(release->full_sheets);
	if (release->unwritten[UNWRITTEN_MESSAGE] > 0)
		shell_say("warning: a message of sacct's stands among the rows: the export may be "
		          "incomplete");
	if (release->values_blanked > 0)
		say_blanked(release);
}

static void say_words(const struct anonymize_options *options, const struct release *release)
{
	g_auto(GStrv) warnings = terms_warnings(options->terms);
	g_autofree char *words = shell_count(release->words_tokens,
	                                     "word of the site became a token",
	                                     "words of the site became tokens");

	for (guint i = 0; warnings[i]; i++)
		shell_say("warning: %s", warnings[i]);
	if (release->words_tokens > 0 && can_be_read_again(options))
		shell_say("%s (fewer than %u users have %s, or somebody is called so); --values "
		          "lists those of the former that may stay",
		          words, options->terms->min_users,
		          release->words_tokens == 1 ? "it" : "each");
	else if (release->words_tokens > 0)
		shell_say("%s: who uses it can only be counted in files that are read twice; "
		          "--values lists those that may stay",
		          words);
}

/* Times alone may have been cut so that the risk, which knows a job by its start, looks small. */
static void say_durations(const struct terms *terms)
{
	if (terms->times != TIMES_SECOND && !terms->coarse)
		shell_say("durations stay exact: who knows how long a job ran finds people far "
		          "more often than that; --profile share rounds them");
}

struct staged {
	const struct anonymize_options *options;
	struct manifest inputs;
	struct mapping *mapping;
	struct terms terms;
	struct disguise disguise;
	struct release *release;
	struct parcel parcel;
	struct leak_check *check;
};

void staged_free(struct staged *staged)
{
	if (!staged)
		return;
	parcel_clear(&staged->parcel);
	leak_check_free(staged->check);
	words_free(staged->disguise.words);
	zone_free(staged->terms.zone);
	mapping_free(staged->mapping);
	manifest_clear(&staged->inputs);
	g_free(staged);
}

/* On the terms that were asked for, as far as the exports allow. */
static gboolean set_disguise(struct staged *staged, GError **error)
{
	const struct anonymize_options *options = staged->options;

	staged->terms = *options->terms;
	staged->terms.at_once = !can_be_read_again(options);
	staged->terms.zone = zone_new(options->timezone ? options->timezone : staged->inputs.zone,
	                              error);
	if (!staged->terms.zone)
		return FALSE;
	if (staged->terms.at_once && terms_need_two_passes(&staged->terms))
		return error_usage(error, "--profile share, --shuffle and free text that is kept "
		                          "take a second reading: give files, not - or a pipe");
	staged->disguise = (struct disguise){ &staged->terms, staged->mapping,
		                              words_new(staged->mapping, &staged->terms) };
	return TRUE;
}

static gboolean finish(struct staged *staged, GError **error)
{
	const struct anonymize_options *options = staged->options;
	const struct secret *secret = options->secret;
	const struct leak_options leak = {
		.mapping = options->mapping, .allowed = options->allowed, .terms = &staged->terms,
		.discreet = secret->encrypt || secret->encrypt_to,
	};

	/* Before it is known which names there are to look for: of nodes some may stand in the list
	 * alone. */
	if (!parcel_list(&staged->parcel, error))
		return FALSE;
	staged->check = leak_check_new(staged->mapping, &leak);
	return parcel_make(&staged->parcel, staged->check, error);
}

static gboolean stage(struct staged *staged, GError **error)
{
	const struct anonymize_options *options = staged->options;

	if (!manifest_read_all(options->paths, &staged->inputs, error))
		return FALSE;
	staged->mapping = secret_mapping_open(options->secret, options->mapping, TRUE, error);
	return staged->mapping && set_disguise(staged, error) &&
	       write_shared(options, &staged->disguise, &staged->parcel, staged->release, error) &&
	       finish(staged, error);
}

/* Without names of nodes, or with days in the place of times, nobody could tell who held what when
 * it was down. */
static gboolean events_of_use(const struct terms *terms)
{
	return terms_nodes(terms) != NODES_DROP && terms->times != TIMES_DAY;
}

#define OF_NO_USE "on these terms the shareable file names no nodes, or only days"

static gboolean events_good(const struct anonymize_options *options, GError **error)
{
	if (!options->events)
		return TRUE;
	/* No report would take the one without the other. */
	if (!options->inventories)
		return error_usage(error, EVENTS_NEED_NODES);
	return events_of_use(options->terms) ||
	       error_usage(error, "--events: " OF_NO_USE "; leave it out");
}

const char *events_to_take(const struct exports *exports, char *const *inventories,
                           const struct terms *terms)
{
	const char *events = exports->latest && inventories ? exports->latest->events : NULL;

	if (!events || events_of_use(terms))
		return events;
	shell_say("%s is left out: " OF_NO_USE, events);
	return NULL;
}

struct staged *staged_new(const struct anonymize_options *options, struct release *release,
                          GError **error)
{
	struct staged *staged;

	if (!paths_apart(options, error) || !replaces_own(options, error) ||
	    !events_good(options, error))
		return NULL;
	staged = g_new0(struct staged, 1);
	staged->options = options;
	staged->release = release;
	parcel_init(&staged->parcel, options, &staged->inputs, &staged->disguise, release);
	if (stage(staged, error))
		return staged;
	staged_free(staged);
	return NULL;
}

struct leak_check *staged_check(const struct staged *staged)
{
	return staged->check;
}

char *staged_path(const struct staged *staged)
{
	return parcel_path(&staged->parcel, PART_SHARED);
}

char *staged_manifest_path(const struct staged *staged)
{
	return parcel_path(&staged->parcel, PART_MANIFEST);
}

char *staged_nodes_path(const struct staged *staged)
{
	return parcel_path(&staged->parcel, PART_NODES);
}

char *staged_events_path(const struct staged *staged)
{
	return parcel_path(&staged->parcel, PART_EVENTS);
}

gboolean staged_publish(struct staged *staged, GError **error)
{
	return parcel_publish(&staged->parcel, error);
}

gboolean staged_keep(struct staged *staged, GError **error)
{
	if (!parcel_keep(&staged->parcel, error))
		return FALSE;
	for (guint i = 0; staged->inputs.gaps && i < staged->inputs.gaps->len; i++) {
		const struct timespan *gap = &g_array_index(staged->inputs.gaps, struct timespan,
		                                            i);

		shell_say("warning: no export is of the time from %s to %s", gap->from, gap->to);
	}
	parcel_say_left(&staged->parcel);
	say_dropped(staged->release);
	say_words(staged->options, staged->release);
	say_counts(staged->release);
	disclosure_say(&staged->parcel.risk);
	say_durations(staged->options->terms);
	return TRUE;
}

static gboolean anonymize_files(const struct anonymize_options *options, GError **error)
{
	struct release *release = release_new();
	struct staged *staged = staged_new(options, release, error);
	gboolean done = staged && staged_publish(staged, error) && staged_keep(staged, error);

	staged_free(staged);
	release_free(release);
	return done;
}

static gboolean anonymize_checked(const struct anonymize_options *options, GError **error)
{
	return option_given(options->paths, "an export (a file, or - for standard input)", error) &&
	       option_given(options->mapping, "--mapping MAP", error) &&
	       option_given(options->output, "-o SHARED", error) &&
	       option_inputs_valid(options->paths, error) &&
	       secret_valid(options->secret, options->paths, error) &&
	       option_zone_valid("--timezone", options->timezone, error) &&
	       option_columns_valid(options->columns, error) && anonymize_files(options, error);
}

/* Nothing is written. */
static gboolean explain(const struct anonymize_options *options, GError **error)
{
	const struct raw_exports exports = { options->paths, options->columns, TRUE };
	struct release *release;
	gboolean done;

	if (!option_given(options->paths, "an export (a file, or - for standard input)", error) ||
	    !option_inputs_valid(options->paths, error) ||
	    !option_columns_valid(options->columns, error))
		return FALSE;
	release = release_new();
	done = anonymize_look(&exports, options->terms, release, error);
	if (done)
		explain_print(release->contents);
	release_free(release);
	return done;
}

/* What a folder of reclaim-export has and no option names otherwise. */
static void take_from_folder(struct anonymize_options *options, const struct exports *exports)
{
	if (!options->inventories)
		options->inventories = exports->inventories;
	if (!options->events)
		options->events = events_to_take(exports, options->inventories, options->terms);
}

gboolean command_anonymize(int argc, char **argv, GError **error)
{
	g_autofree char *mapping = NULL, *output = NULL, *zone = NULL, *columns = NULL,
			*max_bad = NULL, *events = NULL;
	g_auto(GStrv) paths = NULL, allowed = NULL, inventories = NULL;
	struct secret secret = { 0 };
	struct terms_strings strings = { 0 };
	struct terms terms = { 0 };
	struct exports exports = { 0 };
	gboolean explaining = FALSE;
	const GOptionEntry entries[] = {
		{ "explain", 0, 0, G_OPTION_ARG_NONE, &explaining,
		  "say what becomes of each column and why, and write nothing", NULL },
		OPTION_MAPPING(&mapping),
		OPTION_OUTPUT(&output, "the file to write, - for standard output", "SHARED"),
		OPTION_INVENTORIES(&inventories,
		                   "the nodes, shared as SHARED.nodes.csv; again for each change"),
		OPTION_EVENTS(&events, "when nodes were away, shared as SHARED.events.csv"),
		OPTION_TIMEZONE(&zone),
		OPTION_COLUMNS(&columns),
		OPTION_MAX_BAD(&max_bad),
		TERMS_OPTIONS(&strings),
		OPTION_WORD_USERS(&strings),
		OPTIONS_SEAL(&secret),
		OPTION_ALLOW_WORD(&allowed),
		OPTION_REST(&paths),
		G_OPTION_ENTRY_NULL,
	};
	struct anonymize_options options = { .secret = &secret, .terms = &terms };
	gboolean help, done = options_parse(&synopsis, entries, argc, argv, &help, error);

	if (done && !help) {
		g_auto(GStrv) others = secret_files(&secret, strings.values);

		done = exports_open(&exports, paths, zone, error);
		options.paths = exports.paths;
		options.mapping = mapping;
		options.output = output;
		options.timezone = zone;
		options.columns = columns;
		options.inventories = inventories;
		options.events = events;
		options.allowed = allowed;
		options.others = others;
		done = done && option_inventories_valid(inventories, error) &&
		       option_max_bad_read(max_bad, &options.max_bad, error) &&
		       terms_options_read(&strings, &terms, error);
		if (done && output && output_is_file(&options))
			take_from_folder(&options, &exports);
		done = done &&
		       (explaining ? explain(&options, error) : anonymize_checked(&options, error));
	}
	exports_clear(&exports);
	terms_options_clear(&terms);
	terms_strings_clear(&strings);
	secret_clear(&secret);
	return done;
}

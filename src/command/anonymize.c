/* SPDX-License-Identifier: Apache-2.0 */
#include "command/anonymize.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/terminal.h"
#include "command/command.h"
#include "command/disclosure.h"
#include "command/manifest.h"
#include "command/options.h"
#include "command/shell.h"

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
		"EXPORT may be - for standard input, and SHARED - for standard output. Beside\n"
		"SHARED stands SHARED.manifest.json, which says what was kept and dropped.",
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

/* Nothing that is written may be something that is read, or may carry the secret along. */
static gboolean paths_apart(const struct anonymize_options *options, GError **error)
{
	if (options->outdir && path_inside(options->mapping, options->outdir))
		return error_usage(error, "the mapping would lie inside the output folder, which is passed "
		                   "on; keep it elsewhere");
	if (output_is_file(options) && path_same(options->mapping, options->output))
		return error_usage(error, "the mapping and the output are the same file");
	for (guint i = 0; options->paths[i]; i++) {
		if (strcmp(options->paths[i], "-") == 0)
			continue;
		if (path_same(options->paths[i], options->mapping))
			return error_usage(error, "the mapping is one of the exports");
		if (output_is_file(options) && path_same(options->paths[i], options->output))
			return error_usage(error, "the output is one of the exports");
	}
	return TRUE;
}

/* What goes to standard output is kept beside the mapping, where only its owner can read, until it has been looked through. */
static char *place_of_output(const struct anonymize_options *options)
{
	return output_is_file(options) ? g_strdup(options->output) : g_strconcat(options->mapping, ".out", NULL);
}

static gboolean pass_once(const struct anonymize_options *options, struct mapping *mapping,
                          struct sink **sink, struct release *release, GError **error)
{
	/* Digests stand in the manifest, and beside standard output there is none. */
	const struct raw_exports exports = { options->paths, options->columns, !output_is_file(options) };
	g_autofree char *place = place_of_output(options);
	struct progress *progress;
	gboolean done;

	*sink = sink_open(place, 0644, error);
	if (!*sink)
		return FALSE;
	if (exports.spare_digests)
		sink_spare_digest(*sink);
	progress = shell_progress("Anonymizing", options->paths);
	done = anonymize(&exports, mapping, *sink, release, progress, error) &&
	       rows_good_enough(release->rows_set_aside, release->rows_read, options->max_bad, error);
	progress_free(progress);
	if (!done)
		g_clear_pointer(sink, sink_abort);
	return done;
}

static gboolean can_be_read_again(const struct anonymize_options *options)
{
	for (guint i = 0; options->paths[i]; i++)
		if (!g_file_test(options->paths[i], G_FILE_TEST_IS_REGULAR))
			return FALSE;
	return TRUE;
}

/* Reads the exports, and once more when a partition turned out to bear a name after it was written. */
static gboolean write_shared(const struct anonymize_options *options, struct mapping *mapping,
                             struct sink **sink, struct release *release, GError **error)
{
	if (!pass_once(options, mapping, sink, release, error))
		return FALSE;
	if (release->late_word && can_be_read_again(options)) {
		sink_abort(*sink);
		if (!pass_once(options, mapping, sink, release, error))
			return FALSE;
	}
	if (release->not_jobs) {
		g_clear_pointer(sink, sink_abort);
		return error_failed(error, "%s", release->not_jobs);
	}
	if (!release->late_word)
		return TRUE;
	g_set_error(error, error_quark(), ERROR_LEAK,
	            "the partition, QOS or cluster \"%s\" is also somebody's name, which showed only after "
	            "it was written; that takes a second reading, so give files, not - or a pipe",
	            release->late_word);
	g_clear_pointer(sink, sink_abort);
	return FALSE;
}

struct staged {
	const struct anonymize_options *options;
	struct manifest inputs;
	struct mapping *mapping;
	struct release *release;
	struct sink *shared, *manifest; /* finished, not yet under their names; manifest: NULL for standard output */
	struct leak_check *check;
	struct risk risk;
	int shared_fd, manifest_fd; /* to read them again; -1: not open */
};

static gboolean write_manifest(struct staged *staged, const struct sink_receipt *receipt, GError **error)
{
	g_autofree char *path = manifest_path(staged->options->output);
	struct manifest manifest = staged->inputs;

	staged->manifest = sink_open(path, 0644, error);
	if (!staged->manifest)
		return FALSE;
	if (staged->options->timezone)
		manifest.zone = (char *)staged->options->timezone;
	manifest_write(staged->manifest, &manifest, staged->release, &staged->risk, receipt);
	return sink_finish(staged->manifest, NULL, error);
}

/* Opens it to read, and looks for names in it. */
static gboolean look_through(struct staged *staged, const struct sink *sink, const char *shown, int *fd, GError **error)
{
	*fd = sink_reopen(sink, error);
	return *fd >= 0 && leak_check_file(staged->check, shown, *fd, error);
}

static gboolean finish_manifest(struct staged *staged, const struct sink_receipt *receipt, GError **error)
{
	g_autofree char *path = manifest_path(staged->options->output);

	return write_manifest(staged, receipt, error) &&
	       look_through(staged, staged->manifest, path, &staged->manifest_fd, error);
}

static gboolean measure_risk(struct staged *staged, GError **error)
{
	g_autofree char *path = staged_path(staged);

	return risk_measure(&staged->risk, path, staged->release->exports > 1, error);
}

static gboolean finish(struct staged *staged, GError **error)
{
	const struct anonymize_options *options = staged->options;
	const struct secret *secret = options->secret;
	const struct leak_options leak = { options->mapping, options->allowed, secret->encrypt || secret->encrypt_to };
	struct sink_receipt receipt;

	if (!sink_finish(staged->shared, &receipt, error))
		return FALSE;
	staged->check = leak_check_new(staged->mapping, &leak);
	return look_through(staged, staged->shared, output_is_file(options) ? options->output : "standard output",
	                    &staged->shared_fd, error) &&
	       measure_risk(staged, error) &&
	       (!output_is_file(options) || finish_manifest(staged, &receipt, error)) &&
	       leak_check_done(staged->check, error);
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

static void say_dropped(const struct release *release)
{
	g_autoptr(GString) line = g_string_new("dropped ");
	guint count = release->columns_dropped->len;
	g_autofree char *columns = shell_count(count, "column: ", "columns: ");

	if (count == 0)
		return;
	g_string_append(line, columns);
	for (guint i = 0; i < count; i++)
		g_string_append_printf(line, "%s%s", i > 0 ? ", " : "",
		                       (char *)g_ptr_array_index(release->columns_dropped, i));
	shell_say("%s", line->str);
}

static void say_counts(const struct release *release)
{
	g_autofree char *read = shell_count(release->rows_read, "row", "rows");
	g_autofree char *blanked = shell_count(release->values_blanked, "value was", "values were");
	g_autofree char *aside = shell_count(release->rows_set_aside, "row was", "rows were");
	g_autofree char *users = shell_count(release->users, "user", "users");
	g_autofree char *accounts = shell_count(release->accounts, "account", "accounts");
	g_autofree char *groups = shell_count(release->groups, "group", "groups");

	shell_say("%s read, %" G_GUINT64_FORMAT " written; the mapping knows %s, %s and %s", read,
	          release->rows_written, users, accounts, groups);
	if (release->rows_set_aside > 0)
		shell_say("%s not written: cut, damaged, or with a wrong number of fields "
		          "(`reclaim check` shows them)", aside);
	if (release->values_blanked > 0)
		shell_say("%s blanked: not of the kind that the column holds", blanked);
}

void staged_free(struct staged *staged)
{
	if (!staged)
		return;
	sink_abort(staged->shared);
	sink_abort(staged->manifest);
	if (staged->shared_fd >= 0)
		close(staged->shared_fd);
	if (staged->manifest_fd >= 0)
		close(staged->manifest_fd);
	leak_check_free(staged->check);
	mapping_free(staged->mapping);
	manifest_clear(&staged->inputs);
	g_free(staged);
}

static gboolean stage(struct staged *staged, GError **error)
{
	const struct anonymize_options *options = staged->options;

	if (!manifest_read_all(options->paths, &staged->inputs, error))
		return FALSE;
	staged->mapping = secret_mapping_open(options->secret, options->mapping, TRUE, error);
	return staged->mapping && write_shared(options, staged->mapping, &staged->shared, staged->release, error) &&
	       finish(staged, error);
}

struct staged *staged_new(const struct anonymize_options *options, struct release *release, GError **error)
{
	struct staged *staged;

	if (!paths_apart(options, error))
		return NULL;
	staged = g_new0(struct staged, 1);
	staged->options = options;
	staged->release = release;
	staged->shared_fd = staged->manifest_fd = -1;
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
	return g_strdup_printf("/proc/self/fd/%d", staged->shared_fd);
}

char *staged_manifest_path(const struct staged *staged)
{
	return g_strdup_printf("/proc/self/fd/%d", staged->manifest_fd);
}

gboolean staged_publish(struct staged *staged, GError **error)
{
	gboolean file = output_is_file(staged->options);

	/* What cannot be taken back, and may fail on the way, comes first. */
	if ((!file && !copy_to_stdout(staged->shared_fd, error)) || !mapping_save(staged->mapping, error))
		return FALSE;
	if (file && !(sink_close(g_steal_pointer(&staged->shared), NULL, error) &&
	              sink_close(g_steal_pointer(&staged->manifest), NULL, error)))
		return FALSE;
	say_dropped(staged->release);
	say_counts(staged->release);
	disclosure_say(&staged->risk);
	return TRUE;
}

static gboolean anonymize_files(const struct anonymize_options *options, GError **error)
{
	struct release *release = release_new();
	struct staged *staged = staged_new(options, release, error);
	gboolean done = staged && staged_publish(staged, error);

	staged_free(staged);
	release_free(release);
	return done;
}

static gboolean anonymize_checked(const struct anonymize_options *options, GError **error)
{
	return option_given(options->paths, "an export (a file, or - for standard input)", error) &&
	       option_given(options->mapping, "--mapping MAP", error) && option_given(options->output, "-o SHARED", error) &&
	       option_inputs_valid(options->paths, error) && secret_valid(options->secret, options->paths, error) &&
	       option_timezone_valid(options->timezone, error) && option_columns_valid(options->columns, error) &&
	       anonymize_files(options, error);
}

gboolean command_anonymize(int argc, char **argv, GError **error)
{
	g_autofree char *mapping = NULL, *output = NULL, *zone = NULL, *columns = NULL, *max_bad = NULL;
	g_auto(GStrv) paths = NULL, allowed = NULL;
	struct secret secret = { 0 };
	const GOptionEntry entries[] = {
		OPTION_MAPPING(&mapping),
		OPTION_OUTPUT(&output, "the file to write, - for standard output", "SHARED"),
		OPTION_TIMEZONE(&zone),
		OPTION_COLUMNS(&columns),
		OPTION_MAX_BAD(&max_bad),
		OPTIONS_SEAL(&secret),
		OPTION_ALLOW_WORD(&allowed),
		OPTION_REST(&paths),
		G_OPTION_ENTRY_NULL,
	};
	struct anonymize_options options = { .secret = &secret };
	gboolean help, done = options_parse(&synopsis, entries, argc, argv, &help, error);

	if (done && !help) {
		options.paths = paths;
		options.mapping = mapping;
		options.output = output;
		options.timezone = zone;
		options.columns = columns;
		options.allowed = allowed;
		done = option_max_bad_read(max_bad, &options.max_bad, error) && anonymize_checked(&options, error);
	}
	secret_clear(&secret);
	return done;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "command/leak.h"

#include <string.h>

#include "base/error.h"
#include "base/terminal.h"
#include "command/shell.h"
#include "privacy/audit.h"
#include "privacy/scan.h"
#include "privacy/taken.h"
#include "privacy/wiped.h"
#include "templates/templates.h"

struct leak_check {
	struct scan *scan;
	char *log; /* its path */
	size_t noted; /* bytes of what was found that stand in it */
	char **allowed; /* NULL: none */
	gboolean discreet;
	enum seal seal; /* of the mapping */
	const char *folder; /* of the report */
};

struct leak_check *leak_check_new(const struct mapping *mapping, const struct leak_options *options)
{
	struct leak_check *check = g_new0(struct leak_check, 1);
	gsize length = 0;
	const char *words = template_find("words.txt", &length);

	check->scan = scan_new(mapping, options->terms);
	check->seal = mapping_seal(mapping);
	check->log = g_strconcat(options->mapping, ".scan.log", NULL);
	check->discreet = options->discreet || mapping_encrypted(mapping);
	check->allowed = g_strdupv((char **)options->allowed);
	scan_learn(check->scan, (struct slice){ words, length });
	for (guint i = 0; options->allowed && options->allowed[i]; i++)
		scan_learn(check->scan, slice_of(options->allowed[i]));
	return check;
}

void leak_check_free(struct leak_check *check)
{
	if (!check)
		return;
	scan_free(check->scan);
	g_free(check->log);
	g_strfreev(check->allowed);
	g_free(check);
}

char *const *leak_check_allowed(const struct leak_check *check)
{
	return check->allowed;
}

const char *leak_check_custody(const struct leak_check *check)
{
	static const char *const words[] = {
		[SEAL_NONE] = "not encrypted", [SEAL_PASSPHRASE] = "encrypted by a passphrase",
			[SEAL_RECIPIENTS] = "encrypted to keys",
	};

	return words[check->seal];
}

gboolean leak_check_file(struct leak_check *check, const char *shown, int fd, GError **error)
{
	return scan_file(check->scan, shown, fd, error);
}

gboolean leak_check_needs(const struct leak_check *check, const struct lexicon *words)
{
	return scan_may_find(check->scan, words);
}

static void take(void *data, const char *file, const char *text, gsize length)
{
	struct leak_check *check = data;
	g_autofree char *shown = g_build_filename(check->folder, file, NULL);
	g_autoptr(GString) taken = taken_read((struct slice){ text, length });

	scan_text(check->scan, shown, (struct slice){ text, length });
	if (taken)
		scan_text(check->scan, shown, (struct slice){ taken->str, taken->len });
}

struct legible leak_check_reader(struct leak_check *check, const char *shown)
{
	check->folder = shown;
	return (struct legible){ take, check };
}

static void collect(const char *name, const struct sink_receipt *receipt, void *data)
{
	(void)receipt;
	g_ptr_array_add(data, g_strdup(name));
}

gboolean leak_check_report(struct leak_check *check, const struct outdir *outdir, const char *shown,
                           GError **error)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
	struct legible legible = leak_check_reader(check, shown);

	outdir_each(outdir, collect, names);
	for (guint i = 0; i < names->len; i++)
		if (!legible_file(outdir, names->pdata[i], &legible, error))
			return FALSE;
	return TRUE;
}

/* What a run found in the shareable file is noted before its report is looked through. */
static gboolean keep_log(struct leak_check *check, GError **error)
{
	g_autoptr(GDateTime) now = g_date_time_new_now_utc();
	g_autofree char *when = g_date_time_format(now, "%Y-%m-%dT%H:%M:%SZ");
	char *lines = scan_print(check->scan, when, check->discreet), *fresh = lines + check->noted;
	gboolean done = !*fresh || audit_append_lines(check->log, fresh, error);

	if (done && *fresh && check->noted == 0 && !scan_forbids(check->scan))
		shell_say("some names are also words of the report or allowed: %s says where such "
		          "words stand",
		          check->log);
	check->noted = strlen(lines);
	wiped_free_text(lines);
	return done;
}

gboolean leak_check_done(struct leak_check *check, GError **error)
{
	const char *file = scan_forbids(check->scan);
	g_autofree char *shown = file ? terminal_escape(slice_of(file)) : NULL;
	g_autofree char *log = terminal_escape(slice_of(check->log));

	if (!keep_log(check, error))
		return FALSE;
	if (!file)
		return TRUE;
	g_set_error(
		error, error_quark(), ERROR_LEAK,
		"a real name was found in %s, and nothing was published; %s says which and where. "
		"Take it out of what you wrote yourself (--site, --assumptions, --templates); of "
		"run and anonymize, --nodes rename or drop and --drop COLUMN keep it out, and "
		"another -o where it is in the names of files; --allow-word lets a word pass, or a "
		"home that is no user's, as /home/hpc",
		shown, log);
	return FALSE;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "command/shell.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/terminal.h"
#include "record/reader.h"

void shell_say(const char *format, ...)
{
	g_autofree char *text = NULL, *shown = NULL;
	va_list arguments;

	va_start(arguments, format);
	text = g_strdup_vprintf(format, arguments);
	va_end(arguments);
	shown = terminal_escape_whole(slice_of(text));
	fprintf(stderr, "reclaim: %s\n", shown);
}

/* A line that is overwritten by the next, and wiped when it is over. */
static void print_progress(const char *line, G_GNUC_UNUSED void *data)
{
	fprintf(stderr, "\r%s\033[K", line ? line : "");
	fflush(stderr);
}

/* 0 when one of them has no size: standard input, a pipe. */
static guint64 total_bytes(char *const *paths)
{
	guint64 total = 0;
	struct stat info;

	for (guint i = 0; paths[i]; i++) {
		if (stat(paths[i], &info) != 0 || !S_ISREG(info.st_mode))
			return 0;
		total += (guint64)info.st_size;
	}
	return total;
}

struct progress *shell_progress(const char *what, char *const *paths)
{
	return progress_new(what, total_bytes(paths), isatty(STDERR_FILENO) ? print_progress : NULL,
	                    NULL);
}

char *shell_count(guint64 count, const char *one, const char *many)
{
	return g_strdup_printf("%" G_GUINT64_FORMAT " %s", count, count == 1 ? one : many);
}

/* The path without symbolic links, also when its last components do not exist yet. */
static char *path_real(const char *path)
{
	g_autofree char *folder = g_path_get_dirname(path);
	g_autofree char *last = g_path_get_basename(path);
	g_autofree char *parent = NULL;
	char *real = realpath(path, NULL);
	char *copy = g_strdup(real);

	free(real);
	if (copy || strcmp(folder, path) == 0)
		return copy ? copy : g_strdup(path);
	parent = path_real(folder);
	return g_build_filename(parent, last, NULL);
}

gboolean path_same(const char *one, const char *other)
{
	g_autofree char *real_one = path_real(one), *real_other = path_real(other);
	struct stat info_one, info_other;

	if (strcmp(real_one, real_other) == 0)
		return TRUE;
	return stat(one, &info_one) == 0 && stat(other, &info_other) == 0 &&
	       info_one.st_dev == info_other.st_dev && info_one.st_ino == info_other.st_ino;
}

gboolean path_inside(const char *path, const char *folder)
{
	g_autofree char *real_path = path_real(path), *real_folder = path_real(folder);
	size_t length = strlen(real_folder);

	return strncmp(real_path, real_folder, length) == 0 &&
	       (real_path[length] == '/' || real_path[length] == '\0' ||
	        real_folder[length - 1] == '/');
}

char *shell_full_sheets(guint count)
{
	g_autofree char *files = shell_count(count, "file has", "files have");

	return g_strdup_printf("%s exactly as many lines as a sheet of a spreadsheet can have "
	                       "(1,048,576, once 65,536): what was beyond may be missing",
	                       files);
}

void shell_say_full_sheets(guint count)
{
	g_autofree char *words = shell_full_sheets(count);

	if (count > 0)
		shell_say("%s", words);
}

char *shell_twins(guint64 count, const char *between)
{
	g_autofree char *jobs = shell_count(count, "job of a sample stands",
	                                    "jobs of a sample stand");

	return g_strdup_printf(
		"%s twice, at times some hours apart: exports of different time zones%s"
		"were put together, and such jobs count twice; export all in one, as with TZ=UTC",
		jobs, between);
}

/* Slurm leaves out for how long jobs were suspended, which few are, and none of them for whole days
 * to the second. */
#define SPANS_ENOUGH 10
#define DAYS_ENOUGH 3

char *shell_spans(const struct spans *spans, const char *between)
{
	if (spans->days >= DAYS_ENOUGH && spans->dayless * 2 > spans->days)
		return g_strdup_printf(
			"in %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " rows of jobs of a day "
			"and more the time elapsed lacks the days%sthat lie between start and end: "
			"export it again, such as with ElapsedRaw",
			spans->dayless, spans->days, between);
	if (spans->known < SPANS_ENOUGH || spans->halved * 2 <= spans->known)
		return NULL;
	return g_strdup_printf(
		"in %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " rows of jobs the time elapsed "
		"is less than half of what lies between%sstart and end: is it in seconds?",
		spans->halved, spans->known, between);
}

void shell_say_spans(const struct spans *spans)
{
	g_autofree char *words = shell_spans(spans, " ");

	if (words)
		shell_say("%s", words);
}

void shell_say_twins(guint64 count)
{
	g_autofree char *words = shell_twins(count, " ");

	if (count > 0)
		shell_say("%s", words);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "base/progress.h"

enum { INTERVAL_USEC = 200 * 1000 };

struct progress {
	char *what;
	guint64 total_bytes;
	guint64 done_bytes;
	gint64 start_usec, next_usec;
	void (*print)(const char *line, void *data);
	void *data;
};

struct progress *progress_new(const char *what, guint64 total_bytes,
                              void (*print)(const char *line, void *data), void *data)
{
	struct progress *progress = g_new0(struct progress, 1);

	progress->what = g_strdup(what);
	progress->total_bytes = total_bytes;
	progress->print = print;
	progress->data = data;
	progress->start_usec = g_get_monotonic_time();
	progress->next_usec = progress->start_usec + INTERVAL_USEC;
	return progress;
}

static void append_left(GString *line, double seconds)
{
	if (seconds < 100)
		g_string_append_printf(line, ", %.0f s left", seconds);
	else
		g_string_append_printf(line, ", %.0f min left", seconds / 60);
}

static void show(const struct progress *progress, gint64 now_usec)
{
	double seconds = (double)(now_usec - progress->start_usec) / G_USEC_PER_SEC;
	double done = (double)progress->done_bytes;
	double rate = done / seconds;
	g_autoptr(GString) line = g_string_new(progress->what);

	if (progress->total_bytes == 0) {
		g_string_append_printf(line, ": %.0f MB, %.0f MB/s", done / 1e6, rate / 1e6);
	} else {
		double total = MAX((double)progress->total_bytes, done);

		g_string_append_printf(line, ": %.0f %%, %.0f MB/s", 100 * done / total,
		                       rate / 1e6);
		if (rate > 0)
			append_left(line, (total - done) / rate);
	}
	progress->print(line->str, progress->data);
}

void progress_add(struct progress *progress, guint64 bytes)
{
	gint64 now_usec;

	progress->done_bytes += bytes;
	if (progress->print == NULL)
		return;
	now_usec = g_get_monotonic_time();
	if (now_usec < progress->next_usec)
		return;
	progress->next_usec = now_usec + INTERVAL_USEC;
	show(progress, now_usec);
}

void progress_free(struct progress *progress)
{
	if (progress == NULL)
		return;
	if (progress->print)
		progress->print(NULL, progress->data);
	g_free(progress->what);
	g_free(progress);
}

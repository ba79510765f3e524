/* SPDX-License-Identifier: Apache-2.0 */
#include "command/events_file.h"

#include "command/nodes_file.h"
#include "privacy/coarse.h"
#include "record/events.h"
#include "record/value.h"

struct writing {
	struct sink *sink;
	const struct disguise *disguise;
	GString *line;
	const struct event *event;
};

char *events_file_path(const char *export_path)
{
	return g_strconcat(export_path, ".events.csv", NULL);
}

static void append_time(struct writing *writing, struct slice text)
{
	const struct terms *terms = writing->disguise->terms;

	g_string_append_c(writing->line, ',');
	if (slice_empty(text))
		g_string_append(writing->line, "Unknown");
	else if (terms->times == TIMES_SECOND)
		g_string_append_len(writing->line, text.data, (gssize)text.length);
	else
		coarse_append_time(text, terms->times, terms->zone, writing->line);
}

static void write_host(struct slice host, void *data)
{
	struct writing *writing = data;

	g_string_truncate(writing->line, 0);
	nodes_file_append_name(writing->disguise, host, writing->line);
	append_time(writing, writing->event->start);
	append_time(writing, writing->event->end);
	g_string_append_printf(writing->line, ",%s\n", event_state_name(writing->event->state));
	sink_write(writing->sink, writing->line->str, writing->line->len);
}

static gboolean write_event(const struct event *event, void *data, G_GNUC_UNUSED GError **error)
{
	struct writing *writing = data;

	writing->event = event;
	if (event->state != EVENT_PRESENT)
		hosts_each(event->nodes, write_host, writing);
	return TRUE;
}

gboolean events_file_write(struct sink *sink, const char *path, const struct disguise *disguise,
                           GError **error)
{
	g_autoptr(GString) line = g_string_new(NULL);
	struct writing writing = { .sink = sink, .disguise = disguise, .line = line };
	const struct event_taker taker = { write_event, &writing };
	guint64 unreadable;

	sink_text(sink, EVENTS_HEADER "\n");
	if (!events_each(path, disguise->terms->zone, &taker, &unreadable, error))
		return FALSE;
	/* What could not be read is counted by who reads this, too. */
	for (; unreadable > 0; unreadable--)
		sink_text(sink, "?,,,\n");
	return TRUE;
}

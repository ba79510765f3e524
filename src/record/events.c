/* SPDX-License-Identifier: Apache-2.0 */
#include "record/events.h"

#include <string.h>

#include "base/error.h"
#include "base/small_file.h"
#include "record/value.h"

#define MOST_COLUMNS 64

enum field { NODE, START, END, STATE, REASON, FIELDS };

/* Names in lower case, letters and digits only. */
static const struct {
	const char *name;
	enum field field;
} names[] = {
	{ "nodename", NODE }, { "node", NODE }, { "nodes", NODE }, { "timestart", START },
	  { "start", START },
	{ "timeend", END }, { "end", END }, { "state", STATE }, { "reason", REASON },
};

struct table {
	int at[FIELDS]; /* -1: there is none */
	int columns;
	char delimiter;
};

const char *event_state_name(enum event_state state)
{
	static const char *const states[EVENT_STATES] = { "DOWN", "DRAIN", "MAINT", "RESERVED" };
	return states[state];
}

/* A row is cut at every delimiter. */
static int cut_row(struct slice line, char delimiter, struct slice fields[MOST_COLUMNS])
{
	int count = 0;
	while (line.data && count < MOST_COLUMNS)
		fields[count++] = slice_trim(slice_cut(&line, delimiter));
	return count;
}

static enum field field_of(struct slice text)
{
	char name[16];
	size_t length = 0;
	for (size_t i = 0; i < text.length && length + 1 < sizeof name; i++)
		if (g_ascii_isalnum(text.data[i]))
			name[length++] = g_ascii_tolower(text.data[i]);
	name[length] = '\0';
	for (guint i = 0; i < G_N_ELEMENTS(names); i++)
		if (strcmp(name, names[i].name) == 0)
			return names[i].field;
	return FIELDS;
}

static gboolean take_header(struct table *table, struct slice line)
{
	struct slice fields[MOST_COLUMNS];
	table->delimiter = memchr(line.data, '|', line.length) ? '|' : ',';
	table->columns = cut_row(line, table->delimiter, fields);
	/* --parsable ends each line with a delimiter. */
	if (table->columns > 1 && slice_empty(fields[table->columns - 1]))
		table->columns--;
	for (enum field f = 0; f < FIELDS; f++)
		table->at[f] = -1;
	for (int i = 0; i < table->columns; i++) {
		enum field field = field_of(fields[i]);
		if (field < FIELDS && table->at[field] < 0)
			table->at[field] = i;
	}
	return table->at[NODE] >= 0 && table->at[START] >= 0 && table->at[END] >= 0 &&
	       table->at[STATE] >= 0;
}

/* What is too much stands in the reason, so that columns behind it are counted from the end. */
static struct slice field_at(const struct table *table, const struct slice *fields, int count,
                             enum field field)
{
	int at = table->at[field], more = count - table->columns;
	gboolean behind = table->at[REASON] >= 0 && at > table->at[REASON];
	return fields[behind ? at + more : at];
}

static gboolean has(struct slice text, const char *word)
{
	return g_strstr_len(text.data, (gssize)text.length, word) != NULL;
}

static enum event_state state_of(struct slice text)
{
	if (has(text, "MAINT"))
		return EVENT_PLANNED;
	if (slice_starts(text, "DOWN") || has(text, "FAIL"))
		return EVENT_DOWN;
	if (has(text, "DRAIN") || has(text, "DRNG"))
		return EVENT_DRAIN;
	return has(text, "POW") || has(text, "RES") || slice_starts(text, "IDLE") ? EVENT_PRESENT
	                                                                          : EVENT_DOWN;
}

static gboolean read_times(struct event *event, struct zone *zone)
{
	return value_time(event->start, zone, FALSE, &event->from, NULL) &&
	       event->from != VALUE_UNKNOWN && value_time(event->end, zone, TRUE, &event->to, NULL);
}

static gboolean hosts_good(struct slice nodes)
{
	gint64 count;
	return hosts_count(nodes, &count) && count > 0;
}

struct reading_events {
	struct table table;
	struct zone *zone;
	const struct event_taker *taker;
	guint64 *unreadable;
};

static gboolean take_event(struct reading_events *reading, struct slice line, GError **error)
{
	const struct table *table = &reading->table;
	struct slice fields[MOST_COLUMNS];
	int count = cut_row(line, table->delimiter, fields);
	if (count == table->columns + 1 && slice_empty(fields[count - 1]))
		count--;
	if (count < table->columns || (count > table->columns && table->at[REASON] < 0)) {
		++*reading->unreadable;
		return TRUE;
	}
	struct event event = {
		.nodes = field_at(table, fields, count, NODE),
			.start = field_at(table, fields, count, START),
		.end = field_at(table, fields, count, END),
			.state = state_of(field_at(table, fields, count, STATE)),
	};
	if (slice_empty(event.nodes))
		return TRUE;
	if (!hosts_good(event.nodes) || !read_times(&event, reading->zone)) {
		++*reading->unreadable;
		return TRUE;
	}
	event.end = event.to == VALUE_UNKNOWN ? (struct slice){ "", 0 } : event.end;
	return reading->taker->take(&event, reading->taker->data, error);
}

gboolean events_each_of(struct slice text, struct zone *zone, const struct event_taker *taker,
                        guint64 *unreadable, GError **error)
{
	struct reading_events reading = { .zone = zone, .taker = taker, .unreadable = unreadable };
	gboolean begun = FALSE;
	*unreadable = 0;
	text = slice_behind_mark(text);
	while (text.length > 0) {
		struct slice line = slice_trim(slice_cut(&text, '\n'));
		if (slice_empty(line))
			continue;
		if (!begun && !take_header(&reading.table, line))
			break;
		if (begun && !take_event(&reading, line, error))
			return FALSE;
		begun = TRUE;
	}
	return begun ||
	       error_failed(error,
	                    "it does not begin with a header that has NodeName, TimeStart, TimeEnd "
	                    "and State: it "
	                    "should be the output of `sacctmgr list event --parsable2 all_time`");
}

gboolean events_each(const char *path, struct zone *zone, const struct event_taker *taker,
                     guint64 *unreadable, GError **error)
{
	g_autofree char *text = NULL;
	GError *cause = NULL;
	size_t length;
	gboolean done = small_file_read(path, &text, &length, &cause) &&
	                events_each_of((struct slice){ text, length }, zone, taker, unreadable,
	                               &cause);
	return done || error_in_file(error, path, cause);
}

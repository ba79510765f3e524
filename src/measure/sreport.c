/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/sreport.h"

#include <string.h>

#include "base/error.h"
#include "base/small_file.h"
#include "base/terminal.h"
#include "record/value.h"

#define TITLE "Cluster Utilization "
#define UNITS "Usage reported in "
#define WANTED "it should be the output of `sreport cluster utilization --parsable2 start=… end=…`, with its heading"

#define LARGEST 1e15 /* CPU-seconds; a million CPUs for thirty years */

struct parsing {
	struct zone *zone;
	struct sreport *report;
	int tres, allocated; /* columns; -1: there is none */
	gboolean has_period, has_units, has_header;
};

static gboolean has(struct slice text, const char *word)
{
	return g_strstr_len(text.data, (gssize)text.length, word) != NULL;
}

static struct slice after(struct slice text, const char *begin)
{
	size_t length = strlen(begin);
	return (struct slice){ text.data + length, text.length - length };
}

/* "2025-03-01T00:00:00 - 2025-03-31T23:59:59 (2678400 secs)": the last second is in it. */
static gboolean take_period(struct parsing *parsing, struct slice text)
{
	struct sreport *report = parsing->report;
	struct slice from = slice_cut(&text, ' ');
	if (!slice_is(slice_cut(&text, ' '), "-"))
		return FALSE;
	struct slice to = slice_cut(&text, ' ');
	parsing->has_period = value_time(from, parsing->zone, FALSE, &report->from, NULL) &&
	                      value_time(to, parsing->zone, TRUE, &report->to, NULL) &&
	                      report->from != VALUE_UNKNOWN && report->to != VALUE_UNKNOWN &&
	                      report->to >= report->from;
	report->to += report->to % 60 == 59;
	return parsing->has_period;
}

/* "TRES Hours/Percentage of Total": without a word for amounts there are only per cents. */
static void take_units(struct parsing *parsing, struct slice text)
{
	parsing->has_units = TRUE;
	parsing->report->unit_seconds = has(text, "Hours")     ? 3600
	                                : has(text, "Minutes") ? 60
	                                : has(text, "Seconds") ? 1
	                                                       : 0;
}

static gboolean take_header(struct parsing *parsing, struct slice line)
{
	parsing->tres = parsing->allocated = -1;
	for (int i = 0; line.data; i++) {
		struct slice name = slice_trim(slice_cut(&line, '|'));
		if (slice_is_nocase(name, "TRES Name"))
			parsing->tres = i;
		if (slice_is_nocase(name, "Allocated"))
			parsing->allocated = i;
	}
	return parsing->allocated >= 0;
}

/* "(5.83%)", or nothing. */
static gboolean is_share(const char *text)
{
	char *end;
	if (*text == '\0')
		return TRUE;
	if (*text != '(')
		return FALSE;
	g_ascii_strtod(text + 1, &end);
	return strcmp(end, "%)") == 0;
}

/* "16", "16(5.83%)" or "5.83%". */
static gboolean take_amount(struct sreport *report, struct slice text)
{
	g_autofree char *cell = slice_dup(text);
	char *end;
	double number = g_ascii_strtod(cell, &end), seconds = number * (double)report->unit_seconds;
	if (end == cell || !(number >= 0) || seconds > LARGEST)
		return FALSE;
	if (report->unit_seconds == 0)
		return strcmp(end, "%") == 0;
	report->allocated_seconds += (gint64)(seconds + 0.5);
	return is_share(end);
}

static gboolean take_row(struct parsing *parsing, struct slice line, GError **error)
{
	struct slice allocated = { NULL, 0 }, tres = slice_of("cpu");
	struct slice rest = line;
	for (int i = 0; rest.data; i++) {
		struct slice field = slice_trim(slice_cut(&rest, '|'));
		if (i == parsing->tres)
			tres = field;
		if (i == parsing->allocated)
			allocated = field;
	}
	if (!slice_is_nocase(tres, "cpu"))
		return TRUE;
	parsing->report->clusters++;
	if (allocated.data && take_amount(parsing->report, allocated))
		return TRUE;
	g_autofree char *shown = terminal_escape(allocated);
	return error_failed(error,
	                    "“%s” is not what was allocated in the unit that its heading names",
	                    shown);
}

static gboolean take_line(struct parsing *parsing, struct slice line, GError **error)
{
	if (slice_empty(line) || slice_starts(line, "---"))
		return TRUE;
	if (parsing->has_header)
		return take_row(parsing, line, error);
	if (slice_starts(line, TITLE))
		return take_period(parsing, after(line, TITLE)) ||
		       error_failed(error, "its heading has no period: " WANTED);
	if (slice_starts(line, UNITS)) {
		take_units(parsing, after(line, UNITS));
		return TRUE;
	}
	parsing->has_header = parsing->has_period && parsing->has_units &&
	                      take_header(parsing, line);
	return parsing->has_header || error_failed(error, WANTED);
}

gboolean sreport_read_text(struct slice text, struct zone *zone, struct sreport *report,
                           GError **error)
{
	struct parsing parsing = { .zone = zone, .report = report };
	*report = (struct sreport){ 0 };
	while (text.length > 0)
		if (!take_line(&parsing, slice_trim(slice_cut(&text, '\n')), error))
			return FALSE;
	if (!parsing.has_header)
		return error_failed(error, WANTED);
	if (report->clusters == 0)
		return error_failed(error, "it has no row of CPUs: the hours asked for have not "
		                           "been summed up yet, or -T leaves CPUs out");
	if (report->unit_seconds == 0)
		report->allocated_seconds = -1;
	return TRUE;
}

gboolean sreport_read(const char *path, struct zone *zone, struct sreport *report, GError **error)
{
	g_autofree char *text = NULL;
	GError *cause = NULL;
	size_t length;
	gboolean done = small_file_read(path, &text, &length, &cause) &&
	                sreport_read_text((struct slice){ text, length }, zone, report, &cause);
	return done || error_in_file(error, path, cause);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "measure/downtime.h"
#include "record/events.h"
#include "record/value.h"

#define HEAD "Cluster|NodeName|TimeStart|TimeEnd|State|Reason|User\n"

/* Every event as "nodes from to state", with seconds since midnight of 1 March 2025. */
#define MIDNIGHT G_GINT64_CONSTANT(1740787200)

static gboolean write_down(const struct event *event, void *data, GError **error)
{
	GString *said = data;
	(void)error;
	g_string_append_printf(said, "%.*s %d ", (int)event->nodes.length, event->nodes.data,
	                       (int)(event->from - MIDNIGHT));
	if (event->to == VALUE_UNKNOWN)
		g_string_append(said, "open");
	else
		g_string_append_printf(said, "%d", (int)(event->to - MIDNIGHT));
	g_string_append_printf(said, " %s;", event_state_name(event->state));
	return TRUE;
}

static char *read_events(const char *text, guint64 *unreadable, GError **error)
{
	GString *said = g_string_new(NULL);
	const struct event_taker taker = { write_down, said };
	struct zone *zone = zone_new("UTC", NULL);
	gboolean done = events_each_of(slice_of(text), zone, &taker, unreadable, error);
	zone_free(zone);
	if (done)
		return g_string_free(said, FALSE);
	g_string_free(said, TRUE);
	return NULL;
}

static const struct {
	const char *text, *events;
	guint64 unreadable;
} tables[] = {
	{ HEAD "lab|n1|2025-03-01T00:00:10|2025-03-01T00:01:00|DOWN|disk|root(0)\n",
	  "n1 10 60 DOWN;", 0 },
	{ HEAD "lab|n1|2025-03-01T00:00:10|Unknown|DOWN*|disk|root(0)\n", "n1 10 open DOWN;", 0 },
	/* A reason with the delimiter does not move the columns before or behind it. */
	{ "Reason|NodeName|TimeStart|TimeEnd|State\na | b|c|n1|2025-03-01T00:00:10|2025-03-01T00:01:00|DRNG\n",
	  "n1 10 60 DRAIN;", 0 },
	{ HEAD "lab|n1|2025-03-01T00:00:10|2025-03-01T00:01:00|MAINT|a|b|c|root(0)\n",
	  "n1 10 60 MAINT;", 0 },
	/* --parsable ends lines with a delimiter, and files come from everywhere. */
	{ "\xef\xbb\xbfNodeName|TimeStart|TimeEnd|State|\r\nn1|2025-03-01T00:00:10|1740787260|FAIL|\r\n", "n1 10 60 DOWN;", 0 },
	{ "node,start,end,state\nn[1-2],2025-03-01T00:00:10,,DRAIN\n", "n[1-2] 10 open DRAIN;", 0 },
	{ HEAD "lab|n1|2025-03-01T00:00:10|2025-03-01T00:01:00|IDLE+POWERED_DOWN||\n",
	  "n1 10 60 RESERVED;", 0 },
	{ HEAD "lab||2025-03-01T00:00:10|Unknown||Cluster Registered TRES|\n", "", 0 },
	{ HEAD "lab|n1|2025-03-01T00\n", "", 1 },
	{ HEAD "lab|n1|yesterday|2025-03-01T00:01:00|DOWN||\n", "", 1 },
	{ HEAD "lab|n1|Unknown|2025-03-01T00:01:00|DOWN||\n", "", 1 },
	{ HEAD "lab|n[1|2025-03-01T00:00:10|2025-03-01T00:01:00|DOWN||\n", "", 1 },
	{ "node,start,end,state\nn1,2025-03-01T00:00:10,,DRAIN,more,and more\n", "", 1 },
	{ "node,start,end,state\nn1,2025-03-01T00:00:10,,DRAIN,more\nn1,2025-03-01T00:00:20,,IDLE+FAIL,\n", "n1 20 open DOWN;", 1 },
};

START_TEST(events_are_read_by_the_names_of_their_columns)
{
	guint64 unreadable;
	GError *error = NULL;
	g_autofree char *events = read_events(tables[_i].text, &unreadable, &error);
	ck_assert_msg(events != NULL, "%s", error ? error->message : "");
	ck_assert_str_eq(events, tables[_i].events);
	ck_assert_uint_eq(unreadable, tables[_i].unreadable);
}
END_TEST

START_TEST(what_is_no_list_of_events_is_refused)
{
	static const char *const others[] = { "", "\n\n", "NodeName=n1 State=IDLE\n",
		                              "NodeName|TimeStart|State\n" };
	for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
		guint64 unreadable;
		g_autoptr(GError) error = NULL;
		ck_assert_ptr_null(read_events(others[i], &unreadable, &error));
		ck_assert_ptr_nonnull(strstr(error->message, "sacctmgr list event"));
	}
}
END_TEST

/* Downtime of events in a file of the test's own. */
static struct downtime *downtime_of(const char *text)
{
	g_autofree char *folder = g_dir_make_tmp("reclaim-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "events.txt", NULL);
	struct downtime *downtime = downtime_new();
	struct zone *zone = zone_new("UTC", NULL);
	ck_assert(g_file_set_contents(path, text, -1, NULL));
	ck_assert(downtime_load(downtime, path, zone, NULL));
	downtime_settle(downtime);
	zone_free(zone);
	remove(path);
	rmdir(folder);
	return downtime;
}

START_TEST(a_job_contradicts_events_only_where_its_node_was_down_for_a_minute)
{
	static const struct {
		const char *nodes;
		gint64 start, elapsed;
		gboolean contradicts;
	} jobs[] = {
		{ "n1", 0, 3600, FALSE },          /* ended when it went down */
		{ "n1", 0, 3659, FALSE },
		{ "n1", 0, 3660, TRUE },
		{ "n[0-1]", 3600, 60, TRUE },
		{ "n1", 3600, 59, FALSE },
		{ "n1", 7200, 3600, FALSE },       /* up again */
		{ "n2", 3600, 3600, FALSE },       /* drains: it may finish what it has */
		{ "n3", 3600, 3600, FALSE },       /* maintenance may be a job */
		{ "n4", 1000000, 3600, TRUE },     /* never came back */
		{ "n9", 3600, 3600, FALSE },
		{ "None assigned", 3600, 3600, FALSE },
	};
	struct downtime *downtime = downtime_of("node,start,end,state\n"
	                                        "n1,2025-03-01T01:00:00,2025-03-01T02:00:00,DOWN\n"
	                                        "n2,2025-03-01T01:00:00,2025-03-01T02:00:00,DRAIN\n"
	                                        "n3,2025-03-01T01:00:00,2025-03-01T02:00:00,MAINT\n"
	                                        "n4,2025-03-01T01:00:00,Unknown,DOWN\n");
	const struct rules any = { .declared = FALSE };
	for (guint i = 0; i < G_N_ELEMENTS(jobs); i++) {
		struct job job = { .ran = TRUE,
			           .start = MIDNIGHT + jobs[i].start,
			           .elapsed_seconds = jobs[i].elapsed,
			           .nodelist = slice_of(jobs[i].nodes) };
		ck_assert_msg(downtime_contradicts(downtime, &job, &any) == jobs[i].contradicts,
		              "job %u", i);
	}
	downtime_free(downtime);
}
END_TEST

/* The node was down from one to two. */
START_TEST(of_a_given_period_only_what_lies_in_it_contradicts)
{
	static const struct {
		gint64 from, to;
		gboolean contradicts;
	} periods[] = {
		{ 0, 3600, FALSE }, { 0, 3660, TRUE }, { 3600, 3659, FALSE }, { 7140, 7200, TRUE },
		  { 7200, 86400, FALSE },
	};
	struct downtime *downtime = downtime_of(
		"node,start,end,state\nn1,2025-03-01T01:00:00,2025-03-01T02:00:00,DOWN\n");
	const struct job job = {
		.ran = TRUE, .start = MIDNIGHT, .elapsed_seconds = 86400, .nodelist = slice_of("n1")
	};
	for (guint i = 0; i < G_N_ELEMENTS(periods); i++) {
		const struct rules given = { .declared = TRUE,
			                     .from = MIDNIGHT + periods[i].from,
			                     .to = MIDNIGHT + periods[i].to };
		ck_assert_msg(downtime_contradicts(downtime, &job, &given) ==
		                      periods[i].contradicts,
		              "period %u", i);
	}
	downtime_free(downtime);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("events");
	TCase *cases = tcase_create("events");
	tcase_add_loop_test(cases, events_are_read_by_the_names_of_their_columns, 0,
	                    (int)G_N_ELEMENTS(tables));
	tcase_add_test(cases, what_is_no_list_of_events_is_refused);
	tcase_add_test(cases, a_job_contradicts_events_only_where_its_node_was_down_for_a_minute);
	tcase_add_test(cases, of_a_given_period_only_what_lies_in_it_contradicts);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}

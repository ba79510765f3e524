/* SPDX-License-Identifier: Apache-2.0 */
#include "fuzz.h"

#include "record/events.h"
#include "record/value.h"

static gboolean take(const struct event *event, void *data, GError **error)
{
	gint64 count;

	(void)data, (void)error;
	g_assert(hosts_count(event->nodes, &count) && count > 0);
	g_assert(event->from != VALUE_UNKNOWN && event->state < EVENT_STATES);
	g_assert(slice_empty(event->end) == (event->to == VALUE_UNKNOWN));
	return TRUE;
}

/* Events are read, or there is a reason. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct event_taker taker = { take, NULL };
	struct zone *zone = zone_new("Europe/Berlin", NULL);
	g_autoptr(GError) error = NULL;
	guint64 unreadable;

	if (!events_each_of(fuzz_slice(data, size), zone, &taker, &unreadable, &error))
		g_assert(error && *error->message);
	g_assert(unreadable <= size);
	zone_free(zone);
	return 0;
}

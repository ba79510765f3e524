/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/months.h"

#include <string.h>

void months_init(struct months *months)
{
	months->first = 0;
	months->of = g_array_new(FALSE, TRUE, sizeof(struct ledger));
}

void months_clear(struct months *months)
{
	g_array_unref(months->of);
}

/* Room for months before the first, and what was there behind it. */
static void extend_back(struct months *months, gint32 month)
{
	guint more = (guint)(months->first - month), old = months->of->len;
	g_array_set_size(months->of, old + more);
	struct ledger *all = (struct ledger *)(gpointer)months->of->data;
	memmove(all + more, all, old * sizeof *all);
	memset(all, 0, more * sizeof *all);
	months->first = month;
}

struct ledger *months_get(struct months *months, gint32 month)
{
	if (months->of->len == 0)
		months->first = month;
	if (month < months->first)
		extend_back(months, month);
	guint at = (guint)(month - months->first);
	if (at >= months->of->len)
		g_array_set_size(months->of, at + 1);
	return &g_array_index(months->of, struct ledger, at);
}

void months_merge(struct months *into, const struct months *from)
{
	for (guint i = 0; i < from->of->len; i++)
		ledger_merge(months_get(into, from->first + (gint32)i),
		             &g_array_index(from->of, struct ledger, i));
}

struct local_month local_month(struct zone *zone, gint64 seconds)
{
	gint32 day = zone_day(zone, seconds);
	struct civil civil = zone_day_civil(day);
	gint32 first = day - (civil.day - 1), later = first + 31; /* in the month that follows */
	gint32 next = later - (zone_day_civil(later).day - 1);
	return (struct local_month){ civil.year * 12 + civil.month - 1, zone_day_start(zone, first),
		                     zone_day_start(zone, next) };
}

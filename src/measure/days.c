/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/days.h"

#include <string.h>

void days_init(struct days *days)
{
	days->first = 0;
	days->of = g_array_new(FALSE, TRUE, sizeof(struct day_use));
}

void days_clear(struct days *days)
{
	g_array_unref(days->of);
}

struct days *days_new(void)
{
	struct days *days = g_new(struct days, 1);
	days_init(days);
	return days;
}

void days_free(gpointer data)
{
	days_clear(data);
	g_free(data);
}

struct day_use *days_make(struct days *days, gint32 day)
{
	if (days->of->len == 0)
		days->first = day;
	if (day < days->first) {
		guint old = days->of->len, more = (guint)(days->first - day);
		g_array_set_size(days->of, old + more);
		struct day_use *of = (struct day_use *)(gpointer)days->of->data;
		memmove(of + more, of, old * sizeof *of);
		memset(of, 0, more * sizeof *of);
		days->first = day;
	}
	if (day - days->first >= (gint32)days->of->len)
		g_array_set_size(days->of, (guint)(day - days->first) + 1);
	return &g_array_index(days->of, struct day_use, day - days->first);
}

void days_merge(struct days *into, const struct days *from)
{
	for (guint i = 0; i < from->of->len; i++) {
		const struct day_use *add = &g_array_index(from->of, struct day_use, i);
		struct day_use *to = days_get(into, from->first + (gint32)i);
		to->jobs_ended += add->jobs_ended;
		to->cpu_seconds += add->cpu_seconds;
		to->gpu_seconds += add->gpu_seconds;
		to->node_seconds += add->node_seconds;
	}
}

void days_move(struct days *into, struct days *from)
{
	if (into->of->len == 0) {
		struct days empty = *into;
		*into = *from;
		*from = empty;
		return;
	}
	days_merge(into, from);
	days_clear(from);
	days_init(from);
}

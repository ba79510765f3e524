/* SPDX-License-Identifier: Apache-2.0 */
#include "text.h"

#include <string.h>

void text_time(GString *to, gint64 seconds)
{
	static const int month_days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int day = (int)(seconds / DAY), rest = (int)(seconds % DAY), month = 0;

	if (seconds == NEVER) {
		g_string_append(to, "Unknown");
		return;
	}
	for (; day >= month_days[month]; month++)
		day -= month_days[month];
	g_string_append_printf(to, "2025-%02d-%02dT%02d:%02d:%02d", month + 1, day + 1, rest / 3600,
	                       rest / 60 % 60, rest % 60);
}

void text_duration(GString *to, gint64 seconds)
{
	int rest = (int)(seconds % DAY);

	if (seconds >= DAY)
		g_string_append_printf(to, "%d-", (int)(seconds / DAY));
	g_string_append_printf(to, "%02d:%02d:%02d", rest / 3600, rest / 60 % 60, rest % 60);
}

void text_cpu_time(GString *to, gint64 milliseconds)
{
	int seconds = (int)(milliseconds / 1000);

	if (milliseconds >= 3600 * 1000 || milliseconds % 1000 == 0)
		text_duration(to, milliseconds / 1000);
	else
		g_string_append_printf(to, "%02d:%02d.%03d", seconds / 60, seconds % 60,
		                       (int)(milliseconds % 1000));
}

void text_size(GString *to, gint64 size, char unit)
{
	const char *units = strchr("KMGT", unit);
	gint64 hundredths = size * 100;

	while (hundredths >= 1024 * 100 && hundredths % 1024 == 0 && units[1]) {
		hundredths /= 1024;
		units++;
	}
	g_string_append_printf(to, "%" G_GINT64_FORMAT, hundredths / 100);
	if (hundredths % 100)
		g_string_append_printf(to, ".%02d", (int)(hundredths % 100));
	g_string_append_c(to, *units);
}

void text_hosts(GString *to, const struct pool_info *pool, const guint8 *places, int count)
{
	g_string_append(to, pool->stem);
	if (count > 1)
		g_string_append_c(to, '[');
	for (int i = 0; i < count;) {
		int last = i;

		while (last + 1 < count && places[last + 1] == places[last] + 1)
			last++;
		if (i > 0)
			g_string_append_c(to, ',');
		g_string_append_printf(to, "%0*d", pool->digits, places[i] + 1);
		if (last > i)
			g_string_append_printf(to, "-%0*d", pool->digits, places[last] + 1);
		i = last + 1;
	}
	if (count > 1)
		g_string_append_c(to, ']');
}

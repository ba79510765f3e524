/* SPDX-License-Identifier: Apache-2.0 */
/* gallery: every kind of chart on one page, from made-up data: `gallery OUT.html`. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "charts/chart.h"
#include "charts/palette.h"

#define NEW_YEAR 1735689600.0 /* 2025-01-01 */
#define HOUR 3600.0

/* The same noise in 0…1 everywhere, every time. */
static double noise(guint seed)
{
	guint32 n = seed * 2654435761u + 0x9e3779b9u;

	n ^= n >> 16;
	n *= 0x7feb352du;
	n ^= n >> 15;
	n *= 0x846ca68bu;
	n ^= n >> 16;
	return n / 4294967296.0;
}

static struct chart *make(enum chart_kind kind, const char *id, const char *title,
                          const char *subtitle)
{
	struct chart *chart = chart_new(kind, id);

	chart->title = g_strdup(title);
	chart->subtitle = g_strdup(subtitle);
	chart->source = g_strdup("Source: made-up data");
	chart->description = g_strdup(subtitle);
	return chart;
}

static double demand_at(guint hour)
{
	double day = hour / 24.0, week = fmod(day, 7) >= 5 ? 0.62 : 1;
	double season =
		0.75 + 0.2 * sin(2 * G_PI * (day - 60) / 365) + 0.15 * sin(2 * G_PI * day / 41);
	double daily = 0.85 + 0.2 * sin(2 * G_PI * (hour % 24 - 9) / 24.0);

	return MAX(0, 64 * week * season * daily + 14 * (noise(hour) - 0.5) +
	                      18 * (noise(hour / 30) - 0.4));
}

static struct chart *demand_year(void)
{
	struct chart *chart = make(CHART_AREA, "demand", "Demand never came near the nodes bought",
	                           "Busy nodes per hour, 2025");
	struct chart_series *busy = chart_series_add(chart, "busy", INK_SERIES_1);
	struct chart_series *bought = chart_series_add(chart, "128 nodes", INK_SERIES_3);

	chart->x_time = TRUE;
	chart->y_title = g_strdup("nodes");
	for (guint hour = 0; hour < 8760; hour++)
		chart_point_add(busy, NEW_YEAR + hour * HOUR, demand_at(hour), NULL, NULL);
	chart_point_add(bought, NEW_YEAR, 112, NULL, NULL);
	chart_point_add(bought, NEW_YEAR + 5100 * HOUR, 128, NULL, NULL);
	chart_line_add(chart, 71, FALSE, "85 % of hours need 71 nodes or fewer", INK_SERIES_2);
	chart_line_add(chart, 54, FALSE, "Cheapest to own: 54 nodes", INK_SERIES_3);
	return chart;
}

static struct chart *demand_fortnight(void)
{
	struct chart *chart = make(CHART_AREA, "fortnight", "Weekends leave two nodes in five idle",
	                           "Busy nodes per hour, 1 to 14 September 2025");
	struct chart_series *busy = chart_series_add(chart, "busy", INK_SERIES_1);

	chart->x_time = TRUE;
	chart->y_title = g_strdup("nodes");
	for (guint hour = 0; hour < 14 * 24; hour++) {
		struct chart_point *point = chart_point_add(busy, NEW_YEAR + (hour + 5832) * HOUR,
		                                            demand_at(hour + 5832), NULL, NULL);

		if (hour == 13 * 24 + 15) {
			point->strong = TRUE;
			point->label = g_strdup("14 September, 15:00");
			point->value_text = g_strdup("73 nodes");
		}
	}
	return chart;
}

static struct chart *duration(void)
{
	struct chart *chart =
		make(CHART_CURVE, "duration", "Half of the GPUs are busy for a third of the year",
	             "Share of hours in which at least so many are busy, 2025");
	struct chart_series *cpu = chart_series_add(chart, "CPU nodes", INK_SERIES_1);
	struct chart_series *gpu = chart_series_add(chart, "GPU nodes", INK_SERIES_2);

	chart->y_share = TRUE;
	chart->x_title = g_strdup("hours of the year");
	chart->y_title = g_strdup("busy share of nodes");
	for (guint hour = 0; hour <= 8760; hour++) {
		double x = hour / 8760.0;

		chart_point_add(cpu, hour, 0.98 - 0.5 * pow(x, 0.6) - 0.3 * pow(x, 9), NULL, NULL);
		chart_point_add(gpu, hour, 0.9 * exp(-2 * x), NULL, NULL);
	}
	chart_line_add(chart, 2920, TRUE, "a third of the year", INK_SERIES_4);
	chart_line_add(chart, 0.85, FALSE, "85 %: queues begin to grow", INK_SERIES_4);
	return chart;
}

static struct chart *own_or_rent(void)
{
	struct chart *chart =
		make(CHART_CURVE, "own", "Owning 46 nodes and renting the peaks is cheapest",
	             "Cost a year by number of nodes owned, 2025 demand");
	static const char *const names[] = { "total", "owned", "rented" };
	struct chart_series *series[3];

	chart->x_title = g_strdup("nodes owned");
	chart->y_title = g_strdup("$ a year");
	for (int i = 0; i < 3; i++)
		series[i] = chart_series_add(chart, names[i], i == 0 ? INK_SERIES_1 : INK_SERIES_4);
	for (int k = 0; k <= 128; k += 2) {
		double owned = k * 9400.0, rented = 1.52e6 * exp(-k / 28.0) + 4e4;
		struct chart_point *best =
			chart_point_add(series[0], k, owned + rented, NULL, NULL);

		chart_point_add(series[1], k, owned, NULL, NULL);
		chart_point_add(series[2], k, rented, NULL, NULL);
		best->strong = k == 46;
		best->label = g_strdup(best->strong ? "46 nodes" : NULL);
		best->value_text = g_strdup(best->strong ? "$766,000" : NULL);
	}
	chart_line_add(chart, 71, TRUE, "P85: 71 nodes", INK_SERIES_2);
	chart_line_add(chart, 128, TRUE, "today: 128", INK_SERIES_3);
	return chart;
}

static struct chart *users(void)
{
	struct chart *chart =
		make(CHART_BARS, "users", "Three users hold 41 % of the idle core-hours",
	             "Reserved and never used, core-hours, 2025");
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);
	static const struct {
		const char *name, *text;
		double value;
	} rows[] = {
		{ "user_0007", "1,482,300", 1482300 }, { "user_0112", "1,120,840", 1120840 },
		{ "user_0031", "938,200", 938200 },    { "user_0054", "611,750", 611750 },
		{ "user_0009", "402,100", 402100 },    { "user_0201", "377,420", 377420 },
		{ "user_0018", "214,900", 214900 },    { "user_0077", "98,340", 98340 },
		{ "66 others", "3,402,110", 3402110 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		struct chart_point *point =
			chart_point_add(series, i, rows[i].value, rows[i].name, rows[i].text);

		point->strong = i < 3;
		point->tooltip = g_strdup_printf("%s: %s core-hours", rows[i].name, rows[i].text);
	}
	return chart;
}

static struct chart *tornado(void)
{
	struct chart *chart =
		make(CHART_BARS, "tornado", "The price of power moves the saving most",
	             "Change of the expected saving when one assumption is low or high");
	struct chart_series *low = chart_series_add(chart, "when low", INK_SERIES_1);
	struct chart_series *high = chart_series_add(chart, "when high", INK_SERIES_2);
	static const struct {
		const char *name, *low_text, *high_text;
		double low, high;
	} rows[] = {
		{ "Price of a kilowatt-hour", "−$128,000", "+$141,000", -128, 141 },
		{ "Share of requests that users lower", "−$96,000", "+$52,000", -96, 52 },
		{ "Life of a node", "−$44,000", "+$61,000", -44, 61 },
		{ "Price of a rented core-hour", "−$31,000", "+$30,000", -31, 30 },
		{ "Staff time", "−$9,000", "+$4,000", -9, 4 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
		chart_point_add(low, i, rows[i].low, rows[i].name, rows[i].low_text);
		chart_point_add(high, i, rows[i].high, rows[i].name, rows[i].high_text);
	}
	return chart;
}

static struct chart *pareto(void)
{
	struct chart *chart = make(CHART_PARETO, "pareto", "Ten users hold 61 % of the cost",
	                           "Cost by user, ranked, and its running share, 2025");
	struct chart_series *series = chart_series_add(chart, "cost", INK_SERIES_1);

	chart->x_title = g_strdup("users, by cost");
	chart->y_title = g_strdup("$ a year");
	for (guint i = 0; i < 142; i++) {
		struct chart_point *point =
			chart_point_add(series, i + 1, 182000 / pow(i + 1, 1.12), NULL, NULL);

		point->strong = i < 10;
		point->tooltip = g_strdup_printf("rank %u", i + 1);
		if (i > 0)
			continue;
		point->label = g_strdup("user_0007");
		point->value_text = g_strdup("$182,000");
	}
	chart_line_add(chart, 10, TRUE, "first 10 users: 61 %", INK_SERIES_2);
	chart_line_add(chart, 0.8, FALSE, "80 %", INK_SERIES_4);
	return chart;
}

static struct chart *ledger(void)
{
	struct chart *chart =
		make(CHART_STACK, "ledger", "Of every hundred node-hours, 44 did work",
	             "Node-hours of 2025 by what became of them");
	static const struct {
		const char *name, *text;
		double share;
		enum ink ink;
	} parts[] = {
		{ "Worked", "44 %", 0.44, INK_SERIES_3 },
		{ "Reserved, not used", "21 %", 0.21, INK_SERIES_2 },
		{ "Lost to failed jobs", "6.2 %", 0.062, INK_SERIES_2 },
		{ "Idle while jobs waited", "9.1 %", 0.091, INK_SERIES_1 },
		{ "Idle", "16 %", 0.16, INK_QUIET },
		{ "Down or drained", "3.5 %", 0.035, INK_QUIET },
		{ "Not accounted for", "0.2 %", 0.002, INK_QUIET },
	};

	chart->y_title = g_strdup("All node-hours");
	for (guint i = 0; i < G_N_ELEMENTS(parts); i++) {
		struct chart_series *series = chart_series_add(chart, parts[i].name, parts[i].ink);
		struct chart_point *point =
			chart_point_add(series, i, parts[i].share, parts[i].name, parts[i].text);

		point->strong = i == 1;
		point->tooltip = g_strdup_printf("%s: %s", parts[i].name, parts[i].text);
	}
	return chart;
}

static struct chart *bridge(void)
{
	struct chart *chart = make(CHART_WATERFALL, "bridge",
	                           "The same work for $1.28 million instead of $1.81 million",
	                           "Cost a year, today and proposed");
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);
	static const struct {
		const char *name, *text;
		double value;
		gboolean total;
	} steps[] = {
		{ "Today", "$1,810,000", 1810, TRUE },
		{ "Nodes that peaks do not need", "−$302,000", -302, FALSE },
		{ "Memory asked for and never used", "−$148,000", -148, FALSE },
		{ "Cores asked for and never used", "−$131,000", -131, FALSE },
		{ "Counted twice", "+$64,000", 64, FALSE },
		{ "Rented peaks", "+$22,000", 22, FALSE },
		{ "Advice to users", "−$35,000", -35, FALSE },
		{ "Proposed", "$1,280,000", 1280, TRUE },
	};

	for (guint i = 0; i < G_N_ELEMENTS(steps); i++)
		chart_point_add(series, i, steps[i].value, steps[i].name, steps[i].text)->total =
			steps[i].total;
	return chart;
}

static struct chart *weekdays(void)
{
	struct chart *chart = make(CHART_HEAT, "weekdays", "Queues form on weekday afternoons",
	                           "Busy nodes in per cent, by weekday and hour, 2025");
	static const char *const days[] = { "Monday", "Tuesday",  "Wednesday", "Thursday",
		                            "Friday", "Saturday", "Sunday" };

	chart->x_title = g_strdup("hour of the day");
	for (guint day = 0; day < 7; day++) {
		struct chart_series *series = chart_series_add(chart, days[day], INK_SERIES_1);

		for (guint hour = 0; hour < 24; hour++) {
			double y = (day > 4 ? 31 : 52) + 32 * exp(-pow((hour - 14.5) / 5, 2)) +
			           9 * noise(day * 24 + hour);
			g_autofree char *label = g_strdup_printf("%02u", hour);
			g_autofree char *text = g_strdup_printf("%.0f", y);
			struct chart_point *point = chart_point_add(series, hour, y, label, text);

			point->strong = day == 1 && hour == 14;
			point->tooltip = g_strdup_printf("%s %s:00, %s %%", days[day], label, text);
		}
	}
	return chart;
}

static struct chart *efficiency(void)
{
	struct chart *chart =
		make(CHART_HEAT, "efficiency",
	             "Most core-hours go to jobs that use little of what they ask for",
	             "Core-hours by CPU and memory used of what was asked for, 2025");
	static const char *const bands[] = { "under 20 %", "20–40 %", "40–60 %", "60–80 %",
		                             "over 80 %" };

	chart->x_title = g_strdup("CPU used of what was asked for");
	chart->y_title = g_strdup("memory used");
	for (guint row = 0; row < 5; row++) {
		struct chart_series *series = chart_series_add(chart, bands[4 - row], INK_SERIES_1);

		for (guint column = 0; column < 5; column++) {
			double y = 900000 * exp(row * 0.55 - 2.2 - fabs(column - 3.0) * 0.6) *
			           (0.5 + noise(row * 5 + column));
			g_autofree char *text = g_strdup_printf("%.0f,000", y / 1000);

			chart_point_add(series, column, y, bands[column], text);
		}
	}
	return chart;
}

static struct chart *months(void)
{
	struct chart *chart = make(CHART_COLUMNS, "months", "Waiting doubled in October",
	                           "Median wait, hours, 2025");
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);
	static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
		                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	static const double hours[] = {
		2.1, 2.4, 2.6, 1.9, 2.2, 1.4, 0.9, 0.7, 2.8, 5.7, 4.9, 3.1
	};

	chart->y_title = g_strdup("hours");
	for (guint i = 0; i < 12; i++) {
		g_autofree char *text = g_strdup_printf("%.1f h", hours[i]);
		struct chart_point *point = chart_point_add(series, i, hours[i], names[i], text);

		point->strong = i == 9;
		point->tooltip = g_strdup_printf("%s: %s", names[i], text);
	}
	return chart;
}

static struct chart *stacked_months(void)
{
	struct chart *chart =
		make(CHART_COLUMNS, "stacked", "GPU jobs grew by half within the year",
	             "Node-hours a month by kind of job, 2025");
	static const char *const kinds[] = { "CPU", "GPU", "large memory" };
	static const char *const names[] = { "Jan 2025", "Feb 2025", "Mar 2025", "Apr 2025",
		                             "May 2025", "Jun 2025", "Jul 2025", "Aug 2025",
		                             "Sep 2025", "Oct 2025", "Nov 2025", "Dec 2025" };

	chart->y_title = g_strdup("node-hours");
	for (guint kind = 0; kind < 3; kind++) {
		struct chart_series *series =
			chart_series_add(chart, kinds[kind], INK_SERIES_1 + kind);

		for (guint i = 0; i < 12; i++)
			chart_point_add(series, i,
			                (kind == 1 ? 9000 + 600 * i : 22000 / (kind + 1)) *
			                        (0.8 + 0.4 * noise(kind * 12 + i)),
			                names[i], NULL);
	}
	chart_line_add(chart, 52000, FALSE, "what 72 nodes can do", INK_SERIES_4);
	return chart;
}

static struct chart *groups(void)
{
	struct chart *chart = make(CHART_MULTIPLES, "groups", "Two groups drive the autumn peak",
	                           "Busy nodes by group, weekly mean, one scale, 2025");

	chart->x_time = TRUE;
	chart->y_title = g_strdup("nodes");
	for (guint group = 0; group < 8; group++) {
		g_autofree char *name = g_strdup_printf("group_%02u", group + 1);
		struct chart_series *series = chart_series_add(
			chart, name, group == 2 || group == 3 ? INK_SERIES_2 : INK_SERIES_1);
		guint best = 0;
		double highest = 0;

		for (guint week = 0; week < 52; week++) {
			double peak =
				group == 2 || group == 3 ? 22 * exp(-pow((week - 41.0) / 4, 2)) : 0;
			double y = peak + (10.0 - group) * (0.5 + 0.3 * sin(week / (3.0 + group)) +
			                                    0.3 * noise(group * 52 + week));

			best = y > highest ? week : best;
			highest = MAX(y, highest);
			chart_point_add(series, NEW_YEAR + week * 7 * 24 * HOUR, y, NULL, NULL);
		}
		g_array_index(series->points, struct chart_point, best).strong = TRUE;
		g_array_index(series->points, struct chart_point, best).value_text =
			g_strdup_printf("%.0f nodes", highest);
	}
	return chart;
}

static void cloud_point(struct chart_series *series, guint i, double x, double y, gboolean strong)
{
	g_autofree char *name = g_strdup_printf("user_%04u", i + 1);
	struct chart_point *point = chart_point_add(series, x, y, name, NULL);

	point->strong = strong;
	point->tooltip = g_strdup_printf("%s: %.0f core-hours, %.0f %%", name, x, y * 100);
}

static struct chart *cloud(void)
{
	struct chart *chart = make(CHART_SCATTER, "cloud",
	                           "11 of 300 users keep less than 15 % of their CPUs busy",
	                           "A mark a user: core-hours, and median CPU efficiency, 2025");
	struct chart_series *busy = chart_series_add(chart, "15 % or more", INK_SERIES_1);
	struct chart_series *idle = chart_series_add(chart, "less than 15 %", INK_SERIES_2);

	chart->x_log = chart->y_share = TRUE;
	chart->y_max = 1;
	chart->x_title = g_strdup("core-hours, each line ten times the last");
	chart->y_title = g_strdup("CPUs kept busy, median");
	for (guint i = 0; i < 300; i++) {
		double x = 2.4e6 * pow(noise(i + 7), 6) + 12, y = 1 - pow(noise(i + 900), 1.8);

		cloud_point(y < 0.15 ? idle : busy, i, x, y, y < 0.15 && x > 1e4);
	}
	chart_line_add(chart, 0.15, FALSE, "15 %: idle below", INK_SERIES_2);
	return chart;
}

static struct chart *asked_and_used(void)
{
	struct chart *chart = make(CHART_SCATTER, "asked",
	                           "Half of 42 users ask for more than twice the memory they use",
	                           "A mark a user: memory asked and used, GiB, 2025");
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);

	chart->x_log = chart->y_log = TRUE;
	chart->x_title = g_strdup("asked, GiB");
	chart->y_title = g_strdup("used, GiB");
	chart->diagonal = g_strdup("as much as asked");
	for (guint i = 0; i < 42; i++) {
		double x = 2 * exp(noise(i) * 6.2), y = x * pow(noise(i + 50), 1.5);

		cloud_point(series, i, x, y, y < x / 5 && x > 20);
	}
	return chart;
}

static struct chart *one_user(void)
{
	struct chart *chart = make(CHART_SCATTER, "one", "One user", "Asked and used, GiB");
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);

	chart->x_log = chart->y_log = TRUE;
	chart->diagonal = g_strdup("as much as asked");
	cloud_point(series, 0, 187, 187, TRUE);
	return chart;
}

static struct chart *two_thousand(void)
{
	struct chart *chart =
		make(CHART_SCATTER, "crowd", "Of 2,000 users no more than 300 are drawn",
	             "From next to nothing to the huge, with names that are long");
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);

	chart->x_log = chart->y_log = TRUE;
	chart->x_title = g_strdup("core-hours");
	chart->y_title = g_strdup("jobs");
	for (guint i = 0; i < 2000; i++) {
		g_autofree char *name =
			g_strdup_printf("a-user-whose-name-is-longer-than-most-%u", i);

		chart_point_add(series, pow(10, 17 * noise(i) - 8), pow(10, 9 * noise(i + 9)), name,
		                NULL)
			->strong = i % 20 == 0;
	}
	return chart;
}

static void add_range(struct chart *chart, const char *name, const double values[3],
                      const char *const texts[3])
{
	for (guint i = 0; i < 3; i++) {
		struct chart_point *point =
			chart_point_add(g_ptr_array_index(chart->series, i), 0, values[i], name,
		                        texts[i]);

		point->strong = strstr(name, "in all") != NULL;
		point->tooltip = g_strdup_printf("%s: %s", name, texts[i]);
	}
}

static struct chart *ranges_of(const char *id, const char *title)
{
	struct chart *chart = make(CHART_RANGES, id, title, "A year, in three scenarios");

	chart_series_add(chart, "low", INK_SERIES_1);
	chart_series_add(chart, "expected", INK_SERIES_1);
	chart_series_add(chart, "high", INK_SERIES_1);
	return chart;
}

static struct chart *money_ranges(void)
{
	struct chart *chart = ranges_of("ranges",
	                                "Half a million a year, and at least a third of it");
	static const struct {
		const char *name;
		double values[3];
		const char *texts[3];
	} rows[] = {
		{ "Saving in all", { 180, 482, 731 }, { "$180,000", "$482,000", "$731,000" } },
		{ "Purchases avoided", { 120, 302, 401 }, { "$120,000", "$302,000", "$401,000" } },
		{ "Power and support, less rent", { 22, -35, -64 },
		  { "$22,000", "−$35,000", "−$64,000" } },
		{ "Capacity handed back", { 38, 215, 394 }, { "$38,000", "$215,000", "$394,000" } },
		{ "This year, in cash", { 41, 41, 41 }, { "$41,000", "$41,000", "$41,000" } },
	};

	for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
		add_range(chart, rows[i].name, rows[i].values, rows[i].texts);
	return chart;
}

static struct chart *hard_ranges(void)
{
	struct chart *chart = ranges_of("hard-ranges", "From a cent to a billion, with long names");
	static const char *const nothing[] = { "$0", "$0", "$0" };
	static const char *const huge[] = { "$1,234,567,890.12", "$2,345,678,901.23",
		                            "$9,876,543,210.98" };
	static const char *const cents[] = { "$0.01", "$0.02", "$0.03" };

	add_range(chart, "Saving in all, with a name that is longer than any column should be",
	          (const double[]){ 1234567890, 2345678901, 9876543210 }, huge);
	add_range(chart, "A cent", (const double[]){ 0.01, 0.02, 0.03 }, cents);
	add_range(chart, "Nothing", (const double[]){ 0, 0, 0 }, nothing);
	return chart;
}

/* One user who has nearly everything, and a crowd that has nearly nothing. */
static struct chart *hard_pareto(void)
{
	struct chart *chart = make(CHART_PARETO, "hard-pareto",
	                           "One of 2,000 users holds 99 % of the cost",
	                           "Cost by user, ranked, 2025");
	struct chart_series *series = chart_series_add(chart, "cost", INK_SERIES_1);

	for (guint i = 0; i < 2000; i++)
		chart_point_add(series, i + 1, i == 0 ? 9876543210.0 : 49876.0 / (i + 1), NULL,
		                NULL);
	g_array_index(series->points, struct chart_point, 0).strong = TRUE;
	g_array_index(series->points, struct chart_point, 0).label = g_strdup(
		"a_user_whose_name_is_longer_than_it_should_be");
	g_array_index(series->points, struct chart_point, 0).value_text = g_strdup(
		"$9,876,543,210");
	chart_line_add(chart, 1, TRUE, "first user: 99 %", INK_SERIES_2);
	return chart;
}

/* Parts of nothing and of next to nothing beside one that is all. */
static struct chart *hard_ledger(void)
{
	struct chart *chart = make(CHART_STACK, "hard-ledger", "Nearly everything is one part",
	                           "Node-hours by what became of them");
	static const struct {
		const char *name, *text;
		double share;
	} parts[] = {
		{ "Work of which nobody can say whether it was of any use at all", "99.97 %",
		  0.9997 },
		{ "A little", "0.02 %", 0.0002 }, { "Less", "0.01 %", 0.0001 }, { "Nothing", "0 %",
		  0 },
	};

	for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
		chart_point_add(chart_series_add(chart, parts[i].name,
		                                 i == 0 ? INK_SERIES_3 : INK_QUIET),
		                i, parts[i].share, parts[i].name, parts[i].text);
	return chart;
}

/* Below nought and back, with steps of a cent and of nothing. */
static struct chart *hard_bridge(void)
{
	struct chart *chart = make(CHART_WATERFALL, "hard-bridge",
	                           "Renting would cost three times as much",
	                           "Cost a year, today and proposed");
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);

	chart_point_add(series, 0, 1234567890, "Today, with a name longer than there is room for",
	                "$1,234,567,890.12")
		->total = TRUE;
	chart_point_add(series, 1, -2000000000, "All nodes", "−$2,000,000,000");
	chart_point_add(series, 2, 0.01, "A cent", "+$0.01");
	chart_point_add(series, 3, 0, "Nothing", "$0");
	chart_point_add(series, 4, 4469135780, "Rented instead", "+$4,469,135,780");
	chart_point_add(series, 5, 3703703670, "Proposed", "$3,703,703,670")->total = TRUE;
	return chart;
}

/* Many groups, of which one did nothing and one all of its work in a week. */
static struct chart *hard_groups(void)
{
	struct chart *chart = make(CHART_MULTIPLES, "hard-groups",
	                           "One week of one group dwarfs all others",
	                           "Busy nodes by group, weekly mean");

	chart->x_time = TRUE;
	for (guint group = 0; group < 15; group++) {
		g_autofree char *name =
			g_strdup_printf(group == 1 ? "group_%02u_with_a_long_name_behind_it"
		                                   : "group_%02u",
		                        group + 1);
		struct chart_series *series = chart_series_add(chart, name, INK_SERIES_1);

		for (guint week = 0; week < 52; week++)
			chart_point_add(series, NEW_YEAR + week * 7 * 24 * HOUR,
			                group == 0   ? 0
			                : group == 1 ? (week == 30 ? 900000 : 0)
			                             : 20 * noise(group * 52 + week),
			                NULL, NULL);
		if (group != 1)
			continue;
		g_array_index(series->points, struct chart_point, 30).strong = TRUE;
		g_array_index(series->points, struct chart_point, 30).value_text = g_strdup(
			"900,000 nodes");
	}
	return chart;
}

static struct chart *small_line(const char *id, const char *title, double (*value)(guint i),
                                guint count)
{
	struct chart *chart = make(CHART_SPARK, id, title,
	                           "CPUs by four weeks, as it stands in the cell of a table");
	struct chart_series *series = chart_series_add(chart, NULL, INK_SERIES_1);

	for (guint i = 0; i < count; i++)
		chart_point_add(series, i, value(i), NULL, NULL);
	return chart;
}

static double rising(guint i)
{
	return 120 + 25.0 * i + 60 * noise(i);
}

static double one_week(guint i)
{
	return i == 7 ? 1e9 : 0;
}

static struct chart *line_rising(void)
{
	return small_line("line", "A group that grows", rising, 13);
}

static struct chart *hard_line(void)
{
	return small_line("hard-line", "All work in one of a hundred stretches", one_week, 100);
}

static struct chart *(*const makers[])(void) = {
	demand_year, demand_fortnight, duration,       own_or_rent, users,
	tornado,     pareto,           hard_pareto,    ledger,      hard_ledger,
	bridge,      hard_bridge,      weekdays,       efficiency,  months,
	stacked_months, groups,        hard_groups,    cloud,       asked_and_used,
	one_user,    two_thousand,     money_ranges,   hard_ranges, line_rising,
	hard_line,
};

/* Of every kind: the sentence that stands in its place, and what it draws when it has nothing. */
static struct chart *empty_of(enum chart_kind kind, gboolean thin)
{
	g_autofree char *id = g_strdup_printf("%s-%u", thin ? "thin" : "nothing", kind);
	g_autofree char *title = g_strdup_printf("Kind %u %s", kind,
	                                         thin ? "cannot be shown"
	                                              : "with one point that is nought");
	struct chart *chart = make(kind, id, title, "Share of GPU time used, 2025");

	if (thin)
		chart->thin = g_strdup("Only 14 of 2,310 GPU jobs carry a measured use: too few to "
		                       "say anything about the others.");
	else
		chart_point_add(chart_series_add(chart, "nothing", INK_SERIES_1),
		                kind == CHART_PARETO, 0, "nothing", "0");
	return chart;
}

/* Wide, and as a telephone shows it; a small line as small as it is. Frees the chart. */
static void add_figure(GString *page, struct chart *chart)
{
	gboolean small_one = chart->kind == CHART_SPARK && !chart->thin;
	g_autofree char *id = g_strconcat(chart->id, "-narrow", NULL);
	struct chart small = *chart;
	g_autofree char *svg = NULL, *narrow = NULL;
	g_autofree char *title = g_markup_escape_text(chart->title, -1);
	g_autofree char *subtitle = g_markup_escape_text(chart->subtitle, -1);

	small.id = id;
	svg = chart_svg(chart, small_one ? CHART_SPARK_WIDTH : 720);
	narrow = small_one ? NULL : chart_svg(&small, 340);
	g_string_append_printf(page,
	                       "<figure>\n<figcaption><strong>%s</strong><br>%s</"
	                       "figcaption>\n<div>%s%s</div><p>%s</p></figure>\n",
	                       title, subtitle, svg, narrow ? narrow : "", chart->source);
	chart_free(chart);
}

int main(int argc, char **argv)
{
	g_autofree char *css = palette_css();
	g_autoptr(GString) page =
		g_string_new("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
	                     "<title>Chart gallery: synthetic data</title><style>\n");
	g_autoptr(GError) error = NULL;

	if (argc != 2) {
		fprintf(stderr, "usage: gallery OUT.html\n");
		return 2;
	}
	g_string_append(page, css);
	g_string_append(
		page,
		":root{color-scheme:light dark}"
		"body{margin:24px auto;max-width:1100px;background:var(--paper);color:var(--text);"
		"font:14px/1.45 Arial,\"Liberation Sans\",sans-serif}"
		"figure{margin:0 0 56px}figcaption{margin-bottom:12px;color:var(--muted)}"
		"figcaption strong{font-size:18px;color:var(--text)}"
		"figure p{font-size:12px;color:var(--muted)}"
		"figure div{display:flex;flex-wrap:wrap;gap:40px;align-items:start}"
		"</style></head><body>\n");
	for (guint i = 0; i < G_N_ELEMENTS(makers); i++)
		add_figure(page, makers[i]());
	for (guint i = 0; i < 2 * CHART_KINDS; i++)
		add_figure(page, empty_of(i / 2, i % 2));
	g_string_append(page, "</body></html>\n");
	if (!g_file_set_contents(argv[1], page->str, -1, &error)) {
		fprintf(stderr, "gallery: %s\n", error->message);
		return 1;
	}
	return 0;
}

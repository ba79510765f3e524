/* SPDX-License-Identifier: Apache-2.0 */
#include "measure/zone_guess.h"

#include <string.h>

#define FIRST_DAY 7305 /* 1990-01-01: value_time() takes no earlier */
#define LAST_DAY 47846 /* 2100-12-31 */
#define LONGEST_DAYS 400
/* Of what tells, so much may speak against a zone: jobs that were suspended for just an hour. */
#define DOUBT 10

/* One zone for each rule by which clocks change, and where it is in force. */
static const struct rule {
	const char *name, *where;
} rules[] = {
	{ "Europe/London", "western Europe" },
	{ "Europe/Berlin", "central Europe" },
	{ "Europe/Athens", "eastern Europe" },
	{ "America/New_York", "the United States and Canada" },
	{ "America/Santiago", "Chile" },
	{ "Australia/Sydney", "south-eastern Australia" },
	{ "Australia/Lord_Howe", "Lord Howe Island" },
	{ "Pacific/Auckland", "New Zealand" },
	{ "Asia/Jerusalem", "Israel" },
	{ "Africa/Cairo", "Egypt" },
};

#define RULES G_N_ELEMENTS(rules)

/* How a zone fares: jobs whose length only its changes explain, and jobs that it would have shown
 * otherwise. */
struct witness {
	struct zone *zone; /* NULL: this machine has no data of it */
	guint64 speak_for, speak_against;
	gint32 first, last; /* days of the changes that speak for it */
};

#define LOOKED_AT (1u << RULES)

struct zone_guess {
	struct zone *floating;
	struct witness witnesses[RULES];
	/* A bit for each of the zones that has a change about that day, and LOOKED_AT. */
	guint16 days[LAST_DAY - FIRST_DAY + 1];
};

G_STATIC_ASSERT(RULES < 16);

struct zone_guess *zone_guess_new(void)
{
	struct zone_guess *guess = g_new0(struct zone_guess, 1);

	guess->floating = zone_new(NULL, NULL);
	for (guint i = 0; i < RULES; i++)
		guess->witnesses[i].zone = zone_new(rules[i].name, NULL);
	return guess;
}

void zone_guess_free(struct zone_guess *guess)
{
	if (!guess)
		return;
	for (guint i = 0; i < RULES; i++)
		zone_free(guess->witnesses[i].zone);
	zone_free(guess->floating);
	g_free(guess);
}

/* Changes */

static gboolean changes_on(struct zone *zone, gint32 day)
{
	return zone_day_start(zone, day + 1) - zone_day_start(zone, day) != 86400;
}

/* A change at midnight lengthens one of two days. */
static guint changes_about(const struct zone_guess *guess, gint32 day)
{
	guint zones = LOOKED_AT;

	for (guint i = 0; i < RULES; i++)
		for (gint32 near = day - 1; guess->witnesses[i].zone && near <= day + 1; near++)
			if (changes_on(guess->witnesses[i].zone, near))
				zones |= 1u << i;
	return zones;
}

/* Bits of the zones that had a change about these days: for the others they are like any. */
static guint changes_between(struct zone_guess *guess, gint32 from, gint32 to)
{
	guint zones = 0;

	for (gint32 day = MAX(from, FIRST_DAY); day <= MIN(to, LAST_DAY); day++) {
		guint16 *known = &guess->days[day - FIRST_DAY];

		if (*known == 0)
			*known = (guint16)changes_about(guess, day);
		zones |= *known;
	}
	return zones & (LOOKED_AT - 1);
}

/* What a job says */

struct printed {
	struct civil start, end;
	gint32 first, last; /* their days, in order */
	gint64 elapsed_seconds;
	gboolean plain; /* end less start is what elapsed */
};

/* The hour that a change skips is on no clock. */
static gboolean exists(struct zone *zone, const struct civil *printed)
{
	struct civil shown = zone_civil(zone, zone_seconds(zone, printed));

	return shown.hour == printed->hour && shown.minute == printed->minute;
}

/* Whether the zone could have printed this: two meanings of its times are as far apart as it
 * ran. */
static gboolean explains(struct zone *zone, const struct printed *printed)
{
	const gint64 starts[] = { zone_seconds(zone, &printed->start),
		                  zone_seconds_late(zone, &printed->start) };
	const gint64 ends[] = { zone_seconds(zone, &printed->end),
		                zone_seconds_late(zone, &printed->end) };
	gboolean fits = FALSE;

	for (guint i = 0; i < 4; i++)
		fits |= ends[i >> 1] - starts[i & 1] == printed->elapsed_seconds;
	return fits && exists(zone, &printed->start) && exists(zone, &printed->end);
}

static void speak_for(struct witness *witness, const struct printed *printed)
{
	gint32 day = printed->first - 1;

	while (day < printed->last && !changes_on(witness->zone, day))
		day++;
	witness->first = witness->speak_for == 0 ? day : MIN(witness->first, day);
	witness->last = witness->speak_for == 0 ? day : MAX(witness->last, day);
	witness->speak_for++;
}

static void hear(struct witness *witness, const struct printed *printed)
{
	gboolean explained = witness->zone && explains(witness->zone, printed);

	if (explained && !printed->plain)
		speak_for(witness, printed);
	if (witness->zone && !explained && printed->plain)
		witness->speak_against++;
}

/* Clocks change by an hour, or by half of one. */
static gboolean is_change(gint64 seconds)
{
	return ABS(seconds) == 3600 || ABS(seconds) == 1800;
}

void zone_guess_add(struct zone_guess *guess, const struct job *job)
{
	struct printed printed = { .elapsed_seconds = job->elapsed_seconds };
	guint zones;
	gint64 more;

	if (!job->ran || job->start == VALUE_UNKNOWN || job->end == VALUE_UNKNOWN ||
	    job->elapsed_seconds == 0)
		return;
	more = job->end_printed - job->start - job->elapsed_seconds;
	printed.plain = more == 0;
	/* Any other difference is time in which it was suspended. */
	if (!printed.plain && !is_change(more))
		return;
	printed.first = zone_day(guess->floating, MIN(job->start, job->end_printed));
	printed.last = zone_day(guess->floating, MAX(job->start, job->end_printed));
	if (printed.last - printed.first > LONGEST_DAYS)
		return;
	zones = changes_between(guess, printed.first, printed.last);
	if (zones == 0)
		return;
	printed.start = zone_civil(guess->floating, job->start);
	printed.end = zone_civil(guess->floating, job->end_printed);
	for (guint i = 0; i < RULES; i++)
		if (zones & 1u << i)
			hear(&guess->witnesses[i], &printed);
}

/* What all say together */

static gint64 score(const struct witness *witness)
{
	if (witness->speak_for == 0 || witness->speak_against * DOUBT > witness->speak_for)
		return 0;
	return (gint64)(witness->speak_for - witness->speak_against);
}

static gint64 best_score(const struct zone_guess *guess)
{
	gint64 best = 0;

	for (guint i = 0; i < RULES; i++)
		best = MAX(best, score(&guess->witnesses[i]));
	return best;
}

char **zone_guess_zones(const struct zone_guess *guess)
{
	gint64 best = best_score(guess);
	GStrvBuilder *names = g_strv_builder_new();
	char **all;

	for (guint i = 0; best > 0 && i < RULES; i++)
		if (score(&guess->witnesses[i]) == best)
			g_strv_builder_add(names, rules[i].name);
	all = g_strv_builder_end(names);
	g_strv_builder_unref(names);
	return all;
}

/* "Europe/London (western Europe) or Europe/Berlin (central Europe)" */
static void append_zones(GString *words, const GPtrArray *chosen)
{
	for (guint i = 0; i < chosen->len; i++) {
		const struct rule *rule = g_ptr_array_index(chosen, i);

		g_string_append(words, i == 0 ? "" : i + 1 == chosen->len ? " or " : ", ");
		g_string_append_printf(words, "%s (%s)", rule->name, rule->where);
	}
}

static void append_day(GString *words, const char *before, gint32 day)
{
	struct civil date = zone_day_civil(day);

	g_string_append_printf(words, "%s%04d-%02d-%02d", before, date.year, date.month, date.day);
}

static void append_best(GString *words, const struct zone_guess *guess, gint64 best)
{
	g_autoptr(GPtrArray) chosen = g_ptr_array_new();
	const struct witness *witness = NULL;

	for (guint i = 0; i < RULES; i++)
		if (score(&guess->witnesses[i]) == best) {
			witness = &guess->witnesses[i];
			g_ptr_array_add(chosen, (gpointer)&rules[i]);
		}
	append_day(words, "clocks changed on ", witness->first);
	if (witness->last != witness->first)
		append_day(words, " … ", witness->last);
	g_string_append(words, ": a zone such as ");
	append_zones(words, chosen);
}

static gboolean is_contested(const struct witness *witness)
{
	return witness->speak_for * DOUBT > witness->speak_against;
}

/* Clocks that did not change, where those of these zones did. */
static void append_none(GString *words, const struct zone_guess *guess)
{
	g_autoptr(GPtrArray) denied = g_ptr_array_new();
	gboolean contested = FALSE;

	for (guint i = 0; i < RULES; i++) {
		contested |= is_contested(&guess->witnesses[i]);
		if (guess->witnesses[i].speak_against > 0)
			g_ptr_array_add(denied, (gpointer)&rules[i]);
	}
	if (contested) {
		g_string_append(words,
		                "jobs disagree on when clocks changed: the zone cannot be told");
	} else if (denied->len == 0) {
		g_string_append(words, "no job crosses a clock change: the zone cannot be told");
	} else if (denied->len == RULES) {
		g_string_append(words,
		                "clocks did not change: UTC, or another zone without summer time");
	} else {
		g_string_append(words, "clocks did not change as in ");
		append_zones(words, denied);
		g_string_append(words, ": UTC is possible");
	}
}

char *zone_guess_words(const struct zone_guess *guess)
{
	GString *words = g_string_new(NULL);
	gint64 best = best_score(guess);

	if (best > 0)
		append_best(words, guess, best);
	else
		append_none(words, guess);
	return g_string_free(words, FALSE);
}

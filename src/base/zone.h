/* SPDX-License-Identifier: Apache-2.0 */
/* zone: between printed local times and seconds since 1970.
 *
 * A zone is either a real one ("Europe/Berlin", GLib's time zone data) or floating: times are taken
 * as printed, as if they were UTC. The zone of this machine is never used. A zone caches; one per
 * thread. Instants outside the years 1…9999 are taken as the nearest inside. */
#ifndef BASE_ZONE_H
#define BASE_ZONE_H

#include <glib.h>

struct zone;

struct civil {
	int year, month, day, hour, minute, second; /* month and day count from 1 */
};

/* NULL name: floating. NULL and error when the name is not a zone. */
struct zone *zone_new(const char *name, GError **error);
void zone_free(struct zone *zone);

/* The name it was made from; NULL when floating. */
const char *zone_name(const struct zone *zone);

/* Seconds since 1970 of a civil time (years 1990…2100, fields in range: the caller has checked). Of
 * the two meanings of a repeated hour the first; a time that a change skips is taken as if the
 * clock had not changed yet. */
gint64 zone_seconds(struct zone *zone, const struct civil *civil);

/* The second meaning of a time in a repeated hour, or what zone_seconds() says. */
gint64 zone_seconds_late(struct zone *zone, const struct civil *civil);

/* The civil time at an instant. */
struct civil zone_civil(struct zone *zone, gint64 seconds);

/* Local days, counted from 1970-01-01 = 0: the day of an instant, and the instant a day begins.
 * Always zone_day_start(day) <= seconds < zone_day_start(day + 1); where a change sets the clock
 * back over midnight the day begins when midnight comes for good, and a day that a change skips is
 * of no length. */
gint32 zone_day(struct zone *zone, gint64 seconds);
gint64 zone_day_start(struct zone *zone, gint32 day);

/* Whether a local day has 24 hours of one offset, so that a time on it is the instant it begins and
 * the seconds since. */
gboolean zone_day_plain(struct zone *zone, gint32 day);

/* The date of a local day (hour, minute and second 0), and 0 = Monday … 6 = Sunday. */
struct civil zone_day_civil(gint32 day);
int zone_day_weekday(gint32 day);

#endif

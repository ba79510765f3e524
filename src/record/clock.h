/* SPDX-License-Identifier: Apache-2.0 */
/* clock: times of day and lengths of time as sacct prints them, such as 12:30:59 or 59:59.999,
 * checked and read as one word. */
#ifndef RECORD_CLOCK_H
#define RECORD_CLOCK_H

#include "record/digits.h"

#define CLOCK_SHAPE /* HH:MM:SS */                                                                 \
	((struct shape){ G_GUINT64_CONSTANT(0xffff00ffff00ffff),                                   \
	                 G_GUINT64_CONSTANT(0x00003a00003a0000) })

/* HH:MM:SS of a day, from 00:00:00 to 29:59:59 by its bytes and then by its hour. */
static inline gboolean clock_is_time(const char *at)
{
	return digits_between(digits_load(at), G_GUINT64_CONSTANT(0x30303a30303a3030),
	                      G_GUINT64_CONSTANT(0x464a45464a45464d)) &&
	       (at[0] != '2' || at[1] <= '3');
}

/* Whether a time, 2024-01-31T12:30:59, is on the day of which midnight is printed like that:
 * 2024-01-31T00:00:00. None is where no midnight is printed. */
static inline gboolean clock_is_on_day(const char *at, const char *midnight)
{
#ifdef __SSE2__
	/* How much more than at midnight each byte may be. */
	const __m128i room = _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 2, 9, 0, 5, 9, 0, 5, 9);
	__m128i more = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)(at + 3)),
				    _mm_loadu_si128((const __m128i *)(const void *)(midnight + 3)));

	return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(more, room), more)) == 0xffff &&
	       digits_load4(at) == digits_load4(midnight) && *midnight &&
	       (at[11] != '2' || at[12] <= '3');
#else
	return ((digits_load(at) ^ digits_load(midnight)) |
	        (digits_load(at + 3) ^ digits_load(midnight + 3))) == 0 &&
	       clock_is_time(at + 11);
#endif
}

/* HH:MM:SS from 00:00:00 to 99:59:59. */
static inline gboolean clock_is_hours(const char *at)
{
	return digits_between(digits_load(at), G_GUINT64_CONSTANT(0x30303a30303a3030),
	                      G_GUINT64_CONSTANT(0x464a45464a454646));
}

/* MM:SS.mmm of an hour: nine bytes, from 00:00.000 to 59:59.999. */
static inline gboolean clock_is_minutes(const char *at)
{
	return digits_between(digits_load(at), G_GUINT64_CONSTANT(0x30302e30303a3030),
	                      G_GUINT64_CONSTANT(0x464651464a45464a)) &&
	       (guchar)(at[8] - '0') <= 9;
}

/* The numbers of such as HH:MM:SS or MM:SS.mm, each where its first digit was. */
static inline guint64 clock_pairs(guint64 word)
{
	word &= G_GUINT64_CONSTANT(0x0f0f000f0f000f0f);
	return (word * 10 + (word >> 8)) & G_GUINT64_CONSTANT(0x00ff0000ff0000ff);
}

/* To each of them but the first 60 times the one before is added, so that the second and the third
 * are the seconds of HH:MM and of MM:SS. Fewer than 65536 fit. */
static inline guint64 clock_sixties(guint64 pairs)
{
	return pairs * ((60 << 24) + 1);
}

/* HH:MM:SS, which it must be, as seconds. */
static inline gint64 clock_seconds(const char *at)
{
	guint64 pairs = clock_pairs(digits_load(at));

	return (gint64)((pairs & 0xff) * 3600 + (clock_sixties(pairs) >> 48));
}

/* MM:SS.mmm, which it must be, as milliseconds. */
static inline gint64 clock_milliseconds(const char *at)
{
	guint64 pairs = clock_pairs(digits_load(at));
	guint64 seconds = clock_sixties(pairs) >> 24 & 0xffff;

	return (gint64)(seconds * 1000 + (pairs >> 48) * 10) + (at[8] - '0');
}

#endif

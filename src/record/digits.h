/* SPDX-License-Identifier: Apache-2.0 */
/* digits: bytes of fixed shape, such as 2024-01- or 12:30:59 or nothing but digits, checked and
 * read eight at a time as one word. */
#ifndef RECORD_DIGITS_H
#define RECORD_DIGITS_H

#include "base/slice.h"

/* Where the digits of a shape are, and what its other bytes are; the first byte is the lowest. */
struct shape {
	guint64 digits; /* 0xff for each digit */
	guint64 rest;   /* 0 for each digit */
};

#define SHAPE_CLOCK /* HH:MM:SS */                                                                 \
	((struct shape){ G_GUINT64_CONSTANT(0xffff00ffff00ffff),                                   \
	                 G_GUINT64_CONSTANT(0x00003a00003a0000) })

static inline guint64 digits_load(const char *at)
{
	guint64 word;

	memcpy(&word, at, sizeof word);
	return GUINT64_FROM_LE(word);
}

static inline guint64 digits_load4(const char *at)
{
	guint32 word;

	memcpy(&word, at, sizeof word);
	return word;
}

/* FALSE when the word has another shape; else its digits are left as their values, everything else
 * as nought. */
static inline gboolean digits_take(guint64 *word, struct shape shape)
{
	guint64 values = (*word ^ G_GUINT64_CONSTANT(0x3030303030303030)) & shape.digits;
	guint64 beyond = values + (shape.digits & G_GUINT64_CONSTANT(0x7676767676767676));
	gboolean fits = (*word & ~shape.digits) == shape.rest &&
	                ((values | beyond) & G_GUINT64_CONSTANT(0x8080808080808080)) == 0;

	*word = values;
	return fits;
}

#define DIGITS_HIGH G_GUINT64_CONSTANT(0x8080808080808080)

/* Whether each byte of a word is one from that of `least` to 0x7f less that of `room`. Behind a
 * byte that is not, others may go wrong, but it has shown by then. */
static inline gboolean digits_between(guint64 word, guint64 least, guint64 room)
{
	return (((word + room) | (word - least) | word) & DIGITS_HIGH) == 0;
}

/* HH:MM:SS of a day, from 00:00:00 to 29:59:59 by its bytes and then by its hour. */
static inline gboolean digits_are_clock(const char *at)
{
	return digits_between(digits_load(at), G_GUINT64_CONSTANT(0x30303a30303a3030),
	                      G_GUINT64_CONSTANT(0x464a45464a45464d)) &&
	       (at[0] != '2' || at[1] <= '3');
}

/* Whether a time, 2024-01-31T12:30:59, is on the day of which midnight is printed like that: 2024-01-31T00:00:00. */
static inline gboolean digits_are_on_day(const char *at, const char *midnight)
{
#ifdef __SSE2__
	/* How much more than at midnight each byte may be. */
	const __m128i room = _mm_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 2, 9, 0, 5, 9, 0, 5, 9);
	__m128i more = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)(at + 3)),
				    _mm_loadu_si128((const __m128i *)(const void *)(midnight + 3)));

	return _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(more, room), more)) == 0xffff &&
	       digits_load4(at) == digits_load4(midnight) && (at[11] != '2' || at[12] <= '3');
#else
	return ((digits_load(at) ^ digits_load(midnight)) | (digits_load(at + 3) ^ digits_load(midnight + 3))) == 0 &&
	       digits_are_clock(at + 11);
#endif
}

/* HH:MM:SS from 00:00:00 to 99:59:59. */
static inline gboolean digits_are_hours(const char *at)
{
	return digits_between(digits_load(at), G_GUINT64_CONSTANT(0x30303a30303a3030),
	                      G_GUINT64_CONSTANT(0x464a45464a454646));
}

/* MM:SS.mmm of an hour: nine bytes, from 00:00.000 to 59:59.999. */
static inline gboolean digits_are_minutes(const char *at)
{
	return digits_between(digits_load(at), G_GUINT64_CONSTANT(0x30302e30303a3030),
	                      G_GUINT64_CONSTANT(0x464651464a45464a)) &&
	       (guchar)(at[8] - '0') <= 9;
}

/* How many of the first bytes of a word are digits. */
static inline guint digits_first(guint64 word)
{
	const guint64 least = G_GUINT64_CONSTANT(0x3030303030303030);
	const guint64 room = G_GUINT64_CONSTANT(0x4646464646464646);
	guint64 others = ((word + room) | (word - least) | word) & DIGITS_HIGH;

	return others ? (guint)__builtin_ctzll(others) / 8 : 8;
}

static inline gboolean digits_fill(guint64 word)
{
	return digits_between(word, G_GUINT64_CONSTANT(0x3030303030303030),
	                      G_GUINT64_CONSTANT(0x4646464646464646));
}

/* At least one digit, and nothing else. Some may be looked at twice. */
static inline gboolean digits_only(struct slice text)
{
	const char *at = text.data, *end;

	if (text.length == 0)
		return FALSE;
	end = at + text.length;
	if (text.length < 4) {
		for (; at < end; at++)
			if ((guchar)(*at - '0') > 9)
				return FALSE;
		return TRUE;
	}
	if (text.length < 8)
		return digits_fill(digits_load4(at) | digits_load4(end - 4) << 32);
	for (; end - at > 8; at += 8)
		if (!digits_fill(digits_load(at)))
			return FALSE;
	return digits_fill(digits_load(end - 8));
}

#define DIGITS_BESIDE 16

/* Whether all of at most so many bytes are digits, or what stands between. All DIGITS_BESIDE can be read. */
static inline gboolean digits_beside(struct slice text, char between)
{
#ifdef __SSE2__
	const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text.data);
	const __m128i values = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
	const __m128i fits = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values),
	                                  _mm_cmpeq_epi8(bytes, _mm_set1_epi8(between)));
	guint wanted = (1u << text.length) - 1;

	return ((guint)_mm_movemask_epi8(fits) & wanted) == wanted;
#else
	for (size_t i = 0; i < text.length; i++)
		if ((guchar)(text.data[i] - '0') > 9 && text.data[i] != between)
			return FALSE;
	return TRUE;
#endif
}

/* One to eight digits and nothing else, as eight with noughts before them; without a loop, whose end
 * would be guessed wrong. */
static inline guint64 digits_align(const char *at, size_t length)
{
	const char *end = at + length;
	guint64 nought = '0';

	if (length >= 4)
		return (digits_load4(at) << 8 * (8 - length) & 0xffffffff) | digits_load4(end - 4) << 32 |
		       (G_GUINT64_CONSTANT(0x30303030) >> 8 * (length - 4));
	return (guint64)(guchar)end[-1] << 56 | (length > 1 ? (guint64)(guchar)end[-2] : nought) << 48 |
	       (length > 2 ? (guint64)(guchar)end[-3] : nought) << 40 | G_GUINT64_CONSTANT(0x3030303030);
}

/* FALSE when it is not that. */
static inline gboolean digits_number(struct slice text, gint64 *number)
{
	const guint64 hundreds = G_GUINT64_CONSTANT(0x000000ff000000ff);
	guint64 word;

	if (text.length - 1 > 7)
		return FALSE;
	word = digits_align(text.data, text.length);
	if (!digits_fill(word))
		return FALSE;
	/* Pairs, then fours of them, then the whole. */
	word -= G_GUINT64_CONSTANT(0x3030303030303030);
	word = word * 10 + (word >> 8);
	word = (word & hundreds) * G_GUINT64_CONSTANT(0x000f424000000064) +
	       (word >> 16 & hundreds) * G_GUINT64_CONSTANT(0x0000271000000001);
	*number = (gint64)(word >> 32);
	return TRUE;
}

/* The number that two of them make. */
static inline int digits_pair(guint64 word, guint first)
{
	return (int)(word >> 8 * first & 0xff) * 10 + (int)(word >> 8 * (first + 1) & 0xff);
}

/* The numbers of such as HH:MM:SS or MM:SS.mm, each where its first digit was. */
static inline guint64 digits_pairs(guint64 word)
{
	word &= G_GUINT64_CONSTANT(0x0f0f000f0f000f0f);
	return (word * 10 + (word >> 8)) & G_GUINT64_CONSTANT(0x00ff0000ff0000ff);
}

/* To each of them but the first 60 times the one before is added, so that the second and the third
 * are the seconds of HH:MM and of MM:SS. Fewer than 65536 fit. */
static inline guint64 digits_sixties(guint64 pairs)
{
	return pairs * ((60 << 24) + 1);
}

/* HH:MM:SS, which it must be, as seconds. */
static inline gint64 digits_seconds(const char *at)
{
	guint64 pairs = digits_pairs(digits_load(at));

	return (gint64)((pairs & 0xff) * 3600 + (digits_sixties(pairs) >> 48));
}

/* MM:SS.mmm, which it must be, as milliseconds. */
static inline gint64 digits_milliseconds(const char *at)
{
	guint64 pairs = digits_pairs(digits_load(at));
	guint64 seconds = digits_sixties(pairs) >> 24 & 0xffff;

	return (gint64)(seconds * 1000 + (pairs >> 48) * 10) + (at[8] - '0');
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
/* digits: bytes of fixed shape, such as 2024-01- or nothing but digits, checked and read eight at a
 * time as one word. */
#ifndef RECORD_DIGITS_H
#define RECORD_DIGITS_H

#include "base/slice.h"

/* Where the digits of a shape are, and what its other bytes are; the first byte is the lowest. */
struct shape {
	guint64 digits; /* 0xff for each digit */
	guint64 rest;   /* 0 for each digit */
};

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

/* Whether all of at most so many bytes are digits, or what stands between. All DIGITS_BESIDE can be
 * read. */
static inline gboolean digits_beside(struct slice text, char between)
{
#ifdef __SSE2__
	const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text.data);
	const __m128i values = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
	const __m128i fits = _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)),
	                                                 values),
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

/* A bit for each of at most DIGITS_BESIDE bytes that is no digit. All DIGITS_BESIDE can be read. */
static inline guint digits_others(struct slice text)
{
#ifdef __SSE2__
	const __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)text.data);
	const __m128i values = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
	const __m128i fits = _mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values);

	return ~(guint)_mm_movemask_epi8(fits) & ((1u << text.length) - 1);
#else
	guint others = 0;

	for (size_t i = 0; i < text.length; i++)
		others |= (guint)((guchar)(text.data[i] - '0') > 9) << i;
	return others;
#endif
}

/* Whether all of them are digits, but perhaps one between two of them, which is `joint`. */
static inline gboolean digits_joined(struct slice text, char joint)
{
	guint others = digits_others(text);

	if (others == 0)
		return TRUE;
	return (others & (others - 1)) == 0 && others > 1 && others < 1u << (text.length - 1) &&
	       text.data[__builtin_ctz(others)] == joint;
}

/* One to eight digits and nothing else, as eight with noughts before them; without a loop, whose
 * end would be guessed wrong. */
static inline guint64 digits_align(const char *at, size_t length)
{
	const char *end = at + length;
	guint64 nought = '0';

	if (length >= 4)
		return (digits_load4(at) << 8 * (8 - length) & 0xffffffff) |
		       digits_load4(end - 4) << 32 |
		       (G_GUINT64_CONSTANT(0x30303030) >> 8 * (length - 4));
	return (guint64)(guchar)end[-1] << 56 |
	       (length > 1 ? (guint64)(guchar)end[-2] : nought) << 48 |
	       (length > 2 ? (guint64)(guchar)end[-3] : nought) << 40 |
	       G_GUINT64_CONSTANT(0x3030303030);
}

/* The same where all eight bytes from the first digit on can be read: how many are digits is then
 * never guessed. */
static inline guint64 digits_align_ahead(const char *at, size_t length)
{
	return digits_load(at) << 8 * (8 - length) |
	       (G_GUINT64_CONSTANT(0x0030303030303030) >> 8 * (length - 1));
}

/* Of eight digits. FALSE when they are not that. */
static inline gboolean digits_eight(guint64 word, gint64 *number)
{
	const guint64 hundreds = G_GUINT64_CONSTANT(0x000000ff000000ff);

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

/* FALSE when it is not one to eight digits and nothing else. */
static inline gboolean digits_number(struct slice text, gint64 *number)
{
	return text.length - 1 <= 7 && digits_eight(digits_align(text.data, text.length), number);
}

/* The same where eight bytes can be read. */
static inline gboolean digits_number_ahead(struct slice text, gint64 *number)
{
	return text.length - 1 <= 7 &&
	       digits_eight(digits_align_ahead(text.data, text.length), number);
}

/* The number that two of them make. */
static inline int digits_pair(guint64 word, guint first)
{
	return (int)(word >> 8 * first & 0xff) * 10 + (int)(word >> 8 * (first + 1) & 0xff);
}

#endif

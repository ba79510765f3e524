/* SPDX-License-Identifier: Apache-2.0 */
#include "source/split.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

struct split split_row_plainly(const char *begin, const char *limit, char delimiter,
			       struct slice *fields, guint room)
{
	struct split split = { .ascii = TRUE };
	const char *field = begin;

	for (const char *at = begin; at < limit; at++) {
		if (*at == delimiter || *at == '\n') {
			if (split.count < room)
				fields[split.count] = (struct slice){ field, (size_t)(at - field) };
			split.count++;
			field = at + 1;
		}
		if (*at == '\n') {
			split.end = at;
			return split;
		}
		split.nul |= *at == '\0';
		split.ascii &= (guchar)*at < 0x80;
	}
	return split;
}

#ifdef __SSE2__
/* A bit for each of 64 bytes: whether it is `byte`. */
static inline guint64 where(const __m128i v[4], __m128i byte)
{
	guint64 a = (guint64)(guint)_mm_movemask_epi8(_mm_cmpeq_epi8(v[0], byte));
	guint64 b = (guint64)(guint)_mm_movemask_epi8(_mm_cmpeq_epi8(v[1], byte));
	guint64 c = (guint64)(guint)_mm_movemask_epi8(_mm_cmpeq_epi8(v[2], byte));
	guint64 d = (guint64)(guint)_mm_movemask_epi8(_mm_cmpeq_epi8(v[3], byte));

	return a | b << 16 | c << 32 | d << 48;
}

static gboolean is_ascii(const char *begin, const char *end)
{
	gboolean ascii = TRUE;

	for (; begin < end; begin++)
		ascii &= (guchar)*begin < 0x80;
	return ascii;
}

/* What the vectors saw, for a row that ends at `end`. They saw up to 63 bytes behind it too, so
 * that only a clean sight is believed. */
static void conclude(struct split *split, const char *begin, __m128i lowest, __m128i highest)
{
	size_t length = (size_t)(split->end - begin);

	split->ascii = _mm_movemask_epi8(highest) == 0 || is_ascii(begin, split->end);
	if (_mm_movemask_epi8(_mm_cmpeq_epi8(lowest, _mm_setzero_si128())) != 0)
		split->nul = memchr(begin, '\0', length) != NULL;
}

/* 64 bytes a turn. Bits behind the newline, or behind `limit`, belong to somebody else. */
struct split split_row(const char *begin, const char *limit, char delimiter, struct slice *fields,
		       guint room)
{
	const __m128i wanted = _mm_set1_epi8(delimiter), newline = _mm_set1_epi8('\n');
	__m128i lowest = newline, highest = newline;
	struct split split = { .end = NULL };
	const char *field = begin;
	guint count = 0;

	for (const char *at = begin; at < limit && !split.end; at += 64) {
		const __m128i *p = (const __m128i *)(const void *)at;
		const __m128i v[4] = { _mm_loadu_si128(p), _mm_loadu_si128(p + 1),
				       _mm_loadu_si128(p + 2), _mm_loadu_si128(p + 3) };
		guint64 own = limit - at < 64 ? ((guint64)1 << (limit - at)) - 1 : ~(guint64)0;
		guint64 last = where(v, newline) & own;
		guint64 ends = where(v, wanted) & own;

		last &= -last;
		if (last) {
			ends = (ends & (last - 1)) | last;
			split.end = at + __builtin_ctzll(last);
		}
		for (; ends; ends &= ends - 1) {
			const char *end = at + __builtin_ctzll(ends);

			if (count < room)
				fields[count] = (struct slice){ field, (size_t)(end - field) };
			count++;
			field = end + 1;
		}
		lowest = _mm_min_epu8(
			lowest, _mm_min_epu8(_mm_min_epu8(v[0], v[1]), _mm_min_epu8(v[2], v[3])));
		highest = _mm_or_si128(
			highest, _mm_or_si128(_mm_or_si128(v[0], v[1]), _mm_or_si128(v[2], v[3])));
	}
	split.count = count;
	if (split.end)
		conclude(&split, begin, lowest, highest);
	return split;
}
#else
struct split split_row(const char *begin, const char *limit, char delimiter, struct slice *fields,
		       guint room)
{
	return split_row_plainly(begin, limit, delimiter, fields, room);
}
#endif
